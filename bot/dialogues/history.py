"""Who changed what of a record, when and where, what stood there before, and what happened around it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from bot.dialogues.base import AsideView, Facts, Intent, RevisionView, Turn, Who, choice, quiet
from bot.dialogues.values import file_name, shown
from bot.messages import Reply


def history(facts: Facts, _intent: Intent) -> Turn:
    t, activity = facts.t, facts.activity
    if activity is None:
        return quiet(facts, Reply(t.NOT_FOUND))
    told: list[tuple[datetime, list[str]]] = [
        (revision.at, _revision_lines(facts, revision)) for revision in facts.revisions
    ]
    told += [(aside.at, [_aside_line(facts, aside)]) for aside in facts.asides]
    lines = [line for _at, lines in sorted(told, key=lambda one: one[0]) for line in lines]
    rows = () if activity.deleted else ((choice(t.BACK, "activity.show", activity=activity.id),),)
    return quiet(facts, Reply("\n".join(lines), title=f"{t.HISTORY} {t.number(activity.id)}", rows=rows))


def name_of(facts: Facts, who: Who) -> str:
    """Name and post, as they are now."""
    t = facts.t
    post = t.role(who.post) if who.post else ""
    return t.who(who.name, post, facts.registry.provinces.get(who.province or "", ""))


def _revision_lines(facts: Facts, revision: RevisionView) -> list[str]:
    t = facts.t
    by = name_of(facts, revision.by)
    lines = [t.revision(revision.version, revision.change, revision.at, by, revision.channel)]
    if revision.reason:
        lines.append(f"   {t.reason(revision.reason)}")
    if revision.before is None or revision.after is None:
        return lines
    return lines + [f"   {line}" for line in _changes(facts, revision.before, revision.after)]


def _changes(facts: Facts, before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    """What differs. A revision from before a field was kept says nothing of it."""
    t, lines = facts.t, []
    for name, old in before.items():
        new = after.get(name)
        if new == old or name not in t.FIELD_NAMES:
            continue
        if name == "files":
            lines += _evidence(facts, old, new or ())
        else:
            told = (shown(t, facts.registry, name, value) for value in (old, new))
            lines.append(t.changed(name, *told))
    return lines


def _evidence(
    facts: Facts, before: Sequence[Mapping[str, Any]], after: Sequence[Mapping[str, Any]]
) -> list[str]:
    t = facts.t
    old, new = ({file["sha256"]: file for file in files} for files in (before, after))
    lines = [t.added("files", file_name(t, file)) for sha256, file in new.items() if sha256 not in old]
    return lines + [
        t.removed("files", file_name(t, file)) for sha256, file in old.items() if sha256 not in new
    ]


def _aside_line(facts: Facts, aside: AsideView) -> str:
    about = facts.registry.provinces.get(aside.about, aside.about)
    return facts.t.aside(aside.what, about, aside.at, name_of(facts, aside.by))
