"""The outbox: order within a chat, nobody else held up, nothing lost and nothing silently doubled."""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from storage import outbox, people
from storage.database import Database
from storage.models import Chat, Identity, Outbox
from storage.outbox import LEASE, Clock
from tests.storage.together import together
from tests.world import World, add_officer

SECOND = timedelta(seconds=1)


def at(now: datetime, after: timedelta = timedelta()) -> Clock:
    """Both clocks at the same moment."""
    return Clock(now + after, now + after)


def queue(
    database: Database,
    chat: Chat,
    now: datetime,
    *texts: str,
    not_before: datetime | None = None,
    edit: str | None = None,
) -> None:
    with database.write() as session:
        for text in texts:
            body = {"text": text, **({"edit": edit} if edit else {})}
            outbox.add(session, chat, "reply", body, now, not_before)


def claim(
    database: Database, clock: Clock, process: str = "one", limit: int = 10, channel: str = "web"
) -> list[str]:
    """The texts of the rows taken."""
    with database.write() as session:
        rows = outbox.claim(session, [channel], process, clock, limit)
        return [row.body["text"] for row in rows]


def row_of(database: Database, text: str) -> Outbox:
    with database.read() as session:
        return next(row for row in session.scalars(select(Outbox)) if row.body.get("text") == text)


def sent(database: Database, text: str, now: datetime) -> None:
    row_id = row_of(database, text).id
    with database.write() as session:
        row = outbox.get_for_result(session, row_id)
        assert row is not None
        outbox.mark_sent(row, f"m{row_id}", now)


def put_back(database: Database, text: str, retry_at: datetime | None) -> None:
    row_id = row_of(database, text).id
    with database.write() as session:
        row = outbox.get_for_result(session, row_id)
        assert row is not None
        outbox.put_back(row, retry_at, "connect error")


def failed(database: Database, text: str) -> None:
    row_id = row_of(database, text).id
    with database.write() as session:
        row = outbox.get_for_result(session, row_id)
        assert row is not None
        outbox.mark_failed(row, "message is too long")


def due_in(database: Database, clock: Clock, channel: str = "web") -> float | None:
    with database.read() as session:
        return outbox.next_due_at(session, [channel], clock)


def may_claim_at_once(database: Database, chat: Chat, clock: Clock) -> bool:
    with database.read() as session:
        return outbox.may_claim_at_once(session, session.get_one(Chat, chat.id), clock)


# ------------------------------------------------------------------ order


def test_the_rows_of_a_chat_go_out_one_after_the_other(
    database: Database, world: World, now: datetime
) -> None:
    queue(database, world.officer.chat, now, "1", "2", "3")
    for text in "123":
        assert claim(database, at(now)) == [text]
        assert claim(database, at(now), "two") == []
        sent(database, text, now)
    assert claim(database, at(now)) == []


def test_chats_do_not_wait_for_each_other(database: Database, world: World, now: datetime) -> None:
    queue(database, world.officer.chat, now, "officer 1", "officer 2")
    queue(database, world.guest.chat, now, "guest 1", "guest 2")
    assert claim(database, at(now)) == ["officer 1", "guest 1"]
    sent(database, "guest 1", now)
    assert claim(database, at(now)) == ["guest 2"]


def test_no_more_rows_are_taken_than_asked_for_and_the_oldest_first(
    database: Database, world: World, now: datetime
) -> None:
    queue(database, world.guest.chat, now, "guest")
    queue(database, world.officer.chat, now, "officer")
    assert claim(database, at(now), limit=1) == ["guest"]
    assert claim(database, at(now), limit=1) == ["officer"]


def test_only_rows_of_the_channels_that_the_process_hosts_are_taken(
    database: Database, world: World, now: datetime
) -> None:
    queue(database, world.officer.chat, now, "on the web")
    assert claim(database, at(now), channel="telegram") == []
    assert claim(database, at(now), channel="web") == ["on the web"]


def test_a_claimed_row_names_its_process_and_lease(database: Database, world: World, now: datetime) -> None:
    queue(database, world.officer.chat, now, "1")
    claim(database, at(now), "replica 7")
    row = row_of(database, "1")
    assert (row.state, row.claimed_by, row.lease_until) == ("sending", "replica 7", now + LEASE)
    assert (row.attempts, row.maybe_duplicate) == (1, False)


