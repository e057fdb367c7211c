"""
The two clocks.

`now()` is real UTC: leases, back-off, expiry. The business clock gives today, due times and office hours in
the operator's zone; the demo shifts only this one.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo


class Clock:
    """Both clocks. `shift` is set by the demo alone."""

    def __init__(
        self,
        zone: ZoneInfo,
        *,
        real: Callable[[], datetime] = lambda: datetime.now(UTC),
        shift: timedelta = timedelta(),
    ) -> None:
        self.zone = zone
        self.now = real
        self.shift = shift

    def business(self) -> datetime:
        """The business instant, in the operator's zone."""
        return (self.now() + self.shift).astimezone(self.zone)

    def today(self) -> date:
        return self.business().date()
