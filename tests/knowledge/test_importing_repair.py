"""Thai out of files is mended, and nothing else about it changes."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.importing.repair import repair, repair_lines, undo_latin1

THAI = st.text(
    st.characters(min_codepoint=0x0E01, max_codepoint=0x0E5B) | st.sampled_from(" \u00a0\u200b(1)aB")
)


@pytest.mark.parametrize(
    ("broken", "mended"),
    [
        ("ส านักงานจังหวัดน าเสนอแผน", "สำนักงานจังหวัดนำเสนอแผน"),
        ("น้ าท่วม และค่ าที่", "น้ำท่วม และค่ำที่"),
        ("กระท\u0e4dา ท\u0e4d า", "กระทำ ทำ"),
        ("น\u0e49\u0e4dา น\u0e4d\u0e49า", "น้ำ น้ำ"),
        ("ก  าหนด", "กำหนด"),
        ("เมือง\uf70aพี\uf70b", "เมือง่พี้"),
        ("ปฏิบัติ\u200bงาน\ufeff", "ปฏิบัติงาน"),
        ("จังหวัด\u00a0เชียงใหม่", "จังหวัด เชียงใหม่"),
        ("ความสัมพัน  ธ์", "ความสัมพันธ์"),
        ("ร ะดับ", "ระดับ"),
        ("เ มือง", "เมือง"),
        ("เเผน", "แผน"),
        ("ที่\u0e48", "ที่"),
        ("พื\u0e49น กับ พ\u0e49ืน", "พื้น กับ พื้น"),
        ("\uf0b7 สำเนา", "• สำเนา"),
        ("a\x00b\ud800c\ufffe", "abc"),
    ],
)
def test_what_files_break_is_mended(broken: str, mended: str) -> None:
    assert repair(broken) == mended


@pytest.mark.parametrize(
    "text",
    [
        "ข้อ ๕.๒ ให้ MOU มีผล",
        "พ.ศ. ๒๕๖๒ – 2566",
        "มากกกก",
        "ฯลฯ ต่าง ๆ ด้วย",
        "กา าว ดี",
        "“ปลัดกระทรวง”",
        "Sister  City".replace("  ", " "),
    ],
)
def test_digits_capitals_and_wording_are_quoted_as_they_stand(text: str) -> None:
    assert repair(text) == text.replace("กา าว", "กาาว")


@given(THAI | st.text())
def test_mending_twice_changes_nothing(text: str) -> None:
    assert repair(repair(text)) == repair(text)


@given(THAI)
def test_no_split_sara_am_is_left(text: str) -> None:
    assert not re.search("[ก-ฮ][\u0e48-\u0e4b]? า", repair(text))


@given(st.text())
def test_a_mended_text_can_be_stored_anywhere(text: str) -> None:
    """PostgreSQL takes no NUL, and nothing takes half a character."""
    mended = repair(text)
    assert "\x00" not in mended
    assert mended.encode("utf-8").decode("utf-8") == mended


def test_line_breaks_that_are_meant_stay() -> None:
    assert repair_lines(" ก าหนด \n\n น า \n") == "กำหนด\nนำ"


def test_thai_that_was_taken_for_latin_letters_is_thai_again() -> None:
    text = "กระทรวงมหาดไทย ข้อ 5"
    assert undo_latin1(text.encode("cp874").decode("latin-1")) == text


@pytest.mark.parametrize("text", ["Le préfet a été élu à Nîmes", "กระทรวง ¡ÃÐ", "", "Sister City"])
def test_other_languages_and_thai_stay(text: str) -> None:
    assert undo_latin1(text) == text
