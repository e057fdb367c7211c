"""`python -m bot serve` as an operator runs it: a process, a database file, and a Bot API server over HTTP."""

from __future__ import annotations

import json
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlalchemy import func, select

from storage import meta, people
from storage.database import Database
from storage.models import Activity, Draft, Evidence, Identity, Inbox, Outbox, Person
from tests.conftest import fill, opened
from tests.fake_bot_api import BOT, FakeBotApi, Fault, Sent
from tests.files_from_people import encoded, photo

PATIENCE = 20.0  # seconds
LEAVE_WITHIN = 10.0  # seconds after SIGTERM
LOOK_AGAIN = 0.02  # seconds

QUESTION = "เมืองพี่เมืองน้องคืออะไร"
PHOTO = encoded(photo())
BROKEN = {"message": {"message_id": 1, "date": "yesterday", "chat": {"id": 80, "type": "private"}}}


def wait_for(condition: Callable[[], bool], what: str, seconds: float = PATIENCE) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, f"not within {seconds:g} s: {what}"
        time.sleep(LOOK_AGAIN)


@dataclass
class Installation:
    """A folder with the database, and the settings of everything that is run there."""

    folder: Path
    token: str
    api_url: str
    settings: dict[str, str] = field(default_factory=dict)

    @property
    def url(self) -> str:
        return f"sqlite:///{self.folder / 'sistercity.db'}"

    @property
    def stderr(self) -> Path:
        return self.folder / "stderr"

    def _environment(self, without: str = "SISTERCITY_") -> dict[str, str]:
        kept = {
            name: value for name, value in os.environ.items() if not name.startswith(("SISTERCITY_", without))
        }
        ours = {
            "DATABASE_URL": self.url,
            "TELEGRAM_TOKEN": self.token,
            "TELEGRAM_API_URL": self.api_url,
            "DPO_CONTACT": "dpo@example.go.th",
            **self.settings,
        }
        return {**kept, **{f"SISTERCITY_{name}": value for name, value in ours.items()}}

    def run(self, *command: str) -> subprocess.CompletedProcess[str]:
        """A short command, beside the serving process or without one; measuring it would double its time."""
        return subprocess.run(
            [sys.executable, "-m", "bot", *command],
            env=self._environment(without="COVERAGE_"),
            check=False,
            capture_output=True,
            text=True,
            timeout=PATIENCE,
        )

    def run_json(self, *command: str) -> Any:
        return json.loads(self.run(*command, "--json").stdout)

    @contextmanager
    def serving(self) -> Iterator[subprocess.Popen[bytes]]:
        """The service; whatever the test leaves running is told to go."""
        with (
            self.stderr.open("ab") as log,
            subprocess.Popen(
                [sys.executable, "-m", "bot", "serve"], env=self._environment(), stderr=log
            ) as process,
        ):
            try:
                yield process
            finally:
                process.terminate()
                try:
                    process.wait(LEAVE_WITHIN)
                except subprocess.TimeoutExpired:
                    process.kill()

    def log(self) -> str:
        return self.stderr.read_text(encoding="utf-8")


