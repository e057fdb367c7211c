"""Rows of the workbook as entries: each checked for itself, then all of them together with the base."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from pydantic import ValidationError

from knowledge.entries import FaqEntry
from knowledge.normalize import squash
from knowledge.sheets.cells import QUOTED, Known, Wrong, as_text, nearest, quoted, read_cell
from knowledge.sheets.columns import BY_FIELD, REQUIRED, Column, Spot, cell_text, tidy
from knowledge.sheets.opening import Cell, Merge, Table

FEWEST_PHRASINGS = 5


@dataclass(frozen=True)
class Header:
    """Which column of the sheet is which, and what the sheet calls its place."""

    row: int
    columns: Mapping[int, Column]

    def place(self, field_: str) -> int:
        """Where faults of a field are told: its column, or the id's when it has none."""
        at = {column.field: number for number, column in self.columns.items()}
        return at.get(field_, at.get("id", 0))


class Wording(NamedTuple):
    field: str
    text: str
    key: str  # what it is compared by


@dataclass
class Draft:
    """A row that says something new, while it is being checked."""

    row: int
    id: str
    values: Mapping[str, Any]
    wordings: tuple[Wording, ...]
    entry: FaqEntry | None = None
    faults: list[tuple[str, Wrong]] = field(default_factory=list)  # field and what is wrong

    @property
    def good(self) -> FaqEntry | None:
        return None if self.faults else self.entry


def read_row(table: Table, header: Header, row: int, known: Known) -> Draft | None:
    """
    The row as a draft with its own faults, or None if it says what the base says.

    Columns that the sheet does not have keep what the base says.
    """
    cells = {column.field: cell for cell, column in _cells(table.rows[row], header)}
    faults = list(_unreadable(table, header, row))
    old = known.entries.get(read_cell(cells.get("id", ""), BY_FIELD["id"], known).value or "")
    if old is not None and not faults and _stands(cells, old, known):
        return None
    values: dict[str, Any] = old.model_dump() if old is not None else {}
    for name, cell in cells.items():
        read = read_cell(cell, BY_FIELD[name], known)
        faults += [(name, wrong) for wrong in read.wrongs]
        values.pop(name, None)
        if read.value is not None:
            values[name] = read.value
    draft = Draft(row, str(values.get("id", "")), values, _wordings(values), faults=faults)
    _check(draft, set(cells))
    return None if draft.good is not None and draft.good == old else _with_phrasings(draft)


def _cells(row: Sequence[Cell], header: Header) -> Iterator[tuple[Cell, Column]]:
    for number, column in header.columns.items():
        yield (row[number] if number < len(row) else ""), column


def _stands(cells: Mapping[str, Cell], entry: FaqEntry, known: Known) -> bool:
    """Whether every cell is just what the base would write there."""
    return all(
        as_text(cell) == tidy(cell_text(entry, BY_FIELD[name], known.choices)) for name, cell in cells.items()
    )


def _unreadable(table: Table, header: Header, row: int) -> Iterator[tuple[str, Wrong]]:
    """Cells whose text is not there: it would be taken for an empty cell, and what stood there be lost."""
    covered = [merge for merge in table.merges if merge[0][0] <= row <= merge[1][0]]
    for number, column in header.columns.items():
        if (row, number) in table.dead:
            yield (
                column.field,
                Wrong("สูตรไม่มีค่าหรือค่าผิดพลาด (formula without a value)", f"พิมพ์ข้อความแทนสูตร: {column.fill}"),
            )
        elif any(_covers(merge, (row, number)) for merge in covered):
            yield column.field, Wrong("เซลล์นี้ถูกผสานกับเซลล์อื่น (merged cells)", "ยกเลิกการผสานเซลล์ แล้วกรอกทุกช่อง")


def _covers(merge: Merge, spot: Spot) -> bool:
    (top, left), (_, right) = merge
    return left <= spot[1] <= right and spot != (top, left)


def _check(draft: Draft, present: set[str]) -> None:
    """The rules of an entry that stand in its model. A column that is not there was told once, at the header."""
    told = {name for name, _ in draft.faults}
    try:
        draft.entry = FaqEntry.model_validate(draft.values)
    except ValidationError as error:
        for fault in error.errors():
            name = str(fault["loc"][0]) if fault["loc"] else "id"
            if fault["type"] != "missing" or (name in present and name not in told):
                draft.faults.append((name, _said(name, fault)))


_SAID = {
    "missing": "ยังไม่ได้กรอก",
    "string_too_short": "ต้องไม่ว่าง",
    "too_short": "ต้องมีอย่างน้อยหนึ่งรายการ",
    "string_pattern_mismatch": "รูปแบบไม่ถูกต้อง",
}


