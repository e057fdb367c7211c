"""Drafts that cross: a photo before its sentence, a new sentence over an unsaved card, an empty start."""

from __future__ import annotations

from tests.support import Conversation


def test_a_photo_before_its_sentence_belongs_to_it(officer: Conversation) -> None:
    officer.send_photo("ภาพ.jpg")
    said = officer.say("ประชุมกับฮอกไกโดเมื่อวาน เรื่องเกษตร")
    assert "ภาพ/เอกสาร: 1 รายการ" in said

    officer.press("บันทึก")
    assert "มีรายการที่ยังไม่ได้บันทึก" not in officer.say("/help")


def test_a_sentence_over_an_unsaved_card_says_that_the_first_is_kept(officer: Conversation) -> None:
    officer.say("ประชุมกับเฉิงตู 3 พ.ย. 69 20 คน")
    said = officer.say("ต้อนรับคณะเซี่ยงไฮ้ 15 พ.ย. 69 20 คน")
    assert "รายการก่อนหน้ายังไม่ได้บันทึก" in said
    officer.press("บันทึก")

    assert "นครเฉิงตู" in officer.say("/log")


def test_what_is_offered_again_can_be_cancelled(officer: Conversation) -> None:
    officer.say("ประชุมกับเฉิงตู 3 พ.ย. 69 20 คน")
    officer.say("ต้อนรับคณะเซี่ยงไฮ้ 15 พ.ย. 69 20 คน")
    officer.press("บันทึก")

    assert "ยกเลิกแล้ว" in officer.say("/cancel")
    assert "ไม่มีรายการที่ทำค้างอยู่" in officer.say("/cancel")


def test_what_did_not_take_place_is_not_taken_for_joint(officer: Conversation) -> None:
    said = officer.say("ไม่ได้ประชุมกับเฉิงตู 3 พ.ย. 69")
    assert "จัดแล้วหรือยัง" in said
    assert "เข้าร่วมหรือไม่" in officer.press("จัดแล้ว")


def test_the_receipt_speaks_of_the_year_in_which_it_was_held(officer: Conversation) -> None:
    officer.say("ประชุมกับเฉิงตู 3 พ.ย. 68 20 คน")
    said = officer.press("บันทึก")
    assert "ปีปฏิทิน 2568: 1 กิจกรรม" in said
    assert "2569" not in said.replace("ปีงบประมาณ 2569", "")


def test_the_words_on_the_buttons_are_understood_when_typed(officer: Conversation) -> None:
    assert "สถานะกิจกรรม เชียงใหม่" in officer.say("สถานะปีนี้")
    assert "รายชื่อคู่ของเชียงใหม่ถูกต้องหรือไม่" in officer.say("ตรวจรายชื่อคู่")
