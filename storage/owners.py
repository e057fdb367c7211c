"""The further pairings that an activity covers, and the provinces that were invited to join it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from storage.models import ActivityOwner

INVITED, ACCEPTED, DECLINED, WITHDRAWN = "invited", "accepted", "declined", "withdrawn"


def list_of(session: Session, activity_id: int) -> Sequence[ActivityOwner]:
    """All of an activity, in the order in which they were added."""
    return session.scalars(
        select(ActivityOwner).where(ActivityOwner.activity_id == activity_id).order_by(ActivityOwner.id)
    ).all()


def find_locked(session: Session, owner_id: int) -> ActivityOwner | None:
    """The row as it is now: two officers of a province answer one after the other."""
    return session.get(ActivityOwner, owner_id, with_for_update=True, populate_existing=True)


def invite(
    session: Session, activity_id: int, province: str, person_id: int, now: datetime
) -> ActivityOwner | None:
    """Ask a province whether it took part; None when it was asked, and has not said no."""
    asked = [one for one in list_of(session, activity_id) if one.province_code == province]
    if any(one.state in (INVITED, ACCEPTED) for one in asked):
        return None
    row = asked[-1] if asked else ActivityOwner(activity_id=activity_id, province_code=province)
    row.state, row.pairing_id, row.added_by, row.added_at = INVITED, None, person_id, now
    row.decided_by = row.decided_at = None
    session.add(row)
    session.flush()
    return row


def decide(
    session: Session, row: ActivityOwner, state: str, pairing_id: str | None, person_id: int, now: datetime
) -> None:
    """What the invited province says: with which pairing it took part, or that it did not."""
    row.state, row.pairing_id, row.decided_by, row.decided_at = state, pairing_id, person_id, now
    session.flush()


def set_open(session: Session, activity_id: int, state: str) -> bool:
    """Withdraw the invitations that nobody has answered, or make withdrawn ones open again."""
    before = INVITED if state == WITHDRAWN else WITHDRAWN
    rows = [one for one in list_of(session, activity_id) if one.state == before]
    for row in rows:
        row.state = state
    session.flush()
    return bool(rows)


def set_pairings(
    session: Session,
    activity_id: int,
    pairings: Sequence[tuple[str, str]],
    provinces: Sequence[str],
    person_id: int,
    now: datetime,
) -> None:
    """Make these (pairing, province) the further pairings of these provinces; those of others stay as they are."""
    wanted = dict(pairings)
    for row in list_of(session, activity_id):
        if row.pairing_id in wanted:
            row.state = ACCEPTED
            del wanted[row.pairing_id]
        elif row.pairing_id is not None and row.province_code in provinces:
            session.delete(row)
    for pairing_id, province in wanted.items():
        session.add(
            ActivityOwner(
                activity_id=activity_id,
                province_code=province,
                pairing_id=pairing_id,
                state=ACCEPTED,
                added_by=person_id,
                added_at=now,
                decided_by=person_id,
                decided_at=now,
            )
        )
    session.flush()
