"""Samples of the wording of why a pairing is reminded or is not, and of what is said beside reminders."""

from __future__ import annotations

from datetime import date, datetime
from typing import get_args

from bot.calendar import BANGKOK
from bot.reminders import DEFAULT_STEPS, Judged, Reason
from bot.texts.th import Th

TODAY = date(2026, 11, 22)
STOPPED = datetime(2026, 11, 20, 9, 5, tzinfo=BANGKOK)
AGAIN = datetime(2026, 11, 22, 14, 30, tzinfo=BANGKOK)


def _judged(reason: Reason | None, days_left: int = 39, count: int = 0, until: date | None = None) -> Judged:
    first, last = date(2026, 1, 1), date(2026, 12, 31)
    return Judged(
        "50-chengdu",
        "TH-50",
        "calendar",
        "2569",
        first,
        last,
        count,
        days_left,
        reason,
        "d60",
        TODAY,
        until,
    )


def said(t: Th) -> dict[str, list[str]]:
    """Each method with arguments that reach each of its wordings."""
    return {
        "step": [t.step(name) for name in DEFAULT_STEPS],
        "why": [
            *(t.why(_judged(reason)) for reason in (*get_args(Reason), None)),
            t.why(_judged("held", -5, 2)),
            t.why(_judged("no_step", -5)),
            t.why(_judged(None, 0)),
            t.why(_judged("snoozed", until=TODAY)),
        ],
        "explained_title": [t.explained_title("Chiang Mai–Chengdu", TODAY)],
        "explained_told": [t.explained_told("a", already=already) for already in (False, True)],
        "explained_said": [t.explained_said("a", "d60", TODAY)],
        "explained_answered": [t.explained_answered(TODAY)],
        "planning_stands": [t.planning_stands(STOPPED)],
        "planning_stopped": [t.planning_stopped(STOPPED, AGAIN)],
        "and_more": [t.and_more(count) for count in (1, 12)],
        "and_more_names": [t.and_more_names(count) for count in (1, 12)],
        "digest_more": [t.digest_more(pairings) for pairings in (1, 1_200)],
        "terms": [t.terms(count) for count in (1, 3)],
        "term_line": [t.term_line("Ranong–Kawthaung", TODAY, days) for days in (-1, 0, 1, 90)],
        "stills": [t.stills(count) for count in (1, 3)],
        "still_line": [
            *(t.still_line("Ranong–Kawthaung", stage, TODAY, 200) for stage in (*t.STAGES_AHEAD, "x", None)),
            t.still_line("Ranong–Kawthaung", None, TODAY, 5_676),
        ],
        "coming": [t.coming(count) for count in (1, 3)],
        "plan_line": [
            t.plan_line("Ranong–Kawthaung", title, "x", promised=promised)
            for title in ("", "a")
            for promised in (False, True)
        ],
        "plan_button": [t.plan_button("Kawthaung", TODAY)],
        "unused": [t.unused(count) for count in (1, 3)],
        "unused_line": [t.unused_line("a", province, TODAY) for province in ("", "Ranong")],
        "reviews": [t.reviews(count) for count in (1, 3)],
        "review_line": [t.review_line("Myanmar", TODAY)],
        "week_title": [t.week_title(TODAY)],
        "week_silent": [t.week_silent(pairs, provinces, "a") for pairs, provinces in ((1, 1), (9, 2))],
        "week_climbed": [t.week_climbed(told) for told in ([("a", 1)], [("a", 3), ("b", 1)])],
        "week_terms": [t.week_terms(count) for count in (1, 3)],
        "week_unconfirmed": [t.week_unconfirmed(count, "a") for count in (1, 3)],
        "week_vacant": [t.week_vacant("a", count, "b") for count in (1, 3)],
        "month_title": [t.month_title("Ranong", TODAY)],
        "month_silent": [t.month_silent(basis, "2569", 1, "a") for basis in t.BASES],
        "month_plans": [t.month_plans(count) for count in (1, 3)],
        "month_exempting": [t.month_exempting(count, "a") for count in (1, 3)],
        "snooze_why": [t.snooze_why(TODAY)],
        "snoozed": [t.snoozed(TODAY)],
        "snoozed_until": [t.snoozed_until(TODAY, "a")],
        "until_end_of": [t.until_end_of(basis, "2569", TODAY) for basis in Th.BASES],
        "exempt_why": [t.exempt_why(TODAY)],
        "exemption_line": [
            t.exemption_line(state, last, "a") for state in ("waiting", "granted") for last in (TODAY, None)
        ],
        "exemption_asked": [t.exemption_asked(TODAY, "a", TODAY)],
        "exemption_decided": [t.exemption_decided(state, TODAY) for state in ("granted", "refused")],
        "other_asked": [t.other_asked(told=told) for told in (True, False)],
        "day_between": [t.day_between(TODAY, TODAY)],
        "coming_line": [t.coming_line(TODAY, count, "d60", "2569") for count in (1, 2)],
        "scope": [t.scope(scope, "a") for scope in t.SCOPES],
        "suspend_why": [t.suspend_why("a", count) for count in (1, 2)],
        "in_months": [t.in_months(3, TODAY)],
        "suspended": [t.suspended("a", TODAY)],
        "suspension_line": [t.suspension_line("a", "b", TODAY, TODAY)],
        "end_suspension": [t.end_suspension("a")],
    }
