"""A person is taken out of the database; what they did stays with their post, also after a backup was put back."""

from __future__ import annotations

import shutil
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import inspect, select, text
from sqlalchemy.orm import Session

from storage import (
    access_requests,
    activities,
    audit,
    conversations,
    digests,
    erased_log,
    erasure,
    handing,
    holds,
    inbox,
    inquiries,
    invitations,
    outbox,
    people,
    questions,
    reminders,
    retention,
    web_messages,
)
from storage.database import Database
from storage.inbox import NewUpdate
from storage.models import (
    AccessRequest,
    Activity,
    ActivityRevision,
    AuditEvent,
    Base,
    Chat,
    Choice,
    Contact,
    Conversation,
    Draft,
    Exemption,
    Identity,
    Inbox,
    LinkCode,
    Membership,
    Outbox,
    Person,
    Question,
    Reminder,
    Snooze,
    Suspension,
    WebMessage,
)
from tests.conftest import opened
from tests.world import CHENGDU, CHIANG_MAI, SAVANNAKHET, Member, World, add_guest, add_officer, add_world

DAY = timedelta(days=1)
NAME = "สมศรี ใจดี"
WRITTEN = "ข้อความลับของสมศรี"
REASON = "ด่านชายแดนปิดทั้งปี"


def live(session: Session, world: World, now: datetime) -> None:
    """The officer does everything that leaves a trace; so does the neighbour, who stays."""
    for member, pairing in ((world.officer, CHENGDU), (world.neighbour, SAVANNAKHET)):
        person, chat = member.person, session.get_one(Chat, member.chat.id)
        talk = conversations.get_or_add(session, chat.id, person.id, now)
        talk.state, talk.offered = {"asking": WRITTEN}, [["c", WRITTEN, True]]
        saved = conversations.add_draft(session, person.id, {"title": WRITTEN}, now)
        values = {
            "pairing_id": pairing,
            "type_code": "meeting",
            "state": "held",
            "start": date(2026, 11, 3),
            "title": "ประชุม",
            "joint": True,
        }
        activities.add(session, values, saved.id, person.id, "web", now)
        saved.state = "saved"
        open_ = conversations.add_draft(session, person.id, {"title": WRITTEN}, now)
        talk.draft_id = open_.id
        new = conversations.NewChoice(
            f"of-{person.id}", {"name": "ask.text", "args": {"text": WRITTEN}}, open_
        )
        conversations.add_choices(session, chat.id, [new], now)
        outbox.mark_sent(outbox.add(session, chat, "reply", {"text": WRITTEN}, now), "m", now)
        outbox.add(session, chat, "notice", {"text": WRITTEN}, now)
        digest = outbox.add(session, chat, "digest", {}, now)
        digest.digest_person_id, digest.digest_on = person.id, now.date()
        session.flush()
        reminders.add_missing(
            session, [reminders.New((person.public_id, pairing, "calendar", "2569", "d30"), person.id)], now
        )
        digests.put_in(session, person.public_id, digest.id)
        for key in "uq":
            inbox.add(session, "web", [NewUpdate(f"{key}{person.id}", chat.external_id, WRITTEN)], now)
        inbox.quarantine(session, 2 * person.id, "unreadable")
        web_messages.add(session, chat.external_id, "k", "me", {"text": WRITTEN}, now)
        session.add(LinkCode(person_id=person.id, code_hash=f"{person.id}" * 8, expires_at=now + DAY))
        session.add(
            AccessRequest(
                person_id=person.id,
                province_code=CHIANG_MAI,
                role="head",
                name=person.name,
                post="x",
                state="waiting",
                asked_at=now,
            )
        )
        question = questions.add(
            session,
            person_id=person.id,
            chat_id=chat.id,
            inbox_id=person.id,
            text="ต้องทำอย่างไร",
            decision="unknown",
            entry_id=None,
            score=0.1,
            now=now,
        )
        inquiries.send(session, question, lambda _one, _other: False, now)
        session.flush()


def quiet(session: Session, member: Member, pairing: str, now: datetime) -> None:
    """Everything that keeps reminders quiet, by one person."""
    person, last = member.person.id, now.date() + 30 * DAY
    holds.add_snooze(session, pairing, now.date(), last, REASON, person, now)
    asked = holds.ask_exemption(session, pairing, now.date(), last, REASON, person, now)
    holds.decide_exemption(asked, holds.GRANTED, person, now)
    holds.add_suspension(session, "country", "CN", now.date(), REASON, last, person, now)


def erase(database: Database, world: World, log: Path, now: datetime, **more: Any) -> bool:
    with database.write() as session:
        return erasure.erase(session, log, world.officer.person.id, now, **more)


