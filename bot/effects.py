"""
Carries out a dialogue's command in the turn's transaction.

Rights are checked here once more, on the person who acted, against the rows as they are now: a button may be
older than a right.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Literal

from bot.acting import Acting
from bot.clock import Clock
from bot.curation import Curation
from bot.dialogues.ask import answer, in_language_of
from bot.dialogues.base import (
    AnswerInquiry,
    ChooseAnswer,
    Command,
    ConfirmList,
    Curating,
    GiveReason,
    InquiryView,
    KeepQuestion,
    LinkInquiry,
    MarkWrong,
    NoteMissing,
    RateAnswer,
    Recorded,
    RejectInquiry,
    SendQuestion,
    SetLanguage,
    choice,
)
from bot.dialogues.holds_facts import Holding
from bot.dialogues.joining_facts import Joins
from bot.dialogues.offices_facts import OfficeCommand
from bot.dialogues.queue import entry_of, told
from bot.dialogues.relation_facts import Related
from bot.dialogues.serving_facts import Served
from bot.facts import FactReader
from bot.holding import Holds
from bot.joining import JoiningDesk
from bot.live_knowledge import LiveKnowledge
from bot.messages import Reply
from bot.offices import Offices
from bot.planning import Planner
from bot.recording import Recording
from bot.relation import Relations
from bot.rights import may
from bot.saying import tell
from bot.serving import Serving
from bot.telling import tell_others
from bot.texts import of_language
from bot.texts.th import Th
from storage import (
    audit,
    inquiries,
    meta,
    pairings,
    people,
    questions,
    revisions,
)
from storage.models import Chat, Inquiry, Person, Question

QUEUE = "queue"
"""Kind of the message that tells a curator of new questions."""


class Effects:
    def __init__(self, clock: Clock, planner: Planner, facts: FactReader, live: LiveKnowledge) -> None:
        self._clock = clock
        self._planner = planner
        self._facts = facts
        self._curation = Curation(clock, live)
        self._recording = Recording(clock, planner)
        self._holds = Holds(clock, planner)
        self._offices = Offices(clock)
        self._serving = Serving(clock, planner)
        self.joining = JoiningDesk(clock)
        self._relations = Relations(clock, planner, facts)

    def carry_out(self, command: Command, acting: Acting) -> Any:
        """Returns the outcome that the command's `then` is given."""
        if isinstance(command, Curating):
            return self._curation.carry_out(command, acting)
        if isinstance(command, Recorded):
            return self._recording.carry_out(command, acting)
        if isinstance(command, Holding):
            return self._holds.carry_out(command, acting)
        if isinstance(command, OfficeCommand):
            return self._offices.carry_out(command, acting)
        if isinstance(command, Served):
            return self._serving.carry_out(command, acting)
        if isinstance(command, Joins):
            return self.joining.carry_out(command, acting)
        if isinstance(command, Related):
            return self._relations.carry_out(command, acting)
        return getattr(self, f"_{_snake(type(command).__name__)}")(command, acting)

    # -------------------------------------------------------------- questions

    def _keep_question(self, command: KeepQuestion, acting: Acting) -> int:
        """A stranger's first question is kept without who asked: they are told of it with the answer."""
        stranger = acting.facts.joining.stranger
        question = questions.add(
            acting.session,
            person_id=None if stranger else acting.person.id,
            chat_id=None if stranger else acting.chat.id,
            inbox_id=None if stranger else acting.inbox_id,
            text=command.text,
            decision=command.decision,
            entry_id=command.entry_id,
            score=command.score,
            shown=command.shown,
            now=self._now(),
        )
        return question.id

    def _own_question(self, acting: Acting, question_id: int) -> Question | None:
        """Theirs, or one that is nobody's: the press comes from the chat in which it was asked."""
        question = questions.find(acting.session, question_id)
        own = question is not None and question.person_id in (None, acting.person.id)
        return question if own else None

    def _choose_answer(self, command: ChooseAnswer, acting: Acting) -> None:
        question = self._own_question(acting, command.question_id)
        if question is not None:
            questions.choose(question, command.entry_id or questions.NONE)

    def _rate_answer(self, command: RateAnswer, acting: Acting) -> None:
        question = self._own_question(acting, command.question_id)
        if question is not None:
            questions.rate(question, command.rating, command.entry_id)

    def _give_reason(self, command: GiveReason, acting: Acting) -> None:
        question = self._own_question(acting, command.question_id)
        if question is not None:
            questions.give_reason(question, command.reason, command.text)
            questions.offer(question, command.offered)

    def _send_question(self, command: SendQuestion, acting: Acting) -> InquiryView | None:
        """Joins what asks the same; what was decided before is the reply, so the asker is told by it."""
        question = self._own_question(acting, command.question_id)
        if question is None:
            return None
        if question.person_id is None:  # whoever sends it wants to be told, and knows what is kept
            questions.adopt(question, acting.person.id, acting.chat.id)
        same = acting.facts.knowledge.same_question
        sent_before = question.inquiry_id is not None
        inquiry, opened = inquiries.send(acting.session, question, same, self._now())
        if opened:
            self._tell_curators(acting)
        if not sent_before:
            action = "inquiry.opened" if opened else "inquiry.joined"
            acting.note(action, f"inquiry:{inquiry.id}", self._now(), question=question.id)
        if inquiry.state != inquiries.WAITING:
            question.told_at = question.told_at or self._now()
        return self._facts.inquiry_view(acting.session, inquiry)

    def _tell_curators(self, acting: Acting) -> None:
        """That something waits, in office hours; one message, however many questions came since."""
        curators = people.list_curators(acting.session, self._now())
        tell_others(self._clock, acting, curators, _new_questions, kind=QUEUE, once=True)

    # -------------------------------------------------------------- the ministry's queue

    def _answer_inquiry(self, command: AnswerInquiry, acting: Acting) -> tuple[bool, InquiryView] | None:
        """The answer goes out at once, and waits as a draft for a second curator before it is found by others."""
        row = self._inquiry(acting, command.inquiry_id)
        if row is None or row.state != inquiries.WAITING:
            return self._outcome(acting, row, taken=False)
        asked = self._facts.inquiry_view(acting.session, row)
        entry = entry_of(acting.facts, asked, command.answer, command.source)
        draft = revisions.add_draft(
            acting.session,
            entry_id=entry.id,
            body=entry.model_dump(mode="json"),
            change="answered",
            author_id=acting.person.id,
            now=self._now(),
            inquiry_id=row.id,
        )
        drafted = {"before": {"state": None}, "after": {"state": draft.state}}
        acting.note("entry.drafted", f"entry:{entry.id}", self._now(), version=draft.version, **drafted)
        self._decide(acting, row, inquiries.ANSWERED, entry.id, command.answer, command.source)
        return self._outcome(acting, row, taken=True)

    def _link_inquiry(self, command: LinkInquiry, acting: Acting) -> tuple[bool, InquiryView] | None:
        row = self._inquiry(acting, command.inquiry_id)
        if row is None or row.state != inquiries.WAITING:
            return self._outcome(acting, row, taken=False)
        entry = acting.facts.knowledge.entries.get(command.entry_id)
        if entry is None:
            return None
        revisions.add_golden(acting.session, row.text, entry.id, row.id, self._now())
        shown = answer(acting.facts, entry)
        self._decide(acting, row, inquiries.LINKED, entry.id, shown.text, None)
        return self._outcome(acting, row, taken=True)

    def _reject_inquiry(self, command: RejectInquiry, acting: Acting) -> tuple[bool, InquiryView] | None:
        row = self._inquiry(acting, command.inquiry_id)
        if row is None or row.state != inquiries.WAITING:
            return self._outcome(acting, row, taken=False)
        self._decide(acting, row, inquiries.REJECTED, None, command.reason, None)
        return self._outcome(acting, row, taken=True)

    def _inquiry(self, acting: Acting, inquiry_id: int) -> Inquiry | None:
        """Locked: two curators decide one after the other, and the second finds it decided."""
        if not may(acting.facts.seats, "answer_question"):
            return None
        return inquiries.find_locked(acting.session, inquiry_id)

    def _outcome(
        self, acting: Acting, row: Inquiry | None, *, taken: bool
    ) -> tuple[bool, InquiryView] | None:
        return (taken, self._facts.inquiry_view(acting.session, row)) if row is not None else None

    def _decide(
        self,
        acting: Acting,
        row: Inquiry,
        state: str,
        entry_id: str | None,
        text: str,
        source: str | None,
    ) -> None:
        now, before = self._now(), {"state": row.state, "entry": row.entry_id}
        inquiries.decide(row, state, acting.person.id, now, entry_id=entry_id, answer=text, source=source)
        acting.session.flush()
        view = self._facts.inquiry_view(acting.session, row)
        for question in inquiries.take_untold(acting.session, row.id, now):
            self._tell(acting, view, question)
        changed = audit.changes(before, {"state": state, "entry": entry_id})
        acting.note(f"inquiry.{state}", f"inquiry:{row.id}", self._now(), **changed)

    def _tell(self, acting: Acting, inquiry: InquiryView, question: Question) -> None:
        """
        What was decided goes to the chat in which it was asked, in the asker's language. Of somebody whose data
        were erased the question alone is left.
        """
        if question.chat_id is None or question.person_id is None:
            return
        chat = acting.session.get_one(Chat, question.chat_id)
        asker = acting.session.get_one(Person, question.person_id)
        language: Literal["th", "en"] = "en" if asker.language == "en" else "th"
        facts = in_language_of(
            replace(acting.facts, language=language, t=of_language(language)), question.text
        )
        tell(acting.session, chat, asker.id, told(facts, inquiry, question.text), self._now())

    # -------------------------------------------------------------- people, registry

    def _confirm_list(self, command: ConfirmList, acting: Acting) -> None:
        if not may(acting.facts.seats, "check_list", command.province):
            return
        check = people.get_or_add_check(acting.session, command.province)
        before = check.confirmed_at
        check.confirmed_at, check.person_id = self._now(), acting.person.id
        for pairing in acting.facts.registry.of_province(command.province):
            if pairing.verdict is None:
                self._set_verdict(acting, pairing.id, "correct")
        meta.bump_registry(acting.session)
        acting.note(
            "list.confirmed",
            f"province:{command.province}",
            self._now(),
            before={"confirmed_at": before.isoformat() if before else None},
            after={"confirmed_at": check.confirmed_at.isoformat()},
        )

    def _mark_wrong(self, command: MarkWrong, acting: Acting) -> None:
        pairing = acting.facts.registry.pairings[command.pairing_id]
        if not may(acting.facts.seats, "check_list", pairing.province_code):
            return
        self._set_verdict(acting, pairing.id, "wrong" if command.wrong else "correct")
        meta.bump_registry(acting.session)
        if command.wrong:
            self._relations.tell_ministry(acting)

    def _set_verdict(self, acting: Acting, pairing_id: str, verdict: Literal["correct", "wrong"]) -> None:
        before = pairings.set_verdict(acting.session, pairing_id, verdict, self._now())
        changed = audit.changes({"verdict": before}, {"verdict": verdict})
        if changed:
            acting.note(f"list.marked_{verdict}", f"pairing:{pairing_id}", self._now(), **changed)

    def _note_missing(self, command: NoteMissing, acting: Acting) -> None:
        if not may(acting.facts.seats, "check_list", command.province):
            return
        check = people.get_or_add_check(acting.session, command.province)
        changed = audit.changes({"missing": check.missing}, {"missing": [*check.missing, command.name]})
        check.missing = [*check.missing, command.name]
        acting.note("list.missing", f"province:{command.province}", self._now(), **changed)
        self._relations.tell_ministry(acting)

    def _set_language(self, command: SetLanguage, acting: Acting) -> None:
        changed = audit.changes({"language": acting.person.language}, {"language": command.language})
        acting.person.language = command.language
        if changed:
            acting.note("person.language", f"person:{acting.person.public_id}", self._now(), **changed)

    # -------------------------------------------------------------- shared

    def _now(self) -> Any:
        return self._clock.now()


def _new_questions(t: Th) -> Reply:
    return Reply(t.NEW_QUESTIONS, rows=((choice(t.QUEUE, "queue"),),), numbered=False)


def _snake(name: str) -> str:
    return "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in name).strip("_")
