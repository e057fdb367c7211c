"""`sistercity ask`."""

from __future__ import annotations

from typing import Any

from bot.texts import THAI
from knowledge.documents import Passage
from knowledge.search import Finding, KnowledgeBase


def answer_json(knowledge: KnowledgeBase, question: str, found: Finding) -> dict[str, Any]:
    """Keys are stable: see README."""
    answer, sources = None, []
    if found.decision == "answer" and found.entry is not None:
        answer = found.entry.answer
        sources = [
            {"title": one.title, "section": one.section, "as_of": one.as_of}
            for one in knowledge.source_line(found.entry)
        ]
    elif found.decision == "passage" and found.passage is not None:
        answer = found.passage.text
        sources = [{"title": found.passage.document_title, "section": found.passage.heading, "as_of": None}]
    return {
        "question": question,
        "decision": found.decision,
        "entry": found.entry.id if found.decision == "answer" and found.entry else None,
        "score": round(found.score, 4),
        "answer": answer,
        "sources": sources,
        "suggestions": [
            {"id": one.entry_id, "question": one.question, "score": round(one.score, 4)}
            for one in found.suggestions
        ],
        "passage": passage_json(found.passage) if found.passage else None,
    }


def answer_text(knowledge: KnowledgeBase, question: str, found: Finding) -> str:
    """For a terminal: the answer with its source, or what is known nearby."""
    shown = answer_json(knowledge, question, found)
    if shown["answer"] is not None:
        cited = "; ".join(THAI.source(one["title"], one["section"]) for one in shown["sources"])
        return f"{shown['answer']}\n{THAI.source_note(cited, '', '')}"
    head = THAI.WHICH_QUESTION if found.decision == "suggest" else THAI.not_known(question)
    lines = [head, *(f"- {one['question']}" for one in shown["suggestions"])]
    if found.passage is not None:
        cited = THAI.passage_source(found.passage.document_title, found.passage.heading, found.passage.page)
        lines += [THAI.IN_A_DOCUMENT, THAI.quoted(found.passage.text), THAI.source_note(cited, "", "passage")]
    return "\n".join(lines)


def passage_json(passage: Passage) -> dict[str, Any]:
    """What a loaded document says, with where."""
    return {
        "text": passage.text,
        "title": passage.document_title,
        "section": passage.heading,
        "clause": passage.clause,
        "page": passage.page,
    }
