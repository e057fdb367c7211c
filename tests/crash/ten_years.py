"""
Ten years of reminders, day by day, with processes that die and a clock that jumps.

`Years` moves the clock, tells the serving processes to look, kills them at points, and lets people record,
delete, put off and leave meanwhile. `Judge` reads what arrived at the receiver, from the words of the messages,
and holds it against a slow and obvious account of what had to be told.
"""

from __future__ import annotations

import json
import random
import re
import signal
import socket
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, date, datetime, timedelta
from datetime import time as time_of_day
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from sqlalchemy import and_, delete, exists, func, or_, select

from bot.calendar import FIRST_MESSAGE, OFFICE_CLOSES, Basis, is_working_day
from bot.closed_days import closed_days
from bot.live_registry import read_registry
from bot.reminders import DEFAULT_STEPS, ActivityFacts, Exemption, PairingFacts, Quiet
from bot.texts import THAI
from storage.database import Database
from storage.models import Chat, Outbox, Pairing, PairingStage, ProvinceCheck
from tests.bot.reminder_oracle import DAY, Known, is_silent, last_step_on, signature, year_around
from tests.conftest import opened
from tests.crash.looking import CHANNEL
from tests.crash.scene import Launcher
from tests.support import ZONE
from tests.world import add_guest

PROVINCES = ("TH-85", "TH-21", "TH-77", "TH-49")
"""With eight signed pairings."""

BEGINS = datetime(2027, 1, 4, 8, 0, tzinfo=ZONE)
TEN_YEARS = 10 * 365

POINTS = (
    ("commit Assistant.plan", 3),
    ("committed Assistant.plan", 3),
    ("commit Sender._claim", 1),
    ("committed Sender._claim", 1),
    ("before send", 1),
    ("after send", 1),
    ("commit Sender._record", 1),
    ("committed Sender._record", 1),
)
"""Where processes die; and how often the point is passed in one look: reminders, questions and staff are planned."""

UNSENT = ("committed Sender._claim", "before send")
"""
Dying here leaves a message of which nobody knows whether it went out, and it did not. A second death at such a
point gives it up, marked uncertain: that is tried elsewhere, and not done here.
"""

RESTARTS_AFTER = (timedelta(seconds=5), timedelta(seconds=200))
"""
When a killed process looks again: at once, and when the lease of its claims has run out. Now and then nobody
starts it for hours or days before that.
"""


class Key(NamedTuple):
    """What is told once."""

    person: str
    pairing: str
    basis: str
    period: str  # B.E. year
    step: str


# ------------------------------------------------------------------ who is there


@dataclass
class Seat:
    """A post that somebody holds, from and to these instants."""

    person: str
    role: str
    province: str | None
    since: datetime
    until: datetime | None = None

    def serves(self, at: datetime) -> bool:
        return self.since <= at and (self.until is None or at < self.until)


CAST: dict[str, list[tuple[str, str | None]]] = {
    "a": [("officer", "TH-85"), ("officer", "TH-21"), ("officer", "TH-77")],
    "b": [("officer", "TH-49")],
    "c": [("officer", "TH-49")],
    "d": [("officer", "TH-21")],
    "head": [("head", "TH-49")],
    "ministry": [("ministry", None)],
}
"""People by the id of their chat, with their posts: one of them in three provinces, two in one post."""


def furnish(url: str) -> None:
    """Leave the provinces' signed pairings in a filled database, and bring in the people."""
    with opened(url) as database, database.write() as session:
        kept = select(Pairing.id).where(
            Pairing.province_code.in_(PROVINCES), Pairing.status == "established", Pairing.level == "province"
        )
        ids = list(session.scalars(kept))
        session.execute(delete(PairingStage).where(PairingStage.pairing_id.not_in(ids)))
        session.execute(delete(Pairing).where(Pairing.id.not_in(ids)))
        for name in CAST:
            add_guest(session, BEGINS.astimezone(UTC), external_id=name, name=name, channel=CHANNEL)
        session.add(ProvinceCheck(province_code="TH-49", missing=[], confirmed_at=BEGINS.astimezone(UTC)))


# ------------------------------------------------------------------ the judge


