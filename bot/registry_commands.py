"""`sistercity registry`: the registry as a sheet, in and out, and what in it needs a person."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.command_line import AsOf, Json, Refused, note, opened, read_day, show
from bot.settings import load

if TYPE_CHECKING:
    from bot.registering.headings import Header
    from bot.registering.report import Report

registry_app = typer.Typer(help="The registry of pairings.", no_args_is_help=True)

SHEETS = (".xlsx", ".csv")


def _today(as_of: str | None) -> date:
    from bot.clock import Clock

    return read_day(as_of) or Clock(load().timezone).today()


# ------------------------------------------------------------------ in


@registry_app.command("import")
def import_(
    file: Annotated[
        Path, typer.Argument(help="XLSX or CSV: the ministry's own sheet, or one that was exported")
    ],
    map_: Annotated[
        list[str] | None,
        typer.Option(
            "--map",
            help="FIELD=HEADING (or the column's letter) where a heading is not clear; FIELD is ignore for a"
            " column that is none of ours; remembered for the same headings",
        ),
    ] = None,
    apply: Annotated[bool, typer.Option("--apply", help="store it; without this it only reports")] = False,
    as_of: AsOf = None,
    as_json: Json = False,
) -> None:
    """Compare a sheet with the registry, cell by cell, and store what is new; exit code 1 when rows need a person."""
    from bot.live_registry import read_registry
    from bot.registering.comparing import compare
    from bot.registering.headings import mapping_of
    from bot.registering.opening import digest, open_tables
    from bot.registering.report import report_json, report_lines
    from bot.registering.stored import read_ours
    from knowledge.sheets.package import SheetError
    from storage import imports

    if not file.is_file():
        raise Refused(f"{file}: no such file")
    mapped = mapping_of(_said(map_ or ()))
    try:
        tables, sha256 = open_tables(file), digest(file)
    except SheetError as error:
        raise Refused(f"{file.name}: {error}") from None
    with opened(load()) as database:
        with database.read() as session:
            ours = read_ours(session)
            lexicon = read_registry(session).lexicon
            remembered = imports.list_mappings(session)
        report = compare(
            tables,
            ours,
            lexicon,
            file_name=file.name,
            sha256=sha256,
            mapped=mapped,
            remembered=remembered,
            today=_today(as_of),
        )
        _remember(database, report, mapped)
        import_id = _apply(database, report) if apply and _can_be_applied(report) else None
    if as_json:
        show(report_json(report, import_id))
    else:
        typer.echo("\n".join(report_lines(report)))
        typer.echo(_outcome(report, import_id, wanted=apply))
    if not any(sheet.header and not sheet.why for sheet in report.sheets):
        raise Refused(
            f"{file.name}: no sheet of it could be read: say --map FIELD=HEADING for province and partner"
        )
    if report.needs_a_person or report.found.broken_off:
        raise typer.Exit(1)


def _said(maps: Sequence[str]) -> list[tuple[str, str]]:
    from bot.registering.fields import BY_KEY, IGNORE

    found = []
    for one in maps:
        field, _, heading = one.partition("=")
        if field not in (*BY_KEY, IGNORE) or not heading.strip():
            raise Refused(f"--map {one}: write FIELD=HEADING; fields are {', '.join((*BY_KEY, IGNORE))}")
        found.append((field, heading.strip()))
    return found


def _remember(database: Any, report: Report, mapped: Mapping[str, str]) -> None:
    """What was said of headings holds for them from now on, whether or not the sheet is applied."""
    from storage import audit, imports

    headers: list[Header] = [sheet.header for sheet in report.sheets if sheet.header]
    unknown = mapped.keys() - {name for header in headers for name in header.said(mapped)}
    if unknown:
        known = ", ".join(f"“{heading.text}”" for header in headers for heading in header.headings)
        raise Refused(f"--map: no heading {', '.join(sorted(unknown))}; the headings are {known or 'none'}")
    if mapped:
        with database.write() as session:
            for header in headers:
                said = header.said(mapped)
                before = imports.remember_mapping(session, header.key, said, datetime.now(UTC))
                if changed := audit.changes(before, said):
                    note(session, "headings.mapped", f"headings:{header.key}", **changed)


def _can_be_applied(report: Report) -> bool:
    return report.found.says_something_new and not report.unclear and not report.found.broken_off


def _apply(database: Any, report: Report) -> int:
    from bot.registering import applying

    columns = {
        name: column.heading.text
        for sheet in report.sheets
        if sheet.header
        for name, column in sheet.header.columns.items()
    }
    try:
        with database.write() as session:
            return applying.apply(
                session,
                report.found,
                report.ours,
                file_name=report.file,
                sha256=report.sha256,
                columns=columns,
                counts=report.counts(),
                now=datetime.now(UTC),
            )
    except applying.Moved:
        raise Refused("the registry changed meanwhile: run the command again; nothing was applied") from None


def _outcome(report: Report, import_id: int | None, *, wanted: bool) -> str:
    if import_id is not None:
        return f"applied as import {import_id}; `sistercity registry undo {import_id}` takes it back"
    if report.unclear:
        return "nothing was applied: say first which field the unclear headings are, with --map"
    if report.found.broken_off or not report.found.says_something_new:
        return "nothing to apply"
    return "nothing was applied" if wanted else "nothing was applied; --apply stores it"


@registry_app.command("undo")
def undo_(
    import_id: Annotated[int, typer.Argument(metavar="IMPORT", help="the number that import printed")],
    as_json: Json = False,
) -> None:
    """Take a whole import back; what a person decided since, and pairings in use, stay and are named."""
    from bot.registering import applying

    with opened(load()) as database:
        try:
            with database.write() as session:
                undone = applying.undo(session, import_id, datetime.now(UTC))
        except applying.NoSuchImport:
            raise Refused(f"{import_id}: no such import, or it was taken back already") from None
    if as_json:
        show(asdict(undone) | {"kept": [{"subject": one, "why": why} for one, why in undone.kept]})
        return
    typer.echo(f"{undone.facts} facts taken back")
    for subject in undone.removed:
        typer.echo(f"removed {subject}")
    for subject, why in undone.kept:
        typer.echo(f"kept {subject}: {why}")


# ------------------------------------------------------------------ out, and the state


@registry_app.command("export")
def export_(file: Annotated[Path, typer.Argument(help="an .xlsx or .csv file to write")]) -> None:
    """Write every pairing with its sources into a sheet that can be edited and imported again."""
    from bot.registering.exporting import write_registry
    from bot.registering.stored import read_ours

    if file.suffix.lower() not in SHEETS:
        raise Refused(f"{file}: write to a file that ends in .xlsx or .csv")
    with opened(load()) as database, database.read() as session:
        ours = read_ours(session)
    try:
        count = write_registry(ours, file)
    except OSError as error:
        raise Refused(f"{file}: cannot be written ({error.strerror})") from None
    typer.echo(f"{count} pairings in {file}")


@registry_app.command("check")
def check_(as_of: AsOf = None, as_json: Json = False) -> None:
    """What in the registry needs a person, one line each; exit code 1 when something does."""
    from bot.registering.checking import check
    from bot.registering.stored import read_ours

    with opened(load()) as database, database.read() as session:
        ours = read_ours(session)
    problems = check(ours, _today(as_of))
    if as_json:
        show({"pairings": len(ours.pairings), "problems": [asdict(one) for one in problems]})
    else:
        typer.echo("\n".join(map(str, problems)) or "the registry is in order")
    if problems:
        raise typer.Exit(1)
