"""
The text of PDF files, as blocks with their pages.

pdfium gives letters and where they stand. Here running heads, page numbers and tables of contents are left out,
and lines become paragraphs again.
"""

from __future__ import annotations

import ctypes
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from importlib import import_module
from itertools import pairwise
from statistics import median
from threading import Lock
from types import ModuleType
from typing import Any

from knowledge.importing.clauses import arabic, find_clause
from knowledge.importing.cutting import Block
from knowledge.importing.limits import MAX_CHARACTERS, MAX_PAGES, refuse, too_many_characters
from knowledge.importing.lines import Line, paragraphs
from knowledge.importing.repair import repair, undo_latin1

# pdfium works for one thread at a time.
_PDFIUM = Lock()
_HEADER_WITHIN = 1024  # where readers look for %PDF-

_HYPHEN = re.compile("(?<=[a-z])[\x02\ufffe](?=[a-z])")  # pdfium's sign for a word broken at a hyphen
_OTHER_HYPHEN = re.compile("[\x02\ufffe]")
_UNREADABLE = re.compile("[\ufffd\ue000-\uf6ff\uf71b-\uf8ff\x00-\x08\x0e-\x1f]")
_MOSTLY = 0.3

_LONGEST_HEAD = 200
_COUNTED = "\x00"  # marks a number in the text of a running head
_EDGE = 3  # lines at the top and bottom of a page among which heads and page numbers are looked for
_D = "[0-9๐-๙]"
_PAGE_NUMBER = re.compile(
    rf"(?:หน้า(?:ที่)?|page)\s*[-–—]?\s*{_D}{{1,4}}(?:\s*(?:/|จาก|ของ|of)\s*{_D}{{1,4}})?[\s-]*"
    rf"|[-–—(\[]\s*{_D}{{1,4}}\s*[-–—)\]]|{_D}{{1,4}}\s*/\s*{_D}{{1,4}}",
    re.IGNORECASE,
)
_BARE_NUMBER = re.compile(rf"{_D}{{1,3}}")
_LEADER = re.compile(rf"(?:[.·_]\s?){{4}}\s?[(]?{_D}{{1,4}}[)]?$")
_LONGEST_LEADER = 20  # letters of a line's end that show it
_CONTENTS = re.compile(r"สารบัญ(?:\s*\(ต่อ\))?|เรื่อง|หน้า(?:ที่)?|(?:table of )?contents", re.IGNORECASE)

_FULL = 0.85  # of the width of the text
_LEAST_FULL = 0.62  # of the width of the page
_LEAST_LETTERS = 50  # on a turned page
_GAP = 1.6  # times the usual distance of lines
_INDENT = 12.0  # points
_SAME_LINE = 2.0


@dataclass(frozen=True)
class _Raw:
    """A line as pdfium found it; places in points from the lower left corner."""

    text: str
    page: int
    left: float
    right: float
    base: float
    sheet: int  # width of the page; lines of equal sheets share a margin


def read_pdf(data: bytes, name: str) -> tuple[Sequence[Block], tuple[int, ...]]:
    """
    The blocks of a PDF file, and the pages on which there is no text.

    Raises:
        DocumentError: If it is no PDF, locked, too long, scanned, or its fonts do not tell their letters.
    """
    if b"%PDF-" not in data[:_HEADER_WITHIN]:
        raise refuse(
            name,
            "เนื้อหาไม่ใช่ PDF นามสกุลไฟล์อาจไม่ตรง บันทึกเป็น PDF อีกครั้ง",
            "not a PDF file; save it as PDF again",
        )
    with _PDFIUM:
        pages = _pages(data, name)
    pages = _undo_latin1(pages)
    _check_readable(pages, name)
    kept = _without_contents(_without_running_lines([_in_order(_whole_lines(page)) for page in pages]))
    if not any(any(letter.isalpha() for letter in line.text) for page in kept for line in page):
        raise refuse(
            name,
            "ไม่มีข้อความใน PDF น่าจะเป็นภาพสแกน ทำ OCR ภาษาไทยก่อน หรือใช้ไฟล์ต้นฉบับ",
            "no text in it: scan; needs OCR",
        )
    without = tuple(number for number, page in enumerate(pages, 1) if not page)
    return paragraphs(_lines(kept)), without


# ------------------------------------------------------------------ out of pdfium


