"""The curators' workbook: what goes out comes back, and every fault is told by its cell."""

from __future__ import annotations

import csv
import re
import shutil
import string
import zlib
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date, time
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZIP_LZMA, ZipFile

import pytest
import xlsxwriter  # type: ignore[import-untyped]  # ships neither stubs nor py.typed
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook
from ruamel.yaml import YAML

from knowledge.entries import Base, FaqEntry, Source, load_base
from knowledge.sheets import RowFault, SheetError, WorkbookRead, read_workbook, write_workbook
from knowledge.sheets.columns import BY_FIELD, COLUMNS, address, cell_text, choices_of
from knowledge.sheets.opening import MOST_BYTES, MOST_LETTERS, MOST_UNPACKED
from tests.knowledge.conftest import DATA, SMALL

Row = Mapping[str, Any]

NEW: Row = {
    "id": "online-signing",
    "topic": "การลงนาม",
    "stage": "การลงนาม",
    "question": "ลงนามผ่านวิดีโอได้หรือไม่",
    "title": "การลงนามทางไกล",
    "phrasings": "เซ็นผ่านซูม\nลงนามออนไลน์\nพิธีลงนามทางไกล\nเซ็นทางวิดีโอคอล\nvideo signing",
    "answer": "แผนฯ ไม่ได้ระบุ",
    "sources": "SEED#kpi",
    "as_of": "2562",
    "confidence": "เอกสารทางการ",
    "known": "ไม่ใช่",
}
FIELDS = tuple(column.field for column in COLUMNS)
LETTER = {field: address("x", (0, number)).removeprefix("x!")[:-1] for number, field in enumerate(FIELDS)}


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Base:
    """The small entries, with wordings enough for a curator to change them."""
    folder = tmp_path_factory.mktemp("base")
    shutil.copy(DATA / "topics.yaml", folder)
    shutil.copytree(DATA / "documents", folder / "documents")
    shutil.copytree(SMALL, folder / "faq")
    small = load_base(folder)
    entries = (
        entry.model_copy(
            update={"phrasings": tuple(f"{entry.question} แบบที่ {number}" for number in range(5))}
        )
        for entry in small.entries
    )
    return replace(small, entries=tuple(entries))


def as_row(entry: FaqEntry, base: Base) -> dict[str, Any]:
    """An entry as it is exported."""
    return {column.field: cell_text(entry, column, choices_of(base)) for column in COLUMNS}


def grid(*rows: Row, fields: Sequence[str] = FIELDS) -> list[list[Any]]:
    """Rows under the Thai headings."""
    return [
        [BY_FIELD[field].thai for field in fields],
        *([row.get(field, "") for field in fields] for row in rows),
    ]


def book(
    cells: Sequence[Sequence[Any]], sheet: str = "รายการ", shape: Callable[[Any, Any], None] | None = None
) -> bytes:
    """An .xlsx file as people make them; `shape` may do more to its sheet."""
    made = BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True, "default_date_format": "dd/mm/yyyy"}) as workbook:
        page = workbook.add_worksheet(sheet)
        for row, values in enumerate(cells):
            for column, value in enumerate(values):
                if isinstance(value, str):
                    page.write_string(row, column, value)
                else:
                    page.write(row, column, value)
        if shape:
            shape(workbook, page)
    return made.getvalue()


def comma_separated(cells: Sequence[Sequence[Any]], delimiter: str = ",") -> str:
    made = StringIO()
    csv.writer(made, delimiter=delimiter).writerows(cells)
    return made.getvalue()


def exported(base: Base) -> bytes:
    target = BytesIO()
    write_workbook(base, target)
    return target.getvalue()


def told(read: WorkbookRead) -> list[tuple[str, str]]:
    """Each fault by its cell and its English words."""
    found = []
    for fault in read.faults:
        english = re.search(r"\(([^()]+)\)$", fault.problem)
        assert english is not None, fault
        assert re.search("[ก-๙]", fault.problem), fault
        assert fault.instead
        found.append((fault.cell.partition("!")[2], english[1]))
    return found


def refused(data: bytes, base: Base) -> SheetError:
    with pytest.raises(SheetError) as caught:
        read_workbook(data, base)
    assert caught.value.instead
    return caught.value


def fits(base: Base, read: WorkbookRead, folder: Path) -> Base:
    """Load the base with what was read in it, as strictly as the curated files are."""
    merged = {entry.id: entry for entry in (*base.entries, *read.entries)}
    shutil.copytree(DATA / "documents", folder / "documents")
    shutil.copy(DATA / "topics.yaml", folder)
    (folder / "faq").mkdir()
    shutil.copy(SMALL / "sources.yaml", folder / "faq")
    entries = [entry.model_dump(mode="json", exclude_none=True) for entry in merged.values()]
    with (folder / "faq" / "all.yaml").open("w", encoding="utf-8") as file:
        YAML(typ="safe").dump({"entries": entries}, file)
    return load_base(folder)


