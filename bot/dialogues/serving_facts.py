"""What dialogues see of those who serve, and what they may have carried out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

MOST_NAME = 80
MOST_TITLE = 120
"""Letters of a person's name, and of the post as they write it."""


# ------------------------------------------------------------------ views


@dataclass(frozen=True)
class Member:
    """One membership of somebody, as their colleagues see it."""

    id: int
    person: int
    name: str
    post: str  # of `bot.rights.POSTS`
    province: str | None
    title: str | None
    since: date  # business zone, as `until`
    until: date | None = None  # of an acting head: the last day
    acting: bool = False
    office_held: bool = False
    mine: bool = False
    granted_by: str | None = None  # the post that gave it; None: the operator


@dataclass(frozen=True)
class Work:
    """What waits for whoever takes over from somebody: numbers of each kind."""

    drafts: int = 0
    plans: int = 0
    contacts: int = 0

    def __bool__(self) -> bool:
        return bool(self.drafts or self.plans or self.contacts)


@dataclass(frozen=True)
class OwnChannel:
    """A channel on which the person is known."""

    id: int
    channel: str
    here: bool
    heard_on: date | None


@dataclass(frozen=True)
class OwnData:
    """Everything that is kept about the person who asks."""

    since: date
    channels: tuple[OwnChannel, ...]
    memberships: tuple[Member, ...]  # ended ones too
    drafts: int
    records: int
    questions: int
    reminders: int
    holds: int  # put off, asked to be exempt, suspended
    contacts: int
    events: int  # of the audit


@dataclass(frozen=True)
class StaffList:
    """Who serves in a province, and when the head confirmed it last."""

    province: str
    members: tuple[Member, ...]
    fiscal_year: int  # B.E.
    confirmed_on: date | None = None  # in that fiscal year


@dataclass(frozen=True)
class LinkedPerson:
    """Whose code was typed: who the two will be from then on."""

    name: str
    posts: tuple[tuple[str, str | None], ...]  # (post, province)


@dataclass(frozen=True)
class ServingView:
    """What the steps of this area want loaded; empty where none of them is taken."""

    own: OwnData | None = None
    staff: tuple[StaffList, ...] = ()
    member: Member | None = None  # the membership that a button names, where the person may see it
    colleagues: tuple[Member, ...] = ()  # who could take over from that member
    work: tuple[tuple[str, Work], ...] = ()  # (province, what waits for whoever holds the post)
    member_work: Work = Work()  # of that member
    recorders: tuple[str, ...] = ()  # who recorded on this duty phone of late
    copy: Mapping[str, Any] | None = (
        None  # everything about the person who asks: a section each, of values or rows
    )


NOTHING = ServingView()


# ------------------------------------------------------------------ commands


@dataclass(frozen=True)
class EndMembership:
    """Somebody's own, or one that the person may end; what waits goes to the successor's membership, or the post."""

    membership: int
    successor: int | None = None


@dataclass(frozen=True)
class TakeOver:
    """What waits for the post in this province goes to the person."""

    province: str


@dataclass(frozen=True)
class NameActing:
    """The member stands in for the head, both days included."""

    membership: int
    first: date
    last: date


@dataclass(frozen=True)
class EndActing:
    membership: int


@dataclass(frozen=True)
class ConfirmStaff:
    province: str


@dataclass(frozen=True)
class Rename:
    name: str


@dataclass(frozen=True)
class Retitle:
    """The post as the person writes it; None takes it away."""

    membership: int
    title: str | None


@dataclass(frozen=True)
class MakeLinkCode: ...


@dataclass(frozen=True)
class UseLinkCode:
    code: str


@dataclass(frozen=True)
class JoinLinked:
    """The two are one person, as was confirmed."""

    link: int


@dataclass(frozen=True)
class Unlink:
    identity: int


Linking = MakeLinkCode | UseLinkCode | JoinLinked | Unlink
Served = EndMembership | TakeOver | NameActing | EndActing | ConfirmStaff | Rename | Retitle | Linking


def members_in(staff: Sequence[StaffList]) -> tuple[Member, ...]:
    """Everybody of all lists."""
    return tuple(member for one in staff for member in one.members)
