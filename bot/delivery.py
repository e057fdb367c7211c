"""
The sender: claims outbox rows, calls the channel, records the result.

Rows of one chat go out one after the other; several chats at once. Results that are known at the same time
are recorded in one transaction. What becomes of a failed send is decided in `_record` alone.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from bot.assistant import Assistant, Claimed, TurnResult
from bot.clock import Clock
from bot.messages import (
    Channel,
    ChatMoved,
    DeliveryError,
    NotSent,
    OutcomeUnknown,
    Rejected,
    RetryLater,
    Unreachable,
)
from storage import digests, outbox, people
from storage.database import Database
from storage.models import Chat, Outbox

log = logging.getLogger(__name__)

SENDS_AT_ONCE = 8
SEND_WITHIN = timedelta(seconds=140)
"""Of its lease a row must have this much left when its send begins."""

DIGEST = "digest"
ONE_BY_ONE = (DIGEST, outbox.CODE)
"""Kinds whose arrival changes more than the row's state."""

POLL_SECONDS = 1.0
RECORD_PAUSES = (0.2, 1, 2, 4, 8, 16)
"""Seconds before each new try to record a result; in all less than a lease."""

BACK_OFF = (1, 2, 5, 15, 60)
"""Seconds until a send that certainly did not arrive is repeated; the last for all that follow."""


@dataclass(frozen=True)
class Result:
    item: Claimed
    message_ref: str | None = None
    error: DeliveryError | None = None
    unsent: bool = False  # put back untouched: an earlier message of the chat has to go first


