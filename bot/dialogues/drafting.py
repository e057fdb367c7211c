"""
A draft of an activity as a value: made from a sentence, changed field by field, never shown here.

What a field could be (`LogDraft.options`) is written as what its buttons give: a pairing's id, or several joined
by `+` for an activity with all of them; a type's code; a day or days, as `2026-11-03` or `2026-11-03/2026-11-05`,
or a page of the calendar, as `2026-11` or `2026`; a number.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from math import isfinite
from typing import Any, Literal, get_args

from bot.dialogues.base import (
    Direction,
    DraftField,
    Facts,
    LogDraft,
    PairingView,
    PartnerJoined,
)
from bot.dialogues.limits import broken, days_line
from bot.language.dates import DateProblem, DateSpan
from bot.language.joint import read_partner_joined
from bot.language.quick_log import LogReading
from bot.language.tags import TagReader, load_tags
from bot.language.text import clean
from bot.rights import may, provinces

MAX_OPTIONS = 7
LIMITED = ("start", "end", "title", "place", "participants", "budget_thb")
"""Fields of a sentence that may be beyond what a record holds."""
ASKED_FIRST: tuple[DraftField, ...] = ("pairing_id", "type", "start")
MAY_BE_EMPTY = ("participants", "budget_thb", "title", "place", "direction")
TICKED = ("sdgs", "sectors", "also")
ASKED_IF_IN_DOUBT: tuple[DraftField, ...] = ("participants", "budget_thb")


def own_pairing(facts: Facts, pairing_id: Any) -> PairingView | None:
    """The pairing, if the person may record for it: a foreign one is answered like an unknown one."""
    pairing = facts.registry.pairings.get(str(pairing_id)) if pairing_id else None
    if pairing is None or not may(facts.seats, "log_activity", pairing.province_code):
        return None
    return pairing


def meant_by_provinces(facts: Facts, text: str, pairing: PairingView | None) -> tuple[str, ...]:
    """
    Of somebody who serves in several provinces: the pairings that the words mean in each of them, the one that was
    read first. Empty where they mean one alone.
    """
    codes = [code for code in provinces(facts.seats) if may(facts.seats, "log_activity", code)]
    if pairing is None or len(codes) < 2:
        return ()
    lexicon, words = facts.registry.lexicon, clean(text)
    read = [lexicon.read_pairing(words, code) for code in codes]
    meant = [one.matches[0].pairing_id for one in read if one.settled and one.matches]
    found = dict.fromkeys([pairing.id, *(one for one in meant if own_pairing(facts, one) is not None)])
    return tuple(found) if len(found) > 1 else ()


def is_bare(draft: LogDraft) -> bool:
    """Begun with nothing, or with a photo: the sentence that follows is about it."""
    return (
        draft.activity_id is None and draft.pairing_id is None and draft.type is None and draft.start is None
    )


def counts_of(facts: Facts, draft: LogDraft) -> str:
    kind = facts.registry.types.get(draft.type or "")
    return kind.counts if kind else "ask"


def is_joint(facts: Facts, draft: LogDraft) -> bool:
    """
    Whether the record counts for the year: held, and the partner took part.

    The type's `counts` answers for those who did not say. Source: design decision "what counts"; the plan
    does not define a joint activity.
    """
    if draft.state != "held" or draft.partner_joined == "no":
        return False
    return draft.partner_joined is not None or counts_of(facts, draft) == "yes"


def proposed_title(facts: Facts, draft: LogDraft) -> str:
    pairing = facts.registry.pairings[str(draft.pairing_id)]
    return f"{facts.t.type_label(facts.registry.types[str(draft.type)])} {pairing.partner}"


# ------------------------------------------------------------------ candidates, as buttons give them


def span_of(option: str) -> tuple[date, date | None, Literal["day", "month"]]:
    """First and last day of `2026-11-03`, `2026-11-03/2026-11-05` or `2026-11`, and how exact they are."""
    first, _, last = option.partition("/")
    if first.count("-") == 1:
        return date.fromisoformat(f"{first}-01"), None, "month"
    return date.fromisoformat(first), date.fromisoformat(last) if last else None, "day"


def option_of(first: date, last: date | None = None) -> str:
    return f"{first}/{last}" if last and last != first else f"{first}"


def pairings_of(option: str) -> tuple[str, ...]:
    """The pairings of an option: of several the first is the record's own."""
    return tuple(option.split("+"))


# ------------------------------------------------------------------ from a sentence


