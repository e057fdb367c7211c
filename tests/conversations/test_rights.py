"""What belongs to another province or person is answered like what does not exist."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from storage import conversations, owners, people
from storage.models import Activity, ActivityFlag, ActivityOwner, Draft, Membership, Question
from tests.support import Conversation, Office

MARKER = "กล้วยไม้พันธุ์ที่เจ็ด"
MISSING = 999_999


def forged(office: Office, person: Conversation, name: str, **args: Any) -> str:
    """What a button answers that was planted in the person's own chat."""
    with office.database.write() as session:
        chat = people.find_chat(session, person.channel, person.name)
        assert chat is not None
        action = {"name": name, "args": args}
        choice = conversations.NewChoice(conversations.new_choice_id(), action, None)
        conversations.add_choices(session, chat.id, [choice], office.clock.now(), conversations.KEEP_CHOICES)
    return person.press_id(choice.id, "a-card")


def foreign_activity(office: Office, neighbour: Conversation) -> int:
    neighbour.say(f"ประชุมกับสะหวันนะเขต 3 พ.ย. 69 เรื่อง{MARKER}")
    neighbour.press("บันทึก")
    with office.database.read() as session:
        return session.scalars(select(Activity.id)).one()


# ------------------------------------------------------------------ another province


@pytest.mark.parametrize(
    ("step", "extra"),
    [
        ("activity.show", {}),
        ("activity.edit", {}),
        ("activity.history", {}),
        ("activity.delete", {}),
        ("activity.delete_yes", {}),
        ("activity.restore", {}),
        ("activity.partner", {"value": "no"}),
        ("activity.undo", {"version": 1}),
        ("activity.more", {}),
        ("activity.copy", {}),
        ("activity.postpone", {}),
        ("activity.set_day", {"day": "2026-12-09"}),
        ("activity.new_day", {"text": "9 ธ.ค. 69"}),
        ("activity.delete_type", {}),
        ("activity.delete_for", {"text": "x"}),
        ("details.show", {}),
        ("details.ask", {"field": "result"}),
        ("details.set", {"field": "spent_source", "value": "province"}),
        ("details.take", {"text": "ผลที่ได้รับ: x"}),
        ("share.ask", {}),
        ("share.take", {"text": "ขอนแก่น"}),
        ("share.invite", {"province": "TH-40"}),
        ("share.leave", {}),
        ("flag.ask", {}),
        ("flag.take", {"text": "x"}),
        ("flag.settle", {}),
    ],
)
def test_an_activity_of_another_province_is_like_a_missing_one(
    office: Office, officer: Conversation, neighbour: Conversation, step: str, extra: dict[str, Any]
) -> None:
    activity = foreign_activity(office, neighbour)
    office.person(officer.name, "head", "TH-50")

    foreign = forged(office, officer, step, activity=activity, **extra)

    assert foreign == forged(office, officer, step, activity=MISSING, **extra) == "ไม่พบรายการนี้"
    with office.database.read() as session:
        row = session.get_one(Activity, activity)
        assert (row.version, row.deleted_at) == (1, None)
        assert session.scalars(select(ActivityOwner)).all() == []
        assert session.scalars(select(ActivityFlag)).all() == []


@pytest.mark.parametrize(
    ("step", "extra"), [("share.accept", {"pairing": "50-chengdu"}), ("share.decline", {})]
)
def test_an_invitation_of_another_province_is_like_a_missing_one(
    office: Office, officer: Conversation, neighbour: Conversation, step: str, extra: dict[str, str]
) -> None:
    activity = foreign_activity(office, neighbour)
    with office.database.write() as session:
        asked = owners.invite(session, activity, "TH-40", 1, office.clock.now())
        assert asked is not None
        invitation = asked.id

    foreign = forged(office, officer, step, invitation=invitation, **extra)

    assert foreign == forged(office, officer, step, invitation=MISSING, **extra) == "ไม่พบรายการนี้"
    with office.database.read() as session:
        assert session.scalars(select(ActivityOwner.state)).all() == ["invited"]


