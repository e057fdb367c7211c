"""Asking about the guideline: answered with its source, offered, or honestly not known."""

from __future__ import annotations

from sqlalchemy import select

from knowledge.search import Decision
from storage.models import Question
from tests.support import Conversation, Office, shipped_knowledge

ONE_ENGINE = True

YEARLY = "ต้องมีกิจกรรมปีละกี่ครั้ง"
UNKNOWN = "ขอหวยงวดนี้"
KEYWORDS = ("ลงนาม", "งบประมาณ", "คณะทำงาน", "กิจกรรม", "MOU")
"""What is asked about them is for the person to say."""

OF_THE_PLAN = (
    "ปรับปรุง/แก้ไขเพิ่มเติมร่างแผนตามความเห็นผู้เข้าร่วมการประชุมสัมมนา",
    "ดำเนินการอื่น ๆ ตามที่ได้รับมอบหมาย",
    "กล่องหลัก: โครงการจัดทำยุทธศาสตร์การดำเนินความสัมพันธ์",
)
"""The plan's own words, which no entry repeats."""


def decided(decision: Decision, *texts: str) -> str:
    """The first of these texts that is decided so."""
    return next(text for text in texts if shipped_knowledge().find(text).decision == decision)


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


def test_an_answer_fits_on_a_phone(guest: Conversation) -> None:
    for asked in (YEARLY, "จังหวัดของเรามีคู่ใดบ้าง", "MOU ต้องเสนอ ครม. หรือไม่", UNKNOWN, *KEYWORDS, *OF_THE_PLAN):
        guest.say(asked)
        [reply] = guest.answer
        assert sum(map(len, reply.rows)) <= 8, asked
        assert max(map(len, reply.rows)) <= 3, asked


def test_an_answer_ends_with_what_can_be_done_with_it(guest: Conversation) -> None:
    guest.say(YEARLY)
    labels = guest.buttons()

    assert labels[-3:] == ["ถามกองการต่างประเทศ", "👍", "👎"]
    assert {"ดูข้อความต้นฉบับ", "คัดลอกส่งไลน์", "ไม่ตรงคำถาม"} <= set(labels)


def test_a_passage_is_quoted_and_can_be_copied(guest: Conversation) -> None:
    said = guest.say(decided("passage", *OF_THE_PLAN))
    assert "พบข้อความที่เกี่ยวข้องในเอกสาร" in said
    assert "[ถามกองการต่างประเทศ]" in said
    assert "[👍] [👎]" in said

    copied = guest.press("คัดลอกส่งไลน์")

    assert "ข้อความตามเอกสาร" in copied
    assert guest.answer[0].text.startswith("“")


# ------------------------------------------------------------------ what is said of an answer


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


def test_a_poor_rating_is_asked_why_and_the_reason_is_kept(office: Office, guest: Conversation) -> None:
    guest.say(YEARLY)
    assert "คำตอบนี้ควรปรับเพราะเหตุใด" in guest.press("👎")
    assert guest.buttons() == ["ไม่ตรงคำถาม", "ไม่ถูกต้องหรือล้าสมัย", "อ่านไม่เข้าใจ", "อื่น ๆ", "ส่งคำถาม"]

    assert "จะทบทวนคำตอบนี้" in guest.press("ไม่ถูกต้องหรือล้าสมัย")

    [kept] = questions(office)
    assert (kept.rating, kept.reason, kept.reason_text) == (-1, "outdated", None)


def test_another_reason_may_be_typed_even_after_a_restart(office: Office, guest: Conversation) -> None:
    guest.say(YEARLY)
    guest.press("👎")
    guest.press("อื่น ๆ")
    office.restart()

    assert "จะทบทวนคำตอบนี้" in guest.say("อ่านแล้วยังงงอยู่")

    [kept] = questions(office)
    assert (kept.reason, kept.reason_text) == ("other", "อ่านแล้วยังงงอยู่")


def test_a_question_instead_of_the_reason_is_answered(office: Office, guest: Conversation) -> None:
    guest.say(UNKNOWN)
    guest.press("👎")
    guest.press("อื่น ๆ")

    assert "ที่มา:" in guest.say(YEARLY)

    assert [one.reason for one in questions(office)] == ["other", None]


