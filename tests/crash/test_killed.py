"""
The serving process is killed at every point of a scene and started again.

Whatever the point: nothing is lost, nothing is recorded twice, and a message can have come twice only where
the outbox says so.
"""

from __future__ import annotations

import hashlib
import itertools
import threading
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.reports.status import read_status
from storage.models import Activity, Evidence, Inbox, Outbox, Question, Reminder
from tests.crash.conftest import Databases
from tests.crash.scene import OFFICER, Launcher, Scene, scene

MONDAY = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)  # 10:00 in Bangkok: office hours
AT_ONCE = 2  # runs; each has a process of its own
MORE_THAN_ENOUGH = 200  # points

PHOTO = b"\xff\xd8\xff" + b"a photo of the meeting" * 50
NOTHING_DUE = {"SISTERCITY_REMINDER_STEPS": "d1"}

Play = Callable[[Scene], None]


# ------------------------------------------------------------------ the scenes


def log_and_ask(playing: Scene) -> None:
    """An activity by one sentence with a photo, saved by its button; then a question."""
    playing.api.user_sends_photo(OFFICER, PHOTO, "ประชุมกับเฉิงตู 3 พ.ย. 69 30 คน")
    playing.until(lambda: playing.sees(label="บันทึก"))
    playing.api.user_presses(OFFICER, "บันทึก")
    playing.until(lambda: playing.sees(text="บันทึกแล้ว"))
    playing.api.user_says(OFFICER, "เมืองพี่เมืองน้องคืออะไร")
    playing.until(lambda: playing.sees(label="👍"))


def check_log_and_ask(playing: Scene) -> None:
    with playing.database.read() as session:
        (activity,) = session.scalars(select(Activity)).all()
        (evidence,) = session.scalars(select(Evidence)).all()
        (question,) = session.scalars(select(Question)).all()
        states = session.scalars(select(Inbox.state)).all()
    assert (activity.pairing_id, activity.start, activity.participants) == (
        "50-chengdu",
        date(2026, 11, 3),
        30,
    )
    assert evidence.activity_id == activity.id
    assert evidence.sha256 == hashlib.sha256(PHOTO).hexdigest()
    assert (playing.folder / "media" / evidence.sha256).read_bytes() == PHOTO
    assert question.text == "เมืองพี่เมืองน้องคืออะไร"
    assert states == ["handled"] * 3
    assert playing.api.unconfirmed() == []


def wait_for_digest(playing: Scene) -> None:
    """The reminder that is due when the service starts."""
    playing.until(lambda: playing.sees(text="ยังไม่มีกิจกรรมร่วม"))


def check_digest(playing: Scene) -> None:
    with playing.database.read() as session:
        (digest,) = session.scalars(select(Outbox)).all()
        reminders = session.scalars(select(Reminder).where(Reminder.person_id.is_not(None))).all()
    assert digest.kind == "digest"
    assert len(reminders) > 1
    assert {(one.state, one.outbox_id) for one in reminders} == {("sent", digest.id)}


# ------------------------------------------------------------------ killing


class Enumeration:
    """Runs a scene again and again, killed at its first point, its second, ..., until a run is not killed."""

    def __init__(
        self,
        launcher: Launcher,
        databases: Databases,
        folder: Path,
        play: Play,
        check: Play,
        settings: dict[str, str],
    ) -> None:
        self._launcher = launcher
        self._databases = databases
        self._folder = folder
        self._play = play
        self._check = check
        self._settings = settings
        self._numbers = itertools.count(1)
        self._ended = threading.Event()
        self.killed_at: list[str] = []
        self.marked = 0
        self.unkilled = 0

    def run(self) -> None:
        with ThreadPoolExecutor(AT_ONCE) as pool:
            for working in [pool.submit(self._work) for _ in range(AT_ONCE)]:
                working.result()
        assert self.unkilled
        assert len(self.killed_at) < MORE_THAN_ENOUGH

    def _work(self) -> None:
        try:
            while not self._ended.is_set() and (number := next(self._numbers)) <= MORE_THAN_ENOUGH:
                self._one(number)
        finally:
            self._ended.set()

    def _one(self, number: int) -> None:
        folder = self._folder / str(number)
        folder.mkdir()
        with (
            self._databases(folder) as url,
            scene(self._launcher, url, folder, number, MONDAY, self._settings) as playing,
        ):
            self._play(playing)
            playing.until(playing.is_settled)
            if not playing.leave():
                playing.restart()
                playing.until(playing.is_settled)
                assert playing.leave()
            self._check(playing)
            marked = playing.check_sends()
            with playing.database.read() as session:
                status = read_status(session, MONDAY)
            assert status["outbox"].get("maybe_duplicate", 0) == marked
            if not playing.kills:
                assert not marked
                self.unkilled += 1
                self._ended.set()
            self.marked += marked
            self.killed_at += playing.kills


@pytest.mark.parametrize(
    ("play", "check", "settings", "must_die_at"),
    [
        pytest.param(
            log_and_ask,
            check_log_and_ask,
            NOTHING_DUE,
            {
                "after getUpdates",
                "commit Pump._store",
                "after getFile",
                "after download",
                "before rename",
                "after rename",
                "commit Pump._note_files",
                "commit Assistant.turn",
                "before sendMessage",
                "after sendMessage",
                "commit Sender._record",
                "after answerCallbackQuery",
                "before editMessageText",
                "after editMessageText",
            },
            id="log-and-ask",
        ),
        pytest.param(
            wait_for_digest,
            check_digest,
            {},
            {
                "commit Assistant.plan",
                "commit Sender._claim",
                "before sendMessage",
                "after sendMessage",
                "commit Sender._record",
            },
            id="digest",
        ),
    ],
)
def test_killed_at_any_point_nothing_is_lost_or_done_twice(
    launcher: Launcher,
    databases: Databases,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    play: Play,
    check: Play,
    settings: dict[str, str],
    must_die_at: set[str],
) -> None:
    enumeration = Enumeration(launcher, databases, tmp_path, play, check, settings)

    enumeration.run()

    with capsys.disabled():
        print(
            f"\n{play.__name__}: killed at {len(enumeration.killed_at)} points, {enumeration.marked} marked"
        )
    assert must_die_at <= set(enumeration.killed_at), Counter(enumeration.killed_at)
    assert enumeration.marked
