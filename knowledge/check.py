"""Every fault of the curated files in one list, for `sistercity kb check` and for the tests."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from knowledge.reading import KnowledgeError
from knowledge.search import KnowledgeBase


def check(folder: Path | None = None) -> list[str]:
    """
    All problems of a data folder (by default the packaged one), each in a line; empty when all is well.

    Beyond what loading refuses: a wording that does not bring its own entry among the best, which happens
    when synonyms make several wordings equal. Its paraphrases would not find the entry.
    """
    try:
        base = KnowledgeBase.load(folder)
    except KnowledgeError as error:
        return list(error.problems)
    return list(_led_astray(base))


def _led_astray(base: KnowledgeBase) -> Iterator[str]:
    for entry in base.entries.values():
        if entry.superseded_by is not None:
            continue
        for wording in entry.wordings:
            nearest = base.nearest(wording)
            if entry.id not in nearest:
                yield f"{entry.id}: “{wording}” ไปตรงกับรายการ {', '.join(nearest)} มากกว่า (leads to other entries)"