def test_an_invited_province_joins_with_its_own_pairings_only(
    office: Office, officer: Conversation, neighbour: Conversation
) -> None:
    activity = foreign_activity(office, neighbour)
    with office.database.write() as session:
        asked = owners.invite(session, activity, "TH-50", 1, office.clock.now())
        assert asked is not None
        invitation = asked.id

    for pairing in ("49-savannakhet", "no-such-pairing"):
        said = forged(office, officer, "share.accept", invitation=invitation, pairing=pairing)
        assert said == "ไม่พบรายการนี้"
    assert forged(office, officer, "activity.show", activity=activity) == "ไม่พบรายการนี้"
    assert MARKER in forged(office, officer, "share.accept", invitation=invitation, pairing="50-chengdu")


def test_a_draft_merges_into_no_record_that_is_not_of_its_pairing_or_province(
    office: Office, officer: Conversation, neighbour: Conversation
) -> None:
    foreign = foreign_activity(office, neighbour)
    officer.say("ประชุมกับเฉิงตู 3 พ.ย. 69 30 คน")
    officer.press("บันทึก")
    officer.say("ประชุมกับฮอกไกโด 3 พ.ย. 69 45 คน")
    with office.database.write() as session:
        draft = session.scalars(select(Draft).where(Draft.state == "open")).one()
        own = session.scalars(select(Activity.id).where(Activity.pairing_id == "50-chengdu")).one()
        chat = people.find_chat(session, officer.channel, officer.name)
        assert chat is not None
        planted = [
            conversations.NewChoice(
                conversations.new_choice_id(), {"name": "card.merge", "args": {"activity": one}}, draft
            )
            for one in (foreign, own, MISSING)
        ]
        conversations.add_choices(session, chat.id, planted, office.clock.now())

    assert [officer.press_id(one.id, "a-card") for one in planted] == ["ไม่พบรายการนี้"] * 3

    with office.database.read() as session:
        assert {row.version for row in session.scalars(select(Activity))} == {1}


@pytest.mark.parametrize("role", ["officer", "group_head"])
def test_only_the_head_of_office_comments_on_a_record(
    office: Office, neighbour: Conversation, role: str
) -> None:
    activity = foreign_activity(office, neighbour)
    colleague = office.person("คำปัน", role, "TH-49")

    for step, extra in (("flag.ask", {}), ("flag.take", {"text": "x"})):
        assert forged(office, colleague, step, activity=activity, **extra) == "ไม่พบรายการนี้"
    assert "ให้ข้อสังเกต" not in forged(office, colleague, "activity.show", activity=activity)
    with office.database.read() as session:
        assert session.scalars(select(ActivityFlag)).all() == []


def test_a_province_that_joined_deletes_and_invites_nothing(
    office: Office, officer: Conversation, neighbour: Conversation
) -> None:
    activity = foreign_activity(office, neighbour)
    now = office.clock.now()
    with office.database.write() as session:
        asked = owners.invite(session, activity, "TH-50", 1, now)
        assert asked is not None
        owners.decide(session, asked, owners.ACCEPTED, "50-chengdu", 1, now)

    assert MARKER in forged(office, officer, "activity.show", activity=activity)
    for step, extra in (
        ("activity.delete", {}),
        ("activity.delete_yes", {"reason": "duplicate"}),
        ("activity.delete_type", {}),
        ("activity.delete_for", {"text": "x"}),
        ("share.ask", {}),
        ("share.invite", {"province": "TH-40"}),
    ):
        assert forged(office, officer, step, activity=activity, **extra) == "ไม่พบรายการนี้"
    with office.database.read() as session:
        assert session.get_one(Activity, activity).deleted_at is None


def test_a_province_that_joined_does_not_take_the_record_over(
    office: Office, officer: Conversation, neighbour: Conversation
) -> None:
    activity = foreign_activity(office, neighbour)
    now = office.clock.now()
    with office.database.write() as session:
        asked = owners.invite(session, activity, "TH-50", 1, now)
        assert asked is not None
        owners.decide(session, asked, owners.ACCEPTED, "50-chengdu", 1, now)
    forged(office, officer, "activity.edit", activity=activity)
    officer.press("แก้ไข")
    officer.press("คู่")
    officer.press("นครเฉิงตู")

    assert "ไม่พบคู่นี้" in officer.press("บันทึก")

    with office.database.read() as session:
        assert session.get_one(Activity, activity).pairing_id == "49-savannakhet"


