"""
Numbered clauses, as Thai official papers write them: หมวด ๑, ข้อ ๕.๒, มาตรา 4, 5.1, 2), (๑), Article 3.

A number at the head of a line is not always a clause: "ข้อ 5 วรรคสอง" refers to one, "2.5 ล้านบาท" is money,
"12.30 น." a time of day. `find_clause` leaves those out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Literal

Kind = Literal["structure", "main", "number", "item"]

_DIGITS = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")
_D = "[0-9๐-๙]"
_ROMAN = "[IVXLC]{1,6}"

# The latin half of an anchor. "clause" is ข้อ and the plain number alike: both are cited that way.
_STRUCTURE = {
    "ภาคผนวก": "annex",
    "ภาคที่": "division",
    "ภาค": "division",
    "ลักษณะ": "title",
    "หมวดที่": "chapter",
    "หมวด": "chapter",
    "ส่วนที่": "part",
    "บทที่": "unit",
    "chapter": "chapter",
    "part": "part",
    "annex": "annex",
    "appendix": "annex",
}
_MAIN = {
    "ข้อที่": "clause",
    "ข้อ": "clause",
    "มาตรา": "section",
    "article": "article",
    "clause": "clause",
    "section": "section",
}
_END = r"(?=$|[\s:.)–—-]|[^\W\d_])[.:]?"
_STRUCTURE_HEAD = re.compile(
    rf"(ภาคที่|ภาค|ลักษณะ|หมวดที่|หมวด|ส่วนที่|บทที่)\s?({_D}{{1,3}}){_END}"
    rf"|(ภาคผนวก)\s?({_D}{{1,2}}|[ก-ฮ])(?=$|[\s:.])"
    rf"|(Chapter|CHAPTER|Part|PART|Annex|ANNEX|Appendix|APPENDIX)\s({_D}{{1,3}}|{_ROMAN}|[A-Z])(?=$|[\s:.–—-])[.:]?"
)
_MAIN_HEAD = re.compile(
    rf"(ข้อที่|ข้อ)\s?({_D}{{1,3}}(?:\.{_D}{{1,3}}){{0,4}}){_END}"
    rf"|(มาตรา)\s?({_D}{{1,3}}(?:/{_D}{{1,2}})?){_END}"
    rf"|(Article|ARTICLE|Clause|CLAUSE|Section|SECTION)\s({_D}{{1,3}}(?:\.{_D}{{1,3}}){{0,4}}|{_ROMAN})"
    r"(?=$|[\s:.–—-])[.:]?"
)
_PART_NUMBER = f"[1-9๑-๙]{_D}?"
_NUMBER_HEAD = re.compile(
    rf"({_PART_NUMBER})\.(?=$|\s|[^\W\d_])|({_PART_NUMBER}(?:\.{_PART_NUMBER}){{1,4}})\.?(?=$|\s|[^\W\d_])"
)
_ITEM_HEAD = re.compile(
    rf"(\({_PART_NUMBER}(?:\.{_PART_NUMBER}){{0,3}}\)|{_PART_NUMBER}(?:\.{_PART_NUMBER}){{0,3}}\))"
    r"(?=$|\s|[^\W\d_])"
)
# A dash before a number is a range ("2560\n– 2564"), and a full stop behind a late letter an abbreviation.
_MARKER = re.compile(r"(?:[-–—](?=\s+\D)|[•●▪■□◦○*➢✓]|\(?[ก-ฮa-z]\)|[กขคงจฉช]\.)\s+(?=\S)")
_STANDING_ALONE = {"บทเฉพาะกาล": "transition", "ภาคผนวก": "annex"}

# What follows a number that only refers to a clause: "ข้อ 5 วรรคสอง", "มาตรา 4 แห่งพระราชบัญญัติ", "ข้อ 5-7".
_REFERENCE = re.compile(
    rf"[,/]|[-–—]\s*{_D}|(?:และ|หรือ|ถึง|วรรค|แห่ง|ข้างต้น|ดังกล่าว|กับ|ของ(?!ขวัญ|ที่ระลึก|ฝาก))"
    r"|(?:and|or|of|to|above|below)\b"
)
_REFERENCE_TO_ITEM = re.compile(rf"[,/]|[-–—]\s*\(?{_D}|(?:และ|หรือ|ถึง)\s*(?:ข้อ|\(|{_D})")
_AMOUNT = re.compile(
    r"(?:น\.|นาฬิกา|ล้าน|แสน|หมื่น|พันล้าน|พันบาท|ร้อยละ|บาท|เปอร์เซ็นต์|%|เท่า|ไร่|ตร\.|ตาราง|กม\.|กิโล|เมตร|เซนติ|ชั่วโมง|ชม\.|ปี|วัน"
    r"|(?:million|billion|percent|per cent|km|kg|[ap]\.?m)\b)"
)


@dataclass(frozen=True)
class Clause:
    """A number at the head of a text, and the text behind it."""

    kind: Kind
    word: str  # what is counted, to tell series apart: "ข้อ", "หมวด", "(", ""
    label: str  # as people cite it, in Arabic digits
    anchor: str
    numbers: tuple[int, ...]  # empty for letters and Roman numbers
    rest: str


def arabic(text: str) -> str:
    return text.translate(_DIGITS)


def find_clause(text: str) -> Clause | None:
    """The clause that a line or paragraph opens, or None."""
    return _structure(text) or _main(text) or _number(text) or _item(text)


def opens_item(text: str) -> bool:
    """Whether a line begins with a bullet or a letter of a list."""
    return _MARKER.match(text) is not None


def _structure(text: str) -> Clause | None:
    if (name := _STANDING_ALONE.get(text.strip())) is not None:
        return Clause("structure", text.strip(), text.strip(), name, (), "")
    return _worded(_STRUCTURE_HEAD.match(text), text, "structure", _STRUCTURE)


def _main(text: str) -> Clause | None:
    return _worded(_MAIN_HEAD.match(text), text, "main", _MAIN)


def _worded(found: re.Match[str] | None, text: str, kind: Kind, names: dict[str, str]) -> Clause | None:
    if found is None or (rest := _behind(text, found, _REFERENCE)) is None:
        return None
    word, number = (group for group in found.groups() if group is not None)
    number = arabic(number)
    name = names[word.lower()]
    return Clause(kind, name, f"{word} {number}", f"{name}-{_latin(number)}", _counted(number), rest)


def _number(text: str) -> Clause | None:
    found = _NUMBER_HEAD.match(text)
    if found is None or (rest := _behind(text, found, _REFERENCE_TO_ITEM)) is None:
        return None
    if found[2] and _AMOUNT.match(rest):
        return None
    number = arabic(found[1] or found[2])
    label = f"{number}." if found[1] else number
    return Clause("number", "", label, f"clause-{_latin(number)}", _counted(number), rest)


def _item(text: str) -> Clause | None:
    found = _ITEM_HEAD.match(text)
    if found is None or (rest := _behind(text, found, _REFERENCE_TO_ITEM)) is None:
        return None
    label = arabic(found[1])
    numbers = _counted(label.strip("()"))
    word = f"{label[0] if label[0] == '(' else ''}){len(numbers)}"
    return Clause("item", word, label, f"item-{_latin(label.strip('()'))}", numbers, rest)


def _behind(text: str, found: re.Match[str], reference: re.Pattern[str]) -> str | None:
    """The text behind a number, or None when it shows that the number only refers to a clause."""
    rest = text[found.end() :].lstrip()
    return None if reference.match(rest) else rest.lstrip(" :)–—-")


def _counted(number: str) -> tuple[int, ...]:
    parts = re.split(r"[./]", number)
    return tuple(map(int, parts)) if all(part.isdecimal() for part in parts) else ()


def _latin(number: str) -> str:
    """A number as part of an anchor; a Thai letter by its place in the alphabet, behind an "x"."""
    bare = re.sub(r"[./]", "-", number.lower())
    return f"x{ord(bare) - 0x0E00}" if re.fullmatch("[ก-ฮ]", bare) else bare


@dataclass
class Series:
    """
    Which numbers would come next.

    A line in the middle of a paragraph may begin with "ข้อ 5" because the line above was full. It opens a
    clause only when 5 is what follows here.
    """

    _last: dict[tuple[str, str, int], tuple[int, ...]] = field(default_factory=dict)

    def follows(self, clause: Clause) -> bool:
        last = self._last.get(_series(clause))
        *before, number = clause.numbers or (0,)
        if last is None or last[:-1] != tuple(before):
            return number == 1
        return number == last[-1] + 1

    def take(self, clause: Clause) -> None:
        if clause.numbers:
            self._last[_series(clause)] = clause.numbers


def _series(clause: Clause) -> tuple[str, str, int]:
    return clause.kind, clause.word, len(clause.numbers)
