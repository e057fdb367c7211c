"""
Whole turns on a registry of up to 10,000 pairings and 1,000,000 activities, and how they grow from a hundredth
of that: `python benchmarks/registry.py --database sqlite:////tmp/registry.db`, or `postgresql://…/registry` of a
role that may make databases. Prints, judges nothing.

Each size has a database of its own (`registry-1`, `registry-10`, `registry-100`), which is made when it is not
there, used again the next time, and removed with `--remove`. A turn is what a person waits for, without the
network: the message is stored, answered in one transaction, and its result recorded. Each size is measured
in a process of its own.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import secrets
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from itertools import cycle, islice
from pathlib import Path
from typing import Any

from sqlalchemy import delete, make_url, select, text

from benchmarks.made_registry import SUBJECTS, is_made, make
from bot.service import open_database
from storage import conversations, meta, people
from storage.database import Database
from storage.models import Activity, Inbox, Pairing, Partner
from tests.support import Conversation, HandClock, Office

PAIRINGS = 10_000
SIZES = (1, 10, 100)
"""Per cent of 10,000 pairings and 1,000,000 activities."""

NOW = datetime(2026, 11, 23, 3, tzinfo=UTC)  # a Monday, ten o'clock in Bangkok
HOME = "TH-50"
WARM = 3
RARELY = 5
"""Runs of what is not waited for by a single person: the plan, reading the registry anew."""


@dataclass(frozen=True)
class Figure:
    what: str
    size: int  # per cent
    median: float  # milliseconds; of memory MiB
    p95: float
    least: float
    cpu: float  # median of this process alone: on a busy machine it tells more


MONTHS = ("ม.ค.", "มี.ค.", "พ.ค.", "ก.ค.", "ก.ย.", "พ.ย.")

Job = Callable[[], object]


class Turns:
    """An officer of one province and one of the ministry, with what they may ask of this registry."""

    def __init__(self, database: Database, media: Path) -> None:
        self.database = database
        self.office = Office(database, media, HandClock(NOW))
        with database.write() as session:  # updates are numbered from one in each process
            session.execute(delete(Inbox))
        run = secrets.token_hex(4)
        self.officer = self.office.person(f"สมศรี {run}", "officer", HOME)
        self.ministry = self.office.person(f"วิภา {run}", "ministry")
        chance = random.Random(2)  # noqa: S311 - figures, not secrets
        with database.read() as session:
            rows = session.execute(
                select(Pairing.id, Pairing.province_code, Partner.name_th).join(
                    Partner, Partner.id == Pairing.partner_id
                )
            ).all()
            titles = session.scalars(select(Activity.title).where(Activity.id % 97 == 5).limit(60)).all()
            ids = session.scalars(
                select(Activity.id).where(Activity.deleted_at.is_(None), Activity.id % 89 == 7).limit(400)
            ).all()
            own_ids = session.scalars(
                select(Activity.id)
                .join(Pairing, Pairing.id == Activity.pairing_id)
                .where(Pairing.province_code == HOME, Activity.deleted_at.is_(None))
                .limit(60)
            ).all()
        self.pairings = chance.sample([row.id for row in rows], 60)
        self.own_pairings = [row.id for row in rows if row.province_code == HOME][:60]
        self.provinces = sorted({row.province_code for row in rows})
        self.names = [row.name_th for row in rows if row.id.partition("-")[2] != ""]
        self.names = chance.sample(self.names, 60)
        self.own_names = [row.name_th for row in rows if row.province_code == HOME][:60]
        self.slips = [slipped(one, chance) for one in self.names]
        self.ids, self.own_ids = chance.sample(list(ids), 60), list(own_ids)
        self.rare = [title.rpartition("โครงการ")[2] for title in titles]

    def press(self, who: Conversation, name: str, **args: Any) -> Job:
        """A button that is offered before the clock runs."""
        one = conversations.NewChoice(conversations.new_choice_id(), {"name": name, "args": args})
        with self.database.write() as session:
            chat = people.find_chat(session, who.channel, who.name)
            assert chat is not None
            conversations.add_choices(session, chat.id, [one], self.office.clock.now())
        return lambda: who.press_id(one.id)

    def presses(self, who: Conversation, name: str, args: Sequence[dict[str, Any]]) -> Iterator[Job]:
        return (self.press(who, name, **one) for one in cycle(args))

    @staticmethod
    def says(who: Conversation, texts: Sequence[str]) -> Iterator[Job]:
        return (lambda one=one: who.say(one) for one in cycle(texts))  # type: ignore[misc]

    def logs(self, *, save: bool) -> Iterator[Job]:
        """A sentence of the officer's, or the saving of what it said."""
        chance = random.Random()  # noqa: S311 - other days in each run: what is recorded twice is asked about
        for number, partner in enumerate(cycle(self.own_names)):
            day = f"{chance.randrange(1, 29)} {chance.choice(MONTHS)} {chance.randrange(2562, 2569)}"
            sentence = f"ประชุมกับ{partner} {day} เรื่องท่องเที่ยว {20 + number} คน"
            self.officer.say("/cancel")
            if save:
                self.officer.say(sentence)
                yield lambda: self.officer.press("บันทึก")
            else:
                yield lambda sentence=sentence: self.officer.say(sentence)  # type: ignore[misc]

    def all(self) -> Iterator[tuple[str, Iterator[Job]]]:
        """What is measured, and one turn after the other of it."""
        officer, ministry = self.officer, self.ministry
        of_pairing = [{"pairing": one} for one in self.pairings]
        of_own = [{"pairing": one} for one in self.own_pairings]
        of_province = [{"province": one} for one in self.provinces]
        yield "card of a pairing: officer", self.presses(officer, "pairing.show", of_own)
        yield "card of a pairing: ministry", self.presses(ministry, "pairing.show", of_pairing)
        yield "a pairing by its name: officer", self.says(officer, self.own_names)
        yield "a pairing by its name: ministry", self.says(ministry, self.names)
        yield "a pairing by a name with a slip: ministry", self.says(ministry, self.slips)
        yield "/pairings: officer", self.says(officer, ["/pairings"])
        yield "pairings of a province: ministry", self.presses(ministry, "pairings", of_province)
        yield "/status: officer", self.says(officer, ["/status"])
        yield "status of a province: ministry", self.presses(ministry, "status", of_province)
        yield "status of the country: ministry", self.says(ministry, ["/status"])
        yield (
            "record: officer",
            self.presses(officer, "activity.show", [{"activity": i} for i in self.own_ids]),
        )
        yield "record: ministry", self.presses(ministry, "activity.show", [{"activity": i} for i in self.ids])
        for who, whose in ((officer, "officer"), (ministry, "ministry")):
            yield f"/activities: {whose}", self.says(who, ["/activities"])
            for what, sought in self.searches(self.own_pairings if who is officer else self.pairings):
                yield f"search {what}: {whose}", self.presses(who, "activities", sought)
        yield "a sentence becomes a card", self.logs(save=False)
        yield "the card is saved", self.logs(save=True)

    def searches(self, pairings: Sequence[str]) -> Iterator[tuple[str, list[dict[str, Any]]]]:
        yield "for a frequent word", [{"words": [one]} for one in SUBJECTS[:3]]
        yield "for a less frequent word", [{"words": [one]} for one in SUBJECTS[8:]]
        yield "for two words", [{"words": [one, "โครงการ"]} for one in SUBJECTS]
        yield "for a rare word", [{"words": [one]} for one in self.rare]
        yield "for a word that is nowhere", [{"words": [f"ไม่มี{one}ที่ใด"]} for one in self.rare]
        yield "by year", [{"year": year} for year in range(2550, 2570)]
        yield (
            "by fiscal year and type",
            [{"year": year, "fiscal": True, "type": "study_visit"} for year in range(2550, 2570)],
        )
        yield "by type", [{"type": one} for one in ("official_visit", "sport", "aid", "greeting")]
        yield "by pairing", [{"pairings": [one]} for one in pairings]
        yield "for plans", [{"state": "planned"}]
        yield "for comments", [{"flagged": True}]
        yield "for what one recorded", [{"mine": True}]
        yield "by type and word", [{"type": "sport", "words": [one]} for one in SUBJECTS]
        yield "on its tenth page", [{"page": 9}]

    # -------------------------------------------------------------- what nobody waits for alone

    def others(self) -> Iterator[tuple[str, Iterator[Job]]]:
        yield "a turn after a verdict on a pairing", self.after(self.judge)
        yield "a turn after a name was added", self.after(self.rename)
        yield "plan of a day", cycle([lambda: str(self.office.plan())])

    def after(self, change: Callable[[int], None]) -> Iterator[Job]:
        for number in range(sys.maxsize):
            change(number)
            yield lambda: self.officer.say("/help")

    def judge(self, number: int) -> None:
        with self.database.write() as session:
            row = session.get_one(Pairing, self.pairings[number])
            row.verdict = "correct"
            meta.bump_registry(session)

    def rename(self, number: int) -> None:
        with self.database.write() as session:
            partner = session.get_one(Pairing, self.pairings[number]).partner
            partner.aliases = [*partner.aliases, f"ชื่อใหม่{number}"]
            meta.bump_registry(session)


