"""A morning's reminders on Telegram when it is down, floods, or is blocked: each arrives once, or somebody else hears."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from bot import delivery
from bot.channels.telegram import TelegramChannel
from bot.service import Service
from bot.settings import Settings
from storage import people
from storage.database import Database
from storage.models import Identity, Outbox, Reminder
from tests.fake_bot_api import FakeBotApi, Fault, Sent
from tests.support import ZONE, HandClock, Office, few_entries

ONE_ENGINE = True
OFFICER, HEAD = 7, 8
TUESDAY, WEDNESDAY, THURSDAY = date(2026, 12, 1), date(2026, 12, 2), date(2026, 12, 3)
MANY = 10_000


@pytest.fixture
def api() -> Iterator[FakeBotApi]:
    with FakeBotApi() as server:
        for chat in (OFFICER, HEAD):
            server.open_chat(chat)
        yield server


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """The table is looked at more often than in life; back-off goes by the clock that is moved by hand."""
    monkeypatch.setattr(delivery, "POLL_SECONDS", 0.02)


class Ranong:
    """A province with one signed pairing, its officer on Telegram, and the service."""

    def __init__(self, database: Database, folder: Path, api: FakeBotApi, clock: HandClock) -> None:
        self.database, self.folder, self.api, self.clock = database, folder, api, clock
        self.office = Office(database, folder / "media", clock, knowledge=few_entries())
        self.office.person(str(OFFICER), "officer", "TH-85", "telegram")
        with database.write() as session:
            people.get_or_add_check(session, "TH-85").confirmed_at = clock.now()

    def serve(self, day: Callable[[Service], Awaitable[None]], url: str | None = None) -> None:
        """
        Only plan and send: nobody writes, and the clock is moved by hand.

        Args:
            url: Of the server, where it is not the one that stands.
        """

        async def serve() -> None:
            channel = TelegramChannel(self.api.token, url or self.api.url, {})
            service = Service(
                self.database,
                few_entries(),
                Settings(),
                self.clock,
                {"telegram": channel},
                self.folder / "media",
            )
            sending = asyncio.create_task(service.sender.run())
            try:
                async with asyncio.timeout(60):
                    await day(service)
            finally:
                sending.cancel()
                await asyncio.gather(sending, return_exceptions=True)
                await channel.close()

        asyncio.run(serve())

    async def until(self, holds: Callable[[], bool], each: float = 0) -> None:
        """Wait for it; `each` look is so many seconds after the one before, by the clock moved by hand."""
        while not await asyncio.to_thread(holds):
            self.clock.move(seconds=each)
            await asyncio.sleep(0.01)

    async def pass_until(self, day: date, hour: int) -> None:
        """Let the time pass; while something is being sent it stands still, or the send would seem to hang."""
        until = datetime.combine(day, time(hour), ZONE)
        while self.clock.business() < until:
            if all(row.state != "sending" for row in self.rows()):
                self.clock.move(seconds=min(120.0, (until - self.clock.business()).total_seconds()))
            await asyncio.sleep(0.01)

    async def tried(self) -> None:
        """Wait until a digest that was tried stands in the table again."""
        await self.until(lambda: any(row.state == "queued" and row.error for row in self.rows()))

    def rows(self) -> list[Outbox]:
        with self.database.read() as session:
            return list(session.scalars(select(Outbox).where(Outbox.kind == "digest").order_by(Outbox.id)))

    def waits_for(self, day: date) -> bool:
        """Whether the one digest waits for that day's office hours."""
        (row,) = self.rows()
        opens = row.not_before
        return row.state == "queued" and opens is not None and opens.astimezone(ZONE).date() == day

    def is_told(self) -> bool:
        """Whether a digest arrived and was recorded."""
        return bool(self.digests(OFFICER)) and all(row.state != "sending" for row in self.rows())

    def digests(self, chat: int) -> list[Sent]:
        return [one for one in self.api.sent(chat) if "⏳" in one.text]

    def reminders(self) -> list[tuple[str, str]]:
        """Of the province's pairing: step and state."""
        with self.database.read() as session:
            mine = select(Reminder).where(
                Reminder.pairing_id == "85-kawthaung", Reminder.person_id.is_not(None)
            )
            return [(one.step, one.state) for one in session.scalars(mine.order_by(Reminder.id))]


@pytest.fixture
def ranong(database: Database, tmp_path: Path, api: FakeBotApi, now: datetime) -> Ranong:
    return Ranong(database, tmp_path, api, HandClock(now))


# ------------------------------------------------------------------ down for a day


@pytest.mark.parametrize("how", [{"reset": "before"}, {"status": 502, "body": "<html>Bad Gateway</html>"}])
def test_when_telegram_is_down_for_a_day_the_reminder_comes_once_and_says_of_which_day_it_is(
    ranong: Ranong, api: FakeBotApi, how: dict[str, Any]
) -> None:
    async def day(service: Service) -> None:
        api.fail(Fault("*", times=MANY, **how))
        ranong.clock.set_day(TUESDAY, 9)
        await service.plan()
        await ranong.tried()
        for hour in (12, 15, 20):
            await ranong.pass_until(TUESDAY, hour)
            await service.plan()
        await ranong.until(lambda: ranong.waits_for(WEDNESDAY), each=1)
        assert ranong.digests(OFFICER) == []
        api.mend()

        ranong.clock.set_day(WEDNESDAY, 8)
        await service.plan()
        ranong.clock.set_day(WEDNESDAY, 9)
        service.sender.wake()
        await ranong.until(ranong.is_told, each=1)
        for moment in ((WEDNESDAY, 15), (THURSDAY, 10)):
            ranong.clock.set_day(*moment)
            await service.plan()
            await service.settle()

    ranong.serve(day)
    (said,) = ranong.digests(OFFICER)
    assert "เหลือ 30 วัน" in said.text
    assert "ข้อความของวันที่ 1 ธ.ค. 2569 ส่งซ้ำ" in said.text
    assert ranong.reminders() == [("d30", "sent")]


