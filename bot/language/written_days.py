"""A day as far as it is known, and the paper that says something: "มี.ค. 2560", "มท 0211.4/123 ลว. 5 มี.ค. 69"."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date
from typing import Literal

from bot.language.dates import DateProblem, DateSpan, read_date, read_dates, read_year
from bot.language.text import clean

Precision = Literal["day", "month", "year"]


@dataclass(frozen=True)
class Known:
    """A date: `on` is the first day of the month or year where no more is known."""

    on: date
    precision: Precision


_YEAR = re.compile(
    r"(?:ประมาณ|ราว|ใน)?\s*(?:ปี\s*)?(?P<era>พ\.?\s?ศ\.?|ค\.?\s?ศ\.?|[bca]\.?[ed]\.?)?\s*(?P<year>\d{4})",
    re.IGNORECASE,
)
_MONTH = re.compile(r"(?P<month>\d{1,2})\s*[/.-]\s*(?P<year>\d{4})")
_FILLER = re.compile(
    r"วันที่|เมื่อ|ลงนาม(?:แล้ว)?|สถาปนา(?:แล้ว)?|หมดอายุ|สิ้นสุด|ถึง|ประมาณ|ราว|ใน|เดือน|ณ|ลว\.?|[\s,.:;-]+"
)
_LAST_WORDS = re.compile(r"[\s(]*(?:(?:ลง)?วันที่|ลว\.?|ลง|เมื่อ|dated|of|on)?[\s.:]*$", re.IGNORECASE)


def read_known(text: str, today: date) -> tuple[Known, ...] | DateProblem | None:
    """
    What a text says that is nothing but a date: one, or those between which a person has to choose. None for
    anything else, and for a day without its year.
    """
    text = clean(text).strip()
    if year := _YEAR.fullmatch(text):
        years = read_year(year["year"], year["era"])
        return tuple(Known(date(one, 1, 1), "year") for one in years) or None
    if month := _MONTH.fullmatch(text):
        years, number = read_year(month["year"]), int(month["month"])
        if not 1 <= number <= 12:
            return DateProblem("impossible", text, 0, len(text) - 1)
        return tuple(Known(date(one, number, 1), "month") for one in years) or None
    span = read_date(text, today)
    if span is None or isinstance(span, DateProblem):
        return span
    rest = f"{text[: span.first_char]} {text[span.last_char + 1 :]}"
    if span.end is not None or span.assumed or _FILLER.sub("", rest):
        return None
    return _settled(span)


def _settled(span: DateSpan) -> tuple[Known, ...] | None:
    """The day, month or year that was written, or the days that it could be."""
    first, *others = span.doubtful or (span.start,)
    if not others:
        return (Known(first, "day"),) if span.precision == "day" else None
    if span.precision == "month" and others == [_month_end(first)]:
        return (Known(first, "month"),)
    if span.precision == "year" and others == [date(first.year, 12, 31)]:
        return (Known(first, "year"),)
    return tuple(Known(day, "day") for day in span.doubtful) if span.precision == "day" else None


def _month_end(first: date) -> date:
    return first.replace(day=calendar.monthrange(first.year, first.month)[1])


@dataclass(frozen=True)
class Paper:
    """What names a paper, and the day that stands at its end; `dated` says that some date stands there."""

    name: str
    on: date | None
    dated: bool


def read_paper(text: str, today: date) -> Paper | DateProblem:
    """
    A paper by its number and date. A month or year at the end stays part of the name: it is no day.

    A date that cannot be is told, and nothing taken.
    """
    text = " ".join(clean(text).split())
    found = read_dates(text, today)
    for one in found:
        if isinstance(one, DateProblem):
            return one
    last = found[-1] if found else None
    if not isinstance(last, DateSpan) or last.last_char < len(text.rstrip(" )")) - 1:
        return Paper(text, None, dated=False)
    if last.precision != "day" or last.doubtful or last.end is not None or last.assumed:
        return Paper(text, None, dated=last.precision in ("month", "year"))
    return Paper(_LAST_WORDS.sub("", text[: last.first_char]).strip(" ,;"), last.start, dated=True)


def last_day(value: str, precision: Precision | None) -> date:
    """The last day of the day, month or year that a stored date means: until then what ends on it holds."""
    day = date.fromisoformat(value)
    if precision == "year":
        return date(day.year, 12, 31)
    return _month_end(day) if precision == "month" else day
