"""The registry in the database, as the comparison, the check and the written sheet need it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy.orm import Session

from bot.registering.ours import CountryRow, Held, Ours, Pairing, Partner, ProvinceRow, Waiting
from bot.registering.values import DATES, Value
from storage import meta, models, pairings, registry
from storage.registry import CONFLICTING, CURRENT, PROPOSED, REFUSED

CHECKED_BY_LIST = ("stage", "signed_on")
"""What a province sees of a pairing when it says that the row is right."""


def read_ours(session: Session) -> Ours:
    """The whole registry with what is said of it: some hundred rows and their facts."""
    version = meta.registry_version(session)  # first: what changes meanwhile is then noticed
    facts = _facts_by_subject(registry.list_all(session))
    rows = pairings.list_all(session)
    waiting = [fact for found in facts.values() for fact in found]
    return Ours(
        version=version,
        provinces={row.code: _province(row) for row in pairings.list_provinces(session)},
        countries={row.code: _country(row) for row in pairings.list_countries(session)},
        partners={
            row.id: _partner(row, facts[f"partner:{row.id}"]) for row in pairings.list_partners(session)
        },
        pairings={row.id: _pairing(row, facts[f"pairing:{row.id}"]) for row in rows},
        conflicting=_waiting(waiting, CONFLICTING),
        proposed=_waiting(waiting, PROPOSED),
    )


def _facts_by_subject(facts: Iterable[models.RegistryFact]) -> defaultdict[str, list[models.RegistryFact]]:
    found: defaultdict[str, list[models.RegistryFact]] = defaultdict(list)
    for fact in facts:
        found[fact.subject].append(fact)
    return found


def _waiting(facts: Iterable[models.RegistryFact], state: str) -> tuple[Waiting, ...]:
    found = (
        Waiting(one.id, one.subject, one.field, one.value, _precision(one), one.source)
        for one in facts
        if one.state == state
    )
    return tuple(sorted(found, key=lambda one: one.id))


def _province(row: models.Province) -> ProvinceRow:
    return ProvinceRow(row.code, row.name_th, row.name_en, tuple(row.aliases), tuple(row.unsafe_aliases))


def _country(row: models.Country) -> CountryRow:
    return CountryRow(row.code, row.name_th, row.name_th_official, row.name_en, tuple(row.aliases))


def _partner(row: models.Partner, facts: Sequence[models.RegistryFact]) -> Partner:
    return Partner(
        id=row.id,
        country=row.country_code,
        name=row.name_th,
        name_en=row.name_en,
        name_local=row.name_local,
        aliases=tuple(row.aliases),
        former=tuple(row.former_names),
        kind=row.kind,
        parent=row.parent,
        merged_into=row.merged_into,
        fields=_held(facts, {"aliases": Held(list(row.aliases))}),
    )


def _pairing(row: models.Pairing, facts: Sequence[models.RegistryFact]) -> Pairing:
    """Its fields as the row's own columns hold them, with the facts that say so."""
    signed = row.signed_on.isoformat() if row.signed_on else None
    shipped = {
        "stage": Held(row.status, source=row.source),
        "signed_on": Held(signed, row.signed_precision, source=row.source),
        "note": Held(row.note, source=row.source),
    }
    fields = _held(facts, shipped)
    current = {fact.field: fact for fact in facts if fact.state == CURRENT}
    for name in CHECKED_BY_LIST:
        if not fields[name].empty and _was_checked(row, current.get(name)):
            fields[name] = replace(fields[name], confirmed=True)
    return Pairing(row.id, row.province_code, row.partner_id, row.level, row.source, row.verdict, fields)


def _was_checked(row: models.Pairing, fact: models.RegistryFact | None) -> bool:
    """Whether the province said that the row is right when this value stood in it."""
    if row.verdict != "correct" or row.verdict_at is None:
        return False
    came_with_files = fact is None or (
        fact.import_id is None and fact.proposed_by is None and fact.decided_at is None
    )
    return came_with_files or (fact is not None and (fact.decided_at or fact.proposed_at) <= row.verdict_at)


def _held(facts: Sequence[models.RegistryFact], shipped: Mapping[str, Held]) -> dict[str, Held]:
    by_id = {fact.id: fact for fact in facts}
    fields = dict(shipped)
    known: defaultdict[str, set[tuple[Any, ...]]] = defaultdict(set)
    for fact in facts:
        if fact.state in (CONFLICTING, REFUSED):
            known[fact.field].add(_same(fact))
        elif fact.state == CURRENT:
            known[fact.field] |= _overruled(fact, by_id)
            fields[fact.field] = Held(
                fact.value,
                _precision(fact),
                fact.source,
                fact.source_on,
                fact.decided_by is not None,
                fact.id,
            )
    return {
        name: replace(fields.get(name, Held(None)), known=frozenset(known.get(name, ())))
        for name in fields.keys() | known.keys()
    }


def _overruled(fact: models.RegistryFact, by_id: Mapping[int, models.RegistryFact]) -> set[tuple[Any, ...]]:
    """Values that persons replaced: a sheet that still says one of them tells nothing that is not decided."""
    found: set[tuple[Any, ...]] = set()
    while (before := by_id.get(fact.replaces_id or 0)) is not None:
        if fact.decided_by is not None:
            found.add(_same(before))
        fact = before
    return found


def _same(fact: models.RegistryFact) -> tuple[Any, ...]:
    return Value(fact.value, _precision(fact)).same


def _precision(fact: models.RegistryFact) -> str | None:
    return fact.precision if fact.field in DATES else None
