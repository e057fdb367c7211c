"""All wording that people see: `th.py` and `en.py` with the same names. Imports nothing of ours but dates."""

from typing import Literal

from bot.texts.en import En
from bot.texts.th import Th

THAI = Th()
ENGLISH = En()


def of_language(language: Literal["th", "en"]) -> Th:
    """The wording in a person's language."""
    return ENGLISH if language == "en" else THAI
