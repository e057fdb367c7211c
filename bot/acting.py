"""Who acts, where, with which draft: the rows of one turn."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from bot.dialogues.base import Facts
from storage.models import Chat, Conversation, Draft, Identity, Person


@dataclass
class Acting:
    session: Session
    inbox_id: int
    channel: str
    chat: Chat
    person: Person
    identity: Identity
    conversation: Conversation
    draft: Draft | None
    facts: Facts
