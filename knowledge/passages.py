"""Which passage of a loaded document says what was asked, if any does."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from knowledge.deciding import is_terse
from knowledge.documents import Document, Passage
from knowledge.grams import Grams, covered, grams
from knowledge.meaning import Encoder
from knowledge.ranking import SIGNALS, Question, Ranker, Subject, Table
from knowledge.words import Vocabulary

# A passage has no wordings: the words of the question decide, meaning tells near ones apart. Measured on
# public question-and-passage sets; see README.
COVER, SAID = 1.0, 0.15
# A question in a language in which no passage is written: only its meaning can find one.
FOREIGN_COVER, FOREIGN_SAID = 0.1, 1.0

ENOUGH = 0.8
"""The least share of the question that must stand in the passage: what it does not say is not quoted."""


def passage_scores(table: Table, *, foreign: bool) -> np.ndarray[tuple[int], np.dtype[np.float32]]:
    """One score for each passage."""
    cover, said = (FOREIGN_COVER, FOREIGN_SAID) if foreign else (COVER, SAID)
    found: np.ndarray[tuple[int], np.dtype[np.float32]] = (
        cover * table[:, SIGNALS.index("cover")] + said * table[:, SIGNALS.index("said")]
    )
    return found


class PassageFinder:
    """The passages of all documents, indexed."""

    def __init__(self, documents: Sequence[Document], words: Vocabulary) -> None:
        self._passages = tuple(passage for document in documents for passage in document.passages)
        self._words = words
        self._ranker = Ranker(
            [Subject(str(number), (), (one.heading, one.text)) for number, one in enumerate(self._passages)],
            words,
        )

    def add_meaning(self, encoder: Encoder, background: Sequence[str]) -> None:
        self._ranker.add_meaning(encoder, background)

    def find(self, asked: Question) -> Passage | None:
        """The passage that says it, or None when none says enough of it. `asked` may come from another ranker."""
        if not self._passages or is_terse(asked) or not asked.thai:
            return None
        passage = self._passages[int(np.argmax(passage_scores(self._ranker.signals(asked), foreign=False)))]
        fit = covered(asked.grams, self._grams(passage), self._ranker.rarity)
        return passage if fit >= ENOUGH else None

    def _grams(self, passage: Passage) -> Grams:
        return grams(self._words.fold(f"{passage.heading}\n{passage.text}"))
