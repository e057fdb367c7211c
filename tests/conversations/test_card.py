"""The card of an open draft: everything understood, what was assumed marked, each field by button and by typing."""

from __future__ import annotations

from decimal import Decimal

import pytest
from sqlalchemy import select

from bot.language.tags import load_tags
from bot.texts import of_language
from storage.models import Activity, Draft
from tests.support import Conversation, Office

ONE_ENGINE = True

SENTENCE = "ประชุมกับเฉิงตู 3 พ.ย. 69 เรื่องท่องเที่ยว 30คน"
SILENT = "ประชุมกับเฉิงตู 3 พ.ย. 69"
"""Says nothing but what must be said."""


def body(office: Office) -> dict[str, object]:
    """The latest draft as it is stored."""
    with office.database.read() as session:
        return dict(session.scalars(select(Draft).order_by(Draft.id)).all()[-1].body)


def record(office: Office) -> Activity:
    with office.database.read() as session:
        return session.scalars(select(Activity).order_by(Activity.id)).one()


def edit(person: Conversation, field: str) -> str:
    person.press("แก้ไข")
    return person.press(field)


def lines(card: str) -> list[str]:
    """A card without its buttons."""
    return [line for line in card.splitlines() if not line.startswith("[")]


# ------------------------------------------------------------------ the card


def test_the_card_of_a_whole_sentence_reads_as_it_always_did(officer: Conversation) -> None:
    card = officer.say("เตรียมประชุมเฉิงตู 3 พ.ย. 69 เรื่องความร่วมมือ 30คน")

    assert card.splitlines() == [
        "ตรวจสอบก่อนบันทึก",
        "คู่: เชียงใหม่–นครเฉิงตู",
        "ประเภท: ประชุม/หารือ",
        "วันที่: 3 พ.ย. 2569 (ค.ศ. 2026)",
        "เรื่อง: ความร่วมมือ",
        "ผู้เข้าร่วม: 30 คน · งบประมาณ: ยังไม่ระบุ · ภาพ/เอกสาร: ไม่มี",
        "ฝ่ายนครเฉิงตูเข้าร่วมหรือไม่",
        "หากเข้าร่วม จะนับเป็นปีปฏิทิน 2569 / ปีงบประมาณ 2570",
        "[เข้าร่วม] [ออนไลน์] [ไม่ได้เข้าร่วม]",
        "[บันทึก] [แก้ไข] [ยกเลิก]",
    ]


def test_what_was_not_said_takes_no_line(officer: Conversation) -> None:
    card = officer.say(SILENT)

    assert not any(name in card for name in ("สถานที่:", "การเดินทาง:", "SDGs:", "ด้าน:", "คู่อื่นที่ร่วม:"))


def test_where_it_was_and_who_travelled_stand_on_the_card_and_in_the_record(
    office: Office, officer: Conversation
) -> None:
    card = officer.say("ต้อนรับคณะเฉิงตู 3 พ.ย. 69 ที่ศาลากลางจังหวัด")
    assert "สถานที่: ศาลากลางจังหวัด · การเดินทาง: ฝ่ายคู่มาเยือน (อ่านจากข้อความ)" in card

    officer.press("บันทึก")

    assert (record(office).place, record(office).direction) == ("ศาลากลางจังหวัด", "inbound")


def test_a_range_over_new_year_counts_for_both_years(officer: Conversation) -> None:
    card = officer.say("ศึกษาดูงานฮอกไกโด 30 ธ.ค. 68 - 2 ม.ค. 69")

    assert "30 ธ.ค. 2568 – 2 ม.ค. 2569 (ค.ศ. 2025–2026)" in card
    assert "นับเป็นปีปฏิทิน 2568–2569" in card


def test_signing_a_book_of_wishes_never_counts_by_itself(office: Office, officer: Conversation) -> None:
    card = officer.say("ลงนามถวายพระพรกับเฉิงตู 3 พ.ย. 69")
    assert "ประเภท: พิธีการ/วันสำคัญ" in card
    assert "ไม่นับเป็นกิจกรรมร่วมของปี" in card

    officer.press("บันทึก")

    assert not record(office).joint


# ------------------------------------------------------------------ goals and sectors


def test_goals_and_sectors_are_proposed_and_marked(office: Office, officer: Conversation) -> None:
    card = officer.say(SENTENCE)
    assert "ด้าน: ท่องเที่ยว · SDGs: 8 เศรษฐกิจ (อ่านจากข้อความ)" in card

    officer.press("บันทึก")

    assert (record(office).sdgs, record(office).sectors) == (["8"], ["tourism"])


