"""
What is asked while a fact is changed: the value, when a stage was reached, the source, before and after.

What is asked next follows from what was entered; the answers are taken in `changing`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bot.dialogues.base import Facts, Talk, Turn, choice, rows_of, shortened
from bot.dialogues.fact_values import most_letters
from bot.dialogues.relation_facts import DATES, NEEDED, NEW, STAGES, Change, FactView
from bot.dialogues.relation_fields import (
    change_words,
    day_words,
    fact_source,
    fact_words,
    is_empty,
    label_of,
    shared_words,
    source_words,
)
from bot.language.text import clean
from bot.language.written_days import Known
from bot.messages import Choice, Reply
from bot.rights import may
from bot.texts import THAI
from bot.texts.th import Th

VALUE, REACHED, SOURCE, PAPER = "fact_value", "fact_reached", "fact_source", "fact_paper"
ASKED: Mapping[str, Callable[[Th], str]] = {
    VALUE: lambda t: t.TYPE_THE_VALUE,
    REACHED: lambda t: t.WHEN_REACHED,
    SOURCE: lambda t: t.WHICH_SOURCE,
    PAPER: lambda t: t.WHICH_PAPER,
}
"""Open fields, whose subject is the pairing and field, and the line that asks for each."""

LONGEST_DAY = 40
"""Letters. A longer text is no date, and no button's label."""

MOST_DOCUMENTS = 3
"""Attached ones that are offered as a source."""


def go_on(facts: Facts, change: Change) -> Turn:
    """What is still asked for, else how it will read."""
    if not change.given:
        return ask_value(facts, change)
    if change.field == "stage" and not change.reached_given:
        return ask_reached(facts, change)
    if change.source is None:
        return ask_for_source(facts, change)
    if not change.source_given:
        return ask_paper(facts, change)
    return summary(facts, change)


# ------------------------------------------------------------------ the value


def ask_value(facts: Facts, change: Change, problem: str = "") -> Turn:
    t, field = facts.t, change.field
    held = held_now(facts, change)
    lines = [problem] if problem else [t.ask_fact(field, most_letters(field))]
    if held is not None and not is_empty(held.value) and not problem:
        lines.append(t.fact_now(fact_words(facts, held)))
    if (shared := shared_words(facts, change.pairing, field)) and not problem:
        lines.append(shared)
    rows = [*_values(facts, change), leave(facts, change)]
    if field not in NEEDED and held is not None and not is_empty(held.value):
        empty = choice(t.EMPTY_FIELD, "fact.set", pairing=change.pairing, field=field, value=None)
        rows.insert(-1, (empty,))
    reply = Reply("\n".join(lines), title=title_of(facts, change), rows=tuple(rows), numbered=False)
    return Turn(facts.talk.enters(change).asks(VALUE, change.key), (reply,))


def title_of(facts: Facts, change: Change) -> str:
    return f"{label_of(facts, change.pairing)} · {facts.t.fact_name(change.field)}"


def _values(facts: Facts, change: Change) -> list[tuple[Choice, ...]]:
    """Buttons for what the value may be."""
    t = facts.t

    def one(label: str, value: str) -> Choice:
        return choice(label, "fact.set", pairing=change.pairing, field=change.field, value=value)

    if change.field == "stage":
        return list(rows_of([one(t.stage_of(code), code) for code in STAGES], 2))
    if change.field == "level":
        return list(rows_of([one(label, code) for code, label in t.LEVELS.items()], 1))
    if change.field == "kind":
        return list(rows_of([one(label, code) for code, label in t.PARTNER_KINDS.items()], 2))
    if change.field == "areas":
        return _ticks(facts, change)
    return []