@pytest.mark.parametrize(
    "step", ["pairings", "status", "list.check", "list.right", "list.wrong", "list.missing"]
)
def test_the_list_of_another_province_is_like_one_of_no_province(
    office: Office, officer: Conversation, step: str
) -> None:
    foreign = forged(office, officer, step, province="TH-49")

    assert foreign == forged(office, officer, step, province="TH-00") == "ไม่พบรายการนี้"


def test_a_pairing_of_another_province_cannot_be_marked_wrong(office: Office, officer: Conversation) -> None:
    foreign = forged(office, officer, "list.mark", pairing="49-savannakhet")

    assert foreign == forged(office, officer, "list.mark", pairing="no-such-pairing")


def test_the_list_of_records_is_not_narrowed_by_a_foreign_pairing(
    office: Office, officer: Conversation
) -> None:
    foreign = forged(office, officer, "activities", sought=True, pairings=["49-savannakhet"])

    assert foreign == forged(office, officer, "activities", sought=True, pairings=["no-such-pairing"])
    assert "สะหวันนะเขต" not in foreign


@pytest.mark.parametrize("step", ["pairings", "status"])
def test_a_province_that_does_not_exist_is_not_found_by_the_ministry_either(
    office: Office, ministry: Conversation, step: str
) -> None:
    assert forged(office, ministry, step, province="TH-00") == "ไม่พบรายการนี้"


@pytest.mark.parametrize("line", ["ประชุมกับสะหวันนะเขต 3 พ.ย. 69", "มุกดาหารประชุมกับสะหวันนะเขต 3 พ.ย. 69"])
def test_logging_for_another_provinces_pairing_is_refused_and_the_own_ones_are_offered(
    office: Office, officer: Conversation, line: str
) -> None:
    said = officer.say(line)

    assert "ไม่พบคู่นี้ในรายชื่อของจังหวัด" in said
    assert "ประชุม/หารือ · 3 พ.ย. 2569" in said
    assert "สะหวันนะเขต" not in said
    assert "[นครเฉิงตู]" in said


def test_a_pairing_of_another_province_cannot_be_put_on_the_card(
    office: Office, officer: Conversation
) -> None:
    officer.say("/log")
    assert "ไม่พบคู่นี้ในรายชื่อของจังหวัด" in officer.say("สะหวันนะเขต")

    assert "สะหวันนะเขต" not in forged(office, officer, "log.new", pairing="49-savannakhet")


def test_nothing_that_another_province_recorded_is_ever_shown(
    office: Office, officer: Conversation, neighbour: Conversation
) -> None:
    foreign_activity(office, neighbour)
    office.clock.move(days=9)
    office.plan()

    officer.receive()
    for line in (
        "/start", "/help", "/activities", "/status", "/pairings", "/mydata", "/log", "ยกเลิก",
        MARKER, "มุกดาหาร", "กิจกรรมของมุกดาหาร", "ประชุมกับสะหวันนะเขต 3 พ.ย. 69", "ยกเลิก",
        "ประชุมกับเฉิงตู 3 พ.ย. 69", "บันทึก",
    ):  # fmt: skip
        said = officer.say(line)
        assert MARKER not in said.replace(f"ยังไม่มีคำตอบที่ยืนยันได้: {MARKER}", "")


def test_a_right_that_ended_ends_for_buttons_that_were_shown_before(
    office: Office, officer: Conversation
) -> None:
    officer.say("ประชุมกับเฉิงตู 3 พ.ย. 69")
    with office.database.write() as session:
        session.scalars(select(Membership)).one().until = office.clock.now()

    officer.press("บันทึก")

    with office.database.read() as session:
        assert session.scalars(select(Activity)).all() == []


