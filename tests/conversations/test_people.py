"""Who is let in, what each may do, and how a province checks its list."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from storage import people
from storage.models import AuditEvent, Pairing, ProvinceCheck
from tests.support import Conversation, Office

ONE_ENGINE = True

JOIN = "รับทราบและเข้าใช้งาน"
WRONG = "SC-AAAAAAAAAAAAAAAAAAAAAA"


def invitation(
    office: Office,
    role: str = "officer",
    province: str | None = "TH-50",
    valid: timedelta = timedelta(hours=72),
) -> str:
    with office.database.write() as session:
        return people.add_invitation(session, role, province, office.clock.now(), valid)[0]


# ------------------------------------------------------------------ first page


def test_a_guest_is_told_what_is_here_and_how_to_get_in(guest: Conversation) -> None:
    said = guest.say("/start")
    assert "สอบถามเรื่องเมืองพี่เมืองน้อง" in said
    assert "[ขอสิทธิ์ใช้งาน]" in said

    assert "พิมพ์รหัสที่ขึ้นต้นด้วย SC-" in guest.press("ขอสิทธิ์ใช้งาน")


@pytest.mark.parametrize("greeting", ["สวัสดี", "สวัสดีครับ", "สวัสดีค่ะ", "Hello"])
def test_a_greeting_is_no_question(guest: Conversation, greeting: str) -> None:
    assert "สอบถามเรื่องเมืองพี่เมืองน้อง" in guest.say(greeting)


def test_thanks_are_no_question(guest: Conversation) -> None:
    assert guest.say("ขอบคุณครับ") == "ยินดีให้ข้อมูล"


def test_the_ministry_is_not_offered_to_log_when_nothing_was_recorded(ministry: Conversation) -> None:
    assert "ยังไม่มีกิจกรรมที่บันทึกไว้" in ministry.say("/activities")
    assert ministry.buttons() == []


@pytest.mark.parametrize("line", ["/log", "ประชุมกับเฉิงตู 3 พ.ย. 69", "/activities", "/pairings", "/status"])
def test_a_guest_is_refused_what_needs_a_membership_and_told_how_to_get_it(
    guest: Conversation, line: str
) -> None:
    assert "ส่วนนี้สำหรับเจ้าหน้าที่จังหวัด" in guest.say(line)
    assert guest.buttons() == ["ขอสิทธิ์ใช้งาน"]


def test_a_guest_cannot_log_with_a_photo(guest: Conversation) -> None:
    assert "ส่วนนี้สำหรับเจ้าหน้าที่จังหวัด" in guest.send_photo("ภาพ.jpg", "ประชุมกับเฉิงตู 3 พ.ย. 69")


def test_the_ministry_sees_but_does_not_log(ministry: Conversation) -> None:
    assert "การบันทึกกิจกรรมเป็นหน้าที่ของจังหวัด" in ministry.say("/log")
    assert "บันทึกกิจกรรม" not in ministry.say("/start")


# ------------------------------------------------------------------ invitations


def test_an_invitation_link_lets_in_and_asks_to_check_the_list(office: Office, guest: Conversation) -> None:
    guest.say(f"/start {invitation(office)}")
    said = guest.press(JOIN)
    assert "เข้าใช้งานในนามสำนักงานจังหวัดเชียงใหม่ (เจ้าหน้าที่) เรียบร้อยแล้ว" in said
    assert "จังหวัดมี 16 คู่ในระบบ ข้อมูลอาจไม่ครบ กรุณาตรวจสอบก่อน" in said

    assert "ตรวจสอบก่อนบันทึก" in guest.say("ประชุมกับเฉิงตู 3 พ.ย. 69")


@pytest.mark.parametrize("asked_first", [True, False])
def test_a_code_may_be_typed(office: Office, guest: Conversation, asked_first: bool) -> None:
    if asked_first:
        guest.say("/start")
        guest.press("ขอสิทธิ์ใช้งาน")

    guest.say(invitation(office))

    assert "เรียบร้อยแล้ว" in guest.press(JOIN)


def test_the_list_is_asked_about_once(office: Office, guest: Conversation, officer: Conversation) -> None:
    guest.say(invitation(office))
    assert "กรุณาตรวจสอบก่อน" in guest.press(JOIN)
    assert "กรุณาตรวจสอบก่อน" not in guest.say("/start")

    assert "กรุณาตรวจสอบก่อน" in officer.say("/start")
    assert "กรุณาตรวจสอบก่อน" not in officer.say("/start")


def test_a_question_before_the_first_start_does_not_use_up_the_check(officer: Conversation) -> None:
    officer.say("ต้องมีกิจกรรมปีละกี่ครั้ง")

    assert "กรุณาตรวจสอบก่อน" in officer.say("/start")


def test_an_invitation_works_once(office: Office, guest: Conversation) -> None:
    code = invitation(office)
    second = office.person("คนถัดไป")
    guest.say(code)
    guest.press(JOIN)

    assert "รหัสนี้ใช้ไปแล้ว" in second.say(code)
    assert "ส่วนนี้สำหรับเจ้าหน้าที่จังหวัด" in second.say("/log")


def test_an_expired_invitation_is_refused(office: Office, guest: Conversation) -> None:
    code = invitation(office)
    office.clock.move(hours=72, seconds=1)

    assert "รหัสนี้หมดอายุแล้ว" in guest.say(code)
    assert "ส่วนนี้สำหรับเจ้าหน้าที่จังหวัด" in guest.say("/log")


def test_five_wrong_codes_lock_for_an_hour(office: Office, guest: Conversation) -> None:
    code = invitation(office)
    for _ in range(5):
        assert "ไม่พบรหัสนี้" in guest.say(WRONG)

    assert "ลองใหม่ได้ในอีก 1 ชั่วโมง" in guest.say(code)
    assert "ที่มา:" in guest.say("ต้องมีกิจกรรมปีละกี่ครั้ง")
    office.clock.move(minutes=61)
    guest.say(code)
    assert "เรียบร้อยแล้ว" in guest.press(JOIN)


def test_a_question_without_blanks_is_no_code(guest: Conversation) -> None:
    guest.say("/start")
    guest.press("ขอสิทธิ์ใช้งาน")

    assert "ที่มา:" in guest.say("ต้องมีกิจกรรมปีละกี่ครั้ง")


def test_an_invitation_of_the_ministry_has_no_province(office: Office, guest: Conversation) -> None:
    guest.say(invitation(office, "ministry", None))
    assert "กองการต่างประเทศ" in guest.press(JOIN)
    assert "คู่ยังไม่มีกิจกรรมในปีนี้" in guest.say("/status")


# ------------------------------------------------------------------ the list of pairings


def verdicts(office: Office, *ids: str) -> list[str | None]:
    with office.database.read() as session:
        return [session.get_one(Pairing, one).verdict for one in ids]


def test_the_list_says_that_it_is_incomplete_until_it_is_confirmed(
    office: Office, officer: Conversation
) -> None:
    assert "ข้อมูลยังไม่ครบ" in officer.say("/pairings")
    officer.press("ตรวจรายชื่อคู่")
    assert "ยืนยันรายชื่อคู่ของเชียงใหม่แล้ว" in officer.press("ถูกต้อง")

    assert "ข้อมูลยังไม่ครบ" not in officer.say("/pairings")
    assert "ข้อมูลยังไม่ครบ" not in officer.say("/status")
    assert verdicts(office, "50-chengdu") == ["correct"]


def test_a_pairing_marked_wrong_is_not_reminded_or_offered_any_more(
    office: Office, officer: Conversation
) -> None:
    officer.say("/pairings")
    officer.press("ตรวจรายชื่อคู่")
    officer.press("มีคู่ที่ไม่ใช่")
    assert "ไม่ใช่คู่ของจังหวัด" in officer.press("เมืองออสติน")

    assert "เมืองออสติน" not in officer.say("/status")
    officer.say("/log")
    assert "เมืองออสติน" not in officer.buttons()
    assert "จังหวัดแจ้งว่าไม่ใช่คู่ของจังหวัด" in officer.say("/pairings")


def test_a_pairing_marked_wrong_by_mistake_is_taken_back(office: Office, officer: Conversation) -> None:
    officer.say("/pairings")
    officer.press("ตรวจรายชื่อคู่")
    officer.press("มีคู่ที่ไม่ใช่")
    officer.press("เมืองออสติน")
    assert "แจ้งเตือนคู่นี้ตามเดิม" in officer.press("เป็นคู่ของจังหวัด")

    assert "เมืองออสติน" in officer.say("/status")
    assert verdicts(office, "50-austin") == ["correct"]


def test_a_missing_pairing_is_noted_for_the_ministry(office: Office, officer: Conversation) -> None:
    officer.say("/pairings")
    officer.press("ตรวจรายชื่อคู่")
    officer.press("ขาดคู่")
    assert "รับทราบคู่ที่ขาด: จังหวัดเซียงของ สปป.ลาว" in officer.say("จังหวัดเซียงของ สปป.ลาว")

    with office.database.read() as session:
        assert session.get_one(ProvinceCheck, "TH-50").missing == ["จังหวัดเซียงของ สปป.ลาว"]
        assert [one.action for one in session.scalars(select(AuditEvent))] == ["list.missing"]


def test_cancelling_the_question_about_a_missing_pairing_keeps_the_draft(officer: Conversation) -> None:
    officer.say("ประชุมกับเฉิงตู 3 พ.ย. 69 30 คน")
    officer.say("/pairings")
    officer.press("ตรวจรายชื่อคู่")
    officer.press("ขาดคู่")

    officer.say("ยกเลิก")

    assert "ผู้เข้าร่วม: 30 คน" in officer.press("ทำรายการต่อ")


# ------------------------------------------------------------------ the ministry


def test_the_ministry_sees_every_province_and_one_by_name(ministry: Conversation) -> None:
    said = ministry.say("/status")
    assert "คู่ยังไม่มีกิจกรรมในปีนี้" in said
    assert "เชียงใหม่" in said
    assert "มุกดาหาร" in said

    assert "นครเฉิงตู" in ministry.say("เชียงใหม่")


def test_the_ministry_sees_the_list_of_a_province_by_name(ministry: Conversation) -> None:
    assert "พิมพ์ชื่อจังหวัด" in ministry.say("/pairings")

    assert "แขวงสะหวันนะเขต" in ministry.say("มุกดาหาร")


@pytest.mark.parametrize("typed", ["ระยนอง", "ระออง"])
def test_provinces_that_look_alike_are_asked_about(ministry: Conversation, typed: str) -> None:
    ministry.say("/pairings")
    assert "เลือกหรือพิมพ์ชื่อจังหวัด" in ministry.say(typed)
    assert set(ministry.buttons()) >= {"ระนอง", "ระยอง"}

    assert "จังหวัดเกาะสอง" in ministry.press("ระนอง")


def test_the_ministry_asks_a_question_although_a_province_could_be_named(ministry: Conversation) -> None:
    ministry.say("/status")

    assert "ที่มา:" in ministry.say("ต้องมีกิจกรรมปีละกี่ครั้ง")


# ------------------------------------------------------------------ settings and one's own data


def test_english_is_set_and_set_back(officer: Conversation) -> None:
    officer.say("/settings")
    assert "The language is now English" in officer.press("English")
    assert "[Log an activity]" in officer.say("/help")
    assert "Check before saving" in officer.say("ประชุมกับเฉิงตู 3 พ.ย. 69")
    assert "Saved" in officer.press("Save")

    officer.say("/settings")
    assert "ภาษาไทย" in officer.press("ไทย")
    assert "[วิธีใช้]" in officer.say("/help")


def test_help_shows_examples_that_work(officer: Conversation) -> None:
    said = officer.say("/help")
    sentence = said.split("พิมพ์ประโยคเดียว เช่น “")[1].split("”")[0]

    assert "ตรวจสอบก่อนบันทึก" in officer.say(sentence)


def test_the_thai_word_for_help_is_the_command(guest: Conversation) -> None:
    assert guest.say("ช่วยเหลือ") == guest.say("/help")


def test_privacy_names_the_contact_that_the_operator_set(office: Office, guest: Conversation) -> None:
    assert "สำนักงานปลัดกระทรวงมหาดไทย" in guest.say("/privacy")
    office.settings = office.settings.model_copy(update={"dpo_contact": "dpo@example.go.th"})
    office.restart()

    assert "dpo@example.go.th" in guest.say("/privacy")


def test_ones_own_data_names_the_roles(officer: Conversation, guest: Conversation) -> None:
    mine = officer.say("/mydata")
    assert "ชื่อ: สมศรี" in mine
    assert "สิทธิ์: เจ้าหน้าที่ จังหวัดเชียงใหม่" in mine

    assert "ผู้สอบถามทั่วไป" in guest.say("/mydata")
