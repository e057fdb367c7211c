"""Whatever an officer sends joins the right draft: before, during or after the sentence."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from storage.models import Activity, Draft, Evidence, Inbox, Outbox, Question
from tests.support import Conversation, Office, photo

ONE_ENGINE = True

SENTENCE = "ประชุมกับเฉิงตู 3 พ.ย. 69 30 คน"
OTHER = "ต้อนรับคณะเซี่ยงไฮ้ 15 พ.ย. 69 20 คน"
NEWS = "https://www.prd.go.th/ข่าว"
PAGE = "https://www.chengdu.gov.cn/a?id=1"
QUESTION = "ต้องมีกิจกรรมปีละกี่ครั้ง"
REPORT = (
    "สรุปผลการหารือกับนครเฉิงตู\n"
    "จังหวัดเชียงใหม่ประชุมกับนครเฉิงตู เมื่อ 3 พ.ย. 2569 ผู้เข้าร่วม 30 คน\n"
    "ที่ประชุมเห็นชอบให้เพิ่มเที่ยวบินและดูแลนักท่องเที่ยวร่วมกัน"
)


def evidence(office: Office) -> list[tuple[int, str, str]]:
    """(activity, kind, name or text) of all evidence."""
    with office.database.read() as session:
        rows = session.scalars(select(Evidence).order_by(Evidence.id)).all()
    return [(row.activity_id, row.kind, row.text or row.name) for row in rows]


def records(office: Office) -> list[Activity]:
    with office.database.read() as session:
        return list(session.scalars(select(Activity).order_by(Activity.id)))


def drafts(office: Office) -> list[dict[str, object]]:
    with office.database.read() as session:
        return list(session.scalars(select(Draft.body).where(Draft.state == "open").order_by(Draft.id)))


def kept(office: Office) -> list[str]:
    """Names or texts of the evidence of the one open draft."""
    (body,) = drafts(office)
    files = body["files"]
    assert isinstance(files, list)
    return [file["text"] or file["name"] for file in files]


def names(first: int, last: int) -> list[str]:
    return [f"{number}.jpg" for number in range(first, last + 1)]


# ------------------------------------------------------------------ albums


def test_an_album_is_one_message_that_is_answered_once(office: Office, officer: Conversation) -> None:
    said = officer.send_album("ก.jpg", "ข.jpg", "ค.jpg", captions=["", SENTENCE])

    assert "ภาพ/เอกสาร: 3 รายการ" in said
    assert len(officer.answer) == 1
    officer.press("บันทึก")
    assert [name for _, _, name in evidence(office)] == ["ก.jpg", "ข.jpg", "ค.jpg"]
    with office.database.read() as session:
        assert set(session.scalars(select(Inbox.state))) == {"handled"}


def test_captions_of_an_album_are_read_as_one_text(officer: Conversation) -> None:
    said = officer.send_album("ก.jpg", "ข.jpg", captions=["ประชุมกับเฉิงตู", "3 พ.ย. 69 30 คน"])

    assert "วันที่: 3 พ.ย. 2569" in said
    assert "ผู้เข้าร่วม: 30 คน · งบประมาณ: ยังไม่ระบุ · ภาพ/เอกสาร: 2 รายการ" in said


def test_the_same_caption_under_each_photo_is_read_once(office: Office, officer: Conversation) -> None:
    officer.send_album("ก.jpg", "ข.jpg", captions=["มอบของที่ระลึก", "มอบของที่ระลึก"])

    assert drafts(office)[0]["title"] == "มอบของที่ระลึก"


def test_a_straggler_of_an_album_joins_the_draft(officer: Conversation) -> None:
    officer.send_album("ก.jpg", "ข.jpg", captions=[SENTENCE], album="one")

    assert "ภาพ/เอกสาร: 3 รายการ" in officer.send_album("ค.jpg", album="one")


def test_a_failed_turn_leaves_every_row_of_its_album(office: Office, officer: Conversation) -> None:
    """All of it or none: what is done half is done again as a whole."""
    inbox_ids = [officer._store(f"album-{name}", "", [photo(name)], album="one") for name in names(1, 3)]

    assert all(inbox_ids)
    first, *others = (one for one in inbox_ids if one is not None)
    officer._turn(first, {"files": ()}, [*others, 9_999])

    with office.database.read() as session:
        assert session.scalars(select(Inbox.state)).all() == ["new"] * 3
        assert session.scalar(select(func.count()).select_from(Outbox)) == 0


def test_of_forty_photos_twenty_are_kept_and_the_rest_is_told(office: Office, officer: Conversation) -> None:
    officer.say(SENTENCE)
    for number in range(4):
        said = officer.send_album(*names(10 * number + 1, 10 * number + 10), album=f"album-{number}")
        assert ("อีก 10 ไฟล์ไม่ได้เก็บ" in said) == (number >= 2)
    assert "แนบไฟล์ได้ 20 ไฟล์ เก็บไว้ครบแล้ว" in said

    officer.press("บันทึก")

    assert [name for _, _, name in evidence(office)] == names(1, 20)


def test_a_message_that_fills_the_draft_says_how_many_of_it_were_left(officer: Conversation) -> None:
    officer.send_album(*names(1, 18), captions=[SENTENCE])

    said = officer.say("", files=[photo(name) for name in names(19, 23)])

    assert "แนบไฟล์ได้ 20 ไฟล์ เก็บไว้ครบแล้ว อีก 3 ไฟล์ไม่ได้เก็บ" in said


def test_two_albums_back_to_back_do_not_mix(office: Office, officer: Conversation) -> None:
    officer.send_album("ก.jpg", "ข.jpg", captions=[SENTENCE], album="one")
    officer.press("บันทึก")
    officer.send_album("ค.jpg", "ง.jpg", captions=[OTHER], album="two")
    officer.press("บันทึก")

    assert [(activity, name) for activity, _, name in evidence(office)] == [
        (1, "ก.jpg"),
        (1, "ข.jpg"),
        (2, "ค.jpg"),
        (2, "ง.jpg"),
    ]


def test_a_video_in_an_album_is_named_and_the_photos_are_taken(officer: Conversation) -> None:
    said = officer.update(text=SENTENCE, files=(), received=[photo("ก.jpg")], unsupported="video")

    assert "ยังรับวิดีโอไม่ได้" in said
    assert "ภาพ/เอกสาร: 1 รายการ" in said


def test_the_sentence_under_a_video_is_not_lost_with_it(officer: Conversation) -> None:
    said = officer.update(text=SENTENCE, unsupported="video")

    assert "ยังรับวิดีโอไม่ได้" in said
    assert "วันที่: 3 พ.ย. 2569" in said


# ------------------------------------------------------------------ before, during, after the sentence


def test_photos_before_a_captioned_photo_belong_to_its_sentence(
    office: Office, officer: Conversation
) -> None:
    officer.send_photo("ก.jpg")
    said = officer.send_photo("ข.jpg", SENTENCE)

    assert "ภาพ/เอกสาร: 2 รายการ" in said
    officer.press("บันทึก")
    assert len(evidence(office)) == 2
    assert drafts(office) == []


def test_what_a_caption_said_before_the_sentence_stays(officer: Conversation) -> None:
    officer.send_photo("ก.jpg", "มอบของที่ระลึก")
    officer.send_location(18.79038, 98.98468, "ศาลากลางจังหวัดเชียงใหม่")

    said = officer.say(SENTENCE)

    assert "เรื่อง: มอบของที่ระลึก" in said
    assert "ตำแหน่งที่ตั้ง 1 จุด" in said


def test_a_caption_about_the_open_card_joins_it(office: Office, officer: Conversation) -> None:
    officer.say("ประชุมกับเฉิงตู 3 พ.ย. 69")

    said = officer.send_photo("ก.jpg", "ประชุมกับเฉิงตู 3 พ.ย. 69 45 คน งบ 5 หมื่น")

    assert "ผู้เข้าร่วม: 45 คน · งบประมาณ: 50,000 บาท · ภาพ/เอกสาร: 1 รายการ" in said
    assert "รายการก่อนหน้า" not in said
    assert len(drafts(office)) == 1


def test_a_caption_about_something_else_begins_a_draft_of_its_own(
    office: Office, officer: Conversation
) -> None:
    officer.say(SENTENCE)

    said = officer.send_photo("ก.jpg", OTHER)

    assert "รายการก่อนหน้ายังไม่ได้บันทึก" in said
    assert "เซี่ยงไฮ้" in said
    assert [len(body["files"]) for body in drafts(office)] == [0, 1]  # type: ignore[arg-type]


def test_a_caption_about_another_day_begins_a_draft_of_its_own(office: Office, officer: Conversation) -> None:
    officer.say(SENTENCE)
    officer.send_photo("ก.jpg", "ประชุมกับเฉิงตู 10 พ.ย. 69 20 คน")

    assert len(drafts(office)) == 2


def test_a_caption_answers_the_open_field(officer: Conversation) -> None:
    officer.say("ประชุมกับเฉิงตู 30 คน")

    said = officer.send_photo("ก.jpg", "3 พ.ย. 69")

    assert "วันที่: 3 พ.ย. 2569" in said
    assert "ภาพ/เอกสาร: 1 รายการ" in said


def test_a_caption_that_says_nothing_to_the_card_is_not_dropped_silently(officer: Conversation) -> None:
    officer.say("ประชุมกับเฉิงตู 3 พ.ย. 69 เรื่องท่องเที่ยว")

    said = officer.send_photo("ก.jpg", "ภาพหมู่หน้าศาลากลาง")

    assert "ยังไม่ได้ใช้ข้อความใต้ภาพ" in said
    assert "เรื่อง: ท่องเที่ยว" in said


def test_a_caption_that_begins_with_the_command_keeps_its_photo(officer: Conversation) -> None:
    assert "ภาพ/เอกสาร: 1 รายการ" in officer.send_photo("ก.jpg", f"/log {SENTENCE}")


def test_a_photo_with_another_command_is_kept(office: Office, officer: Conversation) -> None:
    said = officer.send_photo("ก.jpg", "/status")

    assert "สถานะกิจกรรม เชียงใหม่" in said
    assert kept(office) == ["ก.jpg"]


def test_a_photo_with_a_caption_that_is_too_long_is_kept(office: Office, officer: Conversation) -> None:
    assert "ข้อความยาวเกินไป" in officer.send_photo("ก.jpg", "ก" * 4_001)
    assert kept(office) == ["ก.jpg"]


def test_a_long_caption_is_kept_whole(office: Office, officer: Conversation) -> None:
    caption = "✨✨\nมอบของที่ระลึก\n" + "ก" * 400
    officer.send_photo("ก.jpg", caption)

    (body,) = drafts(office)
    assert (body["title"], body["result"]) == ("มอบของที่ระลึก", caption)


# ------------------------------------------------------------------ places


def test_a_location_joins_the_draft_as_evidence(office: Office, officer: Conversation) -> None:
    officer.say(SENTENCE)
    said = officer.send_location(18.790384, 98.984680)
    assert "ภาพ/เอกสาร: ไม่มี" in said
    assert "ตำแหน่งที่ตั้ง 1 จุด" in said

    officer.press("บันทึก")

    assert evidence(office) == [(1, "location", "18.79038,98.98468")]


def test_the_name_of_a_venue_fills_an_empty_place(office: Office, officer: Conversation) -> None:
    officer.say(SENTENCE)
    officer.send_location(18.79, 98.98, "ศาลากลางจังหวัดเชียงใหม่")
    officer.send_location(18.8, 98.9, "โรงแรมแห่งหนึ่ง")
    officer.press("บันทึก")

    assert records(office)[0].place == "ศาลากลางจังหวัดเชียงใหม่"
    assert len(evidence(office)) == 2


def test_the_same_place_twice_is_kept_once(office: Office, officer: Conversation) -> None:
    officer.send_location(18.790384, 98.98468)
    officer.send_location(18.790381, 98.98468)

    assert kept(office) == ["18.79038,98.98468"]


def test_a_location_begins_a_draft_like_a_photo(officer: Conversation) -> None:
    said = officer.send_location(18.79, 98.98)

    assert "จัดกับคู่ใด" in said
    assert "ตำแหน่งที่ตั้ง 1 จุด" in said


def test_a_guest_who_sends_a_place_is_told_who_may(guest: Conversation) -> None:
    assert "ส่วนนี้สำหรับเจ้าหน้าที่" in guest.send_location(18.79, 98.98)


# ------------------------------------------------------------------ links


def test_links_are_taken_out_of_the_sentence_and_kept(office: Office, officer: Conversation) -> None:
    said = officer.say(f"ประชุมกับเฉิงตู 3 พ.ย. 69 เรื่องท่องเที่ยว {PAGE} 30 คน")
    assert "เรื่อง: ท่องเที่ยว" in said
    assert "ผู้เข้าร่วม: 30 คน" in said
    assert "ลิงก์ 1 รายการ" in said

    officer.press("บันทึก")

    assert evidence(office) == [(1, "link", PAGE)]


def test_numbers_in_a_link_are_nobody_and_no_day(officer: Conversation) -> None:
    said = officer.say("ประชุมกับเฉิงตู เมื่อวาน https://a.go.th/2569/11/15-คน")

    assert "วันที่: 21 พ.ย. 2569" in said


def test_a_message_of_links_only_joins_the_open_draft(office: Office, officer: Conversation) -> None:
    officer.say("ประชุมกับเฉิงตู 30 คน")
    said = officer.say(f"{PAGE}\nhttp://b.go.th")

    assert "จัดวันใด" in said
    assert kept(office) == [PAGE, "http://b.go.th"]


def test_a_link_begins_a_draft_like_a_photo(office: Office, officer: Conversation) -> None:
    assert "จัดกับคู่ใด" in officer.say(PAGE)
    assert "ลิงก์ 1 รายการ" in officer.say(SENTENCE)


def test_a_link_beside_an_answer_joins_and_the_answer_counts(office: Office, officer: Conversation) -> None:
    officer.say("ประชุมกับเฉิงตู 30 คน")
    said = officer.say(f"3 พ.ย. 69 {PAGE}")
    assert "วันที่: 3 พ.ย. 2569" in said
    assert "ลิงก์ 1 รายการ" in said

    assert "ผู้เข้าร่วม: 45 คน" in officer.say("45 คน http://b.go.th")
    assert kept(office) == [PAGE, "http://b.go.th"]


def test_ten_links_are_kept_and_the_rest_is_told(office: Office, officer: Conversation) -> None:
    said = officer.say(" ".join(f"https://a.go.th/{number}" for number in range(13)))

    assert "แนบลิงก์ได้ 10 ลิงก์ เก็บไว้ครบแล้ว อีก 3 ลิงก์ไม่ได้เก็บ" in said
    assert len(kept(office)) == 10


def test_a_link_that_is_too_long_is_refused_and_the_sentence_read(
    office: Office, officer: Conversation
) -> None:
    said = officer.say(f"{SENTENCE} https://a.go.th/{'a' * 500}")

    assert "ลิงก์ยาวเกิน 500 ตัวอักษร" in said
    assert "วันที่: 3 พ.ย. 2569" in said
    assert kept(office) == []


def test_a_question_with_a_link_is_a_question(office: Office, officer: Conversation) -> None:
    said = officer.say(f"{QUESTION} {PAGE}")

    assert "ปีละ 1 ครั้ง" in said
    assert drafts(office) == []


def test_a_link_typed_for_another_field_stays_there(officer: Conversation) -> None:
    officer.say("/pairings")
    officer.press("ตรวจรายชื่อคู่")
    officer.press("ขาดคู่")

    assert f"รับทราบคู่ที่ขาด: เมืองหนึ่ง {PAGE}" in officer.say(f"เมืองหนึ่ง {PAGE}")


def test_a_link_that_no_open_field_takes_is_kept(office: Office, officer: Conversation) -> None:
    officer.say(SENTENCE)
    officer.press("บันทึก")
    officer.press("ผลกิจกรรม")

    assert "[แนบกับรายการที่ 1]" in officer.say(PAGE)
    assert kept(office) == [PAGE]


def test_a_guests_link_is_a_question(guest: Conversation) -> None:
    assert "ส่วนนี้สำหรับเจ้าหน้าที่" not in guest.say(PAGE)


# ------------------------------------------------------------------ what was forwarded


def test_a_forwarded_report_becomes_a_draft_with_its_text_as_the_result(
    office: Office, officer: Conversation
) -> None:
    said = officer.forward(REPORT)
    assert "วันที่: 3 พ.ย. 2569" in said
    assert "เรื่อง: สรุปผลการหารือกับนครเฉิงตู" in said
    assert "เก็บข้อความทั้งหมดไว้ใน “ผลที่ได้รับ”" in said

    officer.press("บันทึก")

    [record] = records(office)
    assert (record.pairing_id, record.participants, record.result) == ("50-chengdu", 30, REPORT)
    assert record.created_by is not None


def test_a_long_report_is_cut_and_told(office: Office, officer: Conversation) -> None:
    said = officer.forward(f"{REPORT}\n{'ก' * 2_000}")
    assert "เก็บข้อความ 2,000 ตัวอักษรแรกไว้" in said
    officer.press("บันทึก")

    assert len(str(records(office)[0].result)) == 2_000


def test_a_long_first_line_is_cut_to_a_title(office: Office, officer: Conversation) -> None:
    officer.forward(f"ประชุมกับนครเฉิงตู 3 พ.ย. 69 {'ก' * 400}")
    officer.press("บันทึก")

    assert len(records(office)[0].title) == 300


def test_a_forwarded_photo_with_a_report_becomes_a_draft(office: Office, officer: Conversation) -> None:
    said = officer.forward(REPORT, files=[photo("ก.jpg")])

    assert "ภาพ/เอกสาร: 1 รายการ" in said
    officer.press("บันทึก")
    assert records(office)[0].result == REPORT


def test_a_forwarded_sentence_is_read_like_a_typed_one(office: Office, officer: Conversation) -> None:
    officer.forward(SENTENCE)
    officer.press("บันทึก")

    assert records(office)[0].result is None


def test_a_forwarded_question_is_asked(office: Office, officer: Conversation) -> None:
    assert "ปีละ 1 ครั้ง" in officer.forward(QUESTION)
    assert drafts(office) == []


def test_a_report_with_words_that_ask_is_asked_about(office: Office, officer: Conversation) -> None:
    said = officer.forward(f"{REPORT}\nจังหวัดต้องรายงานใครบ้าง")
    assert "ต้องการบันทึกกิจกรรม หรือถามคำถาม" in said

    officer.press("บันทึกเป็นกิจกรรม")
    officer.press("บันทึก")

    assert "จังหวัดต้องรายงานใครบ้าง" in str(records(office)[0].result)


def test_a_forwarded_text_about_nothing_known_is_asked_about(officer: Conversation) -> None:
    assert "ต้องการบันทึกกิจกรรม หรือถามคำถาม" in officer.forward("แจ้งเวียนเพื่อทราบ\nขอความร่วมมือทุกส่วนราชการ")


def test_a_forwarded_report_about_the_open_card_joins_it(office: Office, officer: Conversation) -> None:
    officer.say(SENTENCE)
    said = officer.forward(REPORT)

    assert "รายการก่อนหน้า" not in said
    officer.press("บันทึก")
    assert [(one.participants, one.result) for one in records(office)] == [(30, REPORT)]


def test_forwarded_words_press_no_button_and_command_nothing(office: Office, officer: Conversation) -> None:
    officer.say(SENTENCE)
    officer.forward("บันทึก")
    officer.forward("ยกเลิก")
    officer.forward("/cancel")

    assert records(office) == []
    assert len(drafts(office)) == 1


def test_a_guest_who_forwards_something_asks(guest: Conversation) -> None:
    assert "ปีละ 1 ครั้ง" in guest.forward(QUESTION)


# ------------------------------------------------------------------ after saving


def saved(person: Conversation) -> None:
    person.say(SENTENCE)
    person.press("บันทึก")


def test_photos_after_saving_are_attached_by_one_press(office: Office, officer: Conversation) -> None:
    saved(officer)
    said = officer.send_album("ก.jpg", "ข.jpg")
    assert "รับแล้ว: ไฟล์แนบ 2 รายการ" in said
    assert "[แนบกับรายการที่ 1] [กิจกรรมใหม่]" in said

    said = officer.press("แนบกับรายการที่ 1")

    assert "แนบแล้ว รายการที่ 1" in said
    assert "แนบเพิ่มแล้ว 2 รายการ" in said
    assert evidence(office) == [(1, "photo", "ก.jpg"), (1, "photo", "ข.jpg")]
    assert drafts(office) == []


def test_a_second_press_attaches_nothing_more_and_shows_the_record(
    office: Office, officer: Conversation
) -> None:
    saved(officer)
    officer.send_photo("ก.jpg")
    attach, card = officer.button("แนบกับรายการที่ 1")
    officer.press_id(attach, card)

    assert "กิจกรรม รายการที่ 1" in officer.press_id(attach, card)
    assert len(evidence(office)) == 1


def test_more_photos_before_the_press_are_attached_with_the_first(
    office: Office, officer: Conversation
) -> None:
    saved(officer)
    officer.send_photo("ก.jpg")
    said = officer.send_photo("ข.jpg")
    assert "รับแล้ว: ไฟล์แนบ 2 รายการ" in said

    officer.press("แนบกับรายการที่ 1")

    assert len(evidence(office)) == 2


def test_a_restart_between_photo_and_press_loses_nothing(office: Office, officer: Conversation) -> None:
    saved(officer)
    officer.send_photo("ก.jpg")
    office.restart()

    officer.press("แนบกับรายการที่ 1")

    assert len(evidence(office)) == 1


def test_photos_after_saving_may_begin_a_new_activity(office: Office, officer: Conversation) -> None:
    saved(officer)
    officer.send_photo("ก.jpg")
    assert "จัดกับคู่ใด" in officer.press("กิจกรรมใหม่")

    officer.say(OTHER)
    officer.press("บันทึก")

    assert evidence(office) == [(2, "photo", "ก.jpg")]


def test_a_sentence_after_such_photos_takes_them(office: Office, officer: Conversation) -> None:
    saved(officer)
    officer.send_photo("ก.jpg")
    officer.say(OTHER)
    officer.press("บันทึก")

    assert evidence(office) == [(2, "photo", "ก.jpg")]


def test_a_link_and_a_place_after_saving_are_attached(office: Office, officer: Conversation) -> None:
    saved(officer)
    officer.say(PAGE)
    officer.send_location(18.79, 98.98, "ศาลากลาง")
    officer.press("แนบกับรายการที่ 1")

    assert evidence(office) == [(1, "link", PAGE), (1, "location", "18.79,98.98")]
    assert records(office)[0].place == "ศาลากลาง"


def test_a_photo_long_after_saving_begins_a_draft(office: Office, officer: Conversation) -> None:
    saved(officer)
    office.clock.move(minutes=31)

    assert "จัดกับคู่ใด" in officer.send_photo("ก.jpg")


def test_a_photo_with_a_sentence_after_saving_is_not_asked_about(officer: Conversation) -> None:
    saved(officer)

    assert "แนบกับรายการที่" not in officer.send_photo("ก.jpg", OTHER)


def test_a_photo_while_a_draft_is_open_joins_that_draft(officer: Conversation) -> None:
    saved(officer)
    officer.say(OTHER)

    assert "ภาพ/เอกสาร: 1 รายการ" in officer.send_photo("ก.jpg")


def test_another_chat_of_the_person_is_not_asked(office: Office, officer: Conversation) -> None:
    saved(officer)
    other = office.also_on(officer, "terminal")

    assert "จัดกับคู่ใด" in other.send_photo("ก.jpg")


def test_a_record_that_was_deleted_is_not_offered(officer: Conversation) -> None:
    saved(officer)
    officer.press("ลบ")
    officer.press("บันทึกซ้ำ")

    assert "จัดกับคู่ใด" in officer.send_photo("ก.jpg")


def test_a_record_deleted_before_the_press_leaves_the_photo_in_the_draft(
    office: Office, officer: Conversation
) -> None:
    saved(officer)
    officer.send_photo("ก.jpg")
    attach, card = officer.button("แนบกับรายการที่ 1")
    officer.press("ลบ")
    officer.press("บันทึกซ้ำ")

    said = officer.press_id(attach, card)

    assert "ไม่พบรายการนี้" in said
    assert "จัดกับคู่ใด" in said
    assert kept(office) == ["ก.jpg"]


def test_a_record_takes_no_more_than_its_twenty(office: Office, officer: Conversation) -> None:
    officer.send_album(*names(1, 19), captions=[SENTENCE])
    officer.press("บันทึก")
    officer.send_album(*names(20, 22))

    said = officer.press("แนบกับรายการที่ 1")

    assert "แนบเพิ่มแล้ว 1 รายการ · กิจกรรมนี้แนบครบจำนวนแล้ว อีก 2 รายการไม่ได้เก็บ" in said
    assert len(evidence(office)) == 20


def test_what_the_record_has_already_is_not_attached_twice(office: Office, officer: Conversation) -> None:
    officer.send_photo("ก.jpg", SENTENCE)
    officer.press("บันทึก")
    officer.send_photo("ก.jpg")

    assert "สิ่งที่ส่งมาแนบไว้กับกิจกรรมนี้อยู่แล้ว" in officer.press("แนบกับรายการที่ 1")
    assert len(evidence(office)) == 1


def test_history_tells_who_attached_what_and_when(office: Office, officer: Conversation) -> None:
    officer.send_photo("ก.jpg", SENTENCE)
    officer.press("บันทึก")
    office.clock.move(minutes=5)
    officer.send_album("ข.jpg", "ค.jpg")
    officer.press("แนบกับรายการที่ 1")

    said = officer.press("ประวัติ")

    first, name, second, names = said.splitlines()[1:5]
    assert first.startswith("1. บันทึก · 22 พ.ย. 2569 10.00 น. · สมศรี")
    assert name == "   ภาพ/เอกสาร: เพิ่ม ก.jpg"
    assert second.startswith("2. แก้ไข · 22 พ.ย. 2569 10.05 น. · สมศรี")
    assert names == "   ภาพ/เอกสาร: เพิ่ม ข.jpg, ค.jpg"


# ------------------------------------------------------------------ the same photo on two activities


def test_a_photo_of_another_record_is_asked_about_before_saving(
    office: Office, officer: Conversation
) -> None:
    officer.send_photo("ก.jpg", SENTENCE)
    officer.press("บันทึก")

    said = officer.send_photo("ก.jpg", OTHER)
    assert "ภาพ/เอกสาร 1 ไฟล์ แนบไว้กับรายการที่ 1 แล้ว" in said
    assert "[ใช้ด้วย] [ไม่ใช้]" in said

    assert "ภาพ/เอกสาร: 1 รายการ" in officer.press("ใช้ด้วย")
    officer.press("บันทึก")
    assert [activity for activity, _, _ in evidence(office)] == [1, 2]


def test_such_a_photo_may_be_left_out(office: Office, officer: Conversation) -> None:
    officer.send_photo("ก.jpg", SENTENCE)
    officer.press("บันทึก")
    officer.say("", files=[photo("ก.jpg"), photo("ข.jpg")])
    officer.press("กิจกรรมใหม่")
    officer.say(OTHER)

    assert "ภาพ/เอกสาร: 1 รายการ" in officer.press("ไม่ใช้")
    officer.press("บันทึก")
    assert [(activity, name) for activity, _, name in evidence(office)] == [(1, "ก.jpg"), (2, "ข.jpg")]


def test_typing_the_word_for_saving_does_not_pass_the_question_by(
    office: Office, officer: Conversation
) -> None:
    officer.send_photo("ก.jpg", SENTENCE)
    officer.press("บันทึก")
    officer.send_photo("ก.jpg", OTHER)

    assert "[ใช้ด้วย]" in officer.say("บันทึก")
    assert len(records(office)) == 1


def test_a_photo_that_looks_alike_is_asked_about(officer: Conversation) -> None:
    officer.say(SENTENCE, files=[photo("ก.jpg", look="f0f0f0f0f0f0f0f0")])
    officer.press("บันทึก")

    assert "[ใช้ด้วย]" in officer.say(OTHER, files=[photo("ข.jpg", look="f0f0f0f0f0f0f0ff")])


def test_a_photo_that_looks_different_is_not(officer: Conversation) -> None:
    officer.say(SENTENCE, files=[photo("ก.jpg", look="f0f0f0f0f0f0f0f0")])
    officer.press("บันทึก")

    assert "ใช้ด้วย" not in officer.say(OTHER, files=[photo("ข.jpg", look="f0f0f0f0f0f0ffff")])


def test_photos_of_other_provinces_and_of_long_ago_are_not_compared(
    office: Office, officer: Conversation, neighbour: Conversation
) -> None:
    neighbour.send_photo("ก.jpg", "ประชุมกับสะหวันนะเขต 3 พ.ย. 69")
    neighbour.press("บันทึก")
    officer.send_photo("ข.jpg", "ประชุมกับเฉิงตู 3 ต.ค. 68")
    officer.press("บันทึก")

    assert "ใช้ด้วย" not in officer.say(OTHER, files=[photo("ก.jpg"), photo("ข.jpg")])


def test_a_record_that_is_edited_is_not_compared_with_itself(officer: Conversation) -> None:
    officer.send_photo("ก.jpg", SENTENCE)
    officer.press("บันทึก")
    officer.press("แก้ไข")

    assert "ใช้ด้วย" not in officer.send_photo("ก.jpg")


def test_the_photo_of_a_third_record_is_asked_about_before_it_is_attached(
    office: Office, officer: Conversation
) -> None:
    officer.send_photo("ก.jpg", SENTENCE)
    officer.press("บันทึก")
    officer.say(OTHER)
    officer.press("บันทึก")

    assert "แนบไว้กับรายการที่ 1 แล้ว" in officer.send_photo("ก.jpg")
    assert "[แนบกับรายการที่ 2]" in officer.press("ใช้ด้วย")
    officer.press("แนบกับรายการที่ 2")
    assert [activity for activity, _, _ in evidence(office)] == [1, 2]


def test_leaving_out_all_that_was_sent_leaves_no_draft(office: Office, officer: Conversation) -> None:
    officer.send_photo("ก.jpg", SENTENCE)
    officer.press("บันทึก")
    officer.say(OTHER)
    officer.press("บันทึก")
    officer.send_photo("ก.jpg")
    officer.press("ไม่ใช้")

    assert drafts(office) == []


# ------------------------------------------------------------------ what is refused


def test_each_problem_is_said_once(officer: Conversation) -> None:
    said = officer.say(
        SENTENCE,
        files=[
            photo("ก.jpg", "too_large"),
            photo("ข.jpg", "too_large"),
            photo("ค.exe", "type"),
            photo("ง.jpg"),
        ],
    )

    assert said.count("ไฟล์ใหญ่เกิน 20 MB") == 1
    assert said.count("ไฟล์ชนิดนี้แนบไม่ได้") == 1
    assert "ภาพ/เอกสาร: 1 รายการ" in said


def test_what_was_taken_out_of_photos_is_told_once(officer: Conversation) -> None:
    said = officer.say(SENTENCE, files=[photo("ก.jpg", stripped=True), photo("ข.jpg", stripped=True)])

    assert said.count("นำตำแหน่งที่ถ่ายและข้อมูลแฝงอื่นออกจากภาพแล้ว") == 1


def test_the_caption_of_a_refused_photo_still_corrects_the_card(officer: Conversation) -> None:
    officer.say(SENTENCE)
    said = officer.send_photo("ก.jpg", "45 คน", problem="too_large")

    assert "ไฟล์ใหญ่เกิน 20 MB" in said
    assert "ผู้เข้าร่วม: 45 คน" in said


def test_what_is_said_beneath_a_secret_paper_is_not_kept_either(
    office: Office, officer: Conversation
) -> None:
    """The only file of the message bears a marking: nothing of the message is kept."""
    officer.send_photo("ก.pdf", SENTENCE, problem="secret")
    officer.send_photo("ก.pdf", QUESTION, problem="secret")

    assert drafts(office) == []
    with office.database.read() as session:
        assert session.scalars(select(Question.text)).all() == []


def test_a_secret_paper_costs_the_open_draft_nothing(office: Office, officer: Conversation) -> None:
    officer.say(SENTENCE)
    officer.send_photo("ก.pdf", "45 คน", problem="secret")

    assert drafts(office)[0]["participants"] == 30


PASTED = "ลับ\nแผนรองรับการเยือนของคณะผู้แทนจากเฉิงตู 3 พ.ย. 69\nลับ"


@pytest.mark.parametrize("text", [PASTED, f"ชั้นความลับ: ลับมาก {SENTENCE}", f"/log (ลับที่สุด) {SENTENCE}"])
def test_a_text_that_bears_a_marking_of_secrecy_is_not_kept(
    office: Office, officer: Conversation, text: str
) -> None:
    assert "ข้อความนี้มีเครื่องหมายชั้นความลับ ระบบไม่เก็บไว้" in officer.say(text)
    assert "ข้อความนี้มีเครื่องหมายชั้นความลับ ระบบไม่เก็บไว้" in officer.forward(text)

    assert drafts(office) == []
    with office.database.read() as session:
        assert session.scalars(select(Question.text)).all() == []
        assert set(session.scalars(select(Inbox.body))) == {""}


def test_a_marked_text_costs_the_open_draft_nothing(office: Office, officer: Conversation) -> None:
    officer.say("ประชุมกับเฉิงตู 30 คน")
    officer.say(PASTED)

    assert "ผู้เข้าร่วม: 30 คน" in officer.say("3 พ.ย. 69")


def test_asking_about_secrecy_is_a_question(officer: Conversation) -> None:
    assert "ข้อความนี้มีเครื่องหมายชั้นความลับ" not in officer.say("เอกสารลับส่งได้หรือไม่")
    assert "ข้อความนี้มีเครื่องหมายชั้นความลับ" not in officer.say("ประชุมกับเฉิงตูที่ลับแล 3 พ.ย. 69")


# ------------------------------------------------------------------ a question beneath a photo


def test_a_question_beneath_a_photo_is_answered_and_the_photo_kept(
    office: Office, officer: Conversation
) -> None:
    said = officer.send_photo("ก.jpg", QUESTION)

    assert "ปีละ 1 ครั้ง" in said
    assert "มีรายการที่ยังไม่ได้บันทึก\nไฟล์แนบ 1 รายการ" in said
    assert kept(office) == ["ก.jpg"]
    assert "ภาพ/เอกสาร: 1 รายการ" in officer.say(SENTENCE)
    with office.database.read() as session:
        assert session.scalars(select(Question.text)).all() == [QUESTION]


def test_a_question_beneath_a_photo_in_the_midst_of_a_draft_is_answered_and_the_field_asked_again(
    office: Office, officer: Conversation
) -> None:
    officer.say("ประชุมกับเฉิงตู 30 คน")

    said = officer.send_photo("ก.jpg", QUESTION)

    assert "ปีละ 1 ครั้ง" in said
    assert "จัดวันใด" in said
    assert kept(office) == ["ก.jpg"]


def test_a_refused_photo_with_a_question_is_told_and_the_question_answered(
    office: Office, officer: Conversation
) -> None:
    said = officer.send_photo("ก.exe", QUESTION, problem="type")

    assert "ไฟล์ชนิดนี้แนบไม่ได้" in said
    assert "ปีละ 1 ครั้ง" in said
    assert drafts(office) == []


def test_a_guests_question_beneath_a_photo_is_answered(guest: Conversation) -> None:
    assert "ปีละ 1 ครั้ง" in guest.send_photo("ก.jpg", QUESTION)


def test_a_report_that_was_pasted_is_kept_like_a_forwarded_one(office: Office, officer: Conversation) -> None:
    text = (
        "สรุปผลการหารือกับนครเฉิงตู\nวันที่ 3 พฤศจิกายน 2569 ณ ศาลากลางจังหวัด\nผู้เข้าร่วม 30 คน\nตกลงส่งรายชื่อโรงเรียนที่สนใจ"
    )
    assert "เก็บข้อความทั้งหมดไว้ใน “ผลที่ได้รับ”" in officer.say(text)

    officer.say("บันทึก")

    assert records(office)[0].result == text
