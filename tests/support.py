"""
Whole conversations as readable transcripts.

`Conversation` feeds lines through the real inbox, assistant, dialogues and outbox on a real database, with a
channel that records. A test reads like what was said:

    say("ประชุมกับเฉิงตู 3 พ.ย. 69 30 คน")
    assert "นครเฉิงตู" in said()
    press("บันทึก")
"""

from __future__ import annotations

import asyncio
import hashlib
import itertools
import json
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.assistant import Assistant
from bot.clock import Clock
from bot.messages import (
    Event,
    FetchError,
    FileProblem,
    FileRef,
    Location,
    Outgoing,
    Receive,
    ReceivedFile,
    as_one_message,
)
from bot.settings import Settings
from knowledge.meaning import shared_encoder
from knowledge.search import KnowledgeBase
from storage import digests, inbox, outbox, people
from storage.database import Database
from storage.models import Chat, Identity, Inbox, Outbox

ZONE = ZoneInfo("Asia/Bangkok")

Delivered = tuple[tuple[str, str], Outgoing]
"""(channel, chat) and the message."""


@cache
def shipped_knowledge() -> KnowledgeBase:
    return KnowledgeBase.load(encoder=shared_encoder())


PLAN = """<!-- id: plan-2562-2566 -->
# แผนขับเคลื่อนฯ {#plan}
## ตัวชี้วัดความสำเร็จ {#kpi}
จังหวัดที่ลงนามแล้วมีกิจกรรมร่วมอย่างน้อยปีละ 1 ครั้ง
## แนวทางตามมติคณะรัฐมนตรี {#sec-4-1}
ให้ยึดแนวทางตามมติคณะรัฐมนตรี
## แนวทางการติดตาม {#approach-3}
ติดตามและรายงานผล
"""


@cache
def few_entries() -> KnowledgeBase:
    """Four entries and three sections of a plan, for what makes the base anew again and again."""
    root = Path(__file__).parent.parent
    with TemporaryDirectory() as made:
        folder = Path(made)
        for name in ("topics.yaml", "synonyms.yaml", "thresholds.json", "background.txt"):
            shutil.copy(root / "knowledge" / "data" / name, folder / name)
        (folder / "documents").mkdir()
        (folder / "documents" / "plan.md").write_text(PLAN, encoding="utf-8")
        shutil.copytree(root / "tests" / "knowledge" / "small", folder / "faq")
        return KnowledgeBase.load(folder)


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
    knowledge: KnowledgeBase = field(default_factory=shipped_knowledge)
    letters: list[Delivered] = field(default_factory=list)  # delivered, and not yet looked at

    def __post_init__(self) -> None:
        self.restart()

    def restart(self) -> None:
        """What a killed process leaves is the database: everything else is made anew."""
        self.assistant = Assistant(
            self.database, self.knowledge, self.clock, self.settings, self.media, "test-process"
        )

    def person(
        self,
        name: str,
        role: str | None = None,
        province: str | None = None,
        channel: str = "web",
        *,
        curator: bool = False,
        noticed: bool = True,
    ) -> Conversation:
        """Somebody with a role, and their chat, who was told what is kept."""
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
                if noticed:
                    people.note_notice(person, now)
            if role is not None:
                people.add_membership(session, identity.person_id, role, province, now, curator=curator)
        return Conversation(self, name, channel)

    def stranger(self, name: str, channel: str = "web") -> Conversation:
        """Somebody who never wrote: nothing is known of them, and the channel tells this name."""
        return Conversation(self, f"stranger-{next(_updates)}", channel, shown_as=name)

    def also_on(self, known: Conversation, channel: str) -> Conversation:
        """The same person on another channel."""
        with self.database.write() as session:
            identity = people.find_identity(session, known.channel, known.name)
            assert identity is not None
            chat = people.get_or_add_chat(session, channel, known.name, group=False)
            session.add(
                Identity(
                    person_id=identity.person_id,
                    channel=channel,
                    external_id=known.name,
                    chat_id=chat.id,
                    last_heard_at=self.clock.now(),
                )
            )
        return Conversation(self, known.name, channel)

    def leave(self, known: Conversation) -> None:
        """The person holds no role any more."""
        now = self.clock.now()
        with self.database.write() as session:
            identity = people.find_identity(session, known.channel, known.name)
            assert identity is not None
            for one in people.list_memberships(session, identity.person_id, now):
                one.until = now

    def plan(self) -> int:
        return self.assistant.plan()

    def deliver(self) -> list[Delivered]:
        """Claim and send everything that is due, as the sender would."""
        delivered: list[Delivered] = []
        while True:
            clock = outbox.Clock(self.clock.now(), self.clock.business())
            with self.database.write() as session:
                rows = outbox.claim(session, ["web", "telegram", "terminal"], "test-process", clock, 10)
                if not rows:
                    return delivered
                for row in rows:
                    delivered += self._deliver_one(session, row)

    def _deliver_one(self, session: Session, row: Outbox) -> list[Delivered]:
        chat = session.get_one(Chat, row.chat_id)
        if row.kind == "digest" and not self.assistant.is_ready(session, row, chat):
            return []
        message = self.assistant.claimed(row, chat).message
        outbox.mark_sent(row, card_of(message), self.clock.now())
        digests.set_state(session, row.id, "sent", self.clock.now())
        return [((chat.channel, chat.external_id), message)]


