"""`kb rank`: any corpus over JSON lines."""

from __future__ import annotations

import json
import math
from typing import Any

import pytest

from knowledge.lines import answer_lines
from knowledge.meaning import Encoder, shared_encoder
from knowledge.search import KnowledgeBase

CORPUS = [
    {
        "id": "leave",
        "question": "ลาพักผ่อนได้ปีละกี่วัน",
        "answer": "ข้าราชการลาพักผ่อนได้ปีละ 10 วันทำการ",
        "aliases": ["วันลาพักผ่อน", "ลาพักร้อนได้กี่วัน"],
    },
    {
        "id": "sick",
        "question": "ลาป่วยต้องมีใบรับรองแพทย์ไหม",
        "answer": "ลาป่วยเกิน 30 วันต้องมีใบรับรองแพทย์",
        "aliases": ["ใบรับรองแพทย์ลาป่วย", "ป่วยต้องยื่นอะไร"],
    },
    {
        "id": "travel",
        "question": "เบิกค่าเดินทางไปราชการอย่างไร",
        "answer": "ยื่นใบเบิกภายใน 15 วันหลังกลับ",
        "aliases": ["ค่าเดินทางเบิกยังไง", "เอกสารเบิกค่าเดินทาง"],
    },
    {
        "id": "car",
        "question": "ขอใช้รถราชการต้องทำอย่างไร",
        "answer": "ขออนุญาตล่วงหน้า 3 วัน",
        "question_en": "how to book an office car",
        "aliases": ["จองรถหลวง"],
    },
]


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    encoder = shared_encoder()
    encoder.load()
    return encoder


def answers(base: KnowledgeBase, encoder: Encoder | None, *said: Any) -> list[dict[str, Any]]:
    lines = [one if isinstance(one, str) else json.dumps(one, ensure_ascii=False) for one in said]
    return [json.loads(line) for line in answer_lines(lines, base, encoder)]


def test_a_corpus_never_seen_is_ranked_and_decided(packaged: KnowledgeBase, encoder: Encoder) -> None:
    ready, leave, car, other = answers(
        packaged,
        encoder,
        {"corpus": CORPUS},
        {"query": "ลาพักร้อนปีนึงได้กี่วันคะ"},
        {"query": "how do I reserve an office car"},
        {"query": "เย็นนี้กินอะไรดี"},
    )
    assert ready == {"ready": True}
    assert leave["ranked"][0][0] == "leave"
    assert len(leave["ranked"]) == len(CORPUS)
    assert car["ranked"][0][0] == "car"
    assert other == {**other, "answered": False, "decision": "unknown"}
    for one in (leave, car, other):
        assert set(one) == {"ranked", "answered", "suggested", "decision"}
        scores = [score for _, score in one["ranked"]]
        assert scores == sorted(scores, reverse=True)


def test_a_corpus_of_bare_passages_is_ranked_in_both_languages(
    packaged: KnowledgeBase, encoder: Encoder
) -> None:
    passages = [
        {"id": one["id"], "answer": f"{one['answer']} {one['question']} ตามระเบียบของสำนักงาน"}
        for one in CORPUS
    ]
    _ready, thai, english = answers(
        packaged,
        encoder,
        {"corpus": passages},
        {"query": "ใบรับรองแพทย์ต้องใช้เมื่อไร"},
        {"query": "medical certificate for sick leave"},
    )
    assert thai["ranked"][0][0] == "sick"
    assert english["ranked"][0][0] == "sick"


def test_the_shipped_corpus_answers_as_the_chat_does(packaged: KnowledgeBase, encoder: Encoder) -> None:
    asked = ["ใครเป็นผู้ลงนามฝ่ายไทย", "MOU", "ขอหวยงวดนี้"]
    _ready, *found = answers(packaged, encoder, {"corpus": "shipped"}, *({"query": one} for one in asked))
    for question, one in zip(asked, found, strict=True):
        finding = packaged.find(question)
        assert one["decision"] == finding.decision
        assert one["answered"] == (finding.decision in ("answer", "passage"))
        if finding.decision == "suggest":
            assert one["suggested"] == [near.entry_id for near in finding.suggestions]
    assert found[0]["ranked"][0][0] == "who-signs"
    assert len(found[0]["ranked"]) == 10


def test_it_works_without_meaning_vectors(letters_only: KnowledgeBase) -> None:
    _ready, one = answers(letters_only, None, {"corpus": CORPUS}, {"query": "ค่าเดินทางเบิกอย่างไร"})
    assert one["ranked"][0][0] == "travel"


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("{", "not JSON"),
        ("[]", "not a JSON object"),
        ({"question": "x"}, "neither corpus nor query"),
        ({"corpus": []}, "corpus"),
        ({"corpus": [{"question": "x"}]}, "corpus.0.id: "),
        ({"corpus": [{"id": "\ud800", "answer": "x"}]}, "corpus.0.id: "),
        ({"corpus": None}, "corpus: "),
        ("[" * 200_000, "not JSON"),
        ('{"query": ' + "9" * 6000 + "}", "not JSON"),
        ({"corpus": [{"id": "a"}, {"id": "a"}]}, "the same id twice"),
    ],
)
def test_a_line_that_cannot_be_read_is_told_and_the_next_one_answered(
    letters_only: KnowledgeBase, line: Any, told: str
) -> None:
    _ready, bad, good = answers(letters_only, None, {"corpus": "shipped"}, line, {"query": "MOU"})
    assert told in bad["error"]
    assert good["decision"] == "suggest"


def test_a_query_before_any_corpus_is_told(letters_only: KnowledgeBase) -> None:
    assert answers(letters_only, None, {"query": "MOU"}) == [{"error": "the first line names the corpus"}]


ODD_CORPORA: list[list[dict[str, Any]]] = [
    [{"id": "a"}],
    [{"id": "a", "question": "ใครลงนาม"}],
    [{"id": "a", "answer": "ผู้ว่าราชการจังหวัดเป็นผู้ลงนามในบันทึกความเข้าใจ"}],
    [{"id": "a", "answer": "สั้น"}, {"id": "b", "answer": "  "}, {"id": "c"}],
    [{"id": "a", "question": "???", "answer": "!!!"}, {"id": "b", "question": "???"}],
    [{"id": f"{number}", "question": "ใครลงนาม", "aliases": ["ใครลงนาม"]} for number in range(4)],
]


@pytest.mark.parametrize("corpus", ODD_CORPORA, ids=lambda corpus: json.dumps(corpus)[:40])
@pytest.mark.parametrize("with_meaning", [False, True])
def test_a_corpus_of_hardly_anything_is_asked_like_any_other(
    packaged: KnowledgeBase, encoder: Encoder, corpus: list[dict[str, Any]], with_meaning: bool
) -> None:
    queries = ["ใครลงนาม", "", "???", "\ud800", "ปี 2569", "who signs"]
    ready, *found = answers(
        packaged, encoder if with_meaning else None, {"corpus": corpus}, *({"query": one} for one in queries)
    )
    assert ready == {"ready": True}
    for one in found:
        assert len(one["ranked"]) == len(corpus)
        assert all(math.isfinite(score) for _, score in one["ranked"])


def test_the_same_corpus_is_decided_the_same_way_twice(packaged: KnowledgeBase, encoder: Encoder) -> None:
    said = [{"corpus": CORPUS}, {"query": "ลาพักร้อนปีนึงได้กี่วันคะ"}, {"query": "ขอใบรับรอง"}]
    assert answers(packaged, encoder, *said) == answers(packaged, encoder, *said)
