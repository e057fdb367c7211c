"""
Learning what the signals count and how sure is sure enough.

`calibrate` looks at every golden question and decoy once, learns the weights of the signals (so that the
right entry ranks first), the two logistic lines (how likely the first is right, or one of three), and the two
limits. What it reaches is told twice: on questions that were held out of the learning, in two folds, and on
all. Deterministic.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from knowledge.deciding import OFFERED, Line, Profile, clues_of, decide, is_vetoed, judge
from knowledge.evaluation import Result, ask_all, figures, near_duplicates
from knowledge.golden import Golden
from knowledge.meaning import Encoder
from knowledge.ranking import SIGNALS, Question, Ranker, Table, Weights
from knowledge.search import KnowledgeBase
from knowledge.thresholds import Thresholds

# What direct answers must reach on the questions that the limits are chosen on; a little more than the aims,
# because other questions do a little worse.
RIGHT = 0.985
NEAR_ANSWERED = 0.02
GENERAL_ANSWERED = 0.006
LEAST_SURE = 0.92
"""Whatever a set of questions allows: below this chance nothing is answered without asking back."""
# The share of questions whose entry is among the first three that must get buttons.
BUTTONS = 0.99

PENALTIES = ("strange", "turned")
MEANING = ("meaning", "said")
CONTENDERS = 40
STEPS = 600
DECAY = 0.003
RIDGE = 1.0

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Seen:
    """A golden question with its table of signals."""

    golden: Golden
    question: Question
    table: Table
    right: int | None  # row of the right subject


def calibrate(
    base: KnowledgeBase, encoder: Encoder, golden: Sequence[Golden], teaching: Sequence[Golden], made_on: str
) -> Thresholds:
    """
    Learn everything that `thresholds.json` holds. `base` must not have learned meaning yet.

    Args:
        golden: Questions by which the figures are told, and which teach too.
        teaching: Further questions that only teach.
    """
    letters, letters_held_out = _learn(base.ranker, golden, teaching, with_meaning=False)
    base.learn_meaning(encoder)
    meaning, meaning_held_out = _learn(base.ranker, golden, teaching, with_meaning=True)
    found = Thresholds(
        fingerprint=fingerprint(base, [*golden, *teaching]),
        made_on=made_on,
        meaning=meaning,
        letters=letters,
        figures={"meaning_held_out": meaning_held_out, "letters_held_out": letters_held_out},
    )
    base.thresholds = found
    measured = measure(base, golden)
    return found.model_copy(update={"figures": {"meaning": measured, **found.figures}})


def measure(base: KnowledgeBase, golden: Sequence[Golden]) -> dict[str, float]:
    """The figures of a base as it stands, with the share of golden questions that are nearly phrasings."""
    asked = [one for one in golden if one.kind == "golden"]
    doubled = near_duplicates(base, asked)
    return {
        **figures(ask_all(base, golden)),
        "near_duplicates": round(100 * len(doubled) / max(len(asked), 1), 1),
    }


def fingerprint(base: KnowledgeBase, golden: Sequence[Golden]) -> str:
    """Of everything that was learned from: it changes when an entry, a synonym or a question does."""
    entries: list[Any] = [entry.model_dump(mode="json") for entry in base.current]
    asked = [[one.question, one.expect, one.kind] for one in golden]
    learned_from = [entries, base.words.table.model_dump(mode="json"), base.background, asked]
    return hashlib.sha256(json.dumps(learned_from, ensure_ascii=False, sort_keys=True).encode()).hexdigest()[
        :16
    ]


# ------------------------------------------------------------------ one profile


def _learn(
    ranker: Ranker, golden: Sequence[Golden], teaching: Sequence[Golden], *, with_meaning: bool
) -> tuple[Profile, dict[str, float]]:
    names = tuple(name for name in SIGNALS if with_meaning or name not in MEANING)
    seen, taught = look(ranker, golden), look(ranker, teaching)
    held_out: list[Result] = []
    for fold in (0, 1):
        others = [one for one in seen if _fold(one.golden) != fold]
        profile = learn_profile(ranker, others, names, taught)
        held_out += [_result(ranker, one, profile) for one in seen if _fold(one.golden) == fold]
    return learn_profile(ranker, seen, names, taught), figures(held_out)


def look(ranker: Ranker, golden: Sequence[Golden]) -> list[Seen]:
    """Every question once."""
    rows = {id_: row for row, id_ in enumerate(ranker.ids)}
    found = []
    for one in golden:
        question = ranker.read(one.question)
        found.append(Seen(one, question, ranker.signals(question), rows.get(one.expect or "")))
    return found


def learn_profile(
    ranker: Ranker, seen: Sequence[Seen], names: Sequence[str] = SIGNALS, taught: Sequence[Seen] = ()
) -> Profile:
    """Weights and lines from all these questions, limits from `seen` alone."""
    weights = learn_weights([one for one in (*seen, *taught) if one.right is not None], names)
    return learn_lines(ranker, seen, weights, taught)


def learn_lines(
    ranker: Ranker, seen: Sequence[Seen], weights: Weights, taught: Sequence[Seen] = ()
) -> Profile:
    """How sure is sure enough, for weights that stand."""
    clues, first, among, vetoed = _rankings(ranker, [*seen, *taught], weights)
    right_line, among_line = _line(clues, first), _line(clues, among)
    size = len(seen)
    clues, first, among, vetoed = clues[:size], first[:size], among[:size], vetoed[:size]
    chance_right = np.array([right_line.chance(one) for one in clues])
    chance_among = np.array([among_line.chance(one) for one in clues])
    kinds = np.array([one.golden.kind for one in seen])
    answer = _answer_limit(np.where(vetoed, 0.0, chance_right), first, kinds)
    suggest = float(np.quantile(chance_among[among], 1 - BUTTONS)) if among.any() else 1.0
    return Profile(
        signals=weights, right=right_line, among=among_line, answer=answer, suggest=round(suggest, 4)
    )


def _rankings(
    ranker: Ranker, seen: Sequence[Seen], weights: Weights
) -> tuple[Floats, NDArray[np.bool_], NDArray[np.bool_], NDArray[np.bool_]]:
    """Clues of each question; whether the first is right, one of three is, a rule forbids an answer."""
    clues, first, among, vetoed = [], [], [], []
    for one in seen:
        scores = one.table @ weights.vector
        order = np.argsort(-scores, kind="stable")
        clues.append(clues_of(ranker, one.question, one.table, scores, order))
        fits = [one.right is not None and one.golden.fits(ranker.ids[row]) for row in order[:OFFERED]]
        first.append(fits[0])
        among.append(any(fits))
        vetoed.append(is_vetoed(one.question, one.table[order[0]]))
    return np.array(clues), np.array(first), np.array(among), np.array(vetoed)


def learn_weights(seen: Sequence[Seen], names: Sequence[str]) -> Weights:
    """
    Weights that put the right subject first: softmax regression over all subjects, by Adam.

    Likeness may only count for a subject, and marks that disagree only against it.
    """
    columns = [SIGNALS.index(name) for name in names]
    # The right one stands first, then those that might be taken for it: the rest teaches nothing.
    tables = np.array([_contenders(one)[:, columns] for one in seen], np.float64)
    against = np.array([name in PENALTIES for name in names])
    weights = np.where(against, -0.3, 3.0)
    mean, square = np.zeros_like(weights), np.zeros_like(weights)
    for step in range(1, STEPS + 1):
        scores = tables @ weights
        chance = np.exp(scores - scores.max(axis=1, keepdims=True))
        chance /= chance.sum(axis=1, keepdims=True)
        chance[:, 0] -= 1
        slope = np.einsum("qs,qsf->f", chance, tables) / len(tables) + DECAY * weights
        mean, square = 0.9 * mean + 0.1 * slope, 0.999 * square + 0.001 * slope * slope
        pace = 0.3 / (1 + step / 200)
        weights = weights - pace * (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.999**step)) + 1e-8)
        weights = np.where(against, np.minimum(weights, 0), np.maximum(weights, 0))
    return Weights(**{name: round(float(weight), 3) for name, weight in zip(names, weights, strict=True)})


def _contenders(one: Seen) -> Table:
    likeness = one.table.sum(axis=1)
    likeness[one.right] = np.inf
    return one.table[np.argsort(-likeness, kind="stable")[:CONTENDERS]]


def _line(clues: Floats, holds: NDArray[np.bool_]) -> Line:
    """Ridge logistic regression by Newton's method."""
    known = np.column_stack([clues, np.ones(len(clues))])
    weights = np.zeros(known.shape[1])
    ridge = RIDGE * np.eye(len(weights))
    ridge[-1, -1] = 1e-6
    for _ in range(40):
        chance = 1 / (1 + np.exp(-np.clip(known @ weights, -30, 30)))
        slope = known.T @ (chance - holds) + ridge @ weights
        curve = (known * (chance * (1 - chance))[:, None]).T @ known + ridge
        weights = weights - np.linalg.solve(curve, slope)
    return Line(
        bias=round(float(weights[-1]), 4), weights=tuple(round(float(one), 4) for one in weights[:-1])
    )


