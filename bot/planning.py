"""
Reminders: the pure rule joined to the database, and the digest that carries them and the notices.

The plan may run as often as it likes, in as many processes as it likes: a reminder is unique by recipient,
pairing, basis, period and step. It plans what is due, cancels what is no longer, revives what is again, and
never touches what was sent. One digest a person a day carries all of theirs; its text is made, and the rule
asked again, in the transaction that marks it as being sent.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from sqlalchemy.orm import Session

from bot import held
from bot.calendar import Basis, months_after
from bot.clock import Clock
from bot.dialogues.base import Registry
from bot.dialogues.digest import digest, year_shown
from bot.dialogues.holds_facts import Coming, Explained
from bot.escalation import Recipient
from bot.health import is_healthy
from bot.messages import Reply
from bot.notices import Item
from bot.noticing import Look, Noticing
from bot.plan_facts import (
    pairings_of,
    periods_around,
    read_around,
    read_ledger,
    read_world,
)
from bot.ramp import Ledger, Line, Message, lines
from bot.reminders import Due, Step, due, judge, parse_steps, summary
from bot.rights import PROVINCIAL
from bot.settings import Settings
from bot.simulating import Scene, replay
from bot.texts import of_language
from storage import digests, meta, notices, outbox, people, reminders
from storage.digests import Carried
from storage.models import Notice, Outbox, Person, Reminder

ONE_DAY = timedelta(days=1)


def _key(recipient: str, one: Due) -> reminders.Key:
    return (recipient, one.pairing_id, one.basis, one.period, one.step)


@dataclass(frozen=True)
class Wanted:
    """Who is to be told what of the year, what was told before, and what both were found by."""

    lines: dict[Recipient, list[Line]]
    ledger: Ledger
    look: Look


def _by_recipient(rows: Iterable[Carried]) -> defaultdict[str, list[Carried]]:
    found: defaultdict[str, list[Carried]] = defaultdict(list)
    for row in rows:
        found[row.recipient].append(row)
    return found


def _keys(wanted: Mapping[Recipient, Iterable[Line]]) -> set[reminders.Key]:
    return {_key(recipient, line.due) for (recipient, _), found in wanted.items() for line in found}


class Planner:
    """Plans, and composes what was planned."""

    def __init__(self, clock: Clock, settings: Settings) -> None:
        self._clock = clock
        self._basis: Basis = settings.year_basis
        self._steps: tuple[Step, ...] = parse_steps(settings.reminder_steps)
        self._after = settings.escalate_after
        self._noticing = Noticing(clock, self._basis, self._steps, settings.stage_still_days)

    # -------------------------------------------------------------- what is due

    def wanted(
        self,
        session: Session,
        registry: Registry,
        provinces: Collection[str] | None = None,
        ids: Collection[str] = (),
    ) -> Wanted:
        """
        Who is to be told what today, sent or not, and what was sent before.

        Of these provinces and these pairings, or of all.
        """
        pairings = pairings_of(registry, provinces, ids)
        some = None if provinces is None else tuple(one.id for one in pairings)
        world, answered = read_world(session, self._clock, self._basis, some)
        found = due(pairings, world, self._clock.today(), self._basis, self._steps)
        ledger = read_ledger(session, self._clock, some)
        of = None if provinces is None else {one.province_code for one in pairings}
        around = read_around(session, self._clock, ledger, answered, self._after, of)
        return Wanted(lines(found, around), ledger, Look(pairings, some, world, around))

    def messages(self, session: Session, registry: Registry) -> list[Message]:
        """What a plan of today would send, without what was sent already. Nothing is stored."""
        wanted = self.wanted(session, registry)
        items = self._noticing.wanted(session, registry, wanted.look)
        return self._messages(self._unsent(wanted), self._noticing.unsaid(session, items))

    def _unsent(self, wanted: Wanted) -> dict[Recipient, tuple[Line, ...]]:
        found = {
            recipient: tuple(one for one in some if _key(recipient[0], one.due) not in wanted.ledger.settled)
            for recipient, some in wanted.lines.items()
        }
        return {recipient: some for recipient, some in found.items() if some}

    def _messages(
        self, unsent: Mapping[Recipient, tuple[Line, ...]], unsaid: Mapping[Recipient, tuple[Item, ...]]
    ) -> list[Message]:
        at = self._clock.office_time()
        return [
            Message(at, *recipient, unsent.get(recipient, ()), unsaid.get(recipient, ()))
            for recipient in sorted({*unsent, *unsaid}, key=lambda one: one[0])
        ]

    def explain(self, session: Session, registry: Registry, pairing_id: str) -> Explained:
        """Why the pairing is reminded today, or is not: each period judged, who is told, what was told before."""
        pairing = registry.pairings[pairing_id].facts
        world, answered = read_world(session, self._clock, self._basis, [pairing_id])
        ledger = read_ledger(session, self._clock, [pairing_id])
        around = read_around(session, self._clock, ledger, answered, self._after, [pairing.province_code])
        judged = judge(pairing, world, self._clock.today(), self._basis, self._steps)
        found = due([pairing], world, self._clock.today(), self._basis, self._steps)
        told = {
            (line.due.period, recipient, line.level): _key(recipient, line.due) in ledger.settled
            for (recipient, _), some in lines(found, around).items()
            for line in some
        }
        return Explained(
            day=self._clock.today(),
            pairing_id=pairing_id,
            judged=judged,
            told=told,
            said={
                one.period: tuple(ledger.said.get((pairing_id, one.basis, one.period), ())) for one in judged
            },
            answered=answered.get(pairing_id),
            confirmed=pairing.province_code in around.confirmed,
            sums=summary(pairing, world.held.get(pairing_id, ()), self._clock.today()),
        )

    def schedule(
        self, session: Session, registry: Registry, provinces: Collection[str]
    ) -> tuple[Coming, ...]:
        """The coming 12 months of these provinces, if nothing is recorded until then."""
        pairings = pairings_of(registry, provinces)
        ids = [one.id for one in pairings]
        world, answered = read_world(session, self._clock, self._basis, ids)
        ledger = read_ledger(session, self._clock, ids)
        around = read_around(session, self._clock, ledger, answered, self._after, provinces)
        scene = Scene(pairings, (), around, self._basis, self._steps, self._clock.zone, self._clock.closed)
        today = self._clock.today()
        told: dict[Coming, set[str]] = {}
        for message in replay(scene, today, months_after(today, 12), world, ledger):
            for line in message.lines:
                if line.level == "officer":
                    key = Coming(message.at.date(), line.due.step, line.due.period, 0)
                    told.setdefault(key, set()).add(line.due.pairing_id)
        return tuple(replace(key, pairings=len(found)) for key, found in told.items())

    # -------------------------------------------------------------- planning

    def plan(self, session: Session, registry: Registry) -> list[Message]:
        """Bring what is stored in line with the rule; returns what goes out for today."""
        meta.lock(session, meta.LAST_PLAN)
        self._note_start(session)
        wanted = self.wanted(session, registry)
        items = self._noticing.wanted(session, registry, wanted.look)
        keys = _keys(wanted.lines)
        rows = reminders.list_open(session, keys, periods_around(self._clock.today()))
        digests.settle(session, rows, lambda row: reminders.key_of(row) in keys)
        unsent, unsaid = self._unsent(wanted), self._noticing.unsaid(session, items)
        self._add(session, unsent)
        messages = self._messages(unsent, unsaid)
        recipients = [message.recipient for message in messages if message.person_id is not None]
        reminded = _by_recipient(reminders.list_planned_of(session, recipients))
        self._noticing.settle(session, items)
        self._noticing.add(session, unsaid)
        noticed = _by_recipient(notices.list_planned_of(session, recipients))
        for message in messages:
            if message.person_id is not None:
                person = session.get_one(Person, message.person_id)
                mine: list[Reminder | Notice] = [*reminded[message.recipient]]
                mine += noticed[message.recipient]
                self._ensure_digest(session, person, mine)
        meta.put(session, meta.LAST_PLAN, self._clock.now().isoformat())
        return messages

    def _note_start(self, session: Session) -> None:
        """The first plan of all, and one after planning had stopped."""
        now, last = self._clock.now(), meta.last_plan(session)
        if meta.get(session, meta.FIRST_PLAN) is None:
            meta.put(session, meta.FIRST_PLAN, self._clock.today().isoformat())
        if last is not None and not is_healthy(last, now):
            meta.put_plan_gap(session, last, now)

    def replan_pairing(self, session: Session, registry: Registry, pairing_id: str) -> None:
        """After a record was made, changed or deleted: cancel or revive at once. Notices are asked when they go out."""
        rows = [
            row
            for row in reminders.list_of_pairings(session, [pairing_id])
            if row.state in ("planned", "cancelled")
        ]
        if not rows:
            return
        keys = _keys(self.wanted(session, registry, (), [pairing_id]).lines)
        digests.settle(session, rows, lambda row: reminders.key_of(row) in keys)
        for person_id in {row.person_id for row in rows if row.state == "planned" and row.person_id}:
            person = session.get(Person, person_id)
            if person is not None:
                planned = reminders.list_planned_of(session, [person.public_id])
                self._ensure_digest(session, person, planned)

    def replan_person(self, session: Session, registry: Registry, person: Person) -> None:
        """After they got a post, or left one: what is due for them, and nothing else, waits to be sent."""
        self._bring_in_line(session, registry, person)
        self._ensure_digest(session, person, self._planned(session, person))

    def _planned(self, session: Session, person: Person) -> list[Reminder | Notice]:
        planned: list[Reminder | Notice] = [*reminders.list_planned_of(session, [person.public_id])]
        return [*planned, *notices.list_planned_of(session, [person.public_id])]

    def _add(self, session: Session, unsent: Mapping[Recipient, Iterable[Line]]) -> None:
        missing = [
            reminders.New(_key(recipient, line.due), person_id, line.level)
            for (recipient, person_id), some in unsent.items()
            for line in some
        ]
        reminders.add_missing(session, missing, self._clock.now())

    def _ensure_digest(self, session: Session, person: Person, rows: Sequence[Reminder | Notice]) -> None:
        """A digest row for what is planned for the person: one a day, in office hours, where they can be reached."""
        chat = people.find_reachable_chat(session, person.id)
        if not rows or chat is None:
            return
        at = self._clock.office_time()
        digest_row = outbox.find_digest(session, person.id, at.date())
        while digest_row is not None and digests.is_made(digest_row):
            at = self._clock.office_time(
                datetime.combine(at.date() + ONE_DAY, datetime.min.time(), at.tzinfo)
            )
            digest_row = outbox.find_digest(session, person.id, at.date())
        if digest_row is None:
            digest_row = outbox.add(session, chat, "digest", {}, self._clock.now(), not_before=at)
            digest_row.digest_person_id, digest_row.digest_on = person.id, at.date()
            session.flush()
        elif digest_row.state in ("cancelled", "failed"):
            outbox.begin_again(digest_row, chat, at)
        for row in rows:
            row.outbox_id = digest_row.id

    # -------------------------------------------------------------- composing

    def compose(self, session: Session, registry: Registry, row: Outbox) -> Reply | None:
        """
        The text of a claimed digest, by the rule as it stands now; None when nothing is left to say.

        Marks what it carries as being sent, in the caller's transaction. No plan runs beside it: several digests
        are made in one transaction, and both would lock the same reminders in another order.
        """
        meta.lock(session, meta.LAST_PLAN)
        person = session.get(Person, row.digest_person_id)
        assert person is not None
        told, items = self._take(session, registry, person, row)
        if not told and not items:
            return None
        told.sort(key=lambda one: (*year_shown(one.due), one.due.pairing_id))
        provinces = {one.due.province_code for one in told}
        own = [one.id for code in provinces for one in registry.of_province(code)]
        return digest(
            told,
            items,
            registry,
            held.this_year(session, own, self._clock.today()),
            self._clock.today(),
            of_language(person.language),
            frozenset(people.list_confirmed(session)),
            self._expected(session, row),
        )

    def _expected(self, session: Session, row: Outbox) -> Callable[[Due], date]:
        """On which day a line of the digest should have gone out: today, unless nothing was sent or planned then."""
        today, planned = self._clock.today(), row.digest_on
        gap = meta.plan_gap(session)
        stopped, again = (one.astimezone(self._clock.zone) for one in gap) if gap else (None, None)

        def expected(one: Due) -> date:
            opens = self._clock.office_time(datetime.combine(one.since, time(), self._clock.zone)).date()
            if planned is not None and planned < today:
                return max(planned, opens)
            if stopped is None or again is None or self._clock.office_time(again).date() != today:
                return today
            return opens if stopped.date() < one.since <= again.date() else today

        return expected

    def _take(
        self, session: Session, registry: Registry, person: Person, row: Outbox
    ) -> tuple[list[Line], list[Item]]:
        """What the person is told now: marked as being sent, what is no longer due cancelled."""
        look, by_key = self._bring_in_line(session, registry, person)
        told = []
        for reminder in reminders.list_planned_of(session, [person.public_id]):
            line = by_key.get(reminders.key_of(reminder))
            if line is not None:
                reminder.state, reminder.outbox_id = "sending", row.id
                told.append(line)
        items = self._noticing.wanted(session, registry, look)
        return told, self._noticing.take(session, person.public_id, items, row.id)

    def _bring_in_line(
        self, session: Session, registry: Registry, person: Person
    ) -> tuple[Look, dict[reminders.Key, Line]]:
        """A person's reminders by the rule as it stands now; what was looked at, and what is due for them."""
        open_ = [
            one
            for one in reminders.list_of_recipients(
                session, [person.public_id], periods_around(self._clock.today())
            )
            if one.state in ("planned", "cancelled")
        ]
        wanted = self.wanted(
            session, registry, self._reach(session, person), {one.pairing_id for one in open_}
        )
        mine = {name: found for name, found in wanted.lines.items() if name[0] == person.public_id}
        keys = _keys(mine)
        digests.settle(session, open_, lambda one: reminders.key_of(one) in keys)
        self._add(session, self._unsent(replace(wanted, lines=mine)))
        by_key = {_key(name, line.due): line for (name, _), found in mine.items() for line in found}
        return wanted.look, by_key

    def _reach(self, session: Session, person: Person) -> set[str] | None:
        """The provinces in which they hold a post; None, all, for the ministry."""
        seats = people.list_memberships(session, person.id, self._clock.now())
        if any(one.role == "ministry" for one in seats):
            return None
        return {one.province_code for one in seats if one.role in PROVINCIAL and one.province_code}
