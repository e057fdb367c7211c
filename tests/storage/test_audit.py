"""The chain of events: whatever is changed in it afterwards is found."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

import pytest
from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from storage import audit, meta
from storage.audit import BEGINNING, Verdict
from storage.database import Database
from storage.models import AuditEvent
from tests.storage.together import together

MINUTE = timedelta(minutes=1)


def note(database: Database, now: datetime, *subjects: str) -> None:
    for number, subject in enumerate(subjects):
        with database.write() as session:
            detail = {"before": {"ชื่อ": None, "b": [1, 2.5]}, "after": {"ชื่อ": subject, "a": True}}
            audit.add(session, action="test", subject=subject, now=now + number * MINUTE, detail=detail)


def verdict(database: Database) -> Verdict:
    with database.snapshot() as session:
        return audit.verify(session)


def events(database: Database) -> list[AuditEvent]:
    with database.read() as session:
        return list(audit.read_all(session))


def test_events_are_chained_in_the_order_in_which_they_were_committed(
    database: Database, now: datetime
) -> None:
    note(database, now, "a", "b", "c")
    found = events(database)
    assert [one.previous for one in found] == [BEGINNING, found[0].hash, found[1].hash]
    assert verdict(database) == Verdict(3, 0)


def test_a_transaction_that_fails_leaves_no_event(database: Database, now: datetime) -> None:
    def fails() -> None:
        with database.write() as session:
            audit.add(session, action="test", subject="a", now=now)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fails()
    note(database, now, "b")
    assert [one.subject for one in events(database)] == ["b"]
    assert verdict(database).fault is None


def test_several_events_of_one_transaction_keep_their_order(database: Database, now: datetime) -> None:
    with database.write() as session:
        for subject in ("a", "b", "c"):
            audit.add(session, action="test", subject=subject, now=now)
    assert [one.subject for one in events(database)] == ["a", "b", "c"]
    assert verdict(database).fault is None


def change(session: Session, event: AuditEvent) -> None:
    session.execute(update(AuditEvent).where(AuditEvent.id == event.id).values(detail={"after": {}}))


def backdate(session: Session, event: AuditEvent) -> None:
    session.execute(update(AuditEvent).where(AuditEvent.id == event.id).values(at=event.at - MINUTE))


def somebody_else(session: Session, event: AuditEvent) -> None:
    session.execute(update(AuditEvent).where(AuditEvent.id == event.id).values(channel="elsewhere"))


def take_out(session: Session, event: AuditEvent) -> None:
    session.execute(delete(AuditEvent).where(AuditEvent.id == event.id))


def unchain(session: Session, event: AuditEvent) -> None:
    session.execute(update(AuditEvent).where(AuditEvent.id == event.id).values(hash=None))


def forge(session: Session, event: AuditEvent) -> None:
    """Change one and give it a hash that fits it: the next one does not fit any more, or the head."""
    event = session.get_one(AuditEvent, event.id)
    event.subject = "forged"
    event.hash = audit.hash_of(event, event.previous or "")


@pytest.mark.parametrize("place", [0, 1, 2], ids=["first", "middle", "last"])
@pytest.mark.parametrize("tampered", [change, backdate, somebody_else, take_out, unchain, forge])
def test_whatever_is_changed_afterwards_is_found(
    database: Database, now: datetime, tampered: Callable[[Session, AuditEvent], None], place: int
) -> None:
    note(database, now, "a", "b", "c")
    event = events(database)[place]
    with database.write() as session:
        tampered(session, event)
    assert verdict(database).fault is not None


def test_an_event_that_was_put_in_is_found(database: Database, now: datetime) -> None:
    note(database, now, "a", "b")
    with database.write() as session:
        last = session.scalars(select(AuditEvent).order_by(AuditEvent.id.desc())).first()
        assert last is not None
        session.add(
            AuditEvent(
                at=now, channel="x", action="x", subject="x", detail={}, previous=last.hash, hash="0" * 64
            )
        )
    assert verdict(database).fault is not None


def test_events_from_before_there_was_a_chain_are_counted_apart(database: Database, now: datetime) -> None:
    with database.write() as session:
        session.add(AuditEvent(at=now, channel="web", action="old", subject="-", detail={}))
    note(database, now, "a")
    assert verdict(database) == Verdict(1, 1)


def test_an_empty_audit_is_sound(database: Database) -> None:
    assert verdict(database) == Verdict(0, 0)


def test_events_that_end_at_once_are_one_line(database: Database, now: datetime) -> None:
    together(*(partial(note, database, now, f"s{number}") for number in range(6)))
    assert verdict(database) == Verdict(6, 0)
    with database.read() as session:
        assert meta.get(session, audit.HEAD) == list(audit.read_all(session))[-1].hash


def test_events_that_are_written_while_the_chain_is_walked_are_no_fault(
    database: Database, now: datetime
) -> None:
    note(database, now, "a", "b")
    with database.snapshot() as session:
        assert len(audit.list_events(session)) == 2
        note(database, now, "c")
        assert audit.verify(session) == Verdict(2, 0)
    assert verdict(database) == Verdict(3, 0)


def test_what_happened_to_a_subject_is_read_the_latest_first(database: Database, now: datetime) -> None:
    note(database, now, "a", "b", "a")
    with database.read() as session:
        found = audit.list_events(session, subject="a")
        assert [one.at for one in found] == [now + 2 * MINUTE, now]
        assert len(audit.list_events(session, subject="a", limit=1)) == 1