def slipped(name: str, chance: random.Random) -> str:
    """The name with two letters swapped, behind its first two."""
    at = chance.randrange(2, max(3, len(name) - 2))
    return name[:at] + name[at : at + 2][::-1] + name[at + 2 :]


# ------------------------------------------------------------------ measuring


def measured(what: str, size: int, jobs: Iterator[Job], runs: int, warm: int = WARM) -> Figure:
    """What is prepared between the turns is not counted."""
    taken, used = [], []
    for job in islice(jobs, warm + runs):
        began, before = time.perf_counter(), time.process_time()
        if not job():
            raise RuntimeError(f"no answer to: {what}")
        used.append(1000 * (time.process_time() - before))
        taken.append(1000 * (time.perf_counter() - began))
    taken = sorted(taken[warm:])
    p95 = taken[int(0.95 * (len(taken) - 1))]
    return Figure(what, size, statistics.median(taken), p95, taken[0], statistics.median(used[warm:]))


def measure(url: str, size: int, runs: int, only: str) -> Iterator[Figure]:
    database = open_database(url)
    with tempfile.TemporaryDirectory() as media:
        turns = Turns(database, Path(media))
        for what, jobs in turns.all():
            if only in what:
                yield measured(what, size, jobs, runs)
        for what, jobs in turns.others():
            if only in what:
                yield measured(what, size, jobs, RARELY, warm=1)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    yield Figure("memory at its peak, MiB", size, peak, peak, peak, 0)
    database.close()


