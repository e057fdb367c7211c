"""Names, years, numbers and words that turn a question are held against an entry by rule."""

from __future__ import annotations

import pytest

from knowledge.entries import data_folder
from knowledge.marks import Marks, marks_held, marks_of
from knowledge.reading import read_yaml
from knowledge.words import Vocabulary, WordTable


@pytest.fixture(scope="module")
def words() -> Vocabulary:
    return Vocabulary(read_yaml(data_folder(None) / "synonyms.yaml", WordTable).value)


def held(words: Vocabulary, asked: str, said: str = "", as_of: str = "") -> Marks:
    return marks_held([marks_of(asked, words)], [marks_of(said, words)], as_of)


def test_a_name_that_only_the_answer_has_is_not_strange(words: Vocabulary) -> None:
    entry = held(words, "ใครลงนาม", "ภูเก็ต 9 พ.ค. 2561")
    assert marks_of("ภูเก็ตใครลงนาม", words).strange_to(entry) == 0
    assert marks_of("เชียงใหม่ใครลงนาม ปี 2570", words).strange_to(entry) == 2


def test_a_denial_must_stand_in_the_wordings(words: Vocabulary) -> None:
    """An answer that says what is not required is no answer to what is."""
    question = marks_of("ไม่ต้องเสนอ ครม. ใช่ไหม", words)
    assert question.turned_against(held(words, "ต้องเสนอ ครม. ไหม", "ไม่ต้อง")) == 1
    assert question.turned_against(held(words, "ไม่ต้องเสนอ ครม. ได้ไหม")) == 0


def test_agreeing_counts_what_the_wordings_name(words: Vocabulary) -> None:
    second = held(words, "แนวทางที่ 2 มีโครงการอะไร")
    assert marks_of("หน่วยงานของแนวทางที่ 2", words).agreeing_with(second) == 1
    assert marks_of("หน่วยงานของแนวทางที่ 3", words).agreeing_with(second) == 0
    assert marks_of("หน่วยงาน", words).agreeing_with(second) == 0


def test_every_year_of_the_span_belongs_to_the_entry(words: Vocabulary) -> None:
    entry = held(words, "เป้าหมาย", as_of="2562–2566")
    assert marks_of("เป้าหมายปี 2564", words).strange_to(entry) == 0
    assert marks_of("เป้าหมายปี 2567", words).strange_to(entry) == 1
