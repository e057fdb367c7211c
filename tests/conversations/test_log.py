"""Logging an activity: by buttons, by one sentence, with photos; and how it survives."""

from __future__ import annotations

from decimal import Decimal

import pytest
from sqlalchemy import func, select

from storage.models import Activity, Draft, Evidence
from tests.support import Conversation, Office

SENTENCE = "ประชุมกับเฉิงตู 3 พ.ย. 69 เรื่องท่องเที่ยว 30คน"


def records(office: Office) -> list[Activity]:
    with office.database.read() as session:
        return list(session.scalars(select(Activity).order_by(Activity.id)))


def evidence(office: Office) -> list[str]:
    with office.database.read() as session:
        return list(session.scalars(select(Evidence.name).order_by(Evidence.id)))


def open_drafts(office: Office) -> int:
    with office.database.read() as session:
        return session.scalar(select(func.count()).select_from(Draft).where(Draft.state == "open")) or 0


# ------------------------------------------------------------------ one sentence


def test_one_sentence_becomes_a_card_that_one_tap_saves(office: Office, officer: Conversation) -> None:
    card = officer.say(SENTENCE)
    assert "คู่: เชียงใหม่–นครเฉิงตู" in card
    assert "ประเภท: ประชุม/หารือ" in card
    assert "วันที่: 3 พ.ย. 2569 (ค.ศ. 2026)" in card
    assert "เรื่อง: ท่องเที่ยว" in card
    assert "ผู้เข้าร่วม: 30 คน · งบประมาณ: ยังไม่ระบุ · ภาพ/เอกสาร: ไม่มี" in card
    assert "นับเป็นปีปฏิทิน 2569 / ปีงบประมาณ 2570" in card

    saved = officer.press("บันทึก")

    assert "บันทึกแล้ว รายการที่ 1" in saved
    assert "ปีปฏิทิน 2569: 1 กิจกรรม" in saved
    [record] = records(office)
    assert (record.pairing_id, record.type_code, record.title) == ("50-chengdu", "meeting", "ท่องเที่ยว")
    assert (record.start.isoformat(), record.end, record.participants) == ("2026-11-03", None, 30)
    assert record.joint


def test_the_pressed_card_becomes_the_receipt(officer: Conversation) -> None:
    officer.say(SENTENCE)
    _, card = officer.button("บันทึก")

    officer.press("บันทึก")

    [receipt] = officer.answer
    assert receipt.edit == card


def test_nothing_is_recorded_before_the_card_is_saved(office: Office, officer: Conversation) -> None:
    officer.say(SENTENCE)

    assert records(office) == []


def test_a_range_of_days_and_money_are_on_the_card(officer: Conversation) -> None:
    card = officer.say("ศึกษาดูงานฮอกไกโด 12–15 มี.ค. 69 งบ 3.5 แสน")

    assert "วันที่: 12–15 มี.ค. 2569 (ค.ศ. 2026)" in card
    assert "งบประมาณ: 350,000 บาท" in card


def test_what_a_sentence_leaves_open_is_asked_one_thing_at_a_time(officer: Conversation) -> None:
    said = officer.say("ประชุมกับเฉิงตู")
    assert "เชียงใหม่–นครเฉิงตู · ประชุม/หารือ" in said
    assert "จัดวันใด" in said

    assert "ตรวจสอบก่อนบันทึก" in officer.say("เมื่อวาน")


def test_two_numbers_of_people_are_asked_and_not_guessed(officer: Conversation) -> None:
    said = officer.say("คณะเฉิงตู 8 คนมาประชุม 3 พ.ย. 69 ผู้เข้าร่วม 30 คน")
    assert "มีผู้เข้าร่วมกี่คน" in said
    assert "[30 คน]" in said

    assert "ผู้เข้าร่วม: 30 คน" in officer.press("30 คน")


def test_what_was_understood_from_the_words_is_marked(officer: Conversation) -> None:
    assert "ฝ่ายคู่: เข้าร่วม (อ่านจากข้อความ)" in officer.say(SENTENCE)


def test_words_of_a_plan_on_a_past_day_are_asked_about(office: Office, officer: Conversation) -> None:
    officer.say("จะประชุมกับเฉิงตู 3 พ.ย. 69")
    card = officer.press("อยู่ในแผน")
    assert "สถานะ: อยู่ในแผน" in card

    officer.press("บันทึก")
    assert records(office)[0].state == "planned"


