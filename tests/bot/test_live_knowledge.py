"""What is answered from: the shipped entries, with what the curators approved and what of it can be used."""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from bot.facts import FactReader
from bot.live_knowledge import LiveKnowledge, with_approved
from bot.reports.status import read_status
from bot.rights import Seat
from bot.settings import Settings
from knowledge.meaning import shared_encoder
from knowledge.overlay import body_of
from knowledge.search import KnowledgeBase
from storage import conversations, revisions
from storage.database import Database
from storage.models import Question
from tests.support import HandClock, few_entries
from tests.world import World, add_world

YEARLY = "yearly-activity"
NEW = "ปีละ 2 ครั้ง"
SECRET = "ถ้อยคำที่มีผู้พิมพ์"


def approve(database: Database, world: World, now: datetime, entry: str = YEARLY, **changes: Any) -> None:
    known = few_entries().entries.get(entry, few_entries().entries[YEARLY])
    with database.write() as session:
        body = {**body_of(known), "id": entry, **changes}
        row = revisions.add_draft(
            session, entry_id=entry, body=body, change="edited", author_id=None, now=now
        )
        revisions.approve(session, row, body, world.ministry.person.id, now)


def current(live: LiveKnowledge, database: Database) -> KnowledgeBase:
    with database.read() as session:
        return live.current(session)


@pytest.fixture
def live() -> LiveKnowledge:
    return LiveKnowledge(few_entries())


def test_nothing_is_made_anew_while_nothing_changes(
    database: Database, world: World, now: datetime, live: LiveKnowledge
) -> None:
    assert current(live, database) is live.shipped
    approve(database, world, now, answer=NEW)
    made = current(live, database)
    assert made.entries[YEARLY].answer == NEW
    assert current(live, database) is made


def test_what_was_made_before_the_meaning_was_learned_is_made_anew(
    sqlite_database: Database, world_on_sqlite: World, now: datetime
) -> None:
    live = LiveKnowledge(few_entries().with_changes(()))
    approve(sqlite_database, world_on_sqlite, now, answer=NEW)
    assert not current(live, sqlite_database).ranker.has_meaning

    live.shipped.learn_meaning(shared_encoder())

    assert current(live, sqlite_database).ranker.has_meaning
    assert current(live, sqlite_database) is current(live, sqlite_database)


def test_what_is_not_committed_is_not_held(
    database: Database, world: World, now: datetime, live: LiveKnowledge
) -> None:
    """The turn that approves goes on with the base it began with; if it fails, nothing happened."""
    reader = FactReader(live, HandClock(now), Settings())

    def fail_after_approving() -> None:
        with database.write() as session:
            facts = _read(reader, session, world)
            body = {**body_of(facts.knowledge.entries[YEARLY]), "answer": NEW}
            by = world.ministry.person.id
            revisions.add_approved(session, entry_id=YEARLY, body=body, change="rolled_back", by=by, now=now)
            assert _read(reader, session, world, facts.knowledge).knowledge is facts.knowledge
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail_after_approving()
    approve(database, world, now, answer="ปีละ 3 ครั้ง")

    assert current(live, database).entries[YEARLY].answer == "ปีละ 3 ครั้ง"


def _read(reader: FactReader, session: Any, world: World, knowledge: KnowledgeBase | None = None) -> Any:
    chat, person = world.ministry.chat, world.ministry.person
    conversation = conversations.get_or_add(session, chat.id, person.id, person.created_at)
    return reader.read(session, person, conversation, None, knowledge)


def test_an_approved_entry_that_cannot_be_used_is_left_out_and_told_by_id_only(
    database: Database, world: World, now: datetime, live: LiveKnowledge, caplog: pytest.LogCaptureFixture
) -> None:
    approve(database, world, now, "who-signs", answer=NEW)
    approve(database, world, now, as_of=2569, answer=SECRET)
    approve(database, world, now, "new", question=SECRET, related=["nothing"])

    with caplog.at_level(logging.WARNING):
        made = current(live, database)

    assert made.entries["who-signs"].answer == NEW
    assert made.entries[YEARLY] == live.shipped.entries[YEARLY]
    assert "new" not in made.entries
    assert set(live.skipped) == {YEARLY, "new"}
    assert "approved entry yearly-activity is not used: body" in caplog.text
    assert SECRET not in caplog.text


def test_status_names_approved_entries_that_are_not_used(
    database: Database, world: World, now: datetime
) -> None:
    approve(database, world, now, answer=NEW, related=[])
    with database.read() as session:
        assert read_status(session, now)["attention"] == []
    approve(database, world, now, topic="weather", related=[])
    with database.write() as session:
        revisions.add_draft(session, entry_id="x", body={}, change="edited", author_id=None, now=now)

    with database.read() as session:
        status = read_status(session, now)
    assert status["attention"] == ["entry yearly-activity as approved is not used (topic)"]
    assert status["drafts"] == 1


def test_a_curators_first_page_of_questions_counts_drafts_and_wordings(
    database: Database, world: World, now: datetime, live: LiveKnowledge
) -> None:
    reader = FactReader(live, HandClock(now), Settings())
    with database.write() as session:
        revisions.add_draft(session, entry_id="x", body={}, change="edited", author_id=None, now=now)
        session.add(
            Question(inbox_id=1, text="กี่หนต่อปี", decision="suggest", score=0.5, chosen=YEARLY, asked_at=now)
        )
        session.flush()
        facts = _read(reader, session, world)
        for seats, counts in (((Seat("ministry", None),), (0, 0)), ((Seat("ministry", None, True),), (1, 1))):
            found = reader.load(session, replace(facts, seats=seats), ("entry_counts",), {}, 1)
            assert (found.draft_count, found.phrasing_count) == counts


# ------------------------------------------------------------------ the command


def test_a_command_answers_with_what_was_approved(
    sqlite_database: Database, sqlite_url: str, world_on_sqlite: World, now: datetime
) -> None:
    approve(sqlite_database, world_on_sqlite, now, answer=NEW)
    assert with_approved(few_entries(), sqlite_url).entries[YEARLY].answer == NEW


def test_a_command_without_a_database_makes_none(tmp_path: Path) -> None:
    file = tmp_path / "none.db"
    assert YEARLY in with_approved(few_entries(), f"sqlite:///{file}").entries
    assert not file.exists()


@pytest.mark.parametrize("content", [b"", b"no database at all " * 100])
def test_a_command_answers_beside_a_file_without_tables(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "file.db").write_bytes(content)
    assert YEARLY in with_approved(few_entries(), f"sqlite:///{tmp_path / 'file.db'}").entries


def test_a_command_answers_when_the_database_cannot_be_reached(tmp_path: Path) -> None:
    assert (
        YEARLY in with_approved(few_entries(), f"postgresql+psycopg://nobody@/none?host={tmp_path}").entries
    )


@pytest.fixture
def world_on_sqlite(sqlite_database: Database, now: datetime) -> World:
    with sqlite_database.write() as session:
        return add_world(session, now)
