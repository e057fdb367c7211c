"""
What is asked of officers by itself, each thing once: whether a planned activity took place, the details of
one that did, and drafts that were left unsaved.

Only in office hours, so that what is said is true when it arrives: an outbox row that waited for Monday
could ask about what was answered on Saturday. What is marked as asked and what is said are one transaction.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import datetime, time, timedelta

from sqlalchemy.orm import Session

from bot.calendar import next_office_time
from bot.clock import Clock
from bot.dialogues.base import ActivityView, Registry, Talk
from bot.dialogues.details import CARD, details_card
from bot.dialogues.records import held_question
from bot.dialogues.unfinished import unfinished
from bot.facts import activity_view, open_draft, seats_of
from bot.messages import Reply
from bot.rights import may
from bot.saying import tell
from bot.texts import of_language
from bot.texts.th import Th
from storage import activities, conversations, people
from storage.models import Activity, Draft, Person

HELD_A_DAY = 3
DETAILS_A_DAY = 1
"""Of each kind for one person: who comes back from leave is not buried."""

MOST_DRAFTS = 10
"""In one message."""

DETAILS_WITHIN = timedelta(days=60)
"""A record that is older when its details would be asked for is left alone."""

Say = Callable[[Th, ActivityView, Registry], Reply]


class Chaser:
    def __init__(self, clock: Clock) -> None:
        self._clock = clock

    def run(self, session: Session, registry: Registry) -> int:
        """Ask what is to be asked now; returns how many messages were queued."""
        at = self._clock.business()
        if next_office_time(at, zone=self._clock.zone) != at:
            return 0
        today, now = self._clock.today(), self._clock.now()
        planned = activities.list_planned_and_over(session, today)
        said = self._ask(session, registry, planned, "asked_held_at", HELD_A_DAY, held_question)
        bare = activities.list_without_details(session, now - DETAILS_WITHIN, now - timedelta(days=1), today)
        said += self._ask(session, registry, bare, "asked_details_at", DETAILS_A_DAY, details_card)
        return said + self._offer_drafts(session, registry)

    # -------------------------------------------------------------- records

    def _ask(
        self, session: Session, registry: Registry, rows: Sequence[Activity], mark: str, a_day: int, say: Say
    ) -> int:
        """Ask about each record once; one that nobody can be asked about waits until somebody can."""
        said, now = 0, self._clock.now()
        asked = activities.count_asked(session, mark, self._midnight())
        for row in rows:
            view = activity_view(session, row)
            persons = [one for one in self._concerned(session, registry, view) if asked[one.id] < a_day]
            told = [one for one in persons if self._tell(session, one, say, registry, view)]
            for one in told:
                asked[one.id] += 1
            if told:
                setattr(row, mark, now)
                said += len(told)
        return said

    def _tell(
        self, session: Session, person: Person, say: Say, registry: Registry, view: ActivityView
    ) -> bool:
        chat = people.find_reachable_chat(session, person.id)
        if chat is None:
            return False
        t = of_language("en" if person.language == "en" else "th")
        now = self._clock.now()
        tell(session, chat, person.id, say(t, view, registry), now)
        if say is details_card:
            conversation = conversations.get_or_add(session, chat.id, person.id, now)
            talk = Talk.model_validate(conversation.state)
            if talk.asking is None and conversation.draft_id is None:  # its lines may be typed at once
                talk = talk.asks(CARD, str(view.id))
                conversation.state = talk.model_dump(mode="json", exclude_none=True)
        return True

    def _concerned(self, session: Session, registry: Registry, view: ActivityView) -> list[Person]:
        """Those who recorded it and may still change it; where none is left, the officers of its province."""
        province = registry.pairings[view.pairing_id].province_code
        recorders = activities.list_recorders(session, view.id)
        able = [
            person
            for person in recorders
            if may(
                seats_of(people.list_memberships(session, person.id, self._clock.now())),
                "change_activity",
                province,
            )
        ]
        officers = people.list_officers(session, self._clock.now())
        return able or [person for code, person in officers if code == province]

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
            if person is None or chat is None:
                continue
            t = of_language("en" if person.language == "en" else "th")
            drafts = [open_draft(row) for row in rows[-MOST_DRAFTS:]]
            tell(session, chat, person_id, unfinished(t, registry, drafts[::-1]), now)
            for row in rows:
                row.nudges, row.nudged_at = row.nudges + 1, now
            said += 1
        return said
