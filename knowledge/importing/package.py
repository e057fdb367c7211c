"""What a DOCX file is checked for before it is opened: it is a zip of XML, and either may be a trap."""

from __future__ import annotations

import zipfile
from io import BytesIO

from knowledge import archives
from knowledge.archives import MEGABYTE
from knowledge.documents import DocumentError
from knowledge.importing.limits import refuse

_ZIP = b"PK\x03\x04"
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # .doc, and the wrapping of a DOCX with a password
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_CONTENT_TYPES = "[Content_Types].xml"
_MAIN_PART = b"wordprocessingml.document.main+xml"
_NEVER_OPENED = ("word/media/", "word/embeddings/")


def check_package(data: bytes, name: str) -> None:
    """
    Make sure that a DOCX may be unpacked, without unpacking it whole.

    Raises:
        DocumentError: If it is another format, locked, has macros, would unpack to too much, or declares a
            document type, with which XML reaches for other files or swells.
    """
    _check_format(data, name)
    try:
        with zipfile.ZipFile(BytesIO(data)) as package:
            _check_members(package, len(data), name)
            _check_kind(package, name)
            for member in package.infolist():
                if not member.filename.startswith(_NEVER_OPENED):
                    _check_xml(package, member, name)
    except archives.DAMAGED as fault:
        raise damaged(name) from fault


def damaged(name: str) -> DocumentError:
    return refuse(name, "เปิด DOCX ไม่ได้ ไฟล์อาจเสียหาย บันทึกใหม่แล้วส่งอีกครั้ง", "damaged DOCX; save it again")


def _check_format(data: bytes, name: str) -> None:
    if data.startswith(_ZIP):
        return
    if data.startswith(_OLD_OFFICE):
        if _ENCRYPTED in data:
            raise _locked(name)
        raise refuse(
            name,
            "เป็น Word รูปแบบเก่า (.doc) เปิดด้วย Word แล้วบันทึกเป็น .docx",
            "old Word format; save it as .docx",
        )
    raise refuse(
        name,
        "เนื้อหาไม่ใช่ DOCX นามสกุลไฟล์อาจไม่ตรง บันทึกเป็น .docx อีกครั้ง",
        "not a DOCX file; save it as .docx again",
    )


def _locked(name: str) -> DocumentError:
    return refuse(name, "ไฟล์มีรหัสผ่าน บันทึกแบบไม่มีรหัสผ่านแล้วส่งใหม่", "encrypted; save it without a password")


def _check_members(package: zipfile.ZipFile, packed: int, name: str) -> None:
    match archives.find_fault(package.infolist(), packed):
        case "locked":
            raise _locked(name)
        case "members":
            raise _bomb(name, f"{archives.MAX_MEMBERS:,} ส่วน", f"{archives.MAX_MEMBERS:,} parts")
        case "unpacked":
            whole, one = archives.MAX_UNPACKED // MEGABYTE, archives.MAX_MEMBER // MEGABYTE
            raise _bomb(name, f"{whole} MB หรือส่วนเดียวเกิน {one} MB", f"{whole} MB, or {one} MB in one part")
        case "ratio":
            times = archives.MAX_RATIO
            raise _bomb(name, f"{times} เท่าของที่บีบอัด", f"{times} times its packed size")


def _bomb(name: str, thai: str, english: str) -> DocumentError:
    return refuse(
        name,
        f"เมื่อคลายแล้วใหญ่เกิน {thai} เปิดด้วย Word ลดภาพแล้วบันทึกใหม่ หากไม่ทราบที่มาของไฟล์ไม่ควรเปิด",
        f"unpacks to more than {english}; save it again with smaller pictures, or do not trust it",
    )


def _check_kind(package: zipfile.ZipFile, name: str) -> None:
    if _CONTENT_TYPES not in package.namelist():
        raise damaged(name)
    types = package.read(_CONTENT_TYPES)
    if b"macroEnabled" in types:
        raise refuse(
            name,
            "ไฟล์มีมาโคร (.docm) บันทึกเป็น .docx ที่ไม่มีมาโคร",
            "a document with macros; save it as .docx without them",
        )
    if _MAIN_PART not in types:
        raise refuse(
            name, "ไม่ใช่เอกสาร Word บันทึกเป็น .docx อีกครั้ง", "not a Word document; save it as .docx again"
        )


def _check_xml(package: zipfile.ZipFile, member: zipfile.ZipInfo, name: str) -> None:
    with package.open(member) as part:
        declares = archives.has_doctype(part)
    if declares:
        raise refuse(
            name,
            "มีการประกาศ DTD หรือ entity ใน XML ซึ่งไม่ปลอดภัย เปิดด้วย Word แล้วบันทึกใหม่",
            "declares a DTD or entities in its XML, which is not safe; save it again with Word",
        )
