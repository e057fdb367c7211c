"""What the commands have in common: options, refusals, JSON, days, the database."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Annotated, Any

import typer

from bot.settings import load

Json = Annotated[bool, typer.Option("--json", help="print JSON")]
AsOf = Annotated[
    str | None,
    typer.Option("--as-of", help="act as if today were this date (YYYY-MM-DD; years 2400-2700 are B.E.)"),
]

BUDDHIST_ERA = 543


class Refused(Exception):
    """What the operator asked for cannot be done; the message says why and what to do."""


def show(value: Any) -> None:
    typer.echo(json.dumps(value, ensure_ascii=False, indent=2, default=str))


def read_day(text: str | None) -> date | None:
    """
    A date of the command line; years 2400 to 2700 are B.E.

    Raises:
        Refused: If it is no date.
    """
    if text is None:
        return None
    try:
        year, month, day = (int(part) for part in text.split("-"))
        return date(year - BUDDHIST_ERA if 2400 <= year <= 2700 else year, month, day)
    except ValueError:
        raise Refused(f"'{text}' is not a date: write YYYY-MM-DD, in C.E. or B.E.") from None


@contextmanager
def opened_database() -> Iterator[Any]:
    """The database of the settings, closed at the end."""
    from bot.service import open_database

    database = open_database(load().database_url)
    try:
        yield database
    finally:
        database.close()
