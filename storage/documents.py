"""Documents that the operator loaded: the newest import of an id is the one in use."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from storage import meta
from storage.models import KnowledgeDocument


def add(
    session: Session,
    *,
    document_id: str,
    title: str,
    file_name: str,
    sha256: str,
    body: dict[str, Any],
    now: datetime,
) -> KnowledgeDocument:
    """Put a document in use. The same file again, also one that was withdrawn, becomes the newest import."""
    row = session.scalar(
        select(KnowledgeDocument).where(
            KnowledgeDocument.document_id == document_id, KnowledgeDocument.sha256 == sha256
        )
    )
    if row is None:
        row = KnowledgeDocument(document_id=document_id, sha256=sha256)
        session.add(row)
    row.title, row.file_name, row.body = title, file_name, body
    row.imported_at, row.withdrawn_at = now, None
    session.flush()
    meta.bump_knowledge(session)
    return row


def list_current(session: Session) -> Sequence[KnowledgeDocument]:
    """The newest import of each document that is not withdrawn, by id of the document."""
    newest = (
        select(
            KnowledgeDocument.id,
            func.row_number()
            .over(
                partition_by=KnowledgeDocument.document_id,
                order_by=(KnowledgeDocument.imported_at.desc(), KnowledgeDocument.id.desc()),
            )
            .label("place"),
        )
        .where(KnowledgeDocument.withdrawn_at.is_(None))
        .subquery()
    )
    return session.scalars(
        select(KnowledgeDocument)
        .join(newest, newest.c.id == KnowledgeDocument.id)
        .where(newest.c.place == 1)
        .order_by(KnowledgeDocument.document_id)
    ).all()


def withdraw(session: Session, document_id: str, now: datetime) -> bool:
    """Take every import of a document out of use; False when none was in use."""
    taken = session.scalars(
        update(KnowledgeDocument)
        .where(KnowledgeDocument.document_id == document_id, KnowledgeDocument.withdrawn_at.is_(None))
        .values(withdrawn_at=now)
        .returning(KnowledgeDocument.id)
        .execution_options(synchronize_session=False)
    ).all()
    if taken:
        meta.bump_knowledge(session)
    return bool(taken)
