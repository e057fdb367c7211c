"""
What every dialogue is given (`Facts`) and gives back (`Turn`).

A turn may carry one command for the assistant to carry out; `then` turns its outcome into the replies. So
dialogues stay pure, and what a person reads always tells what was really stored.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import cached_property
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

from bot.calendar import Basis
from bot.dialogues.holds_facts import Holding, HoldsFacts
from bot.dialogues.joining_facts import Form, Joining, Joins
from bot.dialogues.offices_facts import OfficeCommand, OfficeFacts
from bot.dialogues.relation_facts import MOST_CHANGES, Adding, Change, Related, RelationFacts
from bot.dialogues.serving_facts import NOTHING, Served, ServingView
from bot.language.names import Lexicon
from bot.messages import Action, Choice, Json, Reply
from bot.reminders import Count, Held, PairingFacts, summary
from bot.rights import Seat, provinces
from bot.splitting import utf16_length
from bot.texts.th import Th
from knowledge.entries import FaqEntry
from knowledge.overlay import EntryField, Proposal
from knowledge.search import KnowledgeBase

DraftField = Literal[
    "pairing_id",
    "type",
    "start",
    "end",
    "title",
    "participants",
    "budget_thb",
    "files",
    "partner_joined",
    "place",
    "direction",
    "sdgs",
    "sectors",
    "also",
]
DETAILS = (
    "result",
    "problems",
    "suggestions",
    "chair_ours",
    "chair_theirs",
    "head_ours",
    "head_theirs",
    "spent_thb",
    "spent_source",
    "letter_no",
    "letter_on",
    "follow_up",
    "follow_up_on",
)
"""Fields of a record that are optional at logging and asked once, later."""

PartnerJoined = Literal["yes", "online", "no"]
Direction = Literal["inbound", "outbound", "online"]
SpentSource = Literal["province", "cluster", "central", "private", "foreign"]

MOST_ANSWER = 3000
MOST_SOURCE = 300
"""Of what a curator types, as a messenger counts: with its title and source an answer is one message."""


# ------------------------------------------------------------------ what is kept between turns

ATTACH_WITHIN = timedelta(minutes=30)
"""For so long after saving, what is sent without words may belong to the record: it is asked."""

MOST_WRITINGS = 10
MOST_OPENED = 5
WRITTEN_FIELDS = ("answer", "answer_source")
"""Open fields whose subject is an inquiry for which something may have been typed."""


class Writing(BaseModel):
    """What a curator has typed for an inquiry and not sent yet."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    inquiry: int
    answer: str | None = None
    source: str | None = None


class Saved(BaseModel):
    """The record that was saved last in this chat."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    activity: int
    at: datetime


class Intended(BaseModel):
    """What a person wanted, kept while something is asked first."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    name: str
    args: dict[str, Any] = {}
    asking: str | None = None  # the field that was open then
    subject: str | None = None


