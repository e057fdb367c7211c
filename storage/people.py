"""Persons, their identities on channels, chats, memberships and invitations."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import and_, bindparam, exists, func, or_, select, update
from sqlalchemy.orm import Session

from storage.models import (
    ChannelState,
    Chat,
    Conversation,
    Draft,
    Identity,
    Invitation,
    Membership,
    Outbox,
    Person,
    ProvinceCheck,
)

WRONG_CODES_AN_HOUR = 5


def find_chat(session: Session, channel: str, external_id: str) -> Chat | None:
    return session.scalar(select(Chat).where(Chat.channel == channel, Chat.external_id == external_id))


def get_or_add_chat(session: Session, channel: str, external_id: str, *, group: bool) -> Chat:
    chat = find_chat(session, channel, external_id)
    if chat is None:
        chat = Chat(channel=channel, external_id=external_id, group=group)
        session.add(chat)
        session.flush()
    return chat


@dataclass
class Acquaintance:
    """Somebody who wrote here before, with all that a turn needs of them."""

    chat: Chat
    identity: Identity
    person: Person
    conversation: Conversation
    draft: Draft | None  # the one that the conversation holds


# Built once: every turn runs it.
_ACQUAINTANCE = (
    select(Chat, Identity, Person, Conversation, Draft)
    .select_from(Chat)
    .join(Identity, and_(Identity.channel == Chat.channel, Identity.external_id == bindparam("person")))
    .join(Person, Person.id == Identity.person_id)
    .join(Conversation, and_(Conversation.chat_id == Chat.id, Conversation.person_id == Person.id))
    .outerjoin(Draft, Draft.id == Conversation.draft_id)
    .where(Chat.channel == bindparam("channel"), Chat.external_id == bindparam("chat"))
    .with_for_update(of=Person, key_share=True)
)


def find_acquaintance(session: Session, channel: str, chat: str, person: str) -> Acquaintance | None:
    """
    In one query, because every turn begins with it; None for a first word, or a first one in this chat.

    Locks the person's row: what one person does in two chats at once happens one after the other.
    """
    row = session.execute(_ACQUAINTANCE, {"channel": channel, "chat": chat, "person": person}).first()
    if row is None:
        return None
    found = Acquaintance(*row)
    if found.draft is not None:
        # PostgreSQL shows the rows as they were before it waited for the lock; the turn that held it may
        # have changed the draft from another chat.
        session.refresh(found.draft)
    return found


def lock_unless_busy(session: Session, person_id: int) -> bool:
    """
    Hold off the person's turns until this transaction ends; False, without waiting, while one is under way.

    Whoever writes to a conversation in which nobody wrote must not overwrite what a turn keeps of it.
    """
    free = select(Person.id).where(Person.id == person_id).with_for_update(skip_locked=True, key_share=True)
    return session.scalar(free) is not None


def find_identity(session: Session, channel: str, external_id: str) -> Identity | None:
    return session.scalar(
        select(Identity).where(Identity.channel == channel, Identity.external_id == external_id)
    )


def find_by_public_id(session: Session, public_id: str) -> Person | None:
    """By the opaque id that JSON outputs show."""
    return session.scalar(select(Person).where(Person.public_id == public_id))


def list_by_name(session: Session, name: str) -> Sequence[Person]:
    """Who has exactly this name, by person; of somebody who was erased there is none."""
    same = select(Person).where(Person.name == name.strip(), Person.erased_at.is_(None))
    return session.scalars(same.order_by(Person.id)).all()


def last_heard_at(session: Session, person_id: int) -> datetime | None:
    return session.scalar(select(func.max(Identity.last_heard_at)).where(Identity.person_id == person_id))


def public_ids_of(session: Session, person_ids: Collection[int]) -> dict[int, str]:
    rows = session.execute(select(Person.id, Person.public_id).where(Person.id.in_(person_ids)))
    return {person_id: public_id for person_id, public_id in rows}  # noqa: C416 - rows are not pairs to mypy


def add_person(session: Session, name: str, now: datetime) -> Person:
    person = Person(public_id=secrets.token_hex(8), name=name, created_at=now, language="th")
    session.add(person)
    session.flush()
    return person


def get_or_add_person(
    session: Session, channel: str, external_id: str, name: str, chat: Chat, now: datetime
) -> tuple[Person, Identity]:
    """Who this is; a first word makes them a guest. A private chat becomes the one to reach them in."""
    identity = find_identity(session, channel, external_id)
    if identity is None:
        person = add_person(session, name[:80], now)
        identity = Identity(person_id=person.id, channel=channel, external_id=external_id, reachable=True)
        session.add(identity)
    else:
        found = session.get(Person, identity.person_id, with_for_update={"key_share": True})
        assert found is not None
        person = found
    note_heard(identity, chat, now)
    return person, identity


def note_heard(identity: Identity, chat: Chat, now: datetime) -> None:
    """They wrote: they can be reached, and a private chat is where."""
    identity.last_heard_at = now
    identity.reachable = True
    if not chat.group:
        identity.chat_id = chat.id


def move_chat(session: Session, chat_id: int, new_external_id: str) -> None:
    """The service gave the chat a new id. Where that chat is known already, what waits goes there."""
    chat = session.get(Chat, chat_id)
    if chat is None:
        return
    known = find_chat(session, chat.channel, new_external_id)
    if known is None:
        chat.external_id = new_external_id
        return
    session.execute(
        update(Outbox)
        .where(Outbox.chat_id == chat_id, Outbox.state.in_(("queued", "sending")))
        .values(chat_id=known.id)
    )
    session.execute(update(Identity).where(Identity.chat_id == chat_id).values(chat_id=known.id))


def find_reachable_chat(session: Session, person_id: int) -> Chat | None:
    """The private chat of the identity last heard from on a channel where the person can be reached."""
    return session.scalar(
        select(Chat)
        .join(Identity, Identity.chat_id == Chat.id)
        .where(Identity.person_id == person_id, Identity.reachable)
        .order_by(Identity.last_heard_at.desc().nulls_last(), Identity.id)
        .limit(1)
    )


def set_reachable(session: Session, channel: str, external_id: str, *, reachable: bool) -> None:
    session.execute(
        update(Identity)
        .where(Identity.channel == channel, Identity.external_id == external_id)
        .values(reachable=reachable)
    )


# ------------------------------------------------------------------ memberships


_MEMBERSHIPS = (
    select(Membership)
    .where(
        Membership.person_id == bindparam("person_id"),
        Membership.since <= bindparam("now"),
        or_(Membership.until.is_(None), Membership.until > bindparam("now")),
    )
    .order_by(Membership.id)
)


def list_memberships(session: Session, person_id: int, now: datetime) -> Sequence[Membership]:
    """The roles that the person holds now."""
    return session.scalars(_MEMBERSHIPS, {"person_id": person_id, "now": now}).all()


def list_posts(session: Session, person_ids: Collection[int]) -> Sequence[Membership]:
    """Every role that these persons hold or held, by membership."""
    return session.scalars(
        select(Membership).where(Membership.person_id.in_(person_ids)).order_by(Membership.id)
    ).all()


def list_officers(session: Session, now: datetime) -> Sequence[tuple[str, Person]]:
    """(province, person) of every officer in office, by province, then person."""
    rows = session.execute(
        select(Membership.province_code, Person)
        .join(Person, Person.id == Membership.person_id)
        .where(
            Membership.role == "officer",
            Membership.province_code.is_not(None),
            Membership.since <= now,
            or_(Membership.until.is_(None), Membership.until > now),
        )
        .order_by(Membership.province_code, Person.id)
    )
    return [(province, person) for province, person in rows if province is not None]


def list_holders(session: Session, role: str, province_code: str, now: datetime) -> Sequence[Person]:
    """Everybody who holds this role in the province now, by person."""
    return session.scalars(
        select(Person)
        .where(
            exists().where(
                Membership.person_id == Person.id,
                Membership.role == role,
                Membership.province_code == province_code,
                Membership.since <= now,
                or_(Membership.until.is_(None), Membership.until > now),
            )
        )
        .order_by(Person.id)
    ).all()


def list_curators(session: Session, now: datetime) -> Sequence[Person]:
    """Everybody who keeps the knowledge base now, by person."""
    return session.scalars(
        select(Person)
        .where(
            exists().where(
                Membership.person_id == Person.id,
                Membership.role == "ministry",
                Membership.curator,
                Membership.since <= now,
                or_(Membership.until.is_(None), Membership.until > now),
            )
        )
        .order_by(Person.id)
    ).all()


def add_membership(
    session: Session,
    person_id: int,
    role: str,
    province_code: str | None,
    now: datetime,
    *,
    curator: bool = False,
) -> Membership:
    """Give a role; one that the person already holds is returned as it is, as a curator's when it is so given."""
    for held in list_memberships(session, person_id, now):
        if held.role == role and held.province_code == province_code:
            held.curator = held.curator or curator
            return held
    membership = Membership(
        person_id=person_id,
        role=role,
        province_code=province_code,
        since=now,
        greeted=False,
        curator=curator,
    )
    session.add(membership)
    session.flush()
    return membership


