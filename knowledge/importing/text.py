"""Plain text and Markdown files, in the encodings that Thai offices use, as blocks."""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from knowledge.documents import plain, row_texts
from knowledge.importing.clauses import Series
from knowledge.importing.cutting import Block
from knowledge.importing.limits import MAX_CHARACTERS, no_text, refuse, too_many_characters
from knowledge.importing.lines import Line, paragraphs
from knowledge.importing.repair import repair

# Lines of files that were broken at a margin are about this long; in other files a line is a paragraph.
_NARROWEST, _WIDEST = 50, 200
_FULL = 0.8
_SAMPLE = 4096
_STRANGE_LETTERS = 8  # control characters that a text may have by accident
_MOSTLY = 0.2

_OTHER_FORMATS = (b"%PDF-", b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"{\\rtf", b"\x89PNG", b"\xff\xd8\xff")
_THAI = re.compile("[\u0e01-\u0e5b]")
_LOST_MARK = re.compile("(?<![\u0e01-\u0e4e])[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]")

_HEADING = re.compile(r"^ {0,3}(#{1,6})\s+(\S.*)$")
_ANCHOR = re.compile(r"\{#([\w-]{1,60})\}$")
_ANCHOR_LINE = re.compile(r'^<a id="[\w-]+"></a>\s*$')
_ROW = re.compile(r"^\s*\|.*\|\s*$")
_RULE_ROW = re.compile(r"^\s*\|(?:\s*:?-{2,}:?\s*\|)+\s*$")
_RULE = re.compile(r"^ {0,3}(?:(?:-\s*){3,}|(?:\*\s*){3,}|(?:_\s*){3,}|={3,})$")
_QUOTE = re.compile(r"^ {0,3}(?:>\s?)+")
_ITEM = re.compile(r"^\s*(?:[-*+]|[0-9๐-๙]{1,3}[.)])\s+")
_BULLET = re.compile(r"^[-*+](?=\s)")
_EMPHASIS = re.compile(r"(\*\*|__)(?=\S)(.{1,500}?)(?<=\S)\1")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_CELL_BORDER = re.compile(r"(?<!\\)\|")


def decode(data: bytes, name: str) -> str:
    """
    The text of a file.

    Tried strictly, one after the other: UTF-8 and UTF-16 by their marks, UTF-16 by its looks, UTF-8, and the
    Thai Windows code page, which includes TIS-620.

    Raises:
        DocumentError: If it is another format, or in no encoding that is known.
    """
    if data.startswith(_OTHER_FORMATS):
        raise refuse(
            name,
            "เนื้อหาไม่ใช่ข้อความธรรมดา นามสกุลไฟล์อาจไม่ตรง ตรวจชนิดไฟล์แล้วเปลี่ยนนามสกุลให้ถูก",
            "not a text file; the ending does not fit what is in it",
        )
    tried = (_try(data, encoding) for encoding in _encodings(data))
    text = next((text for text in tried if text is not None), None)
    if text is None:
        raise refuse(
            name,
            "อ่านรหัสตัวอักษรไม่ได้ บันทึกใหม่เป็น UTF-8",
            "unknown encoding; save it as UTF-8",
        )
    if len(text) > MAX_CHARACTERS:
        raise too_many_characters(name)
    return text


def _encodings(data: bytes) -> Iterator[str]:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        yield "utf-16"
        return
    # Without a mark, UTF-16 is told by the high bytes of Thai (0x0E) and Latin (0) letters. It goes before
    # UTF-8, in which the same bytes are control characters and therefore valid.
    sample = data[:_SAMPLE]
    for offset, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
        high = sample[offset::2]
        if sum(byte in (0, 0x0E) for byte in high) > _MOSTLY * max(len(high), 1):
            yield encoding
    yield from ("utf-8-sig", "cp874")


def _try(data: bytes, encoding: str) -> str | None:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        return None
    return text if _is_text(text) and (encoding != "cp874" or _is_thai(text)) else None


def _is_text(text: str) -> bool:
    strange = sum(unicodedata.category(letter) == "Cc" and not letter.isspace() for letter in text[:_SAMPLE])
    return strange <= max(_STRANGE_LETTERS, 0.01 * min(len(text), _SAMPLE))


