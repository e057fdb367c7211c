"""Which reminder was planned, sent or cancelled: once per recipient, pairing, basis, period and step."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import func, or_, select, update
from sqlalchemy.orm import Session

from storage import digests
from storage.models import Reminder

Key = tuple[str, str, str, str, str]
"""recipient, pairing, basis, period, step"""

KEY = ("recipient", "pairing_id", "basis", "period", "step")
OPEN = ("planned", "cancelled")


def key_of(row: Reminder) -> Key:
    return (row.recipient, row.pairing_id, row.basis, row.period, row.step)


@dataclass(frozen=True)
class New:
    """A reminder to be planned."""

    key: Key
    person_id: int | None
    level: str = "officer"


class Past(NamedTuple):
    """A reminder as the ledger shows it."""

    id: int
    recipient: str
    pairing_id: str
    basis: str
    period: str
    step: str
    level: str
    state: str
    at: datetime  # when it was sent; of what was not, when it was planned

    @property
    def key(self) -> Key:
        return (self.recipient, self.pairing_id, self.basis, self.period, self.step)


def list_past(
    session: Session, periods: Sequence[str], pairing_ids: Sequence[str] | None = None
) -> Sequence[Past]:
    """
    Every reminder of these B.E. years, and what is planned of whatever year; of these pairings or of all, the
    earliest first. Plain rows: many.
    """
    query = select(
        Reminder.id,
        Reminder.recipient,
        Reminder.pairing_id,
        Reminder.basis,
        Reminder.period,
        Reminder.step,
        Reminder.level,
        Reminder.state,
        func.coalesce(Reminder.sent_at, Reminder.planned_at),
    ).where(or_(Reminder.period.in_(periods), Reminder.state == "planned"))
    if pairing_ids is not None:
        query = query.where(Reminder.pairing_id.in_(pairing_ids))
    return [Past._make(row) for row in session.execute(query.order_by(Reminder.id))]


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


def lock_open_of(session: Session, recipient: str, periods: Sequence[str]) -> set[str]:
    """Hold what is planned for a recipient or was cancelled, of these B.E. years; returns the pairings."""
    rows = session.execute(
        select(Reminder.pairing_id)
        .where(Reminder.recipient == recipient, Reminder.state.in_(OPEN), Reminder.period.in_(periods))
        .order_by(Reminder.id)
        .with_for_update()
    )
    return {pairing_id for (pairing_id,) in rows}


def lock_planned_of(session: Session, recipient: str) -> dict[Key, int]:
    """What is planned for a recipient, held; by its key."""
    rows = session.execute(
        select(
            Reminder.id,
            Reminder.recipient,
            Reminder.pairing_id,
            Reminder.basis,
            Reminder.period,
            Reminder.step,
        )
        .where(Reminder.recipient == recipient, Reminder.state == "planned")
        .order_by(Reminder.id)
        .with_for_update()
    )
    return {(who, pairing, basis, period, step): row_id for row_id, who, pairing, basis, period, step in rows}


def take(session: Session, ids: Sequence[int], outbox_id: int) -> None:
    """Rows that are held become part of a digest that is being sent."""
    for some in digests.in_parts(ids):
        session.execute(
            update(Reminder).where(Reminder.id.in_(some)).values(state="sending", outbox_id=outbox_id)
        )


def list_of_pairings(session: Session, pairing_ids: Sequence[str]) -> Sequence[Reminder]:
    return digests.locked(session, Reminder, select(Reminder).where(Reminder.pairing_id.in_(pairing_ids)))


def settle(session: Session, past: Iterable[Past], keys: Collection[Key]) -> None:
    """
    Of these rows cancel planned ones that are not among the keys and revive cancelled ones that are. Those to be
    changed are held first, and changed as they are then.
    """
    ids = [one.id for one in past if one.state in OPEN and (one.state == "planned") != (one.key in keys)]
    rows = digests.locked_by_id(session, Reminder, ids)
    digests.settle(session, rows, lambda row: key_of(row) in keys)


def count_by_state(session: Session) -> dict[str, int]:
    rows = session.execute(select(Reminder.state, func.count()).group_by(Reminder.state))
    return {state: number for state, number in rows}  # noqa: C416 - dict() would take the result for a mapping
