"""`sistercity kb`: what curators and operators do with the knowledge base from the command line."""

from __future__ import annotations

import hashlib
import secrets
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from bot.command_line import Json, Refused, note, opened, show
from bot.settings import load

kb = typer.Typer(help="The knowledge base.", no_args_is_help=True)

SHEETS = (".xlsx", ".csv")


def live_base(*, with_meaning: bool) -> Any:
    """The shipped base with what the curators approved and the operator loaded, where there is a database."""
    from bot.live_knowledge import with_approved
    from knowledge.meaning import shared_encoder
    from knowledge.search import KnowledgeBase

    shipped = KnowledgeBase.load(encoder=shared_encoder() if with_meaning else None)
    return with_approved(shipped, load().database_url)


# ------------------------------------------------------------------ measuring


@kb.command("check")
def check_() -> None:
    """Check entries, thresholds and figures; exit code 1 with one line for each problem."""
    from knowledge.check import check, check_figures
    from knowledge.meaning import shared_encoder

    problems = check() or check_figures(shared_encoder())
    typer.echo("\n".join(problems) or "the knowledge base is in order")
    if problems:
        raise typer.Exit(1)


@kb.command("calibrate")
def calibrate_() -> None:
    """Learn weights and limits from the golden questions anew, and write thresholds.json."""
    from knowledge.calibration import calibrate
    from knowledge.golden import load_development, load_golden
    from knowledge.meaning import shared_encoder
    from knowledge.search import KnowledgeBase
    from knowledge.thresholds import write_thresholds

    encoder = shared_encoder()
    if not encoder.load():
        raise Refused(f"meaning vectors are missing, and half of the weights with them: {encoder.problem}")
    today = datetime.now(UTC).date().isoformat()
    found = calibrate(KnowledgeBase.load(), encoder, load_golden(), load_development(), today)
    file = write_thresholds(found)
    typer.echo(f"{file}\n{_lines(found.figures['meaning'], found.figures['meaning_held_out'])}")


@kb.command("eval")
def eval_(
    as_json: Json = False,
    html: Annotated[Path | None, typer.Option("--html", help="write a report for a browser here")] = None,
) -> None:
    """Figures on the golden questions, by style and topic, with what is taken for what."""
    from bot.reports.evaluation import evaluation_html, evaluation_json, evaluation_text, golden_questions
    from knowledge.evaluation import ask_all, near_duplicates

    base = live_base(with_meaning=True)
    golden = golden_questions(load().database_url)
    results = ask_all(base, golden)
    doubled = near_duplicates(base, golden)
    if html is not None:
        html.write_text(evaluation_html(base, results, doubled, datetime.now(UTC)), encoding="utf-8")
    if as_json:
        show(evaluation_json(base, results, doubled))
    else:
        typer.echo(evaluation_text(base, results, doubled))


def _lines(*columns: dict[str, float]) -> str:
    first = columns[0]
    return "\n".join(
        f"{name:<20}" + "".join(f"{column.get(name, float('nan')):>8.1f}" for column in columns)
        for name in first
    )


@kb.command("coverage")
def coverage_(as_json: Json = False) -> None:
    """The sections of each loaded document, and which of them no entry cites."""
    from knowledge.coverage import coverage, coverage_json, coverage_text

    found = coverage(live_base(with_meaning=False).base)
    if as_json:
        show(coverage_json(found))
    else:
        typer.echo("\n".join(coverage_text(found)))


@kb.command("rank")
def rank_() -> None:
    """Answer JSON lines on standard input, for outside benchmarks; see README."""
    from knowledge.lines import answer_lines
    from knowledge.meaning import shared_encoder
    from knowledge.search import KnowledgeBase

    encoder = shared_encoder()
    base = KnowledgeBase.load(encoder=encoder)
    # As UTF-8 whatever the terminal's language is; one broken letter must not end the run.
    lines = (line.decode("utf-8", "replace") for line in sys.stdin.buffer)
    for line in answer_lines(lines, base, encoder if encoder.ready else None):
        sys.stdout.write(f"{line}\n")
        sys.stdout.flush()


# ------------------------------------------------------------------ in and out


@kb.command("export")
def export_(file: Annotated[Path, typer.Argument(help="an .xlsx file to write")]) -> None:
    """Write all entries, as they are answered now, into a workbook that curators can edit."""
    from knowledge.sheets import write_workbook

    if file.suffix.lower() != ".xlsx":
        raise Refused(f"{file}: write to a file that ends in .xlsx")
    base = live_base(with_meaning=False)
    write_workbook(base.base, file)
    typer.echo(f"{len(base.entries)} entries in {file}")


