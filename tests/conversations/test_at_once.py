"""What happens when things cross: a digest between two lines, two people on one record, a group."""

from __future__ import annotations

from datetime import date

import pytest

from tests.support import Conversation, Office, shown

MONDAY, TUESDAY = date(2026, 11, 30), date(2026, 12, 1)


def digest(office: Office, person: Conversation) -> str:
    office.clock.set_day(TUESDAY)
    office.plan()
    return "\n".join(shown(message) for message in person.receive())


def test_a_number_typed_under_a_digest_is_the_digests_and_deletes_nothing(
    office: Office, officer: Conversation
) -> None:
    office.clock.set_day(MONDAY, hour=15)  # its details are not asked for yet when the digest comes
    officer.say("ประชุมกับเฉิงตู 3 พ.ย. 69 20 คน")
    officer.press("บันทึก")
    assert "ลบรายการนี้หรือไม่" in officer.press("ลบ")
    assert "คู่ยังไม่มีกิจกรรมร่วม" in digest(office, officer)

    said = officer.say("1")

    assert "เป็นกิจกรรมประเภทใด" in said
    assert "นครเฉิงตู" in officer.say("/activities")


def test_a_number_presses_nothing_once_a_line_without_buttons_was_said(officer: Conversation) -> None:
    officer.say("ประชุมกับเฉิงตู 3 พ.ย. 69 20 คน")
    officer.press("บันทึก")
    officer.press("ลบ")
    officer.say("!!!")

    officer.say("1")

    assert "นครเฉิงตู" in officer.say("/activities")


def test_two_people_who_edit_one_record_keep_both_changes(office: Office, officer: Conversation) -> None:
    colleague = office.person("มานี", "officer", "TH-50")
    officer.say("ประชุมกับเฉิงตู 3 พ.ย. 69 30 คน")
    officer.press("บันทึก")
    colleague.say("/activities")
    colleague.press("3 พ.ย. 2569 · นครเฉิงตู · ประชุม/หารือ")
    colleague.press("แก้ไข")
    officer.press("แก้ไข")
    officer.say("45 คน")
    officer.press("บันทึก")

    colleague.say("งบ 5 หมื่น")
    colleague.press("บันทึก")

    officer.say("/activities")
    said = officer.press("3 พ.ย. 2569 · นครเฉิงตู · ประชุม/หารือ")
    assert "45 คน" in said
    assert "50,000 บาท" in said


def test_an_edit_that_leaves_the_pairings_alone_keeps_one_that_a_colleague_added(
    office: Office, officer: Conversation
) -> None:
    colleague = office.person("มานี", "officer", "TH-50")
    officer.say("ประชุมกับเฉิงตู 3 พ.ย. 69 30 คน")
    officer.press("บันทึก")
    colleague.say("รายการที่ 1")
    colleague.press("แก้ไข")
    officer.press("แก้ไข")
    officer.press("แก้ไข")
    officer.press("คู่อื่นที่ร่วม")
    officer.say("ฮอกไกโด")
    officer.press("บันทึก")

    colleague.say("45 คน")

    assert "ฮอกไกโด" in colleague.press("บันทึก")


@pytest.mark.parametrize("sentence", ["ร่วมพิธีเปิดกับเฉิงตู 3 พ.ย. 69", "กงสุลเข้าพบกับเฉิงตู 3 พ.ย. 69"])
def test_a_ceremony_counts_only_when_somebody_says_that_the_partner_was_there(
    officer: Conversation, sentence: str
) -> None:
    assert "ไม่นับเป็นกิจกรรมร่วมของปี" in officer.say(sentence)

    officer.press("แก้ไข")
    officer.press("ฝ่ายคู่เข้าร่วม")
    assert "นับเป็นปีปฏิทิน 2569" in officer.press("เข้าร่วม")


def test_who_removes_the_bot_from_a_group_is_still_reminded(office: Office, officer: Conversation) -> None:
    officer.say("/start")
    officer.group = "กลุ่มจังหวัด"
    officer.update(presence="blocked")
    officer.group = None
    assert "คู่ยังไม่มีกิจกรรมร่วม" in digest(office, officer)


def test_who_blocks_the_bot_is_not_written_to(office: Office, officer: Conversation) -> None:
    officer.say("/start")
    officer.update(presence="blocked")
    assert digest(office, officer) == ""
