"""Questions that are sent to the ministry: grouped, decided once, told to everybody who asked, once."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from knowledge.entries import FaqEntry
from storage.models import AuditEvent, FaqRevision, GoldenQuestion, Inquiry, Membership, Question
from tests.conversations.test_rights import forged
from tests.support import Conversation, Office

UNKNOWN = "ขอหวยงวดนี้"
YEARLY = "ต้องมีกิจกรรมปีละกี่ครั้ง"
ENGLISH = "What is the lucky number of today?"
SOURCE = "หนังสือ มท 0214/ว 1 ข้อ 3 ปี 2568"


def curator_of(office: Office, name: str = "วิภา") -> Conversation:
    """Somebody who may answer what was sent."""
    return office.person(name, "ministry", curator=True)


@pytest.fixture
def curator(office: Office) -> Conversation:
    return curator_of(office)


@pytest.fixture
def colleague(office: Office) -> Conversation:
    return curator_of(office, "มานะ")


def ask_and_send(person: Conversation, text: str = UNKNOWN) -> str:
    person.say(text)
    return person.press("Send the question" if "[Send the question]" in person.last else "ส่งคำถาม")


def open_inquiry(person: Conversation, number: int = 0) -> str:
    """The card of the inquiry that stands at this place of the queue."""
    person.say("/queue")
    return person.press(person.buttons()[number])


def answer(person: Conversation, text: str = "งดให้เลข", source: str = SOURCE) -> str:
    open_inquiry(person)
    person.press("ตอบคำถามนี้")
    person.say(text)
    person.say(source)
    return person.press("ส่งคำตอบ")


def told(person: Conversation) -> list[str]:
    return [f"{one.title}\n{one.text}\n{one.note}" for one in person.receive()]


def rows(office: Office, table: type[Any]) -> list[Any]:
    with office.database.read() as session:
        return list(session.scalars(select(table).order_by(table.id)))


# ------------------------------------------------------------------ sending


def test_a_question_that_was_not_sent_does_not_wait_at_the_ministry(
    guest: Conversation, curator: Conversation
) -> None:
    guest.say(UNKNOWN)

    assert curator.say("/queue") == "ไม่มีคำถามที่รอตอบ"


def test_alike_questions_wait_as_one_and_the_most_asked_stands_first(
    guest: Conversation, officer: Conversation, neighbour: Conversation, curator: Conversation
) -> None:
    ask_and_send(neighbour, "ขอสูตรทำขนมไทย")
    assert "จะแจ้งคำตอบในแชตนี้" in ask_and_send(guest)
    ask_and_send(officer, "ขอ หวย งวดนี้ครับ")

    said = curator.say("/queue")

    assert "คำถามที่รอตอบ 2 เรื่อง (ผู้ถาม 3 คน)" in said
    assert curator.buttons() == ["ขอหวยงวดนี้ · 2 คน", "ขอสูตรทำขนมไทย · 1 คน"]
    card = curator.press("ขอหวยงวดนี้ · 2 คน")
    assert "ผู้ถาม 2 คน ตั้งแต่ 22 พ.ย. 2569" in card
    assert "ถามอีกแบบ: ขอ หวย งวดนี้ครับ" in card


def test_questions_that_only_look_alike_stay_apart(
    guest: Conversation, officer: Conversation, curator: Conversation
) -> None:
    ask_and_send(guest, "ขอหวยงวดปี 2569")
    ask_and_send(officer, "ขอหวยงวดปี 2570")

    assert "คำถามที่รอตอบ 2 เรื่อง" in curator.say("/queue")


def test_the_same_person_counts_once_and_is_told_once(
    office: Office, guest: Conversation, curator: Conversation
) -> None:
    guest.say(UNKNOWN)
    send = guest.button("ส่งคำถาม")
    for _ in range(2):
        assert "ส่งคำถามแล้ว" in guest.press_id(*send)
    ask_and_send(guest, "ขอหวยงวดนี้หน่อยค่ะ")
    assert "(ผู้ถาม 1 คน)" in curator.say("/queue")

    answer(curator)

    [letter] = told(guest)
    assert "คำถาม: ขอหวยงวดนี้\n" in letter
    assert len(rows(office, Inquiry)) == 1
    assert all(one.told_at is not None for one in rows(office, Question))


def test_who_asked_in_two_chats_is_told_in_both(
    office: Office, guest: Conversation, curator: Conversation
) -> None:
    on_telegram = office.also_on(guest, "telegram")
    ask_and_send(guest)
    ask_and_send(on_telegram)
    assert "(ผู้ถาม 1 คน)" in curator.say("/queue")

    answer(curator)

    assert len(told(guest)) == len(told(on_telegram)) == 1


def test_an_answer_can_be_sent_on_and_stays_where_it_is(guest: Conversation, curator: Conversation) -> None:
    guest.say(YEARLY)
    guest.press("ถามกองการต่างประเทศ")
    [sent] = guest.answer

    assert sent.text == "ส่งคำถามแล้ว จะแจ้งคำตอบในแชตนี้"
    assert sent.edit is None
    assert "[ต้องมีกิจกรรมปีละกี่ครั้ง · 1 คน]" in curator.say("/queue")


def test_a_long_queue_is_turned_by_pages(office: Office, curator: Conversation) -> None:
    for number in range(10):
        ask_and_send(office.person(f"ผู้ถาม {number}"), f"ขอหวยงวดที่ {number + 1}")

    curator.say("/queue")
    assert len(curator.buttons()) == 9
    curator.press("ถัดไป")
    assert curator.buttons() == ["ขอหวยงวดที่ 9 · 1 คน", "ขอหวยงวดที่ 10 · 1 คน", "ก่อนหน้า"]
    curator.press("ก่อนหน้า")
    assert curator.buttons()[0] == "ขอหวยงวดที่ 1 · 1 คน"


# ------------------------------------------------------------------ answering


def test_an_answer_reaches_everybody_who_asked_in_their_own_words(
    office: Office, guest: Conversation, officer: Conversation, curator: Conversation
) -> None:
    ask_and_send(guest)
    ask_and_send(officer, "ขอหวยงวดนี้ครับ")
    open_inquiry(curator)
    assert "พิมพ์คำตอบ" in curator.press("ตอบคำถามนี้")
    assert "พิมพ์ที่มา" in curator.say("งดให้เลข\nเรื่องนี้อยู่นอกแนวทาง")
    preview = curator.say(f"ที่มา: {SOURCE}")
    assert "งดให้เลข\nเรื่องนี้อยู่นอกแนวทาง" in preview
    assert f"ที่มา: {SOURCE}" in preview
    assert told(guest) == []

    assert "ส่งคำตอบถึงผู้ถามแล้ว" in curator.press("ส่งคำตอบ")

    said = f"งดให้เลข\nเรื่องนี้อยู่นอกแนวทาง\nที่มา: {SOURCE}"
    assert told(guest) == [f"คำตอบจากกองการต่างประเทศ สป.มท.\nคำถาม: ขอหวยงวดนี้\n{said}"]
    assert told(officer) == [f"คำตอบจากกองการต่างประเทศ สป.มท.\nคำถาม: ขอหวยงวดนี้ครับ\n{said}"]
    assert told(guest) == told(officer) == []
    assert curator.say("/queue") == "ไม่มีคำถามที่รอตอบ\n[ฉบับร่างรออนุมัติ (1)]"
    done = [one.action for one in rows(office, AuditEvent)]
    assert done == ["inquiry.opened", "inquiry.joined", "entry.drafted", "inquiry.answered"]


def test_an_answer_becomes_a_draft_of_an_entry(
    office: Office, guest: Conversation, officer: Conversation, neighbour: Conversation, curator: Conversation
) -> None:
    """Long answers go on in the detail: an entry's answer has six lines at most."""
    ask_and_send(guest)
    ask_and_send(officer, "ขอหวยงวดนี้ครับ")
    ask_and_send(neighbour, "ขอ หวยงวดนี้ครับ")
    answer(curator, "\n".join(f"บรรทัดที่ {number}" for number in range(1, 9)))

    [draft] = rows(office, FaqRevision)
    [inquiry] = rows(office, Inquiry)
    assert (draft.entry_id, draft.change, draft.state) == (f"asked-{inquiry.id}", "answered", "draft")
    assert draft.inquiry_id == inquiry.id
    entry = FaqEntry.model_validate(draft.body)
    assert (entry.id, entry.question, entry.phrasings) == (draft.entry_id, UNKNOWN, ("ขอหวยงวดนี้ครับ",))
    assert entry.answer.splitlines()[-1] == "บรรทัดที่ 6"
    assert entry.detail == "บรรทัดที่ 7\nบรรทัดที่ 8"
    assert (entry.sources[0].cited, entry.as_of, entry.known) == (SOURCE, "2568", True)
    assert entry.confidence == "official_text"  # a letter is no web page
    assert (inquiry.state, inquiry.entry_id, inquiry.source) == ("answered", entry.id, SOURCE)


