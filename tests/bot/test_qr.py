"""The QR picture of an invitation: what a reader needs is all there."""

from __future__ import annotations

import io

import segno
from PIL import Image

from bot import qr

LINK = "https://t.me/a_rather_long_name_of_a_bot?start=SC-AAAAAAAAAAAAAAAAAAAAAA"


def modules(picture: bytes) -> list[list[bool]]:
    """Which modules are dark, the margin left out."""
    with Image.open(io.BytesIO(picture)) as image:
        grey = image.convert("L")
        size = grey.width // qr.PIXELS
        dark = [
            [
                grey.getpixel((qr.PIXELS * x + qr.PIXELS // 2, qr.PIXELS * y + qr.PIXELS // 2)) == 0
                for x in range(size)
            ]
            for y in range(size)
        ]
    margin = slice(qr.QUIET, size - qr.QUIET)
    assert not any(any(row) for row in (*dark[: qr.QUIET], *dark[size - qr.QUIET :]))
    assert not any(row[x] for row in dark for x in (*range(qr.QUIET), *range(size - qr.QUIET, size)))
    return [row[margin] for row in dark[margin]]


def test_every_module_of_the_symbol_stands_in_the_picture_within_its_quiet_zone() -> None:
    symbol = segno.make_qr(LINK, error="m")

    assert modules(qr.draw(LINK)) == [[bool(module) for module in row] for row in symbol.matrix]


def test_the_picture_is_large_enough_to_be_made_smaller_and_small_enough_to_be_sent() -> None:
    picture = qr.draw(LINK)
    with Image.open(io.BytesIO(picture)) as image:
        assert min(image.size) >= 500
    assert len(picture) < 20_000
