"""
The yearly rule: which pairing owes an activity, what was held, which reminder is due.

Source: drive plan B.E. 2562-2566, at least one joint activity a year for every signed province. The plan says
neither which year nor whether pairings of one province are judged together; here each pairing is judged by
itself, in the year that the settings name. Pure: activities and today are passed in, and an activity is
judged by the days on which it was held, never by when it was reported.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Literal

from bot.calendar import (
    ONE_DAY,
    Basis,
    Period,
    Precision,
    first_day,
    months_after,
    period_of,
    previous_period,
)

DEFAULT_STEPS = ("start", "d180", "d90", "d60", "d30", "d7", "overdue1", "overdue2", "overdue3")

MOST_DAYS = 365
_STEP = re.compile(r"(start)|d([1-9][0-9]{0,2})|overdue([1-9])")


# ------------------------------------------------------------------ the facts


@dataclass(frozen=True)
class PairingFacts:
    id: str
    province_code: str
    status: str
    level: str
    signed_on: date | None
    signed_precision: Precision | None
    partner_id: str = ""
    country: str = ""
    area: str = ""  # the foreign unit in which the partner lies
    merged: bool = False  # into another partner: that one's pairing owes
    denied: bool = False  # the province said that it is none of its pairings

    @cached_property
    def signed(self) -> date | None:
        """The day from which the signature counts: the first of the span that is known."""
        return None if self.signed_on is None else first_day(self.signed_on, self.signed_precision)


@dataclass(frozen=True)
class ActivityFacts:
    pairing_id: str
    start: date
    end: date | None  # the last day; none for an activity of one day
    joint: bool  # held, and the partner took part

    @property
    def last(self) -> date:
        return self.end or self.start


class Held(tuple[ActivityFacts, ...]):
    """The activities of many pairings, each pairing's found without a look at the others'."""

    @cached_property
    def by_pairing(self) -> Mapping[str, Sequence[ActivityFacts]]:
        found: defaultdict[str, list[ActivityFacts]] = defaultdict(list)
        for one in self:
            found[one.pairing_id].append(one)
        return dict(found)


class _Lifting:
    """
    What lifts a duty from `first` to `last`, both included; without `last` until further notice.

    It lifts that of every period whose last day it covers, since that is when the duty falls due, and it keeps
    a running period quiet for as long as it lasts.
    """

    first: date
    last: date | None

    def covers(self, day: date) -> bool:
        return self.first <= day and (self.last is None or day <= self.last)

    def lifts(self, period: Period, today: date) -> bool:
        return self.covers(period.last) or (today <= period.last and self.covers(today))


@dataclass(frozen=True)
class Exemption(_Lifting):
    """The ministry granted that this pairing need not hold an activity."""

    pairing_id: str
    first: date
    last: date | None


Scope = Literal["country", "area", "partner"]


def lies_in(pairing: PairingFacts, scope: Scope, key: str) -> bool:
    """Whether the partner is of this country or area, or is this partner."""
    keys = {"country": pairing.country, "area": pairing.area, "partner": pairing.partner_id}
    return keys[scope] == key


@dataclass(frozen=True)
class Suspension(_Lifting):
    """The ministry suspended the duty for a country, for an area in it, or for one partner."""

    scope: Scope
    key: str
    first: date
    last: date | None

    def concerns(self, pairing: PairingFacts) -> bool:
        return lies_in(pairing, self.scope, self.key)


@dataclass(frozen=True)
class Quiet:
    """
    Days, both included, on which nothing is said of a pairing: the duty stays, and what fell due meanwhile is
    said after them. `snoozed`: the province put it off. `planned`: an activity is planned for `days`, and for
    the years that these touch nothing is said until they are over and it could be asked whether it was held.
    """

    pairing_id: str
    first: date
    last: date
    why: Literal["planned", "snoozed"]
    days: tuple[date, date] | None = None

    def concerns(self, period: Period) -> bool:
        return self.days is None or (self.days[0] <= period.last and self.days[1] >= period.first)


# ------------------------------------------------------------------ the steps


@dataclass(frozen=True)
class Step:
    """A moment of the year at which a silent pairing is reminded."""

    name: str
    kind: Literal["start", "before", "overdue"]
    number: int  # days before the last day, or the month after it; 0 for the start

    def falls_on(self, period: Period) -> date:
        """
        The day from which the step has passed.

        The months of an overdue period are counted from the day after its last, so `overdue2` of a year that
        ended on 30 September begins on 1 November.
        """
        if self.kind == "start":
            return period.first
        if self.kind == "before":
            return period.last - timedelta(days=self.number)
        return months_after(period.last + ONE_DAY, self.number - 1)


def parse_steps(names: Iterable[str]) -> tuple[Step, ...]:
    """
    The steps of these names: `start`, `d1` to `d365`, `overdue1` to `overdue9`, in the order given.

    Nine months at most, so that a period is closed before the next one ends.

    Raises:
        ValueError: If a name is not one of them; the message says which.
    """
    return tuple(_parse_step(name) for name in names)


def _parse_step(name: str) -> Step:
    match = _STEP.fullmatch(name)
    if match is not None:
        start, days, months = match.groups()
        if start:
            return Step(name, "start", 0)
        if months:
            return Step(name, "overdue", int(months))
        if int(days) <= MOST_DAYS:
            return Step(name, "before", int(days))
    raise ValueError(f"'{name}' is not a step: write start, dN (N days, 1 to {MOST_DAYS}) or overdueN")


def _latest_step(period: Period, today: date, steps: Sequence[Step]) -> Step | None:
    """
    The step that passed last, or none while none has passed and once the period is closed.

    A period closes with the month of its last overdue step, without such steps with its last day. What counts
    the days before that last day has nothing more to say after it. A step that falls on the first day
    replaces `start`: it says more.
    """
    months = max((step.number for step in steps if step.kind == "overdue"), default=0)
    if today >= months_after(period.last + ONE_DAY, months):
        return None
    over = today > period.last
    passed = [
        (day, step.kind != "start", step)
        for step in steps
        if (step.kind == "overdue") == over and (day := step.falls_on(period)) <= today
    ]
    return max(passed, key=lambda item: item[:2])[2] if passed else None


# ------------------------------------------------------------------ what is owed and what was held


@dataclass(frozen=True)
class Count:
    """What a pairing has held in one period."""

    basis: Basis
    period: str  # B.E. year
    count: int
    first: date
    last: date
    days_left: int  # last day - today; negative when over
    last_held: date | None  # of the pairing's latest joint activity, in whatever period


Reason = Literal[
    "denied",
    "merged",
    "not_signed",
    "not_provincial",
    "signed_later",
    "held",
    "exempt",
    "suspended",
    "planned",
    "snoozed",
    "no_step",
]
"""Why nothing is due of a pairing for a period, the first that applies."""


@dataclass(frozen=True, slots=True)
class Judged:
    """
    A pairing judged for one period, with the sum.

    Attributes:
        reason: Why nothing is due; None where a reminder is.
        step: The step that passed last; None where there is none.
        since: From when it could be said: the step's day, or the day after what kept it quiet.
        count: Joint activities in the period.
        days_left: Last day - today; negative when over.
        until: The last day of what keeps it quiet, where that has one.
    """

    pairing_id: str
    province_code: str
    basis: Basis
    period: str  # B.E. year
    first: date
    last: date
    count: int
    days_left: int
    reason: Reason | None
    step: str | None
    since: date | None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Due:
    """A pairing that is to be reminded today."""

    pairing_id: str
    province_code: str
    basis: Basis
    period: str  # B.E. year
    step: str
    count: int
    days_left: int  # last day - today; negative when over
    first: date
    last: date
    since: date


def bars(pairing: PairingFacts) -> Reason | None:
    """Why the pairing owes in no year at all, if it is so."""
    if pairing.denied:
        return "denied"
    if pairing.merged:
        return "merged"
    if pairing.status != "established":
        return "not_signed"
    return None if pairing.level == "province" else "not_provincial"


def owes(pairing: PairingFacts, period: Period) -> bool:
    """
    Whether the pairing has to hold an activity in that period.

    Signed ones of provincial level do. One that is signed inside a period owes from the next: the ceremony
    was that year's activity. One whose signature is unknown owes always.
    """
    return bars(pairing) is None and _is_signed_before(pairing, period)


def _is_signed_before(pairing: PairingFacts, period: Period) -> bool:
    return pairing.signed is None or pairing.signed < period.first


def counts(pairing: PairingFacts, activities: Iterable[ActivityFacts], today: date, basis: Basis) -> int:
    """How many joint activities the pairing has in the period of today; one that crosses counts in both."""
    return _count_in(_joint_of(activities, pairing.id), period_of(today, basis, pairing.signed))


def summary(pairing: PairingFacts, activities: Iterable[ActivityFacts], today: date) -> tuple[Count, ...]:
    """The running calendar and fiscal year, and the anniversary year where the signature is known."""
    joint = _joint_of(activities, pairing.id)
    bases: list[Basis] = ["calendar", "fiscal"]
    if pairing.signed is not None:
        bases.append("anniversary")
    periods = [period_of(today, basis, pairing.signed) for basis in bases]
    latest = last_held(joint, pairing.id)
    return tuple(
        Count(
            basis=period.basis,
            period=period.label,
            count=_count_in(joint, period),
            first=period.first,
            last=period.last,
            days_left=(period.last - today).days,
            last_held=latest,
        )
        for period in periods
    )


def last_held(activities: Iterable[ActivityFacts], pairing_id: str) -> date | None:
    """The last day of the pairing's latest joint activity."""
    return max((activity.last for activity in _joint_of(activities, pairing_id)), default=None)