def test_one_button_removes_what_was_proposed(office: Office, officer: Conversation) -> None:
    officer.say(SENTENCE)
    card = officer.press("ไม่ระบุด้าน/SDGs")
    assert "SDGs:" not in card
    assert "ไม่ระบุด้าน/SDGs" not in card

    officer.press("บันทึก")

    assert (record(office).sdgs, record(office).sectors) == ([], [])


def test_one_button_changes_what_was_proposed(officer: Conversation) -> None:
    officer.say(SENTENCE)
    officer.press("เปลี่ยนด้าน/SDGs")
    officer.press("✓ ท่องเที่ยว")
    officer.press("การศึกษา")
    officer.press("แก้ไข SDGs")
    officer.press("✓ 8 เศรษฐกิจ")
    assert "✓ 4 การศึกษา" in officer.press("4 การศึกษา")

    assert "ด้าน: การศึกษา · SDGs: 4 การศึกษา\n" in officer.press("กลับไปที่รายการ")


def test_what_the_officer_took_away_is_not_proposed_again(officer: Conversation) -> None:
    officer.say(SENTENCE)
    officer.press("ไม่ระบุด้าน/SDGs")
    edit(officer, "ประเภท")

    card = officer.press("ส่งเสริมการท่องเที่ยว")

    assert "SDGs:" not in card


def test_several_goals_are_chosen_one_after_the_other(office: Office, officer: Conversation) -> None:
    officer.say(SILENT)
    edit(officer, "SDGs")
    for goal in ("17 หุ้นส่วน", "3 สุขภาพ", "5 เพศเท่าเทียม"):
        officer.press(goal)
    officer.press("✓ 5 เพศเท่าเทียม")
    assert "SDGs: 3 สุขภาพ, 17 หุ้นส่วน" in officer.press("กลับไปที่รายการ")


def test_two_goals_pressed_at_once_are_both_taken(officer: Conversation) -> None:
    officer.say(SILENT)
    edit(officer, "SDGs")
    first, second = officer.button("3 สุขภาพ"), officer.button("4 การศึกษา")

    officer.press_id(*first)
    said = officer.press_id(*second)

    assert "✓ 3 สุขภาพ" in said
    assert "✓ 4 การศึกษา" in said


def test_a_goal_pressed_twice_by_a_trembling_thumb_stays_chosen(officer: Conversation) -> None:
    officer.say(SILENT)
    edit(officer, "SDGs")
    goal = officer.button("3 สุขภาพ")

    officer.press_id(*goal)

    assert "✓ 3 สุขภาพ" in officer.press_id(*goal)


@pytest.mark.parametrize(
    ("field", "typed", "shown"),
    [
        ("SDGs", "4, 8", "SDGs: 4 การศึกษา, 8 เศรษฐกิจ"),
        ("SDGs", "๓", "SDGs: 3 สุขภาพ"),
        ("SDGs", "เกษตร", "SDGs: 2 ขจัดหิวโหย"),
        ("ด้าน", "เกษตรและท่องเที่ยว", "ด้าน: ท่องเที่ยว, เกษตร"),
        ("คู่อื่นที่ร่วม", "ฮอกไกโด", "คู่อื่นที่ร่วม: จังหวัดฮอกไกโด"),
    ],
)
def test_several_values_may_be_typed_too(officer: Conversation, field: str, typed: str, shown: str) -> None:
    officer.say(SILENT)
    edit(officer, field)

    assert shown in officer.say(typed)


def test_goals_and_sectors_have_a_short_name_in_both_languages() -> None:
    for language in ("th", "en"):
        t = of_language(language)
        assert list(t.SDGS) == [row.code for row in load_tags("sdgs")]
        assert set(t.SECTORS) == {row.code for row in load_tags("sectors")}


# ------------------------------------------------------------------ several pairings


def test_several_partners_are_asked_about_together_and_each(office: Office, officer: Conversation) -> None:
    said = officer.say("ประชุมร่วมกับเฉิงตูและฮอกไกโด 3 พ.ย. 69")
    assert "จัดกับคู่ใด" in said
    assert "[ทั้ง 2 คู่] [เชียงใหม่–นครเฉิงตู]\n[เชียงใหม่–จังหวัดฮอกไกโด]" in said

    card = officer.press("ทั้ง 2 คู่")
    assert "คู่: เชียงใหม่–นครเฉิงตู\nคู่อื่นที่ร่วม: จังหวัดฮอกไกโด" in card
    officer.press("บันทึก")

    assert "ปีปฏิทิน 2569 ยังไม่มีกิจกรรม 6 คู่" in officer.say("/status")  # of the eight that owe one


