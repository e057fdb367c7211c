"""
Tags proposed from words, held against texts tagged by hand.

`golden_tags.jsonl` holds for each text and type the goals and the fields that are expected (the first one most
of all) and those that would be right too; anything else that is proposed is wrong.
"""

from __future__ import annotations

import csv
import json
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.language.tags import MOST, TagReader, TagWords, load_tags

GOLDEN = [
    json.loads(line)
    for line in (Path(__file__).parent / "golden_tags.jsonl").read_text(encoding="utf-8").splitlines()
]
Table = Literal["sdgs", "sectors"]
TABLES: tuple[Table, ...] = ("sdgs", "sectors")
READERS = {table: TagReader(load_tags(table)) for table in TABLES}


def proposed(table: Table, row: dict[str, Any]) -> tuple[str, ...]:
    return READERS[table].propose(row["text"], row["type"])


def test_the_golden_set_is_large_and_its_texts_are_all_different() -> None:
    assert len(GOLDEN) >= 80
    assert len({row["text"] for row in GOLDEN}) == len(GOLDEN)


@pytest.mark.parametrize("table", TABLES)
def test_the_first_expected_tag_is_among_the_proposed(table: Table) -> None:
    rows = [row for row in GOLDEN if row[table]]
    missed = [row["text"] for row in rows if row[table][0] not in proposed(table, row)]
    assert len(missed) <= 0.1 * len(rows), missed


@pytest.mark.parametrize("table", TABLES)
def test_hardly_any_text_gets_a_wrong_tag(table: Table) -> None:
    wrong = {
        row["text"]: found
        for row in GOLDEN
        if (found := set(proposed(table, row)) - {*row[table], *row[f"{table}_also"]})
    }
    assert len(wrong) <= 0.1 * len(GOLDEN), wrong


@pytest.mark.parametrize("table", TABLES)
def test_no_more_tags_are_proposed_than_say_something(table: Table) -> None:
    everything = " ".join(word for row in load_tags(table) for word in row.words)
    assert len(READERS[table].propose(everything, None)) == MOST


@pytest.mark.parametrize("table", TABLES)
def test_every_row_says_where_it_comes_from(table: Table) -> None:
    text = files("bot.language").joinpath("tables", f"{table}.csv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(text.splitlines()))
    assert all(row["source"] and row["label_th"] and row["label_en"] and row["words"] for row in rows)
    assert len({row["code"] for row in rows}) == len(rows)


def test_the_goals_are_the_seventeen() -> None:
    assert [row.code for row in load_tags("sdgs")] == [str(number) for number in range(1, 18)]


def test_every_type_that_hints_at_a_tag_is_a_type() -> None:
    types = (Path(__file__).parents[3] / "storage/reference/activity_types.csv").read_text("utf-8-sig")
    known = {row["code"] for row in csv.DictReader(types.splitlines())}
    assert {kind for table in TABLES for row in load_tags(table) for kind in row.types} <= known


# ------------------------------------------------------------------ single behaviours

ROWS = (
    TagWords("farm", "เกษตร", "Farming", ("เกษตร", "ข้าว")),
    TagWords("travel", "ท่องเที่ยว", "Tourism", ("ท่องเที่ยว", "tourism"), ("roadshow",)),
)
READER = TagReader(ROWS)


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("คุยเรื่องเกษตรและท่องเที่ยว", ("farm", "travel")),
        ("ท่องเที่ยว เกษตร ข้าว", ("farm", "travel")),
        ("ทองเทียว", ("travel",)),
        ("ท่องเที่ว", ("travel",)),
        ("เข้าวัด", ()),
        ("ข้าว", ("farm",)),
        ("Tourism fair", ("travel",)),
        ("ecotourisms", ()),
        ("ประชุมที่เกษตรจังหวัด", ()),
        ("สถานที่ท่องเที่ยว", ("travel",)),
        ("", ()),
    ],
)
def test_words_speak_for_a_tag(text: str, codes: tuple[str, ...]) -> None:
    assert READER.propose(text, None) == codes


def test_the_type_hints_and_yields_to_words() -> None:
    assert READER.propose("ไปเฉิงตู", "roadshow") == ("travel",)
    assert READER.propose("เกษตร", "roadshow") == ("farm", "travel")


def test_goals_are_known_by_their_numbers() -> None:
    assert READERS["sdgs"].propose("ตอบ SDGs ข้อ 4 และ 13", None) == ("4", "13")
    assert READERS["sdgs"].propose("เป้าหมายที่ 4", None) == ()
    assert READERS["sdgs"].propose("SDG 40", None) == ()


@given(text=st.text(max_size=200), kind=st.sampled_from(["training", "meeting", "", None]))
@settings(max_examples=100, deadline=None)
def test_whatever_is_typed_only_known_tags_are_proposed(text: str, kind: str | None) -> None:
    for reader in READERS.values():
        found = reader.propose(text, kind)
        assert len(found) == len(set(found)) <= MOST
        assert set(found) <= reader.tags.keys()
