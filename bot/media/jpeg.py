"""
JPEG files, segment by segment (ITU-T T.81, annex B).

Kept are the picture's own segments, the JFIF head without its thumbnail, the colour profile and Adobe's colour
transform. EXIF becomes a block with the orientation alone; all other application segments, comments and
whatever follows the end (the film of a "live" photo, a second picture) go.
"""

from __future__ import annotations

import re
import struct
from dataclasses import dataclass, field

from bot.media.cleaned import MEGAPIXEL, Cleaned, check_pixels
from bot.media.exif import UPRIGHT, Exif, orientation_block, read_exif
from bot.media.kinds import Refused, hides_more

MAX_PIXELS = 205 * MEGAPIXEL
"""The largest sensors of phones. Decoded at an eighth of the size, it takes a few megabytes."""

MAX_BUFFERED = 120_000_000
"""
Bytes of coefficients that the decoder may have to hold: two for each sample where a picture comes in several
scans (progressive), whatever the size it is decoded at. 40 megapixels with the usual sampling.
"""

MAX_SCANS = 100
"""A progressive picture has about ten; each scan goes over the whole picture once more."""

MAX_SEGMENTS = 5_000
"""Colour profiles and descriptions are cut into segments of 64 KB; a file of 20 MB has a few hundred."""

_MARKER = re.compile(rb"\xff+([^\xff])", re.DOTALL)
_AFTER_SCAN = re.compile(rb"\xff+[^\x00\xff\xd0-\xd7]", re.DOTALL)
_SOI, _EOI, _SOS, _COM, _DNL = 0xD8, 0xD9, 0xDA, 0xFE, 0xDC
_APP0, _APP1, _APP2, _APP14, _APP15 = 0xE0, 0xE1, 0xE2, 0xEE, 0xEF
_FRAMES = (0xC0, 0xC1, 0xC2)  # baseline, extended, progressive: what browsers show
_PROGRESSIVE = 0xC2
_TABLES = (0xC4, 0xDB, 0xDD)
_JFIF_BYTES = 14  # of which the last two say how large a thumbnail follows


@dataclass
class _Parts:
    kept: list[bytes] = field(default_factory=lambda: [b"\xff\xd8"])
    beside: list[bytes] = field(default_factory=list)  # comments, and what follows the end
    exif: Exif | None = None
    personal: bool = False
    size: tuple[int, int] = (0, 0)
    samples: int = 0
    scans: int = 0
    progressive: bool = False


def clean_jpeg(data: bytes) -> Cleaned:
    """
    A JPEG without metadata.

    Raises:
        Refused: If it is broken, too large to decode, or something else besides.
    """
    parts = _Parts()
    after_end = data[_read_segments(parts, data) :].strip(b"\0\xff\r\n")
    parts.personal |= bool(after_end)
    if hides_more(data, after_end) or any(hides_more(b"", one) for one in parts.beside):
        raise Refused("active")
    _check_frame(parts)
    exif = parts.exif or Exif()
    return Cleaned(b"".join(parts.kept), exif.orientation, parts.personal or exif.personal)


def _read_segments(parts: _Parts, data: bytes) -> int:
    """Take the picture apart; returns where it has ended."""
    at = 2
    for _ in range(MAX_SEGMENTS):
        found = _MARKER.match(data, at)
        if found is None:
            break
        marker, start = found[1][0], found.end()
        if marker == _EOI:
            parts.kept.append(b"\xff\xd9")
            return start
        length = int.from_bytes(data[start : start + 2], "big")
        at = start + length
        if length < 2 or at > len(data):
            break
        _take(parts, marker, data[start + 2 : at])
        if marker == _SOS:
            after = _AFTER_SCAN.search(data, at)
            if after is None:
                break
            parts.kept.append(data[at : after.start()])
            at = after.start()
    raise Refused("damaged")


def _take(parts: _Parts, marker: int, body: bytes) -> None:
    if marker in _FRAMES:
        _read_frame(parts, marker, body)
    elif marker == _SOS:
        parts.scans += 1
    elif marker == _COM:
        parts.beside.append(body)
        parts.personal |= bool(body.strip(b"\0 "))
        return
    elif _APP0 <= marker <= _APP15:
        _take_application(parts, marker, body)
        return
    elif marker not in _TABLES:
        raise Refused("damaged")
    _keep(parts, marker, body)


def _keep(parts: _Parts, marker: int, body: bytes) -> None:
    parts.kept.append(bytes((0xFF, marker)) + (len(body) + 2).to_bytes(2, "big") + body)


def _take_application(parts: _Parts, marker: int, body: bytes) -> None:
    if marker == _APP0 and body.startswith(b"JFIF\0"):
        _keep(parts, marker, body[: _JFIF_BYTES - 2].ljust(_JFIF_BYTES - 2, b"\0") + b"\0\0")
    elif marker == _APP1 and body.startswith(b"Exif\0\0") and parts.exif is None:
        parts.exif = read_exif(body)
        if parts.exif.orientation != UPRIGHT:
            _keep(parts, marker, b"Exif\0\0" + orientation_block(parts.exif.orientation))
    elif (marker == _APP2 and body.startswith(b"ICC_PROFILE\0")) or (
        marker == _APP14 and body.startswith(b"Adobe")
    ):
        _keep(parts, marker, body)
    else:
        parts.personal |= marker != _APP0 and not body.startswith((b"MPF\0", b"Ducky"))


def _read_frame(parts: _Parts, marker: int, body: bytes) -> None:
    if parts.samples or len(body) < 6:
        raise Refused("damaged")
    height, width, count = struct.unpack_from(">HHB", body, 1)
    factors = [(byte >> 4, byte & 15) for byte in body[7::3]]
    if len(body) != 6 + 3 * count or len(factors) != count or not all(h and v for h, v in factors):
        raise Refused("damaged")
    widest, tallest = max(h for h, _ in factors), max(v for _, v in factors)
    parts.size, parts.progressive = (width, height), marker == _PROGRESSIVE
    parts.samples = sum(width * height * h * v // (widest * tallest) for h, v in factors)


def _check_frame(parts: _Parts) -> None:
    check_pixels(*parts.size, MAX_PIXELS)
    if parts.scans < 1 or parts.scans > MAX_SCANS:
        raise Refused("damaged")
    if (parts.progressive or parts.scans > 1) and 2 * parts.samples > MAX_BUFFERED:
        raise Refused("pixels")