def test_a_single_one_of_several_partners_may_be_chosen(officer: Conversation) -> None:
    officer.say("ประชุมร่วมกับเฉิงตูและฮอกไกโด 3 พ.ย. 69")

    card = officer.press("เชียงใหม่–จังหวัดฮอกไกโด")

    assert "คู่: เชียงใหม่–จังหวัดฮอกไกโด" in card
    assert "คู่อื่นที่ร่วม" not in card


def test_further_pairings_are_ticked(office: Office, officer: Conversation) -> None:
    officer.say(SILENT)
    said = edit(officer, "คู่อื่นที่ร่วม")
    assert "[นครเฉิงตู]" not in said
    officer.press("จังหวัดฮอกไกโด")

    assert "คู่อื่นที่ร่วม: จังหวัดฮอกไกโด" in officer.press("กลับไปที่รายการ")


def test_a_further_pairing_that_becomes_the_first_is_not_named_twice(officer: Conversation) -> None:
    officer.say(SILENT)
    edit(officer, "คู่อื่นที่ร่วม")
    officer.press("จังหวัดฮอกไกโด")
    officer.press("กลับไปที่รายการ")
    edit(officer, "คู่")

    assert "คู่อื่นที่ร่วม" not in officer.press("จังหวัดฮอกไกโด")


# ------------------------------------------------------------------ the calendar


def test_a_day_of_last_week_is_one_tap_away(officer: Conversation) -> None:
    officer.say("ประชุมกับเฉิงตู")

    assert "วันที่: 16 พ.ย. 2569" in officer.press("จ. 16")


def test_any_day_is_picked_from_the_calendar(office: Office, officer: Conversation) -> None:
    officer.say("ประชุมกับเฉิงตู")
    said = officer.press("เลือกจากปฏิทิน")
    assert "เลือกวันใน พ.ย. 2569 (ค.ศ. 2026)\nแต่ละแถวเริ่มที่วันอาทิตย์" in said
    assert "[1] [2] [3] [4] [5] [6] [7]\n[8]" in said
    assert "[29] [30]\n[‹ ต.ค.] [เลือกเดือน] [ธ.ค. ›]" in said
    officer.press("เลือกเดือน")
    officer.press("ปี 2568")
    assert "เลือกวันใน ธ.ค. 2568" in officer.press("ธ.ค.")

    assert "วันที่: 9 ธ.ค. 2568 (ค.ศ. 2025)" in officer.press("9")


def test_a_day_ahead_is_a_plan(officer: Conversation) -> None:
    officer.say("ประชุมกับเฉิงตู")
    officer.press("เลือกจากปฏิทิน")
    officer.press("ธ.ค. ›")

    assert "สถานะ: อยู่ในแผน" in officer.press("24")


def test_several_days_are_picked_first_and_last(office: Office, officer: Conversation) -> None:
    officer.say("ประชุมกับเฉิงตู")
    assert "เลือกวันแรก" in officer.press("หลายวัน")
    officer.press("‹ ต.ค.")
    said = officer.press("30")
    assert "วันสุดท้ายคือวันใด" in said
    assert body(office)["start"] == "2026-10-30"
    assert "[31] [1] [2] [3] [4] [5] [6]\n[7]" in said

    assert "วันที่: 30 ต.ค. – 2 พ.ย. 2569 (ค.ศ. 2026)" in officer.press("2")


def test_the_last_day_of_a_long_range_is_in_the_calendar(officer: Conversation) -> None:
    officer.say("ประชุมกับเฉิงตู")
    officer.press("หลายวัน")
    officer.press("5")
    said = officer.press("เลือกจากปฏิทิน")
    assert "[5]" not in said
    assert "‹" not in said
    officer.press("ธ.ค. ›")

    assert "วันที่: 5 พ.ย. – 1 ธ.ค. 2569" in officer.press("1")


def test_the_last_day_may_be_typed_or_left_out(officer: Conversation) -> None:
    officer.say("ประชุมกับเฉิงตู")
    officer.press("หลายวัน")
    officer.press("5")
    assert "วันที่: 5–8 พ.ย. 2569" in officer.say("8 พ.ย. 69")

    edit(officer, "วันที่")
    officer.press("หลายวัน")
    officer.press("6")
    assert "วันที่: 6 พ.ย. 2569 (ค.ศ. 2026)" in officer.press("วันเดียว")


def test_a_last_day_before_the_first_is_refused(officer: Conversation) -> None:
    officer.say("ประชุมกับเฉิงตู")
    officer.press("หลายวัน")
    officer.press("5")

    assert "วันสิ้นสุดมาก่อนวันเริ่ม" in officer.say("3 พ.ย. 69")


def test_a_date_may_be_typed_while_the_calendar_is_open(officer: Conversation) -> None:
    officer.say("ประชุมกับเฉิงตู")
    officer.press("เลือกจากปฏิทิน")

    assert "วันที่: 3 มี.ค. 2569" in officer.say("3 มี.ค. 69")


