"""
Runs the service in processes that end themselves with SIGKILL at a chosen point: the real `sistercity serve`,
or one that looks at what is due when it is told to (`tests.crash.looking`).

A point is the commit of a writing transaction, a file's rename (before and after), and an HTTP call (before
it is made, and when its answer has begun to arrive, so that it was carried out). The product knows nothing
of this: the libraries under it are wrapped here.

Imports, the knowledge base, the names of the registry and the holidays cost seconds, so one process has them done
once and forks a child for each start. It reads one JSON request a line and answers with one line:

    {"start": {"environment", "kill_at", "ahead", "points", "log"}} -> {"pid"}
    {"start": {"environment", "looks", "points", "log"}}            -> {"pid"}
    {"wait": pid}                                                   -> {"status": null | exit code | -signal}
"""

from __future__ import annotations

import gc
import json
import os
import signal
import sys
import threading
import traceback
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any, NoReturn
from unittest.mock import patch

import psycopg  # noqa: F401 -- the engine would import it in each child
from aiohttp import ClientSession
from sqlalchemy import Engine, event
from sqlalchemy.orm import Session

import bot.hosting
from bot import cli
from bot.clock import Clock
from bot.closed_days import closed_days
from bot.live_registry import read_registry
from knowledge.search import KnowledgeBase
from storage.database import Database
from tests.crash.looking import look_when_told, registry_of
from tests.lexicons_kept import lexicons_kept

UNEXPECTED = 70  # exit code of a child that raised

OURS = ("/bot/", "/storage/")


class Points:
    """Counts the points that a process passes, writes each down, and ends the process at the chosen one."""

    def __init__(self, kill_at: int | str | None, file: Path) -> None:
        self._kill_at = kill_at
        self._skip = 0
        self._passed = 0
        self._lock = threading.Lock()
        self._file = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_APPEND)

    def passed(self, label: str) -> None:
        """`label` names the point; `kill_at` is its number, counted from 1, or a label."""
        with self._lock:
            self._passed += 1
            os.write(self._file, f"{label}\n".encode())
            if self._kill_at not in (self._passed, label):
                return
            if self._skip == 0:
                os.kill(os.getpid(), signal.SIGKILL)
            self._skip -= 1

    def arm(self, kill_at: int | str | None, skip: int = 0) -> None:
        """Choose anew where to die: at the point of that label, `skip` times passed from now on."""
        with self._lock:
            self._kill_at, self._skip, self._passed = kill_at, skip, 0

    def watch_both_sides_of_commits(self) -> None:
        """What a commit leaves behind when the process dies before it, and when it dies after it."""
        event.listen(Engine, "commit", lambda _connection: self.passed(f"commit {_committing()}"))
        event.listen(Session, "after_commit", lambda _session: self.passed(f"committed {_committing()}"))

    def watch(self) -> None:
        """Wrap what makes points."""
        event.listen(Engine, "commit", lambda _connection: self.passed(f"commit {_committing()}"))
        self._watch_renames()
        self._watch_calls()

    def _watch_renames(self) -> None:
        def wrapped(rename: Callable[..., None]) -> Callable[..., None]:
            def watched(*arguments: Any, **more: Any) -> None:
                self.passed("before rename")
                rename(*arguments, **more)
                self.passed("after rename")

            return watched

        # `Path` calls these by their names in `os`
        _replace(os, "replace", wrapped(os.replace))
        _replace(os, "rename", wrapped(os.rename))

    def _watch_calls(self) -> None:
        request = ClientSession._request

        async def watched(session: ClientSession, method: str, url: Any, **more: Any) -> Any:
            path = str(url)
            name = "download" if "/file/" in path else path.rpartition("/")[2]
            self.passed(f"before {name}")
            response = await request(session, method, url, **more)
            self.passed(f"after {name}")
            return response

        _replace(ClientSession, "_request", watched)


def _committing() -> str:
    """The innermost function of ours, but for the session itself, that makes the commit."""
    frame = sys._getframe(1)
    while frame.f_back is not None:
        frame = frame.f_back
        file = frame.f_code.co_filename
        if any(folder in file for folder in OURS) and not file.endswith("storage/database.py"):
            return frame.f_code.co_qualname
    return "elsewhere"


# ------------------------------------------------------------------ one child


def run(request: dict[str, Any]) -> NoReturn:
    """In the child: serve, and leave without what the parent would do at its exit."""
    status = UNEXPECTED
    try:
        log = os.open(request["log"], os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        for stream in (1, 2):
            os.dup2(log, stream)
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        os.environ.update(request["environment"])
        if "looks" in request:
            points = Points(None, Path(request["points"]))
            points.watch_both_sides_of_commits()
            look_when_told(Path(request["looks"]), points)
            status = 0
        else:
            Points(request["kill_at"], Path(request["points"])).watch()
            serve(request["ahead"])
    except SystemExit as leaving:
        status = leaving.code if isinstance(leaving.code, int) else UNEXPECTED
    except BaseException:  # noqa: BLE001 -- whatever it is, it must not go on into the parent's loop
        traceback.print_exc()
    finally:
        sys.stderr.flush()
        os._exit(status)


def serve(ahead: float) -> None:
    """Run the command; `ahead` are the seconds by which its clock is ahead of the real one."""
    if ahead:
        _set_clock(timedelta(seconds=ahead))
    sys.argv = ["sistercity", "serve"]
    cli.main()


def _set_clock(ahead: timedelta) -> None:
    """Both clocks run, on another day: what is due must not depend on when the tests run."""
    _replace(bot.hosting, "Clock", partial(Clock, real=lambda: datetime.now(UTC) + ahead))


def _replace(owner: object, name: str, by: object) -> None:
    patch.object(owner, name, by).start()


# ------------------------------------------------------------------ the parent


def _read_ahead(first: dict[str, Any]) -> None:
    """What each child would make anew, and alike: all of them serve copies of one database."""
    database = Database(first["environment"]["SISTERCITY_DATABASE_URL"])
    with database.read() as session:
        read_registry(session)
    database.close()  # else the children would share its connections
    closed_days((datetime.now(UTC) + timedelta(seconds=first["ahead"] or 0)).date())
    gc.freeze()  # else the first collection in each child would copy all of it


def main() -> None:
    """Answer requests until the pipe closes; then end the children that are left."""
    with lexicons_kept():
        _answer_requests()


def _answer_requests() -> None:
    knowledge = KnowledgeBase.load()
    _replace(KnowledgeBase, "load", lambda: knowledge)
    # A thread of it in each child would only heat the machine: nothing here depends on the answer's wording.
    _replace(KnowledgeBase, "learn_meaning_in_background", lambda _self, _encoder: threading.Thread())
    running: set[int] = set()
    warm = False
    _tell({"ready": True})
    try:
        for line in sys.stdin:
            request = json.loads(line)
            if "start" in request:
                if "looks" in request["start"]:
                    registry_of(request["start"]["environment"]["SISTERCITY_DATABASE_URL"])
                elif not warm:
                    _read_ahead(request["start"])
                    warm = True
                pid = os.fork()
                if pid == 0:
                    run(request["start"])
                running.add(pid)
                _tell({"pid": pid})
            else:
                done, status = os.waitpid(request["wait"], os.WNOHANG)
                running.discard(done)
                _tell({"status": os.waitstatus_to_exitcode(status) if done else None})
    finally:
        for pid in running:
            os.kill(pid, signal.SIGKILL)


def _tell(answer: dict[str, Any]) -> None:
    sys.stdout.write(f"{json.dumps(answer)}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
