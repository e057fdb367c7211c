"""
Sentences as officers type them, read as a whole.

`golden_log.jsonl` holds one sentence a line with the province of the officer and every field expected; its
first line names today. An `ambiguous` field whose list is null may offer anything, but has to be asked.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.language.quick_log import REQUIRED, read_log
from tests.bot.language.lexicons import real_lexicon

HERE = Path(__file__).parent
GOLDEN_FILES = sorted(HERE.glob("golden_log*.jsonl"))
"""`golden_log.jsonl` is developed against; what else is there was written by other hands and held out."""

VALUES = (
    *("pairing_id", "type", "state", "start", "end", "title", "participants", "budget_thb"),
    *("place", "direction", "together"),
)
"""What a card shows, or decides by."""

LEAST_RIGHT = 0.95
MOST_SILENTLY_WRONG = 0.005
LEAST_ASKED = 0.98
LEXICON = real_lexicon()


def _rows(name: str) -> list[dict[str, Any]]:
    lines = (HERE / name).read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines if line.strip()]


_META, *GOLDEN = _rows("golden_log.jsonl")
TODAY = date.fromisoformat(_META["meta"]["today"])


def read(text: str, home: str | None = "TH-50", today: date | None = TODAY) -> dict[str, Any]:
    return read_log(text, LEXICON, home=home, today=today).to_json()


def differences(row: dict[str, Any], today: date = TODAY) -> dict[str, tuple[Any, Any]]:
    """Field: (expected, read), for every field of the golden row that came out otherwise."""
    got = read(row["text"], row["home"], today)
    found = {}
    for name, wanted in row["expect"].items():
        have = got[name]
        if name == "ambiguous":
            same = have.keys() == wanted.keys() and all(v is None or v == have[k] for k, v in wanted.items())
        else:
            same = have == wanted
        if not same:
            found[name] = (wanted, have)
    return found


def silently_wrong(text: str, row: dict[str, Any], today: date = TODAY) -> dict[str, tuple[Any, Any]]:
    """Values that a card would show although the golden row says otherwise."""
    got, wanted = read(text, row["home"], today), row["expect"]
    return {
        name: (wanted[name], got[name])
        for name in VALUES
        if name in wanted
        and got[name] not in (None, [])
        and ("pairing_id" if name == "together" else name) not in got["ambiguous"]
        and got[name] != wanted[name]
    }


@dataclass(frozen=True)
class Figures:
    """How the sentences of one golden file are read: shares between 0 and 1, and a line for each fault."""

    right: float
    silently_wrong: float
    asked: float
    lines: tuple[str, ...]

    def __str__(self) -> str:
        return f"right {self.right:.1%}, silently wrong {self.silently_wrong:.2%}, asked {self.asked:.1%}"


def figures(name: str) -> Figures:
    """Read every sentence of a golden file."""
    meta, *rows = _rows(name)
    today = date.fromisoformat(meta["meta"]["today"])
    right, wrong, lines = 0, 0, []
    asked: list[bool] = []
    for row in rows:
        other, silent = differences(row, today), silently_wrong(row["text"], row, today)
        right += not other
        wrong += bool(silent)
        got = read(row["text"], row["home"], today)["ambiguous"]
        asked += [field in got for field in row["expect"].get("ambiguous", {})]
        lines += [f"{'SILENT ' if silent else ''}{row['text']!r} {other}"] if other or silent else []
    return Figures(right / len(rows), wrong / len(rows), sum(asked) / max(1, len(asked)), tuple(lines))


@pytest.mark.parametrize("file", GOLDEN_FILES, ids=lambda file: file.stem)
def test_golden_sentences_are_read_as_people_labelled_them(file: Path) -> None:
    """All fields right, no value wrong without being asked, and what could be two things asked."""
    found = figures(file.name)
    told = "\n".join((f"{file.stem}: {found}", *found.lines))
    assert found.right >= LEAST_RIGHT, told
    assert found.silently_wrong <= MOST_SILENTLY_WRONG, told
    assert found.asked >= LEAST_ASKED, told


@pytest.mark.parametrize("file", GOLDEN_FILES, ids=lambda file: file.stem)
def test_a_golden_file_is_large_and_its_sentences_are_all_different(file: Path) -> None:
    _, *rows = _rows(file.name)
    assert len(rows) >= 120
    assert len({(row["home"], row["text"]) for row in rows}) == len(rows)


def _thai_digits(text: str) -> str:
    return text.translate({ord(str(value)): digit for value, digit in enumerate("๐๑๒๓๔๕๖๗๘๙")})


@pytest.mark.parametrize(
    "typed",
    [
        _thai_digits,
        lambda text: text.replace(" ", "\u00a0"),
        lambda text: text.replace(" ", "  "),
        lambda text: "\u200b".join(text.split(" ")[:1]) + text[len(text.split(" ")[0]) :],
        lambda text: f"{text}\n",
        lambda text: f"🎉 {text}",
    ],
    ids=["thai-digits", "no-break-blanks", "double-blanks", "zero-width", "line-end", "emoji"],
)
def test_how_a_sentence_is_typed_changes_nothing(typed: Callable[[str], str]) -> None:
    """Titles are compared after reading: Thai digits in them become Arabic ones like everywhere."""
    for row in GOLDEN:
        plain, other = read(row["text"], row["home"]), read(typed(row["text"]), row["home"])
        assert other == plain, row["text"]


def _glued(text: str) -> str:
    return re.sub(r"(?<=[ก-๎]) (?=[ก-๎])", "", text)


def _without_a_letter(text: str) -> str:
    """The first longer word without its last letter but one, as a thumb leaves it out."""
    word = re.search(r"[ก-๙]{5,}", text)
    return text[: word.end() - 2] + text[word.end() - 1 :] if word else text


@pytest.mark.parametrize("typed", [str, _glued, _without_a_letter], ids=["as-is", "glued", "letter-lost"])
def test_no_wrong_value_is_silently_accepted(typed: Callable[[str], str]) -> None:
    """
    A value counts as wrong where the golden row has another one.

    Left out: words that are kept as typed (titles, places), and the type where the lost letter was in the very
    word that names it.
    """
    ignored = {"title", "place"} if typed is not _without_a_letter else {"title", "place", "type"}
    wrong = [
        (typed(row["text"]), field, *values)
        for row in GOLDEN
        for field, values in silently_wrong(typed(row["text"]), row).items()
        if field not in ignored and values[0] is not None
    ]
    assert wrong == []


# ------------------------------------------------------------------ single behaviours


def test_the_reading_is_json_with_null_where_nothing_was_said() -> None:
    got = read("ประชุมกับเฉิงตู 3 พ.ย. 69 งบ 1,500.50 บาท")
    assert json.loads(json.dumps(got)) == got
    assert {name: got[name] for name in (*VALUES, "missing", "ambiguous")} == {
        "pairing_id": "50-chengdu",
        "type": "meeting",
        "start": "2026-11-03",
        "end": None,
        "title": None,
        "participants": None,
        "budget_thb": 1500.5,
        "state": "held",
        "place": None,
        "direction": None,
        "together": [],
        "missing": [],
        "ambiguous": {},
    }


def test_without_home_and_today_a_clear_sentence_is_read_all_the_same() -> None:
    got = read("ประชุมกับเฉิงตู 3 พ.ย. 69 30คน", home=None, today=None)
    assert (got["pairing_id"], got["start"], got["participants"], got["missing"]) == (
        "50-chengdu",
        "2026-11-03",
        30,
        [],
    )


def test_without_today_a_relative_day_is_missing() -> None:
    assert read("ประชุมกับเฉิงตูเมื่อวาน", today=None)["missing"] == ["start"]


def test_an_empty_text_misses_everything() -> None:
    got = read("")
    assert (got["missing"], got["ambiguous"]) == (list(REQUIRED), {})


def test_an_impossible_date_keeps_what_was_typed_and_why() -> None:
    got = read("ประชุมกับเฉิงตู 29 ก.พ. 2568")
    assert got["problems"] == [{"kind": "impossible", "text": "29 ก.พ. 2568"}]
    assert (got["start"], got["missing"]) == (None, [])


def test_a_chosen_first_day_of_a_doubtful_range_brings_its_last_day() -> None:
    reading = read_log("ประชุมกับเฉิงตู 12-15 มี.ค. 25", LEXICON, home="TH-50", today=TODAY)
    assert [(span.start, span.end) for span in reading.date_options] == [
        (date(2025, 3, 12), date(2025, 3, 15)),
        (date(1982, 3, 12), date(1982, 3, 15)),
    ]


def test_a_month_alone_is_offered_with_its_precision() -> None:
    reading = read_log("ประชุมกับเฉิงตู มี.ค. 68", LEXICON, home="TH-50", today=TODAY)
    assert {span.precision for span in reading.date_options} == {"month"}
    assert reading.start is None


def test_plain_plans_for_a_past_day_leave_the_state_open() -> None:
    got = read("จะประชุมกับเฉิงตู 3 พ.ย. 68")
    assert (got["state"], got["ambiguous"]) == ("held", {"state": ["held", "planned"]})


def test_another_provinces_pairing_is_read_as_such() -> None:
    assert read("ประชุมกับฟูกูโอกะ 3 พ.ย. 69")["pairing_id"] == "10-fukuoka"


def test_a_partner_that_the_named_province_does_not_have_is_asked() -> None:
    got = read("ระยองประชุมกับเฉิงตู 3 พ.ย. 69")
    assert (got["pairing_id"], got["ambiguous"]["pairing_id"]) == (None, ["50-chengdu"])


@pytest.mark.parametrize(
    ("text", "month"),
    [
        ("ประชุมกับเฉิงตู มี.ค. 68", date(2025, 3, 1)),
        ("ประชุมกับเฉิงตูต้นเดือนที่แล้ว", date(2026, 10, 1)),
        ("ประชุมกับเฉิงตู มี.ค.-พ.ค. 68", None),
        ("ประชุมกับเฉิงตู ปี 2568", None),
        ("ประชุมกับเฉิงตู มี.ค. 25", None),  # 2025 or 1982
        ("ประชุมกับเฉิงตู 3 มี.ค. 68", None),
    ],
)
def test_the_one_month_that_is_meant_is_told(text: str, month: date | None) -> None:
    reading = read_log(text, LEXICON, home="TH-50", today=TODAY)
    assert reading.month == month
    assert read(text)["month"] == (month.isoformat() if month else None)


def test_a_weekday_in_brackets_confirms_its_day() -> None:
    assert read("ประชุมกับเฉิงตู 3 พ.ย. 69 (วันอังคาร)")["start"] == "2026-11-03"


def test_what_was_given_by_several_budgets_is_asked_with_their_sum() -> None:
    got = read("ต้อนรับคณะเฉิงตู 6 ต.ค. 69 งบจังหวัด 1 แสน งบ อบจ. 5 หมื่น")
    assert got["ambiguous"] == {"budget_thb": [100_000, 50_000, 150_000]}


def test_a_partner_in_the_topic_is_not_the_one_that_was_met() -> None:
    got = read("ประชุมกับเฉิงตูเรื่องการเยือนฮอกไกโด 3 พ.ย. 69")
    assert (got["pairing_id"], got["title"]) == ("50-chengdu", "การเยือนฮอกไกโด")


@pytest.mark.parametrize(
    ("text", "code", "assumed"),
    [
        ("ประชมกับเฉิงตู", "meeting", True),
        ("ออกบูทกับเฉิงตู", "trade_fair", True),
        ("ตอนรับคณะเฉิงตู", "official_visit", False),
        ("ส่งนักเรียนไปแลกเปลี่ยนที่เฉิงตู", "student_exchange", False),
        ("ลงนามถายพระพรร่วมกับเฉิงตู", "ceremony", False),
        ("ประชุมผ่านvideocallกับเฉิงตู", "online_meeting", False),
        ("video\ncall กับเฉิงตู", "online_meeting", False),
    ],
)
def test_a_kind_of_activity_is_read_with_a_slip_in_it(text: str, code: str, assumed: bool) -> None:
    got = read(text)
    assert (got["type"], "type" in got["assumed"]) == (code, assumed)


@pytest.mark.parametrize(
    ("text", "codes"),
    [("ประชุนกับเฉิงตู", ["meeting"]), ("หารอกับเฉิงตู", ["meeting"]), ("ลงนมกับเฉิงตู", ["signing"])],
)
def test_a_kind_that_may_be_another_word_is_asked(text: str, codes: list[str]) -> None:
    assert read(text)["ambiguous"]["type"] == codes


@pytest.mark.parametrize(
    "word", ["หรือ", "สงสาร", "พิธีกร", "ลงสนาม", "ตะกร้า", "เยื่อ", "ประชามติ", "ประชาชน", "หาเรื่อง"]
)
def test_words_that_are_a_slip_away_from_a_kind_are_none(word: str) -> None:
    assert "type" in read(f"{word} เฉิงตู 3 พ.ย. 69")["missing"]


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("เรื่องเที่ยวบินตรงเชียงใหม่-เซี่ยงไฮ้ ประชุมกับเซี่ยงไฮ้", "เที่ยวบินตรงเชียงใหม่-เซี่ยงไฮ้"),
        ("ประชุมกับเฉิงตูเรื่องท่องเที่ยว ครับ", "ท่องเที่ยว"),
        ("ประชุมกับเฉิงตู เรื่อง ท่องเที่ยว คน 30", "ท่องเที่ยว"),
        ("ประชุมกับเฉิงตูเรื่องท่องเที่ยวกับ30คน", "ท่องเที่ยว"),
        ("ประชุมกับเฉิงตู เรื่อง การค้าชายแดน ที่ศาลากลาง 3 พ.ย. 69", "การค้าชายแดน"),
        ("ประชุมเรื่องเที่ยวบินตรงกับเฉิงตู", "เที่ยวบินตรง"),
        ('ประชุมกับเฉิงตู "เปิดบ้านเปิดเมือง" 3 พ.ย. 69', "เปิดบ้านเปิดเมือง"),
        ("ประชุมกับเฉิงตู 3 พ.ย. 69 เรื่อง 🎉", None),
        ("ประชุมกับเฉิงตู 3 พ.ย. 69", None),
    ],
)
def test_the_title_is_what_stands_after_its_marker(text: str, title: str | None) -> None:
    assert read(text)["title"] == title


def test_the_amount_after_a_word_for_spending_is_the_budget() -> None:
    got = read("บริจาคเงิน 50,000 บาทให้เชียงตุง 3 พ.ย. 69 งบ 8 หมื่น")
    assert got["budget_thb"] == 80_000


_PIECES = st.sampled_from(
    [
        *(
            "ประชุม",
            "กับ",
            "เฉิงตู",
            "ดานัง",
            "ลงนาม",
            "3 พ.ย. 69",
            "เมื่อวาน",
            "29 ก.พ. 68",
            "30 คน",
            "งบ 2 แสน",
            "เรื่อง",
            "ท่องเที่ยว",
        ),
        *(
            " ",
            "จ.",
            "สค",
            "เทศบาลนคร",
            "เชียงใหม่",
            "ที่",
            "จะ",
            "แล้ว",
            "ไป",
            "มา",
            "12",
            "-",
            "/",
            "๓",
            "ครั้งที่",
            "\n",
            "🎉",
            '"',
        ),
    ]
)


@given(
    text=st.text(max_size=80) | st.lists(_PIECES, max_size=14).map("".join),
    home=st.sampled_from(["TH-50", None]),
)
@settings(max_examples=200, deadline=None)
def test_whatever_is_typed_every_field_is_a_value_missing_or_asked(text: str, home: str | None) -> None:
    got = read(text, home)
    json.dumps(got)
    for name in REQUIRED:
        ways = (got[name] is not None, name in got["missing"], name in got["ambiguous"])
        assert ways.count(True) == 1, (name, ways)
