"""What is answered to a reminder: planned, put off, exempt, somebody else's; and why it came."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from storage import conversations, erasure, people
from storage.models import AuditEvent, Exemption, Person, Snooze
from tests.conversations.test_reminders import LATER, TUESDAY, log_kawthaung, reminded
from tests.conversations.test_rights import forged
from tests.storage.together import together
from tests.support import Conversation, Office, shown


@pytest.fixture
def ministry(office: Office) -> Conversation:
    return office.person("กองการต่างประเทศ", "ministry")


def received(person: Conversation) -> str:
    return "\n".join(shown(message) for message in person.receive())


def confirm(office: Office, person: Conversation, province: str) -> None:
    """Nothing of a province that has not confirmed its list is escalated."""
    forged(office, person, "list.right", province=province)


# ------------------------------------------------------------------ put off


def test_a_reminder_that_is_put_off_comes_when_the_days_are_over(
    office: Office, ranong: Conversation
) -> None:
    assert "ระนอง: 1 คู่ยังไม่มีกิจกรรมร่วม" in reminded(office, ranong, TUESDAY)
    assert "เลื่อนการแจ้งเตือนถึงเมื่อใด" in ranong.press("เลื่อนการแจ้งเตือน")
    assert "กรุณาเลือกหรือพิมพ์เหตุผล" in ranong.say("25 ธ.ค.")
    said = ranong.say("รอหนังสือจากฝ่ายเมียนมา")
    assert "เลื่อนการแจ้งเตือนถึง 25 ธ.ค. 2569 แล้ว" in said
    assert "รอหนังสือจากฝ่ายเมียนมา" in said

    assert reminded(office, ranong, LATER) == ""
    assert "จังหวัดเกาะสอง" in reminded(office, ranong, date(2026, 12, 28))


def test_what_a_digest_said_stays_when_its_buttons_are_answered(
    office: Office, officer: Conversation
) -> None:
    reminded(office, officer, TUESDAY)
    officer.press("จัดการการแจ้งเตือน")
    assert officer.messages[-1].edit is None
    officer.press("เชียงใหม่–นครเฉิงตู")
    assert officer.messages[-1].edit is not None


def test_putting_off_is_taken_back_by_one_press(office: Office, ranong: Conversation) -> None:
    reminded(office, ranong, TUESDAY)
    ranong.press("เลื่อนการแจ้งเตือน")
    ranong.press("1 เดือน (1 ม.ค. 2570)")
    ranong.press("รอฝ่ายคู่ตอบรับ")
    assert "ยกเลิกการเลื่อนแล้ว" in ranong.press("ยกเลิกการเลื่อน")

    assert "จังหวัดเกาะสอง" in reminded(office, ranong, LATER)


@pytest.mark.parametrize("typed", ["1 ม.ค. 2569", "1 ม.ค. 2575", "พรุ่งนี้เช้าตรู่ของปีหน้า"])
def test_a_day_that_is_no_day_to_wait_for_is_asked_again(
    office: Office, ranong: Conversation, typed: str
) -> None:
    reminded(office, ranong, TUESDAY)
    ranong.press("เลื่อนการแจ้งเตือน")
    ranong.say(typed)
    assert "กรุณาเลือกหรือพิมพ์เหตุผล" in ranong.say("20 ธ.ค. 69")


def test_putting_off_left_half_way_changes_nothing(office: Office, ranong: Conversation) -> None:
    reminded(office, ranong, TUESDAY)
    ranong.press("เลื่อนการแจ้งเตือน")
    ranong.say("ยกเลิก")

    assert "จังหวัดเกาะสอง" in reminded(office, ranong, LATER)


# ------------------------------------------------------------------ planned


def test_a_plan_is_recorded_from_the_reminder_and_asked_about_after_its_day(
    office: Office, ranong: Conversation
) -> None:
    reminded(office, ranong, TUESDAY)
    assert "ระบุวันที่จะจัด" in ranong.press("มีแผนจัดแล้ว")
    ranong.press("ประชุม/หารือ")
    ranong.say("15 ธ.ค. 69")
    ranong.say("บันทึก")

    assert reminded(office, ranong, date(2026, 12, 14)) == ""
    office.clock.set_day(date(2026, 12, 16), 10)
    office.plan()
    assert "จัดแล้ว" in received(ranong)


# ------------------------------------------------------------------ exempt


def exemption_asked(office: Office, ranong: Conversation) -> None:
    reminded(office, ranong, TUESDAY)
    ranong.press("ขอยกเว้น")
    ranong.press("สิ้นปีปฏิทิน 2569 (31 ธ.ค. 2569)")
    assert "ส่งคำขอยกเว้นถึงกองการต่างประเทศ สป.มท. แล้ว" in ranong.say("ด่านชายแดนปิดทั้งปี")


def test_an_exemption_is_asked_for_granted_and_ends_the_reminders_of_its_year(
    office: Office, ranong: Conversation, ministry: Conversation
) -> None:
    exemption_asked(office, ranong)
    asked = received(ministry)
    assert "ระนอง–จังหวัดเกาะสอง" in asked
    assert "ด่านชายแดนปิดทั้งปี" in asked

    assert "อนุมัติการยกเว้นถึง 31 ธ.ค. 2569" in ministry.press("อนุมัติ")
    assert "กองการต่างประเทศ สป.มท. อนุมัติการยกเว้น" in received(ranong)
    assert reminded(office, ranong, LATER) == ""
    assert "2570" in reminded(office, ranong, date(2027, 1, 5))


def test_a_refused_exemption_changes_nothing_and_the_asker_is_told(
    office: Office, ranong: Conversation, ministry: Conversation
) -> None:
    exemption_asked(office, ranong)
    ministry.receive()
    ministry.press("ไม่อนุมัติ")

    assert "ไม่อนุมัติการยกเว้น" in received(ranong)
    assert "จังหวัดเกาะสอง" in reminded(office, ranong, LATER)


def test_a_second_decision_hears_of_the_first(
    office: Office, ranong: Conversation, ministry: Conversation
) -> None:
    other = office.person("เพื่อนร่วมกอง", "ministry")
    exemption_asked(office, ranong)
    ministry.receive()
    other.receive()
    ministry.press("อนุมัติ")

    assert "มีผู้พิจารณาแล้ว" in other.press("ไม่อนุมัติ")
    assert reminded(office, ranong, LATER) == ""


def test_a_waiting_exemption_is_not_asked_for_twice(
    office: Office, ranong: Conversation, ministry: Conversation
) -> None:
    exemption_asked(office, ranong)
    assert "อยู่ระหว่างการพิจารณา" in ranong.press("ขอยกเว้น")
    assert "ด่านชายแดนปิดทั้งปี" in ministry.say("คำขอยกเว้น")


# ------------------------------------------------------------------ somebody else, and why


def test_the_head_is_told_that_somebody_else_should_be_responsible(
    office: Office, ranong: Conversation
) -> None:
    head = office.person("หัวหน้า", "head", "TH-85")
    reminded(office, ranong, TUESDAY)
    head.receive()

    assert "แจ้งหัวหน้าสำนักงานจังหวัด" in ranong.press("เปลี่ยนผู้รับผิดชอบ")
    assert "กรุณามอบหมายผู้รับผิดชอบ" in received(head)
    assert "ชูใจ" in head.press("ผู้ปฏิบัติงานของจังหวัด")


def test_without_a_head_the_officer_is_told_so(office: Office, ranong: Conversation) -> None:
    reminded(office, ranong, TUESDAY)
    assert "ยังติดต่อหัวหน้าสำนักงานจังหวัดผ่านระบบไม่ได้" in ranong.press("เปลี่ยนผู้รับผิดชอบ")


def test_why_a_reminder_came_shows_the_sum_and_what_was_told(office: Office, ranong: Conversation) -> None:
    reminded(office, ranong, TUESDAY)
    said = ranong.press("เหตุใดจึงแจ้งเตือน")
    assert "ปีปฏิทิน 2569 (1 ม.ค. 2569 – 31 ธ.ค. 2569): ยังไม่มีกิจกรรม เหลือ 30 วัน" in said
    assert "1 ธ.ค. 2569 แจ้งเจ้าหน้าที่" in said


# ------------------------------------------------------------------ escalation


def test_after_two_silent_steps_the_superiors_are_told_by_post_and_then_the_ministry(
    office: Office, ranong: Conversation, ministry: Conversation
) -> None:
    head = office.person("หัวหน้า", "head", "TH-85")
    confirm(office, ranong, "TH-85")
    for day in (date(2027, 7, 5), date(2027, 10, 4)):
        assert "จังหวัดเกาะสอง" in reminded(office, ranong, day)
        assert reminded(office, head, day) == ""

    told = reminded(office, head, date(2027, 11, 1))
    assert "ยังไม่พบบันทึกกิจกรรมร่วมในปีปฏิทิน 2570 จำนวน 1 คู่" in told
    assert "แจ้งแล้ว: เจ้าหน้าที่ 2 ครั้ง (ล่าสุด 4 ต.ค. 2570)" in told
    assert "ชูใจ" not in told
    assert reminded(office, ministry, date(2027, 11, 12)) == ""
    assert "ยังไม่พบบันทึกกิจกรรมร่วม" in reminded(office, ministry, date(2027, 11, 15))


def test_what_was_tried_alike_for_all_pairings_is_said_once(office: Office, officer: Conversation) -> None:
    head = office.person("หัวหน้า", "head", "TH-50")
    confirm(office, officer, "TH-50")
    for day in (date(2027, 7, 5), date(2027, 10, 4)):
        reminded(office, officer, day)

    told = reminded(office, head, date(2027, 11, 1))
    assert "ในปีปฏิทิน 2570 จำนวน 8 คู่" in told
    assert told.count("แจ้งแล้ว: เจ้าหน้าที่ 2 ครั้ง (ล่าสุด 4 ต.ค. 2570)") == 1


@pytest.mark.parametrize("gone", ["left", "blocked"])
def test_who_left_or_blocked_the_bot_is_no_end_of_the_matter(
    office: Office, ranong: Conversation, gone: str
) -> None:
    head = office.person("หัวหน้า", "head", "TH-85")
    confirm(office, ranong, "TH-85")
    if gone == "left":
        office.leave(ranong)
    else:
        with office.database.write() as session:
            people.set_reachable(session, ranong.channel, ranong.name, reachable=False)

    assert "ยังไม่มีผู้รับผิดชอบที่ติดต่อได้" in reminded(office, head, date(2027, 7, 5))


def test_an_answer_ends_the_climb(office: Office, ranong: Conversation) -> None:
    head = office.person("หัวหน้า", "head", "TH-85")
    confirm(office, ranong, "TH-85")
    reminded(office, ranong, date(2027, 7, 5))
    reminded(office, ranong, date(2027, 10, 4))
    ranong.press("เลื่อนการแจ้งเตือน")
    ranong.press("1 สัปดาห์ (11 ต.ค. 2570)")
    ranong.press("รอฝ่ายคู่ตอบรับ")

    assert reminded(office, head, date(2027, 11, 1)) == ""


def test_nothing_of_an_unconfirmed_province_is_escalated(office: Office, ranong: Conversation) -> None:
    head = office.person("หัวหน้า", "head", "TH-85")
    for day in (date(2027, 7, 5), date(2027, 10, 4), date(2027, 11, 1), date(2027, 12, 1)):
        assert "จังหวัดเกาะสอง" in reminded(office, ranong, day)
        assert reminded(office, head, day) == ""


# ------------------------------------------------------------------ the schedule, suspensions


def test_the_schedule_shows_the_coming_year_before_a_first_send(office: Office, ranong: Conversation) -> None:
    office.clock.set_day(date(2026, 11, 26))
    said = ranong.say("กำหนดการแจ้งเตือน")
    assert "26 พ.ย. 2569: 1 คู่ (60 วันก่อนสิ้นปี 2569)" in said
    assert "1 ธ.ค. 2569: 1 คู่ (30 วันก่อนสิ้นปี 2569)" in said
    assert "4 ม.ค. 2570: 1 คู่ (เดือนที่ 1 หลังสิ้นปี 2569)" in said


def test_a_recorded_activity_leaves_the_rest_of_the_year_out_of_the_schedule(
    office: Office, ranong: Conversation
) -> None:
    office.clock.set_day(date(2026, 11, 26))
    log_kawthaung(ranong)
    said = ranong.say("กำหนดการแจ้งเตือน")
    assert "2569)" not in said
    assert "เดือนแรกของปี 2570" in said


def test_the_ministry_suspends_a_country_and_ends_it(
    office: Office, ranong: Conversation, ministry: Conversation
) -> None:
    office.clock.set_day(TUESDAY)
    ministry.say("ชะลอการแจ้งเตือน")
    ministry.press("เพิ่มรายการชะลอ")
    ministry.say("เมียนมา")
    assert "กรุณาพิมพ์เหตุผล" in ministry.press("ประเทศ: เมียนมา")
    ministry.say("สถานการณ์ความไม่สงบ")
    said = ministry.press("อีก 6 เดือน (1 มิ.ย. 2570)")
    assert "ชะลอการแจ้งเตือนของเมียนมาแล้ว กำหนดทบทวน 1 มิ.ย. 2570" in said
    assert "สถานการณ์ความไม่สงบ" in said

    assert reminded(office, ranong, TUESDAY) == ""
    assert "ชะลอตามนโยบาย" in forged(office, ranong, "holds.why", pairing="85-kawthaung")

    ministry.say("ชะลอการแจ้งเตือน")
    assert "ยุติการชะลอแล้ว" in ministry.press("ยุติการชะลอ เมียนมา")
    assert "จังหวัดเกาะสอง" in reminded(office, ranong, LATER)


@pytest.mark.parametrize(
    "step", ["suspend.list", "suspend.ask", "holds.waiting", "suspend.what", "suspend.end"]
)
def test_what_belongs_to_the_ministry_is_not_there_for_a_province(
    office: Office, ranong: Conversation, step: str
) -> None:
    assert forged(office, ranong, step, about="country MM", suspension=1) == "ไม่พบรายการนี้"


# ------------------------------------------------------------------ whose buttons these are

KAWTHAUNG = "85-kawthaung"
NOT_FOUND = "ไม่พบรายการนี้"


def quiet_rows(office: Office) -> list[tuple[str, str]]:
    """What is stored, by the name of who did it."""
    with office.database.read() as session:
        names = {one.id: one.name for one in session.scalars(select(Person))}
        snoozes = session.scalars(select(Snooze).where(Snooze.ended_at.is_(None)).order_by(Snooze.id))
        exemptions = session.scalars(select(Exemption).order_by(Exemption.id))
        return [
            *(("snooze", names[one.made_by or 0]) for one in snoozes),
            *((f"exemption {one.state}", names[one.asked_by or 0]) for one in exemptions),
        ]


def in_a_group(office: Office, step: str, **args: Any) -> str:
    """The id of a button that stands in a group."""
    with office.database.write() as session:
        chat = people.get_or_add_chat(session, "web", "กลุ่มงาน", group=True)
        action = {"name": step, "args": args}
        button = conversations.NewChoice(conversations.new_choice_id(), action)
        conversations.add_choices(session, chat.id, [button], office.clock.now())
    return button.id


def test_a_button_in_a_group_acts_for_whoever_presses_it(
    office: Office, ranong: Conversation, neighbour: Conversation, ministry: Conversation, guest: Conversation
) -> None:
    button = in_a_group(office, "holds.snooze_until", pairing=KAWTHAUNG, day="2026-12-20")
    missing = in_a_group(office, "holds.snooze_until", pairing="no-such-pairing", day="2026-12-20")
    others = [Conversation(office, one.name, group="กลุ่มงาน") for one in (neighbour, ministry, guest)]
    for one in others:
        assert one.press_id(button, "a-card") == one.press_id(missing, "a-card")
    own = Conversation(office, ranong.name, group="กลุ่มงาน")
    assert "พิมพ์เหตุผล" in own.press_id(button, "a-card")

    for one in others:
        one.say("รอฝ่ายคู่ตอบรับ")
    assert quiet_rows(office) == []
    own.say("รอฝ่ายคู่ตอบรับ")
    assert quiet_rows(office) == [("snooze", "ชูใจ")]


@pytest.mark.parametrize("role", ["officer", "group_head", "head"])
def test_nobody_of_a_province_decides_an_exemption(office: Office, ranong: Conversation, role: str) -> None:
    exemption_asked(office, ranong)
    person = office.person("ผู้อื่น", role, "TH-85")
    for decision in ("granted", "refused"):
        decided = forged(office, person, "holds.decide", exemption=1, decision=decision)
        assert (
            decided == forged(office, person, "holds.decide", exemption=999, decision=decision) == NOT_FOUND
        )
    assert quiet_rows(office) == [("exemption waiting", "ชูใจ")]


def test_who_was_of_the_ministry_decides_nothing_at_the_next_press(
    office: Office, ranong: Conversation, ministry: Conversation
) -> None:
    exemption_asked(office, ranong)
    ministry.receive()
    office.leave(ministry)
    assert ministry.press("อนุมัติ") == NOT_FOUND
    assert quiet_rows(office) == [("exemption waiting", "ชูใจ")]


def test_who_served_until_yesterday_puts_nothing_off(office: Office, ranong: Conversation) -> None:
    reminded(office, ranong, TUESDAY)
    ranong.press("เลื่อนการแจ้งเตือน")
    ranong.press("1 เดือน (1 ม.ค. 2570)")
    office.leave(ranong)
    office.clock.move(days=1)

    for label in ("รอฝ่ายคู่ตอบรับ", "1 เดือน (1 ม.ค. 2570)", "เลื่อนการแจ้งเตือน", "ขอยกเว้น", "เปลี่ยนผู้รับผิดชอบ"):
        assert "ไม่พบ" in ranong.press(label)
    assert quiet_rows(office) == []


def test_two_of_the_ministry_who_decide_at_once_decide_once(
    office: Office, ranong: Conversation, ministry: Conversation
) -> None:
    other = office.person("เพื่อนร่วมกอง", "ministry")
    exemption_asked(office, ranong)
    ministry.receive()
    other.receive()

    said = together(lambda: ministry.press("อนุมัติ"), lambda: other.press("ไม่อนุมัติ"))

    assert sum("มีผู้พิจารณาแล้ว" in one for one in said) == 1
    assert len(ranong.receive()) == 1
    with office.database.read() as session:
        decided = session.scalars(
            select(AuditEvent.action).where(AuditEvent.action.in_(("exemption.granted", "exemption.refused")))
        ).all()
        state = session.scalars(select(Exemption.state)).one()
    assert decided == [f"exemption.{state}"]


def test_two_of_the_province_who_ask_at_once_ask_once(office: Office, ranong: Conversation) -> None:
    colleague = office.person("เพื่อน", "officer", "TH-85")
    for one in (ranong, colleague):
        forged(office, one, "holds.exempt_until", pairing=KAWTHAUNG, day="2026-12-31")

    together(lambda: ranong.say("ด่านปิด"), lambda: colleague.say("ด่านปิด"))

    assert [what for what, _ in quiet_rows(office)] == ["exemption waiting"]


# ------------------------------------------------------------------ it belongs to the post


def test_the_decision_is_told_to_who_serves_now_where_the_asker_left(
    office: Office, ranong: Conversation, ministry: Conversation
) -> None:
    exemption_asked(office, ranong)
    colleague = office.person("เพื่อน", "officer", "TH-85")
    office.leave(ranong)
    ranong.receive()
    colleague.receive()
    ministry.receive()
    ministry.press("อนุมัติ")

    assert "กองการต่างประเทศ สป.มท. อนุมัติการยกเว้น" in received(colleague)
    assert received(ranong) == ""


def test_what_a_leaver_put_off_stays_and_the_successor_ends_it(office: Office, ranong: Conversation) -> None:
    forged(office, ranong, "holds.snooze_until", pairing=KAWTHAUNG, day="2026-12-25")
    ranong.say("รอหนังสือ")
    successor = office.person("เพื่อน", "officer", "TH-85")
    ranong.say("ออกจากระบบงาน")
    ranong.press("ยืนยันออกจากระบบงาน")

    assert reminded(office, successor, LATER) == ""
    assert "รอหนังสือ" in forged(office, successor, "holds.menu", pairing=KAWTHAUNG)
    assert "ยกเลิกการเลื่อนแล้ว" in successor.press("ยกเลิกการเลื่อน")
    assert quiet_rows(office) == []


def test_an_exemption_of_somebody_who_was_erased_is_decided_and_holds(
    office: Office, ranong: Conversation, ministry: Conversation, tmp_path: Path
) -> None:
    exemption_asked(office, ranong)
    successor = office.person("เพื่อน", "officer", "TH-85")
    with office.database.write() as session:
        identity = people.find_identity(session, ranong.channel, ranong.name)
        assert identity is not None
        erasure.erase(session, tmp_path / "erased.log", identity.person_id, office.clock.now())

    said = ministry.say("คำขอยกเว้น")
    assert "ด่านชายแดนปิดทั้งปี" in said
    assert "ชูใจ" not in said
    ministry.press("อนุมัติ")
    assert quiet_rows(office) == [("exemption granted", "")]
    assert "กองการต่างประเทศ สป.มท. อนุมัติการยกเว้น" in received(successor)
    assert reminded(office, successor, LATER) == ""
