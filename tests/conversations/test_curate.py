"""Keeping the entries: written by one curator, approved by another, live at once; history, wordings, imports."""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, update

from bot.messages import Outgoing
from bot.splitting import utf16_length
from knowledge.overlay import body_of
from knowledge.search import KnowledgeBase
from storage import people, revisions
from storage.database import Database
from storage.models import AuditEvent, FaqRevision, GoldenQuestion, Inquiry, Membership, Question
from tests.conversations.test_rights import forged
from tests.storage.together import together
from tests.support import Conversation, HandClock, Office, few_entries, shown

YEARLY = "ต้องมีกิจกรรมร่วมปีละกี่ครั้ง"
WHO_SIGNS = "ใครเป็นผู้ลงนามฝ่ายไทย"
OLD = "อย่างน้อยปีละ 1 ครั้ง"
NEW = "อย่างน้อยปีละ 2 ครั้ง ตามหนังสือใหม่"
NOT_FOUND = "ไม่พบรายการนี้"


@pytest.fixture
def office(database: Database, tmp_path: Path, now: datetime) -> Office:
    """With a base that is made anew in no time."""
    return Office(database, tmp_path / "media", HandClock(now), knowledge=few_entries())


def managed(office: Office, person: Conversation, entry: str = "yearly-activity") -> str:
    """The entry's page, as the button under its answer opens it."""
    return forged(office, person, "curate.entry", entry=entry)


def written(office: Office, author: Conversation, answer: str = NEW, entry: str = "yearly-activity") -> str:
    """A draft of another answer; returns the card that its author sees."""
    managed(office, author, entry)
    author.press("แก้คำตอบ")
    return author.say(answer)


def opened(person: Conversation, question: str = YEARLY) -> str:
    person.say("/drafts")
    return person.press(question)


def approved(person: Conversation, question: str = YEARLY) -> str:
    opened(person, question)
    return person.press("อนุมัติ")


def imported(
    office: Office,
    batch: str | None,
    bodies: Mapping[str, Mapping[str, Any]],
    author: Conversation | None = None,
) -> None:
    """Drafts as an import makes them: by entry what is changed of it, or of one that it resembles."""
    with office.database.write() as session:
        identity = people.find_identity(session, "web", author.name) if author else None
        for entry_id, changes in bodies.items():
            known = office.knowledge.entries.get(entry_id, office.knowledge.entries["yearly-activity"])
            revisions.add_draft(
                session,
                entry_id=entry_id,
                body={**body_of(known), "id": entry_id, **changes},
                change="imported",
                author_id=identity.person_id if identity else None,
                now=office.clock.now(),
                batch=batch,
            )


def rows(office: Office) -> list[tuple[str, int, str, str]]:
    with office.database.read() as session:
        found = session.scalars(select(FaqRevision).order_by(FaqRevision.entry_id, FaqRevision.version))
        return [(row.entry_id, row.version, row.change, row.state) for row in found]


def noted(office: Office) -> list[str]:
    with office.database.read() as session:
        found = session.scalars(
            select(AuditEvent).where(AuditEvent.subject.like("entry:%")).order_by(AuditEvent.id)
        )
        return [row.action for row in found]


# ------------------------------------------------------------------ two curators


def test_what_one_curator_writes_and_another_approves_is_the_answer_to_the_very_next_question(
    office: Office, guest: Conversation, ministry: Conversation, curator: Conversation
) -> None:
    assert OLD in guest.say(YEARLY)

    card = written(office, ministry)
    assert "เก็บเป็นฉบับร่างแล้ว" in card
    assert "ต้องให้ผู้ดูแลเนื้อหาอีกคนอนุมัติ" in card
    assert "อนุมัติ" not in ministry.buttons()
    assert OLD in guest.say(YEARLY)

    assert "ฉบับร่างรออนุมัติ 1 ฉบับ" in curator.say("/drafts")
    card = curator.press(YEARLY)
    assert f"คำถาม: {YEARLY}\n{NEW}" in card
    assert f"คำตอบ:\n− จังหวัดที่ลงนามแล้วต้องมีกิจกรรมร่วมกับคู่ความสัมพันธ์{OLD}\n+ {NEW}" in card
    assert "ที่มา: แผนขับเคลื่อนฯ" in card
    assert "ข้อมูลปี 2562–2566" in card
    assert "ผู้เขียน: ผู้ดูแลเนื้อหา · แก้ไข · 22 พ.ย. 2569" in card
    assert ministry.name not in card
    assert "อนุมัติแล้ว ใช้ตอบตั้งแต่คำถามถัดไป" in curator.press("อนุมัติ")

    assert NEW in guest.say(YEARLY)
    [letter] = ministry.receive()
    assert letter.text == f"ฉบับร่างที่เขียนไว้ได้รับอนุมัติแล้ว: {YEARLY}"
    assert curator.say("/drafts") == "ไม่มีฉบับร่างที่รออนุมัติ"
    assert noted(office) == ["entry.drafted", "entry.approved"]


def test_the_author_is_told_that_another_curator_has_to_approve(
    office: Office, guest: Conversation, ministry: Conversation
) -> None:
    written(office, ministry)

    opened(ministry)
    assert ministry.buttons() == ["แก้คำตอบ", "แก้ที่มา", "ย้อนกลับ"]
    assert forged(office, ministry, "curate.approve", revision=1) == "ต้องให้ผู้ดูแลเนื้อหาอีกคนอนุมัติ"

    assert OLD in guest.say(YEARLY)
    assert rows(office) == [("yearly-activity", 1, "edited", "draft")]


