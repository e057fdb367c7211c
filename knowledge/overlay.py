"""
Entries that were written in the chat or imported, laid over the shipped ones.

Only what is sound stands in front of a shipped entry; everything here is pure, and a fault is a value that
whoever shows it puts into words.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from pydantic import ValidationError

from knowledge.entries import MOST_ANSWER_LINES, PLAN_KEY, Base, FaqEntry, Source
from knowledge.normalize import squash

LONGEST_WORDING = 200
"""Letters. What is longer tells a story; nobody asks it again in the same words."""

FaultKind = Literal[
    "body", "wording", "topic", "related", "source", "section", "superseded_by", "lines", "long", "empty"
]
EntryField = Literal["answer", "source", "wording"]
"""What a curator may change of an entry in the chat."""

_BE_YEAR = re.compile(r"(?<!\d)2[4-6]\d\d(?!\d)")


@dataclass(frozen=True)
class Fault:
    """Why an entry cannot be used: `value` is what is wrong, `entry_id` whose wording it is."""

    kind: FaultKind
    value: str
    entry_id: str = ""


@dataclass(frozen=True)
class Overlay:
    """Entries that may stand in front, the oldest approval first, and those that may not, with the reasons."""

    entries: tuple[FaqEntry, ...]
    skipped: Mapping[str, tuple[Fault, ...]]


@dataclass(frozen=True)
class Proposal:
    """A wording by which people found an entry, and how often."""

    text: str
    entry_id: str
    count: int

    @property
    def key(self) -> str:
        return squash(self.text)


def read_entry(entry_id: str, body: Mapping[str, Any]) -> FaqEntry | Fault:
    """A stored body as an entry, or the field that does not fit."""
    try:
        entry = FaqEntry.model_validate(body)
    except ValidationError as error:
        return Fault("body", ".".join(str(step) for step in error.errors()[0]["loc"]))
    return entry if entry.id == entry_id else Fault("body", "id")


def body_of(entry: FaqEntry) -> dict[str, Any]:
    """The whole entry as it is stored."""
    return entry.model_dump(mode="json", exclude_none=True)


# ------------------------------------------------------------------ checks


def sound(base: Base, entries: Sequence[FaqEntry]) -> Overlay:
    """
    Which of these entries may be laid over the base.

    A wording that two of them claim belongs to the earlier one. What is left out can make another one
    dangle, so it is asked until nothing changes.
    """
    kept, skipped = list(entries), dict[str, tuple[Fault, ...]]()
    while True:
        owners, whole = _owners(base, kept), _changed(base, kept)
        faults = {entry.id: found for entry in kept if (found := tuple(_faults(whole, owners, entry)))}
        if not faults:
            return Overlay(tuple(kept), skipped)
        skipped.update(faults)
        kept = [entry for entry in kept if entry.id not in faults]


def _changed(base: Base, entries: Sequence[FaqEntry]) -> Base:
    """The base in which these entries replace or join the others."""
    everything = {entry.id: entry for entry in (*base.entries, *entries)}
    return replace(base, entries=tuple(everything.values()))


def _owners(base: Base, entries: Sequence[FaqEntry]) -> dict[str, str]:
    """Whose each wording is. What was superseded is no longer found and owns none."""
    replaced = {entry.id for entry in entries}
    owners: dict[str, str] = {}
    for entry in (*(one for one in base.entries if one.id not in replaced), *entries):
        if entry.superseded_by is None:
            for wording in entry.wordings:
                owners.setdefault(squash(wording), entry.id)
    return owners


def _faults(whole: Base, owners: Mapping[str, str], entry: FaqEntry) -> Iterator[Fault]:
    if entry.superseded_by is None:
        for wording in entry.wordings:
            if (owner := owners[squash(wording)]) != entry.id:
                yield Fault("wording", wording, owner)
    if entry.topic not in {topic.key for topic in whole.topics}:
        yield Fault("topic", entry.topic)
    ids = {one.id for one in whole.entries}
    yield from (Fault("related", one) for one in entry.related if one not in ids or one == entry.id)
    current = {one.id for one in whole.entries if one.superseded_by is None}
    if entry.superseded_by is not None and entry.superseded_by not in current:
        yield Fault("superseded_by", entry.superseded_by)
    for source in entry.sources:
        if source.key is not None and source.key not in whole.sources:
            yield Fault("source", source.key)
        elif source.key == PLAN_KEY and source.section not in whole.plan.headings:
            yield Fault("section", source.section or "–")


# ------------------------------------------------------------------ changes


def merged(origin: FaqEntry | None, draft: FaqEntry, current: FaqEntry | None) -> FaqEntry:
    """
    The draft as it goes live: what it changed of its origin, on what stands there now.

    So a wording that was added while the draft waited, or another curator's approved edit, is not undone by
    approving it.
    """
    if origin is None or current is None or origin == current:
        return draft
    fields = {
        name: getattr(draft if getattr(draft, name) != getattr(origin, name) else current, name)
        for name in FaqEntry.model_fields
    }
    dropped = set(origin.phrasings) - set(draft.phrasings)
    added = [text for text in draft.phrasings if text not in origin.phrasings]
    kept = [text for text in current.phrasings if text not in dropped and text not in added]
    return draft.model_copy(update={**fields, "phrasings": (*kept, *added)})


def edited(entry: FaqEntry, field: EntryField, text: str, year: str) -> FaqEntry | Fault:
    """
    The entry with one thing changed as a curator typed it; the same entry when that changes nothing.

    Args:
        entry: As it stands.
        field: What is changed.
        text: What was typed.
        year: This year, B.E.: as of when a source is cited that names no year.
    """
    text = text.strip()
    if not squash(text):
        return Fault("empty", field)
    if field == "answer":
        return _with_answer(entry, text)
    return _with_source(entry, text, year) if field == "source" else _with_wording(entry, text)


def _with_answer(entry: FaqEntry, text: str) -> FaqEntry | Fault:
    if len(text.splitlines()) > MOST_ANSWER_LINES:
        return Fault("lines", str(MOST_ANSWER_LINES))
    if text == entry.answer.strip():
        return entry
    # The English text says what the Thai one said before: better none than one that disagrees.
    return entry.model_copy(update={"answer": text, "answer_en": None})


def _with_source(entry: FaqEntry, text: str, year: str) -> FaqEntry:
    source = Source(cited=" ".join(text.split()))
    if entry.sources == (source,):
        return entry
    years = _BE_YEAR.findall(text)
    # The ministry cites it: official, and from now on there is a source that answers.
    return entry.model_copy(
        update={
            "sources": (source,),
            "as_of": max(years) if years else year,
            "confidence": "official_text",
            "known": True,
        }
    )


def _with_wording(entry: FaqEntry, text: str) -> FaqEntry | Fault:
    text = " ".join(text.split())
    if len(text) > LONGEST_WORDING:
        return Fault("long", str(LONGEST_WORDING))
    if squash(text) in {squash(wording) for wording in entry.wordings}:
        return entry
    return entry.model_copy(update={"phrasings": (*entry.phrasings, text)})


# ------------------------------------------------------------------ what people confirmed


def proposed(
    confirmed: Sequence[tuple[str, str, int]],
    decided: Collection[tuple[str, str]],
    entries: Mapping[str, FaqEntry],
) -> tuple[Proposal, ...]:
    """
    The wordings to be decided on, the most frequent first.

    Args:
        confirmed: Question, the entry that its asker confirmed, how often.
        decided: Wordings, as keys, with the entry for which a curator decided.
        entries: The entries in use.
    """
    counts: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for text, entry_id, count in confirmed:
        if len(text) <= LONGEST_WORDING and (key := squash(text)):
            counts[key, entry_id][" ".join(text.split())] += count
    known: dict[str, set[str]] = {}
    found = []
    for (key, entry_id), texts in counts.items():
        entry = entries.get(entry_id)
        if entry is None or entry.superseded_by is not None or (key, entry_id) in decided:
            continue
        if entry_id not in known:
            known[entry_id] = {squash(wording) for wording in entry.wordings}
        if key not in known[entry_id]:
            text = min(texts, key=lambda one: (-texts[one], one))
            found.append(Proposal(text, entry_id, texts.total()))
    return tuple(sorted(found, key=lambda one: (-one.count, one.text, one.entry_id)))
