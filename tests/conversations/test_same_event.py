"""The same event recorded twice: asked about, merged into one record, and never doubled by two at once."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select

from storage.models import Activity, ActivityOwner, Draft, Evidence
from tests.storage.together import together
from tests.support import Conversation, Office

SENTENCE = "ประชุมกับเฉิงตู 3 พ.ย. 69 เรื่องท่องเที่ยว 30คน"
QUESTION = "อาจเป็นกิจกรรมเดียวกับที่บันทึกไว้แล้ว"
IN_THE_LIST = "3 พ.ย. 2569 · นครเฉิงตู · ประชุม/หารือ"
TIMES = 100


def records(office: Office) -> list[Activity]:
    with office.database.read() as session:
        return list(session.scalars(select(Activity).order_by(Activity.id)))


@pytest.fixture
def colleague(office: Office) -> Conversation:
    return office.person("มานี", "officer", "TH-50")


@pytest.fixture
def recorded(officer: Conversation) -> Conversation:
    officer.say(SENTENCE)
    officer.press("บันทึก")
    return officer


# ------------------------------------------------------------------ asking


@pytest.mark.parametrize(
    "sentence",
    [
        SENTENCE,
        "ประชุมกับเฉิงตู 2-4 พ.ย. 69",
        "ประชุมกับเฉิงตู 4 พ.ย. 69 เรื่องการท่องเที่ยว",
        "ต้อนรับคณะเฉิงตู 3 พ.ย. 69 เรื่องท่องเที่ยว",
    ],
)
def test_what_looks_like_the_same_event_is_asked_with_the_records_line(
    recorded: Conversation, colleague: Conversation, sentence: str
) -> None:
    colleague.say(sentence)

    said = colleague.press("บันทึก")

    assert QUESTION in said
    assert "เชียงใหม่–นครเฉิงตู · ประชุม/หารือ · 3 พ.ย. 2569\nท่องเที่ยว" in said
    assert colleague.buttons() == ["กิจกรรมเดียวกัน รวมรายการ", "คนละกิจกรรม บันทึกเพิ่ม", "กลับไปที่รายการ"]


@pytest.mark.parametrize(
    "sentence",
    ["ประชุมกับเฉิงตู 6 พ.ย. 69 เรื่องท่องเที่ยว", "ศึกษาดูงานเฉิงตู 3 พ.ย. 69 เรื่องการเกษตร", "ประชุมกับฮอกไกโด 3 พ.ย. 69"],
)
def test_another_event_is_recorded_without_a_question(
    recorded: Conversation, colleague: Conversation, sentence: str
) -> None:
    colleague.say(sentence)

    assert "บันทึกแล้ว รายการที่ 2" in colleague.press("บันทึก")


def test_a_record_that_also_covers_the_pairing_is_found(office: Office, recorded: Conversation) -> None:
    now = office.clock.now()
    with office.database.write() as session:
        session.add(
            ActivityOwner(
                activity_id=1,
                province_code="TH-50",
                pairing_id="50-hokkaido",
                state="accepted",
                added_at=now,
            )
        )
    recorded.say("ประชุมกับฮอกไกโด 3 พ.ย. 69")

    assert QUESTION in recorded.press("บันทึก")


def test_going_back_leaves_the_draft_as_it_is(recorded: Conversation, colleague: Conversation) -> None:
    card = colleague.say("ประชุมกับเฉิงตู 3 พ.ย. 69 40 คน")
    colleague.press("บันทึก")

    assert colleague.press("กลับไปที่รายการ") == card


# ------------------------------------------------------------------ merging


def test_merging_fills_what_the_record_lacks_and_tells_where_they_differ(
    office: Office, recorded: Conversation, colleague: Conversation
) -> None:
    colleague.send_photo("ภาพ.jpg", "ประชุมกับเฉิงตู 2-4 พ.ย. 69 45 คน งบ 5 หมื่น")
    colleague.press("บันทึก")

    said = colleague.press("กิจกรรมเดียวกัน รวมรายการ")

    assert "รวมรายการแล้ว รายการที่ 1" in said
    assert "ข้อมูลที่ต่างกัน คงตามที่บันทึกไว้ก่อน" in said
    assert "วันที่: 3 พ.ย. 2569 (ที่กรอกใหม่: 2–4 พ.ย. 2569)" in said
    assert "ผู้เข้าร่วม: 30 (ที่กรอกใหม่: 45)" in said
    assert "[แก้ไข]" in said
    [row] = records(office)
    assert (row.participants, row.start, row.budget_thb) == (30, date(2026, 11, 3), Decimal(50000))
    with office.database.read() as session:
        assert session.scalars(select(Evidence.name)).all() == ["ภาพ.jpg"]
    history = colleague.press("ประวัติ")
    assert "2. รวมรายการ · 22 พ.ย. 2569 10.00 น. · มานี (เจ้าหน้าที่ เชียงใหม่)" in history
    assert "งบประมาณ: ยังไม่ระบุ → 50,000 บาท" in history
    assert "ภาพ/เอกสาร: เพิ่ม ภาพ.jpg" in history


def test_both_officers_are_recorders_from_then_on(recorded: Conversation, colleague: Conversation) -> None:
    colleague.say(SENTENCE)
    colleague.press("บันทึก")
    assert "ข้อมูลที่ต่างกัน" not in colleague.press("กิจกรรมเดียวกัน รวมรายการ")
    recorded.say("/activities")

    said = recorded.press(IN_THE_LIST)

    assert "ผู้บันทึก: สมศรี (เจ้าหน้าที่ เชียงใหม่), มานี (เจ้าหน้าที่ เชียงใหม่)" in said


def test_a_second_press_merges_once_and_shows_the_record(
    office: Office, recorded: Conversation, colleague: Conversation
) -> None:
    colleague.say("ประชุมกับเฉิงตู 3 พ.ย. 69 งบ 5 หมื่น")
    colleague.press("บันทึก")
    merge, card = colleague.button("กิจกรรมเดียวกัน รวมรายการ")
    colleague.press_id(merge, card)

    assert "กิจกรรม รายการที่ 1" in colleague.press_id(merge, card)
    assert [row.version for row in records(office)] == [2]


def test_a_merger_is_undone_and_its_draft_is_a_card_again(
    office: Office, recorded: Conversation, colleague: Conversation
) -> None:
    colleague.say("ประชุมกับเฉิงตู 3 พ.ย. 69 งบ 5 หมื่น")
    colleague.press("บันทึก")
    colleague.press("กิจกรรมเดียวกัน รวมรายการ")

    said = colleague.press("เลิกทำ")

    assert "ตรวจสอบก่อนบันทึก" in said
    assert "งบประมาณ: 50,000 บาท" in said
    assert records(office)[0].budget_thb is None
    colleague.press("บันทึก")
    assert "บันทึกแล้ว รายการที่ 2" in colleague.press("คนละกิจกรรม บันทึกเพิ่ม")


def test_a_record_of_a_month_learns_its_day(office: Office, officer: Conversation) -> None:
    officer.say("ประชุมกับเฉิงตู พ.ย. 69 เรื่องท่องเที่ยว")
    officer.press(next(label for label in officer.buttons() if "จำวันไม่ได้" in label))
    officer.press("บันทึก")
    assert records(office)[0].precision == "month"
    officer.say("ประชุมกับเฉิงตู 17 พ.ย. 69 เรื่องท่องเที่ยว")
    assert QUESTION in officer.press("บันทึก")

    said = officer.press("กิจกรรมเดียวกัน รวมรายการ")

    assert "ข้อมูลที่ต่างกัน" not in said
    [row] = records(office)
    assert (row.start, row.precision) == (date(2026, 11, 17), "day")
    assert "วันที่: พ.ย. 2569 → 17 พ.ย. 2569" in officer.press("ประวัติ")


def test_a_month_that_is_recorded_later_is_asked_about_too(office: Office, recorded: Conversation) -> None:
    recorded.say("ประชุมกับเฉิงตู พ.ย. 69 เรื่องท่องเที่ยว")
    recorded.press(next(label for label in recorded.buttons() if "จำวันไม่ได้" in label))
    assert QUESTION in recorded.press("บันทึก")

    assert "ข้อมูลที่ต่างกัน" not in recorded.press("กิจกรรมเดียวกัน รวมรายการ")

    assert [(row.start, row.precision) for row in records(office)] == [(date(2026, 11, 3), "day")]


def test_merging_takes_no_more_evidence_than_a_record_holds(
    office: Office, officer: Conversation, colleague: Conversation
) -> None:
    officer.send_album(*(f"ก{number}.jpg" for number in range(10)))
    officer.send_album(*(f"ข{number}.jpg" for number in range(10)))
    officer.say(SENTENCE)
    officer.press("บันทึก")
    colleague.send_photo("ค.jpg", SENTENCE)
    colleague.press("บันทึก")

    colleague.press("กิจกรรมเดียวกัน รวมรายการ")

    with office.database.read() as session:
        assert len(session.scalars(select(Evidence.id)).all()) == 20


def test_a_plan_that_is_reported_as_held_has_taken_place(office: Office, officer: Conversation) -> None:
    officer.say("ประชุมกับเฉิงตู 3 ธ.ค. 69 เรื่องท่องเที่ยว")
    officer.press("บันทึก")
    office.clock.move(days=14)
    officer.say("ประชุมกับเฉิงตู 4 ธ.ค. 69 เรื่องท่องเที่ยว 20 คน")
    officer.press("บันทึก")

    said = officer.press("กิจกรรมเดียวกัน รวมรายการ")

    assert "นับเป็นปีปฏิทิน 2569" in said
    [row] = records(office)
    assert (row.state, row.joint, row.start, row.participants) == ("held", True, date(2026, 12, 4), 20)


def test_a_record_that_was_deleted_meanwhile_takes_nothing_and_the_draft_stays(
    office: Office, recorded: Conversation, colleague: Conversation
) -> None:
    colleague.say(SENTENCE)
    colleague.press("บันทึก")
    recorded.press("ลบ")
    recorded.press("บันทึกซ้ำ")

    assert colleague.press("กิจกรรมเดียวกัน รวมรายการ") == "ไม่พบรายการนี้"

    assert "ทำรายการต่อ" in colleague.say("/log")


# ------------------------------------------------------------------ at the same instant


def saved_and_asked(said: list[str]) -> list[bool]:
    assert all("บันทึกแล้ว" in one or QUESTION in one for one in said), said
    return sorted("บันทึกแล้ว" in one for one in said)


def test_two_officers_who_save_the_same_event_at_once_make_one_record_and_one_question(
    office: Office, officer: Conversation, colleague: Conversation
) -> None:
    for number in range(TIMES):
        day = date(2026, 1, 1) + timedelta(days=3 * number)
        for person in (officer, colleague):
            person.say(f"ประชุมกับเฉิงตู {day.isoformat()} เรื่องท่องเที่ยว")

        said = together(lambda: officer.press("บันทึก"), lambda: colleague.press("บันทึก"))

        assert saved_and_asked(said) == [False, True]
    assert len(records(office)) == TIMES


def also_covering(office: Office, person: Conversation, pairing_id: str) -> None:
    """The open draft covers this pairing too."""
    with office.database.write() as session:
        draft = session.scalars(select(Draft).where(Draft.state == "open").order_by(Draft.id.desc())).first()
        assert draft is not None
        draft.body = {**draft.body, "also": [pairing_id]}


def test_the_same_event_of_several_pairings_named_in_another_order_is_one_record_too(
    office: Office, officer: Conversation, colleague: Conversation
) -> None:
    for number in range(TIMES // 10):
        day = date(2026, 1, 1) + timedelta(days=3 * number)
        officer.say(f"ประชุมกับเฉิงตู {day.isoformat()} เรื่องท่องเที่ยว")
        also_covering(office, officer, "50-hokkaido")
        colleague.say(f"ประชุมกับฮอกไกโด {day.isoformat()} เรื่องท่องเที่ยว")
        also_covering(office, colleague, "50-chengdu")

        said = together(lambda: officer.press("บันทึก"), lambda: colleague.press("บันทึก"))

        assert saved_and_asked(said) == [False, True]
    assert len(records(office)) == TIMES // 10
