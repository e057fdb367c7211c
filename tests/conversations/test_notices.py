"""What is said once beside the reminders of the year, in the one digest of the day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from storage import holds, people, registry
from storage.models import Invitation, Membership, Notice
from tests.support import Conversation, Office, shown

KAWTHAUNG = "85-kawthaung"
TUESDAY = date(2026, 11, 24)
MONDAY = date(2026, 11, 30)


@pytest.fixture
def ranong(office: Office) -> Conversation:
    """The officer of a province with one signed pairing, whose activity of the year is recorded."""
    person = office.person("ชูใจ", "officer", "TH-85")
    person.say("ประชุมกับเกาะสอง 3 พ.ย. 69 20 คน")
    person.press("บันทึก")
    return person


@pytest.fixture
def head(office: Office) -> Conversation:
    """The head of office of the same province."""
    return office.person("สุดา", "head", "TH-85")


def digests(office: Office, person: Conversation, day: date, hour: int = 10) -> str:
    """What the plan of that hour brings; what is asked of records by itself is left out."""
    office.clock.set_day(day, hour)
    office.plan()
    said = [shown(message) for message in person.receive()]
    return "\n---\n".join(one for one in said if "ผลที่ได้รับ" not in one)


def ends(office: Office, value: str, pairing: str = KAWTHAUNG, precision: str = "day") -> None:
    """The registry says when a pairing's agreement ends."""
    with office.database.write() as session:
        said = registry.Value("expires_on", value, "MOU", precision=precision)
        now = office.clock.now()
        row = registry.add(session, f"pairing:{pairing}", said, registry.PROPOSED, None, now)
        registry.make_current(session, row, None, now)


def states(office: Office, kind: str) -> list[tuple[str, str]]:
    with office.database.read() as session:
        rows = session.scalars(select(Notice).where(Notice.kind == kind).order_by(Notice.id))
        return [(row.step, row.state) for row in rows]


# ------------------------------------------------------------------ terms


def test_a_term_that_ends_is_said_once_at_each_step(office: Office, ranong: Conversation) -> None:
    ends(office, "2027-05-20")
    said = digests(office, ranong, TUESDAY)

    assert "บันทึกความเข้าใจที่ใกล้ครบกำหนดหรือครบกำหนดแล้ว 1 ฉบับ" in said
    assert "1. ระนอง–จังหวัดเกาะสอง · ครบกำหนด 20 พ.ค. 2570 (อีก 177 วัน)" in said
    assert digests(office, ranong, date(2026, 11, 25)) == ""
    assert "(อีก 120 วัน)" in digests(office, ranong, date(2027, 1, 20))


def test_the_button_of_a_term_leads_to_the_pairing(office: Office, ranong: Conversation) -> None:
    ends(office, "2027-05-20")
    digests(office, ranong, TUESDAY)

    assert "เกาะสอง" in ranong.press("ระนอง–จังหวัดเกาะสอง")


def test_the_head_is_told_of_a_term_from_ninety_days_on(
    office: Office, ranong: Conversation, head: Conversation
) -> None:
    ends(office, "2027-03-15")
    office.clock.set_day(TUESDAY)
    office.plan()
    assert "ใกล้ครบ" in "".join(shown(one) for one in ranong.receive())
    assert "(อีก 111 วัน)" not in "".join(one.title for one in head.receive())

    office.clock.set_day(date(2026, 12, 15))
    office.plan()
    assert "(อีก 90 วัน)" in "".join(shown(one) for one in head.receive())


def test_a_term_that_is_over_is_said_once_more_and_a_renewal_ends_it(
    office: Office, ranong: Conversation
) -> None:
    ends(office, "2026-11-20")
    assert "ครบกำหนดเมื่อ 20 พ.ย. 2569" in digests(office, ranong, TUESDAY)
    assert digests(office, ranong, date(2026, 12, 8)) == ""

    ends(office, "2031-11-20")
    assert digests(office, ranong, date(2026, 12, 9)) == ""


def test_a_renewal_that_is_recorded_before_the_morning_takes_the_notice_back(
    office: Office, ranong: Conversation
) -> None:
    ends(office, "2027-05-20")
    assert digests(office, ranong, TUESDAY, hour=7) == ""
    assert states(office, "term") == [("d180", "planned")]

    ends(office, "2032-05-20")
    office.clock.set_day(TUESDAY)
    assert ranong.receive() == []
    assert states(office, "term") == [("d180", "cancelled")]


def test_an_end_of_which_only_the_year_is_known_is_its_last_day(office: Office, ranong: Conversation) -> None:
    ends(office, "2026-01-01", precision="year")

    assert "ครบกำหนด 31 ธ.ค. 2569" in digests(office, ranong, TUESDAY)


