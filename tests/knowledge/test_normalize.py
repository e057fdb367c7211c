"""What is mended, what is left alone, and that mending twice changes nothing."""

from __future__ import annotations

from collections.abc import Callable
from functools import reduce
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.normalize import REPAIRS, normalize, squash

thai_noise = st.text(
    alphabet=st.one_of(
        st.characters(min_codepoint=0x0E01, max_codepoint=0x0E5B),
        st.characters(min_codepoint=0xF700, max_codepoint=0xF71A),
        st.sampled_from(" .-\u200b\u00a0\nABcเเ ำ ํา่้0"),
    ),
    max_size=60,
)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("เเผน", "แผน"),
        ("ท\u0e4d\u0e32", "ทำ"),
        ("น\u0e49\u0e4d\u0e32", "น้ำ"),
        ("น\u0e4d\u0e49\u0e32", "น้ำ"),
        ("นำ้", "น้ำ"),
        ("จ านวน", "จำนวน"),
        ("การด าเนินงานของสำนักงาน", "การดำเนินงานของสำนักงาน"),
        ("ที\u0e48\u0e48", "ที่"),
        ("ท\u0e48\u0e35", "ที่"),
        ("เพื\uf70aอ", "เพื่อ"),
        ("ป\uf702", "ปี"),
        ("พ.ศ. ๒๕๖๒", "พ.ศ. 2562"),
        ("มากกกกก", "มาก"),
        ("MOU  กับ\u00a0จีน", "mou กับ จีน"),
        ("จัง\u200bหวัด", "จังหวัด"),
        ("กิจกรร ม", "กิจกรร ม"),
        ("เ มือง", "เมือง"),
        ("ทำ\u0e49\u0e48า", "ท\u0e49\u0e48ำา"),
        ("จังหวัด\ud83c", "จังหวัด"),
        ("\ud83cจังหวัด\udfff", "จังหวัด"),
    ],
)
def test_damage_is_mended(typed: str, expected: str) -> None:
    assert normalize(typed) == expected


@pytest.mark.parametrize(
    "fine", ["ทำ", "น้ำ", "สิทธิ์", "กรรมการ", "2000", "สรรพากร", "ก้าว", "แม่ฮ่องสอน", "ต่าง ๆ"]
)
def test_what_is_right_stays(fine: str) -> None:
    assert normalize(fine) == fine


def test_an_honest_gap_before_sara_aa_is_closed_but_not_made_sara_am() -> None:
    """ก าว is ก้าว or กาว, never กำว: sara am is put back only in words that are known."""
    assert normalize("ก าว") == "กาว"


def test_squash_joins_what_is_written_apart() -> None:
    assert squash("เมือง พี่ เมือง-น้อง (Sister City) ฯ") == "เมืองพี่เมืองน้องsistercity"


def test_each_repair_has_a_name_of_its_own_and_a_reason() -> None:
    assert len({repair.name for repair in REPAIRS}) == len(REPAIRS)
    assert all(repair.why for repair in REPAIRS)


@settings(max_examples=200, deadline=None)
@given(st.one_of(thai_noise, st.text(max_size=60)))
def test_normalising_twice_changes_nothing(text: str) -> None:
    once = normalize(text)
    assert normalize(once) == once


@settings(max_examples=200, deadline=None)
@given(st.one_of(thai_noise, st.text(max_size=60)))
def test_squashing_twice_or_after_normalising_changes_nothing(text: str) -> None:
    key = squash(text)
    assert squash(key) == key
    assert squash(normalize(text)) == key


@settings(max_examples=100, deadline=None)
@given(st.text(alphabet="กขคงจมนบ", min_size=2, max_size=8))
def test_blanks_between_consonants_never_change_the_key(word: str) -> None:
    assert squash(" ".join(word)) == squash(word)


@pytest.mark.parametrize(
    "some",
    [
        "\u0e33\u0e48\u0e49",
        "\u0e4d\u0e48\u0e32",
        "ก ำ \u0e4d\u0e32น",
        "เแก ่ิ\u200b",
        "ab.A İ",
        "\uf701\uf70a\uf711\uf712ก",
    ],
)
def test_few_mendings_uncover_another_however_long_the_text(some: str) -> None:
    """Each pass reads the whole text: as many passes as letters would take seconds for one page."""
    drawn = Random(1)
    for text in (some * 700, "".join(drawn.choices(some, k=4000)), some[0] + some[1:] * 700):
        assert mended_in(text, passes=4) == normalize(text)


def mended_in(text: str, passes: int) -> str:
    steps: list[Callable[[str], str]] = [repair.apply for repair in REPAIRS] * passes
    return reduce(lambda rough, step: step(rough), steps, text)
