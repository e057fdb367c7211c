"""
What is asked of officers by itself, each thing once: whether a planned activity took place, the details of
one that did, and drafts that were left unsaved.

Only in office hours, so that what is said is true when it arrives: an outbox row that waited for Monday
could ask about what was answered on Saturday. What is marked as asked and what is said are one transaction.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from sqlalchemy.orm import Session

from bot.clock import Clock
from bot.dialogues.base import ActivityView, Registry, Talk
from bot.dialogues.details import CARD, details_card
from bot.dialogues.records import held_question
from bot.dialogues.unfinished import unfinished
from bot.facts import activity_view, open_draft
from bot.language.links import without_addresses
from bot.messages import Reply
from bot.posts import seats_of
from bot.rights import Seat, may
from bot.saying import tell
from bot.texts import of_language
from bot.texts.th import Th
from storage import activities, conversations, meta, outbox, people
from storage.models import Activity, Chat, Draft, Person

HELD_A_DAY = 3
DETAILS_A_DAY = 1
"""Of each kind for one person: who comes back from leave is not buried."""

MOST_DRAFTS = 10
"""In one message."""

DETAILS_WITHIN = timedelta(days=60)
"""A record that is older when its details would be asked for is left alone."""


@dataclass(frozen=True)
class Question:
    """What is asked about a record, once."""

    kind: str  # of its messages in the outbox, by which those of a day are counted
    mark: str  # the record's column that says when it was asked
    a_day: int
    make: Callable[[Th, ActivityView, Registry], Reply]


HELD = Question("held", "asked_held_at", HELD_A_DAY, held_question)
DETAILS = Question("details", "asked_details_at", DETAILS_A_DAY, details_card)


class Chaser:
    def __init__(self, clock: Clock) -> None:
        self._clock = clock

    def run(self, session: Session, registry: Registry) -> int:
        """
        Ask what is to be asked now; returns how many messages were queued.

        In a transaction of its own. It waits for no row that a turn may hold, and takes none from under one:
        whoever writes at this moment, and what is being changed, is asked about at the next run.
        """
        at = self._clock.business()
        if self._clock.office_time(at) != at:
            return 0
        meta.lock(session, meta.CHASING)
        today, now = self._clock.today(), self._clock.now()
        planned = activities.list_planned_and_over(session, today)
        said = self._ask(session, registry, planned, HELD)
        bare = activities.list_without_details(session, now - DETAILS_WITHIN, now - timedelta(days=1), today)
        said += self._ask(session, registry, bare, DETAILS)
        return said + self._offer_drafts(session, registry)

    # -------------------------------------------------------------- records

    def _ask(self, session: Session, registry: Registry, rows: Sequence[Activity], question: Question) -> int:
        """Ask about each record once; one that nobody can be asked about waits until somebody can."""
        said, now = 0, self._clock.now()
        asked = outbox.count_said(session, question.kind, self._midnight())
        staff = _Staff(session, now)
        recorders = activities.list_recorders_of(session, [row.id for row in rows])
        for row in rows:
            province = registry.pairings[row.pairing_id].province_code
            able = [one for one in recorders.get(row.id, ()) if staff.may_change(one, province)]
            keeper = session.get(Person, row.created_by) if row.created_by and not able else None
            if keeper is not None and staff.may_change(keeper, province):
                able = [keeper]  # who took over from whoever recorded it
            told = 0
            for person in able or staff.officers[province]:
                chat = staff.chat_of(person)
                if chat is None or asked[chat.id] >= question.a_day:
                    continue
                if self._tell(session, person, chat, question, registry, row):
                    asked[chat.id] += 1
                    told += 1
            if told:
                setattr(row, question.mark, now)
                said += told
        return said

    def _tell(
        self,
        session: Session,
        person: Person,
        chat: Chat,
        question: Question,
        registry: Registry,
        row: Activity,
    ) -> bool:
        """False where a turn of theirs is under way: what it keeps of the conversation would be lost."""
        if not people.lock_unless_busy(session, person.id):
            return False
        t = of_language(person.language)
        now, view = self._clock.now(), activity_view(session, row)
        # Nothing that comes by itself leads outside.
        view = view.model_copy(update={"title": without_addresses(view.title)})
        tell(session, chat, person.id, question.make(t, view, registry), now, kind=question.kind)
        if question is DETAILS:
            conversation = conversations.get_or_add(session, chat.id, person.id, now)
            talk = Talk.model_validate(conversation.state)
            if talk.asking is None and conversation.draft_id is None:  # its lines may be typed at once
                talk = talk.asks(CARD, str(view.id))
                conversation.state = talk.model_dump(mode="json", exclude_none=True)
        return True

    def _midnight(self) -> datetime:
        return datetime.combine(self._clock.today(), time(), self._clock.zone)

    # -------------------------------------------------------------- drafts

    def _offer_drafts(self, session: Session, registry: Registry) -> int:
        """All of a person's that are due in one message."""
        now = self._clock.now()
        due: defaultdict[int, list[Draft]] = defaultdict(list)
        for row in conversations.list_to_nudge(session, now):
            due[row.person_id].append(row)
        said = 0
        for person_id, rows in due.items():
            person, chat = session.get(Person, person_id), people.find_reachable_chat(session, person_id)
            if person is None or chat is None or not people.lock_unless_busy(session, person_id):
                continue
            if not may(seats_of(people.list_memberships(session, person_id, now)), "log_activity"):
                continue  # it waits for whoever serves again
            t = of_language(person.language)
            drafts = [open_draft(row) for row in rows[-MOST_DRAFTS:]]
            tell(session, chat, person_id, unfinished(t, registry, drafts[::-1]), now)
            for row in rows:
                row.nudges, row.nudged_at = row.nudges + 1, now
            said += 1
        return said


class _Staff:
    """Who can be asked, each looked up once in a run."""

    def __init__(self, session: Session, now: datetime) -> None:
        self._session = session
        self._now = now
        self._seats: dict[int, tuple[Seat, ...]] = {}
        self._chats: dict[int, Chat | None] = {}
        self.officers: defaultdict[str, list[Person]] = defaultdict(list)
        """Of each province, those in office."""
        for province, person in people.list_officers(session, now):
            self.officers[province].append(person)

    def may_change(self, person: Person, province: str) -> bool:
        """Whether they may still change the province's records."""
        if person.id not in self._seats:
            self._seats[person.id] = seats_of(people.list_memberships(self._session, person.id, self._now))
        return may(self._seats[person.id], "change_activity", province)

    def chat_of(self, person: Person) -> Chat | None:
        """Where they can be reached."""
        if person.id not in self._chats:
            self._chats[person.id] = people.find_reachable_chat(self._session, person.id)
        return self._chats[person.id]