class Sender:
    def __init__(
        self,
        database: Database,
        assistant: Assistant,
        channels: Mapping[str, Channel],
        clock: Clock,
        process: str,
    ) -> None:
        self._database = database
        self._assistant = assistant
        self._channels = channels
        self._clock = clock
        self._process = process
        self._wake = asyncio.Event()
        self._results: asyncio.Queue[Result] = asyncio.Queue()
        self._sending: set[asyncio.Task[None]] = set()
        self._slots = asyncio.Semaphore(SENDS_AT_ONCE)
        self._waiting = True  # rows may wait in the table that no turn handed over
        self._closing = False

    # -------------------------------------------------------------- in

    def submit(self, result: TurnResult) -> None:
        """Take over the rows that a turn claimed; look at the table if it left others."""
        if result.claimed:
            self._launch(result.claimed)
        if result.queued:
            self.wake()

    def wake(self) -> None:
        self._waiting = True
        self._wake.set()

    def _launch(self, batch: Iterable[Claimed]) -> None:
        task = asyncio.create_task(self._send(tuple(batch)))
        self._sending.add(task)
        task.add_done_callback(self._sending.discard)

    # -------------------------------------------------------------- loops

    async def run(self) -> None:
        """Claim what is due, whenever woken and once a second."""
        recorder = asyncio.create_task(self._record_results())
        try:
            while True:
                self._wake.clear()
                self._waiting = False
                try:
                    for item in await asyncio.to_thread(self._claim):
                        self._launch([item])
                except SQLAlchemyError as error:  # its text may hold what people wrote
                    log.warning("looking for messages: %s; trying again", type(error).__name__)
                # Not `wait_for`, which in Python 3.11 swallows a cancellation that comes together with the event.
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout(POLL_SECONDS):
                        await self._wake.wait()
        finally:
            recorder.cancel()

    async def drain(self, seconds: float) -> None:
        """Let the sends under way end and record them."""
        self._closing = True
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                while self._sending:
                    await asyncio.wait(set(self._sending))
                await self._results.join()

    def is_idle(self) -> bool:
        """Nothing is being sent or recorded, and nothing due waits in the table."""
        if self._sending or not self._results.empty() or self._waiting:
            return False
        clock = outbox.Clock(self._clock.now(), self._clock.business())
        with self._database.read() as session:
            wait = outbox.next_due_at(session, list(self._channels), clock)
        return wait is None or wait > 0

    def _claim(self) -> list[Claimed]:
        clock = outbox.Clock(self._clock.now(), self._clock.business())
        channels = list(self._channels)
        free = SENDS_AT_ONCE - len(self._sending)
        if self._closing or free <= 0:
            self._waiting = True  # looked at again when a result is recorded
            return []
        with self._database.read() as session:
            wait = outbox.next_due_at(session, channels, clock)
        if wait is None or wait > 0:
            return []
        with self._database.write() as session:
            rows = outbox.claim(session, channels, self._process, clock, free)
            digests.settle_given_up(session)
            return [item for row in rows if (item := self._prepare_or_give_up(session, row)) is not None]

    def _prepare_or_give_up(self, session: Session, row: Outbox) -> Claimed | None:
        """A row that cannot be made ready is closed, and shown in `status`: it must not stop the others."""
        try:
            with session.begin_nested():
                return self._prepare(session, row)
        except SQLAlchemyError:
            raise
        except Exception as error:
            log.exception("outbox row %s cannot be prepared", row.id)
            outbox.mark_failed(row, type(error).__name__)
            digests.set_state(session, row.id, "uncertain", self._clock.now(), ("planned", "sending"))
            return None

    def _prepare(self, session: Session, row: Outbox) -> Claimed | None:
        chat = session.get(Chat, row.chat_id)
        assert chat is not None
        if row.kind == DIGEST and not self._assistant.is_ready(session, row, chat):
            return None
        return self._assistant.claimed(row, chat)

    # -------------------------------------------------------------- sending

    async def _send(self, batch: tuple[Claimed, ...]) -> None:
        """The messages of one chat, in order; when one fails the rest wait for it."""
        for number, item in enumerate(batch):
            async with self._slots:
                if self._clock.now() > item.lease_until - SEND_WITHIN:
                    # It waited too long for a free slot: another process may soon take it over.
                    result = Result(item, unsent=True)
                else:
                    result = await self._send_one(item)
            await self._results.put(result)
            if result.unsent or (result.error is not None and not isinstance(result.error, Rejected)):
                for rest in batch[number + 1 :]:
                    await self._results.put(Result(rest, unsent=True))
                return

    async def _send_one(self, item: Claimed) -> Result:
        try:
            return Result(item, message_ref=await self._channels[item.channel].send(item.message))
        except DeliveryError as error:
            log.warning("outbox row %s: %s (%s)", item.outbox_id, error, type(error).__name__)
            return Result(item, error=error)
        except Exception:
            log.exception("outbox row %s: the channel failed unexpectedly", item.outbox_id)
            return Result(item, error=OutcomeUnknown("unexpected failure in the channel"))

    # -------------------------------------------------------------- recording

    async def _record_results(self) -> None:
        while True:
            results = [await self._results.get()]
            while not self._results.empty():
                results.append(self._results.get_nowait())
            if not await self._is_recorded(results):
                for result in results:  # one that cannot be recorded must not make the others be sent again
                    await self._record_patiently(result)
            for _ in results:
                self._results.task_done()
            if self._waiting or any(result.error or result.unsent for result in results):
                self._wake.set()

    async def _record_patiently(self, result: Result) -> None:
        """While the database is away the result waits: the message would count as perhaps not sent."""
        for pause in RECORD_PAUSES:
            await asyncio.sleep(pause)
            if await self._is_recorded([result]):
                return
        log.error("outbox row %s: its result is given up", result.item.outbox_id)

    async def _is_recorded(self, results: list[Result]) -> bool:
        try:
            await asyncio.to_thread(self._record, results)
        except Exception as error:  # noqa: BLE001 -- its text may hold what people wrote
            log.warning("recording %d send results: %s", len(results), type(error).__name__)
            return False
        return True

    def _record(self, results: list[Result]) -> None:
        arrived = [
            one for one in results if one.error is None and not one.unsent and one.item.kind not in ONE_BY_ONE
        ]
        with self._database.write() as session:
            sent = [(one.item.outbox_id, one.message_ref or "") for one in arrived]
            outbox.mark_many_sent(session, sent, self._process, self._clock.now())
            for result in results:
                if result in arrived:
                    continue
                row = outbox.get_for_result(session, result.item.outbox_id)
                if row is not None and row.state == "sending" and row.claimed_by == self._process:
                    self._record_one(session, row, result)

    def _record_one(self, session: Session, row: Outbox, result: Result) -> None:
        now, error = self._clock.now(), result.error
        if result.unsent or isinstance(error, RetryLater | ChatMoved | NotSent):
            self._ask_rule_again(session, row)
        if result.unsent:
            row.attempts -= 1
            outbox.put_back(row, None, "")
        elif error is None:
            outbox.mark_sent(row, result.message_ref or "", now)
            digests.set_state(session, row.id, "sent", now)
        elif isinstance(error, RetryLater):
            until = now + min(timedelta(seconds=error.seconds), outbox.LONGEST_WAIT)
            outbox.put_back(row, None, str(error))
            if error.scope == "chat":
                outbox.pause_chat(session, row.chat_id, until)
            else:
                outbox.pause_channel(session, row.channel, until)
        elif isinstance(error, ChatMoved):
            people.move_chat(session, row.chat_id, error.new_chat)
            outbox.put_back(row, None, str(error))
        elif isinstance(error, Unreachable):
            digests.release(session, row.chat_id)
            outbox.close_chat(session, row.chat_id, str(error))
        elif isinstance(error, Rejected):
            outbox.mark_failed(row, str(error))
            digests.set_state(session, row.id, "uncertain", now)
        elif isinstance(error, NotSent) or outbox.note_unknown(row):
            wait = BACK_OFF[min(row.attempts, len(BACK_OFF)) - 1]
            outbox.put_back(row, now + timedelta(seconds=wait), str(error))
        else:
            digests.set_state(session, row.id, "uncertain", now)

    def _ask_rule_again(self, session: Session, row: Outbox) -> None:
        """A digest that certainly did not arrive is made anew when its turn comes; one that may have stays as it is."""
        if row.kind == DIGEST and not row.maybe_duplicate:
            row.body = {}
            digests.set_state(session, row.id, "planned", None)
