"""A notice is planned, sent or cancelled once per recipient, kind, subject, period and step."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from storage import notices
from storage.database import Database
from storage.models import Notice
from storage.notices import Key, New
from tests.storage.together import together
from tests.world import CHENGDU, HOKKAIDO, World

POST = "role:officer:TH-50"
ENDS = "2027-01-31"
HOUR = timedelta(hours=1)


def key(
    step: str = "d90",
    *,
    recipient: str = POST,
    kind: str = "term",
    subject: str = CHENGDU,
    period: str = ENDS,
) -> Key:
    return (recipient, kind, subject, period, step)


def plan(database: Database, now: datetime, *keys: Key, person_id: int | None = None) -> None:
    with database.write() as session:
        notices.add_missing(session, [New(one, person_id) for one in keys], now)


def rows_of(database: Database) -> list[Notice]:
    with database.read() as session:
        return list(session.scalars(select(Notice).order_by(Notice.id)))


def set_state(database: Database, step: str, state: str) -> None:
    with database.write() as session:
        session.scalars(select(Notice).where(Notice.step == step)).one().state = state


def test_planning_again_adds_nothing(database: Database, now: datetime) -> None:
    plan(database, now)
    plan(database, now, key("d90"), key("d60"))
    plan(database, now + HOUR, key("d60"), key("d90"), key("d30"), key("d30"))
    assert [(row.step, row.state, row.planned_at) for row in rows_of(database)] == [
        ("d90", "planned", now),
        ("d60", "planned", now),
        ("d30", "planned", now + HOUR),
    ]


def test_two_plans_at_once_make_one_row_each(database: Database, now: datetime) -> None:
    keys = [key(step, subject=f"activity:{number}") for number in range(10) for step in ("d7", "once")]
    together(lambda: plan(database, now, *keys), lambda: plan(database, now, *keys))
    assert sorted(map(notices.key_of, rows_of(database))) == sorted(keys)


@pytest.mark.parametrize("state", ["sent", "cancelled", "uncertain", "sending"])
def test_planning_does_not_touch_what_became_of_a_notice(
    database: Database, now: datetime, state: str
) -> None:
    plan(database, now, key())
    set_state(database, "d90", state)
    plan(database, now + HOUR, key())
    assert [(row.state, row.planned_at) for row in rows_of(database)] == [(state, now)]


def test_each_part_of_the_key_makes_another_notice(database: Database, world: World, now: datetime) -> None:
    plan(
        database,
        now,
        key(),
        key("d60"),
        key(recipient=world.officer.person.public_id),
        key(kind="stage"),
        key(subject=HOKKAIDO),
        key(period="2027-02-28"),
    )
    assert len(rows_of(database)) == 6


def test_what_went_out_or_may_have_is_settled(database: Database, now: datetime) -> None:
    keys = [key(step) for step in ("d180", "d120", "d90", "d60", "d30")]
    plan(database, now, *keys)
    for step, state in (("d180", "sent"), ("d120", "sending"), ("d90", "uncertain"), ("d60", "cancelled")):
        set_state(database, step, state)
    with database.read() as session:
        assert notices.list_settled(session, keys) == {key("d180"), key("d120"), key("d90")}
        assert notices.list_settled(session, [key("d180", recipient="somebody else")]) == frozenset()
        assert notices.list_settled(session, []) == frozenset()


def test_what_is_no_longer_due_and_what_is_again_is_found_and_nothing_else(
    database: Database, now: datetime
) -> None:
    plan(database, now, key("d90"), key("d60"), key("d30"), key("over"), key("sent"))
    for step in ("d30", "over"):
        set_state(database, step, "cancelled")
    set_state(database, "sent", "sent")
    with database.write() as session:
        found = notices.list_open(session, {key("d90"), key("d30")})
        assert [(row.step, row.state) for row in found] == [("d60", "planned"), ("d30", "cancelled")]


def test_of_a_recipient_the_open_ones_and_the_planned_ones_are_found(
    database: Database, world: World, now: datetime
) -> None:
    mine = world.officer.person.public_id
    plan(database, now, key("d180", recipient=mine), key("d90", recipient=mine), key("d60", recipient=mine))
    plan(database, now, key("d30"))
    set_state(database, "d90", "cancelled")
    set_state(database, "d60", "sent")
    with database.write() as session:
        assert [row.step for row in notices.list_open_of(session, mine)] == ["d180", "d90"]
        assert [row.step for row in notices.list_planned_of(session, mine)] == ["d180"]
        assert [row.step for row in notices.list_planned_of(session, POST)] == ["d30"]
        assert notices.count_by_state(session) == {"planned": 2, "cancelled": 1, "sent": 1}
