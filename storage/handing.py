"""
Work that changes hands: what somebody leaves behind, and who takes it over.

Records of activities stay with the post: only who is asked about them changes. What has no successor belongs to
the post until somebody who serves there takes it: a draft is `left` with its province, a contact has no keeper.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, exists, func, or_, select, update
from sqlalchemy.orm import Session

from storage.activities import RECORDED
from storage.models import Activity, ActivityRevision, Contact, Conversation, Draft, Membership, Pairing
from storage.serving import in_office

LEFT = "left"
"""State of a draft that belongs to a post, which its body names under `POST`."""

POST = "post"


@dataclass(frozen=True)
class Handed:
    """How much there is of each kind."""

    drafts: int = 0
    plans: int = 0
    contacts: int = 0


def hand_over(
    session: Session,
    person_id: int,
    province_code: str,
    successor_id: int | None,
    now: datetime,
    *,
    last: bool,
) -> Handed:
    """
    What a person who leaves looked after in a province goes to the successor, or to the post.

    Args:
        last: They serve nowhere else: a draft that names no pairing yet goes too.
    """
    plans = _hand_over_records(session, _looked_after_by(person_id, province_code, now), successor_id)
    contacts = _hand_over_contacts(session, Contact.kept_by == person_id, province_code, successor_id)
    drafts = _list_drafts(session, person_id, province_code, last=last)
    _let_go(session, drafts)
    for draft in drafts:
        _give(draft, province_code, successor_id, now)
    session.flush()
    return Handed(len(drafts), plans, contacts)


def take_over(session: Session, province_code: str, person_id: int, now: datetime) -> Handed:
    """Everything that waits for the post goes to a person who serves there."""
    plans = _hand_over_records(session, _without_keeper(province_code, now), person_id)
    contacts = _hand_over_contacts(session, Contact.kept_by.is_(None), province_code, person_id)
    drafts = _list_left(session, province_code)
    for draft in drafts:
        _give(draft, province_code, person_id, now)
    session.flush()
    return Handed(len(drafts), plans, contacts)


def count_of_post(session: Session, province_code: str, now: datetime) -> Handed:
    """What waits for whoever takes over."""
    return Handed(
        len(_list_left(session, province_code, lock=False)),
        _count_plans(session, _without_keeper(province_code, now)),
        _count_contacts(session, Contact.kept_by.is_(None), province_code),
    )


def count_of_person(
    session: Session, person_id: int, province_code: str, now: datetime, *, last: bool
) -> Handed:
    """What would change hands if they left."""
    return Handed(
        len(_list_drafts(session, person_id, province_code, last=last, lock=False)),
        _count_plans(session, _looked_after_by(person_id, province_code, now)),
        _count_contacts(session, Contact.kept_by == person_id, province_code),
    )


# ------------------------------------------------------------------ records


def _of_province(province_code: str) -> ColumnElement[bool]:
    return and_(
        Activity.deleted_at.is_(None),
        Activity.pairing_id.in_(select(Pairing.id).where(Pairing.province_code == province_code)),
    )


def _keeper_serves(province_code: str, now: datetime) -> ColumnElement[bool]:
    return exists().where(
        Membership.person_id == Activity.created_by,
        Membership.province_code == province_code,
        in_office(now),
    )


def _looked_after_by(person_id: int, province_code: str, now: datetime) -> ColumnElement[bool]:
    """Records about which this person is asked: no other keeper serves any more."""
    recorded = exists().where(
        ActivityRevision.activity_id == Activity.id,
        ActivityRevision.person_id == person_id,
        ActivityRevision.change.in_(RECORDED),
    )
    theirs = or_(
        Activity.created_by == person_id,
        and_(recorded, Activity.created_by.is_not(None), ~_keeper_serves(province_code, now)),
    )
    return and_(_of_province(province_code), theirs)


def _without_keeper(province_code: str, now: datetime) -> ColumnElement[bool]:
    return and_(
        _of_province(province_code),
        Activity.created_by.is_not(None),
        ~_keeper_serves(province_code, now),
    )


def _hand_over_records(session: Session, which: ColumnElement[bool], successor_id: int | None) -> int:
    """How many of them are plans that wait for their day. Locked in one order, before anything else."""
    rows = session.execute(
        select(Activity.id, Activity.state)
        .where(which)
        .order_by(Activity.id)
        .with_for_update(key_share=True, of=Activity)
    ).all()
    if successor_id is not None and rows:
        session.execute(
            update(Activity)
            .where(Activity.id.in_([activity_id for activity_id, _state in rows]))
            .values(created_by=successor_id)
        )
    return sum(state == "planned" for _id, state in rows)


def _count_plans(session: Session, which: ColumnElement[bool]) -> int:
    query = select(func.count(Activity.id)).where(which, Activity.state == "planned")
    return session.scalar(query) or 0


# ------------------------------------------------------------------ contacts


def _contacts(which: ColumnElement[bool], province_code: str) -> ColumnElement[bool]:
    ours = select(Pairing.id).where(Pairing.province_code == province_code)
    return and_(which, Contact.removed_at.is_(None), Contact.pairing_id.in_(ours))


def _hand_over_contacts(
    session: Session, which: ColumnElement[bool], province_code: str, successor_id: int | None
) -> int:
    ids = session.scalars(
        select(Contact.id).where(_contacts(which, province_code)).order_by(Contact.id).with_for_update()
    ).all()
    session.execute(update(Contact).where(Contact.id.in_(ids)).values(kept_by=successor_id))
    return len(ids)


def _count_contacts(session: Session, which: ColumnElement[bool], province_code: str) -> int:
    return session.scalar(select(func.count(Contact.id)).where(_contacts(which, province_code))) or 0


# ------------------------------------------------------------------ drafts


def _list_drafts(
    session: Session, person_id: int, province_code: str, *, last: bool, lock: bool = True
) -> Sequence[Draft]:
    """The person's open drafts that are about the province."""
    query = select(Draft).where(Draft.person_id == person_id, Draft.state == "open").order_by(Draft.id)
    ours = set(session.scalars(select(Pairing.id).where(Pairing.province_code == province_code)))
    rows = session.scalars(query.with_for_update() if lock else query).all()
    return [
        one for one in rows if one.body.get("pairing_id") in ours or (last and not one.body.get("pairing_id"))
    ]


def _list_left(session: Session, province_code: str, *, lock: bool = True) -> Sequence[Draft]:
    query = select(Draft).where(Draft.state == LEFT).order_by(Draft.id)
    rows = session.scalars(query.with_for_update() if lock else query).all()
    return [one for one in rows if one.body.get(POST) == province_code]


def _let_go(session: Session, drafts: Sequence[Draft]) -> None:
    """No conversation of whoever had them holds them any more."""
    ids = [one.id for one in drafts]
    session.execute(update(Conversation).where(Conversation.draft_id.in_(ids)).values(draft_id=None))


def _give(draft: Draft, province_code: str, successor_id: int | None, now: datetime) -> None:
    """A new version: buttons of the cards that were shown before act no more."""
    draft.version += 1
    draft.updated_at, draft.nudges, draft.nudged_at = now, 0, None
    if successor_id is None:
        draft.state, draft.body = LEFT, {**draft.body, POST: province_code}
    else:
        draft.state, draft.person_id = "open", successor_id
        draft.body = {name: value for name, value in draft.body.items() if name != POST}
