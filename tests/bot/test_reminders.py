from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from bot.calendar import Basis, Precision, period_of
from bot.reminders import (
    DEFAULT_STEPS,
    ActivityFacts,
    Count,
    Due,
    Exemption,
    Judged,
    PairingFacts,
    Quiet,
    Scope,
    Suspension,
    counts,
    due,
    judge,
    last_held,
    owes,
    parse_steps,
    summary,
    world_of,
    years_counted,
)
from bot.settings import Settings
from tests.bot.reminder_oracle import Known, days_of, due_slowly, held_in, signature, year_around

CHENGDU = PairingFacts(
    "50-chengdu", "TH-50", "established", "province", date(2015, 3, 30), "day", "chengdu", "CN", "Sichuan"
)
QINGDAO = PairingFacts("50-qingdao", "TH-50", "established", "province", None, None)
HAINAN = PairingFacts("83-hainan", "TH-83", "established", "province", date(2005, 9, 25), "day")
STEPS = parse_steps(DEFAULT_STEPS)


def signed(day: date | None, precision: Precision | None = "day") -> PairingFacts:
    return PairingFacts("50-chengdu", "TH-50", "established", "province", day, precision)


def held(start: date, end: date | None = None, *, joint: bool = True) -> ActivityFacts:
    return ActivityFacts("50-chengdu", start, end, joint)


def due_for_chengdu(
    today: date,
    *,
    activities: Sequence[ActivityFacts] = (),
    exemptions: Sequence[Exemption] = (),
    suspensions: Sequence[Suspension] = (),
    quiet: Sequence[Quiet] = (),
    basis: Basis = "calendar",
    names: Sequence[str] = DEFAULT_STEPS,
) -> list[tuple[str, str, int]]:
    """Period, step and days left of what is due for the one pairing."""
    world = world_of(activities, exemptions, suspensions, quiet)
    found = due((CHENGDU,), world, today, basis, parse_steps(names))
    return [(one.period, one.step, one.days_left) for one in found]


# ------------------------------------------------------------------ steps


def test_step_names_are_kept_in_their_order() -> None:
    assert [step.name for step in parse_steps(["overdue9", "d365", "start", "d1"])] == [
        "overdue9",
        "d365",
        "start",
        "d1",
    ]


@pytest.mark.parametrize(
    "bad", ["", "d", "d0", "d366", "d030", "D30", "d-7", "d๓๐", "start1", "overdue", "overdue0", "overdue10"]
)
def test_a_name_that_is_no_step_is_refused_by_name(bad: str) -> None:
    with pytest.raises(ValueError, match=f"'{bad}' is not a step"):
        parse_steps(["start", bad])


@settings(max_examples=200, deadline=None)
@given(
    st.from_regex(r"(start|d|overdue)[0-9]{0,3}", fullmatch=True)
    | st.sampled_from(["d1", "d365", "d366", "start", "overdue9"])
)
def test_the_settings_accept_the_same_steps(name: str) -> None:
    try:
        parse_steps([name])
    except ValueError:
        with pytest.raises(ValidationError):
            Settings(reminder_steps=(name,))
    else:
        assert Settings(reminder_steps=(name,)).reminder_steps == (name,)


