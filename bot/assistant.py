"""
One turn: claim the inbox row, load the conversation, ask the dialogue, carry out its command, store the
state and queue the replies, all in one transaction. A crash anywhere leaves all of it or none.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from bot.acting import Acting
from bot.chasing import Chaser
from bot.clock import Clock
from bot.dialogues import card, recorder
from bot.dialogues.arguments import are_sound
from bot.dialogues.base import ChooseAnswer, Facts, GiveReason, Intent, KeepQuestion, RateAnswer, Turn
from bot.dialogues.route import ANY_VERSION, DRAFT_BOUND, NEEDS, STEPS, route, typed_choice
from bot.effects import Effects
from bot.facts import FactReader, open_draft
from bot.live_knowledge import Behind, LiveKnowledge
from bot.messages import Action, Button, Event, Incoming, Outgoing, ReceivedFile, Reply
from bot.planning import Planner
from bot.rights import may
from bot.saying import Claim, bodies, say, unpacked
from bot.settings import Settings
from bot.staffing import StaffChecker
from bot.texts import ENGLISH, THAI, of_language
from knowledge.search import KnowledgeBase
from storage import conversations, inbox, outbox, people
from storage.activities import find_by_draft
from storage.database import Database
from storage.models import Chat, Choice, Inbox, Outbox, Person

log = logging.getLogger(__name__)

MADE_ON = "made_on"
"""In a digest's body: the day whose days it counts, ISO."""

LEAVES_FACTS = (KeepQuestion, ChooseAnswer, RateAnswer, GiveReason)
"""Commands that change nothing of what a dialogue sees."""


@dataclass(frozen=True)
class Claimed:
    """An outbox row that this process may send now."""

    outbox_id: int
    chat_id: int
    channel: str
    kind: str
    lease_until: datetime
    message: Outgoing


@dataclass(frozen=True)
class TurnResult:
    """What a turn left to send: rows claimed already, and whether others wait to be claimed."""

    claimed: tuple[Claimed, ...] = ()
    queued: bool = False
    handled: bool = True  # False when the row was not to be had: done before, taken, or not the chat's oldest


