"""
Facts of the registry: one value of one field, its source and its date.

A subject is `pairing:50-chengdu`, `partner:…`, `province:TH-50` or `country:CN`. What is current is copied
into the row's own column where there is one, because lists and the yearly rule read those; a value that came
with the reference files is the fact before the first one here. Nothing is overwritten: a value that was
replaced stays and can come back, and a source that says otherwise stands beside it as conflicting.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, cast

from sqlalchemy import select
from sqlalchemy.orm import Session

from storage import meta
from storage.models import Country, Pairing, PairingStage, Partner, Province, RegistryFact

PROPOSED, CURRENT, CONFLICTING = "proposed", "current", "conflicting"
REPLACED, REFUSED = "replaced", "refused"

STAGES = (
    "proposed",
    "committee_agreed",
    "letter_of_intent",
    "mou_draft",
    "signed",
    "renewed",
    "expired",
    "dormant",
    "ended",
)
PRIORITY = "priority"
"""Field of a country: first · next · later."""

STATUS_OF_STAGE = {
    **dict.fromkeys(STAGES[:4], "in_progress"),
    **dict.fromkeys(("signed", "renewed", "expired"), "established"),  # an expired text ends no friendship
    "dormant": "dormant",
    "ended": "ended",
}

MODELS: dict[str, type[Pairing] | type[Partner] | type[Province] | type[Country]] = {
    "pairing": Pairing,
    "partner": Partner,
    "province": Province,
    "country": Country,
}
KEYS = {"pairing": Pairing.id, "partner": Partner.id, "province": Province.code, "country": Country.code}
COLUMNS = {
    "pairing": ("signed_on", "level", "note"),
    "partner": ("name_th", "name_en", "name_local", "former_names", "aliases", "kind", "parent"),
    "province": (),
    "country": (),
}
"""Fields that have a column of their own. A pairing's stage becomes its status."""


@dataclass(frozen=True)
class Value:
    """What a source says of a field. A date is an ISO string with its precision."""

    field: str
    value: Any
    source: str
    source_on: date | None = None
    precision: str | None = None
    note: str | None = None


def list_of(
    session: Session, subject: str, states: Sequence[str] = (CURRENT, CONFLICTING, PROPOSED)
) -> Sequence[RegistryFact]:
    """The subject's facts in these states, by field, the latest first."""
    return session.scalars(
        select(RegistryFact)
        .where(RegistryFact.subject == subject, RegistryFact.state.in_(states))
        .order_by(RegistryFact.field, RegistryFact.id.desc())
    ).all()


def list_history(session: Session, subject: str, field: str | None = None) -> Sequence[RegistryFact]:
    """Everything that was ever said of the subject, the latest first."""
    query = select(RegistryFact).where(RegistryFact.subject == subject).order_by(RegistryFact.id.desc())
    return session.scalars(query if field is None else query.where(RegistryFact.field == field)).all()


def list_all(session: Session) -> Sequence[RegistryFact]:
    """Every fact of every subject, the earliest first."""
    return session.scalars(select(RegistryFact).order_by(RegistryFact.id)).all()


def find_current(session: Session, subject: str, field: str) -> RegistryFact | None:
    return session.scalar(
        select(RegistryFact).where(
            RegistryFact.subject == subject, RegistryFact.field == field, RegistryFact.state == CURRENT
        )
    )


def list_priorities(session: Session) -> dict[str, str]:
    """How countries rank, by their code, where they do."""
    rows = session.execute(
        select(RegistryFact.subject, RegistryFact.value)
        .join(Country, RegistryFact.subject == "country:" + Country.code)  # few among a hundred thousand
        .where(RegistryFact.field == PRIORITY, RegistryFact.state == CURRENT)
    )
    return {subject.partition(":")[2]: str(value) for subject, value in rows if value}


def find(session: Session, fact_id: int) -> RegistryFact | None:
    """Locked: two people decide one after the other."""
    return session.get(RegistryFact, fact_id, with_for_update=True)


def add(
    session: Session,
    subject: str,
    said: Value,
    state: str,
    person_id: int | None,
    now: datetime,
    import_id: int | None = None,
) -> RegistryFact:
    """A proposal, or what a second source says differently. Nothing else changes."""
    lock(session, subject)
    _remember_shipped(session, subject, said.field, now)
    return _add(session, subject, said, state, person_id, now, import_id)


def _add(
    session: Session,
    subject: str,
    said: Value,
    state: str,
    person_id: int | None,
    now: datetime,
    import_id: int | None = None,
) -> RegistryFact:
    row = RegistryFact(
        subject=subject,
        field=said.field,
        value=said.value,
        precision=said.precision,
        source=said.source,
        source_on=said.source_on,
        state=state,
        note=said.note,
        import_id=import_id,
        proposed_by=person_id,
        proposed_at=now,
    )
    session.add(row)
    session.flush()
    return row