def test_a_returned_draft_comes_back_with_the_reason_and_is_mended_from_there(
    office: Office, guest: Conversation, ministry: Conversation, curator: Conversation
) -> None:
    written(office, ministry, "ปีละ 3 ครั้ง")
    opened(curator)
    assert "พิมพ์เหตุผล" in curator.press("ส่งกลับ")
    assert "ส่งกลับพร้อมเหตุผลแล้ว" in curator.say("ไม่ตรงกับหนังสือ ขอให้ตรวจอีกครั้ง")

    [letter] = ministry.receive()
    assert "ไม่ตรงกับหนังสือ ขอให้ตรวจอีกครั้ง" in letter.text
    assert curator.name not in shown(letter)
    assert "ปีละ 3 ครั้ง" in ministry.press("แก้คำตอบ")
    ministry.say(NEW)
    approved(curator)

    assert NEW in guest.say(YEARLY)
    assert [state for *_, state in rows(office)] == ["returned", "approved"]
    assert noted(office) == ["entry.drafted", "entry.returned", "entry.drafted", "entry.approved"]


def test_a_returned_draft_that_is_mended_twice_is_one_draft(
    office: Office, ministry: Conversation, curator: Conversation
) -> None:
    written(office, ministry, "ปีละ 3 ครั้ง")
    opened(curator)
    curator.press("ส่งกลับ")
    curator.say("ขอให้ตรวจอีกครั้ง")
    ministry.receive()
    mend = ministry.button("แก้คำตอบ")
    for text in ("ปีละ 4 ครั้ง", NEW):
        ministry.press_id(*mend)
        assert f"+ {text}" in ministry.say(text)

    assert "ฉบับร่างรออนุมัติ 1 ฉบับ" in curator.say("/drafts")


def test_who_edits_a_draft_is_its_author_then(
    office: Office, guest: Conversation, ministry: Conversation, curator: Conversation
) -> None:
    written(office, ministry, "ปีละ 3 ครั้ง")
    before = curator.say("/drafts")
    opened(curator)
    curator.press("แก้คำตอบ")
    assert f"− จังหวัดที่ลงนามแล้วต้องมีกิจกรรมร่วมกับคู่ความสัมพันธ์{OLD}\n+ {NEW}" in curator.say(NEW)

    assert forged(office, curator, "curate.approve", revision=2) == "ต้องให้ผู้ดูแลเนื้อหาอีกคนอนุมัติ"
    assert "มีผู้แก้ไขแล้ว" in forged(office, ministry, "curate.approve", revision=1)
    assert before == ministry.say("/drafts")
    approved(ministry)

    assert NEW in guest.say(YEARLY)
    assert [state for *_, state in rows(office)] == ["replaced", "approved"]


def test_two_curators_who_approve_at_once_approve_once(
    office: Office, ministry: Conversation, curator: Conversation
) -> None:
    third = office.person("สมพร", "ministry", curator=True)
    written(office, ministry)
    for one in (curator, third):
        opened(one)

    said = together(lambda: curator.press("อนุมัติ"), lambda: third.press("อนุมัติ"))

    assert sorted(text.splitlines()[0] for text in said) == [
        "ฉบับนี้อนุมัติแล้ว",
        "อนุมัติแล้ว ใช้ตอบตั้งแต่คำถามถัดไป",
    ]
    assert len(ministry.receive()) == 1
    assert noted(office).count("entry.approved") == 1


def test_a_draft_that_was_returned_meanwhile_is_not_approved(
    office: Office, guest: Conversation, ministry: Conversation, curator: Conversation
) -> None:
    third = office.person("สมพร", "ministry", curator=True)
    written(office, ministry)
    opened(third)
    opened(curator)
    curator.press("ส่งกลับ")
    curator.say("ยังไม่มีที่มา")

    assert third.press("อนุมัติ") == "ฉบับนี้ส่งกลับแล้ว"
    assert OLD in guest.say(YEARLY)


def test_a_restart_in_between_loses_nothing(
    office: Office, guest: Conversation, ministry: Conversation, curator: Conversation
) -> None:
    managed(office, ministry)
    ministry.press("แก้คำตอบ")
    office.restart()
    ministry.say(NEW)
    office.restart()
    opened(curator)
    office.restart()
    curator.press("อนุมัติ")
    office.restart()

    assert NEW in guest.say(YEARLY)


def test_another_process_answers_with_it_too(
    office: Office, guest: Conversation, ministry: Conversation, curator: Conversation
) -> None:
    other = Office(office.database, office.media, office.clock, knowledge=office.knowledge)
    elsewhere = Conversation(other, guest.name)
    assert OLD in elsewhere.say(YEARLY)
    written(office, ministry)
    approved(curator)

    assert NEW in elsewhere.say(YEARLY)


def test_while_the_base_is_made_anew_others_go_on(
    office: Office, guest: Conversation, ministry: Conversation, curator: Conversation, monkeypatch: Any
) -> None:
    """It takes seconds, in which everybody else writes too."""
    written(office, ministry)
    approved(curator)
    make_anew = office.knowledge.with_changes

    def while_somebody_writes(*changes: Any) -> KnowledgeBase:
        writing = threading.Thread(target=write_something, daemon=True)
        writing.start()
        writing.join(15)
        assert not writing.is_alive()
        return make_anew(*changes)

    def write_something() -> None:
        with office.database.write() as session:
            people.add_person(session, "มาใหม่", office.clock.now())

    monkeypatch.setattr(office.knowledge, "with_changes", while_somebody_writes)

    assert NEW in guest.say(YEARLY)