# ------------------------------------------------------------------ invitations


def hash_code(code: str) -> str:
    return hashlib.sha256(code.strip().encode()).hexdigest()


def add_invitation(
    session: Session,
    role: str,
    province_code: str | None,
    now: datetime,
    valid: timedelta,
    *,
    curator: bool = False,
) -> tuple[str, Invitation]:
    """A new single-use code (128 bits). Only its hash is kept: the code is shown once."""
    code = "SC-" + secrets.token_urlsafe(16)
    invitation = Invitation(
        code_hash=hash_code(code),
        role=role,
        province_code=province_code,
        curator=curator,
        created_at=now,
        expires_at=now + valid,
    )
    session.add(invitation)
    session.flush()
    return code, invitation


def find_invitation(session: Session, code: str) -> Invitation | None:
    return session.scalar(select(Invitation).where(Invitation.code_hash == hash_code(code)))


def use_invitation(session: Session, code: str, identity: Identity, now: datetime) -> Membership | str:
    """
    Redeem a code for the person who typed it.

    Returns:
        The membership, or why not: `unknown`, `used`, `expired`, `locked` (five wrong codes in an hour).
    """
    since = identity.wrong_codes_since
    if since is None or since < now - timedelta(hours=1):
        identity.wrong_codes, identity.wrong_codes_since = 0, None
    if identity.wrong_codes >= WRONG_CODES_AN_HOUR:
        return "locked"
    invitation = session.scalar(
        select(Invitation).where(Invitation.code_hash == hash_code(code)).with_for_update()
    )
    if invitation is None:
        identity.wrong_codes += 1
        identity.wrong_codes_since = identity.wrong_codes_since or now
        return "unknown"
    if invitation.used_at is not None:
        return "used"
    if invitation.expires_at <= now:
        return "expired"
    invitation.used_at = now
    invitation.used_by = identity.person_id
    return add_membership(
        session,
        identity.person_id,
        invitation.role,
        invitation.province_code,
        now,
        curator=invitation.curator,
    )


