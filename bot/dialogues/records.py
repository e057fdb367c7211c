"""What stands recorded: the receipt and its buttons, undoing, whether the partner took part, plans, editing."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Literal

from bot.dialogues.base import (
    ActivityView,
    Content,
    Facts,
    Intent,
    LogDraft,
    OpenDraft,
    PairingView,
    Registry,
    SetFields,
    SetPartner,
    Turn,
    UndoSave,
    choice,
    quiet,
    rows_of,
    year_sums,
)
from bot.dialogues.card import card, next_question
from bot.dialogues.fixing import fix_lead, read_fix
from bot.dialogues.pickers import partner_buttons
from bot.dialogues.recorder import recorder_today
from bot.dialogues.typed import read_day
from bot.dialogues.values import activity_line, label_of
from bot.language.dates import DateSpan, read_date
from bot.messages import Choice, Reply
from bot.reminders import years_counted
from bot.rights import may, provinces
from bot.texts.th import Th

MOST_BUTTONS = 6
"""Under a receipt, for one thumb; what is left stands behind one more."""

NOT_HELD = "not_held"
"""Reason for which a plan is given up."""

NEW_DAY = "new_day"
"""Open field: to when a plan is moved."""


# ------------------------------------------------------------------ the receipt


def receipt(
    facts: Facts,
    activity: ActivityView,
    headline: str,
    *,
    edits: bool = True,
    lead: str = "",
    undo: Choice | None = None,
) -> Reply:
    """What stands recorded now: number, both eras, and what the year looks like after it."""
    lines = [lead] if lead else []
    lines += [receipt_line(facts, activity), *_around(facts, activity), *_year_lines(facts, activity)]
    recorder = recorder_today(facts)
    lines += [facts.t.recorder_today(recorder)] if recorder is not None else []
    asked, question = _question(facts, activity)
    lines += [question] if question else []
    rows = (*asked, *_button_rows(_buttons(facts, activity, undo), sum(map(len, asked)), facts, activity))
    return Reply("\n".join(lines), title=_title(facts, activity, headline), rows=rows, edits=edits)


def undo_button(
    facts: Facts, activity: ActivityView, before: int | None = None, draft_id: int | None = None
) -> Choice | None:
    """
    Takes back what was stored this moment; for a minute, and for whoever stored it.

    Args:
        before: The record's version when this began: where it is still the same, nothing was stored.
        draft_id: What was merged into it.
    """
    if activity.version == before:
        return None
    merged = {} if draft_id is None else {"draft": draft_id}
    return choice(facts.t.UNDO, "activity.undo", activity=activity.id, version=activity.version, **merged)


def _title(facts: Facts, activity: ActivityView, headline: str) -> str:
    return f"{headline} {facts.t.number(activity.id)}"


def receipt_line(facts: Facts, activity: ActivityView) -> str:
    return activity_line(facts.t, facts.registry, activity)


def _around(facts: Facts, activity: ActivityView) -> list[str]:
    """Who else takes part, what was promised, and what the head of office noted."""
    t, registry, lines = facts.t, facts.registry, []
    if activity.also:
        lines.append(t.line("also", ", ".join(label_of(registry, one) for one in activity.also)))
    if activity.invited:
        lines.append(t.waiting_for([registry.provinces[one] for one in activity.invited]))
    if activity.follows is not None:
        lines.append(t.promised_by(activity.follows))
    if activity.promised is not None:
        plan = activity.promised
        lines.append(t.promised(plan.id, plan.title, plan.start))
    if activity.flag:
        lines.append(t.flagged(activity.flag))
    return lines


def own_pairings(facts: Facts, activity: ActivityView) -> tuple[PairingView, ...]:
    """The covered pairings of the person's own provinces; for the ministry all of them."""
    covered = [facts.registry.pairings[one] for one in activity.pairings]
    mine = provinces(facts.seats)
    return tuple(one for one in covered if one.province_code in mine) or tuple(covered)


def _year_lines(facts: Facts, activity: ActivityView) -> list[str]:
    t = facts.t
    if activity.state == "planned":
        return [t.PLANNED_DOES_NOT_COUNT]
    if not activity.joint:
        return [t.DOES_NOT_COUNT if activity.partner_joined == "no" else t.COUNTS_WHEN_JOINED]
    counted = t.counts_for(t.years(*years_counted(activity.start, activity.end)))
    then = replace(facts, today=activity.start)
    own = own_pairings(facts, activity)
    if len(own) == 1:
        return [counted, t.sums(year_sums(then, own[0]))]
    return [counted, *(f"{one.label}: {t.sums(year_sums(then, one))}" for one in own)]


def may_change(facts: Facts, activity: ActivityView) -> bool:
    """Officers of every province whose pairing it covers may."""
    codes = {facts.registry.pairings[one].province_code for one in activity.pairings}
    return any(may(facts.seats, "change_activity", one) for one in codes)


def is_of_own_pairing(facts: Facts, activity: ActivityView) -> bool:
    """Whether it is the person's province's own record, which it did not only join."""
    province = facts.registry.pairings[activity.pairing_id].province_code
    return may(facts.seats, "change_activity", province)


