"""
The ministry's queue: questions that were sent, alike ones as one inquiry, and what becomes of them.

An inquiry is answered in words with a source, linked to an entry that answers it already, or rejected with a
reason; then everybody who asked is told. What was typed and not sent stays with the conversation.
"""

from __future__ import annotations

import re
from typing import Any

from bot.dialogues.ask import answer, question_of
from bot.dialogues.base import (
    MOST_ANSWER,
    MOST_SOURCE,
    AnswerInquiry,
    Facts,
    InquiryView,
    Intent,
    LinkInquiry,
    RejectInquiry,
    Turn,
    Writing,
    choice,
    quiet,
    rows_of,
    shortened,
    too_long,
)
from bot.language.dates import ERA
from bot.messages import Choice, Reply
from bot.rights import may
from knowledge.entries import MOST_ANSWER_LINES, FaqEntry, Source
from knowledge.normalize import squash
from knowledge.overlay import LONGEST_WORDING, edited

WAITING, LINKED, REJECTED = "waiting", "linked", "rejected"

PAGE = 8
OTHER_WORDINGS = 3
NEAR = 3
SOURCE_WORD = re.compile(r"^\s*(?:ที่มา|source)\s*:", re.IGNORECASE)

LEFTOVER_TOPIC = "problems"
NOT_CITED = "–"


# ------------------------------------------------------------------ the list


def queue(facts: Facts, intent: Intent) -> Turn:
    """What waits, the most asked first; below it what waits for a curator otherwise."""
    t = facts.t
    if not may(facts.seats, "answer_question"):
        return quiet(facts, Reply(t.NOT_FOUND))
    page = int(intent.args.get("page", 0))
    rows = [
        (choice(_labelled(one.text, t.askers(one.askers)), "queue.show", inquiry=one.id),)
        for one in facts.queue.shown
    ]
    turn_page = []
    if page:
        turn_page.append(choice(t.PREVIOUS_PAGE, "queue", page=page - 1))
    if facts.queue.inquiries > (page + 1) * PAGE:
        turn_page.append(choice(t.NEXT_PAGE, "queue", page=page + 1))
    waiting = facts.queue.inquiries
    text = t.queue(waiting, facts.queue.askers) if waiting else t.QUEUE_EMPTY
    buttons = (*rows, *rows_of(turn_page), *rows_of(_for_curators(facts)))
    return quiet(facts, Reply(text, rows=buttons, edits="page" in intent.args))


def _labelled(text: str, count: str) -> str:
    return f"{shortened(text, 57 - len(count))} · {count}"


def _for_curators(facts: Facts) -> list[Choice]:
    t, found = facts.t, []
    if facts.draft_count:
        found.append(choice(t.counted(t.DRAFTS, facts.draft_count), "curate.drafts"))
    if facts.phrasing_count:
        found.append(choice(t.counted(t.PHRASINGS, facts.phrasing_count), "curate.phrasings"))
    return found


# ------------------------------------------------------------------ one inquiry


def show(facts: Facts, _intent: Intent) -> Turn:
    """The inquiry with how it was asked, and the entries that come nearest."""
    inquiry = _open(facts)
    return inquiry if isinstance(inquiry, Turn) else quiet(facts, _card(facts, inquiry))


def _open(facts: Facts) -> InquiryView | Turn:
    """The inquiry if it still waits and the person may decide it; else what to say."""
    if facts.inquiry is None or not may(facts.seats, "answer_question"):
        return quiet(facts, Reply(facts.t.NOT_FOUND))
    if facts.inquiry.state != WAITING:
        return quiet(facts, _decided(facts, facts.inquiry))
    return facts.inquiry


