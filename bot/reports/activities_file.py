"""Activities that a file tells, for a replay: what `activities --json` prints, or a CSV."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Mapping, Set
from datetime import date
from pathlib import Path
from typing import Any

from bot.command_line import Refused, read_day
from bot.reminders import ActivityFacts

MOST_BYTES = 50_000_000
YES = ("true", "yes", "1", "")


class ActivitiesFileError(Exception):
    """The file cannot be read; the message names the entry and what to do."""


def read_activities(file: Path, pairings: Set[str]) -> list[ActivityFacts]:
    """
    What was held, once for each pairing that it covers, from a JSON list or a CSV with the columns pairing_id,
    start, end, joint; planned ones count for nothing and are left out.

    Raises:
        ActivitiesFileError: If it is neither, too large, or an entry names no pairing or no dates.
    """
    if file.stat().st_size > MOST_BYTES:
        raise ActivitiesFileError(f"over {MOST_BYTES // 1_000_000} MB")
    try:
        text = file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise ActivitiesFileError("not UTF-8: save it as UTF-8") from None
    rows = _json_rows(text) if text.lstrip().startswith("[") else _csv_rows(text)
    return [
        one
        for number, row in _numbered(rows)
        if row.get("state") in (None, "", "held")
        for one in _read(number, row, pairings)
    ]


def _json_rows(text: str) -> list[Any]:
    try:
        return list(json.loads(text))
    except (ValueError, RecursionError) as error:
        raise ActivitiesFileError(f"not JSON: {error}") from None


def _csv_rows(text: str) -> list[Any]:
    try:
        return list(csv.DictReader(text.splitlines()))
    except csv.Error as error:
        raise ActivitiesFileError(f"neither JSON nor CSV: {error}") from None


def _numbered(rows: Iterable[Any]) -> Iterable[tuple[int, Mapping[str, Any]]]:
    for number, row in enumerate(rows, start=1):
        if not isinstance(row, Mapping):
            raise ActivitiesFileError(f"entry {number}: not an object with pairing_id and start")
        yield number, row


def _read(number: int, row: Mapping[str, Any], pairings: Set[str]) -> list[ActivityFacts]:
    also = row.get("also") or []
    covered = [row.get("pairing_id"), *(also if isinstance(also, list) else [also])]
    for pairing in covered:
        if pairing not in pairings:
            raise ActivitiesFileError(f"entry {number}: '{pairing}' is no pairing of the registry")
    start, end = _day(number, row, "start"), _day(number, row, "end")
    if start is None or (end is not None and end < start):
        raise ActivitiesFileError(f"entry {number}: start must be a date, and end none or a later one")
    said = row.get("joint")
    joint = said if isinstance(said, bool) else str("" if said is None else said).strip().lower() in YES
    return [ActivityFacts(str(pairing), start, end, joint) for pairing in covered]


def _day(number: int, row: Mapping[str, Any], name: str) -> date | None:
    value = row.get(name)
    if not value:
        return None
    try:
        return read_day(str(value))
    except Refused as refused:
        raise ActivitiesFileError(f"entry {number}: {name}: {refused}") from None
