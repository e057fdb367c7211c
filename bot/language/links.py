"""Web addresses in a sentence: kept as links, and hidden from every other reader."""

from __future__ import annotations

import re

from bot.language.text import HIDDEN

MOST_LINKS = 10
"""More than this in one sentence are not kept; they are hidden all the same."""

# RFC 3986 lets only these signs into an address: Thai letters that touch it are the sentence again.
_SIGN = r"[A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=%]"
_LINK = re.compile(rf"(?<![A-Za-z0-9])https?://(?:(?!,https?:){_SIGN})+", re.IGNORECASE)
_ENDINGS = r"com|org|net|info|gov|edu|me|io|app|gl|ly|be|(?:[a-z]{2,3}\.)?(?:th|cn|jp|kr|vn|la)"
_ADDRESS = re.compile(
    r"(?<![A-Za-z0-9.\-])(?:"
    rf"[a-z][a-z0-9+.\-]{{0,20}}://{_SIGN}*|www\.{_SIGN}+"
    r"|[a-z0-9._%+\-]{1,64}@[a-z0-9\-]{1,63}(?:\.[a-z0-9\-]{1,63})+"
    rf"|(?:[a-z0-9\-]{{1,63}}\.){{1,5}}(?:{_ENDINGS})(?:/{_SIGN}*|(?![a-z0-9.])))",
    re.IGNORECASE,
)
_STOPS = ".,;:!?'"


def read_links(text: str) -> tuple[str, ...]:
    """
    The http and https addresses of a text as typed, at most `MOST_LINKS`, each once.

    Args:
        text: As it was typed: cleaning would change signs of an address.
    """
    found = (_trimmed(match[0]) for match in _LINK.finditer(text))
    return tuple(dict.fromkeys(link for link in found if not link.endswith("/" * 2)))[:MOST_LINKS]


def hide_addresses(text: str) -> str:
    """Cover links, bare hosts (www.example.go.th/2569) and mail addresses; the text keeps its length."""
    return _ADDRESS.sub(lambda found: HIDDEN * len(found[0]), text)


def _trimmed(link: str) -> str:
    """The link without the sentence's own stops after it: "(https://a.go.th/x)." ends at the x."""
    while True:
        shorter = link.rstrip(_STOPS)
        for opening, closing in ("()", "[]"):
            if shorter.endswith(closing) and shorter.count(closing) > shorter.count(opening):
                shorter = shorter[:-1]
        if shorter == link:
            return link
        link = shorter
