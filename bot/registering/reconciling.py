"""
What a sheet says beside what we hold: new, changed, conflicting, unchanged, or in need of a person.

Pure: rows and the registry in, a plan out; `applying` carries it out. What a person confirmed is never
overwritten, an empty cell takes nothing away, and a value that says less than ours says nothing new.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.language.names import Lexicon
from bot.language.partner_ids import free_id
from bot.language.text import clean
from bot.registering import faults
from bot.registering.faults import Fault, Notice, Wrong
from bot.registering.matching import (
    Countries,
    FoundPartner,
    Misnamed,
    NewPartner,
    Partners,
    Provinces,
    key_of,
    kind_of,
)
from bot.registering.ours import Held, Ours, Pairing
from bot.registering.reading import MOST_NOTICES, VALUES, Said
from bot.registering.values import DATES, Value, comparable, without_brackets

BANGKOK = "TH-10"
MOST_FAULTS = 1_000
"""A sheet with more rows in error is hardly the registry: reading ends there, and nothing is applied."""

MOST_NEWS = 2_000
"""The same for what is new or different: the whole country has some hundred pairings, and while a sheet is
applied (seconds, for so many) nobody else writes on SQLite."""

_STATUS_OF = {
    **dict.fromkeys(("proposed", "committee_agreed", "letter_of_intent", "mou_draft"), "in_progress"),
    **dict.fromkeys(("signed", "renewed", "expired"), "established"),
}

_ID = re.compile(r"(\d\d)-([a-z0-9][a-z0-9-]{1,50})")


@dataclass(frozen=True)
class Change:
    """One field of one subject: what we hold, what the sheet says, and where it says so."""

    subject: str  # pairing:50-chengdu · partner:chengdu
    field: str
    ours: Held
    theirs: Value
    source: str
    cell: str
    reached: Value | None = None  # of a stage: when it was reached, if the row says so
    known: bool = False  # a conflict that stands already, or that was decided


@dataclass(frozen=True)
class Addition:
    """A pairing that we do not hold, with its partner if that is new too."""

    id: str
    province: str
    partner_id: str
    partner: NewPartner | None
    country: str
    kind: str
    values: Mapping[str, Value]
    source: str
    cell: str
    label: str

    @property
    def level(self) -> str:
        return "bma" if self.province == BANGKOK else "province"


@dataclass(frozen=True)
class Tally:
    """Pairings and their provinces, Bangkok's left out."""

    pairs: int
    provinces: int


@dataclass
class Reconciliation:
    """What a file says of the registry, in the order of its rows."""

    new: list[Addition] = field(default_factory=list)
    changed: list[Change] = field(default_factory=list)
    conflicting: list[Change] = field(default_factory=list)
    unchanged: int = 0  # rows
    matched: set[str] = field(default_factory=set)  # ids of ours that the file names
    faults: list[Fault] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)
    tallies: dict[str, dict[str, Tally]] = field(default_factory=dict)  # sheet · registry · after -> status
    rows: int = 0
    broken_off: bool = False

    def of_kind(self, *kinds: str) -> list[Fault]:
        return [fault for fault in self.faults if fault.wrong.kind in kinds]

    @property
    def says_something_new(self) -> bool:
        return bool(self.new or self.changed or any(not one.known for one in self.conflicting))


def status_of(stage: Any) -> str:
    return _STATUS_OF.get(stage, stage or "unknown")


