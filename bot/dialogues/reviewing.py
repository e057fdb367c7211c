"""
The ministry's "ข้อมูลที่รอยืนยัน": what was proposed, and what two sources say differently.

A proposal is confirmed, refused with a reason, or kept beside what holds; of a conflict it is said which holds.
Whoever proposed is told, and may take it back until then.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from bot.dialogues.base import (
    MOST_SOURCE,
    Facts,
    Intent,
    Step,
    Turn,
    choice,
    quiet,
    rows_of,
    shortened,
    too_long,
)
from bot.dialogues.relation_facts import DecideFact, FactView
from bot.dialogues.relation_fields import (
    by_words,
    fact_source,
    fact_words,
    is_empty,
    label_of,
    shared_words,
)
from bot.dialogues.relation_history import standing
from bot.messages import Choice, Reply
from bot.rights import may

PROPOSED, CONFLICTING = "proposed", "conflicting"
PAGE = 8
REASON = "fact_reason"
"""Open field: why a proposal is refused; its subject is the fact."""


def for_the_ministry(step: Step) -> Step:
    """Anybody else is told what is told of things that are not there."""

    @wraps(step)
    def guarded(facts: Facts, intent: Intent) -> Turn:
        if not may(facts.seats, "confirm_fact"):
            return quiet(facts, Reply(facts.t.NOT_FOUND))
        return step(facts, intent)

    return guarded


# ------------------------------------------------------------------ the list


@for_the_ministry
def review(facts: Facts, intent: Intent) -> Turn:
    """What waits, the oldest first; below it conflicts and what the provinces said of their lists."""
    t, state, page = facts.t, str(intent.args.get("state", PROPOSED)), int(intent.args.get("page", 0))
    found = facts.relation.review
    buttons = [(choice(shortened(_line(facts, one), 58), "review.show", fact=one.id),) for one in found.shown]
    turn = []
    if page:
        turn.append(choice(t.PREVIOUS_PAGE, "review", state=state, page=page - 1))
    if found.total > (page + 1) * PAGE:
        turn.append(choice(t.NEXT_PAGE, "review", state=state, page=page + 1))
    texts: dict[str, Callable[[int], str]] = {PROPOSED: t.facts_waiting, CONFLICTING: t.facts_conflicting}
    text = texts.get(state, t.facts_waiting)(found.total)
    rows = (*buttons, *rows_of(turn), *rows_of(_elsewhere(facts, state)))
    return quiet(facts, Reply(text, title=t.REVIEW, rows=rows, edits="page" in intent.args))


def _line(facts: Facts, fact: FactView) -> str:
    name = facts.t.fact_name(fact.field)
    return f"{label_of(facts, fact.pairing)} · {name}: {fact_words(facts, fact)}"


def _elsewhere(facts: Facts, state: str) -> list[Choice]:
    t, waiting = facts.t, facts.relation.waiting
    found = []
    for other, label in ((PROPOSED, t.REVIEW), (CONFLICTING, t.CONFLICTS)):
        if other != state and waiting.get(other):
            found.append(choice(t.counted(label, waiting[other]), "review", state=other))
    if facts.relation.missing:
        found.append(choice(t.counted(t.MISSING_PAIRINGS, len(facts.relation.missing)), "review.missing"))
    marked = sum(one.verdict == "wrong" and not one.dismissed for one in facts.registry.pairings.values())
    if marked:
        found.append(choice(t.counted(t.MARKED_WRONG, marked), "review.marked"))
    return [*found, choice(t.ADD_PAIRING, "add.province")]


# ------------------------------------------------------------------ one of them


@for_the_ministry
def show(facts: Facts, _intent: Intent) -> Turn:
    """Before and after, the source, and who says so."""
    found = _open(facts)
    return found if isinstance(found, Turn) else quiet(facts, card(facts, found))


def _open(facts: Facts) -> FactView | Turn:
    """The fact if it still waits; else what became of it."""
    fact = facts.relation.fact
    if fact is None:
        return quiet(facts, Reply(facts.t.NOT_FOUND))
    if fact.state not in (PROPOSED, CONFLICTING):
        return quiet(facts, _decided(facts, fact))
    return fact


def card(facts: Facts, fact: FactView, lead: str = "") -> Reply:
    t, held = facts.t, fact.before
    lines = [lead] if lead else []
    lines.append(t.fact_before(fact_words(facts, held)) if held else t.fact_before(t.NOT_STATED))
    if held is not None and held.source.strip() and not is_empty(held.value):
        lines.append(t.cited(fact_source(facts, held)))
    lines += [t.fact_after(fact_words(facts, fact)), t.cited(fact_source(facts, fact))]
    if fact.note:
        lines.append(t.fact_note(fact.note))
    lines.append(t.said_by(by_words(facts, fact.by, fact.origin), fact.at, ""))
    if shared := shared_words(facts, fact.pairing, fact.field):
        lines.append(shared)
    title = f"{label_of(facts, fact.pairing)} · {t.fact_name(fact.field)}"
    return Reply("\n".join(lines), title=title, rows=_decisions(facts, fact))


def _decisions(facts: Facts, fact: FactView) -> tuple[tuple[Choice, ...], ...]:
    t, held = facts.t, fact.before
    seen = held.id if held else 0
    conflicts = fact.state == CONFLICTING
    confirm = choice(
        t.THIS_ONE_HOLDS if conflicts else t.CONFIRM_FACT, "review.confirm", fact=fact.id, seen=seen
    )
    refuse = choice(t.OURS_HOLDS if conflicts else t.REFUSE_FACT, "review.refuse", fact=fact.id)
    rows: list[tuple[Choice, ...]] = [(confirm, refuse)]
    if not conflicts and held is not None and not is_empty(held.value):
        rows.append((choice(t.KEEP_BESIDE, "review.keep", fact=fact.id),))
    rows.append(
        (
            choice(t.SHOW_PAIRING, "pairing.show", pairing=fact.pairing),
            choice(t.BACK, "review", state=fact.state, page=0),
        )
    )
    return tuple(rows)


# ------------------------------------------------------------------ deciding


@for_the_ministry
def confirm(facts: Facts, intent: Intent) -> Turn:
    return _decide(facts, DecideFact(_id(intent), "confirm", seen=int(intent.args.get("seen", 0))))


@for_the_ministry
def keep(facts: Facts, intent: Intent) -> Turn:
    return _decide(facts, DecideFact(_id(intent), "keep"))


@for_the_ministry
def why_refuse(facts: Facts, _intent: Intent) -> Turn:
    """A reason by button, or typed: whoever proposed is told it."""
    found = _open(facts)
    if isinstance(found, Turn):
        return found
    t = facts.t
    rows = [
        *(
            (choice(label, "review.refuse_for", fact=found.id, reason=key),)
            for key, label in t.REFUSALS.items()
        ),
        (choice(t.TYPE_REASON, "review.refuse_type", fact=found.id),),
        (choice(t.BACK, "review.show", fact=found.id),),
    ]
    return quiet(facts, Reply(f"{_line(facts, found)}\n{t.WHY_REFUSED}", rows=tuple(rows), edits=True))


@for_the_ministry
def ask_reason(facts: Facts, _intent: Intent) -> Turn:
    found = _open(facts)
    if isinstance(found, Turn):
        return found
    back = ((choice(facts.t.BACK, "review.show", fact=found.id),),)
    asked = Reply(facts.t.WRITE_FACT_REFUSAL, rows=back, edits=True, numbered=False)
    return Turn(facts.talk.asks(REASON, str(found.id)), (asked,))


@for_the_ministry
def refuse(facts: Facts, intent: Intent) -> Turn:
    reason = str(intent.args.get("reason") or intent.args["text"]).strip()
    if longer := too_long(facts, reason, MOST_SOURCE):
        return longer
    return _decide(facts, DecideFact(_id(intent), "refuse", reason))


def withdraw(facts: Facts, intent: Intent) -> Turn:
    """The proposer's own, while nobody has decided."""
    return _decide(facts, DecideFact(_id(intent), "withdraw"))


