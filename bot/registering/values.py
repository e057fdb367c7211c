"""
What stands in a cell as the value of a field.

Dates are read in every written form, and from what spreadsheet programs make of them: a serial number, or a
day in the year 2567 of the Common Era, which nobody meant. What could be two days is a fault, never a guess.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from bot.language.dates import ERA, SHORT_MONTHS, DateProblem, DateSpan, read_date, read_year, thai_date
from bot.language.text import clean
from bot.registering import faults
from bot.registering.faults import Wrong
from bot.registering.tables import CACHED, Cell, text_of
from knowledge.sheets.cells import as_text
from knowledge.sheets.columns import tidy

DATES = ("signed_on", "expires_on")
"""Fields whose value is a date; the precision that the fact of a stage carries is of the day it was reached."""
EARLIEST = 1950
"""The first twinning of towns anywhere is a little younger; an earlier year is a slip."""
LATEST = 2150
MOST_ITEMS = 50  # in one cell
LONGEST_DATE, LONGEST_TERM, LONGEST_ITEM, LONGEST_TEXT = 200, 200, 300, 2_000  # letters

_DAY_ZERO = date(1899, 12, 30)
_SERIALS = range(18_000, 80_000)  # 1949 to 2119
_BUDDHIST_SERIALS = range(210_000, 280_000)  # days of the years 2475 to 2666: typed in B.E., stored as C.E.
_TYPED_YEARS = range(2400, 2701)
_GUESSED_CENTURY = 1970
"""Programs make a year of the two digits that were typed; before this one it is hardly ever the right one."""

_NOTHING = re.compile(
    r"[-–—.·•_/\s]*|n\.?/?a\.?|none|null|nil|ไม่มี(?:ข้อมูล|วันที่)?|ไม่ระบุ|ไม่ปรากฏ(?:ข้อมูล|วันที่)?|ไม่ทราบ(?:วันที่)?|ยังไม่มี(?:ข้อมูล)?|ว่าง",
    re.IGNORECASE,
)
_BRACKETED = re.compile(r"[(\[（]([^()\[\]（）]*)[)\]）]")


@dataclass(frozen=True)
class Value:
    """A field's value as a fact keeps it: a date as an ISO string with its precision."""

    value: Any
    precision: str | None = None
    note: str | None = None

    @property
    def same(self) -> tuple[Any, ...]:
        """What two values are compared by."""
        return comparable(self.value), self.precision


def comparable(value: Any) -> Any:
    """A value without what does not make another one of it: case, blanks, order and numbers of a list."""
    if isinstance(value, list):
        pieces = {_plain(_item(piece)) for one in value for piece in _PIECES.split(text_of(str(one)))}
        return tuple(sorted(pieces - {""}))
    return _plain(text_of(value)) if isinstance(value, str) else value


def _plain(text: str) -> str:
    return _short_plain(text) if len(text) <= CACHED else " ".join(clean(text).split()).casefold()


@lru_cache(8192)
def _short_plain(text: str) -> str:
    return " ".join(clean(text).split()).casefold()


@dataclass(frozen=True)
class Day:
    """A date as far as it is known: `on` is the first day of the month or year."""

    on: date
    precision: str  # day · month · year
    note: str | None = None

    @property
    def value(self) -> Value:
        return Value(self.on.isoformat(), self.precision, self.note)


def says_nothing(text: str) -> bool:
    """Empty, a dash, or words for nothing."""
    return _NOTHING.fullmatch(text.strip()) is not None


def without_brackets(text: str) -> tuple[str, str | None]:
    """A text, and what stood in brackets in it."""
    notes = [note.strip() for note in _BRACKETED.findall(text) if note.strip()]
    bare = " ".join(_BRACKETED.sub(" ", text).split())
    return bare, "; ".join(notes) or None


# ------------------------------------------------------------------ dates


