"""
Which parts of the loaded documents the curated entries speak of, and which nobody has written about yet.

Only entries in force count: what was superseded is no longer found by anyone who asks.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from knowledge.documents import Document
from knowledge.entries import PLAN_KEY, Base

SHOWN_IDS = 4  # in a line of a terminal


@dataclass(frozen=True)
class SectionCoverage:
    """One section: how much it says, and the entries that cite it."""

    anchor: str
    heading: str
    passages: int
    letters: int
    entries: tuple[str, ...]  # ids, as the entries stand in the base
    part_of: str | None = None  # anchor of the section whose marked paragraph this is
    cited_whole: bool = False  # that section is cited, and this paragraph with it

    @property
    def lacking(self) -> bool:
        """Says something that no entry cites. A bare heading above other sections lacks nothing."""
        return self.passages > 0 and not self.entries and not self.cited_whole


@dataclass(frozen=True)
class DocumentCoverage:
    id: str
    title: str
    sections: tuple[SectionCoverage, ...]  # in the order of the document
    elsewhere: tuple[str, ...]  # entries that cite the document, but none of its sections

    @property
    def lacking(self) -> tuple[SectionCoverage, ...]:
        """The sections without an entry."""
        return tuple(section for section in self.sections if section.lacking)

    @property
    def speaking(self) -> tuple[SectionCoverage, ...]:
        """The sections that say anything themselves."""
        return tuple(section for section in self.sections if section.passages)


def coverage(base: Base) -> tuple[DocumentCoverage, ...]:
    """Each loaded document with its sections and the entries that cite them."""
    return tuple(_document(document, _citing(base, document)) for document in base.documents)


def _citing(base: Base, document: Document) -> Mapping[str | None, tuple[str, ...]]:
    """Entries by the section that they cite; `None` stands for no section of this document."""
    keys = {document.id, PLAN_KEY} if document.id == base.plan.id else {document.id}
    citing: dict[str | None, dict[str, None]] = defaultdict(dict)
    for entry in base.entries:
        if entry.superseded_by is not None:
            continue
        for source in entry.sources:
            if source.key in keys:
                section = source.section if source.section in document.headings else None
                citing[section][entry.id] = None
    return {section: tuple(ids) for section, ids in citing.items()}


def _document(document: Document, citing: Mapping[str | None, tuple[str, ...]]) -> DocumentCoverage:
    letters: dict[str, list[int]] = defaultdict(list)
    for passage in document.passages:
        letters[passage.section].append(len(passage.text))
    sections: list[SectionCoverage] = []
    for anchor, heading in document.headings.items():
        whole = _whole(sections, heading)
        sections.append(
            SectionCoverage(
                anchor,
                heading,
                len(letters[anchor]),
                sum(letters[anchor]),
                citing.get(anchor, ()),
                part_of=whole.anchor if whole else None,
                cited_whole=bool(whole and whole.entries),
            )
        )
    cited = {id_ for section in sections for id_ in section.entries}
    return DocumentCoverage(
        document.id,
        document.title,
        tuple(sections),
        tuple(id_ for id_ in citing.get(None, ()) if id_ not in cited),
    )


def _whole(before: Sequence[SectionCoverage], heading: str) -> SectionCoverage | None:
    """The section that a marked paragraph belongs to: the cutter gives it the heading that it stands under."""
    if not before or before[-1].heading != heading:
        return None
    last = before[-1]
    return next(section for section in before if section.anchor == (last.part_of or last.anchor))


def coverage_text(documents: Sequence[DocumentCoverage]) -> tuple[str, ...]:
    """Lines for a terminal: every section, and at the end of each document those without an entry."""
    return tuple(line for document in documents for line in _document_lines(document))


def _document_lines(document: DocumentCoverage) -> list[str]:
    # Thai letters and their marks have no fixed width in terminals: nothing is aligned after a heading.
    lines = [f"{document.title} ({document.id})"]
    lines += [f"  {_section_line(section)}" for section in document.sections]
    if document.elsewhere:
        lines.append(f"  อ้างทั้งเอกสาร (no section): {_ids(document.elsewhere)}")
    count, all_ = len(document.lacking), len(document.speaking)
    lines.append(f"  มีรายการแล้ว {all_ - count} จาก {all_} หัวข้อ (sections with an entry)")
    if document.lacking:
        lines.append(f"  ยังไม่มีรายการ {count} หัวข้อ (without an entry):")
        lines += [
            f"    #{one.anchor} {one.heading} · {one.letters:,} ตัวอักษร" for one in _longest(document.lacking)
        ]
    return lines


def _longest(sections: Sequence[SectionCoverage]) -> list[SectionCoverage]:
    """What says most comes first: there is most to write about."""
    return sorted(sections, key=lambda section: -section.letters)


def _section_line(section: SectionCoverage) -> str:
    if not section.passages and not section.entries:
        return f"- #{section.anchor} {section.heading}"
    sign = "✗" if section.lacking else "✓"
    size = f"{section.passages} ข้อความ, {section.letters:,} ตัวอักษร"
    cited = "ยังไม่มีรายการ"
    if section.entries:
        cited = f"{len(section.entries)} รายการ: {_ids(section.entries)}"
    elif section.cited_whole:
        cited = f"อยู่ใน #{section.part_of}"
    return f"{sign} #{section.anchor} {section.heading} · {size} · {cited}"


def _ids(ids: Sequence[str]) -> str:
    more = f" +{len(ids) - SHOWN_IDS}" if len(ids) > SHOWN_IDS else ""
    return ", ".join(ids[:SHOWN_IDS]) + more


def coverage_json(documents: Sequence[DocumentCoverage]) -> list[dict[str, Any]]:
    """The same for programs; fields may be added, never renamed or removed."""
    return [
        {
            "document": document.id,
            "title": document.title,
            "sections": [
                {
                    "anchor": section.anchor,
                    "heading": section.heading,
                    "passages": section.passages,
                    "letters": section.letters,
                    "entries": list(section.entries),
                    "part_of": section.part_of,
                }
                for section in document.sections
            ],
            "elsewhere": list(document.elsewhere),
            "without_entry": [section.anchor for section in document.lacking],
        }
        for document in documents
    ]
