"""What the database knows, turned into the views that dialogues are given."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, Literal

from sqlalchemy.orm import Session

from bot import held, joining_views, offices_views
from bot.calendar import days_of_year
from bot.clock import Clock
from bot.dialogues.base import (
    ActivityView,
    AsideView,
    DraftFile,
    Facts,
    InquiryView,
    LogDraft,
    OpenDraft,
    QuestionView,
    QueuePage,
    RecordPage,
    Registry,
    RevisionView,
    Sought,
    Talk,
    UsedFile,
)
from bot.dialogues.listing import PAGE as PAGE_OF_RECORDS
from bot.dialogues.queue import PAGE
from bot.dialogues.route import Need
from bot.entry_views import draft_lines, draft_view, proposals, versions
from bot.holds_views import with_holds
from bot.live_knowledge import LiveKnowledge
from bot.live_registry import LiveRegistry
from bot.messages import ReceivedFile
from bot.planning import Planner
from bot.posts import seats_of, who_are
from bot.relation_views import Reader
from bot.reminders import Held
from bot.rights import may, provinces
from bot.serving_views import load_serving
from bot.settings import Settings
from bot.texts import of_language
from knowledge.search import KnowledgeBase
from storage import (
    activities,
    conversations,
    evidence,
    flags,
    inquiries,
    meta,
    owners,
    pairings,
    people,
    questions,
    revisions,
)
from storage.models import (
    Activity,
    Chat,
    Conversation,
    Draft,
    Evidence,
    Inquiry,
    Person,
)

MOST_DRAFTS = 10
USED_WITHIN = timedelta(days=400)
"""Records as old as this are not searched for a file that is sent again."""


class FactReader:
    """Reads facts in the turn's own transaction. Keeps the registry and the knowledge base between turns."""

    def __init__(self, live: LiveKnowledge, clock: Clock, settings: Settings) -> None:
        self._live = live
        self._clock = clock
        self._settings = settings
        self._planner = Planner(clock, settings)
        self._registry = LiveRegistry()

    def registry(self, session: Session, *, keep: bool = True) -> Registry:
        """As the session reads it; `keep` is False in the midst of a turn that changed it."""
        return self._registry.at(session, meta.registry_version(session), keep=keep)

    def read(
        self,
        session: Session,
        person: Person,
        conversation: Conversation,
        draft: Draft | None,
        knowledge: KnowledgeBase | None = None,
    ) -> Facts:
        """
        The facts that every message needs.

        Args:
            knowledge: The base with which the turn began, when they are read again in its midst: what the
                turn changed itself is not committed, and holds from the next turn on.

        Raises:
            Behind: If the base is to be made anew: not in a turn's transaction, for which others wait.
        """
        now = self._clock.now()
        registry_version, knowledge_version = meta.versions(session)
        chat = session.get_one(Chat, conversation.chat_id)
        memberships = people.list_memberships(session, person.id, now)
        seats = seats_of(memberships)
        language: Literal["th", "en"] = "en" if person.language == "en" else "th"
        return Facts(
            today=self._clock.today(),
            now=now,
            t=of_language(language),
            language=language,
            seats=seats,
            registry=self._registry.at(session, registry_version, keep=knowledge is None),
            knowledge=knowledge or self._live.at(knowledge_version),
            talk=Talk.model_validate(conversation.state),
            basis=self._settings.year_basis,
            draft=open_draft(draft) if draft and may(seats, "log_activity") else None,
            guests_may_ask=self._settings.guests_may_ask,
            ministry_contact=self._settings.ministry_contact,
            dpo_contact=self._settings.dpo_contact,
            person=person.name,
            chat=chat.id,
            group=chat.group,
            greet=next(
                (one.province_code for one in memberships if not one.greeted and one.province_code), None
            ),
            joining=joining_views.standing(person, seats),
        )

    def load(
        self,
        session: Session,
        facts: Facts,
        needs: Sequence[Need],
        args: Any,
        person_id: int,
        shown: Iterable[str] = (),
    ) -> Facts:
        """
        What the intent needs beyond that.

        Args:
            shown: Pairings of the records that a command of this turn tells of.
        """
        if "confirmed" in needs:
            facts = replace(facts, confirmed=frozenset(people.list_confirmed(session)))
        if "drafts" in needs and may(facts.seats, "log_activity"):
            rows = conversations.list_open_drafts(session, person_id, MOST_DRAFTS)
            facts = replace(facts, open_drafts=tuple(open_draft(row) for row in rows))
        if "records" in needs:
            facts = replace(
                facts, records=_record_page(session, facts, Sought.model_validate(args), person_id)
            )
        if "activity" in needs and "activity" in args:
            facts = self._with_activity(session, facts, int(args["activity"]))
        facts = self._with_held(session, facts, needs, args, shown)
        if "used_files" in needs:
            facts = replace(facts, used=_used_files(session, facts, args))
        if "question" in needs and "question" in args:
            facts = replace(facts, question=_question_view(session, int(args["question"]), person_id))
        found = offices_views.load(
            session, facts, needs, args, person_id, self._clock.now(), self._clock.zone
        )
        facts = replace(facts, offices=found)
        facts = joining_views.load(session, facts, needs, person_id, self._clock.now(), self._clock.zone)
        if "relation" in needs:
            facts = Reader(session, facts, person_id, self._clock, who_are).read(needs, args)
        facts = self._with_queue(session, facts, needs, args)
        facts = with_holds(session, facts, needs, args, self._clock, self._planner)
        facts = load_serving(session, facts, needs, args, person_id, self._clock)
        if may(facts.seats, "curate"):
            return self._with_entries(session, facts, needs, args, person_id)
        return facts

    def _with_entries(
        self, session: Session, facts: Facts, needs: Sequence[Need], args: Any, person_id: int
    ) -> Facts:
        shipped = self._live.shipped.entries
        if "entry_drafts" in needs:
            facts = replace(facts, entry_drafts=draft_lines(session, person_id))
        if "entry_draft" in needs and "revision" in args:
            row = revisions.find(session, int(args["revision"]))
            view = (
                draft_view(session, row, facts.knowledge, shipped, person_id, self._clock.zone)
                if row
                else None
            )
            facts = replace(facts, entry_draft=view)
        if "entry_versions" in needs and "entry" in args:
            entry_id = str(args["entry"])
            skipped = entry_id in self._live.skipped
            found = versions(session, entry_id, shipped, self._clock.zone, skipped=skipped)
            facts = replace(facts, entry_versions=found)
        if "proposals" in needs:
            facts = replace(facts, proposals=proposals(session, facts.knowledge))
        if "entry_counts" in needs:
            counted = len(proposals(session, facts.knowledge))
            facts = replace(facts, draft_count=revisions.count_drafts(session), phrasing_count=counted)
        return facts

    def _with_queue(self, session: Session, facts: Facts, needs: Sequence[Need], args: Any) -> Facts:
        if not may(facts.seats, "answer_question"):
            return facts
        if "queue" in needs:
            waiting = inquiries.list_waiting(session, PAGE, PAGE * int(args.get("page", 0)))
            shown = tuple(self._inquiry_line(row, askers) for row, askers in waiting)
            facts = replace(facts, queue=QueuePage(shown, *inquiries.count_waiting(session)))
        if "inquiry" in needs:
            row = inquiries.find(session, int(args.get("inquiry", 0)))
            facts = replace(facts, inquiry=self.inquiry_view(session, row) if row else None)
        return facts

    def _inquiry_line(self, row: Inquiry, askers: int) -> InquiryView:
        return InquiryView(
            row.id, row.text, row.state, askers, row.opened_at.astimezone(self._clock.zone).date()
        )

    def inquiry_view(self, session: Session, row: Inquiry) -> InquiryView:
        """An inquiry with all that was asked and decided."""
        asked = inquiries.list_questions(session, row.id)
        decided = row.decided_at.astimezone(self._clock.zone).date() if row.decided_at else None
        return replace(
            self._inquiry_line(row, len({one.person_id for one in asked})),
            wordings=tuple(dict.fromkeys(one.text for one in asked if one.text != row.text)),
            entry_id=row.entry_id,
            answer=row.answer,
            source=row.source,
            decided_on=decided,
        )

    def _with_held(
        self, session: Session, facts: Facts, needs: Sequence[Need], args: Any, shown: Iterable[str]
    ) -> Facts:
        """What the pairings in question have held: those of a record all that they ever did, lists this year's."""
        if "activities" in needs:
            wanted = {*shown, *(facts.activity.pairings if facts.activity else ())}
            wanted |= {str(args["pairing"])} if "pairing" in args else set()
            return replace(facts, activities=held.of_pairings(session, wanted) if wanted else Held())
        if "year" not in needs or not facts.is_member:
            return facts
        codes = (str(args["province"]),) if "province" in args else provinces(facts.seats)
        if not codes:
            return replace(facts, activities=held.in_the_country(session, facts.today))
        own = [one.id for code in codes for one in facts.registry.of_province(code)]
        return replace(facts, activities=held.this_year(session, own, facts.today))

    def _with_activity(self, session: Session, facts: Facts, activity_id: int) -> Facts:
        """The record, if the person may see it: a foreign one is like one that does not exist."""
        row = activities.find(session, activity_id)
        if row is None:
            return facts
        view = record_view(session, row, self._clock.now())
        provinces_ = {facts.registry.pairings[one].province_code for one in view.pairings}
        if not any(may(facts.seats, "see_activities", one) for one in provinces_):
            return facts
        revisions_, asides = self._history(session, row, provinces_)
        return replace(facts, activity=view, revisions=revisions_, asides=asides)

    def _history(
        self, session: Session, row: Activity, provinces_: Collection[str]
    ) -> tuple[tuple[RevisionView, ...], tuple[AsideView, ...]]:
        """What was changed, and what happened around it, each with whoever did it."""
        found = activities.list_revisions(session, row.id)
        asides = [*_invitations(session, row.id), *_comments(session, row.id)]
        persons = [one.person_id for one in found] + [person_id for _, _, person_id, _ in asides]
        who = who_are(session, persons, self._clock.now(), provinces_)
        zone = self._clock.zone
        return (
            tuple(
                RevisionView(
                    version=one.version,
                    change=one.change,
                    at=one.at.astimezone(zone),
                    by=replace(who[one.person_id], recorder=one.recorder),
                    channel=one.channel,
                    before=one.before,
                    after=one.after,
                    reason=one.reason,
                )
                for one in found
            ),
            tuple(
                AsideView(what, at.astimezone(zone), who[person_id], about)
                for what, at, person_id, about in asides
            ),
        )


