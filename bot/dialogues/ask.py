"""Guideline questions: the curated answer with its source, or an honest "not known"."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Literal

from bot.dialogues.base import (
    AnswerQuestion,
    Facts,
    Intent,
    KeepQuestion,
    RateAnswer,
    SendQuestion,
    Talk,
    Turn,
    choice,
    quiet,
    rows_of,
)
from bot.dialogues.log_activity import ask_again
from bot.messages import Choice, Reply
from bot.rights import may
from bot.texts import of_language
from knowledge.entries import FaqEntry
from knowledge.search import Finding

OUR_PAIRS = "our-pairs"
"""The entry whose answer is the province's own list, for a member."""

LOCAL = "local"
"""Local governments have an office of their own to ask."""

THAI_LETTER = re.compile(r"[\u0e01-\u0e4e]")
LATIN_WORD = re.compile(r"[A-Za-z]+")
ENGLISH_FROM = 3
"""Words of Latin letters."""

MAX_LABEL = 60
TOPIC_PAGE = 12


def question(facts: Facts, intent: Intent) -> Turn:
    """Answer, offer two or three, quote a passage, or say that it is not known."""
    if not facts.guests_may_ask and not facts.is_member:
        return quiet(
            facts, Reply(facts.t.GUESTS_MAY_NOT_ASK, rows=((choice(facts.t.ASK_ACCESS, "join.ask"),),))
        )
    text = str(intent.args["text"])
    found = facts.knowledge.find(text)
    entry_id = found.entry.id if found.entry else None
    return Turn(
        facts.talk,
        command=KeepQuestion(text, found.decision, entry_id, found.score),
        then=lambda facts, question_id: _answered(facts, found, text, question_id),
    )


def _in_language_of(facts: Facts, text: str) -> Facts:
    """
    The facts with the wording of the question's language. A word or two of Latin letters, such as `MOU LOI`,
    are no English question.
    """
    language: Literal["th", "en"] = facts.language
    if THAI_LETTER.search(text):
        language = "th"
    elif len(LATIN_WORD.findall(text)) >= ENGLISH_FROM:
        language = "en"
    return replace(facts, language=language, t=of_language(language))


def _answered(facts: Facts, found: Finding, text: str, question_id: int) -> Turn:
    facts = _in_language_of(facts, text)
    last_entry = facts.talk.last_entry
    if found.decision == "answer" and found.entry is not None:
        reply, last_entry = answer(facts, found.entry, question_id), found.entry.id
    elif found.decision == "suggest":
        reply = _suggest(facts, found, question_id)
    elif found.decision == "passage" and found.passage is not None:
        reply = _passage(facts, found, question_id)
    else:
        reply = _unknown(facts, found, text, question_id)
    again = ask_again(facts) if facts.draft is not None else None
    talk = facts.talk.model_copy(update={"last_entry": last_entry})
    return Turn(talk, (reply, again) if again else (reply,))


def answer(facts: Facts, entry: FaqEntry, question_id: int | None = None) -> Reply:
    """A curated answer: title, body, source line, and what to do next."""
    t, english = facts.t, facts.language == "en" and bool(entry.answer_en)
    title = _question_of(facts, entry) if english else entry.title
    body = str(entry.answer_en) if english else entry.answer
    rows: list[tuple[Choice, ...]] = [
        (choice(_short(_question_of(facts, facts.knowledge.entries[name])), "ask.entry", entry=name),)
        for name in entry.related[:2]
        if name in facts.knowledge.entries
    ]
    if entry.id == OUR_PAIRS and facts.home:
        rows.insert(0, (choice(t.OUR_PAIRS, "pairings"),))
    tools = [choice(t.COPY_FOR_LINE, "ask.copy", entry=entry.id)]
    if entry.detail:
        tools.insert(0, choice(t.MORE, "ask.more", entry=entry.id))
    if any(source.section for source in entry.sources):
        tools.insert(0, choice(t.SOURCE_TEXT, "ask.source", entry=entry.id))
    rows += rows_of(tools, 2)
    if not entry.known and facts.ministry_contact and entry.topic != LOCAL:
        body = f"{body}\n{t.ask_ministry(facts.ministry_contact)}"
    if question_id is not None:
        last = [choice("👍", "ask.rate", question=question_id, rating=1)]
        last.append(choice("👎", "ask.rate", question=question_id, rating=-1))
        if not entry.known:
            last.insert(0, choice(t.SEND_QUESTION, "ask.send", question=question_id))
        rows.append(tuple(last))
    return Reply(body, title=title, note=source_note(facts, entry), rows=tuple(rows))


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
    return _short(section.split(" : ", 1)[0])


