"""How silence climbs, post by post."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.escalation import LEVELS, Holder, Level, Said, levels, recipients

TODAY = date(2026, 11, 3)
CLOSED: frozenset[date] = frozenset()
OFFICER = Holder("malee", 1, reachable=True, since=date(2026, 1, 1))
GROUP_HEAD = Holder("anan", 2, reachable=True, since=date(2026, 1, 1))
HEAD = Holder("siri", 3, reachable=True, since=date(2026, 1, 1))
BLOCKED = Holder("malee", 1, reachable=False, since=date(2026, 1, 1))
ALL: dict[Level, list[Holder]] = {"officer": [OFFICER], "group_head": [GROUP_HEAD], "head": [HEAD]}

AT_START = Said("officer", "start", date(2026, 1, 5))
AT_D180 = Said("officer", "d180", date(2026, 7, 6))
AT_D90 = [Said("officer", "d90", date(2026, 10, 2)), Said("group_head", "d90", date(2026, 10, 2))]


def told(
    step: str,
    staff: dict[Level, list[Holder]],
    said: list[Said],
    answered: date | None = None,
    today: date = TODAY,
    closed: frozenset[date] = CLOSED,
) -> tuple[Level, ...]:
    return levels(step, staff, said, answered, today, closed, after=2)


def test_the_officer_alone_is_told_while_steps_are_few() -> None:
    assert told("d180", ALL, [AT_START]) == ("officer",)


def test_after_two_steps_without_an_answer_the_head_of_group_is_told_too() -> None:
    assert told("d90", ALL, [AT_START, AT_D180]) == ("officer", "group_head")


def test_the_same_step_said_again_is_not_another_one() -> None:
    assert told("d180", ALL, [AT_START, AT_D180]) == ("officer",)


def test_one_more_silent_step_reaches_the_head_of_office() -> None:
    assert told("d60", ALL, [AT_START, AT_D180, *AT_D90]) == ("officer", "group_head", "head")


def test_an_answer_begins_the_count_anew() -> None:
    said = [AT_START, AT_D180, *AT_D90]
    assert told("d60", ALL, said, answered=date(2026, 10, 20)) == ("officer",)


def test_the_ministry_is_told_after_ten_working_days_of_the_head() -> None:
    said = [AT_START, AT_D180, *AT_D90, Said("head", "d60", date(2026, 11, 2))]
    assert told("d60", ALL, said, today=date(2026, 11, 13))[-1] == "head"
    assert told("d60", ALL, said, today=date(2026, 11, 16))[-1] == "ministry"
    holiday = frozenset([date(2026, 11, 9)])
    assert told("d60", ALL, said, today=date(2026, 11, 16), closed=holiday)[-1] == "head"


@pytest.mark.parametrize("officers", [[], [BLOCKED]])
def test_where_no_officer_can_be_reached_the_head_of_group_is_told_at_once(officers: list[Holder]) -> None:
    assert told("start", {**ALL, "officer": officers}, []) == ("officer", "group_head")


def test_a_post_that_nobody_holds_is_climbed_past() -> None:
    assert told("start", {"head": [HEAD]}, []) == ("officer", "group_head", "head")


def test_without_any_head_the_ministry_hears_ten_working_days_after_the_post_was_due() -> None:
    waiting = [Said("head", "start", date(2026, 11, 2), heard=False)]
    assert told("start", {}, waiting, today=date(2026, 11, 16)) == LEVELS


def test_where_a_post_was_empty_whoever_takes_it_begins_with_a_clean_sheet() -> None:
    unheard = [Said("officer", step, date(2026, 1, 5), heard=False) for step in ("start", "d180")]
    unheard.append(Said("head", "d180", date(2026, 7, 6), heard=False))
    assert told("d90", ALL, unheard) == ("officer",)
    assert told("d90", {"head": [HEAD]}, unheard) == ("officer", "group_head", "head")


@pytest.mark.parametrize("heads", [[], [Holder("siri", 3, reachable=False, since=date(2026, 1, 1))]])
def test_the_days_of_a_head_who_cannot_be_reached_run_through_all_steps(heads: list[Holder]) -> None:
    unheard = [Said("head", "d60", date(2026, 10, 16), heard=False)]
    assert told("d60", {"head": heads}, unheard, today=date(2026, 10, 29))[-1] == "head"
    assert told("d50", {"head": heads}, unheard, today=date(2026, 10, 30))[-1] == "ministry"


def test_posts_that_nobody_holds_are_named_and_no_person() -> None:
    assert recipients("officer", {}, "TH-50") == (("role:officer:TH-50", None),)
    assert recipients("group_head", {}, "TH-50") == ()
    assert recipients("head", {}, "TH-50") == (("role:head:TH-50", None),)
    assert recipients("ministry", {}, "TH-50") == (("role:ministry", None),)
    assert recipients("head", ALL, "TH-50") == (("siri", 3),)


SAID = st.lists(
    st.builds(
        Said,
        st.sampled_from(LEVELS),
        st.sampled_from(["start", "d180", "d90", "d60"]),
        st.dates(date(2026, 1, 1), TODAY),
    ),
    max_size=8,
)


@given(said=SAID, more=SAID, days=st.integers(0, 60))
def test_more_silence_never_climbs_down(said: list[Said], more: list[Said], days: int) -> None:
    now = told("d30", ALL, said)
    later = told("d30", ALL, [*said, *more], today=TODAY + timedelta(days=days))
    assert later[: len(now)] == now
    assert later == LEVELS[: len(later)]