Aside = tuple[Literal["invited", "declined", "flagged", "settled"], datetime, int | None, str]
"""What happened, when, by whom, and the province or comment that it is about."""


def _invitations(session: Session, activity_id: int) -> list[Aside]:
    """Provinces that were asked, and those that said no; a yes changes the record and is in its revisions."""
    found: list[Aside] = []
    for one in owners.list_of(session, activity_id):
        if one.added_by != one.decided_by:  # an own pairing is accepted by whoever adds it
            found.append(("invited", one.added_at, one.added_by, one.province_code))
        if one.state == owners.DECLINED and one.decided_at is not None:
            found.append(("declined", one.decided_at, one.decided_by, one.province_code))
    return found


def _comments(session: Session, activity_id: int) -> list[Aside]:
    found: list[Aside] = []
    for one in flags.list_of(session, activity_id):
        found.append(("flagged", one.raised_at, one.raised_by, one.comment))
        if one.settled_at is not None:
            found.append(("settled", one.settled_at, one.settled_by, one.comment))
    return found


def _used_files(session: Session, facts: Facts, args: Any) -> tuple[UsedFile, ...]:
    """Evidence of the provinces' records of the last year that is, or may look like, one of the files just sent."""
    sent = [file for file in args.get("files", ()) if isinstance(file, ReceivedFile) and file.sha256]
    if not sent:
        return ()
    found = evidence.list_used(
        session,
        provinces(facts.seats),
        since=facts.today - USED_WITHIN,
        hashes=[str(file.sha256) for file in sent],
        looks=any(file.look for file in sent),
    )
    return tuple(UsedFile(*row) for row in found)


