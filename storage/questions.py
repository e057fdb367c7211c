"""Questions as they were asked, with what was shown and chosen: what the curators learn from."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from storage.models import Question

NONE = "none"
"""Chosen: nothing of what was shown answers the question."""

LONGEST = 1000
LONGEST_REASON = 500


def add(
    session: Session,
    *,
    person_id: int | None,
    chat_id: int | None,
    inbox_id: int | None,
    text: str,
    decision: str,
    entry_id: str | None,
    score: float,
    now: datetime,
    shown: Sequence[str] = (),
) -> Question:
    """
    Keep a question; the same update asks once. `shown` are the entries that were offered as buttons. Without
    person, chat and update it is nobody's: who asked was not told yet what is kept.
    """
    question = Question(
        person_id=person_id,
        chat_id=chat_id,
        inbox_id=inbox_id,
        text=text[:LONGEST],
        decision=decision,
        entry_id=entry_id,
        score=score,
        shown=list(shown),
        asked_at=now,
    )
    session.add(question)
    session.flush()
    return question


def find(session: Session, question_id: int) -> Question | None:
    """
    Not locked, for a change neither: what one person does is done one after the other. Who sends it again
    must not hold it while waiting for its inquiry, since who decides that marks the question as told.
    """
    return session.get(Question, question_id)


def adopt(question: Question, person_id: int, chat_id: int) -> None:
    """A question that was nobody's becomes that of the person who sends it."""
    question.person_id, question.chat_id = person_id, chat_id


def choose(question: Question, chosen: str) -> None:
    """An offered entry, or `NONE`. A rating is of the answer that was shown last: another answer ends it."""
    if question.chosen != chosen != NONE:
        question.rating = question.reason = question.reason_text = None
    question.chosen = chosen


def rate(question: Question, rating: int, entry_id: str | None = None) -> None:
    """
    Rate the answer that was shown.

    `entry_id` is the rated entry: one that was left for another is chosen again by praise, and its blame is
    known already.
    """
    if entry_id is not None and entry_id != (question.chosen or question.entry_id):
        if rating < 0:
            return
        choose(question, entry_id)
    question.rating = rating
    if rating > 0:
        question.reason = question.reason_text = None


def give_reason(question: Question, reason: str, text: str | None = None) -> None:
    """Why an answer is poor; that says so too."""
    question.rating, question.reason = -1, reason
    question.reason_text = text[:LONGEST_REASON] if text else None


def offer(question: Question, entry_ids: Sequence[str]) -> None:
    """More entries that were offered as buttons."""
    question.shown = [*question.shown, *(id_ for id_ in entry_ids if id_ not in question.shown)]


def count_by_decision(session: Session) -> dict[str, int]:
    rows = session.execute(select(Question.decision, func.count()).group_by(Question.decision))
    return {decision: number for decision, number in rows}  # noqa: C416 - dict() would take the result for a mapping
