"""`sistercity kb`: documents and workbooks in and out, figures, and any corpus over standard input."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import pytest

import knowledge.check
from knowledge.golden import Golden
from knowledge.meaning import Encoder
from tests.bot.test_cli import Run, as_json, own_folder, run

__all__ = ["own_folder", "run"]  # fixtures

GUIDE = """# แนวทางทดสอบ

## หมวด 1 ขั้นตอน

ข้อ 1 จังหวัดเสนอเรื่องต่อคณะกรรมการกลั่นกรองหุ่นยนต์ภายในสามสิบวันนับแต่ได้รับหนังสือ

ข้อ 2 ให้จัดทำร่างเป็นสองภาษา
"""


@pytest.fixture
def guide(tmp_path: Path) -> Path:
    file = tmp_path / "guide.md"
    file.write_text(GUIDE, encoding="utf-8")
    return file


def test_a_document_is_loaded_quoted_covered_and_taken_out_of_use(run: Run, guide: Path) -> None:
    told = run("kb", "import", str(guide))
    assert "แนวทางทดสอบ" in told
    assert "2 passages" in told
    (listed,) = as_json(run("kb", "documents", "--json"))
    assert (listed["title"], listed["file"], listed["passages"]) == ("แนวทางทดสอบ", "guide.md", 2)

    asked = as_json(run("ask", "เสนอเรื่องต่อคณะกรรมการกลั่นกรองหุ่นยนต์ภายในสามสิบวัน", "--json"))
    assert asked["passage"]["title"] == "แนวทางทดสอบ"
    assert asked["passage"]["clause"] == "ข้อ 1"
    assert "#clause-2" in run("kb", "coverage")

    run("kb", "documents", "--withdraw", listed["id"])
    assert run("kb", "documents").strip() == "none loaded"
    assert "no such document" in run("kb", "documents", "--withdraw", listed["id"], code=2)


def test_a_dry_run_stores_nothing(run: Run, guide: Path) -> None:
    assert "nothing was stored" in run("kb", "import", str(guide), "--dry-run")
    assert as_json(run("kb", "documents", "--json")) == []


def test_a_file_that_cannot_be_read_is_one_line(run: Run, tmp_path: Path) -> None:
    broken = tmp_path / "guide.pdf"
    broken.write_bytes(b"no pdf at all")
    for file in (broken, tmp_path / "gone.pdf", tmp_path):
        assert len(run("kb", "import", str(file), code=2).strip().splitlines()) == 1


def test_a_shipped_document_is_not_replaced(run: Run, guide: Path) -> None:
    assert "ships with the program" in run("kb", "import", str(guide), "--title", "Plan 2562-2566", code=2)


def test_entries_go_out_and_come_back_and_a_changed_row_becomes_a_draft(run: Run, tmp_path: Path) -> None:
    book = tmp_path / "entries.xlsx"
    run("kb", "export", str(book))
    assert "0 new or changed" in run("kb", "import", str(book))

    changed = tmp_path / "entries.csv"
    changed.write_text(
        "id,topic,stage,question,question_en,title,phrasings,answer,answer_en,sources,as_of,confidence,known\n"
        "robots,kpi,after,หุ่นยนต์นับเป็นผู้เข้าร่วมไหม,Do robots count?,หุ่นยนต์,"
        '"หุ่นยนต์มาแทนคนได้ไหม\nส่งหุ่นยนต์ไปประชุม\nหุ่นยนต์ร่วมงานนับไหม\nโรบอทนับมั้ย\nrobots as guests",'
        "หุ่นยนต์ไม่ใช่ผู้เข้าร่วม,Robots are no participants.,cited: คู่มือ ปี 2569,2569,official_page,true\n",
        encoding="utf-8",
    )
    assert "1 new or changed" in run("kb", "import", str(changed))
    assert as_json(run("status", "--json"))["drafts"] == 1


def test_a_faulty_workbook_tells_its_cells_and_exits_with_one(run: Run, tmp_path: Path) -> None:
    faulty = tmp_path / "entries.csv"
    faulty.write_text("id,topic,question,title,answer\nBad Id,weather,,,\n", encoding="utf-8")
    assert "0 new or changed" in run("kb", "import", str(faulty), code=1)
    assert as_json(run("status", "--json"))["drafts"] == 0


def test_check_prints_each_problem_and_exits_with_one(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """What it finds is tested with the base itself."""
    monkeypatch.setattr(knowledge.check, "check", list)
    monkeypatch.setattr(knowledge.check, "check_figures", lambda _encoder: [])
    assert "in order" in run("kb", "check")
    monkeypatch.setattr(knowledge.check, "check_figures", lambda _encoder: ["top_1: 1 (worse)"])
    assert run("kb", "check", code=1) == "top_1: 1 (worse)\n"


def test_figures_are_printed_as_text_json_and_page(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    few = (
        Golden("ใครเซ็นฝ่ายไทย", "who-signs", "golden", "colloquial"),
        Golden("ทำพาสปอร์ตที่ไหน", None, "near", "colloquial"),
        Golden("ฝนตกไหม", None, "general", "colloquial"),
    )
    monkeypatch.setattr("bot.reports.evaluation.load_golden", lambda: few)
    page = tmp_path / "report.html"
    shown = as_json(run("kb", "eval", "--json", "--html", str(page)))
    assert shown["figures"]["questions"] == 1
    assert set(shown) == {"figures", "aims", "held_out", "decisions", "by_style", "by_topic", "confusions"}
    assert "<html" in page.read_text(encoding="utf-8")
    assert "colloquial" in run("kb", "eval")


def test_rank_answers_line_by_line(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = '{"corpus": "shipped"}\n{"query": "ใครเป็นผู้ลงนามฝ่ายไทย"}\n{"query": 5}\n'
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(lines.encode()), encoding="utf-8"))
    ready, answered, bad = (json.loads(line) for line in run("kb", "rank").splitlines())
    assert ready == {"ready": True}
    assert answered["ranked"][0][0] == "who-signs"
    assert "error" in bad


def test_without_the_encoder_nothing_is_calibrated(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    without = Encoder()
    without.problem = "ImportError: gone"
    monkeypatch.setattr("knowledge.meaning.shared_encoder", lambda: without)
    assert "ImportError: gone" in run("kb", "calibrate", code=2)