def _ticks(facts: Facts, change: Change) -> list[tuple[Choice, ...]]:
    """The usual areas, and those that were typed or stand there; facts are kept in Thai."""
    chosen = list(change.value or ())
    known = dict.fromkeys((*Th.SECTORS.values(), *chosen))
    shown = {label: facts.t.SECTORS[code] for code, label in Th.SECTORS.items()}
    ticks = [
        choice(
            facts.t.ticked(shortened(shown.get(area, area), 40), area in chosen),
            "fact.tick",
            pairing=change.pairing,
            field=change.field,
            value=area,
            on=area not in chosen,
        )
        for area in known
    ]
    done = choice(facts.t.AREAS_DONE, "fact.ticked", pairing=change.pairing, field=change.field)
    return [*rows_of(ticks, 2), *([(done,)] if chosen else [])]


def leave(facts: Facts, change: Change) -> tuple[Choice, ...]:
    return (choice(facts.t.DROP_CHANGE, "fact.drop", pairing=change.pairing, field=change.field),)


def which_day(facts: Facts, change: Change, several: tuple[Known, ...], step: str) -> Turn:
    """A date that could be several is asked, never guessed."""
    buttons = [
        choice(
            day_words(facts, day.on, day.precision),
            step,
            pairing=change.pairing,
            field=change.field,
            value=day.on.isoformat(),
        )
        for day in several
    ]
    rows = (*rows_of(buttons, 1), leave(facts, change))
    return Turn(facts.talk, (Reply(facts.t.WHICH_DAY, rows=rows, numbered=False),))


# ------------------------------------------------------------------ when a stage was reached


def ask_reached(facts: Facts, change: Change, problem: str = "") -> Turn:
    t = facts.t
    unknown = choice(t.DAY_NOT_KNOWN, "fact.reached", pairing=change.pairing, field=change.field, value=None)
    lines = [problem or t.WHEN_REACHED, change_words(facts, change)]
    reply = Reply(
        "\n".join(lines),
        title=title_of(facts, change),
        rows=((unknown,), leave(facts, change)),
        numbered=False,
    )
    return Turn(facts.talk.enters(change).asks(REACHED, change.key), (reply,))


# ------------------------------------------------------------------ where it comes from


def ask_for_source(facts: Facts, change: Change) -> Turn:
    t, card = facts.t, facts.relation.card

    def one(label: str, source: str) -> Choice:
        return choice(label, "fact.source", pairing=change.pairing, field=change.field, source=source)

    documents = card.documents[:MOST_DOCUMENTS] if card else ()
    buttons = [one(label, Th.SOURCE_KINDS[kind]) for kind, label in t.SOURCE_KINDS.items()]
    attached = [
        one(shortened(t.attached_document(name), 50), THAI.attached_document(name)) for name in documents
    ]
    rows = (*rows_of(attached, 1), *rows_of(buttons, 2), leave(facts, change))
    lines = [t.WHICH_SOURCE, change_words(facts, change)]
    reply = Reply("\n".join(lines), title=title_of(facts, change), rows=rows, numbered=False)
    return Turn(facts.talk.enters(change).asks(SOURCE, change.key), (reply,))


def ask_paper(facts: Facts, change: Change, problem: str = "") -> Turn:
    t = facts.t
    none = choice(t.PAPER_WITHOUT_DATE, "fact.paper", pairing=change.pairing, field=change.field)
    lines = [problem or t.WHICH_PAPER, source_words(facts, change.source or "")]
    reply = Reply(
        "\n".join(lines), title=title_of(facts, change), rows=((none,), leave(facts, change)), numbered=False
    )
    return Turn(facts.talk.enters(change).asks(PAPER, change.key), (reply,))


def again(facts: Facts, problem: str, change: Change) -> Turn:
    """The field stays open."""
    return Turn(facts.talk, (Reply(problem, rows=(leave(facts, change),), numbered=False),))


# ------------------------------------------------------------------ before and after


