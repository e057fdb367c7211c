"""`sistercity activities`."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from bot.dialogues.base import Registry
from bot.texts import THAI
from storage.activities import list_evidence
from storage.models import Activity
from storage.owners import list_covered


def activity_json(session: Session, row: Activity, *, incomplete: bool) -> dict[str, Any]:
    """Keys are stable: see README. `incomplete`: its province has not confirmed its list of pairings."""
    evidence = list_evidence(session, row.id)
    return {
        "id": row.id,
        "pairing_id": row.pairing_id,
        "also": list(list_covered(session, [row.id]).get(row.id, ())),
        "type": row.type_code,
        "state": row.state,
        "start": row.start.isoformat(),
        "end": row.end.isoformat() if row.end else None,
        "precision": row.precision,
        "title": row.title,
        "participants": row.participants,
        "budget_thb": float(row.budget_thb) if row.budget_thb is not None else None,
        "partner_joined": row.partner_joined,
        "joint": row.joint,
        "files": [
            {"sha256": file.sha256, "name": file.name, "mime": file.mime, "size": file.size}
            for file in evidence
            if file.text is None
        ],
        "links": [one.text for one in evidence if one.kind == "link"],
        "locations": [one.text for one in evidence if one.kind == "location"],
        "version": row.version,
        "source": row.source,
        "incomplete": incomplete,
    }


def activity_text(row: Activity, registry: Registry) -> str:
    kind = registry.types[row.type_code].label_th
    days = THAI.days(row.start, row.end, "day")
    return f"{row.id} · {registry.pairings[row.pairing_id].label} · {kind} · {days} · {row.title}"
