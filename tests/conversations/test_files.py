"""What a person is told about the files that they send, and what is kept of them."""

from __future__ import annotations

from dataclasses import replace
from typing import get_args

import pytest
from sqlalchemy import select

from bot.messages import FileProblem
from bot.texts import of_language
from storage.models import Draft, Inbox, Outbox
from tests.support import Conversation, Office, photo

ONE_ENGINE = True

SENTENCE = "ประชุมกับเฉิงตู 3 พ.ย. 69 เรื่องท่องเที่ยว 30คน"
THAI = of_language("th")
TAKEN_OUT = THAI.DETAILS_REMOVED


@pytest.mark.parametrize("problem", get_args(FileProblem))
def test_each_problem_is_told_and_the_draft_goes_on(officer: Conversation, problem: FileProblem) -> None:
    officer.say("ประชุมกับเฉิงตู 30 คน")

    assert THAI.file_problem(problem) in officer.send_photo("ไฟล์", problem=problem)

    card = officer.say("3 พ.ย. 69")
    assert "ผู้เข้าร่วม: 30 คน" in card
    assert "ภาพ/เอกสาร: ไม่มี" in card


def test_a_place_that_was_taken_out_is_told_with_the_first_photo_only(officer: Conversation) -> None:
    first = replace(photo("หนึ่ง.jpg"), stripped=True)
    second = replace(photo("สอง.jpg"), stripped=True)

    begun = officer.say("", files=[first])
    assert "รับไฟล์แล้ว" in begun
    assert TAKEN_OUT in begun
    assert TAKEN_OUT not in officer.say("", files=[second])


def test_a_place_that_was_taken_out_is_told_beside_the_card(officer: Conversation) -> None:
    card = officer.say(SENTENCE, files=[replace(photo("ภาพ.jpg"), stripped=True)])
    assert TAKEN_OUT in card
    assert "ภาพ/เอกสาร: 1 รายการ" in card


def test_a_photo_without_a_place_draws_no_remark(officer: Conversation) -> None:
    assert TAKEN_OUT not in officer.send_photo("ภาพ.jpg", SENTENCE)


def test_of_a_secret_paper_nothing_is_kept_not_even_what_was_said_about_it(
    office: Office, officer: Conversation
) -> None:
    said = officer.send_photo("ลับ.pdf", SENTENCE, problem="secret")

    assert said == THAI.file_problem("secret")
    with office.database.read() as session:
        assert session.scalars(select(Draft)).all() == []
        assert [row.body for row in session.scalars(select(Inbox))] == [""]
        assert not any("ท่องเที่ยว" in str(row.body) for row in session.scalars(select(Outbox)))


def test_a_refused_file_is_told_even_where_the_sentence_has_a_fault_too(officer: Conversation) -> None:
    said = officer.send_photo("ไฟล์.docx", "ประชุมกับเฉิงตู 31 เม.ย. 69 30 คน", problem="active")
    assert THAI.file_problem("active") in said
    assert "31 เม.ย. 69" in said
