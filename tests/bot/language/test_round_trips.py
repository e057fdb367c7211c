"""
What is written reads back, or is asked: every day in every form, amounts in every form, headcounts.

A wrong value without a question is the worst fault, so each test counts those and wants none. Forms that leave
no doubt have to be read as well.
"""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.language.dates import ERA, FULL_MONTHS, SHORT_MONTHS, DateSpan, read_date
from bot.language.money import read_money
from bot.language.names import Lexicon
from bot.language.quick_log import REQUIRED, read_log
from tests.bot.language.lexicons import real_lexicon, real_pairings, real_types

FIRST, LAST = date(2560 - ERA, 1, 1), date(2575 - ERA, 12, 31)
DAYS = st.dates(FIRST, LAST)
TODAY = date(2026, 11, 18)
LEXICON: Lexicon = real_lexicon()

_CLIPPED = ("มกรา", "กุมภา", "มีนา", "เมษา", "พฤษภา", "มิถุนา", "กรกฎา", "สิงหา", "กันยา", "ตุลา", "พฤศจิกา", "ธันวา")
_ENGLISH = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def thai_digits(text: str) -> str:
    return text.translate({ord(str(value)): digit for value, digit in enumerate("๐๑๒๓๔๕๖๗๘๙")})


# ------------------------------------------------------------------ days


def months_of(day: date) -> tuple[str, ...]:
    """The month in letters: whole, short with and without dots, clipped, English."""
    short, full, english = (names[day.month - 1] for names in (SHORT_MONTHS, FULL_MONTHS, _ENGLISH))
    without = short.replace(".", "")
    return (
        full,
        short,
        short.rstrip("."),
        without,
        f"{without}.",
        _CLIPPED[day.month - 1],
        english,
        english[:3],
    )


def years_of(day: date) -> tuple[str, ...]:
    """The year in both eras, with and without its word, with four digits and with two."""
    buddhist = day.year + ERA
    return (
        *(f"{buddhist}", f"{day.year}", f"{buddhist % 100}", f"{day.year % 100}"),
        *(f"พ.ศ. {buddhist}", f"พ.ศ.{buddhist}", f"ค.ศ. {day.year}", f"พศ {buddhist % 100}", f"ปี {buddhist}"),
    )


def forms_of(day: date) -> Iterator[str]:
    """The day in every form: letters and numbers, glued and spaced, the year of either era."""
    for month, year in itertools.product(months_of(day), years_of(day)):
        yield f"{day.day} {month} {year}"
        # A Latin month that touches letters on both sides is no word any more.
        yield f"{day.day}{month}{' ' if month.isascii() else ''}{year}"
    buddhist = day.year + ERA
    numbers = (f"{buddhist}", f"{day.year}", f"{buddhist % 100:02}", f"{day.year % 100:02}")
    for sign, number in itertools.product("/-.", numbers):
        yield f"{day.day}{sign}{day.month}{sign}{number}"
        yield f"{day.day:02}{sign}{day.month:02}{sign}{number}"
    yield from (f"{year}-{day.month:02}-{day.day:02}" for year in (buddhist, day.year))
    yield f"{_ENGLISH[day.month - 1]} {day.day}, {day.year}"


def fault_of(text: str, day: date) -> str:
    """How a written day was misread: nothing when it is read, or asked with the right day among the choices."""
    span = read_date(text, TODAY)
    if not isinstance(span, DateSpan) or span.precision != "day":
        return f"{text!r} not read: {span}"
    if span.doubtful:
        return "" if day in span.doubtful else f"{text!r} asks without {day}: {span.doubtful}"
    return "" if (span.start, span.end) == (day, None) else f"{text!r} is {span.start} to {span.end}"


def test_every_day_of_2560_to_2575_reads_back() -> None:
    """Each day in four of its forms, in turn, so that all forms come up with all months; in both digit sets."""
    faults, turn, day = [], 0, FIRST
    while day <= LAST:
        forms = list(forms_of(day))
        for _ in range(2):
            turn += 1
            text = forms[turn % len(forms)]
            faults += [fault for one in (text, thai_digits(text)) if (fault := fault_of(one, day))]
        day += timedelta(days=1)
    assert faults == []


@pytest.mark.parametrize("month", range(1, 13))
def test_every_form_of_a_day_reads_back(month: int) -> None:
    days = [date(2026, month, day) for day in (1, 12, 28)]
    faults = [fault for day in days for text in forms_of(day) if (fault := fault_of(text, day))]
    assert faults == []


@given(
    day=DAYS,
    form=st.integers(0, 10_000),
    thai=st.booleans(),
    lead=st.sampled_from(["ประชุมกับเฉิงตู", "ประชุมกับเฉิงตู ", "ประชุมกับเฉิงตูเมื่อ", "เมื่อวันที่ ", "(", "เฉิงตู\n"]),
    tail=st.sampled_from(
        ["", " 30 คน", "เรื่องท่องเที่ยว", " งบ 2 แสน", " เวลา 10.30 น.", ")", " ณ ศาลากลาง", " คน 30"]
    ),
)
@settings(max_examples=400, deadline=None)
def test_a_day_in_a_sentence_is_read_or_asked_and_never_another(
    day: date, form: int, thai: bool, lead: str, tail: str
) -> None:
    forms = list(forms_of(day))
    text = forms[form % len(forms)]
    reading = read_log(
        f"{lead}{thai_digits(text) if thai else text}{tail}", LEXICON, home="TH-50", today=TODAY
    )
    assert reading.start in (day, None), reading
    assert reading.start is None or reading.end is None
    assert reading.start or "start" in (*reading.ambiguous, *reading.missing)


