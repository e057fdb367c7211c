"""Guideline questions: the curated answer with its source, or an honest "not known"."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Literal

from bot.dialogues import pairing_status
from bot.dialogues.base import (
    ChooseAnswer,
    Facts,
    Intent,
    KeepQuestion,
    Turn,
    choice,
    quiet,
    rows_of,
    shortened,
)
from bot.dialogues.curate import curator_row
from bot.dialogues.open_fields import asked_again
from bot.messages import Choice, Reply
from bot.rights import may
from bot.texts import of_language
from knowledge.documents import Passage
from knowledge.entries import FaqEntry
from knowledge.search import Finding

OUR_PAIRS = "our-pairs"
"""The entry whose answer is the province's own list, for a member."""

OUR_STATUS = "our-status"
"""The entry whose answer is the state of the year, for a member."""

OWN_DATA: Mapping[str, str] = {OUR_PAIRS: "ask.our_pairs", OUR_STATUS: "ask.our_status"}
"""Entries that are answered from the registry, by the step that does."""

LOCAL = "local"
"""Local governments have an office of their own to ask."""

THAI_LETTER = re.compile(r"[\u0e01-\u0e4e]")
LATIN_WORD = re.compile(r"[A-Za-z]+")
ENGLISH_FROM = 3
"""Words of Latin letters."""

MOST_BUTTONS = 8
"""On a phone the buttons must not push the answer off the screen."""

MOST_RELATED = 2
TOPIC_PAGE = 12


# ------------------------------------------------------------------ a question


def question(facts: Facts, intent: Intent) -> Turn:
    """Answer, offer two or three, quote a passage, or say that it is not known."""
    if not facts.guests_may_ask and not facts.is_member:
        return quiet(
            facts, Reply(facts.t.GUESTS_MAY_NOT_ASK, rows=((choice(facts.t.ASK_ACCESS, "join.ask"),),))
        )
    text = str(intent.args["text"])
    found = facts.knowledge.find(text, last_entry=facts.talk.last_entry)
    entry_id = found.entry.id if found.entry else None
    shown = () if found.decision == "answer" else tuple(near.entry_id for near in found.suggestions)
    return Turn(
        facts.talk,
        command=KeepQuestion(text, found.decision, entry_id, found.score, shown),
        then=lambda facts, question_id: _answered(facts, found, text, question_id),
    )


def language_of(text: str, otherwise: Literal["th", "en"]) -> Literal["th", "en"]:
    """The language of a question. A word or two of Latin letters, such as `MOU LOI`, are no English one."""
    if THAI_LETTER.search(text):
        return "th"
    return "en" if len(LATIN_WORD.findall(text)) >= ENGLISH_FROM else otherwise


def in_language_of(facts: Facts, text: str) -> Facts:
    """The facts with the wording of a question's language, whatever keyboard layout it was typed on."""
    language = language_of(facts.knowledge.mended(text), facts.language)
    return replace(facts, language=language, t=of_language(language))


def as_asked(facts: Facts) -> Facts:
    """The facts with the wording of the question to which the pressed button belongs."""
    return in_language_of(facts, facts.question.text) if facts.question else facts


def _answered(facts: Facts, found: Finding, text: str, question_id: int) -> Turn:
    facts = in_language_of(facts, text)
    if found.decision == "answer" and found.entry is not None:
        return _show(facts, found.entry, question_id, None if found.entry.known else found.passage)
    if found.decision == "suggest":
        reply = _suggest(facts, found, question_id)
    elif found.decision == "passage" and found.passage is not None:
        reply = _passage(facts, found, question_id)
    else:
        reply = _unknown(facts, found, text, question_id)
    return with_open_field(facts, reply)


def with_open_field(facts: Facts, *replies: Reply) -> Turn:
    """Replies in the midst of something, after which what was open is asked again."""
    again = asked_again(facts)
    return Turn(facts.talk, (*replies, again) if again else replies)


def _show(facts: Facts, entry: FaqEntry, question_id: int | None, passage: Passage | None = None) -> Turn:
    """
    An entry's answer; for a member that of their own province, where the entry is about that.

    `passage` is what a document says where the curated answer is that nobody knows.
    """
    step = OWN_DATA.get(entry.id)
    if step is not None and _has_own(facts, entry.id):
        args = {} if question_id is None else {"question": question_id}
        return Turn(facts.talk, onward=Intent(step, args))
    reply = answer(facts, entry, question_id)
    if passage is not None:
        room = MOST_BUTTONS - len(reply.choices)
        reply = replace(reply, rows=(*(((_quote_button(facts, passage),),) if room > 0 else ()), *reply.rows))
    turn = with_open_field(facts, reply)
    return replace(turn, talk=turn.talk.model_copy(update={"last_entry": entry.id}))


