"""
Where a sheet's headings stand, and which field each column is.

Titles may stand above; headings may take two rows, groups above and what belongs to them below, with cells
merged across or down. What was said with `--map` counts first, then what was said for the same headings
before, then what is known, then what is nearly that. What only could be one is asked.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from bot.registering.fields import (
    BY_KEY,
    IGNORE,
    LONGEST_HEADING,
    NAMES,
    NEAR,
    field_of,
    is_none_of_ours,
    nearest_field,
)
from bot.registering.tables import MOST_COLUMNS, Cell, Row, Table, text_of
from knowledge.normalize import squash
from knowledge.sheets.columns import Spot, address

HEADINGS_WITHIN = 30  # rows
FEWEST = 2

Mapped = Mapping[str, str]
"""Headings, squashed, or letters of columns, with the field that each is."""

How = Literal["mapped", "remembered", "known", "near"]
_RANK: Mapping[How, int] = {"mapped": 0, "remembered": 1, "known": 2, "near": 3}


@dataclass(frozen=True)
class Heading:
    """A column as it is headed: `text` with its group before it, `own` without."""

    column: int
    spot: Spot
    text: str
    own: str

    @property
    def names(self) -> tuple[str, ...]:
        """What the column may be called when it is said which field it is."""
        return squash(self.text), squash(self.own), self.letter

    @property
    def letter(self) -> str:
        return address("A", (0, self.column)).removeprefix("A!")[:-1]


@dataclass(frozen=True)
class Column:
    field: str
    heading: Heading
    how: How
    like: str = ""  # the known heading that it is near to
    score: float = 100.0


@dataclass(frozen=True)
class Unclear:
    """A column that has to be said: it is like a heading that no other column has, or two have the same one."""

    heading: Heading
    field: str
    doubled: bool
    score: float = 100.0


@dataclass(frozen=True)
class Header:
    """The headings of a sheet; rows of data begin at `first`."""

    first: int
    rows: int  # one or two
    columns: Mapping[str, Column]
    unclear: tuple[Unclear, ...]
    unread: tuple[Heading, ...]
    headings: tuple[Heading, ...]
    key: str  # of all headings together: what was said for them is remembered under it

    @property
    def usable(self) -> bool:
        """Whether rows can be told apart: by their id, or by province and partner."""
        return "id" in self.columns or (
            "province" in self.columns and any(one in self.columns for one in NAMES)
        )

    def said(self, mapped: Mapped) -> dict[str, str]:
        """What of a mapping is about these headings."""
        names = {name for heading in self.headings for name in heading.names}
        return {name: field for name, field in mapped.items() if name in names}


def mapping_of(said: Iterable[tuple[str, str]]) -> dict[str, str]:
    """(field, heading) pairs as they are looked up."""
    return {(heading.upper() if _is_letter(heading) else squash(heading)): field for field, heading in said}


def _is_letter(heading: str) -> bool:
    return re.fullmatch("[A-Za-z]{1,2}", heading) is not None


def find_header(table: Table, mapped: Mapped, remembered: Mapping[str, Mapped]) -> Header | None:
    """The rows that are headings; None in a sheet that has none of ours."""
    rows = {row.number: row for row in table.rows[:HEADINGS_WITHIN]}
    reaching_down = {top for (top, _), (bottom, _) in table.merges if bottom == top + 1}
    best: Header | None = None
    for depth in (1, 2):  # one row where it says as much as two: what is above it is a title
        for number in rows:
            if depth == 1 and number in reaching_down:
                continue
            found = _header(_headings(table, rows, number, depth), number, depth, mapped, remembered)
            if best is None or _worth(found) > _worth(best):
                best = found
    return best if best is not None and _worth(best) >= FEWEST else None


def _worth(header: Header) -> int:
    return sum(column.how != "near" for column in header.columns.values())


def _headings(table: Table, rows: Mapping[int, Row], number: int, depth: int) -> tuple[Heading, ...]:
    top = _filled_across(table, rows, number)
    if depth == 1:
        return tuple(
            Heading(column, (number, column), text, text)
            for column, text in enumerate(_texts(rows.get(number)))
            if text
        )
    below = _texts(rows.get(number + 1))
    found = []
    group = ""
    for column in range(max(len(top), len(below))):
        over = top[column] if column < len(top) else ""
        own = below[column] if column < len(below) else ""
        group = over or (group if own else "")
        text = over if not own else f"{group} {own}".strip()
        if text:
            found.append(Heading(column, (number + 1 if own else number, column), text, own or over))
    return tuple(found)


def _texts(row: Row | None) -> list[str]:
    return [_plain(cell) for cell in row.cells] if row is not None else []


def _plain(cell: Cell) -> str:
    """A heading in one line, without the line breaks that keep columns narrow."""
    return " ".join(text_of(cell).split())


def _filled_across(table: Table, rows: Mapping[int, Row], number: int) -> list[str]:
    """A row's texts, with those of merged cells in each column that they stretch over."""
    texts = _texts(rows.get(number))
    for (top, left), (bottom, right) in table.merges:
        if top == number and bottom == number and left < len(texts) and texts[left]:
            right = min(right, MOST_COLUMNS - 1)
            texts += [""] * (right + 1 - len(texts))
            texts[left : right + 1] = [texts[left]] * (right + 1 - left)
    return texts


