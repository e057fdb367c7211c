"""The demo: its persons, and a year that passes when the date is moved."""

from __future__ import annotations

import asyncio
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, update

from bot import demo
from bot.clock import Clock
from bot.locks import AlreadyServing
from bot.service import Service, shift_of
from bot.settings import Settings
from storage.database import Database
from storage.models import Activity, Membership, Reminder
from tests.support import RecordingChannel, shipped_knowledge


def make_service(database: Database, folder: Path) -> tuple[Service, RecordingChannel]:
    clock = Clock(Settings().timezone, shift=shift_of(database))
    channel = RecordingChannel("web")
    service = Service(database, shipped_knowledge(), Settings(), clock, {"web": channel}, folder / "media")
    demo.seed(database, clock)
    return service, channel


def test_the_demo_starts_with_real_memberships_and_public_examples_once(
    sqlite_database: Database, tmp_path: Path
) -> None:
    for _ in range(2):
        make_service(sqlite_database, tmp_path)
    with sqlite_database.read() as session:
        roles = [(one.role, one.province_code, one.curator) for one in session.scalars(select(Membership))]
        examples = session.scalars(select(Activity)).all()
    assert sorted(roles, key=str) == [
        ("head", "TH-50", False),
        ("ministry", None, True),
        ("ministry", None, True),
        ("officer", "TH-50", False),
    ]
    assert len(examples) > 40
    assert all(one.source for one in examples)


def test_a_file_of_an_earlier_version_gets_its_curators(sqlite_database: Database, tmp_path: Path) -> None:
    make_service(sqlite_database, tmp_path)
    with sqlite_database.write() as session:
        session.execute(update(Membership).values(curator=False))
    make_service(sqlite_database, tmp_path)
    with sqlite_database.read() as session:
        assert len(session.scalars(select(Membership).where(Membership.curator)).all()) == 2


def test_a_moved_date_brings_each_reminder_once_and_survives_a_restart(
    sqlite_database: Database, tmp_path: Path
) -> None:
    service, channel = make_service(sqlite_database, tmp_path)
    target = service.clock.today() + timedelta(days=430)

    async def year() -> None:
        running = asyncio.create_task(service.run())
        await service.settle()
        await demo.move_to(service, target)
        await service.settle()
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)

    asyncio.run(year())
    digests = [
        one.title for chat, one in channel.sent if chat == "demo-officer" and one.title.startswith("⏳")
    ]
    assert len(digests) >= 9
    with sqlite_database.read() as session:
        rows = session.scalars(select(Reminder).where(Reminder.person_id.is_not(None))).all()
        sent = [(row.pairing_id, row.basis, row.period, row.step) for row in rows if row.state == "sent"]
    assert len(sent) == len(set(sent))
    assert {step for _, _, _, step in sent} >= {"start", "d180", "d90", "d60", "d30", "d7", "overdue1"}
    again, _ = make_service(sqlite_database, tmp_path)
    assert again.clock.today() == target


def test_moving_back_plans_nothing_and_too_far_ahead_is_refused(
    sqlite_database: Database, tmp_path: Path
) -> None:
    service, channel = make_service(sqlite_database, tmp_path)
    asyncio.run(demo.move_to(service, date(2020, 1, 6)))
    assert service.clock.today() == date(2020, 1, 6)
    assert channel.sent == []
    with pytest.raises(ValueError, match="days ahead"):
        asyncio.run(demo.move_to(service, date(2090, 1, 1)))


def test_a_second_process_on_the_same_file_is_refused(sqlite_database: Database, tmp_path: Path) -> None:
    first, _ = make_service(sqlite_database, tmp_path)
    second, _ = make_service(sqlite_database, tmp_path)

    async def both() -> None:
        running = asyncio.create_task(first.run())
        await first.settle()
        with pytest.raises(AlreadyServing, match="another process serves web"):
            await second.run()
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)

    asyncio.run(both())


def test_the_page_history_keeps_a_message_once_and_edits_it(sqlite_database: Database) -> None:
    history = demo.PageHistory(sqlite_database, Clock(Settings().timezone))
    first = history.post("demo-guest", "outbox-1", {"text": "ก"})
    assert history.post("demo-guest", "outbox-1", {"text": "ก"}) == first
    history.said("demo-guest", "client-1", {"text": "ข"})
    (bot, me) = history.since("demo-guest", 0)
    assert (bot["from"], me["from"]) == ("bot", "me")
    assert history.edit("demo-guest", first, {"text": "ค"})
    (edited,) = history.since("demo-guest", me["rev"])
    assert (edited["id"], edited["body"]) == (first, {"text": "ค"})
    assert not history.edit("demo-officer", first, {"text": "ง"})
