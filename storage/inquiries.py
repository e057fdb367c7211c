"""
Questions that were sent to the ministry: alike ones are one inquiry, decided once, told to everybody who asked.

Who sends a question locks its inquiry, and so does who decides it: a question that comes while it is decided
is either among those that are told, or finds the decision.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from sqlalchemy import and_, exists, func, or_, select
from sqlalchemy.orm import Session

from storage import meta
from storage.models import FaqRevision, Inquiry, Question

Same = Callable[[str, str], bool]
"""Whether two questions ask the same."""

WAITING, ANSWERED, LINKED, REJECTED = "waiting", "answered", "linked", "rejected"

ANSWERS_LAST = timedelta(days=180)
"""So long a new question gets an earlier one's answer at once. What was rejected may be asked again."""


def send(session: Session, question: Question, same: Same, now: datetime) -> tuple[Inquiry, bool]:
    """
    The inquiry of a question, locked, and whether it is new: its own when it was sent before, else one that
    asks the same, else a new one. Two people who ask the same at the same instant make one.
    """
    opened = False
    if question.inquiry_id is None:
        meta.lock(session, meta.INQUIRIES)
        question.inquiry_id = _find_same(session, question, same, now)
        if question.inquiry_id is None:
            question.inquiry_id, opened = _open(session, question, now), True
        question.sent_at = now
        session.flush()
    found = find_locked(session, question.inquiry_id)
    assert found is not None
    return found, opened


def _open(session: Session, question: Question, now: datetime) -> int:
    inquiry = Inquiry(text=question.text, state=WAITING, opened_at=now)
    session.add(inquiry)
    session.flush()
    return inquiry.id


def _find_same(session: Session, question: Question, same: Same, now: datetime) -> int | None:
    """
    An answered one first, the newest: then the asker need not wait; else the oldest that waits. Not one whose
    answer the asker has just been shown, since they ask because it does not help.
    """
    # What a second curator found wrong was told to those who waited; nobody else is told it.
    of_inquiry = FaqRevision.inquiry_id == Inquiry.id
    returned = exists().where(of_inquiry, FaqRevision.state == "returned")
    stands = exists().where(of_inquiry, FaqRevision.state.in_(("draft", "approved")))
    decided = and_(
        Inquiry.state.in_((ANSWERED, LINKED)),
        or_(~returned, stands),
        Inquiry.decided_at >= now - ANSWERS_LAST,
    )
    rows = session.execute(
        select(Inquiry.id, Inquiry.text, Inquiry.entry_id)
        .where(or_(Inquiry.state == WAITING, decided))
        .order_by(Inquiry.state == WAITING, Inquiry.decided_at.desc(), Inquiry.opened_at, Inquiry.id)
    )
    seen = {question.entry_id, question.chosen} - {None}
    return next((id_ for id_, text, entry in rows if entry not in seen and same(text, question.text)), None)


def find(session: Session, inquiry_id: int) -> Inquiry | None:
    return session.get(Inquiry, inquiry_id)


def find_locked(session: Session, inquiry_id: int) -> Inquiry | None:
    """The inquiry, locked and as it is now: it is decided once."""
    return session.get(Inquiry, inquiry_id, with_for_update=True, populate_existing=True)


def list_waiting(session: Session, limit: int, offset: int = 0) -> list[tuple[Inquiry, int]]:
    """What waits, with the number of people who asked: the most asked first, then the oldest."""
    askers = func.count(Question.person_id.distinct())
    rows = session.execute(
        select(Inquiry, askers)
        .join(Question, Question.inquiry_id == Inquiry.id)
        .where(Inquiry.state == WAITING)
        .group_by(Inquiry.id)
        .order_by(askers.desc(), Inquiry.opened_at, Inquiry.id)
        .limit(limit)
        .offset(offset)
    )
    return [(inquiry, count) for inquiry, count in rows]


def count_waiting(session: Session) -> tuple[int, int]:
    """How many inquiries wait, and how many people do."""
    inquiries, people = session.execute(
        select(func.count(Inquiry.id.distinct()), func.count(Question.person_id.distinct()))
        .join(Question, Question.inquiry_id == Inquiry.id)
        .where(Inquiry.state == WAITING)
    ).one()
    return inquiries, people


def list_questions(session: Session, inquiry_id: int) -> Sequence[Question]:
    """All questions of an inquiry, in the order in which they were sent."""
    return session.scalars(
        select(Question).where(Question.inquiry_id == inquiry_id).order_by(Question.sent_at, Question.id)
    ).all()


def decide(
    inquiry: Inquiry,
    state: str,
    person_id: int,
    now: datetime,
    *,
    entry_id: str | None = None,
    answer: str | None = None,
    source: str | None = None,
) -> None:
    """Close an inquiry that waits; `answer` is the reason when it is rejected."""
    inquiry.state, inquiry.decided_by, inquiry.decided_at = state, person_id, now
    inquiry.entry_id, inquiry.answer, inquiry.source = entry_id, answer, source


def take_untold(session: Session, inquiry_id: int, now: datetime) -> list[Question]:
    """
    One question, the first, for each person and chat that was not told of the decision yet; all of them are
    then marked as told.

    By chat and person: two decisions that are told to the same people reach them in the same order, so that
    neither waits for the other.
    """
    told: dict[tuple[int | None, int | None], Question] = {}
    for question in list_questions(session, inquiry_id):
        if question.told_at is None:
            question.told_at = now
            told.setdefault((question.chat_id, question.person_id), question)
    return sorted(told.values(), key=lambda one: (one.chat_id or 0, one.person_id or 0))
