"""One pairing: everything that is known of it, with sources, and how it is changed, in English."""

from __future__ import annotations

from bot.texts.relation_th import RelationTh


class RelationEn(RelationTh):
    """One pairing: everything that is known of it, with sources, and how it is changed."""
