"""Links are told apart from the words around them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.language.links import read_links, without_links

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
