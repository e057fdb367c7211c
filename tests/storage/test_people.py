"""Persons, the chats to reach them in, roles, and invitations that work once."""

from __future__ import annotations

import threading
import time
from datetime import datetime, timedelta

import pytest
from sqlalchemy import func, select

from storage import conversations, people
from storage.database import Database
from storage.models import Identity, Membership, Person, ProvinceCheck
from tests.storage.together import AT_MOST, together
from tests.world import CHIANG_MAI, MUKDAHAN, Member, World, add_guest, add_officer

HOUR = timedelta(hours=1)


def roles(database: Database, member: Member, now: datetime) -> list[tuple[str, str | None]]:
    with database.read() as session:
        held = people.list_memberships(session, member.person.id, now)
        return [(row.role, row.province_code) for row in held]


# ------------------------------------------------------------------ persons and chats


def test_a_first_word_makes_a_guest(database: Database, now: datetime) -> None:
    with database.write() as session:
        guest = add_guest(session, now, name="ก" * 200)
    assert roles(database, guest, now) == []
    assert guest.person.name == "ก" * 80
    assert guest.person.language == "th"
    assert (guest.identity.last_heard_at, guest.identity.reachable) == (now, True)
    assert guest.identity.chat_id == guest.chat.id


def test_who_writes_again_is_the_same_person(database: Database, now: datetime) -> None:
    with database.write() as session:
        first = add_guest(session, now, name="ผู้สนใจ")
    with database.write() as session:
        again = add_guest(session, now + HOUR, name="ชื่อใหม่")
        assert session.scalar(select(func.count()).select_from(Person)) == 1
    assert (again.person.id, again.identity.id, again.chat.id) == (
        first.person.id,
        first.identity.id,
        first.chat.id,
    )
    assert again.identity.last_heard_at == now + HOUR


def test_the_same_id_on_another_channel_is_somebody_else(database: Database, now: datetime) -> None:
    with database.write() as session:
        web = add_guest(session, now, "77", channel="web")
        telegram = add_guest(session, now, "77", channel="telegram")
    assert web.person.id != telegram.person.id
    assert web.person.public_id != telegram.person.public_id


def test_a_word_in_a_group_does_not_move_the_private_chat(database: Database, now: datetime) -> None:
    """Reminders must not go to the group."""
    with database.write() as session:
        guest = add_guest(session, now)
        group = people.get_or_add_chat(session, "web", "-100", group=True)
        people.get_or_add_person(session, "web", "demo-guest", group, now + HOUR)
    with database.read() as session:
        chat = people.find_reachable_chat(session, guest.person.id)
        assert chat is not None
        assert chat.id == guest.chat.id


def test_who_is_known_from_a_group_only_cannot_be_reached(database: Database, now: datetime) -> None:
    with database.write() as session:
        group = people.get_or_add_chat(session, "telegram", "-100", group=True)
        person, _ = people.get_or_add_person(session, "telegram", "77", group, now)
    with database.read() as session:
        assert people.find_reachable_chat(session, person.id) is None


def test_who_never_spoke_in_a_chat_is_no_acquaintance_there(
    database: Database, world: World, now: datetime
) -> None:
    with database.write() as session:
        people.get_or_add_chat(session, "web", "elsewhere", group=False)
        conversations.get_or_add(session, world.officer.chat.id, world.officer.person.id, now)
        for chat, person in (
            ("demo-officer", "nobody"),
            ("elsewhere", "demo-officer"),
            ("nowhere", "demo-officer"),
            ("demo-guest", "demo-guest"),  # wrote, but has no conversation yet
        ):
            assert people.find_acquaintance(session, "web", chat, person) is None, (chat, person)
        assert people.find_acquaintance(session, "telegram", "demo-officer", "demo-officer") is None


def test_an_acquaintance_comes_with_all_that_a_turn_needs(
    database: Database, world: World, now: datetime
) -> None:
    officer = world.officer
    with database.write() as session:
        conversation = conversations.get_or_add(session, officer.chat.id, officer.person.id, now)
        found = people.find_acquaintance(session, "web", "demo-officer", "demo-officer")
        assert found is not None
        assert found.draft is None
        draft = conversations.add_draft(session, officer.person.id, {"title": "เยือน"}, now)
        conversation.draft_id = draft.id
    with database.write() as session:
        found = people.find_acquaintance(session, "web", "demo-officer", "demo-officer")
        assert found is not None
        assert (found.chat.id, found.identity.id) == (officer.chat.id, officer.identity.id)
        assert (found.person.id, found.conversation.id) == (officer.person.id, conversation.id)
        assert found.draft is not None
        assert found.draft.id == draft.id


