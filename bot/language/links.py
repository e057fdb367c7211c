"""Web addresses in a text: kept as links, hidden from every other reader, never fetched."""

from __future__ import annotations

import re

from bot.language.text import HIDDEN

# RFC 3986 lets only these signs into an address: Thai letters that touch it are the sentence again.
_SIGN = r"[A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=%]"
_LINK = re.compile(rf"(?<![A-Za-z])https?://(?:(?!,https?:){_SIGN})+", re.IGNORECASE)
_ENDINGS = r"com|org|net|info|gov|edu|me|io|app|gl|ly|be|(?:[a-z]{2,3}\.)?(?:th|cn|jp|kr|vn|la)"
_ADDRESS = re.compile(
    rf"(?<![A-Za-z])https?://{_SIGN}*|(?<![A-Za-z0-9.\-])(?:"
    rf"[a-z][a-z0-9+.\-]{{0,20}}://{_SIGN}*|www\.{_SIGN}+"
    r"|[a-z0-9._%+\-]{1,64}@[a-z0-9\-]{1,63}(?:\.[a-z0-9\-]{1,63})+"
    rf"|(?:[a-z0-9\-]{{1,63}}\.){{1,5}}(?:{_ENDINGS})(?:/{_SIGN}*|(?![a-z0-9.])))",
    re.IGNORECASE,
)
_STOPS = ".,;:!?'"
_BLANKS = re.compile(r"[^\S\n]+")


def read_links(text: str) -> tuple[str, ...]:
    """
    The http and https addresses of a text as typed, each once, in their order.

    Args:
        text: As it was typed: cleaning would change signs of an address.
    """
    return tuple(dict.fromkeys(text[first:last] for first, last in _places(text)))


def without_links(text: str) -> str:
    """What a text says beside its addresses; unchanged where it has none."""
    places = _places(text)
    if not places:
        return text
    ends = [0, *(last for _, last in places)]
    starts = [*(first for first, _ in places), len(text)]
    left = " ".join(text[end:start] for end, start in zip(ends, starts, strict=True))
    lines = (_BLANKS.sub(" ", line).strip() for line in left.splitlines())
    return "\n".join(line for line in lines if line)


def hide_addresses(text: str) -> str:
    """Cover links, bare hosts (www.example.go.th/2569) and mail addresses; the text keeps its length."""
    return _ADDRESS.sub(lambda found: HIDDEN * len(found[0]), text)


def without_addresses(text: str) -> str:
    """What a text says beside its links, bare hosts and mail addresses."""
    return _BLANKS.sub(" ", _ADDRESS.sub("", text)).strip()


def _places(text: str) -> list[tuple[int, int]]:
    """Of each address its first character and the one after its last."""
    found = []
    for match in _LINK.finditer(text):
        link = _trimmed(match[0])
        if not link.endswith("//"):
            found.append((match.start(), match.start() + len(link)))
    return found


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
