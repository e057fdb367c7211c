"""
What stands in a cell as the value of a field.

Spreadsheet programs make numbers and dates of text. Where the text can be told from what they made, it is;
where it cannot (was "3/11" a fraction or a day?), the cell is a fault, never a guess.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Any, NamedTuple

from rapidfuzz import fuzz, process

from knowledge.entries import PLAN_KEY, Base, FaqEntry, Source
from knowledge.normalize import squash
from knowledge.sheets.columns import CITED, NO, YES, Choices, Column, choices_of, tidy
from knowledge.sheets.opening import Cell

BUDDHIST_OFFSET = 543
MOST_ITEMS = 200  # in one cell
QUOTED = 60  # letters of a cell that a fault repeats
_DAY_ZERO = date(1899, 12, 30)  # how spreadsheets count days

_THAI_DIGITS = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")
# Marks that nobody sees; in a code they are never meant.
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
_MONTHS = {
    squash(name): number
    for number, names in enumerate(
        (
            ("มกราคม", "ม.ค."),
            ("กุมภาพันธ์", "ก.พ."),
            ("มีนาคม", "มี.ค."),
            ("เมษายน", "เม.ย."),
            ("พฤษภาคม", "พ.ค."),
            ("มิถุนายน", "มิ.ย."),
            ("กรกฎาคม", "ก.ค."),
            ("สิงหาคม", "ส.ค."),
            ("กันยายน", "ก.ย."),
            ("ตุลาคม", "ต.ค."),
            ("พฤศจิกายน", "พ.ย."),
            ("ธันวาคม", "ธ.ค."),
        ),
        start=1,
    )
    for name in names
}
_YES = {squash(text) for text in (YES, "yes", "true", "y", "1", "มี")}
_NO = {squash(text) for text in (NO, "no", "false", "n", "0", "ไม่มี")}


class Wrong(NamedTuple):
    """What is wrong with a cell (in Thai, with English in brackets), and what to write instead."""

    problem: str
    instead: str


@dataclass(frozen=True)
class Known:
    """What cells are understood by."""

    base: Base
    entries: Mapping[str, FaqEntry]
    choices: Mapping[str, Choices]
    keys: Mapping[str, str]  # source keys by their lower-case spelling

    @classmethod
    def of(cls, base: Base) -> Known:
        entries = {entry.id: entry for entry in base.entries}
        return cls(base, entries, choices_of(base), {key.lower(): key for key in base.sources})


class Value(NamedTuple):
    """A field's value, or what is wrong. `None` without a fault is an empty cell."""

    value: Any = None
    wrongs: tuple[Wrong, ...] = ()


def as_text(cell: Cell) -> str:
    """The text that a person sees in the cell, as near as can be told: 2562.0 is "2562"."""
    match cell:
        case bool():
            return str(cell).upper()
        case float() if cell.is_integer() and abs(cell) < 1e15:
            return str(int(cell))
        case date() | time():
            return cell.isoformat()
        case _:
            return tidy(str(cell))


def read_cell(cell: Cell, column: Column, known: Known) -> Value:
    """The value of a column's field."""
    if not as_text(cell):
        return Value()
    return _READERS[column.kind](cell, column, known)


def nearest(text: str, among: Iterable[str]) -> str | None:
    """The spelling that was probably meant."""
    found = process.extractOne(text[:QUOTED], list(among), scorer=fuzz.ratio, score_cutoff=60)
    return str(found[0]) if found else None


def quoted(text: str) -> str:
    """The beginning of a text, in one line, as a fault repeats it."""
    line = " ".join(text.split())
    return f"“{line}”" if len(line) <= QUOTED else f"“{line[:QUOTED]}…”"


def _made_a_date(cell: Cell, column: Column) -> Wrong | None:
    if isinstance(cell, date | time | timedelta):
        return Wrong(
            f"โปรแกรมตารางเปลี่ยนข้อความเป็นวันที่หรือเวลา {cell} (text became a date)",
            f"ตั้งรูปแบบเซลล์เป็น ข้อความ แล้วพิมพ์ใหม่: {column.fill}",
        )
    return None


def _text(cell: Cell, column: Column, known: Known) -> Value:
    del known
    wrong = _made_a_date(cell, column)
    return Value(wrongs=(wrong,)) if wrong else Value(as_text(cell))


def _code(cell: Cell, column: Column, known: Known) -> Value:
    read = _text(cell, column, known)
    return read if read.wrongs else Value(_bare(read.value) or None)


def _bare(text: str) -> str:
    return _INVISIBLE.sub("", text).strip()


def _listed(pattern: str, clean: Callable[[str], str]) -> Callable[[Cell, Column, Known], Value]:
    def read(cell: Cell, column: Column, known: Known) -> Value:
        text = _text(cell, column, known)
        if text.wrongs:
            return text
        items = dict.fromkeys(item for part in re.split(pattern, text.value) if (item := clean(part)))
        return Value(tuple(items)) if len(items) <= MOST_ITEMS else Value(wrongs=(_too_many(column),))

    return read


def _too_many(column: Column) -> Wrong:
    return Wrong(f"มีมากกว่า {MOST_ITEMS} ค่าในช่องเดียว (too many values)", column.fill)


def _choice(cell: Cell, column: Column, known: Known) -> Value:
    choices = known.choices[column.field]
    text = as_text(cell)
    if (key := choices.key(text)) is not None:
        return Value(key)
    meant = nearest(text, choices.labels)
    instead = f"“{meant}” หรือเลือกจากรายการ" if meant else " / ".join(choices.labels)
    return Value(
        wrongs=(Wrong(f"ไม่มี {quoted(text)} ให้เลือกใน{column.thai} (unknown {column.field})", instead),)
    )