class Reconciler:
    """Takes rows one by one; `finish` gives what they come to."""

    def __init__(self, ours: Ours, lexicon: Lexicon, file_name: str) -> None:
        self._ours = ours
        self._file = file_name
        self._provinces = Provinces(ours.provinces, lexicon)
        self._countries = Countries(ours.countries)
        self._partners = Partners(ours, self._countries)
        self._by_key = {(one.province, one.partner): one for one in ours.pairings.values()}
        self._seen: dict[str, _Seen] = {}
        self._added_values: dict[str, dict[str, Value]] = {}
        self._new_partners: dict[tuple[str, str, str], tuple[str, NewPartner]] = {}
        self._taken = set(ours.partners)
        self._spellings: dict[str, list[str]] = {}
        self.found = Reconciliation()

    def take(self, rows: Iterable[Said]) -> None:
        """Compare rows; ends early once there are too many faults for the sheet to be the registry."""
        for said in rows:
            if self.found.broken_off:
                return
            self.found.rows += 1
            self.found.faults += self._compare(said)
            news = len(self.found.new) + len(self.found.changed) + len(self.found.conflicting)
            self.found.broken_off = len(self.found.faults) > MOST_FAULTS or news > MOST_NEWS

    def finish(self) -> Reconciliation:
        sheet = {one: status_of(seen.stage) for one, seen in self._seen.items()}
        held = {one.id: status_of(one.held("stage").value) for one in self._ours.pairings.values()}
        provinces = {one: seen.province for one, seen in self._seen.items()}
        provinces |= {one.id: one.province for one in self._ours.pairings.values()}
        after = held | {
            **{
                one.id: status_of(one.values["stage"].value if "stage" in one.values else None)
                for one in self.found.new
            },
            **{
                one.subject.partition(":")[2]: status_of(one.theirs.value)
                for one in self.found.changed
                if one.field == "stage"
            },
        }
        aside = {one.id for one in self._ours.pairings.values() if one.level != "province"}
        for name, statuses in (("sheet", sheet), ("registry", held), ("after", after)):
            self.found.tallies[name] = {
                status: _tally(status, statuses, provinces, aside)
                for status in ("established", "in_progress")
            }
        return self.found

    # ---- one row

    def _compare(self, said: Said) -> list[Fault]:
        wrongs = list(said.faults)
        province, country = self._places(said, wrongs)
        if wrongs or province is None:
            return wrongs
        identified = self._ours.pairings.get(said.id) if said.id else None
        partner = self._partner(said, province, country, identified)
        if isinstance(partner, Fault):
            return [partner]
        if isinstance(partner, NewPartner):
            return self._add(said, province, country, partner)
        pairing = self._by_key.get((province, partner.id))
        if pairing is None:
            return self._add_to_known(said, province, partner)
        return self._compare_with(said, pairing, partner)

    def _places(self, said: Said, wrongs: list[Fault]) -> tuple[str | None, str | None]:
        identified = self._ours.pairings.get(said.id) if said.id else None
        province: str | Wrong | None = identified.province if identified else None
        if said.province:
            province = self._provinces.read(said.province)
        country = self._countries.read(said.country) if said.country else None
        told = {fault.cell for fault in said.faults}
        if said.where("province") in told:
            province = None
        elif province is None:
            wrongs.append(said.fault("province", faults.no_province()))
        elif isinstance(province, Wrong):
            wrongs.append(said.fault("province", province))
        if isinstance(country, Wrong) and said.where("country") not in told:
            wrongs.append(said.fault("country", country))
        return (
            province if isinstance(province, str) else None,
            country if isinstance(country, str) else None,
        )

    def _partner(
        self, said: Said, province: str, country: str | None, identified: Pairing | None
    ) -> FoundPartner | NewPartner | Fault:
        if not said.named.given():
            if identified is None:
                return said.fault("partner", faults.no_partner())
            found: FoundPartner | NewPartner | Misnamed = FoundPartner(identified.partner)
        else:
            certain = identified is None and _ID.fullmatch(said.id) is not None
            found = self._partners.read(said.named, country, certain=certain)
        if isinstance(found, Misnamed):
            chosen = self._by_id(said, found, identified)
            if chosen is None:
                return said.fault(found.field, found.wrong)
            found = chosen
        wrong = self._id_wrong(said, province, found, identified)
        if wrong is not None:
            return said.fault("id", wrong)
        if isinstance(found, NewPartner) and isinstance(self._provinces.read(said.named.given()[0][1]), str):
            name, text = said.named.given()[0]
            return said.fault(name, faults.ours_as_partner(text))
        return found

    def _by_id(self, said: Said, found: Misnamed, identified: Pairing | None) -> FoundPartner | None:
        """An id tells two partners of one name apart, and of which near one a name is a slip."""
        if identified is None or found.wrong.kind not in ("same name", "unmatched", "municipal"):
            return None
        partner = self._ours.partners[identified.partner]
        if partner.shown not in found.wrong.nearest:
            return None
        text = dict(said.named.given())[found.field]
        return FoundPartner(partner.id, ((found.field, text),) if found.wrong.kind == "unmatched" else ())

    def _id_wrong(
        self, said: Said, province: str, found: FoundPartner | NewPartner, identified: Pairing | None
    ) -> Wrong | None:
        if not said.id:
            return None
        if identified is not None:
            fits = isinstance(found, FoundPartner) and (identified.province, identified.partner) == (
                province,
                found.id,
            )
            return None if fits else faults.id_of_another(said.id, self._ours.label(identified.id))
        meant = self._by_key.get((province, found.id)) if isinstance(found, FoundPartner) else None
        wanted = _ID.fullmatch(said.id)
        if meant is not None or wanted is None or wanted[1] != province[-2:]:
            return faults.id_unknown(said.id, meant.id if meant else None)
        if isinstance(found, NewPartner) and wanted[2] in self._ours.partners:
            return faults.id_unknown(said.id, None)
        return None

    # ---- a pairing that we hold

    def _compare_with(self, said: Said, pairing: Pairing, partner: FoundPartner) -> list[Fault]:
        twice = self._twice(said, pairing.id)
        if twice:
            return twice
        fresh = self._see(said, pairing.id, pairing.province)
        self.found.matched.add(pairing.id)
        self._tell_partner(said, partner)
        if pairing.verdict == "wrong":
            told = "จังหวัดแจ้งว่าไม่ใช่คู่ของจังหวัด (the province said that it is not theirs)"
            self._tell(said.where("province"), told)
        same = [self._says_same(said, f"pairing:{pairing.id}", name, pairing.held(name)) for name in fresh]
        spelled_anew = self._add_spellings(said, partner)
        self.found.unchanged += all(same) and not spelled_anew
        return []

    def _says_same(self, said: Said, subject: str, name: str, held: Held) -> bool:
        theirs = said.values[name]
        if agrees(name, held, theirs):
            return True
        change = Change(
            subject,
            name,
            held,
            theirs,
            self._source(said, held.source, self._ours.pairings[subject.partition(":")[2]].source),
            said.where(name),
            said.values.get("signed_on")
            if name == "stage" and status_of(theirs.value) == "established"
            else None,
            known=theirs.same in held.known,
        )
        if change.known or held.confirmed:
            self.found.conflicting.append(change)
        else:
            self.found.changed.append(change)
        return False

    def _source(self, said: Said, *ours: str) -> str:
        """Where a value comes from: what the row names, if that is not merely what we wrote out, and the row."""
        row = f"{self._file} แผ่น {said.sheet} แถว {said.row}"
        ours_too = comparable(said.source) in {comparable(one) for one in ours}
        return f"{said.source} ({row})" if said.source and not ours_too else row

    def _tell_partner(self, said: Said, found: FoundPartner) -> None:
        partner = self._ours.partners[found.id]
        cell = said.where(said.named.given()[0][0]) if said.named.given() else said.where("id")
        if partner.merged_into is not None:
            into = self._ours.partners[partner.merged_into]
            self._tell(cell, f"{partner.shown} รวมเข้ากับ {into.shown} แล้ว (merged into another partner)")
        if found.former:
            self._tell(cell, f"ชื่อเดิมของ {partner.shown} (a former name)")

    def _tell(self, cell: str, text: str) -> None:
        if len(self.found.notices) < MOST_NOTICES:
            self.found.notices.append(Notice(cell, text))

    def _add_spellings(self, said: Said, found: FoundPartner) -> bool:
        """A spelling by which the partner was not known yet joins its names; False where there is none."""
        partner = self._ours.partners[found.id]
        added = False
        for name, text in found.spellings:
            spelled, _ = without_brackets(clean(text))
            known = self._spellings.setdefault(partner.id, list(partner.aliases))
            if key_of(spelled) in {key_of(one) for one in known}:
                continue
            known.append(spelled)
            added = True
            held = partner.fields.get("aliases", Held(list(partner.aliases)))
            change = Change(
                f"partner:{partner.id}",
                "aliases",
                held,
                Value(list(known)),
                self._source(said, held.source),
                said.where(name),
            )
            self.found.changed = [
                one for one in self.found.changed if (one.subject, one.field) != (change.subject, "aliases")
            ] + [change]
        return added

    # ---- a pairing that we do not hold

    def _add_to_known(self, said: Said, province: str, found: FoundPartner) -> list[Fault]:
        partner = self._ours.partners[found.id]
        if partner.merged_into is not None:
            into = self._ours.partners[partner.merged_into]
            also = (province, into.id) in self._by_key
            name = said.named.given()[0][0]
            return [said.fault(name, faults.merged(partner.shown, into.shown, also=also))]
        added = self._added(said, province, partner.id, partner.country, None, partner.name)
        if not added:
            self._tell_partner(said, found)
            self._add_spellings(said, found)
        return added

    def _add(self, said: Said, province: str, country: str | None, partner: NewPartner) -> list[Fault]:
        if country is None:
            return [said.fault("country", faults.no_country())]
        key = (country, key_of(partner.name), key_of(partner.parent))
        if key not in self._new_partners:
            wanted = _ID.fullmatch(said.id)
            partner_id = wanted[2] if wanted else free_id(partner.name_en, country, self._taken)
            self._taken.add(partner_id)
            self._new_partners[key] = (partner_id, partner)
        partner_id, partner = self._new_partners[key]
        return self._added(said, province, partner_id, country, partner, partner.name)

    def _added(
        self, said: Said, province: str, partner_id: str, country: str, partner: NewPartner | None, name: str
    ) -> list[Fault]:
        pairing_id = f"{province[-2:]}-{partner_id}"
        twice = self._twice(said, pairing_id)
        if twice:
            return twice
        fresh = self._see(said, pairing_id, province)
        if pairing_id in self._added_values:
            self._added_values[pairing_id] |= {one: said.values[one] for one in fresh}
            return []
        values = self._added_values[pairing_id] = {one: said.values[one] for one in fresh}
        cell = said.where(said.named.given()[0][0])
        if "stage" not in said.values:
            told = "คู่ใหม่ไม่มีสถานะ จึงรอตรวจสอบ (no stage: nothing is owed until there is one)"
            self._tell(cell, told)
        self.found.new.append(
            Addition(
                id=pairing_id,
                province=province,
                partner_id=partner_id,
                partner=partner,
                country=country,
                kind=kind_of(name),
                values=values,
                source=self._source(said),
                cell=cell,
                label=f"{self._ours.provinces[province].name}–{name} ({self._ours.countries[country].name})",
            )
        )
        return []

    # ---- rows of one file

    def _twice(self, said: Said, pairing_id: str) -> list[Fault]:
        """The same pairing in two rows is one, unless they say different things."""
        seen = self._seen.get(pairing_id)
        if seen is None:
            return []
        return [
            said.fault(name, faults.said_twice(name, seen.where[name], str(seen.values[name].value)))
            for name in VALUES
            if name in said.values
            and name in seen.values
            and not _same(name, seen.values[name], said.values[name])
        ]

    def _see(self, said: Said, pairing_id: str, province: str) -> list[str]:
        """Note what a row says; returns the fields of which no row before it said anything."""
        seen = self._seen.setdefault(pairing_id, _Seen(province))
        fresh = [name for name in VALUES if name in said.values and name not in seen.values]
        for name in fresh:
            seen.values[name] = said.values[name]
            seen.where[name] = said.where(name)
        return fresh


