"""What the database knows of invitations and requests, turned into what dialogues are given."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from bot.dialogues.base import Facts
from bot.dialogues.joining_facts import InvitationView, Joining, RequestView
from bot.dialogues.route import Need
from bot.rights import Seat, may, provinces
from storage import access_requests, invitations, people
from storage.models import AccessRequest, Invitation, Person


def standing(person: Person, seats: Sequence[Seat]) -> Joining:
    """What every message needs: was the person told what is kept?"""
    noticed = people.is_noticed(person)
    return Joining(noticed=noticed, stranger=not noticed and not seats)


def load(
    session: Session, facts: Facts, needs: Sequence[Need], person_id: int, now: datetime, zone: ZoneInfo
) -> Facts:
    """What the intent needs beyond that."""
    joining = facts.joining
    if "own_request" in needs:
        row = access_requests.find_waiting(session, person_id)
        joining = replace(joining, request=request_view(session, row, zone) if row else None)
    if "invitations" in needs and facts.seats:
        rows = invitations.list_open(session, person_id, now)
        joining = replace(joining, invitations=tuple(invitation_view(session, row, zone) for row in rows))
    if "requests" in needs and may(facts.seats, "decide_request"):
        joining = replace(
            joining,
            letters=_letters(session, facts, now, zone),
            requests=_requests(session, facts, person_id, now, zone),
        )
    return replace(facts, joining=joining)


def _letters(session: Session, facts: Facts, now: datetime, zone: ZoneInfo) -> tuple[InvitationView, ...]:
    own = [code for code in provinces(facts.seats) if may(facts.seats, "invite_officer", code)]
    rows = invitations.list_to_approve(session, own, now)
    return tuple(invitation_view(session, row, zone) for row in rows)


def _requests(
    session: Session, facts: Facts, person_id: int, now: datetime, zone: ZoneInfo
) -> tuple[RequestView, ...]:
    return tuple(
        request_view(session, row, zone)
        for row in access_requests.list_waiting(session)
        if row.person_id != person_id and is_for(session, facts.seats, row, now)
    )


def is_for(session: Session, seats: Sequence[Seat], row: AccessRequest, now: datetime) -> bool:
    """
    Whether somebody with these seats decides a request: of a province its head, acting ones too; the ministry where
    there is none, and wherever the request is to be a head.
    """
    if not may(seats, "decide_request", row.province_code):
        return False
    if row.role == "head":
        return may(seats, "invite_head", row.province_code)
    own = row.province_code in provinces(seats)
    return own or not people.list_holders(session, "head", row.province_code, now)


def invitation_view(session: Session, row: Invitation, zone: ZoneInfo) -> InvitationView:
    waits = row.by_letter and row.approved_at is None
    prepared = session.get(Person, row.created_by) if row.created_by is not None else None
    return InvitationView(
        id=row.id,
        role=Seat(row.role, None, curator=row.curator, acting=row.acting_until is not None).post,
        province=row.province_code,
        until=row.expires_at.astimezone(zone),
        by_letter=row.by_letter,
        state="waiting" if waits else "open" if invitations.is_issued(row) else "approved",
        by=prepared.name if prepared is not None else "",
    )


def request_view(session: Session, row: AccessRequest, zone: ZoneInfo) -> RequestView:
    chat = people.find_reachable_chat(session, row.person_id)
    return RequestView(
        id=row.id,
        name=row.name,
        post=row.post,
        role=row.role,
        province=row.province_code,
        asked_at=row.asked_at.astimezone(zone),
        channel=chat.channel if chat is not None else "",
        state=row.state,
        decided_at=row.decided_at.astimezone(zone) if row.decided_at else None,
    )
