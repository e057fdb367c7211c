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


def list_stages_in_progress(session: Session, pairing_ids: Sequence[str] | None = None) -> list[Reached]:
    """
    Every stage of the pairings in progress, of these or of all, and a row without one for those that have none.
    """
    query = (
        select(Pairing.id, PairingStage.stage, PairingStage.reached_on, PairingStage.recorded_at)
        .outerjoin(PairingStage, PairingStage.pairing_id == Pairing.id)
        .where(Pairing.status == "in_progress")
        .order_by(Pairing.id, PairingStage.id)
    )
    if pairing_ids is not None:
        query = query.where(Pairing.id.in_(pairing_ids))
    return [Reached(*row) for row in session.execute(query)]


@dataclass(frozen=True)
class Starting:
    """A planned activity."""

    id: int
    pairing_id: str
    title: str
    start: date
    end: date | None
    precision: str
    follows_id: int | None  # the record that promised it
    updated_at: datetime


def list_starting(
    session: Session, first: date, last: date, pairing_ids: Sequence[str] | None = None
) -> list[Starting]:
    """Plans of officers that start on these days, both included: of these pairings or of all."""
    query = (
        select(
            *(Activity.id, Activity.pairing_id, Activity.title, Activity.start, Activity.end),
            *(Activity.precision, Activity.follows_id, Activity.updated_at),
        )
        .where(
            # Of some pairings so said that SQLite takes the index of pairings.
            Activity.state == "planned" if pairing_ids is None else Activity.state != "held",
            Activity.deleted_at.is_(None),
            Activity.created_by.is_not(None),
            Activity.start >= first,
            Activity.start <= last,
        )
        .order_by(Activity.start, Activity.id)
    )
    if pairing_ids is not None:
        query = query.where(Activity.pairing_id.in_(pairing_ids))
    return [Starting(*row) for row in session.execute(query)]


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
