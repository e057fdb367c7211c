"""Drafts, versions and proposed wordings of entries, as the dialogues are given them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Literal
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from bot.dialogues.base import DraftLine, DraftView, VersionView
from knowledge.entries import FaqEntry
from knowledge.overlay import Fault, Proposal, merged, proposed, read_entry
from knowledge.search import KnowledgeBase
from storage import revisions
from storage.models import FaqRevision

VERSIONS_SHOWN = 10


def draft_lines(session: Session, person_id: int) -> tuple[DraftLine, ...]:
    """What waits, in the order in which it was written."""
    return tuple(
        DraftLine(row.id, str(row.body.get("question", row.entry_id)), row.batch, row.author_id == person_id)
        for row in revisions.list_drafts(session)
    )


def draft_view(
    session: Session,
    row: FaqRevision,
    knowledge: KnowledgeBase,
    shipped: Mapping[str, FaqEntry],
    person_id: int,
    zone: ZoneInfo,
) -> DraftView:
    """
    Args:
        knowledge: What is answered from now.
        shipped: The shipped entries.
        person_id: Who looks at it.
    """
    entry = entry_of_draft(session, row, knowledge, shipped)
    author: Literal["me", "curator", "operator"] = "operator"
    if row.author_id is not None:
        author = "me" if row.author_id == person_id else "curator"
    return DraftView(
        id=row.id,
        entry_id=row.entry_id,
        state=row.state,
        change=row.change,
        at=row.created_at.astimezone(zone),
        author=author,
        entry=entry if isinstance(entry, FaqEntry) else None,
        current=knowledge.entries.get(row.entry_id),
        batch=row.batch,
        note=row.note,
    )


def entry_of_draft(
    session: Session, row: FaqRevision, knowledge: KnowledgeBase, shipped: Mapping[str, FaqEntry]
) -> FaqEntry | Fault:
    """The entry as it would go live, or why the draft is none."""
    entry = read_entry(row.entry_id, row.body)
    if isinstance(entry, Fault):
        return entry
    return merged(_origin(session, row, shipped), entry, knowledge.entries.get(row.entry_id))


def _origin(session: Session, row: FaqRevision, shipped: Mapping[str, FaqEntry]) -> FaqEntry | None:
    """What was answered when the draft was written: what it was made from."""
    for earlier in reversed(revisions.history(session, row.entry_id)):
        if earlier.state == "approved" and _decided(earlier) <= row.created_at:
            found = read_entry(earlier.entry_id, earlier.body)
            if isinstance(found, FaqEntry):
                return found
    return shipped.get(row.entry_id)


def _decided(row: FaqRevision) -> datetime:
    assert row.decided_at is not None
    return row.decided_at


def versions(
    session: Session, entry_id: str, shipped: Mapping[str, FaqEntry], zone: ZoneInfo, *, skipped: bool
) -> tuple[VersionView, ...]:
    """
    The newest versions of an entry and the shipped one, the newest first.

    Args:
        skipped: Whether the approved one cannot be used.
    """
    rows = [row for row in revisions.history(session, entry_id) if row.state in ("approved", "draft")]
    newest = max((row.version for row in rows if row.state == "approved"), default=0)
    found = [
        _version_view(row, zone, newest=row.version == newest and row.state == "approved", skipped=skipped)
        for row in reversed(rows)
    ][:VERSIONS_SHOWN]
    if entry_id in shipped:
        found.append(VersionView(0, "shipped", "shipped", None, live=skipped or newest == 0))
    return tuple(found)


def _version_view(row: FaqRevision, zone: ZoneInfo, *, newest: bool, skipped: bool) -> VersionView:
    draft = row.state == "draft"
    at = row.created_at if draft else _decided(row)
    return VersionView(
        version=row.version,
        change=row.change,
        state="draft" if draft else "approved",
        at=at.astimezone(zone),
        live=newest and not skipped,
        usable=not (newest and skipped),
        draft_id=row.id if draft else None,
        back_to=row.note if row.change == "rolled_back" else None,
    )


def proposals(session: Session, knowledge: KnowledgeBase) -> tuple[Proposal, ...]:
    """The wordings that people confirmed and nobody decided on."""
    confirmed, decided = revisions.list_confirmed(session), revisions.list_decided(session)
    return proposed(confirmed, decided, knowledge.entries)
