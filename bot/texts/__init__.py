"""All wording that people see: `th.py` and `en.py` with the same names. Imports nothing of ours but dates."""

from bot.texts.en import En
from bot.texts.th import Th

THAI = Th()
ENGLISH = En()


def of_language(language: str) -> Th:
    """The wording in a person's language; of one that there is no wording in, the Thai."""
    return ENGLISH if language == "en" else THAI
