"""Provinces, countries, contacts and signed documents, in English."""

from __future__ import annotations

from bot.texts.offices_th import OfficesTh


class OfficesEn(OfficesTh):
    """Provinces, countries, contacts and signed documents."""
