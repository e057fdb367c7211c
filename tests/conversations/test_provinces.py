"""An activity of several provinces: asked in office hours, joined with their own pairing, counted for both."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from storage import owners
from storage.models import Activity, ActivityOwner, Membership, Outbox, Reminder
from tests.support import Conversation, Office, shown

SENTENCE = "ประชุมกับเฉิงตู 3 พ.ย. 69 เรื่องท่องเที่ยว 30คน"
IN_THEIR_LIST = "3 พ.ย. 2569 · แขวงสะหวันนะเขต · ประชุม/หารือ"
MONDAY_MORNING = timedelta(days=1)


def owner_states(office: Office) -> list[tuple[str, str | None, str]]:
    with office.database.read() as session:
        rows = session.scalars(select(ActivityOwner).order_by(ActivityOwner.id))
        return [(one.province_code, one.pairing_id, one.state) for one in rows]


def record(office: Office) -> Activity:
    with office.database.read() as session:
        return session.scalars(select(Activity)).one()


def told(office: Office, person: Conversation) -> str:
    """What the person is told without asking, once the office has opened."""
    if office.clock.business().weekday() == 6:
        office.clock.move(days=1)
    return "\n".join(shown(message) for message in person.receive())


@pytest.fixture
def invited(office: Office, officer: Conversation, neighbour: Conversation) -> Conversation:
    """The officer of Mukdahan, asked by Chiang Mai; the message is in front of them."""
    officer.say(SENTENCE)
    officer.press("บันทึก")
    officer.press("จังหวัดอื่นร่วมจัด")
    officer.say("มุกดาหาร")
    told(office, neighbour)
    return neighbour


# ------------------------------------------------------------------ inviting


def test_a_province_is_typed_and_its_officers_are_asked_in_office_hours(
    office: Office, officer: Conversation, neighbour: Conversation
) -> None:
    officer.say(SENTENCE)
    officer.press("บันทึก")
    assert "จังหวัดใดร่วมจัดด้วย" in officer.press("จังหวัดอื่นร่วมจัด")

    said = officer.say("มุกดาหาร")

    assert "แจ้งจังหวัดมุกดาหารแล้ว" in said
    assert "รอคำตอบจากจังหวัดที่ร่วมจัด: มุกดาหาร" in said
    assert owner_states(office) == [("TH-49", None, "invited")]
    assert neighbour.receive() == []  # it is Sunday
    asked = told(office, neighbour)
    assert "จังหวัดเชียงใหม่แจ้งว่าจัดกิจกรรมนี้ร่วมกับจังหวัดมุกดาหาร" in asked
    assert "เชียงใหม่–นครเฉิงตู · ประชุม/หารือ · 3 พ.ย. 2569\nท่องเที่ยว" in asked
    assert "[แขวงสะหวันนะเขต]" in asked
    assert "[ไม่ได้ร่วมจัด]" in asked


def test_where_there_is_no_officer_the_head_is_asked_and_where_nobody_is_nobody(
    office: Office, officer: Conversation
) -> None:
    head = office.person("ประภา", "head", "TH-49")
    head.say("/start")
    officer.say(SENTENCE)
    officer.press("บันทึก")
    officer.press("จังหวัดอื่นร่วมจัด")
    officer.say("มุกดาหาร")
    assert "[แขวงสะหวันนะเขต]" in told(office, head)

    officer.press("จังหวัดอื่นร่วมจัด")

    assert "ยังไม่มีคู่หรือเจ้าหน้าที่ในระบบ กรุณาประสานโดยตรง" in officer.say("ภูเก็ต")
    assert owner_states(office) == [("TH-49", None, "invited")]


def test_provinces_that_twin_with_the_same_partner_are_buttons(
    office: Office, officer: Conversation, neighbour: Conversation
) -> None:
    officer.say("ประชุมกับดานัง 3 พ.ย. 69")
    officer.press("บันทึก")
    officer.press("จังหวัดอื่นร่วมจัด")
    assert officer.buttons() == ["อุบลราชธานี", "ขอนแก่น", "นครพนม", "มุกดาหาร", "ภูเก็ต", "ย้อนกลับ"]

    assert "แจ้งจังหวัดมุกดาหารแล้ว" in officer.press("มุกดาหาร")

    told(office, neighbour)
    assert neighbour.buttons()[0] == "นครดานัง"


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("กรุงลงกา", "ไม่พบจังหวัดนี้"),
        ("เชียงใหม่", "จังหวัดเชียงใหม่อยู่ในรายการนี้แล้ว"),
        ("มุกดาหาร", "แจ้งจังหวัดมุกดาหารไว้แล้ว"),
    ],
)
def test_a_province_that_cannot_be_asked_is_told_so(
    office: Office, officer: Conversation, invited: Conversation, typed: str, said: str
) -> None:
    officer.press("จังหวัดอื่นร่วมจัด")

    assert said in officer.say(typed)

    assert len(owner_states(office)) == 1


def test_ten_other_provinces_are_the_most(
    office: Office, officer: Conversation, invited: Conversation
) -> None:
    now = office.clock.now()
    with office.database.write() as session:
        for code in ("TH-34", "TH-35", "TH-36", "TH-39", "TH-40", "TH-41", "TH-42", "TH-43", "TH-44"):
            owners.invite(session, 1, code, 1, now)
    office.person("ศรี", "officer", "TH-48")
    officer.press("จังหวัดอื่นร่วมจัด")

    assert "ไม่เกิน 10 จังหวัด" in officer.say("นครพนม")
    assert len(owner_states(office)) == 10


# ------------------------------------------------------------------ joining


def test_joining_counts_for_their_pairing_and_both_see_the_record(
    office: Office, officer: Conversation, invited: Conversation
) -> None:
    said = invited.press("แขวงสะหวันนะเขต")

    assert "ยืนยันร่วมจัดแล้ว รายการที่ 1" in said
    assert "ปีปฏิทิน 2569: 1 กิจกรรม" in said
    assert owner_states(office) == [("TH-49", "49-savannakhet", "accepted")]
    assert "ปีปฏิทิน 2569 ยังไม่มีกิจกรรม 2 คู่" in invited.say("/status")
    assert "จังหวัดมุกดาหารยืนยันว่าร่วมจัดแล้ว (มุกดาหาร–แขวงสะหวันนะเขต)" in told(office, officer)
    assert "คู่อื่นที่ร่วม: มุกดาหาร–แขวงสะหวันนะเขต" in officer.press("ดูรายการ")
    history = officer.press("ประวัติ")
    assert "แจ้งจังหวัดมุกดาหารว่าร่วมจัด" in history
    assert "คู่อื่นที่ร่วม: ยังไม่ระบุ → มุกดาหาร–แขวงสะหวันนะเขต" in history
    assert "บุญมี (เจ้าหน้าที่ มุกดาหาร)" in history


def test_whoever_joined_sees_the_record_in_their_list_and_may_edit_it(
    office: Office, officer: Conversation, invited: Conversation
) -> None:
    invited.press("แขวงสะหวันนะเขต")
    invited.say("/activities")
    invited.press(IN_THEIR_LIST)
    invited.press("แก้ไข")
    invited.say("45 คน")

    assert "บันทึกแล้ว" in invited.press("บันทึก")

    assert (record(office).participants, record(office).pairing_id) == (45, "50-chengdu")
    assert owner_states(office) == [("TH-49", "49-savannakhet", "accepted")]


def test_whoever_only_joined_can_leave_and_not_delete(
    office: Office, officer: Conversation, invited: Conversation
) -> None:
    invited.press("แขวงสะหวันนะเขต")
    told(office, officer)
    assert "ลบ" not in invited.buttons()

    assert "กิจกรรมนี้ไม่นับให้จังหวัด" in invited.press("ไม่ได้ร่วมจัด")

    assert owner_states(office) == [("TH-49", None, "declined")]
    assert record(office).deleted_at is None
    assert "ยังไม่มีกิจกรรมที่บันทึกไว้" in invited.say("/activities")
    assert "จังหวัดมุกดาหารแจ้งว่าไม่ได้ร่วมจัดกิจกรรมนี้" in told(office, officer)


def test_joining_cancels_the_reminder_of_their_pairing_and_leaving_brings_it_back(
    office: Office, officer: Conversation, neighbour: Conversation
) -> None:
    neighbour.say("/start")
    office.plan()
    officer.say(SENTENCE)
    officer.press("บันทึก")
    officer.press("จังหวัดอื่นร่วมจัด")
    officer.say("มุกดาหาร")

    def states() -> set[str]:
        with office.database.read() as session:
            found = select(Reminder.state).where(Reminder.pairing_id == "49-savannakhet")
            return set(session.scalars(found))

    assert states() == {"planned"}
    with office.database.write() as session:  # as if the office were open: nothing else is sent
        for row in session.scalars(select(Outbox).where(Outbox.kind == "invitation")):
            row.not_before = None
    neighbour.receive()
    neighbour.press("แขวงสะหวันนะเขต")
    assert states() == {"cancelled"}

    neighbour.press("ไม่ได้ร่วมจัด")

    assert states() == {"planned"}


def test_the_answer_of_a_colleague_is_told_and_not_changed(
    office: Office, officer: Conversation, neighbour: Conversation
) -> None:
    colleague = office.person("คำปัน", "officer", "TH-49")
    officer.say(SENTENCE)
    officer.press("บันทึก")
    officer.press("จังหวัดอื่นร่วมจัด")
    officer.say("มุกดาหาร")
    told(office, neighbour)
    colleague.receive()
    neighbour.press("แขวงสะหวันนะเขต")

    assert "กิจกรรม รายการที่ 1" in colleague.press("ไม่ได้ร่วมจัด")

    assert owner_states(office) == [("TH-49", "49-savannakhet", "accepted")]


def test_joining_twice_says_the_same_and_counts_once(office: Office, invited: Conversation) -> None:
    accept, card = invited.button("แขวงสะหวันนะเขต")
    first = invited.press_id(accept, card)

    assert invited.press_id(accept, card) == first
    assert record(office).version == 2


# ------------------------------------------------------------------ declining, withdrawing


def test_declining_tells_the_inviter_once(
    office: Office, officer: Conversation, invited: Conversation
) -> None:
    decline, card = invited.button("ไม่ได้ร่วมจัด")

    said = invited.press_id(decline, card)

    assert "กิจกรรมนี้ไม่นับให้จังหวัด" in said
    assert invited.press_id(decline, card) == said
    assert "จังหวัดมุกดาหารแจ้งว่าไม่ได้ร่วมจัดกิจกรรมนี้" in told(office, officer)
    assert officer.receive() == []
    assert "จังหวัดมุกดาหารแจ้งว่าไม่ได้ร่วมจัด" in officer.press("ดูรายการ") + officer.press("ประวัติ")


def test_a_province_that_declined_may_be_asked_again_and_may_join_after_all(
    office: Office, officer: Conversation, invited: Conversation
) -> None:
    invited.press("ไม่ได้ร่วมจัด")
    accept, card = invited.button("แขวงสะหวันนะเขต")

    assert "ยืนยันร่วมจัดแล้ว" in invited.press_id(accept, card)
    assert owner_states(office) == [("TH-49", "49-savannakhet", "accepted")]


def test_a_deleted_record_withdraws_what_nobody_has_answered(
    office: Office, officer: Conversation, invited: Conversation
) -> None:
    officer.press("ลบ")
    officer.press("บันทึกซ้ำ")

    assert "ถอนรายการนี้แล้ว" in invited.press("แขวงสะหวันนะเขต")
    assert owner_states(office) == [("TH-49", None, "withdrawn")]
    officer.press("นำรายการกลับมา")
    assert "ยืนยันร่วมจัดแล้ว" in invited.press("แขวงสะหวันนะเขต")


def test_an_invitation_that_was_not_sent_yet_is_not_sent_for_a_record_that_is_gone(
    office: Office, officer: Conversation, neighbour: Conversation
) -> None:
    officer.say(SENTENCE)
    officer.press("บันทึก")
    undo, card = officer.button("เลิกทำ")
    officer.press("จังหวัดอื่นร่วมจัด")
    officer.say("มุกดาหาร")

    officer.press_id(undo, card)

    assert told(office, neighbour) == ""


def test_an_invitation_that_was_taken_back_with_its_record_is_sent_when_the_record_is_back(
    office: Office, officer: Conversation, neighbour: Conversation
) -> None:
    officer.say(SENTENCE)
    officer.press("บันทึก")
    undo, card = officer.button("เลิกทำ")
    officer.press("จังหวัดอื่นร่วมจัด")
    officer.say("มุกดาหาร")
    officer.press_id(undo, card)

    officer.press("บันทึก")

    assert told(office, neighbour).count("เฉิงตู") > 0
    assert "ยืนยันร่วมจัดแล้ว" in neighbour.press("แขวงสะหวันนะเขต")


def test_the_year_of_a_province_that_joined_is_open_again_when_the_record_is_deleted(
    office: Office, officer: Conversation, invited: Conversation
) -> None:
    invited.press("แขวงสะหวันนะเขต")
    officer.press("ลบ")
    officer.press("บันทึกซ้ำ")

    assert "ปีปฏิทิน 2569 ยังไม่มีกิจกรรม 3 คู่" in invited.say("/status")
    assert "ยังไม่มีกิจกรรมที่บันทึกไว้" in invited.say("/activities")


# ------------------------------------------------------------------ nobody sees more


def test_an_invited_province_sees_nothing_but_the_line_until_it_joins(
    office: Office, officer: Conversation, invited: Conversation
) -> None:
    assert "ยังไม่มีกิจกรรมที่บันทึกไว้" in invited.say("/activities")
    assert "30 คน" not in "\n".join(shown(message) for message in invited.messages)


def test_a_right_that_ended_answers_no_invitation(
    office: Office, officer: Conversation, invited: Conversation
) -> None:
    with office.database.write() as session:
        ended = session.scalars(select(Membership).where(Membership.province_code == "TH-49")).one()
        ended.until = office.clock.now()

    assert invited.press("แขวงสะหวันนะเขต") == "ไม่พบรายการนี้"
    assert owner_states(office) == [("TH-49", None, "invited")]


def test_who_left_the_office_is_not_told_of_the_answer(
    office: Office, officer: Conversation, invited: Conversation
) -> None:
    successor = office.person("มานี", "officer", "TH-50")
    with office.database.write() as session:
        left = session.scalars(select(Membership).where(Membership.province_code == "TH-50")).first()
        assert left is not None
        left.until = datetime.fromisoformat("2026-11-23T02:00:00+00:00")
    office.clock.move(days=1)
    invited.press("ไม่ได้ร่วมจัด")

    assert "จังหวัดมุกดาหารแจ้งว่าไม่ได้ร่วมจัด" in told(office, successor)
    assert officer.receive() == []
