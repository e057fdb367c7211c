"""
What is checked of every .xlsx file before it is believed: its list of contents, its XML, its addresses.

Both readers use it: the one of entries, which lays a small table out, and the one of registry sheets, which
goes through a large one row by row.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from xml.parsers.expat import ParserCreate, XMLParserType
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipInfo

from knowledge.sheets.columns import Spot


class SheetError(Exception):
    """The file as a whole cannot be read (or written). Says what is wrong, and what to do instead."""

    def __init__(self, problem: str, instead: str) -> None:
        super().__init__(f"{problem} · {instead}")
        self.problem = problem
        self.instead = instead


def damaged(english: str) -> SheetError:
    return SheetError(f"ไฟล์ .xlsx เสียหาย ({english})", "เปิดใน Excel หรือ LibreOffice แล้วบันทึกเป็น .xlsx ใหม่")


def check_package(infos: Sequence[ZipInfo], most_unpacked: int) -> None:
    """
    Refuse a package by its list of contents, before anything in it is unpacked.

    Args:
        most_unpacked: Bytes that all parts together may declare.
    """
    names = {info.filename.lower() for info in infos}
    if any(name.endswith("vbaproject.bin") for name in names):
        raise macros()
    if "xl/workbook.xml" not in names:
        raise SheetError("ไม่ใช่ไฟล์ .xlsx (not an .xlsx workbook)", "บันทึกเป็น .xlsx หรือ CSV UTF-8")
    if any(info.flag_bits & 1 for info in infos):
        raise SheetError("ไฟล์มีรหัสผ่าน (protected by a password)", "ยกเลิกรหัสผ่าน แล้วบันทึกใหม่")
    if sum(info.file_size for info in infos) > most_unpacked:
        raise SheetError(
            "ข้อมูลในไฟล์ใหญ่เกินไปเมื่อคลายแล้ว (too large when unpacked)", "ลบแผ่นและแถวที่ไม่ใช้ แล้วบันทึกใหม่"
        )
    if any(info.compress_type not in (ZIP_STORED, ZIP_DEFLATED) for info in infos):
        raise damaged("unusual compression")


def macros() -> SheetError:
    return SheetError("ไม่รับไฟล์ที่มีมาโคร .xlsm (macros are refused)", "บันทึกเป็น .xlsx ซึ่งไม่มีมาโคร")


def careful_parser() -> XMLParserType:
    """A parser of XML that refuses what no workbook has and what could be read in two ways."""

    def on_doctype(*_: object) -> None:
        # Entities in it could blow up a small text.
        raise damaged("DOCTYPE")

    def on_declaration(_: str, encoding: str | None, __: int) -> None:
        # Another encoding could read as other cells here than in a library that reads it again.
        if encoding is not None and encoding.lower() not in ("utf-8", "us-ascii"):
            raise damaged(f"encoding {encoding[:20]}")

    parser = ParserCreate("utf-8", namespace_separator=" ")
    parser.XmlDeclHandler = on_declaration
    parser.StartDoctypeDeclHandler = on_doctype
    return parser


def local(name: str) -> str:
    """The name of an element or attribute without its namespace."""
    return name[name.rfind(" ") + 1 :]


_REFERENCE = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})")


def row_number(text: str) -> int:
    """The row that an attribute names, counted from 1."""
    if not re.fullmatch(r"[0-9]{1,7}", text):
        raise damaged(f"row {text[:20]}")
    return int(text)


def spot_of(reference: str | None, next_: Spot) -> Spot:
    """Where a cell stands; without a reference it stands at `next_`."""
    if reference is None:
        return next_
    found = _REFERENCE.fullmatch(reference)
    if found is None:
        raise damaged(f"cell {reference[:20]}")
    column = 0
    for letter in found[1].upper():
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(found[2]) - 1, column - 1
