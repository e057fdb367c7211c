"""
Packages of zip and XML, such as DOCX, that may be traps: what is looked at before anything is unpacked.

Knows no wording: whoever asks says in their own words what is wrong.
"""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Sequence
from typing import IO, Literal
from xml.parsers import expat

MEGABYTE = 1024 * 1024
# A real document unpacks to a few megabytes of text and its pictures.
MAX_UNPACKED = 100 * MEGABYTE
MAX_MEMBER = 40 * MEGABYTE
MAX_MEMBERS = 5_000
MAX_RATIO = 100  # XML shrinks to a tenth or a thirtieth; a bomb to a thousandth
RATIO_COUNTS_FROM = MEGABYTE  # below that, blank space alone may shrink as much

DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    NotImplementedError,
    RuntimeError,
    ValueError,
)
"""What reading a broken package raises."""

Fault = Literal["locked", "members", "unpacked", "ratio"]

_IS_LOCKED = 0x1
_CHUNK = 64 * 1024


def find_fault(members: Sequence[zipfile.ZipInfo], packed: int) -> Fault | None:
    """
    Why a package of `packed` bytes must not be unpacked, by the sizes that it declares.

    Python reads no more of a member than was declared, so these hold.
    """
    if any(member.flag_bits & _IS_LOCKED for member in members):
        return "locked"
    if len(members) > MAX_MEMBERS:
        return "members"
    unpacked = sum(member.file_size for member in members)
    if unpacked > MAX_UNPACKED or any(member.file_size > MAX_MEMBER for member in members):
        return "unpacked"
    sizes = [(member.file_size, member.compress_size) for member in members]
    if any(
        size > RATIO_COUNTS_FROM and size > MAX_RATIO * small for size, small in [*sizes, (unpacked, packed)]
    ):
        return "ratio"
    return None


def has_doctype(part: IO[bytes]) -> bool:
    """
    Whether an XML part declares a document type, with which XML reaches for other files or swells.

    Reads as far as the first element: a document type stands before that or nowhere. What is no XML has none.
    """
    watch = _Prolog()
    while not watch.over and (chunk := part.read(_CHUNK)):
        watch.feed(chunk)
    return watch.has_doctype


class _Prolog:
    def __init__(self) -> None:
        self.over = False
        self.has_doctype = False
        self._parser = expat.ParserCreate()
        self._parser.StartDoctypeDeclHandler = self._doctype
        self._parser.StartElementHandler = self._element

    def feed(self, chunk: bytes) -> None:
        try:
            self._parser.Parse(chunk, False)
        except (
            expat.ExpatError,
            ValueError,
            LookupError,
        ):  # a picture, or an encoding that Word never writes
            self.over = True

    def _doctype(self, *_: object) -> None:
        self.over = self.has_doctype = True
        # Entities are declared behind this point: read no further.
        self._parser.StartElementHandler = None
        raise _Stop

    def _element(self, *_: object) -> None:
        self.over = True
        raise _Stop


class _Stop(ValueError):
    """Enough of the part was seen."""
