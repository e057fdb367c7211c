"""
What was recorded, as a list: narrowed by buttons or in words, page by page.

A button of the list carries all that narrows it, so an older list goes on from where it stood.
"""

from __future__ import annotations

from typing import Any

from bot.calendar import BUDDHIST_ERA, FISCAL_FIRST_MONTH
from bot.dialogues.base import ActivityView, Facts, Intent, Sought, Turn, choice, quiet, rows_of, shortened
from bot.dialogues.offices import counted_provinces, incomplete
from bot.dialogues.records import own_pairings
from bot.language.seeking import read_sought
from bot.messages import Choice, Reply
from bot.rights import may, provinces

PAGE = 6
"""Records on a page: with the buttons that narrow it still one screen of a phone."""

YEARS = 4


def records(facts: Facts, intent: Intent) -> Turn:
    """`/activities`, with words that narrow it, or a button of the list."""
    t = facts.t
    if not may(facts.seats, "see_activities"):
        return quiet(facts, Reply(t.MEMBERS_ONLY, rows=((choice(t.ASK_ACCESS, "join.ask"),),)))
    if text := str(intent.args.get("text", "")):
        return _in_words(facts, text)
    sought = Sought.model_validate(intent.args)
    if not all(_sees(facts, one) for one in sought.pairings):
        return quiet(facts, Reply(t.NO_SUCH_PAIRING))
    if not facts.records.total and not sought.narrows:
        log = ((choice(t.LOG, "log.new"),),) if may(facts.seats, "log_activity") else ()
        unsure = _unsure(facts, sought)
        return quiet(facts, Reply("\n".join([t.NO_ACTIVITIES, *unsure]), rows=log))
    lines = [_what(facts, sought)] if sought.narrows else []
    lines.append(t.CHOOSE_RECORD if facts.records.total else t.NOTHING_FOUND)
    lines += _unsure(facts, sought)
    shown = [choice(_label(facts, one), "activity.show", activity=one.id) for one in facts.records.shown]
    rows = (*rows_of(shown, 1), *_pages(facts, sought), *_filters(facts, sought))
    title = _title(facts)
    return quiet(facts, Reply("\n".join(lines), title=title, rows=rows, edits="sought" in intent.args))


def _unsure(facts: Facts, sought: Sought) -> list[str]:
    """That the list, and how many there are, may lack what a province has not told."""
    known = facts.registry.pairings
    codes = [known[one].province_code for one in sought.pairings if one in known]
    unsure = incomplete(facts, codes or provinces(facts.seats) or counted_provinces(facts))
    return [unsure] if unsure else []


def _title(facts: Facts) -> str:
    t, found = facts.t, facts.records
    if found.more_than is not None:
        return t.more_than(t.ACTIVITIES, found.more_than)
    return t.counted(t.ACTIVITIES, found.total)


def _in_words(facts: Facts, text: str) -> Turn:
    found = read_sought(text, facts.registry.lexicon, home=facts.home, today=facts.today)
    if found.number is not None:
        return Turn(facts.talk.asks(), onward=Intent("activity.show", {"activity": found.number}))
    own = tuple(one for one in found.pairings if _sees(facts, one))
    if found.pairings and not own:
        return quiet(facts, Reply(facts.t.NO_SUCH_PAIRING))
    sought = Sought(
        pairings=own,
        type=found.type,
        state=found.state,
        year=found.year,
        fiscal=found.fiscal,
        mine=found.mine,
        flagged=found.flagged,
        words=found.words,
    )
    return Turn(facts.talk.asks(), onward=Intent("activities", sought.model_dump(exclude_defaults=True)))


def _sees(facts: Facts, pairing_id: str) -> bool:
    pairing = facts.registry.pairings.get(pairing_id)
    return pairing is not None and may(facts.seats, "see_activities", pairing.province_code)


def _in_one_province(facts: Facts) -> bool:
    """A partner's name is enough where only one province's records are seen."""
    return len(provinces(facts.seats)) == 1


def _label(facts: Facts, activity: ActivityView) -> str:
    t, pairing = facts.t, own_pairings(facts, activity)[0]
    partner = pairing.partner if _in_one_province(facts) else pairing.label
    days = t.days(activity.start, activity.end, activity.precision)
    mark = t.FLAG if activity.flag else t.PLANNED_MARK if activity.state == "planned" else ""
    kind = t.type_label(facts.registry.types[activity.type])
    return shortened(f"{mark}{days} · {partner} · {kind}")


