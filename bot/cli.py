"""The command line: `sistercity`."""

from __future__ import annotations

import asyncio
import json
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Annotated

import typer

from bot.audit_commands import audit_app
from bot.command_line import AsOf, Json, Refused, note, opened, read_day, read_settings, show
from bot.kb_commands import kb, live_base
from bot.keeping_commands import db, erase, purge
from bot.registry_commands import registry_app
from bot.reminder_commands import remind, simulate
from bot.settings import SettingsError

app = typer.Typer(
    name="sistercity",
    help="The Sister City assistant: answers, logs, reminds.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)
inbox_app = typer.Typer(help="Updates that could not be handled.", no_args_is_help=True)
app.add_typer(kb, name="kb")
app.add_typer(registry_app, name="registry")
app.add_typer(db, name="db")
app.add_typer(inbox_app, name="inbox")
app.command()(remind)
app.command()(simulate)
app.add_typer(audit_app, name="audit")
app.command()(purge)
app.command()(erase)

INVITATION_HOURS = 72


def main() -> None:
    """Run a command. A fault of the operator's is one line and exit code 2, never a traceback."""
    from bot.locks import AlreadyServing
    from knowledge.entries import KnowledgeError
    from storage.database import SchemaError

    try:
        app()
    except (Refused, SettingsError, SchemaError, KnowledgeError, AlreadyServing) as error:
        sys.stderr.write(f"sistercity: {error}\n")
        sys.exit(2)


# ------------------------------------------------------------------ serving


@app.command()
def demo(
    port: Annotated[int, typer.Option(help="first port to try")] = 8000,
    database: Annotated[Path, typer.Option(help="the demo's own file")] = Path("sistercity-demo.db"),
) -> None:
    """The chat page on 127.0.0.1: no account, no token, its own database file."""
    from bot.hosting import run_demo

    asyncio.run(run_demo(read_settings(), database, port))


@app.command()
def chat(
    as_: Annotated[
        str,
        typer.Option("--as", help="demo-officer, demo-head, demo-ministry, demo-curator or demo-guest"),
    ] = "demo-officer",
    database: Annotated[Path, typer.Option(help="the demo's file")] = Path("sistercity-demo.db"),
) -> None:
    """Talk in the terminal, or pipe a script in. Works on the demo's file."""
    from bot.demo import ROLES
    from bot.hosting import run_chat

    known = [one.id for one in ROLES]
    if as_ not in known:
        raise Refused(f"--as {as_}: unknown person; known are {', '.join(known)}")
    asyncio.run(run_chat(read_settings(), database, as_))


@app.command()
def serve() -> None:
    """Serve Telegram by polling. Needs SISTERCITY_TELEGRAM_TOKEN and SISTERCITY_DPO_CONTACT."""
    from bot.hosting import run_serve

    settings = read_settings()
    if settings.telegram_token is None:
        raise Refused("SISTERCITY_TELEGRAM_TOKEN is not set: get a token from BotFather")
    if not (settings.dpo_contact or "").strip():
        raise Refused(
            "SISTERCITY_DPO_CONTACT is not set: name the data protection officer whom people can reach, "
            "e.g. dpo@example.go.th; /privacy shows it"
        )
    for name in ("webhook_url", "webhook_secret"):
        if getattr(settings, name) is not None:
            raise Refused(f"SISTERCITY_{name.upper()} is not supported yet: `serve` polls")
    asyncio.run(run_serve(settings))


# ------------------------------------------------------------------ asking, parsing


@app.command()
def ask(question: str, as_json: Json = False) -> None:
    """Answer a question about the guideline, with what the curators approved where there is a database."""
    from bot.reports.answers import answer_json, answer_text

    knowledge = live_base(with_meaning=True)
    found = knowledge.find(question)
    if as_json:
        show(answer_json(knowledge, question, found))
    else:
        typer.echo(answer_text(knowledge, question, found))


@app.command()
def parse(
    sentence: Annotated[str | None, typer.Argument(help="what an officer would type")] = None,
    province: Annotated[str | None, typer.Option(help="the officer's province, e.g. TH-49")] = None,
    as_of: AsOf = None,
    as_json: Json = False,
    batch: Annotated[bool, typer.Option("--batch", help="JSON lines on standard input")] = False,
) -> None:
    """Show how a sentence is understood as an activity."""
    from bot.clock import Clock
    from bot.language.quick_log import read_log
    from bot.live_registry import read_registry

    settings = read_settings()
    with opened(settings) as database, database.read() as session:
        lexicon = read_registry(session).lexicon
    if batch:
        for line in sys.stdin:
            if line.strip():
                one = json.loads(line)
                today = read_day(one.get("today"))
                read = read_log(one["text"], lexicon, home=one.get("province"), today=today)
                typer.echo(json.dumps({"id": one.get("id"), **read.to_json()}, ensure_ascii=False))
        return
    if sentence is None:
        raise Refused("give a sentence, or --batch with JSON lines on standard input")
    today = read_day(as_of) or Clock(settings.timezone).today()
    shown = read_log(sentence, lexicon, home=province, today=today).to_json()
    if as_json:
        show(shown)
    else:
        typer.echo("\n".join(f"{name}: {value}" for name, value in shown.items()))


# ------------------------------------------------------------------ reminding, activities, invitations


@app.command()
def activities(
    province: Annotated[str | None, typer.Option(help="only of this province, e.g. TH-50")] = None,
    pairing: Annotated[str | None, typer.Option(help="only of this pairing, e.g. 50-chengdu")] = None,
    as_json: Json = False,
) -> None:
    """List the recorded activities."""
    from bot.live_registry import read_registry
    from bot.reports.activities import activity_json, activity_text
    from bot.texts import THAI
    from storage import activities as records
    from storage import people

    settings = read_settings()
    with opened(settings) as database, database.read() as session:
        registry = read_registry(session)
        rows = [
            row
            for row in records.list_standing(session)
            if (pairing is None or row.pairing_id == pairing)
            and (province is None or registry.pairings[row.pairing_id].province_code == province)
        ]
        confirmed = set(people.list_confirmed(session))
        code_of = {one.id: one.province_code for one in registry.pairings.values()}
        unsure = [code_of[row.pairing_id] not in confirmed for row in rows]
        if as_json:
            show([activity_json(session, row, incomplete=one) for row, one in zip(rows, unsure, strict=True)])
        else:
            typer.echo("\n".join(activity_text(row, registry) for row in rows) or "no activities")
            if any(unsure) or (province is not None and province not in confirmed):
                typer.echo(THAI.INCOMPLETE)


@app.command()
def invite(
    role: Annotated[str, typer.Option(help="officer, group_head, head, ministry or operator")],
    province: Annotated[str | None, typer.Option(help="province code, e.g. TH-50")] = None,
    hours: Annotated[
        int, typer.Option(min=1, max=720, help="how long the code can be used")
    ] = INVITATION_HOURS,
    curator: Annotated[
        bool, typer.Option("--curator", help="with --role ministry: answers questions, keeps the entries")
    ] = False,
    as_json: Json = False,
) -> None:
    """Make a single-use invitation code. It is shown once; only its hash is kept."""
    from bot.rights import PROVINCIAL, ROLES
    from storage import people
    from storage.models import Province

    settings = read_settings()
    if role not in ROLES:
        raise Refused(f"--role {role}: unknown; known are {', '.join(ROLES)}")
    if (role in PROVINCIAL) != (province is not None):
        wanted = "needs --province" if role in PROVINCIAL else "has no --province"
        raise Refused(f"--role {role} {wanted}")
    if curator and role != "ministry":
        raise Refused(f"--role {role} has no --curator: curators belong to the ministry")
    with opened(settings) as database, database.write() as session:
        if province is not None and session.get(Province, province) is None:
            raise Refused(f"--province {province}: unknown; codes look like TH-50")
        now = datetime.now(UTC)
        code, invitation = people.add_invitation(
            session, role, province, now, timedelta(hours=hours), curator=curator
        )
        given = {"role": role, "province": province, "curator": curator, "hours": hours}
        note(session, "invitation.made", f"invitation:{invitation.id}", before=None, after=given)
        name = people.bot_name(session, "telegram")
        link = f"https://t.me/{name}?start={code}" if name else None
        expires = invitation.expires_at.astimezone(settings.timezone).isoformat(timespec="seconds")
    if as_json:
        show({"code": code, "link": link, "expires": expires})
    else:
        typer.echo(f"{code}\n{link or '(no link until `serve` has run once)'}\nvalid until {expires}")


# ------------------------------------------------------------------ state


@app.command()
def status(as_json: Json = False) -> None:
    """How the assistant is doing; exit code 1 when somebody has to look."""
    from bot.reports.status import read_status

    settings = read_settings()
    with opened(settings) as database, database.read() as session:
        report = read_status(session, datetime.now(UTC))
    if as_json:
        show(report)
    else:
        typer.echo("\n".join(f"{name}: {value}" for name, value in report.items()))
    if report["attention"]:
        raise typer.Exit(1)


@app.command()
def bench(
    chats: Annotated[str, typer.Option(help="numbers of chats, comma-separated")] = "1,20,100",
    seconds: Annotated[float, typer.Option(help="how long each is measured")] = 5.0,
    as_json: Json = False,
) -> None:
    """Measure whole turns against a fake Bot API on loopback, beside a bare echo on the same library."""
    from bot.bench import run_bench

    report = run_bench([int(one) for one in chats.split(",")], seconds)
    if as_json:
        show(report)
    else:
        typer.echo(report["table"])


@inbox_app.command("list")
def inbox_list(as_json: Json = False) -> None:
    """Updates in quarantine: they could not be parsed, or always failed."""
    from storage import inbox

    settings = read_settings()
    with opened(settings) as database, database.read() as session:
        rows = [
            {"id": row.id, "channel": row.channel, "received_at": row.received_at, "error": row.error}
            for row in inbox.list_quarantined(session)
        ]
    if as_json:
        show(rows)
    else:
        typer.echo("\n".join(f"{row['id']} {row['channel']} {row['error']}" for row in rows) or "none")


@inbox_app.command("retry")
def inbox_retry(inbox_id: int) -> None:
    """Try a quarantined update again."""
    _change_inbox(inbox_id, keep=True)


@inbox_app.command("drop")
def inbox_drop(inbox_id: int) -> None:
    """Give a quarantined update up and empty its body."""
    _change_inbox(inbox_id, keep=False)


def _change_inbox(inbox_id: int, *, keep: bool) -> None:
    from storage import inbox

    settings = read_settings()
    with opened(settings) as database, database.write() as session:
        done = inbox.retry(session, inbox_id) if keep else inbox.drop(session, inbox_id, datetime.now(UTC))
        if done:
            changed = {"before": {"state": "quarantined"}, "after": {"state": "new" if keep else "dropped"}}
            action = "inbox.retried" if keep else "inbox.dropped"
            note(session, action, f"inbox:{inbox_id}", **changed)
    if not done:
        raise Refused(f"{inbox_id}: no such update in quarantine; see `sistercity inbox list`")
    typer.echo("done")
