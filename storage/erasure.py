"""
Takes persons out of the database.

What they did stays with their post: records of activities, questions, decisions, memberships that ended. Their
row stays for that, without a name. What they wrote and was not needed for it goes at once. Three limits: what the
bot said in a group cannot be told apart by person, and goes with the other texts after 30 days, as does what
others were told of them; what stands in a record (its title, who chaired) belongs to the record, and a draft that
they left to their post belongs to the post.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path

from sqlalchemy import Select, and_, delete, exists, func, or_, select, update
from sqlalchemy.orm import Session

from storage import access_requests, audit, digests, erased_log, invitations, outbox, web_messages
from storage.handing import LEFT
from storage.models import (
    AccessRequest,
    Activity,
    ActivityRevision,
    Chat,
    Choice,
    Contact,
    Conversation,
    Draft,
    Identity,
    Inbox,
    LinkCode,
    Membership,
    Outbox,
    Pairing,
    Person,
    Question,
)
from storage.outbox import OPEN

ERASED = "erased:"
"""What the address of a chat begins with that belonged to somebody who was erased."""

STILL_SERVE = ("officer", "group_head", "head")
"""Posts of a province that look after its contacts, in the order in which they are asked."""

INBOX_STATES = ("new", "handled", "quarantined", "dropped")
OUTBOX_STATES = (*OPEN, "sent", "failed", "uncertain", "cancelled")

Chats = Mapping[int, tuple[str, str]]
"""Channel and address by chat."""


def erase(
    session: Session,
    log: Path,
    person_id: int,
    now: datetime,
    *,
    by: int | None = None,
    channel: str = "operator",
    farewell: int | None = None,
) -> bool:
    """
    Erase a person; False when they were erased before.

    Args:
        log: The file of erasures, see `erased_log`. It is written before this returns.
        by: The person who asked for it; None for the operator.
        farewell: The chat in which they are told that it is done. What is queued there from now on goes out;
            its address goes the night after.

    Raises:
        OSError: If the file of erasures cannot be written; the transaction is then to be rolled back.
    """
    public_id = _take_out(session, person_id, now, now, by, channel, farewell)
    if public_id is None:
        return False
    erased_log.append(log, public_id, now)
    return True


def erase_again(session: Session, erased: Mapping[str, datetime], now: datetime) -> int:
    """Erase who was erased before, as `erased_log` knows, and came back with a backup; returns how many."""
    found = 0
    ids = sorted(erased)
    for start in range(0, len(ids), 500):
        back = select(Person.id, Person.public_id).where(
            Person.public_id.in_(ids[start : start + 500]), Person.erased_at.is_(None)
        )
        for person_id, public_id in session.execute(back).all():
            _take_out(session, person_id, now, erased[public_id], None, "system")
            found += 1
    return found


def _take_out(
    session: Session,
    person_id: int,
    now: datetime,
    at: datetime,
    by: int | None,
    channel: str,
    farewell: int | None = None,
) -> str | None:
    """The opaque id of the person, who is erased as of `at`; None when they were before."""
    person = session.get(Person, person_id, with_for_update=True, populate_existing=True)
    if person is None or person.erased_at is not None:
        return None
    _end_memberships(session, person, at)
    for row in invitations.withdraw_of(session, person.id, now):
        outbox.cancel_queued(session, invitations.CARD, f"invitation:{row.id}")
    _hand_over_contacts(session, person, now)
    _take_out_name(session, person, now)
    digests.cancel_all_of(session, person.id)
    forget(session, [person.id], now, farewell)
    person.name, person.language, person.noticed_at, person.erased_at = "", "th", None, at
    audit.add(
        session,
        action="person.erased",
        subject=f"person:{person.public_id}",
        now=now,
        person_id=by,
        channel=channel,
        detail={"before": {"erased_at": None}, "after": {"erased_at": at.isoformat()}},
    )
    session.flush()
    return person.public_id


def forget(session: Session, person_ids: Sequence[int], now: datetime, farewell: int | None = None) -> None:
    """Everything by which persons are known or were talked to: identities, chats, conversations, drafts."""
    chats = _private_chats(session, person_ids)
    _empty_outbox(session, person_ids, chats)
    _empty_inbox(session, person_ids, chats, now)
    session.execute(update(Question).where(Question.person_id.in_(person_ids)).values(chat_id=None))
    session.execute(delete(Choice).where(Choice.chat_id.in_(list(chats))))
    session.execute(
        delete(Conversation).where(
            or_(Conversation.person_id.in_(person_ids), Conversation.chat_id.in_(list(chats)))
        )
    )
    theirs = select(Draft.id).where(Draft.person_id.in_(person_ids), Draft.state != LEFT)
    drop_drafts(session, session.scalars(theirs).all())
    session.execute(delete(Identity).where(Identity.person_id.in_(person_ids)))
    _drop_requests(session, person_ids)
    session.execute(delete(LinkCode).where(LinkCode.person_id.in_(person_ids)))
    for channel, external_id in chats.values():
        if channel == "web":
            web_messages.forget(session, external_id)
    session.flush()
    hide_chats(session, [one for one in chats if one != farewell])


def _drop_requests(session: Session, person_ids: Sequence[int]) -> None:
    """What they asked for, and the cards that were about to tell others who asks."""
    theirs = AccessRequest.person_id.in_(person_ids)
    waiting = select(AccessRequest.id).where(theirs, AccessRequest.state == access_requests.WAITING)
    for request_id in session.scalars(waiting).all():
        outbox.cancel_queued(session, access_requests.CARD, f"request:{request_id}")
    session.execute(delete(AccessRequest).where(theirs))


def drop_drafts(session: Session, draft_ids: Sequence[int]) -> None:
    """
    Drafts go, with the buttons and conversations that hold them. One from which a record was made stays
    without its content: by it a second press finds the record.
    """
    session.execute(update(Conversation).where(Conversation.draft_id.in_(draft_ids)).values(draft_id=None))
    session.execute(delete(Choice).where(Choice.draft_id.in_(draft_ids)))
    of_record = exists().where(Activity.draft_id == Draft.id)
    session.execute(delete(Draft).where(Draft.id.in_(draft_ids), ~of_record))
    session.execute(
        update(Draft).where(Draft.id.in_(draft_ids), Draft.state == "open").values(state="cancelled")
    )
    session.execute(update(Draft).where(Draft.id.in_(draft_ids)).values(body={}))


def hide_chats(session: Session, chat_ids: Sequence[int]) -> None:
    """Chats lose their address at the service; what is counted by them stays."""
    for chat in session.scalars(select(Chat).where(Chat.id.in_(chat_ids))):
        address = f"{ERASED}{chat.id}"
        if chat.channel == "web":
            web_messages.move(session, chat.external_id, address)
        chat.external_id, chat.paused_until = address, None
    session.flush()


# ------------------------------------------------------------------ parts


def _private_chats(session: Session, person_ids: Sequence[int]) -> Chats:
    """Chats of nobody else, with their channel and address there."""
    of_identity = select(Identity.chat_id).where(
        Identity.person_id.in_(person_ids), Identity.chat_id.is_not(None)
    )
    talked_in = select(Conversation.chat_id).where(Conversation.person_id.in_(person_ids))
    rows = session.execute(
        select(Chat.id, Chat.channel, Chat.external_id).where(
            ~Chat.group, or_(Chat.id.in_(of_identity), Chat.id.in_(talked_in))
        )
    )
    return {chat_id: (channel, external_id) for chat_id, channel, external_id in rows}


def _by_channel(chats: Chats) -> dict[str, dict[int, str]]:
    """Addresses by chat, channel by channel: so they are found by the tables' indexes."""
    found: dict[str, dict[int, str]] = {}
    for chat_id, (channel, external_id) in chats.items():
        found.setdefault(channel, {})[chat_id] = external_id
    return found


