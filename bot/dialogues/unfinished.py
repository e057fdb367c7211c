"""Drafts that were begun and not saved: offered again, one or several."""

from __future__ import annotations

from collections.abc import Sequence

from bot.dialogues.base import Facts, LogDraft, OpenDraft, Registry, choice, rows_of, shortened
from bot.dialogues.evidence import summary
from bot.messages import Reply
from bot.texts.th import Th


def known_so_far(t: Th, registry: Registry, draft: LogDraft) -> str:
    """What the draft already holds, in one line: nobody fears that it was lost."""
    parts = []
    pairing = registry.pairings.get(draft.pairing_id or "")
    if pairing:
        parts.append(pairing.label)
    if draft.type:
        parts.append(t.type_label(registry.types[draft.type]))
    if draft.start:
        parts.append(t.days(draft.start, draft.end, draft.precision))
    if draft.participants is not None:
        parts.append(t.people(draft.participants))
    if draft.files:
        parts.append(summary(t, draft.files))
    return " · ".join(parts)


def unfinished(t: Th, registry: Registry, drafts: Sequence[OpenDraft]) -> Reply:
    """The drafts, each with a button to go on."""
    known = [known_so_far(t, registry, one.body) or t.NOTHING_YET for one in drafts]
    anew = choice(t.START_ANEW, "log.new")
    if len(drafts) == 1:
        rows = ((choice(t.GO_ON, "log.resume", draft=drafts[0].id), anew),)
        return Reply(t.unfinished_draft(known[0]), rows=rows)
    lines = [f"{number}. {one}" for number, one in enumerate(known, 1)]
    buttons = [
        choice(shortened(label, 40), "log.resume", draft=one.id)
        for label, one in zip(known, drafts, strict=True)
    ]
    return Reply("\n".join([*lines, t.WHICH_DRAFT]), title=t.UNFINISHED, rows=(*rows_of(buttons, 1), (anew,)))


def offer_waiting(facts: Facts) -> Reply | None:
    """After a restart or in another chat: the unfinished drafts, with a button to go on."""
    drafts = facts.open_drafts or ((facts.draft,) if facts.draft else ())
    return unfinished(facts.t, facts.registry, drafts) if drafts else None
