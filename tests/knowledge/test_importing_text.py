"""Plain text and Markdown, in the encodings of Thai offices."""

from __future__ import annotations

import codecs
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.documents import Document, DocumentError
from knowledge.importing import read_document

RULES = """ระเบียบว่าด้วยเมืองพี่เมืองน้อง

หมวด ๑
บททั่วไป

ข้อ ๑ ระเบียบนี้ให้ใช้ตั้งแต่วันถัดไป
ข้อ ๒ ให้ปลัดกระทรวงรักษาการ
"""


def read(text: str, name: str = "a.txt") -> Document:
    return read_document(text.encode(), name)


def texts(document: Document) -> list[str]:
    return [passage.text for passage in document.passages]


@pytest.mark.parametrize(
    "data",
    [
        RULES.encode(),
        codecs.BOM_UTF8 + RULES.encode(),
        codecs.BOM_UTF16_LE + RULES.encode("utf-16-le"),
        codecs.BOM_UTF16_BE + RULES.encode("utf-16-be"),
        RULES.encode("utf-16-le"),
        RULES.encode("utf-16-be"),
        RULES.encode("cp874"),
        RULES.encode("tis-620"),
        RULES.replace("\n", "\r\n").encode("cp874"),
    ],
    ids=[
        "utf-8",
        "utf-8 bom",
        "utf-16 le bom",
        "utf-16 be bom",
        "utf-16 le",
        "utf-16 be",
        "cp874",
        "tis-620",
        "crlf",
    ],
)
def test_every_encoding_gives_the_same_document(data: bytes) -> None:
    document = read_document(data, "ระเบียบ.txt")
    assert document == read_document(RULES.encode(), "ระเบียบ.txt")
    assert [(passage.clause, passage.heading) for passage in document.passages] == [
        (None, "ระเบียบ"),
        ("ข้อ 1", "ข้อ 1"),
        ("ข้อ 2", "ข้อ 2"),
    ]
    assert document.headings["chapter-1"] == "หมวด 1 บททั่วไป"


@pytest.mark.parametrize(
    "data",
    [
        "Le préfet a été élu à Nîmes déjà".encode("latin-1"),
        b"\x80\x81\x82\x83\xff" * 20,
        bytes(range(1, 32)) * 9,
    ],
)
def test_an_encoding_that_is_not_known_is_refused(data: bytes) -> None:
    with pytest.raises(DocumentError, match="UTF-8"):
        read_document(data, "a.txt")


def test_the_name_of_the_file_is_the_title_when_nothing_else_is() -> None:
    assert read("ก", "แนวทาง 2560.txt").title == "แนวทาง 2560"
    assert read("ก", "C:\\งาน\\แนวทาง.txt").title == "แนวทาง"
    assert read_document("ก".encode(), "a.txt", title=" แนวทาง  ก าหนด ").title == "แนวทาง กำหนด"


def test_lines_that_a_margin_broke_are_put_together() -> None:
    text = (
        "ให้จังหวัดที่ประสงค์จะสถาปนาความสัมพันธ์เมืองพี่เมืองน้องเสนอเรื่องต่อกระทรวง\n"
        "มหาดไทยเพื่อพิจารณาร่วมกับกระทรวงการต่างประเทศ และให้ใช้ความเห็นตามที่กำหนดใน\n"
        "ข้อ 9 วรรคสองของระเบียบนี้ ทั้งนี้ภายในสามสิบวันนับแต่วันที่ได้รับเรื่องครบถ้วน MOU\n"
        "signed by both sides\n"
        "การลงนาม\n"
    )
    assert texts(read(text)) == [
        "ให้จังหวัดที่ประสงค์จะสถาปนาความสัมพันธ์เมืองพี่เมืองน้องเสนอเรื่องต่อกระทรวงมหาดไทยเพื่อพิจารณาร่วมกับ"
        "กระทรวงการต่างประเทศ และให้ใช้ความเห็นตามที่กำหนดในข้อ 9 วรรคสองของระเบียบนี้ ทั้งนี้ภายในสามสิบวัน"
        "นับแต่วันที่ได้รับเรื่องครบถ้วน MOU signed by both sides\nการลงนาม"
    ]


def test_list_items_stay_on_lines_of_their_own() -> None:
    assert texts(read("ข้อ 1 ให้แนบ\n- สำเนา\n- ภาพ\n(ก) อื่น ๆ")) == ["ข้อ 1 ให้แนบ\n- สำเนา\n- ภาพ\n(ก) อื่น ๆ"]