def may_flag(facts: Facts, activity: ActivityView) -> bool:
    codes = {facts.registry.pairings[one].province_code for one in activity.pairings}
    return any(may(facts.seats, "flag_activity", one) for one in codes)


# ------------------------------------------------------------------ its buttons


def _question(facts: Facts, activity: ActivityView) -> tuple[tuple[tuple[Choice, ...], ...], str]:
    """What is to be said about it first: the buttons, and the line that asks."""
    t, kind = facts.t, facts.registry.types[activity.type]
    if not may_change(facts, activity):
        return (), ""
    settle = ((choice(t.FLAG_SETTLED, "flag.settle", activity=activity.id),),) if activity.flag else ()
    if activity.state == "planned":
        return (*settle, _plan_buttons(t, activity, come=activity.start <= facts.today)), ""
    if activity.partner_joined is None and kind.counts == "ask":
        pairing = facts.registry.pairings[activity.pairing_id]
        asked = partner_buttons(facts, "activity.partner", activity=activity.id)
        return (*settle, asked), t.did_partner_join(pairing.partner)
    return settle, ""


def _plan_buttons(t: Th, activity: ActivityView, *, come: bool) -> tuple[Choice, ...]:
    held = (choice(t.WAS_HELD, "activity.edit", activity=activity.id, held=True),) if come else ()
    return (
        *held,
        choice(t.POSTPONE, "activity.postpone", activity=activity.id),
        choice(t.CALLED_OFF, "activity.delete_yes", activity=activity.id, reason=NOT_HELD),
    )


def _buttons(facts: Facts, activity: ActivityView, undo: Choice | None = None) -> list[Choice]:
    """Everything that the person may do with the record, what is done most often first."""
    t = facts.t

    def one(label: str, name: str) -> Choice:
        return choice(label, name, activity=activity.id)

    history, copy = one(t.HISTORY, "activity.history"), one(t.COPY_FOR_LINE, "activity.copy")
    flag = [one(t.ADD_COMMENT, "flag.ask")] if may_flag(facts, activity) else []
    if not may_change(facts, activity):
        return [history, copy, *flag]
    own = is_of_own_pairing(facts, activity)
    out = one(t.DELETE, "activity.delete") if own else one(t.DID_NOT_TAKE_PART, "share.leave")
    invite = [one(t.OTHER_PROVINCE, "share.ask")] if own else []
    details = one(t.DETAILS, "details.show")
    first = [undo] if undo else []
    return [*first, one(t.EDIT, "activity.edit"), out, details, history, copy, *invite, *flag]


def _button_rows(
    buttons: list[Choice], taken: int, facts: Facts, activity: ActivityView
) -> tuple[tuple[Choice, ...], ...]:
    """Three in the first row, then two; what is more than a thumb finds stands behind the last one."""
    most = max(MOST_BUTTONS - taken, 3)
    if len(buttons) > most + 1:
        more = choice(facts.t.MORE_ACTIONS, "activity.more", activity=activity.id)
        buttons = [*buttons[:most], more]
    return (tuple(buttons[:3]), *rows_of(buttons[3:], 2))


def more(facts: Facts, _intent: Intent) -> Turn:
    """Every button of the record."""
    activity = facts.activity
    if activity is None or activity.deleted:
        return quiet(facts, gone(facts))
    back = choice(facts.t.BACK, "activity.show", activity=activity.id)
    rows = rows_of([*_buttons(facts, activity), back], 2)
    text = receipt_line(facts, activity)
    return quiet(facts, Reply(text, title=_title(facts, activity, facts.t.RECORD), rows=rows, edits=True))


def show_button(t: Th, activity_id: int) -> Choice:
    return choice(t.SHOW_RECORD, "activity.show", activity=activity_id)


# ------------------------------------------------------------------ undoing


def undo(facts: Facts, intent: Intent) -> Turn:
    """Within a minute: a new record is a card again, an edited one is as it was before."""
    args = intent.args
    return Turn(
        facts.talk.asks(),
        command=UndoSave(int(args["activity"]), int(args["version"]), args.get("draft")),
        then=_undone,
    )


def _undone(facts: Facts, outcome: Any) -> Turn:
    t = facts.t
    kind, activity, draft = outcome
    if kind == "gone" or activity is None:
        return quiet(facts, gone(facts))
    if kind == "closed":
        return quiet(facts, receipt(facts, activity, t.RECORD, lead=t.UNDO_CLOSED))
    if draft is not None:
        return card(facts, draft, fresh=False, lead=t.taken_back(activity.id), edits=True)
    if activity.deleted:  # its draft was cancelled meanwhile
        return quiet(facts, Reply(t.taken_back(activity.id), edits=True))
    return quiet(facts, receipt(facts, activity, t.UNDONE))


# ------------------------------------------------------------------ a plan


def held_question(t: Th, activity: ActivityView, registry: Registry) -> Reply:
    """Whether what was planned has taken place, to whom the day has come for."""
    rows = (_plan_buttons(t, activity, come=True),)
    text = f"{activity_line(t, registry, activity)}\n{t.HELD_YET}"
    return Reply(text, title=f"{t.RECORD} {t.number(activity.id)}", rows=rows, numbered=False)


