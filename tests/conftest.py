"""Real databases for every test that asks for one, an instant, and the small world."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from storage import reference_data
from storage.database import Database
from tests.lexicons_kept import lexicons_kept
from tests.postgres import Cluster, NoServer, cluster
from tests.world import World, add_world

TEMPLATE = "sistercity_template"
NOW = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
ON_BOTH = ("sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql))


MEMORY = Path("/dev/shm")
ROOM_WANTED = 2 * 1024**3  # bytes: two workers with a PostgreSQL server each take a quarter of it


def pytest_configure() -> None:
    """
    Temporary files lie in memory where there is room, unless TMPDIR says where. Each test has a database of its
    own: on a disk, making and removing a thousand of them takes longer than what is tried on them.
    """
    if "TMPDIR" not in os.environ and MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > ROOM_WANTED:
        os.environ["TMPDIR"] = str(MEMORY)
        tempfile.tempdir = None  # looked up anew


LONG = (
    "crash",
    "test_serve.py",
    "browser",
    "bot/test_demo.py",
    "conversations/test_every_state.py",
    "conversations/test_relation.py",
    "conversations/test_audited.py",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes longest comes first: at the end of a run, one worker would be left alone with it."""

    def place(item: pytest.Item) -> int:
        file = item.path.relative_to(Path(__file__).parent).as_posix()
        return next((number for number, name in enumerate(LONG) if file.startswith(name)), len(LONG))

    items.sort(key=place)


@contextmanager
def opened(url: str) -> Iterator[Database]:
    database = Database(url)
    try:
        yield database
    finally:
        database.close()


def fill(url: str) -> None:
    """Bring an empty database to where every real one starts: schema at head, reference data loaded."""
    with opened(url) as database:
        database.upgrade()
        with database.write() as session:
            reference_data.load(session, NOW)


@pytest.fixture(scope="session", autouse=True)
def _lexicons_kept() -> Iterator[None]:
    with lexicons_kept():
        yield


@pytest.fixture
def now() -> datetime:
    """10:00 in Bangkok on Sunday, 22 November 2026."""
    return NOW


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A filled SQLite file, to be copied."""
    file = tmp_path_factory.mktemp("template") / "sistercity.db"
    fill(f"sqlite:///{file}")
    return file


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[Cluster]:
    """The one server of this run, started when a test first needs it, with a filled template database."""
    try:
        with cluster() as server:
            fill(server.create(TEMPLATE))
            yield server
    except NoServer as reason:
        if os.environ.get("CI") == "true":
            pytest.fail(f"{reason}; the suite must run complete here")
        pytest.skip(str(reason))


@pytest.fixture
def postgresql_url(postgresql_server: Cluster) -> Iterator[str]:
    """The address of a filled PostgreSQL database; mark the test `postgresql`."""
    with postgresql_server.database(TEMPLATE) as url:
        yield url


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    """The address of a filled SQLite file."""
    return f"sqlite:///{shutil.copy(sqlite_template, tmp_path / 'sistercity.db')}"


@pytest.fixture
def sqlite_database(sqlite_url: str) -> Iterator[Database]:
    with opened(sqlite_url) as database:
        yield database


@pytest.fixture
def postgresql_database(postgresql_url: str) -> Iterator[Database]:
    with opened(postgresql_url) as database:
        yield database


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """
    A test that wants a database runs on both engines. In a module that says `ONE_ENGINE = True` what is tried is
    what dialogues make of it, and SQLite is enough.
    """
    if "database" in metafunc.fixturenames:
        engines = ("sqlite",) if getattr(metafunc.module, "ONE_ENGINE", False) else ON_BOTH
        metafunc.parametrize("database", engines, indirect=True)


@pytest.fixture
def database(request: pytest.FixtureRequest) -> Database:
    """A filled database of its own for each test, once on each engine."""
    found: Database = request.getfixturevalue(f"{request.param}_database")
    return found


@pytest.fixture(params=ON_BOTH)
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a database without any table, once on each engine."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'empty.db'}"
        return
    server: Cluster = request.getfixturevalue("postgresql_server")
    with server.database() as url:
        yield url


@pytest.fixture
def world(database: Database, now: datetime) -> World:
    """Officer, neighbour, guest and ministry, in the test's database."""
    with database.write() as session:
        return add_world(session, now)
