"""PDF files: reading order, pages, paragraphs, running heads, and files that cannot be read."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.documents import Document, DocumentError
from knowledge.importing import read_document
from tests.knowledge.made.pdf import At, make_pdf

FULL = "ให้จังหวัดที่ประสงค์จะสถาปนาความสัมพันธ์เมืองพี่เมืองน้องเสนอเรื่องต่อกระทรวง"


def read(*pages: Sequence[str | At], rotate: int = 0) -> Document:
    return read_document(make_pdf(pages, rotate=rotate), "คู่มือ.pdf")


def texts(document: Document) -> list[str]:
    return [passage.text for passage in document.passages]


def test_clauses_are_cited_with_the_page_on_which_they_begin() -> None:
    document = read(
        ["คู่มือการสถาปนา", "หมวด ๑", "บททั่วไป", "ข้อ ๑ ให้ใช้คู่มือนี้"],
        ["ข้อ ๒ ให้ลงนามภายใน ๓๐ วัน", "หมวด ๒ การเสนอเรื่อง", "ข้อ ๓ ให้เสนอ"],
    )
    assert [(p.section, p.clause, p.heading, p.page, p.text) for p in document.passages] == [
        ("p1-1", None, "คู่มือ", 1, "คู่มือการสถาปนา"),
        ("clause-1", "ข้อ 1", "ข้อ 1", 1, "ข้อ ๑ ให้ใช้คู่มือนี้"),
        ("clause-2", "ข้อ 2", "ข้อ 2", 2, "ข้อ ๒ ให้ลงนามภายใน ๓๐ วัน"),
        ("clause-3", "ข้อ 3", "ข้อ 3", 2, "ข้อ ๓ ให้เสนอ"),
    ]
    assert document.headings["chapter-1"] == "หมวด 1 บททั่วไป"


def test_a_paragraph_goes_on_over_lines_and_pages_without_blanks_in_thai() -> None:
    document = read(
        [FULL, "มหาดไทยเพื่อพิจารณาและให้ความเห็นประกอบการพิจารณาของคณะรัฐมนตรีตามมติเรื่อง"],
        ["แนวทางปฏิบัติ", FULL],
    )
    (passage,) = document.passages
    assert passage.text.startswith(
        f"{FULL}มหาดไทยเพื่อพิจารณาและให้ความเห็นประกอบการพิจารณาของคณะรัฐมนตรีตามมติเรื่องแนวทางปฏิบัติ\n"
    )
    assert passage.page == 1


def test_a_blank_at_the_end_of_a_line_and_between_languages_is_kept() -> None:
    document = read([f"{FULL} ", f"ทั้งนี้{FULL}", "MOU signed"])
    assert texts(document) == [f"{FULL} ทั้งนี้{FULL} MOU signed"]


def test_a_reference_at_the_head_of_a_line_opens_no_clause() -> None:
    document = read([f"ข้อ ๑ {FULL}", "ข้อ 7 ให้ถือว่า" + FULL[:60], f"ข้อ ๒ {FULL}"])
    assert [passage.clause for passage in document.passages] == ["ข้อ 1", "ข้อ 2"]


def test_a_short_line_a_gap_or_an_indent_ends_the_paragraph() -> None:
    one, two, three, four, five = (f"{letter}{FULL}" for letter in "กขคงจ")
    document = read([one, "จบ", two, "", "", three, At(110, 650, four), At(70, 630, five)])
    assert texts(document) == [f"{one}จบ\n{two}\n{three}\n{four}{five}"]


def test_what_pdf_breaks_in_thai_is_mended() -> None:
    document = read(["ส านักงานจังหวัดน าเสนอค าขอ", "กระท\u0e4dา น้ า พี\uf70a"])
    assert texts(document) == ["สำนักงานจังหวัดนำเสนอคำขอ\nกระทำ น้ำ พี่"]


def test_running_heads_and_page_numbers_are_left_out() -> None:
    pages: list[list[str | At]] = [
        [
            At(200, 810, "คู่มือเมืองพี่เมืองน้อง พ.ศ. ๒๕๖๒"),
            At(300, 790, f"- {number} -"),
            f"ข้อ {number} ให้ทำ{word}",
            At(70, 60, f"กระทรวงมหาดไทย หน้า {number + 4}"),
            At(300, 40, f"หน้า ๑{number}"),
        ]
        for number, word in enumerate(("แผน", "รายงาน", "บันทึก", "สรุป"), 1)
    ]
    assert texts(read(*pages)) == ["ข้อ 1 ให้ทำแผน", "ข้อ 2 ให้ทำรายงาน", "ข้อ 3 ให้ทำบันทึก", "ข้อ 4 ให้ทำสรุป"]


@pytest.mark.parametrize(
    "number",
    ["๑๒", "12", "- 12 -", "– ๑๒ –", "หน้า ๑๒", "หน้า 12/40", "หน้าที่ 12 จาก 40", "Page 12 of 40", "(12)"],
)
def test_a_page_number_is_known_by_its_looks_too(number: str) -> None:
    assert texts(read(["ข้อความ", At(300, 40, number)])) == ["ข้อความ"]


def test_chapters_at_the_top_of_pages_are_no_running_heads() -> None:
    pages = [[f"หมวด {number}", f"เรื่อง{word}", "ข้อความ" + word] for number, word in enumerate("กขคง", 1)]
    assert [passage.clause for passage in read(*pages).passages] == ["หมวด 1", "หมวด 2", "หมวด 3", "หมวด 4"]


def test_a_head_that_names_the_chapter_is_left_out_too() -> None:
    pages: list[list[str | At]] = [
        [At(70, 810, f"Chapter 2: Signing {number}"), f"text {word}"]
        for number, word in ((7, "a"), (8, "b"), (9, "c"))
    ]
    assert texts(read(*pages)) == ["text a\ntext b\ntext c"]


def test_a_table_of_contents_is_left_out() -> None:
    contents = ["สารบัญ", "หมวด ๑ บททั่วไป ........ ๑", "ข้อ ๑ ให้ใช้ ......... 2", "ภาคผนวก……… ๓"]
    assert texts(read(contents, ["ข้อ ๑ ให้ใช้"])) == ["ข้อ ๑ ให้ใช้"]


def test_a_line_drawn_in_parts_is_one_line() -> None:
    assert texts(read([At(70, 700, "ชื่อ"), At(200, 700, "ค่า"), At(70, 680, "กข")])) == ["ชื่อ ค่า\nกข"]


def test_lines_drawn_upside_down_are_read_from_the_top() -> None:
    lines = [At(70, 300 + 20 * row, f"{10 - row}. ข้อ{row}") for row in range(10)]
    document = read([*lines])
    assert [passage.clause for passage in document.passages] == [f"{n}." for n in range(1, 11)]


def test_columns_are_read_one_after_the_other() -> None:
    left = [At(70, 700 - 20 * row, f"ซ้าย{word}") for row, word in enumerate("กขค")]
    right = [At(330, 700 - 20 * row, f"ขวา{word}") for row, word in enumerate("กขค")]
    assert texts(read([*left, *right])) == ["ซ้ายก\nซ้ายข\nซ้ายค\nขวาก\nขวาข\nขวาค"]


def test_a_turned_page_is_read() -> None:
    assert set(texts(read(["ข้อ ๑ ก", "ข้อ ๒ ข"], rotate=90))) == {"ข้อ ๑ ก", "ข้อ ๒ ข"}


def test_thai_in_latin1_clothes_is_read() -> None:
    text = "ข้อ 1 กระทรวงมหาดไทย"
    assert texts(read([text.encode("cp874").decode("latin-1")])) == [text]


def test_pages_without_text_are_named() -> None:
    assert read(["กข"], [], ["ขค"], []).pages_without_text == (2, 4)


# ------------------------------------------------------------------ what cannot be read


def refused(data: bytes, name: str = "คู่มือ.pdf") -> str:
    with pytest.raises(DocumentError) as caught:
        read_document(data, name)
    said = str(caught.value)
    assert said.startswith(f"{name}: ")
    return said


@pytest.mark.parametrize("pages", [[[]], [[], []], [[At(300, 40, "หน้า ๑")]]])
def test_a_scan_is_refused_and_ocr_named(pages: list[list[str | At]]) -> None:
    said = refused(make_pdf(pages))
    assert "OCR" in said
    assert "สแกน" in said


def test_an_encrypted_pdf_is_refused() -> None:
    assert "encrypted" in refused(make_pdf([["ก"]], encrypted=True))


def test_fonts_that_do_not_tell_their_letters_are_refused() -> None:
    assert "fonts" in refused(make_pdf([["\ue001\ue002\ue003\ue004 ก"]]))


def test_too_many_pages_are_refused() -> None:
    assert "600" in refused(make_pdf([["a"]] * 601))


def test_too_many_letters_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """The limit is lowered: a file with three million letters takes long to make."""
    monkeypatch.setattr(import_module("knowledge.importing.pdf"), "MAX_CHARACTERS", 50)
    assert "3,000,000" in refused(make_pdf([["a" * 40], ["b" * 40]]))


@pytest.mark.parametrize("data", [b"%PDF-1.7\nnothing", make_pdf([["a"]])[:200]])
def test_a_damaged_pdf_is_refused(data: bytes) -> None:
    assert "damaged" in refused(data)


@pytest.mark.parametrize("data", [b"plain text", b"PK\x03\x04", b" " * 2000 + b"%PDF-1.7"])
def test_other_content_under_the_name_of_pdf_is_refused(data: bytes) -> None:
    assert "not a PDF" in refused(data)


@settings(max_examples=50)
@given(st.data())
def test_a_pdf_with_some_bytes_changed_is_read_or_refused(data: st.DataObject) -> None:
    bytes_ = bytearray(make_pdf([["ข้อ ๑ ก", "ข้อ ๒ ข"], ["ข้อ ๓ ค"]]))
    for _ in range(data.draw(st.integers(1, 6))):
        bytes_[data.draw(st.integers(0, len(bytes_) - 1))] = data.draw(st.integers(0, 255))
    try:
        document = read_document(bytes(bytes_), "a.pdf")
    except DocumentError:
        return
    assert document.passages


@given(
    st.lists(
        st.lists(st.text(st.sampled_from("กขาิ่ำ ๑2.()-ab"), min_size=1, max_size=40), max_size=6),
        min_size=1,
        max_size=4,
    )
)
@settings(max_examples=50)
def test_the_same_file_gives_the_same_document(pages: list[list[str]]) -> None:
    data = make_pdf(pages)
    try:
        document = read_document(data, "a.pdf")
    except DocumentError:
        return
    assert read_document(data, "a.pdf") == document
    assert all(passage.page is not None and 1 <= passage.page <= len(pages) for passage in document.passages)
