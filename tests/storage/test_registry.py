"""Facts of the registry: proposed, current, conflicting, taken back; nothing is lost."""

from __future__ import annotations

from datetime import date, datetime
from functools import partial

import pytest
from sqlalchemy import select

from storage import meta, registry
from storage.database import Database
from storage.models import Pairing, PairingStage
from storage.registry import CONFLICTING, CURRENT, PROPOSED, REPLACED, Value
from tests.storage.together import together
from tests.world import CHENGDU, World

SUBJECT = f"pairing:{CHENGDU}"
SIGNED = Value("signed_on", "2013-06-01", "หนังสือจังหวัด ที่ 1/2556", date(2013, 6, 3), "month")


def settle(database: Database, now: datetime, said: Value, subject: str = SUBJECT) -> int:
    """Say something and let it hold at once; returns the fact's id."""
    with database.write() as session:
        row = registry.add(session, subject, said, PROPOSED, None, now)
        registry.make_current(session, row, None, now)
        return row.id


def pairing(database: Database) -> Pairing:
    with database.read() as session:
        return session.get_one(Pairing, CHENGDU)


def states(database: Database, field: str) -> list[tuple[object, str]]:
    with database.read() as session:
        return [(one.value, one.state) for one in registry.list_history(session, SUBJECT, field)]


def test_a_proposal_changes_nothing_until_it_holds(database: Database, world: World, now: datetime) -> None:
    before = pairing(database).signed_on
    with database.write() as session:
        registry.add(session, SUBJECT, SIGNED, PROPOSED, world.officer.person.id, now)
    assert pairing(database).signed_on == before
    assert [state for _value, state in states(database, "signed_on")] == [PROPOSED, CURRENT]


def test_what_holds_is_in_the_rows_own_columns(database: Database, world: World, now: datetime) -> None:
    with database.read() as session:
        version = meta.registry_version(session)
    settle(database, now, SIGNED)
    row = pairing(database)
    assert (row.signed_on, row.signed_precision) == (date(2013, 6, 1), "month")
    with database.read() as session:
        assert meta.registry_version(session) > version


def test_taking_back_brings_what_stood_before_even_what_was_shipped(
    database: Database, world: World, now: datetime
) -> None:
    shipped = pairing(database)
    first = settle(database, now, SIGNED)
    second = settle(database, now, Value("signed_on", None, "ไม่มีหลักฐาน"))
    assert pairing(database).signed_on is None

    for fact_id in (second, first):
        with database.write() as session:
            row = registry.find(session, fact_id)
            assert row is not None
            assert registry.take_back(session, row, None, now)
    back = pairing(database)
    assert (back.signed_on, back.signed_precision) == (shipped.signed_on, shipped.signed_precision)


def test_only_what_is_current_can_be_taken_back(database: Database, world: World, now: datetime) -> None:
    first = settle(database, now, SIGNED)
    settle(database, now, Value("signed_on", "2014-01-01", "อื่น", None, "year"))
    with database.write() as session:
        row = registry.find(session, first)
        assert row is not None
        assert not registry.take_back(session, row, None, now)


def test_what_another_source_says_stands_beside_what_is_current(
    database: Database, world: World, now: datetime
) -> None:
    settle(database, now, SIGNED)
    with database.write() as session:
        other = Value("signed_on", "2013-07-01", "ข่าว", None, "month")
        registry.add(session, SUBJECT, other, CONFLICTING, None, now)
    with database.read() as session:
        found = [(one.value, one.state) for one in registry.list_of(session, SUBJECT)]
    assert found == [("2013-07-01", CONFLICTING), ("2013-06-01", CURRENT)]
    assert pairing(database).signed_on == date(2013, 6, 1)


@pytest.mark.parametrize(
    ("stage", "status"),
    [
        ("mou_draft", "in_progress"),
        ("renewed", "established"),
        ("expired", "established"),
        ("dormant", "dormant"),
        ("ended", "ended"),
    ],
)
def test_a_stage_is_the_status_by_which_the_rule_judges_and_joins_the_history(
    database: Database, world: World, now: datetime, stage: str, status: str
) -> None:
    settle(database, now, Value("stage", stage, "รายงานการประชุม", date(2026, 3, 1), "month"))
    assert pairing(database).status == status
    with database.read() as session:
        newest = session.scalars(
            select(PairingStage).where(PairingStage.pairing_id == CHENGDU).order_by(PairingStage.id.desc())
        ).first()
    assert newest is not None
    assert (newest.stage, newest.reached_on, newest.precision) == (stage, date(2026, 3, 1), "month")


def test_a_field_without_a_column_has_its_history_too(
    database: Database, world: World, now: datetime
) -> None:
    first = settle(database, now, Value("areas", ["tourism"], "MOU ข้อ 2"))
    settle(database, now, Value("areas", ["tourism", "education"], "MOU ข้อ 2 แก้ไข"))
    assert states(database, "areas") == [(["tourism", "education"], CURRENT), (["tourism"], REPLACED)]
    with database.write() as session:
        row = registry.find_current(session, SUBJECT, "areas")
        assert row is not None
        assert registry.take_back(session, row, None, now)
        one = registry.find(session, first)
        assert one is not None
        assert registry.take_back(session, one, None, now)
        assert registry.find_current(session, SUBJECT, "areas") is None


def test_two_who_settle_the_same_field_at_once_leave_one_current_value(
    database: Database, world: World, now: datetime
) -> None:
    values = [Value("areas", [name], "x") for name in ("a", "b", "c")]
    together(*(partial(settle, database, now, value) for value in values))
    assert sorted(state for _value, state in states(database, "areas")) == [CURRENT, REPLACED, REPLACED]
