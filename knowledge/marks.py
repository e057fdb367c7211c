"""
What likeness does not tell apart: names, years, numbers, abbreviations, and words that turn a question.

ต้อง and ไม่ต้อง, one province and another, approach 2 and 3 are alike in letters and in meaning. So what a
question names is held against what an entry names, by rule.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from knowledge.words import Vocabulary, abbreviations_in, numbers_in, years_in


@dataclass(frozen=True)
class Marks:
    """The marks of a text."""

    names: frozenset[str] = frozenset()
    years: frozenset[int] = frozenset()
    numbers: frozenset[str] = frozenset()
    abbreviations: frozenset[str] = frozenset()
    decisive: frozenset[str] = frozenset()
    asked: frozenset[str | int] = (
        frozenset()
    )  # of a subject: the names, years and numbers that its wordings have

    @property
    def any(self) -> bool:
        return bool(self.names or self.years or self.numbers or self.abbreviations or self.decisive)

    def strange_to(self, held: Marks) -> int:
        """How many of these names, years, numbers and abbreviations the other does not have."""
        return (
            len(self.names - held.names)
            + len(self.years - held.years)
            + len(self.numbers - held.numbers)
            + len(self.abbreviations - held.abbreviations)
        )

    def agreeing_with(self, held: Marks) -> float:
        """The share of these names, years and numbers that the other's wordings have; 0 where there are none."""
        own = self.names | self.years | self.numbers
        return len(own & held.asked) / len(own) if own else 0.0

    def turned_against(self, held: Marks) -> int:
        """How many of these decisive words the other does not have."""
        return len(self.decisive - held.decisive)


def marks_of(text: str, words: Vocabulary) -> Marks:
    """The marks of a question, or of one text of a subject."""
    return Marks(
        names=words.names_in(text),
        years=years_in(text),
        numbers=numbers_in(text),
        abbreviations=abbreviations_in(words.spelled_out(text)),
        decisive=words.decisive_in(text),
    )


def marks_held(asked: Iterable[Marks], said: Iterable[Marks], as_of: str) -> Marks:
    """
    The marks that a question may have and still be about this subject.

    A name may stand anywhere in its texts; a decisive word must be asked: an answer that says what is not
    required is no answer to what is.
    """
    asked = tuple(asked)
    all_ = (*asked, *said)
    return Marks(
        names=frozenset().union(*(one.names for one in all_)),
        years=frozenset().union(*(one.years for one in all_)) | _span(as_of),
        numbers=frozenset().union(*(one.numbers for one in all_)),
        abbreviations=frozenset().union(*(one.abbreviations for one in all_)),
        decisive=frozenset().union(*(one.decisive for one in asked)),
        asked=frozenset().union(*(one.names | one.years | one.numbers for one in asked)),
    )


def _span(as_of: str) -> frozenset[int]:
    """The years from the first to the last of an as-of text: 2562–2566 includes 2564."""
    years = years_in(as_of)
    return frozenset(range(min(years), max(years) + 1)) if years else years
