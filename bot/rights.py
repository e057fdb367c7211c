"""
Who may do what: the one table, checked on the person who acts at the moment of the effect.

A row says which posts may do an action in their own province, and which anywhere. A post is a role, or one of
three that are told apart from it: a guest holds none; an acting head (รักษาราชการแทน) is a head from one day to
another; a curator is a ministry officer who keeps the knowledge base too. An id of another province is answered
in the same words as one that does not exist.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

Role = Literal["officer", "group_head", "head", "ministry", "operator"]
ROLES: tuple[Role, ...] = ("officer", "group_head", "head", "ministry", "operator")
PROVINCIAL: tuple[Role, ...] = ("officer", "group_head", "head")
"""Roles that belong to a province; the others have none."""

Post = Literal["guest"] | Role | Literal["acting_head", "curator"]
POSTS: tuple[Post, ...] = (
    "guest",
    "officer",
    "group_head",
    "head",
    "acting_head",
    "ministry",
    "curator",
    "operator",
)

Doing = Literal[
    "ask",
    "see_pairings",
    "see_activities",
    "log_activity",
    "change_activity",
    "flag_activity",
    "check_list",
    "see_unconfirmed",
    "propose_fact",
    "confirm_fact",
    "see_history",
    "see_audit",
    "see_contacts",
    "keep_contacts",
    "see_documents",
    "keep_documents",
    "rank_country",
    "see_staff",
    "invite_officer",
    "prepare_letter",
    "invite_head",
    "decide_request",
    "end_membership",
    "name_acting",
    "confirm_staff",
    "answer_question",
    "curate",
]


@dataclass(frozen=True)
class Row:
    """Which posts may do it in their own province, and which in every one."""

    own: tuple[Post, ...] = ()
    anywhere: tuple[Post, ...] = ()


_OFFICE: tuple[Post, ...] = ("officer", "group_head", "head", "acting_head")
_HEADS: tuple[Post, ...] = ("head", "acting_head")
_MINISTRY: tuple[Post, ...] = ("ministry",)

RIGHTS: dict[Doing, Row] = {
    "ask": Row(anywhere=POSTS),  # a setting closes it to guests
    "see_pairings": Row(_OFFICE, _MINISTRY),
    "see_activities": Row(_OFFICE, _MINISTRY),
    "log_activity": Row(_OFFICE),
    "change_activity": Row(_OFFICE),
    "flag_activity": Row(_HEADS),
    "check_list": Row(_OFFICE),
    "see_unconfirmed": Row((), _MINISTRY),
    "propose_fact": Row(_OFFICE, _MINISTRY),
    "confirm_fact": Row((), _MINISTRY),
    "see_history": Row(_OFFICE, _MINISTRY),  # of what is said of a pairing, with its sources
    "see_audit": Row((), _MINISTRY),  # who did what to it, on which channel
    "see_contacts": Row(_OFFICE, _MINISTRY),
    "keep_contacts": Row(_OFFICE),
    "see_documents": Row(_OFFICE, _MINISTRY),
    "keep_documents": Row(_OFFICE, _MINISTRY),
    "rank_country": Row((), _MINISTRY),
    "see_staff": Row(_OFFICE, _MINISTRY),
    "invite_officer": Row(_HEADS),
    "prepare_letter": Row(("group_head", *_HEADS)),  # a code for a letter, which the head approves
    "invite_head": Row((), _MINISTRY),
    "decide_request": Row(_HEADS, _MINISTRY),  # ministry: of heads, and where a province has no head
    "end_membership": Row(_HEADS, _MINISTRY),  # likewise; their own everybody
    "name_acting": Row(("head",), _MINISTRY),
    "confirm_staff": Row(_HEADS),
    "answer_question": Row((), ("curator",)),
    "curate": Row((), ("curator",)),
}


@dataclass(frozen=True)
class Seat:
    """
    One role of a person, with its province (None for ministry and operator).

    Attributes:
        membership: Its row, 0 where there is none.
        title: The post as the person writes it: นักวิเทศสัมพันธ์ชำนาญการ.
    """

    role: str
    province: str | None
    curator: bool = False
    acting: bool = False
    office_held: bool = False
    title: str | None = None
    membership: int = 0

    @property
    def posts(self) -> tuple[str, ...]:
        """What the table is asked for. The flags mean nothing with another role than theirs."""
        if self.acting and self.role == "head":
            return ("acting_head",)
        return (self.role, "curator") if self.curator and self.role == "ministry" else (self.role,)

    @property
    def post(self) -> str:
        """By which they are addressed: the most specific one."""
        return self.posts[-1]


def may(seats: Sequence[Seat], doing: Doing, province: str | None = None) -> bool:
    """Whether one of the person's posts allows it, in this province or (None) anywhere at all."""
    row = RIGHTS[doing]
    if not seats:
        return "guest" in row.anywhere
    for seat in seats:
        if any(post in row.anywhere for post in seat.posts):
            return True
        if province in (None, seat.province) and any(post in row.own for post in seat.posts):
            return True
    return False


def provinces(seats: Sequence[Seat]) -> tuple[str, ...]:
    """The provinces in which the person holds a role, in the order in which they joined."""
    return tuple(dict.fromkeys(seat.province for seat in seats if seat.province))


def may_end(seats: Sequence[Seat], post: str, province: str | None, *, has_head: bool) -> bool:
    """
    Whether the person may end somebody's membership: a head that of an officer or head of group, the ministry
    that of a head, and any where a province has no head. Their own everybody may leave.
    """
    row = RIGHTS["end_membership"]
    if province is None:
        return False
    if not has_head or post in ("head", "acting_head"):
        return any(one in row.anywhere for seat in seats for one in seat.posts)
    return any(one in row.own for seat in seats if seat.province == province for one in seat.posts)