def test_praise_takes_blame_back(office: Office, guest: Conversation) -> None:
    guest.say(YEARLY)
    guest.press("👎")
    guest.press("อ่านไม่เข้าใจ")
    guest.press("👍")

    [kept] = questions(office)
    assert (kept.rating, kept.reason) == (1, None)


def test_what_is_not_known_can_be_rated_too(office: Office, guest: Conversation) -> None:
    guest.say(UNKNOWN)
    guest.press("👎")
    guest.press("อ่านไม่เข้าใจ")

    assert [(one.rating, one.reason) for one in questions(office)] == [(-1, "unclear")]


def test_an_answer_that_misses_the_question_leads_to_the_next_nearest(
    office: Office, guest: Conversation
) -> None:
    guest.say(YEARLY)
    answered = questions(office)[0].entry_id
    said = guest.press("ไม่ตรงคำถาม")
    *others, send, contact = guest.buttons()
    assert "เรื่องใกล้เคียงอื่น" in said
    assert others
    assert (send, contact) == ("ส่งคำถาม", "ช่องทางติดต่อ")

    kept = questions(office)[0]
    assert (kept.rating, kept.reason) == (-1, "wrong_topic")
    assert len(kept.shown) == len(others)
    assert answered not in kept.shown

    assert "ที่มา:" in guest.press(others[0])

    kept = questions(office)[0]
    assert (kept.chosen, kept.rating) == (kept.shown[0], None)


def test_what_was_offered_is_not_offered_again(office: Office, guest: Conversation) -> None:
    guest.say(YEARLY)
    guest.press("ไม่ตรงคำถาม")
    first = set(guest.buttons()[:-2])
    guest.press(guest.buttons()[0])
    guest.press("ไม่ตรงคำถาม")

    assert not first & set(guest.buttons()[:-2])


def test_why_an_answer_to_an_english_question_is_poor_is_asked_in_english(guest: Conversation) -> None:
    guest.say("How many joint activities a year are required?")

    assert "not helpful" in guest.press("👎")
    assert "will be reviewed" in guest.press("Hard to understand")


def test_a_question_in_the_midst_of_a_draft_and_its_rating_keep_the_draft(officer: Conversation) -> None:
    officer.say("ประชุมกับเฉิงตู 30 คน")
    assert "จัดวันใด" in officer.say(YEARLY)
    officer.press("👎")
    officer.press("อ่านไม่เข้าใจ")

    assert "3 พ.ย. 2569" in officer.say("3 พ.ย. 69")


# ------------------------------------------------------------------ browsing, the own province, language


def test_the_topics_can_be_browsed_by_buttons_only(guest: Conversation) -> None:
    assert "เลือกหัวข้อ" in guest.say("/ask")
    guest.press("เป้าหมายและตัวชี้วัด")
    first = guest.buttons()[0]

    answer = guest.press(first)

    assert "ที่มา:" in answer


def test_a_member_who_asks_for_their_pairs_sees_them(office: Office, officer: Conversation) -> None:
    said = officer.say("จังหวัดของเรามีคู่ใดบ้าง")

    assert "คู่เมืองพี่เมืองน้อง เชียงใหม่" in said
    assert "นครเฉิงตู (จีน) · ลงนาม 30 มี.ค. 2558" in said
    assert "ข้อมูลยังไม่ครบ" in said
    assert "ที่มา:" in said
    assert sum(map(len, officer.answer[0].rows)) <= 8

    officer.press("👍")
    assert [(one.entry_id, one.rating) for one in questions(office)] == [("our-pairs", 1)]
    assert "/pairings" in officer.press("วิธีดูและตรวจรายชื่อ")


def test_a_list_that_was_confirmed_is_not_said_to_be_incomplete(officer: Conversation) -> None:
    officer.say("/pairings")
    officer.press("ตรวจรายชื่อคู่")
    officer.press("ถูกต้อง")

    assert "ข้อมูลยังไม่ครบ" not in officer.say("จังหวัดของเรามีคู่ใดบ้าง")


