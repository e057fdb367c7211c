from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.calendar import (
    BANGKOK,
    Basis,
    Period,
    Precision,
    first_day,
    first_working_day,
    months_after,
    next_office_time,
    period_of,
    previous_period,
)
from tests.bot.reminder_oracle import DAY, year_around

DAYS = st.dates(date(1990, 1, 1), date(2060, 12, 31))
LEAP_DAYS = st.sampled_from([date(1996, 2, 29), date(2000, 2, 29), date(2024, 2, 29)])
BASES: st.SearchStrategy[Basis] = st.sampled_from(["calendar", "fiscal", "anniversary"])
SIGNED = st.none() | DAYS | LEAP_DAYS


# ------------------------------------------------------------------ periods


@pytest.mark.parametrize(
    ("day", "basis", "signed_on", "expected"),
    [
        (date(2026, 12, 31), "calendar", None, ("2569", date(2026, 1, 1), date(2026, 12, 31))),
        (date(2027, 1, 1), "calendar", None, ("2570", date(2027, 1, 1), date(2027, 12, 31))),
        (date(2026, 9, 30), "fiscal", None, ("2569", date(2025, 10, 1), date(2026, 9, 30))),
        (date(2026, 10, 1), "fiscal", None, ("2570", date(2026, 10, 1), date(2027, 9, 30))),
        (date(2026, 1, 1), "fiscal", None, ("2569", date(2025, 10, 1), date(2026, 9, 30))),
        (date(2026, 5, 10), "anniversary", date(2017, 5, 11), ("2569", date(2025, 5, 11), date(2026, 5, 10))),
        (date(2026, 5, 11), "anniversary", date(2017, 5, 11), ("2570", date(2026, 5, 11), date(2027, 5, 10))),
        (date(2026, 7, 1), "anniversary", date(2015, 1, 1), ("2569", date(2026, 1, 1), date(2026, 12, 31))),
    ],
)
def test_a_day_falls_in_the_year_named_by_its_end(
    day: date, basis: Basis, signed_on: date | None, expected: tuple[str, date, date]
) -> None:
    assert period_of(day, basis, signed_on) == Period(basis, *expected)


@pytest.mark.parametrize(
    ("day", "first", "last"),
    [
        (date(2023, 2, 27), date(2022, 2, 28), date(2023, 2, 27)),
        (date(2023, 2, 28), date(2023, 2, 28), date(2024, 2, 28)),
        (date(2024, 2, 28), date(2023, 2, 28), date(2024, 2, 28)),
        (date(2024, 2, 29), date(2024, 2, 29), date(2025, 2, 27)),
    ],
)
def test_a_signature_of_29_february_has_its_anniversary_on_28_february_in_common_years(
    day: date, first: date, last: date
) -> None:
    period = period_of(day, "anniversary", date(2020, 2, 29))
    assert (period.first, period.last) == (first, last)


def test_an_unknown_signature_has_the_calendar_year_and_the_period_says_so() -> None:
    assert period_of(date(2026, 12, 31), "anniversary") == period_of(date(2026, 12, 31), "calendar")
    assert period_of(date(2026, 12, 31), "anniversary").basis == "calendar"


def test_the_signature_does_not_move_a_calendar_or_fiscal_year() -> None:
    day, signed = date(2026, 6, 1), date(2017, 5, 11)
    assert period_of(day, "calendar", signed).first == date(2026, 1, 1)
    assert period_of(day, "fiscal", signed).first == date(2025, 10, 1)


@pytest.mark.parametrize(
    ("basis", "signed_on", "first"),
    [
        ("calendar", None, date(2025, 1, 1)),
        ("fiscal", None, date(2024, 10, 1)),
        ("anniversary", date(2017, 5, 11), date(2024, 5, 11)),
        ("anniversary", None, date(2025, 1, 1)),
    ],
)
def test_the_previous_period_is_a_year_earlier(basis: Basis, signed_on: date | None, first: date) -> None:
    period = period_of(date(2026, 3, 1), basis, signed_on)
    assert previous_period(period, signed_on).first == first


@settings(max_examples=150, deadline=None)
@given(day=DAYS, basis=BASES, signed_on=SIGNED)
def test_a_period_is_the_year_found_by_walking_from_day_to_day(
    day: date, basis: Basis, signed_on: date | None
) -> None:
    period = period_of(day, basis, signed_on)
    days = year_around(day, basis, signed_on)
    assert (period.first, period.last) == (days[0], days[-1])
    assert period.label == str(days[-1].year + 543)


