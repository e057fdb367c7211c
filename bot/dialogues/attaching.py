"""What the officer says of evidence: for which record it is, and whether one file may serve for two."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from bot.dialogues.base import AttachFiles, Facts, Intent, Turn, quiet
from bot.dialogues.card import next_question
from bot.dialogues.drafting import is_bare
from bot.dialogues.evidence import doubts
from bot.dialogues.log_activity import cancel_draft
from bot.dialogues.records import receipt


def attach(facts: Facts, intent: Intent) -> Turn:
    """They belong to the record that was just saved."""
    return Turn(
        facts.talk.asks(),
        command=AttachFiles(int(intent.args["activity"])),
        then=lambda facts, outcome: _after_attaching(facts, outcome),
    )


def _after_attaching(facts: Facts, outcome: Any) -> Turn:
    t = facts.t
    if outcome is None:  # deleted meanwhile, or no longer theirs: what was sent stays
        assert facts.draft is not None
        draft = facts.draft.body.model_copy(update={"attach_to": None})
        return next_question(facts, draft, lead=t.NOT_FOUND, edits=True)
    activity, added, left = outcome
    shown = receipt(facts, activity, t.ATTACHED)
    return quiet(facts, replace(shown, text=f"{shown.text}\n{t.attached(added, left)}"))


def begin_new(facts: Facts, _intent: Intent) -> Turn:
    """They belong to an activity of their own."""
    assert facts.draft is not None
    return next_question(facts, facts.draft.body.model_copy(update={"attach_to": None}), edits=True)


def use_files(facts: Facts, _intent: Intent) -> Turn:
    """A file may serve for two records."""
    assert facts.draft is not None
    return next_question(facts, facts.draft.body.model_copy(update={"reused": ()}), edits=True)


def drop_files(facts: Facts, intent: Intent) -> Turn:
    """What another record has is taken out; a draft of which nothing is left then goes."""
    assert facts.draft is not None
    draft = facts.draft.body
    out = {one.sha256 for one in doubts(draft)}
    left = draft.model_copy(
        update={"files": tuple(file for file in draft.files if file.sha256 not in out), "reused": ()}
    )
    if is_bare(left) and not left.files:
        return cancel_draft(facts, intent)
    return next_question(facts, left, edits=True)
