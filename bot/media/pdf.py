"""
PDF files: what in them could run, and whether they bear a marking of secrecy.

Every object is looked at, also those inside compressed streams of objects, since a name may stand anywhere and
in any spelling that the format allows (`/J#61vaScript`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2

from bot.language.secrecy import is_marked_secret
from bot.media.kinds import Refused, ends_as_zip

MAX_OBJECTS = 100_000
"""A tagged report of 500 pages has 50,000."""

OBJECTS_AT_ONCE = 5_000
"""The library keeps every object that it has read, more than a kilobyte each: it is opened anew after so many."""

MAX_ITEMS = 200_000
"""In one array or dictionary; a table of pages or fonts has a few thousand."""

MAX_DECODED = 48 * 1024 * 1024
"""Bytes that one stream of objects or references may unpack to."""

MAX_PAGE_LETTERS = 50_000

_END_WITHIN = 2_048

# Keys that only a script, a form with one, a film with a player or another file needs.
_ACTIVE_KEYS = ("/JS", "/JavaScript", "/EF", "/XFA", "/RichMediaContent")
_ACTIVE_ACTIONS = ("/JavaScript", "/Launch", "/ImportData", "/RichMediaExecute", "/GoToE", "/Rendition")
_ACTIVE_TYPES = ("/EmbeddedFile",)
_STAMPS = ("/Confidential", "/TopSecret")
_WRITTEN_ON = ("/Stamp", "/FreeText", "/Watermark")
# Found in the written form of an object, where names have their usual spelling: a first, quick look.
_WORTH_A_LOOK = re.compile(
    "|".join(
        f"{name}(?![A-Za-z])"
        for name in (*_ACTIVE_KEYS, *_ACTIVE_ACTIONS, *_ACTIVE_TYPES, *_STAMPS, *_WRITTEN_ON)
    ).encode()
)
_NO_HARM = "repairing"  # a page without resources or size is given some
_LOCKED = re.compile("encrypt|password", re.IGNORECASE)

pikepdf.settings.set_qpdf_limits(
    flate_max_memory=MAX_DECODED,
    run_length_max_memory=MAX_DECODED,
    png_max_memory=MAX_DECODED,
    tiff_max_memory=MAX_DECODED,
    parser_max_container_size=MAX_ITEMS,
    parser_max_nesting=200,
)


def check_pdf(path: Path) -> None:
    """
    Look a PDF through.

    Raises:
        Refused: If it is broken, locked, has a script or another file in it, or bears a marking of secrecy.
    """
    data = path.read_bytes()
    if b"%%EOF" not in data[-_END_WITHIN:]:
        raise Refused("damaged")
    if ends_as_zip(data):
        raise Refused("active")
    del data
    if _look_through(path) or any(is_marked_secret(page, whole=True) for page in _edge_pages(path)):
        raise Refused("secret")


def _look_through(path: Path) -> bool:
    """Refuse what could run; returns whether something that was put on a page is a marking."""
    try:
        with _opened(path) as document:
            numbers = sorted(document.get_xref_table())
            marked = _is_marked(document.trailer)
        if len(numbers) > MAX_OBJECTS:
            raise Refused("damaged")
        for first in range(0, len(numbers), OBJECTS_AT_ONCE):
            with _opened(path) as document:
                for number in numbers[first : first + OBJECTS_AT_ONCE]:
                    marked |= _is_marked(document.get_object(*number))
                # What could not be read comes as null, with a warning: something may stand there all the same.
                if any(_NO_HARM not in warning for warning in document.get_warnings()):
                    raise Refused("damaged")
    except pikepdf.PasswordError as fault:
        raise Refused("locked") from fault
    except (pikepdf.PdfError, RuntimeError, ValueError, TypeError, OverflowError) as fault:
        raise Refused("locked" if _LOCKED.search(str(fault)) else "damaged") from fault
    return marked


def _opened(path: Path) -> pikepdf.Pdf:
    # As it stands: what must be guessed together may be guessed otherwise by the program that shows it.
    return pikepdf.open(path, attempt_recovery=False, suppress_warnings=True)


def _is_marked(value: Any) -> bool:
    """
    Whether an object is a stamp or a note with a marking.

    Raises:
        Refused: If it is something that could run.
    """
    top = value.stream_dict if isinstance(value, pikepdf.Stream) else value
    if not isinstance(top, pikepdf.Object) or not _WORTH_A_LOOK.search(top.unparse(resolved=True)):
        return False
    dictionaries = list(_dictionaries(top))
    if any(_is_active(one) for one in dictionaries):
        raise Refused("active")
    return any(_is_marking(one) for one in dictionaries)


def _dictionaries(value: Any) -> Iterator[dict[str, Any]]:
    """Those in an object; what it refers to is an object of its own."""
    open_values = [value]
    while open_values:
        one = open_values.pop()
        if isinstance(one, pikepdf.Dictionary):
            found = {key: one.get(key) for key in one.keys()}  # noqa: SIM118 - it is no mapping
            yield found
            open_values += [inner for inner in found.values() if _is_direct(inner)]
        elif isinstance(one, pikepdf.Array):
            open_values += [inner for inner in one if _is_direct(inner)]


def _is_direct(value: Any) -> bool:
    return isinstance(value, pikepdf.Dictionary | pikepdf.Array) and not value.is_indirect


def _is_active(found: dict[str, Any]) -> bool:
    return (
        any(key in found for key in _ACTIVE_KEYS)
        or _name(found.get("/S")) in _ACTIVE_ACTIONS
        or _name(found.get("/Type")) in _ACTIVE_TYPES
    )


def _is_marking(found: dict[str, Any]) -> bool:
    if _name(found.get("/Subtype")) not in _WRITTEN_ON:
        return False
    words = found.get("/Contents")
    says = str(words) if isinstance(words, pikepdf.String) else ""
    return _name(found.get("/Name")) in _STAMPS or is_marked_secret(says, whole=True)


def _name(value: Any) -> str:
    return str(value) if isinstance(value, pikepdf.Name) else ""


def _edge_pages(path: Path) -> Sequence[str]:
    """The text of the first and the last page."""
    try:
        document = pypdfium2.PdfDocument(path)
        try:
            last = len(document) - 1
            return [_text(document, number) for number in dict.fromkeys((0, last))]
        finally:
            document.close()
    except (pypdfium2.PdfiumError, IndexError, ValueError) as fault:
        raise Refused("damaged") from fault


def _text(document: Any, number: int) -> str:
    page = document[number]
    try:
        text = page.get_textpage()
        try:
            return str(text.get_text_range(0, min(text.count_chars(), MAX_PAGE_LETTERS)))
        finally:
            text.close()
    finally:
        page.close()
