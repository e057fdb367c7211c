"""
The world of the walk through the rights: two provinces in which every kind of row is planted, the neighbour's with
a marker in every text, and a person of each post.

Every trial is a transaction that is rolled back, so that each begins from the same world.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import Text, event, insert, select, update
from sqlalchemy.orm import Session

from bot.dialogues.base import DraftFile, LogDraft, Talk
from bot.messages import Event, Outgoing
from bot.posts import seats_of
from bot.rights import Post, Seat, may
from storage import audit, conversations, meta, people
from storage.database import Database
from storage.models import (
    AccessRequest,
    Activity,
    ActivityFlag,
    ActivityOwner,
    ActivityRevision,
    AuditEvent,
    Base,
    Choice,
    Contact,
    Draft,
    Evidence,
    Exemption,
    FaqRevision,
    Identity,
    Inbox,
    Inquiry,
    Invitation,
    LinkCode,
    Membership,
    Notice,
    Outbox,
    Pairing,
    PairingStage,
    Partner,
    Person,
    ProvinceCheck,
    Question,
    RegistryFact,
    RegistryFile,
    RegistryImport,
    Reminder,
    Snooze,
    StaffCheck,
    Suspension,
    WebMessage,
)
from storage.models import Conversation as ConversationRow
from tests.rights_lines import ENTRY, Line, Of, Spelled, Subject
from tests.support import Conversation, Office, shown

MARKER = "กล้วยไม้พันธุ์ที่เจ็ด"
"""Stands in every text of the neighbour's province and nowhere else."""

OURS, THEIRS, THIRD = "TH-50", "TH-49", "TH-57"
PAIRINGS = {OURS: "50-chengdu", THEIRS: "49-marked", THIRD: "57-bokeo"}
FIRST_THEIRS = 4_900_000
"""Ids of the neighbour's rows begin here; those of all that is planted are long, so that none is in another's text."""
PRESSED = "the-pressed-button"
LOOK = "0f1e2d3c4b5a6978"
QUIET_UNTIL = date(2026, 11, 27)
NO_SEAT = 6_999_998
"""In place of the membership of who has none."""

NUMBERED: Sequence[Of] = [one for one in Of if one.kind not in ("pairing", "partner", "province")]
"""Rows whose id is a number."""

OTHERS_IN: Mapping[str, str] = {
    "outbox": "chat_id != :chat",
    "choice": "chat_id != :chat",
    "conversation": "person_id != :person",
    "question": "person_id != :person",
    "draft": "person_id != :person",
    "identity": "person_id != :person",
    "membership": "person_id != :person",
    "person": "id != :person",
}
"""Tables in which any turn may write for the person who acts: only the rows of others have to stay as they are."""

COMPARED = frozenset(Base.metadata.tables) - {"inbox"}
"""All but what came in: a press is stored before it is looked at."""


# ------------------------------------------------------------------ one transaction a trial


