"""A day as far as it is known, and papers with their date."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.language.dates import DateProblem, thai_date, thai_date_both
from bot.language.partner_ids import free_id
from bot.language.written_days import Known, Paper, last_day, read_known, read_paper

TODAY = date(2026, 11, 22)
DAYS = st.dates(date(1957, 1, 1), date(2100, 12, 31))


@pytest.mark.parametrize(
    ("text", "on", "precision"),
    [
        ("12 มิ.ย. 2558", date(2015, 6, 12), "day"),
        ("ลงนามเมื่อวันที่ 12 มิถุนายน พ.ศ. 2558", date(2015, 6, 12), "day"),
        ("๑๒/๖/๒๕๕๘", date(2015, 6, 12), "day"),
        ("2015-06-12", date(2015, 6, 12), "day"),
        ("มิ.ย. 2558", date(2015, 6, 1), "month"),
        ("6/2558", date(2015, 6, 1), "month"),
        ("2558", date(2015, 1, 1), "year"),
        ("พ.ศ. 2558", date(2015, 1, 1), "year"),
        ("ประมาณปี 2558", date(2015, 1, 1), "year"),
        ("ค.ศ. 2015", date(2015, 1, 1), "year"),
    ],
)
def test_a_day_a_month_or_a_year_is_read_as_far_as_it_is_written(text: str, on: date, precision: str) -> None:
    assert read_known(text, TODAY) == (Known(on, precision),)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "text",
    ["", "ไม่ทราบ", "5 มี.ค.", "12–15 มี.ค. 2558", "ประชุมกับเฉิงตู 3 พ.ย. 69 30 คน", "2558 หรือ 2559", "ม 5"],
)
def test_what_is_no_single_date_or_says_more_is_not_read(text: str) -> None:
    assert read_known(text, TODAY) is None


@pytest.mark.parametrize("text", ["31 มิ.ย. 2558", "29 ก.พ. 2558", "13/2558", "0/2558"])
def test_what_cannot_be_is_told(text: str) -> None:
    assert isinstance(read_known(text, TODAY), DateProblem)


def test_a_day_that_could_be_two_gives_both() -> None:
    read = read_known("5/6/07", TODAY)
    assert isinstance(read, tuple)
    assert [one.on.year for one in read] == [2007, 1964]


@given(DAYS, st.sampled_from(["day", "month", "year"]))
def test_a_date_as_it_is_written_here_is_read_back(day: date, precision: str) -> None:
    first = {"day": day, "month": day.replace(day=1), "year": date(day.year, 1, 1)}[precision]
    assert read_known(thai_date(day, precision), TODAY) == (Known(first, precision),)  # type: ignore[arg-type]


@given(st.text(max_size=60))
def test_anything_typed_is_read_or_not_and_never_fails(text: str) -> None:
    read_known(text, TODAY)
    paper = read_paper(text, TODAY)
    assert isinstance(paper, DateProblem) or len(paper.name) <= len(text) * 3


@pytest.mark.parametrize(
    ("text", "name", "on", "dated"),
    [
        ("หนังสือ มท 0211.4/123 ลว. 5 มี.ค. 69", "หนังสือ มท 0211.4/123", date(2026, 3, 5), True),
        ("ที่ ชม 0017/1234 ลงวันที่ 5 มีนาคม 2569", "ที่ ชม 0017/1234", date(2026, 3, 5), True),
        ("MOU (ลงวันที่ 5 มี.ค. 2569)", "MOU", date(2026, 3, 5), True),
        ("letter MOI 0211.4/123 of 5 Mar 2026", "letter MOI 0211.4/123", date(2026, 3, 5), True),
        ("5 มี.ค. 69", "", date(2026, 3, 5), True),
        ("รายงานการประชุม มี.ค. 69", "รายงานการประชุม มี.ค. 69", None, True),
        ("มท 0211.4/5678", "มท 0211.4/5678", None, False),
        ("ข่าว 5 มี.ค.", "ข่าว 5 มี.ค.", None, False),
        ("รายงาน 5 มี.ค. 2569 หน้า 3", "รายงาน 5 มี.ค. 2569 หน้า 3", None, False),
    ],
)
def test_a_paper_is_its_name_and_the_day_that_stands_behind_it(
    text: str, name: str, on: date | None, dated: bool
) -> None:
    assert read_paper(text, TODAY) == Paper(name, on, dated)


@given(DAYS)
def test_a_paper_as_it_is_shown_is_read_back(day: date) -> None:
    shown = f"หนังสือ มท 0211.4/123 ลว. {thai_date(day)}"
    assert read_paper(shown, TODAY) == Paper("หนังสือ มท 0211.4/123", day, True)


@pytest.mark.parametrize(
    ("value", "precision", "last"),
    [
        ("2015-06-12", "day", date(2015, 6, 12)),
        ("2016-02-01", "month", date(2016, 2, 29)),
        ("2015-01-01", "year", date(2015, 12, 31)),
        ("2015-06-12", None, date(2015, 6, 12)),
    ],
)
def test_what_ends_in_a_month_or_year_holds_until_its_last_day(
    value: str, precision: str | None, last: date
) -> None:
    assert last_day(value, precision) == last  # type: ignore[arg-type]


def test_both_eras_are_written_as_far_as_the_day_is_known() -> None:
    assert thai_date_both(date(2015, 6, 1), "month") == "มิ.ย. 2558 (ค.ศ. 2015)"


@pytest.mark.parametrize(
    ("name", "taken", "given_id"),
    [
        ("Kunming City", (), "kunming"),
        ("Kunming", ("kunming",), "kunming-cn"),
        ("Kunming", ("kunming", "kunming-cn"), "kunming-2"),
        ("昆明", (), "cn-1"),
        ("昆明", ("cn-1",), "cn-2"),
    ],
)
def test_a_new_partners_id_is_free_and_of_latin_letters(
    name: str, taken: tuple[str, ...], given_id: str
) -> None:
    assert free_id(name, "CN", taken) == given_id
