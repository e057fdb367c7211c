"""
Typed text made comparable, and the few words that glue an officer's sentence together.

Every reader of this package works on `clean(text)`; positions that it reports (`first_char`, `last_char`,
both included) are positions in that cleaned text. Cleaning twice changes nothing.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

_REACH = 80
HIDDEN = "\x00"
"""Stands where something was already read; `clean` lets none in from outside."""

DEPENDENT = "ะ-ฺ็-๎"
"""Thai signs that cannot begin a word, as a regex range: what they follow is not finished."""

CONNECTIVES = (
    *("ร่วมกับ", "กับ", "และ", "พร้อม", "ระหว่าง", "ที่", "ณ", "จาก", "ไป", "มา", "ใน", "ของ", "โดย", "เพื่อ"),
    *("เมื่อ", "วันที่", "วัน", "เรื่อง", "หัวข้อ", "ด้าน", "เกี่ยวกับ", "จำนวน", "งบ", "คณะ", "จนท", "เจ้าหน้าที่"),
    *("ผู้ว่าราชการ", "ผู้ว่าฯ", "ผู้ว่า", "รองผู้ว่า", "ผวจ.", "ผู้แทน", "ผู้", "นำ", "รับ", "พบ", "จัด", "มี", "รวม"),
    *("จังหวัด", "จ.", "จว.", "มณฑล", "แขวง", "มหานคร", "นคร", "เมือง", "รัฐ", "กรุง", "ร่วม", "ถึง", "เดินทาง"),
    *("ฝ่าย", "ทาง", "ให้", "ได้", "แล้ว", "จะ", "เข้า", "ต่อ", "ส่ง", "ปี", "อีก", "เป็น", "เยี่ยม", "คุย", "โครงการ"),
    *("นักเรียน", "นร.", "เยาวชน", "เตรียม", "กำหนด", "แผน", "พ.ศ.", "รอง", "นายก", "งาน"),
)
"""Words that commonly touch a name or a date in spaceless Thai, so that a boundary can be believed."""

_DIGITS = {ord(thai): str(value) for value, thai in enumerate("๐๑๒๓๔๕๖๗๘๙")} | {
    ord(wide): str(value) for value, wide in enumerate("０１２３４５６７８９")
}
_DASHES = {ord(dash): "-" for dash in "‐‑‒–—―−~〜～"}
_LETTERS = {wide: wide - 0xFEE0 for first in "Ａａ" for wide in range(ord(first), ord(first) + 26)}
_SIGNS = _DIGITS | _DASHES | _LETTERS | {ord("："): ":", ord("，"): ",", ord("／"): "/", ord("．"): "."}

_INVISIBLE = re.compile(
    "[\u0000-\u0008\u000e-\u001f\u007f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufe0f\ufeff]"
)
_BLANKS = re.compile(r"[^\S\n]+")
# What keyboards and copied PDFs do to Thai marks, in the order in which they must be mended.
_THAI_SLIPS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile("เเ"), "แ"),
    (re.compile("([่-๋])([ัิ-ฺ])"), r"\2\1"),  # a tone mark is typed after the vowel it stands on
    (re.compile("ํ([่-๋]?)า"), r"\1ำ"),
    (re.compile("([่-๋])ํา"), r"\1ำ"),
    (re.compile("([ัิ-ฺ็-์])\\1+"), r"\1"),
)


_ANY_SLIP = re.compile(
    "|".join(f"(?:{slip.pattern})" for slip, _ in _THAI_SLIPS[:-1]) + "|(?P<mark>[ัิ-ฺ็-์])(?P=mark)"
)


def clean(text: str) -> str:
    """The text with Arabic digits, plain letters, blanks and dashes, and Thai marks in their usual order."""
    text = _mend(_INVISIBLE.sub("", unicodedata.normalize("NFC", text)).translate(_SIGNS))
    lines = (_BLANKS.sub(" ", line).strip() for line in text.splitlines())
    return "\n".join(line for line in lines if line)


def _mend(text: str) -> str:
    """Mending can bring marks together that need mending again: go on until nothing changes."""
    if not _ANY_SLIP.search(text):
        return text
    mended = text
    for slip, right in _THAI_SLIPS:
        mended = slip.sub(right, mended)
    return mended if mended == text else _mend(mended)


def hide(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """The text, as long as before, with the given spans (first and last character) covered."""
    for first, last in spans:
        text = text[:first] + HIDDEN * (last + 1 - first) + text[last + 1 :]
    return text


def beside(text: str, first: int, last: int) -> tuple[str, str]:
    """The text before and after something, as far as words that belong to it can stand: long texts stay fast."""
    return text[max(0, first - _REACH) : first], text[last + 1 : last + 1 + _REACH]


def just_before(pattern: re.Pattern[str], text: str, position: int) -> re.Match[str] | None:
    """What a pattern that ends with `$` finds right before a position."""
    return pattern.search(text, max(0, position - _REACH), position)


# Clock times, ordinals and addresses hold numbers that are neither days nor people nor money.
_TIMES = (
    r"(?:เวลา\s*)?\d{1,2}[.:]\d{2}(?:\s*-\s*\d{1,2}[.:]\d{2})?\s*(?:น\.|น(?![ก-๙])|นาฬิกา|[ap]\.?m\b)"
    r"|(?:เวลา\s*)?(?<![\d.:])\d{1,2}:\d{2}(?:\s*-\s*\d{1,2}:\d{2})?(?![\d:])"
    r"|เวลา\s*\d{1,2}(?:\.\d{2})?(?:\s*-\s*\d{1,2}(?:\.\d{2})?)?(?![\d/])"
    r"|(?<!\d)\d{1,2}(?:\s*-\s*\d{1,2})?\s*(?:โมง(?:เช้า|เย็น|ครึ่ง)?|ทุ่ม|นาฬิกา|[ap]m\b)"
)
_ORDINALS = (
    r"(?:ครั้ง|รุ่น|ฉบับ|ลำดับ|ชุด|สมัย|ปี|รอบ|ระยะ|เลข|คำสั่ง|หนังสือ|วาระ|หน่วย)\s*ที่\s*\d+(?:\s?/\s?\d+)*"
    r"|ครบ(?:รอบ)?\s*(?:ปีที่\s*)?\d+\s*(?:ปี|เดือน|วัน)?"
    r"|ห้อง[ก-๙]{0,14}\s*\d+[/-]\d+"
    r"|(?<![ก-๙.])(?:ชั้น|ห้อง|ข้อ|หมู่|ซอย|ม\.|ป\.|โทร\.?)\s*\d[\d/-]*"
)
_TIME = re.compile(_TIMES, re.IGNORECASE)
_NOT_COUNTED = re.compile(f"{_TIMES}|{_ORDINALS}", re.IGNORECASE)


def hide_times(text: str) -> str:
    """Cover clock times: "10 โมง", "09.30 น."."""
    return _cover(_TIME, text)


def hide_times_and_ordinals(text: str) -> str:
    """Cover "10 โมง", "09.30 น.", "ครั้งที่ 3/2562", "ครบรอบ 11 ปี" and their like."""
    return _cover(_NOT_COUNTED, text)


# Courtesies end a sentence and belong to no title, place or count. A name may end like คะ (ฟูกูโอคะ).
_COURTESIES = re.compile(
    r"(?:นะ|น่ะ)?(?:ครับผม|ครับ|ค่ะ|คับ|ค้าบ)(?![ก-๙])|(?:(?<=[\s\x00\d])|นะ)(?:คะ|จ้า|จ้ะ|จ๊ะ|ฮะ|ฮับ)(?![ก-๙])"
    r"|(?<![ก-๙])(?:ขอบคุณ|ขอบพระคุณ|จึงเรียนมาเพื่อ)[^\n\x00]*"
)


def hide_courtesies(text: str) -> str:
    """Cover ครับ, ค่ะ, ขอบคุณ and their like."""
    return _cover(_COURTESIES, text)


def _cover(pattern: re.Pattern[str], text: str) -> str:
    return pattern.sub(lambda found: HIDDEN * len(found[0]), text)
