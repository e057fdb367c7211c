"""One person on several channels: a one-time code joins another one, and a channel can leave again."""

from __future__ import annotations

from typing import Any

from bot.dialogues.base import Facts, Intent, Turn, choice, quiet
from bot.dialogues.own_data import own_chat_only
from bot.dialogues.serving_facts import (
    JoinLinked,
    LinkedPerson,
    MakeLinkCode,
    OwnChannel,
    Unlink,
    UseLinkCode,
)
from bot.messages import Reply
from bot.texts.th import Th


def link(facts: Facts, _intent: Intent) -> Turn:
    """The channels that are linked, a button to take one out, and one for a new code."""
    if refused := own_chat_only(facts):
        return refused
    return quiet(facts, _channels(facts))


def _channels(facts: Facts, lead: str = "") -> Reply:
    t, own = facts.t, facts.serving.own
    assert own is not None
    lines = [
        *filter(None, [lead]),
        *(t.channel_line(one.channel, here=one.here) for one in own.channels),
        t.HOW_TO_LINK,
    ]
    others = [one for one in own.channels if not one.here]
    rows = (
        (choice(t.MAKE_LINK_CODE, "link.code"),),
        *(
            (choice(t.unlink(t.channel_name(one.channel)), "link.ask_out", identity=one.id),)
            for one in others
        ),
        (choice(t.BACK, "settings"),),
    )
    return Reply("\n".join(lines), title=t.LINK_CHANNEL, rows=rows)


def make_code(facts: Facts, _intent: Intent) -> Turn:
    """Shown once, for a quarter of an hour."""
    if refused := own_chat_only(facts):
        return refused
    t = facts.t

    def show(facts: Facts, code: str) -> Turn:
        back = ((choice(t.BACK, "link"),),)
        return quiet(facts, Reply(t.TYPE_LINK_CODE, title=t.LINK_CHANNEL, rows=back), Reply(code))

    return Turn(facts.talk.asks(), command=MakeLinkCode(), then=show)


def use_code(facts: Facts, intent: Intent) -> Turn:
    """A code was typed. In a group it was read by others: it is worth nothing any more."""
    return Turn(facts.talk, command=UseLinkCode(str(intent.args["text"])), then=_used)


def _used(facts: Facts, outcome: Any) -> Turn:
    t = facts.t
    kind, found = outcome
    if kind == "linked":
        return quiet(facts, Reply(t.LINKED, rows=((choice(t.MYDATA, "mydata"),),)))
    if kind == "confirm":
        link_id, other = found
        return quiet(facts, _question(facts, link_id, other))
    return quiet(facts, Reply(t.OWN_CHAT_ONLY if kind == "group" else t.link_refused(kind)))


def _question(facts: Facts, link_id: int, other: LinkedPerson) -> Reply:
    """Both serve: whoever types somebody else's code would give their posts away."""
    t, names = facts.t, facts.registry.provinces
    posts = [t.seat_label(t.role(post), names[code] if code else None) for post, code in other.posts]
    rows = ((choice(t.DO_NOT_LINK, "link.not"), choice(t.SAME_PERSON, "link.join", link=link_id)),)
    return Reply(t.is_that_you(other.name, posts), title=t.LINK_CHANNEL, rows=rows, numbered=False)


def join(facts: Facts, intent: Intent) -> Turn:
    if refused := own_chat_only(facts):
        return refused
    return Turn(facts.talk.asks(), command=JoinLinked(int(intent.args["link"])), then=_used)


def do_not(facts: Facts, _intent: Intent) -> Turn:
    return quiet(facts, Reply(facts.t.NOT_LINKED, edits=True))


# ------------------------------------------------------------------ a channel leaves


def _other(facts: Facts, identity: int) -> OwnChannel | None:
    own = facts.serving.own
    found = own.channels if own is not None else ()
    return next((one for one in found if one.id == identity and not one.here), None)


def ask_out(facts: Facts, intent: Intent) -> Turn:
    if refused := own_chat_only(facts):
        return refused
    t, channel = facts.t, _other(facts, int(intent.args["identity"]))
    if channel is None:
        return quiet(facts, Reply(t.NOT_FOUND))
    name = t.channel_name(channel.channel)
    rows = ((choice(t.unlink(name), "link.out", identity=channel.id), choice(t.BACK, "link")),)
    return quiet(facts, Reply(t.really_unlink(name), rows=rows, edits=True))


def out(facts: Facts, intent: Intent) -> Turn:
    if refused := own_chat_only(facts):
        return refused
    return Turn(facts.talk.asks(), command=Unlink(int(intent.args["identity"])), then=_left)


def _left(facts: Facts, done: bool) -> Turn:
    if not done:
        return quiet(facts, Reply(facts.t.NOT_FOUND))
    return quiet(facts, _channels(facts, facts.t.UNLINKED))


def told_linked(t: Th, channel: str) -> Reply:
    """On the channel that showed the code: where else the person is known by now."""
    return Reply(t.channel_linked(t.channel_name(channel)), rows=((choice(t.LINK_CHANNEL, "link"),),))
