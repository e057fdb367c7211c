"""
The open draft in front of the officer: the next question, the card, a button for each field, corrections by typing.
"""

from __future__ import annotations

from collections.abc import Sequence

from bot.dialogues.answers import read_field
from bot.dialogues.base import Facts, Intent, LogDraft, Turn, choice, rows_of
from bot.dialogues.drafting import (
    ASKED_FIRST,
    counts_of,
    is_joint,
    is_value,
    proposed_title,
    ticked,
    with_value,
)
from bot.dialogues.evidence import ask_use, ask_whose, beside_files, doubts, tally
from bot.dialogues.fixing import fix_lead, read_fix
from bot.dialogues.pickers import (
    Row,
    Rows,
    calendar_page,
    own_pairings,
    page_rows,
    page_title,
    partner_buttons,
    rows_for,
)
from bot.dialogues.recorder import recorder_today
from bot.dialogues.unfinished import known_so_far, offer_waiting
from bot.messages import Reply
from bot.reminders import years_counted

NOT_NUMBERED = ("start", "end", "participants", "budget_thb", "sdgs")
"""Fields whose answer may be a bare number: "3" is the third of the month, not the third button."""

FILLED_IN = ("participants", "budget_thb", "title", "place")
"""Asked one after the other, each with a button that skips it, when the officer goes on from a bare card."""
FILLING_IN = "filling in"
"""The open field's subject while they are asked."""

TAGS = ("sdgs", "sectors")


# ------------------------------------------------------------------ the next question, or the card


def next_question(
    facts: Facts, draft: LogDraft, *, fresh: bool = False, lead: str = "", edits: bool = False
) -> Turn:
    """Ask for the first thing that is missing or in doubt, or show the card."""
    if draft.attach_to is not None:
        return ask_whose(facts, draft, fresh=fresh, lead=lead, edits=edits)
    missing = [field for field in ASKED_FIRST if getattr(draft, field) is None or field in draft.options]
    for field in (*missing, *draft.options):
        return ask(facts, draft, field, fresh=fresh, lead=lead, edits=edits)
    if doubts(draft):
        return ask_use(facts, draft, fresh=fresh, lead=lead, edits=edits)
    return card(facts, draft, fresh=fresh, lead=lead, edits=edits)


def ask(
    facts: Facts,
    draft: LogDraft,
    field: str,
    *,
    fresh: bool = False,
    lead: str = "",
    edits: bool = False,
    rows: Rows | None = None,
    question: str | None = None,
    subject: str | None = None,
) -> Turn:
    """
    Ask for a field, with its buttons.

    Args:
        rows: Other buttons than the field's own: a page of the calendar.
        question: What to ask instead.
        subject: `FILLING_IN` while the optional fields are asked one after the other.
    """
    t = facts.t
    text = question or _question(facts, draft, field)
    lead = "\n".join(line for line in (lead, "" if question else draft.reasons.get(field, "")) if line)
    if rows is None:
        rows = rows_for(facts, draft, field, t.SKIP if subject == FILLING_IN else None)
    back = (choice(t.BACK_TO_CARD, "card.show"),) if _is_complete(draft) else ()
    reply = Reply(
        f"{lead}\n{text}" if lead else text,
        rows=(*rows, (*back, choice(t.CANCEL, "card.cancel"))),
        edits=edits,
        numbered=field not in NOT_NUMBERED or (field == "budget_thb" and field in draft.options),
    )
    return Turn(facts.talk.asks(field, subject), (reply,), draft=draft, fresh=fresh)


def _question(facts: Facts, draft: LogDraft, field: str) -> str:
    known = known_so_far(facts.t, facts.registry, draft)
    page = calendar_page(draft) if field == "start" else None
    if page is None:
        return facts.t.ask_field(field, known=known)
    return "\n".join(line for line in (known, page_title(facts, page)) if line)


