"""A record as plain text for another chat: it says everything by itself, in Thai, without a link."""

from __future__ import annotations

import re

from bot.dialogues.base import ActivityView, Facts, Intent, Turn, quiet
from bot.dialogues.values import field_lines, label_of
from bot.messages import Reply
from bot.texts import of_language

LINK = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)


def copy_for_line(facts: Facts, _intent: Intent) -> Turn:
    if facts.activity is None or facts.activity.deleted:
        return quiet(facts, Reply(facts.t.NOT_FOUND))
    return quiet(facts, Reply(plain_text(facts, facts.activity)))


def plain_text(facts: Facts, activity: ActivityView) -> str:
    """Province and partner, type, days in both eras, subject, place, people, money, result, number."""
    t, registry = of_language("th"), facts.registry
    lines = [
        t.COPIED_HEAD,
        *(label_of(registry, one) for one in activity.pairings),
        t.line("type", t.type_label(registry.types[activity.type])),
        t.line("start", t.days_both(activity.start, activity.end, activity.precision)),
    ]
    if activity.state == "planned":
        lines.append(t.line("state", t.word("state", activity.state)))
    lines.append(t.line("title", activity.title))
    lines += field_lines(t, registry, activity, ["place"])
    if activity.participants is not None:
        lines.append(t.line("participants", t.people(activity.participants)))
    lines += field_lines(t, registry, activity, ["budget_thb", "spent_thb"])
    if activity.result:
        lines.append(t.line("result", activity.result))
    text = LINK.sub("", "\n".join([*lines, t.copied_number(activity.id)]))
    return "\n".join(line.rstrip() for line in text.splitlines())
