"""
Whole conversations as readable transcripts.

`Conversation` feeds lines through the real inbox, assistant, dialogues and outbox on a real database, with a
channel that records. A test reads like what was said:

    say("ประชุมกับเฉิงตู 3 พ.ย. 69 30 คน")
    assert "นครเฉิงตู" in said()
    press("บันทึก")
"""

from __future__ import annotations

import itertools
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from bot.assistant import Assistant
from bot.clock import Clock
from bot.messages import Event, FileRef, Outgoing, ReceivedFile
from bot.settings import Settings
from knowledge.search import KnowledgeBase
from storage import inbox, outbox, people
from storage.database import Database
from storage.models import Chat, Identity, Outbox

ZONE = ZoneInfo("Asia/Bangkok")


@cache
def shipped_knowledge() -> KnowledgeBase:
    return KnowledgeBase.load()


class HandClock(Clock):
    """A clock that stands still until it is moved."""

    def __init__(self, at: datetime) -> None:
        self.at = at
        super().__init__(ZONE, real=lambda: self.at)

    def move(self, **by: float) -> None:
        self.at += timedelta(**by)

    def set_day(self, day: date, hour: int = 10) -> None:
        self.at = datetime.combine(day, time(hour), ZONE).astimezone(UTC)


@dataclass
class Office:
    """The product without channels: database, assistant, a clock that is moved by hand."""

    database: Database
    media: Path
    clock: HandClock
    settings: Settings = field(default_factory=Settings)

    def __post_init__(self) -> None:
        self.restart()

    def restart(self) -> None:
        """What a killed process leaves is the database: everything else is made anew."""
        self.assistant = Assistant(
            self.database, shipped_knowledge(), self.clock, self.settings, self.media, "test-process"
        )

    def person(
        self, name: str, role: str | None = None, province: str | None = None, channel: str = "web"
    ) -> Conversation:
        """Somebody with a role, and their chat."""
        now = self.clock.now()
        with self.database.write() as session:
            identity = people.find_identity(session, channel, name)
            if identity is None:
                person = people.add_person(session, name, now)
                chat = people.get_or_add_chat(session, channel, name, group=False)
                identity = Identity(
                    person_id=person.id, channel=channel, external_id=name, chat_id=chat.id, last_heard_at=now
                )
                session.add(identity)
            if role is not None:
                people.add_membership(session, identity.person_id, role, province, now)
        return Conversation(self, name, channel)

    def plan(self) -> int:
        return self.assistant.plan()

    def deliver(self) -> list[tuple[str, Outgoing]]:
        """Claim and send everything that is due, as the sender would; returns (chat, message)."""
        delivered = []
        while True:
            clock = outbox.Clock(self.clock.now(), self.clock.business())
            with self.database.write() as session:
                rows = outbox.claim(session, ["web", "telegram", "terminal"], "test-process", clock, 10)
                if not rows:
                    return delivered
                for row in rows:
                    delivered += self._deliver_one(session, row)

    def _deliver_one(self, session: Any, row: Outbox) -> list[tuple[str, Outgoing]]:
        from storage import reminders

        chat = session.get(Chat, row.chat_id)
        if row.kind == "digest" and not self.assistant.compose(session, row, chat):
            return []
        message = self.assistant.claimed(row, chat).message
        outbox.mark_sent(row, f"m{row.id}", self.clock.now())
        reminders.set_state_of_outbox(session, row.id, "sent", self.clock.now())
        return [(chat.external_id, message)]


_updates = itertools.count(1)


@dataclass
class Conversation:
    """One person in one chat."""

    office: Office
    name: str
    channel: str = "web"
    messages: list[Outgoing] = field(default_factory=list)
    cards: list[str] = field(default_factory=list)

    # -------------------------------------------------------------- what the person does

    def say(self, text: str, *, files: Sequence[ReceivedFile] = ()) -> str:
        """Type a line, or send files with it as caption; returns what the bot answers."""
        refs = tuple(FileRef(f"f{number}", file.kind, file.name) for number, file in enumerate(files))
        return self.update(text=text, files=refs, received=files)

    def press(self, label: str) -> str:
        """Press the newest button with this label."""
        for number in range(len(self.messages) - 1, -1, -1):
            for button in (one for row in self.messages[number].rows for one in row):
                if button.label == label:
                    return self.update(press=button.choice_id, card=self.cards[number])
        raise AssertionError(f"no button {label!r}; there are {self.buttons()}")

    def press_id(self, choice_id: str, card: str | None = None) -> str:
        return self.update(press=choice_id, card=card)

    def update(
        self, *, received: Sequence[ReceivedFile] = (), update_id: str | None = None, **event: Any
    ) -> str:
        """One update through inbox, turn and outbox."""
        from dataclasses import asdict

        office = self.office
        update_id = update_id or f"u{next(_updates)}"
        body = json.dumps({"text": event.get("text", "")})
        now = office.clock.now()
        with office.database.write() as session:
            inbox.add(session, self.channel, [(update_id, self.name, body)], now)
            row = inbox.find_next(session, self.channel, self.name)
            if row is not None and received:
                inbox.note_files(session, row.id, [asdict(one) for one in received])
        if row is not None:
            happened = Event(chat=self.name, person=self.name, person_name=self.name, **event)
            result = office.assistant.turn(row.id, happened, self.channel)
            self._sent(result.claimed)
        return self.last

    def _sent(self, claimed: Sequence[Any]) -> None:
        self._new = []
        with self.office.database.write() as session:
            for one in claimed:
                row = outbox.get_for_result(session, one.outbox_id)
                assert row is not None
                ref = one.message.edit or f"m{one.outbox_id}"
                outbox.mark_sent(row, ref, self.office.clock.now())
                self._new.append(one.message)
                self.messages.append(one.message)
                self.cards.append(ref)

    def receive(self) -> list[Outgoing]:
        """What was delivered to this chat without being asked: digests, answers."""
        got = [message for chat, message in self.office.deliver() if chat == self.name]
        for message in got:
            self.messages.append(message)
            self.cards.append(message.key)
        return got

    # -------------------------------------------------------------- what the person sees

    @property
    def last(self) -> str:
        """The answer to the last update: every message of it, with its buttons."""
        return "\n".join(shown(message) for message in getattr(self, "_new", []))

    def buttons(self) -> list[str]:
        return [button.label for message in self.messages for row in message.rows for button in row]


def shown(message: Outgoing) -> str:
    """A message as a person reads it."""
    lines = [message.title, message.text, message.note]
    lines += [" ".join(f"[{button.label}]" for button in row) for row in message.rows]
    return "\n".join(line for line in lines if line)
