"""
What a digest carries: reminders of the year, and notices. Both are said once and share one life: planned,
sending, sent, cancelled, uncertain.

Where both are held in one transaction, reminders are locked before notices.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from operator import attrgetter
from typing import Any, TypeVar

from sqlalchemy import Select, or_, select, update
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.orm import Session

from storage.models import Notice, Outbox, Person, Reminder

Carried = TypeVar("Carried", Reminder, Notice)

CARRIED: tuple[type[Reminder] | type[Notice], ...] = (Reminder, Notice)


def is_made(row: Outbox) -> bool:
    """Whether a digest takes nothing further: it went out, or its text stands and is to be repeated."""
    return row.state in SETTLED or (row.state == "queued" and bool(row.body))


SETTLED = ("sending", "sent", "uncertain")
"""States of what went out, or may have: it is never planned again."""

AT_ONCE = 500
"""Rows locked by one statement: an engine takes only so many parameters."""


def add_missing(
    session: Session, model: type[Carried], key: Sequence[str], rows: Sequence[Mapping[str, Any]]
) -> None:
    """Insert rows; those that exist by their key, in whatever state, stay as they are."""
    if rows:
        insert = sqlite_insert if session.get_bind().dialect.name == "sqlite" else postgresql_insert
        session.execute(insert(model).on_conflict_do_nothing(index_elements=list(key)), list(rows))


def locked(session: Session, model: type[Carried], query: Select[Carried]) -> Sequence[Carried]:
    """
    Rows about to be changed, as they are now, held until the transaction ends and always in one order: what
    goes out meanwhile must not be cancelled by somebody who read it before.
    """
    return session.scalars(
        query.order_by(model.id).with_for_update().execution_options(populate_existing=True)
    ).all()


def in_parts(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    """So many at once, the lowest first."""
    ordered = sorted(ids)
    return (ordered[at : at + AT_ONCE] for at in range(0, len(ordered), AT_ONCE))


def locked_by_id(session: Session, model: type[Carried], ids: Sequence[int]) -> list[Carried]:
    found: list[Carried] = []
    for some in in_parts(ids):
        found += locked(session, model, select(model).where(model.id.in_(some)))
    return found


def list_waiting(session: Session, recipients: Sequence[str]) -> dict[str, set[int | None]]:
    """The recipients for whom something is planned, with the digests that are to carry it; None for what has none."""
    found: dict[str, set[int | None]] = {}
    for model in CARRIED:
        rows = session.execute(
            select(model.recipient, model.outbox_id)
            .where(model.recipient.in_(recipients), model.state == "planned")
            .distinct()
        )
        for recipient, outbox_id in rows:
            found.setdefault(recipient, set()).add(outbox_id)
    return found


def put_in(session: Session, recipient: str, outbox_id: int) -> None:
    """All that is planned for the recipient is carried by this digest."""
    for model in CARRIED:
        waiting = select(model.id).where(
            model.recipient == recipient,
            model.state == "planned",
            or_(model.outbox_id.is_(None), model.outbox_id != outbox_id),
        )
        ids = session.scalars(waiting.order_by(model.id).with_for_update()).all()
        for some in in_parts(ids):
            session.execute(update(model).where(model.id.in_(some)).values(outbox_id=outbox_id))


def settle(session: Session, rows: Iterable[Carried], is_wanted: Callable[[Carried], bool]) -> None:
    """Cancel planned rows that are no longer due, revive cancelled ones that are due again."""
    for row in rows:
        wanted = is_wanted(row)
        if row.state == "planned" and not wanted:
            row.state, row.outbox_id = "cancelled", None
        elif row.state == "cancelled" and wanted:
            row.state = "planned"
    session.flush()


def set_state(
    session: Session,
    outbox_id: int,
    state: str,
    now: datetime | None,
    of: Sequence[str] = ("sending",),
) -> None:
    """
    What became of a digest became of what it carried.

    Args:
        of: States that are changed. What was planned for it while it was being made it did not carry.
    """
    for model in CARRIED:
        session.execute(
            update(model)
            .where(model.outbox_id == outbox_id, model.state.in_(of))
            .values(state=state, sent_at=now)
        )


def settle_given_up(session: Session) -> None:
    """Digests that were closed as uncertain when their lease ran out: nobody knows of what they carried either."""
    given_up = select(Outbox.id).where(Outbox.kind == "digest", Outbox.state == "uncertain")
    for model in CARRIED:
        session.execute(
            update(model)
            .where(model.state == "sending", model.outbox_id.in_(given_up))
            .values(state="uncertain")
        )


def release(session: Session, chat_id: int) -> None:
    """
    What waits for a chat that cannot be reached any more looks for another way; of what may have arrived nobody
    will know.
    """
    open_rows = select(Outbox.id).where(
        Outbox.chat_id == chat_id, Outbox.kind == "digest", Outbox.state.in_(("queued", "sending"))
    )
    unclear = open_rows.where(Outbox.maybe_duplicate)
    for model in CARRIED:
        waits = model.state.in_(("planned", "sending"))
        session.execute(update(model).where(model.outbox_id.in_(unclear), waits).values(state="uncertain"))
        session.execute(
            update(model).where(model.outbox_id.in_(open_rows), waits).values(state="planned", outbox_id=None)
        )


def close_as_unknown(session: Session, outbox_ids: Sequence[int]) -> None:
    """Of these digests nobody knows whether they arrived."""
    for model in CARRIED:
        session.execute(
            update(model)
            .where(model.outbox_id.in_(outbox_ids), model.state.in_(("planned", "sending")))
            .values(state="uncertain")
        )


def merge(session: Session, kept: Person, gone: Person) -> None:
    """Of two persons who turn out to be one: what one of them was told is not told to the other again."""
    _merge(session, Reminder, ("pairing_id", "basis", "period", "step"), kept, gone)
    _merge(session, Notice, ("kind", "subject", "period", "step"), kept, gone)


def _merge(session: Session, model: type[Carried], about: Sequence[str], kept: Person, gone: Person) -> None:
    rows = locked(session, model, select(model).where(model.person_id.in_((kept.id, gone.id))))
    about_of = attrgetter(*about)
    of_kept = {about_of(one): one for one in rows if one.person_id == kept.id}
    for one in rows:
        if one.person_id != gone.id:
            continue
        same = of_kept.get(about_of(one))
        if same is None:
            one.recipient = kept.public_id
        elif same.state not in SETTLED and one.state in SETTLED:
            same.state, same.sent_at, same.outbox_id = one.state, one.sent_at, one.outbox_id
        if same is not None and one.state == "planned":
            one.state = "cancelled"
        if one.state == "planned":
            one.outbox_id = None
        one.person_id = kept.id
    session.flush()


def cancel_all_of(session: Session, person_id: int) -> None:
    """Whoever is no more is told nothing more."""
    for model in CARRIED:
        session.execute(
            update(model)
            .where(model.person_id == person_id, model.state.in_(("planned", "sending")))
            .values(state="cancelled", outbox_id=None)
        )
