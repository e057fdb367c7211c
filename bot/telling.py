"""Messages to others than the person who acts: in office hours, and in each one's language."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from bot.acting import Acting
from bot.clock import Clock
from bot.messages import Reply
from bot.saying import say
from bot.texts import of_language
from bot.texts.th import Th
from storage import people
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
) -> None:
    """
    Say something to others; whoever acts knows it already.

    Args:
        kind: With `about`, what `outbox.cancel_queued` finds it by.
    """
    at = clock.office_time()
    for person in persons:
        chat = people.find_reachable_chat(acting.session, person.id)
        if chat is None or person.id == acting.person.id:
            continue
        reply = make(of_language(person.language))
        for row in say(acting.session, chat, reply, clock.now(), kind=kind, not_before=at):
            if about is not None:
                row.body = {**row.body, "about": about}