def _is_thai(text: str) -> bool:
    """Any bytes are some text in cp874; in a Thai one the marks stand on letters."""
    return len(_LOST_MARK.findall(text)) <= 0.05 * len(_THAI.findall(text))


# ------------------------------------------------------------------ plain text


def read_text(data: bytes, name: str) -> tuple[str | None, Sequence[Block]]:
    """No title, and the blocks of a plain text."""
    rows = [line.expandtabs(4).rstrip() for line in decode(data, name).splitlines()]
    blocks = paragraphs(_lines(rows))
    if not blocks:
        raise no_text(name)
    return None, blocks


def _lines(rows: Sequence[str]) -> Iterator[Line]:
    lengths = sorted(map(_width, filter(None, rows)))
    width = lengths[len(lengths) * 9 // 10] if lengths else 0
    broken_at_margin = width >= _NARROWEST and lengths[-1] <= _WIDEST
    gap, before = False, 0
    for row in rows:
        text = repair(row)
        if not text:
            gap = True
            continue
        indent = len(row) - len(row.lstrip())
        full = broken_at_margin and _width(row) >= _FULL * width
        yield Line(text, full=full, gap=gap, indented=indent > before + 1)
        gap, before = False, indent


def _width(text: str) -> int:
    """Letters that take room: Thai marks stand above and below them."""
    return sum(not unicodedata.category(letter).startswith("M") for letter in text)


# ------------------------------------------------------------------ Markdown


def read_markdown(data: bytes, name: str) -> tuple[str | None, Sequence[Block]]:
    """The first heading of level 1, and the blocks of a Markdown text."""
    reader = _Markdown()
    for line in [*_without_comments(decode(data, name)).splitlines(), ""]:
        reader.take(line)
    if not reader.blocks and reader.title is None:
        raise no_text(name)
    return reader.title, reader.blocks


@dataclass
class _Markdown:
    title: str | None = None
    blocks: list[Block] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)  # of the open paragraph
    columns: tuple[str, ...] | None = None
    series: Series = field(default_factory=Series)

    def take(self, line: str) -> None:
        line = _QUOTE.sub("", line)
        if _ROW.match(line):
            self._close()
            self._take_row(line)
            return
        self.columns = None
        if heading := _HEADING.match(line):
            self._close()
            self._take_heading(len(heading[1]), heading[2].rstrip())
        elif not line.strip() or _RULE.match(line) or _ANCHOR_LINE.match(line):
            self._close()
        else:
            if _ITEM.match(line):
                self._close()
            self.lines.append(_BULLET.sub("•", line.strip()))

    def _take_heading(self, level: int, text: str) -> None:
        anchor = _ANCHOR.search(text)
        text = _bare(_ANCHOR.sub("", text).rstrip("# "))
        if level == 1 and self.title is None and text:
            self.title = text
        elif text:
            self.blocks.append(Block(text, "heading", level, anchor=anchor[1] if anchor else None))

    def _take_row(self, line: str) -> None:
        if _RULE_ROW.match(line):
            return
        border = line.strip().removeprefix("|").removesuffix("|")
        cells = [_bare(cell.replace("\\|", "|")) for cell in _CELL_BORDER.split(border)]
        if self.columns is None:
            self.columns = tuple(cells)
        else:
            self.blocks += [Block(text, "row") for text in row_texts(self.columns, cells) if text]

    def _close(self) -> None:
        lines, self.lines = self.lines, []
        texts = filter(None, map(_bare, lines))
        self.blocks += paragraphs(map(Line, texts), self.series)


def _without_comments(text: str) -> str:
    kept, end = [], 0
    while (start := text.find("<!--", end)) >= 0 and (stop := text.find("-->", start)) >= 0:
        kept.append(text[end:start])
        end = stop + len("-->")
    return "".join([*kept, text[end:]])


def _bare(text: str) -> str:
    """Without the signs of Markdown; `<br>` is a line break."""
    text = _EMPHASIS.sub(r"\2", plain(text))
    return "\n".join(filter(None, map(repair, _ESCAPED.sub(r"\1", text).splitlines())))