_updates = itertools.count(1)


@dataclass
class Conversation:
    """One person in one chat."""

    office: Office
    name: str
    channel: str = "web"
    group: str | None = None  # the chat, where it is not the person's own
    shown_as: str | None = None  # the name that the channel tells, where it is not the id
    messages: list[Outgoing] = field(default_factory=list)
    cards: list[str] = field(default_factory=list)
    answer: list[Outgoing] = field(default_factory=list)  # what the last update brought

    # -------------------------------------------------------------- what the person does

    def say(self, text: str, *, files: Sequence[ReceivedFile] = ()) -> str:
        """Type a line, or send files with it as caption; returns what the bot answers."""
        refs = tuple(FileRef(f"f{number}", file.kind, file.name) for number, file in enumerate(files))
        return self.update(text=text, files=refs, received=files)

    def say_at_once(self, *texts: str) -> list[str]:
        """Several lines that are all stored before the first is answered; returns each answer."""
        stored = [(self._store(f"u{next(_updates)}", text), text) for text in texts]
        return [self._turn(inbox_id, {"text": text}) for inbox_id, text in stored if inbox_id is not None]

    def send_photo(self, name: str, caption: str = "", problem: FileProblem | None = None) -> str:
        """A photo; with `problem` one that could not be taken."""
        return self.say(caption, files=[photo(name, problem)])

    def send_album(self, *names: str, captions: Sequence[str] = (), album: str = "album") -> str:
        """Photos sent together, which arrive one by one: handled as the pump does, in one turn."""
        parts = list(itertools.zip_longest(names, captions, fillvalue=""))
        stored = [
            self._store(f"u{next(_updates)}", caption, [photo(name)], album=album) for name, caption in parts
        ]
        event = as_one_message(
            [
                Event(self._chat, self.name, text=caption, files=(FileRef(name, "photo", name),))
                for name, caption in parts
            ]
        )
        first, *others = (one for one in stored if one is not None)
        return self._turn(first, {"text": event.text, "files": event.files}, others)

    def send_location(self, latitude: float, longitude: float, title: str = "") -> str:
        """Where one is, or a place that was picked."""
        return self.update(location=Location(latitude, longitude, title))

    def forward(self, text: str, *, files: Sequence[ReceivedFile] = ()) -> str:
        """Pass on what somebody else wrote."""
        refs = tuple(FileRef(f"f{number}", file.kind, file.name) for number, file in enumerate(files))
        return self.update(text=text, files=refs, received=files, forwarded=True)

    def press(self, label: str) -> str:
        """Press the newest button with this label."""
        choice_id, card = self.button(label)
        return self.press_id(choice_id, card)

    def press_id(self, choice_id: str, card: str | None = None) -> str:
        return self.update(press=choice_id, card=card)

    def button(self, label: str) -> tuple[str, str]:
        """The newest button with this label: its id, and the card that carries it."""
        for message, card in zip(reversed(self.messages), reversed(self.cards), strict=True):
            for button in (one for row in message.rows for one in row):
                if button.label == label:
                    return button.choice_id, card
        raise AssertionError(f"no button {label!r}; there are {self.buttons()}")

    def update(
        self, *, received: Sequence[ReceivedFile] = (), update_id: str | None = None, **event: Any
    ) -> str:
        """One update through inbox, turn and outbox; nothing comes back when it was handled before."""
        inbox_id = self._store(update_id or f"u{next(_updates)}", event.get("text", ""), received)
        self.answer = []
        return "" if inbox_id is None else self._turn(inbox_id, event)

    def _store(
        self, update_id: str, text: str, received: Sequence[ReceivedFile] = (), album: str | None = None
    ) -> int | None:
        """The update's inbox row; None when it was stored before."""
        with self.office.database.write() as session:
            inbox.add(
                session,
                self.channel,
                [inbox.NewUpdate(update_id, self._chat, json.dumps({"text": text}), album)],
                self.office.clock.now(),
            )
            row = session.scalar(
                select(Inbox).where(
                    Inbox.channel == self.channel, Inbox.update_id == update_id, Inbox.state == "new"
                )
            )
            if row is not None and received:
                inbox.note_files(session, row.id, [asdict(one) for one in received])
            return row.id if row is not None else None

    def _turn(self, inbox_id: int, event: Mapping[str, Any], others: Sequence[int] = ()) -> str:
        happened = Event(
            chat=self._chat,
            person=self.name,
            person_name=self.shown_as or self.name,
            group=self.group is not None,
            **event,
        )
        result = self.office.assistant.turn(inbox_id, happened, self.channel, others)
        self.answer = []
        with self.office.database.write() as session:
            for one in result.claimed:
                row = outbox.get_for_result(session, one.outbox_id)
                assert row is not None
                outbox.mark_sent(row, card_of(one.message), self.office.clock.now())
        self._saw([one.message for one in result.claimed])
        if result.queued:
            self.receive()
        return self.last

    @property
    def _chat(self) -> str:
        return self.group or self.name

    def _saw(self, messages: Sequence[Outgoing]) -> None:
        self.answer += messages
        self.messages += messages
        self.cards += [card_of(message) for message in messages]

    def receive(self) -> list[Outgoing]:
        """What was delivered to this chat without being asked: digests, answers."""
        self.office.letters += self.office.deliver()
        mine = (self.channel, self._chat)
        got = [message for chat, message in self.office.letters if chat == mine]
        self.office.letters = [letter for letter in self.office.letters if letter[0] != mine]
        self._saw(got)
        return got

    # -------------------------------------------------------------- what the person sees

    @property
    def last(self) -> str:
        """The answer to the last update: every message of it, with its buttons."""
        return "\n".join(shown(message) for message in self.answer)

    def buttons(self) -> list[str]:
        """The buttons under the newest message that has any."""
        for message in reversed(self.messages):
            if message.rows:
                return [button.label for row in message.rows for button in row]
        return []


