"""
Which province, country and partner a sheet names.

A province has to be named as it is called: what only sounds like one, is a district, or could be elsewhere is
reported with what was probably meant. A partner is found by any of its names, whole first, then without the
form of government; a name that is merely near is reported too.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from bot.language.names import Lexicon, forms_of, lookalikes
from bot.language.spelling import slips_allowed, sound_of, squash
from bot.language.text import clean
from bot.registering import faults
from bot.registering.faults import Wrong
from bot.registering.ours import CountryRow, Ours, Partner, ProvinceRow
from bot.registering.values import without_brackets

MOST_NEAR = 3
NEAR = 60.0  # RapidFuzz ratio from which a name is offered
LONGEST_NAME = 120
LONGEST_TEXT = 1_000
_REMEMBERED = 4096  # different texts of a sheet; most stand in it many times


def key_of(text: str) -> str:
    """A name as it is looked up: no blanks, dots, hyphens or accents, lower case."""
    return _key(text[:LONGEST_TEXT])


@lru_cache(_REMEMBERED)
def _key(text: str) -> str:
    return squash(clean(text)).signs


def nearest(text: str, names: Iterable[str]) -> tuple[str, ...]:
    """The names that are spelled most alike, the nearest first."""
    by_key: dict[str, str] = {}
    for name in names:
        by_key.setdefault(key_of(name), name)
    found = process.extract(
        key_of(text[:LONGEST_NAME]), list(by_key), scorer=fuzz.ratio, limit=MOST_NEAR, score_cutoff=NEAR
    )
    return tuple(by_key[key] for key, _, _ in found)


# ------------------------------------------------------------------ provinces

_PROVINCE = re.compile(r"^(?:จังหวัด|จว\.?|จ\.)\s*")
_MUNICIPALITY = re.compile(
    r"เทศบาล|(?<![ก-๙.])ท\.?[นมต]\.|(?<![ก-๙])(?:อบต|อบจ)|อ\.?บ\.?[ตจ]\.|องค์การบริหารส่วน|^เมือง|เมืองพัทยา|\bmunicipality\b|\bcity of\b|\bcity\b",
    re.IGNORECASE,
)
_DISTRICT = re.compile(r"^(?:อำเภอ|อ\.|ตำบล|ต\.|เขต)|\bdistrict\b", re.IGNORECASE)
_BETWEEN = re.compile(r"\s*(?:,|/|;|\n|และ|\+|&)\s*")


class Provinces:
    """The provinces of Thailand by their names."""

    def __init__(self, rows: Mapping[str, ProvinceRow], lexicon: Lexicon) -> None:
        self._rows = rows
        self._lexicon = lexicon
        self._official: dict[str, str] = {}
        self._known: dict[str, set[str]] = defaultdict(set)
        self._unsafe: dict[str, set[str]] = defaultdict(set)
        for row in rows.values():
            self._official |= {key_of(name): row.code for name in (row.name, row.name_en)}
            for name in row.aliases:
                self._known[key_of(_PROVINCE.sub("", name))].add(row.code)
            for name in row.unsafe:
                self._unsafe[key_of(name.partition(" (")[0])].add(row.code)
        self.read = lru_cache(_REMEMBERED)(self._read)

    def _read(self, text: str) -> str | Wrong:
        """The province's code, or why it is not clear."""
        bare, note = without_brackets(_NUMBERED.sub("", clean(text)))
        for part in (bare, note or ""):
            if _MUNICIPALITY.search(part):
                return faults.municipal(text)
        if _DISTRICT.search(bare):
            return faults.district(text)
        parts = [part for part in _BETWEEN.split(bare) if part]
        codes = {code for part in parts if (code := self._official.get(key_of(_PROVINCE.sub("", part))))}
        if len(codes) > 1:
            return faults.several_provinces(text, self._names(codes))
        key = key_of(_PROVINCE.sub("", bare))
        if key in self._official:
            return self._official[key]
        doubtful = self._unsafe.get(key, set())
        exact = self._known.get(key, set()) | doubtful
        if len(exact) == 1 and not doubtful:
            return next(iter(exact))
        return faults.open_province(text, self._names(exact)) if exact else self._unknown(text, bare)

    def _unknown(self, text: str, bare: str) -> Wrong:
        heard = self._names(self._lexicon.resolve_province(bare[:LONGEST_NAME]))
        near = nearest(_PROVINCE.sub("", bare), (row.name for row in self._rows.values()))
        return faults.unknown_province(text, tuple(dict.fromkeys((*heard, *near)))[:MOST_NEAR])

    def _names(self, codes: Iterable[str]) -> tuple[str, ...]:
        return tuple(self._rows[code].name for code in sorted(codes))