def _pages(data: bytes, name: str) -> list[list[_Raw]]:
    # Loaded when a PDF comes: it is a large library, and it has no type hints.
    pdfium = import_module("pypdfium2")
    raw = import_module("pypdfium2.raw")
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as fault:
        if fault.err_code == raw.FPDF_ERR_PASSWORD:
            raise refuse(
                name, "PDF มีรหัสผ่าน บันทึกแบบไม่มีรหัสผ่านแล้วส่งใหม่", "encrypted; save it without a password"
            ) from fault
        raise _damaged(name) from fault
    try:
        if len(document) > MAX_PAGES:
            raise refuse(
                name,
                f"เกิน {MAX_PAGES} หน้า แบ่งเป็นหลายไฟล์แล้วนำเข้าทีละไฟล์",
                f"more than {MAX_PAGES} pages; split it and import the parts",
            )
        return _all_lines(document, raw, name)
    except pdfium.PdfiumError as fault:
        raise _damaged(name) from fault
    finally:
        document.close()


def _damaged(name: str) -> Exception:
    return refuse(name, "เปิด PDF ไม่ได้ ไฟล์อาจเสียหาย ส่งไฟล์ใหม่อีกครั้ง", "damaged PDF; send it again")


def _all_lines(document: Any, raw: ModuleType, name: str) -> list[list[_Raw]]:
    pages, left = [], MAX_CHARACTERS
    for number in range(len(document)):
        page = document[number]
        text = page.get_textpage()
        try:
            left -= text.count_chars()
            if left < 0:
                raise too_many_characters(name)
            turned = page.get_rotation() != 0
            pages.append(list(_page_lines(raw, text, number + 1, round(page.get_width()), turned=turned)))
        finally:
            text.close()
            page.close()
    return pages


def _page_lines(raw: ModuleType, text: Any, page: int, sheet: int, *, turned: bool) -> Iterator[_Raw]:
    # Letter by letter: pdfium's text of an area leaves out marks that have no width of their own.
    letters = [raw.FPDFText_GetUnicode(text, index) for index in range(text.count_chars())]
    start = 0
    for end in [index for index, letter in enumerate(letters) if letter in (10, 13)] + [len(letters)]:
        line = "".join(chr(letter) for letter in letters[start:end])
        if line.strip():
            first = start + len(line) - len(line.lstrip())
            last = start + len(line.rstrip()) - 1
            left, base, right = _place(raw, text, first, last)
            if turned:  # places are those of the unturned sheet: lengths must do
                left, base, right = 0.0, 0.0, float(len(line))
            yield _Raw(line, page, left, right, base, -page if turned else sheet)
        start = end + 1


def _place(raw: ModuleType, text: Any, first: int, last: int) -> tuple[float, float, float]:
    x, y = ctypes.c_double(), ctypes.c_double()
    raw.FPDFText_GetCharOrigin(text, first, x, y)
    left, base = x.value, y.value
    box = [ctypes.c_double() for _ in range(4)]
    raw.FPDFText_GetCharBox(text, last, *box)
    return left, base, max(box[1].value, left)


# ------------------------------------------------------------------ letters


def _undo_latin1(pages: Sequence[Sequence[_Raw]]) -> list[list[_Raw]]:
    whole = "\n".join(line.text for page in pages for line in page)
    if undo_latin1(whole) == whole:
        return [list(page) for page in pages]
    return [[replace(line, text=undo_latin1(line.text)) for line in page] for page in pages]


def _check_readable(pages: Sequence[Sequence[_Raw]], name: str) -> None:
    letters = [letter for page in pages for line in page for letter in repair(line.text) if letter != " "]
    lost = sum(_UNREADABLE.match(letter) is not None for letter in letters)
    if letters and lost > _MOSTLY * len(letters):
        raise refuse(
            name,
            "แบบอักษรใน PDF ไม่บอกว่าเป็นตัวอักษรใด ใช้ไฟล์ต้นฉบับ หรือทำ OCR ภาษาไทยก่อน",
            "its fonts do not tell their letters; use the original file or OCR",
        )


def _mended(text: str) -> str:
    return repair(_OTHER_HYPHEN.sub("-", _HYPHEN.sub("", text)))


# ------------------------------------------------------------------ what is not text of the document


def _whole_lines(page: Sequence[_Raw]) -> list[_Raw]:
    """pdfium breaks a line where the file draws it in parts: put the parts together."""
    whole: list[_Raw] = []
    for line in page:
        before = whole[-1] if whole else None
        if (
            before is not None
            and line.sheet > 0
            and abs(before.base - line.base) < _SAME_LINE
            and line.left >= before.right - 1
        ):
            whole[-1] = replace(before, text=f"{before.text} {line.text}", right=line.right)
        else:
            whole.append(line)
    return whole


