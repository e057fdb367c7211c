"""Messages to others than the person who acts, in each one's language."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime

from sqlalchemy.orm import Session

from bot.acting import Acting
from bot.clock import Clock
from bot.messages import Reply
from bot.saying import say, tell
from bot.texts import of_language
from bot.texts.th import Th
from storage import outbox, people
from storage.models import Person

NOTICE = "notice"


def tell_others(
    clock: Clock,
    acting: Acting,
    persons: Iterable[Person],
    make: Callable[[Th], Reply],
    *,
    kind: str = NOTICE,
    about: str | None = None,
    once: bool = False,
) -> bool:
    """
    Say something to others in office hours; whoever acts knows it already. Returns whether anybody can be told.

    Args:
        kind: With `about`, what `outbox.cancel_queued` finds it by.
        once: One of this kind that waits to be sent is enough, however much came since.
    """
    others = (one for one in persons if one.id != acting.person.id)
    return tell_in_hours(acting.session, clock, others, make, kind=kind, about=about, once=once)


def tell_in_hours(
    session: Session,
    clock: Clock,
    persons: Iterable[Person],
    make: Callable[[Th], Reply],
    *,
    kind: str = NOTICE,
    about: str | None = None,
    once: bool = False,
) -> bool:
    """The same where nobody acts: all of them are told."""
    at, told = clock.office_time(), False
    for person in persons:
        chat = people.find_reachable_chat(session, person.id)
        if chat is None:
            continue
        told = True
        if once and outbox.has_queued(session, chat.id, kind):
            continue
        reply = make(of_language(person.language))
        for row in say(session, chat, reply, clock.now(), kind=kind, not_before=at):
            if about is not None:
                row.body = {**row.body, "about": about}
    return told


def tell_person(session: Session, person: Person, make: Callable[[Th], Reply], now: datetime) -> None:
    """Say something at once to somebody who waits for it, where they can be reached."""
    chat = people.find_reachable_chat(session, person.id)
    if chat is not None:
        tell(session, chat, person.id, make(of_language(person.language)), now)