def from_reading(facts: Facts, reading: LogReading, text: str) -> LogDraft:
    """What a sentence says, with what it leaves open as options and what was only understood as assumed."""
    pairing = own_pairing(facts, reading.pairing_id)
    several = meant_by_provinces(facts, text, pairing)
    options = {"pairing_id": several} if several else {}
    options |= _options(facts, reading, settled=pairing is not None)
    pairing = None if several else pairing
    kind = facts.registry.types.get(reading.type or "")
    doubtful = "state" in reading.ambiguous  # until a person says so it was not held
    # A visit of an embassy or a ceremony counts only where somebody says that the partner took part.
    open_to_guess = reading.state == "held" and not doubtful and (kind is None or kind.counts != "no")
    proposed: dict[str, Any] = {
        "partner_joined": read_partner_joined(text, reading.type) if open_to_guess else None,
        "direction": reading.direction,
        "sdgs": tag_reader("sdgs").propose(text, reading.type),
        "sectors": tag_reader("sectors").propose(text, reading.type),
    }
    said = {field: getattr(reading, field) for field in LIMITED}
    reason = _reason_of_day(facts, reading)
    return LogDraft(
        **_within_limits(facts, said),
        **{field: value for field, value in proposed.items() if value},
        pairing_id=pairing.id if pairing else None,
        type=reading.type,
        state="planned" if doubtful else reading.state,
        assumed=(*reading.assumed, *(field for field, value in proposed.items() if value)),
        options=options,
        reasons={"start": reason} if reason else {},
    )


@lru_cache(maxsize=2)
def tag_reader(table: Literal["sdgs", "sectors"]) -> TagReader:
    """Built once: the words of a table are shipped."""
    return TagReader(load_tags(table))


def _options(facts: Facts, reading: LogReading, *, settled: bool) -> dict[str, tuple[str, ...]]:
    options: dict[str, tuple[str, ...]] = {}
    own = tuple(str(name) for name in reading.ambiguous.get("pairing_id", ()) if own_pairing(facts, name))
    if not settled and own:  # even a single one is asked: the words spoke against it
        together = tuple(name for name in reading.together if name in own)
        options["pairing_id"] = ("+".join(together), *own) if len(together) > 1 else own
    if types := tuple(str(value) for value in reading.ambiguous.get("type", ())):
        options["type"] = types
    if days := day_options(facts, reading):
        options["start"] = days
    for field in ASKED_IF_IN_DOUBT:
        if found := tuple(str(value) for value in reading.ambiguous.get(field, ())):
            options[field] = found[:MAX_OPTIONS]
    return options


def day_options(facts: Facts, reading: LogReading) -> tuple[str, ...]:
    """The days that a sentence could mean, or the part of the calendar in which its day lies."""
    exact = days_meant(facts, reading.date_options)
    ahead = reading.month is not None and reading.month > facts.today
    if exact or (ahead and reading.state == "held"):  # what was held lies in a month that has begun
        return exact
    return pages_meant(reading.date_options)


def days_meant(facts: Facts, spans: Sequence[DateSpan]) -> tuple[str, ...]:
    """The exact days among these; of a week its days, of a longer time none."""
    found: list[str] = []
    for span in spans:
        if span.precision == "day":
            found += [option_of(day, _end_from(span, day)) for day in (span.start, *span.doubtful)]
    parts = dict.fromkeys(day for span in spans if span.precision == "part" for day in span.doubtful)
    found += [option_of(day) for day in parts] if len(parts) <= MAX_OPTIONS else []
    usable = [option for option in found if not days_line(facts, *span_of(option)[:2])]
    return tuple(dict.fromkeys(usable))[:MAX_OPTIONS]


def _end_from(span: DateSpan, day: date) -> date | None:
    """The last day of a span that begins on another of its possible first days: in another year."""
    if span.end is None or (day.month, day.day) != (span.start.month, span.start.day):
        return None
    return day + (span.end - span.start)


def pages_meant(spans: Sequence[DateSpan]) -> tuple[str, ...]:
    """The month, `2026-11`, or else the year, `2026`, in which all the days that these could mean lie."""
    days = [day for span in spans if span.precision != "day" for day in span.doubtful]
    months, years = {f"{day:%Y-%m}" for day in days}, {f"{day:%Y}" for day in days}
    return tuple(months if len(months) == 1 else years if len(years) == 1 else ())


def _within_limits(facts: Facts, said: Mapping[str, Any]) -> dict[str, Any]:
    beyond = broken(facts, said)
    dropped = {*beyond, *({"end"} if "start" in beyond else ())}
    return {field: None if field in dropped else value for field, value in said.items()}


def problem_line(facts: Facts, reading: LogReading) -> str:
    """What of the sentence could not be taken, the day apart: its question gives the reason itself."""
    beyond = broken(
        facts, {field: getattr(reading, field) for field in LIMITED if field not in ("start", "end")}
    )
    return next(iter(beyond.values()), "")


def _reason_of_day(facts: Facts, reading: LogReading) -> str:
    """Why the day has to be asked; empty where the sentence named none."""
    if reading.problems:
        return date_problem(facts, reading.problems[0])
    if beyond := days_line(facts, reading.start, reading.end):
        return beyond
    spans = reading.date_options
    if any(span.precision != "day" for span in spans):
        return facts.t.DAY_WANTED
    usable = [span for span in spans if not days_line(facts, span.start, span.end)]
    if spans and not usable:
        return days_line(facts, spans[0].start, spans[0].end)
    ahead = [span.start for span in usable if span.start > facts.today]
    return facts.t.date_is_ahead(ahead[0]) if ahead and reading.state == "held" else ""


