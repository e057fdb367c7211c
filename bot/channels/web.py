"""
The chat page: a messenger on 127.0.0.1 for trying the assistant without an account.

Nothing on it is fetched from outside. Every person of the demo has a chat of their own, and the page keeps no
history: it asks what changed after the last revision it saw, so a reload or a restart loses nothing.
"""

from __future__ import annotations

import asyncio
import logging
import secrets
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import urlencode

from pydantic import ValidationError
from starlette.applications import Starlette
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import Route
from starlette.templating import Jinja2Templates

from bot.channels.web_files import (
    MAX_FILE_BYTES,
    MAX_FILES,
    SHA256,
    file_response,
    keep_upload,
    media_response,
    pack_file,
    take_upload,
)
from bot.channels.web_guard import Guard
from bot.channels.web_health import health_route
from bot.channels.web_requests import (
    DAY_NOT_MOVED,
    DAY_TOO_FAR,
    MAX_DAYS_MOVED,
    MAX_TEXT,
    NO_SUCH_CHAT,
    NOT_READ,
    NOT_SENT,
    DayMoved,
    Refused,
    Said,
    StoredFile,
    StoredUpdate,
    check_length,
    check_said,
    read_day,
    read_json,
    read_sent,
    uploads_of,
)
from bot.file_names import clean_name
from bot.messages import (
    Event,
    FileRef,
    NotSent,
    Outgoing,
    RawUpdate,
    Receive,
    Rejected,
    Unreachable,
    UnreadableUpdate,
)

log = logging.getLogger(__name__)

POLL_SECONDS = 25.0  # below the 30 s after which middle boxes tend to drop a silent connection
HERE = Path(__file__).parent
STATIC_TYPES = {  # not guessed: Windows machines are known to call .js text/plain
    ".css": "text/css",
    ".js": "text/javascript",
    ".svg": "image/svg+xml",
    ".txt": "text/plain",
    ".woff2": "font/woff2",
}

# ------------------------------------------------------------------ what the caller gives


class WebStore(Protocol):
    """Keeps the page's history. Its methods may block: they are called in worker threads."""

    def post(self, chat: str, key: str, body: Mapping[str, Any]) -> str:
        """Add a message of the bot; the same key twice is one message. Returns its id."""
        ...

    def edit(self, chat: str, message_id: str, body: Mapping[str, Any]) -> bool:
        """Rewrite a message of this chat; False when there is none with this id."""
        ...

    def find(self, chat: str, message_id: str) -> Mapping[str, Any] | None:
        """The body of a message of this chat; None when there is none with this id."""
        ...

    def said(self, chat: str, key: str, body: Mapping[str, Any]) -> None:
        """Add what the person said; the same key twice is one message."""
        ...

    def since(self, chat: str, after: int) -> list[dict[str, Any]]:
        """
        Messages added or changed after a revision, in the order of their ids.

        Each is {"id": str, "rev": int, "from": "bot" or "me", "at": ISO instant, "body": {…}}.
        """
        ...


@dataclass(frozen=True)
class DemoPerson:
    """Somebody whose place can be taken on the page; `id` is the person and their chat at once."""

    id: str
    label: str


class Bells:
    """Wakes the open polls of a chat when something happened in it."""

    def __init__(self) -> None:
        self._waiting: dict[str, asyncio.Future[bool]] = {}

    def listen(self, chat: str) -> asyncio.Future[bool]:
        """Done at the next ring; True when it only says that an answer is being prepared."""
        if chat not in self._waiting:
            self._waiting[chat] = asyncio.get_running_loop().create_future()
        return self._waiting[chat]

    def ring(self, chat: str, *, busy: bool = False) -> None:
        if waiting := self._waiting.pop(chat, None):
            waiting.set_result(busy)

    def ring_all(self) -> None:
        for chat in tuple(self._waiting):
            self.ring(chat)


# ------------------------------------------------------------------ the channel


