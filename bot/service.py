"""Puts the parts together and runs them until told to stop."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import secrets
import signal
from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from bot import dead_man
from bot.assistant import Assistant
from bot.clock import Clock
from bot.delivery import Sender
from bot.locks import Lock, lock
from bot.media.store import MediaStore
from bot.messages import Channel
from bot.pump import Pump
from bot.retention import Retention
from bot.scheduler import Scheduler
from bot.settings import Settings
from bot.standstill import tell_ministry
from knowledge.search import KnowledgeBase
from storage import audit, erased_log, erasure, meta, outbox, people, reference_data
from storage.database import HEAD, Database

log = logging.getLogger(__name__)

DRAIN_SECONDS = 8.0
"""SIGTERM: turns and sends under way may take this long; the process leaves within 10 s."""


def open_database(url: str, *, upgrade: bool = False) -> Database:
    """
    The database at the schema this program needs, with reference data; an empty one is brought there.

    Raises:
        SchemaError: If it cannot be reached, or has an older or newer schema.
    """
    database = Database(url)
    found, now = database.revision(), datetime.now(UTC)
    if found is None or upgrade:
        database.upgrade()
    database.require_head()
    with database.write() as session:
        if found not in (None, HEAD):
            changed = {"before": {"schema": found}, "after": {"schema": HEAD}}
            audit.add(
                session,
                action="database.upgraded",
                subject=f"schema:{HEAD}",
                now=now,
                channel="operator",
                detail=changed,
            )
        reference_data.load(session, now)
        if meta.get(session, meta.LAST_PLAN) is None:
            meta.put(session, meta.LAST_PLAN, "")
    return database


def erase_again(database: Database, media: Path, now: datetime) -> int:
    """Erase who was erased before and came back with a backup; returns how many."""
    known = erased_log.read(erased_log.beside(media))
    if not known:
        return 0
    with database.write() as session:
        return erasure.erase_again(session, known, now)


class Service:
    """One process: its channels, the pump, the sender, the clock."""

    def __init__(
        self,
        database: Database,
        knowledge: KnowledgeBase,
        settings: Settings,
        clock: Clock,
        channels: Mapping[str, Channel],
        media: Path,
        dead_man_url: str | None = None,
    ) -> None:
        """
        Args:
            dead_man_url: Called after each plan of the clock's; none where nobody outside watches this process.
        """
        self.database = database
        self.clock = clock
        self.channels = channels
        self.media = MediaStore(media)
        self.retention = Retention(database, self.media, clock)
        self._process = f"{os.getpid()}-{secrets.token_hex(4)}"
        self.assistant = Assistant(database, knowledge, clock, settings, media, self._process)
        self.sender = Sender(database, self.assistant, channels, clock, self._process)
        self.pump = Pump(database, self.assistant, channels, self.media, clock, self.sender.submit)
        self._dead_man_url = dead_man_url
        self._locks: list[Lock] = []

    # -------------------------------------------------------------- running

    async def run(
        self, beside: Awaitable[object] | None = None, end: Callable[[], None] = lambda: None
    ) -> None:
        """
        Serve until SIGTERM or SIGINT comes or a channel has no more to read; then drain and leave.

        Args:
            beside: Something to run all the while, such as the page's server; it ends the service too.
            end: Asks `beside` to end, once every channel is closed.

        Raises:
            AlreadyServing: If another process serves one of the channels on this SQLite file.
        """
        self._lock_channels()
        self._erase_again()
        scheduler = Scheduler(self.plan_and_report, self.purge, self.clock.zone)
        stop = asyncio.Event()
        loop = asyncio.get_running_loop()
        for name in (signal.SIGTERM, signal.SIGINT):
            with contextlib.suppress(NotImplementedError, ValueError):  # not in the main thread
                loop.add_signal_handler(name, stop.set)
        tasks: list[asyncio.Future[Any]] = [
            asyncio.create_task(self.pump.run()),
            asyncio.create_task(self.sender.run()),
            *(
                asyncio.create_task(channel.run(partial(self.pump.receive, name)))
                for name, channel in self.channels.items()
            ),
        ]
        scheduler.start()
        others: list[asyncio.Future[Any]] = [asyncio.ensure_future(beside)] if beside is not None else []
        waiting = asyncio.create_task(stop.wait())
        try:
            done, _ = await asyncio.wait({*tasks, *others, waiting}, return_when=asyncio.FIRST_COMPLETED)
            for task in done:
                if not task.cancelled() and task.exception() is not None:
                    raise task.exception() or RuntimeError
        finally:
            scheduler.stop()
            self.retention.stop()
            waiting.cancel()
            await self._leave(tasks, others, end)

    async def _leave(
        self, tasks: list[asyncio.Future[Any]], others: list[asyncio.Future[Any]], end: Callable[[], None]
    ) -> None:
        """Take in nothing new, finish what has begun, let go."""
        for task in tasks[2:]:  # the channels: pump and sender go on
            task.cancel()
        await self.pump.drain(DRAIN_SECONDS / 2)
        await self.sender.drain(DRAIN_SECONDS / 2)
        for channel in self.channels.values():
            with contextlib.suppress(Exception):
                await asyncio.wait_for(channel.close(), 1.0)
        end()
        if others:
            await asyncio.wait(others, timeout=2.0)
        for task in [*tasks, *others]:
            task.cancel()
        await asyncio.gather(*tasks, *others, return_exceptions=True)
        for one in self._locks:
            one.close()

    def _lock_channels(self) -> None:
        """On SQLite one process serves a channel: its dead predecessor's claims are then known to be dead."""
        file = self.database.file
        if file is None:
            return
        self._locks = lock(file, self.channels)
        with self.database.write() as session:
            outbox.expire_leases(session, list(self.channels), self.clock.now())

    def _erase_again(self) -> None:
        """Before anybody is answered or reminded: a backup brings back who was erased after it."""
        erase_again(self.database, self.media.folder, self.clock.now())

    # -------------------------------------------------------------- jobs

    async def plan(self) -> int:
        """Plan what is due today, and let the sender look."""
        found = await asyncio.to_thread(self.assistant.plan)
        self.sender.wake()
        return found

    async def plan_and_report(self) -> None:
        """Plan, and tell the watcher outside that it was done; of one that fails for long the ministry is told."""
        try:
            await self.plan()
        except Exception:
            await asyncio.to_thread(self._tell_of_standstill)
            raise
        if self._dead_man_url is not None:
            await dead_man.call(self._dead_man_url)

    def _tell_of_standstill(self) -> None:
        with self.database.write() as session:
            tell_ministry(session, self.clock)
        self.sender.wake()

    async def purge(self) -> None:
        """Let go of what has been kept long enough, once a night."""
        await asyncio.to_thread(self.retention.purge_nightly)

    async def settle(self, seconds: float = 20.0) -> bool:
        """Wait until everything that came in is answered and sent; False when it took too long."""
        deadline = asyncio.get_running_loop().time() + seconds
        calm = 0
        while asyncio.get_running_loop().time() < deadline:
            idle = self.pump.is_idle() and await asyncio.to_thread(self.sender.is_idle)
            calm = calm + 1 if idle else 0
            if calm >= 2:
                return True
            await asyncio.sleep(0.02)
        return False


def shift_of(database: Database) -> timedelta:
    """The demo's clock shift, as it was left."""
    with database.read() as session:
        return timedelta(seconds=meta.clock_shift(session))


def remember_bot_name(database: Database, channel: str, name: str) -> None:
    """What the service calls our bot: links of invitations need it."""
    with database.write() as session:
        people.remember_bot_name(session, channel, name)
