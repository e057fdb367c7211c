"""
Text typed on the wrong keyboard layout: `g,nv'rujg,nv'ohv'` is เมืองพี่เมืองน้อง, and ทนี is mou.

The Thai layout is Kedmanee (TIS 820), the English one QWERTY: the keys lie on one another one to one.
"""

from __future__ import annotations

import re
from collections.abc import Callable

_ENGLISH = (
    "1234567890-=qwertyuiop[]\\asdfghjkl;'zxcvbnm,./" + '!@#$%^&*()_+QWERTYUIOP{}|ASDFGHJKL:"ZXCVBNM<>?'
)
_THAI = "ๅ/-ภถุึคตจขชๆไำพะัีรนยบลฃฟหกดเ้่าสวงผปแอิืทมใฝ" + '+๑๒๓๔ู฿๕๖๗๘๙๐"ฎฑธํ๊ณฯญฐ,ฅฤฆฏโฌ็๋ษศซ.()ฉฮฺ์?ฒฬฦ'
_TO_THAI = str.maketrans(_ENGLISH, _THAI)
_TO_ENGLISH = str.maketrans(_THAI, _ENGLISH)

_TOKEN = re.compile(r"\S+")
_THAI_LETTER = re.compile(r"[ก-๎]")
_LATIN_LETTER = re.compile(r"[A-Za-z]")

SHORTEST = 3
"""Letters of a token that are enough to tell."""

STRANGE, FAMILIAR = 0.34, 0.75
"""A token is retyped when at most this share of it is known as it stands, and at least that share retyped."""


def mend_layout(text: str, known: Callable[[str], float]) -> str:
    """
    The text with tokens retyped that only make sense on the other layout.

    Args:
        text: What was typed.
        known: The share of a token's n-grams that the knowledge base knows, 0 to 1.
    """
    return _TOKEN.sub(lambda token: _mend(token[0], known), text)


def _mend(token: str, known: Callable[[str], float]) -> str:
    if len(token) < SHORTEST:
        return token
    thai, latin = bool(_THAI_LETTER.search(token)), bool(_LATIN_LETTER.search(token))
    if thai == latin:  # both or neither: nobody changes the layout within a word
        return token
    other = token.translate(_TO_ENGLISH if thai else _TO_THAI)
    wanted = _LATIN_LETTER if thai else _THAI_LETTER
    if not wanted.search(other) or known(token) > STRANGE or known(other) < FAMILIAR:
        return token
    return other
