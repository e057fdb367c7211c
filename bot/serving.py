"""
Carries out what concerns those who serve: leaving and handing over, standing in for the head, confirming who
serves, one's own name and post.

Rights are checked on the person who acts, against the rows as they are now.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from bot.acting import Acting
from bot.clock import Clock
from bot.dialogues.leaving import handed_over, told_ended, told_head, told_ministry
from bot.dialogues.limits import last_day
from bot.dialogues.own_data import is_name, one_line
from bot.dialogues.serving_facts import (
    MOST_NAME,
    MOST_TITLE,
    ConfirmStaff,
    EndActing,
    EndMembership,
    NameActing,
    Rename,
    Retitle,
    Served,
    TakeOver,
    Work,
)
from bot.dialogues.staff import MOST_DAYS, STANDS_IN, told_acting, told_no_longer
from bot.linking import Linker
from bot.planning import Planner
from bot.posts import seats_of
from bot.records import Records
from bot.rights import may, may_end
from bot.serving_views import fiscal_year
from bot.splitting import utf16_length
from storage import handing, invitations, linking, outbox, people, serving
from storage.models import Membership, Person

Ended = tuple[str, Work, str | None]
"""What became of it, the work that changed hands, and the name of who has it now."""

NO_WORK = Work()


class Serving:
    def __init__(self, clock: Clock, planner: Planner) -> None:
        self._clock = clock
        self._planner = planner
        self._records = Records(clock, planner)
        self._linker = Linker(clock, planner)

    def carry_out(self, command: Served, acting: Acting) -> Any:
        """Returns the outcome that the command's `then` is given."""
        match command:
            case EndMembership():
                return self._end(command, acting)
            case TakeOver():
                return self._take_over(command, acting)
            case NameActing():
                return self._name_acting(command, acting)
            case EndActing():
                return self._end_acting(command, acting)
            case ConfirmStaff():
                return self._confirm(command, acting)
            case Rename():
                return self._rename(command, acting)
            case Retitle():
                return self._retitle(command, acting)
            case _:
                return self._linker.carry_out(command, acting)

    # -------------------------------------------------------------- a membership ends

    def _end(self, command: EndMembership, acting: Acting) -> Ended:
        session = acting.session
        found = serving.find(session, command.membership)
        if found is None:
            return "gone", NO_WORK, None
        # First the person: what they do at this moment is done before.
        leaver = session.get_one(Person, found.person_id, with_for_update={"key_share": True})
        row = serving.find_locked(session, found.id)
        assert row is not None
        if not serving.holds(row, self._now()) or not self._may_end(acting, row):
            return "gone", NO_WORK, None
        successor = self._successor(acting, row, command.successor)
        if command.successor is not None and successor is None:
            return "successor_gone", NO_WORK, None
        return self._ended(acting, row, leaver, successor)

    def _may_end(self, acting: Acting, row: Membership) -> bool:
        if row.person_id == acting.person.id:
            return True
        headed = row.province_code is not None and serving.has_head(
            acting.session, row.province_code, self._now()
        )
        return may_end(acting.facts.seats, _post(row), row.province_code, has_head=headed)

    def _successor(self, acting: Acting, row: Membership, membership_id: int | None) -> Person | None:
        """Somebody else who serves in the same province now."""
        if membership_id is None or row.province_code is None:
            return None
        for membership, person in serving.list_staff(acting.session, row.province_code, self._now()):
            if membership.id == membership_id and not membership.acting and person.id != row.person_id:
                return person
        return None

    def _ended(self, acting: Acting, row: Membership, leaver: Person, successor: Person | None) -> Ended:
        session, province, now = acting.session, row.province_code, self._now()
        was_head = row.role == "head" and not row.acting
        before = row.until.isoformat() if row.until else None
        serving.end(row, acting.person.id, now)
        session.flush()
        work = self._hand_over(acting, row, leaver, successor) if province else NO_WORK
        withdrawn = () if row.acting else invitations.withdraw_of(session, leaver.id, now, province)
        self._fall_silent(acting, leaver)
        self._replan(acting, row, leaver, successor)
        acting.note(
            "membership.ended",
            f"membership:{row.id}",
            now,
            person=leaver.public_id,
            role=row.role,
            province=province,
            successor=successor.public_id if successor else None,
            handed={"drafts": work.drafts, "plans": work.plans, "contacts": work.contacts},
            invitations=[one.id for one in withdrawn],
            before={"until": before},
            after={"until": now.isoformat()},
        )
        self._tell(acting, row, leaver, successor, work)
        if was_head and province:
            self._tell_ministry(acting, province)
        return "ended", work, successor.name if successor else None

    def _hand_over(self, acting: Acting, row: Membership, leaver: Person, successor: Person | None) -> Work:
        """Unless they go on serving in the province by another membership."""
        session, province, now = acting.session, row.province_code, self._now()
        assert province is not None
        left = [one for one in people.list_memberships(session, leaver.id, now) if one.province_code]
        here = [one for one in left if one.province_code == province and not one.acting]
        if row.acting or here:
            return NO_WORK
        for one in serving.list_standing_in(session, leaver.id, province, now):
            self._end_standing_in(acting, one, leaver)  # who serves no more stands in no more
        elsewhere = any(one.province_code != province for one in left)
        handed = handing.hand_over(
            session, leaver.id, province, successor.id if successor else None, now, last=not elsewhere
        )
        if acting.draft is not None:
            session.refresh(acting.draft)
            if acting.draft.person_id != acting.person.id or acting.draft.state != "open":
                acting.draft = None
                acting.conversation.draft_id = None
        return Work(handed.drafts, handed.plans, handed.contacts)

    def _fall_silent(self, acting: Acting, leaver: Person) -> None:
        """Who holds no post any more is told nothing that waited for office hours."""
        if people.list_memberships(acting.session, leaver.id, self._now()):
            return
        identities = linking.list_identities(acting.session, leaver.id)
        chats = [one.chat_id for one in identities if one.chat_id is not None]
        outbox.cancel_in(acting.session, chats, office_hours_only=True)

    def _replan(self, acting: Acting, row: Membership, leaver: Person, successor: Person | None) -> None:
        """What the leaver would have been reminded of is the successor's, as whose post it is by now."""
        session = acting.session
        if row.role != "officer" or row.province_code is None:
            return
        self._planner.replan_person(session, acting.facts.registry, leaver)
        if successor is not None:
            self._give_post(acting, successor, row.province_code)
            self._planner.replan_person(session, acting.facts.registry, successor)

    def _give_post(self, acting: Acting, successor: Person, province: str) -> None:
        """
        Reminders go to officers: whoever takes over the post's work holds the post. They had every right of it
        already, since they serve in the province.
        """
        held = {one.id for one in people.list_memberships(acting.session, successor.id, self._now())}
        given = people.add_membership(acting.session, successor.id, "officer", province, self._now())
        given.greeted, given.granted_by = True, given.granted_by or acting.person.id
        if given.id not in held:
            acting.note(
                "membership.given",
                f"membership:{given.id}",
                self._now(),
                person=successor.public_id,
                before=None,
                after={"role": given.role, "province": province},
            )

    def _tell(
        self, acting: Acting, row: Membership, leaver: Person, successor: Person | None, work: Work
    ) -> None:
        code, post, name = row.province_code, _post(row), leaver.name
        province = acting.facts.registry.provinces[code] if code else None
        if leaver.id != acting.person.id:
            self._records.tell(acting, [leaver], lambda t: told_ended(t, post, province))
        if province is None or code is None:
            return
        if successor is not None and work:
            self._records.tell(acting, [successor], lambda t: handed_over(t, post, province, work))
        if leaver.id == acting.person.id:
            heads = [
                one
                for one in self._records.heads(acting, code)
                if successor is None or one.id != successor.id
            ]
            given = successor.name if successor else None
            self._records.tell(acting, heads, lambda t: told_head(t, name, post, province, work, given))

    def _tell_ministry(self, acting: Acting, code: str) -> None:
        """That the last head has left; who stands in for some days is none."""
        staff = serving.list_staff(acting.session, code, self._now())
        if any(one.role == "head" and not one.acting for one, _person in staff):
            return
        province = acting.facts.registry.provinces[code]
        ministry = serving.list_of_role(acting.session, "ministry", self._now())
        self._records.tell(acting, ministry, lambda t: told_ministry(t, province, code))

    def _take_over(self, command: TakeOver, acting: Acting) -> Work:
        if not may(acting.facts.seats, "log_activity", command.province):
            return NO_WORK
        handed = handing.take_over(acting.session, command.province, acting.person.id, self._now())
        work = Work(handed.drafts, handed.plans, handed.contacts)
        if work:
            counted = {"drafts": work.drafts, "plans": work.plans, "contacts": work.contacts}
            acting.note(
                "work.taken",
                f"province:{command.province}",
                self._now(),
                handed=counted,
                before={"keeper": None},
                after={"keeper": acting.person.public_id},
            )
        return work

    # -------------------------------------------------------------- standing in for the head

    def _name_acting(self, command: NameActing, acting: Acting) -> tuple[str, int | None]:
        """`named` with the new membership; `overlaps` where somebody stands in then already; `gone`."""
        session, now = acting.session, self._now()
        row = serving.find_locked(session, command.membership)
        if row is None or row.province_code is None or row.role not in STANDS_IN or row.office_held:
            return "gone", None
        if not serving.holds(row, now) or not may(acting.facts.seats, "name_acting", row.province_code):
            return "gone", None
        today, days = self._clock.today(), (command.last - command.first).days
        if command.first < today or not 0 <= days < MOST_DAYS or command.last > last_day(today):
            return "gone", None
        first = max(self._begins(command.first), now)
        until = self._begins(command.last + timedelta(days=1))
        serving.lock_province(session, row.province_code)
        for other, _person in serving.list_staff(session, row.province_code, now):
            if other.acting and other.since < until and (other.until is None or other.until > first):
                return "overlaps", None
        made = serving.add_acting(session, row.person_id, row.province_code, first, until, acting.person.id)
        person = session.get_one(Person, row.person_id)
        acting.note(
            "acting.named",
            f"membership:{made.id}",
            now,
            person=person.public_id,
            province=row.province_code,
            before=None,
            after={"first": command.first.isoformat(), "last": command.last.isoformat()},
        )
        province, name = acting.facts.registry.provinces[row.province_code], person.name
        self._records.tell(
            acting,
            self._concerned(acting, row.province_code, person),
            lambda t: told_acting(t, name, province, command.first, command.last),
        )
        return "named", made.id

    def _begins(self, day: date) -> datetime:
        """When a business day begins, on the real clock: by that memberships hold."""
        midnight = datetime.combine(day, time(), self._clock.zone) - self._clock.shift
        return midnight.astimezone(UTC)

    def _concerned(self, acting: Acting, province: str, person: Person) -> Sequence[Person]:
        """Who stands in, and the heads of the office."""
        return [person, *(one for one in self._records.heads(acting, province) if one.id != person.id)]

    def _end_acting(self, command: EndActing, acting: Acting) -> str | None:
        """The name of who stands in no more."""
        row = serving.find_locked(acting.session, command.membership)
        if row is None or not row.acting or row.province_code is None:
            return None
        now = self._now()
        if not serving.holds(row, now) or not may(acting.facts.seats, "name_acting", row.province_code):
            return None
        person = acting.session.get_one(Person, row.person_id)
        self._end_standing_in(acting, row, person)
        acting.session.flush()
        name = person.name
        concerned = self._concerned(acting, row.province_code, person)
        self._records.tell(acting, concerned, lambda t: told_no_longer(t, name))
        return name

    def _end_standing_in(self, acting: Acting, row: Membership, person: Person) -> None:
        now, before = self._now(), row.until.isoformat() if row.until else None
        serving.end(row, acting.person.id, now)
        acting.note(
            "acting.ended",
            f"membership:{row.id}",
            now,
            person=person.public_id,
            province=row.province_code,
            before={"until": before},
            after={"until": now.isoformat()},
        )

    # -------------------------------------------------------------- who serves

    def _confirm(self, command: ConfirmStaff, acting: Acting) -> tuple[int, date] | None:
        """The fiscal year, and the day on which it was confirmed: by the first press."""
        if not may(acting.facts.seats, "confirm_staff", command.province):
            return None
        year, now = fiscal_year(self._clock.today()), self._now()
        check = serving.get_or_add_check(acting.session, command.province, year)
        if check.confirmed_at is None:
            check.confirmed_at, check.confirmed_by = now, acting.person.id
            acting.note(
                "staff.confirmed",
                f"province:{command.province}",
                now,
                fiscal_year=year,
                before={"confirmed_at": None},
                after={"confirmed_at": now.isoformat()},
            )
        return year, check.confirmed_at.astimezone(self._clock.zone).date()

    # -------------------------------------------------------------- one's own name and post

    def _rename(self, command: Rename, acting: Acting) -> bool:
        name = one_line(command.name)
        if not is_name(name) or utf16_length(name) > MOST_NAME:
            return False
        if name != acting.person.name:
            changed = {"before": {"name": _there(acting.person.name)}, "after": {"name": _there(name)}}
            acting.person.name = name
            acting.note("person.renamed", f"person:{acting.person.public_id}", self._now(), **changed)
        return True

    def _retitle(self, command: Retitle, acting: Acting) -> bool:
        row = serving.find_locked(acting.session, command.membership)
        if row is None or row.person_id != acting.person.id or not serving.holds(row, self._now()):
            return False
        title = one_line(command.title) if command.title is not None else None
        if title is not None and (not is_name(title) or utf16_length(title) > MOST_TITLE):
            return False
        if title != row.post:
            changed = {"before": {"post": _there(row.post)}, "after": {"post": _there(title)}}
            row.post = title
            acting.note("membership.retitled", f"membership:{row.id}", self._now(), **changed)
        return True

    def _now(self) -> datetime:
        return self._clock.now()


def _there(text: str | None) -> str | None:
    """That there is a text, without the text: what people are called goes with them, an event stays."""
    return "*" if text else None


def _post(row: Membership) -> str:
    return seats_of([row])[0].post
