"""The same event told twice: days, type and title together."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.language.same_event import THRESHOLD, Entry, likeness, most_alike


def entry(
    first: int = 3, last: int | None = None, type_: str = "meeting", title: str | None = "การท่องเที่ยว"
) -> Entry:
    return Entry(date(2026, 11, first), date(2026, 11, last) if last else None, type_, title)


MEETING = entry()


@pytest.mark.parametrize(
    "other",
    [
        entry(),
        entry(2, 4),
        entry(title=None),
        entry(title="การศึกษา"),  # of one type on one day: asked, whatever it is called
        entry(type_="official_visit", title="ท่องเที่ยว"),
        entry(type_="official_visit", title="ส่งเสริมการท่องเที่ยวระหว่างกัน"),
        entry(4, title="ท่องเที่ยว"),
        entry(4, title=None),
        entry(1, 2),
    ],
)
def test_what_tells_of_the_same_event_is_asked_about(other: Entry) -> None:
    assert likeness(MEETING, other) >= THRESHOLD


@pytest.mark.parametrize(
    "other",
    [
        entry(5),
        entry(1),
        entry(30),
        entry(type_="study_visit", title="การเกษตร"),
        entry(type_="study_visit", title=None),
        entry(4, title="แลกเปลี่ยนนักเรียน"),
        entry(4, type_="study_visit", title="ท่องเที่ยว"),
    ],
)
def test_what_is_another_event_is_not(other: Entry) -> None:
    assert likeness(MEETING, other) < THRESHOLD


def test_the_likeliest_is_asked_about_and_the_earlier_of_equal_ones() -> None:
    others = {1: entry(title="การศึกษา"), 2: entry(), 3: entry(), 4: entry(9)}

    assert most_alike(MEETING, others) == 2
    assert most_alike(MEETING, {4: entry(9)}) is None
    assert most_alike(MEETING, {}) is None


ENTRIES = st.builds(
    entry,
    st.integers(1, 5),
    st.none() | st.integers(6, 9),
    st.sampled_from(["meeting", "sport"]),
    st.none() | st.text(),
)


@given(ENTRIES, ENTRIES)
def test_it_does_not_matter_which_was_there_first(one: Entry, other: Entry) -> None:
    assert likeness(one, other) == likeness(other, one)


@given(ENTRIES)
def test_an_entry_is_the_same_event_as_itself(one: Entry) -> None:
    assert likeness(one, one) >= THRESHOLD
