"""The registry's names as the real reference files hold them."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path
from typing import cast

from bot.language.names import CountryNames, Lexicon, PairingNames, PlaceNames, ProvinceNames, TypeWords
from bot.language.whole_names import Relation

REFERENCE = Path(__file__).parents[3] / "storage" / "reference"


def _rows(name: str) -> list[dict[str, str]]:
    with (REFERENCE / name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def _names(cell: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in cell.split("|") if name.strip())


@cache
def real_lexicon() -> Lexicon:
    return Lexicon.build(real_provinces(), real_pairings(), real_types(), real_countries(), real_places())


def real_provinces() -> tuple[ProvinceNames, ...]:
    return tuple(
        ProvinceNames(
            row["code"],
            row["name_th"],
            _names(row["aliases"]),
            _names(row["unsafe_aliases"]),
            row["name_rtgs"],
        )
        for row in _rows("provinces.csv")
    )


def real_pairings() -> tuple[PairingNames, ...]:
    further = {
        row["partner_id"]: _names("|".join((row["name_local"], row["former_names"], row["aliases"])))
        for row in _rows("partners.csv")
    }
    return tuple(
        PairingNames(
            id=row["pairing_id"],
            province_code=row["province_code"],
            province_name=row["province_th"],
            partner_th=row["partner_th"],
            partner_en=row["partner_en"],
            aliases=(*_names(row["partner_aliases"]), *further.get(row["pairing_id"].partition("-")[2], ())),
            country_code=row["country_code"],
            status=row["status"],
            level=row["thai_level"],
            display=f"{row['province_th']}–{row['partner_th']}",
            partner_id=row["pairing_id"].partition("-")[2],
        )
        for row in _rows("pairings.csv")
    )


def real_places() -> tuple[PlaceNames, ...]:
    return tuple(
        PlaceNames(
            _names(row["names"]),
            cast(Relation, row["relation"]),
            row["province_code"] or None,
            row["partner_id"] or None,
        )
        for row in _rows("places.csv")
    )


def real_types() -> tuple[TypeWords, ...]:
    return tuple(
        TypeWords(row["code"], row["label_th"], row["label_en"], row["counts"], _names(row["synonyms"]))
        for row in _rows("activity_types.csv")
    )


def real_countries() -> tuple[CountryNames, ...]:
    return tuple(
        CountryNames(row["code"], row["name_th"], row["name_en"], _names(row["aliases"]))
        for row in _rows("countries.csv")
    )
