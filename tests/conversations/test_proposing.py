"""A province proposes what it knows of a pairing; the ministry confirms, refuses, or keeps it beside what stands."""

from __future__ import annotations

import pytest

from bot.texts.th import Th
from storage import registry
from storage.models import Pairing
from tests.support import Conversation, Office
from tests.world import CHENGDU

LETTER = "หนังสือ ชม 0017/1234 ลว. 5 มี.ค. 69"


def propose(person: Conversation, field: str, value: str, source: str = LETTER) -> str:
    """From the card to the button that sends it; returns the summary."""
    person.say("เฉิงตู" if person.name == "สมศรี" else "เชียงใหม่ เฉิงตู")
    person.press("แก้ไข/เพิ่มข้อมูล")
    person.press(field)
    person.say(value)
    return person.say(source)


def send(person: Conversation, field: str, value: str, source: str = LETTER) -> str:
    propose(person, field, value, source)
    return person.press("ยืนยันและบันทึก" if "ยืนยันและบันทึก" in person.buttons() else "ส่งให้ส่วนกลางยืนยัน")


def open_first(person: Conversation) -> str:
    person.say("/review")
    return person.press(person.buttons()[0])


def signed_on(office: Office) -> tuple[str, str | None]:
    with office.database.read() as session:
        row = session.get_one(Pairing, CHENGDU)
        return str(row.signed_on), row.signed_precision


def told(person: Conversation) -> str:
    return "\n".join(message.text for message in person.receive())


def test_what_a_province_proposes_is_confirmed_told_shown_and_taken_back(
    office: Office, officer: Conversation, ministry: Conversation
) -> None:
    before = signed_on(office)
    summary = propose(officer, "วันที่ลงนาม", "มิ.ย. 2558")
    assert "เดิม: 30 มี.ค. 2558 (ค.ศ. 2015)" in summary
    assert "ใหม่: มิ.ย. 2558 (ค.ศ. 2015)" in summary
    assert "ที่มา: หนังสือ ชม 0017/1234 ลว. 5 มี.ค. 2569" in summary

    assert "ส่งให้ส่วนกลางยืนยันแล้ว" in officer.press("ส่งให้ส่วนกลางยืนยัน")
    assert "รอส่วนกลางยืนยัน 1 เรื่อง" in officer.last
    assert signed_on(office) == before

    card = open_first(ministry)
    assert "เชียงใหม่–นครเฉิงตู · วันที่ลงนาม" in card
    assert "ผู้แจ้ง: เจ้าหน้าที่ เชียงใหม่" in card
    assert "สมศรี" not in card
    assert "ยืนยันแล้ว มีผลทันที" in ministry.press("ยืนยัน")
    assert signed_on(office) == ("2015-06-01", "month")

    assert "ส่วนกลางยืนยันข้อมูลที่เสนอแล้ว: เชียงใหม่–นครเฉิงตู · วันที่ลงนาม" in told(officer)
    assert "ลงนาม มิ.ย. 2558" in officer.press("ดูคู่นี้")
    history = officer.press("ประวัติ")
    assert "วันที่ลงนาม: 30 มี.ค. 2558 (ค.ศ. 2015) → มิ.ย. 2558 (ค.ศ. 2015)" in history
    assert "หน้าแชต" in history
    assert not any("ข้อมูลก่อนหน้า" in one for one in officer.buttons())

    ministry.press("ดูคู่นี้")
    ministry.press("ประวัติ")
    assert "ข้อมูลก่อนหน้า: 30 มี.ค. 2558 (ค.ศ. 2015)" in ministry.press("ใช้ข้อมูลก่อนหน้า: วันที่ลงนาม")
    assert "ลงนาม 30 มี.ค. 2558" in ministry.press("ใช้ข้อมูลก่อนหน้า")
    assert signed_on(office) == before


def test_the_ministry_is_told_once_in_office_hours_however_much_waits(
    office: Office, officer: Conversation, ministry: Conversation
) -> None:
    ministry.say("/start")
    send(officer, "วันที่ลงนาม", "มิ.ย. 2558")
    send(officer, "ระยะเวลา", "5")
    assert ministry.receive() == []  # a Sunday

    office.clock.move(days=1)
    assert told(ministry) == Th.NEW_FACTS
    assert "รอยืนยัน 2 เรื่อง" in ministry.press("ข้อมูลที่รอยืนยัน")