# ------------------------------------------------------------------ countries


class Countries:
    """Countries by every name they have in the registry."""

    def __init__(self, rows: Mapping[str, CountryRow]) -> None:
        self._rows = rows
        self._codes = {key_of(name): row.code for row in rows.values() for name in _names_of_country(row)}
        self.read = lru_cache(_REMEMBERED)(self._read)
        longest = sorted(
            {name for row in rows.values() for name in _names_of_country(row) if len(name) > 2}, key=len
        )
        self._behind = re.compile(
            r"[\s,]+(?:ประเทศ)?(?:" + "|".join(re.escape(name) for name in reversed(longest)) + r")\s*$",
            re.IGNORECASE,
        )

    def _read(self, text: str) -> str | Wrong:
        """The country's code, or why it is not clear."""
        bare, _ = without_brackets(clean(text))
        for name in (clean(text), bare, bare.removeprefix("ประเทศ").strip()):
            code = self._codes.get(key_of(name))
            if code is not None:
                return code if code != "TH" else faults.home_country(text)
        return faults.unknown_country(text, nearest(bare, (row.name for row in self._rows.values())))

    def without(self, name: str) -> str:
        """A partner's name without the country behind it: "Chengdu, China"."""
        return self._behind.sub("", name)


def _names_of_country(row: CountryRow) -> tuple[str, ...]:
    return (row.name, row.official, row.name_en, row.code, *row.aliases)


# ------------------------------------------------------------------ partners

_TOWN_FORMS = ("เทศบาลนคร", "เทศบาลเมือง", "เทศบาล", "มหานคร", "นครหลวง", "นคร", "เมือง", "กรุง", "อำเภอ")
_REGION_FORMS = ("มณฑล", "รัฐ", "แขวง", "เขตปกครองตนเอง", "เขตบริหารพิเศษ", "ภูมิภาค", "ดินแดน")
_TOWN_ENGLISH = re.compile(r"\b(?:city|municipality|town)\b", re.IGNORECASE)
_REGION_ENGLISH = re.compile(r"\b(?:province|prefecture|state|region|khoueng|krai|county)\b", re.IGNORECASE)
_TOWN_KIND = re.compile(r"city|municipality|town|district|capital|SAR", re.IGNORECASE)
_QUALIFIED = re.compile(r"[\s,]+(?=(?:มณฑล|รัฐ|เขตปกครอง|แขวง|จังหวัด|ภูมิภาค|ประเทศ|สาธารณรัฐ|สปป)|$)")
_NUMBERED = re.compile(r"^\s*[(]?\d{1,3}[.)]\s*")
_SCRIPTS = re.compile(
    r"[ก-๙][ก-๙0-9\s.\-]*|[A-Za-zÀ-ɏḀ-ỹ][A-Za-zÀ-ɏḀ-ỹ0-9\s.'’\-]*|[⺀-鿿가-힯぀-ヿ]+|[Ѐ-ӿ][Ѐ-ӿ\s\-]*"
)
_THAI = re.compile("[ก-๙]")


@dataclass(frozen=True)
class Named:
    """What a row calls its partner, in each of the columns that it has."""

    partner: str = ""
    partner_en: str = ""
    partner_local: str = ""

    def given(self) -> tuple[tuple[str, str], ...]:
        found = (
            ("partner", self.partner),
            ("partner_en", self.partner_en),
            ("partner_local", self.partner_local),
        )
        return tuple((name, text) for name, text in found if text)


