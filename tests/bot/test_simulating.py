"""A replay of whole years, and the check that finds what it would have forgotten."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from bot.closed_days import closed_days
from bot.escalation import Holder, Staff
from bot.ramp import Around, Message
from bot.reminders import DEFAULT_STEPS, ActivityFacts, PairingFacts, parse_steps
from bot.simulating import Scene, check, openings, replay
from tests.support import ZONE

FIRST, LAST = date(2026, 1, 1), date(2026, 12, 31)
OFFICER = Holder("officer-1", 1, reachable=True, since=date(2020, 1, 1))
WATCHED = PairingFacts("50-chengdu", "TH-50", "established", "province", date(2015, 3, 30), "day")
EMPTY = PairingFacts("85-kawthaung", "TH-85", "established", "province", None, None)


def scene(activities: Sequence[ActivityFacts] = ()) -> Scene:
    """A province with an officer, and one whose post nobody holds."""
    staff: dict[str, Staff] = {"TH-50": {"officer": (OFFICER,)}}
    return Scene(
        pairings=(WATCHED, EMPTY),
        activities=activities,
        around=Around(
            today=FIRST,
            closed=frozenset(),
            staff_of=lambda province: staff.get(province, {}),
            confirmed=frozenset(),
            after=2,
        ),
        basis="calendar",
        steps=parse_steps(DEFAULT_STEPS),
        zone=ZONE,
        closed_on=closed_days,
    )


def replayed(of: Scene) -> list[Message]:
    return list(replay(of, FIRST, LAST))


def steps_of(messages: Sequence[Message], recipient: str, period: str) -> list[str]:
    return [
        line.due.step
        for message in messages
        if message.recipient == recipient
        for line in message.lines
        if line.due.period == period
    ]


def test_a_silent_year_is_told_at_each_step_to_the_officer_and_to_the_post_that_nobody_holds() -> None:
    messages = replayed(scene())

    for recipient in ("officer-1", "role:officer:TH-85"):
        assert steps_of(messages, recipient, "2569") == ["start", "d180", "d90", "d60", "d30", "d7"]
        assert steps_of(messages, recipient, "2568") == ["overdue1", "overdue2", "overdue3"]
    assert not check(scene(), messages, FIRST, LAST)


def test_an_activity_ends_the_reminders_of_its_year_from_its_day_on() -> None:
    held = scene([ActivityFacts("50-chengdu", date(2026, 8, 3), None, joint=True)])
    messages = replayed(held)

    assert steps_of(messages, "officer-1", "2569") == ["start", "d180"]
    assert not check(held, messages, FIRST, LAST)


def test_messages_go_out_on_working_days_alone() -> None:
    days = [at.date() for at in openings(scene(), FIRST, LAST)]
    assert date(2026, 4, 13) not in days  # Songkran
    assert date(2026, 12, 10) not in days  # Constitution Day
    assert not [day for day in days if day.weekday() >= 5]
    assert 235 < len(days) < 250


@pytest.mark.parametrize("which", [0, 3, -1])
def test_a_message_that_is_left_out_is_found_missing(which: int) -> None:
    messages = replayed(scene())
    gone = messages.pop(which)
    faults = check(scene(), messages, FIRST, LAST)
    assert {(key[0], key[4]) for key in faults.missed} == {(gone.recipient, gone.lines[0].due.step)} | {
        (gone.recipient, line.due.step) for line in gone.lines
    }


def test_a_message_that_comes_twice_or_late_or_at_night_is_found() -> None:
    messages = replayed(scene())
    twice = [*messages, messages[0]]
    assert len(check(scene(), twice, FIRST, LAST).doubled) == len(messages[0].lines)

    late = [replace(messages[0], at=messages[0].at + timedelta(days=1)), *messages[1:]]
    assert check(scene(), late, FIRST, LAST).missed

    night = datetime(2026, 1, 5, 3, 0, tzinfo=ZONE)
    sunday = datetime(2026, 1, 4, 10, 0, tzinfo=ZONE)
    for at in (night, sunday):
        faults = check(scene(), [replace(messages[0], at=at), *messages[1:]], FIRST, LAST)
        assert faults.out_of_hours == [at]
