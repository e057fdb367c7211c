"""Details typed together, each after its label."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.dialogues.base import DETAILS
from bot.language.labelled import LABELS, read_labelled
from bot.texts import of_language

WORDS = st.text(st.characters(exclude_characters=":：", exclude_categories=["Cs", "Cc", "Zl", "Zp"])).filter(
    str.strip
)


def test_each_line_goes_to_the_field_of_its_label() -> None:
    text = "ผลที่ได้: ได้แผนท่องเที่ยวร่วม\nปัญหา: ล่ามไม่พอ\nข้อเสนอแนะ：ควรเชิญล่าม 2 คน"

    assert read_labelled(text) == {
        "result": "ได้แผนท่องเที่ยวร่วม",
        "problems": "ล่ามไม่พอ",
        "suggestions": "ควรเชิญล่าม 2 คน",
    }


def test_a_line_without_a_label_goes_on_with_the_field_before_it() -> None:
    assert read_labelled("ผล : ได้ 2 เรื่อง\n- ท่องเที่ยว\n- การศึกษา\nปัญหา: ไม่มี") == {
        "result": "ได้ 2 เรื่อง\n- ท่องเที่ยว\n- การศึกษา",
        "problems": "ไม่มี",
    }


@pytest.mark.parametrize(
    "text",
    ["", "ผลที่ได้", "ผลที่ได้:", "ผลที่ได้: \n ", "ผลดี: มาก", "ได้ผล: ดี", "ประชุมกับเฉิงตู 3 พ.ย. 69 เวลา 10:30 น."],
)
def test_what_is_no_label_with_a_text_is_nothing(text: str) -> None:
    assert read_labelled(text) == {}


def test_what_stands_before_the_first_label_is_left_out() -> None:
    assert read_labelled("รายละเอียดเพิ่มเติม\n1. ปัญหา: ล่ามไม่พอ") == {"problems": "ล่ามไม่พอ"}


def test_a_label_that_comes_twice_keeps_both() -> None:
    assert read_labelled("ปัญหา: ล่าม\nปัญหา: รถ") == {"problems": "ล่าม\nรถ"}


@pytest.mark.parametrize("language", ["th", "en"])
@pytest.mark.parametrize("field", DETAILS)
def test_the_name_that_people_see_is_a_label(field: str, language: str) -> None:
    name = of_language("en" if language == "en" else "th").field_name(field)

    assert read_labelled(f"{name}: x") == {field: "x"}


def test_no_two_fields_share_a_label() -> None:
    labels = [label for labels in LABELS.values() for label in labels]
    assert len(set(labels)) == len(labels)
    assert set(LABELS) == set(DETAILS)


@given(st.dictionaries(st.sampled_from(sorted(LABELS)), WORDS, max_size=6))
def test_what_is_written_with_labels_reads_back(said: dict[str, str]) -> None:
    text = "\n".join(f"{LABELS[field][0]}: {words}" for field, words in said.items())

    assert read_labelled(text) == {field: words.strip() for field, words in said.items()}


@given(
    st.lists(st.sampled_from(["ผล:", "ปัญหา :", "\n", " ", "ก", "- ", "1) ", "："]) | st.text(), max_size=20)
)
def test_whatever_is_typed_no_word_of_a_detail_is_made_up(parts: list[str]) -> None:
    text = "".join(parts)

    for words in read_labelled(text).values():
        assert words.strip()
        assert all(line.strip() in text for line in words.splitlines())
