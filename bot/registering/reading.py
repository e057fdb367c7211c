"""
The rows of a sheet as what they say of a pairing; every value that cannot be read is told by its cell.

Rows that are no pairings are recognised and named, never dropped in silence: titles, headings again, totals,
headings of sections, notes below. A row with a fault is left out as a whole.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from bot.language.dates import thai_date
from bot.registering import faults
from bot.registering.faults import Fault, Notice, Wrong
from bot.registering.fields import NAMES
from bot.registering.headings import Header
from bot.registering.matching import Named
from bot.registering.tables import Cell, Row, Table, text_of
from bot.registering.values import (
    DATES,
    Day,
    Value,
    list_value,
    read_day,
    read_stage,
    says_nothing,
    stage_instead_of_day,
    stage_value,
    term_value,
    text_value,
)
from knowledge.sheets.cells import quoted
from knowledge.sheets.columns import address

DOWN = ("province", "country")
"""Fields that a sheet may say once for several rows, without merging the cells."""
FEWEST_BLANKS = 2
MOST_NOTICES = 1_000
LONGEST = {
    **dict.fromkeys(("id", *DOWN, *NAMES), 120),
    **dict.fromkeys(("signatory_ours", "signatory_theirs"), 300),
    "source": 1_000,
}
"""Letters of texts that are no values; those have limits of their own."""
VALUES = ("stage", "signed_on", "term", "expires_on", "areas", "signatories", "note")

_DITTO = frozenset(('"', "''", "”", "“", "″", "〃", "ๆ", '-"-', "-”-"))
_TOTAL = re.compile(r"^(?:ยอด)?รวม(?:ทั้งหมด|ทั้งสิ้น|ยอด|จำนวน|\s|\d|$)|^(?:grand |sub)?total\b", re.IGNORECASE)
_NOTE = re.compile(r"^(?:หมายเหตุ|ที่มา|แหล่งที่มา|ข้อมูล ณ|\*|note)", re.IGNORECASE)

Why = Literal["headings", "total", "section", "note"]
_WHY: Mapping[Why, str] = {
    "headings": "หัวตารางซ้ำ (the headings again)",
    "total": "แถวยอดรวม (a row of totals)",
    "section": "หัวข้อคั่น (the heading of a section)",
    "note": "ข้อความที่ไม่ใช่คู่ (no pairing)",
}


@dataclass(frozen=True)
class Said:
    """What one row says."""

    sheet: str
    row: int  # as people count
    columns: Mapping[str, int]  # field: column of the sheet
    id: str
    province: str
    country: str
    named: Named
    values: Mapping[str, Value]
    source: str
    faults: tuple[Fault, ...]

    def where(self, name: str) -> str:
        return address(self.sheet, (self.row - 1, self.columns.get(name, 0)))

    def fault(self, name: str, wrong: Wrong) -> Fault:
        return Fault(self.sheet, self.row, self.where(name), wrong)


@dataclass
class SheetReading:
    """One sheet, row by row. `notices` are complete when the rows have been gone through."""

    table: Table
    header: Header
    today: date
    notices: list[Notice] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._fields = {column.heading.column: name for name, column in self.header.columns.items()}
        self._columns = {name: column.heading.column for name, column in self.header.columns.items()}
        self._mask = sum(1 << column for column in self._fields)
        self._merged = _Merged(self.table)
        self._heads = {text for heading in self.header.headings for text in (heading.own, heading.text)}
        self._goes_down = {name for name in DOWN if name in self._columns and self._said_once(name)}
        self._last: dict[str, tuple[int, Cell]] = {}
        self._stage = self._stage_of_sheet()

    # ---- rows

    def rows(self) -> Iterator[Said]:
        """The rows that name a pairing, with their faults."""
        for row in self.table.rows:
            if row.number < self.header.first:
                continue
            why = self._no_pairing(row)
            if why is not None and any(cell is not None for cell in row.cells):
                self._note(row, 0, f"{_WHY[why]}: {quoted(self._shown(row))}")
            elif row.dead & self._mask or any(self._cell(row, name) is not None for name in self._columns):
                yield self._read(row)

    def _no_pairing(self, row: Row) -> Why | None:
        texts = [text for cell in row.cells if (text := text_of(cell))]
        if sum(" ".join(text.split()) in self._heads for text in texts[:20]) > max(1, len(texts) // 2):
            return "headings"
        if any(_TOTAL.search(text) for text in texts[:3]):
            return "total"
        if any(self._cell(row, name) is not None for name in ("id", *NAMES)):
            return None
        if row.dead & self._mask:
            return None
        filled = {name for name, column in self._columns.items() if row.cell(column) is not None}
        if len(texts) == 1 and _NOTE.search(texts[0]):
            return "note"
        if len(texts) == 1 and ("province" not in filled or self._merged.across(row.number)):
            return "section"
        return None if filled & {"province", "country", "stage", "signed_on"} else "note"

    def _shown(self, row: Row) -> str:
        return " ".join(text for cell in row.cells if (text := text_of(cell)))

    def _note(self, row: Row, column: int, text: str) -> None:
        if len(self.notices) < MOST_NOTICES:
            self.notices.append(Notice(address(self.table.name, (row.number, column)), text))

    # ---- cells

    def _cell(self, row: Row, name: str) -> Cell:
        """A field's cell, with what a merged cell above says."""
        column = self._columns.get(name)
        if column is None:
            return None
        cell = row.cell(column)
        return cell if cell is not None else self._merged.value(row.number, column)

    def _going_down(self, row: Row, name: str) -> Cell:
        """The same, with what an unmerged cell above says for several rows."""
        cell = self._cell(row, name)
        ditto = cell is not None and text_of(cell).strip() in _DITTO
        if cell is not None and not ditto:
            self._last[name] = (row.number, cell)
            return cell
        if name not in self._last or not (ditto or name in self._goes_down):
            return None
        number, above = self._last[name]
        self._note(
            row,
            self._columns[name],
            f"ใช้ {quoted(text_of(above))} จากแถว {number + 1} (said once for several rows)",
        )
        return above

    def _said_once(self, name: str) -> bool:
        """
        Whether a column says its value once for the rows below.

        Not where cells are merged, for then the merged cells say it; and not where the same value stands in
        two rows that follow each other, for then it stands in each, and a blank one was forgotten.
        """
        column = self._columns[name]
        if self._merged.has(column, self.header.first):
            return False
        blanks, before = 0, None
        for row in self.table.rows:
            if row.number < self.header.first or not any(
                self._cell(row, one) is not None for one in ("id", *NAMES)
            ):
                continue
            text = text_of(row.cell(column))
            if text and text == before:
                return False
            blanks += not text
            before = text
        return blanks >= FEWEST_BLANKS

    # ---- what a row says

    def _read(self, row: Row) -> Said:
        found: dict[str, Wrong] = {
            name: faults.dead_formula() for name, column in self._columns.items() if row.dead >> column & 1
        }
        texts = {name: self._text(row, name) for name in LONGEST}
        found |= {name: faults.too_long(most) for name, most in LONGEST.items() if len(texts[name]) > most}
        self._tell_formulas(row)
        values = self._values(row, found)
        _add_signatories(texts, values)
        if "stage" not in values and "stage" not in found and self._stage is not None:
            values["stage"] = Value(self._stage)
        self._check_days(values, found)
        number = row.number + 1
        return Said(
            sheet=self.table.name,
            row=number,
            columns=self._columns,
            id=texts["id"],
            province=texts["province"],
            country=texts["country"],
            named=Named(*(texts[name] for name in NAMES)),
            values=values,
            source=texts["source"],
            faults=tuple(
                Fault(self.table.name, number, self._address(row, name), wrong)
                for name, wrong in found.items()
            ),
        )

    def _address(self, row: Row, name: str) -> str:
        return address(self.table.name, (row.number, self._columns[name]))

    def _text(self, row: Row, name: str) -> str:
        cell = self._going_down(row, name) if name in DOWN else self._cell(row, name)
        text = text_of(cell).strip()
        return "" if says_nothing(text) else text

    def _tell_formulas(self, row: Row) -> None:
        for column in self._fields:
            if row.formulas >> column & 1 and not row.dead >> column & 1:
                value = quoted(text_of(row.cell(column)))
                self._note(row, column, f"เป็นสูตร ใช้ค่าที่บันทึกไว้ {value} (a formula; its saved value is read)")

    def _values(self, row: Row, found: dict[str, Wrong]) -> dict[str, Value]:
        values: dict[str, Value] = {}
        for name in ("stage", "term", "areas", "signatories", "note"):
            if name in found or (cell := self._cell(row, name)) is None:
                continue
            read = _READERS[name](cell)
            if isinstance(read, Wrong):
                found[name] = read
            elif read is not None:
                values[name] = read
        for name in DATES:
            if name not in found and (cell := self._cell(row, name)) is not None:
                self._read_day(name, cell, values, found)
        return values

    def _read_day(self, name: str, cell: Cell, values: dict[str, Value], found: dict[str, Wrong]) -> None:
        stage = stage_instead_of_day(cell) if name == "signed_on" else None
        if stage is not None:
            if "stage" not in self._columns:
                values["stage"] = Value(stage)
            return
        if name == "expires_on" and re.match(r"ไม่(?:มี)?\s*(?:กำหนด|จำกัด)", text_of(cell)):
            term = term_value(cell)
            if isinstance(term, Value):
                values.setdefault("term", term)
            return
        day = read_day(cell)
        if isinstance(day, Wrong):
            found[name] = day
        elif day is not None:
            values[name] = day.value

    def _check_days(self, values: Mapping[str, Value], found: dict[str, Wrong]) -> None:
        signed, ends = _day_of(values.get("signed_on")), _day_of(values.get("expires_on"))
        if signed is not None and signed.on > self.today:
            found["signed_on"] = faults.future_signature(thai_date(signed.on, signed.precision))
        if signed is not None and ends is not None and ends.on < signed.on and ends.precision != "year":
            found["expires_on"] = faults.ends_before(thai_date(ends.on, ends.precision))

    # ---- the sheet

    def _stage_of_sheet(self) -> str | None:
        """The stage that the sheet's name or a title above says for all its rows; only where it has no column."""
        if "stage" in self._columns:
            return None
        titles = [
            text
            for row in self.table.rows
            if row.number < self.header.first - self.header.rows
            for cell in row.cells
            if (text := text_of(cell))
        ]
        for text in (self.table.name, *titles):
            stage = read_stage(text)
            if stage is not None and not _both(text):
                self.notices.append(
                    Notice(
                        self.table.name, f"สถานะของทุกแถวจาก {quoted(text)}: {stage} (the stage of every row)"
                    )
                )
                return stage
        return None


