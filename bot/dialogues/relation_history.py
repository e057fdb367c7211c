"""What was ever said of a pairing, going back to what stood before, and what the audit says was done to it."""

from __future__ import annotations

from typing import Any

from bot.dialogues.base import Facts, Intent, Turn, choice, quiet
from bot.dialogues.relation import first_screen
from bot.dialogues.relation_facts import (
    TAKEN_BACK,
    WITHDRAWN,
    CardView,
    EventView,
    FactView,
    TakeBackFact,
)
from bot.dialogues.relation_fields import by_words, fact_source, fact_words, label_of
from bot.messages import Choice, Reply
from bot.rights import may

PAGE = 6
EVENTS_PAGE = 10


# ------------------------------------------------------------------ what was said


def history(facts: Facts, intent: Intent) -> Turn:
    """Every fact of the pairing and its partner, or of one field, the latest first."""
    card = _seen(facts)
    if card is None:
        return quiet(facts, Reply(facts.t.NAME_NOT_FOUND))
    t, page = facts.t, int(intent.args.get("page", 0))
    field = intent.args.get("field")
    lines = [_entry(facts, one) for one in facts.relation.history.shown] or [t.NOTHING_SAID_YET]
    rows: list[tuple[Choice, ...]] = [
        (
            choice(
                t.back_to_before(t.fact_name(one.field)),
                "pairing.take_back",
                pairing=card.pairing,
                fact=one.id,
            ),
        )
        for one in facts.relation.history.shown
        if one.undoable and may(facts.seats, "confirm_fact")
    ]
    rows += [
        (choice(t.withdraw_fact(t.fact_name(one.field)), "fact.withdraw", pairing=card.pairing, fact=one.id),)
        for one in facts.relation.history.shown
        if one.state == "proposed" and one.by.me
    ]
    args = {"pairing": card.pairing, **({"field": field} if field else {})}
    rows += _turn_pages(facts, "pairing.history", args, page, PAGE, facts.relation.history.total)
    last = [choice(t.BACK, "pairing.show", pairing=card.pairing)]
    if may(facts.seats, "see_audit"):
        last.append(choice(t.WHO_DID_WHAT, "pairing.audit", pairing=card.pairing))
    title = t.history_of(label_of(facts, card.pairing))
    return quiet(facts, Reply("\n\n".join(lines), title=title, rows=(*rows, tuple(last))))


def _seen(facts: Facts) -> CardView | None:
    card = facts.relation.card
    if card is None:
        return None
    province = facts.registry.pairings[card.pairing].province_code
    return card if may(facts.seats, "see_history", province) else None


def _entry(facts: Facts, fact: FactView) -> str:
    """Before and after, who said it and who decided, where and from what source."""
    t = facts.t
    before = fact_words(facts, fact.before) if fact.before else t.NOT_STATED
    name = t.fact_name(fact.field)
    lines = [t.fact_changed(name, before, fact_words(facts, fact))]
    said = by_words(facts, fact.by, fact.origin)
    lines.append(
        t.said_by(said, fact.at if fact.origin != "shipped" else None, _channel(facts, fact.channel))
    )
    lines.append(t.standing_of(standing(fact), _decided_by(facts, fact), _note(facts, fact)))
    lines.append(t.cited(fact_source(facts, fact)))
    return "\n".join(lines)


def standing(fact: FactView) -> str:
    """What became of it: the state, but for what was undone or withdrawn."""
    return fact.note if fact.note in (TAKEN_BACK, WITHDRAWN) and fact.state == "replaced" else fact.state


def _decided_by(facts: Facts, fact: FactView) -> str:
    if fact.decided_at is None or fact.origin != "person" or standing(fact) == WITHDRAWN:
        return ""
    return by_words(facts, fact.decided_by)


def _note(facts: Facts, fact: FactView) -> str:
    return facts.t.fact_note(fact.note) if fact.note and fact.note not in (TAKEN_BACK, WITHDRAWN) else ""