def test_a_sent_row_keeps_the_messages_id_and_its_time(
    database: Database, world: World, now: datetime
) -> None:
    queue(database, world.officer.chat, now, "1")
    claim(database, at(now))
    sent(database, "1", now + SECOND)
    row = row_of(database, "1")
    assert (row.state, row.message_ref, row.sent_at) == ("sent", f"m{row.id}", now + SECOND)
    assert (row.claimed_by, row.lease_until) == (None, None)


# ------------------------------------------------------------------ rows for later


def test_a_row_that_is_due_later_blocks_nobody(database: Database, world: World, now: datetime) -> None:
    """A digest for the next office hours stands before the answer to a question asked now."""
    queue(database, world.officer.chat, now, "digest", not_before=now + timedelta(hours=2))
    queue(database, world.officer.chat, now, "answer")
    assert claim(database, at(now)) == ["answer"]
    sent(database, "answer", now)
    assert claim(database, at(now)) == []
    assert claim(database, at(now, timedelta(hours=2))) == ["digest"]


def test_office_hours_go_by_the_business_clock_and_leases_by_the_real_one(
    database: Database, world: World, now: datetime
) -> None:
    tomorrow = now + timedelta(days=1)
    queue(database, world.officer.chat, now, "digest", not_before=tomorrow)
    assert claim(database, Clock(now=tomorrow, business=now)) == []
    assert claim(database, Clock(now=now, business=tomorrow)) == ["digest"]
    assert row_of(database, "digest").lease_until == now + LEASE


def test_a_row_put_back_waits_for_its_time_and_its_chat_with_it(
    database: Database, world: World, now: datetime
) -> None:
    queue(database, world.officer.chat, now, "1", "2")
    queue(database, world.guest.chat, now, "guest")
    claim(database, at(now), limit=1)
    put_back(database, "1", now + 5 * SECOND)
    assert claim(database, at(now, 4 * SECOND)) == ["guest"]
    assert claim(database, at(now, 5 * SECOND)) == ["1"]
    row = row_of(database, "1")
    assert (row.attempts, row.error, row.maybe_duplicate) == (2, "connect error", False)


def test_a_row_that_the_service_will_never_take_lets_the_chat_go_on(
    database: Database, world: World, now: datetime
) -> None:
    queue(database, world.officer.chat, now, "1", "2")
    claim(database, at(now))
    failed(database, "1")
    assert claim(database, at(now)) == ["2"]
    row = row_of(database, "1")
    assert (row.state, row.error, row.lease_until) == ("failed", "message is too long", None)


# ------------------------------------------------------------------ pauses


def test_a_paused_chat_waits_and_others_go_on(database: Database, world: World, now: datetime) -> None:
    queue(database, world.officer.chat, now, "officer")
    queue(database, world.guest.chat, now, "guest")
    with database.write() as session:
        outbox.pause_chat(session, world.officer.chat.id, now + 3 * SECOND)
    assert claim(database, at(now, 2 * SECOND)) == ["guest"]
    assert claim(database, at(now, 3 * SECOND)) == ["officer"]


@pytest.mark.parametrize("hours_ahead", [25, 24 * 365])
def test_what_a_clock_that_ran_ahead_put_off_waits_no_longer_when_it_is_right(
    database: Database, world: World, now: datetime, hours_ahead: int
) -> None:
    ahead = now + timedelta(hours=hours_ahead)
    queue(database, world.officer.chat, now, "paused")
    queue(database, world.guest.chat, now, "put back")
    queue(database, world.neighbour.chat, now, "taken")
    with database.write() as session:
        taken = session.scalars(select(Outbox).where(Outbox.chat_id == world.neighbour.chat.id)).one()
        taken.attempts = 1
        outbox.mark_claimed(taken, "one that died", outbox.Clock(ahead, ahead))
        outbox.pause_chat(session, world.officer.chat.id, ahead + SECOND)
        outbox.pause_channel(session, "web", ahead + SECOND)
    put_back(database, "put back", ahead + SECOND)

    with database.read() as session:
        assert outbox.next_due_at(session, ["web"], at(now)) == 0
        assert outbox.may_claim_at_once(session, world.ministry.chat, at(now))
    assert claim(database, at(now)) == ["paused", "put back", "taken"]
    assert row_of(database, "taken").maybe_duplicate


