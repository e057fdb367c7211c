"""`sistercity remind`."""

from __future__ import annotations

from typing import Any

from bot.dialogues.base import Registry
from bot.planning import Message
from bot.texts import THAI


def message_json(message: Message) -> dict[str, Any]:
    """Keys are stable: see README."""
    return {
        "at": message.at.isoformat(timespec="seconds"),
        "recipient": message.recipient,
        "pairings": [
            {
                "pairing_id": one.pairing_id,
                "basis": one.basis,
                "period": one.period,
                "count": one.count,
                "days_left": one.days_left,
                "step": one.step,
            }
            for one in message.lines
        ],
    }


def message_text(message: Message, registry: Registry) -> str:
    lines = [f"{message.at:%Y-%m-%d %H:%M} {message.recipient}"]
    for one in message.lines:
        label = registry.pairings[one.pairing_id].label
        left = THAI.digest_left(one.days_left, one.last)
        lines.append(f"  {label}: {THAI.BASES[one.basis]} {one.period} {left} [{one.step}]")
    return "\n".join(lines)
