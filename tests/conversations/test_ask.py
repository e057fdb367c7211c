"""Asking about the guideline: answered with its source, offered, or honestly not known."""

from __future__ import annotations

from sqlalchemy import select

from storage.models import Question
from tests.support import Conversation, Office

YEARLY = "ต้องมีกิจกรรมปีละกี่ครั้ง"
UNKNOWN = "ขอหวยงวดนี้"


def questions(office: Office) -> list[Question]:
    with office.database.read() as session:
        return list(session.scalars(select(Question).order_by(Question.id)))


# ------------------------------------------------------------------ a known answer


def test_a_question_is_answered_with_its_source_and_year(guest: Conversation) -> None:
    said = guest.say(YEARLY)

    assert "อย่างน้อยปีละ 1 ครั้ง" in said
    assert "ที่มา: แผนขับเคลื่อน" in said
    assert "หัวข้อ ตัวชี้วัดความสำเร็จตามเป้าหมาย" in said
    assert "ข้อมูลปี 2562–2566" in said


def test_the_same_question_gets_the_same_answer(guest: Conversation, officer: Conversation) -> None:
    assert [message.text for message in (guest.say(YEARLY), guest.answer)[1]] == [
        message.text for message in (officer.say(YEARLY), officer.answer)[1]
    ]


def test_the_answer_can_be_copied_as_plain_text_with_its_source(guest: Conversation) -> None:
    guest.say(YEARLY)
    copied = guest.press("คัดลอกส่งไลน์")

    assert "อย่างน้อยปีละ 1 ครั้ง" in copied
    assert "ที่มา:" in copied
    assert "[" not in copied


def test_the_words_of_the_source_are_shown_on_demand(guest: Conversation) -> None:
    guest.say(YEARLY)
    quoted = guest.press("ดูข้อความต้นฉบับ")

    assert "“" in quoted
    assert "ข้อความตามเอกสาร" in quoted


def test_more_is_told_on_demand(guest: Conversation) -> None:
    short = guest.say(YEARLY)
    more = guest.press("รายละเอียดเพิ่ม")

    assert "ที่มา:" in more
    assert guest.answer[0].text not in short


def test_a_rating_is_kept_with_the_question(office: Office, guest: Conversation) -> None:
    guest.say(YEARLY)
    assert "ขอบคุณ" in guest.press("👍")

    assert [one.rating for one in questions(office)] == [1]


def test_a_poor_rating_offers_to_send_the_question(office: Office, guest: Conversation) -> None:
    guest.say(YEARLY)
    guest.press("👎")
    guest.press("ส่งคำถาม")

    assert questions(office)[0].rating == -1
    assert questions(office)[0].sent_at is not None


def test_the_topics_can_be_browsed_by_buttons_only(guest: Conversation) -> None:
    assert "เลือกหัวข้อ" in guest.say("/ask")
    guest.press("เป้าหมายและตัวชี้วัด")
    first = guest.buttons()[0]

    answer = guest.press(first)

    assert "ที่มา:" in answer


def test_a_member_reaches_their_own_pairs_from_the_answer_about_them(officer: Conversation) -> None:
    said = officer.say("คู่ของจังหวัดเรามีที่ไหนบ้าง")
    assert "[ดูคู่ของจังหวัด]" in said

    assert "นครเฉิงตู" in officer.press("ดูคู่ของจังหวัด")


def test_an_english_question_is_answered_in_english(guest: Conversation) -> None:
    said = guest.say("How many joint activities a year are required?")

    assert "Source:" in said
    assert "ที่มา" not in said


def test_a_single_latin_word_does_not_change_the_language(officer: Conversation) -> None:
    assert "ต้องการทราบเรื่องใด" in officer.say("MOU")


# ------------------------------------------------------------------ several could be meant


def suggested(guest: Conversation) -> list[str]:
    guest.say("เอกสารลงนาม")
    return guest.buttons()


def test_close_questions_are_offered_and_the_chosen_one_is_answered(guest: Conversation) -> None:
    labels = suggested(guest)
    assert "ต้องการทราบเรื่องใด" in guest.last
    assert labels[-1] == "ไม่ตรงกับข้อใดเลย"

    assert "ที่มา:" in guest.press(labels[0])


