"""Activities: one record per draft, a history of every change, nothing removed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from threading import Event
from time import sleep
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from storage import activities, conversations, owners
from storage.activities import Wanted
from storage.database import Database
from storage.models import Activity, ActivityRevision, Draft
from tests.storage.together import AT_MOST, together
from tests.world import CHENGDU, CHIANG_MAI, HOKKAIDO, MUKDAHAN, SAVANNAKHET, World, add_world

MINUTE = timedelta(minutes=1)

VISIT: Mapping[str, Any] = {
    "pairing_id": CHENGDU,
    "type_code": "official_visit",
    "state": "held",
    "start": date(2026, 11, 3),
    "end": date(2026, 11, 5),
    "precision": "day",
    "title": "ประชุมความร่วมมือด้านการท่องเที่ยว",
    "participants": 30,
    "budget_thb": Decimal(50000),
    "partner_joined": "yes",
    "joint": True,
}


def add_draft(database: Database, world: World, now: datetime) -> int:
    with database.write() as session:
        return conversations.add_draft(session, world.officer.person.id, {}, now).id


def save(
    database: Database, world: World, now: datetime, draft_id: int | None = None, **values: Any
) -> Activity:
    draft_id = draft_id or add_draft(database, world, now)
    with database.write() as session:
        return activities.add(session, {**VISIT, **values}, draft_id, world.officer.person.id, "web", now)


def change(database: Database, world: World, activity_id: int, now: datetime, **values: Any) -> bool:
    with database.write() as session:
        row = session.get_one(Activity, activity_id)
        return activities.change(session, row, values, world.neighbour.person.id, "telegram", now)


def delete(database: Database, world: World, activity_id: int, now: datetime) -> bool:
    with database.write() as session:
        row = session.get_one(Activity, activity_id)
        return activities.delete(session, row, world.officer.person.id, "web", now)


def restore(database: Database, world: World, activity_id: int, now: datetime) -> bool:
    with database.write() as session:
        row = session.get_one(Activity, activity_id)
        return activities.restore(session, row, world.officer.person.id, "web", now)


def find(database: Database, activity_id: int) -> Activity:
    with database.read() as session:
        row = activities.find(session, activity_id)
        assert row is not None
        return row


def history(database: Database, activity_id: int) -> list[ActivityRevision]:
    with database.read() as session:
        return list(activities.list_revisions(session, activity_id))


# ------------------------------------------------------------------ saving


def test_a_saved_activity_is_read_back_as_it_was_said(
    database: Database, world: World, now: datetime
) -> None:
    row = find(database, save(database, world, now).id)
    assert {name: getattr(row, name) for name in VISIT} == dict(VISIT)
    assert (row.created_by, row.created_at, row.updated_at) == (world.officer.person.id, now, now)
    assert (row.version, row.deleted_at, row.source) == (1, None, None)


def test_money_is_kept_to_the_satang(database: Database, world: World, now: datetime) -> None:
    row = save(database, world, now, budget_thb=Decimal("99999999999.99"))
    assert find(database, row.id).budget_thb == Decimal("99999999999.99")


def test_a_draft_that_is_saved_twice_is_one_record(database: Database, world: World, now: datetime) -> None:
    """A second press shows the saved card and changes nothing, whatever it says."""
    draft_id = add_draft(database, world, now)
    first = save(database, world, now, draft_id)
    again = save(database, world, now + MINUTE, draft_id, title="อีกครั้ง")
    assert again.id == first.id
    assert again.title == VISIT["title"]
    assert len(history(database, first.id)) == 1
    with database.read() as session:
        assert activities.count_standing(session) == 1


def test_a_draft_that_two_save_at_once_is_one_record(database: Database, world: World, now: datetime) -> None:
    draft_id = add_draft(database, world, now)
    one, other = together(*[lambda: save(database, world, now, draft_id)] * 2)
    assert one.id == other.id
    assert [row.change for row in history(database, one.id)] == ["created"]


@pytest.mark.postgresql
def test_who_saves_a_draft_that_another_is_saving_gets_their_record(
    postgresql_database: Database, now: datetime
) -> None:
    """The insert waits for the other's commit, is refused, and the rest of the turn goes on."""
    database = postgresql_database
    with database.write() as session:
        world = add_world(session, now)
    draft_id = add_draft(database, world, now)
    inserted = Event()

    def first() -> int:
        with database.write() as session:
            row = activities.add(session, VISIT, draft_id, world.officer.person.id, "web", now)
            session.flush()
            inserted.set()
            sleep(0.2)
            return row.id

    def second() -> int:
        assert inserted.wait(AT_MOST)
        with database.write() as session:
            row = activities.add(session, VISIT, draft_id, world.officer.person.id, "telegram", now)
            conversations.close_draft(session.get_one(Draft, draft_id), "saved", now)
            return row.id

    saved = together(first, second)
    assert saved[0] == saved[1]
    assert [row.channel for row in history(database, saved[0])] == ["web"]
    with database.read() as session:
        assert session.get_one(Draft, draft_id).state == "saved"


