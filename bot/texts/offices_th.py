"""Provinces, countries, contacts and signed documents, in Thai."""

from __future__ import annotations


class OfficesTh:
    """Provinces, countries, contacts and signed documents."""
