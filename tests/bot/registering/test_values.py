"""What stands in a cell as a value: dates in every form, stages in every word, nothing in every sign."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.language.dates import ERA
from bot.registering.faults import Wrong
from bot.registering.values import (
    MOST_ITEMS,
    STAGE_LABELS,
    Day,
    Value,
    comparable,
    list_value,
    read_day,
    read_stage,
    says_nothing,
    stage_instead_of_day,
    stage_value,
    term_value,
    text_value,
)
from tests.bot.registering.made import written

SIGNED = date(2017, 6, 12)


def on(cell: object) -> tuple[date, str] | str | None:
    """The day and its precision, or the English words of the fault."""
    found = read_day(cell)  # type: ignore[arg-type]  # what a cell may hold is what is tested
    if isinstance(found, Day):
        return found.on, found.precision
    return found.problem.rpartition(" (")[2].rstrip(")") if isinstance(found, Wrong) else None


@pytest.mark.parametrize(
    "cell",
    [
        SIGNED,
        date(2560, 6, 12),  # typed in B.E. where the program counts in C.E.
        42898,  # its serial number
        42898.0,
        "42898",
        (date(2560, 6, 12) - date(1899, 12, 30)).days,
        "12 มิ.ย. 2560",
        "12 มิ.ย. 60",
        "๑๒ มิถุนายน พ.ศ. ๒๕๖๐",
        "12 มิถุนายน ค.ศ. 2017",
        "12/6/2560",
        "12/06/60",
        "12-6-2560",
        "12.6.2560",
        "2017-06-12",
        "2560-06-12",
        "June 12, 2017",
        "12 June 2017",
        "วันจันทร์ที่ 12 มิถุนายน 2560",
        "  12 มิ.ย. 2560\u200b ",
        "ลงนามเมื่อวันที่ 12 มิ.ย. 2560",
    ],
)
def test_a_day_is_read_in_every_form(cell: object) -> None:
    assert on(cell) == (SIGNED, "day")


@pytest.mark.parametrize(
    ("cell", "first", "precision"),
    [
        ("มิ.ย. 2560", date(2017, 6, 1), "month"),
        ("มิถุนายน 2560", date(2017, 6, 1), "month"),
        ("6/2560", date(2017, 6, 1), "month"),
        ("2017-06", date(2017, 6, 1), "month"),
        ("2560", date(2017, 1, 1), "year"),
        (2560, date(2017, 1, 1), "year"),
        (2017, date(2017, 1, 1), "year"),
        ("พ.ศ. ๒๕๖๐", date(2017, 1, 1), "year"),
        ("ปี 2560", date(2017, 1, 1), "year"),
        ("ค.ศ. 2017", date(2017, 1, 1), "year"),
        ("ประมาณปี 2560", date(2017, 1, 1), "year"),
        (date(1907, 1, 3), date(2017, 1, 1), "year"),  # 2560 typed into a cell that is formatted as a date
    ],
)
def test_what_is_known_of_a_date_is_no_more_than_what_is_written(
    cell: object, first: date, precision: str
) -> None:
    assert on(cell) == (first, precision)


@pytest.mark.parametrize(
    ("cell", "fault"),
    [
        ("31 เม.ย. 2560", "no such day"),
        ("29 ก.พ. 2568", "no such day"),
        (date(2568, 2, 29), "no such day"),
        ("6/25/2560", "no such day"),
        ("13/2560", "no such day"),
        ("3000", "no such day"),
        ("ค.ศ. 2560", "no such day"),
        ("12/6/17", "could be several dates"),
        ("12-15 มี.ค. 2560", "could be several dates"),
        ("12 มิ.ย. 2560 และ 3 ก.ค. 2561", "could be several dates"),
        ("วันอังคารที่ 12 มิถุนายน 2560", "could be several dates"),  # it was a Monday
        ("ต้นเดือน มิ.ย. 2560", "could be several dates"),
        (date(1960, 6, 12), "year too early"),
        ("12 มิ.ย. 2460", "year too early"),
        ("12 มิ.ย.", "not a date"),
        ("เร็ว ๆ นี้", "not a date"),
        ("ปีงบประมาณ 2560", "not a date"),
        ("เมื่อวานนี้", "not a date"),
        (12, "not a date"),
        (True, "not a date"),
    ],
)
def test_what_is_no_day_or_could_be_two_is_a_fault(cell: object, fault: str) -> None:
    assert on(cell) == fault


def test_two_digits_that_became_the_wrong_century_are_told_with_what_was_meant() -> None:
    found = read_day(date(1960, 6, 12))
    assert isinstance(found, Wrong)
    assert "12 มิ.ย. 2560" in found.instead


@pytest.mark.parametrize("cell", [None, "", "-", "–", "- ", "ไม่ระบุ", "ไม่มี", "N/A", ".", "ไม่ปรากฏวันที่"])
def test_a_cell_that_says_there_is_no_date_says_nothing(cell: object) -> None:
    assert on(cell) is None


def test_what_stands_in_brackets_or_behind_a_date_is_its_note() -> None:
    assert read_day("12 มิ.ย. 2560 (ต่ออายุ 12 มิ.ย. 2565)") == Day(SIGNED, "day", "ต่ออายุ 12 มิ.ย. 2565")
    assert read_day("(12 มิ.ย. 2560)") == Day(SIGNED, "day")
    behind = read_day("12 มิ.ย. 2560 ณ เมืองเฉิงตู")
    assert isinstance(behind, Day)
    assert (behind.on, behind.note) == (SIGNED, "ณ เมืองเฉิงตู")


@given(st.dates(date(1970, 1, 1), date(2026, 11, 22)), st.integers(0, 9))
def test_every_day_is_read_back_from_every_form(day: date, form: int) -> None:
    be = day.year + ERA
    short = form == 6 and be % 100 < 40  # two digits that could be of either era: asked
    found = on(written(day.isoformat(), form))
    assert found == ("could be several dates" if short else (day, "day"))


@given(st.text(max_size=60))
def test_no_text_makes_reading_a_date_fail(text: str) -> None:
    assert isinstance(read_day(text), Day | Wrong | None)


@pytest.mark.parametrize(
    ("text", "stage"),
    [
        ("ลงนามแล้ว", "signed"),
        ("ลงนาม MOU แล้ว", "signed"),
        ("สถาปนาความสัมพันธ์แล้ว", "established"),
        ("อยู่ระหว่างดำเนินการ", "in_progress"),
        ("อยู่ระหว่างการดำเนินการ", "in_progress"),
        ("อยู่ระหว่างลงนาม", "in_progress"),
        ("ยังไม่ได้ลงนาม", "in_progress"),
        ("รอลงนาม", "in_progress"),
        ("LOI", "letter_of_intent"),
        ("ลงนามหนังสือแสดงเจตจำนงแล้ว", "letter_of_intent"),
        ("อยู่ระหว่างจัดทำร่าง MOU", "mou_draft"),
        ("คณะกรรมการเห็นชอบแล้ว", "committee_agreed"),
        ("ต่ออายุแล้ว", "renewed"),
        ("ลงนามแล้ว หมดอายุ", "expired"),
        ("ไม่มีความเคลื่อนไหว", "dormant"),
        ("ยกเลิก", "ended"),
        ("Signed", "signed"),
        ("mou_draft", "mou_draft"),
        ("ดำเนินการแล้ว", None),
        ("ลงนามแล้ว " * 20, None),  # a report, not a stage
    ],
)
def test_a_stage_is_known_by_the_words_for_it(text: str, stage: str | None) -> None:
    assert read_stage(text) == stage


@pytest.mark.parametrize("stage", STAGE_LABELS)
def test_every_stage_that_we_write_is_read_back(stage: str) -> None:
    assert read_stage(STAGE_LABELS[stage]) == stage


def test_a_stage_keeps_its_bracket_as_a_note_and_an_unknown_one_is_a_fault() -> None:
    assert stage_value("ลงนามแล้ว (ฉบับที่ 2)") == Value("signed", note="ฉบับที่ 2")
    assert stage_value("-") is None
    found = stage_value("เสร็จ")
    assert isinstance(found, Wrong)
    assert "ลงนามแล้ว" in found.instead


def test_words_for_work_in_progress_stand_where_a_date_would() -> None:
    assert stage_instead_of_day("อยู่ระหว่างดำเนินการ คาดว่าลงนาม มิ.ย. 2570") == "in_progress"
    assert stage_instead_of_day("12 มิ.ย. 2560") is None
    assert stage_instead_of_day(SIGNED) is None


def test_a_term_is_words_and_a_bare_number_is_years() -> None:
    assert term_value(5) == term_value("๕ ปี") == Value("5 ปี")
    assert term_value("ไม่มีกำหนด") == Value("ไม่มีกำหนด")
    assert term_value("-") is None
    assert isinstance(term_value(SIGNED), Wrong)


def test_a_list_is_split_where_its_cell_says_so() -> None:
    assert list_value("การท่องเที่ยว, การค้า", lines=False) == Value(["การท่องเที่ยว", "การค้า"])
    assert list_value("1. การท่องเที่ยว\n2. การค้า, การลงทุน", lines=False) == Value(
        ["การท่องเที่ยว", "การค้า, การลงทุน"]
    )
    assert list_value("นาย ก, ผู้ว่าราชการ\nMr B", lines=True) == Value(["นาย ก, ผู้ว่าราชการ", "Mr B"])
    assert list_value("–", lines=False) is None
    assert isinstance(list_value(",".join(map(str, range(MOST_ITEMS + 1))), lines=False), Wrong)


def test_what_makes_no_difference_is_not_compared() -> None:
    assert comparable("  MOU   ฉบับที่ ๒ ") == comparable("mou ฉบับที่ 2")
    assert comparable(["การค้า", "การท่องเที่ยว"]) == comparable(["การท่องเที่ยว, การค้า"])
    assert comparable("ก") != comparable("ข")


def test_control_signs_and_marks_that_nobody_sees_are_left_out() -> None:
    assert text_value("หมาย\u200bเหตุ\x07 \u202eลับ") == Value("หมายเหตุ ลับ")
    assert says_nothing("\u2013")
