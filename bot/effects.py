"""
Carries out a dialogue's command in the turn's transaction.

Rights are checked here once more, on the person who acted, against the rows as they are now: a button may be
older than a right.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Literal

from bot.acting import Acting
from bot.calendar import next_office_time
from bot.clock import Clock
from bot.curation import Curation
from bot.dialogues.ask import answer, in_language_of
from bot.dialogues.base import (
    AnswerInquiry,
    ChooseAnswer,
    Command,
    ConfirmList,
    Curating,
    DeleteActivity,
    DropDraft,
    Facts,
    GiveReason,
    InquiryView,
    KeepQuestion,
    LinkInquiry,
    LogDraft,
    MarkWrong,
    NoteMissing,
    RateAnswer,
    RejectInquiry,
    RestoreActivity,
    ResumeDraft,
    SaveDraft,
    SendQuestion,
    SetLanguage,
    SetPartner,
    UseCode,
    choice,
)
from bot.dialogues.drafting import is_joint, proposed_title
from bot.dialogues.queue import entry_of, told
from bot.facts import FactReader, activity_view, seats_of
from bot.live_knowledge import LiveKnowledge
from bot.messages import Reply
from bot.planning import Planner
from bot.rights import may
from bot.saying import say, tell
from bot.texts import of_language
from storage import (
    activities,
    audit,
    conversations,
    inquiries,
    meta,
    outbox,
    pairings,
    people,
    questions,
    revisions,
)
from storage.models import Activity, Chat, Draft, Inquiry, Person, Question

QUEUE = "queue"
"""Kind of the message that tells a curator of new questions."""


class Effects:
    def __init__(self, clock: Clock, planner: Planner, facts: FactReader, live: LiveKnowledge) -> None:
        self._clock = clock
        self._planner = planner
        self._facts = facts
        self._curation = Curation(clock, live)

    def carry_out(self, command: Command, acting: Acting) -> Any:
        """Returns the outcome that the command's `then` is given."""
        if isinstance(command, Curating):
            return self._curation.carry_out(command, acting)
        return getattr(self, f"_{_snake(type(command).__name__)}")(command, acting)

    # -------------------------------------------------------------- activities

    def _save_draft(self, command: SaveDraft, acting: Acting) -> tuple[str, Any]:
        session, draft = acting.session, acting.draft
        if draft is None:
            return "incomplete", None
        body, facts = LogDraft.model_validate(draft.body), acting.facts
        if body.pairing_id is None or body.type is None or body.start is None:
            return "incomplete", None
        pairing = facts.registry.pairings.get(body.pairing_id)
        if pairing is None or not may(facts.seats, "log_activity", pairing.province_code):
            return "forbidden", None
        if body.activity_id is not None:
            return self._save_edit(acting, draft, body)
        if not command.anyway:
            alike = activities.list_alike(session, body.pairing_id, body.start, body.end, body.type, draft.id)
            if alike:
                return "alike", activity_view(session, alike[0])
        row = activities.add(
            session, _values(facts, body), draft.id, acting.person.id, acting.channel, self._now()
        )
        self._add_files(acting, row, body)
        self._close(acting, draft, "saved")
        self._note(acting, "activity.created", f"activity:{row.id}")
        self._planner.replan_pairing(session, facts.registry, row.pairing_id)
        return "saved", activity_view(session, row)

    def _save_edit(self, acting: Acting, draft: Draft, body: LogDraft) -> tuple[str, Any]:
        row = self._own_activity(acting, int(body.activity_id or 0))
        if row is None or row.deleted_at is not None:
            return "forbidden", None
        moved_from = row.pairing_id
        values = self._edited(acting, row, body)
        activities.change(acting.session, row, values, acting.person.id, acting.channel, self._now())
        self._add_files(acting, row, body)
        self._close(acting, draft, "saved")
        self._note(acting, "activity.edited", f"activity:{row.id}")
        for pairing_id in {moved_from, row.pairing_id}:
            self._planner.replan_pairing(acting.session, acting.facts.registry, pairing_id)
        return "saved", activity_view(acting.session, row)

    def _edited(self, acting: Acting, row: Activity, body: LogDraft) -> dict[str, Any]:
        """What the edit changes. A record that somebody changed meanwhile keeps what this edit did not touch."""
        values = _values(acting.facts, body)
        begun = activities.find_revision(acting.session, row.id, body.base_version or 0)
        if row.version == body.base_version or begun is None or begun.after is None:
            return values
        touched = {
            name: value for name, value in values.items() if activities.as_json(value) != begun.after[name]
        }
        merged = LogDraft(
            type=touched.get("type_code", row.type_code),
            state=touched.get("state", row.state),
            partner_joined=touched.get("partner_joined", row.partner_joined),
        )
        return {**touched, "joint": is_joint(acting.facts, merged)}

    def _add_files(self, acting: Acting, row: Activity, body: LogDraft) -> None:
        acting.session.flush()
        files = [file.model_dump() for file in body.files]
        activities.add_evidence(acting.session, row.id, files, acting.person.id, self._now())
        acting.session.flush()

    def _drop_draft(self, command: DropDraft, acting: Acting) -> None:
        draft = conversations.find_draft(acting.session, command.draft_id)
        if draft is not None and draft.person_id == acting.person.id and draft.state == "open":
            self._close(acting, draft, "cancelled")

    def _resume_draft(self, command: ResumeDraft, acting: Acting) -> LogDraft | None:
        draft = conversations.find_draft(acting.session, command.draft_id)
        if draft is None or draft.person_id != acting.person.id or draft.state != "open":
            return None
        acting.draft = draft
        acting.conversation.draft_id = draft.id
        return LogDraft.model_validate(draft.body)

    def _set_partner(self, command: SetPartner, acting: Acting) -> Any:
        row = self._own_activity(acting, command.activity_id)
        if row is None or row.deleted_at is not None:
            return None
        joint = row.state == "held" and command.value != "no"
        values = {"partner_joined": command.value, "joint": joint}
        activities.change(acting.session, row, values, acting.person.id, acting.channel, self._now())
        self._note(acting, "activity.edited", f"activity:{row.id}")
        return self._replanned(acting, row)

    def _delete_activity(self, command: DeleteActivity, acting: Acting) -> bool:
        row = self._own_activity(acting, command.activity_id)
        if row is None:
            return False
        if activities.delete(acting.session, row, acting.person.id, acting.channel, self._now()):
            self._note(acting, "activity.deleted", f"activity:{row.id}")
        self._replanned(acting, row)
        return True

    def _restore_activity(self, command: RestoreActivity, acting: Acting) -> Any:
        row = self._own_activity(acting, command.activity_id)
        if row is None:
            return None
        if activities.restore(acting.session, row, acting.person.id, acting.channel, self._now()):
            self._note(acting, "activity.restored", f"activity:{row.id}")
        return self._replanned(acting, row)

    def _replanned(self, acting: Acting, row: Activity) -> Any:
        acting.session.flush()
        self._planner.replan_pairing(acting.session, acting.facts.registry, row.pairing_id)
        return activity_view(acting.session, row)

    def _own_activity(self, acting: Acting, activity_id: int) -> Activity | None:
        """The record, if the person may change it."""
        row = activities.find(acting.session, activity_id)
        if row is None:
            return None
        province = acting.facts.registry.pairings[row.pairing_id].province_code
        return row if may(acting.facts.seats, "change_activity", province) else None

    def _close(self, acting: Acting, draft: Draft, state: str) -> None:
        conversations.close_draft(draft, state, self._now())
        acting.draft = None
        acting.conversation.draft_id = None

    # -------------------------------------------------------------- questions

    def _keep_question(self, command: KeepQuestion, acting: Acting) -> int:
        question = questions.add(
            acting.session,
            person_id=acting.person.id,
            chat_id=acting.chat.id,
            inbox_id=acting.inbox_id,
            text=command.text,
            decision=command.decision,
            entry_id=command.entry_id,
            score=command.score,
            shown=command.shown,
            now=self._now(),
        )
        return question.id

    def _own_question(self, acting: Acting, question_id: int) -> Question | None:
        question = questions.find(acting.session, question_id)
        return question if question is not None and question.person_id == acting.person.id else None

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
        same = acting.facts.knowledge.same_question
        inquiry, opened = inquiries.send(acting.session, question, same, self._now())
        if opened:
            self._tell_curators(acting)
        if inquiry.state != inquiries.WAITING:
            question.told_at = question.told_at or self._now()
        return self._facts.inquiry_view(acting.session, inquiry)

    def _tell_curators(self, acting: Acting) -> None:
        """That something waits, in office hours; one message, however many questions came since."""
        at = next_office_time(self._clock.business(), zone=self._clock.zone)
        for curator in people.list_curators(acting.session, self._now()):
            chat = people.find_reachable_chat(acting.session, curator.id)
            if (
                chat is None
                or curator.id == acting.person.id
                or outbox.has_queued(acting.session, chat.id, QUEUE)
            ):
                continue
            t = of_language("en" if curator.language == "en" else "th")
            reply = Reply(t.NEW_QUESTIONS, rows=((choice(t.QUEUE, "queue"),),), numbered=False)
            say(acting.session, chat, reply, self._now(), kind=QUEUE, not_before=at)

    # -------------------------------------------------------------- the ministry's queue

    def _answer_inquiry(self, command: AnswerInquiry, acting: Acting) -> tuple[bool, InquiryView] | None:
        """The answer goes out at once, and waits as a draft for a second curator before it is found by others."""
        row = self._inquiry(acting, command.inquiry_id)
        if row is None or row.state != inquiries.WAITING:
            return self._outcome(acting, row, taken=False)
        asked = self._facts.inquiry_view(acting.session, row)
        entry = entry_of(acting.facts, asked, command.answer, command.source)
        revisions.add_draft(
            acting.session,
            entry_id=entry.id,
            body=entry.model_dump(mode="json"),
            change="answered",
            author_id=acting.person.id,
            now=self._now(),
            inquiry_id=row.id,
        )
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
        now = self._now()
        inquiries.decide(row, state, acting.person.id, now, entry_id=entry_id, answer=text, source=source)
        acting.session.flush()
        view = self._facts.inquiry_view(acting.session, row)
        for question in inquiries.take_untold(acting.session, row.id, now):
            self._tell(acting, view, question)
        self._note(acting, f"inquiry.{state}", f"inquiry:{row.id}", {"entry": entry_id} if entry_id else None)

    def _tell(self, acting: Acting, inquiry: InquiryView, question: Question) -> None:
        """What was decided goes to the chat in which it was asked, in the asker's language."""
        chat = acting.session.get(Chat, question.chat_id)
        asker = acting.session.get(Person, question.person_id)
        if chat is None or asker is None:
            return
        language: Literal["th", "en"] = "en" if asker.language == "en" else "th"
        facts = in_language_of(
            replace(acting.facts, language=language, t=of_language(language)), question.text
        )
        tell(acting.session, chat, asker.id, told(facts, inquiry, question.text), self._now())

    # -------------------------------------------------------------- people, registry

    def _use_code(self, command: UseCode, acting: Acting) -> str | tuple[str, str | None]:
        outcome = people.use_invitation(acting.session, command.code, acting.identity, self._now())
        if isinstance(outcome, str):
            self._note(acting, "invitation.refused", outcome)
            return outcome
        self._note(acting, "invitation.used", f"{outcome.role}:{outcome.province_code or '-'}")
        return seats_of([outcome])[0].post, outcome.province_code

    def _confirm_list(self, command: ConfirmList, acting: Acting) -> None:
        if not may(acting.facts.seats, "check_list", command.province):
            return
        check = people.get_or_add_check(acting.session, command.province)
        check.confirmed_at, check.person_id = self._now(), acting.person.id
        for pairing in acting.facts.registry.of_province(command.province):
            if pairing.verdict is None:
                pairings.set_verdict(acting.session, pairing.id, "correct", self._now())
        meta.bump_registry(acting.session)
        self._note(acting, "list.confirmed", command.province)

    def _mark_wrong(self, command: MarkWrong, acting: Acting) -> None:
        pairing = acting.facts.registry.pairings[command.pairing_id]
        if not may(acting.facts.seats, "check_list", pairing.province_code):
            return
        verdict = "wrong" if command.wrong else "correct"
        pairings.set_verdict(acting.session, pairing.id, verdict, self._now())
        meta.bump_registry(acting.session)
        self._note(acting, f"list.marked_{verdict}", pairing.id)

    def _note_missing(self, command: NoteMissing, acting: Acting) -> None:
        if not may(acting.facts.seats, "check_list", command.province):
            return
        check = people.get_or_add_check(acting.session, command.province)
        check.missing = [*check.missing, command.name]
        self._note(acting, "list.missing", command.province, {"name": command.name})

    def _set_language(self, command: SetLanguage, acting: Acting) -> None:
        acting.person.language = command.language

    # -------------------------------------------------------------- shared

    def _now(self) -> Any:
        return self._clock.now()

    def _note(self, acting: Acting, action: str, subject: str, detail: dict[str, Any] | None = None) -> None:
        audit.add(
            acting.session,
            action=action,
            subject=subject,
            now=self._now(),
            person_id=acting.person.id,
            channel=acting.channel,
            detail=detail,
        )


def _values(facts: Facts, body: LogDraft) -> dict[str, Any]:
    """The record's fields. What lies ahead on the day of saving is a plan, whatever the card said before."""
    if body.start is not None and body.start > facts.today:
        body = body.model_copy(update={"state": "planned"})
    return {
        "pairing_id": body.pairing_id,
        "type_code": body.type,
        "state": body.state,
        "start": body.start,
        "end": body.end,
        "precision": body.precision,
        "title": body.title or proposed_title(facts, body),
        "participants": body.participants,
        "budget_thb": body.budget_thb,
        "partner_joined": body.partner_joined,
        "joint": is_joint(facts, body),
    }


def _snake(name: str) -> str:
    return "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in name).strip("_")
