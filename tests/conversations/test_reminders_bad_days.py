"""
Days on which much goes wrong: clocks, long sleep, the ends of years, nobody in office, one person with everything.

Every reminder goes out once, a late one says that it is late, and none is lost.
"""

from __future__ import annotations

import os
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select

from bot.splitting import utf16_length
from storage import meta, people
from storage.models import Activity, Pairing, Partner, Person, Province
from tests.conversations.test_holds import confirm, received
from tests.conversations.test_reminders import LATER, TUESDAY, log_kawthaung, reminded
from tests.support import Conversation, Office, shown

EVENING = datetime(2026, 12, 31, 16, 59, tzinfo=UTC)
"""One minute before the new year in Bangkok."""
MIDNIGHT = datetime(2026, 12, 31, 17, 0, tzinfo=UTC)
FIRST_OPEN = date(2027, 1, 4)
"""New Year's Day is a Friday."""


def in_english(office: Office, person: Conversation) -> None:
    with office.database.write() as session:
        identity = people.find_identity(session, person.channel, person.name)
        assert identity is not None
        session.get_one(Person, identity.person_id).language = "en"


# ------------------------------------------------------------------ clocks


def test_a_clock_that_is_set_back_repeats_nothing_and_loses_nothing(
    office: Office, ranong: Conversation
) -> None:
    assert "เหลือ 30 วัน" in reminded(office, ranong, TUESDAY)

    assert reminded(office, ranong, date(2026, 11, 30)) != ""  # the step before, which it never said
    assert reminded(office, ranong, TUESDAY) == ""
    assert "เหลือ 7 วัน" in reminded(office, ranong, LATER)


def test_what_a_clock_that_ran_ahead_planned_is_not_sent_when_it_is_right_again(
    office: Office, ranong: Conversation
) -> None:
    assert reminded(office, ranong, date(2028, 3, 1), hour=7) == ""  # planned for its office hours

    said = reminded(office, ranong, TUESDAY)
    assert "ปีปฏิทิน 2569" in said
    assert "2571" not in said
    assert "เหลือ 7 วัน" in reminded(office, ranong, LATER)


def test_what_a_clock_that_ran_ahead_said_is_said_once(office: Office, ranong: Conversation) -> None:
    assert "เหลือ 7 วัน" in reminded(office, ranong, LATER)

    assert "เหลือ 30 วัน" in reminded(office, ranong, TUESDAY)
    assert reminded(office, ranong, LATER) == ""
    assert "สิ้นสุดเมื่อ 31 ธ.ค. 2569" in reminded(office, ranong, FIRST_OPEN)


@contextmanager
def host_in(zone: str) -> Iterator[None]:
    """The operating system's own time zone."""
    before = os.environ.get("TZ")
    os.environ["TZ"] = zone
    time.tzset()
    try:
        yield
    finally:
        if before is None:
            del os.environ["TZ"]
        else:
            os.environ["TZ"] = before
        time.tzset()


@pytest.mark.parametrize("zone", ["America/Los_Angeles", "Pacific/Kiritimati"])
def test_the_time_zone_of_the_host_changes_no_day(office: Office, ranong: Conversation, zone: str) -> None:
    with host_in(zone):
        office.clock.at = EVENING
        office.plan()
        assert ranong.receive() == []
        assert "31 ธ.ค. 2569" in ranong.say("ประชุมกับเกาะสองวันนี้ 20 คน")
        ranong.press("บันทึก")
        office.clock.at = datetime(2027, 1, 4, 1, 59, tzinfo=UTC)
        office.plan()
        assert ranong.receive() == []

        office.clock.at = datetime(2027, 1, 4, 2, 0, tzinfo=UTC)
        office.plan()
        said = "\n".join(shown(one) for one in ranong.receive() if "⏳" in shown(one))

    assert "ปีปฏิทิน 2570" in said
    assert "เหลือ 361 วัน" in said
    assert "คู่ยังไม่มีกิจกรรมร่วมในปีปฏิทิน 2569" not in said


# ------------------------------------------------------------------ asleep


