"""What has been kept long enough goes, and nothing else does."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import inspect, select
from sqlalchemy.orm import Session

from bot.calendar import BANGKOK
from bot.dialogues import contacts
from storage import (
    conversations,
    inbox,
    inquiries,
    invitations,
    outbox,
    people,
    questions,
    retention,
    web_messages,
)
from storage.database import Database
from storage.models import (
    AccessRequest,
    Activity,
    Base,
    Chat,
    Choice,
    Contact,
    Conversation,
    Draft,
    Identity,
    Inbox,
    Invitation,
    LinkCode,
    Outbox,
    Person,
    Question,
    WebMessage,
)
from storage.retention import Sweep
from tests.storage.together import AT_MOST, together
from tests.world import CHENGDU, CHIANG_MAI, Member, World, add_guest, add_world

DAY = timedelta(days=1)
SECOND = timedelta(seconds=1)


def sweep(database: Database, what: Sweep, before: datetime, now: datetime | None = None) -> int:
    with database.write() as session:
        return retention.take(session, what, before, now or before, 100).rows


def count(database: Database, what: Sweep, before: datetime) -> int:
    with database.read() as session:
        return retention.count(session, what, before)


def rows(database: Database, model: type[Base]) -> list[Any]:
    with database.read() as session:
        return list(session.scalars(select(model).order_by(*inspect(model).primary_key)))


def receive(database: Database, now: datetime, *updates: str) -> None:
    with database.write() as session:
        texts = [inbox.NewUpdate(one, "demo-guest", '{"text": "ความลับ"}') for one in updates]
        inbox.add(session, "web", texts, now)


# ------------------------------------------------------------------ in and out


def test_a_quarantined_update_is_dropped_and_one_that_waits_is_not(database: Database, now: datetime) -> None:
    receive(database, now, "1", "2")
    with database.write() as session:
        inbox.quarantine(session, 1, "unreadable")
        inbox.note_files(session, 1, [{"sha256": "a" * 64}])
    assert sweep(database, retention.QUARANTINED, now) == 0
    assert count(database, retention.QUARANTINED, now + SECOND) == 1
    assert sweep(database, retention.QUARANTINED, now + SECOND, now + 30 * DAY) == 1
    found = [(row.state, row.body != "", row.files, row.handled_at) for row in rows(database, Inbox)]
    assert found == [("dropped", False, [], now + 30 * DAY), ("new", True, [], None)]


def test_a_handled_update_loses_the_address_and_is_still_not_taken_twice(
    database: Database, now: datetime
) -> None:
    receive(database, now, "1", "2")
    with database.write() as session:
        row = inbox.claim(session, 1)
        assert row is not None
        inbox.close(row, now)
    assert sweep(database, retention.ADDRESSES, now) == 0
    assert sweep(database, retention.ADDRESSES, now + SECOND) == 1
    assert sweep(database, retention.ADDRESSES, now + SECOND) == 0
    receive(database, now, "1")
    assert [(row.update_id, row.chat_key) for row in rows(database, Inbox)] == [
        ("1", ""),
        ("2", "demo-guest"),
    ]


def test_texts_of_closed_messages_go_and_those_that_wait_stay(
    database: Database, world: World, now: datetime
) -> None:
    with database.write() as session:
        outbox.mark_sent(outbox.add(session, world.officer.chat, "reply", {"text": "ก"}, now - DAY), "m", now)
        outbox.mark_failed(outbox.add(session, world.officer.chat, "reply", {"text": "ข"}, now), "no")
        outbox.add(session, world.guest.chat, "reply", {"text": "open"}, now - DAY)
    assert sweep(database, retention.SENT_TEXTS, now) == 0
    assert sweep(database, retention.SENT_TEXTS, now + SECOND) == 2
    assert sweep(database, retention.SENT_TEXTS, now + SECOND) == 0
    found = [(row.kind, row.body) for row in rows(database, Outbox)]
    assert found == [("emptied", {}), ("emptied", {}), ("reply", {"text": "open"})]


def test_codes_that_did_not_go_out_are_let_go_at_once(database: Database, now: datetime) -> None:
    with database.write() as session:
        chat = people.get_or_add_chat(session, "web", "a", group=False)
        for state in ("queued", "failed", "uncertain"):
            outbox.add(session, chat, outbox.CODE, {"text": state}, now).state = state
    assert sweep(database, retention.CODES, now) == 2
    assert sweep(database, retention.CODES, now) == 0
    assert [row.body for row in rows(database, Outbox)] == [{"text": "queued"}, {}, {}]


def test_the_pages_history_goes_and_an_open_page_still_sees_what_comes_next(
    database: Database, now: datetime
) -> None:
    with database.write() as session:
        for number in range(3):
            web_messages.add(session, "demo-guest", f"k{number}", "me", {"text": str(number)}, now)
    seen = rows(database, WebMessage)[-1].rev
    assert sweep(database, retention.PAGE_HISTORY, now) == 0
    assert sweep(database, retention.PAGE_HISTORY, now + SECOND) == 3
    assert sweep(database, retention.PAGE_HISTORY, now + SECOND) == 0
    with database.write() as session:
        assert web_messages.list_since(session, "demo-guest", 0) == []
        web_messages.add(session, "demo-guest", "new", "bot", {"text": "ใหม่"}, now)
    with database.read() as session:
        found = web_messages.list_since(session, "demo-guest", seen)
        assert [one.body for one in found] == [{"text": "ใหม่"}]
    assert {str(row.body) for row in rows(database, WebMessage)} == {"{}", "{'text': 'ใหม่'}"}


# ------------------------------------------------------------------ conversations


def test_choices_go_when_they_expire(database: Database, world: World, now: datetime) -> None:
    with database.write() as session:
        for name, keep in (("short", DAY), ("long", 2 * DAY)):
            new = conversations.NewChoice(name, {"name": "log.sentence", "args": {"text": "ก"}})
            conversations.add_choices(session, world.officer.chat.id, [new], now, keep)
    assert sweep(database, retention.CHOICES, now + DAY - SECOND) == 0
    assert sweep(database, retention.CHOICES, now + DAY) == 1
    assert [row.id for row in rows(database, Choice)] == ["long"]


def test_closed_drafts_go_and_the_one_of_a_record_stays_empty(
    database: Database, world: World, now: datetime
) -> None:
    with database.write() as session:
        person, body = world.officer.person.id, {"title": "ประชุม"}
        made = {
            state: conversations.add_draft(session, person, body, now)
            for state in ("open", "cancelled", "saved", "edit")
        }
        for state in ("cancelled", "saved"):
            made[state].state = state
        made["edit"].state = "saved"
        session.add(
            Activity(
                draft_id=made["saved"].id,
                pairing_id=CHENGDU,
                type_code="meeting",
                state="held",
                start=date(2026, 11, 3),
                title="ประชุม",
                joint=True,
                created_at=now,
                updated_at=now,
            )
        )
        new = conversations.NewChoice("of-draft", {"name": "card.save", "args": {}}, made["cancelled"])
        conversations.add_choices(session, world.officer.chat.id, [new], now)
        talk = conversations.get_or_add(session, world.officer.chat.id, person, now)
        talk.draft_id = made["cancelled"].id
    assert sweep(database, retention.CLOSED_DRAFTS, now) == 0
    assert sweep(database, retention.CLOSED_DRAFTS, now + SECOND) == 3
    assert count(database, retention.CLOSED_DRAFTS, now + SECOND) == 0
    assert [(row.state, row.body) for row in rows(database, Draft)] == [
        ("open", {"title": "ประชุม"}),
        ("saved", {}),
    ]
    assert rows(database, Choice) == []
    assert rows(database, Conversation)[0].draft_id is None


# ------------------------------------------------------------------ people


def ask(session: Session, person: Person, chat: Chat, at: datetime) -> Question:
    return questions.add(
        session,
        person_id=person.id,
        chat_id=chat.id,
        inbox_id=int(at.timestamp()),
        text="ต้องทำอย่างไร",
        decision="unknown",
        entry_id=None,
        score=0.1,
        now=at,
    )


def test_a_guest_of_old_is_forgotten_and_the_question_stays(database: Database, now: datetime) -> None:
    with database.write() as session:
        world = add_world(session, now)
        ask(session, world.guest.person, world.guest.chat, now)
        ask(session, world.officer.person, world.officer.chat, now - DAY)
    assert sweep(database, retention.GUESTS, now) == 0
    assert sweep(database, retention.GUESTS, now + SECOND, now + 90 * DAY) == 1
    assert sweep(database, retention.GUESTS, now + SECOND, now + 90 * DAY) == 0
    with database.read() as session:
        guest = session.get_one(Person, world.guest.person.id)
        officer = session.get_one(Person, world.officer.person.id)
        asked = session.scalars(select(Question).order_by(Question.asked_at)).all()
        chat = session.get_one(Chat, world.guest.chat.id)
        assert people.find_identity(session, "web", "demo-guest") is None
        assert people.find_identity(session, "web", "demo-officer") is not None
    assert (guest.name, guest.erased_at) == ("", now + 90 * DAY)
    assert officer.name == world.officer.person.name
    assert [(one.text, one.person_id) for one in asked] == [
        ("ต้องทำอย่างไร", world.officer.person.id),
        ("ต้องทำอย่างไร", None),
    ]
    assert "demo-guest" not in chat.external_id


def wrote(session: Session, world: World, now: datetime) -> None:
    session.get_one(Identity, world.guest.identity.id).last_heard_at = now


def asked(session: Session, world: World, now: datetime) -> None:
    ask(session, world.guest.person, world.guest.chat, now)


def waits_for_the_ministry(session: Session, world: World, now: datetime) -> None:
    question = ask(session, world.guest.person, world.guest.chat, now - 300 * DAY)
    inquiries.send(session, question, lambda _one, _other: False, now - 300 * DAY)


def waits_for_access(session: Session, world: World, now: datetime) -> None:
    request = AccessRequest(
        person_id=world.guest.person.id,
        province_code=CHIANG_MAI,
        role="officer",
        name="ก",
        post="ข",
        state="waiting",
        asked_at=now - 300 * DAY,
    )
    session.add(request)


def served(session: Session, world: World, now: datetime) -> None:
    held = people.add_membership(session, world.guest.person.id, "officer", CHIANG_MAI, now - 300 * DAY)
    held.until = now - 200 * DAY


@pytest.mark.parametrize("did", [wrote, asked, waits_for_the_ministry, waits_for_access, served])
def test_a_guest_who_is_heard_from_waits_or_once_served_is_kept(
    database: Database, now: datetime, did: Callable[[Session, World, datetime], None]
) -> None:
    with database.write() as session:
        world = add_world(session, now - 300 * DAY)
        did(session, world, now)
    assert sweep(database, retention.GUESTS, now) == 0


def test_a_forgotten_guest_who_writes_again_is_a_new_one(
    database: Database, world: World, now: datetime
) -> None:
    sweep(database, retention.GUESTS, now + SECOND, now + 90 * DAY)
    with database.write() as session:
        again = add_guest(session, now + 91 * DAY)
    assert again.person.id != world.guest.person.id
    assert again.chat.id != world.guest.chat.id


@pytest.mark.postgresql
def test_a_guest_who_comes_back_at_this_very_moment_is_kept(
    postgresql_database: Database, now: datetime
) -> None:
    """Whoever holds the row is passed over; what they committed before is seen."""
    database = postgresql_database
    with database.write() as session:
        world = add_world(session, now - 300 * DAY)
    holds, swept = threading.Event(), threading.Event()

    def writes() -> None:
        with database.write() as session:
            add_guest(session, now)
            holds.set()
            assert swept.wait(AT_MOST)

    def purges() -> int:
        assert holds.wait(AT_MOST)
        found = sweep(database, retention.GUESTS, now)
        swept.set()
        return found

    assert together(writes, purges)[1] == 0
    with database.read() as session:
        assert session.get_one(Person, world.guest.person.id).name


def test_the_address_of_a_chat_goes_when_nobody_holds_it_and_the_last_word_was_said(
    database: Database, world: World, now: datetime
) -> None:
    with database.write() as session:
        alone = people.get_or_add_chat(session, "web", "alone", group=False)
        people.get_or_add_chat(session, "web", "group", group=True)
        row = outbox.add(session, alone, "reply", {"text": "ลาก่อน"}, now)
    assert sweep(database, retention.CHATS_OF_NOBODY, now) == 0
    with database.write() as session:
        outbox.mark_sent(session.get_one(Outbox, row.id), "m", now)
    assert sweep(database, retention.CHATS_OF_NOBODY, now) == 1
    assert sweep(database, retention.CHATS_OF_NOBODY, now) == 0
    addresses = {row.external_id for row in rows(database, Chat)}
    assert {"group", "demo-officer", "demo-guest"} < addresses
    assert "alone" not in addresses


def test_a_count_of_wrong_codes_that_locks_no_more_goes(
    database: Database, world: World, now: datetime
) -> None:
    with database.write() as session:
        identity = session.get_one(Identity, world.guest.identity.id)
        invitations.find_by_code(session, "SC-wrong", identity, now)
    assert sweep(database, retention.WRONG_CODES, now) == 0
    assert sweep(database, retention.WRONG_CODES, now + SECOND) == 1
    assert {(row.wrong_codes, row.wrong_codes_since) for row in rows(database, Identity)} == {(0, None)}


def test_invitations_go_long_after_they_were_used_or_expired(
    database: Database, world: World, now: datetime
) -> None:
    with database.write() as session:
        people.add_invitation(session, "ministry", None, now, 10 * DAY)
        _, withdrawn = people.add_invitation(session, "ministry", None, now, 10 * DAY)
        withdrawn.withdrawn_at = now
        _, used = people.add_invitation(session, "ministry", None, now, 10 * DAY)
        guest = session.get_one(Identity, world.guest.identity.id)
        invitations.accept(session, used.id, guest, now, BANGKOK)
    assert sweep(database, retention.INVITATIONS, now) == 0
    assert sweep(database, retention.INVITATIONS, now + SECOND) == 2
    assert sweep(database, retention.INVITATIONS, now + 10 * DAY) == 0
    assert sweep(database, retention.INVITATIONS, now + 10 * DAY + SECOND) == 1
    assert rows(database, Invitation) == []


def test_decided_requests_go_and_waiting_ones_stay(database: Database, world: World, now: datetime) -> None:
    def request(state: str, decided_at: datetime | None) -> AccessRequest:
        return AccessRequest(
            person_id=world.guest.person.id,
            province_code=CHIANG_MAI,
            role="officer",
            name="ก",
            post="ข",
            state=state,
            asked_at=now - 10 * DAY,
            decided_at=decided_at,
        )

    with database.write() as session:
        session.add_all([request("waiting", None), request("refused", now), request("withdrawn", None)])
    assert sweep(database, retention.REQUESTS, now) == 1
    assert sweep(database, retention.REQUESTS, now + SECOND) == 1
    assert [row.state for row in rows(database, AccessRequest)] == ["waiting"]


def test_a_request_that_nobody_decides_goes_in_the_end(
    database: Database, world: World, now: datetime
) -> None:
    with database.write() as session:
        asked = {
            "person_id": world.guest.person.id,
            "province_code": CHIANG_MAI,
            "role": "officer",
            "name": "ก",
            "post": "ข",
            "asked_at": now,
        }
        session.add_all([AccessRequest(**asked, state="waiting"), AccessRequest(**asked, state="refused")])
    assert sweep(database, retention.UNDECIDED_REQUESTS, now) == 0
    assert sweep(database, retention.UNDECIDED_REQUESTS, now + SECOND) == 1
    assert [row.state for row in rows(database, AccessRequest)] == ["refused"]


def test_what_was_typed_of_people_and_never_sent_is_forgotten_and_all_else_of_the_talk_stays(
    database: Database, world: World, now: datetime
) -> None:
    form, kept = {"name": "มานี", "post": "เจ้าหน้าที่"}, {"last_entry": "yearly-activity"}
    states: dict[Member, dict[str, Any]] = {
        world.officer: {"asking": "contact_check", "subject": "50-chengdu ours 0 มานี, 053", **kept},
        world.guest: {"asking": "request_post", "subject": None, "form": form, **kept},
        world.neighbour: {"asking": "contact", "subject": "50-chengdu ours 0", "form": None, **kept},
    }
    with database.write() as session:
        for member, state in states.items():
            talk = conversations.get_or_add(session, member.chat.id, member.person.id, now)
            talk.state, talk.updated_at = state, now
    assert sweep(database, retention.TYPED_OF_PEOPLE, now) == 0
    assert sweep(database, retention.TYPED_OF_PEOPLE, now + SECOND) == 2
    assert sweep(database, retention.TYPED_OF_PEOPLE, now + SECOND) == 0
    by_person = {row.person_id: row.state for row in rows(database, Conversation)}
    assert by_person == {
        world.officer.person.id: kept,
        world.guest.person.id: {"asking": "request_post", "subject": None, **kept},
        world.neighbour.person.id: states[world.neighbour],
    }


def test_the_contact_that_is_read_back_is_the_one_that_is_forgotten() -> None:
    assert retention.CONTACT_TYPED == contacts.CHECKING


def test_link_codes_go_after_they_expired(database: Database, world: World, now: datetime) -> None:
    with database.write() as session:
        session.add(LinkCode(person_id=world.guest.person.id, code_hash="a" * 64, expires_at=now))
    assert sweep(database, retention.LINK_CODES, now) == 0
    assert sweep(database, retention.LINK_CODES, now + SECOND) == 1


def test_contacts_go_after_they_were_removed(database: Database, world: World, now: datetime) -> None:
    with database.write() as session:
        for removed_at in (None, now):
            session.add(
                Contact(pairing_id=CHENGDU, side="theirs", name="หลี่", added_at=now, removed_at=removed_at)
            )
    assert sweep(database, retention.REMOVED_CONTACTS, now) == 0
    assert sweep(database, retention.REMOVED_CONTACTS, now + SECOND) == 1
    assert [row.removed_at for row in rows(database, Contact)] == [None]


# ------------------------------------------------------------------ questions


def test_a_question_of_old_is_nobodys_unless_the_asker_is_still_to_be_told(
    database: Database, world: World, now: datetime
) -> None:
    with database.write() as session:
        ask(session, world.officer.person, world.officer.chat, now)
        waiting = ask(session, world.officer.person, world.officer.chat, now + SECOND)
        inquiries.send(session, waiting, lambda _one, _other: False, now + SECOND)
    assert sweep(database, retention.ASKERS, now) == 0
    assert sweep(database, retention.ASKERS, now + DAY) == 1
    assert sweep(database, retention.ASKERS, now + DAY) == 0
    assert [(row.person_id, row.chat_id, row.text) for row in rows(database, Question)] == [
        (None, None, "ต้องทำอย่างไร"),
        (world.officer.person.id, world.officer.chat.id, "ต้องทำอย่างไร"),
    ]


def test_no_more_than_asked_for_is_taken_at_a_time_and_the_next_step_goes_on_from_there(
    database: Database, world: World, now: datetime
) -> None:
    with database.write() as session:
        for number in range(5):
            new = conversations.NewChoice(f"c{number}", {"name": "help", "args": {}})
            conversations.add_choices(session, world.officer.chat.id, [new], now, DAY)
    steps, after = [], None
    for _ in range(3):
        with database.write() as session:
            step = retention.take(session, retention.CHOICES, now + DAY, now + DAY, 2, after)
        steps.append((step.rows, step.after))
        after = step.after
    assert steps == [(2, "c1"), (2, "c3"), (1, None)]
    assert rows(database, Choice) == []
