"""Every reminder goes out exactly once: years day by day, with deaths and jumps of the clock."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.conftest import TEMPLATE
from tests.crash.scene import Launcher
from tests.crash.ten_years import POINTS, TEN_YEARS, Figures, Years, furnish
from tests.postgres import Cluster

SEED = 2570
TWO_YEARS = 730
"""Of two processes; ten of theirs take minutes: `python -m benchmarks.ten_years --postgresql`."""


def check(figures: Figures, capsys: pytest.CaptureFixture[str], years: int, kills_at_each: int) -> None:
    with capsys.disabled():
        sys.stdout.write(f"\nseed {SEED}: {figures}\n")
    assert not figures.faults
    assert (figures.missed, figures.late, figures.doubled) == (0, 0, 0)
    assert (figures.unfounded, figures.out_of_hours) == (0, 0)
    assert figures.days > 270 * years
    assert figures.reminders > 80 * years
    assert figures.hidden
    assert figures.uncertain
    for label, _ in POINTS:
        assert figures.kills[label] >= kills_at_each, label


def test_one_process_tells_everything_once_in_ten_years(
    launcher: Launcher, sqlite_url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    furnish(sqlite_url)
    figures = Years(launcher, sqlite_url, tmp_path, "anniversary", SEED, processes=1).run(TEN_YEARS)
    check(figures, capsys, years=10, kills_at_each=3)


@pytest.mark.postgresql
def test_two_processes_at_once_tell_everything_once(
    launcher: Launcher, postgresql_server: Cluster, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with postgresql_server.database(TEMPLATE) as url:
        furnish(url)
        figures = Years(launcher, url, tmp_path, "anniversary", SEED, processes=2).run(TWO_YEARS)
    check(figures, capsys, years=2, kills_at_each=1)