def _question_of(facts: Facts, entry: FaqEntry) -> str:
    return entry.question_en if facts.language == "en" and entry.question_en else entry.question


def _short(label: str) -> str:
    return label if len(label) <= MAX_LABEL else label[: MAX_LABEL - 1] + "…"


def _suggest(facts: Facts, found: Finding, question_id: int) -> Reply:
    t = facts.t
    buttons = _nearby(facts, found)
    none = choice(t.NONE_OF_THESE, "ask.none", question=question_id)
    return Reply(t.WHICH_QUESTION, rows=(*rows_of(buttons, 1), (none,)))


def _nearby(facts: Facts, found: Finding) -> list[Choice]:
    return [
        choice(
            _short(_question_of(facts, facts.knowledge.entries[near.entry_id])),
            "ask.entry",
            entry=near.entry_id,
        )
        for near in found.suggestions
    ]


def _passage(facts: Facts, found: Finding, question_id: int) -> Reply:
    t, passage = facts.t, found.passage
    assert passage is not None
    rows = (*rows_of(_nearby(facts, found), 1), (choice(t.NONE_OF_THESE, "ask.none", question=question_id),))
    note = t.source_note(t.source(passage.document_title, passage.heading), "", "passage")
    return Reply(t.quoted(passage.text), title=t.PASSAGE_FOUND, note=note, rows=rows)


def _unknown(facts: Facts, found: Finding, text: str, question_id: int) -> Reply:
    t = facts.t
    lines = [t.not_known(text), t.KEPT]
    nearby = _nearby(facts, found)
    if nearby:
        lines.append(t.NEARBY)
    rows = rows_of(nearby, 1)
    return Reply("\n".join(lines), rows=(*rows, _send_row(facts, question_id)))


def _send_row(facts: Facts, question_id: int) -> tuple[Choice, ...]:
    t = facts.t
    return (choice(t.SEND_QUESTION, "ask.send", question=question_id), choice(t.CONTACT, "ask.contact"))


# ------------------------------------------------------------------ buttons of an answer


def entry(facts: Facts, intent: Intent) -> Turn:
    """A question chosen by button."""
    found = facts.knowledge.entries.get(str(intent.args["entry"]))
    if found is None:
        return quiet(facts, Reply(facts.t.NOT_FOUND))
    again = ask_again(facts) if facts.draft is not None else None
    replies = (answer(facts, found), again) if again else (answer(facts, found),)
    return Turn(facts.talk.model_copy(update={"last_entry": found.id}), replies)


def more(facts: Facts, intent: Intent) -> Turn:
    found = facts.knowledge.entries.get(str(intent.args["entry"]))
    if found is None or not found.detail:
        return Turn(facts.talk, (Reply(facts.t.NOT_FOUND),))
    detail = found.detail_en if facts.language == "en" and found.detail_en else found.detail
    return Turn(facts.talk, (Reply(detail, title=found.title, note=source_note(facts, found)),))


def source_text(facts: Facts, intent: Intent) -> Turn:
    """The document's own words behind an answer."""
    t = facts.t
    found = facts.knowledge.entries.get(str(intent.args["entry"]))
    passages = facts.knowledge.passages_of(found) if found else ()
    if not passages:
        return Turn(facts.talk, (Reply(t.NOT_FOUND),))
    replies = tuple(
        Reply(
            t.quoted(passage.text),
            title=passage.heading,
            note=t.source_note(t.source(passage.document_title, passage.heading), "", "passage"),
        )
        for passage in passages[:2]
    )
    return Turn(facts.talk, replies)


