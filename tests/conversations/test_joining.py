"""Being let in by a code: the notice first, one press, and what a code that cannot be used says."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Table, select

from storage import people
from storage.models import (
    AuditEvent,
    Base,
    Choice,
    Identity,
    Invitation,
    Membership,
    Outbox,
    Person,
    Question,
)
from tests.conversations.test_people import WRONG, invitation
from tests.conversations.test_rights import forged
from tests.support import Conversation, Office

ONE_ENGINE = True

JOIN, NOT_JOIN = "รับทราบและเข้าใช้งาน", "ไม่เข้าใช้งาน"
NOTICE = "แจ้งเพื่อทราบ (ไม่ใช่การขอความยินยอม)"
SHORT = "แจ้งเพื่อทราบ: นับจากข้อความถัดไป"
QUESTION = "ต้องมีกิจกรรมปีละกี่ครั้ง"
CODE = re.compile(r"SC-[A-Za-z0-9_-]{22}")


@pytest.fixture
def head(office: Office) -> Conversation:
    """Of Chiang Mai."""
    return office.person("วิชัย", "head", "TH-50")


@pytest.fixture
def group_head(office: Office) -> Conversation:
    return office.person("อารี", "group_head", "TH-50")


def person_of(office: Office, known: Conversation) -> Person:
    with office.database.read() as session:
        identity = people.find_identity(session, known.channel, known.name)
        assert identity is not None
        return session.get_one(Person, identity.person_id)


def seats(office: Office, known: Conversation) -> list[Membership]:
    person = person_of(office, known)
    with office.database.read() as session:
        return list(people.list_memberships(session, person.id, office.clock.now()))


def invitations_of(office: Office) -> list[Invitation]:
    with office.database.read() as session:
        return list(session.scalars(select(Invitation).order_by(Invitation.id)))


def rows_with(office: Office, text: str) -> list[str]:
    """Every table in which a text stands, in any column."""
    found = []
    with office.database.read() as session:
        for table in Base.metadata.sorted_tables:
            assert isinstance(table, Table)
            if any(text in str(value) for row in session.execute(select(table)) for value in row):
                found.append(table.name)
    return found


def code_in(said: str) -> str:
    found = CODE.search(said)
    assert found is not None, said
    return found[0]


def made_by(head: Conversation) -> str:
    head.say("/invite")
    head.press("เจ้าหน้าที่")
    return code_in(head.press("ออกรหัสเชิญ"))


# ------------------------------------------------------------------ the notice before anything is kept


def test_a_strangers_first_question_is_answered_at_once_with_the_notice_and_not_kept_as_theirs(
    office: Office,
) -> None:
    stranger = office.stranger("Somchai P.")

    said = stranger.say(QUESTION)

    assert "อย่างน้อยปีละ 1 ครั้ง" in said
    assert SHORT in said
    assert person_of(office, stranger).name == ""
    with office.database.read() as session:
        [kept] = session.scalars(select(Question))
        assert (kept.person_id, kept.chat_id, kept.inbox_id) == (None, None, None)
    assert rows_with(office, "Somchai P.") == []


def test_what_nobody_knows_is_not_said_back_to_a_stranger(office: Office) -> None:
    stranger = office.stranger("77")

    said = stranger.say("ขอหวยงวดนี้")

    assert "ยังไม่มีคำตอบที่ยืนยันได้สำหรับคำถามนี้" in said
    assert SHORT in said
    assert rows_with(office, "ขอหวยงวดนี้") == ["question"]


def test_after_the_notice_name_and_questions_are_kept_and_the_notice_does_not_come_again(
    office: Office,
) -> None:
    stranger = office.stranger("สมชาย")
    stranger.say("/start")

    assert SHORT not in stranger.say(QUESTION)

    person = person_of(office, stranger)
    assert (person.name, person.noticed_at) == ("สมชาย", office.clock.now())
    with office.database.read() as session:
        assert [one.person_id for one in session.scalars(select(Question))] == [person.id]
        noted = [one for one in session.scalars(select(AuditEvent)) if one.action == "person.noticed"]
        assert [(one.person_id, one.detail["how"]) for one in noted] == [(person.id, "first message")]


def test_a_first_question_that_is_sent_to_the_ministry_becomes_the_senders(
    office: Office, ministry: Conversation
) -> None:
    stranger = office.stranger("สมชาย")
    stranger.say("ขอหวยงวดนี้")

    assert "ส่งคำถามแล้ว" in stranger.press("ส่งคำถาม")

    with office.database.read() as session:
        [kept] = session.scalars(select(Question))
        assert kept.person_id == person_of(office, stranger).id
    ministry.say("/queue")
    assert "ขอหวยงวดนี้" in ministry.last


def test_the_first_word_in_a_group_brings_the_notice_too(office: Office) -> None:
    stranger = office.stranger("สมชาย")
    stranger.group = "กลุ่มจังหวัด"

    assert SHORT in stranger.say(QUESTION)
    assert person_of(office, stranger).name == ""


def test_a_member_of_before_gets_the_notice_once_at_the_next_start(office: Office) -> None:
    officer = office.person("สมศรี", "officer", "TH-50", noticed=False)
    assert NOTICE not in officer.say(QUESTION)

    assert NOTICE in officer.say("/start")
    assert "บันทึกกิจกรรม" in officer.buttons()

    assert NOTICE not in officer.say("/start")
    assert person_of(office, officer).noticed_at == office.clock.now()


def test_after_their_data_was_erased_a_person_is_told_anew(office: Office, guest: Conversation) -> None:
    office.clock.move(hours=1)
    with office.database.write() as session:
        session.get_one(Person, person_of(office, guest).id).erased_at = office.clock.now()
    office.clock.move(hours=1)

    assert SHORT in guest.say(QUESTION)
    assert SHORT not in guest.say(QUESTION)


# ------------------------------------------------------------------ by a link or a code


def test_a_link_shows_the_notice_and_one_press_lets_in(office: Office, head: Conversation) -> None:
    office.settings = office.settings.model_copy(update={"dpo_contact": "dpo@example.go.th"})
    office.restart()
    code = made_by(head)
    stranger = office.stranger("มานี")

    said = stranger.say(f"/start {code}")

    assert "คำเชิญ: เจ้าหน้าที่ จังหวัดเชียงใหม่" in said
    for part in (NOTICE, "เก็บ:", "เพื่อ:", "นานเท่าใด:", "ผู้เห็น:", "สิทธิ:", "dpo@example.go.th"):
        assert part in said
    assert stranger.buttons() == [JOIN, NOT_JOIN]
    assert seats(office, stranger) == []
    assert person_of(office, stranger).name == ""
    assert person_of(office, stranger).noticed_at is None
    assert invitations_of(office)[0].used_at is None
    assert rows_with(office, code) == []  # no button carries it either
    assert rows_with(office, "มานี") == []

    said = stranger.press(JOIN)

    assert "เข้าใช้งานในนามสำนักงานจังหวัดเชียงใหม่ (เจ้าหน้าที่) เรียบร้อยแล้ว" in said
    [seat] = seats(office, stranger)
    assert (seat.role, seat.province_code) == ("officer", "TH-50")
    assert seat.granted_by == person_of(office, head).id
    joined = person_of(office, stranger)
    assert (joined.name, joined.noticed_at) == ("มานี", office.clock.now())
    with office.database.read() as session:
        actions = [one.action for one in session.scalars(select(AuditEvent).order_by(AuditEvent.id))]
        assert actions == ["invitation.made", "person.noticed", "invitation.used"]


def test_who_declines_leaves_nothing_and_the_code_works_on(office: Office, head: Conversation) -> None:
    code = made_by(head)
    stranger = office.stranger("มานี")
    stranger.say(code)

    assert "ไม่ได้เก็บข้อมูลเพิ่ม" in stranger.press(NOT_JOIN)

    assert person_of(office, stranger).name == ""
    assert seats(office, stranger) == []
    stranger.say(code)
    assert "เรียบร้อยแล้ว" in stranger.press(JOIN)


@pytest.mark.parametrize(
    "typed",
    [
        "{}",
        "https://t.me/a_bot?start={}",
        "คำเชิญ: เจ้าหน้าที่\nเปิดลิงก์\nhttps://t.me/a_bot?start={}\n{}\nใช้ได้ถึง 25 พ.ย. 2569",
    ],
)
def test_a_code_is_read_wherever_it_stands(office: Office, guest: Conversation, typed: str) -> None:
    code = invitation(office)

    assert NOTICE in guest.say(typed.format(code, code))


def test_the_press_is_refused_when_the_code_was_used_meanwhile(
    office: Office, head: Conversation, guest: Conversation
) -> None:
    code = made_by(head)
    other = office.person("คนถัดไป")
    guest.say(code)
    other.say(code)
    other.press(JOIN)

    assert "รหัสนี้ใช้ไปแล้ว" in guest.press(JOIN)
    assert guest.buttons() == ["เขียนคำขอ"]
    assert seats(office, guest) == []


def test_the_press_is_refused_when_the_code_ran_out_or_was_withdrawn_meanwhile(
    office: Office, head: Conversation, guest: Conversation
) -> None:
    guest.say(made_by(head))
    office.clock.move(hours=72)
    assert "รหัสนี้หมดอายุแล้ว" in guest.press(JOIN)

    guest.say(made_by(head))
    head.say("คำเชิญที่เปิดอยู่")
    head.press("ยกเลิก 1")
    assert "ผู้เชิญยกเลิกรหัสนี้แล้ว" in guest.press(JOIN)
    assert seats(office, guest) == []


def test_five_wrong_codes_stop_the_press_too(office: Office, head: Conversation, guest: Conversation) -> None:
    guest.say(made_by(head))
    for _ in range(5):
        guest.say(WRONG)

    assert "ลองใหม่ได้ในอีก 1 ชั่วโมง" in guest.press(JOIN)
    assert seats(office, guest) == []


def test_an_invitation_lets_in_only_who_gave_its_code_here(
    office: Office, head: Conversation, guest: Conversation
) -> None:
    """The number of an invitation is no code: it is like a missing one, and nothing is left behind."""
    made_by(head)
    [one] = invitations_of(office)
    guest.say(invitation(office))  # another one, which this person may take up
    with office.database.read() as session:
        before = session.scalars(select(AuditEvent.id)).all()

    there = forged(office, guest, "join.accept", invitation=one.id)

    assert there == forged(office, guest, "join.accept", invitation=999_999)
    assert "ไม่พบรหัสนี้" in there
    assert seats(office, guest) == []
    with office.database.read() as session:
        assert session.scalars(select(AuditEvent.id)).all() == before


def test_a_code_that_was_read_in_one_chat_lets_nobody_in_from_another(
    office: Office, head: Conversation, guest: Conversation
) -> None:
    guest.say(made_by(head))
    [one] = invitations_of(office)
    other = office.person("คนถัดไป")

    forged(office, other, "join.accept", invitation=one.id)

    assert seats(office, other) == []
    assert "เรียบร้อยแล้ว" in guest.press(JOIN)


def test_of_two_codes_that_were_read_the_first_can_still_be_taken_up(
    office: Office, head: Conversation, guest: Conversation
) -> None:
    guest.say(made_by(head))
    press, card = guest.button(JOIN)
    guest.say(invitation(office, "group_head"))

    assert "(เจ้าหน้าที่) เรียบร้อยแล้ว" in guest.press_id(press, card)


def test_pressing_twice_lets_in_once(office: Office, head: Conversation, guest: Conversation) -> None:
    guest.say(made_by(head))
    press, card = guest.button(JOIN)
    guest.press_id(press, card)

    assert "ใช้รหัสนี้เข้าใช้งานไปแล้ว" in guest.press_id(press, card)
    assert len(seats(office, guest)) == 1


def test_who_has_the_membership_already_does_not_use_the_code_up(
    office: Office, head: Conversation, officer: Conversation, guest: Conversation
) -> None:
    code = made_by(head)

    assert "มีสิทธิ์ตามรหัสนี้อยู่แล้ว" in officer.say(f"/start {code}")

    guest.say(code)
    assert "เรียบร้อยแล้ว" in guest.press(JOIN)


def test_a_code_is_not_taken_in_a_group(office: Office, head: Conversation, guest: Conversation) -> None:
    code = made_by(head)
    guest.group = "กลุ่มจังหวัด"

    assert "ในกลุ่มใช้รหัสไม่ได้" in guest.say(code)
    assert "ในกลุ่มใช้รหัสไม่ได้" in guest.say(f"/start {code}")

    guest.group = None
    guest.say(code)
    assert "เรียบร้อยแล้ว" in guest.press(JOIN)


def test_an_acting_head_is_head_until_the_end_of_the_last_day(office: Office, guest: Conversation) -> None:
    with office.database.write() as session:
        code, _ = people.add_invitation(
            session,
            "head",
            "TH-50",
            office.clock.now(),
            office.clock.now() - office.clock.now(),
            acting_until=date(2026, 11, 24),
        )
        session.scalars(select(Invitation)).one().expires_at = datetime(2026, 11, 25, tzinfo=ZoneInfo("UTC"))
    guest.say(code)

    assert "ผู้รักษาราชการแทนหัวหน้าสำนักงานจังหวัด" in guest.press(JOIN)
    assert "เชิญเข้าใช้งาน" in guest.say("/help")

    office.clock.set_day(date(2026, 11, 24), hour=23)
    assert "เชิญเข้าใช้งาน" in guest.say("/help")
    office.clock.set_day(date(2026, 11, 25), hour=0)
    assert "เชิญเข้าใช้งาน" not in guest.say("/help")


def test_the_post_is_added_by_the_person_after_joining(
    office: Office, head: Conversation, guest: Conversation
) -> None:
    guest.say(made_by(head))
    guest.press(JOIN)
    guest.press("ระบุตำแหน่ง")

    assert "120" in guest.say("ก" * 121)
    assert "บันทึกตำแหน่งแล้ว: นักวิเทศสัมพันธ์" in guest.say("นักวิเทศสัมพันธ์")

    [seat] = seats(office, guest)
    assert seat.post == "นักวิเทศสัมพันธ์"


# ------------------------------------------------------------------ inviting


def test_a_code_is_shown_once_and_stands_in_no_row(office: Office, head: Conversation) -> None:
    code = made_by(head)

    assert rows_with(office, code) == []
    assert invitations_of(office)[0].code_hash == people.hash_code(code)
    assert code not in head.say("คำเชิญที่เปิดอยู่")


def test_the_code_comes_with_a_picture_of_it(head: Conversation) -> None:
    made_by(head)

    [message] = head.answer
    assert message.file is not None
    assert message.file.mime == "image/png"
    assert message.file.read().startswith(b"\x89PNG")
    assert "ใช้ได้ถึง 25 พ.ย. 2569 10.00 น." in message.text


def test_on_telegram_there_is_a_link_that_opens_the_chat(office: Office) -> None:
    head = office.person("วิชัย", "head", "TH-50", channel="telegram")
    with office.database.write() as session:
        people.remember_bot_name(session, "telegram", "sister_bot")

    code = made_by(head)

    assert f"https://t.me/sister_bot?start={code}" in head.last
    assert rows_with(office, code) == []


def test_a_duty_phones_invitation_makes_a_membership_that_is_one(
    office: Office, head: Conversation, guest: Conversation
) -> None:
    head.say("เชิญเจ้าหน้าที่")
    head.press("เจ้าหน้าที่")
    head.press("เป็นโทรศัพท์เวร")
    guest.say(code_in(head.press("ออกรหัสเชิญ")))
    guest.press(JOIN)

    [seat] = seats(office, guest)
    assert seat.office_held


def test_a_head_invites_no_head_and_the_ministry_no_officer(
    head: Conversation, ministry: Conversation
) -> None:
    head.say("/invite")
    assert head.buttons() == ["เจ้าหน้าที่", "หัวหน้ากลุ่มงาน", "รหัสในหนังสือราชการ"]
    ministry.say("/invite")
    assert ministry.buttons() == ["หัวหน้าสำนักงานจังหวัด", "รหัสในหนังสือราชการ"]


def test_the_ministry_types_the_province_and_look_alikes_are_asked(
    office: Office, ministry: Conversation, guest: Conversation
) -> None:
    ministry.say("/invite")
    ministry.press("หัวหน้าสำนักงานจังหวัด")
    assert "หมายถึงจังหวัดใด" in ministry.say("หาดใหญ่")
    assert "หมายถึงจังหวัดใด" in ministry.say("ระยนอง")
    assert set(ministry.buttons()) == {"ระนอง", "ระยอง", "ยกเลิก"}
    ministry.press("ระนอง")
    guest.say(code_in(ministry.press("ออกรหัสเชิญ")))
    guest.press(JOIN)

    [seat] = seats(office, guest)
    assert (seat.role, seat.province_code) == ("head", "TH-85")


@pytest.mark.parametrize("role", ["officer", "operator", None])
def test_others_may_not_invite(office: Office, role: str | None) -> None:
    person = office.person("อารี", role, "TH-50" if role == "officer" else None)
    assert "เชิญเข้าใช้งาน" not in person.say("/start")
    assert "การเชิญเป็นหน้าที่ของหัวหน้าสำนักงานจังหวัด" in person.say("/invite")


@pytest.mark.parametrize(
    ("role", "province"), [("officer", "TH-49"), ("head", "TH-50"), ("ministry", "TH-50"), ("officer", "x")]
)
def test_a_forged_button_invites_nobody_beyond_the_right(
    office: Office, head: Conversation, role: str, province: str
) -> None:
    args: dict[str, Any] = {"role": role, "province": province}
    head.say("/start")
    assert "ไม่พบรายการนี้" in forged(office, head, "invite.make", **args)
    assert "ไม่พบ" in forged(office, head, "invite.card", **args)
    assert "ไม่พบรายการนี้" in forged(office, head, "invite.prepare", **args)

    assert invitations_of(office) == []


def test_open_invitations_are_limited(office: Office, head: Conversation) -> None:
    for _ in range(20):
        made_by(head)
    head.say("/invite")
    head.press("เจ้าหน้าที่")

    assert "ครบจำนวนแล้ว" in head.press("ออกรหัสเชิญ")
    head.press("คำเชิญที่เปิดอยู่")
    head.press("ถัดไป")
    head.press("ยกเลิก 9")
    assert made_by(head)
    assert len(invitations_of(office)) == 21


def test_the_list_of_open_ones_says_role_province_and_until_when(head: Conversation) -> None:
    made_by(head)

    assert "1. เจ้าหน้าที่ · เชียงใหม่ · ถึง 25 พ.ย. 2569 10.00 น." in head.say("คำเชิญที่เปิดอยู่")
    assert "ยกเลิกคำเชิญแล้ว" in head.press("ยกเลิก 1")
    assert "ไม่มีคำเชิญที่เปิดอยู่" in head.press("คำเชิญที่เปิดอยู่")


def test_nobody_withdraws_anothers_invitation(
    office: Office, head: Conversation, officer: Conversation
) -> None:
    made_by(head)
    [one] = invitations_of(office)
    officer.say("/start")

    assert "ไม่พบ" in forged(office, officer, "invite.withdraw", invitation=one.id)
    assert invitations_of(office)[0].withdrawn_at is None


def test_in_a_group_nothing_is_made_or_shown(office: Office, head: Conversation) -> None:
    head.group = "กลุ่มจังหวัด"

    assert "เฉพาะในแชตส่วนตัว" in head.say("/invite")
    assert "เฉพาะในแชตส่วนตัว" in head.say("คำเชิญที่เปิดอยู่")
    assert invitations_of(office) == []


# ------------------------------------------------------------------ codes for an official letter


def prepared_by(group_head: Conversation) -> str:
    group_head.say("/invite")
    if "รหัสในหนังสือราชการ" in group_head.buttons():
        group_head.press("รหัสในหนังสือราชการ")
    group_head.press("เจ้าหน้าที่")
    return group_head.press("เสนอหัวหน้าสำนักงาน")


def monday(office: Office) -> None:
    office.clock.set_day(date(2026, 11, 23))


def test_a_letters_code_is_shown_to_who_prepared_it_once_the_head_approved(
    office: Office, head: Conversation, group_head: Conversation, guest: Conversation
) -> None:
    assert "เสนอหัวหน้าสำนักงานจังหวัดแล้ว" in prepared_by(group_head)
    assert "รออนุมัติ" in group_head.say("คำเชิญที่เปิดอยู่")
    assert group_head.buttons() == ["ยกเลิก 1"]
    monday(office)
    [asked] = head.receive()
    assert "ผู้เสนอ: อารี" in asked.text

    assert "อนุมัติแล้ว" in head.press("อนุมัติ")
    assert CODE.search(head.last) is None

    [told] = group_head.receive()
    assert told.title == "อนุมัติรหัสในหนังสือราชการแล้ว"
    code = code_in(group_head.press("แสดงรหัส"))
    assert "ใช้ได้ถึง 23 ธ.ค. 2569" in group_head.last
    assert rows_with(office, code) == []
    assert "รหัสนี้แสดงไปแล้ว" in group_head.press("แสดงรหัส")

    office.clock.move(days=29)
    guest.say(code)
    guest.press(JOIN)
    [seat] = seats(office, guest)
    assert (seat.role, seat.granted_by) == ("officer", person_of(office, head).id)


def test_a_letter_that_is_not_approved_has_no_code(
    office: Office, head: Conversation, group_head: Conversation, guest: Conversation
) -> None:
    prepared_by(group_head)
    [one] = invitations_of(office)

    assert "ไม่พบรายการนี้" in forged(office, group_head, "invite.issue", invitation=one.id)
    assert "ไม่พบรายการนี้" in forged(office, group_head, "invite.decide", invitation=one.id, approve=True)
    assert "ไม่พบรหัสนี้" in forged(office, guest_in(guest), "join.accept", invitation=one.id)
    monday(office)
    head.receive()
    assert "ไม่อนุมัติ" in head.press("ไม่อนุมัติ")
    assert [letter.title for letter in group_head.receive()] == ["รหัสในหนังสือราชการไม่ได้รับอนุมัติ"]
    assert "พิจารณาหรือยกเลิกไปแล้ว" in head.press("อนุมัติ")
    assert "ไม่พบรายการนี้" in forged(office, group_head, "invite.issue", invitation=one.id)


def guest_in(guest: Conversation) -> Conversation:
    guest.say("/start")
    return guest


def test_a_head_of_another_province_approves_nothing(
    office: Office, group_head: Conversation, head: Conversation
) -> None:
    prepared_by(group_head)
    [one] = invitations_of(office)
    other = office.person("มนัส", "head", "TH-49")
    assert "ไม่มีคำขอที่รอ" in other.say("/requests")

    assert "ไม่พบรายการนี้" in forged(office, other, "invite.decide", invitation=one.id, approve=True)
    assert "ไม่พบ" in forged(office, other, "invite.letter", invitation=one.id)
    assert invitations_of(office)[0].approved_at is None


def test_a_letter_waits_for_a_head_who_comes_later(
    office: Office, group_head: Conversation, guest: Conversation
) -> None:
    assert "จังหวัดยังไม่มีหัวหน้าสำนักงานในระบบ" in prepared_by(group_head)
    guest.say(invitation(office, "head"))

    assert "[คำขอที่รอ (1)]" in guest.press(JOIN)
    guest.press("คำขอที่รอ (1)")
    guest.press("รหัสในหนังสือราชการ · เจ้าหน้าที่ · เชียงใหม่")
    assert "อนุมัติแล้ว" in guest.press("อนุมัติ")


def test_a_heads_own_confirmation_is_the_approval(
    office: Office, head: Conversation, guest: Conversation
) -> None:
    head.say("/invite")
    head.press("รหัสในหนังสือราชการ")
    assert "การกดยืนยันถือเป็นการอนุมัติ" in head.press("หัวหน้ากลุ่มงาน")
    code = code_in(head.press("ยืนยันและออกรหัส"))

    office.clock.move(days=29, hours=23)
    guest.say(code)
    assert "หัวหน้ากลุ่มงาน" in guest.press(JOIN)
    [one] = invitations_of(office)
    assert one.approved_by == person_of(office, head).id


def test_the_ministry_confirms_a_letter_to_a_head(
    office: Office, ministry: Conversation, guest: Conversation
) -> None:
    ministry.say("/invite")
    ministry.press("รหัสในหนังสือราชการ")
    ministry.press("หัวหน้าสำนักงานจังหวัด")
    ministry.say("ตาก")
    guest.say(code_in(ministry.press("ยืนยันและออกรหัส")))
    guest.press(JOIN)

    assert [(one.role, one.province_code) for one in seats(office, guest)] == [("head", "TH-63")]


def test_a_withdrawn_letter_is_not_asked_about_any_more(
    office: Office, head: Conversation, group_head: Conversation
) -> None:
    prepared_by(group_head)
    group_head.say("คำเชิญที่เปิดอยู่")
    group_head.press("ยกเลิก 1")

    monday(office)
    assert head.receive() == []
    assert "ไม่มีคำขอที่รอ" in head.say("/requests")


def test_identities_and_buttons_carry_no_code(
    office: Office, head: Conversation, guest: Conversation
) -> None:
    code = made_by(head)
    guest.say(code)

    with office.database.read() as session:
        kept: list[Any] = [*session.scalars(select(Choice)), *session.scalars(select(Identity))]
        kept += session.scalars(select(Outbox))
        assert all(code not in str(vars(one)) for one in kept)
