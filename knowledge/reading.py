"""
YAML files that curators edit, read strictly, with every fault told by file, line and field.

Faults are said in Thai with the technical wording behind, because the person who mends the file is a
curator first.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources.abc import Traversable
from typing import Any, Generic, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import MarkedYAMLError, YAMLError

Step = int | str
M = TypeVar("M", bound=BaseModel)


class KnowledgeError(Exception):
    """The knowledge base is broken; `problems` has one line for each fault, with file, line and field."""

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = tuple(problems)


class Strict(BaseModel):
    """No unknown fields, no conversion: `as_of: 2562` without quotes is a fault, not the number 2562."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


@dataclass(frozen=True)
class Read(Generic[M]):
    """A file's contents, and where each of its fields stands."""

    value: M
    place: Callable[[tuple[Step, ...]], str]  # "…/kpi.yaml:10: entries[1].question"


def read_yaml(file: Traversable, model: type[M]) -> Read[M]:
    """
    Read and check one file.

    Raises:
        KnowledgeError: For unreadable files, syntax errors, repeated keys and fields that do not fit.
    """
    tree = _parse(file)

    def place(path: tuple[Step, ...]) -> str:
        return f"{file}:{_line(tree, path)}: {_field(path)}" if path else f"{file}:1"

    try:
        return Read(model.model_validate(_plain(tree)), place)
    except ValidationError as error:
        raise KnowledgeError([_told(place, fault) for fault in error.errors()]) from None


def _parse(file: Traversable) -> Any:
    try:
        # The round-trip loader keeps line numbers, and refuses repeated keys.
        return YAML(typ="rt", pure=True).load(file.read_text(encoding="utf-8"))
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        english = " ".join(str(error.problem or error.context).split())
        raise KnowledgeError([f"{file}:{line}: {_syntax_hint(error)} ({english})"]) from None
    except (YAMLError, OSError, UnicodeDecodeError) as error:
        english = " ".join(str(error).split())
        raise KnowledgeError([f"{file}:1: อ่านไฟล์ไม่ได้ ({english})"]) from None


_SYNTAX_HINTS = (
    ("mapping values are not allowed", "มีเครื่องหมาย : ในข้อความ กรุณาใส่เครื่องหมายคำพูดคร่อมข้อความ"),
    ("duplicate key", "มีช่องชื่อเดียวกันซ้ำ ให้เหลือช่องเดียว"),
    ("cannot start any token", "ย่อหน้าด้วยแท็บหรือขึ้นต้นด้วยเครื่องหมายที่ใช้ไม่ได้ ให้ใช้ช่องว่างหรือใส่เครื่องหมายคำพูด"),
    ("quoted scalar", "เปิดเครื่องหมายคำพูดแล้วไม่ได้ปิด"),
    ("could not find expected ':'", "ขาดเครื่องหมาย : หลังชื่อช่อง"),
    ("block end", "ย่อหน้าไม่ตรงกับบรรทัดอื่นในรายการเดียวกัน"),
)


def _syntax_hint(error: MarkedYAMLError) -> str:
    said = f"{error.context} {error.problem}"
    return next((thai for english, thai in _SYNTAX_HINTS if english in said), "รูปแบบไฟล์ไม่ถูกต้อง")


_FAULT_HINTS = {
    "missing": "ขาดช่องนี้",
    "extra_forbidden": "ไม่รู้จักช่องนี้ กรุณาตรวจตัวสะกด",
    "string_type": "ต้องเป็นข้อความ กรุณาใส่เครื่องหมายคำพูด",
    "string_too_short": "ต้องไม่ว่าง",
    "string_pattern_mismatch": "รูปแบบไม่ถูกต้อง",
    "too_short": "มีรายการน้อยเกินไป",
    "literal_error": "ค่านี้ใช้ไม่ได้",
    "bool_type": "ต้องเป็น true หรือ false",
    "float_type": "ต้องเป็นตัวเลข",
    "tuple_type": "ต้องเป็นรายการ",
    "model_type": "ต้องเป็นกลุ่มช่อง",
    "value_error": "ค่านี้ใช้ไม่ได้",
}


def _told(place: Callable[[tuple[Step, ...]], str], fault: Mapping[str, Any]) -> str:
    hint = _FAULT_HINTS.get(fault["type"], "ค่านี้ใช้ไม่ได้")
    return f"{place(tuple(fault['loc']))}: {hint} ({fault['msg']})"


def _line(tree: Any, path: tuple[Step, ...]) -> int:
    """The line, counted from 1, of the deepest part of the path that the file has."""
    line = 0
    for step in path:
        if isinstance(tree, CommentedMap) and step in tree:
            line = tree.lc.key(step)[0]
        elif isinstance(tree, CommentedSeq) and isinstance(step, int):
            line = tree.lc.item(step)[0]
        else:
            break
        tree = tree[step]
    return line + 1


def _field(path: tuple[Step, ...]) -> str:
    return "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path).lstrip(".")


def _plain(tree: Any) -> Any:
    if isinstance(tree, CommentedMap):
        return {str(key): _plain(value) for key, value in tree.items()}
    if isinstance(tree, CommentedSeq):
        return [_plain(value) for value in tree]
    return str(tree) if isinstance(tree, str) else tree
