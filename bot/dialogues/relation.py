"""
The card of one pairing: a first screen for a phone, and everything with its sources.

A pairing of another province reads like one that does not exist.
"""

from __future__ import annotations

from dataclasses import replace

from bot.dialogues.base import Facts, Intent, PairingView, Turn, choice, quiet, shortened, year_sums
from bot.dialogues.offices import card_buttons, rank_line
from bot.dialogues.relation_facts import (
    NEEDED,
    PAIRING_FIELDS,
    PARTNER_FIELDS,
    CardView,
    FactView,
    StageView,
)
from bot.dialogues.relation_fields import (
    day_words,
    fact_source,
    fact_words,
    is_empty,
    may_propose,
    value_words,
)
from bot.language.written_days import last_day
from bot.messages import Choice, Reply
from bot.reminders import last_held
from bot.rights import may

Rows = tuple[tuple[Choice, ...], ...]


def show(facts: Facts, _intent: Intent) -> Turn:
    """The first screen."""
    card = facts.relation.card
    if card is None:
        return quiet(facts, Reply(facts.t.NAME_NOT_FOUND))
    return quiet(facts, first_screen(facts, card))


def details(facts: Facts, _intent: Intent) -> Turn:
    """Everything, each value with the number of its source."""
    card = facts.relation.card
    if card is None:
        return quiet(facts, Reply(facts.t.NAME_NOT_FOUND))
    return quiet(facts, _whole(facts, card))


def pairing_of(facts: Facts, card: CardView) -> PairingView:
    return facts.registry.pairings[card.pairing]


# ------------------------------------------------------------------ the first screen


def first_screen(facts: Facts, card: CardView, lead: str = "") -> Reply:
    t, pairing = facts.t, pairing_of(facts, card)
    lines = [lead] if lead else []
    lines.append(f"{pairing.partner_en} · {t.name(pairing.country, pairing.country_en)}")
    lines.append(t.stage(replace(pairing, expires_on=None)))  # the term has a line of its own
    lines += _term_lines(facts, card)
    lines += _year_lines(facts, pairing)
    lines += [rank_line(facts, pairing), *_marks(facts, card)]
    rows = (*card_rows(facts, card), *card_buttons(facts, pairing))
    return Reply("\n".join(lines), title=pairing.label, rows=rows)


def card_rows(facts: Facts, card: CardView) -> Rows:
    """Everything that may be done from the card, for whoever looks at it."""
    t, pairing = facts.t, pairing_of(facts, card)
    rows: list[tuple[Choice, ...]] = []
    begun = next((one for one in reversed(facts.talk.changes) if one.pairing == card.pairing), None)
    if begun is not None and may_propose(facts, card.pairing):
        rows.append((choice(t.GO_ON_WITH_FACT, "fact.resume", pairing=card.pairing, field=begun.field),))
    looking = [choice(t.ALL_FACTS, "pairing.details", pairing=card.pairing)]
    if may(facts.seats, "see_history", pairing.province_code):
        looking.append(choice(t.HISTORY, "pairing.history", pairing=card.pairing))
    rows.append(tuple(looking))
    changing = []
    if may_propose(facts, card.pairing):
        changing.append(choice(t.CHANGE_FACTS, "fact.menu", pairing=card.pairing))
    if may(facts.seats, "log_activity", pairing.province_code):
        changing.append(choice(t.LOG, "log.new", pairing=card.pairing))
    rows.append(tuple(changing))
    if may(facts.seats, "confirm_fact"):
        rows.append(_to_decide(facts, card))
    rows.append(
        (
            choice(t.ACTIVITIES, "activities", pairings=[card.pairing]),
            choice(t.PAIRINGS, "find.among", province=pairing.province_code),
        )
    )
    return tuple(row for row in rows if row)


def _to_decide(facts: Facts, card: CardView) -> tuple[Choice, ...]:
    """The oldest of what waits for the ministry here, and of what conflicts."""
    t = facts.t
    found = ((t.REVIEW, card.proposed), (t.CONFLICTS, card.conflicting))
    return tuple(
        choice(t.counted(label, len(those)), "review.show", fact=min(one.id for one in those))
        for label, those in found
        if those
    )


def _term_lines(facts: Facts, card: CardView) -> list[str]:
    """How long the agreement holds, until when, and how many days that is."""
    t = facts.t
    term, ends = card.current.get("term"), card.current.get("expires_on")
    words = value_words(facts, "term", term.value, None) if term and not is_empty(term.value) else ""
    if ends is None or is_empty(ends.value):
        return [t.agreement(words, "", None)] if words else []
    day = last_day(str(ends.value), ends.precision)
    left = (day - facts.today).days
    return [t.agreement(words, fact_words(facts, ends), left)]