def date_problem(facts: Facts, problem: DateProblem) -> str:
    return facts.t.DATE_REVERSED if problem.kind == "reversed" else facts.t.date_impossible(problem.text)


# ------------------------------------------------------------------ changed field by field


@dataclass(frozen=True)
class Doubt:
    """A field could be one of these; its value stays until a person has chosen. Empty: what it is not was said."""

    options: tuple[str, ...]


def with_value(facts: Facts, draft: LogDraft, field: str, value: Any) -> LogDraft:
    """The draft with one field set, from a button's JSON or from what was read."""
    if isinstance(value, Doubt):
        return draft.model_copy(update={"options": {**draft.options, field: value.options}})
    options = {name: found for name, found in draft.options.items() if name != field}
    reasons = {name: line for name, line in draft.reasons.items() if name != field}
    assumed = tuple(name for name in draft.assumed if name != field)
    changed = draft.model_copy(update={"options": options, "reasons": reasons, "assumed": assumed})
    match field:
        case "pairing_id":
            return _with_pairing(facts, changed, value)
        case "start":
            return _with_days(facts, changed, value)
        case "end":
            return changed.model_copy(update={"end": span_of(str(value))[0] if value else None})
        case "type":
            return _with_type(changed, value)
        case "participants" | "budget_thb" if value is not None:
            number = int(value) if field == "participants" else Decimal(str(value))
            return changed.model_copy(update={field: number})
        case "sdgs" | "sectors" | "also":
            return changed.model_copy(update={field: tuple(value or ())})
    return changed.model_copy(update={field: value})


def is_value(facts: Facts, field: str, value: Any) -> bool:
    """Whether a button's JSON is a value that the field can have. What is ticked can be set to nothing only."""
    if field in TICKED:
        return isinstance(value, list) and not value
    if value is None:
        return field in (*MAY_BE_EMPTY, "end")
    if not isinstance(value, str):
        return False
    match field:
        case "pairing_id":
            return True  # whose it is, is asked where it is put in
        case "type":
            return value in facts.registry.types
        case "state":
            return value in ("held", "planned")
        case "partner_joined":
            return value in get_args(PartnerJoined)
        case "direction":
            return value in get_args(Direction)
        case "title" | "place":
            return not broken(facts, {field: value})
        case "participants" | "budget_thb":
            return _is_amount(facts, field, value)
        case "start" | "end":
            return _are_days(facts, value)
    return False


def _is_amount(facts: Facts, field: str, value: str) -> bool:
    try:
        number = int(value) if field == "participants" else Decimal(value)
    except (ValueError, InvalidOperation):
        return False
    return isfinite(number) and not broken(facts, {field: number})


def _are_days(facts: Facts, option: str) -> bool:
    try:
        first, last, _precision = span_of(option)
    except ValueError:
        return False
    return not days_line(facts, first, last)


def ticked(facts: Facts, draft: LogDraft, field: str, value: str, *, on: bool) -> LogDraft:
    """The draft with one value of a field of several set or taken away."""
    have = getattr(draft, field)
    others = tuple(one for one in have if one != value)
    if field == "also" and (own_pairing(facts, value) is None or value == draft.pairing_id):
        return draft
    if value not in {"sdgs": facts.t.SDGS, "sectors": facts.t.SECTORS}.get(field, (value,)):
        return draft
    return with_value(
        facts, draft, field, have if on and value in have else (*others, *((value,) if on else ()))
    )


def _with_pairing(facts: Facts, draft: LogDraft, value: Any) -> LogDraft:
    ids = pairings_of(str(value)) if value is not None else ()
    own = [one for one in ids if own_pairing(facts, one)]
    if not own or len(own) < len(ids):
        return draft
    also = own[1:] or [one for one in draft.also if one != own[0]]
    return draft.model_copy(update={"pairing_id": own[0], "also": tuple(also)})


def _with_type(draft: LogDraft, value: Any) -> LogDraft:
    if "partner_joined" not in draft.assumed:
        return draft.model_copy(update={"type": value})
    assumed = tuple(name for name in draft.assumed if name != "partner_joined")
    # It was read from words about another type.
    return draft.model_copy(update={"type": value, "partner_joined": None, "assumed": assumed})


def _with_days(facts: Facts, draft: LogDraft, value: Any) -> LogDraft:
    first, last, precision = span_of(str(value))
    changes: dict[str, Any] = {"start": first, "end": last, "precision": precision}
    changes["assumed"] = tuple(name for name in draft.assumed if name != "end")
    if first > facts.today:  # a plan whose day has come stays one until a person says that it was held
        changes["state"] = "planned"
    return draft.model_copy(update=changes)