# ------------------------------------------------------------------ buttons only


def test_an_activity_is_logged_by_buttons_only(office: Office, officer: Conversation) -> None:
    officer.say("/start")
    assert "จัดกับคู่ใด" in officer.press("บันทึกกิจกรรม")
    assert "เป็นกิจกรรมประเภทใด" in officer.press("นครเฉิงตู")
    assert "จัดวันใด" in officer.press("ประชุม/หารือ")
    card = officer.press("เมื่อวาน")
    assert "ฝ่ายนครเฉิงตูเข้าร่วมหรือไม่" in card
    assert "หากเข้าร่วม จะนับเป็นปีปฏิทิน 2569" in card
    assert "ฝ่ายคู่: เข้าร่วม" in officer.press("เข้าร่วม")

    officer.press("บันทึก")

    [record] = records(office)
    assert (record.pairing_id, record.type_code) == ("50-chengdu", "meeting")
    assert (record.start.isoformat(), record.partner_joined) == ("2026-11-21", "yes")
    assert record.title == "ประชุม/หารือ นครเฉิงตู"


def test_every_step_of_the_guided_log_edits_one_card(officer: Conversation) -> None:
    officer.say("/log")
    cards = {officer.button("นครเฉิงตู")[1]}
    for label in ("นครเฉิงตู", "ประชุม/หารือ", "วันนี้", "เข้าร่วม", "บันทึก"):
        officer.press(label)
        cards |= {message.edit or "a new message" for message in officer.answer}

    assert len(cards) == 1


def test_typed_labels_equal_presses(office: Office, officer: Conversation) -> None:
    for line in ("/log", "นครเฉิงตู", "ประชุม/หารือ", "เมื่อวาน", "เข้าร่วม", "บันทึก"):
        officer.say(line)

    assert [record.pairing_id for record in records(office)] == ["50-chengdu"]


def test_typed_numbers_equal_presses(officer: Conversation) -> None:
    officer.say("/log")
    third = officer.buttons()[2]

    assert third in officer.say("3")


def test_a_number_typed_for_the_people_is_the_answer(officer: Conversation) -> None:
    officer.say(SENTENCE)
    officer.press("แก้ไข")
    officer.press("ผู้เข้าร่วม")

    assert "ผู้เข้าร่วม: 2 คน" in officer.say("2")


def test_a_number_typed_for_the_money_is_the_answer(officer: Conversation) -> None:
    officer.say(SENTENCE)
    officer.press("แก้ไข")
    officer.press("งบประมาณ")

    assert "งบประมาณ: 1 บาท" in officer.say("1")


def test_a_number_typed_for_the_day_never_presses_cancel(office: Office, officer: Conversation) -> None:
    officer.say("ประชุมกับเฉิงตู")
    assert officer.buttons()[-1] == "ยกเลิก"

    assert "3 พ.ย. 2569" in officer.say("3")
    assert open_drafts(office) == 1


def test_the_word_for_saving_begins_a_log_when_nothing_is_open(officer: Conversation) -> None:
    assert "จัดกับคู่ใด" in officer.say("บันทึก")


# ------------------------------------------------------------------ photos and files


def test_a_photo_sent_first_begins_the_log(office: Office, officer: Conversation) -> None:
    assert "รับไฟล์แล้ว" in officer.send_photo("ลงนาม.jpg")
    for label in ("นครเฉิงตู", "ประชุม/หารือ", "วันนี้", "เข้าร่วม"):
        officer.press(label)
    assert "ภาพ/เอกสาร: 1 รายการ" in officer.last

    officer.press("บันทึก")

    assert evidence(office) == ["ลงนาม.jpg"]


def test_a_caption_is_read_like_a_sentence(office: Office, officer: Conversation) -> None:
    card = officer.send_photo("ประชุม.jpg", SENTENCE)
    assert "คู่: เชียงใหม่–นครเฉิงตู" in card
    assert "ภาพ/เอกสาร: 1 รายการ" in card

    officer.press("บันทึก")

    assert evidence(office) == ["ประชุม.jpg"]


