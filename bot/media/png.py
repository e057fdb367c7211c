"""
PNG files, chunk by chunk (W3C PNG specification).

Kept are the picture's own chunks and those that say how to show it; texts, times, EXIF (but for the
orientation), chunks that nobody knows, further frames and whatever follows the end go.
"""

from __future__ import annotations

import zlib

from bot.media.cleaned import MEGAPIXEL, Cleaned, check_pixels
from bot.media.exif import UPRIGHT, Exif, orientation_block, read_exif
from bot.media.kinds import Refused, hides_more

MAX_PIXELS = 36 * MEGAPIXEL
"""Four bytes each once decoded. A phone's screen has 5, a page scanned at 600 dots an inch 35."""

MAX_GREY_PIXELS = 72 * MEGAPIXEL
"""One byte each: grey, palette and black-and-white."""

_HEAD = b"\x89PNG\r\n\x1a\n"
_OWN = (b"IHDR", b"PLTE", b"IDAT", b"IEND")
_SHOWN_BY = (b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"sBIT", b"bKGD", b"pHYs", b"cICP")
_TEXTS = (b"tEXt", b"zTXt", b"iTXt")
_SAYS_NOTHING = b"Software\0"  # every picture of a screen has it
_IS_ANCILLARY = 0x20
_PALETTE, _DEEP = 3, 16
_COLOURS = (0, 2, _PALETTE, 4, 6)


def clean_png(data: bytes) -> Cleaned:
    """
    A PNG without metadata.

    Raises:
        Refused: If it is broken, too large to decode, or something else besides.
    """
    kept, beside, exif, personal, at, name = [_HEAD], [], Exif(), False, len(_HEAD), b""
    while name != b"IEND":
        name, body, whole = _chunk(data, at)
        if at == len(_HEAD):
            _check_size(name, body)
        at += len(whole)
        if name in _OWN or name in _SHOWN_BY:
            kept.append(whole)
        elif name == b"eXIf":
            exif = read_exif(body)
            if exif.orientation != UPRIGHT:
                kept.append(_packed(name, orientation_block(exif.orientation)))
        elif name in _TEXTS:
            beside.append(body)
            personal |= not body.startswith(_SAYS_NOTHING)
        elif not name[0] & _IS_ANCILLARY:
            raise Refused("damaged")
    after_end = data[at:].strip(b"\0")
    if hides_more(data, after_end) or any(hides_more(b"", one) for one in beside):
        raise Refused("active")
    return Cleaned(b"".join(kept), exif.orientation, personal or exif.personal or bool(after_end))


def _chunk(data: bytes, at: int) -> tuple[bytes, bytes, bytes]:
    """Name, body and the whole of the chunk that begins there."""
    length = int.from_bytes(data[at : at + 4], "big")
    whole = data[at : at + 12 + length]
    if len(whole) < 12 + length or len(whole) < 12:
        raise Refused("damaged")
    if zlib.crc32(whole[4:-4]) != int.from_bytes(whole[-4:], "big"):
        raise Refused("damaged")
    return whole[4:8], whole[8:-4], whole


def _packed(name: bytes, body: bytes) -> bytes:
    return len(body).to_bytes(4, "big") + name + body + zlib.crc32(name + body).to_bytes(4, "big")


def _check_size(name: bytes, body: bytes) -> None:
    if name != b"IHDR" or len(body) != 13 or body[9] not in _COLOURS:
        raise Refused("damaged")
    width, height = int.from_bytes(body[:4], "big"), int.from_bytes(body[4:8], "big")
    depth, colour = body[8], body[9]
    is_thin = colour in (0, _PALETTE) and depth < _DEEP
    check_pixels(width, height, MAX_GREY_PIXELS if is_thin else MAX_PIXELS)