def test_the_steps_of_the_settings_are_ours_unless_set() -> None:
    assert Settings.model_fields["reminder_steps"].default == DEFAULT_STEPS


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        (date(2026, 4, 1), [("2569", "start", 274)]),
        (date(2026, 7, 3), [("2569", "start", 181)]),
        (date(2026, 7, 4), [("2569", "d180", 180)]),
        (date(2026, 10, 1), [("2569", "d180", 91)]),
        (date(2026, 10, 2), [("2569", "d90", 90)]),
        (date(2026, 11, 1), [("2569", "d60", 60)]),
        (date(2026, 12, 1), [("2569", "d30", 30)]),
        (date(2026, 12, 24), [("2569", "d7", 7)]),
        (date(2026, 12, 31), [("2569", "d7", 0)]),
        (date(2027, 1, 1), [("2569", "overdue1", -1), ("2570", "start", 364)]),
        (date(2027, 1, 31), [("2569", "overdue1", -31), ("2570", "start", 334)]),
        (date(2027, 2, 1), [("2569", "overdue2", -32), ("2570", "start", 333)]),
        (date(2027, 3, 1), [("2569", "overdue3", -60), ("2570", "start", 305)]),
        (date(2027, 3, 31), [("2569", "overdue3", -90), ("2570", "start", 275)]),
        (date(2027, 4, 1), [("2570", "start", 274)]),
    ],
)
def test_the_steps_of_a_calendar_year(today: date, expected: list[tuple[str, str, int]]) -> None:
    assert due_for_chengdu(today) == expected


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        (date(2026, 9, 30), [("2569", "d7", 0)]),
        (date(2026, 10, 1), [("2569", "overdue1", -1), ("2570", "start", 364)]),
        (date(2026, 10, 31), [("2569", "overdue1", -31), ("2570", "start", 334)]),
        (date(2026, 11, 1), [("2569", "overdue2", -32), ("2570", "start", 333)]),
        (date(2026, 12, 31), [("2569", "overdue3", -92), ("2570", "start", 273)]),
        (date(2027, 1, 1), [("2570", "start", 272)]),
    ],
)
def test_the_steps_of_a_fiscal_year(today: date, expected: list[tuple[str, str, int]]) -> None:
    assert due_for_chengdu(today, basis="fiscal") == expected


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        (date(2026, 3, 29), [("2569", "d7", 0)]),
        (date(2026, 3, 30), [("2569", "overdue1", -1), ("2570", "start", 364)]),
        (date(2026, 4, 29), [("2569", "overdue1", -31), ("2570", "start", 334)]),
        (date(2026, 4, 30), [("2569", "overdue2", -32), ("2570", "start", 333)]),
        (date(2026, 6, 29), [("2569", "overdue3", -92), ("2570", "start", 273)]),
        (date(2026, 6, 30), [("2570", "start", 272)]),
    ],
)
def test_the_steps_of_an_anniversary_year_count_months_from_its_end(
    today: date, expected: list[tuple[str, str, int]]
) -> None:
    assert due_for_chengdu(today, basis="anniversary") == expected


def test_overdue_months_of_an_anniversary_end_with_short_months() -> None:
    """Signed on 30 January: the second month begins on the last day of February and the third on 30 March."""
    pairing = signed(date(2015, 1, 30))

    def overdue(today: date) -> list[str]:
        return [
            one.step for one in due((pairing,), world_of(), today, "anniversary", STEPS) if one.days_left < 0
        ]

    assert overdue(date(2027, 2, 27)) == ["overdue1"]
    assert overdue(date(2027, 2, 28)) == ["overdue2"]
    assert overdue(date(2027, 3, 30)) == ["overdue3"]
    assert overdue(date(2027, 4, 29)) == ["overdue3"]
    assert overdue(date(2027, 4, 30)) == []


def test_an_unknown_signature_is_reminded_by_the_calendar_where_anniversaries_are_asked_for() -> None:
    (one,) = due((QINGDAO,), world_of(), date(2026, 12, 1), "anniversary", STEPS)
    assert one == Due(
        pairing_id="50-qingdao",
        province_code="TH-50",
        basis="calendar",
        period="2569",
        step="d30",
        count=0,
        days_left=30,
        first=date(2026, 1, 1),
        last=date(2026, 12, 31),
        since=date(2026, 12, 1),
    )


def test_nothing_is_due_before_the_first_configured_step() -> None:
    assert due_for_chengdu(date(2026, 11, 30), names=["d30"]) == []
    assert due_for_chengdu(date(2026, 12, 1), names=["d30"]) == [("2569", "d30", 30)]


def test_a_countdown_has_nothing_to_say_after_the_last_day() -> None:
    """January has no step of its own here, and d7 does not live on into it."""
    names = ["d7", "overdue2"]
    assert due_for_chengdu(date(2026, 12, 31), names=names) == [("2569", "d7", 0)]
    assert due_for_chengdu(date(2027, 1, 15), names=names) == []
    assert due_for_chengdu(date(2027, 2, 15), names=names) == [("2569", "overdue2", -46)]


def test_a_year_without_overdue_steps_is_closed_with_its_last_day() -> None:
    assert due_for_chengdu(date(2027, 1, 1), names=["d7"]) == []


def test_the_order_of_the_settings_does_not_matter() -> None:
    today = date(2026, 12, 1)
    assert due_for_chengdu(today, names=["d30", "d90", "start"]) == [("2569", "d30", 30)]
    assert due_for_chengdu(today, names=["start", "d90", "d30"]) == [("2569", "d30", 30)]


