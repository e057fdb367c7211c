"""Which record has a file already."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from storage import activities
from storage.models import Activity, Evidence, Pairing

FILES = ("photo", "document")
MOST_COMPARED = 5_000
"""Photos of one search, the latest first: some 250 records with as many photos as they take."""


def list_used(
    session: Session,
    province_codes: Sequence[str],
    *,
    since: date,
    hashes: Sequence[str],
    looks: bool,
) -> list[tuple[str, str | None, int]]:
    """
    (SHA-256, look, activity) of files that are evidence of these provinces' records, held since a day: those with
    one of the hashes and, with `looks`, every photo whose look is known, to be compared.
    """
    pairings = select(Pairing.id).where(Pairing.province_code.in_(province_codes))
    theirs = activities.covering(pairings, Activity.deleted_at.is_(None), Activity.start >= since).subquery()
    same = Evidence.sha256.in_(hashes)
    rows = session.execute(
        select(Evidence.sha256, Evidence.look, Evidence.activity_id)
        .where(
            Evidence.activity_id.in_(select(theirs.c.id)),
            Evidence.kind.in_(FILES),
            or_(same, Evidence.look.is_not(None)) if looks else same,
        )
        .order_by(same.desc(), Evidence.id.desc())
        .limit(MOST_COMPARED)
    )
    return [(sha256, look, activity_id) for sha256, look, activity_id in rows]
