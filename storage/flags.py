"""What the head of office found wrong with a record, until the officer has settled it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from storage.models import ActivityFlag


def find_open(session: Session, activity_id: int) -> str | None:
    """The newest comment that is not settled."""
    return session.scalar(
        select(ActivityFlag.comment)
        .where(ActivityFlag.activity_id == activity_id, ActivityFlag.settled_at.is_(None))
        .order_by(ActivityFlag.id.desc())
        .limit(1)
    )


def raise_flag(session: Session, activity_id: int, comment: str, person_id: int, now: datetime) -> None:
    """Keep what the head found wrong."""
    session.add(ActivityFlag(activity_id=activity_id, comment=comment, raised_by=person_id, raised_at=now))
    session.flush()


def settle(session: Session, activity_id: int, person_id: int, now: datetime) -> Sequence[ActivityFlag]:
    """Settle what is open; returns it, and nothing when somebody was faster."""
    rows = session.scalars(
        select(ActivityFlag)
        .where(ActivityFlag.activity_id == activity_id, ActivityFlag.settled_at.is_(None))
        .order_by(ActivityFlag.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).all()
    for row in rows:
        row.settled_by, row.settled_at = person_id, now
    session.flush()
    return rows


def list_of(session: Session, activity_id: int) -> Sequence[ActivityFlag]:
    """Every comment on a record, settled ones too, in their order."""
    return session.scalars(
        select(ActivityFlag).where(ActivityFlag.activity_id == activity_id).order_by(ActivityFlag.id)
    ).all()
