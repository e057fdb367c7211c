"""What is due beside the reminders of the year, on which day, and who is told."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.calendar import BANGKOK
from bot.escalation import Holder, Level, Staff
from bot.matters import Gap, Matters, Month, Plan, Review, Still, Term, Unused, Week
from bot.notices import Item, Matter, due, told

TODAY = date(2026, 11, 24)
DAY = timedelta(days=1)
OFFICER = Holder("malee", 1, reachable=True, since=date(2026, 1, 1))
HEAD = Holder("siri", 3, reachable=True, since=date(2026, 1, 1))
MINISTRY = Holder("wipa", 4, reachable=True, since=date(2026, 1, 1))
ALL: dict[Level, list[Holder]] = {"officer": [OFFICER], "head": [HEAD], "ministry": [MINISTRY]}

TERM = Term("50-chengdu", "TH-50", date(2027, 6, 30))
STILL = Still("82-guizhou", "TH-82", "proposed", date(2026, 1, 10))
REVIEW = Review(7, "country", "MM", date(2026, 12, 1))
UNUSED = Unused(5, "officer", "TH-50", date(2026, 11, 20), ("siri", 3))
GAP = Gap(datetime(2026, 11, 20, 9, 5, tzinfo=BANGKOK), datetime(2026, 11, 24, 14, 30, tzinfo=BANGKOK))
WEEK = Week(silent=(("TH-50", 8),))
MONTH = Month("TH-50", exempting=("50-chengdu",))


def plan(start: date, known_on: date = date(2026, 1, 1), told_: Sequence[tuple[str, int]] = ()) -> Plan:
    return Plan(12, "50-chengdu", "TH-50", "", start, None, "day", False, known_on, tuple(told_))


def on(day: date, matters: Matters, closed: frozenset[date] = frozenset(), still: int = 180) -> list[Item]:
    return list(due(matters, day, closed, still))


def said(matters: Matters, first: date, days: int, closed: frozenset[date] = frozenset()) -> dict[str, date]:
    """Step or period by the day on which it is said first, when every day is planned."""
    found: dict[tuple[str, str], date] = {}
    for number in range(days):
        for item in on(first + number * DAY, matters, closed):
            found.setdefault((item.period, item.step), first + number * DAY)
    return {f"{period} {step}": day for (period, step), day in found.items()}


def recipients(item: Item, staff: Staff) -> list[str]:
    return [recipient for recipient, _ in told([item], lambda _: staff)]


def item(matter: Matter, step: str = "once") -> Item:
    return Item("term", "x", "2027-06-30", step, matter)


# ------------------------------------------------------------------ terms


def test_a_term_is_said_at_each_step_and_once_when_it_is_over() -> None:
    ends = TERM.ends_on
    assert said(Matters(terms=(TERM,)), ends - timedelta(days=300), 700) == {
        "2027-06-30 d180": ends - timedelta(days=180),
        "2027-06-30 d120": ends - timedelta(days=120),
        "2027-06-30 d90": ends - timedelta(days=90),
        "2027-06-30 d60": ends - timedelta(days=60),
        "2027-06-30 d30": ends - timedelta(days=30),
        "2027-06-30 over": ends + DAY,
    }


@pytest.mark.parametrize(
    ("days", "step"),
    [(181, None), (180, "d180"), (121, "d180"), (31, "d60"), (0, "d30"), (-1, "over"), (-90, "over")],
)
def test_only_the_step_that_passed_last_is_due(days: int, step: str | None) -> None:
    found = on(TERM.ends_on - timedelta(days=days), Matters(terms=(TERM,)))
    assert [one.step for one in found] == ([step] if step else [])


def test_a_term_that_ended_long_ago_is_not_spoken_of() -> None:
    assert on(TERM.ends_on + timedelta(days=91), Matters(terms=(TERM,))) == []


def test_a_new_end_is_another_occurrence() -> None:
    later = Term("50-chengdu", "TH-50", date(2027, 7, 31))
    first, second = (on(date(2027, 6, 1), Matters(terms=(one,)))[0] for one in (TERM, later))
    assert (first.key, second.key) == (
        ("term", "50-chengdu", "2027-06-30", "d30"),
        ("term", "50-chengdu", "2027-07-31", "d60"),
    )


@pytest.mark.parametrize(
    ("step", "who"),
    [
        ("d180", ["malee"]),
        ("d120", ["malee"]),
        ("d90", ["malee", "siri"]),
        ("d30", ["malee", "siri"]),
        ("over", ["malee", "siri"]),
    ],
)
def test_the_head_hears_of_a_term_from_ninety_days_on(step: str, who: list[str]) -> None:
    assert recipients(item(TERM, step), ALL) == who


def test_where_nobody_is_officer_the_post_stands_in_and_a_missing_head_does_not() -> None:
    assert told([item(TERM, "d90")], lambda _: {}) == {("role:officer:TH-50", None): [item(TERM, "d90")]}


def test_who_is_officer_and_head_at_once_hears_of_a_term_once() -> None:
    both: Staff = {"officer": [OFFICER], "head": [OFFICER]}
    assert told([item(TERM, "over")], lambda _: both) == {("malee", 1): [item(TERM, "over")]}


# ------------------------------------------------------------------ stages


def test_a_stage_that_stands_still_is_said_four_times() -> None:
    first = STILL.since
    assert said(Matters(stills=(STILL,)), first, 2000) == {
        f"2026-01-10 n{number}": first + timedelta(days=180 * number) for number in (1, 2, 3, 4)
    }


def test_the_number_of_days_is_a_setting() -> None:
    day = STILL.since + timedelta(days=60)
    assert [one.step for one in on(day, Matters(stills=(STILL,)), still=30)] == ["n2"]
    assert on(day, Matters(stills=(STILL,)), still=61) == []


def test_a_stage_is_the_officers_matter() -> None:
    assert recipients(item(STILL), ALL) == ["malee"]


# ------------------------------------------------------------------ plans


def test_a_plan_is_said_in_the_week_before_it() -> None:
    start = date(2026, 12, 15)
    matters = Matters(plans=(plan(start),))
    assert said(matters, date(2026, 11, 1), 90) == {"2026-12-15 d7": date(2026, 12, 8)}
    assert [one.subject for one in on(start, matters)] == ["activity:12"]
    assert on(start + DAY, matters) == []


@pytest.mark.parametrize(("known_on", "is_due"), [(date(2026, 12, 7), True), (date(2026, 12, 8), False)])
def test_a_plan_that_somebody_wrote_about_within_that_week_is_known(known_on: date, is_due: bool) -> None:
    matters = Matters(plans=(plan(date(2026, 12, 15), known_on),))
    assert bool(on(date(2026, 12, 10), matters)) is is_due


def test_of_a_plan_its_recorders_are_told_or_else_the_officers() -> None:
    mine = plan(date(2026, 12, 15), told_=[("anan", 2)])
    assert recipients(item(mine), ALL) == ["anan"]
    assert recipients(item(plan(date(2026, 12, 15))), ALL) == ["malee"]
    assert recipients(item(plan(date(2026, 12, 15))), {}) == ["role:officer:TH-50"]


# ------------------------------------------------------------------ invitations, suspensions, a gap


def test_an_unused_invitation_is_spoken_of_for_two_weeks_to_whoever_made_it() -> None:
    matters = Matters(unused=(UNUSED,))
    assert said(matters, date(2026, 11, 1), 60) == {"2026-11-20 once": UNUSED.ran_out_on}
    assert on(UNUSED.ran_out_on + timedelta(days=15), matters) == []
    assert recipients(item(UNUSED), ALL) == ["siri"]


def test_a_suspension_is_put_before_the_ministry_from_its_day_on() -> None:
    matters = Matters(reviews=(REVIEW,))
    assert on(REVIEW.on - DAY, matters) == []
    assert on(REVIEW.on, matters)[0].key == ("review", "suspension:7", "2026-12-01", "once")
    assert on(REVIEW.on + timedelta(days=400), matters)[0].key == on(REVIEW.on, matters)[0].key
    assert recipients(item(REVIEW), ALL) == ["wipa"]


def test_a_gap_in_the_planning_is_spoken_of_for_a_week() -> None:
    matters = Matters(gap=GAP)
    assert on(TODAY - DAY, matters) == []
    assert [one.period for one in on(TODAY, matters)] == ["2026-11-20"]
    assert on(TODAY + timedelta(days=8), matters) == []
    assert recipients(item(GAP), ALL) == ["wipa"]


def test_nothing_is_kept_for_a_ministry_and_a_head_that_nobody_is() -> None:
    assert told([item(one) for one in (REVIEW, GAP, WEEK, MONTH)], lambda _: {}) == {}


# ------------------------------------------------------------------ week and month


def test_a_week_has_one_digest_from_its_first_working_day_on() -> None:
    monday = date(2026, 12, 7)
    found = said(Matters(week=WEEK), monday, 14, frozenset([monday]))
    assert found == {"2026-W50 once": monday + DAY, "2026-W51 once": monday + timedelta(days=7)}


def test_a_week_that_crosses_the_year_has_one_name() -> None:
    assert list(said(Matters(week=WEEK), date(2026, 12, 28), 7)) == ["2026-W53 once"]


@given(st.dates(date(2020, 1, 1), date(2040, 12, 1)), st.sets(st.integers(0, 40)))
def test_weeks_and_months_are_found_by_walking(first: date, closed_days: set[int]) -> None:
    """Each week and month in which the offices open once has one digest, on that day and not before."""
    closed = frozenset(first + number * DAY for number in closed_days)
    weeks: dict[tuple[int, int], date] = {}
    months: dict[tuple[int, int], date] = {}
    start = (first - timedelta(days=first.weekday())).replace(day=1)
    for number in range((first - start).days + 40):
        day = start + number * DAY
        if day.weekday() < 5 and day not in closed:
            weeks.setdefault(day.isocalendar()[:2], day)
            months.setdefault((day.year, day.month), day)
    for number in range(40):
        day = first + number * DAY
        kinds = {one.kind for one in on(day, Matters(week=WEEK, months=(MONTH,)), closed)}
        opened = weeks.get(day.isocalendar()[:2])
        assert ("weekly" in kinds) == (opened is not None and opened <= day)
        opened = months.get((day.year, day.month))
        assert ("monthly" in kinds) == (opened is not None and opened <= day)


def test_what_says_nothing_is_left_out() -> None:
    empty = Matters(week=Week(climbed=(("head", 1),)), months=(Month("TH-50"),))
    assert on(TODAY, empty) == []


def test_the_month_is_the_heads_matter_and_the_week_the_ministrys() -> None:
    assert recipients(item(MONTH), ALL) == ["siri"]
    assert recipients(item(WEEK), ALL) == ["wipa"]


def test_what_concerns_all_stands_first() -> None:
    everything = Matters((TERM,), (STILL,), (plan(TODAY),), (UNUSED,), (REVIEW,), GAP, WEEK, (MONTH,))
    assert [one.kind for one in on(date(2026, 12, 1), everything)] == [
        *("late", "weekly", "review", "monthly"),
        *("stage", "unused"),
    ]


def test_keys_fit_their_columns() -> None:
    everything = Matters((TERM,), (STILL,), (plan(TODAY),), (UNUSED,), (REVIEW,), GAP, WEEK, (MONTH,))
    for number in range(400):
        for one in on(TODAY + number * DAY, everything):
            lengths = [len(part) for part in one.key]
            assert all(length <= most for length, most in zip(lengths, (12, 80, 10, 12), strict=True)), one
