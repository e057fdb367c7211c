"""Workbooks read as a stream: the same values as a library finds, and nothing hostile gets further."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
import xlsxwriter  # type: ignore[import-untyped]  # ships neither stubs nor py.typed
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from bot.registering import tables, workbook
from bot.registering.opening import digest, open_tables
from bot.registering.tables import MOST_COLUMNS, MOST_LETTERS, Opened, Table
from knowledge.sheets.package import SheetError
from tests.bot.registering.made import Formula, book

SHEET_PART = "xl/worksheets/sheet1.xml"


def opened(file: Path) -> Opened:
    return open_tables(file)


def only(file: Path) -> Table:
    (table,) = opened(file).tables
    return table


def told(file: Path) -> str:
    with pytest.raises(SheetError) as error:
        open_tables(file)
    assert "\n" not in str(error.value)
    return str(error.value)


def repacked(file: Path, parts: Mapping[str, bytes | None]) -> Path:
    """The same package with some parts another, or (None) away."""
    with ZipFile(file) as package:
        kept = {info.filename: package.read(info) for info in package.infolist()}
    kept = {name: content for name, content in (kept | dict(parts)).items() if content is not None}
    target = file.with_name(f"{file.stem}-other.xlsx")
    with ZipFile(target, "w", ZIP_DEFLATED) as package:
        for name, content in kept.items():
            package.writestr(name, content)
    return target


def sheet_xml(inside: str, more: str = "") -> bytes:
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return f'<worksheet xmlns="{space}"><sheetData>{inside}</sheetData>{more}</worksheet>'.encode()


@pytest.fixture
def plain(tmp_path: Path) -> Path:
    return book(tmp_path / "plain.xlsx", [["จังหวัด", "x"], ["เชียงใหม่", 1]])


CELLS = st.one_of(
    st.text(st.characters(blacklist_categories=["Cs", "Cc"]), min_size=1, max_size=20),
    st.integers(-(10**9), 10**9),
    st.floats(-1e9, 1e9, allow_nan=False),
    st.dates(date(1901, 1, 1), date(2700, 12, 31)),
    st.booleans(),
    st.just(""),
)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(st.lists(CELLS, max_size=6), max_size=6))
def test_cells_are_what_another_reader_finds(tmp_path: Path, cells: list[list[Any]]) -> None:
    file = book(tmp_path / "any.xlsx", cells)
    rows = {row.number: row.cells for row in only(file).rows}
    expected = CalamineWorkbook.from_path(file).get_sheet_by_index(0).to_python(skip_empty_area=False)
    for number, values in enumerate(expected):
        for column, value in enumerate(values):
            mine = rows.get(number, ())
            found = mine[column] if column < len(mine) else None
            if isinstance(value, datetime):
                value = value.date()
            assert found == (value if value != "" else None), (number, column)
    assert len(rows) <= len(expected)


def test_formulas_give_their_saved_values_and_are_marked(tmp_path: Path) -> None:
    file = book(
        tmp_path / "f.xlsx",
        [
            [
                Formula("=1+1", 2),
                Formula('="a"&"b"', "ab"),
                Formula("=#REF!", "#REF!"),
                Formula("=TRUE()", True),
            ]
        ],
    )
    (row,) = only(file).rows
    assert row.cells == (2, "ab", None, True)
    assert (row.formulas, row.dead) == (0b1111, 0b0100)


def test_a_formula_that_was_never_worked_out_is_dead(plain: Path) -> None:
    (row,) = only(repacked(plain, {SHEET_PART: sheet_xml('<row r="1"><c r="B1"><f>A1</f></c></row>')})).rows
    assert (row.cells, row.formulas, row.dead) == ((None, None), 0b10, 0b10)


def test_rich_texts_lose_their_looks_and_their_pronunciation(plain: Path) -> None:
    rich = "<is><r><t>เชียง</t></r><r><t>ใหม่</t></r><rPh sb='0' eb='1'><t>อ่าน</t></rPh></is>"
    file = repacked(
        plain,
        {
            SHEET_PART: sheet_xml(
                f'<row><c t="inlineStr">{rich}</c><c t="d"><v>2017-06-12T00:00:00</v></c></row>'
            )
        },
    )
    assert [row.cells for row in only(file).rows] == [("เชียงใหม่", date(2017, 6, 12))]


def test_days_count_from_1904_where_the_workbook_says_so(tmp_path: Path) -> None:
    file = tmp_path / "mac.xlsx"
    with xlsxwriter.Workbook(file, {"date_1904": True, "default_date_format": "dd/mm/yy"}) as made:
        made.add_worksheet().write_datetime(0, 0, date(2017, 6, 12))
    assert only(file).rows[0].cells == (date(2017, 6, 12),)


@pytest.mark.parametrize(
    ("pattern", "is_date"),
    [
        ("dd/mm/yyyy", True),
        ("[$-D07041E]d mmmm yyyy", True),
        ("[$-107041E]d mmm yy;@", True),
        ("d/m/bbbb", True),
        ("General", False),
        ("#,##0.00", False),
        ('0 "day"', False),
        ("0.00E+00", False),
        ("[Red]0", False),
        ("@", False),
    ],
)
def test_a_number_is_a_date_where_it_is_shown_as_one(tmp_path: Path, pattern: str, is_date: bool) -> None:
    file = tmp_path / "formats.xlsx"
    with xlsxwriter.Workbook(file) as made:
        made.add_worksheet().write_number(0, 0, 42898, made.add_format({"num_format": pattern}))
    assert only(file).rows[0].cells == (date(2017, 6, 12) if is_date else 42898,)


def test_hidden_sheets_are_named_and_links_to_other_files_are_told(tmp_path: Path) -> None:
    file = tmp_path / "hidden.xlsx"
    with xlsxwriter.Workbook(file) as made:
        made.add_worksheet("เปิด").write_string(0, 0, "x")
        made.add_worksheet("เก่า").hide()
    linked = repacked(file, {"xl/externalLinks/externalLink1.xml": b"<externalLink/>"})
    found = opened(linked)
    assert ([table.name for table in found.tables], found.hidden, found.linked) == (["เปิด"], ("เก่า",), True)


def test_merged_areas_are_known(tmp_path: Path) -> None:
    file = book(tmp_path / "m.xlsx", [["a", "b"], ["", "c"]], merged=["A1:A3"])
    assert only(file).merges == (((0, 0), (2, 0)),)


def test_one_cell_in_the_last_row_costs_nothing(plain: Path) -> None:
    far = sheet_xml('<row r="1048576"><c r="A1048576"><v>1</v></c></row>')
    assert [row.number for row in only(repacked(plain, {SHEET_PART: far})).rows] == [1_048_575]


# ------------------------------------------------------------------ hostile


def test_macros_are_refused_by_name_and_by_content(plain: Path, tmp_path: Path) -> None:
    renamed = tmp_path / "ทะเบียน.xlsm"
    renamed.write_bytes(plain.read_bytes())
    assert "macros are refused" in told(renamed)
    assert "macros are refused" in told(repacked(plain, {"xl/vbaProject.bin": b"x"}))
    types = b'<Types><Override ContentType="application/vnd.ms-excel.sheet.macroEnabled.main+xml"/></Types>'
    assert "macros are refused" in told(repacked(plain, {"[Content_Types].xml": types}))


def test_a_bomb_is_refused_before_it_is_unpacked(plain: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bomb = repacked(plain, {"xl/media/x.bin": bytes(1_000_000)})
    assert bomb.stat().st_size < 20_000
    monkeypatch.setattr(workbook, "MOST_UNPACKED", 900_000)
    assert "too large when unpacked" in told(bomb)


def test_a_package_that_lies_about_its_size_is_damaged(plain: Path) -> None:
    data = bytearray(repacked(plain, {SHEET_PART: sheet_xml("<row/>" * 5_000)}).read_bytes())
    lying = plain.with_name("lying.xlsx")
    for marker, offset in ((b"PK\x01\x02", 24), (b"PK\x03\x04", 22)):
        start = 0
        while (start := data.find(marker, start)) >= 0:
            if int.from_bytes(data[start + offset : start + offset + 4], "little") > 20_000:
                data[start + offset : start + offset + 4] = (100).to_bytes(4, "little")
            start += 4
    lying.write_bytes(bytes(data))
    assert "เสียหาย" in told(lying)


@pytest.mark.parametrize(
    ("limit", "value", "cells", "where"),
    [
        ("MOST_ROWS", 3, [["x"]] * 4, "!A4"),
        ("MOST_CELLS", 5, [["x", "y"]] * 3, "!A3"),
        ("MOST_TEXT", 400, [["ก" * 40], ["ข" * 40], ["ค" * 40]], "sharedStrings"),
        ("MOST_MERGES", 0, [["x"]], "ทะเบียนคู่"),
    ],
)
def test_too_much_is_refused_where_it_begins(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: str, value: int, cells: Any, where: str
) -> None:
    file = book(tmp_path / "much.xlsx", cells, merged=["A8:A9"] if limit == "MOST_MERGES" else [])
    monkeypatch.setattr(tables, limit, value)
    if limit == "MOST_MERGES":
        monkeypatch.setattr(workbook, limit, value)
    assert where in told(file)


def test_a_million_rows_are_refused_at_the_first_that_is_too_much(plain: Path) -> None:
    rows = "".join(f'<row r="{number}"><c><v>1</v></c></row>' for number in range(1, tables.MOST_ROWS + 2))
    assert told(repacked(plain, {SHEET_PART: sheet_xml(rows)})).startswith(
        f"ทะเบียนคู่!A{tables.MOST_ROWS + 1}: "
    )


def test_a_cell_far_to_the_right_is_refused_with_its_address(tmp_path: Path) -> None:
    file = book(tmp_path / "wide.xlsx", [["x"] * MOST_COLUMNS + ["y"]])
    assert told(file).startswith("ทะเบียนคู่!BI1: ")


@pytest.mark.parametrize("how", ["shared", "inline", "formula"])
def test_a_cell_of_five_megabytes_is_refused_with_its_address(plain: Path, how: str) -> None:
    text = "ก" * 5_000_000
    strings = f"<sst><si><t>{text}</t></si></sst>".encode() if how == "shared" else b"<sst/>"
    cell = {
        "shared": '<c r="C2" t="s"><v>0</v></c>',
        "inline": f'<c r="C2" t="inlineStr"><is><t>{text}</t></is></c>',
        "formula": f'<c r="C2" t="str"><f>x</f><v>{text}</v></c>',
    }[how]
    file = repacked(
        plain, {SHEET_PART: sheet_xml(f'<row r="2">{cell}</row>'), "xl/sharedStrings.xml": strings}
    )
    assert told(file).startswith("ทะเบียนคู่!C2: ")
    assert "text too long" in told(file)


def test_a_long_text_that_no_cell_uses_does_no_harm(plain: Path) -> None:
    strings = f"<sst><si><t>{'ก' * (MOST_LETTERS + 1)}</t></si><si><t>ดี</t></si></sst>".encode()
    file = repacked(
        plain,
        {SHEET_PART: sheet_xml('<row r="1"><c t="s"><v>1</v></c></row>'), "xl/sharedStrings.xml": strings},
    )
    assert only(file).rows[0].cells == ("ดี",)


@pytest.mark.parametrize(
    "part",
    [
        b'<!DOCTYPE x [<!ENTITY a "b">]><worksheet><sheetData/></worksheet>',
        b'<?xml version="1.0" encoding="utf-7"?><worksheet/>',
        b"<worksheet>" + b"<a>" * 100,
        b"<worksheet><sheetData><row><c",
        b"<worksheet a='" + b"x" * 5_000_000 + b"'/>",
        sheet_xml('<row r="2"/><row r="1"><c r="A1"><v>1</v></c></row>').replace(
            b'<row r="2"/>', b'<row r="2"><c r="A2"><v>1</v></c></row>'
        ),
        sheet_xml('<row r="1"><c r="A2"><v>1</v></c></row>'),
        sheet_xml('<row r="1"><c r="ก1"><v>1</v></c></row>'),
        sheet_xml('<row r="99999999"><c><v>1</v></c></row>'),
        sheet_xml('<row r="1"><c t="s"><v>99</v></c></row>'),
        sheet_xml('<row r="1"><c t="s"><v>-1</v></c></row>'),
        sheet_xml("", "<mergeCells><mergeCell ref='x'/></mergeCells>"),
        b"\x00\x01",
    ],
)
def test_a_damaged_sheet_is_one_line(plain: Path, part: bytes) -> None:
    assert "เสียหาย" in told(repacked(plain, {SHEET_PART: part}))


def test_what_is_no_workbook_says_so(plain: Path, tmp_path: Path) -> None:
    for name, content, words in (
        ("empty.xlsx", b"", "empty file"),
        ("old.xls", b"\xd0\xcf\x11\xe0rest", "old format"),
        ("text.xlsx", "จังหวัด,คู่".encode(), "not an .xlsx workbook"),
        ("zip.xlsx", repacked(plain, {"xl/workbook.xml": None}).read_bytes(), "not an .xlsx workbook"),
        ("cut.xlsx", plain.read_bytes()[:2_000], "เสียหาย"),
    ):
        file = tmp_path / name
        file.write_bytes(content)
        assert words in told(file)


def test_a_large_file_is_refused_unread(tmp_path: Path) -> None:
    file = tmp_path / "large.csv"
    with file.open("wb") as target:
        target.truncate(tables.MOST_BYTES + 1)
    assert "file too large" in told(file)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.data())
def test_any_damage_to_the_bytes_is_read_or_refused(plain: Path, data: st.DataObject) -> None:
    content = bytearray(plain.read_bytes())
    for _ in range(data.draw(st.integers(1, 4))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    broken = plain.with_name("broken.xlsx")
    broken.write_bytes(bytes(content))
    with suppress(SheetError):
        open_tables(broken)


def test_the_digest_tells_files_apart(plain: Path) -> None:
    assert digest(plain) == digest(plain) != digest(repacked(plain, {"xl/media/x.bin": b"x"}))


def test_half_a_letter_and_names_of_sheets_do_no_harm(plain: Path) -> None:
    strings = "<sst><si><t>ก_xD800_ข_x0009_ค</t></si></sst>".encode()
    names = b'<workbook xmlns:r="r"><sheets><sheet name="a&#10;b" r:id="rId1"/></sheets></workbook>'
    file = repacked(
        plain,
        {
            SHEET_PART: sheet_xml('<row r="1"><c t="s"><v>0</v></c></row>'),
            "xl/sharedStrings.xml": strings,
            "xl/workbook.xml": names,
        },
    )
    found = only(file)
    assert (found.name, found.rows[0].cells) == ("a b", ("ก_xD800_ข\tค",))
