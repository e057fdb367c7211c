"""A text as a QR picture that a phone reads off a screen or a printed letter."""

from __future__ import annotations

import io

import segno

PIXELS = 12
"""Of one module's side: a link makes a picture of 540 by 540, which survives being made smaller."""

QUIET = 4
"""Modules of white around it, as ISO/IEC 18004 asks."""

MIME = "image/png"


def draw(text: str) -> bytes:
    """The PNG. Of what is drawn 15 per cent may be lost."""
    picture = io.BytesIO()
    segno.make_qr(text, error="m").save(picture, kind="png", scale=PIXELS, border=QUIET)
    return picture.getvalue()
