"""One person on several channels."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import select

from storage import linking, people
from storage.models import AuditEvent, Draft, Identity, LinkCode, Membership, Person, Question, Reminder
from storage.models import Conversation as ConversationRow
from tests.conversations.test_leaving import person_id
from tests.conversations.test_rights import forged
from tests.support import Conversation, Office, shown

SENTENCE = "ประชุมกับเฉิงตู 3 พ.ย. 69 เรื่องท่องเที่ยว 30 คน"


@pytest.fixture
def phone(office: Office) -> Conversation:
    """The officer's other app, on which nobody knows them yet."""
    return Conversation(office, "4711", "telegram")


def code_of(person: Conversation) -> str:
    person.say("/settings")
    person.press("เชื่อมช่องทางอื่น")
    said = person.press("ขอรหัสเชื่อม")
    found = re.search(r"SL-[A-Za-z0-9_-]+", said)
    assert found is not None
    return found[0]


def test_a_code_makes_another_app_the_same_person(
    office: Office, officer: Conversation, phone: Conversation
) -> None:
    officer.say(SENTENCE)
    phone.say("/start")  # and is told what is kept
    phone.say("ขอหวยงวดนี้")
    code = code_of(officer)
    assert len(code) >= 25

    assert "เชื่อมช่องทางแล้ว" in phone.say(code)

    assert "สำนักงานจังหวัดเชียงใหม่" in phone.say("/start")
    phone.press("ทำรายการต่อ")
    assert "บันทึกแล้ว" in phone.press("บันทึก")
    assert "ช่องทาง: หน้าแชต, Telegram (ช่องทางนี้)" in phone.say("/mydata")
    assert "คำถามที่เก็บไว้: 1 รายการ" in phone.last
    told = "\n".join(shown(one) for one in officer.receive())
    assert "เชื่อมกับ Telegram แล้ว" in told
    with office.database.read() as session:
        assert set(session.scalars(select(Identity.person_id))) == {person_id(office, officer)}
        hashes = session.scalars(select(LinkCode.code_hash)).all()
        assert code not in hashes
        assert code not in str([one.detail for one in session.scalars(select(AuditEvent))])


def test_a_code_works_once_for_a_quarter_of_an_hour_and_the_newest_counts(
    office: Office, officer: Conversation, phone: Conversation
) -> None:
    first, second = code_of(officer), code_of(officer)
    assert "ใช้ไปแล้ว" in phone.say(first)
    office.clock.move(minutes=15)
    assert "หมดอายุแล้ว" in phone.say(second)
    third = code_of(officer)
    office.clock.move(minutes=14)
    assert "เชื่อมช่องทางแล้ว" in phone.say(third)

    assert "ใช้ไปแล้ว" in office.person("คนอื่น").say(third)


def test_wrong_codes_count_with_those_of_invitations(
    office: Office, officer: Conversation, phone: Conversation
) -> None:
    code = code_of(officer)
    for _ in range(3):
        assert "ไม่พบรหัสนี้" in phone.say("SL-AAAAAAAAAAAAAAAAAAAAAA")
    for _ in range(2):
        phone.say("SC-AAAAAAAAAAAAAAAAAAAAAA")

    assert "ลองใหม่ได้ในอีก 1 ชั่วโมง" in phone.say(code)


def test_the_own_code_on_the_same_channel_changes_nothing(officer: Conversation) -> None:
    assert "พิมพ์รหัสในแชตกับผู้ช่วยบนอีกแอป" in officer.say(code_of(officer))


def test_a_code_that_was_typed_in_a_group_is_worth_nothing_any_more(
    office: Office, officer: Conversation, phone: Conversation
) -> None:
    code = code_of(officer)
    group = Conversation(office, phone.name, "telegram", group="กลุ่มงาน")

    assert "แชตส่วนตัว" in group.say(code)

    assert "ใช้ไปแล้ว" in phone.say(code)
    assert "[ขอสิทธิ์ใช้งาน]" in phone.say("/start")


def test_two_who_both_serve_are_asked_first(
    office: Office, officer: Conversation, ministry: Conversation
) -> None:
    code = code_of(officer)
    said = ministry.say(code)
    assert "รหัสนี้เป็นของ สมศรี (เจ้าหน้าที่ เชียงใหม่)" in said
    assert "เชื่อมเฉพาะเมื่อเป็นตัวท่านเอง" in said
    assert "ยังไม่มีการเปลี่ยนแปลงใด" in ministry.press("ไม่เชื่อม")
    assert "สำนักงานจังหวัด" not in ministry.say("/start")

    ministry.say(code)
    assert "เชื่อมช่องทางแล้ว" in ministry.press("เป็นคนเดียวกัน เชื่อม")

    assert "ตรวจรายชื่อคู่" in ministry.say("/start")
    said = ministry.say("/start")
    assert "สำนักงานจังหวัดเชียงใหม่ (เจ้าหน้าที่ · ผู้ดูแลเนื้อหา ส่วนกลาง" in said
    assert "[บันทึกกิจกรรม]" in said
    assert "[คำถามที่รอตอบ]" in said
    officer.receive()
    assert said.split("\n")[0] == officer.say("/start").split("\n")[0]


