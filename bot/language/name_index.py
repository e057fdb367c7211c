"""What a name can be, found as it is typed, by how it begins, and with a slip of the finger."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.language.spelling import SHORTEST_SOUND, first_letter, slips_allowed, slips_allowed_at

Kind = Literal["partner", "province", "abbreviation", "dotted", "unsafe", "country", "place", "other"]

_HEAD = 4
_MOST_SLIPS = 3


@dataclass
class NameIndex:
    """
    Names by what they are typed like: `names` holds, for each key, what it can be.

    Names that begin alike are found by the lengths that they have, names with a slip among those of about the
    same length and with the same first consonant: both grow with the registry far slower than it does.
    """

    names: dict[str, tuple[tuple[Kind, str], ...]] = field(default_factory=dict)
    _lengths: dict[str, tuple[int, ...]] = field(default_factory=dict)
    _alike: dict[tuple[str, int], list[str]] = field(default_factory=dict)

    def add(self, key: str, kind: Kind, target: str) -> None:
        known = self.names.get(key, ())
        if (kind, target) not in known:
            self.names[key] = (*known, (kind, target))

    def finish(self) -> None:
        lengths: dict[str, set[int]] = defaultdict(set)
        for key in self.names:
            lengths[key[:_HEAD]].add(len(key))
            if slips_allowed(key):
                self._alike.setdefault((first_letter(key), len(key)), []).append(key)
        self._lengths = {head: tuple(sorted(found, reverse=True)) for head, found in lengths.items()}

    def amended(self) -> NameIndex:
        """The same names in an index of its own, of which single ones are put in and taken out."""
        return NameIndex(dict(self.names), dict(self._lengths), dict(self._alike))

    def put(self, key: str, kind: Kind, target: str) -> None:
        """Add to an index that is finished."""
        known = key in self.names
        self.add(key, kind, target)
        if known:
            return
        lengths = self._lengths.get(key[:_HEAD], ())
        if len(key) not in lengths:
            self._lengths[key[:_HEAD]] = tuple(sorted((*lengths, len(key)), reverse=True))
        if slips_allowed(key):
            alike = first_letter(key), len(key)
            self._alike[alike] = [*self._alike.get(alike, ()), key]

    def take(self, key: str, kind: Kind, target: str) -> None:
        """Remove from an index that is finished. A length that no name has any more is only looked for in vain."""
        left = tuple(one for one in self.names.get(key, ()) if one != (kind, target))
        if left:
            self.names[key] = left
        elif self.names.pop(key, None) is not None and slips_allowed(key):
            alike = first_letter(key), len(key)
            self._alike[alike] = [one for one in self._alike[alike] if one != key]

    def kinds(self, key: str) -> dict[Kind, set[str]]:
        """What a key can be: the targets of each kind."""
        found: dict[Kind, set[str]] = {}
        for kind, target in self.names.get(key, ()):
            found.setdefault(kind, set()).add(target)
        return found

    def starting(self, text: str, position: int) -> Iterator[str]:
        """The keys that stand in `text` at `position`, longest first."""
        for length in self._lengths.get(text[position : position + _HEAD], ()):
            if text[position : position + length] in self.names:
                yield text[position : position + length]
        for length in range(_HEAD - 1, 1, -1):
            if text[position : position + length] in self.names:
                yield text[position : position + length]

    def near(self, typed: str, extra: int) -> list[tuple[int, str]]:
        """Keys within the slips that they allow, plus `extra`: (slips, key), nearest first."""
        first = first_letter(typed)
        found: list[tuple[int, str]] = []
        for length in range(max(SHORTEST_SOUND, len(typed) - _MOST_SLIPS), len(typed) + _MOST_SLIPS + 1):
            most = slips_allowed_at(length) + extra
            keys = self._alike.get((first, length))
            if keys and abs(length - len(typed)) <= most:
                near = process.extract(typed, keys, scorer=OSA.distance, score_cutoff=most, limit=None)
                found += [(int(distance), key) for key, distance, _ in near]
        return sorted(found)
