"""What was held and counts, read from the database as far as a question needs it: never all of a country."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta

from sqlalchemy.orm import Session

from bot.calendar import ONE_DAY, Basis, period_of, previous_period
from bot.reminders import ActivityFacts, Held
from storage import activities

A_YEAR = timedelta(days=366)
"""A running year of any kind began at most so long ago."""


def of_pairings(session: Session, pairing_ids: Collection[str]) -> Held:
    """Everything that these pairings ever held."""
    return _read(session, pairing_ids, None)


def two_years(session: Session, pairing_ids: Collection[str] | None, today: date) -> Held:
    """What these pairings, or all, have held in their running years and those before."""
    return Held(one for one in _read(session, pairing_ids, today - 2 * A_YEAR) if one.start <= today)


def two_years_of_all(session: Session, today: date, basis: Basis) -> Held:
    """
    Whether each pairing of the country has held something in the running year and in the one before: the latest
    of each, which began in that year at the latest. Anniversaries are each pairing's own, so of those it is all.
    """
    if basis == "anniversary":
        return two_years(session, None, today)
    running = period_of(today, basis)
    before = previous_period(running, None)
    found: list[ActivityFacts] = []
    for first, until in ((running.first, today), (before.first, before.last)):
        latest = activities.list_latest(session, None, first, until)
        found += (ActivityFacts(one, min(day, until), day, joint=True) for one, day in latest.items())
    return Held(found)


def this_year(session: Session, pairing_ids: Collection[str], today: date) -> Held:
    """What counts for the running years, of each kind, and where that is nothing the latest before them."""
    first = today - A_YEAR
    latest = activities.list_latest(session, list(pairing_ids), None, today)
    before = (ActivityFacts(one, day, None, joint=True) for one, day in latest.items() if day < first)
    return Held((*_read(session, pairing_ids, first), *before))


def in_the_country(session: Session, today: date) -> Held:
    """
    Whether each pairing of the country held something in its running years: of what has begun only the latest,
    which began at the latest today, and all that lasts longer.
    """
    latest = activities.list_latest(session, None, today - A_YEAR, today)
    begun = (ActivityFacts(one, min(day, today), day, joint=True) for one, day in latest.items())
    return Held((*begun, *_read(session, None, today + ONE_DAY)))


def _read(session: Session, pairing_ids: Collection[str] | None, first: date | None) -> Held:
    found = activities.list_counted(session, None if pairing_ids is None else list(pairing_ids), first)
    return Held(ActivityFacts(one.pairing_id, one.start, one.end, joint=True) for one in found)