class Recorder(BaseModel):
    """Who records on a duty phone, for the rest of a day."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    name: str
    on: date


class Talk(BaseModel):
    """The state of one conversation, stored as JSON with its version."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    v: Literal[1] = 1
    asking: str | None = None  # the open field: a DraftField, or code, missing_pair, answer, reason…
    subject: str | None = None  # what the open field is about: a province, the id of a question or entry
    last_entry: str | None = None  # the entry answered last
    writings: tuple[Writing, ...] = ()  # the one that was typed at last stands last
    saved: Saved | None = None
    recorder: Recorder | None = None
    wanted: Intended | None = None  # what goes on with the answer to what is asked
    form: Form | None = None  # a request to be let in that was begun and not sent
    changes: tuple[Change, ...] = ()  # facts that were begun and not sent; the latest stands last
    adding: Adding | None = None  # the pairing that is being added
    opened: tuple[int, ...] = ()  # invitations that this person's codes opened here; the latest stands last

    def asks(self, field: str | None = None, subject: str | None = None) -> Talk:
        """With this field open, or none. All else stays: above all what was typed and not sent."""
        return self.model_copy(update={"asking": field, "subject": subject, "wanted": None})

    def saves(self, activity: int, now: datetime) -> Talk:
        """With this record as the one that was saved last."""
        return self.model_copy(update={"saved": Saved(activity=activity, at=now)})

    def records(self, name: str, today: date) -> Talk:
        """With this one recording for the rest of the day; what was being asked is answered."""
        known = Recorder(name=name, on=today)
        return self.asks().model_copy(update={"recorder": known})

    def recorder_on(self, today: date) -> str | None:
        """Who records today, as far as was said."""
        return self.recorder.name if self.recorder is not None and self.recorder.on == today else None

    def just_saved(self, now: datetime) -> int | None:
        """The record that was saved in this chat a short while ago."""
        recent = self.saved is not None and now - self.saved.at <= ATTACH_WITHIN
        return self.saved.activity if self.saved is not None and recent else None

    def opens(self, invitation: int) -> Talk:
        """With this invitation as one whose code was read; of very many the oldest is let go."""
        others = tuple(one for one in self.opened if one != invitation)
        return self.model_copy(update={"opened": (*others, invitation)[-MOST_OPENED:]})

    def fills(self, form: Form | None) -> Talk:
        """With this much of a request to be let in, or (None) with none begun."""
        return self.model_copy(update={"form": form})

    def written(self, inquiry: int) -> Writing:
        """What was typed for an inquiry."""
        return next((one for one in self.writings if one.inquiry == inquiry), Writing(inquiry=inquiry))

    def keeps(self, written: Writing) -> Talk:
        """With this typed for its inquiry; of very many inquiries that were begun the oldest is let go."""
        others = self.drops(written.inquiry).writings
        kept = (*others, written) if written.answer or written.source else others
        return self.model_copy(update={"writings": kept[-MOST_WRITINGS:]})

    def change_of(self, pairing: str, field: str) -> Change | None:
        """What was entered for a fact and not sent."""
        return next((one for one in self.changes if (one.pairing, one.field) == (pairing, field)), None)

    def enters(self, change: Change) -> Talk:
        """With this entered; of very many changes that were begun the oldest is let go."""
        others = self.sends(change.pairing, change.field).changes
        return self.model_copy(update={"changes": (*others, change)[-MOST_CHANGES:]})

    def sends(self, pairing: str, field: str) -> Talk:
        """With nothing entered for this fact."""
        kept = tuple(one for one in self.changes if (one.pairing, one.field) != (pairing, field))
        return self.model_copy(update={"changes": kept})

    def adds(self, adding: Adding | None) -> Talk:
        """With this pairing being added, or none."""
        return self.model_copy(update={"adding": adding})

    def drops(self, inquiry: int) -> Talk:
        """With nothing typed for this inquiry."""
        kept = tuple(one for one in self.writings if one.inquiry != inquiry)
        return self.model_copy(update={"writings": kept})


class DraftFile(BaseModel):
    model_config = ConfigDict(frozen=True)

    """A piece of evidence: a stored file, or the text of a link or a location under that text's SHA-256."""

    sha256: str
    kind: Literal["photo", "document", "link", "location"]
    name: str = ""
    mime: str = ""
    size: int = 0
    text: str | None = None
    look: str | None = None


