"""A working contact typed in one line."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.language.contact_line import ContactLine, read_contact


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        (
            "นายสมชาย ใจดี, นักวิเทศสัมพันธ์ชำนาญการ, 053-112-708",
            ContactLine("นายสมชาย ใจดี", "นักวิเทศสัมพันธ์ชำนาญการ", "053-112-708"),
        ),
        (
            "นายสมชาย ใจดี นักวิเทศสัมพันธ์ 081 234 5678",
            ContactLine("นายสมชาย ใจดี", "นักวิเทศสัมพันธ์", "081 234 5678"),
        ),
        (
            "Ms. Li Wei, Deputy Director, liwei@cdfao.gov.cn, WeChat: liwei88",
            ContactLine("Ms. Li Wei", "Deputy Director", "liwei@cdfao.gov.cn, WeChat: liwei88"),
        ),
        (
            "สมชาย ใจดี / นักวิเทศ / โทร. 053 112 708 ต่อ 12",
            ContactLine("สมชาย ใจดี", "นักวิเทศ", "โทร. 053 112 708 ต่อ 12"),
        ),
        ("李伟, 外办, +86 28 6188 1234", ContactLine("李伟", "外办", "+86 28 6188 1234")),
        ("053-112-708, สมหญิง", ContactLine("สมหญิง", None, "053-112-708")),
        ("สมหญิง line: @sister50", ContactLine("สมหญิง", None, "line: @sister50")),
        ("สมหญิง", ContactLine("สมหญิง")),
        ("นางสาวสมหญิง ดี", ContactLine("นางสาวสมหญิง ดี")),
        ("0812345678", None),
        ("…, -", None),
    ],
)
def test_name_post_and_ways_to_reach_are_told_apart(typed: str, read: ContactLine | None) -> None:
    assert read_contact(typed) == read


def test_what_is_too_long_is_noticed() -> None:
    long = read_contact("ก" * 121)
    assert long is not None
    assert long.is_too_long


@given(st.text(max_size=300))
def test_whatever_is_typed_is_read_without_blanks_at_its_ends_or_not_at_all(typed: str) -> None:
    read = read_contact(typed)
    if read is not None:
        assert read.name == read.name.strip()
        assert any(letter.isalpha() for letter in read.name)
        assert "\n" not in f"{read.name}{read.post}{read.reached_by}"


@given(
    st.from_regex(r"[ก-ฮ]{2,20}", fullmatch=True),
    st.from_regex(r"[ก-ฮ]{2,20}", fullmatch=True),
    st.from_regex(r"0[0-9]{2}-[0-9]{3}-[0-9]{4}", fullmatch=True),
)
def test_what_was_written_with_commas_comes_back(name: str, post: str, telephone: str) -> None:
    assert read_contact(f"{name}, {post}, {telephone}") == ContactLine(name, post, telephone)
