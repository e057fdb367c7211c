"""What a service does before it serves, and what it does in the night."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.channels.telegram import TelegramChannel
from bot.channels.terminal import TerminalChannel
from bot.channels.web import WebChannel
from bot.locks import CHANNELS
from bot.retention import night_of
from bot.service import Service
from bot.settings import Settings
from storage import conversations, erased_log, meta, outbox
from storage.database import Database
from storage.models import AuditEvent, Chat, Choice, Person
from tests.support import ZONE, HandClock, RecordingChannel, few_entries
from tests.world import add_world


def test_a_service_erases_again_before_it_serves_and_purges_what_is_due(
    sqlite_database: Database, tmp_path: Path, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A folder of yesterday was copied back; the file of erasures was not."""
    with sqlite_database.write() as session:
        world = add_world(session, now)
        outbox.add(session, session.get_one(Chat, world.officer.chat.id), "reply", {"text": "ก"}, now)
        old = conversations.NewChoice("old", {"name": "help", "args": {}})
        conversations.add_choices(session, world.guest.chat.id, [old], now, timedelta(seconds=1))
    erased_log.append(tmp_path / "erased.log", world.officer.person.public_id, now)
    channel = RecordingChannel("web")
    night = HandClock(now + timedelta(hours=17))  # 03:00 in Bangkok: no reminder leaves
    service = Service(sqlite_database, few_entries(), Settings(), night, {"web": channel}, tmp_path / "media")

    really = service.purge

    async def serve() -> None:
        purged = asyncio.Event()

        async def purge() -> None:
            await really()
            purged.set()

        monkeypatch.setattr(service, "purge", purge)
        running = asyncio.create_task(service.run())
        assert await service.settle()
        await asyncio.wait_for(purged.wait(), 20)
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)

    asyncio.run(serve())
    with sqlite_database.read() as session:
        assert session.get_one(Person, world.officer.person.id).name == ""
        assert session.get_one(Person, world.neighbour.person.id).name
        assert session.get(Choice, "old") is None
        assert meta.last_purge(session) == night_of(service.clock.now(), ZONE)
        actions = session.scalars(select(AuditEvent.action).order_by(AuditEvent.id)).all()
    assert actions[0] == "person.erased"
    assert channel.sent == []


def test_a_restore_asks_every_channel_that_there_is() -> None:
    assert set(CHANNELS) == {one.name for one in (TelegramChannel, TerminalChannel, WebChannel)}
