"""
Which subject does a question ask for?

Several signals look at a question from different sides, each giving every subject a number between 0 and 1
(or, for marks that disagree, a small count). Their weighted sum ranks. The weights are learned from golden
questions by `kb calibrate`; a new signal is one more column and one more weight.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Annotated

import numpy as np
from numpy.typing import NDArray
from pydantic import Field
from rapidfuzz import fuzz, process

from knowledge.grams import CosineIndex, CoverIndex, Grams, Rarity, grams, longest_unknown
from knowledge.marks import Marks, marks_held, marks_of
from knowledge.meaning import LONGEST, Encoder, Nearness, Vectors
from knowledge.normalize import normalize, squash
from knowledge.reading import Strict
from knowledge.sounds import by_sound
from knowledge.words import SOFT_WEIGHT, Run, Vocabulary

Table = NDArray[np.float32]
"""One row for each subject, one column for each signal of `SIGNALS`."""

SIGNALS = ("alike", "cover", "asked", "close", "meaning", "said", "agree", "strange", "turned")
"""
alike   the wording most like the question as a whole, by n-grams
cover   how much of the question occurs anywhere in the subject
asked   how much of it occurs in the subject's wordings
close   the wording nearest letter by letter
meaning the wording nearest in meaning
said    the part of the answer nearest in meaning
agree   the share of names, years and numbers of the question that the wordings have
strange names, years, numbers of the question that the subject does not have (at most 2)
turned  words that turn the question and that the subject's wordings do not have (at most 2)
"""

MOST_STRANGE, MOST_TURNED = 2, 2

_THAI = re.compile(r"[\u0e01-\u0e5b]")
_SENTENCE = re.compile(r"\n|(?<=[.!?。]) |(?<=[\u0e01-\u0e5b]) {2,}")


class Weights(Strict):
    """What each signal counts."""

    alike: float = 0.0
    cover: float = 0.0
    asked: float = 0.0
    close: float = 0.0
    meaning: float = 0.0
    said: float = 0.0
    agree: float = 0.0
    strange: Annotated[float, Field(le=0)] = 0.0
    turned: Annotated[float, Field(le=0)] = 0.0

    @cached_property
    def vector(self) -> NDArray[np.float32]:
        return np.array([getattr(self, name) for name in SIGNALS], np.float32)


@dataclass(frozen=True)
class Subject:
    """Something that can be asked for: an entry, or a passage of a document."""

    id: str
    asked: tuple[str, ...]  # wordings and title
    said: tuple[str, ...]  # answers and details
    as_of: str = ""  # years it speaks of


@dataclass(frozen=True)
class Question:
    """A question as the signals see it."""

    text: str
    key: str  # in main words, without blanks
    grams: Grams
    letters: int  # that say something: few make a keyword, not a question
    unknown: int  # the longest stretch that no subject mentions, in n-grams
    thai: bool
    marks: Marks
    vector: Vectors | None  # none while there is no encoder


class Ranker:
    """Subjects, indexed by every signal. Immutable; the encoder may come later (`with_meaning`)."""

    def __init__(self, subjects: Sequence[Subject], words: Vocabulary) -> None:
        self.ids = tuple(subject.id for subject in subjects)
        self.words = words
        self._subjects = tuple(subjects)
        asked = [[_look(text, words) for text in subject.asked] for subject in subjects]
        said = [[_look(text, words) for text in subject.said] for subject in subjects]
        self._askers = _starts(number for number, texts in enumerate(asked) for _ in texts)
        self._keys = [one.key for texts in asked for one in texts]
        self._marks = tuple(
            marks_held((one.marks for one in own), (one.marks for one in others), subject.as_of)
            for subject, own, others in zip(subjects, asked, said, strict=True)
        )
        wholes = [_sum(own + others) for own, others in zip(asked, said, strict=True)]
        rarity = self.rarity = Rarity(wholes)
        self._alike = CosineIndex([one.grams for texts in asked for one in texts], rarity)
        self._cover = CoverIndex(wholes, rarity)
        self._asked = CoverIndex([_sum(texts) for texts in asked], rarity)
        familiar = (grams(words.fold(word)) for word in words.familiar)
        self._known = frozenset(gram for text in (*wholes, *familiar) for gram in text)
        self._meaning: _Meaning | None = None
        self._encoder: Encoder | None = None

    def add_meaning(self, encoder: Encoder, background: Sequence[str]) -> None:
        """Index the meaning of every text; takes seconds, so a serving process does it in the background."""
        self._meaning = _Meaning(self._subjects, encoder, background)
        self._encoder = encoder

    @property
    def has_meaning(self) -> bool:
        return self._meaning is not None

    def read(self, text: str) -> Question:
        """Look at a question from all sides."""
        runs = self.words.fold(text)
        return Question(
            text,
            key=_key(runs),
            grams=grams(runs),
            letters=min(
                sum(len(run.text) for run in runs if run.weight > SOFT_WEIGHT),
                len(squash(text)),  # MOU is three letters, however long its main word is
            ),
            unknown=longest_unknown(runs, self._known),
            thai=bool(_THAI.search(text)),
            marks=marks_of(text, self.words),
            vector=self._encoder.encode([normalize(text)])[0] if self._encoder else None,
        )

    def signals(self, question: Question) -> Table:
        """The table of a question, shape (subjects, signals)."""
        table = np.zeros((len(self.ids), len(SIGNALS)), np.float32)
        if not self.ids:
            return table
        table[:, 1] = self._cover.scores(question.grams)
        if self._keys:
            close = process.cdist([question.key], self._keys, scorer=fuzz.ratio, dtype=np.float32)[0] / 100
            table[:, 0] = self._best(self._alike.scores(question.grams))
            table[:, 2] = self._asked.scores(question.grams)
            table[:, 3] = self._best(close)
        if self._meaning is not None and question.vector is not None:
            table[:, 4] = self._meaning.asked(question.vector)
            table[:, 5] = self._meaning.said(question.vector)
        if question.marks.any:
            for row, held in enumerate(self._marks):
                table[row, 6] = question.marks.agreeing_with(held)
                table[row, 7] = min(question.marks.strange_to(held), MOST_STRANGE)
                table[row, 8] = min(question.marks.turned_against(held), MOST_TURNED)
        return table

    def elsewhere(self, question: Question) -> float:
        """How near the question lies to talk about other things, 0 to 1."""
        if self._meaning is None or question.vector is None:
            return 0.0
        return self._meaning.elsewhere(question.vector)

    def known_share(self, token: str) -> float:
        """The share of a token's n-grams of three letters that some subject has."""
        runs = self.words.fold(token)
        texts = [run.text if run.text.isascii() else by_sound(run.text) for run in runs]
        found = [text[at : at + 3] in self._known for text in texts for at in range(len(text) - 2)]
        return sum(found) / len(found) if found else 0.0

    def _best(self, scores: NDArray[np.float32]) -> NDArray[np.float32]:
        """For each subject the best of its wordings."""
        return _best_of(scores, self._askers, len(self.ids))


