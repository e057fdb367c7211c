"""
Telegram: python-telegram-bot's `Bot` on our own transport, with our own loop for updates.

The library's polling confirms updates before anybody handled them, and stops for everybody at one that does
not parse (python-telegram-bot 22.8). Here an update is confirmed only after `receive` has stored it, as raw
JSON; it is parsed in its own turn.

Texts, names and the token are never logged, so errors of others are logged by their class alone.
"""

from __future__ import annotations

import asyncio
import html
import json
import logging
import mimetypes
import random
import re
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, TypeVar

from telegram import (
    Bot,
    CallbackQuery,
    ChatMemberUpdated,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    LinkPreviewOptions,
    Message,
    Update,
    User,
)
from telegram.constants import ChatAction, ChatMemberStatus, ChatType, ParseMode
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    EndPointNotFound,
    Forbidden,
    InvalidToken,
    TelegramError,
)

from bot.channels.telegram_request import AiohttpRequest, FileTooLarge, NotConnected, Throttled
from bot.messages import (
    ChatMoved,
    DeliveryError,
    Event,
    FetchError,
    FileRef,
    Location,
    NotSent,
    OutcomeUnknown,
    Outgoing,
    OutgoingFile,
    RawUpdate,
    Receive,
    Rejected,
    RetryLater,
    Unreachable,
    UnreadableUpdate,
    Unsupported,
)

_LOG = logging.getLogger(__name__)
# At DEBUG the library logs the address, with the token in it, and every text that is sent.
logging.getLogger("telegram").setLevel(logging.INFO)

API_URL = "https://api.telegram.org"
ALBUM_NAME = 64  # characters that are kept of an album's name, which has some 18 digits
CAPTION_LIMIT = 1024  # the same under a picture or a file; a longer one becomes a message of its own

_POLL_TIMEOUT = 30  # seconds that the server holds a request without updates
_UPDATE_KINDS = ["message", "callback_query", "my_chat_member"]
_FIRST_PAUSE, _LONGEST_PAUSE = 1.0, 30.0  # seconds between tries when fetching fails
_CONFLICT_PAUSE = 5.0  # seconds: the other process needs time to notice, too
_SPIN_PAUSE = 0.1  # seconds, towards a server that answers empty at once

# Telegram's words for what is final for the chat, and for a card that cannot be rewritten; in lower case.
_CHAT_GONE = (
    "chat not found",
    "user not found",
    "peer_id_invalid",
    "chat_write_forbidden",
    "chat was deactivated",
    "not enough rights to send",
    "have no rights to send",
)
_NOT_EDITABLE = (
    "message can't be edited",
    "message to edit not found",
    "message_id_invalid",
    "message identifier is not specified",
    "there is no text in the message to edit",
)
_NOT_MODIFIED = "message is not modified"

# Animations also come as a document: the first match counts.
_UNSUPPORTED: tuple[tuple[str, Unsupported], ...] = (
    ("sticker", "sticker"),
    ("voice", "voice"),
    ("audio", "voice"),
    ("video", "video"),
    ("video_note", "video"),
    ("animation", "video"),
    ("contact", "contact"),
    ("poll", "other"),
    ("dice", "other"),
    ("story", "other"),
    ("game", "other"),
    ("checklist", "other"),
    ("paid_media", "other"),
)
_GONE_STATUS = (ChatMemberStatus.BANNED, ChatMemberStatus.LEFT)

_Result = TypeVar("_Result")


