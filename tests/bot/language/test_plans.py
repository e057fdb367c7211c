"""Plans, what has happened, and what was not held."""

from __future__ import annotations

from datetime import date

import pytest

from bot.language.quick_log import LogReading, read_log
from tests.bot.language.lexicons import real_lexicon

BOTH = {"state": ["held", "planned"]}


def reading(text: str) -> LogReading:
    return read_log(text, real_lexicon(), home="TH-50", today=date(2026, 11, 18))


@pytest.mark.parametrize(
    "text",
    [
        *("ยกเลิกเยือนเฉิงตู 20 ต.ค. 69", "ไม่ได้จัดประชุมกับเฉิงตู 3 พ.ย. 69", "ประชุมกับเฉิงตู 5 พ.ย. 69 ถูกยกเลิก"),
        *(
            "งดจัดงานกับเฉิงตู 3 พ.ย. 69",
            "เลื่อนเยือนเฉิงตู 3 พ.ย. 69",
            "คณะเฉิงตูขอเลื่อนการเยือน 25 พ.ย. 69",
            "ยังไม่ได้ลงนามกับเฉิงตู",
        ),
        *(
            "คณะเฉิงตูยกเลิกไม่มาเยือน 12 ต.ค. 69",
            "Meeting with Chengdu on 3 Nov 2026 was cancelled",
            "เลื่อนประชุมกับเฉิงตูไม่มีกำหนด",
        ),
    ],
)
def test_what_was_not_held_is_asked(text: str) -> None:
    assert reading(text).ambiguous.get("state") == BOTH["state"]


@pytest.mark.parametrize(
    "text",
    [
        *(
            "ประชุมกับเฉิงตู 3 พ.ย. 69 เรื่องยกเลิกวีซ่า",
            "ต้อนรับคณะเฉิงตู 4 พ.ย. 69 ไม่ได้ใช้งบจังหวัด",
            "ฝ่ายเฉิงตูไม่ได้เข้าร่วมประชุม 3 พ.ย. 69",
        ),
        *("ประชุมกับเฉิงตู 3 พ.ย. 69 แสดงความยินดีที่ได้เลื่อนตำแหน่ง", "ประชุมกับเฉิงตู 3 พ.ย. 69 ไม่มีค่าใช้จ่าย"),
    ],
)
def test_other_words_that_deny_leave_the_state_alone(text: str) -> None:
    assert (reading(text).state, "state" in reading(text).ambiguous) == ("held", False)


def test_what_is_put_off_to_a_day_ahead_is_a_plan_for_that_day() -> None:
    found = reading("เลื่อนประชุมกับเฉิงตูจาก 5 พ.ย. 69 เป็น 25 ธ.ค. 69")
    assert (found.state, found.start, found.ambiguous) == ("planned", date(2026, 12, 25), {})


@pytest.mark.parametrize(
    ("text", "start", "state"),
    [
        ("จะไปเยือนเฉิงตู 25 พ.ย.", date(2026, 11, 25), "planned"),
        ("ประชุมกับเฉิงตู 12 ธ.ค. นี้", date(2026, 12, 12), "planned"),
        ("ประชุมกับเฉิงตู 3 ธ.ค. ที่จะถึงนี้", date(2026, 12, 3), "planned"),
        ("เตรียมลงนามกับเฉิงตู 15 ม.ค.", date(2027, 1, 15), "planned"),
        ("บ่ายนี้จะประชุมกับเฉิงตู", date(2026, 11, 18), "planned"),
        ("วันศุกร์จะต้อนรับคณะเฉิงตู", date(2026, 11, 20), "planned"),
        ("ประชุมกับเฉิงตู 3 พ.ย. ที่ผ่านมา", date(2026, 11, 3), "held"),
        ("ประชุมกับเฉิงตู 3 พ.ย. เรื่องแผนการท่องเที่ยว", date(2026, 11, 3), "held"),
        ("ประชุมกับเฉิงตู 3 พ.ย. ตกลงว่าจะแลกเปลี่ยนนักเรียน", date(2026, 11, 3), "held"),
        ("ประชุมกับเฉิงตู 3 พ.ย. คาดว่าจะได้ประโยชน์มาก", date(2026, 11, 3), "held"),
    ],
)
def test_a_day_without_a_year_is_the_next_one_only_when_the_activity_is_planned(
    text: str, start: date, state: str
) -> None:
    assert (reading(text).start, reading(text).state) == (start, state)


def test_a_signing_that_is_prepared_is_one_when_its_day_lies_ahead() -> None:
    assert reading("เตรียมลงนามกับเฉิงตู 15 ธ.ค. 69").type == "signing"
    assert reading("เตรียมลงนามกับเฉิงตู 3 พ.ย. 69").ambiguous["type"] == ["signing", "meeting"]


@pytest.mark.parametrize(
    "text", ["ประชุมกับเฉิงตู 3 พ.ย. 2596", "ประชุมกับเฉิงตู 3 พ.ย. 96", "ประชุมกับเฉิงตู 3 พ.ย. 2480"]
)
def test_a_year_far_away_is_taken_for_a_slip_and_asked(text: str) -> None:
    assert reading(text).start is None
    assert len(reading(text).ambiguous["start"]) == 1


@pytest.mark.parametrize(
    "text",
    [
        *(
            "ประชุมกับเฉิงตู ส่งรายงานภายใน 30 พ.ย. 69",
            "ข้อมูล ณ วันที่ 5 พ.ย. 69 ประชุมกับเฉิงตู",
            "หลังวันที่ 5 พ.ย. 69 ประชุมกับเฉิงตู",
        ),
        *("เยือนเฉิงตู 30 ธ.. - 2 ม.ค. 69", "ประชุมกับเฉิงตู 3 พ.ย. 50 จังหวัด"),
    ],
)
def test_a_day_that_may_be_another_is_asked(text: str) -> None:
    assert reading(text).start is None
    assert "start" in reading(text).ambiguous


def test_a_deadline_beside_the_day_changes_nothing() -> None:
    assert reading("ประชุมกับเฉิงตู 3 พ.ย. 69 ส่งรายงานภายใน 30 พ.ย. 69").start == date(2026, 11, 3)
