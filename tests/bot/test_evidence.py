"""What makes two photos the same, and how a point is written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.evidence import alike, written_point

LOOKS = st.integers(0, 2**64 - 1)


@given(LOOKS, st.sets(st.integers(0, 63), max_size=12))
def test_looks_are_alike_within_four_bits(look: int, flipped: set[int]) -> None:
    other = look
    for bit in flipped:
        other ^= 1 << bit

    assert alike(f"{look:016x}", f"{other:016x}") == (len(flipped) <= 4)


@pytest.mark.parametrize(("look", "other"), [(None, "0" * 16), ("0" * 16, None), (None, None)])
def test_a_look_that_is_not_known_is_like_no_other(look: str | None, other: str | None) -> None:
    assert not alike(look, other)


@pytest.mark.parametrize(
    ("latitude", "longitude", "written"),
    [
        (18.790384, 98.984680, "18.79038,98.98468"),
        (18.5, 100.0, "18.5,100"),
        (-33.8688197, 151.2092955, "-33.86882,151.2093"),
        (0.0000049, -0.0000049, "0,0"),
    ],
)
def test_a_point_is_written_to_five_digits(latitude: float, longitude: float, written: str) -> None:
    assert written_point(latitude, longitude) == written