class Assistant:
    """The only place that joins dialogues to storage. Synchronous; called in worker threads."""

    def __init__(
        self,
        database: Database,
        knowledge: KnowledgeBase,
        clock: Clock,
        settings: Settings,
        media: Path,
        process: str,
    ) -> None:
        self._database = database
        self._clock = clock
        self._media = media
        self._process = process
        live = self._live = LiveKnowledge(knowledge)
        self.facts = FactReader(live, clock, settings)
        self.planner = Planner(clock, settings)
        self._chaser = Chaser(clock)
        self._staff_checker = StaffChecker(clock)
        self._effects = Effects(clock, self.planner, self.facts, live)

    # -------------------------------------------------------------- the turn

    def turn(self, inbox_id: int, event: Event, channel: str, others: Sequence[int] = ()) -> TurnResult:
        """
        Handle one update, or do nothing when it was handled before.

        `others` are the further rows of one message, such as an album's: they are handled with it or not at all.

        Anything that raises rolls everything back; the caller then counts the attempt. So does an approved
        entry: the base is made anew first, beside those who write, and the turn begins again with it.
        """
        try:
            return self._turn(inbox_id, event, channel, others)
        except Behind:
            with self._database.read() as session:
                knowledge = self._live.current(session)
            return self._turn(inbox_id, event, channel, others, knowledge)

    def _turn(
        self,
        inbox_id: int,
        event: Event,
        channel: str,
        others: Sequence[int],
        knowledge: KnowledgeBase | None = None,
    ) -> TurnResult:
        with self._database.write() as session:
            row = inbox.claim(session, inbox_id)
            rows = None if row is None else inbox.claim_with(session, row, others)
            if rows is None:
                return TurnResult(handled=False)
            result = self._handle(session, rows, event, channel, knowledge)
            for one in rows:
                inbox.close(one, self._clock.now())
            return result

    def _handle(
        self,
        session: Session,
        rows: Sequence[Inbox],
        event: Event,
        channel: str,
        knowledge: KnowledgeBase | None,
    ) -> TurnResult:
        if event.migrated_to is not None:
            moved = people.find_chat(session, channel, event.chat)
            if moved is not None:
                people.move_chat(session, moved.id, event.migrated_to)
            return TurnResult()
        if event.presence is not None:
            if not event.group:  # who removes the bot from a group can still be reached
                people.set_reachable(session, channel, event.person, reachable=event.presence == "returned")
            return TurnResult()
        if not event.addressed:
            return TurnResult()
        with session.no_autoflush:  # nothing is written yet: looking for it before each query costs a tenth
            acting = self._acting(session, rows[0].id, event, channel, knowledge)
            clock = outbox.Clock(self._clock.now(), self._clock.business())
            at_once = outbox.may_claim_at_once(session, acting.chat, clock)
        incoming = Incoming(
            text=event.text,
            press=event.press,
            card=event.card,
            files=tuple(ReceivedFile(**file) for row in rows for file in row.files),
            location=event.location,
            unsupported=event.unsupported,
            forwarded=event.forwarded,
        )
        intent = self._intent(acting, incoming)
        turn = self._effects.joining.told(acting, self._step(acting, intent))
        claim = (self._process, clock) if at_once else None
        said = self._finish(acting, turn, incoming.card, claim)
        if claim is None:
            return TurnResult(queued=bool(said))
        return TurnResult(tuple(self.claimed(one, acting.chat) for one in said))

    def _acting(
        self, session: Session, inbox_id: int, event: Event, channel: str, knowledge: KnowledgeBase | None
    ) -> Acting:
        """Who acts, with their conversation; a first word makes them a guest."""
        now = self._clock.now()
        known = people.find_acquaintance(session, channel, event.chat, event.person)
        if known is not None:
            chat, person, identity = known.chat, known.person, known.identity
            conversation, draft = known.conversation, known.draft
            people.note_heard(identity, chat, now)
        else:
            chat = people.get_or_add_chat(session, channel, event.chat, group=event.group)
            person, identity = people.get_or_add_person(session, channel, event.person, chat, now)
            conversation, draft = conversations.get_or_add(session, chat.id, person.id, now), None
        if draft is not None and draft.state != "open":
            draft = None
        if draft is None and conversation.draft_id is not None:
            conversation.draft_id = None
        if people.is_noticed(person):
            people.keep_name(person, event.person_name)
        facts = self.facts.read(session, person, conversation, draft, knowledge)
        return Acting(
            session,
            inbox_id,
            channel,
            chat,
            person,
            identity,
            conversation,
            draft,
            facts,
            name=event.person_name,
        )

    def _intent(self, acting: Acting, incoming: Incoming) -> Intent:
        """The press resolved to what its button does, a typed choice likewise; else what `route` reads."""
        offered = [(str(one[0]), str(one[1]), bool(one[2])) for one in acting.conversation.offered]
        pressed_id = incoming.press
        if pressed_id is None and not incoming.files and not incoming.forwarded:
            pressed_id = typed_choice(incoming.text, offered)
        if pressed_id is None:
            return route(incoming, acting.facts, None)
        found = conversations.find_choice(acting.session, pressed_id, acting.chat.id, self._clock.now())
        if found is None:
            return Intent("stale") if incoming.press else route(incoming, acting.facts, None)
        intent = self._bound_intent(acting, found)
        if intent.name == "stale" and incoming.press is None:  # the words mean something without the card too
            return route(incoming, acting.facts, None)
        return intent

    def _bound_intent(self, acting: Acting, choice: Choice) -> Intent:
        action = Action(choice.action["name"], choice.action["args"])
        known = action.name in STEPS and are_sound(action.name, action.args)
        intent = Intent(action.name, action.args) if known else Intent("stale")
        if not action.name.startswith(DRAFT_BOUND):
            return intent
        if not may(acting.facts.seats, "log_activity"):
            return Intent("log")
        draft = conversations.find_draft(acting.session, choice.draft_id) if choice.draft_id else None
        if draft is None or draft.person_id != acting.person.id:
            return Intent("stale")
        if draft.state == "saved":
            saved = find_by_draft(acting.session, draft.id)
            activity_id = saved.id if saved else draft.body.get("activity_id")
            return Intent("activity.show", {"activity": activity_id}) if activity_id else Intent("stale")
        if draft.state != "open":
            return Intent("stale")
        if draft.version != choice.draft_version and action.name not in ANY_VERSION:
            return Intent("stale")
        if acting.draft is None or acting.draft.id != draft.id:  # an older card of a draft that still waits
            acting.draft = draft
            acting.conversation.draft_id = draft.id
            acting.facts = replace(acting.facts, draft=open_draft(draft))
        return intent

    def _step(self, acting: Acting, intent: Intent) -> Turn:
        """The dialogue's answer, its command carried out, its outcome told."""
        needs = NEEDS.get(intent.name, ())
        facts = self.facts.load(acting.session, acting.facts, needs, intent.args, acting.person.id)
        if intent.name == "stale" and facts.draft is not None:
            return card.show_open(facts, lead=facts.t.STALE_BUTTON)
        if intent.name.startswith(DRAFT_BOUND) and facts.draft is None and intent.name != "card.cancel":
            return STEPS["stale"](facts, intent)
        said: tuple[Reply, ...] = ()
        turn = recorder.ask_first(facts, intent) or STEPS.get(intent.name, STEPS["stale"])(facts, intent)
        while turn.command is not None or turn.onward is not None:
            if turn.command is not None:
                acting.recorder = recorder.recorder_of(facts, turn)
                outcome = self._effects.carry_out(turn.command, acting)
                if not isinstance(turn.command, LEAVES_FACTS):
                    facts = replace(self._read_again(acting, needs, intent), talk=facts.talk)
                assert turn.then is not None
                turn = turn.then(facts, outcome)
            elif turn.onward is not None:
                intent, said = turn.onward, (*said, *turn.replies)
                needs = NEEDS.get(intent.name, ())
                facts = replace(facts, talk=turn.talk)
                facts = self.facts.load(acting.session, facts, needs, intent.args, acting.person.id)
                turn = recorder.ask_first(facts, intent) or STEPS.get(intent.name, STEPS["stale"])(
                    facts, intent
                )
        turn = replace(turn, replies=(*said, *turn.replies))
        self._note_greeting(acting, turn)
        return turn

    def _note_greeting(self, acting: Acting, turn: Turn) -> None:
        """Who was shown the button for checking the province's list is not asked again at the next start."""
        for one in (one for reply in turn.replies for one in reply.choices):
            if one.action.name == "list.check":
                people.mark_greeted(acting.session, acting.person.id, one.action.args["province"])

    def _read_again(self, acting: Acting, needs: Any, intent: Intent) -> Facts:
        acting.session.flush()
        facts = self.facts.read(
            acting.session,
            acting.person,
            acting.conversation,
            acting.draft,
            acting.facts.knowledge,
        )
        return self.facts.load(acting.session, facts, needs, intent.args, acting.person.id, acting.shown)

    def _finish(self, acting: Acting, turn: Turn, card: str | None, claim: Claim | None) -> list[Outbox]:
        """Store the conversation and queue the replies."""
        now, session = self._clock.now(), acting.session
        if turn.draft is not None:
            body = turn.draft.model_dump(mode="json")
            if turn.fresh or acting.draft is None:
                acting.draft = conversations.add_draft(session, acting.person.id, body, now)
                acting.conversation.draft_id = acting.draft.id
            else:
                conversations.change_draft(acting.draft, body, now)
        acting.conversation.state = turn.talk.model_dump(mode="json", exclude_none=True)
        acting.conversation.updated_at = now
        rows: list[Outbox] = []
        if card is not None and any(reply.edits for reply in turn.replies[:1]):
            # what a digest said must stay to be read: its buttons are answered below it
            card = None if outbox.is_digest(session, acting.person.id, acting.chat.id, card) else card
        for reply in turn.replies:
            edit = card if reply.edits and not rows else None
            kind = outbox.CODE if reply.secret else "reply"
            rows += say(
                session, acting.chat, reply, now, kind=kind, edit=edit, draft=acting.draft, claim=claim
            )
        # What may be typed are the choices of the last message, and none of an older card.
        acting.conversation.offered = rows[-1].body["offered"] if rows else []
        return rows

    def wants_files(self, event: Event, channel: str) -> bool:
        """Whether the files of an update are worth fetching: from members alone, and when spoken to."""
        if not event.addressed:
            return False
        with self._database.read() as session:
            identity = people.find_identity(session, channel, event.person)
            return identity is not None and bool(
                people.list_memberships(session, identity.person_id, self._clock.now())
            )

    # -------------------------------------------------------------- the way out

    def claimed(self, row: Outbox, chat: Chat) -> Claimed:
        assert row.lease_until is not None
        return Claimed(
            row.id,
            chat.id,
            chat.channel,
            row.kind,
            row.lease_until,
            outgoing(row, chat.external_id, self._media),
        )

    def is_ready(self, session: Session, row: Outbox, chat: Chat) -> bool:
        """
        Make a claimed digest's text, or keep the one of which nobody knows whether it arrived.

        False where it must wait for office hours, or nothing is left to say.
        """
        business = self._clock.business()
        opens = self._clock.office_time(business)
        if opens > business:
            row.attempts -= 1
            outbox.put_back(row, None, "")
            row.not_before = opens
            return False
        if row.body:
            self._repeat(session, row)
            return True
        return self._compose(session, row, chat)

    def _compose(self, session: Session, row: Outbox, chat: Chat) -> bool:
        reply = self.planner.compose(session, self.facts.registry(session), row)
        if reply is None:
            outbox.cancel(row)
            return False
        now = self._clock.now()
        first, *rest = bodies(session, chat, reply, now, keep=conversations.KEEP_REMINDER_CHOICES)
        row.body = {**first, MADE_ON: self._clock.today().isoformat()}
        assert row.digest_person_id is not None
        # what may be typed are the choices of the last message
        if not outbox.is_followed(session, row, self._clock.business()):
            conversation = conversations.get_or_add(session, chat.id, row.digest_person_id, now)
            conversation.offered = (rest or [first])[-1]["offered"]
        for part in rest:
            outbox.add(session, chat, "notice", part, now)
        return True

    def _repeat(self, session: Session, row: Outbox) -> None:
        """A digest that may have arrived keeps its text; on another day it says of which day that is."""
        person = session.get(Person, row.digest_person_id)
        made_on = date.fromisoformat(row.body.get(MADE_ON) or self._clock.today().isoformat())
        if person is not None and made_on != self._clock.today():
            # a digest has no note of its own, and below the limit of a message there is room for this one
            row.body = {**row.body, "note": of_language(person.language).digest_of(made_on)}

    # -------------------------------------------------------------- faults

    def note_failure(self, inbox_ids: Sequence[int], error: str, chat_key: str, channel: str) -> bool:
        """Count an attempt at a message; after the last its rows are quarantined and the person gets one line."""
        with self._database.write() as session:
            now = self._clock.now()
            quarantined = [inbox.note_failure(session, one, error, now) for one in inbox_ids]
            if any(quarantined):
                self._say_cannot(session, channel, chat_key)
        return all(quarantined)

    def quarantine(self, inbox_id: int, error: str) -> None:
        """An update that cannot be parsed: kept, shown in `status`, in nobody's way."""
        with self._database.write() as session:
            inbox.quarantine(session, inbox_id, error)

    def _say_cannot(self, session: Session, channel: str, chat_key: str) -> None:
        chat = people.find_chat(session, channel, chat_key)
        if chat is not None:
            text = f"{THAI.CANNOT_HANDLE}\n{ENGLISH.CANNOT_HANDLE}"
            outbox.add(session, chat, "notice", {"text": text}, self._clock.now())

    # -------------------------------------------------------------- planning

    def plan(self) -> int:
        """Run the plan; returns the number of people who have something due."""
        with self._database.write() as session:
            registry = self.facts.registry(session)
            messages = self.planner.plan(session, registry)
        # In a transaction of its own: a turn locks a record before its reminders, and would wait for each other
        # with one that holds reminders and locks records.
        with self._database.write() as session:
            self._chaser.run(session, self.facts.registry(session))
        with self._database.write() as session:
            self._staff_checker.run(session, self.facts.registry(session))
        return sum(message.person_id is not None for message in messages)


def outgoing(row: Outbox, external_chat: str, media: Path) -> Outgoing:
    """An outbox row as its channel gets it."""
    body: Mapping[str, Any] = row.body
    picture, file = body.get("picture"), body.get("file")
    return Outgoing(
        key=f"outbox-{row.id}",
        chat=external_chat,
        text=body["text"],
        title=body.get("title", ""),
        note=body.get("note", ""),
        rows=tuple(tuple(Button(one["label"], one["id"]) for one in line) for line in body.get("rows", ())),
        edit=body.get("edit"),
        numbered=body.get("numbered", True),
        picture=media / picture if picture else None,
        file=unpacked(file, media) if file else None,
        repeated=row.maybe_duplicate,
    )