def test_nothing_typed_is_lost_by_a_restart(
    office: Office, guest: Conversation, curator: Conversation
) -> None:
    ask_and_send(guest)
    open_inquiry(curator)
    curator.press("ตอบคำถามนี้")
    office.restart()
    curator.say("งดให้เลข")
    office.restart()
    assert "ที่มา:" in curator.say("/ask ต้องมีกิจกรรมปีละกี่ครั้ง")
    curator.say("/help")
    office.restart()

    open_inquiry(curator)
    assert "พิมพ์ที่มา" in curator.press("ตอบคำถามนี้")
    curator.say(SOURCE)
    office.restart()
    curator.press("ส่งคำตอบ")

    assert ["งดให้เลข" in letter for letter in told(guest)] == [True]


def test_a_source_that_says_nothing_is_asked_again(guest: Conversation, curator: Conversation) -> None:
    ask_and_send(guest)
    open_inquiry(curator)
    curator.press("ตอบคำถามนี้")
    curator.say("งดให้เลข")

    assert "พิมพ์ที่มา" in curator.say("ที่มา: –")


def test_what_was_typed_for_one_question_outlasts_the_answer_to_another(
    guest: Conversation, officer: Conversation, curator: Conversation
) -> None:
    ask_and_send(guest)
    ask_and_send(officer, "ขอสูตรทำขนมไทย")
    open_inquiry(curator, 0)
    curator.press("ตอบคำถามนี้")
    curator.say("งดให้เลข")
    open_inquiry(curator, 1)
    curator.press("ตอบคำถามนี้")
    curator.say("งดให้สูตร")
    curator.say(SOURCE)
    curator.press("ส่งคำตอบ")

    open_inquiry(curator, 0)
    assert "พิมพ์ที่มา" in curator.press("ตอบคำถามนี้")
    assert "งดให้เลข" in curator.say(SOURCE)


