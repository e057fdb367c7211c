"""
Finding the curated entry that a question asks for, and deciding what may be said.

Signals rank the entries, two logistic lines say how sure that is, and it is decided in four: a direct
answer, a choice of near questions, a passage of a loaded document, or an honest "not known". Weights and
limits come from `thresholds.json`, which `kb calibrate` makes. Nothing is generated: the same question
always gets the same answer.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType
from typing import Literal

import numpy as np

from knowledge.alike import same_question
from knowledge.deciding import OFFERED, Favour, Profile, Ranked, decide, is_terse, judge, rank
from knowledge.documents import Document, Passage
from knowledge.entries import Base, FaqEntry, Topic, data_folder, load_base
from knowledge.following import follow_up
from knowledge.keyboard import mend_layout
from knowledge.meaning import Encoder
from knowledge.normalize import squash
from knowledge.passages import PassageFinder
from knowledge.ranking import Question, Ranker, Subject
from knowledge.reading import read_yaml
from knowledge.thresholds import Thresholds
from knowledge.words import Vocabulary, WordTable

__all__ = ["Decision", "Finding", "KnowledgeBase", "SourceLine", "Suggestion"]

Decision = Literal["answer", "suggest", "passage", "unknown"]

LONGEST_QUESTION = 1000  # letters that are read; the rest of a longer text is ignored

# What a follow-up adds to the scores (in units of the ranking) of entries beside the last one answered.
SAME_TOPIC, RELATED, JUST_READ = 1.0, 1.5, -9.0

# Of the chance that makes buttons a choice, what is enough to name them as "known nearby".
NEARBY = 0.5


@dataclass(frozen=True)
class Suggestion:
    entry_id: str
    question: str  # in the language that was asked in
    score: float


@dataclass(frozen=True)
class Finding:
    """
    What may be said to a question. `suggestions` with "unknown" are what is known nearby; a `passage` beside
    another decision is a document's word on it.
    """

    decision: Decision
    score: float  # the chance that the first entry is the right one, 0 to 1
    entry: FaqEntry | None = None
    passage: Passage | None = None
    suggestions: tuple[Suggestion, ...] = ()


@dataclass(frozen=True)
class SourceLine:
    """One source of an entry, for people."""

    title: str
    section: str | None  # heading of the cited section
    as_of: str  # Buddhist-era years


class KnowledgeBase:
    """The curated entries and the loaded documents, ready to be asked."""

    def __init__(
        self,
        base: Base,
        vocabulary: Vocabulary,
        thresholds: Thresholds,
        background: Sequence[str] = (),
        passages: PassageFinder | None = None,
    ) -> None:
        self.base = base
        self.entries: Mapping[str, FaqEntry] = MappingProxyType({entry.id: entry for entry in base.entries})
        self.topics: tuple[Topic, ...] = base.topics
        self.words = vocabulary
        self.thresholds = thresholds
        self.background = tuple(background)
        # What was superseded stays readable by its id, and is no longer found.
        self.current = tuple(entry for entry in base.entries if entry.superseded_by is None)
        # Asked in a curator's own words: nothing to weigh. Loading made sure that they are unique.
        self._exact = {squash(text): entry.id for entry in self.current for text in entry.wordings}
        self.ranker = Ranker([subject_of(entry) for entry in self.current], vocabulary)
        self._passages = passages or PassageFinder(base.documents, vocabulary)
        self._encoder: Encoder | None = None

    @classmethod
    def load(cls, folder: Path | None = None, encoder: Encoder | None = None) -> KnowledgeBase:
        """
        Read a data folder, by default the packaged one; with an encoder, learn the meaning of all texts too.

        Raises:
            KnowledgeError: With every fault of its files.
        """
        data = data_folder(folder)
        words = read_yaml(data / "synonyms.yaml", WordTable).value
        thresholds = read_yaml(data / "thresholds.json", Thresholds).value  # JSON is YAML
        background = (data / "background.txt").read_text(encoding="utf-8").splitlines()
        found = cls(load_base(folder), Vocabulary(words), thresholds, background)
        if encoder is not None:
            found.learn_meaning(encoder)
        return found

    # -------------------------------------------------------------- changing

    def with_changes(self, entries: Sequence[FaqEntry], documents: Sequence[Document] = ()) -> KnowledgeBase:
        """A new base in which these entries replace the ones with their ids or join, and documents likewise."""
        changed = {entry.id: entry for entry in entries}
        loaded = {document.id: document for document in documents}
        shipped = {document.id: document for document in self.base.documents}
        base = replace(
            self.base,
            entries=tuple({**self.entries, **changed}.values()),
            documents=tuple({**shipped, **loaded}.values()),
        )
        found = KnowledgeBase(
            base, self.words, self.thresholds, self.background, None if loaded else self._passages
        )
        if self._encoder is not None:
            found.learn_meaning(self._encoder)
        return found

    def learn_meaning(self, encoder: Encoder) -> bool:
        """Index the meaning of all texts; takes seconds. False where the encoder cannot be had."""
        if not encoder.load():
            return False
        self.ranker.add_meaning(encoder, self.background)
        self._passages.add_meaning(encoder, self.background)
        self._encoder = encoder
        return True

    def learn_meaning_in_background(self, encoder: Encoder) -> threading.Thread:
        """The same beside everything else: until it is done, questions are answered by letters alone."""
        thread = threading.Thread(target=self.learn_meaning, args=(encoder,), name="meaning", daemon=True)
        thread.start()
        return thread

    # -------------------------------------------------------------- reading

    def by_topic(self, topic: str) -> tuple[FaqEntry, ...]:
        """The entries in force of a topic, as the curators ordered them."""
        return tuple(entry for entry in self.current if entry.topic == topic)

    def source_line(self, entry: FaqEntry) -> tuple[SourceLine, ...]:
        """The entry's sources with their titles and section headings."""
        return tuple(
            SourceLine(
                source.cited or self.base.sources[source.key or ""].title,
                self.base.plan.headings.get(source.section, source.section) if source.section else None,
                entry.as_of,
            )
            for source in entry.sources
        )

    def passages_of(self, entry: FaqEntry) -> tuple[Passage, ...]:
        """The plan's own words in the sections that an entry cites."""
        cited = {source.section for source in entry.sources if source.section}
        return tuple(passage for passage in self.base.plan.passages if passage.section in cited)

    # -------------------------------------------------------------- asking

    def same_question(self, a: str, b: str) -> bool:
        """Whether two questions ask the same, so that their askers may be told together."""
        return same_question(a, b, self.words)

    def find(self, question: str, last_entry: str | None = None) -> Finding:
        """
        Decide what may be said to a question. Deterministic; any text will do.

        Args:
            question: Only the first `LONGEST_QUESTION` letters are read.
            last_entry: The entry answered last in this conversation, for a question that follows on from it.
        """
        text = self.mended(question)
        for said in filter(None, (text, follow_up(text))):
            if (id_ := self._exact.get(squash(said))) is not None:
                return Finding("answer", 1.0, entry=self.entries[id_])
        asked, ranked = self._rank(text, last_entry)
        passage = self._passages.find(asked)
        near = self._suggestions(asked, ranked)
        decision = decide(ranked, self.profile)
        if decision == "answer":
            entry = self.current[ranked.order[0]]
            return Finding("answer", ranked.right, entry=entry, passage=passage, suggestions=near[1:])
        if decision == "suggest":
            return Finding("suggest", ranked.right, passage=passage, suggestions=near)
        if ranked.among < self.profile.suggest * NEARBY:
            near = ()
        if passage is not None:
            return Finding("passage", ranked.right, passage=passage, suggestions=near)
        return Finding("unknown", ranked.right, suggestions=near)

    def nearest(self, question: str, count: int = OFFERED) -> tuple[str, ...]:
        """The ids of the best entries, however far they are: for checking the base, not for answering."""
        _, ranked = self._rank(self.mended(question), None)
        return tuple(self.current[row].id for row in ranked.order[:count])

    def ranked(self, question: str, count: int = 10) -> tuple[tuple[str, float], ...]:
        """The best entries with their scores: for measuring."""
        _, ranked = self._rank(self.mended(question), None)
        rows = zip(ranked.order[:count], ranked.scores, strict=False)
        return tuple((self.current[row].id, score) for row, score in rows)

    @property
    def profile(self) -> Profile:
        return self.thresholds.meaning if self.ranker.has_meaning else self.thresholds.letters

    def mended(self, question: str) -> str:
        """The part of a question that is read, with what was typed on the wrong keyboard layout retyped."""
        return mend_layout(question[:LONGEST_QUESTION], self.ranker.known_share)

    def _rank(self, text: str, last_entry: str | None) -> tuple[Question, Ranked]:
        rest = follow_up(text) if last_entry in self.entries else None
        if rest is None or last_entry is None:
            asked = self.ranker.read(text)
            return asked, rank(self.ranker, asked, self.profile)
        last = self.entries[last_entry]
        # What was said counts by itself, and as said about the last entry.
        alone, about = self.ranker.read(rest), self.ranker.read(f"{last.title} {rest}")
        table = (self.ranker.signals(alone) + self.ranker.signals(about)) * np.float32(0.5)
        ranked = judge(self.ranker, about, table, self.profile, self._beside(last))
        # Whoever asks on has a topic: what lies beside it is worth buttons, however little was said.
        return alone, replace(ranked, keyword=is_terse(alone) and not ranked.foreign)

    def _beside(self, last: FaqEntry) -> Favour:
        """What the entries beside the last one gain; the last one was just read and will not be meant."""
        return np.array(
            [
                JUST_READ
                if entry.id == last.id
                else RELATED * (entry.id in last.related) + SAME_TOPIC * (entry.topic == last.topic)
                for entry in self.current
            ],
            np.float32,
        )

    def _suggestions(self, asked: Question, ranked: Ranked) -> tuple[Suggestion, ...]:
        return tuple(
            Suggestion(self.current[row].id, self._wording(self.current[row], asked), score)
            for row, score in zip(ranked.order[:OFFERED], ranked.scores, strict=False)
        )

    def _wording(self, entry: FaqEntry, asked: Question) -> str:
        return entry.question if asked.thai or not entry.question_en else entry.question_en


def subject_of(entry: FaqEntry) -> Subject:
    """An entry as the ranking sees it."""
    said = (entry.answer, entry.answer_en, entry.detail, entry.detail_en)
    return Subject(
        entry.id,
        asked=(*entry.wordings, entry.title),
        said=tuple(text for text in said if text),
        as_of=entry.as_of,
    )