@pytest.mark.postgresql
def test_what_a_person_does_in_two_chats_at_once_happens_one_after_the_other(
    postgresql_database: Database, now: datetime
) -> None:
    """The second turn sees the draft as the first one left it."""
    database = postgresql_database
    with database.write() as session:
        officer = add_officer(session, now)
        group = people.get_or_add_chat(session, "web", "-100", group=True)
        draft = conversations.add_draft(session, officer.person.id, {"title": "เดิม"}, now)
        for chat in (officer.chat, group):
            conversations.get_or_add(session, chat.id, officer.person.id, now).draft_id = draft.id
    begun = threading.Event()

    def turn(chat: str, seconds: float = 0.0) -> int:
        with database.write() as session:
            found = people.find_acquaintance(session, "web", chat, "demo-officer")
            begun.set()
            assert found is not None
            assert found.draft is not None
            seen = found.draft.version
            conversations.change_draft(found.draft, {"title": f"{seen} {chat}"}, now)
            time.sleep(seconds)
            return seen

    def later() -> int:
        assert begun.wait(AT_MOST)
        return turn("-100")

    assert together(lambda: turn("demo-officer", 0.2), later) == [1, 2]


def add_identity(
    database: Database, member: Member, external_id: str, heard: datetime | None, channel: str = "telegram"
) -> int:
    """Another way to reach a person; returns its chat."""
    with database.write() as session:
        chat = people.get_or_add_chat(session, channel, external_id, group=False)
        session.add(
            Identity(
                person_id=member.person.id,
                channel=channel,
                external_id=external_id,
                chat_id=chat.id,
                last_heard_at=heard,
            )
        )
        return chat.id


def reached_in(database: Database, member: Member) -> int | None:
    with database.read() as session:
        chat = people.find_reachable_chat(session, member.person.id)
        of_several = people.list_reachable_chats(session, [member.person.id])
        assert of_several.get(member.person.id) == chat
        return chat.id if chat else None


def test_a_person_is_reached_where_they_wrote_last(database: Database, world: World, now: datetime) -> None:
    add_identity(database, world.officer, "older", now - HOUR)
    latest = add_identity(database, world.officer, "latest", now + HOUR)
    assert reached_in(database, world.officer) == latest


def test_an_identity_that_was_never_heard_from_comes_last(
    database: Database, world: World, now: datetime
) -> None:
    """The engines sort what is unknown to opposite ends."""
    add_identity(database, world.officer, "silent", None)
    assert reached_in(database, world.officer) == world.officer.chat.id


def test_who_blocked_the_latest_chat_is_reached_in_the_one_before_and_a_word_makes_it_good(
    database: Database, world: World, now: datetime
) -> None:
    latest = add_identity(database, world.officer, "latest", now + HOUR)
    with database.write() as session:
        people.set_reachable(session, "telegram", "latest", reachable=False)
    assert reached_in(database, world.officer) == world.officer.chat.id
    with database.write() as session:
        chat = people.get_or_add_chat(session, "telegram", "latest", group=False)
        people.get_or_add_person(session, "telegram", "latest", chat, now + 2 * HOUR)
    assert reached_in(database, world.officer) == latest


def test_names_are_found_by_id(database: Database, world: World) -> None:
    with database.read() as session:
        ids = [world.officer.person.id, 999_999]
        assert people.names_of(session, ids) == {world.officer.person.id: "สมศรี ใจดี"}
        assert people.names_of(session, []) == {}


# ------------------------------------------------------------------ roles


def test_a_role_that_is_held_already_is_not_doubled(database: Database, world: World, now: datetime) -> None:
    with database.write() as session:
        held = people.list_memberships(session, world.officer.person.id, now)[0]
        again = people.add_membership(session, world.officer.person.id, "officer", CHIANG_MAI, now)
        assert again.id == held.id
    assert roles(database, world.officer, now) == [("officer", CHIANG_MAI)]


