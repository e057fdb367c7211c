"""
A file as plain rows, within limits that hold for any file.

Rows are kept as narrow as they are and texts once only, so that 100,000 rows fit beside the program in 256 MB;
more than that is refused with the cell at which it was too much.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Literal

from knowledge.sheets.cells import as_text
from knowledge.sheets.columns import Spot, address
from knowledge.sheets.package import SheetError

MOST_BYTES = 20 * 1024 * 1024
MOST_ROWS = 100_100  # of all sheets together, empty ones not counted: 100,000 and what stands above them
MOST_COLUMNS = 60
MOST_CELLS = 1_600_000
MOST_LETTERS = 32_000  # in a cell; Excel's own limit is 32,767
MOST_TEXT = 64 * 1024 * 1024  # bytes of different texts, as they lie in memory
MOST_SHEETS = 50
MOST_MERGES = 20_000

CACHED = 200
"""Letters of a text up to which it is remembered how it was read: long ones would fill the memory."""
_UNSEEN = re.compile("[\u0080-\u009f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")

Cell = str | int | float | bool | date | None
Merge = tuple[Spot, Spot]  # first and last cell, both included


@dataclass(frozen=True, slots=True)
class Row:
    """
    One row that says something.

    `number` counts from 0. Bit n of `formulas` is set where column n holds a formula, whose value as it was
    saved is in `cells`; bit n of `dead` where a formula has no value, or an error for one.
    """

    number: int
    cells: tuple[Cell, ...]
    formulas: int = 0
    dead: int = 0

    def cell(self, column: int) -> Cell:
        return self.cells[column] if column < len(self.cells) else None


@dataclass(frozen=True)
class Table:
    """One sheet: its rows in order, those without any content left out."""

    name: str
    rows: Sequence[Row]
    merges: tuple[Merge, ...] = ()


@dataclass(frozen=True)
class Opened:
    """A file's tables, and what was left aside: hidden sheets, and links to other files."""

    tables: tuple[Table, ...]
    hidden: tuple[str, ...] = ()
    linked: bool = False


@dataclass
class Room:
    """How much was read so far, and the texts, each kept once."""

    rows: int = 0
    cells: int = 0
    text: int = 0
    _texts: dict[str, str] = field(default_factory=dict)

    def keep(self, text: str, sheet: str, spot: Spot) -> str:
        """
        The text as it is kept.

        Raises:
            SheetError: If it is too long for a cell, or all texts are too much.
        """
        known = self._texts.get(text)
        if known is not None:
            return known
        self.weigh(text, sheet, spot)
        self._texts[text] = text
        return text

    def weigh(self, text: str, sheet: str, spot: Spot | None = None) -> None:
        """Count a text that is not kept here."""
        if len(text) > MOST_LETTERS and spot is not None:
            raise too_long(sheet, spot)
        self.text += sys.getsizeof(text)
        if self.text > MOST_TEXT:
            raise too_much("text", sheet, spot)

    def add(self, sheet: str, row: Row) -> None:
        """
        Count a row.

        Raises:
            SheetError: If there are too many rows, columns or cells.
        """
        self.rows += 1
        self.cells += len(row.cells)
        if self.rows > MOST_ROWS:
            raise too_much("rows", sheet, (row.number, 0))
        if len(row.cells) > MOST_COLUMNS:
            raise too_much("columns", sheet, (row.number, MOST_COLUMNS))
        if self.cells > MOST_CELLS:
            raise too_much("cells", sheet, (row.number, 0))


_MOST = {
    "rows": f"{MOST_ROWS:,} แถว (too many rows)",
    "columns": f"{MOST_COLUMNS} คอลัมน์ (too many columns)",
    "cells": f"{MOST_CELLS:,} เซลล์ (too many cells)",
    "text": f"{MOST_TEXT // 1024 // 1024} MB ของข้อความ (too much text)",
}


def too_much(what: Literal["rows", "columns", "cells", "text"], sheet: str, spot: Spot | None) -> SheetError:
    where = address(sheet, spot) if spot is not None else sheet
    return SheetError(f"{where}: ไฟล์เกิน {_MOST[what]}", "ลบแถวและคอลัมน์ที่ไม่ใช้ หรือแบ่งเป็นหลายไฟล์")


def too_long(sheet: str, spot: Spot) -> SheetError:
    where = address(sheet, spot)
    return SheetError(
        f"{where}: ข้อความยาวเกิน {MOST_LETTERS:,} ตัวอักษร (text too long)", "ย่อข้อความในช่องนี้ แล้วนำเข้าใหม่"
    )


def text_of(cell: Cell) -> str:
    """The text that a person sees, without what nobody can see."""
    if cell is None:
        return ""
    return _seen(cell) if isinstance(cell, str) and len(cell) <= CACHED else _UNSEEN.sub("", as_text(cell))


@lru_cache(8192)  # a sheet says the same things in many rows
def _seen(text: str) -> str:
    return _UNSEEN.sub("", as_text(text))
