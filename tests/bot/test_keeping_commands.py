"""`sistercity audit`, `purge`, `erase` and `db`: on a real file, and beside a process that serves it."""

from __future__ import annotations

import io
import json
import sqlite3
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import delete, select, update

from bot.locks import lock
from bot.settings import PREFIX
from storage import audit, conversations, erased_log, inbox, outbox, people, registry
from storage.database import HEAD, Database
from storage.models import AuditEvent, Draft, Identity, Invitation, Outbox, Person, RegistryFile
from tests.bot.test_cli import Run, as_json, own_folder, run
from tests.conftest import NOW, opened
from tests.world import CHENGDU, CHIANG_MAI, World, add_world

__all__ = ["own_folder", "run"]  # fixtures

DAY = timedelta(days=1)


@pytest.fixture
def lived_in(sqlite_database: Database) -> World:
    with sqlite_database.write() as session:
        return add_world(session, NOW)


@pytest.fixture
def nobody_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    """As where a script runs the command."""
    monkeypatch.setattr(sys, "stdin", io.StringIO())


def events(database: Database) -> list[AuditEvent]:
    with database.read() as session:
        return list(audit.read_all(session))


def name_of(file: Path, public_id: str) -> Any:
    with opened(f"sqlite:///{file}") as database, database.read() as session:
        return session.scalar(select(Person.name).where(Person.public_id == public_id))


# ------------------------------------------------------------------ audit


def test_a_whole_audit_is_told_and_a_changed_one_with_the_first_event(
    run: Run, sqlite_database: Database
) -> None:
    run("invite", "--role", "ministry")
    run("invite", "--role", "ministry")
    assert "2 events, whole and in order" in run("audit", "verify")
    assert as_json(run("audit", "verify", "--json")) == {
        "events": 2,
        "unchained": 0,
        "fault": None,
        "event": None,
        "at": None,
    }
    with sqlite_database.write() as session:
        session.execute(update(AuditEvent).where(AuditEvent.id == 2).values(subject="invitation:9"))
    at = events(sqlite_database)[1].at.strftime("%Y-%m-%d")
    assert "event 2 of " in (told := run("audit", "verify", code=1))
    assert "this event was changed" in told
    shown = as_json(run("audit", "verify", "--json", code=1))
    assert (shown["event"], shown["at"][:10] >= at) == (2, True)
    with sqlite_database.write() as session:
        session.execute(delete(AuditEvent))
    assert "event - of -: events after this one are missing" in run("audit", "verify", code=1)


def test_the_audit_shows_who_in_which_post_did_what(
    run: Run, sqlite_database: Database, lived_in: World
) -> None:
    officer = lived_in.officer.person
    with sqlite_database.write() as session:
        registry.lock(session, f"pairing:{CHENGDU}")
        audit.add(
            session,
            action="list.marked_wrong",
            subject=f"pairing:{CHENGDU}",
            now=NOW,
            person_id=officer.id,
            channel="web",
            detail={"before": {"verdict": None}, "after": {"verdict": "wrong"}, "why": 1},
        )
        for held in people.list_memberships(session, officer.id, NOW):
            held.until = NOW + DAY
        people.add_membership(session, officer.id, "head", CHIANG_MAI, NOW + DAY)
    with sqlite_database.write() as session:
        audit.add(
            session, action="x.y", subject="x:1", now=NOW + 2 * DAY, person_id=officer.id, channel="web"
        )
        audit.add(session, action="x.z", subject="x:1", now=NOW + 3 * DAY)
    (shown,) = as_json(run("audit", "show", "--subject", f"pairing:{CHENGDU}", "--json"))
    assert shown == {
        "id": 1,
        "at": "2026-11-22T10:00:00+07:00",
        "person": officer.public_id,
        "posts": ["officer TH-50"],
        "channel": "web",
        "action": "list.marked_wrong",
        "subject": f"pairing:{CHENGDU}",
        "before": {"verdict": None},
        "after": {"verdict": "wrong"},
        "detail": {"why": 1},
    }
    theirs = as_json(run("audit", "show", "--person", officer.public_id, "--json"))
    assert [(one["id"], one["posts"]) for one in theirs] == [(2, ["head TH-50"]), (1, ["officer TH-50"])]
    assert [one["id"] for one in as_json(run("audit", "show", "--since", "2569-11-24", "--json"))] == [3, 2]
    assert [one["id"] for one in as_json(run("audit", "show", "--limit", "1", "--json"))] == [3]
    lines = run("audit", "show").splitlines()
    assert lines[0] == "3  2026-11-25T10:00:00+07:00  -  system  x.z  x:1"
    assert lines[2].endswith(f"pairing:{CHENGDU}  verdict: None → wrong; why: 1")
    assert "no events" in run("audit", "show", "--subject", "activity:99")
    assert officer.name not in run("audit", "show")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--subject", "chengdu"], "write it like pairing:50-chengdu"),
        (["--person", "nobody"], "nobody has this id"),
        (["--since", "yesterday"], "is not a date"),
    ],
)
def test_what_the_audit_cannot_be_asked_is_refused(run: Run, arguments: list[str], told: str) -> None:
    assert told in run("audit", "show", *arguments, code=2)


