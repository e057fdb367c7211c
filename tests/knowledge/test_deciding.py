"""Rules that stand above every chance, and how a ranking becomes a decision."""

from __future__ import annotations

import pytest

from knowledge.deciding import Profile, Ranked, decide
from knowledge.search import KnowledgeBase


def ranked(right: float, among: float, **rules: bool) -> Ranked:
    return Ranked(
        (0,), (1.0,), right, among, **{"vetoed": False, "foreign": False, "keyword": False, **rules}
    )


@pytest.fixture(scope="module")
def profile(letters_only: KnowledgeBase) -> Profile:
    return letters_only.thresholds.letters.model_copy(update={"answer": 0.9, "suggest": 0.3})


def test_the_chances_decide(profile: Profile) -> None:
    assert decide(ranked(0.95, 0.99), profile) == "answer"
    assert decide(ranked(0.85, 0.99), profile) == "suggest"
    assert decide(ranked(0.1, 0.2), profile) is None


def test_a_veto_leaves_a_choice(profile: Profile) -> None:
    assert decide(ranked(0.99, 0.99, vetoed=True), profile) == "suggest"


def test_a_foreign_subject_is_not_even_offered(profile: Profile) -> None:
    assert decide(ranked(0.5, 0.9, foreign=True), profile) is None


def test_a_keyword_is_offered_however_little_it_says(profile: Profile) -> None:
    assert decide(ranked(0.0, 0.0, keyword=True), profile) == "suggest"
