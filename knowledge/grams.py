"""
Character n-grams, their rarity, and two ways to score them.

Thai is written without blanks and typed with slips: stretches of two to four letters find a word where a
dictionary would not. Both scores lie between 0 and 1, so that they can be added and held against a threshold.
"""

from __future__ import annotations

from array import array
from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence
from math import log, sqrt
from sys import intern

from knowledge.words import Run

Grams = Mapping[str, float]

SIZES = (2, 3, 4)
TELLING = (
    1.0  # below it an n-gram stands in more than a third of the texts: long to walk through, says little
)
LEAST = 0.05  # what an n-gram says that stands in every text
# The usual constants of BM25: how fast repetition saturates, and how much a long text is held against it.
K1 = 1.2
B = 0.75


def grams(runs: Iterable[Run]) -> Grams:
    """How much of each n-gram a text has, soft words counting little."""
    counted: dict[str, float] = defaultdict(float)
    for run in runs:
        # Latin words and numbers keep their edges: they are words already.
        text = f" {run.text} " if run.text.isascii() else run.text
        for size in SIZES:
            for start in range(len(text) - size + 1):
                # The same few thousand n-grams come again and again: one copy of each is enough.
                counted[intern(text[start : start + size])] += run.weight
    return dict(counted)


def longest_unknown(runs: Iterable[Run], known: Container[str]) -> int:
    """How many n-grams of three letters in a row are not known: a long stretch is a foreign subject."""
    longest = 0
    for run in runs:
        stretch = 0
        for start in range(len(run.text) - 2):
            stretch = 0 if run.text[start : start + 3] in known else stretch + 1
            longest = max(longest, stretch)
    return longest


class Rarity:
    """How much an n-gram says: one that stands in every text says next to nothing."""

    def __init__(self, texts: Sequence[Grams]) -> None:
        seen = Counter(gram for text in texts for gram in text)
        self._weights = {gram: max(LEAST, log(len(texts) / count)) for gram, count in seen.items()}
        self._unseen = log(1 + 2 * len(texts))

    def __call__(self, gram: str) -> float:
        return self._weights.get(gram, self._unseen)


class _Postings:
    """Which texts hold an n-gram, and with what weight: flat arrays, a tenth of the memory of tuples."""

    def __init__(self) -> None:
        self._numbers: dict[str, array[int]] = defaultdict(lambda: array("H"))
        self._weights: dict[str, array[float]] = defaultdict(lambda: array("d"))

    def add(self, gram: str, number: int, weight: float) -> None:
        self._numbers[gram].append(number)
        self._weights[gram].append(weight)

    def of(self, gram: str) -> Iterable[tuple[int, float]]:
        if gram not in self._numbers:
            return ()
        return zip(self._numbers[gram], self._weights[gram], strict=True)


class CosineIndex:
    """How alike two short texts are, each direction counting: for wordings of one question."""

    def __init__(self, texts: Sequence[Grams], rarity: Rarity) -> None:
        self._rarity = rarity
        self._postings = _Postings()
        for number, text in enumerate(texts):
            for gram, weight in _unit(text, rarity).items():
                if rarity(gram) >= TELLING:
                    self._postings.add(gram, number, weight)

    def scores(self, query: Grams) -> dict[int, float]:
        """0 to 1 for each text that shares an n-gram with the query, by its number."""
        found: dict[int, float] = defaultdict(float)
        for gram, weight in _unit(query, self._rarity).items():
            for number, other in self._postings.of(gram):
                found[number] += weight * other
        return found


class CoverIndex:
    """How much of a question a text covers: BM25, divided by what a perfect text would get."""

    def __init__(self, texts: Sequence[Grams], rarity: Rarity) -> None:
        self._rarity = rarity
        sizes = [sum(text.values()) for text in texts]
        usual = sum(sizes) / len(sizes) if sizes else 1.0
        self._postings = _Postings()
        for number, (text, size) in enumerate(zip(texts, sizes, strict=True)):
            for gram, count in text.items():
                weight = count / (count + K1 * (1 - B + B * size / (usual or 1.0)))
                self._postings.add(gram, number, weight)

    def scores(self, query: Grams) -> dict[int, float]:
        """0 to 1 for each text that shares an n-gram with the query, by its number."""
        weights = {gram: count * self._rarity(gram) for gram, count in query.items()}
        total = sum(weights.values()) or 1.0
        found: dict[int, float] = defaultdict(float)
        for gram, weight in weights.items():
            for number, part in self._postings.of(gram):
                found[number] += weight * part / total
        return found


def covered(query: Grams, text: Grams, rarity: Rarity) -> float:
    """The plain share of the query that occurs in the text, 0 to 1, however long the text is."""
    weights = {gram: count * rarity(gram) for gram, count in query.items()}
    return sum(weight for gram, weight in weights.items() if gram in text) / (sum(weights.values()) or 1.0)


def _unit(text: Grams, rarity: Rarity) -> Grams:
    weights = {gram: (1 + log(count) if count > 1 else count) * rarity(gram) for gram, count in text.items()}
    length = sqrt(sum(weight * weight for weight in weights.values())) or 1.0
    return {gram: weight / length for gram, weight in weights.items()}