def test_a_member_of_two_provinces_sees_the_pairs_of_both(office: Office, officer: Conversation) -> None:
    office.person(officer.name, "officer", "TH-49")

    officer.say("จังหวัดของเรามีคู่ใดบ้าง")

    assert [message.title for message in officer.answer] == [
        "คู่เมืองพี่เมืองน้อง เชียงใหม่",
        "คู่เมืองพี่เมืองน้อง มุกดาหาร",
    ]


def test_who_has_no_province_is_told_how_the_pairs_are_kept(
    guest: Conversation, ministry: Conversation
) -> None:
    for person in (guest, ministry):
        said = person.say("จังหวัดของเรามีคู่ใดบ้าง")
        assert "/pairings" in said
        assert "เฉิงตู" not in said


def test_a_member_who_asks_how_the_year_stands_is_told_from_the_registry(
    officer: Conversation, guest: Conversation
) -> None:
    asked = "ปีนี้จังหวัดของเราจัดกิจกรรมครบทุกคู่หรือยัง"

    said = officer.say(asked)

    assert "สถานะกิจกรรม เชียงใหม่" in said
    assert "เหลือ 39 วัน" in said
    assert "[วิธีนับกิจกรรมของปี] [ไม่ตรงคำถาม]" in said
    assert "/status" in officer.press("วิธีนับกิจกรรมของปี")
    assert "/status" in guest.say(asked)


def test_an_english_question_is_answered_in_english(guest: Conversation) -> None:
    said = guest.say("How many joint activities a year are required?")

    assert "Source:" in said
    assert "ที่มา" not in said


def test_a_single_latin_word_does_not_change_the_language(officer: Conversation) -> None:
    assert "ต้องการทราบเรื่องใด" in officer.say(decided("suggest", "MOU", "LOI", "KPI"))


# ------------------------------------------------------------------ several could be meant


def suggested(guest: Conversation) -> list[str]:
    guest.say(decided("suggest", *KEYWORDS))
    return guest.buttons()


def test_close_questions_are_offered_and_the_chosen_one_is_answered(
    office: Office, guest: Conversation
) -> None:
    labels = suggested(guest)
    assert "ต้องการทราบเรื่องใด" in guest.last
    assert labels[-1] == "ไม่ตรงกับข้อใดเลย"
    kept = questions(office)[0]
    assert (len(kept.shown), kept.chosen) == (len(labels) - 1, None)

    assert "ที่มา:" in guest.press(labels[0])

    kept = questions(office)[0]
    assert kept.chosen == kept.shown[0]
    guest.press("👍")
    assert questions(office)[0].rating == 1


def test_praise_of_an_answer_that_was_left_chooses_it_again(office: Office, guest: Conversation) -> None:
    labels = suggested(guest)
    guest.press(labels[0])
    first_good = guest.button("👍")
    first_poor = guest.button("👎")
    guest.press(labels[1])
    shown = questions(office)[0].shown

    guest.press_id(*first_poor)
    assert (questions(office)[0].chosen, questions(office)[0].rating) == (shown[1], None)

    guest.press_id(*first_good)
    assert (questions(office)[0].chosen, questions(office)[0].rating) == (shown[0], 1)


def test_none_of_the_offered_questions_leads_to_the_ministry(office: Office, guest: Conversation) -> None:
    suggested(guest)
    said = guest.press("ไม่ตรงกับข้อใดเลย")
    assert "กองการต่างประเทศ สป.มท." in said
    assert questions(office)[0].chosen == "none"

    assert "ส่งคำถามแล้ว" in guest.press("ส่งคำถาม")
    assert questions(office)[0].sent_at is not None


def test_a_related_question_is_answered_and_not_taken_for_what_was_meant(
    office: Office, guest: Conversation
) -> None:
    guest.say(YEARLY)
    assert "ที่มา:" in guest.press(guest.buttons()[0])

    assert questions(office)[0].chosen is None


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


def test_guests_are_turned_away_when_asking_is_closed_to_them(office: Office) -> None:
    office.settings = office.settings.model_copy(update={"guests_may_ask": False})
    office.restart()

    assert "เฉพาะเจ้าหน้าที่" in office.person("ผู้สนใจ").say(YEARLY)
    assert "ที่มา:" in office.person("สมศรี", "officer", "TH-50").say(YEARLY)
