"""
Files as people send them, and as somebody would build them who wants to do harm. All are made here.

Some libraries that write such files are the ones that the product reads them with; where that could hide a
fault, or where no library writes them, the bytes are put together by hand.
"""

from __future__ import annotations

import base64
import random
import struct
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Object
from PIL import Image

from tests.knowledge.made.pdf import make_pdf

# ------------------------------------------------------------------ pictures


def photo(seed: int = 1, size: tuple[int, int] = (800, 600)) -> Image.Image:
    """Something with as much to see in it as a photo: large soft shapes in colours."""
    chance = random.Random(seed)
    cells = Image.frombytes("RGB", (12, 9), chance.randbytes(12 * 9 * 3))
    return cells.resize(size, Image.Resampling.BICUBIC)


def encoded(picture: Image.Image, form: str = "JPEG", **options: Any) -> bytes:
    made = BytesIO()
    picture.save(made, form, **options)
    return made.getvalue()


def phone_exif(orientation: int = 1) -> bytes:
    """What a phone writes: make, time and place."""
    exif = Image.Exif()
    exif[0x010F], exif[0x0112], exif[0x0132] = "Phone", orientation, "2026:11:03 09:00:00"
    exif.get_ifd(0x8825).update({1: "N", 2: (18.0, 47.0, 20.0), 3: "E", 4: (98.0, 59.0, 9.0)})
    return exif.tobytes()


def plain_exif(orientation: int) -> bytes:
    """Which way up, and nothing about anybody."""
    exif = Image.Exif()
    exif[0x0112], exif[0x011A] = orientation, 72.0
    return exif.tobytes()


def segment(marker: int, body: bytes) -> bytes:
    return bytes((0xFF, marker)) + (len(body) + 2).to_bytes(2, "big") + body


def with_segments(jpeg: bytes, *segments: bytes) -> bytes:
    """A JPEG with these behind its start."""
    return jpeg[:2] + b"".join(segments) + jpeg[2:]


