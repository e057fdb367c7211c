"""
The buttons of an open field: everything that can be given without typing, reached with one thumb.

The officer's own pairings, the types, a calendar, quick numbers, and goals, sectors and further pairings to tick.
Whether a button sets a field, ticks a value or turns a page stands in its action; what follows is the card's.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from bot.dialogues.base import Facts, LogDraft, PairingView, choice, rows_of
from bot.dialogues.drafting import MAY_BE_EMPTY, own_pairing, pairings_of, span_of
from bot.dialogues.limits import FIRST_DAY, MAX_DAYS, last_day
from bot.messages import Choice
from bot.rights import may

Row = tuple[Choice, ...]
Rows = tuple[Row, ...]

QUICK_PEOPLE = (5, 10, 20, 30, 50, 100)
QUICK_MONEY = (0, 10_000, 20_000, 50_000, 100_000, 200_000, 300_000, 500_000, 1_000_000)
DAYS_BACK = 8
DAYS_A_ROW = 4
A_WEEK = 7
MONTHS_A_ROW = 4
DECEMBER = 12
MOST_PAIRINGS = 80
"""Of one question; Telegram takes 100 buttons."""


def rows_for(facts: Facts, draft: LogDraft, field: str, nothing: str | None = None) -> Rows:
    """
    The buttons that give the field its value, row by row.

    Args:
        nothing: What the button reads that leaves the field empty, where it may be.
    """
    rows = _ROWS[field](facts, draft) if field in _ROWS else ()
    may_be_empty = ((_set(nothing or facts.t.NOT_STATED, field, None),),) if field in MAY_BE_EMPTY else ()
    return (*rows, *may_be_empty)


def _set(label: str, field: str, value: Any, **more: Any) -> Choice:
    return choice(label, "card.set", field=field, value=value, **more)


# ------------------------------------------------------------------ pairing, type, partner


def _pairings(facts: Facts, draft: LogDraft) -> Rows:
    asked = draft.options.get("pairing_id", ())
    provinces = {seat.province for seat in facts.seats if seat.province}
    whole = len(provinces) > 1 or bool(asked)

    def label(option: str) -> str:
        ids = pairings_of(option)
        if len(ids) > 1:
            return facts.t.all_pairings(len(ids))
        pairing = facts.registry.pairings[ids[0]]
        return pairing.label if whole else pairing.partner

    options = asked or tuple(pairing.id for pairing in own_pairings(facts))
    return rows_of([_set(label(option), "pairing_id", option) for option in options[:MOST_PAIRINGS]], 2)


def own_pairings(facts: Facts) -> tuple[PairingView, ...]:
    """The pairings for which the person may record, but those that are said to be none of the province's."""
    return tuple(one for one in facts.own_pairings if may(facts.seats, "log_activity", one.province_code))


def _types(facts: Facts, draft: LogDraft) -> Rows:
    codes = draft.options.get("type") or tuple(facts.registry.types)
    return rows_of([_set(facts.t.type_label(facts.registry.types[code]), "type", code) for code in codes], 2)


def _partner(facts: Facts, _draft: LogDraft) -> Rows:
    return (partner_buttons(facts, "card.set", field="partner_joined"),)


def partner_buttons(facts: Facts, name: str, **args: Any) -> Row:
    t = facts.t
    values = (("yes", t.JOINED), ("online", t.JOINED_ONLINE), ("no", t.DID_NOT_JOIN))
    return tuple(choice(label, name, value=value, **args) for value, label in values)


# ------------------------------------------------------------------ the day


def _days(facts: Facts, draft: LogDraft) -> Rows:
    """The days that were meant, or the page of the calendar that was; else the latest days and the calendar."""
    t, page = facts.t, calendar_page(draft)
    asked = [option for option in draft.options.get("start", ()) if option != page]
    meant = tuple((_set(t.days_both(*span_of(option)), "start", option),) for option in asked)
    if page is not None:
        return (*meant, *page_rows(facts, draft, "start", page))
    here = f"{draft.start or facts.today:%Y-%m}"
    pages = (
        choice(t.CALENDAR, "card.calendar", field="start", page=here),
        choice(t.SEVERAL_DAYS, "card.calendar", field="start", page=here, several=True),
    )
    return (*meant, pages) if meant else (*_latest_days(facts), pages)


