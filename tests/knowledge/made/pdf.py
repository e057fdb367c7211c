"""
PDF files written by hand: as little as pdfium needs to give Thai text back.

The font has no program in it. Each letter's code is its own Unicode number, and the ToUnicode table says so.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT = 595, 842
LEFT, TOP = 70, 770
SIZE, PITCH = 12, 20
_NO_WIDTH = "\u0e31\u0e34\u0e35\u0e36\u0e37\u0e38\u0e39\u0e3a\u0e47\u0e48\u0e49\u0e4a\u0e4b\u0e4c\u0e4d"


@dataclass(frozen=True)
class At:
    """A line at a place of its own."""

    x: float
    y: float
    text: str


def make_pdf(
    pages: Sequence[Sequence[str | At]], *, to_unicode: bool = True, encrypted: bool = False, rotate: int = 0
) -> bytes:
    """One line under the other, from the left margin; an empty one leaves a blank line."""
    letters = sorted({letter for page in pages for line in page for letter in _text(line)})
    numbers = [6 + 2 * index for index in range(len(pages))]
    font = "<< /Type /Font /Subtype /Type0 /BaseFont /Made /Encoding /Identity-H /DescendantFonts [4 0 R]" + (
        " /ToUnicode 5 0 R >>" if to_unicode else " >>"
    )
    narrow = " ".join(f"{ord(letter)} [0]" for letter in letters if letter in _NO_WIDTH)
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Count {len(pages)} /Kids [{' '.join(f'{n} 0 R' for n in numbers)}] >>",
        font,
        "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Made /DW 500 /CIDToGIDMap /Identity"
        f" /W [{narrow}] /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >>"
        " /FontDescriptor << /Type /FontDescriptor /FontName /Made /Flags 4 /Ascent 800 /Descent -200"
        " /CapHeight 700 /ItalicAngle 0 /StemV 80 /FontBBox [0 -200 1000 800] >> >>",
        _stream(_unicode_table(letters)),
    ]
    for number, page in zip(numbers, pages, strict=True):
        objects += [
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {WIDTH} {HEIGHT}] /Rotate {rotate}"
            f" /Resources << /Font << /F 3 0 R >> >> /Contents {number + 1} 0 R >>",
            _stream(_content(page)),
        ]
    return _file(objects, encrypted)


def _text(line: str | At) -> str:
    return line if isinstance(line, str) else line.text


def _content(page: Sequence[str | At]) -> str:
    drawn = []
    for row, line in enumerate(page):
        place = line if isinstance(line, At) else At(LEFT, TOP - row * PITCH, line)
        codes = "".join(f"{ord(letter):04X}" for letter in place.text)
        drawn.append(f"BT /F {SIZE} Tf 1 0 0 1 {place.x} {place.y} Tm <{codes}> Tj ET")
    return "\n".join(drawn)


def _unicode_table(letters: Sequence[str]) -> str:
    chunks = [letters[start : start + 100] for start in range(0, len(letters), 100)]
    maps = "\n".join(
        f"{len(chunk)} beginbfchar\n"
        + "\n".join(f"<{ord(letter):04X}> <{ord(letter):04X}>" for letter in chunk)
        + "\nendbfchar"
        for chunk in chunks
    )
    return (
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n/CMapName /Made def\n/CMapType 2 def\n"
        f"1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n{maps}\nendcmap\nend\nend"
    )


def _stream(content: str) -> str:
    return f"<< /Length {len(content)} >>\nstream\n{content}\nendstream"


def _file(objects: Sequence[str], encrypted: bool) -> bytes:
    body = b"%PDF-1.7\n"
    places = []
    for number, content in enumerate(objects, 1):
        places.append(len(body))
        body += f"{number} 0 obj\n{content}\nendobj\n".encode("ascii")
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    lock = (
        f" /Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <{'41' * 32}> /U <{'42' * 32}> >>"
        f" /ID [<{'43' * 16}> <{'43' * 16}>]"
        if encrypted
        else ""
    )
    size = len(objects) + 1
    trailer = f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer\n<< /Size {size} /Root 1 0 R{lock} >>\n"
    return body + f"{trailer}startxref\n{len(body)}\n%%EOF\n".encode("ascii")
