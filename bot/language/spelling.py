"""
How names are compared: written together, by sound, and with a slip of the finger allowed.

Every step is a choice of what may differ without making another name. Tone marks, the length of a vowel and
letters of one sound may; กว่างซี and กวางตุ้ง, ระยอง and ระนอง, เหอหนาน and ไห่หนาน stay apart because whole
syllables or first letters differ, or because both are offered when a typed name lies between them.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

_SKIPPED = frozenset(" -.'’ฯ·")
_WITHOUT_SKIPPED = {ord(sign): None for sign in _SKIPPED}
_PLAIN = re.compile("[\x00-\x7f\u0e00-\u0e7f’·]*")
_LATIN_EXTRA = {"đ": "d", "ð": "d", "ø": "o", "ł": "l", "ı": "i"}

_UNHEARD = "่้๊๋็์ํ"
# One sound, several letters; long and short vowels are what people mix most in foreign names.
_SOUND = str.maketrans(
    {
        **dict.fromkeys(_UNHEARD, ""),
        "ใ": "ไ",
        "ศ": "ส",
        "ษ": "ส",
        "ณ": "น",
        "ญ": "ย",
        "ฏ": "ต",
        "ฎ": "ด",
        "ฬ": "ล",
        "ธ": "ท",
        "ฑ": "ท",
        "ภ": "พ",
        "ฆ": "ค",
        "ฌ": "ช",
        "ฉ": "ช",
        "ี": "ิ",
        "ู": "ุ",
        "ื": "ึ",
        "ฮ": "ห",
    }
)
_LEADING_VOWELS = "เแโใไ"
_KIN = {letter: kin[0] for kin in ("ชซจส", "กคข", "ตทดถ", "พผบป", "ลร") for letter in kin}

SHORTEST_SOUND = 5
"""Fewer signs than this say too little once tones are gone: เว้ would be in every เวลา."""


_LONG = 9
"""From here up a name may hold two slips."""


@dataclass(frozen=True)
class Squashed:
    """A text without the signs that names are typed with or without; `origin[i]` is where sign i stood."""

    signs: str
    origin: tuple[int, ...]


def squash(text: str) -> Squashed:
    """Lower case, no accents on Latin letters, no blanks, dots or hyphens."""
    origin = tuple(position for position, sign in enumerate(text) if sign not in _SKIPPED)
    return Squashed(squash_name(text), origin)


def squash_name(name: str) -> str:
    """The signs of `squash` alone."""
    if _PLAIN.fullmatch(name):
        return name.lower().translate(_WITHOUT_SKIPPED)
    return "".join(_plain_letter(sign) for sign in name if sign not in _SKIPPED)


# ญ that closes a syllable sounds as น (กว๋างบิ่ญ), ญ that opens one as ย.
_CLOSING_NYO = re.compile(r"(?<=[ก-๙])(?<![เแโใไ])ญ(?![ะ-ฺ็-์])")


def sound(squashed: Squashed) -> Squashed:
    """The signs that are left when what sounds alike is written alike."""
    signs = _CLOSING_NYO.sub("น", squashed.signs)
    kept = zip(signs, squashed.origin, strict=True)
    return Squashed(signs.translate(_SOUND), tuple(place for sign, place in kept if sign not in _UNHEARD))


def sound_of(name: str) -> str:
    """The sound of one name; for Latin letters doubled ones count once, and "oo" is "u"."""
    return _sound_of_signs(squash_name(name))


def _sound_of_signs(signs: str) -> str:
    heard = _CLOSING_NYO.sub("น", signs).translate(_SOUND)
    if heard.isascii():
        heard = re.sub(r"(.)\1+", r"\1", heard.replace("oo", "u").replace("ee", "i"))
    return heard


# What differs in spelling and not in the ear: letters that are written and silent, the letters that close a
# syllable alike, a leading ห, ไ and -ัย, รร and -ั.
_SILENT = re.compile("[ก-ฮ][ิุ]?์")
_OTHER_VOWELS = (
    (re.compile("ห(?=[งญนมยรลว])"), ""),
    (re.compile("รร(?=[ก-ฮ])"), "ั"),
    (re.compile("รร"), "ัน"),
    (re.compile("ำ"), "ัม"),
    (re.compile("ฤๅ?"), "ริ"),
    (re.compile("([ก-ฮ])ัย"), r"ไ\1"),
    (re.compile("([ใไ][ก-ฮ])ย(?![ะ-ฺ])"), r"\1"),
)
_CLOSING = re.compile("(?<=[ก-ฮะ-ฺ็])[ก-ฮ](?![ะ-ฺ็])")
_CLOSES_LIKE = str.maketrans(
    {
        **dict.fromkeys("จชซฎฏฐฑฒตถทธศษสฉฌ", "ด"),
        **dict.fromkeys("ขคฆ", "ก"),
        **dict.fromkeys("พภฟปผฝ", "บ"),
        **dict.fromkeys("ญณรลฬ", "น"),
    }
)
# Romanised names follow no single rule: aspirates, Thai and Chinese finals, long vowels.
_ROMAN = tuple(
    (re.compile(pattern), heard)
    for pattern, heard in (
        (r"sr(?=[iy])|sh|hs|x|z(?!h)", "s"),
        (r"zh|ch|q(?!u)", "j"),
        (r"ph|bh|b", "p"),
        (r"th|dh|d", "t"),
        (r"qu|kw", "ku"),
        (r"kh|gh|g|c", "k"),
        (r"v", "w"),
        (r"ee|y", "i"),
        (r"oo|ou", "u"),
        (r"ae|ea", "e"),
        (r"(?<=[aeiou])[rh](?![aeiou])", ""),
        (r"l(?![aeiou])", "n"),
        (r"au|aw", "o"),
        (r"(.)\1+", r"\1"),
    )
)


def ear_of(name: str) -> str:
    """
    What is left of a whole name for somebody who writes by ear: อุตรดิด is อุตรดิตถ์, Nakorn is Nakhon.

    Coarser than `sound_of`: good for a line that is nothing but a name, too coarse for names inside sentences.
    """
    return ear_of_key(squash_name(name))


def ear_of_key(signs: str) -> str:
    """The same of a name that is squashed already."""
    if signs.isascii():
        for pattern, heard in _ROMAN:
            signs = pattern.sub(heard, signs)
        return signs
    signs = _SILENT.sub("", signs)
    for pattern, heard in _OTHER_VOWELS:
        signs = pattern.sub(heard, signs)
    signs = re.sub("[่-๋]", "", signs)
    return _sound_of_signs(_CLOSING.sub(lambda found: found[0].translate(_CLOSES_LIKE), signs))


def slips_allowed(name: str) -> int:
    """How many slips a typed name may hold and still be taken for `name` (both by sound)."""
    return slips_allowed_at(len(name))


def slips_allowed_at(length: int) -> int:
    """The same for a name of this many signs."""
    if length < SHORTEST_SOUND:
        return 0
    return 1 if length < _LONG else 2


def first_letter(name: str) -> str:
    """
    The first consonant of a name, by its sound, one for all that are mistaken for each other.

    People mistype the inside and the end of foreign names, hardly their first consonant, and that one keeps
    ซูโจว from being taken for อู๋โจว.
    """
    first = name.lstrip(_LEADING_VOWELS)[:1]
    return _KIN.get(first, first)


def _plain_letter(sign: str) -> str:
    if sign.isascii() or "฀" <= sign <= "๿":
        return sign.lower()
    lowered = sign.lower()
    base = unicodedata.normalize("NFD", _LATIN_EXTRA.get(lowered, lowered))[0]
    return base if base.isascii() else lowered[0]
