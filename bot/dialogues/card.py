"""
The open draft in front of the officer: the next question, the card, a button for each field, corrections by typing.
"""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

from bot.dialogues.base import (
    DraftField,
    Facts,
    Intent,
    LogDraft,
    Turn,
    choice,
    rows_of,
)
from bot.dialogues.drafting import (
    ASKED_IF_IN_DOUBT,
    counts_of,
    days_of,
    is_joint,
    merge,
    problem_line,
    proposed_title,
    read_field,
    with_value,
)
from bot.dialogues.unfinished import known_so_far, offer_waiting
from bot.language.quick_log import read_log
from bot.messages import Choice, Reply
from bot.reminders import years_counted
from bot.rights import may

ASKED_FIRST: tuple[DraftField, ...] = ("pairing_id", "type", "start")
TYPED_NUMBERS = ("start", "participants", "budget_thb")
"""Fields whose answer may be a bare number: "3" is the third of the month, not the third button."""


def next_question(
    facts: Facts, draft: LogDraft, *, fresh: bool = False, lead: str = "", edits: bool = False
) -> Turn:
    """Ask for the first thing that is missing, or show the card."""
    for field in ASKED_FIRST:
        if getattr(draft, field) is None:
            return ask(facts, draft, field, fresh=fresh, lead=lead, edits=edits)
    for field in ASKED_IF_IN_DOUBT:
        if draft.options.get(field):
            return ask(facts, draft, field, fresh=fresh, lead=lead, edits=edits)
    return card(facts, draft, fresh=fresh, lead=lead, edits=edits)


def ask(
    facts: Facts, draft: LogDraft, field: str, *, fresh: bool = False, lead: str = "", edits: bool = False
) -> Turn:
    choices, width = _choices_for(facts, draft, field)
    text = facts.t.ask_field(field, known=known_so_far(facts.t, facts.registry, draft))
    last = [choice(facts.t.CANCEL, "card.cancel")]
    if field not in draft.options and all(getattr(draft, name) is not None for name in ASKED_FIRST):
        last.insert(0, choice(facts.t.BACK_TO_CARD, "card.show"))
    reply = Reply(
        f"{lead}\n{text}" if lead else text,
        rows=(*rows_of(choices, width), tuple(last)),
        edits=edits,
        numbered=field not in TYPED_NUMBERS,
    )
    talk = facts.talk.asks(field)
    return Turn(talk, (reply,), draft=draft, fresh=fresh)


def ask_again(facts: Facts) -> Reply | None:
    """The open question once more, after a question in its midst was answered."""
    if facts.draft is None:
        return None
    if facts.talk.asking in LogDraft.model_fields:
        return ask(facts, facts.draft.body, str(facts.talk.asking)).replies[0]
    return offer_waiting(facts)


def show_open(facts: Facts, lead: str = "") -> Turn:
    """The open draft as it stands: after an outdated button, a sticker, a restart."""
    assert facts.draft is not None
    if facts.talk.asking in LogDraft.model_fields and facts.talk.asking != "files":
        asked = ask(facts, facts.draft.body, facts.talk.asking, lead=lead)
        return Turn(asked.talk, asked.replies)
    return next_question(facts, facts.draft.body, lead=lead)


def _choices_for(facts: Facts, draft: LogDraft, field: str) -> tuple[list[Choice], int]:
    t = facts.t

    def one(label: str, value: Any) -> Choice:
        return choice(label, "card.set", field=field, value=value)

    candidates = draft.options.get(field, ())
    if field == "pairing_id":
        found = [facts.registry.pairings[name] for name in candidates if name in facts.registry.pairings]
        several = len({seat.province for seat in facts.seats if seat.province}) > 1 or bool(found)
        listed = found or [
            pairing
            for province in dict.fromkeys(seat.province for seat in facts.seats if seat.province)
            for pairing in facts.registry.of_province(province)
            if may(facts.seats, "log_activity", province) and pairing.verdict != "wrong"
        ]
        return [one(pairing.label if several else pairing.partner, pairing.id) for pairing in listed], 2
    if field == "type":
        codes = candidates or tuple(facts.registry.types)
        return [one(t.type_label(facts.registry.types[code]), code) for code in codes], 2
    if field == "start":
        if candidates:
            return [one(t.days_both(*days_of(found)), found) for found in candidates], 1
        return [
            one(t.TODAY, facts.today.isoformat()),
            one(t.YESTERDAY, (facts.today - timedelta(days=1)).isoformat()),
        ], 2
    if field == "files":
        return [], 1
    if field == "partner_joined":
        return list(partner_buttons(facts, "card.set", field=field)), 3
    if candidates:
        label = {
            "participants": lambda said: t.people(int(said)),
            "budget_thb": lambda said: t.money(Decimal(said)),
        }
        return [*(one(label[field](said), said) for said in candidates), one(t.NOT_STATED, None)], 2
    return [one(t.NOT_STATED, None)], 1


def show_card(facts: Facts, _intent: Intent) -> Turn:
    assert facts.draft is not None
    return next_question(facts, facts.draft.body, edits=True)


