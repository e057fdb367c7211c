"""
Versions of curated entries: drafts, decisions, history; golden questions and decisions on wordings.

The highest approved version of an entry is the one in use. Nothing is overwritten: an edited draft is
replaced by a new one, a version rolled back to is approved once more.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Literal, cast

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session

from storage import meta
from storage.models import FaqRevision, GoldenQuestion, Inquiry, PhrasingDecision, Question

Change = Literal["answered", "edited", "phrasing", "imported", "rolled_back"]


def lock(session: Session) -> None:
    """
    Let one transaction at a time number versions and approve: what is checked against the entries in use
    must still be so at the commit.
    """
    meta.lock(session, meta.ENTRIES)


# ------------------------------------------------------------------ reading


def find(session: Session, revision_id: int) -> FaqRevision | None:
    return session.get(FaqRevision, revision_id)


def find_for_decision(session: Session, revision_id: int) -> FaqRevision | None:
    """The version, locked and as it is now: it is decided once."""
    return session.get(FaqRevision, revision_id, with_for_update=True, populate_existing=True)


def list_drafts(session: Session) -> Sequence[FaqRevision]:
    """What waits for a second curator, the oldest first."""
    return session.scalars(
        select(FaqRevision)
        .where(FaqRevision.state == "draft")
        .order_by(FaqRevision.created_at, FaqRevision.id)
    ).all()


def count_drafts(session: Session) -> int:
    found = session.scalar(select(func.count()).select_from(FaqRevision).where(FaqRevision.state == "draft"))
    return found or 0


def list_batch_for_decision(session: Session, batch: str) -> Sequence[FaqRevision]:
    """The waiting drafts of one imported workbook, locked, in the order of its rows."""
    return session.scalars(
        select(FaqRevision)
        .where(FaqRevision.batch == batch, FaqRevision.state == "draft")
        .order_by(FaqRevision.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).all()


def find_own_draft(session: Session, entry_id: str, author_id: int) -> FaqRevision | None:
    """The author's newest waiting draft of an entry, locked: a further edit goes on from it."""
    return session.scalar(
        select(FaqRevision)
        .where(
            FaqRevision.entry_id == entry_id,
            FaqRevision.author_id == author_id,
            FaqRevision.state == "draft",
        )
        .order_by(FaqRevision.version.desc())
        .limit(1)
        .with_for_update()
    )


def list_current(session: Session) -> Sequence[FaqRevision]:
    """The version in use of every entry that has one, the oldest approval first."""
    newest = (
        select(FaqRevision.entry_id, func.max(FaqRevision.version).label("version"))
        .where(FaqRevision.state == "approved")
        .group_by(FaqRevision.entry_id)
        .subquery()
    )
    return session.scalars(
        select(FaqRevision)
        .join(
            newest,
            and_(FaqRevision.entry_id == newest.c.entry_id, FaqRevision.version == newest.c.version),
        )
        .order_by(FaqRevision.decided_at, FaqRevision.id)
    ).all()


def live_version(session: Session, entry_id: str) -> int:
    """The number of the version in use; 0 is the shipped one, or none."""
    return _newest_approved(session, entry_id) or 0


def _newest_approved(session: Session, entry_id: str) -> int | None:
    return session.scalar(
        select(func.max(FaqRevision.version)).where(
            FaqRevision.entry_id == entry_id, FaqRevision.state == "approved"
        )
    )


def history(session: Session, entry_id: str) -> Sequence[FaqRevision]:
    """Every version of an entry, the first one first, drafts and returned ones too."""
    return session.scalars(
        select(FaqRevision).where(FaqRevision.entry_id == entry_id).order_by(FaqRevision.version)
    ).all()


# ------------------------------------------------------------------ writing


def add_draft(
    session: Session,
    *,
    entry_id: str,
    body: Mapping[str, Any],
    change: Change,
    author_id: int | None,
    now: datetime,
    note: str | None = None,
    inquiry_id: int | None = None,
    batch: str | None = None,
) -> FaqRevision:
    """
    A version that waits for a second curator.

    Args:
        entry_id: A shipped entry's id, or a new one.
        body: The whole entry, as JSON.
        change: How it came about.
        author_id: The person who wrote it; None for the operator.
        note: Why it was changed.
        inquiry_id: The inquiry whose answer it is.
        batch: Common to the rows of one imported workbook, which may be approved as one.
    """
    row = FaqRevision(
        entry_id=entry_id,
        version=_next_version(session, entry_id),
        change=change,
        state="draft",
        body=dict(body),
        note=note,
        batch=batch,
        inquiry_id=inquiry_id,
        author_id=author_id,
        created_at=now,
    )
    session.add(row)
    session.flush()
    return row


