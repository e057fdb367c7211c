"""The small world that tests share: an officer, a colleague next door, a guest and the ministry."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from storage import people
from storage.models import Chat, Identity, Person

CHIANG_MAI = "TH-50"
MUKDAHAN = "TH-49"
CHENGDU = "50-chengdu"
HOKKAIDO = "50-hokkaido"
SAVANNAKHET = "49-savannakhet"


@dataclass(frozen=True)
class Member:
    """Someone who has written to the bot. The rows may be read after their session ended."""

    person: Person
    identity: Identity
    chat: Chat


@dataclass(frozen=True)
class World:
    officer: Member  # of Chiang Mai
    neighbour: Member  # officer of Mukdahan
    guest: Member  # holds no role
    ministry: Member


def add_guest(
    session: Session,
    now: datetime,
    external_id: str = "demo-guest",
    name: str = "ผู้สนใจ",
    channel: str = "web",
) -> Member:
    """Someone who wrote before, was told what is kept, and holds no role."""
    chat = people.get_or_add_chat(session, channel, external_id, group=False)
    person, identity = people.get_or_add_person(session, channel, external_id, chat, now)
    people.note_notice(person, now)
    people.keep_name(person, name)
    session.flush()
    return Member(person, identity, chat)


def add_officer(
    session: Session,
    now: datetime,
    province: str = CHIANG_MAI,
    external_id: str = "demo-officer",
    name: str = "สมศรี ใจดี",
    channel: str = "web",
) -> Member:
    member = add_guest(session, now, external_id, name, channel)
    people.add_membership(session, member.person.id, "officer", province, now)
    return member


def add_neighbour(session: Session, now: datetime) -> Member:
    """An officer of another province: what is Chiang Mai's is none of theirs."""
    return add_officer(session, now, MUKDAHAN, "demo-neighbour", "บุญมี แสงโขง")


def add_ministry(session: Session, now: datetime) -> Member:
    member = add_guest(session, now, "demo-ministry", "วิภา กลางเมือง")
    people.add_membership(session, member.person.id, "ministry", None, now)
    return member


def add_world(session: Session, now: datetime) -> World:
    return World(
        officer=add_officer(session, now),
        neighbour=add_neighbour(session, now),
        guest=add_guest(session, now),
        ministry=add_ministry(session, now),
    )
