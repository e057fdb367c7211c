"""What keeps reminders quiet, turned into the views that dialogues are given."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any, cast
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from bot.clock import Clock
from bot.dialogues.base import Facts
from bot.dialogues.holds_facts import ExemptionView, HoldsFacts, SnoozeView, SuspensionView
from bot.planning import Planner
from bot.reminders import Scope
from bot.rights import may, provinces
from storage import holds
from storage.models import Exemption


def with_holds(
    session: Session,
    facts: Facts,
    needs: Collection[str],
    args: Mapping[str, Any],
    clock: Clock,
    planner: Planner,
) -> Facts:
    """Load what the step needs, as far as the person may see it."""
    found = facts.holds
    if "hold" in needs:
        found = _of_pairing(session, facts, _pairing_id(args), clock, planner)
    if "exemptions" in needs and may(facts.seats, "decide_exemption"):
        rows = holds.list_exemptions(session, (holds.WAITING,))
        found = replace(found, exemptions=tuple(exemption_view(one, clock.zone) for one in rows))
    if "suspensions" in needs and may(facts.seats, "suspend_reminders"):
        found = replace(found, suspensions=_suspensions(session))
    if "schedule" in needs and may(facts.seats, "see_pairings"):
        own = provinces(facts.seats) or tuple(facts.registry.provinces)
        found = replace(found, coming=planner.schedule(session, facts.registry, own))
    return replace(facts, holds=found)


def _pairing_id(args: Mapping[str, Any]) -> str:
    return str(args.get("pairing") or str(args.get("about", "")).rpartition(" ")[0])


def _of_pairing(
    session: Session, facts: Facts, pairing_id: str, clock: Clock, planner: Planner
) -> HoldsFacts:
    pairing = facts.registry.pairings.get(pairing_id)
    if pairing is None or not may(facts.seats, "see_pairings", pairing.province_code):
        return HoldsFacts()
    rows = holds.list_snoozes(session, clock.today(), [pairing.id])
    asked = holds.list_exemptions(session, (holds.WAITING, holds.GRANTED), [pairing.id])
    return HoldsFacts(
        explained=planner.explain(session, facts.registry, pairing.id),
        snoozes=tuple(SnoozeView(one.id, one.pairing_id, one.last, one.reason) for one in rows),
        exemptions=tuple(
            exemption_view(one, clock.zone) for one in asked if one.last is None or one.last >= clock.today()
        ),
    )


def exemption_view(row: Exemption, zone: ZoneInfo) -> ExemptionView:
    asked_on = row.asked_at.astimezone(zone).date()
    return ExemptionView(row.id, row.pairing_id, row.last, row.reason, row.state, asked_on)


def _suspensions(session: Session) -> tuple[SuspensionView, ...]:
    return tuple(
        SuspensionView(one.id, cast(Scope, one.scope), one.key, one.first, one.reason, one.review_on)
        for one in holds.list_suspensions(session)
    )
