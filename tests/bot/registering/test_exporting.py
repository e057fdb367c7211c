"""What is written out comes back without a change, and no cell is a formula."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import replace
from io import StringIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from bot.language.names import Lexicon
from bot.live_registry import read_registry
from bot.registering.comparing import compare
from bot.registering.exporting import write_registry
from bot.registering.fields import SOURCES_HEADING
from bot.registering.opening import open_tables
from bot.registering.ours import Held, Ours
from bot.registering.report import Report
from bot.registering.stored import read_ours
from bot.registering.values import STAGE_LABELS
from storage.database import Database
from tests.bot.registering.worlds import TODAY, add_namesakes_and_merged
from tests.world import CHENGDU

FORMULAS = ("=1+1", "+66 2", "-x", "@SUM(A1)", "=cmd|' /C calc'!A0")


class Holder:
    """One pairing of the registry, without a page of text where a test fails."""

    def __init__(self, ours: Ours, lexicon: Lexicon, folder: Path) -> None:
        self.ours = replace(ours, pairings={CHENGDU: ours.pairings[CHENGDU]})
        self.lexicon = lexicon
        self.folder = folder


@pytest.fixture
def one(ours: Ours, lexicon: Lexicon, tmp_path: Path) -> Holder:
    return Holder(ours, lexicon, tmp_path)


@pytest.fixture
def ours(sqlite_database: Database) -> Ours:
    with sqlite_database.write() as session:
        add_namesakes_and_merged(session)
        return read_ours(session)


@pytest.fixture
def lexicon(sqlite_database: Database) -> Lexicon:
    with sqlite_database.read() as session:
        return read_registry(session).lexicon


def with_fields(ours: Ours, fields: Mapping[str, Held]) -> Ours:
    """The registry with these fields in one pairing."""
    one = ours.pairings[CHENGDU]
    changed = replace(one, fields={**one.fields, **fields})
    return replace(ours, pairings={**ours.pairings, CHENGDU: changed})


def back(ours: Ours, lexicon: Lexicon, file: Path) -> Report:
    return compare(
        open_tables(file),
        ours,
        lexicon,
        file_name=file.name,
        sha256="",
        mapped={},
        remembered={},
        today=TODAY,
    )


TEXTS = st.text(st.characters(blacklist_categories=["Cs"]), min_size=1, max_size=40) | st.sampled_from(
    FORMULAS
)
LISTS = st.lists(TEXTS.filter(str.strip), min_size=1, max_size=4)
VALUES = st.fixed_dictionaries(
    {},
    optional={
        "term": st.sampled_from(["5 ปี", "ไม่มีกำหนด", "=5", "3 ปี ต่ออายุอัตโนมัติ"]).map(Held),
        "areas": LISTS.map(Held),
        "signatories": LISTS.map(Held),
        "note": TEXTS.map(Held),
        "stage": st.sampled_from(list(STAGE_LABELS)).map(Held),
        "signed_on": st.sampled_from(
            [Held("2015-03-30", "day"), Held("2015-03-01", "month"), Held("2015-01-01", "year"), Held(None)]
        ),
        "expires_on": st.sampled_from([Held("2030-03-30", "day"), Held("2030-01-01", "year")]),
    },
)


@pytest.mark.parametrize("suffix", ["xlsx", "csv"])
def test_the_registry_comes_back_without_a_change(
    ours: Ours, lexicon: Lexicon, tmp_path: Path, suffix: str
) -> None:
    file = tmp_path / f"out.{suffix}"
    assert write_registry(ours, file) == len(ours.pairings)
    report = back(ours, lexicon, file)
    assert [str(one) for one in report.found.faults] == []
    assert not report.found.says_something_new
    assert (report.counts()["unchanged"], report.missing) == (len(ours.pairings), [])


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(fields=VALUES, suffix=st.sampled_from(["xlsx", "csv"]))
def test_whatever_stands_in_a_field_comes_back(one: Holder, fields: dict[str, Held], suffix: str) -> None:
    file = one.folder / f"any.{suffix}"
    changed = with_fields(one.ours, fields)
    write_registry(changed, file)
    report = back(changed, one.lexicon, file)
    assert [str(one) for one in report.found.faults] == []
    assert not report.found.says_something_new


def test_no_cell_is_a_formula(ours: Ours, tmp_path: Path) -> None:
    for number, text in enumerate(FORMULAS):
        changed = with_fields(ours, {"note": Held(text)})
        book, comma = tmp_path / f"{number}.xlsx", tmp_path / f"{number}.csv"
        write_registry(changed, book)
        write_registry(changed, comma)
        with ZipFile(book) as package:
            assert b"<f>" not in package.read("xl/worksheets/sheet1.xml")
            assert b"quotePrefix" in package.read("xl/styles.xml")
        cells = [cell for row in csv.reader(StringIO(comma.read_text("utf-8-sig"))) for cell in row]
        assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]
        assert f"'{text}" in cells


def test_every_value_stands_with_its_source(ours: Ours, tmp_path: Path) -> None:
    file = tmp_path / "out.xlsx"
    write_registry(with_fields(ours, {"term": Held("5 ปี", source="MOU ข้อ 7", fact=1)}), file)
    rows: list[list[Any]] = CalamineWorkbook.from_path(file).get_sheet_by_index(0).to_python()
    row = next(dict(zip(rows[0], row, strict=True)) for row in rows if row[0] == CHENGDU)
    assert row[SOURCES_HEADING] == "ระยะเวลา: MOU ข้อ 7"
    assert row["ที่มา"] == ours.pairings[CHENGDU].source


def test_dates_are_written_as_far_as_they_are_known(ours: Ours, tmp_path: Path) -> None:
    file = tmp_path / "out.csv"
    for held, shown in (
        (Held("2015-03-30", "day"), "30 มี.ค. 2558"),
        (Held("2015-03-01", "month"), "มี.ค. 2558"),
        (Held("2015-01-01", "year"), "ปี 2558"),
    ):
        write_registry(with_fields(ours, {"signed_on": held}), file)
        found = {
            row["รหัสคู่"]: row["วันที่ลงนาม"] for row in csv.DictReader(StringIO(file.read_text("utf-8-sig")))
        }
        assert found[CHENGDU] == shown
