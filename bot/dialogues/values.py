"""A field's value in people's words, whether it comes from a record or from a revision's JSON."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from bot.dialogues.base import ActivityView, Registry, shortened
from bot.texts.th import Th

DATES = ("start", "end", "letter_on", "follow_up_on")
AMOUNTS = ("budget_thb", "spent_thb")
LISTS = ("sdgs", "sectors")

SHORT = 200
"""Letters of a text that is shown among others."""


def shown(t: Th, registry: Registry, name: str, value: Any) -> str:
    """
    The value as people say it: labels for codes, dates and amounts as they are written, texts cut short.

    Args:
        name: The field, as a draft or a record's row calls it.
        value: Of the field's own type, or as JSON; a pair of days for a draft's `start`.
    """
    if value is None or value in ((), []):
        return t.NOT_STATED
    if name == "pairing_id":
        return label_of(registry, str(value))
    if name in ("type", "type_code") and value in registry.types:
        return t.type_label(registry.types[str(value)])
    if name in DATES:
        first, last = value if isinstance(value, tuple) else (value, None)
        return t.days(_day(first), _day(last) if last else None)
    if name in AMOUNTS:
        return t.money(Decimal(str(value)))
    if name == "also":
        return ", ".join(label_of(registry, str(one)) for one in value)
    if name in LISTS:
        return ", ".join((t.goal if name == "sdgs" else t.sector)(str(one)) for one in value)
    return shortened(t.word(name, str(value)), SHORT)


def _day(value: date | str) -> date:
    return value if isinstance(value, date) else date.fromisoformat(value)


def label_of(registry: Registry, pairing_id: str) -> str:
    """A pairing's name; its id where the registry has it no more."""
    pairing = registry.pairings.get(pairing_id)
    return pairing.label if pairing else pairing_id


def activity_line(t: Th, registry: Registry, activity: ActivityView) -> str:
    """Pairing, type and day, and below it what it was about."""
    kind = registry.types[activity.type]
    when = t.days(activity.start, activity.end, activity.precision)
    return f"{label_of(registry, activity.pairing_id)} · {t.type_label(kind)} · {when}\n{activity.title}"


def file_name(t: Th, file: Mapping[str, Any]) -> str:
    """A piece of evidence: by its name, else by what it is."""
    return shortened(str(file.get("name") or t.EVIDENCE.get(str(file.get("kind")), t.field_name("files"))))


def field_lines(t: Th, registry: Registry, activity: ActivityView, names: Iterable[str]) -> list[str]:
    """`label: value` of those fields that hold something."""
    return [
        t.line(name, shown(t, registry, name, value))
        for name in names
        if (value := getattr(activity, name)) not in (None, ())
    ]
