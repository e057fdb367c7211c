"""What is optional at logging and told later: one card, each answer stored at once; follow-ups become plans."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import select

from bot.dialogues.base import DETAILS
from storage.models import Activity
from tests.support import Conversation, Office

ONE_ENGINE = True

SENTENCE = "ประชุมกับเฉิงตู 3 พ.ย. 69 เรื่องท่องเที่ยว 30คน"
IN_THE_LIST = "3 พ.ย. 2569 · นครเฉิงตู · ประชุม/หารือ"


def records(office: Office) -> list[Activity]:
    with office.database.read() as session:
        return list(session.scalars(select(Activity).order_by(Activity.id)))


def record(office: Office) -> Activity:
    return records(office)[0]


@pytest.fixture
def card(officer: Conversation) -> Conversation:
    """The officer, with the card of details in front."""
    officer.say(SENTENCE)
    officer.press("บันทึก")
    officer.press("ผลกิจกรรม")
    return officer


# ------------------------------------------------------------------ the card


def test_the_card_has_a_button_for_each_field_and_replaces_no_letter(card: Conversation) -> None:
    assert "เชียงใหม่–นครเฉิงตู · ประชุม/หารือ · 3 พ.ย. 2569" in card.last
    assert "บันทึกนี้ใช้แทนหนังสือรายงานกระทรวงมหาดไทยไม่ได้" in card.last
    assert len(card.buttons()) == len(DETAILS) + 1


@pytest.mark.parametrize(
    ("button", "typed", "field", "value"),
    [
        ("ผลที่ได้รับ", "ได้แผนท่องเที่ยวร่วม", "result", "ได้แผนท่องเที่ยวร่วม"),
        ("ปัญหา/อุปสรรค", "ไม่มีใครแปลภาษาได้", "problems", "ไม่มีใครแปลภาษาได้"),
        ("ข้อเสนอแนะ", "ควรจัดทุกปี", "suggestions", "ควรจัดทุกปี"),
        ("ประธานฝ่ายไทย", "ผู้ว่าราชการจังหวัด", "chair_ours", "ผู้ว่าราชการจังหวัด"),
        ("ประธานฝ่ายคู่", "รองนายกเทศมนตรี", "chair_theirs", "รองนายกเทศมนตรี"),
        ("หัวหน้าคณะฝ่ายไทย", "นายสมชาย", "head_ours", "นายสมชาย"),
        ("หัวหน้าคณะฝ่ายคู่", "Mr Li", "head_theirs", "Mr Li"),
        ("ค่าใช้จ่ายจริง", "2.5 แสน", "spent_thb", Decimal(250000)),
        ("แหล่งงบประมาณ", "งบกลุ่มจังหวัด", "spent_source", "cluster"),
        ("เลขที่หนังสือรายงาน", "ชม 0017/123", "letter_no", "ชม 0017/123"),
        ("วันที่หนังสือรายงาน", "5 พ.ย. 69", "letter_on", date(2026, 11, 5)),
        ("เรื่องที่จะติดตาม", "ส่งรายชื่อนักเรียน", "follow_up", "ส่งรายชื่อนักเรียน"),
        ("กำหนดติดตาม", "5 มี.ค. 70", "follow_up_on", date(2027, 3, 5)),
    ],
)
def test_each_field_is_asked_and_stored_at_once(
    office: Office, card: Conversation, button: str, typed: str, field: str, value: object
) -> None:
    card.press(button)

    said = card.say(typed)

    assert f"บันทึกแล้ว: {button}" in said
    assert f"{button}: " in said
    assert getattr(record(office), field) == value
    assert record(office).version == 2
    card.press("ย้อนกลับ")
    assert f"{button}: ยังไม่ระบุ → " in card.press("ประวัติ")


@pytest.mark.parametrize(
    ("label", "code"),
    [
        ("จังหวัด", "province"),
        ("กลุ่มจังหวัด", "cluster"),
        ("ส่วนกลาง", "central"),
        ("เอกชน", "private"),
        ("ต่างประเทศ", "foreign"),
    ],
)
def test_the_source_of_money_is_a_button(office: Office, card: Conversation, label: str, code: str) -> None:
    card.press("แหล่งงบประมาณ")

    assert f"แหล่งงบประมาณ: {label}" in card.press(label)
    assert record(office).spent_source == code


@pytest.mark.parametrize(
    "typed", ["ชม 0017/123 ลว. 5 พ.ย. 69", "ชม 0017/123 ลงวันที่ 5 พฤศจิกายน 2569", "ชม 0017/123 5/11/2569"]
)
def test_a_letters_number_brings_its_date(office: Office, card: Conversation, typed: str) -> None:
    card.press("เลขที่หนังสือรายงาน")

    said = card.say(typed)

    assert "วันที่หนังสือรายงาน: 5 พ.ย. 2569" in said
    assert (record(office).letter_no, record(office).letter_on) == ("ชม 0017/123", date(2026, 11, 5))


@pytest.mark.parametrize(
    ("typed", "promise"),
    [
        ("ประชุมครั้งต่อไปวันที่ 5 มี.ค. 70", "ประชุมครั้งต่อไป"),
        ("ทำข้อตกลง 5 มี.ค. 70", "ทำข้อตกลง"),
        ("ส่งรายชื่อ ภายใน 5 มี.ค. 70", "ส่งรายชื่อ"),
    ],
)
def test_a_promise_brings_its_day(office: Office, card: Conversation, typed: str, promise: str) -> None:
    card.press("เรื่องที่จะติดตาม")

    card.say(typed)

    assert (record(office).follow_up, record(office).follow_up_on) == (promise, date(2027, 3, 5))


def test_a_promised_day_without_a_year_lies_ahead(office: Office, card: Conversation) -> None:
    card.press("กำหนดติดตาม")
    card.say("5 มี.ค.")
    assert record(office).follow_up_on == date(2027, 3, 5)

    card.say("ติดตาม: ส่งรายชื่อ 6 มี.ค.")

    assert (record(office).follow_up, record(office).follow_up_on) == ("ส่งรายชื่อ", date(2027, 3, 6))


def test_labels_as_people_write_them_are_read_line_by_line(office: Office, card: Conversation) -> None:
    card.say(
        "ผลการประชุม: ตกลงแลกเปลี่ยนนักเรียน\nปัญหาที่พบ: ล่าม\nประธาน: ผู้ว่าฯ\nเบิกจ่ายจริง: 45,000\n"
        "เลขหนังสือ: ชม 0017/123 ลว. 5 พ.ย. 69\nสิ่งที่ต้องติดตาม: ส่งรายชื่อ"
    )

    stored = record(office)
    assert (stored.result, stored.problems) == ("ตกลงแลกเปลี่ยนนักเรียน", "ล่าม")
    assert (stored.chair_ours, stored.spent_thb) == ("ผู้ว่าฯ", Decimal(45000))
    assert (stored.letter_no, stored.follow_up) == ("ชม 0017/123", "ส่งรายชื่อ")


def test_the_day_of_a_letter_is_a_button(office: Office, card: Conversation) -> None:
    card.press("วันที่หนังสือรายงาน")
    card.press("วันนี้")

    assert record(office).letter_on == date(2026, 11, 22)


def test_a_day_that_could_be_two_is_asked_with_buttons(office: Office, card: Conversation) -> None:
    card.press("วันที่หนังสือรายงาน")
    card.say("5/11/26")
    assert record(office).letter_on is None

    card.press("5 พ.ย. 2569")

    assert record(office).letter_on == date(2026, 11, 5)


def test_an_amount_that_no_column_holds_is_asked_again(office: Office, card: Conversation) -> None:
    card.press("ค่าใช้จ่ายจริง")

    assert "อ่านจำนวนเงินไม่ได้" in card.say("999999999999999999999")

    assert record(office).spent_thb is None


def test_several_fields_are_typed_together_and_are_one_change(office: Office, card: Conversation) -> None:
    said = card.say("ผลที่ได้รับ: ได้แผนร่วม\nปัญหา: ล่ามไม่พอ\nค่าใช้จ่ายจริง: 50000\nแหล่งงบประมาณ: จังหวัด")

    assert "บันทึกแล้ว: ผลที่ได้รับ, ปัญหา/อุปสรรค, ค่าใช้จ่ายจริง, แหล่งงบประมาณ" in said
    row = record(office)
    assert (row.result, row.problems, row.spent_source) == ("ได้แผนร่วม", "ล่ามไม่พอ", "province")
    assert row.version == 2


def test_of_several_fields_one_that_cannot_be_read_is_named_and_the_others_stand(
    office: Office, card: Conversation
) -> None:
    said = card.say("ผลที่ได้รับ: ได้แผนร่วม\nค่าใช้จ่ายจริง: นิดหน่อย")

    assert "บันทึกแล้ว: ผลที่ได้รับ" in said
    assert "ค่าใช้จ่ายจริง: อ่านจำนวนเงินไม่ได้" in said
    assert (record(office).result, record(office).spent_thb) == ("ได้แผนร่วม", None)


def test_lines_with_labels_are_taken_while_another_field_is_open(office: Office, card: Conversation) -> None:
    card.press("ประธานฝ่ายไทย")

    card.say("ปัญหา: ล่ามไม่พอ")

    assert (record(office).problems, record(office).chair_ours) == ("ล่ามไม่พอ", None)


@pytest.mark.parametrize(
    ("button", "typed", "said"),
    [
        ("ผลที่ได้รับ", "ก" * 1001, "พิมพ์ไม่เกิน 1,000 ตัวอักษร"),
        ("ประธานฝ่ายไทย", "ก" * 201, "พิมพ์ไม่เกิน 200 ตัวอักษร"),
        ("ค่าใช้จ่ายจริง", "นิดหน่อย", "อ่านจำนวนเงินไม่ได้"),
        ("แหล่งงบประมาณ", "กระปุก", "อ่านแหล่งงบประมาณไม่ได้"),
        ("วันที่หนังสือรายงาน", "31 พ.ย. 69", "ไม่มีวันที่ 31 พ.ย. 69"),
        ("กำหนดติดตาม", "มี.ค. 70", "ขาดวันที่"),
        ("กำหนดติดตาม", "5 มี.ค. 2599", "ล่วงหน้าไม่เกิน 5 ปี"),
    ],
)
def test_an_answer_that_cannot_be_read_is_explained_and_asked_again(
    office: Office, card: Conversation, button: str, typed: str, said: str
) -> None:
    card.press(button)

    assert said in card.say(typed)

    assert record(office).version == 1
    assert "ผลกิจกรรม รายการที่ 1" in card.press("ย้อนกลับ")


def test_a_field_is_emptied_by_button(office: Office, card: Conversation) -> None:
    card.say("ผลที่ได้รับ: ผิดรายการ")
    assert "ที่พิมพ์ไว้:\nผิดรายการ" in card.press("ผลที่ได้รับ")

    card.press("ล้างข้อมูลนี้")

    assert record(office).result is None


def test_an_answer_is_undone_like_any_saving(office: Office, card: Conversation) -> None:
    card.say("ผลที่ได้รับ: ผิดรายการ")

    assert "เลิกทำการแก้ไขแล้ว" in card.press("เลิกทำ")

    assert record(office).result is None


def test_a_long_result_is_whole_on_the_card_and_short_on_the_record(card: Conversation) -> None:
    long = "ได้แผนร่วม " * 60
    assert long.strip() in card.say(f"ผลที่ได้รับ: {long}")

    card.say("/activities")

    assert "…" in card.press(IN_THE_LIST)


# ------------------------------------------------------------------ open fields


def test_an_open_field_survives_a_kill(office: Office, card: Conversation) -> None:
    card.press("ผลที่ได้รับ")
    office.restart()

    assert "บันทึกแล้ว: ผลที่ได้รับ" in card.say("ได้แผนร่วม")


def test_a_question_in_the_midst_is_answered_and_the_field_asked_again(
    office: Office, card: Conversation
) -> None:
    card.press("ผลที่ได้รับ")

    card.say("ต้องมีกิจกรรมปีละกี่ครั้ง")

    answer, again = card.answer
    assert "อย่างน้อยปีละ 1 ครั้ง" in answer.text
    assert "ผลที่ได้รับ: พิมพ์ได้ไม่เกิน 1,000 ตัวอักษร" in again.text
    office.restart()
    assert "บันทึกแล้ว: ผลที่ได้รับ" in card.say("ได้แผนร่วม")


def test_another_activity_in_the_midst_of_a_name_is_a_card_of_its_own(
    office: Office, card: Conversation
) -> None:
    card.press("ประธานฝ่ายไทย")

    assert "ตรวจสอบก่อนบันทึก" in card.say("ประชุมกับฮอกไกโด 5 พ.ย. 69 20 คน")

    assert record(office).chair_ours is None


def test_looking_elsewhere_ends_the_open_field(office: Office, card: Conversation) -> None:
    card.press("ผลที่ได้รับ")
    card.say("/start")

    assert "ตรวจสอบก่อนบันทึก" in card.say("ประชุมกับฮอกไกโด 5 พ.ย. 69 20 คน")
    assert record(office).result is None


def test_an_open_field_of_a_deleted_record_stores_nothing(office: Office, card: Conversation) -> None:
    card.press("ผลที่ได้รับ")
    colleague = office.person("มานี", "officer", "TH-50")
    colleague.say("/activities")
    colleague.press(IN_THE_LIST)
    colleague.press("ลบ")
    colleague.press("บันทึกซ้ำ")

    assert card.say("ได้แผนร่วม") == "ไม่พบรายการนี้"
    assert record(office).result is None


# ------------------------------------------------------------------ follow-ups


def test_a_follow_up_with_a_day_becomes_a_plan_with_its_own_line(office: Office, card: Conversation) -> None:
    card.press("เรื่องที่จะติดตาม")

    said = card.say("ศึกษาดูงานระบบขนส่ง 5 มี.ค. 70")

    assert "แผนติดตาม: รายการที่ 2 · 5 มี.ค. 2570 · ศึกษาดูงานระบบขนส่ง" in said
    _, plan = records(office)
    assert (plan.pairing_id, plan.type_code, plan.state) == ("50-chengdu", "study_visit", "planned")
    assert (plan.start, plan.follows_id, plan.joint) == (date(2027, 3, 5), 1, False)
    card.say("/activities")
    assert "ติดตามผลจากรายการที่ 1" in card.press("แผน · 5 มี.ค. 2570 · นครเฉิงตู · ศึกษาดูงาน")
    assert "ตั้งจากเรื่องที่จะติดตามของรายการอื่น" in card.press("เพิ่มเติม") + card.press("ประวัติ")


def test_a_promise_that_names_no_type_is_a_meeting(office: Office, card: Conversation) -> None:
    card.say("ติดตาม: ส่งรายชื่อผู้เข้าแข่งขัน\nกำหนดติดตาม: 5 มี.ค. 70")

    assert [row.type_code for row in records(office)] == ["meeting", "meeting"]


def test_without_a_day_nothing_is_planned_until_it_is_given(office: Office, card: Conversation) -> None:
    card.press("เรื่องที่จะติดตาม")
    assert "ยังไม่มีกำหนดติดตาม" in card.say("ส่งรายชื่อนักเรียน")
    assert len(records(office)) == 1

    card.press("กำหนดติดตาม")
    assert "แผนติดตาม: รายการที่ 2" in card.say("5 มี.ค. 70")


def test_a_changed_follow_up_changes_the_plan_and_makes_no_second_one(
    office: Office, card: Conversation
) -> None:
    card.say("ติดตาม: ส่งรายชื่อนักเรียน\nกำหนดติดตาม: 5 มี.ค. 70")
    card.say("กำหนดติดตาม: 9 มี.ค. 70")
    card.say("ติดตาม: ส่งรายชื่อครู")

    _, plan = records(office)
    assert (plan.start, plan.title) == (date(2027, 3, 9), "ส่งรายชื่อครู")


def test_a_follow_up_that_is_emptied_takes_an_untouched_plan_with_it(
    office: Office, card: Conversation
) -> None:
    card.say("ติดตาม: ส่งรายชื่อนักเรียน\nกำหนดติดตาม: 5 มี.ค. 70")
    card.press("กำหนดติดตาม")
    card.press("ล้างข้อมูลนี้")
    assert records(office)[1].deleted_at is not None

    card.say("กำหนดติดตาม: 9 มี.ค. 70")

    _, plan = records(office)
    assert (plan.deleted_at, plan.start) == (None, date(2027, 3, 9))


def test_a_plan_that_somebody_changed_stays_when_the_follow_up_is_emptied(
    office: Office, card: Conversation
) -> None:
    card.say("ติดตาม: ส่งรายชื่อนักเรียน\nกำหนดติดตาม: 5 มี.ค. 70")
    card.say("/activities")
    card.press("แผน · 5 มี.ค. 2570 · นครเฉิงตู · ประชุม/หารือ")
    card.press("เลื่อนวัน")
    card.say("12 มี.ค. 70")
    card.say("/activities")
    card.press(IN_THE_LIST)
    card.press("ผลกิจกรรม")
    card.say("ปัญหา: ล่ามไม่พอ")
    assert records(office)[1].start == date(2027, 3, 12)

    card.press("เรื่องที่จะติดตาม")
    card.press("ล้างข้อมูลนี้")

    assert records(office)[1].deleted_at is None


def test_the_same_promise_is_not_planned_again_once_it_was_held_or_given_up(
    office: Office, card: Conversation
) -> None:
    card.say("ติดตาม: ส่งรายชื่อนักเรียน\nกำหนดติดตาม: 5 มี.ค. 70")
    card.say("/activities")
    card.press("แผน · 5 มี.ค. 2570 · นครเฉิงตู · ประชุม/หารือ")
    card.press("งดจัด")
    card.say("/activities")
    card.press(IN_THE_LIST)
    card.press("ผลกิจกรรม")
    card.say("ติดตาม: ส่งรายชื่อนักเรียนและครู")
    assert len(records(office)) == 2

    assert "แผนติดตาม: รายการที่ 3" in card.say("กำหนดติดตาม: 9 เม.ย. 70")


def test_undoing_the_promise_takes_its_plan_back(office: Office, card: Conversation) -> None:
    card.say("ติดตาม: ส่งรายชื่อนักเรียน\nกำหนดติดตาม: 5 มี.ค. 70")

    card.press("เลิกทำ")

    assert records(office)[1].deleted_at is not None
    assert records(office)[0].follow_up is None


def test_the_plan_goes_and_comes_with_the_record_that_promised_it(office: Office, card: Conversation) -> None:
    card.say("ติดตาม: ส่งรายชื่อนักเรียน\nกำหนดติดตาม: 5 มี.ค. 70")
    card.press("ย้อนกลับ")
    card.press("ลบ")
    card.press("บันทึกซ้ำ")
    assert all(row.deleted_at is not None for row in records(office))

    card.press("นำรายการกลับมา")

    assert [row.deleted_at for row in records(office)] == [None, None]
