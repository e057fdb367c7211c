"""One table says what is kept how long; in the night it is acted upon, once, in small steps."""

from __future__ import annotations

import logging
import os
import time
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event, select
from sqlalchemy.exc import OperationalError

from bot import retention as rules
from bot.media.store import KEEP_UNUSED_SECONDS, MediaStore
from bot.retention import RULES, Retention, night_of
from bot.texts import ENGLISH, THAI
from storage import audit, conversations, meta
from storage import retention as sweeps
from storage.database import Database
from storage.models import AuditEvent, Base, Choice, RegistryFile
from storage.retention import Sweep
from tests.storage.together import together
from tests.support import ZONE, HandClock
from tests.world import CHENGDU, World, add_world

README = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
DAY = timedelta(days=1)


def keeping(database: Database, folder: Path, now: datetime, batch: int = 200) -> Retention:
    return Retention(database, MediaStore(folder / "media"), HandClock(now), batch=batch, pause=0.0)


def add_choices(database: Database, now: datetime, number: int) -> World:
    with database.write() as session:
        world = add_world(session, now)
        new = [conversations.NewChoice(f"c{one}", {"name": "help", "args": {}}) for one in range(number)]
        conversations.add_choices(session, world.officer.chat.id, new, now, DAY)
    return world


def choices(database: Database) -> int:
    with database.read() as session:
        return len(session.scalars(select(Choice)).all())


# ------------------------------------------------------------------ the table


def test_every_table_stands_in_it_with_a_reason() -> None:
    assert {one.table for one in RULES} == {*Base.metadata.tables, "media"}
    assert all(one.what and one.why for one in RULES)


def test_every_sweep_has_a_rule() -> None:
    known = {name: one for name, one in vars(sweeps).items() if isinstance(one, Sweep)}
    assert set(map(id, known.values())) == {id(one.sweep) for one in RULES if one.sweep is not None}


def test_what_has_a_period_is_swept() -> None:
    """But for what goes at once where it happens, and for files."""
    unswept = [(one.table, one.period) for one in RULES if one.keep is not None and one.sweep is None]
    assert unswept == [("inbox", "once handled"), ("media", "7 days after they came")]


TOLD_THOUGH_KEPT = ("snooze", "exemption", "suspension", "notice")


@pytest.mark.parametrize(
    "rule",
    [one for one in RULES if one.keep is not None or one.table in TOLD_THOUGH_KEPT],
    ids=lambda one: f"{one.table}: {one.what}",
)
def test_the_readme_says_the_same(rule: rules.Rule) -> None:
    assert f"| `{rule.table}` | {rule.what} | {rule.period} |" in README


def test_the_privacy_text_says_the_same_numbers() -> None:
    kept = {(one.table, one.what): one.keep for one in RULES if one.keep}
    days = {
        ("inbox", "body of what could not be handled"): ("ไม่ได้ไม่เกิน {} วัน", "handled at most {} days"),
        ("outbox", "text"): ("ส่งออก: {} วัน", "sent out: {} days"),
        ("draft", "saved or cancelled ones"): ("แล้วอีกไม่เกิน {} วัน", "then at most {} days"),
        ("person", "name, identities and chats of guests who hold no role"): (
            "ทั่วไป: {} วัน",
            "enquirers: {} days",
        ),
        ("invitation", "used, expired or withdrawn ones"): ("คำขอสิทธิ์: {} วัน", "requests: {} days"),
        ("access_request", "decided ones"): ("คำขอสิทธิ์: {} วัน", "requests: {} days"),
        ("contact", "removed ones"): ("นำออกแล้ว: {} วัน", "removed: {} days"),
    }
    for rule, (thai, english) in days.items():
        number = kept[rule].days
        assert thai.format(number) in THAI.PRIVACY_HOW_LONG
        assert english.format(number) in ENGLISH.PRIVACY_HOW_LONG
    asked = kept["question", "who asked"].days // 365
    assert f"ไม่เกิน {asked} ปี" in THAI.PRIVACY_HOW_LONG
    assert f"at most {asked} years" in ENGLISH.PRIVACY_HOW_LONG


def test_a_period_reads_as_words() -> None:
    periods = {one.table: one.period for one in RULES}
    assert periods["identity"] == "1 hour after the first"
    assert periods["link_code"] == "1 day after it expired"
    assert periods["invitation"] == "90 days after that"
    assert periods["activity"] == "kept"


# ------------------------------------------------------------------ the night


@pytest.mark.parametrize(
    ("at", "night"),
    [
        ("2026-11-22T02:59:59", date(2026, 11, 21)),
        ("2026-11-22T03:00:00", date(2026, 11, 22)),
        ("2026-11-22T23:59:59", date(2026, 11, 22)),
        ("2026-11-23T02:59:59", date(2026, 11, 22)),
    ],
)
def test_a_night_begins_at_three_in_the_business_zone(at: str, night: date) -> None:
    assert night_of(datetime.fromisoformat(at).replace(tzinfo=ZONE), ZONE) == night