@settings(max_examples=150, deadline=None)
@given(day=DAYS, basis=BASES, signed_on=SIGNED)
def test_periods_follow_each_other_without_a_gap_and_never_share_a_label(
    day: date, basis: Basis, signed_on: date | None
) -> None:
    period = period_of(day, basis, signed_on)
    before = previous_period(period, signed_on)
    assert before.last + DAY == period.first
    assert int(before.label) == int(period.label) - 1
    assert before.basis == period.basis


# ------------------------------------------------------------------ days


@pytest.mark.parametrize(
    ("precision", "expected"),
    [
        ("day", date(2012, 5, 17)),
        ("month", date(2012, 5, 1)),
        ("year", date(2012, 1, 1)),
        (None, date(2012, 5, 17)),
    ],
)
def test_a_signature_known_to_a_span_stands_on_its_first_day(
    precision: Precision | None, expected: date
) -> None:
    assert first_day(date(2012, 5, 17), precision) == expected


def test_a_year_known_from_its_leap_day_begins_on_1_january() -> None:
    assert first_day(date(2024, 2, 29), "year") == date(2024, 1, 1)


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2026, 10, 1), 2, date(2026, 12, 1)),
        (date(2026, 10, 1), 3, date(2027, 1, 1)),
        (date(2026, 12, 31), 2, date(2027, 2, 28)),
        (date(2027, 12, 31), 2, date(2028, 2, 29)),
        (date(2026, 8, 31), 1, date(2026, 9, 30)),
        (date(2026, 8, 31), 0, date(2026, 8, 31)),
    ],
)
def test_a_later_month_keeps_the_day_or_ends_earlier(day: date, months: int, expected: date) -> None:
    assert months_after(day, months) == expected


# ------------------------------------------------------------------ office hours


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=BANGKOK)


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("2026-12-01T00:00", "2026-12-01T09:00"),  # a Tuesday
        ("2026-12-01T08:45", "2026-12-01T09:00"),  # open, but the first message of a day is at nine
        ("2026-12-01T09:00", "2026-12-01T09:00"),
        ("2026-12-01T13:37:15", "2026-12-01T13:37:15"),
        ("2026-12-01T16:29:59", "2026-12-01T16:29:59"),
        ("2026-12-01T16:30", "2026-12-02T09:00"),
        ("2026-12-04T17:00", "2026-12-07T09:00"),  # Friday evening
        ("2026-12-05T10:00", "2026-12-07T09:00"),
        ("2026-12-06T23:59", "2026-12-07T09:00"),
    ],
)
def test_a_message_waits_for_the_office(asked: str, expected: str) -> None:
    assert next_office_time(at(asked)) == at(expected)


def test_closed_days_are_skipped() -> None:
    new_year = frozenset({date(2026, 12, 31), date(2027, 1, 1)})
    assert next_office_time(at("2026-12-30T18:00"), new_year) == at("2027-01-04T09:00")
    assert next_office_time(at("2026-12-31T08:00"), new_year) == at("2027-01-04T09:00")


def test_the_first_working_day_skips_weekends_and_closed_days() -> None:
    saturday, monday = date(2026, 12, 5), date(2026, 12, 7)
    assert first_working_day(saturday, date(2026, 12, 11), frozenset([monday])) == date(2026, 12, 8)
    assert first_working_day(monday, monday) == monday
    assert first_working_day(saturday, date(2026, 12, 6)) is None


def test_an_instant_of_another_zone_is_read_in_bangkok() -> None:
    """18:00 UTC on a Monday is one o'clock on Tuesday morning."""
    answer = next_office_time(datetime(2026, 11, 30, 18, 0, tzinfo=UTC))
    assert answer == at("2026-12-01T09:00")
    assert answer.tzinfo == BANGKOK


def test_an_instant_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="zone"):
        next_office_time(datetime(2026, 12, 1, 10, 0))  # noqa: DTZ001 - the fault under test


@settings(max_examples=200, deadline=None)
@given(
    asked=st.builds(
        datetime.combine, st.dates(date(2026, 1, 1), date(2028, 12, 31)), st.times(), st.just(BANGKOK)
    ),
    closed=st.frozensets(st.dates(date(2026, 1, 1), date(2029, 1, 31)), max_size=8),
)
def test_the_answer_is_the_first_open_minute_found_by_walking(
    asked: datetime, closed: frozenset[date]
) -> None:
    def is_open(instant: datetime) -> bool:
        hours = (instant.hour, instant.minute)
        return (
            instant.strftime("%a") not in {"Sat", "Sun"}
            and instant.date() not in closed
            and (9, 0) <= hours <= (16, 29)
        )

    walked = asked
    while not is_open(walked):
        walked = walked.replace(second=0, microsecond=0) + timedelta(minutes=1)
    assert next_office_time(asked, closed) == walked
