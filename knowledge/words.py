"""
The curators' table of words: what means the same, what says little, what names a place.

`Vocabulary.fold` turns a text into weighted runs of letters in which every synonym reads like its main
word, so that "MOU ต้องเข้า ครม มั้ย" and "บันทึกความเข้าใจต้องเสนอคณะรัฐมนตรีหรือไม่" meet.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Annotated

from pydantic import Field

from knowledge.normalize import normalize, squash
from knowledge.reading import Strict

Word = Annotated[str, Field(min_length=1)]
Words = Annotated[tuple[Word, ...], Field(strict=False)]
SomeWords = Annotated[tuple[Word, ...], Field(strict=False, min_length=1)]

# Soft words still count a little: "กี่" or "ครับ" may tell two equal candidates apart, never more.
SOFT_WEIGHT = 0.2

MOST_ENDINGS = 8
"""Endings in a row that are politeness; without a bound, a page of นะ is tried anew from each of them."""

_LATIN = re.compile(r"[a-z]")
_RUN = re.compile(r"[a-z]+|[0-9]+|[^a-z0-9\s]+")
_THAI_GAP = re.compile(r"(?<=[\u0e01-\u0e5b]) +(?=[\u0e01-\u0e5b])")
_FOUR_DIGITS = re.compile(r"(?<!\d)\d{4}(?!\d)")
_NUMBER = re.compile(r"((?:ที่|approach|section) ?)?(?<!\d)(\d{1,9})(?!\d)")
_ABBREVIATION = re.compile(r"(?<![ก-๎])(?:[ก-ฮ]{1,2}\. ?){2,}")
_SHORT_YEAR = re.compile(r"(?:ปี|พ\.?ศ\.?)\s*(\d{2})(?!\d)")


class Group(Strict):
    """Words that mean the same. `short` ones are abbreviations: they count alone or with a full stop."""

    word: str
    also: Words = ()
    short: Words = ()


class Soft(Strict):
    """Politeness and scaffolding. `endings` count only where a run of Thai ends: ฐานะ is not ฐา + นะ."""

    phrases: SomeWords
    endings: SomeWords
    english: Words


class Names(Strict):
    """Names of places. `unsafe` ones are also ordinary words (เลย, แพร่) and need จังหวัด or จ. before them."""

    safe: SomeWords
    unsafe: SomeWords


class WordTable(Strict):
    """synonyms.yaml."""

    groups: Annotated[tuple[Group, ...], Field(strict=False)]
    soft: Soft
    names: Names
    decisive: Words


@dataclass(frozen=True)
class Run:
    """A stretch of letters, or a word, or a number, with the weight of what it says."""

    text: str
    weight: float


class Vocabulary:
    """The word table, compiled."""

    def __init__(self, table: WordTable) -> None:
        self.table = table
        self._short, self._short_to = _short_forms(table.groups)
        also = {squash(form): squash(group.word) for group in table.groups for form in group.also}
        # A main word is listed too: else a shorter synonym inside it would be replaced.
        also |= {squash(group.word): squash(group.word) for group in table.groups}
        self._also, self._also_to = _any_of(also), also
        soft = "|".join(_longest_first(map(squash, table.soft.phrases)))
        endings = "|".join(_longest_first(map(squash, table.soft.endings)))
        self._soft = re.compile(rf"({soft}|(?:{endings}){{1,{MOST_ENDINGS}}}$)")
        self._soft_english = frozenset(table.soft.english)
        # One text is looked at from many sides, one after another.
        self.fold = lru_cache(maxsize=64)(self._fold)
        self.spelled_out = lru_cache(maxsize=64)(self._spelled_out)
        self._names = tuple(self.key(name) for name in table.names.safe)
        unsafe = "|".join(_longest_first(map(normalize, table.names.unsafe)))
        self._unsafe_names = re.compile(rf"(?:จังหวัด|จ\.) ?({unsafe})")
        self._decisive = tuple(self.key(word) for word in table.decisive)
        self.familiar: tuple[str, ...] = (
            *(group.word for group in table.groups),
            *table.names.safe,
            *table.names.unsafe,
        )
        """Words that the table knows, so that they are no foreign subject."""

    def _fold(self, text: str) -> tuple[Run, ...]:
        """The text in main words, cut into runs of Thai, Latin words and numbers."""
        text = self.spelled_out(text)
        bare = "".join(letter if _counts(letter) else " " for letter in text if letter not in "ฯๆ")
        return tuple(run for part in _RUN.findall(_THAI_GAP.sub("", bare)) for run in self._runs(part))

    def _spelled_out(self, text: str) -> str:
        """The text with the abbreviations and Latin synonyms of the table in full."""
        return self._short.sub(lambda found: f" {self._short_to[squash(found[0])]} ", normalize(text))

    def key(self, text: str) -> str:
        """The text in main words, without blanks."""
        return "".join(run.text for run in self.fold(text))

    def _runs(self, part: str) -> Iterable[Run]:
        if _LATIN.match(part):
            yield Run(part, SOFT_WEIGHT if part in self._soft_english else 1.0)
            return
        part = self._also.sub(lambda found: self._also_to[found[0]], part)
        for number, piece in enumerate(self._soft.split(part)):
            if piece:
                yield Run(piece, SOFT_WEIGHT if number % 2 else 1.0)

    def names_in(self, text: str) -> frozenset[str]:
        """The places a text names."""
        key = self.key(text)
        safe = frozenset(name for name in self._names if name in key)
        return safe | frozenset(self._unsafe_names.findall(normalize(text)))

    def decisive_in(self, text: str) -> frozenset[str]:
        """The words of a text that make it another question: ไม่ต้อง and ต้อง, ส่วนกลาง and จังหวัด."""
        key = self.key(text)
        return frozenset(word for word in self._decisive if word in key)


def years_in(text: str) -> frozenset[int]:
    """Years a text names, in the Buddhist Era (C.E. + 543); "ปี 69" is 2569."""
    text = normalize(text)
    long = (int(digits) for digits in _FOUR_DIGITS.findall(text))
    found = {year if year > 2400 else year + 543 for year in long if 1900 <= year <= 2700}
    return frozenset(found | {2500 + int(digits) for digits in _SHORT_YEAR.findall(text)})


def numbers_in(text: str) -> frozenset[str]:
    """
    The numbers of a text that are not years: 20 ปี, มาตรา 178.

    One that tells items apart is also given with its word: "ที่ 2" is not answered by "2 ข้อ".
    """
    text = _SHORT_YEAR.sub(" ", normalize(text))
    found = [(word, digits) for word, digits in _NUMBER.findall(text) if not 1900 <= int(digits) <= 2700]
    return frozenset(digits for _, digits in found) | frozenset(
        f"ที่{digits}" for word, digits in found if word
    )


def abbreviations_in(text: str) -> frozenset[str]:
    """Abbreviations with full stops that a text has: ก.พ.ร., ต.ค."""
    return frozenset(found.replace(" ", "") for found in _ABBREVIATION.findall(normalize(text)))


def _short_forms(groups: Iterable[Group]) -> tuple[re.Pattern[str], dict[str, str]]:
    """
    A pattern for abbreviations and Latin synonyms, which need an edge on both sides.

    A Thai abbreviation written with its full stop needs none: "ถามมท.ก่อน".
    """
    forms: dict[str, str] = {}
    patterns: list[str] = []
    for group in groups:
        for form in (
            *group.short,
            *(word for word in (*group.also, group.word) if _LATIN.search(normalize(word))),
        ):
            letters = squash(form)
            forms[letters] = group.word
            if _LATIN.search(letters):
                patterns.append(r"(?<![a-z])" + r"[\s.\-]*".join(letters) + r"(?![a-z])")
            else:
                dotted = r"\.?\s?".join(letters)
                patterns.append(rf"(?<![ก-๎]){dotted}\.?(?![ก-๎])|{dotted}\.")
    return re.compile("|".join(sorted(patterns, key=len, reverse=True)) or r"(?!)"), forms


def _any_of(words: Iterable[str]) -> re.Pattern[str]:
    # A dependent vowel or mark after the match means that it was the beginning of another syllable.
    return re.compile(f"(?:{'|'.join(_longest_first(words))})(?![ะ-ฺ็-๎])")


def _longest_first(words: Iterable[str]) -> list[str]:
    return sorted({re.escape(word) for word in words if word}, key=lambda word: (-len(word), word))


def _counts(letter: str) -> bool:
    return letter.isalnum() or unicodedata.category(letter).startswith("M")