# ------------------------------------------------------------------ operators leave a trail


def test_each_command_of_the_operator_leaves_its_event(
    run: Run, sqlite_database: Database, tmp_path: Path
) -> None:
    guide = tmp_path / "guide.md"
    guide.write_text("# แนวทางทดสอบ\n\nข้อ 1 จังหวัดเสนอเรื่องต่อคณะกรรมการภายในสามสิบวัน\n", encoding="utf-8")
    with sqlite_database.write() as session:
        inbox.add(session, "web", [inbox.NewUpdate("1", "a", "{"), inbox.NewUpdate("2", "a", "{")], NOW)
        inbox.quarantine(session, 1, "unreadable")
        inbox.quarantine(session, 2, "unreadable")
    code = as_json(run("invite", "--role", "officer", "--province", "TH-50", "--json"))["code"]
    run("kb", "import", str(guide))
    document = as_json(run("kb", "documents", "--json"))[0]["id"]
    run("kb", "documents", "--withdraw", document)
    run("inbox", "retry", "1")
    run("inbox", "drop", "2")
    run("remind", "--as-of", "2026-12-01")
    run("db", "backup", str(tmp_path / "copy.db"))
    found = [(one.channel, one.action, one.subject) for one in events(sqlite_database)]
    assert found == [
        ("operator", "invitation.made", "invitation:1"),
        ("operator", "document.imported", f"document:{document}"),
        ("operator", "document.withdrawn", f"document:{document}"),
        ("operator", "inbox.retried", "inbox:1"),
        ("operator", "inbox.dropped", "inbox:2"),
        ("operator", "reminders.planned", "reminders:2026-12-01"),
        ("operator", "database.backed_up", "backup:copy.db"),
    ]
    first = events(sqlite_database)[0].detail
    assert first["after"] == {"role": "officer", "province": "TH-50", "curator": False, "hours": 72}
    assert code not in run("audit", "show", "--json")


def test_commands_that_change_nothing_leave_none(run: Run, sqlite_database: Database) -> None:
    for command in (["status"], ["activities"], ["remind", "--dry-run"], ["purge"], ["purge", "--dry-run"]):
        run(*command)
    for command in (["inbox", "drop", "7"], ["erase", "nobody"]):
        run(*command, code=2)
    assert events(sqlite_database) == []


# ------------------------------------------------------------------ purge


