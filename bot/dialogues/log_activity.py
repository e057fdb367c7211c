"""
Logging an activity: by one sentence, by buttons, by photo; and editing one that was recorded.

An edit is a draft too, so it survives a restart and is saved by the same button. Whatever is missing or
could be two things is asked, one question at a time; then the card shows everything and one tap saves.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from bot.dialogues import fact_questions
from bot.dialogues.answers import read_field
from bot.dialogues.base import (
    WRITTEN_FIELDS,
    DropDraft,
    Facts,
    Intent,
    KeepDraft,
    LogDraft,
    MergeDraft,
    ResumeDraft,
    SaveDraft,
    Turn,
    choice,
    quiet,
)
from bot.dialogues.card import next_question, show_open
from bot.dialogues.drafting import (
    from_reading,
    is_bare,
    own_pairing,
    problem_line,
    with_value,
)
from bot.dialogues.evidence import join
from bot.dialogues.fixing import fix_lead, read_fix
from bot.dialogues.limits import MAX_TITLE
from bot.dialogues.records import gone, may_change, receipt, receipt_line, undo_button
from bot.dialogues.reports import as_report, filled, is_about, is_pasted, is_report, told_more
from bot.dialogues.unfinished import offer_waiting
from bot.dialogues.values import shown
from bot.language.links import without_links
from bot.language.quick_log import read_log
from bot.messages import Reply
from bot.rights import may


def start(facts: Facts, _intent: Intent) -> Turn:
    """`/log`: take up what is unfinished, or ask for the pairing."""
    if refused := refuse(facts):
        return refused
    if (waiting := offer_waiting(facts)) is not None:
        return quiet(facts, waiting)
    return next_question(facts, LogDraft(), fresh=True)


def start_new(facts: Facts, intent: Intent) -> Turn:
    """A new draft, for a given pairing when the button of a reminder or a card brought one."""
    if refused := refuse(facts):
        return refused
    pairing = own_pairing(facts, intent.args.get("pairing"))
    return next_question(facts, LogDraft(pairing_id=pairing.id if pairing else None), fresh=True)


def resume(facts: Facts, intent: Intent) -> Turn:
    """Take up a draft again, in whichever chat it was begun."""
    return Turn(
        facts.talk.asks(),
        command=ResumeDraft(int(intent.args["draft"])),
        then=lambda facts, body: next_question(facts, body) if body else quiet(facts, gone(facts)),
    )


def read_sentence(facts: Facts, intent: Intent) -> Turn:
    """
    One sentence becomes a card, or the first question about what it leaves open.

    A draft without words yet is what the sentence is about; a caption or a forwarded report joins the open draft
    when it contradicts nothing there. Any other draft stays, and a new one begins.
    """
    if refused := refuse(facts):
        return refused
    text, forwarded = without_links(str(intent.args.get("text", ""))), bool(intent.args.get("forwarded"))
    reading = read_log(text, facts.registry.lexicon, home=facts.home, today=facts.today)
    before = facts.draft.body if facts.draft is not None else None
    draft, lines = from_reading(facts, reading, text), [problem_line(facts, reading)]
    joins = before is not None and is_bare(before)
    if before is not None and joins:
        draft = filled(draft, before)
    elif before is not None and (forwarded or _has_evidence(intent)) and is_about(before, reading):
        draft, joins = told_more(before, draft), True
    elif before is not None:
        lines.append(facts.t.EARLIER_KEPT)
    if is_report(text) and (forwarded or is_pasted(text)):
        draft, note = as_report(facts, draft, text)
        lines.append(note)
    draft, said = join(facts, draft, intent)
    foreign = reading.pairing_id or next(iter(reading.ambiguous.get("pairing_id", ())), None)
    if draft.pairing_id is None and foreign is not None and not draft.options.get("pairing_id"):
        lines.insert(0, facts.t.NO_SUCH_PAIRING)
    return next_question(facts, draft, fresh=not joins, lead=_lead(*lines, said))


def take_files(facts: Facts, intent: Intent) -> Turn:
    """
    Photos, documents, links and points on the map join the open draft; without one they begin it. A caption
    corrects the draft that is open, or says what a new one is about. Sent without words shortly after saving, they
    may belong to that record: it is asked.
    """
    if refused := refuse(facts):
        return refused
    before = facts.draft.body if facts.draft is not None else LogDraft(attach_to=_just_saved(facts))
    draft, said = join(facts, before, intent)
    text = without_links(str(intent.args.get("text", "")))
    if draft == before and said and not text:  # all was refused
        return Turn(facts.talk, (Reply(said),))
    if text:
        draft, line = _with_caption(facts, draft, text)
        said = _lead(said, line)
    if facts.draft is not None:
        return next_question(facts, draft, lead=said)
    if not draft.files:
        return Turn(facts.talk, (Reply(said),))
    begins = "" if draft.attach_to is not None else facts.t.FILE_BEGINS
    return next_question(facts, draft, fresh=True, lead=_lead(begins, said))


def keep_files(facts: Facts, intent: Intent) -> Turn:
    """What came with a question or a command is kept in a draft; then the turn goes on to what the words want."""
    before = facts.draft.body if facts.draft is not None else LogDraft()
    draft, said = join(facts, before, intent)
    replies = (Reply(said),) if said else ()
    onward = Intent(str(intent.args["name"]), intent.args["args"])
    if draft == before:
        return Turn(facts.talk, replies, onward=onward)
    return Turn(
        facts.talk,
        command=KeepDraft(draft),
        then=lambda facts, _done: Turn(facts.talk, replies, onward=onward),
    )


def _just_saved(facts: Facts) -> int | None:
    """The record of `NEEDS`, if it is there and the person may change it."""
    activity = facts.activity
    return activity.id if activity and not activity.deleted and may_change(facts, activity) else None


def _with_caption(facts: Facts, draft: LogDraft, text: str) -> tuple[LogDraft, str]:
    """The draft with what a caption says: an answer to the open field, a correction, its title; a long one whole."""
    asking = facts.talk.asking
    if facts.draft is not None and asking in LogDraft.model_fields:
        value, problem = read_field(facts, str(asking), text)
        if not problem:
            return with_value(facts, draft, str(asking), value), ""
    if facts.draft is not None:
        fix = read_fix(replace(facts, draft=replace(facts.draft, body=draft)), text)
        if fix is not None:
            return fix.draft, fix_lead(facts, fix)
    if len(text) > MAX_TITLE or "\n" in text:
        return as_report(facts, draft, text)
    if draft.title is None:
        return draft.model_copy(update={"title": text}), ""
    return draft, facts.t.CAPTION_NOT_USED


def _has_evidence(intent: Intent) -> bool:
    return bool(intent.args.get("files") or intent.args.get("location"))


def _lead(*lines: str) -> str:
    return "\n".join(line for line in lines if line)


def refuse(facts: Facts) -> Turn | None:
    """A guest, or a role that records nothing, is told what to do instead."""
    if may(facts.seats, "log_activity"):
        return None
    t = facts.t
    if facts.seats:
        return quiet(facts, Reply(t.ROLE_DOES_NOT_LOG))
    return quiet(facts, Reply(t.MEMBERS_ONLY, rows=((choice(t.ASK_ACCESS, "join.ask"),),)))


def save(facts: Facts, intent: Intent) -> Turn:
    """One tap. What comes back tells what was really stored."""
    before = facts.draft.body.base_version if facts.draft is not None else None
    return Turn(
        facts.talk.asks(),
        command=SaveDraft(anyway=bool(intent.args.get("anyway"))),
        then=lambda facts, outcome: _after_saving(facts, outcome, before),
    )


def _after_saving(facts: Facts, outcome: Any, before: int | None) -> Turn:
    t = facts.t
    kind, activity = outcome
    if kind == "forbidden":
        return quiet(facts, Reply(t.NO_SUCH_PAIRING, edits=True))
    if kind == "incomplete":
        return show_open(facts)
    if kind == "alike":
        buttons = (
            (choice(t.MERGE, "card.merge", activity=activity.id),),
            (choice(t.SAVE_AS_NEW, "card.save", anyway=True),),
            (choice(t.BACK_TO_CARD, "card.show"),),
        )
        return quiet(facts, Reply(t.same_event(receipt_line(facts, activity)), rows=buttons, edits=True))
    facts = replace(facts, talk=facts.talk.saves(activity.id, facts.now))
    return quiet(facts, receipt(facts, activity, t.SAVED, undo=undo_button(facts, activity, before)))


def merge_into(facts: Facts, intent: Intent) -> Turn:
    """It is the event of that record: what the draft knows more joins it, and where they differ is told."""
    return Turn(
        facts.talk.asks(),
        command=MergeDraft(int(intent.args["activity"])),
        then=_after_merging,
    )


def _after_merging(facts: Facts, outcome: Any) -> Turn:
    t = facts.t
    kind, found = outcome
    if kind == "forbidden":
        return quiet(facts, gone(facts))
    activity, differing, draft_id = found
    facts = replace(facts, talk=facts.talk.saves(activity.id, facts.now))
    undo = undo_button(facts, activity, draft_id=draft_id)
    stands = {name: getattr(activity, name) for name in differing}
    if "start" in stands:
        stands["start"] = (activity.start, activity.end)
    lines = [
        t.differs(name, shown(t, facts.registry, name, stands[name]), shown(t, facts.registry, name, value))
        for name, value in differing.items()
    ]
    lead = "\n".join([t.DIFFERENCES, *lines]) if lines else ""
    return quiet(facts, receipt(facts, activity, t.MERGED, lead=lead, undo=undo))


def cancel(facts: Facts, intent: Intent) -> Turn:
    """`/cancel` or the word: what was asked last goes, which may be another question in the draft's midst."""
    if fact_questions.is_asking(facts.talk):
        return fact_questions.pause(facts)
    talk = facts.talk.fills(None)
    asks = talk.asking is not None and talk.asking not in LogDraft.model_fields
    if asks or (talk.writings and facts.draft is None):
        if talk.asking in WRITTEN_FIELDS:
            talk = talk.drops(int(talk.subject or 0))
        elif not asks:  # the card that is looked at before it is sent
            talk = talk.drops(talk.writings[-1].inquiry)
        waiting = offer_waiting(facts)
        stopped = Reply(facts.t.STOPPED, edits=True)
        return Turn(talk.asks(), (stopped, waiting) if waiting else (stopped,))
    return cancel_draft(facts, intent)


def cancel_draft(facts: Facts, _intent: Intent) -> Turn:
    """The draft goes, the conversation is free again; one press brings it back."""
    open_draft = facts.latest_draft
    if open_draft is None:
        return quiet(facts, Reply(facts.t.NOTHING_TO_CANCEL))
    editing = open_draft.body.activity_id is not None
    text = facts.t.EDIT_CANCELLED if editing else facts.t.CANCELLED
    return Turn(
        facts.talk.asks(),
        command=DropDraft(open_draft.id),
        then=lambda facts, _done: quiet(
            facts,
            Reply(
                text, rows=((choice(facts.t.UNDO_CANCEL, "log.resume", draft=open_draft.id),),), edits=True
            ),
        ),
    )