def _id(intent: Intent) -> int:
    return int(intent.args["fact"])


def _decide(facts: Facts, command: DecideFact) -> Turn:
    def then(facts: Facts, outcome: Any) -> Turn:
        t, fact = facts.t, facts.relation.fact
        if outcome == "forbidden" or fact is None:
            return quiet(facts, Reply(t.NOT_FOUND))
        if outcome == "late":
            return quiet(facts, _decided(facts, fact))
        if outcome == "changed":
            return quiet(facts, card(facts, fact, t.CHANGED_MEANWHILE))
        text = f"{t.DECISIONS[command.decision]}\n{_line(facts, fact)}"
        last = [choice(t.SHOW_PAIRING, "pairing.show", pairing=fact.pairing)]
        if may(facts.seats, "confirm_fact"):
            last.append(choice(t.REVIEW, "review"))
        return quiet(facts, Reply(text, rows=(tuple(last),), edits=True))

    return Turn(facts.talk, command=command, then=then)


def _decided(facts: Facts, fact: FactView) -> Reply:
    """That somebody was faster, and what was decided."""
    t = facts.t
    who = by_words(facts, fact.decided_by) if fact.decided_at else ""
    text = f"{_line(facts, fact)}\n{t.already_decided(standing(fact), who)}"
    rows = ((choice(t.REVIEW, "review"),),) if may(facts.seats, "confirm_fact") else ()
    return Reply(text, rows=rows)
