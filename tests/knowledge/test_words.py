"""The curators' word table: synonyms meet, soft words weigh little, names and years are seen."""

from __future__ import annotations

from importlib.resources import files

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.reading import read_yaml
from knowledge.words import (
    MOST_ENDINGS,
    SOFT_WEIGHT,
    Vocabulary,
    WordTable,
    abbreviations_in,
    numbers_in,
    years_in,
)


@pytest.fixture(scope="module")
def words() -> Vocabulary:
    return Vocabulary(read_yaml(files("knowledge") / "data" / "synonyms.yaml", WordTable).value)


def loud(words: Vocabulary, text: str) -> str:
    """What a text says at full weight."""
    return "".join(run.text for run in words.fold(text) if run.weight == 1.0)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("ถามมท.ก่อน", "ถามกระทรวงมหาดไทยก่อน"),
        ("ถาม มท ก่อน", "ถาม กระทรวงมหาดไทย ก่อน"),
        ("ขอ กต. ด้วย", "ขอกระทรวงการต่างประเทศด้วย"),
        ("เข้าครมไหม", "เข้าคณะรัฐมนตรีไหม"),
        ("เข้า ค.ร.ม. มั้ย", "เข้าคณะรัฐมนตรีหรือไม่"),
        ("บ้านพี่เมืองน้อง", "Sister-City"),
        ("เมืองคู่แฝด", "twin cities"),
        ("ซิสเตอร์ซิตี้", "เมืองพี่เมืองน้อง"),
        ("M.O.U.", "เอ็มโอยู"),
        ("mou", "บันทึกความเข้าใจ"),
        ("LOI", "หนังสือแสดงเจตจำนง"),
        ("ผวจ. เซ็น", "พ่อเมืองลงนาม"),
    ],
)
def test_synonyms_and_abbreviations_meet(words: Vocabulary, typed: str, meant: str) -> None:
    assert loud(words, typed) == loud(words, meant)


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("มหานครมุมไบ", "มหานครมุมไบ"),
        ("amount", "amount"),
        ("โปรดสถาปนา", "โปรดสถาปนา"),
        ("กระทรวงการต่างประเทศ", "กระทรวงการต่างประเทศ"),
    ],
)
def test_an_abbreviation_inside_a_word_is_left_alone(words: Vocabulary, text: str, kept: str) -> None:
    assert loud(words, text) == kept


def test_a_row_of_endings_weighs_little_and_a_page_of_them_is_no_politeness(words: Vocabulary) -> None:
    assert loud(words, "ลงนาม" + "นะ" * MOST_ENDINGS) == "ลงนาม"
    assert loud(words, "ลงนาม" + "นะ" * 500) == "ลงนาม" + "นะ" * (500 - MOST_ENDINGS)


def test_politeness_weighs_little_and_is_not_lost(words: Vocabulary) -> None:
    runs = words.fold("อยากทราบว่าใครลงนามคะ")
    assert [(run.text, run.weight) for run in runs] == [
        ("อยากทราบว่า", SOFT_WEIGHT),
        ("ใครลงนาม", 1.0),
        ("คะ", SOFT_WEIGHT),
    ]


def test_a_particle_inside_a_word_is_no_particle(words: Vocabulary) -> None:
    assert loud(words, "คะแนนและฐานะของจังหวัด") == "คะแนนและฐานะของจังหวัด"


def test_names_that_are_also_words_need_the_word_province_before_them(words: Vocabulary) -> None:
    assert words.names_in("เผยแพร่ได้เลย น่านับถือ") == frozenset()
    assert words.names_in("จ.เลย กับจังหวัดแพร่") == {"เลย", "แพร่"}


def test_a_place_is_seen_under_each_of_its_names(words: Vocabulary) -> None:
    assert words.names_in("กทม. มีกี่เมือง") == words.names_in("กรุงเทพฯ มีกี่เมือง") == {"กรุงเทพมหานคร"}


def test_decisive_words_are_seen(words: Vocabulary) -> None:
    assert words.decisive_in("ไม่ต้องลงนาม") == {"ไม่ต้อง"}
    assert words.decisive_in("ยกเลิก") == words.decisive_in("แคนเซิล") != frozenset()
    assert words.decisive_in("ต้องลงนามหรือไม่") == frozenset()


def test_numbers_are_read_and_years_are_not_numbers() -> None:
    assert numbers_in("มี 5 คู่ ตามมาตรา 178 ปี 2562 และปี 69") == {"5", "178"}


def test_a_number_that_tells_items_apart_keeps_its_word() -> None:
    assert numbers_in("แนวทางที่ ๒") == {"2", "ที่2"} == numbers_in("approach 2")


def test_abbreviations_are_seen_with_and_without_blanks() -> None:
    assert abbreviations_in("ตัวชี้วัด ก.พ.ร. และ ก. พ. ร.") == {"ก.พ.ร."}
    assert abbreviations_in("จบ. แล้ว") == frozenset()


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("แผน พ.ศ. ๒๕๖๒–๒๕๖๖", {2562, 2566}),
        ("in 2018", {2561}),
        ("ปี 69", {2569}),
        ("ปี2569", {2569}),
        ("89 คู่ 39 จังหวัด", set()),
        ("โทร 025551234", set()),
        ("1095/2561", {2561}),
    ],
)
def test_years_are_read_in_the_buddhist_era(text: str, years: set[int]) -> None:
    assert years_in(text) == years


@settings(max_examples=200, deadline=None)
@given(text=st.text(max_size=80))
def test_any_text_folds_into_letters_only(words: Vocabulary, text: str) -> None:
    for run in words.fold(text):
        assert run.text
        assert not any(letter.isspace() for letter in run.text)
        assert 0 < run.weight <= 1
