"""Who serves where: the staff of a province, memberships that end, acting heads, the check each October."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, exists, or_, select
from sqlalchemy.orm import Session

from storage import meta
from storage.models import Membership, Person, Province, StaffCheck

PROVINCIAL = ("officer", "group_head", "head")


def in_office(now: datetime) -> ColumnElement[bool]:
    """A membership that holds at this instant."""
    return and_(Membership.since <= now, or_(Membership.until.is_(None), Membership.until > now))


def find(session: Session, membership_id: int) -> Membership | None:
    return session.get(Membership, membership_id)


def find_locked(session: Session, membership_id: int) -> Membership | None:
    """As it is now, held until the transaction ends: it is ended once."""
    return session.get(Membership, membership_id, with_for_update=True, populate_existing=True)


def holds(membership: Membership, now: datetime) -> bool:
    """Whether it holds now, or will: an acting head's may begin later."""
    return membership.until is None or membership.until > now


def list_staff(session: Session, province_code: str, now: datetime) -> Sequence[tuple[Membership, Person]]:
    """Everybody in office in the province, and who will stand in for the head; by membership."""
    rows = session.execute(
        select(Membership, Person)
        .join(Person, Person.id == Membership.person_id)
        .where(
            Membership.province_code == province_code,
            Membership.role.in_(PROVINCIAL),
            or_(Membership.until.is_(None), Membership.until > now),
            or_(Membership.since <= now, Membership.acting),
        )
        .order_by(Membership.id)
    )
    return [(membership, person) for membership, person in rows]


def list_of_role(session: Session, role: str, now: datetime) -> Sequence[Person]:
    """Everybody who holds a role that belongs to no province, by person."""
    held = exists().where(Membership.person_id == Person.id, Membership.role == role, in_office(now))
    return session.scalars(select(Person).where(held).order_by(Person.id)).all()


def has_head(session: Session, province_code: str, now: datetime) -> bool:
    """Whether somebody holds the post of the head, be it for some days."""
    head = select(Membership.id).where(
        Membership.province_code == province_code, Membership.role == "head", in_office(now)
    )
    return session.scalar(head.limit(1)) is not None


def list_heads(session: Session, now: datetime) -> dict[str, list[Person]]:
    """Who is head of office, or stands in, by province."""
    rows = session.execute(
        select(Membership.province_code, Person)
        .join(Person, Person.id == Membership.person_id)
        .where(Membership.role == "head", Membership.province_code.is_not(None), in_office(now))
        .order_by(Membership.province_code, Person.id)
    )
    found: dict[str, list[Person]] = {}
    for province, person in rows:
        if province is not None and person not in found.setdefault(province, []):
            found[province].append(person)
    return found


def lock_province(session: Session, province_code: str) -> None:
    """Let one transaction at a time say who stands in for its head."""
    query = select(Province.code).where(Province.code == province_code)
    session.execute(query.with_for_update(key_share=True)).all()


def end(membership: Membership, by: int, now: datetime) -> None:
    """The row stays: it says who held which post when."""
    membership.until, membership.ended_by = now, by


def list_standing_in(
    session: Session, person_id: int, province_code: str, now: datetime
) -> Sequence[Membership]:
    """When a person stands in for the head of the province, now or later."""
    return session.scalars(
        select(Membership)
        .where(
            Membership.person_id == person_id,
            Membership.province_code == province_code,
            Membership.acting,
            or_(Membership.until.is_(None), Membership.until > now),
        )
        .order_by(Membership.id)
    ).all()


def add_acting(
    session: Session, person_id: int, province_code: str, first: datetime, until: datetime, by: int
) -> Membership:
    """The person stands in for the head from one instant to another, and ends by itself."""
    membership = Membership(
        person_id=person_id,
        role="head",
        province_code=province_code,
        since=first,
        until=until,
        acting=True,
        greeted=True,
        granted_by=by,
    )
    session.add(membership)
    session.flush()
    return membership


def move_acting(session: Session, by: timedelta) -> None:
    """Move what was said by the business clock to another place on the real one, but for what a person ended."""
    rows = select(Membership).where(Membership.acting, Membership.ended_by.is_(None))
    for row in session.scalars(rows):
        row.since += by
        row.until = row.until + by if row.until is not None else None


# ------------------------------------------------------------------ the check each October

ASKED_AGAIN = "staff"
"""What the key begins with under which it stands that a province was asked a second time."""


def find_check(session: Session, province_code: str, fiscal_year: int) -> StaffCheck | None:
    return session.scalar(
        select(StaffCheck).where(
            StaffCheck.province_code == province_code, StaffCheck.fiscal_year == fiscal_year
        )
    )


def get_or_add_check(session: Session, province_code: str, fiscal_year: int) -> StaffCheck:
    """The province's check of a B.E. fiscal year; whoever asks or confirms at this moment is waited for."""
    meta.lock(session, meta.STAFFING)
    check = find_check(session, province_code, fiscal_year)
    if check is None:
        check = StaffCheck(province_code=province_code, fiscal_year=fiscal_year)
        session.add(check)
        session.flush()
    return check


def was_asked_again(session: Session, check: StaffCheck) -> bool:
    return meta.get(session, _again(check)) is not None


def note_asked_again(session: Session, check: StaffCheck, now: datetime) -> None:
    meta.put(session, _again(check), now.isoformat())


def _again(check: StaffCheck) -> str:
    return f"{ASKED_AGAIN}:{check.province_code}:{check.fiscal_year}"
