"""The digest's text: which pairings have nothing yet, with the arithmetic and a button to log; then notices."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from itertools import groupby

from bot.calendar import Period
from bot.dialogues.base import Registry, choice
from bot.dialogues.holds import answers
from bot.dialogues.noticed import buttons_of, sections
from bot.escalation import LEVELS
from bot.messages import Choice, Reply
from bot.notices import Item
from bot.ramp import Line
from bot.reminders import ActivityFacts, Count, Due, last_held, owes, summary
from bot.texts.th import Th

MAX_BUTTONS = 30

LATE_AFTER = 14
"""Days after the one on which it could be said; a holiday week is no delay that needs a word."""


def digest(
    lines: Sequence[Line],
    items: Sequence[Item],
    registry: Registry,
    activities: Sequence[ActivityFacts],
    today: date,
    t: Th,
    confirmed: frozenset[str],
    expected: Callable[[Due], date],
) -> Reply:
    """
    One message for all pairings due, ordered by province and period; those that climbed to the reader stand
    behind them, then what else is to be said. There is something to say.

    Each line shows its sum; below them the province's other years, so that the reader sees why it came.

    Args:
        expected: On which day a line should have gone out; what comes after it says so.
    """
    noticed = sections(items, registry, today, t)
    if not lines:
        return _without_reminders(items, noticed, registry, t)
    own = [one.due for one in lines if one.level == "officer"]
    climbed = [one for one in lines if one.level != "officer"]
    parts = [
        _own_part(list(group), registry, activities, today, t, confirmed, expected)
        for _, group in groupby(own, key=year_shown)
    ]
    parts += [
        _climbed_part(list(group), registry, today, t, expected)
        for _, group in groupby(climbed, key=lambda one: year_shown(one.due))
    ]
    title, _, first_part = parts[0].partition("\n")
    text = "\n\n".join([first_part, *parts[1:], t.digest_hint(_hint(lines)), *noticed])
    due = [one.due for one in lines]
    rows = [*_answer_buttons(due, registry, t), *buttons_of(items, registry, t)][:MAX_BUTTONS]
    below = [choice(t.STATUS, "status")]
    if len({one.pairing_id for one in due}) > 1:
        below.insert(0, choice(t.HOLD_HANDLE, "holds.pick"))
    return Reply(text, title=title, rows=(*rows, tuple(below)))


def year_shown(one: Due) -> tuple[str, str, str, date]:
    """What lines stand under one heading for; anniversaries of one year end on different days."""
    return (one.province_code, one.period, one.basis, one.last)


def _without_reminders(items: Sequence[Item], noticed: Sequence[str], registry: Registry, t: Th) -> Reply:
    """One section has its own heading; several stand under a common one."""
    title, _, text = noticed[0].partition("\n")
    if len(noticed) > 1 or not text:
        title, text = t.NOTICES, "\n\n".join(noticed)
    rows = buttons_of(items, registry, t)[:MAX_BUTTONS]
    if any(one.kind in ("weekly", "monthly") for one in items):
        rows.append((choice(t.STATUS, "status"),))
    return Reply(text, title=title, rows=tuple(rows))


def _hint(lines: Sequence[Line]) -> str:
    steps = [one.due.step for one in lines]
    return "start" if "start" in steps else steps[0]


def _own_part(
    due: Sequence[Due],
    registry: Registry,
    activities: Sequence[ActivityFacts],
    today: date,
    t: Th,
    confirmed: frozenset[str],
    expected: Callable[[Due], date],
) -> str:
    first = due[0]
    head = [
        t.digest_title(registry.provinces[first.province_code], len(due), first.basis, first.period),
        t.digest_left(first.days_left, first.last),
    ]
    late = min((today - one.since).days for one in due)
    if late <= LATE_AFTER:
        late = _days_late(due, today, expected)
    if late:
        head.append(t.digest_late(late))
    body = [
        t.digest_line(
            number, registry.pairings[one.pairing_id].partner, last_held(activities, one.pairing_id)
        )
        for number, one in enumerate(due, start=1)
    ]
    unsure = [] if first.province_code in confirmed else [t.INCOMPLETE]
    return "\n".join([*head, *body, *_other_years(due, registry, activities, today, t), *unsure])


def _days_late(due: Iterable[Due], today: date, expected: Callable[[Due], date]) -> int:
    return min((today - expected(one)).days for one in due)


def _climbed_part(
    lines: Sequence[Line], registry: Registry, today: date, t: Th, expected: Callable[[Due], date]
) -> str:
    """What was tried, by post; no person is named."""
    first = lines[0].due
    head = [
        t.climbed_title(registry.provinces[first.province_code], len(lines), first.basis, first.period),
        t.digest_left(first.days_left, first.last),
    ]
    late = _days_late([one.due for one in lines], today, expected)
    if late:
        head.append(t.digest_late(late))
    body = []
    for number, line in enumerate(lines, start=1):
        by_level = {level: [one.on for one in line.tried if one.level == level] for level in LEVELS}
        tried = [(level, len(days), days[-1]) for level, days in by_level.items() if days]
        body.append(t.climbed_line(number, registry.pairings[line.due.pairing_id].partner, tried))
    return "\n".join([*head, *body])


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


def _answer_buttons(lines: Sequence[Due], registry: Registry, t: Th) -> list[tuple[Choice, ...]]:
    """Of one pairing everything that can be answered; of several the record."""
    ids = list(dict.fromkeys(one.pairing_id for one in lines))
    if len(ids) == 1:
        return [*answers(t, ids[0])]
    return [(choice(t.log_for(registry.pairings[name].partner), "log.new", pairing=name),) for name in ids]
