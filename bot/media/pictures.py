"""
Pictures decoded, once they were found small enough: which proves that they are whole, and shows how they look.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from io import BytesIO

from PIL import Image

from bot.media.cleaned import Cleaned
from bot.media.gif import clean_gif
from bot.media.jpeg import clean_jpeg
from bot.media.kinds import GIF, HEIC, JPEG, PNG, WEBP, Refused
from bot.media.look import COLUMNS, ROWS, look_of
from bot.media.png import clean_png
from bot.media.webp import clean_webp

THUMBNAIL = 320
"""Pixels of the longer side."""

_WORKED_ON = 2 * THUMBNAIL  # a picture is brought near to this size before anything else is done with it
_NEAREST = 4 * THUMBNAIL
_CLEAN = {JPEG: clean_jpeg, PNG: clean_png, GIF: clean_gif, WEBP: clean_webp}
_FORMATS = {JPEG: "JPEG", PNG: "PNG", GIF: "GIF", WEBP: "WEBP"}
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_AVERAGED = ("L", "RGB", "CMYK")
_DEEP = ("I;16", "I")
_BROKEN = (OSError, ValueError, SyntaxError, EOFError, IndexError, OverflowError, struct.error)

Image.MAX_IMAGE_PIXELS = None  # the limits here are tighter, and each format has its own


@dataclass(frozen=True)
class Picture:
    mime: str
    data: bytes  # as it is kept
    thumbnail: bytes  # JPEG
    look: str | None
    personal: bool


def read_picture(data: bytes, mime: str) -> Picture:
    """
    A picture, cleaned and decoded.

    Raises:
        Refused: If it is broken, too large to decode, or something else besides.
    """
    kept_as = JPEG if mime == HEIC else mime
    cleaned = _from_heic(data) if mime == HEIC else _CLEAN[mime](data)
    try:
        small = _small(cleaned, kept_as)
    except _BROKEN as fault:
        raise Refused("damaged") from fault
    return Picture(kept_as, cleaned.data, _thumbnail(small), _look(small), cleaned.personal)


def _from_heic(data: bytes) -> Cleaned:
    from bot.media.heif import to_jpeg  # a library of its own, that other pictures need not wait for

    return to_jpeg(data)


def on_white(picture: Image.Image) -> Image.Image:
    """As RGB (or grey), with white where it was transparent."""
    if picture.mode in ("RGB", "L"):
        return picture
    if not _is_transparent(picture):
        return picture.convert("RGB")
    solid = picture.convert("RGBA")
    white = Image.new("RGBA", solid.size, "white")
    white.alpha_composite(solid)
    return white.convert("RGB")


def _is_transparent(picture: Image.Image) -> bool:
    return "A" in picture.getbands() or "transparency" in picture.info


def _small(cleaned: Cleaned, mime: str) -> Image.Image:
    """The whole picture decoded, then at once made small; upright, RGB or grey."""
    with Image.open(BytesIO(cleaned.data), formats=[_FORMATS[mime]]) as picture:
        # A JPEG is decoded at a half, a quarter or an eighth of its size where that still is large enough.
        picture.draft(None, _within(_WORKED_ON, picture.size))
        picture.load()
        averaged = _averaged(picture)
    small = on_white(averaged)
    turn = _TURNS.get(cleaned.orientation)
    return small if turn is None else small.transpose(turn)


def _averaged(picture: Image.Image) -> Image.Image:
    if picture.mode in _AVERAGED:
        return picture.reduce(max(1, max(picture.size) // _WORKED_ON))
    # What cannot be averaged, such as numbers of a palette or, without a copy, transparent colours, is thinned
    # out first.
    thin = picture.resize(_within(_NEAREST, picture.size), Image.Resampling.NEAREST)
    if thin.mode in _DEEP:
        return thin.convert("I").point(lambda value: value / 256).convert("L")
    return thin.convert("RGBA" if _is_transparent(thin) else "RGB")


def _within(longest: int, size: tuple[int, int]) -> tuple[int, int]:
    """The same shape, not larger than it is, with this as its longer side at most."""
    width, height = size
    ratio = min(1.0, longest / max(size))
    return max(1, int(width * ratio)), max(1, int(height * ratio))


def _thumbnail(small: Image.Image) -> bytes:
    shown = small.copy()
    shown.thumbnail((THUMBNAIL, THUMBNAIL), Image.Resampling.LANCZOS)
    made = BytesIO()
    shown.save(made, "JPEG", quality=80)
    return made.getvalue()


def _look(small: Image.Image) -> str | None:
    # As floating point: rounded to whole levels, an even surface would show steps that are not there.
    cells = small.convert("L").convert("F").resize((COLUMNS, ROWS), Image.Resampling.BOX)
    values = struct.unpack(f"{COLUMNS * ROWS}f", cells.tobytes())
    return look_of([values[at : at + COLUMNS] for at in range(0, COLUMNS * ROWS, COLUMNS)])
