"""A picture without what it said beside the picture, and the limits on what is decoded."""

from __future__ import annotations

from dataclasses import dataclass

from bot.media.exif import UPRIGHT
from bot.media.kinds import Refused

MEGAPIXEL = 1_000_000


@dataclass(frozen=True)
class Cleaned:
    """
    The file's bytes as they are kept: pixels untouched, which way up and colours kept.

    The same picture comes out as the same bytes, whatever was attached to it; cleaned again, it stays as it is.
    """

    data: bytes
    orientation: int = UPRIGHT
    personal: bool = False  # something about people, places or devices was taken out


def check_pixels(width: int, height: int, most: int) -> None:
    """
    Raises:
        Refused: If a picture has no pixels, or more than `most`.
    """
    if width < 1 or height < 1:
        raise Refused("damaged")
    if width * height > most:
        raise Refused("pixels")