def _card(facts: Facts, inquiry: InquiryView) -> Reply:
    t = facts.t
    lines = [inquiry.text, t.asked_since(inquiry.askers, inquiry.since)]
    lines += [t.asked_otherwise(text) for text in inquiry.wordings[:OTHER_WORDINGS]]
    near = [
        choice(shortened(question_of(facts, one)), "queue.near", inquiry=inquiry.id, entry=one.id)
        for one in _nearest(facts, inquiry.text)
    ]
    if near:
        lines.append(t.NEARBY)
    rows = (
        *rows_of(near, 1),
        (
            choice(t.ANSWER_IT, "queue.answer", inquiry=inquiry.id),
            choice(t.REJECT, "queue.reject", inquiry=inquiry.id),
        ),
        (choice(t.BACK, "queue", page=0),),
    )
    return Reply("\n".join(lines), rows=rows, edits=True)


def _nearest(facts: Facts, text: str) -> list[FaqEntry]:
    found = facts.knowledge.find(text)
    ids = [found.entry.id] if found.entry else []
    ids += [one.entry_id for one in found.suggestions]
    ids += facts.knowledge.nearest(text)
    return [facts.knowledge.entries[id_] for id_ in dict.fromkeys(ids)][:NEAR]


def near(facts: Facts, intent: Intent) -> Turn:
    """An entry's answer, as those who asked would get it."""
    inquiry = _open(facts)
    if isinstance(inquiry, Turn):
        return inquiry
    found = facts.knowledge.entries.get(str(intent.args["entry"]))
    if found is None:
        return quiet(facts, Reply(facts.t.NOT_FOUND))
    rows = (
        (
            choice(facts.t.USE_THIS, "queue.link", inquiry=inquiry.id, entry=found.id),
            choice(facts.t.BACK, "queue.show", inquiry=inquiry.id),
        ),
    )
    shown = answer(facts, found)
    return quiet(facts, Reply(shown.text, title=shown.title, note=shown.note, rows=rows, edits=True))


def link(facts: Facts, intent: Intent) -> Turn:
    inquiry = _open(facts)
    if isinstance(inquiry, Turn):
        return inquiry
    command = LinkInquiry(inquiry.id, str(intent.args["entry"]))
    return Turn(facts.talk, command=command, then=lambda facts, outcome: _done(facts, outcome))


# ------------------------------------------------------------------ an answer in words


def ask_for_answer(facts: Facts, intent: Intent) -> Turn:
    """Asks for the answer; what was typed before for this inquiry is gone on with, or with `again` changed."""
    inquiry = _open(facts)
    if isinstance(inquiry, Turn):
        return inquiry
    written = facts.talk.written(inquiry.id)
    if written.answer and not intent.args.get("again"):
        return _go_on(facts, inquiry, written)
    return _ask(facts, inquiry, "answer", facts.t.write_answer(inquiry.text), written.answer)


def ask_for_source(facts: Facts, _intent: Intent) -> Turn:
    inquiry = _open(facts)
    if isinstance(inquiry, Turn):
        return inquiry
    return _ask(facts, inquiry, "answer_source", facts.t.WRITE_SOURCE, facts.talk.written(inquiry.id).source)


def _ask(facts: Facts, inquiry: InquiryView, asking: str, text: str, before: str | None) -> Turn:
    t, written = facts.t, facts.talk.written(inquiry.id)
    lines = [text, t.written_so_far(before)] if before else [text]
    back = choice(t.BACK, "queue.preview" if written.answer else "queue.show", inquiry=inquiry.id)
    talk = facts.talk.asks(asking, str(inquiry.id))
    return Turn(talk, (Reply("\n".join(lines), rows=((back,),), edits=True, numbered=False),))


def take_answer(facts: Facts, intent: Intent) -> Turn:
    return _take(facts, str(intent.args["text"]), "answer", MOST_ANSWER)


def take_source(facts: Facts, intent: Intent) -> Turn:
    """The source, which people often type with its word before it: `ที่มา: …`."""
    return _take(facts, SOURCE_WORD.sub("", str(intent.args["text"])), "source", MOST_SOURCE)


def _take(facts: Facts, text: str, field: str, most: int) -> Turn:
    inquiry = _open(facts)
    if isinstance(inquiry, Turn):
        return inquiry
    if longer := too_long(facts, text, most):
        return longer
    if not squash(text):
        return Turn(facts.talk, (Reply(facts.t.WRITE_SOURCE, numbered=False),))
    return _go_on(facts, inquiry, facts.talk.written(inquiry.id).model_copy(update={field: text.strip()}))