# ------------------------------------------------------------------ the province's check of its list


def get_or_add_check(session: Session, province_code: str) -> ProvinceCheck:
    check = session.get(ProvinceCheck, province_code, with_for_update=True)
    if check is None:
        check = ProvinceCheck(province_code=province_code, missing=[])
        session.add(check)
        session.flush()
    return check


def list_confirmed(session: Session) -> Sequence[str]:
    """Provinces that confirmed their list of pairings."""
    return session.scalars(
        select(ProvinceCheck.province_code).where(ProvinceCheck.confirmed_at.is_not(None))
    ).all()


def names_of(session: Session, person_ids: Sequence[int]) -> dict[int, str]:
    if not person_ids:
        return {}
    rows = session.execute(select(Person.id, Person.name).where(Person.id.in_(person_ids)))
    return {person_id: name for person_id, name in rows}  # noqa: C416 - rows are not pairs to mypy


def mark_greeted(session: Session, person_id: int, province_code: str) -> None:
    session.execute(
        update(Membership)
        .where(Membership.person_id == person_id, Membership.province_code == province_code)
        .values(greeted=True)
    )


def bot_name(session: Session, channel: str) -> str | None:
    state = session.get(ChannelState, channel)
    return state.bot_name if state else None


def remember_bot_name(session: Session, channel: str, name: str) -> None:
    state = session.get(ChannelState, channel)
    if state is None:
        session.add(ChannelState(channel=channel, bot_name=name))
    else:
        state.bot_name = name
