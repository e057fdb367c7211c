"""Every open field of what keeps reminders quiet: interrupted, restarted, too long, unreadable, given up."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from sqlalchemy import func, select

from bot.dialogues import holds, suspending
from bot.dialogues.route import HOLD_DAYS, HOLD_REASONS
from storage.models import Base, Draft, Exemption, Inbox, Snooze, Suspension
from storage.models import Conversation as ConversationRow
from tests.conversations.test_rights import forged
from tests.support import Conversation, Office

ONE_ENGINE = True

KAWTHAUNG = "85-kawthaung"
QUESTION = "ต้องมีกิจกรรมร่วมปีละกี่ครั้ง"


@dataclass(frozen=True)
class Field:
    """
    An open field.

    Attributes:
        steps: The buttons that lead to it, and what is typed between them.
        answer: What it takes, and what is said then.
    """

    role: str
    steps: tuple[tuple[str, dict[str, Any]] | str, ...]
    answer: tuple[str, str]

    def open(self, office: Office) -> Conversation:
        province = "TH-85" if self.role == "officer" else None
        person = office.person("ชูใจ", self.role, province)
        for one in self.steps:
            if isinstance(one, str):
                person.say(one)
            else:
                forged(office, person, one[0], **one[1])
        return person


OF_PAIRING = {"pairing": KAWTHAUNG}
FIELDS = {
    holds.SNOOZE_UNTIL: Field("officer", (("holds.snooze", OF_PAIRING),), ("20 ธ.ค. 69", "พิมพ์เหตุผล")),
    holds.SNOOZE_WHY: Field(
        "officer",
        (("holds.snooze", OF_PAIRING), "20 ธ.ค. 69"),
        ("รอหนังสือ", "เลื่อนการแจ้งเตือนถึง 20 ธ.ค. 2569 แล้ว"),
    ),
    holds.EXEMPT_UNTIL: Field("officer", (("holds.exempt", OF_PAIRING),), ("31 ธ.ค. 69", "31 ธ.ค. 2569")),
    holds.EXEMPT_WHY: Field(
        "officer",
        (("holds.exempt", OF_PAIRING), "31 ธ.ค. 69"),
        ("ด่านชายแดนปิดทั้งปี", "ส่งคำขอยกเว้นถึงกองการต่างประเทศ สป.มท. แล้ว"),
    ),
    suspending.WHAT: Field("ministry", (("suspend.ask", {}),), ("เมียนมา", "[ประเทศ: เมียนมา]")),
    suspending.WHY: Field(
        "ministry", (("suspend.what", {"about": "country MM"}),), ("ความไม่สงบ", "[อีก 6 เดือน")
    ),
    suspending.REVIEW: Field(
        "ministry",
        (("suspend.what", {"about": "country MM"}), "ความไม่สงบ"),
        ("1 มิ.ย. 70", "ชะลอการแจ้งเตือนของเมียนมาแล้ว"),
    ),
}

EVERY_FIELD = pytest.mark.parametrize("asking", list(FIELDS))
REASONS = pytest.mark.parametrize("asking", HOLD_REASONS)
DAYS = pytest.mark.parametrize("asking", HOLD_DAYS)


def count(office: Office, *models: type[Base]) -> int:
    with office.database.read() as session:
        return sum(session.scalar(select(func.count()).select_from(one)) or 0 for one in models)


def stored(office: Office) -> int:
    return count(office, Snooze, Exemption, Suspension)


def asked(office: Office) -> list[str | None]:
    """What is asked in the conversations."""
    with office.database.read() as session:
        return [one.get("asking") for one in session.scalars(select(ConversationRow.state))]


def handled(office: Office) -> bool:
    with office.database.read() as session:
        return set(session.scalars(select(Inbox.state))) == {"handled"}


def test_every_open_field_is_tried() -> None:
    assert set(FIELDS) == {*HOLD_DAYS, *HOLD_REASONS}


@EVERY_FIELD
def test_its_answer_is_taken_also_by_a_process_that_was_started_anew(office: Office, asking: str) -> None:
    field = FIELDS[asking]
    person = field.open(office)
    assert asked(office) == [asking]
    office.restart()
    answer, said = field.answer
    assert said in person.say(answer)


@EVERY_FIELD
def test_a_question_in_the_midst_is_answered_and_kept_as_no_reason(office: Office, asking: str) -> None:
    person = FIELDS[asking].open(office)
    assert "1 ครั้ง" in person.say(QUESTION)
    assert stored(office) == 0


@DAYS
def test_an_activity_that_is_told_in_the_midst_is_recorded(office: Office, asking: str) -> None:
    person = FIELDS[asking].open(office)
    person.say("ประชุมกับเกาะสอง 3 พ.ย. 69 เรื่องท่องเที่ยว 30 คน")
    assert count(office, Draft) == (FIELDS[asking].role == "officer")
    assert stored(office) == 0


@EVERY_FIELD
@pytest.mark.parametrize(
    "sends",
    [
        lambda person: person.send_photo("ภาพ.jpg"),
        lambda person: person.send_photo("ภาพ.jpg", "ภาพการประชุม"),
        lambda person: person.update(unsupported="voice"),
        lambda person: person.update(unsupported="sticker"),
        lambda person: person.say("🙏🙏🙏"),
        lambda person: person.say("ยาว" * 3_400),
    ],
    ids=["photo", "photo with words", "voice", "sticker", "no words", "too long for anything"],
)
def test_what_is_no_answer_is_answered_and_stored_as_none(
    office: Office, asking: str, sends: Callable[[Conversation], str]
) -> None:
    person = FIELDS[asking].open(office)
    assert sends(person) != ""
    assert stored(office) == 0
    assert handled(office)


@REASONS
def test_a_reason_that_is_too_long_is_asked_for_again(office: Office, asking: str) -> None:
    field = FIELDS[asking]
    person = field.open(office)
    assert "300" in person.say("ก" * (holds.MOST_REASON + 1))
    assert stored(office) == 0
    answer, said = field.answer
    assert said in person.say(answer)


@DAYS
@pytest.mark.parametrize("typed", ["เมื่อไรก็ได้นะ", "31/11/69", "1 ม.ค. 2560", "1 ม.ค. 2599"])
def test_what_cannot_be_read_or_is_out_of_bounds_is_asked_again(
    office: Office, asking: str, typed: str
) -> None:
    field = FIELDS[asking]
    person = field.open(office)
    person.say(typed)
    assert (asked(office), stored(office)) == ([asking], 0)
    answer, said = field.answer
    assert said in person.say(answer)


@EVERY_FIELD
def test_given_up_it_takes_nothing_any_more(office: Office, asking: str) -> None:
    field = FIELDS[asking]
    person = field.open(office)
    person.say("ยกเลิก")
    person.say(field.answer[0])
    assert (asked(office), stored(office)) == ([None], 0)


@EVERY_FIELD
def test_who_serves_no_more_is_refused_in_the_midst(office: Office, asking: str) -> None:
    field = FIELDS[asking]
    person = field.open(office)
    office.leave(person)
    assert field.answer[1] not in person.say(field.answer[0])
    assert stored(office) == 0
