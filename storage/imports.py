"""Sheets that were applied to the registry, what each brought, and what was said of their headings."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Text, cast, delete, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from storage import meta
from storage.models import (
    Base,
    Choice,
    ColumnMapping,
    Draft,
    Pairing,
    PairingStage,
    Partner,
    RegistryFact,
    RegistryImport,
    Reminder,
)
from storage.registry import CONFLICTING, CURRENT, PROPOSED

LOCK = "registry_imports"
"""Holds no value: who applies or takes back a sheet locks it."""

STANDING = (CURRENT, CONFLICTING, PROPOSED)
UNSENT = ("planned", "cancelled")


def lock(session: Session) -> None:
    """One sheet at a time."""
    meta.lock(session, LOCK)


def add(
    session: Session,
    *,
    file_name: str,
    sha256: str,
    columns: Mapping[str, Any],
    counts: Mapping[str, Any],
    now: datetime,
) -> RegistryImport:
    row = RegistryImport(
        file_name=file_name, sha256=sha256, columns=dict(columns), counts=dict(counts), applied_at=now
    )
    session.add(row)
    session.flush()
    return row


def find(session: Session, import_id: int) -> RegistryImport | None:
    """Locked: a sheet is taken back once."""
    return session.get(RegistryImport, import_id, with_for_update=True)


def list_facts(session: Session, import_id: int) -> Sequence[RegistryFact]:
    """What a sheet brought, the latest first."""
    return session.scalars(
        select(RegistryFact).where(RegistryFact.import_id == import_id).order_by(RegistryFact.id.desc())
    ).all()


def list_successors(session: Session, fact_id: int) -> Sequence[RegistryFact]:
    """The facts that took a fact's place."""
    return session.scalars(select(RegistryFact).where(RegistryFact.replaces_id == fact_id)).all()


def list_pairings(session: Session, import_id: int) -> Sequence[Pairing]:
    """The pairings that a sheet brought."""
    return session.scalars(select(Pairing).where(Pairing.import_id == import_id).order_by(Pairing.id)).all()


# ------------------------------------------------------------------ what would be lost with a row


def list_referring(session: Session, row: Pairing | Partner) -> list[str]:
    """
    Names of the tables whose rows refer to this one. The stages of a pairing and reminders that were never sent
    go with it and are not named.

    Read from the schema itself, so that no table can be forgotten.
    """
    table = type(row).__table__
    found = []
    for other in Base.metadata.sorted_tables:
        if other.name == PairingStage.__tablename__:
            continue
        columns = [
            column
            for column in other.columns
            if any(key.column.table is table for key in column.foreign_keys)
        ]
        unsent = [Reminder.state.not_in(UNSENT)] if other.name == Reminder.__tablename__ else []
        if any(
            session.execute(select(column).where(column == row.id, *unsent).limit(1)).first()
            for column in columns
        ):
            found.append(other.name)
    if isinstance(row, Pairing) and _is_drafted(session, row.id):
        found.append(Draft.__tablename__)
    return found


def _is_drafted(session: Session, pairing_id: str) -> bool:
    """Whether somebody is entering an activity of it."""
    query = select(Draft.id).where(Draft.state == "open", _mentions(Draft.body, pairing_id)).limit(1)
    return session.scalar(query) is not None


def _mentions(column: InstrumentedAttribute[dict[str, Any]], pairing_id: str) -> ColumnElement[bool]:
    return cast(column, Text).contains(json.dumps(pairing_id), autoescape=True)


def count_others(session: Session, subject: str, import_id: int) -> int:
    """Facts of a subject that another sheet brought and that stand, or that a person said or decided on."""
    return (
        session.scalar(
            select(func.count())
            .select_from(RegistryFact)
            .where(
                RegistryFact.subject == subject,
                ((RegistryFact.import_id != import_id) & RegistryFact.state.in_(STANDING))
                | RegistryFact.decided_by.is_not(None)
                | RegistryFact.proposed_by.is_not(None),
            )
        )
        or 0
    )


def remove_pairing(session: Session, row: Pairing) -> None:
    """With its stages, reminders that were never sent, and buttons that lead to it; its facts stay."""
    session.execute(delete(Choice).where(_mentions(Choice.action, row.id)))
    session.execute(delete(Reminder).where(Reminder.pairing_id == row.id, Reminder.state.in_(UNSENT)))
    session.execute(delete(PairingStage).where(PairingStage.pairing_id == row.id))
    session.delete(row)
    session.flush()


def remove_stage(session: Session, pairing_id: str, stage: str, source: str) -> None:
    """A stage that a source brought leaves the pairing's history with it."""
    session.execute(
        delete(PairingStage).where(
            PairingStage.pairing_id == pairing_id, PairingStage.stage == stage, PairingStage.source == source
        )
    )


# ------------------------------------------------------------------ headings


def list_mappings(session: Session) -> dict[str, dict[str, str]]:
    """Key of the headings: heading, field."""
    return {row.headings: dict(row.columns) for row in session.scalars(select(ColumnMapping))}


def remember_mapping(
    session: Session, headings: str, columns: Mapping[str, str], now: datetime
) -> dict[str, str]:
    """What is said of these headings holds from now on; returns what was known of them before."""
    row = session.get(ColumnMapping, headings, with_for_update=True)
    before = dict(row.columns) if row is not None else {}
    if row is None:
        session.add(ColumnMapping(headings=headings, columns=dict(columns), saved_at=now))
    else:
        row.columns, row.saved_at = {**before, **columns}, now
    session.flush()
    return before
