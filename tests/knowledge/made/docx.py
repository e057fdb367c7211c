"""DOCX files: real ones by python-docx, and altered ones."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Mapping
from io import BytesIO

import docx
from docx.document import Document
from docx.oxml.parser import parse_xml

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def make_docx(write: Callable[[Document], object]) -> bytes:
    """The bytes of a new document after `write` filled it."""
    document = docx.Document()
    write(document)
    target = BytesIO()
    document.save(target)
    return target.getvalue()


def with_body(xml: str) -> bytes:
    """A document whose body is this XML, with `w:` for Word's namespace."""

    def write(document: Document) -> None:
        body = document.element.body
        for element in parse_xml(f'<w:body xmlns:w="{W}">{xml}</w:body>'):
            body.insert(len(body) - 1, element)

    return make_docx(write)


def altered(data: bytes, changes: Mapping[str, bytes], *, compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    """The same package with some parts changed or added."""
    target = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(target, "w", compression) as new:
        for name in old.namelist():
            new.writestr(name, changes.get(name, old.read(name)))
        for name in changes.keys() - set(old.namelist()):
            new.writestr(name, changes[name])
    return target.getvalue()


def part(data: bytes, name: str) -> bytes:
    with zipfile.ZipFile(BytesIO(data)) as package:
        return package.read(name)