def rows(database: Database, model: type[Base]) -> list[Any]:
    with database.read() as session:
        return list(session.scalars(select(model).order_by(*inspect(model).primary_key)))


def everything(database: Database) -> str:
    """All that the database holds, as text."""
    with database.read() as session:
        return "\n".join(
            str(tuple(row))
            for table in Base.metadata.sorted_tables
            for row in session.execute(select(table)).all()
        )


@pytest.fixture
def lived(database: Database, world: World, now: datetime) -> World:
    with database.write() as session:
        live(session, world, now)
    return world


def test_name_accounts_and_texts_of_one_person_are_nowhere_any_more(
    database: Database, lived: World, now: datetime, tmp_path: Path
) -> None:
    texts = everything(database).count(WRITTEN)
    assert NAME in everything(database)
    assert erase(database, lived, tmp_path / "erased.log", now)
    left = everything(database)
    assert NAME not in left
    assert "demo-officer" not in left
    assert left.count(WRITTEN) == texts / 2  # the neighbour's
    assert left.count("demo-neighbour") == 2 + 2 + 1  # identity, chat, updates, page


def test_what_keeps_reminders_quiet_stays_without_a_name(
    database: Database, lived: World, now: datetime, tmp_path: Path
) -> None:
    with database.write() as session:
        quiet(session, lived.officer, CHENGDU, now)
    erase(database, lived, tmp_path / "erased.log", now)
    assert NAME not in everything(database)
    [snooze], [exemption], [suspension] = (rows(database, one) for one in (Snooze, Exemption, Suspension))
    assert (snooze.reason, snooze.ended_at) == (REASON, None)
    assert (exemption.reason, exemption.state) == (REASON, "granted")
    assert (suspension.reason, suspension.last) == (REASON, None)
    with database.read() as session:
        for who in (snooze.made_by, exemption.asked_by, exemption.decided_by, suspension.made_by):
            assert session.get_one(Person, who).name == ""


def test_what_they_did_stays_with_their_post(
    database: Database, lived: World, now: datetime, tmp_path: Path
) -> None:
    erase(database, lived, tmp_path / "erased.log", now + DAY)
    officer = lived.officer.person.id
    with database.read() as session:
        person = session.get_one(Person, officer)
        assert (person.name, person.public_id, person.erased_at) == (
            "",
            lived.officer.person.public_id,
            now + DAY,
        )
        assert people.list_memberships(session, officer, now + DAY) == []
        assert len(people.list_memberships(session, officer, now)) == 1
    assert [row.created_by for row in rows(database, Activity)] == [officer, lived.neighbour.person.id]
    assert [(row.person_id, row.chat_id) for row in rows(database, Question)] == [
        (officer, None),
        (lived.neighbour.person.id, lived.neighbour.chat.id),
    ]


def test_nothing_goes_out_to_them_any_more(
    database: Database, lived: World, now: datetime, tmp_path: Path
) -> None:
    erase(database, lived, tmp_path / "erased.log", now)
    with database.write() as session:
        sent = outbox.claim(session, ["web"], "one", outbox.Clock(now, now), 10)
        assert {row.chat_id for row in sent} == {lived.neighbour.chat.id}
    states = {row.person_id: row.state for row in rows(database, Reminder)}
    assert states == {lived.officer.person.id: "cancelled", lived.neighbour.person.id: "planned"}
    assert [row.state for row in rows(database, Inbox)] == ["dropped", "dropped", "new", "quarantined"]


def test_a_message_that_is_on_its_way_changes_nothing_when_it_arrives(
    database: Database, lived: World, now: datetime, tmp_path: Path
) -> None:
    with database.write() as session:
        sending = [row.id for row in outbox.claim(session, ["web"], "one", outbox.Clock(now, now), 10)]
    erase(database, lived, tmp_path / "erased.log", now)
    with database.write() as session:
        outbox.mark_many_sent(session, [(one, "m") for one in sending], "one", now)
    theirs = [row for row in rows(database, Outbox) if row.chat_id == lived.officer.chat.id]
    assert {(row.kind, str(row.body)) for row in theirs} == {("emptied", "{}")}


def test_drafts_go_and_that_of_a_record_stays_empty(
    database: Database, lived: World, now: datetime, tmp_path: Path
) -> None:
    erase(database, lived, tmp_path / "erased.log", now)
    theirs = [row for row in rows(database, Draft) if row.person_id == lived.officer.person.id]
    assert [(row.state, row.body) for row in theirs] == [("saved", {})]
    for model in (Choice, Conversation, LinkCode, AccessRequest, WebMessage):
        assert len(rows(database, model)) == (2 if model is WebMessage else 1), model