def test_an_activity_of_a_pairing_that_does_not_exist_is_refused(
    database: Database, world: World, now: datetime
) -> None:
    draft_id = add_draft(database, world, now)
    with pytest.raises(IntegrityError):
        save(database, world, now, draft_id, pairing_id="50-atlantis")
    with database.read() as session:
        assert activities.find_by_draft(session, draft_id) is None


# ------------------------------------------------------------------ history


def test_every_change_keeps_what_was_before_and_after(
    database: Database, world: World, now: datetime
) -> None:
    row_id = save(database, world, now).id
    assert change(
        database, world, row_id, now + MINUTE, participants=35, end=None, budget_thb=Decimal("60000.50")
    )

    created, edited = history(database, row_id)

    assert (created.version, created.change, created.before) == (1, "created", None)
    assert (created.person_id, created.channel, created.at) == (world.officer.person.id, "web", now)
    assert created.after is not None
    assert set(created.after) == {*activities.FIELDS, "also", "files"}
    assert created.after["start"] == "2026-11-03"
    assert (edited.version, edited.change) == (2, "edited")
    assert (edited.person_id, edited.channel, edited.at) == (
        world.neighbour.person.id,
        "telegram",
        now + MINUTE,
    )
    assert edited.before == created.after
    assert edited.after == {**created.after, "participants": 35, "end": None, "budget_thb": "60000.50"}
    row = find(database, row_id)
    assert (row.version, row.participants, row.updated_at) == (2, 35, now + MINUTE)


def test_an_edit_that_changes_nothing_leaves_no_trace(
    database: Database, world: World, now: datetime
) -> None:
    row_id = save(database, world, now).id
    assert change(database, world, row_id, now + MINUTE, **VISIT) is False
    assert change(database, world, row_id, now + MINUTE) is False
    assert len(history(database, row_id)) == 1
    row = find(database, row_id)
    assert (row.version, row.updated_at) == (1, now)


@pytest.mark.parametrize("same", ["50000", "50000.00", "5E+4"])
def test_the_same_sum_written_otherwise_is_no_change(
    database: Database, world: World, now: datetime, same: str
) -> None:
    row_id = save(database, world, now, budget_thb=Decimal("50000.0")).id
    assert change(database, world, row_id, now + MINUTE, budget_thb=Decimal(same)) is False
    assert change(database, world, row_id, now + MINUTE, budget_thb=Decimal("50000.01")) is True
    edited = history(database, row_id)[-1]
    assert edited.before is not None
    assert edited.before["budget_thb"] == "50000.00"


def test_a_deleted_activity_leaves_every_list_and_can_come_back(
    database: Database, world: World, now: datetime
) -> None:
    row_id = save(database, world, now).id
    assert delete(database, world, row_id, now + MINUTE) is True
    assert delete(database, world, row_id, now + 2 * MINUTE) is False
    with database.read() as session:
        assert activities.list_standing(session) == []
        assert activities.count_standing(session) == 0
        assert activities.list_near(session, [CHENGDU], VISIT["start"], None, MINUTE) == []
    assert find(database, row_id).deleted_at == now + MINUTE

    assert restore(database, world, row_id, now + 3 * MINUTE) is True
    assert restore(database, world, row_id, now + 4 * MINUTE) is False
    with database.read() as session:
        assert [row.id for row in activities.list_standing(session)] == [row_id]
    created, deleted, restored = history(database, row_id)
    assert [row.change for row in (created, deleted, restored)] == ["created", "deleted", "restored"]
    assert [row.version for row in (created, deleted, restored)] == [1, 2, 3]
    assert (deleted.before, deleted.after) == (created.after, None)
    assert (restored.before, restored.after) == (None, created.after)


# ------------------------------------------------------------------ evidence


