"""
What the packaged base does with questions as officers type them.

development.jsonl has questions with the entry that answers them ("golden"), questions about other duties of the
same officers ("near") and about anything else ("general"), which no entry answers. The bars lie a little
below what was measured when the thresholds were chosen; raise them when it gets better.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from knowledge.check import check
from knowledge.search import Finding, KnowledgeBase

GOLDEN = Path(__file__).parents[2] / "knowledge" / "golden" / "development.jsonl"


class Asked(NamedTuple):
    question: str
    expect: str | None
    kind: str
    finding: Finding

    @property
    def answered(self) -> bool:
        return self.finding.decision == "answer"

    @property
    def right(self) -> bool:
        return self.finding.entry is not None and self.finding.entry.id == self.expect

    @property
    def resolved(self) -> bool:
        """The right answer, or the right button under a plain choice."""
        offered = self.finding.decision == "suggest" and any(
            suggestion.entry_id == self.expect for suggestion in self.finding.suggestions
        )
        return self.right or offered


Results = Callable[[str], list[Asked]]


@pytest.fixture(scope="module")
def results(packaged: KnowledgeBase) -> Results:
    def ask(question: str, expect: str | None, kind: str) -> Asked:
        return Asked(question, expect, kind, packaged.find(question))

    asked = [ask(**json.loads(line)) for line in GOLDEN.read_text(encoding="utf-8").splitlines()]
    return lambda kind: [one for one in asked if one.kind == kind]


def share(some: list[Asked], all_: list[Asked]) -> float:
    """Per cent."""
    return 100 * len(some) / len(all_)


def test_the_questions_are_enough_and_each_entry_has_one(results: Results, packaged: KnowledgeBase) -> None:
    assert len(results("golden")) >= 250
    assert len(results("near")) >= 60
    assert len(results("general")) >= 50
    expected = {asked.expect for asked in results("golden")}
    assert expected <= set(packaged.entries)
    assert len(expected) >= 0.8 * len(packaged.entries)


def test_no_golden_question_is_a_curators_own_wording(results: Results, packaged: KnowledgeBase) -> None:
    """Those are answered by looking them up and would only flatter the figures."""
    wordings = {wording for entry in packaged.entries.values() for wording in entry.wordings}
    assert len([asked for asked in results("golden") if asked.question in wordings]) <= 10


def test_direct_answers_are_right(results: Results) -> None:
    answered = [asked for asked in results("golden") if asked.answered]
    wrong = [(asked.question, asked.expect) for asked in answered if not asked.right]
    assert share([asked for asked in answered if asked.right], answered) >= 98, wrong


def test_half_of_the_questions_are_answered_directly(results: Results) -> None:
    golden = results("golden")
    assert share([asked for asked in golden if asked.answered], golden) >= 50


def test_nearly_all_questions_are_resolved(results: Results) -> None:
    golden = results("golden")
    missed = [asked.question for asked in golden if not asked.resolved]
    assert share([asked for asked in golden if asked.resolved], golden) >= 91, missed


@pytest.mark.parametrize(("kind", "most"), [("near", 3.0), ("general", 0.0)])
def test_foreign_questions_are_not_answered(results: Results, kind: str, most: float) -> None:
    answered = [asked.question for asked in results(kind) if asked.answered]
    assert 100 * len(answered) / len(results(kind)) <= most, answered


def test_general_talk_draws_neither_buttons_nor_quotations(results: Results) -> None:
    general = results("general")
    quiet = [asked for asked in general if asked.finding.decision == "unknown"]
    assert share(quiet, general) >= 85


def test_the_packaged_base_has_no_problems() -> None:
    assert check() == []
