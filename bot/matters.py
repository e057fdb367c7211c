"""What notices are about, as plain values. Days are of the business zone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from bot.calendar import Precision
from bot.escalation import Level, Recipient
from bot.reminders import Judged, PairingFacts, Scope


def is_of_the_scheme(pairing: PairingFacts) -> bool:
    """Whether anything is said of it at all: Bangkok's pairings are its own, and some are none."""
    return pairing.level != "bma" and not pairing.merged and not pairing.denied


@dataclass(frozen=True)
class Term:
    """The agreement of a pairing ends; of a month or year that alone is known, on its last day."""

    pairing_id: str
    province: str
    ends_on: date


@dataclass(frozen=True)
class Still:
    """A pairing that is not signed yet has not left its stage."""

    pairing_id: str
    province: str
    stage: str | None
    since: date


@dataclass(frozen=True)
class Plan:
    """
    A planned activity.

    Attributes:
        promised: It is what an earlier record promised.
        known_on: When somebody wrote something about it last.
        told: Its recorders who may still change it; nobody where the province's officers are told.
    """

    activity_id: int
    pairing_id: str
    province: str
    title: str
    start: date
    end: date | None
    precision: Precision
    promised: bool
    known_on: date
    told: tuple[Recipient, ...] = ()


@dataclass(frozen=True)
class Unused:
    """An invitation that ran out without being used."""

    invitation_id: int
    role: str
    province: str | None
    ran_out_on: date
    made_by: Recipient


@dataclass(frozen=True)
class Review:
    """The day on which a suspension is to be looked at again."""

    suspension_id: int
    scope: Scope
    key: str
    on: date


@dataclass(frozen=True)
class Gap:
    """Planning had stopped for longer than a day: between the last plan before it and the first after it."""

    last: datetime
    again: datetime


# ------------------------------------------------------------------ digests of a week and a month


@dataclass(frozen=True)
class Week:
    """
    What is at risk in all provinces.

    Attributes:
        silent: Provinces with the number of their pairings without an activity whose year is short or over; the
            most first.
        climbed: Of these pairings, how many became known to which post above the province's officers.
        unconfirmed: Provinces that have not confirmed their list.
        vacant: Posts with the provinces in which nobody holds them.
    """

    silent: tuple[tuple[str, int], ...] = ()
    climbed: tuple[tuple[Level, int], ...] = ()
    terms: tuple[Term, ...] = ()
    stills: tuple[Still, ...] = ()
    unconfirmed: tuple[str, ...] = ()
    reviews: tuple[Review, ...] = ()
    vacant: tuple[tuple[Level, tuple[str, ...]], ...] = ()

    @property
    def says_something(self) -> bool:
        return any((self.silent, self.terms, self.stills, self.unconfirmed, self.reviews, self.vacant))


@dataclass(frozen=True)
class Month:
    """A province as its head sees it; `exempting` are pairings whose exemption the ministry has not decided."""

    province: str
    silent: tuple[Judged, ...] = ()
    plans: tuple[Plan, ...] = ()
    terms: tuple[Term, ...] = ()
    stills: tuple[Still, ...] = ()
    exempting: tuple[str, ...] = ()

    @property
    def says_something(self) -> bool:
        return any((self.silent, self.plans, self.terms, self.stills, self.exempting))


@dataclass(frozen=True)
class Matters:
    """All that notices look at. No week or month where nobody is told of it."""

    terms: tuple[Term, ...] = ()
    stills: tuple[Still, ...] = ()
    plans: tuple[Plan, ...] = ()
    unused: tuple[Unused, ...] = ()
    reviews: tuple[Review, ...] = ()
    gap: Gap | None = None
    week: Week | None = None
    months: tuple[Month, ...] = ()
