"""
How a picture looks, in 64 bits, so that the same photo is known again after a messenger has made it smaller.

A difference hash: the picture is averaged down to nine by eight cells, and each bit says whether a cell is
clearly brighter than its right neighbour.
"""

from __future__ import annotations

from collections.abc import Sequence

COLUMNS, ROWS = 9, 8

CLEARLY = 3.0
"""Grey levels out of 255. Without it, the noise of compression decides about every bit of a clear sky."""

ALIKE = 4
"""Bits in which two copies of one photo may differ."""

STEP = 6.0
DETAIL = 26
"""
How many neighbours, out of 64, must differ by more than `STEP` grey levels. Photos of people, rooms and places
have 30 and more; a blank page or a wall has none, and a scanned letter 18 to 24: its lines of text average out,
so that it would look like every other letter.
"""

LEAST_BITS = 8
"""Of either kind: a mere change from bright to dark says nothing."""


def look_of(cells: Sequence[Sequence[float]]) -> str | None:
    """
    16 hexadecimal digits for a picture; None when there is too little to see in it.

    Args:
        cells: Its brightness (0 to 255) in 8 rows of 9 cells.
    """
    steps = [row[column] - row[column + 1] for row in cells for column in range(COLUMNS - 1)]
    bits = 0
    for step in steps:
        bits = bits << 1 | (step > CLEARLY)
    has_detail = sum(abs(step) > STEP for step in steps) >= DETAIL
    if not has_detail or not LEAST_BITS <= bits.bit_count() <= len(steps) - LEAST_BITS:
        return None
    return f"{bits:016x}"


def alike(look_a: str | None, look_b: str | None) -> bool:
    """Whether two looks are of the same photo; one that has none is like no other."""
    if look_a is None or look_b is None:
        return False
    return (int(look_a, 16) ^ int(look_b, 16)).bit_count() <= ALIKE
