"""
The names of provinces, partners and activity types, and finding them in what officers type.

All names are matched as written first (the longest wins), then by sound, then with a slip of the finger. The
officer's own pairings come first, a named province decides, and what stays open is returned as several
candidates: nothing here picks one of two.
"""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from copy import copy
from dataclasses import dataclass, replace
from importlib.resources import files
from typing import Literal

from bot.language.kinds import TypeReader, TypeReading, TypeWords
from bot.language.name_index import Kind, NameIndex
from bot.language.spelling import (
    SHORTEST_SOUND,
    Squashed,
    slips_allowed,
    sound,
    sound_of,
    squash,
    squash_name,
)
from bot.language.text import CONNECTIVES, DEPENDENT, HIDDEN, beside, clean, hide, just_before
from bot.language.whole_names import PlaceNames, WholeNames

__all__ = [
    "CountryNames",
    "Lexicon",
    "Match",
    "Mention",
    "PairingNames",
    "PairingReading",
    "PlaceNames",
    "ProvinceNames",
    "TypeWords",
    "forms_of",
    "lookalikes",
]


@dataclass(frozen=True)
class ProvinceNames:
    """A Thai province. `unsafe_aliases` are everyday words too; a note in brackets after one is ignored."""

    code: str  # TH-50
    name_th: str
    aliases: tuple[str, ...]
    unsafe_aliases: tuple[str, ...]
    name_en: str = ""


@dataclass(frozen=True)
class PairingNames:
    """One Thai province and one partner, with every name of the partner."""

    id: str
    province_code: str
    province_name: str
    partner_th: str
    partner_en: str
    aliases: tuple[str, ...]
    country_code: str
    status: str
    level: str
    display: str
    partner_id: str


@dataclass(frozen=True)
class CountryNames:
    code: str
    name_th: str
    name_en: str
    aliases: tuple[str, ...]


@dataclass(frozen=True)
class Mention:
    """
    A name found in a text.

    `readings` holds, for each name that it can be, the pairings (or the province or country code) of that
    name: more than one when two names are equally near. `place` says that it stands after ที่ or ณ,
    `municipal` that it names a municipality (เทศบาลนครเชียงใหม่), `far` that it is only the nearest guess.
    `about` that it stands inside the topic. `nearest` are those of the pairings whose names have the fewest slips, where there are several readings.
    """

    kind: Literal["partner", "province", "country"]
    readings: tuple[frozenset[str], ...]
    first_char: int
    last_char: int
    slip: bool = False
    far: bool = False
    place: bool = False
    municipal: bool = False
    about: bool = False
    nearest: frozenset[str] = frozenset()

    @property
    def targets(self) -> tuple[str, ...]:
        return tuple(sorted(frozenset().union(*self.readings)))


@dataclass(frozen=True)
class Match:
    """A pairing that a text can mean, and where its name stands."""

    pairing_id: str
    first_char: int
    last_char: int
    slip: bool = False


@dataclass(frozen=True)
class PairingReading:
    """
    What a sentence says about the pairing.

    One match and `settled`: that pairing. Anything else has to be asked, with the matches as choices.
    `together` holds the pairings of partners that are listed as having taken part in one activity.
    """

    matches: tuple[Match, ...]
    settled: bool
    municipal: bool
    mentions: tuple[Mention, ...]
    together: tuple[str, ...] = ()

    @property
    def ids(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(match.pairing_id for match in self.matches))


_SEAMS_INSIDE = 3
_MOST_STRETCHES = 80
_LONGEST_TYPED = 30
_MOST_AMENDED = 4
"""Where more than one pairing in so many changed, the whole index is made anew."""


# ------------------------------------------------------------------ names as they may be typed

_FORMS = (
    *(
        "จังหวัดปกครองตนเองพิเศษ",
        "เขตปกครองตนเองชนชาติไท",
        "เขตปกครองตนเองชนชาติอี๋",
        "เขตปกครองพิเศษ",
        "เขตบริหารพิเศษ",
    ),
    *("เขตปกครองตนเอง", "นครหลวง", "มหานคร", "จังหวัด", "มณฑล", "แขวง", "นคร", "เมือง", "รัฐ", "กรุง", "ดินแดน"),
)
_ENGLISH_FORMS = re.compile(
    r"\b(?:Special Region of|Dai Autonomous Prefecture|Yi Autonomous Prefecture|Zhuang Autonomous Region|Autonomous (?:Prefecture|Region)"
    r"|Province|Prefecture|Municipality|Capital|Krai|SAR|City|State)\b|-do\b|, D\.C\."
)
_ABBREVIATION = re.compile(r"[ก-ฮ]{2}\.?")
ENGLISH_WORDS = frozenset({"nice", "hue", "diy"})
"""Names that are English words or initials too: they count only when written with their capital letters."""

