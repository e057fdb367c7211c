"""Versions of entries are numbered, decided once, and the highest approved one is in use."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from storage import meta, revisions
from storage.database import Database
from storage.models import FaqRevision, Inquiry, Question
from storage.revisions import Change
from tests.storage.together import together
from tests.world import World

HOUR = timedelta(hours=1)


def draft(
    database: Database,
    now: datetime,
    entry: str = "kpi",
    answer: str = "1",
    change: Change = "edited",
    **more: Any,
) -> int:
    with database.write() as session:
        values = {"author_id": None, **more}
        row = revisions.add_draft(
            session, entry_id=entry, body={"answer": answer}, change=change, now=now, **values
        )
        return row.id


def approve(database: Database, revision_id: int, now: datetime, by: int, answer: str = "1") -> None:
    with database.write() as session:
        row = revisions.find_for_decision(session, revision_id)
        assert row is not None
        revisions.approve(session, row, {"answer": answer}, by, now)


def in_use(database: Database) -> list[tuple[str, int, str]]:
    with database.read() as session:
        return [(row.entry_id, row.version, row.body["answer"]) for row in revisions.list_current(session)]


def version_of_knowledge(database: Database) -> int:
    with database.read() as session:
        return meta.knowledge_version(session)


# ------------------------------------------------------------------ numbering


def test_versions_are_numbered_within_their_entry(database: Database, now: datetime) -> None:
    for entry in ("kpi", "kpi", "budget", "kpi"):
        draft(database, now, entry)

    with database.read() as session:
        assert [row.version for row in revisions.history(session, "kpi")] == [1, 2, 3]
        assert [row.version for row in revisions.history(session, "budget")] == [1]
        assert revisions.history(session, "nothing") == []


def test_drafts_written_at_the_same_moment_get_numbers_of_their_own(
    database: Database, now: datetime
) -> None:
    together(*[lambda: [draft(database, now) for _ in range(5)]] * 3)

    with database.read() as session:
        assert [row.version for row in revisions.history(session, "kpi")] == list(range(1, 16))


def test_a_draft_keeps_where_it_came_from(database: Database, world: World, now: datetime) -> None:
    with database.write() as session:
        inquiry = Inquiry(text="ใช้ตราใด", state="answered", opened_at=now)
        session.add(inquiry)
        session.flush()
    author = world.ministry.person.id
    draft(database, now, change="answered", author_id=author, inquiry_id=inquiry.id, batch="a", note="ใหม่")

    with database.read() as session:
        [row] = revisions.list_drafts(session)
    assert (row.author_id, row.inquiry_id, row.batch, row.note) == (author, inquiry.id, "a", "ใหม่")
    assert (row.state, row.change, row.created_at, row.decided_at) == ("draft", "answered", now, None)


# ------------------------------------------------------------------ drafts


def test_drafts_wait_the_oldest_first_until_they_are_decided(
    database: Database, world: World, now: datetime
) -> None:
    by = world.ministry.person.id
    late, early, other = draft(database, now + HOUR), draft(database, now), draft(database, now, "budget")
    approve(database, other, now, by)

    with database.read() as session:
        assert [row.id for row in revisions.list_drafts(session)] == [early, late]
        assert revisions.count_drafts(session) == 2


def test_a_batch_holds_its_own_waiting_rows_in_order(database: Database, world: World, now: datetime) -> None:
    rows = [draft(database, now, f"row-{number}", batch="a") for number in range(3)]
    draft(database, now, "row-9", batch="b")
    approve(database, rows[1], now, world.ministry.person.id)

    with database.write() as session:
        found = revisions.list_batch_for_decision(session, "a")
    assert [row.id for row in found] == [rows[0], rows[2]]


def test_an_edited_draft_is_replaced_and_keeps_its_origin(
    database: Database, world: World, now: datetime
) -> None:
    first = draft(database, now, change="imported", batch="a")
    editor = world.ministry.person.id
    with database.write() as session:
        row = revisions.find_for_decision(session, first)
        assert row is not None
        revisions.replace_draft(session, row, {"answer": "2"}, editor, now + HOUR)

    with database.read() as session:
        old, new = revisions.history(session, "kpi")
        own = revisions.find_own_draft(session, "kpi", editor)
    assert (old.state, old.body, old.author_id, old.decided_by) == ("replaced", {"answer": "1"}, None, editor)
    assert (new.state, new.body, new.author_id, new.batch, new.change) == (
        "draft", {"answer": "2"}, editor, "a", "imported",
    )  # fmt: skip
    assert own is not None
    assert own.id == new.id


def test_a_draft_of_another_author_or_entry_is_not_ones_own(
    database: Database, world: World, now: datetime
) -> None:
    draft(database, now, author_id=world.officer.person.id)
    draft(database, now, "budget", author_id=world.ministry.person.id)

    with database.read() as session:
        assert revisions.find_own_draft(session, "kpi", world.ministry.person.id) is None


def test_a_returned_draft_keeps_the_reason_and_is_not_live(
    database: Database, world: World, now: datetime
) -> None:
    revision_id = draft(database, now)
    with database.write() as session:
        row = revisions.find_for_decision(session, revision_id)
        assert row is not None
        revisions.send_back(session, row, "ไม่มีที่มา", world.ministry.person.id, now + HOUR)

    with database.read() as session:
        row = revisions.find(session, revision_id)
        assert row is not None
    assert (row.state, row.note, row.decided_at) == ("returned", "ไม่มีที่มา", now + HOUR)
    assert in_use(database) == []
    assert version_of_knowledge(database) == 0


# ------------------------------------------------------------------ what is in use


def test_the_newest_approved_version_of_each_entry_is_in_use(
    database: Database, world: World, now: datetime
) -> None:
    by = world.ministry.person.id
    approve(database, draft(database, now, "budget"), now + HOUR, by, "b")
    for number in range(1, 3):
        approve(database, draft(database, now), now + number * HOUR, by, str(number))
    draft(database, now)

    assert in_use(database) == [("budget", 1, "b"), ("kpi", 2, "2")]
    assert version_of_knowledge(database) == 3


def test_what_is_approved_later_is_in_use_though_it_was_written_earlier(
    database: Database, world: World, now: datetime
) -> None:
    by = world.ministry.person.id
    first, second = draft(database, now), draft(database, now)
    approve(database, second, now, by, "second")
    approve(database, first, now, by, "first")

    assert in_use(database) == [("kpi", 3, "first")]
    with database.read() as session:
        assert [row.id for row in revisions.history(session, "kpi")] == [second, first]


def test_a_version_may_be_approved_at_once(database: Database, world: World, now: datetime) -> None:
    by = world.ministry.person.id
    with database.write() as session:
        row = revisions.add_approved(
            session, entry_id="kpi", body={"answer": "0"}, change="rolled_back", by=by, now=now, note="0"
        )
    assert (row.state, row.author_id, row.decided_by, row.note) == ("approved", by, by, "0")
    assert in_use(database) == [("kpi", 1, "0")]
    assert version_of_knowledge(database) == 1


def test_who_waits_for_a_decision_sees_what_was_decided(
    database: Database, world: World, now: datetime
) -> None:
    revision_id = draft(database, now)
    by = world.ministry.person.id

    def decide() -> str:
        with database.write() as session:
            row = revisions.find_for_decision(session, revision_id)
            assert row is not None
            if row.state != "draft":
                return row.state
            revisions.approve(session, row, row.body, by, now)
            return "done"

    assert sorted(together(decide, decide, decide)) == ["approved", "approved", "done"]


# ------------------------------------------------------------------ what is learned


def test_a_golden_question_is_kept_once_for_an_entry(database: Database, now: datetime) -> None:
    with database.write() as session:
        kept = [revisions.add_golden(session, "กี่ครั้ง", entry, None, now) for entry in ("kpi", "kpi", "budget")]
    assert kept == [True, False, True]


def ask(database: Database, now: datetime, number: int, text: str, **values: Any) -> None:
    with database.write() as session:
        session.add(
            Question(
                **{
                    "inbox_id": number,
                    "text": text,
                    "decision": "suggest",
                    "score": 0.5,
                    "asked_at": now,
                    **values,
                }
            )
        )


def test_the_questions_of_an_inquiry_are_listed_once_each_its_own_text_first(
    database: Database, now: datetime
) -> None:
    with database.write() as session:
        inquiry = Inquiry(text="ก", state="answered", opened_at=now)
        session.add(inquiry)
        session.flush()
    for number, text in enumerate(("ข", "ก", "ข", "ค")):
        ask(database, now, number, text, inquiry_id=inquiry.id)
    ask(database, now, 9, "อื่น")

    with database.read() as session:
        assert revisions.list_questions_of_inquiry(session, inquiry.id) == ("ก", "ข", "ค")


def test_what_askers_confirmed_is_counted_by_wording_and_entry(database: Database, now: datetime) -> None:
    direct: dict[str, Any] = {"decision": "answer", "entry_id": "kpi"}
    asked: tuple[tuple[str, dict[str, Any]], ...] = (
        ("ก", {"chosen": "kpi"}),
        ("ก", {"chosen": "kpi", "rating": 1}),
        ("ก", {"chosen": "budget"}),
        ("ข", {**direct, "rating": 1}),
        ("ค", {**direct, "chosen": "budget"}),  # answered with one, found another
        ("ง", {"chosen": "none"}),
        ("ง", {**direct, "chosen": "none", "rating": 1}),
        ("ง", {"chosen": "kpi", "rating": -1}),
        ("ง", {**direct}),
        ("ง", {**direct, "rating": -1}),
        ("ง", {"decision": "unknown", "rating": 1}),
    )
    for number, (text, values) in enumerate(asked):
        ask(database, now, number, text, **values)

    with database.read() as session:
        found = revisions.list_confirmed(session)
    assert sorted(found) == [("ก", "budget", 1), ("ก", "kpi", 2), ("ข", "kpi", 1), ("ค", "budget", 1)]


def test_a_wording_is_decided_once_for_an_entry(database: Database, world: World, now: datetime) -> None:
    by = world.ministry.person.id

    def decide(entry: str = "kpi") -> bool:
        with database.write() as session:
            return revisions.decide_phrasing(session, "กี่ครั้ง", entry, accepted=True, by=by, now=now)

    assert sorted(together(decide, decide)) == [False, True]
    assert decide("budget")
    with database.read() as session:
        assert revisions.list_decided(session) == {("กี่ครั้ง", "kpi"), ("กี่ครั้ง", "budget")}


@pytest.mark.parametrize("bumps", [(0, 0), (2, 1)])
def test_both_versions_are_read_in_one_query(database: Database, bumps: tuple[int, int]) -> None:
    with database.read() as session:
        before = meta.registry_version(session)
    with database.write() as session:
        for _ in range(bumps[0]):
            meta.bump_registry(session)
        for _ in range(bumps[1]):
            meta.bump_knowledge(session)
    with database.read() as session:
        assert meta.versions(session) == (before + bumps[0], bumps[1])
        assert session.query(FaqRevision).all() == []