class TelegramChannel:
    """
    The channel to one bot.

    Args:
        token: From BotFather.
        api_url: Another Bot API server, None for Telegram's own; `/bot<token>/` is appended.
        commands: The menu (command, description) by language code; "" is for everybody else.
        named: Told the bot's user name, in a worker thread, once the server has answered.
    """

    name = "telegram"

    def __init__(
        self,
        token: str,
        api_url: str | None,
        commands: Mapping[str, Sequence[tuple[str, str]]],
        named: Callable[[str], None] | None = None,
    ) -> None:
        base = (api_url or API_URL).rstrip("/")
        # Two pools in one Bot: it sends getUpdates, which is held, through the second.
        self._request = AiohttpRequest(base)
        self._polling = AiohttpRequest(base, connections=1)
        self._bot = Bot(
            token,
            base_url=f"{base}/bot",
            base_file_url=f"{base}/file/bot",
            request=self._request,
            get_updates_request=self._polling,
        )
        self._bot_id = token.partition(":")[0]
        self._commands = commands
        self._named = named
        self._attached: set[str] = set()  # rows whose picture or file is out while their text is not
        self.bot_username: str | None = None  # known once the server has answered

    async def is_refused(self) -> bool:
        """Whether the server says that it does not know the token. One that does not answer says nothing."""
        try:
            await self._bot.get_me()
        except InvalidToken:
            return True
        except TelegramError as error:
            _LOG.warning("the token could not be checked: %s", _reason(error))
        return False

    # -------------------------------------------------------------- what comes in

    async def run(self, receive: Receive) -> None:
        """Fetch updates and hand them on until cancelled."""
        offset: int | None = None
        ready = False
        failures = 0
        while True:
            try:
                if not ready:
                    await self._prepare()
                    ready = True
                offset = await self._pass_on(offset, receive)
                failures = 0
            except Exception as error:  # noqa: BLE001 -- whatever one batch does, the next must be fetched
                if isinstance(error, Conflict):
                    ready = False  # perhaps a webhook was set: delete it again
                failures += 1
                pause = _pause_after(error, failures)
                _LOG.warning("fetching updates: %s; next try in %.0f s", _reason(error), pause)
                await asyncio.sleep(pause)

    async def _prepare(self) -> None:
        if self.bot_username is None:
            me = await self._bot.get_me()
            for language, commands in self._commands.items():
                await self._offer_commands(language, commands)
            self._bot_id = str(me.id)
            if self._named is not None and me.username:
                await asyncio.to_thread(self._named, me.username)
            self.bot_username = me.username or ""
        await self._bot.delete_webhook()

    async def _offer_commands(self, language: str, commands: Sequence[tuple[str, str]]) -> None:
        try:
            await self._bot.set_my_commands(commands, language_code=language or None)
        except (BadRequest, InvalidToken) as error:  # refused, or a server without menus: go on without
            _LOG.warning("the menu of commands was refused: %s", _reason(error))

    async def _pass_on(self, offset: int | None, receive: Receive) -> int | None:
        """Fetch one batch and hand it on; returns the offset that confirms it with the next request."""
        started = asyncio.get_running_loop().time()
        updates: list[Any] = await self._bot.do_api_request(
            # Spelt so, because under the name of one of its own methods the library warns; it makes
            # "getUpdates" of this.
            "get_Updates",
            api_kwargs={"offset": offset, "timeout": _POLL_TIMEOUT, "allowed_updates": _UPDATE_KINDS},
            read_timeout=_POLL_TIMEOUT + 5,
        )
        if not updates:
            if asyncio.get_running_loop().time() - started < _SPIN_PAUSE:
                await asyncio.sleep(_SPIN_PAUSE)
            return offset
        await receive([raw_update(update) for update in updates])
        return max(int(update["update_id"]) for update in updates) + 1

    def read(self, body: str) -> Event:
        """
        Parse a stored update.

        What is not meant for the bot comes back with `addressed` false.

        Raises:
            UnreadableUpdate: If it does not parse.
        """
        try:
            raw = json.loads(body)
            update = Update.de_json(raw, None)
            return self._event(update, _chat_of(raw))
        except Exception as error:  # noqa: BLE001 -- the library raises whatever a broken body leads to
            raise UnreadableUpdate(type(error).__name__) from None

    def _event(self, update: Update, chat: str) -> Event:
        if update.message is not None:
            return self._message_event(update.message, chat)
        if update.callback_query is not None:
            return _press_event(update.callback_query, chat)
        if update.my_chat_member is not None:
            return _presence_event(update.my_chat_member, chat)
        return Event(chat, person="", addressed=False)  # edited messages, for one: the first wording counts

    def _message_event(self, message: Message, chat: str) -> Event:
        text = _clean(message.text or message.caption or "")
        files = _files(message)
        location = _location(message)
        unsupported = _unsupported(message)
        if unsupported is not None:
            files = ()  # an animation's document
        group = message.chat.type in (ChatType.GROUP, ChatType.SUPERGROUP)
        person, person_name, is_bot = _sender(message)
        return Event(
            chat,
            person,
            person_name,
            group=group,
            addressed=(
                bool(text or files or location or unsupported)  # else a notice, such as "pinned a message"
                and not is_bot
                and (message.chat.type == ChatType.PRIVATE or (group and self._is_spoken_to(message, text)))
            ),
            text=self._without_own_name(text),
            files=files,
            location=location,
            unsupported=unsupported,
            forwarded=message.forward_origin is not None,
            migrated_to=None if message.migrate_to_chat_id is None else str(message.migrate_to_chat_id),
        )

    def _is_spoken_to(self, message: Message, text: str) -> bool:
        """In a group: by a command, by name, or by an answer to what the bot wrote."""
        if self._own_name().search(text):
            return True
        command = re.match(r"/[A-Za-z0-9_]+(@?)", text)
        if command is not None:
            return not command[1]  # else for another bot
        answered = message.reply_to_message
        return (
            answered is not None
            and answered.from_user is not None
            and str(answered.from_user.id) == self._bot_id
        )

    def _without_own_name(self, text: str) -> str:
        """ "/log@OurBot x" as "/log x", and "@OurBot x" as "x"."""
        return self._own_name().sub(r"\1", text).strip() if "@" in text else text

    def _own_name(self) -> re.Pattern[str]:
        """Our name after "@", alone or at the end of a command, which is its group 1."""
        # Until the server has told our name, any bot's will do: those all end in "bot", and in groups
        # Telegram passes on little that is not for us.
        name = re.escape(self.bot_username) if self.bot_username else "[a-z0-9_]+bot"
        return re.compile(rf"(^/[a-z0-9_]+|(?<![a-z0-9_.]))@{name}(?![a-z0-9_])", re.IGNORECASE)

    async def fetch(self, file: FileRef, target: Path, max_bytes: int) -> None:
        """
        Stream a file to `target`.

        Raises:
            FetchError: If it is larger than `max_bytes` or than the 20 MB that bots may download, or
                cannot be had now.
        """
        if file.size is not None and file.size > max_bytes:
            raise FetchError("too_large", permanent=True)
        try:
            found = await self._bot.get_file(file.handle)
            await self._request.download(str(found.file_path), target, max_bytes)
        except FileTooLarge:
            raise FetchError("too_large", permanent=True) from None
        except TelegramError as error:
            if isinstance(error, BadRequest) and "file is too big" in error.message.lower():
                raise FetchError("too_large", permanent=True) from None
            raise FetchError("unavailable", permanent=False) from None

    # -------------------------------------------------------------- what goes out

    async def send(self, message: Outgoing) -> str:
        """
        Send or edit; returns the id of the message that carries the text.

        Raises:
            DeliveryError: One of its subclasses, which say what to do next.
        """
        if message.repeated:
            await self._make_sure_of_answers()
        markup = _markup(message)
        keyboard = _keyboard(message)
        attached = _attached(message)
        if message.edit is not None and attached is None:
            if await self._edit(message.chat, message.edit, markup, keyboard):
                return message.edit
        elif attached is not None and message.key not in self._attached:
            below = _plain_length(message) <= CAPTION_LIMIT
            shown = await self._send_attached(
                message, attached, markup if below else None, keyboard if below else None
            )
            if shown is not None and below:
                return shown
            if shown is not None:
                self._attached.add(message.key)
        sent = await _delivered(
            self._bot.send_message(
                message.chat,
                markup,
                parse_mode=ParseMode.HTML,
                reply_markup=keyboard,
                link_preview_options=LinkPreviewOptions(is_disabled=True),
            )
        )
        self._attached.discard(message.key)
        return str(sent.message_id)

    async def _make_sure_of_answers(self) -> None:
        """
        A message is repeated once: not while the service is down, when nobody would know of that try either.

        Raises:
            DeliveryError: That the message was not sent.
        """
        try:
            await self._bot.get_me()
        except TelegramError as error:
            raise _delivery_error(error, repeatable=True) from None

    async def _edit(self, chat: str, card: str, markup: str, keyboard: InlineKeyboardMarkup | None) -> bool:
        """Rewrite a card; False when Telegram does not allow that for this one."""
        message_id = int(card)
        try:
            await self._bot.edit_message_text(
                markup,
                chat_id=chat,
                message_id=message_id,
                parse_mode=ParseMode.HTML,
                reply_markup=keyboard,
                link_preview_options=LinkPreviewOptions(is_disabled=True),
            )
        except TelegramError as error:
            words = error.message.lower() if isinstance(error, BadRequest) else ""
            if _NOT_MODIFIED in words:
                return True
            if any(reason in words for reason in _NOT_EDITABLE):
                return False
            raise _delivery_error(error, repeatable=True) from None
        except (KeyError, TypeError, ValueError) as error:  # an answer that the library cannot read
            raise NotSent(type(error).__name__) from None
        return True

    async def _send_attached(
        self,
        message: Outgoing,
        file: OutgoingFile,
        caption: str | None,
        keyboard: InlineKeyboardMarkup | None,
    ) -> str | None:
        """Returns the message's id; None when nothing can be shown: the text must not depend on it."""
        try:
            content = await asyncio.to_thread(file.read)
        except OSError as error:
            _LOG.warning("file of row %s: %s", message.key, type(error).__name__)
            return None
        # A file that is no picture for Telegram, or too large for one, is still a file.
        senders = [self._send_photo] if file.is_picture else []
        senders += [self._send_document] if message.file is not None else []
        for send in senders:
            try:
                return await send(message.chat, content, file.name, caption, keyboard)
            except Rejected as error:
                _LOG.warning("file of row %s: %s", message.key, error)
        return None

    async def _send_photo(
        self, chat: str, content: bytes, name: str, caption: str | None, keyboard: InlineKeyboardMarkup | None
    ) -> str:
        sent = await _delivered(
            self._bot.send_photo(
                chat,
                content,
                caption=caption,
                parse_mode=ParseMode.HTML,
                reply_markup=keyboard,
                filename=name,
            )
        )
        return str(sent.message_id)

    async def _send_document(
        self, chat: str, content: bytes, name: str, caption: str | None, keyboard: InlineKeyboardMarkup | None
    ) -> str:
        sent = await _delivered(
            self._bot.send_document(
                chat,
                content,
                caption=caption,
                parse_mode=ParseMode.HTML,
                reply_markup=keyboard,
                filename=name,
                disable_content_type_detection=True,
            )
        )
        return str(sent.message_id)

    async def acknowledge(self, event: Event) -> None:
        """Stop the spinner of a press, best effort: after some seconds Telegram refuses it."""
        if event.press_query is not None:
            with suppress(Exception):
                await self._bot.answer_callback_query(event.press_query)

    async def busy(self, chat: str) -> None:
        """Show "typing" for some seconds, best effort."""
        with suppress(Exception):
            await self._bot.send_chat_action(chat, ChatAction.TYPING)

    async def close(self) -> None:
        """Let go of connections."""
        await self._polling.shutdown()
        await self._request.shutdown()