def _record_page(session: Session, facts: Facts, sought: Sought, person_id: int) -> RecordPage:
    """Of the provinces in which the person serves, or of all where they see all; otherwise nothing."""
    if not may(facts.seats, "see_activities"):
        return RecordPage()
    first, last = days_of_year(sought.year, "fiscal" if sought.fiscal else "calendar")
    wanted = activities.Wanted(
        provinces=provinces(facts.seats) or None,
        pairings=sought.pairings,
        type_code=sought.type,
        state=sought.state,
        first=first,
        last=last,
        recorder=person_id if sought.mine else None,
        flagged=sought.flagged,
        words=sought.words,
    )
    rows, total = activities.search(session, wanted, PAGE_OF_RECORDS, PAGE_OF_RECORDS * sought.page)
    more_than = activities.MOST_COUNTED if total > activities.MOST_COUNTED else None
    return RecordPage(activity_views(session, rows), total, more_than)


def _question_view(session: Session, question_id: int, person_id: int) -> QuestionView | None:
    """The question, if it is the person's own or nobody's: that of another is like one that does not exist."""
    row = questions.find(session, question_id)
    if row is None or row.person_id not in (None, person_id):
        return None
    return QuestionView(row.id, row.text, row.entry_id, tuple(row.shown))


def open_draft(row: Draft) -> OpenDraft:
    return OpenDraft(row.id, row.version, LogDraft.model_validate(row.body))