@pytest.mark.parametrize(
    ("language", "late"),
    [("th", "ข้อความนี้ส่งช้ากว่ากำหนด 20 วัน"), ("en", "This message is 20 days later than it should be")],
)
def test_after_three_weeks_asleep_one_message_catches_up_and_says_that_it_is_late(
    office: Office, ranong: Conversation, language: str, late: str
) -> None:
    if language == "en":
        in_english(office, ranong)
    reminded(office, ranong, date(2026, 11, 30))

    said = reminded(office, ranong, date(2026, 12, 21))  # d30 was due on the first

    assert said.count("⏳") == 1
    assert late in said
    assert reminded(office, ranong, date(2026, 12, 21), hour=15) == ""
    assert reminded(office, ranong, date(2026, 12, 22)) == ""
    assert "7" in reminded(office, ranong, LATER)


def test_what_was_planned_before_the_machine_fell_asleep_comes_once_with_the_sum_of_the_day(
    office: Office, ranong: Conversation
) -> None:
    assert reminded(office, ranong, TUESDAY, hour=7) == ""

    office.clock.set_day(date(2026, 12, 22))
    office.restart()
    woken = received(ranong)  # the sender looks before the plan does
    assert "เหลือ 9 วัน" in woken
    assert "ส่งช้ากว่ากำหนด 21 วัน" in woken
    assert reminded(office, ranong, date(2026, 12, 22), hour=15) == ""


def test_steps_that_were_slept_through_are_one_message_and_no_storm(
    office: Office, ranong: Conversation
) -> None:
    reminded(office, ranong, date(2026, 11, 24))

    said = reminded(office, ranong, date(2027, 3, 3))  # d30, d7, overdue1, overdue2, and the start of 2570

    assert said.count("⏳") == 1
    assert "คู่ยังไม่มีกิจกรรมร่วมในปีปฏิทิน 2569" in said
    assert "คู่ยังไม่มีกิจกรรมร่วมในปีปฏิทิน 2570" in said
    assert reminded(office, ranong, date(2027, 3, 4)) == ""


# ------------------------------------------------------------------ the ends of years


@pytest.mark.parametrize(
    ("at", "day", "silent", "owing"),
    [(EVENING, "31 ธ.ค. 2569", "2569", "2570"), (MIDNIGHT, "1 ม.ค. 2570", "2570", "2569")],
)
def test_a_record_of_today_counts_for_the_year_that_it_is_in_bangkok(
    office: Office, ranong: Conversation, at: datetime, day: str, silent: str, owing: str
) -> None:
    office.clock.at = at
    assert day in ranong.say("ประชุมกับเกาะสองวันนี้ 20 คน")
    ranong.press("บันทึก")

    said = reminded(office, ranong, FIRST_OPEN)
    assert f"คู่ยังไม่มีกิจกรรมร่วมในปีปฏิทิน {owing}" in said
    assert f"คู่ยังไม่มีกิจกรรมร่วมในปีปฏิทิน {silent}" not in said


def test_a_digest_planned_on_the_last_evening_of_a_year_is_made_anew_in_the_next(
    office: Office, ranong: Conversation
) -> None:
    office.clock.at = EVENING
    office.plan()
    office.clock.at = MIDNIGHT
    office.plan()
    assert ranong.receive() == []

    office.clock.set_day(FIRST_OPEN)
    said = received(ranong)
    assert "สิ้นสุดเมื่อ 31 ธ.ค. 2569" in said
    assert "เหลือ 361 วัน" in said
    assert "เหลือ 0 วัน" not in said


def test_the_fiscal_year_turns_at_midnight_in_bangkok(office: Office) -> None:
    office.settings = office.settings.model_copy(update={"year_basis": "fiscal"})
    office.restart()
    ranong = office.person("ชูใจ", "officer", "TH-85")
    office.clock.at = datetime(2027, 9, 30, 16, 59, tzinfo=UTC)
    assert "30 ก.ย. 2570" in ranong.say("ประชุมกับเกาะสองวันนี้ 20 คน")
    ranong.press("บันทึก")
    office.plan()
    assert reminded(office, ranong, date(2027, 9, 30), hour=16) == ""

    said = reminded(office, ranong, date(2027, 10, 1))
    assert "คู่ยังไม่มีกิจกรรมร่วมในปีงบประมาณ 2571" in said
    assert "ถึง 30 ก.ย. 2571" in said
    assert "คู่ยังไม่มีกิจกรรมร่วมในปีงบประมาณ 2570" not in said


