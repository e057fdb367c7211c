"""Loaded documents: the newest import counts, and what is withdrawn does not."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from storage import documents, meta
from storage.database import Database


def add(session: Session, now: datetime, sha256: str = "a" * 64, document_id: str = "guideline") -> None:
    documents.add(
        session,
        document_id=document_id,
        title="แนวทางปฏิบัติ",
        file_name="guideline.pdf",
        sha256=sha256,
        body={"passages": [sha256[:1]]},
        now=now,
    )


def in_use(session: Session) -> list[tuple[str, str]]:
    return [(row.document_id, row.sha256[:1]) for row in documents.list_current(session)]


def test_a_newer_import_stands_in_front_of_the_older(database: Database, now: datetime) -> None:
    with database.write() as session:
        add(session, now, "a" * 64)
        add(session, now + timedelta(hours=1), "b" * 64)
        add(session, now, "c" * 64, "plan-2571")
    with database.read() as session:
        assert in_use(session) == [("guideline", "b"), ("plan-2571", "c")]


def test_the_same_file_twice_is_one_row_and_becomes_the_newest(database: Database, now: datetime) -> None:
    with database.write() as session:
        add(session, now, "a" * 64)
        add(session, now + timedelta(hours=1), "b" * 64)
        add(session, now + timedelta(hours=2), "a" * 64)
    with database.read() as session:
        assert in_use(session) == [("guideline", "a")]


def test_a_withdrawn_document_is_out_of_use_and_can_come_back(database: Database, now: datetime) -> None:
    with database.write() as session:
        add(session, now, "a" * 64)
        add(session, now + timedelta(hours=1), "b" * 64)
        assert documents.withdraw(session, "guideline", now)
        assert not documents.withdraw(session, "guideline", now)
    with database.read() as session:
        assert in_use(session) == []
    with database.write() as session:
        add(session, now + timedelta(hours=2), "a" * 64)
        assert in_use(session) == [("guideline", "a")]


def test_every_change_tells_the_processes_that_answer(database: Database, now: datetime) -> None:
    with database.write() as session:
        before = meta.knowledge_version(session)
        add(session, now)
        documents.withdraw(session, "guideline", now)
        documents.withdraw(session, "guideline", now)
        assert meta.knowledge_version(session) == before + 2
