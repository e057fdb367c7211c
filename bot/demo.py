"""The demo: seeded persons with real memberships, a business date that can be moved, its own file."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from bot.clock import Clock
from bot.service import Service
from storage import inbox, meta, people, reference_data, web_messages
from storage.database import Database
from storage.models import Identity

DATABASE_FILE = Path("sistercity-demo.db")
PROVINCE = "TH-50"
OFFICE_HOUR = time(10, 0)
"""To which a moved date is set: within office hours, so that reminders arrive at once."""

MAX_DAYS_AHEAD = 366 * 3


@dataclass(frozen=True)
class DemoRole:
    id: str
    label: str
    role: str | None
    province: str | None
    curator: bool = False


ROLES = (
    DemoRole("demo-officer", "เจ้าหน้าที่ เชียงใหม่", "officer", PROVINCE),
    DemoRole("demo-head", "หัวหน้าสำนักงาน เชียงใหม่", "head", PROVINCE),
    DemoRole("demo-ministry", "ส่วนกลาง ผู้ดูแลเนื้อหา 1", "ministry", None, curator=True),
    DemoRole("demo-curator", "ส่วนกลาง ผู้ดูแลเนื้อหา 2", "ministry", None, curator=True),
    DemoRole("demo-guest", "ผู้สอบถามทั่วไป", None, None),
)


def seed(database: Database, clock: Clock) -> None:
    """The persons, known on the chat page and in the terminal, and public activities as examples."""
    now = clock.now()
    with database.write() as session:
        reference_data.load_public_examples(session, now)
        for one in ROLES:
            known = people.find_identity(session, "web", one.id)
            person_id = known.person_id if known else _add_person(session, one, now)
            if one.role is not None:  # in a file of an earlier version nobody is a curator yet
                people.add_membership(session, person_id, one.role, one.province, now, curator=one.curator)


def _add_person(session: Session, one: DemoRole, now: datetime) -> int:
    person = people.add_person(session, one.label, now)
    chat = people.get_or_add_chat(session, "web", one.id, group=False)
    session.add(
        Identity(person_id=person.id, channel="web", external_id=one.id, chat_id=chat.id, last_heard_at=now)
    )
    session.add(Identity(person_id=person.id, channel="terminal", external_id=one.id))
    hello = json.dumps({"chat": one.id, "person": one.id, "text": "/start"})
    inbox.add(session, "web", [inbox.NewUpdate(f"hello-{one.id}", one.id, hello)], now)
    return person.id


async def move_to(service: Service, day: date) -> None:
    """
    Set the business date. Forward, the plan runs once for each day passed, and what it sends arrives before
    the next day begins; backward nothing is planned.

    Raises:
        ValueError: If the date lies more than three years ahead.
    """
    today = service.clock.today()
    if (day - today).days > MAX_DAYS_AHEAD:
        raise ValueError(f"at most {MAX_DAYS_AHEAD} days ahead")
    days = [today + timedelta(days=number) for number in range(1, (day - today).days + 1)] or [day]
    for one in days:
        await asyncio.to_thread(_shift_to, service, one)
        if day > today and await service.plan():
            await service.settle()


def _shift_to(service: Service, day: date) -> None:
    clock = service.clock
    wanted = datetime.combine(day, OFFICE_HOUR, clock.zone)
    clock.shift = wanted - clock.now()
    with service.database.write() as session:
        meta.put(session, meta.CLOCK_SHIFT, str(clock.shift.total_seconds()))


class PageHistory:
    """The chat page's messages, kept in the database."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def post(self, chat: str, key: str, body: Mapping[str, Any]) -> str:
        """A message of the bot; the same key twice is one message."""
        return self._add(chat, key, "bot", body)

    def said(self, chat: str, key: str, body: Mapping[str, Any]) -> None:
        """What the person typed or sent."""
        self._add(chat, key, "me", body)

    def _add(self, chat: str, key: str, sender: str, body: Mapping[str, Any]) -> str:
        with self._database.write() as session:
            return web_messages.add(session, chat, key, sender, body, self._clock.now())

    def edit(self, chat: str, message_id: str, body: Mapping[str, Any]) -> bool:
        with self._database.write() as session:
            return web_messages.edit(session, chat, message_id, body)

    def find(self, chat: str, message_id: str) -> Mapping[str, Any] | None:
        """The body of a message of this chat."""
        with self._database.read() as session:
            row = web_messages.find(session, chat, message_id)
            return None if row is None else row.body

    def since(self, chat: str, after: int) -> list[dict[str, Any]]:
        """Messages added or changed after a revision."""
        with self._database.read() as session:
            return [
                {
                    "id": str(row.id),
                    "rev": row.rev,
                    "from": row.sender,
                    "at": (row.at + self._clock.shift).astimezone(self._clock.zone).isoformat(),
                    "body": row.body,
                }
                for row in web_messages.list_since(session, chat, after)
            ]
