"""
Ten years of reminders with deaths and jumps of the clock, for each kind of year: `python -m benchmarks.ten_years`.

Prints what was told, missed and doubled, and the CPU time of all processes. With `--postgresql` two processes
plan and send at once on a throw-away server. Another seed: another story.
"""

from __future__ import annotations

import argparse
import resource
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import get_args

from bot.calendar import Basis
from tests.conftest import fill
from tests.crash.scene import Launcher
from tests.crash.ten_years import TEN_YEARS, Years, furnish
from tests.postgres import cluster


@contextmanager
def database(folder: Path, *, postgresql: bool) -> Iterator[str]:
    if not postgresql:
        yield f"sqlite:///{folder / 'sistercity.db'}"
        return
    with cluster() as server, server.database() as url:
        yield url


def cpu_seconds() -> float:
    """Of this process and of those that ended."""
    usages = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in usages)


def run(basis: Basis, seed: int, days: int, *, postgresql: bool) -> None:
    before = cpu_seconds()
    with TemporaryDirectory() as made, database(Path(made), postgresql=postgresql) as url:
        fill(url)
        furnish(url)
        with Launcher() as launcher:
            figures = Years(launcher, url, Path(made), basis, seed, 2 if postgresql else 1).run(days)
    print(f"{basis}, seed {seed}, {cpu_seconds() - before:.0f} s of CPU\n{figures}\n")


def main() -> None:
    wanted = argparse.ArgumentParser()
    wanted.add_argument("--seed", type=int, default=1)
    wanted.add_argument("--days", type=int, default=TEN_YEARS)
    wanted.add_argument("--postgresql", action="store_true")
    asked = wanted.parse_args()
    for basis in get_args(Basis):
        run(basis, asked.seed, asked.days, postgresql=asked.postgresql)


if __name__ == "__main__":
    main()
