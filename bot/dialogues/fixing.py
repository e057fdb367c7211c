"""A line typed while a draft is open that corrects it: what it changes, what it leaves open, what cannot be."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from bot.dialogues.base import Facts, LogDraft
from bot.dialogues.drafting import (
    MAX_OPTIONS,
    Doubt,
    date_problem,
    option_of,
    own_pairing,
    span_of,
    with_value,
)
from bot.dialogues.limits import broken, days_line
from bot.language.corrections import read_correction

_DAYS = re.compile(r"\d{4}-\d{2}-\d{2}(?:/\d{4}-\d{2}-\d{2})?")


@dataclass(frozen=True)
class Fix:
    """The draft as corrected, the fields that changed, and why others did not."""

    draft: LogDraft
    changed: tuple[str, ...] = ()
    asked: tuple[str, ...] = ()  # what the line leaves open
    problem: str = ""


def read_fix(facts: Facts, text: str) -> Fix | None:
    """The line as a correction of the open draft; None when it is none: a question, a report of its own."""
    if facts.draft is None:
        return None
    draft = facts.draft.body
    read = read_correction(text, facts.registry.lexicon, home=facts.home, today=facts.today, current=draft)
    if read.kind != "correction":
        return None
    values = _values(draft, read.changes)
    doubts = {
        field: _usable(facts, field, tuple(map(str, options))) for field, options in read.ambiguous.items()
    }
    beyond = _beyond(facts, draft, read.changes)
    if read.problems:
        beyond["start"] = date_problem(facts, read.problems[0])
    if read.ambiguous.get("pairing_id") and not doubts["pairing_id"]:
        del doubts["pairing_id"]
        beyond["pairing_id"] = facts.t.NO_SUCH_PAIRING
    if "start" in beyond:  # whether it lies ahead was read from that day
        values.pop("state", None)
    taken = {field: value for field, value in values.items() if field not in beyond}
    for field, value in taken.items():
        draft = with_value(facts, draft, field, value)
    for field, options in doubts.items():
        draft = with_value(facts, draft, field, Doubt(options))
    return Fix(draft, tuple(taken), tuple(doubts), next(iter(beyond.values()), ""))


def _values(draft: LogDraft, changes: Mapping[str, Any]) -> dict[str, Any]:
    """The changes as buttons give them: first and last day are one value, and come before what follows from them."""
    rest = {field: value for field, value in changes.items() if field not in ("start", "end")}
    first = changes.get("start", draft.start)
    if len(rest) == len(changes) or first is None:
        return rest
    return {"start": option_of(first, changes.get("end", draft.end)), **rest}


def _beyond(facts: Facts, draft: LogDraft, changes: Mapping[str, Any]) -> dict[str, str]:
    """The changes that cannot be taken, each with the line that says why."""
    days = {"start": changes.get("start", draft.start), "end": changes.get("end", draft.end)}
    if not {"start", "end"} & changes.keys():
        days = {}
    beyond = broken(facts, {**changes, **days})
    if "pairing_id" in changes and own_pairing(facts, changes["pairing_id"]) is None:
        beyond["pairing_id"] = facts.t.NO_SUCH_PAIRING
    return beyond


def _usable(facts: Facts, field: str, options: tuple[str, ...]) -> tuple[str, ...]:
    """The candidates that the field may hold; of an impossible date none."""
    match field:
        case "pairing_id":
            return tuple(one for one in options if own_pairing(facts, one))
        case "start":
            days = (one for one in options if _DAYS.fullmatch(one))
            return tuple(one for one in days if not days_line(facts, *span_of(one)[:2]))[:MAX_OPTIONS]
        case "participants" | "budget_thb":
            return tuple(one for one in options if not broken(facts, {field: Decimal(one)}))[:MAX_OPTIONS]
    return options


def fix_lead(facts: Facts, fix: Fix) -> str:
    """What changed, in one line, and what could not be taken in another; empty when there is nothing of either."""
    parts = [_SHOWN[field](facts, fix.draft) for field in fix.changed]
    lines = (facts.t.fixed(parts) if parts else "", fix.problem)
    return "\n".join(line for line in lines if line)


def _part(field: str, shown: Callable[[Facts, LogDraft], str | None]) -> Callable[[Facts, LogDraft], str]:
    return lambda facts, draft: facts.t.fixed_part(field, shown(facts, draft) or facts.t.NOT_STATED)


_SHOWN: Mapping[str, Callable[[Facts, LogDraft], str]] = {
    "pairing_id": _part(
        "pairing_id", lambda facts, draft: facts.registry.pairings[str(draft.pairing_id)].label
    ),
    "type": _part("type", lambda facts, draft: facts.t.type_label(facts.registry.types[str(draft.type)])),
    "start": _part(
        "start",
        lambda facts, draft: facts.t.days(draft.start, draft.end, draft.precision) if draft.start else None,
    ),
    "title": _part("title", lambda _facts, draft: draft.title),
    "participants": _part(
        "participants",
        lambda facts, draft: None if draft.participants is None else facts.t.people(draft.participants),
    ),
    "budget_thb": _part("budget_thb", lambda facts, draft: facts.t.spent(draft.budget_thb)),
    "place": _part("place", lambda _facts, draft: draft.place),
    "direction": _part(
        "direction",
        lambda facts, draft: facts.t.word("direction", draft.direction) if draft.direction else None,
    ),
    "partner_joined": _part(
        "partner_joined",
        lambda facts, draft: (
            facts.t.word("partner_joined", draft.partner_joined) if draft.partner_joined else None
        ),
    ),
    "state": _part("state", lambda facts, draft: facts.t.word("state", draft.state)),
}