def test_the_same_role_in_another_province_is_another(
    database: Database, world: World, now: datetime
) -> None:
    with database.write() as session:
        people.add_membership(session, world.officer.person.id, "officer", MUKDAHAN, now)
        people.add_membership(session, world.officer.person.id, "head", CHIANG_MAI, now)
    assert roles(database, world.officer, now) == [
        ("officer", CHIANG_MAI),
        ("officer", MUKDAHAN),
        ("head", CHIANG_MAI),
    ]


def test_a_role_counts_from_its_first_to_its_last_moment(
    database: Database, world: World, now: datetime
) -> None:
    end = now + 10 * HOUR
    with database.write() as session:
        row = session.scalars(select(Membership).where(Membership.person_id == world.officer.person.id)).one()
        row.until = end
    assert roles(database, world.officer, now - HOUR) == []
    assert roles(database, world.officer, now) == [("officer", CHIANG_MAI)]
    assert roles(database, world.officer, end - timedelta(seconds=1)) == [("officer", CHIANG_MAI)]
    assert roles(database, world.officer, end) == []
    with database.write() as session:
        people.add_membership(session, world.officer.person.id, "officer", CHIANG_MAI, end)
    assert roles(database, world.officer, end) == [("officer", CHIANG_MAI)]


def test_officers_in_office_are_listed_by_province(database: Database, world: World, now: datetime) -> None:
    """Guests, the ministry and those who left are not."""
    with database.write() as session:
        left = add_officer(session, now, CHIANG_MAI, "left", "ย้ายแล้ว")
        session.scalars(select(Membership).where(Membership.person_id == left.person.id)).one().until = (
            now + HOUR
        )
    with database.read() as session:
        listed = people.list_officers(session, now + HOUR)
        assert [(province, person.id) for province, person in listed] == [
            (MUKDAHAN, world.neighbour.person.id),
            (CHIANG_MAI, world.officer.person.id),
        ]
        assert len(people.list_officers(session, now)) == 3


def test_who_was_asked_to_check_the_list_is_remembered(
    database: Database, world: World, now: datetime
) -> None:
    with database.write() as session:
        people.mark_greeted(session, world.officer.person.id, CHIANG_MAI)
    with database.read() as session:
        of = {row.person_id: row.greeted for row in session.scalars(select(Membership))}
    assert of[world.officer.person.id] is True
    assert of[world.neighbour.person.id] is False


def test_a_role_given_again_without_the_flag_leaves_a_curator_one(
    database: Database, world: World, now: datetime
) -> None:
    with database.write() as session:
        people.add_membership(session, world.ministry.person.id, "ministry", None, now, curator=True)
        people.add_membership(session, world.ministry.person.id, "ministry", None, now)
        [held] = people.list_memberships(session, world.ministry.person.id, now)
    assert held.curator


# ------------------------------------------------------------------ the province's check


def test_a_province_has_one_check_and_is_confirmed_by_it(
    database: Database, world: World, now: datetime
) -> None:
    with database.read() as session:
        assert session.get(ProvinceCheck, CHIANG_MAI) is None
        assert people.list_confirmed(session) == []
    with database.write() as session:
        check = people.get_or_add_check(session, CHIANG_MAI)
        assert people.get_or_add_check(session, CHIANG_MAI) is check
        assert (check.missing, check.confirmed_at) == ([], None)
        check.missing = ["เมืองมิลาน"]
    with database.read() as session:
        assert people.list_confirmed(session) == []
    with database.write() as session:
        people.get_or_add_check(session, CHIANG_MAI).confirmed_at = now
    with database.read() as session:
        assert list(people.list_confirmed(session)) == [CHIANG_MAI]
        found = session.get(ProvinceCheck, CHIANG_MAI)
        assert found is not None
        assert found.missing == ["เมืองมิลาน"]


@pytest.mark.parametrize("name", ["sister_city_bot", "another_bot"])
def test_the_bots_name_on_a_channel_is_the_last_one_told(database: Database, name: str) -> None:
    with database.write() as session:
        assert people.bot_name(session, "telegram") is None
        people.remember_bot_name(session, "telegram", "old_bot")
        people.remember_bot_name(session, "telegram", name)
    with database.read() as session:
        assert people.bot_name(session, "telegram") == name
        assert people.bot_name(session, "web") is None
