"""What is known of one pairing, what waits for the ministry, and the commands that change it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

from bot.language.written_days import Precision

FactField = Literal[
    "stage",
    "signed_on",
    "expires_on",
    "term",
    "areas",
    "signatories",
    "level",
    "note",
    "name_th",
    "name_en",
    "name_local",
    "former_names",
    "aliases",
    "kind",
    "parent",
]
PAIRING_FIELDS: tuple[FactField, ...] = (
    *("stage", "signed_on", "expires_on", "term"),
    *("areas", "signatories", "level", "note"),
)
PARTNER_FIELDS: tuple[FactField, ...] = (
    *("name_th", "name_en", "name_local", "former_names"),
    *("aliases", "kind", "parent"),
)
"""Facts of the partner: every province that has it shares them."""

FIELDS: tuple[FactField, ...] = (*PAIRING_FIELDS, *PARTNER_FIELDS)
DATES = ("signed_on", "expires_on")
LISTS = ("areas", "signatories", "former_names", "aliases")
NEEDED = ("stage", "level", "name_th", "name_en")
"""Fields that may not be emptied."""

STAGES = (
    *("proposed", "committee_agreed", "letter_of_intent", "mou_draft"),
    *("signed", "renewed", "expired", "dormant", "ended"),
)
"""In the order in which a relation reaches them."""

NOT_A_PAIRING = "not_a_pairing"
TAKEN_BACK, WITHDRAWN = "taken_back", "withdrawn"
"""Notes of facts that are said in words, as the storage writes them."""

NEW = "new:"
"""Before a province's code: the change that makes a new pairing of it."""

MOST_CHANGES = 5


# ------------------------------------------------------------------ what is kept between turns


class Change(BaseModel):
    """A fact that is being entered. A value of None empties the field, so `given` says that it was said."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    pairing: str
    field: FactField
    value: Any = None
    precision: Precision | None = None
    given: bool = False
    reached: date | None = None  # of a stage: when
    reached_precision: Precision | None = None
    reached_given: bool = False
    source: str | None = None
    source_on: date | None = None
    source_given: bool = False
    note: str | None = None

    @property
    def key(self) -> str:
        """What an open field is about."""
        return f"{self.pairing}/{self.field}"

    @property
    def begun(self) -> bool:
        return self.given or bool(self.value) or self.source is not None


class Adding(BaseModel):
    """A pairing that the registry lacks and that is being entered; its stage and source are a `Change`."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    province: str
    listed: str | None = None  # as the province named it
    partner: str | None = None  # one that is there
    name_th: str | None = None
    name_en: str | None = None
    country: str | None = None

    @property
    def pairing(self) -> str:
        return f"{NEW}{self.province}"


# ------------------------------------------------------------------ what a dialogue sees


@dataclass(frozen=True)
class By:
    """Who said or decided it, by the post that they hold now."""

    post: str | None = None
    province: str | None = None  # code
    me: bool = False


@dataclass(frozen=True)
class FactView:
    """A value with where it comes from. `id` is 0 for what came with the reference files and was never touched."""

    id: int
    subject: str
    field: str
    value: Any
    precision: Precision | None
    source: str
    source_on: date | None
    state: str
    pairing: str  # through which it is looked at
    note: str | None = None
    origin: Literal["shipped", "sheet", "person"] = "shipped"
    at: datetime | None = None  # business zone: when it was said
    by: By = By()
    decided_at: datetime | None = None
    decided_by: By = By()
    channel: str | None = None
    before: FactView | None = None  # what it replaced
    undoable: bool = False


@dataclass(frozen=True)
class StageView:
    stage: str
    reached_on: date | None
    precision: Precision | None
    source: str


@dataclass(frozen=True)
class Merged:
    """The partner into which this one merged."""

    name: str
    name_en: str


@dataclass(frozen=True)
class CardView:
    """A pairing that the person may see, with everything that is said of it."""

    pairing: str
    partner: str
    source: str
    current: Mapping[str, FactView]
    conflicting: tuple[FactView, ...] = ()
    proposed: tuple[FactView, ...] = ()
    stages: tuple[StageView, ...] = ()
    merged: Merged | None = None
    contacts: int = 0
    documents: tuple[str, ...] = ()
    confirmed_on: date | None = None  # the province's list


@dataclass(frozen=True)
class Page:
    """A page of facts, and how many there are in all."""

    shown: tuple[FactView, ...] = ()
    total: int = 0


@dataclass(frozen=True)
class EventView:
    """What the audit says that somebody did."""

    at: datetime  # business zone
    by: By
    channel: str
    action: str
    activity: int | None = None
    field: str | None = None


@dataclass(frozen=True)
class EventPage:
    shown: tuple[EventView, ...] = ()
    total: int = 0


@dataclass(frozen=True)
class Missing:
    """A pairing that a province says its list lacks."""

    province: str
    name: str


@dataclass(frozen=True)
class CountryView:
    code: str
    name: str
    name_en: str
    names: tuple[str, ...]


@dataclass(frozen=True)
class RelationFacts:
    """What the steps of this area need; each finds loaded what its arguments name."""

    card: CardView | None = None
    history: Page = Page()
    events: EventPage = EventPage()
    review: Page = Page()
    waiting: Mapping[str, int] = field(default_factory=dict)  # state: how many facts
    fact: FactView | None = None  # the one that is to be decided, with what holds as `before`
    missing: tuple[Missing, ...] = ()
    countries: tuple[CountryView, ...] = ()


# ------------------------------------------------------------------ commands


@dataclass(frozen=True)
class SayFact:
    """
    Proposed by a province's office; of the ministry it holds at once.

    Attributes:
        seen: Id of the fact that held when it was shown, 0 for none: another one since is not overwritten.
    """

    change: Change
    seen: int


@dataclass(frozen=True)
class DecideFact:
    """The ministry confirms, refuses or keeps a proposal beside what holds; or its proposer withdraws it."""

    fact: int
    decision: Literal["confirm", "refuse", "keep", "withdraw"]
    reason: str | None = None
    seen: int = 0  # of a confirmation, as of `SayFact`


@dataclass(frozen=True)
class TakeBackFact:
    fact: int


@dataclass(frozen=True)
class ReopenList:
    province: str


@dataclass(frozen=True)
class SettleMark:
    """The province said that a pairing is not theirs; the ministry found that it is."""

    pairing: str
    reason: str


@dataclass(frozen=True)
class SettleMissing:
    """A pairing that a province misses is not added."""

    province: str
    name: str
    reason: str


@dataclass(frozen=True)
class AddPairing:
    adding: Adding
    stage: Change


Related = SayFact | DecideFact | TakeBackFact | ReopenList | SettleMark | SettleMissing | AddPairing
