"""
Carries out what lets people in: invitations taken up, made, approved and withdrawn; the notice.

Requests without an invitation are in `requesting`.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import assert_never

from bot.acting import Acting
from bot.clock import Clock
from bot.dialogues import inviting
from bot.dialogues.base import Turn
from bot.dialogues.joining import with_notice
from bot.dialogues.joining_facts import (
    AcceptInvitation,
    DecideLetter,
    InvitationView,
    IssueCode,
    Joins,
    MadeCode,
    MakeInvitation,
    NoteNotice,
    PrepareLetter,
    ReadCode,
    Requested,
    SetPost,
    WithdrawInvitation,
)
from bot.joining_views import invitation_view
from bot.posts import seats_of
from bot.requesting import Requesting
from bot.rights import Seat, may
from bot.telling import tell_others
from storage import invitations, outbox, people
from storage.models import Invitation, Membership, Person

LINKED = "telegram"
"""The channel that opens a chat by a link with a code."""

MOST_OPEN = 20
MOST_OPEN_OF_MINISTRY = 100
"""Invitations that can still be used: the ministry invites the heads of all provinces."""

LETTER = invitations.CARD
"""Kind of the message that asks a head to approve a letter's code."""


class JoiningDesk:
    """Everything that ends in somebody being let in, or not."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._requesting = Requesting(clock)

    def carry_out(self, command: Joins, acting: Acting) -> object:
        """Returns the outcome that the command's `then` is given."""
        match command:
            case NoteNotice():
                self._note_notice(acting, command.how)
                return None
            case ReadCode():
                return self._read_code(command, acting)
            case AcceptInvitation():
                return self._accept(command, acting)
            case SetPost():
                return self._set_post(command, acting)
            case MakeInvitation():
                return self._make(command, acting)
            case PrepareLetter():
                return self._prepare(command, acting)
            case DecideLetter():
                return self._decide_letter(command, acting)
            case IssueCode():
                return self._issue(command, acting)
            case WithdrawInvitation():
                return self._withdraw(command, acting)
            case _ if isinstance(command, Requested):
                return self._requesting.carry_out(command, acting)
            case _:
                assert_never(command)

    # -------------------------------------------------------------- the notice

    def told(self, acting: Acting, turn: Turn) -> Turn:
        """The turn's answer; a stranger is told with it what is kept from now on."""
        turn, given = with_notice(acting.facts, turn)
        if given:
            self._note_notice(acting, "first message")
        return turn

    def _note_notice(self, acting: Acting, how: str) -> None:
        if people.is_noticed(acting.person):
            return
        now, before = self._clock.now(), acting.person.noticed_at
        people.note_notice(acting.person, now)
        acting.note(
            "person.noticed",
            _person(acting),
            now,
            before={"noticed_at": before.isoformat() if before else None},
            after={"noticed_at": now.isoformat()},
            how=how,
        )

    # -------------------------------------------------------------- taking an invitation up

    def _read_code(self, command: ReadCode, acting: Acting) -> InvitationView | str:
        found = invitations.find_by_code(acting.session, command.code, acting.identity, self._clock.now())
        if isinstance(found, str):
            return self._refused(acting, found)
        return self._view(acting, found)

    def _accept(self, command: AcceptInvitation, acting: Acting) -> Seat | str:
        """Only one that a code of this person's opened in this chat; for any other, nothing was tried."""
        if command.invitation_id not in acting.facts.talk.opened or acting.chat.group:
            return "unknown"
        now = self._clock.now()
        outcome = invitations.accept(
            acting.session, command.invitation_id, acting.identity, now, self._clock.zone
        )
        if isinstance(outcome, str):
            return self._refused(acting, outcome)
        self._note_notice(acting, "invitation")
        people.keep_name(acting.person, acting.name)
        given = {"role": outcome.role, "province": outcome.province_code, "curator": outcome.curator}
        acting.note(
            "invitation.used",
            _person(acting),
            now,
            before=None,
            after=given,
            invitation=command.invitation_id,
            membership=outcome.id,
        )
        [seat] = seats_of([outcome])
        return seat

    def _refused(self, acting: Acting, why: str) -> str:
        acting.note("invitation.refused", _person(acting), self._clock.now(), reason=why)
        return why

    def _set_post(self, command: SetPost, acting: Acting) -> bool:
        membership = acting.session.get(Membership, command.membership_id)
        if membership is None or membership.id not in {seat.membership for seat in acting.facts.seats}:
            return False
        before = {"post": "*" if membership.post else None}
        membership.post = command.post
        acting.note(
            "membership.post",
            _person(acting),
            self._clock.now(),
            before=before,
            after={"post": "*"},
            membership=membership.id,
        )
        return True

    # -------------------------------------------------------------- making one

    def _make(self, command: MakeInvitation, acting: Acting) -> MadeCode | str:
        role, province, now = command.role, command.province, self._clock.now()
        if refused := self._may_not_make(acting, role, province):
            return refused
        code, row = people.add_invitation(
            acting.session,
            role,
            province,
            now,
            invitations.VALID_BY_LETTER if command.by_letter else invitations.VALID,
            office_held=command.office_held and role == "officer",
            by_letter=command.by_letter,
            created_by=acting.person.id,
        )
        self._note(acting, "invitation.made", row, before=None, after=_given(row))
        return self._shown(acting, row, code)

    def _may_not_make(self, acting: Acting, role: str, province: str) -> str | None:
        """Why not, if not."""
        known = province in acting.facts.registry.provinces
        if not known or acting.chat.group or not inviting.may_invite(acting.facts, role, province):
            return "gone"
        return self._is_full(acting)

    def _is_full(self, acting: Acting) -> str | None:
        most = MOST_OPEN_OF_MINISTRY if may(acting.facts.seats, "invite_head") else MOST_OPEN
        made = invitations.count_open(acting.session, acting.person.id, self._clock.now())
        return "full" if made >= most else None

    def _shown(self, acting: Acting, row: Invitation, code: str) -> MadeCode:
        name = people.bot_name(acting.session, LINKED) if acting.channel == LINKED else None
        link = f"https://t.me/{name}?start={code}" if name else None
        return MadeCode(code, link, self._view(acting, row))

    # -------------------------------------------------------------- codes for a letter

    def _prepare(self, command: PrepareLetter, acting: Acting) -> str:
        role, province = command.role, command.province
        if role not in inviting.INVITED_ROLES or acting.chat.group:
            return "gone"
        if not may(acting.facts.seats, "prepare_letter", province):
            return "gone"
        if full := self._is_full(acting):
            return full
        row = invitations.prepare(acting.session, role, province, acting.person.id, self._clock.now())
        self._note(acting, "invitation.prepared", row, before=None, after=_given(row))
        heads = people.list_holders(acting.session, "head", province, self._clock.now())
        view, place = self._view(acting, row), acting.facts.registry.provinces[province]
        tell_others(
            self._clock,
            acting,
            heads,
            lambda t: inviting.letter_card(t, view, place),
            kind=LETTER,
            about=_about(row),
        )
        return "asked" if heads else "nobody"

    def _decide_letter(self, command: DecideLetter, acting: Acting) -> str:
        """The first who decides does; the row is locked, so a second finds it decided."""
        row, now = invitations.lock(acting.session, command.invitation_id), self._clock.now()
        if row is None or not row.by_letter or acting.chat.group:
            return "gone"
        if not may(acting.facts.seats, "invite_officer", row.province_code or ""):
            return "gone"
        if row.approved_at is not None or row.withdrawn_at is not None or row.expires_at <= now:
            return "decided"
        if command.approve:
            invitations.approve(row, acting.person.id, now)
        else:
            invitations.withdraw(row, now)
        outbox.cancel_queued(acting.session, LETTER, _about(row))
        state = "approved" if command.approve else "refused"
        self._note(acting, f"letter.{state}", row, before={"state": "waiting"}, after={"state": state})
        view, place = self._view(acting, row), acting.facts.registry.provinces[row.province_code or ""]
        told = inviting.approved if command.approve else inviting.refused
        tell_others(self._clock, acting, self._preparer(acting, row), lambda t: told(t, view, place))
        return state

    def _preparer(self, acting: Acting, row: Invitation) -> Iterable[Person]:
        person = acting.session.get(Person, row.created_by) if row.created_by is not None else None
        return [person] if person is not None else []

    def _issue(self, command: IssueCode, acting: Acting) -> MadeCode | str:
        """Only for who prepared it, who must still be there; made now, so that it never lay anywhere."""
        row, now = invitations.lock(acting.session, command.invitation_id), self._clock.now()
        if row is None or row.created_by != acting.person.id or acting.chat.group:
            return "gone"
        closed = row.withdrawn_at is not None or row.used_at is not None or row.expires_at <= now
        if closed or row.approved_at is None:
            return "gone"
        if not may(acting.facts.seats, "prepare_letter", row.province_code or ""):
            return "gone"
        if invitations.is_issued(row):
            return "issued"
        code = invitations.issue(row)
        self._note(acting, "letter.issued", row, before={"issued": False}, after={"issued": True})
        return self._shown(acting, row, code)

    # -------------------------------------------------------------- taking one back

    def _withdraw(self, command: WithdrawInvitation, acting: Acting) -> bool:
        row, now = invitations.lock(acting.session, command.invitation_id), self._clock.now()
        if row is None or acting.person.id not in (row.created_by, row.approved_by) or acting.chat.group:
            return False
        if row.withdrawn_at is not None or row.used_at is not None or row.expires_at <= now:
            return False
        invitations.withdraw(row, now)
        outbox.cancel_queued(acting.session, LETTER, _about(row))
        self._note(
            acting, "invitation.withdrawn", row, before={"state": "open"}, after={"state": "withdrawn"}
        )
        return True

    # -------------------------------------------------------------- shared

    def _view(self, acting: Acting, row: Invitation) -> InvitationView:
        return invitation_view(acting.session, row, self._clock.zone)

    def _note(self, acting: Acting, action: str, row: Invitation, **detail: object) -> None:
        acting.note(action, _about(row), self._clock.now(), **detail)


def _about(row: Invitation) -> str:
    return f"invitation:{row.id}"


def _person(acting: Acting) -> str:
    return f"person:{acting.person.public_id}"


def _given(row: Invitation) -> dict[str, object]:
    """What an invitation gives, for the audit."""
    return {
        "role": row.role,
        "province": row.province_code,
        "office_held": row.office_held,
        "by_letter": row.by_letter,
    }
