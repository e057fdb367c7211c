"""Whatever is thrown at it: one short line that says what to do, and nothing entered is lost."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from storage.models import Activity, Draft, Inbox
from tests.support import Conversation, Office

ONE_ENGINE = True

SENTENCE = "ประชุมกับเฉิงตู 3 พ.ย. 69 30 คน"
LONG = "ยาว" * 3_400


def opened(office: Office) -> int:
    with office.database.read() as session:
        return session.scalar(select(func.count()).select_from(Draft).where(Draft.state == "open")) or 0


def recorded(office: Office) -> int:
    with office.database.read() as session:
        return session.scalar(select(func.count()).select_from(Activity)) or 0


def short(person: Conversation) -> str:
    """What was answered, which is one message of one short line."""
    [reply] = person.answer
    assert "\n" not in reply.text
    assert 0 < len(reply.text) <= 160
    return reply.text


# ------------------------------------------------------------------ dates


@pytest.mark.parametrize("day", ["29 ก.พ. 2568", "31/11/69"])
def test_an_impossible_date_in_a_sentence_is_named_and_asked_again(officer: Conversation, day: str) -> None:
    said = officer.say(f"ประชุมกับเฉิงตู {day} 30 คน")
    assert f"ไม่มีวันที่ {day} ในปฏิทิน" in said
    assert "เชียงใหม่–นครเฉิงตู · ประชุม/หารือ · 30 คน" in said

    assert "ผู้เข้าร่วม: 30 คน" in officer.say("3 พ.ย. 69")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("29 ก.พ. 2568", "ไม่มีวันที่ 29 ก.พ. 2568 ในปฏิทิน"),
        ("31/11/69", "ไม่มีวันที่ 31/11/69 ในปฏิทิน"),
        ("15–12 พ.ย. 69", "วันสิ้นสุดมาก่อนวันเริ่ม"),
        ("วันนู้น", "อ่านวันที่ไม่ได้"),
    ],
)
def test_a_date_that_cannot_be_used_is_explained_and_the_draft_stays(
    officer: Conversation, typed: str, said: str
) -> None:
    officer.say("ประชุมกับเฉิงตู 30 คน")

    officer.say(typed)

    assert said in short(officer)
    assert "ผู้เข้าร่วม: 30 คน" in officer.say("3 พ.ย. 69")


def test_the_reason_is_said_with_the_question_for_the_day_and_not_before(officer: Conversation) -> None:
    assert "ในปฏิทิน" not in officer.say("ประชุม 31/11/69 30 คน")

    assert "ไม่มีวันที่ 31/11/69 ในปฏิทิน" in officer.press("นครเฉิงตู")


def test_an_impossible_date_typed_at_the_open_card_is_explained(officer: Conversation) -> None:
    officer.say(SENTENCE)

    assert "ไม่มีวันที่ 31/11/69 ในปฏิทิน" in officer.say("31/11/69")
    assert "จัดวันใด" in officer.last
    assert "วันที่: 3 พ.ย. 2569" in officer.press("กลับไปที่รายการ")


def test_an_end_before_its_start_is_asked_again(officer: Conversation) -> None:
    said = officer.say("ประชุมกับเฉิงตู 15–12 พ.ย. 69")

    assert "วันสิ้นสุดมาก่อนวันเริ่ม" in said
    assert "จัดวันใด" in said


def test_a_month_without_a_day_is_asked_for_the_day(officer: Conversation) -> None:
    assert "ขาดวันที่" in officer.say("ประชุมกับเฉิงตู พ.ย. 69")


def test_a_future_date_of_something_that_happened_is_asked_about(officer: Conversation) -> None:
    said = officer.say("ประชุมกับเฉิงตูเมื่อ 3 ธ.ค. 69 ที่ผ่านมา")
    assert "3 ธ.ค. 2569 ยังมาไม่ถึง" in said

    assert "วันที่: 3 ธ.ค. 2568" in officer.press("3 ธ.ค. 2568 (ค.ศ. 2025)")


# ------------------------------------------------------------------ other fields


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("คู่", "ดาวอังคาร", "ไม่พบคู่นี้ในรายชื่อของจังหวัด"),
        ("ประเภท", "กขคง", "อ่านประเภทไม่ได้"),
        ("ผู้เข้าร่วม", "มากมาย", "อ่านจำนวนคนไม่ได้"),
        ("งบประมาณ", "นิดหน่อย", "อ่านจำนวนเงินไม่ได้"),
        ("ฝ่ายคู่เข้าร่วม", "ก็ดี", "ฝ่ายคู่เข้าร่วมหรือไม่"),
        ("เรื่อง", "ก" * 301, "ชื่อเรื่องยาวเกินไป"),
        ("ภาพ/เอกสาร", "อยู่ในตู้", "ส่งภาพหรือเอกสาร"),
    ],
)
def test_an_answer_that_cannot_be_read_is_explained_and_the_draft_stays(
    officer: Conversation, field: str, typed: str, said: str
) -> None:
    before = officer.say(SENTENCE)
    officer.press("แก้ไข")
    officer.press(field)

    officer.say(typed)

    assert said in short(officer)
    assert officer.press("กลับไปที่รายการ") == before


def test_an_unknown_province_is_asked_again(ministry: Conversation) -> None:
    ministry.say("/pairings")
    ministry.say("กรุงลงกา")

    assert "แขวงสะหวันนะเขต" in ministry.say("มุกดาหาร")


# ------------------------------------------------------------------ files and kinds of message


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("sticker", "สติกเกอร์"),
        ("voice", "ข้อความเสียง"),
        ("video", "วิดีโอ"),
        ("other", "ชนิดนี้"),
    ],
)
def test_what_is_not_taken_is_named(officer: Conversation, kind: str, said: str) -> None:
    officer.say("ประชุมกับเฉิงตู 30 คน")
    officer.update(unsupported=kind)

    assert said in short(officer)
    assert "ผู้เข้าร่วม: 30 คน" in officer.say("3 พ.ย. 69")


def test_an_unsupported_file_leaves_the_open_field_as_it_is(officer: Conversation) -> None:
    officer.say("ประชุมกับเฉิงตู 30 คน")
    officer.send_photo("virus.exe", problem="type")
    assert "ไฟล์ชนิดนี้แนบไม่ได้" in short(officer)

    assert "ภาพ/เอกสาร: ไม่มี" in officer.say("3 พ.ย. 69")


def test_a_file_that_could_not_be_taken_is_named_beside_the_card(officer: Conversation) -> None:
    said = officer.send_photo("ใหญ่.jpg", SENTENCE, problem="too_large")

    assert "ไฟล์ใหญ่เกิน 20 MB" in said
    assert "ภาพ/เอกสาร: ไม่มี" in said


# ------------------------------------------------------------------ commands in the middle, and at once


def test_a_second_start_in_the_middle_offers_to_go_on(office: Office, officer: Conversation) -> None:
    officer.say("/start")
    officer.say("ประชุมกับเฉิงตู 30 คน")
    said = officer.say("/start")
    assert "มีรายการที่ยังไม่ได้บันทึก" in said

    assert "จัดวันใด" in officer.press("ทำรายการต่อ")
    assert opened(office) == 1


def test_two_commands_at_once_are_answered_in_their_order(office: Office, officer: Conversation) -> None:
    officer.say("ประชุมกับเฉิงตู 30 คน")

    start, status = officer.say_at_once("/start", "/status")

    assert "มีรายการที่ยังไม่ได้บันทึก" in start
    assert "สถานะกิจกรรม เชียงใหม่" in status
    assert opened(office) == 1


def test_a_later_update_waits_for_the_earlier_one_of_its_chat(office: Office, officer: Conversation) -> None:
    officer.say("/start")
    with office.database.write() as session:
        waiting = Inbox(
            channel="web",
            update_id="the-one-before",
            chat_key=officer.name,
            body="{}",
            files=[],
            state="new",
            attempts=0,
            received_at=office.clock.now(),
        )
        session.add(waiting)

    assert officer.say("/status") == ""


def test_an_unknown_command_gets_help(officer: Conversation) -> None:
    assert "พิมพ์ประโยคเดียว" in officer.say("/nosuchthing")


# ------------------------------------------------------------------ buttons that are out of date


def test_a_button_of_an_older_card_shows_the_current_one(office: Office, officer: Conversation) -> None:
    officer.say(SENTENCE)
    save, card = officer.button("บันทึก")
    officer.say("45 คน")

    said = officer.press_id(save, card)

    assert "ปุ่มนี้ใช้ไม่ได้แล้ว" in said
    assert "ผู้เข้าร่วม: 45 คน" in said
    assert recorded(office) == 0


def test_a_button_of_a_cancelled_card_records_nothing(office: Office, officer: Conversation) -> None:
    officer.say(SENTENCE)
    save, card = officer.button("บันทึก")
    officer.say("ยกเลิก")

    assert officer.press_id(save, card) == "ปุ่มนี้ใช้ไม่ได้แล้ว"
    assert recorded(office) == 0


def test_a_button_expires(office: Office, officer: Conversation) -> None:
    officer.say(SENTENCE)
    save, card = officer.button("บันทึก")
    office.clock.move(days=31)

    assert "ปุ่มนี้ใช้ไม่ได้แล้ว" in officer.press_id(save, card)
    assert recorded(office) == 0
