"""A reminder is planned, sent or cancelled once per recipient, pairing, basis, period and step."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from storage import outbox, reminders
from storage.database import Database
from storage.models import Reminder
from storage.reminders import Key, New
from tests.storage.together import together
from tests.world import CHENGDU, HOKKAIDO, Member, World

POST = "role:officer:TH-50"
HOUR = timedelta(hours=1)


def key(step: str = "d90", recipient: str = POST, pairing: str = CHENGDU, period: str = "2569") -> Key:
    return (recipient, pairing, "calendar", period, step)


def plan(database: Database, now: datetime, *keys: Key, person_id: int | None = None) -> None:
    with database.write() as session:
        reminders.add_missing(session, [New(one, person_id) for one in keys], now)


def rows_of(database: Database) -> list[Reminder]:
    with database.read() as session:
        return list(session.scalars(select(Reminder).order_by(Reminder.id)))


def put_in_digest(database: Database, member: Member, now: datetime, *steps: str) -> int:
    """A digest that holds the reminders of these steps; returns its outbox id."""
    with database.write() as session:
        row = outbox.add(session, member.chat, "digest", {}, now)
        session.flush()
        for reminder in session.scalars(select(Reminder).where(Reminder.step.in_(steps))):
            reminder.outbox_id = row.id
            reminder.state = "sending"
        return row.id


def test_planning_again_adds_nothing(database: Database, now: datetime) -> None:
    """The plan runs at start and every ten minutes, in every replica."""
    plan(database, now, key("d90"), key("d60"))
    plan(database, now + HOUR, key("d60"), key("d90"), key("d30"))
    assert [(row.step, row.state, row.planned_at) for row in rows_of(database)] == [
        ("d90", "planned", now),
        ("d60", "planned", now),
        ("d30", "planned", now + HOUR),
    ]


def test_a_plan_without_reminders_changes_nothing(database: Database, now: datetime) -> None:
    plan(database, now)
    assert rows_of(database) == []


def test_the_same_reminder_twice_in_one_plan_is_one(database: Database, now: datetime) -> None:
    plan(database, now, key(), key())
    assert [reminders.key_of(row) for row in rows_of(database)] == [key()]


def test_two_plans_at_once_make_one_row_each(database: Database, now: datetime) -> None:
    keys = [key(step, period=str(2569 + year)) for year in range(10) for step in ("d90", "d60")]
    together(lambda: plan(database, now, *keys), lambda: plan(database, now, *keys))
    assert sorted(map(reminders.key_of, rows_of(database))) == sorted(keys)


@pytest.mark.parametrize("state", ["sent", "cancelled", "uncertain", "sending"])
def test_planning_does_not_touch_what_became_of_a_reminder(
    database: Database, now: datetime, state: str
) -> None:
    plan(database, now, key())
    with database.write() as session:
        session.scalars(select(Reminder)).one().state = state
    plan(database, now + HOUR, key())
    assert [(row.state, row.planned_at) for row in rows_of(database)] == [(state, now)]


def test_each_part_of_the_key_makes_another_reminder(database: Database, world: World, now: datetime) -> None:
    plan(
        database,
        now,
        key(),
        key("d60"),
        key(recipient=world.officer.person.public_id),
        key(pairing=HOKKAIDO),
        key(period="2570"),
        (POST, CHENGDU, "fiscal", "2569", "d90"),
    )
    assert len(rows_of(database)) == 6


def test_a_second_row_of_the_same_reminder_is_refused(database: Database, now: datetime) -> None:
    plan(database, now, key())
    recipient, pairing_id, basis, period, step = key()
    again = Reminder(
        recipient=recipient,
        pairing_id=pairing_id,
        basis=basis,
        period=period,
        step=step,
        state="planned",
        planned_at=now,
    )
    with pytest.raises(IntegrityError), database.write() as session:
        session.add(again)


def test_reminders_are_found_by_recipient_pairing_state_and_digest(
    database: Database, world: World, now: datetime
) -> None:
    mine = world.officer.person.public_id
    plan(database, now, key("d90"), key("d60", pairing=HOKKAIDO))
    plan(database, now, key("d30", recipient=mine), person_id=world.officer.person.id)
    digest = put_in_digest(database, world.officer, now, "d30")
    with database.read() as session:
        by = {
            "pairing": reminders.list_of_pairings(session, [CHENGDU]),
            "digest": session.scalars(select(Reminder).where(Reminder.outbox_id == digest)).all(),
        }
        assert list(reminders.lock_planned_of(session, POST)) == [key("d90"), key("d60", pairing=HOKKAIDO)]
        assert reminders.lock_planned_of(session, mine) == {}
        assert reminders.lock_open_of(session, POST, ["2569"]) == {CHENGDU, HOKKAIDO}
        assert reminders.lock_open_of(session, POST, ["2570"]) == set()
        assert reminders.count_by_state(session) == {"planned": 2, "sending": 1}
    assert {name: [row.step for row in rows] for name, rows in by.items()} == {
        "pairing": ["d90", "d30"],
        "digest": ["d30"],
    }
    assert by["digest"][0].person_id == world.officer.person.id


def test_what_is_taken_belongs_to_the_digest_that_is_sent(
    database: Database, world: World, now: datetime
) -> None:
    plan(database, now, key("d90"), key("d60"))
    digest = put_in_digest(database, world.officer, now)
    with database.write() as session:
        planned = reminders.lock_planned_of(session, POST)
        reminders.take(session, [planned[key("d90")]], digest)
    assert [(row.step, row.state, row.outbox_id) for row in rows_of(database)] == [
        ("d90", "sending", digest),
        ("d60", "planned", None),
    ]


def test_what_is_no_longer_due_is_cancelled_what_is_again_revived_and_nothing_else(
    database: Database, world: World, now: datetime
) -> None:
    plan(database, now, key("d90"), key("d60"), key("d30"), key("d7"), key("start", period="2560"))
    with database.write() as session:
        for row in session.scalars(select(Reminder).where(Reminder.step.in_(("d30", "d7", "start")))):
            row.state = "cancelled"
    wanted = {key("d90"), key("d30"), key("start", period="2560")}
    with database.write() as session:
        reminders.settle(session, reminders.list_past(session, ["2569"]), wanted)
    with database.read() as session:
        rows = session.scalars(select(Reminder).order_by(Reminder.id))
        assert [(row.step, row.state) for row in rows] == [
            ("d90", "planned"),
            ("d60", "cancelled"),
            ("d30", "planned"),
            ("d7", "cancelled"),
            ("start", "cancelled"),
        ]


def test_what_went_out_meanwhile_is_not_cancelled(database: Database, world: World, now: datetime) -> None:
    plan(database, now, key("d90"), key("d60"))
    with database.read() as session:
        past = reminders.list_past(session, ["2569"])
    put_in_digest(database, world.officer, now, "d90")
    with database.write() as session:
        reminders.settle(session, past, set())
        assert reminders.count_by_state(session) == {"sending": 1, "cancelled": 1}


def test_the_ledger_of_a_year_has_every_reminder_of_it(
    database: Database, world: World, now: datetime
) -> None:
    plan(database, now, key("d90"), key("d60", pairing=HOKKAIDO), key("d30", period="2568"))
    with database.read() as session:
        assert [one.key for one in reminders.list_past(session, ["2569"])] == [
            key("d90"),
            key("d60", pairing=HOKKAIDO),
            key("d30", period="2568"),
        ], "and what is planned of another year"
        (one,) = reminders.list_past(session, ["2568", "2569"], [HOKKAIDO])
        assert (one.state, one.level, one.at) == ("planned", "officer", now)
    with database.write() as session:
        for row in session.scalars(select(Reminder)):
            row.state, row.sent_at = "sent", now + HOUR
    with database.read() as session:
        assert [(one.step, one.at) for one in reminders.list_past(session, ["2568"])] == [("d30", now + HOUR)]
