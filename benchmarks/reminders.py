"""
The reminders at 1,000, 10,000 and 100,000 pairings, and how they grow from size to size:
`python -m benchmarks.reminders --database sqlite:////tmp/reminders.db`, or `postgresql://…/reminders` of a role
that may make databases. Prints, judges nothing.

Each size has a database of its own, which is made when it is not there, used again the next time, and removed with
`--remove`; and a process of its own, so that the memory is its own. A plan is what the serving process does within
its transaction, without reading the registry, which stands by itself. Beside the time on the wall stands the
processor time of this process, which a busy machine does not lengthen; a PostgreSQL server's own is not in it.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from benchmarks.made_registry import is_made, make
from benchmarks.registry import create, remove, sized
from bot.calendar import BANGKOK
from bot.clock import Clock
from bot.dialogues.base import Registry
from bot.live_registry import LiveRegistry
from bot.planning import Planner
from bot.reminders import DEFAULT_STEPS, ActivityFacts, PairingFacts, due, parse_steps, world_of
from bot.service import open_database
from bot.settings import Settings
from storage import meta, people
from storage.database import Database
from storage.models import Membership, Notice, Outbox, Pairing, Person, ProvinceCheck, Reminder

SIZES = (1_000, 10_000, 100_000)
ACTIVITIES_A_PAIRING = 20
MOST_ACTIVITIES = 500_000
"""Made in some minutes; of 100,000 pairings each then has five."""

MANY_PAIRINGS = 500
"""Of the person whose digest is composed."""

INSTALLED = date(2026, 11, 23)
FIRST_WORKING_DAY = date(2027, 1, 4)
"""Of a year: whoever owes is reminded of it, and whoever held nothing in the last one of that too."""

ORDINARY_DAY = date(2027, 1, 13)

SIMULATED_PAIRINGS = 141
SIMULATED_YEARS = ("2027-01-01", "2031-12-31")


@dataclass(frozen=True)
class Figure:
    what: str
    size: int  # pairings
    wall: float  # milliseconds, median; of memory MiB
    cpu: float


class HeldClock(Clock):
    """A clock that stands still at ten o'clock of a day."""

    def __init__(self, day: date) -> None:
        super().__init__(BANGKOK, real=lambda: self.at)
        self.set_day(day)

    def set_day(self, day: date) -> None:
        self.at = datetime(day.year, day.month, day.day, 3, tzinfo=UTC)


def timed(what: str, size: int, job: Callable[[], object], runs: int = 1) -> Figure:
    walls, cpus = [], []
    for _ in range(runs):
        began, before = time.perf_counter(), time.process_time()
        job()
        cpus.append(1000 * (time.process_time() - before))
        walls.append(1000 * (time.perf_counter() - began))
    return Figure(what, size, statistics.median(walls), statistics.median(cpus))


# ------------------------------------------------------------------ the pure rule


def rule(size: int) -> Figure:
    """What is due on one day, twenty activities a pairing; sorting these by pairing is part of it."""
    chance = random.Random(1)  # noqa: S311 - figures, not secrets
    facts = [
        PairingFacts(f"p{n}", f"TH-{n % 76}", "established", "province", date(2010, 1, 1), "day")
        for n in range(size)
    ]
    held = [
        ActivityFacts(one.id, date(2005, 1, 1) + timedelta(days=chance.randrange(8000)), None, joint=True)
        for one in facts
        for _ in range(ACTIVITIES_A_PAIRING)
    ]
    steps = parse_steps(DEFAULT_STEPS)
    day = date(2027, 1, 15)
    return timed("the pure rule", size, lambda: due(facts, world_of(held), day, "calendar", steps), runs=3)


# ------------------------------------------------------------------ the plan of a day


