"""How well questions are answered: figures by kind, style and topic, and what went wrong."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from knowledge.golden import Golden
from knowledge.normalize import normalize
from knowledge.search import Decision, KnowledgeBase

AIMS = {
    "top_1": 92.0,
    "hit_3": 98.0,
    "direct_right": 98.0,
    "resolved": 96.0,
    "near_answered": 5.0,
    "general_answered": 1.0,
    "near_duplicates": 5.0,
}
"""Per cent. The last three are upper bounds."""

LOWER_IS_BETTER = frozenset({"near_answered", "general_answered", "near_duplicates"})

A_DUPLICATE = 90
"""RapidFuzz ratio from which a golden question is nearly one of its entry's phrasings."""


@dataclass(frozen=True)
class Result:
    """What became of one question."""

    asked: Golden
    decision: Decision
    answered: str | None  # id of the entry that answered
    offered: tuple[str, ...]  # ids of the buttons
    ranked: tuple[tuple[str, float], ...]  # best ten with their scores

    @property
    def top_1(self) -> bool:
        return bool(self.ranked) and self.asked.fits(self.ranked[0][0])

    @property
    def hit_3(self) -> bool:
        return any(self.asked.fits(id_) for id_, _ in self.ranked[:3])

    @property
    def right(self) -> bool:
        return self.asked.fits(self.answered)

    @property
    def resolved(self) -> bool:
        """The right answer, or the right button under a plain choice."""
        return self.right or (self.decision == "suggest" and any(map(self.asked.fits, self.offered)))


def ask_all(base: KnowledgeBase, questions: Iterable[Golden]) -> list[Result]:
    """Ask every question; deterministic."""
    return [_ask(base, golden) for golden in questions]


def _ask(base: KnowledgeBase, golden: Golden) -> Result:
    found = base.find(golden.question)
    return Result(
        golden,
        found.decision,
        found.entry.id if found.decision == "answer" and found.entry else None,
        tuple(one.entry_id for one in found.suggestions) if found.decision == "suggest" else (),
        base.ranked(golden.question),
    )


def figures(results: Sequence[Result]) -> dict[str, float]:
    """Per cent, one decimal: of golden questions, of direct answers, of decoys."""
    golden = _of(results, "golden")
    answered = [one for one in golden if one.answered]
    return {
        "questions": float(len(golden)),
        "top_1": _share(golden, lambda one: one.top_1),
        "hit_3": _share(golden, lambda one: one.hit_3),
        "direct": _share(golden, lambda one: one.answered is not None),
        "direct_right": _share(answered, lambda one: one.right),
        "resolved": _share(golden, lambda one: one.resolved),
        **_decoys(results, "near"),
        **_decoys(results, "general"),
    }


def _decoys(results: Sequence[Result], kind: str) -> dict[str, float]:
    """How questions that nothing answers were met."""
    of_kind = _of(results, kind)
    return {
        f"{kind}_answered": _share(of_kind, lambda one: one.decision == "answer"),
        f"{kind}_suggested": _share(of_kind, lambda one: one.decision == "suggest"),
        f"{kind}_unknown": _share(of_kind, lambda one: one.decision == "unknown"),
    }


def near_duplicates(base: KnowledgeBase, questions: Iterable[Golden]) -> list[tuple[Golden, str]]:
    """Golden questions that are nearly a phrasing of their entry: they flatter the figures."""
    found = []
    for golden in questions:
        entry = base.entries.get(golden.expect or "")
        text = normalize(golden.question)
        for wording in entry.wordings if entry else ():
            if fuzz.ratio(text, normalize(wording)) >= A_DUPLICATE:
                found.append((golden, wording))
                break
    return found


def confusions(results: Sequence[Result]) -> list[tuple[str, str, list[str]]]:
    """(expected, ranked first instead, questions), most frequent first."""
    pairs: dict[tuple[str, str], list[str]] = {}
    for one in _of(results, "golden"):
        if not one.top_1 and one.ranked:
            pairs.setdefault((one.asked.expect or "", one.ranked[0][0]), []).append(one.asked.question)
    return sorted(
        ((*pair, asked) for pair, asked in pairs.items()), key=lambda row: (-len(row[2]), row[0], row[1])
    )


def by_group(
    results: Sequence[Result], name_of: Callable[[Result], str]
) -> list[tuple[str, dict[str, float]]]:
    """Figures of the golden questions by style, topic or whatever else names them, largest group first."""
    golden = _of(results, "golden")
    counted = Counter(name_of(one) for one in golden)
    return [
        (name, figures([one for one in golden if name_of(one) == name]))
        for name, _ in sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))
    ]


def _of(results: Sequence[Result], kind: str) -> list[Result]:
    return [one for one in results if one.asked.kind == kind]


def _share(some: Sequence[Result], holds: Callable[[Result], bool]) -> float:
    return round(100 * sum(map(holds, some)) / len(some), 1) if some else 0.0