def _what(facts: Facts, sought: Sought) -> str:
    """What narrows the list, in one line."""
    t = facts.t
    known = [facts.registry.pairings[one] for one in sought.pairings if one in facts.registry.pairings]
    parts = [one.partner if _in_one_province(facts) else one.label for one in known]
    if sought.type in facts.registry.types:
        parts.append(t.type_label(facts.registry.types[str(sought.type)]))
    if sought.year is not None:
        parts.append(t.year_name("fiscal" if sought.fiscal else "calendar", sought.year))
    if sought.state is not None:
        parts.append(t.word("state", sought.state))
    if sought.mine:
        parts.append(t.MINE)
    if sought.flagged:
        parts.append(t.FLAGGED)
    parts += [t.quoted(word) for word in sought.words]
    return t.narrowed(" · ".join(parts))


def _again(label: str, sought: Sought, **changes: Any) -> Choice:
    """The same list, narrowed otherwise; from its first page unless a page is asked for."""
    changed = sought.model_copy(update={"page": 0, **changes})
    return choice(label, "activities", sought=True, **changed.model_dump(mode="json", exclude_defaults=True))


def _pages(facts: Facts, sought: Sought) -> tuple[tuple[Choice, ...], ...]:
    t, buttons = facts.t, []
    if sought.page:
        buttons.append(_again(t.PREVIOUS_PAGE, sought, page=sought.page - 1))
    if (sought.page + 1) * PAGE < facts.records.total:
        buttons.append(_again(t.NEXT_PAGE, sought, page=sought.page + 1))
    return (tuple(buttons),) if buttons else ()


def _filters(facts: Facts, sought: Sought) -> tuple[tuple[Choice, ...], ...]:
    t = facts.t
    args = sought.model_copy(update={"page": 0}).model_dump(mode="json", exclude_defaults=True)
    first = (
        choice(t.FILTER_PAIRING, "activities.by", by="pairing", **args),
        choice(t.FILTER_YEAR, "activities.by", by="year", **args),
        choice(t.FILTER_TYPE, "activities.by", by="type", **args),
    )
    second = [
        choice(t.FILTER_MORE, "activities.by", by="more", **args),
        choice(t.SEARCH, "activities.search"),
    ]
    if sought.narrows:
        second.append(_again(t.SHOW_ALL, Sought()))
    return (first, tuple(second))


def narrow(facts: Facts, intent: Intent) -> Turn:
    """The values that a filter can take, as buttons."""
    sought, by = Sought.model_validate(intent.args), intent.args["by"]
    choices = {"pairing": _by_pairing, "year": _by_year, "type": _by_type, "more": _by_more}[by](
        facts, sought
    )
    last = _again(facts.t.BACK, sought)
    reply = Reply(facts.t.WHICH_RECORDS, rows=(*rows_of(choices, 2), (last,)), edits=True)
    return quiet(facts, reply)


def _by_pairing(facts: Facts, sought: Sought) -> list[Choice]:
    several = not _in_one_province(facts)
    return [
        _again(one.label if several else one.partner, sought, pairings=(one.id,))
        for one in facts.own_pairings
    ]


def _by_year(facts: Facts, sought: Sought) -> list[Choice]:
    t, this = facts.t, facts.today.year + BUDDHIST_ERA
    calendar = [
        _again(t.year_name("calendar", this - ago), sought, year=this - ago, fiscal=False)
        for ago in range(YEARS)
    ]
    fiscal = this + (facts.today.month >= FISCAL_FIRST_MONTH)
    others = [
        _again(t.year_name("fiscal", fiscal - ago), sought, year=fiscal - ago, fiscal=True)
        for ago in range(YEARS)
    ]
    return [one for pair in zip(calendar, others, strict=True) for one in pair]


def _by_type(facts: Facts, sought: Sought) -> list[Choice]:
    t = facts.t
    return [_again(t.type_label(one), sought, type=code) for code, one in facts.registry.types.items()]


def _by_more(facts: Facts, sought: Sought) -> list[Choice]:
    t = facts.t
    return [
        _again(t.word("state", "held"), sought, state="held"),
        _again(t.word("state", "planned"), sought, state="planned"),
        _again(t.MINE, sought, mine=True),
        _again(t.FLAGGED, sought, flagged=True),
    ]


def ask_words(facts: Facts, _intent: Intent) -> Turn:
    """Search by typing: what is written next narrows the list."""
    rows = ((choice(facts.t.ACTIVITIES, "activities"),),)
    return Turn(facts.talk.asks("seek"), (Reply(facts.t.WRITE_WORDS, rows=rows),))
