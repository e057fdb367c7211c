"""Carries out what a sheet says, and takes it back: each in the one transaction that it is given."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from bot.registering.ours import Ours
from bot.registering.reconciling import Addition, Change, Reconciliation
from bot.registering.values import Value
from storage import audit, imports, meta, registry
from storage.models import Pairing, Partner, RegistryFact, RegistryImport
from storage.registry import CONFLICTING, CURRENT, PROPOSED, REFUSED, REPLACED

CHANNEL = "cli"


class Moved(Exception):
    """The registry changed since the sheet was compared with it: nothing was applied, compare again."""


class NoSuchImport(Exception):
    """There is no import of this number, or it was taken back already."""


def apply(
    session: Session,
    found: Reconciliation,
    ours: Ours,
    *,
    file_name: str,
    sha256: str,
    columns: Mapping[str, Any],
    counts: Mapping[str, Any],
    now: datetime,
) -> int:
    """
    Store what is new, changed and conflicting; returns the number under which it can be taken back.

    Raises:
        Moved: If what was compared is not what stands there now.
    """
    imports.lock(session)
    if meta.registry_version(session) != ours.version:
        raise Moved
    row = imports.add(session, file_name=file_name, sha256=sha256, columns=columns, counts=counts, now=now)
    for addition in found.new:
        _add(session, addition, row.id, now)
    # In the order of subjects: two who change several of them wait for each other in one order.
    for change in sorted(found.changed, key=lambda one: (one.subject, one.field)):
        fact = _fact(session, change, PROPOSED, row.id, now)
        registry.make_current(session, fact, None, now)
    for change in sorted(found.conflicting, key=lambda one: (one.subject, one.field)):
        if not change.known:
            _fact(session, change, CONFLICTING, row.id, now)
    meta.bump_registry(session)
    audit.add(
        session,
        action="registry.imported",
        subject=f"import:{row.id}",
        now=now,
        channel=CHANNEL,
        detail={"sha256": sha256, **counts},
    )
    return row.id


def _fact(session: Session, change: Change, state: str, import_id: int, now: datetime) -> RegistryFact:
    registry.lock(session, change.subject)
    current = registry.find_current(session, change.subject, change.field)
    if (current.id if current else None) != change.ours.fact:
        raise Moved
    said = _said(change.field, change.theirs, change.source, change.reached)
    return registry.add(session, change.subject, said, state, None, now, import_id)


def _said(name: str, value: Value, source: str, reached: Value | None) -> registry.Value:
    """A fact; that of a stage carries the day on which it was reached."""
    if name == "stage" and reached is not None:
        return registry.Value(
            name, value.value, source, date.fromisoformat(reached.value), reached.precision, value.note
        )
    return registry.Value(name, value.value, source, None, value.precision, value.note)


def _add(session: Session, addition: Addition, import_id: int, now: datetime) -> None:
    """A pairing; its facts come first, so that nothing stands before them that an undo could go back to."""
    if addition.partner is not None and session.get(Partner, addition.partner_id) is None:
        _add_partner(session, addition, import_id, now)
    if session.get(Pairing, addition.id) is not None:
        raise Moved
    stage = addition.values.get("stage")
    signed = addition.values.get("signed_on")
    reached = (
        signed if stage and registry.STATUS_OF_STAGE.get(stage.value, stage.value) == "established" else None
    )
    facts = [
        registry.begin(
            session,
            f"pairing:{addition.id}",
            _said(name, value, addition.source, reached),
            None,
            now,
            import_id,
        )
        for name, value in addition.values.items()
    ]
    session.add(
        Pairing(
            id=addition.id,
            province_code=addition.province,
            partner_id=addition.partner_id,
            status="unknown",
            level=addition.level,
            source=addition.source,
            confidence="imported",
            note="",
            import_id=import_id,
        )
    )
    session.flush()
    for fact in facts:
        registry.project(session, fact, now)


def _add_partner(session: Session, addition: Addition, import_id: int, now: datetime) -> None:
    partner = addition.partner
    assert partner is not None
    names = {
        "name_th": partner.name,
        "name_en": partner.name_en or partner.name,
        "name_local": partner.name_local,
    }
    for name, text in names.items():
        if text:
            said = registry.Value(name, text, addition.source)
            registry.begin(session, f"partner:{addition.partner_id}", said, None, now, import_id)
    session.add(
        Partner(
            id=addition.partner_id,
            country_code=addition.country,
            name_th=names["name_th"],
            name_en=names["name_en"],
            name_local=names["name_local"] or None,
            aliases=[],
            kind=addition.kind,
            parent=partner.parent,
        )
    )
    session.flush()


# ------------------------------------------------------------------ taking back


@dataclass
class Undone:
    """What became of an import: facts taken back, rows removed, and what stays because somebody needs it."""

    facts: int = 0
    removed: list[str] = field(default_factory=list)  # subjects
    kept: list[tuple[str, str]] = field(default_factory=list)  # subject, why


def undo(session: Session, import_id: int, now: datetime) -> Undone:
    """
    Take a whole import back. What a person decided since, and pairings that are in use, stay and are named.

    Raises:
        NoSuchImport: If there is none, or it was taken back before.
    """
    imports.lock(session)
    row = imports.find(session, import_id)
    if row is None or row.undone_at is not None:
        raise NoSuchImport
    undone = Undone()
    brought = _subjects_brought(session, row)
    for fact in imports.list_facts(session, row.id):
        if fact.subject not in brought:
            _take_back(session, fact, undone, now)
    for subject in sorted(brought):  # pairings before their partners
        _remove(session, subject, row.id, undone)
    row.undone_at = now
    meta.bump_registry(session)
    audit.add(
        session,
        action="registry.import_undone",
        subject=f"import:{row.id}",
        now=now,
        channel=CHANNEL,
        detail={"facts": undone.facts, "removed": undone.removed, "kept": [one for one, _ in undone.kept]},
    )
    return undone


def _subjects_brought(session: Session, row: RegistryImport) -> set[str]:
    """Pairings and partners that were not there before the import."""
    partners = {
        fact.subject
        for fact in imports.list_facts(session, row.id)
        if fact.subject.startswith("partner:") and fact.field == "name_th" and fact.replaces_id is None
    }
    return partners | {f"pairing:{one.id}" for one in imports.list_pairings(session, row.id)}


def _take_back(session: Session, fact: RegistryFact, undone: Undone, now: datetime) -> None:
    registry.lock(session, fact.subject)
    session.refresh(fact)
    if fact.decided_by is not None:
        if fact.state == CURRENT:
            undone.kept.append((f"{fact.subject} {fact.field}", "a person confirmed it since"))
        return
    if fact.state == CURRENT:
        registry.take_back(session, fact, None, now)
    elif fact.state == REPLACED:
        # What replaced it stays; taken back later, it goes to what stood before this import.
        for later in imports.list_successors(session, fact.id):
            later.replaces_id = fact.replaces_id
    elif fact.state != REFUSED:
        fact.state, fact.decided_at = REPLACED, now
    if fact.field == "stage":
        imports.remove_stage(session, fact.subject.partition(":")[2], str(fact.value), fact.source)
    session.flush()
    undone.facts += 1


def _remove(session: Session, subject: str, import_id: int, undone: Undone) -> None:
    registry.lock(session, subject)
    row = registry.row_of(session, subject)
    if not isinstance(row, Pairing | Partner):
        return
    needed = imports.list_referring(session, row)
    if imports.count_others(session, subject, import_id):
        needed.append("registry_fact")
    if isinstance(row, Pairing) and row.verdict is not None:
        needed.append("verdict")
    if needed:
        undone.kept.append((subject, ", ".join(needed)))
        return
    if isinstance(row, Pairing):
        imports.remove_pairing(session, row)
    else:
        session.delete(row)
        session.flush()
    for fact in registry.list_of(session, subject):
        fact.state = REPLACED
        undone.facts += 1
    session.flush()
    undone.removed.append(subject)
