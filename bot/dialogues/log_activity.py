"""
Logging an activity: by one sentence, by buttons, by photo; and editing one that was recorded.

An edit is a draft too, so it survives a restart and is saved by the same button. Whatever is missing or
could be two things is asked, one question at a time; then the card shows everything and one tap saves.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from bot.dialogues.base import (
    WRITTEN_FIELDS,
    ActivityView,
    DraftField,
    DraftFile,
    DropDraft,
    Facts,
    Intent,
    LogDraft,
    PairingView,
    ResumeDraft,
    SaveDraft,
    SetPartner,
    Turn,
    choice,
    quiet,
    rows_of,
    year_sums,
)
from bot.language.dates import DateProblem, DateSpan, read_date, read_dates
from bot.language.joint import read_partner_joined
from bot.language.money import read_amount
from bot.language.people import read_headcount
from bot.language.quick_log import LogReading, read_log
from bot.language.text import clean
from bot.messages import Choice, ReceivedFile, Reply
from bot.reminders import years_counted
from bot.rights import may

MAX_TITLE = 300
MAX_FILES = 20
MAX_OPTIONS = 6
ASKED_FIRST: tuple[DraftField, ...] = ("pairing_id", "type", "start")
ASKED_IF_IN_DOUBT: tuple[DraftField, ...] = ("participants", "budget_thb")
TYPED_NUMBERS = ("start", "participants", "budget_thb")
"""Fields whose answer may be a bare number: "3" is the third of the month, not the third button."""


# ------------------------------------------------------------------ beginning


def start(facts: Facts, _intent: Intent) -> Turn:
    """`/log`: take up what is unfinished, or ask for the pairing."""
    if refused := refuse(facts):
        return refused
    open_draft = facts.draft or facts.waiting_draft
    if open_draft is not None:
        return _offer_to_resume(facts, open_draft.id, open_draft.body)
    return _next_question(facts, LogDraft(), fresh=True)


def start_new(facts: Facts, intent: Intent) -> Turn:
    """A new draft, for a given pairing when the button of a reminder or a card brought one."""
    if refused := refuse(facts):
        return refused
    pairing = _own_pairing(facts, intent.args.get("pairing"))
    return _next_question(facts, LogDraft(pairing_id=pairing.id if pairing else None), fresh=True)


def resume(facts: Facts, intent: Intent) -> Turn:
    """Take up a draft again, in whichever chat it was begun."""
    return Turn(
        facts.talk.asks(),
        command=ResumeDraft(int(intent.args["draft"])),
        then=lambda facts, body: _next_question(facts, body) if body else quiet(facts, _gone(facts)),
    )


def read_sentence(facts: Facts, intent: Intent) -> Turn:
    """One sentence becomes a card, or the first question about what it leaves open."""
    if refused := refuse(facts):
        return refused
    if _is_about_a_secret(intent):  # what is said about it is not kept either
        return Turn(facts.talk, (Reply(_file_problems(facts, intent)),))
    text = str(intent.args.get("text", ""))
    reading = read_log(text, facts.registry.lexicon, home=facts.home, today=facts.today)
    begun = facts.draft is not None and _is_bare(facts.draft.body)
    carried = facts.draft.body.files if facts.draft is not None and begun else ()
    draft = _from_reading(facts, reading, text).model_copy(update={"files": (*carried, *_files(intent))})
    problems = _lines(_file_problems(facts, intent), _details_removed(facts, intent))
    if facts.draft is not None and not begun:
        problems = _lines(facts.t.EARLIER_KEPT, problems)
    foreign = reading.pairing_id or next(iter(reading.ambiguous.get("pairing_id", ())), None)
    if draft.pairing_id is None and foreign is not None and not draft.options.get("pairing_id"):
        lead = _lines(_file_problems(facts, intent), facts.t.NO_SUCH_PAIRING)
        return _next_question(facts, draft, fresh=not begun, lead=lead)
    if in_sentence := _problem_line(facts, reading):
        problems = _lines(_file_problems(facts, intent), in_sentence)
    return _next_question(facts, draft, fresh=not begun, lead=problems)


def _is_bare(draft: LogDraft) -> bool:
    """Begun with nothing, or with a photo: the sentence that follows is about it."""
    return (
        draft.activity_id is None and draft.pairing_id is None and draft.type is None and draft.start is None
    )


def take_files(facts: Facts, intent: Intent) -> Turn:
    """
    Photos and documents join the open draft; without one they begin it. A caption corrects the draft that is
    open, or says what a new one is about.
    """
    if refused := refuse(facts):
        return refused
    files, problems, text = _files(intent), _file_problems(facts, intent), str(intent.args.get("text", ""))
    if not files:
        return Turn(facts.talk, (Reply(problems),))
    if facts.draft is None:
        begun = LogDraft(files=files, title=text[:MAX_TITLE] or None)
        lead = _lines(problems or facts.t.FILE_BEGINS, _details_removed(facts, intent))
        return _next_question(facts, begun, fresh=True, lead=lead)
    have = facts.draft.body.files
    known = {file.sha256 for file in have}
    joined = (*have, *(file for file in files if file.sha256 not in known))[:MAX_FILES]
    draft = facts.draft.body.model_copy(update={"files": joined})
    if text and can_fix_by_typing(facts, text):
        reading = read_log(text, facts.registry.lexicon, home=facts.home, today=facts.today)
        draft, problems = _merge(facts, draft, reading), problems or _problem_line(facts, reading)
    return _next_question(facts, draft, lead=_lines(problems, _details_removed(facts, intent)))


def refuse(facts: Facts) -> Turn | None:
    """A guest, or a role that records nothing, is told what to do instead."""
    if may(facts.seats, "log_activity"):
        return None
    t = facts.t
    if facts.seats:
        return quiet(facts, Reply(t.ROLE_DOES_NOT_LOG))
    return quiet(facts, Reply(t.MEMBERS_ONLY, rows=((choice(t.ASK_ACCESS, "join.ask"),),)))


# ------------------------------------------------------------------ one field


def ask_field(facts: Facts, intent: Intent) -> Turn:
    """The card's button for a field: ask for it again."""
    assert facts.draft is not None
    return _ask(facts, facts.draft.body, intent.args["field"], edits=True)


