"""
Notices: what is said once beside the reminders of the year, joined to the database.

They live like reminders and leave in the same digest: planned as often as the plan runs, cancelled when they
no longer hold, revived when they do again, and never touched once they were sent.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import TypeVar, cast

from sqlalchemy.orm import Session

from bot.calendar import Precision
from bot.clock import Clock
from bot.dialogues.base import Registry
from bot.escalation import Recipient
from bot.language.written_days import last_day
from bot.matters import Gap, Matters, Month, Plan, Review, Still, Term, Unused, Week, is_of_the_scheme
from bot.notices import (
    COMING_WITHIN,
    UNUSED_FOR,
    Item,
    due,
    is_to_review,
    stands_still,
    told,
)
from bot.overviews import month_of, silent, week_of
from bot.posts import seats_of
from bot.ramp import Around
from bot.reminders import Judged, PairingFacts, Scope, World
from bot.rights import Seat, may
from storage import activities, digests, holds, meta, notices, people, watching
from storage.models import Person

PLANS_AHEAD = timedelta(days=400)

Wanted = Mapping[Recipient, Sequence[Item]]


@dataclass(frozen=True)
class Look:
    """
    What a plan has read of the day.

    Attributes:
        pairings: All of them, or those of some provinces.
        some: Their ids, where they are not all.
        judged: Their years, as `judge_all` found them.
    """

    pairings: Sequence[PairingFacts]
    some: tuple[str, ...] | None
    world: World
    judged: Sequence[Judged]
    around: Around


def key_of(recipient: str, item: Item) -> notices.Key:
    return (recipient, *item.key)


def keys_of(wanted: Wanted) -> set[notices.Key]:
    return {key_of(recipient, item) for (recipient, _), items in wanted.items() for item in items}


Key = TypeVar("Key")
Value = TypeVar("Value")


def _grouped(found: Iterable[tuple[Key, Value]]) -> defaultdict[Key, list[Value]]:
    groups: defaultdict[Key, list[Value]] = defaultdict(list)
    for key, value in found:
        groups[key].append(value)
    return groups


class Noticing:
    def __init__(self, clock: Clock, still_days: int) -> None:
        self._clock = clock
        self._still_days = still_days

    # -------------------------------------------------------------- what is due

    def wanted(self, session: Session, registry: Registry, look: Look) -> dict[Recipient, list[Item]]:
        """Who is to be told what today, said or not, as far as the look reaches."""
        today = self._clock.today()
        matters = self._matters(session, registry, look)
        return told(due(matters, today, look.around.closed, self._still_days), look.around.staff_of)

    def unsaid(self, session: Session, wanted: Wanted) -> dict[Recipient, tuple[Item, ...]]:
        """Of these what was not said yet."""
        settled = notices.list_settled(session, keys_of(wanted))
        found = {
            recipient: tuple(one for one in items if key_of(recipient[0], one) not in settled)
            for recipient, items in wanted.items()
        }
        return {recipient: items for recipient, items in found.items() if items}

    def _matters(self, session: Session, registry: Registry, look: Look) -> Matters:
        live = self._live(look)
        terms = self._terms(registry, live)
        stills = self._stills(session, live, look)
        plans = self._plans(session, registry, look)
        reviews = self._reviews(session)
        silence = silent(look.judged, look.around.installed)
        return Matters(
            terms=terms,
            stills=stills,
            plans=plans,
            unused=self._unused(session),
            reviews=reviews,
            gap=self._gap(session),
            week=self._week(look, silence, terms, stills, reviews),
            months=self._months(session, look, silence, terms, stills, plans),
        )

    def _live(self, look: Look) -> dict[str, PairingFacts]:
        """Nobody is asked to bring forward what the ministry suspended."""
        suspended = [one for one in look.world.suspensions if one.covers(self._clock.today())]
        return {
            one.id: one
            for one in look.pairings
            if is_of_the_scheme(one) and not any(by.concerns(one) for by in suspended)
        }

    # -------------------------------------------------------------- read

    def _terms(self, registry: Registry, live: Mapping[str, PairingFacts]) -> tuple[Term, ...]:
        found = []
        for pairing in live.values():
            view = registry.pairings[pairing.id]
            if pairing.status == "established" and view.expires_on is not None:
                ends_on = last_day(view.expires_on.isoformat(), view.expires_precision)
                found.append(Term(pairing.id, pairing.province_code, ends_on))
        return tuple(found)

    def _stills(self, session: Session, live: Mapping[str, PairingFacts], look: Look) -> tuple[Still, ...]:
        """Each pairing in progress with its latest stage."""
        begun = look.around.installed or self._clock.today()
        latest: dict[str, Still] = {}
        for one in watching.list_stages_in_progress(session, look.some):
            pairing = live.get(one.pairing_id)
            if pairing is None:
                continue
            recorded = one.recorded_at.astimezone(self._clock.zone).date() if one.recorded_at else begun
            still = Still(one.pairing_id, pairing.province_code, one.stage, one.reached_on or recorded)
            if one.pairing_id not in latest or still.since >= latest[one.pairing_id].since:
                latest[one.pairing_id] = still
        return tuple(latest.values())

    def _plans(self, session: Session, registry: Registry, look: Look) -> tuple[Plan, ...]:
        today = self._clock.today()
        rows = watching.list_starting(session, today, today + PLANS_AHEAD, look.some)
        near = [row.id for row in rows if row.start <= today + COMING_WITHIN]
        recorders = activities.list_recorders_of(session, near)
        able = {person.id for persons in recorders.values() for person in persons}
        held = people.list_memberships_of(session, able, self._clock.now())
        seats = {one: seats_of(memberships) for one, memberships in held.items()}
        return tuple(self._plan(registry, row, recorders.get(row.id, ()), seats) for row in rows)

    def _plan(
        self,
        registry: Registry,
        row: watching.Starting,
        recorders: Sequence[Person],
        seats: Mapping[int, tuple[Seat, ...]],
    ) -> Plan:
        province = registry.pairings[row.pairing_id].province_code
        able = [one for one in recorders if may(seats[one.id], "change_activity", province)]
        return Plan(
            activity_id=row.id,
            pairing_id=row.pairing_id,
            province=province,
            title=row.title,
            start=row.start,
            end=row.end,
            precision=cast(Precision, row.precision),
            promised=row.follows_id is not None,
            known_on=row.updated_at.astimezone(self._clock.zone).date(),
            told=tuple((one.public_id, one.id) for one in able),
        )

    def _unused(self, session: Session) -> tuple[Unused, ...]:
        now = self._clock.now()
        return tuple(
            Unused(
                invitation.id,
                invitation.role,
                invitation.province_code,
                invitation.expires_at.astimezone(self._clock.zone).date(),
                (person.public_id, person.id),
            )
            for invitation, person in watching.list_unused(session, now - UNUSED_FOR, now)
        )

    def _reviews(self, session: Session) -> tuple[Review, ...]:
        return tuple(
            Review(one.id, cast(Scope, one.scope), one.key, one.review_on)
            for one in holds.list_suspensions(session)
        )

    def _gap(self, session: Session) -> Gap | None:
        found = meta.plan_gap(session)
        return Gap(*(one.astimezone(self._clock.zone) for one in found)) if found else None

    # -------------------------------------------------------------- overviews

    def _week(
        self,
        look: Look,
        silence: Sequence[Judged],
        terms: Iterable[Term],
        stills: Iterable[Still],
        reviews: Iterable[Review],
    ) -> Week | None:
        """For the ministry alone, whose look reaches everywhere."""
        if look.some is not None or not look.around.staff_of("").get("ministry"):
            return None
        today = self._clock.today()
        return week_of(
            look.pairings,
            silence,
            look.around,
            terms,
            [one for one in stills if stands_still(one, today, self._still_days)],
            [one for one in reviews if is_to_review(one, today)],
        )

    def _months(
        self,
        session: Session,
        look: Look,
        silence: Sequence[Judged],
        terms: Sequence[Term],
        stills: Sequence[Still],
        plans: Sequence[Plan],
    ) -> tuple[Month, ...]:
        """Of the provinces that have a head."""
        today = self._clock.today()
        headed = sorted(
            one
            for one in {one.province_code for one in look.pairings}
            if look.around.staff_of(one).get("head")
        )
        province_of = {one.id: one.province_code for one in look.pairings}
        waiting = holds.list_exemptions(session, (holds.WAITING,), look.some)
        silent_in = _grouped((one.province_code, one) for one in silence)
        plans_in = _grouped((one.province, one) for one in plans)
        terms_in = _grouped((one.province, one) for one in terms)
        stills_in = _grouped(
            (one.province, one) for one in stills if stands_still(one, today, self._still_days)
        )
        waiting_in = _grouped((province_of.get(one.pairing_id), one.pairing_id) for one in waiting)
        return tuple(
            month_of(
                one, silent_in[one], plans_in[one], terms_in[one], stills_in[one], waiting_in[one], today
            )
            for one in headed
        )

    # -------------------------------------------------------------- planned and taken

    def settle(self, session: Session, wanted: Wanted) -> None:
        """Cancel what is planned and no longer due, revive what is due again."""
        keys = keys_of(wanted)
        rows = notices.list_open(session, keys)
        digests.settle(session, rows, lambda row: notices.key_of(row) in keys)

    def add(self, session: Session, unsaid: Wanted) -> None:
        missing = [
            notices.New(key_of(recipient, item), person_id)
            for (recipient, person_id), items in unsaid.items()
            for item in items
        ]
        notices.add_missing(session, missing, self._clock.now())

    def take(self, session: Session, recipient: str, wanted: Wanted, outbox_id: int) -> list[Item]:
        """What the person is told now: marked as being sent, what is no longer due cancelled."""
        mine = {who: items for who, items in wanted.items() if who[0] == recipient}
        keys = keys_of(mine)
        rows = notices.list_open_of(session, recipient)
        digests.settle(session, rows, lambda row: notices.key_of(row) in keys)
        self.add(session, self.unsaid(session, mine))
        by_key = {key_of(who, item): item for (who, _), items in mine.items() for item in items}
        found = []
        for row in notices.list_planned_of(session, recipient):
            item = by_key.get(notices.key_of(row))
            if item is not None:
                row.state, row.outbox_id = "sending", outbox_id
                found.append(item)
        return found