def test_a_countdown_that_begins_with_the_year_replaces_the_start() -> None:
    """2028 is a leap year: 365 days remain on its first day."""
    assert due_for_chengdu(date(2028, 1, 1), names=["d365", "start"]) == [("2571", "d365", 365)]
    assert due_for_chengdu(date(2027, 1, 1), names=["d365", "start"]) == [("2570", "start", 364)]


# ------------------------------------------------------------------ who owes


@pytest.mark.parametrize(
    ("status", "level", "expected"),
    [
        ("established", "province", True),
        ("in_progress", "province", False),
        ("unknown", "province", False),
        ("established", "bma", False),
        ("established", "uncertain", False),
    ],
)
def test_only_established_pairings_of_provincial_level_owe(status: str, level: str, expected: bool) -> None:
    pairing = PairingFacts("10-aichi", "TH-10", status, level, date(2012, 7, 9), "day")
    assert owes(pairing, period_of(date(2026, 1, 1), "calendar")) is expected
    assert bool(due((pairing,), world_of(), date(2026, 12, 1), "calendar", STEPS)) is expected


@pytest.mark.parametrize(
    ("signed_on", "precision", "basis", "expected"),
    [
        (date(2025, 12, 31), "day", "calendar", True),
        (date(2026, 1, 1), "day", "calendar", False),
        (date(2026, 12, 31), "day", "calendar", False),
        (date(2027, 5, 1), "day", "calendar", False),
        (date(2026, 8, 1), "year", "calendar", False),
        (date(2025, 8, 1), "year", "calendar", True),
        (date(2025, 9, 30), "day", "fiscal", True),
        (date(2025, 10, 1), "day", "fiscal", False),
        (date(2025, 10, 15), "month", "fiscal", False),
        (date(2025, 12, 31), "year", "fiscal", True),
        (date(2026, 6, 1), "day", "anniversary", False),
        (date(2025, 6, 1), "day", "anniversary", True),
        (None, None, "calendar", True),
        (None, None, "anniversary", True),
    ],
)
def test_a_pairing_owes_from_the_period_after_its_signature(
    signed_on: date | None, precision: Precision | None, basis: Basis, expected: bool
) -> None:
    """Judged in July 2026: calendar year 2569, fiscal year 2569."""
    pairing = signed(signed_on, precision)
    assert owes(pairing, period_of(date(2026, 7, 1), basis, pairing.signed)) is expected


def test_a_pairing_signed_last_year_is_not_late_in_january_and_owes_from_then_on() -> None:
    pairing = signed(date(2026, 12, 15))
    assert due((pairing,), world_of(), date(2026, 12, 20), "calendar", STEPS) == ()
    (one,) = due((pairing,), world_of(), date(2027, 1, 5), "calendar", STEPS)
    assert (one.period, one.step) == ("2570", "start")


# ------------------------------------------------------------------ what counts


@pytest.mark.parametrize(
    ("activity", "today", "basis", "expected"),
    [
        (held(date(2026, 1, 1)), date(2026, 12, 31), "calendar", 1),
        (held(date(2026, 12, 31)), date(2026, 12, 31), "calendar", 1),
        (held(date(2025, 12, 31)), date(2026, 12, 31), "calendar", 0),
        (held(date(2027, 1, 1)), date(2026, 12, 31), "calendar", 0),
        (held(date(2025, 12, 30), date(2026, 1, 2)), date(2025, 12, 31), "calendar", 1),
        (held(date(2025, 12, 30), date(2026, 1, 2)), date(2026, 6, 1), "calendar", 1),
        (held(date(2024, 12, 30), date(2026, 1, 2)), date(2025, 6, 1), "calendar", 1),
        (held(date(2026, 9, 30)), date(2026, 10, 1), "fiscal", 0),
        (held(date(2026, 9, 30), date(2026, 10, 1)), date(2026, 10, 1), "fiscal", 1),
        (held(date(2026, 9, 30), date(2026, 10, 1)), date(2026, 9, 30), "fiscal", 1),
        (held(date(2026, 3, 29)), date(2026, 3, 30), "anniversary", 0),
        (held(date(2026, 3, 30)), date(2026, 3, 30), "anniversary", 1),
        (held(date(2026, 6, 1), joint=False), date(2026, 12, 31), "calendar", 0),
        (ActivityFacts("83-hainan", date(2026, 6, 1), None, joint=True), date(2026, 12, 31), "calendar", 0),
    ],
)
def test_an_activity_counts_in_every_period_it_touches(
    activity: ActivityFacts, today: date, basis: Basis, expected: int
) -> None:
    assert counts(CHENGDU, [activity], today, basis) == expected


