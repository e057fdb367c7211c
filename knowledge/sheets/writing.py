"""All entries as an .xlsx file for curators."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO

import xlsxwriter  # type: ignore[import-untyped]  # ships neither stubs nor py.typed

from knowledge.entries import PLAN_KEY, Base
from knowledge.sheets.columns import (
    COLUMNS,
    ENTRIES_SHEET,
    HELP_SHEET,
    NO,
    SOURCES_SHEET,
    TOPICS_SHEET,
    YES,
    Choices,
    address,
    cell_text,
    choices_of,
    tidy,
)
from knowledge.sheets.opening import MOST_LETTERS
from knowledge.sheets.package import SheetError

LAST_ROW = 1_000  # lists to choose from are offered down to here, for new entries

HELP = (
    f"แผ่น {ENTRIES_SHEET} มีหนึ่งรายการต่อหนึ่งแถว แก้ข้อความในช่องได้โดยตรง แล้วส่งไฟล์นี้กลับมานำเข้า",
    "เพิ่มรายการ: เขียนแถวใหม่ต่อท้าย ใช้รหัสใหม่ที่ไม่ซ้ำ",
    "เลิกใช้รายการ: ใส่รหัสของรายการใหม่ในช่อง แทนที่ด้วย การลบแถวออกจากไฟล์ไม่ได้ลบรายการ",
    "ช่องที่มีหลายค่า เขียนบรรทัดละหนึ่งค่า (ขึ้นบรรทัดใหม่ในช่องด้วย Alt+Enter)",
    "ไม่ต้องเปลี่ยนหัวตาราง สลับลำดับคอลัมน์ได้ คอลัมน์ที่ไม่มีในไฟล์จะคงค่าเดิม ช่องที่ลบให้ว่างจะถูกลบค่า",
    "ไม่ผสานเซลล์ และไม่ใช้สูตรแทนข้อความ หากมีสูตร ระบบอ่านเฉพาะค่าที่คำนวณแล้ว",
    "ปีเขียนเป็น พ.ศ. ใช้เลขไทยหรือเลขอารบิกก็ได้",
    "บันทึกเป็น .xlsx หรือ .csv (UTF-8) ขนาดไม่เกิน 5 MB ไม่เกิน 5,000 แถว",
    "หากมีข้อผิดพลาด ระบบจะแจ้งตำแหน่งช่อง เช่น รายการ!E12 พร้อมวิธีแก้",
)


def write_workbook(base: Base, target: BinaryIO | Path) -> None:
    """
    Write the base as a workbook that `read_workbook` takes back without a change.

    Raises:
        SheetError: If a text is longer than a cell may be; nothing is written then.
        OSError: If a path cannot be written.
    """
    made = BytesIO()
    # Everything is text: an answer that begins with "=" must not become a formula, nor an address a link.
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(made, options) as book:
        looks = _Looks(book)
        _write_entries(book, looks, base)
        _write_table(
            book,
            looks,
            SOURCES_SHEET,
            (("เขียนในช่องแหล่งที่มา", 26), ("ชื่อ", 80), ("ปี (พ.ศ.)", 14)),
            list(_sources(base)),
        )
        _write_table(
            book,
            looks,
            TOPICS_SHEET,
            (("หมวด", 30), ("รหัส", 18), ("ภาษาอังกฤษ", 30), ("คำอธิบาย", 60)),
            _topics(base),
        )
        fields = [(column.thai, column.english, column.fill) for column in COLUMNS]
        help_rows = [(line, "", "") for line in HELP]
        _write_table(
            book, looks, HELP_SHEET, (("ช่อง", 30), ("ภาษาอังกฤษ", 24), ("สิ่งที่เขียน", 90)), fields, help_rows
        )
    if isinstance(target, Path):
        target.write_bytes(made.getvalue())
    else:
        target.write(made.getvalue())


class _Looks:
    """The few formats of the workbook. "@" keeps what is typed as text: 2562 stays a text, 3/11 no date."""

    def __init__(self, book: Any) -> None:
        cell = {"num_format": "@", "text_wrap": True, "valign": "top"}
        self.cell = book.add_format(cell)
        self.head = book.add_format(
            {
                **cell,
                "bold": True,
                "font_color": "#FFFFFF",
                "bg_color": "#0B5D4B",
                "border": 1,
                "valign": "vcenter",
            }
        )
        self.note = book.add_format({"num_format": "@", "valign": "top"})


def _write_entries(book: Any, looks: _Looks, base: Base) -> None:
    choices = choices_of(base)
    sheet = book.add_worksheet(ENTRIES_SHEET)
    sheet.freeze_panes(1, 1)
    sheet.set_row(0, 32)
    for number, column in enumerate(COLUMNS):
        sheet.set_column(number, number, column.width, looks.cell)
        _write(sheet, (0, number), column.thai, looks.head)
        for row, entry in enumerate(base.entries, start=1):
            _write(sheet, (row, number), cell_text(entry, column, choices), looks.cell)
        last = max(LAST_ROW, len(base.entries))
        if column.kind == "known":
            _offer(sheet, (1, number, last, number), [YES, NO])
        elif column.field == "topic":
            # A list in the cell itself may have 255 letters; the topics have more.
            _offer(sheet, (1, number, last, number), f"='{TOPICS_SHEET}'!$A$2:$A${1 + len(base.topics)}")
        elif column.kind == "choice":
            _offer(sheet, (1, number, last, number), list(choices[column.field].labels))
    sheet.autofilter(0, 0, max(1, len(base.entries)), len(COLUMNS) - 1)


def _offer(sheet: Any, area: tuple[int, int, int, int], source: Sequence[str] | str) -> None:
    """Values to choose from. A warning only: keys instead of labels are understood as well."""
    rule = {
        "validate": "list",
        "source": source,
        "error_type": "warning",
        "error_title": "ค่านี้ไม่มีในรายการ",
        "error_message": "กรุณาเลือกจากรายการ",
    }
    sheet.data_validation(*area, rule)


def _sources(base: Base) -> Iterator[tuple[str, ...]]:
    for key, source in base.sources.items():
        yield key, source.title, source.year
        if key == PLAN_KEY:
            for anchor, heading in base.plan.headings.items():
                yield f"{key}#{anchor}", f"หัวข้อ {heading}", source.year


def _topics(base: Base) -> list[tuple[str, ...]]:
    shown: Choices = choices_of(base)["topic"]
    return [(shown.shown(topic.key), topic.key, topic.label_en, topic.description) for topic in base.topics]


def _write_table(
    book: Any,
    looks: _Looks,
    name: str,
    heads: Sequence[tuple[str, int]],
    rows: Sequence[tuple[str, ...]],
    notes: Sequence[tuple[str, ...]] = (),
) -> None:
    sheet = book.add_worksheet(name)
    for column, (head, width) in enumerate(heads):
        sheet.set_column(column, column, width, looks.cell)
        _write(sheet, (len(notes), column), head, looks.head)
    for row, texts in enumerate(notes):
        _write(sheet, (row, 0), texts[0], looks.note)
    sheet.freeze_panes(len(notes) + 1, 0)
    for row, texts in enumerate(rows, start=len(notes) + 1):
        for column, text in enumerate(texts):
            _write(sheet, (row, column), text, looks.cell)


def _write(sheet: Any, spot: tuple[int, int], text: str, look: Any) -> None:
    text = tidy(text)
    if len(text) > MOST_LETTERS:
        where = address(sheet.get_name(), spot)
        raise SheetError(f"{where}: ข้อความยาวเกิน {MOST_LETTERS:,} ตัวอักษร (text too long)", "ย่อข้อความก่อนส่งออก")
    sheet.write_string(*spot, text, look)
