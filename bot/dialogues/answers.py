"""Typed answers to an open field of a draft: the value, or the line that says how to write it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from bot.dialogues.base import Facts
from bot.dialogues.drafting import (
    Doubt,
    date_problem,
    days_meant,
    meant_by_provinces,
    option_of,
    own_pairing,
    pages_meant,
    span_of,
    tag_reader,
)
from bot.dialogues.fixing import read_fix
from bot.dialogues.limits import broken, days_line
from bot.language.dates import DateProblem, read_date, read_dates
from bot.language.direction import read_direction
from bot.language.money import read_amount
from bot.language.people import read_headcount
from bot.language.text import clean

Answer = tuple[Any, str]
"""A value, or a `Doubt`, as `drafting.with_value` takes it; and what is wrong with it, empty when nothing is."""

_AT = re.compile(r"^(?:สถานที่\s*|ณ\s*|ที่\s*(?!ว่าการ|ทำการ|พัก|ดิน))")
_DAY_ONLY = re.compile(r"(?:วันที่\s*)?(\d{1,2})")
_ALL_OF_THEM = re.compile(
    r"ทั้ง\s*(?:สอง|สาม|คู่|หมด|\d+)\s*(?:คู่|เมือง|แห่ง)?|ทุก(?:คู่|เมือง|แห่ง)|both|all", re.IGNORECASE
)
_NOT_KNOWN = re.compile(
    r"(?:ยัง)?(?:ไม่(?:ทราบ|รู้|แน่ใจ|มี|ระบุ|ได้ระบุ|มีข้อมูล)|จำ(?:วัน)?ไม่ได้)(?:วัน|จำนวน)?|ข้าม|unknown|none|skip",
    re.IGNORECASE,
)
_MAY_BE_UNKNOWN = ("title", "place", "participants", "budget_thb")
_NUMBERS = re.compile(r"[\d\s,./และ&-]+")


def is_of_its_own(facts: Facts, text: str) -> bool:
    """
    Whether a line typed into an open field is a sentence for another record: it names a pairing that is not
    the draft's, or, while the pairing is asked for, a pairing with a date.
    """
    assert facts.draft is not None
    found = facts.registry.lexicon.read_pairing(clean(text), facts.home).matches
    body = facts.draft.body
    if body.pairing_id is not None:
        return bool(found) and not {body.pairing_id, *body.also} & {match.pairing_id for match in found}
    return bool(found) and bool(read_dates(text, facts.today))


def read_field(facts: Facts, field: str, text: str) -> Answer:
    """The typed answer to an open field: its value, or the line that says how to write it."""
    if field in _MAY_BE_UNKNOWN and _NOT_KNOWN.fullmatch(text.strip()):
        return None, ""
    return _READERS[field](facts, text)


def _pairing(facts: Facts, text: str) -> Answer:
    first = _first_option(facts, "pairing_id")
    if "+" in first and _ALL_OF_THEM.fullmatch(clean(text)):
        return first, ""
    read = facts.registry.lexicon.read_pairing(clean(text), facts.home)
    own = tuple(match.pairing_id for match in read.matches if own_pairing(facts, match.pairing_id))
    if not own:
        return None, facts.t.NO_SUCH_PAIRING
    if read.settled and (several := meant_by_provinces(facts, text, own_pairing(facts, own[0]))):
        return Doubt(several), ""
    return (own[0] if read.settled else Doubt(own)), ""


def _first_option(facts: Facts, field: str) -> str:
    assert facts.draft is not None
    return next(iter(facts.draft.body.options.get(field, ())), "")


def _also(facts: Facts, text: str) -> Answer:
    assert facts.draft is not None
    read = facts.registry.lexicon.read_pairing(clean(text), facts.home)
    own = dict.fromkeys(match.pairing_id for match in read.matches if own_pairing(facts, match.pairing_id))
    further = [one for one in own if one != facts.draft.body.pairing_id]
    return (further, "") if further else (None, facts.t.NO_SUCH_PAIRING)


def _type(facts: Facts, text: str) -> Answer:
    read = facts.registry.lexicon.read_type(clean(text))
    if not read.codes:
        return None, facts.t.TYPE_NOT_READ
    return (read.code if read.settled else Doubt(tuple(read.codes))), ""


def _start(facts: Facts, text: str) -> Answer:
    day = _DAY_ONLY.fullmatch(clean(text))
    # Where a day stands already, a mere "6" is the sixth of its month.
    return _as_correction(facts, "start", f"วันที่ {day[1]}" if day else text) or _days(facts, text)


def _as_correction(facts: Facts, field: str, text: str) -> Answer | None:
    """What the words make of the value that stands there: "เพิ่มอีก 5 คน", "ถึงวันที่ 8"; None where they say nothing of it."""
    assert facts.draft is not None
    fix = read_fix(facts, text) if getattr(facts.draft.body, field) is not None else None
    if fix is None or fix.problem:
        return None
    if field in fix.changed:
        value = getattr(fix.draft, field)
        return (option_of(value, fix.draft.end) if field == "start" else value), ""
    options = fix.draft.options[field] if field in fix.asked else ()
    return (Doubt(options), "") if options else None


def _days(facts: Facts, text: str) -> Answer:
    page = _first_option(facts, "start")
    if page.count("-") == 1 and _NOT_KNOWN.fullmatch(text.strip()):  # a month is known, and no day
        return page, ""
    t, read = facts.t, read_date(text, facts.today)
    if read is None:
        return None, t.DATE_NOT_READ
    if isinstance(read, DateProblem):
        return None, date_problem(facts, read)
    if read.precision != "day":  # the days, or the part of the calendar, become the buttons
        meant = days_meant(facts, (read,)) or pages_meant((read,))
        return Doubt(meant) if meant else None, t.DAY_WANTED
    if read.doubtful:
        return Doubt(days_meant(facts, (read,))), ""
    wrong = days_line(facts, read.start, read.end)
    return (None, wrong) if wrong else (option_of(read.start, read.end), "")


def _end(facts: Facts, text: str) -> Answer:
    """The last day; typed as a range it is the range's."""
    assert facts.draft is not None
    first = facts.draft.body.start
    value, problem = _days(facts, text)
    if problem or first is None or isinstance(value, Doubt):
        return None, problem or facts.t.DATE_NOT_READ
    start, end, _precision = span_of(value)
    last = end or start
    wrong = days_line(facts, first, last)
    return (None, wrong) if wrong else (last.isoformat(), "")


