"""Long texts become several messages without torn letters."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.splitting import split_text, utf16_length

THAI_MARKS = "ะัาำิีึืฺุูๅ็่้๊๋์ํ๎"
SYLLABLES = st.sampled_from(
    [
        "เมือง",
        "น้ำ",
        "กำ",
        "ที่",
        "พี่",
        "ศักดิ์",
        "ใหญ่",
        "ปู่",
        "ญี่ปุ่น",
        "ฯ",
        "ๆ",
        "โต๊ะ",
        "แก้",
        "ไข",
        "A",
        "7",
        "👩‍🌾",
        "🇹🇭",
        "👍🏽",
    ]
)
GAPS = st.sampled_from([*[""] * 20, " ", "\n", "\n\n", "\n \n", "  "])
TEXTS = st.lists(st.tuples(SYLLABLES, GAPS), min_size=20, max_size=80).map(
    lambda pairs: "".join(syllable + gap for syllable, gap in pairs)
)


def without_space(text: str) -> str:
    return "".join(text.split())


@given(TEXTS, st.integers(min_value=10, max_value=60))
@settings(max_examples=200, deadline=None)
def test_parts_fit_lose_only_white_space_and_never_begin_inside_a_syllable(text: str, limit: int) -> None:
    parts = split_text(text, limit)

    assert without_space("".join(parts)) == without_space(text)
    assert all(utf16_length(part) <= limit for part in parts)
    for before, after in pairwise(parts):
        assert after[0] not in THAI_MARKS
        assert before[-1] not in "เแโใไ"
        assert "\u200d" not in (before[-1], after[0])


@given(st.text(max_size=200), st.integers(min_value=2, max_value=40))
@settings(max_examples=200, deadline=None)
def test_any_text_at_all_is_split_within_the_limit(text: str, limit: int) -> None:
    parts = split_text(text, limit)

    assert parts
    assert without_space("".join(parts)) == without_space(text)
    assert all(utf16_length(part) <= limit for part in parts)


@pytest.mark.parametrize("text", ["", "  สั้น \n", "ก" * 4096])
def test_a_text_that_fits_is_left_alone(text: str) -> None:
    assert split_text(text) == (text,)


def test_an_emoji_counts_as_two_units() -> None:
    assert split_text("😀" * 3, limit=4) == ("😀😀", "😀")


def test_a_blank_line_is_preferred_to_a_later_line_end_and_space() -> None:
    text = "ย่อหน้าแรกยาวหน่อย\n\nบรรทัดหนึ่ง\nบรรทัด สอง ต่อไปอีก"

    assert split_text(text, limit=36)[0] == "ย่อหน้าแรกยาวหน่อย"


def test_a_line_end_is_preferred_to_a_later_space_so_list_items_stay_whole() -> None:
    text = "1. เฉิงตู เมืองพี่เมืองน้อง\n2. ฮอกไกโด ยังไม่พบกิจกรรม"

    assert split_text(text, limit=40) == ("1. เฉิงตู เมืองพี่เมืองน้อง", "2. ฮอกไกโด ยังไม่พบกิจกรรม")


def test_an_early_blank_line_does_not_make_a_tiny_part() -> None:
    text = "หัวข้อ\n\n" + "คำ " * 40

    assert utf16_length(split_text(text, limit=60)[0]) > 30


def test_an_early_space_is_still_better_than_a_cut_inside_a_word() -> None:
    text = "ตาม มติคณะรัฐมนตรีเมื่อวันที่"

    assert split_text(text, limit=20)[0] == "ตาม"


def test_a_space_that_carries_a_mark_is_no_place_to_cut() -> None:
    parts = split_text("กกกกก ้ขขขขข", limit=8)

    assert all(part[0] not in THAI_MARKS for part in parts)


@pytest.mark.parametrize(
    ("text", "limit", "first"),
    [
        ("กกกเก", 4, "กกก"),
        ("กกกกำ", 4, "กกก"),
        ("กกกก็", 4, "กกก"),
        ("กกก👩‍🌾", 6, "กกก"),
        ("กก👍🏽", 5, "กก"),
        ("กก\U0001f3f4\U000e0067\U000e0062", 6, "กก"),
    ],
)
def test_no_part_ends_inside_a_letter(text: str, limit: int, first: str) -> None:
    assert split_text(text, limit)[0] == first


def test_white_space_at_the_end_makes_no_part_of_its_own() -> None:
    assert split_text("กกกก \n ", limit=4) == ("กกกก",)


def test_a_flag_is_not_torn_into_its_letters() -> None:
    assert split_text("🇹🇭🇯🇵🇨🇳", limit=10) == ("🇹🇭🇯🇵", "🇨🇳")


def test_a_letter_longer_than_the_limit_is_torn_rather_than_never_sent() -> None:
    assert split_text("ก" + "้" * 9, limit=4) == ("ก้้้", "้้้้", "้้")


def test_a_limit_that_no_emoji_fits_is_refused() -> None:
    with pytest.raises(ValueError, match="at least 2"):
        split_text("ก", limit=1)
