"""Which texts bear a marking of secrecy, and which only hold the same letters."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.language.secrecy import is_marked_name, is_marked_secret

LETTER = "ที่ มท 0211.4/ว 123\nศาลากลางจังหวัด\nเรื่อง การเยือนของคณะผู้แทน"

PAGES_WITH_A_STAMP = (
    "ลับ",
    "ลับมาก",
    "ลับที่สุด",
    "- ลับ -",
    "– ลับมาก –",
    "* ลับที่สุด *",
    "(ลับ)",
    "[ ลับ ]",
    "« ลับ »",
    "ล ั บ",
    "ล ับ",
    "ล ับ ม า ก",
    "ลบั",
    "ลับที สุ่ ด",
    "ลับทสี่ ดุ",
    "ลั\u200bบ",
    "ล\uf710บ",
    "ÅÑº",
    "ÅÑºÁÒ¡",
    "ลับ ลับ",
    "ลับ - 2 -",
    "หน้า ๑ ของ ๓ หน้า ลับ",
    "ลับมาก ชุดที่ 1 ของ 5 ชุด",
    "ด่วนที่สุด ลับ",
    "ลับ ด่วนมาก",
    "เอกสารลับ",
    "หนังสือลับ",
    "ลับเฉพาะ",
    "ชั้นความลับ : ลับมาก",
    "ชั้นความลับ ลับ",
    "ชั้นความลับลับที่สุด",
    "ประเภทชั้นความลับ: ลับ",
    "ช ั้นความลับ : ลับ",
    "ชั้นความลับ ลับมาก ชั้นความเร็ว ด่วน",
    "ชั้นความลับ ( ) ลับ (/) ลับมาก ( ) ลับที่สุด",
    "ชั้นความลับ ☐ ลับ ☐ ลับมาก ☑ ลับที่สุด",
    "SECRET",
    "Secret",
    "TOP SECRET",
    "CONFIDENTIAL",
    "S E C R E T",
    "- CONFIDENTIAL -",
    "STRICTLY CONFIDENTIAL",
    "Private & Confidential",
    "ลับ / SECRET",
    "CONFIDENTIAL Page 2 of 5",
)

PAGES_WITHOUT = (
    "",
    "กลับ",
    "กลับบ้าน",
    "อำเภอลับแล",
    "ลับแล",
    "ลับ แล",
    "ความลับ",
    "ความลับของความสำเร็จ",
    "ไม่ลับ",
    "- ไม่ลับ -",
    "ปกปิด",
    "ไม่มีชั้นความลับ",
    "ชั้นความลับ",
    "ชั้นความลับ :",
    "ชั้นความลับ : ปกติ",
    "ชั้นความลับ : ไม่มี",
    "ชั้นความลับมากน้อยเพียงใด",
    "ชั้นความลับ ( ) ลับ ( ) ลับมาก ( ) ลับที่สุด",
    "ชั้นความลับ ลับ / ลับมาก / ลับที่สุด",
    "ชั้นความลับมีสามชั้น คือ ลับ ลับมาก และลับที่สุด",
    "- ลับ\n- ลับมาก\n- ลับที่สุด\nแต่ละชั้นต่างกันตามความเสียหาย".join(("ชั้นความลับได้แก่\n", "")),
    "ลับ ลวง พราง",
    "ลับคมความคิด",
    "ลับมีด",
    "ลับสมองประลองปัญญา",
    "ลบ",
    "ห้องลับ",
    "ประชุมลับ",
    "คะแนนลับ",
    "ลงคะแนนโดยวิธีลับ",
    "การออกเสียงลงคะแนนลับ 12 เสียง",
    "เดินทางกลับ 3",
    "พลับ",
    "ตลับ",
    "ลับตา",
    "ลูกพลับ ๑๐ กล่อง",
    "UNCLASSIFIED",
    "secretary",
    "SECRETARIAT",
    "Secret Garden",
    "The secret of success",
    "Not confidential",
    "Confidentiality clause",
    "ประชุมกับเฉิงตู 3 พ.ย. 69 เรื่องท่องเที่ยว 30คน",
)

TYPED_WITH_A_MARKING = (
    f"ลับ\n{LETTER}",
    f"{LETTER}\nลับมาก",
    "ชั้นความลับ: ลับ",
    "ชั้นความลับ ลับมาก",
    "บันทึกการประชุมกับเฉิงตู (ลับ)",
    "[ลับมาก] แผนการเยือน",
)

TYPED_WITHOUT = (
    "ลับ",
    "ลับมาก",
    "secret",
    "หนังสือลับส่งอย่างไร",
    "หนังสือ (ลับ) ต้องส่งอย่างไร",
    "ชั้นความลับ ลับมาก ใครมีอำนาจกำหนด",
    "ชั้นความลับมีกี่ชั้น",
    "ประชุมลับกับเฉิงตู 3 พ.ย. 69",
    "เดินทางกลับ\nจากเฉิงตู",
    "ไป อ.ลับแล\nจ.อุตรดิตถ์",
)

CAPTIONS_WITH_A_MARKING = (
    "ลับ: แผนการเยือน",
    "ลับมาก - แผนการเยือน",
    "รายงานการประชุม (ลับ)",
    "SECRET: visit plan",
)

NAMES_WITH_A_MARKING = (
    "ลับ.pdf",
    "ลับมาก_แผนการเยือน.docx",
    "แผนการเยือน (ลับ).pdf",
    "01-ลับ-แผน.pdf",
    "เอกสารลับ 12.pdf",
    "หนังสือลับที่ มท 0211.pdf",
    "ลับที่สุด แผน.xlsx",
    "CONFIDENTIAL_MOU draft.docx",
    "plan TOP SECRET.pdf",
    "secret.pdf",
)

NAMES_WITHOUT = (
    "",
    "กลับจากเฉิงตู.jpg",
    "ลับแล_2569.jpg",
    "อ.ลับ แล.jpg",
    "ไม่ลับ.pdf",
    "ไม่_ลับ.pdf",
    "ความลับของความสำเร็จ.pdf",
    "เกม ลับ สมอง.pdf",
    "Secret Garden Chengdu.jpg",
    "NOT CONFIDENTIAL.pdf",
    "secretariat.docx",
    "IMG_0012.HEIC",
)


@pytest.mark.parametrize("page", PAGES_WITH_A_STAMP)
@pytest.mark.parametrize("around", ["{}", f"{{}}\n{LETTER}", f"{LETTER}\n{{}}", f"{LETTER}\n{{}}\n{LETTER}"])
def test_a_stamp_is_found_wherever_it_stands_on_the_page(page: str, around: str) -> None:
    assert is_marked_secret(around.format(page), whole=True)


@pytest.mark.parametrize("page", PAGES_WITHOUT)
@pytest.mark.parametrize("around", ["{}", f"{LETTER}\n{{}}\n{LETTER}"])
def test_the_same_letters_in_other_words_are_no_marking(page: str, around: str) -> None:
    assert not is_marked_secret(around.format(page), whole=True)


@pytest.mark.parametrize("text", TYPED_WITH_A_MARKING)
def test_a_pasted_paper_bears_its_marking(text: str) -> None:
    assert is_marked_secret(text, whole=False)


@pytest.mark.parametrize("text", TYPED_WITHOUT)
def test_a_typed_question_about_secrecy_is_none(text: str) -> None:
    assert not is_marked_secret(text, whole=False)


@pytest.mark.parametrize("caption", CAPTIONS_WITH_A_MARKING)
def test_a_caption_may_begin_or_end_with_the_marking(caption: str) -> None:
    assert is_marked_secret(caption, whole=True)


def test_a_stamp_among_the_explained_levels_still_counts() -> None:
    guide = "ชั้นความลับได้แก่\nลับ\nลับมาก\nลับที่สุด\nตามระเบียบ"
    assert not is_marked_secret(guide, whole=True)
    assert is_marked_secret(f"ลับ\n{guide}", whole=True)
    assert is_marked_secret(f"{guide}\nลับ", whole=True)


@pytest.mark.parametrize("name", NAMES_WITH_A_MARKING)
def test_a_name_bears_a_marking_as_a_part_of_its_own(name: str) -> None:
    assert is_marked_name(name)


@pytest.mark.parametrize("name", NAMES_WITHOUT)
def test_a_name_with_the_same_letters_is_none(name: str) -> None:
    assert not is_marked_name(name)


@given(st.text(alphabet="ลับมากที่สุดชั้นควม กแ:()[]/-\n 1SECRT", max_size=300), st.booleans())
def test_any_text_is_read_without_trouble(text: str, whole: bool) -> None:
    assert is_marked_secret(text, whole=whole) in (True, False)
    assert is_marked_name(text) in (True, False)


def test_long_runs_are_read_at_once() -> None:
    """Patterns that try every cut of a line would not end here."""
    for piece in ("ลับ", "-", "ลับ -", "1", "ที่", "หน้า ", "secret", "s e "):
        is_marked_secret(piece * 5_000 + "x", whole=True)
        is_marked_secret(f"{(piece * 80)[:150]}x\n" * 100, whole=True)
        is_marked_name(piece * 40 + "x")
