"""
Copies of a SQLite database: made while it is served, looked through, put in place as a whole or not at all.

PostgreSQL has `pg_dump` for this.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError

from storage import audit
from storage.database import HEAD, Database, SchemaError


class BackupError(Exception):
    """The database is not whole, or cannot be copied; the message says why, of "it"."""


def copy(source: Path, target: Path) -> None:
    """
    Copy one database into another as it is at one instant, with SQLite's online backup.

    Whoever writes meanwhile goes on. All pages are taken in one step: in several, each write by another process
    would begin the copy anew. The target's content is replaced in one transaction.
    """
    try:
        with (
            closing(sqlite3.connect(f"{source.absolute().as_uri()}?mode=rw", uri=True)) as from_,
            closing(sqlite3.connect(target, timeout=30.0)) as to,
        ):
            from_.backup(to)
    except sqlite3.Error as error:
        raise BackupError(f"it cannot be copied ({error})") from None


def publish(target: Path, make: Callable[[Path], None]) -> None:
    """
    Let `make` write a database beside the target, then give it the target's name: at once, on the disk, and
    readable by its owner alone.

    Raises:
        BackupError: From `make`, or when the file cannot be written; then nothing is left behind.
    """
    working = target.with_name(f"{target.name}.partial")
    remove(working)
    try:
        os.close(os.open(working, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        make(working)
        _close_up(working)
        working.replace(target)
        _sync(target.parent)
    except OSError as error:
        raise BackupError(f"{target} cannot be written ({error.strerror})") from None
    finally:
        remove(working)


def remove(file: Path) -> None:
    """A database file with what SQLite keeps beside it."""
    for end in ("", "-wal", "-shm", "-journal"):
        with suppress(FileNotFoundError):
            Path(f"{file}{end}").unlink()


def revision(file: Path) -> str | None:
    """
    The schema of a database file.

    Raises:
        BackupError: If it is none of this program's, or of a newer one.
    """
    database = Database(f"sqlite:///{file}")
    try:
        found = database.revision()
    except SchemaError:
        raise BackupError("it is no database") from None
    finally:
        database.close()
    if found is None:
        raise BackupError("it is no database of this program")
    if found > HEAD:
        raise BackupError(
            f"it has schema {found}, newer than this program's {HEAD}: install the newer program"
        )
    return found


def check(file: Path) -> None:
    """
    Look through a whole database file: its pages, and what its rows refer to.

    Raises:
        BackupError: If something is damaged.
    """
    database = Database(f"sqlite:///{file}")
    try:
        with database.read() as session:
            connection = session.connection()
            damage = connection.exec_driver_sql("PRAGMA integrity_check(1)").scalar()
            loose = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
    except SQLAlchemyError as error:
        raise BackupError(f"it is damaged ({getattr(error, 'orig', error)})") from None
    finally:
        database.close()
    if damage != "ok":
        raise BackupError(f"it is damaged ({damage})")
    if loose is not None:
        raise BackupError(f"it is damaged (a row of {loose[0]} refers to one that is not there)")


def verify(file: Path) -> audit.Verdict:
    """Whether the audit in a file at this program's schema is whole."""
    database = Database(f"sqlite:///{file}")
    try:
        with database.snapshot() as session:
            return audit.verify(session)
    finally:
        database.close()


def _close_up(file: Path) -> None:
    """One file, without a write-ahead log beside it, and on the disk."""
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA journal_mode=DELETE")
    _sync(file)


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
