"""Conversations, drafts with their versions, and the choices behind buttons."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from storage import conversations
from storage.database import Database
from storage.models import Choice, Draft, Person
from tests.world import World

DAY = timedelta(days=1)
SECOND = timedelta(seconds=1)


def add_draft(database: Database, world: World, now: datetime, **body: object) -> int:
    with database.write() as session:
        return conversations.add_draft(session, world.officer.person.id, dict(body), now).id


def draft_of(database: Database, draft_id: int) -> Draft:
    with database.read() as session:
        draft = conversations.find_draft(session, draft_id)
        assert draft is not None
        return draft


def add_choice(
    database: Database,
    world: World,
    now: datetime,
    draft_id: int | None = None,
    keep: timedelta = conversations.KEEP_CHOICES,
) -> str:
    with database.write() as session:
        draft = session.get(Draft, draft_id) if draft_id else None
        choice_id = conversations.new_choice_id()
        new = conversations.NewChoice(choice_id, {"name": "save", "args": {}}, draft)
        conversations.add_choices(session, world.officer.chat.id, [new], now, keep)
        return choice_id


def find_choice(database: Database, choice_id: str, chat_id: int, now: datetime) -> Choice | None:
    with database.read() as session:
        return conversations.find_choice(session, choice_id, chat_id, now)


# ------------------------------------------------------------------ conversations


def test_a_conversation_belongs_to_one_person_in_one_chat(
    database: Database, world: World, now: datetime
) -> None:
    chat, officer, guest = world.officer.chat.id, world.officer.person.id, world.guest.person.id
    with database.write() as session:
        first = conversations.get_or_add(session, chat, officer, now)
        first.state = {"dialogue": "log", "ถาม": "วันที่"}
        first.offered = [["abc", "บันทึก"]]
    with database.write() as session:
        again = conversations.get_or_add(session, chat, officer, now + DAY)
        assert again.id == first.id
        assert (again.state, again.offered) == ({"dialogue": "log", "ถาม": "วันที่"}, [["abc", "บันทึก"]])
        other = conversations.get_or_add(session, chat, guest, now)
        assert other.id != first.id
        assert (other.state, other.offered, other.draft_id) == ({}, [], None)


# ------------------------------------------------------------------ drafts


def test_a_changed_draft_is_a_new_version(database: Database, world: World, now: datetime) -> None:
    draft_id = add_draft(database, world, now, title="เยือน")
    for version, title in ((2, "เยือนเฉิงตู"), (3, "เยือน")):
        with database.write() as session:
            draft = session.get_one(Draft, draft_id)
            conversations.change_draft(draft, {"title": title}, now + version * DAY)
        draft = draft_of(database, draft_id)
        assert (draft.version, draft.body, draft.updated_at) == (
            version,
            {"title": title},
            now + version * DAY,
        )


def test_a_draft_that_did_not_change_keeps_its_version(
    database: Database, world: World, now: datetime
) -> None:
    """A question in between must not spoil the buttons of the card."""
    draft_id = add_draft(database, world, now, title="เยือน", people=3)
    with database.write() as session:
        conversations.change_draft(
            session.get_one(Draft, draft_id), {"people": 3, "title": "เยือน"}, now + DAY
        )
    draft = draft_of(database, draft_id)
    assert (draft.version, draft.updated_at) == (1, now)


@pytest.mark.parametrize("state", ["saved", "cancelled"])
def test_a_closed_draft_is_a_new_version_and_not_resumed(
    database: Database, world: World, now: datetime, state: str
) -> None:
    draft_id = add_draft(database, world, now)
    with database.write() as session:
        conversations.close_draft(session.get_one(Draft, draft_id), state, now + DAY)
    draft = draft_of(database, draft_id)
    assert (draft.state, draft.version, draft.updated_at) == (state, 2, now + DAY)
    with database.read() as session:
        assert conversations.list_open_drafts(session, world.officer.person.id, 10) == []


def test_the_draft_worked_on_last_comes_first(database: Database, world: World, now: datetime) -> None:
    """Whatever the chat: it belongs to the person."""
    older = add_draft(database, world, now, title="1")
    newer = add_draft(database, world, now, title="2")

    def listed(person: Person, limit: int = 10) -> list[int]:
        with database.read() as session:
            return [one.id for one in conversations.list_open_drafts(session, person.id, limit)]

    assert listed(world.officer.person) == [newer, older]
    assert listed(world.officer.person, 1) == [newer]
    assert listed(world.guest.person) == []
    with database.write() as session:
        conversations.change_draft(session.get_one(Draft, older), {"title": "1 แก้"}, now + DAY)
    assert listed(world.officer.person) == [older, newer]


def test_a_draft_is_offered_after_a_day_and_a_week_later_and_then_no_more(
    database: Database, world: World, now: datetime
) -> None:
    draft_id = add_draft(database, world, now)

    def due(at: datetime) -> list[int]:
        with database.write() as session:
            return [one.id for one in conversations.list_to_nudge(session, at)]

    def nudge(at: datetime) -> None:
        with database.write() as session:
            row = session.get_one(Draft, draft_id)
            row.nudges, row.nudged_at = row.nudges + 1, at

    assert due(now + DAY - SECOND) == []
    assert due(now + DAY) == [draft_id]
    nudge(now + DAY)
    assert due(now + 8 * DAY - SECOND) == []
    assert due(now + 8 * DAY) == [draft_id]
    nudge(now + 8 * DAY)
    assert due(now + 999 * DAY) == []
    with database.write() as session:
        conversations.change_draft(session.get_one(Draft, draft_id), {"title": "ใหม่"}, now + 20 * DAY)
    assert due(now + 21 * DAY) == [draft_id]


def test_files_of_drafts_that_can_be_taken_up_are_known(
    database: Database, world: World, now: datetime
) -> None:
    """The purge spares them; those of a saved draft belong to its activity."""
    add_draft(database, world, now, files=[{"sha256": "a" * 64}, {"sha256": None, "problem": "too_large"}])
    add_draft(database, world, now, title="ไม่มีไฟล์")
    cancelled = add_draft(database, world, now, files=[{"sha256": "b" * 64}])
    saved = add_draft(database, world, now, files=[{"sha256": "c" * 64}])
    with database.write() as session:
        conversations.close_draft(session.get_one(Draft, cancelled), "cancelled", now)
        conversations.close_draft(session.get_one(Draft, saved), "saved", now)
    with database.read() as session:
        assert sorted(conversations.list_draft_files(session)) == ["a" * 64, "b" * 64]


# ------------------------------------------------------------------ choices


def test_a_choice_is_found_in_its_chat(database: Database, world: World, now: datetime) -> None:
    choice_id = add_choice(database, world, now)
    choice = find_choice(database, choice_id, world.officer.chat.id, now)
    assert choice is not None
    assert choice.action == {"name": "save", "args": {}}
    assert (choice.draft_id, choice.draft_version) == (None, None)


def test_a_choice_fits_the_services_button_and_cannot_be_guessed(
    database: Database, world: World, now: datetime
) -> None:
    """Telegram takes 64 bytes; 16 characters carry 96 random bits."""
    ids = {add_choice(database, world, now) for _ in range(20)}
    assert {len(one.encode()) for one in ids} == {16}
    assert len(ids) == 20


def test_the_buttons_of_a_card_are_kept_together(database: Database, world: World, now: datetime) -> None:
    draft_id = add_draft(database, world, now)
    chat_id = world.officer.chat.id
    with database.write() as session:
        card = [
            conversations.NewChoice("save", {"name": "save"}, session.get_one(Draft, draft_id)),
            conversations.NewChoice("help", {"name": "help"}),
        ]
        conversations.add_choices(session, chat_id, card, now)
        conversations.add_choices(session, chat_id, [], now)
    save, help_ = (find_choice(database, one, chat_id, now) for one in ("save", "help"))
    assert save is not None
    assert help_ is not None
    assert (save.action, save.draft_id, save.draft_version) == ({"name": "save"}, draft_id, 1)
    assert (help_.action, help_.draft_id, help_.draft_version) == ({"name": "help"}, None, None)


def test_a_choice_of_another_chat_is_not_found(database: Database, world: World, now: datetime) -> None:
    choice_id = add_choice(database, world, now)
    assert find_choice(database, choice_id, world.neighbour.chat.id, now) is None


def test_an_unknown_choice_is_not_found(database: Database, world: World, now: datetime) -> None:
    add_choice(database, world, now)
    for unknown in ("", "x", "A" * 16, "A" * 21, "ก" * 20, "A" * 5000, "%", "' OR 1=1 --"):
        assert find_choice(database, unknown, world.officer.chat.id, now) is None, unknown


def test_a_choice_expires(database: Database, world: World, now: datetime) -> None:
    choice_id = add_choice(database, world, now)
    chat_id = world.officer.chat.id
    assert find_choice(database, choice_id, chat_id, now + 30 * DAY - timedelta(seconds=1)) is not None
    assert find_choice(database, choice_id, chat_id, now + 30 * DAY) is None


def test_a_choice_remembers_the_version_of_its_draft(database: Database, world: World, now: datetime) -> None:
    """A press on an older card is told from one on the current card."""
    draft_id = add_draft(database, world, now, title="1")
    choice_id = add_choice(database, world, now, draft_id)
    with database.write() as session:
        conversations.change_draft(session.get_one(Draft, draft_id), {"title": "2"}, now)
    choice = find_choice(database, choice_id, world.officer.chat.id, now)
    assert choice is not None
    assert (choice.draft_id, choice.draft_version) == (draft_id, 1)
    assert draft_of(database, draft_id).version == 2


def test_choices_of_reminders_live_longer(database: Database, world: World, now: datetime) -> None:
    of_reminder = add_choice(database, world, now, keep=conversations.KEEP_REMINDER_CHOICES)
    chat_id = world.officer.chat.id
    assert find_choice(database, of_reminder, chat_id, now + 399 * DAY) is not None
    assert find_choice(database, of_reminder, chat_id, now + 400 * DAY) is None
