"""
What an officer answers to a reminder besides recording: planned, put off, exempt, somebody else's; and why it
came. What the ministry decides of it.

What has been said of a pairing while it is being asked stands in the open field's subject, so that nothing is
lost when something else is said in between.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, Literal

from bot.calendar import months_after, period_of
from bot.dialogues.base import Facts, Intent, PairingView, Registry, Turn, choice, quiet, rows_of, too_long
from bot.dialogues.holds_facts import (
    AskExemption,
    AskForOther,
    DecideExemption,
    EndSnooze,
    ExemptionView,
    PutOff,
    SnoozeView,
)
from bot.dialogues.typed import read_day
from bot.language.dates import DateSpan
from bot.messages import Choice, Reply
from bot.rights import may
from bot.texts.th import Th

SNOOZE_UNTIL, SNOOZE_WHY = "snooze_until", "snooze_why"
EXEMPT_UNTIL, EXEMPT_WHY = "exempt_until", "exempt_why"
"""Open fields; the subject is the pairing, and for a reason the last day behind it."""

MOST_REASON = 300
MOST_SNOOZE = timedelta(days=92)
"""Nobody puts a duty of a year off by more than a quarter at once."""

PAGE = 8


# ------------------------------------------------------------------ which pairing


def pick(facts: Facts, intent: Intent) -> Turn:
    """The person's pairings that owe something, to choose one whose reminders are to be handled."""
    own = [one for one in facts.own_pairings if may(facts.seats, "quiet_reminders", one.province_code)]
    owing = [one for one in own if one.status == "established" and one.level == "province"]
    if not owing:
        return quiet(facts, Reply(facts.t.NO_PAIRINGS))
    page = int(intent.args.get("page", 0))
    buttons = [
        choice(one.label, "holds.menu", pairing=one.id) for one in owing[page * PAGE : (page + 1) * PAGE]
    ]
    turns = []
    if page:
        turns.append(choice(facts.t.PREVIOUS_PAGE, "holds.pick", page=page - 1))
    if len(owing) > (page + 1) * PAGE:
        turns.append(choice(facts.t.NEXT_PAGE, "holds.pick", page=page + 1))
    rows = (*rows_of(buttons, 1), *((tuple(turns),) if turns else ()))
    return quiet(facts, Reply(facts.t.HOLD_WHICH, rows=rows, edits=True))


def menu(facts: Facts, intent: Intent) -> Turn:
    """One pairing: how its year stands, what keeps it quiet, and what may be done."""
    pairing = _own(facts, intent)
    if pairing is None:
        return _not_found(facts)
    return quiet(facts, _menu(facts, pairing))


def _menu(facts: Facts, pairing: PairingView, lead: str = "") -> Reply:
    t, holds = facts.t, facts.holds
    lines = [lead] if lead else []
    if holds.explained is not None:
        lines.append(t.why(holds.explained.judged[-1]))
    lines += [t.snoozed_until(one.last, one.reason) for one in holds.snoozes]
    lines += [t.exemption_line(one.state, one.last, one.reason) for one in holds.exemptions]
    return Reply(
        "\n".join(lines), title=pairing.label, rows=answers(t, pairing.id, holds.snoozes), edits=True
    )


def answers(t: Th, pairing_id: str, snoozes: tuple[SnoozeView, ...] = ()) -> tuple[tuple[Choice, ...], ...]:
    """The buttons under a reminder of one pairing."""
    back = [choice(t.SNOOZE_END, "holds.snooze_end", snooze=one.id, pairing=pairing_id) for one in snoozes]
    return (
        (
            choice(t.LOG, "log.new", pairing=pairing_id),
            choice(t.HOLD_PLAN, "holds.plan", pairing=pairing_id),
        ),
        (
            back[0] if back else choice(t.HOLD_SNOOZE, "holds.snooze", pairing=pairing_id),
            choice(t.HOLD_EXEMPT, "holds.exempt", pairing=pairing_id),
        ),
        (
            choice(t.HOLD_OTHER, "holds.other", pairing=pairing_id),
            choice(t.HOLD_WHY, "holds.why", pairing=pairing_id),
        ),
    )