def test_the_last_day_of_february_is_a_day_like_others(office: Office, ranong: Conversation) -> None:
    leap = date(2028, 2, 29)
    said = reminded(office, ranong, leap)
    assert "เหลือ 306 วัน (ถึง 31 ธ.ค. 2571)" in said
    assert reminded(office, ranong, leap, hour=15) == ""

    assert "29 ก.พ. 2571" in ranong.say("ประชุมกับเกาะสองวันนี้ 20 คน")
    ranong.press("บันทึก")
    assert "2571" not in reminded(office, ranong, date(2028, 7, 5))


# ------------------------------------------------------------------ office hours


@pytest.mark.parametrize(
    ("planned", "closed", "comes"),
    [
        (date(2026, 12, 5), [date(2026, 12, 5), date(2026, 12, 6), date(2026, 12, 7)], date(2026, 12, 8)),
        (date(2026, 12, 10), [date(2026, 12, 10)], date(2026, 12, 11)),
        (date(2027, 4, 13), [date(2027, 4, 13), date(2027, 4, 14), date(2027, 4, 15)], date(2027, 4, 16)),
    ],
    ids=["the King's birthday at a weekend", "Constitution Day", "Songkran"],
)
def test_nothing_comes_while_offices_are_closed(
    office: Office, ranong: Conversation, planned: date, closed: list[date], comes: date
) -> None:
    for day in closed:
        for hour in (10, 23):
            assert reminded(office, ranong, day, hour) == ""
    assert "จังหวัดเกาะสอง" in reminded(office, ranong, comes)


def test_a_digest_whose_morning_was_missed_does_not_come_at_night(
    office: Office, ranong: Conversation
) -> None:
    office.clock.set_day(TUESDAY, 7)
    office.plan()
    office.clock.set_day(TUESDAY, 22)
    assert ranong.receive() == []

    office.clock.set_day(date(2026, 12, 2), 9)
    assert "จังหวัดเกาะสอง" in received(ranong)


# ------------------------------------------------------------------ who is there


def test_a_year_without_any_officer_reaches_the_ministry_and_who_comes_then_gets_one_message(
    office: Office,
) -> None:
    ministry = office.person("กองการต่างประเทศ", "ministry")
    confirm(office, office.person("เคยอยู่", "officer", "TH-85"), "TH-85")
    office.leave(Conversation(office, "เคยอยู่"))
    told = []
    for month in range(1, 13):
        for day in (4, 25):
            said = reminded(office, ministry, date(2027, month, day))
            told += ["ระนอง"] if "ระนอง" in said else []
    assert told

    newcomer = office.person("มาใหม่", "officer", "TH-85")
    assert "จังหวัดเกาะสอง" in reminded(office, newcomer, date(2027, 12, 27))
    assert reminded(office, newcomer, date(2027, 12, 28)) == ""


def test_an_officer_of_three_provinces_gets_one_message_with_a_part_for_each(office: Office) -> None:
    busy = office.person("ชูใจ", "officer", "TH-85")
    for province in ("TH-49", "TH-50"):
        office.person("ชูใจ", "officer", province)

    office.clock.set_day(TUESDAY)
    office.plan()
    letters = [shown(one) for one in busy.receive()]

    assert len(letters) == 1
    for name in ("ระนอง: 1 คู่", "เชียงใหม่: 8 คู่", "มุกดาหาร"):
        assert name in letters[0]
    log_kawthaung(busy)
    later = reminded(office, busy, LATER)
    assert "ระนอง" not in later
    assert "เชียงใหม่: 8 คู่" in later


def test_somebody_with_two_channels_gets_one_message(office: Office, ranong: Conversation) -> None:
    other = office.also_on(ranong, "telegram")

    office.clock.set_day(TUESDAY)
    office.plan()
    letters = [*ranong.receive(), *other.receive()]

    assert len(letters) == 1


# ------------------------------------------------------------------ very much at once