# ------------------------------------------------------------------ reading


def raw_update(update: Mapping[str, Any]) -> RawUpdate:
    """An update as the inbox keeps it; in ASCII, which any database takes whatever the text holds."""
    album = _inside(update.get("message"), "media_group_id")
    return RawUpdate(
        str(update["update_id"]),
        _chat_of(update),
        json.dumps(update),
        album=_clean(str(album))[:ALBUM_NAME] if album else None,
    )


def _chat_of(update: Mapping[str, Any]) -> str:
    """
    The chat that an update belongs to, so that order is kept there.

    Taken from the raw JSON, since one that the library cannot parse needs a place as well.
    """
    for content in update.values():
        chat = _inside(content, "chat") or _inside(_inside(content, "message"), "chat")
        if _inside(chat, "id") is not None:
            return str(chat["id"])
        sender = _inside(content, "from") or _inside(content, "user")
        if _inside(sender, "id") is not None:
            return f"user:{sender['id']}"
    return f"update:{update['update_id']}"


def _inside(content: Any, name: str) -> Any:
    return content.get(name) if isinstance(content, dict) else None


def _press_event(query: CallbackQuery, chat: str) -> Event:
    message = query.message
    return Event(
        chat,
        str(query.from_user.id),
        _clean(query.from_user.full_name),
        group=message is not None and message.chat.type != ChatType.PRIVATE,
        addressed=query.data is not None,
        press=None if query.data is None else _clean(query.data),
        press_query=query.id,
        card=None if message is None else str(message.message_id),
    )