def _own(facts: Facts, intent: Intent) -> PairingView | None:
    """The pairing, if its reminders are the person's to answer; a foreign one is like one that is not there."""
    pairing = facts.registry.pairings.get(str(intent.args.get("pairing", "")))
    if pairing is None or not may(facts.seats, "quiet_reminders", pairing.province_code):
        return None
    return pairing


def _not_found(facts: Facts) -> Turn:
    return quiet(facts, Reply(facts.t.NAME_NOT_FOUND))


# ------------------------------------------------------------------ planned


def plan(facts: Facts, intent: Intent) -> Turn:
    """A plan is a record with a day that lies ahead."""
    pairing = _own(facts, intent)
    if pairing is None:
        return _not_found(facts)
    said = Reply(facts.t.HOLD_PLAN_HINT, title=pairing.label)
    return Turn(facts.talk, (said,), onward=Intent("log.new", {"pairing": pairing.id}))


# ------------------------------------------------------------------ put off


def snooze(facts: Facts, intent: Intent) -> Turn:
    """Until when: a week, a month, or a day that is typed."""
    pairing = _own(facts, intent)
    if pairing is None:
        return _not_found(facts)
    t, today = facts.t, facts.today
    days = ((t.ONE_WEEK, today + timedelta(days=7)), (t.ONE_MONTH, months_after(today, 1)))
    buttons = [
        choice(
            f"{label} ({t.days(day, None)})", "holds.snooze_until", pairing=pairing.id, day=day.isoformat()
        )
        for label, day in days
    ]
    rows = (*rows_of(buttons, 1), _back(facts, pairing.id))
    return Turn(
        facts.talk.asks(SNOOZE_UNTIL, pairing.id),
        (Reply(t.SNOOZE_UNTIL, title=pairing.label, rows=rows, edits=True, numbered=False),),
    )


def snooze_until(facts: Facts, intent: Intent) -> Turn:
    """The day, by button or typed; then the reason."""
    pairing = _own(facts, intent)
    if pairing is None:
        return _not_found(facts)
    last = _last_day(facts, intent, most=facts.today + MOST_SNOOZE)
    if isinstance(last, str):
        return _again(facts, pairing.id, last)
    reasons = [
        choice(text, "holds.snooze_why", about=f"{pairing.id} {last.isoformat()}", text=text)
        for text in facts.t.SNOOZE_REASONS.values()
    ]
    rows = (*rows_of(reasons, 1), _back(facts, pairing.id))
    said = Reply(facts.t.snooze_why(last), title=pairing.label, rows=rows, numbered=False)
    return Turn(facts.talk.asks(SNOOZE_WHY, f"{pairing.id} {last.isoformat()}"), (said,))


def take_snooze(facts: Facts, intent: Intent) -> Turn:
    """With the reason it stands."""
    pairing, last = _about(facts, intent)
    if pairing is None or last is None:
        return _not_found(facts)
    reason = str(intent.args["text"]).strip()
    if longer := too_long(facts, reason, MOST_REASON, _back(facts, pairing.id)):
        return longer
    return Turn(
        facts.talk.asks(),
        command=PutOff(pairing.id, last, reason),
        then=lambda facts, done: _done(facts, pairing, facts.t.snoozed(last), done),
    )


def end_snooze(facts: Facts, intent: Intent) -> Turn:
    pairing = _own(facts, intent)
    if pairing is None:
        return _not_found(facts)
    return Turn(
        facts.talk.asks(),
        command=EndSnooze(int(intent.args["snooze"])),
        then=lambda facts, done: _done(facts, pairing, facts.t.SNOOZE_ENDED, done),
    )