def test_photos_sent_while_a_field_is_open_join_the_draft(office: Office, officer: Conversation) -> None:
    officer.say("ประชุมกับเฉิงตู")
    assert "จัดวันใด" in officer.send_photo("หนึ่ง.jpg")
    officer.send_photo("สอง.jpg")
    officer.send_photo("สอง.jpg")
    assert "ภาพ/เอกสาร: 2 รายการ" in officer.say("3 พ.ย. 69")

    officer.press("บันทึก")

    assert evidence(office) == ["หนึ่ง.jpg", "สอง.jpg"]


def test_a_caption_corrects_the_card_that_is_open(officer: Conversation) -> None:
    officer.say(SENTENCE)

    card = officer.send_photo("ภาพ.jpg", "45 คน")

    assert "ผู้เข้าร่วม: 45 คน" in card
    assert "ภาพ/เอกสาร: 1 รายการ" in card


def test_a_caption_that_is_no_report_says_what_the_activity_is_about(officer: Conversation) -> None:
    officer.send_photo("ภาพ.jpg", "มอบของที่ระลึก")
    for label in ("นครเฉิงตู", "ประชุม/หารือ", "วันนี้"):
        officer.press(label)

    assert "เรื่อง: มอบของที่ระลึก" in officer.last


def test_a_photo_of_a_record_is_shown_with_it(office: Office, officer: Conversation) -> None:
    officer.send_photo("ประชุม.jpg", SENTENCE)
    officer.press("บันทึก")
    officer.say("/activities")
    officer.press("3 พ.ย. 2569 · นครเฉิงตู · ประชุม/หารือ")

    assert officer.answer[0].picture is not None


# ------------------------------------------------------------------ fixing a field


@pytest.mark.parametrize(
    ("field", "button", "shown"),
    [
        ("คู่", "จังหวัดฮอกไกโด", "คู่: เชียงใหม่–จังหวัดฮอกไกโด"),
        ("ประเภท", "ศึกษาดูงาน", "ประเภท: ศึกษาดูงาน"),
        ("วันที่", "เมื่อวาน", "วันที่: 21 พ.ย. 2569 (ค.ศ. 2026)"),
        ("ผู้เข้าร่วม", "ยังไม่ระบุ", "ผู้เข้าร่วม: ยังไม่ระบุ"),
        ("งบประมาณ", "ยังไม่ระบุ", "งบประมาณ: ยังไม่ระบุ"),
        ("เรื่อง", "ยังไม่ระบุ", "เรื่อง: ประชุม/หารือ นครเฉิงตู"),
    ],
)
def test_each_field_is_fixed_by_button(officer: Conversation, field: str, button: str, shown: str) -> None:
    officer.say(f"{SENTENCE} งบ 5 หมื่น")
    officer.press("แก้ไข")
    officer.press(field)

    card = officer.press(button)

    assert "ตรวจสอบก่อนบันทึก" in card
    assert shown in card


@pytest.mark.parametrize(
    ("field", "typed", "shown"),
    [
        ("คู่", "ฮอกไกโด", "คู่: เชียงใหม่–จังหวัดฮอกไกโด"),
        ("ประเภท", "ดูงาน", "ประเภท: ศึกษาดูงาน"),
        ("วันที่", "๕ มี.ค. ๒๕๖๙", "วันที่: 5 มี.ค. 2569 (ค.ศ. 2026)"),
        ("วันที่", "5-7/3/69", "วันที่: 5–7 มี.ค. 2569 (ค.ศ. 2026)"),
        ("เรื่อง", "การค้าชายแดน", "เรื่อง: การค้าชายแดน"),
        ("ผู้เข้าร่วม", "45", "ผู้เข้าร่วม: 45 คน"),
        ("งบประมาณ", "2.5 แสน", "งบประมาณ: 250,000 บาท"),
    ],
)
def test_each_field_is_fixed_by_typing(officer: Conversation, field: str, typed: str, shown: str) -> None:
    officer.say(SENTENCE)
    officer.press("แก้ไข")
    officer.press(field)

    card = officer.say(typed)

    assert "ตรวจสอบก่อนบันทึก" in card
    assert shown in card


def test_a_file_is_added_through_the_menu_of_fields(officer: Conversation) -> None:
    officer.say(SENTENCE)
    officer.press("แก้ไข")
    assert "ส่งภาพหรือเอกสาร" in officer.press("ภาพ/เอกสาร")

    assert "ภาพ/เอกสาร: 1 รายการ" in officer.send_photo("ภาพ.jpg")


