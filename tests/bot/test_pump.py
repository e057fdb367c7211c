"""The pump: what was sent together is one turn, whatever happens in between."""

from __future__ import annotations

import asyncio
import json
import time
import zlib
from collections.abc import Callable, Coroutine, Iterable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from bot.assistant import TurnResult
from bot.media.store import MediaStore
from bot.messages import Event, FetchError, FileRef, RawUpdate, UnreadableUpdate
from bot.pump import Pump
from storage import inbox
from storage.database import Database
from storage.inbox import NewUpdate
from storage.models import Inbox, Outbox
from tests.files_from_people import encoded, photo
from tests.support import HandClock, Office, SilentChannel, few_entries

CHAT = "officer"
SENTENCE = "ประชุมกับเฉิงตู 3 พ.ย. 69 30 คน"
PATIENCE = 10.0


class Albums(SilentChannel):
    """Each update is a photo with a caption; the photo called "broken" cannot be had, "garbled" does not parse."""

    name = "telegram"

    def read(self, body: str) -> Event:
        said = json.loads(body)
        if said["photo"] == "garbled":
            raise UnreadableUpdate("garbled")
        files = (FileRef(said["photo"], "photo"),) if said["photo"] else ()
        return Event(CHAT, CHAT, text=said["caption"], files=files)

    async def fetch(self, file: FileRef, target: Path, max_bytes: int) -> None:
        if file.handle == "broken":
            raise FetchError("unavailable", permanent=True)
        await asyncio.to_thread(
            target.write_bytes, encoded(photo(zlib.crc32(file.handle.encode()), (64, 48)))
        )


class Scene:
    """A pump on a database."""

    def __init__(self, office: Office, folder: Path) -> None:
        self.office = office
        self.pump = Pump(
            office.database,
            office.assistant,
            {"telegram": Albums()},
            MediaStore(folder / "media"),
            office.clock,
            lambda _result: None,
        )

    async def until(self, condition: Callable[[], bool]) -> None:
        await asyncio.to_thread(wait_for, condition)

    def said(self) -> list[str]:
        with self.office.database.read() as session:
            return [body["text"] for body in session.scalars(select(Outbox.body).order_by(Outbox.id))]

    def states(self) -> list[str]:
        with self.office.database.read() as session:
            return list(session.scalars(select(Inbox.state).order_by(Inbox.id)))


def wait_for(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.01)


@pytest.fixture
def scene(sqlite_database: Database, tmp_path: Path, now: datetime) -> Scene:
    office = Office(sqlite_database, tmp_path / "media", HandClock(now), knowledge=few_entries())
    office.person(CHAT, "officer", "TH-50", channel="telegram")
    return Scene(office, tmp_path)


def photos(album: str | None, *named: tuple[str, str]) -> list[RawUpdate]:
    """Updates, one a photo, given by (photo, caption)."""
    return [
        RawUpdate(
            f"{album}-{photo}-{caption}", CHAT, json.dumps({"photo": photo, "caption": caption}), album=album
        )
        for photo, caption in named
    ]


def play(work: Callable[[], Coroutine[Any, Any, None]]) -> None:
    asyncio.run(work())


def store(scene: Scene, updates: Iterable[RawUpdate], at: datetime) -> None:
    """What an earlier process stored before it died."""
    rows = [NewUpdate(one.update_id, one.chat, one.body, one.album) for one in updates]
    with scene.office.database.write() as session:
        inbox.add(session, "telegram", rows, at)


def test_an_album_waits_until_nothing_more_of_it_comes(scene: Scene) -> None:
    async def work() -> None:
        await scene.pump.receive("telegram", photos("one", ("a", "")))
        await scene.pump.receive("telegram", photos("one", ("b", SENTENCE), ("c", "")))
        await asyncio.sleep(0.1)
        assert scene.states() == ["new"] * 3

        scene.office.clock.move(seconds=1)
        await scene.until(scene.pump.is_idle)

    play(work)
    assert scene.states() == ["handled"] * 3
    (card,) = scene.said()
    assert "ภาพ/เอกสาร: 3 รายการ" in card


