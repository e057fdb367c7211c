"""DOCX files: real ones by python-docx, and altered ones."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Mapping, Sequence
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


def numbered(
    levels: Sequence[tuple[str, str]], paragraphs: Sequence[int], again: Sequence[int] = ()
) -> bytes:
    """
    Paragraphs "ก" with automatic numbers.

    Args:
        levels: Format and text of each level of the list.
        paragraphs: The level of each paragraph.
        again: Levels of paragraphs in a second list, which begins the same numbering anew.
    """

    def write(document: Document) -> None:
        root = document.part.numbering_part.element
        for element in list(root):
            root.remove(element)
        rows = "".join(
            f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{how}"/><w:lvlText w:val="{text}"/></w:lvl>'
            for level, (how, text) in enumerate(levels)
        )
        parts = parse_xml(
            f'<w:numbering xmlns:w="{W}"><w:abstractNum w:abstractNumId="7">{rows}</w:abstractNum>'
            '<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="7"/>'
            '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num></w:numbering>'
        )
        root.extend(list(parts))
        for list_id, list_levels in ((1, paragraphs), (2, again)):
            for level in list_levels:
                properties = document.add_paragraph("ก")._p.get_or_add_pPr()
                properties.append(
                    parse_xml(
                        f'<w:numPr xmlns:w="{W}"><w:ilvl w:val="{level}"/><w:numId w:val="{list_id}"/></w:numPr>'
                    )
                )

    return make_docx(write)
