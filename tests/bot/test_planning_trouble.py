"""A database that is locked, or gone, in the midst of a plan: the plan fails whole, says so, and is made again."""

from __future__ import annotations

import asyncio
import logging
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from bot.clock import Clock
from bot.health import PLAN_OVERDUE
from bot.hosting import read_fault
from bot.scheduler import Scheduler
from bot.service import Service
from bot.settings import Settings
from storage import database as storage_database
from storage import digests, meta, reminders
from storage.database import Database
from storage.models import Outbox, Reminder
from tests.conftest import opened
from tests.support import HandClock, RecordingChannel, few_entries
from tests.world import add_world

FAILED = "job plan failed: OperationalError; it is tried again at its next time"


def service_of(database: Database, folder: Path, clock: Clock) -> Service:
    return Service(
        database, few_entries(), Settings(), clock, {"web": RecordingChannel("web")}, folder / "media"
    )


def run_job(service: Service) -> None:
    """The plan as the scheduler runs it, once."""

    async def once() -> None:
        ran = asyncio.Event()

        async def plan() -> None:
            try:
                await service.plan_and_report()
            finally:
                ran.set()

        async def nothing() -> None: ...

        scheduler = Scheduler(plan, nothing, service.clock.zone)
        scheduler.start()
        try:
            async with asyncio.timeout(20):
                await ran.wait()
            await asyncio.sleep(0)
        finally:
            scheduler.stop()

    asyncio.run(once())


def stored(database: Database) -> tuple[int, int, datetime | None]:
    """Reminders, digests, and when a plan was made last."""
    with database.read() as session:
        count = session.scalar(select(func.count()).select_from(Reminder)) or 0
        queued = session.scalar(select(func.count()).select_from(Outbox)) or 0
        return count, queued, meta.last_plan(session)


def warned(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [one.message for one in caplog.records if one.levelno >= logging.WARNING]


@pytest.fixture
def clock(now: datetime) -> HandClock:
    return HandClock(now)


def test_a_plan_that_finds_the_database_locked_is_made_at_the_next_run(
    sqlite_url: str,
    tmp_path: Path,
    clock: HandClock,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    impatient = [one for one in storage_database.PRAGMAS if "busy" not in one] + ["busy_timeout=50"]
    monkeypatch.setattr(storage_database, "PRAGMAS", tuple(impatient))
    with opened(sqlite_url) as database:
        with database.write() as session:
            add_world(session, clock.now())
        service = service_of(database, tmp_path, clock)
        with closing(sqlite3.connect(str(database.file), isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            run_job(service)
            assert stored(database) == (0, 0, None)
            assert warned(caplog) == [FAILED]
            other.execute("ROLLBACK")

        run_job(service)
        planned, queued, last = stored(database)
        assert planned
        assert queued
        assert last == clock.now()


class Ended(Exception):
    """Nothing that a test raises by itself."""


def ended_in(monkeypatch: pytest.MonkeyPatch, module: Any, name: str, database: Database) -> None:
    """The server ends the plan's own connection when it comes to this step, once."""
    step: Callable[..., Any] = getattr(module, name)
    left = [None]

    def then_gone(session: Session, *args: Any, **kwargs: Any) -> Any:
        done = step(session, *args, **kwargs)
        if left:
            left.pop()
            pid = session.scalar(text("SELECT pg_backend_pid()"))
            with database.engine.connect() as other:
                other.execute(text("SELECT pg_terminate_backend(:pid)"), {"pid": pid})
                other.commit()
        return done

    monkeypatch.setattr(module, name, then_gone)


@pytest.mark.postgresql
@pytest.mark.parametrize(
    ("module", "name"), [(meta, "lock"), (reminders, "add_missing"), (digests, "settle")]
)
def test_a_plan_whose_connection_is_ended_leaves_nothing_half_done(
    postgresql_database: Database,
    tmp_path: Path,
    clock: HandClock,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    module: Any,
    name: str,
) -> None:
    with postgresql_database.write() as session:
        add_world(session, clock.now())
    service = service_of(postgresql_database, tmp_path, clock)
    ended_in(monkeypatch, module, name, postgresql_database)

    run_job(service)
    assert stored(postgresql_database) == (0, 0, None)
    assert warned(caplog) == [FAILED]

    run_job(service)
    planned, queued, last = stored(postgresql_database)
    assert planned
    assert queued
    assert last == clock.now()


def test_a_plan_that_fails_for_more_than_a_day_turns_the_watch_red_and_back(
    database: Database, tmp_path: Path, clock: HandClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    with database.write() as session:
        add_world(session, clock.now())
    service = service_of(database, tmp_path, clock)
    run_job(service)

    def broken(*_: Any) -> Sequence[str]:
        raise Ended

    with monkeypatch.context() as patch:
        patch.setattr(meta, "lock", broken)
        clock.at += PLAN_OVERDUE + timedelta(minutes=1)
        run_job(service)
        assert read_fault(database, clock) is not None

    run_job(service)
    assert read_fault(database, clock) is None
    with database.read() as session:
        assert meta.plan_gap(session) is not None