def test_a_curator_gets_from_an_answer_to_its_entry(
    office: Office, guest: Conversation, ministry: Conversation
) -> None:
    plain = office.person("มานะ", "ministry")
    assert "[จัดการรายการ]" not in guest.say(YEARLY) + plain.say(YEARLY)

    assert "[จัดการรายการ]" in ministry.say(YEARLY)
    assert ministry.press("จัดการรายการ").splitlines()[:2] == [YEARLY, "ฉบับ 0 · มากับระบบ · ใช้อยู่"]


# ------------------------------------------------------------------ what is written


def test_the_english_answer_goes_with_the_thai_one_it_translated(
    office: Office, ministry: Conversation, curator: Conversation
) -> None:
    imported(office, None, {"yearly-activity": {"answer_en": "At least once a year."}})
    approved(curator)

    card = written(office, ministry)

    assert "คำตอบภาษาอังกฤษ:\n− At least once a year." in card


def test_an_edited_source_is_cited_as_it_was_typed(
    office: Office, guest: Conversation, ministry: Conversation, curator: Conversation
) -> None:
    managed(office, ministry, "who-signs")
    assert "ข่าวสถานกงสุลใหญ่" in ministry.press("แก้ที่มา")
    card = ministry.say("หนังสือ มท 0206/ว 123 ลงวันที่ 5 ม.ค. 2569")
    assert "+ หนังสือ มท 0206/ว 123 ลงวันที่ 5 ม.ค. 2569" in card
    approved(curator, WHO_SIGNS)

    assert guest.say(WHO_SIGNS).splitlines()[2] == ("ที่มา: หนังสือ มท 0206/ว 123 ลงวันที่ 5 ม.ค. 2569 · ข้อมูลปี 2569")


def test_answer_and_source_are_edited_in_one_draft(
    office: Office, ministry: Conversation, curator: Conversation
) -> None:
    written(office, ministry)
    ministry.press("แก้ที่มา")
    card = ministry.say("ระเบียบใหม่ พ.ศ. 2570")

    assert f"+ {NEW}" in card
    assert "+ ระเบียบใหม่ พ.ศ. 2570" in card
    assert "ฉบับร่างรออนุมัติ 1 ฉบับ" in curator.say("/drafts")


def test_an_edit_from_the_entrys_page_goes_on_from_the_authors_own_draft(
    office: Office, ministry: Conversation, curator: Conversation
) -> None:
    written(office, ministry)
    managed(office, ministry)
    ministry.press("เพิ่มถ้อยคำ")
    card = ministry.say("ปีหนึ่งจัดกี่หน")

    assert f"+ {NEW}" in card
    assert "+ ปีหนึ่งจัดกี่หน" in card
    assert "ฉบับร่างรออนุมัติ 1 ฉบับ" in curator.say("/drafts")


def test_an_added_wording_finds_its_entry_once_approved(
    office: Office, guest: Conversation, ministry: Conversation, curator: Conversation
) -> None:
    assert "ผู้ว่าราชการจังหวัด" not in guest.say("ลายมือใคร")
    managed(office, ministry, "who-signs")
    ministry.press("เพิ่มถ้อยคำ")
    assert "+ ลายมือใคร" in ministry.say("ลายมือใคร")
    approved(curator, WHO_SIGNS)

    assert "ผู้ว่าราชการจังหวัด" in guest.say("ลายมือใคร")


def test_what_does_not_fit_is_said_and_asked_again(office: Office, ministry: Conversation) -> None:
    managed(office, ministry)
    ministry.press("แก้คำตอบ")
    assert "คำตอบยาวเกิน 6 บรรทัด" in ministry.say("\n".join("กขคงจฉช"))
    assert "ไม่ต่างจากฉบับที่ใช้อยู่" in ministry.say(office.knowledge.entries["yearly-activity"].answer)
    assert f"+ {NEW}" in ministry.say(NEW)

    managed(office, ministry)
    ministry.press("เพิ่มถ้อยคำ")
    said = ministry.say("คนเซ็นเอ็มโอยูคือใคร")
    assert f"ถ้อยคำ “คนเซ็นเอ็มโอยูคือใคร” เป็นของรายการอื่นแล้ว: {WHO_SIGNS}" in said
    assert ministry.press("ยกเลิก") == "ยกเลิกแล้ว"
    assert len(rows(office)) == 1


@pytest.mark.parametrize(("button", "most"), [("แก้คำตอบ", "3,000"), ("แก้ที่มา", "300")])
def test_too_long_a_text_is_said_and_asked_again(
    office: Office, ministry: Conversation, button: str, most: str
) -> None:
    """A source stands under every answer, which must fit into a message with it."""
    managed(office, ministry)
    ministry.press(button)
    assert f"ไม่เกิน {most} ตัวอักษร" in ministry.say("ก" * 3500)
    assert rows(office) == []

    assert "+ สั้นลงแล้ว" in ministry.say("สั้นลงแล้ว")


def test_too_long_a_reason_is_not_cut_but_asked_again(
    office: Office, ministry: Conversation, curator: Conversation
) -> None:
    written(office, ministry)
    opened(curator)
    curator.press("ส่งกลับ")
    assert "ไม่เกิน 500 ตัวอักษร" in curator.say("ก" * 501)
    assert ministry.receive() == []

    curator.say("ก" * 500)
    assert "ก" * 500 in shown(ministry.receive()[0])


def fits(messages: Sequence[Outgoing]) -> bool:
    """Whether Telegram takes each of them."""
    return all(utf16_length(one.title + one.text + one.note) <= 4000 for one in messages)


