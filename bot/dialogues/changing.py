"""
Changing a fact: which field, the value, where it comes from, before and after, and then it is sent.

An officer's is proposed to the ministry; the ministry's own holds at once. Nothing is changed without a source.
What was entered stays with the conversation until it is sent or dropped.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from pydantic import ValidationError

from bot.dialogues.base import MOST_SOURCE, Facts, Intent, Turn, choice, quiet, rows_of, too_long
from bot.dialogues.fact_questions import (
    REACHED,
    SOURCE,
    VALUE,
    again,
    ask_for_source,
    ask_paper,
    ask_reached,
    ask_value,
    go_on,
    held_now,
    leave,
    summary,
    which_day,
)
from bot.dialogues.fact_values import MOST_ITEMS, NotRead, items_of, read_day, read_value
from bot.dialogues.relation import first_screen
from bot.dialogues.relation_facts import (
    DATES,
    FIELDS,
    NEEDED,
    NEW,
    PAIRING_FIELDS,
    PARTNER_FIELDS,
    STAGES,
    AddPairing,
    CardView,
    Change,
    SayFact,
)
from bot.dialogues.relation_fields import label_of, may_propose, shared_words
from bot.language.dates import DateProblem
from bot.language.written_days import read_paper
from bot.messages import Choice, Reply
from bot.rights import may
from bot.texts.th import Th

# ------------------------------------------------------------------ which field


def menu(facts: Facts, intent: Intent) -> Turn:
    """The fields of the pairing, and behind one button those of its partner."""
    card = facts.relation.card
    if card is None or not may_propose(facts, card.pairing):
        return _not_found(facts)
    t, of_partner = facts.t, bool(intent.args.get("partner"))
    names = PARTNER_FIELDS if of_partner else PAIRING_FIELDS
    buttons = [choice(t.fact_name(name), "fact.ask", pairing=card.pairing, field=name) for name in names]
    if not of_partner:
        buttons.append(choice(t.PARTNER_FACTS, "fact.menu", pairing=card.pairing, partner=True))
    lines = [t.WHICH_FACT if may(facts.seats, "confirm_fact") else t.WHICH_FACT_TO_PROPOSE]
    if of_partner and (shared := shared_words(facts, card.pairing, "name_th")):
        lines.append(shared)
    rows = (*rows_of(buttons, 2), (choice(t.BACK, "pairing.show", pairing=card.pairing),))
    return quiet(facts, Reply("\n".join(lines), title=label_of(facts, card.pairing), rows=rows))


# ------------------------------------------------------------------ the value


def ask(facts: Facts, intent: Intent) -> Turn:
    """Ask for the value; what was entered before is gone on with, or with `again` entered anew."""
    pairing, field = str(intent.args["pairing"]), intent.args["field"]
    if not may_propose(facts, pairing) or field not in FIELDS:
        return _not_found(facts)
    begun = facts.talk.change_of(pairing, field)
    if begun is not None and begun.begun and not intent.args.get("again"):
        return go_on(facts, begun)
    change = begun or Change(pairing=pairing, field=field)
    if field == "areas":
        held = held_now(facts, change)
        items = change.value or (list(held.value) if held and isinstance(held.value, list) else [])
        change = change.model_copy(update={"value": items})
    return ask_value(facts, change.model_copy(update={"given": False}))


def resume(facts: Facts, intent: Intent) -> Turn:
    change = _begun(facts, intent)
    return change if isinstance(change, Turn) else go_on(facts, change)


def set_value(facts: Facts, intent: Intent) -> Turn:
    """A button gave the value, or took it away."""
    pairing, field, value = str(intent.args["pairing"]), intent.args["field"], intent.args.get("value")
    if not may_propose(facts, pairing) or field not in FIELDS or (value is None and field in NEEDED):
        return _not_found(facts)
    if (field == "stage" and value not in STAGES) or (field == "level" and value not in facts.t.LEVELS):
        return _not_found(facts)
    begun = facts.talk.change_of(pairing, field) or Change(pairing=pairing, field=field)
    if field in DATES and value is not None:  # one of the days that a typed date could be
        return _take_value(facts, begun, str(value))
    said = {"value": value, "precision": None, "given": True}
    noted = {"note": intent.args["note"]} if "note" in intent.args else {}
    return go_on(facts, begun.model_copy(update={**said, **noted}))


def tick(facts: Facts, intent: Intent) -> Turn:
    """An area joins or leaves; the button says which, so that two quick presses do both."""
    change = _begun(facts, intent)
    if isinstance(change, Turn):
        return change
    area, chosen = str(intent.args["value"]), list(change.value or ())
    others = [one for one in chosen if one != area]
    items = [*others, area] if intent.args["on"] else others
    return ask_value(facts, change.model_copy(update={"value": items[:MOST_ITEMS], "given": False}))


def ticked(facts: Facts, intent: Intent) -> Turn:
    change = _begun(facts, intent)
    if isinstance(change, Turn):
        return change
    return go_on(facts, change.model_copy(update={"given": bool(change.value)}))


# ------------------------------------------------------------------ what is typed


def take(facts: Facts, intent: Intent) -> Turn:
    """What was typed into the open field."""
    pairing, _, field = (facts.talk.subject or "").rpartition("/")
    begun = facts.talk.change_of(pairing, field)
    if begun is None or not may_propose(facts, pairing):
        return _not_found(facts)
    text = str(intent.args["text"])
    step = {VALUE: _take_value, REACHED: _take_reached, SOURCE: _take_source}.get(
        str(facts.talk.asking), _take_paper
    )
    return step(facts, begun, text)


def _take_value(facts: Facts, change: Change, text: str) -> Turn:
    try:
        if change.field == "areas":
            known = {t: Th.SECTORS[code] for code, t in facts.t.SECTORS.items()}
            typed = [known.get(one, one) for one in items_of(facts.t, text, lines=False)]
            items = list(dict.fromkeys((*(change.value or ()), *typed)))
            return ask_value(facts, change.model_copy(update={"value": items[:MOST_ITEMS]}))
        read = read_value(facts, facts.relation.card, change.field, text)
    except NotRead as why:
        return ask_value(facts, change, str(why))
    if read.several:
        return which_day(facts, change, read.several, "fact.set")
    return go_on(
        facts,
        change.model_copy(update={"value": read.value, "precision": read.precision, "given": True}),
    )


# ------------------------------------------------------------------ when a stage was reached


def _take_reached(facts: Facts, change: Change, text: str) -> Turn:
    try:
        read = read_day(facts, text)
    except NotRead as why:
        return ask_reached(facts, change, str(why))
    if read.several:
        return which_day(facts, change, read.several, "fact.reached")
    return go_on(facts, _reached(change, read.value, read.precision))


def set_reached(facts: Facts, intent: Intent) -> Turn:
    change = _begun(facts, intent)
    if isinstance(change, Turn):
        return change
    day = intent.args.get("value")
    return _take_reached(facts, change, str(day)) if day else go_on(facts, _reached(change, None, None))


def _reached(change: Change, day: Any, precision: Any) -> Change:
    said = {"reached": day, "reached_precision": precision, "reached_given": True}
    return Change.model_validate({**change.model_dump(), **said})


# ------------------------------------------------------------------ where it comes from


def ask_source(facts: Facts, intent: Intent) -> Turn:
    """Another source than the one that was entered."""
    change = _begun(facts, intent)
    if isinstance(change, Turn):
        return change
    return ask_for_source(
        facts, change.model_copy(update={"source": None, "source_on": None, "source_given": False})
    )


def set_source(facts: Facts, intent: Intent) -> Turn:
    """A usual kind of paper, or a document that is attached: its number and date are asked next."""
    change = _begun(facts, intent)
    if isinstance(change, Turn):
        return change
    source = str(intent.args["source"])[:MOST_SOURCE]
    return ask_paper(facts, change.model_copy(update={"source": source, "source_given": False}))


def _take_source(facts: Facts, change: Change, text: str) -> Turn:
    if longer := too_long(facts, text, MOST_SOURCE, leave(facts, change)):
        return longer
    paper = read_paper(text, facts.today)
    if isinstance(paper, DateProblem):
        return again(facts, facts.t.date_impossible(paper.text), change)
    if not any(one.isalnum() for one in paper.name):
        return again(facts, facts.t.SOURCE_NEEDS_A_NAME, change)
    if paper.on is not None and paper.on > facts.today:
        return again(facts, facts.t.day_is_ahead(paper.on, "day"), change)
    known = {"source": paper.name, "source_on": paper.on, "source_given": paper.dated}
    return _next_of_source(facts, change.model_copy(update=known))


def _next_of_source(facts: Facts, change: Change) -> Turn:
    return go_on(facts, change) if change.source_given else ask_paper(facts, change)


def _take_paper(facts: Facts, change: Change, text: str) -> Turn:
    """Number and date of the paper: the number joins its name."""
    paper = read_paper(text, facts.today)
    if isinstance(paper, DateProblem):
        return ask_paper(facts, change, facts.t.date_impossible(paper.text))
    if paper.on is not None and paper.on > facts.today:
        return ask_paper(facts, change, facts.t.day_is_ahead(paper.on, "day"))
    name = " ".join(one for one in (change.source or "", paper.name) if one)
    if longer := too_long(facts, name, MOST_SOURCE, leave(facts, change)):
        return longer
    known = {"source": name, "source_on": paper.on, "source_given": paper.dated}
    named = change.model_copy(update=known)
    return go_on(facts, named) if paper.dated else ask_paper(facts, named, facts.t.PAPER_DATE_MISSING)


def no_paper(facts: Facts, intent: Intent) -> Turn:
    """The paper bears no date that is known."""
    change = _begun(facts, intent)
    if isinstance(change, Turn):
        return change
    return go_on(facts, change.model_copy(update={"source_given": change.source is not None}))


# ------------------------------------------------------------------ before and after


def send(facts: Facts, intent: Intent) -> Turn:
    change = _begun(facts, intent)
    if isinstance(change, Turn):
        return change
    if not (change.given and change.source and change.source_given):
        return go_on(facts, change)
    if change.pairing.startswith(NEW):
        adding = facts.talk.adding
        if adding is None:
            return _gone(facts)
        command = AddPairing(adding, change)
        return Turn(facts.talk, command=command, then=lambda facts, made: _added(facts, change, made))
    seen = int(intent.args.get("seen", 0))
    return Turn(
        facts.talk,
        command=SayFact(change, seen),
        then=lambda facts, outcome: _sent(facts, change, str(outcome)),
    )


def _sent(facts: Facts, change: Change, outcome: str) -> Turn:
    """Told as it was stored: a colleague may have been faster."""
    t, card = facts.t, facts.relation.card
    if card is None or outcome == "forbidden":
        return _not_found(facts)
    if outcome == "changed":
        return summary(facts, change, t.CHANGED_MEANWHILE)
    talk = facts.talk.sends(change.pairing, change.field).asks()
    lead = t.FACT_OUTCOMES[outcome]
    shown = first_screen(replace(facts, talk=talk), card, lead)
    offered = _also_signed(facts, card, change) if outcome in ("applied", "proposed") else ()
    return Turn(talk, (Reply(shown.text, title=shown.title, rows=(*offered, *shown.rows), edits=True),))


def _also_signed(facts: Facts, card: CardView, change: Change) -> tuple[tuple[Choice, ...], ...]:
    """A signature whose day the registry lacks: the same day and source with one press."""
    held = card.current.get("signed_on")
    if (change.field, change.value) != ("stage", "signed") or change.reached is None:
        return ()
    if held is not None and held.value:
        return ()
    return (
        (
            choice(
                facts.t.also_signed_on(change.reached, change.reached_precision or "day"),
                "fact.also_signed",
                pairing=change.pairing,
                change=change.model_dump(mode="json"),
            ),
        ),
    )


def also_signed(facts: Facts, intent: Intent) -> Turn:
    """The day of a stage that was just said, as the day of signature."""
    try:
        stage = Change.model_validate(intent.args["change"])
    except ValidationError:  # kept by a version whose changes read otherwise
        return _gone(facts)
    if not may_propose(facts, stage.pairing):
        return _not_found(facts)
    signed = stage.model_copy(
        update={
            "field": "signed_on",
            "value": stage.reached.isoformat() if stage.reached else None,
            "precision": stage.reached_precision,
            "reached": None,
            "reached_precision": None,
            "note": None,
        }
    )
    return summary(facts, signed)


def _added(facts: Facts, change: Change, made: tuple[str, str | None]) -> Turn:
    """The new pairing's card, or the one that was there already."""
    outcome, pairing = made
    if pairing is None:
        return _not_found(facts)
    talk = facts.talk.sends(change.pairing, change.field).adds(None).asks()
    t = facts.t
    text = t.pairing_added(label_of(facts, pairing)) if outcome == "added" else t.PAIRING_IS_THERE
    rows = ((choice(t.SHOW_PAIRING, "pairing.show", pairing=pairing), choice(t.REVIEW, "review")),)
    return Turn(talk, (Reply(text, rows=rows, edits=True),))