def _year_lines(facts: Facts, pairing: PairingView) -> list[str]:
    t = facts.t
    sums = t.sums(year_sums(facts, pairing)[:1])
    return [f"{sums} · {t.last_activity(last_held(facts.activities, pairing.id))}"]


def _marks(facts: Facts, card: CardView) -> list[str]:
    """What the reader should know before relying on it."""
    t, lines = facts.t, []
    if card.merged is not None:
        lines.append(t.merged_into(t.name(card.merged.name, card.merged.name_en)))
    if card.conflicting:
        lines.append(t.conflicts_mark(len({one.field for one in card.conflicting})))
    if card.proposed:
        lines.append(t.proposals_mark(len(card.proposed)))
    if card.confirmed_on is None:
        lines.append(t.INCOMPLETE)
    return lines


# ------------------------------------------------------------------ everything


class _Sources:
    """Each source once, numbered in the order in which it is first named."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}

    def mark(self, source: str) -> str:
        number = self._numbers.setdefault(source, len(self._numbers) + 1)
        return f"[{number}]"

    @property
    def lines(self) -> list[str]:
        return [f"[{number}] {source}" for source, number in self._numbers.items()]


def _whole(facts: Facts, card: CardView) -> Reply:
    t, pairing, sources = facts.t, pairing_of(facts, card), _Sources()
    lines = [t.fact_line(t.FACT_COUNTRY, t.name(pairing.country, pairing.country_en))]
    if card.merged is not None:
        lines.append(t.merged_into(t.name(card.merged.name, card.merged.name_en)))
    lines += _held(facts, card, PARTNER_FIELDS, sources)
    lines += ["", *_held(facts, card, PAIRING_FIELDS, sources), *_term_lines(facts, card)]
    lines += _stages(facts, card, sources)
    lines += ["", *_year_lines(facts, pairing), t.kept_beside(card.contacts, len(card.documents))]
    lines += _conflicts(facts, card, sources)
    lines += _proposals(facts, card)
    lines.append("")
    lines.append(t.list_confirmed_on(card.confirmed_on) if card.confirmed_on else t.INCOMPLETE)
    lines += [t.ALL_SOURCES, *sources.lines]
    return Reply("\n".join(lines), title=pairing.label, rows=card_rows(facts, card))


def _held(facts: Facts, card: CardView, names: tuple[str, ...], sources: _Sources) -> list[str]:
    """What holds, field by field; what is needed and not known is said to be missing."""
    t, lines = facts.t, []
    for name in names:
        fact = card.current.get(name)
        if fact is None or is_empty(fact.value):
            if name in (*NEEDED, "signed_on"):
                lines.append(t.fact_line(t.fact_name(name), t.NOT_STATED))
            continue
        lines.append(
            _with_source(facts, t.fact_line(t.fact_name(name), fact_words(facts, fact)), fact, sources)
        )
    return lines


def _with_source(facts: Facts, line: str, fact: FactView, sources: _Sources) -> str:
    return f"{line} {sources.mark(fact_source(facts, fact))}" if fact.source.strip() else line


def _stages(facts: Facts, card: CardView, sources: _Sources) -> list[str]:
    """The stages in the order in which they were reached."""
    if len(card.stages) < 2:
        return []
    return [facts.t.STAGE_HISTORY, *(_stage_line(facts, one, sources) for one in card.stages)]


def _stage_line(facts: Facts, one: StageView, sources: _Sources) -> str:
    t = facts.t
    day = day_words(facts, one.reached_on, one.precision) if one.reached_on else t.DAY_NOT_KNOWN
    line = f"• {t.stage_of(one.stage)} · {day}"
    return f"{line} {sources.mark(shortened(one.source, 200))}" if one.source.strip() else line


def _conflicts(facts: Facts, card: CardView, sources: _Sources) -> list[str]:
    """Both values, each with its source."""
    t, lines = facts.t, []
    for fact in card.conflicting:
        held = card.current.get(fact.field)
        ours = _with_source(facts, fact_words(facts, held), held, sources) if held else t.NOT_STATED
        theirs = _with_source(facts, fact_words(facts, fact), fact, sources)
        lines.append(t.conflict(t.fact_name(fact.field), ours, theirs))
    return ["", *lines] if lines else []


def _proposals(facts: Facts, card: CardView) -> list[str]:
    t = facts.t
    return [t.waits(t.fact_line(t.fact_name(one.field), fact_words(facts, one))) for one in card.proposed]
