"""Whatever is pressed and typed over a draft, in whatever order: nothing fails, and no field changes unasked."""

from __future__ import annotations

import random
from typing import Any

import pytest
from sqlalchemy import select

from bot.dialogues.base import Content
from storage.models import Choice, Draft
from storage.models import Conversation as State
from tests.support import Conversation, Office

ONE_ENGINE = True

STEPS = 45
FIELDS = tuple(Content.model_fields)
DAYS = frozenset({"start", "end", "precision", "state"})
ENDS_IT = {"บันทึก", "ยกเลิก", "คนละกิจกรรม บันทึกเพิ่ม", "กิจกรรมเดียวกัน ไม่บันทึกซ้ำ"}
"""Buttons after which there is no draft to look at."""

LINES: dict[str, frozenset[str]] = {
    "ไม่ใช่ วันที่ 6": DAYS,
    "เมื่อวาน": DAYS,
    "เลื่อนเป็น 5 ธ.ค.": DAYS,
    "31 ก.พ.": DAYS,
    "ต้นเดือน": DAYS,
    "มี.ค. 69": DAYS,
    "45 คน": frozenset({"participants"}),
    "เพิ่มงบ 5 หมื่น": frozenset({"budget_thb"}),
    "ไม่มีงบ": frozenset({"budget_thb"}),
    "เปลี่ยนเป็นศึกษาดูงาน": frozenset({"type", "partner_joined"}),
    "คู่ฮอกไกโด": frozenset({"pairing_id", "also"}),
    "ที่โรงแรมดาราเทวี": frozenset({"place", "direction"}),
    "ฝ่ายคู่ไม่ได้มา": frozenset({"partner_joined"}),
    "ยังไม่ได้จัด": frozenset({"state"}),
    "ต้องมีกิจกรรมปีละกี่ครั้ง": frozenset(),
    "ศึกษาดูงานเซี่ยงไฮ้ 5 มี.ค. 69 12 คน": frozenset(),
    "ขอบคุณ": frozenset(),
    "7": frozenset(),
    "🙏": frozenset(),
    "/status": frozenset(),
    "/start": frozenset(),
    "/log": frozenset(),
}
"""What may be typed, and the fields that it may change when it is taken for a correction."""

FOLLOWS: dict[str, frozenset[str]] = {
    "start": DAYS,
    "type": frozenset({"type", "partner_joined"}),
    "pairing_id": frozenset({"pairing_id", "also"}),
}
"""What changes with a field."""


def drafts(office: Office) -> dict[int, dict[str, Any]]:
    with office.database.read() as session:
        return {row.id: dict(row.body) for row in session.scalars(select(Draft))}


def asking(office: Office) -> str | None:
    with office.database.read() as session:
        state = session.scalars(select(State)).one().state
    return state.get("asking")


def may_change_by(office: Office, choice_id: str) -> frozenset[str]:
    """The fields that a button says it sets."""
    with office.database.read() as session:
        action = session.get_one(Choice, choice_id).action
    if action["name"] == "card.drop_tags":
        return frozenset({"sdgs", "sectors"})
    field = action["args"].get("field") if action["name"] in ("card.set", "card.tick") else None
    return FOLLOWS.get(field, frozenset({field})) if field else frozenset()


def step(office: Office, person: Conversation, chance: random.Random) -> tuple[str, frozenset[str]]:
    """Press a button, of the last message or of an older one, or type a line; what it was, what it may change."""
    field = asking(office)
    own = FOLLOWS.get(field or "", frozenset({field} if field else ()))
    if chance.random() < 0.35:
        line = chance.choice(list(LINES))
        offered = [one.choice_id for one in buttons(person) if one.label == line]
        pressed = may_change_by(office, offered[-1]) if offered else frozenset()
        person.say(line)
        return line, LINES[line] | own | pressed
    choices = [one for one in buttons(person, older=chance.random() < 0.1) if one.label not in ENDS_IT]
    if not choices:
        person.say("/log")
        return "/log", frozenset()
    button = chance.choice(choices)
    allowed = may_change_by(office, button.choice_id)
    person.press_id(button.choice_id)
    return button.label, allowed


def buttons(person: Conversation, *, older: bool = False) -> list[Any]:
    shown = [message for message in person.messages if message.rows]
    messages = shown if older else shown[-1:]
    return [button for message in messages for row in message.rows for button in row]


@pytest.mark.parametrize("seed", range(8))
def test_no_field_that_was_set_changes_but_by_what_names_it(
    office: Office, officer: Conversation, seed: int
) -> None:
    chance = random.Random(seed)
    officer.say(
        chance.choice(["ประชุมกับเฉิงตู 3 พ.ย. 69 เรื่องท่องเที่ยว 30คน งบ 5 หมื่น", "/log", "ต้อนรับคณะเฉิงตูที่ศาลากลาง"])
    )
    told: list[str] = []
    for _step in range(STEPS):
        before = drafts(office)
        label, allowed = step(office, officer, chance)
        told.append(label)
        after = drafts(office)
        assert officer.answer, told
        changed = {
            field
            for number, body in before.items()
            for field in FIELDS
            if after[number].get(field) != body.get(field)
        }
        assert changed <= allowed, told
        assert sum(after[number] != body for number, body in before.items()) <= 1, told
