"""One pairing: everything that is known of it, with sources, and how it is changed, in Thai."""

from __future__ import annotations


class RelationTh:
    """One pairing: everything that is known of it, with sources, and how it is changed."""
