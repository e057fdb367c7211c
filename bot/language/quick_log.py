"""
One sentence becomes an activity: what it says, what it leaves open, and what could be two things.

A field is filled when the sentence leaves no doubt; otherwise it is None and named in `missing` or
`ambiguous`, and the assistant asks. `assumed` names what was filled in without being said outright (a year, a
name with a slip, a rough number): the card marks it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Literal

from bot.language.dates import DateProblem, DateSpan, read_dates, read_year
from bot.language.money import Money, amounts_in
from bot.language.names import Lexicon, PairingReading
from bot.language.people import counts_in, settle
from bot.language.text import clean, hide, hide_times_and_ordinals
from bot.language.topic import read_topic

REQUIRED = ("pairing_id", "type", "start")

_PLANS = re.compile(
    r"(?<!กะ)จะ(?!เห็น)|กำหนด(?!การ)|วางแผน|มีแผน|ตามแผน|เตรียมตัว|เตรียม(?=จะ|จัด|ไป|เดินทาง|ต้อนรับ|รับคณะ|เยือน|ลงนาม|นำคณะ|ส่ง)"
    r"|(?<![ก-๙])แผน(?!งาน|ความร่วมมือ|ก|ที่|ปฏิบัติ|พัฒนา)|แผน(?=จะ|จัด|ไป|เยือน|รับ|ประชุม|ลงนาม|เดินทาง|ศึกษาดูงาน|ดูงาน)|คาดว่า|\bwill\b|\bplan(?:s|ned|ning)?\b",
    re.IGNORECASE,
)
_STRONG_PLANS = re.compile(r"(?<!กะ)จะ(?!เห็น)|กำหนด(?!การ)จัด|วางแผน|มีแผน|คาดว่า|\bwill\b", re.IGNORECASE)
_HAPPENED = re.compile(
    r"เมื่อ(?!ไหร่|ไร|ใด)|แล้ว|เรียบร้อย|เสร็จสิ้น|ที่ผ่านมา|ไป[^\n]{0,40}?มา(?=\s|$|\x00|เมื่อ|แล้ว|\d)|\b(?:held|visited|signed|met)\b",
    re.IGNORECASE,
)
_LOOSE_YEAR = re.compile(r"(?<!\d)(?P<year>25[4-7]\d|20[0-4]\d)(?!\d)|ปี\s*ท[ี่]")
_LETTER_DATE = re.compile(r"(?:ลง(?:วันที่)?|ลว\.?)\s*$")
_DURATION = re.compile(
    r"(?:เป็นเวลา|ระยะเวลา|นาน|รวม|จำนวน|ทั้งหมด)\s*(?P<days>\d{1,2})\s*วัน(?!ที่|ก่อน)|(?P<stay>\d{1,2})\s*วัน\s*\d{1,2}\s*คืน"
)

_READ_UP_TO = 4_000
"""Longer than any message; what follows is not read."""


@dataclass(frozen=True)
class LogReading:
    """
    A sentence, read. `end` is None for one day; dates are C.E.

    `ambiguous` maps a field to what it could be: pairing ids, type codes, ISO dates (or the text of an
    impossible date), numbers. `date_options` holds the spans behind the dates in it, so that a chosen first
    day brings its last one; a span of less than day precision stands there too.
    """

    pairing_id: str | None
    type: str | None
    state: Literal["held", "planned"]
    start: date | None
    end: date | None
    title: str | None
    participants: int | None
    budget_thb: Decimal | None
    missing: tuple[str, ...]
    ambiguous: dict[str, list[Any]]
    assumed: tuple[str, ...] = ()
    problems: tuple[DateProblem, ...] = ()
    date_options: tuple[DateSpan, ...] = ()
    municipal: bool = False

    def to_json(self) -> dict[str, Any]:
        """The reading as JSON values: dates in ISO form, baht as a number."""
        return {
            "pairing_id": self.pairing_id,
            "type": self.type,
            "state": self.state,
            "start": self.start.isoformat() if self.start else None,
            "end": self.end.isoformat() if self.end else None,
            "title": self.title,
            "participants": self.participants,
            "budget_thb": None if self.budget_thb is None else _number(self.budget_thb),
            "missing": list(self.missing),
            "ambiguous": {
                name: [_number(value) if isinstance(value, Decimal) else value for value in values]
                for name, values in self.ambiguous.items()
            },
            "assumed": list(self.assumed),
            "problems": [{"kind": problem.kind, "text": problem.text} for problem in self.problems],
            "municipal": self.municipal,
        }


def read_log(text: str, lexicon: Lexicon, *, home: str | None, today: date | None) -> LogReading:
    """Read a sentence about an activity, typed by an officer of province `home` on the day `today`."""
    reading = _Sentence(clean(text[:_READ_UP_TO]), lexicon, home, today)
    reading.read()
    return reading.result()


@dataclass
class _Sentence:
    """A sentence while it is being read: what one reader has taken is hidden from the next."""

    text: str
    lexicon: Lexicon
    home: str | None
    today: date | None
    spans: tuple[DateSpan, ...] = ()
    problems: tuple[DateProblem, ...] = ()
    money: tuple[Money, ...] = ()
    counts: tuple[Any, ...] = ()
    values: dict[str, Any] = field(default_factory=dict)
    ambiguous: dict[str, list[Any]] = field(default_factory=dict)
    assumed: list[str] = field(default_factory=list)
    options: tuple[DateSpan, ...] = ()
    topic_place: tuple[tuple[int, int], ...] = ()
    named: bool = False
    typed: bool = False
    municipal: bool = False

    def read(self) -> None:
        left = self._read_dates()
        counted = hide_times_and_ordinals(left)
        self.money = amounts_in(counted)
        counted = _cover(counted, self.money)
        self.counts = counts_in(counted)
        left = _cover(_cover(left, self.money), self.counts)
        pairing = self.lexicon.read_pairing(left, self.home)
        self._take_pairing(pairing)
        places = [(one.first_char, one.last_char) for one in pairing.mentions if one.kind != "country"]
        left = hide(left, places)
        self._take_type(left)
        self._take_title(left)
        self._take_numbers()
        self._take_start(left)

    def result(self) -> LogReading:
        values = self.values
        missing = tuple(name for name in REQUIRED if values.get(name) is None and name not in self.ambiguous)
        return LogReading(
            pairing_id=values.get("pairing_id"),
            type=values.get("type"),
            state=values["state"],
            start=values.get("start"),
            end=values.get("end"),
            title=values.get("title"),
            participants=values.get("participants"),
            budget_thb=values.get("budget_thb"),
            missing=missing,
            ambiguous=self.ambiguous,
            assumed=tuple(dict.fromkeys(self.assumed)),
            problems=self.problems,
            date_options=self.options,
            municipal=self.municipal,
        )

    # ---- names and words

    def _read_dates(self) -> str:
        found = read_dates(self.text, self.today)
        # The date of a letter is not the day of the activity.
        letters = [item for item in found if _LETTER_DATE.search(self.text[: item.first_char])]
        self.problems = tuple(item for item in found if isinstance(item, DateProblem) and item not in letters)
        self.spans = tuple(item for item in found if isinstance(item, DateSpan) and item not in letters)
        return hide(self.text, [(item.first_char, item.last_char) for item in found])

    def _take_pairing(self, reading: PairingReading) -> None:
        self.named, self.municipal = bool(reading.matches), reading.municipal
        if reading.settled:
            match = reading.matches[0]
            self.values["pairing_id"] = match.pairing_id
            if match.slip:
                self.assumed.append("pairing_id")
        elif reading.matches:
            self.ambiguous["pairing_id"] = list(reading.ids)

    def _take_type(self, left: str) -> None:
        reading = self.lexicon.read_type(left)
        self.typed = bool(reading.codes)
        if reading.settled:
            self.values["type"] = reading.code
            if reading.assumed:
                self.assumed.append("type")
        elif reading.codes:
            self.ambiguous["type"] = list(reading.codes)

    def _take_title(self, left: str) -> None:
        topic = read_topic(left)
        if topic is not None:
            self.values["title"] = topic.words
            self.topic_place = ((topic.first_char, topic.last_char),)

    def _take_numbers(self) -> None:
        people = settle(self.counts)
        if len(people) == 1:
            self.values["participants"] = people[0]
            if any(count.rough for count in self.counts):
                self.assumed.append("participants")
        elif people:
            self.ambiguous["participants"] = list(people)
        amounts = _budget(self.money)
        if len(amounts) == 1:
            self.values["budget_thb"] = amounts[0]
        elif amounts:
            self.ambiguous["budget_thb"] = list(amounts)

    # ---- the day

    def _take_start(self, left: str) -> None:
        """The day when it is certain; otherwise the days, or the impossible text, that it could be."""
        words = hide(left, self.topic_place)
        plans = _PLANS.search(words) is not None
        self.values["state"] = "planned" if plans else "held"
        exact = [span for span in self.spans if span.precision == "day"]
        spans = _distinct(exact or list(self.spans))
        if self.problems:
            self.ambiguous["start"] = [problem.text for problem in self.problems]
            return
        if len(spans) != 1 or spans[0].doubtful:
            self._offer(spans)
            return
        if spans[0].assumed and (doubt := self._other_year(spans[0], left)):
            self._offer(doubt)
            return
        span = self._with_duration(spans[0], left)
        if self.today is not None:
            ahead = span.start > self.today
            if ahead and _HAPPENED.search(words) and not _STRONG_PLANS.search(words):
                self._offer([span, *_a_year_before(span, self.today)])
                return
            if not ahead and _STRONG_PLANS.search(words) and (span.end or span.start) < self.today:
                self.ambiguous["state"] = ["held", "planned"]
            self.values["state"] = "planned" if ahead else "held"
        self.values["start"], self.values["end"] = span.start, span.end
        if span.assumed:
            self.assumed.append("start")

    def _offer(self, spans: list[DateSpan]) -> None:
        options = [option for span in spans for option in _options(span)]
        if not options:
            return
        self.options = tuple(options)
        self.ambiguous["start"] = list(dict.fromkeys(option.start.isoformat() for option in options))
        if self.today is not None and all(option.start > self.today for option in options):
            self.values["state"] = "planned"

    def _other_year(self, span: DateSpan, left: str) -> list[DateSpan]:
        """The spans to ask about when a year stands elsewhere than at the day that lacks one."""
        found = _LOOSE_YEAR.search(left)
        if found is None:
            return []
        years = read_year(found["year"]) if found["year"] else ()
        others = [moved for year in years if (moved := _in_year(span, year))]
        return list(dict.fromkeys([*others, span]))

    def _with_duration(self, span: DateSpan, left: str) -> DateSpan:
        """ "เป็นเวลา 3 วัน", "3 วัน 2 คืน" after a first day give the last one."""
        found = _DURATION.search(left)
        if found is None or span.end is not None:
            return span
        days = int(found["days"] or found["stay"])
        if days < 2:
            return span
        self.assumed.append("end")
        return replace(span, end=span.start + timedelta(days=days - 1))


def _cover(text: str, found: tuple[Any, ...]) -> str:
    return hide(text, [(item.first_char, item.last_char) for item in found])


def _number(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)


def _budget(money: tuple[Money, ...]) -> tuple[Decimal, ...]:
    """The amounts that the budget can be: the sum when one is called so, else those after a word for spending."""
    for chosen in ([one for one in money if one.total], [one for one in money if one.cued], list(money)):
        amounts = tuple(dict.fromkeys(one.amount for one in chosen))
        if amounts:
            return amounts
    return ()


def _distinct(spans: list[DateSpan]) -> list[DateSpan]:
    """Spans that say different things: "วันนี้ 22 พ.ย. 69" is one day."""
    found: dict[tuple[date, date | None, tuple[date, ...]], DateSpan] = {}
    for span in spans:
        found.setdefault((span.start, span.end, span.doubtful), span)
    return list(found.values())


def _options(span: DateSpan) -> list[DateSpan]:
    """A span for each first day that it can have."""
    if span.precision in {"month", "year", "part"}:
        return [replace(span, start=day, end=None) for day in span.doubtful]
    length = span.end - span.start if span.end else None
    days = span.doubtful or (span.start,)
    return [replace(span, start=day, end=day + length if length else None, doubtful=()) for day in days]


def _in_year(span: DateSpan, year: int) -> DateSpan | None:
    try:
        start = span.start.replace(year=year)
    except ValueError:
        return None
    return replace(span, start=start, end=start + (span.end - span.start) if span.end else None)


def _a_year_before(span: DateSpan, today: date) -> list[DateSpan]:
    """The same days of the latest year in which they have passed."""
    earlier = (_in_year(span, year) for year in range(today.year, today.year - 9, -1))
    return [moved for moved in earlier if moved and moved.start <= today][:1]
