"""
Which Sustainable Development Goals and which fields of cooperation an activity touches.

Both are proposed, never decided: from the words of the text, and weakly from the kind of activity. The words
stand in `tables/sdgs.csv` and `tables/sectors.csv`, each row with its source. Nothing is proposed when nothing
speaks for it: that an activity is a partnership says no more of it than that it was recorded here.
"""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Literal

from bot.language.spelling import sound_of
from bot.language.text import DEPENDENT, clean

MOST = 3
"""More tags than this on one activity say nothing."""


@dataclass(frozen=True)
class TagWords:
    """One tag, the words that speak for it, and the activity types that hint at it."""

    code: str
    label_th: str
    label_en: str
    words: tuple[str, ...]
    types: tuple[str, ...] = ()


def load_tags(table: Literal["sdgs", "sectors"]) -> tuple[TagWords, ...]:
    """The rows of a table that is shipped, in its order."""
    text = files("bot.language").joinpath("tables", f"{table}.csv").read_text(encoding="utf-8")
    return tuple(
        TagWords(row["code"], row["label_th"], row["label_en"], _cell(row["words"]), _cell(row["types"]))
        for row in csv.DictReader(text.splitlines())
    )


def _cell(cell: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in cell.split("|") if word.strip())


# Compounds and names of places that hold a word of a table without meaning it.
_OTHER_WORDS = (
    *("การศึกษาดูงาน", "ความมั่นคงทางอาหาร", "ความมั่นคงทางพลังงาน", "สตรีทฟู้ด", "สตรีทอาร์ต", "ด่านหน้า"),
    *("ด่านซ้าย", "ด่านช้าง", "ด่านขุนทด", "ด่านมะขามเตี้ย", "ด่านเกวียน", "เกษตรสมบูรณ์", "เกษตรวิสัย", "ทุ่งศรีอุดม"),
    *("นำเข้าพบ", "นำเข้าเยี่ยม", "นำเข้าร่วม", "นำเข้าคารวะ", "ข่าวเศรษฐกิจ", "ทัวร์นาเมนต์", "ธนาคารเพื่อการเกษตร"),
)
# "ประชุมที่โรงพยาบาล" is where it was, unless one went there to learn.
_VENUE = re.compile(
    r"(?:(?<!สถาน)ที่|ณ|\bat|\bin)\s?(?:บริเวณ|หน้า|ห้องประชุม|ศูนย์|หอ|สนาม|สำนักงาน|the )?\s?"
    r"(?:โรงเรียน|มหาวิทยาลัย|วิทยาลัย|โรงพยาบาล|รพ\.สต\.|หอการค้า|สภาอุตสาหกรรม|อุตสาหกรรม|พาณิชย์|เกษตร|สาธารณสุข|แรงงาน|วัฒนธรรม|ท่องเที่ยว"
    r"|พิพิธภัณฑ์|สนามกีฬา|กีฬา|ฟุตบอล|สนามบิน|ท่าอากาศยาน|สะพาน|ด่าน|ท่าเรือ|โรงงาน|school|university|hospital|museum|airport)"
)
_LEARNING = frozenset({"study_visit", "training"})

_GOALS = re.compile(r"\bsdgs?\b|การพัฒนาที่ยั่งยืน|เอสดีจี", re.IGNORECASE)
_NUMBERED = re.compile(
    r"(?:\bsdgs?|เป้าหมาย|ข้อ|goals?|เอสดีจี)\s*(?:ข้อ|เป้าหมาย|ที่|#|:|goals?)*\s*(?P<numbers>\d{1,2}(?:\s*(?:,|และ|and|/)\s*\d{1,2})*)(?![\d/])",
    re.IGNORECASE,
)

_HEAD = 3
_HEARD_FROM = 5
"""A word of fewer signs (by sound) is only taken as written."""
_SLIPS_FROM = 8
"""A word of at least so many signs is also known with one of them left out."""
_LEADING = frozenset("เแโใไ")
_DEPENDENT = re.compile(f"[{DEPENDENT}]")

_SAID, _SLIPPED, _HINTED, _NUMBER = 1.0, 0.7, 0.4, 5.0


