"""Which questions hang on the last answer, and that they are read with it."""

from __future__ import annotations

import pytest

from knowledge.following import follow_up
from knowledge.search import KnowledgeBase


@pytest.mark.parametrize(
    ("said", "asked"),
    [
        ("แล้วใครลงนาม", "ใครลงนาม"),
        ("แล้วงบล่ะ", "งบ"),
        ("ถ้าไม่จัดล่ะคะ", "ถ้าไม่จัด"),
        ("What about online?", "online?"),
    ],
)
def test_what_hangs_it_on_is_taken_off(said: str, asked: str) -> None:
    assert follow_up(said) == asked


@pytest.mark.parametrize("own", ["ใครลงนาม", "แผนขับเคลื่อนคืออะไร", "", "แล้ว", "แล้ว" + "ก" * 80])
def test_a_question_of_its_own_is_none(own: str) -> None:
    assert follow_up(own) is None


def test_the_same_words_mean_another_entry_after_another_answer(packaged: KnowledgeBase) -> None:
    """ถ้าไม่จัดล่ะ says nothing by itself; after the yearly activity it asks what happens without one."""
    after = packaged.find("แล้วถ้าปีนี้ไม่ได้จัดล่ะ", last_entry="yearly-activity")
    found = [after.entry.id] if after.entry else []
    assert "no-activity-in-year" in [*found, *(one.entry_id for one in after.suggestions)]


def first(base: KnowledgeBase, question: str, last_entry: str | None = None) -> str:
    found = base.find(question, last_entry=last_entry)
    return found.entry.id if found.entry else found.suggestions[0].entry_id


def test_a_follow_up_stays_with_the_topic(packaged: KnowledgeBase) -> None:
    assert first(packaged, "แล้วใครลงนาม", last_entry="online-signing") == "who-signs"
    assert first(packaged, "แล้วของท้องถิ่นล่ะ", last_entry="signing-place").startswith("local")


def test_an_entry_that_is_gone_is_no_topic(packaged: KnowledgeBase) -> None:
    assert packaged.find("แล้วใครลงนาม", last_entry="gone") == packaged.find("แล้วใครลงนาม")
