"""The chat page's history, so that a reload or a restart shows the same conversation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from storage.models import WebMessage


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
        select(WebMessage).where(WebMessage.chat == chat, WebMessage.rev > after).order_by(WebMessage.id)
    ).all()
