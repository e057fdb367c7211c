"""Amounts in baht: what is one, what is not, and that written amounts read back."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.language.money import read_amount, read_money, thai_baht


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("2.5 แสน", 250_000),
        ("350,000บ.", 350_000),
        ("350000 บาท", 350_000),
        ("๓๕๐,๐๐๐ บาท", 350_000),
        ("สามล้านห้าแสน", 3_500_000),
        ("สามล้านห้า", 3_500_000),
        ("3 ล้าน 5 แสน", 3_500_000),
        ("3 ล้าน 5 หมื่น", 3_050_000),
        ("1.2 ลบ.", 1_200_000),
        ("1 ลบ", 1_000_000),
        ("5 หมื่น", 50_000),
        ("งบ 2 แสน", 200_000),
        ("งบ2แสน30คน", 200_000),
        ("งบ 2 แสน 8 คน", 200_000),
        ("3k", 3_000),
        ("฿5,000", 5_000),
        ("งบหมื่นห้า", 15_000),
        ("งบ 50000", 50_000),
        ("งบประมาณไม่เกิน 300000", 300_000),
        ("ค่าใช้จ่ายสองแสนห้าหมื่นบาท", 250_000),
        ("มูลค่า 1.5 ล้าน", 1_500_000),
        ("ห้าร้อยบาท", 500),
        ("10 ล้านบาท", 10_000_000),
        ("3 พ.ย. 69 งบ 2 แสน", 200_000),
        ("35,000.-", 35_000),
        ("งบ 50 000 บาท", 50_000),
        ("งบ 1.2 ล.", 1_200_000),
        ("สิบเอ็ดล้านบาท", 11_000_000),
        ("งบ300000 คน25", 300_000),
    ],
)
def test_an_amount_is_read_from_a_sentence(text: str, amount: int) -> None:
    assert [money.amount for money in read_money(text)] == [amount]


def test_the_wording_of_documents_counts_the_last_digit_one_by_one() -> None:
    assert read_money("สามล้านห้าบาทถ้วน")[0].amount == 3_000_005


@pytest.mark.parametrize(
    "text",
    [
        *(
            "30 คน",
            "2 แสนคน",
            "5 หมื่นหยวน",
            "1 ล้านเยน",
            "ครั้งที่ 3",
            "ครบรอบ 11 ปี",
            "10 โมง",
            "3 พ.ย. 2569",
            "350000",
        ),
        *(
            "งบ 69",
            "งบ 2569",
            "งบปี 2569",
            "พันธุ์ข้าว",
            "ล้านนา",
            "ร้อยเอ็ด",
            "สิบสองปันนา",
            "วิ่ง 5k",
            "ยอดขาย 5 แสนบาท",
            "ข้าวสาร 5 ตัน",
            "คนละ 1,500 บาท",
            "500 บาทต่อคน",
            "500 บาท/คน",
            "ค่าสมัคร 1,500 บาท",
            "มูลค่าซื้อขาย 45 ล้านบาท",
        ),
        *("ถนนแสนสุข", "งบ 3/2569"),
    ],
)
def test_headcounts_years_dates_and_other_numbers_are_no_money(text: str) -> None:
    assert read_money(text) == ()


def test_both_ends_of_a_range_of_amounts_are_returned() -> None:
    assert [money.amount for money in read_money("งบ 3-5 แสน")] == [300_000, 500_000]


def test_an_amount_after_a_word_for_spending_is_marked() -> None:
    assert [money.cued for money in read_money("งบ 2 แสน มอบเงิน 5 หมื่นบาท")] == [True, False]


@pytest.mark.parametrize(
    "text", ["งบ 4แสน2หืม่น", "งบ 4แสนน2หมื่น", "งบสาามหมื่นห้าพันบาท", "งบ 1 ล้าน 2 สนบาท", "งบ 1.2 บ."]
)
def test_what_a_slip_left_of_an_amount_is_none(text: str) -> None:
    assert read_money(text) == ()


def test_both_ends_of_a_written_out_range_belong_to_the_word_before_it() -> None:
    found = read_money("งบ 1 แสน - 2 แสน")
    assert [money.amount for money in found] == [100_000, 200_000]
    assert all(money.cued and money.bound for money in found)


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("50000", 50_000),
        ("15,000", 15_000),
        ("๒ แสน", 200_000),
        ("หมื่นห้า", 15_000),
        ("0", 0),
        ("2.5 แสนบาท", 250_000),
    ],
)
def test_the_answer_to_the_money_question_may_be_a_bare_number(text: str, amount: int) -> None:
    assert read_amount(text) == amount


@pytest.mark.parametrize("text", ["", "ไม่ทราบ", "30 คน", "3 พ.ย. 69", "3-5 แสน", "-5000", "สิบสองปันนา"])
def test_an_answer_that_is_no_single_amount_is_none(text: str) -> None:
    assert read_amount(text) is None


def test_baht_are_written_with_commas_and_satang_only_where_there_are_any() -> None:
    assert thai_baht(Decimal(350_000)) == "350,000 บาท"
    assert thai_baht(Decimal("1200.5")) == "1,200.50 บาท"


@given(st.decimals(0, 10**9, places=2))
@settings(max_examples=200, deadline=None)
def test_a_written_amount_reads_back(amount: Decimal) -> None:
    assert read_amount(thai_baht(amount)) == amount
    assert [money.amount for money in read_money(f"ใช้ {thai_baht(amount)} 30 คน")] == [amount]


@given(
    st.text(max_size=60)
    | st.lists(st.sampled_from(["งบ", "3", "แสน", "ล้าน", " ", ",", ".", "ห้า", "บาท", "-", "k", "สิบ"])).map(
        "".join
    )
)
@settings(max_examples=200, deadline=None)
def test_random_text_never_raises(text: str) -> None:
    read_money(text)
    read_amount(text)
