"""
WebP files, chunk by chunk (RFC 9649).

Kept are the picture, its transparency, animation and colour profile; EXIF (but for the orientation), XMP,
chunks that nobody knows and whatever follows the end go.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from bot.media.cleaned import MEGAPIXEL, Cleaned, check_pixels
from bot.media.exif import UPRIGHT, Exif, orientation_block, read_exif
from bot.media.kinds import Refused, hides_more

MAX_PIXELS = 12 * MEGAPIXEL
"""Its decoder holds the canvas three times, four bytes a pixel."""

_KEPT = (b"VP8X", b"VP8 ", b"VP8L", b"ALPH", b"ICCP", b"ANIM", b"ANMF")
_HAS_EXIF, _HAS_XMP = 0x08, 0x04
_LOSSLESS_SIGN = 0x2F
_14_BITS = 0x3FFF


def clean_webp(data: bytes) -> Cleaned:
    """
    A WebP without metadata.

    Raises:
        Refused: If it is broken, too large to decode, or something else besides.
    """
    end = 8 + int.from_bytes(data[4:8], "little")
    if end > len(data):
        raise Refused("damaged")
    chunks = list(_chunks(data, end))
    check_pixels(*_size(chunks), MAX_PIXELS)
    exif = next((read_exif(body) for name, body in chunks if name == b"EXIF"), Exif())
    if chunks[0][0] != b"VP8X":  # nobody looks for EXIF there
        exif = replace(exif, orientation=UPRIGHT)
    dropped = {name for name, _ in chunks} - {*_KEPT}
    after_end = data[end:].strip(b"\0")
    if hides_more(data, after_end):
        raise Refused("active")
    kept = b"".join(
        _packed(name, _flags_cleared(body, exif) if name == b"VP8X" else body)
        for name, body in chunks
        if name in _KEPT
    )
    if exif.orientation != UPRIGHT:
        kept += _packed(b"EXIF", orientation_block(exif.orientation))
    personal = exif.personal or b"XMP " in dropped or bool(after_end)
    return Cleaned(
        b"RIFF" + (4 + len(kept)).to_bytes(4, "little") + b"WEBP" + kept, exif.orientation, personal
    )


def _chunks(data: bytes, end: int) -> Iterator[tuple[bytes, bytes]]:
    at = 12
    while at < end:
        length = int.from_bytes(data[at + 4 : at + 8], "little")
        if at + 8 + length > end:
            raise Refused("damaged")
        yield data[at : at + 4], data[at + 8 : at + 8 + length]
        at += 8 + length + length % 2


def _packed(name: bytes, body: bytes) -> bytes:
    return name + len(body).to_bytes(4, "little") + body + b"\0" * (len(body) % 2)


def _flags_cleared(body: bytes, exif: Exif) -> bytes:
    flags = body[0] & ~(_HAS_EXIF | _HAS_XMP)
    return bytes((flags | (_HAS_EXIF if exif.orientation != UPRIGHT else 0),)) + body[1:]


def _size(chunks: list[tuple[bytes, bytes]]) -> tuple[int, int]:
    """Width and height of the canvas, by the first chunk."""
    name, body = chunks[0] if chunks else (b"", b"")
    if name == b"VP8X" and len(body) >= 10:
        return 1 + int.from_bytes(body[4:7], "little"), 1 + int.from_bytes(body[7:10], "little")
    if name == b"VP8L" and len(body) >= 5 and body[0] == _LOSSLESS_SIGN:
        bits = int.from_bytes(body[1:5], "little")
        return 1 + (bits & _14_BITS), 1 + (bits >> 14 & _14_BITS)
    if name == b"VP8 " and len(body) >= 10 and body[3:6] == b"\x9d\x01\x2a":
        return int.from_bytes(body[6:8], "little") & _14_BITS, int.from_bytes(body[8:10], "little") & _14_BITS
    raise Refused("damaged")
