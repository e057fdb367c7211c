"""The columns of the workbook: their headings, and how each field of an entry is written in a cell."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, get_args

from knowledge.entries import Base, Confidence, FaqEntry, Source, Stage
from knowledge.normalize import squash

Kind = Literal["id", "text", "lines", "ids", "facts", "sources", "choice", "known", "years", "day"]
Spot = tuple[int, int]  # row and column, counted from 0

ENTRIES_SHEET = "รายการ"
SOURCES_SHEET = "แหล่งที่มา"
TOPICS_SHEET = "หมวด"
HELP_SHEET = "วิธีใช้"

YES, NO = "ใช่", "ไม่ใช่"
CITED = "cited:"
LONGEST_HEADING = 40


@dataclass(frozen=True)
class Column:
    """One column; `field` is the entry's, and `fill` tells a curator in Thai what to write."""

    field: str
    thai: str
    english: str
    kind: Kind
    width: int
    fill: str


COLUMNS: tuple[Column, ...] = (
    Column(
        "id",
        "รหัส",
        "Id",
        "id",
        24,
        "อักษรอังกฤษตัวเล็ก ตัวเลข และขีด เช่น yearly-activity ห้ามซ้ำ รหัสใหม่คือรายการใหม่",
    ),
    Column("topic", "หมวด", "Topic", "choice", 22, "เลือกจากรายการ (ดูแผ่น หมวด)"),
    Column("stage", "ช่วงงาน", "Stage", "choice", 16, "เลือกจากรายการ"),
    Column("question", "คำถาม", "Question", "text", 36, "คำถามหลักหนึ่งประโยค"),
    Column(
        "question_en", "คำถาม (อังกฤษ)", "Question (English)", "text", 36, "คำถามเดียวกันเป็นภาษาอังกฤษ เว้นว่างได้"
    ),
    Column("title", "หัวเรื่อง", "Title", "text", 28, "หัวเรื่องสั้นที่ขึ้นเหนือคำตอบ"),
    Column(
        "phrasings",
        "ถ้อยคำที่ใช้ถาม",
        "Phrasings",
        "lines",
        44,
        "บรรทัดละหนึ่งแบบ อย่างน้อย 5 แบบที่ต่างกัน และไม่ซ้ำกับรายการอื่น",
    ),
    Column("answer", "คำตอบ", "Answer", "text", 60, "ไม่เกิน 6 บรรทัด ส่วนที่ยาวกว่านั้นเขียนในช่อง รายละเอียด"),
    Column("answer_en", "คำตอบ (อังกฤษ)", "Answer (English)", "text", 60, "คำตอบเป็นภาษาอังกฤษ เว้นว่างได้"),
    Column("detail", "รายละเอียด", "Detail", "text", 60, "ข้อความเพิ่มเติม เว้นว่างได้"),
    Column(
        "detail_en", "รายละเอียด (อังกฤษ)", "Detail (English)", "text", 60, "รายละเอียดเป็นภาษาอังกฤษ เว้นว่างได้"
    ),
    Column(
        "sources",
        "แหล่งที่มา",
        "Sources",
        "sources",
        30,
        "บรรทัดละหนึ่งแหล่ง: SEED#kpi (แผนฯ กับหัวข้อ) หรือรหัสแหล่งที่มา หรือ cited: ตามด้วยข้อความ (ดูแผ่น แหล่งที่มา)",
    ),
    Column("facts", "ข้อเท็จจริงอ้างอิง", "Facts", "facts", 16, "บรรทัดละหนึ่งรหัส เว้นว่างได้"),
    Column(
        "as_of", "ข้อมูล ณ ปี (พ.ศ.)", "As of (B.E.)", "years", 16, "ปี พ.ศ. เช่น 2562 หรือ 2562–2566 หรือ ไม่ปรากฏปี"
    ),
    Column("confidence", "ความน่าเชื่อถือ", "Confidence", "choice", 22, "เลือกจากรายการ"),
    Column("known", "มีคำตอบ", "Known", "known", 10, "ใช่ หรือ ไม่ใช่ (ไม่ใช่ = บอกตามตรงว่ายังไม่มีแหล่งใดตอบ)"),
    Column("related", "รายการที่เกี่ยวข้อง", "Related", "ids", 26, "รหัสของรายการอื่น บรรทัดละหนึ่งรหัส เว้นว่างได้"),
    Column(
        "in_force_from", "มีผลตั้งแต่", "In force from", "day", 16, "วันที่ เช่น 2018-10-10 หรือ 10/10/2561 เว้นว่างได้"
    ),
    Column(
        "superseded_by",
        "แทนที่ด้วย",
        "Superseded by",
        "id",
        24,
        "รหัสของรายการใหม่ที่ใช้แทน รายการนี้จะไม่ถูกค้นพบอีก เว้นว่างได้",
    ),
)
BY_FIELD: Mapping[str, Column] = {column.field: column for column in COLUMNS}
REQUIRED = frozenset(name for name, field in FaqEntry.model_fields.items() if field.is_required())

