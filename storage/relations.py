"""One pairing with all that is said of it: stages, facts, what waits for the ministry, and who did what to it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from storage import imports, meta, owners, registry
from storage.models import (
    Activity,
    ActivityOwner,
    AuditEvent,
    Contact,
    Country,
    Pairing,
    PairingStage,
    Partner,
    ProvinceCheck,
    RegistryFact,
    RegistryFile,
)
from storage.registry import CONFLICTING, CURRENT, PROPOSED, REPLACED, Value

TAKEN_BACK, WITHDRAWN = "taken_back", "withdrawn"
"""Notes of a replaced fact that was undone, or that its proposer took back before it was decided."""

NOT_A_PAIRING = "not_a_pairing"
"""Note of a stage `ended`: the province said that it is not theirs, and the ministry agreed."""

MOST_ACTIVITIES = 500
"""Of one pairing, the latest, whose events its audit history shows."""

FACT_EVENTS = "fact."


# ------------------------------------------------------------------ reading


def list_facts(session: Session, subjects: Sequence[str]) -> Sequence[RegistryFact]:
    """What stands, stands beside it, or is proposed, the latest first."""
    return session.scalars(
        select(RegistryFact)
        .where(RegistryFact.subject.in_(subjects), RegistryFact.state.in_((CURRENT, CONFLICTING, PROPOSED)))
        .order_by(RegistryFact.id.desc())
    ).all()


def list_of_ids(session: Session, ids: Iterable[int | None]) -> dict[int, RegistryFact]:
    wanted = [one for one in dict.fromkeys(ids) if one is not None]
    if not wanted:
        return {}
    rows = session.scalars(select(RegistryFact).where(RegistryFact.id.in_(wanted)))
    return {row.id: row for row in rows}


def list_stages(session: Session, pairing_id: str) -> Sequence[PairingStage]:
    """In the order in which they were reached; those without a date first, as they were recorded."""
    return session.scalars(
        select(PairingStage)
        .where(PairingStage.pairing_id == pairing_id)
        .order_by(PairingStage.reached_on.nulls_first(), PairingStage.id)
    ).all()


def count_contacts(session: Session, pairing_id: str) -> int:
    query = select(func.count(Contact.id)).where(
        Contact.pairing_id == pairing_id, Contact.removed_at.is_(None)
    )
    return session.scalar(query) or 0


def list_documents(session: Session, pairing_id: str) -> Sequence[str]:
    """Names of the signed documents, the latest first."""
    return session.scalars(
        select(RegistryFile.name)
        .where(RegistryFile.pairing_id == pairing_id)
        .order_by(RegistryFile.id.desc())
    ).all()


def confirmed_at(session: Session, province_code: str) -> datetime | None:
    """When the province confirmed its list."""
    check = session.get(ProvinceCheck, province_code)
    return check.confirmed_at if check else None


def list_in_state(session: Session, state: str, limit: int, offset: int) -> Sequence[RegistryFact]:
    """What waits for the ministry, the oldest first."""
    return session.scalars(
        select(RegistryFact)
        .where(RegistryFact.state == state)
        .order_by(RegistryFact.id)
        .limit(limit)
        .offset(offset)
    ).all()


def count_in_states(session: Session) -> dict[str, int]:
    """How many are proposed and how many conflict."""
    rows = session.execute(
        select(RegistryFact.state, func.count())
        .where(RegistryFact.state.in_((PROPOSED, CONFLICTING)))
        .group_by(RegistryFact.state)
    )
    return {state: count for state, count in rows}  # noqa: C416 - rows are not pairs to mypy


def search_history(
    session: Session, subjects: Sequence[str], field: str | None, limit: int, offset: int
) -> tuple[Sequence[RegistryFact], int]:
    """A page of all that was ever said, the latest first, and how much there is."""
    wanted: list[ColumnElement[bool]] = [RegistryFact.subject.in_(subjects)]
    if field is not None:
        wanted.append(RegistryFact.field == field)
    total = session.scalar(select(func.count(RegistryFact.id)).where(*wanted)) or 0
    rows = session.scalars(
        select(RegistryFact).where(*wanted).order_by(RegistryFact.id.desc()).limit(limit).offset(offset)
    ).all()
    return rows, total


def channels_of(session: Session, subjects: Sequence[str]) -> dict[int, str]:
    """Fact: the channel on which it was last decided, or else said, where an event tells."""
    events = session.scalars(
        select(AuditEvent)
        .where(AuditEvent.subject.in_(subjects), AuditEvent.action.startswith(FACT_EVENTS, autoescape=True))
        .order_by(AuditEvent.id)
    )
    return {int(one.detail["fact"]): one.channel for one in events if "fact" in one.detail}


def list_missing(session: Session) -> Sequence[tuple[str, Sequence[str]]]:
    """Provinces that named pairings which their list lacks, with these names."""
    rows = session.execute(
        select(ProvinceCheck.province_code, ProvinceCheck.missing).order_by(ProvinceCheck.province_code)
    )
    return [(province, names) for province, names in rows if names]


def search_events(
    session: Session, pairing_id: str, limit: int, offset: int
) -> tuple[Sequence[AuditEvent], int]:
    """
    A page of what was done to the pairing and its latest activities, the latest first, and how much there is.

    The ids are looked up by subject first and sorted here: asked for the latest of a few subjects among
    millions, a database may walk through all events instead.
    """
    ids = session.scalars(select(AuditEvent.id).where(AuditEvent.subject.in_(_subjects(session, pairing_id))))
    found = sorted(ids, reverse=True)
    page = found[offset : offset + limit]
    rows = session.scalars(select(AuditEvent).where(AuditEvent.id.in_(page)).order_by(AuditEvent.id.desc()))
    return rows.all(), len(found)


def _subjects(session: Session, pairing_id: str) -> list[str]:
    own = select(Activity.id).where(Activity.pairing_id == pairing_id)
    shared = select(ActivityOwner.activity_id).where(
        ActivityOwner.pairing_id == pairing_id, ActivityOwner.state == owners.ACCEPTED
    )
    ids = {*session.scalars(own), *session.scalars(shared)}
    latest = sorted(ids, reverse=True)[:MOST_ACTIVITIES]
    return [f"pairing:{pairing_id}", pairing_id, *(f"activity:{one}" for one in latest)]


# ------------------------------------------------------------------ changing


def find_locked(session: Session, fact_id: int) -> RegistryFact | None:
    """The fact as it is now; its subject is locked first, as by everybody who changes what is said of it."""
    row = session.get(RegistryFact, fact_id)
    if row is None:
        return None
    lock(session, row.subject)
    session.refresh(row, with_for_update=True)
    return row


def lock(session: Session, subject: str) -> None:
    """As `registry.lock`, and what this session read of the row before it waited is read again."""
    registry.lock(session, subject)
    owner = registry.row_of(session, subject)
    if owner is not None:
        session.refresh(owner)


def keep_beside(row: RegistryFact, person_id: int, now: datetime) -> None:
    """What was proposed stands beside what holds, until it is decided which is right."""
    row.state, row.decided_by, row.decided_at = CONFLICTING, person_id, now


def withdraw(row: RegistryFact, person_id: int, now: datetime) -> None:
    row.state, row.note, row.decided_by, row.decided_at = REPLACED, WITHDRAWN, person_id, now


def is_undoable(row: RegistryFact) -> bool:
    """Whether it holds, and something stands before it: what a row's own column holds must come from somewhere."""
    stands_alone = row.replaces_id is None and registry.column_of(row.subject, row.field) is not None
    return row.state == CURRENT and not stands_alone


