"""
Dates as Thai officers type them, and how the assistant writes them.

Reading returns C.E. dates. A year is converted before a date is built, so that 29 ก.พ. 2568 is refused
(2025 is no leap year) although a C.E. year 2568 would have that day. What could be two things carries its
candidates in `doubtful` and has to be asked.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Literal

from bot.language.links import hide_addresses
from bot.language.plans import speaks_of_plan
from bot.language.text import DEPENDENT, HIDDEN, clean, hide, hide_times_and_ordinals

Precision = Literal["day", "part", "month", "year"]

ERA = 543
"""Buddhist Era year minus Common Era year, since the calendar of 1941."""

FULL_MONTHS = (
    *("มกราคม", "กุมภาพันธ์", "มีนาคม", "เมษายน", "พฤษภาคม", "มิถุนายน"),
    *("กรกฎาคม", "สิงหาคม", "กันยายน", "ตุลาคม", "พฤศจิกายน", "ธันวาคม"),
)
SHORT_MONTHS = (
    *("ม.ค.", "ก.พ.", "มี.ค.", "เม.ย.", "พ.ค.", "มิ.ย."),
    *("ก.ค.", "ส.ค.", "ก.ย.", "ต.ค.", "พ.ย.", "ธ.ค."),
)
ENGLISH_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@dataclass(frozen=True)
class DateSpan:
    """
    A date or a range of days.

    `precision` is "day" for exact days, "part" for some day between `start` and `end` (a week, the first
    third of a month), "month" and "year" for what their names say; `end` is None for one day.
    `doubtful` holds the possible first days when a person has to choose; it is never empty for anything
    less exact than days. `assumed` says that a part (the year) was supplied from today.
    """

    start: date
    end: date | None
    first_char: int
    last_char: int
    precision: Precision = "day"
    doubtful: tuple[date, ...] = ()
    assumed: bool = False


@dataclass(frozen=True)
class DateProblem:
    """Something typed as a date that is none: the 31st of April, or a range that runs backwards."""

    kind: Literal["impossible", "reversed"]
    text: str
    first_char: int
    last_char: int


# ------------------------------------------------------------------ the pieces of a written date

_MONTH_FORMS: tuple[tuple[str, ...], ...] = (
    ("มกราคม", "มกรา", "ม.ค", "january", "jan"),
    ("กุมภาพันธ์", "กุมภาพันธ", "กุมภาพัน", "กุมภา", "กุมพา", "ก.พ", "february", "feb"),
    ("มีนาคม", "มีนา", "มี.ค", "march", "mar"),
    ("เมษายน", "เมษา", "เม.ย", "april", "apr"),
    ("พฤษภาคม", "พฤกษภาคม", "พฤษภา", "พ.ค", "may"),
    ("มิถุนายน", "มิถุนา", "มิ.ย", "june", "jun"),
    ("กรกฎาคม", "กรกฏาคม", "กรกดาคม", "กรกฎา", "กรกฏา", "กรกดา", "ก.ค", "july", "jul"),
    ("สิงหาคม", "สิงหา", "ส.ค", "august", "aug"),
    ("กันยายน", "กันยา", "ก.ย", "september", "sept", "sep"),
    ("ตุลาคม", "ตุลา", "ต.ค", "october", "oct"),
    ("พฤศจิกายน", "พฤษจิกายน", "พฤศจิกา", "พฤษจิกา", "พ.ย", "november", "nov"),
    ("ธันวาคม", "ธันวา", "ธ.ค", "december", "dec"),
)
_MONTH_NUMBER = {
    form.replace(".", ""): number for number, forms in enumerate(_MONTH_FORMS, start=1) for form in forms
}

# After a dotless abbreviation or a clipped name (มีนา) a consonant usually continues another word (พยาน, กยศ.), unless one of the
# words that follow dates in spaceless typing begins there.
_AFTER_DOTLESS = (
    r"(?:\.|(?![ก-ฮ" + DEPENDENT + r"])|(?=กับ|ที่|ณ|มี|พบ|คณะ|ประชุม|ร่วม|จำนวน|งบ|จนท|นำ|รับ|ถึง|หารือ|ลงนาม"
    r"|ศึกษา|ดูงาน|ต้อนรับ|บริจาค|อบรม|ฝึก|ครบ|ฉลอง|ส่ง|ออก|ผู้|จัด|คุย|พ\.?ศ|ค\.?\s?ศ|ปี|รวม|จังหวัด|นคร|มณฑล))"
)


def _month_pattern(form: str) -> str:
    if form.isascii():
        return form + r"(?:\.|\b|(?=\d))"
    if "." in form:
        first, second = form.split(".")
        return rf"{first}(?:\.\s?)?{second}{_AFTER_DOTLESS}"
    if not form.endswith(("คม", "ยน", "พันธ์", "พันธ", "พัน")):
        return rf"{form}ฯ?{_AFTER_DOTLESS}"
    return rf"{form}(?![{DEPENDENT}])[.ฯ]?"


_ALL_FORMS = sorted((form for forms in _MONTH_FORMS for form in forms), key=len, reverse=True)
# "3 มีนาคน 69": a slip behind what tells the month, where a year follows.
_STEMS = tuple(
    dict.fromkeys(form[:-2] for forms in _MONTH_FORMS for form in forms if form.endswith(("คม", "ยน")))
)
_SLIPPED = rf"(?:{'|'.join(_STEMS)}|กุมภา|กุมพา)(?:[คยฯพ][ก-๙]{{0,5}})(?=\s*(?:พ\.?ศ\.?\s*)?\d{{2,4}}(?!\d))"
_MONTH = rf"(?:{'|'.join(_month_pattern(form) for form in _ALL_FORMS)}|{_SLIPPED})"
_FULL_MONTH = (
    rf"(?:{'|'.join(_month_pattern(form) for form in _ALL_FORMS if '.' not in form and len(form) > 5)})"
)

# A number is no year when something is counted or measured by it: "3 พ.ย. 30 คน".
_MEASURED = (
    r"(?:คน|ท่าน(?!ผู้|รอง|นายก|ทูต|กงสุล|ประธาน|เจ้า|ปลัด|เลขา|รัฐมนตรี|หัวหน้า)|บาท|บ\.|ล้าน(?!นา|ช้าง)|แสน|หมื่น|พัน(?!ธ)|ลบ(?![ก-๙])|โมง|น\.(?![ก-๙])|ทุ่ม|นาฬิกา"
    r"|pax|persons?|people|participants|delegates|k(?![a-z])|%)"
)
# These words are counted too, but begin a new thought as often: "3 พ.ย. 65 จังหวัดเชียงใหม่", "3 พ.ย. 65 คณะจาก…".
_COUNTED = (
    r"(?:ราย|นาย|วัน|คู่|ครั้ง|ชิ้น|แห่ง|จังหวัด|ประเทศ|เมือง|บูธ|ทีม|รูป|ภาพ|ตัน|กล่อง|ชุด|ชั่วโมง|นาที|ชม\.?|กม\.?|คัน|ผืน|ไร่|หลัง|โต๊ะ|ทุน|บริษัท|ร้าน|โรงเรียน|หน่วยงาน|องค์กร"
    r"|โครงการ|อำเภอ|ข้อ|ฉบับ|ต้น|ตัว|เครื่อง|คณะ|นัด|รายการ|ห้อง|คืน|เดือน|ปี|สัปดาห์|ครัวเรือน|ครอบครัว|เล่ม|ถุง|ใบ|ลำ|ฝ่าย|ด้าน|เรื่อง|ประเด็น|สาขา|days?|teams?|booths?)"
    r"(?=\s|$|[,.;)\x00]|เข้าร่วม|ร่วม|ทั่ว|รวม)"
)
_NOT_MEASURED = rf"(?!\d|[.:]\d|,\d{{3}}(?!\d)|\s*{_MEASURED})"
_NO_YEAR = rf"(?!\d|[.:]\d|,\d{{3}}(?!\d)|\s*(?:{_MEASURED}|{_COUNTED}))"
_LIKELY_YEAR = r"(?:2[45]\d\d|20[0-4]\d|19[5-9]\d|[4-7]\d)"
_BE_WORD = r"พ\.?\s?ศ\.?|พุทธศักราช|b\.?\s?e\.?"
_CE_WORD = r"ค\.?\s?ศ\.?|คริสต์ศักราช|c\.?\s?e\.?|a\.?\s?d\.?"
_ERA_WORD = rf"(?:ปี\s*)?(?:{_BE_WORD}|{_CE_WORD})|ปี"
_RELATIVE_YEAR = r"(?:ปี|ศก)(?:ที่แล้ว|ที่ผ่านมา|ก่อน|กลาย|นี้|หน้า)"
# "12 ธ.ค. นี้" is of this year, "ที่ผ่านมา" the latest, "ที่จะถึง" the next.
_WHICH = r"(?:\s*(?P<{0}w>ที่ผ่านมา(?:นี้)?|ที่แล้ว|ที่จะ(?:มา)?ถึง(?:นี้)?|นี้(?![ก-ฮ]))(?!\s*ปี))?"
_DAY = r"(?<![\d.,/:])\d{1,2}(?:st|nd|rd|th)?(?!\d)"
_TO = (
    r"\s*(?:-|ถึง(?:วัน)?|จนถึง|to|until)\s*"
    r"(?:วัน(?:จันทร์|อังคาร|พุธ|พฤหัส(?:บดี)?|ศุกร์|เสาร์|อาทิตย์)?\s*ที่\s*)?"
)


# "3พย6930คน": a year that touches a headcount.
_GLUED_YEAR = r"(?<=[.ก-ฮ])(?:25)?[5-7]\d(?=[1-9]\d{1,2}\s*(?:คน|ท่าน|ราย))"
# "3 พ.ย. 69 คนมา 30", "1 ม.ค. 2569 คน 1,200": the people are counted behind the word.
_YEAR_BEFORE_PEOPLE = (
    r"(?:25[4-7]\d|20[0-4]\d|19[5-9]\d|\d{2})(?=\s*(?:คน\s*[ก-๎]{0,16}|pax|participants)\s*:?\s*\d[\d,]*+\s*"
    r"(?:$|[\n,;:)\x00]|เรื่อง|งบ|ใช้|ที่|ณ|กับ|เวลา|และ|มา|ไป|จาก))"
)


def _year(name: str, *, optional: bool = True) -> str:
    return (
        rf"(?:\s*[,/]?\s*(?:(?P<{name}r>{_RELATIVE_YEAR})"
        rf"|(?P<{name}e>{_ERA_WORD})?\s*(?P<{name}>{_GLUED_YEAR}|{_YEAR_BEFORE_PEOPLE}|{_LIKELY_YEAR}{_NOT_MEASURED}|\d{{2,4}}{_NO_YEAR})))"
    ) + ("?" if optional else "")


def _named(prefix: str) -> str:
    """Day, month in letters, year if there."""
    return (
        rf"(?P<{prefix}d>{_DAY})(?:\s*(?:เดือน\s*|of\s+)?|[-/.])(?P<{prefix}m>{_MONTH})"
        rf"(?:{_year(prefix + 'y', optional=False)}|[-/](?P<{prefix}yd>\d{{2,4}})(?![\d/]))?"
        + _WHICH.format(prefix)
    )


def _numeric(prefix: str) -> str:
    """3/11/69, 3-11-2569, 3.11.69."""
    return (
        rf"(?P<{prefix}d>{_DAY})\s?(?P<{prefix}s>[/.-])\s?(?P<{prefix}m>\d{{1,2}})\s?(?P={prefix}s)\s?"
        rf"(?P<{prefix}ye>(?:{_BE_WORD}|{_CE_WORD})\s*)?(?P<{prefix}y>\d{{2,4}})(?![\d/])"
    )


def _iso(prefix: str, *, inside: bool = False) -> str:
    """2569-11-03, with the year of either era."""
    return ("" if inside else r"(?<![\d/.-])") + (
        rf"(?P<{prefix}y>\d{{4}})(?P<{prefix}s>[-/.])(?P<{prefix}m>\d{{1,2}})(?P={prefix}s)"
        rf"(?P<{prefix}d>\d{{1,2}})(?!\d)"
    )


def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


_COUNTED_NEXT = _compiled(
    r"\s*(?:จังหวัด|ประเทศ|เมือง|บูธ|ทีม|คู่|ชิ้น|คัน|ราย|แห่ง|ตัน|กล่อง|ชุด|คืน|วัน|นาที|ชั่วโมง|ชม\.?|กม\.?|ทุน|บริษัท|ร้าน|หน่วยงาน|องค์กร|ครัวเรือน|ครั้ง)"
    r"(?=\s|$|[,.;)\x00]|เข้าร่วม|ร่วม|ทั่ว|รวม)"
)
_ENGLISH_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_WEEKDAYS = {
    "จันทร์": 0,
    "อังคาร": 1,
    "พุธ": 2,
    "พฤหัส": 3,
    "พฤหัสบดี": 3,
    "ศุกร์": 4,
    "เสาร์": 5,
    "อาทิตย์": 6,
    **{name: number for number, name in enumerate(_ENGLISH_WEEKDAYS)},
}
_WEEKDAY = r"(?P<weekday>จันทร์|อังคาร|พุธ|พฤหัสบดี|พฤหัส|ศุกร์|เสาร์|อาทิตย์)ฯ?"
_PAST = r"ที่แล้ว|ที่ผ่านมา|ก่อน|กลาย|last|ago"

_LAST_THIRD = 21
_SPELLED = {
    **dict(zip(("หนึ่ง", "สอง", "สาม", "สี่", "ห้า", "หก", "เจ็ด", "แปด", "เก้า", "สิบ"), range(1, 11), strict=True)),
    **dict(
        zip(
            ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
            range(1, 11),
            strict=True,
        )
    ),
    "a": 1,
}
_PARTS_OF_WEEK = {"": (0, 6), "ต้น": (0, 2), "กลาง": (1, 3), "ปลาย": (3, 6), "สิ้น": (4, 6), "สุด": (5, 6)}
_PARTS_OF_YEAR = {"ต้น": (1, 4), "กลาง": (5, 8), "ปลาย": (9, 12), "สิ้น": (12, 12)}


@dataclass(frozen=True)
class _Written:
    """A day as written: numbers not yet checked."""

    day: int
    month: int
    year: str | None = None
    era: str | None = None
    relative_year: str | None = None
    which: str | None = None  # of the years that the sentence leaves open: "นี้", "ที่ผ่านมา"

    @property
    def has_year(self) -> bool:
        return self.year is not None or self.relative_year is not None


# ------------------------------------------------------------------ years and days


def read_year(digits: str, era: str | None = None) -> tuple[int, ...]:
    """
    The C.E. years that a typed year can mean; two when a person has to say which, none when impossible.

    Four digits from 2400 to 2700 are B.E., from 1900 to 2157 C.E.; two digits from 40 to 99 are B.E. 25xx;
    fewer may be C.E. 20xx or B.E. 25xx unless the era is written.
    """
    number = int(digits)
    buddhist = era is not None and re.search(_BE_WORD, era, re.IGNORECASE) is not None
    common = era is not None and re.search(_CE_WORD, era, re.IGNORECASE) is not None
    if len(digits) == 4:
        if 2400 <= number <= 2700 and not common:
            return (number - ERA,)
        return (number,) if 1900 <= number <= 2157 and not buddhist else ()
    if len(digits) != 2:
        return ()
    if common:
        return (2000 + number,)
    if buddhist or number >= 40:
        return (2500 + number - ERA,)
    return (2000 + number, 2500 + number - ERA)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _years_of(written: _Written, today: date | None) -> tuple[int, ...] | None:
    """The C.E. years meant; empty when impossible; None when it hangs on a today that is not known."""
    if written.relative_year:
        return None if today is None else (today.year + _step(written.relative_year),)
    if written.year:
        return read_year(written.year, written.era)
    return None


def _step(words: str) -> int:
    if re.search(_PAST, words):
        return -1
    return 1 if re.search(r"หน้า|next", words) else 0


def _without_year(written: _Written, today: date, *, future: bool) -> date | None:
    """The latest such day not after today, or the next one; eight years hold every 29 February."""
    steps = range(9) if future else range(0, -9, -1)
    for step in steps:
        found = _day(today.year + step, written.month, written.day)
        if found and ((found >= today) if future else (found <= today)):
            return found
    return None


# ------------------------------------------------------------------ reading


@dataclass
class _Reader:
    """One text being read: patterns are tried in order, and what one has read is hidden from the next."""

    text: str
    today: date | None
    left: str
    future: bool  # the sentence speaks of a plan: a day without a year is the next one
    found: list[DateSpan | DateProblem] = field(default_factory=list)

    def scan(
        self, pattern: re.Pattern[str], read: Callable[[re.Match[str]], DateSpan | DateProblem | None]
    ) -> None:
        position = 0
        while match := pattern.search(self.left, position):
            position = max(match.end(), match.start() + 1)
            item = read(match)
            if item is not None:
                self.found.append(item)
                self.left = hide(self.left, [(item.first_char, item.last_char)])

    # ---- days that are written out

    def one(self, match: re.Match[str]) -> DateSpan | DateProblem | None:
        return self._span(match, _written(match, "a"), None)

    def two(self, match: re.Match[str]) -> DateSpan | DateProblem | None:
        return self._span(match, _written(match, "a"), _written(match, "b"))

    def days_of_month(self, match: re.Match[str]) -> DateSpan | DateProblem | None:
        """ "12-15 มี.ค. 68": the first day shares month and year with the second."""
        last = _written(match, "b")
        return self._span(match, replace(last, day=_number(match["first"])), last)

    def listed_days(self, match: re.Match[str]) -> DateSpan | DateProblem | None:
        """ "12, 13 และ 14 มี.ค. 68": days in a row are a range, others have to be chosen from."""
        last = _written(match, "b")
        days = [int(number) for number in re.findall(r"\d+", match["list"])] + [last.day]
        item = self._span(match, replace(last, day=min(days)), replace(last, day=max(days)))
        in_a_row = days == list(range(days[0], days[-1] + 1)) and "หรือ" not in match["list"] + match["and"]
        if not isinstance(item, DateSpan) or in_a_row:
            return item
        singles = [_day(item.start.year, item.start.month, day) for day in days]
        return replace(item, end=None, doubtful=tuple(day for day in singles if day))

    def _span(
        self, match: re.Match[str], first: _Written, last: _Written | None
    ) -> DateSpan | DateProblem | None:
        ends = _shared_year(first, last)
        if ends is None:
            return self._problem(match, "impossible")
        if not ends[0].has_year:
            return self._span_without_year(match, *ends)
        readings = self._ranges(*ends)
        if readings is None:
            return None
        right = [reading for reading in readings if reading[1] is None or reading[1] > reading[0]]
        if not right:
            return self._problem(match, "reversed" if readings else "impossible")
        start, end = right[0]
        doubtful = tuple(reading[0] for reading in right) if _two_digit_doubt(ends[0]) else ()
        if not doubtful and self._may_be_counted(match, ends[0]):
            doubtful = (start,)
        return self._check_weekday(match, DateSpan(start, end, *_place(match), doubtful=doubtful))

    def _ranges(self, first: _Written, last: _Written | None) -> list[tuple[date, date | None]] | None:
        """Each possible reading of the years, in the order of `read_year`; None without a needed today."""
        years = _years_of(first, self.today)
        if years is None:
            return None
        readings: list[tuple[date, date | None]] = []
        for which, year in enumerate(years):
            start = _day(year, first.month, first.day)
            end = None
            if last is not None:
                last_years = _years_of(last, self.today)
                if last_years is None:
                    return None
                end = (
                    _day(last_years[min(which, len(last_years) - 1)], last.month, last.day)
                    if last_years
                    else None
                )
            if start and (last is None or end):
                readings.append((start, None if end == start else end))
        return readings

    def _span_without_year(
        self, match: re.Match[str], first: _Written, last: _Written | None
    ) -> DateSpan | DateProblem | None:
        leap = 2000
        begins, ends = _day(leap, first.month, first.day), last and _day(leap, last.month, last.day)
        if begins is None or (last is not None and ends is None):
            return self._problem(match, "impossible")
        if self.today is None:
            return None
        which = first.which or (last.which if last else None)
        start = self._year_of(first, which)
        if start is None:
            return self._problem(match, "impossible")
        if last is None:
            return self._check_weekday(match, DateSpan(start, None, *_place(match), assumed=True))
        over_new_year = last.month < first.month
        end = _day(start.year + over_new_year, last.month, last.day)
        if end is None or end < start:
            return self._problem(match, "reversed" if end else "impossible")
        return DateSpan(start, end if end > start else None, *_place(match), assumed=True)

    def _may_be_counted(self, match: re.Match[str], first: _Written) -> bool:
        """ "3 พ.ย. 50 จังหวัด": fifty provinces, or the year 2550."""
        return len(first.year or "") == 2 and _COUNTED_NEXT.match(self.left, match.end()) is not None

    def _year_of(self, first: _Written, which: str | None) -> date | None:
        """The day that lacks a year, in the year that the words around it mean."""
        assert self.today is not None
        if which and which.startswith("นี้"):
            return _day(self.today.year, first.month, first.day)
        future = self.future if which is None else "ถึง" in which
        return _without_year(first, self.today, future=future)

    def _check_weekday(self, match: re.Match[str], span: DateSpan) -> DateSpan:
        """ "วันศุกร์ที่ 3 พ.ย. 2569" was a Tuesday: one of the two is a slip, so the day is asked."""
        weekday = match.groupdict().get("weekday")
        if weekday is None or span.doubtful or span.start.weekday() == _WEEKDAYS[weekday]:
            return span
        return replace(span, doubtful=(span.start,))

    def _problem(self, match: re.Match[str], kind: Literal["impossible", "reversed"]) -> DateProblem:
        first, last = _place(match)
        return DateProblem(kind, self.text[first : last + 1], first, last)

    # ---- less than a day is known

    def month(self, match: re.Match[str]) -> DateSpan | DateProblem | None:
        words = match.groupdict()
        month = int(words["n"]) if words.get("n") else _month_number(words["m"])
        written = _Written(1, month, words["y"], words["ye"], words.get("yr"))
        years = _years_of(written, self.today)
        if not written.has_year and self.today is not None:
            latest = _without_year(written, self.today, future=self.future)
            years = (latest.year,) if latest else ()
        if years is None:
            return None
        if not years:
            return self._problem(match, "impossible")
        firsts = tuple(date(year, month, 1) for year in years)
        doubtful = firsts if len(firsts) > 1 else (firsts[0], _month_end(firsts[0]))
        return DateSpan(
            firsts[0], None, *_place(match), precision="month", doubtful=doubtful, assumed=not written.year
        )

    def year(self, match: re.Match[str]) -> DateSpan | None:
        years = read_year(match["y"] or match["short"], match["e"])
        if not years:
            return None
        firsts = tuple(date(year, 1, 1) for year in years)
        doubtful = firsts if len(firsts) > 1 else (firsts[0], date(years[0], 12, 31))
        return DateSpan(firsts[0], None, *_place(match), precision="year", doubtful=doubtful)

    def relative_year(self, match: re.Match[str]) -> DateSpan | None:
        if self.today is None:
            return None
        year = self.today.year + _count(match["count"] or "1") * _step(match["when"])
        first, last = date(year, 1, 1), date(year, 12, 31)
        return DateSpan(first, None, *_place(match), precision="year", doubtful=(first, last), assumed=True)

    def part_of_month(self, match: re.Match[str]) -> DateSpan | None:
        first = self._named_month(match)
        if first is None:
            return None
        last = _month_end(first)
        start, end = {
            "ต้น": (first, first.replace(day=10)),
            "กลาง": (first.replace(day=11), first.replace(day=20)),
            "ปลาย": (first.replace(day=_LAST_THIRD), last),
            "สิ้น": (last - timedelta(days=2), last),
        }[match["part"]]
        return _vague(match, start, end)

    def _named_month(self, match: re.Match[str]) -> date | None:
        """The month of "ต้นเดือน", "ปลายเดือนที่แล้ว", "กลางเดือน มี.ค. 68"."""
        if match["m"]:
            written = _Written(1, _month_number(match["m"]), match["y"], match["ye"], match["yr"])
            years = _years_of(written, self.today)
            if years:
                return date(years[0], written.month, 1)
            if self.today is None or years is not None:
                return None
            return _without_year(written, self.today, future=self.future)
        return None if self.today is None else _shift_month(self.today, _step(match["when"] or ""))

    # ---- counted from today

    def from_today(self, match: re.Match[str]) -> DateSpan | None:
        if self.today is None:
            return None
        day = self.today + timedelta(
            days=next(step for word, step in _DAY_WORDS if match[0].lower().startswith(word))
        )
        return DateSpan(day, None, *_place(match))

    def days_ago(self, match: re.Match[str]) -> DateSpan | None:
        if self.today is None:
            return None
        count = _count(match["ago"] or match["ahead"])
        day = self.today + timedelta(days=-count if match["ago"] else count)
        return DateSpan(day, None, *_place(match))

    def weekday(self, match: re.Match[str]) -> DateSpan | None:
        """
        "วันศุกร์ที่แล้ว" is the latest Friday before today, "วันศุกร์นี้" the one of this week.

        "วันศุกร์หน้า" is Friday of the coming week; while this week's Friday is still ahead it may be that
        one, so it is asked, like "วันศุกร์นี้" on a Sunday. A bare "วันศุกร์" may lie on either side.
        """
        if self.today is None:
            return None
        number, when = _WEEKDAYS[match["weekday"].lower()], (match["when"] or "").lower()
        monday = self.today - timedelta(days=self.today.weekday())
        past = self.today - timedelta(days=(self.today.weekday() - number) % 7 or 7)
        coming = self.today + timedelta(days=(number - self.today.weekday()) % 7)
        place = _place(match)
        if re.search(r"สัปดาห์|อาทิตย์", when):
            return DateSpan(monday + timedelta(days=number + 7 * _step(when)), None, *place)
        if re.search(_PAST, when) or match["since"]:
            return DateSpan(past, None, *place)
        if "หน้า" in when or "next" in when:
            following = monday + timedelta(days=number + 7)
            only = coming >= following or coming == self.today
            return DateSpan(following, None, *place, doubtful=() if only else (coming, following))
        if "นี้" in when or "this" in when:
            passed = coming >= monday + timedelta(days=7)
            return DateSpan(coming, None, *place, doubtful=(past, coming) if passed else ())
        if self.future:
            doubtful = (coming, coming + timedelta(days=7)) if coming == self.today else ()
            return DateSpan(coming, None, *place, doubtful=doubtful, assumed=True)
        return DateSpan(past, None, *place, doubtful=(past, coming), assumed=True)

    def week(self, match: re.Match[str]) -> DateSpan | None:
        if self.today is None:
            return None
        count = _count(match["count"] or "1") * _step(match["when"])
        monday = self.today - timedelta(days=self.today.weekday()) + timedelta(days=7 * count)
        first, last = _PARTS_OF_WEEK[match["part"] or ""]
        return _vague(match, monday + timedelta(days=first), monday + timedelta(days=last))

    def days_before(self, match: re.Match[str]) -> DateSpan | None:
        """ "หลายวันก่อน", "วันก่อน", "2-3 วันก่อน": some day of the last two weeks."""
        if self.today is None:
            return None
        return _vague(match, self.today - timedelta(days=14), self.today - timedelta(days=1))

    def part_of_year(self, match: re.Match[str]) -> DateSpan | None:
        """ "ต้นปี 69", "ปลายปีที่แล้ว": four months of the year."""
        years = read_year(match["y"], match["e"]) if match["y"] else ()
        if match["when"] and self.today is not None:
            years = (self.today.year + _step(match["when"]),)
        if not years:
            return None
        first, last = _PARTS_OF_YEAR[match["part"]]
        firsts = tuple(date(year, first, 1) for year in years)
        ends = firsts if len(years) > 1 else (firsts[0], _month_end(date(years[0], last, 1)))
        return DateSpan(firsts[0], None, *_place(match), precision="year", doubtful=ends, assumed=True)

    def months(self, match: re.Match[str]) -> DateSpan | DateProblem | None:
        """ "มี.ค.-พ.ค. 68": some day in several months."""
        first, last = (_month_number(match[name]) for name in ("first", "m"))
        written = _Written(1, last, match["y"], match["ye"], match["yr"])
        years = _years_of(written, self.today)
        if years is None:
            return None
        if not years:
            return self._problem(match, "impossible")
        ends = [
            day
            for year in years
            for day in (date(year - (first > last), first, 1), _month_end(date(year, last, 1)))
        ]
        return DateSpan(
            ends[0], ends[1], *_place(match), precision="part", doubtful=tuple(ends), assumed=not written.year
        )

    def relative_month(self, match: re.Match[str]) -> DateSpan | None:
        if self.today is None:
            return None
        first = _shift_month(self.today, _count(match["count"] or "1") * _step(match["when"]))
        ends = (first, _month_end(first))
        return DateSpan(first, None, *_place(match), precision="month", doubtful=ends, assumed=True)

    def day_of_this_month(self, match: re.Match[str]) -> DateSpan | DateProblem | None:
        """ "วันที่ 3 เดือนที่แล้ว"; a bare "วันที่ 3" may be the last or the coming third."""
        number = _number(match["d"])
        if not 1 <= number <= 31:
            return self._problem(match, "impossible")
        if self.today is None:
            return None
        place = _place(match)
        if match["when"]:
            first = _shift_month(self.today, _step(match["when"]))
            day = _day(first.year, first.month, number)
            return DateSpan(day, None, *place) if day else self._problem(match, "impossible")
        months = [_shift_month(self.today, step) for step in range(-2, 3)]
        days = [day for month in months if (day := _day(month.year, month.month, number))]
        past = max(day for day in days if day <= self.today)
        coming = min((day for day in days if day > self.today), default=past)
        if self.future:
            return DateSpan(coming, None, *place, assumed=True)
        return DateSpan(past, None, *place, doubtful=(past, coming), assumed=True)


def _written(match: re.Match[str], prefix: str) -> _Written:
    words = match.groupdict()
    month = words[f"{prefix}m"]
    return _Written(
        day=_number(words[f"{prefix}d"]),
        month=int(month) if month.isdecimal() else _month_number(month),
        year=words.get(f"{prefix}y") or words.get(f"{prefix}yd"),
        era=words.get(f"{prefix}ye"),
        relative_year=words.get(f"{prefix}yr"),
        which=words.get(f"{prefix}w"),
    )


def _number(text: str) -> int:
    return int(re.sub(r"\D", "", text))


def _count(words: str) -> int:
    return int(words) if words.isdecimal() else _SPELLED[words]


def _month_number(month: str) -> int:
    plain = re.sub(r"[.\sฯ]", "", month).lower()
    if plain in _MONTH_NUMBER:
        return _MONTH_NUMBER[plain]
    return next(number for form, number in _MONTH_NUMBER.items() if plain.startswith(form))


def _place(match: re.Match[str]) -> tuple[int, int]:
    """First and last character of a match without the blanks and hidden signs at its ends."""
    trimmed = match[0].strip(f" \n{HIDDEN}")
    first = match.start() + match[0].index(trimmed)
    return first, first + len(trimmed) - 1


def _shared_year(first: _Written, last: _Written | None) -> tuple[_Written, _Written | None] | None:
    """
    The two ends of a range with the year that one gives to the other; None when a year is impossible.

    "30 ธ.ค. - 2 ม.ค. 69" began in 68; "30 ธ.ค. 68 - 2 ม.ค." ended in 69.
    """
    if any(one and one.year and not read_year(one.year, one.era) for one in (first, last)):
        return None
    if last is None or first.has_year == last.has_year:
        return first, last
    crosses = first.month > last.month
    if last.has_year:
        shared = replace(last, day=first.day, month=first.month)
        return (_moved(shared, -1) if crosses else shared), last
    shared = replace(first, day=last.day, month=last.month)
    return first, (_moved(shared, 1) if crosses else shared)


def _moved(written: _Written, years: int) -> _Written:
    if written.year is None:
        return written
    return replace(written, year=str(int(written.year) + years).zfill(len(written.year)))


def _two_digit_doubt(written: _Written) -> bool:
    return written.year is not None and len(read_year(written.year, written.era)) > 1


def _vague(match: re.Match[str], start: date, end: date) -> DateSpan:
    days = tuple(start + timedelta(days=step) for step in range((end - start).days + 1))
    return DateSpan(start, end, *_place(match), precision="part", doubtful=days, assumed=True)


def _month_end(day: date) -> date:
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def _shift_month(day: date, months: int) -> date:
    years, month = divmod(day.month - 1 + months, 12)
    return date(day.year + years, month + 1, 1)


_DAY_WORDS = (
    *(("เมื่อวานซืน", -2), ("วานซืน", -2), ("เมื่อวาน", -1), ("วานนี้", -1), ("เมื่อคืน", -1), ("เมื่อเช้า", 0)),
    *(("วันนี้", 0), ("เช้านี้", 0), ("บ่ายนี้", 0), ("เย็นนี้", 0), ("วันพรุ่งนี้", 1), ("พรุ่งนี้", 1)),
    *(("วันมะรืน", 2), ("มะรืน", 2), ("yesterday", -1), ("today", 0), ("tomorrow", 1)),
)
_STEP = r"ที่แล้ว|ที่ผ่านมา|ก่อน|นี้|หน้า"
_LEAD = rf"(?:(?:วัน)?{_WEEKDAY}\s*(?:ที่\s*|,\s*)?|วันที่\s*)?"
_ENGLISH_MONTH = "|".join(_month_pattern(form) for form in _ALL_FORMS if form.isascii())
_ENGLISH_YEAR = r"(?:,?\s+(?P<{0}y>\d{{4}})(?!\d))?"
_ENGLISH_TO = r"\s*(?:-|to|until|through)\s*"
_SPELLED_THAI = "|".join(word for word in _SPELLED if not word.isascii())
_SPELLED_ENGLISH = "|".join(word for word in _SPELLED if word.isascii())
_COUNT = rf"(?<!\d)(?<!\d\s)(?P<count>\d{{1,2}}|{_SPELLED_THAI})\s*"
_REAL_DAY = r"(?<![\d.,/:])(?:0?[1-9]|[12]\d|3[01])(?!\d)"
_DAY_MONTH = r"(?P<{0}d>{1})/(?P<{0}m>0?[1-9]|1[0-2])(?![\d/.]|\s*(?:คน|ท่าน|บาท|ปี))"

# The order matters: ranges before single days, days before months, months before years.
_PATTERNS: tuple[tuple[str, str], ...] = (
    (_LEAD + _iso("a") + r"\s*(?:-|/|ถึง|to)\s*" + _iso("b", inside=True), "two"),
    (_LEAD + _iso("a"), "one"),
    (_LEAD + _numeric("a") + _TO + _numeric("b"), "two"),
    (
        rf"{_LEAD}(?P<first>{_DAY})\s*-\s*(?P<bd>\d{{1,2}})\s?(?P<bs>[/.])\s?(?P<bm>\d{{1,2}})\s?(?P=bs)\s?"
        r"(?P<by>\d{2,4})(?![\d/])",
        "days_of_month",
    ),
    (_LEAD + _numeric("a"), "one"),
    (_LEAD + _named("a") + _TO + _named("b"), "two"),
    (rf"{_LEAD}(?P<first>{_DAY}){_TO}{_named('b')}", "days_of_month"),
    (_LEAD + _named("a") + r"(?=\s*(?:,|และ|หรือ|กับ|&|\+))", "one"),
    (
        rf"{_LEAD}(?P<list>{_DAY}(?:\s*(?:,|และ|หรือ|กับ)\s*\d{{1,2}}(?!\d))*)\s*(?P<and>,|และ|หรือ|กับ|&|\+)\s*(?:วันที่\s*)?{_named('b')}",
        "listed_days",
    ),
    (_LEAD + _named("a"), "one"),
    (
        rf"(?<![a-z])(?P<am>{_ENGLISH_MONTH})\s*(?P<ad>{_DAY}){_ENGLISH_TO}(?P<bm>{_ENGLISH_MONTH})\s*(?P<bd>{_DAY}){_ENGLISH_YEAR.format('b')}",
        "two",
    ),
    (
        rf"(?<![a-z])(?P<bm>{_ENGLISH_MONTH})\s*(?P<first>{_DAY}){_ENGLISH_TO}(?P<bd>{_DAY}){_ENGLISH_YEAR.format('b')}",
        "days_of_month",
    ),
    (rf"(?<![a-z])(?P<am>{_ENGLISH_MONTH})\s*(?P<ad>{_DAY}){_ENGLISH_YEAR.format('a')}", "one"),
    (
        rf"(?:เดือน\s*)?(?P<am>{_MONTH}){_year('ay', optional=False)}\s*(?:วัน)?ที่\s*(?P<ad>{_DAY})(?!\s*(?:/|คน))",
        "one",
    ),
    (
        rf"{_LEAD}(?P<ad>{_DAY})\s*เดือน\s*(?P<am>0?[1-9]|1[0-2])(?!\d)\s*(?P<aye>{_ERA_WORD})\s*(?P<ay>\d{{2,4}})(?!\d)",
        "one",
    ),
    (_LEAD + _DAY_MONTH.format("a", _REAL_DAY) + _TO + _DAY_MONTH.format("b", r"\d{1,2}"), "two"),
    (_LEAD + _DAY_MONTH.format("a", _REAL_DAY), "one"),
    (
        rf"(?P<part>ต้น|กลาง|ปลาย|สิ้น)(?:(?P<when>ปี(?:{_STEP}))|ปี\s*(?P<e>{_ERA_WORD})?\s*(?P<y>\d{{4}}|\d{{2}}){_NO_YEAR})",
        "part_of_year",
    ),
    (
        rf"(?P<part>ต้น|กลาง|ปลาย|สิ้น)(?:เดือน(?P<when>{_STEP})|\s*(?:เดือน\s*)?(?P<m>{_MONTH}){_year('y')}|เดือน)",
        "part_of_month",
    ),
    (
        rf"วันที่\s*(?P<d>{_DAY})\s*(?:ของ)?(?P<when>เดือน(?:{_STEP})|{_STEP})?(?!\s*[/-]\s*\d)",
        "day_of_this_month",
    ),
    (
        rf"(?<![\d.]\s)(?<![\d.])(?:เดือน\s*)?(?P<first>{_MONTH})\s*(?:-|ถึง|และ|to|until)\s*(?:เดือน\s*)?(?P<m>{_MONTH}){_year('y', optional=False)}",
        "months",
    ),
    (rf"เดือน\s*(?P<m>{_MONTH}){_year('y')}", "month"),
    (rf"เดือน\s*(?P<n>0?[1-9]|1[0-2])\s*(?:/|(?P<ye>{_ERA_WORD}))\s*(?P<y>\d{{4}}|\d{{2}})(?!\d)", "month"),
    (rf"(?<![ก-๙a-z])(?P<m>{_MONTH}){_year('y', optional=False)}", "month"),
    (rf"(?P<m>{_FULL_MONTH}){_year('y')}", "month"),
    (rf"(?:{'|'.join(word for word, _ in _DAY_WORDS)})(?![ซ{DEPENDENT}])", "from_today"),
    (r"(?:หลาย|ไม่กี่|\d{1,2}\s*-\s*\d{1,2}\s*|สองสาม)\s*วัน(?:ที่แล้ว|ที่ผ่านมา|ก่อน|มานี้)", "days_before"),
    (
        rf"(?<!\d)(?P<ago>\d{{1,3}}|{_SPELLED_THAI})\s*วัน(?:ที่แล้ว|ที่ผ่านมา|ก่อน)|อีก\s*(?P<ahead>\d{{1,3}}|{_SPELLED_THAI})\s*วัน",
        "days_ago",
    ),
    (r"(?<!\d)(?<!\d\s)(?:เมื่อ|(?<![ก-๙]))วันก่อน(?!ที่|หน้า)", "days_before"),
    (
        rf"(?<![\w])(?P<ago>\d{{1,3}}|{_SPELLED_ENGLISH})\s+days?\s+ago\b|\bin\s+(?P<ahead>\d{{1,3}})\s+days\b",
        "days_ago",
    ),
    (
        rf"(?P<since>เมื่อ\s*)?วัน{_WEEKDAY}\s*(?P<when>(?:ของ)?(?:สัปดาห์|อาทิตย์)(?:{_STEP})|{_STEP})?(?!\s*(?:ที่\s*)?\d)",
        "weekday",
    ),
    (rf"(?P<since>เมื่อ\s*)?(?!อาทิตย์){_WEEKDAY}\s*(?P<when>(?:สัปดาห์|อาทิตย์)?(?:{_STEP}))", "weekday"),
    (
        rf"(?<![a-z])(?P<when>last|this|next)\s+(?P<weekday>{'|'.join(_ENGLISH_WEEKDAYS)})(?P<since>)(?![a-z])",
        "weekday",
    ),
    (r"(?<![a-z])(?P<when>last|this|next)\s+week(?P<part>)(?P<count>)(?![a-z])", "week"),
    (r"(?<![a-z])(?P<when>last|this|next)\s+month(?P<count>)(?![a-z])", "relative_month"),
    (r"(?<![a-z])(?P<when>last|this|next)\s+year(?P<count>)(?![a-z])", "relative_year"),
    (rf"(?P<part>ต้น|กลาง|ปลาย|สิ้น|สุด)(?P<count>)(?:สัปดาห์|อาทิตย์)(?P<when>{_STEP}|)", "week"),
    (rf"(?P<part>)(?:{_COUNT})?(?:สัปดาห์|อาทิตย์)(?P<when>{_STEP})", "week"),
    (rf"(?:{_COUNT})?เดือน(?P<when>{_STEP})", "relative_month"),
    (rf"(?:{_COUNT}|(?<!\d)(?<!\d\s))ปี(?P<when>ที่แล้ว|ที่ผ่านมา|ก่อน|กลาย|นี้|หน้า)", "relative_year"),
    (
        rf"(?:(?P<e>{_ERA_WORD})\s*(?P<y>\d{{4}})|ปี\s*(?P<short>\d{{2}})){_NO_YEAR}(?!\s*[-/]\s*\d)",
        "year",
    ),
)
_READERS = tuple((_compiled(pattern), name) for pattern, name in _PATTERNS)


def read_dates(text: str, today: date | None) -> tuple[DateSpan | DateProblem, ...]:
    """
    Every date in a sentence, in the order of the text.

    Without `today` nothing is read that hangs on it: relative days, and days without a year. Clock times and
    ordinals (ครั้งที่ 3, ครบรอบ 11 ปี) are no dates.
    """
    text = hide_addresses(clean(text))
    return dates_in(text, today, future=speaks_of_plan(text))


def dates_in(text: str, today: date | None, *, future: bool) -> tuple[DateSpan | DateProblem, ...]:
    """
    The dates in a cleaned text whose links are hidden.

    Args:
        text: The cleaned text.
        today: The day on which it was typed.
        future: Whether a day without a year is the next one and not the latest.
    """
    reader = _Reader(text, today, hide_times_and_ordinals(text), future)
    for pattern, name in _READERS:
        reader.scan(pattern, getattr(reader, name))
    found = [_doubt_half_a_range(reader.left, item) for item in reader.found]
    return tuple(sorted(found, key=lambda item: item.first_char))


# "30 ธค.. - 2 ม.ค. 69": the other end of the range holds a slip and was not read.
_OTHER_END_BEFORE = re.compile(r"\d[^\n\x00]{0,12}?(?:-|ถึง)\s*(?:วัน)?(?:ที่)?\s*$")
_OTHER_END_AFTER = _compiled(rf"\s*(?:-|ถึง)\s*(?:วัน)?(?:ที่)?\s*\d{{1,2}}{_NO_YEAR}(?![/.,:]?\d)")


def _doubt_half_a_range(left: str, item: DateSpan | DateProblem) -> DateSpan | DateProblem:
    if isinstance(item, DateProblem) or item.precision != "day" or item.end or item.doubtful:
        return item
    before = left[max(0, item.first_char - 24) : item.first_char]
    if _OTHER_END_BEFORE.search(before) or _OTHER_END_AFTER.match(left, item.last_char + 1):
        return replace(item, doubtful=(item.start,))
    return item


def read_date(text: str, today: date | None) -> DateSpan | DateProblem | None:
    """
    The answer to "when was it held?", where "6" and "3 11 69" are dates too.

    Several different dates come back as one span whose `doubtful` names them.
    """
    text = clean(text)
    if re.fullmatch(r"\d{1,2}", text):
        text = f"วันที่ {text}"
    elif re.fullmatch(r"\d{1,2} \d{1,2} (?:\d{2}|\d{4})", text):
        text = text.replace(" ", "/")
    found = read_dates(text, today)
    problems = [item for item in found if isinstance(item, DateProblem)]
    spans = [item for item in found if isinstance(item, DateSpan)]
    if problems or not spans:
        return problems[0] if problems else None
    first = spans[0]
    if all(
        (span.start, span.end, span.doubtful) == (first.start, first.end, first.doubtful) for span in spans
    ):
        return first
    return replace(
        first, doubtful=tuple(dict.fromkeys(day for span in spans for day in span.doubtful or (span.start,)))
    )


# ------------------------------------------------------------------ writing


def thai_date(day: date, precision: str = "day") -> str:
    """3 พ.ย. 2569, or พ.ย. 2569, or ปี 2569 where no more is known."""
    year = day.year + ERA
    if precision == "year":
        return f"ปี {year}"
    month = f"{SHORT_MONTHS[day.month - 1]} {year}"
    return month if precision == "month" else f"{day.day} {month}"


def thai_date_both(day: date, precision: str = "day") -> str:
    """3 พ.ย. 2569 (ค.ศ. 2026)"""
    return f"{thai_date(day, precision)} (ค.ศ. {day.year})"


def thai_range(start: date, end: date | None, precision: str = "day") -> str:
    """12–15 มี.ค. 2568, 28 ก.พ. – 3 มี.ค. 2568, 30 ธ.ค. 2568 – 2 ม.ค. 2569; one day like `thai_date`."""
    if end is None or end == start:
        return thai_date(start, precision)
    if start.year != end.year:
        return f"{thai_date(start, precision)} – {thai_date(end, precision)}"
    if precision == "year":
        return thai_date(start, precision)
    if precision == "month" or start.month != end.month:
        first = thai_date(start, precision).rpartition(" ")[0]
        return (
            thai_date(end, precision)
            if start.month == end.month
            else f"{first} – {thai_date(end, precision)}"
        )
    return f"{start.day}–{thai_date(end)}"


def english_date(day: date, precision: str = "day") -> str:
    """3 Nov 2026, or Nov 2026, or 2026 where no more is known."""
    if precision == "year":
        return str(day.year)
    month = f"{ENGLISH_MONTHS[day.month - 1]} {day.year}"
    return month if precision == "month" else f"{day.day} {month}"


def english_range(start: date, end: date | None, precision: str = "day") -> str:
    """12–15 Mar 2025, 28 Feb – 3 Mar 2025, 30 Dec 2025 – 2 Jan 2026; one day like `english_date`."""
    if end is None or end == start:
        return english_date(start, precision)
    if start.year != end.year:
        return f"{english_date(start, precision)} – {english_date(end, precision)}"
    if precision == "year":
        return english_date(start, precision)
    if precision == "month" or start.month != end.month:
        first = english_date(start, precision).rpartition(" ")[0]
        return (
            english_date(end, precision)
            if start.month == end.month
            else f"{first} – {english_date(end, precision)}"
        )
    return f"{start.day}–{english_date(end)}"