def test_who_writes_again_is_a_new_guest(
    database: Database, lived: World, now: datetime, tmp_path: Path
) -> None:
    erase(database, lived, tmp_path / "erased.log", now)
    with database.write() as session:
        again = add_guest(session, now, "demo-officer", NAME)
    assert again.person.id != lived.officer.person.id
    with database.read() as session:
        assert people.list_memberships(session, again.person.id, now) == []


def test_who_was_erased_is_not_erased_twice(
    database: Database, lived: World, now: datetime, tmp_path: Path
) -> None:
    log = tmp_path / "erased.log"
    assert erase(database, lived, log, now)
    assert not erase(database, lived, log, now + DAY)
    assert list(erased_log.read(log)) == [lived.officer.person.public_id]
    with database.write() as session:
        assert not erasure.erase(session, log, 999, now)


def test_an_erasure_is_told_to_the_audit_without_a_name(
    database: Database, lived: World, now: datetime, tmp_path: Path
) -> None:
    erase(database, lived, tmp_path / "erased.log", now, by=lived.officer.person.id, channel="web")
    event = rows(database, AuditEvent)[-1]
    assert (event.action, event.subject, event.channel, event.person_id) == (
        "person.erased",
        f"person:{lived.officer.person.public_id}",
        "web",
        lived.officer.person.id,
    )
    with database.snapshot() as session:
        assert audit.verify(session).fault is None
        assert NAME not in str([one.detail for one in audit.read_all(session)])


# ------------------------------------------------------------------ groups


def test_in_a_group_the_others_go_on_and_only_what_waits_of_theirs_goes(
    database: Database, world: World, now: datetime, tmp_path: Path
) -> None:
    with database.write() as session:
        group = people.get_or_add_chat(session, "web", "our-group", group=True)
        for member in (world.officer, world.neighbour):
            conversations.get_or_add(session, group.id, member.person.id, now)
        theirs, others = '{"from": "demo-officer"}', '{"from": "demo-neighbour"}'
        updates = [NewUpdate("1", "our-group", theirs), NewUpdate("2", "our-group", others)]
        inbox.add(session, "web", updates, now)
        outbox.add(session, group, "reply", {"text": "สวัสดี"}, now)
    erase(database, world, tmp_path / "erased.log", now)
    assert [(row.state, row.body) for row in rows(database, Inbox)] == [("dropped", ""), ("new", others)]
    assert [row.state for row in rows(database, Outbox)] == ["queued"]
    assert [row.person_id for row in rows(database, Conversation)] == [world.neighbour.person.id]
    with database.read() as session:
        assert people.find_chat(session, "web", "our-group") is not None


# ------------------------------------------------------------------ contacts, shared phones


def contact(kept_by: int | None, pairing: str = CHENGDU, name: str = "หลี่", side: str = "theirs") -> Contact:
    added_at = datetime.fromisoformat("2026-01-01T00:00:00+00:00")
    return Contact(
        pairing_id=pairing, side=side, name=name, reached_by="02", kept_by=kept_by, added_at=added_at
    )


def test_contacts_that_they_kept_go_to_who_serves_there_now(
    database: Database, world: World, now: datetime, tmp_path: Path
) -> None:
    with database.write() as session:
        head = add_guest(session, now, "head", "หัวหน้า")
        people.add_membership(session, head.person.id, "head", CHIANG_MAI, now)
        second = add_officer(session, now, CHIANG_MAI, "second", "สมหญิง")
        session.add_all([contact(world.officer.person.id), contact(world.neighbour.person.id)])
    erase(database, world, tmp_path / "erased.log", now)
    kept = [(row.name, row.kept_by) for row in rows(database, Contact)]
    assert kept == [("หลี่", second.person.id), ("หลี่", world.neighbour.person.id)]


def test_a_contact_that_nobody_is_left_to_keep_stays_with_the_province(
    database: Database, world: World, now: datetime, tmp_path: Path
) -> None:
    with database.write() as session:
        session.add(contact(world.officer.person.id))
    erase(database, world, tmp_path / "erased.log", now)
    assert [(row.name, row.kept_by, row.removed_at) for row in rows(database, Contact)] == [
        ("หลี่", None, None)
    ]