def test_a_paused_channel_waits_whole_and_other_channels_go_on(
    database: Database, world: World, now: datetime
) -> None:
    with database.write() as session:
        abroad = add_officer(session, now, external_id="77", channel="telegram")
        people.remember_bot_name(session, "telegram", "sister_city_bot")
    queue(database, world.officer.chat, now, "web")
    queue(database, abroad.chat, now, "telegram")
    with database.write() as session:
        outbox.pause_channel(session, "web", now + SECOND)
        outbox.pause_channel(session, "web", now + 3 * SECOND)
        outbox.pause_channel(session, "telegram", now)
    assert claim(database, at(now, 2 * SECOND)) == []
    assert claim(database, at(now, 2 * SECOND), channel="telegram") == ["telegram"]
    assert claim(database, at(now, 3 * SECOND)) == ["web"]
    with database.read() as session:
        assert people.bot_name(session, "telegram") == "sister_city_bot"


# ------------------------------------------------------------------ nobody knows whether it arrived


def test_a_lease_that_runs_out_repeats_once_marked_then_is_uncertain(
    database: Database, world: World, now: datetime
) -> None:
    queue(database, world.officer.chat, now, "1", "2")
    claim(database, at(now), "killed")
    assert claim(database, at(now, LEASE)) == []

    later = LEASE + SECOND
    assert claim(database, at(now, later), "two") == ["1"]
    row = row_of(database, "1")
    assert (row.maybe_duplicate, row.attempts, row.claimed_by) == (True, 2, "two")

    assert claim(database, at(now, 2 * later)) == []
    row = row_of(database, "1")
    assert (row.state, row.claimed_by, row.lease_until) == ("uncertain", None, None)
    assert claim(database, at(now, 2 * later)) == ["2"]
    with database.read() as session:
        assert outbox.count_by_state(session) == {"sending/web": 1, "uncertain/web": 1, "maybe_duplicate": 1}


def test_an_edit_may_be_repeated_at_will(database: Database, world: World, now: datetime) -> None:
    """Writing the same text over a card twice is seen by nobody."""
    queue(database, world.officer.chat, now, "card", edit="42")
    for repeat in range(5):
        assert claim(database, at(now, repeat * (LEASE + SECOND))) == ["card"]
    row = row_of(database, "card")
    assert (row.state, row.maybe_duplicate, row.attempts) == ("sending", False, 5)


def test_a_lease_or_a_retry_of_a_clock_that_was_set_back_holds_nobody(
    database: Database, world: World, now: datetime
) -> None:
    queue(database, world.officer.chat, now, "leased")
    queue(database, world.guest.chat, now, "refused")
    a_day = timedelta(days=1)
    assert claim(database, at(now, a_day)) == ["leased", "refused"]
    put_back(database, "refused", now + a_day)

    assert due_in(database, at(now)) == 0
    assert claim(database, at(now)) == ["leased", "refused"]
    assert row_of(database, "leased").maybe_duplicate


def test_clocks_that_differ_a_little_take_nothing_from_each_other(
    database: Database, world: World, now: datetime
) -> None:
    queue(database, world.officer.chat, now, "leased")
    claim(database, at(now, timedelta(minutes=5)))

    assert claim(database, at(now)) == []
    assert due_in(database, at(now)) == 480


def test_an_unknown_outcome_and_then_a_lost_lease_are_two(
    database: Database, world: World, now: datetime
) -> None:
    """A read timeout counts like a lease that ran out."""
    queue(database, world.officer.chat, now, "1")
    claim(database, at(now))
    with database.write() as session:
        row = outbox.get_for_result(session, row_of(database, "1").id)
        assert row is not None
        assert outbox.note_unknown(row) is True
        outbox.put_back(row, now + SECOND, "read timeout")
    assert claim(database, at(now, SECOND)) == ["1"]
    assert claim(database, at(now, 2 * LEASE)) == []
    assert row_of(database, "1").state == "uncertain"


def test_after_a_restart_on_sqlite_claims_of_the_dead_process_are_taken_up_at_once(
    database: Database, world: World, now: datetime
) -> None:
    with database.write() as session:
        other = add_officer(session, now, external_id="77", channel="telegram")
    queue(database, world.officer.chat, now, "web")
    queue(database, other.chat, now, "telegram")
    claim(database, at(now), "dead")
    claim(database, at(now), "alive", channel="telegram")
    with database.write() as session:
        outbox.expire_leases(session, ["web"], now)
    assert claim(database, at(now)) == ["web"]
    assert claim(database, at(now), channel="telegram") == []


