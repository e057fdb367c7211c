"""Who serves, what is kept about the person who asks, and what waits for a post: as dialogues see it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from bot.calendar import period_of
from bot.clock import Clock
from bot.dialogues.base import Facts
from bot.dialogues.route import Need
from bot.dialogues.serving_facts import Member, OwnChannel, OwnData, ServingView, StaffList, Work
from bot.own_copy import own_copy
from bot.posts import seats_of, who_are
from bot.rights import may, provinces
from storage import handing, linking, own_data, people, serving
from storage.activities import list_recent_recorders
from storage.models import Membership, Person

MOST_RECORDERS = 6
"""Names on buttons."""


def load_serving(
    session: Session, facts: Facts, needs: Sequence[Need], args: Any, person_id: int, clock: Clock
) -> Facts:
    """What the steps of this area need."""
    reader = _Reader(session, facts, session.get_one(Person, person_id), clock)
    view = facts.serving
    if "own" in needs:
        view = replace(view, own=reader.own())
    if "own_copy" in needs:
        view = replace(view, copy=own_copy(session, session.get_one(Person, person_id), clock.now()))
    if "staff" in needs:
        view = replace(view, staff=reader.staff(args.get("province")))
    if "member" in needs and "member" in args:
        view = reader.with_member(int(args["member"]))
    if "work" in needs:
        view = replace(view, work=reader.work())
    if any(seat.office_held for seat in facts.seats):
        view = replace(view, recorders=tuple(list_recent_recorders(session, person_id, MOST_RECORDERS)))
    return facts if view is facts.serving else replace(facts, serving=view)


def staff_list(session: Session, province: str, clock: Clock, person_id: int | None = None) -> StaffList:
    """The staff of a province as of now."""
    now = clock.now()
    year = fiscal_year(clock.today())
    check = serving.find_check(session, province, year)
    rows = serving.list_staff(session, province, now)
    members = tuple(_member(session, membership, person, clock, person_id) for membership, person in rows)
    confirmed = _day(check.confirmed_at, clock) if check and check.confirmed_at else None
    return StaffList(province, members, year, confirmed)


def fiscal_year(today: date) -> int:
    """B.E., by the year in which it ends."""
    return int(period_of(today, "fiscal").label)


def has_head(members: Sequence[Member]) -> bool:
    return any(one.post in ("head", "acting_head") for one in members)


def _member(session: Session, row: Membership, person: Person, clock: Clock, person_id: int | None) -> Member:
    given = who_are(session, [row.granted_by], clock.now(), [row.province_code or ""])[row.granted_by]
    # An acting head serves from one business day to another; all else is told by the real clock.
    shift = clock.shift if row.acting else timedelta()
    return Member(
        id=row.id,
        person=person.id,
        name=person.name,
        post=seats_of([row])[0].post,
        province=row.province_code,
        title=row.post,
        since=_day(row.since + shift, clock),
        # The instant is the midnight after the last day.
        until=_day(row.until - timedelta(seconds=1) + shift, clock) if row.until else None,
        acting=row.acting,
        office_held=row.office_held,
        mine=person.id == person_id,
        granted_by=given.post,
    )


def _day(at: datetime, clock: Clock) -> date:
    return at.astimezone(clock.zone).date()


class _Reader:
    def __init__(self, session: Session, facts: Facts, person: Person, clock: Clock) -> None:
        self._session = session
        self._facts = facts
        self._person = person
        self._clock = clock

    def own(self) -> OwnData:
        session, person_id = self._session, self._person.id
        identities = linking.list_identities(session, person_id)
        return OwnData(
            since=_day(self._person.created_at, self._clock),
            channels=tuple(
                OwnChannel(
                    one.id,
                    one.channel,
                    one.chat_id == self._facts.chat,
                    _day(one.last_heard_at, self._clock) if one.last_heard_at else None,
                )
                for one in identities
            ),
            memberships=tuple(
                _member(session, row, self._person, self._clock, person_id)
                for row in people.list_posts(session, [person_id])
            ),
            drafts=len(own_data.list_drafts(session, person_id)),
            records=len(own_data.list_recorded(session, person_id)),
            questions=len(own_data.list_questions(session, person_id)),
            reminders=len(own_data.list_reminders(session, person_id)),
            holds=len(own_data.list_snoozes(session, person_id))
            + len(own_data.list_exemptions(session, person_id))
            + len(own_data.list_suspensions(session, person_id)),
            contacts=len(own_data.list_contacts(session, person_id)),
            events=own_data.count_events(session, person_id),
        )

    def staff(self, wanted: str | None) -> tuple[StaffList, ...]:
        """Of one province, or of those in which the person serves; a foreign one is like one that is not there."""
        codes = (wanted,) if wanted else provinces(self._facts.seats)
        known = [code for code in codes if code in self._facts.registry.provinces]
        return tuple(
            staff_list(self._session, code, self._clock, self._person.id)
            for code in known
            if may(self._facts.seats, "see_staff", code)
        )

    def with_member(self, membership_id: int) -> ServingView:
        """The membership and all that goes with it, where it is the person's own or of a province they see."""
        session, view = self._session, self._facts.serving
        row = serving.find(session, membership_id)
        if row is None or not serving.holds(row, self._clock.now()):
            return view
        mine = row.person_id == self._person.id
        if not mine and (
            row.province_code is None or not may(self._facts.seats, "see_staff", row.province_code)
        ):
            return view
        member = _member(session, row, session.get_one(Person, row.person_id), self._clock, self._person.id)
        if member.province is None:
            return replace(view, member=member)
        listed = staff_list(session, member.province, self._clock, self._person.id)
        found: dict[int, Member] = {}
        for one in listed.members:
            if one.person != member.person and not one.acting:
                found.setdefault(one.person, one)
        return replace(
            view,
            member=member,
            staff=(listed,),
            colleagues=tuple(found.values()),
            member_work=self._work_of(row) if not member.acting else Work(),
        )

    def _work_of(self, row: Membership) -> Work:
        assert row.province_code is not None
        now = self._clock.now()
        others = [
            one
            for one in people.list_memberships(self._session, row.person_id, now)
            if one.id != row.id and one.province_code
        ]
        if any(one.province_code == row.province_code and not one.acting for one in others):
            return Work()  # they go on serving in the province
        counted = handing.count_of_person(
            self._session, row.person_id, row.province_code, now, last=not others
        )
        return Work(counted.drafts, counted.plans, counted.contacts)

    def work(self) -> tuple[tuple[str, Work], ...]:
        """What waits in each of the person's provinces; nothing where nothing does."""
        found = []
        for code in provinces(self._facts.seats):
            if may(self._facts.seats, "log_activity", code):
                counted = handing.count_of_post(self._session, code, self._clock.now())
                work = Work(counted.drafts, counted.plans, counted.contacts)
                if work:
                    found.append((code, work))
        return tuple(found)
