"""CSV files as spreadsheet programs write them, in every encoding that is met in Thailand."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.registering import tables
from bot.registering.opening import open_tables
from bot.registering.tables import MOST_LETTERS, Cell
from knowledge.sheets.package import SheetError

TEXT = "จังหวัด,คู่ความสัมพันธ์\nเชียงใหม่,นครเฉิงตู\n"
CELLS = [("จังหวัด", "คู่ความสัมพันธ์"), ("เชียงใหม่", "นครเฉิงตู")]


def rows(file: Path) -> list[tuple[Cell, ...]]:
    (table,) = open_tables(file).tables
    return [row.cells for row in table.rows]


def told(file: Path) -> str:
    with pytest.raises(SheetError) as error:
        open_tables(file)
    return str(error.value)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "ทะเบียน.csv"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp874", "tis-620"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_every_encoding_and_delimiter_is_read(file: Path, encoding: str, delimiter: str) -> None:
    file.write_bytes(TEXT.replace(",", delimiter).encode(encoding))
    assert rows(file) == CELLS


def test_a_line_that_names_the_delimiter_is_obeyed_and_is_no_row(file: Path) -> None:
    file.write_text("sep=;\nก,ข;ค\n", encoding="utf-8")
    (table,) = open_tables(file).tables
    assert [(row.number, row.cells) for row in table.rows] == [(1, ("ก,ข", "ค"))]


def test_titles_with_commas_do_not_hide_the_delimiter(file: Path) -> None:
    file.write_text('"ทะเบียน, ปี 2569, ทั้งหมด"\nก;ข;ค\nง;จ;ฉ\n', encoding="utf-8")
    assert rows(file)[1:] == [("ก", "ข", "ค"), ("ง", "จ", "ฉ")]


def test_blank_lines_count_but_are_no_rows(file: Path) -> None:
    file.write_text("ก,ข\n\n ,\nค,ง\n", encoding="utf-8")
    (table,) = open_tables(file).tables
    assert [row.number for row in table.rows] == [0, 3]


def test_what_we_guarded_against_formulas_comes_back_as_it_was(file: Path) -> None:
    file.write_text("'=1+1,'-,it's,'plain\n", encoding="utf-8")
    assert rows(file) == [("=1+1", "-", "it's", "'plain")]


@pytest.mark.parametrize(
    ("content", "where"),
    [
        (TEXT.encode() + b"\xe0\xb8,x\n", "CSV!A3"),  # UTF-8 that was cut
        (TEXT.encode("utf-8-sig") + b"\xff\n", "CSV!A3"),
        (b"a,b\n\x81\x82,c\n", "CSV!A2"),  # no text in Windows Thai either
        (b"a,b\n\x00\x01,c\n", "CSV!A2"),
        (TEXT.encode("utf-16")[:-1], "CSV!A"),
    ],
)
def test_a_wrong_encoding_is_told_with_its_line(file: Path, content: bytes, where: str) -> None:
    file.write_bytes(content)
    assert told(file).startswith(where)
    assert "wrong encoding" in told(file)


def test_quotes_that_do_not_fit_are_told_with_their_row(file: Path) -> None:
    file.write_text('ก,ข\n"ค"ง,จ\n', encoding="utf-8")
    assert told(file).startswith("CSV!A2: ")


def test_a_cell_of_five_megabytes_is_refused_with_its_address(file: Path) -> None:
    file.write_text(f"ก,ข\nค,{'x' * 5_000_000}\n", encoding="utf-8")
    assert told(file).startswith("CSV!B2: ")
    before = csv.field_size_limit()
    file.write_text(f"ก,{'x' * MOST_LETTERS}\n", encoding="utf-8")
    assert len(str(rows(file)[0][1])) == MOST_LETTERS
    assert csv.field_size_limit() == before


def test_too_many_rows_and_columns_are_refused_where_they_begin(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file.write_text(",".join("x" * (tables.MOST_COLUMNS + 1)), encoding="utf-8")
    assert told(file).startswith("CSV!BI1: ")
    monkeypatch.setattr(tables, "MOST_ROWS", 2)
    file.write_text("a\nb\nc\n", encoding="utf-8")
    assert told(file).startswith("CSV!A3: ")


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused_in_one_line(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "any.csv"
    file.write_bytes(content)
    try:
        open_tables(file)
    except SheetError as error:
        message = str(error)
    else:
        message = ""
    assert "\n" not in message