def test_the_open_card_is_fixed_by_a_short_line(officer: Conversation) -> None:
    officer.say(SENTENCE)

    card = officer.say("4 พ.ย. 69 งบ 5 หมื่น")

    assert "วันที่: 4 พ.ย. 2569" in card
    assert "งบประมาณ: 50,000 บาท" in card
    assert "คู่: เชียงใหม่–นครเฉิงตู" in card


def test_whoever_opens_a_field_by_mistake_goes_back_to_the_card(officer: Conversation) -> None:
    before = officer.say(SENTENCE)
    for field in ("คู่", "ประเภท", "วันที่", "เรื่อง", "ผู้เข้าร่วม", "งบประมาณ", "ภาพ/เอกสาร"):
        officer.press("แก้ไข")
        officer.press(field)
        assert officer.press("กลับไปที่รายการ") == before


# ------------------------------------------------------------------ cancelling


@pytest.mark.parametrize("how", ["/cancel", "ยกเลิก", "cancel"])
def test_a_cancelled_draft_is_gone(office: Office, officer: Conversation, how: str) -> None:
    officer.say(SENTENCE)
    assert "ยกเลิกแล้ว ไม่ได้บันทึก" in officer.say(how)

    assert (records(office), open_drafts(office)) == ([], 0)
    assert "จัดกับคู่ใด" in officer.say("/log")


def test_the_cancel_button_turns_the_card_into_the_note(officer: Conversation) -> None:
    officer.say(SENTENCE)
    _, card = officer.button("ยกเลิก")
    officer.press("ยกเลิก")

    assert [message.edit for message in officer.answer] == [card]


# ------------------------------------------------------------------ resuming


def test_a_draft_survives_a_kill_between_two_steps(office: Office, officer: Conversation) -> None:
    officer.say("/log")
    officer.press("นครเฉิงตู")

    office.restart()

    assert "จัดวันใด" in officer.press("ประชุม/หารือ")
    office.restart()
    officer.say("3 พ.ย. 69")
    office.restart()
    officer.press("เข้าร่วม")
    officer.press("บันทึก")
    assert len(records(office)) == 1


def test_after_a_kill_the_unfinished_draft_is_offered_again(office: Office, officer: Conversation) -> None:
    officer.say("ประชุมกับเฉิงตู 30 คน")
    office.restart()

    said = officer.say("/start")
    assert "มีรายการที่ยังไม่ได้บันทึก" in said
    assert "เชียงใหม่–นครเฉิงตู · ประชุม/หารือ · 30 คน" in said
    assert "จัดวันใด" in officer.press("ทำรายการต่อ")


def test_a_draft_is_resumed_on_another_channel_of_the_same_person(
    office: Office, officer: Conversation
) -> None:
    officer.say("ประชุมกับเฉิงตู 30 คน")
    elsewhere = office.also_on(officer, "telegram")

    assert "มีรายการที่ยังไม่ได้บันทึก" in elsewhere.say("/log")
    assert "จัดวันใด" in elsewhere.press("ทำรายการต่อ")
    assert "ผู้เข้าร่วม: 30 คน" in elsewhere.say("3 พ.ย. 69")
    elsewhere.press("บันทึก")

    assert len(records(office)) == 1
    assert "กิจกรรม รายการที่ 1" in officer.press("วันนี้")


def test_nobody_else_is_offered_the_draft(office: Office, officer: Conversation) -> None:
    officer.say(SENTENCE)
    colleague = office.person("มานี", "officer", "TH-50")

    assert "จัดกับคู่ใด" in colleague.say("/log")


# ------------------------------------------------------------------ two drafts


def test_two_drafts_do_not_mix(office: Office, officer: Conversation) -> None:
    officer.say(SENTENCE)
    save_first, first_card = officer.button("บันทึก")
    officer.say("ศึกษาดูงานฮอกไกโด 5 มี.ค. 69 12 คน")
    save_second, second_card = officer.button("บันทึก")

    officer.press_id(save_first, first_card)
    officer.press_id(save_second, second_card)

    assert [(record.pairing_id, record.participants) for record in records(office)] == [
        ("50-chengdu", 30),
        ("50-hokkaido", 12),
    ]


