"""
What is optional at logging and asked later, in one card: result, problems, who led, money, letter, follow-up.

Each answer is stored at once, as an edit of the record. Several may be typed together, each after its label.
"""

from __future__ import annotations

from typing import Any

from bot.dialogues.base import (
    DETAILS,
    ActivityView,
    Facts,
    Intent,
    Registry,
    SetFields,
    Turn,
    choice,
    quiet,
    rows_of,
)
from bot.dialogues.records import gone, may_change, undo_button
from bot.dialogues.typed import NotRead, most_letters, read_day, read_detail
from bot.dialogues.values import activity_line, shown
from bot.language.labelled import read_labelled
from bot.messages import Choice, Reply
from bot.texts.th import Th

CARD = "details"
"""What is open while the card is looked at: lines with labels are taken, anything else is none of it."""

OPEN = "detail_"
"""Before the name of a field that is asked for."""

LONG = ("result", "problems", "suggestions", "follow_up")
"""Fields in which a whole sentence about an activity is an answer, and no other record."""


# ------------------------------------------------------------------ the card


def details_card(t: Th, activity: ActivityView, registry: Registry) -> Reply:
    """What is known by now, a button for each field, and that it replaces no letter."""
    known = [
        t.line(name, value if name in LONG else shown(t, registry, name, value))
        for name in DETAILS
        if (value := getattr(activity, name)) is not None
    ]
    lines = [activity_line(t, registry, activity), *known, t.HOW_TO_GIVE_DETAILS, t.NOT_THE_LETTER]
    buttons = [
        choice(t.field_name(name), "details.ask", activity=activity.id, field=name) for name in DETAILS
    ]
    back = choice(t.BACK, "activity.show", activity=activity.id)
    return Reply(
        "\n".join(lines),
        title=f"{t.DETAILS} {t.number(activity.id)}",
        rows=rows_of([*buttons, back], 2),
        numbered=False,
    )


def show(facts: Facts, _intent: Intent) -> Turn:
    activity = _open(facts)
    return _card(facts, activity, edits=True) if activity else quiet(facts, gone(facts))


def _open(facts: Facts) -> ActivityView | None:
    """The record, if it stands and the person may change it."""
    activity = facts.activity
    return activity if activity and not activity.deleted and may_change(facts, activity) else None


def _card(
    facts: Facts, activity: ActivityView, *, lead: str = "", edits: bool = False, undo: Choice | None = None
) -> Turn:
    made = details_card(facts.t, activity, facts.registry)
    rows = ((undo,), *made.rows) if undo else made.rows
    text = f"{lead}\n{made.text}" if lead else made.text
    reply = Reply(text, title=made.title, rows=rows, edits=edits, numbered=False)
    return Turn(facts.talk.asks(CARD, str(activity.id)), (reply,))


# ------------------------------------------------------------------ one field


def ask(facts: Facts, intent: Intent) -> Turn:
    """Ask for one field, with what stands there now."""
    activity, field = _open(facts), str(intent.args["field"])
    if activity is None or field not in DETAILS:
        return quiet(facts, gone(facts))
    t, value = facts.t, getattr(activity, field)
    text = t.ask_detail(field, most_letters(field))
    if value is not None:
        text = f"{text}\n{t.written_so_far(shown(t, facts.registry, field, value))}"
    last = [choice(t.BACK, "details.show", activity=activity.id)]
    if value is not None:
        last.insert(0, choice(t.EMPTY_FIELD, "details.set", activity=activity.id, field=field, value=None))
    rows = (*rows_of(_choices(facts, activity, field), 2), tuple(last))
    return Turn(
        facts.talk.asks(OPEN + field, str(activity.id)), (Reply(text, rows=rows, edits=True, numbered=False),)
    )


def _choices(facts: Facts, activity: ActivityView, field: str) -> list[Choice]:
    t = facts.t

    def one(label: str, value: Any) -> Choice:
        return choice(label, "details.set", activity=activity.id, field=field, value=value)

    if field == "spent_source":
        return [one(label, code) for code, label in t.WORDS["spent_source"].items()]
    if field == "letter_on":
        return [one(t.TODAY, facts.today.isoformat())]
    return []