@dataclass(frozen=True)
class FoundPartner:
    """A partner that is ours, and spellings in the row that we did not know."""

    id: str
    spellings: tuple[tuple[str, str], ...] = ()  # field, text
    former: bool = False  # found by a name that it had before


@dataclass(frozen=True)
class NewPartner:
    """None of ours, and none that is near."""

    name: str
    name_en: str
    name_local: str
    parent: str = ""  # what it lies in, where the row says so


@dataclass(frozen=True)
class Misnamed:
    """What is wrong, and with which of the row's columns."""

    field: str
    wrong: Wrong


@dataclass
class _Names:
    whole: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    short: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))


class Partners:
    """The partners of all countries by every name they have or had."""

    def __init__(self, ours: Ours, countries: Countries) -> None:
        self._ours = ours
        self._countries = countries
        self._by_country: dict[str, _Names] = defaultdict(_Names)
        self._sounds: dict[str, dict[str, str]] = defaultdict(dict)
        self._others = {key_of(word) for word in lookalikes()}
        for partner in ours.partners.values():
            names = self._by_country[partner.country]
            for name in partner.names:
                names.whole[key_of(name)].add(partner.id)
                for form in forms_of(clean(name)):
                    names.short[key_of(form)].add(partner.id)
                    self._sounds[partner.country].setdefault(sound_of(form), partner.id)
        self._found = lru_cache(_REMEMBERED)(self._look_up)
        self._near = lru_cache(_REMEMBERED)(self._nearest)

    def read(
        self, named: Named, country: str | None, *, certain: bool = False
    ) -> FoundPartner | NewPartner | Misnamed:
        """
        Args:
            country: Its code; None where the sheet has none, and names of all countries count.
            certain: It is new, the row says so: that a name is near another one is no obstacle.
        """
        given = named.given()
        found = {name: self._found(text, country) for name, text in given}
        for name, one in found.items():
            if one.wrong is not None:
                return Misnamed(name, one.wrong)
        hits = {name: one.ids for name, one in found.items() if one.ids}
        if not hits:
            return self._unfound(named, country, certain=certain)
        together = frozenset.intersection(*hits.values())
        if not together:
            first, last = next(iter(hits.items())), list(hits.items())[-1]
            shown = (self._shown(first[1])[0], self._shown(last[1])[0])
            return Misnamed(last[0], faults.names_disagree(*shown))
        name, text = next((name, text) for name, text in given if name in hits)
        if len(together) > 1:
            return Misnamed(name, faults.same_name(text, self._shown(together)))
        return self._with_spellings(next(iter(together)), given, hits)

    def _with_spellings(
        self, partner_id: str, given: Sequence[tuple[str, str]], hits: Mapping[str, frozenset[str]]
    ) -> FoundPartner | Misnamed:
        partner = self._ours.partners[partner_id]
        unknown = [(name, text) for name, text in given if name not in hits]
        for name, text in unknown:
            # In the script of the place nobody here would notice a slip; in ours it has to be near.
            if name != "partner_local" and not self._is_near(text, partner):
                return Misnamed(name, faults.name_unlike(text, partner.shown))
        keys = {key_of(name) for name in partner.former}
        former = bool(keys) and any(key_of(text) in keys for _, text in given)
        return FoundPartner(partner_id, tuple(unknown), former)

    def _is_near(self, text: str, partner: Partner) -> bool:
        return any(_heard(form, name) for form in forms_of(clean(text)) for name in self._forms(partner))

    def _forms(self, partner: Partner) -> Iterator[str]:
        for name in partner.names:
            yield from forms_of(clean(name))

    # ---- a name

    def _look_up(self, text: str, country: str | None) -> _Found:
        """The partners that a text names, by what says most of it."""
        codes = [country] if country else list(self._by_country)
        for level in _levels(text, self._countries):
            for short in (False, True):
                each = [(part, self._ids(part, codes, short=short)) for part in level.parts]
                if any(ids for _, ids in each):
                    return self._decided(text, each, short=short, complete=level.complete)
        return _Found(frozenset())

    def _ids(self, text: str, codes: Iterable[str], *, short: bool) -> frozenset[str]:
        one_name = short and not re.search(
            r"[()/]", text
        )  # of a registered name the halves would be names too
        keys = {key_of(form) for form in forms_of(text)} if one_name else {key_of(text)}
        found: set[str] = set()
        for code in codes:
            names = self._by_country[code].short if short else self._by_country[code].whole
            found.update(*(names.get(key, ()) for key in keys))
        return frozenset(found)

    def _decided(
        self, text: str, each: Sequence[tuple[str, frozenset[str]]], *, short: bool, complete: bool
    ) -> _Found:
        known = [(part, ids) for part, ids in each if ids]
        together = frozenset.intersection(*(ids for _, ids in known))
        strange = tuple(part for part, ids in each if not ids and _THAI.search(part)) if complete else ()
        if not together or strange:
            found = frozenset().union(*(ids for _, ids in known))
            return _Found(found, faults.several_partners(text, (*self._shown(found), *strange)))
        if not short:
            return _Found(together)
        said = _form_of(known[0][0])
        fitting = frozenset(
            one for one in together if said in (None, "either", _sort_of(self._ours.partners[one]))
        )
        if fitting:
            return _Found(fitting)
        shown = self._shown(together)
        return _Found(
            together, faults.town(text, shown[0]) if said == "town" else faults.unmatched(text, shown)
        )

    def _shown(self, ids: Iterable[str]) -> tuple[str, ...]:
        return tuple(self._ours.partners[one].shown for one in sorted(ids))

    # ---- a name that is none of ours

    def _unfound(self, named: Named, country: str | None, *, certain: bool) -> NewPartner | Misnamed:
        given = named.given()
        name, text = given[0]
        if clean(text).startswith("เทศบาล"):
            return Misnamed(name, faults.municipal(text))
        if not certain:
            near = [self._near(text, country) for _, text in given if text != named.partner_local]
            if near and all(near):
                return Misnamed(name, faults.unmatched(text, near[0]))
            for name, text in given:
                if elsewhere := self._elsewhere(text, country):
                    return Misnamed(name, faults.unmatched(text, elsewhere))
        return _split(named)

    def _elsewhere(self, text: str, country: str | None) -> tuple[str, ...]:
        """The name is one that we know, but in another country: one of the two is a slip."""
        if country is None:
            return ()
        found = (self._ours.partners[one] for one in sorted(self._found(text, None).ids))
        return tuple(f"{one.shown} {self._ours.countries[one.country].name}" for one in found)

    def _nearest(self, text: str, country: str | None) -> tuple[str, ...]:
        """The partners whose names a slip could have made this of; none where the text is a known other place."""
        if any(key_of(form) in self._others for form in forms_of(clean(text))):
            return ()
        forms = [sound_of(form) for form in forms_of(clean(text)[:LONGEST_NAME])]
        codes = [country] if country else list(self._sounds)
        found: dict[str, int] = {}
        for code in codes:
            for heard, partner_id in self._sounds.get(code, {}).items():
                for form in forms:
                    distance = _slips(form, heard)
                    if distance is not None and distance < found.get(partner_id, 99):
                        found[partner_id] = distance
        ranked = sorted(found, key=lambda one: (found[one], one))[:MOST_NEAR]
        return tuple(self._ours.partners[one].shown for one in ranked)