def test_none_of_the_offered_questions_leads_to_the_ministry(office: Office, guest: Conversation) -> None:
    suggested(guest)
    said = guest.press("ไม่ตรงกับข้อใดเลย")
    assert "กองการต่างประเทศ สป.มท." in said

    assert "ส่งคำถามแล้ว" in guest.press("ส่งคำถาม")
    assert questions(office)[0].sent_at is not None


def test_the_number_of_an_offered_question_equals_its_button(guest: Conversation) -> None:
    labels = suggested(guest)
    by_number = guest.say("1")
    suggested(guest)

    assert by_number == guest.press(labels[0])


# ------------------------------------------------------------------ nothing is known


def test_an_unknown_question_says_so_and_is_kept(office: Office, guest: Conversation) -> None:
    said = guest.say(UNKNOWN)

    assert f"ยังไม่มีคำตอบที่ยืนยันได้: {UNKNOWN}" in said
    assert "[ส่งคำถาม]" in said
    kept = questions(office)[0]
    assert (kept.text, kept.decision, kept.sent_at) == (UNKNOWN, "unknown", None)


def test_a_question_that_was_not_sent_does_not_wait_at_the_ministry(
    guest: Conversation, ministry: Conversation
) -> None:
    guest.say(UNKNOWN)

    assert ministry.say("/queue") == "ไม่มีคำถามที่รอตอบ"


def test_a_sent_question_is_answered_by_the_ministry_and_reaches_the_asker_once(
    office: Office, guest: Conversation, ministry: Conversation
) -> None:
    guest.say(UNKNOWN)
    assert "จะแจ้งคำตอบในแชตนี้" in guest.press("ส่งคำถาม")

    assert "คำถามที่รอตอบ 1 ข้อ" in ministry.say("/queue")
    assert UNKNOWN in ministry.press(UNKNOWN)
    assert "ส่งคำตอบถึงผู้ถามแล้ว" in ministry.say("เรื่องนี้อยู่นอกแนวทางของกระทรวง")

    [letter] = guest.receive()
    assert "เรื่องนี้อยู่นอกแนวทางของกระทรวง" in letter.text
    assert UNKNOWN in letter.text
    assert guest.receive() == []
    assert ministry.say("/queue") == "ไม่มีคำถามที่รอตอบ"


def test_a_question_answered_meanwhile_is_not_answered_twice(
    office: Office, guest: Conversation, ministry: Conversation
) -> None:
    colleague = office.person("มานะ", "ministry")
    guest.say(UNKNOWN)
    guest.press("ส่งคำถาม")
    ministry.say("/queue")
    ministry.press(UNKNOWN)
    colleague.say("/queue")
    colleague.press(UNKNOWN)

    ministry.say("คำตอบแรก")
    assert "ส่งคำตอบถึงผู้ถามแล้ว" not in colleague.say("คำตอบที่สอง")

    assert ["คำตอบแรก" in letter.text for letter in guest.receive()] == [True]


def test_an_answer_that_waits_is_delivered_before_what_is_said_next(
    guest: Conversation, ministry: Conversation
) -> None:
    guest.say(UNKNOWN)
    guest.press("ส่งคำถาม")
    ministry.say("/queue")
    ministry.press(UNKNOWN)
    ministry.say("ตอบแล้ว")

    guest.say(YEARLY)

    assert ["ตอบแล้ว" in message.text for message in guest.answer] == [True, False]


def test_the_queue_is_closed_to_everybody_but_the_ministry(
    guest: Conversation, officer: Conversation, ministry: Conversation
) -> None:
    guest.say(UNKNOWN)
    guest.press("ส่งคำถาม")

    for other in (guest, officer):
        assert UNKNOWN not in other.say("/queue")


def test_guests_are_turned_away_when_asking_is_closed_to_them(office: Office) -> None:
    office.settings = office.settings.model_copy(update={"guests_may_ask": False})
    office.restart()

    assert "เฉพาะเจ้าหน้าที่" in office.person("ผู้สนใจ").say(YEARLY)
    assert "ที่มา:" in office.person("สมศรี", "officer", "TH-50").say(YEARLY)