def test_where_their_own_province_noted_them_by_name_the_name_goes(
    database: Database, world: World, now: datetime, tmp_path: Path
) -> None:
    """A namesake of another province stays."""
    with database.write() as session:
        session.add_all([contact(None, name=NAME, side="ours"), contact(None, SAVANNAKHET, NAME, "ours")])
        live(session, world, now)
        session.flush()
        for row in session.scalars(select(ActivityRevision)):
            row.recorder = NAME
    erase(database, world, tmp_path / "erased.log", now)
    assert [(row.name, row.reached_by) for row in rows(database, Contact)] == [("", None), (NAME, "02")]
    assert [row.recorder for row in rows(database, ActivityRevision)] == [None, NAME]


def test_who_is_noted_as_recorder_on_the_duty_phone_is_forgotten_there(
    database: Database, world: World, now: datetime, tmp_path: Path
) -> None:
    with database.write() as session:
        for number, (name, province) in enumerate(
            ((NAME, CHIANG_MAI), ("สมหญิง", CHIANG_MAI), (NAME, "TH-49"))
        ):
            phone = add_guest(session, now, f"phone-{number}", "เวร")
            people.add_membership(session, phone.person.id, "officer", province, now, office_held=True)
            talk = conversations.get_or_add(session, phone.chat.id, phone.person.id, now)
            talk.state = {"last_entry": "x", "recorder": {"name": name, "on": "2026-11-22"}}
    erase(database, world, tmp_path / "erased.log", now)
    noted = [row.state.get("recorder", {}).get("name") for row in rows(database, Conversation)]
    assert noted == [None, "สมหญิง", NAME]
    assert {row.state["last_entry"] for row in rows(database, Conversation)} == {"x"}


def test_what_they_left_to_their_post_stays_there(
    database: Database, lived: World, now: datetime, tmp_path: Path
) -> None:
    with database.write() as session:
        left = conversations.add_draft(session, lived.officer.person.id, {"title": "ประชุม"}, now)
        left.state, left.body = "left", {"title": "ประชุม", "post": CHIANG_MAI}
    erase(database, lived, tmp_path / "erased.log", now)
    with database.read() as session:
        assert handing.count_of_post(session, CHIANG_MAI, now).drafts == 1


def test_nobody_is_told_any_more_what_they_asked_for(
    database: Database, world: World, now: datetime, tmp_path: Path
) -> None:
    """Cards that wait for office hours name them."""
    with database.write() as session:
        for member in (world.officer, world.neighbour):
            person = member.person
            asked = access_requests.add(
                session,
                person_id=person.id,
                province_code=CHIANG_MAI,
                role="head",
                name=NAME,
                post="x",
                now=now,
            )
            assert isinstance(asked, AccessRequest)
            letter = invitations.prepare(session, "officer", CHIANG_MAI, person.id, now)
            for kind, about in (("request", f"request:{asked.id}"), ("letter", f"invitation:{letter.id}")):
                outbox.add(session, world.guest.chat, kind, {"text": person.name, "about": about}, now)
    erase(database, world, tmp_path / "erased.log", now)
    assert [row.state for row in rows(database, Outbox)] == ["cancelled", "cancelled", "queued", "queued"]


# ------------------------------------------------------------------ a last word


def test_they_are_told_that_it_is_done_and_the_address_goes_in_the_next_night(
    database: Database, lived: World, now: datetime, tmp_path: Path
) -> None:
    with database.write() as session:
        chat = session.get_one(Chat, lived.officer.chat.id)
        erasure.erase(
            session, tmp_path / "erased.log", lived.officer.person.id, now, farewell=chat.id, channel="web"
        )
        outbox.add(session, chat, "reply", {"text": "ลบข้อมูลแล้ว"}, now)
    with database.write() as session:
        (goodbye,) = [
            row
            for row in outbox.claim(session, ["web"], "one", outbox.Clock(now, now), 10)
            if row.chat_id == chat.id
        ]
        assert goodbye.body == {"text": "ลบข้อมูลแล้ว"}
        assert session.get_one(Chat, chat.id).external_id == "demo-officer"
        assert retention.count(session, retention.CHATS_OF_NOBODY, now) == 0
        outbox.mark_sent(goodbye, "m", now)
    with database.write() as session:
        assert retention.take(session, retention.CHATS_OF_NOBODY, now, now, 10).rows == 1
    assert "demo-officer" not in everything(database)


# ------------------------------------------------------------------ backups