def test_a_term_stands_below_the_reminders_of_the_same_digest(office: Office, officer: Conversation) -> None:
    ends(office, "2027-05-20", "50-chengdu")
    said = digests(office, officer, date(2026, 12, 1))

    assert said.count("---") == 0
    assert said.startswith("⏳ เชียงใหม่: 8 คู่")
    assert said.index("ระบบนับตามวันที่จัดจริง") < said.index("เชียงใหม่–นครเฉิงตู · ครบกำหนด 20 พ.ค. 2570")
    assert "บันทึกกิจกรรม นครเฉิงตู" in officer.buttons()
    assert "เชียงใหม่–นครเฉิงตู" in officer.buttons()


def test_what_the_ministry_suspended_is_not_spoken_of(office: Office, ranong: Conversation) -> None:
    ends(office, "2027-05-20")
    suspend(office, "MM", date(2027, 11, 1))

    assert digests(office, ranong, TUESDAY) == ""


def suspend(office: Office, country: str, review_on: date) -> None:
    with office.database.write() as session:
        by = people.add_person(session, "ผู้มีอำนาจ", office.clock.now())
        holds.add_suspension(
            session,
            "country",
            country,
            date(2026, 11, 1),
            "นโยบาย",
            review_on,
            by.id,
            office.clock.now(),
        )


def test_what_was_planned_for_somebody_who_blocked_the_bot_waits_for_another_channel(
    office: Office, ranong: Conversation
) -> None:
    ends(office, "2027-05-20")
    with office.database.write() as session:
        people.set_reachable(session, "web", "ชูใจ", reachable=False)
    assert digests(office, ranong, TUESDAY) == ""

    ranong.say("/start")
    assert "ครบกำหนด 20 พ.ค. 2570" in digests(office, ranong, date(2026, 11, 25))


# ------------------------------------------------------------------ stages and plans


def test_a_stage_that_stands_still_is_said_every_half_year(office: Office) -> None:
    phangnga = office.person("ปรีชา", "officer", "TH-82")
    assert "ขั้นตอนเดิม" not in digests(office, phangnga, TUESDAY)

    said = digests(office, phangnga, date(2027, 5, 24))
    assert "คู่ที่ยังไม่ได้ลงนามและยังอยู่ในขั้นตอนเดิม 2 คู่" in said
    assert "พังงา–มณฑลกุ้ยโจว · อยู่ระหว่างดำเนินการ ตั้งแต่ 22 พ.ย. 2569 (183 วัน)" in said
    assert "ขั้นตอนเดิม" not in digests(office, phangnga, date(2027, 5, 25))
    assert "(366 วัน)" in digests(office, phangnga, date(2027, 11, 23))


def test_a_new_stage_begins_anew(office: Office) -> None:
    phangnga = office.person("ปรีชา", "officer", "TH-82")
    office.clock.set_day(date(2027, 5, 3))
    with office.database.write() as session:
        said = registry.Value("stage", "mou_draft", "หนังสือ", date(2027, 5, 3), "day")
        now = office.clock.now()
        row = registry.add(session, "pairing:82-guizhou", said, registry.PROPOSED, None, now)
        registry.make_current(session, row, None, now)

    assert "1 คู่" in digests(office, phangnga, date(2027, 5, 24))
    assert "กุ้ยโจว · จัดทำร่างบันทึกความเข้าใจ ตั้งแต่ 3 พ.ค. 2570" in digests(office, phangnga, date(2027, 11, 1))


def test_a_plan_is_announced_a_week_before_with_its_button(office: Office, ranong: Conversation) -> None:
    ranong.say("จะประชุมกับเกาะสอง 15 ธ.ค. 69 เรื่องท่องเที่ยว")
    ranong.press("บันทึก")
    assert digests(office, ranong, date(2026, 12, 7)) == ""

    said = digests(office, ranong, date(2026, 12, 8))
    assert "กิจกรรมที่จะจัดภายใน 7 วัน: 1 รายการ" in said
    assert "15 ธ.ค. 2569" in said
    assert "15 ธ.ค. 2569" in ranong.press("จังหวัดเกาะสอง 15 ธ.ค. 2569")
    assert digests(office, ranong, date(2026, 12, 9)) == ""


def test_who_wrote_of_a_plan_this_week_is_not_told_of_it(office: Office, ranong: Conversation) -> None:
    office.clock.set_day(date(2026, 12, 9))
    ranong.say("จะประชุมกับเกาะสอง 15 ธ.ค. 69")
    ranong.press("บันทึก")

    assert digests(office, ranong, date(2026, 12, 10)) == ""


def test_where_the_recorder_has_left_the_officers_hear_of_the_plan(
    office: Office, ranong: Conversation
) -> None:
    ranong.say("จะประชุมกับเกาะสอง 15 ธ.ค. 69")
    ranong.press("บันทึก")
    office.leave(ranong)
    successor = office.person("มานี", "officer", "TH-85")

    assert "15 ธ.ค. 2569" in digests(office, successor, date(2026, 12, 8))
    assert ranong.receive() == []


