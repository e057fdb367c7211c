"""Questions as they were asked, with what was shown: what the curators learn from."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from storage.models import Question


def add(
    session: Session,
    *,
    person_id: int,
    chat_id: int,
    inbox_id: int,
    text: str,
    decision: str,
    entry_id: str | None,
    score: float,
    now: datetime,
) -> Question:
    """Keep a question; the same update asks once."""
    question = Question(
        person_id=person_id,
        chat_id=chat_id,
        inbox_id=inbox_id,
        text=text[:1000],
        decision=decision,
        entry_id=entry_id,
        score=score,
        asked_at=now,
    )
    session.add(question)
    session.flush()
    return question


def find(session: Session, question_id: int) -> Question | None:
    """The question, locked: it is answered once."""
    return session.get(Question, question_id, with_for_update=True)


def list_waiting(session: Session, limit: int = 10) -> list[Question]:
    """Sent to the ministry and not answered, the oldest first."""
    return list(
        session.scalars(
            select(Question)
            .where(Question.sent_at.is_not(None), Question.answered_at.is_(None))
            .order_by(Question.sent_at, Question.id)
            .limit(limit)
        )
    )


def count_by_decision(session: Session) -> dict[str, int]:
    rows = session.execute(select(Question.decision, func.count()).group_by(Question.decision))
    return {decision: number for decision, number in rows}  # noqa: C416 - dict() would take the result for a mapping