class TagReader:
    """Proposes the tags of one table; built once, immutable afterwards."""

    def __init__(self, rows: Sequence[TagWords]) -> None:
        self.tags = {row.code: row for row in rows}
        codes: dict[str, list[str]] = {word: [] for word in _OTHER_WORDS}
        for row in rows:
            for word in row.words:
                codes.setdefault(word.lower(), []).append(row.code)
        self._codes = {word: tuple(found) for word, found in codes.items()}
        self._written, self._heard = _Words(), _Words()
        for word in self._codes:
            heard = _heard(word)
            if word.isascii() or len(heard) < _HEARD_FROM:
                self._written.add(word, word)
            else:
                self._heard.add(heard, word)
        for word in self._codes:
            if not word.isascii():
                self._heard.add_slips(_heard(word), word)

    def propose(self, text: str, activity_type: str | None) -> tuple[str, ...]:
        """
        The codes that a text speaks of, best first, at most `MOST`; empty when nothing speaks for any.

        Args:
            text: What was typed: the sentence, or the title of the activity.
            activity_type: The code of its type, if known; it hints where the words say little.
        """
        text = clean(text).lower()
        if activity_type not in _LEARNING:
            text = _VENUE.sub(" ", text)
        scores: dict[str, float] = defaultdict(float)
        for code in self._numbered(text):
            scores[code] += _NUMBER
        for word, weight in self._words(text).items():
            for code in self._codes[word]:
                scores[code] += weight
        for row in self.tags.values():
            if activity_type in row.types:
                scores[row.code] += _HINTED
        return tuple(sorted(scores, key=lambda code: -scores[code]))[:MOST]

    def _words(self, text: str) -> dict[str, float]:
        """The different words of the table in a text, in its order, with what each weighs."""
        found = sorted((*self._written.standing_in(text), *self._heard.standing_in(_heard(text))))
        words: dict[str, float] = {}
        for _first, word, slip in found:
            words[word] = max(_SLIPPED if slip else _SAID, words.get(word, 0))
        return words

    def _numbered(self, text: str) -> Iterator[str]:
        """ "SDG 4 และ 13": the goals by their numbers."""
        if _GOALS.search(text):
            for match in _NUMBERED.finditer(text):
                yield from (
                    code for number in re.findall(r"\d+", match["numbers"]) if (code := number) in self.tags
                )


class _Words:
    """Words found by their first signs, the longest first."""

    def __init__(self) -> None:
        self._keys: dict[str, tuple[str, bool]] = {}
        self._lengths: dict[str, list[int]] = defaultdict(list)

    def add(self, key: str, word: str, *, slip: bool = False) -> None:
        if key not in self._keys:
            self._keys[key] = (word, slip)
            lengths = self._lengths[key[:_HEAD]]
            if len(key) not in lengths:
                lengths.append(len(key))
                lengths.sort(reverse=True)

    def add_slips(self, key: str, word: str) -> None:
        """The word with one sign left out; the first one is hardly ever missed."""
        if len(key) >= _SLIPS_FROM:
            for place in range(1, len(key)):
                self.add(key[:place] + key[place + 1 :], word, slip=True)

    def standing_in(self, text: str) -> Iterator[tuple[int, str, bool]]:
        """Where a word begins, the word, and whether it is spelled with a slip."""
        position = 0
        while position < len(text):
            key = self._longest(text, position)
            if key:
                yield position, *self._keys[key]
            position += len(key) or 1

    def _longest(self, text: str, position: int) -> str:
        for length in self._lengths.get(text[position : position + _HEAD], ()):
            key = text[position : position + length]
            if key in self._keys and _is_a_word(text, position, key):
                return key
        return ""


def _is_a_word(text: str, position: int, key: str) -> bool:
    before, after = text[position - 1 : position], text[position + len(key) : position + len(key) + 1]
    if key.isascii():
        return not (before.isascii() and before.isalnum()) and not (after.isascii() and after.isalnum())
    return before not in _LEADING and not _DEPENDENT.match(after)


@lru_cache(maxsize=16)  # one text is read for both tables
def _heard(text: str) -> str:
    """A text as it sounds, blanks kept; รร is the short a that it sounds like."""
    return " ".join(sound_of(part.replace("รร", "ั")) for part in text.split())
