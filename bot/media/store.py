"""
Files that people send, stored under their SHA-256 with our own names.

A file is fetched before its turn, outside any transaction: streamed to `tmp/`, examined, hashed, renamed. Each
step may be repeated, so a crash between any two is mended by doing it again: what was fetched stays in `tmp/`
until it is noted what became of it, and a rename is idempotent.

Beside a picture lies its thumbnail, `<sha256>.thumb`, and for a channel that shows what was sent, a note
`<name>.is` with the SHA-256 under which it is kept.
"""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import os
import re
import secrets
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Collection
from pathlib import Path

from bot.file_names import clean_name
from bot.language.secrecy import is_marked_name, is_marked_secret
from bot.media.examine import Finding
from bot.media.examiner import examine
from bot.messages import Channel, FetchError, FileKind, FileProblem, FileRef, ReceivedFile

MAX_BYTES = 20 * 1024 * 1024
"""Telegram lets a bot download no more."""

KEEP_UNUSED_SECONDS = 7 * 24 * 3600
KEEP_FETCHED_SECONDS = 24 * 3600
"""What a killed process had fetched: it may be just what must not be kept."""

THUMBNAIL, NOTE = ".thumb", ".is"

_FETCHED = re.compile(r"[0-9a-f]{32}(?:\.(?:clean|thumb|is))?")

ReceiveFile = Callable[[FileRef], Awaitable[ReceivedFile]]


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _sync(path: Path) -> None:
    """Let what was written into a file, or renamed in a folder, survive a power cut."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


class MediaStore:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._tmp = folder / "tmp"
        self._tmp.mkdir(parents=True, exist_ok=True)
        self._being_read: set[Path] = set()
        # One at a time: together they would take more memory than there is, and no thread waits meanwhile.
        self._examining = asyncio.Lock()

    @contextlib.asynccontextmanager
    async def intake(self, channel: Channel, caption: str = "") -> AsyncIterator[ReceiveFile]:
        """
        The files of one message: `async with store.intake(channel, text) as receive`.

        Call `receive` for each and note the results before leaving: what was fetched is removed then. When
        the block raises it stays, since it may be the only copy, and the next try looks there.

        `receive` raises FetchError if a file could not be had this time; a permanent problem comes back in
        the result.
        """
        fetched: list[Path] = []

        async def receive(ref: FileRef) -> ReceivedFile:
            target = self._tmp / secrets.token_hex(16)
            fetched.append(target)
            self._being_read.add(target)
            return await self._receive(channel, ref, caption, target)

        try:
            yield receive
        finally:
            self._being_read.difference_update(fetched)
        await asyncio.to_thread(self._forget, fetched)

    async def _receive(self, channel: Channel, ref: FileRef, caption: str, target: Path) -> ReceivedFile:
        name = clean_name(ref.name)
        marked = is_marked_name(name) or is_marked_secret(caption, whole=True)
        try:
            await channel.fetch(ref, target, MAX_BYTES)
        except FetchError as error:
            if not error.permanent:
                raise
            return _refused(ref, name, "secret" if marked else error.reason)
        if marked:
            return _refused(ref, name, "secret")
        if (await asyncio.to_thread(target.stat)).st_size > MAX_BYTES:
            return _refused(ref, name, "too_large")
        async with self._examining:
            finding = await asyncio.to_thread(examine, target, _beside(target, ".clean"), _thumbnail(target))
        if finding.problem is not None:
            return _refused(ref, name, finding.problem)
        return await asyncio.to_thread(self._keep, target, ref, name, finding)

    def _keep(self, target: Path, ref: FileRef, name: str, finding: Finding) -> ReceivedFile:
        kept = _beside(target, ".clean") if finding.cleaned else target
        sha256, size = _sha256(kept), kept.stat().st_size
        _sync(kept)
        kind: FileKind = "photo" if finding.mime.startswith("image/") else "document"
        if kind == "photo":
            _sync(_thumbnail(target))
            _thumbnail(target).replace(_thumbnail(self.folder / sha256))
        kept.replace(self.folder / sha256)
        if ref.shown_as:
            note = _beside(target, NOTE)
            note.write_text(sha256, encoding="ascii")
            note.replace(self.folder / (ref.shown_as + NOTE))
        _sync(self.folder)
        return ReceivedFile(
            kind=kind,
            name=_name_as_kept(name, finding.mime),
            mime=finding.mime,
            sha256=sha256,
            size=size,
            stripped=finding.stripped,
            look=finding.look,
        )

    def _forget(self, fetched: list[Path]) -> None:
        """Remove what was fetched, with what an earlier try that was cut off had fetched of the same."""
        for target in fetched:
            if target.exists():
                for other in self._tmp.iterdir():
                    if _FETCHED.fullmatch(other.name) and other not in self._being_read and other != target:
                        _remove_if_same(other, target)
            for path in (target, *(_beside(target, end) for end in (".clean", THUMBNAIL, NOTE))):
                path.unlink(missing_ok=True)

    def list_unused(self, used: Collection[str]) -> list[Path]:
        """
        Files that nothing refers to and that are older than 7 days (a day for what was fetched and left by a
        killed process), with what lies beside them.
        """
        now = time.time()
        found = []
        for path in (*self.folder.iterdir(), *self._tmp.iterdir()):
            was_fetched = path.parent == self._tmp and _FETCHED.fullmatch(path.name)
            oldest = now - (KEEP_FETCHED_SECONDS if was_fetched else KEEP_UNUSED_SECONDS)
            with contextlib.suppress(FileNotFoundError):  # a message's, just on its way into the folder
                if path.is_file() and path.stat().st_mtime < oldest and _belongs_to(path) not in used:
                    found.append(path)
        return found

    def purge(self, used: Collection[str]) -> int:
        """Remove them; returns how many."""
        unused = self.list_unused(used)
        for path in unused:
            path.unlink(missing_ok=True)
        return len(unused)


def _beside(path: Path, end: str) -> Path:
    return path.with_name(path.name + end)


def _thumbnail(path: Path) -> Path:
    return _beside(path, THUMBNAIL)


def _belongs_to(path: Path) -> str:
    """The SHA-256 of the file for which this one is there."""
    if path.suffix == NOTE:
        return path.read_text(encoding="ascii")
    return path.name.removesuffix(THUMBNAIL)


def _refused(ref: FileRef, name: str, problem: FileProblem) -> ReceivedFile:
    # A secret paper leaves no trace in any row, and its name says what it is about.
    return ReceivedFile(ref.kind, "" if problem == "secret" else name, ref.mime, problem=problem)


def _name_as_kept(name: str, mime: str) -> str:
    """A HEIC is kept as a JPEG."""
    return re.sub(r"\.hei[cf]$", ".jpg", name, flags=re.IGNORECASE) if mime == "image/jpeg" else name


def _remove_if_same(other: Path, target: Path) -> None:
    try:
        if other.stat().st_size == target.stat().st_size and other.read_bytes() == target.read_bytes():
            other.unlink()
    except FileNotFoundError:
        pass  # another message's, just on its way into the folder
