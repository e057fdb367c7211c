"""
Office packages (.docx, .xlsx, .pptx): what in them could run, and whether they bear a marking of secrecy.

They are kept as they are or not at all. Nothing is unpacked before the sizes that the package declares were
found bearable, and each part is then read once, a piece at a time.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from io import BytesIO
from xml.parsers import expat

from bot.language.secrecy import LONGEST_LINE, is_marked_secret
from bot.media.kinds import DOCX, OLE, PPTX, XLSX, ZIP, Refused, ends_as_zip, is_program, sniff
from bot.media.ole import has_macros, names_in
from knowledge import archives

_CONTENT_TYPES = "[Content_Types].xml"
_MAIN_PARTS = {
    b"wordprocessingml.document.main+xml": DOCX,
    b"spreadsheetml.sheet.main+xml": XLSX,
    b"presentationml.presentation.main+xml": PPTX,
}
_ACTIVE_TYPES = (b"macroEnabled", b"vbaProject", b"activeX", b"macrosheet")
_ACTIVE_NAMES = re.compile(
    r"vbaproject\.bin|vbadata\.xml|(?:.*/)?(?:activex|macrosheets|dialogsheets)/.*"
    r"|.*\.(?:exe|dll|com|scr|pif|cpl|msi|bat|cmd|ps1|vbs|vbe|js|jse|wsf|wsh|hta|lnk|url|jar|reg|sh|py|iso)"
)
# A template or an object that is fetched from elsewhere as soon as the file is opened.
_FETCHED = re.compile(
    rb"<[^<>]*Type\s*=\s*[\"'][^\"'<>]*/(?:attachedTemplate|oleObject|frame)[\"'][^<>]*>", re.IGNORECASE
)
_FROM_ELSEWHERE = re.compile(rb"Target\s*=\s*[\"'](?:https?|ftp|mhtml|ms-[a-z]+|javascript):", re.IGNORECASE)
_INSIDE = {".docx", ".xlsx", ".pptx"}
_DEEPEST = 2  # a chart's figures are a workbook in the document; nothing real goes deeper

_TEXT_PARTS = {
    DOCX: re.compile(r"word/(?:document|header\d*|footer\d*)\.xml"),
    XLSX: re.compile(r"xl/sharedstrings\.xml|xl/drawings/drawing\d+\.xml"),
    PPTX: re.compile(r"ppt/(?:slides/slide\d+|slidemasters/slidemaster\d+)\.xml"),
}
_SHEETS = re.compile(r"xl/worksheets/[^/]+\.xml")
_SHEET_HEADS = re.compile(rb"<(?:odd|even|first)(?:Header|Footer)>(.{0,2000}?)</", re.DOTALL)
_SHEET_CODES = re.compile(r"&(?:amp;)?(?:[LCR]|\"[^\"]*\"|\d+|[A-Z])")
_TAIL = 64 * 1024
_PIECE = 256 * 1024
_MOST_LINES = 20_000
_EDGE_LINES = 30
"""Lines at the beginning and the end of a part in which a marking is looked for: it stands at the edges of pages."""


def check_office(data: bytes, depth: int = 0) -> str:
    """
    The MIME type of an Office file that may be kept.

    Args:
        data: A zip.
        depth: How many packages it lies in.

    Raises:
        Refused: If it is no Office file, broken, locked, unpacks to too much, has a macro or another file in
            it, or bears a marking of secrecy.
    """
    if not ends_as_zip(data):
        raise Refused("damaged")
    try:
        with zipfile.ZipFile(BytesIO(data)) as package:
            _check_members(package, len(data))
            mime = _kind(package)
            if data.count(b"%PDF-", 0, 1024):
                raise Refused("active")
            for member in package.infolist():
                _check_member(package, member, depth)
            if _is_marked(package, mime):
                raise Refused("secret")
            return mime
    except (*archives.DAMAGED, expat.ExpatError) as fault:
        raise Refused("damaged") from fault


def _check_members(package: zipfile.ZipFile, packed: int) -> None:
    members = package.infolist()
    fault = archives.find_fault(members, packed)
    if fault is not None:
        raise Refused("locked" if fault == "locked" else "damaged")
    names = [member.filename.lower() for member in members]
    is_odd = any(name.startswith(("/", "\\")) or ".." in name.split("/") or "\\" in name for name in names)
    # Two parts under one name: the program that opens the file may take the one that was not looked at.
    if is_odd or len(set(names)) < len(names) or min((one.header_offset for one in members), default=1):
        raise Refused("damaged")


def _kind(package: zipfile.ZipFile) -> str:
    if _CONTENT_TYPES not in package.namelist():
        raise Refused("type")
    types = package.read(_CONTENT_TYPES)
    if any(one in types for one in _ACTIVE_TYPES):
        raise Refused("active")
    found = [mime for part, mime in _MAIN_PARTS.items() if part in types]
    if len(found) != 1:
        raise Refused("type")
    return found[0]


def _check_member(package: zipfile.ZipFile, member: zipfile.ZipInfo, depth: int) -> None:
    name = member.filename.lower()
    if _ACTIVE_NAMES.fullmatch(name) or name.rpartition("/")[2] == "vbaproject.bin":
        raise Refused("active")
    with package.open(member) as part:
        head = part.read(512)
    if is_program(head):
        raise Refused("active")
    kind = sniff(head)
    if kind == ZIP:
        _check_inside(package.read(member), name, depth)
    elif kind == OLE and has_macros(names_in(package.read(member))):
        raise Refused("active")
    if name.endswith((".xml", ".rels", ".vml")):
        with package.open(member) as part:
            if archives.has_doctype(part):
                raise Refused("active")
    if name.endswith(".rels"):
        relations = package.read(member)
        if any(_FROM_ELSEWHERE.search(found[0]) for found in _FETCHED.finditer(relations)):
            raise Refused("active")


def _check_inside(data: bytes, name: str, depth: int) -> None:
    if depth >= _DEEPEST or not any(name.endswith(end) for end in _INSIDE):
        raise Refused("active")
    check_office(data, depth + 1)


# ------------------------------------------------------------------ markings


def _is_marked(package: zipfile.ZipFile, mime: str) -> bool:
    for member in package.infolist():
        name = member.filename.lower()
        if _TEXT_PARTS[mime].fullmatch(name):
            lines = list(_lines(package, member))
            shown = [*lines[:_EDGE_LINES], *lines[_EDGE_LINES:][-_EDGE_LINES:]]
            if is_marked_secret("\n".join(shown), whole=True):
                return True
        elif mime == XLSX and _SHEETS.fullmatch(name) and _is_sheet_marked(package, member):
            return True
    return False


def _lines(package: zipfile.ZipFile, member: zipfile.ZipInfo) -> Iterator[str]:
    """The paragraphs of a part, and the words drawn across its pages, in the order of the file."""
    reading = _Paragraphs()
    with package.open(member) as part:
        while (piece := part.read(_PIECE)) and len(reading.lines) < _MOST_LINES:
            reading.parser.Parse(piece, False)
    return iter(reading.lines)


class _Paragraphs:
    """Collects text by the elements that the three formats share: t for a run, p, si or is around a paragraph."""

    _AROUND = ("p", "si", "is")
    _BREAKS = ("br", "cr", "tab")

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text
        self._run: list[str] = []
        self._letters = 0  # of a longer paragraph the rest is not collected
        self._in_run = False

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        local = name.rpartition(" ")[2]
        self._in_run = local in ("t", *self._BREAKS)
        if local in self._BREAKS:
            self._text(" " if local == "tab" else "\n")
        elif local in self._AROUND:  # a box with text stands inside a paragraph
            self._close()
        elif local == "textpath":
            self.lines.append(attributes.get("string", ""))

    def _end(self, name: str) -> None:
        self._in_run = False
        if name.rpartition(" ")[2] in self._AROUND:
            self._close()

    def _text(self, text: str) -> None:
        if self._in_run and self._letters <= LONGEST_LINE:
            self._run.append(text)
            self._letters += len(text)

    def _close(self) -> None:
        if line := "".join(self._run).strip():
            self.lines.append(line)
        self._run, self._letters = [], 0


def _is_sheet_marked(package: zipfile.ZipFile, member: zipfile.ZipInfo) -> bool:
    """By its first cells, and by what is printed above and below it, which stands at the end of its part."""
    first, tail = _Paragraphs(), b""
    with package.open(member) as part:
        piece = part.read(_PIECE)
        first.parser.Parse(piece, False)
        while piece:
            tail = (tail + piece)[-_TAIL:]
            piece = part.read(_PIECE)
    heads = [found[1].decode("utf-8", "replace") for found in _SHEET_HEADS.finditer(tail)]
    shown = ["\n".join(first.lines[:_EDGE_LINES]), *(_SHEET_CODES.sub("\n", head) for head in heads)]
    return any(is_marked_secret(one, whole=True) for one in shown)
