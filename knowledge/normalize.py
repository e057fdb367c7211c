"""
Thai text made comparable.

What officers type and what is pasted out of PDF files differ in marks, digits and spaces from what a
curator writes. `normalize` mends that in the order of `REPAIRS`; `squash` goes on to the bare key that
matching uses. Neither is meant for display.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple


class Repair(NamedTuple):
    """One named mending, and why it is needed."""

    name: str
    why: str
    apply: Callable[[str], str]


# Glyph variants that Windows fonts keep at U+F700 to U+F71A and PDF extraction lets through.
_TONES = "\u0e48\u0e49\u0e4a\u0e4b\u0e4c"
_PRIVATE_USE = str.maketrans(
    dict(
        zip(
            range(0xF700, 0xF71B),
            "\u0e10\u0e34\u0e35\u0e36\u0e37"
            + _TONES
            + _TONES
            + "\u0e0d\u0e31\u0e4d\u0e47"
            + _TONES
            + "\u0e38\u0e39\u0e3a",
            strict=True,
        )
    )
)
_THAI_DIGITS = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")
_INVISIBLE = re.compile(
    "[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\x00-\x08\x0e-\x1b\x7f\ud800-\udfff]"
)
_TONE = "\u0e48-\u0e4c"  # mai ek to thanthakhat: always written after a vowel mark
_VOWEL_MARK = "\u0e31\u0e34-\u0e3a\u0e47"
_MARKS = re.compile(rf"[{_TONE}{_VOWEL_MARK}]{{2,}}")
_SARA_AM_BEFORE_TONES = re.compile(rf"\u0e33[{_TONE}\u0e33]+")
_SPLIT_WORDS = (
    "กำหนด|กำกับ|กำลัง|กำไร|กำแพง|คำสั่ง|คำถาม|คำตอบ|คำขอ|คำแนะนำ|คำว่า|จำนวน|จำเป็น|จำกัด|"
    "จำหน่าย|ชำนาญ|ดำเนิน|ดำรง|ดำริ|ตำบล|ตำแหน่ง|ตำรา|ทำงาน|ทำให้|ทำอย่าง|ทำการ|ทำแผน|"
    "ทำโครงการ|จัดทำ|นำเสนอ|นำเข้า|นำไป|นำมา|น้ำ|แนะนำ|ผู้นำ|ประจำ|รำลึก|ลำดับ|ลำพูน|ลำปาง|"
    "สำคัญ|สำนัก|สำเร็จ|สำหรับ|สำรวจ|สำเนา|อำเภอ|อำนาจ|อำนวย|บำรุง|ชำระ|ต่ำ"
)
_SPLIT_SARA_AM = re.compile(_SPLIT_WORDS.replace("ำ", "[\u0e4d ]+า"))


def _mend_sara_am(text: str) -> str:
    return re.sub(rf"\u0e4d([{_TONE}]?)\u0e32", "\\1\u0e33", text)


def _mend_mark_order(text: str) -> str:
    text = _MARKS.sub(lambda run: "".join(sorted(run[0], key=lambda mark: mark in _TONES)), text)
    # The whole run at once: one mark a pass takes seconds where somebody types a page of them.
    return _SARA_AM_BEFORE_TONES.sub(lambda run: "".join(sorted(run[0], key="\u0e33".__eq__)), text)


def _mend_split_sara_am(text: str) -> str:
    return _SPLIT_SARA_AM.sub(lambda found: re.sub(r"[ํ ]+า", "ำ", found[0]), text)


def _mend_spaces(text: str) -> str:
    text = re.sub(r"\s+", " ", text).strip()
    text = re.sub(r"(?<=[ก-๎]) (?=[ะ-ฺ็-๎])", "", text)
    return re.sub(r"(?<=[เ-ไ]) (?=[ก-ฮ])", "", text)


REPAIRS: tuple[Repair, ...] = (
    Repair(
        "nfc",
        "one code for one letter; never NFKC, which takes sara am apart",
        lambda text: unicodedata.normalize("NFC", text),
    ),
    Repair("private use", "PDF fonts shift marks to U+F700-F71A", lambda text: text.translate(_PRIVATE_USE)),
    Repair(
        "invisible",
        "zero-width marks and soft hyphens come with copied text, halves of a letter with broken JSON",
        lambda t: _INVISIBLE.sub("", t),
    ),
    Repair("double sara e", "เ typed twice looks like แ", lambda text: text.replace("เเ", "แ")),
    Repair("sara am", "nikhahit and sara aa are one vowel", _mend_sara_am),
    Repair("mark order", "vowel first, then tone, whatever was typed first", _mend_mark_order),
    Repair(
        "doubled marks",
        "a key held too long; the second mark is not even visible",
        lambda text: re.sub(rf"([{_VOWEL_MARK}{_TONE}ํ])\1+", r"\1", text),
    ),
    Repair(
        "split sara am",
        "PDF extraction loses the nikhahit of ำ as a space; mended only in words that are known",
        _mend_split_sara_am,
    ),
    Repair("thai digits", "๒๕๖๒ is 2562", lambda text: text.translate(_THAI_DIGITS)),
    Repair("lower case", "MOU is mou", str.lower),
    Repair(
        "repeated letters",
        "มากกกก is มาก; no Thai or English word has three equal letters in a row",
        lambda text: re.sub(r"([^\W\d_])\1{2,}", r"\1", text),
    ),
    Repair("spaces", "runs of blanks, and blanks inside a Thai syllable", _mend_spaces),
)


@lru_cache(maxsize=512)  # one question is looked at from many sides
def normalize(text: str) -> str:
    """
    The comparable form of a text: repaired, lower case, single spaces.

    Doing it twice changes nothing. Words stay apart where they were, so this form can still be cut.
    """
    return _settle(_repair_once, text)


def squash(text: str) -> str:
    """The matching key: `normalize`, then letters, marks and digits only."""
    return _settle(lambda rough: _bare(normalize(rough)), text)


def _repair_once(text: str) -> str:
    for repair in REPAIRS:
        text = repair.apply(text)
    return text


def _bare(text: str) -> str:
    return "".join(
        letter
        for letter in text
        if letter not in "ฯๆ" and (letter.isalnum() or unicodedata.category(letter).startswith("M"))
    )


def _settle(step: Callable[[str], str], text: str) -> str:
    """Repeat until nothing changes: one mending can uncover another, as a lost blank does a doubled mark."""
    while (mended := step(text)) != text:
        text = mended
    return text
