"""What is kept about the person who asks, why, and how it is corrected; the settings."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from bot.dialogues.base import Facts, Intent, Turn, choice, quiet, rows_of, too_long
from bot.dialogues.serving_facts import MOST_NAME, MOST_TITLE, Member, OwnData, Rename, Retitle
from bot.language.text import clean
from bot.messages import SENT_CONTENT_BYTES, Choice, Reply, SentFile
from bot.rights import may
from bot.texts.th import Th

OWN_NAME, OWN_POST = "own_name", "own_post"
"""Open fields."""


def own_chat_only(facts: Facts) -> Turn | None:
    """What is about persons is said to nobody but them. None where it is their own chat."""
    return quiet(facts, Reply(facts.t.OWN_CHAT_ONLY)) if facts.group else None


def privacy(facts: Facts, _intent: Intent) -> Turn:
    """What is kept, why, on which ground, how long, who sees it, and whom to ask."""
    t = facts.t
    parts = (t.PRIVACY_WHAT, t.PRIVACY_HOW_LONG, t.PRIVACY_WHO_SEES, t.privacy_contact(facts.dpo_contact))
    rows = ((choice(t.MYDATA, "mydata"), choice(t.ERASE_ME, "own.erase")),)
    return quiet(facts, Reply("\n\n".join(parts), title=t.PRIVACY, rows=rows))


def mydata(facts: Facts, _intent: Intent) -> Turn:
    """Everything that is kept about the person who asks."""
    return own_chat_only(facts) or quiet(facts, _own(facts))


def _own(facts: Facts, lead: str = "") -> Reply:
    t, own = facts.t, facts.serving.own
    assert own is not None
    lines = [
        *filter(None, [lead]),
        t.own_name(facts.person),
        t.own_language(),
        t.own_channels([t.channel_line(one.channel, here=one.here) for one in own.channels]),
        *(_seat_line(facts, one) for one in own.memberships),
        *([] if facts.is_member else [t.NO_POST]),
        *_counts(t, own),
    ]
    return Reply("\n".join(lines), title=t.MYDATA, rows=_own_rows(facts))


def _seat_line(facts: Facts, member: Member) -> str:
    province = facts.registry.provinces[member.province] if member.province else None
    granted = facts.t.role(member.granted_by) if member.granted_by else None
    return facts.t.own_seat(
        facts.t.role(member.post),
        province,
        member.title,
        member.since,
        member.until,
        granted,
        office_held=member.office_held,
    )


def _counts(t: Th, own: OwnData) -> list[str]:
    counted = {
        "drafts": own.drafts,
        "records": own.records,
        "questions": own.questions,
        "reminders": own.reminders,
        "holds": own.holds,
        "contacts": own.contacts,
        "events": own.events,
    }
    return [t.own_count(kind, number) for kind, number in counted.items()]


def _own_rows(facts: Facts) -> tuple[tuple[Choice, ...], ...]:
    t = facts.t
    buttons = [choice(t.GET_COPY, "mydata.file"), choice(t.CHANGE_NAME, "own.name")]
    buttons += [choice(t.CHANGE_POST, "own.post")] if facts.seats else []
    buttons += [choice(t.PRIVACY, "privacy"), choice(t.ERASE_ME, "own.erase")]
    return rows_of(buttons)


MOST_FILES = 10


def copy(facts: Facts, _intent: Intent) -> Turn:
    """The same as a file, which other programs read too; what is more than one message carries, as several."""
    if refused := own_chat_only(facts):
        return refused
    assert facts.serving.copy is not None
    parts = in_parts(facts.serving.copy, SENT_CONTENT_BYTES)[:MOST_FILES]
    names = [
        f"mydata-{number}.json" if len(parts) > 1 else "mydata.json" for number in range(1, len(parts) + 1)
    ]
    files = [
        SentFile(name, "application/json", content=as_json(part))
        for name, part in zip(names, parts, strict=True)
    ]
    return quiet(facts, *(Reply(facts.t.YOUR_COPY, title=facts.t.MYDATA, file=one) for one in files))


def as_json(part: Mapping[str, Any]) -> bytes:
    return json.dumps(part, ensure_ascii=False, indent=1).encode()


def in_parts(whole: Mapping[str, Any], most: int) -> list[dict[str, Any]]:
    """
    The sections in as few parts as they fit into, in order; a list of rows may go on in the next part.

    Args:
        most: Bytes of a part as JSON. No single row has as many.
    """
    parts: list[dict[str, Any]] = [{}]
    sizes = [0]

    def put(name: str, rows: Any, size: int) -> None:
        if sizes[-1] + size > most:
            parts.append({})
            sizes.append(0)
        sizes[-1] += size
        if isinstance(rows, list):
            parts[-1].setdefault(name, []).extend(rows)
        else:
            parts[-1][name] = rows

    for name, section in whole.items():
        for rows in ([one] for one in section) if isinstance(section, list) and section else (section,):
            # With the name, since it may begin a part; in the whole a row is indented further than alone.
            size = 2 * len(as_json({name: rows}))
            put(name, rows, size)
    return parts


def erase(facts: Facts, _intent: Intent) -> Turn:
    """How to leave, what stays with the post then, and who erases the rest."""
    t = facts.t
    leave = ((choice(t.LEAVE, "leave"),),) if facts.is_member else ()
    rows = (*leave, (choice(t.BACK, "mydata"),))
    return quiet(facts, Reply(t.how_to_erase(facts.dpo_contact), title=t.ERASE_ME, rows=rows))


# ------------------------------------------------------------------ correcting


def ask_name(facts: Facts, _intent: Intent) -> Turn:
    if refused := own_chat_only(facts):
        return refused
    t = facts.t
    asked = Reply(t.write_name(facts.person), rows=((choice(t.BACK, "mydata"),),), numbered=False)
    return Turn(facts.talk.asks(OWN_NAME), (asked,))


def take_name(facts: Facts, intent: Intent) -> Turn:
    name = one_line(str(intent.args["text"]))
    if longer := too_long(facts, name, MOST_NAME):
        return longer
    if not is_name(name):
        return Turn(facts.talk, (Reply(facts.t.NAME_NOT_READ, numbered=False),))
    return Turn(facts.talk.asks(), command=Rename(name), then=_corrected)


def which_post(facts: Facts, _intent: Intent) -> Turn:
    """Of several memberships: whose title it is."""
    if refused := own_chat_only(facts):
        return refused
    if len(facts.seats) == 1:
        return Turn(facts.talk, onward=Intent("own.post_of", {"member": facts.seats[0].membership}))
    rows = (*(((one,)) for one in seat_buttons(facts, "own.post_of")), (choice(facts.t.BACK, "mydata"),))
    return quiet(facts, Reply(facts.t.WHICH_SEAT, rows=rows, edits=True))


def seat_buttons(facts: Facts, step: str) -> list[Choice]:
    """The person's own memberships, a button each."""
    t, names = facts.t, facts.registry.provinces
    return [
        choice(
            t.seat_label(t.role(seat.post), names[seat.province] if seat.province else None),
            step,
            member=seat.membership,
        )
        for seat in facts.seats
    ]