_HEADINGS: Mapping[str, Column] = {
    squash(heading): column for column in COLUMNS for heading in (column.thai, column.english, column.field)
}

_STAGES: Mapping[str, str] = {
    "before": "ก่อนลงนาม",
    "signing": "การลงนาม",
    "after": "หลังลงนาม",
    "steering": "การขับเคลื่อนและติดตาม",
    "general": "ทั่วไป",
}
_CONFIDENCES: Mapping[str, str] = {
    "official_text": "เอกสารทางการ",
    "official_page": "หน้าเว็บราชการ",
    "press": "ข่าวหรือแหล่งทุติยภูมิ",
    "research": "งานวิจัย",
}

# What no spreadsheet keeps, and nobody can see. Line breaks and tabs stay.
_UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
_LINE_ENDS = re.compile("\r\n?")


def column_for(heading: str) -> Column | None:
    """The column that a heading names, in Thai or English; case, blanks and signs do not matter."""
    return _heading(heading) if len(heading) <= LONGEST_HEADING else None


@lru_cache(maxsize=4096)  # every row is looked at for being a header again
def _heading(text: str) -> Column | None:
    return _HEADINGS.get(squash(text))


def tidy(text: str) -> str:
    """A cell's text without what spreadsheet programs add or lose: line ends, control characters, outer blanks."""
    return _UNSEEN.sub("", _LINE_ENDS.sub("\n", text)).strip()


class Choices:
    """The values of a column that is chosen from a list, each with its label."""

    def __init__(self, labels: Mapping[str, str]) -> None:
        # Two topics with one label could not be told apart again: those are shown by their key.
        told = Counter(squash(label) for label in labels.values())
        keys = {squash(key): key for key in labels}
        self._shown = {
            key: label if told[squash(label)] == 1 and keys.get(squash(label), key) == key else key
            for key, label in labels.items()
        }
        self._keys = {**{squash(label): key for key, label in self._shown.items()}, **keys}

    @property
    def labels(self) -> tuple[str, ...]:
        return tuple(self._shown.values())

    def shown(self, key: str) -> str:
        return self._shown.get(key, key)

    def key(self, text: str) -> str | None:
        return self._keys.get(squash(text))


def choices_of(base: Base) -> Mapping[str, Choices]:
    """By field: what may be chosen."""
    return {
        "topic": Choices({topic.key: topic.label for topic in base.topics}),
        "stage": Choices({key: _STAGES.get(key, key) for key in get_args(Stage)}),
        "confidence": Choices({key: _CONFIDENCES.get(key, key) for key in get_args(Confidence)}),
    }


def cell_text(entry: FaqEntry, column: Column, choices: Mapping[str, Choices]) -> str:
    """A field as it stands in its cell; nothing is an empty cell."""
    value = getattr(entry, column.field)
    if value is None:
        return ""
    match column.kind:
        case "choice":
            return choices[column.field].shown(value)
        case "known":
            return YES if value else NO
        case "sources":
            return _lines(map(source_line, value))
        case "lines" | "ids" | "facts":
            return _lines(value)
        case _:
            return tidy(value)


def source_line(source: Source) -> str:
    """`SEED#sec-1`, `KEY`, or `cited: …`."""
    if source.key is None:
        return f"{CITED} {source.cited}"
    return f"{source.key}#{source.section}" if source.section is not None else source.key


def _lines(items: Iterable[str]) -> str:
    """One item a line: a line break within an item would make two of it."""
    return "\n".join(" ".join(tidy(item).split("\n")) for item in items)


def address(sheet: str, spot: Spot) -> str:
    """`รายการ!E12`, as spreadsheet programs write it."""
    row, column = spot
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    plain = re.fullmatch(r"[^\W\d][\w\u0e30-\u0e4e]*", sheet)
    name = sheet if plain else "'" + sheet.replace("'", "''") + "'"
    return f"{name}!{letters}{row + 1}"
