"""What everything that changes a record shares: who may, what follows at once, and who is told."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Any

from bot.acting import Acting
from bot.clock import Clock
from bot.dialogues.base import ActivityView
from bot.facts import activity_view, record_view
from bot.messages import Reply
from bot.planning import Planner
from bot.posts import seats_of
from bot.rights import Doing, may
from bot.telling import NOTICE, tell_others
from bot.texts.th import Th
from storage import activities, people
from storage.models import Activity, Person


class Records:
    """Records of activities, as the person who acts may touch them."""

    def __init__(self, clock: Clock, planner: Planner) -> None:
        self._clock = clock
        self._planner = planner

    def now(self) -> datetime:
        return self._clock.now()

    # -------------------------------------------------------------- finding

    def own(self, acting: Acting, activity_id: int, doing: Doing = "change_activity") -> Activity | None:
        """The record, locked, if the person may do this with it: a foreign one is like one that is not there."""
        row = activities.find_locked(acting.session, activity_id)
        if row is None:
            return None
        covered = [acting.facts.registry.pairings[one] for one in self.pairings(acting, row)]
        return row if any(may(acting.facts.seats, doing, one.province_code) for one in covered) else None

    def standing(self, acting: Acting, activity_id: int, doing: Doing = "change_activity") -> Activity | None:
        """The same, where it was not deleted."""
        row = self.own(acting, activity_id, doing)
        return row if row is not None and row.deleted_at is None else None

    def is_of_own_pairing(self, acting: Acting, row: Activity) -> bool:
        """Whether it belongs to the person's province, which did not only join it."""
        province = acting.facts.registry.pairings[row.pairing_id].province_code
        return may(acting.facts.seats, "change_activity", province)

    def pairings(self, acting: Acting, row: Activity) -> tuple[str, ...]:
        """Every pairing that it covers; its own first."""
        return activity_view(acting.session, row).pairings

    def view(self, acting: Acting, row: Activity) -> ActivityView:
        acting.session.flush()
        view = record_view(acting.session, row, self.now())
        acting.shown.update(view.pairings)
        return view

    # -------------------------------------------------------------- what follows at once

    def replanned(self, acting: Acting, row: Activity, before: Sequence[str] = ()) -> ActivityView:
        """Reminders of every pairing that it covers, or covered before, are cancelled or revived at once."""
        view = self.view(acting, row)
        for pairing_id in dict.fromkeys((*before, *view.pairings)):
            self._planner.replan_pairing(acting.session, acting.facts.registry, pairing_id)
        return view

    def note(self, acting: Acting, action: str, row: Activity, **detail: Any) -> None:
        acting.note(action, f"activity:{row.id}", self.now(), **detail)

    # -------------------------------------------------------------- who is told

    def in_charge(self, acting: Acting, province: str) -> Sequence[Person]:
        """The officers of a province; where there is none, its head of office."""
        for role in ("officer", "head"):
            if found := people.list_holders(acting.session, role, province, self.now()):
                return found
        return ()

    def heads(self, acting: Acting, province: str) -> Sequence[Person]:
        """Who is head of a province's office now, or stands in."""
        return people.list_holders(acting.session, "head", province, self.now())

    def recorders(self, acting: Acting, row: Activity) -> Sequence[Person]:
        """
        Who recorded it and still may change it, or took over from them; where nobody is left, who is in charge of
        its province.
        """
        recorders = [one.id for one in activities.list_recorders(acting.session, row.id)]
        found = self.those_who_may(acting, row, recorders) or self.those_who_may(
            acting, row, [row.created_by]
        )
        return found or self.in_charge(acting, acting.facts.registry.pairings[row.pairing_id].province_code)

    def those_who_may(
        self,
        acting: Acting,
        row: Activity,
        person_ids: Iterable[int | None],
        doing: Doing = "change_activity",
    ) -> Sequence[Person]:
        """Which of these persons may do this with the record today: a post may have ended since."""
        covered = [acting.facts.registry.pairings[one].province_code for one in self.pairings(acting, row)]
        found = []
        for person_id in (one for one in person_ids if one is not None):
            seats = seats_of(people.list_memberships(acting.session, person_id, self.now()))
            if any(may(seats, doing, province) for province in covered):
                found.append(acting.session.get_one(Person, person_id))
        return found

    def tell(
        self,
        acting: Acting,
        persons: Iterable[Person],
        make: Callable[[Th], Reply],
        *,
        kind: str = NOTICE,
        about: str | None = None,
    ) -> None:
        """See `tell_others`."""
        tell_others(self._clock, acting, persons, make, kind=kind, about=about)
