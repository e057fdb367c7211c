"""
Whether two entries tell of the same event: what two officers, or one twice, would record as one activity.

Days, type and title are scored in points. Entries of one pairing on the same days are asked about when type or
title is alike; on days that only adjoin (one wrote the day of arrival, the other that of the meeting) the type
alone says little, and titles that both stated must not speak against it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from rapidfuzz import fuzz

from bot.language.spelling import squash
from bot.language.text import clean

APART = timedelta(days=1)
"""Days that lie further apart are two events."""

THRESHOLD = 70
"""Points from which people are asked, of 120."""

SAME_DAYS, NEXT_DAYS = 50, 30
SAME_TYPE = 30
SAME_TITLE = 40
UNSTATED_TITLE = 15
"""Where one side gave no title, its silence speaks a little for it."""

UNRELATED = 0.5
"""Likeness that any two Thai titles have by their common words; what lies above it counts."""

LONG_ENOUGH = 6
"""Letters of a title whose standing whole in another one says something."""


@dataclass(frozen=True)
class Entry:
    """What an entry says of the event. `title` is None where nobody typed one; `end` is None for one day."""

    start: date
    end: date | None
    type: str
    title: str | None


def likeness(one: Entry, other: Entry) -> int:
    """Points from 0 to 120; the order of the two does not matter."""
    days = _days(one, other)
    if not days:
        return 0
    return days + (SAME_TYPE if one.type == other.type else 0) + _title(one.title, other.title)


def most_alike(entry: Entry, others: Mapping[int, Entry]) -> int | None:
    """The key of the entry that is the same event most likely, the earliest of equal ones; None if none is."""
    scored = {key: likeness(entry, other) for key, other in others.items()}
    best = max(scored, key=lambda key: scored[key], default=None)
    return best if best is not None and scored[best] >= THRESHOLD else None


def _days(one: Entry, other: Entry) -> int:
    gap = max(one.start, other.start) - min(one.end or one.start, other.end or other.start)
    if gap <= timedelta(0):
        return SAME_DAYS
    return NEXT_DAYS if gap <= APART else 0


def _title(one: str | None, other: str | None) -> int:
    if not one or not other:
        return UNSTATED_TITLE
    above = (titles_alike(one, other) - UNRELATED) / (1 - UNRELATED)
    return round(SAME_TITLE * max(0.0, above))


def titles_alike(one: str, other: str) -> float:
    """From 0 to 1, blanks and marks left out. A short title that stands whole in a longer one is alike too."""
    first, second = squash(clean(one)).signs, squash(clean(other)).signs
    whole = fuzz.ratio(first, second) / 100
    if min(len(first), len(second)) < LONG_ENOUGH:
        return whole
    return max(whole, 0.9 * fuzz.partial_ratio(first, second) / 100)
