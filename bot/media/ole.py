"""
Old Office files (.doc, .xls, .ppt) and what hides in their container (MS-CFB).

The container is a small file system: a table of sectors, a directory, streams. Here the directory tells which
program it belongs to, and whether a macro, a packed file or a password is in it; nothing is opened.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from bot.language.secrecy import LEVELS, is_marked_secret
from bot.media.kinds import DOC, PPT, XLS, Refused, ends_as_zip

_KINDS = {"worddocument": DOC, "workbook": XLS, "book": XLS, "powerpoint document": PPT}
_MACROS = ("_vba_project", "_vba_project_cur", "vba", "macros", "\x01ole10native")
_LOCKED = ("encryptedpackage", "encryptedsummary")

_HEADER = 512
_ENTRY = 128
_NO_SECTOR = 0xFFFFFFFA  # this and above: ends and kinds of sectors
_FIRST_TABLES = 109  # whose numbers stand in the header
_SMALL = 4096  # streams below that lie elsewhere, and are never those that are looked into
_STREAM = 2
_DIRECTORY_ENTRIES = 20_000

# MS-DOC: the second flag byte of the first block. MS-XLS and MS-PPT: types of records.
_WORD_SIGN, _WORD_FLAGS, _WORD_LOCKED = 0xA5EC, 0x0A, 0x0100
_SHEET_LOCK, _SHEET, _SHEET_END = 0x002F, 0x0085, 0x000A
_SHEET_OF_MACROS = 1
_SLIDES_MACROS = b"\x1f\x00\xff\x03\x14\x00\x00\x00\x02\x00\x00\x04\x0c\x00\x00\x00"  # then a reference
_MOST_RECORDS = 20_000

_MOST_LINES = 2_000
_NEAR = 160  # bytes before and after a marking in which its line is looked for


@dataclass(frozen=True)
class _Entry:
    name: str  # lower case
    is_stream: bool
    first: int
    size: int


def check_ole(data: bytes) -> str:
    """
    The MIME type of an old Office file that may be kept.

    Raises:
        Refused: If it is another program's, broken, locked, or has a macro, another file, or a marking of
            secrecy in it.
    """
    try:
        container = _Container(data)
        entries = list(container.entries())
    except (struct.error, ValueError, IndexError) as fault:
        raise Refused("damaged") from fault
    names = {entry.name: entry for entry in entries}
    if any(name in names for name in _LOCKED):
        raise Refused("locked")
    if ends_as_zip(data) or has_macros(names):
        raise Refused("active")
    found = next((name for name in _KINDS if name in names and names[name].is_stream), None)
    if found is None:
        raise Refused("type")
    try:
        _check_stream(_KINDS[found], container.stream(names[found]))
    except (struct.error, ValueError, IndexError) as fault:
        raise Refused("damaged") from fault
    lines = islice(_lines_with_a_marking(data), _MOST_LINES)
    if any(is_marked_secret(line, whole=True) for line in lines):
        raise Refused("secret")
    return _KINDS[found]


def has_macros(names: Mapping[str, object] | Sequence[str]) -> bool:
    """Whether a directory, in lower case, has a macro or a packed file in it."""
    return any(name in names for name in _MACROS)


def names_in(data: bytes) -> list[str]:
    """
    The lower-case names in a container's directory.

    Raises:
        Refused: If it is broken.
    """
    try:
        return [entry.name for entry in _Container(data).entries()]
    except (struct.error, ValueError, IndexError) as fault:
        raise Refused("damaged") from fault


class _Container:
    def __init__(self, data: bytes) -> None:
        self._data = data
        shift = struct.unpack_from("<H", data, 30)[0]
        if shift not in (9, 12):
            raise ValueError("no sector size")
        self._sector = 1 << shift
        self._table = self._read_table()
        self._directory = struct.unpack_from("<I", data, 48)[0]

    def entries(self) -> Iterator[_Entry]:
        listing = self._chain(self._directory, _DIRECTORY_ENTRIES * _ENTRY)
        for at in range(0, len(listing) - _ENTRY + 1, _ENTRY):
            length = struct.unpack_from("<H", listing, at + 64)[0]
            kind = listing[at + 66]
            if kind and 2 <= length <= 64:
                name = listing[at : at + length - 2].decode("utf-16-le", "replace").lower()
                first, size = struct.unpack_from("<II", listing, at + 116)
                yield _Entry(name, kind == _STREAM, first, size)

    def stream(self, entry: _Entry) -> bytes:
        return b"" if entry.size < _SMALL else self._chain(entry.first, entry.size)

    def _read_table(self) -> Sequence[int]:
        count, more, more_count = (struct.unpack_from("<I", self._data, at)[0] for at in (44, 68, 72))
        sectors = list(struct.unpack_from(f"<{_FIRST_TABLES}I", self._data, 76))
        per_sector = self._sector // 4
        if (count - 1) * per_sector > len(self._data) // self._sector:
            raise ValueError("a table for more sectors than there are")
        for _ in range(min(more_count, len(self._data) // self._sector)):
            *found, more = struct.unpack(f"<{per_sector}I", self._at(more))
            sectors += found
        table: list[int] = []
        for number in sectors[:count]:
            table += struct.unpack(f"<{per_sector}I", self._at(number))
        return table

    def _at(self, number: int) -> bytes:
        start = (number + 1) * self._sector
        if number >= _NO_SECTOR or start >= len(self._data):
            raise ValueError("a sector is missing")
        return self._data[start : start + self._sector].ljust(self._sector, b"\0")

    def _chain(self, number: int, most: int) -> bytes:
        """The sectors from this one on: not more than there are, so a ring ends too."""
        parts: list[bytes] = []
        while number < _NO_SECTOR and len(parts) * self._sector < most:
            if len(parts) >= len(self._table):
                raise ValueError("sectors in a ring")
            parts.append(self._at(number))
            number = self._table[number]
        return b"".join(parts)[:most]


def _check_stream(mime: str, stream: bytes) -> None:
    if not stream:
        return
    if mime == DOC:
        sign, flags = struct.unpack_from("<H", stream)[0], struct.unpack_from("<H", stream, _WORD_FLAGS)[0]
        if sign == _WORD_SIGN and flags & _WORD_LOCKED:
            raise Refused("locked")
    elif mime == XLS:
        _check_sheets(stream)
    elif (at := stream.find(_SLIDES_MACROS)) >= 0:
        reference_and_flag = stream[at + len(_SLIDES_MACROS) :][:8]
        if any(reference_and_flag[4:]):
            raise Refused("active")


def _check_sheets(stream: bytes) -> None:
    """The workbook's first records: a password, and sheets that are lists of macros (Excel 4.0)."""
    at = 0
    for _ in range(_MOST_RECORDS):
        if at + 4 > len(stream):
            return
        kind, length = struct.unpack_from("<HH", stream, at)
        if kind == _SHEET_LOCK:
            raise Refused("locked")
        if kind == _SHEET and stream[at + 9 : at + 10] == bytes((_SHEET_OF_MACROS,)):
            raise Refused("active")
        if kind == _SHEET_END:
            return
        at += 4 + length


def _lines_with_a_marking(data: bytes) -> Iterator[str]:
    """The lines around each ลับ: Thai stands in these files as UTF-16, lines end with control characters."""
    sign = LEVELS[0].encode("utf-16-le")
    at = data.find(sign)
    while at >= 0:
        before = data[max(at % 2, at - _NEAR) : at].decode("utf-16-le", "replace")
        after = data[at : at + _NEAR].decode("utf-16-le", "replace")
        yield _last_line(before) + _last_line(after[::-1])[::-1]
        at = data.find(sign, at + 1)


def _last_line(text: str) -> str:
    """From the last sign on that is no part of a line: what stands beside a text there is no text."""
    start = next(
        (
            place
            for place in range(len(text), 0, -1)
            if not (
                " " <= text[place - 1] <= "~" or "ก" <= text[place - 1] <= "๛" or text[place - 1] in "\t–—"
            )
        ),
        0,
    )
    return text[start:]
