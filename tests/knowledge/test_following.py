"""Which questions hang on the last answer, and that they are read with it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.following import LONGEST, follow_up
from knowledge.search import KnowledgeBase


@pytest.mark.parametrize(
    ("said", "asked"),
    [
        ("แล้วใครลงนาม", "ใครลงนาม"),
        ("แล้วงบล่ะ", "งบ"),
        ("ถ้าไม่จัดล่ะคะ", "ถ้าไม่จัด"),
        ("What about online?", "online?"),
        ("So, who signs", "who signs"),
        ("ส่วนใครลงนาม", "ใครลงนาม"),
        ("แล้วก็งบละคะ", "งบ"),
        ("ส่วนกลางล่ะ", "ส่วนกลาง"),
    ],
)
def test_what_hangs_it_on_is_taken_off(said: str, asked: str) -> None:
    assert follow_up(said) == asked


@pytest.mark.parametrize("own", ["ใครลงนาม", "แผนขับเคลื่อนคืออะไร", "", "แล้ว", "แล้ว" + "ก" * 80])
def test_a_question_of_its_own_is_none(own: str) -> None:
    assert follow_up(own) is None


@pytest.mark.parametrize(
    "own",
    [
        "ส่วนกลางให้งบจังหวัดหรือไม่",
        "ส่วนราชการใดเกี่ยวข้อง",
        "แล้วเสร็จเมื่อไร",
        "ต้องจัดกิจกรรมปีละ?",
        "ตัวชี้วัดร้อยละ",
        "sources of the plan",
        "Andaman provinces",
        "thenceforth?",
    ],
)
def test_a_word_that_only_begins_or_ends_alike_is_left_whole(own: str) -> None:
    assert follow_up(own) is None


@settings(max_examples=300, deadline=None)
@given(
    st.one_of(
        st.text(max_size=LONGEST + 5),
        st.lists(
            st.sampled_from(
                ["แล้ว", "ส่วน", "และ", "so", "What about", "ล่ะ", "ละ", "คะ", " ", "?", ",", "ใคร"]
            ),
            max_size=9,
        ).map("".join),
    )
)
def test_what_is_asked_is_a_part_of_what_was_said(text: str) -> None:
    asked = follow_up(text)
    if asked is None:
        return
    assert asked
    assert asked == asked.strip()
    assert asked in text
    assert len(asked) < len(text.strip()) <= LONGEST


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
