"""
Reminders: the pure rule joined to the database, and the digest that carries them and the notices.

The plan may run as often as it likes, in as many processes as it likes: a reminder is unique by recipient,
pairing, basis, period and step. It plans what is due, cancels what is no longer, revives what is again, and
never touches what was sent. One digest a person a day carries all of theirs; its text is made, and the rule
asked again, in the transaction that marks it as being sent.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time

from sqlalchemy.orm import Session

from bot import held
from bot.calendar import ONE_DAY, Basis, months_after
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
    ledger_of,
    pairings_of,
    periods_around,
    read_around,
    read_ledger,
    read_world,
    years_of_silence,
)
from bot.ramp import Ledger, Line, Message, lines
from bot.reminders import Due, Step, due_of, judge, judge_all, parse_steps, summary
from bot.rights import PROVINCIAL
from bot.settings import Settings
from bot.simulating import Scene, replay
from bot.texts import of_language
from storage import digests, meta, outbox, people, reminders
from storage.models import Chat, Outbox, Person
from storage.reminders import Past


def _key(recipient: str, one: Due) -> reminders.Key:
    return (recipient, one.pairing_id, one.basis, one.period, one.step)


@dataclass(frozen=True)
class Wanted:
    """
    Who is to be told what of the year, and what was found on the way.

    Attributes:
        past: What was planned or told before, in the years that are silent.
        ledger: What was told of it.
    """

    lines: dict[Recipient, list[Line]]
    past: Sequence[Past]
    ledger: Ledger
    look: Look


def _keys(wanted: Mapping[Recipient, Iterable[Line]]) -> set[reminders.Key]:
    return {_key(recipient, line.due) for (recipient, _), found in wanted.items() for line in found}


class Planner:
    """Plans, and composes what was planned."""

    def __init__(self, clock: Clock, settings: Settings) -> None:
        self._clock = clock
        self._basis: Basis = settings.year_basis
        self._steps: tuple[Step, ...] = parse_steps(settings.reminder_steps)
        self._after = settings.escalate_after
        self._noticing = Noticing(clock, settings.stage_still_days)

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
        judged = judge_all(pairings, world, self._clock.today(), self._basis, self._steps)
        past = reminders.list_past(session, years_of_silence(judged), some)
        ledger = ledger_of(past, self._clock.zone)
        of = None if provinces is None else {one.province_code for one in pairings}
        around = read_around(session, self._clock, ledger, answered, self._after, of)
        look = Look(pairings, some, world, judged, around)
        return Wanted(lines(due_of(judged), around), past, ledger, look)

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
        """
        Why the pairing is reminded today, or is not: each period judged, who is told, what was told before.

        Of a day that has passed with what is known now, but for what was told, and answered, after it.
        """
        pairing, zone = registry.pairings[pairing_id].facts, self._clock.zone
        world, answered = read_world(session, self._clock, self._basis, [pairing_id])
        answered = {name: day for name, day in answered.items() if day <= self._clock.today()}
        past = reminders.list_past(session, periods_around(self._clock.today()), [pairing_id])
        ledger = ledger_of(
            (one for one in past if one.at.astimezone(zone).date() <= self._clock.today()), zone
        )
        around = read_around(session, self._clock, ledger, answered, self._after, [pairing.province_code])
        judged = judge(pairing, world, self._clock.today(), self._basis, self._steps)
        told = {
            (line.due.period, recipient, line.level): _key(recipient, line.due) in ledger.settled
            for (recipient, _), some in lines(due_of(judged), around).items()
            for line in some
        }
        return Explained(
            day=self._clock.today(),
            pairing_id=pairing_id,
            judged=judged,
            told=told,
            said={
                one.period: tuple(
                    past for past in ledger.said.get((pairing_id, one.basis, one.period), ()) if past.heard
                )
                for one in judged
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
        reminders.settle(session, wanted.past, _keys(wanted.lines))
        unsent, unsaid = self._unsent(wanted), self._noticing.unsaid(session, items)
        self._add(session, wanted, unsent)
        self._noticing.settle(session, items)
        self._noticing.add(session, unsaid)
        messages = self._messages(unsent, unsaid)
        told = [message.person_id for message in messages if message.person_id is not None]
        self._ensure_digests(session, people.list_by_id(session, told))
        meta.put(session, meta.LAST_PLAN, self._clock.now().isoformat())
        return messages

    def _note_start(self, session: Session) -> None:
        """The first plan of all, and one after planning had stopped. A first one that lies ahead never was."""
        now, last = self._clock.now(), meta.last_plan(session)
        first, today = meta.get(session, meta.FIRST_PLAN), self._clock.today().isoformat()
        if first is None or first > today:
            meta.put(session, meta.FIRST_PLAN, today)
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
        revived = {row.person_id for row in rows if row.state == "planned" and row.person_id is not None}
        self._ensure_digests(session, people.list_by_id(session, revived))

    def replan_person(self, session: Session, registry: Registry, person: Person) -> None:
        """After they got a post, or left one: what is due for them, and nothing else, waits to be sent."""
        self._bring_in_line(session, registry, person)
        self._ensure_digests(session, [person])

    def _add(self, session: Session, wanted: Wanted, unsent: Mapping[Recipient, Iterable[Line]]) -> None:
        known = {one.key for one in wanted.past if one.state in reminders.OPEN}
        missing = [
            reminders.New(key, person_id, line.level)
            for (recipient, person_id), some in unsent.items()
            for line in some
            if (key := _key(recipient, line.due)) not in known
        ]
        reminders.add_missing(session, missing, self._clock.now())

    def _ensure_digests(self, session: Session, persons: Iterable[Person]) -> None:
        """
        A digest row for each person for whom something is planned: one a day, in office hours, where they can be
        reached.
        """
        by_recipient = {one.public_id: one for one in persons}
        waiting = digests.list_waiting(session, list(by_recipient))
        ids = [by_recipient[recipient].id for recipient in waiting]
        chats = people.list_reachable_chats(session, ids)
        at = self._clock.office_time()
        known = outbox.list_digests(session, ids, at.date())
        rows = {}
        for recipient in waiting:
            person = by_recipient[recipient]
            chat = chats.get(person.id)
            if chat is not None:
                rows[recipient] = self._digest_row(session, person, chat, at, known.get(person.id, {}))
        session.flush()
        for recipient, row in rows.items():
            if waiting[recipient] != {row.id}:
                digests.put_in(session, recipient, row.id)

    def _digest_row(
        self, session: Session, person: Person, chat: Chat, at: datetime, known: Mapping[date, Outbox]
    ) -> Outbox:
        """
        That of an earlier day which did not go out yet, so that it says how late it is; else of the first day on
        which none was made, of those that are known or a new one.
        """
        for on in sorted(known):
            if on < at.date() and known[on].chat_id == chat.id and not digests.is_made(known[on]):
                return known[on]
        row = known.get(at.date())
        while row is not None and digests.is_made(row):
            at = self._clock.office_time(
                datetime.combine(at.date() + ONE_DAY, datetime.min.time(), at.tzinfo)
            )
            row = known.get(at.date())
        if row is None:
            row = outbox.add(session, chat, "digest", {}, self._clock.now(), not_before=at)
            row.digest_person_id, row.digest_on = person.id, at.date()
        elif row.state in ("cancelled", "failed"):
            outbox.begin_again(row, chat, at)
        return row

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
        planned = reminders.lock_planned_of(session, person.public_id)
        told = {row_id: by_key[key] for key, row_id in planned.items() if key in by_key}
        reminders.take(session, list(told), row.id)
        items = self._noticing.wanted(session, registry, look)
        return list(told.values()), self._noticing.take(session, person.public_id, items, row.id)

    def _bring_in_line(
        self, session: Session, registry: Registry, person: Person
    ) -> tuple[Look, dict[reminders.Key, Line]]:
        """A person's reminders by the rule as it stands now; what was looked at, and what is due for them."""
        open_ = reminders.lock_open_of(session, person.public_id, periods_around(self._clock.today()))
        wanted = self.wanted(session, registry, self._reach(session, person), open_)
        mine = {name: found for name, found in wanted.lines.items() if name[0] == person.public_id}
        past = [one for one in wanted.past if one.recipient == person.public_id]
        reminders.settle(session, past, _keys(mine))
        self._add(session, wanted, self._unsent(replace(wanted, lines=mine)))
        by_key = {_key(name, line.due): line for (name, _), found in mine.items() for line in found}
        return wanted.look, by_key

    def _reach(self, session: Session, person: Person) -> set[str] | None:
        """The provinces in which they hold a post; None, all, for the ministry."""
        seats = people.list_memberships(session, person.id, self._clock.now())
        if any(one.role == "ministry" for one in seats):
            return None
        return {one.province_code for one in seats if one.role in PROVINCIAL and one.province_code}
