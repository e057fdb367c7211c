"""Entries laid over others: only what is sound, only what was changed."""

from __future__ import annotations

from typing import Any

import pytest

from knowledge.documents import Document
from knowledge.entries import FaqEntry, Source
from knowledge.overlay import (
    EntryField,
    Fault,
    Proposal,
    body_of,
    edited,
    merged,
    proposed,
    read_entry,
    sound,
)
from knowledge.search import KnowledgeBase

YEARLY = "yearly-activity"


@pytest.fixture
def yearly(small: KnowledgeBase) -> FaqEntry:
    return small.entries[YEARLY]


def changed(entry: FaqEntry, **values: Any) -> FaqEntry:
    return FaqEntry.model_validate({**body_of(entry), **values})


# ------------------------------------------------------------------ a base with changes


def test_a_changed_entry_replaces_and_a_new_one_joins(small: KnowledgeBase, yearly: FaqEntry) -> None:
    new = changed(yearly, id="new", question="ใช้ตราใด", question_en=None, phrasings=[])
    base = small.with_changes([changed(yearly, answer="ปีละ 2 ครั้ง"), new])

    found = base.find(yearly.question)
    assert (found.decision, found.entry and found.entry.answer) == ("answer", "ปีละ 2 ครั้ง")
    assert base.find("ใช้ตราใด").entry == new
    assert list(base.entries) == [*small.entries, "new"]
    assert small.entries[YEARLY] == yearly


def test_documents_join_those_that_are_there(small: KnowledgeBase) -> None:
    extra = Document("letter", "หนังสือ", {}, ())
    assert small.with_changes((), [extra]).base.documents == (*small.base.documents, extra)


def test_every_shipped_entry_is_the_same_after_being_stored(packaged: KnowledgeBase) -> None:
    for entry in packaged.entries.values():
        assert read_entry(entry.id, body_of(entry)) == entry


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"as_of": 2569}, "as_of"),
        ({"answer": ""}, "answer"),
        ({"colour": "red"}, "colour"),
        ({"id": "x"}, "id"),
    ],
)
def test_a_body_that_is_no_entry_names_the_field(
    yearly: FaqEntry, values: dict[str, Any], field: str
) -> None:
    assert read_entry(YEARLY, {**body_of(yearly), **values}) == Fault("body", field)


# ------------------------------------------------------------------ what is sound


def test_shipped_entries_are_sound(packaged: KnowledgeBase) -> None:
    assert sound(packaged.base, tuple(packaged.entries.values())).skipped == {}


@pytest.mark.parametrize(
    ("values", "fault"),
    [
        ({"phrasings": ["who signs  for the Thai side"]}, Fault("wording", "who signs  for the Thai side", "who-signs")),
        ({"topic": "weather"}, Fault("topic", "weather")),
        ({"related": ["nothing"]}, Fault("related", "nothing")),
        ({"related": [YEARLY]}, Fault("related", YEARLY)),
        ({"superseded_by": "nothing"}, Fault("superseded_by", "nothing")),
        ({"sources": [{"key": "NOBODY"}]}, Fault("source", "NOBODY")),
        ({"sources": [{"key": "SEED"}]}, Fault("section", "–")),
        ({"sources": [{"key": "SEED", "section": "sec-99"}]}, Fault("section", "sec-99")),
    ],
)  # fmt: skip
def test_what_does_not_fit_the_base_is_left_out_with_the_reason(
    small: KnowledgeBase, yearly: FaqEntry, values: dict[str, Any], fault: Fault
) -> None:
    overlay = sound(small.base, [changed(yearly, **values)])
    assert (overlay.entries, overlay.skipped) == ((), {YEARLY: (fault,)})


def test_the_earlier_one_keeps_a_wording_that_two_claim(small: KnowledgeBase) -> None:
    first, second = (changed(small.entries[name], phrasings=["ใหม่"]) for name in ("who-signs", YEARLY))
    overlay = sound(small.base, [first, second])
    assert overlay.entries == (first,)
    assert overlay.skipped == {YEARLY: (Fault("wording", "ใหม่", "who-signs"),)}


def test_a_wording_may_move_from_one_entry_to_another(small: KnowledgeBase, yearly: FaqEntry) -> None:
    moved = yearly.phrasings[0]
    giver = changed(yearly, phrasings=yearly.phrasings[1:])
    taker = changed(small.entries["report-to"], phrasings=[moved])
    assert sound(small.base, [taker, giver]).skipped == {}
    assert set(sound(small.base, [taker]).skipped) == {"report-to"}


