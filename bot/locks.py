"""
Who serves a SQLite file: a lock file for each channel, held until the process leaves. A process that was killed
leaves the file but not the lock.
"""

from __future__ import annotations

from collections.abc import Iterable
from io import TextIOWrapper
from pathlib import Path

Lock = TextIOWrapper

CHANNELS = ("telegram", "terminal", "web")


class AlreadyServing(Exception):
    """Another process serves this channel on this SQLite file."""


def lock(file: Path, channels: Iterable[str] = CHANNELS) -> list[Lock]:
    """
    Hold the database file for these channels; closing the locks lets it go.

    Raises:
        AlreadyServing: If another process holds one of them; then none is held.
    """
    import fcntl  # not on every system, and PostgreSQL needs no such lock

    held: list[Lock] = []
    for name in channels:
        one = Path(f"{file}.{name}.lock").open("w")  # noqa: SIM115 - held until the process leaves
        held.append(one)
        try:
            fcntl.flock(one, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            for each in held:
                each.close()
            raise AlreadyServing(f"another process serves {name} on {file}: stop it first") from None
    return held
