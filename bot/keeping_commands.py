"""What an operator does about what is kept: purging, erasing people, backups."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import typer
from sqlalchemy import URL

from bot.command_line import Json, Refused, Yes, note, opened, read_settings, show
from bot.settings import Settings

db = typer.Typer(help="The database.", no_args_is_help=True)

# ------------------------------------------------------------------ purging


def purge(
    dry_run: Annotated[bool, typer.Option("--dry-run", help="say what would go; change nothing")] = False,
    as_json: Json = False,
) -> None:
    """Let go of what has been kept long enough. The serving process does this each night."""
    from bot.clock import Clock
    from bot.media.store import MediaStore
    from bot.retention import Retention

    settings = read_settings()
    with opened(settings) as database:
        media = MediaStore(settings.media_folder(database.file))
        keeping = Retention(database, media, Clock(settings.timezone))
        report = keeping.due() if dry_run else keeping.purge("operator")
    lines = [
        {
            "table": one.rule.table,
            "what": one.rule.what,
            "keep": one.rule.period,
            "why": one.rule.why,
            "rows": one.rows,
        }
        for one in report.swept
    ]
    if as_json:
        show(lines)
    else:
        typer.echo(
            "\n".join(f"{one['rows']:>7}  {one['table']}: {one['what']}, {one['keep']}" for one in lines)
        )
    if not report.complete:
        raise typer.Exit(1)


# ------------------------------------------------------------------ erasing


def erase(
    person: Annotated[str, typer.Argument(help="the opaque id; by a name its ids are listed")],
    yes: Yes = False,
) -> None:
    """Take a person's name, accounts and texts out; what they recorded stays with their post."""
    from storage import erased_log, erasure, people

    settings = read_settings()
    with opened(settings) as database:
        log = erased_log.beside(settings.media_folder(database.file))
        with database.read() as session:
            found = people.find_by_public_id(session, person)
            if found is None:
                raise Refused(_whom(session, person, settings))
            if found.erased_at is not None:
                raise Refused(f"{person} was erased before")
            shown = _described(session, found, settings)
        if not yes:
            typer.echo(shown)
            typer.confirm("Erase this person? It cannot be taken back", abort=True)
        try:
            with database.write() as session:
                erasure.erase(session, log, found.id, datetime.now(UTC))
        except OSError as error:
            raise Refused(f"nobody was erased: {log} cannot be written ({error.strerror})") from None
        database.empty_log()
    typer.echo(f"{person} is erased, and noted in {log}: keep that file, it outlives every backup")


def _whom(session: Any, name: str, settings: Settings) -> str:
    from storage import people

    same = people.list_by_name(session, name)
    if not same:
        return f"{name}: nobody has this id or name; `sistercity audit show` shows ids"
    listed = "; ".join(_described(session, one, settings) for one in same)
    return f"{name} is no id. Of this name: {listed}"


def _described(session: Any, person: Any, settings: Settings) -> str:
    from storage import people

    posts = people.list_memberships(session, person.id, datetime.now(UTC))
    held = ", ".join(" ".join(part for part in (one.role, one.province_code) if part) for one in posts)
    heard = people.last_heard_at(session, person.id)
    since = f"last heard from {heard.astimezone(settings.timezone).date()}" if heard else "never heard from"
    return f"{person.public_id} {person.name} ({held or 'guest'}, {since})"


# ------------------------------------------------------------------ the database


@db.command("upgrade")
def upgrade() -> None:
    """Bring the database to this program's schema, load missing reference data, erase who was erased."""
    from bot.service import erase_again, open_database
    from storage.database import HEAD

    settings = read_settings()
    database = open_database(settings.database_url, upgrade=True)
    try:
        erase_again(database, settings.media_folder(database.file), datetime.now(UTC))
    finally:
        database.close()
    typer.echo(f"schema {HEAD}")


@db.command("backup")
def backup(
    file: Annotated[Path, typer.Argument(help="a new file")],
    as_json: Json = False,
) -> None:
    """
    Copy the SQLite database, also while it is served. The copy is looked through before it gets its name;
    exit code 1 when its audit has a fault.
    """
    from storage import backup as backups
    from storage.database import HEAD, Database

    settings = read_settings()
    database = Database(settings.database_url)
    try:
        source = database.file
        if source is None:
            raise Refused(_with_pg_dump(database, file))
        if not source.is_file():
            raise Refused(f"{source}: no such file; check SISTERCITY_DATABASE_URL")
        if file.exists():
            raise Refused(f"{file} is there already: give a new name, so that no backup is lost")
        verdicts = []

        def make(working: Path) -> None:
            backups.copy(source, working)
            backups.check(working)
            if backups.revision(working) == HEAD:
                verdicts.append(backups.verify(working))

        try:
            backups.publish(file, make)
        except backups.BackupError as error:
            raise Refused(f"{source} was not backed up: {error}") from None
        schema = database.revision()
        media = settings.media_folder(source)
        report = {
            "file": str(file),
            "bytes": file.stat().st_size,
            "schema": schema,
            "events": verdicts[0].events if verdicts else None,
            "fault": verdicts[0].fault if verdicts else None,
            "media": str(media),
            "missing": _missing_files(database, media, file) if schema == HEAD else None,
        }
    finally:
        database.close()
    if as_json:
        show(report)
    else:
        typer.echo("\n".join(_backup_lines(report)))
    if report["fault"] is not None:
        raise typer.Exit(1)