class Content(BaseModel):
    """What a record of an activity says, whether it is still a draft or stands recorded."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    pairing_id: str | None = None
    type: str | None = None
    state: Literal["held", "planned"] = "held"
    start: date | None = None
    end: date | None = None
    precision: Literal["day", "month", "year"] = "day"
    title: str | None = None
    participants: int | None = None
    budget_thb: Decimal | None = None
    partner_joined: PartnerJoined | None = None
    place: str | None = None
    direction: Direction | None = None
    sdgs: tuple[str, ...] = ()
    sectors: tuple[str, ...] = ()
    also: tuple[str, ...] = ()  # further pairings that it covers
    files: tuple[DraftFile, ...] = ()
    result: str | None = None
    problems: str | None = None
    suggestions: str | None = None
    chair_ours: str | None = None
    chair_theirs: str | None = None
    head_ours: str | None = None
    head_theirs: str | None = None
    spent_thb: Decimal | None = None
    spent_source: SpentSource | None = None
    letter_no: str | None = None
    letter_on: date | None = None
    follow_up: str | None = None
    follow_up_on: date | None = None


class Reused(BaseModel):
    """A file of a draft that is evidence of another record already."""

    model_config = ConfigDict(frozen=True)

    sha256: str
    activity: int


class LogDraft(Content):
    """An activity being entered or edited, stored as JSON with its version."""

    v: Literal[1] = 1
    activity_id: int | None = None  # the record being edited
    base_version: int | None = None  # its version when the edit began
    assumed: tuple[str, ...] = ()  # fields that were understood from the words, not stated
    options: dict[str, tuple[str, ...]] = {}  # what could be two things: field -> candidates
    reasons: dict[str, str] = {}  # why a field is asked: said with its question
    attach_to: int | None = None  # the record to which what was sent may belong: to be asked
    reused: tuple[Reused, ...] = ()  # to be asked, too


# ------------------------------------------------------------------ what a dialogue sees


@dataclass(frozen=True)
class PairingView:
    id: str
    province_code: str
    province: str  # display name
    partner: str
    partner_en: str
    country: str
    country_en: str
    status: str
    level: str
    signed_on: date | None
    signed_precision: Literal["day", "month", "year"] | None
    verdict: str | None
    source: str
    partner_id: str = ""
    country_code: str = ""
    area: str = ""  # the unit in which the partner lies
    merged: bool = False  # into another partner
    stage: str | None = None  # as it was said last; None where nothing but the status is known
    expires_on: date | None = None
    expires_precision: Literal["day", "month", "year"] | None = None

    @property
    def label(self) -> str:
        return f"{self.province}–{self.partner}"

    @property
    def dismissed(self) -> bool:
        """The province said that it is none of theirs, and the ministry agreed: kept, and in no list."""
        return self.verdict == "wrong" and self.status == "ended"

    @cached_property
    def facts(self) -> PairingFacts:
        return PairingFacts(
            id=self.id,
            province_code=self.province_code,
            status=self.status,
            level=self.level,
            signed_on=self.signed_on,
            signed_precision=self.signed_precision,
            partner_id=self.partner_id,
            country=self.country_code,
            area=self.area,
            merged=self.merged,
            denied=self.verdict == "wrong",
        )


@dataclass(frozen=True)
class TypeView:
    code: str
    label_th: str
    label_en: str
    counts: str  # yes · ask · no


@dataclass(frozen=True)
class Registry:
    """The registry as it stood when its version was last raised."""

    version: int
    pairings: Mapping[str, PairingView]
    types: Mapping[str, TypeView]
    provinces: Mapping[str, str]  # code -> display name
    lexicon: Lexicon
    priorities: Mapping[str, str] = field(default_factory=dict)  # country code -> first · next · later

    def of_province(self, code: str) -> tuple[PairingView, ...]:
        """The province's pairings: signed ones first, those that ended last, then by name."""
        return self._by_province.get(code, ())

    @cached_property
    def _by_province(self) -> Mapping[str, tuple[PairingView, ...]]:
        rank = {"established": 0, "in_progress": 1, "dormant": 3, "ended": 4}
        found: dict[str, list[PairingView]] = {}
        for pairing in (one for one in self.pairings.values() if not one.dismissed):
            found.setdefault(pairing.province_code, []).append(pairing)
        return {
            code: tuple(sorted(pairings, key=lambda one: (rank.get(one.status, 2), one.partner)))
            for code, pairings in found.items()
        }


@dataclass(frozen=True)
class Who:
    """A person as the history names them: with the post that they hold now; one who was erased, held last."""

    name: str
    post: str | None = None
    province: str | None = None  # code
    recorder: str | None = None  # on a duty phone: who said that they recorded it


class ActivityView(Content):
    """A record as it stands. What only one record's page shows is empty in lists."""

    id: int
    pairing_id: str
    type: str
    start: date
    title: str
    joint: bool
    deleted: bool
    version: int
    follows: int | None = None  # the record that promised it
    flag: str | None = None  # the head's open comment
    recorders: tuple[Who, ...] = ()
    invited: tuple[str, ...] = ()  # codes of provinces that have not answered yet
    promised: ActivityView | None = None  # the plan that its follow-up became

    @property
    def pairings(self) -> tuple[str, ...]:
        """Every pairing that it covers; its own first."""
        return (self.pairing_id, *self.also)


