"""
Names as a whole: what a stretch that is nothing but a name can be.

A sentence is searched for names; a line that a person types to look something up is one. So it may be
compared more coarsely, and names that only lead to a registered one (a district of it, a unit that was merged
into it) can be offered: those never enter the index that sentences are read with.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol, TypeVar

from rapidfuzz.distance import OSA

from bot.language.name_index import Kind, NameIndex
from bot.language.spelling import SHORTEST_SOUND, ear_of, ear_of_key, first_letter, sound_of, squash_name
from bot.language.text import clean

Value = TypeVar("Value")
Relation = Literal["district", "city", "former", "merged", "nickname"]
Targets = Mapping[Kind, frozenset[str]]
"""What a name can be. Partners stand by their own id here, whatever number of pairings they have."""


@dataclass(frozen=True)
class PlaceNames:
    """
    A place that people mean a province or a partner by, and that is none: it is asked, never taken for it.

    `relation` says how it belongs there: it lies in it, gave it its name formerly, was merged with it, or is a
    nickname that several share. Exactly one of `province_code` and `partner_id` is set.
    """

    names: tuple[str, ...]
    relation: Relation
    province_code: str | None
    partner_id: str | None


@dataclass(frozen=True)
class Near:
    """
    A name that was typed with slips: the name and what was typed, both by ear, or with `by_sound` in the finer
    form of `sound_of`.
    """

    slips: int
    name: str
    typed: str
    targets: Targets
    by_sound: bool = False


class Paired(Protocol):
    """What of a pairing matters here."""

    @property
    def id(self) -> str: ...
    @property
    def province_code(self) -> str: ...
    @property
    def partner_id(self) -> str: ...
    @property
    def country_code(self) -> str: ...


_LEADS_TO_ONE: tuple[Kind, ...] = ("partner", "province", "country", "other")
_MOST_BEGINNINGS = 400
_SHORT = SHORTEST_SOUND - 1


class WholeNames:
    """The index of whole names, built once beside the one for sentences, whose keys it shares."""

    def __init__(
        self,
        written: NameIndex,
        heard: NameIndex,
        pairings: Sequence[Paired],
        own_names: Mapping[str, str],
        places: Sequence[PlaceNames],
    ) -> None:
        """
        Args:
            written: Squashed names and what they are; its partners are pairing ids.
            heard: The same by their sound.
            pairings: All of the registry.
            own_names: Squashed names of the provinces, Thai and English, to their codes.
            places: What only leads to a province or partner.
        """
        self._written, self._sound = written, heard
        self._own_names = own_names
        self._provinces = frozenset(own_names.values())
        self._relate(pairings)
        self._all_places = places
        self._places = self._known_places()
        self._place_keys: dict[str, tuple[int, ...]] = _grouped(
            (squash_name(clean(name)), number)
            for number, place in enumerate(self._places)
            for name in place.names
        )
        self._longest_place = max(map(len, self._place_keys), default=0)
        self._ear = self._by_ear()
        self._short = tuple(
            (ear, code) for key, code in own_names.items() if len(ear := ear_of_key(key)) == _SHORT
        )
        self._ordered = sorted(key for key, kinds in written.names.items() if self._is_registered(key, kinds))

    def _relate(self, pairings: Sequence[Paired]) -> None:
        self._pairings = {one.id: one for one in pairings}
        self.pairings_with: dict[str, tuple[str, ...]] = _grouped(
            (one.partner_id, one.id) for one in pairings
        )
        self.pairings_of: dict[str, tuple[str, ...]] = _grouped(
            (one.province_code, one.id) for one in pairings
        )
        self.countries_of = {one.partner_id: one.country_code for one in pairings}

    def _known_places(self) -> tuple[PlaceNames, ...]:
        known = {*self.pairings_with, *self._provinces}
        return tuple(one for one in self._all_places if (one.partner_id or one.province_code) in known)

    def amend(
        self,
        written: NameIndex,
        heard: NameIndex,
        pairings: Sequence[Paired],
        before: Mapping[str, Iterable[str]],
        after: Mapping[str, Iterable[str]],
    ) -> bool:
        """
        Become the index of other pairings: for a copy that nobody else has. False where a place comes to lead
        somewhere, or nowhere any more: places are numbered, so all is to be made anew.

        Args:
            written, heard: The indexes as they are then.
            before, after: Of each partner that changed the squashed names that it had, and has then.
        """
        self._written, self._sound = written, heard
        self._relate(pairings)
        if self._known_places() != self._places:
            return False
        self._ear = self._ear.amended()
        for partner, keys in before.items():
            for by_ear in {ear_of_key(key) for key in keys}:
                self._ear.take(by_ear, "partner", partner)
        for partner, keys in after.items():
            for by_ear in {ear_of_key(key) for key in keys}:
                self._ear.put(by_ear, "partner", partner)
        touched = {key for one in (before, after) for keys in one.values() for key in keys}
        still = {key for key in touched if self._is_registered(key, written.names.get(key, ()))}
        self._ordered = sorted([*(key for key in self._ordered if key not in touched), *still])
        return True

    def _by_ear(self) -> NameIndex:
        ear = NameIndex()
        for key, named in self._written.names.items():
            heard = ear_of_key(key)
            for kind, targets in self._targets(named, key).items():
                for target in targets if kind in _LEADS_TO_ONE else ():
                    ear.add(heard, kind, target)
        for key, numbers in self._place_keys.items():
            for number in numbers:
                ear.add(ear_of_key(key), "place", str(number))
        ear.finish()
        return ear

    def _is_registered(self, key: str, kinds: Sequence[tuple[Kind, str]]) -> bool:
        return key in self._own_names or any(kind in ("partner", "province") for kind, _ in kinds)

    def _targets(self, named: Sequence[tuple[Kind, str]], key: str) -> Targets:
        found: dict[Kind, set[str]] = defaultdict(set)
        for kind, target in named:
            if kind == "partner":
                target = self._pairings[target].partner_id
            elif kind == "unsafe" and self._own_names.get(key) == target:
                kind = "province"
            found[kind].add(target)
        return _frozen(found)

    # ---- asking

    def pairing(self, pairing_id: str) -> Paired:
        return self._pairings[pairing_id]

    def place(self, number: str) -> PlaceNames:
        return self._places[int(number)]

    def written(self, key: str) -> Targets:
        """What a squashed name is as it is written; `place` holds numbers of places."""
        places: Iterator[tuple[Kind, str]] = (
            ("place", str(number)) for number in self._place_keys.get(key, ())
        )
        return self._targets((*self._written.names.get(key, ()), *places), key)

    def is_own_name(self, key: str) -> bool:
        """Whether it is a province's proper name, not one by which it is also called."""
        return key in self._own_names

    def heard(self, name: str) -> Targets:
        """What a name is that is only written otherwise."""
        return _frozen(self._ear.kinds(ear_of(name)))

    def near(self, name: str) -> list[Near]:
        """Names with a slip, nearest first. A swap of two signs can change more by ear than by sound."""
        by_ear, by_sound = ear_of(name), sound_of(name)
        found = [
            Near(slips, key, by_sound, self._targets(self._sound.names[key], key), by_sound=True)
            for slips, key in self._sound.near(by_sound, 0)
        ]
        found += [Near(1, key, by_ear, targets) for key, targets in self._short_near(by_ear)]
        found += [
            Near(slips, key, by_ear, _frozen(self._ear.kinds(key)))
            for slips, key in self._ear.near(by_ear, 0)
        ]
        return sorted(found, key=lambda one: one.slips)

    def _short_near(self, by_ear: str) -> Iterator[tuple[str, Targets]]:
        """Provinces whose names are too short for the index of slips: ตรัง, ตราด, ยะลา."""
        for key, code in self._short if len(by_ear) >= _SHORT - 1 else ():
            if first_letter(key) == first_letter(by_ear) and OSA.distance(key, by_ear, score_cutoff=1) == 1:
                yield key, {"province": frozenset({code})}

    def beginning(self, key: str) -> Iterator[tuple[str, Targets]]:
        """The registered names that go on after a squashed beginning, in their order."""
        first = bisect_left(self._ordered, key)
        for longer in self._ordered[first : first + _MOST_BEGINNINGS]:
            if not longer.startswith(key):
                return
            yield longer, self.written(longer)

    def starting(self, text: str, position: int) -> Iterator[str]:
        """The squashed names that stand in a squashed text at a position, longest first."""
        longest = min(self._longest_place, len(text) - position)
        places = {
            text[position : position + length]
            for length in range(2, longest + 1)
            if text[position : position + length] in self._place_keys
        }
        yield from sorted({*self._written.starting(text, position), *places}, key=len, reverse=True)


def _frozen(found: Mapping[Kind, set[str]]) -> Targets:
    return {kind: frozenset(targets) for kind, targets in found.items()}


def _grouped(pairs: Iterable[tuple[str, Value]]) -> dict[str, tuple[Value, ...]]:
    found: dict[str, list[Value]] = defaultdict(list)
    for key, value in pairs:
        found[key].append(value)
    return {key: tuple(dict.fromkeys(values)) for key, values in found.items()}