# ------------------------------------------------------------------ the databases


def sized(url: str, size: int) -> str:
    """The address of the database of one size: `registry.db` becomes `registry-10.db`."""
    made = make_url(url)
    stem, dot, ending = (
        str(made.database).rpartition(".") if "." in str(made.database) else (made.database, "", "")
    )
    return made.set(database=f"{stem}-{size}{dot}{ending}").render_as_string(hide_password=False)


def prepare(url: str, size: int) -> float | None:
    """Make the database where it is not there; returns the seconds that it took."""
    create(url)
    database = open_database(url)
    pairings = PAIRINGS * size // 100
    try:
        if is_made(database, pairings):
            return None
        began = time.perf_counter()
        make(database, pairings)
        return time.perf_counter() - began
    finally:
        database.close()


@contextmanager
def _beside(url: str) -> Iterator[tuple[Any, str]]:
    """A connection to the server of a PostgreSQL database, from beside it, and the database's name."""
    made = make_url(url)
    admin = Database(made.set(database="postgres").render_as_string(hide_password=False))
    with admin.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        yield connection, str(made.database)
    admin.close()


def create(url: str) -> None:
    if url.startswith("sqlite"):
        return
    with _beside(url) as (connection, name):
        known = connection.scalar(text("SELECT 1 FROM pg_database WHERE datname = :name"), {"name": name})
        if known is None:
            connection.exec_driver_sql(f'CREATE DATABASE "{name}" TEMPLATE template0')


