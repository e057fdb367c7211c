"""What a field of a draft may hold at most, wherever the value came from: typed, read from a sentence, pressed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from bot.calendar import day_in
from bot.dialogues.base import Facts

MAX_TITLE = 300
MAX_PLACE = 200
MAX_PEOPLE = 1_000_000
MAX_BUDGET = 100_000_000_000
FIRST_DAY = date(1957, 1, 1)
"""B.E. 2500: no sister-city relation of a province is older."""
YEARS_AHEAD = 5
MAX_DAYS = 366
"""Of one activity, both ends included."""


def last_day(today: date) -> date:
    """The last day on which a planned activity may begin."""
    return day_in(today.year + YEARS_AHEAD, today.month, today.day)


def broken(facts: Facts, values: Mapping[str, Any]) -> dict[str, str]:
    """
    The fields among these whose value is beyond its limit, each with the line that says so.

    Args:
        values: Field -> value; `start` and `end` together where both are known.
    """
    t = facts.t
    lines = {
        "title": _long(values.get("title"), MAX_TITLE) and t.title_too_long(MAX_TITLE),
        "place": _long(values.get("place"), MAX_PLACE) and t.place_too_long(MAX_PLACE),
        "participants": _people(values.get("participants")) and t.people_too_many(MAX_PEOPLE),
        "budget_thb": _money(values.get("budget_thb")) and t.money_too_much(MAX_BUDGET),
        "start": days_line(facts, values.get("start"), values.get("end")),
    }
    return {field: line for field, line in lines.items() if line}


def days_line(facts: Facts, first: date | None, last: date | None = None) -> str:
    """What is wrong with these days; empty when nothing is."""
    t = facts.t
    if first is None:
        return ""
    if first < FIRST_DAY:
        return t.DATE_TOO_EARLY
    if first > last_day(facts.today):
        return t.date_too_far(YEARS_AHEAD)
    if last is not None and last < first:
        return t.DATE_REVERSED
    if last is not None and (last - first).days >= MAX_DAYS:
        return t.range_too_long(MAX_DAYS)
    return ""


def _long(text: str | None, most: int) -> bool:
    return text is not None and len(text) > most


def _people(count: int | None) -> bool:
    return count is not None and not 0 < count <= MAX_PEOPLE


def _money(amount: Decimal | None) -> bool:
    return amount is not None and not 0 <= amount <= MAX_BUDGET
