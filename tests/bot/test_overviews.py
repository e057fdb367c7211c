"""What is at risk, in numbers: for the ministry and for a head."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from bot.escalation import Holder, Said, Staff
from bot.matters import Still, Term
from bot.overviews import month_of, silent, week_of
from bot.ramp import Around
from bot.reminders import (
    DEFAULT_STEPS,
    ActivityFacts,
    Exemption,
    Judged,
    PairingFacts,
    Quiet,
    World,
    judge_all,
    parse_steps,
    world_of,
)

NOVEMBER, MARCH = date(2026, 11, 24), date(2026, 3, 2)
STEPS = parse_steps(DEFAULT_STEPS)
CHENGDU = PairingFacts("50-chengdu", "TH-50", "established", "province", None, None)
QINGDAO = PairingFacts("50-qingdao", "TH-50", "established", "province", None, None)
HAINAN = PairingFacts("83-hainan", "TH-83", "established", "province", None, None)
BANGKOK = PairingFacts("10-gyeongnam", "TH-10", "in_progress", "bma", None, None)
PAIRINGS = (CHENGDU, QINGDAO, HAINAN, BANGKOK)
OFFICER = Holder("malee", 1, reachable=True, since=date(2026, 1, 1))
AROUND = Around(NOVEMBER, frozenset(), lambda _: {}, frozenset(), 2)


def silence(day: date = NOVEMBER, world: World | None = None, installed: date | None = None) -> list[Judged]:
    return silent(judge_all(PAIRINGS, world or world_of(), day, "calendar", STEPS), installed)


def ids(found: list[Judged]) -> list[tuple[str, str]]:
    return [(one.pairing_id, one.period) for one in found]


def test_silent_is_what_lacks_an_activity_and_has_no_plan_or_exemption() -> None:
    held = ActivityFacts("50-chengdu", NOVEMBER, None, joint=True)
    assert ids(silence(world=world_of([held]))) == [("50-qingdao", "2569"), ("83-hainan", "2569")]
    exempt = Exemption("50-qingdao", date(2026, 1, 1), None)
    planned = Quiet("50-chengdu", NOVEMBER, date(2026, 12, 31), "planned", (NOVEMBER, NOVEMBER))
    assert ids(silence(world=world_of((), [exempt], (), [planned]))) == [("83-hainan", "2569")]


def test_what_was_only_put_off_is_silent_still() -> None:
    put_off = Quiet("83-hainan", NOVEMBER, date(2026, 12, 31), "snoozed")
    assert ("83-hainan", "2569") in ids(silence(world=world_of((), (), (), [put_off])))


def test_the_year_before_counts_as_long_as_it_is_reminded_of() -> None:
    assert ("83-hainan", "2568") in ids(silence(MARCH))
    assert ("83-hainan", "2568") not in ids(silence(date(2026, 4, 2)))


def test_of_a_year_that_was_over_when_the_assistant_came_nothing_is_said() -> None:
    assert ("83-hainan", "2568") not in ids(silence(MARCH, installed=date(2026, 1, 15)))


def test_the_week_counts_each_pairing_once_by_province_the_most_first() -> None:
    week = week_of(PAIRINGS, silence(), AROUND, (), (), ())
    assert week.silent == (("TH-50", 2), ("TH-83", 1))
    assert week_of(PAIRINGS, silence() * 2, AROUND, (), (), ()).silent == week.silent


def test_a_year_that_has_only_begun_is_no_risk_yet() -> None:
    begun = silence(date(2026, 5, 4))
    assert week_of(PAIRINGS, begun, replace(AROUND, today=date(2026, 5, 4)), (), (), ()).silent == ()
    assert len(begun) == 3


def test_what_climbed_counts_once_at_the_highest_post() -> None:
    said = {
        ("50-chengdu", "calendar", "2569"): [
            Said("head", "d90", NOVEMBER),
            Said("ministry", "d60", NOVEMBER),
        ],
        ("50-qingdao", "calendar", "2569"): [Said("head", "d90", NOVEMBER), Said("officer", "d90", NOVEMBER)],
        ("83-hainan", "calendar", "2569"): [
            Said("group_head", "d90", NOVEMBER),
            Said("head", "d60", NOVEMBER, heard=False),
        ],
    }
    week = week_of(PAIRINGS, silence(), replace(AROUND, said=said), (), (), ())
    assert week.climbed == (("head", 1), ("ministry", 1))


def test_provinces_that_have_not_confirmed_and_posts_that_nobody_holds() -> None:
    """Bangkok is none of the provinces that the plan is about."""

    def staff_of(province: str) -> Staff:
        return {"officer": [OFFICER]} if province == "TH-50" else {}

    around = replace(AROUND, staff_of=staff_of, confirmed=frozenset(["TH-50"]))
    week = week_of(PAIRINGS, (), around, (), (), ())
    assert week.unconfirmed == ("TH-83",)
    assert week.vacant == (("officer", ("TH-83",)), ("head", ("TH-50", "TH-83")))


def test_terms_that_end_within_the_days_the_soonest_first() -> None:
    terms = [
        Term("50-chengdu", "TH-50", date(2027, 2, 22)),  # in 90 days
        Term("50-qingdao", "TH-50", date(2027, 2, 23)),
        Term("83-hainan", "TH-83", NOVEMBER),
        Term("83-nice", "TH-83", date(2026, 11, 23)),  # over
    ]
    week = week_of(PAIRINGS, (), AROUND, terms, (), ())
    assert [one.pairing_id for one in week.terms] == ["83-hainan", "50-chengdu"]
    month = month_of("TH-50", (), (), terms[:2], (), (), NOVEMBER)
    assert [one.pairing_id for one in month.terms] == ["50-chengdu", "50-qingdao"]


def test_the_stage_that_stands_longest_comes_first() -> None:
    stills = [Still(name, "TH-82", None, day) for name, day in (("a", NOVEMBER), ("b", MARCH))]
    assert [one.pairing_id for one in week_of(PAIRINGS, (), AROUND, (), stills, ()).stills] == ["b", "a"]


def test_a_month_in_which_all_is_well_says_nothing() -> None:
    assert not month_of("TH-50", (), (), (), (), (), NOVEMBER).says_something
    assert month_of("TH-50", (), (), (), (), ("50-chengdu",), NOVEMBER).says_something


def test_a_week_in_which_all_is_well_says_nothing() -> None:
    def staff_of(_: str) -> Staff:
        return {"officer": [OFFICER], "head": [OFFICER]}

    around = replace(AROUND, staff_of=staff_of, confirmed=frozenset(["TH-50", "TH-83"]))
    assert not week_of(PAIRINGS, (), around, (), (), ()).says_something