class Country:
    """A made-up country whose officers wait for their reminders."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.clock = HeldClock(FIRST_WORKING_DAY)
        self.planner = Planner(self.clock, Settings())
        self._empty()
        with database.write() as session:
            self._serve(session)

    def _empty(self) -> None:
        """Nothing planned or sent, and nobody serving but the officers who recorded the activities."""
        with self.database.write() as session:
            session.execute(delete(Reminder))
            session.execute(delete(Notice))
            session.execute(delete(Outbox))
            session.execute(delete(ProvinceCheck))
            session.execute(delete(Membership).where(Membership.post == "made"))
            session.execute(update(Membership).values(until=None))
            meta.put(session, meta.FIRST_PLAN, INSTALLED.isoformat())
            meta.put(session, meta.LAST_PLAN, self.clock.now().isoformat())

    def _serve(self, session: Session) -> None:
        """
        Heads in half of the provinces, no officer in every tenth, two in three lists confirmed, a ministry; and an
        officer for as many provinces as have 500 pairings.
        """
        now = datetime(2026, 1, 1, tzinfo=UTC)
        counted = session.execute(
            select(Pairing.province_code, func.count())
            .group_by(Pairing.province_code)
            .order_by(Pairing.province_code)
        ).all()
        officers = {
            one.province_code: one
            for one in session.scalars(select(Membership).where(Membership.role == "officer"))
        }
        busy, covered = None, 0
        for number, (code, pairings) in enumerate(counted):
            officer = officers[code]
            if number % 10 == 9:
                officer.until = now
                continue
            if number % 3:
                session.add(ProvinceCheck(province_code=code, confirmed_at=now))
            if number % 2:
                people.add_membership(session, officer.person_id, "head", code, now, post="made")
            busy = busy or officer.person_id
            if covered < MANY_PAIRINGS:
                people.add_membership(session, busy, "officer", code, now, post="made")
                covered += pairings
        assert busy is not None
        self.busy = busy
        ministry = people.add_person(session, "ministry", now)
        people.add_membership(session, ministry.id, "ministry", None, now, post="made")

    def plan(self, registry: Registry) -> int:
        with self.database.write() as session:
            return len(self.planner.plan(session, registry))

    def send_all(self) -> None:
        """What is planned went out."""
        now = self.clock.now()
        with self.database.write() as session:
            for model in (Reminder, Notice):
                session.execute(update(model).values(state="sent", sent_at=now))
            session.execute(update(Outbox).values(state="sent"))

    @contextmanager
    def undone(self) -> Iterator[Session]:
        """A transaction whose changes are taken back."""
        with Session(self.database.engine, expire_on_commit=False) as session:
            yield session
            session.rollback()


def plans(database: Database, size: int) -> Iterator[Figure]:
    country = Country(database)
    found: list[Registry] = []

    def read() -> None:
        with database.read() as session:
            found.append(LiveRegistry().at(session, meta.registry_version(session)))

    yield timed("reading the registry", size, read)
    yield _memory("memory with the registry, MiB", size)
    registry = found[0]
    yield timed("first plan, everything due", size, lambda: country.plan(registry))
    yield from _turns(country, registry, size)
    yield timed("second plan of the day", size, lambda: country.plan(registry), runs=3)
    country.send_all()
    country.clock.set_day(ORDINARY_DAY)
    country.plan(registry)
    country.send_all()
    yield timed("plan of an ordinary day, nothing new", size, lambda: country.plan(registry), runs=3)
    yield _memory("memory at its peak, MiB", size)


def _turns(country: Country, registry: Registry, size: int) -> Iterator[Figure]:
    """What a turn pays on a day on which everything is planned."""
    with country.database.read() as session:
        planned = session.scalars(select(Reminder.pairing_id).distinct().limit(20)).all()
        row_id = session.scalar(
            select(Outbox.id).where(Outbox.digest_person_id == country.busy).order_by(Outbox.id)
        )
        mine = session.scalar(select(func.count()).where(Reminder.person_id == country.busy))
    assert row_id is not None

    def replan(pairing: str) -> None:
        with country.undone() as session:
            country.planner.replan_pairing(session, registry, pairing)

    def compose() -> None:
        with country.undone() as session:
            assert country.planner.compose(session, registry, session.get_one(Outbox, row_id)) is not None

    def replan_person() -> None:
        with country.undone() as session:
            country.planner.replan_person(session, registry, session.get_one(Person, country.busy))

    waiting = iter([*planned] * 2)
    yield timed("replan after a record", size, lambda: replan(next(waiting)), runs=20)
    print(f"  the digest carries {mine} reminders", file=sys.stderr)
    yield timed("a digest of 500 pairings composed", size, compose, runs=5)
    yield timed("replan of its person", size, replan_person, runs=5)


def _memory(what: str, size: int) -> Figure:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return Figure(what, size, peak, 0)


# ------------------------------------------------------------------ years


def simulated() -> Iterator[Figure]:
    """`sistercity simulate` of five years as a whole command: without activities, and with some of each year."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/simulated.db"
        database = open_database(url)
        make(database, SIMULATED_PAIRINGS, ACTIVITIES_A_PAIRING)
        Country(database)
        chance = random.Random(3)  # noqa: S311 - figures, not secrets
        held = Path(folder) / "activities.csv"
        with database.read() as session:
            ids = session.scalars(select(Pairing.id)).all()
        database.close()
        days = [
            (one, date(year, 1, 1) + timedelta(days=chance.randrange(365)))
            for one in ids
            for year in range(2026, 2032)
            if chance.random() < 0.7
        ]
        rows = [f"{pairing},{day},,true" for pairing, day in days]
        held.write_text("\n".join(["pairing_id,start,end,joint", *rows]), encoding="utf-8")
        yield _simulate("simulate of five years", url)
        yield _simulate("simulate of five years with activities", url, "--activities", str(held))