@dataclass
class Figures:
    """What happened in the years, and what was wrong."""

    days: int = 0
    looks: int = 0
    kills: Counter[str] = field(default_factory=Counter)
    jumps: int = 0
    hidden: int = 0
    messages: int = 0
    digests: int = 0
    reminders: int = 0
    missed: int = 0
    late: int = 0
    doubled: int = 0
    unfounded: int = 0
    out_of_hours: int = 0
    uncertain: int = 0
    given_up: int = 0
    faults: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        numbers = {name: value for name, value in asdict(self).items() if isinstance(value, int)}
        points = ", ".join(f"{label} {count}" for label, count in sorted(self.kills.items()))
        return "\n".join(
            [
                " · ".join(f"{name} {value:,}" for name, value in numbers.items()),
                f"kills {self.kills.total()}: {points}",
                *self.faults[:20],
            ]
        )


class Judge:
    """Knows what people did and what arrived; all its answers come from single days."""

    def __init__(self, database: Database, basis: Basis) -> None:
        self.figures = Figures()
        self.activities: dict[int, ActivityFacts] = {}
        self.quiet: dict[int | str, Quiet] = {}
        self.exemptions: list[Exemption] = []
        self.seats: list[Seat] = []
        self._database = database
        self._basis = basis
        self._arrived: defaultdict[Key, list[str]] = defaultdict(list)
        self._owed: set[Key] = set()
        self._sent: Counter[str] = Counter()
        with database.read() as session:
            registry = read_registry(session)
        self.pairings: dict[str, PairingFacts] = {
            name: view.facts for name, view in registry.pairings.items()
        }
        self._named = {(view.province_code, view.partner): name for name, view in registry.pairings.items()}
        self._provinces = {registry.provinces[code]: code for code in PROVINCES}

    # -------------------------------------------------------------- what had to be told

    @cache  # noqa: B019 - one judge lives as long as its test
    def _year(self, pairing_id: str, day: date) -> list[date]:
        return year_around(day, self._basis, signature(self.pairings[pairing_id]))

    @cache  # noqa: B019
    def _step(self, pairing_id: str, in_year: date, day: date) -> str | None:
        return last_step_on(self._year(pairing_id, in_year), day, DEFAULT_STEPS)

    def _basis_of(self, pairing_id: str) -> str:
        if self._basis == "anniversary" and signature(self.pairings[pairing_id]) is None:
            return "calendar"
        return self._basis

    def _known(self, pairing_id: str, today: date) -> Known:
        held = [
            one for one in self.activities.values() if one.pairing_id == pairing_id and one.start <= today
        ]
        quiet = [one for one in self.quiet.values() if one.pairing_id == pairing_id]
        return Known(held, [one for one in self.exemptions if one.pairing_id == pairing_id], (), quiet)

    def due(self, pairing_id: str, today: date) -> list[tuple[str, str]]:
        """(period, step) of the pairing on that day."""
        pairing, known = self.pairings[pairing_id], self._known(pairing_id, today)
        running = self._year(pairing_id, today)
        found = []
        for day in (today, running[0] - DAY):
            days = self._year(pairing_id, day)
            step = self._step(pairing_id, day, today)
            if step is not None and is_silent(days, pairing, signature(pairing), known, today):
                found.append((str(days[-1].year + 543), step))
        return found

    def owed(self, at: datetime) -> set[Key]:
        """What each officer must have been told by the end of a look at that instant."""
        found = set()
        for seat in self.seats:
            if seat.role != "officer" or not seat.serves(at):
                continue
            for pairing in self.pairings.values():
                if pairing.province_code == seat.province:
                    found |= {
                        Key(seat.person, pairing.id, self._basis_of(pairing.id), *one)
                        for one in self.due(pairing.id, at.date())
                    }
        return {one for one in found if not self._is_from_before(one)}

    def _is_from_before(self, key: Key) -> bool:
        """Of a year that was over when all began a single step is told."""
        year = self._year(key.pairing, BEGINS.date())
        return int(key.period) < year[-1].year + 543

    # -------------------------------------------------------------- what arrived

    def judge(self, at: datetime, received: Sequence[dict[str, str]], *, disturbed: bool) -> None:
        """
        After a look.

        Args:
            disturbed: A process died in it or a send failed: what it did not tell the next look tells.
        """
        open_ = is_open(at)
        for message in received:
            self._judge_one(at, message, open_=open_)
        if open_ and not disturbed and not self._is_paused(at):
            owed = self.owed(at)
            self._owed |= owed
            untold = {one for one in owed if one not in self._arrived}
            for key in untold:
                if not self._had_a_digest(key.person, at):
                    self.figures.late += 1
                    self.figures.faults.append(f"{at:%Y-%m-%d %H:%M} not told: {key}")

    def _is_paused(self, at: datetime) -> bool:
        """
        The service asked to wait, or a dead process had claimed messages: where several serve nobody takes them
        over before their lease has run out.
        """
        now = at.astimezone(UTC)
        leased = and_(Outbox.state == "sending", Outbox.lease_until > now)
        with self._database.read() as session:
            return bool(
                session.scalar(select(or_(exists().where(Chat.paused_until > now), exists().where(leased))))
            )

    def _had_a_digest(self, person: str, at: datetime) -> bool:
        """One a day: what falls due after it waits for the next."""
        gone = exists().where(
            Outbox.kind == "digest",
            Outbox.chat_id == self.chats()[person],
            Outbox.digest_on == at.date(),
            Outbox.state.in_(("sent", "uncertain")),
        )
        with self._database.read() as session:
            return bool(session.scalar(select(gone)))

    @cache  # noqa: B019
    def chats(self) -> dict[str, int]:
        with self._database.read() as session:
            return {row.external_id: row.id for row in session.scalars(select(Chat))}

    def _judge_one(self, at: datetime, message: dict[str, str], *, open_: bool) -> None:
        self.figures.messages += 1
        self._sent[message["key"]] += 1
        if not open_ and self._is_digest(message["key"]):
            self.figures.out_of_hours += 1
            self.figures.faults.append(f"{at:%Y-%m-%d %H:%M} out of hours: {message['key']}")
        lines = list(self._lines(message, self._made_on(message, at)))
        self.figures.digests += bool(lines)
        for key in lines:
            first = not self._arrived[key]
            self._arrived[key].append(message["key"])
            self.figures.reminders += first
            due = self.due(key.pairing, at.date())
            if first and not message["note"] and (key.period, key.step) not in due:
                self.figures.unfounded += 1
                self.figures.faults.append(f"{at:%Y-%m-%d %H:%M} not due: {key}")

    def _is_digest(self, key: str) -> bool:
        with self._database.read() as session:
            return session.get_one(Outbox, int(key.removeprefix("outbox-"))).kind == "digest"

    def _made_on(self, message: dict[str, str], at: datetime) -> date:
        """A message that is repeated on another day says of which it is."""
        if message["note"]:
            for back in range(-60, 60):
                day = at.date() - timedelta(days=back)
                if message["note"] == THAI.digest_of(day):
                    return day
        return at.date()

    def _lines(self, message: dict[str, str], made_on: date) -> Iterator[Key]:
        heading: re.Match[str] | None = None
        for text in (message["title"], *message["text"].splitlines()):
            heading = TITLE.fullmatch(text) or (heading if text else None)
            numbered = NUMBERED.match(text)
            if heading is None or numbered is None:
                continue
            province, period = (one for one in heading.groups() if one)
            pairing_id = self._named[self._provinces[province], numbered.group(1)]
            step = self._step_of(pairing_id, period, made_on)
            yield Key(message["chat"], pairing_id, self._basis_of(pairing_id), period, step or "?")

    def _step_of(self, pairing_id: str, period: str, day: date) -> str | None:
        running = self._year(pairing_id, day)
        in_year = day if str(running[-1].year + 543) == period else running[0] - DAY
        return self._step(pairing_id, in_year, day)

    # -------------------------------------------------------------- in the end

    def conclude(self) -> Figures:
        """Count what never came and what came twice."""
        figures = self.figures
        with self._database.read() as session:
            rows = {f"outbox-{row.id}": row for row in session.scalars(select(Outbox))}
        figures.given_up = sum(row.state == "uncertain" for row in rows.values())
        for key, times in self._sent.items():
            if times > (2 if rows[key].maybe_duplicate else 1):
                figures.doubled += 1
                figures.faults.append(f"sent {times} times: {key}, a {rows[key].kind}")
        for key, row in rows.items():
            if row.state in ("sent", "uncertain") and not self._sent[key]:
                figures.missed += 1
                figures.faults.append(f"never arrived: {key}, a {row.kind} that is {row.state}")
        for one in self._owed - set(self._arrived):
            figures.missed += 1
            figures.faults.append(f"never told: {one}")
        for told, messages in self._arrived.items():
            if len(messages) == 1:
                continue
            (of,) = set(messages) if len(set(messages)) == 1 else (None,)
            if of is not None and rows[of].maybe_duplicate and len(messages) == 2:
                figures.uncertain += 1
            else:
                figures.doubled += 1
                figures.faults.append(f"told {len(messages)} times, {messages}: {told}")
        return figures