def postpone(facts: Facts, _intent: Intent) -> Turn:
    """Ask for the new day of a plan."""
    activity = facts.activity
    if activity is None or activity.deleted or activity.state != "planned" or not may_change(facts, activity):
        return quiet(facts, gone(facts))
    text = f"{receipt_line(facts, activity)}\n{facts.t.NEW_DAY}"
    return Turn(
        facts.talk.asks(NEW_DAY, str(activity.id)),
        (Reply(text, rows=_keep_row(facts, activity.id), edits=True, numbered=False),),
    )


def _keep_row(facts: Facts, activity_id: int) -> tuple[tuple[Choice, ...], ...]:
    return ((choice(facts.t.BACK, "activity.show", activity=activity_id),),)


def take_new_day(facts: Facts, intent: Intent) -> Turn:
    """The new day, typed; one that could be several is asked with buttons."""
    activity = facts.activity
    if activity is None or activity.deleted or activity.state != "planned" or not may_change(facts, activity):
        return quiet(facts, gone(facts))
    read = _new_day(facts, activity, str(intent.args["text"]))
    if isinstance(read, str):
        return Turn(facts.talk, (Reply(read, rows=_keep_row(facts, activity.id), numbered=False),))
    if read.doubtful:
        buttons = [
            choice(facts.t.day_both(day), "activity.set_day", activity=activity.id, day=day.isoformat())
            for day in read.doubtful
        ]
        return Turn(facts.talk, (Reply(facts.t.NEW_DAY, rows=rows_of(buttons, 1), numbered=False),))
    return _move(facts, activity, read)


def _new_day(facts: Facts, activity: ActivityView, text: str) -> DateSpan | str:
    """Without a year it is the day that lies nearest to the plan's."""
    latest, following = read_day(facts, text), read_day(facts, text, ahead=True)
    spans = [one for one in (latest, following) if isinstance(one, DateSpan)]
    return min(spans, key=lambda one: abs(one.start - activity.start), default=latest)


def set_day(facts: Facts, intent: Intent) -> Turn:
    """The new day, by button."""
    activity = facts.activity
    read = read_date(str(intent.args["day"]), facts.today)
    if activity is None or activity.state != "planned" or not isinstance(read, DateSpan):
        return quiet(facts, gone(facts))
    return _move(facts, activity, read)


def _move(facts: Facts, activity: ActivityView, span: DateSpan) -> Turn:
    """A plan of several days stays as long as it was, where only its first day was said."""
    length = activity.end - activity.start if activity.end else None
    end = span.end or (span.start + length if length else None)
    return Turn(
        facts.talk.asks(),
        command=SetFields(activity.id, {"start": span.start, "end": end, "precision": "day"}),
        then=lambda facts, stored: _stored(facts, stored, activity.version),
    )


def _stored(facts: Facts, activity: ActivityView | None, before: int | None) -> Turn:
    if activity is None:
        return quiet(facts, gone(facts))
    return quiet(facts, receipt(facts, activity, facts.t.SAVED, undo=undo_button(facts, activity, before)))


# ------------------------------------------------------------------ changing it


def set_partner(facts: Facts, intent: Intent) -> Turn:
    """After saving: whether the partner took part decides if the record counts."""
    before = facts.activity.version if facts.activity is not None else None
    return Turn(
        facts.talk.asks(),
        command=SetPartner(int(intent.args["activity"]), intent.args["value"]),
        then=lambda facts, stored: _stored(facts, stored, before),
    )


def edit_activity(facts: Facts, intent: Intent) -> Turn:
    """Open a recorded activity as a draft; `held` says that what was planned has taken place."""
    activity = facts.activity
    if activity is None or activity.deleted or not may_change(facts, activity):
        return quiet(facts, gone(facts))
    state = "held" if intent.args.get("held") and activity.start <= facts.today else activity.state
    return card(facts, _as_draft(activity, state), fresh=True, lead="", edits=False)


def _as_draft(activity: ActivityView, state: Literal["held", "planned"]) -> LogDraft:
    content = {name: getattr(activity, name) for name in Content.model_fields}
    return LogDraft(**{**content, "state": state}, activity_id=activity.id, base_version=activity.version)


def fix_saved(facts: Facts, intent: Intent) -> Turn:
    """
    A line that corrects what was saved a short while ago opens it, corrected, as a card; else the turn goes on to
    what the words want.
    """
    activity, text = facts.activity, str(intent.args["text"])
    onward = Turn(facts.talk, onward=Intent(str(intent.args["name"]), intent.args["args"]))
    if activity is None or activity.deleted or not may_change(facts, activity):
        return onward
    draft = _as_draft(activity, activity.state)
    fix = read_fix(replace(facts, draft=OpenDraft(0, 0, draft)), text)
    if fix is None:
        return onward
    return next_question(facts, fix.draft, fresh=True, lead=fix_lead(facts, fix))


def gone(facts: Facts) -> Reply:
    return Reply(facts.t.NOT_FOUND, edits=True)
