"""What a workbook or CSV file says beyond the base, with every fault told by its cell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from knowledge.entries import Base, FaqEntry
from knowledge.normalize import squash
from knowledge.sheets.cells import Known, Wrong, as_text, nearest, quoted
from knowledge.sheets.columns import BY_FIELD, COLUMNS, ENTRIES_SHEET, Column, Spot, address, column_for
from knowledge.sheets.opening import Cell, Table, open_tables
from knowledge.sheets.package import SheetError
from knowledge.sheets.rows import Draft, Header, check_together, missing_required, read_row

HEADER_WITHIN = 20  # rows; titles may stand above the header
FEWEST_HEADINGS = 2
MOST_IN_A_TITLE = 2  # filled cells of a title above the header
_SHEET_NAMES = {squash(ENTRIES_SHEET), "entries"}


@dataclass(frozen=True)
class RowFault:
    """One thing to mend."""

    sheet: str
    cell: str  # รายการ!E12
    problem: str  # in Thai, with English in brackets
    instead: str  # what to write

    def __str__(self) -> str:
        return f"{self.cell}: {self.problem} · {self.instead}"


@dataclass(frozen=True)
class WorkbookRead:
    """
    What a file says.

    Taking `entries` into the base breaks none of its rules, whether or not the rows of `faults` are mended.
    Entries whose row was deleted from the file are not mentioned: they stay.
    """

    entries: tuple[FaqEntry, ...]  # new ones, and those that differ from the base, in the order of the file
    faults: tuple[RowFault, ...]  # by row, then column
    unchanged: int  # rows that say what the base says
    notes: tuple[str, ...] = ()  # worth knowing, nothing to mend: columns that the file does not have


_Told = tuple[Spot, Wrong]


def read_workbook(data: bytes, base: Base) -> WorkbookRead:
    """
    Read the entries of an .xlsx workbook or a .csv file (UTF-8, UTF-16 or Windows Thai).

    Raises:
        SheetError: If the file cannot be read, is too large, or has no sheet of entries.
    """
    table, header = _entries_table(open_tables(data))
    known = Known.of(base)
    told = [*_above(table, header), *_heading_faults(table, header)]
    drafts: list[Draft] = []
    unchanged = 0
    for row in range(header.row + 1, len(table.rows)):
        if _says_nothing(table, header, row):
            continue
        if _is_header(table.rows[row], header):
            told.append(((row, 0), Wrong("หัวตารางซ้ำ (second header row)", "ลบแถวนี้")))
        elif (draft := read_row(table, header, row, known)) is None:
            unchanged += 1
        else:
            drafts.append(draft)
    check_together(
        drafts, known, {draft.row: address(table.name, (draft.row, header.place("id"))) for draft in drafts}
    )
    told += [((draft.row, header.place(name)), wrong) for draft in drafts for name, wrong in draft.faults]
    return WorkbookRead(
        tuple(draft.good for draft in drafts if draft.good is not None),
        tuple(_faults(table.name, told)),
        unchanged,
        tuple(_notes(header)),
    )


def _faults(sheet: str, told: Sequence[_Told]) -> Iterator[RowFault]:
    for spot, wrong in sorted(dict.fromkeys(told), key=lambda one: one[0]):
        yield RowFault(sheet, address(sheet, spot), wrong.problem, wrong.instead)


# The sheet and its header


def _entries_table(tables: Sequence[Table]) -> tuple[Table, Header]:
    """The sheet named for entries, or the only one that has their headings."""
    found = [(table, header) for table in tables if (header := _find_header(table)) is not None]
    named = [pair for pair in found if squash(pair[0].name) in _SHEET_NAMES]
    if len(named or found) == 1:
        return (named or found)[0]
    if not found:
        headings = ", ".join(column.thai for column in COLUMNS[:5])
        raise SheetError("ไม่พบหัวตารางของรายการ (no header row)", f"ใส่หัวตารางในแถวแรก เช่น {headings}")
    names = ", ".join(table.name for table, _ in found)
    raise SheetError(
        f"มีหลายแผ่นที่เป็นรายการได้: {names} (several sheets of entries)", f"ตั้งชื่อแผ่นที่ใช้ว่า {ENTRIES_SHEET}"
    )


def _find_header(table: Table) -> Header | None:
    """The first row that has enough headings; titles and blank rows may stand above it."""
    found = [Header(row, _columns(cells)) for row, cells in enumerate(table.rows[:HEADER_WITHIN])]
    most = max((len(header.columns) for header in found), default=0)
    enough = max(FEWEST_HEADINGS, most // 2)
    return next((header for header in found if len(header.columns) >= enough), None)


def _columns(cells: Sequence[Cell]) -> Mapping[int, Column]:
    """Headings that are recognised, each the first time."""
    found: dict[str, int] = {}
    for number, cell in enumerate(cells):
        if (column := column_for(as_text(cell))) is not None:
            found.setdefault(column.field, number)
    return {number: BY_FIELD[field] for field, number in found.items()}


def _heading_faults(table: Table, header: Header) -> Iterator[_Told]:
    cells = table.rows[header.row]
    for number in range(max(map(len, table.rows))):
        if number in header.columns:
            continue
        heading = as_text(cells[number]) if number < len(cells) else ""
        if (column := column_for(heading)) is not None:
            yield (header.row, number), Wrong(f"หัวตาราง {column.thai} ซ้ำ (heading used twice)", "ลบคอลัมน์ที่ซ้ำ")
        elif heading:
            meant = nearest(heading, (column.thai for column in COLUMNS))
            instead = f"{meant} หรือลบคอลัมน์นี้" if meant else "ลบคอลัมน์นี้ หรือใช้หัวตารางตามแผ่น วิธีใช้"
            yield (header.row, number), Wrong(f"ไม่รู้จักคอลัมน์ {quoted(heading)} (unknown column)", instead)
        elif any(number < len(row) and as_text(row[number]) for row in table.rows[header.row + 1 :]):
            yield (
                (header.row, number),
                Wrong("คอลัมน์นี้ไม่มีหัวตาราง (column without a heading)", "ใส่หัวตาราง หรือลบคอลัมน์นี้"),
            )
    for column in missing_required(header.columns.values()):
        problem = f"ไม่มีคอลัมน์ {column.thai} (missing heading {column.field})"
        yield (header.row, 0), Wrong(problem, f"เพิ่มคอลัมน์ที่มีหัวว่า {column.thai}")


def _notes(header: Header) -> Iterator[str]:
    present = {column.field for column in header.columns.values()}
    optional = [column.thai for column in COLUMNS if column.field not in present]
    if optional:
        yield f"ไม่มีคอลัมน์ {', '.join(optional)} ในไฟล์ จึงคงค่าเดิม (columns not in the file keep their values)"


def _is_header(cells: Sequence[Cell], header: Header) -> bool:
    """Whether a row below the header is one again, in whatever order or language."""
    texts = [text for cell in cells if (text := as_text(cell))]
    return len(_columns(cells)) >= max(FEWEST_HEADINGS, len(header.columns) // 2, len(texts) // 2)


def _says_nothing(table: Table, header: Header, row: int) -> bool:
    """Blank rows, and rows whose only text stretches over several columns, as between groups of entries."""
    filled = _filled(table, header, row)
    stretched = {left for (top, left), (_, right) in table.merges if top == row and right > left}
    return filled <= stretched


def _filled(table: Table, header: Header, row: int) -> set[int]:
    """The known columns in which the row says something."""
    cells = table.rows[row]
    return {
        number
        for number in header.columns
        if (row, number) in table.dead or (number < len(cells) and as_text(cells[number]))
    }


def _above(table: Table, header: Header) -> Iterator[_Told]:
    """Titles may stand above the header; a row of entries there would be lost."""
    for row in range(header.row):
        if len(_filled(table, header, row)) > MOST_IN_A_TITLE:
            yield (row, 0), Wrong("แถวนี้อยู่เหนือหัวตาราง (row above the header)", "ย้ายแถวนี้ไปใต้หัวตาราง หรือลบ")