def _channel(facts: Facts, channel: str | None) -> str:
    return facts.t.CHANNELS.get(channel, channel) if channel else ""


def _turn_pages(
    facts: Facts, name: str, args: dict[str, Any], page: int, size: int, total: int
) -> list[tuple[Choice, ...]]:
    turn = []
    if page:
        turn.append(choice(facts.t.PREVIOUS_PAGE, name, **args, page=page - 1))
    if total > (page + 1) * size:
        turn.append(choice(facts.t.NEXT_PAGE, name, **args, page=page + 1))
    return [tuple(turn)] if turn else []


# ------------------------------------------------------------------ going back


def ask_take_back(facts: Facts, _intent: Intent) -> Turn:
    """What would hold again: one press more, since every list and the yearly rule read it."""
    fact, t = facts.relation.fact, facts.t
    if fact is None or not may(facts.seats, "confirm_fact"):
        return quiet(facts, Reply(t.NOT_FOUND))
    if not fact.undoable:
        return quiet(facts, Reply(t.NOT_CURRENT_ANY_MORE, rows=(_to_history(facts, fact.pairing),)))
    before = fact_words(facts, fact.before) if fact.before else t.NOT_STATED
    text = t.really_take_back(t.fact_name(fact.field), fact_words(facts, fact), before)
    rows = (
        (
            choice(t.TAKE_BACK, "pairing.take_back_yes", pairing=fact.pairing, fact=fact.id),
            choice(t.LEAVE_AS_IT_IS, "pairing.history", pairing=fact.pairing),
        ),
    )
    return quiet(facts, Reply(text, title=label_of(facts, fact.pairing), rows=rows))


def take_back(facts: Facts, intent: Intent) -> Turn:
    def then(facts: Facts, outcome: Any) -> Turn:
        t, card = facts.t, facts.relation.card
        if outcome == "done" and card is not None:
            return quiet(facts, first_screen(facts, card, t.TAKEN_BACK))
        if outcome == "late" and card is not None:
            return quiet(facts, Reply(t.NOT_CURRENT_ANY_MORE, rows=(_to_history(facts, card.pairing),)))
        return quiet(facts, Reply(t.NOT_FOUND))

    return Turn(facts.talk, command=TakeBackFact(int(intent.args["fact"])), then=then)


def _to_history(facts: Facts, pairing: str) -> tuple[Choice, ...]:
    return (choice(facts.t.HISTORY, "pairing.history", pairing=pairing),)


# ------------------------------------------------------------------ who did what


def audit(facts: Facts, intent: Intent) -> Turn:
    """For the ministry, in a private chat: what was done to the pairing and its activities, on which channel."""
    t, card = facts.t, facts.relation.card
    if card is None or not may(facts.seats, "see_audit"):
        return quiet(facts, Reply(t.NOT_FOUND))
    if facts.group:
        return quiet(facts, Reply(t.IN_PRIVATE_ONLY))
    page, found = int(intent.args.get("page", 0)), facts.relation.events
    lines = [_event(facts, one) for one in found.shown] or [t.NOTHING_DONE_YET]
    args = {"pairing": card.pairing}
    rows = _turn_pages(facts, "pairing.audit", args, page, EVENTS_PAGE, found.total)
    back = (choice(t.BACK, "pairing.history", pairing=card.pairing),)
    title = t.audit_of(label_of(facts, card.pairing))
    return quiet(facts, Reply("\n".join(lines), title=title, rows=(*rows, back)))


def _event(facts: Facts, event: EventView) -> str:
    t = facts.t
    what = t.AUDIT_ACTIONS.get(event.action, event.action)
    about = t.number(event.activity) if event.activity is not None else t.fact_name(event.field or "")
    who = by_words(facts, event.by)
    return t.audit_line(event.at, what, about, who, _channel(facts, event.channel))
