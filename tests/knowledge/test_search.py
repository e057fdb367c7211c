"""Deciding in four, on a small base."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.check import check
from knowledge.deciding import OFFERED
from knowledge.search import LONGEST_QUESTION, KnowledgeBase

Folder = Callable[..., Path]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("ต้องมีกิจกรรมร่วมปีละกี่ครั้ง", "yearly-activity"),
        ("กิจกรรม ขั้น ต่ำ ต่อ ปี", "yearly-activity"),
        ("กิจกรรมขั้นต่ำต่อปีีี ครับบบบ", "yearly-activity"),
        ("เอ็มโอยูต้องเสนอ ครม. มั้ยครับ", "cabinet"),
        ("ส่งรีพอร์ตให้หน่วยงานไหน", "report-to"),
        ("who signs for the thai side", "who-signs"),
        ("คนเซ็น MOU คือใคร", "who-signs"),
    ],
)
def test_a_question_in_other_words_is_answered(small: KnowledgeBase, asked: str, found: str) -> None:
    finding = small.find(asked)
    assert finding.decision == "answer"
    assert finding.entry is not None
    assert finding.entry.id == found


def test_a_foreign_place_a_foreign_year_and_denial_are_never_answered_directly(small: KnowledgeBase) -> None:
    """The entry speaks of none of them, so it is only offered."""
    plain = "ต้องมีกิจกรรมร่วมปีละกี่ครั้ง"
    assert small.find(plain).decision == "answer"
    for asked in (f"จังหวัดเชียงใหม่{plain}", f"ปี 2570 {plain}", "ไม่ต้องมีกิจกรรมร่วมปีละกี่ครั้ง"):
        finding = small.find(asked)
        assert finding.decision == "suggest", asked
        assert finding.suggestions[0].entry_id == "yearly-activity"


def test_a_year_inside_the_span_of_the_entry_is_no_obstacle(small: KnowledgeBase) -> None:
    assert small.find("ปี 2564 ต้องมีกิจกรรมร่วมปีละกี่ครั้ง").decision == "answer"


def test_near_questions_are_offered_best_first_and_at_most_three(small: KnowledgeBase) -> None:
    finding = small.find("MOU")
    assert finding.decision == "suggest"
    assert {"who-signs", "cabinet"} <= {suggestion.entry_id for suggestion in finding.suggestions}
    scores = [suggestion.score for suggestion in finding.suggestions]
    assert scores == sorted(scores, reverse=True)
    assert len(scores) <= OFFERED


def test_suggestions_speak_the_language_of_the_question(small: KnowledgeBase) -> None:
    assert small.find("MOU").suggestions[0].question.isascii()
    assert not small.find("เอ็มโอยู").suggestions[0].question.isascii()


def test_what_only_the_plan_says_is_quoted_with_its_section(small: KnowledgeBase) -> None:
    finding = small.find("โครงการ CLMVT Sister Smart City เพื่อเป็น Quick Win ในการส่งเสริมเศรษฐกิจดิจิทัล")
    assert finding.decision == "passage"
    assert finding.passage is not None
    assert finding.passage.id == "plan-2562-2566 §sec-4-3"
    assert finding.entry is None


@pytest.mark.parametrize("asked", ["พรุ่งนี้ฝนจะตกไหม", "", "   ", "???", "🙂", "ก", "\x00\ud800", "5555"])
def test_what_is_not_known_is_not_guessed(small: KnowledgeBase, asked: str) -> None:
    finding = small.find(asked)
    assert finding.decision == "unknown"
    assert finding.entry is None
    assert finding.passage is None


def test_only_the_beginning_of_a_very_long_text_is_read(small: KnowledgeBase) -> None:
    question = "ต้องมีกิจกรรมร่วมปีละกี่ครั้ง"
    assert small.find("ๆ" * LONGEST_QUESTION + question).decision == "unknown"
    assert small.find(question.ljust(LONGEST_QUESTION) + "ไม่มี").decision == "answer"


@settings(max_examples=150, deadline=None)
@given(asked=st.text(max_size=120))
def test_any_text_is_decided_and_twice_the_same(packaged: KnowledgeBase, asked: str) -> None:
    finding = packaged.find(asked)
    assert finding == packaged.find(asked)
    assert (finding.entry is not None) == (finding.decision == "answer")
    assert (finding.passage is not None) == (finding.decision == "passage")


def test_a_superseded_entry_is_kept_but_not_found(folder: Folder) -> None:
    base = KnowledgeBase.load(
        folder(old="id: yearly-activity", new="id: yearly-activity\n    superseded_by: report-to")
    )
    assert "yearly-activity" in base.entries
    assert base.by_topic("kpi") == ()
    offered = base.find("ต้องมีกิจกรรมร่วมปีละกี่ครั้ง").suggestions
    assert "yearly-activity" not in {suggestion.entry_id for suggestion in offered}


def test_entries_of_a_topic_keep_their_order(small: KnowledgeBase) -> None:
    assert [entry.id for entry in small.by_topic("signing")] == ["who-signs"]
    assert small.by_topic("weather") == ()


def test_topics_stand_in_the_order_of_the_menu(small: KnowledgeBase) -> None:
    assert [topic.key for topic in small.topics][:2] == ["definition", "partner"]
    assert small.topics[-1].key == "bot"


def test_a_source_line_has_title_heading_and_years(small: KnowledgeBase) -> None:
    (line,) = small.source_line(small.entries["yearly-activity"])
    assert (line.title, line.section, line.as_of) == (
        "แผนขับเคลื่อนฯ พ.ศ. 2562–2566",
        "ตัวชี้วัดความสำเร็จตามเป้าหมาย",
        "2562–2566",
    )
    (other,) = small.source_line(small.entries["who-signs"])
    assert other.section is None


def test_check_wants_what_an_entry_that_ships_must_have(folder: Folder) -> None:
    faults = check(folder())
    assert any(fault.startswith("who-signs: ") and "phrasings" in fault for fault in faults)
    assert any(fault.startswith("who-signs: ") and "answer_en" in fault for fault in faults)


def test_check_tells_the_faults_that_stop_loading(folder: Folder) -> None:
    (fault,) = check(folder(old="topic: monitoring", new="topic: weather"))
    assert "kpi.yaml" in fault


def test_check_finds_a_wording_that_leads_nowhere(folder: Folder) -> None:
    faults = check(folder("faq/signing.yaml", '"cabinet approval"', '"???"'))
    assert [fault[:9] for fault in faults if "leads to other entries" in fault] == ["cabinet: "]


def test_a_keyword_is_offered_and_not_answered(small: KnowledgeBase) -> None:
    """What is asked about รายงาน is for the person to say."""
    finding = small.find("รายงาน")
    assert finding.decision == "suggest"
    assert finding.suggestions[0].entry_id == "report-to"


def test_a_subject_that_no_entry_mentions_is_neither_answered_nor_offered(small: KnowledgeBase) -> None:
    finding = small.find("กิจกรรมขั้นต่ำต่อปีของโรงพยาบาลสัตว์")
    assert finding.decision == "unknown"
    assert [suggestion.entry_id for suggestion in finding.suggestions] == ["yearly-activity"]


def test_a_curators_own_wording_is_always_answered(packaged: KnowledgeBase) -> None:
    for entry in packaged.entries.values():
        for wording in entry.wordings:
            assert packaged.find(wording).entry is entry