def years_counted(start: date, end: date | None) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The calendar and the fiscal years, B.E., for which an activity held on these days counts."""
    return _labels(start, end or start, "calendar"), _labels(start, end or start, "fiscal")


def _labels(start: date, last: date, basis: Basis) -> tuple[str, ...]:
    period = period_of(start, basis)
    labels = [period.label]
    while period.last < last:
        period = period_of(period.last + ONE_DAY, basis)
        labels.append(period.label)
    return tuple(labels)


def _joint_of(activities: Iterable[ActivityFacts], pairing_id: str) -> list[ActivityFacts]:
    if isinstance(activities, Held):
        activities = activities.by_pairing.get(pairing_id, ())
    return [activity for activity in activities if activity.joint and activity.pairing_id == pairing_id]


def _count_in(joint: Iterable[ActivityFacts], period: Period) -> int:
    first, last = period.first, period.last
    return len([one for one in joint if one.start <= last and (one.end or one.start) >= first])


# ------------------------------------------------------------------ what is due


@dataclass(frozen=True)
class World:
    """
    All that the rule looks at besides the pairings, by pairing.

    Build it with `world_of`, which sorts once what is asked for each pairing and period.
    """

    held: Mapping[str, Sequence[ActivityFacts]]
    exemptions: Mapping[str, Sequence[Exemption]]
    suspensions: Sequence[Suspension]
    quiet: Mapping[str, Sequence[Quiet]]


def world_of(
    activities: Iterable[ActivityFacts] = (),
    exemptions: Iterable[Exemption] = (),
    suspensions: Iterable[Suspension] = (),
    quiet: Iterable[Quiet] = (),
) -> World:
    held: defaultdict[str, list[ActivityFacts]] = defaultdict(list)
    for activity in activities:
        if activity.joint:
            held[activity.pairing_id].append(activity)
    exempted: defaultdict[str, list[Exemption]] = defaultdict(list)
    for exemption in exemptions:
        exempted[exemption.pairing_id].append(exemption)
    silent: defaultdict[str, list[Quiet]] = defaultdict(list)
    for one in quiet:
        silent[one.pairing_id].append(one)
    return World(held, exempted, tuple(suspensions), silent)


def due(
    pairings: Iterable[PairingFacts], world: World, today: date, basis: Basis, steps: Sequence[Step]
) -> tuple[Due, ...]:
    """
    The reminders that are due today: per pairing and period at most one, of the step that passed last.

    Early in a year both are possible: last year's overdue step and this year's start. A pairing with a joint
    activity in a period is never due for it. What was sent already is the caller's to know.

    Ordered by province, pairing and period.
    """
    return due_of(judge_all(pairings, world, today, basis, steps))


def due_of(judged: Iterable[Judged]) -> tuple[Due, ...]:
    """What is due of what was judged, in the same order."""
    found = [_as_due(one) for one in judged if one.reason is None]
    return tuple(sorted(found, key=lambda one: (one.province_code, one.pairing_id, one.period)))


def judge(
    pairing: PairingFacts, world: World, today: date, basis: Basis, steps: Sequence[Step]
) -> tuple[Judged, Judged]:
    """The pairing judged for the period before that of today, and for that of today."""
    before, running = _Years(today, basis, steps).of(pairing)
    return _judged(pairing, before, world, today), _judged(pairing, running, world, today)


def judge_all(
    pairings: Iterable[PairingFacts], world: World, today: date, basis: Basis, steps: Sequence[Step]
) -> list[Judged]:
    """
    The same of each pairing that owes in any year at all, without years that are closed: nothing is said of them
    any more.
    """
    years = _Years(today, basis, steps)
    return [
        _judged(pairing, year, world, today)
        for pairing in pairings
        if bars(pairing) is None
        for year in years.of(pairing)
        if not year.is_closed
    ]


@dataclass(frozen=True)
class _Year:
    """A period as it is judged on a day: the step that passed last with its day."""

    period: Period
    days_left: int
    step: str | None
    falls_on: date | None

    @property
    def is_closed(self) -> bool:
        return self.step is None and self.days_left < 0


class _Years:
    """The periods that are judged on one day: found once, since all pairings share a few of them."""

    def __init__(self, today: date, basis: Basis, steps: Sequence[Step]) -> None:
        self._today = today
        self._basis: Basis = basis
        self._steps = steps
        self._found: dict[tuple[int, int] | None, tuple[_Year, _Year]] = {}

    def of(self, pairing: PairingFacts) -> tuple[_Year, _Year]:
        """The one before that of today, and that of today; an anniversary's begins on the signature's day."""
        signed = pairing.signed if self._basis == "anniversary" else None
        begins = None if signed is None else (signed.month, signed.day)
        if begins not in self._found:
            running = period_of(self._today, self._basis, signed)
            before = previous_period(running, signed)
            self._found[begins] = self._year(before), self._year(running)
        return self._found[begins]

    def _year(self, period: Period) -> _Year:
        step = _latest_step(period, self._today, self._steps)
        left = (period.last - self._today).days
        if step is None:
            return _Year(period, left, None, None)
        return _Year(period, left, step.name, step.falls_on(period))


def _judged(pairing: PairingFacts, year: _Year, world: World, today: date) -> Judged:
    period = year.period
    count = _count_in(world.held.get(pairing.id, ()), period)
    reason, until = _reason(pairing, period, count, world, today)
    return Judged(
        pairing_id=pairing.id,
        province_code=pairing.province_code,
        basis=period.basis,
        period=period.label,
        first=period.first,
        last=period.last,
        count=count,
        days_left=year.days_left,
        reason=reason or ("no_step" if year.step is None else None),
        step=year.step,
        since=None if year.falls_on is None else _since(year.falls_on, period, pairing, world, today),
        until=until,
    )


def _reason(
    pairing: PairingFacts, period: Period, count: int, world: World, today: date
) -> tuple[Reason | None, date | None]:
    """Why nothing is due, and to which day that lasts."""
    never = bars(pairing)
    if never is not None:
        return never, None
    if not _is_signed_before(pairing, period):
        return "signed_later", None
    if count:
        return "held", None
    for exemption in world.exemptions.get(pairing.id, ()):
        if exemption.lifts(period, today):
            return "exempt", exemption.last
    for suspension in world.suspensions:
        if suspension.concerns(pairing) and suspension.lifts(period, today):
            return "suspended", suspension.last
    silent = [one for one in _quiet_of(pairing, period, world) if one.first <= today <= one.last]
    if silent:
        longest = max(silent, key=lambda one: one.last)
        return longest.why, longest.last
    return None, None


def _quiet_of(pairing: PairingFacts, period: Period, world: World) -> list[Quiet]:
    return [one for one in world.quiet.get(pairing.id, ()) if one.concerns(period)]


def _since(falls_on: date, period: Period, pairing: PairingFacts, world: World, today: date) -> date:
    """The step's day, or the day after what kept the pairing quiet when that came."""
    if not (world.suspensions or pairing.id in world.exemptions or pairing.id in world.quiet):
        return falls_on
    lifted: list[Exemption | Suspension] = [*world.exemptions.get(pairing.id, ())]
    lifted += [one for one in world.suspensions if one.concerns(pairing)]
    ended = [one.last for one in lifted if one.last is not None and one.last < min(today, period.last)]
    ended += [one.last for one in _quiet_of(pairing, period, world) if one.last < today]
    return max([falls_on, *(day + ONE_DAY for day in ended)])


def _as_due(one: Judged) -> Due:
    assert one.step is not None
    assert one.since is not None
    return Due(
        pairing_id=one.pairing_id,
        province_code=one.province_code,
        basis=one.basis,
        period=one.period,
        step=one.step,
        count=one.count,
        days_left=one.days_left,
        first=one.first,
        last=one.last,
        since=one.since,
    )
