"""What notices look at is found, and nothing beside it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from storage import activities, people, watching
from storage.database import Database
from storage.models import Activity, Invitation, Pairing, PairingStage
from tests.world import CHENGDU, HOKKAIDO, Member, World

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def test_stages_are_those_of_pairings_in_progress(database: Database, now: datetime) -> None:
    with database.write() as session:
        waiting = [one.id for one in session.query(Pairing).where(Pairing.status == "in_progress")]
        bare, other = waiting[0], waiting[1]
        session.query(PairingStage).where(PairingStage.pairing_id == bare).delete()
        session.add(
            PairingStage(
                pairing_id=other,
                stage="mou_draft",
                reached_on=date(2026, 5, 4),
                precision="day",
                source="a",
                recorded_at=now,
            )
        )
    with database.read() as session:
        found = watching.list_stages_in_progress(session)
        of_some = watching.list_stages_in_progress(session, [other])
    assert {one.pairing_id for one in found} == set(waiting)
    assert {one.pairing_id for one in of_some} == {other}
    assert [one for one in found if one.pairing_id == bare] == [watching.Reached(bare, None, None, None)]
    latest = [one for one in found if one.pairing_id == other][-1]
    assert (latest.stage, latest.reached_on, latest.recorded_at) == ("mou_draft", date(2026, 5, 4), now)


def record(
    database: Database,
    member: Member,
    now: datetime,
    start: date,
    state: str = "planned",
    pairing: str = CHENGDU,
) -> int:
    values = {
        "pairing_id": pairing,
        "type_code": "meeting",
        "state": state,
        "start": start,
        "title": "",
        "joint": False,
        "sdgs": [],
        "sectors": [],
    }
    with database.write() as session:
        return activities.add(session, values, None, member.person.id, "web", now).id


def starting(database: Database, first: date, last: date, pairings: Sequence[str] | None = None) -> list[int]:
    with database.read() as session:
        return [row.id for row in watching.list_starting(session, first, last, pairings)]


def test_plans_are_those_that_start_on_these_days(database: Database, world: World, now: datetime) -> None:
    first, last = date(2026, 12, 1), date(2026, 12, 8)
    before = record(database, world.officer, now, first - DAY)
    late = record(database, world.officer, now, last, pairing=HOKKAIDO)
    early = record(database, world.officer, now, first)
    record(database, world.officer, now, last + DAY)
    record(database, world.officer, now, first, state="held")
    gone = record(database, world.officer, now, first)
    public = record(database, world.officer, now, first)
    with database.write() as session:
        row = session.get_one(Activity, gone)
        activities.delete(session, row, world.officer.person.id, "web", now)
        session.get_one(Activity, public).created_by = None
    assert starting(database, first, last) == [early, late]
    assert starting(database, first, last, [HOKKAIDO]) == [late]
    assert starting(database, first, last, []) == []
    assert before not in starting(database, first, last)


def invite(database: Database, member: Member | None, now: datetime) -> int:
    with database.write() as session:
        _, row = people.add_invitation(session, "officer", "TH-50", now, HOUR)
        row.created_by = member.person.id if member else None
        return row.id


def test_unused_is_an_invitation_of_somebody_who_serves_that_ran_out_lately(
    database: Database, world: World, now: datetime
) -> None:
    mine = invite(database, world.ministry, now)
    used, withdrawn = (invite(database, world.ministry, now) for _ in range(2))
    invite(database, None, now)  # the operator's
    invite(database, world.guest, now)  # of somebody who holds no role any more
    with database.write() as session:
        session.get_one(Invitation, used).used_at = now
        session.get_one(Invitation, withdrawn).withdrawn_at = now

    def unused(at: datetime) -> list[tuple[int, int]]:
        with database.read() as session:
            found = watching.list_unused(session, at - 14 * DAY, at)
            return [(invitation.id, person.id) for invitation, person in found]

    assert unused(now + HOUR - timedelta(seconds=1)) == []
    assert unused(now + HOUR) == [(mine, world.ministry.person.id)]
    assert unused(now + HOUR + 14 * DAY) == []
