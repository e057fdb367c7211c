"""Which column is which: titles above, groups over two rows, headings that are nearly known, and what has to be said."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from bot.registering.fields import FIELDS, IGNORE, field_of
from bot.registering.headings import Header, find_header, mapping_of
from bot.registering.opening import open_tables
from tests.bot.registering.made import book

REGISTRY = ["จังหวัด", "ประเทศ", "คู่ความสัมพันธ์", "สถานะ", "วันที่ลงนาม"]


@pytest.fixture
def read(tmp_path: Path) -> Reader:
    return Reader(tmp_path)


class Reader:
    """The headings of a sheet of these cells."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / "h.xlsx"

    def __call__(
        self,
        cells: Sequence[Sequence[object]],
        merged: Sequence[str] = (),
        said: Sequence[tuple[str, str]] = (),
        remembered: Mapping[str, Mapping[str, str]] | None = None,
    ) -> Header:
        (table,) = open_tables(book(self._file, cells, merged=merged)).tables
        found = find_header(table, mapping_of(said), remembered or {})
        assert found is not None
        return found


def columns(header: Header) -> dict[str, str]:
    return {name: column.heading.letter for name, column in header.columns.items()}


def test_every_heading_that_we_write_is_known_for_its_field() -> None:
    assert [field_of(field.heading) for field in FIELDS] == [field.key for field in FIELDS]
    assert [field_of(field.english.upper()) for field in FIELDS] == [field.key for field in FIELDS]


def test_titles_may_stand_above(read: Reader) -> None:
    found = read([["ทะเบียน ปี 2569"], [], REGISTRY, ["เชียงใหม่", "จีน", "เฉิงตู"]], merged=["A1:E1"])
    assert (found.first, found.rows) == (3, 1)
    assert columns(found) == {"province": "A", "country": "B", "partner": "C", "stage": "D", "signed_on": "E"}


def test_groups_stand_over_what_belongs_to_them(read: Reader) -> None:
    found = read(
        [
            ["ที่", "ฝ่ายไทย", "ฝ่ายต่างประเทศ", "", "", "การลงนาม", "", "ผู้ลงนาม", ""],
            ["", "จังหวัด", "ประเทศ", "จังหวัด", "ชื่อภาษาอังกฤษ", "วันที่", "วันสิ้นสุด", "ฝ่ายไทย", "ฝ่ายต่างประเทศ"],
        ],
        merged=["A1:A2", "C1:E1", "F1:G1", "H1:I1"],
    )
    assert (found.first, found.rows) == (2, 2)
    assert columns(found) == {
        "province": "B",
        "country": "C",
        "partner": "D",
        "partner_en": "E",
        "signed_on": "F",
        "expires_on": "G",
        "signatory_ours": "H",
        "signatory_theirs": "I",
    }


def test_groups_are_understood_where_no_cells_are_merged(read: Reader) -> None:
    found = read([["จังหวัด", "คู่ความสัมพันธ์", "", "การลงนาม"], ["", "ประเทศ", "ชื่อ", "วันที่"]])
    assert columns(found) == {"province": "A", "country": "B", "partner": "C", "signed_on": "D"}


def test_a_slip_in_a_heading_is_taken_and_shown(read: Reader) -> None:
    found = read([[*REGISTRY[:4], "วันที่ลงนามม"]])
    column = found.columns["signed_on"]
    assert (column.how, column.heading.letter) == ("near", "E")
    assert 88 <= column.score < 100


def test_a_heading_that_only_could_be_one_has_to_be_said(read: Reader) -> None:
    cells = [[*REGISTRY[:4], "วันที่ลงนามครั้งล่าสุด"]]
    found = read(cells)
    assert [(one.field, one.heading.letter, one.doubled) for one in found.unclear] == [
        ("signed_on", "E", False)
    ]
    assert "signed_on" not in found.columns

    said = read(cells, said=[("signed_on", "วันที่ลงนามครั้งล่าสุด")])
    assert (said.unclear, said.columns["signed_on"].how) == ((), "mapped")
    ignored = read(cells, said=[(IGNORE, "E")])
    assert (ignored.unclear, ignored.unread) == ((), ())
    assert "signed_on" not in ignored.columns


def test_one_that_could_be_a_field_that_is_there_already_is_only_not_read(read: Reader) -> None:
    found = read([[*REGISTRY, "วันที่ลงนามครั้งล่าสุด", "เบอร์โทร"]])
    assert [one.text for one in found.unread] == ["วันที่ลงนามครั้งล่าสุด", "เบอร์โทร"]
    assert found.unclear == ()


def test_two_columns_of_one_heading_are_asked_about(read: Reader) -> None:
    cells = [["จังหวัด", "จังหวัด", "ประเทศ", "คู่ความสัมพันธ์"]]
    found = read(cells)
    assert [(one.heading.letter, one.doubled) for one in found.unclear] == [("A", True), ("B", True)]
    assert not found.usable
    assert columns(read(cells, said=[("province", "b")]))["province"] == "B"


def test_what_was_said_once_holds_for_the_same_headings(read: Reader) -> None:
    cells = [["จังหวัด", "คู่ของเรา", "สถานะ"]]
    said = mapping_of([("partner", "คู่ของเรา")])
    first = read(cells, said=[("partner", "คู่ของเรา")])
    remembered = {first.key: first.said(said)}
    assert read(cells, remembered=remembered).columns["partner"].how == "remembered"
    assert "partner" not in read([["จังหวัด", "คู่ของเรา", "ประเทศ"]], remembered=remembered).columns


def test_a_sheet_of_something_else_has_no_headings_of_ours(tmp_path: Path) -> None:
    (table,) = open_tables(book(tmp_path / "x.xlsx", [["ชื่อ", "โทรศัพท์"], ["สมศรี", "02"]])).tables
    assert find_header(table, {}, {}) is None


def test_running_numbers_and_regions_are_none_of_ours(read: Reader) -> None:
    assert read([["ที่", "ภาค", *REGISTRY]]).unread == ()
