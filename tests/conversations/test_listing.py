"""Finding what was recorded: by words, by buttons, page by page."""

from __future__ import annotations

import pytest

from tests.support import Conversation, Office

ONE_ENGINE = True

MEETING = "ประชุมกับเฉิงตู 3 พ.ย. 69 เรื่องท่องเที่ยว 30 คน"
STUDY = "ศึกษาดูงานฮอกไกโด 12–15 มี.ค. 68 เรื่องเกษตร"
PLAN = "จะประชุมกับเซี่ยงไฮ้ 15 ธ.ค. 69"


def log(person: Conversation, *sentences: str) -> None:
    for sentence in sentences:
        person.say(sentence)
        person.press("บันทึก")


@pytest.fixture
def recorded(officer: Conversation) -> Conversation:
    log(officer, MEETING, STUDY, PLAN)
    return officer


def records(person: Conversation) -> list[str]:
    """Labels of the records in the newest list."""
    return [label for label in person.buttons() if "256" in label and " · " in label]


def test_the_list_holds_everything_the_latest_first(recorded: Conversation) -> None:
    said = recorded.say("/activities")
    assert "กิจกรรมที่บันทึกไว้ (3)" in said
    assert records(recorded) == [
        "แผน · 15 ธ.ค. 2569 · มหานครเซี่ยงไฮ้ · ประชุม/หารือ",
        "3 พ.ย. 2569 · นครเฉิงตู · ประชุม/หารือ",
        "12–15 มี.ค. 2568 · จังหวัดฮอกไกโด · ศึกษาดูงาน",
    ]


@pytest.mark.parametrize(
    ("words", "partner"),
    [
        ("/activities เฉิงตู", "นครเฉิงตู"),
        ("ดูกิจกรรมเฉิงตู", "นครเฉิงตู"),
        ("กิจกรรมกับฮอกไกโด", "จังหวัดฮอกไกโด"),
        ("กิจกรรมที่บันทึก ปี 2568", "จังหวัดฮอกไกโด"),
        ("ค้นหากิจกรรม ศึกษาดูงาน", "จังหวัดฮอกไกโด"),
        ("ดูกิจกรรม ปีงบ 2570", "นครเฉิงตู"),
        ("ดูกิจกรรมที่อยู่ในแผน", "มหานครเซี่ยงไฮ้"),
        ("ดูกิจกรรมเรื่อง ท่องเที่ยว", "นครเฉิงตู"),
        ("/activities Hokkaido 2025", "จังหวัดฮอกไกโด"),
    ],
)
def test_words_narrow_the_list(recorded: Conversation, words: str, partner: str) -> None:
    said = recorded.say(words)
    assert "เฉพาะ:" in said
    assert partner in records(recorded)[-1]
    assert all(partner in label or "แผน" in label for label in records(recorded))


def test_buttons_narrow_the_list_one_after_the_other(recorded: Conversation) -> None:
    recorded.say("/activities")
    recorded.press("เลือกปี")
    recorded.press("ปีปฏิทิน 2569")
    assert len(records(recorded)) == 2

    recorded.press("เลือกคู่")
    said = recorded.press("นครเฉิงตู")
    assert "เฉพาะ: นครเฉิงตู · ปีปฏิทิน 2569" in said
    assert len(records(recorded)) == 1

    recorded.press("แสดงทั้งหมด")
    assert len(records(recorded)) == 3


def test_narrowing_rewrites_the_list_in_place(recorded: Conversation) -> None:
    recorded.say("/activities")
    _, card = recorded.button("เลือกปี")
    recorded.press("เลือกปี")
    recorded.press("ปีปฏิทิน 2569")
    assert recorded.answer[0].edit == card


def test_a_search_is_typed_after_its_button(recorded: Conversation) -> None:
    recorded.say("/activities")
    recorded.press("ค้นหา")
    recorded.say("ฮอกไกโด ปีที่แล้ว")
    assert len(records(recorded)) == 1


def test_a_sentence_typed_instead_of_a_search_is_a_new_draft(recorded: Conversation) -> None:
    recorded.say("/activities")
    recorded.press("ค้นหา")
    assert "ตรวจสอบก่อนบันทึก" in recorded.say("ต้อนรับคณะเฉิงตู 10 พ.ย. 69 12 คน")


