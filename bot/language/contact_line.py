"""A working contact typed in one line: name, post, and how to reach them."""

from __future__ import annotations

import re
from dataclasses import dataclass

MOST_NAME, MOST_POST, MOST_REACHED = 120, 160, 160
"""Characters of each part."""

_TELEPHONE = re.compile(
    r"(?:(?:โทร(?:ศัพท์)?|tel|phone|มือถือ)[.: ]*)?\+?\(?\d[\d\s().-]{6,}\d(?:\s*(?:ต่อ|ext\.?)\s*\d+)?", re.I
)
_MAIL = re.compile(r"(?:(?:อีเมล์?|e-?mail)[: ]*)?[\w.+-]+@[\w-]+(?:\.[\w-]+)+", re.I)
_ACCOUNT = re.compile(
    r"(?:(?:line|ไลน์|wechat|whatsapp|telegram)(?:\s*id)?[: ]+@?[\w.-]+)|(?<![\w.])@[\w.-]{3,}", re.I
)
_BETWEEN = re.compile(r"\s*(?:[,،、;|\n·•]|\s[/–-]\s)\s*")
_TITLE = re.compile(r"(?:นางสาว|น\.ส\.|นาย|นาง|ดร\.|Mr|Mrs|Ms|Dr)\.?\s*", re.I)
_BLANK = re.compile(r"[\s\x00-\x1f\x7f]+")


@dataclass(frozen=True)
class ContactLine:
    """A contact as it was read; what was not said is None."""

    name: str
    post: str | None = None
    reached_by: str | None = None

    @property
    def is_too_long(self) -> bool:
        return (
            len(self.name) > MOST_NAME
            or len(self.post or "") > MOST_POST
            or len(self.reached_by or "") > MOST_REACHED
        )


def read_contact(text: str) -> ContactLine | None:
    """
    Read `สมชาย ใจดี, นักวิเทศสัมพันธ์, 053-112-708`, in any order but for name before post. Without a sign between
    name and post a person with a title has the two words after it for a name. None where no name is left.
    """
    reached: list[tuple[int, str]] = []

    def take(match: re.Match[str]) -> str:
        reached.append((match.start(), " ".join(match.group().split())))
        return "," + " " * (len(match.group()) - 1)

    left = text
    for pattern in (_MAIL, _ACCOUNT, _TELEPHONE):
        left = pattern.sub(take, left)
    parts = [_tidy(part) for part in _BETWEEN.split(left)]
    parts = [part for part in parts if any(letter.isalpha() for letter in part)]
    if not parts:
        return None
    if len(parts) == 1:
        parts = _name_and_post(parts[0])
    ways = ", ".join(way for _at, way in sorted(reached))
    return ContactLine(parts[0], ", ".join(parts[1:]) or None, ways or None)


def _tidy(part: str) -> str:
    return _BLANK.sub(" ", part).strip(" .,:;-–/")


def _name_and_post(text: str) -> list[str]:
    title = _TITLE.match(text)
    if title is None:
        return [text]
    words = text[title.end() :].split(" ")
    if len(words) < 3:
        return [text]
    name = f"{text[: title.end()]}{' '.join(words[:2])}"
    return [name, " ".join(words[2:])]