def _is_complete(draft: LogDraft) -> bool:
    """Whether there is a card to go back to."""
    return all(getattr(draft, field) is not None for field in ASKED_FIRST)


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
        asked = ask(facts, facts.draft.body, facts.talk.asking, lead=lead, subject=facts.talk.subject)
        return Turn(asked.talk, asked.replies)
    return next_question(facts, facts.draft.body, lead=lead)


def open_again(facts: Facts, _intent: Intent) -> Turn:
    """What is open, once more: it was agreed to, or its question has to be answered before it is saved."""
    return show_open(facts)


# ------------------------------------------------------------------ the card


def card(facts: Facts, draft: LogDraft, *, fresh: bool, lead: str, edits: bool) -> Turn:
    text = "\n".join(card_lines(facts, draft))
    reply = Reply(
        f"{lead}\n{text}" if lead else text,
        title=facts.t.CHECK_BEFORE_SAVING,
        rows=_card_rows(facts, draft),
        edits=edits,
    )
    return Turn(facts.talk.asks(), (reply,), draft=draft, fresh=fresh)


def _card_rows(facts: Facts, draft: LogDraft) -> Rows:
    t = facts.t
    rows: list[Row] = []
    if _may_have_been_held(facts, draft):
        states = ("held", "planned")
        rows.append(
            tuple(choice(t.word("state", one), "card.set", field="state", value=one) for one in states)
        )
    if _asks_for_partner(facts, draft):
        rows.append(partner_buttons(facts, "card.set", field="partner_joined"))
    rows.append((choice(t.SAVE, "card.save"), choice(t.EDIT, "card.edit"), choice(t.CANCEL, "card.cancel")))
    if draft.state == "held" and draft.partner_joined is not None and "partner_joined" in draft.assumed:
        rows.append((choice(t.PARTNER_WAS_NOT_THERE, "card.set", field="partner_joined", value="no"),))
    if any(field in draft.assumed for field in TAGS):
        rows.append(
            (choice(t.CHANGE_TAGS, "card.ask", field="sectors"), choice(t.DROP_TAGS, "card.drop_tags"))
        )
    if draft.activity_id is None and all(getattr(draft, field) is None for field in FILLED_IN):
        rows.append((choice(t.FILL_IN, "card.fill_in"),))
    if recorder_today(facts) is not None:
        rows.append((choice(t.CHANGE_RECORDER, "recorder.ask"),))
    return tuple(rows)


def _may_have_been_held(facts: Facts, draft: LogDraft) -> bool:
    """Whether the card asks for it: the words spoke of a plan or were in doubt, and its day has come."""
    assert draft.start is not None
    return draft.state == "planned" and draft.start <= facts.today


def _asks_for_partner(facts: Facts, draft: LogDraft) -> bool:
    return draft.state == "held" and draft.partner_joined is None and counts_of(facts, draft) == "ask"


def card_lines(facts: Facts, draft: LogDraft) -> list[str]:
    """What will be recorded, line by line, with both eras and for which years it counts."""
    t, mark = facts.t, _Marks(facts, draft)
    pairing = facts.registry.pairings[str(draft.pairing_id)]
    assert draft.start is not None
    assert draft.type is not None
    days = t.days_both(draft.start, draft.end, draft.precision)
    lines = [
        t.line("pairing_id", pairing.label + mark("pairing_id")),
        *_further_pairings(facts, draft),
        t.line("type", t.type_label(facts.registry.types[draft.type]) + mark("type")),
        t.line("start", days + (mark("start") or mark("end"))),
        t.line("title", (draft.title or proposed_title(facts, draft)) + mark("title")),
        *_where(facts, draft, mark),
        t.people_money_files(
            draft.participants, draft.budget_thb, tally(draft.files)["files"], draft.assumed
        ),
        *filter(None, [beside_files(t, draft.files)]),
        *_tags(facts, draft, mark),
    ]
    recorder = recorder_today(facts)
    who = [t.recorder_today(recorder)] if recorder is not None else []
    return [*lines, *_what_counts(facts, draft, mark), *who]