def test_the_draft_that_waits_is_offered_after_the_other_was_saved(officer: Conversation) -> None:
    officer.say(SENTENCE)
    officer.say("ศึกษาดูงานฮอกไกโด 5 มี.ค. 69 12 คน")
    officer.press("บันทึก")

    assert "เชียงใหม่–นครเฉิงตู · ประชุม/หารือ · 3 พ.ย. 2569 · 30 คน" in officer.say("/log")


def test_a_sentence_about_another_pairing_in_the_middle_of_a_draft_is_a_draft_of_its_own(
    office: Office, officer: Conversation
) -> None:
    officer.say("ประชุมกับเฉิงตู 30 คน")
    assert "คู่: เชียงใหม่–จังหวัดฮอกไกโด" in officer.say("ศึกษาดูงานฮอกไกโด 5 มี.ค. 69 12 คน")
    officer.press("บันทึก")

    assert [(record.pairing_id, record.participants) for record in records(office)] == [("50-hokkaido", 12)]
    assert "เชียงใหม่–นครเฉิงตู · ประชุม/หารือ · 30 คน" in officer.say("/log")


def test_a_correction_goes_to_the_card_that_is_open(office: Office, officer: Conversation) -> None:
    officer.say(SENTENCE)
    officer.say("ศึกษาดูงานฮอกไกโด 5 มี.ค. 69 12 คน")
    officer.say("15 คน")
    officer.press("บันทึก")

    assert [(record.pairing_id, record.participants) for record in records(office)] == [("50-hokkaido", 15)]


# ------------------------------------------------------------------ saved once


def test_a_second_press_records_once_and_shows_the_saved_card(office: Office, officer: Conversation) -> None:
    officer.say(SENTENCE)
    save, card = officer.button("บันทึก")
    officer.press_id(save, card)

    again = officer.press_id(save, card)

    assert "รายการที่ 1" in again
    assert "เชียงใหม่–นครเฉิงตู" in again
    assert len(records(office)) == 1


def test_the_same_update_twice_is_one_record_and_one_reply(office: Office, officer: Conversation) -> None:
    officer.say(SENTENCE)
    save, card = officer.button("บันทึก")

    assert officer.update(update_id="one-press", press=save, card=card) != ""
    assert officer.update(update_id="one-press", press=save, card=card) == ""

    assert len(records(office)) == 1


def test_a_near_identical_record_that_is_the_same_event_is_not_recorded(
    office: Office, officer: Conversation
) -> None:
    officer.say(SENTENCE)
    officer.press("บันทึก")
    officer.say("ประชุมกับเฉิงตู 2-4 พ.ย. 69")
    assert "อาจเป็นกิจกรรมเดียวกับที่บันทึกไว้แล้ว" in officer.press("บันทึก")

    officer.press("กิจกรรมเดียวกัน รวมรายการ")

    assert (len(records(office)), open_drafts(office)) == (1, 0)


def test_a_near_identical_record_that_is_another_event_is_recorded(
    office: Office, officer: Conversation
) -> None:
    officer.say(SENTENCE)
    officer.press("บันทึก")
    officer.say("ประชุมกับเฉิงตู 3 พ.ย. 69 เรื่องการศึกษา")
    officer.press("บันทึก")

    assert "รายการที่ 2" in officer.press("คนละกิจกรรม บันทึกเพิ่ม")
    assert len(records(office)) == 2


def test_another_day_or_another_pairing_is_no_near_identical_record(
    office: Office, officer: Conversation
) -> None:
    for sentence in (SENTENCE, "ประชุมกับเฉิงตู 6 พ.ย. 69", "ประชุมกับฮอกไกโด 3 พ.ย. 69"):
        officer.say(sentence)
        assert "บันทึกแล้ว" in officer.press("บันทึก")


# ------------------------------------------------------------------ what counts


def test_a_planned_activity_does_not_count(office: Office, officer: Conversation) -> None:
    card = officer.say("ศึกษาดูงานเฉิงตู 3 ธ.ค. 69")
    assert "สถานะ: อยู่ในแผน จะนับเมื่อยืนยันว่าจัดแล้ว" in card
    officer.press("บันทึก")

    [record] = records(office)
    assert (record.state, record.joint) == ("planned", False)
    assert "1 กิจกรรม" not in officer.say("/status")


