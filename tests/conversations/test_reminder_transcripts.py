"""
How a silent pairing is brought to an activity, or to whoever can see to it: whole conversations.

Each is told from the first word to the last, with everybody who hears of it.
"""

from __future__ import annotations

from datetime import date

import pytest

from tests.conversations.test_holds import confirm, received
from tests.conversations.test_reminders import reminded
from tests.support import Conversation, Office, shown

JANUARY = date(2027, 1, 4)
JULY = date(2027, 7, 5)
OCTOBER = date(2027, 10, 4)
NOVEMBER = date(2027, 11, 1)
DECEMBER = date(2027, 12, 1)


@pytest.fixture
def head(office: Office) -> Conversation:
    """The head of office of the same province."""
    return office.person("สุดา", "head", "TH-85")


@pytest.fixture
def ministry(office: Office) -> Conversation:
    return office.person("กองการต่างประเทศ", "ministry")


def block(office: Office, person: Conversation) -> None:
    """They block the bot, and it is told so."""
    person.update(presence="blocked")


def morning(office: Office, person: Conversation, day: date) -> str:
    """All that the person finds on that morning."""
    office.clock.set_day(day)
    office.plan()
    return received(person)


def test_reminder_log_now_silence(office: Office, ranong: Conversation) -> None:
    said = reminded(office, ranong, DECEMBER)
    assert "⏳ ระนอง: 1 คู่ยังไม่มีกิจกรรมร่วมในปีปฏิทิน 2570" in said
    assert "เหลือ 30 วัน (ถึง 31 ธ.ค. 2570)" in said

    assert "เป็นกิจกรรมประเภทใด" in ranong.press("บันทึกกิจกรรม")
    ranong.press("ประชุม/หารือ")
    ranong.press("เมื่อวาน")
    ranong.press("เข้าร่วม")
    assert "ปีปฏิทิน 2570: 1 กิจกรรม" in ranong.press("บันทึก")

    for day in (date(2027, 12, 7), date(2027, 12, 24)):
        assert reminded(office, ranong, day) == ""
    said = reminded(office, ranong, date(2028, 1, 4))
    assert "คู่ยังไม่มีกิจกรรมร่วมในปีปฏิทิน 2571" in said
    assert "คู่ยังไม่มีกิจกรรมร่วมในปีปฏิทิน 2570" not in said


def planned_for(office: Office, ranong: Conversation, day: str) -> None:
    """From the reminder to the plan."""
    reminded(office, ranong, DECEMBER)
    assert "บันทึกเป็นแผนโดยระบุวันที่จะจัด" in ranong.press("มีแผนจัดแล้ว")
    ranong.press("ประชุม/หารือ")
    ranong.say(day)
    ranong.press("บันทึก")


def test_plan_asked_after_its_day_held(office: Office, ranong: Conversation) -> None:
    planned_for(office, ranong, "20 ธ.ค. 70")
    assert reminded(office, ranong, date(2027, 12, 17)) == ""

    assert "จัดแล้วหรือยัง" in morning(office, ranong, date(2027, 12, 21))
    ranong.press("จัดแล้ว")
    ranong.press("เข้าร่วม")
    assert "ปีปฏิทิน 2570: 1 กิจกรรม" in ranong.press("บันทึก")

    assert reminded(office, ranong, date(2027, 12, 29)) == ""


def test_plan_moved_asked_again_after_its_new_day(office: Office, ranong: Conversation) -> None:
    planned_for(office, ranong, "14 ธ.ค. 70")
    assert "จัดแล้วหรือยัง" in morning(office, ranong, date(2027, 12, 15))
    ranong.press("เลื่อนวัน")
    ranong.say("28 ธ.ค. 70")
    ranong.press("บันทึก")

    assert reminded(office, ranong, date(2027, 12, 27)) == ""
    assert "จัดแล้วหรือยัง" in morning(office, ranong, date(2027, 12, 29))


def test_plan_cancelled_the_reminder_is_back(office: Office, ranong: Conversation) -> None:
    planned_for(office, ranong, "14 ธ.ค. 70")
    assert "จัดแล้วหรือยัง" in morning(office, ranong, date(2027, 12, 15))
    ranong.press("งดจัด")

    assert "เหลือ 7 วัน" in reminded(office, ranong, date(2027, 12, 24))


def test_snooze_silence_then_the_reminder(office: Office, ranong: Conversation) -> None:
    reminded(office, ranong, DECEMBER)
    ranong.press("เลื่อนการแจ้งเตือน")
    ranong.say("26 ธ.ค. 70")
    assert "เลื่อนการแจ้งเตือนถึง 26 ธ.ค. 2570 แล้ว" in ranong.press("รอการอนุมัติงบประมาณ")

    assert reminded(office, ranong, date(2027, 12, 24)) == ""
    assert "เหลือ 4 วัน" in reminded(office, ranong, date(2027, 12, 27))