class _Marks:
    """The mark of a field that was understood from the words; nothing for one that was said."""

    def __init__(self, facts: Facts, draft: LogDraft) -> None:
        self._marks = dict.fromkeys(draft.assumed, facts.t.ASSUMED)

    def __call__(self, field: str) -> str:
        return self._marks.get(field, "")


def _further_pairings(facts: Facts, draft: LogDraft) -> list[str]:
    partners = [facts.registry.pairings[one].partner for one in draft.also if one in facts.registry.pairings]
    return [facts.t.line("also", ", ".join(partners))] if partners else []


def _where(facts: Facts, draft: LogDraft, mark: _Marks) -> list[str]:
    t, parts = facts.t, []
    if draft.place:
        parts.append(t.line("place", draft.place + mark("place")))
    if draft.direction:
        parts.append(t.line("direction", t.word("direction", draft.direction) + mark("direction")))
    return [" · ".join(parts)] if parts else []


def _tags(facts: Facts, draft: LogDraft, mark: _Marks) -> list[str]:
    t, parts = facts.t, []
    sectors = [t.sector(one) for one in t.SECTORS if one in draft.sectors]
    goals = [t.goal(one) for one in t.SDGS if one in draft.sdgs]
    both = sectors and goals and mark("sectors") == mark("sdgs")  # one mark is enough
    if sectors:
        parts.append(t.line("sectors", ", ".join(sectors) + ("" if both else mark("sectors"))))
    if goals:
        parts.append(t.line("sdgs", ", ".join(goals) + mark("sdgs")))
    return [" · ".join(parts)] if parts else []


def _what_counts(facts: Facts, draft: LogDraft, mark: _Marks) -> list[str]:
    t = facts.t
    assert draft.start is not None
    if draft.state == "planned":
        return [t.PLANNED_DOES_NOT_COUNT, *([t.WAS_IT_HELD] if _may_have_been_held(facts, draft) else [])]
    years = t.years(*years_counted(draft.start, draft.end))
    if _asks_for_partner(facts, draft):
        pairing = facts.registry.pairings[str(draft.pairing_id)]
        return [t.did_partner_join(pairing.partner), t.would_count(years)]
    partner = [t.partner_line(draft.partner_joined) + mark("partner_joined")] if draft.partner_joined else []
    return [*partner, t.counts_for(years) if is_joint(facts, draft) else t.DOES_NOT_COUNT]


def show_card(facts: Facts, _intent: Intent) -> Turn:
    """Back to the card: what was asked and not answered stays as it was."""
    assert facts.draft is not None
    draft = facts.draft.body
    asked = {
        field: found
        for field, found in draft.options.items()
        if field in ASKED_FIRST and not getattr(draft, field)
    }
    return next_question(facts, draft.model_copy(update={"options": asked}), edits=True)


def edit_menu(facts: Facts, _intent: Intent) -> Turn:
    """A button for each field."""
    assert facts.draft is not None
    t = facts.t
    fields = ["pairing_id", "type", "start", "title", "participants", "budget_thb", "place", "direction"]
    fields += ["sectors", "sdgs", "files"]
    if facts.draft.body.state == "held":
        fields.append("partner_joined")
    if len(own_pairings(facts)) > 1:
        fields.append("also")
    buttons = [choice(t.field_name(field), "card.ask", field=field) for field in fields]
    reply = Reply(
        t.WHICH_FIELD, rows=(*rows_of(buttons, 2), (choice(t.BACK_TO_CARD, "card.show"),)), edits=True
    )
    return Turn(facts.talk.asks(), (reply,))


# ------------------------------------------------------------------ what its buttons do


def ask_field(facts: Facts, intent: Intent) -> Turn:
    """The card's button for a field: ask for it again."""
    assert facts.draft is not None
    return ask(facts, facts.draft.body, intent.args["field"], edits=True)


