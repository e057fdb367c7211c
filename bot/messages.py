"""
The words that every channel, dialogue and the sender share.

A channel turns a service's update into an `Event`; the assistant hands its `Incoming` to a dialogue, which
answers with a turn; each `Reply` of it becomes an outbox row, and the sender gives the row to the channel
as an `Outgoing`. Nothing here knows a service, a database or a clock. All texts are plain: a channel
escapes them at its own edge, so no user string can become markup.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Literal, Protocol

from bot.file_names import clean_name

Json = Mapping[str, Any]
FileKind = Literal["photo", "document"]
Unsupported = Literal["sticker", "voice", "video", "contact", "other"]
FileProblem = Literal["too_large", "unavailable", "type", "damaged", "pixels", "active", "locked", "secret"]
"""
Why a file is not kept: above 20 MB · not to be had · of a kind that is not taken · broken or built to do harm ·
more pixels than are opened here · holds a macro, a script or another file · has a password · bears a marking of
secrecy.
"""


# ------------------------------------------------------------------ what comes in


@dataclass(frozen=True)
class RawUpdate:
    """One update as the service sent it: what an inbox row holds."""

    update_id: str  # unique within the channel
    chat: str  # the service's chat id; order is kept per chat
    body: str  # JSON, untouched
    album: str | None = None  # of what was sent together and arrives one by one: the service's name for it


@dataclass(frozen=True)
class FileRef:
    """A file that the service keeps for us; `handle` is what the channel fetches it by."""

    handle: str
    kind: FileKind
    name: str = ""
    mime: str = ""
    size: int | None = None  # bytes, when the service tells
    shown_as: str = ""  # by which the channel will ask for what became of it; "" when it never does


@dataclass(frozen=True)
class ReceivedFile:
    """A file after fetching: in our storage under its SHA-256, or not kept, with a reason."""

    kind: FileKind
    name: str
    mime: str
    sha256: str | None = None
    size: int = 0
    problem: FileProblem | None = None
    stripped: bool = False  # a place, a time, a device or other words about people had been in it
    look: str | None = (
        None  # of a photo with something to see in it: 16 hexadecimal digits, see `bot.media.look`
    )


@dataclass(frozen=True)
class Location:
    """A point on the map, in degrees (WGS 84); `title` is the name of a place that was picked, or empty."""

    latitude: float
    longitude: float
    title: str = ""


@dataclass(frozen=True)
class Incoming:
    """What a person said or pressed."""

    text: str = ""
    press: str | None = None  # id of the pressed choice
    card: str | None = None  # the channel's id of the message that carried the button
    files: tuple[ReceivedFile, ...] = ()
    location: Location | None = None
    unsupported: Unsupported | None = None
    forwarded: bool = False  # somebody else's words, passed on


@dataclass(frozen=True)
class Event:
    """An update, read: who did what, where."""

    chat: str
    person: str  # the service's id of the person who acted
    person_name: str = ""
    group: bool = False
    addressed: bool = True  # in a group: was the bot spoken to
    text: str = ""
    press: str | None = None
    press_query: str | None = None  # what `acknowledge` needs, when the service shows a spinner
    card: str | None = None
    files: tuple[FileRef, ...] = ()
    location: Location | None = None
    unsupported: Unsupported | None = None
    forwarded: bool = False
    presence: Literal["blocked", "returned"] | None = None
    migrated_to: str | None = None  # the chat goes on under this id


class UnreadableUpdate(Exception):
    """The update does not parse: it is quarantined and stops nobody else."""


def as_one_message(events: Sequence[Event]) -> Event:
    """The updates of one album as the message that the person sent: all captions and all files."""
    captions = dict.fromkeys(event.text for event in events if event.text)
    return replace(
        events[0],
        addressed=any(event.addressed for event in events),
        text="\n".join(captions),
        files=tuple(file for event in events for file in event.files),
        unsupported=next((event.unsupported for event in events if event.unsupported), None),
        forwarded=any(event.forwarded for event in events),
    )


# ------------------------------------------------------------------ what a dialogue answers


@dataclass(frozen=True)
class Action:
    """What a button does: a name that `route` knows, and its JSON arguments."""

    name: str
    args: Json = field(default_factory=dict)


@dataclass(frozen=True)
class Choice:
    label: str
    action: Action


SENT_CONTENT_BYTES = 200 * 1024
"""What a file made for one message may have: it lies in the message's row until that is emptied."""

SHOWN_PICTURES = ("image/jpeg", "image/png", "image/webp", "image/gif")
"""Pictures that every channel can show in place."""


@dataclass(frozen=True)
class SentFile:
    """
    A file that goes out with a reply: one that people sent and that is kept (`stored`, its SHA-256), or one
    made for this message (`content`). Exactly one of the two.

    A picture is shown in place; with `whole` it goes as a file, so that no service makes a scan smaller.

    Raises:
        ValueError: If neither or both are given, or the content is larger than `SENT_CONTENT_BYTES`.
    """

    name: str  # Thai or not; cleaned here
    mime: str
    stored: str | None = None
    content: bytes | None = None
    whole: bool = False

    def __post_init__(self) -> None:
        if (self.stored is None) == (self.content is None):
            raise ValueError("a sent file is either stored or made")
        if self.content is not None and len(self.content) > SENT_CONTENT_BYTES:
            raise ValueError("a file made for one message is too large")
        object.__setattr__(self, "name", clean_name(self.name) or "file")


