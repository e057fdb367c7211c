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

from bot.language.dates import DateProblem, DateSpan, dates_in, read_year
from bot.language.direction import Direction, read_direction
from bot.language.links import hide_addresses, read_links
from bot.language.money import Money, amounts_in
from bot.language.names import Lexicon, Mention, PairingReading
from bot.language.people import counts_in, settle
from bot.language.places import Place, read_place
from bot.language.plans import has_happened, is_new_day, speaks_of_plan, was_not_held
from bot.language.text import clean, hide, hide_courtesies, hide_times, hide_times_and_ordinals, just_before
from bot.language.topic import Topic, is_glued, read_topic

REQUIRED = ("pairing_id", "type", "start")

_LOOSE_YEAR = re.compile(r"(?<!\d)(?P<year>25[4-7]\d|20[0-4]\d)(?!\d)|ปี\s*ท[ี่]")
# A deadline, a day before or after which something is, the day on which figures were taken.
_OTHER_DAY = re.compile(
    r"(?:ภายใน|ก่อน|หลัง(?:จาก)?|(?:ข้อมูล|รายงาน|สถานะ)\s?ณ|หมดอายุ|ครบกำหนด|(?<![a-z])(?:by|before|after|until|deadline))\s*(?:วัน|วันที่)?\s*$",
    re.IGNORECASE,
)
_LETTER_DATE = re.compile(r"(?:ลง(?:วันที่)?|ลว\.?)\s*$")
_DURATION = re.compile(
    r"(?:เป็นเวลา|ระยะเวลา|นาน|รวม|จำนวน|ทั้งหมด)\s*(?P<days>\d{1,2})\s*วัน(?!ที่|ก่อน)|(?P<stay>\d{1,2})\s*วัน\s*\d{1,2}\s*คืน"
)

MOST_LINKS = 10
"""More than this in one sentence are not kept; none of them is read as words."""
_PLAUSIBLE_YEARS = {True: 10, False: 80}
"""How far ahead, and back, a day may lie before it is taken for a slip (2596 for 2569) and asked."""
_READ_UP_TO = 4_000
"""Longer than any message; what follows is not read."""


