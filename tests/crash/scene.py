"""
A scene: one person in a chat, and a service that may die under them and is then started again.

The test acts as the person and waits for what they would wait for; whenever the serving process is found
dead, it is started once more, this time to live.
"""

from __future__ import annotations

import html
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import Any

from sqlalchemy import func, select, update

from storage.database import Database
from storage.models import Inbox, Outbox
from tests.conftest import opened
from tests.fake_bot_api import FakeBotApi, Sent

ROOT = Path(__file__).parent.parent.parent
OFFICER = 777
PATIENCE = 20.0
"""Seconds that the person waits at most for anything."""

LEAVE_WITHIN = 10.0  # seconds after SIGTERM
LOOK_AGAIN = 0.02  # seconds


class Launcher:
    """The process that forks serving processes; requests may come from several threads."""

    def __init__(self) -> None:
        # Not measured: a killed process writes no figures, and measuring would slow every start.
        environment = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("COVERAGE_", "COV_", "SISTERCITY_"))
        }
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.crash.launcher"],
            cwd=ROOT,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            start_new_session=True,  # an interrupt at the keyboard is for the test run
        )
        self._lock = threading.Lock()
        self._read()

    def __enter__(self) -> Launcher:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._process.communicate(timeout=LEAVE_WITHIN)

    def ask(self, request: dict[str, Any]) -> Any:
        with self._lock:
            assert self._process.stdin is not None
            self._process.stdin.write(f"{json.dumps(request)}\n")
            self._process.stdin.flush()
            return self._read()

    def _read(self) -> Any:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        assert line, "the launcher ended"
        return json.loads(line)


