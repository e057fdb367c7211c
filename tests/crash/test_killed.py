"""
The serving process is killed at every point of a scene and started again.

Whatever the point: nothing is lost, nothing is recorded twice, and a message can have come twice only where
the outbox says so.
"""

from __future__ import annotations

import hashlib
import itertools
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from bot.reports.status import read_status
from storage.models import Activity, Draft, Evidence, Inbox, Outbox, Question, Reminder
from tests.crash.conftest import Databases
from tests.crash.scene import OFFICER, Launcher, Scene, scene
from tests.files_from_people import encoded, photo
from tests.postgres import Cluster

MONDAY = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)  # 10:00 in Bangkok: office hours
AT_ONCE = 2  # runs; each has a process of its own
MORE_THAN_ENOUGH = 200  # points

PHOTO = encoded(photo())
ALBUM = [encoded(photo(seed)) for seed in (1, 2)]
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
    playing.until(lambda: not playing.api.unconfirmed())


def check_log_and_ask(playing: Scene) -> None:
    with playing.database.read() as session:
        (activity,) = session.scalars(select(Activity)).all()
        (evidence,) = session.scalars(select(Evidence)).all()
        (question,) = session.scalars(select(Question)).all()
        states = session.scalars(select(Inbox.state)).all()
        sent = session.scalars(select(Outbox).order_by(Outbox.id)).all()
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
    assert [bool(one.body["edit"]) for one in sent] == [False, True, False]  # card, receipt, answer


def send_an_album(playing: Scene) -> None:
    """Two photos at once, the sentence beneath the second; saved by the card's button."""
    for one, caption in zip(ALBUM, ("", "ประชุมกับเฉิงตู 3 พ.ย. 69 30 คน"), strict=True):
        playing.api.user_sends_photo(OFFICER, one, caption, album="album")
    playing.until(lambda: playing.sees(label="บันทึก"))
    playing.until(playing.is_settled)
    playing.api.user_presses(OFFICER, "บันทึก")
    playing.until(lambda: playing.sees(text="บันทึกแล้ว"))
    playing.until(lambda: not playing.api.unconfirmed())


def check_album(playing: Scene) -> None:
    with playing.database.read() as session:
        (activity,) = session.scalars(select(Activity)).all()
        hashes = session.scalars(select(Evidence.sha256).order_by(Evidence.id)).all()
        drafts = session.scalars(select(Draft.state)).all()
        states = session.scalars(select(Inbox.state)).all()
        sent = session.scalars(select(Outbox).order_by(Outbox.id)).all()
    assert activity.participants == 30
    assert hashes == [hashlib.sha256(one).hexdigest() for one in ALBUM]
    for one in hashes:
        assert (playing.folder / "media" / one).is_file()
    assert drafts == ["saved"]
    assert states == ["handled"] * 3
    assert [bool(one.body["edit"]) for one in sent] == [False, True]  # card, receipt


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
        self.killed_at: list[str] = []
        self.unkilled: list[list[str]] = []  # the points of runs that were not killed
        self.marked = 0

    def run(self) -> None:
        """Every number, then by name what the numbers missed: points swap places from run to run."""
        numbers = itertools.count(1)
        with ThreadPoolExecutor(AT_ONCE) as pool:
            for working in [pool.submit(self._until_unkilled, numbers) for _ in range(AT_ONCE)]:
                working.result()
        assert self.unkilled, f"still killed at point {MORE_THAN_ENOUGH}"
        passed = {label for points in self.unkilled for label in points}
        for label in sorted(passed - set(self.killed_at)):
            self._one(label)

    def _until_unkilled(self, numbers: Iterator[int]) -> None:
        while not self.unkilled and (number := next(numbers)) <= MORE_THAN_ENOUGH:
            try:
                self._one(number)
            except BaseException:
                self.unkilled.append([])  # the other thread need not go on
                raise

    def _one(self, kill_at: int | str) -> None:
        folder = self._folder / str(kill_at)
        folder.mkdir()
        with (
            self._databases(folder) as url,
            scene(self._launcher, url, folder, kill_at, MONDAY, self._settings) as playing,
        ):
            self._play(playing)
            playing.until(playing.is_settled)
            if not playing.leave():
                playing.restart()
                playing.until(playing.is_settled)
                assert playing.leave()
            self._check(playing)
            marked = playing.check_sends()
            assert status_of(playing)["outbox"].get("maybe_duplicate", 0) == marked
            if not playing.kills:
                assert not marked
                self.unkilled.append(playing.points())
            self.marked += marked
            self.killed_at += playing.kills


