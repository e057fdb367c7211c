"""`sistercity kb eval`: how well questions are answered, for a terminal, as JSON and for a browser."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from bot.live_knowledge import read_if_there
from knowledge.evaluation import AIMS, LOWER_IS_BETTER, Result, by_group, confusions, figures
from knowledge.golden import Golden, load_golden
from knowledge.report import Confusion, Figure, Group, Miss, Report, report_html
from knowledge.search import KnowledgeBase
from storage import revisions

SHOWN = ("top_1", "hit_3", "direct", "direct_right", "resolved")
COMMAND = "sistercity kb eval"
WORST = 60

Doubled = Sequence[tuple[Golden, str]]


def golden_questions(url: str) -> tuple[Golden, ...]:
    """The shipped questions, and those that became golden in the chat where there is a database."""
    none: tuple[Golden, ...] = ()
    return (*load_golden(), *read_if_there(url, _learned, none))


def _learned(session: Session) -> tuple[Golden, ...]:
    return tuple(Golden(row.text, row.entry_id, "golden", "asked") for row in revisions.list_golden(session))


def _all_figures(results: Sequence[Result], doubled: Doubled) -> dict[str, float]:
    golden = sum(one.asked.kind == "golden" for one in results)
    return {**figures(results), "near_duplicates": round(100 * len(doubled) / max(golden, 1), 1)}


def _topic_of(base: KnowledgeBase, result: Result) -> str:
    entry = base.entries.get(result.asked.expect or "")
    return entry.topic if entry else "?"


def evaluation_json(base: KnowledgeBase, results: Sequence[Result], doubled: Doubled) -> dict[str, Any]:
    """Keys are stable: see README."""
    return {
        "figures": _all_figures(results, doubled),
        "aims": AIMS,
        "held_out": base.thresholds.figures.get("meaning_held_out", {}),
        "decisions": dict(Counter(one.decision for one in results if one.asked.kind == "golden")),
        "by_style": dict(by_group(results, lambda one: one.asked.style)),
        "by_topic": dict(by_group(results, lambda one: _topic_of(base, one))),
        "confusions": [
            {"expected": expected, "got": got, "questions": asked}
            for expected, got, asked in confusions(results)
        ],
    }


def evaluation_text(base: KnowledgeBase, results: Sequence[Result], doubled: Doubled) -> str:
    """Figures beside their aims, then by style and topic, then what is taken for what."""
    found = _all_figures(results, doubled)
    held_out = base.thresholds.figures.get("meaning_held_out", {})
    lines = [f"{'':<20}{'now':>8}{'held out':>10}{'aim':>8}"]
    for name, value in found.items():
        aim = f"{'≤' if name in LOWER_IS_BETTER else '≥'} {AIMS[name]:g}" if name in AIMS else ""
        other = f"{held_out[name]:.1f}" if name in held_out else ""
        lines.append(f"{name:<20}{value:>8.1f}{other:>10}{aim:>8}")
    for title, groups in (
        ("style", by_group(results, lambda one: one.asked.style)),
        ("topic", by_group(results, lambda one: _topic_of(base, one))),
    ):
        lines.append(f"\n{title:<20}" + "".join(f"{name:>13}" for name in ("questions", *SHOWN)))
        lines += [
            f"{name:<20}" + "".join(f"{row[one]:>13.1f}" for one in ("questions", *SHOWN))
            for name, row in groups
        ]
    lines.append("\nranked first instead")
    lines += [f"{len(asked)} {expected} → {got}: {asked[0]}" for expected, got, asked in confusions(results)]
    return "\n".join(lines)


def evaluation_html(base: KnowledgeBase, results: Sequence[Result], doubled: Doubled, now: datetime) -> str:
    """One self-contained page with figures, groups, confusions and the worst cases."""
    committed = base.thresholds.figures.get("meaning", {})
    found = _all_figures(results, doubled)
    return report_html(
        Report(
            title="Golden questions · คำถามทดสอบ",
            made_on=now.date().isoformat(),
            command=COMMAND,
            figures=tuple(
                _figure(name, found[name], committed.get(name)) for name in found if name != "questions"
            ),
            groups=(
                _group("Style · รูปแบบคำถาม", by_group(results, lambda one: one.asked.style)),
                _group("Topic · หมวด", by_group(results, lambda one: _topic_of(base, one))),
            ),
            confusions=tuple(
                Confusion(expected, got, len(asked), tuple(asked[:3]))
                for expected, got, asked in confusions(results)
            ),
            misses=tuple(_miss(base, one) for one in _worst(results)[:WORST]),
        )
    )


def _figure(name: str, value: float, before: float | None) -> Figure:
    aim = AIMS.get(name)
    return Figure(
        name,
        value / 100,
        None if aim is None else aim / 100,
        None if before is None else before / 100,
        lower=name in LOWER_IS_BETTER,
    )


def _group(title: str, rows: list[tuple[str, dict[str, float]]]) -> Group:
    return Group(
        title,
        tuple(
            (label, int(row["questions"]), tuple(_figure(name, row[name], None) for name in SHOWN))
            for label, row in rows
        ),
    )


def _worst(results: Sequence[Result]) -> list[Result]:
    """Wrong answers first, then answers to what nothing answers, then what was not resolved."""
    wrong = [one for one in results if one.answered and not one.right]
    lost = [one for one in results if one.asked.kind == "golden" and not one.resolved and not one.answered]
    return [*wrong, *lost]


def _miss(base: KnowledgeBase, one: Result) -> Miss:
    return Miss(
        question=one.asked.question,
        expected=one.asked.expect,
        decision=one.decision,
        got=one.ranked[:3],
        style=one.asked.style,
        topic=_topic_of(base, one),
    )
