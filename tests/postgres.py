"""
One throw-away PostgreSQL server for a test run.

It listens on a Unix socket in a folder that only its own user may enter, so it needs no password, no free
port, and nobody else on the machine can reach it. A small shell keeps it: when the pipe from the test run
closes, whether the run ended, failed or was killed, the shell stops the server and removes the folder.
"""

from __future__ import annotations

import itertools
import os
import pwd
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

import psycopg
from psycopg import sql

ROLE = "sistercity"
SERVER_ACCOUNT = "postgres"
"""initdb and postgres refuse to run as root; then this account of Debian's package runs them."""

START_WITHIN = 30.0  # seconds

# A wait for a lock that never ends must fail its test, not hang the run.
# QUIT is an immediate shutdown: nothing in there is worth keeping.
KEEPER = """
"$1/postgres" -D "$2/data" -k "$2" -c listen_addresses= -c fsync=off -c synchronous_commit=off \
  -c full_page_writes=off -c shared_buffers=32MB -c max_connections=60 -c lock_timeout=5s >"$2/log" 2>&1 &
read -r _
kill -QUIT $!
wait
rm -rf "$2"
"""


class NoServer(Exception):
    """There are no server programs on this machine, or no account that may run them."""


def find_programs() -> Path:
    """
    The folder of `initdb` and `postgres`: the newest of Debian's, which are not on PATH, or that of PATH.

    Raises:
        NoServer: If there are none.
    """
    debian = sorted(
        (found.parent for found in Path("/usr/lib/postgresql").glob("*/bin/initdb")),
        key=lambda folder: float(folder.parent.name),
        reverse=True,
    )
    on_path = shutil.which("initdb")
    folders = [*debian, *([Path(on_path).parent] if on_path else [])]
    for folder in folders:
        if (folder / "postgres").exists():
            return folder
    raise NoServer("no PostgreSQL server programs (initdb, postgres) on this machine")


def _account() -> pwd.struct_passwd | None:
    """The account to run the server as; None for our own."""
    if os.geteuid() != 0:
        return None
    try:
        return pwd.getpwnam(SERVER_ACCOUNT)
    except KeyError:
        raise NoServer(f"root may not run PostgreSQL, and there is no account {SERVER_ACCOUNT!r}") from None


class Cluster:
    """A running server. Databases are made from a template, which costs a fraction of a migration."""

    def __init__(self, folder: Path, programs: Path, account: pwd.struct_passwd | None) -> None:
        self._folder = folder
        self._numbers = itertools.count(1)
        as_account: dict[str, Any] = {}
        if account is not None:
            os.chown(folder, account.pw_uid, account.pw_gid)
            as_account = {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": ()}
        made = subprocess.run(
            [
                str(programs / "initdb"),
                f"--pgdata={folder / 'data'}",
                f"--username={ROLE}",
                "--auth=trust",
                "--encoding=UTF8",
                "--locale=C",
                "--no-sync",
            ],
            check=False,
            capture_output=True,
            text=True,
            cwd=folder,
            **as_account,
        )
        if made.returncode:
            shutil.rmtree(folder)
            raise RuntimeError(f"initdb failed: {made.stderr}")
        # A session of its own: an interrupt at the keyboard must reach the test run only.
        self._keeper = subprocess.Popen(
            ["/bin/sh", "-c", KEEPER, "keeper", str(programs), str(folder)],
            stdin=subprocess.PIPE,
            cwd=folder,
            start_new_session=True,
            **as_account,
        )
        self._admin = self._first_connection()

    def _first_connection(self) -> psycopg.Connection:
        deadline = time.monotonic() + START_WITHIN
        while True:
            try:
                return psycopg.connect(self.url("postgres"), autocommit=True)
            except psycopg.OperationalError as error:
                if time.monotonic() > deadline:
                    log = (self._folder / "log").read_text(errors="replace")
                    self.stop()
                    raise RuntimeError(f"PostgreSQL did not start: {error}\n{log}") from error
                time.sleep(0.05)

    def url(self, name: str) -> str:
        """The address of a database, as SISTERCITY_DATABASE_URL takes it."""
        return f"postgresql://{ROLE}@/{name}?host={quote(str(self._folder))}"

    def create(self, name: str, template: str = "template0") -> str:
        """A new database; returns its address. A template must have no open connections."""
        self._admin.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(template))
        )
        return self.url(name)

    @contextmanager
    def database(self, template: str = "template0") -> Iterator[str]:
        """The address of a database that is gone afterwards, whoever is still connected to it."""
        name = f"test_{next(self._numbers)}"
        url = self.create(name, template)
        try:
            yield url
        finally:
            self._admin.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))

    @contextmanager
    def unavailable(self, url: str) -> Iterator[None]:
        """Nobody can use the database of this address for a while, those who are connected neither."""
        name = urlsplit(url).path.removeprefix("/")
        allow = sql.SQL("ALTER DATABASE {} ALLOW_CONNECTIONS {}")
        self._admin.execute(allow.format(sql.Identifier(name), sql.Literal(False)))
        self._admin.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name]
        )
        try:
            yield
        finally:
            self._admin.execute(allow.format(sql.Identifier(name), sql.Literal(True)))

    def stop(self) -> None:
        if hasattr(self, "_admin"):
            self._admin.close()
        self._keeper.communicate(timeout=START_WITHIN)


@contextmanager
def cluster() -> Iterator[Cluster]:
    """
    A server for as long as the block runs.

    Raises:
        NoServer: If this machine cannot run one.
    """
    programs, account = find_programs(), _account()
    # Not pytest's own temporary folder: the server's account may not enter it. Short: a socket's path
    # may have about 100 characters.
    running = Cluster(Path(tempfile.mkdtemp(prefix="sistercity-pg-")), programs, account)
    try:
        yield running
    finally:
        running.stop()
