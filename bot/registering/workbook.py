"""
An .xlsx file read as a stream, cell by cell, without laying anything out.

Only the parts that hold values are unpacked; the sheets never lie in memory whole. Each cell is known with its
formula, its kind and its format, so that a number that is shown as a date is a date here.
"""

from __future__ import annotations

import posixpath
import re
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import BinaryIO
from xml.parsers.expat import ExpatError
from zipfile import BadZipFile, ZipFile, ZipInfo

from bot.registering.tables import (
    MOST_COLUMNS,
    MOST_LETTERS,
    MOST_MERGES,
    MOST_SHEETS,
    Cell,
    Merge,
    Opened,
    Room,
    Row,
    Table,
    text_of,
    too_long,
    too_much,
)
from knowledge.sheets.columns import address
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

MOST_UNPACKED = 160 * 1024 * 1024
LAST_ROW = 1_048_575
LONGEST_SHEET = 60  # letters of its name; Excel allows 31
_BLOCK = 1 << 16
_LONGEST_TAG = 2 << 20  # bytes that may be waited for until a tag ends
_DEEPEST = 40

Start = Callable[[str, Mapping[str, str]], None]
End = Callable[[str], None]
Said = Callable[[str], None]


def open_workbook(file: BinaryIO, room: Room) -> Opened:
    """
    Every sheet that is not hidden.

    Raises:
        SheetError: If the file is no workbook, is protected, damaged or too large, or carries macros.
    """
    try:
        with ZipFile(file) as package:
            infos = package.infolist()
            check_package(infos, MOST_UNPACKED)
            return _opened(_Package(package, {info.filename.lower(): info for info in infos}), room)
    except (BadZipFile, zlib.error, EOFError, OSError, NotImplementedError) as error:
        raise damaged(str(error)) from None


def _opened(package: _Package, room: Room) -> Opened:
    if any(
        "macroEnabled" in value
        for _, found in package.elements("[content_types].xml")
        for value in found.values()
    ):
        raise macros()
    sheets, from_1904 = _sheets(package)
    look = _Look(
        _texts(package, room), _date_styles(package), date(1904, 1, 1) if from_1904 else date(1899, 12, 30)
    )
    shown = [(name, part) for name, part, hidden in sheets if not hidden and package.has(part)]
    return Opened(
        tuple(_table(package, name, part, look, room) for name, part in shown),
        tuple(name for name, _, hidden in sheets if hidden),
        package.links,
    )


@dataclass(frozen=True)
class _Package:
    """The parts of a package, by their lower-case names: programs differ."""

    file: ZipFile
    parts: Mapping[str, ZipInfo]

    def has(self, part: str) -> bool:
        return part in self.parts

    @property
    def links(self) -> bool:
        return any(name.startswith("xl/externallinks/") for name in self.parts)

    def walk(self, part: str, start: Start, end: End = lambda _: None, said: Said = lambda _: None) -> None:
        """Go through a part's XML by names without their namespaces; a part that is not there is empty."""
        if part not in self.parts:
            return
        depth = 0

        def on_start(name: str, attributes: dict[str, str]) -> None:
            nonlocal depth
            depth += 1
            if depth > _DEEPEST:
                raise damaged("nested too deeply")
            start(local(name), attributes)

        def on_end(name: str) -> None:
            nonlocal depth
            depth -= 1
            end(local(name))

        parser = careful_parser()
        parser.buffer_text = True
        parser.StartElementHandler, parser.EndElementHandler = on_start, on_end
        parser.CharacterDataHandler = said
        fed = 0
        try:
            with self.file.open(self.parts[part]) as stream:
                while block := stream.read(_BLOCK):
                    parser.Parse(block, False)
                    fed += len(block)
                    if fed - parser.CurrentByteIndex > _LONGEST_TAG:
                        raise damaged("a tag does not end")
            parser.Parse(b"", True)
        except ExpatError as error:
            raise damaged(f"{part}: {error}") from None

    def elements(self, part: str) -> list[tuple[str, dict[str, str]]]:
        """All elements of a small part, with their attributes."""
        found: list[tuple[str, dict[str, str]]] = []

        def start(name: str, attributes: Mapping[str, str]) -> None:
            if len(found) > 100_000:
                raise damaged(f"{part}: too many elements")
            found.append((name, {local(key): value for key, value in attributes.items()}))

        self.walk(part, start)
        return found


