"""The command line as an operator meets it: real commands, a real file, JSON with stable keys."""

from __future__ import annotations

import io
import json
import os
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from bot import cli
from bot.command_line import read_day
from bot.settings import PREFIX, Settings
from knowledge.search import KnowledgeBase
from storage.database import HEAD, Database
from storage.models import Invitation
from tests import files_from_people as made
from tests.support import shipped_knowledge

Run = Callable[..., str]


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, sqlite_url: str) -> None:
    """A working directory and a database file of the test's own; no setting of the developer's."""
    monkeypatch.chdir(tmp_path)
    for name in os.environ:
        if name.startswith(PREFIX):
            monkeypatch.delenv(name)
    monkeypatch.setenv(f"{PREFIX}DATABASE_URL", sqlite_url)
    # Read once a run: it takes seconds, and no command changes it.
    base = shipped_knowledge()
    monkeypatch.setattr(KnowledgeBase, "load", lambda *_, **__: base)


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command; returns what it printed. `code` is the exit code expected."""

    def run_(*arguments: str, code: int = 0) -> str:
        monkeypatch.setattr(sys, "argv", ["sistercity", *arguments])
        with pytest.raises(SystemExit) as left:
            cli.main()
        shown = capsys.readouterr()
        assert (left.value.code or 0) == code, shown.err
        return shown.out if code == 0 else shown.out + shown.err

    return run_


def as_json(text: str) -> Any:
    return json.loads(text)


# ------------------------------------------------------------------ ask


def test_ask_prints_the_documented_keys_for_an_answer(run: Run) -> None:
    shown = as_json(run("ask", "ต้องมีกิจกรรมปีละกี่ครั้ง", "--json"))
    assert list(shown) == [
        "question",
        "decision",
        "entry",
        "score",
        "answer",
        "sources",
        "suggestions",
        "passage",
    ]
    assert shown["decision"] == "answer"
    assert "ปีละ 1 ครั้ง" in shown["answer"]
    assert set(shown["sources"][0]) == {"title", "section", "as_of"}


def test_ask_says_plainly_when_it_does_not_know(run: Run) -> None:
    shown = as_json(run("ask", "ขอเลขเด็ดงวดนี้", "--json"))
    assert (shown["decision"], shown["entry"], shown["answer"]) == ("unknown", None, None)
    assert "ยังไม่มีคำตอบที่ยืนยันได้" in run("ask", "ขอเลขเด็ดงวดนี้")


def test_ask_prints_the_source_for_people(run: Run) -> None:
    assert "ที่มา: แผนขับเคลื่อน" in run("ask", "ต้องมีกิจกรรมปีละกี่ครั้ง")


# ------------------------------------------------------------------ parse


def test_parse_prints_the_documented_keys(run: Run) -> None:
    sentence = "ประชุมกับเฉิงตู 3 พ.ย. 69 เรื่องท่องเที่ยว 30คน งบ 2.5 แสน"
    shown = as_json(run("parse", sentence, "--province", "TH-50", "--as-of", "2026-11-22", "--json"))
    assert {
        "pairing_id": "50-chengdu",
        "type": "meeting",
        "state": "held",
        "start": "2026-11-03",
        "end": None,
        "participants": 30,
        "budget_thb": 250000,
        "missing": [],
        "ambiguous": {},
    }.items() <= shown.items()


def test_parse_takes_a_buddhist_year_on_the_command_line(run: Run) -> None:
    shown = as_json(
        run("parse", "ประชุมกับเฉิงตูเมื่อวาน", "--province", "TH-50", "--as-of", "2569-11-22", "--json")
    )
    assert shown["start"] == "2026-11-21"


def test_parse_batch_answers_each_line_with_its_id(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = [
        {"id": "a", "text": "ประชุมกับเฉิงตู 3 พ.ย. 69", "province": "TH-50", "today": "2026-11-22"},
        {"id": "b", "text": "ประชุม 29 ก.พ. 2568", "province": None, "today": None},
    ]
    monkeypatch.setattr(sys, "stdin", io.StringIO("\n".join(json.dumps(line) for line in lines)))
    first, second = [as_json(line) for line in run("parse", "--batch").splitlines()]
    assert (first["id"], first["pairing_id"]) == ("a", "50-chengdu")
    assert (second["id"], second["start"]) == ("b", None)
    assert second["ambiguous"]["start"]
    assert "pairing_id" in second["missing"]


def test_parse_without_a_sentence_says_what_to_give(run: Run) -> None:
    assert "--batch" in run("parse", code=2)


# ------------------------------------------------------------------ remind


def test_every_owing_pairing_of_a_fresh_database_is_due_to_its_post(run: Run) -> None:
    shown = as_json(run("remind", "--as-of", "2026-12-01", "--dry-run", "--json"))
    recipients = [message["recipient"] for message in shown]
    assert "role:officer:TH-50" in recipients
    assert all(name.startswith("role:officer:TH-") for name in recipients)
    assert "role:officer:TH-10" not in recipients
    (chiang_mai,) = [message for message in shown if message["recipient"] == "role:officer:TH-50"]
    assert chiang_mai["at"] == "2026-12-01T09:00:00+07:00"
    assert {
        "pairing_id": "50-chengdu",
        "basis": "calendar",
        "period": "2569",
        "count": 0,
        "days_left": 30,
        "step": "d30",
    } in chiang_mai["pairings"]


def test_json_lists_what_carries_reminders_and_the_text_lists_notices_too(run: Run) -> None:
    """Phang-nga has no pairing that owes, and two that have not left their stage."""
    shown = as_json(run("remind", "--as-of", "2027-11-01", "--dry-run", "--json"))
    assert all(message["pairings"] for message in shown)
    (chiang_mai,) = [message for message in shown if message["recipient"] == "role:officer:TH-50"]
    assert "50-assam" in {one["subject"] for one in chiang_mai["notices"]}
    text = run("remind", "--as-of", "2027-11-01", "--dry-run")
    assert "role:officer:TH-82\n  stage 82-guizhou" in text


def test_a_dry_run_stores_nothing_and_a_plan_is_the_same_each_time(run: Run, sqlite_url: str) -> None:
    first = run("remind", "--as-of", "2026-12-01", "--dry-run", "--json")
    assert as_json(run("status", "--json"))["reminders"] == {}
    assert run("remind", "--as-of", "2026-12-01", "--json") == first
    planned = as_json(run("status", "--json"))["reminders"]
    run("remind", "--as-of", "2026-12-01")
    assert as_json(run("status", "--json"))["reminders"] == planned


def test_a_fiscal_basis_is_named_by_the_year_in_which_it_ends(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(f"{PREFIX}YEAR_BASIS", "fiscal")
    shown = as_json(run("remind", "--as-of", "2569-10-01", "--dry-run", "--json"))
    periods = {(one["period"], one["step"]) for message in shown for one in message["pairings"]}
    assert periods == {("2569", "overdue1"), ("2570", "start")}


def test_remind_for_people_names_the_pairing_and_the_days_left(run: Run) -> None:
    shown = run("remind", "--as-of", "2026-12-01", "--dry-run")
    assert "เชียงใหม่–นครเฉิงตู: ปีปฏิทิน 2569: 0 กิจกรรม เหลือ 30 วัน" in shown


def test_a_dry_run_shows_the_coming_twelve_months_too(run: Run) -> None:
    _, _, coming = run("remind", "--as-of", "2026-12-01", "--dry-run").partition("12 เดือนข้างหน้า")
    days = [line.split(":")[0].strip() for line in coming.splitlines() if line.startswith("  ")]
    assert days[0] == "1 ธ.ค. 2569"
    assert "4 ม.ค. 2570" in days
    assert "12 เดือนข้างหน้า" not in run("remind", "--as-of", "2026-12-01", "--dry-run", "--json")


# ------------------------------------------------------------------ invite, activities, status


def test_an_invitation_is_shown_once_and_only_its_hash_is_kept(run: Run, sqlite_url: str) -> None:
    shown = as_json(run("invite", "--role", "officer", "--province", "TH-50", "--json"))
    assert list(shown) == ["code", "link", "expires"]
    assert shown["link"] is None
    assert len(shown["code"]) >= 22
    assert shown["code"].encode() not in Path(sqlite_url.removeprefix("sqlite:///")).read_bytes()


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--role", "king"], "known are officer"),
        (["--role", "officer"], "needs --province"),
        (["--role", "ministry", "--province", "TH-50"], "has no --province"),
        (["--role", "officer", "--province", "TH-99"], "codes look like TH-50"),
        (["--role", "officer", "--province", "TH-50", "--curator"], "curators belong to the ministry"),
    ],
)
def test_a_wrong_invitation_is_refused_with_what_is_allowed(
    run: Run, arguments: list[str], told: str
) -> None:
    assert told in run("invite", *arguments, code=2)


def test_a_ministry_invitation_may_be_a_curators(run: Run, sqlite_database: Database) -> None:
    run("invite", "--role", "ministry", "--json")
    run("invite", "--role", "ministry", "--curator", "--json")
    with sqlite_database.read() as session:
        made = session.scalars(select(Invitation).order_by(Invitation.id)).all()
    assert [(one.role, one.curator) for one in made] == [("ministry", False), ("ministry", True)]


def test_a_real_database_starts_without_activities(run: Run) -> None:
    assert as_json(run("activities", "--json")) == []
    assert "no activities" in run("activities")


def test_status_counts_and_needs_nobody_on_a_fresh_database(run: Run) -> None:
    shown = as_json(run("status", "--json"))
    assert shown["pairings"] == 97
    assert shown["confirmed"] == {"provinces": 0, "of": 30, "incomplete": True}
    assert shown["attention"] == []
    assert "schema" in run("status")


# ------------------------------------------------------------------ faults


@pytest.mark.parametrize("text", ["tomorrow", "2026-13-01", "2568-02-29", "2026-11"])
def test_a_bad_date_is_refused_with_the_form_to_write(run: Run, text: str) -> None:
    assert "write YYYY-MM-DD" in run("remind", "--as-of", text, "--dry-run", code=2)


def test_a_day_is_read_in_both_eras() -> None:
    assert read_day("2569-02-28") == read_day("2026-02-28") == date(2026, 2, 28)
    assert read_day(None) is None


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("TELEGRAM_TOKN", "x", "SISTERCITY_TELEGRAM_TOKN: unknown setting"),
        ("YEAR_BASIS", "lunar", "SISTERCITY_YEAR_BASIS: Input should be 'calendar'"),
        ("REMINDER_STEPS", "start,d400", "'d400' is not a step"),
        ("TIMEZONE", "Siam", "SISTERCITY_TIMEZONE"),
        ("TELEGRAM_API_URL", "ftp://x", "SISTERCITY_TELEGRAM_API_URL"),
        ("DATABASE_URL", "nonsense", "SISTERCITY_DATABASE_URL is not a database address"),
        ("DATABASE_URL", "postgresql://nobody:secretword@127.0.0.1:1/none", "cannot be reached"),
    ],
)
def test_a_bad_setting_is_one_line_with_its_name(
    run: Run, monkeypatch: pytest.MonkeyPatch, name: str, value: str, told: str
) -> None:
    monkeypatch.setenv(PREFIX + name, value)
    shown = run("status", code=2)
    assert told in shown
    assert "Traceback" not in shown
    assert "secretword" not in shown
    assert len(shown.splitlines()) == 1


def test_an_empty_database_is_brought_to_head_by_any_command(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv(f"{PREFIX}DATABASE_URL", f"sqlite:///{tmp_path / 'new.db'}")
    assert as_json(run("status", "--json"))["pairings"] == 97


def test_a_newer_schema_is_refused_with_what_to_do(run: Run, sqlite_url: str) -> None:
    database = Database(sqlite_url)
    with database.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    database.close()
    shown = run("status", code=2)
    assert "install the newer program" in shown
    assert "Traceback" not in shown


def test_the_inbox_commands_say_when_there_is_nothing(run: Run) -> None:
    assert "none" in run("inbox", "list")
    assert as_json(run("inbox", "list", "--json")) == []
    assert "no such update" in run("inbox", "retry", "7", code=2)
    assert "no such update" in run("inbox", "drop", "7", code=2)


def test_db_upgrade_says_the_schema(run: Run) -> None:
    assert f"schema {HEAD}" in run("db", "upgrade")


def test_serve_refuses_what_it_cannot_do_yet(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "SISTERCITY_TELEGRAM_TOKEN is not set" in run("serve", code=2)
    monkeypatch.setenv(f"{PREFIX}TELEGRAM_TOKEN", "123456:abc")
    for empty in ("", "  "):
        monkeypatch.setenv(f"{PREFIX}DPO_CONTACT", empty)
        assert "SISTERCITY_DPO_CONTACT is not set: name the data protection officer" in run("serve", code=2)
    monkeypatch.setenv(f"{PREFIX}DPO_CONTACT", "dpo@example.go.th")
    monkeypatch.setenv(f"{PREFIX}WEBHOOK_URL", "https://example.org/hook")
    assert "SISTERCITY_WEBHOOK_URL is not supported yet" in run("serve", code=2)


# ------------------------------------------------------------------ the terminal chat, as a piped script


def test_a_piped_script_asks_logs_and_lists(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    photo = tmp_path / "ภาพ.png"
    photo.write_bytes(made.encoded(made.photo(), "PNG"))
    script = f"ต้องมีกิจกรรมปีละกี่ครั้ง\nประชุมกับเฉิงตู 3 พ.ย. 69 30 คน\n:file {photo}\nบันทึก\n:file nowhere.png\n"
    monkeypatch.setattr(sys, "stdin", io.StringIO(script))
    shown = run("chat", "--as", "demo-officer")
    assert "กิจกรรมร่วมอย่างน้อยปีละ 1 ครั้ง" in shown
    assert "[1] บันทึก" in shown
    assert "ภาพ/เอกสาร: 1 รายการ" in shown
    assert "บันทึกแล้ว" in shown
    assert "รับไฟล์ไม่ได้" in shown
    monkeypatch.setenv(f"{PREFIX}DATABASE_URL", f"sqlite:///{tmp_path / 'sistercity-demo.db'}")
    (mine,) = [one for one in as_json(run("activities", "--json")) if one["source"] is None]
    assert (mine["pairing_id"], mine["type"], mine["start"]) == ("50-chengdu", "meeting", "2026-11-03")
    assert mine["files"][0]["mime"] == "image/png"
    assert mine["incomplete"] is True
    assert "ข้อมูลยังไม่ครบ" in run("activities", "--province", "TH-50")
    assert "เชียงใหม่–นครเฉิงตู" in run("activities", "--pairing", "50-chengdu", "--province", "TH-50")


def test_an_unknown_demo_person_is_refused_with_the_known_ones(run: Run) -> None:
    assert "demo-officer, demo-head" in run("chat", "--as", "nobody", code=2)


# ------------------------------------------------------------------ the README


README = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")


def test_every_setting_stands_in_the_readme() -> None:
    missing = [name for name in Settings.model_fields if f"{PREFIX}{name.upper()}" not in README]
    assert not missing


def test_every_command_has_help_and_stands_in_the_readme() -> None:
    groups = [
        ("", cli.app),
        *((f"{group.name} ", group.typer_instance) for group in cli.app.registered_groups),
    ]
    for prefix, app in groups:
        assert app is not None
        for command in app.registered_commands:
            assert command.callback is not None
            name = command.name or command.callback.__name__
            assert command.callback.__doc__, f"{name} has no help"
            assert f"sistercity {prefix}{name}" in README, f"{prefix}{name} is not in the README"
