"""Imports of sheets: what refers to a row is read from the schema, and headings are remembered."""

from __future__ import annotations

from datetime import datetime

from storage import conversations, imports, registry
from storage.database import Database
from storage.models import Pairing, Partner, RegistryFact
from storage.registry import CURRENT, PROPOSED, Value
from tests.world import CHENGDU, World

SUBJECT = f"pairing:{CHENGDU}"


def test_a_shipped_pairing_with_nothing_on_it_is_referred_to_by_nothing(database: Database) -> None:
    with database.read() as session:
        assert imports.list_referring(session, session.get_one(Pairing, CHENGDU)) == []
        assert imports.list_referring(session, session.get_one(Partner, "chengdu")) == ["pairing"]


def test_a_draft_and_a_button_that_name_a_pairing_are_found_by_its_whole_id(
    database: Database, world: World, now: datetime
) -> None:
    with database.write() as session:
        chat, person = world.officer.chat.id, world.officer.person.id
        near = conversations.add_draft(session, person, {"pairing_id": f"{CHENGDU}-2"}, now)
        choices = [conversations.NewChoice(f"c{one}", {"pairing": one}) for one in (CHENGDU, f"{CHENGDU}-2")]
        conversations.add_choices(session, chat, choices, now)
        row = session.get_one(Pairing, CHENGDU)
        assert imports.list_referring(session, row) == []

        conversations.change_draft(near, {"pairing_id": CHENGDU}, now)
        session.flush()
        assert imports.list_referring(session, row) == ["draft"]
        conversations.close_draft(near, "cancelled", now)
        session.flush()
        assert imports.list_referring(session, row) == []

        imports.remove_pairing(session, row)
        kept = [one.id for one in choices if conversations.find_choice(session, one.id, chat, now)]
        assert kept == [f"c{CHENGDU}-2"]
        assert session.get(Pairing, CHENGDU) is None


def test_facts_of_others_are_counted_and_those_of_earlier_imports_are_not(
    database: Database, world: World, now: datetime
) -> None:
    with database.write() as session:
        mine = imports.add(session, file_name="a", sha256="0", columns={}, counts={}, now=now).id
        fact = registry.add(session, SUBJECT, Value("term", "5 ปี", "a"), CURRENT, None, now, mine)
        assert imports.count_others(session, SUBJECT, mine) == 0
        fact.decided_by = world.ministry.person.id
        session.flush()
        assert imports.count_others(session, SUBJECT, mine) == 1
        other = imports.add(session, file_name="b", sha256="1", columns={}, counts={}, now=now).id
        registry.add(session, SUBJECT, Value("areas", ["ก"], "b"), PROPOSED, None, now, other)
        assert imports.count_others(session, SUBJECT, mine) == 2
        undone = registry.add(
            session, SUBJECT, Value("expires_on", "2030-01-01", "b"), CURRENT, None, now, other
        )
        undone.state = registry.REPLACED
        registry.add(
            session, SUBJECT, Value("note", "ก", "a"), PROPOSED, None, now, mine
        )  # beside the shipped one
        session.flush()
        assert imports.count_others(session, SUBJECT, mine) == 2


def test_what_was_said_of_headings_is_added_to(database: Database, now: datetime) -> None:
    with database.write() as session:
        imports.remember_mapping(session, "key", {"ก": "note"}, now)
        imports.remember_mapping(session, "key", {"ข": "term"}, now)
        imports.remember_mapping(session, "other", {"ก": "source"}, now)
    with database.read() as session:
        assert imports.list_mappings(session) == {
            "key": {"ก": "note", "ข": "term"},
            "other": {"ก": "source"},
        }


def test_the_facts_of_an_import_come_latest_first(database: Database, now: datetime) -> None:
    with database.write() as session:
        mine = imports.add(session, file_name="a", sha256="0", columns={}, counts={}, now=now).id
        for field in ("term", "areas"):
            registry.add(session, SUBJECT, Value(field, "x", "a"), CURRENT, None, now, mine)
        found: list[RegistryFact] = list(imports.list_facts(session, mine))
        assert [one.field for one in found] == ["areas", "term"]
        assert imports.list_facts(session, mine + 1) == []