def test_a_proposal_is_refused_with_a_reason_that_its_proposer_is_told(
    office: Office, officer: Conversation, ministry: Conversation
) -> None:
    before = signed_on(office)
    send(officer, "วันที่ลงนาม", "2557")
    open_first(ministry)
    ministry.press("ไม่ยืนยัน")
    ministry.press("พิมพ์เหตุผล")
    assert "ไม่ยืนยัน แจ้งผู้เสนอแล้ว" in ministry.say("หนังสือฉบับนี้เป็นของคู่อื่น")

    assert "เหตุผล: หนังสือฉบับนี้เป็นของคู่อื่น" in told(officer)
    assert signed_on(office) == before
    officer.press("ดูคู่นี้")
    assert "ไม่ยืนยัน โดยผู้ดูแลเนื้อหา" in officer.press("ประวัติ")


def test_a_conflict_is_kept_shown_with_both_sources_and_then_settled(
    office: Office, officer: Conversation, ministry: Conversation
) -> None:
    send(officer, "วันที่ลงนาม", "12 มิ.ย. 2557")
    open_first(ministry)
    assert "เก็บไว้เป็นข้อมูลที่ขัดกัน" in ministry.press("เก็บไว้เป็นข้อมูลที่ขัดกัน")
    assert "เพราะแหล่งข้อมูลไม่ตรงกัน" in told(officer)

    assert "⚠️ แหล่งข้อมูลไม่ตรงกัน 1 เรื่อง" in officer.say("เฉิงตู")
    details = officer.press("รายละเอียด")
    assert (
        "แหล่งข้อมูลไม่ตรงกัน: วันที่ลงนาม\n- 30 มี.ค. 2558 (ค.ศ. 2015) [1]\n- 12 มิ.ย. 2557 (ค.ศ. 2014) [2]" in details
    )
    assert "[2] หนังสือ ชม 0017/1234 ลว. 5 มี.ค. 2569" in details

    ministry.say("/review")
    ministry.press("ข้อมูลที่ขัดกัน (1)")
    ministry.press(ministry.buttons()[0])
    assert "ยืนยันแล้ว" in ministry.press("ใช้ข้อมูลใหม่")
    assert signed_on(office) == ("2014-06-12", "day")
    assert "ไม่ตรงกัน" not in officer.say("เฉิงตู")


def test_of_two_who_decide_at_once_the_second_is_told(
    office: Office, officer: Conversation, ministry: Conversation, curator: Conversation
) -> None:
    send(officer, "วันที่ลงนาม", "12 มิ.ย. 2557")
    for person in (ministry, curator):
        open_first(person)
    ministry.press("ยืนยัน")

    assert "เรื่องนี้ดำเนินการแล้ว: ยืนยันแล้ว โดยผู้ดูแลเนื้อหา" in curator.press("เก็บไว้เป็นข้อมูลที่ขัดกัน")
    assert signed_on(office) == ("2014-06-12", "day")


def test_of_two_of_the_ministry_who_change_at_once_the_second_checks_again(
    office: Office, ministry: Conversation, curator: Conversation
) -> None:
    propose(ministry, "วันที่ลงนาม", "12 มิ.ย. 2557")
    propose(curator, "วันที่ลงนาม", "13 มิ.ย. 2557")
    assert "บันทึกแล้ว มีผลทันที" in ministry.press("ยืนยันและบันทึก")

    again = curator.press("ยืนยันและบันทึก")
    assert Th.CHANGED_MEANWHILE in again
    assert "เดิม: 12 มิ.ย. 2557" in again
    assert signed_on(office) == ("2014-06-12", "day")
    assert "บันทึกแล้ว" in curator.press("ยืนยันและบันทึก")
    assert signed_on(office) == ("2014-06-13", "day")


def test_a_confirmation_of_what_was_shown_beside_another_value_is_asked_again(
    office: Office, officer: Conversation, ministry: Conversation, curator: Conversation
) -> None:
    send(officer, "วันที่ลงนาม", "12 มิ.ย. 2557")
    open_first(ministry)
    send(curator, "วันที่ลงนาม", "13 มิ.ย. 2557")

    again = ministry.press("ยืนยัน")
    assert Th.CHANGED_MEANWHILE in again
    assert "เดิม: 13 มิ.ย. 2557" in again
    assert signed_on(office) == ("2014-06-13", "day")


