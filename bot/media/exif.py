"""
EXIF blocks: which way up a picture is, and whether they say anything about people.

The block is a small TIFF file (CIPA DC-008). Only what is asked for is read; a block that is broken counts as
one that says something.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass

UPRIGHT = 1

_ORIENTATION = 0x0112
_EXIF_IFD = 0x8769
_MOST_TAGS = 500
# Tags that describe the pixels and nothing else: size, resolution, orientation, colour space, versions.
_HARMLESS = frozenset(
    (
        *(
            0x0100,
            0x0101,
            0x0102,
            0x0103,
            0x0106,
            _ORIENTATION,
            0x0115,
            0x011A,
            0x011B,
            0x011C,
            0x0128,
            0x0213,
        ),
        *(_EXIF_IFD, 0x9000, 0x9101, 0xA000, 0xA001, 0xA002, 0xA003, 0xA300),
    )
)


@dataclass(frozen=True)
class Exif:
    orientation: int = UPRIGHT  # 1 to 8, as the tag has it
    personal: bool = False


def read_exif(block: bytes) -> Exif:
    """What a TIFF block says, without the `Exif\\0\\0` that some formats put before it."""
    block = block.removeprefix(b"Exif\0\0")
    try:
        return _read(block)
    except (struct.error, ValueError):
        return Exif(personal=any(block))


def orientation_block(orientation: int) -> bytes:
    """A TIFF block that says which way up, and nothing else."""
    return b"MM\0*" + struct.pack(">IHHHIHHI", 8, 1, _ORIENTATION, 3, 1, orientation, 0, 0)


def _read(block: bytes) -> Exif:
    order = {b"II": "<", b"MM": ">"}.get(block[:2])
    if order is None:
        raise ValueError("no TIFF block")
    first = struct.unpack_from(f"{order}I", block, 4)[0]
    tags = dict(_tags(block, order, first))
    following = first + 2 + 12 * len(tags)
    has_thumbnail = block[following : following + 4].strip(b"\0") != b""
    inner = dict(_tags(block, order, tags[_EXIF_IFD][1])) if _EXIF_IFD in tags else {}
    short = tags.get(_ORIENTATION, (UPRIGHT, 0))[0]
    return Exif(
        orientation=short if 1 <= short <= 8 else UPRIGHT,
        personal=has_thumbnail or not _HARMLESS.issuperset({*tags, *inner}),
    )


def _tags(block: bytes, order: str, at: int) -> Iterator[tuple[int, tuple[int, int]]]:
    """Tag, and its value read as a short and as a long."""
    count = struct.unpack_from(f"{order}H", block, at)[0]
    if count > _MOST_TAGS:
        raise ValueError("too many tags")
    for start in range(at + 2, at + 2 + 12 * count, 12):
        (tag,) = struct.unpack_from(f"{order}H", block, start)
        (short,) = struct.unpack_from(f"{order}H", block, start + 8)
        (long,) = struct.unpack_from(f"{order}I", block, start + 8)
        yield tag, (short, long)