def _in_order(page: list[_Raw]) -> list[_Raw]:
    """
    Reading order: that of the file, as columns need it, unless it jumps about.

    A line further up than the one before begins a column or is a head that was drawn last.
    """
    jumps = sum(line.base > before.base + _SAME_LINE for before, line in pairwise(page))
    if jumps > max(3, len(page) // 5):
        return sorted(page, key=lambda line: (-line.base, line.left))
    return page


def _without_running_lines(pages: Sequence[Sequence[_Raw]]) -> list[list[_Raw]]:
    edges = [_edge(page) for page in pages]
    seen: Counter[tuple[str, int]] = Counter()
    for page in edges:
        seen.update({key for line in page for key in _keys(line)})
    # Heads of left and right pages alternate, and those of chapters change.
    often = 2 if len(pages) <= 3 else 3
    running = {key for key, times in seen.items() if times >= (2 if _COUNTED in key[0] else often)}
    return [
        [
            line
            for line in page
            if line not in edge or not (running.intersection(_keys(line)) or _is_page_number(line, edge))
        ]
        for page, edge in zip(pages, edges, strict=True)
    ]


def _edge(page: Sequence[_Raw]) -> list[_Raw]:
    """The lines at the top and bottom of a page, from the outside in."""
    down = sorted(page, key=lambda line: -line.base)
    return [*down[:_EDGE], *down[: -_EDGE - 1 : -1]]


def _keys(line: _Raw) -> Iterator[tuple[str, int]]:
    """
    What is equal for the same head on two pages: height and words, but for a number that counts with the pages.

    หมวด ๑ and หมวด ๒ at the top of neighbouring pages count too, so the number of a clause is left alone.
    """
    text = arabic(repair(line.text[: _LONGEST_HEAD + 1]))
    if len(text) > _LONGEST_HEAD:
        return
    height = round(line.base / 6)
    clause = find_clause(text)
    behind = 0 if clause is None else len(text) - len(clause.rest)
    for near in (height, height + 1):  # a head may stand a little higher on one page
        yield text, near
        for number in re.finditer(r"\d{1,4}", text):
            if number.start() >= behind:
                distance = int(number[0]) - line.page
                yield f"{text[: number.start()]}{_COUNTED}{distance}{_COUNTED}{text[number.end() :]}", near


def _is_page_number(line: _Raw, edge: Sequence[_Raw]) -> bool:
    text = repair(line.text)
    if _PAGE_NUMBER.fullmatch(text):
        return True
    outermost = line in (edge[0], edge[len(edge) // 2])
    return outermost and _BARE_NUMBER.fullmatch(text) is not None


def _without_contents(pages: Sequence[Sequence[_Raw]]) -> list[list[_Raw]]:
    """A table of contents names every heading once more, and nobody should be sent there."""
    kept = []
    for page in pages:
        leaders = [line for line in page if _is_leader(repair(line.text))]
        gone = {id(line) for line in leaders}
        if len(leaders) > 2:
            gone |= {id(line) for line in page if _CONTENTS.fullmatch(repair(line.text))}
        kept.append([line for line in page if id(line) not in gone])
    return kept


def _is_leader(text: str) -> bool:
    return _LEADER.search(text[-_LONGEST_LEADER:].replace("…", "...")) is not None


# ------------------------------------------------------------------ lines


def _lines(pages: Iterable[Sequence[_Raw]]) -> Iterator[Line]:
    pages = list(pages)
    margins = _margins(pages)
    before: _Raw | None = None
    for page in pages:
        steps = [up.base - low.base for up, low in pairwise(page) if up.base > low.base]
        usual = median(steps) if steps else 0.0
        for line in page:
            if text := _mended(line.text):
                yield Line(
                    text,
                    line.page,
                    full=_is_full(line, *margins[line.sheet]),
                    gap=before is not None
                    and before.page == line.page
                    and before.base - line.base > _GAP * usual,
                    indented=before is not None and line.left > before.left + _INDENT,
                    spaced=line.text[-1:].isspace(),
                )
                before = line


def _is_full(line: _Raw, left: float, right: float) -> bool:
    # On a page of short lines only, the longest is not full either.
    least = _LEAST_FULL * line.sheet if line.sheet > 0 else _LEAST_LETTERS
    return line.right >= least and line.right - left >= _FULL * (right - left)


def _margins(pages: Iterable[Sequence[_Raw]]) -> dict[int, tuple[float, float]]:
    """Where the text of each kind of sheet begins and ends, a few far-out lines apart."""
    edges: dict[int, tuple[list[float], list[float]]] = defaultdict(lambda: ([], []))
    for page in pages:
        for line in page:
            edges[line.sheet][0].append(line.left)
            edges[line.sheet][1].append(line.right)
    return {
        sheet: (sorted(left)[len(left) // 10], sorted(right)[len(right) * 9 // 10])
        for sheet, (left, right) in edges.items()
    }