# ------------------------------------------------------------------ claiming within the turn


def test_a_turn_may_claim_its_replies_when_nothing_waits(
    database: Database, world: World, now: datetime
) -> None:
    queue(database, world.guest.chat, now, "somebody else's")
    queue(database, world.officer.chat, now, "sent before")
    claim(database, at(now))
    sent(database, "sent before", now)
    assert may_claim_at_once(database, world.officer.chat, at(now)) is True

    with database.write() as session:
        row = outbox.add(session, world.officer.chat, "reply", {"text": "1"}, now)
        outbox.mark_claimed(row, "one", at(now))
    assert claim(database, at(now), "two") == []
    assert row_of(database, "1").claimed_by == "one"


@pytest.mark.parametrize("claimed", [False, True])
def test_a_turn_may_not_overtake_what_waits_or_is_being_sent(
    database: Database, world: World, now: datetime, claimed: bool
) -> None:
    queue(database, world.officer.chat, now, "1")
    if claimed:
        claim(database, at(now))
    assert may_claim_at_once(database, world.officer.chat, at(now)) is False


def test_a_turn_may_overtake_what_is_due_later(database: Database, world: World, now: datetime) -> None:
    queue(database, world.officer.chat, now, "digest", not_before=now + SECOND)
    assert may_claim_at_once(database, world.officer.chat, at(now)) is True
    assert may_claim_at_once(database, world.officer.chat, at(now, SECOND)) is False


def test_a_turn_may_not_claim_while_the_chat_or_channel_is_paused(
    database: Database, world: World, now: datetime
) -> None:
    with database.write() as session:
        outbox.pause_chat(session, world.officer.chat.id, now + SECOND)
        outbox.pause_channel(session, "web", now + 2 * SECOND)
    assert may_claim_at_once(database, world.officer.chat, at(now)) is False
    assert may_claim_at_once(database, world.officer.chat, at(now, SECOND)) is False
    assert may_claim_at_once(database, world.officer.chat, at(now, 2 * SECOND)) is True


# ------------------------------------------------------------------ digests


def add_digest(database: Database, world: World, day: date, now: datetime) -> None:
    with database.write() as session:
        row = outbox.add(session, world.officer.chat, "digest", {}, now)
        row.digest_person_id = world.officer.person.id
        row.digest_on = day


def test_a_person_has_one_digest_a_day(database: Database, world: World, now: datetime) -> None:
    day = date(2026, 11, 23)
    add_digest(database, world, day, now)
    with pytest.raises(IntegrityError):
        add_digest(database, world, day, now)
    add_digest(database, world, day + timedelta(days=1), now)
    with database.read() as session:
        ids = [world.officer.person.id, world.guest.person.id]
        found = outbox.list_digests(session, ids, day + timedelta(days=1))
        assert sorted(found) == [world.officer.person.id]
        assert sorted(found[world.officer.person.id]) == [
            day,
            day + timedelta(days=1),
        ]  # the first still waits


def test_replies_are_not_limited_to_one_a_day(database: Database, world: World, now: datetime) -> None:
    """Rows without a person and day do not collide."""
    queue(database, world.officer.chat, now, "1", "2")
    with database.read() as session:
        assert len(session.scalars(select(Outbox.id)).all()) == 2


# ------------------------------------------------------------------ chats that end or move


def test_a_chat_that_blocked_us_is_closed_and_its_person_unreachable_there(
    database: Database, world: World, now: datetime
) -> None:
    queue(database, world.officer.chat, now, "sent", "sending", "queued")
    claim(database, at(now))
    sent(database, "sent", now)
    claim(database, at(now))
    queue(database, world.officer.chat, now, "later", not_before=now + timedelta(days=1))
    queue(database, world.guest.chat, now, "guest")
    with database.write() as session:
        outbox.close_chat(session, world.officer.chat.id, "Forbidden")

    states = {text: row_of(database, text).state for text in ("sent", "sending", "queued", "later", "guest")}
    assert states == {
        "sent": "sent",
        "sending": "failed",
        "queued": "failed",
        "later": "failed",
        "guest": "queued",
    }
    assert row_of(database, "sending").lease_until is None
    with database.read() as session:
        assert session.get_one(Identity, world.officer.identity.id).reachable is False
        assert session.get_one(Identity, world.guest.identity.id).reachable is True
        assert people.find_reachable_chat(session, world.officer.person.id) is None