# ห before a sonorant only carries the tone, and is left out: เลียงซาน, ลวงพระบาง.
_SILENT_HO = re.compile("ห(?=[งนมยรลว])")
_CAPITAL = ("กรุง", "นครหลวง")
_REGIONS = ("มณฑล", "รัฐ", "เขตปกครองตนเองกว่างซี", "จังหวัด")


_OF_A_REGION = ("จังหวัด", "มณฑล", "แขวง", "รัฐ", "ดินแดน", "เขตปกครอง")


def is_region(partner_th: str) -> bool:
    """Whether a partner's registered name says that it is a province or state, not a city."""
    return partner_th.startswith(_OF_A_REGION)


def is_capital(partner_th: str) -> bool:
    """Whether a partner's registered name says that it is the capital."""
    return partner_th.startswith(_CAPITAL)


def forms_of(name: str) -> set[str]:
    """A registered name, whole and without its form of government, brackets opened and halves of "a/b" apart."""
    parts = [name, *re.split(r"[()/]", name)]
    found = set()
    for part in (part.strip() for part in parts):
        found.add(part)
        found.add(_ENGLISH_FORMS.sub("", part).strip(" -"))
        found.update(part.removeprefix(form).strip() for form in _FORMS if part.startswith(form))
    return {form for form in found if form and form not in _FORMS}


def _long_enough(key: str) -> bool:
    return len(key) >= (2 if key and key[0] >= "⺀" else 3)


def lookalikes() -> Iterator[str]:
    """Names of other places and words that look or sound like a name of the registry."""
    lines = files("bot.language").joinpath("lookalikes.txt").read_text(encoding="utf-8").splitlines()
    return (line.strip() for line in lines if line.strip() and not line.startswith("#"))


_LEFT_WORDS = tuple(
    sorted(
        {*CONNECTIVES, "กับ", "เยือน", "ดูงาน", "ประชุม", "หารือ", "ลงนาม", "ต้อนรับ", "ชาว"}, key=len, reverse=True
    )
)
_AFTER_SHORT = re.compile(
    r"(?:กับ|ที่|และ|ณ|วัน|มา|ไป|จำนวน|งบ|คณะ|ระหว่าง|ประชุม|หารือ|ลงนาม|เรื่อง|เมื่อ|ใน|โดย|จัด|นำ|ร่วม|พบ|ศึกษา|ดูงาน|เยือน|ส่ง|มอบ|ด้าน|ฉลอง|ครบ)"
)
_DEPENDENT = re.compile(f"[{DEPENDENT}]")
_LEADING = "เแโใไ"
_PROVINCE_BEFORE = re.compile(r"(?:จังหวัด|จว\.?|จ\.|(?<![ก-๙])จ)\s*$")
_MUNICIPAL_BEFORE = re.compile(
    r"(?:(?:[ก-๙]{0,3}ศบาล|นายกเทศมนตรี|เทศมนตรี|นายกเล็ก)(?:นคร|เมือง|ตำบล)?|(?<![ก-๙])ท\.?[นมต]\.)\s*$"
)
_MUNICIPAL_AFTER = re.compile(r"\s*(?:city\s+)?municipality", re.IGNORECASE)
_PLACE_BEFORE = re.compile(
    r"(?:ที่|ณ|ใน|\bat|\bin)\s*(?:จังหวัด|จ\.|เมือง|นคร|มหานคร|กรุง|มณฑล|แขวง|รัฐ|เทศบาลนคร|เทศบาลเมือง|เทศบาล)?\s*$",
    re.IGNORECASE,
)
_CLIPPED = re.compile(r"(?<![ก-๙])([ก-๎]{3,})ฯ")
_BETWEEN_LISTED = re.compile(r"[\s,]*(?:และ|กับ|and)?\s*")
_PARTNER_BEFORE = re.compile(r"(?:กับ|และ|เยือน|คณะ|จาก|ร่วม|,|\bwith|\band)\s*$", re.IGNORECASE)
# สมาคมฮกเกี้ยน, ร้านเซี่ยงไฮ้: named after a place, and not of it.
_NAMED_AFTER = re.compile(
    r"(?:สมาคม|ศาลเจ้า|มูลนิธิ|ร้าน|ร้านอาหาร|ภัตตาคาร|ถนน|ซอย|โรงแรม|ห้อง|ห้องประชุม)(?:ชาว)?\s*$"
)
_KHOUENG_BEFORE = re.compile(r"แ(?:ขว|วข|ข|ว)ง+\s*$")
_COUNTRY_BEFORE = re.compile(r"(?:กับ|เยือน|ไป|จาก|คณะ|ประเทศ|รับ|ฝ่าย|สู่|พบ)\s*$")


