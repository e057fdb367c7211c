"""
The numbers that Word writes by itself.

A clause typed with automatic numbering has no "ข้อ 5" in its text: the number is counted from
`numbering.xml`, as Word does when it shows the page.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

_THAI_DIGITS = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")
_THAI_LETTERS = "กขคงจฉชซฌญฎฏฐฑฒณดตถทธนบปผฝพฟภมยรลวศษสหฬอฮ"  # Word counts without ฃ and ฅ
_LATIN_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_ROMAN = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
_MAX_LEVEL = 8


@dataclass(frozen=True)
class _Level:
    format: str = "decimal"
    text: str = ""
    start: int = 1


@dataclass
class _List:
    levels: dict[int, _Level] = field(default_factory=dict)
    counted: dict[int, int] = field(default_factory=dict)


class Numbering:
    """Counts along with the paragraphs; ask for each numbered one once, in order."""

    def __init__(self, root: Any | None) -> None:
        self._lists: dict[str, _List] = defaultdict(_List)  # by abstract id: several lists go on with one
        self._abstract: dict[str, str] = {}
        self._restarts: dict[str, dict[int, int]] = defaultdict(dict)
        if root is not None:
            self._read(root)

    def _read(self, root: Any) -> None:
        for abstract in root.iterchildren(f"{W}abstractNum"):
            one = self._lists[abstract.get(f"{W}abstractNumId", "")]
            for level in abstract.iterchildren(f"{W}lvl"):
                one.levels[_number(level.get(f"{W}ilvl"))] = _Level(
                    value(level, "numFmt") or "decimal",
                    value(level, "lvlText") or "",
                    _number(value(level, "start"), 1),
                )
        for number in root.iterchildren(f"{W}num"):
            id_ = number.get(f"{W}numId", "")
            self._abstract[id_] = value(number, "abstractNumId") or ""
            for change in number.iterchildren(f"{W}lvlOverride"):
                if (start := value(change, "startOverride")) is not None:
                    self._restarts[id_][_number(change.get(f"{W}ilvl"))] = _number(start, 1)

    def label(self, list_id: str, level: int) -> str:
        """The number of the next paragraph of a list, "•" for a bullet, or nothing."""
        if list_id not in self._abstract:
            return ""
        one = self._lists[self._abstract[list_id]]
        # A list that begins anew does so once, at its first paragraph.
        for deep, start in self._restarts.pop(list_id, {}).items():
            one.counted[deep] = start - 1
        how = one.levels.get(level, _Level())
        one.counted[level] = one.counted.get(level, how.start - 1) + 1
        for deeper in range(level + 1, _MAX_LEVEL + 1):
            one.counted.pop(deeper, None)
        if how.format == "bullet":
            return "•"
        return re.sub(r"%([1-9])", lambda found: _shown(one, int(found[1]) - 1), how.text).strip()


def _shown(one: _List, level: int) -> str:
    how = one.levels.get(level, _Level())
    number = one.counted.get(level, how.start)
    if how.format == "none":
        return ""
    if how.format in ("thaiNumbers", "thaiCounting"):
        return str(number).translate(_THAI_DIGITS)
    if how.format == "thaiLetters":
        return _letter(_THAI_LETTERS, number)
    if how.format in ("lowerLetter", "upperLetter"):
        return _cased(_letter(_LATIN_LETTERS, number), how.format)
    if how.format in ("lowerRoman", "upperRoman"):
        return _cased(_roman(number), how.format)
    return str(number)


def _cased(text: str, format_: str) -> str:
    return text.upper() if format_.startswith("upper") else text


def _letter(alphabet: str, number: int) -> str:
    """Word repeats the letter after the last one: z, aa, bb."""
    if not 1 <= number <= len(alphabet) * 9:
        return str(number)
    return alphabet[(number - 1) % len(alphabet)] * ((number - 1) // len(alphabet) + 1)


def _roman(number: int) -> str:
    if not 1 <= number < 40:
        return str(number)
    text = ""
    for worth, sign in _ROMAN:
        text += sign * (number // worth)
        number %= worth
    return text


def value(element: Any, name: str) -> str | None:
    """`w:val` of a child element, None without the child."""
    child = element.find(f"{W}{name}")
    return None if child is None else child.get(f"{W}val", "")


def _number(text: str | None, otherwise: int = 0) -> int:
    """A number of the file; what is no number of a sensible size counts as not given."""
    return int(text) if text is not None and re.fullmatch(r"\d{1,6}", text) else otherwise
