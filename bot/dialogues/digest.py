"""The reminder's text: which pairings have nothing yet, with the arithmetic and a button to log."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import groupby

from bot.calendar import Period
from bot.dialogues.base import Registry, choice
from bot.messages import Choice, Reply
from bot.reminders import ActivityFacts, Count, Due, last_held, owes, summary
from bot.texts.th import Th

MAX_BUTTONS = 30


def digest(
    lines: Sequence[Due],
    registry: Registry,
    activities: Sequence[ActivityFacts],
    today: date,
    t: Th,
    confirmed: frozenset[str],
) -> Reply:
    """
    One message for all pairings due, ordered by province and period.

    Each line shows the last activity; below them the other years' sums, so that the reader sees why it came.
    """
    parts = []
    for (province, period), group in groupby(
        lines, key=lambda one: (one.province_code, (one.basis, one.period))
    ):
        due = list(group)
        first = due[0]
        head = [
            t.digest_title(registry.provinces[province], len(due), *period),
            t.digest_left(first.days_left, first.last),
        ]
        body = [
            t.digest_line(
                number, registry.pairings[one.pairing_id].partner, last_held(activities, one.pairing_id)
            )
            for number, one in enumerate(due, start=1)
        ]
        unsure = [] if province in confirmed else [t.INCOMPLETE]
        parts.append("\n".join([*head, *body, *_other_years(due, registry, activities, today, t), *unsure]))
    title, _, first_part = parts[0].partition("\n")
    text = "\n\n".join(
        [
            first_part,
            *parts[1:],
            t.digest_hint("start" if any(one.step == "start" for one in lines) else lines[0].step),
        ]
    )
    return Reply(text, title=title, rows=_buttons(lines, registry, t))


def _other_years(
    due: Sequence[Due], registry: Registry, activities: Sequence[ActivityFacts], today: date, t: Th
) -> list[str]:
    """The province's running years that are not the duty of these lines: how many pairings lack an activity."""
    sums: dict[tuple[str, str], list[Count]] = {}
    first = due[0]
    for pairing in registry.of_province(first.province_code):
        for sum_ in summary(pairing.facts, activities, today):
            year = Period(sum_.basis, sum_.period, sum_.first, sum_.last)
            if sum_.basis == "anniversary" or (sum_.basis, sum_.period) == (first.basis, first.period):
                continue
            if pairing.verdict != "wrong" and owes(pairing.facts, year):
                sums.setdefault((sum_.basis, sum_.period), []).append(sum_)
    return [
        t.year_of_several(basis, period, sum(one.count == 0 for one in found), len(found), found[0].days_left)
        for (basis, period), found in sums.items()
    ]


def _buttons(lines: Sequence[Due], registry: Registry, t: Th) -> tuple[tuple[Choice, ...], ...]:
    ids = list(dict.fromkeys(one.pairing_id for one in lines))[:MAX_BUTTONS]
    rows = [
        (
            choice(
                t.LOG if len(ids) == 1 else t.log_for(registry.pairings[name].partner),
                "log.new",
                pairing=name,
            ),
        )
        for name in ids
    ]
    return (*rows, (choice(t.STATUS, "status"),))