def add_approved(
    session: Session,
    *,
    entry_id: str,
    body: Mapping[str, Any],
    change: Literal["phrasing", "rolled_back"],
    by: int,
    now: datetime,
    note: str | None = None,
) -> FaqRevision:
    """A version that is in use at once: a wording that people confirmed, or one that was approved before."""
    row = add_draft(session, entry_id=entry_id, body=body, change=change, author_id=by, now=now, note=note)
    approve(session, row, body, by, now)
    return row


def replace_draft(
    session: Session, row: FaqRevision, body: Mapping[str, Any], author_id: int, now: datetime
) -> FaqRevision:
    """
    The draft as somebody edited it, in a version of its own. Whoever edits is the author: they cannot
    approve their own words under another's name.
    """
    if row.state == "draft":
        row.state, row.decided_by, row.decided_at = "replaced", author_id, now
    return add_draft(
        session,
        entry_id=row.entry_id,
        body=body,
        change=cast(Change, row.change),
        author_id=author_id,
        now=now,
        inquiry_id=row.inquiry_id,
        batch=row.batch,
    )


def approve(session: Session, row: FaqRevision, body: Mapping[str, Any], by: int, now: datetime) -> None:
    """
    Put a draft into use, with the body as it goes live.

    One that waited while another was approved is numbered anew, so that the highest approved version is
    always the one in use.
    """
    lock(session)
    newest = _newest_approved(session, row.entry_id)
    if newest is not None and newest > row.version:
        row.version = _next_version(session, row.entry_id)
    row.body = dict(body)
    row.state, row.decided_by, row.decided_at = "approved", by, now
    session.flush()
    meta.bump_knowledge(session)


def send_back(session: Session, row: FaqRevision, reason: str, by: int, now: datetime) -> None:
    """Return a draft to its author, with the reason."""
    row.note = reason
    row.state, row.decided_by, row.decided_at = "returned", by, now
    session.flush()


def _next_version(session: Session, entry_id: str) -> int:
    lock(session)
    newest = session.scalar(select(func.max(FaqRevision.version)).where(FaqRevision.entry_id == entry_id))
    return (newest or 0) + 1


# ------------------------------------------------------------------ golden questions


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


def list_golden(session: Session) -> Sequence[GoldenQuestion]:
    """Every kept question, the oldest first."""
    return session.scalars(select(GoldenQuestion).order_by(GoldenQuestion.id)).all()


def list_questions_of_inquiry(session: Session, inquiry_id: int) -> Sequence[str]:
    """What was asked, each wording once: the inquiry's own text first."""
    first = session.scalar(select(Inquiry.text).where(Inquiry.id == inquiry_id))
    asked = session.scalars(
        select(Question.text).where(Question.inquiry_id == inquiry_id).order_by(Question.id)
    )
    return tuple(dict.fromkeys((*((first,) if first else ()), *asked)))


# ------------------------------------------------------------------ wordings that people confirmed


def list_confirmed(session: Session) -> Sequence[tuple[str, str, int]]:
    """
    (question, entry, how often) of what askers confirmed: they chose a suggested entry, or rated a direct
    answer well. A poor rating takes a choice back.
    """
    entry_id = func.coalesce(Question.chosen, Question.entry_id)
    rows = session.execute(
        select(Question.text, entry_id, func.count())
        .where(
            entry_id.is_not(None),
            entry_id != "none",
            or_(
                and_(
                    Question.chosen.is_not(None),
                    or_(Question.rating.is_(None), Question.rating > 0),
                ),
                and_(Question.chosen.is_(None), Question.decision == "answer", Question.rating == 1),
            ),
        )
        .group_by(Question.text, entry_id)
        .order_by(Question.text, entry_id)
    )
    return [(text, entry, count) for text, entry, count in rows]


def list_decided(session: Session) -> frozenset[tuple[str, str]]:
    """(wording's key, entry) of every decision: each is proposed once."""
    rows = session.execute(select(PhrasingDecision.key, PhrasingDecision.entry_id))
    return frozenset((key, entry_id) for key, entry_id in rows)


def decide_phrasing(
    session: Session, key: str, entry_id: str, *, accepted: bool, by: int, now: datetime
) -> bool:
    """Note a curator's decision on a wording; False when somebody decided before."""
    lock(session)
    known = session.scalar(
        select(PhrasingDecision.id).where(PhrasingDecision.key == key, PhrasingDecision.entry_id == entry_id)
    )
    if known is not None:
        return False
    session.add(
        PhrasingDecision(key=key, entry_id=entry_id, accepted=accepted, decided_by=by, decided_at=now)
    )
    session.flush()
    return True