def test_every_day_of_a_year_back_and_a_year_ahead_is_within_reach(officer: Conversation) -> None:
    officer.say("ประชุมกับเฉิงตู")
    officer.press("เลือกจากปฏิทิน")
    days = 0
    for _back in range(12):
        officer.press(next(one for one in officer.buttons() if one.startswith("‹")))
    for _ahead in range(25):
        days += sum(one.isdecimal() for one in officer.buttons())
        officer.press(next(one for one in officer.buttons() if one.endswith("›")))

    assert days == 30 + 31 + 365 + 334  # November 2025 to November 2027


def test_no_question_has_more_buttons_than_a_messenger_takes(officer: Conversation) -> None:
    officer.say(SILENT)
    for field in ("คู่", "ประเภท", "วันที่", "SDGs", "ด้าน", "คู่อื่นที่ร่วม", "งบประมาณ"):
        edit(officer, field)
        rows = officer.answer[-1].rows
        assert sum(len(row) for row in rows) <= 100
        assert max(len(row) for row in rows) <= 8
        officer.press("กลับไปที่รายการ")


# ------------------------------------------------------------------ the month, the era, the impossible


def test_a_month_without_a_day_offers_its_days_and_the_month(office: Office, officer: Conversation) -> None:
    said = officer.say("ประชุมกับเฉิงตู มี.ค. 69")
    assert "ขาดวันที่" in said
    assert "เลือกวันใน มี.ค. 2569 (ค.ศ. 2026)" in said
    assert "[31]" in said

    card = officer.press("ไม่ทราบวัน ระบุเพียง มี.ค. 2569")
    assert "วันที่: มี.ค. 2569 (ค.ศ. 2026)" in card
    officer.press("บันทึก")

    assert (record(office).start.isoformat(), record(office).precision) == ("2026-03-01", "month")


def test_a_day_of_the_month_that_was_said_is_one_tap_away(officer: Conversation) -> None:
    officer.say("ประชุมกับเฉิงตู มี.ค. 69")

    assert "วันที่: 12 มี.ค. 2569 (ค.ศ. 2026)" in officer.press("12")


def test_a_month_ahead_is_offered_for_a_plan_and_not_for_what_was_held(officer: Conversation) -> None:
    assert "ไม่ทราบวัน ระบุเพียง ม.ค. 2570" in officer.say("จะประชุมกับเฉิงตู ม.ค. 70")
    assert "สถานะ: อยู่ในแผน" in officer.press("ไม่ทราบวัน ระบุเพียง ม.ค. 2570")


def test_a_month_typed_for_the_day_offers_its_days(officer: Conversation) -> None:
    officer.say("ประชุมกับเฉิงตู 30 คน")
    said = officer.say("มี.ค. 69")
    assert "ขาดวันที่" in said
    assert "เชียงใหม่–นครเฉิงตู · ประชุม/หารือ · 30 คน\nเลือกวันใน มี.ค. 2569" in said

    assert "วันที่: มี.ค. 2569" in officer.press("ไม่ทราบวัน ระบุเพียง มี.ค. 2569")


def test_a_year_typed_for_the_day_offers_its_months(officer: Conversation) -> None:
    officer.say("ประชุมกับเฉิงตู")
    officer.say("ปีที่แล้ว")
    officer.press("มิ.ย.")

    assert "วันที่: 9 มิ.ย. 2568" in officer.press("9")


def test_a_week_offers_its_days(officer: Conversation) -> None:
    said = officer.say("ประชุมกับเฉิงตูสัปดาห์ก่อน")

    assert "[10 พ.ย. 2569 (ค.ศ. 2026)]" in said


def test_a_year_of_two_digits_that_is_of_either_era_is_asked_in_both(officer: Conversation) -> None:
    said = officer.say("ประชุมกับเฉิงตู 12 มี.ค. 26")
    assert "[12 มี.ค. 2569 (ค.ศ. 2026)]" in said
    assert "[12 มี.ค. 2526 (ค.ศ. 1983)]" in said

    assert "วันที่: 12 มี.ค. 2569 (ค.ศ. 2026)" in officer.press("12 มี.ค. 2569 (ค.ศ. 2026)")


def test_a_range_whose_year_is_of_either_era_keeps_its_last_day(officer: Conversation) -> None:
    officer.say("ประชุมกับเฉิงตู")
    officer.say("12-15 มี.ค. 26")

    assert "วันที่: 12–15 มี.ค. 2526" in officer.press("12–15 มี.ค. 2526 (ค.ศ. 1983)")


# ------------------------------------------------------------------ held or not