def calendar(facts: Facts, intent: Intent) -> Turn:
    """A page of the calendar: the days of a month, or the months of a year. The draft stays as it is."""
    assert facts.draft is not None
    t, args, draft = facts.t, intent.args, facts.draft.body
    field, several = str(args["field"]), bool(args.get("several"))
    page = str(args["page"])
    rows, question = page_rows(facts, draft, field, page, several=several), page_title(facts, page)
    return ask(
        facts, draft, field, rows=rows, question=question, lead=t.FIRST_DAY if several else "", edits=True
    )


def set_field(facts: Facts, intent: Intent) -> Turn:
    """A button gave the value of a field."""
    assert facts.draft is not None
    field, value = str(intent.args["field"]), intent.args.get("value")
    if not is_value(facts, field, value):
        return show_open(facts, lead=facts.t.STALE_BUTTON)
    changed = with_value(facts, facts.draft.body, field, value)
    if following := intent.args.get("then"):
        return ask(facts, changed, str(following), edits=True)
    return _after(facts, changed, field, edits=True)


def tick(facts: Facts, intent: Intent) -> Turn:
    """One value of a field of several is set or taken away; the question stays."""
    assert facts.draft is not None
    field, value = str(intent.args["field"]), str(intent.args["value"])
    changed = ticked(facts, facts.draft.body, field, value, on=bool(intent.args["on"]))
    return ask(facts, changed, field, edits=True)


def drop_tags(facts: Facts, _intent: Intent) -> Turn:
    """Goals and sectors that were only proposed are none of the record's."""
    assert facts.draft is not None
    draft = facts.draft.body
    for field in TAGS:
        if field in draft.assumed:
            draft = with_value(facts, draft, field, ())
    return next_question(facts, draft, edits=True)


def fill_in(facts: Facts, _intent: Intent) -> Turn:
    """One optional field after the other, each of which may be skipped."""
    assert facts.draft is not None
    return _fill_in(facts, facts.draft.body, FILLED_IN, edits=True)


def _fill_in(facts: Facts, draft: LogDraft, left: Sequence[str], *, edits: bool) -> Turn:
    for field in left:
        if getattr(draft, field) is None:
            return ask(facts, draft, field, edits=edits, subject=FILLING_IN)
    return next_question(facts, draft, edits=edits)


def _after(facts: Facts, draft: LogDraft, field: str, *, edits: bool = False) -> Turn:
    """What follows an answer: the next of the optional fields while they are asked, else the card."""
    if facts.talk.subject == FILLING_IN and facts.talk.asking == field and field not in draft.options:
        return _fill_in(facts, draft, FILLED_IN[FILLED_IN.index(field) + 1 :], edits=edits)
    return next_question(facts, draft, edits=edits)


# ------------------------------------------------------------------ what is typed


def answer_field(facts: Facts, intent: Intent) -> Turn:
    """The answer was typed: read it, or say how to write it. The draft stays."""
    assert facts.draft is not None
    field, text = str(facts.talk.asking), str(intent.args.get("text", "")).strip()
    value, problem = read_field(facts, field, text)
    if not problem:
        return _after(facts, with_value(facts, facts.draft.body, field, value), field)
    if value is not None:  # no answer yet, but its buttons
        meant = with_value(facts, facts.draft.body, field, value)
        return ask(facts, meant, field, lead=problem, subject=facts.talk.subject)
    [question] = ask(facts, facts.draft.body, field).replies
    return Turn(facts.talk, (Reply(problem, rows=question.rows, numbered=question.numbered),))


def fix_by_typing(facts: Facts, intent: Intent) -> Turn:
    """A line that corrects the draft: what it changed is said, what it leaves open is asked."""
    fix, asking = read_fix(facts, str(intent.args["text"])), facts.talk.asking
    if fix is None:
        return show_open(facts)
    lead = fix_lead(facts, fix)
    if asking in LogDraft.model_fields and asking not in fix.changed and not fix.asked:
        return ask(facts, fix.draft, str(asking), lead=lead, subject=facts.talk.subject)
    return next_question(facts, fix.draft, lead=lead)
