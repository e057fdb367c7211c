"""Alike questions are one inquiry, however many people send them at the same instant; it is decided once."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from functools import partial

import pytest
from sqlalchemy import func, select
from sqlalchemy import text as sql

from storage import inquiries, questions
from storage.database import Database
from storage.models import Inquiry, Question
from tests.storage.together import together
from tests.world import Member, World, add_guest, add_world

DAY = timedelta(days=1)


def same(one: str, other: str) -> bool:
    """For these tests: what begins with the same word."""
    return one.split()[0] == other.split()[0]


def ask(
    database: Database, member: Member, now: datetime, inbox_id: int, text: str, entry_id: str | None = None
) -> int:
    with database.write() as session:
        return questions.add(
            session,
            person_id=member.person.id,
            chat_id=member.chat.id,
            inbox_id=inbox_id,
            text=text,
            decision="answer" if entry_id else "unknown",
            entry_id=entry_id,
            score=0.2,
            now=now,
        ).id


def send(database: Database, question_id: int, now: datetime) -> Inquiry:
    with database.write() as session:
        question = questions.find(session, question_id)
        assert question is not None
        return inquiries.send(session, question, same, now)[0]


def decide(
    database: Database,
    inquiry_id: int,
    state: str,
    now: datetime,
    person_id: int,
    entry_id: str | None = None,
) -> list[Question]:
    """Decides it, if it still waits; returns who is told."""
    with database.write() as session:
        inquiry = inquiries.find_locked(session, inquiry_id)
        assert inquiry is not None
        if inquiry.state != inquiries.WAITING:
            return []
        inquiries.decide(inquiry, state, person_id, now, entry_id=entry_id, answer="ไม่ต้อง", source="หนังสือ")
        return inquiries.take_untold(session, inquiry_id, now)


def test_what_asks_the_same_joins_and_what_does_not_opens_its_own(
    database: Database, world: World, now: datetime
) -> None:
    first = send(database, ask(database, world.officer, now, 1, "หวย งวดนี้"), now)
    second = send(database, ask(database, world.guest, now, 2, "หวย งวดหน้า"), now + DAY)
    other = send(database, ask(database, world.guest, now, 3, "ขนม ไทย"), now + DAY)

    assert (first.id, first.text, first.state, first.opened_at) == (second.id, "หวย งวดนี้", "waiting", now)
    assert other.id != first.id
    with database.read() as session:
        assert [one.sent_at for one in inquiries.list_questions(session, first.id)] == [now, now + DAY]


def test_sending_twice_changes_nothing(database: Database, world: World, now: datetime) -> None:
    question_id = ask(database, world.officer, now, 1, "หวย")
    first = send(database, question_id, now)

    assert send(database, question_id, now + DAY).id == first.id
    with database.read() as session:
        assert session.get_one(Question, question_id).sent_at == now
        assert session.scalar(select(func.count()).select_from(Inquiry)) == 1


def test_questions_sent_at_the_same_instant_make_one_inquiry(
    database: Database, world: World, now: datetime
) -> None:
    members = (world.officer, world.neighbour, world.guest, world.ministry)
    ids = [ask(database, member, now, number, "หวย") for number, member in enumerate(members, start=1)]

    sent = together(*(partial(send, database, id_, now) for id_ in ids))

    assert len({inquiry.id for inquiry in sent}) == 1


def test_who_sends_while_it_is_decided_is_told_or_finds_the_decision(
    database: Database, world: World, now: datetime
) -> None:
    inquiry = send(database, ask(database, world.officer, now, 1, "หวย"), now)
    late = ask(database, world.guest, now, 2, "หวย")

    def deciding() -> bool:
        told = decide(database, inquiry.id, inquiries.ANSWERED, now, world.ministry.person.id)
        return late in [one.id for one in told]

    def sending() -> bool:
        return send(database, late, now).state == inquiries.ANSWERED

    assert sum(together(deciding, sending)) == 1


def wait_until_blocked(database: Database) -> None:
    """Until some other transaction waits for a lock."""
    for _ in range(300):
        with database.read() as session:
            if session.scalar(sql("SELECT count(*) FROM pg_locks WHERE NOT granted")):
                return
        time.sleep(0.05)
    raise AssertionError("nobody waits")


@pytest.mark.postgresql
def test_who_sends_again_while_it_is_decided_waits_and_finds_the_decision(
    postgresql_database: Database, now: datetime
) -> None:
    """Each holding what the other one needs, one of them would be thrown out."""
    with postgresql_database.write() as session:
        world = add_world(session, now)
    question_id = ask(postgresql_database, world.officer, now, 1, "หวย")
    inquiry = send(postgresql_database, question_id, now)

    with ThreadPoolExecutor(1) as pool, postgresql_database.write() as session:
        deciding = inquiries.find_locked(session, inquiry.id)
        assert deciding is not None
        sending = pool.submit(send, postgresql_database, question_id, now)
        wait_until_blocked(postgresql_database)
        inquiries.decide(deciding, inquiries.REJECTED, world.ministry.person.id, now, answer="นอกขอบเขต")
        assert len(inquiries.take_untold(session, inquiry.id, now)) == 1
        session.commit()
        assert sending.result(10).state == inquiries.REJECTED


@pytest.mark.postgresql
def test_what_was_decided_while_it_was_looked_at_is_not_decided_on_old_knowledge(
    postgresql_database: Database, now: datetime
) -> None:
    with postgresql_database.write() as session:
        world = add_world(session, now)
    inquiry = send(postgresql_database, ask(postgresql_database, world.officer, now, 1, "หวย"), now)

    with postgresql_database.write() as session:
        looked_at = inquiries.find(session, inquiry.id)
        decide(postgresql_database, inquiry.id, inquiries.ANSWERED, now, world.ministry.person.id)
        found = inquiries.find_locked(session, inquiry.id)

        assert found is looked_at
        assert found is not None
        assert found.state == inquiries.ANSWERED


def test_it_is_decided_once(database: Database, world: World, now: datetime) -> None:
    inquiry = send(database, ask(database, world.officer, now, 1, "หวย"), now)
    curator = world.ministry.person.id

    def deciding() -> int:
        return len(decide(database, inquiry.id, inquiries.ANSWERED, now, curator))

    assert sorted(together(deciding, deciding)) == [0, 1]
    with database.read() as session:
        row = session.get_one(Inquiry, inquiry.id)
        assert (row.state, row.decided_at, row.decided_by) == ("answered", now, curator)


def test_everybody_is_told_once_in_each_chat(database: Database, world: World, now: datetime) -> None:
    with database.write() as session:
        on_telegram = add_guest(session, now, "guest", channel="telegram")
    elsewhere = Member(world.officer.person, world.officer.identity, on_telegram.chat)
    first = ask(database, world.officer, now, 1, "หวย หนึ่ง")
    inquiry = send(database, first, now)
    for number, member in enumerate((world.officer, elsewhere, world.guest), start=2):
        send(database, ask(database, member, now, number, "หวย"), now)

    told = decide(database, inquiry.id, inquiries.ANSWERED, now, world.ministry.person.id)

    assert [(one.id == first, one.person_id, one.chat_id) for one in told] == [
        (True, world.officer.person.id, world.officer.chat.id),
        (False, world.guest.person.id, world.guest.chat.id),
        (False, world.officer.person.id, on_telegram.chat.id),
    ]
    with database.write() as session:
        assert inquiries.take_untold(session, inquiry.id, now) == []


def test_the_most_asked_waits_first_then_the_oldest(database: Database, world: World, now: datetime) -> None:
    """The same person counts once."""
    asked = [
        (world.officer, "หวย", 2 * DAY),
        (world.officer, "หวย อีก", 2 * DAY),
        (world.officer, "ขนม", DAY),
        (world.officer, "ข้าว", 3 * DAY),
        (world.guest, "ข้าว", 3 * DAY),
    ]
    for number, (member, text, after) in enumerate(asked, start=1):
        send(database, ask(database, member, now, number, text), now + after)
    ask(database, world.guest, now, 9, "ไม่ได้ส่ง")

    with database.read() as session:
        found = inquiries.list_waiting(session, 10)
        assert [(one.text, count) for one, count in found] == [("ข้าว", 2), ("ขนม", 1), ("หวย", 1)]
        assert [one.text for one, _ in inquiries.list_waiting(session, 1, offset=1)] == ["ขนม"]
        assert inquiries.count_waiting(session) == (3, 2)


@pytest.mark.parametrize(
    ("state", "after", "joins"),
    [
        (inquiries.ANSWERED, 180 * DAY, True),
        (inquiries.LINKED, 180 * DAY, True),
        (inquiries.ANSWERED, 181 * DAY, False),
        (inquiries.REJECTED, DAY, False),
    ],
)
def test_an_answer_is_good_for_half_a_year(
    database: Database, world: World, now: datetime, state: str, after: timedelta, joins: bool
) -> None:
    first = send(database, ask(database, world.officer, now, 1, "หวย"), now)
    decide(database, first.id, state, now, world.ministry.person.id, "asked-1")

    later = send(database, ask(database, world.guest, now, 2, "หวย"), now + after)

    assert (later.id == first.id) is joins
    assert later.state == (state if joins else "waiting")


def test_who_was_shown_the_answer_does_not_get_it_again(
    database: Database, world: World, now: datetime
) -> None:
    first = send(database, ask(database, world.officer, now, 1, "หวย"), now)
    decide(database, first.id, inquiries.ANSWERED, now, world.ministry.person.id, "asked-1")

    shown = send(database, ask(database, world.guest, now, 2, "หวย", entry_id="asked-1"), now)
    assert (shown.id != first.id, shown.state) == (True, "waiting")

    # Somebody else who asks need not wait for that.
    assert send(database, ask(database, world.neighbour, now, 3, "หวย"), now).id == first.id
