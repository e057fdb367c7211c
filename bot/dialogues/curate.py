"""
The curators' side of the knowledge base: drafts that a second curator approves, an entry's versions, and the
wordings that people confirmed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from bot.dialogues.base import (
    MOST_ANSWER,
    MOST_SOURCE,
    ApproveBatch,
    ApproveDraft,
    DecidePhrasing,
    DraftLine,
    DraftView,
    EditEntry,
    Facts,
    Intent,
    ReturnDraft,
    RollBack,
    Turn,
    VersionView,
    choice,
    quiet,
    rows_of,
    shortened,
    too_long,
)
from bot.messages import Choice, Reply
from bot.rights import may
from knowledge.entries import FaqEntry, Source
from knowledge.overlay import EntryField, Fault

DRAFT_PAGE = 10
BATCH_PAGE = 20
BACK_BUTTONS = 4
DRAFT_BUTTONS = 3
LONGEST_LINE = 200
MOST_REASON = 500
MOST_TYPED: Mapping[EntryField, int] = {"answer": MOST_ANSWER, "source": MOST_SOURCE}
"""Of a wording the base says itself how long it may be."""

FIELDS: Mapping[str, EntryField] = {
    "curate_answer": "answer",
    "curate_source": "source",
    "curate_wording": "wording",
}
"""The open field of a conversation, and what of the entry it asks for."""

COMPARED = (
    "question", "question_en", "title", "answer", "answer_en", "detail", "detail_en", "phrasings", "topic",
    "related", "as_of", "confidence", "known", "in_force_from", "superseded_by",
)  # fmt: skip
"""What the card tells of a change, besides the sources."""


def for_curators(step: Callable[[Facts, Intent], Turn]) -> Callable[[Facts, Intent], Turn]:
    """Whoever is no curator is answered as if there were nothing here."""

    def guarded(facts: Facts, intent: Intent) -> Turn:
        return step(facts, intent) if may(facts.seats, "curate") else _nothing(facts)

    return guarded


def _nothing(facts: Facts) -> Turn:
    return quiet(facts, Reply(facts.t.NOT_FOUND))


def curator_row(facts: Facts, entry_id: str) -> tuple[Choice, ...]:
    """The button by which a curator gets from an answer to its entry; nothing for anybody else."""
    if not may(facts.seats, "curate"):
        return ()
    return (choice(facts.t.MANAGE_ENTRY, "curate.entry", entry=entry_id),)


# ------------------------------------------------------------------ drafts that wait


@for_curators
def drafts(facts: Facts, intent: Intent) -> Turn:
    """`/drafts`: what waits for a second curator; an imported workbook is one button."""
    t, page = facts.t, int(intent.args.get("page", 0))
    if not facts.entry_drafts:
        return quiet(facts, Reply(t.NO_DRAFTS))
    buttons = [
        *(
            choice(t.batch(name, len(rows)), "curate.batch", batch=name)
            for name, rows in _batches(facts).items()
        ),
        *(
            choice(shortened(one.question), "curate.draft", revision=one.id)
            for one in facts.entry_drafts
            if one.batch is None
        ),
    ]
    shown = buttons[page * DRAFT_PAGE : (page + 1) * DRAFT_PAGE]
    rows = rows_of(shown, 1)
    if len(buttons) > (page + 1) * DRAFT_PAGE:
        rows = (*rows, (choice(t.NEXT_PAGE, "curate.drafts", page=page + 1),))
    return quiet(facts, Reply(t.drafts(len(facts.entry_drafts)), rows=rows))


def _batches(facts: Facts) -> dict[str, list[DraftLine]]:
    found: dict[str, list[DraftLine]] = {}
    for one in facts.entry_drafts:
        if one.batch is not None:
            found.setdefault(one.batch, []).append(one)
    return found


@for_curators
def draft(facts: Facts, _intent: Intent) -> Turn:
    """One draft, as it would go live."""
    found = facts.entry_draft
    if found is None:
        return _nothing(facts)
    if found.state != "draft":
        return quiet(facts, Reply(facts.t.draft_decided(found.state)))
    return quiet(facts, _card(facts, found))


def _card(facts: Facts, draft: DraftView, lead: str = "") -> Reply:
    t = facts.t
    head = [lead] if lead else []
    tail = [t.written_by(draft.author, draft.change, draft.at)]
    if draft.note:
        tail.append(t.noted(draft.note))
    if draft.author == "me":
        tail.append(t.NEEDS_ANOTHER_CURATOR)
    back = choice(t.BACK, "curate.drafts")
    if draft.batch is not None:
        back = choice(t.BACK, "curate.batch", batch=draft.batch)
    if draft.entry is None:
        returned = choice(t.RETURN_DRAFT, "curate.return", revision=draft.id)
        return Reply("\n".join([*head, t.DRAFT_NOT_READ, *tail]), rows=((returned, back),))
    entry = draft.entry
    lines = [t.question_line(entry.question), entry.answer, "", *_changes(facts, draft), "", *tail]
    decide: tuple[Choice, ...] = ()
    if draft.author != "me":
        decide = (
            choice(t.APPROVE_DRAFT, "curate.approve", revision=draft.id),
            choice(t.RETURN_DRAFT, "curate.return", revision=draft.id),
        )
    edit = (
        choice(t.EDIT_ANSWER, "curate.edit", revision=draft.id, field="answer"),
        choice(t.EDIT_SOURCE, "curate.edit", revision=draft.id, field="source"),
    )
    rows = (*((decide,) if decide else ()), edit, (back,))
    note = t.source_note("; ".join(_source_lines(facts, entry.sources)), entry.as_of, entry.confidence)
    return Reply("\n".join([*head, *lines]), title=t.DRAFT, note=note, rows=rows)


# ------------------------------------------------------------------ what changed


def _changes(facts: Facts, draft: DraftView) -> list[str]:
    """Before and after, only where they differ, line by line."""
    t, after, before = facts.t, draft.entry, draft.current
    assert after is not None
    if before is None:
        return [t.NEW_ENTRY]
    lines = [t.CHANGED]
    for name in COMPARED:
        lines += _difference(
            t.ENTRY_FIELDS[name], _lines_of(facts, before, name), _lines_of(facts, after, name)
        )
    lines += _difference(
        t.ENTRY_FIELDS["sources"],
        _source_lines(facts, before.sources),
        _source_lines(facts, after.sources),
    )
    return lines if len(lines) > 1 else [t.NOTHING_CHANGED]


def _difference(label: str, before: Sequence[str], after: Sequence[str]) -> list[str]:
    gone = [f"− {shortened(line, LONGEST_LINE)}" for line in before if line not in after]
    come = [f"+ {shortened(line, LONGEST_LINE)}" for line in after if line not in before]
    return [f"{label}:", *gone, *come] if gone or come else []


def _lines_of(facts: Facts, entry: FaqEntry, name: str) -> Sequence[str]:
    value = getattr(entry, name)
    if isinstance(value, bool):
        return (facts.t.YES if value else facts.t.NO,)
    if isinstance(value, tuple):
        return value
    return tuple(value.splitlines()) if value else ()


def _source_lines(facts: Facts, sources: Sequence[Source]) -> list[str]:
    """As people read them; what an unchecked draft names in vain is shown as it is."""
    base = facts.knowledge.base
    lines = []
    for source in sources:
        known = base.sources.get(source.key or "")
        title = source.cited or (known.title if known else str(source.key))
        section = base.plan.headings.get(source.section, source.section) if source.section else None
        lines.append(facts.t.source(title, section))
    return lines


# ------------------------------------------------------------------ approving, returning


def approve(facts: Facts, intent: Intent) -> Turn:
    command = ApproveDraft(int(intent.args["revision"]))
    return Turn(facts.talk, command=command, then=lambda facts, outcome: _decided(facts, outcome))


@for_curators
def batch(facts: Facts, intent: Intent) -> Turn:
    """The rows of an imported workbook; under the last page the button that approves them all."""
    t, name, page = facts.t, str(intent.args["batch"]), int(intent.args.get("page", 0))
    rows = _batches(facts).get(name)
    if rows is None:
        return quiet(facts, Reply(t.NO_DRAFTS))
    first, last = page * BATCH_PAGE, (page + 1) * BATCH_PAGE
    buttons = [
        (choice(shortened(f"{number}. {one.question}"), "curate.draft", revision=one.id),)
        for number, one in enumerate(rows[first:last], start=first + 1)
    ]
    if len(rows) > last:
        end = choice(t.NEXT_PAGE, "curate.batch", batch=name, page=page + 1)
    else:
        shown = [one.id for one in rows]
        end = choice(t.approve_all(len(rows)), "curate.approve_batch", batch=name, shown=shown)
    last_rows = ((end,), (choice(t.BACK, "curate.drafts"),))
    # A number that is typed reads as a row's here, not as a button's: only the rows are numbered from 1.
    return quiet(facts, Reply(t.batch(name, len(rows)), rows=(*buttons, *last_rows), numbered=page == 0))


def approve_batch(facts: Facts, intent: Intent) -> Turn:
    name = str(intent.args["batch"])
    command = ApproveBatch(name, tuple(int(one) for one in intent.args["shown"]))
    again = choice(facts.t.SHOW_AGAIN, "curate.batch", batch=name)

    def then(facts: Facts, outcome: Any) -> Turn:
        if outcome[0] == "changed":
            return quiet(facts, Reply(facts.t.BATCH_CHANGED, rows=((again,),)))
        return _decided(facts, outcome)

    return Turn(facts.talk, command=command, then=then)


def _decided(facts: Facts, outcome: Any) -> Turn:
    """What became of an approval, and the way to what waits still."""
    t, (what, detail) = facts.t, outcome
    if what == "forbidden":
        return _nothing(facts)
    if what == "faults":
        return quiet(facts, Reply(_told(facts, detail)))
    if what == "own":
        return quiet(facts, Reply(t.NEEDS_ANOTHER_CURATOR))
    if what == "decided":
        text = t.draft_decided(detail)
    else:
        text = t.approved(detail) if what == "approved" else t.RETURNED
    waiting = ((choice(t.DRAFTS, "curate.drafts"),),) if facts.entry_drafts else ()
    return quiet(facts, Reply(text, rows=waiting, edits=True))


def _told(facts: Facts, faults: Mapping[str, Sequence[Fault]]) -> str:
    """Every fault with the question it concerns, where there are several."""
    t = facts.t
    lines = [t.NOT_APPROVED]
    for entry_id, found in faults.items():
        if len(faults) > 1:
            lines.append(f"{entry_id}:")
        lines += [_fault(facts, one) for one in found]
    return "\n".join(lines)


def _fault(facts: Facts, fault: Fault) -> str:
    other = facts.knowledge.entries.get(fault.entry_id)
    return facts.t.entry_fault(
        fault.kind, shortened(fault.value, 120), other.question if other else fault.entry_id
    )


@for_curators
def ask_reason(facts: Facts, _intent: Intent) -> Turn:
    found = facts.entry_draft
    if found is None:
        return _nothing(facts)
    if found.state != "draft":
        return quiet(facts, Reply(facts.t.draft_decided(found.state)))
    asked = Reply(facts.t.WHY_RETURNED, rows=(_cancel_row(facts),), numbered=False)
    return Turn(facts.talk.asks("curate_reason", str(found.id)), (asked,))


@for_curators
def take_reason(facts: Facts, intent: Intent) -> Turn:
    text = str(intent.args["text"])
    if longer := too_long(facts, text, MOST_REASON, _cancel_row(facts)):
        return longer
    subject = facts.talk.subject or ""
    if facts.talk.asking != "curate_reason" or not subject.isdecimal():
        return _nothing(facts)
    command = ReturnDraft(int(subject), text)
    return Turn(facts.talk, command=command, then=lambda facts, outcome: _decided(facts, outcome))


def _cancel_row(facts: Facts) -> tuple[Choice, ...]:
    return (choice(facts.t.CANCEL, "cancel"),)


# ------------------------------------------------------------------ writing


@for_curators
def ask_text(facts: Facts, intent: Intent) -> Turn:
    """What shall stand there instead? The text as it is comes along, to be copied and mended."""
    field = str(intent.args["field"])
    if "revision" in intent.args:
        found = facts.entry_draft
        entry, subject = (found.entry if found else None), f"draft:{intent.args['revision']}"
        if found is not None and found.state not in ("draft", "returned"):
            return quiet(facts, Reply(facts.t.draft_decided(found.state)))
    else:
        entry, subject = (
            facts.knowledge.entries.get(str(intent.args["entry"])),
            f"entry:{intent.args['entry']}",
        )
    if entry is None or f"curate_{field}" not in FIELDS:
        return _nothing(facts)
    now = {"answer": entry.answer, "source": "; ".join(_source_lines(facts, entry.sources))}
    text = facts.t.ask_entry_text(field, entry.question, now.get(field, ""))
    asked = Reply(text, rows=(_cancel_row(facts),), numbered=False)
    return Turn(facts.talk.asks(f"curate_{field}", subject), (asked,))


@for_curators
def take_text(facts: Facts, intent: Intent) -> Turn:
    """Becomes a draft; what does not fit is said, and the field stays open."""
    talk = facts.talk
    what, _, name = (talk.subject or "").partition(":")
    field, typed = FIELDS.get(talk.asking or ""), str(intent.args["text"])
    if field is None:
        return _nothing(facts)
    if longer := too_long(facts, typed, MOST_TYPED.get(field, MOST_ANSWER), _cancel_row(facts)):
        return longer
    command = EditEntry(
        field,
        typed,
        entry_id=name if what == "entry" else None,
        revision_id=int(name) if what == "draft" else None,
    )

    def then(facts: Facts, outcome: Any) -> Turn:
        what, detail = outcome
        if what == "forbidden":
            return _nothing(facts)
        if what == "decided":
            return quiet(facts, Reply(facts.t.draft_decided(str(detail))))
        if what == "drafted":
            return quiet(facts, _card(facts, detail, lead=facts.t.DRAFT_KEPT))
        problem = facts.t.NOTHING_CHANGED if what == "same" else _unfit(facts, detail)
        return Turn(talk, (Reply(problem, rows=(_cancel_row(facts),), numbered=False),))

    return Turn(talk, command=command, then=then)


def _unfit(facts: Facts, faults: Mapping[str, Sequence[Fault]]) -> str:
    lines = [_fault(facts, one) for found in faults.values() for one in found]
    return "\n".join([*lines, facts.t.TYPE_AGAIN])


# ------------------------------------------------------------------ an entry's versions


@for_curators
def entry(facts: Facts, intent: Intent) -> Turn:
    """The versions of an entry, and what may be done with it."""
    entry_id = str(intent.args["entry"])
    if not facts.entry_versions:
        return _nothing(facts)
    return quiet(facts, _versions(facts, entry_id))


def _versions(facts: Facts, entry_id: str, lead: str = "") -> Reply:
    t = facts.t
    found = facts.knowledge.entries.get(entry_id)
    lines = [lead] if lead else []
    lines += [_version_line(facts, one) for one in facts.entry_versions]
    waiting = [
        choice(t.draft_version(one.version), "curate.draft", revision=one.draft_id)
        for one in facts.entry_versions
        if one.draft_id is not None
    ]
    rows = list(rows_of(waiting[:DRAFT_BUTTONS], 1))
    if found is not None:
        rows += rows_of(
            [
                choice(t.EDIT_ANSWER, "curate.edit", entry=entry_id, field="answer"),
                choice(t.EDIT_SOURCE, "curate.edit", entry=entry_id, field="source"),
                choice(t.ADD_WORDING, "curate.edit", entry=entry_id, field="wording"),
            ]
        )
    rows += rows_of(
        [
            choice(t.back_to(one.version), "curate.roll_back", entry=entry_id, version=one.version)
            for one in _back_to(facts.entry_versions)
        ]
    )
    return Reply("\n".join(lines), title=found.question if found else entry_id, rows=tuple(rows))


def _back_to(versions: Sequence[VersionView]) -> list[VersionView]:
    """
    The newest earlier ones that were approved, and always the shipped one. Where the approved one cannot be
    used, also what is answered now: then that is settled.
    """
    broken = any(not one.usable for one in versions)
    earlier = [one for one in versions if one.usable and one.state != "draft" and (broken or not one.live)]
    return [one for number, one in enumerate(earlier) if number < BACK_BUTTONS or one.state == "shipped"]


def _version_line(facts: Facts, version: VersionView) -> str:
    t = facts.t
    state = version.state if version.usable else "unusable"
    return t.version(version.version, version.change, state, version.at, version.live, version.back_to)


def roll_back(facts: Facts, intent: Intent) -> Turn:
    entry_id, version = str(intent.args["entry"]), int(intent.args["version"])

    def then(facts: Facts, outcome: Any) -> Turn:
        what, detail = outcome
        if what == "rolled_back":
            rows = (curator_row(facts, entry_id),)
            return quiet(facts, Reply(facts.t.rolled_back(version), rows=rows, edits=True))
        if what == "same":
            return quiet(facts, Reply(facts.t.NOTHING_CHANGED, edits=True))
        return quiet(facts, Reply(_told(facts, detail))) if what == "faults" else _nothing(facts)

    return Turn(facts.talk, command=RollBack(entry_id, version), then=then)


# ------------------------------------------------------------------ wordings that people confirmed


@for_curators
def phrasings(facts: Facts, intent: Intent) -> Turn:
    """The wording that was confirmed most often, to be added or not; `at` skips those left for later."""
    return quiet(facts, _proposal(facts, int(intent.args.get("at", 0))))


def _proposal(facts: Facts, at: int, lead: str = "") -> Reply:
    t = facts.t
    if at >= len(facts.proposals):
        return Reply("\n".join(filter(None, (lead, t.NO_PHRASINGS))), edits=bool(lead))
    one = facts.proposals[at]
    entry = facts.knowledge.entries[one.entry_id]
    args = {"text": one.text, "entry": one.entry_id, "at": at}
    rows: list[tuple[Choice, ...]] = [
        (
            choice(t.ADD_WORDING, "curate.decide", accept=True, **args),
            choice(t.DO_NOT_ADD, "curate.decide", accept=False, **args),
        )
    ]
    if at + 1 < len(facts.proposals):
        rows.append((choice(t.NEXT_PAGE, "curate.phrasings", at=at + 1),))
    text = t.proposal(one.text, entry.question, one.count)
    left = t.phrasings_left(len(facts.proposals))
    return Reply("\n".join(filter(None, (lead, text))), title=left, rows=tuple(rows), edits=bool(lead))


def decide_phrasing(facts: Facts, intent: Intent) -> Turn:
    text, entry_id, accept = str(intent.args["text"]), str(intent.args["entry"]), bool(intent.args["accept"])
    at = int(intent.args.get("at", 0))

    def then(facts: Facts, outcome: Any) -> Turn:
        what, detail = outcome
        t = facts.t
        if what == "forbidden":
            return _nothing(facts)
        if what == "faults":
            told = "\n".join(_fault(facts, one) for found in detail.values() for one in found)
            leave = choice(t.DO_NOT_ADD, "curate.decide", text=text, entry=entry_id, accept=False, at=at)
            return quiet(facts, Reply(told, rows=((leave,),)))
        lead = {"added": t.wording_added(text), "refused": t.WORDING_REFUSED, "decided": t.WORDING_DECIDED}[
            what
        ]
        return quiet(facts, _proposal(facts, at, lead))

    return Turn(facts.talk, command=DecidePhrasing(text, entry_id, accept), then=then)
