"""
Who is told of a silent pairing: its officers at every step, then the posts above them.

Silence climbs from the officer to the head of group, to the head of office, and only after ten working days of
the head to the ministry. It climbs at once past a post that nobody holds or whose holders cannot be reached.
A province that has not confirmed its list is never escalated: the row may be none of its pairings. Pure.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from bot.calendar import working_days_since

Level = Literal["officer", "group_head", "head", "ministry"]
LEVELS: tuple[Level, ...] = ("officer", "group_head", "head", "ministry")

Recipient = tuple[str, int | None]
"""A person's opaque id, or the post that nobody holds; and the person's row."""

DAYS_OF_THE_HEAD = 10
"""Working days that the head of office has before the ministry is told."""


@dataclass(frozen=True)
class Holder:
    """Somebody who holds a post now."""

    recipient: str  # the person's opaque id
    person_id: int
    reachable: bool
    since: date  # from when they hold it


@dataclass(frozen=True)
class Said:
    """
    A step that was said at a level of one pairing and period.

    Where nobody holds the post, or its holders cannot be reached, nobody heard it: it counts from the day on
    which it would have been said, for as long as that lasts.
    """

    level: Level
    step: str
    on: date
    heard: bool = True


Staff = Mapping[Level, Sequence[Holder]]
"""Who holds the posts of one province, and of the ministry."""


def levels(
    step: str,
    staff: Staff,
    said: Sequence[Said],
    answered: date | None,
    today: date,
    closed: frozenset[date],
    after: int,
) -> tuple[Level, ...]:
    """
    The levels that are told of this step today, from the officer up.

    Args:
        said: What was said before of the same pairing and period, in any order.
        answered: When the province last did something about it that is no activity: put it off, planned, asked
            for an exemption or for somebody else. What was said up to that day is answered.
        after: Steps without an answer after which the head of group is told.
    """
    open_ = [
        one
        for one in said
        if (answered is None or one.on > answered) and (one.heard or not _reachable(staff, one.level))
    ]

    def steps_at(level: Level) -> int:
        return len({one.step for one in open_ if one.level == level and one.step != step})

    told: list[Level] = ["officer"]
    if _reachable(staff, "officer") and steps_at("officer") < after:
        return tuple(told)
    told.append("group_head")
    if _reachable(staff, "group_head") and not steps_at("group_head"):
        return tuple(told)
    told.append("head")
    first = min((one.on for one in open_ if one.level == "head"), default=None)
    if first is not None and working_days_since(first, today, closed) >= DAYS_OF_THE_HEAD:
        told.append("ministry")
    return tuple(told)


def _reachable(staff: Staff, level: Level) -> bool:
    return any(one.reachable for one in staff.get(level, ()))


def recipients(level: Level, staff: Staff, province: str) -> tuple[Recipient, ...]:
    """Who is told at a level; the post itself where nobody holds it. No head of group is no post."""
    holders = staff.get(level, ())
    if holders:
        return tuple((one.recipient, one.person_id) for one in holders)
    if level == "group_head":
        return ()
    return (("role:ministry" if level == "ministry" else f"role:{level}:{province}", None),)
