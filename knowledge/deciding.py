"""
How sure is the ranking? Two logistic lines turn it into the chance that the first subject is the right one,
and the chance that the right one is among the three that buttons can offer.

Their weights are learned from golden questions and from questions that nothing answers; see
`knowledge/calibration.py`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Annotated, Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from knowledge.ranking import SIGNALS, Question, Ranker, Table, Weights
from knowledge.reading import Strict

OFFERED = 3  # buttons

# One mistyped letter makes three n-grams of three letters unknown; a longer stretch is a subject of its own.
A_SLIP = 3
# Two slips side by side make five; what is longer is not even offered.
TWO_SLIPS = 5
# A text of fewer letters (in main words) is a keyword: what is asked about it is for the person to say.
A_QUESTION = 10
KEYWORD_COVER = 0.5

CLUES = (
    "best",  # the first subject's score
    "lead",  # how far the second is behind it
    "share",  # the first one's part of all scores, as a softmax
    *SIGNALS,  # the first subject's signals
    "unknown",  # the question has a long stretch that nothing mentions
    "stretch",  # how long
    "terse",
    "length",
    "elsewhere",  # how near the question lies to talk about other things
)

# So that no clue counts for more than another by its unit.
_SCALE = {"best": 10.0, "lead": 3.0, "stretch": 20.0, "length": 60.0}
_LONGEST = {"stretch": 20, "length": 60}

Clues = NDArray[np.float64]
Favour = NDArray[np.float32]
"""What is added to each subject's score."""


class Line(Strict):
    """A logistic line over the clues."""

    bias: float
    weights: Annotated[tuple[float, ...], Field(strict=False, min_length=len(CLUES), max_length=len(CLUES))]

    @cached_property
    def vector(self) -> Clues:
        return np.array(self.weights)

    def chance(self, clues: Clues) -> float:
        return float(1 / (1 + np.exp(-(self.vector @ clues + self.bias))))


class Profile(Strict):
    """All that ranking and deciding need: one with meaning vectors, one without."""

    signals: Weights
    right: Line
    among: Line
    answer: float = Field(ge=0, le=1)  # the least chance of being right for a direct answer
    suggest: float = Field(ge=0, le=1)  # the least chance of being among the three for buttons


@dataclass(frozen=True)
class Ranked:
    """Subjects by score, best first, with how sure that is."""

    order: tuple[int, ...]  # rows of the ranker
    scores: tuple[float, ...]  # in the same order
    right: float
    among: float
    vetoed: bool  # whatever the chance: the question names what the first subject does not
    foreign: bool  # the question speaks of something that no subject mentions
    keyword: bool  # a mere keyword that the first subject has


def rank(ranker: Ranker, question: Question, profile: Profile, favour: Favour | None = None) -> Ranked:
    """
    Rank all subjects for a question.

    Args:
        favour: What to add to each subject's score, for a question that follows on from another.
    """
    return judge(ranker, question, ranker.signals(question), profile, favour)


def judge(
    ranker: Ranker, question: Question, table: Table, profile: Profile, favour: Favour | None = None
) -> Ranked:
    """The same for a table of signals that is there already."""
    if not len(table):
        return Ranked((), (), 0.0, 0.0, vetoed=True, foreign=True, keyword=False)
    scores = table @ profile.signals.vector
    if favour is not None:
        scores = scores + favour
    # Equal scores by position: the same question always gets the same answer.
    order = np.argsort(-scores, kind="stable")
    clues = clues_of(ranker, question, table, scores, order)
    first = table[order[0]]
    return Ranked(
        tuple(order.tolist()),
        tuple(scores[order].tolist()),
        profile.right.chance(clues),
        profile.among.chance(clues),
        vetoed=is_vetoed(question, first),
        foreign=question.unknown > TWO_SLIPS,
        keyword=is_keyword(question, first),
    )


def decide(ranked: Ranked, profile: Profile) -> Literal["answer", "suggest"] | None:
    """Whether the first subject may answer, or the first three may be offered."""
    if not ranked.vetoed and ranked.right >= profile.answer:
        return "answer"
    offers = ranked.keyword or ranked.among >= profile.suggest
    return "suggest" if offers and not ranked.foreign else None


def is_vetoed(question: Question, first: NDArray[np.float32]) -> bool:
    """By rule no direct answer: a name, number or denial that the entry lacks, a foreign subject, a keyword."""
    strange, turned = first[SIGNALS.index("strange")], first[SIGNALS.index("turned")]
    return bool(strange > 0 or turned > 0 or question.unknown > A_SLIP or is_terse(question))


def is_keyword(question: Question, first: NDArray[np.float32]) -> bool:
    """A mere keyword that stands in a subject is worth a choice of buttons, however little it says."""
    covered = bool(first[SIGNALS.index("cover")] >= KEYWORD_COVER)
    return is_terse(question) and question.unknown <= A_SLIP and covered


def is_terse(question: Question) -> bool:
    return question.letters < A_QUESTION


def clues_of(
    ranker: Ranker, question: Question, table: Table, scores: NDArray[np.float32], order: NDArray[np.intp]
) -> Clues:
    """The clues of a ranking, in the order of `CLUES`."""
    first = order[0]
    best = float(scores[first])
    second = float(scores[order[1]]) if len(order) > 1 else 0.0
    found = {
        "best": best,
        "lead": best - second,
        "share": float(1 / np.exp(scores - best).sum()),
        **{name: float(value) for name, value in zip(SIGNALS, table[first], strict=True)},
        "unknown": float(question.unknown > A_SLIP),
        "stretch": float(question.unknown),
        "terse": float(is_terse(question)),
        "length": float(question.letters),
        "elsewhere": ranker.elsewhere(question),
    }
    return np.array([min(found[name], _LONGEST.get(name, np.inf)) / _SCALE.get(name, 1.0) for name in CLUES])