@dataclass
class Served:
    """A running service, the server it talks to, and its database to look into."""

    installation: Installation
    api: FakeBotApi
    database: Database
    process: subprocess.Popen[bytes]

    def says(self, chat: int, text: str) -> Sent:
        """Somebody writes; returns the next message of the bot in their chat."""
        return self.gets(chat, lambda: self.api.user_says(chat, text))

    def gets(self, chat: int, after: Callable[[], object]) -> Sent:
        """The next message of the bot in a chat after something that somebody does there."""
        count = len(self.api.sent(chat))
        after()
        return self.api.wait_until_sent(chat, count + 1, PATIENCE)[count]

    def identity(self, user: int) -> Identity:
        with self.database.read() as session:
            found = people.find_identity(session, "telegram", str(user))
        assert found is not None
        return found

    def outbox_of(self, chat: int) -> list[Outbox]:
        """The rows of a private chat, oldest first."""
        query = (
            select(Outbox)
            .join(Identity, Identity.chat_id == Outbox.chat_id)
            .where(Identity.external_id == str(chat))
            .order_by(Outbox.id)
        )
        with self.database.read() as session:
            return list(session.scalars(query))

    def wait_until_recorded(self, chat: int, state: str = "sent") -> Outbox:
        """Until the latest message of a chat is in that state."""
        wait_for(lambda: [row.state for row in self.outbox_of(chat)][-1:] == [state], state)
        return self.outbox_of(chat)[-1]


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """One service for the tests that leave it as it was; each uses chats of its own."""
    folder = tmp_path_factory.mktemp("served")
    with FakeBotApi() as api:
        settings = {"LOG_LEVEL": "DEBUG", "HTTP_LISTEN": f"127.0.0.1:{free_port()}"}
        installation = Installation(folder, api.token, api.url, settings)
        fill(installation.url)
        with opened(installation.url) as database, installation.serving() as process:
            wait_for(lambda: "getUpdates" in api.methods() or process.poll() is not None, "the service is up")
            assert process.poll() is None, installation.log()
            yield Served(installation, api, database, process)


# ------------------------------------------------------------------ what people see


def test_a_question_is_answered(served: Served) -> None:
    answer = served.says(10, QUESTION)

    assert "ที่มา:" in answer.text
    assert "👍" in answer.labels
    assert served.wait_until_recorded(10).attempts == 1


def test_an_invitation_link_makes_an_officer_once(served: Served) -> None:
    made = served.installation.run_json("invite", "--role", "officer", "--province", "TH-50")
    assert made["link"] == f"https://t.me/{BOT['username']}?start={made['code']}"

    notice = served.says(20, f"/start {made['code']}")
    welcome = served.gets(20, lambda: served.api.user_presses(20, JOIN, notice.message_id))
    refusal = served.says(21, f"/start {made['code']}")

    assert "เชียงใหม่" in welcome.text
    assert "เชียงใหม่" not in refusal.text
    with served.database.read() as session:
        seats = people.list_memberships(session, served.identity(20).person_id, served_at(served))
        strangers = people.list_memberships(session, served.identity(21).person_id, served_at(served))
    assert [(seat.role, seat.province_code) for seat in seats] == [("officer", "TH-50")]
    assert strangers == []


def served_at(served: Served) -> Any:
    """The instant at which the latest row came in."""
    with served.database.read() as session:
        return session.scalar(select(func.max(Inbox.received_at)))


def test_a_sentence_with_a_photo_is_recorded_by_one_press_on_its_card(served: Served) -> None:
    before = joined(served, 30)

    served.api.user_sends_photo(30, PHOTO, "ประชุมกับเฉิงตู 3 พ.ย. 68 30 คน")
    card = served.api.wait_until_sent(30, before + 1, PATIENCE)[before]
    served.api.user_presses(30, "บันทึก", card.message_id)
    served.api.wait_for(lambda: served.api.sent(30)[before].edits == 1, PATIENCE)

    receipt = served.api.sent(30)[before]
    assert "บันทึกแล้ว" in receipt.text
    assert "บันทึก" not in receipt.labels
    assert len(served.api.sent(30)) == before + 1
    with served.database.read() as session:
        (activity,) = session.scalars(select(Activity)).all()
        (evidence,) = session.scalars(select(Evidence)).all()
    assert (activity.pairing_id, activity.participants) == ("50-chengdu", 30)
    assert (served.installation.folder / "media" / evidence.sha256).read_bytes() == PHOTO


def test_an_album_is_answered_once_with_all_its_photos(served: Served) -> None:
    before = joined(served, 31)

    for number, caption in enumerate(("", "ประชุมกับเฉิงตู 3 พ.ย. 68 30 คน", "")):
        served.api.user_sends_photo(31, encoded(photo(10 + number)), caption, album="album-1")
    card = served.api.wait_until_sent(31, before + 1, PATIENCE)[before]

    assert "ภาพ/เอกสาร: 3 รายการ" in card.text
    assert len(served.api.sent(31)) == before + 1
    with served.database.read() as session:
        albums = session.scalars(select(Inbox.state).where(Inbox.album == "album-1")).all()
    assert albums == ["handled"] * 3


