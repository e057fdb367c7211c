"""Cut a long Thai text into messages, tearing paragraphs, words and letters only where nothing else is left."""

from __future__ import annotations

import re
import unicodedata
from itertools import accumulate

# Best place first: between paragraphs, between lines (list items), between words or Thai phrases.
_GAPS = (re.compile(r"\n\s*\n\s*"), re.compile(r"\s*\n\s*"), re.compile(r"\s+"))

_LEADING_VOWELS = frozenset("เแโใไ")  # written before the consonant that they belong to
# Letters for Unicode, but they cannot begin a Thai syllable: ะ า ำ ๅ, and the signs ฯ ๆ.
_FOLLOWERS = frozenset("ะาำๅฯๆ")
_ZERO_WIDTH_JOINER = "\u200d"
_SKIN_TONES = range(0x1F3FB, 0x1F400)
_TAGS = range(0xE0020, 0xE0080)  # the letters inside the flags of Scotland, Wales, ...
_REGIONAL_INDICATORS = range(0x1F1E6, 0x1F200)  # two of them are one flag


def utf16_length(text: str) -> int:
    """Length in UTF-16 units, which is how Telegram counts."""
    return len(text) + sum(1 for character in text if ord(character) > 0xFFFF)


def split_text(text: str, limit: int = 4096) -> tuple[str, ...]:
    """
    Parts of `text` in order, each of at most `limit` UTF-16 units; a text that fits stays untouched.

    Cuts at a blank line if one lies in the second half of the part, else at a line's end there, else at
    a space there, else at the last such gap before, else between two letters. White space at a cut
    goes. A letter with all its marks, or an emoji with its joiners, is torn only when it alone is
    longer than `limit`.

    Raises:
        ValueError: If `limit` is below 2, the units of one emoji.
    """
    if limit < 2:
        raise ValueError("limit must be at least 2")
    parts = []
    rest = text
    while utf16_length(rest) > limit:
        cut = _cut(rest, _window(rest, limit))
        parts.append(rest[:cut].rstrip())
        rest = rest[cut:].lstrip()
    parts.append(rest)
    return tuple(part for part in parts if part) or ("",)


def _window(text: str, limit: int) -> int:
    """How many characters fit into `limit` UTF-16 units, of a text that does not fit as a whole."""
    units = accumulate(utf16_length(character) for character in text)
    return next(index for index, total in enumerate(units) if total > limit)


def _cut(text: str, window: int) -> int:
    """Where the first part of `text` ends, at most `window`."""
    for earliest in (max(1, window // 2), 1):
        for gap in _GAPS:
            starts = [
                match.start()
                for match in gap.finditer(text, 0, window + 1)
                if match.start() >= earliest and _may_begin(text, _after_space(text, match.start()))
            ]
            if starts:
                return starts[-1]
    return next((index for index in range(window, 0, -1) if _may_begin(text, index)), window)


def _after_space(text: str, index: int) -> int:
    while index < len(text) and text[index].isspace():
        index += 1
    return index


def _may_begin(text: str, index: int) -> bool:
    """Can a part begin with the character at `index`, and the part before end there?"""
    if index >= len(text):
        return True
    before, after = text[index - 1], text[index]
    if after in _FOLLOWERS or unicodedata.category(after).startswith("M"):
        return False
    if before in _LEADING_VOWELS or _ZERO_WIDTH_JOINER in (before, after):
        return False
    if ord(after) in _SKIN_TONES or ord(after) in _TAGS:
        return False
    return not (ord(after) in _REGIONAL_INDICATORS and _odd_indicators_before(text, index))


def _odd_indicators_before(text: str, index: int) -> bool:
    start = index
    while start > 0 and ord(text[start - 1]) in _REGIONAL_INDICATORS:
        start -= 1
    return (index - start) % 2 == 1
