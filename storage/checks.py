"""What provinces have said of their lists of pairings, and what came since."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, func, or_, select, true
from sqlalchemy.orm import Session

from storage.models import AuditEvent, Membership, Pairing, ProvinceCheck, RegistryFact
from storage.registry import CURRENT

WATCHED = ("stage", "signed_on")
"""Fields of a pairing that a province sees when it says that the row is right."""


def list_all(session: Session) -> Sequence[ProvinceCheck]:
    return session.scalars(select(ProvinceCheck)).all()


def find(session: Session, province_code: str) -> ProvinceCheck | None:
    return session.get(ProvinceCheck, province_code)


def _of(codes: Sequence[str] | None) -> ColumnElement[bool]:
    return true() if codes is None else Pairing.province_code.in_(codes)


def list_undecided(session: Session, codes: Sequence[str] | None = None) -> Sequence[tuple[str, str]]:
    """(province, pairing) of pairings of these provinces, or of all, of which their province has said nothing."""
    rows = session.execute(
        select(Pairing.province_code, Pairing.id)
        .where(Pairing.verdict.is_(None), _of(codes))
        .order_by(Pairing.id)
    )
    return [(province, pairing) for province, pairing in rows]


def list_changed(session: Session, codes: Sequence[str] | None = None) -> Sequence[tuple[str, str]]:
    """
    (province, pairing) of pairings of these provinces, or of all, of which somebody, or a sheet, set the stage or
    the date after their province had last said that the row is right.
    """
    decided = func.coalesce(RegistryFact.decided_at, RegistryFact.proposed_at)
    rows = session.execute(
        select(Pairing.province_code, Pairing.id)
        .join(RegistryFact, RegistryFact.subject == "pairing:" + Pairing.id)
        .join(ProvinceCheck, ProvinceCheck.province_code == Pairing.province_code)
        .where(
            Pairing.verdict == "correct",
            _of(codes),
            RegistryFact.state == CURRENT,
            RegistryFact.field.in_(WATCHED),
            or_(RegistryFact.decided_at.is_not(None), RegistryFact.import_id.is_not(None)),
            decided > Pairing.verdict_at,
            decided > ProvinceCheck.confirmed_at,
        )
        .distinct()
        .order_by(Pairing.id)
    )
    return [(province, pairing) for province, pairing in rows]


def list_events(
    session: Session, province_code: str, pairing_ids: Sequence[str], limit: int
) -> Sequence[AuditEvent]:
    """What happened to the list of a province and to its rows, the latest first."""
    subjects = (
        province_code,
        f"province:{province_code}",
        *pairing_ids,
        *(f"pairing:{one}" for one in pairing_ids),
    )
    return session.scalars(
        select(AuditEvent)
        .where(AuditEvent.subject.in_(subjects), AuditEvent.action.like("list.%"))
        .order_by(AuditEvent.id.desc())
        .limit(limit)
    ).all()


def count_staff(session: Session, province_code: str, now: datetime) -> int:
    """People who serve in the province now."""
    return (
        session.scalar(
            select(func.count(Membership.person_id.distinct())).where(
                Membership.province_code == province_code,
                Membership.since <= now,
                or_(Membership.until.is_(None), Membership.until > now),
            )
        )
        or 0
    )


def count_confirmed(session: Session) -> tuple[int, int]:
    """Provinces that confirmed their list, and all that have pairings of provincial level."""
    having = set(session.scalars(select(Pairing.province_code).where(Pairing.level != "bma").distinct()))
    confirmed = session.scalars(
        select(ProvinceCheck.province_code).where(ProvinceCheck.confirmed_at.is_not(None))
    )
    return len(having & set(confirmed)), len(having)
