"""Questions are kept once, with what was shown, chosen and said of the answer."""

from __future__ import annotations

from datetime import datetime

import pytest
from sqlalchemy.exc import IntegrityError

from storage import questions
from storage.database import Database
from storage.models import Question
from tests.world import World


def ask(
    database: Database,
    world: World,
    now: datetime,
    inbox_id: int,
    text: str = "ต้องขอ ครม. ไหม",
    decision: str = "unknown",
    entry_id: str | None = None,
    shown: tuple[str, ...] = (),
) -> int:
    with database.write() as session:
        return questions.add(
            session,
            person_id=world.officer.person.id,
            chat_id=world.officer.chat.id,
            inbox_id=inbox_id,
            text=text,
            decision=decision,
            entry_id=entry_id,
            score=0.25,
            shown=shown,
            now=now,
        ).id


def kept(database: Database, question_id: int) -> Question:
    with database.read() as session:
        row = questions.find(session, question_id)
    assert row is not None
    return row


def test_a_question_is_kept_with_what_was_decided_and_shown(
    database: Database, world: World, now: datetime
) -> None:
    row = kept(database, ask(database, world, now, 1, "ก" * 5000, shown=("a", "b")))
    assert row.text == "ก" * 1000
    assert (row.decision, row.entry_id, row.score, row.asked_at) == ("unknown", None, 0.25, now)
    assert (row.chat_id, row.shown) == (world.officer.chat.id, ["a", "b"])
    assert (row.chosen, row.rating, row.reason, row.sent_at, row.told_at) == (None,) * 5


def test_an_update_asks_once(database: Database, world: World, now: datetime) -> None:
    ask(database, world, now, 1)
    with pytest.raises(IntegrityError):
        ask(database, world, now, 1)
    with database.read() as session:
        assert questions.count_by_decision(session) == {"unknown": 1}


def test_more_that_is_offered_is_added_once(database: Database, world: World, now: datetime) -> None:
    question_id = ask(database, world, now, 1, shown=("a",))
    with database.write() as session:
        row = questions.find(session, question_id)
        assert row is not None
        questions.offer(row, ("a", "b"))
    assert kept(database, question_id).shown == ["a", "b"]


def test_a_rating_is_of_the_answer_shown_last() -> None:
    question = Question(entry_id="a", shown=["b", "c"])
    questions.give_reason(question, "other", "ก" * 900)
    assert (question.rating, question.reason, question.reason_text) == (-1, "other", "ก" * 500)

    questions.choose(question, "b")
    assert (question.chosen, question.rating, question.reason, question.reason_text) == (
        "b",
        None,
        None,
        None,
    )

    questions.rate(question, -1, "b")
    questions.choose(question, "b")  # the same button once more
    assert question.rating == -1

    questions.rate(question, 1, "b")
    assert (question.chosen, question.rating) == ("b", 1)


def test_that_nothing_fits_takes_no_blame_back() -> None:
    question = Question(entry_id="a", shown=[])
    questions.give_reason(question, "wrong_topic")
    questions.choose(question, questions.NONE)
    assert (question.chosen, question.rating, question.reason) == ("none", -1, "wrong_topic")


@pytest.mark.parametrize(("rating", "after"), [(1, ("a", 1)), (-1, ("b", None))])
def test_an_answer_that_was_left_is_chosen_again_by_praise_only(
    rating: int, after: tuple[str, int | None]
) -> None:
    question = Question(entry_id=None, shown=["a", "b"], chosen="b")
    questions.rate(question, rating, "a")
    assert (question.chosen, question.rating) == after


def test_a_direct_answer_is_rated_without_being_chosen() -> None:
    question = Question(entry_id="a", shown=[])
    questions.rate(question, 1, "a")
    assert (question.chosen, question.rating) == (None, 1)


def test_decisions_are_counted(database: Database, world: World, now: datetime) -> None:
    for number, decision in enumerate(("answer", "unknown", "answer"), start=1):
        ask(database, world, now, number, decision=decision)
    with database.read() as session:
        assert questions.count_by_decision(session) == {"answer": 2, "unknown": 1}
