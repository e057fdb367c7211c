"""The table of rights, walked."""

from __future__ import annotations

import itertools
from typing import get_args

import pytest

from bot.rights import ANYWHERE, OWN_PROVINCE, PROVINCIAL, ROLES, Doing, Seat, may, provinces

DOINGS: tuple[Doing, ...] = get_args(Doing)


@pytest.mark.parametrize("doing", DOINGS)
def test_a_guest_may_do_nothing_that_needs_a_role(doing: Doing) -> None:
    assert not may((), doing)
    assert not may((), doing, "TH-50")


def seats(role: str) -> list[Seat]:
    """The role's seat, and that of its curator: the flag means something with the ministry's only."""
    province = "TH-50" if role in PROVINCIAL else None
    return [Seat(role, province), Seat(role, province, curator=True)]


@pytest.mark.parametrize(
    ("seat", "doing"), list(itertools.product([one for role in ROLES for one in seats(role)], DOINGS))
)
def test_each_post_does_in_its_scope_what_the_table_says_and_no_more(seat: Seat, doing: Doing) -> None:
    posts = {seat.role, *(("curator",) if seat.curator and seat.role == "ministry" else ())}
    anywhere = bool(posts & set(ANYWHERE[doing]))
    assert may((seat,), doing, "TH-50") == (anywhere or bool(posts & set(OWN_PROVINCE[doing])))
    assert may((seat,), doing, "TH-49") == anywhere


@pytest.mark.parametrize("doing", ["answer_question", "curate"])
def test_questions_and_entries_belong_to_the_ministrys_curators_alone(doing: Doing) -> None:
    allowed = [seat for role in ROLES for seat in seats(role) if may((seat,), doing)]
    assert allowed == [Seat("ministry", None, curator=True)]


def test_recording_belongs_to_the_province_alone() -> None:
    assert not may((Seat("ministry", None),), "log_activity", "TH-50")
    assert may((Seat("officer", "TH-50"),), "log_activity", "TH-50")


def test_several_seats_add_up() -> None:
    seats = (Seat("officer", "TH-50"), Seat("head", "TH-49"), Seat("ministry", None))
    assert may(seats, "change_activity", "TH-49")
    assert provinces(seats) == ("TH-50", "TH-49")


def test_every_doing_stands_in_both_columns() -> None:
    assert set(OWN_PROVINCE) == set(ANYWHERE) == set(DOINGS)