def _empty_outbox(session: Session, person_ids: Sequence[int], chats: Chats) -> None:
    """What was said to them loses its text; what was not said yet is not said any more."""
    in_chats = [
        and_(Outbox.channel == channel, Outbox.state.in_(OUTBOX_STATES), Outbox.chat_id.in_(list(addresses)))
        for channel, addresses in _by_channel(chats).items()
    ]
    for theirs in (*in_chats, Outbox.digest_person_id.in_(person_ids)):
        session.execute(
            update(Outbox)
            .where(theirs, Outbox.state.in_(OPEN))
            .values(state="cancelled", claimed_by=None, lease_until=None)
        )
        session.execute(
            update(Outbox).where(theirs, Outbox.kind != "emptied").values(body={}, kind="emptied")
        )


def _empty_inbox(session: Session, person_ids: Sequence[int], chats: Chats, now: datetime) -> None:
    """Updates from their chats; in groups those that wait and name them."""
    waits = Inbox.state.in_(("new", "quarantined"))
    for channel, addresses in _by_channel(chats).items():
        theirs = and_(
            Inbox.channel == channel,
            Inbox.state.in_(INBOX_STATES),
            Inbox.chat_key.in_(list(addresses.values())),
        )
        session.execute(update(Inbox).where(theirs, waits).values(state="dropped", handled_at=now))
        session.execute(update(Inbox).where(theirs).values(body="", files=[], chat_key=""))
    in_groups = (
        select(Inbox)
        .join(Chat, (Chat.channel == Inbox.channel) & (Chat.external_id == Inbox.chat_key))
        .join(Conversation, Conversation.chat_id == Chat.id)
        .join(Identity, (Identity.person_id == Conversation.person_id) & (Identity.channel == Inbox.channel))
        .where(
            Conversation.person_id.in_(person_ids),
            Chat.group,
            waits,
            Inbox.body.contains(Identity.external_id),
        )
    )
    for row in session.scalars(in_groups).unique():
        row.state, row.handled_at, row.body, row.files = "dropped", now, "", []
    session.flush()