def test_what_dangles_once_another_is_left_out_is_left_out_too(
    small: KnowledgeBase, yearly: FaqEntry
) -> None:
    plain: dict[str, Any] = {"question_en": None, "phrasings": []}
    broken = changed(yearly, id="broken", question="ก ข ค", topic="weather", **plain)
    leaning = changed(yearly, id="leaning", question="ง จ ฉ", related=["broken"], **plain)
    overlay = sound(small.base, [broken, leaning])
    assert overlay.entries == ()
    assert overlay.skipped["leaning"] == (Fault("related", "broken"),)


def test_what_was_superseded_owns_no_wording(small: KnowledgeBase, yearly: FaqEntry) -> None:
    heir = changed(yearly, id="heir", related=[])
    assert sound(small.base, [changed(yearly, superseded_by="heir"), heir]).skipped == {}


# ------------------------------------------------------------------ changes


def test_a_draft_keeps_what_was_approved_while_it_waited(yearly: FaqEntry) -> None:
    draft = changed(yearly, answer="ปีละ 2 ครั้ง", phrasings=[*yearly.phrasings[1:], "เพิ่มหนึ่ง"])
    current = changed(yearly, title="ใหม่", phrasings=[*yearly.phrasings, "เพิ่มสอง"])

    both = merged(yearly, draft, current)

    assert (both.answer, both.title) == ("ปีละ 2 ครั้ง", "ใหม่")
    assert both.phrasings == (*yearly.phrasings[1:], "เพิ่มสอง", "เพิ่มหนึ่ง")


def test_a_draft_of_a_new_entry_or_of_the_present_one_is_as_it_was_written(yearly: FaqEntry) -> None:
    draft = changed(yearly, phrasings=[])
    assert (
        merged(None, draft, yearly) == merged(yearly, draft, None) == merged(yearly, draft, yearly) == draft
    )


@pytest.mark.parametrize(
    ("field", "text", "fault"),
    [
        ("answer", "\n".join("กขคงจฉช"), Fault("lines", "6")),
        ("wording", "ก" * 201, Fault("long", "200")),
        ("source", " … ", Fault("empty", "source")),
    ],
)
def test_what_cannot_be_taken_is_a_fault(
    yearly: FaqEntry, field: EntryField, text: str, fault: Fault
) -> None:
    assert edited(yearly, field, text, "2569") == fault


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("answer", " จังหวัดที่ลงนามแล้วต้องมีกิจกรรมร่วมกับคู่ความสัมพันธ์อย่างน้อยปีละ 1 ครั้ง\n"),
        ("wording", "กิจกรรม ขั้นต่ำต่อปี?"),
    ],
)
def test_what_changes_nothing_gives_the_same_entry(yearly: FaqEntry, field: EntryField, text: str) -> None:
    assert edited(yearly, field, text, "2569") == yearly


def test_an_answer_that_changes_takes_its_translation_with_it(yearly: FaqEntry) -> None:
    found = edited(changed(yearly, answer_en="Once"), "answer", "ปีละ 2 ครั้ง", "2569")
    assert isinstance(found, FaqEntry)
    assert (found.answer, found.answer_en) == ("ปีละ 2 ครั้ง", None)


@pytest.mark.parametrize(
    ("text", "as_of"), [("หนังสือ ว 123", "2569"), ("แผน พ.ศ. 2567–2570", "2570"), ("โทร 0225691234", "2569")]
)
def test_a_source_in_a_curators_words_is_official_and_of_the_year_it_names(
    small: KnowledgeBase, text: str, as_of: str
) -> None:
    found = edited(small.entries["cabinet"], "source", text, "2569")
    assert isinstance(found, FaqEntry)
    assert found.sources == (Source(cited=text),)
    assert (found.as_of, found.confidence, found.known) == (as_of, "official_text", True)


# ------------------------------------------------------------------ wordings that people confirmed


def test_wordings_are_grouped_without_blanks_and_marks_the_most_frequent_first(small: KnowledgeBase) -> None:
    confirmed = [
        ("ลายมือใคร", "who-signs", 2),
        ("กี่หน", YEARLY, 1),
        ("กี่ หน?", YEARLY, 2),
        ("กี่หน", "who-signs", 1),
    ]
    assert proposed(confirmed, (), small.entries) == (
        Proposal("กี่ หน?", YEARLY, 3),
        Proposal("ลายมือใคร", "who-signs", 2),
        Proposal("กี่หน", "who-signs", 1),
    )


def test_what_was_decided_or_is_a_wording_already_is_not_proposed(small: KnowledgeBase) -> None:
    confirmed = [
        ("กี่หน", YEARLY, 1),
        ("กิจกรรมขั้นต่ำต่อปี", YEARLY, 1),
        ("อะไร", "gone", 1),
        ("ย" * 201, YEARLY, 1),
    ]
    assert proposed(confirmed, {("กี่หน", YEARLY)}, small.entries) == ()