def remove(url: str) -> None:
    if not url.startswith("sqlite"):
        with _beside(url) as (connection, name):
            connection.exec_driver_sql(f'DROP DATABASE IF EXISTS "{name}"')
        return
    file = str(make_url(url).database)
    for one in (file, f"{file}-wal", f"{file}-shm"):
        Path(one).unlink(missing_ok=True)


# ------------------------------------------------------------------ the table


def table(figures: Sequence[Figure], sizes: Sequence[int]) -> str:
    """Median and 95th percentile at each size, and how the median grew from the first size to the last."""
    heads = [f"{size} %: median" + " | p95" for size in sizes]
    lines = [f"| ms | {' | '.join(heads)} | growth |", "| --- |" + " --- | --- |" * len(sizes) + " --- |"]
    for what in dict.fromkeys(one.what for one in figures):
        of_size = {one.size: one for one in figures if one.what == what}
        cells = [f"{of_size[size].median:.1f} | {of_size[size].p95:.1f}" for size in sizes]
        growth = of_size[sizes[-1]].median / of_size[sizes[0]].median
        lines.append(f"| {what} | {' | '.join(cells)} | {growth:.1f} |")
    return "\n".join(lines)


def main() -> None:
    given = argparse.ArgumentParser(description=__doc__)
    given.add_argument("--database", required=True, help="sqlite:///FILE or postgresql://…/NAME")
    given.add_argument("--sizes", default=",".join(map(str, SIZES)), help="per cent, from small to large")
    given.add_argument("--runs", type=int, default=50, help="of each turn")
    given.add_argument("--only", default="", help="turns whose name holds this")
    given.add_argument("--json", type=Path, help="a file for the figures")
    given.add_argument("--remove", action="store_true", help="remove the databases afterwards")
    given.add_argument("--measure", type=int, help=argparse.SUPPRESS)  # one size, in this process
    args = given.parse_args()
    if args.measure is not None:
        for figure in measure(sized(args.database, args.measure), args.measure, args.runs, args.only):
            print(json.dumps(asdict(figure), ensure_ascii=False), flush=True)
        return
    sizes, figures = [int(one) for one in args.sizes.split(",")], []
    for size in sizes:
        url = sized(args.database, size)
        took = prepare(url, size)
        if took is not None:
            print(f"{size} % made in {took:.0f} s", file=sys.stderr)
        figures += _in_own_process(args, size)
        if args.remove:
            remove(url)
    print(table(figures, sizes))
    if args.json is not None:
        args.json.write_text(json.dumps([asdict(one) for one in figures], ensure_ascii=False, indent=1))


def _in_own_process(args: argparse.Namespace, size: int) -> list[Figure]:
    """Nothing of one size is warm for the next, and the memory is its own."""
    command = [
        sys.executable,
        "-m",
        "benchmarks.registry",
        "--database",
        args.database,
        "--measure",
        str(size),
    ]
    command += ["--runs", str(args.runs), "--only", args.only]
    found = []
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        for line in process.stdout:
            figure = Figure(**json.loads(line))
            print(
                f"  {figure.what} {figure.size} %: {figure.median:.1f} (least {figure.least:.1f}, of it CPU {figure.cpu:.1f})",
                file=sys.stderr,
            )
            found.append(figure)
    if process.returncode:
        raise SystemExit(process.returncode)
    return found


if __name__ == "__main__":
    main()