@pytest.mark.parametrize("said", ["ไม่ได้ประชุมกับเฉิงตู 3 พ.ย. 69", "จะประชุมกับเฉิงตู 3 พ.ย. 69"])
def test_whether_it_was_held_is_asked_and_not_guessed(
    office: Office, officer: Conversation, said: str
) -> None:
    card = officer.say(said)
    assert "จัดแล้วหรือยัง" in card
    assert "[จัดแล้ว] [อยู่ในแผน]" in card
    assert "เข้าร่วมหรือไม่" in officer.press("จัดแล้ว")


def test_what_may_not_have_been_held_does_not_count_when_saved_unanswered(
    office: Office, officer: Conversation
) -> None:
    officer.say("ไม่ได้ประชุมกับเฉิงตู 3 พ.ย. 69")
    assert "ยืนยันว่าจัดแล้ว" in officer.press("บันทึก")

    assert (record(office).state, record(office).joint) == ("planned", False)


# ------------------------------------------------------------------ numbers, place, title


def test_numbers_and_place_have_quick_buttons(office: Office, officer: Conversation) -> None:
    officer.say(SILENT)
    for field, button in (("ผู้เข้าร่วม", "50 คน"), ("งบประมาณ", "100,000 บาท"), ("สถานที่", "ศาลากลางจังหวัด")):
        edit(officer, field)
        officer.press(button)
    edit(officer, "การเดินทาง")
    card = officer.press("ฝ่ายไทยไปเยือน")

    assert "สถานที่: ศาลากลางจังหวัด · การเดินทาง: ฝ่ายไทยไปเยือน" in card
    assert "ผู้เข้าร่วม: 50 คน · งบประมาณ: 100,000 บาท" in card


def test_an_activity_that_cost_nothing_says_so(office: Office, officer: Conversation) -> None:
    officer.say(SILENT)
    edit(officer, "งบประมาณ")
    assert "งบประมาณ: ไม่ใช้งบ" in officer.press("ไม่ใช้งบ")
    officer.press("บันทึก")

    assert record(office).budget_thb == Decimal(0)


def test_a_place_is_typed_with_or_without_the_word_for_at(officer: Conversation) -> None:
    officer.say(SILENT)
    edit(officer, "สถานที่")
    assert "สถานที่: โรงแรมดาราเทวี" in officer.say("ที่โรงแรมดาราเทวี")

    edit(officer, "สถานที่")
    assert "สถานที่: ที่ว่าการอำเภอแม่ริม" in officer.say("ที่ว่าการอำเภอแม่ริม")


def test_the_optional_fields_are_filled_in_one_by_one_and_may_be_skipped(
    office: Office, officer: Conversation
) -> None:
    officer.say("/log")
    for label in ("นครเฉิงตู", "ประชุม/หารือ", "วันนี้"):
        officer.press(label)
    assert "มีผู้เข้าร่วมกี่คน" in officer.press("กรอกรายละเอียดต่อ")
    assert "ใช้งบประมาณเท่าใด" in officer.press("20 คน")
    assert "เรื่องอะไร" in officer.press("ข้าม")
    assert "จัดที่ใด" in officer.say("การค้าชายแดน")
    card = officer.press("ข้าม")

    assert "เรื่อง: การค้าชายแดน\nผู้เข้าร่วม: 20 คน · งบประมาณ: ยังไม่ระบุ" in card
    assert "กรอกรายละเอียดต่อ" not in card


@pytest.mark.parametrize("sentence", ["ศึกษาดูงานกับคุนหมิง เมื่อวาน 12 คน", "ประชุมกับคุนหมิง เมื่อวาน 12 คน"])
def test_a_whole_sentence_about_an_unknown_partner_is_no_answer_to_the_day(
    officer: Conversation, sentence: str
) -> None:
    officer.say("ประชุมกับเฉิงตู 30 คน")

    said = officer.say(sentence)

    assert "รายการก่อนหน้ายังไม่ได้บันทึก" in said
    assert "12 คน" in said
    assert "จัดกับคู่ใด" in said


def test_a_question_in_the_midst_of_filling_in_loses_nothing(office: Office, officer: Conversation) -> None:
    officer.say(SILENT)
    officer.press("กรอกรายละเอียดต่อ")
    officer.press("20 คน")
    officer.say("ต้องมีกิจกรรมปีละกี่ครั้ง")

    assert "20 คน" in officer.say("50000")
    assert "ผู้เข้าร่วม: 20 คน · งบประมาณ: 50,000 บาท" in officer.press("กลับไปที่รายการ")


# ------------------------------------------------------------------ corrected by typing

WITH_PARTNER = "คณะเฉิงตูมาประชุม 5 พ.ย. 69 30 คน งบ 5 หมื่น"