@dataclass(frozen=True)
class LogReading:
    """
    A sentence, read. `end` is None for one day; dates are C.E.

    `ambiguous` maps a field to what it could be: pairing ids, type codes, ISO dates (or the text of an
    impossible date), numbers. `date_options` holds the spans behind the dates in it, so that a chosen first
    day brings its last one; a span of less than day precision stands there too. `month` is the first day of
    the one month that a sentence without a day means.

    What was cancelled, put off without a new day or never held has both states in `ambiguous`: a record is
    held or planned, the words say that it is neither, and only the person knows whether it is to be recorded.

    `together` lists the pairings of partners that took part in one activity; each is a record of its own, so
    `pairing_id` is asked. `place` is as typed; `links` are the http and https addresses in the text.
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
    place: str | None = None
    direction: Direction | None = None
    together: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    month: date | None = None

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
            "place": self.place,
            "direction": self.direction,
            "together": list(self.together),
            "links": list(self.links),
            "month": self.month.isoformat() if self.month else None,
        }


def read_log(text: str, lexicon: Lexicon, *, home: str | None, today: date | None) -> LogReading:
    """Read a sentence about an activity, typed by an officer of province `home` on the day `today`."""
    reading = _Sentence(hide_courtesies(hide_addresses(clean(text[:_READ_UP_TO]))), lexicon, home, today)
    reading.read()
    return replace(reading.result(), links=read_links(text[:_READ_UP_TO])[:MOST_LINKS])


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
    intended: str | None = None  # the type of what is only prepared: it is the type of a plan
    put_off: bool = False  # to the day in `spans`
    only_near: bool = False  # the only day is that of a deadline and its like
    municipal: bool = False
    together: tuple[str, ...] = ()
    place: Place | None = None
    direction: Direction | None = None
    month: date | None = None

    def read(self) -> None:
        left = self._read_dates()
        counted = hide_times_and_ordinals(left)
        self.money = amounts_in(counted)
        counted = _cover(counted, self.money)
        self.counts = counts_in(counted)
        left = _cover(_cover(left, self.money), self.counts)
        mentions = self._take_place(left)
        mentions = self._take_title(left, mentions)
        self._take_pairing(self.lexicon.decide(left, mentions, self.home))
        names = [_span(one) for one in mentions if one.kind != "country"]
        without_names = hide(left, [*names, *([_span(self.place)] if self.place else [])])
        self._take_type(without_names)
        self._take_direction(left, mentions)
        left = hide(left, names)
        self._take_numbers()
        self._take_start(left)
        self._take_intended_type()

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
            place=self.place.words if self.place else None,
            direction=self.direction,
            together=self.together,
            month=self.month,
        )

    # ---- names and words

    def _read_dates(self) -> str:
        """Take the days; one without a year is the next such day where the words outside a topic speak of a plan."""
        found = dates_in(self.text, self.today, future=False)
        left = _cover(self.text, found)
        topic = read_topic(left)
        words = hide(left, [_span(topic)] if topic else [])
        if speaks_of_plan(words, surely=has_happened(words)):
            found = dates_in(self.text, self.today, future=True)
        days = [item for item in found if not just_before(_LETTER_DATE, self.text, item.first_char)]
        moved = [item for item in days if is_new_day(self.text, item.first_char)]
        self.put_off = len(moved) == 1
        others = [item for item in days if not just_before(_OTHER_DAY, self.text, item.first_char)]
        self.only_near = bool(days) and not others
        days = moved if self.put_off else others or days
        self.problems = tuple(item for item in days if isinstance(item, DateProblem))
        self.spans = tuple(item for item in days if isinstance(item, DateSpan))
        return _cover(self.text, found)

    def _take_place(self, left: str) -> tuple[Mention, ...]:
        """The names in the sentence; those inside the place only say where."""
        mentions = self.lexicon.mentions(left)
        names = [_span(one) for one in mentions]
        self.place = read_place(hide_times(left), names, read_topic(hide(left, names)))
        if self.place is None:
            return mentions
        where = self.place
        return tuple(replace(one, place=True) if _within(one, where) else one for one in mentions)

    def _take_direction(self, left: str, mentions: tuple[Mention, ...]) -> None:
        first = self.place.first_char if self.place else 0
        partners = [
            (min(first, one.first_char) if one.place and self.place else one.first_char, one.last_char)
            for one in mentions
            if one.kind == "partner"
        ]
        provinces = [_span(one) for one in mentions if one.kind == "province"]
        self.direction = read_direction(hide(left, self.topic_place), partners=partners, provinces=provinces)

    def _take_pairing(self, reading: PairingReading) -> None:
        self.municipal = reading.municipal
        self.together = reading.together
        if reading.settled:
            match = reading.matches[0]
            self.values["pairing_id"] = match.pairing_id
            if match.slip:
                self.assumed.append("pairing_id")
        elif reading.matches:
            self.ambiguous["pairing_id"] = list(reading.ids)

    def _take_type(self, left: str) -> None:
        reading = self.lexicon.read_type(left)
        self.intended = reading.intended
        if reading.settled:
            self.values["type"] = reading.code
            if reading.assumed:
                self.assumed.append("type")
        elif reading.codes:
            self.ambiguous["type"] = list(reading.codes)

    def _take_title(self, left: str, mentions: tuple[Mention, ...]) -> tuple[Mention, ...]:
        """What it was about; a name that is glued to its words (เที่ยวบินตรงเซี่ยงไฮ้) belongs to them."""
        place = [_span(self.place)] if self.place else []
        apart = [_span(one) for one in mentions if one.place or not is_glued(left, one.first_char)]
        topic = read_topic(hide(left, [*apart, *place]))
        if topic is None:
            return mentions
        self.values["title"] = topic.words
        self.topic_place = (_span(topic),)
        return tuple(replace(one, about=topic.marked) if _within(one, topic) else one for one in mentions)

    def _take_numbers(self) -> None:
        people = settle(self.counts)
        if len(people) == 1:
            self.values["participants"] = people[0]
            if any(count.rough for count in self.counts):
                self.assumed.append("participants")
        elif people:
            self.ambiguous["participants"] = list(people)
        spent = _budget(self.money)
        amounts = list(dict.fromkeys(one.amount for one in spent))
        if len(amounts) == 1:
            self.values["budget_thb"] = amounts[0]
            if any(one.rough for one in spent):
                self.assumed.append("budget_thb")
        elif amounts:
            whole = [] if any(one.bound for one in spent) else [sum(amounts, Decimal(0))]
            self.ambiguous["budget_thb"] = [*amounts, *whole]

    # ---- the day

    def _take_start(self, left: str) -> None:
        """The day when it is certain; otherwise the days, or the impossible text, that it could be."""
        words = hide(left, self.topic_place)
        self.values["state"] = "planned" if speaks_of_plan(words) else "held"
        exact = [span for span in self.spans if span.precision == "day"]
        spans = _without_weekdays(_distinct(exact or list(self.spans)))
        if self.problems:
            self.ambiguous["start"] = [problem.text for problem in self.problems]
        elif len(spans) != 1 or spans[0].doubtful or self.only_near:
            self._offer(spans)
        elif spans[0].assumed and (doubt := self._other_year(spans[0], left)):
            self._offer(doubt)
        else:
            self._settle_day(self._with_duration(spans[0], left), words)
        ahead = self.today is not None and "start" in self.values and self.values["start"] > self.today
        if was_not_held(words) and not (self.put_off and ahead):
            self.ambiguous["state"] = ["held", "planned"]

    def _take_intended_type(self) -> None:
        if self.intended and self.values["state"] == "planned" and "start" in self.values:
            self.values["type"] = self.intended
            del self.ambiguous["type"]

    def _settle_day(self, span: DateSpan, words: str) -> None:
        """Take the day, unless the words say that it has passed and it lies ahead."""
        if self.today is not None:
            ahead, plans = span.start > self.today, speaks_of_plan(words, surely=True)
            if abs(span.start.year - self.today.year) > _PLAUSIBLE_YEARS[ahead]:
                self._offer([span])
                return
            if ahead and not plans and has_happened(words):
                self._offer([span, *_a_year_before(span, self.today)])
                return
            if plans and (span.end or span.start) < self.today:
                self.ambiguous["state"] = ["held", "planned"]
            self.values["state"] = "planned" if ahead or (plans and span.start == self.today) else "held"
        self.values["start"], self.values["end"] = span.start, span.end
        if span.assumed:
            self.assumed.append("start")

    def _offer(self, spans: list[DateSpan]) -> None:
        options = [option for span in spans for option in _options(span)]
        if not options:
            return
        self.options = tuple(options)
        self.month = _only_month(spans)
        self.ambiguous["start"] = list(dict.fromkeys(option.start.isoformat() for option in options))
        if self.only_near or self.today is None:
            return
        if all(option.start > self.today for option in options):
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


def _span(found: Mention | Place | Topic) -> tuple[int, int]:
    return found.first_char, found.last_char


def _within(name: Mention, around: Place | Topic) -> bool:
    return around.first_char <= name.first_char and name.last_char <= around.last_char


def _cover(text: str, found: tuple[Any, ...]) -> str:
    return hide(text, [(item.first_char, item.last_char) for item in found])


def _number(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)


def _budget(money: tuple[Money, ...]) -> list[Money]:
    """What the budget can be: the sum when one is called so, else what stands after a word for spending."""
    for chosen in ([one for one in money if one.total], [one for one in money if one.cued], list(money)):
        if chosen:
            return chosen
    return []


def _distinct(spans: list[DateSpan]) -> list[DateSpan]:
    """Spans that say different things: "วันนี้ 22 พ.ย. 69" is one day."""
    found: dict[tuple[date, date | None, tuple[date, ...]], DateSpan] = {}
    for span in spans:
        found.setdefault((span.start, span.end, span.doubtful), span)
    return list(found.values())


def _without_weekdays(spans: list[DateSpan]) -> list[DateSpan]:
    """Without the bare weekday beside its day: "3 พ.ย. 69 (วันอังคาร)"."""
    sure = {span.start.weekday() for span in spans if not span.doubtful}
    return [
        span
        for span in spans
        if not span.doubtful or len(span.doubtful) == 1 or {day.weekday() for day in span.doubtful} - sure
    ]


def _options(span: DateSpan) -> list[DateSpan]:
    """A span for each first day that it can have."""
    if span.precision in {"month", "year", "part"}:
        return [replace(span, start=day, end=None) for day in span.doubtful]
    length = span.end - span.start if span.end else None
    days = span.doubtful or (span.start,)
    return [replace(span, start=day, end=day + length if length else None, doubtful=()) for day in days]


def _only_month(spans: list[DateSpan]) -> date | None:
    """The first day of the month in which every day that is meant lies; None beside exact days."""
    if any(span.precision not in {"month", "part"} for span in spans):
        return None
    months = {day.replace(day=1) for span in spans for day in span.doubtful}
    return months.pop() if len(months) == 1 else None


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