def begin(
    session: Session,
    subject: str,
    said: Value,
    person_id: int | None,
    now: datetime,
    import_id: int | None = None,
) -> RegistryFact:
    """The first fact of a new subject's field; what a removed one of that id held stays in the history."""
    before = find_current(session, subject, said.field)
    if before is not None:
        before.state = REPLACED
        session.flush()
    row = add(session, subject, said, CURRENT, person_id, now, import_id)
    row.decided_by, row.decided_at = person_id, now
    return row


def make_current(session: Session, row: RegistryFact, person_id: int | None, now: datetime) -> None:
    """The value holds from now on; the one before it is replaced and stays in the history."""
    lock(session, row.subject)
    before = find_current(session, row.subject, row.field)
    if before is not None and before is not row:
        before.state = REPLACED
        session.flush()  # two current ones cannot be there, not even for a moment
        row.replaces_id = before.id
    row.state, row.decided_by, row.decided_at = CURRENT, person_id, now
    session.flush()
    project(session, row, now)
    meta.bump_registry(session)


def refuse(row: RegistryFact, note: str | None, person_id: int | None, now: datetime) -> None:
    row.state, row.note, row.decided_by, row.decided_at = REFUSED, note, person_id, now


def take_back(session: Session, row: RegistryFact, person_id: int | None, now: datetime) -> bool:
    """Undo: what stood before the current value stands again. False when it is not the current one."""
    if row.state != CURRENT or (row.replaces_id is None and column_of(row.subject, row.field)):
        return False
    row.state, row.decided_by, row.decided_at = REPLACED, person_id, now
    session.flush()
    if row.replaces_id is not None:
        before = session.get_one(RegistryFact, row.replaces_id)
        before.state = CURRENT
        session.flush()
        project(session, before, now)
    meta.bump_registry(session)
    return True


# ------------------------------------------------------------------ the rows' own columns


def row_of(session: Session, subject: str) -> Pairing | Partner | Province | Country | None:
    """The row that a subject names."""
    kind, _, key = subject.partition(":")
    model = MODELS.get(kind)
    found = session.get(model, key) if model is not None else None
    return cast(Pairing | Partner | Province | Country | None, found)


def lock(session: Session, subject: str) -> None:
    """Who changes what is said of a subject does so one after the other."""
    kind, _, key = subject.partition(":")
    column = KEYS.get(kind)
    if column is not None:
        session.execute(select(column).where(column == key).with_for_update())


def column_of(subject: str, field: str) -> str | None:
    """The column of the subject's row that holds the field, if there is one."""
    kind = subject.partition(":")[0]
    if (kind, field) == ("pairing", "stage"):
        return "status"
    return field if field in COLUMNS.get(kind, ()) else None


def _remember_shipped(session: Session, subject: str, field: str, now: datetime) -> None:
    """What the reference files say becomes the first fact of a field, so that an undo goes back to it."""
    column = column_of(subject, field)
    owner = row_of(session, subject)
    known = select(RegistryFact.id).where(RegistryFact.subject == subject, RegistryFact.field == field)
    if column is None or owner is None or session.scalar(known.limit(1)) is not None:
        return
    value = getattr(owner, column)
    said = Value(
        field=field,
        value=value.isoformat() if isinstance(value, date) else value,
        source="" if isinstance(owner, Partner) else owner.source,
        precision=owner.signed_precision if isinstance(owner, Pairing) and column == "signed_on" else None,
    )
    _add(session, subject, said, CURRENT, None, now)


def project(session: Session, row: RegistryFact, now: datetime) -> None:
    """Copy what is current into the subject's own row; a field without a column stands in the fact alone."""
    column, owner = column_of(row.subject, row.field), row_of(session, row.subject)
    if column is None or owner is None:
        return
    value: Any = row.value
    if isinstance(owner, Pairing) and row.field == "stage":
        value = STATUS_OF_STAGE.get(value, value)
        if row.value in STAGES:
            _add_stage(session, owner, row, now)
    if isinstance(owner, Pairing) and column == "signed_on":
        value = date.fromisoformat(value) if value else None
        owner.signed_precision = row.precision if value else None
    if column in ("note", "parent", "level", "kind"):
        value = value or ""
    setattr(owner, column, value)
    session.flush()


def _add_stage(session: Session, pairing: Pairing, row: RegistryFact, now: datetime) -> None:
    """The stage joins the pairing's history, once with the same date."""
    known = session.scalar(
        select(PairingStage).where(
            PairingStage.pairing_id == pairing.id,
            PairingStage.stage == row.value,
            PairingStage.reached_on == row.source_on,
        )
    )
    if known is None:
        session.add(
            PairingStage(
                pairing_id=pairing.id,
                stage=row.value,
                reached_on=row.source_on,
                precision=row.precision,
                source=row.source,
                recorded_at=now,
            )
        )
