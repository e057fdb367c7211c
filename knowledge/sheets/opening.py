"""
Bytes of an .xlsx or .csv file as plain tables, within limits that are checked before anything is built.

A small file can hold a huge table: packed well, or with one cell at the far corner, for which the reading
library would lay out every cell before it. So an .xlsx is unpacked here under a limit, looked through for
where its cells stand, and only these very bytes are handed on.
"""

from __future__ import annotations

import csv
import posixpath
import re
import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from io import BytesIO, StringIO
from typing import NamedTuple
from xml.parsers.expat import ExpatError
from zipfile import ZIP_STORED, BadZipFile, ZipFile

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook

from knowledge.sheets.columns import Spot, address
from knowledge.sheets.package import (
    SheetError,
    careful_parser,
    check_package,
    damaged,
    local,
    macros,
    row_number,
    spot_of,
)

MOST_BYTES = 5 * 1024 * 1024
MOST_UNPACKED = 60 * 1024 * 1024  # 5,000 full rows of Thai text are 30 MB
MOST_ROWS = 5_000
MOST_COLUMNS = 40
MOST_LETTERS = 32_000  # in a cell; Excel's own limit is 32,767
MOST_MERGES = 2_000
MOST_SHEETS = 50
MOST_ANNOUNCED = r"[0-9]{1,6}"  # 200,000 texts at most in the cells of a sheet
CSV_SHEET = "CSV"

Cell = str | int | float | bool | date | datetime | time | timedelta
Merge = tuple[Spot, Spot]


@dataclass(frozen=True)
class Table:
    """One sheet, from its first cell on, so that places are those that a person sees."""

    name: str
    rows: Sequence[Sequence[Cell]]
    merges: tuple[Merge, ...] = ()
    dead: frozenset[Spot] = frozenset()  # formulas without a value, or with an error for one


def open_tables(data: bytes) -> tuple[Table, ...]:
    """
    Every sheet of a workbook, or the one table of a CSV file; which it is, the content tells.

    Raises:
        SheetError: If it is neither, too large, protected by a password, or carries macros.
    """
    if len(data) > MOST_BYTES:
        raise SheetError("ไฟล์ใหญ่เกิน 5 MB (file too large)", "ลบรูปภาพและแผ่นที่ไม่ใช้ แล้วบันทึกใหม่")
    if not data.strip():
        raise SheetError("ไฟล์ว่าง (empty file)", "ส่งออกไฟล์ใหม่จากระบบ แล้วแก้ในไฟล์นั้น")
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise SheetError(
            "ไฟล์เป็น .xls รุ่นเก่า หรือมีรหัสผ่าน (old format, or protected by a password)",
            "ยกเลิกรหัสผ่าน แล้วบันทึกเป็น .xlsx",
        )
    tables = _workbook(data) if data.startswith(b"PK") else (_csv(data),)
    for table in tables:
        _check_lengths(table)
    return tables


def _check_lengths(table: Table) -> None:
    for row, cells in enumerate(table.rows):
        for column, cell in enumerate(cells):
            if isinstance(cell, str) and len(cell) > MOST_LETTERS:
                where = address(table.name, (row, column))
                raise SheetError(
                    f"{where}: ข้อความยาวเกิน {MOST_LETTERS:,} ตัวอักษร (text too long)", "ย่อข้อความในช่องนี้"
                )


def _too_many_cells() -> SheetError:
    return SheetError(
        f"ตารางเกิน {MOST_ROWS:,} แถวหรือ {MOST_COLUMNS} คอลัมน์ (too many rows or columns)",
        "ลบแถวและคอลัมน์ที่ไม่ใช้ หรือแบ่งเป็นหลายไฟล์",
    )


# CSV


def _csv(data: bytes) -> Table:
    text = _decoded(data)
    first = next((line for line in text.splitlines() if line.strip()), "")
    delimiter = first[4] if re.fullmatch(r"sep=[,;\t]", first) else max(",;\t", key=first.count)
    rows: list[list[str]] = []
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        for row in reader:
            rows.append(row)
            if len(rows) > MOST_ROWS + 1 or len(row) > MOST_COLUMNS:
                raise _too_many_cells()
    except csv.Error as error:
        raise SheetError(
            f"อ่าน CSV ไม่ได้ที่บรรทัด {reader.line_num} ({error})",
            'ข้อความที่มี " หรือขึ้นบรรทัดใหม่ต้องคร่อมด้วย " และเขียน " เป็น "" หรือส่งเป็น .xlsx',
        ) from None
    return Table(CSV_SHEET, rows)


def _decoded(data: bytes) -> str:
    encodings = ("utf-16",) if data.startswith((b"\xff\xfe", b"\xfe\xff")) else ("utf-8-sig", "cp874")
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not re.search("[\x00-\x08\x0e-\x1f]", text):
            return text
    raise SheetError(
        "ไม่ใช่ไฟล์ .xlsx หรือ .csv ที่อ่านได้ (neither a workbook nor readable text)",
        "บันทึกเป็น .xlsx หรือ CSV UTF-8",
    )


# XLSX


def _workbook(data: bytes) -> tuple[Table, ...]:
    parts = _unpacked(data)
    dead = {name: _looked_through(part.content) for name, part in parts.items()}
    places = _places_of_sheets(parts)
    try:
        with CalamineWorkbook.from_filelike(BytesIO(_packed(parts))) as book:
            names = book.sheet_names[:MOST_SHEETS]
            return tuple(
                _table(book.get_sheet_by_name(name), dead.get(places.get(name, ""), frozenset()))
                for name in names
            )
    except (CalamineError, ValueError) as error:
        raise damaged(str(error)) from None


