"""Deciding in four, on a small base."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.check import check
from knowledge.deciding import OFFERED
from knowledge.meaning import shared_encoder
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


# Where faults hide: half letters, marks without a letter, right-to-left, digits of other scripts, wide letters.
PLANES = ((0x20, 0x7E), (0xE01, 0xE5B), (0x300, 0x36F), (0x600, 0x6FF), (0xD800, 0xDFFF), (0xF700, 0xF71A))


def random_texts(count: int) -> Iterator[str]:
    drawn = Random(2562)
    for number in range(count):
        low, high = (0, 0x10FFFF) if number % 3 == 0 else PLANES[number % len(PLANES)]
        letters = [chr(drawn.randint(low, high)) for _ in range(drawn.randint(0, 12))]
        # A blank and a Thai letter here and there, so that marks meet what they belong to.
        yield "".join(drawn.choice((letter, letter, letter, " ", "ก", "่")) for letter in letters)


def test_ten_thousand_texts_of_any_letters_are_decided(letters_only: KnowledgeBase) -> None:
    for text in random_texts(10_000):
        finding = letters_only.find(text)
        assert 0 <= finding.score <= 1, repr(text)
        assert finding.decision != "answer" or finding.entry is not None, repr(text)


@pytest.mark.parametrize("half", ["\ud800", "ใครลงนาม\udc00MOU ฝ่ายไทย", "\ud83c" * 1200])
def test_half_a_letter_harms_no_meaning(packaged: KnowledgeBase, half: str) -> None:
    """JSON may hold one, and no encoder takes it."""
    assert packaged.find(half) == packaged.find(
        half.encode("utf-16", "surrogatepass").decode("utf-16", "ignore")
    )


def test_an_empty_base_and_a_base_of_one_entry_are_asked_like_any_other(small: KnowledgeBase) -> None:
    only = small.entries["yearly-activity"].model_copy(update={"related": ()})
    for entries in ((), (only,)):
        base = KnowledgeBase(
            replace(small.base, entries=entries, documents=()), small.words, small.thresholds
        )
        for learned in (False, True):
            if learned:
                assert base.learn_meaning(shared_encoder())
            for asked in ("", "ขอหวยงวดนี้", "แล้วใครลงนามล่ะ", "MOU", "ปี 2569 ภูเก็ต"):
                assert base.find(asked, last_entry="yearly-activity").decision in ("unknown", "suggest")
            found = base.find("ต้องมีกิจกรรมร่วมปีละกี่ครั้ง")
            assert found.entry is (only if entries else None)


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


def test_check_finds_a_wording_that_asks_what_another_entry_asks(folder: Folder) -> None:
    """Equal only once the synonyms are resolved: loading cannot see it."""
    faults = check(folder("faq/signing.yaml", '"cabinet approval"', '"ส่งรีพอร์ตให้หน่วยงานไหน"'))
    assert [fault[:9] for fault in faults if "asks the same as another entry" in fault] == ["cabinet: "]


def test_a_keyword_is_offered_and_not_answered(small: KnowledgeBase) -> None:
    """What is asked about รายงาน is for the person to say."""
    finding = small.find("รายงาน")
    assert finding.decision == "suggest"
    assert finding.suggestions[0].entry_id == "report-to"


def test_a_subject_that_no_entry_mentions_is_neither_answered_nor_offered(small: KnowledgeBase) -> None:
    finding = small.find("กิจกรรมขั้นต่ำต่อปีของโรงพยาบาลสัตว์")
    assert finding.decision == "unknown"
    assert "yearly-activity" in [suggestion.entry_id for suggestion in finding.suggestions]


def test_a_curators_own_wording_is_always_answered(packaged: KnowledgeBase) -> None:
    for entry in packaged.entries.values():
        for wording in entry.wordings:
            assert packaged.find(wording).entry is entry
