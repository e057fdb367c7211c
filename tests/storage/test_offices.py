"""Documents, contacts, checks of lists and ranks of countries, on both engines."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select

from storage import audit, checks, contacts, papers, people, registry
from storage.database import Database
from storage.models import Pairing, RegistryFile

CHENGDU, HOKKAIDO = "50-chengdu", "50-hokkaido"


def person(database: Database, now: datetime) -> int:
    with database.write() as session:
        return people.add_person(session, "สมศรี", now).id


def state(database: Database, subject: str, field: str, value: str, now: datetime) -> None:
    with database.write() as session:
        said = registry.Value(field=field, value=value, source="หนังสือ")
        row = registry.add(session, subject, said, registry.PROPOSED, None, now)
        registry.make_current(session, row, None, now)


def test_documents_are_listed_counted_and_removed(database: Database, now: datetime) -> None:
    who = person(database, now)
    with database.write() as session:
        assert papers.count_bytes(session, CHENGDU) == 0
        for number in (1, 2):
            papers.add(
                session,
                CHENGDU,
                sha256=str(number) * 64,
                name=f"{number}.pdf",
                mime="application/pdf",
                size=number * 1000,
                person_id=who,
                now=now,
            )
    with database.write() as session:
        first, second = papers.list_of(session, CHENGDU)
        assert (first.name, second.name, papers.count_bytes(session, CHENGDU)) == ("1.pdf", "2.pdf", 3000)
        papers.remove(session, first)
        assert papers.find_locked(session, first.id) is None
        assert session.scalars(select(RegistryFile.sha256)).all() == ["2" * 64]


def test_contacts_of_a_pairing_are_those_that_were_not_removed(database: Database, now: datetime) -> None:
    who = person(database, now)
    with database.write() as session:
        for side, name in (("theirs", "Li"), ("ours", "สมชาย"), ("ours", "มะลิ")):
            contacts.add(
                session, CHENGDU, side, name=name, post=None, reached_by=None, person_id=who, now=now
            )
        gone = contacts.find_locked(session, 3)
        assert gone is not None
        gone.removed_at = now
    with database.read() as session:
        assert [one.name for one in contacts.list_of(session, CHENGDU)] == ["สมชาย", "Li"]


def test_what_was_changed_since_a_province_confirmed_is_found(database: Database, now: datetime) -> None:
    state(database, f"pairing:{HOKKAIDO}", "stage", "dormant", now)
    with database.write() as session:
        people.get_or_add_check(session, "TH-50").confirmed_at = now + timedelta(hours=1)
        for name in (CHENGDU, HOKKAIDO):
            pairing = session.get_one(Pairing, name)
            pairing.verdict, pairing.verdict_at = "correct", now + timedelta(hours=1)
        assert checks.list_changed(session) == []
        assert ("TH-50", CHENGDU) not in checks.list_undecided(session)
        assert checks.count_confirmed(session)[0] == 1

    later = now + timedelta(hours=2)
    state(database, f"pairing:{CHENGDU}", "signed_on", "2015-05-11", later)
    state(database, f"pairing:{HOKKAIDO}", "note", "x", later)  # nobody sees it in the list

    with database.read() as session:
        assert checks.list_changed(session) == [("TH-50", CHENGDU)]
        assert checks.list_changed(session, ["TH-50"]) == [("TH-50", CHENGDU)]
        assert checks.list_changed(session, ["TH-49"]) == []
        assert {province for province, _ in checks.list_undecided(session, ["TH-49"])} == {"TH-49"}


def test_what_happened_to_a_list_is_found_under_the_province_and_its_pairings(
    database: Database, now: datetime
) -> None:
    with database.write() as session:
        for subject in ("TH-50", "province:TH-50", CHENGDU, f"pairing:{CHENGDU}", "TH-49", "pairing:49-x"):
            audit.add(session, action="list.confirmed", subject=subject, now=now)
        audit.add(session, action="fact.stated", subject="province:TH-50", now=now)
    with database.read() as session:
        found = checks.list_events(session, "TH-50", [CHENGDU], 10)
        assert [one.subject for one in found] == [f"pairing:{CHENGDU}", CHENGDU, "province:TH-50", "TH-50"]


def test_who_serves_now_is_counted_once(database: Database, now: datetime) -> None:
    first, second = person(database, now), person(database, now)
    with database.write() as session:
        for who, role in ((first, "officer"), (first, "group_head"), (second, "officer")):
            people.add_membership(session, who, role, "TH-50", now)
        people.list_memberships(session, second, now)[0].until = now - timedelta(seconds=1)
        assert checks.count_staff(session, "TH-50", now) == 1


def test_a_country_ranks_by_its_current_fact_alone(database: Database, now: datetime) -> None:
    state(database, "country:CN", registry.PRIORITY, "first", now)
    state(database, "country:CN", registry.PRIORITY, "later", now)
    with database.write() as session:
        said = registry.Value(field=registry.PRIORITY, value="next", source="x")
        registry.add(session, "country:JP", said, registry.PROPOSED, None, now)
        assert registry.list_priorities(session) == {"CN": "later"}