def test_a_venue_joins_the_draft_with_its_name(served: Served) -> None:
    joined(served, 32)
    served.says(32, "ประชุมกับเฉิงตู 3 พ.ย. 68 30 คน")
    place = {"latitude": 18.790384, "longitude": 98.98468}
    venue = {"location": place, "title": "ศาลากลางจังหวัดเชียงใหม่", "address": "-"}
    card = served.gets(32, lambda: served.api.user_sends(32, {"location": place, "venue": venue}))
    assert "ตำแหน่งที่ตั้ง 1 จุด" in card.text

    with served.database.read() as session:
        body = session.scalars(select(Draft.body).order_by(Draft.id.desc())).first()
    assert body is not None
    assert body["place"] == "ศาลากลางจังหวัดเชียงใหม่"
    assert [(file["kind"], file["text"]) for file in body["files"]] == [("location", "18.79038,98.98468")]


def test_a_forwarded_report_becomes_a_draft_of_the_one_who_forwarded_it(served: Served) -> None:
    joined(served, 33)
    report = "สรุปการหารือ\nเชียงใหม่ประชุมกับนครเฉิงตู เมื่อ 3 พ.ย. 2568"
    origin = {"type": "hidden_user", "date": 1, "sender_user_name": "เจ้าหน้าที่ท่านหนึ่ง"}
    content = {"text": report, "forward_origin": origin}

    card = served.gets(33, lambda: served.api.user_sends(33, content))

    assert "เรื่อง: สรุปการหารือ" in card.text
    with served.database.read() as session:
        draft = session.scalars(select(Draft).order_by(Draft.id.desc())).first()
    assert draft is not None
    assert draft.body["result"] == report
    assert "เจ้าหน้าที่ท่านหนึ่ง" not in str(draft.body)


JOIN = "รับทราบและเข้าใช้งาน"


def joined(served: Served, user: int) -> int:
    """Make somebody an officer; returns how many messages they have got since."""
    code = served.installation.run_json("invite", "--role", "officer", "--province", "TH-50")["code"]
    notice = served.says(user, f"/start {code}")
    served.gets(user, lambda: served.api.user_presses(user, JOIN, notice.message_id))
    served.wait_until_recorded(user)
    return len(served.api.sent(user))


def test_a_press_is_acknowledged_before_its_card_changes(served: Served) -> None:
    answer = served.says(35, QUESTION)
    asked = len(served.api.calls)

    served.api.user_presses(35, "👍", answer.message_id)
    served.wait_until_recorded(35)
    served.api.wait_for(lambda: "answerCallbackQuery" in served.api.methods()[asked:], PATIENCE)

    calls = [method for method in served.api.methods()[asked:] if method != "getUpdates"]
    assert calls[0] == "answerCallbackQuery"


# ------------------------------------------------------------------ what goes wrong on the way


def test_an_update_that_cannot_be_read_stops_nobody_and_waits_for_an_operator(served: Served) -> None:
    run, run_json = served.installation.run, served.installation.run_json
    served.api.update(BROKEN)
    served.says(40, QUESTION)

    wait_for(lambda: len(_quarantined(served)) == 1, "quarantined")
    (row,) = run_json("inbox", "list")
    status = run("status", "--json")
    assert status.returncode == 1
    assert json.loads(status.stdout)["attention"] == ["inbox quarantined/telegram: 1"]

    assert run("inbox", "retry", str(row["id"])).stdout == "done\n"
    wait_for(lambda: served.installation.log().count("it does not parse") == 2, "tried again")
    wait_for(lambda: len(_quarantined(served)) == 1, "in vain")

    assert run("inbox", "drop", str(row["id"])).stdout == "done\n"
    assert run_json("inbox", "list") == []
    assert run("status", "--json").returncode == 0
    again = run("inbox", "drop", str(row["id"]))
    assert (again.returncode, len(again.stderr.splitlines())) == (2, 1)


