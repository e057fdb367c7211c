"""What the commands of `sistercity` share: dates, JSON, a database that is closed again, the operator's trail."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from typing import Annotated, Any

import typer

from bot import logs
from bot.settings import Settings, load

BUDDHIST_ERA = 543

Json = Annotated[bool, typer.Option("--json", help="print JSON")]
AsOf = Annotated[
    str | None,
    typer.Option("--as-of", help="act as if today were this date (YYYY-MM-DD; years 2400-2700 are B.E.)"),
]
Yes = Annotated[bool, typer.Option("--yes", help="do not ask first")]


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


def read_settings() -> Settings:
    settings = load()
    logs.configure(settings.log_level)
    return settings


@contextmanager
def opened(settings: Settings, url: str | None = None) -> Iterator[Any]:
    """The database of the settings, at this program's schema."""
    from bot.service import open_database

    database = open_database(url or settings.database_url)
    try:
        yield database
    finally:
        database.close()


def note(session: Any, action: str, subject: str, **detail: Any) -> None:
    """What the operator did, for the audit; see `Acting.note`."""
    from storage import audit

    audit.add(
        session, action=action, subject=subject, now=datetime.now(UTC), channel="operator", detail=detail
    )
