"""How much is kept about one person, and the rows themselves for their own copy."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from storage.activities import RECORDED
from storage.models import (
    Activity,
    ActivityRevision,
    AuditEvent,
    Contact,
    Draft,
    Exemption,
    Notice,
    Question,
    Reminder,
    Snooze,
    Suspension,
)


def list_drafts(session: Session, person_id: int) -> Sequence[Draft]:
    """The unfinished ones, by draft."""
    return session.scalars(
        select(Draft).where(Draft.person_id == person_id, Draft.state == "open").order_by(Draft.id)
    ).all()


def list_recorded(session: Session, person_id: int) -> Sequence[Activity]:
    """Activities that they recorded and that stand, by record."""
    theirs = select(ActivityRevision.activity_id).where(
        ActivityRevision.person_id == person_id, ActivityRevision.change.in_(RECORDED)
    )
    return session.scalars(
        select(Activity).where(Activity.id.in_(theirs), Activity.deleted_at.is_(None)).order_by(Activity.id)
    ).all()


def list_questions(session: Session, person_id: int) -> Sequence[Question]:
    return session.scalars(
        select(Question).where(Question.person_id == person_id).order_by(Question.id)
    ).all()


def list_reminders(session: Session, person_id: int) -> Sequence[Reminder]:
    """What they were reminded of, or will be."""
    return session.scalars(
        select(Reminder)
        .where(Reminder.person_id == person_id, Reminder.state != "cancelled")
        .order_by(Reminder.id)
    ).all()


def list_notices(session: Session, person_id: int) -> Sequence[Notice]:
    """What they were told beside reminders, or will be."""
    return session.scalars(
        select(Notice).where(Notice.person_id == person_id, Notice.state != "cancelled").order_by(Notice.id)
    ).all()


def list_snoozes(session: Session, person_id: int) -> Sequence[Snooze]:
    """Reminders that they put off."""
    return session.scalars(select(Snooze).where(Snooze.made_by == person_id).order_by(Snooze.id)).all()


def list_exemptions(session: Session, person_id: int) -> Sequence[Exemption]:
    """Exemptions that they asked for."""
    return session.scalars(
        select(Exemption).where(Exemption.asked_by == person_id).order_by(Exemption.id)
    ).all()


def list_suspensions(session: Session, person_id: int) -> Sequence[Suspension]:
    """Suspensions that they made."""
    return session.scalars(
        select(Suspension).where(Suspension.made_by == person_id).order_by(Suspension.id)
    ).all()


def list_contacts(session: Session, person_id: int) -> Sequence[Contact]:
    """Working contacts that they look after."""
    return session.scalars(
        select(Contact).where(Contact.kept_by == person_id, Contact.removed_at.is_(None)).order_by(Contact.id)
    ).all()


def count_events(session: Session, person_id: int) -> int:
    """Events of the audit in which they acted."""
    return session.scalar(select(func.count(AuditEvent.id)).where(AuditEvent.person_id == person_id)) or 0