def take_back(session: Session, row: RegistryFact, person_id: int, now: datetime) -> bool:
    """What stood before holds again; a stage leaves the pairing's history. False when it cannot be undone."""
    kind, _, key = row.subject.partition(":")
    if not is_undoable(row):
        return False
    if (kind, row.field) == ("pairing", "stage"):
        imports.remove_stage(session, key, str(row.value), row.source)
    row.note = TAKEN_BACK
    return registry.take_back(session, row, person_id, now)


def reopen_list(session: Session, province_code: str) -> list[str] | None:
    """
    The province has not confirmed its list: what it said of single rows before stays.

    Returns:
        Pairings that were only confirmed with the list; None when it was not confirmed.
    """
    check = session.get(ProvinceCheck, province_code, with_for_update=True)
    if check is None or check.confirmed_at is None:
        return None
    rows = session.scalars(
        select(Pairing).where(
            Pairing.province_code == province_code,
            Pairing.verdict == "correct",
            Pairing.verdict_at == check.confirmed_at,
        )
    ).all()
    for row in rows:
        row.verdict, row.verdict_at = None, None
    check.confirmed_at, check.person_id = None, None
    meta.bump_registry(session)
    return [row.id for row in rows]


def clear_verdict(session: Session, pairing_id: str) -> None:
    """What the province said of the row is settled."""
    row = session.get_one(Pairing, pairing_id)
    row.verdict, row.verdict_at = None, None
    meta.bump_registry(session)


