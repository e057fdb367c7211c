"""Activities, their revisions and evidence. Nothing is overwritten silently, nothing is removed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import CompoundSelect, func, or_, select, union_all
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from storage import audit, owners
from storage.models import Activity, ActivityOwner, ActivityRevision, Evidence, Pairing

FIELDS = (
    "pairing_id",
    "type_code",
    "state",
    "start",
    "end",
    "precision",
    "title",
    "participants",
    "budget_thb",
    "partner_joined",
    "joint",
    "place",
    "direction",
    "sdgs",
    "sectors",
    "result",
    "problems",
    "suggestions",
    "chair_ours",
    "chair_theirs",
    "head_ours",
    "head_theirs",
    "spent_thb",
    "spent_source",
    "letter_no",
    "letter_on",
    "follow_up",
    "follow_up_on",
)
"""What a revision keeps of a record."""

ONLY_IN_REVISIONS = (
    "result",
    "problems",
    "suggestions",
    "chair_ours",
    "chair_theirs",
    "head_ours",
    "head_theirs",
    "follow_up",
)
"""Whole texts and names of people: the audit says that they changed, and nothing can be taken out of it."""

SOME_TEXT = "*"


def snapshot(activity: Activity) -> dict[str, Any]:
    """The fields as JSON values, for a revision."""
    return {name: as_json(getattr(activity, name)) for name in FIELDS}


def as_json(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    # As the column keeps it: 50000 and 50000.00 are the same sum.
    return f"{value:.2f}" if isinstance(value, Decimal) else value


def find(session: Session, activity_id: int) -> Activity | None:
    return session.get(Activity, activity_id)


def find_by_draft(session: Session, draft_id: int) -> Activity | None:
    return session.scalar(select(Activity).where(Activity.draft_id == draft_id))


def add(
    session: Session, values: Mapping[str, Any], draft_id: int, person_id: int, channel: str, now: datetime
) -> Activity:
    """Record an activity from a draft. A draft that was saved before gives the record that it made."""
    saved = find_by_draft(session, draft_id)
    if saved is not None:
        return saved
    activity = Activity(
        **values, draft_id=draft_id, created_by=person_id, created_at=now, updated_at=now, version=1
    )
    try:
        with session.begin_nested():
            session.add(activity)
    except IntegrityError:
        saved = find_by_draft(session, draft_id)
        if saved is None:
            raise
        return saved
    _revise(session, activity, "created", person_id, channel, now, before=None)
    return activity


def change(
    session: Session,
    activity: Activity,
    values: Mapping[str, Any],
    person_id: int,
    channel: str,
    now: datetime,
) -> bool:
    """Edit a record; returns False when nothing differs."""
    before = snapshot(activity)
    for name, value in values.items():
        setattr(activity, name, value)
    if snapshot(activity) == before:
        return False
    _next_version(activity, now)
    _revise(session, activity, "edited", person_id, channel, now, before=before)
    return True


def delete(
    session: Session,
    activity: Activity,
    person_id: int,
    channel: str,
    now: datetime,
    reason: str | None = None,
) -> bool:
    """Take a record out of every list and count; its history stays, with the reason."""
    if activity.deleted_at is not None:
        return False
    activity.deleted_at = now
    _next_version(activity, now)
    _revise(session, activity, "deleted", person_id, channel, now, before=snapshot(activity), reason=reason)
    return True


def restore(session: Session, activity: Activity, person_id: int, channel: str, now: datetime) -> bool:
    if activity.deleted_at is None:
        return False
    activity.deleted_at = None
    _next_version(activity, now)
    _revise(session, activity, "restored", person_id, channel, now, before=None)
    return True


def _next_version(activity: Activity, now: datetime) -> None:
    activity.version += 1
    activity.updated_at = now


def _revise(
    session: Session,
    activity: Activity,
    change_: str,
    person_id: int,
    channel: str,
    now: datetime,
    before: dict[str, Any] | None,
    reason: str | None = None,
) -> None:
    session.flush()
    session.add(
        ActivityRevision(
            activity_id=activity.id,
            version=activity.version,
            change=change_,
            person_id=person_id,
            channel=channel,
            at=now,
            before=before,
            after=None if change_ == "deleted" else snapshot(activity),
            reason=reason,
        )
    )
    audit.add(
        session,
        action=f"activity.{change_}",
        subject=f"activity:{activity.id}",
        now=now,
        person_id=person_id,
        channel=channel,
        detail={"version": activity.version, **_changed(activity, change_, before)},
    )


def _changed(activity: Activity, change_: str, before: Mapping[str, Any] | None) -> dict[str, Any]:
    """For the audit: the fields that differ; of a new record those that are known."""
    now = snapshot(activity)
    if change_ == "created":
        return {"after": _without_texts({name: one for name, one in now.items() if one not in (None, [])})}
    was = {**(before or now), "deleted": change_ == "restored"}
    now["deleted"] = activity.deleted_at is not None
    return {side: _without_texts(values) for side, values in audit.changes(was, now).items()}


def _without_texts(values: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: SOME_TEXT if value and name in ONLY_IN_REVISIONS else value for name, value in values.items()
    }


def find_revision(session: Session, activity_id: int, version: int) -> ActivityRevision | None:
    return session.scalar(
        select(ActivityRevision).where(
            ActivityRevision.activity_id == activity_id, ActivityRevision.version == version
        )
    )


def list_revisions(session: Session, activity_id: int) -> Sequence[ActivityRevision]:
    return session.scalars(
        select(ActivityRevision)
        .where(ActivityRevision.activity_id == activity_id)
        .order_by(ActivityRevision.version)
    ).all()


def add_evidence(
    session: Session, activity_id: int, files: Sequence[Mapping[str, Any]], person_id: int, now: datetime
) -> None:
    """Attach stored files; a file that the activity already has is not added twice."""
    have = set(session.scalars(select(Evidence.sha256).where(Evidence.activity_id == activity_id)))
    for file in files:
        if file["sha256"] in have:
            continue
        have.add(file["sha256"])
        session.add(
            Evidence(
                activity_id=activity_id,
                sha256=file["sha256"],
                kind=file["kind"],
                name=file["name"],
                mime=file["mime"],
                size=file["size"],
                text=file.get("text"),
                look=file.get("look"),
                added_by=person_id,
                added_at=now,
            )
        )


def list_evidence(session: Session, activity_id: int) -> Sequence[Evidence]:
    return session.scalars(
        select(Evidence).where(Evidence.activity_id == activity_id).order_by(Evidence.id)
    ).all()


def list_evidence_hashes(session: Session) -> Sequence[str]:
    """SHA-256 of every file that is evidence; those of links and locations name none."""
    return session.scalars(select(Evidence.sha256).where(Evidence.text.is_(None)).distinct()).all()


def list_recent(session: Session, province_codes: Sequence[str], limit: int) -> Sequence[Activity]:
    """What the provinces recorded, the latest activity first."""
    return session.scalars(
        select(Activity)
        .join(Pairing, Pairing.id == Activity.pairing_id)
        .where(Pairing.province_code.in_(province_codes), Activity.deleted_at.is_(None))
        .order_by(Activity.start.desc(), Activity.id.desc())
        .limit(limit)
    ).all()


def list_standing(session: Session, pairing_ids: Sequence[str] | None = None) -> Sequence[Activity]:
    """Every activity that was not deleted, of these pairings or of all."""
    query = select(Activity).where(Activity.deleted_at.is_(None)).order_by(Activity.id)
    if pairing_ids is not None:
        query = query.where(Activity.pairing_id.in_(pairing_ids))
    return session.scalars(query).all()


@dataclass(frozen=True)
class Counted:
    """An activity as it stands for one of the pairings that it covers."""

    pairing_id: str
    start: date
    end: date | None
    joint: bool


def list_counted(session: Session, pairing_ids: Sequence[str] | None = None) -> Sequence[Counted]:
    """What was not deleted, once for each pairing that it covers: of these pairings or of all."""
    own = select(Activity.pairing_id, Activity.start, Activity.end, Activity.joint)
    shared = (
        select(ActivityOwner.pairing_id, Activity.start, Activity.end, Activity.joint)
        .join(Activity, Activity.id == ActivityOwner.activity_id)
        .where(ActivityOwner.state == owners.ACCEPTED)
    )
    if pairing_ids is not None:
        own = own.where(Activity.pairing_id.in_(pairing_ids))
        shared = shared.where(ActivityOwner.pairing_id.in_(pairing_ids))
    both: CompoundSelect[Any] = union_all(
        own.where(Activity.deleted_at.is_(None)), shared.where(Activity.deleted_at.is_(None))
    )
    return [Counted(*row) for row in session.execute(both)]


def list_alike(
    session: Session, pairing_id: str, start: date, end: date | None, type_code: str, not_draft: int
) -> Sequence[Activity]:
    """Records of the same pairing and type whose days overlap: the same event, perhaps."""
    last = end or start
    return session.scalars(
        select(Activity).where(
            Activity.pairing_id == pairing_id,
            Activity.type_code == type_code,
            Activity.deleted_at.is_(None),
            Activity.start <= last,
            func.coalesce(Activity.end, Activity.start) >= start,
            or_(Activity.draft_id.is_(None), Activity.draft_id != not_draft),
        )
    ).all()


def count_standing(session: Session) -> int:
    return session.scalar(select(func.count()).where(Activity.deleted_at.is_(None))) or 0
