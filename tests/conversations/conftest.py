"""The office in which every conversation takes place: 10:00 on Sunday, 22 November 2026, in Bangkok."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from storage.database import Database
from tests.conftest import NOW
from tests.rights_world import RolledBack, World, build
from tests.support import Conversation, HandClock, Office, few_entries


@pytest.fixture
def office(database: Database, tmp_path: Path, now: datetime) -> Office:
    return Office(database, tmp_path / "media", HandClock(now))


@pytest.fixture
def officer(office: Office) -> Conversation:
    """Of Chiang Mai, which has eight signed pairings."""
    return office.person("สมศรี", "officer", "TH-50")


@pytest.fixture
def ranong(office: Office) -> Conversation:
    """The officer of a province with one signed pairing."""
    return office.person("ชูใจ", "officer", "TH-85")


@pytest.fixture
def neighbour(office: Office) -> Conversation:
    """Of Mukdahan."""
    return office.person("บุญมี", "officer", "TH-49")


@pytest.fixture
def guest(office: Office) -> Conversation:
    return office.person("ผู้สนใจ")


@pytest.fixture
def ministry(office: Office) -> Conversation:
    """Of the ministry, and a curator."""
    return office.person("วิภา", "ministry", curator=True)


@pytest.fixture
def curator(office: Office) -> Conversation:
    """Another one: two are needed to change what is answered."""
    return office.person("มานพ", "ministry", curator=True)


@pytest.fixture(scope="module")
def two_provinces(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """The world of the walk through the rights, made once for a module: each trial in it is rolled back."""
    folder = tmp_path_factory.mktemp("walk")
    file = folder / "sistercity.db"
    file.write_bytes(sqlite_template.read_bytes())
    database = RolledBack(f"sqlite:///{file}")
    try:
        yield build(Office(database, folder / "media", HandClock(NOW), knowledge=few_entries()), database)
    finally:
        database.close()