def test_cancelling_something_else_leaves_what_was_typed_for_a_question(
    guest: Conversation, curator: Conversation
) -> None:
    ask_and_send(guest)
    open_inquiry(curator)
    curator.press("ตอบคำถามนี้")
    curator.say("งดให้เลข")
    open_inquiry(curator)
    curator.press("แจ้งว่าตอบไม่ได้")
    curator.press("พิมพ์เหตุผล")
    assert curator.say("/cancel") == "ยกเลิกแล้ว"

    open_inquiry(curator)
    assert "พิมพ์ที่มา" in curator.press("ตอบคำถามนี้")


def test_answer_and_source_can_be_changed_before_they_go_out(
    guest: Conversation, curator: Conversation
) -> None:
    ask_and_send(guest)
    open_inquiry(curator)
    curator.press("ตอบคำถามนี้")
    curator.say("คำตอบเดิม")
    curator.say("ที่มาเดิม")

    assert "คำตอบเดิม" in curator.press("แก้คำตอบ")
    assert "คำตอบใหม่" in curator.say("คำตอบใหม่")
    assert "ที่มาเดิม" in curator.press("แก้ที่มา")
    assert "คำตอบใหม่" in curator.press("ย้อนกลับ")
    curator.press("แก้ที่มา")
    curator.say("หนังสือใหม่ ปี 2569")
    curator.press("ส่งคำตอบ")

    [letter] = told(guest)
    assert "คำตอบใหม่\nที่มา: หนังสือใหม่ ปี 2569" in letter
    assert "เดิม" not in letter


def test_a_number_is_an_answer_and_presses_nothing(guest: Conversation, curator: Conversation) -> None:
    ask_and_send(guest)
    open_inquiry(curator)
    curator.press("ตอบคำถามนี้")

    assert "พิมพ์ที่มา" in curator.say("1")


@pytest.mark.parametrize(("said_before", "most"), [([], "3,000"), (["งดให้เลข"], "300")])
def test_too_long_an_answer_or_source_is_asked_again(
    guest: Conversation, curator: Conversation, said_before: list[str], most: str
) -> None:
    ask_and_send(guest)
    open_inquiry(curator)
    curator.press("ตอบคำถามนี้")
    for line in said_before:
        curator.say(line)

    assert f"ไม่เกิน {most} ตัวอักษร" in curator.say("ก" * 3500)

    curator.say("สั้นลงแล้ว")
    assert told(guest) == []


