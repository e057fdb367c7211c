"""Instants and JSON are the same after reading as before writing, on both engines."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest
from sqlalchemy import select
from sqlalchemy.exc import StatementError

from storage import audit, meta
from storage.database import Database
from storage.models import AuditEvent


def test_an_instant_of_another_zone_is_read_back_as_the_same_instant_in_utc(
    database: Database, now: datetime
) -> None:
    bangkok = now.astimezone(timezone(timedelta(hours=7)))
    with database.write() as session:
        audit.add(session, action="test", subject="-", now=bangkok)

    with database.read() as session:
        at = session.scalars(select(AuditEvent.at)).one()

    assert at == now
    assert at.utcoffset() == timedelta()


def test_a_naive_datetime_is_refused(database: Database, now: datetime) -> None:
    """It would be stored as an instant seven hours off."""
    with pytest.raises(StatementError, match="naive datetime"), database.write() as session:
        audit.add(session, action="test", subject="-", now=now.replace(tzinfo=None))


def test_json_keeps_thai_text_nesting_and_null(database: Database, now: datetime) -> None:
    detail = {"ชื่อ": "เชียงใหม่–เฉิงตู", "list": [1, 2.5, None, True], "deep": {"x": []}}
    with database.write() as session:
        audit.add(session, action="test", subject="-", now=now, detail=detail)

    with database.read() as session:
        assert session.scalars(select(AuditEvent.detail)).one() == detail


def test_a_fact_about_the_database_is_replaced_not_doubled(database: Database, now: datetime) -> None:
    with database.write() as session:
        meta.put(session, meta.LAST_PLAN, "2026-01-01T00:00:00+00:00")
        meta.put(session, meta.LAST_PLAN, now.isoformat())
        meta.put(session, meta.CLOCK_SHIFT, "86400")

    with database.read() as session:
        assert meta.last_plan(session) == now
        assert meta.clock_shift(session) == 86400.0


def test_a_database_that_never_planned_says_so(database: Database) -> None:
    with database.read() as session:
        assert meta.last_plan(session) is None
        assert meta.clock_shift(session) == 0.0
