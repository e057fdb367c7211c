"""Known words with a slip of the finger in them: ประชมกับ…, ออกบูทที่…"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from rapidfuzz.distance import OSA

from bot.language.spelling import SHORTEST_SOUND, sound, sound_of, squash
from bot.language.text import CONNECTIVES, DEPENDENT


@dataclass(frozen=True)
class Slipped:
    """A known word, and whether one of its consonants was typed as another: then it may be another word."""

    word: str
    letter_changed: bool


_LONGEST_TEXT = 400
_STARTS = re.compile("|".join(sorted(map(re.escape, CONNECTIVES), key=len, reverse=True)))
_DEPENDENT = re.compile(f"[{DEPENDENT}]")
_CONSONANTS = re.compile(r"[^ก-ฮ]")


class SlippedWords:
    """Finds Thai words by their sound with at most one slip, where a word can begin; built once."""

    def __init__(self, words: Iterable[str]) -> None:
        self._by_first: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for word in words:
            heard = sound_of(word)
            if not heard.isascii() and len(heard) >= SHORTEST_SOUND:
                self._by_first[heard[0]].append((heard, word))

    def find(self, text: str) -> tuple[Slipped, ...]:
        """The words that a cleaned text may mean; the first place that has any, its nearest ones."""
        text = text[:_LONGEST_TEXT]
        for start in _word_starts(text):
            heard = sound(squash(text[start : start + 40])).signs
            # What is spelled right was seen already, and left out for the words around it.
            near = sorted(one for one in self._near(heard) if not text.startswith(one[2], start))
            if near:
                return tuple(Slipped(word, changed) for slips, changed, word in near if slips == near[0][0])
        return ()

    def _near(self, heard: str) -> Iterator[tuple[int, bool, str]]:
        for known, word in self._by_first.get(heard[:1], ()):
            for length in (len(known), len(known) - 1, len(known) + 1):
                typed = heard[:length]
                if len(typed) < length or _DEPENDENT.match(heard, length):
                    continue
                slips = OSA.distance(typed, known, score_cutoff=1)
                if slips <= 1:
                    changed = len(_CONSONANTS.sub("", typed)) == len(_CONSONANTS.sub("", known)) and sorted(
                        _CONSONANTS.sub("", typed)
                    ) != sorted(_CONSONANTS.sub("", known))
                    yield slips, changed, word
                    break


def _word_starts(text: str) -> Iterator[int]:
    """Where a run of Thai letters begins, and behind the words that glue sentences together."""
    for run in re.finditer(r"[ก-๙]+", text):
        yield run.start()
        for seam in _STARTS.finditer(text, run.start(), run.end()):
            yield seam.end()