def _has_own(facts: Facts, entry_id: str) -> bool:
    """The ministry has no province of its own, yet a state of all."""
    return facts.home is not None if entry_id == OUR_PAIRS else may(facts.seats, "see_pairings")


# ------------------------------------------------------------------ what an answer looks like


def answer(facts: Facts, entry: FaqEntry, question_id: int | None = None) -> Reply:
    """
    A curated answer: title, body, source line, and what to do next.

    With the question that it answers it can be rated, refused, and sent to the ministry.
    """
    t, english = facts.t, facts.language == "en" and bool(entry.answer_en)
    title = question_of(facts, entry) if english else entry.title
    body = str(entry.answer_en) if english else entry.answer
    if not entry.known and facts.ministry_contact and entry.topic != LOCAL:
        body = f"{body}\n{t.ask_ministry(facts.ministry_contact)}"
    tools = _tools(facts, entry, question_id)
    last = [] if question_id is None else feedback_rows(facts, question_id, entry.id)
    first: list[Choice] = []
    if entry.id == OUR_PAIRS and facts.home:
        first.append(choice(t.OUR_PAIRS, "pairings"))
    if manage := curator_row(facts, entry.id):
        last.append(manage)
    room = MOST_BUTTONS - len(first) - len(tools) - sum(map(len, last))
    first += _related(facts, entry, min(room, MOST_RELATED))
    rows = (*rows_of(first, 1), *rows_of(tools, 2), *last)
    return Reply(body, title=title, note=source_note(facts, entry), rows=rows)


def _related(facts: Facts, entry: FaqEntry, most: int) -> list[Choice]:
    known = [facts.knowledge.entries[name] for name in entry.related if name in facts.knowledge.entries]
    return [choice(shortened(question_of(facts, one)), "ask.entry", entry=one.id) for one in known[:most]]


def _tools(facts: Facts, entry: FaqEntry, question_id: int | None) -> list[Choice]:
    """What can be done with the text of an answer. The question gives its language to what is shown next."""
    t = facts.t
    asked = {} if question_id is None else {"question": question_id}
    tools = [choice(t.COPY_FOR_LINE, "ask.copy", entry=entry.id, **asked)]
    if any(source.section for source in entry.sources):
        tools.insert(0, choice(t.SOURCE_TEXT, "ask.source", entry=entry.id, **asked))
    if entry.detail:
        tools.insert(0, choice(t.MORE, "ask.more", entry=entry.id, **asked))
    if question_id is not None:
        tools.append(choice(t.NOT_THIS, "ask.not_this", question=question_id))
    return tools


def feedback_rows(facts: Facts, question_id: int, entry_id: str | None) -> list[tuple[Choice, ...]]:
    """To the ministry with it; was it good?"""
    send = choice(facts.t.SEND_TO_MINISTRY, "ask.send", question=question_id, keep=True)
    return [(send,), rating_row(question_id, entry_id)]


def rating_row(question_id: int, entry_id: str | None = None) -> tuple[Choice, ...]:
    rated = {"question": question_id, **({"entry": entry_id} if entry_id else {})}
    return choice("👍", "ask.rate", rating=1, **rated), choice("👎", "ask.rate", rating=-1, **rated)


def send_row(facts: Facts, question_id: int) -> tuple[Choice, ...]:
    t = facts.t
    return (choice(t.SEND_QUESTION, "ask.send", question=question_id), choice(t.CONTACT, "ask.contact"))


def source_note(facts: Facts, entry: FaqEntry) -> str:
    """`ที่มา: …`: every source with its section, the year it speaks of, and its standing when not official."""
    sections: dict[str, list[str]] = {}
    for source in facts.knowledge.source_line(entry):
        sections.setdefault(source.title, []).extend([_heading(source.section)] if source.section else [])
    cited = "; ".join(
        facts.t.source(title, ", ".join(dict.fromkeys(found)) or None) for title, found in sections.items()
    )
    return facts.t.source_note(cited, entry.as_of, entry.confidence)


def _heading(section: str) -> str:
    """A section's name without its long tail: `แนวทางการขับเคลื่อนที่ 2 : สนับสนุนให้…`."""
    return shortened(section.split(" : ", 1)[0])


def question_of(facts: Facts, entry: FaqEntry) -> str:
    return entry.question_en if facts.language == "en" and entry.question_en else entry.question


