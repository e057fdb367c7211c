"""Which kind of file it is, told by its content, and its tables."""

from __future__ import annotations

import hashlib
from pathlib import Path

from bot.registering.comma import open_comma
from bot.registering.tables import MOST_BYTES, Opened, Room
from bot.registering.workbook import open_workbook
from knowledge.sheets.package import SheetError, macros

_OLD = b"\xd0\xcf\x11\xe0"
_ZIP = b"PK"


def open_tables(path: Path) -> Opened:
    """
    Every sheet of a workbook, or the one table of a CSV file.

    Raises:
        SheetError: If it cannot be read whole, with the cell where that can be told.
        OSError: If there is no such file, or it may not be read.
    """
    if path.stat().st_size > MOST_BYTES:
        raise SheetError(
            f"ไฟล์ใหญ่เกิน {MOST_BYTES // 1024 // 1024} MB (file too large)", "ลบรูปภาพและแผ่นที่ไม่ใช้ แล้วบันทึกใหม่"
        )
    if path.suffix.lower() in (".xlsm", ".xltm", ".xlsb"):
        raise macros()
    with path.open("rb") as file:
        start = file.read(4)
        if not start:
            raise SheetError("ไฟล์ว่าง (empty file)", "ส่งออกไฟล์ใหม่ แล้วนำเข้าใหม่")
        if start == _OLD:
            raise SheetError(
                "ไฟล์เป็น .xls รุ่นเก่า หรือมีรหัสผ่าน (old format, or protected by a password)",
                "ยกเลิกรหัสผ่าน แล้วบันทึกเป็น .xlsx",
            )
        file.seek(0)
        if start.startswith(_ZIP):
            return open_workbook(file, Room())
        if path.suffix.lower() == ".xlsx":
            raise SheetError("ไม่ใช่ไฟล์ .xlsx (not an .xlsx workbook)", "บันทึกเป็น .xlsx หรือ CSV UTF-8")
        return Opened((open_comma(file, Room()),))


def digest(path: Path) -> str:
    """SHA-256 of the file, as hex digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