def test_one_joint_activity_ends_the_reminders_of_its_year() -> None:
    activities = [held(date(2026, 6, 1))]
    assert due_for_chengdu(date(2026, 12, 24), activities=activities) == []
    assert due_for_chengdu(date(2027, 1, 5), activities=activities) == [("2570", "start", 360)]


def test_an_activity_recorded_late_ends_the_overdue_reminders_of_the_year_in_which_it_was_held() -> None:
    activities = [held(date(2026, 12, 31))]
    assert due_for_chengdu(date(2027, 2, 15), activities=activities) == [("2570", "start", 319)]


def test_an_activity_of_the_new_year_does_not_make_up_for_the_old_one() -> None:
    activities = [held(date(2027, 1, 4))]
    assert due_for_chengdu(date(2027, 1, 5), activities=activities) == [("2569", "overdue1", -5)]


def test_an_activity_across_new_year_is_enough_for_both() -> None:
    assert due_for_chengdu(date(2027, 1, 5), activities=[held(date(2026, 12, 30), date(2027, 1, 2))]) == []


def test_an_activity_without_the_partner_ends_nothing() -> None:
    activities = [held(date(2026, 6, 1), joint=False)]
    assert due_for_chengdu(date(2026, 12, 24), activities=activities) == [("2569", "d7", 7)]


def test_a_pairing_that_never_had_an_activity_is_due() -> None:
    assert [one.pairing_id for one in due((QINGDAO,), world_of(), date(2026, 12, 1), "calendar", STEPS)] == [
        "50-qingdao"
    ]


# ------------------------------------------------------------------ exemptions


def test_an_exemption_for_the_year_is_not_overdue_afterwards() -> None:
    exempt = [Exemption("50-chengdu", date(2026, 11, 1), date(2026, 12, 31))]
    assert due_for_chengdu(date(2026, 12, 1), exemptions=exempt) == []
    assert due_for_chengdu(date(2027, 1, 5), exemptions=exempt) == [("2570", "start", 360)]


def test_an_exemption_granted_for_the_end_of_the_year_ends_the_countdown_at_once() -> None:
    exempt = [Exemption("50-chengdu", date(2026, 12, 1), date(2026, 12, 31))]
    assert due_for_chengdu(date(2026, 7, 4), exemptions=exempt) == []


def test_an_exemption_that_ends_during_the_year_is_quiet_only_while_it_lasts() -> None:
    exempt = [Exemption("50-chengdu", date(2026, 7, 1), date(2026, 8, 31))]
    assert due_for_chengdu(date(2026, 6, 30), exemptions=exempt) == [("2569", "start", 184)]
    assert due_for_chengdu(date(2026, 7, 1), exemptions=exempt) == []
    assert due_for_chengdu(date(2026, 8, 31), exemptions=exempt) == []
    assert due_for_chengdu(date(2026, 9, 1), exemptions=exempt) == [("2569", "d180", 121)]


def test_an_exemption_of_this_year_does_not_forgive_the_last() -> None:
    exempt = [Exemption("50-chengdu", date(2027, 1, 1), date(2027, 12, 31))]
    assert due_for_chengdu(date(2027, 1, 5), exemptions=exempt) == [("2569", "overdue1", -5)]


def test_an_exemption_without_an_end_lasts() -> None:
    exempt = [Exemption("50-chengdu", date(2020, 1, 1), None)]
    assert due_for_chengdu(date(2026, 12, 24), exemptions=exempt) == []


def test_an_exemption_is_for_its_own_pairing() -> None:
    exempt = [Exemption("83-hainan", date(2020, 1, 1), None)]
    assert due_for_chengdu(date(2026, 12, 24), exemptions=exempt) == [("2569", "d7", 7)]


# ------------------------------------------------------------------ suspensions


@pytest.mark.parametrize(("scope", "key"), [("country", "CN"), ("area", "Sichuan"), ("partner", "chengdu")])
def test_a_suspension_lifts_the_duty_of_the_years_it_covers(scope: Scope, key: str) -> None:
    suspended = [Suspension(scope, key, date(2026, 11, 1), None)]
    assert due_for_chengdu(date(2026, 1, 15), suspensions=suspended) == [("2568", "overdue1", -15)]
    assert due_for_chengdu(date(2026, 12, 24), suspensions=suspended) == []
    assert due_for_chengdu(date(2027, 1, 5), suspensions=suspended) == []


