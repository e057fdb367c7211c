"""
Buttons whose arguments have no shape that their step can read: from an older version of the program, or forged.

The lines of `tests/rights_lines.py` say what each step takes. What an argument may be stands in
`bot/dialogues/arguments.py`, by its name: a number that is new gets its line there.
"""

from __future__ import annotations

from functools import partial
from typing import Any

import pytest

from bot.dialogues.arguments import are_sound
from bot.dialogues.base import Talk
from bot.dialogues.route import STEPS
from storage.models import Draft
from tests.rights_lines import Line, Of, every_line, lines_of
from tests.rights_world import World

ONE_ENGINE = True


@pytest.fixture(scope="module")
def world(two_provinces: World) -> World:
    return two_provinces


NO_NUMBER: tuple[Any, ...] = (-1, 10**30, "x", None, [[]])
NO_TEXT: tuple[Any, ...] = (10**30, None, [[]])


def shapes() -> list[tuple[str, Line, str, Any]]:
    """Every argument of every line with what it cannot be."""
    return [
        (name, line, argument, wrong)
        for name, line in every_line()
        for argument, right in line.args.items()
        for wrong in (NO_TEXT if isinstance(right, str) else NO_NUMBER)
    ]


@pytest.mark.parametrize("part", range(3))
def test_an_argument_of_any_shape_is_answered_politely(world: World, part: int) -> None:
    """By somebody with every right, so that nothing is refused before it is read."""
    actor, faults = world.everyone, []
    for name, line, argument, wrong in shapes()[part::3]:
        try:
            said, _ = world.pressed(actor, name, line, partial(world.own, actor), {argument: wrong})
        except Exception as error:  # noqa: BLE001 - whatever it is, the update would be put into quarantine
            faults.append(f"{name}: {argument}={wrong!r}: {error!r}")
        else:
            if not any(one.text for one in said.messages):
                faults.append(f"{name}: {argument}={wrong!r}: nothing is answered")
    assert faults == []


@pytest.mark.parametrize(
    ("step", "args"),
    [
        ("holds.menu", {}),
        ("holds.other", {}),
        ("holds.snooze", {}),
        ("holds.snooze_until", {"pairing": "50-chengdu"}),
        ("holds.snooze_until", {"pairing": "50-chengdu", "day": ""}),
        ("holds.snooze_until", {"pairing": "50-chengdu", "day": "2026-13-41"}),
        ("holds.snooze_until", {"day": "2026-12-20"}),
        ("holds.snooze_why", {"about": "50-chengdu 2026-12-20"}),
        ("holds.snooze_why", {"about": "50-chengdu 2026-12-20", "text": None}),
        ("holds.snooze_why", {"about": "50-chengdu", "text": "x"}),
        ("holds.snooze_why", {"about": " 2026-12-20", "text": "x"}),
        ("holds.snooze_why", {"about": "50-chengdu 1026-12-20", "text": "x"}),
        ("holds.snooze_end", {"pairing": "50-chengdu"}),
        ("holds.snooze_end", {"pairing": "50-chengdu", "snooze": "x"}),
        ("holds.exempt_until", {"pairing": "50-chengdu", "day": None}),
        ("holds.exempt_why", {"about": "50-chengdu x", "text": "x"}),
        ("holds.decide", {"decision": "granted"}),
        ("holds.decide", {"exemption": "x", "decision": "granted"}),
        ("holds.decide", {"exemption": 5_000_001}),
        ("holds.decide", {"exemption": 5_000_001, "decision": "perhaps"}),
        ("holds.decide", {"exemption": True, "decision": "granted"}),
        ("suspend.what", {}),
        ("suspend.what", {"about": "planet X"}),
        ("suspend.what", {"about": "country "}),
        ("suspend.take_what", {}),
        ("suspend.why", {}),
        ("suspend.review", {"about": "country CN\nx"}),
        ("suspend.review", {"about": "country CN\nx", "day": ""}),
        ("suspend.review", {"about": "", "day": "2027-03-01"}),
        ("suspend.end", {}),
        ("suspend.end", {"suspension": "1"}),
    ],
)
def test_a_button_about_reminders_that_cannot_be_read_is_an_old_one(
    world: World, step: str, args: dict[str, Any]
) -> None:
    actor = world.everyone
    with world.trial(actor):
        assert "ปุ่มนี้ใช้ไม่ได้แล้ว" in world.press(actor, step, args).everything
        assert world.changed(actor) - {"meta"} == set()


@pytest.mark.parametrize("step", [one for one in STEPS if one.startswith(("holds.", "suspend."))])
def test_a_button_about_reminders_without_one_of_its_arguments_is_answered_politely(
    world: World, step: str
) -> None:
    actor, faults = world.everyone, []
    for line in lines_of(step):
        args, talk = world.filled(line, partial(world.own, actor))
        for left_out in args:
            with world.trial(actor):
                rest = {name: one for name, one in args.items() if name != left_out}
                said = world.press(actor, step, rest, talk)
                if not any(one.text for one in said.messages):
                    faults.append(f"{step}: without {left_out} nothing is answered")
                if changed := world.changed(actor) - {"meta"}:
                    faults.append(f"{step}: without {left_out} it changes {changed}")
    assert faults == []


@pytest.mark.parametrize(
    ("asking", "subject"),
    [
        ("snooze_until", None),
        ("snooze_until", "no-such-row"),
        ("snooze_why", None),
        ("snooze_why", "50-chengdu"),
        ("snooze_why", "50-chengdu 2026-13-41"),
        ("snooze_why", "50-chengdu 2026-11-01"),
        ("exempt_until", None),
        ("exempt_why", " "),
        ("suspend_why", None),
        ("suspend_why", "planet X"),
        ("suspend_review", None),
        ("suspend_review", "country CN"),
        ("suspend_review", "planet X\nx"),
    ],
)
def test_an_open_field_about_reminders_whose_subject_cannot_be_read_takes_nothing(
    world: World, asking: str, subject: str | None
) -> None:
    actor = world.everyone
    with world.trial(actor):
        said = world.say(actor, "20 ธ.ค. 69", Talk(asking=asking, subject=subject))
        assert said.messages[0].text
        assert world.changed(actor) - {"meta"} == set()


def test_what_the_buttons_of_today_carry_is_sound(world: World) -> None:
    """So that calling everything an old button is no way to pass."""
    actor = world.everyone
    unsound = [
        name
        for name, line in every_line()
        if not are_sound(name, world.filled(line, partial(world.own, actor))[0])
    ]
    assert unsound == []


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("type", "no-such-type"),
        ("start", "2026-13-41"),
        ("start", "1800-01-01"),
        ("end", "soon"),
        ("participants", "-5"),
        ("participants", "many"),
        ("budget_thb", "NaN"),
        ("partner_joined", "perhaps"),
        ("direction", "up"),
        ("state", "over"),
        ("title", "ก" * 301),
        ("sdgs", ["99"]),
        ("files", []),
    ],
)
def test_a_value_that_its_field_cannot_have_leaves_the_draft_as_it_is(
    world: World, field: str, value: Any
) -> None:
    actor = world.actors["officer"]
    with world.trial(actor):
        said = world.press(
            actor, "card.set", {"field": field, "value": value}, draft_id=actor.own[Of.DRAFT]
        ).everything
        assert "ปุ่มนี้ใช้ไม่ได้แล้ว" in said
        with world.database.read() as session:
            assert session.get_one(Draft, actor.own[Of.DRAFT]).version == 1
