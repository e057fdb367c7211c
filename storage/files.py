"""Which files of the media folder something refers to."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from storage import activities, conversations, inbox
from storage.models import RegistryFile


def list_referenced(session: Session) -> frozenset[str]:
    """SHA-256 of every file that is evidence, belongs to the registry, or waits in a draft or an update."""
    return frozenset(
        (
            *activities.list_evidence_hashes(session),
            *session.scalars(select(RegistryFile.sha256).distinct()),
            *conversations.list_draft_files(session),
            *inbox.list_files(session),
        )
    )
