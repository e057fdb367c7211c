"""
GIF files, block by block (GIF89a).

Kept are the frames, how they are drawn, and how often they repeat; comments, other applications' data (XMP
among them) and whatever follows the end go.
"""

from __future__ import annotations

from bot.media.cleaned import MEGAPIXEL, Cleaned, check_pixels
from bot.media.kinds import Refused, hides_more

MAX_PIXELS = 24 * MEGAPIXEL
"""Of the canvas. Only the first frame is decoded."""

_EXTENSION, _FRAME, _END = 0x21, 0x2C, 0x3B
_CONTROL, _COMMENT, _APPLICATION = 0xF9, 0xFE, 0xFF
_REPEATS = (b"NETSCAPE2.0", b"ANIMEXTS1.0")
_HEAD_BYTES, _FRAME_BYTES = 13, 10


def clean_gif(data: bytes) -> Cleaned:
    """
    A GIF without metadata.

    Raises:
        Refused: If it is broken, too large to decode, or something else besides.
    """
    try:
        return _clean(data)
    except IndexError:
        raise Refused("damaged") from None


def _clean(data: bytes) -> Cleaned:
    size = int.from_bytes(data[6:8], "little"), int.from_bytes(data[8:10], "little")
    at = _HEAD_BYTES + _table_bytes(data[10])
    kept, beside, personal, frames = [data[:at]], [], False, 0
    while (kind := data[at]) != _END:
        start = at
        if kind == _FRAME:
            _check_frame(data[at : at + _FRAME_BYTES], size)
            frames += 1
            at = _after_blocks(data, at + _FRAME_BYTES + _table_bytes(data[at + 9]) + 1)
            kept.append(data[start:at])
            continue
        if kind != _EXTENSION:
            raise Refused("damaged")
        label, body = data[at + 1], data[at + 3 : at + 3 + data[at + 2]]
        at = _after_blocks(data, at + 2)
        if label == _CONTROL or (label == _APPLICATION and body in _REPEATS):
            kept.append(data[start:at])
        else:
            beside.append(data[start:at])
            personal |= label == _COMMENT or body.startswith(b"XMP")
    after_end = data[at + 1 :].strip(b"\0")
    if not frames:
        raise Refused("damaged")
    if hides_more(data, after_end) or any(hides_more(b"", one) for one in beside):
        raise Refused("active")
    check_pixels(*size, MAX_PIXELS)
    return Cleaned(b"".join([*kept, bytes((_END,))]), personal=personal or bool(after_end))


def _table_bytes(flags: int) -> int:
    """Of the colour table that follows, if one does."""
    return 3 << ((flags & 7) + 1) if flags & 0x80 else 0


def _check_frame(head: bytes, size: tuple[int, int]) -> None:
    left, top, width, height = (int.from_bytes(head[at : at + 2], "little") for at in (1, 3, 5, 7))
    if left + width > size[0] or top + height > size[1]:
        raise Refused("damaged")


def _after_blocks(data: bytes, at: int) -> int:
    """Where a run of blocks, each with its length before it, has ended."""
    while length := data[at]:
        at += 1 + length
    return at + 1
