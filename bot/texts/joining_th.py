"""Invitations, requests to join, and the notice of what is kept, in Thai."""

from __future__ import annotations


class JoiningTh:
    """Invitations, requests to join, and the notice of what is kept."""
