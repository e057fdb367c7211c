"""Invitations, requests to join, and the notice of what is kept, in English."""

from __future__ import annotations

from bot.texts.joining_th import JoiningTh


class JoiningEn(JoiningTh):
    """Invitations, requests to join, and the notice of what is kept."""