def edit_menu(facts: Facts, _intent: Intent) -> Turn:
    """A button for each field."""
    assert facts.draft is not None
    t = facts.t
    fields = ["pairing_id", "type", "start", "title", "participants", "budget_thb", "files"]
    if facts.draft.body.state == "held":
        fields.append("partner_joined")
    buttons = [choice(t.field_name(field), "card.ask", field=field) for field in fields]
    reply = Reply(
        t.WHICH_FIELD, rows=(*rows_of(buttons, 2), (choice(t.BACK_TO_CARD, "card.show"),)), edits=True
    )
    return Turn(facts.talk.asks(), (reply,))


def card(facts: Facts, draft: LogDraft, *, fresh: bool, lead: str, edits: bool) -> Turn:
    t = facts.t
    rows: list[tuple[Choice, ...]] = []
    if _may_have_been_held(facts, draft):
        states = ("held", "planned")
        rows.append(
            tuple(choice(t.word("state", one), "card.set", field="state", value=one) for one in states)
        )
    if draft.state == "held" and counts_of(facts, draft) == "ask" and draft.partner_joined is None:
        rows.append(partner_buttons(facts, "card.set", field="partner_joined"))
    rows.append((choice(t.SAVE, "card.save"), choice(t.EDIT, "card.edit"), choice(t.CANCEL, "card.cancel")))
    if draft.state == "held" and draft.partner_joined is not None and "partner_joined" in draft.assumed:
        rows.append((choice(t.PARTNER_WAS_NOT_THERE, "card.set", field="partner_joined", value="no"),))
    text = "\n".join(card_lines(facts, draft))
    reply = Reply(
        f"{lead}\n{text}" if lead else text, title=t.CHECK_BEFORE_SAVING, rows=tuple(rows), edits=edits
    )
    return Turn(facts.talk.asks(), (reply,), draft=draft, fresh=fresh)


def _may_have_been_held(facts: Facts, draft: LogDraft) -> bool:
    """Whether the card asks for it: the words spoke of a plan, and its day has come."""
    assert draft.start is not None
    return draft.start <= facts.today and (draft.state == "planned" or "state" in draft.options)


def partner_buttons(facts: Facts, name: str, **args: Any) -> tuple[Choice, ...]:
    t = facts.t
    values = (("yes", t.JOINED), ("online", t.JOINED_ONLINE), ("no", t.DID_NOT_JOIN))
    return tuple(choice(label, name, value=value, **args) for value, label in values)


def card_lines(facts: Facts, draft: LogDraft) -> list[str]:
    """What will be recorded, line by line, with both eras and for which years it counts."""
    t = facts.t
    pairing = facts.registry.pairings[str(draft.pairing_id)]
    assert draft.start is not None
    assert draft.type is not None
    mark = {
        field: t.ASSUMED if field in draft.assumed else ""
        for field in ("pairing_id", "start", "type", "partner_joined")
    }
    lines = [
        t.line("pairing_id", pairing.label + mark["pairing_id"]),
        t.line("type", t.type_label(facts.registry.types[draft.type]) + mark["type"]),
        t.line("start", t.days_both(draft.start, draft.end, draft.precision) + mark["start"]),
        t.line("title", draft.title or proposed_title(facts, draft)),
        t.people_money_files(draft.participants, draft.budget_thb, len(draft.files)),
    ]
    if draft.state == "planned":
        return [*lines, t.PLANNED_DOES_NOT_COUNT]
    years = t.years(*years_counted(draft.start, draft.end))
    if draft.partner_joined is not None:
        lines.append(t.partner_line(draft.partner_joined) + mark["partner_joined"])
    elif counts_of(facts, draft) == "ask":
        return [*lines, t.did_partner_join(pairing.partner), t.would_count(years)]
    return [*lines, t.counts_for(years) if is_joint(facts, draft) else t.DOES_NOT_COUNT]


def ask_field(facts: Facts, intent: Intent) -> Turn:
    """The card's button for a field: ask for it again."""
    assert facts.draft is not None
    return ask(facts, facts.draft.body, intent.args["field"], edits=True)


def set_field(facts: Facts, intent: Intent) -> Turn:
    """A button gave the value of a field."""
    assert facts.draft is not None
    changed = with_value(facts, facts.draft.body, intent.args["field"], intent.args.get("value"))
    return next_question(facts, changed, edits=True)


def answer_field(facts: Facts, intent: Intent) -> Turn:
    """The answer was typed: read it, or say how to write it. The draft stays."""
    assert facts.draft is not None
    field, text = str(facts.talk.asking), str(intent.args.get("text", "")).strip()
    value, problem = read_field(facts, field, text)
    if problem:
        asked = ask(facts, facts.draft.body, field)
        return Turn(
            asked.talk, (Reply(problem, rows=asked.replies[0].rows, numbered=asked.replies[0].numbered),)
        )
    return next_question(facts, with_value(facts, facts.draft.body, field, value))


def fix_by_typing(facts: Facts, intent: Intent) -> Turn:
    """A short line while the card is open: date, people or money that it names replace the card's."""
    assert facts.draft is not None
    reading = read_log(str(intent.args["text"]), facts.registry.lexicon, home=facts.home, today=facts.today)
    return next_question(facts, merge(facts, facts.draft.body, reading), lead=problem_line(facts, reading))