def summary(facts: Facts, change: Change, lead: str = "") -> Turn:
    t, new = facts.t, change.pairing.startswith(NEW)
    held = None if new else held_now(facts, change)
    lines = [lead] if lead else []
    if new:
        lines += new_lines(facts)
    else:
        lines.append(t.fact_before(_with_source(facts, held) if held else t.NOT_STATED))
    lines.append(t.fact_after(change_words(facts, change)))
    lines.append(t.cited(source_words(facts, change.source or "", change.source_on)))
    if shared := shared_words(facts, change.pairing, change.field):
        lines.append(shared)
    label = t.CONFIRM_AND_KEEP if may(facts.seats, "confirm_fact") else t.SEND_TO_CONFIRM
    args = {"pairing": change.pairing, "field": change.field}
    rows = (
        (choice(label, "fact.send", **args, seen=held.id if held else 0),),
        (
            choice(t.OTHER_VALUE, "fact.ask", **args, again=True),
            choice(t.OTHER_SOURCE, "fact.ask_source", **args),
        ),
        leave(facts, change),
    )
    title = f"{t.CHECK_BEFORE_SENDING} {title_of(facts, change)}"
    return Turn(facts.talk.enters(change).asks(), (Reply("\n".join(lines), title=title, rows=rows),))


def new_lines(facts: Facts) -> list[str]:
    """The names of the pairing that is being added."""
    adding, t = facts.talk.adding, facts.t
    if adding is None:
        return []
    province = facts.registry.provinces[adding.province]
    country = next((one for one in facts.relation.countries if one.code == adding.country), None)
    known = next((one for one in facts.registry.pairings.values() if one.partner_id == adding.partner), None)
    names = [known.partner, known.partner_en] if known else [adding.name_th or "", adding.name_en or ""]
    of_country = (
        (known.country, known.country_en)
        if known
        else (country.name, country.name_en)
        if country
        else ("", "")
    )
    return [
        t.fact_line(t.FACT_PROVINCE, province),
        t.fact_line(t.FACT_PARTNER, " · ".join((*dict.fromkeys(names), t.name(*of_country)))),
        t.KNOWN_PARTNER if known else t.NEW_PARTNER,
    ]


def _with_source(facts: Facts, fact: FactView) -> str:
    words = fact_words(facts, fact)
    if is_empty(fact.value) or not fact.source.strip():
        return words
    return f"{words} · {facts.t.cited(fact_source(facts, fact))}"


def held_now(facts: Facts, change: Change) -> FactView | None:
    """What holds now."""
    card = facts.relation.card
    if card is None or card.pairing != change.pairing:
        return None
    return card.current.get(change.field)


# ------------------------------------------------------------------ leaving and coming back


def is_asking(talk: Talk) -> bool:
    return talk.asking in ASKED


def pause(facts: Facts) -> Turn:
    """`/cancel` while something is asked: what was entered waits."""
    change = _open_change(facts)
    if change is None or not change.begun:
        return Turn(facts.talk.asks(), (Reply(facts.t.STOPPED),))
    args = {"pairing": change.pairing, "field": change.field}
    rows = ((choice(facts.t.GO_ON_WITH_FACT, "fact.resume", **args), *leave(facts, change)),)
    return Turn(facts.talk.asks(), (Reply(facts.t.CHANGE_PAUSED, rows=rows),))


def asked_again(facts: Facts) -> Reply | None:
    """The open field once more, after a question in its midst was answered."""
    asked, change = ASKED.get(facts.talk.asking or ""), _open_change(facts)
    if asked is None or change is None:
        return None
    lines = [title_of(facts, change), asked(facts.t)]
    args = {"pairing": change.pairing, "field": change.field}
    resume = choice(facts.t.GO_ON_WITH_FACT, "fact.resume", **args)
    return Reply("\n".join(lines), rows=((resume, *leave(facts, change)),), numbered=False)


def takes(facts: Facts, text: str) -> bool:
    """Whether a typed text can be for the open field: a date and a button's label are short."""
    change, asking = _open_change(facts), facts.talk.asking
    if change is None:
        return False
    is_short = asking == REACHED or (asking == VALUE and change.field in (*DATES, "stage", "level"))
    return len(clean(text)) <= LONGEST_DAY if is_short else True


def _open_change(facts: Facts) -> Change | None:
    pairing, _, field = (facts.talk.subject or "").rpartition("/")
    return facts.talk.change_of(pairing, field)
