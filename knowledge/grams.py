"""
Character n-grams, their rarity, and two ways to score them.

Thai is written without blanks and typed with slips: stretches of two to four letters find a word where a
dictionary would not. Both scores lie between 0 and 1, so that they can be added and held against a threshold.
"""

from __future__ import annotations

from array import array
from collections import Counter, defaultdict
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from math import log, sqrt
from sys import intern
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from knowledge.sounds import by_sound
from knowledge.words import Run

Grams = Mapping[str, float]
Scores = NDArray[np.float32]
"""One number for each text of an index."""

SIZES = (2, 3, 4)
LEAST = 0.05  # what an n-gram says that stands in every text
# The usual constants of BM25: how fast repetition saturates, and how much a long text is held against it.
K1 = 1.2
B = 0.75


def grams(runs: Iterable[Run]) -> Grams:
    """How much of each n-gram a text has, by its sound, soft words counting little."""
    counted: dict[str, float] = defaultdict(float)
    for run in runs:
        # Latin words and numbers keep their edges: they are words already.
        text = f" {run.text} " if run.text.isascii() else by_sound(run.text)
        for size in SIZES:
            for start in range(len(text) - size + 1):
                # The same few thousand n-grams come again and again: one copy of each is enough.
                counted[intern(text[start : start + size])] += run.weight
    return dict(counted)


def longest_unknown(runs: Iterable[Run], known: Container[str]) -> int:
    """How many n-grams of three letters in a row are not known: a long stretch is a foreign subject."""
    longest = 0
    for run in runs:
        text, stretch = by_sound(run.text), 0
        for start in range(len(text) - 2):
            stretch = 0 if text[start : start + 3] in known else stretch + 1
            longest = max(longest, stretch)
    return longest


class Texts(Protocol):
    """The n-grams of some texts, to be gone through more than once."""

    def __len__(self) -> int: ...

    def __iter__(self) -> Iterator[Grams]: ...


class PackedTexts:
    """The same in flat arrays: as dictionaries, those of a large corpus take ten times the memory."""

    def __init__(self) -> None:
        self._ids: dict[str, int] = {}
        self._held, self._counts, self._ends = array("i"), array("d"), array("q")

    def append(self, text: Grams) -> None:
        for gram, count in text.items():
            self._held.append(self._ids.setdefault(gram, len(self._ids)))
            self._counts.append(count)
        self._ends.append(len(self._held))

    @property
    def known(self) -> Iterable[str]:
        """Every n-gram of any text."""
        return self._ids.keys()

    def __len__(self) -> int:
        return len(self._ends)

    def __iter__(self) -> Iterator[Grams]:
        names, start = tuple(self._ids), 0
        for end in self._ends:
            yield {names[self._held[at]]: self._counts[at] for at in range(start, end)}
            start = end


class Rarity:
    """How much an n-gram says: one that stands in every text says next to nothing."""

    def __init__(self, texts: Texts) -> None:
        seen = Counter(gram for text in texts for gram in text)
        self._weights = {gram: max(LEAST, log(len(texts) / count)) for gram, count in seen.items()}
        self._unseen = log(1 + 2 * len(texts))

    def __call__(self, gram: str) -> float:
        return self._weights.get(gram, self._unseen)


class _Postings:
    """Which texts hold an n-gram, and with what weight, in flat arrays."""

    def __init__(self, texts: Iterable[Grams]) -> None:
        ids: dict[str, int] = {}
        held, numbers, weights = array("i"), array("i"), array("f")
        self._size = 0
        for number, text in enumerate(texts):
            self._size += 1
            for gram, weight in text.items():
                held.append(ids.setdefault(gram, len(ids)))
                numbers.append(number)
                weights.append(weight)
        grouped = np.argsort(np.array(held, np.int32), kind="stable")
        ends = np.cumsum(np.bincount(np.array(held, np.int32), minlength=len(ids))).tolist()
        self._spans = dict(zip(ids, zip([0, *ends], ends, strict=False), strict=True))
        self._numbers = np.array(numbers, np.int32)[grouped]
        self._weights = np.array(weights, np.float32)[grouped]

    def scores(self, query: Grams) -> Scores:
        """For each text the sum over the shared n-grams of both weights."""
        found = np.zeros(self._size, np.float32)
        for gram, weight in query.items():
            if span := self._spans.get(gram):
                start, end = span
                found[self._numbers[start:end]] += np.float32(weight) * self._weights[start:end]
        return found


class CosineIndex:
    """How alike two short texts are, each direction counting: for wordings of one question."""

    def __init__(self, texts: Texts, rarity: Callable[[str], float]) -> None:
        self._rarity = rarity
        self._postings = _Postings(_unit(text, rarity) for text in texts)

    def scores(self, query: Grams) -> Scores:
        return self._postings.scores(_unit(query, self._rarity))


class CoverIndex:
    """How much of a question a text covers: BM25, divided by what a perfect text would get."""

    def __init__(self, texts: Texts, rarity: Callable[[str], float]) -> None:
        self._rarity = rarity
        sizes = [sum(text.values()) for text in texts]
        usual = (sum(sizes) / len(sizes) if sizes else 1.0) or 1.0
        self._postings = _Postings(
            {gram: count / (count + K1 * (1 - B + B * size / usual)) for gram, count in text.items()}
            for text, size in zip(texts, sizes, strict=True)
        )

    def scores(self, query: Grams) -> Scores:
        weights = {gram: count * self._rarity(gram) for gram, count in query.items()}
        return self._postings.scores(weights) / np.float32(sum(weights.values()) or 1.0)


def covered(query: Grams, text: Grams, rarity: Callable[[str], float]) -> float:
    """The plain share of the query that occurs in the text, 0 to 1, however long the text is."""
    weights = {gram: count * rarity(gram) for gram, count in query.items()}
    return sum(weight for gram, weight in weights.items() if gram in text) / (sum(weights.values()) or 1.0)


def _unit(text: Grams, rarity: Callable[[str], float]) -> Grams:
    weights = {gram: (1 + log(count) if count > 1 else count) * rarity(gram) for gram, count in text.items()}
    length = sqrt(sum(weight * weight for weight in weights.values())) or 1.0
    return {gram: weight / length for gram, weight in weights.items()}