class Scene:
    """The service on one database and one fake Bot API server."""

    def __init__(
        self,
        launcher: Launcher,
        api: FakeBotApi,
        database: Database,
        url: str,
        folder: Path,
        kill_at: int | str | None,
        today: datetime,
        settings: dict[str, str] | None = None,
    ) -> None:
        self.api = api
        self.database = database
        self.url = url
        self.folder = folder
        self.kills: list[str] = []  # the points at which the process died
        self._launcher = launcher
        self._ahead = (today - datetime.now(UTC)).total_seconds()
        self._environment = {
            "SISTERCITY_DATABASE_URL": url,
            "SISTERCITY_TELEGRAM_TOKEN": api.token,
            "SISTERCITY_DPO_CONTACT": "dpo@example.go.th",
            "SISTERCITY_TELEGRAM_API_URL": api.url,
            "SISTERCITY_MEDIA_DIR": str(folder / "media"),
            **(settings or {}),
        }
        self._status: int | None = None
        (folder / "points").touch()
        self.start(kill_at)

    # -------------------------------------------------------------- the process

    def start(self, kill_at: int | str | None = None) -> None:
        """Start the service; `kill_at` is the number or the label of the point at which it dies."""
        self._began = len(self.points())
        answer = self._launcher.ask(
            {
                "start": {
                    "environment": self._environment,
                    "kill_at": kill_at,
                    "ahead": self._ahead,
                    "points": str(self.folder / "points"),
                    "log": str(self.folder / "log"),
                }
            }
        )
        self._pid: int = answer["pid"]
        self._status = None

    def is_dead(self) -> bool:
        """Whether the process ended, by itself or at its point; anything else is an error of the product."""
        if self._status is None:
            self._status = self._launcher.ask({"wait": self._pid})["status"]
        if self._status is None:
            return False
        assert self._status in (0, -signal.SIGKILL), (
            f"the service ended by itself ({self._status}):\n{self.log()}"
        )
        return True

    def leave(self) -> bool:
        """SIGTERM, once it is up; returns whether the process left in peace rather than died at its point."""
        self._wait_for(lambda: self.is_dead() or self._is_up(), PATIENCE)
        if not self.is_dead():
            os.kill(self._pid, signal.SIGTERM)
        self._wait_for(self.is_dead, LEAVE_WITHIN)
        if self._status == 0:
            return True
        self._note_kill()
        return False

    def end(self) -> None:
        """Whatever happened, leave no process behind."""
        if self._status is None and self._launcher.ask({"wait": self._pid})["status"] is None:
            os.kill(self._pid, signal.SIGKILL)
            self._status = -signal.SIGKILL

    def log(self) -> str:
        """What the processes wrote to standard error."""
        return (self.folder / "log").read_text(encoding="utf-8")

    def points(self) -> list[str]:
        """The points that were passed, those of all starts."""
        return (self.folder / "points").read_text(encoding="utf-8").splitlines()

    def _is_up(self) -> bool:
        """Whether the latest start has come to its work: before, SIGTERM ends it like any program."""
        return "before getUpdates" in self.points()[self._began :]

    def restart(self, kill_at: int | str | None = None) -> None:
        """
        Start again after a death, later.

        On PostgreSQL what the dead process was sending is taken over when its lease has run out. That time
        passes here by moving the lease; on SQLite the start itself takes over.
        """
        if not self.database.is_sqlite:
            long_ago = datetime.now(UTC) - timedelta(days=365)
            with self.database.write() as session:
                session.execute(update(Outbox).where(Outbox.state == "sending").values(lease_until=long_ago))
        self.start(kill_at)

    def _note_kill(self) -> None:
        self.kills.append(self.points()[-1])

    # -------------------------------------------------------------- the person

    def until(self, condition: Callable[[], bool]) -> None:
        """Wait for something to happen, starting the service again when it died."""

        def happened() -> bool:
            if self.is_dead():
                self._note_kill()
                self.restart()
            return condition()

        self._wait_for(happened, PATIENCE)

    def until_dead(self) -> None:
        self._wait_for(self.is_dead, PATIENCE)
        self._note_kill()

    def _wait_for(self, condition: Callable[[], bool], seconds: float) -> None:
        deadline = time.monotonic() + seconds
        while not condition():
            if time.monotonic() > deadline:
                raise AssertionError(
                    f"not within {seconds:g} s; died at {self.kills}; "
                    f"messages: {self.messages()}\n{self.log()[-3000:]}"
                )
            time.sleep(LOOK_AGAIN)

    def messages(self) -> list[Sent]:
        return self.api.sent(OFFICER)

    def sees(self, *, text: str = "", label: str = "") -> bool:
        """Whether a message shows this text, or has this button."""
        return any(text in one.text and (not label or label in one.labels) for one in self.messages())

    # -------------------------------------------------------------- what must be true in the end

    def is_settled(self) -> bool:
        """Every update is handled and nothing waits to be sent."""
        with self.database.read() as session:
            unhandled = session.scalar(select(func.count()).where(Inbox.state != "handled"))
            unsent = session.scalar(select(func.count()).where(Outbox.state.in_(("queued", "sending"))))
        return not unhandled and not unsent

    def check_sends(self) -> int:
        """
        Every message in the outbox arrived once, or, where its outcome was unknown and it is marked so, at
        most twice; nothing else was sent. Returns how many are marked.
        """
        with self.database.read() as session:
            rows = session.scalars(select(Outbox).order_by(Outbox.id)).all()
        sent = Counter(_as_called(params) for method, params in self.api.calls if method == "sendMessage")
        edited = Counter(
            _as_called(params) for method, params in self.api.calls if method == "editMessageText"
        )
        for row in rows:
            arrived = (edited if row.body.get("edit") else sent).pop(_as_stored(row), 0)
            if row.state == "cancelled":
                assert not arrived
            elif row.body.get("edit"):
                assert arrived >= 1, f"an edit was lost: {row.body}"
                assert not row.maybe_duplicate
            else:
                allowed = (1, 2) if row.maybe_duplicate else (1,)
                assert arrived in allowed, f"sent {arrived} times, marked {row.maybe_duplicate}: {row.body}"
                assert row.state == "sent"
        assert not sent, f"nobody knows of these: {sent}"
        assert not edited, f"nobody knows of these: {edited}"
        return sum(row.maybe_duplicate for row in rows)


Call = tuple[str, str, tuple[str, ...]]
"""Chat, text and ids of the buttons: no two rows of the outbox have the same."""


def _as_called(params: dict[str, Any]) -> Call:
    keyboard = json.loads(params.get("reply_markup") or "{}").get("inline_keyboard", [])
    return params["chat_id"], params["text"], tuple(key["callback_data"] for row in keyboard for key in row)


def _as_stored(row: Outbox) -> Call:
    body = row.body
    shown = {"title": "<b>{}</b>", "text": "{}", "note": "<i>{}</i>"}
    parts = [
        form.format(html.escape(body[part], quote=False)) for part, form in shown.items() if body.get(part)
    ]
    return str(OFFICER), "\n".join(parts), tuple(one["id"] for line in body.get("rows", ()) for one in line)


@contextmanager
def scene(
    launcher: Launcher,
    url: str,
    folder: Path,
    kill_at: int | str | None,
    today: datetime,
    settings: dict[str, str] | None = None,
) -> Iterator[Scene]:
    """A scene with a fake Bot API server of its own."""
    with FakeBotApi() as api, opened(url) as database:
        api.open_chat(OFFICER)
        playing = Scene(launcher, api, database, url, folder, kill_at, today, settings)
        try:
            yield playing
        finally:
            playing.end()
