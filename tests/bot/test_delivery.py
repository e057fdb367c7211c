"""The sender with a channel that misbehaves: nothing is doubled, nothing stops the others."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from sqlalchemy import select

from bot import delivery
from bot.clock import Clock
from bot.messages import (
    ChatMoved,
    DeliveryError,
    NotSent,
    OutcomeUnknown,
    Outgoing,
    Rejected,
    RetryLater,
    Unreachable,
)
from bot.service import Service
from bot.settings import Settings
from storage import outbox, people
from storage.database import Database
from storage.models import Chat, Outbox
from tests.support import RecordingChannel, shipped_knowledge


class Troubled(RecordingChannel):
    """Raises what it was told to, once each, before it sends."""

    def __init__(self, *troubles: Exception) -> None:
        super().__init__("web")
        self.troubles = list(troubles)

    async def send(self, message: Outgoing) -> str:
        if self.troubles:
            raise self.troubles.pop(0)
        return await super().send(message)


def queue(database: Database, *texts: str, chat: str = "a", kind: str = "notice") -> None:
    clock = Clock(Settings().timezone)
    with database.write() as session:
        row = people.get_or_add_chat(session, "web", chat, group=False)
        for text in texts:
            outbox.add(session, row, kind, {"text": text} if text else {"wrong": "shape"}, clock.now())
            session.flush()


def rows(database: Database) -> list[Outbox]:
    with database.read() as session:
        return list(session.scalars(select(Outbox).order_by(Outbox.id)))


def run(database: Database, folder: Path, channel: RecordingChannel) -> list[str]:
    """Serve until no row is open; returns what arrived."""
    service = Service(
        database,
        shipped_knowledge(),
        Settings(),
        Clock(Settings().timezone),
        {"web": channel},
        folder / "media",
    )

    async def serve() -> None:
        running = asyncio.create_task(service.run())
        async with asyncio.timeout(10):
            while any(row.state in outbox.OPEN for row in await asyncio.to_thread(rows, database)):  # noqa: ASYNC110 - the table is what is awaited
                await asyncio.sleep(0.02)
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)

    asyncio.run(serve())
    return [message.text for _, message in channel.sent]


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Back-off as in life, only shorter."""
    monkeypatch.setattr(delivery, "BACK_OFF", (0.05,))
    monkeypatch.setattr(delivery, "POLL_SECONDS", 0.05)


@pytest.mark.parametrize(
    "trouble", [NotSent("no connection"), RetryLater(0.1), RetryLater(0.1, "channel"), ChatMoved("b")]
)
def test_what_certainly_did_not_arrive_is_sent_again_unmarked(
    sqlite_database: Database, tmp_path: Path, trouble: DeliveryError
) -> None:
    queue(sqlite_database, "หนึ่ง", "สอง")
    assert run(sqlite_database, tmp_path, Troubled(trouble)) == ["หนึ่ง", "สอง"]
    assert not any(row.maybe_duplicate for row in rows(sqlite_database))


def test_an_unknown_outcome_is_repeated_once_and_marked(sqlite_database: Database, tmp_path: Path) -> None:
    queue(sqlite_database, "หนึ่ง")
    assert run(sqlite_database, tmp_path, Troubled(OutcomeUnknown("read timeout"))) == ["หนึ่ง"]
    (row,) = rows(sqlite_database)
    assert (row.state, row.maybe_duplicate) == ("sent", True)


def test_a_second_unknown_outcome_is_shown_and_the_chat_goes_on(
    sqlite_database: Database, tmp_path: Path
) -> None:
    queue(sqlite_database, "หนึ่ง", "สอง")
    unknown = (OutcomeUnknown("read timeout"), OutcomeUnknown("read timeout"))
    assert run(sqlite_database, tmp_path, Troubled(*unknown)) == ["สอง"]
    assert [row.state for row in rows(sqlite_database)] == ["uncertain", "sent"]


def test_a_rejected_message_is_closed_and_the_chat_goes_on(sqlite_database: Database, tmp_path: Path) -> None:
    queue(sqlite_database, "หนึ่ง", "สอง")
    assert run(sqlite_database, tmp_path, Troubled(Rejected("bad request"))) == ["สอง"]
    assert [row.state for row in rows(sqlite_database)] == ["failed", "sent"]


def test_a_chat_that_cannot_be_reached_gets_nothing_more(sqlite_database: Database, tmp_path: Path) -> None:
    queue(sqlite_database, "หนึ่ง", "สอง")
    queue(sqlite_database, "สาม", chat="b")
    channel = Troubled(Unreachable("blocked"))
    assert run(sqlite_database, tmp_path, channel) == ["สาม"]
    assert [row.state for row in rows(sqlite_database)] == ["failed", "failed", "sent"]


def test_a_row_that_cannot_be_prepared_stops_nobody(sqlite_database: Database, tmp_path: Path) -> None:
    queue(sqlite_database, "")
    queue(sqlite_database, "สอง", chat="b")
    assert run(sqlite_database, tmp_path, RecordingChannel("web")) == ["สอง"]
    first, _ = rows(sqlite_database)
    assert (first.state, first.error) == ("failed", "KeyError")


def test_a_crash_of_the_channel_is_an_unknown_outcome(sqlite_database: Database, tmp_path: Path) -> None:
    queue(sqlite_database, "หนึ่ง")
    assert run(sqlite_database, tmp_path, Troubled(ValueError("a fault of ours"))) == ["หนึ่ง"]
    assert rows(sqlite_database)[0].maybe_duplicate


def test_many_chats_at_a_slow_service_each_get_their_message_once(
    sqlite_database: Database, tmp_path: Path
) -> None:
    class Slow(RecordingChannel):
        async def send(self, message: Outgoing) -> str:
            await asyncio.sleep(0.05)
            return await super().send(message)

    for number in range(40):
        queue(sqlite_database, f"m{number}", chat=f"c{number}")
    assert sorted(run(sqlite_database, tmp_path, Slow("web"))) == sorted(f"m{number}" for number in range(40))
    assert all(row.attempts == 1 for row in rows(sqlite_database))


def test_a_chat_with_a_new_id_keeps_its_messages_even_if_that_id_is_known(
    sqlite_database: Database, tmp_path: Path
) -> None:
    queue(sqlite_database, "แก่", chat="b")
    queue(sqlite_database, "หนึ่ง", chat="a")
    assert sorted(run(sqlite_database, tmp_path, Troubled(ChatMoved("c"), ChatMoved("b")))) == ["หนึ่ง", "แก่"]
    with sqlite_database.read() as session:
        assert session.scalars(select(Chat)).all()


def test_a_message_with_a_code_is_emptied_once_it_is_sent(sqlite_database: Database, tmp_path: Path) -> None:
    queue(sqlite_database, "SC-shown-once", kind=outbox.CODE)
    queue(sqlite_database, "plain")

    assert run(sqlite_database, tmp_path, RecordingChannel("web")) == ["SC-shown-once", "plain"]

    assert [(row.state, row.body) for row in rows(sqlite_database)] == [
        ("sent", {}),
        ("sent", {"text": "plain"}),
    ]