@dataclass(frozen=True)
class _Found:
    ids: frozenset[str]
    wrong: Wrong | None = None


def _heard(one: str, other: str) -> bool:
    return key_of(one) == key_of(other) or _slips(sound_of(one), sound_of(other)) is not None


_FIRST_LETTERS = {letter: kin[0] for kin in ("ชซจส", "กคข", "ตทดถ", "พผบป", "ลร") for letter in kin}


def _slips(typed: str, name: str) -> int | None:
    """
    Slips between two names as they sound, where they are few enough for one to be meant by the other.

    The first consonant has to be the same, or one that is mistaken for it: of the towns that end in โจว, it alone
    tells many apart.
    """
    first, second = (one.lstrip("เแโใไ")[:1] for one in (typed, name))
    if _FIRST_LETTERS.get(first, first) != _FIRST_LETTERS.get(second, second):
        return None
    most = slips_allowed(name)
    distance = OSA.distance(typed, name, score_cutoff=most)
    return distance if distance <= most else None


@dataclass(frozen=True)
class _Level:
    """Parts of a text to look it up by; where they are `complete`, each names a place by itself."""

    parts: tuple[str, ...]
    complete: bool = False


def _levels(text: str, countries: Countries) -> Iterator[_Level]:
    """What to look a text up by: the whole of it first, then parts that say less."""
    whole = _NUMBERED.sub("", clean(text))[:LONGEST_NAME]
    bare, note = without_brackets(whole)
    yield _Level((whole,))
    yield _Level((bare, *_foreign(note or "")))
    yield _Level((countries.without(bare),))
    parts = tuple(part for part in re.split(r"\s*(?:/|\n|\+|&|และ)\s*", bare) if part)
    if len(parts) > 1:
        yield _Level(parts, complete=True)
    scripts = tuple(found.strip(" .-") for found in _SCRIPTS.findall(bare))
    yield _Level(tuple(found for found in scripts if len(found) > 1))
    listed = tuple(part for part in re.split(r"\s*[,;]\s*", bare) if part)
    if len(listed) > 1:
        yield _Level(listed)
    yield _Level(tuple(_QUALIFIED.split(part)[0].strip() for part in (bare, *scripts[:1], *listed[:1])))


