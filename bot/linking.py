"""Carries out what makes two identities one person, and what takes one out again."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from bot.acting import Acting
from bot.clock import Clock
from bot.dialogues.linking import told_linked
from bot.dialogues.serving_facts import JoinLinked, LinkedPerson, Linking, MakeLinkCode, Unlink, UseLinkCode
from bot.planning import Planner
from bot.posts import seats_of
from bot.saying import tell
from bot.texts import of_language
from storage import linking, people
from storage.models import LinkCode, Person

Used = tuple[str, Any]
"""`linked`; `confirm` with the code's id and whose it is; or why not."""


class Linker:
    def __init__(self, clock: Clock, planner: Planner) -> None:
        self._clock = clock
        self._planner = planner

    def carry_out(self, command: Linking, acting: Acting) -> Any:
        """Returns the outcome that the command's `then` is given."""
        match command:
            case MakeLinkCode():
                return self._make_code(acting)
            case UseLinkCode():
                return self._use_code(command, acting)
            case JoinLinked():
                return self._join(command, acting)
            case Unlink():
                return self._unlink(command, acting)

    def _make_code(self, acting: Acting) -> str:
        code = linking.add_code(acting.session, acting.person.id, self._now())
        until = (self._now() + linking.VALID).isoformat()
        acting.note(
            "link.offered",
            f"person:{acting.person.public_id}",
            self._now(),
            before=None,
            after={"until": until},
        )
        return code

    def _use_code(self, command: UseLinkCode, acting: Acting) -> Used:
        found = linking.find_code(acting.session, command.code, acting.identity, self._now())
        if isinstance(found, str):
            acting.note("link.refused", f"person:{acting.person.public_id}", self._now(), reason=found)
            return found, None
        if acting.chat.group:  # others have read it
            found.used_at = self._now()
            acting.note("link.refused", f"person:{acting.person.public_id}", self._now(), reason="group")
            return "group", None
        return self._linked(acting, found, asked=False)

    def _join(self, command: JoinLinked, acting: Acting) -> Used:
        found = linking.find_code_again(acting.session, command.link, self._now())
        if isinstance(found, str):
            return found, None
        return self._linked(acting, found, asked=True)

    def _linked(self, acting: Acting, code: LinkCode, *, asked: bool) -> Used:
        """Whoever holds a post is asked first: with their word it becomes the other one's too."""
        session, now = acting.session, self._now()
        if code.person_id == acting.person.id:
            return "self", None
        owner = session.get_one(Person, code.person_id, with_for_update={"key_share": True})
        if acting.facts.seats and not asked:
            seats = seats_of(people.list_memberships(session, owner.id, now))
            posts = tuple((seat.post, seat.province) for seat in seats)
            return "confirm", (code.id, LinkedPerson(owner.name, posts))
        code.used_at = now
        guest = acting.person
        joined = guest.public_id
        elsewhere = people.find_reachable_chat(session, owner.id)
        before = _channels(session, owner.id)
        session.flush()
        linking.merge(session, owner, guest, acting.conversation, now)
        acting.person = owner
        self._planner.replan_person(session, acting.facts.registry, owner)
        acting.note(
            "person.linked",
            f"person:{owner.public_id}",
            now,
            on=acting.channel,
            joined=joined,
            before={"channels": before},
            after={"channels": _channels(session, owner.id)},
        )
        if elsewhere is not None and elsewhere.id != acting.chat.id:
            words = told_linked(of_language(owner.language), acting.channel)
            tell(session, elsewhere, owner.id, words, now)
        return "linked", None

    def _unlink(self, command: Unlink, acting: Acting) -> bool:
        """Another channel of the person's; the one on which this is said stays."""
        found = linking.find_identity(acting.session, command.identity)
        if found is None or found.person_id != acting.person.id or found.id == acting.identity.id:
            return False
        before = _channels(acting.session, acting.person.id)
        guest = linking.unlink(acting.session, found, self._now())
        acting.note(
            "person.unlinked",
            f"person:{acting.person.public_id}",
            self._now(),
            on=found.channel,
            left=guest.public_id,
            before={"channels": before},
            after={"channels": _channels(acting.session, acting.person.id)},
        )
        return True

    def _now(self) -> datetime:
        return self._clock.now()


def _channels(session: Session, person_id: int) -> list[str]:
    """Where the person is known, once for each identity."""
    return [one.channel for one in linking.list_identities(session, person_id)]
