"""
`kb rank`: any corpus, asked over standard input, so that any outside benchmark can be run.

First line `{"corpus": "shipped"}` or `{"corpus": [{"id", "question", "answer", "question_en"?, "aliases"?}]}`,
answered `{"ready": true}`; then for each `{"query": "…"}` one line with what was ranked and decided. A line
that cannot be read is answered `{"error": "…"}` and changes nothing.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from knowledge.foreign import ForeignCorpus, Verdict
from knowledge.meaning import Encoder
from knowledge.ranking import Subject
from knowledge.search import KnowledgeBase

MOST_DOCS = 100_000
LONGEST_QUERY = 4000


class Doc(BaseModel):
    """One document of a corpus."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    id: Annotated[str, Field(min_length=1)]
    question: str = ""
    answer: str = ""
    question_en: str | None = None
    aliases: tuple[str, ...] = ()


_DOCS = TypeAdapter(Annotated[tuple[Doc, ...], Field(min_length=1, max_length=MOST_DOCS)])


class BadLine(Exception):
    """A line that cannot be read; the message says why."""


def answer_lines(lines: Iterable[str], base: KnowledgeBase, encoder: Encoder | None) -> Iterator[str]:
    """An answer for each line."""
    ask: Callable[[str], dict[str, Any]] = _no_corpus
    for line in lines:
        if not line.strip():
            continue
        try:
            said = _read(line)
            if "corpus" in said:
                ask = _ready(said["corpus"], base, encoder)
                yield json.dumps({"ready": True})
            else:
                yield json.dumps(ask(_query(said)), ensure_ascii=False)
        except BadLine as error:
            yield json.dumps({"error": str(error)}, ensure_ascii=False)


def _no_corpus(_query: str) -> dict[str, Any]:
    raise BadLine("the first line names the corpus")


def _read(line: str) -> dict[str, Any]:
    try:
        said = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise BadLine(f"not JSON: {error}") from None
    if not isinstance(said, dict):
        raise BadLine("not a JSON object")
    return said


def _query(said: dict[str, Any]) -> str:
    if not isinstance(said.get("query"), str):
        raise BadLine("neither corpus nor query")
    return str(said["query"])[:LONGEST_QUERY]


def _ready(corpus: Any, base: KnowledgeBase, encoder: Encoder | None) -> Callable[[str], dict[str, Any]]:
    if corpus == "shipped":
        return lambda query: _of_shipped(base, query)
    try:
        docs = _DOCS.validate_python(corpus)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, ("corpus", *first["loc"])))
        raise BadLine(f"{where}: {first['msg']}") from None
    if len({doc.id for doc in docs}) < len(docs):
        raise BadLine("corpus: the same id twice")
    foreign = ForeignCorpus(
        [_subject(doc) for doc in docs], base.words, base.profile, encoder, base.background
    )
    return lambda query: _json(foreign.ask(query))


def _subject(doc: Doc) -> Subject:
    asked = (doc.question, *doc.aliases, doc.question_en or "")
    return Subject(
        doc.id,
        asked=tuple(text for text in asked if text.strip()),
        said=(doc.answer,) if doc.answer.strip() else (),
    )


def _of_shipped(base: KnowledgeBase, query: str) -> dict[str, Any]:
    found = base.find(query)
    ranked = base.ranked(query)
    if found.decision == "answer" and found.entry is not None and ranked[0][0] != found.entry.id:
        # Asked in a curator's own words: looked up, not ranked.
        ranked = ((found.entry.id, ranked[0][1]), *(one for one in ranked if one[0] != found.entry.id))[:10]
    suggested = tuple(one.entry_id for one in found.suggestions) if found.decision == "suggest" else ()
    rounded = tuple((id_, round(score, 4)) for id_, score in ranked)
    return _json(Verdict(rounded, found.decision, suggested))


def _json(verdict: Verdict) -> dict[str, Any]:
    return {
        "ranked": [list(one) for one in verdict.ranked],
        "answered": verdict.decision in ("answer", "passage"),
        "suggested": list(verdict.suggested),
        "decision": verdict.decision,
    }
