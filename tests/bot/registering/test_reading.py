"""Rows of a sheet: said once for several, in brackets, as formulas; and rows that are no pairings."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from bot.registering.report import Report
from storage import pairings
from storage.database import Database
from tests.bot.registering.made import SHEET, Formula, book
from tests.bot.registering.worlds import TODAY, compared

HEADINGS = ["จังหวัด", "ประเทศ", "คู่ความสัมพันธ์", "สถานะ", "วันที่ลงนาม", "หมายเหตุ"]
LOST = ["เชียงใหม่", "ญี่ปุ่น", "จังหวัดฮอกไกโด"]


class Sheets:
    """What comes of sheets of such rows, as a workbook or as CSV."""

    def __init__(self, database: Database, folder: Path) -> None:
        self._database = database
        self._folder = folder

    def book(self, rows: Sequence[Sequence[Any]], merged: Sequence[str] = (), sheet: str = SHEET) -> Report:
        return compared(self._database, book(self._folder / "x.xlsx", rows, sheet, merged))

    def comma(self, rows: Sequence[Sequence[Any]]) -> Report:
        file = self._folder / "x.csv"
        with file.open("w", encoding="utf-8", newline="") as target:
            csv.writer(target).writerows(rows)
        return compared(self._database, file)


@pytest.fixture
def sheets(sqlite_database: Database, tmp_path: Path) -> Sheets:
    return Sheets(sqlite_database, tmp_path)


def told(report: Report) -> list[tuple[str, str]]:
    return [(one.cell.partition("!")[2], one.wrong.kind) for one in report.found.faults]


def noted(report: Report) -> list[tuple[str, str]]:
    """Cells of the notices, with the English words."""
    return [
        (one.cell.partition("!")[2], one.text.rpartition("(")[2].partition(")")[0])
        for one in report.found.notices
    ]


def test_a_merged_province_is_that_of_all_its_rows(sheets: Sheets) -> None:
    report = sheets.book(
        [HEADINGS, ["เชียงใหม่", "จีน", "นครเฉิงตู"], ["", "", "นครกว่างโจว"], ["", "ญี่ปุ่น", "จังหวัดฮอกไกโด"]],
        merged=["A2:A4", "B2:B3"],
    )
    assert report.found.matched == {"50-chengdu", "50-guangzhou", "50-hokkaido"}
    assert report.found.faults == []


def test_beside_merged_cells_a_blank_one_was_forgotten(sheets: Sheets) -> None:
    report = sheets.book(
        [HEADINGS, ["เชียงใหม่", "จีน", "นครเฉิงตู"], ["", "จีน", "นครกว่างโจว"], ["", "ญี่ปุ่น", "จังหวัดฮอกไกโด"]],
        merged=["A2:A3"],
    )
    assert told(report) == [("A4", "province")]


def test_said_once_without_merging_it_holds_for_the_rows_below_and_is_told(sheets: Sheets) -> None:
    rows = [HEADINGS, ["เชียงใหม่", "จีน", "นครเฉิงตู"], ["", "จีน", "นครกว่างโจว"], ["", *LOST[1:]]]
    for report in (sheets.comma(rows), sheets.book(rows)):
        assert report.found.matched == {"50-chengdu", "50-guangzhou", "50-hokkaido"}
        assert noted(report) == [("A3", "said once for several rows"), ("A4", "said once for several rows")]


def test_where_each_row_says_its_province_a_blank_one_was_forgotten(sheets: Sheets) -> None:
    rows = [
        HEADINGS,
        ["เชียงใหม่", "จีน", "นครเฉิงตู"],
        ["เชียงใหม่", "จีน", "นครกว่างโจว"],
        ["", *LOST[1:]],
        ["", "จีน", "x"],
    ]
    assert told(sheets.comma(rows)) == [("A4", "province"), ("A5", "province")]


def test_a_ditto_sign_is_what_stands_above(sheets: Sheets) -> None:
    report = sheets.book([HEADINGS, ["เชียงใหม่", "จีน", "นครเฉิงตู"], ["”", '"', "นครกว่างโจว"]])
    assert report.found.matched == {"50-chengdu", "50-guangzhou"}


def test_rows_that_are_no_pairings_are_named_and_left_out(sheets: Sheets) -> None:
    report = sheets.book(
        [
            HEADINGS,
            ["ภาคเหนือ"],
            ["เชียงใหม่", "จีน", "นครเฉิงตู", "ลงนามแล้ว"],
            [],
            HEADINGS,
            LOST,
            ["รวมทั้งสิ้น", "", "", "", 2],
            ["", "", "", "", "", "ข้อมูลจากจังหวัด"],
            ["* รอตรวจสอบ"],
        ],
        merged=["A2:F2"],
    )
    assert report.found.matched == {"50-chengdu", "50-hokkaido"}
    assert report.found.faults == []
    assert noted(report) == [
        ("A2", "the heading of a section"),
        ("A5", "the headings again"),
        ("A7", "a row of totals"),
        ("A8", "the heading of a section"),
        ("A9", "no pairing"),
    ]


def test_a_province_without_a_partner_is_a_fault(sheets: Sheets) -> None:
    assert told(sheets.book([HEADINGS, ["เชียงใหม่", "จีน", "", "ลงนามแล้ว"], ["เชียงราย"]])) == [
        ("C2", "partner"),
        ("C3", "partner"),
    ]


def test_a_formula_is_read_by_its_saved_value_and_told(sheets: Sheets) -> None:
    report = sheets.book(
        [
            HEADINGS,
            [Formula('="เชียงใหม่"', "เชียงใหม่"), "จีน", "นครเฉิงตู", "", Formula("=DATE(2015,3,30)", 42093)],
        ]
    )
    assert report.found.matched == {"50-chengdu"}
    assert noted(report) == [
        ("A2", "a formula; its saved value is read"),
        ("E2", "a formula; its saved value is read"),
    ]
    assert report.found.changed == []


def test_a_formula_without_a_value_is_a_fault_of_its_row(sheets: Sheets) -> None:
    dead = Formula("=#REF!", "#REF!")
    assert told(sheets.book([HEADINGS, ["เชียงใหม่", "จีน", dead], [dead, dead, "นครเฉิงตู"]])) == [
        ("C2", "dead"),
        ("A3", "dead"),
        ("B3", "dead"),
    ]


def test_work_in_progress_in_the_date_is_no_date_and_says_the_stage_where_no_column_does(
    sheets: Sheets,
) -> None:
    with_stage = sheets.book([HEADINGS, ["ลำปาง", "จีน", "นครเฉิงตู", "ร่าง MOU", "อยู่ระหว่างดำเนินการ"]])
    assert {name: one.value for name, one in with_stage.found.new[0].values.items()} == {"stage": "mou_draft"}
    without = sheets.book([["จังหวัด", "คู่ความสัมพันธ์", "วันที่ลงนาม"], ["ลำปาง", "นครเฉิงตู", "อยู่ระหว่างดำเนินการ"]])
    assert {name: one.value for name, one in without.found.new[0].values.items()} == {"stage": "in_progress"}


def test_the_name_of_a_sheet_says_the_stage_where_no_column_does(sheets: Sheets) -> None:
    rows = [["จังหวัด", "คู่ความสัมพันธ์"], ["ลำปาง", "นครเฉิงตู"]]
    report = sheets.book(rows, sheet="อยู่ระหว่างดำเนินการ")
    assert report.found.new[0].values["stage"].value == "in_progress"
    assert "the stage of every row" in report.found.notices[0].text
    both = sheets.book([["คู่ที่ลงนามแล้วและอยู่ระหว่างดำเนินการ"], *rows])
    assert both.found.new[0].values == {}


def test_a_signature_in_the_future_and_an_end_before_it_are_faults(sheets: Sheets) -> None:
    headings = ["จังหวัด", "คู่ความสัมพันธ์", "วันที่ลงนาม", "วันสิ้นสุด"]
    tomorrow = date(TODAY.year, TODAY.month, TODAY.day + 1)
    report = sheets.book(
        [
            headings,
            ["ลำปาง", "นครเฉิงตู", TODAY, ""],
            ["ลำพูน", "นครเฉิงตู", tomorrow, ""],
            ["แพร่", "นครเฉิงตู", "12 มิ.ย. 2560", "11 มิ.ย. 2560"],
            ["น่าน", "นครเฉิงตู", "12 มิ.ย. 2560", "ไม่มีกำหนด"],
        ]
    )
    assert told(report) == [("C3", "cell"), ("D4", "cell")]
    assert report.found.new[1].values["term"].value == "ไม่มีกำหนด"


def test_both_signatories_are_one_list(sheets: Sheets) -> None:
    report = sheets.book(
        [
            ["จังหวัด", "คู่ความสัมพันธ์", "ผู้ลงนามฝ่ายไทย", "ผู้ลงนามฝ่ายต่างประเทศ"],
            ["ลำปาง", "นครเฉิงตู", "ผู้ว่าราชการจังหวัด", "นายกเทศมนตรี"],
        ]
    )
    assert report.found.new[0].values["signatories"].value == [
        "ฝ่ายไทย: ผู้ว่าราชการจังหวัด",
        "ฝ่ายต่างประเทศ: นายกเทศมนตรี",
    ]


def test_the_same_pairing_in_two_rows_is_one_unless_they_differ(sheets: Sheets) -> None:
    row = ["ลำปาง", "จีน", "นครเฉิงตู"]
    report = sheets.book([HEADINGS, [*row, "ลงนามแล้ว"], [*row, "", "12 มิ.ย. 2560"], [*row, "ยกเลิก"]])
    assert told(report) == [("D4", "repeated")]
    (added,) = report.found.new
    assert {name: one.value for name, one in added.values.items()} == {
        "stage": "signed",
        "signed_on": "2017-06-12",
    }


def test_a_value_that_says_less_than_ours_says_nothing(sheets: Sheets) -> None:
    rows = [["เชียงใหม่", "จีน", "นครเฉิงตู", "", when] for when in ("2558", "มี.ค. 2558", "30 มี.ค. 2558", "-")]
    assert [one for row in rows for one in sheets.book([HEADINGS, row]).found.changed] == []
    (changed,) = sheets.book([HEADINGS, ["เชียงใหม่", "จีน", "นครเฉิงตู", "", "เม.ย. 2558"]]).found.changed
    assert (changed.ours.value, changed.theirs.value, changed.theirs.precision) == (
        "2015-03-30",
        "2015-04-01",
        "month",
    )


def test_a_more_exact_value_is_a_change(sheets: Sheets) -> None:
    (changed,) = sheets.book(
        [HEADINGS, ["เชียงใหม่", "อินโดนีเซีย", "ยอกยาการ์ตา", "", "3 พ.ค. 2550"]]
    ).found.changed
    assert (changed.ours.precision, changed.theirs.precision) == ("year", "day")


def test_an_id_settles_which_partner_is_meant_and_has_to_fit(sheets: Sheets) -> None:
    headings = ["รหัสคู่", *HEADINGS[:3]]
    report = sheets.book(
        [
            headings,
            ["50-chengdu", "", "", ""],
            ["50-hokkaido", "เชียงใหม่", "จีน", "นครเฉิงตู"],
            ["50-chengdo", "เชียงใหม่", "จีน", "นครเฉิงตู"],
            ["50-nowhere", "ลำปาง", "จีน", "นครเฉิงดู"],
            ["52-chengdu2", "ลำปาง", "จีน", "นครเฉิงดู"],
            ["50-chengdu", "ลำพูน", "จีน", "นครเฉิงดู"],
        ]
    )
    assert told(report) == [("A3", "partner"), ("A4", "partner"), ("A5", "partner"), ("A7", "partner")]
    assert report.found.matched == {"50-chengdu"}
    assert [(one.id, one.partner_id) for one in report.found.new] == [("52-chengdu2", "chengdu2")]


def test_a_spelling_joins_the_partners_names_once(sheets: Sheets) -> None:
    headings = ["จังหวัด", "ประเทศ", "คู่ความสัมพันธ์", "ชื่อภาษาอังกฤษ"]
    report = sheets.book(
        [headings, *([name, "เวียดนาม", "นครดานังง", "Da Nang"] for name in ("เชียงใหม่", "มุกดาหาร"))]
    )
    (changed,) = report.found.changed
    assert (changed.subject, changed.field) == ("partner:danang", "aliases")
    assert changed.theirs.value == [*changed.ours.value, "นครดานังง"]


def test_a_sheet_that_is_all_faults_is_not_gone_through_to_its_end(
    sheets: Sheets, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.registering.reconciling.MOST_FAULTS", 3)
    report = sheets.book([HEADINGS, *(["ไม่มี", "จีน", f"ที่ {number}", "ลงนามแล้ว"] for number in range(9))])
    assert (report.found.rows, report.found.broken_off) == (4, True)


def test_every_sheet_of_a_book_is_read_and_others_are_named(sheets: Sheets) -> None:
    report = sheets.book([["ชื่อ", "โทรศัพท์"], ["สมศรี", "02"]], sheet="ติดต่อ")
    assert [(one.name, "no headings" in one.why) for one in report.sheets] == [("ติดต่อ", True)]


@pytest.mark.parametrize(
    ("column", "value"),
    [("A", "ก" * 121), ("C", "ก" * 121), ("E", "12 มิ.ย. 2560" + " " * 10 + "x" * 300), ("F", "ก" * 2_001)],
)
def test_a_text_that_is_too_long_for_its_field_is_a_fault(sheets: Sheets, column: str, value: str) -> None:
    row = ["ลำปาง", "จีน", "นครเฉิงตู", "", "", ""]
    row["ABCDEF".index(column)] = value
    assert told(sheets.book([HEADINGS, row])) == [(f"{column}2", "cell")]


def test_a_pairing_that_its_province_denied_is_told(sqlite_database: Database, sheets: Sheets) -> None:
    with sqlite_database.write() as session:
        pairings.set_verdict(session, "50-chengdu", "wrong", datetime(2026, 1, 1, tzinfo=UTC))
    assert noted(sheets.book([HEADINGS, ["เชียงใหม่", "จีน", "นครเฉิงตู"]])) == [
        ("A2", "the province said that it is not theirs")
    ]


def test_what_a_terminal_would_obey_is_not_repeated(sheets: Sheets) -> None:
    report = sheets.comma([HEADINGS, ["\x1b[31mเชียง\u009b2Jไหม่\u202e", "จีน", "นครเฉิงตู"]])
    (fault,) = report.found.faults
    assert str(fault).isprintable()
