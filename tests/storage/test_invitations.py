"""Invitations: found by their code, taken up once, approved for a letter, taken back."""

from __future__ import annotations

import threading
import time
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from storage import invitations, people
from storage.database import Database
from storage.models import Identity, Invitation, Membership
from tests.storage.together import AT_MOST, together
from tests.world import CHIANG_MAI, MUKDAHAN, Member, World, add_world

HOUR = timedelta(hours=1)
ZONE = ZoneInfo("Asia/Bangkok")


def invite(
    database: Database,
    now: datetime,
    role: str = "officer",
    province: str | None = CHIANG_MAI,
    valid: timedelta = timedelta(hours=72),
    acting_until: date | None = None,
    created_by: int | None = None,
) -> str:
    with database.write() as session:
        code, _ = people.add_invitation(
            session, role, province, now, valid, acting_until=acting_until, created_by=created_by
        )
        return code


def take_up(session: Session, code: str, identity: Identity, now: datetime) -> Membership | str:
    """The code, and at once the press under the notice."""
    found = invitations.find_by_code(session, code, identity, now)
    return found if isinstance(found, str) else invitations.accept(session, found.id, identity, now, ZONE)


def redeem(database: Database, member: Member, code: str, now: datetime) -> Membership | str:
    with database.write() as session:
        return take_up(session, code, session.get_one(Identity, member.identity.id), now)


def roles(database: Database, member: Member, now: datetime) -> list[tuple[str, str | None]]:
    with database.read() as session:
        held = people.list_memberships(session, member.person.id, now)
        return [(row.role, row.province_code) for row in held]


def press(database: Database, member: Member, invitation_id: int, now: datetime) -> Membership | str:
    """The press alone, as of a notice that was shown a while ago."""
    with database.write() as session:
        identity = session.get_one(Identity, member.identity.id)
        return invitations.accept(session, invitation_id, identity, now, ZONE)


def only(database: Database) -> Invitation:
    with database.read() as session:
        return session.scalars(select(Invitation)).one()


# ------------------------------------------------------------------ invitations


def test_an_invitation_gives_its_role_once(database: Database, world: World, now: datetime) -> None:
    code = invite(database, now, province=MUKDAHAN)
    assert isinstance(redeem(database, world.guest, code, now), Membership)
    assert roles(database, world.guest, now) == [("officer", MUKDAHAN)]
    assert redeem(database, world.officer, code, now) == "used"
    assert roles(database, world.officer, now) == [("officer", CHIANG_MAI)]
    with database.read() as session:
        row = session.scalars(select(Invitation)).one()
        assert (row.used_by, row.used_at) == (world.guest.person.id, now)


def test_a_ministry_invitation_has_no_province(database: Database, world: World, now: datetime) -> None:
    redeem(database, world.guest, invite(database, now, "ministry", None), now)
    assert roles(database, world.guest, now) == [("ministry", None)]


def test_a_curators_invitation_makes_a_curator_also_of_who_holds_the_role(
    database: Database, world: World, now: datetime
) -> None:
    for member in (world.guest, world.ministry):
        with database.write() as session:
            code, _ = people.add_invitation(session, "ministry", None, now, HOUR, curator=True)
        redeem(database, member, code, now)
        with database.read() as session:
            [held] = people.list_memberships(session, member.person.id, now)
        assert (held.role, held.curator) == ("ministry", True)


def test_blanks_around_a_code_do_not_matter(database: Database, world: World, now: datetime) -> None:
    code = invite(database, now)
    assert isinstance(redeem(database, world.guest, f"  {code}\n", now), Membership)


def test_an_invitation_expires(database: Database, world: World, now: datetime) -> None:
    code = invite(database, now, valid=HOUR)
    assert redeem(database, world.guest, code, now + HOUR) == "expired"
    assert roles(database, world.guest, now + HOUR) == []
    in_time = now + HOUR - timedelta(seconds=1)
    assert isinstance(redeem(database, world.guest, code, in_time), Membership)


def test_a_wrong_code_is_unknown(database: Database, world: World, now: datetime) -> None:
    invite(database, now)
    for wrong in ("", "SC-wrong", "' OR 1=1 --"):
        assert redeem(database, world.guest, wrong, now) == "unknown"
    assert roles(database, world.guest, now) == []


def test_five_wrong_codes_lock_for_an_hour_even_the_right_one(
    database: Database, world: World, now: datetime
) -> None:
    code = invite(database, now)
    for minute in range(5):
        assert redeem(database, world.guest, "SC-no", now + timedelta(minutes=minute)) == "unknown"
    assert redeem(database, world.guest, code, now + timedelta(minutes=59)) == "locked"
    assert isinstance(redeem(database, world.guest, code, now + timedelta(minutes=61)), Membership)


