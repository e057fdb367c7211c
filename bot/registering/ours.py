"""What our registry holds, as the comparison needs it; immutable, and nothing of the database."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from bot.registering.values import Value


@dataclass(frozen=True)
class ProvinceRow:
    code: str  # TH-50
    name: str
    name_en: str
    aliases: tuple[str, ...]
    unsafe: tuple[str, ...]  # everyday words, or another place too


@dataclass(frozen=True)
class CountryRow:
    code: str
    name: str
    official: str
    name_en: str
    aliases: tuple[str, ...]


@dataclass(frozen=True)
class Held:
    """
    The current value of a field.

    `confirmed` says that a person decided for it. `known` are values that other sources said and that stand
    beside it, or that a person refused or replaced: they are not raised again.
    """

    value: Any
    precision: str | None = None
    source: str = ""
    source_on: date | None = None
    confirmed: bool = False
    fact: int | None = None  # id of the current fact; None for what came with the reference files
    known: frozenset[tuple[Any, ...]] = frozenset()  # as `Value.same`

    @property
    def said(self) -> Value:
        return Value(self.value, self.precision)

    @property
    def empty(self) -> bool:
        return self.value in (None, "", [])


NOTHING = Held(None)


@dataclass(frozen=True)
class Partner:
    id: str
    country: str
    name: str
    name_en: str
    name_local: str | None
    aliases: tuple[str, ...]
    former: tuple[str, ...]
    kind: str
    parent: str
    merged_into: str | None
    fields: Mapping[str, Held] = field(default_factory=dict)

    @property
    def names(self) -> tuple[str, ...]:
        found = (self.name, self.name_en, self.name_local or "", *self.aliases, *self.former)
        return tuple(one for one in found if one)

    @property
    def shown(self) -> str:
        return f"{self.name} ({self.id})"


@dataclass(frozen=True)
class Pairing:
    id: str
    province: str
    partner: str
    level: str  # province · bma · uncertain
    source: str
    verdict: str | None
    fields: Mapping[str, Held] = field(default_factory=dict)

    def held(self, name: str) -> Held:
        return self.fields.get(name, NOTHING)


@dataclass(frozen=True)
class Waiting:
    """A fact that needs a decision."""

    id: int
    subject: str
    field: str
    value: Any
    precision: str | None
    source: str


@dataclass(frozen=True)
class Ours:
    """The registry at one version."""

    version: int
    provinces: Mapping[str, ProvinceRow]
    countries: Mapping[str, CountryRow]
    partners: Mapping[str, Partner]
    pairings: Mapping[str, Pairing]
    conflicting: tuple[Waiting, ...] = ()
    proposed: tuple[Waiting, ...] = ()

    def label(self, pairing_id: str) -> str:
        """เชียงใหม่–นครเฉิงตู"""
        pairing = self.pairings[pairing_id]
        return f"{self.provinces[pairing.province].name}–{self.partners[pairing.partner].name}"