def set_field(facts: Facts, intent: Intent) -> Turn:
    """A button gave the value of a field."""
    assert facts.draft is not None
    changed = _with_value(facts, facts.draft.body, intent.args["field"], intent.args.get("value"))
    return _next_question(facts, changed, edits=True)


def answer_field(facts: Facts, intent: Intent) -> Turn:
    """The answer was typed: read it, or say how to write it. The draft stays."""
    assert facts.draft is not None
    field, text = str(facts.talk.asking), str(intent.args.get("text", "")).strip()
    value, problem = read_field(facts, field, text)
    if problem:
        asked = _ask(facts, facts.draft.body, field)
        return Turn(
            asked.talk, (Reply(problem, rows=asked.replies[0].rows, numbered=asked.replies[0].numbered),)
        )
    return _next_question(facts, _with_value(facts, facts.draft.body, field, value))


def fix_by_typing(facts: Facts, intent: Intent) -> Turn:
    """A short line while the card is open: date, people or money that it names replace the card's."""
    assert facts.draft is not None
    reading = read_log(str(intent.args["text"]), facts.registry.lexicon, home=facts.home, today=facts.today)
    return _next_question(facts, _merge(facts, facts.draft.body, reading), lead=_problem_line(facts, reading))


def can_fix_by_typing(facts: Facts, text: str) -> bool:
    """Whether the open card can take this line as a correction."""
    if facts.draft is None or len(text) > 120:
        return False
    reading = read_log(text, facts.registry.lexicon, home=facts.home, today=facts.today)
    if reading.pairing_id is not None or (reading.ambiguous and not reading.problems):
        return False
    says = (reading.start, reading.participants, reading.budget_thb)
    return bool(reading.problems) or any(part is not None for part in says)


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
    own = tuple(match.pairing_id for match in read.matches if _own_pairing(facts, match.pairing_id))
    if not own:
        return None, facts.t.NO_SUCH_PAIRING
    return (own[0] if read.settled else own), ""


