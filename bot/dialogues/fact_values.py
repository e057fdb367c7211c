"""What is typed as the value of a fact: read, or the line that says how to write it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from bot.dialogues.base import Facts
from bot.dialogues.relation_facts import DATES, LISTS, STAGES, CardView, FactField
from bot.language.dates import DateProblem
from bot.language.text import clean
from bot.language.written_days import Known, last_day, read_known
from bot.texts.th import Th

EARLIEST, LATEST = date(1950, 1, 1), date(2150, 12, 31)
"""The first twinning of towns anywhere is a little younger; an agreement that holds longer is a slip."""

MOST_ITEMS, MOST_ITEM = 20, 200
MOST_LETTERS: Mapping[str, int] = {"note": 500, "term": 100, "kind": 60}
MOST_NAME = 120

_PIECES = re.compile(r"[\n,;•·|]")
_NUMBERED = re.compile(r"^\s*(?:[-*–•]|[(]?[0-9๐-๙]{1,2}[.)])\s*")
_YEARS = re.compile(r"\d{1,2}")


class NotRead(Exception):
    """The typed text is no value of its field; the message says how to write one."""


@dataclass(frozen=True)
class Read:
    """A value as the fact keeps it; `several` where a person has to choose the day."""

    value: Any = None
    precision: Any = None
    several: tuple[Known, ...] = ()


def most_letters(field: str) -> int:
    return MOST_LETTERS.get(field, MOST_NAME)


def read_value(facts: Facts, card: CardView | None, field: FactField, text: str) -> Read:
    """
    The value of a fact.

    Raises:
        NotRead: If it is none.
    """
    text = text.strip()
    if field in DATES:
        return _day(facts, card, field, text)
    if field in LISTS:
        return Read(items_of(facts.t, text, lines=field != "areas"))
    if field in ("stage", "level"):
        return Read(_label(facts, field, text))
    if field == "kind":
        return Read(_code_of(facts.t.PARTNER_KINDS, text) or _words(facts.t, field, text))
    if field == "term" and _YEARS.fullmatch(clean(text)):
        text = f"{clean(text)} ปี"
    return Read(_words(facts.t, field, text))


def _words(t: Th, field: str, text: str) -> str:
    text = " ".join(clean(text).split()) if field != "note" else text
    if not text:
        raise NotRead(t.TYPE_A_VALUE)
    if len(text) > most_letters(field):
        raise NotRead(t.text_too_long(most_letters(field)))
    return text


def items_of(t: Th, text: str, *, lines: bool) -> list[str]:
    """
    Several values: one a line, or with commas between as well.

    Raises:
        NotRead: If there are too many, one is too long, or there is none.
    """
    parts = text.split("\n") if lines else _PIECES.split(text)
    items = list(dict.fromkeys(one for part in parts if (one := " ".join(_NUMBERED.sub("", part).split()))))
    if not items:
        raise NotRead(t.TYPE_A_VALUE)
    if len(items) > MOST_ITEMS:
        raise NotRead(t.too_many_items(MOST_ITEMS))
    if any(len(one) > MOST_ITEM for one in items):
        raise NotRead(t.text_too_long(MOST_ITEM))
    return items


def _label(facts: Facts, field: str, text: str) -> str:
    t = facts.t
    code = _code_of(t.LEVELS if field == "level" else {key: t.STAGES[key] for key in STAGES}, text)
    if code is None:
        raise NotRead(t.CHOOSE_A_BUTTON)
    return code


def _code_of(labels: Mapping[str, str], text: str) -> str | None:
    said = clean(text).casefold()
    return next((code for code, label in labels.items() if said in (label.casefold(), code)), None)


# ------------------------------------------------------------------ days


def read_day(facts: Facts, text: str, *, ahead: bool = False) -> Read:
    """
    A day, month or year; not one that is still to come unless `ahead`.

    Raises:
        NotRead: If it is none, or impossible.
    """
    found = read_known(text, facts.today)
    if isinstance(found, DateProblem):
        raise NotRead(facts.t.date_impossible(found.text))
    if found is None:
        raise NotRead(facts.t.KNOWN_DAY_NOT_READ)
    if len(found) > 1:
        return Read(several=found)
    day = found[0]
    if not EARLIEST <= day.on <= LATEST:
        raise NotRead(facts.t.DATE_OUT_OF_RANGE)
    if not ahead and day.on > facts.today:
        raise NotRead(facts.t.day_is_ahead(day.on, day.precision))
    return Read(day.on.isoformat(), day.precision)


def _day(facts: Facts, card: CardView | None, field: str, text: str) -> Read:
    read = read_day(facts, text, ahead=field == "expires_on")
    if not read.several:
        _check_order(facts, card, field, read)
    return read


def _check_order(facts: Facts, card: CardView | None, field: str, read: Read) -> None:
    """An agreement ends after it was signed."""
    other = card.current.get("expires_on" if field == "signed_on" else "signed_on") if card else None
    if other is None or not other.value:
        return
    days = {
        field: (str(read.value), read.precision),
        other.field: (str(other.value), other.precision),
    }
    signed, ends = date.fromisoformat(days["signed_on"][0]), last_day(*days["expires_on"])
    if ends < signed:
        raise NotRead(facts.t.ENDS_BEFORE_SIGNED)
