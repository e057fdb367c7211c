"""What kind of file something is, by its first bytes: names and announced types prove nothing."""

from __future__ import annotations

from bot.messages import FileProblem

JPEG, PNG, GIF, WEBP, HEIC = "image/jpeg", "image/png", "image/gif", "image/webp", "image/heic"
PDF = "application/pdf"
ZIP, OLE = (
    "application/zip",
    "application/x-ole-storage",
)  # what Office packages are; which, their insides tell
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
DOC, XLS, PPT = "application/msword", "application/vnd.ms-excel", "application/vnd.ms-powerpoint"

HEAD_BYTES = 4096
"""As much as `sniff` and `hides_more` look at from the beginning."""

_SIGNATURES = (
    (b"\xff\xd8\xff", JPEG),
    (b"\x89PNG\r\n\x1a\n", PNG),
    (b"GIF87a", GIF),
    (b"GIF89a", GIF),
    (b"%PDF-", PDF),
    (b"PK\x03\x04", ZIP),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", OLE),
)
_HEIC_BRANDS = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx")
_ZIP_END = b"PK\x05\x06"
_ZIP_END_BYTES = 22
_LONGEST_ZIP_COMMENT = 65_535
_RUNS = (b"<script", b"<?php", b"<html", b"javascript:")  # shorter ones occur by chance in a film of some MB
_PROGRAMS = (b"MZ", b"\x7fELF", b"#!", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe")
_ARCHIVES = (b"Rar!\x1a", b"7z\xbc\xaf\x27\x1c")


class Refused(Exception):
    """The file is not kept: `problem` says why."""

    def __init__(self, problem: FileProblem) -> None:
        super().__init__(problem)
        self.problem: FileProblem = problem


def sniff(head: bytes) -> str | None:
    """The MIME type that the first bytes stand for; None for a kind that is not taken."""
    for signature, mime in _SIGNATURES:
        if head.startswith(signature):
            return mime
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return WEBP
    if head[4:8] == b"ftyp":
        length = int.from_bytes(head[:4], "big")
        brands = {head[8:12], *(head[at : at + 4] for at in range(16, min(length, len(head)), 4))}
        return HEIC if brands & set(_HEIC_BRANDS) else None
    return None


def is_program(head: bytes) -> bool:
    """Whether these are the first bytes of something that a machine would start or unpack."""
    return head.startswith((*_PROGRAMS, *_ARCHIVES))


def ends_as_zip(data: bytes) -> bool:
    """Whether unpacking programs would take these bytes for a zip: they look for its directory from the end."""
    at = data.rfind(_ZIP_END, -_ZIP_END_BYTES - _LONGEST_ZIP_COMMENT)
    return at >= 0 and at + _ZIP_END_BYTES + int.from_bytes(data[at + 20 : at + 22], "little") == len(data)


def hides_more(data: bytes, beside: bytes) -> bool:
    """
    Whether a file of one kind is also one of another kind, which some program would open or run.

    Args:
        data: The whole file, which does not begin as PDF or zip.
        beside: Those of its bytes that do not belong to what it shows: comments and what follows its end.
    """
    if b"%PDF-" in data[:1024] or ends_as_zip(data) or is_program(beside):
        return True
    small = beside.lower()
    return any(one in small for one in _RUNS)