def test_whatever_was_imported_is_said_in_messages_that_fit(
    office: Office, guest: Conversation, curator: Conversation
) -> None:
    """A messenger refuses a message that is too long, and nobody would be told anything."""
    long = {"answer": "ก" * 4500, "sources": [{"cited": "ข" * 3900}]}
    imported(office, None, {"yearly-activity": long})
    approved(curator)

    guest.say(YEARLY)

    assert fits(guest.answer)
    assert sum(one.text.count("ข") + one.note.count("ข") for one in guest.answer) >= 3900


def test_a_linked_answer_is_told_in_messages_that_fit(
    office: Office, guest: Conversation, curator: Conversation
) -> None:
    imported(office, None, {"yearly-activity": {"answer": "ก" * 4500}})
    approved(curator)
    guest.say("ขอหวยงวดนี้")
    guest.press("ส่งคำถาม")

    forged(office, curator, "queue.link", inquiry=1, entry="yearly-activity")

    letters = guest.receive()
    assert fits(letters)
    assert sum(one.text.count("ก") for one in letters) >= 4500


def test_a_wording_added_while_a_draft_waits_is_not_undone_by_approving_it(
    office: Office, guest: Conversation, ministry: Conversation, curator: Conversation
) -> None:
    written(office, ministry)
    office.clock.move(minutes=1)
    managed(office, curator)
    curator.press("เพิ่มถ้อยคำ")
    curator.say("ปีหนึ่งจัดกี่หน")
    forged(office, ministry, "curate.approve", revision=2)
    assert OLD in guest.say("ปีหนึ่งจัดกี่หน")

    card = forged(office, curator, "curate.draft", revision=1)
    assert "ปีหนึ่งจัดกี่หน" not in card
    curator.press("อนุมัติ")

    assert NEW in guest.say("ปีหนึ่งจัดกี่หน")


# ------------------------------------------------------------------ what must not go live


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"phrasings": ["ใครเป็นผู้ลงนามฝ่ายไทย?"]}, f"เป็นของรายการอื่นแล้ว: {WHO_SIGNS}"),
        ({"topic": "weather"}, "ไม่มีหมวด weather"),
        ({"related": ["nothing"]}, "ไม่มีรายการที่เกี่ยวข้อง nothing"),
        ({"sources": [{"key": "SEED", "section": "sec-99"}]}, "ไม่มีหัวข้อ sec-99 ในแผน"),
        ({"sources": [{"key": "NOBODY"}]}, "ไม่มีแหล่งที่มา NOBODY"),
        ({"superseded_by": "nothing"}, "ไม่มีรายการ nothing ที่ใช้แทนได้"),
    ],
)
def test_a_draft_that_does_not_fit_the_base_is_not_approved_and_says_why(
    office: Office, guest: Conversation, curator: Conversation, changes: dict[str, Any], told: str
) -> None:
    imported(office, None, {"yearly-activity": {"answer": NEW, **changes}})

    said = approved(curator)

    assert "ยังใช้ฉบับนี้ไม่ได้" in said
    assert told in said
    assert OLD in guest.say(YEARLY)


def test_a_draft_whose_body_is_no_entry_can_only_be_returned(office: Office, curator: Conversation) -> None:
    imported(office, None, {"yearly-activity": {"as_of": 2569}})

    assert "อ่านฉบับร่างนี้ไม่ได้" in opened(curator)
    assert curator.buttons() == ["ส่งกลับ", "ย้อนกลับ"]
    assert "ไม่ครบหรือไม่ถูกต้อง: as_of" in forged(office, curator, "curate.approve", revision=1)


# ------------------------------------------------------------------ versions


def test_the_history_of_an_entry_is_shown_and_an_earlier_version_is_live_at_once(
    office: Office, guest: Conversation, ministry: Conversation, curator: Conversation
) -> None:
    written(office, ministry)
    office.clock.move(days=1)
    approved(curator)
    written(office, ministry, "ปีละ 3 ครั้ง")
    approved(curator)
    office.clock.move(days=1)

    page = managed(office, curator)
    assert page.splitlines()[:4] == [
        YEARLY,
        "ฉบับ 2 · แก้ไข · 23 พ.ย. 2569 · ใช้อยู่",
        "ฉบับ 1 · แก้ไข · 23 พ.ย. 2569",
        "ฉบับ 0 · มากับระบบ",
    ]
    assert curator.buttons()[-2:] == ["กลับไปใช้ฉบับ 1", "กลับไปใช้ฉบับ 0"]
    assert "กลับไปใช้ฉบับ 1 แล้ว" in curator.press("กลับไปใช้ฉบับ 1")
    assert NEW in guest.say(YEARLY)

    page = managed(office, curator)
    assert page.splitlines()[1] == "ฉบับ 3 · กลับไปใช้ฉบับ 1 · 24 พ.ย. 2569 · ใช้อยู่"
    curator.press("กลับไปใช้ฉบับ 0")
    assert OLD in guest.say(YEARLY)
    assert [row[2:] for row in rows(office)][-2:] == [("rolled_back", "approved")] * 2
    assert noted(office)[-2:] == ["entry.rolled_back"] * 2


