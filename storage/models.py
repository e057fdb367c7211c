"""
The tables.

Dates are C.E. with a precision (year, month, day); instants are aware UTC. Ids of reference rows are those
of the files in `reference/` (`50-chengdu`, `TH-50`, `official_visit`). Rows that people made are never
overwritten silently: activities keep revisions, pairings a stage history, everything an audit event.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import ForeignKey, Index, MetaData, Numeric, String, Text, UniqueConstraint, text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship

from storage.types import JsonColumn, UtcDateTime


class Base(DeclarativeBase):
    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {  # noqa: RUF012 - SQLAlchemy reads it from the class
        datetime: UtcDateTime(),
        dict[str, Any]: JsonColumn,
        list[Any]: JsonColumn,
        str: Text(),
    }


class Meta(Base):
    """Small facts about the database itself: registry version, clock shift, last plan."""

    __tablename__ = "meta"
    key: Mapped[str] = mapped_column(String(40), primary_key=True)
    value: Mapped[str]


# ------------------------------------------------------------------ registry


class Province(Base):
    __tablename__ = "province"
    code: Mapped[str] = mapped_column(String(8), primary_key=True)  # TH-50
    name_th: Mapped[str]
    name_en: Mapped[str]
    aliases: Mapped[list[Any]]
    unsafe_aliases: Mapped[list[Any]]  # also an everyday word or another place
    region_th: Mapped[str]
    cluster_th: Mapped[str]
    kind: Mapped[str]
    source: Mapped[str]


class Country(Base):
    __tablename__ = "country"
    code: Mapped[str] = mapped_column(String(2), primary_key=True)
    name_th: Mapped[str]
    name_th_official: Mapped[str]
    name_en: Mapped[str]
    aliases: Mapped[list[Any]]
    source: Mapped[str]


class Partner(Base):
    """A foreign province-level unit. Shared: Da Nang is the partner of six provinces."""

    __tablename__ = "partner"
    id: Mapped[str] = mapped_column(String(60), primary_key=True)
    country_code: Mapped[str] = mapped_column(ForeignKey("country.code"))
    name_th: Mapped[str]
    name_en: Mapped[str]
    aliases: Mapped[list[Any]]
    kind: Mapped[str]
    parent: Mapped[str]
    name_local: Mapped[str | None]  # in the script of the place
    former_names: Mapped[list[Any]] = mapped_column(default=list)
    merged_into: Mapped[str | None] = mapped_column(ForeignKey("partner.id"))


class Pairing(Base):
    """One Thai province and one partner: the key of the registry."""

    __tablename__ = "pairing"
    id: Mapped[str] = mapped_column(String(60), primary_key=True)
    province_code: Mapped[str] = mapped_column(ForeignKey("province.code"), index=True)
    partner_id: Mapped[str] = mapped_column(ForeignKey("partner.id"), index=True)
    status: Mapped[str]  # established · in_progress · unknown
    level: Mapped[str]  # province · bma · uncertain
    signed_on: Mapped[date | None]
    signed_precision: Mapped[str | None]
    source: Mapped[str]
    confidence: Mapped[str]
    note: Mapped[str]
    verdict: Mapped[str | None]  # correct · wrong: what the province said of the row
    verdict_at: Mapped[datetime | None]
    import_id: Mapped[int | None] = mapped_column(ForeignKey("registry_import.id"))  # that brought it
    partner: Mapped[Partner] = relationship(lazy="joined")
    province: Mapped[Province] = relationship(lazy="joined")


class PairingStage(Base):
    __tablename__ = "pairing_stage"
    id: Mapped[int] = mapped_column(primary_key=True)
    pairing_id: Mapped[str] = mapped_column(ForeignKey("pairing.id"), index=True)
    stage: Mapped[str]
    reached_on: Mapped[date | None]
    precision: Mapped[str | None]
    source: Mapped[str]
    recorded_at: Mapped[datetime]


class RegistryFact(Base):
    """
    One value of one field of the registry, with where it comes from. At most one of a field is current; what
    another source says differently stands beside it as conflicting until the ministry decides. Nothing is
    overwritten: what was current before is replaced, and can come back.
    """

    __tablename__ = "registry_fact"
    __table_args__ = (
        Index("ix_registry_fact_subject", "subject", "field", "state"),
        Index("ix_registry_fact_state", "state", "id"),  # what waits, in its order
        Index(
            "uq_registry_fact_current",
            "subject",
            "field",
            unique=True,
            sqlite_where=text("state = 'current'"),
            postgresql_where=text("state = 'current'"),
        ),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    subject: Mapped[str] = mapped_column(
        String(80)
    )  # pairing:50-chengdu · partner:… · province:… · country:…
    field: Mapped[str] = mapped_column(String(40))
    value: Mapped[Any] = mapped_column(JsonColumn, nullable=True)
    precision: Mapped[str | None] = mapped_column(String(8))  # of a date
    source: Mapped[str]
    source_on: Mapped[date | None]
    state: Mapped[str] = mapped_column(String(12))  # proposed · current · conflicting · replaced · refused
    note: Mapped[str | None]  # why it was changed or refused
    replaces_id: Mapped[int | None] = mapped_column(ForeignKey("registry_fact.id"))
    import_id: Mapped[int | None] = mapped_column(ForeignKey("registry_import.id"), index=True)
    proposed_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    proposed_at: Mapped[datetime]
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    decided_at: Mapped[datetime | None]


class RegistryFile(Base):
    """A signed document of a pairing; the file lies under its SHA-256 in the media folder."""

    __tablename__ = "registry_file"
    __table_args__ = (UniqueConstraint("pairing_id", "sha256"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    pairing_id: Mapped[str] = mapped_column(ForeignKey("pairing.id"))
    sha256: Mapped[str] = mapped_column(String(64), index=True)
    name: Mapped[str]
    mime: Mapped[str]
    size: Mapped[int]
    added_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    added_at: Mapped[datetime]


class Contact(Base):
    """A working contact of a pairing: personal data, so it goes when it is no longer needed."""

    __tablename__ = "contact"
    id: Mapped[int] = mapped_column(primary_key=True)
    pairing_id: Mapped[str] = mapped_column(ForeignKey("pairing.id"), index=True)
    side: Mapped[str] = mapped_column(String(8))  # ours · theirs
    name: Mapped[str]
    post: Mapped[str | None]
    reached_by: Mapped[str | None]  # telephone, address, account
    kept_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))  # who looks after it
    added_at: Mapped[datetime]
    removed_at: Mapped[datetime | None]


class RegistryImport(Base):
    """A sheet that was applied: what it changed can be taken back as a whole."""

    __tablename__ = "registry_import"
    id: Mapped[int] = mapped_column(primary_key=True)
    file_name: Mapped[str]
    sha256: Mapped[str] = mapped_column(String(64), index=True)
    columns: Mapped[dict[str, Any]]  # our field: the sheet's heading
    counts: Mapped[dict[str, Any]]
    applied_at: Mapped[datetime]
    undone_at: Mapped[datetime | None]


class ColumnMapping(Base):
    """Which heading of the ministry's sheet is which field: said once, remembered for the same headings."""

    __tablename__ = "column_mapping"
    headings: Mapped[str] = mapped_column(String(64), primary_key=True)  # SHA-256 of the headings
    columns: Mapped[dict[str, Any]]
    saved_at: Mapped[datetime]