def _quarantined(served: Served) -> list[Inbox]:
    with served.database.read() as session:
        return list(session.scalars(select(Inbox).where(Inbox.state == "quarantined")))


def test_too_many_requests_make_the_chat_wait_as_long_as_told(served: Served) -> None:
    served.api.flood("sendMessage", retry_after=1, chat=50)
    began = time.monotonic()

    served.says(50, QUESTION)

    assert time.monotonic() - began >= 1
    row = served.wait_until_recorded(50)
    assert (row.attempts, row.maybe_duplicate) == (2, False)
    assert len(served.api.sent(50)) == 1


def test_who_blocked_the_bot_is_not_written_to_until_they_write_again(served: Served) -> None:
    served.api.fail(
        Fault("sendMessage", 60, status=403, description="Forbidden: bot was blocked by the user")
    )
    served.api.user_says(60, QUESTION)
    served.wait_until_recorded(60, "failed")
    assert not served.identity(60).reachable

    served.says(60, QUESTION)

    assert served.identity(60).reachable
    assert len(served.api.sent(60)) == 1


def test_a_group_that_moved_is_answered_at_its_new_place(served: Served) -> None:
    served.api.migrate(-70, -1007)

    served.api.user_says(-70, f"@{BOT['username']} {QUESTION}", user=70)

    (answer,) = served.api.wait_until_sent(-1007, 1, PATIENCE)
    assert "ที่มา:" in answer.text


def test_an_answer_that_may_have_arrived_is_repeated_once_and_marked(served: Served) -> None:
    served.api.fail(Fault("sendMessage", 75, reset="after"))
    served.api.user_says(75, QUESTION)

    first, second = served.api.wait_until_sent(75, 2, PATIENCE)

    assert first.html == second.html
    row = served.wait_until_recorded(75)
    assert row.maybe_duplicate
    assert served.installation.run_json("status")["outbox"] == {"failed/telegram": 1, "maybe_duplicate": 1}


# ------------------------------------------------------------------ the process


def test_a_second_service_on_the_same_file_is_refused_in_one_line(served: Served) -> None:
    second = replace(served.installation, settings={}).run("serve")

    assert_refused(second, "another process serves telegram")
    assert served.process.poll() is None


def test_beside_a_serving_process_a_backup_is_made_a_person_erased_and_nothing_restored(
    served: Served, tmp_path: Path
) -> None:
    run, copy = served.installation.run, tmp_path / "copy.db"
    served.says(85, QUESTION)
    served.wait_until_recorded(85)
    with served.database.read() as session:
        public_id = session.get_one(Person, served.identity(85).person_id).public_id

    assert run("db", "backup", str(copy)).returncode == 0
    assert_refused(run("db", "restore", str(copy), "--yes"), "another process serves telegram")
    assert run("erase", public_id, "--yes").returncode == 0

    with served.database.read() as session:
        assert people.find_identity(session, "telegram", "85") is None
    assert "ที่มา:" in served.says(85, QUESTION).text  # as a new guest
    assert run("audit", "verify").returncode == 0
    assert served.process.poll() is None


def test_the_one_port_tells_a_watcher_that_the_service_is_well_and_nothing_else(served: Served) -> None:
    address = f"http://{served.installation.settings['HTTP_LISTEN']}"
    wait_for(lambda: last_plan_of(served) is not None, "the first plan")

    well = httpx.get(f"{address}/health")
    assert (well.status_code, well.json()) == (200, {"ok": True, "reason": None})
    assert {httpx.get(f"{address}/{path}").status_code for path in ("", "api/state", "docs")} == {404}
    assert httpx.post(f"{address}/health").status_code == 405


def last_plan_of(served: Served) -> Any:
    """When reminders were planned last."""
    with served.database.read() as session:
        return meta.last_plan(session)


def test_the_token_is_in_no_line_of_the_log_at_debug(served: Served) -> None:
    served.api.refuse("getUpdates", "Internal Server Error", status=500)
    served.says(90, QUESTION)
    wait_for(lambda: "fetching updates" in served.installation.log(), "trouble in the log")

    log = served.installation.log()
    assert " DEBUG " in log
    assert served.api.token not in log
    assert served.api.token.partition(":")[2] not in log