def test_a_planned_activity_is_confirmed_by_button_when_its_day_has_come(
    office: Office, officer: Conversation
) -> None:
    officer.say("ประชุมกับเฉิงตู 3 ธ.ค. 69")
    assert "[จัดแล้ว]" not in officer.press("บันทึก")
    office.clock.move(days=14)
    officer.say("/activities")
    officer.press("แผน · 3 ธ.ค. 2569 · นครเฉิงตู · ประชุม/หารือ")

    assert "ฝ่ายนครเฉิงตูเข้าร่วมหรือไม่" in officer.press("จัดแล้ว")
    officer.press("เข้าร่วม")
    assert "นับเป็นปีปฏิทิน 2569" in officer.press("บันทึก")

    [record] = records(office)
    assert (record.state, record.joint) == ("held", True)


def test_without_the_partner_it_does_not_count_until_they_are_said_to_have_joined(
    office: Office, officer: Conversation
) -> None:
    officer.say(SENTENCE)
    assert "ไม่นับเป็นกิจกรรมร่วมของปี" in officer.press("ฝ่ายคู่ไม่ได้เข้าร่วม")
    assert "ไม่นับเป็นกิจกรรมร่วมของปี" in officer.press("บันทึก")
    assert not records(office)[0].joint

    officer.press("แก้ไข")
    officer.press("แก้ไข")
    officer.press("ฝ่ายคู่เข้าร่วม")
    officer.press("ออนไลน์")
    officer.press("บันทึก")

    assert records(office)[0].joint
    assert records(office)[0].partner_joined == "online"


def test_the_question_about_the_partner_may_be_answered_after_saving(
    office: Office, officer: Conversation
) -> None:
    officer.say("เตรียมประชุมเฉิงตู 3 พ.ย. 69")
    assert "ยังไม่นับเป็นกิจกรรมร่วม" in officer.press("บันทึก")
    assert not records(office)[0].joint

    assert "นับเป็นปีปฏิทิน 2569" in officer.press("เข้าร่วม")

    assert records(office)[0].joint


# ------------------------------------------------------------------ log or question


def test_doubt_between_log_and_question_is_asked_with_two_buttons(
    office: Office, officer: Conversation
) -> None:
    doubtful = "ประชุมกับเฉิงตู 3 พ.ย. 69 นับหรือไม่"
    assert "ต้องการบันทึกกิจกรรม หรือถามคำถาม" in officer.say(doubtful)
    assert officer.buttons() == ["บันทึกเป็นกิจกรรม", "ค้นหาคำตอบ"]

    assert "ตรวจสอบก่อนบันทึก" in officer.press("บันทึกเป็นกิจกรรม")
    officer.say("ยกเลิก")
    officer.say(doubtful)
    assert "ตรวจสอบก่อนบันทึก" not in officer.press("ค้นหาคำตอบ")
    assert open_drafts(office) == 0


@pytest.mark.parametrize("asked", ["ต้องมีกิจกรรมปีละกี่ครั้ง", "งบ 5 ล้านต้องขอใครอนุมัติ"])
def test_a_question_in_the_middle_of_a_draft_is_answered_and_the_field_asked_again(
    office: Office, officer: Conversation, asked: str
) -> None:
    officer.say("ประชุมกับเฉิงตู 30 คน")

    officer.say(asked)

    answer, again = officer.answer
    assert "จัดวันใด" not in answer.text
    assert "จัดวันใด" in again.text
    assert "30 คน" in again.text
    assert "ผู้เข้าร่วม: 30 คน" in officer.say("3 พ.ย. 69")


def test_a_question_with_an_amount_leaves_the_open_card_as_it_is(
    office: Office, officer: Conversation
) -> None:
    officer.say(SENTENCE)
    officer.say("งบ 5 ล้านต้องขอใครอนุมัติ")
    officer.press("ทำรายการต่อ")
    officer.press("บันทึก")

    assert records(office)[0].budget_thb is None


def test_looking_something_up_in_the_middle_leaves_the_field_open(officer: Conversation) -> None:
    officer.say("/log")
    officer.say("/pairings")

    assert "เป็นกิจกรรมประเภทใด" in officer.say("เฉิงตู")


def test_the_amount_of_a_record_is_exact(office: Office, officer: Conversation) -> None:
    officer.say("ประชุมกับเฉิงตู 3 พ.ย. 69 งบ 123,456.75 บาท")
    officer.press("บันทึก")

    assert records(office)[0].budget_thb == Decimal("123456.75")
