"""
Logging an activity: by one sentence, by buttons, by photo; and editing one that was recorded.

An edit is a draft too, so it survives a restart and is saved by the same button. Whatever is missing or
could be two things is asked, one question at a time; then the card shows everything and one tap saves.
"""

from __future__ import annotations

from typing import Any

from bot.dialogues.base import (
    WRITTEN_FIELDS,
    DropDraft,
    Facts,
    Intent,
    LogDraft,
    ResumeDraft,
    SaveDraft,
    Turn,
    choice,
    quiet,
)
from bot.dialogues.card import next_question, show_open
from bot.dialogues.drafting import (
    MAX_FILES,
    MAX_TITLE,
    can_fix_by_typing,
    file_problems,
    files_of,
    from_reading,
    is_bare,
    merge,
    own_pairing,
    problem_line,
)
from bot.dialogues.records import gone, receipt, receipt_line
from bot.dialogues.unfinished import offer_waiting
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
    """One sentence becomes a card, or the first question about what it leaves open."""
    if refused := refuse(facts):
        return refused
    text = str(intent.args.get("text", ""))
    reading = read_log(text, facts.registry.lexicon, home=facts.home, today=facts.today)
    begun = facts.draft is not None and is_bare(facts.draft.body)
    carried = facts.draft.body.files if facts.draft is not None and begun else ()
    draft = from_reading(facts, reading, text).model_copy(update={"files": (*carried, *files_of(intent))})
    problems = file_problems(facts, intent)
    if facts.draft is not None and not begun:
        problems = "\n".join(line for line in (facts.t.EARLIER_KEPT, problems) if line)
    foreign = reading.pairing_id or next(iter(reading.ambiguous.get("pairing_id", ())), None)
    if draft.pairing_id is None and foreign is not None and not draft.options.get("pairing_id"):
        return next_question(facts, draft, fresh=not begun, lead=facts.t.NO_SUCH_PAIRING)
    return next_question(facts, draft, fresh=not begun, lead=problem_line(facts, reading) or problems)


def take_files(facts: Facts, intent: Intent) -> Turn:
    """
    Photos and documents join the open draft; without one they begin it. A caption corrects the draft that is
    open, or says what a new one is about.
    """
    if refused := refuse(facts):
        return refused
    files, problems, text = files_of(intent), file_problems(facts, intent), str(intent.args.get("text", ""))
    if not files:
        return Turn(facts.talk, (Reply(problems),))
    if facts.draft is None:
        begun = LogDraft(files=files, title=text[:MAX_TITLE] or None)
        return next_question(facts, begun, fresh=True, lead=problems or facts.t.FILE_BEGINS)
    have = facts.draft.body.files
    known = {file.sha256 for file in have}
    joined = (*have, *(file for file in files if file.sha256 not in known))[:MAX_FILES]
    draft = facts.draft.body.model_copy(update={"files": joined})
    if text and can_fix_by_typing(facts, text):
        reading = read_log(text, facts.registry.lexicon, home=facts.home, today=facts.today)
        draft, problems = merge(facts, draft, reading), problems or problem_line(facts, reading)
    return next_question(facts, draft, lead=problems)


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
    return Turn(
        facts.talk.asks(),
        command=SaveDraft(anyway=bool(intent.args.get("anyway"))),
        then=lambda facts, outcome: _after_saving(facts, outcome),
    )


def _after_saving(facts: Facts, outcome: Any) -> Turn:
    t = facts.t
    kind, activity = outcome
    if kind == "forbidden":
        return quiet(facts, Reply(t.NO_SUCH_PAIRING, edits=True))
    if kind == "incomplete":
        return show_open(facts)
    if kind == "alike":
        buttons = (
            (choice(t.SAVE_AS_NEW, "card.save", anyway=True), choice(t.NOT_NEW, "card.cancel")),
            (choice(t.BACK_TO_CARD, "card.show"),),
        )
        return quiet(facts, Reply(t.same_event(receipt_line(facts, activity)), rows=buttons, edits=True))
    return quiet(facts, receipt(facts, activity, t.SAVED))


def cancel(facts: Facts, intent: Intent) -> Turn:
    """`/cancel` or the word: what was asked last goes, which may be another question in the draft's midst."""
    talk = facts.talk
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
    """The draft goes, the conversation is free again."""
    open_draft = facts.latest_draft
    if open_draft is None:
        return quiet(facts, Reply(facts.t.NOTHING_TO_CANCEL))
    editing = open_draft.body.activity_id is not None
    text = facts.t.EDIT_CANCELLED if editing else facts.t.CANCELLED
    return Turn(
        facts.talk.asks(),
        command=DropDraft(open_draft.id),
        then=lambda facts, _done: quiet(facts, Reply(text, edits=True)),
    )
