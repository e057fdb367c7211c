"""Persons, their identities on channels, chats, memberships and invitations."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

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

LONGEST_NAME = 80


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
    session: Session, channel: str, external_id: str, chat: Chat, now: datetime
) -> tuple[Person, Identity]:
    """
    Who this is; a first word makes them a guest. A private chat becomes the one to reach them in.

    A new person has no name yet: that is kept once they were told what is kept (`note_notice`).
    """
    identity = find_identity(session, channel, external_id)
    if identity is None:
        person = add_person(session, "", now)
        identity = Identity(person_id=person.id, channel=channel, external_id=external_id, reachable=True)
        session.add(identity)
    else:
        found = session.get(Person, identity.person_id, with_for_update={"key_share": True})
        assert found is not None
        person = found
    note_heard(identity, chat, now)
    return person, identity


def is_noticed(person: Person) -> bool:
    """Whether the person was told what is kept and why; after their data was erased they are told anew."""
    if person.noticed_at is None:
        return False
    return person.erased_at is None or person.noticed_at > person.erased_at


def note_notice(person: Person, now: datetime) -> None:
    """The person is told, with what is said in this turn, what is kept and why."""
    person.noticed_at = now


def keep_name(person: Person, name: str) -> None:
    """The name as the channel shows it, of somebody who has none here yet."""
    person.name = person.name or name.strip()[:LONGEST_NAME]


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


def list_by_id(session: Session, person_ids: Collection[int]) -> Sequence[Person]:
    return session.scalars(select(Person).where(Person.id.in_(person_ids)).order_by(Person.id)).all()


def list_reachable_chats(session: Session, person_ids: Collection[int]) -> dict[int, Chat]:
    """The same of several persons, by person; who cannot be reached is not among them."""
    rows = session.execute(
        select(Identity.person_id, Chat)
        .join(Chat, Chat.id == Identity.chat_id)
        .where(Identity.person_id.in_(person_ids), Identity.reachable)
        .order_by(Identity.last_heard_at.desc().nulls_last(), Identity.id)
    )
    found: dict[int, Chat] = {}
    for person_id, chat in rows:
        found.setdefault(person_id, chat)
    return found


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


def list_memberships_of(
    session: Session, person_ids: Collection[int], now: datetime
) -> dict[int, list[Membership]]:
    """The roles that each of these persons holds now."""
    found: dict[int, list[Membership]] = {one: [] for one in person_ids}
    rows = session.scalars(
        select(Membership)
        .where(
            Membership.person_id.in_(person_ids),
            Membership.since <= now,
            or_(Membership.until.is_(None), Membership.until > now),
        )
        .order_by(Membership.id)
    )
    for row in rows:
        found[row.person_id].append(row)
    return found


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


@dataclass(frozen=True)
class Serving:
    """Somebody who holds a role now, and whether some channel reaches them."""

    role: str
    province_code: str | None
    person_id: int
    public_id: str
    since: datetime
    reachable: bool


def list_serving(
    session: Session, roles: Sequence[str], now: datetime, provinces: Sequence[str] | None = None
) -> Sequence[Serving]:
    """Everybody in these roles, of these provinces and of none, or of all; by person."""
    reached = exists().where(
        Identity.person_id == Membership.person_id, Identity.reachable, Identity.chat_id.is_not(None)
    )
    query = (
        select(
            Membership.role,
            Membership.province_code,
            Person.id,
            Person.public_id,
            Membership.since,
            reached,
        )
        .join(Person, Person.id == Membership.person_id)
        .where(
            Membership.role.in_(roles),
            Membership.since <= now,
            or_(Membership.until.is_(None), Membership.until > now),
        )
        .order_by(Person.id, Membership.id)
    )
    if provinces is not None:
        of_none = Membership.province_code.is_(None)
        query = query.where(or_(of_none, Membership.province_code.in_(provinces)))
    return [Serving(*row) for row in session.execute(query)]


def list_holders(session: Session, role: str, province_code: str | None, now: datetime) -> Sequence[Person]:
    """Everybody who holds this role in the province (None: of the ministry) now, by person."""
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
    office_held: bool = False,
    acting_until: datetime | None = None,
    post: str | None = None,
    granted_by: int | None = None,
) -> Membership:
    """
    Give a role; one that the person already holds is returned as it is, as a curator's when it is so given.

    Args:
        acting_until: Of an acting head: when that ends. A longer time replaces a shorter one.
        post: As the person writes it.
        granted_by: Who let them in.
    """
    acting = acting_until is not None
    for held in list_memberships(session, person_id, now):
        if held.role == role and held.province_code == province_code and (acting or not held.acting):
            held.curator = held.curator or curator
            if held.acting and held.until is not None and acting_until is not None:
                held.until = max(held.until, acting_until)
            return held
    membership = Membership(
        person_id=person_id,
        role=role,
        province_code=province_code,
        since=now,
        until=acting_until,
        greeted=False,
        curator=curator,
        acting=acting,
        office_held=office_held,
        post=post,
        granted_by=granted_by,
    )
    session.add(membership)
    session.flush()
    return membership


# ------------------------------------------------------------------ invitations


def new_code() -> str:
    return "SC-" + secrets.token_urlsafe(16)


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
    office_held: bool = False,
    acting_until: date | None = None,
    by_letter: bool = False,
    created_by: int | None = None,
) -> tuple[str, Invitation]:
    """
    A new single-use code (128 bits). Only its hash is kept: the code is shown once.

    Args:
        acting_until: Of an acting head: the last day.
        by_letter: It travels in an official letter, and whoever makes it approves it.
        created_by: None for the operator.
    """
    code = new_code()
    invitation = Invitation(
        code_hash=hash_code(code),
        role=role,
        province_code=province_code,
        curator=curator,
        office_held=office_held,
        acting_until=acting_until,
        by_letter=by_letter,
        created_by=created_by,
        approved_by=created_by if by_letter else None,
        approved_at=now if by_letter else None,
        created_at=now,
        expires_at=now + valid,
    )
    session.add(invitation)
    session.flush()
    return code, invitation


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