@dataclass(frozen=True)
class Reply:
    """
    One message of the bot. `rows` are its buttons, row by row. It carries a picture or a file, not both.

    `edits` asks the sender to rewrite the card whose button was pressed; where there was no press it is a
    new message. `numbered` is off where a typed number is an answer and must not count as a choice.
    """

    text: str
    title: str = ""
    note: str = ""  # small print: source, as-of year
    rows: tuple[tuple[Choice, ...], ...] = ()
    edits: bool = False
    numbered: bool = True
    picture: str | None = None  # sha256 of a stored file to show
    file: SentFile | None = None
    secret: bool = False  # holds a code that is shown once: its row is emptied when it is sent

    @property
    def choices(self) -> tuple[Choice, ...]:
        return tuple(choice for row in self.rows for choice in row)


# ------------------------------------------------------------------ what goes out


@dataclass(frozen=True)
class Button:
    label: str
    choice_id: str


@dataclass(frozen=True)
class OutgoingFile:
    """A file on its way out: under `path`, or in memory. See `SentFile`."""

    name: str
    mime: str
    path: Path | None = None
    content: bytes | None = None
    whole: bool = False

    @property
    def is_picture(self) -> bool:
        """Whether it is to be shown in place."""
        return self.mime in SHOWN_PICTURES and not self.whole

    def read(self) -> bytes:
        """
        What is in it.

        Raises:
            OSError: If it is not there any more.
        """
        if self.content is not None:
            return self.content
        assert self.path is not None
        return self.path.read_bytes()

    def size(self) -> int:
        """
        How many bytes it has.

        Raises:
            OSError: If it is not there any more.
        """
        if self.content is not None:
            return len(self.content)
        assert self.path is not None
        return self.path.stat().st_size


@dataclass(frozen=True)
class Outgoing:
    """An outbox row, ready for its channel."""

    key: str  # stable id of the row: where a service takes an idempotency key, this is it
    chat: str
    text: str
    title: str = ""
    note: str = ""
    rows: tuple[tuple[Button, ...], ...] = ()
    edit: str | None = None  # the channel's id of the message to rewrite
    numbered: bool = True
    picture: Path | None = None
    picture_mime: str = ""
    file: OutgoingFile | None = None  # never beside a picture; without it the text still goes out
    repeated: bool = (
        False  # nobody knows whether it arrived before: worth a repeat only where one is answered
    )


class DeliveryError(Exception):
    """A send that did not end well. Raised only by channels."""


class RetryLater(DeliveryError):
    """The service asked us to wait: `scope` says whether this chat or everything."""

    def __init__(self, seconds: float, scope: Literal["chat", "channel"] = "chat") -> None:
        super().__init__(f"retry after {seconds:g} s ({scope})")
        self.seconds = seconds
        self.scope: Literal["chat", "channel"] = scope


class NotSent(DeliveryError):
    """The request certainly did not reach the service: repeat freely."""


class OutcomeUnknown(DeliveryError):
    """The request may have been carried out: nobody can know."""


class Rejected(DeliveryError):
    """The service will never take this message: close the row, go on with the chat."""


class Unreachable(DeliveryError):
    """The person blocked the bot or left: close the chat's open rows."""


class ChatMoved(DeliveryError):
    """The chat goes on under a new id."""

    def __init__(self, new_chat: str) -> None:
        super().__init__("the chat has a new id")
        self.new_chat = new_chat


class FetchError(Exception):
    """A file could not be fetched. `permanent` when trying again cannot help."""

    def __init__(self, reason: FileProblem, *, permanent: bool) -> None:
        super().__init__(reason)
        self.reason: FileProblem = reason
        self.permanent = permanent


Receive = Callable[[list[RawUpdate]], Awaitable[None]]
"""Stores updates in the inbox; returns after the commit, raises when it could not write."""


class Channel(Protocol):
    """A thin adapter to one service."""

    name: str

    async def run(self, receive: Receive) -> None:
        """Fetch updates and hand them on until cancelled."""
        ...

    def read(self, body: str) -> Event:
        """
        Parse a stored update.

        Raises:
            UnreadableUpdate: If it does not parse.
        """
        ...

    async def fetch(self, file: FileRef, target: Path, max_bytes: int) -> None:
        """
        Stream a file to `target`.

        Raises:
            FetchError: If it is too large or cannot be had.
        """
        ...

    async def send(self, message: Outgoing) -> str:
        """
        Send or edit; returns the channel's id of the message.

        Raises:
            DeliveryError: One of its subclasses, which say what to do next.
        """
        ...

    async def acknowledge(self, event: Event) -> None:
        """Stop the spinner of a press, best effort."""
        ...

    async def busy(self, chat: str) -> None:
        """Show that an answer is being prepared, best effort."""
        ...

    async def close(self) -> None:
        """Let go of connections."""
        ...