def _is_other(one: PairingNames | None, pairing: PairingNames) -> bool:
    """Most are the very same object, which is told far sooner than that two are equal."""
    return one is not pairing and one != pairing


@dataclass(frozen=True)
class _Hit:
    key: str
    first: int
    last: int
    slip: bool


class Lexicon:
    """Every name of the registry, indexed once; immutable afterwards. `with_pairings` gives another one."""

    def __init__(
        self,
        provinces: Sequence[ProvinceNames],
        pairings: Sequence[PairingNames],
        types: Sequence[TypeWords],
        countries: Sequence[CountryNames],
        places: Sequence[PlaceNames] = (),
    ) -> None:
        self._made_of = (provinces, types, countries, places)
        self.pairings = {pairing.id: pairing for pairing in pairings}
        self.provinces = {province.code: province for province in provinces}
        self.types = TypeReader(types)
        self._written, self._heard = NameIndex(), NameIndex()
        self._add_names(provinces, pairings, countries)
        self._written.finish()
        self._heard.finish()
        own_names = {
            key: province.code
            for province in provinces
            for key in (squash_name(clean(province.name_th)), squash_name(clean(province.name_en)))
            if key
        }
        self.whole = WholeNames(self._written, self._heard, pairings, own_names, places)
        words = {*CONNECTIVES, *self.types.words}
        thai = sorted((word for word in words if not word.isascii()), key=len, reverse=True)
        self._seams = re.compile("|".join(re.escape(word) for word in thai))

    @classmethod
    def build(
        cls,
        provinces: Sequence[ProvinceNames],
        pairings: Sequence[PairingNames],
        types: Sequence[TypeWords],
        countries: Sequence[CountryNames],
        places: Sequence[PlaceNames] = (),
    ) -> Lexicon:
        return cls(provinces, pairings, types, countries, places)

    def with_pairings(self, pairings: Sequence[PairingNames]) -> Lexicon:
        """
        This lexicon with these pairings instead of its own. Only what differs is looked at: of a country's ten
        thousand pairings a few change at a time, and an index of all of them takes seconds to make.
        """
        now = {one.id: one for one in pairings}
        gone = [one for one in self.pairings.values() if _is_other(now.get(one.id), one)]
        new = [one for one in pairings if _is_other(self.pairings.get(one.id), one)]
        if not gone and not new:
            return self
        made = copy(self)
        if len(gone) + len(new) < len(now) / _MOST_AMENDED and made.amend(now, gone, new):
            return made
        provinces, types, countries, places = self._made_of
        return Lexicon.build(provinces, pairings, types, countries, places)

    def amend(
        self, now: dict[str, PairingNames], gone: Sequence[PairingNames], new: Sequence[PairingNames]
    ) -> bool:
        """Become the lexicon of other pairings: for a copy that nobody else has. False: it is of no use."""
        partners = {one.partner_id for one in (*gone, *new)}
        before = self._written_keys(partners)
        self.pairings = now
        self._written, self._heard = self._written.amended(), self._heard.amended()
        for pairing in gone:
            for index, key in self._keys(pairing):
                index.take(key, "partner", pairing.id)
        for pairing in new:
            for index, key in self._keys(pairing):
                index.put(key, "partner", pairing.id)
        self.whole = copy(self.whole)
        after = self._written_keys(partners)
        return self.whole.amend(self._written, self._heard, tuple(now.values()), before, after)

    def _written_keys(self, partners: Iterable[str]) -> dict[str, set[str]]:
        """The squashed names of each of these partners."""
        found: dict[str, set[str]] = {one: set() for one in partners}
        for pairing in self.pairings.values():
            if pairing.partner_id in found:
                keys = (key for index, key in self._keys(pairing) if index is self._written)
                found[pairing.partner_id].update(keys)
        return found

    # ---- building

    def _add_names(
        self,
        provinces: Iterable[ProvinceNames],
        pairings: Iterable[PairingNames],
        countries: Iterable[CountryNames],
    ) -> None:
        for word in lookalikes():
            self._add(clean(word), "other", word)
        for country in countries:
            for name in (country.name_th, country.name_en, *country.aliases):
                if len(name) > 2:
                    self._add(clean(name), "country", country.code)
        for province in provinces:
            self._add_province(province)
        for pairing in pairings:
            for index, key in self._keys(pairing):
                index.add(key, "partner", pairing.id)

    def _add_province(self, province: ProvinceNames) -> None:
        unsafe = {squash_name(clean(alias.partition(" (")[0])) for alias in province.unsafe_aliases}
        for name in (province.name_th, province.name_en, *province.aliases):
            name = clean(name)
            if not name or name.startswith(("จ.", "จังหวัด")):
                continue
            if _ABBREVIATION.fullmatch(name):
                self._written.add(name.rstrip("."), "abbreviation", province.code)
                if name.rstrip(".") not in unsafe:
                    self._written.add(name.rstrip("."), "dotted", province.code)
            else:
                self._add(name, "unsafe" if squash_name(name) in unsafe else "province", province.code)

    def _keys(self, pairing: PairingNames) -> Iterator[tuple[NameIndex, str]]:
        """Where the names of a pairing's partner stand."""
        names = {pairing.partner_th, pairing.partner_en, *pairing.aliases}
        for form in {form for name in names for form in forms_of(clean(name))}:
            yield from self._keys_of(form, "partner")

    def _add(self, name: str, kind: Kind, target: str) -> None:
        for index, key in self._keys_of(name, kind):
            index.add(key, kind, target)

    def _keys_of(self, name: str, kind: Kind) -> Iterator[tuple[NameIndex, str]]:
        key = squash_name(name)
        if not _long_enough(key):
            return
        yield self._written, key
        if kind == "partner" and name.startswith(_FORMS):
            return  # heard without its form: "จังหวัดที่" is no slip in "จังหวัดไอจิ"
        heard = sound_of(key)
        if len(heard) >= SHORTEST_SOUND and key not in ENGLISH_WORDS and kind != "unsafe":
            yield self._heard, heard
            without_ho = _SILENT_HO.sub("", heard)
            if len(heard) > len(without_ho) > SHORTEST_SOUND:
                yield self._heard, without_ho

    # ---- finding

    def mentions(self, text: str) -> tuple[Mention, ...]:
        """Every province, partner and country named in a cleaned text, in its order."""
        found: list[Mention] = []
        left = text
        for slip, index in ((False, self._written), (True, self._heard)):
            squashed = sound(squash(left)) if slip else squash(left)
            for hit in self._hits(left, index, squashed, slip=slip):
                named = list(self._mentions_of(text, hit))
                found += named
                if named or any(kind in {"other", "partner"} for kind, _ in index.names[hit.key]):
                    left = hide(left, [(hit.first, hit.last)])
        partners = [mention for mention in found if mention.kind == "partner"]
        found += self._slipped(left, [mention.first_char for mention in partners])
        found += self._clipped(left)
        return tuple(sorted(found, key=lambda mention: mention.first_char))

    def _hits(self, text: str, index: NameIndex, squashed: Squashed, *, slip: bool) -> list[_Hit]:
        """Names that stand in the text, the longest first where they overlap."""
        found: list[_Hit] = []
        for position in range(len(squashed.signs) - 1):
            for key in index.starting(squashed.signs, position):
                first, last = squashed.origin[position], squashed.origin[position + len(key) - 1]
                if slip:
                    last = _with_marks(text, last)
                if _stands_alone(text, first, last, key, heard=slip):
                    found.append(_Hit(key, first, last, slip))
                    break
        found.sort(key=lambda hit: (-len(hit.key), hit.first))
        chosen: list[_Hit] = []
        for hit in found:
            if all(hit.last < other.first or hit.first > other.last for other in chosen):
                chosen.append(hit)
        return chosen

    def _mentions_of(self, text: str, hit: _Hit) -> Iterator[Mention]:
        kinds = (self._heard if hit.slip else self._written).kinds(hit.key)
        before, after = beside(text, hit.first, hit.last)
        mention = Mention(
            "partner",
            (),
            hit.first,
            hit.last,
            slip=hit.slip,
            place=_PLACE_BEFORE.search(before) is not None,
            municipal=bool(_MUNICIPAL_BEFORE.search(before) or _MUNICIPAL_AFTER.match(after)),
        )
        after_province = _PROVINCE_BEFORE.search(before) is not None
        partners = self._of_that_form(before, kinds.get("partner", set()))
        provinces = set(kinds.get("province", ()))
        if after_province:
            provinces |= kinds.get("unsafe", set()) | kinds.get("abbreviation", set())
        elif after.startswith(".") and not re.search(r"[ก-๙.]$", before):
            provinces |= kinds.get("dotted", set())
        if hit.key not in _TITLES and not before.strip() and _NO_MONTH_AFTER.match(after):
            provinces |= kinds.get("abbreviation", set())
        if partners and _NAMED_AFTER.search(before):
            return
        if partners and not (after_province and provinces and not hit.slip):
            yield replace(mention, readings=self._by_name(partners), municipal=False)
        elif provinces:
            yield replace(
                mention, kind="province", readings=tuple(frozenset({code}) for code in sorted(provinces))
            )
        elif "country" in kinds and not hit.slip and _COUNTRY_BEFORE.search(before):
            yield replace(mention, kind="country", readings=(frozenset(kinds["country"]),), municipal=False)

    def _of_that_form(self, before: str, ids: Iterable[str]) -> frozenset[str]:
        """แขวงเวียงจันทน์ is another place than the capital นครหลวงเวียงจันทน์."""
        if not _KHOUENG_BEFORE.search(before):
            return frozenset(ids)
        return frozenset(one for one in ids if not is_capital(self.pairings[one].partner_th))

    def _by_name(self, ids: Iterable[str]) -> tuple[frozenset[str], ...]:
        """Pairings grouped by partner: one group for Da Nang with its six provinces."""
        groups: dict[tuple[str, str], set[str]] = defaultdict(set)
        for one in sorted(ids):
            groups[self.pairings[one].country_code, self.pairings[one].partner_th].add(one)
        return tuple(frozenset(group) for group in groups.values())

    def _clipped(self, text: str) -> Iterator[Mention]:
        """ "อุบลฯ", "สุราษฯ": a province's name cut short, when no other begins so."""
        for found in _CLIPPED.finditer(text):
            codes = [one.code for one in self.provinces.values() if one.name_th.startswith(found[1])]
            if len(codes) == 1:
                yield Mention("province", (frozenset(codes),), found.start(), found.end() - 1)

    def _slipped(self, text: str, others: Sequence[int]) -> list[Mention]:
        """
        Names with a slip of the finger: only whole stretches between known words are compared.

        Beside partners that are spelled well (`others`, where they begin) only what stands where a partner would
        is looked at, and only a near one counts.
        """
        best: dict[tuple[int, int], Mention] = {}
        for first, last in itertools.islice(self._stretches(text), _MOST_STRETCHES):
            if others and not _may_be_listed(text, first, last, others):
                continue
            mention = self._nearest(text, first, last)
            if mention is not None and not (others and (mention.far or mention.kind != "partner")):
                best[first, last] = mention
        sure = [mention for mention in best.values() if not mention.far]
        kept: list[Mention] = []
        for mention in sorted(sure or best.values(), key=lambda one: one.first_char - one.last_char):
            if all(mention.last_char < one.first_char or mention.first_char > one.last_char for one in kept):
                kept.append(mention)
        return kept

    def _stretches(self, text: str) -> Iterator[tuple[int, int]]:
        for run in re.finditer(r"[ก-๙]+(?:-[ก-๙]+)*", text):
            seams = list(self._seams.finditer(text, run.start(), run.end()))
            # A name may hold a known word (สวันนะเขต holds วัน): stretches reach over a seam or two.
            ends = [*(seam.start() for seam in seams), run.end()]
            for start in dict.fromkeys((run.start(), *(seam.end() for seam in seams))):
                for end in [end for end in ends if end > start][:_SEAMS_INSIDE]:
                    yield start, end - 1
        words = list(re.finditer(r"[A-Za-zÀ-ɏḀ-ỹ]+", text))
        for number, word in enumerate(words):
            for other in words[number : number + 3]:
                if re.fullmatch(r"[A-Za-zÀ-ɏḀ-ỹ \-]+", text[word.start() : other.end()]):
                    yield word.start(), other.end() - 1

    def _nearest(self, text: str, first: int, last: int) -> Mention | None:
        typed = sound_of(text[first : last + 1])
        if not SHORTEST_SOUND <= len(typed) <= _LONGEST_TYPED:
            return None
        near = self._heard.near(typed, 1)
        if not near or all(kind in {"other", "country"} for kind, _ in self._heard.names[near[0][1]]):
            return None
        nearest = near[0][0]
        meant = {one for distance, key in near if distance <= nearest + 1 for one in self._heard.names[key]}
        partners = {target for kind, target in meant if kind == "partner"}
        provinces = {target for kind, target in meant if kind == "province"}
        far = nearest > min(1, slips_allowed(near[0][1]))
        if far and len(typed) < SHORTEST_SOUND + 2:
            return None
        partners = set(self._of_that_form(beside(text, first, last)[0], partners))
        best = frozenset(
            target
            for distance, key in near
            if distance == nearest
            for kind, target in self._heard.names[key]
            if kind == "partner"
        )
        if any(kind == "partner" for kind, _ in self._heard.names[near[0][1]]):
            if not partners:
                return None
            return Mention("partner", self._by_name(partners), first, last, slip=True, far=far, nearest=best)
        if provinces and not far:
            return Mention(
                "province", tuple(frozenset({code}) for code in sorted(provinces)), first, last, slip=True
            )
        return None

    # ---- deciding

    def read_pairing(self, text: str, home: str | None) -> PairingReading:
        """Which pairing a cleaned text is about, for an officer of province `home`."""
        return self.decide(text, self.mentions(text), home)

    def decide(self, text: str, mentions: tuple[Mention, ...], home: str | None) -> PairingReading:
        """The same of names that were found already."""
        partners = [mention for mention in mentions if mention.kind == "partner"]
        # "ประชุมกับฮอกไกโดที่เฉิงตูเรื่องการเยือนเซี่ยงไฮ้": the second is only where, the third what it was about.
        acting = [one for one in partners if not (one.place or one.about)] or partners
        acting = [mention for mention in acting if not _qualifies(text, mention, acting)]
        beside_topic = not all(one.about for one in acting)
        provinces = [one for one in mentions if one.kind == "province" and not (one.about and beside_topic)]
        own_names = [one for one in provinces if not one.place]
        municipal = _of_a_municipality(text, mentions) or (
            bool(own_names) and all(one.municipal for one in own_names)
        )
        named = {code for one in provinces if not one.municipal and not one.place for code in one.targets}
        hosts = {code for one in provinces if one.place for code in one.targets}
        if not acting:
            return self._of_country(mentions, home, municipal)
        narrowed = self._without_regions(
            text, [self._narrow(mention, home, named, hosts) for mention in acting]
        )
        together = () if municipal else _together(text, narrowed)
        if not together:
            narrowed = [found for found in narrowed if found.own] or narrowed
        matches: dict[str, Match] = {}
        for match in (match for found in narrowed for match in found.matches):
            matches.setdefault(match.pairing_id, match)
        sure = all(found.sure for found in narrowed) and not municipal and len(matches) == 1
        return PairingReading(tuple(matches.values()), sure, municipal, mentions, together)

    def _without_regions(self, text: str, narrowed: list[_Narrowed]) -> list[_Narrowed]:
        """กว่างซี in "หลิ่วโจว กว่างซี" is where the own partner lies, though others have a pairing with it."""
        kept = narrowed[:1]
        for found in narrowed[1:]:
            before, here = kept[-1].matches[0], found.matches[0]
            lies_in = (
                kept[-1].own
                and not found.own
                and re.fullmatch(r"[\s,(]*", text[before.last_char + 1 : here.first_char])
                and self.pairings[here.pairing_id].partner_th.startswith(_REGIONS)
                and not self.pairings[before.pairing_id].partner_th.startswith(_REGIONS)
            )
            if not lies_in:
                kept.append(found)
        return kept

    def _of_country(self, mentions: tuple[Mention, ...], home: str | None, municipal: bool) -> PairingReading:
        """ "ประชุมกับจีน": the own pairings in that country are offered, even a single one."""
        matches = tuple(
            Match(pairing.id, mention.first_char, mention.last_char)
            for mention in mentions
            if mention.kind == "country"
            for pairing in self.pairings.values()
            if pairing.province_code == home and pairing.country_code in mention.targets
        )
        return PairingReading(matches, settled=False, municipal=municipal, mentions=mentions)

    def _narrow(self, mention: Mention, home: str | None, named: set[str], hosts: set[str]) -> _Narrowed:
        """The pairings that a partner's name means beside the provinces that are named."""
        chosen: list[str] = []
        readings = self._own_reading(mention, named or {home or ""}) or mention.readings
        sure, own = not mention.far and len(readings) == 1, False
        for reading in readings:
            of_named = [one for one in sorted(reading) if self.pairings[one].province_code in named]
            of_home = [one for one in sorted(reading) if self.pairings[one].province_code == home]
            of_host = [
                one for one in sorted(reading) if self.pairings[one].province_code in hosts - {home or ""}
            ]
            if named:
                sure = sure and bool(of_named)
                own = own or bool(of_named)
                chosen += of_named or of_home or sorted(reading)
            elif of_home:
                sure = sure and not of_host
                own = True
                chosen += of_home + of_host
            else:
                chosen += sorted(reading)
        ordered = sorted(dict.fromkeys(chosen), key=lambda one: self.pairings[one].province_code != home)
        matches = tuple(Match(one, mention.first_char, mention.last_char, mention.slip) for one in ordered)
        return _Narrowed(matches, sure, own)

    def _own_reading(self, mention: Mention, provinces: set[str]) -> tuple[frozenset[str], ...]:
        """The one reading that the province has a pairing with, where no other name is as near."""
        own = [
            reading
            for reading in mention.readings
            if any(self.pairings[one].province_code in provinces for one in reading)
        ]
        return tuple(own) if len(own) == 1 and mention.nearest and mention.nearest <= own[0] else ()

    def find_pairings(self, text: str, home: str | None) -> tuple[Match, ...]:
        """
        The pairings that a text can mean, own ones first: one match is the pairing, several have to be asked.
        """
        return self.read_pairing(clean(text), home).matches

    def find_provinces(self, text: str) -> tuple[Mention, ...]:
        """The Thai provinces named in a text, municipalities and places marked."""
        return tuple(mention for mention in self.mentions(clean(text)) if mention.kind == "province")

    def resolve_province(self, text: str) -> tuple[str, ...]:
        """The codes that a typed province name can mean: one when it is clear, none when it is no province."""
        text = clean(text)
        key = squash_name(re.sub(r"^(?:จังหวัด|จว\.|จ\.)\s*", "", text))
        kinds = self._written.kinds(key)
        exact = kinds.get("province", set()) | kinds.get("abbreviation", set()) | kinds.get("unsafe", set())
        if exact:
            return tuple(sorted(exact))
        found = [
            mention for mention in self.mentions(text) if mention.kind == "province" and not mention.municipal
        ]
        return tuple(dict.fromkeys(code for mention in found for code in mention.targets))

    def read_type(self, text: str) -> TypeReading:
        """The activity type that a cleaned text speaks of; names of places should be hidden in it."""
        return self.types.read(text)

    def find_types(self, text: str) -> tuple[str, ...]:
        """Codes of the types that a text speaks of, the likeliest first; one when it is clear."""
        return self.types.read(clean(text)).codes


