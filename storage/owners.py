"""The further pairings that an activity covers, and the provinces that were invited to join it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from storage.models import ActivityOwner

INVITED, ACCEPTED, DECLINED = "invited", "accepted", "declined"


def list_of(session: Session, activity_id: int) -> Sequence[ActivityOwner]:
    """All of an activity, in the order in which they were added."""
    return session.scalars(
        select(ActivityOwner).where(ActivityOwner.activity_id == activity_id).order_by(ActivityOwner.id)
    ).all()


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