def test_a_dry_run_says_what_would_go_and_why(run: Run, sqlite_database: Database, lived_in: World) -> None:
    with sqlite_database.write() as session:
        draft = conversations.add_draft(session, lived_in.officer.person.id, {"title": "ก"}, NOW - 900 * DAY)
        draft.state = "cancelled"
        people.add_invitation(session, "ministry", None, NOW - 900 * DAY, DAY)
    told = {one["what"]: one for one in as_json(run("purge", "--dry-run", "--json"))}
    assert told["saved or cancelled ones"] == {
        "table": "draft",
        "what": "saved or cancelled ones",
        "keep": "30 days after it was closed",
        "why": "what was saved stands in its record; of that draft the row stays, empty, against a second press",
        "rows": 1,
    }
    assert told["used, expired or withdrawn ones"]["rows"] == 1
    assert "1  draft: saved or cancelled ones, 30 days after it was closed" in run("purge", "--dry-run")
    with sqlite_database.read() as session:
        assert session.scalar(select(Draft.id)) is not None
    assert "1  draft" in run("purge")
    with sqlite_database.read() as session:
        assert session.scalar(select(Draft.id)) is None
        assert session.scalar(select(Invitation.id)) is None
    (event,) = events(sqlite_database)
    assert (event.channel, event.action) == ("operator", "retention.purged")
    assert event.detail == {"rows": {"draft": 1, "invitation": 1}}


# ------------------------------------------------------------------ erase


def test_a_person_is_erased_by_their_id_and_noted_in_the_file(
    run: Run, sqlite_database: Database, lived_in: World, tmp_path: Path
) -> None:
    officer = lived_in.officer.person
    assert "erased.log" in run("erase", officer.public_id, "--yes")
    with sqlite_database.read() as session:
        assert session.get_one(Person, officer.id).name == ""
        assert people.find_identity(session, "web", "demo-officer") is None
    assert list(erased_log.read(tmp_path / "erased.log")) == [officer.public_id]
    (event,) = events(sqlite_database)
    assert (event.channel, event.action, event.subject) == (
        "operator",
        "person.erased",
        f"person:{officer.public_id}",
    )
    assert "was erased before" in run("erase", officer.public_id, "--yes", code=2)


def test_nobody_is_erased_without_being_asked_first_or_by_a_name(
    run: Run, sqlite_database: Database, lived_in: World, nobody_answers: None
) -> None:
    officer = lived_in.officer.person
    assert officer.name in run("erase", officer.public_id, code=1)
    told = run("erase", officer.name, "--yes", code=2)
    assert f"{officer.public_id} {officer.name} (officer TH-50, last heard from 2026-11-22)" in told
    assert "nobody has this id or name" in run("erase", "somebody else", code=2)
    with sqlite_database.read() as session:
        assert session.get_one(Person, officer.id).name == officer.name


def test_where_the_file_of_erasures_cannot_be_written_nobody_is_erased(
    run: Run, sqlite_database: Database, lived_in: World, tmp_path: Path
) -> None:
    (tmp_path / "erased.log").mkdir()
    officer = lived_in.officer.person
    assert "nobody was erased" in run("erase", officer.public_id, "--yes", code=2)
    with sqlite_database.read() as session:
        assert session.get_one(Person, officer.id).name == officer.name
    assert events(sqlite_database) == []


# ------------------------------------------------------------------ backup and restore


def test_a_backup_is_one_whole_file_that_nobody_else_reads(
    run: Run, sqlite_database: Database, lived_in: World, tmp_path: Path
) -> None:
    copy = tmp_path / "copy.db"
    missing = "a" * 64
    with sqlite_database.write() as session:
        session.add(
            RegistryFile(pairing_id=CHENGDU, sha256=missing, name="x", mime="y", size=1, added_at=NOW)
        )
        audit.add(session, action="x.y", subject="x:1", now=NOW)
    shown = as_json(run("db", "backup", str(copy), "--json"))
    assert shown == {
        "file": str(copy),
        "bytes": copy.stat().st_size,
        "schema": HEAD,
        "events": 1,
        "fault": None,
        "media": str(tmp_path / "media"),
        "missing": [missing],
    }
    assert (tmp_path / "copy.db.missing").read_text() == f"{missing}\n"
    assert sorted(one.name for one in tmp_path.glob("copy.db*")) == ["copy.db", "copy.db.missing"]
    assert copy.stat().st_mode & 0o077 == 0
    assert name_of(copy, lived_in.officer.person.public_id) == lived_in.officer.person.name
    assert "is there already" in run("db", "backup", str(copy), code=2)
    told = run("db", "backup", str(tmp_path / "second.db"))
    assert "rsync -a" in told
    assert "1 files are referred to and not there" in told


