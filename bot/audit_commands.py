"""`sistercity audit`: whether the record of who did what is whole, and what it says."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Any
from zoneinfo import ZoneInfo

import typer

from bot.command_line import Json, Refused, opened, read_day, read_settings, show

audit_app = typer.Typer(help="Who did what, when, on which channel.", no_args_is_help=True)

SUBJECT = re.compile(r"[a-z_]+:\S{1,80}")
MOST_SHOWN = 10_000


@audit_app.command("verify")
def verify_(as_json: Json = False) -> None:
    """Walk the chain of events; exit code 1 with the first that was changed, moved or taken out."""
    from storage import audit

    settings = read_settings()
    with opened(settings) as database, database.snapshot() as session:
        found = audit.verify(session)
    at = _shown_time(found.at, settings.timezone) if found.at else None
    if as_json:
        show(
            {
                "events": found.events,
                "unchained": found.unchained,
                "fault": found.fault,
                "event": found.event_id,
                "at": at,
            }
        )
    elif found.fault is None:
        older = f"; {found.unchained} older ones are from before there was a chain" if found.unchained else ""
        typer.echo(f"{found.events} events, whole and in order{older}")
    else:
        typer.echo(f"event {found.event_id or '-'} of {at or '-'}: {found.fault}")
    if found.fault is not None:
        raise typer.Exit(1)


@audit_app.command("show")
def show_(
    subject: Annotated[
        str | None, typer.Option(help="what it was done to: pairing:50-chengdu, activity:12, person:ID…")
    ] = None,
    person: Annotated[str | None, typer.Option(help="who did it: a person's opaque id")] = None,
    since: Annotated[
        str | None, typer.Option(help="from this date on (YYYY-MM-DD; years 2400-2700 are B.E.)")
    ] = None,
    limit: Annotated[int, typer.Option(min=1, max=MOST_SHOWN, help="how many events at most")] = 50,
    as_json: Json = False,
) -> None:
    """The events, the latest first: who, in which post, on which channel, and what changed."""
    from storage import audit, people

    settings = read_settings()
    if subject is not None and not SUBJECT.fullmatch(subject):
        raise Refused(f"--subject {subject}: write it like pairing:50-chengdu, activity:12 or person:ID")
    day = read_day(since)
    midnight = datetime.combine(day, datetime.min.time(), settings.timezone) if day else None
    with opened(settings) as database, database.snapshot() as session:
        actor = None
        if person is not None:
            actor = people.find_by_public_id(session, person)
            if actor is None:
                raise Refused(f"--person {person}: nobody has this id; `sistercity audit show` shows them")
        events = audit.list_events(
            session, subject=subject, person_id=actor.id if actor else None, since=midnight, limit=limit
        )
        found = events_json(session, events, settings.timezone)
    if as_json:
        show(found)
    else:
        typer.echo("\n".join(_line(one) for one in found) or "no events")


def events_json(session: Any, events: Sequence[Any], zone: ZoneInfo) -> list[dict[str, Any]]:
    """Events with who did them: an opaque id, and the posts that they held at that moment."""
    from storage import people

    ids = {one.person_id for one in events if one.person_id is not None}
    public = people.public_ids_of(session, ids)
    held = people.list_posts(session, ids)
    return [
        {
            "id": one.id,
            "at": _shown_time(one.at, zone),
            "person": public.get(one.person_id),
            "posts": [
                f"{post.role} {post.province_code}" if post.province_code else post.role
                for post in held
                if post.person_id == one.person_id
                and post.since <= one.at
                and (post.until is None or one.at <= post.until)
            ],
            "channel": one.channel,
            "action": one.action,
            "subject": one.subject,
            "before": one.detail.get("before"),
            "after": one.detail.get("after"),
            "detail": {name: value for name, value in one.detail.items() if name not in ("before", "after")},
        }
        for one in events
    ]


def _shown_time(at: datetime, zone: ZoneInfo) -> str:
    return at.astimezone(zone).isoformat(timespec="seconds")


def _line(event: dict[str, Any]) -> str:
    who = ", ".join(event["posts"]) + (f" ({event['person']})" if event["person"] else "")
    before, after = event["before"] or {}, event["after"] or {}
    changed = [f"{name}: {before.get(name)} → {value}" for name, value in after.items()]
    others = [f"{name}: {value}" for name, value in event["detail"].items()]
    parts = [str(event["id"]), event["at"], who.strip() or "-", event["channel"], event["action"]]
    return "  ".join([*parts, event["subject"], "; ".join([*changed, *others])]).rstrip()
