"""Looking a pairing up by any name."""

from __future__ import annotations

import pytest

from bot.language.finding import Reason
from bot.texts.th import Th
from tests.support import Conversation, Office


@pytest.mark.parametrize("line", ["/pairings เฉิงตู", "เฉิงตู", "เฉินตู", "成都", "เชียงใหม่ เฉิงตู", "ขอดูคู่เฉิงตูหน่อย"])
def test_an_officer_finds_the_own_pairing_by_any_name(officer: Conversation, line: str) -> None:
    said = officer.say(line)
    assert "เชียงใหม่–นครเฉิงตู" in said
    assert "Chengdu · จีน\nลงนาม" in said
    assert {"รายละเอียด", "ประวัติ", "แก้ไข/เพิ่มข้อมูล", "บันทึกกิจกรรม", "คู่ของจังหวัด"} <= set(officer.buttons())


def test_the_pairing_that_was_found_is_logged_with_one_press(officer: Conversation) -> None:
    officer.say("เฉิงตู")
    assert "นครเฉิงตู" in officer.press("บันทึกกิจกรรม")


def test_the_own_province_is_its_list_with_a_way_into_it(officer: Conversation) -> None:
    said = officer.say("เชียงใหม่")
    assert "คู่เมืองพี่เมืองน้อง เชียงใหม่" in said
    assert "ข้อมูลยังไม่ครบ" in said
    assert "จีน (7)" in officer.buttons()

    assert "พบ 7 คู่" in officer.press("จีน (7)")
    assert "Chengdu" in officer.press("เชียงใหม่–นครเฉิงตู")


@pytest.mark.parametrize(
    "line", ["มุกดาหาร", "สะหวันนะเขต", "มุกดาหาร ดานัง", "ลาว", "ดานังของน่าน", "ไม่มีชื่อนี้แน่นอน"]
)
def test_what_is_of_another_province_reads_like_what_does_not_exist(officer: Conversation, line: str) -> None:
    assert Th.NAME_NOT_FOUND in officer.say(f"/pairings {line}")


def test_a_foreign_name_alone_goes_the_way_of_any_other_line(officer: Conversation) -> None:
    said = officer.say("ตรังกานู")
    assert Th.NAME_NOT_FOUND not in said
    assert "ปัตตานี" not in said


def test_a_foreign_pairing_is_not_shown_by_an_old_button(
    office: Office, officer: Conversation, ministry: Conversation
) -> None:
    ministry.say("/pairings ดานัง")
    choice_id, _ = ministry.button("มุกดาหาร–นครดานัง")
    assert Th.NAME_NOT_FOUND not in ministry.press_id(choice_id)
    assert "มุกดาหาร" not in officer.press_id(choice_id)


def test_of_a_slip_that_could_be_either_only_the_own_province_is_offered(office: Office) -> None:
    nakhon_phanom = office.person("ดวงใจ", "officer", "TH-48")
    assert Th.WHICH_NAMES["alike"] in nakhon_phanom.say("/pairings นครปนม")
    assert nakhon_phanom.buttons() == ["จังหวัดนครพนม"]


def test_the_ministry_is_asked_which_of_two_is_meant(ministry: Conversation) -> None:
    assert Th.WHICH_NAMES["alike"] in ministry.say("/pairings ระงอง")
    assert set(ministry.buttons()) == {"จังหวัดระยอง", "จังหวัดระนอง"}
    assert "คู่เมืองพี่เมืองน้อง ระนอง" in ministry.press("จังหวัดระนอง")


def test_a_district_is_asked(ministry: Conversation) -> None:
    assert Th.WHICH_NAMES["city"] in ministry.say("หาดใหญ่")
    assert ministry.buttons() == ["จังหวัดสงขลา"]


def test_a_municipality_is_told_apart(officer: Conversation) -> None:
    assert Th.MUNICIPAL_NOT_KEPT in officer.say("/pairings เทศบาลนครเชียงใหม่")


def test_a_shared_partner_is_narrowed_by_province(ministry: Conversation) -> None:
    assert "พบ 6 คู่" in ministry.say("ดานัง")
    assert "ขอนแก่น–นครดานัง" in ministry.buttons()
    assert "Da Nang · เวียดนาม" in ministry.press("ขอนแก่น–นครดานัง")


def test_a_country_is_narrowed_by_province_page_by_page(ministry: Conversation) -> None:
    assert "พบ" in ministry.say("จีน")
    first = ministry.buttons()
    assert "ถัดไป" in first
    ministry.press("ถัดไป")
    second = ministry.buttons()
    assert "ก่อนหน้า" in second
    assert not {one for one in first if "(" in one} & {one for one in second if "(" in one}

    ministry.say("จีน")
    ministry.press("กรุงเทพมหานคร (7)")
    assert "กรุงเทพมหานคร–นครกว่างโจว" in ministry.buttons()


def test_a_province_and_a_country_with_many_pairings_are_listed(ministry: Conversation) -> None:
    assert "พบ 7 คู่" in ministry.say("คู่จีนของเชียงใหม่")
    assert len(ministry.buttons()) == 7


@pytest.mark.parametrize("line", ["รอ", "ต้องมีกิจกรรมปีละกี่ครั้ง", "ขอบคุณครับ", "เชียง"])
def test_an_everyday_word_or_a_question_is_not_taken_for_a_name(officer: Conversation, line: str) -> None:
    said = officer.say(line)
    assert not any(words in said for words in Th.WHICH_NAMES.values())
    assert Th.NAME_NOT_FOUND not in said


def test_a_guest_is_told_how_to_get_in_and_may_still_ask(guest: Conversation) -> None:
    assert "ส่วนนี้สำหรับเจ้าหน้าที่จังหวัด" in guest.say("/pairings เฉิงตู")
    assert "เฉิงตู–" not in guest.say("เฉิงตู")


def test_a_name_in_the_midst_of_a_draft_is_its_answer(officer: Conversation) -> None:
    officer.say("/log")
    assert "ประเภท" in officer.say("เฉิงตู")


def test_every_reason_has_its_words() -> None:
    reasons = {value for part in Reason.__args__ for value in part.__args__}
    assert reasons - {"municipal"} == set(Th.WHICH_NAMES)
