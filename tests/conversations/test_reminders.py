"""Reminders: they name the pairings that lack an activity, fall silent with the log, and come back."""

from __future__ import annotations

from datetime import date

from tests.support import Conversation, Office, shown

TUESDAY = date(2026, 12, 1)  # thirty days before the end of the year
LATER = date(2026, 12, 24)  # seven days before it


def reminded(office: Office, person: Conversation, day: date, hour: int = 10) -> str:
    """The digests that the plan of that hour brings; what else is asked by itself is left out."""
    office.clock.set_day(day, hour)
    office.plan()
    return "\n".join(said for message in person.receive() if "⏳" in (said := shown(message)))


def log_kawthaung(person: Conversation) -> None:
    person.say("ประชุมกับเกาะสอง 3 พ.ย. 69 20 คน")
    assert "บันทึกแล้ว" in person.press("บันทึก")


def test_a_digest_names_the_silent_pairings_with_the_arithmetic(
    office: Office, officer: Conversation
) -> None:
    said = reminded(office, officer, TUESDAY)

    assert "เชียงใหม่: 8 คู่ยังไม่มีกิจกรรมร่วมในปีปฏิทิน 2569" in said
    assert "เหลือ 30 วัน (ถึง 31 ธ.ค. 2569)" in said
    assert "นครเฉิงตู · ยังไม่พบกิจกรรมในระบบ\nปีปฏิทิน 2569: ยังไม่มี · ปีงบ 2570: ยังไม่มี" in said
    assert "ปีงบประมาณ 2570: ยังไม่มีทั้ง 8 คู่ เหลือ 303 วัน" in said


def test_the_last_activity_of_an_earlier_year_is_named(office: Office, ranong: Conversation) -> None:
    ranong.say("ประชุมกับเกาะสอง 12 มิ.ย. 68")
    ranong.press("บันทึก")

    assert "ครั้งล่าสุด 12 มิ.ย. 2568" in reminded(office, ranong, TUESDAY)


def test_each_line_counts_the_other_years_too(office: Office, ranong: Conversation) -> None:
    ranong.say("ประชุมกับเกาะสอง 3 พ.ย. 69 20 คน")
    ranong.press("บันทึก")

    said = reminded(office, ranong, date(2027, 3, 1))
    assert "ปีปฏิทิน 2570: ยังไม่มี · ปีงบ 2570: 1 กิจกรรม" in said


def test_when_no_visit_can_be_organised_any_more_other_ways_are_offered(
    office: Office, ranong: Conversation
) -> None:
    assert "ขอยกเว้น" not in reminded(office, ranong, date(2026, 11, 27)).partition("[")[0]
    said = reminded(office, ranong, TUESDAY)
    assert "อาจประชุมออนไลน์กับฝ่ายคู่ หรือขอยกเว้นได้" in said


def test_until_the_list_is_confirmed_the_reminder_offers_it(office: Office, ranong: Conversation) -> None:
    assert "[ตรวจรายชื่อคู่]" in reminded(office, ranong, TUESDAY)
    ranong.press("ตรวจรายชื่อคู่")
    ranong.press("ถูกต้อง")
    assert "[ตรวจรายชื่อคู่]" not in reminded(office, ranong, LATER)


def test_from_the_reminder_to_the_log_to_silence(office: Office, ranong: Conversation) -> None:
    assert "ระนอง: 1 คู่ยังไม่มีกิจกรรมร่วม" in reminded(office, ranong, TUESDAY)

    said = ranong.press("บันทึกกิจกรรม")
    assert "ระนอง–จังหวัดเกาะสอง" in said
    assert "เป็นกิจกรรมประเภทใด" in said
    for label in ("ประชุม/หารือ", "เมื่อวาน", "เข้าร่วม", "บันทึก"):
        ranong.press(label)
    assert "ปีปฏิทิน 2569: 1 กิจกรรม" in ranong.last

    assert reminded(office, ranong, LATER) == ""


def test_logging_one_pairing_leaves_the_others_on_the_next_digest(
    office: Office, officer: Conversation
) -> None:
    reminded(office, officer, TUESDAY)
    officer.press("บันทึกกิจกรรม นครเฉิงตู")
    for label in ("ประชุม/หารือ", "วันนี้", "เข้าร่วม", "บันทึก"):
        officer.press(label)

    later = reminded(office, officer, LATER)

    assert "7 คู่ยังไม่มีกิจกรรมร่วม" in later
    assert "นครเฉิงตู" not in later