# Going out


def test_every_field_of_an_entry_has_a_column() -> None:
    assert set(FIELDS) == set(FaqEntry.model_fields)
    assert len({column.thai for column in COLUMNS}) == len(COLUMNS)


def test_the_packaged_base_comes_back_unchanged() -> None:
    packaged = load_base()
    read = read_workbook(exported(packaged), packaged)
    assert (read.entries, read.faults, read.notes) == ((), (), ())
    assert read.unchanged == len(packaged.entries)


def test_the_workbook_has_its_four_sheets_and_readable_cells(base: Base) -> None:
    with CalamineWorkbook.from_filelike(BytesIO(exported(base))) as opened:
        assert opened.sheet_names == ["รายการ", "แหล่งที่มา", "หมวด", "วิธีใช้"]
        heads, first, *_ = opened.get_sheet_by_name("รายการ").to_python()
        sources = opened.get_sheet_by_name("แหล่งที่มา").to_python()
        topics = opened.get_sheet_by_name("หมวด").to_python()
    row = {str(head): str(cell) for head, cell in zip(heads, first, strict=True)}
    assert row["หมวด"] == "เป้าหมายและตัวชี้วัด"
    assert row["แหล่งที่มา"].startswith("SEED#kpi")
    assert row["มีคำตอบ"] == "ใช่"
    assert row["ถ้อยคำที่ใช้ถาม"].count("\n") == 4
    assert ["SEED", base.sources["SEED"].title, base.sources["SEED"].year] in sources
    assert "SEED#kpi" in [line[0] for line in sources]
    assert [line[1] for line in topics[1:]] == [topic.key for topic in base.topics]


def test_the_header_is_frozen_and_filtered_and_values_are_offered_to_choose_from(base: Base) -> None:
    with ZipFile(BytesIO(exported(base))) as package:
        sheet = package.read("xl/worksheets/sheet1.xml").decode()
    assert 'state="frozen"' in sheet
    assert "<autoFilter" in sheet
    assert sheet.count("<dataValidation ") == 4
    assert "หมวด!$A$2" in sheet.replace("'", "")


def test_a_text_that_begins_like_a_formula_stays_a_text(base: Base) -> None:
    entry = base.entries[0].model_copy(update={"answer": '=HYPERLINK("https://example.org")', "title": "+66"})
    with ZipFile(BytesIO(exported(replace(base, entries=(entry,))))) as package:
        sheet = package.read("xl/worksheets/sheet1.xml").decode()
        assert not any("hyperlink" in name.lower() for name in package.namelist())
    assert "<f>" not in sheet
    assert "<hyperlink" not in sheet


def test_a_file_can_be_named_to_write_to(base: Base, tmp_path: Path) -> None:
    write_workbook(base, tmp_path / "kb.xlsx")
    assert read_workbook((tmp_path / "kb.xlsx").read_bytes(), base).unchanged == len(base.entries)


def test_a_text_too_long_for_a_cell_is_told_and_nothing_written(base: Base, tmp_path: Path) -> None:
    entry = base.entries[0].model_copy(update={"detail": "ก" * (MOST_LETTERS + 1)})
    with pytest.raises(SheetError, match="text too long"):
        write_workbook(replace(base, entries=(entry,)), tmp_path / "kb.xlsx")
    assert not (tmp_path / "kb.xlsx").exists()


ODD = (
    "=1+1",
    "+66",
    "-5",
    "@x",
    '"',
    "''",
    "2562",
    "3/11",
    "TRUE",
    "#REF",
    "_x000D_",
    "a,b;c",
    "😀",
    "ก\u200bข",
)
LETTERS = st.characters(exclude_categories=["Cs", "Cc", "Cn", "Zl", "Zp"])
LINE = st.builds("{}{}{}".format, st.sampled_from(ODD), st.text(LETTERS, max_size=6), st.sampled_from(ODD))
TEXT = LINE | st.builds("{}\n\n{}".format, LINE, LINE)
SOURCES = st.sampled_from([Source(key="SEED", section="kpi"), Source(key="KAN65")]) | LINE.map(
    lambda cited: Source(cited=cited)
)
ENTRY = st.builds(
    FaqEntry,
    id=st.from_regex(r"\A[a-z0-9_]{1,8}(-[a-z0-9_]{1,8}){0,2}\Z"),
    topic=st.sampled_from(["kpi", "signing", "bot"]),
    stage=st.sampled_from(["before", "signing", "after", "steering", "general"]),
    question=TEXT,
    question_en=st.none() | TEXT,
    title=TEXT,
    phrasings=LINE.map(lambda line: tuple(f"{line} แบบ{number}" for number in "กขคงจ")),
    answer=TEXT,
    answer_en=st.none() | TEXT,
    detail=st.none() | TEXT,
    detail_en=st.none() | TEXT,
    sources=st.lists(SOURCES, min_size=1, max_size=3).map(tuple),
    facts=st.sampled_from([(), ("F001",), ("F001", "F002")]),
    as_of=st.sampled_from(["2562", "2562–2566", "ไม่ปรากฏปี"]),
    confidence=st.sampled_from(["official_text", "official_page", "press", "research"]),
    known=st.booleans(),
    in_force_from=st.none() | st.dates(date(1900, 1, 1), date(2100, 1, 1)).map(date.isoformat),
)


