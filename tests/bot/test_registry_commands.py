"""`sistercity registry`: a sheet compared, applied, taken back, written out; and what needs a person."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.bot.registering.made import book, faulty, ministry_rows, write_ministry
from tests.bot.test_cli import Run, as_json, own_folder, run

__all__ = ["own_folder", "run"]  # fixtures

HEADINGS = ["จังหวัด", "ประเทศ", "คู่ความสัมพันธ์", "สถานะ", "วันที่ลงนาม"]
CHANGED = ["เชียงใหม่", "จีน", "นครเฉิงตู", "ลงนามแล้ว", "1 เม.ย. 2558"]
NEW = ["ลำปาง", "ออสเตรเลีย", "เมืองแอดิเลด (Adelaide)", "ลงนามแล้ว", "มิ.ย. 2560"]
ODD = ["เชียงไหม่", "จีน", "นครเฉิงตู", "", ""]


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    return book(tmp_path / "ทะเบียน.xlsx", [HEADINGS, CHANGED, NEW])


def reported(run: Run, file: Path, *more: str, code: int = 0) -> Any:
    return as_json(run("registry", "import", str(file), "--json", "--as-of", "2026-11-22", *more, code=code))


def test_a_dry_run_reports_and_stores_nothing(run: Run, sheet: Path) -> None:
    told = run("registry", "import", str(sheet))
    assert "+ 52-adelaide ลำปาง–เมืองแอดิเลด (ออสเตรเลีย): stage signed, signed_on 2017-06 · ทะเบียนคู่!C3" in told
    assert "~ 50-chengdu signed_on: 2015-03-30 → 2015-04-01 · ทะเบียนคู่!E2" in told
    assert "89/39" in told
    assert "52/23" in told
    assert told.rstrip().endswith("nothing was applied; --apply stores it")
    assert reported(run, sheet)["counts"]["new"] == 1


def test_json_has_the_documented_keys(run: Run, sheet: Path) -> None:
    shown = reported(run, sheet)
    assert list(shown) == [
        *(
            "file",
            "sha256",
            "import",
            "columns",
            "unclear",
            "unread",
            "counts",
            "plan",
            "sheet",
            "registry",
            "after",
        ),
        *("new", "changed", "conflicting", "unmatched", "municipal", "errors", "missing", "notices", "notes"),
    ]
    assert shown["plan"] == {
        "established": {"pairs": 89, "provinces": 39},
        "in_progress": {"pairs": 52, "provinces": 23},
    }
    assert shown["changed"] == [
        {
            "subject": "pairing:50-chengdu",
            "field": "signed_on",
            "ours": {
                "value": "2015-03-30",
                "precision": "day",
                "source": "'Sister Cities: Chiang Mai Province' (cdfao.gov.cn)",
            },
            "theirs": {"value": "2015-04-01", "precision": "day", "source": "ทะเบียน.xlsx แผ่น ทะเบียนคู่ แถว 2"},
            "cell": "ทะเบียนคู่!E2",
        }
    ]


def test_applied_once_it_says_nothing_new_and_undo_takes_it_back(run: Run, sheet: Path) -> None:
    applied = reported(run, sheet, "--apply")
    number = str(applied["import"])
    again = reported(run, sheet, "--apply")
    assert (again["import"], again["counts"]["new"], again["counts"]["changed"]) == (None, 0, 0)
    assert "nothing to apply" in run("registry", "import", str(sheet), "--apply")

    undone = as_json(run("registry", "undo", number, "--json"))
    assert (undone["removed"], undone["kept"]) == (["pairing:52-adelaide", "partner:adelaide"], [])
    assert "taken back already" in run("registry", "undo", number, code=2)
    assert reported(run, sheet)["counts"]["new"] == 1
    told = run("registry", "import", str(sheet), "--apply")
    assert "`sistercity registry undo 2` takes it back" in told
    assert "removed pairing:52-adelaide" in run("registry", "undo", "2")


def test_rows_in_error_are_told_by_file_sheet_and_cell_and_the_others_are_applied(
    run: Run, tmp_path: Path
) -> None:
    file = book(tmp_path / "ทะเบียน.xlsx", [HEADINGS, ODD, NEW])
    told = run("registry", "import", str(file), "--apply", code=1)
    assert "ทะเบียน.xlsx: ทะเบียนคู่!A2: ไม่รู้จักจังหวัด “เชียงไหม่” (unknown province) · หมายถึง เชียงใหม่" in told
    assert "applied as import 1" in told
    shown = reported(run, file, code=1)
    (error,) = shown["errors"]
    assert (error["cell"], error["kind"], error["nearest"][0]) == ("ทะเบียนคู่!A2", "province", "เชียงใหม่")


def test_an_unclear_heading_has_to_be_said_and_is_remembered(run: Run, tmp_path: Path) -> None:
    cells = [[*HEADINGS[:4], "วันที่ลงนามครั้งล่าสุด"], NEW]
    file = book(tmp_path / "ทะเบียน.xlsx", cells)
    told = run("registry", "import", str(file), "--apply", code=1)
    assert "could be signed_on: say --map signed_on=E or --map ignore=E" in told
    assert "nothing was applied: say first" in told

    run("registry", "import", str(file), "--map", "signed_on=วันที่ลงนามครั้งล่าสุด")
    assert "headings.mapped" in run("audit", "show")
    assert "(remembered)" in run("registry", "import", str(file))
    applied = reported(run, file, "--apply")
    assert applied["new"][0]["values"]["signed_on"] == {"value": "2017-06-01", "precision": "month"}
    assert applied["import"] == 1


def test_mistakes_in_a_mapping_are_one_line(run: Run, sheet: Path) -> None:
    for said in ("signed=E", "signed_on", "signed_on=", "note=ไม่มีหัวนี้"):
        told = run("registry", "import", str(sheet), "--map", said, code=2)
        assert told.strip().splitlines()[-1].startswith("sistercity: --map")


def test_a_sheet_without_our_headings_is_refused_with_what_to_say(run: Run, tmp_path: Path) -> None:
    file = book(tmp_path / "x.xlsx", [["ก", "ข"], ["ค", "ง"]])
    assert "say --map FIELD=HEADING" in run("registry", "import", str(file), code=2)
    mapped = run("registry", "import", str(file), "--map", "province=ก", "--map", "partner=ข", code=1)
    assert "unknown province" in mapped


def test_a_file_that_cannot_be_read_is_one_line_and_stores_nothing(
    run: Run, tmp_path: Path, sheet: Path
) -> None:
    macro = tmp_path / "ทะเบียน.xlsm"
    macro.write_bytes(sheet.read_bytes())
    bomb = tmp_path / "ทะเบียน.csv"
    bomb.write_text(f"ก,ข\nค,{'x' * 100_000}\n", encoding="utf-8")
    for file, words in (
        (macro, "macros"),
        (bomb, "ทะเบียน.csv: CSV!B2: "),
        (tmp_path / "gone.xlsx", "no such file"),
    ):
        told = run("registry", "import", str(file), "--apply", code=2)
        assert len(told.strip().splitlines()) == 1
        assert words in told
    assert "no such import" in run("registry", "undo", "1", code=2)


def test_the_ministrys_sheet_with_its_faults_is_applied_but_for_them(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "ทะเบียน.xlsx"
    made = faulty()
    made.write(file)
    first = reported(run, file, "--apply", code=1)
    told = [one["cell"] for kind in ("unmatched", "municipal", "errors") for one in first[kind]]
    assert (
        len(told) == first["counts"]["unmatched"] + first["counts"]["municipal"] + first["counts"]["errors"]
    )
    assert first["missing"] == []
    second = reported(run, file, "--apply", code=1)
    assert (second["import"], second["new"], second["changed"], second["conflicting"]) == (None, [], [], [])
    assert [second[kind] for kind in ("unmatched", "municipal", "errors")] == [
        first[kind] for kind in ("unmatched", "municipal", "errors")
    ]


@pytest.mark.parametrize("name", ["out.xlsx", "out.csv"])
def test_what_is_exported_comes_back_without_a_change(
    run: Run, tmp_path: Path, sheet: Path, name: str
) -> None:
    run("registry", "import", str(sheet), "--apply")
    file = tmp_path / name
    assert "98 pairings" in run("registry", "export", str(file))
    counts = reported(run, file)["counts"]
    assert (counts["rows"], counts["unchanged"], counts["missing"]) == (98, 98, 0)


def test_export_wants_a_sheet_and_a_place_to_write(run: Run, tmp_path: Path) -> None:
    assert ".xlsx or .csv" in run("registry", "export", str(tmp_path / "out.pdf"), code=2)
    assert "cannot be written" in run("registry", "export", str(tmp_path / "no" / "out.csv"), code=2)


def test_check_names_what_needs_a_person_and_exits_with_one(run: Run, tmp_path: Path) -> None:
    told = run("registry", "check", code=1)
    assert "stage: 45-shimane ร้อยเอ็ด–จังหวัดชิมาเนะ: no stage is known" in told
    file = tmp_path / "ทะเบียน.xlsx"
    rows = ministry_rows()
    write_ministry([row | {"stage": "ลงนามแล้ว"} for row in rows], file)
    run("registry", "import", str(file), "--apply")
    shown = as_json(run("registry", "check", "--json", code=1))
    assert {one["kind"] for one in shown["problems"]} == {"municipal"}
    assert shown["pairings"] == len(rows)
    early = as_json(run("registry", "check", "--json", "--as-of", "2000-01-01", code=1))
    assert "date" in {one["kind"] for one in early["problems"]}
    assert json.dumps(shown["problems"][0], ensure_ascii=False).startswith('{"kind": ')
