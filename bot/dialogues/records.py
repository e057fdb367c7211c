"""What stands recorded: the receipt, whether the partner took part, opening a record for editing."""

from __future__ import annotations

from dataclasses import replace

from bot.dialogues.base import (
    ActivityView,
    Content,
    Facts,
    Intent,
    LogDraft,
    SetPartner,
    Turn,
    choice,
    quiet,
    year_sums,
)
from bot.dialogues.card import card
from bot.dialogues.pickers import partner_buttons
from bot.messages import Choice, Reply
from bot.reminders import years_counted
from bot.rights import may


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
        rows.append(partner_buttons(facts, "activity.partner", activity=activity.id))
    rows.append(
        (
            choice(t.EDIT, "activity.edit", activity=activity.id),
            choice(t.DELETE, "activity.delete", activity=activity.id),
            choice(t.HISTORY, "activity.history", activity=activity.id),
        )
    )
    return Reply("\n".join(lines), title=title, rows=tuple(rows), edits=edits)


def may_change(facts: Facts, activity: ActivityView) -> bool:
    """Officers of every province whose pairing it covers may."""
    provinces = {facts.registry.pairings[one].province_code for one in activity.pairings}
    return any(may(facts.seats, "change_activity", one) for one in provinces)


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
            facts, receipt(facts, activity, facts.t.SAVED) if activity else gone(facts)
        ),
    )


def edit_activity(facts: Facts, intent: Intent) -> Turn:
    """Open a recorded activity as a draft; `held` says that what was planned has taken place."""
    activity = facts.activity
    if activity is None or activity.deleted or not may_change(facts, activity):
        return quiet(facts, gone(facts))
    state = "held" if intent.args.get("held") and activity.start <= facts.today else activity.state
    content = {name: getattr(activity, name) for name in Content.model_fields}
    draft = LogDraft(**{**content, "state": state}, activity_id=activity.id, base_version=activity.version)
    return card(facts, draft, fresh=True, lead="", edits=False)


def gone(facts: Facts) -> Reply:
    return Reply(facts.t.NOT_FOUND, edits=True)
