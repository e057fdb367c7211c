"""What keeps reminders quiet: exemptions, suspensions, and what the province put off."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from storage.models import Exemption, Pairing, Snooze, Suspension

WAITING, GRANTED = "waiting", "granted"


def _of(query, column, pairing_ids: Sequence[str] | None):  # type: ignore[no-untyped-def]
    return query if pairing_ids is None else query.where(column.in_(pairing_ids))


# ------------------------------------------------------------------ put off


def add_snooze(
    session: Session, pairing_id: str, first: date, last: date, reason: str, person_id: int, now: datetime
) -> Snooze:
    row = Snooze(pairing_id=pairing_id, first=first, last=last, reason=reason, made_by=person_id, made_at=now)
    session.add(row)
    session.flush()
    return row


def list_snoozes(session: Session, since: date, pairing_ids: Sequence[str] | None = None) -> Sequence[Snooze]:
    """Those that stand and end on that day or later, of these pairings or of all."""
    query = select(Snooze).where(Snooze.ended_at.is_(None), Snooze.last >= since).order_by(Snooze.id)
    return session.scalars(_of(query, Snooze.pairing_id, pairing_ids)).all()


def find_snooze(session: Session, snooze_id: int) -> Snooze | None:
    return session.get(Snooze, snooze_id, with_for_update=True, populate_existing=True)


# ------------------------------------------------------------------ exemptions


def lock(session: Session, pairing_id: str) -> None:
    """Two colleagues who ask at once ask one after the other, and the second finds what the first asked."""
    session.execute(select(Pairing.id).where(Pairing.id == pairing_id).with_for_update(key_share=True))


def ask_exemption(
    session: Session,
    pairing_id: str,
    first: date,
    last: date | None,
    reason: str,
    person_id: int,
    now: datetime,
) -> Exemption:
    row = Exemption(
        pairing_id=pairing_id,
        first=first,
        last=last,
        reason=reason,
        state=WAITING,
        asked_by=person_id,
        asked_at=now,
    )
    session.add(row)
    session.flush()
    return row


def find_exemption(session: Session, exemption_id: int) -> Exemption | None:
    """Locked: two ministry officers decide one after the other."""
    return session.get(Exemption, exemption_id, with_for_update=True, populate_existing=True)


def list_exemptions(
    session: Session, states: Sequence[str], pairing_ids: Sequence[str] | None = None
) -> Sequence[Exemption]:
    """The oldest first."""
    query = select(Exemption).where(Exemption.state.in_(states)).order_by(Exemption.id)
    return session.scalars(_of(query, Exemption.pairing_id, pairing_ids)).all()


def decide_exemption(row: Exemption, state: str, person_id: int | None, now: datetime) -> None:
    row.state, row.decided_by, row.decided_at = state, person_id, now


# ------------------------------------------------------------------ suspensions


def add_suspension(
    session: Session,
    scope: str,
    key: str,
    first: date,
    reason: str,
    review_on: date,
    person_id: int,
    now: datetime,
) -> Suspension:
    row = Suspension(
        scope=scope,
        key=key,
        first=first,
        reason=reason,
        review_on=review_on,
        made_by=person_id,
        made_at=now,
    )
    session.add(row)
    session.flush()
    return row


def find_suspension(session: Session, suspension_id: int) -> Suspension | None:
    return session.get(Suspension, suspension_id, with_for_update=True, populate_existing=True)


def list_suspensions(session: Session, since: date | None = None) -> Sequence[Suspension]:
    """Those that stand; with a day also those that ended on it or later."""
    standing = Suspension.last.is_(None)
    query = select(Suspension).where(standing if since is None else or_(standing, Suspension.last >= since))
    return session.scalars(query.order_by(Suspension.id)).all()


def end_suspension(row: Suspension, last: date, person_id: int, now: datetime) -> None:
    """`last` is the last day that it covers; before its first day it never covered any."""
    row.last, row.ended_by, row.ended_at = last, person_id, now


# ------------------------------------------------------------------ answers


def last_answers(session: Session, pairing_ids: Sequence[str] | None = None) -> dict[str, datetime]:
    """When each pairing was last put off or an exemption asked for."""
    found: dict[str, datetime] = {}
    for model, at in ((Snooze, Snooze.made_at), (Exemption, Exemption.asked_at)):
        query = select(model.pairing_id, func.max(at)).group_by(model.pairing_id)
        for pairing_id, latest in session.execute(_of(query, model.pairing_id, pairing_ids)):
            found[pairing_id] = max(latest, found.get(pairing_id, latest))
    return found
