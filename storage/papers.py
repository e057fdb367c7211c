"""Signed documents of pairings."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from storage.models import RegistryFile


def list_of(session: Session, pairing_id: str) -> Sequence[RegistryFile]:
    """In the order in which they were attached."""
    return session.scalars(
        select(RegistryFile).where(RegistryFile.pairing_id == pairing_id).order_by(RegistryFile.id)
    ).all()


def find(session: Session, document_id: int) -> RegistryFile | None:
    return session.get(RegistryFile, document_id)


def find_locked(session: Session, document_id: int) -> RegistryFile | None:
    """Two people change or remove it one after the other."""
    return session.get(RegistryFile, document_id, with_for_update=True, populate_existing=True)


def count_bytes(session: Session, pairing_id: str) -> int:
    size = func.coalesce(func.sum(RegistryFile.size), 0)
    return int(session.scalar(select(size).where(RegistryFile.pairing_id == pairing_id)) or 0)


def add(
    session: Session,
    pairing_id: str,
    *,
    sha256: str,
    name: str,
    mime: str,
    size: int,
    person_id: int,
    now: datetime,
) -> RegistryFile:
    """Attach a file that lies in the media folder; the pairing is locked by the caller."""
    row = RegistryFile(
        pairing_id=pairing_id,
        sha256=sha256,
        name=name,
        mime=mime,
        size=size,
        added_by=person_id,
        added_at=now,
    )
    session.add(row)
    session.flush()
    return row


def remove(session: Session, row: RegistryFile) -> None:
    """The file itself goes with the next cleaning, when nothing else refers to it."""
    session.delete(row)
    session.flush()
