"""How notices read in a digest: a section for each kind, posts and no persons, and a button where one leads on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import groupby
from typing import TypeVar

from bot.dialogues.base import Registry, choice
from bot.language.links import without_addresses
from bot.matters import Gap, Month, Plan, Review, Still, Term, Unused, Week
from bot.messages import Choice
from bot.notices import Item
from bot.texts.th import Th

MOST_LINES = 10
MOST_NAMES = 15
"""Of one section or line: a digest stays one message that is read."""

Sort = TypeVar("Sort", Gap, Month, Plan, Review, Still, Term, Unused, Week)


def sections(items: Sequence[Item], registry: Registry, today: date, t: Th) -> list[str]:
    """
    Each a text of several lines whose first is its heading; what concerns all comes first.

    What the week or the month says already is not said again below it.
    """
    weeks, months = _of(items, Week), _of(items, Month)
    reviews = _without(_of(items, Review), [one.reviews for one in weeks])
    terms = _without(_of(items, Term), [one.terms for one in months])
    stills = _without(_of(items, Still), [one.stills for one in months])
    plans = _without(_of(items, Plan), [one.plans for one in months])
    return [
        *(t.planning_stopped(one.last, one.again) for one in _of(items, Gap)),
        *(_week(one, registry, today, t) for one in weeks),
        *_section(t.reviews(len(reviews)), [_review_line(one, registry, t) for one in reviews], t),
        *(_month(one, registry, today, t) for one in months),
        *_section(t.terms(len(terms)), _term_lines(terms, registry, today, t), t, t.TERMS_HINT),
        *_section(t.stills(len(stills)), _still_lines(stills, registry, today, t), t, t.STILLS_HINT),
        *_section(t.coming(len(plans)), [_plan_line(one, registry, t) for one in plans], t),
        *_unused(_of(items, Unused), registry, t),
    ]


def buttons_of(items: Sequence[Item], registry: Registry, t: Th) -> list[tuple[Choice, ...]]:
    """To the pairings whose terms end, the plans that are near and the suspensions."""
    pairings = dict.fromkeys(one.pairing_id for one in _of(items, Term))
    buttons = [choice(registry.pairings[one].label, "pairing.show", pairing=one) for one in pairings]
    for plan in _of(items, Plan):
        label = t.plan_button(registry.pairings[plan.pairing_id].partner, plan.start)
        buttons.append(choice(label, "activity.show", activity=plan.activity_id))
    if _of(items, Review):
        buttons.append(choice(t.SUSPENSIONS, "suspend.list"))
    return [(button,) for button in buttons]


def _of(items: Sequence[Item], sort: type[Sort]) -> list[Sort]:
    return [one.matter for one in items if isinstance(one.matter, sort)]


def _without(found: Sequence[Sort], said: Sequence[Sequence[Sort]]) -> list[Sort]:
    return [one for one in found if not any(one in others for others in said)]


def _section(title: str, lines: Sequence[str], t: Th, hint: str = "") -> list[str]:
    """The heading with numbered lines; nothing where there are none."""
    if not lines:
        return []
    return ["\n".join([title, *_numbered(lines, t), *([hint] if hint else [])])]


def _numbered(lines: Sequence[str], t: Th) -> list[str]:
    shown = [f"{number}. {line}" for number, line in enumerate(lines[:MOST_LINES], start=1)]
    return [*shown, *([t.and_more(len(lines) - MOST_LINES)] if len(lines) > MOST_LINES else [])]


def _names(names: Sequence[str], t: Th) -> str:
    more = f" {t.and_more_names(len(names) - MOST_NAMES)}" if len(names) > MOST_NAMES else ""
    return ", ".join(names[:MOST_NAMES]) + more


# ------------------------------------------------------------------ lines


def _term_lines(terms: Sequence[Term], registry: Registry, today: date, t: Th) -> list[str]:
    return [
        t.term_line(registry.pairings[one.pairing_id].label, one.ends_on, (one.ends_on - today).days)
        for one in sorted(terms, key=lambda one: (one.ends_on, one.pairing_id))
    ]


def _still_lines(stills: Sequence[Still], registry: Registry, today: date, t: Th) -> list[str]:
    return [
        t.still_line(registry.pairings[one.pairing_id].label, one.stage, one.since, (today - one.since).days)
        for one in stills
    ]


def _plan_line(one: Plan, registry: Registry, t: Th) -> str:
    label = registry.pairings[one.pairing_id].label
    title = without_addresses(one.title)  # nothing that comes by itself leads outside
    return t.plan_line(label, title, t.days(one.start, one.end, one.precision), promised=one.promised)


def _review_line(one: Review, registry: Registry, t: Th) -> str:
    return t.review_line(_suspended(one, registry, t), one.on)


def _suspended(one: Review, registry: Registry, t: Th) -> str:
    """The country, area or partner by the name that pairings show; its key where no pairing has it any more."""
    for pairing in registry.pairings.values():
        if one.scope == "country" and pairing.country_code == one.key:
            return t.name(pairing.country, pairing.country_en)
        if one.scope == "partner" and pairing.partner_id == one.key:
            return t.name(pairing.partner, pairing.partner_en)
    return one.key


def _unused(unused: Sequence[Unused], registry: Registry, t: Th) -> list[str]:
    lines = [
        t.unused_line(
            t.role(one.role), registry.provinces[one.province] if one.province else "", one.ran_out_on
        )
        for one in unused
    ]
    return _section(t.unused(len(unused)), lines, t, t.UNUSED_HINT)


# ------------------------------------------------------------------ week and month


def _week(week: Week, registry: Registry, today: date, t: Th) -> str:
    def provinces(codes: Sequence[str]) -> str:
        return _names([registry.provinces[one] for one in codes], t)

    lines = [t.week_title(today)]
    if week.silent:
        counted = _names([f"{registry.provinces[code]} {count}" for code, count in week.silent], t)
        lines.append(t.week_silent(sum(count for _, count in week.silent), len(week.silent), counted))
    if week.climbed:
        lines.append(t.week_climbed([(t.POSTS[post], count) for post, count in week.climbed]))
    if week.terms:
        lines += [t.week_terms(len(week.terms)), *_numbered(_term_lines(week.terms, registry, today, t), t)]
    if week.stills:
        lines += [t.stills(len(week.stills)), *_numbered(_still_lines(week.stills, registry, today, t), t)]
    if week.reviews:
        lines.append(t.reviews(len(week.reviews)))
        lines += _numbered([_review_line(one, registry, t) for one in week.reviews], t)
    if week.unconfirmed:
        lines.append(t.week_unconfirmed(len(week.unconfirmed), provinces(week.unconfirmed)))
    lines += [t.week_vacant(t.POSTS[post], len(codes), provinces(codes)) for post, codes in week.vacant]
    return "\n".join(lines)


def _month(month: Month, registry: Registry, today: date, t: Th) -> str:
    def partners(ids: Sequence[str]) -> str:
        return _names([registry.pairings[one].partner for one in ids], t)

    lines = [t.month_title(registry.provinces[month.province], today)]
    ordered = sorted(month.silent, key=lambda one: (one.last, one.basis, one.period))
    for (basis, period, last), group in groupby(ordered, key=lambda one: (one.basis, one.period, one.last)):
        ids = [one.pairing_id for one in group]
        lines.append(t.month_silent(basis, period, len(ids), partners(ids)))
        lines.append(t.digest_left((last - today).days, last))
    if month.plans:
        lines += [
            t.month_plans(len(month.plans)),
            *_numbered([_plan_line(one, registry, t) for one in month.plans], t),
        ]
    if month.terms:
        lines += [t.terms(len(month.terms)), *_numbered(_term_lines(month.terms, registry, today, t), t)]
    if month.stills:
        lines += [t.stills(len(month.stills)), *_numbered(_still_lines(month.stills, registry, today, t), t)]
    if month.exempting:
        lines.append(t.month_exempting(len(month.exempting), partners(month.exempting)))
    return "\n".join(lines)
