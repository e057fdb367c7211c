"""What is looked at for notices: stages, plans that are near, invitations that ran out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import exists, or_, select
from sqlalchemy.orm import Session

from storage.models import Activity, Invitation, Membership, Pairing, PairingStage, Person


@dataclass(frozen=True)
class Reached:
    """A stage of a pairing that is not signed yet."""

    pairing_id: str
    stage: str | None  # none where nothing was ever recorded
    reached_on: date | None
    recorded_at: datetime | None


def list_stages_in_progress(session: Session) -> list[Reached]:
    """Every stage of the pairings in progress, and a row without one for those that have none."""
    rows = session.execute(
        select(Pairing.id, PairingStage.stage, PairingStage.reached_on, PairingStage.recorded_at)
        .outerjoin(PairingStage, PairingStage.pairing_id == Pairing.id)
        .where(Pairing.status == "in_progress")
        .order_by(Pairing.id, PairingStage.id)
    )
    return [Reached(*row) for row in rows]


def list_starting(
    session: Session, first: date, last: date, pairing_ids: Sequence[str] | None = None
) -> Sequence[Activity]:
    """Plans of officers that start on these days, both included: of these pairings or of all."""
    query = (
        select(Activity)
        .where(
            Activity.state == "planned",
            Activity.deleted_at.is_(None),
            Activity.created_by.is_not(None),
            Activity.start >= first,
            Activity.start <= last,
        )
        .order_by(Activity.start, Activity.id)
    )
    if pairing_ids is not None:
        query = query.where(Activity.pairing_id.in_(pairing_ids))
    return session.scalars(query).all()


def list_unused(session: Session, after: datetime, now: datetime) -> list[tuple[Invitation, Person]]:
    """Invitations that ran out unused since then, with whoever made them and still holds a role."""
    serving = exists().where(
        Membership.person_id == Invitation.created_by,
        Membership.since <= now,
        or_(Membership.until.is_(None), Membership.until > now),
    )
    rows = session.execute(
        select(Invitation, Person)
        .join(Person, Person.id == Invitation.created_by)
        .where(
            Invitation.used_at.is_(None),
            Invitation.withdrawn_at.is_(None),
            Invitation.expires_at > after,
            Invitation.expires_at <= now,
            serving,
        )
        .order_by(Invitation.id)
    )
    return [(invitation, person) for invitation, person in rows]