def _presence_event(change: ChatMemberUpdated, chat: str) -> Event:
    """The bot was blocked, removed, or let in again."""
    was_gone = change.old_chat_member.status in _GONE_STATUS
    is_gone = change.new_chat_member.status in _GONE_STATUS
    return Event(
        chat,
        str(change.from_user.id),
        _clean(change.from_user.full_name),
        group=change.chat.type != ChatType.PRIVATE,
        addressed=False,
        presence="blocked" if is_gone else "returned" if was_gone else None,
    )


def _sender(message: Message) -> tuple[str, str, bool]:
    """
    Id and name of who wrote, and whether that was a bot.

    Those who write in the name of a group share one Telegram account with all such writers everywhere:
    the group stands for them, so that no right given to one reaches strangers.
    """
    if message.sender_chat is not None:
        return str(message.sender_chat.id), _clean(message.sender_chat.effective_name or ""), False
    user: User | None = message.from_user
    if user is None:
        return "", "", False
    return str(user.id), _clean(user.full_name), user.is_bot


def _files(message: Message) -> tuple[FileRef, ...]:
    if message.photo:
        largest = max(message.photo, key=lambda size: size.width * size.height)
        return (FileRef(largest.file_id, "photo", mime="image/jpeg", size=largest.file_size),)
    if message.document is not None:
        document = message.document
        return (
            FileRef(
                document.file_id,
                "document",
                name=_clean(document.file_name or ""),
                mime=document.mime_type or "",
                size=document.file_size,
            ),
        )
    return ()


