"""Numbers as Thai officers type them: digits with commas, words, and both mixed ("3 ล้าน 5 แสน")."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

_ONES = {
    "ศูนย์": 0,
    "หนึ่ง": 1,
    "นึง": 1,
    "เอ็ด": 1,
    "สอง": 2,
    "สาม": 3,
    "สี่": 4,
    "ห้า": 5,
    "หก": 6,
    "เจ็ด": 7,
    "แปด": 8,
    "เก้า": 9,
    "ยี่": 2,
}
_PLACES = {"สิบ": 10, "ร้อย": 100, "พัน": 1_000, "หมื่น": 10_000, "แสน": 100_000, "ล้าน": 1_000_000}
_MILLION = 1_000_000
_TEN = 10
_COLLOQUIAL_FROM = 1_000
"""From here up a lone digit at the end is a tenth: สามล้านห้า is 3,500,000, but ร้อยห้า is 105."""

_LARGEST = 10**13
"""Above the national budget: an account number, not an amount or a count."""
_LONGEST = 80

# พันธุ์, ล้านนา, ล้านช้าง, แสนสุข are other words; ร้อยเอ็ด stays a number here and a province elsewhere.
_TOKEN = re.compile(
    r"\s*(?:(?P<digits>\d{1,3}(?:,\d{3})+(?:\.\d+)?(?!\d)|\d{1,3}(?: \d{3})* 000(?=\s*(?:บาท|บ\.))|\d+(?:\.\d+)?)"
    rf"|(?P<one>{'|'.join(_ONES)})"
    r"|(?P<place>สิบ|ร้อย|พัน(?!ธ|ธ์)|หมื่น|แสน(?!สุข|สิริ|ดี)|ล้าน(?!นา|ช้าง|ๆ)))"
)
START = re.compile(rf"(?<!\d)(?<!\d[.,])\d|{'|'.join((*_ONES, *_PLACES))}")
"""Where a quantity may begin."""


@dataclass(frozen=True)
class Quantity:
    """A number found in a text; `last_char` is included."""

    value: Decimal
    first_char: int
    last_char: int
    place: int  # the largest place word used: 100_000 for แสน, 1 for none
    spelled: bool  # begins with a word, not with a digit
    place_first: bool  # begins with a place word: แสนสี่


@dataclass
class _Sum:
    """A number while its words are being added up."""

    millions: Decimal = Decimal(0)
    group: Decimal = Decimal(0)
    open: Decimal | None = None  # a digit that waits for its place
    smallest: int = 0  # the last place word, 0 before the first
    largest: int = 1

    def take_place(self, place: int) -> bool:
        if place == _MILLION:
            whole = self.group + (self.open or 0)
            self.millions = (self.millions + (whole or 1)) * _MILLION
            self.group = Decimal(0)
        elif self.smallest and place >= self.smallest:
            return False
        elif place <= _PLACES["ร้อย"] and self.open is not None and self.open >= _TEN:
            return False  # "69 ร้อย" are two numbers
        else:
            self.group += (Decimal(1) if self.open is None else self.open) * place
        self.open = None
        self.smallest = place
        self.largest = max(self.largest, place)
        return True

    def close(self, last_word: str) -> Decimal:
        total = self.millions + self.group
        if self.open is None:
            return total
        if self.smallest >= _COLLOQUIAL_FROM and last_word != "เอ็ด":
            return total + self.open * self.smallest / 10
        return total + self.open


def read_quantity(text: str, start: int) -> Quantity | None:
    """The longest number that begins at `start`, or None; nor is anything beyond `_LARGEST` a number here."""
    added = _Sum()
    position = start
    last_word = ""
    spelled = place_first = False
    while position - start <= _LONGEST and (found := _TOKEN.match(text, position)):
        if position == start:
            spelled, place_first = found["digits"] is None, found["place"] is not None
        if found["place"]:
            if not added.take_place(_PLACES[found["place"]]):
                break
        elif added.open is not None or not _may_follow(text, found, added.smallest, spelled=spelled):
            break
        elif found["digits"]:
            added.open = Decimal(re.sub(r"[, ]", "", found["digits"]))
        else:
            added.open = Decimal(_ONES[found["one"]])
        position = found.end()
        last_word = found[0].strip()
    if position == start or len(text[start:position]) > _LONGEST or added.close(last_word) > _LARGEST:
        return None
    return Quantity(added.close(last_word), start, position - 1, added.largest, spelled, place_first)


def _may_follow(text: str, found: re.Match[str], smallest: int, *, spelled: bool) -> bool:
    """
    Whether a digit belongs to the number before it.

    "3 ล้าน 5 แสน" and a closing "3 ล้าน 5" do; the 30 of "2 แสน 30 คน", the 8 of "2 แสน 8 คน" and the 300 of
    "5 หมื่น 3 ร้อยคน" do not.
    """
    if not smallest:
        return True
    rest = text[found.end() : found.end() + _LONGEST]
    apart = found[0][0].isspace() or (found["one"] is not None and not spelled)
    following = _TOKEN.match(rest)
    if following and following["place"]:
        place = _PLACES[following["place"]]
        if place == _MILLION and smallest < _MILLION and spelled:
            return True
        return place < smallest and (not apart or place >= _COLLOQUIAL_FROM or place * 10 == smallest)
    if found["one"]:
        return not found[0][0].isspace()
    return len(found["digits"]) == 1 and re.match(r"\s*(?:บาท|บ\.|$)", rest) is not None


def spelled_number(text: str) -> int | None:
    """A whole text that is one number, in digits or words: "สามสิบ" is 30."""
    text = text.strip()
    quantity = read_quantity(text, 0)
    if quantity is None or quantity.last_char != len(text) - 1 or quantity.value % 1:
        return None
    return int(quantity.value)