def _read_start(facts: Facts, text: str) -> tuple[Any, str]:
    t, read = facts.t, read_date(text, facts.today)
    if read is None:
        return None, t.DATE_NOT_READ
    if isinstance(read, DateProblem):
        return None, _date_problem(facts, read)
    return (read, "") if read.precision == "day" else (None, t.DAY_WANTED)


def _date_problem(facts: Facts, problem: DateProblem) -> str:
    return facts.t.DATE_REVERSED if problem.kind == "reversed" else facts.t.date_impossible(problem.text)


def _with_value(facts: Facts, draft: LogDraft, field: str, value: Any) -> LogDraft:
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
    if field == "pairing_id" and value is not None and _own_pairing(facts, value) is None:
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
        first, last = _days_of(str(value))
    planned = first > facts.today
    return draft.model_copy(
        update={"start": first, "end": last, "precision": "day", "state": "planned" if planned else "held"}
    )


# ------------------------------------------------------------------ understanding a sentence


def _from_reading(facts: Facts, reading: LogReading, text: str) -> LogDraft:
    options: dict[str, tuple[str, ...]] = {}
    pairing = _own_pairing(facts, reading.pairing_id)
    own = tuple(
        name for name in reading.ambiguous.get("pairing_id", ()) if _own_pairing(facts, str(name)) is not None
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


def _merge(facts: Facts, draft: LogDraft, reading: LogReading) -> LogDraft:
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


def _day_options(spans: Sequence[DateSpan]) -> tuple[str, ...]:
    """What a date could mean, as `2026-11-03` or `2026-11-03/2026-11-05`."""
    found = []
    for span in spans:
        if span.precision == "day":
            found += [f"{span.start}/{span.end}" if span.end else f"{span.start}"]
        if span.precision == "day":  # of "ต้นเดือน" the day is better typed than picked from ten
            found += [f"{day}" for day in span.doubtful if day != span.start]
    return tuple(dict.fromkeys(found))[:MAX_OPTIONS]


def _days_of(option: str) -> tuple[date, date | None]:
    first, _, last = option.partition("/")
    return date.fromisoformat(first), date.fromisoformat(last) if last else None


def _problem_line(facts: Facts, reading: LogReading) -> str:
    """The first thing in the sentence that cannot be: said beside the question that asks for it."""
    if reading.problems:
        return _date_problem(facts, reading.problems[0])
    if any(span.precision != "day" for span in reading.date_options):
        return facts.t.DAY_WANTED
    ahead = [span.start for span in reading.date_options if span.start > facts.today]
    if ahead and reading.state == "held":
        return facts.t.date_is_ahead(ahead[0])
    return ""


def _own_pairing(facts: Facts, pairing_id: Any) -> PairingView | None:
    """The pairing, if the person may record for it: a foreign one is answered like an unknown one."""
    pairing = facts.registry.pairings.get(str(pairing_id)) if pairing_id else None
    if pairing is None or not may(facts.seats, "log_activity", pairing.province_code):
        return None
    return pairing


def _files(intent: Intent) -> tuple[DraftFile, ...]:
    return tuple(
        DraftFile(sha256=file.sha256, kind=file.kind, name=file.name, mime=file.mime, size=file.size)
        for file in intent.args.get("files", ())
        if isinstance(file, ReceivedFile) and file.sha256
    )[:MAX_FILES]


def _file_problems(facts: Facts, intent: Intent) -> str:
    kinds = dict.fromkeys(file.problem for file in intent.args.get("files", ()) if file.problem)
    return "\n".join(facts.t.file_problem(kind) for kind in kinds)


def _details_removed(facts: Facts, intent: Intent) -> str:
    """Told with the first files of a draft, and not again with each."""
    stripped = any(file.stripped for file in intent.args.get("files", ()))
    has_files = facts.draft is not None and bool(facts.draft.body.files)
    return facts.t.DETAILS_REMOVED if stripped and not has_files else ""


def _is_about_a_secret(intent: Intent) -> bool:
    """A message with a secret paper and no file that was kept."""
    files = intent.args.get("files", ())
    return any(file.problem == "secret" for file in files) and not _files(intent)


def _lines(*lines: str) -> str:
    return "\n".join(line for line in lines if line)


# ------------------------------------------------------------------ questions


def _next_question(
    facts: Facts, draft: LogDraft, *, fresh: bool = False, lead: str = "", edits: bool = False
) -> Turn:
    """Ask for the first thing that is missing, or show the card."""
    for field in ASKED_FIRST:
        if getattr(draft, field) is None:
            return _ask(facts, draft, field, fresh=fresh, lead=lead, edits=edits)
    for field in ASKED_IF_IN_DOUBT:
        if draft.options.get(field):
            return _ask(facts, draft, field, fresh=fresh, lead=lead, edits=edits)
    return _show_card(facts, draft, fresh=fresh, lead=lead, edits=edits)


def _ask(
    facts: Facts, draft: LogDraft, field: str, *, fresh: bool = False, lead: str = "", edits: bool = False
) -> Turn:
    choices, width = _choices_for(facts, draft, field)
    text = facts.t.ask_field(field, known=_known_so_far(facts, draft))
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
        return _ask(facts, facts.draft.body, str(facts.talk.asking)).replies[0]
    return offer_waiting(facts)


def show_open(facts: Facts, lead: str = "") -> Turn:
    """The open draft as it stands: after an outdated button, a sticker, a restart."""
    assert facts.draft is not None
    if facts.talk.asking in LogDraft.model_fields and facts.talk.asking != "files":
        asked = _ask(facts, facts.draft.body, facts.talk.asking, lead=lead)
        return Turn(asked.talk, asked.replies)
    return _next_question(facts, facts.draft.body, lead=lead)


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
            return [one(t.days_both(*_days_of(found)), found) for found in candidates], 1
        return [
            one(t.TODAY, facts.today.isoformat()),
            one(t.YESTERDAY, (facts.today - timedelta(days=1)).isoformat()),
        ], 2
    if field == "files":
        return [], 1
    if field == "partner_joined":
        return list(_partner_buttons(facts, "card.set", field=field)), 3
    if candidates:
        label = {
            "participants": lambda said: t.people(int(said)),
            "budget_thb": lambda said: t.money(Decimal(said)),
        }
        return [*(one(label[field](said), said) for said in candidates), one(t.NOT_STATED, None)], 2
    return [one(t.NOT_STATED, None)], 1


def _known_so_far(facts: Facts, draft: LogDraft) -> str:
    """What the draft already holds, in one line: nobody fears that it was lost."""
    t, parts = facts.t, []
    pairing = facts.registry.pairings.get(draft.pairing_id or "")
    if pairing:
        parts.append(pairing.label)
    if draft.type:
        parts.append(t.type_label(facts.registry.types[draft.type]))
    if draft.start:
        parts.append(t.days(draft.start, draft.end))
    if draft.participants is not None:
        parts.append(t.people(draft.participants))
    if draft.files:
        parts.append(t.files(len(draft.files)))
    return " · ".join(parts)


def _offer_to_resume(facts: Facts, draft_id: int, body: LogDraft) -> Turn:
    t = facts.t
    known = _known_so_far(facts, body) or t.NOTHING_YET
    buttons = ((choice(t.GO_ON, "log.resume", draft=draft_id), choice(t.START_ANEW, "log.new")),)
    return quiet(facts, Reply(t.unfinished_draft(known), rows=buttons))


def offer_waiting(facts: Facts) -> Reply | None:
    """After a restart or in another chat: the unfinished draft, with a button to go on."""
    open_draft = facts.draft or facts.waiting_draft
    return _offer_to_resume(facts, open_draft.id, open_draft.body).replies[0] if open_draft else None


# ------------------------------------------------------------------ the card


def show_card(facts: Facts, _intent: Intent) -> Turn:
    assert facts.draft is not None
    return _next_question(facts, facts.draft.body, edits=True)


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


def _show_card(facts: Facts, draft: LogDraft, *, fresh: bool, lead: str, edits: bool) -> Turn:
    t = facts.t
    rows: list[tuple[Choice, ...]] = []
    if _may_have_been_held(facts, draft):
        states = ("held", "planned")
        rows.append(
            tuple(choice(t.word("state", one), "card.set", field="state", value=one) for one in states)
        )
    if draft.state == "held" and _counts(facts, draft) == "ask" and draft.partner_joined is None:
        rows.append(_partner_buttons(facts, "card.set", field="partner_joined"))
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


def _partner_buttons(facts: Facts, name: str, **args: Any) -> tuple[Choice, ...]:
    t = facts.t
    values = (("yes", t.JOINED), ("online", t.JOINED_ONLINE), ("no", t.DID_NOT_JOIN))
    return tuple(choice(label, name, value=value, **args) for value, label in values)


def _counts(facts: Facts, draft: LogDraft) -> str:
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
    return draft.partner_joined is not None or _counts(facts, draft) == "yes"


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
    elif _counts(facts, draft) == "ask":
        return [*lines, t.did_partner_join(pairing.partner), t.would_count(years)]
    return [*lines, t.counts_for(years) if is_joint(facts, draft) else t.DOES_NOT_COUNT]


def proposed_title(facts: Facts, draft: LogDraft) -> str:
    pairing = facts.registry.pairings[str(draft.pairing_id)]
    return f"{facts.t.type_label(facts.registry.types[str(draft.type)])} {pairing.partner}"


# ------------------------------------------------------------------ saving, cancelling


def save(facts: Facts, intent: Intent) -> Turn:
    """One tap. What comes back tells what was really stored."""
    return Turn(
        facts.talk.asks(),
        command=SaveDraft(anyway=bool(intent.args.get("anyway"))),
        then=lambda facts, outcome: _after_saving(facts, outcome),
    )


def _after_saving(facts: Facts, outcome: Any) -> Turn:
    t = facts.t
    kind, activity = outcome
    if kind == "forbidden":
        return quiet(facts, Reply(t.NO_SUCH_PAIRING, edits=True))
    if kind == "incomplete":
        return show_open(facts)
    if kind == "alike":
        buttons = (
            (choice(t.SAVE_AS_NEW, "card.save", anyway=True), choice(t.NOT_NEW, "card.cancel")),
            (choice(t.BACK_TO_CARD, "card.show"),),
        )
        return quiet(facts, Reply(t.same_event(receipt_line(facts, activity)), rows=buttons, edits=True))
    return quiet(facts, receipt(facts, activity, t.SAVED))


def receipt(facts: Facts, activity: ActivityView, headline: str, *, edits: bool = True) -> Reply:
    """What stands recorded now: number, both eras, and what the year looks like after it."""
    t = facts.t
    title = f"{headline} {t.number(activity.id)}"
    lines = [receipt_line(facts, activity), *_year_lines(facts, activity)]
    rows: list[tuple[Choice, ...]] = []
    kind = facts.registry.types[activity.type]
    if not may_change(facts, activity):
        history = (choice(t.HISTORY, "activity.history", activity=activity.id),)
        return Reply("\n".join(lines), title=title, rows=(history,), edits=edits)
    if activity.state == "planned" and activity.start <= facts.today:
        rows.append((choice(t.WAS_HELD, "activity.edit", activity=activity.id, held=True),))
    if activity.state == "held" and activity.partner_joined is None and kind.counts == "ask":
        pairing = facts.registry.pairings[activity.pairing_id]
        lines.append(t.did_partner_join(pairing.partner))
        rows.append(_partner_buttons(facts, "activity.partner", activity=activity.id))
    rows.append(
        (
            choice(t.EDIT, "activity.edit", activity=activity.id),
            choice(t.DELETE, "activity.delete", activity=activity.id),
            choice(t.HISTORY, "activity.history", activity=activity.id),
        )
    )
    return Reply("\n".join(lines), title=title, rows=tuple(rows), edits=edits)


def may_change(facts: Facts, activity: ActivityView) -> bool:
    return may(facts.seats, "change_activity", facts.registry.pairings[activity.pairing_id].province_code)


def receipt_line(facts: Facts, activity: ActivityView) -> str:
    t = facts.t
    pairing, kind = facts.registry.pairings[activity.pairing_id], facts.registry.types[activity.type]
    when = t.days(activity.start, activity.end, activity.precision)
    return f"{pairing.label} · {t.type_label(kind)} · {when}\n{activity.title}"


def _year_lines(facts: Facts, activity: ActivityView) -> list[str]:
    t = facts.t
    if activity.state == "planned":
        return [t.PLANNED_DOES_NOT_COUNT]
    if not activity.joint:
        return [t.DOES_NOT_COUNT if activity.partner_joined == "no" else t.COUNTS_WHEN_JOINED]
    pairing = facts.registry.pairings[activity.pairing_id]
    counted = t.counts_for(t.years(*years_counted(activity.start, activity.end)))
    return [counted, t.sums(year_sums(replace(facts, today=activity.start), pairing))]


def set_partner(facts: Facts, intent: Intent) -> Turn:
    """After saving: whether the partner took part decides if the record counts."""
    return Turn(
        facts.talk.asks(),
        command=SetPartner(int(intent.args["activity"]), intent.args["value"]),
        then=lambda facts, activity: quiet(
            facts, receipt(facts, activity, facts.t.SAVED) if activity else _gone(facts)
        ),
    )


def cancel(facts: Facts, intent: Intent) -> Turn:
    """`/cancel` or the word: what was asked last goes, which may be another question in the draft's midst."""
    talk = facts.talk
    asks = talk.asking is not None and talk.asking not in LogDraft.model_fields
    if asks or (talk.writings and facts.draft is None):
        if talk.asking in WRITTEN_FIELDS:
            talk = talk.drops(int(talk.subject or 0))
        elif not asks:  # the card that is looked at before it is sent
            talk = talk.drops(talk.writings[-1].inquiry)
        waiting = offer_waiting(facts)
        stopped = Reply(facts.t.STOPPED, edits=True)
        return Turn(talk.asks(), (stopped, waiting) if waiting else (stopped,))
    return cancel_draft(facts, intent)


def cancel_draft(facts: Facts, _intent: Intent) -> Turn:
    """The draft goes, the conversation is free again."""
    open_draft = facts.draft or facts.waiting_draft
    if open_draft is None:
        return quiet(facts, Reply(facts.t.NOTHING_TO_CANCEL))
    editing = open_draft.body.activity_id is not None
    text = facts.t.EDIT_CANCELLED if editing else facts.t.CANCELLED
    return Turn(
        facts.talk.asks(),
        command=DropDraft(open_draft.id),
        then=lambda facts, _done: quiet(facts, Reply(text, edits=True)),
    )


def edit_activity(facts: Facts, intent: Intent) -> Turn:
    """Open a recorded activity as a draft; `held` says that what was planned has taken place."""
    activity = facts.activity
    if activity is None or activity.deleted or not may_change(facts, activity):
        return quiet(facts, _gone(facts))
    draft = LogDraft(
        activity_id=activity.id,
        base_version=activity.version,
        pairing_id=activity.pairing_id,
        type=activity.type,
        state="held" if intent.args.get("held") and activity.start <= facts.today else activity.state,
        start=activity.start,
        end=activity.end,
        precision=activity.precision,
        title=activity.title,
        participants=activity.participants,
        budget_thb=activity.budget_thb,
        partner_joined=activity.partner_joined,
        files=activity.files,
    )
    return _show_card(facts, draft, fresh=True, lead="", edits=False)


def _gone(facts: Facts) -> Reply:
    return Reply(facts.t.NOT_FOUND, edits=True)


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
