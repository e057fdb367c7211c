"""
Numbers of people and amounts typed while a card is open: set, added, taken off, denied or cleared.

"คนเพิ่มอีก 5" adds to what the card has. "เพิ่มงบ 5 หมื่น" may add an amount or add to one: where the card has
one already, both are offered.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise
from typing import Any, Literal

from bot.language.money import amounts_in
from bot.language.numbers import START, read_quantity
from bot.language.people import Headcount, counts_in, settle
from bot.language.text import hide

Unit = Literal["participants", "budget_thb"]
Mode = Literal["set", "add", "maybe_add", "less", "denied", "unclear"]


@dataclass(frozen=True)
class NumberChange:
    """What a line says of one number: its value (None clears it), or what it could be (possibly nothing)."""

    value: Decimal | None = None
    options: tuple[Decimal, ...] | None = None


@dataclass(frozen=True)
class _Number:
    value: Decimal
    first: int
    last: int
    unit: Unit | None
    mode: Mode
    count: Headcount | None = None


_PEOPLE = r"(?:คน|ผู้เข้าร่วม|ผู้ร่วม[ก-๙]*|ท่าน|participants?|headcount|people)"
_MONEY = r"(?:งบประมาณ|งบ|ค่าใช้จ่าย|เงิน|budget|cost)"
_EITHER = rf"(?:{_PEOPLE}|{_MONEY})"
_BETWEEN = r"(?:เป็น|คือ|ไม่ใช่|เพิ่ม(?:ขึ้น|มา|เข้ามา)?|ลดลง|ลด|น้อยลง|เหลือ|อีก|จำนวน|มี|มา|เข้าร่วม|จริง|ไป|ประมาณ|รวม|ทั้งหมด|is|was|not|:|=|\s)*$"
_COUNTS_PEOPLE = re.compile(_PEOPLE + _BETWEEN, re.IGNORECASE)
_COUNTS_MONEY = re.compile(_MONEY + _BETWEEN, re.IGNORECASE)
_PEOPLE_AFTER = re.compile(rf"\s*(?:more|extra|additional|fewer|less)\s+{_PEOPLE}", re.IGNORECASE)
_PATTERNS: tuple[tuple[Mode, str], ...] = (
    ("denied", rf"(?:ไม่ใช่|มิใช่|ไม่เอา|จาก|\bnot\b|\bfrom\b)\s*(?:จำนวน|{_EITHER}|\s)*"),
    (
        "unclear",
        rf"(?:ไม่ถึง|น้อยกว่า|มากกว่า|ต่ำกว่า|ขาด(?:ไป)?|เกินไป|\bunder|\b(?:less|more) than)\s*{_EITHER}?\s*",
    ),
    ("set", r"(?:เป็น|เหลือ|แค่|เพียง|\bto\b|\bbe\b)\s*(?:จำนวน|ประมาณ|\s)*"),
    (
        "less",
        rf"(?:ลดลง|ลด|ลบ|ตัด|หัก|น้อยลง|หายไป|\bminus\b)\s*(?:จำนวน)?{_EITHER}?\s*(?:ลง|ไป|ออก)?\s*(?:อีก)?",
    ),
    ("add", rf"(?:อีก|\+|\bplus\b|\badditional\b)|{_EITHER}\s*เพิ่ม(?:ขึ้น|มา|เข้ามา)?\s*(?:จำนวน)?"),
    ("maybe_add", rf"(?:เพิ่ม|บวก|\badd(?:ed)?\b)\s*(?:จำนวน)?{_EITHER}?\s*(?:จำนวน|of)?"),
    # Words that are not understood lie between, or a day and a number run together.
    ("unclear", r"(?:(?:เพิ่ม|บวก|ลด|หัก)[^\d\x00]{1,12}|วันที่)"),
)
_MODES = tuple((mode, re.compile(pattern + r"\s*$", re.IGNORECASE)) for mode, pattern in _PATTERNS)
"""What the words before a number do with it; the first that fits."""

_MORE_AFTER = re.compile(r"\s*(?:more|extra|additional)\b", re.IGNORECASE)
_FEWER_AFTER = re.compile(r"\s*(?:fewer|less)\b", re.IGNORECASE)
_PAIRED = re.compile(r"\s*(?:คน|ท่าน|people|บาท)?(?:[\s,]|เป็น|แต่|ต้อง|ที่ถูก|คือ|but|it is)*", re.IGNORECASE)

_CLEARS: dict[Unit, re.Pattern[str]] = {
    "participants": re.compile(
        r"(?:ไม่(?:ได้)?(?:ระบุ|ทราบ|บอก|รู้|นับ)|ลบ|ล้าง|เอา)\s*(?:จำนวน)?(?:คน|ผู้เข้าร่วม|ผู้ร่วม[ก-๙]*)"
        r"|\b(?:remove|clear|delete|no|unknown) (?:the )?(?:headcount|participants|number of people)\b",
        re.IGNORECASE,
    ),
    "budget_thb": re.compile(
        r"(?:ไม่(?:ได้)?(?:มี|ใช้|ระบุ|ทราบ|เบิก|เสีย)(?:การใช้)?|ลบ|ล้าง|เอา|ยกเลิก)\s*(?:จำนวน)?(?:งบ|ค่าใช้จ่าย|เงิน)"
        r"|(?:งบประมาณ|งบ|ค่าใช้จ่าย)\s*ไม่(?:มี|ได้ใช้|ระบุ|ใช้|ได้ระบุ)"
        r"|\b(?:remove|clear|delete|no|without) (?:the |a )?(?:budget|cost)\b",
        re.IGNORECASE,
    ),
}
_WRONG: dict[Unit, re.Pattern[str]] = {
    "participants": re.compile(r"(?:คน|ผู้เข้าร่วม)\s*(?:ผิด|ไม่ถูก)|\bwrong (?:headcount|number of people)\b"),
    "budget_thb": re.compile(r"(?:งบประมาณ|งบ)\s*(?:ผิด|ไม่ถูก)|\bwrong budget\b"),
}
_SMALLEST_BARE = 100


def read_numbers(
    text: str, *, participants: int | None, budget_thb: Decimal | None
) -> tuple[dict[Unit, NumberChange], tuple[tuple[int, int], ...]]:
    """
    What a cleaned line, its dates and ordinals hidden, says of people and money; and where.

    Args:
        text: The line.
        participants: What the card has; None when nothing is stated.
        budget_thb: The same in baht.
    """
    numbers = _with_units(text, sorted(_numbers(text), key=lambda one: one.first))
    current: dict[Unit, Decimal | None] = {
        "participants": None if participants is None else Decimal(participants),
        "budget_thb": budget_thb,
    }
    numbers = _by_denied_value(text, numbers, current)
    changes: dict[Unit, NumberChange] = {}
    for unit, value in current.items():
        change = _change([one for one in numbers if one.unit == unit], value)
        if change is None and _CLEARS[unit].search(text):
            change = NumberChange()
        if change is None and _WRONG[unit].search(text):
            change = NumberChange(options=())
        if change is not None:
            changes[unit] = change
    spans = [(one.first, one.last) for one in numbers if one.unit]
    return changes, (*spans, *_cleared(text))


def _cleared(text: str) -> Iterator[tuple[int, int]]:
    for pattern in _CLEARS.values():
        yield from ((found.start(), found.end() - 1) for found in pattern.finditer(text))


# ------------------------------------------------------------------ finding


def _numbers(text: str) -> Iterator[_Number]:
    left = text
    for money in amounts_in(text):
        yield _Number(
            money.amount,
            money.first_char,
            money.last_char,
            "budget_thb",
            _mode(text, money.first_char, money.last_char),
        )
        left = hide(left, [(money.first_char, money.last_char)])
    for count in counts_in(left):
        mode = _mode(text, count.first_char, count.last_char)
        yield _Number(Decimal(count.people), count.first_char, count.last_char, "participants", mode, count)
        left = hide(left, [(count.first_char, count.last_char)])
    position = 0
    while found := START.search(left, position):
        quantity = read_quantity(left, found.start())
        position = found.end() if quantity is None else quantity.last_char + 1
        if quantity is not None and not quantity.spelled:
            mode = _mode(text, quantity.first_char, quantity.last_char)
            yield _Number(quantity.value, quantity.first_char, quantity.last_char, None, mode)


def _mode(text: str, first: int, last: int) -> Mode:
    before, after = text[:first], text[last + 1 :]
    if _MORE_AFTER.match(after):
        return "add"
    if _FEWER_AFTER.match(after):
        return "less"
    return next((mode for mode, pattern in _MODES if pattern.search(before)), "set")


def _with_units(text: str, numbers: Sequence[_Number]) -> list[_Number]:
    """Bare numbers get the unit of the word before them, or of the denied number that they replace."""
    found: list[_Number] = []
    for number in numbers:
        unit = number.unit or _unit(text, number)
        if unit is None and found and found[-1].mode == "denied" and _follows(text, found[-1], number):
            unit = found[-1].unit
        found.append(replace(number, unit=unit))
    return found


def _unit(text: str, number: _Number) -> Unit | None:
    before, after = text[: number.first], text[number.last + 1 :]
    whole = number.value % 1 == 0
    if whole and (_COUNTS_PEOPLE.search(before) or _PEOPLE_AFTER.match(after)):
        return "participants"
    if _COUNTS_MONEY.search(before) and (number.value >= _SMALLEST_BARE or not number.value):
        return "budget_thb"
    return None


def _follows(text: str, denied: _Number, number: _Number) -> bool:
    return _PAIRED.fullmatch(text, denied.last + 1, number.first) is not None


def _by_denied_value(text: str, numbers: list[_Number], current: dict[Unit, Decimal | None]) -> list[_Number]:
    """ "ไม่ใช่ 30 เป็น 35": which number is meant shows from what the card has."""
    for place, (denied, number) in enumerate(pairwise(numbers)):
        bare = denied.unit is None and number.unit is None
        if bare and denied.mode == "denied" and _follows(text, denied, number):
            units = [unit for unit, value in current.items() if value == denied.value]
            if len(units) == 1 and number.value % 1 == 0:
                numbers[place : place + 2] = [replace(denied, unit=units[0]), replace(number, unit=units[0])]
    return numbers


# ------------------------------------------------------------------ what they do


def _change(numbers: Sequence[_Number], current: Decimal | None) -> NumberChange | None:
    by_mode: dict[Mode, list[_Number]] = {}
    for number in numbers:
        by_mode.setdefault(number.mode, []).append(number)
    if unclear := by_mode.get("unclear"):
        return NumberChange(options=tuple(one.value for one in unclear))
    if said := by_mode.get("set"):
        return _one_of(_values(said))
    if added := by_mode.get("add"):
        return _one_of([one.value + (current or 0) for one in added])
    if added := by_mode.get("maybe_add"):
        values = [one.value for one in added]
        return _one_of(values if not current else [value for one in values for value in (current + one, one)])
    if less := by_mode.get("less"):
        left = [] if current is None else [current - one.value for one in less if one.value <= current]
        return _one_of(left)
    if denied := by_mode.get("denied"):
        # "ไม่ใช่ 35 คน" on a card with 30 names the right number, on one with 35 the wrong one.
        return _one_of([one.value for one in denied if current is not None and one.value != current])
    return None


def _values(said: Sequence[_Number]) -> Sequence[Decimal]:
    counts = tuple(one.count for one in said if one.count is not None)
    if counts and len(counts) == len(said):
        return [Decimal(people) for people in settle(counts)]
    return [one.value for one in said]


def _one_of(values: Sequence[Decimal]) -> NumberChange:
    different = tuple(dict.fromkeys(values))
    return NumberChange(different[0]) if len(different) == 1 else NumberChange(options=different)


def as_value(unit: Unit, value: Decimal | None) -> Any:
    """People are counted, money is not."""
    return int(value) if unit == "participants" and value is not None else value
