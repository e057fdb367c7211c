"""Samples of the wording of those who serve: their own data, leaving, handing over, standing in, the list of staff."""

from __future__ import annotations

from bot.texts.th import Th


def said(t: Th) -> dict[str, list[str]]:
    """Each method with arguments that reach each of its wordings."""
    return {}
