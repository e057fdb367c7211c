"""Who serves in a province, who stands in for the head, and the check each October."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select

from storage import people, serving
from storage.models import AuditEvent, Membership, StaffCheck
from tests.conversations.test_leaving import person_id, read
from tests.conversations.test_rights import forged
from tests.support import Conversation, Office

THURSDAY = date(2026, 10, 1)  # the first day of fiscal year 2570


@pytest.fixture
def head(office: Office) -> Conversation:
    return office.person("อำนาจ", "head", "TH-50")


@pytest.fixture
def group_head(office: Office) -> Conversation:
    return office.person("กานดา", "group_head", "TH-50")


# ------------------------------------------------------------------ the list


def test_everybody_of_the_office_is_listed_heads_first(
    office: Office, officer: Conversation, group_head: Conversation, head: Conversation
) -> None:
    office.person("เวร", "officer", "TH-50")
    with office.database.write() as session:
        duty = session.scalars(select(Membership).order_by(Membership.id.desc())).first()
        assert duty is not None
        duty.office_held, duty.post = True, "กลุ่มงานยุทธศาสตร์"

    said = officer.say("ผู้ปฏิบัติงานของจังหวัด")

    assert "ผู้ปฏิบัติงาน เชียงใหม่" in said
    assert "1. อำนาจ (หัวหน้าสำนักงานจังหวัด) · ตั้งแต่ 22 พ.ย. 2569" in said
    assert "2. กานดา (หัวหน้ากลุ่มงาน)" in said
    assert "3. สมศรี (เจ้าหน้าที่)" in said
    assert "4. เวร (เจ้าหน้าที่) · กลุ่มงานยุทธศาสตร์ · ตั้งแต่ 22 พ.ย. 2569 · เครื่องของสำนักงาน" in said
    assert officer.buttons() == []


def test_a_foreign_province_is_like_none_and_a_guest_is_told_how_to_get_in(
    office: Office, officer: Conversation, neighbour: Conversation, guest: Conversation
) -> None:
    assert forged(office, officer, "staff", province="TH-49") == "ไม่พบรายการนี้"
    assert forged(office, officer, "staff", province="TH-00") == "ไม่พบรายการนี้"
    assert "ส่วนนี้สำหรับเจ้าหน้าที่จังหวัด" in guest.say("ผู้ปฏิบัติงาน")


def test_the_ministry_looks_at_any_province(neighbour: Conversation, ministry: Conversation) -> None:
    assert "พิมพ์ชื่อจังหวัด" in ministry.say("ผู้ปฏิบัติงาน")
    assert "บุญมี (เจ้าหน้าที่)" in ministry.say("มุกดาหาร")
    assert "พิมพ์ชื่อจังหวัด" in ministry.press("จังหวัดอื่น")
    assert "ระยอง" in ministry.say("ระออง") + str(ministry.buttons())
    assert "ยังไม่มีผู้ปฏิบัติงานในระบบ" in ministry.press("ระยอง")


def test_both_provinces_of_a_person_are_listed(office: Office, officer: Conversation) -> None:
    office.person(officer.name, "group_head", "TH-49")

    said = officer.say("ผู้ปฏิบัติงาน")

    assert "ผู้ปฏิบัติงาน เชียงใหม่" in said
    assert "ผู้ปฏิบัติงาน มุกดาหาร" in said


# ------------------------------------------------------------------ standing in


def name_acting(head: Conversation, who: str, days: str) -> str:
    head.say("ผู้ปฏิบัติงาน")
    head.press("ตั้งผู้รักษาราชการแทน")
    head.press(who)
    return head.say(days)


def test_an_officer_stands_in_from_one_day_to_another_and_ends_by_itself(
    office: Office, officer: Conversation, head: Conversation
) -> None:
    said = name_acting(head, "สมศรี (เจ้าหน้าที่)", "1-15 ธ.ค. 69")
    assert "สมศรี รักษาราชการแทนหัวหน้าสำนักงานจังหวัดเชียงใหม่ 1–15 ธ.ค. 2569" in said
    office.clock.set_day(date(2026, 11, 30))
    assert "รักษาราชการแทน" in read(officer)
    assert "ตั้งผู้รักษาราชการแทน" not in officer.say("ผู้ปฏิบัติงาน")
    assert "สมศรี (ผู้รักษาราชการแทนหัวหน้าสำนักงานจังหวัด) · 1–15 ธ.ค. 2569" in officer.last
    assert "[พ้นหน้าที่แล้ว]" not in officer.last

    office.clock.set_day(date(2026, 12, 1), hour=0)
    assert "ผู้รักษาราชการแทน" in officer.say("/start")
    said = officer.say("ผู้ปฏิบัติงาน")
    assert "[ถูกต้อง]" in said
    assert "ตั้งผู้รักษาราชการแทน" not in said

    office.clock.set_day(date(2026, 12, 15), hour=23)
    assert "ผู้รักษาราชการแทน" in officer.say("/start")
    office.clock.set_day(date(2026, 12, 16), hour=0)
    assert "ผู้รักษาราชการแทน" not in officer.say("/start")
    assert "เจ้าหน้าที่" in officer.last


def test_the_days_are_chosen_by_button(office: Office, officer: Conversation, head: Conversation) -> None:
    head.say("ผู้ปฏิบัติงาน")
    head.press("ตั้งผู้รักษาราชการแทน")
    head.press("สมศรี (เจ้าหน้าที่)")
    assert head.buttons() == ["22 พ.ย. 2569", "23 พ.ย. 2569", "ย้อนกลับ"]
    head.press("23 พ.ย. 2569")
    assert "23–29 พ.ย. 2569" in head.press("7 วัน")

    with office.database.read() as session:
        made = session.scalars(select(Membership).where(Membership.acting)).one()
        assert (made.role, made.granted_by) == ("head", person_id(office, head))
        assert made.since.isoformat() == "2026-11-22T17:00:00+00:00"
        assert made.until is not None
        assert made.until.isoformat() == "2026-11-29T17:00:00+00:00"


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("1-15 พ.ย. 69", "วันเริ่มต้องเป็นวันนี้หรือหลังจากนี้"),
        ("31 พ.ย. 69", "31 พ.ย. 69"),
        ("พรุ่งนี้เช้า ๆ", "ถึงวันใด"),
        ("อะไรก็ได้", "ตัวอย่าง"),
        ("1 ธ.ค. 69 - 5 ธ.ค. 71", "ไม่เกิน"),
    ],
)
def test_days_that_cannot_be_are_told(
    office: Office, officer: Conversation, head: Conversation, typed: str, answer: str
) -> None:
    said = name_acting(head, "สมศรี (เจ้าหน้าที่)", typed)

    with office.database.read() as session:
        assert session.scalars(select(Membership).where(Membership.acting)).all() == []
    assert answer in said or "พิมพ์" in said


def test_a_single_day_is_asked_for_its_end_and_the_end_may_be_typed(
    officer: Conversation, head: Conversation
) -> None:
    assert "ตั้งแต่ 1 ธ.ค. 2569 ถึงวันใด" in name_acting(head, "สมศรี (เจ้าหน้าที่)", "1 ธ.ค. 69")
    assert "วันสิ้นสุด" in head.say("30 พ.ย. 69")
    assert "1–3 ธ.ค. 2569" in head.say("3 ธ.ค. 69")


def test_two_do_not_stand_in_at_once_and_it_is_cancelled_earlier(
    office: Office, officer: Conversation, group_head: Conversation, head: Conversation
) -> None:
    name_acting(head, "สมศรี (เจ้าหน้าที่)", "22-25 พ.ย. 69")
    assert "มีผู้รักษาราชการแทนอยู่แล้ว" in name_acting(head, "กานดา (หัวหน้ากลุ่มงาน)", "25-27 พ.ย. 69")
    assert "ผู้รักษาราชการแทน" in officer.say("/start")
    head.say("ผู้ปฏิบัติงาน")

    assert "สมศรี ไม่ได้รักษาราชการแทนแล้ว" in head.press("ยกเลิกรักษาราชการแทน: สมศรี")

    assert "ผู้รักษาราชการแทน" not in officer.say("/start")
    assert "กานดา รักษาราชการแทน" in name_acting(head, "กานดา (หัวหน้ากลุ่มงาน)", "25-27 พ.ย. 69")
    office.clock.set_day(date(2026, 11, 23))
    assert "ไม่ได้รักษาราชการแทนแล้ว" in read(officer)


def test_the_ministry_names_an_acting_head_and_the_head_is_told(
    office: Office, officer: Conversation, head: Conversation, ministry: Conversation
) -> None:
    ministry.say("ผู้ปฏิบัติงาน")
    ministry.say("เชียงใหม่")
    ministry.press("ตั้งผู้รักษาราชการแทน")
    ministry.press("สมศรี (เจ้าหน้าที่)")
    ministry.say("1-15 ธ.ค. 69")

    office.clock.set_day(date(2026, 11, 23))
    assert "สมศรี รักษาราชการแทน" in read(head)
    assert "สมศรี รักษาราชการแทน" in read(officer)


def test_who_may_not_names_nobody(
    office: Office, officer: Conversation, group_head: Conversation, neighbour: Conversation
) -> None:
    for person in (officer, neighbour):
        assert forged(office, person, "acting.who", province="TH-50") == "ไม่พบรายการนี้"
        assert forged(office, person, "acting.days", member=2) == "ไม่พบรายการนี้"
        args = {"member": 2, "first": "2026-12-01", "days": 3}
        assert forged(office, person, "acting.until", **args) == "ไม่พบรายการนี้"
        assert forged(office, person, "acting.end", member=2) == "ไม่พบรายการนี้"


def test_an_acting_head_who_leaves_the_office_stands_in_no_more(
    office: Office, officer: Conversation, head: Conversation
) -> None:
    name_acting(head, "สมศรี (เจ้าหน้าที่)", "22-29 พ.ย. 69")
    officer.say("ออกจากระบบงาน")
    officer.press("เจ้าหน้าที่ เชียงใหม่")
    officer.press("ยืนยันออกจากระบบงาน")

    assert "[ขอสิทธิ์ใช้งาน]" in officer.say("/start")


def test_an_acting_head_does_not_end_the_heads_membership_and_may_end_an_officers(
    office: Office, officer: Conversation, group_head: Conversation, head: Conversation
) -> None:
    name_acting(head, "กานดา (หัวหน้ากลุ่มงาน)", "22-29 พ.ย. 69")
    group_head.say("ผู้ปฏิบัติงาน")
    group_head.press("พ้นหน้าที่แล้ว")

    assert group_head.buttons() == ["สมศรี (เจ้าหน้าที่)", "ย้อนกลับ"]


# ------------------------------------------------------------------ October


def on(office: Office, day: date, hour: int = 10) -> None:
    """The plan runs twice, and once more after a restart."""
    office.clock.set_day(day, hour)
    office.plan()
    office.restart()
    office.plan()


def letters(person: Conversation) -> list[str]:
    return [message.title for message in person.receive() if "ผู้ปฏิบัติงาน" in message.title]


@pytest.fixture
def september(office: Office) -> None:
    office.clock.set_day(date(2026, 9, 30))


@pytest.mark.usefixtures("september")
def test_each_head_is_asked_once_from_the_first_of_october_and_once_more_after_two_weeks(
    office: Office,
) -> None:
    head = office.person("อำนาจ", "head", "TH-50")
    office.person("สมศรี", "officer", "TH-50")
    on(office, date(2026, 9, 30))
    assert letters(head) == []

    on(office, THURSDAY, hour=7)
    assert letters(head) == []
    on(office, THURSDAY)
    assert letters(head) == ["เชียงใหม่: โปรดยืนยันผู้ปฏิบัติงาน ปีงบประมาณ 2570"]
    assert head.buttons() == ["ถูกต้อง", "พ้นหน้าที่แล้ว: สมศรี"]
    for day in (2, 14):
        on(office, date(2026, 10, day))
        assert letters(head) == []
    on(office, date(2026, 10, 15))
    assert letters(head) == ["เชียงใหม่: ยังไม่ได้ยืนยันผู้ปฏิบัติงาน ปีงบประมาณ 2570"]
    for day in (16, 29, 30):
        on(office, date(2026, 10, day))
        assert letters(head) == []


@pytest.mark.usefixtures("september")
def test_a_confirmed_list_is_not_asked_about_again(office: Office) -> None:
    head = office.person("อำนาจ", "head", "TH-50")
    second = office.person("สุดา", "head", "TH-50")
    on(office, THURSDAY)
    assert letters(head) == letters(second) != []
    assert "ยืนยันผู้ปฏิบัติงานปีงบประมาณ 2570 แล้ว (1 ต.ค. 2569)" in head.press("ถูกต้อง")

    on(office, date(2026, 10, 15))

    assert letters(head) == letters(second) == []
    assert "(1 ต.ค. 2569)" in second.press("ถูกต้อง")
    with office.database.read() as session:
        check = session.scalars(select(StaffCheck)).one()
        assert check.confirmed_by == person_id(office, head)
        confirmed = session.scalars(select(AuditEvent).where(AuditEvent.action == "staff.confirmed")).all()
        assert len(confirmed) == 1
    assert "ยืนยันผู้ปฏิบัติงานปีงบประมาณ 2570 แล้ว" in head.say("ผู้ปฏิบัติงาน")
    assert "[ถูกต้อง]" not in head.last


@pytest.mark.usefixtures("september")
def test_who_left_is_taken_out_from_the_october_list(office: Office) -> None:
    head = office.person("อำนาจ", "head", "TH-50")
    officer = office.person("สมศรี", "officer", "TH-50")
    officer.say("ประชุมกับเฉิงตู 3 ก.ย. 69")
    on(office, THURSDAY)
    letters(head)

    assert "สมศรี พ้นหน้าที่นี้แล้วใช่หรือไม่" in head.press("พ้นหน้าที่แล้ว: สมศรี")
    head.press("เลือกผู้รับช่วงงาน")
    head.press("อำนาจ (หัวหน้าสำนักงานจังหวัด)")

    head.say("/start")
    assert "มีรายการที่ยังไม่ได้บันทึก" in head.last
    assert "[ขอสิทธิ์ใช้งาน]" in officer.say("/start")


@pytest.mark.usefixtures("september")
def test_a_head_who_cannot_be_reached_in_the_first_week_is_asked_later_and_others_are_not(
    office: Office,
) -> None:
    head = office.person("อำนาจ", "head", "TH-50")
    officer = office.person("บุญมี", "officer", "TH-49")
    with office.database.write() as session:
        people.set_reachable(session, "web", "อำนาจ", reachable=False)
    on(office, THURSDAY)
    with office.database.write() as session:
        people.set_reachable(session, "web", "อำนาจ", reachable=True)

    on(office, date(2026, 10, 5))

    assert len(letters(head)) == 1
    assert letters(officer) == []


def test_nobody_is_asked_outside_october(office: Office, head: Conversation) -> None:
    on(office, date(2026, 11, 23))

    assert letters(head) == []
    with office.database.read() as session:
        assert serving.find_check(session, "TH-50", 2570) is None