@pytest.mark.parametrize(
    ("typed", "told", "shown"),
    [
        ("ไม่ใช่ วันที่ 6", "แก้ไขแล้ว: วันที่ 6 พ.ย. 2569", "วันที่: 6 พ.ย. 2569 (ค.ศ. 2026)"),
        ("วันที่ 6-8", "แก้ไขแล้ว: วันที่ 6–8 พ.ย. 2569", "วันที่: 6–8 พ.ย. 2569 (ค.ศ. 2026)"),
        ("35 คน", "แก้ไขแล้ว: ผู้เข้าร่วม 35 คน", "ผู้เข้าร่วม: 35 คน"),
        ("เพิ่มงบอีก 5 หมื่น", "แก้ไขแล้ว: งบประมาณ 100,000 บาท", "งบประมาณ: 100,000 บาท"),
        ("ไม่มีงบ", "แก้ไขแล้ว: งบประมาณ", "ผู้เข้าร่วม: 30 คน"),
        ("เปลี่ยนเป็นศึกษาดูงาน", "แก้ไขแล้ว: ประเภท ศึกษาดูงาน", "ประเภท: ศึกษาดูงาน"),
        ("คู่ฮอกไกโด", "แก้ไขแล้ว: คู่ เชียงใหม่–จังหวัดฮอกไกโด", "คู่: เชียงใหม่–จังหวัดฮอกไกโด"),
        ("ที่โรงแรมดาราเทวี", "แก้ไขแล้ว: สถานที่ โรงแรมดาราเทวี", "สถานที่: โรงแรมดาราเทวี"),
        ("เรื่องการเกษตร", "แก้ไขแล้ว: เรื่อง การเกษตร", "เรื่อง: การเกษตร"),
        ("ฝ่ายคู่ไม่ได้มา", "แก้ไขแล้ว: ฝ่ายคู่เข้าร่วม ไม่ได้เข้าร่วม", "ไม่นับเป็นกิจกรรมร่วมของปี"),
        ("ยังไม่ได้จัด", "แก้ไขแล้ว: สถานะ อยู่ในแผน", "สถานะ: อยู่ในแผน"),
        ("วันที่ 6 35 คน", "แก้ไขแล้ว: วันที่ 6 พ.ย. 2569 · ผู้เข้าร่วม 35 คน", "ผู้เข้าร่วม: 35 คน"),
    ],
)
def test_the_open_card_is_corrected_by_a_line_and_says_what_changed(
    officer: Conversation, typed: str, told: str, shown: str
) -> None:
    officer.say(WITH_PARTNER)

    card = officer.say(typed)

    assert told in card
    assert shown in card
    assert "ตรวจสอบก่อนบันทึก" in card


def test_a_correction_that_could_mean_two_things_is_asked_with_two_buttons(officer: Conversation) -> None:
    officer.say(WITH_PARTNER)
    said = officer.say("เพิ่มงบ 5 หมื่น")
    assert "[100,000 บาท] [50,000 บาท]" in said

    assert "งบประมาณ: 100,000 บาท" in officer.press("100,000 บาท")


def test_what_a_correction_leaves_open_keeps_its_value_until_it_is_answered(officer: Conversation) -> None:
    officer.say(WITH_PARTNER)
    officer.say("เพิ่มงบ 5 หมื่น")
    assert "งบประมาณ: 50,000 บาท" in officer.press("กลับไปที่รายการ")

    assert "จัดวันใด" in officer.say("ไม่ใช่วันที่ 5")
    assert "วันที่: 5 พ.ย. 2569" in officer.press("กลับไปที่รายการ")


def test_a_correction_of_the_pairing_is_asked_when_it_is_none_of_the_province(officer: Conversation) -> None:
    officer.say(WITH_PARTNER)

    card = officer.say("คู่สะหวันนะเขต")

    assert "ไม่พบคู่นี้ในรายชื่อของจังหวัด" in card
    assert "คู่: เชียงใหม่–นครเฉิงตู" in card


def test_a_correction_beyond_a_limit_is_explained_and_changes_nothing(officer: Conversation) -> None:
    officer.say(WITH_PARTNER)

    card = officer.say("5 พ.ย. 2580")

    assert "รับวันที่ล่วงหน้าไม่เกิน 5 ปี" in card
    assert "แก้ไขแล้ว" not in card


def test_another_field_is_corrected_while_one_is_asked_which_stays_open(officer: Conversation) -> None:
    officer.say(WITH_PARTNER)
    edit(officer, "ผู้เข้าร่วม")
    said = officer.say("ไม่ใช่ วันที่ 6")
    assert "แก้ไขแล้ว: วันที่ 6 พ.ย. 2569" in said
    assert "มีผู้เข้าร่วมกี่คน" in said

    card = officer.say("45")
    assert "วันที่: 6 พ.ย. 2569" in card
    assert "ผู้เข้าร่วม: 45 คน" in card


