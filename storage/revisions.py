"""Versions of curated entries, and golden questions."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from storage.models import FaqRevision, GoldenQuestion


def add_draft(
    session: Session,
    *,
    entry_id: str,
    body: dict[str, Any],
    change: str,
    author_id: int | None,
    now: datetime,
    note: str | None = None,
    inquiry_id: int | None = None,
    batch: str | None = None,
) -> FaqRevision:
    """A version that waits for a second curator."""
    newest = session.scalar(select(func.max(FaqRevision.version)).where(FaqRevision.entry_id == entry_id))
    row = FaqRevision(
        entry_id=entry_id,
        version=(newest or 0) + 1,
        change=change,
        state="draft",
        body=body,
        note=note,
        batch=batch,
        inquiry_id=inquiry_id,
        author_id=author_id,
        created_at=now,
    )
    session.add(row)
    session.flush()
    return row


def add_golden(session: Session, text: str, entry_id: str, inquiry_id: int | None, now: datetime) -> bool:
    """Keep a real question whose right entry people agreed on, once; False when it was kept before."""
    known = session.scalar(
        select(GoldenQuestion.id).where(GoldenQuestion.text == text, GoldenQuestion.entry_id == entry_id)
    )
    if known is not None:
        return False
    session.add(GoldenQuestion(text=text, entry_id=entry_id, inquiry_id=inquiry_id, added_at=now))
    session.flush()
    return True
