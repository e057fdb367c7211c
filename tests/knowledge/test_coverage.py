"""Which sections have an entry: counted from the entries in force and the loaded documents."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from knowledge.coverage import DocumentCoverage, SectionCoverage, coverage, coverage_json, coverage_text
from knowledge.documents import cut
from knowledge.entries import Base, Source, load_base

NOTE = cut(
    """<!-- id: note-2569 -->
# บันทึก {#title}
## ส่วนหนึ่ง {#one}
### ส่วนย่อย {#one-a}
ข้อความแรก

ข้อความที่สอง
## ส่วนสอง {#two}
ข้อความที่ยาวกว่าส่วนอื่นทั้งหมดในบันทึกนี้
## ส่วนสาม {#three}
สั้น
""",
    "note.md",
)


@pytest.fixture
def base(folder: Callable[..., Path]) -> Base:
    small = load_base(folder())
    return replace(small, documents=(*small.documents, NOTE))


def citing(base: Base, *sources: Source, superseded_by: str | None = None) -> Base:
    """The base with its first entry citing these."""
    first, *others = base.entries
    changed = first.model_copy(update={"sources": sources, "superseded_by": superseded_by})
    return replace(base, entries=(changed, *others))


def of(base: Base, document: str) -> DocumentCoverage:
    return next(one for one in coverage(base) if one.id == document)


def section(covered: DocumentCoverage, anchor: str) -> SectionCoverage:
    return next(one for one in covered.sections if one.anchor == anchor)


def test_every_section_is_told_with_what_it_says_and_who_cites_it(base: Base) -> None:
    plan = of(base, base.plan.id)
    assert [one.anchor for one in plan.sections] == list(base.plan.headings)
    kpi = section(plan, "kpi")
    passages = [passage for passage in base.plan.passages if passage.section == "kpi"]
    assert (kpi.passages, kpi.letters) == (len(passages), sum(len(passage.text) for passage in passages))
    assert "yearly-activity" in kpi.entries
    assert sum(one.passages for one in plan.sections) == len(base.plan.passages)


def test_only_sections_that_say_something_can_lack_an_entry(base: Base) -> None:
    note = of(base, "note-2569")
    assert [one.anchor for one in note.lacking] == ["one-a", "two", "three"]
    assert section(note, "one").passages == 0


def test_a_marked_paragraph_is_cited_with_the_section_that_it_belongs_to(base: Base) -> None:
    marked = """<!-- id: marked -->
# บันทึก {#title}
## ส่วนหนึ่ง {#one}
<a id="p1"></a>
ข้อความแรก

<a id="p2"></a>
ข้อความที่สอง
"""
    with_marked = replace(base, documents=(*base.documents, cut(marked, "marked.md")))
    assert [one.anchor for one in of(with_marked, "marked").lacking] == ["p1", "p2"]
    whole = of(citing(with_marked, Source(key="marked", section="one")), "marked")
    assert whole.lacking == ()
    assert [one.part_of for one in whole.sections] == [None, None, "one", "one"]
    assert "  ✓ #p2 ส่วนหนึ่ง · 1 ข้อความ, 13 ตัวอักษร · อยู่ใน #one" in coverage_text([whole])
    part = of(citing(with_marked, Source(key="marked", section="p1")), "marked")
    assert [one.anchor for one in part.lacking] == ["p2"]


def test_another_document_is_cited_by_its_id(base: Base) -> None:
    note = of(citing(base, Source(key="note-2569", section="two")), "note-2569")
    assert section(note, "two").entries == ("yearly-activity",)
    assert note.elsewhere == ()


def test_an_entry_that_names_no_section_of_the_document_is_told_apart(base: Base) -> None:
    note = of(citing(base, Source(key="note-2569"), Source(key="note-2569", section="gone")), "note-2569")
    assert note.elsewhere == ("yearly-activity",)
    assert len(note.lacking) == 3


def test_citing_a_section_twice_counts_once(base: Base) -> None:
    twice = citing(base, Source(key="SEED", section="kpi"), Source(key="SEED", section="kpi"))
    assert section(of(twice, base.plan.id), "kpi").entries.count("yearly-activity") == 1


def test_superseded_entries_cover_nothing(base: Base) -> None:
    old = citing(base, Source(key="note-2569", section="two"), superseded_by="who-signs")
    assert section(of(old, "note-2569"), "two").entries == ()


def test_the_lines_name_what_lacks_the_longest_first(base: Base) -> None:
    lines = coverage_text([of(base, "note-2569")])
    assert lines[0] == "บันทึก (note-2569)"
    assert "  - #one ส่วนหนึ่ง" in lines
    assert "  มีรายการแล้ว 0 จาก 3 หัวข้อ (sections with an entry)" in lines
    lacking = lines[lines.index("  ยังไม่มีรายการ 3 หัวข้อ (without an entry):") + 1 :]
    assert [line.split()[0] for line in lacking] == ["#two", "#one-a", "#three"]


def test_long_lists_of_ids_are_shortened_in_lines(base: Base) -> None:
    many = replace(
        of(base, "note-2569"),
        sections=(SectionCoverage("one", "ส่วน", 1, 10, tuple("abcdef")),),
        elsewhere=("x",),
    )
    lines = coverage_text([many])
    assert lines[1] == "  ✓ #one ส่วน · 1 ข้อความ, 10 ตัวอักษร · 6 รายการ: a, b, c, d +2"
    assert lines[2] == "  อ้างทั้งเอกสาร (no section): x"
    assert lines[-1] == "  มีรายการแล้ว 1 จาก 1 หัวข้อ (sections with an entry)"


def test_the_json_says_the_same(base: Base) -> None:
    (note,) = json.loads(json.dumps(coverage_json([of(base, "note-2569")])))
    assert note["without_entry"] == ["one-a", "two", "three"]
    assert note["sections"][2] == {
        "anchor": "one-a",
        "heading": "ส่วนย่อย",
        "passages": 2,
        "letters": len("ข้อความแรก") + len("ข้อความที่สอง"),
        "entries": [],
        "part_of": None,
    }


def test_the_packaged_base_cites_only_sections_that_exist() -> None:
    assert all(document.elsewhere == () for document in coverage(load_base()))
