"""
What must agree before an entry may answer directly.

Likeness of letters does not tell ต้อง from ไม่ต้อง, one province from another, or approach 2 from 3. So a
question may only name what the entry names too; otherwise the entry is offered, not given.
"""

from __future__ import annotations

from knowledge.entries import FaqEntry
from knowledge.words import Vocabulary, abbreviations_in, numbers_in, years_in


class Guard:
    """The names, years, numbers, abbreviations and decisive words of one entry."""

    def __init__(self, entry: FaqEntry, words: Vocabulary) -> None:
        asked = "\n".join((*entry.wordings, entry.title))
        said = "\n".join(text for text in (asked, entry.answer, entry.answer_en, entry.detail, entry.detail_en) if text)
        self._words = words
        self._names = words.names_in(said)
        self._years = years_in(said) | _span(entry.as_of)
        self._numbers = numbers_in(said)
        self._abbreviations = abbreviations_in(words.spelled_out(said))
        self._decisive = words.decisive_in(asked)

    def allows(self, question: str) -> bool:
        """Whether the question names nothing that the entry does not."""
        return (
            self._words.names_in(question) <= self._names
            and years_in(question) <= self._years
            and numbers_in(question) <= self._numbers
            and abbreviations_in(self._words.spelled_out(question)) <= self._abbreviations
            and self._words.decisive_in(question) <= self._decisive
        )


def _span(as_of: str) -> frozenset[int]:
    """The years from the first to the last of an as-of text: 2562–2566 includes 2564."""
    years = years_in(as_of)
    return frozenset(range(min(years), max(years) + 1)) if years else years
