"""
A corpus that was never seen: ranked by the same signals, and calibrated on itself.

How sure is sure enough was learned on real questions and carries over; what differs from corpus to corpus are
the limits. So the corpus is asked in its own words, a wording taken out of the index being a question whose
subject is known, until direct answers are right often enough; and talk about other things says from where on
buttons would be noise. A corpus of bare passages is asked in torn pieces of its sentences.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain

import numpy as np

from knowledge.calibration import Seen, learn_lines
from knowledge.deciding import OFFERED, Profile, decide, judge, rank
from knowledge.golden import Golden
from knowledge.meaning import Encoder
from knowledge.normalize import squash
from knowledge.passages import COVER, FOREIGN_COVER, FOREIGN_SAID, SAID
from knowledge.ranking import Ranker, Subject, Weights
from knowledge.words import Vocabulary

MOST_ASKED = 400
"""Own questions that are enough to calibrate on."""

# Passage scores are smaller than those of entries: brought to the same size for the clues.
PASSAGE_SCALE = 10.0
PASSAGES = Weights(cover=COVER * PASSAGE_SCALE, said=SAID * PASSAGE_SCALE)
FOREIGN_PASSAGES = Weights(cover=FOREIGN_COVER * PASSAGE_SCALE, said=FOREIGN_SAID * PASSAGE_SCALE)

RIGHT = 0.95
"""What direct answers to its own wordings must reach; with half of them taken out they are harder to find."""
HIGHEST = 0.99
NOISE = 0.05
"""The share of other talk that may draw buttons."""
LEAST_SUGGEST = 0.15
"""Of the shipped limit: below it buttons say nothing."""

PIECE, LEAST_PIECE = 22, 12
"""Letters of a torn piece of a sentence."""


@dataclass(frozen=True)
class Verdict:
    """What the search would do."""

    ranked: tuple[tuple[str, float], ...]
    decision: str  # answer · suggest · passage · unknown
    suggested: tuple[str, ...]


class ForeignCorpus:
    """Subjects of any kind, indexed and calibrated."""

    def __init__(
        self,
        subjects: Sequence[Subject],
        words: Vocabulary,
        shipped: Profile,
        encoder: Encoder | None,
        background: Sequence[str],
    ) -> None:
        self._shipped = shipped
        self._bare = not any(subject.asked for subject in subjects)
        self._thai_only = _mostly_thai(subjects)
        self._ranker = _ranker(subjects, words, encoder, background)
        if self._bare:
            asked = chain(self._torn(subjects), self._talk(background))
            profile = learn_lines(self._ranker, asked, PASSAGES)
        else:
            profile = self._answering(shipped, self._held_back(subjects, words, encoder, background))
        self._profile = self._offering(profile, shipped.suggest, background)

    def ask(self, text: str) -> Verdict:
        question = self._ranker.read(text)
        profile = self._profile
        # Only meaning finds a text in another language.
        if not question.thai and self._thai_only and self._ranker.has_meaning:
            profile = profile.model_copy(
                update={"signals": FOREIGN_PASSAGES if self._bare else _by_meaning(profile)}
            )
        ranked = judge(self._ranker, question, self._ranker.signals(question), profile)
        best = tuple(
            (self._ranker.ids[row], round(score, 4))
            for row, score in zip(ranked.order[:10], ranked.scores, strict=False)
        )
        decision = decide(ranked, profile)
        if decision == "answer":
            return Verdict(best, "passage" if self._bare else "answer", ())
        suggested = tuple(id_ for id_, _ in best[:OFFERED]) if decision == "suggest" else ()
        return Verdict(best, decision or "unknown", suggested)

    # -------------------------------------------------------------- its own limits

    def _answering(self, shipped: Profile, asked: Sequence[tuple[bool, float]]) -> Profile:
        """The lowest limit, not below the shipped one, at which answers to its own wordings are right."""
        for limit in np.arange(shipped.answer, 1.0, 0.01):
            said = [right for right, chance in asked if chance >= limit]
            if not said or sum(said) / len(said) >= RIGHT:
                return shipped.model_copy(update={"answer": round(float(limit), 2)})
        return shipped.model_copy(update={"answer": HIGHEST})

    def _offering(self, profile: Profile, usual: float, background: Sequence[str]) -> Profile:
        """Buttons from where on talk about other things hardly ever draws them."""
        chances = [
            judge(self._ranker, one.question, one.table, profile).among for one in self._talk(background)
        ]
        noise = float(np.quantile(chances, 1 - NOISE)) if chances else usual
        return profile.model_copy(update={"suggest": min(max(noise, usual * LEAST_SUGGEST), usual)})

    # -------------------------------------------------------------- asked in its own words

    def _held_back(
        self,
        subjects: Sequence[Subject],
        words: Vocabulary,
        encoder: Encoder | None,
        background: Sequence[str],
    ) -> list[tuple[bool, float]]:
        """
        Each second wording of a language is taken out and asked: whether the first subject is its own, and the
        chance that it was given. Those that no rule would let answer are left out.
        """
        kept, asked = [], []
        for row, subject in enumerate(subjects):
            out = {text for own in _by_language(subject.asked) for text in own[1::2]}
            kept.append(replace(subject, asked=tuple(text for text in subject.asked if text not in out)))
            asked += [(row, text) for text in sorted(out)]
        if not asked:
            return []
        ranker = _ranker(kept, words, encoder, background)
        found = []
        for row, text in _some(asked):
            ranked = rank(ranker, ranker.read(text), self._shipped)
            if not ranked.vetoed:
                found.append((ranked.order[0] == row, ranked.right))
        return found

    def _torn(self, subjects: Sequence[Subject]) -> Iterator[Seen]:
        """Two torn pieces of a passage, as somebody would ask who does not know its words by heart."""
        asked = [
            (row, f"{_with_slips(text[start : start + PIECE])} {text[start + 3 * PIECE :][:PIECE]}")
            for row, subject in enumerate(subjects)
            for text in subject.said[:1]
            for start in range(0, len(text) - LEAST_PIECE, 12 * PIECE)
        ]
        for row, text in _some(asked):
            yield from _pair(self._ranker, row, text)

    def _talk(self, background: Sequence[str]) -> Iterator[Seen]:
        """Talk about other things; what the corpus itself speaks of may be among it, so only the odd half."""
        for text in background[::2]:
            question = self._ranker.read(text)
            yield Seen(Golden(text, None, "general"), question, self._ranker.signals(question), None)


def _pair(ranker: Ranker, row: int, text: str) -> Iterator[Seen]:
    """The question with its subject, and without."""
    question = ranker.read(text)
    table = ranker.signals(question)
    yield Seen(Golden(text, ranker.ids[row], "golden"), question, table, row)
    if len(table) > 1:
        yield Seen(Golden(text, None, "near"), question, np.delete(table, row, axis=0), None)


def _ranker(
    subjects: Sequence[Subject], words: Vocabulary, encoder: Encoder | None, background: Sequence[str]
) -> Ranker:
    ranker = Ranker(subjects, words)
    if encoder is not None:
        ranker.add_meaning(encoder, background)
    return ranker


def _by_meaning(profile: Profile) -> Weights:
    return profile.signals.model_copy(update={"alike": 0.3, "cover": 0.3, "asked": 0.3, "close": 0.0})


def _some(asked: Sequence[tuple[int, str]]) -> Sequence[tuple[int, str]]:
    """An even choice of at most `MOST_ASKED`."""
    step = -(-len(asked) // MOST_ASKED) or 1
    return [one for one in asked[::step] if len(squash(one[1])) >= LEAST_PIECE]


def _with_slips(text: str) -> str:
    """The text with some letters left out, always the same ones."""
    drawn = hashlib.sha256(text.encode()).digest()
    dropped = {drawn[at] % max(len(text), 1) for at in range(1 + len(text) // 20)}
    return "".join(letter for at, letter in enumerate(text) if at not in dropped)


def _by_language(texts: Iterable[str]) -> tuple[list[str], list[str]]:
    """Thai texts, and others."""
    found: tuple[list[str], list[str]] = ([], [])
    for text in dict.fromkeys(texts):
        found[_is_foreign(text)].append(text)
    return found


def _is_foreign(text: str) -> bool:
    latin = sum(letter.isascii() and letter.isalpha() for letter in text)
    return latin > len(text) / 2


def _mostly_thai(subjects: Sequence[Subject]) -> bool:
    """Whether an English question finds hardly any English text to be like."""
    foreign = sum(any(map(_is_foreign, (*one.asked, *one.said))) for one in subjects)
    return foreign < len(subjects) / 10
