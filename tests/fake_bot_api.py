"""
A small Bot API server on 127.0.0.1 for tests: it keeps chats in memory and checks what Telegram checks.

In a test:

    with FakeBotApi() as telegram:
        telegram.user_says(7, "/start")
        ...  # run the bot with telegram.token against telegram.url
        telegram.wait_until_sent(7, 1)

As a process of its own (`python tests/fake_bot_api.py --port 8081 --journal sent.jsonl`) every method in
`REMOTE_CONTROLS` is reached by POST /control/<method> with its arguments as a JSON object.
"""

from __future__ import annotations

import argparse
import asyncio
import base64
import html
import json
import re
import sys
import threading
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from types import TracebackType
from typing import Any, Literal

from aiohttp import web

TOKEN = "123456:fake-token-for-tests"
BOT = {"id": 123456, "is_bot": True, "first_name": "Sister City", "username": "SisterCityTestBot"}

TEXT_LIMIT = 4096
CAPTION_LIMIT = 1024
DOWNLOAD_LIMIT = 20_000_000  # bytes

_HTML_TAG = re.compile(
    r"<(?P<end>/?)(?P<name>a|b|blockquote|code|del|em|i|ins|pre|s|span|strike|strong|tg-emoji|tg-spoiler|u)"
    r"(\s[^<>]*)?>"
)
_FORMATTED = re.compile(r"(?P<command>(?<!\S)/\w+(@\w+)?)|(?P<mention>(?<!\w)@\w{4,})")

Json = dict[str, Any]


# ------------------------------------------------------------------ what tests see


@dataclass(frozen=True)
class Key:
    """A button of an inline keyboard."""

    label: str
    data: str


@dataclass
class Sent:
    """A message of the bot as it stands now, edits applied."""

    method: str
    chat: int
    message_id: int
    text: str  # what the person reads: without markup
    html: str  # as the bot sent it
    rows: tuple[tuple[Key, ...], ...] = ()
    picture: bytes | None = None
    document: bytes | None = None
    name: str = ""  # of the document, as it came
    edits: int = 0

    @property
    def labels(self) -> list[str]:
        return [key.label for row in self.rows for key in row]


@dataclass
class Fault:
    """
    What goes wrong for the next `times` calls of `method` (in `chat`, when given; "*" is every method).

    `reset` closes the connection before or after the call was carried out; else `status` is answered, with
    `body` instead of JSON when given; a `delay` in seconds comes first, and alone it leaves the call to
    succeed.
    """

    method: str
    chat: int | None = None
    times: int = 1
    status: int = 0
    description: str = ""
    parameters: Json = field(default_factory=dict)
    reset: Literal["", "before", "after"] = ""
    delay: float = 0.0
    body: str = ""


class ApiError(Exception):
    def __init__(self, status: int, description: str, **parameters: Any) -> None:
        super().__init__(description)
        self.status = status
        self.description = description
        self.parameters = parameters


# ------------------------------------------------------------------ checks that Telegram makes


def parse_html(markup: str) -> str:
    """The text within Telegram's HTML: known tags only, properly nested, no bare "<"."""
    plain, open_tags = "", []
    for piece in re.split(r"(<[^>]*>)", markup):
        tag = _HTML_TAG.fullmatch(piece)
        if tag is None:
            if "<" in piece:
                raise ApiError(
                    400, f"Bad Request: can't parse entities: Unsupported start tag at {piece[:9]!r}"
                )
            plain += html.unescape(piece)
        elif not tag["end"]:
            open_tags.append(tag["name"])
        elif not open_tags or open_tags.pop() != tag["name"]:
            raise ApiError(400, f"Bad Request: can't parse entities: Unexpected end tag {piece}")
    if open_tags:
        raise ApiError(400, f"Bad Request: can't parse entities: Can't find end tag of {open_tags[-1]}")
    return plain


def parse_text(text: str, parse_mode: str, limit: int, subject: str) -> str:
    """What a person would read of `text`, checked as Telegram checks it."""
    plain = (parse_html(text) if parse_mode.upper() == "HTML" else text).strip()
    if len(plain.encode("utf-16-le")) // 2 > limit:
        raise ApiError(400, f"Bad Request: {subject} is too long")
    return plain


