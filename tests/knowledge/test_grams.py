"""Scores of n-grams: bounded, symmetric where they claim it, and moved by rarity."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.grams import (
    CosineIndex,
    CoverIndex,
    Grams,
    PackedTexts,
    Rarity,
    covered,
    grams,
    longest_unknown,
)
from knowledge.words import Run

words = st.text(alphabet="กขคงจฉชซ", min_size=1, max_size=12)


def of(text: str, weight: float = 1.0) -> Grams:
    return grams([Run(text, weight)])


def test_latin_words_and_numbers_keep_their_edges() -> None:
    assert set(of("mo")) == {" m", "mo", "o ", " mo", "mo ", " mo "}
    assert set(of("กข")) == {"กข"}


def test_soft_words_count_little() -> None:
    assert of("กข", 0.2) == {"กข": 0.2}


def test_a_text_is_wholly_like_itself() -> None:
    texts = [of("ลงนาม"), of("งบประมาณ"), of("ตัวชี้วัด"), of("กิจกรรม")]
    assert CosineIndex(texts, Rarity(texts)).scores(texts[0])[0] == pytest.approx(1)


def test_what_stands_everywhere_says_less_than_what_is_rare() -> None:
    texts = [of("เมืองลงนาม"), of("เมืองงบ"), of("เมืองคู่")]
    scores = CoverIndex(texts, Rarity(texts)).scores(of("เมืองงบ"))
    assert scores[1] > 2 * scores[0]


def test_unknown_words_take_from_what_is_covered() -> None:
    texts = [of("ลงนาม"), of("งบประมาณ")]
    cover = CoverIndex(texts, Rarity(texts))
    assert cover.scores(of("ลงนามหนังสือเดินทาง"))[0] < cover.scores(of("ลงนาม"))[0] / 2


@settings(max_examples=150, deadline=None)
@given(st.lists(words, min_size=1, max_size=5), words)
def test_scores_lie_between_nought_and_one(texts: list[str], asked: str) -> None:
    known = [of(text) for text in texts]
    rarity = Rarity(known)
    for index in (CosineIndex(known, rarity), CoverIndex(known, rarity)):
        assert all(0 <= score <= 1 + 1e-5 for score in index.scores(of(asked)))


def test_nothing_indexed_and_nothing_asked_give_nothing() -> None:
    assert CoverIndex([], Rarity([])).scores(of("กขค")).tolist() == []
    assert CosineIndex([of("กขค")], Rarity([of("กขค")])).scores({}).tolist() == [0]


def test_one_slip_is_no_foreign_subject_and_a_new_word_is() -> None:
    known = frozenset(of("หนังสือแสดงเจตจำนง"))
    assert longest_unknown([Run("หนังสือแสตงเจตจำนง", 1.0)], known) == 3
    assert longest_unknown([Run("หนังสือเดินทาง", 1.0)], known) > 3


def test_the_plain_share_does_not_depend_on_length() -> None:
    long, short = of("ลงนามแล้วต้องจัดกิจกรรมทุกปี"), of("ลงนาม")
    rarity = Rarity([long, short])
    assert covered(of("ลงนาม"), long, rarity) == pytest.approx(1)
    assert covered(of("งบ"), long, rarity) == 0


@settings(max_examples=100, deadline=None)
@given(st.lists(words, max_size=5), words)
def test_packed_texts_are_the_same_texts(texts: list[str], asked: str) -> None:
    plain, packed = [of(text, 0.2) for text in texts], PackedTexts()
    for text in plain:
        packed.append(text)
    assert list(packed) == plain == list(packed)
    assert len(packed) == len(plain)
    assert set(packed.known) == {gram for text in plain for gram in text}
    rarity = Rarity(packed)
    for index in (CosineIndex, CoverIndex):
        assert (
            index(packed, rarity).scores(of(asked)).tolist()
            == index(plain, Rarity(plain)).scores(of(asked)).tolist()
        )
