"""
Who may do what: the one table, checked on the person who acts at the moment of the effect.

A row says which roles may do an action in their own province, and which anywhere. An id of another province
is answered in the same words as one that does not exist.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

Role = Literal["officer", "group_head", "head", "ministry", "operator"]
ROLES: tuple[Role, ...] = ("officer", "group_head", "head", "ministry", "operator")
PROVINCIAL: tuple[Role, ...] = ("officer", "group_head", "head")
"""Roles that belong to a province; the others have none."""

Doing = Literal[
    "see_pairings", "see_activities", "log_activity", "change_activity", "check_list", "answer_question"
]

OWN_PROVINCE: dict[Doing, tuple[Role, ...]] = {
    "see_pairings": PROVINCIAL,
    "see_activities": PROVINCIAL,
    "log_activity": PROVINCIAL,
    "change_activity": PROVINCIAL,
    "check_list": PROVINCIAL,
    "answer_question": (),
}
ANYWHERE: dict[Doing, tuple[Role, ...]] = {
    "see_pairings": ("ministry",),
    "see_activities": ("ministry",),
    "log_activity": (),
    "change_activity": (),
    "check_list": (),
    "answer_question": ("ministry",),
}


@dataclass(frozen=True)
class Seat:
    """One role of a person, with its province (None for ministry and operator)."""

    role: str
    province: str | None


def may(seats: Sequence[Seat], doing: Doing, province: str | None = None) -> bool:
    """Whether one of the person's roles allows it, in this province or (None) anywhere at all."""
    for seat in seats:
        if seat.role in ANYWHERE[doing]:
            return True
        if seat.role in OWN_PROVINCE[doing] and province in (None, seat.province):
            return True
    return False


def provinces(seats: Sequence[Seat]) -> tuple[str, ...]:
    """The provinces in which the person holds a role, in the order in which they joined."""
    return tuple(dict.fromkeys(seat.province for seat in seats if seat.province))
