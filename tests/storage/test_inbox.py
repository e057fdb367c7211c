"""The inbox: an update once, a chat in order, a fault repeated with patience and then put aside."""

from __future__ import annotations

import threading
import time
from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from storage import inbox
from storage.database import Database
from storage.models import Inbox
from tests.storage.together import AT_MOST, together


def receive(database: Database, now: datetime, *updates: tuple[str, str], channel: str = "telegram") -> None:
    """Store (update id, chat) pairs; the body tells which update it was."""
    with database.write() as session:
        new = [inbox.NewUpdate(update, chat, f'{{"n":"{update}"}}') for update, chat in updates]
        inbox.add(session, channel, new, now)


def rows_of(database: Database) -> Sequence[Inbox]:
    with database.read() as session:
        return session.scalars(select(Inbox).order_by(Inbox.id)).all()


def id_of(database: Database, update_id: str) -> int:
    with database.read() as session:
        return session.scalars(select(Inbox.id).where(Inbox.update_id == update_id)).one()


def claims(database: Database, update_id: str) -> bool:
    row_id = id_of(database, update_id)
    with database.write() as session:
        return inbox.claim(session, row_id) is not None


def handle(database: Database, update_id: str, now: datetime) -> None:
    row_id = id_of(database, update_id)
    with database.write() as session:
        row = inbox.claim(session, row_id)
        assert row is not None
        inbox.close(row, now)


def fail(database: Database, update_id: str, now: datetime) -> bool:
    row_id = id_of(database, update_id)
    with database.write() as session:
        return inbox.note_failure(session, row_id, "KeyError", now)


def quarantine(database: Database, update_id: str, now: datetime) -> int:
    for _ in range(5):
        fail(database, update_id, now)
    return id_of(database, update_id)


# ------------------------------------------------------------------ receiving


def test_the_same_update_twice_is_one_row(database: Database, now: datetime) -> None:
    """The service sends again what it believes was not received; a batch may hold it twice as well."""
    receive(database, now, ("1", "a"), ("1", "a"), ("2", "a"))
    receive(database, now + timedelta(seconds=5), ("2", "a"), ("1", "b"))

    assert [(row.update_id, row.chat_key, row.received_at) for row in rows_of(database)] == [
        ("1", "a", now),
        ("2", "a", now),
    ]


def test_an_update_that_was_handled_does_not_come_back(database: Database, now: datetime) -> None:
    receive(database, now, ("1", "a"))
    handle(database, "1", now)
    receive(database, now, ("1", "a"))
    assert [(row.state, row.body) for row in rows_of(database)] == [("handled", "")]


def test_the_same_id_on_another_channel_is_another_update(database: Database, now: datetime) -> None:
    receive(database, now, ("1", "a"), channel="telegram")
    receive(database, now, ("1", "a"), channel="web")
    assert len(rows_of(database)) == 2


def test_the_same_update_received_by_two_processes_is_one_row(database: Database, now: datetime) -> None:
    batch = [(str(number), "a") for number in range(20)]
    together(lambda: receive(database, now, *batch), lambda: receive(database, now, *batch))
    assert [row.update_id for row in rows_of(database)] == [update for update, _ in batch]


# ------------------------------------------------------------------ claiming


def test_chats_that_wait_are_listed_the_longest_waiting_first(database: Database, now: datetime) -> None:
    receive(database, now, ("1", "b"), ("2", "a"), ("3", "b"))
    receive(database, now, ("4", "c"), channel="web")
    with database.read() as session:
        assert inbox.list_open_chats(session, ["telegram", "web"]) == [
            ("telegram", "b"),
            ("telegram", "a"),
            ("web", "c"),
        ]
        assert inbox.list_open_chats(session, ["web"]) == [("web", "c")]
    handle(database, "1", now)
    handle(database, "3", now)
    with database.read() as session:
        assert inbox.list_open_chats(session, ["telegram"]) == [("telegram", "a")]


def test_only_the_oldest_open_update_of_a_chat_can_be_claimed(database: Database, now: datetime) -> None:
    receive(database, now, ("1", "a"), ("2", "a"))
    assert not claims(database, "2")
    assert claims(database, "1")
    handle(database, "1", now)
    assert not claims(database, "1")
    assert claims(database, "2")


def test_other_chats_do_not_wait(database: Database, now: datetime) -> None:
    receive(database, now, ("1", "a"), ("2", "b"))
    receive(database, now, ("3", "a"), channel="web")
    assert claims(database, "2")
    assert claims(database, "3")


def update_of(session: Session, waiting: inbox.Waiting) -> str:
    return session.get_one(Inbox, waiting.id).update_id


