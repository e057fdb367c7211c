"""Files from people on their way into the store: kept under their hash, or refused and gone without a trace."""

from __future__ import annotations

import asyncio
import hashlib
import os
import struct
import sys
import time
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from pikepdf import Dictionary, Encryption, Name
from PIL import Image

from bot.file_names import clean_name
from bot.media import examiner, store
from bot.media.examine import Finding
from bot.media.examiner import ExaminerFailed
from bot.media.store import KEEP_FETCHED_SECONDS, KEEP_UNUSED_SECONDS, MediaStore
from bot.messages import FetchError, FileRef, ReceivedFile
from tests import files_from_people as made
from tests.support import SilentChannel

JPEG = made.encoded(made.photo())


class Files(SilentChannel):
    """Serves one file, or fails."""

    def __init__(self, content: bytes = b"", error: FetchError | None = None) -> None:
        self._content = content
        self._error = error

    async def fetch(self, file: FileRef, target: Path, max_bytes: int) -> None:
        if self._error is not None:
            raise self._error
        await asyncio.to_thread(target.write_bytes, self._content)


def receive(
    folder: Path, channel: Files, name: str = "ภาพ.jpg", *, caption: str = "", shown_as: str = ""
) -> tuple[ReceivedFile, list[str]]:
    """What became of a file, and the names of all that lies in the folder."""

    async def one() -> ReceivedFile:
        async with MediaStore(folder).intake(channel, caption) as receive:
            return await receive(FileRef("handle", "photo", name, shown_as=shown_as))

    received = asyncio.run(one())
    return received, sorted(path.name for path in folder.rglob("*") if path.is_file())


# ------------------------------------------------------------------ kept


def test_a_photo_lies_under_its_hash_with_its_thumbnail_and_nothing_else_is_left(tmp_path: Path) -> None:
    received, files = receive(tmp_path, Files(JPEG), name="../../etc/ภาพ.jpg")
    digest = hashlib.sha256(JPEG).hexdigest()
    assert files == [digest, f"{digest}.thumb"]
    assert received == ReceivedFile("photo", "ภาพ.jpg", "image/jpeg", digest, len(JPEG), look=received.look)
    assert received.look is not None
    with Image.open(tmp_path / f"{digest}.thumb") as thumbnail:
        assert (thumbnail.format, thumbnail.size) == ("JPEG", (320, 240))


def test_the_same_photo_twice_is_one_file_with_or_without_its_place(tmp_path: Path) -> None:
    first, _ = receive(tmp_path, Files(JPEG))
    again, _ = receive(tmp_path, Files(JPEG))
    placed, files = receive(tmp_path, Files(made.encoded(made.photo(), exif=made.phone_exif())))
    assert first == again
    assert (placed.sha256, placed.size, placed.stripped) == (first.sha256, first.size, True)
    assert len(files) == 2


def test_a_heic_is_kept_as_a_jpeg_and_called_so(tmp_path: Path) -> None:
    received, files = receive(tmp_path, Files(made.heic()), name="IMG_0012.HEIC")
    assert (received.name, received.mime, received.kind) == ("IMG_0012.jpg", "image/jpeg", "photo")
    assert received.sha256 is not None
    assert files == [received.sha256, f"{received.sha256}.thumb"]
    assert (tmp_path / received.sha256).read_bytes()[:3] == b"\xff\xd8\xff"


def test_a_paper_is_kept_as_it_came(tmp_path: Path) -> None:
    content = made.pdf(pages=[("เรื่อง การเยือน",)])
    received, files = receive(tmp_path, Files(content), name="หนังสือ.pdf")
    digest = hashlib.sha256(content).hexdigest()
    assert files == [digest]
    assert received == ReceivedFile("document", "หนังสือ.pdf", "application/pdf", digest, len(content))


def test_a_channel_that_shows_what_was_sent_finds_what_became_of_it(tmp_path: Path) -> None:
    shown_as = "0123456789abcdef" * 2
    received, files = receive(
        tmp_path, Files(made.encoded(made.photo(), exif=made.phone_exif())), shown_as=shown_as
    )
    assert (tmp_path / f"{shown_as}.is").read_text() == received.sha256
    assert len(files) == 3


# ------------------------------------------------------------------ refused


def bomb() -> bytes:
    """A PDF whose objects lie in a stream that unpacks to sixty megabytes of blanks."""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] >>",
    ]
    packed = zlib.compress(b"5 0 " + b" " * 60_000_000 + b"<< >>")
    objects.append(_stream(b"/Type /ObjStm /N 1 /First 4 /Filter /FlateDecode", packed))
    body, places = b"%PDF-1.7\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(body))
        body += b"%d 0 obj\n" % number + content + b"\nendobj\n"
    rows = b"".join(
        struct.pack(">BIH", *row)
        for row in [(0, 0, 0), *((1, place, 0) for place in places), (2, 4, 0), (1, len(body), 0)]
    )
    head = b"/Type /XRef /Size 7 /W [1 4 2] /Root 1 0 R"
    return body + b"6 0 obj\n" + _stream(head, rows) + b"\nendobj\nstartxref\n%d\n%%%%EOF\n" % len(body)


