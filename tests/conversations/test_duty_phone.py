"""A phone that belongs to the office: who records is asked before something is stored."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from storage.models import Activity, ActivityRevision, Draft, Membership
from tests.support import Conversation, Office

ONE_ENGINE = True

SENTENCE = "ประชุมกับเฉิงตู 3 พ.ย. 69 เรื่องท่องเที่ยว 30 คน"


@pytest.fixture
def phone(office: Office) -> Conversation:
    person = office.person("เครื่องเวร", "officer", "TH-50")
    with office.database.write() as session:
        session.scalars(select(Membership)).one().office_held = True
    return person


def recorders(office: Office) -> list[tuple[str, str | None]]:
    with office.database.read() as session:
        rows = session.scalars(select(ActivityRevision).order_by(ActivityRevision.id))
        return [(one.change, one.recorder) for one in rows]


def test_saving_asks_once_a_day_who_records(office: Office, phone: Conversation) -> None:
    phone.say(SENTENCE)
    assert "ผู้บันทึกคือใคร พิมพ์ชื่อ" in phone.press("บันทึก")

    said = phone.say("มาลี")

    assert "บันทึกแล้ว" in said
    assert "ผู้บันทึกวันนี้: มาลี" in said
    assert "ผู้บันทึกวันนี้: มาลี" in phone.say("ประชุมกับฮอกไกโด 3 พ.ย. 69")
    assert "บันทึกแล้ว" in phone.press("บันทึก")
    assert recorders(office) == [("created", "มาลี"), ("created", "มาลี")]

    office.clock.move(days=1)
    phone.say("ประชุมกับฮอกไกโด 9 พ.ย. 69")
    assert "ผู้บันทึกคือใคร เลือกชื่อ" in phone.press("บันทึก")
    assert phone.buttons() == ["มาลี"]
    assert "บันทึกแล้ว" in phone.press("มาลี")
    assert recorders(office)[-1] == ("created", "มาลี")


def test_record_and_history_say_who_it_was(office: Office, phone: Conversation) -> None:
    colleague = office.person("ปรีชา", "officer", "TH-50")
    phone.say(SENTENCE)
    phone.press("บันทึก")
    phone.say("มาลี")

    assert "ผู้บันทึก: มาลี (เครื่องของสำนักงาน: เจ้าหน้าที่ เชียงใหม่)" in colleague.say("รายการที่ 1")
    assert "มาลี (เครื่องของสำนักงาน: เจ้าหน้าที่ เชียงใหม่)" in colleague.press("ประวัติ")


def test_another_name_is_a_press_away(office: Office, phone: Conversation) -> None:
    phone.say(SENTENCE)
    phone.press("บันทึก")
    phone.say("มาลี")
    phone.say("ประชุมกับฮอกไกโด 3 พ.ย. 69")
    phone.press("เปลี่ยนผู้บันทึก")

    assert "ผู้บันทึกวันนี้: สมใจ" in phone.say("สมใจ")

    phone.press("กลับไปที่รายการ") if "กลับไปที่รายการ" in phone.buttons() else phone.press(phone.buttons()[0])
    phone.press("บันทึก")
    assert recorders(office) == [("created", "มาลี"), ("created", "สมใจ")]


def test_editing_deleting_and_details_ask_too(office: Office, phone: Conversation) -> None:
    phone.say(SENTENCE)
    phone.press("บันทึก")
    phone.say("มาลี")
    office.clock.move(days=1)
    phone.say("รายการที่ 1")
    phone.press("ลบ")
    assert "ผู้บันทึกคือใคร" in phone.press(phone.buttons()[0])
    assert "ลบ" in phone.press("มาลี")
    assert recorders(office) == [("created", "มาลี"), ("deleted", "มาลี")]

    office.clock.move(days=1)
    phone.press("นำรายการกลับมา")
    phone.say("สมใจ")
    assert recorders(office)[-1] == ("restored", "สมใจ")

    office.clock.move(days=1)
    phone.say("รายการที่ 1")
    phone.press("ผลกิจกรรม")
    phone.press("ผลที่ได้รับ")
    assert "ผู้บันทึกคือใคร" in phone.say("ตกลงแลกเปลี่ยนนักเรียน")
    phone.press("สมใจ")
    assert recorders(office)[-1] == ("edited", "สมใจ")
    with office.database.read() as session:
        assert session.get_one(Activity, 1).result == "ตกลงแลกเปลี่ยนนักเรียน"


@pytest.mark.parametrize("line", ["/help", "ต้องมีกิจกรรมปีละกี่ครั้ง", "ยกเลิก", "/start"])
def test_a_question_that_is_left_loses_no_draft(office: Office, phone: Conversation, line: str) -> None:
    phone.say(SENTENCE)
    phone.press("บันทึก")

    phone.say(line)

    with office.database.read() as session:
        assert session.scalars(select(Draft.state)).all() == ["open"]
        assert session.scalars(select(Activity)).all() == []
    phone.say("/log")
    phone.press("ทำรายการต่อ")
    phone.press("บันทึก")
    assert "บันทึกแล้ว" in phone.say("มาลี")


@pytest.mark.parametrize("typed", ["123", "ก" * 81])
def test_what_is_no_name_is_asked_again(office: Office, phone: Conversation, typed: str) -> None:
    phone.say(SENTENCE)
    phone.press("บันทึก")
    phone.say(typed)

    assert "บันทึกแล้ว" in phone.say("มาลี")
    assert recorders(office) == [("created", "มาลี")]


def test_the_next_report_is_no_name(office: Office, phone: Conversation) -> None:
    phone.say(SENTENCE)
    phone.press("บันทึก")

    assert "ตรวจสอบก่อนบันทึก" in phone.say("ประชุมกับฮอกไกโด 3 พ.ย. 69 45 คน")

    assert recorders(office) == []


def test_a_button_of_an_older_card_saves_nothing(office: Office, phone: Conversation) -> None:
    phone.say(SENTENCE)
    phone.press("บันทึก")
    phone.say("มาลี")
    office.clock.move(days=1)
    phone.say("ประชุมกับฮอกไกโด 3 พ.ย. 69 45 คน")
    phone.press("บันทึก")
    name = phone.button("มาลี")
    phone.say("ไม่ใช่ 50 คน")

    assert "ปุ่มนี้ใช้ไม่ได้แล้ว" in phone.press_id(*name)
    assert len(recorders(office)) == 1


def test_on_a_phone_of_ones_own_nobody_is_asked(office: Office, officer: Conversation) -> None:
    officer.say(SENTENCE)
    assert "บันทึกแล้ว" in officer.press("บันทึก")
    assert recorders(office) == [("created", None)]
