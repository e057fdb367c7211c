"""The facts of a pairing in people's words: names of fields, values, sources."""

from __future__ import annotations

from datetime import date
from typing import Any

from bot.dialogues.base import Facts, PairingView, shortened
from bot.dialogues.relation_facts import (
    DATES,
    LISTS,
    NEW,
    PAIRING_FIELDS,
    By,
    Change,
    FactView,
)
from bot.dialogues.values import SHORT
from bot.rights import may

MOST_VALUE = 600
"""Letters of one value among others."""


def is_empty(value: Any) -> bool:
    return value in (None, "", [], ())


def value_words(
    facts: Facts, field: str, value: Any, precision: str | None, reached: date | None = None
) -> str:
    """A value as people read it: labels for codes, days in both eras as far as they are known."""
    t = facts.t
    if is_empty(value):
        return t.NOT_STATED
    if field == "stage":
        label = t.stage_of(str(value))
        return label if reached is None else f"{label} {day_words(facts, reached, precision)}"
    if field in DATES:
        return day_words(facts, date.fromisoformat(str(value)), precision)
    if field == "level":
        return t.LEVELS.get(str(value), str(value))
    if field == "kind":
        return t.PARTNER_KINDS.get(str(value), str(value))
    if field in LISTS and isinstance(value, list | tuple):
        between = "; " if field == "signatories" else ", "
        return shortened(between.join(map(str, value)), MOST_VALUE)
    return shortened(str(value), MOST_VALUE)


def day_words(facts: Facts, day: date, precision: str | None) -> str:
    return facts.t.known_day(day, precision or "day")


def fact_words(facts: Facts, fact: FactView) -> str:
    reached = fact.source_on if fact.field == "stage" else None
    return value_words(facts, fact.field, fact.value, fact.precision, reached)


def change_words(facts: Facts, change: Change) -> str:
    """What was entered, as the fact will read."""
    precision = change.reached_precision if change.field == "stage" else change.precision
    return value_words(facts, change.field, change.value, precision, change.reached)


def source_words(facts: Facts, source: str, source_on: date | None = None) -> str:
    """Where a value comes from, with the date of the paper."""
    t = facts.t
    if not source.strip():
        return t.NO_SOURCE
    return t.source_dated(shortened(source, SHORT), source_on)


def fact_source(facts: Facts, fact: FactView) -> str:
    """The day of a stage is when it was reached: its source says its own."""
    return source_words(facts, fact.source, None if fact.field == "stage" else fact.source_on)


def by_words(facts: Facts, by: By, origin: str = "person") -> str:
    """A post and its province, never a name."""
    t = facts.t
    if origin != "person":
        return t.ORIGINS[origin]
    if by.me:
        return t.YOURSELF
    if by.post is None:
        return t.FORMER_MEMBER
    return t.post_of(t.role(by.post), facts.registry.provinces.get(by.province or "", ""))


def label_of(facts: Facts, pairing_id: str) -> str:
    """A pairing's name; of one that is being added its province and what is entered by now."""
    if pairing_id.startswith(NEW):
        adding = facts.talk.adding
        province = facts.registry.provinces.get(pairing_id.removeprefix(NEW), "")
        name = (adding.name_th or adding.listed or "") if adding else ""
        return f"{province}–{name}" if name else province
    pairing = facts.registry.pairings.get(pairing_id)
    return pairing.label if pairing else pairing_id


def sharing(facts: Facts, pairing: PairingView) -> tuple[PairingView, ...]:
    """Pairings of other provinces with the same partner."""
    return tuple(
        one
        for one in facts.registry.pairings.values()
        if one.partner_id == pairing.partner_id and one.id != pairing.id and not one.dismissed
    )


def shared_words(facts: Facts, pairing_id: str, field: str) -> str:
    """Which provinces share what is said of the partner; empty where none does, or the fact is the pairing's."""
    pairing = facts.registry.pairings.get(pairing_id)
    if pairing is None or field in PAIRING_FIELDS:
        return ""
    others = sorted({one.province for one in sharing(facts, pairing)} - {pairing.province})
    return facts.t.shared_with(others) if others else ""


def may_see(facts: Facts, pairing_id: str) -> bool:
    pairing = facts.registry.pairings.get(pairing_id)
    return pairing is not None and may(facts.seats, "see_pairings", pairing.province_code)


def may_propose(facts: Facts, pairing_id: str) -> bool:
    """Whether they may say something of it; of a pairing that is being added only the ministry."""
    if pairing_id.startswith(NEW):
        return may(facts.seats, "confirm_fact")
    pairing = facts.registry.pairings.get(pairing_id)
    return pairing is not None and may(facts.seats, "propose_fact", pairing.province_code)
