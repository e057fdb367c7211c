"""
Reports and questions, told apart.

The `golden_utterances*.jsonl` files hold texts with what they are: a log, a question, or unsure where a person
has to say. What is asked although the text was one of the two costs a tap; taking one for the other is a fault.
"""

from __future__ import annotations

import json
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.language.utterances import asks, is_log_like
from tests.bot.language.lexicons import real_lexicon

HERE = Path(__file__).parent
LEXICON = real_lexicon()
HOME = "TH-50"
TODAY = date(2026, 11, 18)

MOST_FAULTS = 0.02
MOST_ASKED = 0.08


def _rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


GOLDEN = [row for path in sorted(HERE.glob("golden_utterances*.jsonl")) for row in _rows(path)]
_META, *SENTENCES = _rows(HERE / "golden_log.jsonl")


def kind(text: str, home: str | None = HOME) -> str:
    return is_log_like(text, LEXICON, home, TODAY)


def verdict(row: dict[str, Any]) -> str:
    got = kind(row["text"])
    if got == row["kind"]:
        return "right"
    return "asked" if got == "unsure" else "wrong"


def test_the_golden_texts_are_many_and_all_different() -> None:
    assert len(GOLDEN) >= 170
    assert len({row["text"] for row in GOLDEN}) == len(GOLDEN)
    assert {row["kind"] for row in GOLDEN} == {"log", "question", "unsure"}


def test_reports_and_questions_are_told_apart() -> None:
    verdicts = {row["text"]: verdict(row) for row in GOLDEN}
    counted = Counter(verdicts.values())
    wrong = {text: kind(text) for text, how in verdicts.items() if how == "wrong"}
    asked = [text for text, how in verdicts.items() if how == "asked"]
    assert counted["wrong"] <= MOST_FAULTS * len(GOLDEN), wrong
    assert counted["asked"] <= MOST_ASKED * len(GOLDEN), asked


def test_every_sentence_of_the_golden_log_is_taken_for_a_report() -> None:
    others = {row["text"]: kind(row["text"], row["home"]) for row in SENTENCES}
    assert {text: found for text, found in others.items() if found != "log"} == {}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("ประชุมกับเฉิงตู 3 พ.ย. 69 เรื่องทำไมต้องมีกิจกรรมทุกปี", "log"),
        ("วันที่ 3 พ.ย. 69 ประชุมกับเฉิงตูเรื่องอะไร", "question"),
        ("เมื่อวานหารือกับเฉิงตูว่าจะจัดอย่างไร", "log"),
        ("ช่วยบันทึกให้หน่อยได้ไหม ประชุมกับเฉิงตู 3 พ.ย. 69", "log"),
        ("ประชุมกับเฉิงตู 3 พ.ย. 69 ต้องรายงานใคร", "unsure"),
        ("ถ้าประชุมกับเฉิงตู 3 ธ.ค. 69 ต้องรายงานใคร", "question"),
        ("", "question"),
    ],
)
def test_what_is_asked_decides(text: str, found: str) -> None:
    assert kind(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [("งบเท่าไหร่", True), ("ขอดูสถานะ", True), ("ผ้าไหม", False), ("30 คน", False), ("it is done", False)],
)
def test_words_that_ask(text: str, found: bool) -> None:
    assert asks(text) is found


@given(text=st.text(max_size=120), home=st.sampled_from([HOME, None]))
@settings(max_examples=150, deadline=None)
def test_whatever_is_typed_is_one_of_the_three(text: str, home: str | None) -> None:
    assert kind(text, home) in {"log", "question", "unsure"}
