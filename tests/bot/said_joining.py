"""Samples of the wording of invitations, requests to join, and the notice of what is kept."""

from __future__ import annotations

from bot.texts.th import Th


def said(t: Th) -> dict[str, list[str]]:
    """Each method with arguments that reach each of its wordings."""
    return {}