def ask_post(facts: Facts, intent: Intent) -> Turn:
    if refused := own_chat_only(facts):
        return refused
    t, seat = facts.t, next((one for one in facts.seats if one.membership == intent.args["member"]), None)
    if seat is None:
        return quiet(facts, Reply(t.NOT_FOUND))
    drop = (choice(t.NO_TITLE, "own.post_none", member=seat.membership),) if seat.title else ()
    rows = ((*drop, choice(t.BACK, "mydata")),)
    asked = Reply(t.write_post(t.role(seat.post), seat.title), rows=rows, numbered=False)
    return Turn(facts.talk.asks(OWN_POST, str(seat.membership)), (asked,))


def take_post(facts: Facts, intent: Intent) -> Turn:
    title = one_line(str(intent.args["text"]))
    if longer := too_long(facts, title, MOST_TITLE):
        return longer
    if not is_name(title):
        return Turn(facts.talk, (Reply(facts.t.NAME_NOT_READ, numbered=False),))
    return Turn(facts.talk.asks(), command=Retitle(int(intent.args["member"]), title), then=_corrected)


def drop_post(facts: Facts, intent: Intent) -> Turn:
    return Turn(facts.talk.asks(), command=Retitle(int(intent.args["member"]), None), then=_corrected)


def _corrected(facts: Facts, done: bool) -> Turn:
    if not done:
        return quiet(facts, Reply(facts.t.NOT_FOUND))
    return quiet(facts, _own(facts, facts.t.CORRECTED))


def one_line(text: str) -> str:
    """What was typed as a name: on one line, without what a screen does not show."""
    return " ".join(clean("".join(one if one.isprintable() else " " for one in text)).split())


def is_name(text: str) -> bool:
    """Whether it could name a person or a post: there are letters in it."""
    return sum(letter.isalpha() for letter in text) > 1


# ------------------------------------------------------------------ settings


def settings(facts: Facts, _intent: Intent) -> Turn:
    """The language; in the person's own chat their posts, and what may be done with them."""
    t = facts.t
    languages = (
        choice("ไทย", "settings.language", language="th"),
        choice("English", "settings.language", language="en"),
    )
    if facts.group:
        return quiet(facts, Reply(t.SETTINGS, rows=(languages,)))
    names = facts.registry.provinces
    posts = [
        t.own_seat_line(t.role(seat.post), names[seat.province] if seat.province else None, seat.title)
        for seat in facts.seats
    ]
    rows = (languages, *rows_of(_setting_buttons(facts)))
    return quiet(facts, Reply("\n".join([*posts, t.SETTINGS]), rows=rows))


def _setting_buttons(facts: Facts) -> list[Choice]:
    t = facts.t
    buttons = [choice(t.MYDATA, "mydata"), choice(t.LINK_CHANNEL, "link")]
    if may(facts.seats, "see_staff"):
        buttons.append(choice(t.STAFF, "staff"))
    if any(seat.office_held for seat in facts.seats):
        buttons.append(choice(t.CHANGE_RECORDER, "recorder.ask"))
    if facts.is_member:
        buttons.append(choice(t.LEAVE, "leave"))
    return buttons
