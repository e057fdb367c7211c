"""Two entries of the same event as one record: what is added, and where they differ."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from bot.dialogues.base import DETAILS, ActivityView, Content, Facts, LogDraft
from bot.dialogues.drafting import is_joint, proposed_title
from bot.language.same_event import Entry

SINGLE = ("title", "participants", "budget_thb", "partner_joined", "place", "direction", *DETAILS)
"""Fields with one value: filled where the record lacks it, kept where both say something."""

SEVERAL = ("sdgs", "sectors")
"""Fields to which both may add."""

Differing = Mapping[str, Any]
"""What the draft says otherwise than the record, by field."""


@dataclass(frozen=True)
class Merged:
    """What the record takes over; `also` are its further pairings then, without its own."""

    values: Mapping[str, Any]
    also: tuple[str, ...]
    differing: Differing


def entry_of(facts: Facts, content: Content) -> Entry:
    """What is compared of an entry. A title that was proposed says nothing of its own."""
    assert content.start is not None
    assert content.type is not None
    return Entry(content.start, last_day_of(content), content.type, _own_title(facts, content))


def last_day_of(content: Content) -> date | None:
    """The last day; of a record that knows only the month, the month's."""
    if content.precision != "month" or content.start is None:
        return content.end
    return content.start.replace(day=monthrange(content.start.year, content.start.month)[1])


def _own_title(facts: Facts, content: Content) -> str | None:
    proposed = proposed_title(facts, LogDraft(pairing_id=content.pairing_id, type=content.type))
    return content.title if content.title != proposed else None


def _knows_the_day(record: ActivityView, draft: LogDraft) -> bool:
    """Whether the draft says on which day of the record's month it was."""
    if record.precision != "month" or draft.precision != "day" or draft.start is None:
        return False
    return (record.start.year, record.start.month) == (draft.start.year, draft.start.month)


def merged(facts: Facts, record: ActivityView, draft: LogDraft) -> Merged:
    """The record with what only the draft knows. A plan that the draft reports as held has taken place."""
    values: dict[str, Any] = {}
    differing: dict[str, Any] = {}
    days = {"start": draft.start, "end": draft.end, "precision": draft.precision}
    if record.state == "planned" and draft.state == "held":
        values |= {"state": "held", **days}
    elif _knows_the_day(record, draft):
        values |= days
    elif draft.precision == "day" and (record.start, record.end) != (draft.start, draft.end):
        differing["start"] = (draft.start, draft.end)
    if draft.type != record.type:
        differing["type"] = draft.type
    stands = record.model_copy(update={"title": _own_title(facts, record)})
    typed = draft.model_copy(update={"title": _own_title(facts, draft)})
    for name in SINGLE:
        old, new = getattr(stands, name), getattr(typed, name)
        if old is None and new is not None:
            values[name] = new
        elif new is not None and new != old:
            differing[name] = new
    values |= {name: list(dict.fromkeys((*getattr(record, name), *getattr(draft, name)))) for name in SEVERAL}
    after = record.model_copy(update=values)
    values["joint"] = is_joint(
        facts, LogDraft(type=after.type, state=after.state, partner_joined=after.partner_joined)
    )
    covered = dict.fromkeys((*record.pairings, str(draft.pairing_id), *draft.also))
    return Merged(values, tuple(one for one in covered if one != record.pairing_id), differing)