@dataclass
class _Seen:
    province: str
    values: dict[str, Value] = field(default_factory=dict)
    where: dict[str, str] = field(default_factory=dict)

    @property
    def stage(self) -> Any:
        return self.values["stage"].value if "stage" in self.values else None


def agrees(name: str, held: Held, theirs: Value) -> bool:
    """Whether a value says nothing that ours does not say."""
    if held.empty:
        return name == "stage" and theirs.value == "unknown"
    return _same(name, held.said, theirs)


def _same(name: str, ours: Value, theirs: Value) -> bool:
    """Whether theirs is ours, or says less than it: 2560 beside 12 มิ.ย. 2560."""
    if name in DATES:
        return _within(ours, theirs)
    if name == "stage":
        return theirs.value in (ours.value, status_of(ours.value), "unknown") or (
            # "ลงนามแล้ว" is said of all that were ever signed.
            theirs.value == "signed" and status_of(ours.value) == "established"
        )
    return bool(comparable(ours.value) == comparable(theirs.value))


_LENGTH = {"year": 4, "month": 7, "day": 10}


def _within(ours: Value, theirs: Value) -> bool:
    """Whether our day lies in the span that theirs names, and theirs is no more exact."""
    known = _LENGTH[ours.precision or "day"]
    said = _LENGTH[theirs.precision or "day"]
    return said <= known and str(ours.value)[:said] == str(theirs.value)[:said]


def _tally(status: str, statuses: Mapping[str, str], provinces: Mapping[str, str], aside: set[str]) -> Tally:
    found = [
        one
        for one, its in statuses.items()
        if its == status and one not in aside and provinces[one] != BANGKOK
    ]
    return Tally(len(found), len({provinces[one] for one in found}))
