"""The digest's text: which pairings have nothing yet, with the arithmetic and a button to log; then notices."""

from __future__ import annotations

from collections.abc import Sequence
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

TOO_LATE_TO_VISIT = 30
"""Days before the end in which no visit can be organised any more."""

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
) -> Reply:
    """
    One message for all pairings due, ordered by province and period; those that climbed to the reader stand
    behind them, then what else is to be said. There is something to say.

    Each line shows its sum; below them the province's other years, so that the reader sees why it came.
    """
    noticed = sections(items, registry, today, t)
    if not lines:
        return _without_reminders(items, noticed, registry, t)
    own = [one.due for one in lines if one.level == "officer"]
    climbed = [one for one in lines if one.level != "officer"]
    parts = [
        _own_part(list(group), registry, activities, today, t, confirmed)
        for _, group in groupby(own, key=lambda one: (one.province_code, one.basis, one.period))
    ]
    parts += [
        _climbed_part(list(group), registry, t)
        for _, group in groupby(
            climbed, key=lambda one: (one.due.province_code, one.due.basis, one.due.period)
        )
    ]
    title, _, first_part = parts[0].partition("\n")
    text = "\n\n".join([first_part, *parts[1:], _hint(lines, t), *noticed])
    due = [one.due for one in lines]
    rows = [*_answer_buttons(due, registry, t), *buttons_of(items, registry, t)][:MAX_BUTTONS]
    below = [choice(t.STATUS, "status")]
    if any(one.province_code not in confirmed for one in due):
        below.append(choice(t.CHECK_LIST, "list.check"))
    if len({one.pairing_id for one in due}) > 1:
        below.insert(0, choice(t.HOLD_HANDLE, "holds.pick"))
    return Reply(text, title=title, rows=(*rows, tuple(below)))


def _without_reminders(items: Sequence[Item], noticed: Sequence[str], registry: Registry, t: Th) -> Reply:
    """One section has its own heading; several stand under a common one."""
    title, _, text = noticed[0].partition("\n")
    if len(noticed) > 1 or not text:
        title, text = t.NOTICES, "\n\n".join(noticed)
    rows = buttons_of(items, registry, t)[:MAX_BUTTONS]
    if any(one.kind in ("weekly", "monthly") for one in items):
        rows.append((choice(t.STATUS, "status"),))
    return Reply(text, title=title, rows=tuple(rows))


def _hint(lines: Sequence[Line], t: Th) -> str:
    """What helps most: planning while the year is young, what can still be done when no visit can be."""
    if any(one.due.step == "start" for one in lines):
        return t.HINT_START
    if any(0 <= one.due.days_left <= TOO_LATE_TO_VISIT for one in lines):
        return t.HINT_SHORT
    return t.HINT_LOG


def _own_part(
    due: Sequence[Due],
    registry: Registry,
    activities: Sequence[ActivityFacts],
    today: date,
    t: Th,
    confirmed: frozenset[str],
) -> str:
    first = due[0]
    head = [
        t.digest_title(registry.provinces[first.province_code], len(due), first.basis, first.period),
        t.digest_left(first.days_left, first.last),
    ]
    late = min((today - one.since).days for one in due)
    if late > LATE_AFTER:
        head.append(t.digest_late(late))
    body = [
        t.digest_line(
            number,
            registry.pairings[one.pairing_id].partner,
            last_held(activities, one.pairing_id),
            _sums(one, registry, activities, today),
        )
        for number, one in enumerate(due, start=1)
    ]
    unsure = [] if first.province_code in confirmed else [t.INCOMPLETE]
    return "\n".join([*head, *body, *_other_years(due, registry, activities, today, t), *unsure])


def _sums(
    one: Due, registry: Registry, activities: Sequence[ActivityFacts], today: date
) -> list[tuple[str, str, int]]:
    """Basis, year and count: of the year that is due, then of the calendar or fiscal year that runs."""
    running = summary(registry.pairings[one.pairing_id].facts, activities, today)
    others = [
        (sum_.basis, sum_.period, sum_.count)
        for sum_ in running
        if sum_.basis not in (one.basis, "anniversary")
    ]
    return [(one.basis, one.period, one.count), *others]


def _climbed_part(lines: Sequence[Line], registry: Registry, t: Th) -> str:
    """What was tried, by post; no person is named. What is the same of all stands once below them."""
    first = lines[0].due
    head = [
        t.climbed_title(registry.provinces[first.province_code], len(lines), first.basis, first.period),
        t.digest_left(first.days_left, first.last),
    ]
    partners = [registry.pairings[line.due.pairing_id].partner for line in lines]
    tried = [_tried(line) for line in lines]
    if len(lines) > 1 and all(one == tried[0] for one in tried):
        body = [f"{number}. {partner}" for number, partner in enumerate(partners, start=1)]
        body.append(t.told_so_far(tried[0]))
    else:
        body = [
            t.climbed_line(number, partner, one)
            for number, (partner, one) in enumerate(zip(partners, tried, strict=True), start=1)
        ]
    return "\n".join([*head, *body, t.CLIMBED_HINT])


def _tried(line: Line) -> list[tuple[str, int, date]]:
    """Of each post that was told: how often, and when last."""
    by_level = {level: [one.on for one in line.tried if one.level == level] for level in LEVELS}
    return [(level, len(days), days[-1]) for level, days in by_level.items() if days]


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