def test_the_field_that_is_asked_takes_a_correction_too(officer: Conversation) -> None:
    officer.say(WITH_PARTNER)
    edit(officer, "ฝ่ายคู่เข้าร่วม")
    assert "ฝ่ายคู่: ไม่ได้เข้าร่วม" in officer.say("ฝ่ายคู่ไม่ได้มา")

    edit(officer, "ผู้เข้าร่วม")
    assert "ผู้เข้าร่วม: 35 คน" in officer.say("เพิ่มอีก 5 คน")


def test_an_answer_that_says_more_is_taken_whole(officer: Conversation) -> None:
    officer.say("ประชุมกับเฉิงตู")

    card = officer.say("เมื่อวาน 35 คน")

    assert "วันที่: 21 พ.ย. 2569" in card
    assert "ผู้เข้าร่วม: 35 คน" in card
    assert "แก้ไขแล้ว" in card


def test_a_plain_answer_is_no_correction(officer: Conversation) -> None:
    officer.say("ประชุมกับเฉิงตู")

    assert "แก้ไขแล้ว" not in officer.say("เมื่อวาน")


def test_a_mere_number_typed_for_the_day_of_a_card_is_of_its_month(officer: Conversation) -> None:
    officer.say("ประชุมกับเฉิงตู 5 ต.ค. 69")
    edit(officer, "วันที่")

    assert "วันที่: 6 ต.ค. 2569" in officer.say("6")


def test_a_correction_is_taken_while_pairings_are_ticked(officer: Conversation) -> None:
    officer.say(WITH_PARTNER)
    edit(officer, "คู่อื่นที่ร่วม")

    assert "[100,000 บาท] [50,000 บาท]" in officer.say("เพิ่มงบ 5 หมื่น")


def test_the_word_for_saving_does_not_save_what_was_said_to_be_wrong(officer: Conversation) -> None:
    officer.say(WITH_PARTNER)
    officer.say("ไม่ใช่วันที่ 5")

    said = officer.say("บันทึก")
    assert "จัดวันใด" in said
    assert "บันทึกแล้ว" not in said


def test_a_caption_corrects_the_card_and_says_what_changed(officer: Conversation) -> None:
    officer.say(WITH_PARTNER)

    card = officer.send_photo("ภาพ.jpg", "ไม่ใช่ วันที่ 6")

    assert "แก้ไขแล้ว: วันที่ 6 พ.ย. 2569" in card
    assert "ภาพ/เอกสาร: 1 รายการ" in card


def test_a_question_over_the_card_is_answered_and_changes_nothing(
    office: Office, officer: Conversation
) -> None:
    officer.say(WITH_PARTNER)
    before = body(office)

    officer.say("35 คนนับเป็นกิจกรรมไหม")

    assert body(office) == before


# ------------------------------------------------------------------ limits


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("สถานที่", "ก" * 201, "ชื่อสถานที่ยาวเกินไป"),
        ("เรื่อง", "ก" * 301, "ชื่อเรื่องยาวเกินไป"),
        ("ผู้เข้าร่วม", "1000001", "จำนวนผู้เข้าร่วมต้องอยู่ระหว่าง 1 ถึง 1,000,000 คน"),
        ("ผู้เข้าร่วม", "0", "จำนวนผู้เข้าร่วมต้องอยู่ระหว่าง 1"),
        ("งบประมาณ", "100000000001", "งบประมาณต้องไม่เกิน 100,000,000,000 บาท"),
        ("วันที่", "31 ธ.ค. 2499", "รับวันที่ตั้งแต่ พ.ศ. 2500"),
        ("วันที่", "23 พ.ย. 2574", "รับวันที่ล่วงหน้าไม่เกิน 5 ปี"),
        ("วันที่", "1 ม.ค. 2568 - 2 ม.ค. 2569", "ช่วงวันยาวเกินไป รับไม่เกิน 366 วัน"),
        ("SDGs", "18", "อ่านข้อของ SDGs ไม่ได้"),
        ("SDGs", "กขค", "อ่านข้อของ SDGs ไม่ได้"),
        ("ด้าน", "กขค", "อ่านด้านไม่ได้"),
        ("การเดินทาง", "กขค", "อ่านคำตอบเรื่องการเดินทางไม่ได้"),
        ("คู่อื่นที่ร่วม", "สะหวันนะเขต", "ไม่พบคู่นี้ในรายชื่อของจังหวัด"),
    ],
)
def test_a_value_beyond_its_limit_is_explained_and_the_draft_stays(
    officer: Conversation, field: str, typed: str, said: str
) -> None:
    before = officer.say(SENTENCE)
    edit(officer, field)

    officer.say(typed)

    [reply] = officer.answer
    assert said in reply.text
    assert reply.text.endswith("(ข้อมูลที่กรอกไว้ยังอยู่)")
    assert officer.press("กลับไปที่รายการ") == before