@settings(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(entry=ENTRY)
def test_whatever_an_entry_says_comes_back(base: Base, entry: FaqEntry) -> None:
    alone = replace(base, entries=(entry,))
    file = exported(alone)
    assert read_workbook(file, alone) == WorkbookRead((), (), 1)
    new = read_workbook(file, replace(base, entries=()))
    assert new.faults == ()
    assert new.entries == (entry,)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(text=st.text(st.characters(exclude_categories=["Cs"]), min_size=1))
def test_even_a_text_with_control_characters_comes_back_unchanged(base: Base, text: str) -> None:
    odd = base.entries[0].model_copy(
        update={"title": text, "phrasings": (text, *base.entries[0].phrasings), "related": ()}
    )
    alone = replace(base, entries=(odd,))
    assert read_workbook(exported(alone), alone) == WorkbookRead((), (), 1)


# Coming in


def test_only_what_differs_is_returned(base: Base) -> None:
    rows = [as_row(entry, base) for entry in base.entries]
    rows[1]["answer"] = "คำตอบใหม่\nสองบรรทัด"
    read = read_workbook(book(grid(*rows, NEW)), base)
    assert read.faults == ()
    assert read.unchanged == len(base.entries) - 1
    changed, new = read.entries
    assert changed == base.entries[1].model_copy(update={"answer": "คำตอบใหม่\nสองบรรทัด"})
    assert (new.id, new.topic, new.confidence, new.known) == (
        "online-signing",
        "signing",
        "official_text",
        False,
    )
    assert new.sources == (Source(key="SEED", section="kpi"),)
    assert len(new.phrasings) == 5


def test_what_is_returned_fits_the_base(base: Base, tmp_path: Path) -> None:
    rows = [as_row(entry, base) for entry in base.entries]
    rows[0]["detail"] = "เพิ่มรายละเอียด"
    bad = {**NEW, "id": "bad", "stage": "?", "question": "คำถามที่แถวเสีย", "phrasings": "หนึ่ง\nสอง"}
    leaning = {
        **NEW,
        "id": "leaning",
        "question": "อ้างถึงแถวเสีย",
        "phrasings": "ก1\nก2\nก3\nก4\nก5",
        "related": "bad",
    }
    read = read_workbook(book(grid(*rows, NEW, bad, leaning)), base)
    assert [entry.id for entry in read.entries] == [base.entries[0].id, "online-signing"]
    assert (f"{LETTER['related']}8", "unknown entry") in told(read)
    assert len(fits(base, read, tmp_path).entries) == len(base.entries) + 1


def test_a_row_that_takes_a_wording_from_a_faulty_row_waits_for_it(base: Base, tmp_path: Path) -> None:
    """Until the other row is mended, the base has that wording where it was."""
    rows = [as_row(entry, base) for entry in base.entries]
    moved = base.entries[1].phrasings[0]
    rows[1]["phrasings"] = "อื่น1\nอื่น2\nอื่น3\nอื่น4\nอื่น5"
    rows[0]["phrasings"] += "\n" + moved
    read = read_workbook(book(grid(*rows)), base)
    assert (len(read.entries), read.faults) == (2, ())
    rows[1]["stage"] = "?"
    read = read_workbook(book(grid(*rows)), base)
    assert told(read) == [
        (f"{LETTER['phrasings']}2", "same wording in two entries"),
        (f"{LETTER['stage']}3", "unknown stage"),
    ]
    fits(base, read, tmp_path)


@pytest.mark.parametrize("step", [1, -1])
def test_rows_that_lean_on_one_another_fall_together(base: Base, step: int) -> None:
    def row(number: int) -> Row:
        phrasings = "\n".join(f"ถาม {number} แบบ {letter}" for letter in "กขคงจ")
        texts = {"id": f"row-{number}", "question": f"คำถามที่ {number}", "phrasings": phrasings}
        return {**NEW, **texts, "related": f"row-{number + step}" if 0 < number < 300 else ""}

    rows = [row(number) for number in range(301)]
    rows[300 if step == 1 else 0] = {**rows[300 if step == 1 else 0], "stage": "?"}
    read = read_workbook(book(grid(*rows)), base)
    assert len(read.faults) == 300
    assert [entry.id for entry in read.entries] == ["row-0" if step == 1 else "row-300"]


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("id", "", "missing id"),
        ("id", "Online Signing", "not a key"),
        ("topic", "อากาศ", "unknown topic"),
        ("stage", "เมื่อวาน", "unknown stage"),
        ("confidence", "แน่นอน", "unknown confidence"),
        ("known", "อาจจะ", "neither yes nor no"),
        ("question", "", "missing question"),
        ("title", "  ", "missing title"),
        ("answer", "1\n2\n3\n4\n5\n6\n7", "more than 6 lines"),
        ("sources", "", "missing sources"),
        ("sources", "SEED#nowhere", "unknown section"),
        ("sources", "SEED", "section is required"),
        ("sources", "KAN56", "unknown source"),
        ("sources", "cited:", "empty citation"),
        ("phrasings", "หนึ่ง\nสอง\nสาม\nสี่\nสี่ ", "fewer than 5 phrasings"),
        ("phrasings", "หนึ่ง\nสอง\nสาม\nสี่\nลงนามผ่านวิดีโอได้หรือไม่", "fewer than 5 phrasings"),
        ("phrasings", "", "fewer than 5 phrasings"),
        ("phrasings", date(2026, 11, 3), "text became a date"),
        ("title", time(10, 30), "text became a date"),
        ("facts", "\n".join(f"F{number}" for number in range(201)), "too many values"),
        ("sources", "\n".join(["KAN65"] * 201), "too many values"),
        ("related", "nowhere", "unknown entry"),
        ("related", "online-signing", "refers to itself"),
        ("related", "Not A Key", "not a key"),
        ("superseded_by", "nowhere", "unknown entry"),
        ("as_of", "2018", "not the Buddhist era"),
        ("as_of", 2018, "not the Buddhist era"),
        ("in_force_from", "10/10/61", "not a date"),
        ("in_force_from", "31/2/2561", "not a date"),
        ("as_of", time(10, 30), "text became a date"),
        ("in_force_from", "1/1/2300", "not a date"),
        ("in_force_from", "เร็ว ๆ นี้", "not a date"),
        ("in_force_from", 43383, "not a date"),
        ("sources", date(2026, 11, 3), "text became a date"),
    ],
)
def test_a_fault_is_told_by_its_cell(base: Base, field: str, value: Any, words: str) -> None:
    good = {**NEW, "id": "good", "question": "แถวที่ดี", "phrasings": "ด1\nด2\nด3\nด4\nด5"}
    read = read_workbook(book(grid({**NEW, field: value}, good)), base)
    assert (f"{LETTER[field]}2", words) in told(read)
    assert {cell for cell, _ in told(read)} == {f"{LETTER[field]}2"}
    assert [entry.id for entry in read.entries] == ["good"]


