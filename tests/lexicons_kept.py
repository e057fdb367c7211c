"""One index of names for all tests whose databases hold the same registry."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import Any
from unittest.mock import patch

from bot.language.names import Lexicon


@contextmanager
def lexicons_kept() -> Iterator[None]:
    """
    Making the lexicon of the shipped registry takes longer than most conversations. Once made, a lexicon never
    changes: whoever asks for one of the same names is given the same.
    """
    build = Lexicon.build

    @lru_cache(maxsize=8)
    def kept(*made_of: Any) -> Lexicon:
        return build(*made_of)

    with patch.object(Lexicon, "build", lambda *made_of: kept(*map(tuple, made_of))):
        yield
