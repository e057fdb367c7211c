"""
Engine, transactions and schema version.

SQLite runs in WAL with foreign keys, a busy timeout and `synchronous=FULL` (an acknowledged update must
survive a power cut). The driver's own transaction handling is off: it starts none before SELECT or CREATE,
so a failed migration would stay half done and read-then-write would fail on a stale snapshot. Writers say
BEGIN IMMEDIATE; within one process they also queue on a lock, because SQLite's busy handler sleeps.
"""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, inspect, make_url, text
from sqlalchemy.exc import ArgumentError, SQLAlchemyError
from sqlalchemy.orm import Session

from storage import audit

HEAD = "0005"
"""The revision this program works with. A test compares it with the newest file in migrations/versions."""


CACHE = "cache_size=-65536"
"""
KiB of pages that a connection keeps, as far as the file has so many: the records of one province among a million
lie on some 50 MB of pages, and the driver's own 2 MB would read all of them again for each search.
"""

PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "foreign_keys=ON",
    "busy_timeout=10000",
    CACHE,
    "secure_delete=ON",  # what was emptied or erased is overwritten, not left in free pages of the file
)


class SchemaError(Exception):
    """The database cannot be used as it is; the message says what to do."""


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in PRAGMAS:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    read_only = connection.get_execution_options().get("read_only", False)
    connection.exec_driver_sql("BEGIN" if read_only else "BEGIN IMMEDIATE")


def connect(url: str) -> Engine:
    """An engine whose transactions are real on both databases."""
    engine = create_engine(
        url,
        json_serializer=lambda value: json.dumps(value, ensure_ascii=False, separators=(",", ":")),
        pool_pre_ping=not url.startswith("sqlite"),
        hide_parameters=True,  # an error's text goes to the log, and parameters hold what people wrote
    )
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    return engine


class Database:
    """One database: short read and write transactions, nothing else."""

    def __init__(self, url: str) -> None:
        try:
            self.url = make_url(url)
            self.engine = connect(url)
        except (ArgumentError, ImportError) as error:
            raise SchemaError(f"SISTERCITY_DATABASE_URL is not a database address: {error}") from None
        self._reading = self.engine.execution_options(read_only=True)
        self._frozen = self.engine.execution_options(isolation_level="REPEATABLE READ")
        self._writer = threading.Lock()
        self.is_sqlite = self.engine.dialect.name == "sqlite"

    @property
    def file(self) -> Path | None:
        """The database file, on SQLite."""
        return Path(self.url.database) if self.is_sqlite and self.url.database else None

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A read-only transaction: one consistent snapshot on SQLite."""
        with Session(self._reading, expire_on_commit=False, autoflush=False) as session:
            yield session

    @contextmanager
    def snapshot(self) -> Iterator[Session]:
        """A read-only transaction whose queries all see the same instant, on PostgreSQL too."""
        engine = self._reading if self.is_sqlite else self._frozen
        with Session(engine, expire_on_commit=False, autoflush=False) as session:
            yield session

    @contextmanager
    def write(self) -> Iterator[Session]:
        """A transaction that commits at the end, or leaves nothing behind."""
        if not self.is_sqlite:
            with Session(self.engine, expire_on_commit=False) as session, session.begin():
                yield session
                audit.seal(session)
            return
        with self._writer, Session(self.engine, expire_on_commit=False) as session, session.begin():
            yield session
            audit.seal(session)

    def revision(self) -> str | None:
        """
        The schema revision of the database; None for an empty one.

        Raises:
            SchemaError: If the database cannot be reached.
        """
        try:
            with self._reading.connect() as connection:
                if not inspect(connection).has_table("alembic_version"):
                    return None
                return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
        except SQLAlchemyError as error:
            where = self.url.render_as_string(hide_password=True)
            reason = str(getattr(error, "orig", error)).strip().splitlines()[0]
            raise SchemaError(
                f"the database at {where} cannot be reached ({reason}): check SISTERCITY_DATABASE_URL"
            ) from None

    def require_head(self) -> None:
        """
        Refuse an older or newer schema.

        Raises:
            SchemaError: With the command that mends it.
        """
        found = self.revision()
        if found == HEAD:
            return
        if found is None:
            raise SchemaError("the database is empty: run `sistercity db upgrade`")
        if found > HEAD:
            raise SchemaError(
                f"the database has schema {found}, newer than this program's {HEAD}: install the newer program"
            )
        raise SchemaError(
            f"the database has schema {found}, this program needs {HEAD}: run `sistercity db upgrade`"
        )

    def upgrade(self) -> None:
        """Bring the schema to head. Alembic is imported here only: it costs two seconds."""
        from alembic import command
        from alembic.config import Config

        config = Config()
        config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
        config.attributes["engine"] = self.engine
        command.upgrade(config, "head")

    def empty_log(self) -> None:
        """
        On SQLite: move what was written out of the write-ahead log, which else keeps old pages for a while.
        While others read or write this does less than all, or nothing; PostgreSQL sees to its own.
        """
        if self.file is not None:
            # Of its own, because it waits less long: all writers wait with it.
            with closing(sqlite3.connect(self.file, timeout=1.0)) as connection:
                connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def close(self) -> None:
        self.engine.dispose()
