"""Those who serve: their own data, leaving, handing over, standing in, the list of staff, in Thai."""

from __future__ import annotations


class ServingTh:
    """Those who serve: their own data, leaving, handing over, standing in, the list of staff."""
