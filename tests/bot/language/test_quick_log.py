"""
Sentences as officers type them, read as a whole.

`golden_log.jsonl` holds one sentence a line with the province of the officer and every field expected; its
first line names today. An `ambiguous` field whose list is null may offer anything, but has to be asked.
"""

from __future__ import annotations

import importlib.util
import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.language.names import Lexicon
from bot.language.quick_log import is_log_like, read_log

HERE = Path(__file__).parent
VALUES = ("pairing_id", "type", "state", "start", "end", "title", "participants", "budget_thb")


def _lexicon() -> Lexicon:
    spec = importlib.util.spec_from_file_location("lexicons", HERE / "lexicons.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    lexicon = module.real_lexicon()
    assert isinstance(lexicon, Lexicon)
    return lexicon


def _rows(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (HERE / name).read_text(encoding="utf-8").splitlines()]


LEXICON = _lexicon()
_META, *GOLDEN = _rows("golden_log.jsonl")
UTTERANCES = _rows("golden_utterances.jsonl")
TODAY = date.fromisoformat(_META["meta"]["today"])


def read(text: str, home: str | None = "TH-50", today: date | None = TODAY) -> dict[str, Any]:
    return read_log(text, LEXICON, home=home, today=today).to_json()