def add_pairings(office: Office, province: str, count: int) -> None:
    """Signed ones with long names."""
    with office.database.write() as session:
        for number in range(count):
            partner = Partner(
                id=f"cn-{number}",
                country_code="CN",
                name_th=f"เขตปกครองตนเองที่มีชื่อยาวมาก ลำดับที่ {number}",
                name_en=f"An Autonomous Region with a Very Long Name, Number {number}",
                aliases=[],
                kind="province",
                parent="",
            )
            session.add(partner)
        session.flush()
        for number in range(count):
            pairing = Pairing(
                id=f"{province[3:]}-cn-{number}",
                province_code=province,
                partner_id=f"cn-{number}",
                status="established",
                level="province",
                source="ทะเบียน",
                confidence="high",
                note="",
            )
            session.add(pairing)
        meta.bump_registry(session)


@pytest.mark.parametrize("language", ["th", "en"])
def test_five_hundred_pairings_are_one_message_that_counts_what_it_leaves_out(
    office: Office, ranong: Conversation, language: str
) -> None:
    if language == "en":
        in_english(office, ranong)
    add_pairings(office, "TH-85", 500)

    office.clock.set_day(FIRST_OPEN)
    office.plan()
    (letter,) = ranong.receive()

    assert utf16_length(f"{letter.title}\n{letter.text}\n{letter.note}") <= 4096
    parts = re.findall(r"(?:และอีก|and) (\d+)", letter.text)
    numbered = re.findall(r"^\d+\. ", letter.text, re.MULTILINE)
    assert sum(int(one) for one in parts) + len(numbered) == 2 * 501  # 2569 is over, 2570 has begun
    assert len(letter.rows) <= 12

    ranong.press("จัดการการแจ้งเตือน" if language == "th" else "Handle reminders")
    first = ranong.buttons()
    ranong.press("ถัดไป" if language == "th" else "Next")
    assert not {*first} & {*ranong.buttons()} - {"ถัดไป", "Next"}
    office.plan()
    assert ranong.receive() == []
    assert reminded(office, ranong, date(2027, 1, 5)) == ""


def test_the_ministry_gets_one_message_however_many_provinces_climb_to_it(office: Office) -> None:
    ministry = office.person("กองการต่างประเทศ", "ministry")
    with office.database.write() as session:
        provinces = session.scalars(select(Province.code)).all()
        signed = session.scalars(select(Pairing).where(Pairing.status == "established")).all()
        number = sum(one.level == "province" for one in signed)
        for code in provinces:
            people.get_or_add_check(session, code).confirmed_at = office.clock.now()
    office.clock.set_day(date(2027, 7, 5))
    office.plan()
    ministry.receive()

    office.clock.set_day(date(2027, 7, 22))
    office.plan()
    (letter,) = [one for one in ministry.receive() if "⏳" in one.title]

    assert utf16_length(f"{letter.title}\n{letter.text}\n{letter.note}") <= 4096
    climbed, _, _ = letter.text.partition("หากจัดแล้ว")
    left_out = sum(int(one) for one in re.findall(r"และอีก (\d+)", climbed))
    assert left_out + len(re.findall(r"^\d+\. ", climbed, re.MULTILINE)) == number
    pressed = letter.rows[0][0].choice_id
    assert "ยังไม่มีกิจกรรม" in ministry.press_id(pressed)


# ------------------------------------------------------------------ what leads outside


def test_nothing_that_comes_by_itself_leads_outside(office: Office, ranong: Conversation) -> None:
    ranong.say("จะประชุมกับเกาะสอง 14 ธ.ค. 69")
    ranong.press("บันทึก")
    with office.database.write() as session:
        (plan,) = session.scalars(select(Activity)).all()
        plan.title = "หารือ https://evil.example/a www.evil.example evil.co.th/b การค้า"

    office.clock.set_day(date(2026, 12, 9))
    office.plan()
    coming = received(ranong)
    assert "กิจกรรมที่จะจัดภายใน 7 วัน" in coming
    office.clock.set_day(date(2026, 12, 15))
    office.plan()
    asked = received(ranong)
    assert "จัดแล้วหรือยัง" in asked

    for said in (coming, asked):
        assert "หารือ" in said
        assert "การค้า" in said
        assert "evil" not in said