def test_a_fault_says_where_what_and_what_instead(base: Base) -> None:
    (fault,) = read_workbook(book(grid({**NEW, "sources": "SEED#kpl"})), base).faults
    assert fault == RowFault(
        "รายการ", "รายการ!L2", "ไม่มีหัวข้อ “kpl” ในแผนฯ (unknown section)", "SEED#kpi หรือหัวข้ออื่นจากแผ่น แหล่งที่มา"
    )
    assert str(fault) == f"{fault.cell}: {fault.problem} · {fault.instead}"


def test_all_faults_of_all_rows_are_told_at_once(base: Base) -> None:
    bad = {**NEW, "stage": "?", "answer": "", "known": "?"}
    read = read_workbook(
        book(grid(bad, {**NEW, "id": "other", "question": "อีกข้อ", "phrasings": "ก", "topic": "?"})), base
    )
    assert told(read) == [
        ("C2", "unknown stage"),
        ("H2", "missing answer"),
        ("P2", "neither yes nor no"),
        ("B3", "unknown topic"),
        ("G3", "fewer than 5 phrasings"),
    ]
    assert read.entries == ()


def test_an_id_used_twice_is_told_at_both_rows(base: Base) -> None:
    read = read_workbook(book(grid(NEW, {**NEW, "question": "อีกข้อ", "phrasings": "ก\nข\nค\nง\nจ"})), base)
    assert told(read) == [("A2", "duplicate id"), ("A3", "duplicate id")]
    assert "รายการ!A3" in read.faults[0].problem
    assert read.entries == ()


