"""How a point on the map is written down."""

from __future__ import annotations

import pytest

from bot.dialogues.evidence import written_point


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
