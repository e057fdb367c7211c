"""The chat page's history: what was said, in order, with what changed since the page last looked."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from storage import web_messages
from storage.database import Database

CHAT = "demo-officer"


def say(database: Database, now: datetime, key: str, text: str, chat: str = CHAT) -> str:
    with database.write() as session:
        return web_messages.add(session, chat, key, "bot", {"text": text}, now)


def edit(database: Database, message_id: str, text: str, chat: str = CHAT) -> bool:
    with database.write() as session:
        return web_messages.edit(session, chat, message_id, {"text": text})


def since(database: Database, after: int, chat: str = CHAT) -> list[tuple[int, str]]:
    """(revision, text) of what is new to a page that saw everything up to `after`."""
    with database.read() as session:
        return [(row.rev, row.body["text"]) for row in web_messages.list_since(session, chat, after)]


def test_a_new_page_sees_the_whole_conversation(database: Database, now: datetime) -> None:
    for number in "123":
        say(database, now, f"k{number}", number)
    assert since(database, 0) == [(1, "1"), (2, "2"), (3, "3")]
    assert since(database, 2) == [(3, "3")]
    assert since(database, 3) == []


def test_the_same_key_twice_is_one_message(database: Database, now: datetime) -> None:
    """A send that is repeated, because nobody knew whether it arrived, is seen once."""
    first = say(database, now, "outbox-1", "สวัสดี")
    assert say(database, now, "outbox-1", "สวัสดี") == first
    assert since(database, 0) == [(1, "สวัสดี")]


def test_the_same_key_in_another_chat_is_another_message(database: Database, now: datetime) -> None:
    say(database, now, "outbox-1", "1")
    say(database, now, "outbox-1", "2", "demo-ministry")
    assert since(database, 0) == [(1, "1")]
    assert since(database, 0, "demo-ministry") == [(1, "2")]


def test_an_edited_message_keeps_its_place_and_is_new_to_every_page(
    database: Database, now: datetime
) -> None:
    card = say(database, now, "card", "ร่าง")
    say(database, now, "k2", "ถัดไป")
    assert edit(database, card, "บันทึกแล้ว") is True
    assert since(database, 2) == [(3, "บันทึกแล้ว")]
    assert since(database, 0) == [(3, "บันทึกแล้ว"), (2, "ถัดไป")]


def test_a_message_that_does_not_exist_cannot_be_edited(database: Database, now: datetime) -> None:
    say(database, now, "k1", "1")
    for unknown in ("", "999", "-1", "1.5", "abc", "²", "9" * 30):
        assert edit(database, unknown, "x") is False, unknown
    assert since(database, 0) == [(1, "1")]


def test_a_message_of_another_chat_cannot_be_edited(database: Database, now: datetime) -> None:
    message = say(database, now, "k1", "1")
    assert edit(database, message, "x", "demo-ministry") is False
    assert since(database, 0) == [(1, "1")]


def test_a_messages_body_is_kept_whole(database: Database, now: datetime) -> None:
    body: dict[str, Any] = {"text": "เลือก", "rows": [[["บันทึก", "abc"]]], "note": None}
    with database.write() as session:
        web_messages.add(session, CHAT, "k", "me", body, now)
    with database.read() as session:
        row = web_messages.list_since(session, CHAT, 0)[0]
    assert (row.sender, row.body, row.at) == ("me", body, now)
