"""
Several exact names in one line, with blanks between them or without: เชียงใหม่กับเฉิงตู, ปัตตานีตรังกานู.

The names, the forms of government before them and the glue between them have to cover the whole line.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from bot.language.around_names import Form, form_at, glue_at, ours_at
from bot.language.spelling import squash
from bot.language.text import DEPENDENT

_DEPENDENT = re.compile(f"[{DEPENDENT}]")
_LETTER = re.compile("[ก-๎A-Za-z0-9]")
_SHORT = 2
"""Signs of an abbreviation (ชม), which has to stand by itself."""


@dataclass(frozen=True)
class Part:
    """A squashed name and the form before it; no name stands for "our province"."""

    key: str | None
    form: Form | None = None


def cover(
    text: str,
    starting: Callable[[str, int], Iterable[str]],
    means: Callable[[str, Form | None], bool],
) -> list[Part] | None:
    """
    The fewest names that cover a line; None when something else stands in it.

    Args:
        text: A cleaned line.
        starting: The squashed names that stand in a squashed text at a position.
        means: Whether a squashed name after such a form is one of the registry.
    """
    squashed = squash(text)
    return _Cover(text, squashed.signs, squashed.origin, starting, means).from_(0, None)


@dataclass
class _Cover:
    text: str
    signs: str
    origin: tuple[int, ...]
    starting: Callable[[str, int], Iterable[str]]
    means: Callable[[str, Form | None], bool]
    _known: dict[tuple[int, Form | None], list[Part] | None] = field(default_factory=dict)

    def from_(self, position: int, form: Form | None) -> list[Part] | None:
        """The best cover of what begins at a position behind such a form."""
        if position == len(self.signs):
            return [] if form is None else None
        if (position, form) not in self._known:
            covers = list(self._covers(position, form))
            self._known[position, form] = min(covers, key=len) if covers else None
        return self._known[position, form]

    def _covers(self, position: int, form: Form | None) -> Iterator[list[Part]]:
        for key in self.starting(self.signs, position):
            if self._is_word(position, key, form) and self.means(key, form):
                yield from self._then([Part(key, form)], position + len(key))
        if form is None:
            for end, stands_before in form_at(self.signs, position):
                if self._begins(position):
                    yield from self._then([], end, stands_before)
            ours = ours_at(self.signs, position)
            if ours is not None:
                yield from self._then([Part(None)], ours)
            glue = glue_at(self.signs, position)
            if glue is not None and not (self.signs[position].isascii() and not self._begins(position)):
                yield from self._then([], glue)

    def _then(self, found: list[Part], position: int, form: Form | None = None) -> Iterator[list[Part]]:
        rest = self.from_(position, form)
        if rest is not None:
            yield [*found, *rest]

    def _is_word(self, position: int, key: str, form: Form | None) -> bool:
        """Whether a name is not cut out of a longer word."""
        end = position + len(key)
        if key.isascii() or len(key) <= _SHORT:
            return (form is not None or self._begins(position)) and self._ends(end)
        return not _DEPENDENT.match(self.signs, end) and self.signs[position - 1 : position] not in tuple(
            "เแโใไ"
        )

    def _begins(self, position: int) -> bool:
        """Whether a word begins here, after a blank or a sign."""
        before = self.origin[position] - 1
        return before < 0 or not _LETTER.match(self.text[before])

    def _ends(self, end: int) -> bool:
        return end == len(self.signs) or not _LETTER.match(self.text[self.origin[end - 1] + 1])
