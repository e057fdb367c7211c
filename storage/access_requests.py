"""Requests to be let in without an invitation: one that waits for each person, decided once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from storage.models import AccessRequest, Person

WAITING, APPROVED, REFUSED, WITHDRAWN = "waiting", "approved", "refused", "withdrawn"

CARD = "request"
"""Kind of the message in which a request is put to those who decide: it names the asker."""

MOST_A_DAY = 3
MOST_LISTED = 200


def find_waiting(session: Session, person_id: int) -> AccessRequest | None:
    """The person's own that nobody has decided yet."""
    return session.scalar(
        select(AccessRequest)
        .where(AccessRequest.person_id == person_id, AccessRequest.state == WAITING)
        .order_by(AccessRequest.id.desc())
        .limit(1)
    )


def count_since(session: Session, person_id: int, since: datetime) -> int:
    """How often the person asked since then, whatever became of it."""
    asked = select(func.count()).select_from(AccessRequest)
    return (
        session.scalar(asked.where(AccessRequest.person_id == person_id, AccessRequest.asked_at > since)) or 0
    )


def add(
    session: Session, *, person_id: int, province_code: str, role: str, name: str, post: str, now: datetime
) -> AccessRequest | str:
    """
    Ask to be let in; the caller has locked the person.

    Returns:
        The request, or why not: `waiting` (one is open), `often` (three within a day).
    """
    if find_waiting(session, person_id) is not None:
        return "waiting"
    if count_since(session, person_id, now - timedelta(days=1)) >= MOST_A_DAY:
        return "often"
    request = AccessRequest(
        person_id=person_id,
        province_code=province_code,
        role=role,
        name=name,
        post=post,
        state=WAITING,
        asked_at=now,
    )
    session.add(request)
    session.flush()
    return request


def list_waiting(session: Session) -> Sequence[AccessRequest]:
    """Everything that nobody has decided yet, the oldest first."""
    return session.scalars(
        select(AccessRequest)
        .where(AccessRequest.state == WAITING)
        .order_by(AccessRequest.id)
        .limit(MOST_LISTED)
    ).all()


def find(session: Session, request_id: int) -> AccessRequest | None:
    return session.get(AccessRequest, request_id)


def lock_with_asker(session: Session, request_id: int) -> tuple[AccessRequest, Person] | None:
    """
    A request and who asked, both locked: first the person, as a turn of theirs does, then the request. Two who
    decide at once do so one after the other, and nobody decides what is being withdrawn.
    """
    request = find(session, request_id)
    if request is None:
        return None
    asker = session.get_one(Person, request.person_id, with_for_update={"key_share": True})
    locked = session.get(AccessRequest, request_id, with_for_update=True, populate_existing=True)
    return None if locked is None else (locked, asker)


def decide(request: AccessRequest, state: str, decided_by: int, now: datetime) -> None:
    request.state, request.decided_by, request.decided_at = state, decided_by, now