# ------------------------------------------------------------------ leaving and coming back


def drop(facts: Facts, intent: Intent) -> Turn:
    """What was entered goes."""
    pairing, field = str(intent.args["pairing"]), str(intent.args["field"])
    talk = facts.talk.sends(pairing, field).asks()
    if pairing.startswith(NEW):
        talk = talk.adds(None)
    back = _way_back(facts, pairing)
    return Turn(talk, (Reply(facts.t.CHANGE_DROPPED, rows=back, edits=True),))


def _way_back(facts: Facts, pairing: str) -> tuple[tuple[Choice, ...], ...]:
    if pairing.startswith(NEW):
        return ((choice(facts.t.REVIEW, "review"),),)
    return ((choice(facts.t.SHOW_PAIRING, "pairing.show", pairing=pairing),),)


def _begun(facts: Facts, intent: Intent) -> Change | Turn:
    """What is being entered, if the person may still; a button of what was sent or dropped says so."""
    pairing = str(intent.args["pairing"])
    if not may_propose(facts, pairing):
        return _not_found(facts)
    return facts.talk.change_of(pairing, str(intent.args["field"])) or _gone(facts)


def _gone(facts: Facts) -> Turn:
    return quiet(facts, Reply(facts.t.CHANGE_GONE))


def _not_found(facts: Facts) -> Turn:
    return quiet(facts, Reply(facts.t.NOT_FOUND))
