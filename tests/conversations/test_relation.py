"""The card of one pairing, its history, its stages and the yearly rule, and what the ministry does with the lists."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select

from bot.dialogues import relation_facts
from bot.texts.en import En
from bot.texts.th import Th
from storage import meta, registry, relations
from storage.models import Pairing, PairingStage, Partner, Reminder
from tests.conversations.test_rights import forged
from tests.support import Conversation, Office
from tests.world import CHENGDU, SAVANNAKHET

LETTER = "หนังสือ มท 0211.4/123 ลว. 5 มี.ค. 69"


def told(person: Conversation) -> str:
    return "\n".join(message.text for message in person.receive())


def set_stage(ministry: Conversation, pairing: str, stage: str, reached: str = "1 มี.ค. 69") -> str:
    ministry.say(pairing)
    ministry.press("แก้ไข/เพิ่มข้อมูล")
    ministry.press("สถานะ")
    ministry.press(stage)
    ministry.say(reached)
    ministry.say(LETTER)
    return ministry.press("ยืนยันและบันทึก")


def change(person: Conversation, pairing: str, field: str, value: str) -> str:
    person.say(pairing)
    person.press("แก้ไข/เพิ่มข้อมูล")
    person.press(field)
    person.say(value)
    person.say(LETTER)
    return person.press("ยืนยันและบันทึก")


def pairing_row(office: Office, pairing: str = CHENGDU) -> Pairing:
    with office.database.read() as session:
        return session.get_one(Pairing, pairing)


# ------------------------------------------------------------------ the card


def test_the_first_screen_is_short_and_the_details_name_every_source(
    officer: Conversation, ministry: Conversation
) -> None:
    change(ministry, "เชียงใหม่ เฉิงตู", "วันสิ้นสุด", "11 มิ.ย. 2571")
    change(ministry, "เชียงใหม่ เฉิงตู", "ระยะเวลา", "5")

    said = officer.say("เฉิงตู")
    assert "เชียงใหม่–นครเฉิงตู\nChengdu · จีน\nลงนาม 30 มี.ค. 2558\nความตกลง" in said
    assert "ความตกลง: 5 ปี · ถึง 11 มิ.ย. 2571 (ค.ศ. 2028) · เหลือ 567 วัน" in said
    assert "ปีปฏิทิน 2569: ยังไม่มีกิจกรรม เหลือ 39 วัน" in said
    assert len(officer.answer[0].text.splitlines()) <= 7

    assert "ลงนาม 30 มี.ค. 2558 · ถึง 11 มิ.ย. 2571" in officer.say("/pairings")
    officer.say("เฉิงตู")

    details = officer.press("รายละเอียด")
    for line in ("ชื่อไทย: นครเฉิงตู", "ชื่ออังกฤษ: Chengdu", "ชื่อภาษาท้องถิ่น: 成都市", "ประเทศ: จีน"):
        assert line in details
    assert "วันที่ลงนาม: 30 มี.ค. 2558 (ค.ศ. 2015) [1]" in details
    assert "[1] 'Sister Cities: Chiang Mai Province' (cdfao.gov.cn)" in details
    assert "[2] หนังสือ มท 0211.4/123 ลว. 5 มี.ค. 2569" in details
    assert "จังหวัดยังไม่ได้ยืนยันรายชื่อคู่" in details


def test_an_agreement_that_is_over_says_for_how_long(officer: Conversation, ministry: Conversation) -> None:
    change(ministry, "เชียงใหม่ เฉิงตู", "วันสิ้นสุด", "2568")
    assert "ถึง ปี 2568 (ค.ศ. 2025) · สิ้นสุดมาแล้ว 326 วัน" in officer.say("เฉิงตู")


def test_activities_of_the_pairing_are_counted_and_one_press_away(officer: Conversation) -> None:
    officer.say("ประชุมกับเฉิงตู 3 พ.ย. 69 เรื่องท่องเที่ยว 30คน")
    officer.press("บันทึก")
    assert "ปีปฏิทิน 2569: 1 กิจกรรม · ครั้งล่าสุด 3 พ.ย. 2569" in officer.say("เฉิงตู")
    assert "กิจกรรมที่บันทึกไว้ (1)\nเฉพาะ: นครเฉิงตู" in officer.press("กิจกรรมที่บันทึกไว้")


@pytest.mark.parametrize("role", ["group_head", "head"])
def test_heads_propose_and_log_as_officers_do(office: Office, role: str) -> None:
    head = office.person("ประภา", role, "TH-50")
    head.say("เฉิงตู")
    assert {"แก้ไข/เพิ่มข้อมูล", "ประวัติ", "บันทึกกิจกรรม"} <= set(head.buttons())


def test_a_partner_that_merged_is_shown_as_such(office: Office, officer: Conversation) -> None:
    with office.database.write() as session:
        session.get_one(Partner, "chengdu").merged_into = "chongqing"
    assert "หน่วยการปกครองนี้รวมเข้ากับ" in officer.say("เฉิงตู")


FOREIGN = (
    *("pairing.show", "pairing.details", "pairing.history", "pairing.take_back"),
    *("pairing.take_back_yes", "pairing.audit"),
    *("fact.menu", "fact.ask", "fact.resume", "fact.set", "fact.tick", "fact.ticked", "fact.reached"),
    *("fact.ask_source", "fact.source", "fact.paper", "fact.send", "fact.withdraw"),
    *("review", "review.show", "review.confirm", "review.keep", "review.refuse", "review.refuse_type"),
    *("review.refuse_for", "review.missing", "review.missing_one", "review.marked", "review.marked_one"),
    *("missing.why", "mark.why", "add.province", "add.begin", "add.partner", "add.new_partner"),
    *("add.country", "add.resume", "add.drop", "list.reopen"),
)


@pytest.mark.parametrize("step", FOREIGN)
def test_a_foreign_pairing_reads_in_each_step_like_one_that_does_not_exist(
    office: Office, officer: Conversation, ministry: Conversation, step: str
) -> None:
    set_stage(ministry, "มุกดาหาร สะหวันนะเขต", "ต่ออายุแล้ว")
    with office.database.read() as session:
        held = registry.find_current(session, f"pairing:{SAVANNAKHET}", "stage")
        assert held is not None

    def answered(pairing: str, fact: int) -> str:
        args = {"pairing": pairing, "fact": fact, "field": "stage", "value": "ended", "on": True}
        more = {"source": "ก", "reason": "ก", "province": "TH-49", "listed": "ก", "partner": "savannakhet"}
        return forged(office, officer, step, **args, **more, country="LA")

    foreign = answered(SAVANNAKHET, held.id)
    assert foreign in (Th.NOT_FOUND, Th.NAME_NOT_FOUND)
    assert foreign == answered("49-nowhere", 999)
    assert pairing_row(office, SAVANNAKHET).status == "established"


# ------------------------------------------------------------------ stages and the yearly rule


def test_stages_are_the_pairings_history_each_with_its_date_and_source(
    officer: Conversation, ministry: Conversation
) -> None:
    set_stage(ministry, "เชียงใหม่ เฉิงตู", "ต่ออายุแล้ว", "มิ.ย. 2563")
    officer.say("เฉิงตู")
    details = officer.press("รายละเอียด")
    assert (
        "ลำดับสถานะ\n• สถาปนาแล้ว · 30 มี.ค. 2558 (ค.ศ. 2015) [2]\n• ต่ออายุแล้ว · มิ.ย. 2563 (ค.ศ. 2020) [1]"
        in details
    )
    assert "[1] หนังสือ มท 0211.4/123 ลว. 5 มี.ค. 2569" in details


def test_a_stage_that_is_taken_back_leaves_the_history_of_stages(
    office: Office, ministry: Conversation
) -> None:
    set_stage(ministry, "เชียงใหม่ เฉิงตู", "ยุติความสัมพันธ์")
    assert pairing_row(office).status == "ended"
    ministry.press("ประวัติ")
    ministry.press("ใช้ข้อมูลก่อนหน้า: สถานะ")
    ministry.press("ใช้ข้อมูลก่อนหน้า")
    assert pairing_row(office).status == "established"
    with office.database.read() as session:
        stages = session.scalars(select(PairingStage.stage).where(PairingStage.pairing_id == CHENGDU))
        assert "ended" not in stages.all()


@pytest.mark.parametrize(
    ("stage", "shown"), [("ไม่มีความเคลื่อนไหว", "ไม่มีความเคลื่อนไหว"), ("ยุติความสัมพันธ์", "ยุติความสัมพันธ์")]
)
def test_what_is_dormant_or_ended_leaves_the_reminders_at_once(
    office: Office, officer: Conversation, ministry: Conversation, stage: str, shown: str
) -> None:
    office.plan()
    assert "นครเฉิงตู" in officer.say("/status")
    set_stage(ministry, "เชียงใหม่ เฉิงตู", stage)

    assert "นครเฉิงตู" not in officer.say("/status")
    assert f"นครเฉิงตู (จีน) · {shown}" in officer.say("/pairings")
    with office.database.read() as session:
        states = session.scalars(select(Reminder.state).where(Reminder.pairing_id == CHENGDU)).all()
    assert set(states) == {"cancelled"}


def test_what_expired_still_owes(office: Office, officer: Conversation, ministry: Conversation) -> None:
    set_stage(ministry, "เชียงใหม่ เฉิงตู", "หมดอายุ")
    assert "นครเฉิงตู" in officer.say("/status")
    assert "ลงนาม 30 มี.ค. 2558 · หมดอายุ" in officer.say("/pairings")


def test_a_stage_before_the_signature_is_named_in_lists(
    officer: Conversation, ministry: Conversation
) -> None:
    set_stage(ministry, "เชียงใหม่ เฉิงตู", "จัดทำร่างบันทึกความเข้าใจ")
    assert "นครเฉิงตู (จีน) · จัดทำร่างบันทึกความเข้าใจ" in officer.say("/pairings")


def test_the_day_of_a_signature_is_the_day_of_signing_with_one_press_more(
    office: Office, ministry: Conversation
) -> None:
    with office.database.write() as session:
        session.get_one(Pairing, CHENGDU).signed_on = None
        meta.bump_registry(session)
    set_stage(ministry, "เชียงใหม่ เฉิงตู", "ลงนามแล้ว", "12 มิ.ย. 2558")
    summary = ministry.press("ใช้ 12 มิ.ย. 2558 เป็นวันที่ลงนามด้วย")
    assert "ใหม่: 12 มิ.ย. 2558" in summary
    assert "หนังสือ มท 0211.4/123 ลว. 5 มี.ค. 2569" in summary
    ministry.press("ยืนยันและบันทึก")
    assert pairing_row(office).signed_on == date(2015, 6, 12)


def test_stages_and_notes_are_the_same_words_everywhere() -> None:
    assert relation_facts.STAGES == registry.STAGES
    assert set(registry.STAGES) <= set(Th.STAGES)
    for name in ("NOT_A_PAIRING", "TAKEN_BACK", "WITHDRAWN"):
        assert getattr(relation_facts, name) == getattr(relations, name)
    assert {*relation_facts.FIELDS} == {*Th.FACTS} == {*En.FACTS}


# ------------------------------------------------------------------ who did what


def test_the_ministry_sees_who_did_what_on_which_channel_and_by_post(
    office: Office, officer: Conversation, ministry: Conversation
) -> None:
    officer.say("ประชุมกับเฉิงตู 3 พ.ย. 69 เรื่องท่องเที่ยว 30คน")
    officer.press("บันทึก")
    set_stage(ministry, "เชียงใหม่ เฉิงตู", "ต่ออายุแล้ว")
    ministry.press("ประวัติ")
    said = ministry.press("ใครทำอะไรเมื่อใด")
    assert "22 พ.ย. 2569 10.00 น. · เปลี่ยนข้อมูล สถานะ · ตนเอง · หน้าแชต" in said
    assert "บันทึกกิจกรรม รายการที่ 1 · เจ้าหน้าที่ เชียงใหม่ · หน้าแชต" in said
    assert "สมศรี" not in said


def test_who_did_what_is_for_a_private_chat_and_for_the_ministry(
    office: Office, officer: Conversation, ministry: Conversation
) -> None:
    officer.say("เฉิงตู")
    officer.press("ประวัติ")
    assert "ใครทำอะไรเมื่อใด" not in officer.buttons()
    group = Conversation(office, ministry.name, ministry.channel, group="กลุ่ม")
    group.say("เชียงใหม่ เฉิงตู")
    group.press("ประวัติ")
    assert Th.IN_PRIVATE_ONLY in group.press("ใครทำอะไรเมื่อใด")


def test_a_long_history_is_turned_page_by_page(ministry: Conversation) -> None:
    for number in range(1, 8):
        change(ministry, "เชียงใหม่ เฉิงตู", "ระยะเวลา", f"{number} ปี")
    ministry.press("ประวัติ")
    assert "6 ปี → 7 ปี" in ministry.last
    assert "ยังไม่ระบุ → 1 ปี" in ministry.press("ถัดไป")


# ------------------------------------------------------------------ what the provinces said of their lists


def mark_wrong(officer: Conversation) -> None:
    officer.say("ตรวจรายชื่อคู่")
    officer.press("มีคู่ที่ไม่ใช่")
    officer.press("นครเฉิงตู")


def miss(officer: Conversation, name: str) -> None:
    officer.say("ตรวจรายชื่อคู่")
    officer.press("ขาดคู่")
    officer.say(name)


def test_a_missing_pairing_is_added_with_a_partner_that_is_new(
    office: Office, officer: Conversation, ministry: Conversation
) -> None:
    miss(officer, "เมืองทดสอบใหม่")
    office.clock.move(days=1)
    assert told(ministry) == Th.NEW_FACTS
    ministry.press("ข้อมูลที่รอยืนยัน")
    ministry.press("คู่ที่จังหวัดแจ้งว่าขาด (1)")
    ministry.press("เชียงใหม่ · เมืองทดสอบใหม่")
    assert "ยังไม่มี “เมืองทดสอบใหม่” ในทะเบียน" in ministry.press("เพิ่มคู่")
    ministry.press("เป็นคู่ใหม่ ใช้ชื่อนี้")
    assert Th.ENGLISH_NAME_NOT_READ in ministry.say("ทดสอบ")
    ministry.say("Testville City")
    assert Th.COUNTRY_NOT_READ in ministry.say("แอตแลนติส")
    ministry.say("ประเทศญี่ปุ่น")
    ministry.press("ลงนามแล้ว")
    ministry.say("12 มิ.ย. 2568")
    summary = ministry.say(LETTER)
    assert "จังหวัด: เชียงใหม่" in summary
    assert "คู่: เมืองทดสอบใหม่ · Testville City · ญี่ปุ่น" in summary
    assert "เพิ่มคู่แล้ว: เชียงใหม่–เมืองทดสอบใหม่" in ministry.press("ยืนยันและบันทึก")

    assert "ส่วนกลางเพิ่มคู่ของจังหวัดแล้ว: เมืองทดสอบใหม่" in told(officer)
    assert "ลงนาม 12 มิ.ย. 2568" in officer.press("ดูคู่นี้")
    assert "นครเฉิงตู" in officer.say("/pairings")
    assert "เมืองทดสอบใหม่ (ญี่ปุ่น)" in officer.last
    row = pairing_row(office, "50-testville")
    assert (row.status, row.level, row.signed_on) == ("established", "province", date(2025, 6, 12))
    assert "ไม่มีคู่ที่จังหวัดแจ้งว่าขาด" in forged(office, ministry, "review.missing")


def test_a_missing_pairing_with_a_partner_of_another_province_is_found_by_its_name(
    office: Office, officer: Conversation, ministry: Conversation
) -> None:
    miss(officer, "สะหวันนะเขต")
    ministry.say("/review")
    ministry.press("คู่ที่จังหวัดแจ้งว่าขาด (1)")
    ministry.press("เชียงใหม่ · สะหวันนะเขต")
    ministry.press("เพิ่มคู่")
    ministry.press("แขวงสะหวันนะเขต (ลาว)")
    ministry.press("เสนอเรื่อง")
    ministry.press("ไม่ทราบวันที่")
    assert "คู่นี้มีอยู่แล้วในทะเบียน" in ministry.say(LETTER)
    ministry.press("ยืนยันและบันทึก")
    assert pairing_row(office, "50-savannakhet").status == "in_progress"


def test_what_was_entered_of_a_new_pairing_is_gone_on_with_after_something_else(
    ministry: Conversation,
) -> None:
    ministry.say("/review")
    ministry.press("เพิ่มคู่")
    ministry.say("เชียงใหม่")
    ministry.say("เมืองทดสอบ")
    ministry.press("เป็นคู่ใหม่ ใช้ชื่อนี้")
    ministry.say("Testville")
    ministry.say("ยกเลิก")
    ministry.say("เฉิงตู")
    ministry.say("/review")
    assert Th.WHICH_COUNTRY in ministry.press("เพิ่มคู่ที่ค้างไว้ต่อ")
    ministry.say("จีน")
    ministry.press("เสนอเรื่อง")
    ministry.say("ยกเลิก")
    ministry.say("/review")
    assert Th.WHEN_REACHED in ministry.press("เพิ่มคู่ที่ค้างไว้ต่อ")
    assert Th.CHANGE_DROPPED in ministry.press("ไม่แก้แล้ว")
    ministry.say("/review")
    assert "เพิ่มคู่ที่ค้างไว้ต่อ" not in ministry.buttons()


def test_two_who_add_the_same_pairing_make_one(
    office: Office, ministry: Conversation, curator: Conversation
) -> None:
    for person in (ministry, curator):
        person.say("/review")
        person.press("เพิ่มคู่")
        person.say("เชียงใหม่")
        person.say("สะหวันนะเขต")
        person.press("แขวงสะหวันนะเขต (ลาว)")
        person.press("เสนอเรื่อง")
        person.press("ไม่ทราบวันที่")
        person.say(LETTER)
    assert "เพิ่มคู่แล้ว" in ministry.press("ยืนยันและบันทึก")
    assert Th.PAIRING_IS_THERE in curator.press("ยืนยันและบันทึก")


def test_a_pairing_that_is_there_is_shown_instead_of_added(ministry: Conversation) -> None:
    ministry.say("/review")
    ministry.press("เพิ่มคู่")
    ministry.say("เชียงใหม่")
    ministry.say("เฉิงตู")
    assert Th.PAIRING_IS_THERE in ministry.press("นครเฉิงตู (จีน)")
    assert ministry.buttons() == ["เชียงใหม่–นครเฉิงตู"]


def test_a_missing_pairing_is_not_added_and_the_province_is_told_why(
    office: Office, officer: Conversation, ministry: Conversation
) -> None:
    miss(officer, "เทศบาลนครทดสอบ")
    ministry.say("/review")
    ministry.press("คู่ที่จังหวัดแจ้งว่าขาด (1)")
    ministry.press("เชียงใหม่ · เทศบาลนครทดสอบ")
    ministry.press("ไม่เพิ่ม")
    assert Th.PROVINCE_TOLD in ministry.say("เป็นคู่ของเทศบาล")
    office.clock.move(days=1)
    assert "เหตุผล: เป็นคู่ของเทศบาล" in told(officer)


def test_what_is_no_pairing_leaves_the_list_and_keeps_its_history(
    office: Office, officer: Conversation, ministry: Conversation
) -> None:
    mark_wrong(officer)
    ministry.say("/review")
    ministry.press("คู่ที่จังหวัดแจ้งว่าไม่ใช่ (1)")
    ministry.press("เชียงใหม่–นครเฉิงตู")
    ministry.press("ไม่ใช่คู่ของจังหวัด")
    ministry.press("ไม่ทราบวันที่")
    ministry.say(LETTER)
    ministry.press("ยืนยันและบันทึก")
    assert "ไม่ใช่คู่ของจังหวัด (ส่วนกลางตรวจสอบแล้ว)" in ministry.last
    assert "นครเฉิงตู" not in officer.say("/pairings")
    assert "ไม่ใช่คู่ของจังหวัด (ส่วนกลางตรวจสอบแล้ว)" in officer.say("เฉิงตู")
    assert Th.MARK_SETTLED in forged(office, ministry, "review.marked_one", pairing=CHENGDU)


def test_a_marked_pairing_that_ended_is_shown_as_ended(
    office: Office, officer: Conversation, ministry: Conversation
) -> None:
    mark_wrong(officer)
    forged(office, ministry, "review.marked_one", pairing=CHENGDU)
    ministry.press("ยุติความสัมพันธ์แล้ว")
    ministry.say("2567")
    ministry.say(LETTER)
    ministry.press("ยืนยันและบันทึก")
    assert "นครเฉิงตู (จีน) · ยุติความสัมพันธ์" in officer.say("/pairings")


def test_a_mark_that_was_a_mistake_is_settled_with_evidence(
    office: Office, officer: Conversation, ministry: Conversation
) -> None:
    mark_wrong(officer)
    forged(office, ministry, "review.marked_one", pairing=CHENGDU)
    ministry.press("เป็นคู่ของจังหวัด")
    assert Th.PROVINCE_TOLD in ministry.say("MOU ฉบับลงนาม 30 มี.ค. 2558")
    office.clock.move(days=1)
    assert "หลักฐาน: MOU ฉบับลงนาม" in told(officer)
    assert "ลงนาม 30 มี.ค. 2558" in officer.say("เฉิงตู")
    assert "นครเฉิงตู" in officer.say("/status")


def test_a_confirmed_list_is_opened_again_and_what_was_said_before_stays(
    office: Office, officer: Conversation, ministry: Conversation
) -> None:
    mark_wrong(officer)
    officer.press("เป็นคู่ของจังหวัด")
    office.clock.move(hours=1)
    officer.say("ตรวจรายชื่อคู่")
    officer.press("ถูกต้อง")
    assert "จังหวัดยังไม่ได้ยืนยัน" not in officer.say("เฉิงตู")

    ministry.say("เชียงใหม่")
    assert "รอจังหวัดยืนยันอีกครั้ง" in ministry.press("ให้ตรวจรายชื่ออีกครั้ง")
    assert "จังหวัดยังไม่ได้ยืนยัน" in officer.say("เฉิงตู")
    office.clock.move(days=1)
    assert told(officer) == Th.PLEASE_CHECK_AGAIN
    assert pairing_row(office).verdict == "correct"
    assert pairing_row(office, "50-hokkaido").verdict is None


def test_in_english_too(officer: Conversation) -> None:
    officer.say("/settings")
    officer.press("English")
    said = officer.say("/pairings Chengdu")
    assert "signed 30 Mar 2015" in said
    officer.press("Change or add data")
    officer.press("Ends on")
    officer.say("Jun 2028")
    assert "After: Jun 2028 (B.E. 2571)\nSource: letter MOI 0211.4/123, 5 Mar 2026" in officer.say(
        "letter MOI 0211.4/123 of 5 Mar 2026"
    )
