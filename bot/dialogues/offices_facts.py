"""What is known of provinces, countries, contacts and signed documents, and what may be done to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal

from bot.messages import ReceivedFile

Side = Literal["ours", "theirs"]


# ------------------------------------------------------------------ what is seen


@dataclass(frozen=True)
class DocumentView:
    """A signed document of a pairing; who attached it by post and province, as they are now."""

    id: int
    pairing_id: str
    sha256: str
    name: str
    mime: str
    size: int  # bytes
    at: datetime  # business zone
    post: str | None
    province: str | None


@dataclass(frozen=True)
class ContactView:
    """A working contact of a pairing: personal data, loaded only for those who may see it, in their own chat."""

    id: int
    pairing_id: str
    side: Side
    name: str
    post: str | None
    reached_by: str | None
    keeper: str  # name of who looks after it; "" for nobody
    keeper_post: str | None
    keeper_is_me: bool
    removed: bool


@dataclass(frozen=True)
class StatedView:
    """One value of one field of a province or a country, as a source says it."""

    id: int
    subject: str  # province:TH-50 · country:CN
    field: str
    value: Any
    precision: str | None
    source: str
    state: str  # proposed · current · conflicting · replaced · refused
    note: str | None
    at: datetime  # business zone: when it was said or decided
    post: str | None
    province: str | None
    mine: bool


@dataclass(frozen=True)
class CheckView:
    """What a province has said of its list of pairings."""

    confirmed_at: datetime | None = None  # business zone
    confirmed_utc: str | None = None  # the same as it is stored, by which a later one is told apart
    person: int | None = None
    post: str | None = None
    missing: tuple[str, ...] = ()  # pairings that it misses
    new: tuple[str, ...] = ()  # ids of pairings that came since it confirmed
    changed: tuple[str, ...] = ()  # ids of those of which the stage or the date was changed since


@dataclass(frozen=True)
class PlaceView:
    """Where a province belongs: region (ภาค) and cluster (กลุ่มจังหวัด), in Thai as they are called."""

    region: str
    cluster: str


@dataclass(frozen=True)
class CheckEvent:
    """Something that happened to a province's list; of what was typed nothing is kept here."""

    action: str  # list.confirmed · list.marked_wrong · …
    at: datetime  # business zone
    post: str | None
    pairing: str | None


@dataclass(frozen=True)
class OfficeFacts:
    """What the steps of this area want loaded; each part only where the step needs it and the person may see it."""

    documents: tuple[DocumentView, ...] = ()
    contacts: tuple[ContactView, ...] = ()
    stated: tuple[StatedView, ...] = ()  # of one subject, the latest first
    staff: int | None = None  # people who serve in the province
    checks: Mapping[str, CheckView] = field(default_factory=dict)
    places: Mapping[str, PlaceView] = field(default_factory=dict)
    events: tuple[CheckEvent, ...] = ()  # of one province's list, the latest first


# ------------------------------------------------------------------ what is done


@dataclass(frozen=True)
class AddDocuments:
    """Outcome: ids of those that are new, and how many were there already or found no room."""

    pairing_id: str
    files: tuple[ReceivedFile, ...]


@dataclass(frozen=True)
class NameDocument:
    document_id: int
    name: str


@dataclass(frozen=True)
class RemoveDocument:
    document_id: int
    reason: str  # a key of the texts' DOCUMENT_REMOVALS, or what was typed


@dataclass(frozen=True)
class SaveContact:
    """A new contact, or with `contact_id` the correction of one. Whoever saves it looks after it."""

    pairing_id: str
    side: Side
    name: str
    post: str | None
    reached_by: str | None
    contact_id: int | None = None


@dataclass(frozen=True)
class RemoveContact:
    contact_id: int
    back: bool = False  # True brings it back


@dataclass(frozen=True)
class KeepContact:
    """The person looks after it from now on."""

    contact_id: int


@dataclass(frozen=True)
class State:
    """
    A source says this of a province or a country: a proposal of a province's officer, current at once when the
    ministry says it. Outcome: the fact's id and its state, None where the person may not, "full" where too many wait.
    """

    subject: str
    field: str
    value: Any
    source: str
    precision: str | None = None
    note: str | None = None
    source_on: date | None = None


@dataclass(frozen=True)
class DecideStated:
    """The ministry on a proposal. Outcome: whether it was still open."""

    fact_id: int
    accept: bool
    note: str | None = None


@dataclass(frozen=True)
class TakeBackStated:
    """Undo: the ministry's own current value, or the proposal of whoever takes it back."""

    fact_id: int


@dataclass(frozen=True)
class UndoConfirm:
    """The list is not confirmed as it was a moment ago: what stood before stands again."""

    province: str
    at: str  # ISO instant of the confirmation that is taken back
    before: str | None  # ISO instant of the one before it
    person: int | None
    pairings: tuple[str, ...]  # that it called correct


@dataclass(frozen=True)
class DropMissing:
    """A pairing that was noted as missing is not missed any more."""

    province: str
    name: str


OfficeCommand = (
    AddDocuments
    | NameDocument
    | RemoveDocument
    | SaveContact
    | RemoveContact
    | KeepContact
    | State
    | DecideStated
    | TakeBackStated
    | UndoConfirm
    | DropMissing
)