@pytest.mark.parametrize("data", [b"%PDF-1.7\n", b"PK\x03\x04zip", b"{\\rtf1 text}", b"\xd0\xcf\x11\xe0"])
@pytest.mark.parametrize("name", ["a.txt", "a.md"])
def test_another_format_under_the_name_of_text_is_refused(data: bytes, name: str) -> None:
    with pytest.raises(DocumentError, match="not a text file"):
        read_document(data, name)


@pytest.mark.parametrize("text", ["\n \n", "\ufeff", "\u200b\n"])
def test_a_text_without_letters_is_refused(text: str) -> None:
    with pytest.raises(DocumentError, match="no text"):
        read(text)


MARKDOWN = """<!-- id: anything -->
# แนวทางปฏิบัติ {#title}

## ข้อ 5 การเสนอเรื่อง

**ให้จังหวัด**เสนอเรื่อง ดู [§kpi](#kpi)
ต่อกระทรวง

* สำเนา
* ภาพ

## ตัวชี้วัด {#kpi}

| เป้าหมาย | ตัวชี้วัด |
| --- | --- |
| หนึ่ง | มีคู่มือ<br>มีกิจกรรม |
| สอง \\| สาม | |

1\\. ไม่ใช่
---
> อ้างอิง
"""


def test_markdown_is_cut_at_its_headings_lists_and_rows() -> None:
    document = read(MARKDOWN, "a.md")
    assert document.title == "แนวทางปฏิบัติ"
    assert [(passage.section, passage.heading, passage.text) for passage in document.passages] == [
        ("clause-5", "ข้อ 5 การเสนอเรื่อง", "ให้จังหวัดเสนอเรื่อง ดู §kpi ต่อกระทรวง\n• สำเนา\n• ภาพ"),
        ("kpi", "ตัวชี้วัด", "เป้าหมาย: หนึ่ง\nตัวชี้วัด: มีคู่มือ\nมีกิจกรรม"),
        ("kpi", "ตัวชี้วัด", "เป้าหมาย: สอง | สาม"),
        ("kpi-clause-1", "ตัวชี้วัด · 1. ไม่ใช่", "1. ไม่ใช่\nอ้างอิง"),
    ]


def test_a_title_that_the_operator_gives_replaces_the_heading_which_is_still_quoted() -> None:
    document = read_document(b"# Guide\n\ntext", "a.md", title="Guideline")
    assert (document.id, document.title) == ("guideline", "Guideline")
    assert texts(document) == ["Guide\ntext"]


def test_the_shipped_plan_can_be_imported_too() -> None:
    plan = files("knowledge") / "data" / "documents" / "plan-2562-2566.th.md"
    document = read(plan.read_text(encoding="utf-8"), "plan.md")
    assert document.title.startswith("การจัดทำแผนขับเคลื่อน")
    assert any(
        passage.section == "kpi" and "อย่างน้อยปีละ 1 ครั้ง" in passage.text for passage in document.passages
    )


@pytest.mark.parametrize(
    "text",
    [
        "[" * 300_000,
        "<!--" * 100_000,
        "**a" * 100_000,
        "# " + " " * 100_000 + "a",
        "| " * 100_000 + "|",
        "a\n" * 30_000,
        "1.\n" * 9_000,
        "# a\n" * 9_000,
        "(1) ก\n" * 9_000,
        "." * 300_000,
        "เ " * 100_000,
        "ิ่" * 100_000,
    ],
    ids=[
        "brackets",
        "comments",
        "stars",
        "blanks",
        "cells",
        "lines",
        "numbers",
        "headings",
        "items",
        "dots",
        "vowels",
        "marks",
    ],
)
@pytest.mark.parametrize("name", ["a.md", "a.txt"])
def test_a_text_made_to_be_slow_is_read(text: str, name: str) -> None:
    """Each would take hours if any step looked at the rest of the text from every letter."""
    assert read(f"ก\n{text}", name).passages


@given(
    st.text(max_size=400)
    | st.lists(
        st.sampled_from(
            ["# ก", "| ก | ข |", "| --- | --- |", "- ก", "1. ก", "> ก", "", "ก", "<!--", "-->", "**ก**"]
        )
    ).map("\n".join)
)
def test_any_markdown_is_read_or_refused(text: str) -> None:
    try:
        document = read(text, "a.md")
    except DocumentError:
        return
    assert document.passages
    assert read(text, "a.md") == document


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    for name in ("a.txt", "a.md"):
        try:
            read_document(data, name)
        except DocumentError as fault:
            said = str(fault)
            if not said.startswith(name):
                raise
