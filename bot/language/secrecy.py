"""
Markings of secrecy: whether a paper, its name or a typed text bears ลับ, ลับมาก or ลับที่สุด.

Thai offices have three levels (ระเบียบว่าด้วยการรักษาความลับของทางราชการ พ.ศ. 2544), stamped alone on a line at the top and
bottom of each page, or filled in after ชั้นความลับ. A marking stands alone: กลับ, อำเภอลับแล and ความลับของความสำเร็จ hold the
same letters and are none. Texts come out of PDF files with letters spaced and marks displaced, and are mended.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from knowledge.normalize import normalize

LONGEST_LINE = 160
"""Characters of a line that is looked at: no marking stands in a paragraph."""

LEVELS = ("ลับ", "ลับมาก", "ลับที่สุด")


def is_marked_secret(text: str, *, whole: bool) -> bool:
    """
    Whether a text bears a marking of secrecy.

    Args:
        text: Lines as they stand on the page.
        whole: The text is all that there is of something, as a page, a document or a caption: one line of it
            that is nothing but a marking is a stamp. Of a typed message this is not enough, since a single
            ลับ may be what somebody asks about: there it counts above or below other lines, as in a paper
            that was pasted, after ชั้นความลับ, or in brackets.
    """
    lines = _lines(text)
    stamps = [line for line in lines if _is_stamp(line)]
    at_edge = bool(lines) and (_is_stamp(lines[0]) or _is_stamp(lines[-1]))
    if any(_is_filled_in(line) for line in lines) or (at_edge and (whole or len(lines) > 1)):
        return True
    if len(lines) == 1 and whole and _LEADS.match(lines[0]):
        return True
    if (len(lines) == 1 or not whole) and any(_IN_BRACKETS.search(line) for line in lines):
        return True
    # All three, one below the other, explain the levels: that is a guide about them, or an empty form.
    return whole and bool(stamps) and not set(LEVELS) <= {level for line in stamps for level in _levels(line)}


def is_marked_name(name: str) -> bool:
    """Whether a file name bears a marking as a part of its own: `ลับมาก_แผน.pdf`, `CONFIDENTIAL draft.docx`."""
    stem = re.sub(r"\.\w{1,5}$", "", name)
    if is_marked_secret(stem.replace("_", " "), whole=True):
        return True
    parts = [part for part in _BETWEEN_PARTS.split(stem) if part]
    return any(_is_marked_part(part, before, after) for before, part, after in _with_neighbours(parts))


# ------------------------------------------------------------------ what a line may hold


def _spaced(word: str) -> str:
    return r"\s*".join(map(re.escape, word))


def _any_of(words: Iterable[str]) -> str:
    return "|".join(map(_spaced, words))


# What repeats gives nothing back (`*+`): a line of a thousand digits must not be cut in every way there is.
_EDGE = r"[\s\-‐-―~_=*•·.:;,\"'“”‘’«»()\[\]{}<>|/\\#★☆■□▪●○◆◇]*+"
_HIGHER = r"(?:ที่สุด|มาก|เฉพาะ)"
_ENGLISH = _any_of(
    (
        *("top secret", "most secret", "strictly confidential", "highly confidential"),
        *("private and confidential", "private & confidential", "secret", "confidential"),
    )
)
_MARKING = rf"(?:ลับ(?:\s*{_HIGHER})?|{_ENGLISH})"
_PAPER = r"(?:(?:เอกสาร|หนังสือ|บันทึก(?:ข้อความ)?|ข้อมูล(?:ข่าวสาร)?|ข่าว|รายงาน|คำสั่ง)(?:ราชการ)?\s*)"
_LABEL = r"(?:(?:ประเภท|ระดับ)?\s*ชั้น\s*ความ\s*ลับ)"
_BESIDE = (
    rf"(?>\d{{1,6}}+|{_LABEL}|ด่วน(?:ที่สุด|มาก)?|หน้า(?:ที่)?|จาก|ของ|ใน|ชุด(?:ที่)?|ฉบับ(?:ที่)?|สำเนา(?:คู่ฉบับ)?|ที่"
    r"|page|of|copy|no|document)"
)
_STAMP = re.compile(
    rf"{_EDGE}(?:{_BESIDE}{_EDGE})*+{_PAPER}?{_MARKING}{_EDGE}(?:(?>{_MARKING}|{_BESIDE}){_EDGE})*+"
)
_LEVEL = re.compile(r"(?<!ความ)ลับ(?:\s*(?:ที่สุด|มาก))?")
_FILLED_IN = re.compile(
    rf"{_LABEL}\s*(?P<sign>[:=\-–—])?\s*{_MARKING}\s*(?P<after>$|[)\]|,;/]|ชั้น|ด่วน|(?:เลข)?ที่\s|วันที่|หน้า)?"
)
_TICKED = re.compile(rf"(?:[\[(]\s*[x/✓✔√]\s*[\])]|[☑☒✓✔✅√])\s*(?P<level>{_MARKING})")
_LEADS = re.compile(rf"{_MARKING}\s*[:\-–—|/]")
_IN_BRACKETS = re.compile(rf"^[\[(]\s*{_MARKING}\s*[\])]|[\[(]\s*{_MARKING}\s*[\])]$")


def _is_stamp(line: str) -> bool:
    return _STAMP.fullmatch(line) is not None and len(_levels(line)) < 2


def _is_filled_in(line: str) -> bool:
    """After ชั้นความลับ stands one level; where several stand to choose from, one of them is ticked."""
    if len(_levels(line)) > 1:
        ticked = {level for found in _TICKED.finditer(line) for level in _levels(found["level"])}
        return 0 < len(ticked) < len(_levels(line))
    return any(found["sign"] or found["after"] is not None for found in _FILLED_IN.finditer(line))


def _levels(line: str) -> set[str]:
    """The Thai levels that a line names, but for the ลับ inside ชั้นความลับ."""
    return {found[0].replace(" ", "") for found in _LEVEL.finditer(line)}


# ------------------------------------------------------------------ names

_BETWEEN_PARTS = re.compile(r"[^\w\u0e00-\u0e7f]+|_")
_GOES_ON = ("แล", "สมอง", "คม", "มีด")  # ลับแล is a district, ลับสมอง a riddle, ลับมีด a whetstone's work
_UPPER_MARKING = ("SECRET", "CONFIDENTIAL", "TOPSECRET")


def _with_neighbours(parts: Sequence[str]) -> Iterable[tuple[str, str, str]]:
    return zip(("", *parts), parts, (*parts[1:], ""), strict=False)


def _is_marked_part(part: str, before: str, after: str) -> bool:
    if part.isascii():  # in small letters it is any word: "secret garden"
        return part in _UPPER_MARKING and before.upper() not in ("NO", "NOT", "NON", "UN")
    line = _mended(part)
    if before.endswith("ไม่") or after.startswith(_GOES_ON):
        return False
    return _is_stamp(line)


# ------------------------------------------------------------------ mending

_LINE_BREAK = re.compile(r"[\r\n\v\f\x02\x85\u2028\u2029]+")
# Marks that a PDF file draws apart from their letter come behind it, or before a blank.
_DISPLACED = (
    (re.compile(r"ล\s*(?:ั\s*บ|บ\s*ั)"), "ลับ"),
    (re.compile(r"ลับ\s*ม\s*า\s*ก"), "ลับมาก"),
    (re.compile(r"ลับ\s*ท[\sิีุ่ํ]*ส[\sิีุ่ํ]*ด[ิีุ่ํ]*"), "ลับที่สุด"),
    (re.compile(r"ช[\sั้]*น\s*ค\s*ว\s*า\s*ม\s*ลับ"), "ชั้นความลับ"),
)
_LATIN_1 = re.compile("[\u00a1-\u00fb]")


def _lines(text: str) -> list[str]:
    lines = (_mended(line) for line in _LINE_BREAK.split(text) if len(line) <= LONGEST_LINE)
    return [line for line in lines if line]


def _mended(line: str) -> str:
    """One line, comparable; old fonts in PDF files give Thai as Latin letters with accents (ÅÑº for ลับ)."""
    if _LATIN_1.search(line) and not re.search("[ก-๛]", line):
        line = _LATIN_1.sub(lambda found: found[0].encode("latin-1").decode("cp874", "replace"), line)
    line = normalize(line)
    for broken, right in _DISPLACED:
        line = broken.sub(right, line)
    return line
