"""What the head of office notes on a record, and that it was put right."""

from __future__ import annotations

from bot.dialogues.base import (
    ActivityView,
    Facts,
    FlagActivity,
    Intent,
    Registry,
    SettleFlag,
    Turn,
    choice,
    quiet,
    too_long,
)
from bot.dialogues.records import gone, may_flag, receipt, show_button
from bot.dialogues.values import activity_line
from bot.messages import Reply
from bot.texts.th import Th

ASKING = "flag_comment"
MOST_COMMENT = 500


def ask(facts: Facts, _intent: Intent) -> Turn:
    activity = facts.activity
    if activity is None or activity.deleted or not may_flag(facts, activity):
        return quiet(facts, gone(facts))
    text = f"{activity_line(facts.t, facts.registry, activity)}\n{facts.t.WRITE_COMMENT}"
    back = ((choice(facts.t.BACK, "activity.show", activity=activity.id),),)
    return Turn(
        facts.talk.asks(ASKING, str(activity.id)), (Reply(text, rows=back, edits=True, numbered=False),)
    )


def take(facts: Facts, intent: Intent) -> Turn:
    comment = str(intent.args["text"]).strip()
    if longer := too_long(facts, comment, MOST_COMMENT):
        return longer
    return Turn(
        facts.talk.asks(),
        command=FlagActivity(int(intent.args["activity"]), comment),
        then=lambda facts, activity: _shown(facts, activity, facts.t.COMMENT_SENT),
    )


def settle(facts: Facts, intent: Intent) -> Turn:
    return Turn(
        facts.talk,
        command=SettleFlag(int(intent.args["activity"])),
        then=lambda facts, activity: _shown(facts, activity, facts.t.COMMENT_SETTLED),
    )


def _shown(facts: Facts, activity: ActivityView | None, lead: str) -> Turn:
    if activity is None:
        return quiet(facts, gone(facts))
    return quiet(facts, receipt(facts, activity, facts.t.RECORD, lead=lead))


# ------------------------------------------------------------------ what others are told


def raised(t: Th, registry: Registry, activity: ActivityView) -> Reply:
    """To those who recorded it: the comment, and what to do with it."""
    text = f"{activity_line(t, registry, activity)}\n{t.flagged(activity.flag or '')}"
    rows = (
        (
            choice(t.EDIT, "activity.edit", activity=activity.id),
            choice(t.FLAG_SETTLED, "flag.settle", activity=activity.id),
        ),
    )
    return Reply(text, title=f"{t.COMMENT_FROM_HEAD} {t.number(activity.id)}", rows=rows, numbered=False)


def settled(t: Th, registry: Registry, activity: ActivityView, comment: str) -> Reply:
    """To the head who noted it."""
    text = f"{activity_line(t, registry, activity)}\n{t.flagged(comment)}"
    return Reply(
        text,
        title=f"{t.COMMENT_SETTLED} {t.number(activity.id)}",
        rows=((show_button(t, activity.id),),),
        numbered=False,
    )