YEAR = rf"(?:{'|'.join(THAI.BASES.values())}) (\d{{4}})"
TITLE = re.compile(
    rf"(?:{THAI.DUE_SIGN} )?(.+): (?:\d+ คู่ยังไม่มีกิจกรรมร่วมใน{YEAR}|ยังไม่พบบันทึกกิจกรรมร่วมใน{YEAR} จำนวน \d+ คู่)"
)
"""Of what is due for the office itself, and of what climbed."""

NUMBERED = re.compile(r"\d+\. (.+?)(?: · |$)")


def is_open(at: datetime) -> bool:
    return is_working_day(at.date(), closed_days(at.date())) and FIRST_MESSAGE <= at.time() < OFFICE_CLOSES


# ------------------------------------------------------------------ the processes


class Looker:
    """A serving process and the socket by which it is told to look."""

    def __init__(
        self, launcher: Launcher, listening: socket.socket, url: str, folder: Path, basis: str
    ) -> None:
        self._launcher = launcher
        answer = launcher.ask(
            {
                "start": {
                    "environment": {"SISTERCITY_DATABASE_URL": url, "SISTERCITY_YEAR_BASIS": basis},
                    "looks": str(folder),
                    "points": str(folder / "points"),
                    "log": str(folder / "log"),
                }
            }
        )
        self._pid: int = answer["pid"]
        self._orders, _ = listening.accept()
        self._lines = self._orders.makefile("rw", encoding="utf-8")

    def tell(self, request: dict[str, Any]) -> None:
        self._lines.write(f"{json.dumps(request)}\n")
        self._lines.flush()

    def answer(self) -> dict[str, Any] | None:
        """What it says when it is done; None when it died."""
        try:
            line = self._lines.readline()
        except ConnectionResetError:
            line = ""
        if line:
            found: dict[str, Any] = json.loads(line)
            return found
        status = self.wait()
        assert status == -signal.SIGKILL, f"it ended by itself: {status}"
        return None

    def wait(self) -> int:
        """Its exit status, once it ended."""
        while True:
            status = self._launcher.ask({"wait": self._pid})["status"]
            if status is not None:
                self._orders.close()
                return int(status)
            time.sleep(0.001)

    def leave(self) -> None:
        self._lines.close()
        self._orders.close()
        status = self.wait()
        assert status == 0, f"it did not leave in peace: {status}"


