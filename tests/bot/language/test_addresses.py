"""Web addresses: kept whole, and never read as numbers, days or words."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.language.links import hide_addresses, read_links
from bot.language.quick_log import read_log
from tests.bot.language.lexicons import real_lexicon


@pytest.mark.parametrize(
    ("text", "links"),
    [
        ("ดู https://www.cm.go.th/a?id=3&d=3/11/69 แล้ว", ("https://www.cm.go.th/a?id=3&d=3/11/69",)),
        ("(https://a.go.th/x_(1)).", ("https://a.go.th/x_(1)",)),
        ("https://a.go.th/~abc/ประชุม", ("https://a.go.th/~abc/",)),
        ("HTTP://A.com,https://b.com", ("HTTP://A.com", "https://b.com")),
        ("https://a.com https://a.com", ("https://a.com",)),
        ("ftp://a.com javascript:alert(1) www.a.com a@b.com https:// a", ()),
    ],
)
def test_http_addresses_are_links_as_typed(text: str, links: tuple[str, ...]) -> None:
    assert read_links(text) == links


@pytest.mark.parametrize(
    "address",
    ["https://a.go.th/3/11/2569", "www.a.go.th/2569-11-03", "fb.com/30", "a2569@b.go.th", "line.me/R/3"],
)
def test_an_address_is_hidden_and_the_text_keeps_its_length(address: str) -> None:
    hidden = hide_addresses(f"ก {address} 30 คน")
    assert len(hidden) == len(f"ก {address} 30 คน")
    assert not any(sign.isdigit() for sign in hidden.removesuffix("30 คน"))


@pytest.mark.parametrize("text", ["3.11.69", "2.5 แสน", "09.30 น.", "พ.ศ. 2569", "Washington, D.C."])
def test_dates_amounts_and_abbreviations_are_no_addresses(text: str) -> None:
    assert hide_addresses(text) == text


def test_a_link_in_a_sentence_is_kept_and_read_as_nothing_else() -> None:
    text = "ประชุมกับเฉิงตู 3 พ.ย. 69 เรื่องท่องเที่ยว https://a.go.th/25/12/2560?n=500000 30 คน"
    reading = read_log(text, real_lexicon(), home="TH-50", today=date(2026, 11, 18))
    assert (reading.start, reading.title, reading.participants) == (date(2026, 11, 3), "ท่องเที่ยว", 30)
    assert (reading.budget_thb, reading.links) == (None, ("https://a.go.th/25/12/2560?n=500000",))


@given(path=st.text(alphabet="0123456789/-.", max_size=30))
@settings(max_examples=150, deadline=None)
def test_no_number_in_an_address_becomes_a_value(path: str) -> None:
    text = f"ประชุมกับเฉิงตู https://a.go.th/{path} จบ"
    reading = read_log(text, real_lexicon(), home="TH-50", today=date(2026, 11, 18))
    values = (reading.start, reading.participants, reading.budget_thb, reading.problems)
    assert values == (None, None, None, ())