def _said(name: str, fault: Mapping[str, Any]) -> Wrong:
    column = BY_FIELD.get(name)
    fill = column.fill if column else "ตรวจค่าในช่องนี้"
    heading = column.thai if column else name
    english = str(fault["msg"])
    match fault["type"]:
        case "missing":
            return Wrong(f"ยังไม่ได้กรอก{heading} (missing {name})", fill)
        case "string_pattern_mismatch":
            key = re.sub(r"[^a-z0-9_]+", "-", str(fault["input"])[:QUOTED].lower()).strip("-")
            instead = f"{key} · {fill}" if key else fill
            return Wrong(f"{quoted(str(fault['input']))} ใช้เป็นรหัสไม่ได้ (not a key)", instead)
        case "value_error":
            # Our own rules say it in Thai, a comma, and English.
            thai, _, english = english.removeprefix("Value error, ").rpartition(", ")
            return Wrong(f"{thai} ({english})" if thai else f"ค่านี้ใช้ไม่ได้ ({english})", fill)
        case kind:
            return Wrong(f"{_SAID.get(kind, 'ค่านี้ใช้ไม่ได้')} ({english})", fill)


def _with_phrasings(draft: Draft) -> Draft:
    """Enough wordings that differ: an entry that is asked for in one way only is hardly ever found."""
    if draft.values.get("superseded_by") or any(name == "phrasings" for name, _ in draft.faults):
        return draft
    keys = {
        name: {one.key for one in draft.wordings if one.field == name} for name in ("phrasings", "question")
    }
    told = keys["phrasings"] - keys["question"] - {""}
    if len(told) < FEWEST_PHRASINGS:
        problem = f"มีถ้อยคำที่ต่างกัน {len(told)} แบบ ต้องมีอย่างน้อย {FEWEST_PHRASINGS} แบบ (fewer than {FEWEST_PHRASINGS} phrasings)"
        draft.faults.append(("phrasings", Wrong(problem, BY_FIELD["phrasings"].fill)))
    return draft


# Rows together


@dataclass(frozen=True)
class _Asked:
    """What other entries need to know of one."""

    id: str
    where: str  # "" for entries of the base
    wordings: tuple[Wording, ...]
    current: bool


def check_together(drafts: Sequence[Draft], known: Known, where: Mapping[int, str]) -> None:
    """
    Tell what contradicts another row or the base: ids used twice, references to nothing, the same wording.

    Rows are first compared as they stand in the file, faulty ones too. Then again without the faulty ones,
    until nothing more is found: what is left fits the base as it would be after taking it in.

    Args:
        where: For each row, the address of its first cell.
    """
    _tell_repeated(drafts, where)
    base = {
        entry.id: _Asked(entry.id, "", _wordings(entry.model_dump()), entry.superseded_by is None)
        for entry in known.base.entries
    }
    asked = {
        draft.row: _Asked(draft.id, where[draft.row], draft.wordings, not draft.values.get("superseded_by"))
        for draft in drafts
    }
    everything = {**base, **{draft.id: asked[draft.row] for draft in drafts}}
    _tell(_loose(drafts, everything))
    _tell(_doubled(drafts, asked, everything, base))
    found = True
    while found:
        good = [draft for draft in drafts if draft.good is not None]
        fitting = {**base, **{draft.id: asked[draft.row] for draft in good}}
        found = _tell(_fallen(good, fitting, base)) or _tell(_doubled(good, asked, fitting, base))


def _tell_repeated(drafts: Sequence[Draft], where: Mapping[int, str]) -> None:
    rows: dict[str, list[Draft]] = {}
    for draft in drafts:
        if draft.id:
            rows.setdefault(draft.id, []).append(draft)
    for same in (same for same in rows.values() if len(same) > 1):
        for draft in same:
            others = ", ".join(where[other.row] for other in same if other is not draft)
            draft.faults.append(
                ("id", Wrong(f"รหัส {draft.id} ซ้ำกับ {others} (duplicate id)", "รหัสที่ยังไม่มี หรือรวมเป็นแถวเดียว"))
            )


def _wordings(values: Mapping[str, Any]) -> tuple[Wording, ...]:
    texts = [
        ("question", values.get("question")),
        ("question_en", values.get("question_en")),
        *(("phrasings", text) for text in values.get("phrasings") or ()),
    ]
    return tuple(Wording(name, text, squash(text)) for name, text in texts if text)


_Found = tuple[Draft, str, Wrong]


