"""
What becomes of an invitation: found by its code, taken up, approved, withdrawn.

A code for an official letter is prepared without one: until the head has approved it and it is issued, what
stands in place of the hash is no hash, so no code on earth opens it.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import datetime, time, timedelta
from typing import Any, Literal
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session

from storage import people
from storage.models import Identity, Invitation, Membership

WRONG_CODES_AN_HOUR = 5
VALID = timedelta(hours=72)
VALID_BY_LETTER = timedelta(days=30)

CARD = "letter"
"""Kind of the message in which a code for a letter is put to the head: it names who prepared it."""

NO_CODE = "-"
"""Begins what stands in place of a hash while a letter's code is not issued."""

Refusal = Literal["unknown", "used", "yours", "expired", "withdrawn", "locked", "already"]
"""
No invitation has this code · used up by another · used up by the person · too late · taken back · five wrong codes in
an hour · the person holds what it gives.
"""


# ------------------------------------------------------------------ taking one up


def find_by_code(session: Session, code: str, identity: Identity, now: datetime) -> Invitation | Refusal:
    """The invitation that a typed code opens, which is not used up by that; or why there is none."""
    if is_locked(identity, now):
        return "locked"
    invitation = session.scalar(select(Invitation).where(Invitation.code_hash == people.hash_code(code)))
    if invitation is None:
        count_wrong(identity, now)
        return "unknown"
    return _refusal(session, invitation, identity.person_id, now) or invitation


def accept(
    session: Session, invitation_id: int, identity: Identity, now: datetime, zone: ZoneInfo
) -> Membership | Refusal:
    """
    Make the membership and use the invitation up. Everything is asked again, on the locked row: between the
    code and the press it may have been used, withdrawn or run out.

    Args:
        zone: In which an acting head's last day ends.
    """
    if is_locked(identity, now):
        return "locked"
    invitation = lock(session, invitation_id)
    if invitation is None:
        return "unknown"
    refusal = _refusal(session, invitation, identity.person_id, now)
    until = _end_of_acting(invitation, zone)
    if refusal is not None or (until is not None and until <= now):
        return refusal or "expired"
    invitation.used_at = now
    invitation.used_by = identity.person_id
    return people.add_membership(
        session,
        identity.person_id,
        invitation.role,
        invitation.province_code,
        now,
        curator=invitation.curator,
        office_held=invitation.office_held,
        acting_until=until,
        granted_by=invitation.approved_by or invitation.created_by,
    )


def _end_of_acting(invitation: Invitation, zone: ZoneInfo) -> datetime | None:
    """The end of an acting head's last day: the first instant of the next."""
    if invitation.acting_until is None:
        return None
    return datetime.combine(invitation.acting_until + timedelta(days=1), time(), zone)


def _refusal(session: Session, invitation: Invitation, person_id: int, now: datetime) -> Refusal | None:
    if invitation.by_letter and invitation.approved_at is None:
        return "unknown"
    if invitation.withdrawn_at is not None:
        return "withdrawn"
    if invitation.used_at is not None:
        return "yours" if invitation.used_by == person_id else "used"
    if invitation.expires_at <= now:
        return "expired"
    held = people.list_memberships(session, person_id, now)
    return "already" if any(_gives_nothing_beside(invitation, one) for one in held) else None


def _gives_nothing_beside(invitation: Invitation, held: Membership) -> bool:
    if (held.role, held.province_code) != (invitation.role, invitation.province_code):
        return False
    return not held.acting and (held.curator or not invitation.curator)


def is_locked(identity: Identity, now: datetime) -> bool:
    """Whether five wrong codes were typed within the hour; the count begins anew after it."""
    since = identity.wrong_codes_since
    if since is None or since < now - timedelta(hours=1):
        identity.wrong_codes, identity.wrong_codes_since = 0, None
    return identity.wrong_codes >= WRONG_CODES_AN_HOUR


def count_wrong(identity: Identity, now: datetime) -> None:
    """Invitations and the codes that link channels are counted together."""
    identity.wrong_codes += 1
    identity.wrong_codes_since = identity.wrong_codes_since or now


# ------------------------------------------------------------------ codes for a letter


def prepare(session: Session, role: str, province_code: str, created_by: int, now: datetime) -> Invitation:
    """A code for a letter that waits for the head. There is no code yet; what is not approved lapses."""
    invitation = Invitation(
        code_hash=NO_CODE + secrets.token_hex(16),
        role=role,
        province_code=province_code,
        by_letter=True,
        created_by=created_by,
        created_at=now,
        expires_at=now + VALID_BY_LETTER,
    )
    session.add(invitation)
    session.flush()
    return invitation


def approve(invitation: Invitation, approved_by: int, now: datetime) -> None:
    """From now on its code may be issued and used, for thirty days."""
    invitation.approved_by, invitation.approved_at = approved_by, now
    invitation.expires_at = now + VALID_BY_LETTER


def issue(invitation: Invitation) -> str:
    """The code of an approved letter, made when it is first asked for, and shown that once."""
    code = people.new_code()
    invitation.code_hash = people.hash_code(code)
    return code


def is_issued(invitation: Invitation) -> bool:
    return not invitation.code_hash.startswith(NO_CODE)


def list_to_approve(session: Session, provinces: Sequence[str], now: datetime) -> Sequence[Invitation]:
    """Letters of these provinces that wait for the head, the oldest first."""
    return session.scalars(
        select(Invitation)
        .where(
            Invitation.by_letter,
            Invitation.approved_at.is_(None),
            Invitation.province_code.in_(provinces),
            _is_open(now),
        )
        .order_by(Invitation.id)
    ).all()


# ------------------------------------------------------------------ open ones


def _is_open(now: datetime) -> ColumnElement[bool]:
    return and_(Invitation.used_at.is_(None), Invitation.withdrawn_at.is_(None), Invitation.expires_at > now)


def _is_of(person_id: int) -> ColumnElement[bool]:
    """Made by the person, or by their approval."""
    return or_(Invitation.created_by == person_id, Invitation.approved_by == person_id)


def lock(session: Session, invitation_id: int) -> Invitation | None:
    return session.get(Invitation, invitation_id, with_for_update=True, populate_existing=True)


def count_open(session: Session, person_id: int, now: datetime) -> int:
    """How many the person made that can still be used."""
    made = select(func.count()).select_from(Invitation)
    return session.scalar(made.where(Invitation.created_by == person_id, _is_open(now))) or 0


def list_open(session: Session, person_id: int, now: datetime) -> Sequence[Invitation]:
    """Those that the person made or approved and that can still be used, the newest first."""
    return session.scalars(
        select(Invitation).where(_is_of(person_id), _is_open(now)).order_by(Invitation.id.desc())
    ).all()


def withdraw(invitation: Invitation, now: datetime) -> None:
    invitation.withdrawn_at = now


def withdraw_of(
    session: Session, person_id: int, now: datetime, province_code: str | None = None
) -> Sequence[Invitation]:
    """
    Take back every open invitation that the person made or approved: to be called when their membership ends.

    Args:
        province_code: Only those for this province; None for all, as when a post of the ministry ends.
    """
    of_province: list[Any] = [] if province_code is None else [Invitation.province_code == province_code]
    rows = session.scalars(
        select(Invitation)
        .where(_is_of(person_id), _is_open(now), *of_province)
        .order_by(Invitation.id)
        .with_for_update()
    ).all()
    for row in rows:
        withdraw(row, now)
    return rows