def test_the_next_update_of_a_chat_is_its_oldest_open_one(database: Database, now: datetime) -> None:
    receive(database, now, ("1", "a"), ("2", "a"))
    handle(database, "1", now)
    with database.read() as session:
        found = inbox.find_next(session, "telegram", "a")
        assert found is not None
        assert update_of(session, found) == "2"
        assert inbox.find_next(session, "web", "a") is None


def test_a_handled_update_keeps_nothing_personal(database: Database, now: datetime) -> None:
    receive(database, now, ("1", "a"))
    with database.write() as session:
        inbox.note_files(session, 1, [{"sha256": "0" * 64, "name": "ลับ.pdf"}])
    assert rows_of(database)[0].files
    handle(database, "1", now)
    row = rows_of(database)[0]
    assert (row.state, row.body, row.files, row.handled_at) == ("handled", "", [], now)


@pytest.mark.postgresql
def test_an_update_held_by_another_process_is_passed_over(
    postgresql_database: Database, now: datetime
) -> None:
    """And the chat's later ones wait for it; the answer comes at once."""
    database = postgresql_database
    receive(database, now, ("1", "a"), ("2", "a"), ("3", "b"))
    with database.write() as holding:
        assert inbox.claim(holding, id_of(database, "1")) is not None
        assert not claims(database, "1")
        assert not claims(database, "2")
        assert claims(database, "3")


@pytest.mark.postgresql
def test_two_processes_never_take_the_same_update_nor_overtake(
    postgresql_database: Database, now: datetime
) -> None:
    database = postgresql_database
    receive(database, now, *[(str(number), f"chat {number % 4}") for number in range(60)])
    order: dict[str, list[int]] = defaultdict(list)
    running: set[str] = set()
    guard = threading.Lock()
    claimed_by: list[str] = []

    def work(process: str) -> None:
        while True:
            with database.read() as session:
                waiting = [
                    inbox.find_next(session, channel, chat)
                    for channel, chat in inbox.list_open_chats(session, ["telegram"])
                ]
            if not waiting:
                return
            for row in waiting:
                if row is not None:
                    take(process, row.id)

    def take(process: str, row_id: int) -> None:
        with database.write() as session:
            row = inbox.claim(session, row_id)
            if row is None:
                return
            with guard:
                assert row.chat_key not in running
                running.add(row.chat_key)
                order[row.chat_key].append(int(row.update_id))
                claimed_by.append(process)
            inbox.close(row, now)
            session.flush()
            with guard:
                running.discard(row.chat_key)

    together(lambda: work("one"), lambda: work("two"))

    assert {chat: len(taken) for chat, taken in order.items()} == {f"chat {n}": 15 for n in range(4)}
    assert all(taken == sorted(taken) for taken in order.values())
    assert len(claimed_by) == 60


# ------------------------------------------------------------------ faults


def test_a_fault_is_tried_again_after_0_2_then_1_3_and_10_seconds_then_put_aside(
    database: Database, now: datetime
) -> None:
    receive(database, now, ("1", "a"))
    for attempt, seconds in enumerate((0.2, 1, 3, 10), start=1):
        assert fail(database, "1", now) is False
        row = rows_of(database)[0]
        assert (row.state, row.attempts) == ("new", attempt)
        assert row.next_at == now + timedelta(seconds=seconds)
        assert row.error == "KeyError"

    assert fail(database, "1", now) is True

    row = rows_of(database)[0]
    assert (row.state, row.attempts, row.body) == ("quarantined", 5, '{"n":"1"}')


def test_later_updates_of_the_chat_wait_while_one_is_tried_again(database: Database, now: datetime) -> None:
    receive(database, now, ("1", "a"), ("2", "a"), ("3", "b"))
    fail(database, "1", now)
    assert not claims(database, "2")
    assert claims(database, "3")
    with database.read() as session:
        found = inbox.find_next(session, "telegram", "a")
        assert found is not None
        assert update_of(session, found) == "1"


def test_a_quarantined_update_holds_up_nobody(database: Database, now: datetime) -> None:
    receive(database, now, ("1", "a"), ("2", "a"))
    quarantine(database, "1", now)
    assert not claims(database, "1")
    assert claims(database, "2")
    with database.read() as session:
        assert [row.update_id for row in inbox.list_quarantined(session)] == ["1"]
        assert inbox.count_by_state(session) == {"new/telegram": 1, "quarantined/telegram": 1}


def test_a_fault_after_the_update_was_handled_is_not_counted(database: Database, now: datetime) -> None:
    receive(database, now, ("1", "a"))
    handle(database, "1", now)
    assert fail(database, "1", now) is False
    assert [(row.state, row.attempts) for row in rows_of(database)] == [("handled", 0)]


def test_an_update_that_cannot_be_read_is_put_aside_at_once(database: Database, now: datetime) -> None:
    receive(database, now, ("1", "a"), ("2", "a"))
    with database.write() as session:
        inbox.quarantine(session, 1, "UnreadableUpdate")
    assert claims(database, "2")
    row = rows_of(database)[0]
    assert (row.state, row.attempts, row.error) == ("quarantined", 1, "UnreadableUpdate")