def _known(cell: Cell, column: Column, known: Known) -> Value:
    del known
    text = squash(as_text(cell))
    if text in _YES or text in _NO:
        return Value(text in _YES)
    return Value(
        wrongs=(Wrong(f"{quoted(as_text(cell))} ไม่ใช่ ใช่ หรือ ไม่ใช่ (neither yes nor no)", column.fill),)
    )


def _years(cell: Cell, column: Column, known: Known) -> Value:
    del known
    if isinstance(cell, date):
        # 2562 typed into a cell that is formatted as a date is day 2562 since 1900.
        if 2400 <= (typed := (date(cell.year, cell.month, cell.day) - _DAY_ZERO).days) <= 2700:
            return Value(str(typed))
        return Value(str(cell.year if cell.year >= 2400 else cell.year + BUDDHIST_OFFSET))
    if (wrong := _made_a_date(cell, column)) is not None:
        return Value(wrongs=(wrong,))
    text = as_text(cell).translate(_THAI_DIGITS)
    text = re.sub(r"(?<!\d)(\d{4})\s*[-–—]\s*(\d{4})(?!\d)", r"\1–\2", text)
    if re.fullmatch(r"(?:19|20)\d\d(?:–(?:19|20)\d\d)?", text):
        buddhist = re.sub(r"\d+", lambda year: str(int(year[0]) + BUDDHIST_OFFSET), text)
        return Value(wrongs=(Wrong(f"“{text}” เป็นปี ค.ศ. (not the Buddhist era)", f"ปี พ.ศ. คือ {buddhist}"),))
    return Value(text)


def _day(cell: Cell, column: Column, known: Known) -> Value:
    del known
    if isinstance(cell, date):
        found = _date(cell.year, cell.month, cell.day)
    else:
        found = _written_day(as_text(cell).translate(_THAI_DIGITS))
    if found is not None:
        return Value(found.isoformat())
    instead = column.fill
    if isinstance(cell, int | float) and not isinstance(cell, bool) and 20_000 <= cell <= 80_000:
        instead = f"หากหมายถึงวันที่ เขียน {(_DAY_ZERO + timedelta(days=int(cell))).isoformat()}"
    return Value(wrongs=(Wrong(f"{quoted(as_text(cell))} ไม่ใช่วันที่ (not a date)", instead),))


def _written_day(text: str) -> date | None:
    if iso := re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ][\d:.]+)?", text):
        return _date(int(iso[1]), int(iso[2]), int(iso[3]))
    if slashed := re.fullmatch(r"(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4})", text):
        return _date(int(slashed[3]), int(slashed[2]), int(slashed[1]))
    if worded := re.fullmatch(r"(\d{1,2})\s*([^\d]+?)\s*(?:พ\.?ศ\.?|ค\.?ศ\.?)?\s*(\d{4})", text):
        month = _MONTHS.get(squash(worded[2]))
        return _date(int(worded[3]), month, int(worded[1])) if month else None
    return None


def _date(year: int, month: int, day: int) -> date | None:
    """A C.E. date; years from 2400 are of the Buddhist era. Two-digit years could be of either: not read."""
    if year >= 2400:
        year -= BUDDHIST_OFFSET
    if not 1800 <= year <= 2200:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _sources(cell: Cell, column: Column, known: Known) -> Value:
    text = _text(cell, column, known)
    if text.wrongs:
        return text
    lines = [line for line in text.value.split("\n") if line.strip()]
    if len(lines) > MOST_ITEMS:
        return Value(wrongs=(_too_many(column),))
    read = [_source(line, known) for line in lines]
    wrongs = tuple(one for one in read if isinstance(one, Wrong))
    return Value(wrongs=wrongs) if wrongs else Value(tuple(one for one in read if isinstance(one, Source)))


def _source(line: str, known: Known) -> Source | Wrong:
    line = line.strip()
    if line.lower().startswith(CITED):
        cited = line[len(CITED) :].strip()
        return (
            Source(cited=cited)
            if cited
            else Wrong("ไม่มีข้อความหลัง cited: (empty citation)", "cited: ตามด้วยชื่อแหล่งที่มา")
        )
    written, _, section = (_bare(part) for part in line.partition("#"))
    key = known.keys.get(written.lower())
    if key is None:
        meant = nearest(written.upper(), known.base.sources)
        instead = f"{meant} " if meant else "รหัสจากแผ่น แหล่งที่มา "
        return Wrong(f"ไม่มีแหล่งที่มา {quoted(written)} (unknown source)", f"{instead}หรือ cited: ตามด้วยข้อความ")
    if key != PLAN_KEY:
        return Source(key=key, section=section or None)
    anchors = known.base.plan.headings
    if section in anchors:
        return Source(key=key, section=section)
    example = f"{key}#{nearest(section, anchors) or next(iter(anchors))}"
    told = (
        f"ไม่มีหัวข้อ {quoted(section)} ในแผนฯ (unknown section)"
        if section
        else "ขาดหัวข้อของแผนฯ (section is required)"
    )
    return Wrong(told, f"{example} หรือหัวข้ออื่นจากแผ่น แหล่งที่มา")


_READERS: Mapping[str, Callable[[Cell, Column, Known], Value]] = {
    "id": _code,
    "text": _text,
    "lines": _listed(r"\n", str.strip),
    "ids": _listed(r"[\s,;]+", _bare),
    "facts": _listed(r"\n|[,;]\s*(?=[A-Za-z]\d)", _bare),
    "sources": _sources,
    "choice": _choice,
    "known": _known,
    "years": _years,
    "day": _day,
}