@pytest.mark.parametrize(
    ("scope", "key"), [("country", "MM"), ("area", "Yunnan"), ("partner", "CN"), ("area", "")]
)
def test_a_suspension_of_others_suspends_nothing(scope: Scope, key: str) -> None:
    suspended = [Suspension(scope, key, date(2026, 1, 1), None)]
    assert due_for_chengdu(date(2026, 12, 24), suspensions=suspended) == [("2569", "d7", 7)]


# ------------------------------------------------------------------ quiet days


def plan_for(day: date) -> Quiet:
    """Planned in September, and asked about within a week after its day."""
    return Quiet("50-chengdu", date(2026, 9, 1), day + timedelta(days=7), "planned", (day, day))


def test_a_planned_activity_holds_the_reminder_until_its_days_are_over() -> None:
    planned = [plan_for(date(2026, 12, 3))]
    assert due_for_chengdu(date(2026, 11, 1), quiet=planned) == []
    assert due_for_chengdu(date(2026, 12, 10), quiet=planned) == []
    assert due_for_chengdu(date(2026, 12, 11), quiet=planned) == [("2569", "d30", 20)]


def test_a_plan_for_the_next_year_does_not_hold_this_one() -> None:
    assert due_for_chengdu(date(2026, 12, 24), quiet=[plan_for(date(2027, 2, 1))]) == [("2569", "d7", 7)]
    in_january = due_for_chengdu(date(2027, 1, 15), quiet=[plan_for(date(2027, 2, 1))])
    assert in_january == [("2569", "overdue1", -15)]


def test_what_fell_due_while_it_was_put_off_says_since_when_it_could_be_said() -> None:
    put_off = [Quiet("50-chengdu", date(2026, 7, 1), date(2026, 11, 9), "snoozed")]
    world = world_of(quiet=put_off)
    found = due((CHENGDU,), world, date(2026, 11, 20), "calendar", STEPS)
    assert [(one.step, one.since) for one in found] == [("d60", date(2026, 11, 10))]


def judged_on(day: date, pairing: PairingFacts = CHENGDU, **kinds: Any) -> Judged:
    """The running year."""
    return judge(pairing, world_of(**kinds), day, "calendar", STEPS)[1]


@pytest.mark.parametrize(
    ("pairing", "kinds", "reason"),
    [
        (replace(CHENGDU, denied=True), {}, "denied"),
        (replace(CHENGDU, merged=True), {}, "merged"),
        (replace(CHENGDU, status="dormant"), {}, "not_signed"),
        (replace(CHENGDU, level="bma"), {}, "not_provincial"),
        (signed(date(2026, 1, 1)), {}, "signed_later"),
        (CHENGDU, {"activities": [held(date(2026, 1, 1))]}, "held"),
        (CHENGDU, {"exemptions": [Exemption("50-chengdu", date(2026, 1, 1), None)]}, "exempt"),
        (CHENGDU, {"suspensions": [Suspension("country", "CN", date(2026, 1, 1), None)]}, "suspended"),
        (
            CHENGDU,
            {"quiet": [Quiet("50-chengdu", date(2026, 1, 1), date(2026, 12, 1), "planned")]},
            "planned",
        ),
        (
            CHENGDU,
            {"quiet": [Quiet("50-chengdu", date(2026, 1, 1), date(2026, 12, 1), "snoozed")]},
            "snoozed",
        ),
        (CHENGDU, {}, None),
    ],
)
def test_why_nothing_is_due_is_told(pairing: PairingFacts, kinds: dict[str, Any], reason: str | None) -> None:
    one = judged_on(date(2026, 11, 20), pairing, **kinds)
    assert (one.reason, one.period, one.days_left) == (reason, "2569", 41)


def test_before_the_first_step_that_is_the_reason() -> None:
    early = judge(CHENGDU, world_of(), date(2026, 2, 1), "calendar", parse_steps(["d180"]))[1]
    assert (early.reason, early.step) == ("no_step", None)


# ------------------------------------------------------------------ order


