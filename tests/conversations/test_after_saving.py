"""After saving: undoing, deleting with a reason, the whole history, plans, a copy for another chat."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select

from storage.models import Activity, Draft, Evidence, Reminder
from tests.support import Conversation, Office

SENTENCE = "ประชุมกับเฉิงตู 3 พ.ย. 69 เรื่องท่องเที่ยว 30คน"
PLAN = "ประชุมกับเฉิงตู 3 ธ.ค. 69 เรื่องท่องเที่ยว"


def records(office: Office) -> list[Activity]:
    with office.database.read() as session:
        return list(session.scalars(select(Activity).order_by(Activity.id)))


def record(office: Office) -> Activity:
    [row] = records(office)
    return row


def logged(person: Conversation, sentence: str = SENTENCE) -> None:
    person.say(sentence)
    assert "บันทึกแล้ว" in person.press("บันทึก")


def reminder_states(office: Office) -> set[str]:
    with office.database.read() as session:
        rows = session.scalars(select(Reminder.state).where(Reminder.pairing_id == "50-chengdu"))
        return set(rows)


# ------------------------------------------------------------------ the receipt


def test_the_receipt_tells_number_and_years_and_has_a_button_for_what_is_next(officer: Conversation) -> None:
    officer.say(SENTENCE)

    said = officer.press("บันทึก")

    assert "บันทึกแล้ว รายการที่ 1" in said
    assert "นับเป็นปีปฏิทิน 2569 / ปีงบประมาณ 2570" in said
    assert officer.buttons() == ["เลิกทำ", "แก้ไข", "ลบ", "ผลกิจกรรม", "ประวัติ", "คัดลอกส่งไลน์", "จังหวัดอื่นร่วมจัด"]


def test_with_a_question_first_the_rest_stands_behind_one_button(officer: Conversation) -> None:
    officer.say("เตรียมประชุมเฉิงตู 3 พ.ย. 69")
    officer.press("บันทึก")
    assert officer.buttons() == ["เข้าร่วม", "ออนไลน์", "ไม่ได้เข้าร่วม", "เลิกทำ", "แก้ไข", "ลบ", "เพิ่มเติม"]

    officer.press("เพิ่มเติม")

    assert officer.buttons() == [
        *("แก้ไข", "ลบ", "ผลกิจกรรม", "ประวัติ", "คัดลอกส่งไลน์", "จังหวัดอื่นร่วมจัด", "ย้อนกลับ"),
    ]
    assert "ฝ่ายนครเฉิงตูเข้าร่วมหรือไม่" in officer.press("ย้อนกลับ")


# ------------------------------------------------------------------ undoing


def test_a_saving_is_undone_within_a_minute_and_its_draft_is_a_card_again(
    office: Office, officer: Conversation
) -> None:
    logged(officer)
    office.clock.move(seconds=60)

    said = officer.press("เลิกทำ")

    assert "เลิกทำแล้ว รายการที่ 1 กลับเป็นรายการที่ยังไม่ได้บันทึก" in said
    assert "ตรวจสอบก่อนบันทึก" in said
    assert "ผู้เข้าร่วม: 30 คน" in said
    assert record(office).deleted_at is not None
    assert "ยังไม่มีกิจกรรมที่บันทึกไว้" in officer.say("/activities")


def test_what_was_undone_is_saved_again_under_its_number(office: Office, officer: Conversation) -> None:
    logged(officer)
    officer.press("เลิกทำ")
    officer.say("45 คน")

    assert "บันทึกแล้ว รายการที่ 1" in officer.press("บันทึก")

    row = record(office)
    assert (row.deleted_at, row.participants) == (None, 45)
    history = officer.press("ประวัติ")
    assert [line.split(" · ")[0] for line in history.splitlines()[1:-1]] == [
        "1. บันทึก",
        "2. เลิกทำ",
        "3. นำกลับมา",
        "   ผู้เข้าร่วม: 30 → 45",
    ]


def test_a_saving_undone_a_second_time_says_the_same_and_does_nothing_more(
    office: Office, officer: Conversation
) -> None:
    logged(officer)
    undo, card = officer.button("เลิกทำ")
    first = officer.press_id(undo, card)
    office.clock.move(minutes=5)

    assert officer.press_id(undo, card) == first

    assert record(office).version == 2


def test_an_old_undo_does_not_touch_what_was_saved_again(office: Office, officer: Conversation) -> None:
    logged(officer)
    undo, card = officer.button("เลิกทำ")
    officer.press_id(undo, card)
    officer.press("บันทึก")

    assert "เลิกทำได้ภายใน 1 นาที" in officer.press_id(undo, card)
    assert record(office).deleted_at is None
    assert "กลับเป็นรายการที่ยังไม่ได้บันทึก" in officer.press_id(*officer.button("เลิกทำ"))


def test_an_undone_draft_that_was_cancelled_stays_cancelled(office: Office, officer: Conversation) -> None:
    logged(officer)
    undo, card = officer.button("เลิกทำ")
    officer.press_id(undo, card)
    officer.press("ยกเลิก")

    assert "เลิกทำแล้ว รายการที่ 1" in officer.press_id(undo, card)
    assert record(office).deleted_at is not None
    with office.database.read() as session:
        assert session.scalars(select(Draft.state)).all() == ["cancelled"]


def test_after_a_minute_undoing_is_refused_with_the_receipt(office: Office, officer: Conversation) -> None:
    logged(officer)
    office.clock.move(seconds=61)

    said = officer.press("เลิกทำ")

    assert "เลิกทำได้ภายใน 1 นาทีหลังบันทึก" in said
    assert "กิจกรรม รายการที่ 1" in said
    assert "[แก้ไข]" in said
    assert (record(office).version, record(office).deleted_at) == (1, None)


def test_an_edit_is_undone_to_the_values_before(office: Office, officer: Conversation) -> None:
    officer.send_photo("ก่อน.jpg", SENTENCE)
    officer.press("บันทึก")
    officer.press("แก้ไข")
    officer.say("45 คน งบ 5 หมื่น 4 พ.ย. 69")
    officer.send_photo("หลัง.jpg")
    officer.press("บันทึก")
    undo, card = officer.button("เลิกทำ")

    said = officer.press_id(undo, card)

    assert "เลิกทำการแก้ไขแล้ว รายการที่ 1" in said
    row = record(office)
    assert (row.participants, row.budget_thb, row.start) == (30, None, date(2026, 11, 3))
    with office.database.read() as session:
        assert session.scalars(select(Evidence.name)).all() == ["ก่อน.jpg"]
    assert officer.press_id(undo, card) == said
    assert record(office).version == 3
    history = officer.press("ประวัติ")
    assert "3. เลิกทำ" in history
    assert "ผู้เข้าร่วม: 45 → 30" in history
    assert "ภาพ/เอกสาร: นำออก หลัง.jpg" in history


def test_a_saving_that_changed_nothing_has_nothing_to_undo(office: Office, officer: Conversation) -> None:
    logged(officer)
    officer.press("แก้ไข")

    assert "[เลิกทำ]" not in officer.press("บันทึก")


def test_what_a_colleague_changed_meanwhile_is_not_undone(office: Office, officer: Conversation) -> None:
    logged(officer)
    undo, card = officer.button("เลิกทำ")
    colleague = office.person("มานี", "officer", "TH-50")
    colleague.say("/activities")
    colleague.press("3 พ.ย. 2569 · นครเฉิงตู · ประชุม/หารือ")
    colleague.press("แก้ไข")
    colleague.say("31 คน")
    colleague.press("บันทึก")

    assert "เลิกทำได้ภายใน 1 นาที" in officer.press_id(undo, card)
    assert (record(office).participants, record(office).deleted_at) == (31, None)


def test_in_a_group_only_whoever_saved_undoes(office: Office, officer: Conversation) -> None:
    office.person("มานี", "officer", "TH-50")
    author = Conversation(office, officer.name, group="กลุ่มงาน")
    colleague = Conversation(office, "มานี", group="กลุ่มงาน")
    logged(author)

    assert "ผู้บันทึกเลิกทำได้ภายใน 1 นาที" in colleague.press_id(*author.button("เลิกทำ"))
    assert record(office).deleted_at is None


def test_an_undone_saving_brings_the_reminder_back(office: Office, officer: Conversation) -> None:
    office.plan()
    assert reminder_states(office) == {"planned"}
    logged(officer)
    assert reminder_states(office) == {"cancelled"}

    officer.press("เลิกทำ")

    assert reminder_states(office) == {"planned"}


def test_undoing_survives_a_kill(office: Office, officer: Conversation) -> None:
    logged(officer)
    officer.press("เลิกทำ")
    office.restart()

    assert "บันทึกแล้ว รายการที่ 1" in officer.press("บันทึก")
    assert record(office).deleted_at is None


# ------------------------------------------------------------------ deleting with a reason


@pytest.mark.parametrize("reason", ["บันทึกซ้ำ", "ผิดคู่หรือผิดรายการ", "ไม่ได้จัด"])
def test_the_reason_of_a_deletion_is_a_button_and_stands_in_the_history(
    office: Office, officer: Conversation, reason: str
) -> None:
    logged(officer)
    officer.press("ลบ")

    officer.press(reason)

    assert record(office).deleted_at is not None
    officer.press("นำรายการกลับมา")
    assert f"เหตุผล: {reason}" in officer.press("ประวัติ")


def test_another_reason_is_typed(office: Office, officer: Conversation) -> None:
    logged(officer)
    officer.press("ลบ")
    assert "พิมพ์เหตุผลที่ลบ" in officer.press("อื่น ๆ")
    assert record(office).deleted_at is None
    assert "พิมพ์ไม่เกิน 300 ตัวอักษร" in officer.say("ก" * 301)
    assert record(office).deleted_at is None

    assert "ลบแล้ว รายการที่ 1" in officer.say("ผู้ว่าราชการจังหวัดสั่งให้รวมกับงานอื่น")

    officer.press("นำรายการกลับมา")
    assert "เหตุผล: ผู้ว่าราชการจังหวัดสั่งให้รวมกับงานอื่น" in officer.press("ประวัติ")


def test_a_question_while_the_reason_is_asked_deletes_nothing(office: Office, officer: Conversation) -> None:
    logged(officer)
    officer.press("ลบ")
    officer.press("อื่น ๆ")
    office.restart()

    said = officer.say("ต้องมีกิจกรรมปีละกี่ครั้ง")

    assert "พิมพ์เหตุผลที่ลบ" in said
    assert record(office).deleted_at is None
    assert "ลบแล้ว" in officer.say("ซ้ำกับรายการของกลุ่มงาน")


# ------------------------------------------------------------------ the history


def test_the_history_says_who_with_which_post_when_and_where(office: Office, officer: Conversation) -> None:
    logged(officer)
    head = office.person("ประภา", "head", "TH-50", "telegram")
    office.clock.move(days=1, hours=4, minutes=5)
    head.say("/activities")
    head.press("3 พ.ย. 2569 · นครเฉิงตู · ประชุม/หารือ")
    head.press("แก้ไข")
    head.say("45 คน")
    head.press("บันทึก")

    history = head.press("ประวัติ")

    assert "1. บันทึก · 22 พ.ย. 2569 10.00 น. · สมศรี (เจ้าหน้าที่ เชียงใหม่) · หน้าแชต" in history
    assert "2. แก้ไข · 23 พ.ย. 2569 14.05 น. · ประภา (หัวหน้าสำนักงานจังหวัด เชียงใหม่) · Telegram" in history


def test_added_evidence_stands_in_the_history_by_its_name(officer: Conversation) -> None:
    logged(officer)
    officer.press("แก้ไข")
    officer.send_photo("ภาพรวม.jpg")
    officer.press("บันทึก")

    assert "ภาพ/เอกสาร: เพิ่ม ภาพรวม.jpg" in officer.press("ประวัติ")


def test_a_record_shows_who_recorded_it(officer: Conversation) -> None:
    logged(officer)
    officer.say("/activities")

    said = officer.press("3 พ.ย. 2569 · นครเฉิงตู · ประชุม/หารือ")

    assert "ผู้บันทึก: สมศรี (เจ้าหน้าที่ เชียงใหม่)" in said


# ------------------------------------------------------------------ plans


def test_a_plan_is_moved_to_another_day_by_typing_it(office: Office, officer: Conversation) -> None:
    logged(officer, PLAN)
    assert "เลื่อนไปวันใด" in officer.press("เลื่อนวัน")
    office.restart()

    said = officer.say("15 ธ.ค. 69")

    assert "15 ธ.ค. 2569" in said
    assert "สถานะ: อยู่ในแผน" in said
    assert (record(office).start, record(office).state) == (date(2026, 12, 15), "planned")
    officer.press("เพิ่มเติม")
    assert "วันที่: 3 ธ.ค. 2569 → 15 ธ.ค. 2569" in officer.press("ประวัติ")


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("15 ธ.ค.", date(2026, 12, 15)),
        ("2 ธ.ค.", date(2026, 12, 2)),
        ("15 ม.ค.", date(2027, 1, 15)),
        ("พรุ่งนี้", date(2026, 11, 23)),
    ],
)
def test_a_new_day_without_a_year_is_the_one_that_is_nearest_to_the_plan(
    office: Office, officer: Conversation, typed: str, day: date
) -> None:
    logged(officer, PLAN)
    officer.press("เลื่อนวัน")

    officer.say(typed)

    assert record(office).start == day


def test_a_moved_plan_of_several_days_stays_as_long_and_goes_back_when_undone(
    office: Office, officer: Conversation
) -> None:
    logged(officer, "ศึกษาดูงานเฉิงตู 3-5 ธ.ค. 69")
    officer.press("เลื่อนวัน")
    officer.say("10 ธ.ค. 69")
    assert (record(office).start, record(office).end) == (date(2026, 12, 10), date(2026, 12, 12))

    officer.press("เลิกทำ")

    assert (record(office).start, record(office).end) == (date(2026, 12, 3), date(2026, 12, 5))


@pytest.mark.parametrize(
    ("typed", "said"),
    [("เร็ว ๆ นี้", "อ่านวันที่ไม่ได้"), ("31 พ.ย. 69", "ไม่มีวันที่ 31 พ.ย. 69"), ("ธ.ค. 69", "ขาดวันที่")],
)
def test_a_new_day_that_cannot_be_read_is_asked_again(
    office: Office, officer: Conversation, typed: str, said: str
) -> None:
    logged(officer, PLAN)
    officer.press("เลื่อนวัน")

    assert said in officer.say(typed)

    assert record(office).start == date(2026, 12, 3)
    assert "10 ธ.ค. 2569" in officer.say("10 ธ.ค. 69")


def test_a_plan_that_was_called_off_is_deleted_with_that_reason(
    office: Office, officer: Conversation
) -> None:
    logged(officer, PLAN)

    assert "ลบแล้ว รายการที่ 1" in officer.press("งดจัด")

    officer.press("นำรายการกลับมา")
    assert "เหตุผล: ไม่ได้จัด" in officer.press("เพิ่มเติม") + officer.press("ประวัติ")


def test_a_plan_whose_day_has_come_is_held_by_two_taps_and_an_answer(
    office: Office, officer: Conversation
) -> None:
    logged(officer, "หารือกับเฉิงตู 3 ธ.ค. 69 เรื่องท่องเที่ยว")
    assert "[จัดแล้ว]" not in officer.last
    office.clock.move(days=14)
    officer.say("/activities")
    assert "[จัดแล้ว] [เลื่อนวัน] [งดจัด]" in officer.press("แผน · 3 ธ.ค. 2569 · นครเฉิงตู · ประชุม/หารือ")

    card = officer.press("จัดแล้ว")

    assert "เรื่อง: ท่องเที่ยว" in card
    assert "ฝ่ายนครเฉิงตูเข้าร่วมหรือไม่" in card
    officer.press("เข้าร่วม")
    assert "นับเป็นปีปฏิทิน 2569" in officer.press("บันทึก")
    assert (record(office).state, record(office).joint) == ("held", True)


# ------------------------------------------------------------------ a copy for another chat


def test_a_record_is_copied_as_plain_text_that_says_everything(office: Office, officer: Conversation) -> None:
    officer.say(f"{SENTENCE} งบ 5 หมื่น")
    officer.press("บันทึก")
    officer.press("ผลกิจกรรม")
    officer.say("ผลที่ได้รับ: ได้แผนร่วม ดู https://example.org/plan\nแล้วส่งต่อ")
    officer.press("ย้อนกลับ")

    officer.press("คัดลอกส่งไลน์")

    [copy] = officer.answer
    assert copy.rows == ()
    assert (copy.title, copy.note, copy.edit) == ("", "", None)
    assert copy.text.splitlines() == [
        "กิจกรรมเมืองพี่เมืองน้อง",
        "เชียงใหม่–นครเฉิงตู",
        "ประเภท: ประชุม/หารือ",
        "วันที่: 3 พ.ย. 2569 (ค.ศ. 2026)",
        "เรื่อง: ท่องเที่ยว",
        "ผู้เข้าร่วม: 30 คน",
        "งบประมาณ: 50,000 บาท",
        "ผลที่ได้รับ: ได้แผนร่วม ดู",
        "แล้วส่งต่อ",
        "(รายการที่ 1 ในระบบผู้ช่วยเมืองพี่เมืองน้อง)",
    ]


def test_the_copy_is_thai_whatever_language_the_officer_reads(officer: Conversation) -> None:
    logged(officer, PLAN)
    officer.say("/settings")
    officer.press("English")
    officer.say("/activities")
    officer.press("plan · 3 Dec 2026 · นครเฉิงตู · Meeting and consultation")
    officer.press("More")

    said = officer.press("Copy for LINE")

    assert "ประเภท: ประชุม/หารือ" in said
    assert "สถานะ: อยู่ในแผน" in said


# ------------------------------------------------------------------ corrected by typing


def test_a_correction_typed_after_saving_opens_the_record_corrected(
    office: Office, officer: Conversation
) -> None:
    logged(officer, "ประชุมกับเฉิงตู 3 พ.ย. 69 30 คน")
    office.restart()

    said = officer.say("แก้เป็น 60 คน")

    assert "แก้ไขแล้ว: ผู้เข้าร่วม 60 คน" in said
    assert "คู่: เชียงใหม่–นครเฉิงตู" in said
    assert record(office).participants == 30
    officer.say("บันทึก")
    assert (record(office).participants, record(office).version) == (60, 2)


def test_a_plan_is_moved_by_typing_after_saving(office: Office, officer: Conversation) -> None:
    logged(officer, PLAN)

    assert "วันที่: 25 ธ.ค. 2569" in officer.say("เลื่อนเป็น 25 ธ.ค. 69")


def test_a_move_of_another_activity_is_no_correction_of_the_saved_one(officer: Conversation) -> None:
    logged(officer, "ประชุมกับฮอกไกโด 3 พ.ย. 69 30 คน")

    said = officer.say("เลื่อนประชุมกับเฉิงตูไป 20 ธ.ค. 69")

    assert "คู่: เชียงใหม่–นครเฉิงตู" in said
    assert "วันที่: 20 ธ.ค. 2569" in said


def test_a_correction_long_after_saving_changes_nothing(office: Office, officer: Conversation) -> None:
    logged(officer, "ประชุมกับเฉิงตู 3 พ.ย. 69 30 คน")
    office.clock.move(hours=2)

    assert "ตรวจสอบก่อนบันทึก" not in officer.say("แก้เป็น 60 คน")


def test_a_correction_of_a_deleted_record_is_a_question(officer: Conversation) -> None:
    logged(officer, "ประชุมกับเฉิงตู 3 พ.ย. 69 30 คน")
    officer.press("ลบ")
    officer.press("บันทึกซ้ำ")

    assert "ตรวจสอบก่อนบันทึก" not in officer.say("แก้เป็น 60 คน")


def test_a_question_that_begins_with_correcting_is_a_question(officer: Conversation) -> None:
    logged(officer, "ประชุมกับเฉิงตู 3 พ.ย. 69 30 คน")

    assert "ตรวจสอบก่อนบันทึก" not in officer.say("เปลี่ยนคู่ได้ไหม")
