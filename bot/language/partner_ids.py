"""The id of a new partner: `chengdu`, `chengdu-cn`, `cn-1`."""

from __future__ import annotations

import itertools
import re
from collections.abc import Collection, Iterator

from bot.language.names import forms_of
from bot.language.spelling import squash
from bot.language.text import clean

_LONGEST_ID = 40


def free_id(name_en: str, country: str, taken: Collection[str]) -> str:
    """
    An id of Latin letters: the English name without its form of government, or the country and a number.

    Args:
        country: Its code, ISO 3166-1.
        taken: Ids that are given already.
    """
    return next(one for one in _candidates(name_en, country.lower()) if one not in taken)


def _candidates(name_en: str, country: str) -> Iterator[str]:
    forms = sorted((_letters(form) for form in forms_of(clean(name_en))), key=len)
    plain = next((form for form in forms if len(form) > 1), "")
    if plain:
        yield from (plain, f"{plain}-{country}")
    yield from (f"{plain or country}-{number}" for number in itertools.count(2 if plain else 1))


def _letters(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", squash(clean(name)).signs)[:_LONGEST_ID]