_TITLES = frozenset({"นพ", "สส", "สว"})
"""Also a doctor, a member of parliament, a senator: "นพ. สมชาย"."""
_NO_MONTH_AFTER = re.compile(r"\.\s+(?!\d|ที่|นี้|ปี|ก่อน|หน้า|ต้น|ปลาย|กลาง)")
"""A line may begin with the province: "พย. หารือ…" is no November, "พย. ที่ผ่านมา" is."""


@dataclass(frozen=True)
class _Narrowed:
    matches: tuple[Match, ...]
    sure: bool
    own: bool  # belongs to the officer's province or to one that is named


def _may_be_listed(text: str, first: int, last: int, others: Sequence[int]) -> bool:
    """Whether a stretch stands where a partner would: after กับ and its like, or before the next one of a list."""
    if just_before(_PARTNER_BEFORE, text, first):
        return True
    return any(
        last < other <= last + 8 and _BETWEEN_LISTED.fullmatch(text, last + 1, other) for other in others
    )


_DESTINATION = re.compile(
    rf"(?:เยือน|เยี่ยม|ไป|สู่|ที่|ณ|ดูงาน|ทัศนศึกษา|ถึง|ตระเวน|\b(?:visit(?:ed|s|ing)?|to|in|at))\s*(?:{'|'.join(_FORMS)}|\s)*$",
    re.IGNORECASE,
)
_LONGEST_GAP = 60
_LISTED = re.compile(
    rf"(?:[\s,;/&+(){HIDDEN}\-]|และ|ร่วมกับ|กับ|รวมทั้ง|รวมถึง|พร้อมด้วย|พร้อม|ตลอดจน|ทั้ง|คณะผู้แทน|คณะ|ผู้แทน|จาก|ของ|ฝ่าย|อีก|{'|'.join(_FORMS)}|จ\.|\band\b|\bwith\b|\bfrom\b)*",
    re.IGNORECASE,
)