class _Meaning:
    """The vectors of wordings and of answers, in pieces that the encoder reads whole."""

    def __init__(self, subjects: Sequence[Subject], encoder: Encoder, background: Sequence[str]) -> None:
        asked = [(number, text) for number, one in enumerate(subjects) for text in one.asked]
        said = [
            (number, piece)
            for number, one in enumerate(subjects)
            for text in one.said
            for piece in pieces(text)
        ]
        self._size = len(subjects)
        self._askers = _starts(number for number, _ in asked)
        self._sayers = _starts(number for number, _ in said)
        talk = encoder.encode_kept([normalize(text) for text in background])
        wordings = encoder.encode_kept([normalize(text) for _, text in asked])
        answers = encoder.encode_kept([normalize(text) for _, text in said])
        self._asked = Nearness(wordings, talk)
        self._said = Nearness(answers, talk)
        self._elsewhere = Nearness(talk, wordings if asked else answers)

    def elsewhere(self, question: Vectors) -> float:
        return float(self._elsewhere.scores(question).max(initial=0.0))

    def asked(self, question: Vectors) -> NDArray[np.float32]:
        return _best_of(self._asked.scores(question), self._askers, self._size)

    def said(self, question: Vectors) -> NDArray[np.float32]:
        return _best_of(self._said.scores(question), self._sayers, self._size)


def pieces(text: str) -> list[str]:
    """A text in pieces of at most `LONGEST` letters, cut between its lines and sentences where it can be."""
    found: list[str] = []
    for sentence in _SENTENCE.split(text):
        for start in range(0, len(sentence), LONGEST):
            piece = sentence[start : start + LONGEST].strip()
            if found and len(found[-1]) + len(piece) < LONGEST:
                found[-1] = f"{found[-1]} {piece}"
            elif piece:
                found.append(piece)
    return found


@dataclass(frozen=True)
class _Starts:
    """Where each owner's run of texts begins; owners without a text are left out."""

    owners: NDArray[np.int64]
    starts: NDArray[np.int64]


def _starts(owners: Iterable[int]) -> _Starts:
    found, first = np.unique(np.fromiter(owners, np.int64), return_index=True)
    return _Starts(found, first)


def _best_of(scores: NDArray[np.float32], of: _Starts, size: int) -> NDArray[np.float32]:
    best = np.zeros(size, np.float32)
    if len(of.owners):
        best[of.owners] = np.maximum.reduceat(scores, of.starts)
    return best


@dataclass(frozen=True)
class _Look:
    """One text of a subject, looked at once."""

    key: str
    grams: Grams
    marks: Marks


def _look(text: str, words: Vocabulary) -> _Look:
    runs = words.fold(text)
    return _Look(_key(runs), grams(runs), marks_of(text, words))


def _sum(texts: Iterable[_Look]) -> Mapping[str, float]:
    total: dict[str, float] = defaultdict(float)
    for text in texts:
        for gram, count in text.grams.items():
            total[gram] += count
    return dict(total)


def _key(runs: Iterable[Run]) -> str:
    return "".join(run.text for run in runs)
