"""
Files that an operator brings, read as documents whose passages can be cited.

`read_document` is all that others need. Each format has a reader that turns a file into blocks: `pdf`, `docx`,
`text`. `cutting` makes passages of them, the same way for all. Nothing here opens a file, a connection or a
database: bytes in, document out, the same for the same bytes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import PurePath, PureWindowsPath

from knowledge.documents import Document
from knowledge.importing.cutting import Block, cut_blocks
from knowledge.importing.limits import SUPPORTED, check_size, no_text, refuse
from knowledge.importing.repair import repair

__all__ = ["SUPPORTED", "read_document"]

_LONGEST_TITLE = 200

_SAVE_AS_DOCX = {
    ".doc": ("เป็น Word รูปแบบเก่า เปิดด้วย Word แล้วบันทึกเป็น .docx", "old Word format; save it as .docx"),
    ".docm": ("ไฟล์มีมาโคร บันทึกเป็น .docx ที่ไม่มีมาโคร", "a document with macros; save it as .docx without them"),
    ".dotm": ("ไฟล์มีมาโคร บันทึกเป็น .docx ที่ไม่มีมาโคร", "a template with macros; save it as .docx without them"),
    ".odt": ("เปิดด้วย Word หรือ LibreOffice แล้วบันทึกเป็น .docx", "save it as .docx"),
    ".rtf": ("เปิดด้วย Word แล้วบันทึกเป็น .docx", "save it as .docx"),
}


def read_document(data: bytes, file_name: str, *, title: str | None = None) -> Document:
    """
    Read a PDF, DOCX, Markdown or plain text file, mend its Thai, and cut it at its headings and clauses.

    Args:
        data: The file's content.
        file_name: Its ending names the format; what is before it is the title when nothing else is.
        title: What the document is called, which also makes its id: give the same one for a newer version.

    Raises:
        DocumentError: If the file cannot be read or goes over a limit; says what to do, in Thai and English.
    """
    name = PurePath(PureWindowsPath(file_name).name).name or "?"
    ending = PurePath(name).suffix.lower()
    if ending not in SUPPORTED:
        raise refuse(name, *_why_not(ending))
    check_size(data, name)
    found, blocks, without_text = _read(data, name, ending)
    wanted = repair(title or "")[:_LONGEST_TITLE].strip()
    if wanted and found and found != wanted:
        blocks = [Block(found), *blocks]  # the document's own title is a text in it like any other
    document = cut_blocks(
        blocks, wanted or (found or repair(PurePath(name).stem) or name)[:_LONGEST_TITLE].strip()
    )
    if not document.passages:
        raise no_text(name)
    return replace(document, pages_without_text=without_text)


def _read(data: bytes, name: str, ending: str) -> tuple[str | None, Sequence[Block], tuple[int, ...]]:
    # The libraries are loaded when a file of their kind comes: nobody else should wait for them.
    if ending == ".pdf":
        from knowledge.importing.pdf import read_pdf

        return None, *read_pdf(data, name)
    if ending == ".docx":
        from knowledge.importing.docx import read_docx

        return *read_docx(data, name), ()
    from knowledge.importing.text import read_markdown, read_text

    return *(read_text if ending == ".txt" else read_markdown)(data, name), ()


def _why_not(ending: str) -> tuple[str, str]:
    supported = " ".join(SUPPORTED)
    if ending in _SAVE_AS_DOCX:
        return _SAVE_AS_DOCX[ending]
    return (
        f"ไม่รองรับไฟล์ชนิด {ending or 'นี้'} ใช้ได้เฉพาะ {supported}",
        f"unsupported file type; supported: {supported}",
    )
