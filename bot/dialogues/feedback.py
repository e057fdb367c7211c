"""What the asker says of an answer: good, poor and why, not my question, send it to the ministry."""

from __future__ import annotations

from typing import Literal

from bot.dialogues.ask import as_asked, offered, send_row, with_open_field
from bot.dialogues.base import (
    ChooseAnswer,
    Facts,
    GiveReason,
    InquiryView,
    Intent,
    RateAnswer,
    SendQuestion,
    Talk,
    Turn,
    choice,
    rows_of,
)
from bot.dialogues.queue import WAITING, told
from bot.messages import Choice, Reply

WRONG_TOPIC = "wrong_topic"
OTHER = "other"

OFFERED_NEXT = 3


def rate(facts: Facts, intent: Intent) -> Turn:
    """👍 and 👎. What is poor is asked why, and may be sent to the ministry at once."""
    if facts.question is None:
        return _gone(facts)
    rating: Literal[1, -1] = 1 if intent.args["rating"] == 1 else -1
    rated = str(intent.args["entry"]) if "entry" in intent.args else None
    return Turn(
        facts.talk,
        command=RateAnswer(facts.question.id, rating, rated),
        then=lambda facts, _done: _ask_why(facts) if rating < 0 else _thank(facts),
    )


def _thank(facts: Facts) -> Turn:
    return Turn(facts.talk, (Reply(as_asked(facts).t.THANKS),))


def _ask_why(facts: Facts) -> Turn:
    t = as_asked(facts).t
    question_id = _question_id(facts)
    reasons = [
        choice(label, "ask.not_this", question=question_id)
        if reason == WRONG_TOPIC
        else choice(label, "ask.reason", question=question_id, reason=reason)
        for reason, label in t.REASONS.items()
    ]
    rows = (*rows_of(reasons, 2), _send(facts, question_id))
    return Turn(facts.talk, (Reply(t.WHICH_REASON, rows=rows),))


def reason(facts: Facts, intent: Intent) -> Turn:
    """Why it is poor, by button. "Something else" may be told in words."""
    if facts.question is None or intent.args["reason"] not in facts.t.REASONS:
        return _gone(facts)
    given = str(intent.args["reason"])
    return Turn(
        facts.talk,
        command=GiveReason(facts.question.id, given),
        then=lambda facts, _done: _ask_words(facts) if given == OTHER else _noted(facts, facts.talk),
    )


def _ask_words(facts: Facts) -> Turn:
    t = as_asked(facts).t
    talk = facts.talk.asks("reason", str(_question_id(facts)))
    cancel = ((choice(t.CANCEL, "cancel"),),)
    return Turn(talk, (Reply(t.WRITE_REASON, rows=cancel, edits=True, numbered=False),))


def take_reason(facts: Facts, intent: Intent) -> Turn:
    """The reason in the person's own words."""
    talk = facts.talk.asks()
    if facts.question is None:
        return Turn(talk, (Reply(facts.t.NOT_FOUND),))
    return Turn(
        talk,
        command=GiveReason(facts.question.id, OTHER, str(intent.args["text"])),
        then=lambda facts, _done: _noted(facts, talk),
    )


def _noted(facts: Facts, talk: Talk) -> Turn:
    reply = Reply(as_asked(facts).t.WILL_IMPROVE, rows=(_send(facts, _question_id(facts)),), edits=True)
    return Turn(talk, with_open_field(facts, reply).replies)


def not_this(facts: Facts, _intent: Intent) -> Turn:
    """Not what was asked: the next nearest questions, and the ministry."""
    if facts.question is None:
        return _gone(facts)
    asked = facts.question
    others = _next_nearest(facts)
    return Turn(
        facts.talk,
        command=GiveReason(asked.id, WRONG_TOPIC, offered=others),
        then=lambda facts, _done: _offer_others(facts, others),
    )


def _next_nearest(facts: Facts) -> tuple[str, ...]:
    """What comes nearest to the question among what was not shown for it yet."""
    asked = facts.question
    assert asked is not None
    found = facts.knowledge.find(asked.text)
    ranked = [near.entry_id for near in found.suggestions] + list(facts.knowledge.nearest(asked.text))
    seen = {asked.entry_id, *asked.shown}
    return tuple(id_ for id_ in dict.fromkeys(ranked) if id_ not in seen)[:OFFERED_NEXT]


def _offer_others(facts: Facts, others: tuple[str, ...]) -> Turn:
    question_id = _question_id(facts)
    facts = as_asked(facts)
    buttons = offered(facts, others, question_id, OFFERED_NEXT)
    text = facts.t.NEXT_NEAREST if buttons else facts.t.NONE_FITS
    return Turn(facts.talk, (Reply(text, rows=(*rows_of(buttons, 1), send_row(facts, question_id))),))


def none_of_these(facts: Facts, _intent: Intent) -> Turn:
    if facts.question is None:
        return _gone(facts)
    return Turn(
        facts.talk,
        command=ChooseAnswer(facts.question.id, None),
        then=lambda facts, _done: _none_fits(as_asked(facts)),
    )


def _none_fits(facts: Facts) -> Turn:
    rows = (send_row(facts, _question_id(facts)),)
    return Turn(facts.talk, (Reply(facts.t.NONE_FITS, rows=rows, edits=True),))


def send(facts: Facts, intent: Intent) -> Turn:
    """Hand the question to the ministry. What was decided before is told at once. `keep` leaves the card."""
    if facts.question is None:
        return _gone(facts)
    return Turn(
        facts.talk,
        command=SendQuestion(facts.question.id),
        then=lambda facts, inquiry: _sent(as_asked(facts), inquiry, edits=not intent.args.get("keep")),
    )


def _sent(facts: Facts, inquiry: InquiryView | None, *, edits: bool) -> Turn:
    if inquiry is None or facts.question is None:
        return _gone(facts)
    if inquiry.state == WAITING:
        return Turn(facts.talk, (Reply(facts.t.QUESTION_SENT, edits=edits),))
    return Turn(facts.talk, (told(facts, inquiry, facts.question.text),))


# ------------------------------------------------------------------ shared


def _question_id(facts: Facts) -> int:
    assert facts.question is not None
    return facts.question.id


def _send(facts: Facts, question_id: int) -> tuple[Choice, ...]:
    return (choice(as_asked(facts).t.SEND_QUESTION, "ask.send", question=question_id),)


def _gone(facts: Facts) -> Turn:
    """The question of somebody else is like one that does not exist."""
    return Turn(facts.talk, (Reply(facts.t.NOT_FOUND),))
