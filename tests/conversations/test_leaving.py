"""Leaving a post, handing its work over, and a head who ends somebody's membership."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from storage import activities, conversations, people, serving
from storage.models import (
    AccessRequest,
    Activity,
    AuditEvent,
    Contact,
    Draft,
    Identity,
    Invitation,
    Membership,
    Reminder,
)
from tests.conversations.test_rights import forged
from tests.support import Conversation, Office, shown

MONDAY = date(2026, 11, 23)
SENTENCE = "ประชุมกับเฉิงตู 3 พ.ย. 69 เรื่องท่องเที่ยว 30 คน"
PLAN = "จะประชุมกับเฉิงตู 24 พ.ย. 69 เรื่องการศึกษา"


@pytest.fixture(autouse=True)
def monday(office: Office) -> None:
    office.clock.set_day(MONDAY)


@pytest.fixture
def colleague(office: Office) -> Conversation:
    return office.person("ปรีชา", "officer", "TH-50")


@pytest.fixture
def head(office: Office) -> Conversation:
    return office.person("อำนาจ", "head", "TH-50")


def person_id(office: Office, person: Conversation) -> int:
    with office.database.read() as session:
        identity = people.find_identity(session, person.channel, person.name)
        assert identity is not None
        return identity.person_id


def add_contact(office: Office, keeper: Conversation, pairing: str = "50-chengdu") -> None:
    kept_by = person_id(office, keeper)
    with office.database.write() as session:
        session.add(
            Contact(
                pairing_id=pairing, side="theirs", name="Li", kept_by=kept_by, added_at=office.clock.now()
            )
        )


def keepers(office: Office) -> list[int | None]:
    with office.database.read() as session:
        return list(session.scalars(select(Contact.kept_by).order_by(Contact.id)))


def read(person: Conversation) -> str:
    """Everything that came without being asked."""
    return "\n---\n".join(shown(message) for message in person.receive())


# ------------------------------------------------------------------ leaving


def test_leaving_says_first_what_stays_and_what_goes(officer: Conversation) -> None:
    officer.say(SENTENCE)
    officer.say("/settings")

    said = officer.press("ออกจากระบบงาน / ย้ายหน่วยงาน")

    assert "เจ้าหน้าที่ เชียงใหม่" in said
    assert "อยู่กับตำแหน่ง: กิจกรรมที่บันทึก" in said
    assert "สิ้นสุดทันที: สิทธิ์ การแจ้งเตือน และรหัสเชิญ" in said
    assert "งานที่ส่งต่อ: รายการที่ทำค้าง 1" in said
    assert officer.buttons() == ["ยืนยันออกจากระบบงาน", "ย้อนกลับ"]
    officer.press("ย้อนกลับ")
    assert "ตรวจสอบก่อนบันทึก" in officer.say(SENTENCE)


def test_who_left_is_a_guest_at_the_next_press(officer: Conversation) -> None:
    officer.say(SENTENCE)
    save, card = officer.button("บันทึก")
    officer.say("ย้ายหน่วยงาน")

    said = officer.press("ยืนยันออกจากระบบงาน")

    assert "ออกจากหน้าที่แล้ว" in said
    assert "ยังสอบถามแนวทางปฏิบัติได้" in said
    assert "[ขอสิทธิ์ใช้งาน]" in said
    assert "ส่วนนี้สำหรับเจ้าหน้าที่จังหวัด" in officer.press_id(save, card)
    assert "ส่วนนี้สำหรับเจ้าหน้าที่จังหวัด" in officer.say("/activities")
    assert "ที่มา:" in officer.say("ต้องมีกิจกรรมปีละกี่ครั้ง")


def test_a_second_press_finds_nothing_to_end(office: Office, officer: Conversation) -> None:
    officer.say("ออกจากระบบงาน")
    button = officer.button("ยืนยันออกจากระบบงาน")
    officer.press_id(*button)
    with office.database.read() as session:
        before = session.scalars(select(Membership.until)).all()
    office.clock.move(minutes=5)

    assert "ไม่พบรายการนี้" in officer.press_id(*button)

    with office.database.read() as session:
        assert session.scalars(select(Membership.until)).all() == before
        assert session.scalars(select(Membership.ended_by)).all() == [person_id(office, officer)]


def test_of_several_memberships_one_is_left_and_the_others_stay(
    office: Office, officer: Conversation
) -> None:
    office.person(officer.name, "officer", "TH-49")
    assert "สำนักงานจังหวัดเชียงใหม่ · มุกดาหาร" in officer.say("/start")
    officer.say("ประชุมกับสะหวันนะเขต 3 พ.ย. 69")
    officer.say("/settings")
    officer.press("ออกจากระบบงาน / ย้ายหน่วยงาน")
    assert officer.buttons() == ["เจ้าหน้าที่ เชียงใหม่", "เจ้าหน้าที่ มุกดาหาร", "ย้อนกลับ"]
    said = officer.press("เจ้าหน้าที่ เชียงใหม่")
    assert "สิทธิ์ในหน้าที่อื่นยังอยู่ครบ" in said
    assert "งานที่ส่งต่อ" not in said

    assert "หน้าที่อื่นยังใช้ได้ตามปกติ" in officer.press("ยืนยันออกจากระบบงาน")

    assert "สำนักงานจังหวัดมุกดาหาร" in officer.say("/start")
    assert "เฉิงตู" not in officer.say("/status")
    officer.press("ทำรายการต่อ")
    assert "บันทึกแล้ว" in officer.press("บันทึก")


def test_a_ministry_post_is_left_without_asking_for_a_successor(ministry: Conversation) -> None:
    ministry.say("ออกจากระบบงาน")

    assert "ออกจากหน้าที่แล้ว" in ministry.press("ยืนยันออกจากระบบงาน")

    assert "[ขอสิทธิ์ใช้งาน]" in ministry.say("/start")


def test_in_a_group_nothing_of_it_happens(office: Office, officer: Conversation) -> None:
    group = Conversation(office, officer.name, group="กลุ่มงาน")

    for line in ("ออกจากระบบงาน", "ผู้ปฏิบัติงาน", "เชื่อมช่องทางอื่น", "/mydata"):
        assert "เปิดได้ในแชตส่วนตัว" in group.say(line)
    officer.say("ออกจากระบบงาน")
    with office.database.read() as session:
        assert session.scalars(select(Membership)).one().until is None
    assert group.press_id(*officer.button("ยืนยันออกจากระบบงาน")) == "ปุ่มนี้ใช้ไม่ได้แล้ว"


# ------------------------------------------------------------------ handing over


def test_the_successor_gets_drafts_contacts_plans_and_reminders(
    office: Office, officer: Conversation, colleague: Conversation
) -> None:
    officer.say(PLAN)
    officer.press("บันทึก")
    officer.say(SENTENCE)
    add_contact(office, officer)
    said = officer.say("ออกจากระบบงาน")
    assert "งานที่ส่งต่อ: รายการที่ทำค้าง 1, กิจกรรมที่วางแผนไว้ 1, ผู้ประสานงาน 1" in said
    officer.press("เลือกผู้รับช่วงงาน")
    assert officer.buttons() == ["ปรีชา (เจ้าหน้าที่)", "ยังไม่มีผู้รับช่วง", "ย้อนกลับ"]

    assert "ผู้รับช่วง: ปรีชา" in officer.press("ปรีชา (เจ้าหน้าที่)")

    told = read(colleague)
    assert "รับช่วงงานจากเจ้าหน้าที่ เชียงใหม่" in told
    assert "รายการที่ทำค้าง 1, กิจกรรมที่วางแผนไว้ 1, ผู้ประสานงาน 1" in told
    colleague.press("ทำรายการต่อ")
    assert "ผู้เข้าร่วม: 30 คน" in colleague.press("ทำรายการต่อ")
    assert "บันทึกแล้ว" in colleague.press("บันทึก")
    assert keepers(office) == [person_id(office, colleague)]
    office.clock.set_day(date(2026, 11, 25))
    office.plan()
    asked = read(colleague)
    assert "การศึกษา" in asked
    assert "จัดแล้วหรือยัง" in asked
    assert officer.receive() == []


def test_only_the_successor_is_asked_about_what_was_taken_over(
    office: Office, officer: Conversation, colleague: Conversation
) -> None:
    other = office.person("มานี", "officer", "TH-50")
    officer.say(PLAN)
    officer.press("บันทึก")
    officer.say("ออกจากระบบงาน")
    officer.press("เลือกผู้รับช่วงงาน")
    officer.press("ปรีชา (เจ้าหน้าที่)")

    office.clock.set_day(date(2026, 11, 25))
    office.plan()

    assert "จัดแล้วหรือยัง" in read(colleague)
    assert "จัดแล้วหรือยัง" not in read(other)


def test_a_successor_who_leaves_hands_it_all_on(
    office: Office, officer: Conversation, colleague: Conversation
) -> None:
    officer.say(PLAN)
    officer.press("บันทึก")
    third = office.person("มานี", "officer", "TH-50")
    for leaver, label in ((officer, "ปรีชา (เจ้าหน้าที่)"), (colleague, "มานี (เจ้าหน้าที่)")):
        leaver.say("ออกจากระบบงาน")
        leaver.press("เลือกผู้รับช่วงงาน")
        leaver.press(label)
    office.person("คนใหม่", "officer", "TH-50")

    with office.database.read() as session:
        assert session.scalars(select(Activity.created_by)).all() == [person_id(office, third)]
        [first, *_] = activities.list_revisions(session, 1)
        assert first.person_id == person_id(office, officer)


def test_reminders_that_wait_stop_for_the_leaver_and_go_to_whoever_takes_over(
    office: Office, officer: Conversation
) -> None:
    group_head = office.person("กานดา", "group_head", "TH-50")
    office.clock.set_day(date(2026, 11, 27), hour=18)  # Friday evening: the digest waits for Monday
    office.plan()
    officer.say(SENTENCE)
    officer.say("ออกจากระบบงาน")
    officer.press("เลือกผู้รับช่วงงาน")

    officer.press("กานดา (หัวหน้ากลุ่มงาน)")

    with office.database.read() as session:
        rows = session.scalars(select(Reminder).where(Reminder.person_id.is_not(None)))
        states = {(one.person_id, one.state) for one in rows}
        assert states == {
            (person_id(office, officer), "cancelled"),
            (person_id(office, group_head), "planned"),
        }
    office.clock.set_day(date(2026, 11, 30))
    office.plan()
    assert "คู่ยังไม่มีกิจกรรมร่วม" in read(group_head)
    assert officer.receive() == []


def test_without_a_successor_the_work_waits_for_the_post(
    office: Office, officer: Conversation, head: Conversation
) -> None:
    officer.say(SENTENCE)
    add_contact(office, officer)
    officer.say("ออกจากระบบงาน")
    officer.press("เลือกผู้รับช่วงงาน")
    said = officer.press("ยังไม่มีผู้รับช่วง")
    assert "งานอยู่กับตำแหน่ง รอผู้รับช่วง" in said
    assert keepers(office) == [None]
    assert "ทำรายการต่อ" not in officer.say("/start")

    told = read(head)
    assert "สมศรี (เจ้าหน้าที่) ออกจากระบบงานของเชียงใหม่แล้ว" in told
    assert "รอผู้รับช่วง" in head.press("ดูงานที่รอผู้รับช่วง")
    office.clock.move(days=20)
    newcomer = office.person("คนใหม่", "officer", "TH-50")
    assert "เชียงใหม่: มีงานที่รอผู้รับช่วง" in newcomer.say("/start")
    assert "รับช่วงงานแล้ว" in newcomer.press("รับช่วงงาน")

    newcomer.press("ทำรายการต่อ")
    assert "ผู้เข้าร่วม: 30 คน" in newcomer.press("ทำรายการต่อ")
    assert keepers(office) == [person_id(office, newcomer)]
    assert "ไม่มีงานที่รอผู้รับช่วง" in head.press("รับช่วงงาน")
    assert "รอผู้รับช่วง" not in head.say("/start")


def test_files_of_a_draft_that_waits_for_the_post_are_kept(office: Office, officer: Conversation) -> None:
    officer.send_photo("ภาพ.jpg", SENTENCE)
    officer.say("ออกจากระบบงาน")
    officer.press("ยืนยันออกจากระบบงาน")

    with office.database.read() as session:
        [draft] = session.scalars(select(Draft))
        assert draft.state == "left"
        assert len(conversations.list_draft_files(session)) == 1


def test_what_was_left_to_the_post_cannot_be_taken_up_by_who_left_it(
    office: Office, officer: Conversation
) -> None:
    officer.say(SENTENCE)
    officer.say("/start")
    resume = officer.button("ทำรายการต่อ")
    officer.say("ออกจากระบบงาน")
    officer.press("ยืนยันออกจากระบบงาน")

    assert "ไม่พบรายการนี้" in officer.press_id(*resume)

    with office.database.read() as session:
        assert session.scalars(select(Draft.state)).all() == ["left"]


def test_a_successor_who_left_meanwhile_is_not_chosen(
    office: Office, officer: Conversation, colleague: Conversation
) -> None:
    office.person("มานี", "officer", "TH-50")
    officer.say(SENTENCE)
    officer.say("ออกจากระบบงาน")
    officer.press("เลือกผู้รับช่วงงาน")
    office.leave(colleague)

    said = officer.press("ปรีชา (เจ้าหน้าที่)")

    assert "ยังไม่มีการเปลี่ยนแปลงใด" in said
    assert officer.buttons() == ["มานี (เจ้าหน้าที่)", "ยังไม่มีผู้รับช่วง", "ย้อนกลับ"]
    assert "ผู้รับช่วง: มานี" in officer.press("มานี (เจ้าหน้าที่)")


# ------------------------------------------------------------------ what others see


def test_others_see_the_post_and_no_name_of_who_left(
    office: Office, officer: Conversation, colleague: Conversation
) -> None:
    officer.say(SENTENCE)
    officer.press("บันทึก")
    assert "ผู้บันทึก: สมศรี (เจ้าหน้าที่ เชียงใหม่)" in colleague.say("รายการที่ 1")
    officer.say("ออกจากระบบงาน")
    officer.press("ยืนยันออกจากระบบงาน")

    colleague.say("/activities")
    said = colleague.press(colleague.buttons()[0])
    history = colleague.press("ประวัติ")

    assert "ผู้บันทึก: เจ้าหน้าที่ เชียงใหม่" in said
    assert "เจ้าหน้าที่ เชียงใหม่" in history
    assert "สมศรี" not in said + history


def test_the_post_is_named_in_the_province_although_the_person_serves_elsewhere_now(
    office: Office, officer: Conversation, colleague: Conversation
) -> None:
    officer.say(SENTENCE)
    officer.press("บันทึก")
    officer.say("ย้ายหน่วยงาน")
    officer.press("ยืนยันออกจากระบบงาน")
    office.person(officer.name, "officer", "TH-49")

    colleague.say("/activities")
    colleague.press(colleague.buttons()[0])

    history = colleague.press("ประวัติ")
    assert "เจ้าหน้าที่ เชียงใหม่" in history
    assert "สมศรี" not in history
    assert "มุกดาหาร" not in history


def test_invitations_of_the_leaver_are_withdrawn_and_requests_stay(
    office: Office, head: Conversation, guest: Conversation
) -> None:
    made_by, now = person_id(office, head), office.clock.now()
    with office.database.write() as session:
        for province in ("TH-50", "TH-49"):
            _code, invitation = people.add_invitation(session, "officer", province, now, timedelta(hours=72))
            invitation.created_by = made_by
        asker = session.scalars(select(Identity.person_id).where(Identity.external_id == guest.name)).one()
        session.add(
            AccessRequest(
                person_id=asker,
                province_code="TH-50",
                role="officer",
                name="x",
                post="y",
                state="waiting",
                asked_at=now,
            )
        )

    head.say("ออกจากระบบงาน")
    head.press("ยืนยันออกจากระบบงาน")

    with office.database.read() as session:
        rows = session.scalars(select(Invitation).order_by(Invitation.id)).all()
        assert [one.withdrawn_at is not None for one in rows] == [True, False]
        assert session.scalars(select(AccessRequest.state)).all() == ["waiting"]


# ------------------------------------------------------------------ by somebody else


def test_the_head_ends_the_membership_of_an_officer(
    office: Office, officer: Conversation, head: Conversation
) -> None:
    officer.say(SENTENCE)
    save, card = officer.button("บันทึก")
    head.say("ผู้ปฏิบัติงาน")
    head.press("พ้นหน้าที่แล้ว")
    said = head.press("สมศรี (เจ้าหน้าที่)")
    assert "สมศรี พ้นหน้าที่นี้แล้วใช่หรือไม่" in said
    assert "งานที่ส่งต่อ: รายการที่ทำค้าง 1" in said
    head.press("เลือกผู้รับช่วงงาน")
    assert head.buttons() == ["อำนาจ (หัวหน้าสำนักงานจังหวัด)", "ยังไม่มีผู้รับช่วง", "ย้อนกลับ"]

    assert "สิทธิ์ของสมศรีสิ้นสุดแล้ว" in head.press("ยังไม่มีผู้รับช่วง")

    assert "สิทธิ์เจ้าหน้าที่ เชียงใหม่สิ้นสุดแล้ว" in read(officer)
    assert "ส่วนนี้สำหรับเจ้าหน้าที่จังหวัด" in officer.press_id(save, card)
    with office.database.read() as session:
        ended = serving.find(session, 1)
        assert ended is not None
        assert ended.ended_by == person_id(office, head)


def test_the_ministry_ends_a_heads_membership_and_an_officers_only_where_there_is_no_head(
    office: Office, officer: Conversation, head: Conversation, ministry: Conversation
) -> None:
    ministry.say("ผู้ปฏิบัติงาน")
    ministry.say("เชียงใหม่")
    ministry.press("พ้นหน้าที่แล้ว")
    assert ministry.buttons() == ["อำนาจ (หัวหน้าสำนักงานจังหวัด)", "ย้อนกลับ"]
    assert "จังหวัดจะไม่มีหัวหน้าสำนักงานจังหวัดในระบบ" in ministry.press("อำนาจ (หัวหน้าสำนักงานจังหวัด)")
    ministry.press("ยืนยันว่าพ้นหน้าที่แล้ว")
    assert "[ขอสิทธิ์ใช้งาน]" in head.say("/start")

    ministry.press("ผู้ปฏิบัติงานของจังหวัด")
    ministry.press("พ้นหน้าที่แล้ว")
    ministry.press("สมศรี (เจ้าหน้าที่)")
    ministry.press("ยืนยันว่าพ้นหน้าที่แล้ว")
    assert "[ขอสิทธิ์ใช้งาน]" in officer.say("/start")


def test_the_ministry_is_told_when_the_last_head_leaves(
    office: Office, head: Conversation, ministry: Conversation
) -> None:
    second = office.person("สุดา", "head", "TH-50")
    head.say("ออกจากระบบงาน")
    head.press("ยืนยันออกจากระบบงาน")
    assert ministry.receive() == []

    second.say("ออกจากระบบงาน")
    second.press("ยืนยันออกจากระบบงาน")

    assert "เชียงใหม่ยังไม่มีหัวหน้าสำนักงานจังหวัดในระบบ" in read(ministry)


def test_nobody_else_ends_a_membership(
    office: Office, officer: Conversation, colleague: Conversation, neighbour: Conversation
) -> None:
    head = office.person("หัวหน้าข้างเคียง", "head", "TH-49")
    for person in (colleague, neighbour, head):
        for step in ("leave.ask", "leave.who", "leave.do"):
            assert "ไม่พบรายการนี้" in forged(office, person, step, member=1)
    with office.database.read() as session:
        assert session.get_one(Membership, 1).until is None


def test_ending_leaves_one_event_with_what_stood_before_and_after(
    office: Office, officer: Conversation
) -> None:
    officer.say("ออกจากระบบงาน")
    officer.press("ยืนยันออกจากระบบงาน")

    with office.database.read() as session:
        [event] = session.scalars(select(AuditEvent).where(AuditEvent.action == "membership.ended"))
        assert event.subject == "membership:1"
        assert event.detail["before"] == {"until": None}
        assert "สมศรี" not in str(event.detail)


# ------------------------------------------------------------------ several provinces


def test_what_could_be_of_both_provinces_is_asked(office: Office, officer: Conversation) -> None:
    office.person(officer.name, "officer", "TH-49")

    said = officer.say("ประชุมกับดานัง 3 พ.ย. 69")

    assert "[เชียงใหม่–นครดานัง]" in said
    assert "[มุกดาหาร–นครดานัง]" in said
    assert "คู่: มุกดาหาร–นครดานัง" in officer.press("มุกดาหาร–นครดานัง")
    assert "คู่: เชียงใหม่–นครดานัง" in officer.say("เชียงใหม่ประชุมกับดานัง 5 พ.ย. 69")
    assert "คู่: เชียงใหม่–นครเฉิงตู" in officer.say("ประชุมกับเฉิงตู 6 พ.ย. 69")


def test_which_list_is_checked_is_asked(office: Office, officer: Conversation) -> None:
    office.person(officer.name, "head", "TH-49")
    officer.say("ตรวจรายชื่อคู่")
    assert officer.buttons() == ["เชียงใหม่", "มุกดาหาร"]

    assert "สะหวันนะเขต" in officer.press("มุกดาหาร")


def test_a_list_of_records_of_two_provinces_names_them(office: Office, officer: Conversation) -> None:
    office.person(officer.name, "officer", "TH-49")
    officer.say(SENTENCE)
    officer.press("บันทึก")

    assert "เชียงใหม่–นครเฉิงตู" in officer.say("/activities")


# ------------------------------------------------------------------ at once


def test_who_is_ended_at_the_instant_in_which_they_leave_is_ended_once(
    office: Office, officer: Conversation, head: Conversation
) -> None:
    officer.say(SENTENCE)
    officer.say("ออกจากระบบงาน")
    officer.press("เลือกผู้รับช่วงงาน")
    head.say("ผู้ปฏิบัติงาน")
    head.press("พ้นหน้าที่แล้ว")
    head.press("สมศรี (เจ้าหน้าที่)")
    head.press("เลือกผู้รับช่วงงาน")
    presses = [(one, one.button("ยังไม่มีผู้รับช่วง")) for one in (officer, head)]

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda one: one[0].press_id(*one[1]), presses))

    with office.database.read() as session:
        ended = session.scalars(select(AuditEvent).where(AuditEvent.action == "membership.ended")).all()
        assert len(ended) == 1
        assert session.scalars(select(Draft.state)).all() == ["left"]
