"""
Years and office hours: in which year a day falls, and when a message may go out.

Pure: every day and instant is passed in. Days are C.E. dates of the business zone; labels are years of the
Buddhist Era (C.E. + 543) as strings.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Literal
from zoneinfo import ZoneInfo

Basis = Literal["calendar", "fiscal", "anniversary"]
Precision = Literal["day", "month", "year"]

BANGKOK = ZoneInfo("Asia/Bangkok")
BUDDHIST_ERA = 543
FISCAL_FIRST_MONTH = 10

# Government offices open 08:30; half an hour later the morning's mail has been read and a digest is seen.
FIRST_MESSAGE = time(9, 0)
OFFICE_CLOSES = time(16, 30)
SATURDAY = 5

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Period:
    """
    One year in which a pairing owes an activity, both days included.

    `basis` is the one that was really used: calendar where an anniversary was asked for and the signature is
    unknown.
    """

    basis: Basis
    label: str  # the B.E. year in which it ends
    first: date
    last: date


def period_of(day: date, basis: Basis, signed_on: date | None = None) -> Period:
    """
    The period in which `day` falls.

    A fiscal year runs from 1 October to 30 September and has the name of the year in which it ends: 1 October
    2026 is in "2570". An anniversary year begins on the day of the signature, on 28 February in common years
    if that was a 29 February. Where the signature is unknown there is no anniversary, and the period is the
    calendar year, which `basis` of the result says.
    """
    if basis == "anniversary" and signed_on is not None:
        month, of_month = signed_on.month, signed_on.day
    elif basis == "fiscal":
        month, of_month = FISCAL_FIRST_MONTH, 1
    else:
        basis, month, of_month = "calendar", 1, 1
    return _year_from(day, basis, month, of_month)


@lru_cache(maxsize=1024)
def _year_from(day: date, basis: Basis, month: int, of_month: int) -> Period:
    """The year that begins on such a day and holds `day`. Asked for each of ten thousand pairings, of few days."""
    first_year = day.year if day >= day_in(day.year, month, of_month) else day.year - 1
    last = day_in(first_year + 1, month, of_month) - ONE_DAY
    return Period(basis, str(last.year + BUDDHIST_ERA), day_in(first_year, month, of_month), last)


def days_of_year(year: int | None, basis: Literal["calendar", "fiscal"]) -> tuple[date | None, date | None]:
    """First and last day of a B.E. year; a fiscal one is named by the year in which it ends."""
    if year is None:
        return None, None
    period = period_of(date(year - BUDDHIST_ERA, 1, 1), basis)
    return period.first, period.last


def previous_period(period: Period, signed_on: date | None) -> Period:
    """The period that ended the day before `period` began."""
    return period_of(period.first - ONE_DAY, period.basis, signed_on)


def first_day(signed: date, precision: Precision | None) -> date:
    """The first day of the span that is known: 1 January for a year, the first for a month."""
    if precision == "year":
        return signed.replace(month=1, day=1)
    return signed.replace(day=1) if precision == "month" else signed


def day_in(year: int, month: int, day: int) -> date:
    """That day of the month, or the month's last where it is shorter."""
    return date(year, month, min(day, monthrange(year, month)[1]))


def months_after(day: date, months: int) -> date:
    """The same day of a later month, or that month's last where it is shorter."""
    years, month = divmod(day.month - 1 + months, 12)
    return day_in(day.year + years, month + 1, day.day)


def next_office_time(
    at: datetime, closed: frozenset[date] = frozenset(), zone: ZoneInfo = BANGKOK
) -> datetime:
    """
    The first instant from `at` on at which a message may go out, in the offices' zone.

    That is from 09:00 until the office closes at 16:30, Monday to Friday, days in `closed` left out.

    Raises:
        ValueError: If `at` has no zone.
    """
    if at.utcoffset() is None:
        raise ValueError("an instant without a zone has no office hours")
    local = at.astimezone(zone)
    day = local.date()
    if is_working_day(day, closed) and local.time() < OFFICE_CLOSES:
        return max(local, _opening(day, zone))
    day += ONE_DAY
    while not is_working_day(day, closed):
        day += ONE_DAY
    return _opening(day, zone)


@lru_cache(maxsize=1024)
def working_days_since(day: date, until: date, closed: frozenset[date] = frozenset()) -> int:
    """
    How many working days came after `day`, up to and with `until`; 0 when that is not later. Asked for each silent
    pairing, of few days.
    """
    days = (day + timedelta(days=number) for number in range(1, (until - day).days + 1))
    return sum(is_working_day(one, closed) for one in days)


def is_working_day(day: date, closed: frozenset[date]) -> bool:
    """Monday to Friday, days in `closed` left out."""
    return day.weekday() < SATURDAY and day not in closed


def _opening(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, FIRST_MESSAGE, zone)


def first_working_day(first: date, last: date, closed: frozenset[date] = frozenset()) -> date | None:
    """The first day from `first` to `last`, both included, on which the offices are open."""
    days = (first + timedelta(days=number) for number in range((last - first).days + 1))
    return next((day for day in days if is_working_day(day, closed)), None)
