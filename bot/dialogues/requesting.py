"""Asking to be let in without an invitation: the notice, then province, role, name and post, then one press."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bot.dialogues.base import Facts, Intent, Talk, Turn, choice, quiet, rows_of, too_long
from bot.dialogues.inviting import province_line
from bot.dialogues.joining import CODE, MOST_POST, notice
from bot.dialogues.joining_facts import (
    FORM_FIELDS,
    Form,
    NoteNotice,
    RequestView,
    SendRequest,
    WithdrawRequest,
)
from bot.language.own_province import read_own_province
from bot.messages import Choice, Reply
from bot.rights import PROVINCIAL

ASKING = "request_"
"""Begins the open fields of a request; `request_check` is the card before it is sent."""

CHECK = "check"
MOST_NAME = 80
MOST_OFFERED = 8


def ask(facts: Facts, _intent: Intent) -> Turn:
    """The two ways in: a code, which may be typed right now, or a request."""
    t = facts.t
    if facts.joining.request is not None:
        return Turn(facts.talk.asks(CODE), (_own(facts, facts.joining.request),))
    rows = ((choice(t.WRITE_REQUEST, "join.request"),), (choice(t.CANCEL, "cancel"),))
    return Turn(facts.talk.asks(CODE), (Reply(t.HOW_TO_JOIN, rows=rows),))


def _own(facts: Facts, request: RequestView) -> Reply:
    t = facts.t
    rows = ((choice(t.WITHDRAW_REQUEST, "join.withdraw", request=request.id),),)
    return Reply(_lines(facts, request), title=t.REQUEST_WAITS, rows=rows)


def _lines(facts: Facts, asked: Form | RequestView) -> str:
    t, province = facts.t, str(asked.province)
    return t.request_lines(
        str(asked.name), str(asked.post), t.role(str(asked.role)), facts.registry.provinces[province]
    )


def begin(facts: Facts, _intent: Intent) -> Turn:
    """The notice comes first."""
    t = facts.t
    if facts.joining.request is not None:
        return quiet(facts, _own(facts, facts.joining.request))
    rows = (
        (choice(t.ACCEPT_NOTICE, "join.write"),),
        (choice(t.DECLINE_NOTICE, "join.decline"),),
    )
    return quiet(facts, notice(facts, t.BEFORE_A_REQUEST, *rows))


def write(facts: Facts, _intent: Intent) -> Turn:
    """The notice was read: what is missing is asked."""
    talk = facts.talk.fills(facts.talk.form or Form())
    return Turn(facts.talk, command=NoteNotice("request"), then=lambda facts, _done: _next(facts, talk))


# ------------------------------------------------------------------ one thing after the other


def _next(facts: Facts, talk: Talk, said: str = "") -> Turn:
    form = talk.form or Form()
    missing = next((field for field in FORM_FIELDS if getattr(form, field) is None), CHECK)
    talk = talk.asks(f"{ASKING}{missing}")
    return Turn(talk, (_question(facts, form, missing, said),))


def _question(facts: Facts, form: Form, field: str, said: str = "") -> Reply:
    t = facts.t
    asks: dict[str, Callable[[], Reply]] = {
        "province": lambda: _ask(facts, t.WHICH_IS_YOURS),
        "role": lambda: _ask(
            facts,
            t.WHICH_IS_YOUR_ROLE,
            *[choice(t.role(role), "join.set", field="role", value=role) for role in PROVINCIAL],
        ),
        "name": lambda: _ask(
            facts,
            t.WRITE_YOUR_NAME,
            *([choice(facts.person, "join.set", field="name", value=facts.person)] if facts.person else []),
        ),
        "post": lambda: _ask(facts, t.WRITE_YOUR_POST),
        CHECK: lambda: _check(facts, form),
    }
    reply = asks[field]()
    return reply if not said else Reply(said, rows=reply.rows, numbered=False)


def _ask(facts: Facts, text: str, *buttons: Choice) -> Reply:
    rows = (*rows_of(list(buttons), 1), (choice(facts.t.CANCEL, "cancel"),))
    return Reply(text, rows=rows, numbered=False)


def _check(facts: Facts, form: Form) -> Reply:
    t = facts.t
    changes = [choice(t.change_request(field), "join.edit", field=field) for field in FORM_FIELDS]
    rows = (
        (choice(t.SEND_REQUEST, "join.send"),),
        *rows_of(changes, 2),
        (choice(t.CANCEL, "cancel"),),
    )
    return Reply(_lines(facts, form), title=t.CHECK_REQUEST, rows=rows, numbered=False)


def asked_again(facts: Facts) -> Reply | None:
    """The open field of a request, after a question in its midst."""
    asking = facts.talk.asking or ""
    if facts.talk.form is None or not asking.startswith(ASKING):
        return None
    return _question(facts, facts.talk.form, asking.removeprefix(ASKING))


def set_value(facts: Facts, intent: Intent) -> Turn:
    """A value chosen by a button."""
    return _with(facts, str(intent.args["field"]), str(intent.args["value"]))


def _ended(facts: Facts) -> Turn:
    """A button of a request that was cancelled or sent since."""
    return quiet(facts, Reply(facts.t.REQUEST_ENDED, rows=((choice(facts.t.ASK_ACCESS, "join.ask"),),)))


def _with(facts: Facts, field: str, value: str) -> Turn:
    form = facts.talk.form
    if form is None:
        return _ended(facts)
    return _next(facts, facts.talk.fills(form.model_copy(update={field: value})))


def take_province(facts: Facts, intent: Intent) -> Turn:
    read = read_own_province(str(intent.args["text"]), facts.registry.lexicon)
    if read.code is not None:
        return _with(facts, "province", read.code)
    buttons = [
        choice(facts.registry.provinces[code], "join.set", field="province", value=code)
        for code in read.candidates[:MOST_OFFERED]
    ]
    return Turn(facts.talk, (_ask(facts, province_line(facts.t, read), *buttons),))


def take_role(facts: Facts, _intent: Intent) -> Turn:
    """A role that was typed otherwise than it reads: the buttons are shown again."""
    return _next(facts, facts.talk, facts.t.CHOOSE_A_ROLE)


def take_name(facts: Facts, intent: Intent) -> Turn:
    return _take(facts, intent, "name", MOST_NAME)


def take_post(facts: Facts, intent: Intent) -> Turn:
    return _take(facts, intent, "post", MOST_POST)


def _take(facts: Facts, intent: Intent, field: str, most: int) -> Turn:
    text = " ".join(str(intent.args["text"]).split())
    return too_long(facts, text, most) or _with(facts, field, text)


def edit(facts: Facts, intent: Intent) -> Turn:
    """One field is asked anew; the others stay."""
    field, form = str(intent.args["field"]), facts.talk.form
    if form is None:
        return _ended(facts)
    return _next(facts, facts.talk.fills(form.model_copy(update={field: None})))


# ------------------------------------------------------------------ sent, withdrawn


def send(facts: Facts, _intent: Intent) -> Turn:
    form = facts.talk.form
    if form is None:
        return _ended(facts)
    if any(getattr(form, field) is None for field in FORM_FIELDS):
        return _next(facts, facts.talk)
    return Turn(facts.talk, command=SendRequest(form), then=_sent)


def _sent(facts: Facts, outcome: Any) -> Turn:
    """`outcome`: what became of it, and the request that waits now, if any."""
    t, (kind, request) = facts.t, outcome
    talk = facts.talk.fills(None).asks()
    if request is None:
        return Turn(talk, (Reply(t.not_requested(kind)),))
    place = facts.registry.provinces[request.province]
    rows = ((choice(t.WITHDRAW_REQUEST, "join.withdraw", request=request.id),),)
    text = t.NOBODY_DECIDES if kind == "nobody" else t.request_sent(kind, place)
    lines = [text, *([t.ask_ministry(facts.ministry_contact)] if kind == "nobody" else [])]
    return Turn(talk, (Reply("\n".join(lines), rows=rows, edits=True),))


def withdraw(facts: Facts, intent: Intent) -> Turn:
    return Turn(
        facts.talk,
        command=WithdrawRequest(int(intent.args["request"])),
        then=lambda facts, done: quiet(
            facts, Reply(facts.t.REQUEST_WITHDRAWN if done else facts.t.NOTHING_TO_WITHDRAW, edits=True)
        ),
    )