def status_of(playing: Scene) -> dict[str, Any]:
    with playing.database.read() as session:
        return read_status(session, MONDAY)


@pytest.mark.parametrize(
    ("play", "check", "settings", "points"),
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
                "commit Assistant._turn",
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
            send_an_album,
            check_album,
            NOTHING_DUE,
            {
                "after getUpdates",
                "commit Pump._store",
                "after getFile",
                "after download",
                "before rename",
                "after rename",
                "commit Pump._note_files",
                "commit Assistant._turn",
                "after sendMessage",
            },
            id="album",
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
    points: set[str],
) -> None:
    enumeration = Enumeration(launcher, databases, tmp_path, play, check, settings)

    enumeration.run()

    with capsys.disabled():
        sys.stdout.write(
            f"\n{play.__name__}: killed at {len(enumeration.killed_at)} points, "
            f"{enumeration.marked} messages marked maybe_duplicate\n"
        )
    assert points <= set(enumeration.killed_at)
    assert enumeration.marked


@pytest.mark.parametrize(
    ("settings", "kind", "reminders"),
    [
        pytest.param(NOTHING_DUE, "reply", set(), id="reply"),
        pytest.param({}, "digest", {"uncertain"}, id="digest"),
    ],
)
def test_killed_twice_after_the_same_send_it_is_left_to_a_person(
    launcher: Launcher,
    databases: Databases,
    tmp_path: Path,
    settings: dict[str, str],
    kind: str,
    reminders: set[str],
) -> None:
    """Nobody knows of either whether it arrived: a third would be a nuisance, silence a loss."""
    with (
        databases(tmp_path) as url,
        scene(launcher, url, tmp_path, "after sendMessage", MONDAY, settings) as playing,
    ):
        if kind == "reply":
            playing.api.user_says(OFFICER, "เมืองพี่เมืองน้องคืออะไร")
        playing.until_dead()
        playing.restart("after sendMessage")
        playing.until_dead()
        playing.restart()
        playing.until(playing.is_settled)
        playing.api.user_says(OFFICER, "ช่วยเหลือ")
        playing.until(lambda: len(playing.messages()) == 3)
        playing.until(playing.is_settled)
        assert playing.leave()

        with playing.database.read() as session:
            unclear = session.scalars(select(Outbox).where(Outbox.state == "uncertain")).all()
            states = session.scalars(select(Reminder.state).where(Reminder.person_id.is_not(None))).all()
        assert [(one.kind, one.maybe_duplicate) for one in unclear] == [(kind, True)]
        assert status_of(playing)["attention"] == ["outbox uncertain/telegram: 1"]
        assert set(states) == reminders
        first, again, answer = playing.messages()
        assert first.html == again.html != answer.html


@pytest.fixture
def on_server(launcher: Launcher, postgresql_databases: Databases, tmp_path: Path) -> Iterator[Scene]:
    """The service on PostgreSQL, waiting for updates."""
    with (
        postgresql_databases(tmp_path) as url,
        scene(launcher, url, tmp_path, None, MONDAY, NOTHING_DUE) as playing,
    ):
        playing.until(lambda: "getUpdates" in playing.api.methods())
        yield playing


@pytest.mark.postgresql
def test_a_database_that_is_away_for_a_while_is_waited_for(
    on_server: Scene, postgresql_server: Cluster
) -> None:
    """Its administrator restarts it: the service goes on by itself, and nothing is lost."""
    noticed = ("fetching updates", "looking for updates", "looking for messages")
    with postgresql_server.unavailable(on_server.url):
        on_server.api.user_says(OFFICER, "เมืองพี่เมืองน้องคืออะไร")
        on_server.until(lambda: all(line in on_server.log() for line in noticed))
    on_server.until(lambda: on_server.sees(label="👍"))
    on_server.until(on_server.is_settled)

    assert on_server.check_sends() == 0


@pytest.mark.postgresql
def test_a_message_that_went_out_while_the_database_was_away_is_not_sent_again(
    on_server: Scene, postgresql_server: Cluster
) -> None:
    on_server.api.slow("sendMessage", 0.5)
    on_server.api.user_says(OFFICER, "เมืองพี่เมืองน้องคืออะไร")
    on_server.until(lambda: "sendMessage" in on_server.api.methods())
    with postgresql_server.unavailable(on_server.url):
        on_server.until(lambda: "recording 1 send results" in on_server.log())
    on_server.until(on_server.is_settled)

    assert on_server.check_sends() == 0
