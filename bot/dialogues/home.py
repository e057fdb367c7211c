"""First page, help, settings, privacy, joining by code."""

from __future__ import annotations

from typing import Any, Literal

from bot.dialogues.base import Facts, Intent, SetLanguage, Turn, UseCode, choice, quiet
from bot.dialogues.pairing_status import greet
from bot.dialogues.unfinished import offer_waiting
from bot.messages import Choice, Reply
from bot.rights import may, provinces
from bot.texts import of_language


def start(facts: Facts, intent: Intent) -> Turn:
    """`/start`, with a code when it came through an invitation link."""
    code = str(intent.args.get("text", "")).strip()
    if code:
        return use_code(facts, Intent("join.code", {"text": code}))
    welcome = Reply(_welcome(facts), rows=menu(facts))
    waiting = offer_waiting(facts) if facts.is_member else None
    if facts.greet:
        return quiet(facts, greet(facts, facts.greet, _welcome(facts)), *((waiting,) if waiting else ()))
    return quiet(facts, welcome, *((waiting,) if waiting else ()))


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
    if may(facts.seats, "log_activity"):
        return (
            (choice(t.LOG, "log"), choice(t.ASK, "ask")),
            (choice(t.STATUS, "status"), choice(t.ACTIVITIES, "activities")),
            (choice(t.PAIRINGS, "pairings"), choice(t.HELP, "help")),
        )
    queue = (choice(t.QUEUE, "queue"),) if may(facts.seats, "answer_question") else ()
    review = (choice(t.REVIEW, "review"),) if may(facts.seats, "confirm_fact") else ()
    return (
        (choice(t.ASK, "ask"), choice(t.STATUS, "status")),
        (choice(t.PAIRINGS, "pairings"), *queue),
        *((review,) if review else ()),
        (choice(t.HELP, "help"),),
    )


def help_(facts: Facts, _intent: Intent) -> Turn:
    """How it is used, with examples. An open draft stays and is offered again."""
    waiting = offer_waiting(facts) if facts.is_member else None
    reply = Reply(facts.t.help_text(member=facts.is_member), rows=menu(facts))
    return quiet(facts, reply, *((waiting,) if waiting else ()))


def thanks(facts: Facts, _intent: Intent) -> Turn:
    return Turn(facts.talk, (Reply(facts.t.YOU_ARE_WELCOME),))


def settings(facts: Facts, _intent: Intent) -> Turn:
    rows = (
        (
            choice("ไทย", "settings.language", language="th"),
            choice("English", "settings.language", language="en"),
        ),
    )
    return quiet(facts, Reply(facts.t.SETTINGS, rows=rows))


def set_language(facts: Facts, intent: Intent) -> Turn:
    language: Literal["th", "en"] = "en" if intent.args["language"] == "en" else "th"
    done = Reply(of_language(language).LANGUAGE_SET, edits=True)
    return Turn(
        facts.talk, command=SetLanguage(language), then=lambda facts, _done: Turn(facts.talk, (done,))
    )


def privacy(facts: Facts, _intent: Intent) -> Turn:
    return quiet(facts, Reply(facts.t.privacy(facts.dpo_contact), title=facts.t.PRIVACY))


def mydata(facts: Facts, _intent: Intent) -> Turn:
    """What is kept about the person who asks."""
    t = facts.t
    seats = [
        t.seat(t.role(seat.post), facts.registry.provinces[seat.province] if seat.province else None)
        for seat in facts.seats
    ]
    return quiet(facts, Reply(t.mydata(facts.person, seats), title=t.MYDATA))


# ------------------------------------------------------------------ joining


def ask_access(facts: Facts, _intent: Intent) -> Turn:
    """How to get a membership: by an invitation, whose code may be typed right now."""
    cancel = ((choice(facts.t.CANCEL, "cancel"),),)
    return Turn(facts.talk.asks("code"), (Reply(facts.t.HOW_TO_JOIN, rows=cancel),))


def use_code(facts: Facts, intent: Intent) -> Turn:
    code = str(intent.args["text"]).strip()
    return Turn(facts.talk, command=UseCode(code), then=lambda facts, outcome: _after_code(facts, outcome))


def _after_code(facts: Facts, outcome: Any) -> Turn:
    t = facts.t
    if isinstance(outcome, str):
        asking = "code" if outcome == "unknown" else None
        return Turn(facts.talk.asks(asking), (Reply(t.code_refused(outcome)),))
    role, province = outcome
    place = facts.registry.provinces[province] if province else None
    lead = t.joined(t.role(role), place)
    if province and role in ("officer", "group_head", "head"):
        return quiet(facts, greet(facts, province, lead))
    return quiet(facts, Reply(lead, rows=((choice(t.ASK, "ask"), choice(t.HELP, "help")),)))


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
