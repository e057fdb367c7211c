"""Questions are kept once, waited on in order, and counted."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from storage import questions
from storage.database import Database
from storage.models import Question
from tests.world import World

HOUR = timedelta(hours=1)


def ask(
    database: Database,
    world: World,
    now: datetime,
    inbox_id: int,
    text: str = "ต้องขอ ครม. ไหม",
    decision: str = "unknown",
) -> int:
    with database.write() as session:
        return questions.add(
            session,
            person_id=world.officer.person.id,
            chat_id=world.officer.chat.id,
            inbox_id=inbox_id,
            text=text,
            decision=decision,
            entry_id=None,
            score=0.25,
            now=now,
        ).id


def test_a_question_is_kept_with_what_was_decided(database: Database, world: World, now: datetime) -> None:
    question_id = ask(database, world, now, 1, "ก" * 5000)
    with database.read() as session:
        row = questions.find(session, question_id)
        assert row is not None
    assert row.text == "ก" * 1000
    assert (row.decision, row.entry_id, row.score, row.asked_at) == ("unknown", None, 0.25, now)
    assert (row.chat_id, row.rating, row.sent_at, row.answered_at) == (
        world.officer.chat.id,
        None,
        None,
        None,
    )


def test_an_update_asks_once(database: Database, world: World, now: datetime) -> None:
    ask(database, world, now, 1)
    with pytest.raises(IntegrityError):
        ask(database, world, now, 1)
    with database.read() as session:
        assert questions.count_by_decision(session) == {"unknown": 1}


def test_questions_sent_to_the_ministry_wait_the_oldest_first(
    database: Database, world: World, now: datetime
) -> None:
    """Those not sent, and those answered, do not."""
    sent_after = {1: None, 2: 3 * HOUR, 3: HOUR, 4: 2 * HOUR, 5: HOUR}
    ids = {number: ask(database, world, now, number) for number in sent_after}
    with database.write() as session:
        for number, after in sent_after.items():
            session.get_one(Question, ids[number]).sent_at = now + after if after else None
        answered = session.get_one(Question, ids[4])
        answered.answered_at, answered.answer = now + 4 * HOUR, "ไม่ต้อง"
    with database.read() as session:
        assert [row.id for row in questions.list_waiting(session)] == [ids[3], ids[5], ids[2]]
        assert [row.id for row in questions.list_waiting(session, limit=1)] == [ids[3]]


def test_decisions_are_counted(database: Database, world: World, now: datetime) -> None:
    for number, decision in enumerate(("answer", "unknown", "answer"), start=1):
        ask(database, world, now, number, decision=decision)
    with database.read() as session:
        assert questions.count_by_decision(session) == {"answer": 2, "unknown": 1}
