"""
Questions whose right entry is known, and questions that nothing here answers: what the search is measured by.

Files of JSON lines in `golden/`, written apart from the entries' phrasings and never indexed. `near` are other
duties of the same officials, `general` is anything else.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.resources import files
from typing import Literal

from pydantic import TypeAdapter

Kind = Literal["golden", "near", "general"]


@dataclass(frozen=True)
class Golden:
    """One question; `expect` is the id of the entry that answers it, or None for a decoy."""

    question: str
    expect: str | None
    kind: Kind
    style: str = "mixed"  # colloquial · keyword · formal · english · typo · mixed
    also: tuple[str, ...] = ()  # entries that answer it equally well, as a second reader judged

    def fits(self, entry_id: str | None) -> bool:
        """Whether the entry answers this question."""
        return entry_id is not None and (entry_id == self.expect or entry_id in self.also)


_GOLDEN = TypeAdapter(Golden)


def read_golden(lines: Iterable[str]) -> tuple[Golden, ...]:
    """Golden questions from JSON lines."""
    return tuple(_GOLDEN.validate_python(json.loads(line)) for line in lines if line.strip())


def load_golden() -> tuple[Golden, ...]:
    """The questions by which figures are told."""
    return _read("questions.jsonl")


def load_development() -> tuple[Golden, ...]:
    """Older questions on which the method was tuned: they teach, and are not told as figures."""
    return _read("development.jsonl")


def _read(name: str) -> tuple[Golden, ...]:
    text = (files("knowledge") / "golden" / name).read_text(encoding="utf-8")
    return read_golden(text.splitlines())