def _together(text: str, narrowed: Sequence[_Narrowed]) -> tuple[str, ...]:
    """
    The pairings of partners named in one list: "ประชุมร่วมกับเฉิงตูและฮอกไกโด".

    Empty when a name in it is in doubt, when words between may give them different parts, and for the stations
    of one journey: "ไปเยือนเฉิงตูและเซี่ยงไฮ้".
    """
    if not all(found.sure and len(found.matches) == 1 for found in narrowed):
        return ()
    named = [found.matches[0] for found in narrowed]
    if named and just_before(_DESTINATION, text, named[0].first_char):
        return ()
    gaps = [text[one.last_char + 1 : other.first_char] for one, other in itertools.pairwise(named)]
    if not all(len(gap) <= _LONGEST_GAP and _LISTED.fullmatch(gap) for gap in gaps):
        return ()
    ids = tuple(dict.fromkeys(match.pairing_id for match in named))
    return ids if len(ids) > 1 else ()


_AT = re.compile(r"(?:ที่|ณ)\s*$")
_MUNICIPALITY = re.compile(
    r"(?:(?<![ก-๙])|(?<=นายก)|(?<=สภา)|(?<=กับ)|(?<=โดย)|(?<=และ)|(?<=ของ)|(?<=ระหว่าง)|(?<=ร่วม)|(?<=จาก)|(?<=เมื่อ)|(?<=\d))เทศบาล(?:นคร|เมือง|ตำบล)?|นายกเล็ก|(?<![ก-๙])ท\.?[นมต]\."
)


