"""
The two clocks.

`now()` is real UTC: leases, back-off, expiry. The business clock gives today, due times and office hours in
the operator's zone; the demo shifts only this one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.calendar import next_office_time
from bot.closed_days import closed_days


class Clock:
    """
    Both clocks.

    Args:
        shift: Set by the demo alone.
        closed: Days on which the offices are closed, besides the public holidays.
    """

    def __init__(
        self,
        zone: ZoneInfo,
        *,
        real: Callable[[], datetime] = lambda: datetime.now(UTC),
        shift: timedelta = timedelta(),
        closed: Iterable[date] = (),
    ) -> None:
        self.zone = zone
        self.now = real
        self.shift = shift
        self._added = frozenset(closed)

    def business(self) -> datetime:
        """The business instant, in the operator's zone."""
        return (self.now() + self.shift).astimezone(self.zone)

    def today(self) -> date:
        return self.business().date()

    def closed(self, around: date | None = None) -> frozenset[date]:
        """Closed days of the year around a day, or around today, and of the years beside it."""
        return closed_days(around or self.today(), self._added)

    def office_time(self, at: datetime | None = None) -> datetime:
        """The first instant from `at` on, or from now on, at which a message may go out."""
        at = at or self.business()
        return next_office_time(at, self.closed(at.date()), self.zone)
