"""Activities that an operator gives a replay in a file."""

from __future__ import annotations

import contextlib
import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.reminders import ActivityFacts
from bot.reports.activities_file import ActivitiesFileError, read_activities

CHENGDU, HOKKAIDO = "50-chengdu", "50-hokkaido"
PAIRINGS = {CHENGDU, HOKKAIDO}


def read(folder: Path, text: str | bytes) -> list[ActivityFacts]:
    file = folder / "activities"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_activities(file, PAIRINGS)


def test_a_table_is_read_with_dates_of_both_eras_and_a_mark_of_its_encoding(tmp_path: Path) -> None:
    text = (
        "\ufeffpairing_id,start,end,joint\n50-chengdu,2569-11-03,,yes\n50-hokkaido,2026-12-30,2027-01-02,no\n"
    )
    assert read(tmp_path, text) == [
        ActivityFacts(CHENGDU, date(2026, 11, 3), None, joint=True),
        ActivityFacts(HOKKAIDO, date(2026, 12, 30), date(2027, 1, 2), joint=False),
    ]


def test_without_a_word_on_it_an_activity_is_a_joint_one(tmp_path: Path) -> None:
    (found,) = read(tmp_path, "pairing_id,start\n50-chengdu,2026-11-03\n")
    assert found.joint


@pytest.mark.parametrize(
    ("joint", "counts"), [(True, True), (False, False), (None, True), ("no", False), ("true", True)]
)
def test_what_the_list_says_of_the_partner_is_kept(tmp_path: Path, joint: object, counts: bool) -> None:
    entry = {"pairing_id": CHENGDU, "start": "2026-11-03", "end": None, "joint": joint, "state": "held"}
    (found,) = read(tmp_path, json.dumps([entry]))
    assert found.joint is counts


def test_a_record_counts_for_each_pairing_that_it_covers_and_a_plan_for_none(tmp_path: Path) -> None:
    held = {"pairing_id": CHENGDU, "also": [HOKKAIDO], "start": "2026-11-03", "joint": True, "state": "held"}
    planned = {"pairing_id": CHENGDU, "start": "2027-11-03", "state": "planned"}
    assert [one.pairing_id for one in read(tmp_path, json.dumps([held, planned]))] == [CHENGDU, HOKKAIDO]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[", "not JSON"),
        ("[1]", "entry 1: not an object"),
        ("[" * 100_000, "not JSON"),
        (b"\xa1\xa2\xa3", "not UTF-8"),
        ("pairing_id,start\n50-atlantis,2026-11-03\n", "entry 1: '50-atlantis' is no pairing"),
        ("pairing,start\n50-chengdu,2026-11-03\n", "entry 1: 'None' is no pairing"),
        (
            "pairing_id,start\n50-chengdu,2026-11-03\n50-chengdu,soon\n",
            "entry 2: start: 'soon' is not a date",
        ),
        ("pairing_id,start\n50-chengdu,2568-02-29\n", "entry 1: start: '2568-02-29' is not a date"),
        ("pairing_id,start\n50-chengdu,\n", "entry 1: start must be a date"),
        (
            "pairing_id,start,end\n50-chengdu,2026-11-03,2026-11-01\n",
            "entry 1: start must be a date, and end",
        ),
        (
            '[{"pairing_id": "50-chengdu", "also": ["x"], "start": "2026-11-03"}]',
            "entry 1: 'x' is no pairing",
        ),
        ('[{"pairing_id": "50-chengdu", "also": 5, "start": "2026-11-03"}]', "entry 1: '5' is no pairing"),
    ],
)
def test_what_cannot_be_read_is_named_with_its_entry(tmp_path: Path, text: str | bytes, words: str) -> None:
    with pytest.raises(ActivitiesFileError, match=words.replace("'", ".")):
        read(tmp_path, text)


def test_a_file_that_is_too_large_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.reports.activities_file.MOST_BYTES", 10)
    with pytest.raises(ActivitiesFileError, match="over 0 MB"):
        read(tmp_path, "pairing_id,start\n")


@given(st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
def test_whatever_the_file_holds_is_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, content: bytes
) -> None:
    with contextlib.suppress(ActivitiesFileError):
        assert all(one.pairing_id in PAIRINGS for one in read(tmp_path_factory.getbasetemp(), content))
