"""
The curated questions and answers, and their checks.

One YAML file a topic in `faq/`; `sources.yaml` beside them names what may be cited; `topics.yaml` above
names the topics. Everything is read and checked at once, so that a curator sees all faults in one go.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Annotated, Literal, TypeVar

from pydantic import Field, field_validator, model_validator

from knowledge.documents import Document, DocumentError, load_documents
from knowledge.normalize import squash
from knowledge.reading import KnowledgeError, Read, Step, Strict, read_yaml

__all__ = [
    "Base",
    "FaqEntry",
    "KnowledgeError",
    "Source",
    "SourceTitle",
    "Topic",
    "load_base",
    "load_entries",
]

T = TypeVar("T")

# The source key that stands for the loaded plan document: its sections are the document's anchors.
PLAN_KEY = "SEED"
PLAN_DOCUMENT = "plan-2562-2566"
MOST_ANSWER_LINES = 6  # an officer reads on a phone; the rest belongs into `detail`

Text = Annotated[str, Field(min_length=1)]
Key = Annotated[str, Field(pattern=r"^[a-z0-9_]+(-[a-z0-9_]+)*$")]
# Lists come from YAML; the strictness is for what stands in them.
Texts = Annotated[tuple[Text, ...], Field(strict=False)]
Keys = Annotated[tuple[Key, ...], Field(strict=False)]

Stage = Literal["before", "signing", "after", "steering", "general"]
Confidence = Literal["official_text", "official_page", "press", "research"]


class Source(Strict):
    """
    What an entry cites: a key of sources.yaml with, for the plan, the section's anchor; or, in an entry that
    was written in the chat, the source in the curator's own words.
    """

    key: Text | None = None
    section: Text | None = None
    cited: Text | None = None

    @model_validator(mode="after")
    def _one_of_two(self) -> Source:
        if (self.key is None) == (self.cited is None):
            raise ValueError("ระบุ key หรือ cited อย่างใดอย่างหนึ่ง, either key or cited")
        return self


class FaqEntry(Strict):
    """One curated question with its answer."""

    id: Key
    topic: Key
    stage: Stage
    question: Text
    question_en: Text | None = None
    title: Text
    phrasings: Texts = ()
    answer: Text
    answer_en: Text | None = None
    detail: Text | None = None
    detail_en: Text | None = None
    sources: Annotated[tuple[Source, ...], Field(strict=False, min_length=1)]
    facts: Texts = ()
    as_of: Text  # Buddhist-era years as text
    confidence: Confidence
    known: bool  # false: says honestly that no source answers it
    related: Keys = ()
    in_force_from: Text | None = None  # C.E. date, 2018-10-10
    superseded_by: Key | None = None

    @field_validator("answer")
    @classmethod
    def _short(cls, answer: str) -> str:
        if len(answer.strip().splitlines()) > MOST_ANSWER_LINES:
            raise ValueError(f"คำตอบยาวเกิน {MOST_ANSWER_LINES} บรรทัด, more than {MOST_ANSWER_LINES} lines")
        return answer

    @field_validator("in_force_from")
    @classmethod
    def _a_date(cls, day: str | None) -> str | None:
        if day is not None:
            date.fromisoformat(day)
        return day

    @property
    def wordings(self) -> tuple[str, ...]:
        """Everything that counts as asking this question."""
        return tuple(text for text in (self.question, *self.phrasings, self.question_en) if text)


class _FaqFile(Strict):
    entries: Annotated[tuple[FaqEntry, ...], Field(strict=False)]


class SourceTitle(Strict):
    title: Text
    year: Text


class _SourcesFile(Strict):
    sources: dict[str, SourceTitle]


class Topic(Strict):
    key: Key
    label: Text
    label_en: Text
    description: Text


class _TopicsFile(Strict):
    topics: Annotated[tuple[Topic, ...], Field(strict=False)]


@dataclass(frozen=True)
class Base:
    """All that the curated files say, checked."""

    entries: tuple[FaqEntry, ...]
    topics: tuple[Topic, ...]
    sources: Mapping[str, SourceTitle]
    documents: tuple[Document, ...]

    @property
    def plan(self) -> Document:
        return next(document for document in self.documents if document.id == PLAN_DOCUMENT)


def data_folder(folder: Path | None) -> Traversable:
    """The given folder, or the data packaged with the program."""
    return folder if folder is not None else files("knowledge") / "data"


def load_entries(folder: Path | None = None) -> tuple[FaqEntry, ...]:
    """
    The entries, by file name and then as they stand in the file.

    Raises:
        KnowledgeError: With every fault found in the curated files.
    """
    return load_base(folder).entries


def load_base(folder: Path | None = None) -> Base:
    """
    Entries, topics, sources and documents of a data folder.

    Raises:
        KnowledgeError: With every fault found in them.
    """
    data = data_folder(folder)
    faults: list[str] = []
    topics = _try(faults, lambda: read_yaml(data / "topics.yaml", _TopicsFile))
    sources = _try(faults, lambda: read_yaml(data / "faq" / "sources.yaml", _SourcesFile))
    documents = _try(faults, lambda: _documents(data / "documents"))
    faq = [read for file in _faq_files(data) if (read := _try(faults, partial(read_yaml, file, _FaqFile)))]
    # References are checked only when everything could be read: each lost file would draw false alarms.
    if not topics or not sources or not documents or faults:
        raise KnowledgeError(faults)
    base = Base(
        tuple(entry for read in faq for entry in read.value.entries),
        topics.value.topics,
        sources.value.sources,
        documents,
    )
    if faults := [*_repeated(faq), *_dangling(base, faq)]:
        raise KnowledgeError(faults)
    return base


def _faq_files(data: Traversable) -> list[Traversable]:
    faq = data / "faq"
    if not faq.is_dir():
        return []
    found = (file for file in faq.iterdir() if file.name.endswith(".yaml") and file.name != "sources.yaml")
    return sorted(found, key=lambda file: file.name)


def _documents(folder: Traversable) -> tuple[Document, ...]:
    try:
        documents = load_documents(folder)
    except (DocumentError, OSError) as error:
        raise KnowledgeError([str(error)]) from None
    if not any(document.id == PLAN_DOCUMENT for document in documents):
        raise KnowledgeError([f"{folder}: ไม่มีเอกสาร {PLAN_DOCUMENT} (document is missing)"])
    return documents


def _try(faults: list[str], read: Callable[[], T]) -> T | None:
    try:
        return read()
    except KnowledgeError as error:
        faults.extend(error.problems)
        return None


def _places(faq: Sequence[Read[_FaqFile]]) -> Iterator[tuple[FaqEntry, Callable[..., str]]]:
    """Each entry with a function that tells where one of its fields stands."""
    for read in faq:
        for number, entry in enumerate(read.value.entries):

            def place(*path: Step, read: Read[_FaqFile] = read, number: int = number) -> str:
                return read.place(("entries", number, *path))

            yield entry, place


def _repeated(faq: Sequence[Read[_FaqFile]]) -> Iterator[str]:
    """Ids used twice, and the same wording in two entries: nobody could say which one is meant."""
    ids: set[str] = set()
    asked: dict[str, str] = {}
    for entry, place in _places(faq):
        if entry.id in ids:
            yield f"{place('id')}: รหัส {entry.id} ซ้ำกับรายการอื่น (duplicate id)"
        ids.add(entry.id)
        if entry.superseded_by is not None:
            continue
        for path, wording in _asked(entry):
            other = asked.setdefault(squash(wording), entry.id)
            if other != entry.id:
                yield f"{place(*path)}: ซ้ำกับถ้อยคำในรายการ {other} (same wording in two entries)"


def _asked(entry: FaqEntry) -> Iterator[tuple[tuple[Step, ...], str]]:
    yield ("question",), entry.question
    if entry.question_en:
        yield ("question_en",), entry.question_en
    for number, phrasing in enumerate(entry.phrasings):
        yield ("phrasings", number), phrasing


def _dangling(base: Base, faq: Sequence[Read[_FaqFile]]) -> Iterator[str]:
    """References to topics, entries, sources and sections that do not exist."""
    ids = {entry.id for entry in base.entries}
    current = {entry.id for entry in base.entries if entry.superseded_by is None}
    topics = {topic.key for topic in base.topics}
    for entry, place in _places(faq):
        if entry.topic not in topics:
            yield f"{place('topic')}: ไม่มีหมวด {entry.topic} ใน topics.yaml (unknown topic)"
        for number, related in enumerate(entry.related):
            if related not in ids or related == entry.id:
                yield f"{place('related', number)}: ไม่มีรายการ {related} (unknown entry)"
        if entry.superseded_by is not None and entry.superseded_by not in current:
            yield f"{place('superseded_by')}: ไม่มีรายการ {entry.superseded_by} ที่ยังใช้อยู่ (no such entry in force)"
        for number, source in enumerate(entry.sources):
            if fault := _source_fault(base, source):
                yield f"{place('sources', number)}: {fault}"


def _source_fault(base: Base, source: Source) -> str | None:
    if source.key is None:
        return None
    if source.key not in base.sources:
        return f"ไม่มีแหล่งที่มา {source.key} ใน sources.yaml (unknown source)"
    if source.key != PLAN_KEY:
        return None
    if source.section is None:
        return "กรุณาระบุหัวข้อของแผน (section is required)"
    if source.section not in base.plan.headings:
        return f"ไม่มีหัวข้อ {source.section} ใน {PLAN_DOCUMENT} (unknown section)"
    return None
