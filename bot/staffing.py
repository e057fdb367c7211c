"""
From 1 October on each head of office is asked once who serves in the province, and once more two weeks later where
nothing was answered. Only in office hours, so that the list is the one of the moment when it arrives.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, timedelta

from sqlalchemy.orm import Session

from bot.calendar import FISCAL_FIRST_MONTH
from bot.clock import Clock
from bot.dialogues.base import Registry
from bot.dialogues.staff import october_question
from bot.saying import tell
from bot.serving_views import fiscal_year, staff_list
from bot.texts import of_language
from storage import meta, people, serving
from storage.models import Person, StaffCheck

ASK_AGAIN = timedelta(days=14)

KIND = "staff"
"""Of the message in the outbox."""


class StaffChecker:
    def __init__(self, clock: Clock) -> None:
        self._clock = clock

    def run(self, session: Session, registry: Registry) -> int:
        """
        Ask what is to be asked now; returns how many provinces were.

        In a transaction of its own. What was asked and what is said are one: so it may run as often as it likes, in
        as many processes as it likes. It waits for nobody's turn: who writes at this moment is asked at the next run.
        """
        at = self._clock.business()
        if self._clock.office_time(at) != at:
            return 0
        meta.lock(session, meta.STAFFING)
        year = fiscal_year(self._clock.today())
        asked = 0
        for province, heads in serving.list_heads(session, self._clock.now()).items():
            check = serving.find_check(session, province, year)
            if check is not None and serving.was_asked_again(session, check):
                continue
            if self._is_due(check) and self._ask(session, registry, province, year, heads):
                asked += 1
        return asked

    def _is_due(self, check: StaffCheck | None) -> bool:
        """First in October; again where two weeks went by without an answer."""
        today = self._clock.today()
        if check is None or check.asked_at is None:
            return today.month == FISCAL_FIRST_MONTH and (check is None or check.confirmed_at is None)
        asked_on = check.asked_at.astimezone(self._clock.zone).date()
        return check.confirmed_at is None and today >= asked_on + ASK_AGAIN

    def _ask(
        self, session: Session, registry: Registry, province: str, year: int, heads: Sequence[Person]
    ) -> bool:
        """False where no head could be told: they are tried again."""
        check = serving.get_or_add_check(session, province, year)
        again = check.asked_at is not None
        told = 0
        for head in heads:
            chat = people.find_reachable_chat(session, head.id)
            if chat is None or not people.lock_unless_busy(session, head.id):
                continue
            listed = staff_list(session, province, self._clock, head.id)
            question = october_question(of_language(head.language), registry, listed, again=again)
            tell(session, chat, head.id, question, self._clock.now(), kind=KIND)
            told += 1
        if not told:
            return False
        if again:
            serving.note_asked_again(session, check, self._clock.now())
        else:
            check.asked_at = self._clock.business().astimezone(UTC)  # by this day two weeks are counted
        return True
