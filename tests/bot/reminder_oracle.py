"""
The yearly rule once more, slow and obvious: every answer is found by walking through single days.

Shares the facts with `bot.reminders` and none of its arithmetic. A year is a list of days, "N days left" is a
count of the days that remain in it, and a month after its end begins when the walk gets there.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from bot.calendar import Basis
from bot.reminders import ActivityFacts, Due, Exemption, PairingFacts, Quiet, Suspension

DAY = timedelta(days=1)


def signature(pairing: PairingFacts) -> date | None:
    """Walks back to the first day of the month or year, if no more than that is known."""
    day = pairing.signed_on
    if day is None:
        return None
    if pairing.signed_precision == "month":
        while day.day != 1:
            day -= DAY
    if pairing.signed_precision == "year":
        while (day.month, day.day) != (1, 1):
            day -= DAY
    return day


def begins(day: date, basis: Basis, signed: date | None) -> bool:
    """Does a year begin on this day?"""
    if basis == "fiscal":
        return (day.month, day.day) == (10, 1)
    if basis == "calendar" or signed is None:
        return (day.month, day.day) == (1, 1)
    if (day.month, day.day) == (signed.month, signed.day):
        return True
    born_on_leap_day = (signed.month, signed.day) == (2, 29)
    return born_on_leap_day and (day.month, day.day) == (2, 28) and (day + DAY).month == 3


def year_around(day: date, basis: Basis, signed: date | None) -> list[date]:
    """All days of the year in which `day` falls."""
    first = day
    while not begins(first, basis, signed):
        first -= DAY
    days = [first]
    while not begins(days[-1] + DAY, basis, signed):
        days.append(days[-1] + DAY)
    return days


def days_of(activity: ActivityFacts) -> list[date]:
    days = [activity.start]
    while activity.end is not None and days[-1] < activity.end:
        days.append(days[-1] + DAY)
    return days


def held_in(days: list[date], pairing: PairingFacts, activities: Iterable[ActivityFacts]) -> int:
    """How many joint activities of the pairing had a day in these days."""
    year = set(days)
    count = 0
    for activity in activities:
        if activity.joint and activity.pairing_id == pairing.id:
            count += any(day in year for day in days_of(activity))
    return count


@dataclass(frozen=True)
class Known:
    """Everything but the pairings, as plain lists."""

    activities: Sequence[ActivityFacts]
    exemptions: Sequence[Exemption]
    suspensions: Sequence[Suspension]
    quiet: Sequence[Quiet]


def is_lifted(day: date, pairing: PairingFacts, known: Known) -> bool:
    """Is the pairing exempt or suspended on that day?"""
    own: list[Exemption | Suspension] = [one for one in known.exemptions if one.pairing_id == pairing.id]
    for one in known.suspensions:
        if one.scope == "country" and one.key == pairing.country:
            own.append(one)
        if one.scope == "area" and one.key == pairing.area:
            own.append(one)
        if one.scope == "partner" and one.key == pairing.partner_id:
            own.append(one)
    return any(one.first <= day and (one.last is None or day <= one.last) for one in own)


def is_quiet(day: date, days: list[date], pairing: PairingFacts, known: Known) -> bool:
    """Is the pairing put off on that day, or is something planned in the year of these days?"""
    for one in known.quiet:
        if one.pairing_id != pairing.id or not one.first <= day <= one.last:
            continue
        if one.days is None or any(one.days[0] <= held <= one.days[1] for held in days):
            return True
    return False


def last_step_while_running(days: list[date], today: date, names: Sequence[str]) -> str | None:
    """Walks from a year before the first day to today and remembers what was announced last."""
    said = None
    day = days[0] - 400 * DAY
    left = len(days) - 1 + 400
    while day < today:
        day += DAY
        left -= 1
        if day == days[0] and "start" in names:
            said = "start"
        if f"d{left}" in names:
            said = f"d{left}"
    return said


def last_step_once_over(last: date, today: date, names: Sequence[str]) -> str | None:
    """Walks month by month from the day after the last one; silent after the last overdue month."""
    said = None
    begin = last + DAY
    month = 1
    day = begin
    while True:
        if f"overdue{month}" in names:
            said = f"overdue{month}"
        if not any(f"overdue{number}" in names for number in range(month, 13)):
            return None
        if day == today:
            return said
        day += DAY
        is_last_of_month = (day + DAY).month != day.month
        if day.day == begin.day or (is_last_of_month and day.day < begin.day):
            month += 1


def due_slowly(
    pairings: Iterable[PairingFacts], known: Known, today: date, basis: Basis, names: Sequence[str]
) -> list[Due]:
    """What `bot.reminders.due` has to answer, from the running year and the two before it."""
    found = []
    for pairing in pairings:
        if pairing.status != "established" or pairing.level != "province":
            continue
        if pairing.merged or pairing.denied:
            continue
        signed = signature(pairing)
        days = year_around(today, basis, signed)
        for _ in range(3):
            one = _due_in(days, pairing, signed, known, today, basis, names)
            if one is not None:
                found.append(one)
            days = year_around(days[0] - DAY, basis, signed)
    found.sort(key=lambda one: one.period)
    found.sort(key=lambda one: one.pairing_id)
    found.sort(key=lambda one: one.province_code)
    return found


def is_silent(
    days: list[date], pairing: PairingFacts, signed: date | None, known: Known, today: date
) -> bool:
    """Is an activity owed in the year of these days, none held, and nothing that keeps it quiet today?"""
    if signed is not None and any(signed >= day for day in days):
        return False
    if held_in(days, pairing, known.activities) > 0 or is_lifted(days[-1], pairing, known):
        return False
    if is_quiet(today, days, pairing, known):
        return False
    return today not in days or not is_lifted(today, pairing, known)


def _due_in(
    days: list[date],
    pairing: PairingFacts,
    signed: date | None,
    known: Known,
    today: date,
    basis: Basis,
    names: Sequence[str],
) -> Due | None:
    running = today in days
    if not is_silent(days, pairing, signed, known, today):
        return None
    step = last_step_on(days, today, names)
    if step is None:
        return None
    left = 0
    day = today
    while day != days[-1]:
        day += DAY if day < days[-1] else -DAY
        left += 1 if running else -1
    used: Basis = "calendar"
    if basis == "fiscal" or (basis == "anniversary" and signed is not None):
        used = basis
    return Due(
        pairing_id=pairing.id,
        province_code=pairing.province_code,
        basis=used,
        period=str(days[-1].year + 543),
        step=step,
        count=0,
        days_left=left,
        first=days[0],
        last=days[-1],
        since=_since(days, pairing, known, today, step, names),
    )


def last_step_on(days: list[date], day: date, names: Sequence[str]) -> str | None:
    if day in days:
        return last_step_while_running(days, day, names)
    return last_step_once_over(days[-1], day, names) if day > days[-1] else None


def _since(
    days: list[date], pairing: PairingFacts, known: Known, today: date, step: str, names: Sequence[str]
) -> date:
    """Walks back as long as the same could have been said the day before."""
    since = today
    while True:
        before = since - DAY
        if before < days[0] and step != last_step_while_running(days, before, names):
            return since
        if before >= days[0] and last_step_on(days, before, names) != step:
            return since
        if is_quiet(before, days, pairing, known) or (
            before < days[-1] and is_lifted(before, pairing, known)
        ):
            return since
        since = before
