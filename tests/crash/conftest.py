"""Databases that know the officer, and the process that starts services."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest
from sqlalchemy import update

from storage.models import PairingStage
from tests.conftest import NOW, ON_BOTH, TEMPLATE, opened
from tests.crash.scene import OFFICER, Launcher
from tests.postgres import Cluster
from tests.world import add_officer

WITH_OFFICER = "sistercity_with_officer"

Databases = Callable[[Path], AbstractContextManager[str]]
"""Makes the database of one run in a folder: gives its address."""


def _add_officer(url: str) -> None:
    with opened(url) as database, database.write() as session:
        add_officer(session, NOW, external_id=str(OFFICER), channel="telegram")
        # No stage stands still: a digest is then made of reminders alone, or there is none.
        session.execute(update(PairingStage).values(reached_on=NOW.date()))


@pytest.fixture(scope="session")
def launcher() -> Iterator[Launcher]:
    with Launcher() as running:
        yield running


@pytest.fixture(scope="session")
def sqlite_databases(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Databases:
    template = tmp_path_factory.mktemp("officer") / "sistercity.db"
    shutil.copy(sqlite_template, template)
    _add_officer(f"sqlite:///{template}")

    @contextmanager
    def make(folder: Path) -> Iterator[str]:
        yield f"sqlite:///{shutil.copy(template, folder / 'sistercity.db')}"

    return make


@pytest.fixture(scope="session")
def postgresql_databases(postgresql_server: Cluster) -> Databases:
    _add_officer(postgresql_server.create(WITH_OFFICER, TEMPLATE))

    @contextmanager
    def make(_folder: Path) -> Iterator[str]:
        with postgresql_server.database(WITH_OFFICER) as url:
            yield url

    return make


@pytest.fixture(params=ON_BOTH)
def databases(request: pytest.FixtureRequest) -> Databases:
    found: Databases = request.getfixturevalue(f"{request.param}_databases")
    return found
