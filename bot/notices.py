"""
What is said once by itself beside the reminders of the year: a term that ends, a stage that stands still, a
plan that is near, an invitation that nobody used, a suspension to be looked at again, that planning had
stopped, and the digests of a week and a month.

Each is due from a day on and for as long as it holds; what was said already is the caller's to know. Pure.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from bot.calendar import ONE_DAY, first_working_day, months_after
from bot.escalation import Level, Recipient, Staff, recipients
from bot.matters import Gap, Matters, Month, Plan, Review, Still, Term, Unused, Week

Kind = Literal["late", "weekly", "review", "monthly", "term", "stage", "coming", "unused"]

TERM_DAYS = (180, 120, 90, 60, 30)
"""Days before a term ends at which it is said."""

HEAD_FROM = 90
"""From so many days before the end on the head of office is told too."""

OVER_FOR = timedelta(days=90)
COMING_WITHIN = timedelta(days=7)
UNUSED_FOR = timedelta(days=14)
LATE_FOR = timedelta(days=7)
"""So long after it happened it is still worth saying."""

MOST_STILL = 4
"""How often it is said at most that a pairing has not left a stage."""

Matter = Term | Still | Plan | Unused | Review | Gap | Week | Month

Key = tuple[str, str, str, str]
"""kind, subject, period, step"""


@dataclass(frozen=True)
class Item:
    """
    Something that is to be said.

    Attributes:
        subject: What it is about: a pairing's id, `activity:12`, `province:TH-50`.
        period: Of what occurrence: the ISO day of an end or a start, an ISO week, a month; ten characters at most.
        step: Which word about it.
    """

    kind: Kind
    subject: str
    period: str
    step: str
    matter: Matter

    @property
    def key(self) -> Key:
        return (self.kind, self.subject, self.period, self.step)


# ------------------------------------------------------------------ what is due


def due(matters: Matters, today: date, closed: frozenset[date], still_days: int) -> tuple[Item, ...]:
    """
    What is due today, whether or not it was said already.

    Args:
        still_days: After so many days without another stage a pairing stands still.
    """
    stills = [one for one in matters.stills if stands_still(one, today, still_days)]
    unused = [one for one in matters.unused if one.ran_out_on <= today <= one.ran_out_on + UNUSED_FOR]
    return (
        *_late(matters.gap, today),
        *_weekly(matters.week, today, closed),
        *(_review(one) for one in matters.reviews if is_to_review(one, today)),
        *_monthly(matters.months, today, closed),
        *_terms(matters.terms, today),
        *(_stage(one, today, still_days) for one in stills),
        *(_coming(one) for one in matters.plans if is_coming(one, today)),
        *(_unused(one) for one in unused),
    )


def term_step(ends_on: date, today: date) -> str | None:
    """The step of a term's end that passed last: d180 to d30 while it lies ahead, then `over` for a while."""
    left = (ends_on - today).days
    if left < 0:
        return "over" if -left <= OVER_FOR.days else None
    passed = [days for days in TERM_DAYS if left <= days]
    return f"d{min(passed)}" if passed else None


def _terms(terms: Iterable[Term], today: date) -> Iterator[Item]:
    for one in terms:
        step = term_step(one.ends_on, today)
        if step is not None:
            yield Item("term", one.pairing_id, one.ends_on.isoformat(), step, one)


def stands_still(one: Still, today: date, still_days: int) -> bool:
    return (today - one.since).days >= still_days


def _stage(one: Still, today: date, still_days: int) -> Item:
    number = min((today - one.since).days // still_days, MOST_STILL)
    return Item("stage", one.pairing_id, one.since.isoformat(), f"n{number}", one)


def is_coming(one: Plan, today: date) -> bool:
    """Within a week, and nobody wrote about it since that week began: who just did knows of it."""
    return today <= one.start <= today + COMING_WITHIN and one.known_on < one.start - COMING_WITHIN


def _coming(one: Plan) -> Item:
    return Item("coming", f"activity:{one.activity_id}", one.start.isoformat(), "d7", one)


def _unused(one: Unused) -> Item:
    return Item("unused", f"invitation:{one.invitation_id}", one.ran_out_on.isoformat(), "once", one)


def is_to_review(one: Review, today: date) -> bool:
    return one.on <= today


def _review(one: Review) -> Item:
    return Item("review", f"suspension:{one.suspension_id}", one.on.isoformat(), "once", one)


def _late(gap: Gap | None, today: date) -> Iterator[Item]:
    if gap is not None and gap.again.date() <= today <= gap.again.date() + LATE_FOR:
        since = gap.last.isoformat(timespec="minutes")
        yield Item("late", f"plan:{since}", gap.last.date().isoformat(), "once", gap)


def _weekly(week: Week | None, today: date, closed: frozenset[date]) -> Iterator[Item]:
    """From the first working day of the ISO week on."""
    if week is None or not week.says_something:
        return
    monday = today - timedelta(days=today.weekday())
    opens = first_working_day(monday, monday + timedelta(days=6), closed)
    if opens is not None and opens <= today:
        year, number, _ = today.isocalendar()
        yield Item("weekly", "ministry", f"{year}-W{number:02}", "once", week)


def _monthly(months: Iterable[Month], today: date, closed: frozenset[date]) -> Iterator[Item]:
    """From the first working day of the month on."""
    first = today.replace(day=1)
    opens = first_working_day(first, months_after(first, 1) - ONE_DAY, closed)
    if opens is None or opens > today:
        return
    for month in months:
        if month.says_something:
            yield Item("monthly", f"province:{month.province}", f"{today:%Y-%m}", "once", month)


# ------------------------------------------------------------------ who is told


def told(items: Iterable[Item], staff_of: Callable[[str], Staff]) -> dict[Recipient, list[Item]]:
    """Who is told what, whether or not they were told already: that is the caller's to know."""
    found: dict[Recipient, list[Item]] = {}
    for item in items:
        for recipient in dict.fromkeys(_recipients(item, staff_of)):
            found.setdefault(recipient, []).append(item)
    return found


def _recipients(item: Item, staff_of: Callable[[str], Staff]) -> tuple[Recipient, ...]:
    """The post of officer stands in for nobody; of other posts that nobody holds nothing is kept."""
    matter = item.matter
    if isinstance(matter, Unused):
        return (matter.made_by,)
    if isinstance(matter, Week | Review | Gap):
        return _holders("ministry", staff_of(""))
    staff = staff_of(matter.province)
    if isinstance(matter, Month):
        return _holders("head", staff)
    if isinstance(matter, Plan) and matter.told:
        return matter.told
    officers = recipients("officer", staff, matter.province)
    if isinstance(matter, Term) and item.step in HEADS_TOLD:
        return (*officers, *_holders("head", staff))
    return officers


HEADS_TOLD = frozenset([*(f"d{days}" for days in TERM_DAYS if days <= HEAD_FROM), "over"])


def _holders(level: Level, staff: Staff) -> tuple[Recipient, ...]:
    return tuple((one.recipient, one.person_id) for one in staff.get(level, ()))