# ------------------------------------------------------------------ invitations


def test_an_invitation_that_nobody_used_is_told_to_whoever_made_it(
    office: Office, ranong: Conversation, head: Conversation
) -> None:
    office.clock.set_day(TUESDAY)
    with office.database.write() as session:
        identity = people.find_identity(session, "web", head.name)
        assert identity is not None
        _, row = people.add_invitation(session, "officer", "TH-85", office.clock.now(), timedelta(hours=72))
        row.created_by = identity.person_id
    assert "รหัสเชิญ" not in digests(office, head, date(2026, 11, 26))

    said = digests(office, head, MONDAY)
    assert "รหัสเชิญที่หมดอายุโดยยังไม่ได้ใช้ 1 รหัส" in said
    assert "เจ้าหน้าที่ ระนอง · หมดอายุ 27 พ.ย. 2569" in said
    assert "รหัสเชิญ" not in digests(office, head, date(2026, 12, 2))
    assert "รหัสเชิญ" not in "".join(shown(one) for one in ranong.receive())


def test_an_invitation_that_was_used_is_not_spoken_of(office: Office, head: Conversation) -> None:
    office.clock.set_day(TUESDAY)
    with office.database.write() as session:
        identity = people.find_identity(session, "web", head.name)
        assert identity is not None
        _, row = people.add_invitation(session, "officer", "TH-85", office.clock.now(), timedelta(hours=72))
        row.created_by, row.used_at = identity.person_id, office.clock.now()
        session.flush()
        assert session.scalars(select(Invitation)).one().used_at is not None

    assert "รหัสเชิญ" not in digests(office, head, MONDAY)


# ------------------------------------------------------------------ the ministry's week


