"""Activities, their revisions and evidence. Nothing is overwritten silently, nothing is removed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Select,
    and_,
    func,
    or_,
    select,
    union_all,
    update,
)
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from storage import activity_words, audit, owners
from storage.models import Activity, ActivityFlag, ActivityOwner, ActivityRevision, Evidence, Pairing, Person

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
"""What a revision keeps of a record's row."""

Belongings = Callable[[Activity], None]
"""Changes the evidence or the further pairings of a record, which a revision keeps too."""

RECORDED = ("created", "merged")
"""Changes by which a person becomes one of those who recorded it."""

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


def snapshot(session: Session, activity: Activity) -> dict[str, Any]:
    """The fields as JSON values, with further pairings (`also`) and evidence (`files`), for a revision."""
    fields = {name: as_json(getattr(activity, name)) for name in FIELDS}
    session.flush()
    also = list(owners.list_covered(session, [activity.id]).get(activity.id, ()))
    files = [
        {"sha256": one.sha256, "kind": one.kind, "name": one.name}
        for one in list_evidence(session, activity.id)
    ]
    return {**fields, "also": also, "files": files}


DAYS = ("start", "end", "letter_on", "follow_up_on")
AMOUNTS = ("budget_thb", "spent_thb")


def as_json(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    # As the column keeps it: 50000 and 50000.00 are the same sum.
    return f"{value:.2f}" if isinstance(value, Decimal) else value


def values_of(kept: Mapping[str, Any]) -> dict[str, Any]:
    """The row's fields of a snapshot, as the columns take them."""
    values = {name: kept[name] for name in FIELDS if name in kept}
    days = {name: date.fromisoformat(values[name]) for name in DAYS if values.get(name)}
    return {**values, **days, **{name: Decimal(values[name]) for name in AMOUNTS if values.get(name)}}


def find(session: Session, activity_id: int) -> Activity | None:
    return session.get(Activity, activity_id)


def find_locked(session: Session, activity_id: int) -> Activity | None:
    """The record as it is now, held until the transaction ends: what two people change is not mixed."""
    return session.get(Activity, activity_id, with_for_update={"key_share": True}, populate_existing=True)


def find_by_draft(session: Session, draft_id: int) -> Activity | None:
    return session.scalar(select(Activity).where(Activity.draft_id == draft_id))


def add(
    session: Session,
    values: Mapping[str, Any],
    draft_id: int | None,
    person_id: int,
    channel: str,
    now: datetime,
    *,
    belongings: Belongings | None = None,
    reason: str | None = None,
) -> Activity:
    """
    Record an activity from a draft. A draft that was saved before gives the record that it made.

    Without a draft it follows from another record, and `reason` says so.
    """
    saved = find_by_draft(session, draft_id) if draft_id is not None else None
    if saved is not None:
        return saved
    activity = Activity(
        **values, draft_id=draft_id, created_by=person_id, created_at=now, updated_at=now, version=1
    )
    try:
        with session.begin_nested():
            session.add(activity)
    except IntegrityError:
        saved = find_by_draft(session, draft_id) if draft_id is not None else None
        if saved is None:
            raise
        return saved
    if belongings is not None:
        belongings(activity)
    _revise(session, activity, "created", person_id, channel, now, before=None, reason=reason)
    return activity


def change(
    session: Session,
    activity: Activity,
    values: Mapping[str, Any],
    person_id: int,
    channel: str,
    now: datetime,
    *,
    kind: str = "edited",
    belongings: Belongings | None = None,
    reason: str | None = None,
) -> bool:
    """
    Edit a record; returns False when nothing differs.

    Args:
        kind: What the revision calls it. A merger is kept even when it brought nothing new: it says who
            else recorded the activity.
    """
    before = snapshot(session, activity)
    _set(activity, values)
    if belongings is not None:
        belongings(activity)
    if kind != "merged" and snapshot(session, activity) == before:
        return False
    _next_version(activity, now)
    _revise(session, activity, kind, person_id, channel, now, before=before, reason=reason)
    return True


def _set(activity: Activity, values: Mapping[str, Any]) -> None:
    days = (activity.start, activity.end)
    for name, value in values.items():
        setattr(activity, name, value)
    if activity.state == "planned" and (activity.start, activity.end) != days:
        activity.asked_held_at = None  # whether it took place is asked anew after its new day


def delete(
    session: Session,
    activity: Activity,
    person_id: int,
    channel: str,
    now: datetime,
    reason: str | None = None,
) -> bool:
    """Take a record out of every list and count; its history stays, with the reason."""
    return _take_out(session, activity, "deleted", person_id, channel, now, reason)


def take_back(session: Session, activity: Activity, person_id: int, channel: str, now: datetime) -> bool:
    """Undo the recording itself; its draft, saved again, brings the record back."""
    return _take_out(session, activity, "undone", person_id, channel, now, None)


def _take_out(
    session: Session,
    activity: Activity,
    kind: str,
    person_id: int,
    channel: str,
    now: datetime,
    reason: str | None,
) -> bool:
    if activity.deleted_at is not None:
        return False
    before = snapshot(session, activity)
    activity.deleted_at = now
    _next_version(activity, now)
    _revise(session, activity, kind, person_id, channel, now, before=before, reason=reason)
    return True


def restore(
    session: Session,
    activity: Activity,
    person_id: int,
    channel: str,
    now: datetime,
    values: Mapping[str, Any] | None = None,
    *,
    belongings: Belongings | None = None,
    reason: str | None = None,
) -> bool:
    """Bring a record back, as it was or with what its draft says by now."""
    if activity.deleted_at is None:
        return False
    before = snapshot(session, activity) if values is not None else None
    activity.deleted_at = None
    _set(activity, values or {})
    if belongings is not None:
        belongings(activity)
    _next_version(activity, now)
    _revise(session, activity, "restored", person_id, channel, now, before=before, reason=reason)
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
    after = snapshot(session, activity)
    session.add(
        ActivityRevision(
            activity_id=activity.id,
            version=activity.version,
            change=change_,
            person_id=person_id,
            channel=channel,
            at=now,
            before=before,
            after=None if activity.deleted_at is not None else after,
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
        detail={"version": activity.version, **_changed(activity, change_, before, after)},
    )


def _changed(
    activity: Activity, change_: str, before: Mapping[str, Any] | None, after: Mapping[str, Any]
) -> dict[str, Any]:
    """For the audit: the fields that differ; of a new record those that are known."""
    if change_ == "created":
        return {"after": _without_texts({name: one for name, one in after.items() if one not in (None, [])})}
    was = {**(before or after), "deleted": change_ == "restored"}
    now = {**after, "deleted": activity.deleted_at is not None}
    return {side: _without_texts(values) for side, values in audit.changes(was, now).items()}


def _without_texts(values: Mapping[str, Any]) -> dict[str, Any]:
    """Of files their hashes: a name may be a person's, or say what a paper is about."""

    def kept(name: str, value: Any) -> Any:
        if name == "files":
            return [file["sha256"] for file in value]
        return SOME_TEXT if value and name in ONLY_IN_REVISIONS else value

    return {name: kept(name, value) for name, value in values.items()}


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


def list_following(session: Session, activity_id: int) -> Sequence[Activity]:
    """What this record's follow-up became, deleted ones too, in the order in which it was promised."""
    return session.scalars(
        select(Activity).where(Activity.follows_id == activity_id).order_by(Activity.id)
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


def keep_evidence(session: Session, activity_id: int, hashes: Sequence[str]) -> None:
    """Let go of evidence that is not among these SHA-256; what it was stays in the revisions."""
    for row in list_evidence(session, activity_id):
        if row.sha256 not in hashes:
            session.delete(row)
    session.flush()


def list_evidence(session: Session, activity_id: int) -> Sequence[Evidence]:
    return list_evidence_of(session, [activity_id])


def list_evidence_of(session: Session, activity_ids: Sequence[int]) -> Sequence[Evidence]:
    """The evidence of these activities, in the order in which it was added."""
    return session.scalars(
        select(Evidence).where(Evidence.activity_id.in_(activity_ids)).order_by(Evidence.id)
    ).all()


def list_evidence_hashes(session: Session) -> Sequence[str]:
    """SHA-256 of every file that is evidence; those of links and locations name none."""
    return session.scalars(select(Evidence.sha256).where(Evidence.text.is_(None)).distinct()).all()


@dataclass(frozen=True)
class Wanted:
    """Which records are looked for; what is None or empty does not narrow."""

    provinces: Sequence[str] | None = None  # None: every province
    pairings: Sequence[str] = ()
    type_code: str | None = None
    state: str | None = None
    first: date | None = None  # days of the activity, both included
    last: date | None = None
    recorder: int | None = None
    flagged: bool = False
    words: Sequence[str] = ()  # each stands in the title, the place or the result


MOST_COUNTED = 500
"""Of what is searched for: a longer list is told to be longer."""


def search(session: Session, wanted: Wanted, limit: int, offset: int = 0) -> tuple[Sequence[Activity], int]:
    """
    A page of what was recorded, the latest activity first, and how many there are in all.

    Those behind `MOST_COUNTED` and behind the page are not counted: the number is then higher than both.
    """
    most = max(MOST_COUNTED, offset + limit) + 1
    ids = _find_ids(session, wanted, most)
    shown = ids[offset : offset + limit]
    rows = {row.id: row for row in session.scalars(select(Activity).where(Activity.id.in_(shown)))}
    return [rows[one] for one in shown], len(ids)


def _find_ids(session: Session, wanted: Wanted, most: int) -> Sequence[int]:
    """Ids of the latest records that are wanted, by whatever narrows them most."""
    if wanted.pairings or wanted.provinces is not None:
        return _find_of_pairings(session, wanted, most)
    conditions = list(_conditions(wanted))
    if activity_words.are_indexed(wanted.words):
        return activity_words.find(session, wanted.words, conditions, most)
    query = select(Activity.id).where(*conditions, activity_words.holds(wanted.words))
    return session.scalars(query.order_by(Activity.start.desc(), Activity.id.desc()).limit(most)).all()


def _find_of_pairings(session: Session, wanted: Wanted, most: int) -> Sequence[int]:
    pairings, conditions = _pairings_of(wanted), list(_conditions(wanted, of_pairings=True))
    if activity_words.come_in_order(session, wanted.words):
        among = covering(pairings, *conditions).subquery()
        return activity_words.find_among(session, wanted.words, select(among.c.id), most)
    found = covering(pairings, *conditions, activity_words.holds(wanted.words)).subquery()
    query = select(found.c.id).order_by(found.c.start.desc(), found.c.id.desc()).limit(most)
    return session.scalars(query).all()


def _pairings_of(wanted: Wanted) -> Select[str]:
    query = select(Pairing.id)
    if wanted.pairings:
        query = query.where(Pairing.id.in_(wanted.pairings))
    if wanted.provinces is not None:
        query = query.where(Pairing.province_code.in_(wanted.provinces))
    return query


def _conditions(wanted: Wanted, *, of_pairings: bool = False) -> Iterator[ColumnElement[bool]]:
    """
    Args:
        of_pairings: Few pairings narrow more than a type or state of the whole country, whose index SQLite would
            take, knowing no numbers: an expression has none.
    """
    yield Activity.deleted_at.is_(None)
    for column, value in ((Activity.type_code, wanted.type_code), (Activity.state, wanted.state)):
        if value is not None:
            yield (column.concat("") if of_pairings else column) == value
    if wanted.first is not None:
        yield func.coalesce(Activity.end, Activity.start) >= wanted.first
    if wanted.last is not None:
        yield Activity.start <= wanted.last
    if wanted.recorder is not None:
        yield Activity.id.in_(
            select(ActivityRevision.activity_id).where(
                ActivityRevision.person_id == wanted.recorder,
                ActivityRevision.change.in_(RECORDED),
            )
        )
    if wanted.flagged:
        yield Activity.id.in_(select(ActivityFlag.activity_id).where(ActivityFlag.settled_at.is_(None)))


def covering(pairings: Select[str], *conditions: ColumnElement[bool]) -> CompoundSelect[Any]:
    """
    (id, start) of the records that meet the conditions and whose own pairing is one of these, or a further
    one that they cover, each once. Two queries in one: of a single one with "or" no database takes its indexes.
    """
    own = select(Activity.id, Activity.start).where(Activity.pairing_id.in_(pairings), *conditions)
    is_own = pairings.where(Pairing.id == Activity.pairing_id).exists()
    further = select(Activity.id, Activity.start).where(
        Activity.id.in_(_shared_of(pairings)), ~is_own, *conditions
    )
    return union_all(own, further)


def _shared_of(pairings: Select[str]) -> Select[int]:
    """Ids of the records that cover one of these pairings beside their own."""
    return select(ActivityOwner.activity_id).where(
        ActivityOwner.state == owners.ACCEPTED, ActivityOwner.pairing_id.in_(pairings)
    )


def list_planned_and_over(session: Session, today: date) -> Sequence[Activity]:
    """
    Plans of officers whose last day has passed and about which nobody was asked yet. Locked, without those
    that somebody changes at this moment.
    """
    return session.scalars(
        _of_officers()
        .where(
            Activity.state == "planned",
            Activity.start < today,
            func.coalesce(Activity.end, Activity.start) < today,
            Activity.asked_held_at.is_(None),
        )
        .with_for_update(skip_locked=True, key_share=True)
    ).all()


def list_without_details(
    session: Session, after: datetime, before: datetime, today: date
) -> Sequence[Activity]:
    """
    What officers recorded as held between two instants and whose details nobody was asked for yet. Locked,
    without those that somebody changes at this moment.

    One that says its result already needs no question.
    """
    return session.scalars(
        _of_officers()
        .where(
            Activity.state != "planned",  # so said, the index of states is none that SQLite would take
            func.coalesce(Activity.end, Activity.start) < today,
            Activity.created_at > after,
            Activity.created_at <= before,
            Activity.result.is_(None),
            Activity.asked_details_at.is_(None),
        )
        .with_for_update(skip_locked=True, key_share=True)
    ).all()


def _of_officers() -> Select[Activity]:
    """Records that a person made and nobody deleted, the oldest first."""
    return (
        select(Activity)
        .where(Activity.deleted_at.is_(None), Activity.created_by.is_not(None))
        .order_by(Activity.id)
    )


def list_recorders(session: Session, activity_id: int) -> Sequence[Person]:
    """Everybody who recorded it: the one who saved it first, then those whose record was merged into it."""
    return list_recorders_of(session, [activity_id]).get(activity_id, ())


def list_recorders_of(session: Session, activity_ids: Sequence[int]) -> dict[int, Sequence[Person]]:
    """The same of several records, by record."""
    rows = session.execute(
        select(ActivityRevision.activity_id, Person)
        .join(Person, Person.id == ActivityRevision.person_id)
        .where(ActivityRevision.activity_id.in_(activity_ids), ActivityRevision.change.in_(RECORDED))
        .order_by(ActivityRevision.activity_id, ActivityRevision.version)
    )
    found: dict[int, dict[int, Person]] = {}
    for activity_id, person in rows:
        found.setdefault(activity_id, {}).setdefault(person.id, person)
    return {activity_id: tuple(persons.values()) for activity_id, persons in found.items()}


def list_recordings(session: Session, activity_id: int) -> Sequence[tuple[int | None, str | None]]:
    """(person, who they said that they were, on a duty phone) of everybody who recorded it."""
    rows = session.execute(
        select(ActivityRevision.person_id, ActivityRevision.recorder)
        .where(ActivityRevision.activity_id == activity_id, ActivityRevision.change.in_(RECORDED))
        .order_by(ActivityRevision.version)
    )
    return [(person_id, recorder) for person_id, recorder in rows]


def last_revision_id(session: Session) -> int:
    """Of all records; 0 where there is none."""
    return session.scalar(select(func.max(ActivityRevision.id))) or 0


def note_recorder(session: Session, after: int, person_id: int, recorder: str) -> None:
    """What a duty phone has changed since that revision was recorded by whoever says so."""
    session.flush()
    session.execute(
        update(ActivityRevision)
        .where(ActivityRevision.id > after, ActivityRevision.person_id == person_id)
        .values(recorder=recorder)
    )


def list_recent_recorders(session: Session, person_id: int, limit: int) -> Sequence[str]:
    """Who recorded on this duty phone, the latest first."""
    rows = session.execute(
        select(ActivityRevision.recorder, func.max(ActivityRevision.id))
        .where(ActivityRevision.person_id == person_id, ActivityRevision.recorder.is_not(None))
        .group_by(ActivityRevision.recorder)
        .order_by(func.max(ActivityRevision.id).desc())
        .limit(limit)
    )
    return [name for name, _latest in rows if name]


def list_standing(session: Session, pairing_ids: Sequence[str] | None = None) -> Sequence[Activity]:
    """Every activity that was not deleted, of these pairings or of all."""
    query = select(Activity).where(Activity.deleted_at.is_(None)).order_by(Activity.id)
    if pairing_ids is not None:
        query = query.where(Activity.pairing_id.in_(pairing_ids))
    return session.scalars(query).all()


@dataclass(frozen=True)
class Counted:
    """A joint activity as it stands for one of the pairings that it covers."""

    pairing_id: str
    start: date
    end: date | None


def list_counted(
    session: Session, pairing_ids: Sequence[str] | None = None, since: date | None = None
) -> Sequence[Counted]:
    """
    What counts: held jointly and not deleted, once for each pairing that it covers.

    Args:
        pairing_ids: Of these pairings; None for all.
        since: What ended before this day is left out.
    """
    return [Counted(*row) for row in session.execute(_counted(pairing_ids, since)).all()]


def list_latest(
    session: Session, pairing_ids: Sequence[str] | None, since: date | None, until: date
) -> dict[str, date]:
    """Of the same, for each pairing the latest last day of what had begun by the day `until`."""
    found = _counted(pairing_ids, since, Activity.start <= until).subquery()
    last = func.max(func.coalesce(found.c.end, found.c.start))
    rows = session.execute(select(found.c.pairing_id, last).group_by(found.c.pairing_id))
    return {pairing_id: day for pairing_id, day in rows.all()}  # noqa: C416 - rows, not pairs


def _counted(
    pairing_ids: Sequence[str] | None, since: date | None, *conditions: ColumnElement[bool]
) -> CompoundSelect[Any]:
    """(pairing, start, end). Each part is a range of one index: those of an "or" would be read row by row."""
    spans: list[tuple[ColumnElement[bool], ...]] = [()]
    if since is not None:
        spans = [(Activity.start >= since,), (Activity.end >= since, Activity.start < since)]
    joint = (Activity.joint.is_(True), *conditions)
    return _covering((Activity.start, Activity.end), pairing_ids, [(*joint, *span) for span in spans])


@dataclass(frozen=True)
class Planned:
    """A planned activity as it stands for one of the pairings that it covers."""

    pairing_id: str
    start: date
    end: date | None
    made_at: datetime


def list_planned(
    session: Session, since: date, pairing_ids: Sequence[str] | None = None
) -> Sequence[Planned]:
    """Plans whose last day is that day or later, once for each pairing: of these pairings or of all."""
    columns = (Activity.start, Activity.end, Activity.created_at)
    # Of some pairings so said that SQLite takes the index of pairings: that of states holds the country's plans.
    planned = Activity.state == "planned" if pairing_ids is None else Activity.state != "held"
    open_ = (planned, func.coalesce(Activity.end, Activity.start) >= since)
    return [Planned(*row) for row in session.execute(_covering(columns, pairing_ids, [open_]))]


def _covering(
    columns: Sequence[Any], pairing_ids: Sequence[str] | None, parts: Sequence[Sequence[ColumnElement[bool]]]
) -> CompoundSelect[Any]:
    """Rows of what was not deleted, of each part, one for each pairing that a record covers, which stands first."""
    own = select(Activity.pairing_id, *columns)
    shared = (
        select(ActivityOwner.pairing_id, *columns)
        .join(Activity, Activity.id == ActivityOwner.activity_id)
        .where(ActivityOwner.state == owners.ACCEPTED)
    )
    if pairing_ids is not None:
        own = own.where(Activity.pairing_id.in_(pairing_ids))
        shared = shared.where(ActivityOwner.pairing_id.in_(pairing_ids))
    standing = Activity.deleted_at.is_(None)
    return union_all(*(query.where(standing, *part) for query in (own, shared) for part in parts))


def list_near(
    session: Session, pairing_ids: Sequence[str], start: date, end: date | None, apart: timedelta
) -> Sequence[Activity]:
    """Records of one of these pairings on these days, at most `apart` from them, or of their month."""
    near = covering(
        select(Pairing.id).where(Pairing.id.in_(pairing_ids)),
        Activity.deleted_at.is_(None),
        Activity.start <= (end or start) + apart,
        or_(
            func.coalesce(Activity.end, Activity.start) >= start - apart,
            and_(Activity.precision == "month", Activity.start >= start.replace(day=1)),
        ),
    ).subquery()
    return session.scalars(
        select(Activity).where(Activity.id.in_(select(near.c.id))).order_by(Activity.id)
    ).all()


def count_standing(session: Session) -> int:
    return session.scalar(select(func.count()).where(Activity.deleted_at.is_(None))) or 0