def test_a_misspelt_id_of_an_entry_is_told_with_the_right_one(base: Base) -> None:
    row = {**as_row(base.entries[0], base), "id": "yearly-activty"}
    read = read_workbook(book(grid(row)), base)
    assert told(read) == [("A2", "unknown id")]
    assert read.faults[0].instead.startswith("yearly-activity")


def test_the_same_wording_is_told_with_the_other_entry_and_its_place(base: Base) -> None:
    wording = base.entries[1].phrasings[2]
    taken = {**NEW, "phrasings": f"{NEW['phrasings']}\n{wording} "}
    second = {**NEW, "id": "second", "question": "ข้อสอง", "phrasings": "เซ็นผ่าน ซูม\n1ก\n2ก\n3ก\n4ก"}
    read = read_workbook(book(grid(taken, second)), base)
    assert told(read) == [("G2", "same wording in two entries"), ("G3", "same wording in two entries")]
    assert base.entries[1].id in read.faults[0].problem
    assert "รายการ!A2" in read.faults[1].problem


def test_a_superseded_entry_may_share_wordings_and_need_not_have_many(base: Base) -> None:
    old = {**as_row(base.entries[0], base), "superseded_by": "online-signing", "phrasings": ""}
    new = {**NEW, "phrasings": "\n".join(base.entries[0].phrasings)}
    read = read_workbook(book(grid(old, new)), base)
    assert read.faults == ()
    assert [entry.superseded_by for entry in read.entries] == ["online-signing", None]


def test_an_entry_is_superseded_only_by_one_in_force(base: Base) -> None:
    old = {**as_row(base.entries[0], base), "superseded_by": "online-signing"}
    read = read_workbook(book(grid(old, {**NEW, "superseded_by": base.entries[0].id})), base)
    assert {words for _, words in told(read)} == {"not in force"}


@pytest.mark.parametrize(
    ("field", "value", "meant"),
    [
        ("as_of", 2562, "2562"),
        ("as_of", "๒๕๖๒ - ๒๕๖๖", "2562–2566"),
        ("as_of", date(1907, 1, 5), "2562"),
        ("as_of", date(2019, 5, 1), "2562"),
        ("as_of", date(2562, 5, 1), "2562"),
        ("in_force_from", date(2018, 10, 10), "2018-10-10"),
        ("in_force_from", date(2561, 10, 10), "2018-10-10"),
        ("in_force_from", "๑๐/๑๐/๒๕๖๑", "2018-10-10"),
        ("in_force_from", "2561-10-10", "2018-10-10"),
        ("in_force_from", "10 ต.ค. 2561", "2018-10-10"),
        ("in_force_from", "29 กุมภาพันธ์ พ.ศ. 2563", "2020-02-29"),
        ("title", 5, "5"),
        ("title", 0.5, "0.5"),
        ("title", "บรรทัดหนึ่ง\r\nบรรทัดสอง", "บรรทัดหนึ่ง\nบรรทัดสอง"),
        ("known", True, True),
        ("known", "yes", True),
        ("known", 0, False),
        ("topic", "signing", "signing"),
        ("topic", " การลงนาม ", "signing"),
        ("confidence", "press", "press"),
        ("facts", "F001, F002\nF003", ("F001", "F002", "F003")),
        ("related", "yearly-activity, who-signs", ("yearly-activity", "who-signs")),
        ("related", "\u200byearly-activity", ("yearly-activity",)),
        (
            "sources",
            "seed#kpi\nKAN65#หน้า 3\ncited: หนังสือ มท. = ด่วน",
            (
                Source(key="SEED", section="kpi"),
                Source(key="KAN65", section="หน้า 3"),
                Source(cited="หนังสือ มท. = ด่วน"),
            ),
        ),
    ],
)
def test_cells_are_understood_as_they_were_meant(base: Base, field: str, value: Any, meant: Any) -> None:
    read = read_workbook(book(grid({**NEW, field: value})), base)
    assert read.faults == ()
    assert getattr(read.entries[0], field) == meant


def test_formulas_are_read_as_their_values(base: Base) -> None:
    data = book(grid(NEW), shape=lambda _, page: page.write_formula("F2", '="การ"&"ลงนาม"', None, "การลงนาม"))
    assert read_workbook(data, base).entries[0].title == "การลงนาม"


@pytest.mark.parametrize("value", ["#DIV/0!", ""])
def test_a_formula_without_a_value_is_not_taken_for_an_empty_cell(base: Base, value: str) -> None:
    """Otherwise a broken formula in a detail would erase it."""

    def shape(workbook: Any, page: Any) -> None:
        page.write_formula("J2", "=1/0", None, value)

    data = book(grid(NEW), shape=shape)
    if not value:
        data = repacked(data, "xl/worksheets/sheet1.xml", lambda part: part.replace(b"<v></v></c>", b"</c>"))
    assert told(read_workbook(data, base)) == [("J2", "formula without a value")]