def read_day(cell: Cell) -> Day | Wrong | None:
    """The date in a cell; None where it says that there is none."""
    if isinstance(cell, bool):
        return faults.not_a_day(as_text(cell))
    if isinstance(cell, date):
        return _day_of_program(cell)
    if isinstance(cell, int | float):
        return _day_of_number(cell)
    text = clean(text_of(cell))
    bare, note = without_brackets(text)
    if says_nothing(bare) and note is not None and re.search(r"\d", note):
        bare, note = note, None
    if says_nothing(bare):
        return None
    return _written_day(bare, note) if len(text) <= LONGEST_DATE else faults.not_a_day(text)


def _day_of_program(day: date) -> Day | Wrong:
    """A day as a spreadsheet program understood what was typed."""
    if (typed := (day - _DAY_ZERO).days) in _TYPED_YEARS:
        return _plausible(Day(date(typed - ERA, 1, 1), "year"))
    if day.year >= _TYPED_YEARS.start:
        common = _date(day.year - ERA, day.month, day.day)
        shown = f"{day.day} {SHORT_MONTHS[day.month - 1]} {day.year}"
        return _plausible(Day(common, "day")) if common else faults.impossible_day(shown)
    if day.year < _GUESSED_CENTURY:
        # 12/6/60 becomes a day of 1960: somebody meant พ.ศ. 2560.
        meant = _date(2500 + day.year % 100 - ERA, day.month, day.day) if day.year >= 1930 else None
        return faults.early_day(thai_date(day), thai_date(meant) if meant else None)
    return Day(day, "day")


def _day_of_number(number: float) -> Day | Wrong:
    whole = int(number)
    if whole in _TYPED_YEARS:
        return _plausible(Day(date(whole - ERA, 1, 1), "year"))
    if EARLIEST <= whole <= LATEST:
        return Day(date(whole, 1, 1), "year")
    if whole in _SERIALS or whole in _BUDDHIST_SERIALS:
        return _day_of_program(_DAY_ZERO + timedelta(days=whole))
    return faults.not_a_day(as_text(number))


_BARE_YEAR = re.compile(
    r"(?:ประมาณ|ราว|ใน)?\s*(?:ปี\s*)?(?P<era>พ\.?\s?ศ\.?|ค\.?\s?ศ\.?|[bca]\.?[ed]\.?)?\s*(?P<year>\d{4})",
    re.IGNORECASE,
)
_MONTH_OF_YEAR = re.compile(r"(\d{1,2})\s*[/.-]\s*(\d{4})")
_YEAR_AND_MONTH = re.compile(r"(\d{4})-(\d{1,2})")
_TYPED_SERIAL = re.compile(r"\d{5,6}(?:\.\d+)?")
_FILLER = re.compile(r"วันที่|เมื่อ|ลงนาม(?:แล้ว)?|สถาปนา(?:แล้ว)?|ณ|[\s,.:;-]+")
_FISCAL = re.compile(r"ปีงบ|ไตรมาส|quarter|fiscal", re.IGNORECASE)


def _written_day(text: str, note: str | None) -> Day | Wrong:
    if _TYPED_SERIAL.fullmatch(text):
        return _day_of_number(float(text))
    if year := _BARE_YEAR.fullmatch(text):
        return _first_of(text, read_year(year["year"], year["era"]), 1, "year", note)
    if month := _MONTH_OF_YEAR.fullmatch(text):
        return _first_of(text, read_year(month[2]), int(month[1]), "month", note)
    if month := _YEAR_AND_MONTH.fullmatch(text):
        return _first_of(text, read_year(month[1]), int(month[2]), "month", note)
    if _FISCAL.search(text):
        return faults.not_a_day(text)
    found = read_date(text, None)
    if found is None:
        return faults.not_a_day(text)
    if isinstance(found, DateProblem):
        return faults.impossible_day(found.text)
    day = _settled(text, found)
    if isinstance(day, Wrong):
        return day
    rest = f"{text[: found.first_char]} {text[found.last_char + 1 :]}"
    left = rest.strip(" ,.;:-") if _FILLER.sub("", rest) else None
    kept = "; ".join(one for one in (left, note) if one)
    return _plausible(Day(day.on, day.precision, kept or None))


