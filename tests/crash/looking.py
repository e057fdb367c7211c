"""
A serving process on a clock that the test moves.

It plans and sends what is due when it is told to look, with the service's own planner and sender, and answers
when all of it is recorded. What it sends goes to a file that outlives it. It reads one JSON request a line from
a Unix socket and answers with one line:

    {"at", "fates", "kill": null | [label, skip]}  -> {}            plan, claim, send and record
    {"at", "deed": [name, argument, ...]}          -> {"made": id}  what a person does meanwhile, then planned anew
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import socket
from collections.abc import Callable
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Any, Protocol

from sqlalchemy.orm import Session

from bot.closed_days import closed_days
from bot.live_registry import LiveRegistry
from bot.messages import NotSent, OutcomeUnknown, Outgoing, RetryLater
from bot.service import Service
from bot.settings import Settings
from knowledge.search import KnowledgeBase
from storage import activities, holds, meta, outbox, people
from storage.database import Database
from storage.models import Activity, Person
from tests.support import HandClock, SilentChannel

CHANNEL = "telegram"
SENDING = 20.0
"""Seconds that the sends of one look may take."""


class Points(Protocol):
    def passed(self, label: str) -> None: ...
    def arm(self, kill_at: int | str | None, skip: int = 0) -> None: ...


class ToFile(SilentChannel):
    """
    Appends what it is given to the receiver's file, of which the test is the reader.

    Attributes:
        fates: What becomes of the next sends, in order; those after them arrive. `hidden`: it arrives and the
            answer is lost. `refused`, `busy`: it does not arrive.
    """

    name = CHANNEL

    def __init__(self, file: Path, points: Points) -> None:
        self._file = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        self._points = points
        self.fates: list[str] = []

    async def send(self, message: Outgoing) -> str:
        fate = self.fates.pop(0) if self.fates else "arrives"
        if fate == "refused":
            raise NotSent("no connection")
        if fate == "busy":
            raise RetryLater(30)
        said = {"key": message.key, "chat": message.chat, "title": message.title, "text": message.text}
        self._points.passed("before send")
        os.write(self._file, f"{json.dumps({**said, 'note': message.note})}\n".encode())
        self._points.passed("after send")
        if fate == "hidden":
            raise OutcomeUnknown("the answer was lost")
        return message.key


@cache
def registry_of(url: str) -> LiveRegistry:
    """Read once in the process that the others are forked from: its index of names costs most of a start."""
    closed_days(date(2027, 1, 1))
    found, database = LiveRegistry(), Database(url)
    with database.read() as session:
        found.at(session, meta.registry_version(session))
    database.close()
    return found


class Looking:
    """The service without its own clock and loops."""

    def __init__(self, folder: Path, points: Points) -> None:
        settings = Settings()
        self._points = points
        self._clock = HandClock(datetime.now(UTC))
        self._database = Database(settings.database_url)
        self._channel = ToFile(folder / "received", points)
        self._service = Service(
            self._database,
            KnowledgeBase.load(),
            settings,
            self._clock,
            {CHANNEL: self._channel},
            folder / "media",
        )
        self._service.assistant.facts._registry = registry_of(settings.database_url)

    async def answer(self, orders: socket.socket) -> None:
        """Do what is asked until the socket closes."""
        recorder = asyncio.create_task(self._service.sender._record_results())
        lines, begun = orders.makefile("rw", encoding="utf-8"), False
        for line in lines:
            request = json.loads(line)
            self._clock.at = datetime.fromisoformat(request["at"])
            if not begun:  # the predecessor's claims are known to be dead by this clock
                self._service._lock_channels()
                begun = True
            answer = {"made": self._do(*request["deed"])} if "deed" in request else await self._look(request)
            lines.write(f"{json.dumps(answer)}\n")
            lines.flush()
        recorder.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await recorder

    async def _look(self, request: dict[str, Any]) -> dict[str, Any]:
        self._channel.fates = request["fates"]
        self._points.arm(*(request["kill"] or [None]))
        await self._service.plan()
        async with asyncio.timeout(SENDING):
            while self._is_due():
                await self._send()
        return {}

    def _is_due(self) -> bool:
        clock = outbox.Clock(self._clock.now(), self._clock.business())
        with self._database.read() as session:
            return outbox.next_due_at(session, [CHANNEL], clock) == 0

    async def _send(self) -> None:
        """One round of `Sender.run`, waited for."""
        sender = self._service.sender
        for item in await asyncio.to_thread(sender._claim):
            sender._launch([item])
        while sender._sending:
            await asyncio.wait(set(sender._sending))
        await sender._results.join()

    # -------------------------------------------------------------- what people do

    def _do(self, name: str, *arguments: Any) -> int | None:
        deed: Callable[..., int | None] = getattr(self, f"_{name}")
        with self._database.write() as session:
            return deed(session, *arguments)

    def _replan(self, session: Session, pairing_id: str) -> None:
        session.flush()
        assistant = self._service.assistant
        assistant.planner.replan_pairing(session, assistant.facts.registry(session), pairing_id)

    def _record(
        self, session: Session, person_id: int, pairing_id: str, state: str, start: str, end: str
    ) -> int:
        values = {
            "pairing_id": pairing_id,
            "type_code": "meeting",
            "state": state,
            "start": date.fromisoformat(start),
            "end": date.fromisoformat(end),
            "title": "",
            "joint": state == "held",
        }
        row = activities.add(session, values, None, person_id, CHANNEL, self._clock.now())
        self._replan(session, pairing_id)
        return row.id

    def _confirm(self, session: Session, person_id: int, activity_id: int) -> None:
        """What was planned has taken place."""
        row = session.get_one(Activity, activity_id)
        held = {"state": "held", "joint": True}
        activities.change(session, row, held, person_id, CHANNEL, self._clock.now())
        self._replan(session, row.pairing_id)

    def _delete(self, session: Session, person_id: int, activity_id: int) -> None:
        row = session.get_one(Activity, activity_id)
        activities.delete(session, row, person_id, CHANNEL, self._clock.now())
        self._replan(session, row.pairing_id)

    def _put_off(self, session: Session, person_id: int, pairing_id: str, last: str) -> int:
        until = date.fromisoformat(last)
        row = holds.add_snooze(
            session, pairing_id, self._clock.today(), until, "-", person_id, self._clock.now()
        )
        self._replan(session, pairing_id)
        return row.id

    def _end_snooze(self, session: Session, snooze_id: int) -> None:
        row = holds.find_snooze(session, snooze_id)
        assert row is not None
        row.ended_at = self._clock.now()
        self._replan(session, row.pairing_id)

    def _exempt(self, session: Session, person_id: int, pairing_id: str, last: str) -> int:
        """Asked for, and granted at once."""
        until = date.fromisoformat(last)
        row = holds.ask_exemption(
            session, pairing_id, self._clock.today(), until, "-", person_id, self._clock.now()
        )
        holds.decide_exemption(row, holds.GRANTED, None, self._clock.now())
        self._replan(session, pairing_id)
        return row.id

    def _take_post(self, session: Session, person_id: int, role: str, province: str | None) -> int:
        person = session.get_one(Person, person_id)
        row = people.add_membership(session, person_id, role, province, self._clock.now())
        session.flush()
        self._replan_person(session, person)
        return row.id

    def _leave_post(self, session: Session, person_id: int, province: str | None) -> None:
        for one in people.list_memberships(session, person_id, self._clock.now()):
            if one.province_code == province:
                one.until = self._clock.now()
        session.flush()
        self._replan_person(session, session.get_one(Person, person_id))

    def _replan_person(self, session: Session, person: Person) -> None:
        assistant = self._service.assistant
        assistant.planner.replan_person(session, assistant.facts.registry(session), person)


def look_when_told(folder: Path, points: Points) -> None:
    """Connect to the folder's socket and answer until it closes."""
    with socket.socket(socket.AF_UNIX) as orders:
        orders.connect(str(folder / "orders"))
        asyncio.run(Looking(folder, points).answer(orders))
