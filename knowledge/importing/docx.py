"""
The text of DOCX files, as blocks in the order of the document.

What a reader of the printed page sees: tracked insertions are in, tracked deletions, hidden text, comments,
field codes, headers and footers, and tables of contents are not. Embedded files and pictures are never opened.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any, Literal

import docx
from docx.opc.exceptions import OpcError

from knowledge.documents import row_texts
from knowledge.importing.clauses import opens_item
from knowledge.importing.cutting import LONGEST_HEADING, Block
from knowledge.importing.limits import MAX_CHARACTERS, no_text, too_many_characters
from knowledge.importing.numbering import Numbering, W, value
from knowledge.importing.package import check_package, damaged
from knowledge.importing.repair import repair, repair_lines

_COMPATIBILITY = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_NUMBERING = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/numbering"

_GONE = {f"{W}del", f"{W}moveFrom", f"{W}instrText", f"{W}delText", f"{_COMPATIBILITY}Fallback"}
_TEXT_BOX = f"{W}txbxContent"
_BREAKS = {f"{W}br", f"{W}cr"}
_OFF = ("0", "false", "off", "none")

# Word keeps the English names of its own styles; other programs, and people, write Thai ones.
_HEADING_STYLE = re.compile(r"(?:heading|หัวเรื่อง|หัวข้อ)\s*([1-9๑-๙])", re.IGNORECASE)
_TITLE_STYLE = re.compile(r"title|ชื่อเรื่อง|ชื่อเอกสาร", re.IGNORECASE)
_CONTENTS_STYLE = re.compile(r"(?:toc|contents|สารบัญ)\b.*", re.IGNORECASE)
_LONGEST_CHAIN = 20  # of styles based on one another, which may run in a circle


@dataclass(frozen=True)
class _Style:
    """What a paragraph has from its style."""

    level: int | None = None  # of a heading
    is_title: bool = False
    is_contents: bool = False
    list_id: str | None = None
    list_level: int | None = None


def read_docx(data: bytes, name: str) -> tuple[str | None, Sequence[Block]]:
    """
    The text in the style Title, if there is one, and the blocks of a DOCX file.

    Raises:
        DocumentError: If it is not safe to open (`package.check_package`), damaged, too long or without text.
    """
    check_package(data, name)
    try:
        document = docx.Document(BytesIO(data))
        reader = _Reader(_styles(document.part), Numbering(_numbering(document.part)))
        blocks = list(_limited(reader.blocks(document.element.body), name))
    except (
        AttributeError,  # a part is of the wrong kind, or has no body
        LookupError,
        OpcError,
        SyntaxError,  # lxml's errors are of this kind
        TypeError,
        ValueError,
        OSError,
        EOFError,
        RuntimeError,
        zipfile.BadZipFile,
        zlib.error,
    ) as fault:
        raise damaged(name) from fault
    if not blocks and reader.title is None:
        raise no_text(name)
    return reader.title, blocks


def _limited(blocks: Iterator[Block], name: str) -> Iterator[Block]:
    left = MAX_CHARACTERS
    for block in blocks:
        left -= len(block.text)
        if left < 0:
            raise too_many_characters(name)
        yield block


def _numbering(part: Any) -> Any | None:
    found = [
        one.target_part for one in part.rels.values() if one.reltype == _NUMBERING and not one.is_external
    ]
    return found[0].element if found else None


# ------------------------------------------------------------------ styles


def _styles(part: Any) -> dict[str | None, _Style]:
    """Styles by id; under None the one that paragraphs have who name none."""
    elements = {
        style.get(f"{W}styleId"): style
        for style in part.styles.element.iterchildren(f"{W}style")
        if style.get(f"{W}type") == "paragraph"
    }
    styles: dict[str | None, _Style] = {id_: _style(id_, elements) for id_ in elements}
    normal = next((id_ for id_, one in elements.items() if one.get(f"{W}default") in ("1", "true")), None)
    styles[None] = styles.get(normal, _Style())
    return styles


def _style(id_: str | None, elements: dict[str | None, Any]) -> _Style:
    """The style with all that it is based on: what stands nearer counts more."""
    chain: list[Any] = []
    while id_ in elements and len(chain) < _LONGEST_CHAIN:
        chain.append(elements[id_])
        id_ = value(elements[id_], "basedOn")
    names = [value(one, "name") or "" for one in chain]
    properties = [found for one in chain if (found := one.find(f"{W}pPr")) is not None]
    lists = [_list_of(one) for one in properties]
    headings = [found for name in names if (found := _HEADING_STYLE.match(name)) is not None]
    return _Style(
        level=int(headings[0][1]) if headings else next(filter(None, map(_outline, properties)), None),
        is_title=any(_TITLE_STYLE.fullmatch(name) for name in names),
        is_contents=any(_CONTENTS_STYLE.fullmatch(name) for name in names),
        list_id=next((one[0] for one in lists if one[0] is not None), None),
        list_level=next((one[1] for one in lists if one[1] is not None), None),
    )


def _outline(properties: Any) -> int | None:
    level = value(properties, "outlineLvl")
    return int(level) + 1 if level is not None and re.fullmatch("[0-8]", level) else None


def _list_of(properties: Any) -> tuple[str | None, int | None]:
    numbered = properties.find(f"{W}numPr")
    if numbered is None:
        return None, None
    level = value(numbered, "ilvl")
    return value(numbered, "numId"), int(level) if level is not None and re.fullmatch(
        "[0-8]", level
    ) else None


# ------------------------------------------------------------------ paragraphs and tables


class _Reader:
    def __init__(self, styles: dict[str | None, _Style], numbering: Numbering) -> None:
        self.title: str | None = None
        self._styles = styles
        self._numbering = numbering

    def blocks(self, parent: Any) -> Iterator[Block]:
        open_ = ""  # of a paragraph whose end was deleted: the next one goes on in it
        for element in _content(parent):
            if element.tag == f"{W}tbl":
                yield from self._table(element)
                continue
            text = open_ + "".join(_text(element))
            open_ = text if _is_end_deleted(element) else ""
            if not open_:
                yield from self._paragraph(element, text)
            for box in element.iter(_TEXT_BOX):
                if not _is_gone(box, element):
                    yield from self.blocks(box)
        if bare := repair(open_):
            yield Block(bare)

    def _paragraph(self, element: Any, text: str) -> Iterator[Block]:
        properties = element.find(f"{W}pPr")
        style = self._styles.get(
            None if properties is None else value(properties, "pStyle"), self._styles[None]
        )
        text = repair_lines(text)
        if not text or style.is_contents:
            return
        if style.is_title and self.title is None:
            self.title = " ".join(text.split())
            return
        label = self._label(properties, style)
        level = (_outline(properties) if properties is not None else None) or style.level
        if level is not None and len(text) <= LONGEST_HEADING:
            yield Block(repair(f"{label} {text}"), "heading", level)
            return
        text = f"{label} {text}".lstrip()
        kind: Literal["item", "paragraph"] = "item" if opens_item(text) else "paragraph"
        yield Block(text, kind)

    def _label(self, properties: Any | None, style: _Style) -> str:
        list_id, level = (None, None) if properties is None else _list_of(properties)
        list_id = style.list_id if list_id is None else list_id
        level = style.list_level if level is None else level
        # List "0" takes the number away that the style would give.
        return "" if list_id in (None, "0") else self._numbering.label(list_id or "", level or 0)

    def _table(self, table: Any) -> Iterator[Block]:
        rows: list[list[str]] = []
        for element in _content(table):
            above = rows[-1] if rows else []
            if any(row := self._cells(element, above)):
                rows.append(row)
        if not rows:
            return
        columns, *below = rows
        # One row or one column is a frame around text, and long names are no names.
        is_frame = not below or max(map(len, rows)) < 2
        if is_frame or max(map(len, columns)) > LONGEST_HEADING:
            yield from (Block(text) for row in rows for text in row if text)
            return
        for row in below:
            yield from (Block(text, "row") for text in row_texts(columns, row) if text)

    def _cells(self, row: Any, above: Sequence[str]) -> list[str]:
        if row.tag != f"{W}tr" or _has(row.find(f"{W}trPr"), "del"):
            return []
        cells: list[str] = []
        for cell in _content(row):
            texts = [block.text for block in self.blocks(cell)]
            properties = cell.find(f"{W}tcPr")
            span = value(properties, "gridSpan") if properties is not None else None
            # A cell over several columns stands under the first name.
            wide = int(span) if span is not None and re.fullmatch(r"[1-9]\d?", span) else 1
            # One that goes on from above says the same: each row is quoted alone.
            if _goes_on(properties) and len(cells) < len(above):
                texts = [above[len(cells)]]
            cells += ["\n".join(texts), *[""] * (wide - 1)]
        return cells


def _content(parent: Any) -> Iterator[Any]:
    """Paragraphs, tables, rows and cells in order, also out of content controls and tracked insertions."""
    for element in parent.iterchildren():
        if element.tag in (f"{W}p", f"{W}tbl", f"{W}tr", f"{W}tc"):
            yield element
        elif element.tag in (f"{W}sdt", f"{W}sdtContent", f"{W}ins", f"{W}moveTo", f"{W}customXml"):
            yield from _content(element)


def _text(element: Any) -> Iterator[str]:
    """The text of a paragraph. What stands in text boxes comes after it."""
    for child in element.iterchildren():
        if child.tag in _GONE or child.tag == _TEXT_BOX or (child.tag == f"{W}r" and _is_hidden(child)):
            continue
        if child.tag == f"{W}t":
            yield child.text or ""
        elif child.tag in (f"{W}tab", f"{W}ptab"):
            yield " "
        elif child.tag in _BREAKS:
            yield "\n"
        elif child.tag == f"{W}noBreakHyphen":
            yield "-"
        elif child.tag != f"{W}pPr":
            yield from _text(child)


def _is_hidden(run: Any) -> bool:
    return _has(run.find(f"{W}rPr"), "vanish")


def _is_end_deleted(paragraph: Any) -> bool:
    properties = paragraph.find(f"{W}pPr/{W}rPr")
    return properties is not None and properties.find(f"{W}del") is not None


def _goes_on(properties: Any | None) -> bool:
    merged = None if properties is None else properties.find(f"{W}vMerge")
    return merged is not None and merged.get(f"{W}val") != "restart"


def _has(properties: Any | None, name: str) -> bool:
    """Whether a property is there and not switched off."""
    found = None if properties is None else properties.find(f"{W}{name}")
    return found is not None and found.get(f"{W}val") not in _OFF


def _is_gone(element: Any, paragraph: Any) -> bool:
    """Whether something in a paragraph was deleted, is a copy for old programs, or lies in another text box."""
    for above in element.iterancestors():
        if above is paragraph:
            return False
        if above.tag in _GONE or above.tag == _TEXT_BOX:
            return True
    return False
