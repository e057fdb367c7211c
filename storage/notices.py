"""Which notice was planned, sent or cancelled: once per recipient, kind, subject, period and step."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session

from storage import digests
from storage.models import Notice

Key = tuple[str, str, str, str, str]
"""recipient, kind, subject, period, step"""

KEY = ("recipient", "kind", "subject", "period", "step")
OPEN = ("planned", "cancelled")


def key_of(row: Notice) -> Key:
    return (row.recipient, row.kind, row.subject, row.period, row.step)


@dataclass(frozen=True)
class New:
    """A notice to be planned."""

    key: Key
    person_id: int | None


def add_missing(session: Session, wanted: Sequence[New], now: datetime) -> None:
    """Insert planned rows; those that exist, in whatever state, stay as they are."""
    rows = [
        {
            **dict(zip(KEY, one.key, strict=True)),
            "person_id": one.person_id,
            "state": "planned",
            "planned_at": now,
        }
        for one in wanted
    ]
    digests.add_missing(session, Notice, KEY, rows)


def list_settled(session: Session, keys: Collection[Key]) -> frozenset[Key]:
    """Which of these went out, or may have."""
    query = select(Notice.recipient, Notice.kind, Notice.subject, Notice.period, Notice.step).where(
        Notice.state.in_(digests.SETTLED), Notice.period.in_(_periods(keys))
    )
    found: set[Key] = {
        (recipient, kind, subject, period, step)
        for recipient, kind, subject, period, step in session.execute(query)
    }
    return frozenset(found & set(keys))


def list_open(session: Session, keys: Collection[Key]) -> Sequence[Notice]:
    """
    What the plan has to cancel or revive, locked: planned ones that are not among the keys, and cancelled ones
    that are.
    """
    query = select(
        Notice.id,
        Notice.state,
        Notice.recipient,
        Notice.kind,
        Notice.subject,
        Notice.period,
        Notice.step,
    ).where(
        or_(
            Notice.state == "planned",
            and_(Notice.state == "cancelled", Notice.period.in_(_periods(keys))),
        )
    )
    ids = [
        row_id
        for row_id, state, *key in session.execute(query)
        if (state == "planned") != (tuple(key) in keys)
    ]
    return digests.locked_by_id(session, Notice, ids)


def _periods(keys: Collection[Key]) -> list[str]:
    return sorted({period for _, _, _, period, _ in keys})


def list_open_of(session: Session, recipient: str) -> Sequence[Notice]:
    """What is planned for a recipient or was cancelled, locked."""
    return digests.locked(
        session, Notice, select(Notice).where(Notice.recipient == recipient, Notice.state.in_(OPEN))
    )


def list_planned_of(session: Session, recipient: str) -> Sequence[Notice]:
    """What is planned for a recipient, locked."""
    return digests.locked(
        session, Notice, select(Notice).where(Notice.recipient == recipient, Notice.state == "planned")
    )


def count_by_state(session: Session) -> dict[str, int]:
    rows = session.execute(select(Notice.state, func.count()).group_by(Notice.state))
    return {state: number for state, number in rows}  # noqa: C416 - as in `reminders`