def _location(message: Message) -> Location | None:
    """Where they are, or the place that they picked. A live location counts as it was when it was sent."""
    point = message.location
    if point is None:
        return None
    if not (abs(point.latitude) <= 90 and abs(point.longitude) <= 180):
        raise ValueError("not on the map")
    title = _clean(message.venue.title) if message.venue is not None else ""
    return Location(point.latitude, point.longitude, title)


def _unsupported(message: Message) -> Unsupported | None:
    return next((kind for name, kind in _UNSUPPORTED if getattr(message, name) is not None), None)


def _clean(text: str) -> str:
    """Without what a database refuses: NUL (PostgreSQL) and half surrogate pairs (any)."""
    return text.replace("\0", "").encode("utf-8", "replace").decode("utf-8")


# ------------------------------------------------------------------ sending


def _markup(message: Outgoing) -> str:
    """The message as HTML; everything of ours is escaped here and nowhere else."""
    parts = (
        f"<b>{_escape(message.title)}</b>" if message.title else "",
        _escape(message.text),
        f"<i>{_escape(message.note)}</i>" if message.note else "",
    )
    return "\n".join(part for part in parts if part)


def _plain_length(message: Outgoing) -> int:
    """Of what a person will read, in UTF-16 units."""
    plain = "\n".join(part for part in (message.title, message.text, message.note) if part)
    return len(plain.encode("utf-16-le")) // 2


def _escape(text: str) -> str:
    return html.escape(text, quote=False)


def _attached(message: Outgoing) -> OutgoingFile | None:
    """The picture or the file that goes with a message."""
    if message.picture is None:
        return message.file
    mime = message.picture_mime or "image/jpeg"
    return OutgoingFile(f"picture{mimetypes.guess_extension(mime) or '.jpg'}", mime, message.picture)


def _keyboard(message: Outgoing) -> InlineKeyboardMarkup | None:
    if not message.rows:
        return None
    return InlineKeyboardMarkup(
        [
            [InlineKeyboardButton(button.label, callback_data=button.choice_id) for button in row]
            for row in message.rows
        ]
    )


async def _delivered(request: Awaitable[_Result]) -> _Result:
    """The answer to a send, or what the sender must do instead."""
    try:
        return await request
    except TelegramError as error:
        raise _delivery_error(error, repeatable=False) from None
    except (KeyError, TypeError, ValueError) as error:  # an answer that the library cannot read
        raise OutcomeUnknown(type(error).__name__) from None


def _delivery_error(error: TelegramError, *, repeatable: bool) -> DeliveryError:
    """
    What the library raised, in the sender's words.

    `repeatable` is for edits: doing one twice changes nothing, so an unknown outcome is as good as none.
    """
    if isinstance(error, Throttled):
        return RetryLater(error.seconds)
    if isinstance(error, ChatMigrated):
        return ChatMoved(str(error.new_chat_id))
    if isinstance(error, Forbidden):
        return Unreachable(error.message)
    if isinstance(error, BadRequest):  # for the library a NetworkError: ask before those
        gone = any(reason in error.message.lower() for reason in _CHAT_GONE)
        return (Unreachable if gone else Rejected)(error.message)
    if isinstance(error, InvalidToken | EndPointNotFound):
        _LOG.error("sending: %s", _reason(error))
        return NotSent(_reason(error))
    certain = repeatable or isinstance(error, NotConnected)
    return (NotSent if certain else OutcomeUnknown)(_reason(error))


# ------------------------------------------------------------------ trouble


def _pause_after(error: Exception, failures: int) -> float:
    """Seconds until updates are fetched again."""
    if isinstance(error, Throttled):
        return error.seconds
    ceiling = min(_LONGEST_PAUSE, _FIRST_PAUSE * 2 ** min(failures, 5))
    pause = random.uniform(_FIRST_PAUSE, ceiling)  # noqa: S311 -- spreads retries, guards nothing
    return max(pause, _CONFLICT_PAUSE) if isinstance(error, Conflict) else pause


def _reason(error: Exception) -> str:
    """For the log: what an operator can act on, and no text, name or token."""
    if isinstance(error, InvalidToken | EndPointNotFound):
        return "the server does not know this token (or the address is not a Bot API server)"
    if isinstance(error, Conflict):
        return "another process fetches updates with this token, or set a webhook; only one may"
    if isinstance(error, BadRequest):
        return error.message
    return type(error).__name__