def _both(text: str) -> bool:
    """A title of both lists says nothing of one: "ลงนามแล้วและอยู่ระหว่างดำเนินการ"."""
    return re.search(r"ลงนามแล้ว|สถาปนา", text) is not None and re.search(r"ระหว่าง|ยังไม่", text) is not None


def _add_signatories(texts: Mapping[str, str], values: dict[str, Value]) -> None:
    """Two columns become one list, each side named."""
    sides = (("signatory_ours", "ฝ่ายไทย"), ("signatory_theirs", "ฝ่ายต่างประเทศ"))
    lines = [f"{side}: {text}" for name, side in sides if (text := " ".join(texts[name].split()))]
    if lines:
        before = values["signatories"].value if "signatories" in values else []
        values["signatories"] = Value([*before, *lines])


def _day_of(value: Value | None) -> Day | None:
    return None if value is None else Day(date.fromisoformat(value.value), value.precision or "day")


def _list_of_lines(cell: Cell) -> Value | Wrong | None:
    return list_value(cell, lines=True)


def _list_of_words(cell: Cell) -> Value | Wrong | None:
    return list_value(cell, lines=False)


_READERS = {
    "stage": stage_value,
    "term": term_value,
    "areas": _list_of_words,
    "signatories": _list_of_lines,
    "note": text_value,
}


class _Merged:
    """What merged cells say for the rows that they reach over."""

    def __init__(self, table: Table) -> None:
        rows = {row.number: row for row in table.rows} if table.merges else {}
        self._across = {top for (top, left), (_, right) in table.merges if right > left}
        self._down: dict[int, list[tuple[int, int, Cell]]] = {}
        for (top, left), (bottom, _) in sorted(table.merges):
            if bottom > top and top in rows:
                self._down.setdefault(left, []).append((top, bottom, rows[top].cell(left)))

    def value(self, row: int, column: int) -> Cell:
        spans = self._down.get(column, ())
        found = bisect_right(spans, row, key=lambda span: span[0]) - 1
        if found < 0:
            return None
        top, bottom, cell = spans[found]
        return cell if top < row <= bottom else None

    def across(self, row: int) -> bool:
        return row in self._across

    def has(self, column: int, first: int) -> bool:
        """Whether cells of a column are merged down, from a row on."""
        return any(top >= first for top, _, _ in self._down.get(column, ()))
