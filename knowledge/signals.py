"""
Signals: functions that give each entry a score between 0 and 1 for a question.

Their weighted sum ranks the entries. A new one, such as the nearness of meaning vectors, is one more
function in the list of `KnowledgeBase` and one more weight in thresholds.json.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from knowledge.entries import FaqEntry
from knowledge.grams import CosineIndex, CoverIndex, Grams, Rarity, grams
from knowledge.words import Run, Vocabulary

# An answer mentions many things that it does not answer: it finds, but does not decide.
ANSWER_WEIGHT = 0.6


@dataclass(frozen=True)
class Question:
    """A question as the signals see it."""

    text: str
    key: str  # in main words, without blanks
    grams: Grams
    thai: bool
    foreign: bool  # it speaks of something that no entry mentions
    terse: bool  # a keyword rather than a question


Signal = Callable[[Question], Mapping[str, float]]
"""Gives entry ids a score between 0 and 1."""


@dataclass(frozen=True)
class Piece:
    """A text of an entry in main words. `weight` says how far being like it counts; 0 is for `Cover` alone."""

    entry_id: str
    weight: float
    runs: tuple[Run, ...]
    grams: Grams


def pieces_of(entry: FaqEntry, words: Vocabulary) -> Iterator[Piece]:
    """The texts of an entry: wordings and title, answers, detail."""
    weighted = [(text, 1.0) for text in (*entry.wordings, entry.title)]
    weighted += [(text, ANSWER_WEIGHT) for text in (entry.answer, entry.answer_en) if text]
    weighted += [(text, 0.0) for text in (entry.detail, entry.detail_en) if text]
    for text, weight in weighted:
        runs = words.fold(text)
        yield Piece(entry.id, weight, runs, grams(runs))


def whole_entries(pieces: Iterable[Piece]) -> dict[str, Grams]:
    """All that each entry says, by its id."""
    whole: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for piece in pieces:
        said = whole[piece.entry_id]
        for gram, count in piece.grams.items():
            said[gram] += count
    return dict(whole)


class Alike:
    """Signal: the wording of the entry that is most like the question as a whole."""

    def __init__(self, pieces: Iterable[Piece], rarity: Rarity) -> None:
        wordings = [piece for piece in pieces if piece.weight]
        self._owners = [(piece.entry_id, piece.weight) for piece in wordings]
        self._index = CosineIndex([piece.grams for piece in wordings], rarity)

    def __call__(self, asked: Question) -> Mapping[str, float]:
        best: dict[str, float] = defaultdict(float)
        for number, score in self._index.scores(asked.grams).items():
            entry_id, weight = self._owners[number]
            best[entry_id] = max(best[entry_id], weight * score)
        return best


class Cover:
    """Signal: how much of the question occurs anywhere in the entry. A foreign subject does not."""

    def __init__(self, whole: Mapping[str, Grams], rarity: Rarity) -> None:
        self._ids = tuple(whole)
        self._index = CoverIndex(tuple(whole.values()), rarity)

    def __call__(self, asked: Question) -> Mapping[str, float]:
        return {self._ids[number]: score for number, score in self._index.scores(asked.grams).items()}


class Close:
    """Letter by letter: the wording of each candidate that is nearest to the question."""

    def __init__(self, pieces: Sequence[Piece]) -> None:
        self._keys: dict[str, list[str]] = defaultdict(list)
        for piece in pieces:
            if piece.weight == 1.0:
                self._keys[piece.entry_id].append(key_of(piece.runs))

    def __call__(self, asked: Question, candidates: Iterable[str]) -> Mapping[str, float]:
        return {id_: max(fuzz.ratio(asked.key, key) for key in self._keys[id_]) / 100 for id_ in candidates}


def key_of(runs: Iterable[Run]) -> str:
    return "".join(run.text for run in runs)
