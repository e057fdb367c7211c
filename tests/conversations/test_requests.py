"""Asking to be let in without a code: notice, four questions, one press; decided once, by the right person."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import func, select

from storage.models import AccessRequest, AuditEvent, Membership
from storage.models import Conversation as ConversationRow
from tests.conversations.test_joining import NOTICE, person_of, rows_with, seats
from tests.conversations.test_people import invitation
from tests.conversations.test_rights import forged
from tests.support import Conversation, Office, shown

ONE_ENGINE = True

NAME, POST = "มานี รักเรียน", "นักวิเทศสัมพันธ์ชำนาญการ"
ITEM = f"{NAME} · เจ้าหน้าที่ · เชียงใหม่"


@pytest.fixture
def head(office: Office) -> Conversation:
    """Of Chiang Mai."""
    return office.person("วิชัย", "head", "TH-50")


def begun(asker: Conversation) -> None:
    asker.say("ขอเข้าใช้งาน")
    asker.press("เขียนคำขอ")
    asker.press("รับทราบและเขียนคำขอ")


def checked(asker: Conversation, role: str = "เจ้าหน้าที่", province: str = "เชียงใหม่") -> str:
    begun(asker)
    asker.say(province)
    asker.press(role)
    asker.say(NAME)
    return asker.say(POST)


def asked(asker: Conversation, role: str = "เจ้าหน้าที่", province: str = "เชียงใหม่") -> str:
    checked(asker, role, province)
    return asker.press("ส่งคำขอ")


def requests(office: Office) -> list[AccessRequest]:
    with office.database.read() as session:
        return list(session.scalars(select(AccessRequest).order_by(AccessRequest.id)))


def monday(office: Office) -> None:
    office.clock.set_day(date(2026, 11, 23))


# ------------------------------------------------------------------ asking


def test_from_the_first_word_to_the_first_record(office: Office, head: Conversation) -> None:
    asker = office.stranger("Manee")
    assert "พิมพ์รหัสที่ขึ้นต้นด้วย SC-" in asker.say("ขอสิทธิ์เข้าใช้งานหน่อยครับ")
    assert rows_with(office, "Manee") == []
    assert NOTICE in asker.press("เขียนคำขอ")
    assert "สำนักงานจังหวัดใด" in asker.press("รับทราบและเขียนคำขอ")
    assert "ในบทบาทใด" in asker.say("เชียงใหม่")
    assert "ชื่อและนามสกุล" in asker.press("เจ้าหน้าที่")
    assert "พิมพ์ตำแหน่ง" in asker.say(NAME)
    said = asker.say(POST)
    for line in ("ตรวจสอบก่อนส่งคำขอ", f"ชื่อ: {NAME}", f"ตำแหน่ง: {POST}", "จังหวัด: เชียงใหม่"):
        assert line in said
    assert "ส่งคำขอถึงหัวหน้าสำนักงานจังหวัดเชียงใหม่แล้ว" in asker.press("ส่งคำขอ")

    monday(office)
    [message] = head.receive()
    for part in (NAME, POST, "เชียงใหม่", "หน้าแชต", "[อนุมัติ] [ไม่อนุมัติ]"):
        assert part in shown(message)
    assert "อนุมัติแล้ว" in head.press("อนุมัติ")

    [told] = asker.receive()
    assert "เข้าใช้งานในนามสำนักงานจังหวัดเชียงใหม่ (เจ้าหน้าที่) เรียบร้อยแล้ว" in told.text
    [seat] = seats(office, asker)
    assert (seat.role, seat.province_code, seat.post) == ("officer", "TH-50", POST)
    assert seat.granted_by == person_of(office, head).id
    assert person_of(office, asker).name == NAME
    assert "กรุณาตรวจสอบก่อน" in asker.press("เริ่มใช้งาน")
    assert "ตรวจสอบก่อนบันทึก" in asker.say("ประชุมกับเฉิงตู 3 พ.ย. 69")
    with office.database.read() as session:
        actions = [one.action for one in session.scalars(select(AuditEvent).order_by(AuditEvent.id))]
    assert actions == ["person.noticed", "request.sent", "request.approved"]


def test_who_does_not_want_that_has_no_request_begun(office: Office, guest: Conversation) -> None:
    guest.say("สมัครใช้งาน")
    guest.press("เขียนคำขอ")
    assert "ไม่ได้เก็บข้อมูลเพิ่ม" in guest.press("ไม่ส่งคำขอ")

    guest.say("เชียงใหม่")
    assert "ในบทบาทใด" not in guest.last
    assert requests(office) == []


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("หาดใหญ่", {"สงขลา"}),
        ("อ.แม่สอด", {"ตาก"}),
        ("พัทยา", {"ชลบุรี"}),
        ("ระยนอง", {"ระยอง", "ระนอง"}),
        ("นครปนม", {"นครปฐม", "นครพนม"}),
        ("นคร", {"นครพนม", "นครศรีธรรมราช"}),
        ("เชียง", {"เชียงราย", "เชียงใหม่"}),
        ("เชียงใหม่ เชียงราย", {"เชียงราย", "เชียงใหม่"}),
        ("เทศบาลนครเชียงใหม่", set()),
        ("เฉิงตู", set()),
        ("xyz", set()),
    ],
)
def test_what_is_no_province_beyond_doubt_is_asked_and_never_guessed(
    guest: Conversation, typed: str, offered: set[str]
) -> None:
    begun(guest)

    guest.say(typed)

    assert set(guest.buttons()) == {*offered, "ยกเลิก"}
    if offered:
        assert "ในบทบาทใด" in guest.press(sorted(offered)[0])


def test_a_question_in_the_midst_is_answered_and_the_field_asked_again(guest: Conversation) -> None:
    begun(guest)
    guest.say("เชียงใหม่")
    guest.press("เจ้าหน้าที่")

    said = guest.say("ต้องมีกิจกรรมปีละกี่ครั้ง")

    assert "ที่มา:" in said
    assert "ชื่อและนามสกุล" in said
    assert "พิมพ์ตำแหน่ง" in guest.say(NAME)


def test_each_field_is_changed_by_its_button_and_the_others_stay(guest: Conversation) -> None:
    checked(guest)
    guest.press("แก้จังหวัด")
    assert "จังหวัด: ลำพูน" in guest.say("ลำพูน")
    guest.press("แก้บทบาท")
    assert "เลือกบทบาทจากปุ่ม" in guest.say("ลูกจ้าง")
    guest.press("หัวหน้ากลุ่มงาน")
    guest.press("แก้ชื่อ")
    said = guest.say("มานะ อดทน")

    assert "ชื่อ: มานะ อดทน" in said
    assert "บทบาทที่ขอ: หัวหน้ากลุ่มงาน" in said
    assert f"ตำแหน่ง: {POST}" in said


@pytest.mark.parametrize(("field", "most"), [("แก้ชื่อ", 80), ("แก้ตำแหน่ง", 120)])
def test_a_text_that_is_too_long_is_refused_and_the_field_stays_open(
    guest: Conversation, field: str, most: int
) -> None:
    checked(guest)
    guest.press(field)

    assert f"ไม่เกิน {most}" in guest.say("ก" * (most + 1))
    assert "ตรวจสอบก่อนส่งคำขอ" in guest.say("ก" * most)


def test_cancelling_drops_what_was_typed(office: Office, guest: Conversation) -> None:
    checked(guest)
    guest.say("ยกเลิก")

    assert "เริ่มใหม่ได้" in guest.press("ส่งคำขอ")
    assert requests(office) == []
    with office.database.read() as session:
        assert NAME not in str([row.state for row in session.scalars(select(ConversationRow))])


def test_what_was_sent_does_not_stay_in_the_conversation(office: Office, head: Conversation) -> None:
    asker = office.person("ผู้ขอ")
    asked(asker)

    with office.database.read() as session:
        assert NAME not in str([row.state for row in session.scalars(select(ConversationRow))])


# ------------------------------------------------------------------ limits


def test_one_request_is_open_and_it_may_be_withdrawn(
    office: Office, head: Conversation, guest: Conversation
) -> None:
    asked(guest)
    assert "คำขอที่รอการพิจารณา" in guest.say("ขอเข้าใช้งาน")
    assert NAME in guest.last

    assert "ถอนคำขอแล้ว" in guest.press("ถอนคำขอ")
    assert "พิจารณาหรือถอนไปแล้ว" in guest.press("ถอนคำขอ")

    monday(office)
    assert head.receive() == []
    assert "ไม่มีคำขอที่รอ" in head.say("/requests")
    assert "หากมีรหัสเชิญแล้ว" in guest.say("ขอเข้าใช้งาน")


def test_a_request_of_another_chat_is_not_joined_by_a_second(
    office: Office, head: Conversation, guest: Conversation
) -> None:
    checked(guest)
    elsewhere = office.also_on(guest, "telegram")
    asked(elsewhere)

    assert "มีคำขอที่รอการพิจารณาอยู่แล้ว" in guest.press("ส่งคำขอ")
    assert len(requests(office)) == 1


def test_three_requests_a_day_and_no_more(office: Office, head: Conversation, guest: Conversation) -> None:
    for _ in range(3):
        asked(guest)
        guest.press("ถอนคำขอ")

    assert "ไม่เกิน 3 ครั้งใน 24 ชั่วโมง" in asked(guest)
    office.clock.move(hours=24)
    assert "ส่งคำขอถึง" in asked(guest)


def test_who_has_that_role_already_is_told(officer: Conversation, head: Conversation) -> None:
    assert "มีสิทธิ์นี้อยู่แล้ว" in asked(officer)


# ------------------------------------------------------------------ to whom


def test_a_request_for_head_goes_to_the_ministry(
    office: Office, head: Conversation, ministry: Conversation, guest: Conversation
) -> None:
    assert "กองการต่างประเทศ" in asked(guest, "หัวหน้าสำนักงานจังหวัด")

    monday(office)
    assert head.receive() == []
    assert len(ministry.receive()) == 1
    [one] = requests(office)
    assert "ไม่พบ" in forged(office, greeted(head), "request.decide", request=one.id, approve=True)
    assert "อนุมัติแล้ว" in ministry.press("อนุมัติ")
    assert [seat.role for seat in seats(office, guest)] == ["head"]


def greeted(person: Conversation) -> Conversation:
    person.say("/start")
    return person


def test_a_province_without_head_asks_the_ministry(
    office: Office, head: Conversation, ministry: Conversation, guest: Conversation
) -> None:
    assert "กองการต่างประเทศ" in asked(guest, province="ลำพูน")

    assert "คำขอที่รอ (1)" in ministry.say("/start")
    assert "คำขอที่รอ" not in greeted(head).last


def test_an_acting_head_decides_while_acting(office: Office, guest: Conversation) -> None:
    acting = office.person("รักษาการ", "head", "TH-50")
    with office.database.write() as session:
        seat = session.get_one(Membership, seats(office, acting)[0].id)
        seat.acting, seat.until = True, office.clock.now().replace(day=23, hour=17)
    asked(guest)
    monday(office)
    acting.receive()

    assert "อนุมัติแล้ว" in acting.press("อนุมัติ")


def test_nobody_there_to_decide_is_said_and_the_request_waits_for_a_head(
    office: Office, guest: Conversation
) -> None:
    office.settings = office.settings.model_copy(update={"ministry_contact": "โทร. 02 000 0000"})
    office.restart()

    said = asked(guest)

    assert "ยังไม่มีผู้พิจารณาในระบบ" in said
    assert "โทร. 02 000 0000" in said
    later = office.person("หัวหน้าใหม่")
    later.say(invitation(office, "head"))
    later.press("รับทราบและเข้าใช้งาน")
    later.press("คำขอที่รอ (1)")
    later.press(ITEM)
    assert "อนุมัติแล้ว" in later.press("อนุมัติ")
    assert [seat.role for seat in seats(office, guest)] == ["officer"]


# ------------------------------------------------------------------ deciding


def test_two_heads_decide_at_once_and_the_second_is_told_what_the_first_decided(
    office: Office, head: Conversation, guest: Conversation
) -> None:
    second = office.person("ประภา", "head", "TH-50")
    asked(guest)
    monday(office)
    head.receive()
    second.receive()

    assert "ไม่อนุมัติ ผู้ขอได้รับแจ้งแล้ว" in head.press("ไม่อนุมัติ")
    assert "พิจารณาไปแล้ว: ไม่อนุมัติ (23 พ.ย. 2569)" in second.press("อนุมัติ")

    assert seats(office, guest) == []
    assert len(guest.receive()) == 1


def test_what_was_withdrawn_is_not_decided_any_more(
    office: Office, head: Conversation, guest: Conversation
) -> None:
    asked(guest)
    monday(office)
    head.receive()
    guest.press("ถอนคำขอ")

    assert "ผู้ขอถอนคำขอแล้ว" in head.press("อนุมัติ")
    assert seats(office, guest) == []


def test_a_refusal_takes_a_reason_afterwards_if_one_is_given(
    office: Office, head: Conversation, guest: Conversation
) -> None:
    asked(guest)
    head.say("/requests")
    head.press(ITEM)
    head.press("ไม่อนุมัติ")
    [told] = guest.receive()
    assert "ไม่ได้รับอนุมัติ" in told.text

    head.press("ระบุเหตุผล")
    assert "แจ้งเหตุผลแก่ผู้ขอแล้ว" in head.say("ไม่ได้อยู่ในสำนักงานแล้ว")

    assert [message.text for message in guest.receive()] == ["เหตุผล: ไม่ได้อยู่ในสำนักงานแล้ว"]
    office.clock.move(hours=25)
    head.press("ระบุเหตุผล")
    assert "ไม่พบ" in head.say("อีกเรื่องหนึ่ง")
    assert guest.receive() == []


@pytest.mark.parametrize("decided", [False, True])
def test_a_request_of_another_province_is_like_one_that_is_missing(
    office: Office, head: Conversation, guest: Conversation, decided: bool
) -> None:
    asked(guest)
    if decided:
        head.say("/requests")
        head.press(ITEM)
        head.press("อนุมัติ")
    [one] = requests(office)
    other = greeted(office.person("มนัส", "head", "TH-49"))

    for step, extra in (
        ("request.show", {}),
        ("request.decide", {"approve": True}),
        ("request.take_reason", {"text": "x"}),
    ):
        there = forged(office, other, step, request=one.id, **extra)
        missing = forged(office, other, step, request=999_999, **extra)
        assert there == missing, step
        assert NAME not in there
    assert "ไม่มีคำขอที่รอ" in other.say("/requests")


def test_a_request_that_the_ministry_was_asked_about_is_the_new_heads_once_there_is_one(
    office: Office, ministry: Conversation, guest: Conversation
) -> None:
    asked(guest, province="ลำพูน")
    [one] = requests(office)
    office.person("หัวหน้าลำพูน", "head", "TH-51")

    for step, extra in (("request.show", {}), ("request.decide", {"approve": True})):
        there = forged(office, ministry, step, request=one.id, **extra)
        assert there == forged(office, ministry, step, request=999_999, **extra), step
    assert seats(office, guest) == []


def test_nobody_decides_their_own_request(office: Office, ministry: Conversation) -> None:
    asked(ministry)
    [one] = requests(office)

    assert "ไม่มีคำขอที่รอ" in ministry.say("/requests")
    assert "ของตนเองไม่ได้" in forged(office, ministry, "request.decide", request=one.id, approve=True)
    assert requests(office)[0].state == "waiting"


def test_who_is_head_no_more_decides_nothing(office: Office, head: Conversation, guest: Conversation) -> None:
    asked(guest)
    monday(office)
    head.receive()
    office.leave(head)

    assert "ไม่พบ" in head.press("อนุมัติ")
    assert seats(office, guest) == []


def test_in_a_group_nothing_is_asked_or_shown(
    office: Office, head: Conversation, guest: Conversation
) -> None:
    asked(guest)
    head.group = guest.group = "กลุ่มจังหวัด"

    for person in (head, guest):
        for line in ("ขอเข้าใช้งาน", "/requests"):
            assert "เฉพาะในแชตส่วนตัว" in person.say(line)
            assert NAME not in person.last
    with office.database.read() as session:
        assert session.scalar(select(func.count()).select_from(AccessRequest)) == 1