def _stream(head: bytes, body: bytes) -> bytes:
    return b"<< " + head + b" /Length %d >>\nstream\n" % len(body) + body + b"\nendstream"


REFUSED = {
    "empty": (b"", "damaged"),
    "program": (b"MZ program", "type"),
    "zip": (b"PK\x03\x04 a zip that calls itself a photo", "damaged"),
    "fake": (b"\xff\xd8\xff\xe0 a photo by its head", "damaged"),
    "cut": (JPEG[:-100], "damaged"),
    "pixels": (made.blank_png(20_000, 20_000, depth=1, colour=0), "pixels"),
    "polyglot": (JPEG + made.office(), "active"),
    "macro": (made.office(parts={"word/vbaProject.bin": b"x"}), "active"),
    "script": (made.pdf(Dictionary({"/S": Name.JavaScript, "/JS": "x"})), "active"),
    "locked": (made.pdf(encryption=Encryption(owner="a", user="b")), "locked"),
    "bomb": (bomb(), "damaged"),
    "secret": (made.pdf(pages=[("ลับ",)]), "secret"),
}


@pytest.mark.parametrize("kind", REFUSED)
def test_what_is_refused_is_told_and_leaves_nothing_behind(tmp_path: Path, kind: str) -> None:
    content, problem = REFUSED[kind]
    received, files = receive(tmp_path, Files(content), shown_as="a" * 32)
    assert (received.problem, received.sha256, received.look, files) == (problem, None, None, [])


def test_a_file_larger_than_may_be_is_refused_whatever_the_channel_let_through(tmp_path: Path) -> None:
    received, files = receive(tmp_path, Files(JPEG + bytes(30 * 1024 * 1024)))
    assert (received.problem, files) == ("too_large", [])


@pytest.mark.parametrize(
    ("name", "caption"),
    [
        ("ลับมาก_แผนการเยือน.jpg", ""),
        ("ภาพ.jpg", "ลับ"),
        ("ภาพ.jpg", "ชั้นความลับ: ลับมาก"),
        ("CONFIDENTIAL.jpg", ""),
    ],
)
def test_a_marking_in_name_or_caption_counts_and_no_row_keeps_the_name(
    tmp_path: Path, name: str, caption: str
) -> None:
    received, files = receive(tmp_path, Files(JPEG), name=name, caption=caption)
    assert received == ReceivedFile("photo", "", "", problem="secret")
    assert files == []


@pytest.mark.parametrize("caption", ["เดินทางกลับ", "ไป อ.ลับแล", "ความลับของความสำเร็จ", "ประชุมกับเฉิงตู 3 พ.ย. 69"])
def test_an_ordinary_caption_is_no_marking(tmp_path: Path, caption: str) -> None:
    assert receive(tmp_path, Files(JPEG), caption=caption)[0].problem is None


def test_a_file_that_is_too_large_is_told_and_one_that_may_come_later_is_tried_again(tmp_path: Path) -> None:
    received, files = receive(tmp_path, Files(error=FetchError("too_large", permanent=True)))
    assert (received.problem, files) == ("too_large", [])
    received, files = receive(tmp_path, Files(error=FetchError("unavailable", permanent=True)), name="ลับ.pdf")
    assert received.problem == "secret"
    with pytest.raises(FetchError):
        receive(tmp_path, Files(error=FetchError("unavailable", permanent=False)))


# ------------------------------------------------------------------ cut off, and tried again


class CutOff(Exception):
    """Stands for whatever keeps the note about a file from being written."""


@pytest.mark.parametrize("content", [JPEG, made.encoded(made.photo(), exif=made.phone_exif()), b"MZ"])
def test_what_was_fetched_stays_until_it_is_noted_what_became_of_it(tmp_path: Path, content: bytes) -> None:
    async def cut_off() -> None:
        async with MediaStore(tmp_path).intake(Files(content)) as receive:
            await receive(FileRef("handle", "photo"))
            raise CutOff

    with pytest.raises(CutOff):
        asyncio.run(cut_off())
    left = [path for path in tmp_path.rglob("*") if path.is_file() and path.read_bytes() == content]
    assert len(left) == 1, "the only copy must be found by the next try"
    again, files = receive(tmp_path, Files(content))
    expected = [] if again.sha256 is None else [again.sha256, f"{again.sha256}.thumb"]
    assert files == expected


