"""`remind --explain` and `simulate` as an operator runs them."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest

from tests.bot.test_cli import Run, as_json, own_folder, run

__all__ = ["own_folder", "run"]  # fixtures

YEAR = ("--from", "2569-01-01", "--to", "2569-12-31")


def rows(sqlite_url: str) -> dict[str, int]:
    """How many rows each table has."""
    with sqlite3.connect(sqlite_url.removeprefix("sqlite:///")) as database:
        names = [
            name
            for (name,) in database.execute(
                "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'activity_words%'"
            )
        ]
        return {name: database.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in names}


# ------------------------------------------------------------------ explain


def test_a_day_is_explained_with_the_sum_and_who_is_told(run: Run) -> None:
    said = run("remind", "--explain", "50-chengdu", "--as-of", "2569-12-01")
    assert "เชียงใหม่–นครเฉิงตู" in said
    assert "ปีปฏิทิน 2569 (1 ม.ค. 2569 – 31 ธ.ค. 2569): ยังไม่มีกิจกรรม เหลือ 30 วัน" in said
    shown = as_json(run("remind", "--explain", "50-chengdu", "--as-of", "2026-12-01", "--json"))
    before, running = shown["periods"]
    assert (before["period"], before["due"], before["reason"]) == ("2568", False, "no_step")
    assert (running["period"], running["due"], running["step"]) == ("2569", True, "d30")
    assert running["recipients"] == [{"recipient": "role:officer:TH-50", "level": "officer", "sent": False}]


def test_why_nothing_is_said_is_told(run: Run) -> None:
    shown = as_json(run("remind", "--explain", "50-assam", "--as-of", "2026-12-01", "--json"))
    assert {one["reason"] for one in shown["periods"]} == {"not_signed"}
    assert all(one["recipients"] == [] for one in shown["periods"])


def test_of_a_day_that_has_passed_only_what_was_told_by_then_is_told(run: Run, sqlite_url: str) -> None:
    run("remind", "--as-of", "2026-12-01")
    with sqlite3.connect(sqlite_url.removeprefix("sqlite:///")) as database:
        database.execute(
            "UPDATE reminder SET state = 'sent', sent_at = '2026-12-01 03:00:00', planned_at = '2026-12-01 02:00:00'"
        )

    def said(day: str) -> list[str]:
        shown = as_json(run("remind", "--explain", "50-chengdu", "--as-of", day, "--json"))
        return [one["on"] for one in shown["periods"][-1]["said"]]

    assert said("2026-11-30") == []
    assert said("2026-12-01") == said("2026-12-20") == ["2026-12-01"]


def test_a_pairing_that_there_is_not_is_refused(run: Run) -> None:
    assert "'50-atlantis' is no pairing" in run("remind", "--explain", "50-atlantis", code=2)


# ------------------------------------------------------------------ whole years


def test_a_year_is_replayed_from_no_activities_and_nothing_is_stored(run: Run, sqlite_url: str) -> None:
    run("status")  # makes the file
    before = rows(sqlite_url)
    messages = as_json(run("simulate", *YEAR, "--json"))

    assert rows(sqlite_url) == before
    assert {tuple(one) for one in messages} == {("at", "recipient", "pairings", "notices")}
    assert {one["recipient"] for one in messages} >= {"role:officer:TH-50", "role:officer:TH-85"}
    steps = [
        (one["at"][:10], pairing["period"], pairing["step"])
        for one in messages
        if one["recipient"] == "role:officer:TH-85"
        for pairing in one["pairings"]
    ]
    assert steps == [
        ("2026-01-05", "2568", "overdue1"),
        ("2026-01-05", "2569", "start"),
        ("2026-02-02", "2568", "overdue2"),
        ("2026-03-02", "2568", "overdue3"),
        ("2026-07-06", "2569", "d180"),
        ("2026-10-02", "2569", "d90"),
        ("2026-11-02", "2569", "d60"),
        ("2026-12-01", "2569", "d30"),
        ("2026-12-24", "2569", "d7"),
    ]


def test_what_a_file_says_was_held_is_not_reminded_of(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "held.json"
    file.write_text(json.dumps([{"pairing_id": "85-kawthaung", "start": "2026-06-01", "joint": True}]))
    messages = as_json(run("simulate", *YEAR, "--activities", str(file), "--json"))
    steps = [
        (pairing["period"], pairing["step"])
        for one in messages
        for pairing in one["pairings"]
        if pairing["pairing_id"] == "85-kawthaung"
    ]
    assert steps[-1] == ("2568", "overdue3")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--from", "2569-12-31", "--to", "2569-01-01"), "--to must lie after --from"),
        (("--from", "2500-01-01", "--to", "2569-01-01"), "within 30 years"),
        (("--from", "soon", "--to", "2569-01-01"), "write YYYY-MM-DD"),
        ((*YEAR, "--activities", "nowhere.csv"), "nowhere.csv: no such file"),
    ],
)
def test_what_cannot_be_replayed_is_refused_in_one_line(
    run: Run, arguments: tuple[str, ...], words: str
) -> None:
    assert words in run("simulate", *arguments, code=2)


def test_a_faulty_file_is_named_with_its_entry(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "held.csv"
    file.write_text("pairing_id,start\n50-atlantis,2026-06-01\n")
    assert f"{file}: entry 1: '50-atlantis' is no pairing" in run(
        "simulate", *YEAR, "--activities", str(file), code=2
    )
