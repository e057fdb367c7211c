"""The assistant in a terminal: lines in, numbered choices out; reads a piped script too."""

from __future__ import annotations

import asyncio
import json
import secrets
import shutil
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TextIO

from bot.messages import (
    Event,
    FetchError,
    FileRef,
    Outgoing,
    OutgoingFile,
    RawUpdate,
    Receive,
    UnreadableUpdate,
)

FILE_COMMAND = ":file "
PROMPT = "> "


class TerminalChannel:
    """One person at one keyboard. `:file PATH` sends a photo or document; numbers choose buttons."""

    name = "terminal"

    def __init__(
        self, person: str, settle: Callable[[], Awaitable[object]], source: TextIO, target: TextIO
    ) -> None:
        self._person = person
        self._settle = settle
        self._source = source
        self._target = target
        self._sent = 0

    async def run(self, receive: Receive) -> None:
        """Read lines until the end of input, answering each before the next is read."""
        interactive = self._source.isatty()
        await self._settle()
        while True:
            if interactive:
                self._write(PROMPT, end="")
            line = await asyncio.to_thread(self._source.readline)
            if not line:
                return
            text = line.rstrip("\n")
            if not interactive:
                self._write(f"{PROMPT}{text}")
            body = json.dumps({"person": self._person, **self._say(text)}, ensure_ascii=False)
            await receive([RawUpdate(secrets.token_hex(16), self._person, body)])
            await self._settle()

    @staticmethod
    def _say(text: str) -> dict[str, str]:
        if text.startswith(FILE_COMMAND):
            return {"file": text.removeprefix(FILE_COMMAND).strip()}
        return {"text": text}

    def _write(self, text: str, end: str = "\n") -> None:
        self._target.write(text + end)
        self._target.flush()

    def read(self, body: str) -> Event:
        """See `Channel.read`."""
        try:
            said = json.loads(body)
            person = said["person"]
        except (ValueError, KeyError, TypeError) as error:
            raise UnreadableUpdate("not a line of ours") from error
        path = said.get("file")
        files = (FileRef(path, "document", Path(path).name),) if path else ()
        return Event(chat=person, person=person, person_name=person, text=said.get("text", ""), files=files)

    async def fetch(self, file: FileRef, target: Path, max_bytes: int) -> None:
        """See `Channel.fetch`."""
        await asyncio.to_thread(_copy, Path(file.handle), target, max_bytes)

    async def send(self, message: Outgoing) -> str:
        """Print a message; an edited card is printed anew."""
        lines = [line for line in (message.title, message.text, message.note) if line]
        if message.picture is not None:
            lines.append(f"[{message.picture}]")
        if message.file is not None:
            lines.append(await asyncio.to_thread(_described, message.file))
        labels = [button.label for row in message.rows for button in row]
        if message.numbered:
            lines += [f"  [{number}] {label}" for number, label in enumerate(labels, start=1)]
        else:
            lines += [f"  [{label}]" for label in labels]
        self._write("\n".join([*lines, ""]))
        self._sent += 1
        return str(self._sent)

    async def acknowledge(self, event: Event) -> None:
        """Nothing spins in a terminal."""

    async def busy(self, chat: str) -> None:
        """Nothing to show."""

    async def close(self) -> None:
        """Nothing is held."""


def _described(file: OutgoingFile) -> str:
    """A file in one line: name, size, and where it lies, or that it was made for this message alone."""
    try:
        size = file.size()
    except OSError:
        return f"[{file.name}: ไม่พบไฟล์นี้ในระบบ]"
    return f"[{file.name} · {size:,} B{f' · {file.path}' if file.path is not None else ''}]"


def _copy(path: Path, target: Path, max_bytes: int) -> None:
    source = path.expanduser()
    if not source.is_file():
        raise FetchError("unavailable", permanent=True)
    if source.stat().st_size > max_bytes:
        raise FetchError("too_large", permanent=True)
    shutil.copyfile(source, target)
