"""
What the arguments of a button may be.

A button carries a random id; what it does was stored when it was offered, up to 400 days ago and by whichever
version of this program ran then. Arguments that their step cannot read make it an old button, before anything is
looked up with them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, get_args

from bot.dialogues.base import DraftField, PartnerJoined
from bot.messages import Json

Check = Callable[[Any], bool]

HIGHEST = 2**31 - 1
"""Of a number: what an id's column holds on every database."""

LONGEST = 20_000
MOST = 100_000
"""Characters of a text: a passage is quoted whole. Values of a list: the rows of a workbook."""

LONGEST_SPAN = 366
"""Days for which somebody stands in."""

PAGE = re.compile(r"(?:19|20)\d\d(?:-(?:0[1-9]|1[0-2]))?")
"""Of the calendar: a year, or a month of it."""

DAY = re.compile(r"(?:19|20)\d\d-\d\d-\d\d")

SUSPENDED = re.compile(r"(?:country|area|partner) \S.*", re.DOTALL)
"""What reminders are suspended of; the reason may stand behind it."""

FIRST_YEAR, LAST_YEAR = 2400, 2700
"""B.E."""


def _is_number(value: Any) -> bool:
    return type(value) is int and 0 <= value <= HIGHEST


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and len(value) <= LONGEST


def _is_flag(value: Any) -> bool:
    return isinstance(value, bool)


def _is_year(value: Any) -> bool:
    return _is_number(value) and FIRST_YEAR <= value <= LAST_YEAR


def _is_page(value: Any) -> bool:
    return isinstance(value, str) and PAGE.fullmatch(value) is not None


def _is_json(value: Any) -> bool:
    return isinstance(value, Mapping)


def _is_day(value: Any) -> bool:
    if not isinstance(value, str) or DAY.fullmatch(value) is None:
        return False
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return True


def _is_until(value: Any) -> bool:
    """A pairing and a day: `50-chengdu 2026-12-31`."""
    pairing, _, day = value.rpartition(" ") if isinstance(value, str) else ("", "", "")
    return bool(pairing) and _is_day(day)


def _is_suspended(value: Any) -> bool:
    return _is_text(value) and SUSPENDED.fullmatch(value) is not None


def _is_span(value: Any) -> bool:
    return _is_number(value) and value <= LONGEST_SPAN


def _or_none(check: Check) -> Check:
    return lambda value: value is None or check(value)


def _one_of(*values: str) -> Check:
    return lambda value: isinstance(value, str) and value in values


def _several(check: Check) -> Check:
    return lambda value: isinstance(value, list) and len(value) <= MOST and all(map(check, value))


NUMBERS = (
    *("activity", "contact", "document", "draft", "exemption", "fact", "identity", "inquiry", "invitation"),
    *(
        "limit",
        "link",
        "member",
        "membership",
        "page",
        "question",
        "request",
        "revision",
        "seen",
        "snooze",
        "successor",
        "suspension",
        "version",
    ),
)
FIELDS = _one_of(*get_args(DraftField), "state")

SOUGHT: Mapping[str, Check] = {
    "pairings": _several(_is_text),
    "type": _is_text,
    "state": _one_of("held", "planned"),
    "year": _is_year,
    "fiscal": _is_flag,
    "mine": _is_flag,
    "flagged": _is_flag,
    "words": _several(_is_text),
}
"""What narrows the list of records."""

CHECKS: Mapping[str, Check] = {
    **dict.fromkeys(NUMBERS, _is_number),
    **{f"{step}.{name}": check for step in ("activities", "activities.by") for name, check in SOUGHT.items()},
    "acting.from.first": _is_day,
    "acting.until.days": _is_span,
    "acting.until.first": _is_day,
    "acting.who.province": _is_text,
    "activities.by.by": _one_of("pairing", "year", "type", "more"),
    "activity.fix.args": _is_json,
    "activity.partner.value": _one_of(*get_args(PartnerJoined)),
    "ask.reason.reason": _is_text,
    "card.ask.field": FIELDS,
    "card.calendar.field": _one_of("start", "end"),
    "card.calendar.page": _is_page,
    "card.set.field": FIELDS,
    "card.set.then": FIELDS,
    "card.tick.field": _one_of("sdgs", "sectors", "also"),
    "card.tick.value": _is_text,
    "curate.approve_batch.shown": _several(_is_number),
    "curate.decide.at": _is_number,
    "curate.phrasings.at": _is_number,
    "holds.decide.decision": _one_of("granted", "refused"),
    **dict.fromkeys(("holds.snooze_why.about", "holds.exempt_why.about"), _is_until),
    **dict.fromkeys(("holds.snooze_why.text", "holds.exempt_why.text"), _is_text),
    **dict.fromkeys(("holds.snooze_until.day", "holds.exempt_until.day", "suspend.review.day"), _is_day),
    **dict.fromkeys(("suspend.what.about", "suspend.review.about"), _is_suspended),
    **dict.fromkeys(("suspend.take_what.text", "suspend.why.text"), _is_text),
    "list.reopen.province": _is_text,
    "list.undo.pairings": _several(_is_text),
    "list.undo.person": _or_none(_is_number),
    "log.files.text": _is_text,
    "log.keep_files.args": _is_json,
    "review.refuse_for.reason": _is_text,
    "staff.province": _is_text,
    "staff.which.province": _is_text,
}
"""
By the argument's name where it is the same everywhere, and first by the step's and its own. One that is not here may
be anything: its step reads it as a text, or finds nothing with it.
"""

NEEDED: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys(
        ("holds.menu", "holds.plan", "holds.snooze", "holds.exempt", "holds.other", "holds.why"), ("pairing",)
    ),
    **dict.fromkeys(("holds.snooze_until", "holds.exempt_until"), ("pairing", "day")),
    **dict.fromkeys(("holds.snooze_why", "holds.exempt_why"), ("about", "text")),
    "holds.snooze_end": ("pairing", "snooze"),
    "holds.decide": ("exemption", "decision"),
    "suspend.what": ("about",),
    **dict.fromkeys(("suspend.take_what", "suspend.why"), ("text",)),
    "suspend.review": ("about", "day"),
    "suspend.end": ("suspension",),
}
"""Arguments without which a button of the step is an old one."""


def are_sound(step: str, args: Json) -> bool:
    """Whether the step can read its arguments."""
    if any(name not in args for name in NEEDED.get(step, ())):
        return False
    for name, value in args.items():
        check = CHECKS.get(f"{step}.{name}") or CHECKS.get(name)
        if check is not None and not check(value):
            return False
    return True
