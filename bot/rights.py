"""
Who may do what: the one table, checked on the person who acts at the moment of the effect.

A row says which posts may do an action in their own province, and which anywhere. A post is a role, or that
of a curator: a ministry officer who keeps the knowledge base too. An id of another province is answered in the
same words as one that does not exist.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

Role = Literal["officer", "group_head", "head", "ministry", "operator"]
ROLES: tuple[Role, ...] = ("officer", "group_head", "head", "ministry", "operator")
PROVINCIAL: tuple[Role, ...] = ("officer", "group_head", "head")
"""Roles that belong to a province; the others have none."""

Post = Role | Literal["curator"]

Doing = Literal[
    "see_pairings",
    "see_activities",
    "log_activity",
    "change_activity",
    "flag_activity",
    "check_list",
    "answer_question",
    "curate",
]

OWN_PROVINCE: dict[Doing, tuple[Post, ...]] = {
    "see_pairings": PROVINCIAL,
    "see_activities": PROVINCIAL,
    "log_activity": PROVINCIAL,
    "change_activity": PROVINCIAL,
    "flag_activity": ("head",),
    "check_list": PROVINCIAL,
    "answer_question": (),
    "curate": (),
}
ANYWHERE: dict[Doing, tuple[Post, ...]] = {
    "see_pairings": ("ministry",),
    "see_activities": ("ministry",),
    "log_activity": (),
    "change_activity": (),
    "flag_activity": (),
    "check_list": (),
    "answer_question": ("curator",),
    "curate": ("curator",),
}


@dataclass(frozen=True)
class Seat:
    """One role of a person, with its province (None for ministry and operator)."""

    role: str
    province: str | None
    curator: bool = False

    @property
    def posts(self) -> tuple[str, ...]:
        """What the table is asked for. The flag means nothing with another role than the ministry's."""
        return (self.role, "curator") if self.curator and self.role == "ministry" else (self.role,)

    @property
    def post(self) -> str:
        """By which they are addressed: the most specific one."""
        return self.posts[-1]


def may(seats: Sequence[Seat], doing: Doing, province: str | None = None) -> bool:
    """Whether one of the person's roles allows it, in this province or (None) anywhere at all."""
    for seat in seats:
        if any(post in ANYWHERE[doing] for post in seat.posts):
            return True
        if seat.role in OWN_PROVINCE[doing] and province in (None, seat.province):
            return True
    return False


def provinces(seats: Sequence[Seat]) -> tuple[str, ...]:
    """The provinces in which the person holds a role, in the order in which they joined."""
    return tuple(dict.fromkeys(seat.province for seat in seats if seat.province))