def _done(facts: Facts, pairing: PairingView, lead: str, done: Any) -> Turn:
    if not done:
        return _not_found(facts)
    return quiet(facts, _menu(facts, pairing, lead))


# ------------------------------------------------------------------ exempt


def exempt(facts: Facts, intent: Intent) -> Turn:
    """Until when: the end of this year, of the next one, or a day that is typed."""
    pairing = _own(facts, intent)
    if pairing is None:
        return _not_found(facts)
    if _waits(facts):
        return quiet(facts, _menu(facts, pairing, facts.t.EXEMPTION_WAITS))
    t = facts.t
    this = period_of(facts.today, facts.basis, pairing.facts.signed)
    following = period_of(this.last + timedelta(days=1), facts.basis, pairing.facts.signed)
    buttons = [
        choice(
            t.until_end_of(one.basis, one.label, one.last),
            "holds.exempt_until",
            pairing=pairing.id,
            day=one.last.isoformat(),
        )
        for one in (this, following)
    ]
    rows = (*rows_of(buttons, 1), _back(facts, pairing.id))
    said = Reply(t.EXEMPT_UNTIL, title=pairing.label, rows=rows, edits=True, numbered=False)
    return Turn(facts.talk.asks(EXEMPT_UNTIL, pairing.id), (said,))


def _waits(facts: Facts) -> bool:
    """Whether an exemption of the pairing waits already: a colleague may have asked meanwhile."""
    return any(one.state == "waiting" for one in facts.holds.exemptions)


def exempt_until(facts: Facts, intent: Intent) -> Turn:
    pairing = _own(facts, intent)
    if pairing is None:
        return _not_found(facts)
    last = _last_day(facts, intent, most=months_after(facts.today, 24))
    if isinstance(last, str):
        return _again(facts, pairing.id, last)
    said = Reply(
        facts.t.exempt_why(last), title=pairing.label, rows=(_back(facts, pairing.id),), numbered=False
    )
    return Turn(facts.talk.asks(EXEMPT_WHY, f"{pairing.id} {last.isoformat()}"), (said,))


def take_exemption(facts: Facts, intent: Intent) -> Turn:
    """With the reason it goes to the ministry."""
    pairing, last = _about(facts, intent)
    if pairing is None or last is None:
        return _not_found(facts)
    if _waits(facts):
        return quiet(facts, _menu(facts, pairing, facts.t.EXEMPTION_WAITS))
    reason = str(intent.args["text"]).strip()
    if longer := too_long(facts, reason, MOST_REASON, _back(facts, pairing.id)):
        return longer
    return Turn(
        facts.talk.asks(),
        command=AskExemption(pairing.id, last, reason),
        then=lambda facts, done: _done(facts, pairing, facts.t.EXEMPTION_ASKED, done),
    )


# ------------------------------------------------------------------ somebody else, and why


def other(facts: Facts, intent: Intent) -> Turn:
    """เปลี่ยนผู้รับผิดชอบ: it is the head who says who serves."""
    pairing = _own(facts, intent)
    if pairing is None:
        return _not_found(facts)
    return Turn(
        facts.talk.asks(),
        command=AskForOther(pairing.id),
        then=lambda facts, told: quiet(facts, _menu(facts, pairing, facts.t.other_asked(told=bool(told)))),
    )


def why(facts: Facts, intent: Intent) -> Turn:
    """Why a reminder came, or did not: each year's sum, who was told and when, by post."""
    pairing = facts.registry.pairings.get(str(intent.args.get("pairing", "")))
    explained = facts.holds.explained
    if pairing is None or explained is None or not may(facts.seats, "see_pairings", pairing.province_code):
        return _not_found(facts)
    t, lines = facts.t, []
    for judged in explained.judged:
        lines.append(t.why(judged))
        lines += [
            t.explained_said(t.POSTS[said.level], said.step, said.on)
            for said in explained.said[judged.period]
        ]
    lines += [t.explained_answered(explained.answered)] if explained.answered else []
    lines += [] if explained.confirmed else [t.NOT_ESCALATED]
    title = t.explained_title(pairing.label, explained.day)
    own = _own(facts, intent) is not None
    rows = (_back(facts, pairing.id),) if own else ()
    return quiet(facts, Reply("\n".join([*lines, t.sums(explained.sums)]), title=title, rows=rows))