def _table(sheet: CalamineSheet, dead: frozenset[Spot]) -> Table:
    merges = tuple(sheet.merged_cell_ranges or ())
    if len(merges) > MOST_MERGES:
        raise SheetError("มีเซลล์ที่ผสานกันมากเกินไป (too many merged cells)", "ยกเลิกการผสานเซลล์ แล้วบันทึกใหม่")
    return Table(sheet.name, sheet.to_python(skip_empty_area=False), merges, dead)


# All that values need. The rest of a package (pictures, charts, styles of tables) is not even unpacked.
_NEEDED = re.compile(
    r"\[content_types\]\.xml|_rels/\.rels|xl/workbook\.xml|xl/_rels/workbook\.xml\.rels"
    r"|xl/sharedstrings\.xml|xl/styles\.xml|xl/worksheets/[^/]+\.xml"
)


class _Part(NamedTuple):
    spelled: str  # programs differ in upper and lower case
    content: bytes


def _unpacked(data: bytes) -> Mapping[str, _Part]:
    """The needed parts by their lower-case names, once it is known how large they will be."""
    try:
        with ZipFile(BytesIO(data)) as package:
            infos = package.infolist()
            check_package(infos, MOST_UNPACKED)
            needed = {
                info.filename.lower(): info for info in infos if _NEEDED.fullmatch(info.filename.lower())
            }
            # `read` stops at the size that the package declares, and that is the size that was checked.
            parts = {name: _Part(info.filename, package.read(info)) for name, info in needed.items()}
    except (BadZipFile, zlib.error, EOFError, OSError, ValueError) as error:
        raise damaged(str(error)) from None
    types = parts.get("[content_types].xml")
    if types is not None and b"macroEnabled" in types.content:
        raise macros()
    return parts


def _packed(parts: Mapping[str, _Part]) -> bytes:
    """A package of exactly what was checked."""
    made = BytesIO()
    with ZipFile(made, "w", ZIP_STORED) as package:
        for part in parts.values():
            package.writestr(*part)
    return made.getvalue()


@dataclass
class _Look:
    """Where the cells of a sheet stand. Positions may be left out in the file: then they count on."""

    row: int = -1
    column: int = -1
    value: bool = False
    formula: bool = False
    error: bool = False
    in_cell: bool = False
    dead: set[Spot] = field(default_factory=set)

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        match name:
            case "row":
                self.row = row_number(attributes["r"]) - 1 if "r" in attributes else self.row + 1
                self.column = -1
            case "c":
                self.row, self.column = spot_of(attributes.get("r"), (self.row, self.column + 1))
                self.in_cell, self.value, self.formula = True, False, False
                self.error = attributes.get("t") == "e"
            case "v" | "is" if self.in_cell:
                self.value = True
            case "f" if self.in_cell:
                self.formula = True

    def end(self, name: str) -> None:
        if name != "c" or not self.in_cell:
            return
        self.in_cell = False
        if not (self.value or self.formula):
            return  # only coloured or framed
        if not (0 <= self.row <= MOST_ROWS and 0 <= self.column < MOST_COLUMNS):
            raise _too_many_cells()
        if self.error or (self.formula and not self.value):
            self.dead.add((self.row, self.column))


def _looked_through(part: bytes) -> frozenset[Spot]:
    """
    Cells whose formula gave nothing; none in parts that are no sheet.

    Raises:
        SheetError: If a cell stands outside the limits, or the part is not well-formed.
    """
    look = _Look()
    _parse(part, look.start, look.end)
    return frozenset(look.dead)


def _places_of_sheets(parts: Mapping[str, _Part]) -> Mapping[str, str]:
    """Sheet names, and the lower-case part each is stored in."""
    targets = {
        attributes.get("Id", ""): attributes.get("Target", "")
        for name, attributes in _elements(parts.get("xl/_rels/workbook.xml.rels"))
        if name == "Relationship"
    }
    return {
        attributes.get("name", ""): posixpath.normpath(
            posixpath.join("/xl", targets.get(attributes.get("id", ""), ""))
        )
        .lstrip("/")
        .lower()
        for name, attributes in _elements(parts.get("xl/workbook.xml"))
        if name == "sheet"
    }


def _elements(part: _Part | None) -> Sequence[tuple[str, Mapping[str, str]]]:
    found: list[tuple[str, Mapping[str, str]]] = []
    if part is not None:
        _parse(part.content, lambda name, attributes: found.append((name, attributes)), lambda _: None)
    return found


def _parse(part: bytes, start: Callable[[str, Mapping[str, str]], None], end: Callable[[str], None]) -> None:
    """Walk through XML by names without their namespaces."""

    def on_start(name: str, attributes: dict[str, str]) -> None:
        for key, value in attributes.items():
            # Room is made for as many texts or styles as are announced, before any is read.
            if key.lower().endswith("count") and not re.fullmatch(MOST_ANNOUNCED, value):
                raise damaged(f"{key[:20]} {value[:20]}")
        start(local(name), {local(key): value for key, value in attributes.items()})

    parser = careful_parser()
    parser.StartElementHandler = on_start
    parser.EndElementHandler = lambda name: end(local(name))
    try:
        parser.Parse(part, True)
    except (ExpatError, ValueError) as error:
        raise damaged(str(error)) from None
