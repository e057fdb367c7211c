"""What is kept about a person: shown, given as a file, corrected; and what is said about it."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

from sqlalchemy import select

from bot.dialogues.own_data import in_parts
from bot.messages import SENT_CONTENT_BYTES
from storage.models import AuditEvent, Membership
from tests.conversations.test_rights import forged
from tests.support import Conversation, Office

ONE_ENGINE = True


def test_privacy_says_what_why_on_which_ground_how_long_who_and_whom_to_ask(guest: Conversation) -> None:
    said = guest.say("/privacy")

    for words in (
        "เก็บอะไร:",
        "เก็บเพื่ออะไร:",
        "ภารกิจเพื่อประโยชน์สาธารณะ",
        "ไม่ได้อาศัยความยินยอม",
        "เก็บนานเท่าใด",
        "30 วัน",
        "ใครเห็น:",
        "สิทธิของเจ้าของข้อมูล:",
        "เจ้าหน้าที่คุ้มครองข้อมูลส่วนบุคคล:",
    ):
        assert words in said
    assert "ชื่อ: ผู้สนใจ" in guest.press("ข้อมูลของฉัน")


def test_everything_that_is_kept_is_shown(office: Office, officer: Conversation) -> None:
    officer.say("ต้องมีกิจกรรมปีละกี่ครั้ง")
    officer.say("ประชุมกับเฉิงตู 3 พ.ย. 69 30 คน")
    officer.press("บันทึก")
    officer.say("ประชุมกับฮอกไกโด 3 พ.ย. 69")

    said = officer.say("/mydata")

    for line in (
        "ชื่อ: สมศรี",
        "ภาษา: ไทย",
        "ช่องทาง: หน้าแชต (ช่องทางนี้)",
        "สิทธิ์: เจ้าหน้าที่ จังหวัดเชียงใหม่ · ตั้งแต่ 22 พ.ย. 2569 · ให้สิทธิ์โดยผู้ดูแลระบบ",
        "รายการที่ทำค้าง: 1 รายการ",
        "กิจกรรมที่บันทึก (ดูได้ที่ /activities): 1 รายการ",
        "คำถามที่เก็บไว้: 1 รายการ",
        "การแจ้งเตือน: ไม่มี",
        "ผู้ประสานงานที่ดูแล: ไม่มี",
        "ร่องรอยการใช้งาน: 1 รายการ",
    ):
        assert line in said


def test_who_gave_a_post_is_told_by_their_own(office: Office, officer: Conversation) -> None:
    office.person("อำนาจ", "head", "TH-50")
    with office.database.write() as session:
        first, second = session.scalars(select(Membership).order_by(Membership.id))
        first.granted_by, first.post = second.person_id, "นักวิเทศสัมพันธ์"

    said = officer.say("/mydata")

    assert "เชียงใหม่ · นักวิเทศสัมพันธ์ · ตั้งแต่" in said
    assert "ให้สิทธิ์โดยหัวหน้าสำนักงานจังหวัด" in said
    assert "อำนาจ" not in said


def test_the_copy_is_a_file_with_everything(officer: Conversation) -> None:
    officer.say("ต้องมีกิจกรรมปีละกี่ครั้ง")
    officer.say("ประชุมกับเฉิงตู 3 พ.ย. 69 เรื่องท่องเที่ยว 30 คน")
    officer.press("บันทึก")
    officer.say("/mydata")

    assert "<mydata.json>" in officer.press("ขอสำเนาเป็นไฟล์")

    [message] = officer.answer
    assert message.file is not None
    copy = json.loads(message.file.read())
    assert copy["person"]["name"] == "สมศรี"
    assert [one["text"] for one in copy["questions"]] == ["ต้องมีกิจกรรมปีละกี่ครั้ง"]
    assert [one["title"] for one in copy["records"]] == ["ท่องเที่ยว"]
    assert copy["memberships"][0]["granted_by"] == "operator"
    assert copy["channels"][0]["channel"] == "web"


def test_what_was_put_off_and_asked_for_stands_in_ones_own_data(
    office: Office, officer: Conversation, ministry: Conversation
) -> None:
    chengdu = {"pairing": "50-chengdu"}
    forged(office, officer, "holds.snooze_until", **chengdu, day="2026-12-20")
    officer.say("รอหนังสือ")
    forged(office, officer, "holds.exempt_until", **chengdu, day="2026-12-31")
    officer.say("ด่านชายแดนปิดทั้งปี")
    forged(office, ministry, "suspend.what", about="country MM")
    ministry.say("ความไม่สงบ")
    ministry.say("1 มิ.ย. 70")
    forged(office, ministry, "holds.decide", exemption=1, decision="granted")

    assert "การเลื่อน ขอยกเว้น หรือชะลอการแจ้งเตือน: 2 รายการ" in officer.say("/mydata")
    copy = copied(officer)
    assert [(one["last"], one["reason"]) for one in copy["reminders_put_off"]] == [("2026-12-20", "รอหนังสือ")]
    assert [(one["state"], one["reason"]) for one in copy["exemptions_asked_for"]] == [
        ("granted", "ด่านชายแดนปิดทั้งปี")
    ]
    assert copy["suspensions"] == []

    assert "การเลื่อน ขอยกเว้น หรือชะลอการแจ้งเตือน: 1 รายการ" in ministry.say("/mydata")
    copy = copied(ministry)
    assert [(one["key"], one["reason"]) for one in copy["suspensions"]] == [("MM", "ความไม่สงบ")]
    assert "ด่านชายแดน" not in json.dumps(copy, ensure_ascii=False)


def copied(person: Conversation) -> dict[str, Any]:
    person.press("ขอสำเนาเป็นไฟล์")
    [message] = person.answer
    assert message.file is not None
    found: dict[str, Any] = json.loads(message.file.read())
    return found


def test_a_large_copy_goes_in_parts_that_say_the_same_together() -> None:
    whole = {"person": {"name": "x"}, "questions": [{"text": "ก" * 900, "n": n} for n in range(400)], "n": 4}

    parts = in_parts(whole, SENT_CONTENT_BYTES)

    assert len(parts) > 1
    assert all(
        len(json.dumps(one, ensure_ascii=False, indent=1).encode()) <= SENT_CONTENT_BYTES for one in parts
    )
    assert [one for part in parts for one in part.get("questions", [])] == whole["questions"]
    assert {name for part in parts for name in part} == set(whole)


def test_in_a_group_nothing_about_a_person_is_said(office: Office, officer: Conversation) -> None:
    group = Conversation(office, officer.name, group="กลุ่มงาน")

    for line in ("/mydata", "/settings"):
        said = group.say(line)
        assert "สมศรี" not in said
        assert "เชียงใหม่" not in said
    assert "เก็บอะไร" in group.say("/privacy")


# ------------------------------------------------------------------ correcting


def test_the_own_name_is_corrected(office: Office, officer: Conversation) -> None:
    officer.say("/mydata")
    officer.press("แก้ชื่อ")
    assert "ยังอ่านชื่อไม่ได้" in officer.say("12345")
    assert "ยาวเกิน" in officer.say("ก" * 81)
    said = officer.say("  สมศรี   <b>ใจดี</b>\n ")

    assert "แก้ไขแล้ว" in said
    assert "ชื่อ: สมศรี <b>ใจดี</b>" in said
    with office.database.read() as session:
        [event] = session.scalars(select(AuditEvent))
        assert (event.action, event.detail) == (
            "person.renamed",
            {"before": {"name": "*"}, "after": {"name": "*"}},
        )


def test_a_question_or_a_report_is_no_name(office: Office, officer: Conversation) -> None:
    officer.say("/mydata")
    officer.press("แก้ชื่อ")
    assert "ที่มา:" in officer.say("ต้องมีกิจกรรมปีละกี่ครั้ง")

    officer.say("/mydata")
    officer.press("แก้ชื่อ")
    assert "ตรวจสอบก่อนบันทึก" in officer.say("ประชุมกับเฉิงตู 3 พ.ย. 69 30 คน")
    assert "ชื่อ: สมศรี" in officer.say("/mydata")


def test_the_post_is_corrected_for_one_of_several_memberships_and_taken_away(
    office: Office, officer: Conversation
) -> None:
    office.person(officer.name, "head", "TH-49")
    officer.say("/mydata")
    officer.press("แก้ตำแหน่ง")
    officer.press("หัวหน้าสำนักงานจังหวัด มุกดาหาร")

    said = officer.say("ผู้อำนวยการ")

    assert "สิทธิ์: เจ้าหน้าที่ จังหวัดเชียงใหม่ · ตั้งแต่" in said
    assert "สิทธิ์: หัวหน้าสำนักงานจังหวัด จังหวัดมุกดาหาร · ผู้อำนวยการ" in said
    officer.press("แก้ตำแหน่ง")
    officer.press("หัวหน้าสำนักงานจังหวัด มุกดาหาร")
    assert "ผู้อำนวยการ" not in officer.press("ไม่ระบุตำแหน่ง")


def test_erasure_says_how_what_stays_and_whom_to_ask(office: Office, officer: Conversation) -> None:
    office.settings = office.settings.model_copy(update={"dpo_contact": "dpo@example.go.th"})
    office.restart()
    officer.say("/mydata")

    said = officer.press("ขอลบข้อมูล")

    assert "สิ่งที่อยู่กับตำแหน่ง: กิจกรรมที่บันทึก" in said
    assert "dpo@example.go.th" in said
    assert "อยู่กับตำแหน่ง" in officer.press("ออกจากระบบงาน / ย้ายหน่วยงาน")


def test_an_ended_membership_is_still_told_to_its_holder(office: Office, officer: Conversation) -> None:
    office.clock.move(days=2)
    office.leave(officer)
    office.clock.at += timedelta(days=1)

    said = officer.say("/mydata")

    assert "ตั้งแต่ 22 พ.ย. 2569 ถึง 24 พ.ย. 2569" in said
    assert "สิทธิ์: ผู้สอบถามทั่วไป" in said
