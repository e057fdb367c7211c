"""Samples of the wording of one pairing: everything that is known of it, with sources, and how it is changed."""

from __future__ import annotations

from bot.texts.th import Th


def said(t: Th) -> dict[str, list[str]]:
    """Each method with arguments that reach each of its wordings."""
    return {}