def test_a_backup_is_made_while_others_write(
    run: Run, sqlite_database: Database, lived_in: World, tmp_path: Path
) -> None:
    """Also while a transaction is open: it is as before that one."""
    with sqlite_database.write() as session:
        session.get_one(Person, lived_in.officer.person.id).name = "ใหม่"
        session.flush()
        # The command's own event waits for the writer, the copy does not.
        from storage import backup

        backup.copy(Path(str(sqlite_database.file)), tmp_path / "copy.db")
    assert name_of(tmp_path / "copy.db", lived_in.officer.person.public_id) == lived_in.officer.person.name


def test_a_backup_with_a_fault_in_its_audit_is_kept_and_told(
    run: Run, sqlite_database: Database, tmp_path: Path
) -> None:
    """It may be the only one; put back it is refused."""
    run("invite", "--role", "ministry")
    with sqlite_database.write() as session:
        session.execute(update(AuditEvent).values(action="forged"))
    copy = tmp_path / "copy.db"
    assert "its audit has a fault" in run("db", "backup", str(copy), code=1)
    assert copy.is_file()
    told = run("db", "restore", str(copy), "--yes", code=2)
    assert "was not put in place: its audit has a fault at event 1" in told


def test_a_database_of_an_earlier_schema_can_be_backed_up_before_the_upgrade(
    run: Run, sqlite_database: Database, tmp_path: Path
) -> None:
    with sqlite_database.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '0003'")
    shown = as_json(run("db", "backup", str(tmp_path / "copy.db"), "--json"))
    assert (shown["schema"], shown["events"], shown["missing"]) == ("0003", None, None)
    assert "once `sistercity db upgrade` has run" in run("db", "backup", str(tmp_path / "second.db"))


def test_a_restored_database_is_as_the_backup_but_for_those_who_were_erased(
    run: Run, sqlite_database: Database, lived_in: World, tmp_path: Path
) -> None:
    copy, officer = tmp_path / "copy.db", lived_in.officer.person
    with sqlite_database.write() as session:
        waits = outbox.add(session, lived_in.guest.chat, "reply", {"text": "ก"}, NOW)
    run("db", "backup", str(copy))
    run("erase", officer.public_id, "--yes")
    with sqlite_database.write() as session:
        session.get_one(Person, lived_in.guest.person.id).name = "changed since"
    assert name_of(copy, officer.public_id) == officer.name

    run("db", "restore", str(copy), "--yes")

    with sqlite_database.read() as session:
        assert session.get_one(Person, officer.id).name == ""
        assert session.get_one(Person, lived_in.guest.person.id).name == lived_in.guest.person.name
        assert session.scalars(select(Identity.external_id).order_by(Identity.id)).all() == [
            "demo-neighbour",
            "demo-guest",
            "demo-ministry",
        ]
        assert session.get_one(Outbox, waits.id).state == "uncertain"
    assert [one.action for one in events(sqlite_database)] == ["database.restored", "person.erased"]
    assert "whole and in order" in run("audit", "verify")
    assert as_json(run("status", "--json", code=1))["attention"] == ["outbox uncertain/web: 1"]
    assert sorted(one.name for one in tmp_path.glob("*restoring*")) == []
    assert name_of(copy, officer.public_id) == officer.name  # a backup is not touched


