"""
Files that people send, stored under their SHA-256 with our own names.

A file is fetched before its turn, outside any transaction: streamed to `tmp/`, checked by content, hashed,
renamed. The rename is idempotent, so a crash between any two steps is mended by doing it again.
"""

from __future__ import annotations

import asyncio
import hashlib
import os
import secrets
import time
from collections.abc import Collection
from pathlib import Path

from bot.messages import Channel, FetchError, FileKind, FileRef, ReceivedFile

MAX_BYTES = 20 * 1024 * 1024
"""Telegram lets a bot download no more."""

KEEP_UNUSED_SECONDS = 7 * 24 * 3600

SIGNATURES: tuple[tuple[int, bytes, str], ...] = (
    (0, b"\xff\xd8\xff", "image/jpeg"),
    (0, b"\x89PNG\r\n\x1a\n", "image/png"),
    (0, b"GIF8", "image/gif"),
    (8, b"WEBP", "image/webp"),
    (4, b"ftypheic", "image/heic"),
    (4, b"ftypmif1", "image/heic"),
    (0, b"%PDF-", "application/pdf"),
    (0, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/msword"),
)
OFFICE = {
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
}


def sniff(head: bytes, name: str) -> str | None:
    """The MIME type by content; None for a kind that is not taken. A name alone proves nothing."""
    for offset, signature, mime in SIGNATURES:
        if head[offset : offset + len(signature)] == signature:
            return mime
    return OFFICE.get(Path(name).suffix.lower()) if head.startswith(b"PK\x03\x04") else None


def safe_name(name: str) -> str:
    """The last part of a file name, without path or control characters, for showing only."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    return "".join(letter for letter in last if letter.isprintable())[:120]


def _sync_folder(folder: Path) -> None:
    """Let a rename survive a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


class MediaStore:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._tmp = folder / "tmp"
        self._tmp.mkdir(parents=True, exist_ok=True)

    async def receive(self, channel: Channel, ref: FileRef) -> ReceivedFile:
        """
        Fetch one file and store it.

        Raises:
            FetchError: If it could not be had this time; a permanent problem comes back in the result.
        """
        name = safe_name(ref.name)
        target = self._tmp / secrets.token_hex(16)
        try:
            await channel.fetch(ref, target, MAX_BYTES)
        except FetchError as error:
            target.unlink(missing_ok=True)
            if not error.permanent:
                raise
            return ReceivedFile(kind=ref.kind, name=name, mime=ref.mime, problem=error.reason)
        # Where storing fails the fetched file stays: it may be the only copy, and the next try looks there.
        received = await asyncio.to_thread(self._keep, target, ref, name)
        target.unlink(missing_ok=True)
        return received

    def _keep(self, path: Path, ref: FileRef, name: str) -> ReceivedFile:
        size = path.stat().st_size
        with path.open("rb") as file:
            mime = sniff(file.read(16), name)
            if mime is None or size == 0:
                return ReceivedFile(kind=ref.kind, name=name, mime=ref.mime, size=size, problem="type")
            file.seek(0)
            sha256 = hashlib.file_digest(file, "sha256").hexdigest()
            os.fsync(file.fileno())
        path.replace(self.folder / sha256)
        _sync_folder(self.folder)
        kind: FileKind = "photo" if mime.startswith("image/") else "document"
        return ReceivedFile(kind=kind, name=name, mime=mime, sha256=sha256, size=size)

    def list_unused(self, used: Collection[str]) -> list[Path]:
        """Files that nothing refers to and that are older than 7 days."""
        oldest = time.time() - KEEP_UNUSED_SECONDS
        return [
            path
            for folder in (self.folder, self._tmp)
            for path in folder.iterdir()
            if path.is_file() and path.name not in used and path.stat().st_mtime < oldest
        ]

    def purge(self, used: Collection[str]) -> int:
        """Remove them; returns how many."""
        unused = self.list_unused(used)
        for path in unused:
            path.unlink(missing_ok=True)
        return len(unused)
