"""
Who was erased, in a file beside the media folder: an older backup that is put back does not know it.

Only ever added to. A line is an opaque public id and an instant; nothing in it says who that was.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

NAME = "erased.log"


def beside(media: Path) -> Path:
    """Where the file of an installation lies."""
    return media.parent / NAME


def append(file: Path, public_id: str, at: datetime) -> None:
    """
    Add a line, and return when it is on the disk: before the erasure itself is committed.

    An erasure that is rolled back afterwards is carried out when the database is next opened; one that is
    committed and not written here would come back with a backup.

    Raises:
        OSError: If it cannot be written; then nobody is erased.
    """
    is_new = not file.exists()
    handle = os.open(file, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        # A line that a power cut tore is ended first: it must not swallow this one.
        os.write(handle, f"\n{public_id} {at.isoformat()}\n".encode())
        os.fsync(handle)
    finally:
        os.close(handle)
    if is_new:
        _sync_folder(file.parent)


def read(file: Path) -> Mapping[str, datetime]:
    """Public ids with the instant of their first erasure; torn lines are left out."""
    found: dict[str, datetime] = {}
    try:
        text = file.read_text(encoding="utf-8", errors="replace")
    except FileNotFoundError:
        return found
    for line in text.splitlines():
        public_id, _, instant = line.partition(" ")
        try:
            at = datetime.fromisoformat(instant)
        except ValueError:
            continue
        if at.tzinfo is not None:
            found.setdefault(public_id, at)
    return found


def _sync_folder(folder: Path) -> None:
    """Let the new file's name survive a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
