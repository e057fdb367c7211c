"""What keeps reminders quiet, as dialogues see it, and the commands that change it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from bot.escalation import Level, Said
from bot.reminders import Count, Judged, Scope


@dataclass(frozen=True)
class Explained:
    """
    A pairing on one day: why it is reminded, or is not.

    Attributes:
        told: By period, recipient and level: whether they have been told already.
        said: By period, what was told before.
    """

    day: date
    pairing_id: str
    judged: tuple[Judged, Judged]
    told: dict[tuple[str, str, Level], bool]
    said: dict[str, tuple[Said, ...]]
    answered: date | None
    confirmed: bool
    sums: tuple[Count, ...]


@dataclass(frozen=True)
class SnoozeView:
    id: int
    pairing_id: str
    last: date
    reason: str


@dataclass(frozen=True)
class ExemptionView:
    id: int
    pairing_id: str
    last: date | None
    reason: str
    state: str  # waiting · granted
    asked_on: date


@dataclass(frozen=True)
class SuspensionView:
    id: int
    scope: Scope
    key: str
    first: date
    reason: str
    review_on: date


@dataclass(frozen=True)
class Coming:
    """A day of the schedule: how many pairings are reminded of which step."""

    day: date
    step: str
    period: str
    pairings: int


@dataclass(frozen=True)
class HoldsFacts:
    """Loaded where a step needs it."""

    explained: Explained | None = None
    snoozes: tuple[SnoozeView, ...] = ()  # of the pairing, those that stand
    exemptions: tuple[ExemptionView, ...] = ()  # of the pairing; for the ministry all that wait
    suspensions: tuple[SuspensionView, ...] = ()  # for the ministry
    coming: tuple[Coming, ...] = ()


# ------------------------------------------------------------------ commands


@dataclass(frozen=True)
class PutOff:
    """Quiet up to and with `last`."""

    pairing_id: str
    last: date
    reason: str


@dataclass(frozen=True)
class EndSnooze:
    snooze_id: int


@dataclass(frozen=True)
class AskExemption:
    pairing_id: str
    last: date
    reason: str


@dataclass(frozen=True)
class DecideExemption:
    exemption_id: int
    decision: Literal["granted", "refused"]


@dataclass(frozen=True)
class AskForOther:
    """The officer says that somebody else is responsible: the head is told."""

    pairing_id: str


@dataclass(frozen=True)
class Suspend:
    scope: Scope
    key: str
    reason: str
    review_on: date


@dataclass(frozen=True)
class EndSuspension:
    suspension_id: int


Holding = PutOff | EndSnooze | AskExemption | DecideExemption | AskForOther | Suspend | EndSuspension
