"""Text typed on the wrong layout is mended, and nothing else is touched."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.keyboard import mend_layout
from knowledge.search import KnowledgeBase


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("g,nv'rujg,nv'ohv'", "เมืองพี่เมืองน้อง"),
        ("]'ok,", "ลงนาม"),
        ("g,nv'rujg,nv'ohv'8nvvtwi", "เมืองพี่เมืองน้องคืออะไร"),
        ("ทนี", "mou"),
        ("MOU 8nvvtwi", "MOU คืออะไร"),
    ],
)
def test_the_other_layout_is_read(letters_only: KnowledgeBase, typed: str, meant: str) -> None:
    assert mend_layout(typed, letters_only.ranker.known_share) == meant


@pytest.mark.parametrize(
    "fine",
    [
        "sister city MOU",
        "who signs for the Thai side?",
        "เมืองพี่เมืองน้องคืออะไร",
        "ประชุม zoom นับไหม",
        "http://example.org/?q=1",
        "(ครม.) 10 ต.ค. 2561",
        "asdfgh",
        "5555+",
    ],
)
def test_what_makes_sense_or_makes_none_either_way_stays(letters_only: KnowledgeBase, fine: str) -> None:
    assert mend_layout(fine, letters_only.ranker.known_share) == fine


def test_a_question_on_the_wrong_layout_finds_its_entry(letters_only: KnowledgeBase) -> None:
    right = letters_only.find("เมืองพี่เมืองน้องคืออะไร")
    assert right.entry is not None
    assert letters_only.find("g,nv'rujg,nv'ohv'8nvvtwi").entry is right.entry


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=60))
def test_any_text_is_mended_without_raising_and_keeps_its_tokens(text: str) -> None:
    mended = mend_layout(text, lambda token: 0.0 if token in text.split() else 1.0)
    assert len(mended) == len(text)
    assert mend_layout(text, lambda _token: 1.0) == text


typed = st.lists(
    st.sampled_from(
        ["g,nv'rujg,nv'ohv'", "ทนี", "MOU", "ลงนาม", "]'ok,", "asdf", "5555+", " ", "\n", "?", "\ud800"]
    ),
    max_size=8,
).map("".join)


@settings(max_examples=200, deadline=None)
@given(st.one_of(typed, st.text(max_size=60)))
def test_what_was_mended_stays(letters_only: KnowledgeBase, text: str) -> None:
    """Nothing flips back: what makes sense on one layout makes none on the other."""
    once = mend_layout(text, letters_only.ranker.known_share)
    assert mend_layout(once, letters_only.ranker.known_share) == once
    assert [at for at, letter in enumerate(once) if letter.isspace()] == [
        at for at, letter in enumerate(text) if letter.isspace()
    ]


@given(st.text(max_size=60))
def test_the_share_of_what_is_known_is_a_share(letters_only: KnowledgeBase, text: str) -> None:
    assert 0 <= letters_only.ranker.known_share(text) <= 1