def _go_on(facts: Facts, inquiry: InquiryView, written: Writing) -> Turn:
    """What is still asked for, else how it will look."""
    t = facts.t
    if written.source is None:
        change = choice(t.EDIT_ANSWER, "queue.answer", inquiry=inquiry.id, again=True)
        drop = choice(t.CANCEL, "queue.drop", inquiry=inquiry.id)
        asked = Reply(t.WRITE_SOURCE, rows=((change, drop),), numbered=False)
        return Turn(facts.talk.keeps(written).asks("answer_source", str(inquiry.id)), (asked,))
    rows = (
        (choice(t.SEND_ANSWER, "queue.send", inquiry=inquiry.id),),
        (
            choice(t.EDIT_ANSWER, "queue.answer", inquiry=inquiry.id, again=True),
            choice(t.EDIT_SOURCE, "queue.source", inquiry=inquiry.id),
            choice(t.CANCEL, "queue.drop", inquiry=inquiry.id),
        ),
    )
    text = f"{t.asked(inquiry.text)}\n{written.answer}"
    shown = Reply(text, title=t.CHECK_BEFORE_SENDING, note=t.cited(written.source), rows=rows)
    return Turn(facts.talk.keeps(written).asks(), (shown,))


def preview(facts: Facts, _intent: Intent) -> Turn:
    inquiry = _open(facts)
    if isinstance(inquiry, Turn):
        return inquiry
    written = facts.talk.written(inquiry.id)
    return _go_on(facts, inquiry, written) if written.answer else quiet(facts, _card(facts, inquiry))


def send(facts: Facts, intent: Intent) -> Turn:
    inquiry = _open(facts)
    if isinstance(inquiry, Turn):
        return inquiry
    written = facts.talk.written(inquiry.id)
    if not written.answer or not written.source:
        return preview(facts, intent)
    return Turn(
        facts.talk,
        command=AnswerInquiry(inquiry.id, written.answer, written.source),
        then=lambda facts, outcome: _done(facts, outcome),
    )


def drop(facts: Facts, _intent: Intent) -> Turn:
    """What was typed goes; the inquiry waits on."""
    inquiry = _open(facts)
    if isinstance(inquiry, Turn):
        return inquiry
    return Turn(facts.talk.drops(inquiry.id).asks(), (_card(facts, inquiry),))


# ------------------------------------------------------------------ a rejection


def why_reject(facts: Facts, _intent: Intent) -> Turn:
    inquiry = _open(facts)
    if isinstance(inquiry, Turn):
        return inquiry
    t = facts.t
    rows = [
        (choice(label, "queue.reject_for", inquiry=inquiry.id, reason=reason),)
        for reason, label in t.REJECTIONS.items()
    ]
    rows.append((choice(t.TYPE_REASON, "queue.reject_type", inquiry=inquiry.id),))
    rows.append((choice(t.BACK, "queue.show", inquiry=inquiry.id),))
    return quiet(facts, Reply(f"{t.asked(inquiry.text)}\n{t.WHY_REJECT}", rows=tuple(rows), edits=True))


def ask_rejection(facts: Facts, _intent: Intent) -> Turn:
    inquiry = _open(facts)
    if isinstance(inquiry, Turn):
        return inquiry
    talk = facts.talk.asks("rejection", str(inquiry.id))
    back = ((choice(facts.t.BACK, "queue.reject", inquiry=inquiry.id),),)
    return Turn(talk, (Reply(facts.t.WRITE_REJECTION, rows=back, edits=True, numbered=False),))


def reject(facts: Facts, intent: Intent) -> Turn:
    """The reason, from a button or typed."""
    inquiry = _open(facts)
    if isinstance(inquiry, Turn):
        return inquiry
    reason = str(intent.args.get("reason") or intent.args.get("text") or "").strip()
    if not reason:
        return why_reject(facts, intent)
    if longer := too_long(facts, reason, MOST_SOURCE):
        return longer
    command = RejectInquiry(inquiry.id, reason)
    return Turn(facts.talk, command=command, then=lambda facts, outcome: _done(facts, outcome))


