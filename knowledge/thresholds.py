"""`thresholds.json`: what `kb calibrate` learned, on which base, and the figures it reached."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from pydantic import Field

from knowledge.deciding import Profile
from knowledge.reading import Strict

Figures = Mapping[str, float]
"""Name → per cent."""


class Thresholds(Strict):
    """Generated, committed, and checked: a base that changed needs a new one."""

    fingerprint: str  # of everything that was learned from
    made_on: str  # C.E. date
    meaning: Profile
    letters: Profile  # where there are no meaning vectors
    figures: Annotated[dict[str, dict[str, float]], Field(strict=False)]  # profile → figures