# ------------------------------------------------------------------ what is typed


def _last_day(facts: Facts, intent: Intent, most: date) -> date | str:
    """The last quiet day, by button or typed; else what to do."""
    read = read_day(facts, str(intent.args.get("day") or intent.args.get("text", "")), ahead=True)
    if not isinstance(read, DateSpan):
        return read
    if read.doubtful:
        return facts.t.NEW_DAY_NOT_READ
    last = read.end or read.start
    return last if facts.today <= last <= most else facts.t.day_between(facts.today, most)


def _about(facts: Facts, intent: Intent) -> tuple[PairingView | None, date | None]:
    """The pairing and the last day that are being said: `50-chengdu 2026-12-31`."""
    pairing_id, _, day = str(intent.args.get("about", "")).rpartition(" ")
    try:
        last = date.fromisoformat(day)
    except ValueError:
        return None, None
    return _own(facts, Intent("", {"pairing": pairing_id})), last if last >= facts.today else None


def _again(facts: Facts, pairing_id: str, text: str) -> Turn:
    return Turn(facts.talk, (Reply(text, rows=(_back(facts, pairing_id),), numbered=False),))


def _back(facts: Facts, pairing_id: str) -> tuple[Choice, ...]:
    return (choice(facts.t.BACK, "holds.menu", pairing=pairing_id),)


# ------------------------------------------------------------------ the ministry: exemptions


def waiting(facts: Facts, _intent: Intent) -> Turn:
    """Exemptions that wait for the ministry, the oldest first."""
    if not may(facts.seats, "decide_exemption"):
        return quiet(facts, Reply(facts.t.NOT_FOUND))
    found = facts.holds.exemptions
    if not found:
        return quiet(facts, Reply(facts.t.NO_EXEMPTIONS))
    return quiet(facts, *(exemption_card(facts.t, facts.registry, one) for one in found[:PAGE]))


def exemption_card(t: Th, registry: Registry, one: ExemptionView) -> Reply:
    pairing = registry.pairings[one.pairing_id]
    rows = (
        (
            choice(t.APPROVE, "holds.decide", exemption=one.id, decision="granted"),
            choice(t.REFUSE, "holds.decide", exemption=one.id, decision="refused"),
        ),
        (choice(t.HOLD_WHY, "holds.why", pairing=one.pairing_id),),
    )
    text = t.exemption_asked(one.last, one.reason, one.asked_on)
    return Reply(text, title=f"{t.HOLD_EXEMPT}: {pairing.label}", rows=rows, numbered=False)


def decide(facts: Facts, intent: Intent) -> Turn:
    decision: Literal["granted", "refused"] = (
        "granted" if intent.args.get("decision") == "granted" else "refused"
    )
    return Turn(
        facts.talk,
        command=DecideExemption(int(intent.args["exemption"]), decision),
        then=lambda facts, outcome: _decided(facts, outcome),
    )


def _decided(facts: Facts, outcome: Any) -> Turn:
    """`outcome`: None for none of theirs; else whether it was theirs to decide, and how it was decided."""
    if outcome is None:
        return quiet(facts, Reply(facts.t.NOT_FOUND))
    taken, view = outcome
    label = facts.registry.pairings[view.pairing_id].label
    text = facts.t.exemption_decided(view.state, view.last)
    lead = "" if taken else f"{facts.t.DECIDED_ALREADY}\n"
    return quiet(facts, Reply(f"{lead}{text}", title=label, edits=True))