def test_exemption_granted_then_the_next_year(
    office: Office, ranong: Conversation, ministry: Conversation
) -> None:
    reminded(office, ranong, DECEMBER)
    ranong.press("ขอยกเว้น")
    ranong.press("สิ้นปีปฏิทิน 2570 (31 ธ.ค. 2570)")
    ranong.say("ด่านชายแดนปิดทั้งปี")

    assert "ด่านชายแดนปิดทั้งปี" in received(ministry)
    ministry.press("อนุมัติ")
    assert "กองการต่างประเทศ สป.มท. อนุมัติการยกเว้น" in received(ranong)

    assert reminded(office, ranong, date(2027, 12, 24)) == ""
    said = reminded(office, ranong, date(2028, 1, 4))
    assert "คู่ยังไม่มีกิจกรรมร่วมในปีปฏิทิน 2571" in said
    assert "คู่ยังไม่มีกิจกรรมร่วมในปีปฏิทิน 2570" not in said


def test_the_officer_blocks_the_bot_the_head_is_told_and_after_ten_working_days_the_ministry(
    office: Office, ranong: Conversation, head: Conversation, ministry: Conversation
) -> None:
    confirm(office, ranong, "TH-85")
    assert reminded(office, head, JANUARY) == ""
    assert "จังหวัดเกาะสอง" in received(ranong)
    block(office, ranong)

    told = reminded(office, head, JULY)
    assert "เจ้าหน้าที่ 1 ครั้ง (4 ม.ค. 2570)" in told
    assert received(ranong) == ""
    assert reminded(office, ministry, date(2027, 7, 16)) == ""  # nine working days of the head

    told = reminded(office, ministry, date(2027, 7, 22))
    assert "เจ้าหน้าที่ 1 ครั้ง (4 ม.ค. 2570)" in told
    assert "หัวหน้าสำนักงานจังหวัด 1 ครั้ง (5 ก.ค. 2570)" in told
    for name in ("ชูใจ", "สุดา"):
        assert name not in told
    assert reminded(office, ministry, date(2027, 7, 23)) == ""


@pytest.mark.parametrize("gone", ["nobody", "blocked"])
def test_where_no_head_can_be_reached_either_the_ministry_is_told_and_not_of_tries_that_were_none(
    office: Office, ranong: Conversation, ministry: Conversation, gone: str
) -> None:
    confirm(office, ranong, "TH-85")
    if gone == "nobody":
        office.leave(ranong)
    else:
        head = office.person("สุดา", "head", "TH-85")
        block(office, ranong)
        block(office, head)

    assert reminded(office, ministry, JULY) == ""
    told = reminded(office, ministry, date(2027, 7, 22))
    assert "จังหวัดเกาะสอง · ยังไม่มีผู้รับผิดชอบที่ติดต่อได้" in told
    assert "ครั้ง" not in told


def test_a_new_head_has_ten_working_days_of_their_own(
    office: Office, ranong: Conversation, ministry: Conversation
) -> None:
    confirm(office, ranong, "TH-85")
    office.leave(ranong)
    assert reminded(office, ministry, JULY) == ""
    office.clock.set_day(date(2027, 7, 15))
    head = office.person("สุดา", "head", "TH-85")

    assert "จังหวัดเกาะสอง" in reminded(office, head, date(2027, 7, 15))
    assert reminded(office, ministry, date(2027, 7, 23)) == ""
    assert "หัวหน้าสำนักงานจังหวัด 1 ครั้ง" in reminded(office, ministry, date(2027, 8, 4))


def test_whoever_unblocks_the_bot_gets_the_reminder_that_waited(office: Office, ranong: Conversation) -> None:
    block(office, ranong)
    assert reminded(office, ranong, JULY) == ""
    ranong.update(presence="returned")

    assert "จังหวัดเกาะสอง" in reminded(office, ranong, date(2027, 7, 6))


def test_undo_revives(office: Office, ranong: Conversation) -> None:
    assert reminded(office, ranong, DECEMBER, hour=7) == ""  # planned for this morning
    ranong.say("ประชุมกับเกาะสอง 30 พ.ย. 70 20 คน")
    ranong.press("บันทึก")
    ranong.press("ลบ")
    assert "ระบบจะแจ้งเตือนคู่นี้ต่อไป" in ranong.press("บันทึกซ้ำ")

    office.clock.set_day(DECEMBER)
    assert "จังหวัดเกาะสอง" in "\n".join(shown(message) for message in ranong.receive())

    assert "นำรายการกลับมาแล้ว" in ranong.press("นำรายการกลับมา")
    assert reminded(office, ranong, date(2027, 12, 24)) == ""
