"""
Lines typed while a card is open.

`golden_corrections.jsonl` begins with today and the cards; each line then names a card, what the text is, and
every change, question and problem that is expected. An `ambiguous` field whose list is null may offer anything.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.language.corrections import Correction, read_correction
from tests.bot.language.lexicons import real_lexicon

LEXICON = real_lexicon()
_LINES = (Path(__file__).parent / "golden_corrections.jsonl").read_text(encoding="utf-8").splitlines()
_HEAD, *GOLDEN = [json.loads(line) for line in _LINES]
META = _HEAD["meta"]
TODAY = date.fromisoformat(META["today"])
HOME = META["home"]

LEAST_RIGHT = 0.97
LEAST_RIGHT_GLUED = 0.93


@dataclass(frozen=True)
class CardOnScreen:
    pairing_id: str | None = "50-chengdu"
    type: str | None = "meeting"
    state: Literal["held", "planned"] = "held"
    start: date | None = date(2026, 11, 5)
    end: date | None = None
    participants: int | None = 30
    budget_thb: Decimal | None = None
    partner_joined: str | None = None


def _card(values: dict[str, Any]) -> CardOnScreen:
    days = {name: values[name] and date.fromisoformat(values[name]) for name in ("start", "end")}
    money = values["budget_thb"]
    return CardOnScreen(**{**values, **days, "budget_thb": None if money is None else Decimal(money)})


CARDS = {name: _card(values) for name, values in META["cards"].items()}


def read(text: str, card: CardOnScreen = CardOnScreen()) -> Correction:
    return read_correction(text, LEXICON, home=HOME, today=TODAY, current=card)


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return (int(value) if value % 1 == 0 else float(value)) if isinstance(value, Decimal) else value


def outcome(text: str, card: str) -> dict[str, Any]:
    got = read(text, CARDS[card])
    return {
        "kind": got.kind,
        "changes": {name: _plain(value) for name, value in got.changes.items()},
        "ambiguous": {name: [_plain(value) for value in values] for name, values in got.ambiguous.items()},
        "problems": [problem.kind for problem in got.problems],
    }


def is_right(row: dict[str, Any], got: dict[str, Any]) -> bool:
    asked, wanted = got["ambiguous"], row["ambiguous"]
    return (
        all(got[name] == row[name] for name in ("kind", "changes", "problems"))
        and asked.keys() == wanted.keys()
        and all(values is None or values == asked[name] for name, values in wanted.items())
    )


def silently_wrong(row: dict[str, Any], got: dict[str, Any], *, besides: tuple[str, ...] = ()) -> bool:
    """Whether the card would show something that was not said."""
    return any(
        row["changes"].get(name, ...) != value
        for name, value in got["changes"].items()
        if name not in besides
    )


def test_the_golden_set_is_large_and_its_lines_are_all_different() -> None:
    assert len(GOLDEN) >= 120
    assert len({(row["text"], row["card"]) for row in GOLDEN}) == len(GOLDEN)


def test_corrections_are_read_in_every_field() -> None:
    wrong = [row["text"] for row in GOLDEN if not is_right(row, outcome(row["text"], row["card"]))]
    assert len(wrong) <= (1 - LEAST_RIGHT) * len(GOLDEN), wrong


def _thai_digits(text: str) -> str:
    return text.translate({ord(str(value)): digit for value, digit in enumerate("๐๑๒๓๔๕๖๗๘๙")})


def _glued(text: str) -> str:
    return re.sub(r"(?<=[ก-๙\d]) (?=[ก-๙\d])", "", text)


@pytest.mark.parametrize("typed", [str, _thai_digits, _glued], ids=["as-is", "thai-digits", "glued"])
def test_nothing_is_changed_that_was_not_said(typed: Callable[[str], str]) -> None:
    """Places and titles are left out where blanks are: they are shown as they were typed."""
    besides = ("title", "place") if typed is _glued else ()
    wrong = [
        typed(row["text"])
        for row in GOLDEN
        if silently_wrong(row, outcome(typed(row["text"]), row["card"]), besides=besides)
    ]
    assert wrong == []


def test_corrections_without_blanks_are_read_nearly_as_well() -> None:
    right = [row for row in GOLDEN if is_right(row, outcome(_glued(row["text"]), row["card"]))]
    assert len(right) >= LEAST_RIGHT_GLUED * len(GOLDEN)


# ------------------------------------------------------------------ single behaviours


def test_only_a_correction_is_true() -> None:
    assert read("35 คน")
    assert not any(read(text) for text in ("กี่คน", "ขอบคุณ", "ประชุมกับฮอกไกโด 3 พ.ย. 69"))


def test_a_line_that_says_what_the_card_has_is_a_correction_too() -> None:
    assert read("30 คน").changes == {"participants": 30}


@pytest.mark.parametrize(
    ("current", "value", "asked"),
    [(None, Decimal(50_000), None), (Decimal(50_000), None, (Decimal(100_000), Decimal(50_000)))],
)
def test_an_added_budget_is_asked_where_there_is_one(
    current: Decimal | None, value: Decimal | None, asked: tuple[Decimal, ...] | None
) -> None:
    got = read("เพิ่มงบ 5 หมื่น", CardOnScreen(budget_thb=current))
    assert (got.changes.get("budget_thb"), got.ambiguous.get("budget_thb")) == (value, asked)


def test_an_impossible_day_keeps_what_was_typed() -> None:
    got = read("วันที่ 31")
    assert [(problem.kind, problem.text) for problem in got.problems] == [("impossible", "วันที่ 31")]
    assert "start" not in got.changes


def test_a_plan_stays_one_and_a_report_that_is_put_off_becomes_one() -> None:
    assert "state" not in read("วันที่ 12", CARDS["plan"]).changes
    assert read("เลื่อนเป็นพรุ่งนี้").changes["state"] == "planned"


def test_a_card_without_pairing_takes_the_one_that_is_named() -> None:
    assert read("ฮอกไกโด", CardOnScreen(pairing_id=None)).changes == {"pairing_id": "50-hokkaido"}


def test_a_long_text_is_no_correction() -> None:
    assert read("35 คน " * 300).kind == "none"


_PIECES = st.sampled_from(
    [
        *(
            "วันที่ ",
            "6",
            "31",
            "-",
            " ",
            "5 พ.ย.",
            "29 ก.พ.",
            "พรุ่งนี้",
            "ถึง",
            "เลื่อน",
            "ไม่ใช่",
            "ไม่มี",
            "เพิ่ม",
            "อีก",
            "ลด",
            "เป็น",
        ),
        *(
            "30",
            " คน",
            "งบ",
            " 5 หมื่น",
            "เฉิงตู",
            "ฮอกไกโด",
            "คู่",
            "ประชุม",
            "ศึกษาดูงาน",
            "ออนไลน์",
            "เขา",
            "มา",
            "ไม่ได้",
        ),
        *(
            "เรื่อง",
            "ที่",
            "ศาลากลาง",
            "จัดแล้ว",
            "ยังไม่ได้จัด",
            "ไหม",
            "not ",
            "people",
            "\n",
            "🎉",
            "ครับ",
            "\x00",
            "\x01",
        ),
    ]
)
_DAYS = st.dates(date(1900, 1, 1), date(2200, 1, 1)) | st.dates(date(2020, 1, 1), date(2030, 1, 1))
_CARDS = st.builds(
    CardOnScreen,
    pairing_id=st.sampled_from([None, "50-chengdu", "50-hokkaido"]),
    type=st.sampled_from([None, "meeting", "study_visit"]),
    state=st.sampled_from(["held", "planned"]),
    start=st.none() | _DAYS,
    participants=st.none() | st.integers(0, 1_000_000),
    budget_thb=st.none() | st.decimals(0, 10**12, places=2),
    partner_joined=st.sampled_from([None, "yes", "online", "no"]),
)


@given(
    text=st.lists(_PIECES, max_size=10).map("".join) | st.text(max_size=60),
    card=_CARDS,
    length=st.integers(0, 40),
)
@settings(max_examples=250, deadline=None)
def test_whatever_is_typed_no_field_is_both_changed_and_asked(
    text: str, card: CardOnScreen, length: int
) -> None:
    if card.start is not None and length:
        card = replace(card, end=date.fromordinal(card.start.toordinal() + length))
    got = read(text, card)
    assert not got.changes.keys() & got.ambiguous.keys()
    assert bool(got) == bool(got.changes or got.ambiguous or got.problems)
    start, end = got.changes.get("start", card.start), got.changes.get("end", card.end)
    assert start is None or end is None or "start" not in got.changes or end > start
