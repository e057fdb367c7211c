"""
Lines of a page put together to paragraphs again.

A line goes on from the one above when that one was full, unless a gap, an indent, a bullet or the next clause
number says that something new begins.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Literal

from knowledge.importing.clauses import Clause, Series, find_clause, opens_item
from knowledge.importing.cutting import Block

_THAI_LETTER = "ก-ฮะ-ฺเ-ๅ็-๎"
_ENDS_THAI = re.compile(f"[{_THAI_LETTER}]$")
_BEGINS_THAI = re.compile(f"[{_THAI_LETTER}]")
# Marks and vowels that no word begins with: the line was broken inside a syllable.
_CANNOT_BEGIN = re.compile("[ะ-ฺๅ-๎]")


@dataclass(frozen=True)
class Line:
    text: str  # mended, not empty
    page: int | None = None
    full: bool = True  # reached the right margin: the paragraph may go on
    gap: bool = False  # more room above than between lines
    indented: bool = False  # begins further right than the line above
    spaced: bool = False  # ended with a blank of its own


@dataclass
class _Paragraph:
    """The paragraph that is open, never empty."""

    last: Line
    clause: Clause | None  # that its first line opens
    parts: list[str] = field(default_factory=list)
    length: int = 0
    marks: list[tuple[int, int | None]] = field(default_factory=list)
    lines: int = 0

    @classmethod
    def opened_by(cls, line: Line) -> _Paragraph:
        paragraph = cls(line, find_clause(line.text))
        paragraph.add(line)
        return paragraph

    def add(self, line: Line) -> None:
        if self.lines:
            self._append(between(self.last, line))
        if not self.marks or self.marks[-1][1] != line.page:
            self.marks.append((self.length, line.page))
        self._append(line.text)
        self.last = line
        self.lines += 1

    def _append(self, text: str) -> None:
        self.parts.append(text)
        self.length += len(text)

    def block(self) -> Block:
        kind: Literal["item", "paragraph"] = "item" if opens_item(self.parts[0]) else "paragraph"
        return Block("".join(self.parts), kind, marks=tuple(self.marks))


def between(before: Line, after: Line) -> str:
    """Thai is written without blanks, so a line break inside it is nothing; elsewhere it is a blank."""
    if _CANNOT_BEGIN.match(after.text):
        return ""
    if not before.spaced and _ENDS_THAI.search(before.text) and _BEGINS_THAI.match(after.text):
        return ""
    return " "


def paragraphs(lines: Iterable[Line], series: Series | None = None) -> Sequence[Block]:
    """
    The lines of a document, in reading order, as blocks for the cutter.

    Who calls it for parts of a document passes the same `series` each time.
    """
    series, found = series or Series(), list[_Paragraph]()
    for line in lines:
        if found and not _begins(found[-1], line, series):
            found[-1].add(line)
            continue
        found.append(_Paragraph.opened_by(line))
        if (clause := found[-1].clause) is not None:
            series.take(clause)
    return [paragraph.block() for paragraph in found]


def _begins(open_: _Paragraph, line: Line, series: Series) -> bool:
    if _CANNOT_BEGIN.match(line.text):
        return False
    if line.gap or not open_.last.full or (line.indented and not _may_hang(open_)):
        return True
    if (clause := find_clause(line.text)) is not None:
        return series.follows(clause) or _is_heading(open_)
    return opens_item(line.text) or (_is_heading(open_) and _is_bare(open_))


def _may_hang(open_: _Paragraph) -> bool:
    """The second line of a numbered or bulleted paragraph often begins to the right of its number."""
    return open_.lines == 1 and (open_.clause is not None or opens_item(open_.parts[0]))


def _is_heading(open_: _Paragraph) -> bool:
    return open_.clause is not None and open_.clause.kind == "structure" and open_.lines == 1


def _is_bare(open_: _Paragraph) -> bool:
    return open_.clause is not None and not open_.clause.rest