def offered(facts: Facts, entry_ids: tuple[str, ...], question_id: int, most: int) -> list[Choice]:
    """Near questions as buttons; what is pressed is noted with the question."""
    known = [facts.knowledge.entries[id_] for id_ in entry_ids if id_ in facts.knowledge.entries]
    return [
        choice(shortened(question_of(facts, one)), "ask.entry", entry=one.id, question=question_id)
        for one in known[:most]
    ]


def _nearby(facts: Facts, found: Finding, question_id: int, others: int) -> tuple[tuple[Choice, ...], ...]:
    """The suggestions, one a row, as many as there is room for beside `others` buttons."""
    near = tuple(one.entry_id for one in found.suggestions)
    return rows_of(offered(facts, near, question_id, MOST_BUTTONS - others), 1)


def _none_row(facts: Facts, question_id: int) -> tuple[Choice, ...]:
    return (choice(facts.t.NONE_OF_THESE, "ask.none", question=question_id),)


def _suggest(facts: Facts, found: Finding, question_id: int) -> Reply:
    quote = ((_quote_button(facts, found.passage),),) if found.passage else ()
    none = _none_row(facts, question_id)
    near = _nearby(facts, found, question_id, len(none) + len(quote))
    return Reply(facts.t.WHICH_QUESTION, rows=(*near, *quote, none))


def _quoted(facts: Facts, passage: Passage) -> Reply:
    """A document's own words, marked as not curated, with document, clause and page."""
    t = facts.t
    cited = t.passage_source(passage.document_title, passage.heading, passage.page)
    return Reply(t.quoted(passage.text), title=passage.heading, note=t.source_note(cited, "", "passage"))


def _quote_button(facts: Facts, passage: Passage) -> Choice:
    reply = _quoted(facts, passage)
    return choice(facts.t.IN_A_DOCUMENT, "ask.quote", title=reply.title, text=reply.text, note=reply.note)


def quote(facts: Facts, intent: Intent) -> Turn:
    """The passage behind a button: the words as they were when it was offered."""
    title, text, note = (str(intent.args[name]) for name in ("title", "text", "note"))
    return with_open_field(facts, Reply(text, title=title, note=note))


def _passage(facts: Facts, found: Finding, question_id: int) -> Reply:
    t, passage = facts.t, found.passage
    assert passage is not None
    shown = _quoted(facts, passage)
    copy = choice(t.COPY_FOR_LINE, "ask.copy", text=f"{shown.text}\n{shown.note}")
    last = [(copy,), *feedback_rows(facts, question_id, None)]
    if found.suggestions:
        last[0] = (copy, *_none_row(facts, question_id))
    rows = (*_nearby(facts, found, question_id, sum(map(len, last))), *last)
    return replace(shown, title=t.PASSAGE_FOUND, rows=rows)


def _unknown(facts: Facts, found: Finding, text: str, question_id: int) -> Reply:
    t = facts.t
    # What a stranger typed is not kept beside them, so it is not said back to them either.
    lines = [t.NOT_KNOWN, t.MAY_BE_SENT] if facts.joining.stranger else [t.not_known(text), t.KEPT]
    if found.suggestions:
        lines.append(t.NEARBY)
    last = [send_row(facts, question_id), rating_row(question_id)]
    rows = (*_nearby(facts, found, question_id, sum(map(len, last))), *last)
    return Reply("\n".join(lines), rows=rows)


# ------------------------------------------------------------------ answers from the registry


def our_pairs(facts: Facts, intent: Intent) -> Turn:
    """The province's own list, as `/pairings` shows it; the curated entry says how it is kept."""
    facts = as_asked(facts)
    shown = pairing_status.pairings(facts, Intent(intent.name)).replies
    return _own(facts, OUR_PAIRS, shown, facts.t.HOW_IT_IS_KEPT)


def our_status(facts: Facts, intent: Intent) -> Turn:
    """How the year stands, as `/status` shows it."""
    facts = as_asked(facts)
    shown = pairing_status.status(facts, Intent(intent.name)).replies
    return _own(facts, OUR_STATUS, shown, facts.t.HOW_IT_IS_COUNTED)


def _own(facts: Facts, entry_id: str, shown: tuple[Reply, ...], curated_label: str) -> Turn:
    """What the registry says, with the curated entry behind a button; rated like any answer."""
    *others, last = shown
    curated = facts.knowledge.entries.get(entry_id)
    asked = {} if facts.question is None else {"question": facts.question.id}
    note, tools, rating = last.note, [], []
    if curated is not None:
        note = source_note(facts, curated)
        tools.append(choice(curated_label, "ask.entry", entry=entry_id, plain=True, **asked))
    if facts.question is not None:
        tools.append(choice(facts.t.NOT_THIS, "ask.not_this", **asked))
        rating.append(rating_row(facts.question.id, entry_id))
    rows = (*last.rows, *rows_of(tools, 2), *rating)
    turn = with_open_field(facts, *others, replace(last, rows=rows, note=note))
    return replace(turn, talk=turn.talk.model_copy(update={"last_entry": entry_id}))


