"""Carries out requests to be let in: sent, withdrawn, decided by the one who may, explained afterwards."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from bot.acting import Acting
from bot.clock import Clock
from bot.dialogues import deciding
from bot.dialogues.joining_facts import (
    DecideRequest,
    ExplainRefusal,
    Form,
    Requested,
    RequestView,
    SendRequest,
    WithdrawRequest,
)
from bot.joining_views import is_for, request_view
from bot.telling import tell_others, tell_person
from storage import access_requests, outbox, people
from storage.models import AccessRequest, Membership, Person

REQUEST = access_requests.CARD
"""Kind of the message that asks for a decision."""

EXPLAINED_WITHIN = timedelta(days=1)

Outcome = tuple[str, RequestView | None]


class Requesting:
    def __init__(self, clock: Clock) -> None:
        self._clock = clock

    def carry_out(self, command: Requested, acting: Acting) -> Outcome | bool:
        """What became of it, and the request where the person may see it; or whether it was done."""
        match command:
            case SendRequest():
                return self._send(command.form, acting)
            case WithdrawRequest():
                return self._withdraw(command, acting)
            case DecideRequest():
                return self._decide(command, acting)
            case ExplainRefusal():
                return self._explain(command, acting)

    # -------------------------------------------------------------- the asker

    def _send(self, form: Form, acting: Acting) -> Outcome:
        role, province = form.role, form.province or ""
        if role is None or province not in acting.facts.registry.provinces or acting.chat.group:
            return "gone", None
        if not people.is_noticed(acting.person) or not form.name or not form.post:
            return "gone", None
        if any(
            (seat.role, seat.province) == (role, province) and not seat.acting for seat in acting.facts.seats
        ):
            return "already", None
        asked = access_requests.add(
            acting.session,
            person_id=acting.person.id,
            province_code=province,
            role=role,
            name=form.name,
            post=form.post,
            now=self._clock.now(),
        )
        if isinstance(asked, str):
            return asked, None
        given = {"role": role, "province": province}
        acting.note("request.sent", _about(asked), self._clock.now(), before=None, after=given)
        to, deciders = self._deciders(acting, asked)
        view, place = self._view(acting, asked), acting.facts.registry.provinces[province]
        tell_others(
            self._clock,
            acting,
            deciders,
            lambda t: deciding.request_card(t, view, place),
            kind=REQUEST,
            about=_about(asked),
        )
        return to if deciders else "nobody", view

    def _deciders(self, acting: Acting, row: AccessRequest) -> tuple[str, Sequence[Person]]:
        """The heads of the province, acting ones too; for a head, or where there is none, the ministry."""
        now, session = self._clock.now(), acting.session
        heads = people.list_holders(session, "head", row.province_code, now) if row.role != "head" else ()
        others = [one for one in heads if one.id != row.person_id]
        if others:
            return "heads", others
        ministry = people.list_holders(session, "ministry", None, now)
        return "ministry", [one for one in ministry if one.id != row.person_id]

    def _withdraw(self, command: WithdrawRequest, acting: Acting) -> bool:
        found = access_requests.lock_with_asker(acting.session, command.request_id)
        if found is None:
            return False
        row, asker = found
        if asker.id != acting.person.id or row.state != access_requests.WAITING or acting.chat.group:
            return False
        access_requests.decide(row, access_requests.WITHDRAWN, acting.person.id, self._clock.now())
        outbox.cancel_queued(acting.session, REQUEST, _about(row))
        self._note(acting, row)
        return True

    # -------------------------------------------------------------- the one who decides

    def _decide(self, command: DecideRequest, acting: Acting) -> Outcome:
        """Once: the request is locked, and who comes second is told what was decided."""
        found = access_requests.lock_with_asker(acting.session, command.request_id)
        if found is None or acting.chat.group:
            return "gone", None
        row, asker = found
        if asker.id == acting.person.id:
            return "own", None
        if not is_for(acting.session, acting.facts.seats, row, self._clock.now()):
            return "gone", None
        if row.state != access_requests.WAITING:
            return "decided", self._view(acting, row)
        state = access_requests.APPROVED if command.approve else access_requests.REFUSED
        access_requests.decide(row, state, acting.person.id, self._clock.now())
        given = self._let_in(acting, row, asker) if command.approve else None
        outbox.cancel_queued(acting.session, REQUEST, _about(row))
        self._note(acting, row, asker=asker.public_id, membership=given.id if given else None)
        self._tell_asker(acting, row, asker, approve=command.approve)
        return state, self._view(acting, row)

    def _let_in(self, acting: Acting, row: AccessRequest, asker: Person) -> Membership:
        asker.name = row.name
        return people.add_membership(
            acting.session,
            asker.id,
            row.role,
            row.province_code,
            self._clock.now(),
            post=row.post,
            granted_by=acting.person.id,
        )

    def _tell_asker(self, acting: Acting, row: AccessRequest, asker: Person, *, approve: bool) -> None:
        place = acting.facts.registry.provinces[row.province_code]
        make = deciding.let_in if approve else deciding.not_let_in
        tell_person(acting.session, asker, lambda t: make(t, row.role, place), self._clock.now())

    def _explain(self, command: ExplainRefusal, acting: Acting) -> bool:
        """Only by who refused it, and only on that day: it is no way to write to people."""
        row, now = access_requests.find(acting.session, command.request_id), self._clock.now()
        if row is None or row.state != access_requests.REFUSED or row.decided_by != acting.person.id:
            return False
        if row.decided_at is None or now - row.decided_at > EXPLAINED_WITHIN or acting.chat.group:
            return False
        asker = acting.session.get_one(Person, row.person_id, with_for_update={"key_share": True})
        tell_person(acting.session, asker, lambda t: deciding.why_not(t, command.reason), now)
        acting.note("request.explained", _about(row), now)
        return True

    # -------------------------------------------------------------- shared

    def _view(self, acting: Acting, row: AccessRequest) -> RequestView:
        return request_view(acting.session, row, self._clock.zone)

    def _note(self, acting: Acting, row: AccessRequest, **detail: object) -> None:
        """That it waits no more."""
        changed = {"before": {"state": access_requests.WAITING}, "after": {"state": row.state}}
        acting.note(f"request.{row.state}", _about(row), self._clock.now(), **changed, **detail)


def _about(row: AccessRequest) -> str:
    return f"request:{row.id}"
