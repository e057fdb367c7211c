"""First page, help, language."""

from __future__ import annotations

from typing import Literal

from bot.dialogues import deciding, inviting, joining
from bot.dialogues.base import Facts, Intent, SetLanguage, Turn, choice, quiet
from bot.dialogues.handing import waiting
from bot.dialogues.pairing_status import greet
from bot.dialogues.unfinished import offer_waiting
from bot.messages import Choice, Reply
from bot.rights import may, provinces
from bot.texts import of_language


def start(facts: Facts, intent: Intent) -> Turn:
    """`/start`, with a code when it came through an invitation link."""
    code = str(intent.args.get("text", "")).strip()
    if code:
        return joining.read_code(facts, Intent("join.code", {"text": code}))
    welcome = Reply(_welcome(facts), rows=menu(facts))
    unfinished = offer_waiting(facts) if facts.is_member else None
    below = (*((unfinished,) if unfinished else ()), *waiting(facts))
    if facts.greet:
        welcome = greet(facts, facts.greet, _welcome(facts))
    return joining.told_members(facts, quiet(facts, welcome, *below))


def _welcome(facts: Facts) -> str:
    t = facts.t
    if not facts.is_member:
        return t.WELCOME_GUEST
    names = [facts.registry.provinces[code] for code in provinces(facts.seats)]
    return t.welcome_member(names, [t.role(seat.post) for seat in facts.seats])


def menu(facts: Facts) -> tuple[tuple[Choice, ...], ...]:
    """The buttons of the first page, as the person's rights go."""
    t = facts.t
    if not facts.is_member:
        return ((choice(t.ASK, "ask"), choice(t.ASK_ACCESS, "join.ask")), (choice(t.HELP, "help"),))
    queue = (choice(t.QUEUE, "queue"),) if may(facts.seats, "answer_question") else ()
    if may(facts.seats, "log_activity"):
        return (
            (choice(t.LOG, "log"), choice(t.ASK, "ask")),
            (choice(t.STATUS, "status"), choice(t.ACTIVITIES, "activities")),
            (choice(t.PAIRINGS, "pairings"), *queue, choice(t.HELP, "help")),
            *_people_rows(facts),
        )
    ministry = (
        *((choice(t.REVIEW, "review"),) if may(facts.seats, "confirm_fact") else ()),
        *((choice(t.CHECKS, "checks"),) if may(facts.seats, "see_unconfirmed") else ()),
    )
    return (
        (choice(t.ASK, "ask"), choice(t.STATUS, "status")),
        (choice(t.PAIRINGS, "pairings"), *queue),
        *((ministry,) if ministry else ()),
        (choice(t.HELP, "help"),),
        *_people_rows(facts),
    )


def _people_rows(facts: Facts) -> tuple[tuple[Choice, ...], ...]:
    """Inviting, and what waits to be decided, for those who may."""
    invite = (choice(facts.t.INVITE, "invite"),) if inviting.invites(facts) else ()
    row = (*invite, *deciding.waiting_row(facts))
    return (row,) if row else ()


def help_(facts: Facts, _intent: Intent) -> Turn:
    """How it is used, with examples. An open draft stays and is offered again."""
    waiting = offer_waiting(facts) if facts.is_member else None
    reply = Reply(facts.t.help_text(member=facts.is_member), rows=menu(facts))
    return quiet(facts, reply, *((waiting,) if waiting else ()))


def thanks(facts: Facts, _intent: Intent) -> Turn:
    return Turn(facts.talk, (Reply(facts.t.YOU_ARE_WELCOME),))


def set_language(facts: Facts, intent: Intent) -> Turn:
    language: Literal["th", "en"] = "en" if intent.args["language"] == "en" else "th"
    done = Reply(of_language(language).LANGUAGE_SET, edits=True)
    return Turn(
        facts.talk, command=SetLanguage(language), then=lambda facts, _done: Turn(facts.talk, (done,))
    )


# ------------------------------------------------------------------ what is not understood


def unsupported(facts: Facts, intent: Intent) -> Turn:
    """A sticker, a voice message…: one line that says what to do; the draft stays."""
    return Turn(facts.talk, (Reply(facts.t.unsupported(str(intent.args["kind"]))),))


def not_read(facts: Facts, _intent: Intent) -> Turn:
    return Turn(facts.talk, (Reply(facts.t.NOT_READ),))


def too_long(facts: Facts, intent: Intent) -> Turn:
    return Turn(facts.talk, (Reply(facts.t.too_long(int(intent.args["limit"]))),))


def secret(facts: Facts, _intent: Intent) -> Turn:
    """A text that bears a marking of secrecy: nothing of it is kept, the draft stays."""
    return Turn(facts.talk, (Reply(facts.t.CLASSIFIED_TEXT),))


def stale(facts: Facts, _intent: Intent) -> Turn:
    """An old, foreign or forged button."""
    return Turn(facts.talk, (Reply(facts.t.STALE_BUTTON),))


def which_way(facts: Facts, intent: Intent) -> Turn:
    """A log or a question? Asked, never guessed."""
    rows = (
        (
            choice(facts.t.LOG_THIS, "log.sentence", **intent.args),
            choice(facts.t.ASK_THIS, "ask.text", text=intent.args["text"]),
        ),
    )
    return Turn(facts.talk, (Reply(facts.t.LOG_OR_ASK, rows=rows),))
