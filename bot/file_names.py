"""Names of files as people see them: Thai or not, without a folder, without signs that nobody sees."""

from __future__ import annotations

import re

NAME_LENGTH = 120
EXTENSION_LENGTH = 10

_FOLDER = re.compile(r".*[/\\]", re.DOTALL)


def clean_name(name: str) -> str:
    """
    The last part of a name, its extension kept when it is cut; may be empty.

    What is not printable goes: control characters, and those that turn the direction of writing, by which
    `exe.pdf` looks like `fdp.exe`.
    """
    last = "".join(letter for letter in _FOLDER.sub("", name) if letter.isprintable()).strip(" .")
    stem, dot, extension = last.rpartition(".")
    if len(last) > NAME_LENGTH and dot and len(extension) <= EXTENSION_LENGTH:
        return stem[: NAME_LENGTH - len(dot + extension)].rstrip(" .") + dot + extension
    return last[:NAME_LENGTH].strip(" .")