def test_a_proposal_is_withdrawn_by_its_proposer_alone_and_not_after_the_decision(
    office: Office, officer: Conversation, ministry: Conversation
) -> None:
    send(officer, "วันที่ลงนาม", "12 มิ.ย. 2557")
    officer.press("ประวัติ")
    withdraw, _ = officer.button("ถอนข้อเสนอ: วันที่ลงนาม")
    assert "ถอนข้อเสนอแล้ว" in officer.press_id(withdraw)
    ministry.say("/review")
    assert Th.facts_waiting(Th(), 0) in ministry.last
    assert "เรื่องนี้ดำเนินการแล้ว: ผู้เสนอถอนแล้ว" in officer.press_id(withdraw)

    send(officer, "วันที่ลงนาม", "12 มิ.ย. 2557")
    officer.press("ประวัติ")
    colleague = office.person("มานี", "officer", "TH-50")
    colleague.say("เฉิงตู")
    colleague.press("ประวัติ")
    assert not any("ถอน" in one for one in colleague.buttons())


def test_the_same_is_not_proposed_twice_and_what_stands_is_no_change(
    officer: Conversation, ministry: Conversation
) -> None:
    send(officer, "ระยะเวลา", "5 ปี")
    assert "มีผู้เสนอไว้แล้ว" in send(officer, "ระยะเวลา", "5 ปี")
    open_first(ministry)
    ministry.press("ยืนยัน")
    assert "ไม่มีสิ่งที่เปลี่ยน" in send(officer, "ระยะเวลา", "5")


def test_nothing_is_sent_without_a_source(officer: Conversation) -> None:
    officer.say("เฉิงตู")
    officer.press("แก้ไข/เพิ่มข้อมูล")
    officer.press("ระยะเวลา")
    assert Th.WHICH_SOURCE in officer.say("5 ปี")
    assert "ส่งให้ส่วนกลางยืนยัน" not in officer.buttons()
    assert Th.SOURCE_NEEDS_A_NAME in officer.say("5 มี.ค. 69")
    assert "ไม่มีวันที่ 31 ก.พ. 69" in officer.say("หนังสือ ชม 1/2569 ลว. 31 ก.พ. 69")
    assert Th.WHICH_PAPER in officer.press("บันทึกความเข้าใจ (MOU)")
    assert "ที่มา: บันทึกความเข้าใจ (MOU)" in officer.press("ไม่ปรากฏวันที่")
    assert "ส่งให้ส่วนกลางยืนยัน" in officer.buttons()


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("32 มิ.ย. 2558", "ไม่มีวันที่ 32 มิ.ย. 2558 ในปฏิทิน"),
        ("5 มี.ค.", "อ่านวันที่ไม่ได้"),
        ("1 ม.ค. 2572", "ยังมาไม่ถึง"),
        ("2480", "รับปี พ.ศ. 2493 ถึง 2693"),
        ("นานมาแล้ว", "อ่านวันที่ไม่ได้"),
    ],
)
def test_a_day_that_is_none_is_told_and_asked_again(officer: Conversation, typed: str, answer: str) -> None:
    officer.say("เฉิงตู")
    officer.press("แก้ไข/เพิ่มข้อมูล")
    officer.press("วันที่ลงนาม")
    assert answer in officer.say(typed)
    assert Th.WHICH_SOURCE in officer.say("12 มิ.ย. 2558")


def test_a_day_that_could_be_two_is_chosen(officer: Conversation) -> None:
    officer.say("เฉิงตู")
    officer.press("แก้ไข/เพิ่มข้อมูล")
    officer.press("วันที่ลงนาม")
    assert Th.WHICH_DAY in officer.say("5/6/07")
    assert "5 มิ.ย. 2550" in officer.press("5 มิ.ย. 2550 (ค.ศ. 2007)")


def test_an_agreement_does_not_end_before_it_was_signed(
    officer: Conversation, ministry: Conversation
) -> None:
    officer.say("เฉิงตู")
    officer.press("แก้ไข/เพิ่มข้อมูล")
    officer.press("วันสิ้นสุด")
    assert Th.ENDS_BEFORE_SIGNED in officer.say("2550")
    assert Th.WHICH_SOURCE in officer.say("2570")


def test_a_question_in_the_midst_is_answered_and_nothing_that_was_typed_is_lost(
    officer: Conversation,
) -> None:
    officer.say("เฉิงตู")
    officer.press("แก้ไข/เพิ่มข้อมูล")
    officer.press("วันที่ลงนาม")
    officer.say("มิ.ย. 2558")
    assert "กิจกรรมร่วมอย่างน้อยปีละ 1 ครั้ง" in officer.say("ต้องมีกิจกรรมปีละกี่ครั้ง")
    assert "กรอกข้อมูลต่อ" in officer.buttons()
    assert "ใหม่: มิ.ย. 2558" in officer.say(LETTER)


