"""A digest on its way: what may have arrived, what comes late, and the office hours of both."""

from __future__ import annotations

import asyncio
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.delivery import Sender
from bot.messages import DeliveryError, NotSent, OutcomeUnknown, Outgoing, Unreachable
from bot.texts import THAI
from storage.database import Database
from storage.models import Outbox, Reminder
from tests.conftest import NOW
from tests.support import HandClock, Office, RecordingChannel, shown

ONE_ENGINE = True

TUESDAY = date(2026, 12, 1)  # thirty days before the end of the year
WEDNESDAY = date(2026, 12, 2)
THURSDAY = date(2026, 12, 3)
LATER = date(2026, 12, 24)  # seven days before it


class Post(RecordingChannel):
    """Delivers, and then tells of the trouble that it was told to; or has the trouble first."""

    def __init__(self) -> None:
        super().__init__("web")
        self.hides: list[DeliveryError] = []
        self.refuses: list[DeliveryError] = []

    async def send(self, message: Outgoing) -> str:
        if self.refuses:
            raise self.refuses.pop(0)
        key = await super().send(message)
        if self.hides:
            raise self.hides.pop(0)
        return key

    def received(self) -> list[str]:
        found = [shown(message) for _, message in self.sent]
        self.sent.clear()
        return [one for one in found if "⏳" in one]


@pytest.fixture
def post() -> Post:
    return Post()


@pytest.fixture
def office(database: Database, tmp_path: Path) -> Office:
    """With the officer of a province that has one signed pairing."""
    office = Office(database, tmp_path, HandClock(NOW))
    office.clock.set_day(date(2026, 10, 1))
    office.person("ชูใจ", "officer", "TH-85")
    return office


def look(office: Office, post: Post, day: date, hour: int = 10) -> list[str]:
    """Plan and send at that hour; returns the reminders that arrived."""
    office.clock.set_day(day, hour)
    office.plan()
    return send(office, post)


def send(office: Office, post: Post) -> list[str]:
    async def rounds() -> None:
        sender = Sender(office.database, office.assistant, {"web": post}, office.clock, "test-process")
        recorder = asyncio.create_task(sender._record_results())
        while claimed := sender._claim():
            for item in claimed:
                sender._launch([item])
            while sender._sending:
                await asyncio.wait(set(sender._sending))
            await sender._results.join()
        recorder.cancel()

    asyncio.run(rounds())
    return post.received()


def reminders(office: Office) -> list[tuple[str, str]]:
    with office.database.read() as session:
        rows = session.scalars(select(Reminder).where(Reminder.person_id.is_not(None)).order_by(Reminder.id))
        return [(row.step, row.state) for row in rows]


def digests(office: Office) -> list[tuple[str, bool]]:
    with office.database.read() as session:
        rows = session.scalars(select(Outbox).where(Outbox.kind == "digest").order_by(Outbox.id))
        return [(row.state, row.maybe_duplicate) for row in rows if row.state != "cancelled"]


def test_what_may_have_arrived_is_repeated_in_office_hours_and_says_of_which_day_it_is(
    office: Office, post: Post
) -> None:
    post.hides = [OutcomeUnknown("the answer was lost")]
    (first,) = look(office, post, TUESDAY, hour=16)
    assert look(office, post, TUESDAY, hour=22) == []

    (again,) = look(office, post, WEDNESDAY)

    assert again == first.replace("\n[", f"\n{THAI.digest_of(TUESDAY)}\n[", 1)
    assert look(office, post, THURSDAY) == []
    assert digests(office) == [("sent", True)]
    assert reminders(office) == [("d30", "sent")]


def test_repeated_on_the_same_day_it_is_the_same(office: Office, post: Post) -> None:
    post.hides = [OutcomeUnknown("the answer was lost")]
    first = look(office, post, TUESDAY)

    assert look(office, post, TUESDAY, hour=11) == first


def test_what_falls_due_before_the_repetition_is_told_by_itself(office: Office, post: Post) -> None:
    post.hides = [OutcomeUnknown("the answer was lost")]
    look(office, post, TUESDAY)

    again, newer = look(office, post, LATER)

    assert "เหลือ 30 วัน" in again
    assert "เหลือ 7 วัน" in newer
    assert reminders(office) == [("d30", "sent"), ("d7", "sent")]


def test_what_was_planned_for_a_digest_that_stands_goes_with_the_next(office: Office, post: Post) -> None:
    post.hides = [OutcomeUnknown("the answer was lost")]
    look(office, post, TUESDAY)
    office.person("ชูใจ", "officer", "TH-48")
    office.plan()  # the row of the day waits to be repeated
    office.clock.move(hours=1)

    (again,) = send(office, post)
    assert "นครพนม" not in again
    (newer,) = look(office, post, WEDNESDAY)
    assert "นครพนม" in newer


def test_what_may_have_arrived_is_not_made_anew_when_the_next_try_fails_for_certain(
    office: Office, post: Post
) -> None:
    post.hides = [OutcomeUnknown("the answer was lost")]
    (first,) = look(office, post, TUESDAY)
    post.refuses = [NotSent("no connection")]
    assert look(office, post, TUESDAY, hour=11) == []

    assert look(office, post, TUESDAY, hour=12) == [first]
    assert digests(office) == [("sent", True)]


def test_of_what_may_have_arrived_before_a_chat_was_closed_nobody_knows(office: Office, post: Post) -> None:
    post.hides = [OutcomeUnknown("the answer was lost")]
    look(office, post, TUESDAY)
    post.refuses = [Unreachable("blocked")]
    look(office, post, TUESDAY, hour=11)

    assert reminders(office) == [("d30", "uncertain")]


# ------------------------------------------------------------------ late


def test_a_digest_that_is_sent_after_its_day_says_so(office: Office, post: Post) -> None:
    office.clock.set_day(TUESDAY, 7)
    office.plan()

    (said,) = look(office, post, THURSDAY)

    assert THAI.digest_late(2) in said


def test_what_came_after_the_office_had_closed_is_late_the_next_day(office: Office, post: Post) -> None:
    office.clock.set_day(TUESDAY, 7)
    office.plan()
    assert look(office, post, TUESDAY, hour=18) == []

    (said,) = look(office, post, WEDNESDAY)

    assert THAI.digest_late(1) in said


def test_what_fell_due_while_planning_had_stopped_is_late(office: Office, post: Post) -> None:
    assert look(office, post, date(2026, 11, 23)) != []

    (said,) = look(office, post, THURSDAY)

    assert THAI.digest_late(2) in said


@pytest.mark.parametrize("days", [[30, 1], [30, 1, 2]])
def test_what_goes_out_on_its_day_is_not_late(office: Office, post: Post, days: list[int]) -> None:
    look(office, post, date(2026, 11, 2))
    said = [look(office, post, date(2026, 11 if day == 30 else 12, day)) for day in days]

    assert "ล่าช้า" not in str(said)
    assert "เหลือ 30 วัน" in str(said)


def test_a_weekend_is_no_delay(office: Office, post: Post) -> None:
    """The step of sixty days before the end falls on a Sunday."""
    look(office, post, date(2026, 10, 30))

    (said,) = look(office, post, date(2026, 11, 2))

    assert "เหลือ 59 วัน" in said
    assert "ล่าช้า" not in said