class ProvinceCheck(Base):
    """Until a province has confirmed its list, every list and figure of it says that data may be missing."""

    __tablename__ = "province_check"
    province_code: Mapped[str] = mapped_column(ForeignKey("province.code"), primary_key=True)
    confirmed_at: Mapped[datetime | None]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    missing: Mapped[list[Any]] = mapped_column(default=list)  # names of pairings that the province misses


class ActivityType(Base):
    __tablename__ = "activity_type"
    code: Mapped[str] = mapped_column(String(40), primary_key=True)
    label_th: Mapped[str]
    label_en: Mapped[str]
    counts: Mapped[str]  # yes · ask · no
    synonyms: Mapped[list[Any]]
    position: Mapped[int]
    source: Mapped[str]


# ------------------------------------------------------------------ people


class Person(Base):
    """Anyone who wrote, guests too."""

    __tablename__ = "person"
    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(32), unique=True)  # opaque: what JSON outputs show
    name: Mapped[str]
    language: Mapped[str] = mapped_column(String(2), default="th")
    noticed_at: Mapped[datetime | None]  # was told what is kept and why
    erased_at: Mapped[datetime | None]  # the name is gone, the row stays for what it did
    created_at: Mapped[datetime]


class Chat(Base):
    __tablename__ = "chat"
    __table_args__ = (UniqueConstraint("channel", "external_id"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    channel: Mapped[str] = mapped_column(String(20))
    external_id: Mapped[str]
    group: Mapped[bool] = mapped_column(default=False)
    paused_until: Mapped[datetime | None]  # the service asked us to wait


class Identity(Base):
    """A person as one channel knows them."""

    __tablename__ = "identity"
    __table_args__ = (UniqueConstraint("channel", "external_id"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    channel: Mapped[str] = mapped_column(String(20))
    external_id: Mapped[str]
    chat_id: Mapped[int | None] = mapped_column(ForeignKey("chat.id"))  # the private chat
    reachable: Mapped[bool] = mapped_column(default=True)
    last_heard_at: Mapped[datetime | None]
    wrong_codes: Mapped[int] = mapped_column(default=0)
    wrong_codes_since: Mapped[datetime | None]


class Membership(Base):
    __tablename__ = "membership"
    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    role: Mapped[str] = mapped_column(String(20))
    province_code: Mapped[str | None] = mapped_column(ForeignKey("province.code"), index=True)
    since: Mapped[datetime]
    until: Mapped[datetime | None]
    greeted: Mapped[bool] = mapped_column(default=False)  # was asked to check the province's list
    curator: Mapped[bool] = mapped_column(default=False)  # with ministry: keeps the knowledge base
    acting: Mapped[bool] = mapped_column(default=False)  # of a head: รักษาราชการแทน, from `since` to `until`
    office_held: Mapped[bool] = mapped_column(default=False)  # a duty phone's: the recorder is asked for
    post: Mapped[str | None]  # as the person writes it
    granted_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    ended_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))


class Invitation(Base):
    __tablename__ = "invitation"
    id: Mapped[int] = mapped_column(primary_key=True)
    code_hash: Mapped[str] = mapped_column(String(64), unique=True)  # SHA-256: the code itself is not kept
    role: Mapped[str] = mapped_column(String(20))
    province_code: Mapped[str | None] = mapped_column(ForeignKey("province.code"))
    curator: Mapped[bool] = mapped_column(default=False)
    acting_until: Mapped[date | None]  # for an acting head: the last day
    office_held: Mapped[bool] = mapped_column(default=False)
    by_letter: Mapped[bool] = mapped_column(default=False)  # travels in an official letter: 30 days
    created_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))  # none: the operator
    approved_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    approved_at: Mapped[datetime | None]  # a code for a letter waits for the head
    withdrawn_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    used_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))