def test_putting_aside_a_handled_update_changes_nothing(database: Database, now: datetime) -> None:
    receive(database, now, ("1", "a"))
    handle(database, "1", now)
    with database.write() as session:
        inbox.quarantine(session, 1, "late")
    assert rows_of(database)[0].state == "handled"


def test_a_quarantined_update_can_be_given_its_attempts_again(database: Database, now: datetime) -> None:
    receive(database, now, ("1", "a"))
    row_id = quarantine(database, "1", now)
    with database.write() as session:
        assert inbox.retry(session, row_id) is True
    row = rows_of(database)[0]
    assert (row.state, row.attempts, row.next_at) == ("new", 0, None)
    assert claims(database, "1")


def test_a_quarantined_update_can_be_dropped_with_its_body(database: Database, now: datetime) -> None:
    receive(database, now, ("1", "a"))
    row_id = quarantine(database, "1", now)
    with database.write() as session:
        assert inbox.drop(session, row_id, now) is True
    assert [(row.state, row.body) for row in rows_of(database)] == [("dropped", "")]


def test_only_quarantined_updates_can_be_retried_or_dropped(database: Database, now: datetime) -> None:
    receive(database, now, ("1", "a"), ("2", "b"))
    handle(database, "1", now)
    with database.write() as session:
        for row_id in (1, 2, 999):
            assert inbox.retry(session, row_id) is False
            assert inbox.drop(session, row_id, now) is False
    assert [row.state for row in rows_of(database)] == ["handled", "new"]


@pytest.mark.postgresql
def test_a_fault_noted_while_another_process_notes_one_waits_for_it(
    postgresql_database: Database, now: datetime
) -> None:
    """Two attempts must count as two."""
    database = postgresql_database
    receive(database, now, ("1", "a"))
    noted = threading.Event()

    def first() -> None:
        with database.write() as session:
            inbox.note_failure(session, 1, "KeyError", now)
            session.flush()
            noted.set()
            time.sleep(0.2)

    def second() -> None:
        assert noted.wait(AT_MOST)
        fail(database, "1", now)

    together(first, second)
    assert rows_of(database)[0].attempts == 2


# ------------------------------------------------------------------ files


def test_files_that_updates_wait_with_are_known(database: Database, now: datetime) -> None:
    """So that the purge does not take them away before their turn."""
    photo, paper = "a" * 64, "b" * 64
    receive(database, now, ("1", "a"), ("2", "b"), ("3", "c"))
    with database.write() as session:
        inbox.note_files(session, 1, [{"sha256": photo}, {"problem": "unavailable", "sha256": None}])
        inbox.note_files(session, 2, [{"sha256": paper}])
    quarantine(database, "1", now)
    handle(database, "2", now)
    with database.read() as session:
        assert set(inbox.list_files(session)) == {photo}


# ------------------------------------------------------------------ what was sent together


def album_of(database: Database, now: datetime, *updates: tuple[str, str | None], chat: str = "a") -> None:
    """Store (update id, album) pairs."""
    with database.write() as session:
        inbox.add(
            session, "telegram", [inbox.NewUpdate(one, chat, "{}", album) for one, album in updates], now
        )


def open_of(database: Database, album: str, chat: str = "a") -> list[int]:
    with database.read() as session:
        return [row.id for row in inbox.list_album(session, "telegram", chat, album)]


def test_the_open_rows_of_an_album_are_found_in_their_order(database: Database, now: datetime) -> None:
    album_of(database, now, ("1", "x"), ("2", "y"), ("3", None), ("4", "x"))
    album_of(database, now, ("5", "x"), chat="b")

    assert open_of(database, "x") == [1, 4]
    handle(database, "1", now)
    assert open_of(database, "x") == [4]


def test_an_album_is_claimed_as_a_whole_or_not_at_all(database: Database, now: datetime) -> None:
    album_of(database, now, ("1", "x"), ("2", "x"), ("3", "x"))
    with database.write() as session:
        first = inbox.claim(session, 1)
        assert first is not None
        rows = inbox.claim_with(session, first, [2, 3])
        assert rows is not None
        assert [row.id for row in rows] == [1, 2, 3]
        inbox.close(rows[1], now)

    with database.write() as session:
        first = inbox.claim(session, 1)
        assert first is not None
        assert inbox.claim_with(session, first, [2, 3]) is None


def test_a_new_row_tells_its_album_and_when_it_came(database: Database, now: datetime) -> None:
    with database.write() as session:
        (row,) = inbox.add(session, "telegram", [inbox.NewUpdate("1", "a", "{}", "x")], now)

    assert (row.album, row.received_at) == ("x", now)