def test_a_longest_answer_goes_out_as_one_message(guest: Conversation, curator: Conversation) -> None:
    ask_and_send(guest, "ขอหวย " + "งวดนี้" * 100)
    answer(curator, "ก" * 3000, "ข" * 300)

    [letter] = guest.receive()
    assert len(letter.title + letter.text + letter.note) < 4000


def test_an_answer_is_dropped_on_cancelling(guest: Conversation, curator: Conversation) -> None:
    ask_and_send(guest)
    open_inquiry(curator)
    curator.press("ตอบคำถามนี้")
    curator.say("งดให้เลข")
    curator.say(SOURCE)
    assert "[ตอบคำถามนี้]" in curator.press("ยกเลิก")
    assert "พิมพ์คำตอบ" in curator.press("ตอบคำถามนี้")
    assert curator.say("/cancel") == "ยกเลิกแล้ว"
    assert curator.say("/cancel") == "ไม่มีรายการที่ทำค้างอยู่"

    assert told(guest) == []
    assert "ขอหวยงวดนี้" in curator.say("/queue")


def test_an_answer_that_waits_is_delivered_before_what_is_said_next(
    guest: Conversation, curator: Conversation
) -> None:
    ask_and_send(guest)
    answer(curator, "ตอบแล้ว")

    guest.say(YEARLY)

    assert ["ตอบแล้ว" in message.text for message in guest.answer] == [True, False]


def test_an_english_asker_is_told_in_english(
    office: Office, guest: Conversation, curator: Conversation
) -> None:
    assert "has been sent" in ask_and_send(guest, ENGLISH)
    answer(curator, "None is given.", "Source: Guideline, 2026")

    assert told(guest) == [
        "Answer from the Foreign Affairs Division, Ministry of Interior\n"
        f"Question: {ENGLISH}\nNone is given.\nSource: Guideline, 2026"
    ]


# ------------------------------------------------------------------ linking


def test_an_entry_that_is_there_is_sent_with_its_source(
    office: Office, guest: Conversation, officer: Conversation, curator: Conversation
) -> None:
    ask_and_send(guest)
    ask_and_send(officer, "ขอหวยงวดนี้ครับ")
    open_inquiry(curator)
    near = curator.buttons()[0]
    shown = curator.press(near)
    assert "[ใช้คำตอบนี้] [ย้อนกลับ]" in shown
    assert near in curator.press("ย้อนกลับ")
    curator.press(near)

    assert "ส่งคำตอบถึงผู้ถามแล้ว" in curator.press("ใช้คำตอบนี้")

    for person, asked in ((guest, UNKNOWN), (officer, "ขอหวยงวดนี้ครับ")):
        [letter] = person.receive()
        assert letter.title == "คำตอบจากกองการต่างประเทศ สป.มท."
        assert letter.text.startswith(f"คำถาม: {asked}\n")
        assert letter.note.startswith("ที่มา: ")
        assert letter.note in shown
    [inquiry], [golden] = rows(office, Inquiry), rows(office, GoldenQuestion)
    assert inquiry.state == "linked"
    assert (golden.text, golden.entry_id, golden.inquiry_id) == (UNKNOWN, inquiry.entry_id, inquiry.id)
    assert rows(office, FaqRevision) == []


def test_a_linked_entry_is_told_in_english_to_who_asked_in_english(
    guest: Conversation, curator: Conversation
) -> None:
    ask_and_send(guest, ENGLISH)
    open_inquiry(curator)
    curator.press(curator.buttons()[0])
    curator.press("ใช้คำตอบนี้")

    [letter] = told(guest)
    assert "Source: " in letter
    assert "ที่มา" not in letter


# ------------------------------------------------------------------ rejecting


def test_a_rejection_is_told_with_its_reason_and_whom_to_call(
    office: Office, guest: Conversation, curator: Conversation
) -> None:
    office.settings = office.settings.model_copy(update={"ministry_contact": "0 2000 0000"})
    office.restart()
    ask_and_send(guest)
    open_inquiry(curator)
    assert "แจ้งเหตุผลใดแก่ผู้ถาม" in curator.press("แจ้งว่าตอบไม่ได้")

    assert "แจ้งเหตุผลถึงผู้ถามแล้ว" in curator.press("นอกขอบเขตแนวทางปฏิบัติ")

    [letter] = told(guest)
    assert f"คำถาม: {UNKNOWN}" in letter
    assert "เหตุผล: นอกขอบเขตแนวทางปฏิบัติ" in letter
    assert "0 2000 0000" in letter


