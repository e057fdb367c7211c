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


@pytest.mark.parametrize(("role", "doing"), list(itertools.product(ROLES, DOINGS)))
def test_each_role_does_in_its_scope_what_the_table_says_and_no_more(role: str, doing: Doing) -> None:
    seat = Seat(role, "TH-50" if role in PROVINCIAL else None)
    anywhere = role in ANYWHERE[doing]
    assert may((seat,), doing, "TH-50") == (anywhere or role in OWN_PROVINCE[doing])
    assert may((seat,), doing, "TH-49") == anywhere


def test_recording_belongs_to_the_province_alone() -> None:
    assert not may((Seat("ministry", None),), "log_activity", "TH-50")
    assert may((Seat("officer", "TH-50"),), "log_activity", "TH-50")


def test_several_seats_add_up() -> None:
    seats = (Seat("officer", "TH-50"), Seat("head", "TH-49"), Seat("ministry", None))
    assert may(seats, "change_activity", "TH-49")
    assert provinces(seats) == ("TH-50", "TH-49")


def test_every_doing_stands_in_both_columns() -> None:
    assert set(OWN_PROVINCE) == set(ANYWHERE) == set(DOINGS)
