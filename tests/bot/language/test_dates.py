"""What is read as a date, what is refused, and that every day survives writing and reading."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.language.dates import (
    ERA,
    FULL_MONTHS,
    SHORT_MONTHS,
    DateProblem,
    DateSpan,
    english_date,
    english_range,
    read_date,
    read_dates,
    read_year,
    thai_date,
    thai_date_both,
    thai_range,
)
from bot.language.text import clean

TODAY = date(2026, 11, 18)  # a Wednesday
NOV_3 = date(2026, 11, 3)
DAYS = st.dates(date(2560 - ERA, 1, 1), date(2575 - ERA, 12, 31))


def only(text: str, today: date | None = TODAY) -> DateSpan:
    found = read_dates(text, today)
    assert len(found) == 1, found
    assert isinstance(found[0], DateSpan)
    return found[0]


@pytest.mark.parametrize(
    "text",
    [
        "3 พ.ย. 69",
        "3 พ.ย.69",
        "3พย69",
        "3 พย. 2569",
        "3 พ. ย. 2569",
        "๓ พฤศจิกายน ๒๕๖๙",
        "วันที่ 3 พฤศจิกา 2569",
        "3 พฤศจิกาฯ 69",
        "3 เดือนพฤศจิกายน พ.ศ. 2569",
        "3 เดือน 11 ปี 2569",
        "วันอังคารที่ 3 พ.ย. 69",
        "3 พ.ย. ค.ศ. 2026",
        "3/11/69",
        "03/11/2569",
        "3-11-2569",
        "3.11.69",
        "2569-11-03",
        "2026-11-03",
        "3 Nov 2026",
        "3rd November 2026",
        "Nov 3, 2026",
        "3 พ.ย. 2569 เวลา 09.30 น.",
        "3 พ.ย. 69,30คน",
        "3พย6930คน",
        "3 พ.ย. ปีนี้",
        "3 พ.ย. ศกนี้",
        "3-พ.ย.-69",
        "3-Nov-2026",
        "3 พฤศจิกายย 69",
        "3 พ.ย. 69 นายสมชายต้อนรับ",
        "3 พ.ย. 69 จังหวัดเชียงใหม่",
        "3 พ.ย. 69 น.ส.สมศรี",
        "3 พ.ย. 69 คน 30",
        "เดือน พ.ย. 69 วันที่ 3",
        "3พยคศ2026",
    ],
)
def test_a_day_is_read_in_every_form(text: str) -> None:
    span = only(text)
    assert (span.start, span.end, span.precision, span.doubtful) == (NOV_3, None, "day", ())


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("12-15 มี.ค. 68", date(2025, 3, 12), date(2025, 3, 15)),
        ("3 ถึง 5 พ.ย. 69", NOV_3, date(2026, 11, 5)),
        ("ระหว่างวันที่ 12 – 15 มีนาคม 2568", date(2025, 3, 12), date(2025, 3, 15)),
        ("วันที่ 12 มี.ค. ถึงวันที่ 15 มี.ค. 2568", date(2025, 3, 12), date(2025, 3, 15)),
        ("12-15/3/68", date(2025, 3, 12), date(2025, 3, 15)),
        ("12/3/68-15/3/68", date(2025, 3, 12), date(2025, 3, 15)),
        ("28 ก.พ. - 3 มี.ค. 2568", date(2025, 2, 28), date(2025, 3, 3)),
        ("30 ธ.ค. 68 - 2 ม.ค. 69", date(2025, 12, 30), date(2026, 1, 2)),
        ("30 ธ.ค. - 2 ม.ค. 69", date(2025, 12, 30), date(2026, 1, 2)),
        ("30 ธ.ค. 68 - 2 ม.ค.", date(2025, 12, 30), date(2026, 1, 2)),
        ("12, 13 และ 14 มี.ค. 68", date(2025, 3, 12), date(2025, 3, 14)),
        ("2569-11-03 ถึง 2569-11-05", NOV_3, date(2026, 11, 5)),
        ("March 12-15, 2025", date(2025, 3, 12), date(2025, 3, 15)),
        ("12-15 March 2025", date(2025, 3, 12), date(2025, 3, 15)),
    ],
)
def test_a_range_is_read_inside_and_across_months_and_years(text: str, first: date, last: date) -> None:
    span = only(text)
    assert (span.start, span.end, span.doubtful) == (first, last, ())


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("29 ก.พ. 2568", "impossible"),
        ("29 ก.พ. 68", "impossible"),
        ("29/2/2568", "impossible"),
        ("31 เม.ย. 69", "impossible"),
        ("32 ม.ค. 69", "impossible"),
        ("3/13/69", "impossible"),
        ("3 พ.ย. 569", "impossible"),
        ("3 พ.ย. 2969", "impossible"),
        ("30-31 ก.พ. 69", "impossible"),
        ("15-12 มี.ค. 68", "reversed"),
        ("5 พ.ย. 69 - 3 พ.ย. 69", "reversed"),
    ],
)
def test_an_impossible_or_reversed_date_is_refused_with_what_was_typed(text: str, kind: str) -> None:
    (problem,) = read_dates(text, TODAY)
    assert isinstance(problem, DateProblem)
    assert (problem.kind, problem.text) == (kind, text)


def test_a_leap_day_of_a_leap_year_is_read() -> None:
    assert only("29 ก.พ. 2567").start == date(2024, 2, 29)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("วันนี้", TODAY),
        ("เมื่อวาน", date(2026, 11, 17)),
        ("เมื่อวานนี้", date(2026, 11, 17)),
        ("เมื่อวานซืน", date(2026, 11, 16)),
        ("พรุ่งนี้", date(2026, 11, 19)),
        ("มะรืนนี้", date(2026, 11, 20)),
        ("3 วันก่อน", date(2026, 11, 15)),
        ("สองวันก่อน", date(2026, 11, 16)),
        ("two days ago", date(2026, 11, 16)),
        ("last Friday", date(2026, 11, 13)),
        ("วันพุธหน้า", date(2026, 11, 25)),
        ("อีก 3 วัน", date(2026, 11, 21)),
        ("วันศุกร์ที่แล้ว", date(2026, 11, 13)),
        ("ศุกร์ที่ผ่านมา", date(2026, 11, 13)),
        ("เมื่อวันศุกร์", date(2026, 11, 13)),
        ("วันพุธที่แล้ว", date(2026, 11, 11)),
        ("วันศุกร์นี้", date(2026, 11, 20)),
        ("วันจันทร์หน้า", date(2026, 11, 23)),
        ("วันศุกร์สัปดาห์ที่แล้ว", date(2026, 11, 13)),
        ("วันอาทิตย์ที่แล้ว", date(2026, 11, 15)),
        ("วันที่ 3 เดือนที่แล้ว", date(2026, 10, 3)),
        ("3 พ.ย. ปีที่แล้ว", date(2025, 11, 3)),
    ],
)
def test_a_relative_day_is_counted_from_today(text: str, day: date) -> None:
    span = only(text)
    assert (span.start, span.doubtful) == (day, ())


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("3 พ.ย. 25", (date(2025, 11, 3), date(1982, 11, 3))),
        ("3/11/26", (NOV_3, date(1983, 11, 3))),
        ("29/2/24", (date(2024, 2, 29),)),
        ("วันศุกร์", (date(2026, 11, 13), date(2026, 11, 20))),
        ("วันศุกร์หน้า", (date(2026, 11, 20), date(2026, 11, 27))),
        ("วันจันทร์นี้", (date(2026, 11, 16), date(2026, 11, 23))),
        ("วันที่ 3", (NOV_3, date(2026, 12, 3))),
        ("12 และ 15 มี.ค. 68", (date(2025, 3, 12), date(2025, 3, 15))),
        ("12 หรือ 13 มี.ค. 68", (date(2025, 3, 12), date(2025, 3, 13))),
        ("12 กับ 15 มี.ค. 68", (date(2025, 3, 12), date(2025, 3, 15))),
        ("3 พ.ย. 17 คน 30", (date(2017, 11, 3), date(1974, 11, 3))),
        ("3 พ.ย. 50 จังหวัด", (date(2007, 11, 3),)),
        ("30 ธ.. - 3 พ.ย. 69", (NOV_3,)),
        ("มี.ค.-พ.ค. 68", (date(2025, 3, 1), date(2025, 5, 31))),
        ("ต้นปี 69", (date(2026, 1, 1), date(2026, 4, 30))),
        ("2 ปีก่อน", (date(2024, 1, 1), date(2024, 12, 31))),
        ("วันศุกร์ที่ 3 พ.ย. 69", (NOV_3,)),  # it was a Tuesday
        ("มี.ค. 68", (date(2025, 3, 1), date(2025, 3, 31))),
        ("เดือนที่แล้ว", (date(2026, 10, 1), date(2026, 10, 31))),
        ("ปี 2568", (date(2025, 1, 1), date(2025, 12, 31))),
        ("ปีที่แล้ว", (date(2025, 1, 1), date(2025, 12, 31))),
    ],
)
def test_what_may_be_several_days_names_them(text: str, days: tuple[date, ...]) -> None:
    assert only(text).doubtful == days


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("ต้นเดือน", date(2026, 11, 1), date(2026, 11, 10)),
        ("กลางเดือนมีนาคม 68", date(2025, 3, 11), date(2025, 3, 20)),
        ("ปลายเดือนที่แล้ว", date(2026, 10, 21), date(2026, 10, 31)),
        ("สิ้นเดือน ก.พ. 68", date(2025, 2, 26), date(2025, 2, 28)),
        ("สัปดาห์ก่อน", date(2026, 11, 9), date(2026, 11, 15)),
        ("ปลายสัปดาห์ที่แล้ว", date(2026, 11, 12), date(2026, 11, 15)),
        ("สุดสัปดาห์ที่แล้ว", date(2026, 11, 14), date(2026, 11, 15)),
        ("หลายวันก่อน", date(2026, 11, 4), date(2026, 11, 17)),
        ("2-3 วันก่อน", date(2026, 11, 4), date(2026, 11, 17)),
        ("เมื่อวันก่อน", date(2026, 11, 4), date(2026, 11, 17)),
        ("อาทิตย์ที่แล้ว", date(2026, 11, 9), date(2026, 11, 15)),
    ],
)
def test_a_part_of_a_month_or_a_week_is_a_span_whose_day_is_asked(text: str, first: date, last: date) -> None:
    span = only(text)
    assert (span.precision, span.start, span.end) == ("part", first, last)
    assert (span.doubtful[0], span.doubtful[-1]) == (first, last)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("3 พ.ย.", NOV_3),
        ("25 พ.ย.", date(2025, 11, 25)),
        ("จะไป 25 พ.ย.", date(2026, 11, 25)),
        ("29 ก.พ.", date(2024, 2, 29)),
        ("3/11", NOV_3),
        ("12 ธ.ค. นี้", date(2026, 12, 12)),
        ("3 พ.ย. ที่ผ่านมา", NOV_3),
        ("3 ธ.ค. ที่จะถึงนี้", date(2026, 12, 3)),
    ],
)
def test_a_day_without_a_year_is_the_latest_or_with_plans_the_next_one(text: str, day: date) -> None:
    span = only(text)
    assert (span.start, span.assumed) == (day, True)


@pytest.mark.parametrize("text", ["เมื่อวาน", "3 พ.ย.", "วันศุกร์ที่แล้ว", "ต้นเดือน", "ปีที่แล้ว", "3 พ.ย. ปีที่แล้ว"])
def test_without_today_nothing_is_read_that_hangs_on_it(text: str) -> None:
    assert read_dates(text, None) == ()


def test_an_impossible_day_is_refused_without_today_too() -> None:
    (problem,) = read_dates("31 เม.ย.", None)
    assert isinstance(problem, DateProblem)


@pytest.mark.parametrize(
    "text",
    [
        *(
            "10 โมง",
            "09.30 น.",
            "14:00-16:00",
            "ครั้งที่ 3",
            "ครั้งที่ 3/2562",
            "ครบรอบ 11 ปี",
            "แผนปี 2568-2573",
            "30 พยาบาล",
        ),
        *("งบ 2569", "5 กยศ.", "โทร 02-281-1234", "จังหวัดที่ 5", "1.5 ล้าน", "12 คน", "ปีงบประมาณ 2569"),
    ],
)
def test_times_ordinals_and_other_numbers_are_no_dates(text: str) -> None:
    assert read_dates(text, TODAY) == ()


def test_a_headcount_after_a_date_is_not_its_year() -> None:
    span = only("3 พ.ย. 30 คน")
    assert (span.start, span.assumed) == (NOV_3, True)


@pytest.mark.parametrize(
    ("digits", "era", "years"),
    [
        *(
            ("2569", None, (2026,)),
            ("2026", None, (2026,)),
            ("69", None, (2026,)),
            ("40", None, (1997,)),
            ("39", None, (2039, 1996)),
        ),
        *(
            ("2400", None, (1857,)),
            ("2700", None, (2157,)),
            ("2399", None, ()),
            ("1899", None, ()),
            ("2158", None, ()),
        ),
        *(
            ("26", "ค.ศ.", (2026,)),
            ("26", "พ.ศ.", (1983,)),
            ("2569", "ค.ศ.", ()),
            ("2026", "พ.ศ.", ()),
            ("569", None, ()),
        ),
    ],
)
def test_the_year_rule(digits: str, era: str | None, years: tuple[int, ...]) -> None:
    assert read_year(digits, era) == years


def test_positions_point_at_the_date_in_the_cleaned_text() -> None:
    text = clean("ประชุม  เฉิงตู ๓ พ.ย. ๖๙ เรื่องท่องเที่ยว")
    span = only(text)
    assert text[span.first_char : span.last_char + 1] == "3 พ.ย. 69"


@pytest.mark.parametrize(
    ("text", "day"), [("3 11 69", NOV_3), ("3/11/69", NOV_3), ("เมื่อวาน", date(2026, 11, 17))]
)
def test_the_answer_to_the_date_question_may_be_short(text: str, day: date) -> None:
    span = read_date(text, TODAY)
    assert isinstance(span, DateSpan)
    assert span.start == day


def test_a_bare_day_answers_the_date_question_with_its_two_months() -> None:
    span = read_date("6", TODAY)
    assert isinstance(span, DateSpan)
    assert span.doubtful == (date(2026, 11, 6), date(2026, 12, 6))


def test_two_different_dates_in_an_answer_have_to_be_chosen_from() -> None:
    span = read_date("3 พ.ย. 69 หรือ 7 พ.ย. 69", TODAY)
    assert isinstance(span, DateSpan)
    assert span.doubtful == (NOV_3, date(2026, 11, 7))


@pytest.mark.parametrize("text", ["", "ไม่ทราบ", "30 คน"])
def test_an_answer_without_a_date_is_none(text: str) -> None:
    assert read_date(text, TODAY) is None


def test_dates_are_written_in_both_eras() -> None:
    assert thai_date(NOV_3) == "3 พ.ย. 2569"
    assert thai_date(NOV_3, "month") == "พ.ย. 2569"
    assert thai_date(NOV_3, "year") == "ปี 2569"
    assert thai_date_both(NOV_3) == "3 พ.ย. 2569 (ค.ศ. 2026)"
    assert (english_date(NOV_3), english_date(NOV_3, "month"), english_date(NOV_3, "year")) == (
        "3 Nov 2026",
        "Nov 2026",
        "2026",
    )


@pytest.mark.parametrize(
    ("first", "last", "thai", "english"),
    [
        (date(2025, 3, 12), date(2025, 3, 15), "12–15 มี.ค. 2568", "12–15 Mar 2025"),
        (date(2025, 2, 28), date(2025, 3, 3), "28 ก.พ. – 3 มี.ค. 2568", "28 Feb – 3 Mar 2025"),
        (date(2025, 12, 30), date(2026, 1, 2), "30 ธ.ค. 2568 – 2 ม.ค. 2569", "30 Dec 2025 – 2 Jan 2026"),
        (date(2025, 3, 12), None, "12 มี.ค. 2568", "12 Mar 2025"),
    ],
)
def test_ranges_are_written_short(first: date, last: date | None, thai: str, english: str) -> None:
    assert (thai_range(first, last), english_range(first, last)) == (thai, english)


def test_ranges_of_months_are_written_without_days() -> None:
    assert thai_range(date(2025, 3, 1), date(2025, 5, 1), "month") == "มี.ค. – พ.ค. 2568"
    assert english_range(date(2025, 3, 1), date(2025, 5, 1), "month") == "Mar – May 2025"


def _thai_digits(text: str) -> str:
    return text.translate({ord(str(value)): digit for value, digit in enumerate("๐๑๒๓๔๕๖๗๘๙")})


def _styles(day: date) -> list[str]:
    buddhist = day.year + ERA
    short, full = SHORT_MONTHS[day.month - 1], FULL_MONTHS[day.month - 1]
    return [
        thai_date(day),
        english_date(day),
        thai_date_both(day).partition(" (")[0],
        f"{day.day} {full} {buddhist}",
        f"{day.day}{short.replace('.', '')}{buddhist % 100}",
        f"{day.day} {short} {buddhist % 100}",
        f"{day.day} {full} พ.ศ. {buddhist}",
        f"{day.day}/{day.month}/{buddhist}",
        f"{day.day:02}/{day.month:02}/{day.year}",
        f"{day.day}-{day.month}-{buddhist % 100}",
        f"{buddhist}-{day.month:02}-{day.day:02}",
        day.isoformat(),
    ]


def test_every_day_of_2560_to_2575_reads_back_from_every_style_and_digit_set() -> None:
    day, wrong = date(2560 - ERA, 1, 1), []
    while day.year + ERA <= 2575:
        # Every style for some days of each month, one style in turn for the others: all days are covered.
        styles = _styles(day)
        chosen = styles if day.day in {1, 13, 28} else [styles[day.toordinal() % len(styles)]]
        for text in (style for plain in chosen for style in (plain, _thai_digits(plain))):
            span = read_date(text, None)
            if not isinstance(span, DateSpan) or (span.start, span.end, span.doubtful) != (day, None, ()):
                wrong.append((text, span))
        day += timedelta(days=1)
    assert wrong == []


@given(
    day=DAYS,
    style=st.integers(0, 11),
    thai=st.booleans(),
    lead=st.sampled_from(["ประชุมกับเฉิงตู ", "เมื่อวันที่ ", "(", ""]),
)
@settings(max_examples=200, deadline=None)
def test_a_date_reads_back_from_inside_a_sentence(day: date, style: int, thai: bool, lead: str) -> None:
    text = _styles(day)[style]
    span = only(f"{lead}{_thai_digits(text) if thai else text} 30 คน", None)
    assert (span.start, span.end) == (day, None)


@given(first=DAYS, days=st.integers(1, 40))
@settings(max_examples=200, deadline=None)
def test_a_written_range_reads_back(first: date, days: int) -> None:
    last = first + timedelta(days=days)
    for text in (thai_range(first, last), english_range(first, last)):
        span = only(text, None)
        assert (span.start, span.end) == (first, last)


_WORDS = st.sampled_from(
    [
        *SHORT_MONTHS,
        *FULL_MONTHS,
        "วันที่",
        "ถึง",
        "-",
        "/",
        ".",
        " ",
        "พ.ศ.",
        "ปี",
        "เดือน",
        "วันศุกร์",
        "ที่แล้ว",
        "ต้น",
        "สิ้นเดือน",
        "ก่อน",
        "อีก",
        "วัน",
    ]
)
_NUMBERS = st.integers(0, 3000).map(str)


@given(parts=st.lists(_WORDS | _NUMBERS, max_size=12))
@settings(max_examples=200, deadline=None)
def test_no_mix_of_date_words_raises_or_gives_a_range_that_runs_backwards(parts: list[str]) -> None:
    for item in read_dates("".join(parts), TODAY):
        if isinstance(item, DateSpan):
            assert item.end is None or item.end > item.start
            assert item.precision == "day" or item.doubtful


@given(text=st.text(max_size=80))
@settings(max_examples=200, deadline=None)
def test_random_text_never_raises(text: str) -> None:
    read_dates(text, TODAY)
    read_date(text, TODAY)
