"""Carries out what keeps reminders quiet, and plans anew at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import cast

from bot.acting import Acting
from bot.calendar import ONE_DAY
from bot.clock import Clock
from bot.dialogues.base import PairingView, choice
from bot.dialogues.holds import exemption_card
from bot.dialogues.holds_facts import (
    AskExemption,
    AskForOther,
    DecideExemption,
    EndSnooze,
    EndSuspension,
    ExemptionView,
    Holding,
    PutOff,
    Suspend,
)
from bot.holds_views import exemption_view
from bot.messages import Reply
from bot.planning import Planner
from bot.reminders import Scope, lies_in
from bot.rights import PROVINCIAL, may
from bot.telling import tell_others
from bot.texts.th import Th
from storage import holds, people
from storage.models import Exemption, Person

Decided = tuple[bool, ExemptionView]
"""Whether it was theirs to decide, and the exemption as it stands."""


class Holds:
    def __init__(self, clock: Clock, planner: Planner) -> None:
        self._clock = clock
        self._planner = planner

    def carry_out(self, command: Holding, acting: Acting) -> bool | Decided | None:
        """The outcome that the command's `then` is given; False or None where the person may not."""
        match command:
            case PutOff():
                return self._put_off(command, acting)
            case EndSnooze():
                return self._end_snooze(command, acting)
            case AskExemption():
                return self._ask_exemption(command, acting)
            case DecideExemption():
                return self._decide(command, acting)
            case AskForOther():
                return self._ask_for_other(command, acting)
            case Suspend():
                return self._suspend(command, acting)
            case EndSuspension():
                return self._end_suspension(command, acting)

    def _pairing(self, acting: Acting, pairing_id: str) -> PairingView | None:
        pairing = acting.facts.registry.pairings.get(pairing_id)
        if pairing is None or not may(acting.facts.seats, "quiet_reminders", pairing.province_code):
            return None
        return pairing

    def _replan(self, acting: Acting, pairing_ids: Iterable[str]) -> None:
        acting.session.flush()
        for pairing_id in pairing_ids:
            self._planner.replan_pairing(acting.session, acting.facts.registry, pairing_id)

    # -------------------------------------------------------------- put off

    def _put_off(self, command: PutOff, acting: Acting) -> bool:
        pairing = self._pairing(acting, command.pairing_id)
        if pairing is None:
            return False
        now, today = self._clock.now(), self._clock.today()
        holds.add_snooze(
            acting.session, pairing.id, today, command.last, command.reason, acting.person.id, now
        )
        after = {"quiet_until": command.last.isoformat()}
        acting.note("reminder.put_off", f"pairing:{pairing.id}", now, before=None, after=after)
        self._replan(acting, [pairing.id])
        return True

    def _end_snooze(self, command: EndSnooze, acting: Acting) -> bool:
        row = holds.find_snooze(acting.session, command.snooze_id)
        if row is None or self._pairing(acting, row.pairing_id) is None:
            return False
        if row.ended_at is None:
            row.ended_at = self._clock.now()
            acting.note(
                "reminder.put_off_ended",
                f"pairing:{row.pairing_id}",
                row.ended_at,
                before={"quiet_until": row.last.isoformat()},
                after={"quiet_until": None},
            )
            self._replan(acting, [row.pairing_id])
        return True

    # -------------------------------------------------------------- exemptions

    def _ask_exemption(self, command: AskExemption, acting: Acting) -> bool:
        pairing = self._pairing(acting, command.pairing_id)
        if pairing is None:
            return False
        session, now = acting.session, self._clock.now()
        holds.lock(session, pairing.id)
        if holds.list_exemptions(session, (holds.WAITING,), [pairing.id]):
            return True
        row = holds.ask_exemption(
            session, pairing.id, self._clock.today(), command.last, command.reason, acting.person.id, now
        )
        after = {"exemption": row.id, "state": row.state, "last": command.last.isoformat()}
        acting.note("exemption.asked", f"pairing:{pairing.id}", now, before=None, after=after)
        view = exemption_view(row, self._clock.zone)
        registry = acting.facts.registry
        ministry = people.list_holders(session, "ministry", None, now)
        tell_others(self._clock, acting, ministry, lambda t: exemption_card(t, registry, view))
        return True

    def _decide(self, command: DecideExemption, acting: Acting) -> Decided | None:
        if not may(acting.facts.seats, "decide_exemption"):
            return None
        row = holds.find_exemption(acting.session, command.exemption_id)
        if row is None:
            return None
        if row.state != holds.WAITING:
            return False, exemption_view(row, self._clock.zone)
        now, before = self._clock.now(), row.state
        holds.decide_exemption(row, command.decision, acting.person.id, now)
        acting.note(
            f"exemption.{command.decision}",
            f"pairing:{row.pairing_id}",
            now,
            exemption=row.id,
            before={"state": before},
            after={"state": row.state},
        )
        self._replan(acting, [row.pairing_id])
        view = exemption_view(row, self._clock.zone)
        pairing = acting.facts.registry.pairings[row.pairing_id]
        told = self._askers(acting, row, pairing.province_code)
        tell_others(
            self._clock,
            acting,
            told,
            lambda t: Reply(t.exemption_decided(view.state, view.last), title=pairing.label),
        )
        return True, view

    def _askers(self, acting: Acting, row: Exemption, province: str) -> Sequence[Person]:
        """Who asked, as long as they serve there; the request is the post's, so else who serves there now."""
        now = self._clock.now()
        here = {
            one.id: one
            for role in PROVINCIAL
            for one in people.list_holders(acting.session, role, province, now)
        }
        return [here[row.asked_by]] if row.asked_by in here else list(here.values())

    # -------------------------------------------------------------- somebody else

    def _ask_for_other(self, command: AskForOther, acting: Acting) -> bool:
        """The heads of the province are told; False where there is none to tell."""
        pairing = self._pairing(acting, command.pairing_id)
        if pairing is None:
            return False
        now = self._clock.now()
        heads = people.list_holders(acting.session, "head", pairing.province_code, now)
        acting.note("reminder.other_asked", f"pairing:{pairing.id}", now)
        return tell_others(self._clock, acting, heads, lambda t: _other_wanted(t, pairing))

    # -------------------------------------------------------------- suspensions

    def _suspend(self, command: Suspend, acting: Acting) -> bool:
        if not may(acting.facts.seats, "suspend_reminders"):
            return False
        now = self._clock.now()
        row = holds.add_suspension(
            acting.session,
            command.scope,
            command.key,
            self._clock.today(),
            command.reason,
            command.review_on,
            acting.person.id,
            now,
        )
        after = {"scope": row.scope, "key": row.key, "review_on": row.review_on.isoformat()}
        acting.note("suspension.made", f"suspension:{row.id}", now, before=None, after=after)
        self._replan(acting, self._concerned(acting, command.scope, command.key))
        return True

    def _end_suspension(self, command: EndSuspension, acting: Acting) -> bool:
        if not may(acting.facts.seats, "suspend_reminders"):
            return False
        row = holds.find_suspension(acting.session, command.suspension_id)
        if row is None:
            return False
        if row.last is None:
            now = self._clock.now()
            last = self._clock.today() - ONE_DAY
            holds.end_suspension(row, last, acting.person.id, now)
            acting.note(
                "suspension.ended",
                f"suspension:{row.id}",
                now,
                before={"last": None},
                after={"last": last.isoformat()},
            )
            self._replan(acting, self._concerned(acting, cast(Scope, row.scope), row.key))
        return True

    def _concerned(self, acting: Acting, scope: Scope, key: str) -> list[str]:
        return [one.id for one in acting.facts.registry.pairings.values() if lies_in(one.facts, scope, key)]


def _other_wanted(t: Th, pairing: PairingView) -> Reply:
    rows = (
        (
            choice(t.STAFF, "staff", province=pairing.province_code),
            choice(t.HOLD_WHY, "holds.why", pairing=pairing.id),
        ),
    )
    return Reply(t.OTHER_WANTED, title=pairing.label, rows=rows, numbered=False)