def test_a_version_that_is_in_use_or_was_never_approved_is_not_rolled_back_to(
    office: Office, ministry: Conversation, curator: Conversation
) -> None:
    written(office, ministry)

    assert "กลับไปใช้ฉบับ 1" not in managed(office, curator)
    assert "ฉบับ 1 · แก้ไข · 22 พ.ย. 2569 · รออนุมัติ" in curator.last
    assert forged(office, curator, "curate.roll_back", entry="yearly-activity", version=1) == NOT_FOUND
    assert forged(office, curator, "curate.roll_back", entry="yearly-activity", version=7) == NOT_FOUND
    said = forged(office, curator, "curate.roll_back", entry="yearly-activity", version=0)
    assert said == "ไม่ต่างจากฉบับที่ใช้อยู่"


def test_the_draft_that_waits_is_reached_from_its_entry(
    office: Office, ministry: Conversation, curator: Conversation
) -> None:
    written(office, ministry)
    managed(office, curator)

    assert f"+ {NEW}" in curator.press("ฉบับร่าง 1")


def test_drafts_of_two_authors_are_told_apart(
    office: Office, ministry: Conversation, curator: Conversation
) -> None:
    written(office, ministry, "ปีละ 3 ครั้ง")
    written(office, curator, "ปีละ 4 ครั้ง")
    managed(office, curator)

    assert "+ ปีละ 3 ครั้ง" in curator.press("ฉบับร่าง 1")
    managed(office, curator)
    assert "+ ปีละ 4 ครั้ง" in curator.press("ฉบับร่าง 2")


def test_a_draft_approved_after_a_later_one_is_the_version_in_use(
    office: Office, guest: Conversation, ministry: Conversation, curator: Conversation
) -> None:
    written(office, ministry)
    written(office, curator, "ปีละ 3 ครั้ง")
    forged(office, ministry, "curate.approve", revision=2)
    forged(office, curator, "curate.approve", revision=1)

    assert NEW in guest.say(YEARLY)
    assert "ฉบับ 3 · แก้ไข · 22 พ.ย. 2569 · ใช้อยู่" in managed(office, curator)


def test_an_approved_version_that_fits_no_more_is_settled_by_bringing_another_back(
    office: Office, guest: Conversation, curator: Conversation
) -> None:
    """As after an update of the program that ships an entry no more."""
    imported(office, None, {"yearly-activity": {"answer": NEW}})
    with office.database.write() as session:
        row = session.scalars(select(FaqRevision)).one()
        author = people.find_identity(session, "web", curator.name)
        assert author is not None
        revisions.approve(
            session, row, {**row.body, "related": ["gone"]}, author.person_id, office.clock.now()
        )

    assert OLD in guest.say(YEARLY)
    page = managed(office, curator)
    assert "ฉบับ 1 · นำเข้า · 22 พ.ย. 2569 · ใช้กับข้อมูลปัจจุบันไม่ได้" in page
    assert "ฉบับ 0 · มากับระบบ · ใช้อยู่" in page
    curator.press("กลับไปใช้ฉบับ 0")

    assert OLD in guest.say(YEARLY)
    assert "ใช้กับข้อมูลปัจจุบันไม่ได้" not in managed(office, curator)
    assert curator.last.splitlines()[1] == "ฉบับ 2 · กลับไปใช้ฉบับ 0 · 22 พ.ย. 2569 · ใช้อยู่"


# ------------------------------------------------------------------ answers to inquiries


def test_an_approved_answer_is_found_by_the_question_and_the_question_is_kept_for_measuring(
    office: Office, guest: Conversation, ministry: Conversation, curator: Conversation
) -> None:
    asked = ("ใช้ตราประทับใด", "ประทับตราอะไรในเอกสาร")
    guest.say(asked[0])
    with office.database.write() as session:
        inquiry = Inquiry(text=asked[0], state="answered", opened_at=office.clock.now())
        session.add(inquiry)
        session.flush()
        first = session.scalars(select(Question)).one()
        first.inquiry_id = inquiry.id
        for number, text in enumerate((asked[0], asked[1]), start=900):
            session.add(
                Question(
                    inbox_id=number, text=text, decision="unknown", score=0.0, inquiry_id=inquiry.id,
                    asked_at=office.clock.now(),
                )
            )  # fmt: skip
        author = people.find_identity(session, "web", ministry.name)
        assert author is not None
        body = body_of(office.knowledge.entries["who-signs"])
        body |= {"id": "asked-1", "question": asked[0], "phrasings": [], "answer": "ใช้ตราประจำจังหวัด"}
        body.pop("question_en")
        revisions.add_draft(
            session, entry_id="asked-1", body=body, change="answered", author_id=author.person_id,
            now=office.clock.now(), inquiry_id=inquiry.id,
        )  # fmt: skip

    assert "รายการใหม่" in opened(curator, asked[0])
    curator.press("อนุมัติ")

    assert "ใช้ตราประจำจังหวัด" in guest.say(asked[0])
    with office.database.read() as session:
        golden = session.scalars(select(GoldenQuestion).order_by(GoldenQuestion.id)).all()
        assert [(one.text, one.entry_id) for one in golden] == [(text, "asked-1") for text in asked]


def test_a_question_that_nobody_could_answer_is_answered_for_everybody_in_the_end(
    office: Office, guest: Conversation, officer: Conversation, ministry: Conversation, curator: Conversation
) -> None:
    asked = "ใช้ตราประทับใด"
    guest.say(asked)
    guest.press("ส่งคำถาม")
    ministry.say("/queue")
    ministry.press(ministry.buttons()[0])
    ministry.press("ตอบคำถามนี้")
    ministry.say("ใช้ตราประจำจังหวัด")
    ministry.say("หนังสือ มท 0214/ว 1 ปี 2569")
    ministry.press("ส่งคำตอบ")
    assert "ใช้ตราประจำจังหวัด" not in officer.say(asked)

    assert "[ฉบับร่างรออนุมัติ (1)]" in curator.say("/queue")
    curator.press("ฉบับร่างรออนุมัติ (1)")
    assert "+ " not in curator.press(asked)
    assert "หนังสือ มท 0214/ว 1 ปี 2569" in curator.last
    curator.press("อนุมัติ")

    assert "ใช้ตราประจำจังหวัด" in officer.say(asked)
    with office.database.read() as session:
        assert [one.text for one in session.scalars(select(GoldenQuestion))] == [asked]


