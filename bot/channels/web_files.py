"""The chat page's files: uploads on their way in, stored pictures and documents on their way out."""

from __future__ import annotations

import base64
import hashlib
import logging
import os
import re
import shutil
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO
from urllib.parse import quote

from starlette.responses import Response

from bot.file_names import clean_name
from bot.messages import FetchError, FileKind, OutgoingFile

log = logging.getLogger(__name__)

MAX_FILE_BYTES = 20 * 1024 * 1024  # what Telegram lets a bot download: no channel takes more than another
MAX_FILES = 10  # as many as an album holds there
BLOCK_BYTES = 1 << 20

HANDLE = re.compile(r"[0-9a-f]{32}-([0-9a-f]{64})")
SHA256 = re.compile(r"[0-9a-f]{64}")
SHOWN_AS = re.compile(r"[0-9a-f]{32}")

SIGNATURES = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"%PDF-", "application/pdf"),
)


HEIC = (b"ftypheic", b"ftypheix", b"ftypmif1")


@dataclass(frozen=True)
class Upload:
    """An upload that lies in `tmp`, waiting to be fetched by its handle."""

    handle: str  # ends with the SHA-256
    size: int  # bytes
    mime: str  # "" when the content does not tell

    @property
    def kind(self) -> FileKind:
        return "photo" if self.mime.startswith("image/") else "document"


def sniff(head: bytes) -> str:
    """The type that the first bytes of a file prove, or "": what a browser claims is not believed."""
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "image/webp"
    if head[4:12] in HEIC:
        return "image/heic"
    return next((mime for signature, mime in SIGNATURES if head.startswith(signature)), "")


def keep_upload(source: BinaryIO, origin: str, folder: Path) -> Upload:
    """
    Write an upload to `folder` so that it survives a power cut.

    `origin` names what was uploaded (chat, message, place in it): sent again, it replaces itself. The handle
    carries the SHA-256 too, by which `take_upload` recognises a file that was already taken.
    """
    folder.mkdir(parents=True, exist_ok=True)
    stem = hashlib.sha256(origin.encode()).hexdigest()[:32]
    partial = folder / f"{stem}.part"
    digest, size, head = hashlib.sha256(), 0, b""
    with partial.open("wb") as target:
        while block := source.read(BLOCK_BYTES):
            head = head or block[:16]
            digest.update(block)
            size += len(block)
            target.write(block)
        target.flush()
        os.fsync(target.fileno())
    handle = f"{stem}-{digest.hexdigest()}"
    partial.replace(folder / handle)
    return Upload(handle, size, sniff(head))


def take_upload(media_dir: Path, handle: str, target: Path, max_bytes: int) -> None:
    """
    Move an upload to `target`.

    May be repeated after a process was killed half-way, with another target: the file then lies under its
    SHA-256, or in `tmp` under the name of the earlier target.

    Raises:
        FetchError: If it is too large or not there.
    """
    match = HANDLE.fullmatch(handle)
    if match is None:
        raise FetchError("unavailable", permanent=True)
    upload = media_dir / "tmp" / handle
    try:
        if not upload.is_file():
            _copy_taken(media_dir, match[1], target)
        elif upload.stat().st_size > max_bytes:
            upload.unlink()
            raise FetchError("too_large", permanent=True)
        else:
            shutil.move(upload, target)
    except OSError as error:
        raise FetchError("unavailable", permanent=False) from error


def _copy_taken(media_dir: Path, sha256: str, target: Path) -> None:
    """Copied, not moved: what lies in `tmp` may just be on its way from another message with this file."""
    for path in (media_dir / sha256, *(media_dir / "tmp").glob("*")):
        with suppress(FileNotFoundError):
            if _sha256(path) == sha256:
                if path != target:
                    shutil.copyfile(path, target)
                return
    raise FetchError("unavailable", permanent=True)


def media_response(media_dir: Path, name: str, shown_as: str, *, small: bool = False) -> Response | None:
    """
    A file by its SHA-256 or by its name in the history, or None: a stored one, or an upload that waits to be
    fetched; where `small`, the thumbnail if it has one.

    Only types that cannot run scripts are shown in place, the rest is downloaded as `shown_as`.
    """
    kept = _read_kept(media_dir, name, small=small)
    content = _read_waiting(media_dir, name) if kept is None else kept
    if content is None:
        return None
    mime = sniff(content[:16])
    disposition = "inline" if mime else "attachment"
    file_name = quote(clean_name(shown_as) or name[:12], safe="")
    return Response(
        content,
        media_type=mime or "application/octet-stream",
        headers={
            "Cache-Control": "no-store" if kept is None else "private, max-age=3600",
            "Content-Disposition": f"{disposition}; filename*=UTF-8''{file_name}",
        },
    )


def pack_file(file: OutgoingFile | None) -> dict[str, Any] | None:
    """A file of the bot's as the history keeps it; None without one, or when it is not there any more."""
    if file is None:
        return None
    try:
        size = file.size()
    except OSError as error:
        log.warning("a file for the chat page: %s", type(error).__name__)
        return None
    content = None if file.content is None else base64.b64encode(file.content).decode("ascii")
    stored = None if file.path is None else file.path.name
    return {
        "name": file.name,
        "size": size,
        "picture": file.is_picture,
        "stored": stored,
        "content": content,
    }


def file_response(media_dir: Path, file: Mapping[str, Any]) -> Response | None:
    """
    A file of the history, to be downloaded; a picture that is shown, in place. None when it is gone.

    Never kept by the browser: it may hold what only this person may read.
    """
    content = base64.b64decode(file["content"]) if file["content"] else None
    if content is None:
        content = _read_kept(media_dir, file["stored"] or "", small=False)
    if content is None:
        return None
    mime = sniff(content[:16])
    disposition = "inline" if file["picture"] and mime.startswith("image/") else "attachment"
    return Response(
        content,
        media_type=mime or "application/octet-stream",
        headers={
            "Cache-Control": "no-store",
            "Content-Disposition": f"{disposition}; filename*=UTF-8''{quote(file['name'], safe='')}",
        },
    )


def _read_kept(media_dir: Path, name: str, *, small: bool) -> bytes | None:
    sha256 = name if SHA256.fullmatch(name) else _noted(media_dir, name)
    for end in (".thumb", "") if small else ("",):
        with suppress(FileNotFoundError):
            return (media_dir / f"{sha256}{end}").read_bytes() if sha256 else None
    return None


def _noted(media_dir: Path, name: str) -> str:
    """The SHA-256 under which that is kept which has this name in the history."""
    if SHOWN_AS.fullmatch(name):
        with suppress(FileNotFoundError):
            return (media_dir / f"{name}.is").read_text(encoding="ascii")
    return ""


def _read_waiting(media_dir: Path, name: str) -> bytes | None:
    """
    An upload, whose handle is its name in the history and the SHA-256 of what was sent.

    Read at one go: it may be moved on at any moment, which would break a stream half-way.
    """
    pattern = f"{name}-*" if SHOWN_AS.fullmatch(name) else f"*-{name}" if SHA256.fullmatch(name) else ""
    for path in (media_dir / "tmp").glob(pattern) if pattern else ():
        with suppress(FileNotFoundError):
            return path.read_bytes()
    return None


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