def _header(
    headings: Sequence[Heading], number: int, depth: int, mapped: Mapped, remembered: Mapping[str, Mapped]
) -> Header:
    key = _key_of(heading.text for heading in headings)
    before = remembered.get(key, {})
    read = [(heading, _read(heading, mapped, before)) for heading in headings]
    columns, unclear = _settled(read)
    taken = {column.heading.column for column in columns.values()} | {one.heading.column for one in unclear}
    unread = tuple(
        heading
        for heading, column in read
        if heading.column not in taken
        and not (column and column.field == IGNORE)
        and not is_none_of_ours(heading.own)
    )
    return Header(number + depth, depth, columns, unclear, unread, tuple(headings), key)


def _key_of(texts: Iterable[str]) -> str:
    return hashlib.sha256("\n".join(squash(text) for text in texts).encode()).hexdigest()


def _read(heading: Heading, mapped: Mapped, before: Mapped) -> Column | None:
    said: tuple[tuple[How, Mapped], ...] = (("mapped", mapped), ("remembered", before))
    for how, fields in said:
        for name in heading.names:
            if name in fields:
                return Column(fields[name], heading, how)
    if max(len(heading.text), len(heading.own)) > LONGEST_HEADING:
        return None
    for text in (heading.text, heading.own):
        field = field_of(text)
        if field is not None:
            return Column(field, heading, "known")
    if is_none_of_ours(heading.own):
        return None
    likeness = nearest_field(heading.text) or nearest_field(heading.own)
    return Column(likeness.field, heading, "near", likeness.like, likeness.score) if likeness else None


def _settled(
    read: Sequence[tuple[Heading, Column | None]],
) -> tuple[dict[str, Column], tuple[Unclear, ...]]:
    """Each field's column; two that are equally good are both asked about."""
    by_field: dict[str, list[Column]] = {}
    for _, column in read:
        if column is not None and column.field != IGNORE:
            by_field.setdefault(column.field, []).append(column)
    columns: dict[str, Column] = {}
    unclear: list[Unclear] = []
    for field, found in by_field.items():
        found.sort(key=lambda one: (_RANK[one.how], -one.score))
        best = [one for one in found if (one.how, one.score) == (found[0].how, found[0].score)]
        if len(best) > 1:
            unclear += (Unclear(one.heading, field, doubled=True) for one in best)
        elif best[0].how == "near" and best[0].score < NEAR:
            unclear.append(Unclear(best[0].heading, field, doubled=False, score=best[0].score))
        else:
            columns[field] = best[0]
    ordered = {field: columns[field] for field in BY_KEY if field in columns}
    return ordered, tuple(sorted(unclear, key=lambda one: one.heading.column))
