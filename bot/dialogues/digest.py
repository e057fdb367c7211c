"""The digest's text: which pairings have nothing yet, with the arithmetic and a button to log; then notices."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
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
from bot.splitting import utf16_length
from bot.texts.th import Th

MOST_BUTTONS = 10
"""Under the reminders, and as many under what else is said. The others' pairings are reached by the list."""

FITS = 3_900
"""UTF-16 units, Telegram's count: however many pairings a person has, the digest is one message."""

MOST_PARTS = 8
MOST_LINES = (30, 20, 12, 8, 5, 3, 1)
"""Of each part: the first that fits."""

TOO_LATE_TO_VISIT = 30
"""Days before the end in which no visit can be organised any more."""


@dataclass(frozen=True)
class _Part:
    """The pairings of one province and year, a line for each, and what stands above and below them."""

    head: Sequence[str]
    lines: Sequence[str]
    below: Sequence[str] = ()

    def text(self, most: int, t: Th) -> str:
        left_out = len(self.lines) - most
        more = [t.and_more(left_out)] if left_out > 0 else []
        return "\n".join([*self.head, *self.lines[:most], *more, *self.below])


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

    Each line shows its sum; below them the province's other years, so that the reader sees why it came. What
    finds no room is counted, and the list of pairings reaches it.

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
    title, _, text = _fitting(parts, [_hint(lines, t), *noticed], t).partition("\n")
    rows = [*_answer_buttons(lines, registry, t), *buttons_of(items, registry, t)[:MOST_BUTTONS]]
    below = [choice(t.STATUS, "status")]
    if any(one.due.province_code not in confirmed for one in lines if _is_of_the_office(one)):
        below.append(choice(t.CHECK_LIST, "list.check"))
    if len({one.due.pairing_id for one in lines if _is_of_the_office(one)}) > 1:
        below.insert(0, choice(t.HOLD_HANDLE, "holds.pick"))
    return Reply(text, title=f"{t.DUE_SIGN} {title}", rows=(*rows, tuple(below)))


def _fitting(parts: Sequence[_Part], others: Iterable[str], t: Th) -> str:
    """As many lines of each part as leave the whole one message."""
    left_out = sum(len(one.lines) for one in parts[MOST_PARTS:])
    below = [*([t.digest_more(left_out)] if left_out else []), *others]
    text = ""
    for most in MOST_LINES:
        text = "\n\n".join([*(one.text(most, t) for one in parts[:MOST_PARTS]), *below])
        if utf16_length(text) <= FITS:
            break
    return text


def year_shown(one: Due) -> tuple[str, str, str, date]:
    """What lines stand under one heading for; anniversaries of one year end on different days."""
    return (one.province_code, one.period, one.basis, one.last)


def _without_reminders(items: Sequence[Item], noticed: Sequence[str], registry: Registry, t: Th) -> Reply:
    """One section has its own heading; several stand under a common one."""
    title, _, text = noticed[0].partition("\n")
    if len(noticed) > 1 or not text:
        title, text = t.NOTICES, "\n\n".join(noticed)
    rows = buttons_of(items, registry, t)[:MOST_BUTTONS]
    if any(one.kind in ("weekly", "monthly") for one in items):
        rows.append((choice(t.STATUS, "status"),))
    return Reply(text, title=title, rows=tuple(rows))


def _hint(lines: Sequence[Line], t: Th) -> str:
    """What helps most: planning while the year is young, what can still be done when no visit can be."""
    if any(one.due.step == "start" for one in lines):
        over = any(one.due.days_left < 0 for one in lines)
        return f"{t.HINT_LOG}\n{t.HINT_START}" if over else t.HINT_START
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
    expected: Callable[[Due], date],
) -> _Part:
    first = due[0]
    head = [
        t.digest_title(registry.provinces[first.province_code], len(due), first.basis, first.period),
        t.digest_left(first.days_left, first.last),
    ]
    late = _days_late(due, today, expected)
    if late:
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
    return _Part(head, body, [*_other_years(due, registry, activities, today, t), *unsure])


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


def _days_late(due: Iterable[Due], today: date, expected: Callable[[Due], date]) -> int:
    return min((today - expected(one)).days for one in due)


def _climbed_part(
    lines: Sequence[Line], registry: Registry, today: date, t: Th, expected: Callable[[Due], date]
) -> _Part:
    """What was tried, by post; no person is named. What is the same of all stands once below them."""
    first = lines[0].due
    head = [
        t.climbed_title(registry.provinces[first.province_code], len(lines), first.basis, first.period),
        t.digest_left(first.days_left, first.last),
    ]
    late = _days_late([one.due for one in lines], today, expected)
    if late:
        head.append(t.digest_late(late))
    partners = [registry.pairings[line.due.pairing_id].partner for line in lines]
    tried = [_tried(line) for line in lines]
    if len(lines) > 1 and all(one == tried[0] for one in tried):
        body = [f"{number}. {partner}" for number, partner in enumerate(partners, start=1)]
        below = [t.told_so_far(tried[0]), t.CLIMBED_HINT]
    else:
        body = [
            t.climbed_line(number, partner, one)
            for number, (partner, one) in enumerate(zip(partners, tried, strict=True), start=1)
        ]
        below = [t.CLIMBED_HINT]
    return _Part(head, body, below)


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


def _is_of_the_office(line: Line) -> bool:
    """The ministry is told and looks at the pairing; to answer is for the province."""
    return line.level != "ministry"


def _answer_buttons(lines: Sequence[Line], registry: Registry, t: Th) -> list[tuple[Choice, ...]]:
    """Of one pairing everything that can be answered; of several the record."""
    ids = list(dict.fromkeys(one.due.pairing_id for one in lines))
    own = {one.due.pairing_id for one in lines if _is_of_the_office(one)}
    if len(ids) == 1 and own:
        return [*answers(t, ids[0])]
    buttons = [
        choice(t.log_for(registry.pairings[one].partner), "log.new", pairing=one)
        if one in own
        else choice(registry.pairings[one].label, "pairing.show", pairing=one)
        for one in ids[:MOST_BUTTONS]
    ]
    return [(one,) for one in buttons]
