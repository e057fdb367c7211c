"""Transactions are real: all or nothing, one writer after another on SQLite, never "database is locked"."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from storage import meta
from storage.database import Database
from storage.models import Membership, Meta
from tests.conftest import opened
from tests.storage.together import AT_MOST, together


def count_up(database: Database, times: int) -> None:
    """Read, think, write: what fails on a stale snapshot."""
    for _ in range(times):
        with database.write() as session:
            row = session.get(Meta, "counter", with_for_update=True)
            assert row is not None
            time.sleep(0.001)
            row.value = str(int(row.value) + 1)


def counter(database: Database) -> int:
    with database.read() as session:
        return int(meta.get(session, "counter") or 0)


@pytest.fixture
def at_zero(database: Database) -> Database:
    with database.write() as session:
        meta.put(session, "counter", "0")
    return database


def test_who_holds_a_lock_by_name_is_alone(at_zero: Database) -> None:
    """What a plan reads and writes is far more than one row that could be locked."""

    def work() -> None:
        for _ in range(10):
            with at_zero.write() as session:
                meta.lock(session, meta.REGISTRY_VERSION)
                number = int(meta.get(session, "counter") or 0)
                time.sleep(0.001)
                meta.put(session, "counter", str(number + 1))

    together(work, work)
    assert counter(at_zero) == 20


@pytest.mark.parametrize(
    ("pragma", "value"),
    [("journal_mode", "wal"), ("synchronous", 2), ("foreign_keys", 1), ("busy_timeout", 10000)],
)
def test_sqlite_runs_with_the_settings_that_survive_a_power_cut(
    sqlite_database: Database, pragma: str, value: object
) -> None:
    for transaction in (sqlite_database.read, sqlite_database.write):
        with transaction() as session:
            assert session.execute(text(f"PRAGMA {pragma}")).scalar() == value


def test_two_threads_that_read_then_write_lose_nothing(at_zero: Database) -> None:
    together(*[lambda: count_up(at_zero, 20)] * 2)
    assert counter(at_zero) == 40


def test_two_processes_on_one_sqlite_file_lose_nothing(sqlite_url: str) -> None:
    """Two engines do not share the queue of writers, just as two processes do not."""
    with opened(sqlite_url) as one, opened(sqlite_url) as other:
        with one.write() as session:
            meta.put(session, "counter", "0")
        together(lambda: count_up(one, 20), lambda: count_up(other, 20))
        assert counter(one) == 40


def test_a_write_that_raises_leaves_nothing_behind(at_zero: Database) -> None:
    def fail_half_way() -> None:
        with at_zero.write() as session:
            meta.put(session, "counter", "1")
            meta.put(session, "another", "1")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail_half_way()
    with at_zero.read() as session:
        assert meta.get(session, "counter") == "0"
        assert meta.get(session, "another") is None


def test_after_a_write_that_raised_the_next_one_goes_on(at_zero: Database) -> None:
    with pytest.raises(ZeroDivisionError), at_zero.write():
        raise ZeroDivisionError
    count_up(at_zero, 1)
    assert counter(at_zero) == 1


def test_what_is_written_in_a_read_is_not_kept(at_zero: Database) -> None:
    with at_zero.read() as session:
        meta.put(session, "counter", "1")
        session.flush()
    assert counter(at_zero) == 0


def test_a_savepoint_that_fails_takes_back_its_own_writes_only(at_zero: Database) -> None:
    """The driver's own handling breaks savepoints on SQLite."""
    with at_zero.write() as session:
        meta.put(session, "counter", "1")
        inner = session.begin_nested()
        meta.put(session, "counter", "2")
        session.flush()
        inner.rollback()
    assert counter(at_zero) == 1


def test_rows_may_be_read_after_their_transaction(at_zero: Database) -> None:
    with at_zero.write() as session:
        row = session.scalars(select(Meta).where(Meta.key == "counter")).one()
        row.value = "7"
    assert row.value == "7"


def test_a_reader_sees_one_snapshot_while_another_writes(sqlite_database: Database) -> None:
    with sqlite_database.write() as session:
        meta.put(session, "counter", "0")
    with sqlite_database.read() as reading:
        assert meta.get(reading, "counter") == "0"
        count_up(sqlite_database, 1)
        assert meta.get(reading, "counter") == "0"
    assert counter(sqlite_database) == 1


def test_a_reader_does_not_wait_for_a_writer(at_zero: Database) -> None:
    with at_zero.write() as session, ThreadPoolExecutor(1) as pool:
        meta.put(session, "counter", "1")
        session.flush()
        assert pool.submit(counter, at_zero).result(AT_MOST) == 0


def test_a_reference_to_nobody_is_refused(database: Database, now: datetime) -> None:
    """SQLite checks foreign keys only when told to."""
    with pytest.raises(IntegrityError), database.write() as session:
        session.add(Membership(person_id=999_999, role="officer", province_code="TH-50", since=now))