def test_a_backup_that_is_put_back_is_erased_again(sqlite_url: str, now: datetime, tmp_path: Path) -> None:
    file, log = Path(sqlite_url.removeprefix("sqlite:///")), tmp_path / "erased.log"
    with opened(sqlite_url) as database:
        with database.write() as session:
            world = add_world(session, now)
            live(session, world, now)
            quiet(session, world.officer, CHENGDU, now)
        database.empty_log()
        shutil.copy(file, tmp_path / "backup.db")
        erase(database, world, log, now)
    with opened(f"sqlite:///{tmp_path / 'backup.db'}") as database:
        assert NAME in everything(database)
        for again in (1, 0):
            with database.write() as session:
                assert erasure.erase_again(session, erased_log.read(log), now + 10 * DAY) == again
        assert NAME not in everything(database)
        assert "demo-officer" not in everything(database)
        for model in (Snooze, Exemption, Suspension):
            assert [one.reason for one in rows(database, model)] == [REASON]
        event = rows(database, AuditEvent)[-1]
        assert (event.action, event.channel) == ("person.erased", "system")
        with database.read() as session:
            person = session.get_one(Person, world.officer.person.id)
            assert person.erased_at == now
            assert session.scalars(
                select(Membership.until).where(Membership.person_id == person.id)
            ).all() == [now]


def test_rows_that_come_back_by_any_way_are_erased_again(
    database: Database, lived: World, now: datetime, tmp_path: Path
) -> None:
    """As a dump of PostgreSQL brings them back."""
    log = tmp_path / "erased.log"
    erase(database, lived, log, now)
    with database.write() as session:
        person = session.get_one(Person, lived.officer.person.id)
        person.name, person.erased_at = NAME, None
        session.get_one(Chat, lived.officer.chat.id).external_id = "demo-officer"
        session.add(
            Identity(
                person_id=person.id,
                channel="web",
                external_id="demo-officer",
                chat_id=lived.officer.chat.id,
                last_heard_at=now,
            )
        )
    with database.write() as session:
        assert erasure.erase_again(session, erased_log.read(log), now + DAY) == 1
    assert NAME not in everything(database)
    assert "demo-officer" not in everything(database)


def test_who_cannot_be_noted_is_not_erased(
    database: Database, lived: World, now: datetime, tmp_path: Path
) -> None:
    with pytest.raises(OSError, match="nowhere"):
        erase(database, lived, tmp_path / "nowhere" / "erased.log", now)
    assert NAME in everything(database)


def test_an_erasure_that_could_not_be_committed_is_carried_out_when_the_database_is_opened_next(
    database: Database, lived: World, now: datetime, tmp_path: Path
) -> None:
    """It is on the disk before the commit: what was asked for is not forgotten."""
    log = tmp_path / "erased.log"

    def fails() -> None:
        with database.write() as session:
            erasure.erase(session, log, lived.officer.person.id, now)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fails()
    assert NAME in everything(database)
    with database.write() as session:
        assert erasure.erase_again(session, erased_log.read(log), now + DAY) == 1
    assert NAME not in everything(database)


def test_an_erased_name_is_not_left_in_the_file(sqlite_url: str, now: datetime, tmp_path: Path) -> None:
    """Neither in pages that became free, nor in the write-ahead log."""
    file = Path(sqlite_url.removeprefix("sqlite:///"))
    with opened(sqlite_url) as database:
        with database.write() as session:
            world = add_world(session, now)
            session.execute(text("UPDATE person SET name = :name WHERE id = 1"), {"name": NAME * 50})
        database.empty_log()
        assert NAME.encode() in file.read_bytes()
        erase(database, world, tmp_path / "erased.log", now)
        database.empty_log()
        left = [one for one in file.parent.glob(f"{file.name}*") if NAME.encode() in one.read_bytes()]
    assert left == []


# ------------------------------------------------------------------ the file of erasures


def test_the_file_holds_ids_and_instants_and_is_only_added_to(now: datetime, tmp_path: Path) -> None:
    log = tmp_path / "erased.log"
    assert erased_log.read(log) == {}
    for number in range(3):
        erased_log.append(log, f"id{number}", now + number * DAY)
    erased_log.append(log, "id0", now + 9 * DAY)
    assert erased_log.read(log) == {"id0": now, "id1": now + DAY, "id2": now + 2 * DAY}
    assert log.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("torn", ["abc", "abc 2026-", "abc 2026-11-22T10:00:00", "\x00\x00", " \n\n"])
def test_a_torn_line_neither_counts_nor_swallows_the_next(now: datetime, tmp_path: Path, torn: str) -> None:
    log = tmp_path / "erased.log"
    erased_log.append(log, "first", now)
    with log.open("a") as file:
        file.write(torn)
    erased_log.append(log, "second", now)
    assert erased_log.read(log) == {"first": now, "second": now}


def test_the_file_lies_beside_the_folder_of_files(tmp_path: Path) -> None:
    assert erased_log.beside(tmp_path / "media") == tmp_path / "erased.log"