def asked_again(facts: Facts) -> Reply | None:
    """The open field once more, after a question in its midst was answered."""
    asking, t = facts.talk.asking or "", facts.t
    if not asking.startswith(OPEN):
        return None
    field = asking.removeprefix(OPEN)
    back = choice(t.BACK, "details.show", activity=int(facts.talk.subject or 0))
    return Reply(t.ask_detail(field, most_letters(field)), rows=((back,),), numbered=False)


# ------------------------------------------------------------------ answers


def set_value(facts: Facts, intent: Intent) -> Turn:
    """A button gave the value, or took it away."""
    activity, field, value = _open(facts), str(intent.args["field"]), intent.args.get("value")
    if activity is None or field not in DETAILS:
        return quiet(facts, gone(facts))
    if value is None:
        return _store(facts, activity, {field: None}, [])
    try:
        read = read_detail(facts, field, facts.t.word(field, str(value)))
    except NotRead:
        return quiet(facts, gone(facts))
    return _store(facts, activity, read, [])


def take(facts: Facts, intent: Intent) -> Turn:
    """What was typed: for the open field, or several with their labels."""
    activity, text = _open(facts), str(intent.args["text"])
    if activity is None:
        return quiet(facts, gone(facts))
    said = read_labelled(text)
    if not said:
        field = str(facts.talk.asking).removeprefix(OPEN)
        if field not in DETAILS:
            return _card(facts, activity)
        if days := _days(facts, field, text):
            return _which_day(facts, activity, field, days)
        said = {field: text}
    read: dict[str, Any] = {}
    problems = []
    for field, words in said.items():
        try:
            found = read_detail(facts, field, words)
        except NotRead as why:
            problems.append(facts.t.line(field, str(why)) if len(said) > 1 else str(why))
        else:  # a date that stands in a promise gives way to one under its own label
            read |= {name: value for name, value in found.items() if name == field or name not in said}
    values = {name: read[name] for name in DETAILS if name in read}
    if not values:
        back = choice(facts.t.BACK, "details.show", activity=activity.id)
        return Turn(facts.talk, (Reply("\n".join(problems), rows=((back,),), numbered=False),))
    return _store(facts, activity, values, problems)


def _days(facts: Facts, field: str, text: str) -> tuple[str, ...]:
    """What a date could mean, where it is one of several."""
    read = read_day(facts, text) if field in ("letter_on", "follow_up_on") else ""
    return () if isinstance(read, str) else tuple(day.isoformat() for day in read.doubtful)


def _which_day(facts: Facts, activity: ActivityView, field: str, days: tuple[str, ...]) -> Turn:
    buttons = [
        choice(
            shown(facts.t, facts.registry, field, day),
            "details.set",
            activity=activity.id,
            field=field,
            value=day,
        )
        for day in days
    ]
    text = facts.t.ask_detail(field, most_letters(field))
    return Turn(facts.talk, (Reply(text, rows=rows_of(buttons, 1), numbered=False),))


def _store(facts: Facts, activity: ActivityView, values: dict[str, Any], problems: list[str]) -> Turn:
    return Turn(
        facts.talk,
        command=SetFields(activity.id, values),
        then=lambda facts, stored: _stored(facts, activity, stored, values, problems),
    )


def _stored(
    facts: Facts,
    before: ActivityView,
    stored: ActivityView | None,
    values: dict[str, Any],
    problems: list[str],
) -> Turn:
    """The card as it stands now, with what was stored first, and the plan that a follow-up became."""
    if stored is None:
        return quiet(facts, gone(facts))
    t = facts.t
    lines = [t.stored([t.field_name(name) for name in values])]
    if stored.promised is not None and stored.promised != before.promised:
        plan = stored.promised
        lines.append(t.promised(plan.id, plan.title, plan.start))
    if "follow_up" in values and stored.follow_up and stored.follow_up_on is None:
        lines.append(t.NO_DAY_YET)
    undo = undo_button(facts, stored, before.version)
    return _card(facts, stored, lead="\n".join([*lines, *problems]), undo=undo)
