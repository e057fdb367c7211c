"""A question that follows on from the last answer: แล้วใครลงนาม, ถ้าไม่จัดล่ะ, what about online."""

from __future__ import annotations

import re

_BEGINS = re.compile(
    r"^(?:แล้ว(?:ก็)?|งั้น|ถ้างั้น|ส่วน|และ|อีกอย่าง|and|then|so|what about|how about)[ ,]*", re.IGNORECASE
)
_ENDS = re.compile(r"(?:ล่ะ|หล่ะ|ละ)(?:คะ|ค่ะ|ครับ|คับ)?[ ?]*$")

LONGEST = 60
"""Letters: a longer question says itself what it is about."""


def follow_up(text: str) -> str | None:
    """What is asked, without the words that hang it on the last answer; None for a question of its own."""
    text = text.strip()
    if len(text) > LONGEST:
        return None
    rest = _ENDS.sub("", _BEGINS.sub("", text)).strip()
    return rest if rest and rest != text else None
