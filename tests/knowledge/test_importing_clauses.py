"""Numbers at the head of a text: which are clauses, and how they are cited."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.importing.clauses import Series, find_clause, opens_item


@pytest.mark.parametrize(
    ("text", "label", "anchor", "rest"),
    [
        ("หมวด ๒ การเสนอเรื่อง", "หมวด 2", "chapter-2", "การเสนอเรื่อง"),
        ("หมวด 1", "หมวด 1", "chapter-1", ""),
        ("ส่วนที่ ๑: บทนำ", "ส่วนที่ 1", "part-1", "บทนำ"),
        ("บทที่ 3 ขั้นตอน", "บทที่ 3", "unit-3", "ขั้นตอน"),
        ("ข้อ ๕.๒ ให้จังหวัดเสนอเรื่อง", "ข้อ 5.2", "clause-5-2", "ให้จังหวัดเสนอเรื่อง"),
        ("ข้อ๑๒ ให้ยกเลิก", "ข้อ 12", "clause-12", "ให้ยกเลิก"),
        ("ข้อ ๕ให้จังหวัด", "ข้อ 5", "clause-5", "ให้จังหวัด"),
        ("มาตรา 4 ให้ยกเลิก", "มาตรา 4", "section-4", "ให้ยกเลิก"),
        ("มาตรา ๔/๑ ในกรณี", "มาตรา 4/1", "section-4-1", "ในกรณี"),
        ("1. บทนำ", "1.", "clause-1", "บทนำ"),
        ("๑.บทนำ", "1.", "clause-1", "บทนำ"),
        ("๕.๑ การลงนาม", "5.1", "clause-5-1", "การลงนาม"),
        ("5.1.2. การลงนาม", "5.1.2", "clause-5-1-2", "การลงนาม"),
        ("2) หนังสือ", "2)", "item-2", "หนังสือ"),
        ("(๑) สำเนา", "(1)", "item-1", "สำเนา"),
        ("(1.2) สำเนา", "(1.2)", "item-1-2", "สำเนา"),
        ("Chapter IV Signing", "Chapter IV", "chapter-iv", "Signing"),
        ("Article 3: Cooperation", "Article 3", "article-3", "Cooperation"),
        ("Clause 2.1 Notice", "Clause 2.1", "clause-2-1", "Notice"),
        ("SECTION 7", "SECTION 7", "section-7", ""),
        ("ภาคผนวก ก แบบฟอร์ม", "ภาคผนวก ก", "annex-x1", "แบบฟอร์ม"),
        ("บทเฉพาะกาล", "บทเฉพาะกาล", "transition", ""),
        ("1. ของที่ระลึก", "1.", "clause-1", "ของที่ระลึก"),
    ],
)
def test_a_clause_is_cited_by_its_number_in_arabic_digits(
    text: str, label: str, anchor: str, rest: str
) -> None:
    found = find_clause(text)
    assert found is not None
    assert (found.label, found.anchor, found.rest) == (label, anchor, rest)


@pytest.mark.parametrize(
    "text",
    [
        "ข้อ 5 วรรคสอง ให้ใช้โดยอนุโลม",
        "ข้อ 5 และข้อ 6",
        "ข้อ 5-7 ของประกาศ",
        "ข้อ 5 – 7 ให้",
        "ข้อ 5, 6 และ 7",
        "มาตรา 4 แห่งพระราชบัญญัติ",
        "ข้อ 5 ของระเบียบนี้",
        "ข้อเสนอแนะ 3 ประการ",
        "Article 5 of the Charter",
        "section 5 says",
        "(1) และ (2) ให้",
        "2.5 ล้านบาท",
        "12.30 น.",
        "10.00 น. ลงทะเบียน",
        "2562. ปี",
        "(2562) ปี",
        "10 ตุลาคม 2561",
        "10.10.2561 วันลงนาม",
        "หมวดหมู่",
        "ภาคเหนือ 17 จังหวัด",
        "",
        "5",
    ],
)
def test_references_amounts_and_times_are_no_clauses(text: str) -> None:
    assert find_clause(text) is None


@pytest.mark.parametrize("text", ["- สำเนา", "• สำเนา", "(ก) สำเนา", "ก. สำเนา", "a) copy"])
def test_bullets_and_letters_open_an_item(text: str) -> None:
    assert opens_item(text)


@pytest.mark.parametrize("text", ["– 2566", "น. เป็นต้นไป", "-สำเนา", "สำเนา", "ก."])
def test_ranges_and_abbreviations_do_not(text: str) -> None:
    assert not opens_item(text)


def test_a_series_knows_what_comes_next() -> None:
    series = Series()

    def follows(text: str) -> bool:
        clause = find_clause(text)
        assert clause is not None
        return series.follows(clause)

    for text in ("ข้อ 1 ก", "ข้อ 2 ก", "5.1 ก"):
        clause = find_clause(text)
        assert clause is not None
        series.take(clause)
    assert follows("ข้อ ๓ ก")
    assert not follows("ข้อ 5 ก")
    assert not follows("ข้อ 2 ก")
    assert follows("5.2 ก")
    assert follows("6.1 ก")
    assert not follows("6.2 ก")
    assert follows("(1) ก")
    assert not follows("(2) ก")


@given(st.text(st.sampled_from("ข้อหมวดมาตรา (1)๒.,-/ IVก")) | st.text())
def test_any_text_is_looked_at_without_fault(text: str) -> None:
    found = find_clause(text)
    assert found is None or (found.rest in text and found.label and found.anchor.isascii())