def test_wrong_codes_of_one_do_not_lock_another(database: Database, world: World, now: datetime) -> None:
    code = invite(database, now)
    for _ in range(6):
        redeem(database, world.neighbour, "SC-no", now)
    assert redeem(database, world.neighbour, code, now) == "locked"
    assert isinstance(redeem(database, world.guest, code, now), Membership)


def test_four_wrong_codes_an_hour_never_lock(database: Database, world: World, now: datetime) -> None:
    code = invite(database, now)
    for hour in range(3):
        for _ in range(4):
            assert redeem(database, world.guest, "SC-no", now + hour * timedelta(minutes=61)) == "unknown"
    assert isinstance(redeem(database, world.guest, code, now + timedelta(minutes=123)), Membership)


def test_the_code_itself_is_not_kept(database: Database, now: datetime) -> None:
    """Who reads the database or a backup can redeem nothing."""
    code = invite(database, now)
    with database.read() as session:
        row = session.scalars(select(Invitation)).one()
    assert code not in {str(value) for value in vars(row).values()}
    assert len(row.code_hash) == 64
    assert row.code_hash == people.hash_code(code)


def test_codes_differ(database: Database, now: datetime) -> None:
    codes = {invite(database, now) for _ in range(20)}
    assert len(codes) == 20
    assert min(map(len, codes)) >= 3 + 22  # 128 bits


@pytest.mark.postgresql
def test_an_invitation_used_by_two_at_once_serves_the_first(
    postgresql_database: Database, now: datetime
) -> None:
    """The second waits until the first is through."""
    database = postgresql_database
    with database.write() as session:
        world = add_world(session, now)
    code = invite(database, now, province=MUKDAHAN)
    redeemed = threading.Event()

    def first() -> Membership | str:
        with database.write() as session:
            identity = session.get_one(Identity, world.guest.identity.id)
            result = take_up(session, code, identity, now)
            redeemed.set()
            time.sleep(0.2)
            return result

    def second() -> Membership | str:
        assert redeemed.wait(AT_MOST)
        return redeem(database, world.officer, code, now)

    results = together(first, second)
    assert isinstance(results[0], Membership)
    assert results[1] == "used"
    assert roles(database, world.officer, now) == [("officer", CHIANG_MAI)]


# ------------------------------------------------------------------ the code, then the press


def test_looking_at_a_code_uses_nothing_up(database: Database, world: World, now: datetime) -> None:
    code = invite(database, now)
    with database.write() as session:
        identity = session.get_one(Identity, world.guest.identity.id)
        found = invitations.find_by_code(session, code, identity, now)
    assert isinstance(found, Invitation)
    assert only(database).used_at is None
    assert roles(database, world.guest, now) == []


def test_the_press_asks_everything_again(database: Database, world: World, now: datetime) -> None:
    invite(database, now)
    row = only(database)
    assert press(database, world.guest, row.id, row.expires_at) == "expired"
    for _ in range(5):
        redeem(database, world.guest, "SC-no", now)
    assert press(database, world.guest, row.id, now) == "locked"
    with database.write() as session:
        invitations.withdraw(session.get_one(Invitation, row.id), now)
    assert press(database, world.neighbour, row.id, now) == "withdrawn"
    assert press(database, world.neighbour, row.id + 1, now) == "unknown"
    assert roles(database, world.guest, now) == []


def test_who_holds_what_it_gives_does_not_use_it_up(database: Database, world: World, now: datetime) -> None:
    code = invite(database, now)
    assert redeem(database, world.officer, code, now) == "already"
    assert isinstance(redeem(database, world.guest, code, now), Membership)


# ------------------------------------------------------------------ acting heads


def test_an_acting_head_serves_to_the_end_of_the_last_day_in_bangkok(
    database: Database, world: World, now: datetime
) -> None:
    code = invite(database, now, "head", acting_until=date(2026, 11, 24))
    held = redeem(database, world.guest, code, now)
    assert isinstance(held, Membership)
    assert held.acting
    assert held.until == datetime(2026, 11, 25, tzinfo=ZONE)
    assert roles(database, world.guest, held.until - timedelta(seconds=1)) == [("head", CHIANG_MAI)]
    assert roles(database, world.guest, held.until) == []


