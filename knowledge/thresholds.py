"""`thresholds.json`: what `kb calibrate` learned, on which base, and the figures it reached."""

from __future__ import annotations

import json
from importlib.resources import files
from pathlib import Path
from typing import Annotated

from pydantic import Field

from knowledge.deciding import Profile
from knowledge.reading import Strict


class Thresholds(Strict):
    """Generated, committed, and checked: a base that changed needs a new one."""

    fingerprint: str  # of everything that was learned from
    made_on: str  # C.E. date
    meaning: Profile
    letters: Profile  # where there are no meaning vectors
    figures: Annotated[dict[str, dict[str, float]], Field(strict=False)]  # profile → figures


def write_thresholds(found: Thresholds) -> Path:
    """Write the packaged `thresholds.json`; returns where it stands."""
    file = Path(str(files("knowledge") / "data" / "thresholds.json"))
    file.write_text(json.dumps(found.model_dump(mode="json"), indent=1) + "\n", encoding="utf-8")
    return file
