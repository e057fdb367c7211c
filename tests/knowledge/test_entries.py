"""Curated files: what is accepted, and that every fault names file, line and field."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from knowledge.entries import KnowledgeError, load_base, load_entries
from knowledge.search import KnowledgeBase

Folder = Callable[..., Path]


def faults(folder: Path) -> tuple[str, ...]:
    with pytest.raises(KnowledgeError) as caught:
        load_entries(folder)
    return caught.value.problems


def line_of(folder: Path, file: str, text: str) -> int:
    lines = (folder / file).read_text(encoding="utf-8").splitlines()
    return next(number for number, line in enumerate(lines, start=1) if text in line)


def test_entries_come_by_file_and_then_as_they_stand(folder: Folder) -> None:
    ids = [entry.id for entry in load_entries(folder())]
    assert ids == ["yearly-activity", "report-to", "who-signs", "cabinet"]


def test_the_packaged_entries_load_and_there_are_enough_of_them() -> None:
    base = load_base()
    assert len(base.entries) >= 80
    assert {topic.key for topic in base.topics} == {entry.topic for entry in base.entries}


def test_a_misspelt_field_is_told_with_file_line_and_field(folder: Folder) -> None:
    data = folder(old='    title: "การรายงานผล"', new='    titel: "การรายงานผล"')
    line = line_of(data, "faq/kpi.yaml", "titel")
    told = faults(data)
    assert any(f"faq/kpi.yaml:{line}: entries[1].titel: ไม่รู้จักช่องนี้" in fault for fault in told)
    assert any("entries[1].title: ขาดช่องนี้" in fault for fault in told)


def test_a_year_without_quotes_is_told_to_be_quoted(folder: Folder) -> None:
    data = folder("faq/signing.yaml", 'as_of: "2565"', "as_of: 2565")
    line = line_of(data, "faq/signing.yaml", "as_of: 2565")
    (fault,) = faults(data)
    assert f"signing.yaml:{line}: entries[0].as_of: ต้องเป็นข้อความ กรุณาใส่เครื่องหมายคำพูด" in fault


@pytest.mark.parametrize(
    ("file", "old", "new", "field", "words"),
    [
        ("kpi", "topic: monitoring", "topic: weather", "entries[1].topic", "unknown topic"),
        ("kpi", "related: [report-to]", "related: [nowhere]", "entries[0].related[0]", "unknown entry"),
        (
            "kpi",
            "related: [report-to]",
            "related: [yearly-activity]",
            "entries[0].related[0]",
            "unknown entry",
        ),
        ("kpi", "section: approach-3", "section: approach-9", "entries[1].sources[0]", "unknown section"),
        ("kpi", ", section: approach-3", "", "entries[1].sources[0]", "section is required"),
        ("signing", "key: KAN65", "key: KAN99", "entries[0].sources[0]", "unknown source"),
        ("signing", "id: cabinet", "id: report-to", "entries[1].id", "duplicate id"),
        ("signing", "stage: before", "stage: sometime", "entries[1].stage", "ค่านี้ใช้ไม่ได้"),
        ("signing", "key: KAN65", "key: KAN65, cited: x", "entries[0].sources[0]", "either key or cited"),
        ("signing", "id: cabinet", "id: Cabinet Rules", "entries[1].id", "รูปแบบไม่ถูกต้อง"),
        ("signing", "known: true", "known: yes", "entries[0].known", "true หรือ false"),
        (
            "signing",
            "known: true",
            "known: true\n    superseded_by: gone",
            "entries[0].superseded_by",
            "in force",
        ),
        (
            "signing",
            "known: true",
            'known: true\n    in_force_from: "2561-13-01"',
            "entries[0].in_force_from",
            "ค่านี้",
        ),
        (
            "signing",
            "      ยังไม่มีคำตอบที่ยืนยันได้\n",
            "      บรรทัด\n" * 7,
            "entries[1].answer",
            "more than 6 lines",
        ),
    ],
)
def test_each_fault_names_its_field(
    folder: Folder, file: str, old: str, new: str, field: str, words: str
) -> None:
    told = faults(folder(f"faq/{file}.yaml", old, new))
    assert any(
        re.search(rf"{file}\.yaml:\d+: {re.escape(field)}: ", fault) and words in fault for fault in told
    ), told


def test_the_same_wording_in_two_entries_is_refused_however_it_is_typed(folder: Folder) -> None:
    data = folder("faq/signing.yaml", '"คนเซ็นเอ็มโอยูคือใคร"', '"กิจกรรม ขั้นต่ำ ต่อปี ?"')
    line = line_of(data, "faq/signing.yaml", "กิจกรรม ขั้นต่ำ")
    (fault,) = faults(data)
    assert f"signing.yaml:{line}: entries[0].phrasings[1]" in fault
    assert "yearly-activity" in fault


def test_a_superseded_entry_may_share_its_wording_with_its_successor(folder: Folder) -> None:
    data = folder(old="id: yearly-activity", new="id: yearly-activity\n    superseded_by: report-to")
    text = (data / "faq/kpi.yaml").read_text(encoding="utf-8")
    text = text.replace('"ส่งรายงานให้หน่วยงานไหน"', '"กิจกรรมขั้นต่ำต่อปี"')
    (data / "faq/kpi.yaml").write_text(text, encoding="utf-8")
    assert len(load_entries(data)) == 4


@pytest.mark.parametrize(
    ("old", "new", "hint"),
    [
        ("    stage: after\n", "    stage: after: today\n", "ใส่เครื่องหมายคำพูด"),
        ("    stage: after\n", "    stage: after\n    stage: before\n", "ซ้ำ"),
        ("    stage: after\n", "\tstage: after\n", "แท็บ"),
        ('    title: "การรายงานผล"', '    title: "การรายงานผล', "("),
    ],
)
def test_a_syntax_error_is_told_with_its_line_and_a_hint(
    folder: Folder, old: str, new: str, hint: str
) -> None:
    (fault,) = faults(folder(old=old, new=new))
    assert re.search(r"faq/kpi\.yaml:\d+: ", fault)
    assert hint in fault


def test_a_repeated_key_is_told_at_its_second_line(folder: Folder) -> None:
    data = folder(old="    stage: after\n", new="    stage: after\n    stage: before\n")
    line = line_of(data, "faq/kpi.yaml", "stage: before")
    assert f"kpi.yaml:{line}: " in faults(data)[0]


def test_all_broken_files_are_told_at_once(folder: Folder) -> None:
    folder("faq/signing.yaml", "known: true", "")
    told = faults(folder(old="stage: after", new="stage: 7"))
    assert any("signing.yaml" in fault for fault in told)
    assert any("kpi.yaml" in fault for fault in told)


def test_a_folder_without_its_files_is_told_file_by_file(tmp_path: Path) -> None:
    told = faults(tmp_path)
    assert any("topics.yaml:1: อ่านไฟล์ไม่ได้" in fault for fault in told)
    assert any("sources.yaml:1: อ่านไฟล์ไม่ได้" in fault for fault in told)


def test_a_file_that_is_not_a_mapping_is_refused(folder: Folder) -> None:
    data = folder()
    (data / "topics.yaml").write_text("- one\n- two\n", encoding="utf-8")
    (fault,) = faults(data)
    assert "topics.yaml:1: " in fault


def test_broken_thresholds_are_told_like_any_other_file(folder: Folder) -> None:
    data = folder("thresholds.json", '"answer"', '"anwser"')
    with pytest.raises(KnowledgeError, match=r"thresholds\.json:\d+: meaning\.anwser: ไม่รู้จักช่องนี้"):
        KnowledgeBase.load(data)
