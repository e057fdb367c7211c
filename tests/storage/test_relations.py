"""One pairing in the database: what is read with its card, what waits, undoing, adding, and its events."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select

from storage import audit, meta, people, registry, relations
from storage.database import Database
from storage.models import (
    Activity,
    Contact,
    Pairing,
    PairingStage,
    Partner,
    RegistryFact,
    RegistryFile,
)
from storage.registry import CONFLICTING, CURRENT, PROPOSED, REPLACED, Value
from tests.storage.together import together
from tests.world import CHENGDU, CHIANG_MAI, HOKKAIDO, World

SUBJECT = f"pairing:{CHENGDU}"
TERM = Value("term", "5 ปี", "MOU ข้อ 5", date(2015, 6, 12))


def say(database: Database, said: Value, state: str, person_id: int, now: datetime) -> int:
    with database.write() as session:
        return registry.add(session, SUBJECT, said, state, person_id, now).id


def state(database: Database, fact_id: int) -> tuple[str, str | None]:
    with database.read() as session:
        row = session.get_one(RegistryFact, fact_id)
        return row.state, row.note


# ------------------------------------------------------------------ reading


def test_what_stands_beside_or_waits_is_read_and_what_is_past_is_not(
    database: Database, world: World, now: datetime
) -> None:
    officer = world.officer.person.id
    held = say(database, TERM, PROPOSED, officer, now)
    with database.write() as session:
        registry.make_current(session, session.get_one(RegistryFact, held), officer, now)
    other = say(database, Value("term", "3 ปี", "ข่าว"), CONFLICTING, officer, now)
    waiting = say(database, Value("note", "ก", "ข่าว"), PROPOSED, officer, now)
    gone = say(database, Value("note", "ข", "ข่าว"), PROPOSED, officer, now)
    with database.write() as session:
        relations.withdraw(session.get_one(RegistryFact, gone), officer, now)
    with database.read() as session:
        found = {row.id for row in relations.list_facts(session, (SUBJECT,)) if row.source != ""}
        rows, total = relations.search_history(session, (SUBJECT,), "term", 10, 0)
        assert relations.count_in_states(session) == {PROPOSED: 1, CONFLICTING: 1}
        assert [row.id for row in relations.list_in_state(session, CONFLICTING, 5, 0)] == [other]
    assert {held, other, waiting} <= found
    assert gone not in found
    assert ([row.id for row in rows], total) == ([other, held], 2)
    assert state(database, gone) == (REPLACED, relations.WITHDRAWN)


def test_only_standing_contacts_and_all_documents_of_the_pairing_are_counted(
    database: Database, world: World, now: datetime
) -> None:
    with database.write() as session:
        for removed in (None, now):
            session.add(Contact(pairing_id=CHENGDU, side="ours", name="ก", added_at=now, removed_at=removed))
        for pairing, name in ((CHENGDU, "mou.pdf"), (HOKKAIDO, "other.pdf")):
            session.add(
                RegistryFile(
                    pairing_id=pairing,
                    sha256="a" * 64,
                    name=name,
                    mime="application/pdf",
                    size=1,
                    added_at=now,
                )
            )
    with database.read() as session:
        assert relations.count_contacts(session, CHENGDU) == 1
        assert relations.list_documents(session, CHENGDU) == ["mou.pdf"]


# ------------------------------------------------------------------ undoing


def test_a_stage_that_is_taken_back_leaves_the_stages_and_says_so(
    database: Database, world: World, now: datetime
) -> None:
    ministry = world.ministry.person.id
    ended = say(database, Value("stage", "ended", "หนังสือ", date(2026, 3, 1), "day"), PROPOSED, ministry, now)
    with database.write() as session:
        registry.make_current(session, session.get_one(RegistryFact, ended), ministry, now)
    with database.write() as session:
        row = relations.find_locked(session, ended)
        assert row is not None
        assert relations.take_back(session, row, ministry, now)
    assert state(database, ended) == (REPLACED, relations.TAKEN_BACK)
    with database.read() as session:
        stages = session.scalars(select(PairingStage.stage).where(PairingStage.pairing_id == CHENGDU)).all()
        assert "ended" not in stages
        assert session.get_one(Pairing, CHENGDU).status == "established"


def test_what_is_not_current_or_has_nothing_before_it_is_not_taken_back(
    database: Database, world: World, now: datetime
) -> None:
    ministry = world.ministry.person.id
    waiting = say(database, Value("stage", "ended", "หนังสือ"), PROPOSED, ministry, now)
    with database.write() as session:
        first = registry.find_current(session, SUBJECT, "stage")  # what came with the files
        for fact_id in (waiting, first.id if first else 0):
            row = relations.find_locked(session, fact_id)
            assert row is not None
            assert not relations.take_back(session, row, ministry, now)


def test_two_who_decide_one_proposal_do_so_one_after_the_other(
    database: Database, world: World, now: datetime
) -> None:
    ministry = world.ministry.person.id
    waiting = say(database, TERM, PROPOSED, world.officer.person.id, now)

    def decide() -> bool:
        with database.write() as session:
            row = relations.find_locked(session, waiting)
            if row is None or row.state != PROPOSED:
                return False
            registry.make_current(session, row, ministry, now)
            return True

    assert sorted(together(decide, decide)) == [False, True]
    assert state(database, waiting)[0] == CURRENT


def test_two_who_change_a_fact_at_once_leave_the_row_as_the_later_says(
    database: Database, world: World, now: datetime
) -> None:
    """Also one who read the row before the other changed it."""

    def change(stage: str) -> None:
        with database.write() as session:
            session.get_one(Pairing, CHENGDU)
            relations.lock(session, SUBJECT)
            row = registry.add(session, SUBJECT, Value("stage", stage, stage), PROPOSED, None, now)
            registry.make_current(session, row, None, now)

    together(lambda: change("dormant"), lambda: change("renewed"))
    with database.read() as session:
        held = registry.find_current(session, SUBJECT, "stage")
        assert held is not None
        row = session.get_one(Pairing, CHENGDU)
        assert row.status == registry.STATUS_OF_STAGE[held.value]


# ------------------------------------------------------------------ lists


def test_a_list_is_opened_again_without_what_was_said_of_single_rows(
    database: Database, world: World, now: datetime
) -> None:
    later = now + timedelta(hours=1)
    with database.write() as session:
        check = people.get_or_add_check(session, CHIANG_MAI)
        check.confirmed_at = later
        for pairing, at in ((CHENGDU, now), (HOKKAIDO, later)):
            row = session.get_one(Pairing, pairing)
            row.verdict, row.verdict_at = "correct", at
        version = meta.registry_version(session)
    with database.write() as session:
        assert relations.reopen_list(session, CHIANG_MAI) == [HOKKAIDO]
        assert meta.registry_version(session) > version
    with database.write() as session:
        assert relations.confirmed_at(session, CHIANG_MAI) is None
        assert session.get_one(Pairing, CHENGDU).verdict == "correct"
        assert session.get_one(Pairing, HOKKAIDO).verdict is None
        assert relations.reopen_list(session, CHIANG_MAI) is None


def test_a_name_that_a_province_misses_is_settled_once(
    database: Database, world: World, now: datetime
) -> None:
    with database.write() as session:
        people.get_or_add_check(session, CHIANG_MAI).missing = ["ก", "ข"]
    with database.write() as session:
        assert relations.drop_missing(session, CHIANG_MAI, "ก") == ["ข"]
        assert relations.drop_missing(session, CHIANG_MAI, "ก") is None
    with database.read() as session:
        assert relations.list_missing(session) == [(CHIANG_MAI, ["ข"])]


def new_pairing(partner_id: str = "testville") -> relations.NewPairing:
    names = {"name_th": "เมืองทดสอบ", "name_en": "Testville"}
    return relations.NewPairing(
        province=CHIANG_MAI,
        partner_id=partner_id,
        partner=relations.NewPartner(partner_id, "JP", "city", names),
        level="province",
        source="หนังสือ",
        source_on=None,
        facts=(
            Value("stage", "signed", "หนังสือ", date(2015, 6, 1), "month"),
            Value("signed_on", "2015-06-01", "หนังสือ", None, "month"),
        ),
    )


def test_a_pairing_is_added_with_its_partner_and_nothing_stands_before_its_facts(
    database: Database, world: World, now: datetime
) -> None:
    ministry = world.ministry.person.id
    with database.write() as session:
        assert relations.add_pairing(session, new_pairing(), ministry, now)
    with database.write() as session:
        assert not relations.add_pairing(session, new_pairing(), ministry, now)
    with database.read() as session:
        row = session.get_one(Pairing, "50-testville")
        assert (row.status, row.signed_on, row.signed_precision) == ("established", date(2015, 6, 1), "month")
        assert session.get_one(Partner, "testville").name_th == "เมืองทดสอบ"
        facts = registry.list_history(session, "pairing:50-testville")
        assert [(one.field, one.state, one.replaces_id) for one in facts] == [
            ("signed_on", CURRENT, None),
            ("stage", CURRENT, None),
        ]
        assert {one.field for one in registry.list_history(session, "partner:testville")} == {
            "name_th",
            "name_en",
        }


def test_two_who_add_partners_at_once_see_each_others_ids(
    database: Database, world: World, now: datetime
) -> None:
    def add() -> str:
        with database.write() as session:
            taken = relations.lock_ids(session)
            chosen = "testville" if "testville" not in taken else "testville-2"
            relations.add_pairing(session, new_pairing(chosen), world.ministry.person.id, now)
            return chosen

    assert sorted(together(add, add)) == ["testville", "testville-2"]


# ------------------------------------------------------------------ events


@pytest.fixture
def activity(database: Database, world: World, now: datetime) -> int:
    with database.write() as session:
        row = Activity(
            pairing_id=CHENGDU,
            type_code="meeting",
            state="held",
            start=date(2026, 11, 3),
            title="ประชุม",
            joint=True,
            created_at=now,
            updated_at=now,
        )
        session.add(row)
        session.flush()
        return row.id


def test_events_of_the_pairing_and_of_its_activities_come_the_latest_first_page_by_page(
    database: Database, world: World, activity: int, now: datetime
) -> None:
    for number, subject in enumerate(
        (SUBJECT, f"activity:{activity}", f"pairing:{HOKKAIDO}", CHENGDU, f"activity:{activity}9")
    ):
        with database.write() as session:
            audit.add(session, action=f"a{number}", subject=subject, now=now)
    with database.read() as session:
        first, total = relations.search_events(session, CHENGDU, 2, 0)
        rest, _ = relations.search_events(session, CHENGDU, 2, 2)
    assert [one.action for one in (*first, *rest)] == ["a3", "a1", "a0"]
    assert total == 3


def test_the_channel_of_a_fact_is_that_of_its_last_event(
    database: Database, world: World, now: datetime
) -> None:
    for action, channel in (("fact.proposed", "telegram"), ("fact.confirmed", "web"), ("other", "line")):
        with database.write() as session:
            audit.add(session, action=action, subject=SUBJECT, now=now, channel=channel, detail={"fact": 7})
    with database.read() as session:
        assert relations.channels_of(session, (SUBJECT,)) == {7: "web"}


def test_everybody_of_the_ministry_who_serves_now_is_listed(
    database: Database, world: World, now: datetime
) -> None:
    with database.read() as session:
        assert [one.id for one in people.list_holders(session, "ministry", None, now)] == [
            world.ministry.person.id
        ]
        assert people.list_holders(session, "ministry", None, now - timedelta(days=1)) == []
