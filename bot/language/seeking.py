"""Words that narrow the list of records: a partner, a year, a type, a number, and what is left over."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Literal

from bot.language.dates import ERA, read_year
from bot.language.names import Lexicon
from bot.language.text import HIDDEN, clean, hide

MOST_WORDS = 4
MOST_PAIRINGS = 10
LONGEST_WORD = 60
LONGEST_REQUEST = 120
"""Characters: a longer line is no request for a list."""

_NUMBER = re.compile(r"(?:รายการ(?:ที่)?|เลขที่|#)\s*(?P<number>\d{1,9})(?!\d)")
_FISCAL = r"(?P<fiscal>ปีงบ(?:ประมาณ)?|งบปี|fy|fiscal(?: year)?)"
_YEAR = re.compile(
    rf"(?:{_FISCAL}|ปีปฏิทิน|ปี\s*(?:พ\.?ศ\.?|ค\.?ศ\.?)?|พ\.?ศ\.?|ค\.?ศ\.?|year)\s*(?P<year>\d{{4}}|\d{{2}})(?!\d)|(?<!\d)(?P<bare>25[4-9]\d|20\d\d)(?!\d)",
    re.IGNORECASE,
)
_THIS_YEAR = re.compile(
    r"(?P<budget>ปีงบ(?:ประมาณ)?)?(?:ปี)?นี้|(?:ปีงบ(?:ประมาณ)?|ปี)(?P<last>ที่แล้ว|ก่อน|กลาย)|this year|(?P<last_en>last year)",
    re.IGNORECASE,
)
_PLANNED = re.compile(r"(?:อยู่ใน|ที่มี|มี|ตาม)?แผน(?!ก|ความ)|ยังไม่(?:ได้)?จัด|\bplanned\b|\bplans?\b", re.IGNORECASE)
_HELD = re.compile(r"(?:ที่)?จัดแล้ว|\bheld\b", re.IGNORECASE)
_MINE = re.compile(r"(?:ที่|ของ)?(?:ฉัน|ผม|ดิฉัน|หนู|เรา)(?:บันทึก|เอง)?|\bmine\b|\bmy\b", re.IGNORECASE)
_FLAGGED = re.compile(r"(?:ที่)?(?:มี)?ข้อสังเกต|\bflagged\b", re.IGNORECASE)
_FILLER = re.compile(
    r"(?:ขอ)?(?:ดู|ค้นหา|ค้น|หา|แสดง|เปิด|รายการ|กิจกรรม(?:ที่บันทึก(?:ไว้)?)?|ทั้งหมด|ของ|กับ|ที่|ใน|เรื่อง|คู่|หน่อย|ครับ|ค่ะ|คะ|นะ|ปี)(?=\s|$|\x00)"
    r"|^(?:ขอ)?(?:ดู|ค้นหา|ค้น|หา|แสดง|เปิด)?(?:รายการ)?กิจกรรม(?:ที่บันทึก(?:ไว้)?)?|\b(?:activities|activity|records?|of|with|in|show|find|search)\b",
    re.IGNORECASE,
)
_SHOW = re.compile(
    r"(?:ขอ)?(?:ดู|ค้นหา|ค้น|แสดง|เปิดดู)\s*(?:รายการ\s*)?(?:กิจกรรม|ที่บันทึก)|รายการกิจกรรม|กิจกรรมที่(?:ฉัน|ผม)?บันทึก|รายการที่\s*\d{1,9}$"
    r"|(?:show|find|search|list)\s+(?:me\s+)?(?:our\s+|my\s+)?(?:activities|records)",
    re.IGNORECASE,
)
_OF = re.compile(r"(?:กิจกรรม\s*(?:ของคู่|ของ|กับ|คู่)?|(?:activities|records)\s+(?:of|with))\s*", re.IGNORECASE)
_LETTERS = re.compile(r"[^\W_]{2}")


@dataclass(frozen=True)
class SoughtWords:
    """What the words ask for. `number` names one record; `year` is of the Buddhist Era."""

    number: int | None = None
    pairings: tuple[str, ...] = ()
    type: str | None = None
    state: Literal["held", "planned"] | None = None
    year: int | None = None
    fiscal: bool = False
    mine: bool = False
    flagged: bool = False
    words: tuple[str, ...] = ()


def read_sought(text: str, lexicon: Lexicon, *, home: str | None, today: date) -> SoughtWords:
    """Read what a list is to be narrowed by: "เฉิงตู ปี 69", "ศึกษาดูงาน ปีงบ 2570", "รายการที่ 12"."""
    left = clean(text)
    if (found := _NUMBER.search(left)) is not None:
        return SoughtWords(number=int(found["number"]))
    year, fiscal, left = _year(left, today)
    flags = {}
    for name, pattern in (("planned", _PLANNED), ("held", _HELD), ("mine", _MINE), ("flagged", _FLAGGED)):
        flags[name] = pattern.search(left) is not None
        left = pattern.sub(HIDDEN, left)
    reading = lexicon.read_pairing(left, home)
    left = hide(left, [(one.first_char, one.last_char) for one in reading.mentions])
    types = lexicon.read_type(left)
    words = _words(_without_type(left, lexicon, types.code) if types.settled else left)
    return SoughtWords(
        pairings=reading.ids[:MOST_PAIRINGS],
        type=types.code,
        state="planned" if flags["planned"] else "held" if flags["held"] else None,
        year=year,
        fiscal=fiscal,
        mine=flags["mine"],
        flagged=flags["flagged"],
        words=words,
    )


def wants_list(text: str, lexicon: Lexicon, home: str | None) -> bool:
    """Whether a line asks to see records: "ดูกิจกรรมเฉิงตู ปี 69", "กิจกรรมกับฮอกไกโด", "รายการที่ 12"."""
    text = clean(text)
    if len(text) > LONGEST_REQUEST:
        return False
    if _SHOW.match(text):
        return True
    named = _OF.match(text)
    if named is None:
        return False
    reading = lexicon.read_pairing(text, home)
    first = min((one.first_char for one in reading.mentions), default=None)
    return bool(reading.matches) and first is not None and first <= named.end() + 1


def _year(text: str, today: date) -> tuple[int | None, bool, str]:
    """The B.E. year, whether it is a fiscal one, and the text without it."""
    found = _YEAR.search(text)
    if found is not None:
        digits = found["year"] or found["bare"]
        years = sorted(read_year(digits))
        year = years[-1] + ERA if years else None
        return year, bool(found["fiscal"]), _cut(text, found)
    found = _THIS_YEAR.search(text)
    if found is None:
        return None, False, text
    fiscal = bool(found["budget"]) or "ปีงบ" in found[0]
    this = today.year + ERA + (fiscal and today.month >= 10)
    return this - bool(found["last"] or found["last_en"]), fiscal, _cut(text, found)


def _cut(text: str, found: re.Match[str]) -> str:
    return f"{text[: found.start()]} {text[found.end() :]}"


def _without_type(text: str, lexicon: Lexicon, code: str | None) -> str:
    """A word that only names the type is not looked for in titles too."""
    return " ".join(part for part in text.split() if lexicon.read_type(part).code != code)


def _words(text: str) -> tuple[str, ...]:
    text = _FILLER.sub(" ", text).replace(HIDDEN, " ")
    found = [part[:LONGEST_WORD] for part in text.split() if _LETTERS.search(part)]
    return tuple(dict.fromkeys(found))[:MOST_WORDS]
