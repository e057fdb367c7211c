"""The benchmark runs and reports what its table says; its figures are not judged here."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.bench import commits_a_turn, run_bench


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_a_turn_makes_three_commits() -> None:
    assert commits_a_turn(lines=20) <= 3.2


def test_the_bench_compares_with_an_echo_in_the_same_run() -> None:
    report = run_bench([2], seconds=0.3)
    assert [one["bot"] for one in report["figures"]] == ["echo", "sistercity", "sistercity"]
    assert all(one["replies_a_second"] > 0 for one in report["figures"])
    assert "Commits a turn" in report["table"]