def _of_a_municipality(text: str, mentions: Sequence[Mention]) -> bool:
    """Whether a municipality acts whose name was not understood; a partner's own one is none."""
    named = {one.first_char for one in mentions}
    for found in _MUNICIPALITY.finditer(text):
        start = found.end() + len(text[found.end() :]) - len(text[found.end() :].lstrip())
        placed = any(one.place and one.first_char >= found.start() for one in mentions)
        if start not in named and not placed and not just_before(_AT, text, found.start()):
            return True
    return False


_REGION = re.compile(r"[\s,(]*(?:มณฑล|รัฐ|เขตปกครองตนเอง|แขวง)")


def _qualifies(text: str, mention: Mention, mentions: Sequence[Mention]) -> bool:
    """เสฉวน in "เฉิงตู มณฑลเสฉวน" only says where the other one lies."""
    for other in mentions:
        between = text[other.last_char + 1 : mention.last_char + 1]
        region = _REGION.match(between) if other.last_char < mention.first_char else None
        if region and not between[region.end() : mention.first_char - other.last_char - 1].strip():
            return True
    return False


def _with_marks(text: str, last: int) -> int:
    """The last character of a name heard in a text, with the tone marks that its sound left out."""
    while last + 1 < len(text) and text[last + 1] in "่้๊๋็์ํ":
        last += 1
    return last


