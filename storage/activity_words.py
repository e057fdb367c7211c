"""
Words in what records of activities say, found by an index of every three letters: Thai has no blanks between
words, so any part of a text may be one.

The one place that knows the index of each database. Migration 0004 makes it, and the database keeps it itself:
SQLite by triggers that fill the FTS5 table `activity_words`, PostgreSQL by a GIN index over `letters_of`. The
index only says where to look; whether a word stands there is asked of the record.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Integer,
    Select,
    and_,
    column,
    func,
    literal,
    literal_column,
    or_,
    select,
    table,
    true,
)
from sqlalchemy.orm import Session

from storage.models import Activity

SHORTEST = 3
"""Letters. A shorter word has no entry in the index."""

PROBED, FREQUENT = 2_000, 40
"""
Of so many of the latest records so many must hold the words for them to be looked for in the order of the list.
Otherwise they are gathered by the index first; both take about as long where one record in fifty holds them.
"""

_INDEXED = table("activity_words", column("rowid"), column("activity_words"))
ID_OF_NUMBER = 0xFFFFFFFF
"""The bits of a row's number that are the record's id, on SQLite."""

_SAID: ColumnElement[Any] = literal_column(
    "letters_of(activity.title || chr(10) || coalesce(activity.place, '') || chr(10)"
    " || coalesce(activity.result, ''))"
)
"""As the index of PostgreSQL is written: another expression would not be found in it."""

_COLUMNS: tuple[ColumnElement[Any], ...] = (
    Activity.title.expression,
    Activity.place.expression,
    Activity.result.expression,
)


_LATEST_FIRST = (Activity.start.desc(), Activity.id.desc())


def holds(words: Sequence[str]) -> ColumnElement[bool]:
    """Each word stands in the title, the place or the result."""
    return _hold(_COLUMNS, words)


def _hold(columns: Sequence[ColumnElement[Any]], words: Sequence[str]) -> ColumnElement[bool]:
    return and_(true(), *(or_(*(_stands_in(one, word) for one in columns)) for word in words))


def _stands_in(column: ColumnElement[Any], word: str) -> ColumnElement[bool]:
    """Thai has no capital letters, and looking past them is most of the work."""
    if word.lower() == word.upper():
        return column.contains(word, autoescape=True)
    return column.icontains(word, autoescape=True)


def are_indexed(words: Sequence[str]) -> bool:
    """Whether the index tells anything of these words."""
    return any(len(word) >= SHORTEST for word in words)


def come_in_order(session: Session, words: Sequence[str]) -> bool:
    """
    Whether the index finds records in the order of the list, so that few of them are looked at wherever the
    words stand: that of SQLite does. PostgreSQL looks at a province's records sooner than at what it found.
    """
    return session.get_bind().dialect.name == "sqlite" and are_indexed(words)


def find(
    session: Session, words: Sequence[str], conditions: Sequence[ColumnElement[bool]], limit: int
) -> Sequence[int]:
    """
    Ids of records that hold every word and meet the conditions, the latest activity first.

    Args:
        words: At least one of `SHORTEST` letters.
        conditions: On `Activity`; deleted records are left out anyway.
    """
    wanted = (Activity.deleted_at.is_(None), *conditions, holds(words))
    if come_in_order(session, words):
        return session.scalars(_on_sqlite(words, wanted, limit)).all()
    if _are_frequent(session, words):
        query = select(Activity.id).where(*wanted).order_by(*_LATEST_FIRST).limit(limit)
        return session.scalars(query).all()
    return session.scalars(_on_postgresql(words, wanted, limit)).all()


def find_among(session: Session, words: Sequence[str], among: Select[int], limit: int) -> Sequence[int]:
    """The same of these ids, where words `come_in_order`: no record is read that is not one of them."""
    wanted = (_RECORD.in_(among), holds(words))
    return session.scalars(_on_sqlite(words, wanted, limit)).all()


_RECORD = _INDEXED.c.rowid.op("&", return_type=Integer())(ID_OF_NUMBER)


def _on_sqlite(words: Sequence[str], wanted: Sequence[ColumnElement[bool]], limit: int) -> Select[int]:
    """The rows of `activity_words` are numbered in the order of the list: reading ends when there are enough."""
    return (
        select(Activity.id)
        .select_from(_INDEXED.join(Activity, Activity.id == _RECORD))
        .where(_matches(words), *wanted)
        .order_by(_INDEXED.c.rowid.desc())
        .limit(limit)
    )


def _matches(words: Sequence[str]) -> ColumnElement[bool]:
    """Every letter of the words stands in the row, three by three, wherever: fewer lists are joined sooner."""
    letters = dict.fromkeys(
        word[at : at + SHORTEST]
        for word in words
        if len(word) >= SHORTEST
        for at in (*range(0, len(word) - SHORTEST, SHORTEST), len(word) - SHORTEST)
    )
    quoted = ('"' + one.replace('"', '""') + '"' for one in letters)
    return _INDEXED.c.activity_words.match(" AND ".join(quoted))


def _are_frequent(session: Session, words: Sequence[str]) -> bool:
    """Gathering half of all records by an index would take longer than meeting enough of them on the way."""
    latest = select(*_COLUMNS).where(Activity.deleted_at.is_(None)).order_by(*_LATEST_FIRST).limit(PROBED)
    said = latest.subquery().c
    query = select(func.count()).where(_hold((said.title, said.place, said.result), words))
    return (session.scalar(query) or 0) >= FREQUENT


def _on_postgresql(words: Sequence[str], wanted: Sequence[ColumnElement[bool]], limit: int) -> Select[int]:
    """
    All that hold them, put in order afterwards: the planner takes letters for independent of each other, and
    would rather meet a rare word on its way through the whole list.
    """
    long = (word for word in words if len(word) >= SHORTEST)
    letters = (_SAID.op("@>")(func.letters_of(literal(word))) for word in long)
    found = select(Activity.id, Activity.start).where(*letters, *wanted).cte("found")
    found = found.prefix_with("MATERIALIZED", dialect="postgresql")
    return select(found.c.id).order_by(found.c.start.desc(), found.c.id.desc()).limit(limit)