def copy_for_line(facts: Facts, intent: Intent) -> Turn:
    """The answer as plain text that reads well outside the bot."""
    found = facts.knowledge.entries.get(str(intent.args["entry"]))
    if found is None:
        return Turn(facts.talk, (Reply(facts.t.NOT_FOUND),))
    shown = answer(facts, found)
    return Turn(facts.talk, (Reply(f"{shown.title}\n{shown.text}\n{shown.note}"),))


def rate(facts: Facts, intent: Intent) -> Turn:
    rating: Literal[1, -1] = 1 if intent.args["rating"] == 1 else -1
    thanks = facts.t.THANKS if rating == 1 else facts.t.WILL_IMPROVE
    question_id = int(intent.args["question"])
    rows = () if rating == 1 else ((choice(facts.t.SEND_QUESTION, "ask.send", question=question_id),),)
    return Turn(
        facts.talk,
        command=RateAnswer(question_id, rating),
        then=lambda facts, _done: Turn(facts.talk, (Reply(thanks, rows=rows),)),
    )


def none_of_these(facts: Facts, intent: Intent) -> Turn:
    question_id = int(intent.args["question"])
    rows = (_send_row(facts, question_id),)
    return Turn(facts.talk, (Reply(facts.t.NONE_FITS, rows=rows, edits=True),))


def send(facts: Facts, intent: Intent) -> Turn:
    """Hand the question to the ministry; the asker is told when it is answered."""
    return Turn(
        facts.talk,
        command=SendQuestion(int(intent.args["question"])),
        then=lambda facts, sent: Turn(
            facts.talk, (Reply(facts.t.QUESTION_SENT if sent else facts.t.NOT_FOUND, edits=True),)
        ),
    )


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
    rows = rows_of([choice(_short(_question_of(facts, one)), "ask.entry", entry=one.id) for one in shown], 1)
    turn_page = []
    if len(entries) > (page + 1) * TOPIC_PAGE:
        turn_page.append(choice(facts.t.NEXT_PAGE, "ask.topic", topic=name, page=page + 1))
    turn_page.append(choice(facts.t.ALL_TOPICS, "ask"))
    return Turn(facts.talk, (Reply(facts.t.WHICH_QUESTION, rows=(*rows, tuple(turn_page)), edits=True),))


# ------------------------------------------------------------------ the ministry's queue


def queue(facts: Facts, _intent: Intent) -> Turn:
    """Questions that were sent to the ministry and wait for an answer."""
    if not may(facts.seats, "answer_question"):
        return quiet(facts, Reply(facts.t.NOT_FOUND))
    if not facts.questions:
        return quiet(facts, Reply(facts.t.QUEUE_EMPTY))
    buttons = [choice(_short(one.text), "queue.answer", question=one.id) for one in facts.questions]
    return quiet(facts, Reply(facts.t.queue(len(facts.questions)), rows=rows_of(buttons, 1)))


def ask_for_answer(facts: Facts, intent: Intent) -> Turn:
    if not may(facts.seats, "answer_question"):
        return quiet(facts, Reply(facts.t.NOT_FOUND))
    wanted = int(intent.args["question"])
    asked = next((one for one in facts.questions if one.id == wanted), None)
    if asked is None:
        return quiet(facts, Reply(facts.t.NOT_FOUND))
    cancel = ((choice(facts.t.CANCEL, "cancel"),),)
    return Turn(
        Talk(asking="answer", subject=str(wanted)), (Reply(facts.t.write_answer(asked.text), rows=cancel),)
    )


def take_answer(facts: Facts, intent: Intent) -> Turn:
    """The ministry officer's text goes to the asker, and is kept with the question."""
    command = AnswerQuestion(int(facts.talk.subject or 0), str(intent.args["text"])[:3000])
    return Turn(
        Talk(),
        command=command,
        then=lambda facts, sent: Turn(Talk(), (Reply(facts.t.ANSWER_SENT if sent else facts.t.NOT_FOUND),)),
    )