def test_a_server_that_is_away_is_waited_for_and_sigterm_ends_the_service_after_its_answer(
    tmp_path: Path,
) -> None:
    port = free_port()
    api = FakeBotApi(port)
    installation = Installation(tmp_path, api.token, f"http://127.0.0.1:{port}")
    with installation.serving() as process, opened(installation.url) as database:
        wait_for(lambda: "fetching updates" in installation.log(), "it noticed")
        with api:
            served = Served(installation, api, database, process)
            served.says(10, "/start")
            api.slow("sendMessage", 0.8)
            asked = len(api.calls)
            api.user_says(10, QUESTION)
            api.wait_for(lambda: "sendMessage" in api.methods()[asked:], PATIENCE)

            process.send_signal(signal.SIGTERM)

            assert process.wait(LEAVE_WITHIN) == 0
            assert len(api.sent(10)) == 2
            last = served.outbox_of(10)[-1]
            assert (last.state, last.maybe_duplicate) == ("sent", False)
    assert "Traceback" not in installation.log()


def free_port() -> int:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        port: int = listening.getsockname()[1]
        return port


# ------------------------------------------------------------------ what an operator can get wrong


def assert_refused(run: subprocess.CompletedProcess[str], words: str) -> None:
    """One clear line, exit code 2, no traceback."""
    assert run.returncode == 2
    assert run.stdout == ""
    (line,) = run.stderr.splitlines()
    assert line.startswith("sistercity: ")
    assert words in line


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("TELEGRAM_TOKEN", "", "SISTERCITY_TELEGRAM_TOKEN is not set"),
        ("DPO_CONTACT", "", "SISTERCITY_DPO_CONTACT is not set"),
        ("TELEGRAM_TOKN", "x", "SISTERCITY_TELEGRAM_TOKN: unknown setting"),
        ("LOG_LEVEL", "LOUD", "SISTERCITY_LOG_LEVEL"),
        ("HTTP_LISTEN", "8080", "SISTERCITY_HTTP_LISTEN"),
        ("DATABASE_URL", "postgresql://nobody:secret@127.0.0.1:1/none", "cannot be reached"),
        ("DATABASE_URL", "sqlite:////nowhere/at/all.db", "cannot be reached"),
        ("DATABASE_URL", "nonsense", "SISTERCITY_DATABASE_URL is not a database address"),
    ],
)
def test_a_setting_that_cannot_work_is_refused_in_one_line(
    tmp_path: Path, name: str, value: str, words: str
) -> None:
    installation = Installation(tmp_path, "123456:some-token", "http://127.0.0.1:1", {name: value})

    run = installation.run("serve")

    assert_refused(run, words)
    assert "secret" not in run.stderr


def test_a_token_that_the_server_does_not_know_is_refused_in_one_line(tmp_path: Path) -> None:
    with FakeBotApi() as api:
        installation = Installation(tmp_path, "123456:of-another-server-altogether", api.url)

        run = installation.run("serve")

    assert_refused(run, "SISTERCITY_TELEGRAM_TOKEN")
    assert installation.token not in run.stderr


def test_a_port_that_is_taken_is_refused_in_one_line(tmp_path: Path) -> None:
    with FakeBotApi() as api, socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        listen = f"127.0.0.1:{other.getsockname()[1]}"
        installation = Installation(tmp_path, api.token, api.url, {"HTTP_LISTEN": listen})

        run = installation.run("serve")

    assert_refused(run, f"SISTERCITY_HTTP_LISTEN: cannot listen on {listen}")


def test_a_schema_newer_than_the_program_is_refused_in_one_line(tmp_path: Path) -> None:
    installation = Installation(tmp_path, "123456:some-token", "http://127.0.0.1:1")
    with sqlite3.connect(tmp_path / "sistercity.db") as newer:
        newer.execute("CREATE TABLE alembic_version (version_num TEXT)")
        newer.execute("INSERT INTO alembic_version VALUES ('9999')")
    newer.close()

    assert_refused(installation.run("serve"), "newer than this program")
