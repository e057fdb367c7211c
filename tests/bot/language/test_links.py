"""Links are told apart from the words around them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.language.links import hide_addresses, read_links, without_links
from bot.language.quick_log import MOST_LINKS, read_log
from tests.bot.language.lexicons import real_lexicon

LINKS = st.sampled_from(["https://a.go.th/x?y=1", "HTTP://b.th", "http://c.th/(1)", "https://d.th/a-b_c~d"])
WORDS = st.sampled_from(["ประชุม", "30 คน", "ก.", "(ข)", "www.a.th", "ftp://a.th"])
TEXTS = st.lists(LINKS | WORDS | st.text(max_size=8)).map("".join)


@pytest.mark.parametrize(
    ("text", "links", "words"),
    [
        ("ประชุม https://a.go.th/x?y=1#z เมื่อวาน", ("https://a.go.th/x?y=1#z",), "ประชุม เมื่อวาน"),
        ("ดูที่ (https://a.go.th/x).", ("https://a.go.th/x",), "ดูที่ ( )."),
        ("https://a.go.th/(1)", ("https://a.go.th/(1)",), ""),
        ("ข่าวhttps://a.go.thประชุม", ("https://a.go.th",), "ข่าว ประชุม"),
        ("https://a.th,https://b.th", ("https://a.th", "https://b.th"), ","),
        ("HTTP://A.th https://b.th HTTP://A.th", ("HTTP://A.th", "https://b.th"), ""),
        ("ก https://a.th\nhttps://b.th\nข", ("https://a.th", "https://b.th"), "ก\nข"),
        ("3 พ.ย. 2569https://a.th", ("https://a.th",), "3 พ.ย. 2569"),
        ("ftp://a.th www.a.th javascript:alert(1) data:text/html,x", (), None),
        ("xhttps://a.th https:// http://.", (), None),
        ("", (), None),
    ],
)
def test_links_and_what_is_said_beside_them(text: str, links: tuple[str, ...], words: str | None) -> None:
    assert read_links(text) == links
    assert without_links(text) == (text if words is None else words)


@given(TEXTS)
def test_a_link_is_a_part_of_the_text_and_of_two_kinds_only(text: str) -> None:
    for link in read_links(text):
        assert link in text
        assert link.lower().startswith(("http://", "https://"))
        assert not any(letter.isspace() for letter in link)


@given(st.lists(LINKS | WORDS))
def test_links_and_words_are_parted_and_nothing_is_lost(parts: list[str]) -> None:
    text = " ".join(parts)
    links = [part for part in parts if part.lower().startswith("http")]

    assert read_links(text) == tuple(dict.fromkeys(links))
    assert without_links(text) == (" ".join(part for part in parts if part not in links) if links else text)


@given(TEXTS)
def test_what_has_no_link_is_left_as_it_is(text: str) -> None:
    if not read_links(text):
        assert without_links(text) == text


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


def test_a_sentence_keeps_no_more_than_ten_links() -> None:
    text = " ".join(f"https://a.com/{number}" for number in range(20))
    assert len(read_log(text, real_lexicon(), home="TH-50", today=None).links) == MOST_LINKS


@given(path=st.text(alphabet="0123456789/-.", max_size=30))
@settings(max_examples=150, deadline=None)
def test_no_number_in_an_address_becomes_a_value(path: str) -> None:
    text = f"ประชุมกับเฉิงตู https://a.go.th/{path} จบ"
    reading = read_log(text, real_lexicon(), home="TH-50", today=date(2026, 11, 18))
    values = (reading.start, reading.participants, reading.budget_thb, reading.problems)
    assert values == (None, None, None, ())