# ------------------------------------------------------------------ the years


class Years:
    """
    The story of the years by one seed: looks, jumps of the clock, kills, and what people do.

    Args:
        processes: How many serve the database at once; each look is one of all of them at the same time.
    """

    def __init__(
        self, launcher: Launcher, url: str, folder: Path, basis: Basis, seed: int, processes: int
    ) -> None:
        self._chance = random.Random(seed)
        self._launcher, self._url, self._folder, self._basis = launcher, url, folder, basis
        self._database = Database(url)
        self._judge = Judge(self._database, basis)
        self._received = (folder / "received").open("a+", encoding="utf-8")
        self._persons = self._judge.chats()
        self._listening = socket.socket(socket.AF_UNIX)
        self._listening.bind(str(folder / "orders"))
        self._listening.listen()
        self._lookers = [self._start() for _ in range(processes)]
        self._at = BEGINS
        self._points: list[tuple[str, int]] = []
        self._armed: tuple[str, int] | None = None  # the next point to die at, until a process passes there
        self._plans: dict[int, Quiet] = {}

    def _start(self) -> Looker:
        return Looker(self._launcher, self._listening, self._url, self._folder, self._basis)

    # -------------------------------------------------------------- day by day

    def run(self, days: int = TEN_YEARS) -> Figures:
        for person, seats in CAST.items():
            for role, province in seats:
                self._take_post(person, role, province)
        ends = BEGINS + timedelta(days=days)
        while self._at < ends:
            for at in self._looks_of(self._at.date()):
                if at > self._at:
                    self._at = at
                    self._people_act()
                    self._look_until_undisturbed()
            self._at = self._morning_after()
        return self._close()

    def _morning_after(self) -> datetime:
        """The next day begins; now and then the machine was asleep, or somebody sets the clock back."""
        tomorrow = datetime.combine(self._at.date() + DAY, time_of_day(), ZONE)
        drawn = self._chance.random()
        if drawn < 0.02:
            self._judge.figures.jumps += 1
            return tomorrow + timedelta(hours=self._chance.uniform(3, 21 * 24))
        if drawn < 0.04:
            self._judge.figures.jumps += 1
            back = self._chance.choice([1 / 24, 0.5, 1, 3, 6])
            return max(BEGINS, self._at - timedelta(days=self._chance.uniform(0.005, back)))
        self._judge.figures.days += 1
        return tomorrow

    def _looks_of(self, day: date) -> list[datetime]:
        """On a working day always one in office hours; some at whatever time."""
        midnight = datetime.combine(day, time_of_day(), ZONE)
        hours = [self._chance.uniform(9, 16.4)] if day.weekday() < 5 else []
        hours += [self._chance.uniform(0, 24) for _ in range(self._chance.random() < 0.2)]
        return [midnight + timedelta(seconds=round(3600 * one)) for one in sorted(hours)]

    # -------------------------------------------------------------- one look

    def _look_until_undisturbed(self) -> None:
        """A process that died is started again, and what it left is done before the day goes on."""
        if not self._look():
            return
        if self._chance.random() < 0.3:  # nobody starts it again before some hours or days have passed
            self._at += timedelta(hours=self._chance.uniform(1, 100))
        for after in RESTARTS_AFTER:
            self._at += after
            while self._look():
                self._at += after

    def _order(self) -> tuple[str, int] | None:
        """Where one of the processes is to die in this look, if it passes there."""
        if self._armed is None and self._chance.random() < 0.02:
            if not self._points:
                self._points = self._chance.sample(POINTS, len(POINTS))
            label, often = self._points.pop()
            self._armed = (label, self._chance.randrange(often))
        if self._armed is not None and self._armed[0] in UNSENT and self._is_unclear():
            return None
        return self._armed

    def _is_unclear(self) -> bool:
        """Whether a message waits of which it is not known if it went out."""
        unclear = select(func.count()).where(
            Outbox.state.in_(("queued", "sending")), or_(Outbox.state == "sending", Outbox.maybe_duplicate)
        )
        with self._database.read() as session:
            return bool(session.scalar(unclear))

    def _fates(self) -> list[str]:
        if self._chance.random() > 0.15:
            return []
        return [self._chance.choice(["hidden", "hidden", "refused", "busy"])]

    def _look(self) -> bool:
        """Whether a process died in it; it runs again then."""
        kill = self._order()
        figures = self._judge.figures
        figures.looks += 1
        fates = self._fates()
        at = self._at.astimezone(UTC).isoformat()
        victim = self._chance.randrange(len(self._lookers))
        for number, one in enumerate(self._lookers):
            one.tell({"at": at, "fates": fates, "kill": kill if number == victim else None})
        died = [one.answer() is None for one in self._lookers]
        if any(died):
            assert kill is not None
            figures.kills[kill[0]] += 1
            self._armed = None
            self._lookers = [
                self._start() if is_dead else one for one, is_dead in zip(self._lookers, died, strict=True)
            ]
        received = [json.loads(line) for line in self._received]
        if fates == ["hidden"] and received:
            figures.hidden += 1
        self._judge.judge(self._at, received, disturbed=any(died) or bool(fates))
        return any(died)

    # -------------------------------------------------------------- what people do

    def _do(self, name: str, *arguments: Any) -> Any:
        looker = self._chance.choice(self._lookers)
        looker.tell({"at": self._at.astimezone(UTC).isoformat(), "deed": [name, *arguments]})
        answer = looker.answer()
        assert answer is not None
        return answer["made"]

    def _people_act(self) -> None:
        for pairing_id in self._judge.pairings:
            drawn = 365 * self._chance.random()
            for chance, act in (
                (0.4, self._record),
                (0.3, self._delete),
                (0.3, self._put_off),
                (0.1, self._end_putting_off),
                (0.1, self._exempt),
                (0.3, self._plan),
            ):
                if drawn < chance:
                    act(pairing_id)
                    break
                drawn -= chance
        for plan_id, quiet in list(self._plans.items()):
            if self._at.date() > quiet.last - timedelta(days=4):
                self._end_plan(plan_id, quiet)
        if self._chance.random() < 2 / 365:
            self._change_posts()

    def _someone(self) -> int:
        return self._persons["a"]

    def _record(self, pairing_id: str) -> None:
        start = self._at.date() - timedelta(days=self._chance.randrange(60))
        end = start + timedelta(days=self._chance.randrange(3))
        made = self._do("record", self._someone(), pairing_id, "held", str(start), str(end))
        self._judge.activities[made] = ActivityFacts(pairing_id, start, end, joint=True)

    def _delete(self, pairing_id: str) -> None:
        """The latest record of the pairing: it owes again."""
        of = [number for number, one in self._judge.activities.items() if one.pairing_id == pairing_id]
        if of:
            self._do("delete", self._someone(), of[-1])
            del self._judge.activities[of[-1]]

    def _put_off(self, pairing_id: str) -> None:
        last = self._at.date() + timedelta(days=self._chance.randrange(3, 90))
        made = self._do("put_off", self._someone(), pairing_id, str(last))
        self._judge.quiet[f"snooze {made}"] = Quiet(pairing_id, self._at.date(), last, "snoozed")

    def _end_putting_off(self, pairing_id: str) -> None:
        for name, one in list(self._judge.quiet.items()):
            if one.pairing_id == pairing_id and isinstance(name, str):
                self._do("end_snooze", int(name.removeprefix("snooze ")))
                del self._judge.quiet[name]
                return

    def _exempt(self, pairing_id: str) -> None:
        last = self._at.date() + timedelta(days=self._chance.randrange(20, 300))
        self._do("exempt", self._someone(), pairing_id, str(last))
        self._judge.exemptions.append(Exemption(pairing_id, self._at.date(), last))

    def _plan(self, pairing_id: str) -> None:
        start = self._at.date() + timedelta(days=self._chance.randrange(2, 60))
        made = self._do("record", self._someone(), pairing_id, "planned", str(start), str(start))
        # silent until a week after its day, for the years that the day touches
        quiet = Quiet(pairing_id, self._at.date(), start + timedelta(days=7), "planned", (start, start))
        self._judge.quiet[made] = self._plans[made] = quiet

    def _end_plan(self, plan_id: int, quiet: Quiet) -> None:
        """It was held, it was not, or nobody answers."""
        del self._plans[plan_id]
        outcome = self._chance.choice(["held", "deleted", "nothing"])
        if outcome == "held":
            self._do("confirm", self._someone(), plan_id)
            assert quiet.days is not None
            self._judge.activities[plan_id] = ActivityFacts(quiet.pairing_id, *quiet.days, joint=True)
        if outcome == "deleted":
            self._do("delete", self._someone(), plan_id)
        if outcome != "nothing":
            del self._judge.quiet[plan_id]

    def _take_post(self, person: str, role: str, province: str | None) -> None:
        self._do("take_post", self._persons[person], role, province)
        self._judge.seats.append(Seat(person, role, province, self._at))

    def _change_posts(self) -> None:
        """Somebody of two provinces leaves, or comes back: for a time nobody may hold the post."""
        person = self._chance.choice(["b", "c", "d"])
        (role, province) = CAST[person][0]
        serving = [one for one in self._judge.seats if one.person == person and one.serves(self._at)]
        if not serving:
            self._take_post(person, role, province)
            return
        self._do("leave_post", self._persons[person], province)
        for one in serving:
            one.until = self._at

    # -------------------------------------------------------------- the end

    def _close(self) -> Figures:
        for one in self._lookers:
            one.leave()
        self._listening.close()
        self._received.close()
        try:
            return self._judge.conclude()
        finally:
            self._database.close()
