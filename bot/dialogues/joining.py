"""
Being let in: what a typed code opens, the notice of what is kept, and the membership at one press.

Nothing of a stranger is kept before they were told what is kept and why. The law asks for a notice here, not for
consent: the task is a public one.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from bot.dialogues.base import Facts, Intent, Step, Turn, choice, quiet, too_long
from bot.dialogues.handing import waiting as work_waiting
from bot.dialogues.joining_facts import AcceptInvitation, InvitationView, NoteNotice, ReadCode, SetPost
from bot.dialogues.pairing_status import greet
from bot.messages import Choice, Reply
from bot.rights import PROVINCIAL

CODE, POST = "code", "post"
"""Open fields."""

MOST_POST = 120

TELLS = ("join.accept", "join.write")
"""Steps whose buttons stand under the whole notice."""


def private(step: Step) -> Step:
    """A step of which a group neither sees nor does anything."""

    def guarded(facts: Facts, intent: Intent) -> Turn:
        return quiet(facts, Reply(facts.t.IN_PRIVATE)) if facts.group else step(facts, intent)

    return guarded


def place_of(facts: Facts, province: str | None) -> str | None:
    return facts.registry.provinces[province] if province else None


# ------------------------------------------------------------------ the notice


def with_notice(facts: Facts, turn: Turn) -> tuple[Turn, bool]:
    """
    What a stranger is answered, with the short notice as its small print; whether it was put there.

    Not where the whole notice stands already, whose button notes that it was read.
    """
    shown = [one.action.name for reply in turn.replies for one in reply.choices]
    if not facts.joining.stranger or not turn.replies or any(name in TELLS for name in shown):
        return turn, False
    *others, last = turn.replies
    note = "\n".join(part for part in (last.note, facts.t.SHORT_NOTICE) if part)
    return replace(turn, replies=(*others, replace(last, note=note))), True


def notice(facts: Facts, title: str, *rows: tuple[Choice, ...]) -> Reply:
    """All of it: purpose, what, who, how long, rights, whom to ask."""
    return Reply(facts.t.notice(facts.dpo_contact), title=title, rows=rows)


def told_members(facts: Facts, turn: Turn) -> Turn:
    """The first page of somebody who was let in before there was a notice: it comes first, once."""
    if not facts.is_member or facts.joining.noticed or facts.group:
        return turn
    said = (notice(facts, facts.t.PRIVACY), *turn.replies)
    return Turn(
        facts.talk,
        command=NoteNotice("start"),
        then=lambda _facts, _done: replace(turn, replies=said),
    )


# ------------------------------------------------------------------ by a code


def read_code(facts: Facts, intent: Intent) -> Turn:
    """A code that was typed or came with a link. In a group everybody has read it by now."""
    if facts.group:
        return quiet(facts, Reply(facts.t.CODE_IN_GROUP))
    code = str(intent.args["text"]).strip()
    return Turn(facts.talk, command=ReadCode(code), then=_code_read)


def _code_read(facts: Facts, outcome: Any) -> Turn:
    t = facts.t
    if not isinstance(outcome, InvitationView):
        return _refused(facts, str(outcome))
    title = t.invited_as(t.role(outcome.role), place_of(facts, outcome.province))
    rows = (
        (choice(t.ACCEPT_INVITATION, "join.accept", invitation=outcome.id),),
        (choice(t.DECLINE_INVITATION, "join.decline"),),
    )
    turn = quiet(facts, notice(facts, title, *rows))
    return replace(turn, talk=turn.talk.opens(outcome.id))


def _refused(facts: Facts, why: str) -> Turn:
    asking = CODE if why == "unknown" else None
    rows: tuple[tuple[Choice, ...], ...] = ()
    if why in ("used", "expired", "withdrawn") and not facts.is_member:
        rows = ((choice(facts.t.WRITE_REQUEST, "join.request"),),)
    return Turn(facts.talk.asks(asking), (Reply(facts.t.code_refused(why), rows=rows),))


def accept(facts: Facts, intent: Intent) -> Turn:
    """
    The press under the notice: the invitation is looked at again, and used up. It is one whose code this person
    gave here: its number alone lets nobody in, and leaves nothing behind.
    """
    invitation = int(intent.args["invitation"])
    if invitation not in facts.talk.opened:
        return _refused(facts, "unknown")
    return Turn(facts.talk, command=AcceptInvitation(invitation), then=_accepted)


def _accepted(facts: Facts, outcome: Any) -> Turn:
    t = facts.t
    if isinstance(outcome, str):
        return _refused(facts, outcome)
    seat = outcome
    lead = t.joined(t.role(seat.post), place_of(facts, seat.province))
    more = [choice(t.GIVE_POST, "join.ask_post", membership=seat.membership)]
    if facts.joining.waiting:
        more.append(choice(t.requests_waiting(facts.joining.waiting), "requests"))
    if seat.province and seat.role in PROVINCIAL:
        greeting = greet(facts, seat.province, lead)
        return quiet(facts, replace(greeting, rows=(*greeting.rows, tuple(more))), *work_waiting(facts))
    rows = ((choice(t.ASK, "ask"), choice(t.HELP, "help")), tuple(more))
    return quiet(facts, Reply(lead, rows=rows))


def decline(facts: Facts, _intent: Intent) -> Turn:
    """Nothing is kept, and an invitation stays as it is."""
    return Turn(facts.talk.fills(None).asks(), (Reply(facts.t.DECLINED, edits=True),))


# ------------------------------------------------------------------ the post


def ask_post(facts: Facts, intent: Intent) -> Turn:
    """The post, as the person writes it: optional, and asked of nobody else."""
    cancel = ((choice(facts.t.CANCEL, "cancel"),),)
    talk = facts.talk.asks(POST, str(intent.args["membership"]))
    return Turn(talk, (Reply(facts.t.WRITE_POST, rows=cancel, numbered=False),))


def take_post(facts: Facts, intent: Intent) -> Turn:
    post = " ".join(str(intent.args["text"]).split())
    if refused := too_long(facts, post, MOST_POST):
        return refused
    return Turn(
        facts.talk,
        command=SetPost(int(intent.args["membership"]), post),
        then=lambda facts, kept: quiet(facts, Reply(facts.t.post_kept(post) if kept else facts.t.NOT_FOUND)),
    )
