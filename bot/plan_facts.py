"""What the plan of a day looks at, read from the database as plain values."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date, timedelta
from typing import cast
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from bot import held
from bot.calendar import BUDDHIST_ERA, Basis
from bot.clock import Clock
from bot.dialogues.base import Registry
from bot.escalation import LEVELS, Holder, Level, Said, Staff
from bot.ramp import Around, Ledger, Year
from bot.reminders import Exemption, PairingFacts, Quiet, Scope, Suspension, World, world_of
from storage import activities, holds, meta, people, reminders
from storage.digests import SETTLED

LOOKS_BACK = timedelta(days=800)
"""Two years and more: the running period and the one before it."""

ASKS_FOR = timedelta(days=7)
"""After a planned activity's last day the question whether it was held stands alone for so long."""


def periods_around(today: date) -> tuple[str, ...]:
    """The B.E. years of every period that can be judged today."""
    return tuple(str(today.year + BUDDHIST_ERA + number) for number in (-1, 0, 1))


def read_world(
    session: Session, clock: Clock, basis: Basis, pairing_ids: Sequence[str] | None = None
) -> tuple[World, dict[str, date]]:
    """What the rule looks at, and when each pairing was last answered for; of these pairings or of all."""
    today, zone = clock.today(), clock.zone
    back = today - LOOKS_BACK
    if pairing_ids is None:
        counted = held.two_years_of_all(session, today, basis)
    else:
        counted = held.two_years(session, pairing_ids, today)
    plans = activities.list_planned(session, back, pairing_ids)
    quiet = [_quiet_for(one, zone) for one in plans]
    quiet += [
        Quiet(one.pairing_id, one.first, one.last, "snoozed")
        for one in holds.list_snoozes(session, back, pairing_ids)
    ]
    granted = holds.list_exemptions(session, (holds.GRANTED,), pairing_ids)
    world = world_of(
        counted,
        [Exemption(one.pairing_id, one.first, one.last) for one in granted],
        [
            Suspension(cast(Scope, one.scope), one.key, one.first, one.last)
            for one in holds.list_suspensions(session, back)
        ],
        quiet,
    )
    return world, _answers(session, plans, zone, pairing_ids)


def _quiet_for(plan: activities.Planned, zone: ZoneInfo) -> Quiet:
    last = plan.end or plan.start
    made = plan.made_at.astimezone(zone).date()
    return Quiet(plan.pairing_id, made, max(made, last) + ASKS_FOR, "planned", (plan.start, last))


def _answers(
    session: Session, plans: Sequence[activities.Planned], zone: ZoneInfo, pairing_ids: Sequence[str] | None
) -> dict[str, date]:
    found = {
        name: at.astimezone(zone).date() for name, at in holds.last_answers(session, pairing_ids).items()
    }
    for plan in plans:
        made = plan.made_at.astimezone(zone).date()
        found[plan.pairing_id] = max(made, found.get(plan.pairing_id, made))
    return found


def read_ledger(session: Session, clock: Clock, pairing_ids: Sequence[str] | None = None) -> Ledger:
    """
    Of these pairings or of all.

    A reminder that nobody got, because nobody holds the post or its holders cannot be reached, counts from the
    day on which it was planned, also when another step has taken its place: silence does not end there.
    """
    said: defaultdict[Year, list[Said]] = defaultdict(list)
    settled = set()
    for one in reminders.list_past(session, periods_around(clock.today()), pairing_ids):
        heard = one.state in SETTLED
        if heard:
            settled.add(one.key)
        at = (one.sent_at if heard else None) or one.planned_at
        on = at.astimezone(clock.zone).date()
        said[one.pairing_id, one.basis, one.period].append(Said(cast(Level, one.level), one.step, on, heard))
    return Ledger(frozenset(settled), dict(said))


def read_staff(
    session: Session, clock: Clock, provinces: Collection[str] | None = None
) -> dict[str | None, dict[Level, list[Holder]]]:
    """Who holds the posts, by province; the ministry's under None."""
    found: defaultdict[str | None, defaultdict[Level, list[Holder]]] = defaultdict(lambda: defaultdict(list))
    wanted = None if provinces is None else sorted(provinces)
    for one in people.list_serving(session, LEVELS, clock.now(), wanted):
        holder = Holder(one.public_id, one.person_id, one.reachable, one.since.astimezone(clock.zone).date())
        group = found[one.province_code][cast(Level, one.role)]
        if all(other.person_id != one.person_id for other in group):
            group.append(holder)
    return {province: dict(by_level) for province, by_level in found.items()}


def read_around(
    session: Session,
    clock: Clock,
    ledger: Ledger,
    answered: dict[str, date],
    after: int,
    provinces: Collection[str] | None = None,
) -> Around:
    """Of these provinces or of all."""
    staff = read_staff(session, clock, provinces)
    ministry = staff.get(None, {})

    def staff_of(province: str) -> Staff:
        return {**staff.get(province, {}), **ministry}

    installed = meta.get(session, meta.FIRST_PLAN)
    return Around(
        today=clock.today(),
        closed=clock.closed(),
        staff_of=staff_of,
        confirmed=frozenset(people.list_confirmed(session)),
        after=after,
        said=ledger.said,
        answered=answered,
        installed=date.fromisoformat(installed) if installed else None,
    )


def pairings_of(
    registry: Registry, provinces: Collection[str] | None = None, ids: Collection[str] = ()
) -> list[PairingFacts]:
    """Of these provinces, and these; or every one."""
    return [
        one.facts
        for one in registry.pairings.values()
        if provinces is None or one.province_code in provinces or one.id in ids
    ]
