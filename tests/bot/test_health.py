"""When planning is ill, and who outside is told that it runs."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from aiohttp import web
from sqlalchemy import select

from bot import dead_man
from bot.clock import Clock
from bot.health import is_healthy, planning_fault
from bot.hosting import read_fault
from bot.reports.status import read_status
from bot.service import Service
from bot.settings import Settings
from storage import meta
from storage.database import Database
from storage.models import Outbox
from tests.support import HandClock, RecordingChannel, few_entries
from tests.world import add_world

ONE_ENGINE = True
NOW = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
SECRET = "0b4f-secret"


@pytest.mark.parametrize(
    ("hours", "healthy"), [(0, True), (26, True), (26.01, False), (24 * 365, False), (-1, True)]
)
def test_planning_is_ill_after_twenty_six_hours(hours: float, healthy: bool) -> None:
    last = NOW - timedelta(hours=hours)
    assert is_healthy(last, NOW) is healthy
    assert (planning_fault(last, NOW) is None) is healthy


def test_where_nothing_was_ever_planned_nothing_is_ill() -> None:
    assert is_healthy(None, NOW)
    assert planning_fault(None, NOW) is None


def test_status_and_health_say_the_same(database: Database, now: datetime) -> None:
    with database.write() as session:
        meta.put(session, meta.LAST_PLAN, (now - timedelta(hours=27)).isoformat())
    with database.read() as session:
        attention = read_status(session, now)["attention"]
    clock = Clock(Settings().timezone, real=lambda: now)
    assert attention == ["reminders were last planned 2026-11-21T00:00:00+00:00"]
    assert read_fault(database, clock) == attention[0]


# ------------------------------------------------------------------ the watcher outside


class Watcher:
    """Counts who calls, and answers as it was told to."""

    def __init__(self, status: int = 200, wait: float = 0) -> None:
        self.status = status
        self.wait = wait
        self.calls: list[str] = []

    async def answer(self, request: web.Request) -> web.Response:
        self.calls.append(f"{request.method} {request.path}")
        await asyncio.sleep(self.wait)
        return web.Response(status=self.status)

    @asynccontextmanager
    async def serve(self) -> AsyncIterator[str]:
        """Yields the address."""
        app = web.Application()
        app.router.add_route("*", "/{path:.*}", self.answer)
        runner = web.AppRunner(app, shutdown_timeout=0.1)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        try:
            yield f"http://127.0.0.1:{runner.addresses[0][1]}/{SECRET}"
        finally:
            await runner.cleanup()


def service_of(database: Database, folder: Path, clock: Clock, url: str | None) -> Service:
    channel = RecordingChannel("web")
    return Service(
        database,
        few_entries(),
        Settings(),
        clock,
        {"web": channel},
        folder / "media",
        dead_man_url=url,
    )


def test_the_watcher_is_called_after_each_plan(database: Database, tmp_path: Path, now: datetime) -> None:
    watcher = Watcher()
    clock = Clock(Settings().timezone, real=lambda: now)

    async def plan_twice() -> None:
        async with watcher.serve() as url:
            service = service_of(database, tmp_path, clock, url)
            await service.plan_and_report()
            assert watcher.calls == [f"GET /{SECRET}"]
            with database.read() as session:
                assert meta.last_plan(session) == now
            await service.plan_and_report()

    asyncio.run(plan_twice())
    assert len(watcher.calls) == 2


def test_the_watcher_is_not_called_after_a_plan_that_failed(
    database: Database, tmp_path: Path, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    watcher = Watcher()

    async def plan() -> None:
        async with watcher.serve() as url:
            service = service_of(database, tmp_path, Clock(Settings().timezone, real=lambda: now), url)
            monkeypatch.setattr(service.assistant.planner, "plan", _broken)
            with pytest.raises(RuntimeError):
                await service.plan_and_report()

    asyncio.run(plan())
    assert watcher.calls == []


def _broken(*_: object) -> None:
    raise RuntimeError


def test_while_planning_fails_for_more_than_a_day_the_ministry_is_told_once(
    database: Database, tmp_path: Path, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = HandClock(now)
    with database.write() as session:
        world = add_world(session, now)
        meta.put(session, meta.LAST_PLAN, now.isoformat())
    service = service_of(database, tmp_path, clock, None)
    monkeypatch.setattr(service.assistant.planner, "plan", _broken)

    def told() -> list[tuple[int, str]]:
        with pytest.raises(RuntimeError):
            asyncio.run(service.plan_and_report())
        with database.read() as session:
            return [(row.chat_id, row.body["text"]) for row in session.scalars(select(Outbox))]

    clock.move(hours=26)
    assert told() == []
    clock.move(minutes=10)
    ((chat, text),) = told()
    assert chat == world.ministry.chat.id
    assert "ตั้งแต่ 22 พ.ย. 2569 10.00 น." in text
    clock.move(hours=5)
    assert len(told()) == 1


@pytest.mark.parametrize("status", [200, 404, 500])
def test_what_the_watcher_answers_stops_nothing_and_its_address_is_in_no_log(
    status: int, caplog: pytest.LogCaptureFixture
) -> None:
    watcher = Watcher(status)
    caplog.set_level(logging.DEBUG)

    async def call() -> None:
        async with watcher.serve() as url:
            await dead_man.call(url)

    asyncio.run(call())
    warned = [one.message for one in caplog.records if one.name == dead_man.log.name]
    assert warned == ([] if status == 200 else [f"the watcher of the planning answered {status}"])
    ours = [one for one in caplog.records if not one.name.startswith("aiohttp.access")]
    assert all(SECRET not in one.getMessage() for one in ours)


@pytest.mark.parametrize("url", ["http://127.0.0.1:9/" + SECRET, "http://[" + SECRET, "ftp://x/" + SECRET])
def test_a_watcher_that_cannot_be_reached_is_a_warning(url: str, caplog: pytest.LogCaptureFixture) -> None:
    asyncio.run(dead_man.call(url))
    assert ["cannot be reached" in one.message for one in caplog.records if one.levelname == "WARNING"] == [
        True
    ]
    assert SECRET not in caplog.text


def test_one_that_keeps_silent_is_given_up(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dead_man, "SECONDS", 0.1)

    watcher = Watcher(wait=5)

    async def call() -> None:
        async with watcher.serve() as url:
            await dead_man.call(url)

    asyncio.run(call())
    assert "cannot be reached: TimeoutError" in caplog.text
