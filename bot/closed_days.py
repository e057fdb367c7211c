"""
Days on which government offices are closed: Thai public holidays, and those that the operator adds.

The holidays come from a library that knows the lunar days and the substitutes; what the cabinet adds later in
a year is for the operator's setting.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import lru_cache


@lru_cache(maxsize=4)
def public_holidays(first_year: int, last_year: int) -> frozenset[date]:
    """Thai public and government holidays of these years, C.E., both included."""
    from holidays.countries.thailand import Thailand  # 20 MB that most commands do without

    years = range(first_year, last_year + 1)
    days = Thailand(years=years, categories=("public", "government"))  # type: ignore[no-untyped-call]
    return frozenset(day for day in days if first_year <= day.year <= last_year)


def closed_days(around: date, added: Iterable[date] = ()) -> frozenset[date]:
    """The closed days of the year around a day, the one before and the one after, with those added."""
    return _closed_around(around.year, frozenset(added))


@lru_cache(maxsize=4)
def _closed_around(year: int, added: frozenset[date]) -> frozenset[date]:
    return public_holidays(year - 1, year + 1) | added