def photo(name: str, content: str) -> dict[str, Any]:
    return {"sha256": content * 64, "kind": "photo", "name": name, "mime": "image/jpeg", "size": 1234}


def test_a_file_is_evidence_of_an_activity_once(database: Database, world: World, now: datetime) -> None:
    row_id = save(database, world, now).id
    other_id = save(database, world, now, start=date(2026, 6, 1), end=None).id
    batches = [
        (row_id, [photo("1.jpg", "a"), photo("same.jpg", "a")]),
        (row_id, [photo("again.jpg", "a"), photo("2.jpg", "b")]),
        (other_id, [photo("1.jpg", "a")]),
        (other_id, []),
    ]
    for activity_id, files in batches:
        with database.write() as session:
            activities.add_evidence(session, activity_id, files, world.officer.person.id, now)
    with database.read() as session:
        assert [row.name for row in activities.list_evidence(session, row_id)] == ["1.jpg", "2.jpg"]
        first = activities.list_evidence(session, other_id)[0]
        assert (first.sha256, first.size, first.added_by, first.added_at) == (
            "a" * 64,
            1234,
            world.officer.person.id,
            now,
        )
        assert sorted(activities.list_evidence_hashes(session)) == ["a" * 64, "b" * 64]


# ------------------------------------------------------------------ lists


def titles(session: Session, wanted: Wanted) -> list[str]:
    return [row.title for row in activities.search(session, wanted, 10)[0]]


def test_recent_activities_are_those_of_the_provinces_the_latest_first(
    database: Database, world: World, now: datetime
) -> None:
    days = {
        "old": (CHENGDU, date(2025, 2, 1)),
        "new": (HOKKAIDO, date(2026, 11, 1)),
        "same day, saved later": (CHENGDU, date(2026, 11, 1)),
        "of Mukdahan": (SAVANNAKHET, date(2026, 11, 20)),
    }
    for title, (pairing_id, start) in days.items():
        save(database, world, now, pairing_id=pairing_id, start=start, end=None, title=title)
    with database.read() as session:
        assert titles(session, Wanted(provinces=[CHIANG_MAI])) == ["same day, saved later", "new", "old"]
        assert titles(session, Wanted(provinces=[CHIANG_MAI, MUKDAHAN]))[0] == "of Mukdahan"
        assert len(titles(session, Wanted())) == 4
        assert titles(session, Wanted(provinces=[])) == []


def test_a_page_of_records_tells_how_many_there_are(database: Database, world: World, now: datetime) -> None:
    for number in range(5):
        save(database, world, now, title=str(number))
    with database.read() as session:
        rows, total = activities.search(session, Wanted(), 2, 4)
        assert ([row.title for row in rows], total) == (["0"], 5)


def test_records_are_narrowed_by_whatever_is_named(database: Database, world: World, now: datetime) -> None:
    save(
        database,
        world,
        now,
        title="ชา",
        place="ศาลากลาง",
        type_code="meeting",
        start=date(2025, 12, 30),
        end=date(2026, 1, 2),
    )
    save(
        database,
        world,
        now,
        title="100%_จริง",
        pairing_id=HOKKAIDO,
        state="planned",
        start=date(2026, 3, 1),
        end=None,
    )
    with database.read() as session:
        assert titles(session, Wanted(type_code="meeting")) == ["ชา"]
        assert titles(session, Wanted(pairings=[HOKKAIDO])) == ["100%_จริง"]
        assert titles(session, Wanted(state="planned")) == ["100%_จริง"]
        assert titles(session, Wanted(words=["ศาลา"])) == ["ชา"]
        assert titles(session, Wanted(words=["%_"])) == ["100%_จริง"]
        assert titles(session, Wanted(words=["ชา", "ศาลา"])) == ["ชา"]
        assert titles(session, Wanted(words=["ชา", "จริง"])) == []
        assert titles(session, Wanted(first=date(2026, 1, 2), last=date(2026, 1, 31))) == ["ชา"]
        assert titles(session, Wanted(first=date(2026, 1, 3), last=date(2026, 2, 28))) == []
        assert titles(session, Wanted(flagged=True)) == []