class Sought(BaseModel):
    """Which records are listed, and which page of them: the arguments of every button of the list."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    pairings: tuple[str, ...] = ()
    type: str | None = None
    state: Literal["held", "planned"] | None = None
    year: int | None = None  # B.E.
    fiscal: bool = False  # the year is a fiscal one
    mine: bool = False
    flagged: bool = False
    words: tuple[str, ...] = ()
    page: int = 0

    @property
    def narrows(self) -> bool:
        return self.model_copy(update={"page": 0}) != Sought()


@dataclass(frozen=True)
class RecordPage:
    """A page of the records that were sought, and how many there are in all; of very many only that."""

    shown: tuple[ActivityView, ...] = ()
    total: int = 0
    more_than: int | None = None  # the total goes no further than the page


@dataclass(frozen=True)
class RevisionView:
    version: int
    change: str
    at: datetime  # business zone
    by: Who
    channel: str
    before: Json | None
    after: Json | None
    reason: str | None = None


@dataclass(frozen=True)
class AsideView:
    """What happened around a record without changing it."""

    what: Literal["invited", "declined", "flagged", "settled"]
    at: datetime  # business zone
    by: Who
    about: str  # a province's code, or the comment


@dataclass(frozen=True)
class UsedFile:
    """A file that is evidence of a record of the person's provinces."""

    sha256: str
    look: str | None
    activity: int


@dataclass(frozen=True)
class OpenDraft:
    id: int
    version: int
    body: LogDraft


@dataclass(frozen=True)
class QuestionView:
    """A question of the person's own, to which a button belongs."""

    id: int
    text: str
    entry_id: str | None  # answered directly
    shown: tuple[str, ...]  # offered as buttons


@dataclass(frozen=True)
class InquiryView:
    """Questions that mean the same and were sent to the ministry."""

    id: int
    text: str
    state: str  # waiting · answered · linked · rejected
    askers: int
    since: date
    wordings: tuple[str, ...] = ()  # how else it was asked
    entry_id: str | None = None
    answer: str | None = None  # or the reason of a rejection
    source: str | None = None
    decided_on: date | None = None


@dataclass(frozen=True)
class QueuePage:
    """A page of what waits for the ministry, and how much there is."""

    shown: tuple[InquiryView, ...] = ()
    inquiries: int = 0
    askers: int = 0


@dataclass(frozen=True)
class DraftLine:
    """An entry's draft in the list of those that wait."""

    id: int
    question: str
    batch: str | None
    mine: bool


@dataclass(frozen=True)
class DraftView:
    """An entry's draft as it would go live: what it changes, on what was approved since it was written."""

    id: int
    entry_id: str
    state: str  # draft, or what was decided
    change: str
    at: datetime  # business zone
    author: Literal["me", "curator", "operator"]
    entry: FaqEntry | None  # None: the stored body is no entry
    current: FaqEntry | None  # what is answered now; None: it is a new one
    batch: str | None = None
    note: str | None = None  # why it was changed


@dataclass(frozen=True)
class VersionView:
    """A version of an entry; 0 is the shipped one."""

    version: int
    change: str  # shipped, or how it came about
    state: Literal["shipped", "approved", "draft"]
    at: datetime | None  # business zone
    live: bool = False
    usable: bool = True  # False: approved, and does not fit the base any more
    draft_id: int | None = None
    back_to: str | None = None  # of a version rolled back to: its number


NOTHING_HELD = Held()


@dataclass(frozen=True)
class Facts:
    """Everything a dialogue may know. What is costly to load is there only when the intent needs it."""

    today: date
    now: datetime  # real, not the business clock
    t: Th
    language: Literal["th", "en"]
    seats: tuple[Seat, ...]
    registry: Registry
    knowledge: KnowledgeBase
    talk: Talk
    basis: Basis
    draft: OpenDraft | None = None
    open_drafts: tuple[OpenDraft, ...] = ()  # all of the person's, the latest first
    guests_may_ask: bool = True
    ministry_contact: str | None = None
    dpo_contact: str | None = None
    person: str = ""
    chat: int = 0  # where it is said
    group: bool = False  # others read along
    greet: str | None = None  # a province whose list the person was not yet asked to check
    confirmed: frozenset[str] = frozenset()  # provinces that confirmed their list
    activities: Held = (
        NOTHING_HELD  # what counts for the pairings in question: see `bot.facts.FactReader.load`
    )
    records: RecordPage = RecordPage()
    activity: ActivityView | None = None
    revisions: tuple[RevisionView, ...] = ()
    asides: tuple[AsideView, ...] = ()  # of the same record
    used: tuple[UsedFile, ...] = ()  # evidence like the files that were just sent
    question: QuestionView | None = None
    inquiry: InquiryView | None = None
    queue: QueuePage = QueuePage()
    draft_count: int = 0  # entries' drafts that wait
    phrasing_count: int = 0  # wordings that are proposed
    entry_drafts: tuple[DraftLine, ...] = ()
    entry_draft: DraftView | None = None
    entry_versions: tuple[VersionView, ...] = ()
    proposals: tuple[Proposal, ...] = ()
    holds: HoldsFacts = field(default_factory=HoldsFacts)
    offices: OfficeFacts = field(default_factory=OfficeFacts)
    serving: ServingView = NOTHING
    joining: Joining = field(default_factory=Joining)
    relation: RelationFacts = field(default_factory=RelationFacts)

    @property
    def home(self) -> str | None:
        """The province in which the person serves; the first of several."""
        return next((seat.province for seat in self.seats if seat.province), None)

    @property
    def own_pairings(self) -> tuple[PairingView, ...]:
        """Those of the person's provinces, but the ones that are said to be none of theirs."""
        found = (one for code in provinces(self.seats) for one in self.registry.of_province(code))
        return tuple(one for one in found if one.verdict != "wrong")

    @property
    def latest_draft(self) -> OpenDraft | None:
        """The one that this conversation holds, else the person's latest."""
        return self.draft or next(iter(self.open_drafts), None)

    @property
    def is_member(self) -> bool:
        return bool(self.seats)


