"""
Thai that came out of files, made readable without changing what it says.

The mendings are those of `knowledge.normalize`, without the ones that make texts comparable: digits, capitals
and repeated letters stay as they stand, because a passage is quoted.
"""

from __future__ import annotations

import re

from knowledge.normalize import REPAIRS

_APPLY = {repair.name: repair.apply for repair in REPAIRS}
_MARKS = (
    "nfc",
    "private use",
    "invisible",
    "double sara e",
    "sara am",
    "mark order",
    "doubled marks",
)

# Many PDF files lose the nikhahit of ำ as a blank: "ส านัก", "น้ า". No Thai word goes on with า after a
# blank, so in imported text this is always ำ; what officers type is mended in known words only.
_SPLIT_SARA_AM = re.compile("([ก-ฮ][\u0e48-\u0e4b]?)\u0e4d? า")
# No word begins with a letter under thanthakhat: "สัมพัน ธ์" is one word.
_SPLIT_SILENT = re.compile("(?<=[ก-๎]) (?=[ก-ฮ][\u0e34\u0e38]?\u0e4c)")
# Symbol fonts keep their bullets in the private-use area.
_SYMBOL_BULLET = re.compile("^\\s*[\ue000-\uf6ff\uf71b-\uf8ff](?=\\s|$)")
_NO_LETTER = re.compile("[\ud800-\udfff\ufffe\uffff]")

_THAI = re.compile("[\u0e01-\u0e5b]")
# The range in which TIS-620 has Thai and Latin-1 has accents and signs.
_HIGH_LATIN = re.compile("[\u00a1-\u00fb]")
_MOSTLY = 0.3


def repair(line: str) -> str:
    """
    One line or paragraph, mended; doing it twice changes nothing.

    Any blank, a line break too, becomes one space.
    """
    line = _SYMBOL_BULLET.sub("•", line)
    while (mended := _repair_once(line)) != line:
        line = mended
    return line


def repair_lines(text: str) -> str:
    """The same for a text whose line breaks are meant; empty lines go."""
    return "\n".join(mended for line in text.splitlines() if (mended := repair(line)))


def _repair_once(line: str) -> str:
    line = re.sub(r"\s+", " ", _NO_LETTER.sub("", line))
    for name in _MARKS:
        line = _APPLY[name](line)
    line = _SPLIT_SILENT.sub("", _SPLIT_SARA_AM.sub(r"\1ำ", line))
    return _APPLY["spaces"](line)


def undo_latin1(text: str) -> str:
    """
    Thai whose bytes were taken for Latin-1 (`¡ÃÐ·ÃÇ§` for กระทรวง), as old fonts in PDF files do.

    Only a text without any Thai, and with far more accents than a European language has, is touched.
    """
    letters = sum(letter.isalpha() for letter in text)
    high = len(_HIGH_LATIN.findall(text))
    if _THAI.search(text) or not high or high < _MOSTLY * max(letters, 1):
        return text
    return _HIGH_LATIN.sub(lambda found: found[0].encode("latin-1").decode("cp874", "replace"), text)
