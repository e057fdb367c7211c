"""
One file examined, in a process of its own: `python -m bot.media.examine FILE CLEAN THUMBNAIL`.

What people send may be made to crash, stall or swell the libraries that read it. So they run here, under limits of
the system, and their process ends with the file. It writes the cleaned picture (where cleaning changed it) and
the thumbnail, and prints one line of JSON, a `Finding`.
"""

from __future__ import annotations

import json
import os
import resource
import sys
from dataclasses import asdict, dataclass
from pathlib import Path

from bot.media.kinds import HEAD_BYTES, OLE, PDF, ZIP, Refused, sniff
from bot.messages import FileProblem

MEMORY = 240 * 1024 * 1024
"""Bytes of its own that the process may ask for; together with the libraries it stays below 256 MB."""

PROCESSOR_SECONDS = 20
"""The worst accepted files need 2 to 6 on a small machine."""

MAX_WRITTEN = 48 * 1024 * 1024


@dataclass(frozen=True)
class Finding:
    """What a file is; with a problem, nothing of it may be kept."""

    mime: str = ""
    problem: FileProblem | None = None
    cleaned: bool = False  # the file to keep is the cleaned one
    stripped: bool = False
    look: str | None = None


def examine(path: Path, clean: Path, thumbnail: Path) -> Finding:
    """Look one file through; writes `clean` and `thumbnail` for pictures."""
    with path.open("rb") as file:
        head = file.read(HEAD_BYTES)
    mime = sniff(head)
    if mime is None:
        return Finding(problem="type" if head else "damaged")
    try:
        if mime.startswith("image/"):
            return _picture(path, mime, clean, thumbnail)
        return Finding(_paper(path, mime))
    except Refused as refusal:
        return Finding(mime, refusal.problem)
    except MemoryError:
        return Finding(mime, "pixels" if mime.startswith("image/") else "damaged")


def _picture(path: Path, mime: str, clean: Path, thumbnail: Path) -> Finding:
    from bot.media.pictures import read_picture  # each library is loaded for its own kinds only

    data = path.read_bytes()
    picture = read_picture(data, mime)
    is_new = picture.data != data
    if is_new:
        clean.write_bytes(picture.data)
    thumbnail.write_bytes(picture.thumbnail)
    return Finding(picture.mime, cleaned=is_new, stripped=picture.personal, look=picture.look)


def _paper(path: Path, mime: str) -> str:
    if mime == PDF:
        from bot.media.pdf import check_pdf

        check_pdf(path)
        return mime
    if mime == ZIP:
        from bot.media.office import check_office

        return check_office(path.read_bytes())
    assert mime == OLE
    from bot.media.ole import check_ole

    return check_ole(path.read_bytes())


def _limit() -> None:
    _limit_to(resource.RLIMIT_CPU, PROCESSOR_SECONDS)
    _limit_to(resource.RLIMIT_DATA, MEMORY)
    _limit_to(resource.RLIMIT_FSIZE, MAX_WRITTEN)
    _limit_to(resource.RLIMIT_CORE, 0)  # a dump would be a copy of what was sent


def _limit_to(what: int, most: int) -> None:
    """Of the two limits only the soft one, whose signal tells why a process ended; a lower hard one stays."""
    hard = resource.getrlimit(what)[1]
    resource.setrlimit(what, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))


def main() -> None:
    _limit()
    os.nice(5)  # who waits for an answer comes first
    finding = examine(*map(Path, sys.argv[1:4]))
    sys.stdout.write(json.dumps(asdict(finding)))


if __name__ == "__main__":
    main()