def test_who_sends_a_question_again_is_told_the_answer_as_it_was_approved(
    guest: Conversation, ministry: Conversation, curator: Conversation
) -> None:
    """What the second curator mended must not go out as it was before."""
    guest.say("ใช้ตราประทับใด")
    send = guest.button("ส่งคำถาม")
    guest.press_id(*send)
    ministry.say("/queue")
    ministry.press(ministry.buttons()[0])
    ministry.press("ตอบคำถามนี้")
    ministry.say("\n".join(("ใช้ตราประจำอำเภอ", *"กขคงจ", "บรรทัดที่ 7")))
    ministry.say("หนังสือ มท 0214/ว 1 ปี 2569")
    ministry.press("ส่งคำตอบ")
    opened(curator, "ใช้ตราประทับใด")
    curator.press("แก้คำตอบ")
    curator.say("ใช้ตราประจำจังหวัด")
    approved(ministry, "ใช้ตราประทับใด")
    guest.receive()

    said = guest.press_id(*send)

    assert "ใช้ตราประจำจังหวัด\nบรรทัดที่ 7\nที่มา: หนังสือ มท 0214/ว 1 ปี 2569" in said
    assert "อำเภอ" not in said


# ------------------------------------------------------------------ imported workbooks


def test_an_imported_batch_is_approved_as_one(
    office: Office, guest: Conversation, curator: Conversation
) -> None:
    imported(office, "คู่มือ-1", {"yearly-activity": {"answer": NEW}, "who-signs": {"answer": "ผู้ว่าฯ หรือผู้แทน"}})

    assert "ฉบับร่างรออนุมัติ 2 ฉบับ" in curator.say("/drafts")
    assert curator.buttons() == ["ชุดนำเข้า คู่มือ-1 (2 รายการ)"]
    curator.press("ชุดนำเข้า คู่มือ-1 (2 รายการ)")
    assert curator.buttons() == [
        f"1. {YEARLY}", f"2. {WHO_SIGNS}", "อนุมัติทั้งชุด 2 รายการ", "ย้อนกลับ",
    ]  # fmt: skip
    assert "ผู้เขียน: ผู้ดูแลระบบ · นำเข้า" in curator.say("1")
    assert "อนุมัติทั้งชุด 2 รายการ" in curator.press("ย้อนกลับ")
    assert "อนุมัติแล้ว 2 รายการ" in curator.press("อนุมัติทั้งชุด 2 รายการ")

    assert NEW in guest.say(YEARLY)
    assert "ผู้ว่าฯ หรือผู้แทน" in guest.say(WHO_SIGNS)
    assert noted(office) == ["entry.approved"] * 2


def test_entries_of_a_batch_may_refer_to_each_other(office: Office, curator: Conversation) -> None:
    first = {"question": "ก ข ค ง", "question_en": None, "phrasings": [], "related": ["new-two"]}
    second = {"question": "จ ฉ ช ซ", "question_en": None, "phrasings": [], "related": ["new-one"]}
    imported(office, "ชุดที่ 2", {"new-one": first, "new-two": second})
    curator.say("/drafts")
    curator.press("ชุดนำเข้า ชุดที่ 2 (2 รายการ)")

    assert "อนุมัติแล้ว 2 รายการ" in curator.press("อนุมัติทั้งชุด 2 รายการ")


def test_a_batch_with_a_fault_goes_live_when_that_row_was_returned(
    office: Office, guest: Conversation, curator: Conversation
) -> None:
    imported(office, "ก", {"yearly-activity": {"answer": NEW}, "who-signs": {"topic": "weather"}})
    curator.say("/drafts")
    curator.press("ชุดนำเข้า ก (2 รายการ)")
    assert "ไม่มีหมวด weather" in curator.press("อนุมัติทั้งชุด 2 รายการ")
    assert OLD in guest.say(YEARLY)

    curator.press(f"2. {WHO_SIGNS}")
    curator.press("ส่งกลับ")
    curator.say("ไม่มีหมวดนี้")
    assert "รายการในชุดนี้เปลี่ยนไปแล้ว" in curator.press("อนุมัติทั้งชุด 2 รายการ")
    curator.press("ดูรายการอีกครั้ง")
    curator.press("อนุมัติทั้งชุด 1 รายการ")

    assert NEW in guest.say(YEARLY)


def test_a_curators_own_import_is_approved_by_another(
    office: Office, ministry: Conversation, curator: Conversation
) -> None:
    imported(office, "ก", {"yearly-activity": {"answer": NEW}, "who-signs": {"answer": "ผู้ว่าฯ"}}, ministry)
    for one in (ministry, curator):
        one.say("/drafts")
        one.press("ชุดนำเข้า ก (2 รายการ)")

    assert ministry.press("อนุมัติทั้งชุด 2 รายการ") == "ต้องให้ผู้ดูแลเนื้อหาอีกคนอนุมัติ"
    assert "อนุมัติแล้ว 2 รายการ" in curator.press("อนุมัติทั้งชุด 2 รายการ")
    assert [letter.text for letter in ministry.receive()] == [
        f"ฉบับร่างที่เขียนไว้ได้รับอนุมัติแล้ว: {YEARLY} และอีก 1 รายการ"
    ]


