"""Working contacts of pairings: personal data, of which what was removed goes for good later."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from storage.models import Contact


def list_of(session: Session, pairing_id: str) -> Sequence[Contact]:
    """Those that were not removed: ours first, each side in the order in which they were added."""
    return session.scalars(
        select(Contact)
        .where(Contact.pairing_id == pairing_id, Contact.removed_at.is_(None))
        .order_by(Contact.side, Contact.id)
    ).all()


def find(session: Session, contact_id: int) -> Contact | None:
    return session.get(Contact, contact_id)


def find_locked(session: Session, contact_id: int) -> Contact | None:
    """Two people correct or remove it one after the other."""
    return session.get(Contact, contact_id, with_for_update=True, populate_existing=True)


def add(
    session: Session,
    pairing_id: str,
    side: str,
    *,
    name: str,
    post: str | None,
    reached_by: str | None,
    person_id: int,
    now: datetime,
) -> Contact:
    row = Contact(
        pairing_id=pairing_id,
        side=side,
        name=name,
        post=post,
        reached_by=reached_by,
        kept_by=person_id,
        added_at=now,
    )
    session.add(row)
    session.flush()
    return row
