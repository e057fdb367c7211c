"""What in the registry needs a person: pure, over what we hold and today."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from bot.registering.matching import key_of
from bot.registering.ours import Held, Ours, Pairing, Waiting
from bot.registering.reconciling import status_of
from bot.registering.values import EARLIEST

Kind = Literal["duplicate", "date", "municipal", "merged", "source", "stage", "conflict", "proposal"]


@dataclass(frozen=True)
class Problem:
    kind: Kind
    subject: str  # pairing:50-chengdu
    label: str  # เชียงใหม่–นครเฉิงตู
    problem: str
    instead: str

    def __str__(self) -> str:
        return f"{self.kind}: {self.subject.partition(':')[2]} {self.label}: {self.problem} · {self.instead}"


def check(ours: Ours, today: date) -> tuple[Problem, ...]:
    """Every problem, those of one kind together."""
    return (
        *_duplicates(ours),
        *(problem for pairing in ours.pairings.values() for problem in _days(ours, pairing, today)),
        *_municipal(ours),
        *_merged(ours),
        *_without_source(ours),
        *_without_stage(ours),
        *_undecided(ours, "conflict", ours.conflicting),
        *_undecided(ours, "proposal", ours.proposed),
    )


def _of(ours: Ours, kind: Kind, pairing: Pairing, problem: str, instead: str) -> Problem:
    return Problem(kind, f"pairing:{pairing.id}", ours.label(pairing.id), problem, instead)


def _duplicates(ours: Ours) -> Iterator[Problem]:
    """One province and one partner twice: by the same row, or by two rows of one place."""
    same: defaultdict[tuple[str, str, str], list[Pairing]] = defaultdict(list)
    for pairing in ours.pairings.values():
        partner = ours.partners[pairing.partner]
        same[pairing.province, partner.country, key_of(partner.name_en or partner.name)].append(pairing)
    for found in same.values():
        for pairing in found[1:]:
            yield _of(ours, "duplicate", pairing, f"the same pair as {found[0].id}", "keep one of them")
    places: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for place in ours.partners.values():
        places[place.country, key_of(place.name)].append(place.id)
    for ids in places.values():
        for one in ids[1:]:
            shown = ours.partners[one].name
            yield Problem(
                "duplicate",
                f"partner:{one}",
                shown,
                f"partner {ids[0]} has the same name",
                "merge them, or tell them apart by name",
            )


def _days(ours: Ours, pairing: Pairing, today: date) -> Iterator[Problem]:
    signed, ends = _day(pairing.held("signed_on")), _day(pairing.held("expires_on"))
    if signed is not None and signed > today:
        yield _of(ours, "date", pairing, f"signed in the future, {signed}", "correct the date, or the stage")
    if signed is not None and signed.year < EARLIEST:
        yield _of(ours, "date", pairing, f"signed impossibly early, {signed}", "correct the year")
    if signed is not None and ends is not None and ends < signed:
        yield _of(ours, "date", pairing, f"ends {ends}, before it was signed {signed}", "correct one of them")


def _day(held: Held) -> date | None:
    return date.fromisoformat(held.value) if isinstance(held.value, str) and held.value else None


def _municipal(ours: Ours) -> Iterator[Problem]:
    for pairing in ours.pairings.values():
        if pairing.level == "uncertain" or ours.partners[pairing.partner].name.startswith("เทศบาล"):
            yield _of(
                ours,
                "municipal",
                pairing,
                "perhaps of a municipality of that name",
                "ask the province whose it is",
            )


def _merged(ours: Ours) -> Iterator[Problem]:
    for pairing in ours.pairings.values():
        into = ours.partners[pairing.partner].merged_into
        if into is not None:
            yield _of(
                ours, "merged", pairing, f"the partner merged into {into}", "move the pairing, or end it"
            )


def _without_source(ours: Ours) -> Iterator[Problem]:
    for pairing in ours.pairings.values():
        lacking = sorted(
            name
            for name, held in pairing.fields.items()
            if held.fact is not None and not held.empty and not held.source
        )
        if not pairing.source.strip():
            yield _of(ours, "source", pairing, "no source", "name where the pairing is known from")
        elif lacking:
            yield _of(
                ours,
                "source",
                pairing,
                f"no source for {', '.join(lacking)}",
                "name where they are known from",
            )


def _without_stage(ours: Ours) -> Iterator[Problem]:
    for pairing in ours.pairings.values():
        if status_of(pairing.held("stage").value) == "unknown":
            yield _of(ours, "stage", pairing, "no stage is known", "ask the province, and record the stage")


def _undecided(
    ours: Ours, kind: Literal["conflict", "proposal"], waiting: Sequence[Waiting]
) -> Iterator[Problem]:
    for one in waiting:
        what, _, key = one.subject.partition(":")
        label = ours.label(key) if what == "pairing" and key in ours.pairings else what
        held = (
            ours.pairings[key].held(one.field) if what == "pairing" and key in ours.pairings else Held(None)
        )
        said = f"{one.field} {shown(one.value, one.precision)}"
        beside = f" beside {shown(held.value, held.precision)}" if kind == "conflict" else ""
        yield Problem(
            kind, one.subject, label, f"{said}{beside} ({one.source})", "the ministry decides which holds"
        )


_LENGTH = {"year": 4, "month": 7}


def shown(value: Any, precision: str | None) -> str:
    """A value as the command line prints it: dates as far as they are known."""
    if value in (None, "", []):
        return "–"
    if isinstance(value, list):
        return ", ".join(map(str, value))
    text = " ".join(str(value).split())
    return text[: _LENGTH.get(precision, 10)] if precision else text
