"""Requests to be let in: one waits for each person, a few a day, decided once."""

from __future__ import annotations

import threading
import time
from datetime import datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from storage import access_requests
from storage.database import Database
from storage.models import AccessRequest
from tests.storage.together import AT_MOST, together
from tests.world import CHIANG_MAI, World, add_world

DAY = timedelta(days=1)


def ask(session: Session, world: World, now: datetime) -> AccessRequest | str:
    return access_requests.add(
        session,
        person_id=world.guest.person.id,
        province_code=CHIANG_MAI,
        role="officer",
        name="มานี รักเรียน",
        post="นักวิเทศสัมพันธ์",
        now=now,
    )


def test_one_request_waits_for_each_person(database: Database, world: World, now: datetime) -> None:
    with database.write() as session:
        first = ask(session, world, now)
        assert isinstance(first, AccessRequest)
        assert access_requests.find_waiting(session, world.guest.person.id) is first
        assert ask(session, world, now) == "waiting"
        assert list(access_requests.list_waiting(session)) == [first]


def test_at_most_three_are_sent_within_a_day(database: Database, world: World, now: datetime) -> None:
    with database.write() as session:
        for hour in range(3):
            request = ask(session, world, now + hour * timedelta(hours=1))
            assert isinstance(request, AccessRequest)
            access_requests.decide(request, access_requests.WITHDRAWN, world.guest.person.id, now)
        assert ask(session, world, now + DAY - timedelta(seconds=1)) == "often"
        assert isinstance(ask(session, world, now + DAY), AccessRequest)


@pytest.mark.postgresql
def test_of_two_who_decide_at_once_the_second_finds_it_decided(
    postgresql_database: Database, now: datetime
) -> None:
    database = postgresql_database
    with database.write() as session:
        world = add_world(session, now)
        asked = ask(session, world, now)
        assert isinstance(asked, AccessRequest)
    locked = threading.Event()

    def first() -> str:
        with database.write() as session:
            found = access_requests.lock_with_asker(session, asked.id)
            assert found is not None
            locked.set()
            time.sleep(0.2)
            access_requests.decide(found[0], access_requests.REFUSED, world.officer.person.id, now)
            return "decided"

    def second() -> str:
        assert locked.wait(AT_MOST)
        with database.write() as session:
            assert access_requests.find(session, asked.id) is not None  # as a turn has read it before
            found = access_requests.lock_with_asker(session, asked.id)
            assert found is not None
            return found[0].state

    assert together(first, second) == ["decided", access_requests.REFUSED]
