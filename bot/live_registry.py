"""
The registry as dialogues see it, kept between turns and read anew when its version in the database rises.

Only rows that changed become new views and new names: a verdict on one of ten thousand pairings costs the reading
of ten thousand plain rows, and a new name a few entries of the index.
"""

from __future__ import annotations

import gc
from dataclasses import dataclass
from typing import Literal, cast

from sqlalchemy.orm import Session

from bot.dialogues.base import PairingView, Registry, TypeView
from bot.language.names import CountryNames, Lexicon, PairingNames, PlaceNames, ProvinceNames, TypeWords
from storage import meta, pairings, reference_data, registry
from storage.models import Province
from storage.pairings import PairingRow

MANY = 500
"""
With so many pairings what is held is left out of further searches for garbage: of ten thousand each would take
an eighth of a second, in the midst of whatever turn.
"""


@dataclass(frozen=True)
class _Frame:
    """What all pairings share and hardly ever changes; with another one everything is made anew."""

    provinces: tuple[ProvinceNames, ...]
    countries: tuple[CountryNames, ...]
    types: tuple[TypeWords, ...]


@dataclass(frozen=True)
class _Read:
    """The registry with the rows that it was made of."""

    registry: Registry
    frame: _Frame
    rows: dict[str, PairingRow]


def read_registry(session: Session) -> Registry:
    """The whole registry with its index of names: of ten thousand pairings this takes seconds."""
    return _read(session, meta.registry_version(session), None).registry


class LiveRegistry:
    def __init__(self) -> None:
        self._held: _Read | None = None

    def at(self, session: Session, version: int, *, keep: bool = True) -> Registry:
        """
        The registry with this version, as the session reads it.

        Args:
            version: Read before: rows that change meanwhile are then read again.
            keep: False in the midst of a turn that may have changed it: what is not committed must not be held.
        """
        held = self._held
        if held is not None and held.registry.version == version:
            return held.registry
        found = _read(session, version, held)
        if keep:
            self._held = found
        if held is None and len(found.rows) >= MANY:
            gc.collect()
            gc.freeze()
        return found.registry


def _read(session: Session, version: int, before: _Read | None) -> _Read:
    frame, rows = _frame(session), pairings.list_rows(session)
    if before is not None and before.frame != frame:
        before = None
    names = {one.code: one for one in frame.provinces}
    countries = {one.code: one for one in frame.countries}
    views: dict[str, PairingView] = {}
    partners: list[PairingNames] = []
    for row in rows.values():
        if before is not None and before.rows.get(row.id) == row:
            views[row.id] = before.registry.pairings[row.id]
            partners.append(before.registry.lexicon.pairings[row.id])
            continue
        views[row.id] = _view(row, names[row.province_code], countries[row.country_code])
        partners.append(_names(row, names[row.province_code]))
    read = Registry(
        version=version,
        pairings=views,
        types={one.code: TypeView(one.code, one.label_th, one.label_en, one.counts) for one in frame.types},
        provinces={one.code: one.name_th for one in frame.provinces},
        lexicon=(
            before.registry.lexicon.with_pairings(partners)
            if before is not None
            else Lexicon.build(frame.provinces, partners, frame.types, frame.countries, _places())
        ),
        priorities=registry.list_priorities(session),
    )
    return _Read(read, frame, rows)


def _frame(session: Session) -> _Frame:
    return _Frame(
        tuple(_province_names(row) for row in pairings.list_provinces(session)),
        tuple(
            CountryNames(row.code, row.name_th, row.name_en, tuple(row.aliases))
            for row in pairings.list_countries(session)
        ),
        tuple(
            TypeWords(row.code, row.label_th, row.label_en, row.counts, tuple(row.synonyms))
            for row in pairings.list_types(session)
        ),
    )


def _province_names(row: Province) -> ProvinceNames:
    return ProvinceNames(row.code, row.name_th, tuple(row.aliases), tuple(row.unsafe_aliases), row.name_en)


def _places() -> tuple[PlaceNames, ...]:
    return tuple(
        PlaceNames(place.names, place.relation, place.province_code, place.partner_id)
        for place in reference_data.list_places()
    )


def _view(row: PairingRow, province: ProvinceNames, country: CountryNames) -> PairingView:
    return PairingView(
        id=row.id,
        province_code=row.province_code,
        province=province.name_th,
        partner=row.partner_th,
        partner_en=row.partner_en,
        country=country.name_th,
        country_en=country.name_en,
        status=row.status,
        level=row.level,
        signed_on=row.signed_on,
        signed_precision=cast(Literal["day", "month", "year"] | None, row.signed_precision),
        verdict=row.verdict,
        source=row.source,
        partner_id=row.partner_id,
        country_code=row.country_code,
        area=row.area,
        merged=row.merged_into is not None,
        stage=row.stage,
        expires_on=row.expires_on,
        expires_precision=cast(Literal["day", "month", "year"] | None, row.expires_precision),
    )


def _names(row: PairingRow, province: ProvinceNames) -> PairingNames:
    return PairingNames(
        id=row.id,
        province_code=row.province_code,
        province_name=province.name_th,
        partner_th=row.partner_th,
        partner_en=row.partner_en,
        aliases=row.further_names,
        country_code=row.country_code,
        status=row.status,
        level=row.level,
        display=row.partner_th,
        partner_id=row.partner_id,
    )