def test_a_long_list_is_paged_and_approved_at_its_end(office: Office, curator: Conversation) -> None:
    plain: dict[str, Any] = {"question_en": None, "phrasings": [], "related": []}
    imported(office, "ใหญ่", {f"row-{one}": {**plain, "question": f"ข้อ {one}"} for one in range(25)})
    imported(office, None, {f"one-{one}": {**plain, "question": f"เดี่ยว {one}"} for one in range(12)})

    curator.say("/drafts")
    assert curator.buttons()[0] == "ชุดนำเข้า ใหญ่ (25 รายการ)"
    assert curator.buttons()[-1] == "ถัดไป"
    curator.press("ถัดไป")
    assert curator.buttons() == ["เดี่ยว 9", "เดี่ยว 10", "เดี่ยว 11"]
    curator.press("ชุดนำเข้า ใหญ่ (25 รายการ)")
    assert "อนุมัติ" not in curator.last
    curator.press("ถัดไป")
    assert "อนุมัติแล้ว 25 รายการ" in curator.press("อนุมัติทั้งชุด 25 รายการ")


# ------------------------------------------------------------------ wordings that people confirmed


def confirmed(office: Office, text: str, entry: str, times: int = 1, **how: Any) -> None:
    """Questions whose askers chose an offered entry, or say how."""
    with office.database.write() as session:
        known = len(session.scalars(select(Question.id)).all())
        for number in range(times):
            values = {"decision": "suggest", "score": 0.6, "chosen": entry, **how}
            session.add(
                Question(inbox_id=1000 + known + number, text=text, asked_at=office.clock.now(), **values)
            )


def test_a_wording_that_people_confirmed_is_proposed_and_finds_its_entry_once_added(
    office: Office, guest: Conversation, curator: Conversation
) -> None:
    confirmed(office, "ลายมือใคร", "who-signs")
    confirmed(office, "กี่หนต่อปี", "yearly-activity", 2)
    confirmed(office, "กี่หน ต่อปี?", "yearly-activity")

    card = forged(office, curator, "curate.phrasings")
    assert "ถ้อยคำที่รอพิจารณา 2 รายการ" in card
    assert f"ถ้อยคำ: กี่หนต่อปี\nผู้ถามยืนยันว่าตรงกับ: {YEARLY}\nยืนยันแล้ว 3 ครั้ง" in card
    assert OLD not in guest.say("กี่หนต่อปี")
    card = curator.press("เพิ่มถ้อยคำ")
    assert "เพิ่มถ้อยคำแล้ว: กี่หนต่อปี" in card
    assert "ถ้อยคำ: ลายมือใคร" in card

    assert OLD in guest.say("กี่หน ต่อปี")
    assert rows(office) == [("yearly-activity", 1, "phrasing", "approved")]
    assert noted(office) == ["phrasing.added"]


def test_what_somebody_chose_in_the_chat_is_proposed_to_the_curators(
    guest: Conversation, officer: Conversation, curator: Conversation
) -> None:
    for person in (guest, officer):
        person.say("กี่หนต่อปี")
        person.press(YEARLY)

    assert "[ถ้อยคำที่รอพิจารณา (1)]" in curator.say("/queue")
    assert "ถ้อยคำ: กี่หนต่อปี" in curator.press("ถ้อยคำที่รอพิจารณา (1)")
    assert "ยืนยันแล้ว 2 ครั้ง" in curator.last


def test_a_wording_that_is_refused_is_not_proposed_again(
    office: Office, guest: Conversation, curator: Conversation
) -> None:
    confirmed(office, "ลายมือใคร", "who-signs")
    forged(office, curator, "curate.phrasings")

    assert "ไม่เพิ่มถ้อยคำนี้\nไม่มีถ้อยคำที่รอพิจารณา" in curator.press("ไม่เพิ่ม")

    confirmed(office, "ลายมือใคร", "who-signs")
    assert forged(office, curator, "curate.phrasings") == "ไม่มีถ้อยคำที่รอพิจารณา"
    assert rows(office) == []
    assert noted(office) == ["phrasing.refused"]


def test_only_what_was_confirmed_and_is_no_wording_yet_is_proposed(
    office: Office, curator: Conversation
) -> None:
    confirmed(office, "จัดบ่อยไหม", "yearly-activity", decision="answer", entry_id="yearly-activity", chosen=None,
              rating=1)  # fmt: skip
    others: dict[str, dict[str, Any]] = {
        "ไม่มีข้อใดตรง": {"chosen": "none"},
        "ตอบแล้วไม่มีความเห็น": {"decision": "answer", "entry_id": "who-signs", "chosen": None},
        "เลือกแล้วไม่พอใจ": {"rating": -1},
        "ผู้ว่าฯ ต้องเซ็นเองไหม": {"decision": "answer", "entry_id": "who-signs", "chosen": None, "rating": 1},
        "รายการที่ไม่มีแล้ว": {"chosen": "gone"},
        "ยาว" * 101: {},
        "??": {},
    }
    for text, how in others.items():
        confirmed(office, text, "who-signs", **how)

    assert "ถ้อยคำที่รอพิจารณา 1 รายการ" in forged(office, curator, "curate.phrasings")
    assert "จัดบ่อยไหม" in curator.last