def _sheets(package: _Package) -> tuple[list[tuple[str, str, bool]], bool]:
    """Names of the sheets with the lower-case part of each and whether it is hidden; whether days count from 1904."""
    targets = {
        found.get("Id", ""): found.get("Target", "")
        for name, found in package.elements("xl/_rels/workbook.xml.rels")
        if name == "Relationship"
    }
    sheets: list[tuple[str, str, bool]] = []
    from_1904 = False
    for name, found in package.elements("xl/workbook.xml"):
        if name == "sheet":
            target = posixpath.normpath(posixpath.join("/xl", targets.get(found.get("id", ""), "")))
            hidden = found.get("state", "visible") != "visible"
            shown = (
                " ".join(text_of(found.get("name", "")).split())[:LONGEST_SHEET] or f"Sheet{len(sheets) + 1}"
            )
            sheets.append((shown, target.lstrip("/").lower(), hidden))
        elif name == "workbookPr":
            from_1904 = found.get("date1904", "0") in ("1", "true")
    if len(sheets) > MOST_SHEETS:
        raise SheetError(f"มีมากกว่า {MOST_SHEETS} แผ่น (too many sheets)", "ลบแผ่นที่ไม่ใช้ หรือแบ่งเป็นหลายไฟล์")
    return [one for one in sheets if "/chartsheets/" not in one[1]], from_1904


# ------------------------------------------------------------------ texts and formats

_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


def _unescaped(text: str) -> str:
    """`_x000D_` stands for a sign that XML cannot hold."""
    return _ESCAPED.sub(_sign, text) if "_x" in text else text


def _sign(found: re.Match[str]) -> str:
    code = int(found[1], 16)
    return found[0] if 0xD800 <= code <= 0xDFFF else chr(code)  # half a letter is none


def _texts(package: _Package, room: Room) -> list[str | None]:
    """The shared texts; None for one that is too long for a cell, which matters only where it is used."""
    texts: list[str | None] = []
    pieces: list[str] = []
    length = phonetic = 0
    reading = False

    def start(name: str, _: Mapping[str, str]) -> None:
        nonlocal length, phonetic, reading
        match name:
            case "si":
                pieces.clear()
                length = 0
            case "rPh":
                phonetic += 1
            case "t":
                reading = not phonetic

    def said(text: str) -> None:
        nonlocal length
        if reading:
            length += len(text)
            if length <= MOST_LETTERS:
                pieces.append(text)

    def end(name: str) -> None:
        nonlocal phonetic, reading
        match name:
            case "si":
                text = None if length > MOST_LETTERS else _unescaped("".join(pieces))
                room.weigh(text or "", "sharedStrings")
                texts.append(text)
            case "rPh":
                phonetic -= 1
            case "t":
                reading = False

    package.walk("xl/sharedstrings.xml", start, end, said)
    return texts


# Formats that every program knows by number: dates of the West and, from 71 on, of Thailand.
_DATE_FORMATS = frozenset((*range(14, 18), 22, *range(27, 37), *range(50, 59), *range(71, 75), 77, 81))
_NOT_PATTERN = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')


def _date_styles(package: _Package) -> list[bool]:
    """For each style of a cell, whether a number in it is shown as a date."""
    formats: dict[str, bool] = {}
    styles: list[bool] = []
    inside = False

    def start(name: str, found: Mapping[str, str]) -> None:
        nonlocal inside
        if name == "numFmt":
            pattern = _NOT_PATTERN.sub("", found.get("formatCode", "")).split(";")[0].lower()
            shows = pattern != "general" and re.search("[ydb]|ปป|วว", pattern) is not None
            formats[found.get("numFmtId", "")] = shows
        elif name == "cellXfs":
            inside = True
        elif name == "xf" and inside:
            number = found.get("numFmtId", "0")
            styles.append(formats.get(number, number.isdecimal() and int(number) in _DATE_FORMATS))
            if len(styles) > 100_000:
                raise damaged("too many formats")

    def end(name: str) -> None:
        nonlocal inside
        inside = inside and name != "cellXfs"

    package.walk("xl/styles.xml", start, end)
    return styles


# ------------------------------------------------------------------ cells


@dataclass(frozen=True)
class _Look:
    """What the cells of all sheets are understood by."""

    texts: list[str | None]
    date_styles: list[bool]
    day_zero: date


_COLUMNS = {address("A", (0, column)).removeprefix("A!")[:-1]: column for column in range(MOST_COLUMNS)}
"""Most cells stand in these: a sheet of 100,000 rows asks a million times."""


