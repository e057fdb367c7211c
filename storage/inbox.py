"""Updates as they came, each stored before its channel is told that it was received."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import bindparam, exists, func, select, update
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.orm import Session, aliased

from storage.models import Inbox

RETRY_AFTER = (0.2, 1.0, 3.0, 10.0)
"""Seconds before the second to the fifth attempt; after the fifth the row is quarantined."""


class NewUpdate(NamedTuple):
    """What a channel brought; `album` is one for all that was sent together."""

    update_id: str
    chat: str
    body: str
    album: str | None = None


@dataclass(frozen=True)
class Waiting:
    """An open row, as the pump needs it."""

    id: int
    channel: str
    chat_key: str
    body: str
    files: Sequence[Any] = ()
    next_at: datetime | None = None
    album: str | None = None
    received_at: datetime | None = None


_INSERTS = {
    "sqlite": sqlite_insert(Inbox).on_conflict_do_nothing(index_elements=["channel", "update_id"]),
    "postgresql": postgresql_insert(Inbox).on_conflict_do_nothing(index_elements=["channel", "update_id"]),
}
_ADD = {
    name: insert.returning(Inbox.id, Inbox.chat_key, Inbox.body, Inbox.album)
    for name, insert in _INSERTS.items()
}


def add(session: Session, channel: str, updates: Sequence[NewUpdate], now: datetime) -> list[Waiting]:
    """Store updates; one that is already there changes nothing. Returns the new ones."""
    rows = session.execute(
        _ADD[session.get_bind().dialect.name],
        [
            {
                "channel": channel,
                "update_id": one.update_id,
                "chat_key": one.chat,
                "body": one.body,
                "album": one.album,
                "files": [],
                "state": "new",
                "attempts": 0,
                "received_at": now,
            }
            for one in updates
        ],
    )
    found = [
        Waiting(inbox_id, channel, chat, body, album=album, received_at=now)
        for inbox_id, chat, body, album in rows
    ]
    return sorted(found, key=lambda one: one.id)


def list_open_chats(session: Session, channels: Sequence[str]) -> Sequence[tuple[str, str]]:
    """(channel, chat) of every chat that waits for a turn, the longest waiting first."""
    rows = session.execute(
        select(Inbox.channel, Inbox.chat_key)
        .where(Inbox.state == "new", Inbox.channel.in_(channels))
        .group_by(Inbox.channel, Inbox.chat_key)
        .order_by(func.min(Inbox.id))
    )
    return [(channel, chat) for channel, chat in rows]


# Statements that every turn runs are built once: building them was a third of their cost.
_NEXT = (
    select(Inbox)
    .where(Inbox.channel == bindparam("channel"), Inbox.chat_key == bindparam("chat"), Inbox.state == "new")
    .order_by(Inbox.id)
    .limit(1)
)
_EARLIER = aliased(Inbox)
_CLAIM = (
    select(Inbox)
    .where(
        Inbox.id == bindparam("inbox_id"),
        Inbox.state == "new",
        ~exists().where(
            _EARLIER.channel == Inbox.channel,
            _EARLIER.chat_key == Inbox.chat_key,
            _EARLIER.state == "new",
            _EARLIER.id < Inbox.id,
        ),
    )
    .with_for_update(skip_locked=True, of=Inbox)
)


def find_next(session: Session, channel: str, chat: str) -> Waiting | None:
    """The oldest open row of a chat, whether or not its time has come: later ones wait for it."""
    row = session.scalar(_NEXT, {"channel": channel, "chat": chat})
    return None if row is None else _waiting(row)


def list_album(session: Session, channel: str, chat: str, album: str) -> list[Waiting]:
    """The open rows of an album, in the order in which they came."""
    rows = session.scalars(
        select(Inbox)
        .where(
            Inbox.channel == channel,
            Inbox.chat_key == chat,
            Inbox.state == "new",
            Inbox.album == album,
        )
        .order_by(Inbox.id)
    )
    return [_waiting(row) for row in rows]


def _waiting(row: Inbox) -> Waiting:
    return Waiting(
        row.id, row.channel, row.chat_key, row.body, row.files, row.next_at, row.album, row.received_at
    )


def claim(session: Session, inbox_id: int) -> Inbox | None:
    """
    The row, locked for this transaction; None when it is handled, held by another process, or not the
    oldest open one of its chat.
    """
    return session.scalar(_CLAIM, {"inbox_id": inbox_id})


def claim_with(session: Session, claimed: Inbox, others: Sequence[int]) -> list[Inbox] | None:
    """
    A claimed row and the others of its message, locked too; None when one of them was handled meanwhile.

    Whoever holds the oldest open row of a chat holds the chat, so nobody else is at work on them.
    """
    if not others:
        return [claimed]
    rows = session.scalars(
        select(Inbox).where(Inbox.id.in_(others), Inbox.state == "new").order_by(Inbox.id).with_for_update()
    ).all()
    return [claimed, *rows] if len(rows) == len(others) else None


def close(row: Inbox, now: datetime) -> None:
    """Handled: the body, which may hold personal data, goes."""
    row.state = "handled"
    row.handled_at = now
    row.body = ""
    row.files = []


def note_files(session: Session, inbox_id: int, files: list[Any]) -> None:
    session.execute(update(Inbox).where(Inbox.id == inbox_id).values(files=files))


def note_failure(session: Session, inbox_id: int, error: str, now: datetime) -> bool:
    """Count an attempt that raised; returns True when the row went into quarantine."""
    row = session.get(Inbox, inbox_id, with_for_update=True)
    if row is None or row.state != "new":
        return False
    row.attempts += 1
    row.error = error
    if row.attempts > len(RETRY_AFTER):
        row.state = "quarantined"
        return True
    row.next_at = now + timedelta(seconds=RETRY_AFTER[row.attempts - 1])
    return False


def quarantine(session: Session, inbox_id: int, error: str) -> None:
    """For an update that cannot be parsed: trying again cannot help."""
    session.execute(
        update(Inbox)
        .where(Inbox.id == inbox_id, Inbox.state == "new")
        .values(state="quarantined", error=error, attempts=Inbox.attempts + 1)
    )


def list_quarantined(session: Session) -> Sequence[Inbox]:
    return session.scalars(select(Inbox).where(Inbox.state == "quarantined").order_by(Inbox.id)).all()


def retry(session: Session, inbox_id: int) -> bool:
    """Give a quarantined row its five attempts again."""
    row = session.get(Inbox, inbox_id)
    if row is None or row.state != "quarantined":
        return False
    row.state, row.attempts, row.next_at = "new", 0, None
    return True


def drop(session: Session, inbox_id: int, now: datetime) -> bool:
    row = session.get(Inbox, inbox_id)
    if row is None or row.state != "quarantined":
        return False
    close(row, now)
    row.state = "dropped"
    return True


def count_by_state(session: Session) -> dict[str, int]:
    """Open and quarantined rows, by state and channel: `{"new/telegram": 3}`."""
    rows = session.execute(
        select(Inbox.state, Inbox.channel, func.count())
        .where(Inbox.state.in_(("new", "quarantined")))
        .group_by(Inbox.state, Inbox.channel)
    )
    return {f"{state}/{channel}": number for state, channel, number in rows}


def list_files(session: Session) -> list[str]:
    """SHA-256 of files that open rows refer to."""
    rows = session.scalars(select(Inbox.files).where(Inbox.state.in_(("new", "quarantined"))))
    return [file["sha256"] for files in rows for file in files if file.get("sha256")]
