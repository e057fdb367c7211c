"""The same trials for every open state: nothing that cannot be read changes anything."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select

from storage import people
from storage.models import Membership
from tests.conversations.test_bad_input import LONG, SENTENCE, opened, recorded, short
from tests.conversations.test_rights import forged
from tests.support import Conversation, Office

ONE_ENGINE = True


def at_rest(person: Conversation) -> None: ...


def at_start(person: Conversation) -> None:
    person.say("/start")


def asked_for(field: str) -> Callable[[Conversation], None]:
    def ask(person: Conversation) -> None:
        person.say(SENTENCE)
        person.press("แก้ไข")
        person.press(field)

    return ask


def at_page(*labels: str) -> Callable[[Conversation], None]:
    def turn(person: Conversation) -> None:
        asked_for("วันที่")(person)
        for label in labels:
            person.press(label)

    return turn


def asked_for_day_of_a_month(person: Conversation) -> None:
    person.say("ประชุมกับเฉิงตู มี.ค. 69")


def asked_which_of_two_sums(person: Conversation) -> None:
    person.say(f"{SENTENCE} งบ 5 หมื่น")
    person.say("เพิ่มงบ 5 หมื่น")


def filling_in(person: Conversation) -> None:
    person.say("ประชุมกับเฉิงตู 3 พ.ย. 69")
    person.press("กรอกรายละเอียดต่อ")


def asked_whether_it_was_held(person: Conversation) -> None:
    person.say("ไม่ได้ประชุมกับเฉิงตู 3 พ.ย. 69")


def asked_for_pairing(person: Conversation) -> None:
    person.say("/log")


def at_card(person: Conversation) -> None:
    person.say(SENTENCE)


def at_menu_of_fields(person: Conversation) -> None:
    person.say(SENTENCE)
    person.press("แก้ไข")


def at_alike(person: Conversation) -> None:
    for _ in range(2):
        person.say(SENTENCE)
        person.press("บันทึก")


def at_receipt(person: Conversation) -> None:
    person.say(SENTENCE)
    person.press("บันทึก")


def at_delete(person: Conversation) -> None:
    at_receipt(person)
    person.press("ลบ")


def asked_why_deleted(person: Conversation) -> None:
    at_delete(person)
    person.press("อื่น ๆ")


def at_every_button(person: Conversation) -> None:
    person.say("เตรียมประชุมเฉิงตู 3 พ.ย. 69")
    person.press("บันทึก")
    person.press("เพิ่มเติม")


def at_merged(person: Conversation) -> None:
    at_alike(person)
    person.press("กิจกรรมเดียวกัน รวมรายการ")


def asked_for_new_day(person: Conversation) -> None:
    person.say("ประชุมกับเฉิงตู 3 ธ.ค. 69")
    person.press("บันทึก")
    person.press("เลื่อนวัน")


def at_details(person: Conversation) -> None:
    at_receipt(person)
    person.press("ผลกิจกรรม")


def asked_for_detail(field: str) -> Callable[[Conversation], None]:
    def ask(person: Conversation) -> None:
        at_details(person)
        person.press(field)

    return ask


def asked_for_detail_over_a_draft(person: Conversation) -> None:
    at_details(person)
    person.say("ประชุมกับฮอกไกโด 3 พ.ย. 69")
    person.press("ผลที่ได้รับ")


def asked_for_province(person: Conversation) -> None:
    at_receipt(person)
    person.press("จังหวัดอื่นร่วมจัด")


def at_history(person: Conversation) -> None:
    at_receipt(person)
    person.press("ประวัติ")


def at_answer(person: Conversation) -> None:
    person.say("ต้องมีกิจกรรมปีละกี่ครั้ง")


def at_unknown(person: Conversation) -> None:
    person.say("ขอหวยงวดนี้")


def at_why_poor(person: Conversation) -> None:
    at_answer(person)
    person.press("👎")


def asked_for_reason(person: Conversation) -> None:
    at_why_poor(person)
    person.press("อื่น ๆ")


def asked_for_reason_over_a_draft(person: Conversation) -> None:
    person.say(SENTENCE)
    asked_for_reason(person)


def at_next_nearest(person: Conversation) -> None:
    at_answer(person)
    person.press("ไม่ตรงคำถาม")


def at_sent(person: Conversation) -> None:
    at_unknown(person)
    person.press("ส่งคำถาม")


def at_own_pairs(person: Conversation) -> None:
    person.say("จังหวัดของเรามีคู่ใดบ้าง")


def at_topics(person: Conversation) -> None:
    person.say("/ask")


def at_list(person: Conversation) -> None:
    person.say("/pairings")
    person.press("ตรวจรายชื่อคู่")


def asked_for_missing(person: Conversation) -> None:
    at_list(person)
    person.press("ขาดคู่")


def asked_for_missing_over_a_draft(person: Conversation) -> None:
    person.say(SENTENCE)
    asked_for_missing(person)


def at_pairing(*labels: str) -> Callable[[Conversation], None]:
    def press(person: Conversation) -> None:
        person.say("เฉิงตู")
        for label in labels:
            person.press(label)

    return press


def asked_for_document_name(person: Conversation) -> None:
    at_pairing("เอกสารลงนาม", "เพิ่มเอกสาร")(person)
    person.send_photo("scan.jpg")


def asked_why_taken_out(person: Conversation) -> None:
    at_pairing("เอกสารลงนาม", "เพิ่มเอกสาร")(person)
    person.send_photo("scan.jpg", "MOU")
    for label in ("MOU.jpg", "นำออก", "อื่น ๆ"):
        person.press(label)


ADDING_CONTACT = ("ผู้ประสานงาน", "เพิ่มผู้ประสานงาน", "ฝ่ายคู่")


def at_contact_read_back(person: Conversation) -> None:
    at_pairing(*ADDING_CONTACT)(person)
    person.say("Li Wei, Deputy Director, +86 28 6188 1234")


def asked_of_province(field: str, *typed: str) -> Callable[[Conversation], None]:
    def ask(person: Conversation) -> None:
        person.say("ข้อมูลจังหวัด")
        person.press("แก้ไขข้อมูล")
        person.press(field)
        for line in typed:
            person.say(line)

    return ask


def at_fields_of_a_pairing(person: Conversation) -> None:
    at_pairing()(person)
    person.press("แก้ไข/เพิ่มข้อมูล")


def asked_for_fact(field: str) -> Callable[[Conversation], None]:
    def ask(person: Conversation) -> None:
        at_fields_of_a_pairing(person)
        person.press(field)

    return ask


def asked_when_a_stage_was_reached(person: Conversation) -> None:
    asked_for_fact("สถานะ")(person)
    person.press("ต่ออายุแล้ว")


def asked_for_source_of_a_fact(person: Conversation) -> None:
    asked_for_fact("ระยะเวลา")(person)
    person.say("5 ปี")


def asked_for_date_of_a_paper(person: Conversation) -> None:
    asked_for_source_of_a_fact(person)
    person.press("หนังสือจังหวัด")


def at_summary_of_a_fact(person: Conversation) -> None:
    asked_for_date_of_a_paper(person)
    person.say("ชม 0017/1234 ลว. 5 มี.ค. 69")


def asked_for_source_of_a_fact_over_a_draft(person: Conversation) -> None:
    person.say(SENTENCE)
    at_fields_of_a_pairing_over_a_draft(person)
    person.press("ระยะเวลา")
    person.say("5 ปี")


def at_fields_of_a_pairing_over_a_draft(person: Conversation) -> None:
    person.say("/pairings เฉิงตู")
    person.press("แก้ไข/เพิ่มข้อมูล")


def at_settings(person: Conversation) -> None:
    person.say("/settings")


def at_doubt(person: Conversation) -> None:
    person.say("ประชุมกับเฉิงตู 3 พ.ย. 69 นับหรือไม่")


def asked_for_own_name(person: Conversation) -> None:
    person.say("/mydata")
    person.press("แก้ชื่อ")


def asked_for_own_post(person: Conversation) -> None:
    person.say("/mydata")
    person.press("แก้ตำแหน่ง")


def asked_who_records(person: Conversation) -> None:
    with person.office.database.write() as session:
        session.scalars(select(Membership)).one().office_held = True
    person.say(SENTENCE)
    person.press("บันทึก")


def asked_which_province(person: Conversation) -> None:
    person.office.person(person.name, "ministry")
    person.say("ผู้ปฏิบัติงาน")
    person.press("จังหวัดอื่น")


def asked_when_somebody_stands_in(person: Conversation) -> None:
    person.office.person(person.name, "head", "TH-50")
    person.say("ผู้ปฏิบัติงาน")
    person.press("ตั้งผู้รักษาราชการแทน")
    person.press("สมศรี (เจ้าหน้าที่)")


def asked_until_when_somebody_stands_in(person: Conversation) -> None:
    asked_when_somebody_stands_in(person)
    person.say("1 ธ.ค. 69")


def asked_who_takes_over(person: Conversation) -> None:
    person.office.person("ปรีชา", "officer", "TH-50")
    person.say("จะประชุมกับเฉิงตู 3 ธ.ค. 69")
    person.press("บันทึก")
    person.say("ออกจากระบบงาน")
    person.press("เลือกผู้รับช่วงงาน")


def at_link_code(person: Conversation) -> None:
    person.say("เชื่อมช่องทางอื่น")
    person.press("ขอรหัสเชื่อม")


def asked_of_reminders(step: str, **args: str) -> Callable[[Conversation], None]:
    def ask(person: Conversation) -> None:
        forged(person.office, person, step, **args)

    return ask


CHENGDU = {"pairing": "50-chengdu"}


def asked_for_code(person: Conversation) -> None:
    person.say("ขอเข้าใช้งาน")


def writing_a_request(*answers: str) -> Callable[[Conversation], None]:
    def write(person: Conversation) -> None:
        asked_for_code(person)
        person.press("เขียนคำขอ")
        person.press("รับทราบและเขียนคำขอ")
        for answer in answers:
            person.say(answer)

    return write


def asked_for_post(person: Conversation) -> None:
    with person.office.database.write() as session:
        code, _ = people.add_invitation(
            session, "group_head", "TH-50", person.office.clock.now(), timedelta(hours=1)
        )
    person.say(code)
    person.press("รับทราบและเข้าใช้งาน")
    person.press("ระบุตำแหน่ง")


def asked_which_province_to_invite(person: Conversation) -> None:
    person.office.person(person.name, "ministry")
    person.say("/invite")
    person.press("หัวหน้าสำนักงานจังหวัด")


def asked_why_refused(person: Conversation) -> None:
    person.office.person(person.name, "head", "TH-50")
    asker = person.office.person("ผู้ขอ")
    writing_a_request("เชียงใหม่", "เจ้าหน้าที่", "มานี", "นักวิเทศสัมพันธ์")(asker)
    asker.press("ส่งคำขอ")
    person.say("/requests")
    person.press("มานี · เจ้าหน้าที่ · เชียงใหม่")
    person.press("ไม่อนุมัติ")
    person.press("ระบุเหตุผล")


STATES: dict[str, Callable[[Conversation], None]] = {
    "rest": at_rest,
    "start": at_start,
    "pairing asked": asked_for_pairing,
    "pairing asked again": asked_for("คู่"),
    "type asked": asked_for("ประเภท"),
    "date asked": asked_for("วันที่"),
    "title asked": asked_for("เรื่อง"),
    "people asked": asked_for("ผู้เข้าร่วม"),
    "money asked": asked_for("งบประมาณ"),
    "partner asked": asked_for("ฝ่ายคู่เข้าร่วม"),
    "file asked": asked_for("ภาพ/เอกสาร"),
    "place asked": asked_for("สถานที่"),
    "direction asked": asked_for("การเดินทาง"),
    "goals asked": asked_for("SDGs"),
    "sectors asked": asked_for("ด้าน"),
    "further pairings asked": asked_for("คู่อื่นที่ร่วม"),
    "days of a month": at_page("เลือกจากปฏิทิน"),
    "months of a year": at_page("เลือกจากปฏิทิน", "เลือกเดือน"),
    "first of several days asked": at_page("หลายวัน"),
    "last day asked": at_page("หลายวัน", "5"),
    "day of a month asked": asked_for_day_of_a_month,
    "one of two sums asked": asked_which_of_two_sums,
    "filling in": filling_in,
    "held or not": asked_whether_it_was_held,
    "card": at_card,
    "menu of fields": at_menu_of_fields,
    "same event asked": at_alike,
    "receipt": at_receipt,
    "delete asked": at_delete,
    "reason of deletion asked": asked_why_deleted,
    "every button": at_every_button,
    "merged": at_merged,
    "new day asked": asked_for_new_day,
    "details": at_details,
    "result asked": asked_for_detail("ผลที่ได้รับ"),
    "money spent asked": asked_for_detail("ค่าใช้จ่ายจริง"),
    "source of money asked": asked_for_detail("แหล่งงบประมาณ"),
    "date of the letter asked": asked_for_detail("วันที่หนังสือรายงาน"),
    "result asked over a draft": asked_for_detail_over_a_draft,
    "other province asked": asked_for_province,
    "history": at_history,
    "answer": at_answer,
    "unknown": at_unknown,
    "why poor": at_why_poor,
    "reason asked": asked_for_reason,
    "reason asked over a draft": asked_for_reason_over_a_draft,
    "next nearest": at_next_nearest,
    "sent": at_sent,
    "own pairs": at_own_pairs,
    "topics": at_topics,
    "list": at_list,
    "missing pairing asked": asked_for_missing,
    "missing pairing asked over a draft": asked_for_missing_over_a_draft,
    "documents awaited": at_pairing("เอกสารลงนาม", "เพิ่มเอกสาร"),
    "name of a document asked": asked_for_document_name,
    "why a document goes asked": asked_why_taken_out,
    "side of a contact asked": at_pairing(*ADDING_CONTACT[:2]),
    "contact asked": at_pairing(*ADDING_CONTACT),
    "contact read back": at_contact_read_back,
    "office asked": asked_of_province("หน่วยงานที่รับผิดชอบ"),
    "day of an order asked": asked_of_province("วันที่ของคำสั่ง"),
    "source asked": asked_of_province("หน่วยงานที่รับผิดชอบ", "กลุ่มงานยุทธศาสตร์"),
    "province's value read back": asked_of_province("หน่วยงานที่รับผิดชอบ", "กลุ่มงานยุทธศาสตร์", "คำสั่งที่ 1"),
    "pairing": at_pairing(),
    "fields of a pairing": at_fields_of_a_pairing,
    "date of signature asked": asked_for_fact("วันที่ลงนาม"),
    "stage asked": asked_for_fact("สถานะ"),
    "areas asked": asked_for_fact("สาขาความร่วมมือ"),
    "when a stage was reached": asked_when_a_stage_was_reached,
    "source of a fact asked": asked_for_source_of_a_fact,
    "source of a fact asked over a draft": asked_for_source_of_a_fact_over_a_draft,
    "date of a paper asked": asked_for_date_of_a_paper,
    "summary of a fact": at_summary_of_a_fact,
    "settings": at_settings,
    "log or question": at_doubt,
    "own name asked": asked_for_own_name,
    "own post asked": asked_for_own_post,
    "who records asked": asked_who_records,
    "province of the staff asked": asked_which_province,
    "first day of standing in asked": asked_when_somebody_stands_in,
    "last day of standing in asked": asked_until_when_somebody_stands_in,
    "successor asked": asked_who_takes_over,
    "pairing to be quiet asked": asked_of_reminders("holds.pick"),
    "what may be done about reminders": asked_of_reminders("holds.menu", **CHENGDU),
    "last quiet day asked": asked_of_reminders("holds.snooze", **CHENGDU),
    "why put off asked": asked_of_reminders("holds.snooze_until", **CHENGDU, day="2026-12-20"),
    "last exempt day asked": asked_of_reminders("holds.exempt", **CHENGDU),
    "why exempt asked": asked_of_reminders("holds.exempt_until", **CHENGDU, day="2026-12-31"),
    "code of another channel": at_link_code,
    "code asked": asked_for_code,
    "own province asked": writing_a_request(),
    "own role asked": writing_a_request("เชียงใหม่"),
    "name in a request asked": writing_a_request("เชียงใหม่", "เจ้าหน้าที่"),
    "post in a request asked": writing_a_request("เชียงใหม่", "เจ้าหน้าที่", "มานี"),
    "request before it is sent": writing_a_request("เชียงใหม่", "เจ้าหน้าที่", "มานี", "นักวิเทศสัมพันธ์"),
    "post asked after joining": asked_for_post,
    "province of a head asked": asked_which_province_to_invite,
    "reason of a refusal asked": asked_why_refused,
}


def at_review(person: Conversation) -> None:
    person.say("/review")


def asked_for_province_of_new(person: Conversation) -> None:
    at_review(person)
    person.press("เพิ่มคู่")


def asked_for_partner_of_new(person: Conversation) -> None:
    asked_for_province_of_new(person)
    person.say("เชียงใหม่")


def asked_for_english_name_of_new(person: Conversation) -> None:
    asked_for_partner_of_new(person)
    person.say("เมืองทดสอบ")
    person.press("เป็นคู่ใหม่ ใช้ชื่อนี้")


def asked_for_country_of_new(person: Conversation) -> None:
    asked_for_english_name_of_new(person)
    person.say("Testville")


def asked_for_stage_of_new(person: Conversation) -> None:
    asked_for_country_of_new(person)
    person.say("จีน")


def asked_why_not_added(person: Conversation) -> None:
    forged(person.office, person, "missing.why", province="TH-50", listed="ก")


def asked_why_not_confirmed(person: Conversation) -> None:
    officer = person.office.person("มานี", "officer", "TH-50")
    asked_for_date_of_a_paper(officer)
    officer.say("1/2569 ลว. 5 มี.ค. 69")
    officer.press("ส่งให้ส่วนกลางยืนยัน")
    at_review(person)
    person.press(person.buttons()[0])
    person.press("ไม่ยืนยัน")
    person.press("พิมพ์เหตุผล")


def asked_why_it_is_one(person: Conversation) -> None:
    officer = person.office.person("มานี", "officer", "TH-50")
    forged(person.office, officer, "list.mark", pairing="50-chengdu")
    forged(person.office, person, "mark.why", pairing="50-chengdu")


def asked_when_it_is_looked_at_again(person: Conversation) -> None:
    asked_of_reminders("suspend.what", about="country CN")(person)
    person.say("สถานการณ์ความไม่สงบ")


OF_THE_MINISTRY: dict[str, Callable[[Conversation], None]] = {
    "review": at_review,
    "province of a new pairing asked": asked_for_province_of_new,
    "partner of a new pairing asked": asked_for_partner_of_new,
    "english name asked": asked_for_english_name_of_new,
    "country asked": asked_for_country_of_new,
    "stage of a new pairing asked": asked_for_stage_of_new,
    "why not added": asked_why_not_added,
    "why refused": asked_why_not_confirmed,
    "why it is one": asked_why_it_is_one,
    "what to suspend asked": asked_of_reminders("suspend.ask"),
    "why suspended asked": asked_of_reminders("suspend.what", about="country CN"),
    "review day asked": asked_when_it_is_looked_at_again,
}


@pytest.mark.parametrize("state", OF_THE_MINISTRY.values(), ids=OF_THE_MINISTRY.keys())
def test_in_an_open_state_of_the_ministry_nothing_breaks_and_cancelling_ends_it(
    office: Office, ministry: Conversation, state: Callable[[Conversation], None]
) -> None:
    state(ministry)

    for text in ("", "   ", "🙏🙏🙏"):
        ministry.say(text)
        assert "ยังไม่เข้าใจข้อความนี้" in short(ministry)
    ministry.update(unsupported="sticker")
    assert "ยังรับสติกเกอร์ไม่ได้" in short(ministry)
    ministry.say(LONG)
    assert "ข้อความยาวเกินไป" in short(ministry)
    assert "ปุ่มนี้ใช้ไม่ได้แล้ว" in ministry.press_id("forged-by-somebody")

    for _ in range(3):
        ministry.say("ยกเลิก")
    assert short(ministry) == "ไม่มีรายการที่ทำค้างอยู่"


EVERY_STATE = pytest.mark.parametrize("state", STATES.values(), ids=STATES.keys())


@EVERY_STATE
def test_empty_text_a_sticker_and_a_very_long_text_change_nothing(
    office: Office, officer: Conversation, state: Callable[[Conversation], None]
) -> None:
    state(officer)
    before = (opened(office), recorded(office))

    for text in ("", "   ", "🙏🙏🙏"):
        officer.say(text)
        assert "ยังไม่เข้าใจข้อความนี้" in short(officer)
    officer.update(unsupported="sticker")
    assert "ยังรับสติกเกอร์ไม่ได้" in short(officer)
    officer.say(LONG)
    assert "ข้อความยาวเกินไป" in short(officer)

    assert (opened(office), recorded(office)) == before


@EVERY_STATE
def test_help_is_given_and_keeps_the_draft(
    office: Office, officer: Conversation, state: Callable[[Conversation], None]
) -> None:
    state(officer)
    before = opened(office)

    said = officer.say("ช่วยเหลือ")

    assert "พิมพ์ประโยคเดียว" in said
    assert ("มีรายการที่ยังไม่ได้บันทึก" in said) == bool(before)
    assert opened(office) == before


@EVERY_STATE
def test_a_forged_button_says_so_and_keeps_everything(
    office: Office, officer: Conversation, state: Callable[[Conversation], None]
) -> None:
    state(officer)
    before = (opened(office), recorded(office))

    assert "ปุ่มนี้ใช้ไม่ได้แล้ว" in officer.press_id("forged-by-somebody")
    assert "ปุ่มนี้ใช้ไม่ได้แล้ว" in officer.press_id("x" * 64)

    assert (opened(office), recorded(office)) == before


@EVERY_STATE
def test_cancelling_again_and_again_leaves_nothing_unfinished(
    office: Office, officer: Conversation, state: Callable[[Conversation], None]
) -> None:
    state(officer)
    before = recorded(office)

    for _ in range(3):
        officer.say("ยกเลิก")

    assert opened(office) == 0
    assert recorded(office) == before
    assert short(officer) == "ไม่มีรายการที่ทำค้างอยู่"
