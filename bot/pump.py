"""
Takes updates out of the inbox: in order within a chat, many chats at once.

A chat has one task while it has open rows. Files are fetched before the turn; a turn that raises is counted
and tried again later, and only its own chat waits meanwhile.

What was sent together (an album) arrives as several rows. They are one message: one turn takes all that came
until nothing more of it came for a moment. What comes later is a turn of its own.
"""

from __future__ import annotations

import asyncio
import logging
from collections import defaultdict, deque
from collections.abc import Callable, Coroutine, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any, Literal

from sqlalchemy.exc import SQLAlchemyError

from bot.assistant import Assistant, TurnResult
from bot.clock import Clock
from bot.media.store import MediaStore, ReceiveFile
from bot.messages import (
    Channel,
    Event,
    FetchError,
    FileProblem,
    FileRef,
    RawUpdate,
    ReceivedFile,
    UnreadableUpdate,
    as_one_message,
)
from storage import inbox
from storage.database import Database
from storage.inbox import NewUpdate, Waiting

log = logging.getLogger(__name__)

POLL_SECONDS = 1.0
"""How often the table is looked at for rows that another process stored or whose retry time came."""

ALBUM_PAUSE = timedelta(seconds=1)
"""When nothing more of an album came for so long, it is complete: a service does not say of how many it is."""

TURNS_AT_ONCE = 4
BUSY_AFTER_SECONDS = 1.0
FETCH_ATTEMPTS = 3

ChatKey = tuple[str, str]