class AccessRequest(Base):
    """Somebody without an invitation asks to join; the right person decides with one tap."""

    __tablename__ = "access_request"
    __table_args__ = (Index("ix_access_request_state", "state", "province_code"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    province_code: Mapped[str] = mapped_column(ForeignKey("province.code"))
    role: Mapped[str] = mapped_column(String(20))
    name: Mapped[str]
    post: Mapped[str]
    state: Mapped[str] = mapped_column(String(12))  # waiting · approved · refused · withdrawn
    asked_at: Mapped[datetime]
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    decided_at: Mapped[datetime | None]


class LinkCode(Base):
    """A one-time code by which a person joins another channel."""

    __tablename__ = "link_code"
    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    code_hash: Mapped[str] = mapped_column(String(64), unique=True)
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class StaffCheck(Base):
    """Each October the head confirms who serves."""

    __tablename__ = "staff_check"
    __table_args__ = (UniqueConstraint("province_code", "fiscal_year"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    province_code: Mapped[str] = mapped_column(ForeignKey("province.code"))
    fiscal_year: Mapped[int]  # B.E.
    asked_at: Mapped[datetime | None]
    confirmed_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    confirmed_at: Mapped[datetime | None]


# ------------------------------------------------------------------ conversations


class Draft(Base):
    """An activity being entered. It belongs to the person, so each chat of theirs can resume it."""

    __tablename__ = "draft"
    __table_args__ = (Index("ix_draft_state", "state", "person_id"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    body: Mapped[dict[str, Any]]
    version: Mapped[int] = mapped_column(default=1)
    state: Mapped[str] = mapped_column(String(12), default="open")
    # open · saved · cancelled · left: belongs to a post, until somebody takes it over
    nudges: Mapped[int] = mapped_column(default=0)  # how often it was offered again since it was changed
    nudged_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]


class Conversation(Base):
    __tablename__ = "conversation"
    __table_args__ = (UniqueConstraint("chat_id", "person_id"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    chat_id: Mapped[int] = mapped_column(ForeignKey("chat.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    draft_id: Mapped[int | None] = mapped_column(ForeignKey("draft.id"))
    state: Mapped[dict[str, Any]] = mapped_column(default=dict)
    offered: Mapped[list[Any]] = mapped_column(default=list)  # [[choice id, label]…]: what may be typed
    updated_at: Mapped[datetime]


class Choice(Base):
    """What a button does. The button carries the random id only."""

    __tablename__ = "choice"
    id: Mapped[str] = mapped_column(String(20), primary_key=True)
    chat_id: Mapped[int] = mapped_column(ForeignKey("chat.id"), index=True)
    action: Mapped[dict[str, Any]]
    draft_id: Mapped[int | None] = mapped_column(ForeignKey("draft.id"))
    draft_version: Mapped[int | None]
    expires_at: Mapped[datetime] = mapped_column(index=True)


# ------------------------------------------------------------------ activities


def _standing(name: str, *columns: str, also: str = "") -> Index:
    """
    An index of the records that were not deleted: lists and counts ask for no others. `deleted_at` stands in it
    because SQLite would read the row to be sure.
    """
    where = text(f"deleted_at IS NULL{also}")
    return Index(name, *columns, "deleted_at", sqlite_where=where, postgresql_where=where)


class Activity(Base):
    """
    What a province held or plans with a partner.

    The indexes hold what lists and counts narrow by, so that those read no rows that they do not show. Words are
    found by an index that the migrations make and the database keeps: see `storage.activity_words`.
    """

    __tablename__ = "activity"
    __table_args__ = (
        Index(
            "ix_activity_pairing",
            "pairing_id",
            "start",
            "id",
            "end",
            "joint",
            "type_code",
            "state",
            "deleted_at",
        ),
        _standing("ix_activity_start", "start", "id", "end", "joint", "pairing_id"),
        _standing("ix_activity_end", "end", "start", "joint", "pairing_id", also=' AND "end" IS NOT NULL'),
        _standing("ix_activity_type", "type_code", "start", "id", "end"),
        _standing("ix_activity_state", "state", "start", "id", "end"),
        Index(
            "ix_activity_follows",
            "follows_id",
            sqlite_where=text("follows_id IS NOT NULL"),
            postgresql_where=text("follows_id IS NOT NULL"),
        ),
        _standing("ix_activity_created", "created_at"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    draft_id: Mapped[int | None] = mapped_column(ForeignKey("draft.id"), unique=True)
    pairing_id: Mapped[str] = mapped_column(ForeignKey("pairing.id"))
    type_code: Mapped[str] = mapped_column(ForeignKey("activity_type.code"))
    state: Mapped[str] = mapped_column(String(12))  # held · planned
    start: Mapped[date]
    end: Mapped[date | None]
    precision: Mapped[str] = mapped_column(String(8), default="day")
    title: Mapped[str]
    participants: Mapped[int | None]
    budget_thb: Mapped[Decimal | None] = mapped_column(Numeric(16, 2))
    partner_joined: Mapped[str | None] = mapped_column(String(8))  # yes · online · no · not known
    joint: Mapped[bool]  # held, and the partner took part: this is what counts for the year
    place: Mapped[str | None]
    direction: Mapped[str | None] = mapped_column(String(8))  # inbound · outbound · online
    sdgs: Mapped[list[Any]] = mapped_column(default=list)  # codes of goals: "4"
    sectors: Mapped[list[Any]] = mapped_column(default=list)
    # What is optional at logging and asked once, later.
    result: Mapped[str | None]
    problems: Mapped[str | None]
    suggestions: Mapped[str | None]
    chair_ours: Mapped[str | None]
    chair_theirs: Mapped[str | None]
    head_ours: Mapped[str | None]  # of our delegation
    head_theirs: Mapped[str | None]
    spent_thb: Mapped[Decimal | None] = mapped_column(Numeric(16, 2))
    spent_source: Mapped[str | None] = mapped_column(
        String(12)
    )  # province · cluster · central · private · foreign
    letter_no: Mapped[str | None]  # of the letter that reports it to the ministry
    letter_on: Mapped[date | None]
    follow_up: Mapped[str | None]  # what was promised, and for when: it becomes a planned activity
    follow_up_on: Mapped[date | None]
    follows_id: Mapped[int | None] = mapped_column(ForeignKey("activity.id"))  # the record that promised this
    asked_details_at: Mapped[datetime | None]
    asked_held_at: Mapped[datetime | None]  # whether what was planned has taken place
    source: Mapped[str | None]  # of public examples
    # Who is asked about it: who recorded it, or took over from them. Who really did what stands in the revisions.
    created_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)
    deleted_at: Mapped[datetime | None]


class ActivityRevision(Base):
    __tablename__ = "activity_revision"
    __table_args__ = (
        UniqueConstraint("activity_id", "version"),
        Index("ix_activity_revision_person", "person_id", "change", "activity_id"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    activity_id: Mapped[int] = mapped_column(ForeignKey("activity.id"))
    version: Mapped[int]
    change: Mapped[str] = mapped_column(String(12))  # created · edited · merged · undone · deleted · restored
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    channel: Mapped[str]
    at: Mapped[datetime]
    before: Mapped[dict[str, Any] | None] = mapped_column(JsonColumn)
    after: Mapped[dict[str, Any] | None] = mapped_column(JsonColumn)
    reason: Mapped[str | None]  # why it was deleted
    recorder: Mapped[str | None]  # on a duty phone: who said that they recorded it


class ActivityOwner(Base):
    """
    Another pairing that an activity covers. One of the officer's own province is accepted at once; of
    another province only that province is invited, and its officers say which of their pairings took part.
    """

    __tablename__ = "activity_owner"
    __table_args__ = (
        UniqueConstraint("activity_id", "pairing_id"),
        Index("ix_activity_owner_pairing", "pairing_id", "state"),
        Index("ix_activity_owner_province", "province_code", "state"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    activity_id: Mapped[int] = mapped_column(ForeignKey("activity.id"))
    province_code: Mapped[str] = mapped_column(ForeignKey("province.code"))
    pairing_id: Mapped[str | None] = mapped_column(ForeignKey("pairing.id"))
    state: Mapped[str] = mapped_column(String(12))  # invited · accepted · declined
    added_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    added_at: Mapped[datetime]
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    decided_at: Mapped[datetime | None]


class ActivityFlag(Base):
    """What the head of office found wrong with a record; it comes back to the officer who recorded it."""

    __tablename__ = "activity_flag"
    id: Mapped[int] = mapped_column(primary_key=True)
    activity_id: Mapped[int] = mapped_column(ForeignKey("activity.id"), index=True)
    comment: Mapped[str]
    raised_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    raised_at: Mapped[datetime]
    settled_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    settled_at: Mapped[datetime | None]


class Evidence(Base):
    """
    A file that belongs to an activity; the file itself lies under its SHA-256 in the media folder. A link or
    a location is evidence too: its text stands here, under the SHA-256 of that text.
    """

    __tablename__ = "evidence"
    __table_args__ = (UniqueConstraint("activity_id", "sha256"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    activity_id: Mapped[int] = mapped_column(ForeignKey("activity.id"))
    sha256: Mapped[str] = mapped_column(String(64), index=True)
    kind: Mapped[str] = mapped_column(String(12))  # photo · document · link · location
    name: Mapped[str]
    mime: Mapped[str]
    size: Mapped[int]
    text: Mapped[str | None]  # the address, or "18.79,98.98"
    look: Mapped[str | None] = mapped_column(String(16))  # perceptual hash of a photo
    added_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    added_at: Mapped[datetime]


# ------------------------------------------------------------------ questions and what is learned from them


class Question(Base):
    """One question as it was asked, with what was shown and what the asker chose."""

    __tablename__ = "question"
    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    chat_id: Mapped[int | None] = mapped_column(ForeignKey("chat.id"))
    inbox_id: Mapped[int | None] = mapped_column(unique=True)
    text: Mapped[str]
    decision: Mapped[str] = mapped_column(String(12))
    entry_id: Mapped[str | None]  # the entry that was answered directly
    score: Mapped[float]
    shown: Mapped[list[Any]] = mapped_column(default=list)  # ids of the entries offered as buttons
    chosen: Mapped[str | None] = mapped_column(index=True)  # an offered entry's id, or "none"
    rating: Mapped[int | None]  # 1 · -1
    reason: Mapped[str | None] = mapped_column(String(20))  # why -1: wrong_topic, outdated, unclear, other
    reason_text: Mapped[str | None]
    inquiry_id: Mapped[int | None] = mapped_column(ForeignKey("inquiry.id"), index=True)
    sent_at: Mapped[datetime | None]  # when the asker sent it to the ministry
    told_at: Mapped[datetime | None]  # when the outcome was queued for the asker
    asked_at: Mapped[datetime]


class Inquiry(Base):
    """Questions that mean the same and wait for the ministry: decided once, told to everybody who asked."""

    __tablename__ = "inquiry"
    __table_args__ = (Index("ix_inquiry_state", "state", "opened_at"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    text: Mapped[str]  # the first question's
    state: Mapped[str] = mapped_column(
        String(12), default="waiting"
    )  # waiting · answered · linked · rejected
    entry_id: Mapped[str | None]  # linked to, or made from the answer
    answer: Mapped[str | None]  # or the reason of a rejection
    source: Mapped[str | None]  # of the answer, in the curator's words
    opened_at: Mapped[datetime]
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))


class FaqRevision(Base):
    """
    A version of a curated entry that was written in the chat or imported. The newest approved one of an
    entry stands in front of the shipped one; nothing is overwritten.
    """

    __tablename__ = "faq_revision"
    __table_args__ = (
        UniqueConstraint("entry_id", "version"),
        Index("ix_faq_revision_state", "state", "entry_id"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    entry_id: Mapped[str] = mapped_column(String(80))
    version: Mapped[int]  # 1, 2… within the entry; 0 is the shipped one
    change: Mapped[str] = mapped_column(String(12))  # answered · edited · phrasing · imported · rolled_back
    state: Mapped[str] = mapped_column(String(12))
    # draft · approved · returned · replaced (somebody edited the draft: a later version goes on)
    body: Mapped[dict[str, Any]]  # the whole entry
    note: Mapped[str | None]  # why it was changed, or why it was returned
    batch: Mapped[str | None] = mapped_column(String(40), index=True)  # rows of one imported workbook
    inquiry_id: Mapped[int | None] = mapped_column(ForeignKey("inquiry.id"))
    author_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))  # none: the operator
    created_at: Mapped[datetime]
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    decided_at: Mapped[datetime | None]


class GoldenQuestion(Base):
    """A real question whose right entry people agreed on: measured by `kb eval`, never indexed."""

    __tablename__ = "golden_question"
    __table_args__ = (UniqueConstraint("text", "entry_id"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    text: Mapped[str]
    entry_id: Mapped[str] = mapped_column(String(80))
    inquiry_id: Mapped[int | None] = mapped_column(ForeignKey("inquiry.id"))
    added_at: Mapped[datetime]


class PhrasingDecision(Base):
    """A wording that people confirmed and a curator decided on, so that it is proposed once."""

    __tablename__ = "phrasing_decision"
    __table_args__ = (UniqueConstraint("key", "entry_id"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str]  # the wording without blanks and marks
    entry_id: Mapped[str] = mapped_column(String(80))
    accepted: Mapped[bool]
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    decided_at: Mapped[datetime]


class KnowledgeDocument(Base):
    """A document that the operator loaded, cut into passages; the newest import of an id is the one in use."""

    __tablename__ = "knowledge_document"
    __table_args__ = (UniqueConstraint("document_id", "sha256"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    document_id: Mapped[str] = mapped_column(String(80), index=True)
    title: Mapped[str]
    file_name: Mapped[str]
    sha256: Mapped[str] = mapped_column(String(64))
    body: Mapped[dict[str, Any]]  # headings and passages
    imported_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]


# ------------------------------------------------------------------ reminders


class Reminder(Base):
    __tablename__ = "reminder"
    __table_args__ = (
        UniqueConstraint("recipient", "pairing_id", "basis", "period", "step", name="uq_reminder_once"),
        Index("ix_reminder_state", "state", "recipient"),
        Index("ix_reminder_period", "period", "pairing_id"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    recipient: Mapped[str] = mapped_column(String(60))  # a person's public id, or role:officer:TH-50
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    pairing_id: Mapped[str] = mapped_column(ForeignKey("pairing.id"), index=True)
    basis: Mapped[str] = mapped_column(String(12))
    period: Mapped[str] = mapped_column(String(8))  # B.E. year
    step: Mapped[str] = mapped_column(String(12))
    level: Mapped[str] = mapped_column(
        String(12), default="officer"
    )  # group_head · head · ministry: it climbed
    state: Mapped[str] = mapped_column(String(12))  # planned · sending · sent · cancelled · uncertain
    planned_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
    outbox_id: Mapped[int | None] = mapped_column(ForeignKey("outbox.id"), index=True)


class Snooze(Base):
    """The province puts the reminders of a pairing off until a day; the duty stays."""

    __tablename__ = "snooze"
    id: Mapped[int] = mapped_column(primary_key=True)
    pairing_id: Mapped[str] = mapped_column(ForeignKey("pairing.id"), index=True)
    first: Mapped[date]
    last: Mapped[date]  # the last quiet day
    reason: Mapped[str]
    made_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    made_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]  # taken back


class Exemption(Base):
    """Asked of the ministry for one pairing; granted, it lifts the duty of the days it covers."""

    __tablename__ = "exemption"
    id: Mapped[int] = mapped_column(primary_key=True)
    pairing_id: Mapped[str] = mapped_column(ForeignKey("pairing.id"), index=True)
    first: Mapped[date]
    last: Mapped[date | None]
    reason: Mapped[str]
    state: Mapped[str] = mapped_column(
        String(12), index=True
    )  # waiting · granted · refused · withdrawn · ended
    asked_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    asked_at: Mapped[datetime]
    note: Mapped[str | None]  # why it was refused or ended
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    decided_at: Mapped[datetime | None]


class Suspension(Base):
    """The ministry suspends reminders of a country, an area or a partner, and looks at it again on a day."""

    __tablename__ = "suspension"
    id: Mapped[int] = mapped_column(primary_key=True)
    scope: Mapped[str] = mapped_column(String(8))  # country · area · partner
    key: Mapped[str]
    first: Mapped[date]
    last: Mapped[date | None]  # set when it is ended
    reason: Mapped[str]
    review_on: Mapped[date]
    made_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    made_at: Mapped[datetime]
    ended_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    ended_at: Mapped[datetime | None]


class Notice(Base):
    """
    What is said once by itself and is no reminder of the year: a term that ends, a stage that stands still, a
    digest of a week or month. Its life is a reminder's.
    """

    __tablename__ = "notice"
    __table_args__ = (
        UniqueConstraint("recipient", "kind", "subject", "period", "step", name="uq_notice_once"),
        Index("ix_notice_state", "state", "recipient"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    recipient: Mapped[str] = mapped_column(String(60))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    kind: Mapped[str] = mapped_column(String(12))  # term · stage · weekly · monthly · review · invitation…
    subject: Mapped[str] = mapped_column(String(80))
    period: Mapped[str] = mapped_column(String(10))
    step: Mapped[str] = mapped_column(String(12))
    state: Mapped[str] = mapped_column(String(12))  # planned · sending · sent · cancelled · uncertain
    planned_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
    outbox_id: Mapped[int | None] = mapped_column(ForeignKey("outbox.id"), index=True)


# ------------------------------------------------------------------ in and out


class Inbox(Base):
    __tablename__ = "inbox"
    __table_args__ = (
        UniqueConstraint("channel", "update_id"),
        Index("ix_inbox_open", "channel", "state", "chat_key", "id"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    channel: Mapped[str] = mapped_column(String(20))
    update_id: Mapped[str]
    chat_key: Mapped[str]
    body: Mapped[str]  # raw JSON; emptied once handled
    album: Mapped[str | None] = mapped_column(String(64))  # photos sent together arrive one by one
    files: Mapped[list[Any]] = mapped_column(default=list)  # what became of the update's files
    state: Mapped[str] = mapped_column(String(12), default="new")  # new · handled · quarantined · dropped
    attempts: Mapped[int] = mapped_column(default=0)
    next_at: Mapped[datetime | None]
    error: Mapped[str | None]
    received_at: Mapped[datetime]
    handled_at: Mapped[datetime | None]


class Outbox(Base):
    __tablename__ = "outbox"
    __table_args__ = (
        UniqueConstraint("digest_person_id", "digest_on", name="uq_outbox_digest"),
        Index("ix_outbox_open", "channel", "state", "chat_id", "id"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    channel: Mapped[str] = mapped_column(String(20))
    chat_id: Mapped[int] = mapped_column(ForeignKey("chat.id"))
    kind: Mapped[str] = mapped_column(String(12))
    # reply · code · digest · notice · or a notice's own, by which such are counted or taken back
    body: Mapped[dict[str, Any]]  # what Outgoing needs; a digest's is made when it is claimed
    digest_person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    digest_on: Mapped[date | None]
    not_before: Mapped[datetime | None]  # business clock: office hours
    state: Mapped[str] = mapped_column(String(12), default="queued")
    # queued · sending · sent · failed · uncertain · cancelled
    claimed_by: Mapped[str | None] = mapped_column(String(40))
    lease_until: Mapped[datetime | None]
    retry_at: Mapped[datetime | None]  # real clock
    attempts: Mapped[int] = mapped_column(default=0)
    maybe_duplicate: Mapped[bool] = mapped_column(default=False)
    message_ref: Mapped[str | None]
    error: Mapped[str | None]
    created_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]


class ChannelState(Base):
    __tablename__ = "channel_state"
    channel: Mapped[str] = mapped_column(String(20), primary_key=True)
    paused_until: Mapped[datetime | None]
    bot_name: Mapped[str | None]


class AuditEvent(Base):
    __tablename__ = "audit_event"
    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    channel: Mapped[str]
    action: Mapped[str] = mapped_column(String(40))
    subject: Mapped[str] = mapped_column(Text(), index=True)
    detail: Mapped[dict[str, Any]]  # what stood before and after
    previous: Mapped[str | None] = mapped_column(String(64))  # the hash of the event before this one
    hash: Mapped[str | None] = mapped_column(String(64))  # over this event and `previous`


class WebMessage(Base):
    """The chat page's history: what a phone's messenger would keep."""

    __tablename__ = "web_message"
    __table_args__ = (UniqueConstraint("chat", "key"), Index("ix_web_message_rev", "chat", "rev"))
    id: Mapped[int] = mapped_column(primary_key=True)
    chat: Mapped[str] = mapped_column(String(40))
    key: Mapped[str] = mapped_column(String(80))
    sender: Mapped[str] = mapped_column(String(4))  # bot · me
    body: Mapped[dict[str, Any]]
    rev: Mapped[int]
    at: Mapped[datetime]
