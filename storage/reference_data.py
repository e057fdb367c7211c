"""
Loads the reference files (provinces, countries, pairings, activity types) into the database.

Rows are inserted when missing; a row that is there is left alone, because a person may have changed it. Only
names that a newer program knows join the rows that are there, once, where nobody decided about them.
Each file's rows carry their source.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any, Literal, cast

from sqlalchemy import select
from sqlalchemy.orm import InstrumentedAttribute, Session

from storage import meta
from storage.models import (
    Activity,
    ActivityType,
    Base,
    Country,
    Pairing,
    PairingStage,
    Partner,
    Province,
    RegistryFact,
)
from storage.registry import CURRENT

FOLDER = Path(__file__).parent / "reference"

NAMES_VERSION = "1"
"""Raise it when a file brings further names for rows that databases already hold."""

Relation = Literal["district", "city", "former", "merged", "nickname"]


@dataclass(frozen=True)
class Place:
    """A place by which people mean a province or a partner; exactly one of the two is set."""

    names: tuple[str, ...]
    relation: Relation
    province_code: str | None
    partner_id: str | None


def _rows(name: str) -> Iterable[dict[str, str]]:
    with (FOLDER / name).open(encoding="utf-8-sig", newline="") as file:
        yield from csv.DictReader(file)


def _names(cell: str) -> list[str]:
    return [name.strip() for name in cell.split("|") if name.strip()]


def _known(session: Session, column: InstrumentedAttribute[str]) -> set[str]:
    return set(session.scalars(select(column)))


def read_partial_date(text: str) -> tuple[date | None, str | None]:
    """`2012-07-09`, `2012-07` or `2012` with its precision: the first day of the span that is known."""
    parts = [int(part) for part in text.split("-")] if text else []
    if not parts:
        return None, None
    precision = ("year", "month", "day")[len(parts) - 1]
    return date(*[*parts, 1, 1][:3]), precision


def load(session: Session, now: datetime) -> int:
    """Insert what is missing; returns the number of new rows."""
    added = _load_provinces(session) + _load_countries(session)
    added += _load_pairings(session, now) + _load_activity_types(session)
    added += _load_province_facts(session, now)
    if _extend_names(session) or added:
        meta.bump_registry(session)
    return added


@cache
def list_places() -> tuple[Place, ...]:
    """Districts, cities and former units of `places.csv`: names that are asked, so no row's own names."""
    return tuple(
        Place(
            names=tuple(_names(row["names"])),
            relation=cast(Relation, row["relation"]),
            province_code=row["province_code"] or None,
            partner_id=row["partner_id"] or None,
        )
        for row in _rows("places.csv")
    )


def _add(session: Session, rows: Sequence[Base]) -> int:
    """Insert rows that others refer to; returns their number."""
    session.add_all(rows)
    session.flush()
    return len(rows)


def _load_provinces(session: Session) -> int:
    known = _known(session, Province.code)
    rows = [
        Province(
            code=row["code"],
            name_th=row["name_th"],
            name_en=row["name_rtgs"],
            aliases=_names(row["aliases"]),
            unsafe_aliases=_names(row["unsafe_aliases"]),
            region_th=row["region_th"],
            cluster_th=row["cluster_th"],
            kind=row["kind"],
            source=row["source"],
        )
        for row in _rows("provinces.csv")
        if row["code"] not in known
    ]
    return _add(session, rows)


def _load_countries(session: Session) -> int:
    known = _known(session, Country.code)
    rows = [
        Country(
            code=row["code"],
            name_th=row["name_th"],
            name_th_official=row["name_th_official"],
            name_en=row["name_en"],
            aliases=_names(row["aliases"]),
            source=row["source"],
        )
        for row in _rows("countries.csv")
        if row["code"] not in known
    ]
    return _add(session, rows)


def _load_pairings(session: Session, now: datetime) -> int:
    known, partners = _known(session, Pairing.id), _known(session, Partner.id)
    further = _partner_names()
    added = 0
    for row in _rows("pairings.csv"):
        if row["pairing_id"] in known:
            continue
        partner_id = row["pairing_id"].split("-", 1)[1]
        if partner_id not in partners:
            partners.add(partner_id)
            partner = Partner(
                id=partner_id,
                country_code=row["country_code"],
                name_th=row["partner_th"],
                name_en=row["partner_en"],
                **further[partner_id],
                kind=row["partner_kind"],
                parent=row["partner_parent"],
            )
            added += _add(session, [partner])
        signed_on, precision = read_partial_date(row["signed_date"])
        pairing = Pairing(
            id=row["pairing_id"],
            province_code=row["province_code"],
            partner_id=partner_id,
            status=row["status"],
            level=row["thai_level"],
            signed_on=signed_on,
            signed_precision=precision,
            source=row["source"],
            confidence=row["confidence"],
            note=row["note"],
        )
        stage = PairingStage(
            pairing_id=pairing.id,
            stage=row["status"],
            reached_on=signed_on,
            precision=precision,
            source=row["source"],
            recorded_at=now,
        )
        added += _add(session, [pairing]) + _add(session, [stage])
    return added