def _tell(found: Iterable[_Found]) -> bool:
    """Note each fault at its row; False when there was none."""
    told = False
    for draft, name, wrong in found:
        draft.faults.append((name, wrong))
        told = True
    return told


def _loose(drafts: Sequence[Draft], everything: Mapping[str, _Asked]) -> list[_Found]:
    return [(draft, name, wrong) for draft in drafts for name, wrong in _references(draft, everything)]


def _fallen(good: Sequence[Draft], fitting: Mapping[str, _Asked], base: Mapping[str, _Asked]) -> list[_Found]:
    """Rows that refer to a row that fell out, and so on: entries often refer to their neighbours."""
    left = dict(fitting)
    found: dict[int, list[_Found]] = {}
    for draft in (*good, *reversed(good)):
        if draft.row not in found and (loose := _loose([draft], left)):
            found[draft.row] = loose
            del left[draft.id]
            left |= {draft.id: base[draft.id]} if draft.id in base else {}
    return [one for loose in found.values() for one in loose]


def _doubled(
    drafts: Sequence[Draft],
    asked: Mapping[int, _Asked],
    everything: Mapping[str, _Asked],
    base: Mapping[str, _Asked],
) -> list[_Found]:
    """Wordings that another entry has; of two rows, the later one is told."""
    mine = {asked[draft.row] for draft in drafts}
    owners: dict[str, _Asked] = {}
    for other in everything.values():
        if other not in mine:
            _own(owners, other)
    found: list[_Found] = []
    for draft in drafts:
        if asked[draft.row].current:
            found += (
                (draft, name, wrong) for name, wrong in _same_wordings(draft, asked[draft.row], owners, base)
            )
            _own(owners, asked[draft.row])
    return found


def _own(owners: dict[str, _Asked], one: _Asked) -> None:
    if one.current:
        for _, _, key in one.wordings:
            owners.setdefault(key, one)


def _same_wordings(
    draft: Draft, asked: _Asked, owners: Mapping[str, _Asked], base: Mapping[str, _Asked]
) -> Iterator[tuple[str, Wrong]]:
    meant = _meant(draft, asked, owners, base)
    if meant is not None:
        problem = f"ไม่มีรหัส {draft.id} แต่คำถามตรงกับรายการ {meant} (unknown id)"
        yield "id", Wrong(problem, f"{meant} หรือเปลี่ยนคำถามหากเป็นรายการใหม่")
    for name, text, key in asked.wordings:
        owner = owners.get(key)
        if owner is not None and owner.id not in (draft.id, meant):
            place = f" ที่ {owner.where}" if owner.where else ""
            problem = f"{quoted(text)} ซ้ำกับถ้อยคำในรายการ {owner.id}{place} (same wording in two entries)"
            yield name, Wrong(problem, "เก็บถ้อยคำนี้ไว้ในรายการเดียว")


def _meant(
    draft: Draft, asked: _Asked, owners: Mapping[str, _Asked], base: Mapping[str, _Asked]
) -> str | None:
    """The entry whose id was misspelt: the base has its question, and not this id."""
    if draft.id in base:
        return None
    for name, _, key in asked.wordings:
        owner = owners.get(key)
        if name == "question" and owner is not None and not owner.where:
            return owner.id
    return None


def _references(draft: Draft, everything: Mapping[str, _Asked]) -> Iterator[tuple[str, Wrong]]:
    for related in draft.values.get("related") or ():
        if related == draft.id:
            yield "related", Wrong(f"{quoted(related)} คือรายการนี้เอง (refers to itself)", "รหัสของรายการอื่น")
        elif related not in everything:
            yield "related", _unknown(related, everything)
    newer = draft.values.get("superseded_by")
    if newer and newer not in everything:
        yield "superseded_by", _unknown(newer, everything)
    elif newer and not everything[newer].current:
        yield "superseded_by", Wrong(f"รายการ {newer} ไม่ได้ใช้แล้ว (not in force)", "รหัสของรายการที่ยังใช้อยู่")


def _unknown(id_: str, among: Iterable[str]) -> Wrong:
    meant = nearest(id_, among)
    instead = f"{meant} หรือรหัสอื่นที่มีอยู่" if meant else "รหัสที่มีอยู่ในคอลัมน์ รหัส"
    return Wrong(f"ไม่มีรายการ {quoted(id_)} หรือแถวของรายการนั้นยังมีข้อผิดพลาด (unknown entry)", instead)


def missing_required(columns: Iterable[Column]) -> list[Column]:
    """The columns that every new entry needs and the sheet does not have."""
    present = {column.field for column in columns}
    return [column for name, column in BY_FIELD.items() if name in REQUIRED and name not in present]
