"""Everything that is kept about one person, as plain values: what they are given as a file."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy.orm import Session

from bot.posts import who_are
from storage import linking, own_data, people
from storage.models import Base, Membership, Person

DRAFT = ("id", "body", "created_at", "updated_at")
RECORD = ("id", "pairing_id", "type_code", "state", "start", "end", "title", "created_at")
QUESTION = (
    "text",
    "decision",
    "entry_id",
    "chosen",
    "rating",
    "reason",
    "reason_text",
    "asked_at",
    "sent_at",
)
REMINDER = ("pairing_id", "basis", "period", "step", "state", "planned_at", "sent_at")
NOTICE = ("kind", "subject", "period", "step", "state", "planned_at", "sent_at")
SNOOZE = ("pairing_id", "first", "last", "reason", "made_at", "ended_at")
EXEMPTION = ("pairing_id", "first", "last", "reason", "state", "asked_at", "decided_at")
SUSPENSION = ("scope", "key", "first", "last", "reason", "review_on", "made_at", "ended_at")
CONTACT = ("pairing_id", "side", "name", "post", "reached_by", "added_at")
IDENTITY = ("channel", "external_id", "reachable", "last_heard_at")
MEMBERSHIP = ("role", "province_code", "post", "curator", "acting", "office_held", "since", "until")


def own_copy(session: Session, person: Person, now: datetime) -> dict[str, Any]:
    """
    A section each, dates in ISO 8601. Who else is concerned is named by the post alone.

    Of the audit the number of events is told: they say what was done to which record, and hold no texts.
    """
    person_id = person.id
    return {
        "person": _values(person, ("public_id", "name", "language", "created_at", "noticed_at")),
        "channels": _rows(linking.list_identities(session, person_id), IDENTITY),
        "memberships": [_membership(session, row, now) for row in people.list_posts(session, [person_id])],
        "drafts": _rows(own_data.list_drafts(session, person_id), DRAFT),
        "records": _rows(own_data.list_recorded(session, person_id), RECORD),
        "questions": _rows(own_data.list_questions(session, person_id), QUESTION),
        "reminders": _rows(own_data.list_reminders(session, person_id), REMINDER),
        "notices": _rows(own_data.list_notices(session, person_id), NOTICE),
        "reminders_put_off": _rows(own_data.list_snoozes(session, person_id), SNOOZE),
        "exemptions_asked_for": _rows(own_data.list_exemptions(session, person_id), EXEMPTION),
        "suspensions": _rows(own_data.list_suspensions(session, person_id), SUSPENSION),
        "contacts_looked_after": _rows(own_data.list_contacts(session, person_id), CONTACT),
        "audit_events": own_data.count_events(session, person_id),
    }


def _membership(session: Session, row: Membership, now: datetime) -> dict[str, Any]:
    who = who_are(session, [row.granted_by, row.ended_by], now, [row.province_code or ""])
    return {
        **_values(row, MEMBERSHIP),
        "granted_by": who[row.granted_by].post or "operator",
        "ended_by": who[row.ended_by].post,
    }


def _rows(rows: Iterable[Base], names: tuple[str, ...]) -> list[dict[str, Any]]:
    return [_values(row, names) for row in rows]


def _values(row: Base, names: tuple[str, ...]) -> dict[str, Any]:
    return {name: _plain(getattr(row, name)) for name in names}


def _plain(value: Any) -> Any:
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value
