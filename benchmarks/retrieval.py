"""
How well questions find their entry, beside the plain methods: `python benchmarks/retrieval.py`.

All methods see the same texts and the same golden questions in one run. RapidFuzz compares whole strings, as
a first build would; BM25 works on character n-grams of the normalised text, without synonyms or meaning. Prints,
judges nothing.
"""

from __future__ import annotations

import resource
import statistics
import time
from collections.abc import Callable, Sequence

import numpy as np
from rapidfuzz import fuzz, process

from knowledge.golden import Golden, load_golden
from knowledge.grams import CoverIndex, Rarity, grams
from knowledge.meaning import shared_encoder
from knowledge.normalize import squash
from knowledge.search import KnowledgeBase
from knowledge.words import Run

Ranking = Callable[[str], Sequence[str]]


def rapidfuzz(base: KnowledgeBase) -> Ranking:
    """WRatio over every wording, the best of an entry counting."""
    texts = [
        (entry.id, text) for entry in base.current for text in (*entry.wordings, entry.title, entry.answer)
    ]

    def rank(question: str) -> Sequence[str]:
        scores = process.cdist([question], [text for _, text in texts], scorer=fuzz.WRatio)[0]
        return list(dict.fromkeys(texts[row][0] for row in np.argsort(-scores, kind="stable")))

    return rank


def bm25(base: KnowledgeBase) -> Ranking:
    """BM25 on character n-grams of everything that an entry says."""

    def of(text: str) -> dict[str, float]:
        return dict(grams([Run(squash(text), 1.0)]))

    wholes = [of("\n".join((*entry.wordings, entry.title, entry.answer))) for entry in base.current]
    index, ids = CoverIndex(wholes, Rarity(wholes)), [entry.id for entry in base.current]
    return lambda question: [ids[row] for row in np.argsort(-index.scores(of(question)), kind="stable")]


def shares(rank: Ranking, golden: Sequence[Golden]) -> tuple[float, float, float]:
    """Top-1 and hit@3 in per cent, and the 95th percentile of a question in ms."""
    first = three = 0
    taken = []
    for one in golden:
        began = time.perf_counter()
        ranked = rank(one.question)[:3]
        taken.append(1000 * (time.perf_counter() - began))
        first += one.fits(ranked[0])
        three += any(map(one.fits, ranked))
    return 100 * first / len(golden), 100 * three / len(golden), statistics.quantiles(taken, n=20)[-1]


def longest(base: KnowledgeBase) -> float:
    """The slowest of inputs of 4,000 characters, in ms."""
    inputs = (
        *("ก" * 4000, "เมืองพี่เมืองน้อง " * 223, "a" * 4000, "มาตรา 178 " * 400, "ไม่" * 1333, "\u0e48" * 4000),
        # Each of these once took seconds.
        *("\u0e33" + "\u0e48\u0e49" * 2000, "\u0e4d\u0e48\u0e32" * 1333, "นะ" * 2000 + "ก", "?" * 4000 + "ก"),
    )
    # `find` reads the beginning only; the others read all of it.
    ways: tuple[Callable[[str], object], ...] = (
        base.find,
        base.ranker.read,
        lambda text: base.same_question(text, text[1:]),
    )
    taken = []
    for text in inputs:
        for way in ways:
            began = time.perf_counter()
            way(text)
            taken.append(1000 * (time.perf_counter() - began))
    return max(taken)


def main() -> None:
    golden = [one for one in load_golden() if one.kind == "golden"]
    began = time.perf_counter()
    base = KnowledgeBase.load()
    loaded = time.perf_counter() - began
    rows = [
        ("RapidFuzz WRatio", *shares(rapidfuzz(base), golden)),
        ("BM25, n-grams", *shares(bm25(base), golden)),
    ]
    rows.append(("ours, letters only", *shares(base.nearest, golden)))
    base.learn_meaning(shared_encoder())
    rows.append(("ours", *shares(base.nearest, golden)))
    print("| method | top-1 | hit@3 | p95 ms |\n| --- | --- | --- | --- |")
    for name, first, three, slow in rows:
        print(f"| {name} | {first:.1f} | {three:.1f} | {slow:.1f} |")
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(
        f"\n{len(golden)} questions, {len(base.current)} entries; loaded in {loaded:.1f} s, {memory} MiB at most;"
    )
    print(f"slowest input of 4,000 characters {longest(base):.0f} ms")


if __name__ == "__main__":
    main()
