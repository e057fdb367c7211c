"""Those who serve: their own data, leaving, handing over, standing in, the list of staff, in English."""

from __future__ import annotations

from bot.texts.serving_th import ServingTh


class ServingEn(ServingTh):
    """Those who serve: their own data, leaving, handing over, standing in, the list of staff."""
