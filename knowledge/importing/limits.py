"""What a file may be at most, and the words in which it is refused."""

from __future__ import annotations

from knowledge.archives import MEGABYTE
from knowledge.documents import DocumentError

MAX_BYTES = 20 * MEGABYTE
MAX_PAGES = 600
MAX_CHARACTERS = 3_000_000

SUPPORTED = (".pdf", ".docx", ".md", ".markdown", ".txt")


def refuse(name: str, thai: str, english: str) -> DocumentError:
    """The error to raise: which file, what is wrong and what to do, in Thai and then in English."""
    return DocumentError(f"{name}: {thai} ({english})")


def too_many_characters(name: str) -> DocumentError:
    return refuse(
        name,
        f"ข้อความเกิน {MAX_CHARACTERS:,} ตัวอักษร แบ่งเป็นหลายไฟล์แล้วนำเข้าทีละไฟล์",
        f"more than {MAX_CHARACTERS:,} characters; split it and import the parts",
    )


def no_text(name: str) -> DocumentError:
    return refuse(name, "ไม่มีข้อความในไฟล์ ตรวจว่าเลือกไฟล์ถูกต้อง", "no text in it; check that it is the right file")


def check_size(data: bytes, name: str) -> None:
    """
    Raises:
        DocumentError: If the file is empty or too large.
    """
    if not data:
        raise refuse(name, "ไฟล์ว่าง ส่งไฟล์ใหม่อีกครั้ง", "empty file; send it again")
    if len(data) > MAX_BYTES:
        size = MAX_BYTES // MEGABYTE
        raise refuse(
            name,
            f"ไฟล์ใหญ่เกิน {size} MB ลดขนาดภาพในไฟล์หรือแบ่งเป็นหลายไฟล์",
            f"larger than {size} MB; make its pictures smaller or split it",
        )
