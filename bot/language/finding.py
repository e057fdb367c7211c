"""
A line that is only a name: the pairing, partner, province or country that it means.

An exact name is exact, also beside one that looks alike. What could be two things, names a district or a unit
that was merged, or has a slip that could make another name is asked with at most three choices; nothing here
picks one of two. A municipality is never its province: the registry holds provincial relations.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from bot.language.around_names import Form, is_form, is_municipal, pieces, quarter_of, variants, without_form
from bot.language.covering import Part, cover
from bot.language.name_index import Kind
from bot.language.names import ENGLISH_WORDS, Lexicon, is_capital, is_region
from bot.language.spelling import SHORTEST_SOUND, ear_of, squash_name
from bot.language.text import DEPENDENT, HIDDEN, clean, hide_courtesies
from bot.language.whole_names import Near, Relation, Targets

FoundKind = Literal["pairing", "partner", "province", "country"]
Reason = (
    Relation
    | Literal[
        "shared",  # one name, several that bear it
        "alike",  # a slip, or only the sound
        "everyday",  # an everyday word or abbreviation too
        "beginning",  # only how it begins
        "several",  # several were named
        "not_paired",  # province and partner that have no pairing with each other
        "municipal",
    ]
)

MOST_CHOICES = 3
_READ_UP_TO = 400
_LONGEST_NAME = 80
_MOST_PIECES = 5
_SHORTEST_BEGINNING = 3


@dataclass(frozen=True)
class Named:
    """One thing that a name can mean: the id is that of the registry (`50-chengdu`, `chengdu`, `TH-50`, `CN`)."""

    kind: FoundKind
    id: str


@dataclass(frozen=True)
class Found:
    """
    What a line names, best first.

    `ask` has one to three choices and a reason: also a single one is only offered. Every other kind but `none`
    has exactly one choice, of that kind. `more` counts what three choices had no room for.
    """

    kind: FoundKind | Literal["ask", "none"]
    choices: tuple[Named, ...] = ()
    reason: Reason | None = None
    more: int = 0

    @property
    def ids(self) -> tuple[str, ...]:
        return tuple(one.id for one in self.choices)


NOTHING = Found("none")


def find(text: str, lexicon: Lexicon, *, home: str | None) -> Found:
    """
    Read a line that should be a name, typed by an officer of province `home`.

    A partner of the own province is that pairing, another one is the partner with all its pairings. Anything
    beside names, words that glue them together and words that ask to be shown something makes it `none`.
    """
    line = hide_courtesies(clean(text[:_READ_UP_TO])).replace(HIDDEN, " ")
    line = " ".join(line.split()).strip(" \"'“”‘’«»?!,;:…")
    if not line or len(line) > _LONGEST_NAME:
        return NOTHING
    if is_municipal(line):
        return Found("none", reason="municipal")
    reading = _Line(line, lexicon, home).read()
    return NOTHING if reading is None or not reading.meant else _told(reading, lexicon, home)


# ------------------------------------------------------------------ what a stretch can be


@dataclass(frozen=True)
class _Reading:
    """
    What a stretch can mean: provinces, partners and countries, later pairings.

    `sure` says that it is spelled like what it means, `everyday` that it is an everyday word too. A reading
    that means nothing stands for what is known to be something else: no slip makes a name of it.
    """

    meant: tuple[Named, ...]
    sure: bool = False
    reason: Reason | None = None
    everyday: bool = False


_SOMETHING_ELSE = _Reading(())
_Look = Callable[[str, Form | None], _Reading | None]
_EVERYDAY: tuple[Kind, ...] = ("unsafe", "abbreviation")
_DEPENDENT = re.compile(f"[{DEPENDENT}]")
_CONSONANTS = re.compile("[^ก-ฮ]")


class _Line:
    """One line, read for one province."""

    def __init__(self, line: str, lexicon: Lexicon, home: str | None) -> None:
        self._texts = tuple(variants(line))
        self._lexicon = lexicon
        self._whole = lexicon.whole
        self._home = home

    def read(self) -> _Reading | None:
        """As written, by ear, as several names, with a slip, by how it begins: the first that there is."""
        for text in self._texts:
            reading = self._named(text, self._exact)
            if reading is not None:
                return reading
        for text in self._texts:
            reading = self._named(text, self._by_ear)
            if reading is not None:
                return self._beside_rivals(reading, self._texts[0], None)
        for text in self._texts:
            parts = self._parts(text)
            if parts:
                return self._together(parts)
        return self._guessed()

    def _guessed(self) -> _Reading | None:
        begun = tuple(one for text in self._texts for one in self._begun(text))
        near = [reading for text in self._texts if (reading := self._named(text, self._near)) is not None]
        if begun:
            return _Reading((*begun, *(one for reading in near for one in reading.meant)), reason="beginning")
        if near:
            return near[0]
        for text in self._texts:
            parts = self._pieces(text)
            if parts:
                return self._together(parts)
        return None

    def _named(self, text: str, look: _Look) -> _Reading | None:
        """A single name, with or without the form of government that stands with it."""
        reading = look(text, None)
        if reading is not None:
            return reading
        for name, form in without_form(text):
            reading = look(name, form)
            if reading is not None:
                return reading
        return None

    # ---- one name

    def _exact(self, text: str, form: Form | None) -> _Reading | None:
        key = squash_name(text)
        reading = self._exact_key(key, form)
        if reading is None or not reading.everyday:
            return reading
        own_nickname = reading.meant == (
            Named("province", self._home or ""),
        ) and "unsafe" in self._whole.written(key)
        as_name = text.endswith("ฯ") or (key in ENGLISH_WORDS and text.istitle())  # Nice, not nice or DIY
        if form == "province" or self._whole.is_own_name(key) or own_nickname or as_name:
            return reading
        return replace(reading, sure=False, reason="everyday")

    def _exact_key(self, key: str, form: Form | None) -> _Reading | None:
        kinds = self._whole.written(key)
        if not kinds:
            return None
        reading = self._of_any(kinds, form)
        if reading.reason or not reading.meant:
            return reading
        everyday = key in ENGLISH_WORDS or ("dotted" not in kinds and not kinds.keys().isdisjoint(_EVERYDAY))
        return replace(reading, sure=True, everyday=everyday)

    def _by_ear(self, text: str, form: Form | None) -> _Reading | None:
        """A name that is only written otherwise; beside one that is a slip away it is asked."""
        kinds = self._whole.heard(text)
        if not kinds:
            return None
        reading = self._of_any(kinds, form)
        if not reading.meant:
            return reading
        sure = len(ear_of(text)) >= SHORTEST_SOUND and "other" not in kinds and reading.reason is None
        heard = replace(reading, sure=sure, reason=reading.reason or "alike")
        return self._beside_rivals(heard, text, form)

    def _beside_rivals(self, reading: _Reading, text: str, form: Form | None) -> _Reading:
        """With the names that the text is one slip away from: นครสะวรรค์ is นครสวรรค์ too, not only สะหวัน."""
        if not reading.meant:
            return reading
        near = [self._of_any(one.targets, form).meant for one in self._whole.near(text) if one.slips == 1]
        meant = tuple(dict.fromkeys((*reading.meant, *itertools.chain(*near))))
        return replace(reading, meant=meant, sure=reading.sure and meant == reading.meant)

    def _near(self, text: str, form: Form | None) -> _Reading | None:
        """What a name with slips can be: sure only when the slip is small and no other name is about as near."""
        near = [one for one in self._whole.near(text) if self._may_be(one)]
        if not near:
            return None
        nearest = near[0]
        if all(one.targets.keys() <= {"other"} for one in near if one.slips == nearest.slips):
            return _SOMETHING_ELSE
        close = [one for one in near if one.slips <= nearest.slips + 1]
        readings = [self._of_any(one.targets, form) for one in close]
        meant = tuple(dict.fromkeys(one for reading in readings for one in reading.meant))
        known = any("other" in one.targets for one in close) or any(reading.reason for reading in readings)
        reasons = {one.reason or "alike" for one in readings if one.meant}
        reason = reasons.pop() if len(reasons) == 1 else "alike"
        return _Reading(meant, sure=len(meant) == 1 and not known and _is_small(nearest), reason=reason)

    def _may_be(self, near: Near) -> bool:
        """ชุงชองใต้ is not ชุงชองเหนือ, and foreign names are too many for romanised districts with a slip."""
        of_place = near.targets.keys() <= {"place"} and near.typed.isascii()
        return quarter_of(near.name) == quarter_of(near.typed) and not of_place

    def _begun(self, text: str) -> Iterator[Named]:
        key = squash_name(text)
        if len(key) < _SHORTEST_BEGINNING or is_form(key):
            return
        found: dict[Named, bool] = {}
        for longer, kinds in self._whole.beginning(key):
            if not _DEPENDENT.match(longer, len(key)):
                for one in self._of(kinds, None).meant:
                    found[one] = found.get(one, False) or self._is_called(one, longer)
        yield from sorted(found, key=lambda one: (one.kind != "province", not found[one]))

    def _is_called(self, named: Named, key: str) -> bool:
        """Whether a name is the one that the registry shows, not another by which it is known."""
        if named.kind != "partner":
            return self._whole.is_own_name(key)
        return squash_name(self._registered_name(named.id)).endswith(key)

    def _of_any(self, kinds: Targets, form: Form | None) -> _Reading:
        """With the places of that name, and a reason where they or the form leave it open."""
        reading, places = self._of(kinds, form), self._of_places(kinds, form)
        if form == "town" and any(self._is_namesake(one) for one in reading.meant):
            reading = replace(reading, reason="city")
        if places is None or not self._counts(places, reading):
            return reading
        return replace(places, meant=(*reading.meant, *places.meant))

    def _of(self, kinds: Targets, form: Form | None) -> _Reading:
        """The provinces, partners and countries of that form that a name can be."""
        provinces = {*kinds.get("province", ()), *kinds.get("unsafe", ())}
        if form in (None, "province"):
            provinces |= kinds.get("abbreviation", frozenset())  # เกาะกจ is a slip in เกาะกง, not กาญจนบุรี
        partners = kinds.get("partner", frozenset())
        if form in ("region", "latin province"):
            partners = frozenset(one for one in partners if not is_capital(self._registered_name(one)))
        if form == "district" or form == "country" or (form == "province" and provinces):
            partners = frozenset()
        meant = {
            "province": provinces if form in (None, "any", "town", "province", "latin province") else (),
            "partner": partners,
            "country": kinds.get("country", ()) if form in (None, "any", "town", "country") else (),
        }
        return _Reading(tuple(Named(kind, one) for kind, ids in meant.items() for one in sorted(ids)))  # type: ignore[arg-type]

    def _of_places(self, kinds: Targets, form: Form | None) -> _Reading | None:
        """What places of that name lead to."""
        places = [self._whole.place(number) for number in sorted(kinds.get("place", ()), key=int)]
        if not places or form in ("country", "district"):
            return None
        meant = tuple(
            Named("province", one.province_code)
            if one.province_code
            else Named("partner", one.partner_id or "")
            for one in places
        )
        return _Reading(meant, reason=places[0].relation)

    def _counts(self, places: _Reading, reading: _Reading) -> bool:
        """
        Whether a place matters beside the registered name that is written so.

        กว๋างจิ took up กว๋างบิ่ญ: who has a pairing with that one alone may mean either.
        """
        if places.reason != "merged" or not any(one.kind == "partner" for one in reading.meant):
            return True
        return self._at_home(places) and not self._at_home(reading)

    def _at_home(self, reading: _Reading) -> bool:
        """Whether the province has a pairing with a partner that is meant."""
        own = {
            self._whole.pairing(one).partner_id for one in self._whole.pairings_of.get(self._home or "", ())
        }
        return any(one.kind == "partner" and one.id in own for one in reading.meant)

    def _registered_name(self, partner_id: str) -> str:
        return self._lexicon.pairings[self._whole.pairings_with[partner_id][0]].partner_th

    def _is_namesake(self, one: Named) -> bool:
        """Whether a town of this name is another unit: นครเชียงใหม่, Fukuoka City."""
        if one.kind == "partner":
            return is_region(self._registered_name(one.id))
        return one.kind == "province"

    # ---- several names

    def _parts(self, text: str) -> list[_Reading]:
        """Exact names that cover the line, glued together or not. ตากเลย is no list of provinces."""
        parts = cover(text, self._whole.starting, self._means)
        if not parts:
            return []
        readings = [self._part(part) for part in parts]
        glued = len(parts) > 1 and len(pieces(text)) == 1
        return (
            [] if glued and all(one.everyday for one in readings) else [one for one in readings if one.meant]
        )

    def _means(self, key: str, form: Form | None) -> bool:
        reading = self._exact_key(key, form)
        return reading is not None and bool(reading.meant)

    def _part(self, part: Part) -> _Reading:
        if part.key is None:
            return _Reading((Named("province", self._home),) if self._home else (), sure=True)
        return self._exact_key(part.key, part.form) or _SOMETHING_ELSE

    def _pieces(self, text: str) -> list[_Reading]:
        """Names between blanks and signs, some of them with a slip: the reading that mends the least."""
        words = pieces(text)
        if not 1 < len(words) <= _MOST_PIECES:
            return []
        best: dict[int, tuple[int, list[_Reading]]] = {len(words): (0, [])}
        for start in reversed(range(len(words))):
            for end in range(start + 1, len(words) + 1):
                rest = best.get(end)
                found = self._mended(" ".join(words[start:end])) if rest is not None else None
                if rest is None or found is None:
                    continue
                cost, reading = found
                if start not in best or cost + rest[0] < best[start][0]:
                    best[start] = (cost + rest[0], [reading, *rest[1]])
        return best.get(0, (0, []))[1]

    def _mended(self, text: str) -> tuple[int, _Reading] | None:
        for cost, look in enumerate((self._exact, self._by_ear, self._near)):
            reading = self._named(text, look)
            if reading is not None:
                return (cost + 1, reading) if reading.meant else None
        return None

    def _together(self, parts: Sequence[_Reading]) -> _Reading:
        """What names that stand beside each other mean."""
        parts = self._without_qualifiers(parts)
        if len(parts) == 1:
            return parts[0]
        sure = all(part.sure for part in parts)
        codes = [part for part in parts if all(one.kind == "province" for one in part.meant)]
        others = [part for part in parts if part not in codes]
        if codes and others:
            pairs = self._pairings(codes, others)
            if pairs:
                return _Reading(pairs, sure=sure, reason="several" if sure else "alike")
            meant = (
                *(one for part in others for one in part.meant),
                *(one for part in codes for one in part.meant),
            )
            return _Reading(meant, reason="not_paired")
        return _Reading(tuple(one for part in parts for one in part.meant), reason="several")

    def _without_qualifiers(self, parts: Sequence[_Reading]) -> list[_Reading]:
        """เวียดนาม in "ดานัง เวียดนาม" and เบตง in "เบตง ยะลา" only say more of the other one."""
        kept: list[_Reading] = []
        for part in parts:
            others = [one for one in parts if one is not part]
            if not any(self._says_more(part, one) for one in others) and part not in kept:
                kept.append(part)
        return kept

    def _says_more(self, part: _Reading, other: _Reading) -> bool:
        if all(one.kind == "country" for one in part.meant):
            countries = {one.id for one in part.meant}
            partners = [one.id for one in other.meant if one.kind == "partner"]
            return any(self._whole.countries_of[one] in countries for one in partners)
        return not part.sure and other.sure and set(other.meant) <= set(part.meant)

    def _pairings(self, codes: Sequence[_Reading], others: Sequence[_Reading]) -> tuple[Named, ...]:
        """The pairings of the provinces with what else is named."""
        of_codes = [
            pairing
            for part in codes
            for one in part.meant
            for pairing in self._whole.pairings_of.get(one.id, ())
        ]
        return tuple(
            Named("pairing", one) for one in of_codes if any(self._is_with(one, part) for part in others)
        )

    def _is_with(self, pairing_id: str, part: _Reading) -> bool:
        pairing = self._whole.pairing(pairing_id)
        return (
            Named("partner", pairing.partner_id) in part.meant
            or Named("country", pairing.country_code) in part.meant
        )


def _is_small(near: Near) -> bool:
    """
    Whether two signs were swapped or a vowel was left out or added, and nothing became another sound: ลัมปุง is
    not ลำปาง. Romanised names follow no rule and are always asked.
    """
    swapped = sorted(near.typed) == sorted(near.name)
    same_consonants = _CONSONANTS.sub("", near.typed) == _CONSONANTS.sub("", near.name)
    vowel = len(near.typed) != len(near.name) and same_consonants
    thai = not near.typed.isascii() and len(near.typed) >= SHORTEST_SOUND
    return near.by_sound and near.slips == 1 and thai and (swapped or vowel)


def _told(reading: _Reading, lexicon: Lexicon, home: str | None) -> Found:
    """What a reading comes to for a province: its own pairing instead of the partner, and at most three."""
    meant = tuple(dict.fromkeys(_as_own(one, lexicon, home) for one in reading.meant))
    if reading.sure and len(meant) == 1:
        return Found(meant[0].kind, meant)
    best = sorted(meant, key=lambda one: not _is_own(one, lexicon, home))
    reason = reading.reason if not reading.sure or reading.reason == "several" else "shared"
    return Found("ask", tuple(best[:MOST_CHOICES]), reason, more=max(0, len(meant) - MOST_CHOICES))


def _as_own(named: Named, lexicon: Lexicon, home: str | None) -> Named:
    if named.kind != "partner":
        return named
    of_home = lexicon.whole.pairings_of.get(home or "", ())
    own = [one for one in lexicon.whole.pairings_with[named.id] if one in of_home]
    return Named("pairing", own[0]) if own else named


def _is_own(named: Named, lexicon: Lexicon, home: str | None) -> bool:
    if named.kind == "pairing":
        return lexicon.pairings[named.id].province_code == home
    return named.kind == "province" and named.id == home