def huge_jpeg(width: int, height: int) -> bytes:
    """A baseline JPEG of any size in a few bytes a block: one coded block, over and over."""
    block = encoded(Image.new("RGB", (32, 16), "teal"), subsampling=2, restart_marker_blocks=1)
    frame, scan = block.index(b"\xff\xc0"), block.index(b"\xff\xda")
    start = scan + 2 + int.from_bytes(block[scan + 2 : scan + 4], "big")
    one = block[start : block.index(b"\xff\xd0", start)]
    blocks = -(-width // 16) * -(-height // 16)
    eight = b"".join(one + bytes((0xFF, 0xD0 + number)) for number in range(8))
    data = (eight * (blocks // 8 + 1))[: blocks * (len(one) + 2) - 2]
    head = block[: frame + 5] + struct.pack(">HH", height, width) + block[frame + 9 : start]
    return head + data + b"\xff\xd9"


def png_chunk(name: bytes, body: bytes) -> bytes:
    return len(body).to_bytes(4, "big") + name + body + zlib.crc32(name + body).to_bytes(4, "big")


def with_chunks(png: bytes, *chunks: bytes) -> bytes:
    """A PNG with these behind its first."""
    return png[:33] + b"".join(chunks) + png[33:]


def blank_png(width: int, height: int, *, depth: int = 8, colour: int = 2) -> bytes:
    """A PNG of any size that packs to next to nothing. Colour: 0 grey, 2 RGB, 3 palette, 6 RGBA."""
    bits = {0: 1, 2: 3, 3: 1, 6: 4}[colour] * depth * width
    row = bytes(1 + -(-bits // 8))
    packing = zlib.compressobj(9)
    data = b"".join(packing.compress(row) for _ in range(height)) + packing.flush()
    palette = png_chunk(b"PLTE", bytes(3)) if colour == 3 else b""
    head = png_chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + palette + png_chunk(b"IDAT", data) + png_chunk(b"IEND", b"")


def webp_with(webp: bytes, *chunks: tuple[bytes, bytes]) -> bytes:
    """A simple WebP made an extended one, with these chunks behind the picture."""
    with Image.open(BytesIO(webp)) as picture:
        width, height = picture.size
    flags = sum({b"EXIF": 0x08, b"XMP ": 0x04}.get(name, 0) for name, _ in chunks)
    head = bytes((flags, 0, 0, 0)) + (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
    body = _riff(b"VP8X", head) + webp[12:] + b"".join(_riff(*chunk) for chunk in chunks)
    return b"RIFF" + (4 + len(body)).to_bytes(4, "little") + b"WEBP" + body


def _riff(name: bytes, body: bytes) -> bytes:
    return name + len(body).to_bytes(4, "little") + body + b"\0" * (len(body) % 2)


# The decoder's settings and one coded tile of 512 by 512 pixels: no library here writes HEVC.
_TILE_SETTINGS = base64.b64decode(
    "AQNwAAAAkAAAAAAAWvAA/P34+AAADwNgAAEAGEABDAH//wNwAAADAJAAAAMAAAMAWroCQGEAAQArQgEBA3AAAAMAkAAAAwAAAwBaoAQCAIBZbq"
    "SSmubgIaDAgAAADIAAAAMAhGIAAQAHRAHBcrBiQA=="
)
_TILE = base64.b64decode(
    "AAABVygBrwSRBpsL654ooPyByvz/yA5ilRLtFSKTJ44E9ppt4y+tShY+tv93njW4NJUTYqOJeqL1cuHFOGm661+R+Qmd4nynoTBk0nhHYAD8Bv"
    "8QGSBBUdh/AAJsjNTuMwFaO/WOCXieltRE4Og2c7xluObDLpRAoxYIHutwm4WAEqO/y/fX4duq7D+wkq36CAYf4HQnZASXTOMb2/gG/yjoz/J4"
    "luvmkNYMy2amS9aTtge2+H805EAOwbIRZkMUGiYzgBeCX/inkCvMy6VpUbgKyiFih3f5lu4H067NOuNXQFNejNQLNLG+Icgc3Pf1hdBFFafW+v"
    "p+7FmOetzrrJtSfM+vBkabJv+8XFEegCDDhXdioC+VN9eipNY+o6eMYkbZtvQYM7yigW9KneDGaAeQI5Uzb32BBZ0+7+Pc4LuXN3CiHGjP3i8y"
    "IC1bUJSmcMkzF0TV/+ia9OA="
)
_TILE_SIDE = 512


def heic(columns: int = 1, rows: int = 1, exif: bytes = b"", brand: bytes = b"heic") -> bytes:
    """A HEIC of that many tiles, as phones build theirs, each the same coded one (ISO/IEC 23008-12)."""
    width, height = columns * _TILE_SIDE, rows * _TILE_SIDE
    grid = struct.pack(">BBBBII", 0, 1, rows - 1, columns - 1, width, height)  # flag 1: sizes of 32 bits
    placed = struct.pack(">I", 6) + exif if exif else b""  # the TIFF block begins behind "Exif"
    numbers = range(2, 2 + columns * rows)
    items = [(1, b"grid", grid), *((number, b"hvc1", _TILE) for number in numbers)]
    items += [(numbers.stop, b"Exif", placed)] if exif else []
    entries = [
        _full_box(b"infe", struct.pack(">HH", number, 0) + kind + b"\0", version=2)
        for number, kind, _ in items
    ]
    tiles = struct.pack(f">HH{len(numbers)}H", 1, len(numbers), *numbers)
    about = struct.pack(">HHH", numbers.stop, 1, 1)
    references = _box(b"dimg", tiles) + (_box(b"cdsc", about) if exif else b"")
    properties = (
        _box(b"hvcC", _TILE_SETTINGS)
        + _full_box(b"ispe", struct.pack(">II", _TILE_SIDE, _TILE_SIDE))
        + _full_box(b"ispe", struct.pack(">II", width, height))
    )
    owners = struct.pack(">IHBB", 1 + len(numbers), 1, 1, 3)
    owners += b"".join(struct.pack(">HBBB", number, 2, 0x81, 2) for number in numbers)
    bodies = b"".join(dict.fromkeys(body for *_, body in items))  # the tiles share their bytes

    def meta(first: int) -> bytes:
        places = b"".join(
            struct.pack(">HHHII", number, 0, 1, first + bodies.index(body), len(body))
            for number, _, body in items
        )
        return _full_box(
            b"meta",
            _full_box(b"hdlr", bytes(4) + b"pict" + bytes(13))
            + _full_box(b"pitm", struct.pack(">H", 1))
            + _full_box(b"iloc", struct.pack(">BBH", 0x44, 0, len(items)) + places)
            + _full_box(b"iinf", struct.pack(">H", len(entries)) + b"".join(entries))
            + _full_box(b"iref", references)
            + _box(b"iprp", _box(b"ipco", properties) + _full_box(b"ipma", owners)),
        )

    head = _box(b"ftyp", brand + bytes(4) + b"mif1" + brand)
    before = len(head) + len(meta(0)) + 8
    return head + meta(before) + _box(b"mdat", bodies)


def _box(kind: bytes, body: bytes) -> bytes:
    return (8 + len(body)).to_bytes(4, "big") + kind + body


def _full_box(kind: bytes, body: bytes, version: int = 0) -> bytes:
    return _box(kind, bytes((version, 0, 0, 0)) + body)


# ------------------------------------------------------------------ Office

_MAIN = {
    "docx": ("word/document.xml", "wordprocessingml.document.main+xml"),
    "xlsx": ("xl/workbook.xml", "spreadsheetml.sheet.main+xml"),
    "pptx": ("ppt/presentation.xml", "presentationml.presentation.main+xml"),
}
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:v="urn:schemas-microsoft-com:vml"'
_A = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'


def office(
    kind: str = "docx", parts: Mapping[str, bytes | str] | None = None, *, types: str = "", main: str = ""
) -> bytes:
    """A small Office package of a kind ("docx", "xlsx", "pptx"), with further parts and declared types."""
    place, declared = _MAIN[kind]
    content = {
        "[Content_Types].xml": f'<Types><Override ContentType="application/vnd.x.{declared}"/>{types}</Types>',
        "_rels/.rels": "<Relationships/>",
        place: main or "<document/>",
        **(parts or {}),
    }
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as package:
        for name, body in content.items():
            package.writestr(name, body)
    return made.getvalue()


def word(*lines: str) -> str:
    """A part of a Word document with these paragraphs."""
    return f"<w:document {_W}><w:body>{''.join(map(paragraph, lines))}</w:body></w:document>"


def paragraph(line: str) -> str:
    """Its letters in two runs, as Word leaves them after a correction."""
    half = len(line) // 2
    return f"<w:p><w:r><w:t>{line[:half]}</w:t></w:r><w:r><w:t>{line[half:]}</w:t></w:r></w:p>"


def watermark(words: str) -> str:
    return (
        f'<w:hdr {_W}><w:p><w:pict><v:shape><v:textpath string="{words}"/></v:shape></w:pict></w:p></w:hdr>'
    )


def slide(*lines: str) -> str:
    return f"<slide {_A}>{''.join(f'<a:p><a:r><a:t>{line}</a:t></a:r></a:p>' for line in lines)}</slide>"


def strings(*cells: str) -> str:
    return f"<sst>{''.join(f'<si><t>{cell}</t></si>' for cell in cells)}</sst>"


_END, _FREE = 0xFFFFFFFE, 0xFFFFFFFF  # of a run of sectors; a sector that nobody uses


def ole(streams: Mapping[str, bytes], storages: Sequence[str] = ()) -> bytes:
    """An old Office container: 512-byte sectors, the directory first, then the streams in a row (MS-CFB)."""
    names = ["Root Entry", *storages, *streams]
    directory_sectors = -(-len(names) * 128 // 512)
    table: list[int] = [*range(1, directory_sectors), _END]
    entries, bodies = [], b""
    for name in names:
        body = streams.get(name, b"")
        kind = 5 if name == "Root Entry" else 2 if name in streams else 1
        first = len(table) if body else _END
        sectors = -(-len(body) // 512)
        if sectors:
            table += [*range(first + 1, first + sectors), _END]
            bodies += body.ljust(sectors * 512, b"\0")
        spelled = name.encode("utf-16-le")
        entries.append(
            spelled.ljust(64, b"\0")
            + struct.pack("<HBB", len(spelled) + 2, kind, 1)
            + bytes(48)
            + struct.pack("<III", first, len(body), 0)
        )
    directory = b"".join(entries).ljust(directory_sectors * 512, b"\0")
    table_sectors = -(-(len(table) + 1) // 127)
    first_table = len(table)
    table += [0xFFFFFFFD] * table_sectors
    packed = struct.pack(f"<{len(table)}I", *table).ljust(table_sectors * 512, b"\xff")
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    numbers = [first_table + number for number in range(table_sectors)]
    # The head has room for 109 numbers of table sectors; the rest stand in sectors of their own at the end.
    rest = [numbers[at : at + 127] for at in range(109, len(numbers), 127)]
    first_rest = first_table + table_sectors
    head += struct.pack("<HHHHH6xIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, table_sectors, 0, 0)
    head += struct.pack("<IIIII", 4096, _END, 0, first_rest if rest else _END, len(rest))
    head += struct.pack("<109I", *(numbers + [_FREE] * 109)[:109])
    more = b"".join(
        struct.pack("<128I", *(some + [_FREE] * 127)[:127], first_rest + place + 1)
        for place, some in enumerate(rest)
    )
    return head + directory + bodies + packed + more


def old_word(text: str = "", *, locked: bool = False, storages: Sequence[str] = ()) -> bytes:
    """A .doc: the first block says whether it is locked, the text stands as UTF-16 further down."""
    head = struct.pack("<HHHHHH", 0xA5EC, 0xC1, 0, 0, 0, 0x0100 if locked else 0)
    body = head.ljust(1024, b"\0") + f"\r{text}\r".encode("utf-16-le")
    return ole({"WordDocument": body.ljust(4096, b"\0"), "1Table": bytes(4096)}, storages)


def record(kind: int, body: bytes) -> bytes:
    return struct.pack("<HH", kind, len(body)) + body


def old_sheet(*records: bytes) -> bytes:
    """A .xls whose workbook begins with these records."""
    return ole(
        {"Workbook": (record(0x0809, bytes(16)) + b"".join(records) + record(0x0A, b"")).ljust(4096, b"\0")}
    )


def old_slides(body: bytes = b"") -> bytes:
    return ole({"PowerPoint Document": (bytes(64) + body).ljust(4096, b"\0"), "Current User": bytes(64)})


# ------------------------------------------------------------------ PDF


def pdf(
    *objects: Dictionary,
    pages: Sequence[Sequence[str]] = ((),),
    catalog: Mapping[str, Any] | None = None,
    **saving: Any,
) -> bytes:
    """
    A PDF with further objects and entries of its catalog.

    Args:
        objects: Each becomes an object of its own that the catalog refers to.
        pages: The lines of each page.
        catalog: Entries to add.
        saving: For `Pdf.save`, such as encryption; by default objects are packed into streams.
    """
    with pikepdf.open(BytesIO(make_pdf(pages))) as document:
        # Written out and read again: objects of one document must not be put into a second.
        copies = [Object.parse(one.unparse(resolved=True)) for one in objects]
        document.Root.Others = Array([document.make_indirect(one) for one in copies])
        for key, value in (catalog or {}).items():
            document.Root[key] = value
        made = BytesIO()
        saving.setdefault("object_stream_mode", pikepdf.ObjectStreamMode.generate)
        document.save(made, **saving)
        return made.getvalue()