def _partner_names() -> dict[str, dict[str, Any]]:
    """For each partner of the files the columns that hold its further names."""
    further = {row["partner_id"]: row for row in _rows("partners.csv")}
    found: dict[str, dict[str, Any]] = {}
    for row in _rows("pairings.csv"):
        partner_id = row["pairing_id"].split("-", 1)[1]
        more = further.get(partner_id, {})
        found[partner_id] = {
            "name_local": more.get("name_local") or None,
            "former_names": _names(more.get("former_names", "")),
            "aliases": _joined(_names(row["partner_aliases"]), _names(more.get("aliases", ""))),
        }
    return found


def _extend_names(session: Session) -> bool:
    """
    Once for each `NAMES_VERSION`: names of the files join those of the rows that are there.

    A field about which somebody decided in the registry is left alone. Returns whether anything changed.
    """
    if meta.get(session, meta.NAMES_VERSION) == NAMES_VERSION:
        return False
    meta.put(session, meta.NAMES_VERSION, NAMES_VERSION)
    facts = session.execute(select(RegistryFact.subject, RegistryFact.field).distinct())
    decided = {(subject, field) for subject, field in facts}
    for partner_id, names in _partner_names().items():
        partner = session.get(Partner, partner_id)
        for field, value in names.items() if partner is not None else ():
            if (f"partner:{partner_id}", field) not in decided:
                before = getattr(partner, field)
                setattr(
                    partner, field, _joined(before, value) if isinstance(value, list) else before or value
                )
    for row in _rows("provinces.csv"):
        province = session.get_one(Province, row["code"])
        province.aliases = _joined(province.aliases, _names(row["aliases"]))
        province.unsafe_aliases = _joined(province.unsafe_aliases, _names(row["unsafe_aliases"]))
    changed = bool(session.dirty)
    session.flush()
    return changed


def _joined(names: Sequence[str], others: Sequence[str]) -> list[str]:
    return list(dict.fromkeys((*names, *others)))


def _load_activity_types(session: Session) -> int:
    known = _known(session, ActivityType.code)
    rows = [
        ActivityType(
            code=row["code"],
            label_th=row["label_th"],
            label_en=row["label_en"],
            counts=row["counts"],
            synonyms=_names(row["synonyms"]),
            position=position,
            source=row["source"],
        )
        for position, row in enumerate(_rows("activity_types.csv"))
        if row["code"] not in known
    ]
    return _add(session, rows)


def _load_province_facts(session: Session, now: datetime) -> int:
    """What sources say of provinces; a field of which anything was ever said is left alone."""
    said = session.execute(select(RegistryFact.subject, RegistryFact.field).distinct())
    known = {(subject, field) for subject, field in said}
    rows = [
        RegistryFact(
            subject=f"province:{row['province_code']}",
            field=row["field"],
            value=row["value"],
            source=row["source"],
            state=CURRENT,
            proposed_at=now,
        )
        for row in _rows("province_facts.csv")
        if (f"province:{row['province_code']}", row["field"]) not in known
    ]
    return _add(session, rows)


def load_public_examples(session: Session, now: datetime) -> int:
    """
    Publicly reported activities, for the demo only: a real database starts empty.

    Rows without a known pairing or date are skipped. They are joint by their reports.
    """
    if session.scalar(select(Activity.id).where(Activity.source.is_not(None)).limit(1)):
        return 0
    pairings = _known(session, Pairing.id)
    added = 0
    for row in _rows("activities_public.csv"):
        start, precision = read_partial_date(row["start_date"])
        if row["pairing_id"] not in pairings or start is None or precision is None:
            continue
        end, _ = read_partial_date(row["end_date"])
        session.add(
            Activity(
                pairing_id=row["pairing_id"],
                type_code=row["type"],
                state="held",
                start=start,
                end=end,
                precision=precision,
                title=row["description_th"],
                participants=int(row["participants"]) if row["participants"] else None,
                partner_joined="yes",
                joint=True,
                source=row["source"],
                created_at=now,
                updated_at=now,
            )
        )
        added += 1
    return added