def _missing_files(database: Any, media: Path, file: Path) -> list[str]:
    """What is referred to and not in the folder; a list of it is written beside the backup."""
    from storage import files

    with database.read() as session:
        missing = sorted(one for one in files.list_referenced(session) if not (media / one).is_file())
    with database.write() as session:
        note(session, "database.backed_up", f"backup:{file.name}", missing_files=len(missing))
    if missing:
        _beside(file).write_text("".join(f"{one}\n" for one in missing), encoding="ascii")
    return missing


def _beside(file: Path) -> Path:
    return file.with_name(f"{file.name}.missing")


def _backup_lines(report: dict[str, Any]) -> list[str]:
    file, media = report["file"], report["media"]
    lines = [
        f"{file}: {report['bytes']} bytes, schema {report['schema']}, whole",
        f"now copy the folder of files too, as with: rsync -a {media}/ ELSEWHERE/ (a file in it never changes)",
    ]
    if report["missing"] is None:
        lines.append("its audit and its files are looked at once `sistercity db upgrade` has run")
    elif report["missing"]:
        lines.append(
            f"{len(report['missing'])} files are referred to and not there: see {_beside(Path(file))}"
        )
    if report["fault"] is not None:
        lines.append(f"its audit has a fault ({report['fault']}): see `sistercity audit verify`")
    return lines


@db.command("restore")
def restore(file: Annotated[Path, typer.Argument(help="a backup")], yes: Yes = False) -> None:
    """Put a backup in the place of the SQLite database, once nothing serves it. Who was erased stays erased."""
    from bot.locks import lock
    from storage import backup as backups
    from storage.database import Database

    settings = read_settings()
    here = Database(settings.database_url)
    here.close()
    if here.file is None:
        raise Refused(_with_pg_restore(here, file))
    if not file.is_file():
        raise Refused(f"{file}: no such file")
    held = lock(here.file)
    try:
        if not yes:
            typer.echo(f"{file} replaces everything in {here.file}")
            typer.confirm("Go on?", abort=True)
        ready = here.file.with_name(f"{here.file.name}.restoring")

        def make(working: Path) -> None:
            backups.copy(file, working)
            _make_ready(working, file, settings.media_folder(here.file))

        try:
            backups.publish(ready, make)
            backups.copy(ready, here.file)
        except backups.BackupError as error:
            raise Refused(f"{file} was not put in place: {error}") from None
        finally:
            backups.remove(ready)
    finally:
        for one in held:
            one.close()
    typer.echo(f"{here.file} is as {file} was; put its files into {settings.media_folder(here.file)}")


def _make_ready(working: Path, file: Path, media: Path) -> None:
    """
    Raises:
        BackupError: If it is no whole database of this program, or its audit has a fault.
    """
    from bot.service import erase_again, open_database
    from storage import backup as backups
    from storage import outbox

    backups.check(working)
    backups.revision(working)
    database = open_database(f"sqlite:///{working}", upgrade=True)
    try:
        verdict = backups.verify(working)
        if verdict.fault is not None:
            raise backups.BackupError(f"its audit has a fault at event {verdict.event_id} ({verdict.fault})")
        now = datetime.now(UTC)
        with database.write() as session:
            unknown = outbox.close_as_unknown(session, now)
            note(session, "database.restored", f"backup:{file.name}", unknown_messages=unknown)
        erase_again(database, media, now)
    finally:
        database.close()


def _with_pg_dump(database: Any, file: Path) -> str:
    url = _for_postgresql(database)
    return f"PostgreSQL makes its own backups: pg_dump --format=custom --file={file} {url}"


def _with_pg_restore(database: Any, file: Path) -> str:
    url = _for_postgresql(database)
    return (
        f"PostgreSQL restores its own backups: pg_restore --clean --if-exists --single-transaction --dbname={url} "
        f"{file}; then run `sistercity db upgrade`, which erases again who was erased"
    )


def _for_postgresql(database: Any) -> str:
    """The address without its password, which `PGPASSWORD` or a password file gives."""
    url = database.url
    return str(URL.create("postgresql", url.username, None, url.host, url.port, url.database))
