"""What the bot says, on its way into the outbox: replies of a turn, notices to others, digests."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from bot.dialogues.route import DRAFT_BOUND
from bot.messages import OutgoingFile, Reply, SentFile
from bot.splitting import split_text, utf16_length
from storage import conversations, outbox
from storage.models import Chat, Draft, Outbox

Claim = tuple[str, outbox.Clock]
"""The process that may send the replies at once, and when."""

MESSAGE_LIMIT = 4000
"""UTF-16 units of one message with title and note; Telegram takes 4,096."""

LEAST_ROOM = 1000
"""What must be left for the text: a title and note that leave less become part of it."""


def say(
    session: Session,
    chat: Chat,
    reply: Reply,
    now: datetime,
    *,
    kind: str = "reply",
    edit: str | None = None,
    draft: Draft | None = None,
    claim: Claim | None = None,
    not_before: datetime | None = None,
) -> list[Outbox]:
    """
    Add a reply to the outbox; a long text becomes several messages, buttons under the last.

    Args:
        not_before: On the business clock, when it may go out; None for at once.
    """
    rows = []
    for body in bodies(session, chat, reply, now, edit=edit, draft=draft):
        rows.append(outbox.add(session, chat, kind, body, now, not_before, claim))
        session.flush()
    return rows


def tell(
    session: Session, chat: Chat, person_id: int, reply: Reply, now: datetime, *, kind: str = "notice"
) -> None:
    """
    Say something to somebody who did not just write. What may be typed are the choices of it.

    Args:
        kind: By which `outbox.count_said` counts it.
    """
    rows = say(session, chat, reply, now, kind=kind)
    conversations.get_or_add(session, chat.id, person_id, now).offered = rows[-1].body["offered"]


def bodies(
    session: Session,
    chat: Chat,
    reply: Reply,
    now: datetime,
    *,
    edit: str | None = None,
    draft: Draft | None = None,
    keep: timedelta = conversations.KEEP_CHOICES,
) -> list[dict[str, Any]]:
    """A reply as outbox bodies: its choices are stored and the buttons carry their ids."""
    rows, choices = [], []
    for row in reply.rows:
        buttons = []
        for one in row:
            bound = draft if one.action.name.startswith(DRAFT_BOUND) else None
            action = {"name": one.action.name, "args": dict(one.action.args)}
            choices.append(conversations.NewChoice(conversations.new_choice_id(), action, bound))
            buttons.append({"label": one.label, "id": choices[-1].id})
        rows.append(buttons)
    conversations.add_choices(session, chat.id, choices, now, keep)
    return _parts(
        {
            "text": reply.text,
            "title": reply.title,
            "note": reply.note,
            "rows": rows,
            "edit": edit if reply.picture is None and reply.file is None else None,
            "numbered": reply.numbered,
            "picture": reply.picture,
            **({"file": _packed(reply.file)} if reply.file is not None else {}),
            "offered": [[one["id"], one["label"], reply.numbered] for row in rows for one in row],
        }
    )


def _packed(file: SentFile) -> dict[str, Any]:
    """A file as a body holds it; what was made for this message goes when the body is emptied."""
    content = None if file.content is None else base64.b64encode(file.content).decode("ascii")
    return {
        "name": file.name,
        "mime": file.mime,
        "stored": file.stored,
        "content": content,
        "whole": file.whole,
    }


def unpacked(file: Mapping[str, Any], media: Path) -> OutgoingFile:
    """The file of a body as its channel gets it."""
    content = file["content"]
    return OutgoingFile(
        file["name"],
        file["mime"],
        media / file["stored"] if file["stored"] else None,
        None if content is None else base64.b64decode(content),
        file["whole"],
    )


def _parts(body: dict[str, Any]) -> list[dict[str, Any]]:
    """A long text as several bodies: title, picture and file with the first, note and buttons with the last."""
    title, note = body["title"], body["note"]
    room = MESSAGE_LIMIT - utf16_length(title) - utf16_length(note)
    if room < LEAST_ROOM:
        text = "\n".join(part for part in (title, body["text"], note) if part)
        body, room = {**body, "text": text, "title": "", "note": ""}, MESSAGE_LIMIT
    texts = split_text(body["text"], room)
    if len(texts) == 1:
        return [body]
    last = len(texts) - 1
    return [
        {
            **body,
            "text": text,
            "title": body["title"] if number == 0 else "",
            "picture": body["picture"] if number == 0 else None,
            "file": body.get("file") if number == 0 else None,
            "note": body["note"] if number == last else "",
            "rows": body["rows"] if number == last else [],
            "offered": body["offered"] if number == last else [],
            "edit": None,
        }
        for number, text in enumerate(texts)
    ]
