"""What was recorded: the list, one record, deleting and restoring."""

from __future__ import annotations

from bot.dialogues.base import (
    DETAILS,
    ActivityView,
    DeleteActivity,
    Facts,
    Intent,
    RestoreActivity,
    Turn,
    choice,
    quiet,
    rows_of,
    too_long,
)
from bot.dialogues.evidence import beside_files, tally
from bot.dialogues.history import name_of
from bot.dialogues.records import is_of_own_pairing, receipt, receipt_line
from bot.dialogues.values import field_lines
from bot.messages import Reply


def show(facts: Facts, _intent: Intent) -> Turn:
    activity = facts.activity
    if activity is None or activity.deleted:
        return quiet(facts, Reply(facts.t.NOT_FOUND))
    return quiet(facts, _record(facts, activity))


PLACE_AND_TAGS = ("place", "direction", "sectors", "sdgs")


def _record(facts: Facts, activity: ActivityView) -> Reply:
    t = facts.t
    shown = receipt(facts, activity, t.RECORD, edits=False)
    files = tally(activity.files)["files"]
    extra = [t.people_money_files(activity.participants, activity.budget_thb, files)]
    if beside := beside_files(t, activity.files):
        extra.append(beside)
    extra += field_lines(t, facts.registry, activity, (*PLACE_AND_TAGS, *DETAILS))
    if activity.recorders:
        extra.append(t.recorded_by([name_of(facts, one) for one in activity.recorders]))
    picture = next((file.sha256 for file in activity.files if file.kind == "photo"), None)
    return Reply("\n".join([shown.text, *extra]), title=shown.title, rows=shown.rows, picture=picture)


# ------------------------------------------------------------------ deleting


MOST_REASON = 300
ASKING_REASON = "delete_reason"


def ask_delete(facts: Facts, _intent: Intent) -> Turn:
    """Why: a button each; the record goes with the answer, and can be brought back."""
    t, activity = facts.t, facts.activity
    if activity is None or activity.deleted or not is_of_own_pairing(facts, activity):
        return quiet(facts, Reply(t.NOT_FOUND))
    buttons = [
        choice(label, "activity.delete_yes", activity=activity.id, reason=reason)
        for reason, label in t.DELETIONS.items()
    ]
    buttons.append(choice(t.OTHER_REASON, "activity.delete_type", activity=activity.id))
    rows = (*rows_of(buttons, 2), (choice(t.KEEP_IT, "activity.show", activity=activity.id),))
    return quiet(facts, Reply(t.really_delete(receipt_line(facts, activity)), rows=rows))


def ask_reason(facts: Facts, _intent: Intent) -> Turn:
    """The reason in the person's own words."""
    t, activity = facts.t, facts.activity
    if activity is None or activity.deleted or not is_of_own_pairing(facts, activity):
        return quiet(facts, Reply(t.NOT_FOUND))
    rows = ((choice(t.KEEP_IT, "activity.show", activity=activity.id),),)
    asked = Reply(t.WRITE_DELETION, rows=rows, edits=True, numbered=False)
    return Turn(facts.talk.asks(ASKING_REASON, str(activity.id)), (asked,))


def take_reason(facts: Facts, intent: Intent) -> Turn:
    reason = str(intent.args["text"]).strip()
    if longer := too_long(facts, reason, MOST_REASON):
        return longer
    return _delete(facts, int(intent.args["activity"]), reason)


def delete(facts: Facts, intent: Intent) -> Turn:
    """With the reason of a button; one from before reasons were asked has none."""
    reason = intent.args.get("reason")
    return _delete(facts, int(intent.args["activity"]), str(reason) if reason else None)


def _delete(facts: Facts, activity_id: int, reason: str | None) -> Turn:
    t = facts.t
    rows = ((choice(t.UNDO_DELETE, "activity.restore", activity=activity_id),),)
    return Turn(
        facts.talk.asks(),
        command=DeleteActivity(activity_id, reason),
        then=lambda facts, done: quiet(
            facts, Reply(t.deleted(activity_id), rows=rows, edits=True) if done else Reply(t.NOT_FOUND)
        ),
    )


def restore(facts: Facts, intent: Intent) -> Turn:
    t = facts.t
    return Turn(
        facts.talk,
        command=RestoreActivity(int(intent.args["activity"])),
        then=lambda facts, activity: quiet(
            facts, receipt(facts, activity, t.RESTORED) if activity else Reply(t.NOT_FOUND)
        ),
    )
