"""A whole file beside the registry: its sheets one after the other, and the report of all."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from bot.language.names import Lexicon
from bot.registering.headings import Header, Mapped, find_header
from bot.registering.ours import Ours
from bot.registering.reading import SheetReading
from bot.registering.reconciling import Reconciler
from bot.registering.report import Report, Sheet
from bot.registering.tables import Opened, Table

_NO_HEADINGS = "ไม่พบหัวตารางของทะเบียน จึงไม่อ่าน (no headings of the registry: not read)"
_NOT_ENOUGH = (
    "ไม่มีคอลัมน์จังหวัดและคู่ความสัมพันธ์ จึงไม่อ่าน (no province and partner: not read; say --map FIELD=HEADING)"
)


def compare(
    opened: Opened,
    ours: Ours,
    lexicon: Lexicon,
    *,
    file_name: str,
    sha256: str,
    mapped: Mapped,
    remembered: Mapping[str, Mapped],
    today: date,
) -> Report:
    """
    What the file says of the registry.

    Args:
        mapped: Headings, squashed, or letters of columns, with the field that each is said to be.
        remembered: The same, said before, by the key of all headings of a sheet.
    """
    reconciler = Reconciler(ours, lexicon, file_name)
    sheets = []
    for table in opened.tables:
        header = find_header(table, mapped, remembered) if table.rows else None
        sheets.append(_understood(table, header))
        if header is not None and header.usable:
            reading = SheetReading(table, header, today)
            reconciler.take(reading.rows())
            reconciler.found.notices += reading.notices
    notes = [f"แผ่น {name} ซ่อนอยู่ จึงไม่อ่าน (a hidden sheet is not read)" for name in opened.hidden]
    if opened.linked:
        notes.append("มีลิงก์ไปไฟล์อื่น ใช้ค่าที่บันทึกไว้ (links to other files; saved values are read)")
    return Report(file_name, sha256, sheets, notes, reconciler.finish(), ours)


def _understood(table: Table, header: Header | None) -> Sheet:
    if header is None:
        return Sheet(table.name, None, _NO_HEADINGS)
    return Sheet(table.name, header, "" if header.usable else _NOT_ENOUGH)
