"""What the chat page sends: its shapes, its limits, and what is said when it is refused."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator
from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request

from bot.channels.web_files import MAX_FILE_BYTES, MAX_FILES
from bot.file_names import clean_name
from bot.messages import FileKind

MAX_TEXT = 4096  # characters in one Telegram message: no channel takes more than another
MAX_REQUEST_BYTES = MAX_FILES * MAX_FILE_BYTES + (1 << 20)
MAX_DAYS_MOVED = 3660  # either way: a slip of the pen, such as the year 0206, goes no further

ISO_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
CLIENT_ID = r"^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$"

NOT_SENT = "ส่งไม่สำเร็จ ลองอีกครั้ง"
NOT_READ = "อ่านข้อมูลที่ส่งมาไม่ได้ โหลดหน้านี้ใหม่แล้วส่งอีกครั้ง"
NOTHING_SAID = "ยังไม่มีข้อความหรือไฟล์ที่จะส่ง"
NO_SUCH_CHAT = "ไม่พบบทสนทนานี้"
TEXT_TOO_LONG = f"ข้อความยาวเกิน {MAX_TEXT:,} ตัวอักษร แบ่งส่งเป็นหลายข้อความ"
TOO_MANY_FILES = f"ส่งได้ครั้งละไม่เกิน {MAX_FILES} ไฟล์ นำบางไฟล์ออกแล้วส่งอีกครั้ง"
FILES_TOO_LARGE = f"ไฟล์รวมกันใหญ่เกินไป ส่งได้ไฟล์ละไม่เกิน {MAX_FILE_BYTES >> 20} MB"
DAY_NOT_READ = "อ่านวันที่ไม่ได้ เลือกวันที่จากปฏิทินอีกครั้ง"
DAY_TOO_FAR = "วันที่นี้ไกลเกินไป เลือกวันที่ใกล้กว่านี้"
DAY_NOT_MOVED = "เลื่อนวันไม่สำเร็จ ลองอีกครั้ง"


def file_too_large(name: str) -> str:
    return f"ไฟล์ {name} ใหญ่เกิน {MAX_FILE_BYTES >> 20} MB ย่อขนาดหรือนำออกแล้วส่งอีกครั้ง"


# ------------------------------------------------------------------ what the page sends


class Pressed(BaseModel):
    model_config = ConfigDict(extra="forbid")

    choice: str = Field(min_length=1, max_length=64)
    message: str = Field(min_length=1, max_length=40)


class Said(BaseModel):
    """One thing the person did. `id` is made by the page, so that a repeated send is one update."""

    model_config = ConfigDict(extra="forbid")

    chat: str
    id: str = Field(pattern=CLIENT_ID)
    text: str = ""
    press: Pressed | None = None

    @field_validator("text")
    @classmethod
    def _plain_line_ends(cls, text: str) -> str:
        """A form sends the line ends of the box as CR LF."""
        return text.replace("\r\n", "\n")


class DayMoved(BaseModel):
    model_config = ConfigDict(extra="forbid")

    date: str


class StoredFile(BaseModel):
    """An upload as an inbox row knows it."""

    handle: str
    kind: FileKind
    name: str
    mime: str
    size: int

    @property
    def shown_as(self) -> str:
        """Its name in the page's history, where the hash of a paper that is not kept must not stay."""
        return self.handle[:32]


class StoredUpdate(BaseModel):
    """What an inbox row of this channel holds."""

    chat: str
    text: str = ""
    press: str | None = None
    card: str | None = None
    files: tuple[StoredFile, ...] = ()


class Refused(Exception):
    """A request that is not carried out; the page shows `text`."""

    def __init__(self, status: int, text: str) -> None:
        super().__init__(text)
        self.status = status
        self.text = text


Sent = TypeVar("Sent", bound=BaseModel)


# ------------------------------------------------------------------ reading requests


def check_length(request: Request) -> None:
    """Refuse by the announced length, before anything is read."""
    length = request.headers.get("content-length", "")
    if not length.isdecimal():
        raise Refused(411, NOT_READ)
    if int(length) > MAX_REQUEST_BYTES:
        raise Refused(413, FILES_TOO_LARGE)


async def read_json(request: Request) -> Any:
    try:
        return await request.json()
    except (ValueError, RecursionError):
        raise Refused(400, NOT_READ) from None


def uploads_of(form: FormData) -> list[UploadFile]:
    return [value for value in form.getlist("files") if isinstance(value, UploadFile)]


def read_sent(model: type[Sent], value: Any) -> Sent:
    try:
        return model.model_validate(value)
    except ValidationError:
        raise Refused(400, NOT_READ) from None


def check_said(said: Said, uploads: Sequence[UploadFile]) -> None:
    """Refuse what is empty or too large, by name where it is a file."""
    if len(said.text) > MAX_TEXT:
        raise Refused(413, TEXT_TOO_LONG)
    if len(uploads) > MAX_FILES:
        raise Refused(413, TOO_MANY_FILES)
    for upload in uploads:
        if (upload.size or 0) > MAX_FILE_BYTES:
            raise Refused(413, file_too_large(clean_name(upload.filename or "")))
    if not said.text.strip() and said.press is None and not uploads:
        raise Refused(400, NOTHING_SAID)


def read_day(text: str) -> date:
    """A day from the page's calendar; years 2400 to 2700 are B.E., which some calendars give."""
    match = ISO_DAY.fullmatch(text)
    if match is None:
        raise Refused(400, DAY_NOT_READ)
    year, month, day = (int(part) for part in match.groups())
    try:
        return date(year - 543 if 2400 <= year <= 2700 else year, month, day)
    except ValueError:
        raise Refused(400, DAY_NOT_READ) from None
