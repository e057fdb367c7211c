"""The registry: provinces, partners, pairings."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, Text, and_, cast, func, select
from sqlalchemy.orm import Session, aliased

from storage import registry
from storage.models import ActivityType, Country, Pairing, Partner, Province, RegistryFact


class PairingRow(NamedTuple):
    """What is shown of a pairing and its partner, as plain values: of ten thousand they are compared at once."""

    id: str
    province_code: str
    partner_id: str
    status: str
    level: str
    signed_on: date | None
    signed_precision: str | None
    verdict: str | None
    source: str
    country_code: str
    partner_th: str
    partner_en: str
    aliases: str  # JSON lists, read where they are asked for
    former_names: str
    name_local: str | None
    area: str  # the unit in which the partner lies
    merged_into: str | None  # another partner
    said_stage: str | None  # JSON of what a fact says, for what no column holds
    said_expires_on: str | None
    expires_precision: str | None

    @property
    def stage(self) -> str | None:
        return json.loads(self.said_stage) if self.said_stage else None

    @property
    def expires_on(self) -> date | None:
        said = json.loads(self.said_expires_on) if self.said_expires_on else None
        return date.fromisoformat(said) if said else None

    @property
    def further_names(self) -> tuple[str, ...]:
        """All by which the partner is known beside its two names."""
        lists = (*json.loads(self.aliases), *json.loads(self.former_names), self.name_local)
        return tuple(name for name in lists if name)


def _says(fact: type[RegistryFact], field: str) -> ColumnElement[bool]:
    """What is said of the pairing now; at most one fact of a field is current."""
    return and_(fact.subject == "pairing:" + Pairing.id, fact.field == field, fact.state == registry.CURRENT)


def list_rows(session: Session) -> dict[str, PairingRow]:
    """Every pairing by its id, in the order of the provinces."""
    stage, expires = aliased(RegistryFact), aliased(RegistryFact)
    rows = session.execute(
        select(
            *(Pairing.id, Pairing.province_code, Pairing.partner_id, Pairing.status, Pairing.level),
            *(Pairing.signed_on, Pairing.signed_precision, Pairing.verdict, Pairing.source),
            *(Partner.country_code, Partner.name_th, Partner.name_en),
            *(cast(Partner.aliases, Text), cast(Partner.former_names, Text), Partner.name_local),
            *(Partner.parent, Partner.merged_into),
            *(cast(stage.value, Text).label("stage"), cast(expires.value, Text).label("expires_on")),
            expires.precision,
        )
        .join(Partner, Partner.id == Pairing.partner_id)
        .outerjoin(stage, _says(stage, "stage"))
        .outerjoin(expires, _says(expires, "expires_on"))
        .order_by(Pairing.province_code, Pairing.id)
    )
    return {row[0]: PairingRow._make(row) for row in rows}


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


def list_provinces_of(session: Session, pairing_ids: Iterable[str]) -> Sequence[str]:
    """Codes of the provinces to which these pairings belong."""
    return session.scalars(
        select(Pairing.province_code).where(Pairing.id.in_(list(pairing_ids))).distinct()
    ).all()


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
