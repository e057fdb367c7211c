"""
Reminders: the pure rule joined to the database.

The plan may run as often as it likes, in as many processes as it likes: a reminder is unique by recipient,
pairing, basis, period and step. It plans what is due, cancels what is no longer, revives what is again, and
never touches what was sent. One digest a person a day carries all of theirs; its text is made, and the rule
asked again, in the transaction that marks it as being sent.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from bot import held
from bot.calendar import Basis, next_office_time
from bot.clock import Clock
from bot.dialogues.base import PairingView, Registry
from bot.dialogues.digest import digest
from bot.messages import Reply
from bot.reminders import Due, Held, Step, due, parse_steps
from bot.settings import Settings
from bot.texts import of_language
from storage import meta, outbox, people, reminders
from storage.models import Outbox, Person, Reminder

SETTLED = ("sending", "sent", "uncertain")
"""States of a reminder that went out, or may have: it is never planned again."""

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Message:
    """What one recipient is told at one time."""

    at: datetime  # business zone, within office hours
    recipient: str  # a person's opaque id, or role:officer:TH-50 where nobody holds the post
    person_id: int | None
    lines: tuple[Due, ...]


def _key(recipient: str, one: Due) -> reminders.Key:
    return (recipient, one.pairing_id, one.basis, one.period, one.step)


class Planner:
    """Plans, and composes what was planned."""

    def __init__(self, clock: Clock, settings: Settings) -> None:
        self._clock = clock
        self._basis: Basis = settings.year_basis
        self._steps: tuple[Step, ...] = parse_steps(settings.reminder_steps)

    def _office_time(self, at: datetime) -> datetime:
        return next_office_time(at, zone=self._clock.zone)

    # -------------------------------------------------------------- what is due

    def due_today(
        self, session: Session, registry: Registry, provinces: Sequence[str] | None = None
    ) -> tuple[Due, ...]:
        """The rule, asked of the registry and the records of these provinces, or of all."""
        if provinces is None:
            everything = held.two_years_of_all(session, self._clock.today(), self._basis)
            return self._due(registry.pairings.values(), everything)
        return self._due_of(session, [one for code in provinces for one in registry.of_province(code)])

    def _due_of(self, session: Session, pairings: Sequence[PairingView]) -> tuple[Due, ...]:
        ids = [one.id for one in pairings]
        return self._due(pairings, held.two_years(session, ids, self._clock.today()))

    def _due(self, pairings: Iterable[PairingView], found: Held) -> tuple[Due, ...]:
        owing = [one.facts for one in pairings if one.verdict != "wrong"]
        return due(owing, found, (), self._clock.today(), self._basis, self._steps)

    def messages(self, session: Session, registry: Registry) -> list[Message]:
        """What a plan of today would send, without what was sent already. Nothing is stored."""
        return self._unsent(session, *self._wanted(session, registry))

    def _unsent(
        self, session: Session, wanted: Mapping[str, Sequence[Due]], persons: Mapping[str, Person]
    ) -> list[Message]:
        settled = {reminders.key_of(row) for row in reminders.list_in_states(session, SETTLED)}
        at = self._office_time(self._clock.business())
        return [
            Message(at, recipient, persons[recipient].id if recipient in persons else None, lines)
            for recipient, all_lines in sorted(wanted.items())
            if (lines := tuple(one for one in all_lines if _key(recipient, one) not in settled))
        ]

    def _wanted(self, session: Session, registry: Registry) -> tuple[dict[str, list[Due]], dict[str, Person]]:
        officers: defaultdict[str, list[Person]] = defaultdict(list)
        for province, person in people.list_officers(session, self._clock.now()):
            officers[province].append(person)
        wanted: defaultdict[str, list[Due]] = defaultdict(list)
        persons: dict[str, Person] = {}
        for one in self.due_today(session, registry):
            for person in officers.get(one.province_code, []):
                persons[person.public_id] = person
                wanted[person.public_id].append(one)
            if not officers.get(one.province_code):
                wanted[f"role:officer:{one.province_code}"].append(one)
        return wanted, persons

    # -------------------------------------------------------------- planning

    def plan(self, session: Session, registry: Registry) -> list[Message]:
        """Bring the stored reminders in line with the rule; returns what goes out for today."""
        meta.lock(session, meta.LAST_PLAN)
        wanted, persons = self._wanted(session, registry)
        keys = {_key(recipient, one) for recipient, lines in wanted.items() for one in lines}
        messages = self._unsent(session, wanted, persons)
        self._settle(session, reminders.list_open(session), keys)
        self._add(session, wanted, persons)
        for person in persons.values():
            self._ensure_digest(session, person)
        meta.put(session, meta.LAST_PLAN, self._clock.now().isoformat())
        return messages

    def replan_pairing(self, session: Session, registry: Registry, pairing_id: str) -> None:
        """After a record was made, changed or deleted: cancel or revive at once."""
        due_now = self._due_of(session, [registry.pairings[pairing_id]])
        rows = [
            row
            for row in reminders.list_of_pairings(session, [pairing_id])
            if row.state in ("planned", "cancelled")
        ]
        keys = {_key(row.recipient, one) for row in rows for one in due_now}
        self._settle(session, rows, keys)
        for person_id in {row.person_id for row in rows if row.state == "planned" and row.person_id}:
            person = session.get(Person, person_id)
            if person is not None:
                self._ensure_digest(session, person)

    def replan_person(self, session: Session, registry: Registry, person: Person) -> None:
        """After they got a post, or left one: what is due for them, and nothing else, waits to be sent."""
        self._bring_in_line(session, registry, person)
        self._ensure_digest(session, person)

    def _bring_in_line(
        self, session: Session, registry: Registry, person: Person
    ) -> tuple[tuple[str, ...], tuple[Due, ...]]:
        """A person's reminders by the rule as it stands now; their provinces, and what is due there."""
        seats = people.list_memberships(session, person.id, self._clock.now())
        provinces = tuple(one.province_code for one in seats if one.role == "officer" and one.province_code)
        lines = self.due_today(session, registry, provinces)
        rows = reminders.list_of_recipients(session, [person.public_id])
        changeable = [one for one in rows if one.state in ("planned", "cancelled")]
        self._settle(session, changeable, {_key(person.public_id, one) for one in lines})
        self._add(session, {person.public_id: lines}, {person.public_id: person})
        return provinces, lines

    def _settle(self, session: Session, rows: Sequence[Reminder], keys: set[reminders.Key]) -> None:
        """Cancel planned rows that are no longer due, revive cancelled ones that are due again."""
        for row in rows:
            wanted = reminders.key_of(row) in keys
            if row.state == "planned" and not wanted:
                row.state, row.outbox_id = "cancelled", None
            elif row.state == "cancelled" and wanted:
                row.state = "planned"
        session.flush()

    def _add(
        self, session: Session, wanted: Mapping[str, Sequence[Due]], persons: Mapping[str, Person]
    ) -> None:
        missing = [
            (_key(recipient, one), persons[recipient].id if recipient in persons else None)
            for recipient, lines in wanted.items()
            for one in lines
        ]
        reminders.add_missing(session, missing, self._clock.now())

    def _ensure_digest(self, session: Session, person: Person) -> None:
        """A digest row for the person's planned reminders: one a day, in office hours, where they can be reached."""
        rows = [
            row for row in reminders.list_of_recipients(session, [person.public_id]) if row.state == "planned"
        ]
        chat = people.find_reachable_chat(session, person.id)
        if not rows or chat is None:
            return
        at = self._office_time(self._clock.business())
        row = outbox.find_digest(session, person.id, at.date())
        while row is not None and row.state in ("sending", "sent", "uncertain"):
            at = self._office_time(datetime.combine(at.date() + ONE_DAY, datetime.min.time(), at.tzinfo))
            row = outbox.find_digest(session, person.id, at.date())
        if row is None:
            row = outbox.add(session, chat, "digest", {}, self._clock.now(), not_before=at)
            row.digest_person_id, row.digest_on = person.id, at.date()
            session.flush()
        elif row.state in ("cancelled", "failed"):
            outbox.begin_again(row, chat, at)
        for reminder in rows:
            reminder.outbox_id = row.id

    def postpone(self, session: Session, row: Outbox) -> None:
        """A digest that comes too late for today's office hours goes with the next day's."""
        outbox.cancel(row)
        reminders.set_state_of_outbox(session, row.id, "planned", None)
        session.flush()
        person = session.get(Person, row.digest_person_id)
        assert person is not None
        self._ensure_digest(session, person)

    # -------------------------------------------------------------- composing

    def compose(self, session: Session, registry: Registry, row: Outbox) -> Reply | None:
        """
        The text of a claimed digest, by the rule as it stands now; None when nothing is left to say.

        Marks the reminders in it as being sent, in the caller's transaction.
        """
        person = session.get(Person, row.digest_person_id)
        assert person is not None
        provinces, lines = self._bring_in_line(session, registry, person)
        told: list[Due] = []
        by_key = {_key(person.public_id, one): one for one in lines}
        for reminder in reminders.list_of_recipients(session, [person.public_id]):
            if reminder.state == "planned" and reminders.key_of(reminder) in by_key:
                reminder.state, reminder.outbox_id = "sending", row.id
                told.append(by_key[reminders.key_of(reminder)])
        if not told:
            return None
        told.sort(key=lambda one: (one.province_code, one.period, one.pairing_id))
        own = [one.id for code in provinces for one in registry.of_province(code)]
        found = held.this_year(session, own, self._clock.today())
        language = of_language(person.language)
        confirmed = frozenset(people.list_confirmed(session))
        return digest(told, registry, found, self._clock.today(), language, confirmed)
