"""Facts about the database itself, one row each."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Integer, Text, bindparam, cast, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from storage.models import Meta

REGISTRY_VERSION = "registry_version"
CLOCK_SHIFT = "clock_shift_seconds"
LAST_PLAN = "last_plan_at"
FIRST_PLAN = "first_plan_on"
PLAN_GAP = "plan_gap"
STANDSTILL = "standstill_told"
"""The last plan before the standstill of which the ministry was told last."""
LAST_PURGE = "last_purge_on"
KNOWLEDGE_VERSION = "knowledge_version"
INQUIRIES, ENTRIES, CHASING = "inquiries", "entries", "chasing"
"""Hold no value: who groups questions, numbers and approves versions of entries, or asks officers, locks them."""
STAFFING = "staffing"
"""Holds no value either: who asks a head who serves, or confirms it, locks it."""
NAMES_VERSION = "names_version"


_VALUE = select(Meta.value).where(Meta.key == bindparam("key"))


def get(session: Session, key: str) -> str | None:
    return session.scalar(_VALUE, {"key": key})


def put(session: Session, key: str, value: str) -> None:
    row = session.get(Meta, key)
    if row is None:
        session.add(Meta(key=key, value=value))
        session.flush()
    else:
        row.value = value


def lock(session: Session, key: str) -> None:
    """
    Let one transaction at a time do what the key stands for. On SQLite writers queue anyway.

    The row is made when it is missing: one that is not there cannot be locked.
    """
    if session.get_bind().dialect.name != "sqlite":
        session.execute(insert(Meta).values(key=key, value="").on_conflict_do_nothing())
        session.execute(select(Meta.key).where(Meta.key == key).with_for_update())


def bump_registry(session: Session) -> None:
    """Tell every process that names or pairings changed, so that their indexes are made anew."""
    _raise(session, REGISTRY_VERSION)


def bump_knowledge(session: Session) -> None:
    """Tell every process that an entry or a document changed."""
    _raise(session, KNOWLEDGE_VERSION)


def _raise(session: Session, key: str) -> None:
    raised = session.scalar(
        update(Meta)
        .where(Meta.key == key)
        .values(value=cast(cast(Meta.value, Integer) + 1, Text))
        .returning(Meta.value)
        .execution_options(synchronize_session=False)
    )
    if raised is None:
        put(session, key, "1")


def registry_version(session: Session) -> int:
    return int(get(session, REGISTRY_VERSION) or 0)


def knowledge_version(session: Session) -> int:
    return int(get(session, KNOWLEDGE_VERSION) or 0)


_VERSIONS = select(Meta.key, Meta.value).where(Meta.key.in_((REGISTRY_VERSION, KNOWLEDGE_VERSION)))


def versions(session: Session) -> tuple[int, int]:
    """(registry, knowledge) in one query: every turn asks for both."""
    found = {key: int(value) for key, value in session.execute(_VERSIONS)}
    return found.get(REGISTRY_VERSION, 0), found.get(KNOWLEDGE_VERSION, 0)


def clock_shift(session: Session) -> float:
    """Seconds by which the demo's business clock is ahead of the real one."""
    return float(get(session, CLOCK_SHIFT) or 0)


def last_plan(session: Session) -> datetime | None:
    value = get(session, LAST_PLAN)
    return datetime.fromisoformat(value) if value else None


def put_plan_gap(session: Session, last: datetime, again: datetime) -> None:
    """Planning had stopped between these two plans; the latest such gap is kept."""
    put(session, PLAN_GAP, f"{last.isoformat()}/{again.isoformat()}")


def plan_gap(session: Session) -> tuple[datetime, datetime] | None:
    last, _, again = (get(session, PLAN_GAP) or "").partition("/")
    return (datetime.fromisoformat(last), datetime.fromisoformat(again)) if again else None


def last_purge(session: Session) -> date | None:
    """The night in which what had been kept long enough went."""
    value = get(session, LAST_PURGE)
    return date.fromisoformat(value) if value else None


def claim_purge(session: Session, night: date) -> bool:
    """Whether this process is the first to come in this night."""
    lock(session, LAST_PURGE)
    known = last_purge(session)
    if known is not None and known >= night:
        return False
    put(session, LAST_PURGE, night.isoformat())
    return True


def give_back_purge(session: Session, before: date | None) -> None:
    """It did not come to its end: the next one to ask begins again."""
    put(session, LAST_PURGE, before.isoformat() if before else "")
