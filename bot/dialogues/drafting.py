"""
A draft of an activity as a value: made from a sentence, changed field by field, never shown here.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from bot.dialogues.base import (
    DraftField,
    Facts,
    LogDraft,
    PairingView,
)
from bot.language.dates import DateProblem, DateSpan, read_date, read_dates
from bot.language.joint import read_partner_joined
from bot.language.money import read_amount
from bot.language.people import read_headcount
from bot.language.quick_log import LogReading, read_log
from bot.language.text import clean
from bot.rights import may

MAX_TITLE = 300
MAX_OPTIONS = 6
ASKED_IF_IN_DOUBT: tuple[DraftField, ...] = ("participants", "budget_thb")


def own_pairing(facts: Facts, pairing_id: Any) -> PairingView | None:
    """The pairing, if the person may record for it: a foreign one is answered like an unknown one."""
    pairing = facts.registry.pairings.get(str(pairing_id)) if pairing_id else None
    if pairing is None or not may(facts.seats, "log_activity", pairing.province_code):
        return None
    return pairing


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


def from_reading(facts: Facts, reading: LogReading, text: str) -> LogDraft:
    options: dict[str, tuple[str, ...]] = {}
    pairing = own_pairing(facts, reading.pairing_id)
    own = tuple(
        name for name in reading.ambiguous.get("pairing_id", ()) if own_pairing(facts, str(name)) is not None
    )
    if pairing is None and own:  # even a single one is asked: the words spoke against it
        options["pairing_id"] = own
    if types := tuple(str(value) for value in reading.ambiguous.get("type", ())):
        options["type"] = types
    if days := _day_options(reading.date_options):
        options["start"] = days
    for field in (*ASKED_IF_IN_DOUBT, "state"):
        if found := tuple(str(value) for value in reading.ambiguous.get(field, ())):
            options[field] = found[:MAX_OPTIONS]
    kind = facts.registry.types.get(reading.type or "")
    # A visit of an embassy or a ceremony counts only where somebody says that the partner took part.
    open_to_guess = reading.state == "held" and (kind is None or kind.counts != "no")
    joined = read_partner_joined(text, reading.type) if open_to_guess else None
    assumed = (*reading.assumed, *(("partner_joined",) if joined else ()))
    return LogDraft(
        pairing_id=pairing.id if pairing else None,
        type=reading.type,
        state=reading.state,
        start=reading.start,
        end=reading.end,
        title=reading.title[:MAX_TITLE] if reading.title else None,
        participants=reading.participants,
        budget_thb=reading.budget_thb,
        partner_joined=joined,
        assumed=assumed,
        options=options,
    )


def _day_options(spans: Sequence[DateSpan]) -> tuple[str, ...]:
    """What a date could mean, as `2026-11-03` or `2026-11-03/2026-11-05`."""
    found = []
    for span in spans:
        if span.precision == "day":
            found += [f"{span.start}/{span.end}" if span.end else f"{span.start}"]
        if span.precision == "day":  # of "ต้นเดือน" the day is better typed than picked from ten
            found += [f"{day}" for day in span.doubtful if day != span.start]
    return tuple(dict.fromkeys(found))[:MAX_OPTIONS]


def days_of(option: str) -> tuple[date, date | None]:
    first, _, last = option.partition("/")
    return date.fromisoformat(first), date.fromisoformat(last) if last else None


def problem_line(facts: Facts, reading: LogReading) -> str:
    """The first thing in the sentence that cannot be: said beside the question that asks for it."""
    if reading.problems:
        return date_problem(facts, reading.problems[0])
    if any(span.precision != "day" for span in reading.date_options):
        return facts.t.DAY_WANTED
    ahead = [span.start for span in reading.date_options if span.start > facts.today]
    if ahead and reading.state == "held":
        return facts.t.date_is_ahead(ahead[0])
    return ""


def date_problem(facts: Facts, problem: DateProblem) -> str:
    return facts.t.DATE_REVERSED if problem.kind == "reversed" else facts.t.date_impossible(problem.text)


def merge(facts: Facts, draft: LogDraft, reading: LogReading) -> LogDraft:
    changes: dict[str, Any] = {}
    if reading.start is not None:
        changes |= {
            "start": reading.start,
            "end": reading.end,
            "state": "planned" if reading.start > facts.today else "held",
        }
    if reading.participants is not None:
        changes["participants"] = reading.participants
    if reading.budget_thb is not None:
        changes["budget_thb"] = reading.budget_thb
    return draft.model_copy(update=changes)


def can_fix_by_typing(facts: Facts, text: str) -> bool:
    """Whether the open card can take this line as a correction."""
    if facts.draft is None or len(text) > 120:
        return False
    reading = read_log(text, facts.registry.lexicon, home=facts.home, today=facts.today)
    if reading.pairing_id is not None or (reading.ambiguous and not reading.problems):
        return False
    says = (reading.start, reading.participants, reading.budget_thb)
    return bool(reading.problems) or any(part is not None for part in says)


def is_of_its_own(facts: Facts, text: str) -> bool:
    """
    Whether a line typed into an open field is a sentence for another record: it names a pairing that is not
    the draft's, or, while the pairing is asked for, a pairing with a date.
    """
    assert facts.draft is not None
    found = facts.registry.lexicon.read_pairing(clean(text), facts.home).matches
    mine = facts.draft.body.pairing_id
    if mine is not None:
        return bool(found) and mine not in {match.pairing_id for match in found}
    return bool(found) and bool(read_dates(text, facts.today))


def read_field(facts: Facts, field: str, text: str) -> tuple[Any, str]:
    """The typed answer to an open field: its value, or the line that says how to write it."""
    t = facts.t
    if field == "pairing_id":
        return _read_pairing(facts, text)
    if field == "type":
        read = facts.registry.lexicon.read_type(clean(text))
        return (read.code or read.codes, "") if read.codes else (None, t.TYPE_NOT_READ)
    if field == "start":
        return _read_start(facts, text)
    if field == "title":
        return (text, "") if 0 < len(text) <= MAX_TITLE else (None, t.title_too_long(MAX_TITLE))
    if field == "participants":
        people = read_headcount(text)
        return (people, "") if people is not None else (None, t.PEOPLE_NOT_READ)
    if field == "budget_thb":
        amount = read_amount(text)
        return (amount, "") if amount is not None else (None, t.MONEY_NOT_READ)
    if field == "partner_joined":
        return None, t.ask_field(field, known="")
    return None, t.FILE_WANTED


def _read_pairing(facts: Facts, text: str) -> tuple[Any, str]:
    read = facts.registry.lexicon.read_pairing(clean(text), facts.home)
    own = tuple(match.pairing_id for match in read.matches if own_pairing(facts, match.pairing_id))
    if not own:
        return None, facts.t.NO_SUCH_PAIRING
    return (own[0] if read.settled else own), ""


def _read_start(facts: Facts, text: str) -> tuple[Any, str]:
    t, read = facts.t, read_date(text, facts.today)
    if read is None:
        return None, t.DATE_NOT_READ
    if isinstance(read, DateProblem):
        return None, date_problem(facts, read)
    return (read, "") if read.precision == "day" else (None, t.DAY_WANTED)


def with_value(facts: Facts, draft: LogDraft, field: str, value: Any) -> LogDraft:
    """The draft with one field set, from a button's JSON or from what was read."""
    options = {name: found for name, found in draft.options.items() if name != field}
    assumed = tuple(name for name in draft.assumed if name != field)
    changed = draft.model_copy(update={"options": options, "assumed": assumed})
    if isinstance(value, tuple):  # could be several: they become the buttons of the next question
        return changed.model_copy(update={field: None, "options": {**options, field: value}})
    if field == "start":
        return _with_dates(facts, changed, value)
    if field == "type" and "partner_joined" in assumed:  # it was read from words about another type
        assumed = tuple(name for name in assumed if name != "partner_joined")
        changed = changed.model_copy(update={"partner_joined": None, "assumed": assumed})
    if field == "pairing_id" and value is not None and own_pairing(facts, value) is None:
        return changed
    if field == "budget_thb" and value is not None:
        value = Decimal(str(value))
    if field == "participants" and value is not None:
        value = int(value)
    if field == "partner_joined" or field in LogDraft.model_fields:
        return changed.model_copy(update={field: value})
    return changed


def _with_dates(facts: Facts, draft: LogDraft, value: Any) -> LogDraft:
    if isinstance(value, DateSpan):
        if value.doubtful:
            options = {**draft.options, "start": _day_options((value,))}
            return draft.model_copy(update={"start": None, "options": options})
        first, last = value.start, value.end
    else:
        first, last = days_of(str(value))
    planned = first > facts.today
    return draft.model_copy(
        update={"start": first, "end": last, "precision": "day", "state": "planned" if planned else "held"}
    )
