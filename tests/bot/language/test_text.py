"""Cleaning typed text, and reading numbers in words."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.language.numbers import spelled_number
from bot.language.spelling import first_letter, sound_of, squash
from bot.language.text import HIDDEN, clean, hide, hide_times_and_ordinals


@pytest.mark.parametrize(
    ("typed", "cleaned"),
    [
        ("๓๐ คน", "30 คน"),
        ("12 – 15", "12 - 15"),
        ("เชียง\u200bใหม่", "เชียงใหม่"),
        ("ก\u00a0 ข", "ก ข"),
        ("เเพร่", "แพร่"),
        ("ท่ี", "ที่"),
        ("นํ้า", "น้ำ"),
        ("นำ้", "นำ้"),
        ("เฉิ่่งตู", "เฉิ่งตู"),
        ("ก\n\n ข", "ก\nข"),
        ("Đà Nẵng", "Đà Nẵng"),
    ],
)
def test_typed_text_is_made_comparable(typed: str, cleaned: str) -> None:
    assert clean(typed) == cleaned


@given(st.text(alphabet=st.sampled_from("กขเแ่้ิีึำํา์็ 12\n\u200b\x00"), max_size=20) | st.text(max_size=40))
@settings(max_examples=200, deadline=None)
def test_cleaning_twice_changes_nothing_and_lets_no_hidden_sign_in(text: str) -> None:
    assert clean(clean(text)) == clean(text)
    assert HIDDEN not in clean(text)


def test_hiding_keeps_every_position() -> None:
    assert hide("0123456789", [(2, 4)]) == f"01{HIDDEN * 3}56789"


@pytest.mark.parametrize(
    "text",
    ["10 โมง", "09.30 น.", "9.30-12.00 น.", "14:00", "ครั้งที่ 3/2562", "ครบรอบ 11 ปี", "รุ่นที่ 5", "ชั้น 5", "ม.3"],
)
def test_times_ordinals_and_addresses_are_hidden(text: str) -> None:
    assert not any(sign.isdigit() for sign in hide_times_and_ordinals(f"ก {text} ข"))


@pytest.mark.parametrize("text", ["30 คน", "350,000 บาท", "3.5 ล้าน", "ปี 2569"])
def test_counts_and_amounts_are_not_hidden(text: str) -> None:
    assert hide_times_and_ordinals(text) == text


@pytest.mark.parametrize(
    ("text", "number"),
    [
        *(
            ("สามสิบ", 30),
            ("ยี่สิบเอ็ด", 21),
            ("ร้อยเอ็ด", 101),
            ("หนึ่งพันสองร้อย", 1200),
            ("สองล้านห้าแสน", 2_500_000),
            ("๓๐", 30),
        ),
        *(("สิบ", 10), ("1,200", 1200), ("สามพันห้า", 3500), ("ศูนย์", 0)),
    ],
)
def test_a_number_in_words_is_read(text: str, number: int) -> None:
    assert spelled_number(clean(text)) == number


@pytest.mark.parametrize("text", ["", "สิบสองปันนา", "2.5", "คน", "สองสาม", "9" * 30])
def test_what_is_no_whole_number_is_none(text: str) -> None:
    assert spelled_number(text) is None


_ONES = ("", "หนึ่ง", "สอง", "สาม", "สี่", "ห้า", "หก", "เจ็ด", "แปด", "เก้า")
_PLACES = ("", "สิบ", "ร้อย", "พัน", "หมื่น", "แสน")


def _in_words(number: int) -> str:
    """The formal wording of a number below a million."""
    digits = [int(digit) for digit in str(number)]
    words = ""
    for place, digit in zip(range(len(digits) - 1, -1, -1), digits, strict=True):
        if not digit:
            continue
        if place == 1 and digit == 1:
            words += "สิบ"
        elif place == 1 and digit == 2:
            words += "ยี่สิบ"
        elif place == 0 and digit == 1 and len(digits) > 1:
            words += "เอ็ด"
        else:
            words += _ONES[digit] + _PLACES[place]
    return words


@given(st.integers(1, 999_999))
@settings(max_examples=200, deadline=None)
def test_a_formal_number_reads_back(number: int) -> None:
    last = number % 10
    if last > 1 and number > 1000 and not number // 10 % 100:
        return  # สามพันห้า is 3,500 in everyday words
    assert spelled_number(_in_words(number)) == number


def test_squashing_keeps_where_each_sign_stood() -> None:
    squashed = squash("Đà Nẵng")
    assert (squashed.signs, squashed.origin) == ("danang", (0, 1, 3, 4, 5, 6))


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("เฉิงตู", "เฉิ่งตุ"),
        ("เชียงใหม่", "เชียงไหม่"),
        ("Chengdu", "Chengdoo"),
        ("ฮอกไกโด", "ฮอกไกโด้"),
        ("กว่างซี", "กวางซี่"),
    ],
)
def test_spellings_of_one_sound_are_equal(first: str, second: str) -> None:
    assert sound_of(first) == sound_of(second)


@pytest.mark.parametrize(
    ("first", "second"),
    [("ระยอง", "ระนอง"), ("นครปฐม", "นครพนม"), ("กว่างซี", "กวางตุ้ง"), ("เหอหนาน", "ไห่หนาน")],
)
def test_other_names_do_not_sound_equal(first: str, second: str) -> None:
    assert sound_of(first) != sound_of(second)


def test_names_begin_alike_when_their_first_consonants_are_mistaken_for_each_other() -> None:
    assert first_letter(sound_of("ซูโจว")) != first_letter(sound_of("อู๋โจว"))
    assert first_letter(sound_of("เฉิงตู")) == first_letter(sound_of("เชิงตู")) == first_letter(sound_of("จิงตู"))
