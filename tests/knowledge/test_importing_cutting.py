"""Blocks become passages: cited by clause, of a good length, and nothing is lost."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.documents import Document, Passage
from knowledge.importing import read_document
from knowledge.importing.clauses import arabic
from knowledge.importing.cutting import LONGEST, SHORTEST, Block, cut_blocks, document_id, pieces
from knowledge.importing.repair import repair

LONG = "ให้จังหวัดเสนอเรื่องต่อกระทรวงมหาดไทยเพื่อพิจารณา " * 5  # more than SHORTEST


def cut(*texts: str) -> tuple[Passage, ...]:
    return cut_blocks([Block(text) for text in texts], "ระเบียบ").passages


def cited(*texts: str) -> list[tuple[str, str, str | None]]:
    return [(passage.section, passage.heading, passage.clause) for passage in cut(*texts)]


def test_each_clause_is_a_passage_with_number_anchor_and_heading() -> None:
    assert cited("หมวด ๒ การเสนอเรื่อง", "ข้อ ๔ ให้เสนอ", "ข้อ ๕.๒ การลงนาม", LONG) == [
        ("clause-4", "ข้อ 4", "ข้อ 4"),
        ("clause-5-2", "ข้อ 5.2 การลงนาม", "ข้อ 5.2"),
    ]


def test_a_passage_is_quoted_with_its_own_digits() -> None:
    assert [passage.text for passage in cut("ข้อ ๕.๒ การลงนาม", "ให้ลงนามภายใน ๓๐ วัน")] == [
        "ข้อ ๕.๒ การลงนาม\nให้ลงนามภายใน ๓๐ วัน"
    ]


def test_a_chapter_is_a_heading_and_takes_its_title_from_the_next_line() -> None:
    document = cut_blocks([Block("หมวด ๑"), Block("บททั่วไป"), Block("ข้อ ๑ ให้ใช้"), Block("หมวด ๒")], "ระเบียบ")
    assert document.headings["chapter-1"] == "หมวด 1 บททั่วไป"
    assert [passage.text for passage in document.passages] == ["ข้อ ๑ ให้ใช้", "หมวด ๒"]


def test_text_below_a_chapter_is_cited_by_the_chapter() -> None:
    assert cited("หมวด 2 การเสนอเรื่อง", LONG) == [("chapter-2", "หมวด 2 การเสนอเรื่อง", "หมวด 2")]


def test_a_number_that_begins_again_is_cited_with_what_stands_above() -> None:
    assert cited("ส่วนที่ 1 ก", "1. " + LONG, "ส่วนที่ 2 ข", "1. " + LONG, "(1) " + LONG) == [
        ("part-1-clause-1", "ส่วนที่ 1 · 1.", "1."),
        ("part-2-clause-1", "ส่วนที่ 2 · 1.", "1."),
        ("part-2-clause-1-item-1", "ส่วนที่ 2 · 1. (1)", "(1)"),
    ]


def test_the_words_before_sub_clauses_are_quoted_with_the_first() -> None:
    passages = cut("5. ขั้นตอน ดังนี้", "5.1 ให้เสนอ", "5.2 ให้ลงนาม", "6. อื่น ๆ")
    assert [(passage.heading, passage.text) for passage in passages] == [
        ("5.1", "5. ขั้นตอน ดังนี้\n5.1 ให้เสนอ"),
        ("5.2", "5.2 ให้ลงนาม"),
        ("6.", "6. อื่น ๆ"),
    ]


def test_a_short_list_stays_with_the_words_before_it() -> None:
    passages = cut("ข้อ 5 ให้แนบเอกสาร ดังนี้", "(1) สำเนา", "(2) ภาพถ่าย", "ข้อ 6 ให้ลงนาม")
    assert [(passage.section, passage.clause, passage.text) for passage in passages] == [
        ("clause-5", "ข้อ 5", "ข้อ 5 ให้แนบเอกสาร ดังนี้\n(1) สำเนา\n(2) ภาพถ่าย"),
        ("clause-6", "ข้อ 6", "ข้อ 6 ให้ลงนาม"),
    ]


def test_a_long_item_is_a_passage_of_its_own() -> None:
    assert cited("ข้อ 5 " + LONG, "(1) " + LONG, "(๒) " + LONG) == [
        ("clause-5", "ข้อ 5", "ข้อ 5"),
        ("clause-5-item-1", "ข้อ 5 (1)", "(1)"),
        ("clause-5-item-2", "ข้อ 5 (2)", "(2)"),
    ]


def test_a_paragraph_after_a_list_belongs_to_the_clause_again() -> None:
    sections = [section for section, _, _ in cited("ข้อ 5 " + LONG, "(1) " + LONG, "(2) " + LONG, LONG)]
    assert sections == ["clause-5", "clause-5-item-1", "clause-5-item-2", "clause-5"]


def test_unless_the_items_of_the_list_have_paragraphs() -> None:
    sections = [section for section, _, _ in cited("(1) " + LONG, LONG, "(2) " + LONG, LONG)]
    assert sections == ["item-1", "item-1", "item-2", "item-2"]


def test_lists_nest_either_way_round() -> None:
    inner = cited("(1) " + LONG, "1) " + LONG, "2) " + LONG, "(2) " + LONG)
    assert [section for section, _, _ in inner] == ["item-1", "item-1-item-1", "item-1-item-2", "item-2"]


def test_the_kind_that_comes_first_is_the_outer_one() -> None:
    document = cut_blocks(
        [
            Block("หมวด 1 ก"),
            Block("ส่วนที่ 1 ข"),
            Block(LONG),
            Block("หมวด 2 ค"),
            Block("ส่วนที่ 1 ง"),
            Block(LONG),
        ],
        "t",
    )
    assert list(document.headings) == ["chapter-1", "part-1", "chapter-2", "part-1-x2"]


def test_two_clauses_of_one_number_are_told_apart() -> None:
    assert [section for section, _, _ in cited("ข้อ 1 ก", "ข้อ 2 ข", "ข้อ 1 ค", "ข้อ 1 ง")] == [
        "clause-1",
        "clause-2",
        "clause-1-x2",
        "clause-1-x3",
    ]


def test_an_anchor_depends_on_the_number_not_on_the_place() -> None:
    before = {section for section, _, _ in cited("ข้อ 5 ก", "ข้อ 6 ข")}
    after = {section for section, _, _ in cited("คำนำ", "ข้อ 4 ใหม่", "ข้อ 5 ก", "ข้อ 6 ข")}
    assert before <= after


def test_headings_by_style_nest_by_level_and_are_not_quoted() -> None:
    blocks = [
        Block("ขั้นตอน", "heading", 1),
        Block("การเตรียมการ", "heading", 2),
        Block("ให้เตรียม"),
        Block("การลงนาม", "heading", 2),
        Block("ให้ลงนาม"),
        Block("1. ข้อหนึ่ง"),
    ]
    document = cut_blocks(blocks, "คู่มือ")
    assert [(passage.heading, passage.clause, passage.text) for passage in document.passages] == [
        ("การเตรียมการ", None, "ให้เตรียม"),
        ("การลงนาม", None, "ให้ลงนาม"),
        ("การลงนาม · 1.", "1.", "1. ข้อหนึ่ง"),
    ]
    assert all(re.fullmatch("h-[0-9a-f]{6}.*", anchor) for anchor in document.headings)


def test_a_styled_heading_with_nothing_below_is_quoted() -> None:
    assert [
        passage.text for passage in cut_blocks([Block("ก", "heading"), Block("ข", "heading")], "t").passages
    ] == ["ก", "ข"]


@pytest.mark.parametrize("text", ["ก" * 200, "ให้ดำเนินการตามนี้."])
def test_a_sentence_styled_as_a_heading_is_text(text: str) -> None:
    (passage,) = cut_blocks([Block(text, "heading")], "t").passages
    assert (passage.heading, passage.text) == ("t", text)


def test_rows_stand_alone() -> None:
    passages = cut_blocks([Block("ก"), Block("a: 1", "row"), Block("a: 2", "row"), Block("ข")], "t").passages
    assert [passage.text for passage in passages] == ["ก", "a: 1", "a: 2", "ข"]


def test_text_outside_any_section_is_named_by_page_or_number() -> None:
    blocks = [Block(LONG, marks=((0, 12),)), Block(LONG, marks=((0, 12),)), Block(LONG)]
    document = cut_blocks(blocks, "คู่มือ")
    assert [(p.section, p.heading, p.page) for p in document.passages] == [
        ("p12-1", "คู่มือ", 12),
        ("p12-2", "คู่มือ", 12),
        ("s-1", "คู่มือ", None),
    ]
    assert document.passages[0].id == f"{document.id} §p12-1"


def test_a_long_text_is_cut_between_its_phrases_and_each_piece_knows_its_page() -> None:
    text = LONG * 5
    block = Block(text, marks=((0, 1), (len(text) // 3, 2)))
    passages = cut_blocks([block], "t").passages
    assert all(SHORTEST <= len(passage.text) <= LONGEST for passage in passages)
    assert all(passage.text.startswith("ให้จังหวัด") and passage.text.endswith("พิจารณา") for passage in passages)
    assert [passage.page for passage in passages] == sorted(passage.page or 0 for passage in passages)
    assert {passage.page for passage in passages} == {1, 2}


def test_a_text_without_blanks_loses_no_mark_at_the_cut() -> None:
    found = [text for _, text in pieces("ที่" * 700)]
    assert "".join(found) == "ที่" * 700
    assert all(text.startswith("ท") for text in found)


# ------------------------------------------------------------------ ids


@pytest.mark.parametrize(
    ("title", "id_"),
    [
        ("Sister City Guideline 2560", "sister-city-guideline-2560"),
        ("  SISTER-City guideline, 2560! ", "sister-city-guideline-2560"),
        ("Guideline ๒๕๖๐", "guideline-2560"),
    ],
)
def test_a_latin_title_is_its_own_id(title: str, id_: str) -> None:
    assert document_id(title) == id_


def test_any_other_title_is_hashed_as_people_may_write_it() -> None:
    found = document_id("แนวทางปฏิบัติ พ.ศ. ๒๕๖๐ (Sister City)")
    assert re.fullmatch("doc-[0-9a-f]{8}", found)
    assert found == document_id("แนวทางปฏิบัติ  พ.ศ. 2560 (sister city)")
    assert found != document_id("แนวทางปฏิบัติ พ.ศ. 2561 (Sister City)")
    assert re.fullmatch("doc-[0-9a-f]{8}", document_id("2560"))


def test_a_long_title_gives_an_id_that_fits() -> None:
    assert len(document_id("Guideline " * 30)) <= 80


# ------------------------------------------------------------------ whatever comes

LINE = st.text(
    st.sampled_from("กขมใหเแาิ่้ำ ๑2.()-/:aZ๕\t") | st.characters(blacklist_categories=["Cs", "Cc"]),
    max_size=60,
) | st.sampled_from(
    [
        "หมวด ๑",
        "ข้อ ๕",
        "ข้อ 5.2 ก",
        "(1) ก",
        "1) ก",
        "2. ก",
        "2.1 ก",
        "มาตรา 4 ก",
        "Article 2",
        "",
        LONG,
        "ก" * 2000,
    ]
)
TEXTS = st.lists(LINE, max_size=25).map("\n".join)


def words(text: str) -> Iterator[str]:
    """Letters and digits only, one by one: blanks and line breaks may have changed."""
    return (letter for letter in arabic(text) if letter.isalnum())


def in_order(document: Document) -> str:
    """All that a document says, headings before what stands below them."""
    said: list[str] = []
    left = list(document.headings.items())
    for passage in document.passages:
        while passage.section in dict(left):
            said.append(left.pop(0)[1])
        said.append(passage.text)
    return "\n".join([*said, *(heading for _, heading in left)])


def is_part_of(part: Iterator[str], whole: Iterator[str]) -> bool:
    return all(letter in whole for letter in part)


@given(TEXTS)
def test_any_text_is_cut_and_nothing_of_it_is_lost(text: str) -> None:
    if not any(repair(line) for line in text.splitlines()):
        return
    document = read_document(text.encode(), "a.txt", title="t")
    mended = "\n".join(repair(line) for line in text.splitlines())
    assert is_part_of(words(mended), words(in_order(document)))


@given(TEXTS)
def test_passages_are_never_too_long_and_always_have_their_heading(text: str) -> None:
    document = cut_blocks([Block(line) for line in map(repair, text.splitlines()) if line], "t")
    for passage in document.passages:
        assert 0 < len(passage.text) <= LONGEST
        assert document.headings[passage.section] == passage.heading
        assert re.fullmatch(r"[\w-]+", passage.section)
        assert passage.id == f"{document.id} §{passage.section}"


KINDS: st.SearchStrategy[Literal["heading", "paragraph", "item", "row"]] = st.sampled_from(
    ("heading", "paragraph", "item", "row")
)


@given(st.lists(LINE.map(repair).filter(bool), max_size=10), st.data())
def test_blocks_of_every_kind_are_cut(lines: Sequence[str], data: st.DataObject) -> None:
    blocks = [Block(line, data.draw(KINDS), data.draw(st.integers(1, 9))) for line in lines]
    document = cut_blocks(blocks, "t")
    assert is_part_of(words("\n".join(lines)), words(in_order(document)))
    assert cut_blocks(blocks, "t") == document


@given(st.text(min_size=1))
def test_pieces_lose_only_blanks(text: str) -> None:
    found = list(pieces(text * 50))
    assert all(0 < len(piece) <= LONGEST and (text * 50)[start:].startswith(piece) for start, piece in found)
    assert "".join("".join(piece.split()) for _, piece in found) == "".join((text * 50).split())