def card_of(message: Outgoing) -> str:
    """The channel's id of a message: an edit keeps that of the card."""
    return message.edit or message.key


def photo(
    name: str, problem: FileProblem | None = None, *, stripped: bool = False, look: str | None = None
) -> ReceivedFile:
    """A photo as it stands after fetching: stored, or not, with the reason."""
    sha256 = None if problem else hashlib.sha256(name.encode()).hexdigest()
    return ReceivedFile("photo", name, "image/jpeg", sha256, 2_048, problem, stripped, look)


def shown(message: Outgoing) -> str:
    """A message as a person reads it."""
    lines = [message.title, message.text, message.note]
    lines += [f"<{message.file.name}>"] if message.file is not None else []
    lines += [" ".join(f"[{button.label}]" for button in row) for row in message.rows]
    return "\n".join(line for line in lines if line)


# ------------------------------------------------------------------ channels for tests


class SilentChannel:
    """A channel on which nothing happens."""

    name = "silent"

    async def run(self, receive: Receive) -> None:
        await asyncio.Event().wait()

    def read(self, body: str) -> Event:
        said = json.loads(body)
        return Event(chat=said["chat"], person=said["person"], text=said["text"])

    async def fetch(self, file: FileRef, target: Path, max_bytes: int) -> None:
        raise FetchError("unavailable", permanent=True)

    async def send(self, message: Outgoing) -> str:
        return message.key

    async def acknowledge(self, event: Event) -> None: ...

    async def busy(self, chat: str) -> None: ...

    async def close(self) -> None: ...


class RecordingChannel(SilentChannel):
    """Keeps what it is given to send."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.sent: list[tuple[str, Outgoing]] = []

    async def send(self, message: Outgoing) -> str:
        self.sent.append((message.chat, message))
        return message.key