def test_a_confirmation_that_comes_too_late_links_nobody(
    office: Office, officer: Conversation, ministry: Conversation
) -> None:
    ministry.say(code_of(officer))
    office.clock.move(minutes=16)

    assert "หมดอายุแล้ว" in ministry.press("เป็นคนเดียวกัน เชื่อม")

    with office.database.read() as session:
        assert len(set(session.scalars(select(Membership.person_id)))) == 2


def test_a_post_that_both_held_stays_once_and_no_reminder_is_repeated(
    office: Office, officer: Conversation
) -> None:
    other = office.person("สมศรีอีกเครื่อง", "officer", "TH-50", "telegram")
    office.clock.move(days=1)
    office.plan()
    assert [one.title for one in officer.receive()] == [one.title for one in other.receive()] != []
    other.say(code_of(officer))
    other.press("เป็นคนเดียวกัน เชื่อม")
    assert len(officer.receive()) == 1

    office.clock.move(days=1)
    office.plan()

    assert officer.receive() == other.receive() == []
    with office.database.read() as session:
        standing = session.scalars(select(Membership).where(Membership.until.is_(None))).all()
        assert len(standing) == 1
        owner = session.get_one(Person, standing[0].person_id)
        assert set(session.scalars(select(Reminder.recipient).where(Reminder.state == "sent"))) >= {
            owner.public_id
        }


def test_in_a_chat_that_both_talked_in_one_conversation_stays(
    office: Office, officer: Conversation, phone: Conversation
) -> None:
    """Somebody who unlinks a channel and links it again comes back to their old conversation."""
    phone.say(code_of(officer))
    officer.say("/settings")
    officer.press("เชื่อมช่องทางอื่น")
    officer.press("ยกเลิกการเชื่อม Telegram")
    officer.press("ยกเลิกการเชื่อม Telegram")
    phone.say("/start")

    assert "เชื่อมช่องทางแล้ว" in phone.say(code_of(officer))

    assert "สำนักงานจังหวัดเชียงใหม่" in phone.say("/start")
    with office.database.read() as session:
        owner = person_id(office, officer)
        rows = session.scalars(select(ConversationRow).where(ConversationRow.person_id == owner)).all()
        assert len(rows) == len({one.chat_id for one in rows}) == 2


def test_a_channel_is_taken_out_and_is_a_guest_from_then_on(
    office: Office, officer: Conversation, phone: Conversation
) -> None:
    phone.say(code_of(officer))
    phone.say(SENTENCE)
    save = phone.button("บันทึก")
    officer.say("/settings")
    officer.press("เชื่อมช่องทางอื่น")
    said = officer.press("ยกเลิกการเชื่อม Telegram")
    assert "จะใช้สิทธิ์จากช่องทางนั้นไม่ได้" in said

    assert "ยกเลิกการเชื่อมแล้ว" in officer.press("ยกเลิกการเชื่อม Telegram")

    assert "ชื่อ: ไม่ระบุชื่อ" in phone.say("/mydata")
    assert "ส่วนนี้สำหรับเจ้าหน้าที่จังหวัด" in phone.press_id(*save)
    assert "[ขอสิทธิ์ใช้งาน]" in phone.say("/start")
    officer.say("/log")
    assert "ผู้เข้าร่วม: 30 คน" in officer.press("ทำรายการต่อ")


def test_the_channel_on_which_it_is_said_stays(office: Office, officer: Conversation) -> None:
    with office.database.read() as session:
        identity = people.find_identity(session, "web", officer.name)
        assert identity is not None
    stranger = office.person("ผู้สนใจ")

    for person in (officer, stranger):
        assert forged(office, person, "link.out", identity=identity.id) == "ไม่พบรายการนี้"
    with office.database.read() as session:
        assert len(linking.list_identities(session, identity.person_id)) == 1


def test_what_a_guest_began_is_the_members(
    office: Office, officer: Conversation, phone: Conversation
) -> None:
    helper = office.person("4711", "officer", "TH-50", "telegram")
    helper.say(SENTENCE)
    office.leave(helper)
    phone.say("ต้องมีกิจกรรมปีละกี่ครั้ง")
    phone.say(code_of(officer))

    with office.database.read() as session:
        owner = person_id(office, officer)
        assert set(session.scalars(select(Draft.person_id))) == {owner}
        assert set(session.scalars(select(Question.person_id))) == {owner}
        assert sorted(session.scalars(select(Membership.person_id))) == [owner, owner]