# ------------------------------------------------------------------ what a dialogue gives back


@dataclass(frozen=True)
class SaveDraft:
    anyway: bool = False  # also when it looks like a record that is there


@dataclass(frozen=True)
class DropDraft:
    draft_id: int


@dataclass(frozen=True)
class ResumeDraft:
    draft_id: int


@dataclass(frozen=True)
class KeepDraft:
    """What was sent is kept in a draft before the turn goes on to something else."""

    body: LogDraft


@dataclass(frozen=True)
class AttachFiles:
    """The open draft's evidence goes to a record."""

    activity_id: int


@dataclass(frozen=True)
class SetPartner:
    activity_id: int
    value: PartnerJoined


@dataclass(frozen=True)
class SetFields:
    """Details, or the days of a plan, changed at once; values as the record keeps them, None to clear."""

    activity_id: int
    values: Mapping[str, Any]


@dataclass(frozen=True)
class UndoSave:
    """Take back what made this version of the record, within a minute; `draft_id` is what was merged by it."""

    activity_id: int
    version: int
    draft_id: int | None = None


@dataclass(frozen=True)
class MergeDraft:
    """The draft tells of the same event as this record."""

    activity_id: int


@dataclass(frozen=True)
class DeleteActivity:
    activity_id: int
    reason: str | None = None  # a key of the texts' DELETIONS, or what was typed


@dataclass(frozen=True)
class RestoreActivity:
    activity_id: int


@dataclass(frozen=True)
class InviteProvince:
    activity_id: int
    province: str


@dataclass(frozen=True)
class AnswerInvitation:
    """With which of their pairings the invited province took part; None: it did not."""

    invitation_id: int
    pairing_id: str | None


@dataclass(frozen=True)
class LeaveActivity:
    """A province that had joined says that it did not take part."""

    activity_id: int


@dataclass(frozen=True)
class FlagActivity:
    activity_id: int
    comment: str


@dataclass(frozen=True)
class SettleFlag:
    activity_id: int


@dataclass(frozen=True)
class KeepQuestion:
    text: str
    decision: str
    entry_id: str | None
    score: float
    shown: tuple[str, ...] = ()  # entries offered as buttons


@dataclass(frozen=True)
class ChooseAnswer:
    question_id: int
    entry_id: str | None  # None: nothing of what was shown


@dataclass(frozen=True)
class RateAnswer:
    question_id: int
    rating: Literal[1, -1]
    entry_id: str | None = None  # the entry that is rated


@dataclass(frozen=True)
class GiveReason:
    """Why an answer is poor."""

    question_id: int
    reason: str
    text: str | None = None
    offered: tuple[str, ...] = ()  # entries offered instead


@dataclass(frozen=True)
class SendQuestion:
    question_id: int


@dataclass(frozen=True)
class AnswerInquiry:
    inquiry_id: int
    answer: str
    source: str


@dataclass(frozen=True)
class LinkInquiry:
    """An entry that is there already answers it."""

    inquiry_id: int
    entry_id: str


@dataclass(frozen=True)
class RejectInquiry:
    inquiry_id: int
    reason: str


@dataclass(frozen=True)
class ConfirmList:
    province: str


