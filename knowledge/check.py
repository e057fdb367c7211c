"""Every fault of the curated files in one list, for `sistercity kb check` and for the tests."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from knowledge.calibration import fingerprint, measure
from knowledge.evaluation import LOWER_IS_BETTER
from knowledge.golden import load_development, load_golden
from knowledge.meaning import Encoder
from knowledge.reading import KnowledgeError
from knowledge.search import KnowledgeBase

LEAST_PHRASINGS = 5
TOLERANCE = 0.5
"""Points by which a figure may fall below the last committed one."""


def check(folder: Path | None = None) -> list[str]:
    """
    All problems of a data folder (by default the packaged one), each in a line; empty when all is well.

    Beyond what loading refuses: what an entry that ships must have, and a wording that does not bring its own
    entry among the best, which happens when synonyms make several wordings equal. Its paraphrases would not
    find the entry.
    """
    try:
        base = KnowledgeBase.load(folder)
    except KnowledgeError as error:
        return list(error.problems)
    return [*_unfinished(base), *_led_astray(base)]


def check_figures(encoder: Encoder) -> list[str]:
    """
    Whether the thresholds were made from the base as it is, and whether it answers as well as when they were.

    Figures are a ratchet: they fail below the last committed ones, never because an aim is not reached yet.
    """
    base = KnowledgeBase.load(encoder=encoder)
    golden = load_golden()
    if base.thresholds.fingerprint != fingerprint(base, [*golden, *load_development()]):
        return [
            "thresholds.json: เนื้อหาหรือคำถามทดสอบเปลี่ยนไปแล้ว กรุณาเรียก sistercity kb calibrate (the base has changed)"
        ]
    if not base.ranker.has_meaning:
        return [f"ไม่มีตัวเข้ารหัสความหมาย จึงวัดผลไม่ได้ (meaning vectors are missing: {encoder.problem})"]
    return list(_fallen(base.thresholds.figures["meaning"], measure(base, golden)))


def _unfinished(base: KnowledgeBase) -> Iterator[str]:
    for entry in base.current:
        if len(entry.phrasings) < LEAST_PHRASINGS:
            yield f"{entry.id}: ถ้อยคำน้อยกว่า {LEAST_PHRASINGS} แบบ (fewer than {LEAST_PHRASINGS} phrasings)"
        for thai, english in (("question", "question_en"), ("answer", "answer_en"), ("detail", "detail_en")):
            if getattr(entry, thai) and not getattr(entry, english):
                yield f"{entry.id}: ขาดฉบับภาษาอังกฤษของ {thai} ({english} is missing)"


def _led_astray(base: KnowledgeBase) -> Iterator[str]:
    for entry in base.current:
        for wording in entry.wordings:
            nearest = base.nearest(wording)
            if entry.id not in nearest:
                yield f"{entry.id}: “{wording}” ไปตรงกับรายการ {', '.join(nearest)} มากกว่า (leads to other entries)"


def _fallen(committed: dict[str, float], now: dict[str, float]) -> Iterator[str]:
    for name in ("top_1", "hit_3", "direct_right", "resolved", *sorted(LOWER_IS_BETTER)):
        loss = now[name] - committed[name] if name in LOWER_IS_BETTER else committed[name] - now[name]
        if loss > TOLERANCE:
            yield f"{name}: {now[name]} แย่กว่าค่าที่บันทึกไว้ {committed[name]} (worse than the committed figure)"
