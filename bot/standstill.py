"""While planning fails for more than a day, the ministry is told so: reminders may be missing, and nobody saw it."""

from __future__ import annotations

from sqlalchemy.orm import Session

from bot.clock import Clock
from bot.health import is_healthy
from bot.messages import Reply
from bot.telling import tell_in_hours
from storage import meta, people


def tell_ministry(session: Session, clock: Clock) -> None:
    """Once for each standstill, in office hours; that it is over is said with the digests."""
    meta.lock(session, meta.STANDSTILL)
    now, last = clock.now(), meta.last_plan(session)
    if last is None or is_healthy(last, now) or meta.get(session, meta.STANDSTILL) == last.isoformat():
        return
    meta.put(session, meta.STANDSTILL, last.isoformat())
    ministry = people.list_holders(session, "ministry", None, now)
    since = last.astimezone(clock.zone)
    tell_in_hours(session, clock, ministry, lambda t: Reply(t.planning_stands(since)))