@dataclass(frozen=True)
class MarkWrong:
    pairing_id: str
    wrong: bool = True  # False takes it back


@dataclass(frozen=True)
class NoteMissing:
    province: str
    name: str


@dataclass(frozen=True)
class SetLanguage:
    language: Literal["th", "en"]


@dataclass(frozen=True)
class ApproveDraft:
    revision_id: int


@dataclass(frozen=True)
class ApproveBatch:
    batch: str
    shown: tuple[int, ...]  # the drafts that were listed


@dataclass(frozen=True)
class ReturnDraft:
    revision_id: int
    reason: str


@dataclass(frozen=True)
class EditEntry:
    """Becomes a draft. Of a draft it is the draft that is edited, of an entry what is answered now."""

    field: EntryField
    text: str
    entry_id: str | None = None
    revision_id: int | None = None


@dataclass(frozen=True)
class RollBack:
    entry_id: str
    version: int


@dataclass(frozen=True)
class DecidePhrasing:
    text: str
    entry_id: str
    accept: bool


Curating = ApproveDraft | ApproveBatch | ReturnDraft | EditEntry | RollBack | DecidePhrasing

Joined = InviteProvince | AnswerInvitation | LeaveActivity
Flagged = FlagActivity | SettleFlag
Recorded = (
    SaveDraft
    | DropDraft
    | ResumeDraft
    | KeepDraft
    | AttachFiles
    | SetPartner
    | SetFields
    | UndoSave
    | MergeDraft
    | DeleteActivity
    | RestoreActivity
    | Joined
    | Flagged
)

Command = (
    KeepQuestion
    | ChooseAnswer
    | RateAnswer
    | GiveReason
    | SendQuestion
    | AnswerInquiry
    | LinkInquiry
    | RejectInquiry
    | ConfirmList
    | MarkWrong
    | NoteMissing
    | SetLanguage
    | Curating
    | Recorded
    | Holding
    | OfficeCommand
    | Served
    | Joins
    | Related
)


@dataclass(frozen=True)
class Turn:
    """
    The answer to one message.

    `draft` is the open draft's new content; with `fresh` it is a draft of its own and the one before it
    stays as it is. `then` gets the facts as they are after the command, and its outcome, and gives the rest of the turn.
    `onward` hands over to another step, which is given the costly facts that it needs; what the turn says comes
    first then.
    """

    talk: Talk
    replies: tuple[Reply, ...] = ()
    draft: LogDraft | None = None
    fresh: bool = False
    command: Command | None = None
    then: Callable[[Facts, Any], Turn] | None = None
    onward: Intent | None = None


@dataclass(frozen=True)
class Intent:
    """What the person wants, as `route` reads it: a handler's name and its arguments."""

    name: str
    args: Json = field(default_factory=dict)


Step = Callable[[Facts, Intent], Turn]


def choice(label: str, name: str, **args: Any) -> Choice:
    return Choice(label, Action(name, args))


def rows_of(choices: list[Choice], width: int = 2) -> tuple[tuple[Choice, ...], ...]:
    """Buttons in rows of `width`."""
    return tuple(tuple(choices[at : at + width]) for at in range(0, len(choices), width))


def shortened(text: str, limit: int = 60) -> str:
    """A text as a button's label or a line of a list."""
    text = " ".join(text.split())
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"


def too_long(facts: Facts, text: str, most: int, *rows: tuple[Choice, ...]) -> Turn | None:
    """What to say to a text that is longer than `most`: the field stays open. None where it fits."""
    if utf16_length(text) <= most:
        return None
    return Turn(facts.talk, (Reply(facts.t.text_too_long(most), rows=rows, numbered=False),))


def quiet(facts: Facts, *replies: Reply) -> Turn:
    """
    Replies that end what was being asked, but for the open draft's field and a curator's unsent answers:
    somebody who looks something up in its midst goes on where they were.
    """
    asking = facts.talk.asking if facts.draft and facts.talk.asking in LogDraft.model_fields else None
    return Turn(facts.talk.asks(asking), replies)


def year_sums(facts: Facts, pairing: PairingView) -> tuple[Count, ...]:
    """The pairing's years as people see them: the one that is the duty first, then the others of interest."""
    sums = summary(pairing.facts, facts.activities, facts.today)
    shown = [one for one in sums if one.basis in ("calendar", "fiscal", facts.basis)]
    return tuple(sorted(shown, key=lambda one: one.basis != facts.basis))