def _stands_alone(text: str, first: int, last: int, key: str, *, heard: bool) -> bool:
    """
    Whether a name is a word here and not a part of another one.

    A name that is only heard has to fit its surroundings: เชีงตุง sounds as if it began with เฉิงตู.
    """
    before, after = beside(text, first, last)
    typed = text[first : last + 1]
    if key.isascii():
        if re.search(r"[A-Za-z]$", before) or re.match(r"[A-Za-z]", after):
            return False
        return key not in ENGLISH_WORDS or typed[0].isupper()
    if not "฀" <= key[0] <= "๿":
        return True
    if _DEPENDENT.match(after) or (before[-1:] and before[-1] in _LEADING):
        return False
    if heard:
        return _fits_left(before) and _fits_right(after)
    if len(key) >= SHORTEST_SOUND:
        return True
    return _fits_left(before) and (len(key) == SHORTEST_SOUND - 1 or _fits_right(after))


def _fits_left(before: str) -> bool:
    """A short name (นีซ, เว้, ชล) begins after a blank, a sign or a word that names follow."""
    return re.search(r"[ก-๙]$", before) is None or before.endswith(_LEFT_WORDS)


def _fits_right(after: str) -> bool:
    return re.match(r"[ก-ฮ]", after) is None or _AFTER_SHORT.match(after) is not None
