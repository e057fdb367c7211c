"""What the head of office notes on a record: it comes to those who recorded it, and back when it is settled."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from storage.models import Activity, ActivityFlag, Membership
from tests.support import Conversation, Office, shown

SENTENCE = "ประชุมกับเฉิงตู 3 พ.ย. 69 เรื่องท่องเที่ยว 30คน"
IN_THE_LIST = "3 พ.ย. 2569 · นครเฉิงตู · ประชุม/หารือ"
COMMENT = "จำนวนผู้เข้าร่วมไม่ตรงกับหนังสือ"


@pytest.fixture
def head(office: Office) -> Conversation:
    person = office.person("ประภา", "head", "TH-50")
    person.say("/start")
    return person


def told(office: Office, person: Conversation) -> str:
    """What the person is told without asking, once the office has opened."""
    if office.clock.business().weekday() == 6:
        office.clock.move(days=1)
    return "\n".join(shown(message) for message in person.receive())


def comment(person: Conversation, text: str = COMMENT) -> str:
    person.say("/activities")
    person.press(next(label for label in person.buttons() if label.endswith(IN_THE_LIST)))
    person.press("มีข้อสังเกต")
    return person.say(text)


@pytest.fixture
def commented(officer: Conversation, head: Conversation) -> Conversation:
    """The officer, whose record the head commented on."""
    officer.say(SENTENCE)
    officer.press("บันทึก")
    comment(head)
    return officer


def test_the_comment_comes_to_whoever_recorded_it_in_office_hours(
    office: Office, officer: Conversation, head: Conversation
) -> None:
    officer.say(SENTENCE)
    officer.press("บันทึก")

    assert "แจ้งข้อสังเกตถึงผู้บันทึกแล้ว" in comment(head)

    assert officer.receive() == []  # it is Sunday
    said = told(office, officer)
    assert "หัวหน้าสำนักงานจังหวัดมีข้อสังเกต รายการที่ 1" in said
    assert f"ข้อสังเกต: {COMMENT}" in said
    assert "[แก้ไข] [แก้ไขแล้ว]" in said


def test_the_officer_corrects_and_settles_and_the_head_is_told(
    office: Office, commented: Conversation, head: Conversation
) -> None:
    told(office, commented)
    settle, card = commented.button("แก้ไขแล้ว")
    commented.press("แก้ไข")
    commented.say("45 คน")
    assert f"ข้อสังเกต: {COMMENT}" in commented.press("บันทึก")

    assert "ข้อสังเกตได้รับการแก้ไขแล้ว" in commented.press("แก้ไขแล้ว")

    said = told(office, head)
    assert "ข้อสังเกตได้รับการแก้ไขแล้ว รายการที่ 1" in said
    assert COMMENT in said
    assert "45 คน" in head.press("ดูรายการ")
    commented.press_id(settle, card)
    assert head.receive() == []


def test_an_open_comment_stands_on_the_record_and_all_of_them_in_the_history(
    commented: Conversation, head: Conversation
) -> None:
    comment(head, "ขาดภาพถ่าย")
    commented.say("/activities")
    assert "ข้อสังเกต: ขาดภาพถ่าย" in commented.press(f"มีข้อสังเกต · {IN_THE_LIST}")
    commented.press("แก้ไขแล้ว")
    commented.say("/activities")
    assert "ข้อสังเกต" not in commented.press(IN_THE_LIST)

    history = commented.press("ประวัติ")

    assert f"• ข้อสังเกต: {COMMENT} · 22 พ.ย. 2569 10.00 น. · ประภา (หัวหน้าสำนักงานจังหวัด เชียงใหม่)" in history
    assert "• แก้ไขตามข้อสังเกตแล้ว: ขาดภาพถ่าย · 22 พ.ย. 2569 10.00 น. · สมศรี (เจ้าหน้าที่ เชียงใหม่)" in history


def test_a_comment_is_short_and_a_question_in_the_midst_is_none(
    office: Office, officer: Conversation, head: Conversation
) -> None:
    officer.say(SENTENCE)
    officer.press("บันทึก")
    assert "พิมพ์ไม่เกิน 500 ตัวอักษร" in comment(head, "ก" * 501)
    assert "พิมพ์ข้อสังเกตถึงผู้บันทึก" in head.say("ต้องมีกิจกรรมปีละกี่ครั้ง")
    office.restart()

    assert "แจ้งข้อสังเกตถึงผู้บันทึกแล้ว" in head.say(COMMENT)

    with office.database.read() as session:
        assert session.scalars(select(ActivityFlag.comment)).all() == [COMMENT]


def test_everybody_who_recorded_the_event_is_told(
    office: Office, officer: Conversation, head: Conversation
) -> None:
    colleague = office.person("มานี", "officer", "TH-50")
    officer.say(SENTENCE)
    officer.press("บันทึก")
    colleague.say(SENTENCE)
    colleague.press("บันทึก")
    colleague.press("กิจกรรมเดียวกัน รวมรายการ")
    comment(head)

    assert COMMENT in told(office, officer)
    assert COMMENT in told(office, colleague)


def test_where_whoever_recorded_it_has_left_the_officers_are_told(
    office: Office, officer: Conversation, head: Conversation
) -> None:
    officer.say(SENTENCE)
    officer.press("บันทึก")
    with office.database.write() as session:
        session.scalars(
            select(Membership).where(Membership.role == "officer")
        ).one().until = office.clock.now()
    successor = office.person("มานี", "officer", "TH-50")
    comment(head)

    assert COMMENT in told(office, successor)
    assert officer.receive() == []


def test_a_head_who_recorded_it_is_not_told_of_the_own_comment(office: Office, head: Conversation) -> None:
    head.say(SENTENCE)
    head.press("บันทึก")
    comment(head)

    assert told(office, head) == ""
    with office.database.read() as session:
        assert session.scalars(select(Activity.version)).all() == [1]


def test_each_is_told_in_their_language(office: Office, officer: Conversation, head: Conversation) -> None:
    officer.say(SENTENCE)
    officer.press("บันทึก")
    officer.say("/settings")
    officer.press("English")
    comment(head)

    assert "The head of the provincial office commented on No. 1" in told(office, officer)