def test_a_draft_waits_for_whoever_may_record_again(office: Office, officer: Conversation) -> None:
    officer.say("ประชุมกับเฉิงตู 3 พ.ย. 69")
    edit, card = officer.button("แก้ไข")
    office.leave(officer)

    assert "ส่วนนี้สำหรับเจ้าหน้าที่จังหวัด" in officer.press_id(edit, card)
    assert "เฉิงตู" not in officer.say("/start")
    assert "เฉิงตู" not in officer.say("ผู้เข้าร่วม 30 คน")
    with office.database.read() as session:
        draft = session.scalars(select(Draft)).one()
        assert (draft.state, draft.version) == ("open", 1)

    office.person(officer.name, "officer", "TH-50")
    assert "เฉิงตู" in officer.say("/start")
    assert "เฉิงตู" in officer.press("ทำรายการต่อ")


def test_nobody_who_left_is_reminded_of_a_draft(office: Office, officer: Conversation) -> None:
    officer.say("ประชุมกับเฉิงตู 3 พ.ย. 69")
    office.leave(officer)
    office.clock.move(days=9)

    office.plan()

    assert officer.receive() == []


def test_the_ministry_reads_but_does_not_change_a_provinces_record(
    office: Office, ministry: Conversation, neighbour: Conversation
) -> None:
    activity = foreign_activity(office, neighbour)

    assert MARKER in forged(office, ministry, "activity.show", activity=activity)
    assert ministry.buttons() == ["ประวัติ", "คัดลอกส่งไลน์"]
    assert "มุกดาหาร–แขวงสะหวันนะเขต" in ministry.say("/activities")
    for step in ("activity.edit", "activity.delete", "activity.delete_yes"):
        assert forged(office, ministry, step, activity=activity) == "ไม่พบรายการนี้"
    with office.database.read() as session:
        assert session.get_one(Activity, activity).version == 1


# ------------------------------------------------------------------ another person, another chat


def test_a_button_of_another_chat_does_nothing(office: Office, officer: Conversation) -> None:
    officer.say("ประชุมกับเฉิงตู 3 พ.ย. 69")
    save, card = officer.button("บันทึก")
    colleague = office.person("มานี", "officer", "TH-50")

    assert colleague.press_id(save, card) == "ปุ่มนี้ใช้ไม่ได้แล้ว"
    assert "บันทึกแล้ว" in officer.press_id(save, card)
    assert colleague.press_id(*officer.button("ลบ")) == "ปุ่มนี้ใช้ไม่ได้แล้ว"


def test_a_card_in_a_group_is_saved_by_its_author_only(office: Office, officer: Conversation) -> None:
    office.person("มานี", "officer", "TH-50")
    author = Conversation(office, officer.name, group="กลุ่มงาน")
    colleague = Conversation(office, "มานี", group="กลุ่มงาน")
    author.say("ประชุมกับเฉิงตู 3 พ.ย. 69")
    save, card = author.button("บันทึก")

    assert "ปุ่มนี้ใช้ไม่ได้แล้ว" in colleague.press_id(save, card)
    assert "บันทึกแล้ว" in author.press_id(save, card)


def test_the_draft_of_another_person_cannot_be_resumed(
    office: Office, officer: Conversation, neighbour: Conversation
) -> None:
    neighbour.say(f"ประชุมกับสะหวันนะเขต เรื่อง{MARKER}")
    with office.database.read() as session:
        draft = session.scalars(select(Draft.id)).one()

    foreign = forged(office, officer, "log.resume", draft=draft)

    assert foreign == forged(office, officer, "log.resume", draft=MISSING)
    assert MARKER not in foreign


def test_the_question_of_another_person_can_be_neither_sent_nor_rated(
    office: Office, officer: Conversation, guest: Conversation
) -> None:
    guest.say("ขอหวยงวดนี้")

    forged(office, officer, "ask.send", question=1)
    forged(office, officer, "ask.rate", question=1, rating=-1)

    with office.database.read() as session:
        question = session.scalars(select(Question)).one()
        assert (question.sent_at, question.rating) == (None, None)
