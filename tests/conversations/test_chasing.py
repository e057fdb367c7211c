"""What officers are asked by themselves: did it take place, its details, drafts left unsaved."""

from __future__ import annotations

from datetime import date

import pytest

from tests.support import Conversation, Office, shown

MONDAY = date(2026, 11, 23)
PLAN = "จะประชุมกับเฉิงตู 24 พ.ย. 69 เรื่องท่องเที่ยว"
MEETING = "ประชุมกับเฉิงตู 19 พ.ย. 69 เรื่องท่องเที่ยว 30 คน"


@pytest.fixture(autouse=True)
def monday(office: Office) -> None:
    office.clock.set_day(MONDAY)


def morning(office: Office, person: Conversation, day: date) -> str:
    """What the person finds on that morning, after the plan has run twice."""
    office.clock.set_day(day)
    office.plan()
    office.plan()
    letters = [message for message in person.receive() if "⏳" not in message.title]
    return "\n---\n".join(shown(message) for message in letters)


def log(person: Conversation, sentence: str) -> None:
    person.say(sentence)
    person.press("บันทึก")


# ------------------------------------------------------------------ planned activities


def test_a_planned_activity_is_asked_about_once_after_its_day(office: Office, officer: Conversation) -> None:
    log(officer, PLAN)
    assert morning(office, officer, date(2026, 11, 24)) == ""

    said = morning(office, officer, date(2026, 11, 25))
    assert "เฉิงตู" in said
    assert "จัดแล้ว" in officer.buttons()
    assert morning(office, officer, date(2026, 11, 26)) == ""


def test_nobody_is_asked_at_the_weekend(office: Office, officer: Conversation) -> None:
    log(officer, "จะประชุมกับเฉิงตู 27 พ.ย. 69")
    assert morning(office, officer, date(2026, 11, 28)) == ""
    assert "เฉิงตู" in morning(office, officer, date(2026, 11, 30))


def test_a_plan_that_was_confirmed_meanwhile_is_not_asked_about(
    office: Office, officer: Conversation
) -> None:
    log(officer, "จะประชุมกับเฉิงตู 27 พ.ย. 69")
    office.clock.set_day(date(2026, 11, 28))
    officer.say("รายการที่ 1")
    officer.press("จัดแล้ว")
    officer.press("บันทึก")
    assert "จัดแล้วหรือยัง" not in morning(office, officer, date(2026, 11, 30))


def test_where_the_recorder_has_left_the_colleagues_are_asked(office: Office, officer: Conversation) -> None:
    log(officer, PLAN)
    colleague = office.person("ปรีชา", "officer", "TH-50")
    office.leave(officer)
    assert "เฉิงตู" in morning(office, colleague, date(2026, 11, 25))
    assert officer.receive() == []


def test_what_nobody_can_be_asked_about_waits_until_somebody_can(
    office: Office, officer: Conversation
) -> None:
    log(officer, PLAN)
    office.leave(officer)
    assert morning(office, officer, date(2026, 11, 25)) == ""
    successor = office.person("ปรีชา", "officer", "TH-50")
    assert "เฉิงตู" in morning(office, successor, date(2026, 11, 26))


def test_many_plans_are_asked_about_a_few_a_day(office: Office, officer: Conversation) -> None:
    for partner in ("เฉิงตู", "ฮอกไกโด", "เซี่ยงไฮ้", "กว่างโจว"):
        log(officer, f"จะประชุมกับ{partner} 24 พ.ย. 69")
    assert morning(office, officer, date(2026, 11, 25)).count("---") == 2
    assert morning(office, officer, date(2026, 11, 26)).count("---") == 0
    assert morning(office, officer, date(2026, 11, 27)) == ""


# ------------------------------------------------------------------ details


def test_the_details_of_a_record_are_asked_for_once_the_day_after(
    office: Office, officer: Conversation
) -> None:
    log(officer, MEETING)
    assert morning(office, officer, MONDAY) == ""
    assert "ผลที่ได้" in morning(office, officer, date(2026, 11, 24))
    assert morning(office, officer, date(2026, 11, 25)) == ""


def test_lines_with_labels_are_taken_below_the_card_that_asks(office: Office, officer: Conversation) -> None:
    log(officer, MEETING)
    morning(office, officer, date(2026, 11, 24))

    assert "บันทึกแล้ว: ผลที่ได้, ปัญหา/อุปสรรค" in officer.say("ผลที่ได้: ได้แผนร่วม\nปัญหา: ล่ามไม่พอ")


def test_the_card_that_asks_leaves_what_is_open_alone(office: Office, officer: Conversation) -> None:
    log(officer, MEETING)
    officer.press("ลบ")
    officer.press("อื่น ๆ")
    morning(office, officer, date(2026, 11, 24))

    assert "ลบแล้ว รายการที่ 1" in officer.say("ผลที่ได้: ซ้ำกับรายการอื่น")


def test_a_deleted_record_is_not_asked_about(office: Office, officer: Conversation) -> None:
    log(officer, MEETING)
    officer.press("ลบ")
    officer.press("บันทึกซ้ำ")
    assert morning(office, officer, date(2026, 11, 24)) == ""


def test_two_records_are_asked_about_on_two_days(office: Office, officer: Conversation) -> None:
    log(officer, MEETING)
    log(officer, "อบรมกับฮอกไกโด 18 พ.ย. 69")
    assert "เฉิงตู" in morning(office, officer, date(2026, 11, 24))
    assert "ฮอกไกโด" in morning(office, officer, date(2026, 11, 25))


# ------------------------------------------------------------------ unsaved drafts


def test_an_unsaved_draft_is_offered_after_a_day_and_after_a_week_and_then_kept_quietly(
    office: Office, officer: Conversation
) -> None:
    officer.say(MEETING)
    assert morning(office, officer, MONDAY) == ""
    assert "มีรายการที่ยังไม่ได้บันทึก" in morning(office, officer, date(2026, 11, 24))
    assert morning(office, officer, date(2026, 11, 25)) == ""
    assert "มีรายการที่ยังไม่ได้บันทึก" in morning(office, officer, date(2026, 12, 1))
    assert morning(office, officer, date(2026, 12, 15)) == ""

    officer.say("/log")
    officer.press("ทำรายการต่อ")
    assert "บันทึกแล้ว" in officer.press("บันทึก")


def test_several_unsaved_drafts_are_one_message(office: Office, officer: Conversation) -> None:
    officer.say(MEETING)
    officer.say("ต้อนรับคณะเซี่ยงไฮ้ 15 พ.ย. 69 20 คน")
    said = morning(office, officer, date(2026, 11, 24))
    assert "1. เชียงใหม่–มหานครเซี่ยงไฮ้" in said
    assert "2. เชียงใหม่–นครเฉิงตู" in said


def test_a_saved_draft_is_not_offered(office: Office, officer: Conversation) -> None:
    log(officer, MEETING)
    assert "ยังไม่ได้บันทึก" not in morning(office, officer, date(2026, 11, 24))


def test_a_plan_that_crashes_says_nothing_twice(office: Office, officer: Conversation) -> None:
    """What is marked and what is said are one transaction: a new process finds neither or both."""
    officer.say(MEETING)
    office.clock.set_day(date(2026, 11, 24))
    office.plan()
    office.restart()
    office.plan()
    assert len([one for one in officer.receive() if "ยังไม่ได้บันทึก" in one.text]) == 1
