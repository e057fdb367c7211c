"""Samples of the wording of provinces, countries, contacts and signed documents."""

from __future__ import annotations

from bot.texts.th import Th


def said(t: Th) -> dict[str, list[str]]:
    """Each method with arguments that reach each of its wordings."""
    return {}
