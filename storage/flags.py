"""What the head of office found wrong with a record, until the officer has settled it."""

from __future__ import annotations

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