def _end_memberships(session: Session, person: Person, at: datetime) -> None:
    session.execute(
        update(Membership)
        .where(Membership.person_id == person.id, or_(Membership.until.is_(None), Membership.until > at))
        .values(until=at)
    )
    session.execute(update(Membership).where(Membership.person_id == person.id).values(post=None))


def _hand_over_contacts(session: Session, person: Person, now: datetime) -> None:
    """Contacts that they looked after go to who serves in that province now."""
    kept = select(Contact, Pairing.province_code).join(Pairing, Pairing.id == Contact.pairing_id)
    for contact, province in session.execute(kept.where(Contact.kept_by == person.id)).all():
        contact.kept_by = _who_serves(session, province, now)
    session.flush()


def _who_serves(session: Session, province: str, now: datetime) -> int | None:
    held = session.execute(
        select(Membership.role, Membership.person_id)
        .where(
            Membership.province_code == province,
            Membership.role.in_(STILL_SERVE),
            Membership.since <= now,
            or_(Membership.until.is_(None), Membership.until > now),
        )
        .order_by(Membership.id)
    ).all()
    return min(held, key=lambda one: STILL_SERVE.index(one[0]), default=(None, None))[1]


def _take_out_name(session: Session, person: Person, now: datetime) -> None:
    """Where their province noted them by name: as a contact, and as who recorded on a shared phone."""
    if not person.name:
        return
    served = select(Membership.province_code).where(Membership.person_id == person.id)
    theirs = select(Pairing.id).where(Pairing.province_code.in_(served))
    session.execute(
        update(Contact)
        .where(Contact.side == "ours", Contact.name == person.name, Contact.pairing_id.in_(theirs))
        .values(name="", post=None, reached_by=None, removed_at=func.coalesce(Contact.removed_at, now))
    )
    records = select(Activity.id).where(Activity.pairing_id.in_(theirs))
    session.execute(
        update(ActivityRevision)
        .where(ActivityRevision.recorder == person.name, ActivityRevision.activity_id.in_(records))
        .values(recorder=None)
    )
    _forget_recorder(session, person.name, served)


def _forget_recorder(session: Session, name: str, provinces: Select[str | None]) -> None:
    """On a duty phone the last one who said that they record is remembered with its conversation."""
    phones = select(Membership.person_id).where(
        Membership.office_held, Membership.province_code.in_(provinces)
    )
    for talk in session.scalars(select(Conversation).where(Conversation.person_id.in_(phones))):
        if (talk.state.get("recorder") or {}).get("name") == name:
            talk.state = {key: value for key, value in talk.state.items() if key != "recorder"}
