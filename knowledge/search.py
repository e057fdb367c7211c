"""
Finding the curated entry that a question asks for, and deciding what may be said.

Every signal gives each entry a score between 0 and 1; their weighted sum ranks; the best are compared once
more letter by letter. Then it is decided in four, with thresholds measured on a test set: a direct answer,
a choice of near questions, a passage of a loaded document, or an honest "not known". Nothing is generated:
the same question always gets the same answer.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from heapq import nlargest
from pathlib import Path
from types import MappingProxyType
from typing import Literal

from pydantic import Field

from knowledge.documents import Document, Passage
from knowledge.entries import Base, FaqEntry, Topic, data_folder, load_base
from knowledge.grams import CoverIndex, Rarity, covered, grams, longest_unknown
from knowledge.guards import Guard
from knowledge.normalize import squash
from knowledge.overlay import changed
from knowledge.reading import Strict, read_yaml
from knowledge.signals import Alike, Close, Cover, Question, Signal, key_of, pieces_of, whole_entries
from knowledge.words import SOFT_WEIGHT, Vocabulary, WordTable

__all__ = ["Decision", "Finding", "KnowledgeBase", "SourceLine", "Suggestion", "Thresholds"]

Decision = Literal["answer", "suggest", "passage", "unknown"]

LONGEST_QUESTION = 1000  # letters that are read; the rest of a longer text is ignored
COMPARED = 20  # candidates that are compared letter by letter
OFFERED = 3  # buttons

# One mistyped letter makes three n-grams of three letters unknown; a longer stretch is a subject of its own.
A_SLIP = 3
# A text of fewer letters (in main words) is a keyword: what is asked about it is for the person to say.
A_QUESTION = 10

_THAI = re.compile(r"[\u0e01-\u0e5b]")


@dataclass(frozen=True)
class Suggestion:
    entry_id: str
    question: str  # in the language that was asked in
    score: float


@dataclass(frozen=True)
class Finding:
    """What may be said to a question. `suggestions` with "unknown" are what is known nearby."""

    decision: Decision
    score: float  # of the best entry, 0 to 1
    entry: FaqEntry | None = None
    passage: Passage | None = None
    suggestions: tuple[Suggestion, ...] = ()


@dataclass(frozen=True)
class SourceLine:
    """One source of an entry, for people."""

    title: str
    section: str | None  # heading of the cited section
    as_of: str  # Buddhist-era years


class Thresholds(Strict):
    """thresholds.json: weights of the signals and the lines between the four decisions."""

    alike: float = Field(ge=0, le=1)
    cover: float = Field(ge=0, le=1)
    close: float = Field(ge=0, le=1)
    lead: float = Field(ge=0)  # what standing clear of the second entry adds, for each point of it
    clear: float = Field(ge=0, le=1)  # the least lead
    answer: float = Field(ge=0)
    suggest: float = Field(ge=0, le=1)
    nearby: float = Field(ge=0, le=1)
    passage: float = Field(ge=0, le=1)


Ranking = Sequence[tuple[str, float]]
"""Entry ids with their scores, best first."""


class KnowledgeBase:
    """The curated entries and the loaded documents, ready to be asked."""

    def __init__(self, base: Base, vocabulary: Vocabulary, thresholds: Thresholds) -> None:
        self.entries: Mapping[str, FaqEntry] = MappingProxyType({entry.id: entry for entry in base.entries})
        self.topics: tuple[Topic, ...] = base.topics
        self._base = base
        self._words = vocabulary
        self._limits = thresholds
        # What was superseded stays readable by its id, and is no longer found.
        current = tuple(entry for entry in base.entries if entry.superseded_by is None)
        self._current = current
        self._guards: dict[str, Guard] = {}
        # Asked in a curator's own words: nothing to weigh. Loading made sure that they are unique.
        self._exact = {squash(text): entry.id for entry in current for text in entry.wordings}
        pieces = [piece for entry in current for piece in pieces_of(entry, vocabulary)]
        whole = whole_entries(pieces)
        familiar = (grams(vocabulary.fold(word)) for word in vocabulary.familiar)
        self._known = frozenset(gram for text in (*whole.values(), *familiar) for gram in text)
        self._passages = tuple(passage for document in base.documents for passage in document.passages)
        quoted = [grams(vocabulary.fold(passage.text)) for passage in self._passages]
        rarity = Rarity([*whole.values(), *quoted])
        self._signals: tuple[tuple[float, Signal], ...] = (
            (thresholds.alike, Alike(pieces, rarity)),
            (thresholds.cover, Cover(whole, rarity)),
        )
        self._close = Close(pieces)
        self._quoted = CoverIndex(quoted, rarity)
        self._said, self._rarity = quoted, rarity

    @classmethod
    def load(cls, folder: Path | None = None) -> KnowledgeBase:
        """
        Read a data folder, by default the packaged one.

        Raises:
            KnowledgeError: With every fault of its files.
        """
        data = data_folder(folder)
        words = read_yaml(data / "synonyms.yaml", WordTable).value
        thresholds = read_yaml(data / "thresholds.json", Thresholds).value  # JSON is YAML
        return cls(load_base(folder), Vocabulary(words), thresholds)

    @property
    def base(self) -> Base:
        """All that this base was made from."""
        return self._base

    def with_changes(self, entries: Sequence[FaqEntry], documents: Sequence[Document] = ()) -> KnowledgeBase:
        """
        A new base in which these entries replace or join the others, and these documents join.

        Nothing is checked here: see `knowledge.overlay.sound`.
        """
        return KnowledgeBase(changed(self._base, entries, documents), self._words, self._limits)

    def by_topic(self, topic: str) -> tuple[FaqEntry, ...]:
        """The entries in force of a topic, as the curators ordered them."""
        return tuple(entry for entry in self._current if entry.topic == topic)

    def source_line(self, entry: FaqEntry) -> tuple[SourceLine, ...]:
        """The entry's sources with their titles and section headings."""
        return tuple(
            SourceLine(
                source.cited or self._base.sources[source.key or ""].title,
                self._base.plan.headings.get(source.section, source.section) if source.section else None,
                entry.as_of,
            )
            for source in entry.sources
        )

    def passages_of(self, entry: FaqEntry) -> tuple[Passage, ...]:
        """The plan's own words in the sections that an entry cites."""
        cited = {source.section for source in entry.sources if source.section}
        return tuple(passage for passage in self._base.plan.passages if passage.section in cited)

    def find(self, question: str) -> Finding:
        """
        Decide what may be said to a question. Deterministic; any text will do.

        Only the first `LONGEST_QUESTION` letters are read.
        """
        asked = self._question(question)
        if (id_ := self._exact.get(squash(asked.text))) is not None:
            return Finding("answer", 1.0, entry=self.entries[id_])
        ranked = self._rank(asked)
        best = ranked[0][1] if ranked else 0.0
        near = tuple(
            Suggestion(id_, self._wording(id_, asked), score)
            for id_, score in ranked[:OFFERED]
            if score >= self._limits.nearby
        )
        if self._is_sure(asked, ranked):
            return Finding("answer", best, entry=self.entries[ranked[0][0]])
        if best >= self._limits.suggest and not asked.foreign:
            return Finding("suggest", best, suggestions=near)
        passage, fit = self._passage(asked)
        if fit >= self._limits.passage and not asked.terse:
            return Finding("passage", best, passage=passage, suggestions=near)
        return Finding("unknown", best, suggestions=near)

    def nearest(self, question: str) -> tuple[str, ...]:
        """The ids of the best entries, however far they are: for checking the base, not for answering."""
        return tuple(id_ for id_, _ in self._rank(self._question(question))[:OFFERED])

    def _is_sure(self, asked: Question, ranked: Ranking) -> bool:
        """An entry answers directly when it fits, stands clear of the second, and nothing contradicts."""
        if not ranked:
            return False
        id_, best = ranked[0]
        lead = best - (ranked[1][1] if len(ranked) > 1 else 0.0)
        return (
            best + self._limits.lead * lead >= self._limits.answer
            and lead >= self._limits.clear
            and not asked.foreign
            and not asked.terse
            and self._guard(id_).allows(asked.text)
        )

    def _guard(self, id_: str) -> Guard:
        # Made when first needed: start-up is waited for by everybody, most entries are never asked for.
        if id_ not in self._guards:
            self._guards[id_] = Guard(self.entries[id_], self._words)
        return self._guards[id_]

    def _question(self, text: str) -> Question:
        text = text[:LONGEST_QUESTION]
        runs = self._words.fold(text)
        return Question(
            text,
            key=key_of(runs),
            grams=grams(runs),
            thai=bool(_THAI.search(text)),
            foreign=longest_unknown(runs, self._known) > A_SLIP,
            terse=sum(len(run.text) for run in runs if run.weight > SOFT_WEIGHT) < A_QUESTION,
        )

    def _rank(self, asked: Question) -> Ranking:
        """The best entries with their scores, best first; equal scores by id."""
        total: dict[str, float] = defaultdict(float)
        for weight, signal in self._signals:
            for id_, score in signal(asked).items():
                total[id_] += weight * score
        best = nlargest(COMPARED, total, key=lambda id_: (total[id_], id_))
        for id_, score in self._close(asked, best).items():
            total[id_] += self._limits.close * score
        return sorted(((id_, total[id_]) for id_ in best), key=lambda pair: (-pair[1], pair[0]))

    def _passage(self, asked: Question) -> tuple[Passage | None, float]:
        scores = self._quoted.scores(asked.grams)
        if not scores:
            return None, 0.0
        number = max(scores, key=lambda number: (scores[number], -number))
        # Which passage is best depends on its length; whether it says it at all does not.
        return self._passages[number], covered(asked.grams, self._said[number], self._rarity)

    def _wording(self, id_: str, asked: Question) -> str:
        entry = self.entries[id_]
        return entry.question if asked.thai or not entry.question_en else entry.question_en
