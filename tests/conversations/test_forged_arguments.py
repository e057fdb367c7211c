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
from storage.models import Draft
from tests.rights_lines import Line, Of, every_line
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