def test_another_message_with_the_same_file_keeps_its_copy(tmp_path: Path) -> None:
    """Both are on their way at once: the end of the first must not take the second's away."""
    media = MediaStore(tmp_path)

    async def both() -> list[str | None]:
        async with media.intake(Files(b"MZ")) as outer:
            first = await outer(FileRef("handle", "photo"))
            async with media.intake(Files(b"MZ")) as inner:
                second = await inner(FileRef("handle", "photo"))
            assert len(list((tmp_path / "tmp").iterdir())) == 1
        return [first.problem, second.problem]

    assert asyncio.run(both()) == ["type", "type"]
    assert list((tmp_path / "tmp").iterdir()) == []


def test_files_are_examined_one_at_a_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    media, running, most = MediaStore(tmp_path), 0, 0

    def examine(*_: Path) -> Finding:
        nonlocal running, most
        running += 1
        most = max(most, running)
        time.sleep(0.02)
        running -= 1
        return Finding(problem="type")

    async def all_at_once() -> None:
        async with media.intake(Files(JPEG)) as receive:
            await asyncio.gather(*(receive(FileRef(str(number), "photo")) for number in range(5)))

    monkeypatch.setattr(store, "examine", examine)
    asyncio.run(all_at_once())
    assert most == 1


# ------------------------------------------------------------------ the examining process


@pytest.fixture
def stand_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Finding]:
    """Examines with a shell script in Python's place."""

    def examined(script: str) -> Finding:
        program = tmp_path / "python"
        program.write_text(f"#!/bin/sh\n{script}\n")
        program.chmod(0o700)
        monkeypatch.setattr(sys, "executable", str(program))
        return examiner.examine(tmp_path / "file", tmp_path / "clean", tmp_path / "thumbnail")

    return examined


@pytest.mark.parametrize("signal", ["SEGV", "ABRT", "XCPU", "KILL", "BUS"])
def test_a_file_that_breaks_its_examiner_or_goes_beyond_its_limits_is_damaged(
    stand_in: Callable[[str], Finding], signal: str
) -> None:
    assert stand_in(f"kill -{signal} $$") == Finding(problem="damaged")


def test_a_file_that_takes_too_long_is_damaged(
    stand_in: Callable[[str], Finding], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(examiner, "PATIENCE", 0.1)
    assert stand_in("exec sleep 20") == Finding(problem="damaged")


@pytest.mark.parametrize(
    "script", ["kill -TERM $$", "kill -INT $$", "echo ModuleNotFoundError: x >&2; exit 1"]
)
def test_an_examiner_that_fails_for_another_reason_says_nothing_about_the_file(
    stand_in: Callable[[str], Finding], script: str
) -> None:
    with pytest.raises(ExaminerFailed):
        stand_in(script)


def test_the_examiner_is_told_no_secret(
    stand_in: Callable[[str], Finding], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SISTERCITY_TELEGRAM_TOKEN", "123:abc")
    stand_in(f"env > {tmp_path}/told; echo '{{}}'")
    told = (tmp_path / "told").read_text()
    assert "PYTHONPATH=" in told
    assert "123:abc" not in told


# ------------------------------------------------------------------ names and the end


def test_a_shown_name_has_no_path_and_no_control_characters() -> None:
    assert clean_name("C:\\tmp\\ราย\x00งาน\n.pdf") == "รายงาน.pdf"
    assert clean_name("a\u202efdp.exe") == "afdp.exe"
    assert len(clean_name("ก" * 500)) == 120


def test_files_that_nothing_refers_to_go_after_a_week(tmp_path: Path) -> None:
    media = MediaStore(tmp_path)
    used, unused, new = "1" * 64, "2" * 64, "3" * 64
    for name in (used, unused, new):
        (tmp_path / name).write_bytes(b"x")
        (tmp_path / f"{name}.thumb").write_bytes(b"x")
        (tmp_path / f"{name[:32]}.is").write_text(name)
    old = time.time() - KEEP_UNUSED_SECONDS - 60
    for path in tmp_path.iterdir():
        if new[:32] not in path.name:
            os.utime(path, (old, old))
    assert media.purge([used]) == 3
    assert {path.name for path in tmp_path.iterdir()} == {"tmp"} | {
        name for kept in (used, new) for name in (kept, f"{kept}.thumb", f"{kept[:32]}.is")
    }


def test_what_a_killed_process_had_fetched_goes_after_a_day_and_a_waiting_upload_stays(
    tmp_path: Path,
) -> None:
    media = MediaStore(tmp_path)
    fetched, upload = "a" * 32, "b" * 32 + "-" + "c" * 64
    old = time.time() - KEEP_FETCHED_SECONDS - 60
    for name in (fetched, f"{fetched}.clean", f"{fetched}.thumb", upload):
        (tmp_path / "tmp" / name).write_bytes(b"x")
        os.utime(tmp_path / "tmp" / name, (old, old))
    assert media.purge([]) == 3
    assert [path.name for path in (tmp_path / "tmp").iterdir()] == [upload]
