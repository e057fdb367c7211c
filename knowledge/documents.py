"""
Loaded documents, cut into passages that can be quoted and cited.

The documents that ship are Markdown: a first line `<!-- id: … -->`, one `#` title, headings with an anchor in
braces (`## 1. บทนำ {#sec-1}`), and optionally `<a id="…"></a>` before a paragraph. What stands before the title
is for readers of the file and is never quoted. Files that an operator brings are read by `knowledge.importing`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from importlib.resources.abc import Traversable
from typing import Any

# A table row longer than this (letters) is cut at its cells: an officer reads on a phone.
LONGEST_ROW = 700

_ID = re.compile(r"<!--\s*id:\s*([\w.-]+)\s*-->")
_HEADING = re.compile(r"^(#{1,6})\s+(.*?)\s*\{#([\w-]+)\}\s*$")
_ANCHOR = re.compile(r'^<a id="([\w-]+)"></a>\s*$')
_ITEM = re.compile(r"^\s*(?:[-*]|\d+\.)\s+")
_RULE_ROW = re.compile(r"^\|(?:\s*:?-{3,}:?\s*\|)+\s*$")
# With limits, so that a text of nothing but brackets is read in no time too.
_LINK = re.compile(r"\[([^\[\]]{1,500})\]\([^()]{0,500}\)")
_ONLY_A_REMARK = re.compile(r"^\[ไม่ชัดเจน:[^\]]*\]$")


@dataclass(frozen=True)
class Passage:
    """A piece of a document, small enough to quote whole."""

    id: str  # "plan-2562-2566 §kpi": several passages of one section share it
    document_title: str
    section: str  # the anchor
    heading: str
    text: str
    clause: str | None = None  # its number as people cite it, in Arabic digits: "ข้อ 5.2", "(1)"
    page: int | None = None  # of a PDF, from 1: where the passage begins


@dataclass(frozen=True)
class Document:
    id: str
    title: str
    headings: dict[str, str]  # anchor -> heading it stands under, in the order of the document
    passages: tuple[Passage, ...]
    pages_without_text: tuple[int, ...] = ()  # of a PDF: pictures, perhaps scanned; nobody can ask about them

    def to_json(self) -> dict[str, Any]:
        """
        What `from_json` reads back, of plain values.

        Headings are a list: a database may store the keys of an object in an order of its own.
        """
        return {
            "id": self.id,
            "title": self.title,
            "headings": [{"section": anchor, "heading": text} for anchor, text in self.headings.items()],
            "passages": [
                {
                    "section": passage.section,
                    "heading": passage.heading,
                    "text": passage.text,
                    "clause": passage.clause,
                    "page": passage.page,
                }
                for passage in self.passages
            ],
            "pages_without_text": list(self.pages_without_text),
        }

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> Document:
        """
        The document that `to_json` wrote down.

        Raises:
            DocumentError: If a field is missing or of another kind.
        """
        try:
            id_, title = str(stored["id"]), str(stored["title"])
            return cls(
                id_,
                title,
                {str(one["section"]): str(one["heading"]) for one in stored["headings"]},
                tuple(
                    Passage(
                        passage_id(id_, one["section"]),
                        title,
                        str(one["section"]),
                        str(one["heading"]),
                        str(one["text"]),
                        one.get("clause"),
                        one.get("page"),
                    )
                    for one in stored["passages"]
                ),
                tuple(int(page) for page in stored.get("pages_without_text", ())),
            )
        except (AttributeError, KeyError, TypeError, ValueError) as fault:
            raise DocumentError("เอกสารที่เก็บไว้ไม่ครบ นำเข้าใหม่อีกครั้ง (stored document is damaged)") from fault


class DocumentError(Exception):
    """A document that cannot be read, and what to do about it."""


def passage_id(document: str, section: str) -> str:
    """How a passage is cited by machines: `plan-2562-2566 §kpi`."""
    return f"{document} §{section}"


def load_documents(folder: Traversable) -> tuple[Document, ...]:
    """
    Every `*.md` of a folder, by file name.

    Raises:
        DocumentError: If a file lacks its id or title.
    """
    files = sorted((file for file in folder.iterdir() if file.name.endswith(".md")), key=lambda f: f.name)
    return tuple(cut(file.read_text(encoding="utf-8"), file.name) for file in files)


@dataclass
class _Cutter:
    """Where in the document we are, and what was cut so far."""

    document: str
    title: str = ""
    section: str = ""
    heading: str = ""
    columns: tuple[str, ...] = ()
    headings: dict[str, str] = field(default_factory=dict)
    passages: list[Passage] = field(default_factory=list)

    def enter(self, level: int, heading: str, anchor: str) -> None:
        if level == 1:
            self.title = heading
        self.section, self.heading, self.columns = anchor, heading, ()
        self.headings[anchor] = heading

    def enter_paragraph(self, anchor: str) -> None:
        self.section = anchor
        self.headings[anchor] = self.heading

    def take_row(self, line: str) -> None:
        cells = [plain(cell) for cell in line.strip().strip("|").split("|")]
        if not self.columns:
            self.columns = tuple(cells)
            return
        for text in row_texts(self.columns, cells):
            self.take(text)

    def take(self, text: str) -> None:
        text = plain(text)
        # Before the title there is only the note to readers of the file.
        if self.title and text and not _ONLY_A_REMARK.match(text):
            self.passages.append(
                Passage(passage_id(self.document, self.section), self.title, self.section, self.heading, text)
            )


def cut(markdown: str, name: str) -> Document:
    """
    Cut a document at headings, marked paragraphs, list items and table rows.

    Raises:
        DocumentError: If the id or the title is missing; `name` is told.
    """
    found = _ID.search(markdown)
    if found is None:
        raise DocumentError(f"{name}: ไม่มีรหัสเอกสาร (no <!-- id: … --> line)")
    cutter = _Cutter(found[1])
    for block in _blocks(markdown[found.end() :].splitlines()):
        _take_block(cutter, block)
    if not cutter.title:
        raise DocumentError(f"{name}: ไม่มีชื่อเอกสาร (no '# … {{#anchor}}' title)")
    return Document(cutter.document, cutter.title, cutter.headings, tuple(cutter.passages))


def _take_block(cutter: _Cutter, block: str) -> None:
    if heading := _HEADING.match(block):
        cutter.enter(len(heading[1]), heading[2], heading[3])
    elif anchor := _ANCHOR.match(block):
        cutter.enter_paragraph(anchor[1])
    elif block.startswith("|"):
        if not _RULE_ROW.match(block):
            cutter.take_row(block)
    else:
        cutter.columns = ()
        cutter.take(_ITEM.sub("", block))


def _blocks(lines: Sequence[str]) -> Iterator[str]:
    """Headings, anchors, rows and items are a block each; other lines join until a blank one."""
    paragraph: list[str] = []
    for line in [*lines, ""]:
        alone = line.startswith(("#", "<a ", "|")) or bool(_ITEM.match(line))
        if paragraph and (alone or not line.strip()):
            yield " ".join(paragraph)
            paragraph = []
        if alone:
            yield line.rstrip()
        elif line.strip():
            paragraph.append(line.strip())


def row_texts(columns: Sequence[str], cells: Sequence[str]) -> list[str]:
    """A table row with the names of its columns: one text, or one for each cell when that would be long."""
    named = [_under(column, cell) for column, cell in zip(columns, cells, strict=False) if cell]
    return named if sum(map(len, named)) > LONGEST_ROW else ["\n".join(named)]


def _under(column: str, cell: str) -> str:
    if not column:
        return cell
    return f"{column}:\n{cell}" if cell.startswith("- ") else f"{column}: {cell}"


def plain(text: str) -> str:
    """Markdown of a cell or paragraph as plain lines: links by their words, `<br>` as a line break."""
    text = _LINK.sub(r"\1", text)
    lines = (line.strip() for line in re.split(r"<br\s*/?>|\n", text))
    return "\n".join(line for line in lines if line)
