"""
Days named while a card with a day is open: "วันที่ 6" is the sixth of the card's month.

What is typed then amends the card. A day without year is the one near the card's; where that would make a report
of what is still to come, or a plan of what has passed, both are offered.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Literal

from bot.language.dates import DateProblem, DateSpan, read_dates

State = Literal["held", "planned"]


@dataclass(frozen=True)
class CardDays:
    """The day of a card, its last day if it has several, and whether it took place."""

    start: date | None
    end: date | None
    state: State


@dataclass
class DayChange:
    """
    What a line says about the day.

    `changes` may hold start, end and state; `options` is None when no day has to be asked, otherwise what it
    could be ("2026-11-06", "2026-11-06/2026-11-08", the text of an impossible date), possibly nothing.
    `spans` are the first and last character of all that was read.
    """

    changes: dict[str, date | State | None] = field(default_factory=dict)
    options: tuple[str, ...] | None = None
    problems: tuple[DateProblem, ...] = ()
    spans: tuple[tuple[int, int], ...] = ()


_DAY_OF_MONTH = re.compile(
    r"(?:(?:วันที่|วัน(?=\s*\d))\s*(?:เป็น|คือ|:)?\s*(?P<first>\d{1,2})(?!\d)(?:\s*(?:-|ถึง)\s*(?:วันที่\s*)?(?P<last>\d{1,2})(?!\d))?"
    r"|\bthe (?P<nth>\d{1,2})(?:st|nd|rd|th)\b)(?!\s*[/.]\s*\d)",
    re.IGNORECASE,
)
_NEGATED = re.compile(r"(?:ไม่ใช่|มิใช่|ไม่เอา|\bnot\b)\s*(?:วันที่|วัน|on|the|\s)*$", re.IGNORECASE)
_UNTIL = re.compile(r"(?:ถึง|สิ้นสุด|จบ|วันสุดท้าย|\buntil\b)\s*(?:วันที่|เป็น|คือ|\s)*$", re.IGNORECASE)
_FROM = re.compile(
    r"(?:เริ่ม|ตั้งแต่|วันแรก|\bstart(?:s|ed|ing)?\b|\bfrom\b)\s*(?:วันที่|เป็น|คือ|on|\s)*$", re.IGNORECASE
)
_ONE_DAY = re.compile(r"วันเดียว|\b(?:one|single) day\b|\bone-day\b", re.IGNORECASE)
_FOR_DAYS = re.compile(
    r"(?:จัด|รวม|เป็นเวลา|ระยะเวลา|นาน|ทั้งหมด)\s*(?P<days>\d{1,2})\s*วัน(?!ที่|ก่อน)|\bfor (?P<en>\d{1,2}) days\b",
    re.IGNORECASE,
)
_POSTPONED = re.compile(r"เลื่อน|ขยับ|ยังไม่|\bpostpone|\bmoved?\b|\bput off\b|\bresched", re.IGNORECASE)
_POSTPONED_ONLY = re.compile(r"เลื่อน|\bpostponed?\b|\bput off\b", re.IGNORECASE)
_WRONG = re.compile(r"(?:วันที่|วัน)(?:จัด)?\s*(?:ผิด|ไม่ถูก)|ผิดวัน|\bwrong (?:date|day)\b", re.IGNORECASE)
_NEAR = timedelta(days=183)


def read_days(text: str, today: date, card: CardDays) -> DayChange:
    """What a cleaned line says about the day of a card."""
    found = _found(text, today, card)
    change = DayChange(spans=tuple((item.first_char, item.last_char) for item in found))
    denied = [item for item in found if _NEGATED.search(text[: item.first_char])]
    said = [item for item in found if item not in denied]
    if not said and denied:
        # "ไม่ใช่ วันที่ 6" on a card of the fifth names the right day, on one of the sixth the wrong one.
        said = [item for item in denied if not _is_the_card(item, card)]
        if not said:
            change.options = ()
    _Days(text, today, card, change).take(said)
    if not found and not change.changes and (_WRONG.search(text) or _POSTPONED_ONLY.search(text)):
        change.options = ()
    return change


def _found(text: str, today: date, card: CardDays) -> list[DateSpan | DateProblem]:
    """Every date in the text; days without month belong to the month of the card."""
    found = list(read_dates(text, today))
    if card.start is None:
        return found
    for match in _DAY_OF_MONTH.finditer(text):
        first, last = match.start(), match.end() - 1
        over = [item for item in found if item.first_char <= last and item.last_char >= first]
        if any(item.last_char > last for item in over):
            continue  # "วันที่ 6 พ.ย." says its month itself
        found = [item for item in found if item not in over]
        found.append(_in_month(match, card.start))
    return sorted(found, key=lambda item: item.first_char)


def _in_month(match: re.Match[str], month: date) -> DateSpan | DateProblem:
    place = match.start(), match.end() - 1
    try:
        start = month.replace(day=int(match["first"] or match["nth"]))
        end = month.replace(day=int(match["last"])) if match["last"] else None
    except ValueError:
        return DateProblem("impossible", match[0], *place)
    if end is not None and end < start:
        return DateProblem("reversed", match[0], *place)
    return DateSpan(start, None if end == start else end, *place)


def _is_the_card(item: DateSpan | DateProblem, card: CardDays) -> bool:
    return card.start is None or (isinstance(item, DateSpan) and item.start == card.start)


@dataclass
class _Days:
    """The days of one line, while they are turned into a change of the card."""

    text: str
    today: date
    card: CardDays
    change: DayChange

    def take(self, said: list[DateSpan | DateProblem]) -> None:
        self.change.problems = tuple(item for item in said if isinstance(item, DateProblem))
        spans = [item for item in said if isinstance(item, DateSpan)]
        if self.change.problems:
            self.change.options = tuple(problem.text for problem in self.change.problems)
        elif len({(span.start, span.end) for span in spans}) > 1:
            self._offer(option for span in spans for option in self._readings(span))
        elif spans:
            self._take_one(spans[0])
        elif self.card.start is not None:
            self._take_length(self.card.start)

    def _take_length(self, start: date) -> None:
        """ "จัดวันเดียว", "จัด 3 วัน" without a day keep the first one."""
        length = _FOR_DAYS.search(self.text)
        if length:
            days = int(length["days"] or length["en"])
            self.change.changes |= {
                "start": start,
                "end": start + timedelta(days=days - 1) if days > 1 else None,
            }
        elif _ONE_DAY.search(self.text):
            self.change.changes |= {"start": start, "end": None}

    def _take_one(self, span: DateSpan) -> None:
        before = self.text[: span.first_char]
        readings = self._readings(span)
        if len(readings) != 1:
            self._offer(readings)
        elif span.end is None and _UNTIL.search(before) and self.card.start is not None:
            self._take_last(readings[0])
        elif span.end is None and _FROM.search(before) and self.card.end is not None:
            self._take_first(readings[0])
        elif span.end is None and self.card.start and self.card.end and not _ONE_DAY.search(self.text):
            moved = readings[0].start + (self.card.end - self.card.start)
            self._offer([readings[0], replace(readings[0], end=moved)])
        else:
            self.change.changes |= {"start": readings[0].start, "end": readings[0].end}
            self._take_state(readings[0].start)

    def _take_last(self, span: DateSpan) -> None:
        assert self.card.start is not None
        if span.start < self.card.start:
            problem = DateProblem(
                "reversed", self.text[span.first_char : span.last_char + 1], span.first_char, span.last_char
            )
            self.change.problems, self.change.options = (problem,), (problem.text,)
        else:
            self.change.changes["end"] = None if span.start == self.card.start else span.start

    def _take_first(self, span: DateSpan) -> None:
        assert self.card.end is not None
        if span.start > self.card.end:
            self._offer([span])
            return
        self.change.changes["start"] = span.start
        if span.start == self.card.end:
            self.change.changes["end"] = None
        self._take_state(span.start)

    def _take_state(self, start: date) -> None:
        """A day that is still to come makes a plan, a day that has passed a report."""
        state: State = "planned" if start > self.today else "held"
        if state != self.card.state and start != self.today:
            self.change.changes["state"] = state

    def _offer(self, spans: Iterator[DateSpan] | list[DateSpan]) -> None:
        options = (f"{span.start}/{span.end}" if span.end else f"{span.start}" for span in spans)
        self.change.options = tuple(dict.fromkeys(options))

    # ---- the year

    def _readings(self, span: DateSpan) -> list[DateSpan]:
        """The days that a date can mean: none for a month or a week, whose day has to be asked."""
        if span.precision != "day":
            return []
        if span.doubtful:
            length = span.end - span.start if span.end else None
            return [
                replace(span, start=day, end=day + length if length else None, doubtful=())
                for day in span.doubtful
            ]
        if self.card.start is None or not self._depends_on_the_card(span):
            return [span]
        return self._near_the_card(span, self.card.start)

    def _depends_on_the_card(self, span: DateSpan) -> bool:
        typed = self.text[span.first_char : span.last_char + 1]
        return span.assumed or _DAY_OF_MONTH.fullmatch(typed) is not None

    def _near_the_card(self, span: DateSpan, start: date) -> list[DateSpan]:
        if span.assumed:
            years = [
                moved
                for year in (start.year, start.year - 1, start.year + 1)
                if (moved := _in_year(span, year))
            ]
            if not years:
                return [span]
            same = years[0]
        else:
            same = span
            years = [span, *_other_months(span)]
        fitting = [one for one in years if self._fits(one)]
        if not fitting:
            return [same]
        nearest = min(fitting, key=lambda one: abs(one.start - start))
        if nearest == same or (span.assumed and abs(nearest.start - start) <= _NEAR):
            return [nearest]
        return (
            sorted({nearest, same}, key=lambda one: (span.assumed, one.start))
            if span.assumed
            else [same, nearest]
        )

    def _fits(self, span: DateSpan) -> bool:
        """Whether a day agrees with the card: passed for a report, to come for a plan and what is postponed."""
        if self.card.state == "planned" or _POSTPONED.search(self.text):
            return span.start >= self.today
        return span.start <= self.today


def _in_year(span: DateSpan, year: int) -> DateSpan | None:
    try:
        start = span.start.replace(year=year)
    except ValueError:
        return None
    return replace(span, start=start, end=start + (span.end - span.start) if span.end else None)


def _other_months(span: DateSpan) -> list[DateSpan]:
    """The same day a month earlier and a month later, where there is one."""
    found = []
    for step in (-1, 1):
        years, month = divmod(span.start.month - 1 + step, 12)
        try:
            start = span.start.replace(year=span.start.year + years, month=month + 1)
        except ValueError:
            continue
        found.append(replace(span, start=start, end=start + (span.end - span.start) if span.end else None))
    return found