def test_it_runs_once_a_night(database: Database, tmp_path: Path, now: datetime) -> None:
    add_choices(database, now - 2 * DAY, 1)
    first = keeping(database, tmp_path, now)
    assert first.purge_nightly()
    assert choices(database) == 0
    assert not first.purge_nightly()
    assert not keeping(database, tmp_path, now + timedelta(hours=16)).purge_nightly()
    assert keeping(database, tmp_path, now + DAY).purge_nightly()
    with database.read() as session:
        assert meta.last_purge(session) == night_of(now + DAY, ZONE)


def test_of_two_processes_one_does_it(database: Database, tmp_path: Path, now: datetime) -> None:
    add_choices(database, now - 2 * DAY, 3)
    ran = together(*(keeping(database, tmp_path, now).purge_nightly for _ in range(2)))
    assert sorted(ran) == [False, True]
    with database.read() as session:
        events = session.scalars(select(AuditEvent)).all()
    assert [(one.action, one.channel, one.detail) for one in events] == [
        ("retention.purged", "system", {"rows": {"choice": 3}})
    ]


def test_it_goes_in_small_transactions(database: Database, tmp_path: Path, now: datetime) -> None:
    add_choices(database, now - 2 * DAY, 5)
    keeper = keeping(database, tmp_path, now, batch=2)
    commits: list[int] = []
    event.listen(database.engine, "commit", lambda _connection: commits.append(1))
    report = keeper.purge()
    assert {one.rule.table: one.rows for one in report.swept if one.rows} == {"choice": 5}
    assert len(commits) == 3 + 1  # three batches, one event


def test_a_night_without_anything_to_do_writes_next_to_nothing(
    database: Database, tmp_path: Path, now: datetime
) -> None:
    commits: list[int] = []
    event.listen(database.engine, "commit", lambda _connection: commits.append(1))
    assert keeping(database, tmp_path, now).purge_nightly()
    assert len(commits) == 1  # that this night is taken
    with database.read() as session:
        assert list(audit.read_all(session)) == []


def test_what_was_stopped_goes_on_the_next_time(database: Database, tmp_path: Path, now: datetime) -> None:
    add_choices(database, now - 2 * DAY, 5)
    stopped = keeping(database, tmp_path, now)
    stopped.stop()
    assert stopped.purge_nightly()
    assert choices(database) == 5
    assert keeping(database, tmp_path, now).purge_nightly()
    assert choices(database) == 0


def test_a_rule_that_fails_stops_no_other_and_is_tried_again(
    database: Database,
    tmp_path: Path,
    now: datetime,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    add_choices(database, now - 2 * DAY, 1)
    really, failing = sweeps.is_due, [True]

    def is_due(session: Any, sweep: Sweep, before: datetime) -> bool:
        if failing and sweep is sweeps.QUARANTINED:
            raise OperationalError("…", {}, Exception("the disk is full"))
        return really(session, sweep, before)

    monkeypatch.setattr(sweeps, "is_due", is_due)
    with caplog.at_level(logging.ERROR):
        assert keeping(database, tmp_path, now).purge_nightly()
    assert "purging inbox failed" in caplog.text
    assert choices(database) == 0
    failing.clear()
    assert keeping(database, tmp_path, now).purge_nightly()
    assert not keeping(database, tmp_path, now).purge_nightly()


def test_what_would_go_is_told_and_stays(database: Database, tmp_path: Path, now: datetime) -> None:
    add_choices(database, now - 2 * DAY, 3)
    keeper = keeping(database, tmp_path, now)
    told = {one.rule.what: one.rows for one in keeper.due().swept}
    assert told["what a button does"] == 3
    assert choices(database) == 3
    assert {one.rule.what: one.rows for one in keeper.purge().swept} == told
    assert sum(one.rows for one in keeper.due().swept) == 0


# ------------------------------------------------------------------ files


def test_files_that_something_refers_to_are_kept(database: Database, tmp_path: Path, now: datetime) -> None:
    world = add_choices(database, now, 0)
    registry, draft, unused, link = (letter * 64 for letter in "abcd")
    with database.write() as session:
        session.add(
            RegistryFile(
                pairing_id=CHENGDU,
                sha256=registry,
                name="mou.pdf",
                mime="application/pdf",
                size=1,
                added_at=now,
            )
        )
        body = {
            "files": [
                {"sha256": draft, "kind": "photo"},
                {"sha256": link, "kind": "link", "text": "https://…"},
            ]
        }
        conversations.add_draft(session, world.officer.person.id, body, now)
    keeper = keeping(database, tmp_path, now)
    old = time.time() - KEEP_UNUSED_SECONDS - 60
    for name in (registry, draft, unused):
        file = tmp_path / "media" / name
        file.write_bytes(b"x")
        os.utime(file, (old, old))
    assert keeper.due().swept[-1].rows == 1
    assert keeper.purge().swept[-1].rows == 1
    assert {one.name for one in (tmp_path / "media").iterdir()} == {"tmp", registry, draft}