def test_what_is_due_is_ordered_by_province_pairing_and_period() -> None:
    found = due((HAINAN, QINGDAO, CHENGDU), world_of(), date(2027, 1, 5), "calendar", STEPS)
    assert [(one.province_code, one.pairing_id, one.period) for one in found] == [
        ("TH-50", "50-chengdu", "2569"),
        ("TH-50", "50-chengdu", "2570"),
        ("TH-50", "50-qingdao", "2569"),
        ("TH-50", "50-qingdao", "2570"),
        ("TH-83", "83-hainan", "2569"),
        ("TH-83", "83-hainan", "2570"),
    ]


# ------------------------------------------------------------------ for display


def test_a_summary_shows_the_running_years_side_by_side() -> None:
    """In November 2026 the calendar year is 2569 and the fiscal year already 2570."""
    activities = [held(date(2026, 6, 10), date(2026, 6, 12)), held(date(2025, 10, 3)), held(date(2024, 1, 1))]
    latest = date(2026, 6, 12)
    assert summary(CHENGDU, activities, date(2026, 11, 3)) == (
        Count("calendar", "2569", 1, date(2026, 1, 1), date(2026, 12, 31), 58, latest),
        Count("fiscal", "2570", 0, date(2026, 10, 1), date(2027, 9, 30), 331, latest),
        Count("anniversary", "2570", 1, date(2026, 3, 30), date(2027, 3, 29), 146, latest),
    )


def test_a_summary_without_a_signature_has_no_anniversary() -> None:
    assert [count.basis for count in summary(QINGDAO, (), date(2026, 11, 3))] == ["calendar", "fiscal"]


def test_the_last_activity_is_the_one_that_ended_last() -> None:
    long_one = held(date(2026, 5, 1), date(2026, 6, 30))
    assert last_held([held(date(2026, 6, 1)), long_one], "50-chengdu") == date(2026, 6, 30)


def test_what_was_not_joint_or_of_another_pairing_is_not_the_last_activity() -> None:
    others = [
        held(date(2026, 6, 1), joint=False),
        ActivityFacts("83-hainan", date(2026, 7, 1), None, joint=True),
    ]
    assert last_held(others, "50-chengdu") is None


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        (date(2026, 11, 3), None, (("2569",), ("2570",))),
        (date(2026, 9, 30), None, (("2569",), ("2569",))),
        (date(2026, 9, 30), date(2026, 10, 1), (("2569",), ("2569", "2570"))),
        (date(2026, 12, 30), date(2027, 1, 2), (("2569", "2570"), ("2570",))),
        (date(2026, 12, 31), date(2028, 1, 1), (("2569", "2570", "2571"), ("2570", "2571"))),
    ],
)
def test_the_card_names_the_years_for_which_an_activity_counts(
    start: date, end: date | None, expected: tuple[tuple[str, ...], tuple[str, ...]]
) -> None:
    assert years_counted(start, end) == expected


# ------------------------------------------------------------------ against the slow oracle

