"""What becomes of a digest becomes of the reminders and the notices in it, alike."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from storage import digests, notices, outbox, reminders
from storage.database import Database
from storage.models import Notice, Outbox, Person, Reminder
from tests.world import CHENGDU, Member, World

POST = "role:officer:TH-50"
HOUR = timedelta(hours=1)


def plan(database: Database, now: datetime, *steps: str) -> None:
    """A reminder and a notice of each step."""
    with database.write() as session:
        reminders.add_missing(
            session, [reminders.New((POST, CHENGDU, "calendar", "2569", one), None) for one in steps], now
        )
        notices.add_missing(
            session, [notices.New((POST, "term", CHENGDU, "2027-01-31", one), None) for one in steps], now
        )


def rows_of(database: Database) -> tuple[list[Reminder], list[Notice]]:
    with database.read() as session:
        return (
            list(session.scalars(select(Reminder).order_by(Reminder.id))),
            list(session.scalars(select(Notice).order_by(Notice.id))),
        )


def carried(session: Session) -> list[Reminder | Notice]:
    return [*session.scalars(select(Reminder)), *session.scalars(select(Notice))]


def states(database: Database) -> dict[str, tuple[str, str]]:
    """By step: of the reminder and of the notice."""
    return {
        one.step: (one.state, other.state)
        for one, other in zip(*rows_of(database), strict=True)
        if one.step == other.step
    }


def alike(**by_step: str) -> dict[str, tuple[str, str]]:
    return {step: (state, state) for step, state in by_step.items()}


def put_in_digest(database: Database, member: Member, now: datetime, *steps: str) -> int:
    """A digest that carries what was planned for these steps; returns its outbox id."""
    with database.write() as session:
        row = outbox.add(session, member.chat, "digest", {}, now)
        session.flush()
        for one in carried(session):
            if one.step in steps:
                one.outbox_id, one.state = row.id, "sending"
        return row.id


def set_states(database: Database, step: str, state: str) -> None:
    with database.write() as session:
        for one in carried(session):
            if one.step == step:
                one.state = state


def test_what_became_of_a_digest_became_of_what_it_carried(
    database: Database, world: World, now: datetime
) -> None:
    plan(database, now, "d90", "d60", "d30", "d7")
    digest = put_in_digest(database, world.officer, now, "d90", "d60", "d30")
    set_states(database, "d60", "cancelled")
    with database.write() as session:
        digests.set_state(session, digest, "sent", now + HOUR)
    assert states(database) == alike(d90="sent", d60="cancelled", d30="sent", d7="planned")
    for rows in rows_of(database):
        assert [row.sent_at for row in rows] == [now + HOUR, None, now + HOUR, None]


def test_what_was_planned_for_a_digest_that_was_being_made_it_did_not_carry(
    database: Database, world: World, now: datetime
) -> None:
    plan(database, now, "d90", "d60")
    digest = put_in_digest(database, world.officer, now, "d90", "d60")
    set_states(database, "d60", "planned")
    with database.write() as session:
        digests.set_state(session, digest, "sent", now)
    assert states(database) == alike(d90="sent", d60="planned")


def test_what_was_sent_does_not_become_anything_else(database: Database, world: World, now: datetime) -> None:
    """A late word about its digest must not send it again."""
    plan(database, now, "d90")
    digest = put_in_digest(database, world.officer, now, "d90")
    with database.write() as session:
        digests.set_state(session, digest, "sent", now)
        digests.set_state(session, digest, "planned", None)
    assert states(database) == alike(d90="sent")


def test_what_waits_for_a_chat_that_ended_looks_for_another_way(
    database: Database, world: World, now: datetime
) -> None:
    """What was sent there already stays sent; what is for other chats stays where it is."""
    plan(database, now, "d180", "d90", "d60")
    arrived = put_in_digest(database, world.officer, now, "d180")
    put_in_digest(database, world.officer, now, "d90")
    elsewhere = put_in_digest(database, world.guest, now, "d60")
    with database.write() as session:
        outbox.mark_sent(session.get_one(Outbox, arrived), "m1", now)
        digests.set_state(session, arrived, "sent", now)
        digests.release(session, world.officer.chat.id)
    for rows in rows_of(database):
        assert {row.step: (row.state, row.outbox_id) for row in rows} == {
            "d180": ("sent", arrived),
            "d90": ("planned", None),
            "d60": ("sending", elsewhere),
        }


def test_of_what_may_have_arrived_in_a_chat_that_ended_nobody_knows(
    database: Database, world: World, now: datetime
) -> None:
    plan(database, now, "d90")
    digest = put_in_digest(database, world.officer, now, "d90")
    with database.write() as session:
        session.get_one(Outbox, digest).maybe_duplicate = True
        session.flush()
        digests.release(session, world.officer.chat.id)
    assert states(database) == alike(d90="uncertain")


def test_what_a_digest_carried_that_was_given_up_is_uncertain(
    database: Database, world: World, now: datetime
) -> None:
    """Neither what is still under way nor what was decided already is touched."""
    plan(database, now, "d180", "d90", "d60")
    given_up = put_in_digest(database, world.officer, now, "d180", "d90")
    put_in_digest(database, world.guest, now, "d60")
    set_states(database, "d180", "cancelled")
    with database.write() as session:
        session.get_one(Outbox, given_up).state = "uncertain"
        digests.settle_given_up(session)
    assert states(database) == alike(d180="cancelled", d90="uncertain", d60="sending")


@pytest.mark.parametrize("kept", ["reminder", "notice"])
def test_a_digest_that_failed_is_counted_whatever_it_carried(
    database: Database, world: World, now: datetime, kept: str
) -> None:
    plan(database, now, "d90")
    digest = put_in_digest(database, world.officer, now, "d90")
    with database.write() as session:
        outbox.mark_failed(session.get_one(Outbox, digest), "refused")
        assert outbox.count_failed_digests(session) == 0
        digests.set_state(session, digest, "uncertain", now)
        session.delete(session.scalars(select(Notice if kept == "reminder" else Reminder)).one())
        session.flush()
        assert outbox.count_failed_digests(session) == 1


def test_what_is_no_longer_wanted_is_cancelled_and_what_is_again_comes_back(
    database: Database, now: datetime
) -> None:
    plan(database, now, "d90", "d60", "d30", "d7")
    set_states(database, "d30", "cancelled")
    set_states(database, "d7", "sent")
    with database.write() as session:
        reminded, noticed = session.scalars(select(Reminder)).all(), session.scalars(select(Notice)).all()
        digests.settle(session, reminded, lambda row: row.step in ("d90", "d30"))
        digests.settle(session, noticed, lambda row: row.step in ("d90", "d30"))
    assert states(database) == alike(d90="planned", d60="cancelled", d30="planned", d7="sent")


def test_whoever_is_no_more_is_told_nothing_more(database: Database, world: World, now: datetime) -> None:
    plan(database, now, "d90", "d60", "d30")
    put_in_digest(database, world.officer, now, "d60")
    set_states(database, "d30", "sent")
    with database.write() as session:
        for one in carried(session):
            one.person_id = world.officer.person.id
        session.flush()
        digests.cancel_all_of(session, world.guest.person.id)
    assert states(database) == alike(d90="planned", d60="sending", d30="sent")
    with database.write() as session:
        digests.cancel_all_of(session, world.officer.person.id)
    assert states(database) == alike(d90="cancelled", d60="cancelled", d30="sent")


def test_what_waited_when_a_backup_was_made_is_unknown(
    database: Database, world: World, now: datetime
) -> None:
    plan(database, now, "d90", "d60")
    digest = put_in_digest(database, world.officer, now, "d90")
    with database.write() as session:
        assert outbox.close_as_unknown(session, now) == 1
        assert session.get_one(Outbox, digest).state == "uncertain"
    assert states(database) == alike(d90="uncertain", d60="planned")


def plan_for(database: Database, member: Member, now: datetime, **by_step: str) -> None:
    """A reminder and a notice of each step, in that state, for a person."""
    name, person_id = member.person.public_id, member.person.id
    with database.write() as session:
        reminders.add_missing(
            session,
            [reminders.New((name, CHENGDU, "calendar", "2569", one), person_id) for one in by_step],
            now,
        )
        notices.add_missing(
            session,
            [notices.New((name, "term", CHENGDU, "2027-01-31", one), person_id) for one in by_step],
            now,
        )
        for one in carried(session):
            if one.person_id == person_id:
                one.state = by_step[one.step]


def test_of_two_who_are_one_nothing_is_told_twice(database: Database, world: World, now: datetime) -> None:
    plan_for(database, world.officer, now, d90="planned", d60="planned", d30="sent")
    plan_for(database, world.guest, now, d90="sent", d60="planned", d7="planned", over="sent")
    with database.write() as session:
        kept, gone = (session.get_one(Person, one.person.id) for one in (world.officer, world.guest))
        digests.merge(session, kept, gone)
    for rows in rows_of(database):
        assert {one.person_id for one in rows} == {world.officer.person.id}
        mine = [one for one in rows if one.recipient == world.officer.person.public_id]
        assert {one.step: one.state for one in mine} == {
            "d90": "sent",
            "d60": "planned",
            "d30": "sent",
            "d7": "planned",
            "over": "sent",
        }
        others = [one for one in rows if one.recipient != world.officer.person.public_id]
        assert {one.step: one.state for one in others} == {"d90": "sent", "d60": "cancelled"}


def test_all_that_is_planned_for_a_recipient_goes_into_one_digest(
    database: Database, world: World, now: datetime
) -> None:
    earlier, later = (put_in_digest(database, world.officer, now) for _ in range(2))
    plan(database, now, "d90")
    with database.write() as session:
        digests.put_in(session, POST, earlier)
    plan(database, now, "d60", "d30")
    set_states(database, "d60", "cancelled")
    with database.write() as session:
        assert digests.list_waiting(session, [POST, "nobody"]) == {POST: {earlier, None}}
        digests.put_in(session, POST, later)
        assert digests.list_waiting(session, [POST]) == {POST: {later}}
        assert {(one.step, one.outbox_id) for one in carried(session)} == {
            ("d90", later),
            ("d60", None),
            ("d30", later),
        }