# ------------------------------------------------------------------ buttons of an answer


def entry(facts: Facts, intent: Intent) -> Turn:
    """
    A question chosen by button. One that was offered for what the person had asked is noted with it.

    `plain` asks for the curated text where a member would otherwise get their own data.
    """
    facts = as_asked(facts)
    found = facts.knowledge.entries.get(str(intent.args["entry"]))
    if found is None:
        return quiet(facts, Reply(facts.t.NOT_FOUND))
    question_id = facts.question.id if facts.question else None
    if intent.args.get("plain"):
        turn = with_open_field(facts, answer(facts, found, question_id))
        return replace(turn, talk=turn.talk.model_copy(update={"last_entry": found.id}))
    if question_id is None:
        return _show(facts, found, None)
    return Turn(
        facts.talk,
        command=ChooseAnswer(question_id, found.id),
        then=lambda facts, _done: _show(as_asked(facts), found, question_id),
    )


def more(facts: Facts, intent: Intent) -> Turn:
    facts = as_asked(facts)
    found = facts.knowledge.entries.get(str(intent.args["entry"]))
    if found is None or not found.detail:
        return Turn(facts.talk, (Reply(facts.t.NOT_FOUND),))
    english = facts.language == "en" and bool(found.detail_en)
    title = question_of(facts, found) if english else found.title
    detail = str(found.detail_en) if english else found.detail
    return Turn(facts.talk, (Reply(detail, title=title, note=source_note(facts, found)),))


def source_text(facts: Facts, intent: Intent) -> Turn:
    """The document's own words behind an answer."""
    facts = as_asked(facts)
    t = facts.t
    found = facts.knowledge.entries.get(str(intent.args["entry"]))
    passages = facts.knowledge.passages_of(found) if found else ()
    if not passages:
        return Turn(facts.talk, (Reply(t.NOT_FOUND),))
    return Turn(facts.talk, tuple(_quoted(facts, passage) for passage in passages[:2]))


def copy_for_line(facts: Facts, intent: Intent) -> Turn:
    """The answer as plain text that reads well outside the bot: an entry's, or the passage that was shown."""
    if "text" in intent.args:
        return Turn(facts.talk, (Reply(str(intent.args["text"])),))
    facts = as_asked(facts)
    found = facts.knowledge.entries.get(str(intent.args["entry"]))
    if found is None:
        return Turn(facts.talk, (Reply(facts.t.NOT_FOUND),))
    shown = answer(facts, found)
    return Turn(facts.talk, (Reply(f"{shown.title}\n{shown.text}\n{shown.note}"),))


def contact(facts: Facts, _intent: Intent) -> Turn:
    return Turn(facts.talk, (Reply(facts.t.ask_ministry(facts.ministry_contact)),))


# ------------------------------------------------------------------ browsing


def topics(facts: Facts, _intent: Intent) -> Turn:
    """`/ask` with nothing after it: the topics as buttons."""
    buttons = [
        choice(facts.t.topic(topic.label, topic.label_en), "ask.topic", topic=topic.key)
        for topic in facts.knowledge.topics
        if facts.knowledge.by_topic(topic.key)
    ]
    return Turn(facts.talk, (Reply(facts.t.ASK_OR_BROWSE, rows=rows_of(buttons, 2)),))


def topic(facts: Facts, intent: Intent) -> Turn:
    name, page = str(intent.args["topic"]), int(intent.args.get("page", 0))
    entries = facts.knowledge.by_topic(name)
    shown = entries[page * TOPIC_PAGE : (page + 1) * TOPIC_PAGE]
    rows = rows_of(
        [choice(shortened(question_of(facts, one)), "ask.entry", entry=one.id) for one in shown], 1
    )
    turn_page = []
    if len(entries) > (page + 1) * TOPIC_PAGE:
        turn_page.append(choice(facts.t.NEXT_PAGE, "ask.topic", topic=name, page=page + 1))
    turn_page.append(choice(facts.t.ALL_TOPICS, "ask"))
    return Turn(facts.talk, (Reply(facts.t.WHICH_QUESTION, rows=(*rows, tuple(turn_page)), edits=True),))