def _answer_limit(chance: Floats, right: NDArray[np.bool_], kinds: NDArray[np.str_]) -> float:
    """The lowest limit at which direct answers are right often enough, and decoys draw few."""
    for candidate in np.arange(LEAST_SURE, 1.0, 0.01):
        said = chance >= candidate
        golden = said & (kinds == "golden")
        if (
            golden.any()
            and right[golden].mean() >= RIGHT
            and _mean(said[kinds == "near"]) <= NEAR_ANSWERED
            and _mean(said[kinds == "general"]) <= GENERAL_ANSWERED
        ):
            return round(float(candidate), 2)
    return 1.0


def _mean(some: NDArray[np.bool_]) -> float:
    return float(some.mean()) if len(some) else 0.0


def _result(ranker: Ranker, one: Seen, profile: Profile) -> Result:
    """What the search would have done, by the same rules."""
    ranked = judge(ranker, one.question, one.table, profile)
    ids = [ranker.ids[row] for row in ranked.order]
    decision = decide(ranked, profile)
    return Result(
        one.golden,
        decision or "unknown",
        ids[0] if decision == "answer" else None,
        tuple(ids[:OFFERED]) if decision == "suggest" else (),
        tuple(zip(ids[:10], ranked.scores, strict=False)),
    )


def _fold(golden: Golden) -> int:
    return hashlib.sha256(golden.question.encode()).digest()[0] % 2