def activity_view(session: Session, row: Activity) -> ActivityView:
    return activity_views(session, [row])[0]


def activity_views(session: Session, rows: Sequence[Activity]) -> tuple[ActivityView, ...]:
    """The records as lists show them, in three queries however many they are."""
    ids = [row.id for row in rows]
    also, comments = owners.list_covered(session, ids), flags.list_open(session, ids)
    files: defaultdict[int, list[DraftFile]] = defaultdict(list)
    for one in activities.list_evidence_of(session, ids):
        files[one.activity_id].append(_draft_file(one))
    return tuple(
        ActivityView(
            **{name: getattr(row, name) for name in activities.FIELDS if name != "type_code"},
            id=row.id,
            type=row.type_code,
            also=also.get(row.id, ()),
            files=tuple(files[row.id]),
            deleted=row.deleted_at is not None,
            version=row.version,
            follows=row.follows_id,
            flag=comments.get(row.id),
        )
        for row in rows
    )


def record_view(session: Session, row: Activity, now: datetime) -> ActivityView:
    """A record with all that its page shows."""
    recorded = activities.list_recordings(session, row.id)
    covered = (row.pairing_id, *owners.list_covered(session, [row.id]).get(row.id, ()))
    who = who_are(
        session, [one for one, _name in recorded], now, pairings.list_provinces_of(session, covered)
    )
    following = [
        one
        for one in activities.list_following(session, row.id)
        if one.deleted_at is None and one.state == "planned"
    ]
    return activity_view(session, row).model_copy(
        update={
            "recorders": tuple(dict.fromkeys(replace(who[one], recorder=name) for one, name in recorded)),
            "invited": tuple(
                one.province_code for one in owners.list_of(session, row.id) if one.state == owners.INVITED
            ),
            "promised": activity_view(session, following[-1]) if following else None,
        }
    )


def _draft_file(row: Evidence) -> DraftFile:
    return DraftFile(**{name: getattr(row, name) for name in DraftFile.model_fields})