# Headings, sheets and rows


def test_columns_may_stand_in_another_order_and_be_named_in_english(base: Base) -> None:
    order = tuple(reversed(FIELDS))
    cells = grid(NEW, fields=order)
    cells[0] = [
        BY_FIELD[field].english.upper() if number % 2 else field for number, field in enumerate(order)
    ]
    read = read_workbook(book(cells), base)
    assert read.faults == ()
    assert read.entries == read_workbook(book(grid(NEW)), base).entries


def test_unknown_doubled_and_nameless_columns_are_told(base: Base) -> None:
    cells = grid(NEW)
    cells[0] += ["หมายเหตุ", "คำตอบ", "", ""]
    cells[1] += ["", "x", "y", ""]
    read = read_workbook(book(cells), base)
    assert told(read) == [
        ("T1", "unknown column"),
        ("U1", "heading used twice"),
        ("V1", "column without a heading"),
    ]
    assert len(read.entries) == 1


def test_a_misspelt_heading_is_told_with_the_right_one(base: Base) -> None:
    cells = grid(NEW)
    cells[0][FIELDS.index("detail")] = "รายละเอยด"
    (fault,) = read_workbook(book(cells), base).faults
    assert (fault.cell, fault.instead) == ("รายการ!J1", "รายละเอียด หรือลบคอลัมน์นี้")


def test_a_missing_heading_is_told_once_and_old_entries_keep_what_they_say(base: Base) -> None:
    fields = tuple(field for field in FIELDS if field not in ("answer", "detail", "detail_en"))
    old = {**as_row(base.entries[0], base), "title": "หัวเรื่องใหม่"}
    read = read_workbook(
        book(
            grid(old, NEW, {**NEW, "id": "b", "question": "ข", "phrasings": "ก\nข1\nค\nง\nจ"}, fields=fields)
        ),
        base,
    )
    assert told(read) == [("A1", "missing heading answer")]
    assert read.entries == (base.entries[0].model_copy(update={"title": "หัวเรื่องใหม่"}),)
    assert "รายละเอียด" in read.notes[0]


def test_a_second_header_row_is_told_and_a_title_above_is_not(base: Base) -> None:
    heads = grid()[0]
    english = [BY_FIELD[field].english for field in FIELDS]
    cells = [["รายการคำถาม ปี 2569"], [], heads, english, *grid(NEW)[1:], heads]
    read = read_workbook(book(cells), base)
    assert told(read) == [("A4", "second header row"), ("A6", "second header row")]
    assert len(read.entries) == 1


def test_rows_above_the_header_are_not_lost_silently(base: Base) -> None:
    heads, row = grid(NEW)
    assert told(read_workbook(book([row, heads]), base)) == [("A1", "row above the header")]


def test_blank_rows_and_bands_between_groups_are_skipped(base: Base) -> None:
    heads, row = grid(NEW)
    cells = [heads, [], [" "], [], row]
    data = book(cells, shape=lambda _, page: page.merge_range("A4:S4", "หมวดการลงนาม"))
    read = read_workbook(data, base)
    assert (len(read.entries), read.faults, read.unchanged) == (1, (), 0)


def test_a_value_merged_over_two_rows_is_told_and_erases_nothing(base: Base) -> None:
    rows = [as_row(entry, base) for entry in base.entries[:2]]
    data = book(grid(*rows), shape=lambda _, page: page.merge_range("J2:J3", "รายละเอียดร่วม"))
    read = read_workbook(data, base)
    assert told(read) == [("J3", "merged cells")]
    assert [entry.id for entry in read.entries] == [base.entries[0].id]


def test_the_sheet_of_entries_is_found_by_its_name_or_its_headings(base: Base) -> None:
    assert len(read_workbook(book(grid(NEW), sheet="Sheet1"), base).entries) == 1

    def another(workbook: Any, _: Any) -> None:
        page = workbook.add_worksheet("สำเนา")
        for column, heading in enumerate(grid()[0]):
            page.write_string(0, column, heading)

    assert len(read_workbook(book(grid(NEW), shape=another), base).entries) == 1
    assert "several sheets" in str(refused(book(grid(NEW), sheet="ก ข", shape=another), base))
    assert "no header row" in str(refused(book([["สวัสดี", "คำถาม"]]), base))


def test_a_sheet_name_with_blanks_is_quoted_in_addresses(base: Base) -> None:
    read = read_workbook(book(grid({**NEW, "stage": "?"}), sheet="my sheet"), base)
    assert read.faults[0].cell == "'my sheet'!C2"
    assert address("x", (0, 701)) == "x!ZZ1"


