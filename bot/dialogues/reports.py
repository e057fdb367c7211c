"""Texts that are more than a sentence: what is kept of them, and to which draft they belong."""

from __future__ import annotations

from bot.dialogues.base import Content, Facts, LogDraft
from bot.dialogues.limits import MAX_TITLE
from bot.language.quick_log import REQUIRED, LogReading, read_log

LONG = 120
"""Characters: what is longer, or has several lines, is a report and no sentence."""

MAX_RESULT = 2000

CARRIED = tuple(name for name in Content.model_fields if name not in ("state", "precision", "end"))


def is_report(text: str) -> bool:
    return len(text) > LONG or len(text.split("\n")) > 1


def says_something(facts: Facts, text: str) -> bool:
    """Whether a pairing, a date or a type is found in it."""
    reading = read_log(text, facts.registry.lexicon, home=facts.home, today=facts.today)
    settled = (reading.pairing_id, reading.start, reading.type)
    return any(settled) or any(name in reading.ambiguous for name in REQUIRED)


def as_report(facts: Facts, draft: LogDraft, text: str) -> tuple[LogDraft, str]:
    """
    The draft with the whole report as its result, and its first line as the title where none was read; and the
    line that says so. Several reports of one activity stand one after the other.
    """
    whole = "\n".join(part for part in (draft.result, text) if part)
    lines = (line for line in text.split("\n") if any(letter.isalnum() for letter in line))
    title = draft.title or next(lines, "")[:MAX_TITLE].strip() or None
    kept = draft.model_copy(update={"title": title, "result": whole[:MAX_RESULT]})
    return kept, facts.t.report_kept(MAX_RESULT if len(whole) > MAX_RESULT else None)


def is_about(draft: LogDraft, reading: LogReading) -> bool:
    """Whether what was read can be about this draft's activity: the same pairing and day, as far as both say."""
    named = reading.ambiguous.get("pairing_id") or [reading.pairing_id or draft.pairing_id]
    if draft.pairing_id is not None and draft.pairing_id not in named:
        return False
    days = [reading.start] if reading.start else [span.start for span in reading.date_options]
    if draft.start is None or not days:
        return True
    last = draft.end or draft.start
    return any(draft.start <= day <= last for day in days)


def told_more(draft: LogDraft, more: LogDraft) -> LogDraft:
    """The draft after another account of the same activity: its numbers count, and it fills what was missing."""
    numbers = ("participants", "budget_thb")
    said = {name: value for name in numbers if (value := getattr(more, name)) is not None}
    return filled(draft.model_copy(update=said), more)


def filled(draft: LogDraft, other: LogDraft) -> LogDraft:
    """The draft, and from the other one what it lacks."""
    lacking = {
        name: value
        for name in (*CARRIED, "reused")
        if not getattr(draft, name) and (value := getattr(other, name))
    }
    if "start" in lacking:
        lacking |= {"end": other.end, "precision": other.precision, "state": other.state}
    options = {name: found for name, found in other.options.items() if not getattr(draft, name, None)}
    assumed = tuple(name for name in other.assumed if name in lacking)
    return draft.model_copy(
        update={**lacking, "options": {**options, **draft.options}, "assumed": (*draft.assumed, *assumed)}
    )
