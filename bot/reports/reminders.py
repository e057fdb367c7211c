"""`sistercity remind`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from bot.dialogues.base import Registry
from bot.dialogues.holds_facts import Coming, Explained
from bot.ramp import Message
from bot.texts import THAI


def message_json(message: Message) -> dict[str, Any]:
    """Keys are stable: see README."""
    return {
        "at": message.at.isoformat(timespec="seconds"),
        "recipient": message.recipient,
        "pairings": [
            {
                "pairing_id": line.due.pairing_id,
                "basis": line.due.basis,
                "period": line.due.period,
                "count": line.due.count,
                "days_left": line.due.days_left,
                "step": line.due.step,
            }
            for line in message.lines
        ],
        "notices": [
            {"kind": one.kind, "subject": one.subject, "period": one.period, "step": one.step}
            for one in message.notices
        ],
    }


def message_text(message: Message, registry: Registry) -> str:
    lines = [f"{message.at:%Y-%m-%d %H:%M} {message.recipient}"]
    for one in (line.due for line in message.lines):
        label = registry.pairings[one.pairing_id].label
        year = f"{THAI.BASES[one.basis]} {one.period}: {THAI.times(one.count)}"
        lines.append(f"  {label}: {year} {THAI.digest_left(one.days_left, one.last)} [{one.step}]")
    lines += [f"  {one.kind} {one.subject}: {one.period} [{one.step}]" for one in message.notices]
    return "\n".join(lines)


def coming_text(coming: Iterable[Coming]) -> str:
    """The coming 12 months, a line for each day, step and year."""
    lines = [THAI.coming_line(one.day, one.pairings, one.step, one.period) for one in coming]
    return "\n".join([THAI.SCHEDULE, THAI.SCHEDULE_HINT, *(f"  {one}" for one in lines)])


def explained_json(one: Explained) -> dict[str, Any]:
    """Keys are stable: see README."""
    return {
        "pairing_id": one.pairing_id,
        "as_of": one.day.isoformat(),
        "confirmed": one.confirmed,
        "answered": one.answered.isoformat() if one.answered else None,
        "periods": [
            {
                "basis": judged.basis,
                "period": judged.period,
                "first": judged.first.isoformat(),
                "last": judged.last.isoformat(),
                "count": judged.count,
                "days_left": judged.days_left,
                "due": judged.reason is None,
                "reason": judged.reason,
                "until": judged.until.isoformat() if judged.until else None,
                "step": judged.step,
                "recipients": [
                    {"recipient": recipient, "level": level, "sent": sent}
                    for (period, recipient, level), sent in one.told.items()
                    if period == judged.period
                ],
                "said": [
                    {"on": said.on.isoformat(), "level": said.level, "step": said.step}
                    for said in one.said[judged.period]
                ],
            }
            for judged in one.judged
        ],
    }


def explained_text(one: Explained, registry: Registry) -> str:
    """For each year the sum and the reason, who is told, and what was told before; posts, no persons."""
    t = THAI
    lines = [t.explained_title(registry.pairings[one.pairing_id].label, one.day)]
    for judged in one.judged:
        lines += ["", t.why(judged)]
        levels = {level: sent for (period, _, level), sent in one.told.items() if period == judged.period}
        lines += [f"  {t.explained_told(t.POSTS[level], already=sent)}" for level, sent in levels.items()]
        lines += [
            f"  {t.explained_said(t.POSTS[said.level], said.step, said.on)}"
            for said in one.said[judged.period]
        ]
    if one.answered:
        lines += ["", t.explained_answered(one.answered)]
    if not one.confirmed:
        lines += ["", t.NOT_ESCALATED]
    return "\n".join([*lines, "", t.sums(one.sums)])