def test_a_further_pairing_makes_a_record_found_and_counted(
    database: Database, world: World, now: datetime
) -> None:
    row = save(database, world, now)
    with database.write() as session:
        owners.set_pairings(
            session, row.id, [(SAVANNAKHET, MUKDAHAN)], [MUKDAHAN], world.neighbour.person.id, now
        )
    with database.read() as session:
        assert len(titles(session, Wanted(provinces=[MUKDAHAN]))) == 1
        assert len(titles(session, Wanted(pairings=[SAVANNAKHET]))) == 1
        assert [one.pairing_id for one in activities.list_counted(session, [SAVANNAKHET])] == [SAVANNAKHET]
        assert {one.pairing_id for one in activities.list_counted(session)} == {CHENGDU, SAVANNAKHET}


def test_somebody_finds_what_they_recorded(database: Database, world: World, now: datetime) -> None:
    row = save(database, world, now)
    with database.read() as session:
        created = activities.list_revisions(session, row.id)[0].person_id
        assert len(titles(session, Wanted(recorder=created))) == 1
        assert titles(session, Wanted(recorder=999)) == []


def test_standing_activities_are_those_of_the_pairings_asked_for(
    database: Database, world: World, now: datetime
) -> None:
    one = save(database, world, now).id
    other = save(database, world, now, pairing_id=SAVANNAKHET).id
    with database.read() as session:
        assert [row.id for row in activities.list_standing(session)] == [one, other]
        assert [row.id for row in activities.list_standing(session, [SAVANNAKHET])] == [other]
        assert activities.list_standing(session, []) == []
        assert activities.count_standing(session) == 2


# ------------------------------------------------------------------ near ones


def near(
    database: Database,
    start: date,
    end: date | None = None,
    pairing_ids: Sequence[str] = (CHENGDU,),
    apart: timedelta = timedelta(0),
) -> list[str]:
    with database.read() as session:
        return [row.title for row in activities.list_near(session, pairing_ids, start, end, apart)]


def november(first: int, last: int | None = None) -> tuple[date, date | None]:
    return date(2026, 11, first), date(2026, 11, last) if last else None


def test_records_whose_days_overlap_are_near(database: Database, world: World, now: datetime) -> None:
    """The record is of 3 to 5 November."""
    save(database, world, now)
    for days in (november(3), november(5), november(1, 3), november(1, 30), november(4, 4), november(5, 9)):
        assert near(database, *days), days
    for days in (november(2), november(6), november(1, 2), november(6, 30)):
        assert not near(database, *days), days
        assert near(database, *days, apart=timedelta(days=1)), days
    for days in (november(1), november(7)):
        assert not near(database, *days, apart=timedelta(days=1)), days


def test_a_record_of_one_day_is_near_on_that_day(database: Database, world: World, now: datetime) -> None:
    save(database, world, now, end=None)
    found = {day: bool(near(database, *november(day))) for day in (2, 3, 4)}
    assert found == {2: False, 3: True, 4: False}


def test_a_record_is_near_for_every_pairing_that_it_covers(
    database: Database, world: World, now: datetime
) -> None:
    row_id = save(database, world, now).id
    start = VISIT["start"]
    assert near(database, start, pairing_ids=[HOKKAIDO]) == []
    assert near(database, start, pairing_ids=[HOKKAIDO, CHENGDU]) == [VISIT["title"]]
    with database.write() as session:
        owners.set_pairings(
            session, row_id, [(HOKKAIDO, CHIANG_MAI)], [CHIANG_MAI], world.officer.person.id, now
        )
        asked = owners.invite(session, row_id, MUKDAHAN, world.officer.person.id, now)
        assert asked is not None
    assert near(database, start, pairing_ids=[HOKKAIDO]) == [VISIT["title"]]
    assert near(database, start, pairing_ids=[SAVANNAKHET]) == []


def test_a_deleted_record_is_near_nothing_and_one_without_a_draft_is(
    database: Database, world: World, now: datetime
) -> None:
    """Public examples came from no draft."""
    with database.write() as session:
        session.add(Activity(**VISIT, source="news", created_at=now, updated_at=now))
        assert session.scalar(select(func.count()).select_from(Activity)) == 1
    assert near(database, VISIT["start"]) == [VISIT["title"]]
    with database.read() as session:
        row_id = session.scalars(select(Activity.id)).one()
    delete(database, world, row_id, now)
    assert near(database, VISIT["start"]) == []


# ------------------------------------------------------------------ taken back, merged, following