def test_acting_for_longer_prolongs_and_being_head_is_a_post_of_its_own(
    database: Database, world: World, now: datetime
) -> None:
    for day in (24, 27):
        redeem(database, world.guest, invite(database, now, "head", acting_until=date(2026, 11, day)), now)
    with database.read() as session:
        [held] = people.list_memberships(session, world.guest.person.id, now)
    assert held.until == datetime(2026, 11, 28, tzinfo=ZONE)

    redeem(database, world.guest, invite(database, now, "head"), now)
    with database.read() as session:
        both = people.list_memberships(session, world.guest.person.id, now)
    assert [(one.acting, one.until is None) for one in both] == [(True, False), (False, True)]


def test_after_the_last_day_nobody_begins_to_act(database: Database, world: World, now: datetime) -> None:
    code = invite(database, now, "head", acting_until=date(2026, 11, 22))
    assert redeem(database, world.guest, code, now + timedelta(hours=14)) == "expired"
    assert only(database).used_at is None


# ------------------------------------------------------------------ codes for a letter


def prepared(database: Database, world: World, now: datetime) -> Invitation:
    with database.write() as session:
        return invitations.prepare(session, "officer", CHIANG_MAI, world.officer.person.id, now)


def test_a_letters_code_exists_only_once_it_is_approved_and_issued(
    database: Database, world: World, now: datetime
) -> None:
    row = prepared(database, world, now)
    assert not invitations.is_issued(row)
    for guess in (row.code_hash, invitations.NO_CODE, f"SC-{row.code_hash}"):
        assert redeem(database, world.guest, guess, now) == "unknown"
    assert press(database, world.guest, row.id, now) == "unknown"

    later = now + timedelta(days=10)
    with database.write() as session:
        approved = session.get_one(Invitation, row.id)
        invitations.approve(approved, world.ministry.person.id, later)
        code = invitations.issue(approved)
    held = redeem(database, world.guest, code, later + timedelta(days=29))
    assert isinstance(held, Membership)
    assert held.granted_by == world.ministry.person.id


def test_a_letters_code_runs_out_thirty_days_after_its_approval(
    database: Database, world: World, now: datetime
) -> None:
    row = prepared(database, world, now)
    with database.write() as session:
        approved = session.get_one(Invitation, row.id)
        invitations.approve(approved, world.ministry.person.id, now)
        code = invitations.issue(approved)
    assert redeem(database, world.guest, code, now + timedelta(days=30)) == "expired"


def test_letters_wait_for_the_head_of_their_province_until_they_lapse(
    database: Database, world: World, now: datetime
) -> None:
    row = prepared(database, world, now)

    def waiting(provinces: list[str], at: datetime) -> list[int]:
        with database.read() as session:
            return [one.id for one in invitations.list_to_approve(session, provinces, at)]

    assert waiting([CHIANG_MAI], now) == [row.id]
    assert waiting([MUKDAHAN], now) == waiting([], now) == []
    assert waiting([CHIANG_MAI], now + timedelta(days=30)) == []


# ------------------------------------------------------------------ open ones


def test_what_a_person_made_or_approved_is_taken_back_when_they_leave(
    database: Database, world: World, now: datetime
) -> None:
    leaving, other = world.officer.person.id, world.neighbour.person.id
    here = invite(database, now, created_by=leaving)
    there = invite(database, now, province=MUKDAHAN, created_by=leaving)
    others = invite(database, now, created_by=other)
    row = prepared(database, world, now)
    with database.write() as session:
        approved = session.get_one(Invitation, row.id)
        approved.created_by = other
        invitations.approve(approved, leaving, now)
        letter = invitations.issue(approved)
    with database.write() as session:
        assert len(invitations.withdraw_of(session, leaving, now, CHIANG_MAI)) == 2
        assert invitations.count_open(session, leaving, now) == 1
    assert redeem(database, world.guest, here, now) == "withdrawn"
    assert redeem(database, world.guest, letter, now) == "withdrawn"
    with database.write() as session:
        assert len(invitations.withdraw_of(session, leaving, now)) == 1
    assert redeem(database, world.guest, there, now) == "withdrawn"
    assert isinstance(redeem(database, world.guest, others, now), Membership)


def test_used_and_lapsed_ones_are_not_open(database: Database, world: World, now: datetime) -> None:
    maker = world.neighbour.person.id
    code = invite(database, now, created_by=maker)
    invite(database, now, valid=HOUR, created_by=maker)
    with database.read() as session:
        assert len(invitations.list_open(session, maker, now)) == 2
        assert len(invitations.list_open(session, maker, now + HOUR)) == 1
    redeem(database, world.guest, code, now)
    with database.read() as session:
        assert len(invitations.list_open(session, maker, now)) == 1
        assert invitations.list_open(session, world.guest.person.id, now) == []
