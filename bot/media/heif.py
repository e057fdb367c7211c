"""HEIC files, which phones make and offices cannot open: they become JPEG files."""

from __future__ import annotations

from io import BytesIO

import pi_heif

from bot.media.cleaned import MEGAPIXEL, Cleaned, check_pixels
from bot.media.exif import read_exif
from bot.media.kinds import Refused
from bot.media.pictures import on_white

MAX_PIXELS = 25 * MEGAPIXEL
"""
Decoded whole, about nine bytes a pixel at once. Phones make 12 or 24 megapixels; of 48 they are asked for a
smaller one.
"""

QUALITY = 90

pi_heif.options.DECODE_THREADS = 1
pi_heif.options.THUMBNAILS = pi_heif.options.DEPTH_IMAGES = pi_heif.options.AUX_IMAGES = False


def to_jpeg(data: bytes) -> Cleaned:
    """
    The primary picture as a JPEG, upright, with its colour profile and without metadata.

    Raises:
        Refused: If it is broken or too large to decode.
    """
    try:
        opened = pi_heif.open_heif(data)
        picture = opened[opened.primary_index]
        width, height = picture.size
        check_pixels(width, height, MAX_PIXELS)
        personal = "xmp" in picture.info or read_exif(picture.info.get("exif") or b"").personal
        shown = picture.to_pillow()  # turned already: the file itself says which way up
    except (ValueError, RuntimeError, EOFError, SyntaxError, OSError, IndexError) as fault:
        raise Refused("damaged") from fault
    made = BytesIO()
    profile = shown.info.get("icc_profile")
    on_white(shown).save(made, "JPEG", quality=QUALITY, icc_profile=profile)
    return Cleaned(made.getvalue(), personal=personal)
