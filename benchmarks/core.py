"""
How fast the pure parts are: `python benchmarks/core.py`. Prints, judges nothing.

Growth matters more than the figures of one machine, so each is measured at several sizes.
"""

from __future__ import annotations

import random
import statistics
import time
from collections.abc import Callable
from datetime import date, timedelta

from bot.reminders import DEFAULT_STEPS, ActivityFacts, PairingFacts, due, parse_steps, world_of
from knowledge.search import KnowledgeBase

QUESTIONS = (
    "ต้องมีกิจกรรมร่วมปีละกี่ครั้ง",
    "mou ต้องเข้าครมไหม",
    "ใครลงนามได้บ้าง",
    "ประชุมออนไลน์นับมั้ย",
    "How many activities a year?",
)


def milliseconds(job: Callable[[], object], runs: int = 5) -> float:
    """Median of several runs."""
    taken = []
    for _ in range(runs):
        began = time.perf_counter()
        job()
        taken.append(1000 * (time.perf_counter() - began))
    return statistics.median(taken)


def rule(pairings: int) -> float:
    """The plan of one day; twenty activities a pairing."""
    chance = random.Random(1)  # noqa: S311 - figures, not secrets
    facts = [
        PairingFacts(f"p{n}", f"TH-{n % 76}", "established", "province", date(2010, 1, 1), "day")
        for n in range(pairings)
    ]
    held = [
        ActivityFacts(one.id, date(2005, 1, 1) + timedelta(days=chance.randrange(8000)), None, joint=True)
        for one in facts
        for _ in range(20)
    ]
    steps = parse_steps(DEFAULT_STEPS)
    return milliseconds(lambda: due(facts, world_of(held), date(2027, 1, 15), "calendar", steps), runs=3)


def main() -> None:
    lines = ["| what | size | ms |", "| --- | --- | --- |"]
    lines += [f"| plan of a day | {size:,} pairings | {rule(size):.1f} |" for size in (100, 1000, 10000)]
    knowledge = KnowledgeBase.load()
    for question in QUESTIONS:
        knowledge.find(question)
    asked = [milliseconds(lambda question=question: knowledge.find(question)) for question in QUESTIONS]  # type: ignore[misc]
    lines.append(f"| a question | {len(knowledge.entries)} entries | {statistics.median(asked):.1f} |")
    print("\n".join(lines))


if __name__ == "__main__":
    main()