def parse_keyboard(markup: str | None) -> tuple[tuple[Key, ...], ...]:
    rows = json.loads(markup)["inline_keyboard"] if markup else []
    keyboard = tuple(tuple(Key(key["text"], key["callback_data"]) for key in row) for row in rows)
    for key in (key for row in keyboard for key in row):
        if not key.label.strip():
            raise ApiError(400, "Bad Request: inline keyboard button text must be non-empty")
        if not 1 <= len(key.data.encode()) <= 64:
            raise ApiError(400, "Bad Request: BUTTON_DATA_INVALID")
    return keyboard


# ------------------------------------------------------------------ the server


class FakeBotApi:
    """The server and its controls; controls may be called from any thread."""

    def __init__(self, port: int = 0, journal: Path | None = None, token: str = TOKEN) -> None:
        self.token = token
        self.url = ""
        self.webhook = ""  # set one to see getUpdates refused until it is deleted
        self.commands: dict[str, list[Json]] = {}  # by language code
        self.actions: list[tuple[int, str]] = []  # sendChatAction
        self.answered: list[str] = []  # ids of callback queries
        self.calls: list[tuple[str, Json]] = []  # every request, refused ones too
        self._port = port
        self._journal = journal
        self._changed = threading.Condition(threading.RLock())
        self._updates: list[Json] = []
        self._next_update = 500
        self._next_message = 1
        self._next_file = 1
        self._next_query = 1
        self._poller = 0
        self._allowed: list[str] = []
        self._chats: dict[int, dict[int, Sent | None]] = {}  # None: a message of a user's
        self._blocked: set[int] = set()
        self._migrated: dict[int, int] = {}
        self._queries: set[str] = set()
        self._files: dict[str, tuple[str, bytes]] = {}
        self._faults: list[Fault] = []
        self._methods: dict[str, Callable[[Json], Any]] = {
            "getme": lambda _: BOT,
            "deletewebhook": self._delete_webhook,
            "setmycommands": self._set_my_commands,
            "sendmessage": self._send_message,
            "sendphoto": self._send_photo,
            "senddocument": self._send_document,
            "editmessagetext": self._edit_message_text,
            "editmessagereplymarkup": self._edit_message_reply_markup,
            "sendchataction": self._send_chat_action,
            "answercallbackquery": self._answer_callback_query,
            "getfile": self._get_file,
        }

    # -------------------------------------------------------------- its life

    def __enter__(self) -> FakeBotApi:
        ready = threading.Event()
        self._thread = threading.Thread(target=lambda: asyncio.run(self._serve(ready)), daemon=True)
        self._thread.start()
        if not ready.wait(10):
            raise RuntimeError("the fake Bot API did not start")
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join(10)

    async def _serve(self, ready: threading.Event) -> None:
        self._loop = asyncio.get_running_loop()
        self._stop = asyncio.Event()
        self._news = asyncio.Event()
        app = web.Application(client_max_size=60_000_000)
        app.router.add_route("*", "/bot{token}/{method}", self._answer)
        app.router.add_get("/file/bot{token}/{path:.+}", self._serve_file)
        app.router.add_post("/control/{name}", self._control)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.2)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", self._port)
        await site.start()
        self.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
        ready.set()
        await self._stop.wait()
        self._news.set()
        await runner.cleanup()

    # -------------------------------------------------------------- controls: what people do

    def user_says(self, chat: int, text: str, user: int | None = None, reply_to: int | None = None) -> int:
        """Returns the update's id. A negative chat is a group, where `user` is who speaks."""
        return self._user_sends(chat, user, {"text": text, **_entities("entities", text)}, reply_to)

    def user_sends_photo(
        self, chat: int, content: bytes, caption: str = "", album: str = "", user: int | None = None
    ) -> int:
        small, large = self._keep(content[:10], "photos", "jpg"), self._keep(content, "photos", "jpg")
        sizes = [
            {"file_id": small, "file_unique_id": f"u{small}", "width": 90, "height": 60, "file_size": 10},
            {
                "file_id": large,
                "file_unique_id": f"u{large}",
                "width": 1280,
                "height": 853,
                "file_size": len(content),
            },
        ]
        return self._user_sends(chat, user, {"photo": sizes, **_caption(caption), **_album(album)})

    def user_sends_document(
        self,
        chat: int,
        content: bytes,
        name: str,
        mime: str = "application/pdf",
        caption: str = "",
        user: int | None = None,
    ) -> int:
        file_id = self._keep(content, "documents", name.rpartition(".")[2])
        document = {
            "file_id": file_id,
            "file_unique_id": f"u{file_id}",
            "file_name": name,
            "mime_type": mime,
            "file_size": len(content),
        }
        return self._user_sends(chat, user, {"document": document, **_caption(caption)})

    def user_sends_sticker(self, chat: int, user: int | None = None) -> int:
        file = self._stub("stickers", "webp")
        shape = {"width": 512, "height": 512, "is_animated": False, "is_video": False, "type": "regular"}
        return self._user_sends(chat, user, {"sticker": {**file, **shape}})

    def user_sends_voice(self, chat: int, user: int | None = None) -> int:
        voice = {**self._stub("voice", "oga"), "duration": 3, "mime_type": "audio/ogg"}
        return self._user_sends(chat, user, {"voice": voice})

    def user_sends(self, chat: int, content: Json, user: int | None = None) -> int:
        """A message with any other content, as the Bot API words it."""
        return self._user_sends(chat, user, content)

    def user_presses(
        self, chat: int, button: str, message_id: int | None = None, user: int | None = None
    ) -> int:
        """Press a button, named by its label or data, of that message or of the latest that has it."""
        with self._changed:
            message, key = self._find_button(chat, button, message_id)
            query_id = f"q{self._next_query}"
            self._next_query += 1
            self._queries.add(query_id)
            query = {
                "id": query_id,
                "from": _user(chat, user),
                "chat_instance": "1",
                "data": key.data,
                "message": {
                    "message_id": message.message_id,
                    "date": int(time.time()),
                    "chat": _chat(chat),
                    "from": BOT,
                    "text": message.text,
                },
            }
            return self.update({"callback_query": query})

    def user_blocks(self, chat: int) -> int:
        """The person blocks the bot: sends answer 403 until `user_returns`."""
        with self._changed:
            self._blocked.add(chat)
            return self._membership(chat, "member", "kicked")

    def user_returns(self, chat: int) -> int:
        with self._changed:
            self._blocked.discard(chat)
            return self._membership(chat, "kicked", "member")

    def open_chat(self, chat: int) -> None:
        """Let the bot write to a chat that has not written yet."""
        with self._changed:
            self._chats.setdefault(chat, {})

    def update(self, content: Json) -> int:
        """Any update at all, also a broken one; `update_id` is added."""
        with self._changed:
            update_id = self._next_update
            self._next_update += 1
            self._updates.append({"update_id": update_id, **content})
        self._loop.call_soon_threadsafe(self._news.set)
        return update_id

    # -------------------------------------------------------------- controls: what goes wrong

    def fail(self, fault: Fault) -> None:
        with self._changed:
            self._faults.append(fault)

    def flood(self, method: str, retry_after: int, times: int = 1, chat: int | None = None) -> None:
        text = f"Too Many Requests: retry after {retry_after}"
        self.fail(Fault(method, chat, times, 429, text, {"retry_after": retry_after}))

    def refuse(self, method: str, description: str, status: int = 400, times: int = 1) -> None:
        self.fail(Fault(method, None, times, status, description))

    def reset(self, method: str, when: Literal["before", "after"], times: int = 1) -> None:
        self.fail(Fault(method, times=times, reset=when))

    def slow(self, method: str, seconds: float, times: int = 1) -> None:
        self.fail(Fault(method, times=times, delay=seconds))

    def mend(self) -> None:
        """Nothing goes wrong any more."""
        with self._changed:
            self._faults.clear()

    def migrate(self, chat: int, new_chat: int) -> None:
        """The group becomes a supergroup: sends to the old id name the new one."""
        with self._changed:
            self._migrated[chat] = new_chat
            self._chats.setdefault(new_chat, {})

    # -------------------------------------------------------------- controls: what arrived

    def sent(self, chat: int) -> list[Sent]:
        """The bot's messages in a chat, oldest first, as they stand now."""
        with self._changed:
            return [replace(message) for message in self._chats.get(chat, {}).values() if message]

    def wait_until_sent(self, chat: int, count: int, timeout: float = 10.0) -> list[Sent]:
        """Wait for at least `count` messages of the bot in a chat; returns all."""
        self.wait_for(lambda: len(self.sent(chat)) >= count, timeout)
        return self.sent(chat)

    def wait_for(self, condition: Callable[[], bool], timeout: float = 10.0) -> None:
        """Wait until something that a request changes is so."""
        with self._changed:
            if not self._changed.wait_for(condition, timeout):
                raise AssertionError(f"not within {timeout:g} s; requests: {self.methods()}")

    def methods(self) -> list[str]:
        """The names of all requests so far, in order."""
        with self._changed:
            return [method for method, _ in self.calls]

    def unconfirmed(self) -> list[int]:
        """Ids of the updates that the bot has not confirmed yet."""
        with self._changed:
            return [update["update_id"] for update in self._updates]

    # -------------------------------------------------------------- requests

    async def _answer(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        params = await _params(request)
        with self._changed:
            self.calls.append((method, params))
            fault = self._take_fault(method, params)
            self._changed.notify_all()
        if fault is not None:
            await asyncio.sleep(fault.delay)
        if fault is not None and fault.reset == "before":
            return _drop(request)
        if fault is not None and fault.body:
            return web.Response(status=fault.status, text=fault.body)
        try:
            self._admit(request.match_info["token"], fault)
            result = await self._carry_out(method, params)
        except ApiError as error:
            return _refusal(error)
        if fault is not None and fault.reset == "after":
            return _drop(request)
        return web.json_response({"ok": True, "result": result})

    def _admit(self, token: str, fault: Fault | None) -> None:
        if token != self.token:
            raise ApiError(401, "Unauthorized")
        if fault is not None and fault.status:
            raise ApiError(fault.status, fault.description, **fault.parameters)

    async def _carry_out(self, method: str, params: Json) -> Any:
        if method.lower() == "getupdates":
            return await self._get_updates(params)
        known = self._methods.get(method.lower())
        if known is None:
            raise ApiError(404, "Not Found: method not found")
        with self._changed:
            result = known(params)
            self._changed.notify_all()
            return result

    async def _serve_file(self, request: web.Request) -> web.StreamResponse:
        fault = self._take_fault("file", {})
        if fault is not None and fault.reset:
            return _drop(request)
        if fault is not None and fault.status:
            return web.Response(status=fault.status)
        for path, content in self._files.values():
            if path == request.match_info["path"] and request.match_info["token"] == self.token:
                return web.Response(body=content)
        return web.Response(status=404)

    async def _control(self, request: web.Request) -> web.StreamResponse:
        name = request.match_info["name"]
        if name not in REMOTE_CONTROLS:
            return web.json_response({"error": f"no such control: {name}"}, status=404)
        arguments = await request.json()
        if "content_base64" in arguments:
            arguments["content"] = base64.b64decode(arguments.pop("content_base64"))
        result = getattr(self, name)(**arguments)
        return web.json_response(
            [
                {
                    **asdict(message),
                    "picture": message.picture is not None,
                    "document": message.document is not None,
                }
                for message in result
            ]
            if name == "sent"
            else result
        )

    def _take_fault(self, method: str, params: Json) -> Fault | None:
        for fault in self._faults:
            fits = fault.method.lower() in ("*", method.lower())
            if fits and fault.times > 0 and fault.chat in (None, _int(params.get("chat_id"))):
                fault.times -= 1
                return fault
        return None

    # -------------------------------------------------------------- methods

    async def _get_updates(self, params: Json) -> list[Json]:
        offset, limit = _int(params.get("offset")) or 0, _int(params.get("limit")) or 100
        deadline = self._loop.time() + (_int(params.get("timeout")) or 0)
        with self._changed:
            if "allowed_updates" in params:
                self._allowed = json.loads(params["allowed_updates"])
            # what is below the offset is confirmed: never seen again
            self._updates = [update for update in self._updates if update["update_id"] >= offset]
            self._poller += 1
            me = self._poller
            self._changed.notify_all()
        self._news.set()  # a waiting poller finds that it was replaced
        while True:
            with self._changed:
                if self.webhook:
                    raise ApiError(
                        409,
                        "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook",
                    )
                if me != self._poller:
                    raise ApiError(
                        409,
                        "Conflict: terminated by other getUpdates request; "
                        "make sure that only one bot instance is running",
                    )
                batch = [update for update in self._updates if self._is_allowed(update)][:limit]
            remaining = deadline - self._loop.time()
            if batch or remaining <= 0 or self._stop.is_set():
                return batch
            self._news.clear()
            try:
                await asyncio.wait_for(self._news.wait(), remaining)
            except TimeoutError:
                return []

    def _is_allowed(self, update: Json) -> bool:
        return not self._allowed or len(update) == 1 or any(kind in self._allowed for kind in update)

    def _delete_webhook(self, params: Json) -> bool:
        self.webhook = ""
        return True

    def _set_my_commands(self, params: Json) -> bool:
        commands: list[Json] = json.loads(params["commands"])
        for command in commands:
            if not re.fullmatch(r"[a-z0-9_]{1,32}", command["command"]):
                raise ApiError(400, "Bad Request: BOT_COMMAND_INVALID")
            if not 1 <= len(command["description"]) <= 256:
                raise ApiError(400, "Bad Request: BOT_COMMAND_DESCRIPTION_INVALID")
        self.commands[params.get("language_code", "")] = commands
        return True

    def _send_message(self, params: Json) -> Json:
        chat = self._reachable(params)
        markup = params.get("text", "")
        text = parse_text(markup, params.get("parse_mode", ""), TEXT_LIMIT, "message")
        if not text:
            raise ApiError(400, "Bad Request: message text is empty")
        rows = parse_keyboard(params.get("reply_markup"))
        return self._store(Sent("sendMessage", chat, self._message_id(), text, markup, rows))

    def _send_photo(self, params: Json) -> Json:
        chat = self._reachable(params)
        picture = params.get("photo", b"")
        if isinstance(picture, str) and picture.startswith("attach://"):
            picture = params[picture.removeprefix("attach://")]
        if not isinstance(picture, bytes) or not picture:
            raise ApiError(400, "Bad Request: there is no photo in the request")
        if not picture.startswith((b"\xff\xd8\xff", b"\x89PNG", b"RIFF", b"GIF8")):
            raise ApiError(400, "Bad Request: IMAGE_PROCESS_FAILED")
        markup = params.get("caption", "")
        text = parse_text(markup, params.get("parse_mode", ""), CAPTION_LIMIT, "message caption")
        rows = parse_keyboard(params.get("reply_markup"))
        return self._store(Sent("sendPhoto", chat, self._message_id(), text, markup, rows, picture))

    def _send_document(self, params: Json) -> Json:
        chat = self._reachable(params)
        part = params.get("document", b"")
        if isinstance(part, str) and part.startswith("attach://"):
            part = part.removeprefix("attach://")
        content = params.get(part) if isinstance(part, str) else part
        if not isinstance(content, bytes) or not content:
            raise ApiError(400, "Bad Request: there is no document in the request")
        name = params.get(f"{part if isinstance(part, str) else 'document'} name", "")
        markup = params.get("caption", "")
        text = parse_text(markup, params.get("parse_mode", ""), CAPTION_LIMIT, "message caption")
        rows = parse_keyboard(params.get("reply_markup"))
        return self._store(
            Sent("sendDocument", chat, self._message_id(), text, markup, rows, document=content, name=name)
        )

    def _edit_message_text(self, params: Json) -> Json:
        message = self._editable(params)
        if message.picture is not None or message.document is not None:
            raise ApiError(400, "Bad Request: there is no text in the message to edit")
        markup = params.get("text", "")
        text = parse_text(markup, params.get("parse_mode", ""), TEXT_LIMIT, "message")
        if not text:
            raise ApiError(400, "Bad Request: message text is empty")
        return self._edit(message, text, markup, parse_keyboard(params.get("reply_markup")))

    def _edit_message_reply_markup(self, params: Json) -> Json:
        message = self._editable(params)
        return self._edit(message, message.text, message.html, parse_keyboard(params.get("reply_markup")))

    def _send_chat_action(self, params: Json) -> bool:
        self.actions.append((self._reachable(params), params["action"]))
        return True

    def _answer_callback_query(self, params: Json) -> bool:
        query = params["callback_query_id"]
        if query not in self._queries:
            raise ApiError(
                400, "Bad Request: query is too old and response timeout expired or query ID is invalid"
            )
        self._queries.remove(query)
        self.answered.append(query)
        return True

    def _get_file(self, params: Json) -> Json:
        file_id = params.get("file_id", "")
        if file_id not in self._files:
            raise ApiError(400, "Bad Request: wrong file_id or the file is temporarily unavailable")
        path, content = self._files[file_id]
        if len(content) > DOWNLOAD_LIMIT:
            raise ApiError(400, "Bad Request: file is too big")
        return {
            "file_id": file_id,
            "file_unique_id": f"u{file_id}",
            "file_size": len(content),
            "file_path": path,
        }

    # -------------------------------------------------------------- its state

    def _reachable(self, params: Json) -> int:
        chat = _int(params.get("chat_id"))
        if chat in self._migrated:
            raise ApiError(
                400,
                "Bad Request: group chat was upgraded to a supergroup chat",
                migrate_to_chat_id=self._migrated[chat],
            )
        if chat in self._blocked:
            raise ApiError(403, "Forbidden: bot was blocked by the user")
        if chat is None or chat not in self._chats:
            raise ApiError(400, "Bad Request: chat not found")
        return chat

    def _editable(self, params: Json) -> Sent:
        chat = self._reachable(params)
        message_id = _int(params.get("message_id"))
        if message_id is None or message_id not in self._chats[chat]:
            raise ApiError(400, "Bad Request: message to edit not found")
        message = self._chats[chat][message_id]
        if message is None:
            raise ApiError(400, "Bad Request: message can't be edited")
        return message

    def _edit(self, message: Sent, text: str, markup: str, rows: tuple[tuple[Key, ...], ...]) -> Json:
        if (message.html.strip(), message.rows) == (markup.strip(), rows):
            raise ApiError(
                400,
                "Bad Request: message is not modified: specified new message content and reply markup are "
                "exactly the same as a current content and reply markup of the message",
            )
        message.text, message.html, message.rows = text, markup, rows
        message.edits += 1
        self._write_journal("editMessageText", message)
        return _as_message(message)

    def _store(self, message: Sent) -> Json:
        self._chats[message.chat][message.message_id] = message
        self._write_journal(message.method, message)
        return _as_message(message)

    def _write_journal(self, method: str, message: Sent) -> None:
        """One line for each send that was carried out, for a test in another process to count."""
        if self._journal is None:
            return
        line = {
            "method": method,
            "chat": message.chat,
            "message_id": message.message_id,
            "text": message.text,
            "at": time.time(),
        }
        with self._journal.open("a", encoding="utf-8") as file:
            file.write(json.dumps(line, ensure_ascii=False) + "\n")

    def _message_id(self) -> int:
        message_id = self._next_message
        self._next_message += 1
        return message_id

    def _keep(self, content: bytes, folder: str, extension: str) -> str:
        with self._changed:
            file_id = f"file{self._next_file}"
            self._next_file += 1
            self._files[file_id] = (f"{folder}/{file_id}.{extension}", content)
            return file_id

    def _stub(self, folder: str, extension: str) -> Json:
        file_id = self._keep(b"stub", folder, extension)
        return {"file_id": file_id, "file_unique_id": f"u{file_id}", "file_size": 4}

    def _user_sends(self, chat: int, user: int | None, content: Json, reply_to: int | None = None) -> int:
        with self._changed:
            messages = self._chats.setdefault(chat, {})
            message_id = self._message_id()
            message = {
                "message_id": message_id,
                "date": int(time.time()),
                "chat": _chat(chat),
                "from": _user(chat, user),
                **content,
            }
            if reply_to is not None:
                answered = messages[reply_to]
                message["reply_to_message"] = {
                    "message_id": reply_to,
                    "date": int(time.time()),
                    "chat": _chat(chat),
                    "from": BOT if answered else _user(chat, None),
                    "text": answered.text if answered else "…",
                }
            messages[message_id] = None
            return self.update({"message": message})

    def _membership(self, chat: int, old: str, new: str) -> int:
        def member(status: str) -> Json:
            return {"user": BOT, "status": status, **({"until_date": 0} if status == "kicked" else {})}

        change = {
            "chat": _chat(chat),
            "from": _user(chat, None),
            "date": int(time.time()),
            "old_chat_member": member(old),
            "new_chat_member": member(new),
        }
        return self.update({"my_chat_member": change})

    def _find_button(self, chat: int, button: str, message_id: int | None) -> tuple[Sent, Key]:
        messages = [message for message in self._chats.get(chat, {}).values() if message]
        for message in reversed(messages):
            if message_id in (None, message.message_id):
                for key in (key for row in message.rows for key in row):
                    if button in (key.label, key.data):
                        return message, key
        offered = [message.labels for message in messages]
        raise AssertionError(f"no button {button!r} in chat {chat}; buttons by message: {offered}")


REMOTE_CONTROLS = frozenset(
    {
        "flood",
        "migrate",
        "open_chat",
        "refuse",
        "reset",
        "sent",
        "slow",
        "unconfirmed",
        "update",
        "user_blocks",
        "user_presses",
        "user_returns",
        "user_says",
        "user_sends",
        "user_sends_document",
        "user_sends_photo",
    }
)


# ------------------------------------------------------------------ small parts


async def _params(request: web.Request) -> Json:
    params: Json = dict(request.query)
    if request.content_type == "application/json":
        params.update(await request.json())
        return params
    for name, value in (await request.post()).items():
        params[name] = value.file.read() if isinstance(value, web.FileField) else value
        if isinstance(value, web.FileField):
            params[f"{name} name"] = value.filename
    return params


def _refusal(error: ApiError) -> web.Response:
    body = {"ok": False, "error_code": error.status, "description": error.description}
    if error.parameters:
        body["parameters"] = error.parameters
    headers = {"Retry-After": str(error.parameters["retry_after"])} if error.status == 429 else None
    return web.json_response(body, status=error.status, headers=headers)


def _drop(request: web.Request) -> web.Response:
    """Close the connection without an answer."""
    if request.transport is not None:
        request.transport.abort()
    return web.Response()


def _int(value: Any) -> int | None:
    try:
        return int(value)
    except (TypeError, ValueError):
        return None


def _chat(chat: int) -> Json:
    if chat < 0:
        return {"id": chat, "type": "supergroup", "title": "กลุ่มทดสอบ"}
    return {"id": chat, "type": "private", "first_name": f"ผู้ใช้ {chat}"}


def _user(chat: int, user: int | None) -> Json:
    number = user if user is not None else abs(chat)
    return {"id": number, "is_bot": False, "first_name": f"ผู้ใช้ {number}", "language_code": "th"}


def _caption(text: str) -> Json:
    return {"caption": text, **_entities("caption_entities", text)} if text else {}


def _album(album: str) -> Json:
    return {"media_group_id": album} if album else {}


def _entities(name: str, text: str) -> Json:
    entities = [
        {
            "type": "bot_command" if match["command"] else "mention",
            "offset": len(text[: match.start()].encode("utf-16-le")) // 2,
            "length": len(match[0].encode("utf-16-le")) // 2,
        }
        for match in _FORMATTED.finditer(text)
    ]
    return {name: entities} if entities else {}


def _as_message(message: Sent) -> Json:
    content: Mapping[str, Any] = {"text": message.text}
    if message.picture is not None:
        size = {"file_id": "sent", "file_unique_id": "usent", "width": 1, "height": 1}
        content = {"photo": [size], "caption": message.text}
    if message.document is not None:
        content = {"document": {"file_id": "sent", "file_unique_id": "usent"}, "caption": message.text}
    return {
        "message_id": message.message_id,
        "date": int(time.time()),
        "chat": _chat(message.chat),
        "from": BOT,
        **content,
    }


def main(arguments: Iterable[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description="A fake Bot API server on 127.0.0.1, for tests.")
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--journal", type=Path)
    parser.add_argument("--token", default=TOKEN)
    options = parser.parse_args(None if arguments is None else list(arguments))
    with FakeBotApi(options.port, options.journal, options.token) as api:
        sys.stdout.write(f"{api.url}\n")
        sys.stdout.flush()
        threading.Event().wait()  # until the process is ended


if __name__ == "__main__":
    main()
