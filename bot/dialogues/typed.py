"""What is typed into an open field of a record: a value, or the line that says how to write it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from bot.dialogues.base import Facts
from bot.dialogues.drafting import date_problem
from bot.dialogues.limits import MAX_BUDGET, days_line
from bot.language.dates import DateProblem, DateSpan, read_date, read_dates
from bot.language.money import read_amount
from bot.language.text import clean
from bot.splitting import utf16_length

LONG = ("result", "problems", "suggestions")
MOST_LONG, MOST_SHORT = 1000, 200

BEFORE_A_DAY = re.compile(
    r"\s*(?:(?:ลง|ใน)?วันที่|(?:(?<=[\s\d])|^)(?:ลว\.?|ลง|ภายใน|dated|on))$", re.IGNORECASE
)
"""What stands between the number of a letter, or a promise, and its date: ข้อตกลง is none of it."""


class NotRead(Exception):
    """The typed text is no value of its field; the message says how to write one."""


def most_letters(field: str) -> int:
    """As a messenger counts."""
    return MOST_LONG if field in LONG else MOST_SHORT


def read_day(facts: Facts, text: str) -> DateSpan | str:
    """A day or days; those that it could be are `doubtful`. Else how to write it."""
    read = read_date(text, facts.today)
    if isinstance(read, DateProblem):
        return date_problem(facts, read)
    if read is None:
        return facts.t.NEW_DAY_NOT_READ
    if read.precision != "day":
        return facts.t.DAY_WANTED
    return days_line(facts, read.start, read.end) or read


def read_detail(facts: Facts, field: str, text: str) -> dict[str, Any]:
    """
    The values that the text gives, by field: a letter's number may bring its date, a promise its day.

    Raises:
        NotRead: If it is too long, or no date, amount or source.
    """
    text = text.strip()
    if utf16_length(text) > most_letters(field):
        raise NotRead(facts.t.text_too_long(most_letters(field)))
    if field == "spent_thb":
        return {field: _amount(facts, text)}
    if field == "spent_source":
        return {field: _source(facts, text)}
    if field in ("letter_on", "follow_up_on"):
        return {field: _day(facts, text)}
    if field == "letter_no":
        return _letter(facts, text)
    if field == "follow_up":
        return _promise(facts, text)
    return {field: text}


def _amount(facts: Facts, text: str) -> Decimal:
    amount = read_amount(text)
    if amount is None:
        raise NotRead(facts.t.MONEY_NOT_READ)
    if amount > MAX_BUDGET:
        raise NotRead(facts.t.money_too_much(MAX_BUDGET))
    return amount


def _source(facts: Facts, text: str) -> str:
    """By its label, which people type with งบ before it."""
    labels: Mapping[str, str] = facts.t.WORDS["spent_source"]
    said = text.casefold().removeprefix("งบ").strip()
    for code, label in labels.items():
        if said in (label.casefold(), label.casefold().removeprefix("งบ")):
            return code
    raise NotRead(facts.t.SOURCE_NOT_READ)


def _day(facts: Facts, text: str) -> date:
    read = read_day(facts, text)
    if isinstance(read, str):
        raise NotRead(read)
    if read.doubtful:
        raise NotRead(facts.t.DAY_WANTED)
    return read.start


def _letter(facts: Facts, text: str) -> dict[str, Any]:
    """The number, and the date where one stands after it: `ชม 0017/123 ลว. 5 พ.ย. 69`."""
    number, day = _last_day(facts, text)
    if day is None:
        return {"letter_no": text}
    return {"letter_no": number, "letter_on": day} if number else {"letter_on": day}


def _promise(facts: Facts, text: str) -> dict[str, Any]:
    """What was promised, and the day where one stands after it: `ประชุมครั้งต่อไป 5 มี.ค. 70`."""
    promise, day = _last_day(facts, text)
    return {"follow_up": promise, "follow_up_on": day} if promise and day else {"follow_up": text}


def _last_day(facts: Facts, text: str) -> tuple[str, date | None]:
    """What stands before a certain day at the end of the text, and that day."""
    cleaned = clean(text)
    days = [one for one in read_dates(cleaned, facts.today) if isinstance(one, DateSpan)]
    last = days[-1] if days else None
    if last is None or last.precision != "day" or last.doubtful or last.last_char != len(cleaned) - 1:
        return text, None
    if days_line(facts, last.start):
        return text, None
    return BEFORE_A_DAY.sub("", cleaned[: last.first_char].strip()).strip(), last.start
