"""After saving: the list, changes with their history, deleting and restoring."""

from __future__ import annotations

from sqlalchemy import select

from storage.models import Activity, AuditEvent
from tests.support import Conversation, Office

SENTENCE = "ประชุมกับเฉิงตู 3 พ.ย. 69 เรื่องท่องเที่ยว 30คน"
IN_THE_LIST = "3 พ.ย. 2569 · นครเฉิงตู · ประชุม/หารือ"


def record(office: Office) -> Activity:
    with office.database.read() as session:
        return session.scalars(select(Activity).order_by(Activity.id)).one()


def logged(officer: Conversation, sentence: str = SENTENCE) -> None:
    officer.say(sentence)
    assert "บันทึกแล้ว" in officer.press("บันทึก")


# ------------------------------------------------------------------ the list


def test_the_list_of_activities_is_empty_at_first_and_offers_to_log(officer: Conversation) -> None:
    assert "ยังไม่มีกิจกรรมที่บันทึกไว้" in officer.say("/activities")
    assert "จัดกับคู่ใด" in officer.press("บันทึกกิจกรรม")


def test_a_record_is_found_in_the_list_and_shown_whole(officer: Conversation) -> None:
    logged(officer)
    officer.say("/activities")

    said = officer.press(IN_THE_LIST)

    assert "กิจกรรม รายการที่ 1" in said
    assert "ผู้เข้าร่วม: 30 คน" in said


def test_a_colleague_of_the_province_sees_and_changes_the_record(
    office: Office, officer: Conversation
) -> None:
    logged(officer)
    colleague = office.person("มานี", "officer", "TH-50")
    colleague.say("/activities")
    colleague.press(IN_THE_LIST)
    colleague.press("แก้ไข")
    colleague.say("31 คน")
    colleague.press("บันทึก")

    assert record(office).participants == 31


# ------------------------------------------------------------------ editing


def test_an_edit_is_kept_with_what_stood_there_before_and_who_changed_it(
    office: Office, officer: Conversation
) -> None:
    logged(officer)
    office.clock.move(days=1, hours=4, minutes=5)
    officer.press("แก้ไข")
    officer.press("แก้ไข")
    officer.press("ผู้เข้าร่วม")
    officer.say("45")
    officer.press("บันทึก")

    history = officer.press("ประวัติ")

    assert "1. บันทึก · 22 พ.ย. 2569 10.00 น. · สมศรี" in history
    assert "2. แก้ไข · 23 พ.ย. 2569 14.05 น. · สมศรี" in history
    assert "ผู้เข้าร่วม: 30 → 45" in history
    assert (record(office).participants, record(office).version) == (45, 2)


def test_every_changed_field_is_named_in_words_in_the_history(officer: Conversation) -> None:
    logged(officer)
    officer.press("แก้ไข")
    for field, typed in (("คู่", "ฮอกไกโด"), ("ประเภท", "ดูงาน"), ("วันที่", "5 มี.ค. 69"), ("งบประมาณ", "50000")):
        officer.press("แก้ไข")
        officer.press(field)
        officer.say(typed)
    officer.press("บันทึก")

    history = officer.press("ประวัติ")

    assert "คู่: เชียงใหม่–นครเฉิงตู → เชียงใหม่–จังหวัดฮอกไกโด" in history
    assert "ประเภท: ประชุม/หารือ → ศึกษาดูงาน" in history
    assert "วันที่: 3 พ.ย. 2569 → 5 มี.ค. 2569" in history
    assert "งบประมาณ: ยังไม่ระบุ → 50,000 บาท" in history


def test_a_cancelled_edit_changes_nothing(office: Office, officer: Conversation) -> None:
    logged(officer)
    officer.press("แก้ไข")
    officer.say("99 คน")
    assert "รายการเดิมยังอยู่" in officer.press("ยกเลิก")

    assert (record(office).participants, record(office).version) == (30, 1)


def test_an_edit_survives_a_kill(office: Office, officer: Conversation) -> None:
    logged(officer)
    officer.press("แก้ไข")
    officer.say("45 คน")
    office.restart()
    officer.press("บันทึก")

    assert record(office).participants == 45


def test_a_second_press_on_a_saved_edit_changes_nothing_more(office: Office, officer: Conversation) -> None:
    logged(officer)
    officer.press("แก้ไข")
    officer.say("45 คน")
    save, card = officer.button("บันทึก")
    officer.press_id(save, card)

    assert "รายการที่ 1" in officer.press_id(save, card)
    assert record(office).version == 2


def test_a_photo_is_added_to_a_record_by_editing_it(office: Office, officer: Conversation) -> None:
    logged(officer)
    officer.press("แก้ไข")
    officer.send_photo("ภาพ.jpg")
    officer.press("บันทึก")
    officer.say("/activities")

    assert "ภาพ/เอกสาร: 1 รายการ" in officer.press(IN_THE_LIST)


# ------------------------------------------------------------------ deleting


def test_deleting_asks_first_and_may_be_declined(office: Office, officer: Conversation) -> None:
    logged(officer)
    assert "ลบรายการนี้หรือไม่" in officer.press("ลบ")

    assert "รายการที่ 1" in officer.press("ไม่ลบ")
    assert record(office).deleted_at is None


def test_a_deleted_record_leaves_the_list_and_is_restored_with_its_history(
    office: Office, officer: Conversation
) -> None:
    logged(officer)
    officer.press("ลบ")
    assert "ลบแล้ว รายการที่ 1" in officer.press("บันทึกซ้ำ")
    assert record(office).deleted_at is not None
    assert "ยังไม่มีกิจกรรม" in officer.say("/activities")

    assert "นำรายการกลับมาแล้ว" in officer.press("นำรายการกลับมา")

    assert record(office).deleted_at is None
    assert IN_THE_LIST in officer.say("/activities")
    officer.press(IN_THE_LIST)
    history = officer.press("ประวัติ")
    assert [line.split(" · ")[0] for line in history.splitlines()[1:-1]] == [
        "1. บันทึก",
        "2. ลบ",
        "   เหตุผล: บันทึกซ้ำ",
        "3. นำกลับมา",
    ]


def test_a_deleted_record_cannot_be_shown_edited_or_given_a_partner(officer: Conversation) -> None:
    officer.say("เตรียมประชุมเฉิงตู 3 พ.ย. 69")
    officer.press("บันทึก")
    edit, joined = officer.button("แก้ไข"), officer.button("เข้าร่วม")
    officer.press("ลบ")
    officer.press("บันทึกซ้ำ")

    for choice_id, card in (edit, joined):
        assert officer.press_id(choice_id, card) == "ไม่พบรายการนี้"


def test_deleting_twice_is_one_deletion(office: Office, officer: Conversation) -> None:
    logged(officer)
    officer.press("ลบ")
    delete, card = officer.button("บันทึกซ้ำ")
    officer.press_id(delete, card)
    officer.press_id(delete, card)

    assert record(office).version == 2


def test_who_created_changed_and_deleted_stands_in_the_audit(office: Office, officer: Conversation) -> None:
    logged(officer)
    officer.press("แก้ไข")
    officer.say("45 คน")
    officer.press("บันทึก")
    officer.press("ลบ")
    officer.press("บันทึกซ้ำ")

    with office.database.read() as session:
        events = list(session.scalars(select(AuditEvent).order_by(AuditEvent.id)))
    assert [(event.action, event.subject) for event in events] == [
        ("activity.created", "activity:1"),
        ("activity.edited", "activity:1"),
        ("activity.deleted", "activity:1"),
    ]