def test_an_activity_in_which_the_partner_had_no_part_silences_nothing(
    office: Office, ranong: Conversation
) -> None:
    ranong.say("ประชุมกับเกาะสอง 3 พ.ย. 69")
    ranong.press("ฝ่ายคู่ไม่ได้เข้าร่วม")
    ranong.press("บันทึก")

    assert "จังหวัดเกาะสอง" in reminded(office, ranong, TUESDAY)


def test_a_planned_activity_holds_the_reminder_until_it_is_over_and_was_asked_about(
    office: Office, ranong: Conversation
) -> None:
    ranong.say("ประชุมกับเกาะสอง 14 ธ.ค. 69")
    ranong.press("บันทึก")

    assert reminded(office, ranong, TUESDAY) == ""
    assert reminded(office, ranong, date(2026, 12, 21)) == ""
    assert "จังหวัดเกาะสอง" in reminded(office, ranong, date(2026, 12, 22))


def test_planning_again_sends_nothing_twice(office: Office, ranong: Conversation) -> None:
    assert reminded(office, ranong, TUESDAY) != ""

    assert reminded(office, ranong, TUESDAY, hour=15) == ""
    assert reminded(office, ranong, date(2026, 12, 2)) == ""


def test_a_planned_reminder_is_cancelled_by_the_log(office: Office, ranong: Conversation) -> None:
    assert reminded(office, ranong, TUESDAY, hour=7) == ""  # planned for office hours
    log_kawthaung(ranong)

    office.clock.set_day(TUESDAY, 10)
    assert ranong.receive() == []


def test_deleting_the_record_revives_a_reminder_that_was_not_sent_yet(
    office: Office, ranong: Conversation
) -> None:
    reminded(office, ranong, TUESDAY, hour=7)
    log_kawthaung(ranong)
    ranong.press("ลบ")
    assert "ระบบจะแจ้งเตือนคู่นี้ต่อไป" in ranong.press("บันทึกซ้ำ")

    office.clock.set_day(TUESDAY, 10)
    assert ["จังหวัดเกาะสอง" in message.text for message in ranong.receive()] == [True]


def test_a_reminder_called_off_at_its_hour_comes_as_soon_as_the_record_is_deleted(
    office: Office, ranong: Conversation
) -> None:
    reminded(office, ranong, TUESDAY, hour=7)
    log_kawthaung(ranong)
    office.clock.set_day(TUESDAY, 10)
    assert ranong.receive() == []

    ranong.press("ลบ")
    ranong.press("บันทึกซ้ำ")

    assert ["จังหวัดเกาะสอง" in message.text for message in ranong.receive()] == [True]


def test_deleting_the_record_does_not_repeat_a_reminder_that_was_sent(
    office: Office, ranong: Conversation
) -> None:
    assert reminded(office, ranong, TUESDAY) != ""
    log_kawthaung(ranong)
    ranong.press("ลบ")
    ranong.press("บันทึกซ้ำ")

    assert reminded(office, ranong, date(2026, 12, 2)) == ""
    assert "จังหวัดเกาะสอง" in reminded(office, ranong, LATER)


def test_restoring_the_record_silences_again(office: Office, ranong: Conversation) -> None:
    log_kawthaung(ranong)
    ranong.press("ลบ")
    ranong.press("บันทึกซ้ำ")
    ranong.press("นำรายการกลับมา")

    assert reminded(office, ranong, TUESDAY) == ""


def test_each_officer_is_reminded_of_their_own_province_only(
    office: Office, officer: Conversation, ranong: Conversation
) -> None:
    mine = reminded(office, ranong, TUESDAY)

    assert "เชียงใหม่" not in mine
    assert "จังหวัดเกาะสอง" not in "\n".join(shown(message) for message in officer.receive())


def test_the_button_of_a_reminder_works_a_year_later(office: Office, ranong: Conversation) -> None:
    reminded(office, ranong, TUESDAY)
    office.clock.move(days=390)

    assert "ระนอง–จังหวัดเกาะสอง" in ranong.press("บันทึกกิจกรรม")


def test_a_reminder_leaves_an_unfinished_draft_alone(office: Office, ranong: Conversation) -> None:
    ranong.say("ศึกษาดูงานเกาะสอง 25 คน")
    reminded(office, ranong, TUESDAY)
    ranong.press("บันทึกกิจกรรม")
    for label in ("ประชุม/หารือ", "เมื่อวาน", "เข้าร่วม", "บันทึก"):
        ranong.press(label)

    assert "ระนอง–จังหวัดเกาะสอง · ศึกษาดูงาน · 25 คน" in ranong.say("/log")
