"""
The province in which somebody says that they serve.

It decides whom they ask to be let in, so nothing is guessed: a district or town (หาดใหญ่, แม่สอด, พัทยา), a slip that
could be two provinces, an abbreviation that is also a word, are offered to choose from.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.language.finding import find
from bot.language.names import Lexicon

LONGEST = 80
_DISTRICT = re.compile(r"^(?:ที่ว่าการ)?(?:อำเภอ|กิ่งอำเภอ|อ\.)\s*")


@dataclass(frozen=True)
class OwnProvince:
    """
    Attributes:
        code: The province that was named beyond doubt.
        candidates: What it may be otherwise, to be asked; the likeliest first.
        municipal: A municipality was named, which keeps no relation of a province.
    """

    code: str | None = None
    candidates: tuple[str, ...] = ()
    municipal: bool = False


def read_own_province(text: str, lexicon: Lexicon) -> OwnProvince:
    """Read what was typed as the answer to "in which province"."""
    text = text.strip()
    if len(text) > LONGEST:
        return OwnProvince()
    name = _DISTRICT.sub("", text)
    found = find(name, lexicon, home=None)
    provinces = tuple(one.id for one in found.choices if one.kind == "province")
    if found.kind == "province" and name == text:
        return OwnProvince(code=provinces[0])
    if found.reason == "municipal":
        return OwnProvince(municipal=True)
    return OwnProvince(candidates=provinces or lexicon.resolve_province(name))
