"""`sistercity remind` and `simulate`: what is sent and why, today and over whole years."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.command_line import AsOf, Json, Refused, note, opened, read_day, read_settings, show
from bot.settings import Settings

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from bot.clock import Clock
    from bot.dialogues.base import Registry
    from bot.reminders import ActivityFacts
    from bot.simulating import Faults, Scene

MOST_YEARS = 30


def clock_of(settings: Settings, as_of: str | None) -> Clock:
    """The clock, standing still at the beginning of `as_of` where that is given."""
    from bot.clock import Clock

    clock = Clock(settings.timezone, closed=settings.closed_days)
    day = read_day(as_of)
    if day is not None:
        midnight = datetime.combine(day, datetime.min.time(), settings.timezone)
        clock.shift = midnight - clock.now()
        frozen = clock.now()
        clock.now = lambda: frozen
    return clock


def remind(
    as_of: AsOf = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="show what would be sent; store nothing")
    ] = False,
    explain: Annotated[
        str | None, typer.Option(help="a pairing, e.g. 50-chengdu: why it is reminded that day, or is not")
    ] = None,
    as_json: Json = False,
) -> None:
    """Plan the reminders that are due; the serving process sends them. A dry run shows the coming 12 months too."""
    from bot.live_registry import read_registry
    from bot.planning import Planner
    from bot.reports.reminders import coming_text, message_json, message_text

    settings = read_settings()
    clock = clock_of(settings, as_of)
    planner = Planner(clock, settings)
    with opened(settings) as database:
        if explain is not None:
            with database.read() as session:
                _explain(session, planner, read_registry(session), explain, as_json=as_json)
            return
        if dry_run:
            with database.read() as session:
                registry = read_registry(session)
                messages = planner.messages(session, registry)
                coming = planner.schedule(session, registry, registry.provinces)
        else:
            with database.write() as session:
                registry = read_registry(session)
                messages = planner.plan(session, registry)
                note(session, "reminders.planned", f"reminders:{clock.today()}", recipients=len(messages))
    if as_json:
        show([message_json(one) for one in messages if one.lines])
    else:
        typer.echo("\n\n".join(message_text(one, registry) for one in messages) or "nothing is due")
        if dry_run:
            typer.echo(f"\n{coming_text(coming)}")


def _explain(session: Session, planner: Any, registry: Registry, pairing: str, *, as_json: bool) -> None:
    from bot.reports.reminders import explained_json, explained_text

    if pairing not in registry.pairings:
        raise Refused(f"'{pairing}' is no pairing; `sistercity registry export` lists them")
    explained = planner.explain(session, registry, pairing)
    if as_json:
        show(explained_json(explained))
    else:
        typer.echo(explained_text(explained, registry))


# ------------------------------------------------------------------ whole years


def simulate(
    from_: Annotated[str, typer.Option("--from", help="first day (YYYY-MM-DD; years 2400-2700 are B.E.)")],
    to: Annotated[str, typer.Option("--to", help="last day")],
    activities: Annotated[
        Path | None,
        typer.Option(help="JSON as `activities --json` prints it, or CSV: pairing_id,start,end,joint"),
    ] = None,
    as_json: Json = False,
) -> None:
    """Replay the reminders of whole years over the registry, and check them; nothing is stored."""
    from bot.live_registry import read_registry
    from bot.reports.reminders import message_json, message_text
    from bot.simulating import check, replay

    first, last = read_day(from_), read_day(to)
    assert first is not None
    assert last is not None
    if last < first or last.year - first.year >= MOST_YEARS:
        raise Refused(f"--to must lie after --from, within {MOST_YEARS} years")
    settings = read_settings()
    with opened(settings) as database, database.read() as session:
        registry = read_registry(session)
        scene = _scene(session, settings, registry, _read_activities(activities, registry))
    messages = list(replay(scene, first, last))
    faults = check(scene, messages, first, last)
    if as_json:
        show([message_json(one) for one in messages])
    else:
        typer.echo("\n\n".join(message_text(one, registry) for one in messages) or "nothing is due")
    typer.echo(_checked(len(messages), faults), err=True)
    if faults:
        raise typer.Exit(1)


def _checked(messages: int, faults: Faults) -> str:
    return (
        f"{messages} messages checked: {len(faults.missed)} missed, {len(faults.doubled)} doubled,"
        f" {len(faults.out_of_hours)} out of office hours"
    )


def _scene(
    session: Session, settings: Settings, registry: Registry, activities: list[ActivityFacts]
) -> Scene:
    """The registry and the staff as they are now."""
    from bot.closed_days import closed_days
    from bot.plan_facts import pairings_of, read_around
    from bot.ramp import NOTHING_TOLD
    from bot.reminders import parse_steps
    from bot.simulating import Scene

    clock = clock_of(settings, None)

    def closed_on(day: date) -> frozenset[date]:
        return closed_days(day, settings.closed_days)

    return Scene(
        pairings=pairings_of(registry),
        activities=activities,
        around=replace(
            read_around(session, clock, NOTHING_TOLD, {}, settings.escalate_after), installed=None
        ),
        basis=settings.year_basis,
        steps=parse_steps(settings.reminder_steps),
        zone=settings.timezone,
        closed_on=closed_on,
    )


def _read_activities(file: Path | None, registry: Registry) -> list[ActivityFacts]:
    from bot.reports.activities_file import ActivitiesFileError, read_activities

    if file is None:
        return []
    if not file.is_file():
        raise Refused(f"{file}: no such file")
    try:
        return read_activities(file, set(registry.pairings))
    except ActivitiesFileError as error:
        raise Refused(f"{file}: {error}") from None
