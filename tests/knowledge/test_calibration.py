"""Learning from golden questions: right weights are found, limits keep what they promise."""

from __future__ import annotations

import numpy as np
import pytest

from knowledge.calibration import (
    GENERAL_ANSWERED,
    NEAR_ANSWERED,
    RIGHT,
    Seen,
    fingerprint,
    learn_profile,
    learn_weights,
    look,
)
from knowledge.deciding import decide, judge
from knowledge.golden import Golden, load_golden
from knowledge.ranking import SIGNALS
from knowledge.search import KnowledgeBase


@pytest.fixture(scope="module")
def seen(letters_only: KnowledgeBase) -> list[Seen]:
    return look(letters_only.ranker, load_golden())


def made(right: int, column: str) -> Seen:
    """A question that only one signal answers; another one misleads."""
    table = np.zeros((5, len(SIGNALS)), np.float32)
    table[right, SIGNALS.index(column)] = 1
    table[(right + 1) % 5, SIGNALS.index("cover")] = 0.9
    return Seen(Golden("q", str(right), "golden"), None, table, right)  # type: ignore[arg-type]  # not looked at


def test_the_signal_that_is_right_gets_the_weight() -> None:
    weights = learn_weights([made(number % 5, "asked") for number in range(20)], ("cover", "asked"))
    assert weights.asked > weights.cover >= 0
    assert weights.alike == 0


def test_likeness_never_counts_against_and_strangeness_never_for(seen: list[Seen]) -> None:
    weights = learn_weights([one for one in seen if one.right is not None], SIGNALS)
    assert all(getattr(weights, name) >= 0 for name in SIGNALS if name not in ("strange", "turned"))
    assert weights.strange <= 0
    assert weights.turned <= 0


def test_direct_answers_under_the_learned_limits_are_right(
    letters_only: KnowledgeBase, seen: list[Seen]
) -> None:
    ranker = letters_only.ranker
    profile = learn_profile(ranker, seen)
    told: dict[str, list[bool]] = {"golden": [], "near": [], "general": []}
    for one in seen:
        ranked = judge(ranker, one.question, one.table, profile)
        answered = decide(ranked, profile) == "answer"
        if one.golden.kind != "golden":
            told[one.golden.kind].append(answered)
        elif answered:
            told["golden"].append(one.golden.fits(ranker.ids[ranked.order[0]]))
    assert len(told["golden"]) >= 100
    assert np.mean(told["golden"]) >= RIGHT
    assert np.mean(told["near"]) <= NEAR_ANSWERED
    assert np.mean(told["general"]) <= GENERAL_ANSWERED


def test_learning_twice_gives_the_same(letters_only: KnowledgeBase, seen: list[Seen]) -> None:
    first, again = (learn_profile(letters_only.ranker, seen).model_dump() for _ in range(2))
    assert first == again


def test_the_fingerprint_changes_with_every_thing_that_was_learned_from(letters_only: KnowledgeBase) -> None:
    golden = [Golden("ถาม", "who-signs", "golden")]
    entry = letters_only.entries["who-signs"]
    changed = letters_only.with_changes([entry.model_copy(update={"answer": "ตอบใหม่"})])
    known = fingerprint(letters_only, golden)
    assert known == fingerprint(letters_only, list(golden))
    assert known != fingerprint(changed, golden)
    assert known != fingerprint(letters_only, [Golden("ถาม", "deputy-signs", "golden")])
