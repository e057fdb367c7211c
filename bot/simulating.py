"""
A replay of whole years: the plan of every working day over a registry, with a ledger in memory.

It asks the rule that the plan asks, on an accelerated clock, and stores nothing. Afterwards the messages are
held against what was due: none missed, none doubled, none outside office hours.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.calendar import FIRST_MESSAGE, OFFICE_CLOSES, Basis, is_working_day, next_office_time
from bot.escalation import Said
from bot.ramp import NOTHING_TOLD, Around, Key, Ledger, Line, Message, Year, lines, year_of
from bot.reminders import ActivityFacts, PairingFacts, Step, World, due, world_of


@dataclass(frozen=True)
class Scene:
    """
    What is replayed.

    Attributes:
        around: Who holds which posts and which lists are confirmed, all the years long; its day is not used.
        closed_on: The closed days around a day.
    """

    pairings: Sequence[PairingFacts]
    activities: Sequence[ActivityFacts]
    around: Around
    basis: Basis
    steps: Sequence[Step]
    zone: ZoneInfo
    closed_on: Callable[[date], frozenset[date]]


@dataclass
class Faults:
    """What the check of a replay found."""

    missed: set[Key] = field(default_factory=set)
    doubled: list[Key] = field(default_factory=list)
    out_of_hours: list[datetime] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.missed or self.doubled or self.out_of_hours)


def replay(
    scene: Scene, first: date, last: date, world: World | None = None, ledger: Ledger = NOTHING_TOLD
) -> Iterator[Message]:
    """
    The messages of each day from `first` to `last`, both included, in order.

    Args:
        world: What is known before the first activity of the scene.
        ledger: What was told before `first`.
    """
    said: defaultdict[Year, list[Said]] = defaultdict(list)
    for year, some in ledger.said.items():
        said[year] += some
    told: set[Key] = set(ledger.settled)
    activities = sorted(scene.activities, key=lambda one: one.start)
    world, known = world or world_of(), 0
    for at in openings(scene, first, last):
        begun = sum(one.start <= at.date() for one in activities[known:])
        if begun:
            known += begun
            world = world_of(activities[:known])
        yield from _messages(scene, world, at, said, told)


def openings(scene: Scene, first: date, last: date) -> list[datetime]:
    """When messages go out on each day on which the offices are open."""
    days = (first + timedelta(days=number) for number in range((last - first).days + 1))
    found = []
    for day in days:
        at = next_office_time(datetime.combine(day, time(), scene.zone), scene.closed_on(day), scene.zone)
        if at.date() == day:
            found.append(at)
    return found


def _messages(
    scene: Scene,
    world: World,
    at: datetime,
    said: defaultdict[Year, list[Said]],
    told: set[Key],
) -> list[Message]:
    day = at.date()
    around = replace(scene.around, today=day, closed=scene.closed_on(day), said=said)
    wanted = lines(due(scene.pairings, world, day, scene.basis, scene.steps), around)
    messages = []
    for (recipient, person_id), found in sorted(wanted.items(), key=lambda item: item[0][0]):
        new = tuple(one for one in found if _key(recipient, one) not in told)
        if new:
            messages.append(Message(at, recipient, person_id, new))
    for message in messages:
        for line in message.lines:
            told.add(_key(message.recipient, line))
            heard = message.person_id is not None
            said[year_of(line.due)].append(Said(line.level, line.due.step, day, heard))
    return messages


def _key(recipient: str, line: Line) -> Key:
    return (recipient, *year_of(line.due), line.due.step)


def check(scene: Scene, messages: Sequence[Message], first: date, last: date) -> Faults:
    """
    Hold the messages against what was due on each working day by itself.

    Missed is what was due for the officers of a pairing, or for the post where there are none, and was not
    said by that day.
    """
    faults = Faults()
    said_on: dict[Key, date] = {}
    for message in messages:
        if not _in_hours(message.at, scene):
            faults.out_of_hours.append(message.at)
        for line in message.lines:
            key = _key(message.recipient, line)
            if key in said_on:
                faults.doubled.append(key)
            said_on.setdefault(key, message.at.date())
    for key, day in _owed(scene, first, last):
        if key not in said_on or said_on[key] > day:
            faults.missed.add(key)
    return faults


def _in_hours(at: datetime, scene: Scene) -> bool:
    day = at.astimezone(scene.zone)
    open_ = is_working_day(day.date(), scene.closed_on(day.date()))
    return open_ and FIRST_MESSAGE <= day.time() < OFFICE_CLOSES


def _owed(scene: Scene, first: date, last: date) -> Iterator[tuple[Key, date]]:
    """Each officer's reminders with the day on which they fell due, found without a ledger."""
    seen: set[tuple[str, ...]] = set()
    for day, world in _worlds(scene, (at.date() for at in openings(scene, first, last))):
        for one in due(scene.pairings, world, day, scene.basis, scene.steps):
            reminder = (*year_of(one), one.step)
            if reminder not in seen:
                seen.add(reminder)
                officers = scene.around.staff_of(one.province_code).get("officer", ())
                names = [holder.recipient for holder in officers] or [f"role:officer:{one.province_code}"]
                yield from (((name, *reminder), day) for name in names)


def _worlds(scene: Scene, days: Iterable[date]) -> Iterator[tuple[date, World]]:
    """Each day with what had begun by then; days in order."""
    world, known = world_of(), 0
    for day in days:
        begun = sum(one.start <= day for one in scene.activities)
        if begun != known:
            world, known = world_of(one for one in scene.activities if one.start <= day), begun
        yield day, world