def _first_of(text: str, years: tuple[int, ...], month: int, precision: str, note: str | None) -> Day | Wrong:
    first = _date(years[0], month, 1) if len(years) == 1 else None
    return _plausible(Day(first, precision, note)) if first else faults.impossible_day(text)


def _settled(text: str, span: DateSpan) -> Day | Wrong:
    """The one day, month or year that was written."""
    if span.precision == "day" and not span.doubtful and span.end is None:
        return Day(span.start, "day")
    last = span.doubtful[-1] if span.doubtful else span.start
    if len(span.doubtful) == 2 and span.doubtful[0] == span.start:
        if span.precision == "month" and last == _month_end(span.start):
            return Day(span.start, "month")
        if span.precision == "year" and last == date(span.start.year, 12, 31):
            return Day(span.start, "year")
    meant = dict.fromkeys(
        thai_date(day) for day in (span.doubtful[:2] or (span.start, span.end or span.start))
    )
    return faults.open_day(text, tuple(meant))


def _month_end(first: date) -> date:
    return first.replace(day=calendar.monthrange(first.year, first.month)[1])


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _plausible(day: Day) -> Day | Wrong:
    if EARLIEST <= day.on.year <= LATEST:
        return day
    return faults.early_day(thai_date(day.on, day.precision), None)


# ------------------------------------------------------------------ stages

STAGE_LABELS: Mapping[str, str] = {
    "proposed": "เสนอเรื่อง",
    "committee_agreed": "คณะกรรมการเห็นชอบ",
    "letter_of_intent": "ลงนามหนังสือแสดงเจตจำนง",
    "mou_draft": "จัดทำร่างบันทึกความเข้าใจ",
    "in_progress": "อยู่ระหว่างดำเนินการ",
    "established": "สถาปนาแล้ว",
    "signed": "ลงนามแล้ว",
    "renewed": "ต่ออายุแล้ว",
    "expired": "หมดอายุ",
    "dormant": "ไม่มีความเคลื่อนไหว",
    "ended": "ยุติความสัมพันธ์",
    "unknown": "รอตรวจสอบสถานะ",
}
"""As we write them. `in_progress`, `established` and `unknown` are what a source says that says no more."""

LONGEST_STAGE = 80
_STAGES: tuple[tuple[str, str], ...] = (
    # What is said to be still ahead comes first: "อยู่ระหว่างลงนาม" is not signed.
    ("unknown", r"รอ(?:การ)?ตรวจสอบ|ไม่ทราบสถานะ|unknown"),
    ("mou_draft", r"(?:ยก|จัดทำ|พิจารณา|ตรวจ|แก้ไข|เสนอ)?ร่าง|draft"),
    ("letter_of_intent", r"เจตจำนง|(?<![a-z])loi(?![a-z])|letter of intent"),
    ("committee_agreed", r"(?:คณะกรรมการ|กก\.|ที่ประชุม).{0,30}(?:เห็นชอบ|อนุมัติ)|committee"),
    (
        "in_progress",
        r"อยู่ใน?ระหว่าง|ระหว่าง(?:การ)?(?:ดำเนิน|ลงนาม|จัดทำ|ประสาน|เจรจา|พิจารณา)|กำลัง|ยังไม่|ยังมิ|รอ(?:การ)?(?:ลงนาม|พิจารณา|ดำเนิน)"
        r"|เตรียม|in progress|pending|not (?:yet )?signed",
    ),
    ("proposed", r"เสนอ(?:เรื่อง|ขอ)?|ทาบทาม|ริเริ่ม|proposed"),
    ("ended", r"ยุติ|ยกเลิก|สิ้นสุดความสัมพันธ์|terminated|ended|cancel"),
    ("expired", r"หมดอายุ|สิ้นสุดอายุ|ครบอายุ|สิ้นสุดแล้ว|expired"),
    ("dormant", r"ไม่(?:มี(?:ความ)?|ค่อย)?\s*(?:การ)?เคลื่อนไหว|หยุดชะงัก|ขาดการติดต่อ|dormant|inactive"),
    ("renewed", r"ต่ออายุ|renewed"),
    ("established", r"สถาปนา|established"),
    ("signed", r"ลงนาม|เซ็น|มีผล(?:ใช้)?บังคับ|signed|active"),
)
_READERS = tuple((stage, re.compile(pattern)) for stage, pattern in _STAGES)
_BY_LABEL = {_plain(label): stage for stage, label in STAGE_LABELS.items()}


