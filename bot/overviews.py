"""
What is at risk, in numbers: for the ministry each week, for a province's head each month. Pure.

A pairing is silent here when nothing was held for a year that it owes and nothing is planned, granted or
suspended; what was only put off still is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date

from bot.escalation import LEVELS, Level
from bot.matters import Month, Plan, Review, Still, Term, Week, is_of_the_scheme
from bot.ramp import Around
from bot.reminders import Judged, PairingFacts, Reason

SILENT: tuple[Reason | None, ...] = (None, "no_step", "snoozed")

AT_RISK_DAYS = 180
"""Until so many days before its end a year without an activity is no risk: it has only begun."""

TERM_DAYS_OF_WEEK, TERM_DAYS_OF_MONTH = 90, 180

ABOVE: tuple[Level, ...] = ("head", "ministry")
POSTS: tuple[Level, ...] = ("officer", "head")
"""That every province has; a head of group is not needed."""


def silent(judged: Iterable[Judged], installed: date | None) -> list[Judged]:
    """
    Each silent pairing with its running year, and with the one before as long as that is reminded of.

    Args:
        judged: As `judge_all` found it.
        installed: The day of the first plan: of a year that was over by then nobody could record anything.
    """
    return [
        one
        for one in judged
        if (
            one.reason in SILENT
            if one.days_left >= 0
            else one.reason is None and (installed is None or one.last >= installed)
        )
    ]


def week_of(
    pairings: Sequence[PairingFacts],
    silence: Iterable[Judged],
    around: Around,
    terms: Iterable[Term],
    stills: Iterable[Still],
    reviews: Iterable[Review],
) -> Week:
    """`stills` and `reviews` are those that are due."""
    at_risk = [one for one in silence if one.days_left <= AT_RISK_DAYS]
    provinces = sorted({one.province_code for one in pairings if is_of_the_scheme(one)})
    return Week(
        silent=_by_province(at_risk),
        climbed=_climbed(at_risk, around),
        terms=_ending(terms, around.today, TERM_DAYS_OF_WEEK),
        stills=tuple(sorted(stills, key=lambda one: one.since)),
        unconfirmed=tuple(one for one in provinces if one not in around.confirmed),
        reviews=tuple(reviews),
        vacant=_vacant(provinces, around),
    )


def month_of(
    province: str,
    silence: Iterable[Judged],
    plans: Iterable[Plan],
    terms: Iterable[Term],
    stills: Iterable[Still],
    exempting: Iterable[str],
    today: date,
) -> Month:
    """`stills` are those that are due; all are of the province."""
    return Month(
        province=province,
        silent=tuple(silence),
        plans=tuple(plans),
        terms=_ending(terms, today, TERM_DAYS_OF_MONTH),
        stills=tuple(sorted(stills, key=lambda one: one.since)),
        exempting=tuple(exempting),
    )


def _by_province(at_risk: Iterable[Judged]) -> tuple[tuple[str, int], ...]:
    pairs = {(one.province_code, one.pairing_id) for one in at_risk}
    counted = Counter(province for province, _ in pairs)
    return tuple(sorted(counted.items(), key=lambda item: (-item[1], item[0])))


def _climbed(at_risk: Iterable[Judged], around: Around) -> tuple[tuple[Level, int], ...]:
    """Each pairing counts once, at the highest post that was told."""
    highest: dict[str, Level] = {}
    for one in at_risk:
        said = around.said.get((one.pairing_id, one.basis, one.period), ())
        told = {past.level for past in said if past.heard and past.level in ABOVE}
        if told:
            before = highest.get(one.pairing_id)
            highest[one.pairing_id] = max({*told, *([before] if before else [])}, key=LEVELS.index)
    counted = Counter(highest.values())
    return tuple((level, counted[level]) for level in ABOVE if counted[level])


def _ending(terms: Iterable[Term], today: date, days: int) -> tuple[Term, ...]:
    near = [one for one in terms if 0 <= (one.ends_on - today).days <= days]
    return tuple(sorted(near, key=lambda one: (one.ends_on, one.pairing_id)))


def _vacant(provinces: Sequence[str], around: Around) -> tuple[tuple[Level, tuple[str, ...]], ...]:
    found = [(post, tuple(one for one in provinces if not around.staff_of(one).get(post))) for post in POSTS]
    return tuple((post, without) for post, without in found if without)