def test_a_restart_changes_nothing_about_what_is_complete(scene: Scene) -> None:
    now = scene.office.clock.now()
    store(scene, photos("one", ("a", ""), ("b", SENTENCE)), now - timedelta(seconds=2))

    async def work() -> None:
        looking = asyncio.create_task(scene.pump.run())
        await scene.until(lambda: scene.states() == ["handled"] * 2)
        looking.cancel()

    play(work)
    assert len(scene.said()) == 1


def test_a_clock_that_was_put_back_holds_up_nobody(scene: Scene) -> None:
    store(scene, photos("one", ("a", SENTENCE)), scene.office.clock.now() + timedelta(hours=1))

    async def work() -> None:
        looking = asyncio.create_task(scene.pump.run())
        await scene.until(lambda: scene.states() == ["handled"])
        looking.cancel()

    play(work)


def test_what_follows_an_album_waits_for_it(scene: Scene) -> None:
    async def work() -> None:
        text = photos(None, ("", "4 พ.ย. 69"))
        await scene.pump.receive("telegram", [*photos("one", ("a", SENTENCE), ("b", "")), *text])
        scene.office.clock.move(seconds=1)
        await scene.until(scene.pump.is_idle)

    play(work)
    first, second = scene.said()
    assert "วันที่: 3 พ.ย. 2569" in first
    assert "วันที่: 4 พ.ย. 2569" in second
    assert "ภาพ/เอกสาร: 2 รายการ" in second


def test_two_albums_in_one_batch_are_two_messages(scene: Scene) -> None:
    async def work() -> None:
        one = photos("one", ("a", SENTENCE), ("b", ""))
        two = photos("two", ("c", "ต้อนรับคณะเซี่ยงไฮ้ 15 พ.ย. 69"), ("d", ""))
        await scene.pump.receive("telegram", [*one, *two])
        scene.office.clock.move(seconds=1)
        await scene.until(scene.pump.is_idle)

    play(work)
    first, second = scene.said()
    assert "เฉิงตู" in first
    assert "เซี่ยงไฮ้" in second
    assert "ภาพ/เอกสาร: 2 รายการ" in second


def test_a_photo_that_cannot_be_had_or_read_costs_the_album_nothing_else(scene: Scene) -> None:
    async def work() -> None:
        updates = photos("one", ("garbled", ""), ("a", SENTENCE), ("broken", ""), ("b", ""))
        await scene.pump.receive("telegram", updates)
        scene.office.clock.move(seconds=1)
        await scene.until(scene.pump.is_idle)

    play(work)
    assert scene.states() == ["quarantined", "handled", "handled", "handled"]
    (card,) = scene.said()
    assert "รับไฟล์ไม่ได้" in card
    assert "ภาพ/เอกสาร: 2 รายการ" in card


def test_a_turn_that_fails_puts_the_whole_album_aside_with_one_line(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_arguments: object) -> TurnResult:
        raise RuntimeError

    monkeypatch.setattr(scene.office.assistant, "turn", fail)
    scene.office.person(CHAT, channel="telegram")

    async def work() -> None:
        await scene.pump.receive("telegram", photos("one", ("a", SENTENCE), ("b", "")))
        for _ in range(5):
            scene.office.clock.move(seconds=20)
            await scene.until(scene.pump.is_idle)
            scene.pump._start(("telegram", CHAT))
        await scene.until(scene.pump.is_idle)

    play(work)
    assert scene.states() == ["quarantined"] * 2
    (line,) = scene.said()
    assert "ระบบประมวลผลข้อความล่าสุดไม่ได้" in line


def test_a_service_that_leaves_lets_an_incomplete_album_wait_in_the_table(scene: Scene) -> None:
    async def work() -> None:
        await scene.pump.receive("telegram", photos("one", ("a", SENTENCE)))
        await asyncio.sleep(0.05)
        await scene.pump.drain(PATIENCE)

    play(work)
    assert scene.states() == ["new"]
    assert scene.said() == []