def test_what_was_taken_back_returns_with_what_its_draft_says_then(
    database: Database, world: World, now: datetime
) -> None:
    row_id, by = save(database, world, now).id, (world.officer.person.id, "web", now)
    with database.write() as session:
        row = session.get_one(Activity, row_id)
        assert activities.take_back(session, row, *by)
        assert not activities.take_back(session, row, *by)
    with database.write() as session:
        row = session.get_one(Activity, row_id)
        assert activities.restore(session, row, *by, {"participants": 45})
    row = find(database, row_id)
    assert (row.deleted_at, row.participants, row.version) == (None, 45, 3)
    assert [one.change for one in history(database, row_id)] == ["created", "undone", "restored"]
    undone, restored = history(database, row_id)[1:]
    assert undone.after is None
    assert restored.before is not None
    assert restored.after is not None
    assert (restored.before["participants"], restored.after["participants"]) == (30, 45)


def test_evidence_and_pairings_stand_in_the_revisions(
    database: Database, world: World, now: datetime
) -> None:
    row_id, by = save(database, world, now).id, (world.officer.person.id, "web", now)
    photo = {"sha256": "a" * 64, "kind": "photo", "name": "a.jpg", "mime": "image/jpeg", "size": 1}

    def belong(row: Activity) -> None:
        activities.add_evidence(session, row.id, [photo], world.officer.person.id, now)
        owners.set_pairings(session, row.id, [(HOKKAIDO, CHIANG_MAI)], [CHIANG_MAI], by[0], now)

    with database.write() as session:
        row = session.get_one(Activity, row_id)
        assert activities.change(session, row, {}, *by, belongings=belong)
        assert not activities.change(session, row, {}, *by, belongings=belong)
    before, after = history(database, row_id)[1].before, history(database, row_id)[1].after
    assert before is not None
    assert after is not None
    assert (before["files"], before["also"]) == ([], [])
    assert (after["files"], after["also"]) == (
        [{"sha256": "a" * 64, "kind": "photo", "name": "a.jpg"}],
        [HOKKAIDO],
    )
    with database.write() as session:
        activities.keep_evidence(session, row_id, [])
        assert activities.list_evidence(session, row_id) == []


def test_a_snapshot_gives_back_the_rows_values(database: Database, world: World, now: datetime) -> None:
    row_id = save(database, world, now, follow_up_on=date(2027, 3, 5), spent_thb=Decimal("0.50")).id
    with database.read() as session:
        row = session.get_one(Activity, row_id)
        values = activities.values_of(activities.snapshot(session, row))
        assert values == {name: getattr(row, name) for name in activities.FIELDS}


def test_who_merged_is_a_recorder_even_where_nothing_was_new(
    database: Database, world: World, now: datetime
) -> None:
    row_id = save(database, world, now).id
    change(database, world, row_id, now, participants=31)
    with database.read() as session:
        assert [one.id for one in activities.list_recorders(session, row_id)] == [world.officer.person.id]
    with database.write() as session:
        row = session.get_one(Activity, row_id)
        activities.change(session, row, {}, world.neighbour.person.id, "web", now, kind="merged")
    with database.read() as session:
        assert [one.id for one in activities.list_recorders(session, row_id)] == [
            world.officer.person.id,
            world.neighbour.person.id,
        ]


def test_a_record_without_a_draft_follows_from_another(
    database: Database, world: World, now: datetime
) -> None:
    row_id = save(database, world, now).id
    with database.write() as session:
        values = {**VISIT, "follows_id": row_id}
        made = activities.add(session, values, None, world.officer.person.id, "web", now, reason="promise")
        made_id = made.id
    with database.read() as session:
        assert [one.id for one in activities.list_following(session, row_id)] == [made_id]
    assert history(database, made_id)[0].reason == "promise"


def test_what_another_province_joined_is_in_its_list(database: Database, world: World, now: datetime) -> None:
    row_id = save(database, world, now).id

    def listed() -> list[int]:
        with database.read() as session:
            rows, _total = activities.search(session, Wanted(provinces=[MUKDAHAN]), 10)
            return [row.id for row in rows]

    with database.write() as session:
        asked = owners.invite(session, row_id, MUKDAHAN, world.officer.person.id, now)
        assert asked is not None
        assert owners.invite(session, row_id, MUKDAHAN, world.officer.person.id, now) is None
        asked_id = asked.id
    assert listed() == []
    with database.write() as session:
        row = owners.find_locked(session, asked_id)
        assert row is not None
        owners.decide(session, row, owners.ACCEPTED, SAVANNAKHET, world.neighbour.person.id, now)
    assert listed() == [row_id]
