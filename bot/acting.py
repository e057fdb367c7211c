"""Who acts, where, with which draft: the rows of one turn."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from bot.dialogues.base import Facts
from storage import audit
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
    recorder: str | None = None  # on a duty phone: who says that they record
    name: str = ""  # as the channel shows it
    shown: set[str] = field(default_factory=set)  # pairings of the records that a command tells of

    def note(self, action: str, subject: str, now: datetime, **detail: Any) -> None:
        """
        Who did it, and on which channel, for the audit.

        Args:
            subject: What it was done to: `pairing:50-chengdu`, `province:TH-50`, `person:` and an opaque id…
            detail: Where values change, `before` and `after` with the changed fields alone. No texts that
                people wrote to somebody, no codes, no names of people: an event stays forever.
        """
        audit.add(
            self.session,
            action=action,
            subject=subject,
            now=now,
            person_id=self.person.id,
            channel=self.channel,
            detail=detail,
        )