@given(
    first=DAYS,
    days=st.integers(1, 400),
    thai=st.booleans(),
    to=st.sampled_from([" - ", "-", " ถึง ", "ถึง", " ถึงวันที่ ", " – "]),
)
@settings(max_examples=200, deadline=None)
def test_a_range_in_a_sentence_keeps_both_ends(first: date, days: int, thai: bool, to: str) -> None:
    last = first + timedelta(days=days)
    ends = [f"{one.day} {SHORT_MONTHS[one.month - 1]} {one.year + ERA}" for one in (first, last)]
    text = to.join(thai_digits(end) if thai else end for end in ends)
    reading = read_log(f"ประชุมกับเฉิงตู {text} 30 คน", LEXICON, home="TH-50", today=TODAY)
    assert (reading.start, reading.end) in {(first, last), (None, None)}
    assert reading.start or "start" in reading.ambiguous


@given(
    month=st.integers(1, 12),
    year=st.integers(2560, 2575),
    lead=st.sampled_from(["", "เดือน", "ต้น", "ปลายเดือน", "กลาง"]),
    name=st.sampled_from([SHORT_MONTHS, FULL_MONTHS]),
)
@settings(max_examples=100, deadline=None)
def test_a_month_without_a_day_is_asked_and_known(
    month: int, year: int, lead: str, name: tuple[str, ...]
) -> None:
    text = f"ประชุมกับเฉิงตู {lead}{name[month - 1]} {year}"
    reading = read_log(text, LEXICON, home="TH-50", today=TODAY)
    assert reading.start is None
    assert "start" in reading.ambiguous
    assert reading.month == date(year - ERA, month, 1)


# ------------------------------------------------------------------ amounts

_ONES = ("", "หนึ่ง", "สอง", "สาม", "สี่", "ห้า", "หก", "เจ็ด", "แปด", "เก้า")
_PLACES = ("แสน", "หมื่น", "พัน", "ร้อย", "สิบ", "")


def in_words(number: int) -> str:
    """A whole number in Thai words: 121 is หนึ่งร้อยยี่สิบเอ็ด."""
    if number >= 1_000_000:
        rest = number % 1_000_000
        return f"{in_words(number // 1_000_000)}ล้าน{in_words(rest) if rest else ''}"
    words = ""
    for place, digit in zip(_PLACES, f"{number:06}", strict=True):
        value = int(digit)
        if place == "สิบ" and value:
            words += {1: "สิบ", 2: "ยี่สิบ"}.get(value, f"{_ONES[value]}สิบ")
        elif place == "" and value == 1 and words:
            words += "เอ็ด"
        elif value:
            words += _ONES[value] + place
    return words


# "สามล้านห้า" is three and a half million in speech, three million and five in documents (บาทถ้วน).
_SPOKEN_END = re.compile(rf"(?:ล้าน|แสน|หมื่น|พัน)(?:{'|'.join(_ONES[1:])})$")


def amounts_of(baht: int) -> Iterator[str]:
    """An amount in the forms that officers type."""
    for unit in (" บาท", "บาท", "บ.", ".-", " บาทถ้วน"):
        yield f"{baht:,}{unit}"
        yield f"{baht}{unit}"
    yield f"฿{baht:,}"
    if not _SPOKEN_END.search(in_words(baht)):
        yield f"{in_words(baht)}บาท"
    for word, size in (("หมื่น", 10_000), ("แสน", 100_000), ("ล้าน", 1_000_000)):
        share = Decimal(baht) / size
        if Decimal("0.1") <= share < 100 and share == round(share, 2):
            yield from (f"{share:f} {word}", f"{share:f}{word}", f"{share:f}{word}บาท")
    if baht % 100_000 == 0 and baht >= 1_000_000 and baht < 10_000_000:
        millions, rest = divmod(baht, 1_000_000)
        yield from (f"{baht / 1_000_000:g} ลบ.", f"{baht / 1_000_000:g}ลบ")
        if rest:
            yield f"{millions} ล้าน {rest // 100_000} แสน"
            yield f"{in_words(millions)}ล้าน{_ONES[rest // 100_000]}"


AMOUNTS = st.integers(100, 9_999).map(lambda thousands: thousands * 1_000) | st.integers(100, 99_999_999)