def _title(facts: Facts, text: str) -> Answer:
    title = " ".join(text.split())
    wrong = broken(facts, {"title": title}).get("title", "")
    return (None, wrong) if wrong or not title else (title, "")


def _place(facts: Facts, text: str) -> Answer:
    place = _AT.sub("", " ".join(text.split())).strip()
    wrong = broken(facts, {"place": place}).get("place", "")
    if not place:
        return None, facts.t.ask_field("place", known="")
    return (None, wrong) if wrong else (place, "")


def _people(facts: Facts, text: str) -> Answer:
    if corrected := _as_correction(facts, "participants", text):
        return corrected
    people = read_headcount(text)
    if people is None:
        digits = re.fullmatch(r"([\d,]+)\s*(?:คน|people)?", clean(text))
        people = int(digits[1].replace(",", "") or 0) if digits else None
    if people is None:
        return None, facts.t.PEOPLE_NOT_READ
    wrong = broken(facts, {"participants": people}).get("participants", "")
    return (None, wrong) if wrong else (people, "")


def _money(facts: Facts, text: str) -> Answer:
    if corrected := _as_correction(facts, "budget_thb", text):
        return corrected
    amount = read_amount(text)
    if amount is None:
        return None, facts.t.MONEY_NOT_READ
    wrong = broken(facts, {"budget_thb": amount}).get("budget_thb", "")
    return (None, wrong) if wrong else (amount, "")


def _goals(facts: Facts, text: str) -> Answer:
    """By their numbers, else by what the words speak of."""
    typed = clean(text)
    if _NUMBERS.fullmatch(typed):
        numbers = dict.fromkeys(re.findall(r"\d+", typed))
        known = [code for code in facts.t.SDGS if code in numbers]
        return (known, "") if known and len(known) == len(numbers) else (None, facts.t.SDGS_NOT_READ)
    found = list(tag_reader("sdgs").propose(typed, None))
    return (found, "") if found else (None, facts.t.SDGS_NOT_READ)


def _sectors(facts: Facts, text: str) -> Answer:
    found = list(tag_reader("sectors").propose(text, None))
    return (found, "") if found else (None, facts.t.SECTORS_NOT_READ)


def _direction(facts: Facts, text: str) -> Answer:
    direction = read_direction(clean(text), partners=(), provinces=())
    return (direction, "") if direction else (None, facts.t.DIRECTION_NOT_READ)


def _partner(facts: Facts, _text: str) -> Answer:
    return None, facts.t.ask_field("partner_joined", known="")


def _file(facts: Facts, _text: str) -> Answer:
    return None, facts.t.FILE_WANTED


_READERS: Mapping[str, Callable[[Facts, str], Answer]] = {
    "pairing_id": _pairing,
    "also": _also,
    "type": _type,
    "start": _start,
    "end": _end,
    "title": _title,
    "place": _place,
    "participants": _people,
    "budget_thb": _money,
    "direction": _direction,
    "sdgs": _goals,
    "sectors": _sectors,
    "partner_joined": _partner,
    "files": _file,
}