# CSV


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp874", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_csv_is_read_in_the_encodings_that_excel_writes(base: Base, encoding: str, delimiter: str) -> None:
    rows = [as_row(entry, base) for entry in base.entries]
    rows[0]["answer"] = 'เขียนว่า "MOU"; แล้วส่ง, ตามลำดับ'
    read = read_workbook(comma_separated(grid(*rows), delimiter).encode(encoding), base)
    assert read.faults == ()
    assert [entry.answer for entry in read.entries] == [rows[0]["answer"]]
    assert read.unchanged == len(rows) - 1


def test_faults_in_csv_are_told_by_row_and_column(base: Base) -> None:
    text = comma_separated([*grid(), [], *grid({**NEW, "stage": "?"})[1:]])
    assert read_workbook(text.encode(), base).faults[0].cell == "CSV!C3"


def test_a_quote_that_is_not_closed_is_told_by_its_line(base: Base) -> None:
    text = comma_separated(grid(NEW)) + '"ไม่ปิด,ข\n'
    assert "CSV" in str(refused(text.encode(), base))


# Files that are refused


def repacked(
    data: bytes, part: str, change: Callable[[bytes], bytes], add: Mapping[str, bytes] | None = None
) -> bytes:
    """A workbook with one part changed."""
    made = BytesIO()
    with ZipFile(BytesIO(data)) as old, ZipFile(made, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change(old.read(name)) if name == part else old.read(name))
        for name, content in (add or {}).items():
            new.writestr(name, content)
    return made.getvalue()


SHEET = "xl/worksheets/sheet1.xml"


def same(part: bytes) -> bytes:
    return part


def test_macros_are_refused(base: Base) -> None:
    data = book(grid(NEW))
    assert "macros" in str(refused(repacked(data, "", same, {"xl/vbaProject.bin": b"x"}), base))
    macro = repacked(
        data,
        "[Content_Types].xml",
        lambda part: part.replace(b"spreadsheetml.sheet.main", b"macroEnabled.main"),
    )
    assert "macros" in str(refused(macro, base))


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty file"),
        (b" \n", "empty file"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "old format"),
        (b"PK\x03\x04 broken", "เสียหาย"),
        (b"%PDF-1.7\n\x00\x01\x02", "neither"),
        (b"\x89PNG\r\n\x1a\n\x00", "neither"),
        ("สวัสดี".encode(), "no header row"),
        (b"x" * (MOST_BYTES + 1), "file too large"),
    ],
)
def test_what_is_no_workbook_is_refused_with_the_reason(base: Base, data: bytes, words: str) -> None:
    assert words in str(refused(data, base))


def test_another_office_file_is_refused(base: Base) -> None:
    made = BytesIO()
    with ZipFile(made, "w") as package:
        package.writestr("word/document.xml", "<document/>")
    assert "not an .xlsx workbook" in str(refused(made.getvalue(), base))


def test_a_file_that_unpacks_to_far_more_is_refused_before_it_is_unpacked(base: Base) -> None:
    bomb = repacked(book(grid(NEW)), "", same, {"xl/worksheets/sheet9.xml": b" " * (MOST_UNPACKED + 1)})
    assert len(bomb) < MOST_BYTES
    assert "too large when unpacked" in str(refused(bomb, base))


def test_a_package_that_lies_about_its_size_is_refused(base: Base) -> None:
    """Less is declared than comes out: what is read stops there, and does not match its checksum."""
    data = bytearray(repacked(book(grid(NEW)), SHEET, lambda part: part + b"<!--" + b"x" * 100_000 + b"-->"))
    with ZipFile(BytesIO(data)) as package:
        info = package.getinfo(SHEET)
    declared = info.file_size.to_bytes(4, "little")
    assert bytes(data).count(declared) >= 2
    assert "เสียหาย" in str(refused(bytes(data).replace(declared, (50).to_bytes(4, "little")), base))


@pytest.mark.parametrize("spot", ["XFD2", "A1048576", "AO2", "A5002"])
def test_a_cell_far_away_is_refused_before_a_table_is_laid_out(base: Base, spot: str) -> None:
    far = f'<row r="1048576"><c r="{spot}" t="inlineStr"><is><t>x</t></is></c></row></sheetData>'.encode()
    data = repacked(book(grid(NEW)), SHEET, lambda part: part.replace(b"</sheetData>", far))
    assert "too many rows or columns" in str(refused(data, base))