class RolledBack(Database):
    """A database whose transactions are parts of one that is rolled back at the end of a trial."""

    def __init__(self, url: str) -> None:
        super().__init__(url)
        self.connection = self.engine.connect()
        self.writes: set[str] = set()
        event.listen(self.engine, "before_cursor_execute", self._note)

    def _note(self, _connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        verb, _, rest = statement.lstrip().partition(" ")
        if verb in ("INSERT", "UPDATE", "DELETE"):
            words = rest.replace("INTO ", "").replace("FROM ", "").split()
            self.writes.add(words[0].strip('"'))

    @contextmanager
    def trial(self) -> Iterator[None]:
        with self.connection.begin() as transaction:
            self.writes.clear()
            try:
                yield
            finally:
                transaction.rollback()

    @contextmanager
    def write(self) -> Iterator[Session]:
        with self._session() as session, session.begin():
            yield session
            audit.seal(session)

    @contextmanager
    def read(self) -> Iterator[Session]:
        with self._session() as session:
            yield session

    def _session(self) -> Session:
        return Session(self.connection, expire_on_commit=False, join_transaction_mode="create_savepoint")

    def rows(self, tables: Iterable[str], person: int, chat: int) -> dict[str, list[Any]]:
        """The rows that a turn of this person must leave alone, table by table."""
        found = {}
        for table in tables:
            where = f" WHERE {OTHERS_IN[table]}" if table in OTHERS_IN else ""
            where = where.replace(":person", str(person)).replace(":chat", str(chat))
            rows = self.connection.exec_driver_sql(f'SELECT * FROM "{table}"{where}')
            found[table] = list(map(tuple, rows.all()))
        return found

    def close(self) -> None:
        self.connection.close()
        super().close()


# ------------------------------------------------------------------ what is planted


@dataclass
class Planter:
    """Plants one province: every text is its mark with the name of the column."""

    session: Session
    province: str
    pairing: str
    mark: str
    first_id: int
    now: datetime
    staff: Person
    chat_id: int
    entry: Mapping[str, Any]  # of the knowledge base, as a draft of it begins
    ids: dict[Of, list[Any]] = field(default_factory=dict)
    _next: int = 0

    def row(self, model: type[Base], of: Of | None = None, **values: Any) -> Any:
        """A row whose texts, where they are not given, bear the mark; of a kind that `Of` names its id is kept."""
        table = model.__tablename__
        for column in model.__table__.columns:
            if type(column.type) is Text and column.name not in values and not column.foreign_keys:
                values[column.name] = f"{self.mark} {table}.{column.name}"
        if "id" in model.__table__.columns and "id" not in values:
            self._next += 1
            values["id"] = self.first_id + self._next
        made = model(**values)
        self.session.add(made)
        self.session.flush()
        if of is not None:
            self.ids.setdefault(of, []).append(values["id"])
        return made

    def text(self, what: str) -> str:
        return f"{self.mark} {what}"

    # -------------------------------------------------------------- records

    def activity(self, of: Of, **values: Any) -> Activity:
        """A record with every detail, its revision, evidence and comment."""
        content = {
            "pairing_id": self.pairing,
            "type_code": "meeting",
            "state": "held",
            "start": date(2026, 11, 3),
            "precision": "day",
            "joint": True,
            "partner_joined": "yes",
            "participants": 30,
            "budget_thb": Decimal(5000),
            "spent_source": "province",
            "letter_on": date(2026, 11, 4),
            "created_by": self.staff.id,
            "created_at": self.now,
            "updated_at": self.now,
            **values,
        }
        made: Activity = self.row(Activity, of, **content)
        self.row(
            ActivityRevision,
            activity_id=made.id,
            version=1,
            change="created",
            person_id=self.staff.id,
            at=self.now,
            before=None,
            after={"title": made.title, "files": []},
            channel="web",
        )
        for kind in ("photo", "document", "link", "location"):
            self.row(
                Evidence,
                activity_id=made.id,
                kind=kind,
                sha256=hashlib.sha256(f"{self.mark}{made.id}{kind}".encode()).hexdigest(),
                size=1,
                look=LOOK if kind == "photo" else None,
                added_by=self.staff.id,
                added_at=self.now,
            )
        return made

    def flag(self, activity: Activity, *, settled: bool) -> None:
        self.row(
            ActivityFlag,
            activity_id=activity.id,
            raised_by=self.staff.id,
            raised_at=self.now,
            settled_by=self.staff.id if settled else None,
            settled_at=self.now if settled else None,
        )

    def records(self) -> None:
        held = self.activity(Of.ACTIVITY)
        self.flag(held, settled=True)
        self.activity(Of.PLAN, state="planned", start=date(2026, 12, 1), joint=False, partner_joined=None)
        self.activity(Of.DELETED, deleted_at=self.now, start=date(2026, 3, 3))
        self.flag(self.activity(Of.FLAGGED, start=date(2026, 5, 3)), settled=False)

    def invites(self, province: str, *, joined: bool = False) -> tuple[int, int]:
        """An activity of here that another province is asked to join, or joined; its id and the invitation's."""
        activity = self.activity(Of.JOINED)
        asked = self.row(
            ActivityOwner,
            activity_id=activity.id,
            province_code=province,
            pairing_id=PAIRINGS[province] if joined else None,
            state="accepted" if joined else "invited",
            added_by=self.staff.id,
            added_at=self.now,
            decided_by=self.staff.id if joined else None,
            decided_at=self.now if joined else None,
        )
        return activity.id, int(asked.id)

    # -------------------------------------------------------------- the registry

    def registry(self) -> None:
        self.ids[Of.PROVINCE] = [self.province]
        self.ids[Of.PAIRING] = [self.pairing]
        partner = self.session.get_one(Pairing, self.pairing).partner_id
        self.ids[Of.PARTNER] = [partner]
        self.row(
            PairingStage,
            pairing_id=self.pairing,
            stage="signed",
            reached_on=date(2020, 1, 1),
            precision="day",
            recorded_at=self.now,
        )
        for subject, field_, of in (
            (f"pairing:{self.pairing}", "note", Of.FACT),
            (f"partner:{partner}", "name_local", Of.FACT),
            (f"province:{self.province}", "office", Of.PROVINCE_FACT),
        ):
            for state in ("current", "proposed", "conflicting", "replaced", "refused"):
                self.row(
                    RegistryFact,
                    of if state in ("proposed", "conflicting") else None,
                    subject=subject,
                    field=field_,
                    value=self.text(f"registry_fact.value {state}"),
                    state=state,
                    proposed_by=self.staff.id,
                    proposed_at=self.now,
                )
        self.row(
            RegistryFile,
            Of.DOCUMENT,
            pairing_id=self.pairing,
            sha256=hashlib.sha256(self.text("mou").encode()).hexdigest(),
            size=1,
            added_by=self.staff.id,
            added_at=self.now,
        )
        for side in ("ours", "theirs"):
            self.row(
                Contact,
                Of.CONTACT,
                pairing_id=self.pairing,
                side=side,
                kept_by=self.staff.id,
                added_at=self.now,
                removed_at=None,
            )
        check = self.session.get(ProvinceCheck, self.province)
        assert check is None
        self.row(ProvinceCheck, province_code=self.province, missing=[self.text("province_check.missing")])
        self.row(
            RegistryImport,
            sha256=hashlib.sha256(self.text("sheet").encode()).hexdigest(),
            columns={"partner": self.text("registry_import.columns")},
            counts={},
            applied_at=self.now,
        )

    # -------------------------------------------------------------- what keeps reminders quiet

    def holds(self) -> None:
        """
        What was put off, each state of an exemption, and a suspension. All that holds is over before the first
        digest of the walk, or of an area that no partner lies in: so that what is reminded stays as it is.
        """
        for of, ended_at in ((Of.SNOOZE, None), (None, self.now)):
            self.row(
                Snooze,
                of,
                pairing_id=self.pairing,
                first=date(2026, 11, 20),
                last=QUIET_UNTIL,
                made_by=self.staff.id,
                made_at=self.now,
                ended_at=ended_at,
            )
        for state in ("waiting", "granted", "refused"):
            self.row(
                Exemption,
                Of.EXEMPTION if state == "waiting" else None,
                pairing_id=self.pairing,
                first=date(2026, 11, 20),
                last=QUIET_UNTIL,
                state=state,
                asked_by=self.staff.id,
                asked_at=self.now,
                decided_at=None if state == "waiting" else self.now,
            )
        self.row(
            Suspension,
            Of.SUSPENSION,
            scope="area",
            first=date(2026, 11, 20),
            last=None,
            review_on=date(2027, 6, 1),
            made_by=self.staff.id,
            made_at=self.now,
        )

    # -------------------------------------------------------------- people

    def joining(self, stranger: Person, colleague: Membership) -> None:
        """Who asks to join, who is invited, who serves."""
        self.ids[Of.PERSON] = [colleague.person_id]
        self.ids[Of.MEMBERSHIP] = [colleague.id]
        self.row(
            AccessRequest,
            Of.REQUEST,
            person_id=stranger.id,
            province_code=self.province,
            role="officer",
            state="waiting",
            asked_at=self.now,
        )
        for of, by_letter in ((Of.CODE, False), (Of.LETTER_CODE, True)):
            self.row(
                Invitation,
                of,
                code_hash=hashlib.sha256(self.text(of.name).encode()).hexdigest(),
                role="officer",
                province_code=self.province,
                by_letter=by_letter,
                created_by=self.staff.id,
                created_at=self.now,
                expires_at=self.now + timedelta(days=2),
            )
        self.row(
            LinkCode,
            person_id=self.staff.id,
            code_hash=hashlib.sha256(self.text("link").encode()).hexdigest(),
            expires_at=self.now + timedelta(days=2),
        )
        self.row(StaffCheck, province_code=self.province, fiscal_year=2570, asked_at=self.now)

    # -------------------------------------------------------------- what one person has

    def personal(self) -> None:
        """A draft, a question, what was said to them, and what is planned for them."""
        body = LogDraft(
            pairing_id=self.pairing,
            type="meeting",
            start=date(2026, 11, 5),
            title=self.text("draft.title"),
            place=self.text("draft.place"),
        ).model_dump(mode="json")
        self.row(
            Draft, Of.DRAFT, person_id=self.staff.id, body=body, created_at=self.now, updated_at=self.now
        )
        self.row(
            Question,
            Of.QUESTION,
            person_id=self.staff.id,
            chat_id=self.chat_id,
            decision="unknown",
            entry_id=None,
            score=0.0,
            shown=[],
            chosen=None,
            asked_at=self.now,
        )
        outbox = self.row(
            Outbox,
            channel="web",
            chat_id=self.chat_id,
            kind="reply",
            body={"text": self.text("outbox.body")},
            state="sent",
            created_at=self.now,
            sent_at=self.now,
        )
        self.row(
            Reminder,
            recipient=self.staff.public_id,
            person_id=self.staff.id,
            pairing_id=self.pairing,
            basis="calendar",
            period="2569",
            step="d30",
            state="sent",
            planned_at=self.now,
            outbox_id=outbox.id,
        )
        self.row(
            Notice,
            recipient=self.staff.public_id,
            person_id=self.staff.id,
            kind="term",
            subject=f"pairing:{self.pairing}",
            period="2569",
            step="d30",
            state="sent",
            planned_at=self.now,
            outbox_id=outbox.id,
        )
        self.row(
            Choice,
            id=f"planted-{self.province}",
            chat_id=self.chat_id,
            action={"name": "ask.quote", "args": dict.fromkeys(("title", "text", "note"), self.mark)},
            expires_at=self.now + timedelta(days=30),
        )
        self.row(
            WebMessage,
            chat="walk",
            key=f"planted-{self.province}",
            sender="bot",
            body={"text": self.mark},
            rev=self.first_id,
            at=self.now,
        )
        self.row(
            Inbox,
            channel="web",
            update_id=f"planted-{self.province}",
            chat_key="walk",
            state="handled",
            received_at=self.now,
            error=None,
        )
        self.row(
            AuditEvent,
            at=self.now,
            person_id=self.staff.id,
            channel="web",
            action="planted",
            subject=f"province:{self.province}",
            detail={"before": self.text("audit_event.detail")},
        )
        talk = Talk(asking="missing_pair", subject=self.text("conversation.state"))
        row = conversations.get_or_add(self.session, self.chat_id, self.staff.id, self.now)
        row.state = talk.model_dump(mode="json", exclude_none=True)

    def central(self) -> None:
        """What waits for the ministry's curators."""
        self.row(Inquiry, Of.INQUIRY, state="waiting", entry_id=None, opened_at=self.now)
        self.row(
            FaqRevision,
            Of.REVISION,
            entry_id=f"asked-{self.first_id}",
            version=1,
            change="edited",
            state="draft",
            body={**self.entry, "id": f"asked-{self.first_id}", "question": self.text("faq_revision.body")},
            batch=None,
            author_id=self.staff.id,
            created_at=self.now,
        )


# ------------------------------------------------------------------ the people who walk


@dataclass(frozen=True)
class Actor:
    """
    Somebody who presses.

    Attributes:
        label: How the trial is named: the post, or what became of it.
        own: Their own draft, question and membership.
    """

    label: str
    talk: Conversation
    person: int
    chat: int
    seats: tuple[Seat, ...]
    own: Mapping[Of, int]

    @property
    def posts(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(post for seat in self.seats for post in seat.posts))


SERVING: Mapping[Post, tuple[str, str | None]] = {
    "officer": ("officer", OURS),
    "group_head": ("group_head", OURS),
    "head": ("head", OURS),
    "acting_head": ("head", OURS),
    "ministry": ("ministry", None),
    "curator": ("ministry", None),
    "operator": ("operator", None),
}

GONE = ("ended officer", "ended head", "acting head to be", "acting head that was")
"""Who holds no post any more, or not yet: to the table they are guests."""


@dataclass
class World:
    office: Office
    database: RolledBack
    actors: Mapping[str, Actor]
    everyone: Actor  # with every right at once
    ids: Mapping[str, Mapping[Of, Sequence[Any]]]  # of ours and of theirs
    their_files: frozenset[str]
    versions: tuple[int, int]  # of registry and knowledge
    _before: dict[str, dict[str, list[Any]]] = field(default_factory=dict)

    # -------------------------------------------------------------- which row

    def own(self, actor: Actor, of: Of) -> Any:
        """The actor's own row, or the one of our province, or of the ministry."""
        return actor.own[of] if of.is_personal else self.ids[OURS][of][0]

    def foreign(self, of: Of) -> list[Any]:
        """Every row of this kind in the neighbour's province."""
        return [id_ for one, ids in self.ids[THEIRS].items() if one.kind == of.kind for id_ in ids]

    def foreign_named(self, of: Of) -> list[Any]:
        """The neighbour's row that is just the one that is named; where there is none, one of its kind."""
        return list(self.ids[THEIRS].get(of, self.foreign(of)))[:1]

    def foreign_or(self, one: Of, of: Of, id_: Any) -> Any:
        """The row that is tried; beside it what else a line names is one of the neighbour's too."""
        return id_ if one is of else self.foreign_named(one)[0]

    def missing(self, of: Of) -> Any:
        """An id that no row has."""
        if of in NUMBERED:
            return 6_999_999
        return {Of.PROVINCE: "TH-00"}.get(of, "no-such-row")

    def pressed(
        self,
        actor: Actor,
        name: str,
        line: Line,
        put_in: Callable[[Of], Any],
        instead: Mapping[str, Any] | None = None,
    ) -> tuple[Said, set[str]]:
        """
        A trial: the step's button is pressed; what is said, and which tables are not as they were.

        Args:
            put_in: Of each row that the line names its id.
            instead: Arguments that are otherwise than the line says.
        """
        args, talk = self.filled(line, put_in)
        with self.trial(actor):
            own_draft = actor.own[Of.DRAFT] if line.on_card else None
            said = self.press(actor, name, {**args, **(instead or {})}, talk, own_draft)
            return said, self.changed(actor)

    def filled(self, line: Line, put_in: Callable[[Of], Any]) -> tuple[dict[str, Any], Talk]:

        def fill(value: Any) -> Any:
            if isinstance(value, Of):
                return put_in(value)
            if isinstance(value, Subject):
                return f"{value.kind}:{put_in(value.of)}"
            if isinstance(value, Spelled):
                return value.words.format(put_in(value.of))
            if isinstance(value, Mapping):
                return {name: fill(one) for name, one in value.items()}
            return [fill(one) for one in value] if isinstance(value, list) else value

        talk = Talk()
        if line.open_field is not None:
            subject = fill(line.open_field[1])
            talk = talk.asks(line.open_field[0], None if subject is None else str(subject))
        return {name: fill(value) for name, value in line.args.items()}, talk

    # -------------------------------------------------------------- pressing

    def press(
        self,
        actor: Actor,
        name: str,
        args: Mapping[str, Any],
        talk: Talk | None = None,
        draft_id: int | None = None,
    ) -> Said:
        """A button with these arguments, planted in the person's own chat. Inside of a trial."""
        choice = {"id": PRESSED, "chat_id": actor.chat, "action": {"name": name, "args": args}}
        if draft_id is not None:
            version = self.database.connection.scalar(select(Draft.version).where(Draft.id == draft_id))
            choice |= {"draft_id": draft_id, "draft_version": version}
        until = self.office.clock.now() + timedelta(days=1)
        self.database.connection.execute(insert(Choice), choice | {"expires_at": until})
        talk = talk or Talk()
        self._open(actor, talk, draft_id if talk.asking else None)
        return self._turn(actor, press=PRESSED, card="a-card")

    def say(self, actor: Actor, text: str, talk: Talk | None = None) -> Said:
        """Typed words, with something open."""
        self._open(actor, talk or Talk(), None)
        return self._turn(actor, text=text)

    def _open(self, actor: Actor, talk: Talk, draft_id: int | None) -> None:
        """How the conversation stands before the turn."""
        state = talk.model_dump(mode="json", exclude_none=True)
        self.database.connection.execute(
            update(ConversationRow)
            .where(ConversationRow.chat_id == actor.chat, ConversationRow.person_id == actor.person)
            .values(state=state, offered=[], draft_id=draft_id)
        )

    def _turn(self, actor: Actor, **what: Any) -> Said:
        """What is said to the person at once."""
        connection, name = self.database.connection, actor.talk.name
        row = {"channel": actor.talk.channel, "update_id": "trial", "chat_key": name, "body": "{}"}
        connection.execute(insert(Inbox), row | {"received_at": self.office.clock.now()})
        stored = connection.scalar(select(Inbox.id).where(Inbox.update_id == "trial"))
        assert stored is not None
        happened = Event(chat=name, person=name, person_name=name, **what)
        result = self.office.assistant.turn(stored, happened, actor.talk.channel)
        assert result.handled
        assert not result.queued
        messages = tuple(one.message for one in result.claimed)
        pressed = [button.choice_id for one in messages for row in one.rows for button in row]
        found = connection.execute(select(Choice.id, Choice.action).where(Choice.id.in_(pressed)))
        actions = {id_: action for id_, action in found}  # noqa: C416 - rows are not pairs to mypy
        return Said(messages, tuple(actions[one] for one in pressed))

    def changed(self, actor: Actor) -> set[str]:
        """Tables that are otherwise than before the trial, but for what a turn keeps of the person who acts."""
        before = self._before.get(actor.label)
        assert before is not None, "a trial begins with `trial`"
        written = self.database.writes & set(before)
        after = self.database.rows(written, actor.person, actor.chat)
        return {table for table in written if after[table] != before[table]}

    @contextmanager
    def trial(self, actor: Actor) -> Iterator[None]:
        """Of one person: what happens in it has not happened afterwards."""
        with self.database.trial():
            if actor.label not in self._before:
                self._before[actor.label] = self.database.rows(COMPARED, actor.person, actor.chat)
            yield
            if "meta" not in self.database.writes:
                return
            with self.database.read() as session:
                raised = meta.versions(session) != self.versions
        if raised:  # what the process holds was rolled back
            self.office.restart()


@dataclass(frozen=True)
class Said:
    """All that came back: messages, and what their buttons do."""

    messages: tuple[Outgoing, ...]
    actions: tuple[Mapping[str, Any], ...]

    @property
    def everything(self) -> str:
        """As one text: what is read, which files and pictures, which card is edited, what the buttons carry."""
        parts = [f"{shown(one)}\n{one.picture or ''}\n{one.edit or ''}" for one in self.messages]
        return "\n".join([*parts, *(json.dumps(one, ensure_ascii=False) for one in self.actions)])

    def without(self, *ids: Any) -> str:
        """The same where these ids stand for nothing, to be compared with another's."""
        text = self.everything
        for one in sorted(map(str, ids), key=len, reverse=True):
            text = text.replace(one, "…")
        return text


# ------------------------------------------------------------------ making it


def build(office: Office, database: RolledBack) -> World:
    """The whole world, committed once. Outside of any trial."""
    now = office.clock.now()
    actors = {label: _actor(office, label, now) for label in ("guest", *GONE, *SERVING)}
    everyone = _everyone(office, now)
    boonmee = office.person("บุญมี", "officer", THEIRS)
    kamchan = office.person("คำจันทร์", "officer", OURS)
    third = office.person("ศรีวรรณ", "officer", THIRD)
    strangers = [office.person(name) for name in ("ผู้ขอคนที่หนึ่ง", "ผู้ขอคนที่สอง")]
    entry = office.knowledge.entries[ENTRY].model_dump(mode="json")
    with database.write() as session:
        _marked_pairing(session)
        found = {}
        for province, conversation, mark, first_id, stranger in (
            (OURS, kamchan, "ของเรา", 5_000_000, strangers[0]),
            (THEIRS, boonmee, MARKER, FIRST_THEIRS, strangers[1]),
        ):
            staff, chat_id = _person_of(session, conversation)
            planter = Planter(
                session, province, PAIRINGS[province], mark, first_id, now, staff, chat_id, entry
            )
            planter.registry()
            planter.records()
            planter.holds()
            planter.joining(_person_of(session, stranger)[0], _membership_of(session, staff))
            planter.personal()
            planter.central()
            found[province] = planter
        staff, chat_id = _person_of(session, third)
        inviting = Planter(
            session, THIRD, PAIRINGS[THIRD], "ของจังหวัดที่สาม", 5_700_000, now, staff, chat_id, entry
        )
        inviting.records()
        found[OURS].ids[Of.INVITATION] = [inviting.invites(OURS)[1]]
        found[OURS].ids[Of.JOINED] = [inviting.invites(OURS, joined=True)[0]]
        found[THEIRS].ids[Of.INVITATION] = [found[THEIRS].invites(THIRD)[1], inviting.invites(THEIRS)[1]]
        found[OURS].ids[Of.SECOND_PAIRING] = ["50-hokkaido"]
        found[THEIRS].ids[Of.SECOND_PAIRING] = ["49-savannakhet"]
        _mark_people(session, found[THEIRS], strangers[1])
        meta.bump_registry(session)
        own = {
            label: _own_things(session, one, now) for label, one in {**actors, "everyone": everyone}.items()
        }
        files = session.scalars(select(Evidence.sha256).where(Evidence.name.startswith(MARKER))).all()
        versions = meta.versions(session)
    ids = {province: one.ids for province, one in found.items()}
    return World(
        office,
        database,
        {label: _with(one, own[label]) for label, one in actors.items()},
        _with(everyone, own["everyone"]),
        ids,
        frozenset(files),
        versions,
    )


def _with(actor: Actor, own: Mapping[Of, int]) -> Actor:
    return Actor(actor.label, actor.talk, actor.person, actor.chat, actor.seats, own)


def _actor(office: Office, label: str, now: datetime) -> Actor:
    conversation = office.person(label)
    with office.database.write() as session:
        person, _chat = _person_of(session, conversation)
        if label in SERVING:
            role, province = SERVING[label]  # type: ignore[index] # a label of this table is a post
            made = people.add_membership(session, person.id, role, province, now, curator=label == "curator")
            if label == "acting_head":
                made.acting, made.since, made.until = True, now - timedelta(days=1), now + timedelta(days=30)
        elif label != "guest":
            role = "officer" if label == "ended officer" else "head"
            made = people.add_membership(session, person.id, role, OURS, now)
            made.acting = "acting" in label
            made.since, made.until = now - timedelta(days=20), now
            if label == "acting head to be":
                made.since, made.until = now + timedelta(days=1), now + timedelta(days=20)
    return _ready(office, label, conversation)


def _everyone(office: Office, now: datetime) -> Actor:
    conversation = office.person("ทุกตำแหน่ง", "head", OURS)
    with office.database.write() as session:
        people.add_membership(
            session, _person_of(session, conversation)[0].id, "ministry", None, now, curator=True
        )
    return _ready(office, "everyone", conversation)


def _ready(office: Office, label: str, conversation: Conversation) -> Actor:
    """After their first word, so that a trial is not their first one."""
    conversation.say("/start")
    with office.database.write() as session:
        person, chat_id = _person_of(session, conversation)
        seats = seats_of(people.list_memberships(session, person.id, office.clock.now()))
    return Actor(label, conversation, person.id, chat_id, seats, {})


def _person_of(session: Session, conversation: Conversation) -> tuple[Person, int]:
    identity = people.find_identity(session, conversation.channel, conversation.name)
    assert identity is not None
    assert identity.chat_id is not None
    return session.get_one(Person, identity.person_id), identity.chat_id


def _membership_of(session: Session, person: Person) -> Membership:
    return session.scalars(select(Membership).where(Membership.person_id == person.id)).one()


def _marked_pairing(session: Session) -> None:
    """A partner that only the neighbour has, with every name marked."""
    texts = {
        name: f"{MARKER} partner.{name}" for name in ("name_th", "name_en", "name_local", "kind", "parent")
    }
    session.add(
        Partner(
            id="marked-partner",
            country_code="LA",
            aliases=[f"{MARKER} partner.aliases"],
            former_names=[f"{MARKER} partner.former_names"],
            **texts,
        )
    )
    session.flush()
    texts = {name: f"{MARKER} pairing.{name}" for name in ("source", "confidence", "note")}
    session.add(
        Pairing(
            id=PAIRINGS[THEIRS],
            province_code=THEIRS,
            partner_id="marked-partner",
            status="established",
            level="province",
            signed_on=date(2015, 1, 1),
            signed_precision="day",
            **texts,
        )
    )
    session.flush()


def _mark_people(session: Session, planted: Planter, stranger: Conversation) -> None:
    """Names and posts of those who serve next door, and of who asks to."""
    planted.staff.name = planted.text("person.name")
    _membership_of(session, planted.staff).post = planted.text("membership.post")
    _person_of(session, stranger)[0].name = planted.text("person.name of a stranger")
    for identity in session.scalars(select(Identity).where(Identity.person_id == planted.staff.id)):
        identity.last_heard_at = planted.now


def _own_things(session: Session, actor: Actor, now: datetime) -> dict[Of, int]:
    """A draft and a question of the actor's own, and their first membership."""
    body = LogDraft(
        pairing_id=PAIRINGS[OURS],
        type="meeting",
        start=date(2026, 11, 5),
        title="ของตนเอง",
        files=(DraftFile(sha256="0" * 64, kind="link", text="https://example.org/own"),),
    ).model_dump(mode="json")
    draft = conversations.add_draft(session, actor.person, body, now)
    question = Question(
        person_id=actor.person,
        chat_id=actor.chat,
        text="คำถามของตนเอง",
        decision="unknown",
        score=0.0,
        shown=[],
        asked_at=now,
    )
    session.add(question)
    session.flush()
    seat = actor.seats[0].membership if actor.seats else NO_SEAT
    return {Of.DRAFT: draft.id, Of.QUESTION: question.id, Of.SEAT: seat}


def is_allowed(actor: Actor, line: Line, province: str | None) -> bool:
    """What the table of rights says of the line in this province. What is in no row is everybody's."""
    if line.doing is None:
        return True
    only_here = line.heads_first and province == OURS
    seats = [seat for seat in actor.seats if seat.province == OURS] if only_here else actor.seats
    return any(may(seats, doing, province) for doing in (line.doing, line.besides) if doing)