def test_a_backup_is_put_where_there_was_nothing(
    run: Run, lived_in: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("db", "backup", str(tmp_path / "copy.db"))
    new = tmp_path / "new" / "sistercity.db"
    new.parent.mkdir()
    monkeypatch.setenv(f"{PREFIX}DATABASE_URL", f"sqlite:///{new}")
    run("db", "restore", str(tmp_path / "copy.db"), "--yes")
    assert name_of(new, lived_in.officer.person.public_id) == lived_in.officer.person.name
    assert as_json(run("status", "--json"))["pairings"] == 97


@pytest.mark.parametrize("channel", ["telegram", "web", "terminal"])
def test_nothing_is_restored_under_a_process_that_serves(
    run: Run, sqlite_database: Database, tmp_path: Path, channel: str
) -> None:
    run("db", "backup", str(tmp_path / "copy.db"))
    assert sqlite_database.file is not None
    (held,) = lock(sqlite_database.file, [channel])
    told = run("db", "restore", str(tmp_path / "copy.db"), "--yes", code=2)
    assert f"another process serves {channel}" in told
    held.close()
    run("db", "restore", str(tmp_path / "copy.db"), "--yes")


def test_what_is_no_backup_changes_nothing(run: Run, sqlite_database: Database, tmp_path: Path) -> None:
    good, bad = tmp_path / "good.db", tmp_path / "bad.db"
    run("db", "backup", str(good))
    before = as_json(run("status", "--json"))

    def refused(told: str) -> None:
        assert told in run("db", "restore", str(bad), "--yes", code=2)
        assert as_json(run("status", "--json")) == before

    assert "no such file" in run("db", "restore", str(bad), "--yes", code=2)
    bad.write_bytes(b"a letter, not a database, and long enough to be taken for one" * 100)
    refused("it cannot be copied")
    bad.unlink()
    sqlite3.connect(bad).execute("CREATE TABLE other (id INTEGER)").connection.close()
    refused("it is no database of this program")
    data = bytearray(good.read_bytes())
    for page in range(20, 60):
        data[page * 4096 : page * 4096 + 200] = b"\xff" * 200
    bad.write_bytes(data)
    refused("it is damaged")
    bad.write_bytes(good.read_bytes())
    with opened(f"sqlite:///{bad}") as database, database.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    refused("install the newer program")
    with opened(f"sqlite:///{bad}") as database, database.engine.begin() as connection:
        connection.exec_driver_sql(f"UPDATE alembic_version SET version_num = '{HEAD}'")
        connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
    with sqlite3.connect(bad) as raw:
        raw.execute("INSERT INTO link_code (person_id, code_hash, expires_at) VALUES (99, 'x', '2026-01-01')")
    refused("a row of link_code refers to one that is not there")
    assert sorted(one.name for one in tmp_path.glob("sistercity.db.*")) == [
        "sistercity.db.telegram.lock",
        "sistercity.db.terminal.lock",
        "sistercity.db.web.lock",
    ]


def test_nothing_is_restored_without_being_asked_first(
    run: Run, sqlite_database: Database, nobody_answers: None, tmp_path: Path
) -> None:
    run("db", "backup", str(tmp_path / "copy.db"))
    assert "replaces everything" in run("db", "restore", str(tmp_path / "copy.db"), code=1)
    assert [one.action for one in events(sqlite_database)] == ["database.backed_up"]


def test_an_upgrade_erases_those_who_came_back_with_a_copied_file(
    run: Run, sqlite_database: Database, lived_in: World, tmp_path: Path
) -> None:
    erased_log.append(tmp_path / "erased.log", lived_in.officer.person.public_id, NOW)
    run("db", "upgrade")
    with sqlite_database.read() as session:
        assert session.get_one(Person, lived_in.officer.person.id).name == ""


def test_with_postgresql_the_commands_say_what_to_run(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv(f"{PREFIX}DATABASE_URL", "postgresql://me:secretword@db.example.org/sister")
    told = run("db", "backup", "copy.dump", code=2)
    assert "pg_dump --format=custom --file=copy.dump postgresql://me@db.example.org/sister" in told
    told = run("db", "restore", "copy.dump", code=2)
    assert "--dbname=postgresql://me@db.example.org/sister copy.dump" in told
    assert "sistercity db upgrade" in told
    assert "secretword" not in told


def test_json_is_json(run: Run) -> None:
    assert json.loads(run("purge", "--json"))
