"""Files from people: kept under their hash, told apart by content, never under the sender's name."""

from __future__ import annotations

import asyncio
import hashlib
import os
import time
from pathlib import Path

import pytest

from bot.media import KEEP_UNUSED_SECONDS, MediaStore, safe_name, sniff
from bot.messages import FetchError, FileRef
from tests.support import SilentChannel

PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 40


class Files(SilentChannel):
    """Serves one file, or fails."""

    def __init__(self, content: bytes = b"", error: FetchError | None = None) -> None:
        self._content = content
        self._error = error

    async def fetch(self, file: FileRef, target: Path, max_bytes: int) -> None:
        if self._error is not None:
            raise self._error
        await asyncio.to_thread(target.write_bytes, self._content)


def receive(folder: Path, channel: Files, name: str = "ภาพ.png") -> tuple[object, list[str]]:
    store = MediaStore(folder)
    received = asyncio.run(store.receive(channel, FileRef("handle", "photo", name)))
    return received, sorted(path.name for path in folder.rglob("*") if path.is_file())


def test_a_photo_lies_under_its_hash_and_nothing_else_is_left(tmp_path: Path) -> None:
    received, files = receive(tmp_path, Files(PNG), name="../../etc/ภาพ.png")
    digest = hashlib.sha256(PNG).hexdigest()
    assert files == [digest]
    assert (received.sha256, received.mime, received.kind, received.name) == (  # type: ignore[attr-defined]
        digest,
        "image/png",
        "photo",
        "ภาพ.png",
    )


def test_the_same_photo_twice_is_one_file(tmp_path: Path) -> None:
    receive(tmp_path, Files(PNG))
    _, files = receive(tmp_path, Files(PNG))
    assert len(files) == 1


@pytest.mark.parametrize("content", [b"", b"MZ program", b"PK\x03\x04 a zip that calls itself a photo"])
def test_what_is_no_photo_or_paper_is_refused_by_content(tmp_path: Path, content: bytes) -> None:
    received, files = receive(tmp_path, Files(content))
    assert received.problem == "type"  # type: ignore[attr-defined]
    assert files == []


def test_a_file_that_is_too_large_is_told_and_one_that_may_come_later_is_tried_again(tmp_path: Path) -> None:
    received, files = receive(tmp_path, Files(error=FetchError("too_large", permanent=True)))
    assert (received.problem, files) == ("too_large", [])  # type: ignore[attr-defined]
    with pytest.raises(FetchError):
        receive(tmp_path, Files(error=FetchError("unavailable", permanent=False)))


@pytest.mark.parametrize(
    ("head", "name", "mime"),
    [
        (b"\xff\xd8\xff\xe0", "x", "image/jpeg"),
        (b"%PDF-1.7", "x", "application/pdf"),
        (b"RIFF0000WEBP", "x", "image/webp"),
        (b"0000ftypheic", "x", "image/heic"),
        (b"PK\x03\x04", "a.docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        (b"PK\x03\x04", "a.zip", None),
        (b"<html>", "a.jpg", None),
    ],
)
def test_a_type_is_told_by_content(head: bytes, name: str, mime: str | None) -> None:
    assert sniff(head, name) == mime


def test_a_shown_name_has_no_path_and_no_control_characters() -> None:
    assert safe_name("C:\\tmp\\ราย\x00งาน\n.pdf") == "รายงาน.pdf"
    assert len(safe_name("ก" * 500)) == 120


def test_files_that_nothing_refers_to_go_after_a_week(tmp_path: Path) -> None:
    store = MediaStore(tmp_path)
    for name in ("used", "unused", "new"):
        (tmp_path / name).write_bytes(b"x")
    old = time.time() - KEEP_UNUSED_SECONDS - 60
    for name in ("used", "unused"):
        os.utime(tmp_path / name, (old, old))
    assert store.purge(["used"]) == 1
    assert {path.name for path in tmp_path.iterdir()} == {"tmp", "used", "new"}