def test_a_reason_may_be_typed_and_a_known_one_is_told_in_the_askers_language(
    office: Office, guest: Conversation, officer: Conversation, curator: Conversation
) -> None:
    ask_and_send(guest)
    open_inquiry(curator)
    curator.press("แจ้งว่าตอบไม่ได้")
    curator.press("พิมพ์เหตุผล")
    office.restart()
    curator.say("อยู่นอกหน้าที่ของกองการต่างประเทศ")
    assert ["เหตุผล: อยู่นอกหน้าที่ของกองการต่างประเทศ" in letter for letter in told(guest)] == [True]

    ask_and_send(guest, ENGLISH)
    open_inquiry(curator)
    curator.press("แจ้งว่าตอบไม่ได้")
    curator.press("ยังไม่มีข้อมูลที่ยืนยันได้")
    [letter] = told(guest)
    assert "Reason: There is no confirmed information yet." in letter


# ------------------------------------------------------------------ decided already


def test_what_is_decided_meanwhile_is_not_decided_twice_and_shows_how(
    guest: Conversation, curator: Conversation, colleague: Conversation
) -> None:
    ask_and_send(guest)
    for person, text in ((curator, "คำตอบแรก"), (colleague, "คำตอบที่สอง")):
        open_inquiry(person)
        person.press("ตอบคำถามนี้")
        person.say(text)
        person.say(SOURCE)
    assert "ส่งคำตอบถึงผู้ถามแล้ว" in curator.press("ส่งคำตอบ")

    said = colleague.press("ส่งคำตอบ")

    assert "เรื่องนี้ดำเนินการแล้วเมื่อ 22 พ.ย. 2569: ตอบแล้ว" in said
    assert "คำตอบแรก" in said
    assert ["คำตอบแรก" in letter for letter in told(guest)] == [True]
    for label in ("ตอบคำถามนี้", "แจ้งว่าตอบไม่ได้"):
        assert "เรื่องนี้ดำเนินการแล้ว" in colleague.press(label)
    assert told(guest) == []


def test_the_same_question_gets_the_answer_at_once_when_it_was_given(
    office: Office, guest: Conversation, officer: Conversation, curator: Conversation
) -> None:
    ask_and_send(guest)
    answer(curator)

    said = ask_and_send(officer, "ขอหวยงวดนี้ครับ")

    assert "คำตอบจากกองการต่างประเทศ สป.มท.\nคำถาม: ขอหวยงวดนี้ครับ\nงดให้เลข" in said
    assert f"ที่มา: {SOURCE}" in said
    assert told(officer) == []
    assert curator.say("/queue") == "ไม่มีคำถามที่รอตอบ\n[ฉบับร่างรออนุมัติ (1)]"


def test_an_old_answer_is_not_given_for_a_new_question(
    office: Office, guest: Conversation, officer: Conversation, curator: Conversation
) -> None:
    ask_and_send(guest)
    answer(curator)
    office.clock.move(days=181)

    assert "จะแจ้งคำตอบในแชตนี้" in ask_and_send(officer)
    assert len(rows(office, Inquiry)) == 2


def test_a_question_that_was_sent_tells_what_became_of_it_when_it_is_sent_again(
    guest: Conversation, curator: Conversation
) -> None:
    guest.say(UNKNOWN)
    send = guest.button("ส่งคำถาม")
    guest.press_id(*send)
    open_inquiry(curator)
    curator.press("แจ้งว่าตอบไม่ได้")
    curator.press("นอกขอบเขตแนวทางปฏิบัติ")
    guest.receive()

    assert "เหตุผล: นอกขอบเขตแนวทางปฏิบัติ" in guest.press_id(*send)


def test_what_was_rejected_may_be_asked_again(
    guest: Conversation, officer: Conversation, curator: Conversation
) -> None:
    """That there is no information may change."""
    ask_and_send(guest)
    open_inquiry(curator)
    curator.press("แจ้งว่าตอบไม่ได้")
    curator.press("ยังไม่มีข้อมูลที่ยืนยันได้")

    assert "จะแจ้งคำตอบในแชตนี้" in ask_and_send(officer)


def test_who_sends_an_answer_back_does_not_get_the_same_answer_again(
    office: Office, guest: Conversation, officer: Conversation, curator: Conversation
) -> None:
    guest.say(YEARLY)
    guest.press("ถามกองการต่างประเทศ")
    open_inquiry(curator)
    curator.press(curator.buttons()[0])
    curator.press("ใช้คำตอบนี้")

    officer.say(YEARLY)
    assert "จะแจ้งคำตอบในแชตนี้" in officer.press("ถามกองการต่างประเทศ")
    assert len(rows(office, Inquiry)) == 2