@dataclass
class _Sheet:
    """One sheet while it is read. Positions may be left out in the file: then they count on."""

    name: str
    look: _Look
    room: Room
    rows: list[Row] = field(default_factory=list)
    merges: list[Merge] = field(default_factory=list)
    number: int = -1
    label: str = "0"  # the row's number as the references of its cells end
    column: int = -1
    cells: list[Cell] = field(default_factory=list)
    formulas: int = 0
    dead: int = 0
    kind: str = ""
    style: int = -1
    formula: bool = False
    reading: bool = False
    valued: bool = False
    phonetic: bool = False
    length: int = 0
    pieces: list[str] = field(default_factory=list)

    def start(self, name: str, found: Mapping[str, str]) -> None:
        match name:
            case "row":
                self.number = row_number(found["r"]) - 1 if "r" in found else self.number + 1
                self.label, self.column = str(self.number + 1), -1
            case "c":
                self._start_cell(found)
            case "v":
                self.reading = self.valued = True
            case "t" if not self.phonetic:
                self.reading = self.valued = True
            case "f":
                self.formula = True
            case "rPh":
                self.phonetic = True
            case "mergeCell":
                self._add_merge(found.get("ref", ""))

    def _start_cell(self, found: Mapping[str, str]) -> None:
        reference = found.get("r", "")
        letters = reference.rstrip("0123456789")
        if letters in _COLUMNS and reference[len(letters) :] == self.label:
            self.column = _COLUMNS[letters]
        else:
            row, self.column = spot_of(reference or None, (self.number, self.column + 1))
            if row != self.number or row > LAST_ROW:
                raise damaged(f"cell {reference[:20]}")
        self.kind = found.get("t", "n")
        style = found.get("s", "")
        self.style = int(style) if style.isdecimal() and len(style) < 9 else -1
        self.formula = self.reading = self.valued = self.phonetic = False
        self.length = 0
        self.pieces.clear()

    def said(self, text: str) -> None:
        if self.reading:
            self.length += len(text)
            if self.length > MOST_LETTERS:
                raise too_long(self.name, (self.number, self.column))
            self.pieces.append(text)

    def end(self, name: str) -> None:
        match name:
            case "v" | "t":
                self.reading = False
            case "rPh":
                self.phonetic = False
            case "c":
                self._end_cell()
            case "row":
                self._end_row()

    def _end_cell(self) -> None:
        if not (self.valued or self.formula):
            return  # only coloured or framed
        value = self._value() if self.valued else None
        if value is None and not self.formula and self.kind != "e":
            return
        if self.column >= MOST_COLUMNS:
            raise too_much("columns", self.name, (self.number, self.column))
        bit = 1 << self.column
        self.formulas |= bit if self.formula else 0
        self.dead |= bit if value is None else 0
        self.cells += [None] * (self.column + 1 - len(self.cells))
        self.cells[self.column] = value

    def _value(self) -> Cell:
        text = "".join(self.pieces)
        match self.kind:
            case "s":
                return self._shared(text)
            case "inlineStr" | "str":
                kept = _unescaped(text)
                return self.room.keep(kept, self.name, (self.number, self.column)) if kept else None
            case "b":
                return text.strip() == "1"
            case "e":
                return None
            case "d":
                return self._day(text)
            case _:
                return self._number(text)

    def _shared(self, text: str) -> Cell:
        texts = self.look.texts
        if not text.isdecimal() or len(text) > 8 or int(text) >= len(texts):
            raise damaged(f"text {text[:20]}")
        found = texts[int(text)]
        if found is None:
            raise too_long(self.name, (self.number, self.column))
        return found or None

    def _day(self, text: str) -> Cell:
        try:
            return date.fromisoformat(text.strip()[:10])
        except ValueError:
            return self.room.keep(text, self.name, (self.number, self.column))

    def _number(self, text: str) -> Cell:
        try:
            number = float(text)
        except ValueError:
            return self.room.keep(text, self.name, (self.number, self.column)) if text.strip() else None
        if not abs(number) < 1e15:
            return self.room.keep(text, self.name, (self.number, self.column))
        styles = self.look.date_styles
        if 1 <= number < 2_950_000 and 0 <= self.style < len(styles) and styles[self.style]:
            return self.look.day_zero + timedelta(days=int(number))
        return int(number) if number.is_integer() else number

    def _end_row(self) -> None:
        if self.cells:
            row = Row(self.number, tuple(self.cells), self.formulas, self.dead)
            if self.rows and row.number <= self.rows[-1].number:
                raise damaged(f"row {row.number + 1}")
            self.room.add(self.name, row)
            self.rows.append(row)
        self.cells = []
        self.formulas = self.dead = 0

    def _add_merge(self, reference: str) -> None:
        first, _, last = reference.partition(":")
        self.merges.append((spot_of(first, (0, 0)), spot_of(last or first, (0, 0))))
        if len(self.merges) > MOST_MERGES:
            raise SheetError(
                f"{self.name}: มีเซลล์ที่ผสานกันมากเกินไป (too many merged cells)", "ยกเลิกการผสานเซลล์ แล้วบันทึกใหม่"
            )


def _table(package: _Package, name: str, part: str, look: _Look, room: Room) -> Table:
    sheet = _Sheet(name, look, room)
    package.walk(part, sheet.start, sheet.end, sheet.said)
    return Table(name, sheet.rows, tuple(sheet.merges))
