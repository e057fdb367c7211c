"""The ministry's own sheet: every planted fault is told at its cell, and everything else is matched."""

from __future__ import annotations

from pathlib import Path

import pytest

from storage.database import Database
from tests.bot.registering.made import FIRST_ROW, LETTERS, SHEET, Ministry, faulty, ministry_rows, reference
from tests.bot.registering.worlds import add_namesakes_and_merged, compared

PAIRINGS = {row["pairing_id"] for row in reference("pairings.csv")}


@pytest.fixture
def database(sqlite_database: Database) -> Database:
    with sqlite_database.write() as session:
        add_namesakes_and_merged(session)
    return sqlite_database


def test_the_registry_as_the_ministry_writes_it_says_nothing_new(database: Database, tmp_path: Path) -> None:
    file = tmp_path / "ทะเบียน.xlsx"
    Ministry(ministry_rows()).write(file)
    report = compared(database, file)
    assert [str(one) for one in report.found.faults] == []
    assert not report.found.says_something_new
    assert (report.found.matched, report.missing) == (PAIRINGS, [])
    assert report.counts()["unchanged"] == report.counts()["rows"] == len(PAIRINGS)


def test_every_planted_fault_is_told_at_its_cell_and_the_rest_is_matched(
    database: Database, tmp_path: Path
) -> None:
    made = faulty()
    assert len(made.planted) >= 40
    file = tmp_path / "ทะเบียน.xlsx"
    made.write(file)
    report = compared(database, file)
    assert [(one.cell, one.wrong.kind) for one in report.found.faults] == made.planted
    assert report.found.matched == PAIRINGS
    assert report.counts()["unchanged"] == len(PAIRINGS)
    assert [one.id for one in report.found.new] == ["54-chengdu"]  # the good one of the two rows of Phrae
    assert report.found.changed == []


def test_headings_titles_totals_and_notes_are_told_and_not_taken_for_pairings(
    database: Database, tmp_path: Path
) -> None:
    file = tmp_path / "ทะเบียน.xlsx"
    rows = ministry_rows()
    Ministry(rows).write(file)
    report = compared(database, file)
    (sheet,) = report.sheets
    assert sheet.header is not None
    assert {name: one.heading.letter for name, one in sheet.header.columns.items()} == {
        name: letter for name, letter in LETTERS.items() if name != "number"
    }
    assert (sheet.header.unread, sheet.header.unclear) == ((), ())
    last = FIRST_ROW + len(rows)
    merged = next(number for number, row in enumerate(rows, FIRST_ROW) if row["partner_en"] == "Quang Nam")
    assert [(one.cell, one.text.rpartition(" (")[2]) for one in report.found.notices] == [
        (f"{SHEET}!D{merged}", "merged into another partner)"),
        (f"{SHEET}!A{last}", "a row of totals): “รวม 97”"),
        (f"{SHEET}!A{last + 2}", "no pairing): “หมายเหตุ: ข้อมูลจากจังหวัด อาจมีการเปลี่ยนแปลง”"),
    ]


def test_the_counts_stand_beside_those_of_the_plan(database: Database, tmp_path: Path) -> None:
    file = tmp_path / "ทะเบียน.xlsx"
    Ministry(ministry_rows()).write(file)
    report = compared(database, file)
    signed = [
        row
        for row in reference("pairings.csv")
        if row["status"] == "established" and row["thai_level"] == "province"
    ]
    found = report.found.tallies["sheet"]["established"]
    assert (found.pairs, found.provinces) == (len(signed), len({row["province_code"] for row in signed}))
    assert report.found.tallies["registry"] == report.found.tallies["after"]