def _latest_days(facts: Facts) -> Rows:
    t, today = facts.t, facts.today
    yesterday = today - timedelta(days=1)
    before = [yesterday - timedelta(days=back) for back in range(DAYS_BACK, 0, -1)]
    return (
        (_set(t.TODAY, "start", today.isoformat()), _set(t.YESTERDAY, "start", yesterday.isoformat())),
        *rows_of([_set(t.short_day(day), "start", day.isoformat()) for day in before], DAYS_A_ROW),
    )


def _last_days(facts: Facts, draft: LogDraft) -> Rows:
    """The two weeks after the first day, and the calendar for what lasted longer."""
    t, first = facts.t, draft.start or facts.today
    days = [first + timedelta(days=after) for after in range(1, 2 * A_WEEK + 1)]
    buttons = [_set(str(day.day), "end", day.isoformat()) for day in days]
    more = choice(t.CALENDAR, "card.calendar", field="end", page=f"{draft.end or days[0]:%Y-%m}")
    return (*rows_of(buttons, A_WEEK), (more, _set(t.ONE_DAY, "end", None)))


def calendar_page(draft: LogDraft) -> str | None:
    """The page of the calendar in which the day that was meant lies: a month, `2026-11`, or a year, `2026`."""
    pages = (one for one in draft.options.get("start", ()) if len(one) <= len("2026-11"))
    return next(pages, None)


def page_title(facts: Facts, page: str) -> str:
    if len(page) == len("2026"):
        return facts.t.choose_month(int(page))
    return facts.t.choose_day(span_of(page)[0])


def page_rows(facts: Facts, draft: LogDraft, field: str, page: str, *, several: bool = False) -> Rows:
    """
    The days of a month or the months of a year in which the field's day may lie, and what lies beside.

    Args:
        field: `start` or `end`.
        several: The first day is chosen, and the last one is asked next.
    """
    turn: dict[str, Any] = {"field": field, **({"several": True} if several else {})}
    if len(page) == len("2026"):
        return _months_of(facts, draft, int(page), turn)
    return _days_of(facts, draft, span_of(page)[0], turn)


def _days_of(facts: Facts, draft: LogDraft, month: date, turn: Mapping[str, Any]) -> Rows:
    """In rows of seven, so that each column is one day of the week; and "day not known" for a first day."""
    t, field = facts.t, str(turn["field"])
    first, last = _open_span(facts, draft, field)
    days = [month.replace(day=day) for day in range(1, monthrange(month.year, month.month)[1] + 1)]
    more = {"then": "end"} if "several" in turn else {}
    buttons = [_set(str(day.day), field, day.isoformat(), **more) for day in days if first <= day <= last]
    before, after = _moved(month, -1), _moved(month, 1)
    around = [choice(t.CHOOSE_MONTH, "card.calendar", **turn, page=f"{month.year}")]
    if before >= first.replace(day=1):
        around.insert(
            0, choice(f"‹ {t.short_month(before)}", "card.calendar", **turn, page=f"{before:%Y-%m}")
        )
    if after <= last:
        around.append(choice(f"{t.short_month(after)} ›", "card.calendar", **turn, page=f"{after:%Y-%m}"))
    whole = field == "start" and not more
    forgotten = ((_set(t.day_forgotten(month), "start", f"{month:%Y-%m}"),),) if whole else ()
    return (*rows_of(buttons, A_WEEK), tuple(around), *forgotten)


def _months_of(facts: Facts, draft: LogDraft, year: int, turn: Mapping[str, Any]) -> Rows:
    t = facts.t
    first, last = _open_span(facts, draft, str(turn["field"]))
    months = [date(year, month, 1) for month in range(1, DECEMBER + 1)]
    buttons = [
        choice(t.short_month(one), "card.calendar", **turn, page=f"{one:%Y-%m}")
        for one in months
        if first.replace(day=1) <= one <= last
    ]
    beside = [one for one in (year - 1, year + 1) if first.year <= one <= last.year]
    years = tuple(choice(t.year(one), "card.calendar", **turn, page=f"{one}") for one in beside)
    return (*rows_of(buttons, MONTHS_A_ROW), *((years,) if years else ()))


