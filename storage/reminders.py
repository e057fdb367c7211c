"""Which reminder was planned, sent or cancelled: once per recipient, pairing, basis, period and step."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session

from storage import digests
from storage.models import Reminder

Key = tuple[str, str, str, str, str]
"""recipient, pairing, basis, period, step"""

KEY = ("recipient", "pairing_id", "basis", "period", "step")


def key_of(row: Reminder) -> Key:
    return (row.recipient, row.pairing_id, row.basis, row.period, row.step)


@dataclass(frozen=True)
class New:
    """A reminder to be planned."""

    key: Key
    person_id: int | None
    level: str = "officer"


@dataclass(frozen=True)
class Past:
    """A reminder of one of some years, as the ledger shows it."""

    recipient: str
    pairing_id: str
    basis: str
    period: str
    step: str
    level: str
    state: str
    planned_at: datetime
    sent_at: datetime | None

    @property
    def key(self) -> Key:
        return (self.recipient, self.pairing_id, self.basis, self.period, self.step)


def list_past(
    session: Session, periods: Sequence[str], pairing_ids: Sequence[str] | None = None
) -> Sequence[Past]:
    """Every reminder of these B.E. years, of these pairings or of all, the earliest first. Plain rows: many."""
    query = select(
        Reminder.recipient,
        Reminder.pairing_id,
        Reminder.basis,
        Reminder.period,
        Reminder.step,
        Reminder.level,
        Reminder.state,
        Reminder.planned_at,
        Reminder.sent_at,
    ).where(Reminder.period.in_(periods))
    if pairing_ids is not None:
        query = query.where(Reminder.pairing_id.in_(pairing_ids))
    return [Past(*row) for row in session.execute(query.order_by(Reminder.id))]


def add_missing(session: Session, wanted: Sequence[New], now: datetime) -> None:
    """Insert planned rows; those that exist, in whatever state, stay as they are."""
    rows = [
        {
            **dict(zip(KEY, one.key, strict=True)),
            "person_id": one.person_id,
            "level": one.level,
            "state": "planned",
            "planned_at": now,
        }
        for one in wanted
    ]
    digests.add_missing(session, Reminder, KEY, rows)


def list_of_recipients(
    session: Session, recipients: Sequence[str], periods: Sequence[str]
) -> Sequence[Reminder]:
    """Of these B.E. years, locked."""
    return digests.locked(
        session,
        Reminder,
        select(Reminder).where(Reminder.recipient.in_(recipients), Reminder.period.in_(periods)),
    )


def list_planned_of(session: Session, recipients: Sequence[str]) -> Sequence[Reminder]:
    """What is planned for these recipients, locked."""
    return digests.list_planned_of(session, Reminder, recipients)


def list_of_pairings(session: Session, pairing_ids: Sequence[str]) -> Sequence[Reminder]:
    return digests.locked(session, Reminder, select(Reminder).where(Reminder.pairing_id.in_(pairing_ids)))


def list_open(session: Session, keys: Collection[Key], periods: Sequence[str]) -> Sequence[Reminder]:
    """
    What the plan has to cancel or revive, locked: planned ones that are not among the keys, and cancelled ones
    of these years that are.
    """
    query = select(
        Reminder.id,
        Reminder.state,
        Reminder.recipient,
        Reminder.pairing_id,
        Reminder.basis,
        Reminder.period,
        Reminder.step,
    ).where(
        or_(
            Reminder.state == "planned",
            and_(Reminder.state == "cancelled", Reminder.period.in_(periods)),
        )
    )
    ids = [
        row_id
        for row_id, state, *key in session.execute(query)
        if (state == "planned") != (tuple(key) in keys)
    ]
    return digests.locked_by_id(session, Reminder, ids)


def count_by_state(session: Session) -> dict[str, int]:
    rows = session.execute(select(Reminder.state, func.count()).group_by(Reminder.state))
    return {state: number for state, number in rows}  # noqa: C416 - dict() would take the result for a mapping