@given(
    baht=AMOUNTS,
    form=st.integers(0, 10_000),
    thai=st.booleans(),
    lead=st.sampled_from(["งบ", "งบ ", "งบประมาณ ", "ค่าใช้จ่าย ", "ใช้งบ ", "งบประมาณ: "]),
    tail=st.sampled_from(["", " 30 คน", " 3 พ.ย. 69", " ประชุมกับเฉิงตู", "\n"]),
)
@settings(max_examples=400, deadline=None)
def test_a_written_amount_is_the_budget(baht: int, form: int, thai: bool, lead: str, tail: str) -> None:
    forms = list(amounts_of(baht))
    text = forms[form % len(forms)]
    written = f"{lead}{thai_digits(text) if thai else text}{tail}"
    reading = read_log(written, LEXICON, home="TH-50", today=TODAY)
    assert reading.budget_thb == baht, written
    assert reading.participants == (30 if "คน" in tail else None)


@given(baht=AMOUNTS)
@settings(max_examples=100, deadline=None)
def test_an_amount_and_its_words_in_brackets_are_one(baht: int) -> None:
    text = f"{baht:,} บาท ({in_words(baht)}บาทถ้วน)"
    assert {money.amount for money in read_money(text)} == {baht}


# ------------------------------------------------------------------ headcounts


@given(
    people=st.integers(1, 9_999),
    form=st.sampled_from(
        [
            "{} คน",
            "{}คน",
            "คน {}",
            "คน{}",
            "จนท. {} คน",
            "ผู้เข้าร่วม {}",
            "ผู้เข้าร่วม: {}",
            "คณะ {} ท่าน",
            "จำนวน {} คน",
            "รวม {} ราย",
        ]
    ),
    thai=st.booleans(),
    before=st.sampled_from(["", "3 พ.ย. 69 ", "งบ 2 แสน ", "ครั้งที่ 3 ", "เวลา 10.00 น. ", "ครบรอบ 11 ปี "]),
)
@settings(max_examples=300, deadline=None)
def test_a_written_headcount_is_read_beside_other_numbers(
    people: int, form: str, thai: bool, before: str
) -> None:
    text = form.format(people)
    written = f"ประชุมกับเฉิงตู {before}{thai_digits(text) if thai else text}"
    reading = read_log(written, LEXICON, home="TH-50", today=TODAY)
    assert reading.participants == people, written


# ------------------------------------------------------------------ anything

_NAMES = [name for one in real_pairings() for name in (one.partner_th, one.partner_en, *one.aliases)]
_KINDS = [word for one in real_types() for word in (one.label_th, one.label_en, *one.synonyms)]
_WORDS = [
    *(
        "กับ",
        "และ",
        "หรือ",
        "ที่",
        "ณ",
        "ไป",
        "มา",
        "คณะ",
        "เรื่อง",
        "งบ",
        "คน",
        "บาท",
        "แสน",
        "ล้าน",
        "วันที่",
        "ถึง",
        "เดือน",
        "ปี",
        "ก่อน",
    ),
    *(
        "ที่แล้ว",
        "นี้",
        "หน้า",
        "เลื่อน",
        "ยกเลิก",
        "จะ",
        "ไม่ได้",
        "เป็น",
        "เจ้าภาพ",
        "ต้อนรับ",
        "เทศบาล",
        "ศาลากลาง",
        "สถานที่:",
        "ครับ",
        "at",
        "in",
    ),
    *(
        "3",
        "12",
        "69",
        "2569",
        "2026",
        "30",
        "1,200",
        "2.5",
        "-",
        "/",
        ".",
        ":",
        '"',
        "(",
        ")",
        "\n",
        " ",
        "🎉",
        "https://a.go.th/3/11/69",
    ),
    *SHORT_MONTHS,
    *FULL_MONTHS,
]
_PIECES = st.sampled_from(_NAMES) | st.sampled_from(_KINDS) | st.sampled_from(_WORDS)


@given(
    parts=st.lists(_PIECES, max_size=14),
    glue=st.sampled_from(["", " ", "\n"]),
    home=st.sampled_from(["TH-50", "TH-34", None]),
    today=st.sampled_from([TODAY, None]),
)
@settings(max_examples=300, deadline=None)
def test_no_mix_of_names_kinds_and_words_raises_or_leaves_a_field_undecided(
    parts: list[str], glue: str, home: str | None, today: date | None
) -> None:
    reading = read_log(glue.join(parts), LEXICON, home=home, today=today)
    shown = reading.to_json()
    json.dumps(shown)
    for name in REQUIRED:
        ways = (shown[name] is not None, name in reading.missing, name in reading.ambiguous)
        assert ways.count(True) == 1, (name, shown)
    assert reading.end is None or (reading.start is not None and reading.end > reading.start)
    assert not reading.together or list(reading.together) == reading.ambiguous["pairing_id"]
    assert reading.month is None or "start" in reading.ambiguous


@given(part=_PIECES, times=st.integers(300, 2_000))
@settings(max_examples=20, deadline=None)
def test_a_text_of_any_length_is_read(part: str, times: int) -> None:
    """What stands behind the first 4,000 signs changes nothing."""
    text = part * times
    assert read_log(text, LEXICON, home="TH-50", today=TODAY) == read_log(
        text[:4_000], LEXICON, home="TH-50", today=TODAY
    )