def _open_span(facts: Facts, draft: LogDraft, field: str) -> tuple[date, date]:
    """The first and the last day that the field may be given."""
    if field == "end" and draft.start is not None:
        return draft.start + timedelta(days=1), draft.start + timedelta(days=MAX_DAYS - 1)
    return FIRST_DAY, last_day(facts.today)


def _moved(month: date, months: int) -> date:
    years, index = divmod(month.month - 1 + months, DECEMBER)
    return date(month.year + years, index + 1, 1)


# ------------------------------------------------------------------ numbers, words


def _people(facts: Facts, draft: LogDraft) -> Rows:
    t = facts.t
    counts = [int(said) for said in draft.options.get("participants", ())] or QUICK_PEOPLE
    buttons = [_set(t.people(count), "participants", str(count)) for count in counts]
    return rows_of(buttons, 3)


def _money(facts: Facts, draft: LogDraft) -> Rows:
    t = facts.t
    sums = [Decimal(said) for said in draft.options.get("budget_thb", ())] or [
        Decimal(one) for one in QUICK_MONEY
    ]
    buttons = [_set(t.spent(amount), "budget_thb", str(amount)) for amount in sums]
    return rows_of(buttons, 3)


def _place(facts: Facts, draft: LogDraft) -> Rows:
    t = facts.t
    pairing = own_pairing(facts, draft.pairing_id)
    named = [t.PROVINCIAL_HALL, *([pairing.partner] if pairing else [])]
    if draft.direction == "outbound":
        named.reverse()
    return (tuple(_set(name, "place", name) for name in named),)


def _direction(facts: Facts, _draft: LogDraft) -> Rows:
    words = facts.t.WORDS["direction"]
    return tuple((_set(words[value], "direction", value),) for value in words)


# ------------------------------------------------------------------ several of them


def _tick(facts: Facts, draft: LogDraft, field: str, value: str, label: str) -> Choice:
    """A button that says what it makes of the value, so that pressing it twice changes nothing more."""
    on = value in getattr(draft, field)
    return choice(facts.t.ticked(label, on), "card.tick", field=field, value=value, on=not on)


def _goals(facts: Facts, draft: LogDraft) -> Rows:
    t = facts.t
    buttons = [_tick(facts, draft, "sdgs", code, t.goal(code)) for code in t.SDGS]
    return (*rows_of(buttons, 3), _end_of_ticks(facts, "sdgs", "sectors"))


def _sectors(facts: Facts, draft: LogDraft) -> Rows:
    t = facts.t
    buttons = [_tick(facts, draft, "sectors", code, t.sector(code)) for code in t.SECTORS]
    return (*rows_of(buttons, 3), _end_of_ticks(facts, "sectors", "sdgs"))


def _end_of_ticks(facts: Facts, field: str, other: str) -> Row:
    t = facts.t
    return (_set(t.NOT_STATED, field, []), choice(t.change_field(other), "card.ask", field=other))


def _also(facts: Facts, draft: LogDraft) -> Rows:
    others = [one for one in own_pairings(facts) if one.id != draft.pairing_id][:MOST_PAIRINGS]
    several = len({one.province_code for one in others}) > 1
    buttons = [_tick(facts, draft, "also", one.id, one.label if several else one.partner) for one in others]
    return rows_of(buttons, 2)


_ROWS: Mapping[str, Callable[[Facts, LogDraft], Rows]] = {
    "pairing_id": _pairings,
    "type": _types,
    "start": _days,
    "end": _last_days,
    "participants": _people,
    "budget_thb": _money,
    "partner_joined": _partner,
    "place": _place,
    "direction": _direction,
    "sdgs": _goals,
    "sectors": _sectors,
    "also": _also,
}