def _simulate(what: str, url: str, *more: str) -> Figure:
    first, last = SIMULATED_YEARS
    command = [sys.executable, "-m", "bot", "simulate", "--from", first, "--to", last, *more]
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    began = time.perf_counter()
    subprocess.run(
        command,
        check=True,
        stdout=subprocess.DEVNULL,
        env={**os.environ, "SISTERCITY_DATABASE_URL": url},
    )
    wall = time.perf_counter() - began
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Figure(what, SIMULATED_PAIRINGS, 1000 * wall, 1000 * cpu)


# ------------------------------------------------------------------ the table


def table(figures: Sequence[Figure]) -> str:
    """Wall and processor time of each size, and how the latter grew from the size before, the size being 10 times."""
    sizes = sorted({one.size for one in figures})
    heads = [f"{size:,}: wall | CPU | growth" for size in sizes]
    lines = [f"| ms | {' | '.join(heads)} |", "| --- |" + " --- | --- | --- |" * len(sizes)]
    for what in dict.fromkeys(one.what for one in figures):
        cells, before = [], 0.0
        for size in sizes:
            one = next((one for one in figures if (one.what, one.size) == (what, size)), None)
            if one is None:
                cells.append("| |")
                continue
            spent = one.cpu or one.wall
            cells.append(f"{one.wall:,.1f} | {one.cpu:,.1f} | {f'{spent / before:.1f}' if before else ''}")
            before = spent
        lines.append(f"| {what} | {' | '.join(cells)} |")
    return "\n".join(lines)


def main() -> None:
    given = argparse.ArgumentParser(description=__doc__)
    given.add_argument("--database", required=True, help="sqlite:///FILE or postgresql://…/NAME")
    given.add_argument("--sizes", default=",".join(map(str, SIZES)), help="pairings, from small to large")
    given.add_argument("--remove", action="store_true", help="remove the databases afterwards")
    given.add_argument("--measure", help=argparse.SUPPRESS)  # one size, the rule or years, in this process
    args = given.parse_args()
    if args.measure is not None:
        for figure in _measured(args.measure, args.database):
            print(json.dumps(asdict(figure)), flush=True)
        return
    figures = []
    for size in map(int, args.sizes.split(",")):
        url = sized(args.database, size)
        prepare(url, size)
        figures += _in_own_process(f"rule:{size}", url)
        figures += _in_own_process(f"plans:{size}", url)
        if args.remove:
            remove(url)
    figures += _in_own_process("years:0", args.database)
    print(table(figures))


def prepare(url: str, size: int) -> None:
    """Make the database where it is not there."""
    create(url)
    database = open_database(url)
    if not is_made(database, size):
        began = time.perf_counter()
        make(database, size, min(ACTIVITIES_A_PAIRING, MOST_ACTIVITIES // size))
        print(f"{size:,} pairings made in {time.perf_counter() - began:.0f} s", file=sys.stderr)
    database.close()


def _measured(what: str, url: str) -> Iterator[Figure]:
    kind, _, size = what.partition(":")
    if kind == "rule":
        yield rule(int(size))
    elif kind == "years":
        yield from simulated()
    else:
        database = open_database(url)
        yield from plans(database, int(size))
        database.close()


def _in_own_process(what: str, url: str) -> list[Figure]:
    command = [sys.executable, "-m", "benchmarks.reminders", "--database", url, "--measure", what]
    found = []
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        for line in process.stdout:
            one = Figure(**json.loads(line))
            print(f"  {one.what} {one.size:,}: {one.wall:,.1f} (CPU {one.cpu:,.1f})", file=sys.stderr)
            found.append(one)
    if process.returncode:
        raise SystemExit(process.returncode)
    return found


if __name__ == "__main__":
    main()
