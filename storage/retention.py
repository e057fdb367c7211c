"""
Which rows have been kept long enough, and what becomes of them. How long that is says `bot/retention.py`.

A sweep names the ids of its rows, given the instant before which they are too old, and is done with some of
them at a time: a row that it took is not named again.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, delete, exists, func, or_, select, update
from sqlalchemy.orm import InstrumentedAttribute, Session

from storage import erasure, inquiries, web_messages
from storage.models import (
    AccessRequest,
    Activity,
    Chat,
    Choice,
    Contact,
    Conversation,
    Draft,
    Identity,
    Inbox,
    Inquiry,
    Invitation,
    LinkCode,
    Membership,
    Outbox,
    Person,
    Question,
    WebMessage,
)
from storage.outbox import CODE, OPEN

Ids = Sequence[Any]

CONTACT_TYPED = "contact_check"
"""What a conversation asks while a contact was typed and not saved: its subject holds what was typed."""


@dataclass(frozen=True)
class Sweep:
    """Rows whose time has come, and what becomes of them."""

    key: InstrumentedAttribute[Any]
    due: Callable[[datetime], ColumnElement[bool]]
    take: Callable[[Session, Ids, datetime], object]
    locked: bool = False  # somebody may need the row at this very moment

    def ids(self, before: datetime) -> Select[Any]:
        return select(self.key).where(self.due(before)).order_by(self.key)


def count(session: Session, sweep: Sweep, before: datetime) -> int:
    """How many rows are due."""
    return session.scalar(select(func.count()).select_from(sweep.ids(before).subquery())) or 0


def is_due(session: Session, sweep: Sweep, before: datetime) -> bool:
    """Whether any row is."""
    return session.scalar(sweep.ids(before).limit(1)) is not None


@dataclass(frozen=True)
class Step:
    """What one step of a sweep did, and where the next one begins: None when this was the last."""

    rows: int
    after: Any = None


def take(
    session: Session, sweep: Sweep, before: datetime, now: datetime, limit: int, after: Any = None
) -> Step:
    """Be done with up to `limit` rows, those with an id above `after`: what was passed is not read again."""
    query = sweep.ids(before).limit(limit)
    ids = session.scalars(query if after is None else query.where(sweep.key > after)).all()
    last = ids[-1] if len(ids) == limit else None
    if ids and sweep.locked:
        held = select(sweep.key).where(sweep.key.in_(ids)).with_for_update(skip_locked=True)
        # Asked anew: what was committed just before the lock was had is seen by a new query only.
        ids = session.scalars(sweep.ids(before).where(sweep.key.in_(session.scalars(held).all()))).all()
    if ids:
        sweep.take(session, ids, now)
        session.flush()
    return Step(len(ids), last)


# ------------------------------------------------------------------ in and out


def _drop_quarantined(session: Session, ids: Ids, now: datetime) -> None:
    gone = {"state": "dropped", "handled_at": now, "body": "", "files": []}
    session.execute(update(Inbox).where(Inbox.id.in_(ids)).values(**gone))


QUARANTINED = Sweep(
    Inbox.id,
    lambda before: and_(Inbox.state == "quarantined", Inbox.received_at < before),
    _drop_quarantined,
)

ADDRESSES = Sweep(
    Inbox.id,
    lambda before: and_(
        Inbox.state.in_(("handled", "dropped")),
        func.coalesce(Inbox.handled_at, Inbox.received_at) < before,
        Inbox.chat_key != "",
    ),
    lambda session, ids, _now: session.execute(update(Inbox).where(Inbox.id.in_(ids)).values(chat_key="")),
)

SENT_TEXTS = Sweep(
    Outbox.id,
    lambda before: and_(
        Outbox.state.not_in(OPEN),
        func.coalesce(Outbox.sent_at, Outbox.created_at) < before,
        Outbox.kind != "emptied",
    ),
    lambda session, ids, _now: session.execute(
        update(Outbox).where(Outbox.id.in_(ids)).values(body={}, kind="emptied")
    ),
)

CODES = Sweep(
    Outbox.id,
    lambda _before: and_(Outbox.state.not_in(OPEN), Outbox.kind == CODE, Outbox.body != {}),
    lambda session, ids, _now: session.execute(update(Outbox).where(Outbox.id.in_(ids)).values(body={})),
)

PAGE_HISTORY = Sweep(
    WebMessage.id,
    lambda before: and_(WebMessage.at < before, WebMessage.sender != web_messages.GONE),
    lambda session, ids, _now: web_messages.drop(session, ids),
)


# ------------------------------------------------------------------ conversations

CHOICES = Sweep(
    Choice.id,
    lambda before: Choice.expires_at <= before,
    lambda session, ids, _now: session.execute(delete(Choice).where(Choice.id.in_(ids))),
)


def _forget_typed(session: Session, ids: Ids, _now: datetime) -> None:
    for talk in session.scalars(select(Conversation).where(Conversation.id.in_(ids))):
        dropped = {"form"} if talk.state.get("asking") != CONTACT_TYPED else {"form", "asking", "subject"}
        talk.state = {key: value for key, value in talk.state.items() if key not in dropped}


TYPED_OF_PEOPLE = Sweep(
    Conversation.id,
    lambda before: and_(
        Conversation.updated_at < before,
        or_(
            Conversation.state["asking"].as_string() == CONTACT_TYPED,
            Conversation.state["form"].as_string().is_not(None),
        ),
    ),
    _forget_typed,
    locked=True,
)

CLOSED_DRAFTS = Sweep(
    Draft.id,
    lambda before: and_(
        Draft.state.in_(("saved", "cancelled")),
        Draft.updated_at < before,
        or_(Draft.body != {}, ~exists().where(Activity.draft_id == Draft.id)),
    ),
    lambda session, ids, _now: erasure.drop_drafts(session, ids),
)


# ------------------------------------------------------------------ people


def _waits_for_answer() -> ColumnElement[bool]:
    """The asker is still to be told."""
    waiting = exists().where(Inquiry.id == Question.inquiry_id, Inquiry.state == inquiries.WAITING)
    return and_(Question.told_at.is_(None), waiting)


def _is_guest_of_old(before: datetime) -> ColumnElement[bool]:
    """Somebody who never held a role, and has not been heard from since."""
    return and_(
        Person.erased_at.is_(None),
        Person.created_at < before,
        ~exists().where(Membership.person_id == Person.id),
        ~exists().where(Identity.person_id == Person.id, Identity.last_heard_at >= before),
        ~exists().where(
            Question.person_id == Person.id, or_(Question.asked_at >= before, _waits_for_answer())
        ),
        ~exists().where(AccessRequest.person_id == Person.id, AccessRequest.state == "waiting"),
    )


def _forget_guests(session: Session, ids: Ids, now: datetime) -> None:
    erasure.forget(session, ids, now)
    session.execute(update(Question).where(Question.person_id.in_(ids)).values(person_id=None))
    session.execute(update(Person).where(Person.id.in_(ids)).values(name="", noticed_at=None, erased_at=now))


GUESTS = Sweep(Person.id, _is_guest_of_old, _forget_guests, locked=True)

CHATS_OF_NOBODY = Sweep(
    Chat.id,
    lambda _before: and_(
        ~Chat.group,
        ~Chat.external_id.startswith(erasure.ERASED),
        ~exists().where(Identity.chat_id == Chat.id),
        ~exists().where(Conversation.chat_id == Chat.id),
        ~exists().where(Outbox.chat_id == Chat.id, Outbox.state.in_(OPEN)),
    ),
    lambda session, ids, _now: erasure.hide_chats(session, ids),
)

WRONG_CODES = Sweep(
    Identity.id,
    lambda before: and_(
        Identity.wrong_codes > 0,
        or_(Identity.wrong_codes_since.is_(None), Identity.wrong_codes_since < before),
    ),
    lambda session, ids, _now: session.execute(
        update(Identity).where(Identity.id.in_(ids)).values(wrong_codes=0, wrong_codes_since=None)
    ),
)

INVITATIONS = Sweep(
    Invitation.id,
    lambda before: or_(
        Invitation.expires_at < before, Invitation.used_at < before, Invitation.withdrawn_at < before
    ),
    lambda session, ids, _now: session.execute(delete(Invitation).where(Invitation.id.in_(ids))),
)

REQUESTS = Sweep(
    AccessRequest.id,
    lambda before: and_(
        AccessRequest.state != "waiting",
        func.coalesce(AccessRequest.decided_at, AccessRequest.asked_at) < before,
    ),
    lambda session, ids, _now: session.execute(delete(AccessRequest).where(AccessRequest.id.in_(ids))),
)

UNDECIDED_REQUESTS = Sweep(
    AccessRequest.id,
    lambda before: and_(AccessRequest.state == "waiting", AccessRequest.asked_at < before),
    lambda session, ids, _now: session.execute(delete(AccessRequest).where(AccessRequest.id.in_(ids))),
    locked=True,
)

LINK_CODES = Sweep(
    LinkCode.id,
    lambda before: LinkCode.expires_at < before,
    lambda session, ids, _now: session.execute(delete(LinkCode).where(LinkCode.id.in_(ids))),
)

REMOVED_CONTACTS = Sweep(
    Contact.id,
    lambda before: Contact.removed_at < before,
    lambda session, ids, _now: session.execute(delete(Contact).where(Contact.id.in_(ids))),
)


# ------------------------------------------------------------------ questions

ASKERS = Sweep(
    Question.id,
    lambda before: and_(
        Question.asked_at < before,
        or_(Question.person_id.is_not(None), Question.chat_id.is_not(None)),
        ~_waits_for_answer(),
    ),
    lambda session, ids, _now: session.execute(
        update(Question).where(Question.id.in_(ids)).values(person_id=None, chat_id=None)
    ),
)