class WebChannel:
    """The chat page as a channel. `app` is served by the caller, on a loopback address only."""

    name = "web"

    def __init__(
        self,
        store: WebStore,
        media_dir: Path,
        persons: Sequence[DemoPerson],
        *,
        today: Callable[[], date],
        set_today: Callable[[date], Awaitable[None]],
        home_text: str,
        fault: Callable[[], str | None] = lambda: None,
        poll_seconds: float = POLL_SECONDS,
    ) -> None:
        """
        Args:
            store: The page's history.
            media_dir: Where stored files lie under their SHA-256, with thumbnails (`.thumb`) and, under the
                name that an upload has in the history, a note of its SHA-256 (`.is`); uploads wait in its `tmp`.
            persons: Who can be played, at least one; the first is shown first.
            today: The business day that the assistant goes by.
            set_today: Moves it; returns when all that falls due on the way has been planned, and raises
                ValueError for a day that is too far away.
            home_text: What an empty chat says before the first message.
            fault: Why the assistant is ill, for `/health`; None while it is well. May block.
            poll_seconds: How long a request for news stays open.
        """
        self._store = store
        self._media_dir = media_dir
        self._persons = {person.id: person.label for person in persons}
        self._today = today
        self._set_today = set_today
        self._home_text = home_text
        self._poll_seconds = poll_seconds
        self._receive: Receive | None = None
        self._closed = False
        self._bells = Bells()
        # A reply must not get ahead of what it answers: both take their chat's turn to be written.
        self._turns = {chat: asyncio.Lock() for chat in self._persons}
        self._moving = asyncio.Lock()
        # By this a page that outlived a restart notices it, and starts afresh.
        self._run_id = secrets.token_hex(8)
        self._static = {
            path.relative_to(HERE / "web_static").as_posix(): path
            for path in (HERE / "web_static").rglob("*")
            if path.suffix in STATIC_TYPES
        }
        self._templates = Jinja2Templates(HERE / "web_templates")
        self.app = Starlette(
            routes=[
                Route("/", self._page),
                health_route(fault),
                Route("/static/{name:path}", self._static_file),
                Route("/media/{name}", self._media),
                Route("/file/{message}", self._sent_file),
                Route("/api/state", self._state),
                Route("/api/messages", self._messages),
                Route("/api/send", self._send, methods=["POST"]),
                Route("/api/today", self._move_day, methods=["POST"]),
            ],
            middleware=[Middleware(Guard)],
            exception_handlers={Refused: _refusal},
        )

    # -------------------------------------------------------------- as a channel

    async def run(self, receive: Receive) -> None:
        """Hand on what the page sends until cancelled."""
        self._receive = receive
        try:
            await asyncio.Event().wait()
        finally:
            self._receive = None

    def read(self, body: str) -> Event:
        """
        Parse a stored update.

        Raises:
            UnreadableUpdate: If it does not parse.
        """
        try:
            update = StoredUpdate.model_validate_json(body)
        except ValidationError as error:
            raise UnreadableUpdate(f"{error.error_count()} faults") from None
        return Event(
            chat=update.chat,
            person=update.chat,
            person_name=self._persons.get(update.chat, ""),
            text=update.text,
            press=update.press,
            card=update.card,
            files=tuple(FileRef(**file.model_dump(), shown_as=file.shown_as) for file in update.files),
        )

    async def fetch(self, file: FileRef, target: Path, max_bytes: int) -> None:
        """
        Move an upload to `target`.

        Raises:
            FetchError: If it is too large or not there.
        """
        await asyncio.to_thread(take_upload, self._media_dir, file.handle, target, max_bytes)

    async def send(self, message: Outgoing) -> str:
        """
        Put a message into the page's history, or rewrite one; returns its id.

        Raises:
            Unreachable: If nobody on the page has this chat.
            Rejected: If its picture or file is not a stored one.
            NotSent: If the history could not be written.
        """
        if message.chat not in self._persons:
            raise Unreachable(f"no chat {message.chat}")
        if message.picture is not None and SHA256.fullmatch(message.picture.name) is None:
            raise Rejected("a picture must be a stored file, named by its SHA-256")
        if (
            message.file is not None
            and message.file.path is not None
            and (SHA256.fullmatch(message.file.path.name) is None)
        ):
            raise Rejected("a file must be a stored one, named by its SHA-256")
        async with self._turns[message.chat]:
            try:
                message_id = await asyncio.to_thread(self._write, message)
            except Exception as error:
                raise NotSent(type(error).__name__) from error
        self._bells.ring(message.chat)
        return message_id

    def _write(self, message: Outgoing) -> str:
        body = {
            "title": message.title,
            "text": message.text,
            "note": message.note,
            "rows": [[{"label": b.label, "id": b.choice_id} for b in row] for row in message.rows],
            "picture": f"/media/{message.picture.name}" if message.picture else None,
            "numbered": message.numbered,
            **({"file": packed} if (packed := pack_file(message.file)) is not None else {}),
        }
        if message.edit is not None and self._store.edit(message.chat, message.edit, body):
            return message.edit
        return self._store.post(message.chat, message.key, body)

    async def acknowledge(self, event: Event) -> None:
        """Nothing to stop: the page lets go of a button when the send is answered."""

    async def busy(self, chat: str) -> None:
        """Show the dots of somebody writing."""
        self._bells.ring(chat, busy=True)

    async def close(self) -> None:
        """End the open polls, which would hold up the server's shutdown for as long as they wait."""
        self._closed = True
        self._bells.ring_all()

    # -------------------------------------------------------------- the page and its files

    async def _page(self, request: Request) -> Response:
        limits = {"max_files": MAX_FILES, "max_file_bytes": MAX_FILE_BYTES, "max_text": MAX_TEXT}
        return self._templates.TemplateResponse(
            request,
            "chat.html",
            {"home_text": self._home_text, **limits},
            headers={"Cache-Control": "no-store"},
        )

    async def _static_file(self, request: Request) -> Response:
        path = self._static.get(request.path_params["name"])
        if path is None:
            raise HTTPException(404)
        # Asked again at each load, so that a newer release never runs with an older script.
        return FileResponse(path, media_type=STATIC_TYPES[path.suffix], headers={"Cache-Control": "no-cache"})

    async def _media(self, request: Request) -> Response:
        response = await asyncio.to_thread(
            media_response,
            self._media_dir,
            request.path_params["name"],
            request.query_params.get("name", ""),
            small="small" in request.query_params,
        )
        if response is None:
            raise HTTPException(404)
        return response

    async def _sent_file(self, request: Request) -> Response:
        """The file of one message of the bot, to the chat that it was sent to."""
        chat = self._known(request.query_params.get("chat", ""))
        body = await asyncio.to_thread(self._store.find, chat, request.path_params["message"])
        file = body.get("file") if body is not None else None
        response = await asyncio.to_thread(file_response, self._media_dir, file) if file else None
        if response is None:
            raise HTTPException(404)
        return response

    # -------------------------------------------------------------- news

    async def _state(self, _request: Request) -> Response:
        persons = [{"id": chat, "label": label} for chat, label in self._persons.items()]
        return JSONResponse({"today": self._today().isoformat(), "persons": persons})

    async def _messages(self, request: Request) -> Response:
        """What changed in a chat after a revision, waiting for it; without one, all that there is."""
        chat = self._known(request.query_params.get("chat", ""))
        after = request.query_params.get("after")
        if after is not None and not (after.isdecimal() and len(after) <= 15):
            raise Refused(400, NOT_READ)
        seen = int(after or 0)
        ring = self._bells.listen(chat)  # before reading: nothing can slip in between
        messages = await asyncio.to_thread(self._store.since, chat, seen)
        # A page from before a restart must not wait: its revisions may be those of another database.
        is_current = request.query_params.get("run", self._run_id) == self._run_id
        if not messages and after is not None and is_current and not self._closed:
            await asyncio.wait([ring], timeout=self._poll_seconds)
            messages = await asyncio.to_thread(self._store.since, chat, seen)
        if self._closed:
            raise Refused(503, NOT_SENT)
        return JSONResponse(
            {
                "run": self._run_id,
                "rev": max((message["rev"] for message in messages), default=seen),
                "messages": [_shown(chat, message) for message in messages],
                "busy": not messages and ring.done() and ring.result(),
                "today": self._today().isoformat(),
            },
            headers={"Cache-Control": "no-store"},
        )

    # -------------------------------------------------------------- what the person does

    async def _send(self, request: Request) -> Response:
        """Answered with 200 only after the update was stored: until then the page keeps what was typed."""
        check_length(request)
        if request.headers.get("content-type", "").startswith("multipart/form-data"):
            async with request.form(max_files=10 * MAX_FILES, max_fields=10) as form:
                fields = {key: value for key, value in form.items() if key != "files"}
                await self._take_in(read_sent(Said, fields), uploads_of(form))
        else:
            await self._take_in(read_sent(Said, await read_json(request)), ())
        return JSONResponse({"ok": True})

    async def _take_in(self, said: Said, uploads: Sequence[UploadFile]) -> None:
        self._known(said.chat)
        check_said(said, uploads)
        receive = self._receive
        if receive is None:
            raise Refused(503, NOT_SENT)
        try:
            files = [await self._keep(said, place, upload) for place, upload in enumerate(uploads)]
            async with self._turns[said.chat]:
                await self._store_said(receive, said, files)
        except Exception as error:
            # Uploads stay: a repeated send has the same id and writes the same files again.
            log.warning("an update of the chat page was not stored: %s", type(error).__name__)
            raise Refused(503, NOT_SENT) from error
        self._bells.ring(said.chat)

    async def _store_said(self, receive: Receive, said: Said, files: Sequence[StoredFile]) -> None:
        update = StoredUpdate(
            chat=said.chat,
            text=said.text,
            press=said.press.choice if said.press else None,
            card=said.press.message if said.press else None,
            files=tuple(files),
        )
        await receive([RawUpdate(said.id, said.chat, update.model_dump_json())])
        if said.press is None:  # a press shows in the card that it changes
            shown = [
                {"name": file.name, "kind": file.kind, "size": file.size, "url": f"/media/{file.shown_as}"}
                for file in files
            ]
            await asyncio.to_thread(self._store.said, said.chat, said.id, {"text": said.text, "files": shown})

    async def _keep(self, said: Said, place: int, upload: UploadFile) -> StoredFile:
        origin = f"{said.chat}\n{said.id}\n{place}"
        kept = await asyncio.to_thread(keep_upload, upload.file, origin, self._media_dir / "tmp")
        return StoredFile(
            handle=kept.handle,
            kind=kept.kind,
            name=clean_name(upload.filename or ""),
            mime=kept.mime or upload.content_type or "application/octet-stream",
            size=kept.size,
        )

    async def _move_day(self, request: Request) -> Response:
        check_length(request)
        day = read_day(read_sent(DayMoved, await read_json(request)).date)
        if abs((day - self._today()).days) > MAX_DAYS_MOVED:
            raise Refused(400, DAY_TOO_FAR)
        async with self._moving:
            try:
                await self._set_today(day)
            except ValueError:
                raise Refused(400, DAY_TOO_FAR) from None
            except Exception as error:
                log.warning("the day was not moved: %s", type(error).__name__)
                raise Refused(503, DAY_NOT_MOVED) from error
        self._bells.ring_all()
        return JSONResponse({"today": self._today().isoformat()})

    def _known(self, chat: str) -> str:
        if chat not in self._persons:
            raise Refused(404, NO_SUCH_CHAT)
        return chat


def _shown(chat: str, message: dict[str, Any]) -> dict[str, Any]:
    """A message as the page gets it: of a file its name, size and address, never what is in it."""
    file = message["body"].get("file")
    if file is None:
        return message
    url = f"/file/{message['id']}?{urlencode({'chat': chat})}"
    shown = {name: file[name] for name in ("name", "size", "picture")}
    return {**message, "body": {**message["body"], "file": {**shown, "url": url}}}


async def _refusal(_request: Request, error: Exception) -> Response:
    assert isinstance(error, Refused)
    return JSONResponse({"error": error.text}, error.status)