class Pump:
    def __init__(
        self,
        database: Database,
        assistant: Assistant,
        channels: Mapping[str, Channel],
        media: MediaStore,
        clock: Clock,
        submit: Callable[[TurnResult], None],
    ) -> None:
        self._database = database
        self._assistant = assistant
        self._channels = channels
        self._media = media
        self._clock = clock
        self._submit = submit
        self._tasks: dict[ChatKey, asyncio.Task[None]] = {}
        self._again: set[ChatKey] = set()
        self._arrived: defaultdict[ChatKey, deque[Waiting]] = defaultdict(deque)
        self._courtesies: set[asyncio.Task[None]] = set()
        self._turns = asyncio.Semaphore(TURNS_AT_ONCE)
        self._closing = False

    # -------------------------------------------------------------- in

    async def receive(self, channel: str, updates: list[RawUpdate]) -> None:
        """Store updates, then start on them. Returns after the commit; raises when it could not write."""
        if not updates:
            return
        rows = [NewUpdate(one.update_id, one.chat, one.body, one.album) for one in updates]
        for row in await asyncio.to_thread(self._store, channel, rows):
            key = (channel, row.chat_key)
            self._arrived[key].append(row)
            self._start(key)

    def _store(self, channel: str, rows: list[NewUpdate]) -> list[Waiting]:
        with self._database.write() as session:
            return inbox.add(session, channel, rows, self._clock.now())

    # -------------------------------------------------------------- the loop

    async def run(self) -> None:
        """Pick up what was left open, then look again each second."""
        while True:
            try:
                for key in await asyncio.to_thread(self._open_chats):
                    self._start(key)
            except SQLAlchemyError as error:  # its text may hold what people wrote
                log.warning("looking for updates: %s; trying again", type(error).__name__)
            await asyncio.sleep(POLL_SECONDS)

    async def drain(self, seconds: float) -> None:
        """Finish the turns that have begun and start no others."""
        self._closing = True
        tasks = list(self._tasks.values())
        if tasks:
            await asyncio.wait(tasks, timeout=seconds)

    def is_idle(self) -> bool:
        return not self._tasks

    def _open_chats(self) -> list[ChatKey]:
        with self._database.read() as session:
            return list(inbox.list_open_chats(session, list(self._channels)))

    def _start(self, key: ChatKey) -> None:
        if self._closing:
            return
        if key in self._tasks:
            self._again.add(key)
            return
        task = asyncio.create_task(self._work(key))
        self._tasks[key] = task
        task.add_done_callback(lambda done: self._finished(key, done))

    def _finished(self, key: ChatKey, task: asyncio.Task[None]) -> None:
        self._tasks.pop(key, None)
        if not task.cancelled() and task.exception() is not None:
            log.error("chat worker stopped", exc_info=task.exception())
        if key in self._again:
            self._again.discard(key)
            self._start(key)

    async def _work(self, key: ChatKey) -> None:
        """The chat's rows, one after the other. Those that just arrived need no look at the table."""
        while not self._closing:
            self._again.discard(key)
            arrived = self._take_arrived(key)
            row = arrived or await asyncio.to_thread(self._next, key)
            if row is None:
                return
            outcome = await self._handle(await self._message_of(row))
            if outcome == "done" and (arrived is None or key in self._arrived):
                continue
            if outcome != "done":
                self._arrived.pop(key, None)
            if outcome != "not_next" or arrived is None:  # done with all, or has to wait for its time
                return

    def _take_arrived(self, key: ChatKey) -> Waiting | None:
        rows = self._arrived.get(key)
        if not rows:
            return None
        row = rows.popleft()
        if not rows:
            del self._arrived[key]
        return row

    def _next(self, key: ChatKey) -> Waiting | None:
        with self._database.read() as session:
            row = inbox.find_next(session, *key)
        return row if row is None or _is_due(row, self._clock.now()) else None

    async def _message_of(self, row: Waiting) -> Sequence[Waiting]:
        """
        All rows of one message: of an album what is open, once it is complete. None are left when it was
        handled already, or when the service is about to leave: the next process finds them in the table.
        """
        if row.album is None:
            return (row,)
        while True:
            rows = await asyncio.to_thread(self._album_of, row)
            pause = _until_complete(rows, self._clock.now())
            if not pause:
                break
            await asyncio.sleep(pause.total_seconds())
            if self._closing:
                return ()
        key, taken = (row.channel, row.chat_key), {one.id for one in rows}
        if key in self._arrived:
            left = deque(one for one in self._arrived.pop(key) if one.id not in taken)
            if left:
                self._arrived[key] = left
        return rows

    def _album_of(self, row: Waiting) -> Sequence[Waiting]:
        assert row.album is not None
        with self._database.read() as session:
            return inbox.list_album(session, row.channel, row.chat_key, row.album)

    async def _handle(self, rows: Sequence[Waiting]) -> Literal["done", "failed", "not_next"]:
        """One message. After `failed` its chat waits; `not_next`: an earlier one is open, or another process has it."""
        read = await self._read(rows)
        if not read:
            return "done"
        first, ids = read[0][0], [row.id for row, _ in read]
        channel, event = self._channels[first.channel], as_one_message([event for _, event in read])
        if event.press_query:
            self._beside(channel.acknowledge(event))
        try:
            if event.files:
                await self._fetch(read, event, channel)
            async with self._turns:
                result = await self._turn(ids, event, channel)
        except Exception as error:
            log.exception("turn for inbox row %s failed", first.id)
            quarantined = await asyncio.to_thread(
                self._assistant.note_failure, ids, type(error).__name__, first.chat_key, first.channel
            )
            return "done" if quarantined else "failed"
        self._submit(result)
        return "done" if result.handled else "not_next"

    async def _read(self, rows: Sequence[Waiting]) -> list[tuple[Waiting, Event]]:
        """Rows with what they say; those that do not parse are put aside and stop nobody."""
        read = []
        for row in rows:
            try:
                read.append((row, self._channels[row.channel].read(row.body)))
            except UnreadableUpdate as error:
                log.warning("update %s quarantined: it does not parse", row.id)
                await asyncio.to_thread(
                    self._assistant.quarantine, row.id, f"unreadable: {type(error).__name__}"
                )
        return read

    async def _turn(self, ids: Sequence[int], event: Event, channel: Channel) -> TurnResult:
        first, *others = ids
        turn = asyncio.create_task(
            asyncio.to_thread(self._assistant.turn, first, event, channel.name, others)
        )
        done, _ = await asyncio.wait({turn}, timeout=BUSY_AFTER_SECONDS)
        if not done:
            self._beside(channel.busy(event.chat))
        return await turn

    def _beside(self, courtesy: Coroutine[Any, Any, None]) -> None:
        """Best effort, and nobody waits for it."""
        task = asyncio.create_task(courtesy)
        self._courtesies.add(task)
        task.add_done_callback(self._courtesies.discard)

    # -------------------------------------------------------------- files

    async def _fetch(self, read: Sequence[tuple[Waiting, Event]], event: Event, channel: Channel) -> None:
        """Every file of a message, noted on its row; after three failures it is marked unavailable."""
        wanted = await asyncio.to_thread(self._assistant.wants_files, event, channel.name)
        for row, part in read:
            if len(row.files) < len(part.files):
                async with self._media.intake(channel, event.text) as receive:
                    received = [
                        await _received(receive, ref) if wanted else _unavailable(ref, "unavailable")
                        for ref in part.files
                    ]
                    await asyncio.to_thread(self._note_files, row.id, [asdict(one) for one in received])

    def _note_files(self, inbox_id: int, notes: list[dict[str, object]]) -> None:
        with self._database.write() as session:
            inbox.note_files(session, inbox_id, notes)


def _is_due(row: Waiting, now: datetime) -> bool:
    return row.next_at is None or row.next_at <= now


def _until_complete(album: Sequence[Waiting], now: datetime) -> timedelta | None:
    """
    How long to wait for more of an album; None when it is complete, or was handled.

    By when its rows were stored, so a restart changes nothing. A clock that was put back holds nobody up.
    """
    latest = max((row.received_at for row in album if row.received_at is not None), default=None)
    if latest is None or abs(now - latest) >= ALBUM_PAUSE:
        return None
    return ALBUM_PAUSE - (now - latest)


async def _received(receive: ReceiveFile, ref: FileRef) -> ReceivedFile:
    attempt = 1
    while True:
        try:
            return await receive(ref)
        except FetchError as error:
            if attempt == FETCH_ATTEMPTS:
                return _unavailable(ref, error.reason)
        await asyncio.sleep(0.3 * attempt)
        attempt += 1


def _unavailable(ref: FileRef, reason: FileProblem) -> ReceivedFile:
    return ReceivedFile(kind=ref.kind, name="", mime=ref.mime, problem=reason)