@pytest.mark.parametrize(
    ("field", "typed", "shown"),
    [
        ("สถานที่", "ก" * 200, "ก" * 200),
        ("ผู้เข้าร่วม", "1000000", "1,000,000 คน"),
        ("งบประมาณ", "100000000000", "100,000,000,000 บาท"),
        ("วันที่", "1 ม.ค. 2500", "1 ม.ค. 2500 (ค.ศ. 1957)"),
        ("วันที่", "22 พ.ย. 2574", "22 พ.ย. 2574 (ค.ศ. 2031)"),
        ("วันที่", "1 ม.ค. 2568 - 1 ม.ค. 2569", "1 ม.ค. 2568 – 1 ม.ค. 2569"),
    ],
)
def test_a_value_at_its_limit_is_taken(officer: Conversation, field: str, typed: str, shown: str) -> None:
    officer.say(SENTENCE)
    edit(officer, field)

    assert shown in officer.say(typed)


def test_a_sentence_keeps_what_is_within_limits(officer: Conversation) -> None:
    said = officer.say("ประชุมกับเฉิงตู 3 พ.ย. 2490 30 คน")
    assert "รับวันที่ตั้งแต่ พ.ศ. 2500" in said
    assert "จัดวันใด" in said

    assert "ผู้เข้าร่วม: 30 คน" in officer.press("เมื่อวาน")


# ------------------------------------------------------------------ as people type it


@pytest.mark.parametrize("typed", ["บันทึกเลย", "บันทึกครับ", "บันทึกได้เลย", "save", "Save"])
def test_the_card_is_saved_by_words(officer: Conversation, typed: str) -> None:
    officer.say(SENTENCE)

    assert "บันทึกแล้ว รายการที่ 1" in officer.say(typed)


@pytest.mark.parametrize("typed", ["โอเค", "ตกลงค่ะ", "ถูกต้อง", "ok"])
def test_who_agrees_to_the_card_sees_it_again_with_its_button(officer: Conversation, typed: str) -> None:
    officer.say(SENTENCE)

    said = officer.say(typed)

    assert "ตรวจสอบก่อนบันทึก" in said
    assert "[บันทึก]" in said


def test_saving_before_a_question_is_answered_asks_it_again(officer: Conversation) -> None:
    officer.say("ประชุมกับเฉิงตูและกว่างโจว 3 พ.ย. 69 30 คน")

    said = officer.say("บันทึก")

    assert "ไม่พบคู่นี้" not in said
    assert "จัดกับคู่ใด" in said
    assert "[ทั้ง 2 คู่]" in said


@pytest.mark.parametrize("typed", ["ทั้งสอง", "ทั้งคู่", "ทั้งสองเมือง", "ทุกคู่"])
def test_both_pairings_are_taken_by_words(officer: Conversation, typed: str) -> None:
    officer.say("ประชุมกับเฉิงตูและกว่างโจว 3 พ.ย. 69 30 คน")

    assert "คู่อื่นที่ร่วม: นครกว่างโจว" in officer.say(typed)


@pytest.mark.parametrize("typed", ["ไม่ทราบ", "ไม่มี", "ยังไม่ทราบ", "ข้าม"])
def test_what_is_not_known_stays_open_and_becomes_no_value(
    office: Office, officer: Conversation, typed: str
) -> None:
    officer.say(SILENT)
    officer.press("กรอกรายละเอียดต่อ")
    for _field in ("participants", "budget_thb", "title", "place"):
        said = officer.say(typed)

    assert "ตรวจสอบก่อนบันทึก" in said
    stored = body(office)
    assert [stored.get(name) for name in ("participants", "budget_thb", "title", "place")] == [None] * 4


def test_a_day_that_nobody_remembers_is_its_month(officer: Conversation) -> None:
    officer.say("อบรมกับเฉิงตู เดือนตุลาคม 69 40 คน")

    assert "วันที่: ต.ค. 2569" in officer.say("จำวันไม่ได้")


def test_the_list_is_shown_while_the_day_is_asked(officer: Conversation) -> None:
    officer.say("ประชุมกับเฉิงตู 30 คน")

    assert "ยังไม่มีกิจกรรมที่บันทึกไว้" in officer.say("รายการกิจกรรม")
    assert "ตรวจสอบก่อนบันทึก" in officer.say("เมื่อวาน")
