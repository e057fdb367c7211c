"""The ministry suspends reminders of a country, an area or a partner, and ends that again; the coming months."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import groupby

from bot.calendar import months_after
from bot.dialogues.base import Facts, Intent, Turn, choice, quiet, rows_of, too_long
from bot.dialogues.holds import MOST_REASON
from bot.dialogues.holds_facts import EndSuspension, Suspend
from bot.dialogues.typed import read_day
from bot.language.dates import DateSpan
from bot.language.finding import find
from bot.messages import Choice, Reply
from bot.reminders import Scope, lies_in
from bot.rights import may

WHAT, WHY, REVIEW = "suspend_what", "suspend_why", "suspend_review"
"""Open fields; the subject is `country CN`, and for the review the reason behind it."""

MOST_REVIEW_MONTHS = 24
SHOWN = 10


# ------------------------------------------------------------------ the schedule


def schedule(facts: Facts, _intent: Intent) -> Turn:
    """กำหนดการแจ้งเตือน: when reminders go out in the coming 12 months, if nothing is recorded until then."""
    if not may(facts.seats, "see_pairings"):
        return quiet(facts, Reply(facts.t.MEMBERS_ONLY, rows=((choice(facts.t.ASK_ACCESS, "join.ask"),),)))
    t = facts.t
    lines = []
    for day, group in groupby(facts.holds.coming, key=lambda one: one.day):
        lines += [t.coming_line(day, one.pairings, one.step, one.period) for one in group]
    rows = ((choice(t.HOLD_HANDLE, "holds.pick"),),) if may(facts.seats, "quiet_reminders") else ()
    text = "\n".join([*lines, t.SCHEDULE_HINT]) if lines else t.NOTHING_COMING
    return quiet(facts, Reply(text, title=t.SCHEDULE, rows=rows))


# ------------------------------------------------------------------ the list


def listed(facts: Facts, _intent: Intent) -> Turn:
    """What is suspended, with the day on which it is looked at again."""
    if not may(facts.seats, "suspend_reminders"):
        return quiet(facts, Reply(facts.t.NOT_FOUND))
    return quiet(facts, _list(facts))


def _list(facts: Facts, lead: str = "") -> Reply:
    t, found = facts.t, facts.holds.suspensions
    lines = [lead] if lead else []
    lines += [
        f"{number}. {t.suspension_line(name_of(facts, one.scope, one.key), one.reason, one.first, one.review_on)}"
        for number, one in enumerate(found, start=1)
    ]
    if not found:
        lines.append(t.NO_SUSPENSIONS)
    buttons = [
        choice(t.end_suspension(name_of(facts, one.scope, one.key)), "suspend.end", suspension=one.id)
        for one in found[:SHOWN]
    ]
    rows = ((choice(t.SUSPEND, "suspend.ask"),), *rows_of(buttons, 1))
    return Reply("\n".join(lines), title=t.SUSPENSIONS, rows=rows, edits=True, numbered=False)


def name_of(facts: Facts, scope: str, key: str) -> str:
    """The country, area or partner in words."""
    t = facts.t
    for one in facts.registry.pairings.values():
        if scope == "country" and one.country_code == key:
            return t.name(one.country, one.country_en)
        if scope == "partner" and one.partner_id == key:
            return t.name(one.partner, one.partner_en)
    return key


# ------------------------------------------------------------------ suspending


def ask(facts: Facts, _intent: Intent) -> Turn:
    """Which country, area or partner: typed."""
    if not may(facts.seats, "suspend_reminders"):
        return quiet(facts, Reply(facts.t.NOT_FOUND))
    said = Reply(facts.t.SUSPEND_WHAT, rows=(_back(facts),), edits=True, numbered=False)
    return Turn(facts.talk.asks(WHAT), (said,))


def _back(facts: Facts) -> tuple[Choice, ...]:
    return (choice(facts.t.BACK, "suspend.list"),)


def take_what(facts: Facts, intent: Intent) -> Turn:
    """A name that can be several things is asked with buttons."""
    if not may(facts.seats, "suspend_reminders"):
        return quiet(facts, Reply(facts.t.NOT_FOUND))
    found = _meant(facts, str(intent.args["text"]).strip())
    if not found:
        return Turn(facts.talk, (Reply(facts.t.NAME_NOT_FOUND, rows=(_back(facts),), numbered=False),))
    buttons = [
        choice(facts.t.scope(scope, name_of(facts, scope, key)), "suspend.what", about=f"{scope} {key}")
        for scope, key in found[:SHOWN]
    ]
    rows = (*rows_of(buttons, 1), _back(facts))
    return Turn(facts.talk.asks(WHAT), (Reply(facts.t.SUSPEND_WHICH, rows=rows),))


def _meant(facts: Facts, text: str) -> list[tuple[Scope, str]]:
    found: list[tuple[Scope, str]] = []
    names = find(text, facts.registry.lexicon, home=None)
    for one in names.choices:
        if one.kind == "country":
            found.append(("country", one.id))
        elif one.kind == "partner":
            found.append(("partner", one.id))
        elif one.kind == "pairing" and one.id in facts.registry.pairings:
            found.append(("partner", facts.registry.pairings[one.id].partner_id))
    areas = sorted({one.area for one in facts.registry.pairings.values() if one.area})
    found += [("area", area) for area in areas if text.casefold() in area.casefold()]
    return list(dict.fromkeys(found))


def what(facts: Facts, intent: Intent) -> Turn:
    """Chosen; then the reason."""
    about = _about(facts, str(intent.args.get("about", "")))
    if about is None:
        return quiet(facts, Reply(facts.t.NOT_FOUND))
    scope, key = about
    text = facts.t.suspend_why(name_of(facts, scope, key), _count(facts, scope, key))
    said = Reply(text, rows=(_back(facts),), edits=True, numbered=False)
    return Turn(facts.talk.asks(WHY, f"{scope} {key}"), (said,))


def _about(facts: Facts, subject: str) -> tuple[Scope, str] | None:
    """`country CN`, where there is such a one and the person may suspend it."""
    scope, _, key = subject.partition(" ")
    if not may(facts.seats, "suspend_reminders") or scope not in ("country", "area", "partner"):
        return None
    known: Scope = "country" if scope == "country" else "area" if scope == "area" else "partner"
    return (known, key) if _count(facts, known, key) else None


def _count(facts: Facts, scope: Scope, key: str) -> int:
    return sum(bool(key) and lies_in(one.facts, scope, key) for one in facts.registry.pairings.values())


def take_why(facts: Facts, intent: Intent) -> Turn:
    """The reason; then the day on which it is looked at again."""
    subject, reason = str(facts.talk.subject), str(intent.args["text"]).strip()
    about = _about(facts, subject)
    if about is None:
        return quiet(facts, Reply(facts.t.NOT_FOUND))
    if longer := too_long(facts, reason, MOST_REASON, _back(facts)):
        return longer
    buttons = [
        choice(
            facts.t.in_months(number, months_after(facts.today, number)),
            "suspend.review",
            about=f"{subject}\n{reason}",
            day=months_after(facts.today, number).isoformat(),
        )
        for number in (3, 6, 12)
    ]
    said = Reply(facts.t.SUSPEND_REVIEW, rows=(*rows_of(buttons, 1), _back(facts)), numbered=False)
    return Turn(facts.talk.asks(REVIEW, f"{subject}\n{reason}"), (said,))


def take_review(facts: Facts, intent: Intent) -> Turn:
    """With that day it stands."""
    subject, _, reason = str(intent.args.get("about", "")).partition("\n")
    about = _about(facts, subject)
    if about is None or not reason:
        return quiet(facts, Reply(facts.t.NOT_FOUND))
    day = _review_day(facts, str(intent.args.get("day") or intent.args.get("text", "")))
    if isinstance(day, str):
        return Turn(facts.talk, (Reply(day, rows=(_back(facts),), numbered=False),))
    name = name_of(facts, *about)
    return Turn(
        facts.talk.asks(),
        command=Suspend(*about, reason, day),
        then=lambda facts, done: _stored(facts, facts.t.suspended(name, day), done),
    )


def _review_day(facts: Facts, text: str) -> date | str:
    read = read_day(facts, text, ahead=True)
    if not isinstance(read, DateSpan):
        return read
    first, most = facts.today + timedelta(days=1), months_after(facts.today, MOST_REVIEW_MONTHS)
    return read.start if first <= read.start <= most else facts.t.day_between(first, most)


def end(facts: Facts, intent: Intent) -> Turn:
    return Turn(
        facts.talk.asks(),
        command=EndSuspension(int(intent.args["suspension"])),
        then=lambda facts, done: _stored(facts, facts.t.SUSPENSION_ENDED, done),
    )


def _stored(facts: Facts, lead: str, done: object) -> Turn:
    return quiet(facts, _list(facts, lead)) if done else quiet(facts, Reply(facts.t.NOT_FOUND))
