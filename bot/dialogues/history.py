"""Who changed what of a record, when and where, what stood there before, and what happened around it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from bot.dialogues.base import AsideView, Facts, Intent, RevisionView, Turn, Who, choice, quiet
from bot.dialogues.values import file_name, shown
from bot.messages import Reply
from bot.texts.th import Th


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
    post, province = (
        t.role(who.post) if who.post else "",
        facts.registry.provinces.get(who.province or "", ""),
    )
    if who.recorder is not None:
        return t.on_duty_phone(who.recorder, post, province)
    return t.who(who.name, post, province)


def _revision_lines(facts: Facts, revision: RevisionView) -> list[str]:
    t = facts.t
    by = name_of(facts, revision.by)
    lines = [t.revision(revision.version, revision.change, revision.at, by, revision.channel)]
    if revision.reason:
        lines.append(f"   {t.reason(revision.reason)}")
    if revision.after is None:
        return lines
    before = revision.before
    if before is None:  # nothing stood there: of a new record only its evidence is told
        before = {"files": ()} if revision.change == "created" else {}
    return lines + [f"   {line}" for line in _changes(facts, before, revision.after)]


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
            lines.append(t.changed(name, _told(facts, name, before), _told(facts, name, after)))
    return lines


def _told(facts: Facts, name: str, kept: Mapping[str, Any]) -> str:
    """The value that a revision keeps of a field; of a month without its day the month."""
    if name == "start" and kept.get("precision") == "month":
        return facts.t.days(date.fromisoformat(kept["start"]), None, "month")
    return shown(facts.t, facts.registry, name, kept.get(name))


def _evidence(
    facts: Facts, before: Sequence[Mapping[str, Any]], after: Sequence[Mapping[str, Any]]
) -> list[str]:
    t = facts.t
    old, new = ({file["sha256"]: file for file in files} for files in (before, after))
    came = [file for sha256, file in new.items() if sha256 not in old]
    went = [file for sha256, file in old.items() if sha256 not in new]
    lines = [t.added("files", _named(t, came))] if came else []
    return lines + ([t.removed("files", _named(t, went))] if went else [])


def _named(t: Th, files: Sequence[Mapping[str, Any]]) -> str:
    """By their names; those without one are counted."""
    counted = Counter(file_name(t, file) for file in files)
    return ", ".join(name if count == 1 else t.counted(name, count) for name, count in counted.items())


def _aside_line(facts: Facts, aside: AsideView) -> str:
    about = facts.registry.provinces.get(aside.about, aside.about)
    return facts.t.aside(aside.what, about, aside.at, name_of(facts, aside.by))
