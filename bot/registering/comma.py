"""CSV files: whatever spreadsheet programs in Thailand write, read as a stream."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO

from bot.registering.tables import MOST_BYTES, MOST_COLUMNS, Room, Row, Table, too_much
from knowledge.sheets.package import SheetError

SHEET = "CSV"
_BLOCK = 1 << 18
_SAMPLE = 1 << 16
_SEPARATED = re.compile(r"sep=([,;\t])\s*")
_GUARDED = re.compile(r"^'(?=[=+\-@\t\r])")  # as we write cells that a program would take for formulas
_THAI = re.compile("[ก-๙]")


def open_comma(file: BinaryIO, room: Room) -> Table:
    """
    The rows of a CSV file in UTF-8, UTF-16 or Windows Thai (cp874, TIS-620), separated by `,`, `;` or tab.

    Raises:
        SheetError: If it is no text, or its quotes do not fit.
    """
    encoding = _encoding_of(file)
    file.seek(0)
    text = io.TextIOWrapper(file, encoding, newline="")
    try:
        delimiter = _delimiter_of(text.read(_SAMPLE))
        text.seek(0)
        with _long_fields():
            return Table(SHEET, list(_rows(csv.reader(text, delimiter=delimiter, strict=True), room)))
    finally:
        text.detach()


def _rows(reader: Iterator[list[str]], room: Room) -> Iterator[Row]:
    number = -1
    try:
        for number, cells in enumerate(reader):
            if number == 0 and cells and cells[0] == "sep=":
                continue
            while cells and not cells[-1].strip():
                cells.pop()
            if len(cells) > MOST_COLUMNS:
                raise too_much("columns", SHEET, (number, MOST_COLUMNS))
            if any(cell.strip() for cell in cells):
                bare = (_GUARDED.sub("", cell) for cell in cells)
                kept = (room.keep(cell, SHEET, (number, column)) or None for column, cell in enumerate(bare))
                row = Row(number, tuple(kept))
                room.add(SHEET, row)
                yield row
    except csv.Error as error:
        raise SheetError(
            f"{SHEET}!A{number + 2}: อ่าน CSV ไม่ได้ ({error})",
            'ข้อความที่มี " หรือขึ้นบรรทัดใหม่ต้องคร่อมด้วย " และเขียน " เป็น "" หรือส่งเป็น .xlsx',
        ) from None


@contextmanager
def _long_fields() -> Iterator[None]:
    """Long fields are read whole, so that the fault can name their cell."""
    before = csv.field_size_limit(MOST_BYTES)
    try:
        yield
    finally:
        csv.field_size_limit(before)


def _delimiter_of(sample: str) -> str:
    said = _SEPARATED.match(sample)
    if said is not None:
        return said[1]
    bare = re.sub(r'"[^"]*"', "", sample)
    return max(",;\t", key=bare.count)


def _encoding_of(file: BinaryIO) -> str:
    file.seek(0)
    start = file.read(4)
    if start.startswith(codecs.BOM_UTF8):
        _check(file, "utf-8")
        return "utf-8-sig"
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        _check(file, "utf-16")
        return "utf-16"
    thai, fault = _try(file, "utf-8")
    if fault is None:
        return "utf-8"
    if thai:
        raise _undecodable("UTF-8", fault)
    _check(file, "cp874")
    return "cp874"


def _check(file: BinaryIO, encoding: str) -> None:
    _, fault = _try(file, encoding)
    if fault is not None:
        raise _undecodable(encoding.upper(), fault)


def _try(file: BinaryIO, encoding: str) -> tuple[bool, int | None]:
    """Whether Thai was read, and the line (from 1) that is no text in this encoding, if there is one."""
    file.seek(0)
    decoder = codecs.getincrementaldecoder(encoding)()
    thai, line = False, 1
    while True:
        block = file.read(_BLOCK)
        try:
            text = decoder.decode(block, not block)
        except UnicodeDecodeError as error:
            good = error.object[: error.start].decode(encoding, "ignore")
            return thai or _THAI.search(good) is not None, line + good.count("\n")
        if "\x00" in text:
            return thai, line + text[: text.index("\x00")].count("\n")
        thai = thai or _THAI.search(text) is not None
        line += text.count("\n")
        if not block:
            return thai, None


def _undecodable(encoding: str, line: int) -> SheetError:
    return SheetError(
        f"{SHEET}!A{line}: บรรทัดนี้ไม่ใช่ข้อความที่อ่านได้ใน {encoding} (wrong encoding)",
        "บันทึกเป็น CSV UTF-8 หรือ .xlsx แล้วนำเข้าใหม่",
    )