@kb.command("import")
def import_(
    file: Annotated[Path, typer.Argument(help="PDF, DOCX, Markdown or text: a document; XLSX, CSV: entries")],
    title: Annotated[
        str | None, typer.Option(help="what the document is called; the same again for a newer version")
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="read and report; store nothing")] = False,
) -> None:
    """Load a document whose sections can then be quoted, or entries that two curators approve in the chat."""
    if not file.is_file():
        raise Refused(f"{file}: no such file")
    if file.suffix.lower() in SHEETS or file.suffix.lower() == ".xlsm":
        _import_entries(file, dry_run=dry_run)
    else:
        _import_document(file, title, dry_run=dry_run)


def _import_document(file: Path, title: str | None, *, dry_run: bool) -> None:
    from knowledge.documents import DocumentError
    from knowledge.entries import load_base
    from knowledge.importing import read_document
    from storage import documents

    data = file.read_bytes()
    try:
        document = read_document(data, file.name, title=title)
    except DocumentError as error:
        raise Refused(str(error)) from None
    if document.id in {shipped.id for shipped in load_base().documents}:
        raise Refused(f"“{document.title}” is a document that ships with the program: give another --title")
    typer.echo(f"{document.id}: {document.title}")
    typer.echo(f"{len(document.passages)} passages in {len(document.headings)} sections")
    for heading in list(dict.fromkeys(document.headings.values()))[:12]:
        typer.echo(f"  {heading}")
    if document.pages_without_text:
        pages = ", ".join(map(str, document.pages_without_text))
        typer.echo(f"pages without text, which need OCR: {pages}")
    if dry_run:
        typer.echo("nothing was stored")
        return
    sha256 = hashlib.sha256(data).hexdigest()
    with opened(load()) as database, database.write() as session:
        documents.add(
            session,
            document_id=document.id,
            title=document.title,
            file_name=file.name,
            sha256=sha256,
            body=document.to_json(),
            now=datetime.now(UTC),
        )
        note(session, "document.imported", f"document:{document.id}", sha256=sha256)
    typer.echo("stored; it is quoted from the next question on")


def _import_entries(file: Path, *, dry_run: bool) -> None:
    from knowledge.sheets import SheetError, read_workbook
    from storage import revisions

    base = live_base(with_meaning=False)
    try:
        read = read_workbook(file.read_bytes(), base.base)
    except SheetError as error:
        raise Refused(str(error)) from None
    for line in (*read.notes, *read.faults):
        typer.echo(str(line))
    typer.echo(f"{len(read.entries)} new or changed, {read.unchanged} unchanged, {len(read.faults)} faults")
    if read.entries and not dry_run:
        batch = f"{file.name[:24]}-{secrets.token_hex(4)}"
        with opened(load()) as database, database.write() as session:
            for entry in read.entries:
                draft = revisions.add_draft(
                    session,
                    entry_id=entry.id,
                    body=entry.model_dump(mode="json"),
                    change="imported",
                    author_id=None,
                    now=datetime.now(UTC),
                    batch=batch,
                )
                changed = {"before": {"state": None}, "after": {"state": draft.state}}
                note(session, "entry.drafted", f"entry:{entry.id}", version=draft.version, **changed)
        typer.echo("drafts; a curator approves them in the chat: /drafts")
    if read.faults:
        raise typer.Exit(1)


@kb.command("documents")
def documents_(
    withdraw: Annotated[
        str | None, typer.Option(help="id of a document that shall not be quoted any more")
    ] = None,
    as_json: Json = False,
) -> None:
    """List the loaded documents, or take one out of use."""
    from storage import documents

    with opened(load()) as database:
        if withdraw is not None:
            with database.write() as session:
                if not documents.withdraw(session, withdraw, datetime.now(UTC)):
                    raise Refused(f"{withdraw}: no such document in use; see `sistercity kb documents`")
                note(session, "document.withdrawn", f"document:{withdraw}")
            typer.echo(f"{withdraw} is not quoted any more")
            return
        with database.read() as session:
            rows = [
                {
                    "id": row.document_id,
                    "title": row.title,
                    "file": row.file_name,
                    "imported_at": row.imported_at,
                    "passages": len(row.body["passages"]),
                }
                for row in documents.list_current(session)
            ]
    if as_json:
        show(rows)
    else:
        typer.echo(
            "\n".join(f"{row['id']} {row['title']} ({row['passages']} passages)" for row in rows)
            or "none loaded"
        )
