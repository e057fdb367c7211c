"""Who did what, when, on which channel. Rows are only ever added."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from storage.models import AuditEvent


def add(
    session: Session,
    *,
    action: str,
    subject: str,
    now: datetime,
    person_id: int | None = None,
    channel: str = "system",
    detail: Mapping[str, Any] | None = None,
) -> None:
    session.add(
        AuditEvent(
            at=now,
            person_id=person_id,
            channel=channel,
            action=action,
            subject=subject,
            detail=dict(detail or {}),
        )
    )