# ------------------------------------------------------------------ who may


def test_the_queue_is_closed_to_everybody_else(
    guest: Conversation, officer: Conversation, curator: Conversation
) -> None:
    ask_and_send(guest)

    for other in (guest, officer):
        assert UNKNOWN not in other.say("/queue")


@pytest.mark.parametrize(
    ("step", "extra"),
    [
        ("queue.show", {}),
        ("queue.near", {"entry": "yearly-activity"}),
        ("queue.link", {"entry": "yearly-activity"}),
        ("queue.answer", {}),
        ("queue.source", {}),
        ("queue.preview", {}),
        ("queue.send", {}),
        ("queue.drop", {}),
        ("queue.reject", {}),
        ("queue.reject_type", {}),
        ("queue.reject_for", {"reason": "out_of_scope"}),
    ],
)
def test_an_inquiry_is_like_a_missing_one_to_who_may_not_answer(
    office: Office, guest: Conversation, officer: Conversation, step: str, extra: dict[str, str]
) -> None:
    ask_and_send(guest)

    assert forged(office, officer, step, inquiry=1, **extra) == "ไม่พบรายการนี้"
    assert forged(office, officer, step, inquiry=999, **extra) == "ไม่พบรายการนี้"
    assert [one.state for one in rows(office, Inquiry)] == ["waiting"]


def test_the_question_of_another_person_cannot_be_decided_about(
    office: Office, guest: Conversation, officer: Conversation
) -> None:
    guest.say(UNKNOWN)

    for step, extra in (
        ("ask.reason", {"reason": "unclear"}),
        ("ask.not_this", {}),
        ("ask.none", {}),
        ("ask.entry", {"entry": "yearly-activity"}),
        ("ask.send", {}),
    ):
        forged(office, officer, step, question=1, **extra)

    [kept] = rows(office, Question)
    assert (kept.chosen, kept.rating, kept.reason, kept.sent_at) == (None, None, None, None)
    assert rows(office, Inquiry) == []


def test_a_right_that_ended_ends_for_an_answer_that_was_begun(
    office: Office, guest: Conversation, curator: Conversation
) -> None:
    ask_and_send(guest)
    open_inquiry(curator)
    curator.press("ตอบคำถามนี้")
    curator.say("งดให้เลข")
    curator.say(SOURCE)
    office.clock.move(seconds=1)
    with office.database.write() as session:
        for held in session.scalars(select(Membership)):
            held.until = office.clock.now() - timedelta(seconds=1)

    assert curator.press("ส่งคำตอบ") == "ไม่พบรายการนี้"
    assert told(guest) == []


# ------------------------------------------------------------------ curators learn that something waits


def test_curators_are_told_of_new_questions_once_until_they_read_it(
    office: Office, guest: Conversation, curator: Conversation, colleague: Conversation
) -> None:
    office.clock.set_day(date(2026, 11, 24))  # a Tuesday
    ask_and_send(guest)
    ask_and_send(guest, "พรุ่งนี้ฝนจะตกไหม")
    ask_and_send(office.person("ผู้สนใจอีกคน"))  # joins what waits

    for one in (curator, colleague):
        assert ["มีคำถามใหม่" in text for text in told(one)] == [True]
    assert "คำถามที่รอตอบ 2 เรื่อง" in curator.press("คำถามที่รอตอบ")


def test_at_night_curators_are_left_alone_until_the_office_opens(
    office: Office, guest: Conversation, curator: Conversation
) -> None:
    office.clock.set_day(date(2026, 11, 24), hour=22)
    ask_and_send(guest)
    assert told(curator) == []

    office.clock.set_day(date(2026, 11, 25), hour=9)
    assert len(told(curator)) == 1


def test_an_answer_that_the_second_curator_returned_is_not_told_to_others(
    office: Office, guest: Conversation, curator: Conversation, colleague: Conversation
) -> None:
    ask_and_send(guest)
    answer(curator)
    colleague.say("/drafts")
    colleague.press(colleague.buttons()[0])
    colleague.press("ส่งกลับ")
    colleague.say("ที่มาไม่ตรงกับเรื่อง")

    assert "งดให้เลข" not in ask_and_send(office.person("ผู้สนใจอีกคน"))
    assert [one.state for one in rows(office, Inquiry)] == ["answered", "waiting"]
