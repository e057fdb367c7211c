"""The chat page's history, so that a reload or a restart shows the same conversation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete, exists, func, select, update
from sqlalchemy.orm import Session, aliased

from storage.models import WebMessage

GONE = "gone"
"""In place of the sender: the message went, its revision stays taken."""


def _next_rev(session: Session, chat: str) -> int:
    return (session.scalar(select(func.max(WebMessage.rev)).where(WebMessage.chat == chat)) or 0) + 1


def add(session: Session, chat: str, key: str, sender: str, body: Mapping[str, Any], now: datetime) -> str:
    """Add a message; the same key twice is one message. Returns its id."""
    message = session.scalar(select(WebMessage).where(WebMessage.chat == chat, WebMessage.key == key))
    if message is None:
        message = WebMessage(
            chat=chat, key=key, sender=sender, body=dict(body), rev=_next_rev(session, chat), at=now
        )
        session.add(message)
        session.flush()
    return str(message.id)


def find(session: Session, chat: str, message_id: str) -> WebMessage | None:
    """A message of this chat by its id, which anybody may have made up."""
    # A forged id may have more digits than the column holds.
    known = message_id.isdecimal() and len(message_id) < 10
    message = session.get(WebMessage, int(message_id)) if known else None
    return message if message is not None and message.chat == chat else None


def edit(session: Session, chat: str, message_id: str, body: Mapping[str, Any]) -> bool:
    message = find(session, chat, message_id)
    if message is None:
        return False
    message.body = dict(body)
    message.rev = _next_rev(session, chat)
    return True


def list_since(session: Session, chat: str, after: int) -> Sequence[WebMessage]:
    """Messages added or changed after a revision, in the order in which they were first said."""
    return session.scalars(
        select(WebMessage)
        .where(WebMessage.chat == chat, WebMessage.rev > after, WebMessage.sender != GONE)
        .order_by(WebMessage.id)
    ).all()


def forget(session: Session, chat: str) -> None:
    """The whole history of a chat goes."""
    drop(session, session.scalars(select(WebMessage.id).where(WebMessage.chat == chat)).all())


def move(session: Session, chat: str, to: str) -> None:
    """The chat goes on under another name, or ends under it."""
    session.execute(update(WebMessage).where(WebMessage.chat == chat).values(chat=to))


def drop(session: Session, message_ids: Sequence[int]) -> None:
    """
    Messages go. The one with a chat's highest revision stays as an empty row, which nobody is shown: an open
    page asks for what came after the revision that it saw last.
    """
    later = aliased(WebMessage)
    is_last = ~exists().where(later.chat == WebMessage.chat, later.rev > WebMessage.rev)
    ids = WebMessage.id.in_(message_ids)
    kept = session.scalars(select(WebMessage.id).where(ids, is_last)).all()
    session.execute(update(WebMessage).where(WebMessage.id.in_(kept)).values(sender=GONE, body={}))
    session.execute(delete(WebMessage).where(ids, WebMessage.id.not_in(kept)))