def test_another_card_in_the_midst_leaves_it_to_be_gone_on_with(officer: Conversation) -> None:
    officer.say("เฉิงตู")
    officer.press("แก้ไข/เพิ่มข้อมูล")
    officer.press("วันที่ลงนาม")
    officer.say("มิ.ย. 2558")
    officer.say("/pairings ฮอกไกโด")
    assert "กรอกข้อมูลต่อ" not in officer.buttons()
    officer.say("/pairings เฉิงตู")
    assert "มิ.ย. 2558" in officer.press("กรอกข้อมูลต่อ")


def test_cancelled_half_way_it_waits_and_is_dropped_by_its_own_button(officer: Conversation) -> None:
    officer.say("เฉิงตู")
    officer.press("แก้ไข/เพิ่มข้อมูล")
    officer.press("วันที่ลงนาม")
    officer.say("มิ.ย. 2558")
    assert Th.CHANGE_PAUSED in officer.say("ยกเลิก")
    assert Th.NOTHING_TO_CANCEL in officer.say("ยกเลิก")
    officer.say("เฉิงตู")
    assert "มิ.ย. 2558" in officer.press("กรอกข้อมูลต่อ")
    assert Th.CHANGE_DROPPED in officer.press("ไม่แก้แล้ว")
    officer.say("เฉิงตู")
    assert "กรอกข้อมูลต่อ" not in officer.buttons()


def test_an_old_button_of_what_was_sent_says_so(officer: Conversation) -> None:
    propose(officer, "ระยะเวลา", "5 ปี")
    sent, _ = officer.button("ส่งให้ส่วนกลางยืนยัน")
    officer.press_id(sent)
    assert Th.CHANGE_GONE in officer.press_id(sent)


def test_areas_are_ticked_and_typed(officer: Conversation, ministry: Conversation, office: Office) -> None:
    officer.say("เฉิงตู")
    officer.press("แก้ไข/เพิ่มข้อมูล")
    officer.press("สาขาความร่วมมือ")
    officer.press("ท่องเที่ยว")
    officer.press("การศึกษา")
    officer.say("กาแฟ, ชา")
    officer.press("✓ การศึกษา")
    officer.press("เลือกครบแล้ว")
    assert "ใหม่: ท่องเที่ยว, กาแฟ, ชา" in officer.say(LETTER)
    officer.press("ส่งให้ส่วนกลางยืนยัน")
    open_first(ministry)
    ministry.press("ยืนยัน")
    with office.database.read() as session:
        held = registry.find_current(session, f"pairing:{CHENGDU}", "areas")
        assert held is not None
        assert held.value == ["ท่องเที่ยว", "กาแฟ", "ชา"]


def test_names_of_a_shared_partner_say_which_provinces_share_them(ministry: Conversation) -> None:
    ministry.say("ขอนแก่น ดานัง")
    ministry.press("แก้ไข/เพิ่มข้อมูล")
    assert "มุกดาหาร" in ministry.press("ชื่อและประเภทของคู่")
    assert "ข้อมูลของคู่ใช้ร่วมกับ" in ministry.press("ชื่อเดิม")
    ministry.say("ตูราน\nTourane")
    assert "ข้อมูลของคู่ใช้ร่วมกับ" in ministry.say(LETTER)
    assert "บันทึกแล้ว" in ministry.press("ยืนยันและบันทึก")

    assert "ชื่อเดิม: ตูราน, Tourane" in (ministry.say("มุกดาหาร ดานัง"), ministry.press("รายละเอียด"))[1]


def test_a_proposal_of_a_shared_partner_is_told_by_the_proposers_own_pairing(
    office: Office, neighbour: Conversation, ministry: Conversation
) -> None:
    neighbour.say("ดานัง")
    neighbour.press("แก้ไข/เพิ่มข้อมูล")
    neighbour.press("ชื่อและประเภทของคู่")
    neighbour.press("ชื่อเดิม")
    neighbour.say("ตูราน")
    neighbour.say(LETTER)
    neighbour.press("ส่งให้ส่วนกลางยืนยัน")
    open_first(ministry)
    ministry.press("ยืนยัน")
    assert "มุกดาหาร–นครดานัง · ชื่อเดิม" in told(neighbour)