def test_a_chat_that_moved_keeps_its_rows(database: Database, world: World, now: datetime) -> None:
    queue(database, world.officer.chat, now, "1")
    with database.write() as session:
        people.move_chat(session, world.officer.chat.id, "-100500")
    with database.read() as session:
        chat = people.find_chat(session, "web", "-100500")
        assert chat is not None
        assert chat.id == row_of(database, "1").chat_id


def test_what_waits_for_a_chat_that_moved_to_a_known_one_goes_there(
    database: Database, world: World, now: datetime
) -> None:
    """A word under the new id may come before the notice of the move."""
    queue(database, world.officer.chat, now, "sent", "waits")
    claim(database, at(now))
    sent(database, "sent", now)
    with database.write() as session:
        known = people.get_or_add_chat(session, "web", "-100500", group=False)
        people.move_chat(session, world.officer.chat.id, "-100500")
        people.move_chat(session, 999_999, "-100500")
    assert row_of(database, "waits").chat_id == known.id
    assert row_of(database, "sent").chat_id == world.officer.chat.id
    with database.read() as session:
        reached = people.find_reachable_chat(session, world.officer.person.id)
        assert reached is not None
        assert reached.id == known.id


# ------------------------------------------------------------------ when to look again


def test_an_empty_outbox_needs_no_look(database: Database, world: World, now: datetime) -> None:
    assert due_in(database, at(now)) is None
    queue(database, world.officer.chat, now, "1")
    claim(database, at(now))
    sent(database, "1", now)
    assert due_in(database, at(now)) is None


def test_a_row_that_may_go_now_is_due_now(database: Database, world: World, now: datetime) -> None:
    queue(database, world.officer.chat, now, "1")
    assert due_in(database, at(now)) == 0
    assert due_in(database, at(now), "telegram") is None


@pytest.mark.parametrize("hours", [1, 20])
def test_a_row_for_later_is_due_then(database: Database, world: World, now: datetime, hours: int) -> None:
    queue(database, world.officer.chat, now, "1", not_before=now + timedelta(hours=hours))
    assert due_in(database, at(now)) == hours * 3600


def test_a_row_put_back_is_due_at_its_time_and_later_ones_of_the_chat_not_before(
    database: Database, world: World, now: datetime
) -> None:
    queue(database, world.officer.chat, now, "1", "2")
    claim(database, at(now))
    put_back(database, "1", now + 15 * SECOND)
    assert due_in(database, at(now)) == 15


def test_a_row_being_sent_is_due_when_its_lease_runs_out(
    database: Database, world: World, now: datetime
) -> None:
    queue(database, world.officer.chat, now, "1", "2")
    claim(database, at(now))
    assert due_in(database, at(now)) == LEASE.total_seconds()


def test_pauses_of_chat_and_channel_are_waited_for(database: Database, world: World, now: datetime) -> None:
    queue(database, world.officer.chat, now, "officer")
    queue(database, world.guest.chat, now, "guest")
    with database.write() as session:
        outbox.pause_chat(session, world.officer.chat.id, now + 30 * SECOND)
        outbox.pause_channel(session, "web", now + 10 * SECOND)
    assert due_in(database, at(now)) == 10
    claim(database, at(now, 10 * SECOND))
    sent(database, "guest", now)
    assert due_in(database, at(now, 10 * SECOND)) == 20


def test_the_soonest_chat_decides(database: Database, world: World, now: datetime) -> None:
    queue(database, world.officer.chat, now, "officer", not_before=now + 60 * SECOND)
    queue(database, world.guest.chat, now, "guest", not_before=now + 20 * SECOND)
    assert due_in(database, at(now)) == 20


def test_when_the_time_has_come_a_row_can_be_claimed(database: Database, world: World, now: datetime) -> None:
    """`next_due_at` and `claim` agree: otherwise the sender would spin, or sleep on."""
    queue(database, world.officer.chat, now, "later", not_before=now + 100 * SECOND)
    queue(database, world.officer.chat, now, "1", "2")
    queue(database, world.guest.chat, now, "guest")
    claim(database, at(now))
    put_back(database, "1", now + 15 * SECOND)
    with database.write() as session:
        outbox.pause_chat(session, world.guest.chat.id, now + 70 * SECOND)
    passed, taken = 0.0, []
    while (wait := due_in(database, at(now, timedelta(seconds=passed)))) is not None:
        passed += max(wait, 0)
        clock = at(now, timedelta(seconds=passed + 0.001))
        found = claim(database, clock)
        assert found, passed
        for text in found:
            sent(database, text, clock.now)
        taken += found
    assert taken == ["1", "guest", "2", "later"] or sorted(taken) == ["1", "2", "guest", "later"]