def read_stage(text: str) -> str | None:
    """The stage that a text says; None where it says none that is known."""
    plain = _plain(text)
    if plain in _BY_LABEL:
        return _BY_LABEL[plain]
    if plain in STAGE_LABELS:
        return plain
    if len(plain) > LONGEST_STAGE:
        return None
    return next((stage for stage, pattern in _READERS if pattern.search(plain)), None)


AHEAD = frozenset(("proposed", "committee_agreed", "letter_of_intent", "mou_draft", "in_progress"))
"""Stages before the signature."""


def stage_instead_of_day(cell: Cell) -> str | None:
    """ "อยู่ระหว่างดำเนินการ" where the date of signature belongs: there is none yet."""
    bare, _ = without_brackets(clean(text_of(cell))) if isinstance(cell, str) else ("", None)
    stage = read_stage(bare)
    return stage if stage in AHEAD else None


def stage_value(cell: Cell) -> Value | Wrong | None:
    text = text_of(cell)
    bare, note = without_brackets(clean(text))
    if says_nothing(bare):
        return None
    stage = read_stage(bare)
    if stage is None:
        return faults.unknown_stage(text, tuple(STAGE_LABELS.values()))
    return Value(stage, note=note)


# ------------------------------------------------------------------ texts and lists


def text_value(cell: Cell) -> Value | Wrong | None:
    """Words, as they stand."""
    text = tidy(text_of(cell))
    if says_nothing(text):
        return None
    return Value(text) if len(text) <= LONGEST_TEXT else faults.too_long(LONGEST_TEXT)


def term_value(cell: Cell) -> Value | Wrong | None:
    """How long an agreement holds: "5 ปี", and a bare 5 is years too."""
    if isinstance(cell, date):
        return faults.not_text(thai_date(cell))
    text = clean(text_of(cell))
    if says_nothing(text):
        return None
    if len(text) > LONGEST_TERM:
        return faults.too_long(LONGEST_TERM)
    return Value(f"{text} ปี" if re.fullmatch(r"\d{1,2}", text) else " ".join(text.split()))


def list_value(cell: Cell, *, lines: bool) -> Value | Wrong | None:
    """Several values in a cell: one a line, or with commas between where `lines` is not asked for."""
    if isinstance(cell, date):
        return faults.not_text(thai_date(cell))
    text = tidy(text_of(cell))
    if says_nothing(text):
        return None
    parts = text.split("\n") if lines or "\n" in text else _PIECES.split(text)
    items = list(dict.fromkeys(item for part in parts if (item := _item(part))))
    if len(items) > MOST_ITEMS:
        return faults.too_many_items(MOST_ITEMS)
    if any(len(item) > LONGEST_ITEM for item in items):
        return faults.too_long(LONGEST_ITEM)
    return Value(items) if items else None


_PIECES = re.compile(r"[\n,;•·|]|\s/\s")


def _item(part: str) -> str:
    """One of a list, without its number and the blanks around it."""
    return " ".join(re.sub(r"^\s*(?:[-*–]|[(]?[0-9๐-๙]{1,2}[.)])\s*", "", part).split())
