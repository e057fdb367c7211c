"""The plan and other documents, cut into passages."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Any

import pytest

from knowledge.documents import LONGEST_ROW, Document, DocumentError, Passage, cut, load_documents, plain

SAMPLE = """<!-- id: sample -->

A note for readers of the file.

# ชื่อเอกสาร {#title}

## 1. บทนำ {#sec-1}

<a id="sec-1-p1"></a>
ย่อหน้าแรก
ต่อบรรทัดสอง

[ไม่ชัดเจน: หมายเหตุล้วน ๆ]

1. ข้อหนึ่ง
2. ข้อสอง ดู [§kpi](#kpi)

### ตาราง {#kpi}

| เป้าหมาย | ตัวชี้วัด |
| --- | --- |
| หนึ่ง | - มีคู่มือ<br>- มีกิจกรรม |
| สอง | |
"""


@pytest.fixture(scope="module")
def plan() -> Document:
    (document,) = load_documents(files("knowledge") / "data" / "documents")
    return document


def test_paragraphs_items_and_rows_become_passages_with_their_section() -> None:
    passages = [(passage.id, passage.heading, passage.text) for passage in cut(SAMPLE, "sample.md").passages]
    assert passages == [
        ("sample §sec-1-p1", "1. บทนำ", "ย่อหน้าแรก ต่อบรรทัดสอง"),
        ("sample §sec-1-p1", "1. บทนำ", "ข้อหนึ่ง"),
        ("sample §sec-1-p1", "1. บทนำ", "ข้อสอง ดู §kpi"),
        ("sample §kpi", "ตาราง", "เป้าหมาย: หนึ่ง\nตัวชี้วัด:\n- มีคู่มือ\n- มีกิจกรรม"),
        ("sample §kpi", "ตาราง", "เป้าหมาย: สอง"),
    ]


def test_the_note_before_the_title_is_never_quoted(plan: Document) -> None:
    assert all("Editorial" not in passage.text for passage in plan.passages)
    assert plan.passages[0].section == "sec-1-p1"


def test_a_long_row_is_cut_at_its_cells() -> None:
    long = "ก" * (LONGEST_ROW + 1)
    document = cut(f"<!-- id: d -->\n# t {{#t}}\n| a | b |\n| --- | --- |\n| {long} | ข |\n", "d.md")
    assert [passage.text for passage in document.passages] == [f"a: {long}", "b: ข"]


def test_the_plan_says_once_a_year_in_its_indicator_section(plan: Document) -> None:
    found = [p for p in plan.passages if "อย่างน้อยปีละ 1 ครั้ง" in p.text]
    assert "plan-2562-2566 §kpi" in {passage.id for passage in found}
    assert all(passage.document_title.startswith("การจัดทำแผนขับเคลื่อน") for passage in found)


def test_every_section_of_the_plan_has_its_heading(plan: Document) -> None:
    assert plan.headings["kpi"] == "ตัวชี้วัดความสำเร็จตามเป้าหมาย"
    assert {passage.section for passage in plan.passages} <= set(plan.headings)
    assert "{" not in "".join(plan.headings.values())


@pytest.mark.parametrize("text", ["# ชื่อ {#t}\n", "<!-- id: x -->\n\nไม่มีชื่อเรื่อง\n"])
def test_a_document_without_id_or_title_is_refused_by_name(text: str) -> None:
    with pytest.raises(DocumentError, match=r"broken\.md"):
        cut(text, "broken.md")


def test_a_document_comes_back_from_json_as_it_was(plan: Document) -> None:
    stored = json.loads(json.dumps(plan.to_json(), ensure_ascii=False, sort_keys=True))
    assert Document.from_json(stored) == plan
    assert list(Document.from_json(stored).headings) == list(plan.headings)


def test_clause_page_and_pages_without_text_come_back_too() -> None:
    passage = Passage("d §clause-5-2", "ชื่อ", "clause-5-2", "ข้อ 5.2 การเสนอเรื่อง", "ให้เสนอ", "ข้อ 5.2", 12)
    document = Document("d", "ชื่อ", {"clause-5-2": "ข้อ 5.2 การเสนอเรื่อง"}, (passage,), (3, 4))
    assert Document.from_json(document.to_json()) == document


@pytest.mark.parametrize(
    "stored",
    [
        {},
        {"id": "d", "title": "t", "headings": 1, "passages": []},
        {"id": "d", "title": "t", "headings": [], "passages": [{"section": "a"}]},
        {"id": "d", "title": "t", "headings": ["a"], "passages": []},
    ],
)
def test_damaged_json_is_a_document_error(stored: dict[str, Any]) -> None:
    with pytest.raises(DocumentError, match="damaged"):
        Document.from_json(stored)


def test_a_passage_of_the_plan_has_no_clause_and_no_page(plan: Document) -> None:
    assert {(passage.clause, passage.page) for passage in plan.passages} == {(None, None)}


def test_a_text_of_brackets_is_read_in_no_time() -> None:
    assert plain("[" * 200_000) == "[" * 200_000