def test_a_wording_of_another_entry_is_not_given_away(office: Office, curator: Conversation) -> None:
    confirmed(office, "คนเซ็นเอ็มโอยูคือใคร", "yearly-activity")
    forged(office, curator, "curate.phrasings")

    assert f"เป็นของรายการอื่นแล้ว: {WHO_SIGNS}" in curator.press("เพิ่มถ้อยคำ")
    assert rows(office) == []
    assert "ไม่มีถ้อยคำที่รอพิจารณา" in curator.press("ไม่เพิ่ม")


def test_one_may_be_left_for_later(office: Office, curator: Conversation) -> None:
    confirmed(office, "กี่หนต่อปี", "yearly-activity", 2)
    confirmed(office, "ลายมือใคร", "who-signs")
    forged(office, curator, "curate.phrasings")

    assert "ลายมือใคร" in curator.press("ถัดไป")
    assert "กี่หนต่อปี" not in curator.press("ไม่เพิ่ม")
    assert "กี่หนต่อปี" in forged(office, curator, "curate.phrasings")


def test_two_curators_who_add_a_wording_at_once_add_it_once(
    office: Office, ministry: Conversation, curator: Conversation
) -> None:
    confirmed(office, "กี่หนต่อปี", "yearly-activity")
    for one in (ministry, curator):
        forged(office, one, "curate.phrasings")

    said = together(lambda: ministry.press("เพิ่มถ้อยคำ"), lambda: curator.press("เพิ่มถ้อยคำ"))

    assert sorted(text.splitlines()[0] for text in said) == ["ถ้อยคำนี้มีผู้พิจารณาแล้ว", "เพิ่มถ้อยคำแล้ว: กี่หนต่อปี"]
    assert len(rows(office)) == 1


# ------------------------------------------------------------------ who may

STEPS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("curate.drafts", {}),
    ("curate.draft", {"revision": 1}),
    ("curate.approve", {"revision": 1}),
    ("curate.batch", {"batch": "ก"}),
    ("curate.approve_batch", {"batch": "ก", "shown": [1]}),
    ("curate.return", {"revision": 1}),
    ("curate.entry", {"entry": "yearly-activity"}),
    ("curate.edit", {"entry": "yearly-activity", "field": "answer"}),
    ("curate.edit", {"revision": 1, "field": "answer"}),
    ("curate.roll_back", {"entry": "yearly-activity", "version": 0}),
    ("curate.phrasings", {}),
    ("curate.decide", {"text": "กี่หนต่อปี", "entry": "yearly-activity", "accept": True}),
)


def test_nobody_but_a_curator_finds_any_of_it(
    office: Office, guest: Conversation, officer: Conversation, curator: Conversation
) -> None:
    imported(office, "ก", {"yearly-activity": {"answer": NEW}})
    confirmed(office, "กี่หนต่อปี", "yearly-activity")
    plain = office.person("มานะ", "ministry")

    for person in (guest, officer, plain):
        for step, args in STEPS:
            assert forged(office, person, step, **args) == NOT_FOUND
        assert person.say("/drafts") == NOT_FOUND
    assert "คำถามที่รอตอบ" not in plain.say("/start")
    assert rows(office) == [("yearly-activity", 1, "imported", "draft")]
    assert noted(office) == []


def revoke(office: Office, **values: Any) -> None:
    with office.database.write() as session:
        session.execute(update(Membership).values(**values))


@pytest.mark.parametrize("how", ["left", "no curator any more"])
def test_a_right_that_ended_ends_for_cards_and_questions_that_are_open(
    office: Office, guest: Conversation, ministry: Conversation, curator: Conversation, how: str
) -> None:
    written(office, ministry)
    opened(curator)
    managed(office, ministry, "who-signs")
    ministry.press("แก้คำตอบ")
    revoke(office, **({"until": office.clock.now()} if how == "left" else {"curator": False}))

    assert curator.press("อนุมัติ") == NOT_FOUND
    assert curator.press("ส่งกลับ") == NOT_FOUND
    assert ministry.say("คนอื่นลงนาม") == NOT_FOUND
    assert OLD in guest.say(YEARLY)
    assert rows(office) == [("yearly-activity", 1, "edited", "draft")]


def test_a_reason_typed_after_the_right_ended_returns_nothing(
    office: Office, ministry: Conversation, curator: Conversation
) -> None:
    written(office, ministry)
    opened(curator)
    curator.press("ส่งกลับ")
    revoke(office, curator=False)

    assert curator.say("ไม่เหมาะสม") == NOT_FOUND
    assert rows(office) == [("yearly-activity", 1, "edited", "draft")]


def test_a_curators_invitation_says_so(office: Office, guest: Conversation) -> None:
    with office.database.write() as session:
        code, _ = people.add_invitation(
            session, "ministry", None, office.clock.now(), timedelta(hours=1), curator=True
        )

    assert "ผู้ดูแลเนื้อหา" in guest.say(code)
    guest.press("รับทราบและเข้าใช้งาน")
    assert "ผู้ดูแลเนื้อหา" in guest.say("/mydata")
    assert guest.say("/drafts") == "ไม่มีฉบับร่างที่รออนุมัติ"


def test_an_english_speaking_author_is_told_in_english(
    office: Office, ministry: Conversation, curator: Conversation
) -> None:
    ministry.say("/settings")
    ministry.press("English")
    managed(office, ministry)
    ministry.press("Change the answer")
    assert "Another curator has to approve it." in ministry.say(NEW)
    approved(curator)

    assert [letter.text for letter in ministry.receive()] == [f"Your draft has been approved: {YEARLY}"]
