"""What is read of a country's records tells the same of a year as all of them would."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import date, datetime, timedelta

import pytest

from bot import held
from bot.calendar import Basis
from bot.dialogues.base import PairingView
from bot.live_registry import read_registry
from bot.reminders import DEFAULT_STEPS, Held, counts, due, parse_steps, summary, world_of
from storage import owners
from storage.database import Database
from tests.storage.test_activities import delete, save
from tests.world import CHENGDU, HOKKAIDO, MUKDAHAN, SAVANNAKHET, World

TODAY = date(2026, 11, 22)
BASES: Sequence[Basis] = ("calendar", "fiscal", "anniversary")
IDS = (CHENGDU, HOKKAIDO, SAVANNAKHET)


@pytest.fixture
def recorded(database: Database, world: World, now: datetime) -> Database:
    """Long and short activities around every turn of a year, joint ones and others, shared and deleted ones."""
    chance = random.Random(11)
    for number in range(30):
        ago = chance.randrange(1200) if chance.random() < 0.6 else chance.choice((325, 326, 53, 54, 690, 0))
        start = TODAY - timedelta(days=ago)
        end = start + timedelta(days=chance.choice((1, 30, 366))) if chance.random() < 0.5 else None
        row = save(
            database,
            world,
            now,
            pairing_id=chance.choice(IDS[:2]),
            start=start,
            end=end,
            title=str(number),
            joint=chance.random() < 0.7,
        )
        if chance.random() < 0.3:
            with database.write() as session:
                shared = [(SAVANNAKHET, MUKDAHAN)]
                owners.set_pairings(session, row.id, shared, [MUKDAHAN], world.neighbour.person.id, now)
        if chance.random() < 0.1:
            delete(database, world, row.id, now)
    return database


def views(database: Database) -> list[PairingView]:
    with database.read() as session:
        return [read_registry(session).pairings[one] for one in IDS]


def all_of(database: Database) -> Held:
    with database.read() as session:
        return held.of_pairings(session, IDS)


@pytest.mark.parametrize("ago", [0, 40, 52, 53, 54, 330, 700])
def test_the_sums_of_a_year_are_those_of_everything(recorded: Database, ago: int) -> None:
    today = TODAY - timedelta(days=ago)
    everything = Held(one for one in all_of(recorded) if one.start <= today)
    with recorded.read() as session:
        # What begins later counts too, where it is read: a record cannot be held in the future.
        found = Held(one for one in held.this_year(session, IDS, today) if one.start <= today)
    assert everything
    for one in views(recorded):
        assert summary(one.facts, found, today) == summary(one.facts, everything, today)


@pytest.mark.parametrize("basis", BASES)
def test_a_pairing_of_the_country_is_active_or_silent_as_everything_says(
    recorded: Database, basis: Basis
) -> None:
    pairings, everything = views(recorded), all_of(recorded)
    for ago in range(0, 800, 9):
        today = TODAY - timedelta(days=ago)
        with recorded.read() as session:
            found = held.in_the_country(session, today)
        for one in pairings:
            expected = counts(one.facts, everything, today, basis) > 0
            assert (counts(one.facts, found, today, basis) > 0) == expected, (one.id, today)


@pytest.mark.parametrize("basis", BASES)
def test_what_is_due_is_what_everything_says(recorded: Database, basis: Basis) -> None:
    steps, pairings = parse_steps(DEFAULT_STEPS), [one.facts for one in views(recorded)]
    everything = all_of(recorded)
    for ago in range(0, 800, 9):
        today = TODAY - timedelta(days=ago)
        with recorded.read() as session:
            found = held.two_years_of_all(session, today, basis)
            of_these = held.two_years(session, IDS, today)
        begun = [one for one in everything if one.start <= today]
        expected = due(pairings, world_of(begun), today, basis, steps)
        assert due(pairings, world_of(found), today, basis, steps) == expected, today
        assert due(pairings, world_of(of_these), today, basis, steps) == expected, today
