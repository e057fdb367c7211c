"""Lines that ask to be let in, however they are typed, and lines that only look so."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.language.letting_in import wants_in
from bot.language.own_province import read_own_province
from tests.bot.language.lexicons import real_lexicon, real_provinces

LEXICON = real_lexicon()


@pytest.mark.parametrize(
    "line",
    [
        "ขอเข้าใช้งาน",
        "ขอสิทธิ์ใช้งาน",
        "ขอสิทธิใช้งานครับ",
        "ขอสิทธิ์เข้าใช้งานระบบหน่อยค่ะ",
        "อยากขอสิทธิ์เข้าใช้ระบบ",
        "ต้องการเข้าใช้งานระบบ",
        "สมัคร",
        "สมัครใช้งาน",
        "สมัครสมาชิก",
        "สมัครเข้าใช้งานยังไง",
        "ขอลงทะเบียน",
        "ลงทะเบียนเข้าใช้งาน ทำอย่างไร",
        "เข้าระบบยังไงครับ",
        "เข้าใช้งานได้อย่างไร",
        "ขอเปิดบัญชีผู้ใช้",
        "มีรหัสเชิญ",
        "เขียนคำขอเข้าใช้งาน",
        "ขอสิทธิ์เจ้าหน้าที่จังหวัด",
        "sign up",
        "request access",
        "How do I join?",
        "Register",
    ],
)
def test_a_line_that_asks_to_be_let_in(line: str) -> None:
    assert wants_in(line)


@pytest.mark.parametrize(
    "line",
    [
        "",
        "ใช้งาน",
        "สิทธิ",
        "เข้าร่วม",
        "ขอเข้าร่วมประชุมกับเฉิงตู 3 พ.ย. 69",
        "สิทธิประโยชน์ของเมืองพี่เมืองน้องคืออะไร",
        "ลงทะเบียนผู้เข้าร่วมประชุม 30 คน",
        "สมัครเป็นเมืองพี่เมืองน้องกับเฉิงตูต้องทำอย่างไร",
        "ขอเข้าใช้ห้องประชุมศาลากลาง",
        "register the MOU with the ministry",
        "ประชุมเรื่องสิทธิ์การใช้งานระบบ",
        "ต้องขออนุมัติใคร",
    ],
)
def test_a_line_that_asks_something_else(line: str) -> None:
    assert not wants_in(line)


@given(st.text(max_size=200))
def test_any_text_is_read(text: str) -> None:
    assert wants_in(text) in (True, False)
    read = read_own_province(text, LEXICON)
    known = {one.code for one in real_provinces()}
    assert {*read.candidates, *([read.code] if read.code else [])} <= known
    assert not (read.code and read.candidates)


@pytest.mark.parametrize("form", ["{}", "จังหวัด{}", "จ.{}", "สำนักงานจังหวัด{}"])
def test_every_province_is_taken_by_its_own_name(form: str) -> None:
    read = {one.code: read_own_province(form.format(one.name_th), LEXICON) for one in real_provinces()}
    assert {code: found.code for code, found in read.items()} == {code: code for code in read}


@pytest.mark.parametrize(
    "typed", ["หาดใหญ่", "อำเภอหาดใหญ่", "อ.แม่สอด", "พัทยา", "เกาะสมุย", "แม่สาย", "ระยนอง", "ชม"]
)
def test_a_district_or_a_doubt_is_never_taken(typed: str) -> None:
    read = read_own_province(typed, LEXICON)
    assert read.code is None
    assert read.candidates


@pytest.mark.parametrize("typed", ["เทศบาลนครเชียงใหม่", "เมืองพัทยา"])
def test_a_municipality_is_no_province(typed: str) -> None:
    assert read_own_province(typed, LEXICON).municipal
