"""What makes two pieces of evidence the same, and how a point on the map is written down."""

from __future__ import annotations

ALIKE_WITHIN = 4
"""Bits of 64 in which the looks of one photo, saved twice or made smaller, may differ."""


def alike(look: str | None, other: str | None) -> bool:
    """Whether two photos show the same: perceptual hashes of 16 hex digits, None where one is not known."""
    if look is None or other is None:
        return False
    return (int(look, 16) ^ int(other, 16)).bit_count() <= ALIKE_WITHIN


def written_point(latitude: float, longitude: float) -> str:
    """ "18.79,98.98": degrees to five digits, which is about a metre."""
    return f"{_degrees(latitude)},{_degrees(longitude)}"


def _degrees(value: float) -> str:
    written = f"{value:.5f}".rstrip("0").rstrip(".")
    return "0" if written == "-0" else written
