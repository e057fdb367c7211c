"""Headcounts: what is one, what is not, and when several have to be asked about."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.language.people import read_headcount, read_headcounts, settle


@pytest.mark.parametrize(
    ("text", "people"),
    [
        *(
            ("30คน", 30),
            ("๓๐ คน", 30),
            ("จนท 8 คน", 8),
            ("จนท. 8", 8),
            ("12ท่าน", 12),
            ("คณะ 15", 15),
            ("คณะ15เรื่องท่องเที่ยว", 15),
        ),
        *(
            ("ผู้เข้าร่วม 30", 30),
            ("จำนวนผู้เข้าร่วม: 64", 64),
            ("คน 30", 30),
            ("คน30", 30),
            ("คนมา 30", 30),
            ("คนร่วม 200 ครับ", 200),
            ("จนท.7 คน", 7),
            ("a delegation of 15", 15),
            ("สามสิบคน", 30),
            ("30 pax", 30),
            ("800 ราย", 800),
            ("2,500 คน", 2500),
            ("2 พันคน", 2000),
        ),
        *(
            ("3 พ.ย. 69 30คน", 30),
            ("3 พ.ย. 30 คน", 30),
            ("สิบสองปันนา 15 คน", 15),
            ("ร้อยเอ็ด 30 คน", 30),
            ("ยี่สิบห้าคน", 25),
        ),
        *(("งบ 5 หมื่น สามสิบคน", 30), ("คณะ 15 งบ 2 แสน", 15), ("ครั้งที่ 3 20 คน", 20), ("10 โมง 20 คน", 20)),
    ],
)
def test_a_headcount_is_read_from_a_sentence(text: str, people: int) -> None:
    assert [count.people for count in read_headcounts(text)] == [people]


@pytest.mark.parametrize(
    "text",
    [
        *(
            "ครั้งที่ 3",
            "ครบรอบ 11 ปี",
            "10 โมง",
            "5 หมื่นบาท",
            "คณะ 5 จังหวัด",
            "คณะ 12 มี.ค. 68",
            "30 รายการ",
            "คณะ 13 คณะ",
            "1.5 คน",
            "ทีมละ 11 คน",
            "ผู้ประสบภัย 200 ราย",
            "นักท่องเที่ยวจีน 5 แสนคน",
            "สองสามคน",
            "คณะมาเก้า",
            "ความร่วมมือ 3 ด้าน",
            "คน 30 บาท",
        ),
        *("3 พ.ย. 2569", "ประชุม 2 วัน", "คณะกรรมการชุดที่ 3"),
    ],
)
def test_ordinals_times_money_and_other_numbers_are_no_headcount(text: str) -> None:
    assert read_headcounts(text) == ()


def test_several_counts_offer_their_sum_and_each() -> None:
    assert settle(read_headcounts("คณะ 12 คน จนท 8 คน")) == (20, 12, 8)


def test_a_count_that_is_called_the_sum_decides() -> None:
    assert settle(read_headcounts("คณะ 12 คน จนท 8 คน รวม 20 คน")) == (20,)


def test_a_count_that_is_the_sum_of_the_others_decides() -> None:
    assert settle(read_headcounts("ผู้เข้าร่วม 30 คน ไทย 18 คน จีน 12 คน")) == (30,)


def test_a_rough_count_is_marked() -> None:
    assert [
        count.rough for text in ("เกือบ 800 คน", "30 กว่าคน", "30 คน") for count in read_headcounts(text)
    ] == [True, True, False]


@pytest.mark.parametrize(
    ("text", "people"), [("30", 30), ("1,200", 1200), ("๓๐", 30), ("สามสิบ", 30), ("30 คน", 30), ("0", 0)]
)
def test_the_answer_to_the_people_question_may_be_a_bare_number(text: str, people: int) -> None:
    assert read_headcount(text) == people


@pytest.mark.parametrize("text", ["", "ไม่ทราบ", "30-40 คน", "5 หมื่นบาท", "12 คน 8 คน", "-3", "2000000"])
def test_an_answer_that_is_no_single_count_is_none(text: str) -> None:
    assert read_headcount(text) is None


@given(
    st.integers(1, 100_000), st.sampled_from(["{} คน", "{}คน", "{:,} คน", "จำนวน {} ท่าน", "{} ราย", "คณะ {}"])
)
@settings(max_examples=200, deadline=None)
def test_a_written_headcount_reads_back(people: int, form: str) -> None:
    assert read_headcount(form.format(people)) == people


@given(st.text(max_size=60))
@settings(max_examples=200, deadline=None)
def test_random_text_never_raises(text: str) -> None:
    read_headcounts(text)
    read_headcount(text)
