"""Which record has a file already: of these provinces, and not of long ago."""

from __future__ import annotations

from datetime import date, datetime

from storage import activities, evidence, owners
from storage.database import Database
from tests.world import CHENGDU, CHIANG_MAI, HOKKAIDO, MUKDAHAN, SAVANNAKHET, World

TODAY = date(2026, 11, 3)
SINCE = date(2025, 10, 1)
PHOTO, OTHER = "a" * 64, "b" * 64
LOOK = "f0" * 8


def record(
    database: Database,
    world: World,
    now: datetime,
    pairing: str,
    *files: tuple[str, str | None],
    day: date = TODAY,
    kind: str = "photo",
) -> int:
    """A record with files, given by (SHA-256, look)."""
    person = world.officer.person.id
    values = {"pairing_id": pairing, "type_code": "meeting", "state": "held", "start": day, "title": "x"}
    with database.write() as session:
        row = activities.add(session, {**values, "joint": True}, None, person, "web", now)
        rows = [
            {"sha256": sha256, "look": look, "kind": kind, "name": "", "mime": "", "size": 1}
            for sha256, look in files
        ]
        activities.add_evidence(session, row.id, rows, person, now)
        return row.id


def used(
    database: Database, *provinces: str, hashes: tuple[str, ...] = (PHOTO,), looks: bool = False
) -> list[tuple[str, str | None, int]]:
    with database.read() as session:
        return evidence.list_used(session, provinces, since=SINCE, hashes=hashes, looks=looks)


def test_a_file_is_found_by_its_hash_in_the_provinces_records(
    database: Database, world: World, now: datetime
) -> None:
    mine = record(database, world, now, CHENGDU, (PHOTO, None), (OTHER, None))
    record(database, world, now, SAVANNAKHET, (PHOTO, None))

    assert used(database, CHIANG_MAI) == [(PHOTO, None, mine)]
    assert used(database) == []


def test_photos_whose_look_is_known_are_found_to_be_compared_those_with_the_hash_first(
    database: Database, world: World, now: datetime
) -> None:
    first = record(database, world, now, CHENGDU, (PHOTO, None))
    second = record(database, world, now, HOKKAIDO, (OTHER, LOOK))

    assert used(database, CHIANG_MAI, looks=True) == [(PHOTO, None, first), (OTHER, LOOK, second)]
    assert used(database, CHIANG_MAI) == [(PHOTO, None, first)]


def test_records_of_long_ago_deleted_ones_and_links_are_not_searched(
    database: Database, world: World, now: datetime
) -> None:
    record(database, world, now, CHENGDU, (PHOTO, LOOK), day=date(2025, 9, 30))
    record(database, world, now, CHENGDU, (PHOTO, None), kind="link")
    gone = record(database, world, now, HOKKAIDO, (PHOTO, LOOK))
    with database.write() as session:
        row = activities.find(session, gone)
        assert row is not None
        activities.delete(session, row, world.officer.person.id, "web", now)

    assert used(database, CHIANG_MAI, looks=True) == []


def test_a_record_that_covers_a_pairing_of_the_province_is_searched(
    database: Database, world: World, now: datetime
) -> None:
    shared = record(database, world, now, CHENGDU, (PHOTO, None))
    person = world.officer.person.id
    with database.write() as session:
        owners.set_pairings(session, shared, [(SAVANNAKHET, MUKDAHAN)], [MUKDAHAN], person, now)

    assert used(database, MUKDAHAN) == [(PHOTO, None, shared)]