# ------------------------------------------------------------------ what became of it


def _done(facts: Facts, outcome: Any) -> Turn:
    """Told as it was stored: a colleague may have been faster."""
    if outcome is None:
        return quiet(facts, Reply(facts.t.NOT_FOUND))
    taken, inquiry = outcome
    talk = facts.talk.drops(inquiry.id).asks()
    if not taken:
        return Turn(talk, (_decided(facts, inquiry),))
    t = facts.t
    text = {LINKED: t.LINK_SENT, REJECTED: t.REJECTION_SENT}.get(inquiry.state, t.ANSWER_SENT)
    return Turn(talk, (Reply(text, rows=((choice(t.QUEUE, "queue"),),), edits=True),))


def _decided(facts: Facts, inquiry: InquiryView) -> Reply:
    """That it was decided, and how."""
    t = facts.t
    day = t.decided(inquiry.state, inquiry.decided_on or inquiry.since)
    shown = told(facts, inquiry, inquiry.text)
    return Reply(f"{day}\n{shown.text}", note=shown.note, rows=((choice(t.QUEUE, "queue"),),))


def told(facts: Facts, inquiry: InquiryView, question: str) -> Reply:
    """
    What somebody who asked is told, with the words in which they asked.

    An entry that is there speaks for itself: what was typed is in it once it was approved, and may have been
    corrected since.
    """
    t, asked = facts.t, facts.t.asked(question)
    if inquiry.state == REJECTED:
        lines = [asked, t.cannot_answer(t.rejection(inquiry.answer or ""))]
        return Reply("\n".join([*lines, t.ask_ministry(facts.ministry_contact)]), title=t.OUTCOME)
    entry = facts.knowledge.entries.get(inquiry.entry_id or "")
    if entry is not None:
        shown = answer(facts, entry)
        rest = entry.detail if inquiry.state != LINKED else None  # of one answer, which was cut for the entry
        text = "\n".join(part for part in (asked, shown.text, rest) if part)
        return Reply(text, title=t.FROM_MINISTRY, note=shown.note)
    note = t.cited(inquiry.source) if inquiry.source else ""
    return Reply(f"{asked}\n{inquiry.answer or ''}", title=t.FROM_MINISTRY, note=note)


def entry_of(facts: Facts, inquiry: InquiryView, text: str, source: str) -> FaqEntry:
    """
    The entry that an answer becomes once a second curator approves it, filed beside its nearest neighbour.

    A wording that another entry has is left out: it can lead to one only. So is one that tells a story, and
    one that differs in blanks and marks alone.
    """
    neighbours = _nearest(facts, inquiry.text)
    taken = {squash(one) for known in facts.knowledge.entries.values() for one in known.wordings}
    taken.add(squash(inquiry.text))
    asked = {squash(one): one for one in reversed(inquiry.wordings) if len(one) <= LONGEST_WORDING}
    lines = text.strip().splitlines()
    rest = "\n".join(lines[MOST_ANSWER_LINES:]).strip()
    year = str(facts.today.year + ERA)
    entry = FaqEntry(
        id=f"asked-{inquiry.id}",
        topic=neighbours[0].topic if neighbours else LEFTOVER_TOPIC,
        stage=neighbours[0].stage if neighbours else "general",
        question=inquiry.text,
        title=shortened(inquiry.text),
        phrasings=tuple(one for key, one in reversed(asked.items()) if key not in taken),
        answer="\n".join(lines[:MOST_ANSWER_LINES]).strip(),
        detail=rest or None,
        sources=(Source(cited=NOT_CITED),),
        as_of=year,
        confidence="official_text",
        known=True,
    )
    cited = edited(
        entry, "source", source, year
    )  # as when a curator changes it: the source's own year counts
    assert isinstance(cited, FaqEntry)  # `_take` lets nothing else through
    return cited
