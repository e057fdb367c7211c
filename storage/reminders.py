"""Which reminder was planned, sent or cancelled: once per recipient, pairing, basis, period and step."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Select, func, select, update
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.orm import Session

from storage.models import Outbox, Reminder

Key = tuple[str, str, str, str, str]
"""recipient, pairing, basis, period, step"""


def key_of(row: Reminder) -> Key:
    return (row.recipient, row.pairing_id, row.basis, row.period, row.step)


def add_missing(session: Session, keys: Sequence[tuple[Key, int | None]], now: datetime) -> None:
    """Insert planned rows for (key, person id); those that exist, in whatever state, stay as they are."""
    if not keys:
        return
    insert = sqlite_insert if session.get_bind().dialect.name == "sqlite" else postgresql_insert
    session.execute(
        insert(Reminder).on_conflict_do_nothing(
            index_elements=["recipient", "pairing_id", "basis", "period", "step"]
        ),
        [
            {
                "recipient": recipient,
                "person_id": person_id,
                "pairing_id": pairing_id,
                "basis": basis,
                "period": period,
                "step": step,
                "state": "planned",
                "planned_at": now,
            }
            for (recipient, pairing_id, basis, period, step), person_id in keys
        ],
    )


def _locked(session: Session, query: Select[Reminder]) -> Sequence[Reminder]:
    """
    Rows about to be changed, as they are now, held until the transaction ends and always in one order: a
    reminder that goes out meanwhile must not be cancelled by somebody who read it before.
    """
    return session.scalars(
        query.order_by(Reminder.id).with_for_update().execution_options(populate_existing=True)
    ).all()


def list_of_recipients(session: Session, recipients: Sequence[str]) -> Sequence[Reminder]:
    return _locked(session, select(Reminder).where(Reminder.recipient.in_(recipients)))


def list_of_pairings(session: Session, pairing_ids: Sequence[str]) -> Sequence[Reminder]:
    return _locked(session, select(Reminder).where(Reminder.pairing_id.in_(pairing_ids)))


def list_open(session: Session) -> Sequence[Reminder]:
    """What the plan may cancel or revive, locked."""
    return _locked(session, select(Reminder).where(Reminder.state.in_(("planned", "cancelled"))))


def list_in_states(session: Session, states: Sequence[str]) -> Sequence[Reminder]:
    return session.scalars(select(Reminder).where(Reminder.state.in_(states)).order_by(Reminder.id)).all()


def set_state_of_outbox(session: Session, outbox_id: int, state: str, now: datetime | None) -> None:
    """What became of a digest became of the reminders in it."""
    session.execute(
        update(Reminder)
        .where(Reminder.outbox_id == outbox_id, Reminder.state.in_(("planned", "sending")))
        .values(state=state, sent_at=now)
    )


def settle_given_up(session: Session) -> None:
    """Digests that were closed as uncertain when their lease ran out: nobody knows of their reminders either."""
    given_up = select(Outbox.id).where(Outbox.kind == "digest", Outbox.state == "uncertain")
    session.execute(
        update(Reminder)
        .where(Reminder.state == "sending", Reminder.outbox_id.in_(given_up))
        .values(state="uncertain")
    )


def release(session: Session, chat_id: int) -> None:
    """Reminders of a chat that cannot be reached any more look for another way."""
    open_rows = select(Outbox.id).where(
        Outbox.chat_id == chat_id, Outbox.kind == "digest", Outbox.state.in_(("queued", "sending"))
    )
    session.execute(
        update(Reminder)
        .where(Reminder.outbox_id.in_(open_rows), Reminder.state.in_(("planned", "sending")))
        .values(state="planned", outbox_id=None)
    )


def count_by_state(session: Session) -> dict[str, int]:
    rows = session.execute(select(Reminder.state, func.count()).group_by(Reminder.state))
    return {state: number for state, number in rows}  # noqa: C416 - dict() would take the result for a mapping