# ------------------------------------------------------------------ after a backup was put back


def test_what_waited_when_a_backup_was_made_may_have_been_sent_since(
    database: Database, world: World, now: datetime
) -> None:
    """What is due later was not: it goes out."""
    queue(database, world.officer.chat, now, "due")
    queue(database, world.guest.chat, now, "sending")
    with database.write() as session:
        row_id = session.scalars(select(Outbox.id).where(Outbox.chat_id == world.guest.chat.id)).one()
        outbox.mark_claimed(session.get_one(Outbox, row_id), "dead", at(now))
        outbox.add(session, world.officer.chat, "notice", {"text": "later"}, now, not_before=now + SECOND)
    with database.write() as session:
        assert outbox.close_as_unknown(session, now) == 2
    with database.read() as session:
        states = {row.body["text"]: row.state for row in session.scalars(select(Outbox))}
    assert states == {"due": "uncertain", "sending": "uncertain", "later": "queued"}
    assert claim(database, at(now)) == []


def test_a_code_goes_when_it_was_sent(database: Database, world: World, now: datetime) -> None:
    with database.write() as session:
        row = outbox.add(session, world.guest.chat, outbox.CODE, {"text": "SC-"}, now)
        session.flush()
        outbox.mark_sent(row, "1", now)
    with database.read() as session:
        assert session.scalars(select(Outbox)).one().body == {}


# ------------------------------------------------------------------ several senders


class Service:
    """What the messenger saw: the order within each chat, and that one row came at a time."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._under_way: set[int] = set()
        self.heard: dict[int, list[int]] = defaultdict(list)
        self.overlaps = 0

    def begin(self, row: Outbox) -> None:
        with self._guard:
            self.overlaps += row.chat_id in self._under_way
            self._under_way.add(row.chat_id)
            self.heard[row.chat_id].append(row.body["number"])

    def end(self, row: Outbox) -> None:
        with self._guard:
            self._under_way.discard(row.chat_id)


def empty_outbox(database: Database, service: Service, process: str, now: datetime) -> int:
    """Claim, send and record until nothing is left; returns the number of rows sent."""
    number = 0
    while True:
        with database.write() as session:
            rows: Sequence[Outbox] = outbox.claim(session, ["web"], process, at(now), 4)
        for row in rows:
            service.begin(row)
            service.end(row)
            with database.write() as session:
                result = outbox.get_for_result(session, row.id)
                assert result is not None
                outbox.mark_sent(result, "m", now)
        number += len(rows)
        if not rows:
            with database.read() as session:
                if not outbox.count_by_state(session):
                    return number


def test_two_senders_neither_double_nor_reorder(database: Database, now: datetime) -> None:
    """Claiming by SKIP LOCKED alone puts a third of such rows out of order."""
    with database.write() as session:
        chats = [people.get_or_add_chat(session, "web", f"chat {n}", group=False) for n in range(5)]
        for number in range(100):
            outbox.add(session, chats[number % 5], "reply", {"number": number}, now)
            session.flush()
    service = Service()

    def work(process: str) -> int:
        return empty_outbox(database, service, process, now)

    by_process = together(lambda: work("one"), lambda: work("two"))

    assert sum(by_process) == 100
    assert service.overlaps == 0
    assert service.heard == {chat.id: list(range(n, 100, 5)) for n, chat in enumerate(chats)}


@pytest.mark.postgresql
def test_a_chat_that_another_process_is_claiming_is_passed_over_whole(
    postgresql_database: Database, now: datetime
) -> None:
    """Its first row is locked; the second must not slip by."""
    database = postgresql_database
    with database.write() as session:
        officer = add_officer(session, now)
        guest = add_officer(session, now, external_id="other")
    queue(database, officer.chat, now, "1", "2")
    queue(database, guest.chat, now, "other")
    with database.write() as holding:
        held: list[Any] = outbox.claim(holding, ["web"], "one", at(now), 1)
        assert [row.body["text"] for row in held] == ["1"]
        assert claim(database, at(now), "two") == ["other"]
