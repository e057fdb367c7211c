"""What a person is told about a file that is not kept."""

from __future__ import annotations

from typing import get_args

import pytest

from bot.messages import FileProblem
from bot.texts import of_language
from tests.support import Conversation

THAI = of_language("th")


@pytest.mark.parametrize("problem", get_args(FileProblem))
def test_each_problem_is_told_and_the_draft_goes_on(officer: Conversation, problem: FileProblem) -> None:
    officer.say("ประชุมกับเฉิงตู 30 คน")

    assert THAI.file_problem(problem) in officer.send_photo("ไฟล์", problem=problem)

    card = officer.say("3 พ.ย. 69")
    assert "ผู้เข้าร่วม: 30 คน" in card
    assert "ภาพ/เอกสาร: ไม่มี" in card


def test_a_refused_file_is_told_even_where_the_sentence_has_a_fault_too(officer: Conversation) -> None:
    said = officer.send_photo("ไฟล์.docx", "ประชุมกับเฉิงตู 31 เม.ย. 69 30 คน", problem="active")
    assert THAI.file_problem("active") in said
    assert "31 เม.ย. 69" in said