def _foreign(note: str) -> tuple[str, ...]:
    """A bracket is another name of the place where it is in another script; in Thai it says where it lies."""
    return () if not note or _THAI.search(note) else (note,)


def _form_of(text: str) -> str | None:
    """Whether a name says that it is a town or a region; จังหวัด is said of both."""
    text = text.strip()
    if text.startswith("จังหวัด"):
        return "either"
    if text.startswith(_REGION_FORMS) or _REGION_ENGLISH.search(text):
        return "region"
    if text.startswith(_TOWN_FORMS) or _TOWN_ENGLISH.search(text):
        return "town"
    return None


def _sort_of(partner: Partner) -> str:
    """เมืองหลวงพระบาง is the town, แขวงหลวงพระบาง the province around it: which of both a partner is."""
    if partner.kind:
        return "town" if _TOWN_KIND.search(partner.kind) else "region"
    return _form_of(partner.name) or "either"


def kind_of(name: str) -> str:
    """The form of government that a Thai name says, as the reference files write it; empty where it says none."""
    for forms, kind in (
        (("มณฑล", "จังหวัด", "แขวง"), "province"),
        (("รัฐ",), "state"),
        (("เขตปกครองตนเอง",), "autonomous region"),
        (_TOWN_FORMS, "city"),
    ):
        if name.startswith(forms):
            return kind
    return ""


def _split(named: Named) -> NewPartner:
    """A new partner's names, each in its script: a Latin name in brackets or behind is the English one."""
    name, note = without_brackets(_NUMBERED.sub("", clean(named.partner)))
    english, local = clean(named.partner_en), clean(named.partner_local)
    for piece in (*_SCRIPTS.findall(name), note or ""):
        piece = piece.strip(" .-")
        if not english and re.fullmatch(r"[A-Za-zÀ-ɏḀ-ỹ][A-Za-zÀ-ɏḀ-ỹ0-9\s.'’\-]+", piece):
            english = piece
        elif not local and piece and not _THAI.search(piece) and not re.search("[A-Za-z]", piece):
            local = piece
    thai = " ".join(piece.strip() for piece in _SCRIPTS.findall(name) if _THAI.search(piece))
    town, *around = _QUALIFIED.split(thai) if thai else [""]
    parent = " ".join((*around, note if note and _THAI.search(note) else "")).strip()
    return NewPartner(town or thai or name or english or local, english, local, parent)
