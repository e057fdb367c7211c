"""Starts the process that examines a file, and judges by how it ends."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

from bot.media.examine import Finding

PATIENCE = 60.0
"""Seconds by the clock, on a machine with much else to do; its own limit counts its processor time."""

ROOT = Path(__file__).parent.parent.parent
# Signals by which a limit of the system, or a library in trouble, ends a process. Others come from an operator.
_FAULT_OF_THE_FILE = frozenset(
    (
        *(signal.SIGXCPU, signal.SIGXFSZ, signal.SIGKILL, signal.SIGSEGV, signal.SIGABRT, signal.SIGBUS),
        *(signal.SIGFPE, signal.SIGILL, signal.SIGTRAP),
    )
)
_TAKEN_ALONG = ("PATH", "LANG", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH")


class ExaminerFailed(Exception):
    """The examining process could not do its work, whatever the file: it is tried again later."""


def examine(path: Path, clean: Path, thumbnail: Path) -> Finding:
    """
    Look one file through, elsewhere; takes up to a minute, to be called in a worker thread.

    A process that was ended by its limits, or by a library that broke, has found the file damaged.

    Raises:
        ExaminerFailed: If it ended for a reason that has nothing to do with the file.
    """
    # No setting goes along: whatever gets the better of a library finds neither token nor database.
    environment = {name: os.environ[name] for name in _TAKEN_ALONG if name in os.environ}
    try:
        ended = subprocess.run(
            [sys.executable, "-P", "-m", "bot.media.examine", str(path), str(clean), str(thumbnail)],
            env=environment | {"PYTHONPATH": str(ROOT)},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            start_new_session=True,  # an interrupt at the keyboard is for the service, which finishes its turns
            timeout=PATIENCE,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return Finding(problem="damaged")
    if -ended.returncode in _FAULT_OF_THE_FILE:
        return Finding(problem="damaged")
    if ended.returncode != 0:
        raise ExaminerFailed(_last_line(ended.stderr))
    return Finding(
        **json.loads(ended.stdout.splitlines()[-1])
    )  # a library may have had something to say before


def _last_line(errors: bytes) -> str:
    """The kind of error only: its words may quote the file."""
    lines = errors.decode("utf-8", "replace").strip().splitlines() or ["no word"]
    return lines[-1].partition(":")[0][:80]