LEAP_DAYS = st.sampled_from([date(2016, 2, 29), date(2024, 2, 29)])
# Most faults sit at the ends of years, so half of the days lie within 100 days after one.
TODAYS = st.dates(date(2024, 1, 1), date(2029, 12, 31)) | st.builds(
    lambda year, month, days: date(year, month, 1) + timedelta(days=days),
    st.integers(2025, 2029),
    st.sampled_from([1, 10]),
    st.integers(-3, 3) | st.integers(0, 100),
)
BASES: st.SearchStrategy[Basis] = st.sampled_from(["calendar", "fiscal", "anniversary"])
NAMES = st.just(list(DEFAULT_STEPS)) | st.lists(
    st.sampled_from([*DEFAULT_STEPS, "d365", "d364", "d1", "overdue4", "overdue9"]), unique=True
)
PAIRINGS = st.builds(
    PairingFacts,
    id=st.sampled_from(["50-chengdu", "50-qingdao", "83-hainan"]),
    province_code=st.sampled_from(["TH-50", "TH-83"]),
    status=st.sampled_from(["established"] * 5 + ["in_progress"]),
    level=st.sampled_from(["province"] * 5 + ["bma"]),
    signed_on=st.none() | st.dates(date(2019, 1, 1), date(2029, 12, 31)) | LEAP_DAYS,
    signed_precision=st.sampled_from(["day", "month", "year", None]),
    partner_id=st.sampled_from(["chengdu", "qingdao"]),
    country=st.sampled_from(["CN", "LA"]),
    area=st.sampled_from(["Sichuan", ""]),
    merged=st.sampled_from([False] * 5 + [True]),
    denied=st.sampled_from([False] * 5 + [True]),
)
ACTIVITIES = st.builds(
    lambda pairing_id, start, length, joint: ActivityFacts(
        pairing_id, start, None if length is None else start + timedelta(days=length), joint
    ),
    st.sampled_from(["50-chengdu", "50-qingdao", "83-hainan"]),
    st.dates(date(2023, 1, 1), date(2029, 12, 31)),
    st.none() | st.integers(0, 5) | st.integers(0, 500),
    st.booleans(),
)
QUIETS = st.builds(
    lambda pairing_id, first, length, planned: Quiet(
        pairing_id,
        first,
        first + timedelta(days=length),
        "snoozed" if planned is None else "planned",
        None
        if planned is None
        else (first + timedelta(days=planned[0]), first + timedelta(days=sum(planned))),
    ),
    st.sampled_from(["50-chengdu", "50-qingdao", "83-hainan"]),
    st.dates(date(2024, 1, 1), date(2029, 12, 31)),
    st.integers(0, 200),
    st.none() | st.tuples(st.integers(0, 400), st.integers(0, 40)),
)
SUSPENSIONS = st.builds(
    lambda scope, key, first, length: Suspension(
        scope, key, first, None if length is None else first + timedelta(days=length)
    ),
    st.sampled_from(["country", "area", "partner"]),
    st.sampled_from(["CN", "Sichuan", "chengdu"]),
    st.dates(date(2024, 1, 1), date(2029, 12, 31)),
    st.none() | st.integers(0, 500),
)
EXEMPTIONS = st.builds(
    lambda pairing_id, first, length: Exemption(
        pairing_id, first, None if length is None else first + timedelta(days=length)
    ),
    st.sampled_from(["50-chengdu", "50-qingdao", "83-hainan"]),
    st.dates(date(2024, 1, 1), date(2029, 12, 31)),
    st.none() | st.integers(0, 500),
)


@settings(max_examples=200, deadline=None)
@given(
    pairings=st.lists(PAIRINGS, min_size=1, max_size=3, unique_by=lambda pairing: pairing.id),
    activities=st.lists(ACTIVITIES, max_size=2),
    exemptions=st.lists(EXEMPTIONS, max_size=1),
    suspensions=st.lists(SUSPENSIONS, max_size=1),
    quiet=st.lists(QUIETS, max_size=2),
    today=TODAYS,
    basis=BASES,
    names=NAMES,
)
@example([CHENGDU], [], [], [], [], date(2028, 1, 1), "calendar", ["start", "d365"])
@example([signed(date(2024, 2, 29))], [], [], [], [], date(2028, 2, 29), "anniversary", list(DEFAULT_STEPS))
@example([signed(date(2020, 8, 31))], [], [], [], [], date(2026, 9, 30), "anniversary", list(DEFAULT_STEPS))
@example([CHENGDU], [], [], [], [], date(2027, 1, 1), "calendar", ["d7", "overdue2"])
def test_what_is_due_is_what_walking_through_the_days_finds(
    pairings: list[PairingFacts],
    activities: list[ActivityFacts],
    exemptions: list[Exemption],
    suspensions: list[Suspension],
    quiet: list[Quiet],
    today: date,
    basis: Basis,
    names: list[str],
) -> None:
    world = world_of(activities, exemptions, suspensions, quiet)
    found = due(pairings, world, today, basis, parse_steps(names))
    known = Known(activities, exemptions, suspensions, quiet)
    assert list(found) == due_slowly(pairings, known, today, basis, names)


@settings(max_examples=100, deadline=None)
@given(pairing=PAIRINGS, activities=st.lists(ACTIVITIES, max_size=4), today=TODAYS, basis=BASES)
def test_the_count_is_what_walking_through_the_days_finds(
    pairing: PairingFacts, activities: list[ActivityFacts], today: date, basis: Basis
) -> None:
    days = year_around(today, basis, signature(pairing))
    assert counts(pairing, activities, today, basis) == held_in(days, pairing, activities)


@settings(max_examples=100, deadline=None)
@given(ACTIVITIES)
def test_the_years_of_the_card_are_those_of_the_days(activity: ActivityFacts) -> None:
    days = days_of(activity)
    calendar = sorted({str(day.year + 543) for day in days})
    fiscal = sorted({str(day.year + 543 + (day.month >= 10)) for day in days})
    assert years_counted(activity.start, activity.end) == (tuple(calendar), tuple(fiscal))
