"""
The plan of a day: what is due, joined to who is told of it and what was told before.

Pure, so that the plan in the database, a replay of years and an explanation of one day ask the same rule.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache

from bot.escalation import Level, Recipient, Said, Staff, levels, recipients
from bot.notices import Item
from bot.reminders import Due

Year = tuple[str, str, str]
"""A pairing's period: pairing, basis, B.E. year."""


@dataclass(frozen=True, slots=True)
class Line:
    """A pairing in one recipient's digest; `level` is that of the post by which it reached them."""

    due: Due
    level: Level
    tried: tuple[Said, ...] = ()  # what was said on earlier days of the same pairing and period, in order


@dataclass(frozen=True)
class Message:
    """What one recipient is told at one time."""

    at: datetime  # business zone, within office hours
    recipient: str  # a person's opaque id, or role:officer:TH-50 where nobody holds the post
    person_id: int | None
    lines: tuple[Line, ...]
    notices: tuple[Item, ...] = ()  # what is said beside the reminders


Key = tuple[str, str, str, str, str]
"""recipient, pairing, basis, period, step: what is told once."""


@dataclass(frozen=True)
class Ledger:
    """What was told before, in the years that can be judged on a day."""

    settled: frozenset[Key]
    said: Mapping[Year, Sequence[Said]]


NOTHING_TOLD = Ledger(frozenset(), {})


@dataclass(frozen=True)
class Around:
    """
    What a plan looks at besides what is due.

    Attributes:
        said: What was told before, by pairing and period.
        answered: When the province last did something about a pairing that is no activity.
        confirmed: Provinces that confirmed their list; of others nothing is escalated.
        installed: The day of the first plan. Of a period that was over by then a single step is told: nobody
            could record its activities here.
    """

    today: date
    closed: frozenset[date]
    staff_of: Callable[[str], Staff]
    confirmed: frozenset[str]
    after: int
    said: Mapping[Year, Sequence[Said]] = field(default_factory=dict)
    answered: Mapping[str, date] = field(default_factory=dict)
    installed: date | None = None


def year_of(one: Due) -> Year:
    return one.pairing_id, one.basis, one.period


def lines(due: Iterable[Due], around: Around) -> dict[Recipient, list[Line]]:
    """
    Who is told what today, whether or not they were told already: that is the caller's to know.

    Somebody who holds several posts hears of a pairing once, by the lowest of them.
    """
    found: dict[Recipient, list[Line]] = {}
    staff_of = cache(around.staff_of)
    for one in due:
        said = around.said.get(year_of(one), ())
        if around.installed is not None and one.last < around.installed and _other_steps(said, one):
            continue
        staff = staff_of(one.province_code)
        heard = set()
        for level in _levels(one, staff, said, around):
            tried = _tried(said, around.today) if level != "officer" else ()
            for recipient in recipients(level, staff, one.province_code):
                if recipient not in heard:
                    heard.add(recipient)
                    found.setdefault(recipient, []).append(Line(one, level, tried))
    return found


def _tried(said: Sequence[Said], today: date) -> tuple[Said, ...]:
    heard = (past for past in said if past.heard and past.on < today)
    return tuple(sorted(heard, key=lambda past: past.on))


def _other_steps(said: Sequence[Said], one: Due) -> bool:
    return any(past.heard and past.step != one.step for past in said)


def _levels(one: Due, staff: Staff, said: Sequence[Said], around: Around) -> tuple[Level, ...]:
    if one.province_code not in around.confirmed:
        return ("officer",)
    answered = around.answered.get(one.pairing_id)
    return levels(one.step, staff, said, answered, around.today, around.closed, around.after)