def test_far_cells_without_a_position_are_counted(base: Base) -> None:
    far = b"<row>" + b"<c><v>1</v></c>" * 41 + b"</row></sheetData>"
    data = repacked(book(grid(NEW)), SHEET, lambda part: part.replace(b"</sheetData>", far))
    assert "too many rows or columns" in str(refused(data, base))


def test_a_far_cell_that_is_only_coloured_does_no_harm(base: Base) -> None:
    far = b'<row r="9999"><c r="XFD9999" s="1"/></row></sheetData>'
    data = repacked(book(grid(NEW)), SHEET, lambda part: part.replace(b"</sheetData>", far))
    assert len(read_workbook(data, base).entries) == 1


def test_a_part_in_another_encoding_is_refused(base: Base) -> None:
    data = repacked(book(grid(NEW)), SHEET, lambda part: part.replace(b"UTF-8", b"cp037", 1))
    assert "encoding cp037" in str(refused(data, base))


@pytest.mark.parametrize("count", [b"4294967296", b"1000000", b"00000004294967296", b"-1"])
def test_an_announced_number_of_texts_cannot_take_all_memory(base: Base, count: bytes) -> None:
    """The reading library makes room for that many and ends the process when there is none."""

    def announce(part: bytes) -> bytes:
        return re.sub(rb'uniqueCount="\d+"', b'uniqueCount="' + count + b'"', part)

    assert "uniqueCount" in str(refused(repacked(book(grid(NEW)), "xl/sharedStrings.xml", announce), base))


def test_a_package_with_a_password_or_unusual_packing_is_refused(base: Base) -> None:
    made = BytesIO()
    with ZipFile(BytesIO(book(grid(NEW)))) as old, ZipFile(made, "w", ZIP_LZMA) as new:
        for name in old.namelist():
            new.writestr(name, old.read(name))
    assert "unusual compression" in str(refused(made.getvalue(), base))
    locked = bytearray(book(grid(NEW)))
    entry = locked.index(b"PK\x01\x02")
    locked[entry + 8] |= 1
    assert "password" in str(refused(bytes(locked), base))


@pytest.mark.parametrize("reference", [b'r="1A"', b'r="A99999999"', b'r="A0"'])
def test_a_cell_in_no_place_is_refused(base: Base, reference: bytes) -> None:
    data = repacked(book(grid(NEW)), SHEET, lambda part: part.replace(b'r="A2"', reference))
    refused(data, base)


def test_entities_are_refused(base: Base) -> None:
    data = repacked(
        book(grid(NEW)),
        SHEET,
        lambda part: part.replace(b"<worksheet", b'<!DOCTYPE x [<!ENTITY a "b">]><worksheet', 1),
    )
    assert "DOCTYPE" in str(refused(data, base))


def test_too_many_merged_cells_are_refused(base: Base) -> None:
    def merge(_: Any, page: Any) -> None:
        for row in range(10, 2_011):
            page.merge_range(row, 0, row, 1, "")

    assert "too many merged" in str(refused(book(grid(NEW), shape=merge), base))


def test_csv_has_the_same_limits(base: Base) -> None:
    wide = comma_separated([grid()[0] + ["x"] * 40])
    assert "too many rows or columns" in str(refused(wide.encode(), base))
    long = comma_separated(grid()) + "x\n" * 5_001
    assert "too many rows or columns" in str(refused(long.encode(), base))


@pytest.mark.parametrize("make", [book, lambda cells: comma_separated(cells).encode()])
def test_a_cell_that_is_too_long_is_refused_with_its_address(
    base: Base, make: Callable[[Any], bytes]
) -> None:
    error = refused(make(grid({**NEW, "detail": "x" * (MOST_LETTERS + 1)})), base)
    assert "J2" in error.problem


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(data=st.data())
def test_a_damaged_workbook_is_read_or_refused(base: Base, data: st.DataObject) -> None:
    """Nothing else may come out, whatever is cut from or put into its parts."""
    part = data.draw(
        st.sampled_from(
            [SHEET, "xl/workbook.xml", "xl/sharedStrings.xml", "xl/styles.xml", "xl/_rels/workbook.xml.rels"]
        )
    )

    def damage(content: bytes) -> bytes:
        start = data.draw(st.integers(0, len(content)))
        end = data.draw(st.integers(start, min(len(content), start + 40)))
        piece = data.draw(st.text(string.digits + string.ascii_letters + '<>/"= ', max_size=8))
        return content[:start] + piece.encode() + content[end:]

    with suppress(SheetError):
        read_workbook(repacked(book(grid(NEW)), part, damage), base)


@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(data=st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(base: Base, data: bytes) -> None:
    with pytest.raises(SheetError):
        read_workbook(data, base)
    with pytest.raises(SheetError):
        read_workbook(b"PK\x03\x04" + zlib.compress(data), base)