def test_a_number_opens_the_record(recorded: Conversation) -> None:
    assert "กิจกรรม รายการที่ 2" in recorded.say("รายการที่ 2")
    assert "ไม่พบ" in recorded.say("รายการที่ 99")


def test_nothing_found_says_how_to_go_on(recorded: Conversation) -> None:
    said = recorded.say("/activities ปี 2560")
    assert "ไม่พบรายการตามที่เลือก" in said
    assert "แสดงทั้งหมด" in recorded.buttons()


def test_a_question_about_activities_is_a_question(recorded: Conversation) -> None:
    assert "เลือกรายการ" not in recorded.say("กิจกรรมกับเฉิงตูต้องรายงานใคร")
    assert "เลือกรายการ" not in recorded.say("กิจกรรมร่วมคืออะไร")


def test_many_records_come_in_pages(officer: Conversation) -> None:
    log(officer, *(f"ประชุมกับเฉิงตู {day} พ.ย. 69" for day in range(1, 17, 2)))
    officer.say("/activities")
    assert (len(records(officer)), "ก่อนหน้า" in officer.buttons()) == (6, False)

    officer.press("ถัดไป")
    assert records(officer) == [
        "3 พ.ย. 2569 · นครเฉิงตู · ประชุม/หารือ",
        "1 พ.ย. 2569 · นครเฉิงตู · ประชุม/หารือ",
    ]
    officer.press("ก่อนหน้า")
    assert len(records(officer)) == 6


def test_what_colleagues_recorded_is_there_and_can_be_left_out(
    office: Office, recorded: Conversation
) -> None:
    colleague = office.person("ปรีชา", "officer", "TH-50")
    log(colleague, "อบรมกับเฉิงตู 5 พ.ย. 69")
    colleague.say("/activities")
    assert len(records(colleague)) == 4

    colleague.press("ตัวกรองอื่น")
    colleague.press("ที่ฉันบันทึก")
    assert records(colleague) == ["5 พ.ย. 2569 · นครเฉิงตู · ฝึกอบรม/ถ่ายทอดความรู้"]


def test_another_province_finds_nothing_of_it(recorded: Conversation, neighbour: Conversation) -> None:
    assert "ยังไม่มีกิจกรรม" in neighbour.say("/activities")
    said = neighbour.say("/activities เฉิงตู")
    assert "ไม่พบคู่นี้" in said
    assert "ท่องเที่ยว" not in said
    assert "ไม่พบ" in neighbour.say("รายการที่ 1")


def test_an_empty_narrowing_by_a_forged_button_shows_only_ones_own(
    recorded: Conversation, neighbour: Conversation
) -> None:
    """The provinces are those of the person, whatever the button's arguments say."""
    log(neighbour, "ประชุมกับสะหวันนะเขต 3 พ.ย. 69")
    neighbour.say("/activities ปี 2569")
    assert len(records(neighbour)) == 1


# ------------------------------------------------------------------ unfinished drafts


def test_several_unfinished_drafts_are_a_list_to_go_on_from(officer: Conversation) -> None:
    officer.say(MEETING)
    officer.say("ต้อนรับคณะเซี่ยงไฮ้ 15 พ.ย. 69 20 คน")
    said = officer.say("/log")
    assert "รายการที่ยังไม่ได้บันทึก" in said
    assert "1. เชียงใหม่–มหานครเซี่ยงไฮ้" in said
    assert "2. เชียงใหม่–นครเฉิงตู" in said

    officer.press(next(one for one in officer.buttons() if "เฉิงตู" in one))
    assert "เฉิงตู" in officer.press("บันทึก")
    assert "เซี่ยงไฮ้" in officer.say("/log")


def test_looking_for_a_partner_by_words_shows_its_records(recorded: Conversation) -> None:
    assert "กิจกรรมที่บันทึกไว้ (1)" in recorded.say("ค้นหา เฉิงตู")
    assert "เฉพาะ: นครเฉิงตู" in recorded.last
