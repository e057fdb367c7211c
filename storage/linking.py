"""
One person on several channels: a one-time code joins another identity to them, and an identity can leave again.

Of two person rows that turn out to be one, everything of the second goes to the first. The second stays, without
a name, for the events of the audit: they are bound by hashes and never change.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import Table, delete, select, update
from sqlalchemy.orm import Session

from storage import digests, outbox
from storage.invitations import count_wrong, is_locked
from storage.models import (
    AuditEvent,
    Base,
    Conversation,
    Identity,
    LinkCode,
    Membership,
    Outbox,
    Person,
)
from storage.people import add_person, hash_code
from storage.serving import holds

PREFIX = "SL-"
VALID = timedelta(minutes=15)

NOT_MOVED = {
    AuditEvent.__tablename__,  # bound by hashes
    Identity.__tablename__,
    Conversation.__tablename__,
    Membership.__tablename__,
    *(model.__tablename__ for model in digests.CARRIED),
    LinkCode.__tablename__,
    Outbox.__tablename__,
}
"""Tables whose references to a person want more care than a new value."""


def add_code(session: Session, person_id: int, now: datetime) -> str:
    """A new one-time code (128 bits); the one before it is worth nothing any more. Only its hash is kept."""
    session.execute(
        update(LinkCode)
        .where(LinkCode.person_id == person_id, LinkCode.used_at.is_(None))
        .values(used_at=now)
    )
    code = PREFIX + secrets.token_urlsafe(16)
    session.add(LinkCode(person_id=person_id, code_hash=hash_code(code), expires_at=now + VALID))
    session.flush()
    return code


def find_code(session: Session, code: str, identity: Identity, now: datetime) -> LinkCode | str:
    """
    The code that was typed, locked, or why not: `unknown`, `used`, `expired`, `locked` (five wrong codes in an
    hour, counted together with those of invitations).
    """
    if is_locked(identity, now):
        return "locked"
    found = session.scalar(select(LinkCode).where(LinkCode.code_hash == hash_code(code)).with_for_update())
    if found is None:
        count_wrong(identity, now)
        return "unknown"
    return _fault(found, now) or found


def find_code_again(session: Session, link_id: int, now: datetime) -> LinkCode | str:
    """A code that was typed before and is confirmed now."""
    found = session.get(LinkCode, link_id, with_for_update=True, populate_existing=True)
    if found is None:
        return "unknown"
    return _fault(found, now) or found


def _fault(code: LinkCode, now: datetime) -> str | None:
    if code.used_at is not None:
        return "used"
    return "expired" if code.expires_at <= now else None


# ------------------------------------------------------------------ two rows that are one person


def merge(session: Session, kept: Person, gone: Person, conversation: Conversation, now: datetime) -> None:
    """
    Everything of `gone` belongs to `kept` from now on.

    Args:
        conversation: The one in which this is said: it stays, whatever `kept` has in the same chat.
    """
    _merge_conversations(session, kept.id, gone.id, conversation)
    _merge_memberships(session, kept.id, gone.id, now)
    digests.merge(session, kept, gone)
    session.execute(
        update(Outbox)
        .where(Outbox.digest_person_id == gone.id, Outbox.state == "queued")
        .values(state="cancelled")
    )
    session.execute(delete(LinkCode).where(LinkCode.person_id == gone.id))
    for table in Base.metadata.sorted_tables:
        if table.name not in NOT_MOVED:
            _move(session, table, kept.id, gone.id)
    session.execute(update(Identity).where(Identity.person_id == gone.id).values(person_id=kept.id))
    gone.name, gone.erased_at = "", now
    session.flush()
    session.expire_all()


def _move(session: Session, table: Table, kept: int, gone: int) -> None:
    for column in table.columns:
        if any(key.column.table.name == Person.__tablename__ for key in column.foreign_keys):
            session.execute(update(table).where(column == gone).values({column.name: kept}))


def _merge_conversations(session: Session, kept: int, gone: int, conversation: Conversation) -> None:
    """Where both have talked in one chat, the conversation of `gone` ends; but the one at hand stays."""
    theirs = {one.chat_id: one for one in _conversations(session, kept)}
    for one in _conversations(session, gone):
        other = theirs.get(one.chat_id)
        if other is not None:
            loses = other if one.id == conversation.id else one
            session.delete(loses)
            session.flush()
            if loses is one:
                continue
        one.person_id = kept
    session.flush()


def _conversations(session: Session, person_id: int) -> Sequence[Conversation]:
    return session.scalars(select(Conversation).where(Conversation.person_id == person_id)).all()


def _merge_memberships(session: Session, kept: int, gone: int, now: datetime) -> None:
    """Both keep theirs; one that both hold stays once."""
    rows = session.scalars(
        select(Membership).where(Membership.person_id.in_((kept, gone))).order_by(Membership.id)
    ).all()
    held = {
        (one.role, one.province_code, one.acting): one
        for one in rows
        if one.person_id == kept and holds(one, now)
    }
    for one in rows:
        if one.person_id != gone:
            continue
        same = held.get((one.role, one.province_code, one.acting))
        if same is not None and holds(one, now):
            same.curator, same.greeted = same.curator or one.curator, same.greeted or one.greeted
            one.until, one.ended_by = now, kept
        one.person_id = kept
    for column in (Membership.granted_by, Membership.ended_by):
        session.execute(update(Membership).where(column == gone).values({column.key: kept}))
    session.flush()


# ------------------------------------------------------------------ leaving a channel


def list_identities(session: Session, person_id: int) -> Sequence[Identity]:
    return session.scalars(
        select(Identity).where(Identity.person_id == person_id).order_by(Identity.id)
    ).all()


def find_identity(session: Session, identity_id: int) -> Identity | None:
    return session.get(Identity, identity_id, with_for_update=True, populate_existing=True)


def unlink(session: Session, identity: Identity, now: datetime) -> Person:
    """
    The identity is a guest of its own from now on, without a name: who holds the other phone is not known.

    What was about to be said there is not said, and what was being talked about there is forgotten.
    """
    guest = add_person(session, "", now)
    before = identity.person_id
    identity.person_id = guest.id
    if identity.chat_id is not None:
        session.execute(
            update(Conversation)
            .where(Conversation.chat_id == identity.chat_id, Conversation.person_id == before)
            .values(person_id=guest.id, draft_id=None, state={}, offered=[])
        )
        digests.release(session, identity.chat_id)
        outbox.cancel_in(session, [identity.chat_id], office_hours_only=False)
    session.flush()
    return guest
