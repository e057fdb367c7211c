"""
Who did what, when, on which channel. Rows are only ever added, and chained.

Each event carries the hash of the one before it, and the newest hash stands in `meta` too: an event that was
changed, removed, put in or cut off at the end is found by `verify`. Events are collected while a transaction
runs and written at its very end, under a lock that no other is taken after: so they are in one line without
making anybody wait, and nobody waits for them.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from storage import meta
from storage.models import AuditEvent

HEAD = "audit_head"
"""The hash of the newest event."""

BEGINNING = "0" * 64
PENDING = "audit"
BLOCK = 1000


def add(
    session: Session,
    *,
    action: str,
    subject: str,
    now: datetime,
    person_id: int | None = None,
    channel: str = "system",
    detail: Mapping[str, Any] | None = None,
) -> None:
    """Note an event; it is written when the transaction ends."""
    session.info.setdefault(PENDING, []).append(
        AuditEvent(
            at=now,
            person_id=person_id,
            channel=channel,
            action=action,
            subject=subject,
            detail=dict(detail or {}),
        )
    )


def seal(session: Session) -> None:
    """Write what was noted, each event bound to the one before it."""
    pending: list[AuditEvent] = session.info.pop(PENDING, [])
    if not pending:
        return
    meta.lock(session, HEAD)
    previous = meta.get(session, HEAD) or BEGINNING
    for event in pending:
        event.previous, event.hash = previous, hash_of(event, previous)
        previous = event.hash
        session.add(event)
        session.flush()
    meta.put(session, HEAD, previous)


def hash_of(event: AuditEvent, previous: str) -> str:
    """SHA-256 over the event and the hash before it, in one written form on every database."""
    content = {
        "previous": previous,
        "at": event.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "person": event.person_id,
        "channel": event.channel,
        "action": event.action,
        "subject": event.subject,
        "detail": event.detail,
    }
    written = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(written.encode()).hexdigest()


@dataclass(frozen=True)
class Verdict:
    """What `verify` found: how many events are chained, and the first fault with its event, if any."""

    events: int
    unchained: int  # written before there was a chain
    fault: str | None = None
    event_id: int | None = None
    at: datetime | None = None  # when that event was written, by its own account


def verify(session: Session) -> Verdict:
    """
    Walk the whole chain, in a session that sees one instant (`Database.snapshot`): else events that are
    written meanwhile look like a fault.
    """
    previous, events, unchained = BEGINNING, 0, 0
    last: AuditEvent | None = None
    for event in read_all(session):
        if event.hash is None and not events:
            unchained += 1
            continue
        events, last = events + 1, event
        if event.previous != previous:
            fault = "an event before this one is missing or was moved"
            return Verdict(events, unchained, fault, event.id, event.at)
        if event.hash is None or event.hash != hash_of(event, previous):
            return Verdict(events, unchained, "this event was changed", event.id, event.at)
        previous = event.hash
    if previous != (meta.get(session, HEAD) or BEGINNING):
        fault = "events after this one are missing"
        return Verdict(events, unchained, fault, last.id if last else None, last.at if last else None)
    return Verdict(events, unchained)


def changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """The fields that differ, as `before` and `after` of an event; empty where none does."""
    names = [name for name in after if before.get(name) != after[name]]
    if not names:
        return {}
    return {
        "before": {name: before.get(name) for name in names},
        "after": {name: after[name] for name in names},
    }


def list_events(
    session: Session,
    *,
    subject: str | None = None,
    person_id: int | None = None,
    since: datetime | None = None,
    limit: int = 100,
) -> Sequence[AuditEvent]:
    """What happened, the latest first: to a subject, by a person, from an instant on."""
    query = select(AuditEvent).order_by(AuditEvent.id.desc()).limit(limit)
    if subject is not None:
        query = query.where(AuditEvent.subject == subject)
    if person_id is not None:
        query = query.where(AuditEvent.person_id == person_id)
    if since is not None:
        query = query.where(AuditEvent.at >= since)
    return session.scalars(query).all()


def read_all(session: Session) -> Iterator[AuditEvent]:
    """Every event, the oldest first, in blocks: there may be millions."""
    last = 0
    while True:
        block = session.scalars(
            select(AuditEvent).where(AuditEvent.id > last).order_by(AuditEvent.id).limit(BLOCK)
        ).all()
        for event in block:
            yield event
            session.expunge(event)
        if len(block) < BLOCK:
            return
        last = block[-1].id