def test_the_week_reaches_the_ministry_once_however_often_it_is_planned(
    office: Office, ministry: Conversation
) -> None:
    said = []
    for number in range(50):
        said.append(digests(office, ministry, MONDAY + timedelta(days=number // 10), hour=9 + number % 7))
        if number % 10 == 5:
            office.restart()

    assert len([one for one in said if "ภาพรวมประจำสัปดาห์" in one]) == 1
    assert "ภาพรวมประจำสัปดาห์ ณ วันที่ 30 พ.ย. 2569" in said[0]
    assert "ภาพรวมประจำสัปดาห์ ณ วันที่ 8 ธ.ค. 2569" in digests(office, ministry, date(2026, 12, 8))


def test_the_week_begins_with_its_first_working_day(office: Office, ministry: Conversation) -> None:
    """Monday, 7 December 2026 is the substitute of a holiday."""
    assert "ภาพรวมประจำสัปดาห์" in digests(office, ministry, MONDAY)
    assert digests(office, ministry, date(2026, 12, 7)) == ""
    assert "ณ วันที่ 8 ธ.ค. 2569" in digests(office, ministry, date(2026, 12, 8))


def test_the_week_counts_by_province_and_names_posts_and_no_persons(
    office: Office, ministry: Conversation, officer: Conversation, ranong: Conversation
) -> None:
    ends(office, "2027-02-15", "50-chengdu")
    said = digests(office, ministry, MONDAY)

    assert "เชียงใหม่ 8" in said
    assert "ระนอง 1" not in said
    assert "บันทึกความเข้าใจที่จะครบกำหนดภายใน 90 วัน: 1 ฉบับ" in said
    assert "1. เชียงใหม่–นครเฉิงตู · ครบกำหนด 15 ก.พ. 2570 (อีก 77 วัน)" in said
    assert "ยังไม่ได้ยืนยันรายชื่อคู่" in said
    assert "ยังไม่มีหัวหน้าสำนักงานจังหวัดในระบบ" in said
    assert "สมศรี" not in said
    assert "http" not in said
    assert "ยังไม่มีกิจกรรมในปีนี้" in ministry.press("สถานะปีนี้")


def test_the_week_is_for_the_ministry_alone(
    office: Office, ministry: Conversation, ranong: Conversation, head: Conversation
) -> None:
    office.clock.set_day(MONDAY)
    office.plan()
    assert "ประจำสัปดาห์" in "".join(shown(one) for one in ministry.receive())
    for person in (ranong, head):
        assert "ประจำสัปดาห์" not in "".join(shown(one) for one in person.receive())


def test_a_suspension_is_put_before_the_ministry_on_its_day_once(
    office: Office, ministry: Conversation
) -> None:
    suspend(office, "MM", date(2026, 12, 1))
    assert "ทบทวน" not in digests(office, ministry, MONDAY)

    said = digests(office, ministry, date(2026, 12, 1))
    assert "ครบกำหนดทบทวนการชะลอตามนโยบาย 1 รายการ" in said
    assert "กำหนดทบทวน 1 ธ.ค. 2569" in said
    assert "นโยบาย" in ministry.press("การชะลอตามนโยบาย")
    assert digests(office, ministry, date(2026, 12, 2)) == ""


# ------------------------------------------------------------------ the head's month


def test_the_head_gets_the_month_of_the_province_once(office: Office, officer: Conversation) -> None:
    head = office.person("สุดา", "head", "TH-50")
    officer.say("จะประชุมกับเฉิงตู 15 ธ.ค. 69 เรื่องท่องเที่ยว")
    officer.press("บันทึก")
    said = digests(office, head, date(2026, 12, 1))

    assert "เชียงใหม่: ภาพรวมประจำเดือน ธ.ค. 2569" in said
    assert "ปีปฏิทิน 2569 ยังไม่มีกิจกรรมร่วม 7 คู่" in said
    assert "เหลือ 30 วัน (ถึง 31 ธ.ค. 2569)" in said
    assert "มีแผนจัดกิจกรรมแล้ว 1 รายการ" in said
    assert "เชียงใหม่–นครเฉิงตู · " in said
    assert "ภาพรวมประจำเดือน" not in digests(office, head, date(2026, 12, 2))
    assert "ภาพรวมประจำเดือน" not in "".join(shown(one) for one in officer.receive())
    assert "ภาพรวมประจำเดือน ม.ค. 2570" in digests(office, head, date(2027, 1, 4))


def test_what_the_month_says_is_not_said_again_below_it(office: Office, ranong: Conversation) -> None:
    head = office.person("สุดา", "head", "TH-85")
    ends(office, "2027-02-15")
    said = digests(office, head, date(2026, 12, 1))

    assert said.startswith("ระนอง: ภาพรวมประจำเดือน ธ.ค. 2569")
    assert said.count("ครบกำหนด 15 ก.พ. 2570") == 1
    assert states(office, "term") == [("d90", "sent"), ("d90", "sent")]
    assert "ครบกำหนด" not in digests(office, head, date(2026, 12, 2))


def test_an_acting_head_gets_the_month_too(office: Office) -> None:
    acting = office.person("อำนาจ", "head", "TH-50")
    with office.database.write() as session:
        session.scalars(select(Membership)).one().acting = True

    assert "เชียงใหม่: ภาพรวมประจำเดือน ธ.ค. 2569" in digests(office, acting, date(2026, 12, 1))


def test_a_month_with_nothing_to_say_is_left_out(
    office: Office, ranong: Conversation, head: Conversation
) -> None:
    assert digests(office, head, date(2026, 12, 1)) == ""


def test_an_exemption_that_is_not_decided_stands_in_the_month(
    office: Office, ranong: Conversation, head: Conversation
) -> None:
    with office.database.write() as session:
        identity = people.find_identity(session, "web", ranong.name)
        assert identity is not None
        holds.ask_exemption(
            session,
            KAWTHAUNG,
            date(2026, 1, 1),
            date(2026, 12, 31),
            "น้ำท่วม",
            identity.person_id,
            office.clock.now(),
        )

    assert "อยู่ระหว่างพิจารณายกเว้น 1 คู่: จังหวัดเกาะสอง" in digests(office, head, date(2026, 12, 1))


# ------------------------------------------------------------------ planning had stopped


def test_the_ministry_is_told_once_that_planning_had_stopped(office: Office, ministry: Conversation) -> None:
    assert "การแจ้งเตือนขัดข้อง" not in digests(office, ministry, MONDAY)
    assert "การแจ้งเตือนขัดข้อง" not in digests(office, ministry, date(2026, 12, 1), hour=11)

    said = digests(office, ministry, date(2026, 12, 3), hour=11)
    assert "การแจ้งเตือนขัดข้องตั้งแต่ 1 ธ.ค. 2569 เวลา 11.00 น. ถึง 3 ธ.ค. 2569 เวลา 11.00 น." in said
    office.restart()
    assert "การแจ้งเตือนขัดข้อง" not in digests(office, ministry, date(2026, 12, 3), hour=14)
    assert "การแจ้งเตือนขัดข้อง" not in digests(office, ministry, date(2026, 12, 4))


def test_a_plan_that_runs_again_at_night_is_told_in_the_morning(
    office: Office, ministry: Conversation
) -> None:
    digests(office, ministry, MONDAY)
    office.clock.set_day(date(2026, 12, 2), 22)
    office.plan()
    assert ministry.receive() == []

    office.clock.set_day(date(2026, 12, 3))
    assert "การแจ้งเตือนขัดข้อง" in "".join(shown(one) for one in ministry.receive())