def test_a_server_that_cannot_be_reached_at_all_holds_the_digest_too(
    ranong: Ranong,
) -> None:
    async def day(service: Service) -> None:
        ranong.clock.set_day(TUESDAY, 9)
        await service.plan()
        await ranong.tried()

    ranong.serve(day, url="http://127.0.0.1:9")

    async def later(service: Service) -> None:
        ranong.clock.set_day(TUESDAY, 14)
        await service.plan()
        await ranong.until(ranong.is_told)

    ranong.serve(later)
    assert len(ranong.digests(OFFICER)) == 1
    assert ranong.reminders() == [("d30", "sent")]


# ------------------------------------------------------------------ storms of 429


def test_a_storm_of_429_delays_the_reminder_and_doubles_nothing(ranong: Ranong, api: FakeBotApi) -> None:
    async def day(service: Service) -> None:
        api.flood("sendMessage", retry_after=300, times=5)
        ranong.clock.set_day(TUESDAY, 9)
        await service.plan()
        for asked in range(1, 6):
            await ranong.until(lambda: api.methods().count("sendMessage") == asked)  # noqa: B023 - awaited here
            await ranong.until(lambda: ranong.rows()[-1].state == "queued")
            await service.plan()
            assert await service.settle()  # nothing is due for as long as it was told to wait
            assert api.methods().count("sendMessage") == asked
            ranong.clock.move(seconds=301)
        await ranong.until(ranong.is_told)
        await service.plan()
        await service.settle()

    ranong.serve(day)
    assert len(ranong.digests(OFFICER)) == 1
    assert ranong.reminders() == [("d30", "sent")]


def test_a_flood_until_the_evening_is_waited_for_until_the_next_morning(
    ranong: Ranong, api: FakeBotApi
) -> None:
    async def day(service: Service) -> None:
        api.flood("sendMessage", retry_after=36_000)  # ten hours
        ranong.clock.set_day(TUESDAY, 9)
        await service.plan()
        await ranong.tried()
        ranong.clock.set_day(TUESDAY, 20)
        service.sender.wake()
        await ranong.until(lambda: ranong.waits_for(WEDNESDAY))
        assert ranong.digests(OFFICER) == []
        ranong.clock.set_day(WEDNESDAY, 9)
        service.sender.wake()
        await ranong.until(ranong.is_told)

    ranong.serve(day)
    (said,) = ranong.digests(OFFICER)
    assert "เหลือ 29 วัน" in said.text
    assert "ส่งช้ากว่ากำหนด 1 วัน" in said.text
    assert ranong.reminders() == [("d30", "sent")]


def test_what_the_clock_says_afterwards_does_not_make_a_pause_endless(
    ranong: Ranong, api: FakeBotApi
) -> None:
    """A machine that wakes with a wrong year, is told to wait, and is then set right."""

    async def day(service: Service) -> None:
        api.flood("sendMessage", retry_after=30)
        ranong.clock.set_day(date(2027, 12, 1), 9)
        await service.plan()
        await ranong.tried()
        ranong.clock.set_day(TUESDAY, 9)
        await service.plan()
        await ranong.until(ranong.is_told)

    ranong.serve(day)
    (said,) = ranong.digests(OFFICER)
    assert "ปีปฏิทิน 2569" in said.text


# ------------------------------------------------------------------ blocked


def test_who_blocked_the_bot_is_not_asked_again_and_the_head_hears_of_it(
    ranong: Ranong, api: FakeBotApi
) -> None:
    ranong.office.person(str(HEAD), "head", "TH-85", "telegram")

    async def day(service: Service) -> None:
        api.user_blocks(OFFICER)
        ranong.clock.set_day(TUESDAY, 9)
        await service.plan()
        await ranong.until(lambda: any(row.state == "failed" for row in ranong.rows()))
        await ranong.until(lambda: len(api.sent(HEAD)) == 1)  # the month of the province
        asked = api.methods().count("sendMessage")
        await service.plan()
        assert await service.settle()
        ranong.clock.set_day(WEDNESDAY, 9)
        await service.plan()
        await ranong.until(lambda: bool(ranong.digests(HEAD)))
        assert await service.settle()
        assert api.methods().count("sendMessage") == asked + 1

    ranong.serve(day)
    (said,) = ranong.digests(HEAD)
    assert "ยังไม่มีผู้รับผิดชอบที่ติดต่อได้" in said.text
    assert sorted(ranong.reminders()) == [("d30", "planned"), ("d30", "sent")]
    with ranong.database.read() as session:
        found = session.scalar(select(Identity).where(Identity.external_id == str(OFFICER)))
        assert found is not None
        assert not found.reachable
