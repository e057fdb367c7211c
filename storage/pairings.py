"""The registry: provinces, partners, pairings."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from storage.models import ActivityType, Country, Pairing, Partner, Province


def list_all(session: Session) -> Sequence[Pairing]:
    return session.scalars(select(Pairing).order_by(Pairing.province_code, Pairing.id)).all()


def find(session: Session, pairing_id: str) -> Pairing | None:
    return session.get(Pairing, pairing_id)


def lock(session: Session, pairing_ids: Iterable[str]) -> None:
    """
    Let one transaction at a time record something of these pairings, always locked in one order.

    What was recorded by whoever held the lock before is then seen by the next query.
    """
    session.execute(
        select(Pairing.id)
        .where(Pairing.id.in_(sorted(pairing_ids)))
        .order_by(Pairing.id)
        .with_for_update(key_share=True)
    ).all()


def list_provinces(session: Session) -> Sequence[Province]:
    return session.scalars(select(Province).order_by(Province.code)).all()


def list_countries(session: Session) -> Sequence[Country]:
    return session.scalars(select(Country).order_by(Country.code)).all()


def list_partners(session: Session) -> Sequence[Partner]:
    return session.scalars(select(Partner).order_by(Partner.id)).all()


def list_types(session: Session) -> Sequence[ActivityType]:
    return session.scalars(select(ActivityType).order_by(ActivityType.position)).all()


def set_verdict(session: Session, pairing_id: str, verdict: str, now: datetime) -> str | None:
    """What the province says of a row of its list: `correct` or `wrong`. Returns what it said before."""
    pairing = session.get_one(Pairing, pairing_id)
    before = pairing.verdict
    pairing.verdict, pairing.verdict_at = verdict, now
    return before


def count(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(Pairing)) or 0