def drop_missing(session: Session, province_code: str, name: str) -> list[str] | None:
    """A name that the province missed is settled; the names that are left, None when it is on the list no more."""
    check = session.get(ProvinceCheck, province_code, with_for_update=True)
    if check is None or name not in check.missing:
        return None
    check.missing = [one for one in check.missing if one != name]
    return list(check.missing)


@dataclass(frozen=True)
class NewPartner:
    id: str
    country: str
    kind: str
    names: dict[str, str]  # name_th, name_en, name_local: what is known


@dataclass(frozen=True)
class NewPairing:
    """A pairing that the registry lacks; `partner` where that is new too."""

    province: str
    partner_id: str
    partner: NewPartner | None
    level: str
    source: str
    source_on: date | None
    facts: tuple[Value, ...]

    @property
    def id(self) -> str:
        return f"{self.province[-2:]}-{self.partner_id}"


def add_pairing(session: Session, new: NewPairing, person_id: int, now: datetime) -> bool:
    """
    Add it with its facts; False where the province has this pairing already.

    Its facts come first, so that nothing stands before them that an undo could go back to.
    """
    if session.get(Pairing, new.id) is not None:
        return False
    if new.partner is not None:
        _add_partner(session, new, new.partner, person_id, now)
    facts = [registry.begin(session, f"pairing:{new.id}", said, person_id, now) for said in new.facts]
    session.add(
        Pairing(
            id=new.id,
            province_code=new.province,
            partner_id=new.partner_id,
            status="unknown",
            level=new.level,
            source=new.source,
            confidence="ministry",
            note="",
        )
    )
    session.flush()
    for fact in facts:
        registry.project(session, fact, now)
    meta.bump_registry(session)
    return True


def _add_partner(
    session: Session, new: NewPairing, partner: NewPartner, person_id: int, now: datetime
) -> None:
    for name, text in partner.names.items():
        said = Value(name, text, new.source, new.source_on)
        registry.begin(session, f"partner:{partner.id}", said, person_id, now)
    session.add(
        Partner(
            id=partner.id,
            country_code=partner.country,
            name_th=partner.names["name_th"],
            name_en=partner.names["name_en"],
            name_local=partner.names.get("name_local"),
            aliases=[],
            kind=partner.kind,
            parent="",
        )
    )
    session.flush()


def lock_ids(session: Session) -> set[str]:
    """Every partner's id; until the transaction ends nobody else gives a new one."""
    imports.lock(session)
    return set(session.scalars(select(Partner.id)))


def list_countries(session: Session) -> Sequence[Country]:
    return session.scalars(select(Country).where(Country.code != "TH").order_by(Country.name_th)).all()
