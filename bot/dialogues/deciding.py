"""Requests to be let in, as the one who decides sees them: one tap for yes, one for no, a reason afterwards."""

from __future__ import annotations

from typing import Any

from bot.dialogues.base import Facts, Intent, Turn, choice, quiet, rows_of, shortened, too_long
from bot.dialogues.joining import place_of
from bot.dialogues.joining_facts import DecideRequest, ExplainRefusal, RequestView
from bot.messages import Choice, Reply
from bot.rights import may
from bot.texts.th import Th

REASON = "refusal"
"""Open field: why a request was refused; its subject is the request."""

MOST_REASON = 300
PAGE = 8


def waiting_row(facts: Facts) -> tuple[Choice, ...]:
    """The button of the first page, where something waits."""
    count = facts.joining.waiting
    return (choice(facts.t.requests_waiting(count), "requests"),) if count else ()


def waiting(facts: Facts, intent: Intent) -> Turn:
    """`/requests`: everything that waits for the person, the oldest first."""
    t, page = facts.t, int(intent.args.get("page", 0))
    if not may(facts.seats, "decide_request"):
        return quiet(facts, Reply(t.NOTHING_WAITS))
    buttons = [
        choice(
            shortened(t.request_item(one.name, t.role(one.role), facts.registry.provinces[one.province])),
            "request.show",
            request=one.id,
        )
        for one in facts.joining.requests
    ]
    buttons += [
        choice(
            shortened(t.letter_item(t.role(one.role), place_of(facts, one.province) or "")),
            "invite.letter",
            invitation=one.id,
        )
        for one in facts.joining.letters
    ]
    if not buttons:
        return quiet(facts, Reply(t.NOTHING_WAITS))
    shown = buttons[page * PAGE : (page + 1) * PAGE]
    turns = [choice(t.PREVIOUS_PAGE, "requests", page=page - 1)] if page else []
    turns += [choice(t.NEXT_PAGE, "requests", page=page + 1)] if len(buttons) > (page + 1) * PAGE else []
    rows = (*rows_of(shown, 1), *((tuple(turns),) if turns else ()))
    return quiet(facts, Reply(t.WHICH_REQUEST, title=t.requests_waiting(len(buttons)), rows=rows))


def request_card(t: Th, one: RequestView, place: str) -> Reply:
    """Who asks, for what, on which channel."""
    rows = (
        (
            choice(t.APPROVE, "request.decide", request=one.id, approve=True),
            choice(t.REFUSE, "request.decide", request=one.id, approve=False),
        ),
    )
    lines = [
        t.request_lines(one.name, one.post, t.role(one.role), place),
        t.asked_on(one.channel, one.asked_at),
    ]
    return Reply(
        "\n".join(lines), title=t.ASKS_TO_BE_LET_IN, note=t.SURE_WHO_IT_IS, rows=rows, numbered=False
    )


def show(facts: Facts, intent: Intent) -> Turn:
    """One that waits for the person: of any other it is said that there is none."""
    found = next((one for one in facts.joining.requests if one.id == intent.args["request"]), None)
    if found is None:
        return quiet(facts, Reply(facts.t.NOT_FOUND))
    return quiet(facts, request_card(facts.t, found, facts.registry.provinces[found.province]))


def decide(facts: Facts, intent: Intent) -> Turn:
    command = DecideRequest(int(intent.args["request"]), bool(intent.args["approve"]))
    return Turn(facts.talk, command=command, then=_decided)


def _decided(facts: Facts, outcome: Any) -> Turn:
    """`outcome`: what became of it, and the request where the person may see it."""
    t, (kind, request) = facts.t, outcome
    if request is None:
        return quiet(facts, Reply(t.OWN_REQUEST if kind == "own" else t.NOT_FOUND))
    line = t.request_item(request.name, t.role(request.role), facts.registry.provinces[request.province])
    if kind == "decided":
        on = request.decided_at or request.asked_at
        return quiet(facts, Reply(t.decided_already(request.state, on.date()), title=line, edits=True))
    rows: tuple[tuple[Choice, ...], ...] = ()
    if kind == "refused":
        rows = ((choice(t.GIVE_REFUSAL_REASON, "request.reason", request=request.id),),)
    text = t.REQUEST_APPROVED if kind == "approved" else t.REQUEST_REFUSED
    return quiet(facts, Reply(text, title=line, rows=rows, edits=True))


def ask_reason(facts: Facts, intent: Intent) -> Turn:
    rows = ((choice(facts.t.CANCEL, "cancel"),),)
    talk = facts.talk.asks(REASON, str(intent.args["request"]))
    return Turn(talk, (Reply(facts.t.WRITE_REFUSAL, rows=rows, numbered=False),))


def take_reason(facts: Facts, intent: Intent) -> Turn:
    reason = " ".join(str(intent.args["text"]).split())
    if refused := too_long(facts, reason, MOST_REASON):
        return refused
    return Turn(
        facts.talk,
        command=ExplainRefusal(int(intent.args["request"]), reason),
        then=lambda facts, told: quiet(
            facts, Reply(facts.t.REFUSAL_EXPLAINED if told else facts.t.NOT_FOUND)
        ),
    )


# ------------------------------------------------------------------ what the asker is told


def let_in(t: Th, role: str, place: str) -> Reply:
    return Reply(t.joined(t.role(role), place), title=t.YOUR_REQUEST, rows=((choice(t.BEGIN, "start"),),))


def not_let_in(t: Th, role: str, place: str) -> Reply:
    return Reply(t.your_request_refused(t.role(role), place), title=t.YOUR_REQUEST)


def why_not(t: Th, reason: str) -> Reply:
    return Reply(t.refused_because(reason), title=t.YOUR_REQUEST)
