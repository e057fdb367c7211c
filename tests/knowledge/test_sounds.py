"""Spellings that sound alike fold to the same letters."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.sounds import by_sound


@pytest.mark.parametrize(
    ("right", "mistyped"),
    [
        ("ใหม่", "ไหม่"),
        ("ลงนาม", "ลงณาม"),
        ("ศึกษา", "สึกสา"),
        ("ประเด็น", "ประเดน"),
        ("ที่", "ทื่"[:1] + "ี"),
        ("เชียงใหม่", "เชียงไหม้"),
        ("ทำการ", "ทาการ"),
    ],
)
def test_a_usual_slip_sounds_the_same(right: str, mistyped: str) -> None:
    assert by_sound(right) == by_sound(mistyped)


def test_other_vowels_and_other_letters_stay_apart() -> None:
    assert len({by_sound(word) for word in ("กา", "กี", "กู", "ขา", "MOU", "2562")}) == 6


@given(st.text(max_size=80))
def test_folding_twice_changes_nothing(text: str) -> None:
    assert by_sound(by_sound(text)) == by_sound(text)


@given(st.text(max_size=80))
def test_letters_are_dropped_or_changed_one_by_one_and_others_stay(text: str) -> None:
    folded = by_sound(text)
    assert folded == "".join(map(by_sound, text))
    assert len(folded) <= len(text)
    others = [letter for letter in text if not "ก" <= letter <= "๛"]
    assert [letter for letter in folded if not "ก" <= letter <= "๛"] == others
