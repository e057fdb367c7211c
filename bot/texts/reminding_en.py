"""Why a pairing is reminded or is not, and what is said beside reminders, in English."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from bot.language.dates import english_date
from bot.texts.reminding_th import TWO_YEARS, YEAR, Judgement, RemindingTh

BUDDHIST_ERA = 543


def _pairings(count: int) -> str:
    return f"{count} pairing{'' if count == 1 else 's'}"


def _provinces(count: int) -> str:
    return f"{count} province{'' if count == 1 else 's'}"


def _days(count: int) -> str:
    return f"{count:,} day{'' if count == 1 else 's'}"


class RemindingEn(RemindingTh):
    """Why a pairing is reminded or is not, and what is said beside reminders."""

    POSTS: Mapping[str, str] = {
        "officer": "officer",
        "group_head": "head of group",
        "head": "head of the provincial office",
        "ministry": "Foreign Affairs Division, Ministry of Interior",
    }
    WHY: Mapping[str, str] = {
        "denied": "The province says that it is none of its pairings: no reminder",
        "merged": "The partner was merged into another: no reminder",
        "not_signed": "Not signed, or no longer in force: no reminder",
        "not_provincial": "Not a pairing of provincial level: no reminder",
        "signed_later": "Signed in that year or later: the year after the signature counts first",
        "held": "A joint activity was held: no reminder",
        "exempt": "Exempt: no reminder",
        "suspended": "Suspended as a matter of policy: no reminder",
        "planned": "An activity is planned, so reminders wait",
        "snoozed": "The province put the reminders off",
        "no_step": "No reminder is due yet",
    }
    NO_MORE_STEPS = "That year's reminders are over"
    DUE_NOW = "No joint activity yet: a reminder is due"

    def step(self, name: str) -> str:
        """The moment of the year at which a silent pairing is reminded."""
        if name == "start":
            return "the year's first month"
        if name.startswith("overdue"):
            return f"month {name.removeprefix('overdue')} after the year"
        return f"{name.removeprefix('d')} days before the year ends"

    def why(self, one: Judgement) -> str:
        """One line: the year, its sum, and why a reminder goes out or does not."""
        counted = f"{one.count} held" if one.count else "nothing held"
        reason = self.WHY[one.reason] if one.reason else self.DUE_NOW
        if one.reason == "no_step" and one.days_left < 0:
            reason = self.NO_MORE_STEPS
        until = f" (until {english_date(one.until)})" if one.until else ""
        at = f": {self.step(one.step)}" if one.step and one.reason is None else ""
        years = f"{english_date(one.first)} to {english_date(one.last)}"
        year = int(one.period) - BUDDHIST_ERA
        return f"{self.BASES[one.basis]} {year} (B.E. {one.period}), {years}: {counted}, {self._left(one.days_left)}\n{reason}{until}{at}"

    def _left(self, days: int) -> str:
        if days < 0:
            return f"over for {_days(-days)}"
        return f"{_days(days)} left" if days else "today is the last day"

    def explained_title(self, label: str, day: date) -> str:
        return f"{label}, {english_date(day)}"

    def explained_told(self, who: str, *, already: bool) -> str:
        return f"{who}: told" if already else f"{who}: to be told"

    def explained_said(self, who: str, step: str, day: date) -> str:
        return f"{english_date(day)}: {who} told, {self.step(step)}"

    def explained_answered(self, day: date) -> str:
        return f"The province last did something on {english_date(day)}"

    NOT_ESCALATED = "The province has not confirmed its list, so only its officers are told"

    # -------------------------------------------------------------- beside reminders

    NOTICES = "Worth knowing today"
    STAGES_AHEAD: Mapping[str, str] = {
        "proposed": "proposed",
        "committee_agreed": "agreed by the committee",
        "letter_of_intent": "letter of intent signed",
        "mou_draft": "memorandum being drafted",
        "in_progress": "in progress",
    }

    def planning_stopped(self, last: datetime, again: datetime) -> str:
        span = f"{english_date(last.date())} {last:%H:%M} to {english_date(again.date())} {again:%H:%M}"
        return f"Reminders were not planned from {span}\nThey run again; some messages may come late."

    def planning_stands(self, last: datetime) -> str:
        return (
            f"Reminders have not been planned since {english_date(last.date())} {last:%H:%M}.\n"
            "Reminders to provinces may be late: please tell the operator. What is due is sent once planning runs again."
        )

    def and_more(self, count: int) -> str:
        """Of lines."""
        return f"and {count} more"

    def and_more_names(self, count: int) -> str:
        """Of provinces or partners in one line."""
        return f"and {count} more"

    def digest_more(self, pairings: int) -> str:
        return f"and {pairings:,} pairing{'' if pairings == 1 else 's'} of other provinces or years"

    def terms(self, count: int) -> str:
        return f"Memoranda that end soon or have ended: {count}"

    def term_line(self, label: str, ends_on: date, days: int) -> str:
        if days < 0:
            return f"{label} · ended on {english_date(ends_on)}"
        left = f"in {_days(days)}" if days else "today"
        return f"{label} · ends on {english_date(ends_on)} ({left})"

    TERMS_HINT = "If it was renewed, press the pairing and choose “Change or add data”."

    def stills(self, count: int) -> str:
        return f"Not signed and still at the same stage: {_pairings(count)}"

    def still_line(self, label: str, stage: str | None, since: date, days: int) -> str:
        where = self.STAGES_AHEAD.get(stage or "", self.STAGES_AHEAD["in_progress"])
        return f"{label} · {where} since {english_date(since)} ({self._for_long(days)})"

    def _for_long(self, days: int) -> str:
        return _days(days) if days < TWO_YEARS else f"over {int(days / YEAR)} years"

    STILLS_HINT = "If it has moved on, open the pairing at /pairings and choose “Change or add data”."

    def coming(self, count: int) -> str:
        return f"Planned within 7 days: {count} activit{'y' if count == 1 else 'ies'}"

    def plan_line(self, label: str, title: str, days: str, *, promised: bool) -> str:
        follows = " (the follow-up that was promised)" if promised else ""
        return f"{label} · {title or 'planned activity'} · {days}{follows}"

    def plan_button(self, partner: str, day: date) -> str:
        return f"{partner} {english_date(day)}"

    def unused(self, count: int) -> str:
        return f"Invitations that ran out unused: {count}"

    def unused_line(self, role: str, province: str, on: date) -> str:
        return f"{role}{f', {province}' if province else ''} · ran out on {english_date(on)}"

    UNUSED_HINT = "If they are still to be invited, make a new code."

    def reviews(self, count: int) -> str:
        return f"Suspensions to be looked at again: {count}"

    def review_line(self, name: str, on: date) -> str:
        return f"{name} · due on {english_date(on)}"

    # -------------------------------------------------------------- digests of a week and a month

    def week_title(self, day: date) -> str:
        return f"The week at a glance, {english_date(day)}"

    def week_silent(self, pairings: int, provinces: int, names: str) -> str:
        where = f"{_pairings(pairings)} in {_provinces(provinces)}"
        return f"No joint activity yet: {where} (180 days left at most, or the year is over): {names}"

    def week_climbed(self, told: Sequence[tuple[str, int]]) -> str:
        return "Of these " + " · ".join(f"{role} told of {_pairings(count)}" for role, count in told)

    def week_terms(self, count: int) -> str:
        return f"Memoranda that end within 90 days: {count}"

    def week_unconfirmed(self, count: int, names: str) -> str:
        return f"List of pairings not confirmed yet: {_provinces(count)}: {names}"

    def week_vacant(self, role: str, count: int, names: str) -> str:
        return f"{role}, nobody here yet: {_provinces(count)}: {names}"

    def month_title(self, province: str, day: date) -> str:
        return f"{province}: the month at a glance, {english_date(day, 'month')}"

    def month_silent(self, basis: str, period: str, count: int, names: str) -> str:
        year = f"{self.BASES[basis]} {int(period) - BUDDHIST_ERA} (B.E. {period})"
        return f"{year}, no joint activity yet: {_pairings(count)}: {names}"

    def month_plans(self, count: int) -> str:
        return f"Activities planned: {count}"

    def month_exempting(self, count: int, names: str) -> str:
        return f"Exemption not decided yet: {_pairings(count)}: {names}"

    # -------------------------------------------------------------- what is answered to a reminder

    HOLD_WHICH = "Which pairing's reminders?"
    HOLD_HANDLE = "Handle reminders"
    HOLD_PLAN = "It is planned"
    HOLD_PLAN_HINT = (
        "Record it as a plan with the day on which it will be held. "
        "Reminders wait until then, and you are asked whether it was held"
    )
    HOLD_SNOOZE = "Put off"
    HOLD_EXEMPT = "Ask for an exemption"
    HOLD_OTHER = "Somebody else is responsible"
    HOLD_WHY = "Why this reminder"
    SNOOZE_END = "Stop putting off"
    SNOOZE_UNTIL = "Put off until when? Choose or type a date. The year still needs a joint activity"
    ONE_WEEK = "1 week"
    ONE_MONTH = "1 month"
    SNOOZE_REASONS: Mapping[str, str] = {
        "partner": "Waiting for the partner",
        "budget": "Waiting for the budget",
        "preparing": "In preparation",
    }
    SNOOZE_ENDED = "No longer put off; reminders go on"
    EXEMPT_UNTIL = "Exempt until when? Choose or type a date. The ministry decides"
    EXEMPTION_WAITS = "An exemption has been asked for; the ministry has not decided yet"
    EXEMPTION_ASKED = "Sent to the ministry; you will be told. Until then reminders go on"
    NO_EXEMPTIONS = "No exemption waits for a decision"
    DECIDED_ALREADY = "Somebody has decided already"
    OTHER_WANTED = (
        "An officer says that somebody else should be responsible for this pairing. Please name who"
    )

    def snooze_why(self, last: date) -> str:
        return f"Put off until {english_date(last)}: please choose or type the reason"

    def snoozed(self, last: date) -> str:
        return f"Reminders are put off until {english_date(last)}"

    def snoozed_until(self, last: date, reason: str) -> str:
        return f"Put off until {english_date(last)}. Reason: {reason}"

    def until_end_of(self, basis: str, period: str, last: date) -> str:
        return f"End of {self.BASES[basis]} {int(period) - BUDDHIST_ERA} ({english_date(last)})"

    def exempt_why(self, last: date) -> str:
        return f"Exempt until {english_date(last)}: please type the reason"

    def exemption_line(self, state: str, last: date | None, reason: str) -> str:
        until = self._until(last)
        head = f"Exempt {until}" if state == "granted" else f"Exemption {until} asked for, not decided yet"
        return f"{head}. Reason: {reason}"

    def exemption_asked(self, last: date | None, reason: str, day: date) -> str:
        return f"Exemption {self._until(last)} · asked on {english_date(day)}\nReason: {reason}"

    def exemption_decided(self, state: str, last: date | None) -> str:
        if state == "granted":
            return f"The ministry granted the exemption {self._until(last)}"
        return "The ministry refused the exemption; reminders go on"

    def _until(self, last: date | None) -> str:
        return f"until {english_date(last)}" if last else "until further notice"

    def other_asked(self, *, told: bool) -> str:
        if told:
            return "The head of the provincial office was asked to name who is responsible"
        return "No head of the provincial office can be reached here; please tell them directly"

    def day_between(self, first: date, last: date) -> str:
        return (
            f"Choose a date from {english_date(first)} to {english_date(last)}. (What you entered is kept.)"
        )

    # -------------------------------------------------------------- the schedule, suspensions

    SCHEDULE = "Reminders of the coming 12 months"
    SCHEDULE_HINT = (
        "As things stand today. Once a joint activity is recorded, that year's reminders of the pairing end"
    )
    NOTHING_COMING = "No reminder in the coming 12 months"
    SUSPEND = "Add a suspension"
    SUSPENSIONS = "Suspended by policy"
    NO_SUSPENSIONS = "Nothing is suspended"
    SUSPEND_WHAT = "Which country, area or partner? Please type its name"
    SUSPEND_WHICH = "Which one is meant?"
    SUSPEND_REVIEW = "When is it looked at again? Choose or type a date"
    SUSPENSION_ENDED = "No longer suspended; reminders go on"
    SCOPES: Mapping[str, str] = {"country": "Country", "area": "Area", "partner": "Partner"}

    def coming_line(self, day: date, pairings: int, step: str, period: str) -> str:
        number = "1 pairing" if pairings == 1 else f"{pairings} pairings"
        return f"{english_date(day)}: {number} ({self.step(step)}, {int(period) - BUDDHIST_ERA})"

    def scope(self, scope: str, name: str) -> str:
        return f"{self.SCOPES[scope]}: {name}"

    def suspend_why(self, name: str, count: int) -> str:
        number = "1 pairing" if count == 1 else f"{count} pairings"
        return f"Suspend reminders of {name} ({number}): please type the reason"

    def in_months(self, number: int, day: date) -> str:
        return f"In {number} months ({english_date(day)})"

    def suspended(self, name: str, review_on: date) -> str:
        return f"Reminders of {name} are suspended; to be looked at again on {english_date(review_on)}"

    def suspension_line(self, name: str, reason: str, first: date, review_on: date) -> str:
        return f"{name} · since {english_date(first)} · looked at again on {english_date(review_on)} · reason: {reason}"

    def end_suspension(self, name: str) -> str:
        return f"End for {name}"
