"""One record: showing it, its history, deleting and restoring."""

from __future__ import annotations

from decimal import Decimal

from bot.dialogues.base import (
    ActivityView,
    DeleteActivity,
    Facts,
    Intent,
    RestoreActivity,
    RevisionView,
    Turn,
    choice,
    quiet,
)
from bot.dialogues.evidence import beside_files, summary, tally
from bot.dialogues.records import may_change, receipt, receipt_line
from bot.messages import Reply


def show(facts: Facts, _intent: Intent) -> Turn:
    activity = facts.activity
    if activity is None or activity.deleted:
        return quiet(facts, Reply(facts.t.NOT_FOUND))
    return quiet(facts, _record(facts, activity))


def _record(facts: Facts, activity: ActivityView) -> Reply:
    t = facts.t
    shown = receipt(facts, activity, t.RECORD, edits=False)
    files = tally(activity.files)["files"]
    extra = [t.people_money_files(activity.participants, activity.budget_thb, files)]
    if beside := beside_files(t, activity.files):
        extra.append(beside)
    picture = next((file.sha256 for file in activity.files if file.kind == "photo"), None)
    return Reply("\n".join([shown.text, *extra]), title=shown.title, rows=shown.rows, picture=picture)


def history(facts: Facts, _intent: Intent) -> Turn:
    """Who changed what, when, and what stood there before."""
    t = facts.t
    if facts.activity is None:
        return quiet(facts, Reply(t.NOT_FOUND))
    told = [(one.at, _revision_lines(facts, one)) for one in facts.revisions]
    told += [(one.at, [t.added(summary(t, one.files), one.at, one.by)]) for one in facts.added]
    lines = [line for _, some in sorted(told, key=lambda one: one[0]) for line in some]
    return quiet(facts, Reply("\n".join(lines), title=f"{t.HISTORY} {t.number(facts.activity.id)}"))


def _revision_lines(facts: Facts, revision: RevisionView) -> list[str]:
    t = facts.t
    lines = [t.revision(revision.version, revision.change, revision.at, revision.by)]
    if revision.change != "edited" or revision.before is None or revision.after is None:
        return lines
    for name, old in revision.before.items():
        new = revision.after.get(name)
        if new != old and name in t.FIELD_NAMES:
            lines.append(f"   {t.changed(name, _shown(facts, name, old), _shown(facts, name, new))}")
    return lines


def _shown(facts: Facts, name: str, value: object) -> str:
    t = facts.t
    if value is None:
        return t.NOT_STATED
    if name == "pairing_id" and value in facts.registry.pairings:
        return facts.registry.pairings[str(value)].label
    if name == "type_code" and value in facts.registry.types:
        return t.type_label(facts.registry.types[str(value)])
    if name in ("start", "end"):
        return t.day_of_iso(str(value))
    if name == "budget_thb":
        return t.money(Decimal(str(value)))
    return t.word(name, str(value))


def ask_delete(facts: Facts, _intent: Intent) -> Turn:
    t, activity = facts.t, facts.activity
    if activity is None or activity.deleted or not may_change(facts, activity):
        return quiet(facts, Reply(t.NOT_FOUND))
    buttons = (
        (
            choice(t.DELETE_IT, "activity.delete_yes", activity=activity.id),
            choice(t.KEEP_IT, "activity.show", activity=activity.id),
        ),
    )
    return quiet(facts, Reply(t.really_delete(receipt_line(facts, activity)), rows=buttons))


def delete(facts: Facts, intent: Intent) -> Turn:
    t, activity_id = facts.t, int(intent.args["activity"])
    rows = ((choice(t.UNDO_DELETE, "activity.restore", activity=activity_id),),)
    return Turn(
        facts.talk,
        command=DeleteActivity(activity_id),
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
