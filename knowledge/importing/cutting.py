"""
Blocks of a document cut into passages that can be cited.

A document is a run of blocks: headings by style, paragraphs, list items, table rows. The cutter keeps the way
down to where it is (หมวด 2, ข้อ 5, (1)), gives each section an anchor that depends on its number and not on its
place, and makes passages that are neither a crumb nor a page.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Literal

from knowledge.documents import Document, Passage, passage_id
from knowledge.importing.clauses import Clause, find_clause
from knowledge.normalize import normalize

# An officer reads on a phone: nine hundred letters are two screens, less than two hundred say little alone.
LONGEST = 900
SHORTEST = 200

LONGEST_HEADING = 120  # longer, and it is a sentence that happens to be styled as a heading
LONGEST_TITLE = 100  # behind a clause number
LONGEST_LABEL = 60  # of a heading that items below are cited with

_RANK_OF_STRUCTURE = 10  # below headings by style, which are 1 to 9
_RANK_OF_MAIN = 20
_RANK_OF_NUMBER = 30
_RANK_OF_ITEM = 40

_SENTENCE_END = re.compile(r"(?:[.!?;…]|ฯลฯ)$")
_LONGEST_ID = 60


@dataclass(frozen=True)
class Block:
    """What a reader hands to the cutter. `marks` says from which letter on the text stands on which page."""

    text: str
    kind: Literal["heading", "paragraph", "item", "row"] = "paragraph"
    level: int = 1  # of a heading
    marks: tuple[tuple[int, int | None], ...] = ((0, None),)
    anchor: str | None = None  # one that the document itself gives

    def page_at(self, letter: int) -> int | None:
        return [page for start, page in self.marks if start <= letter][-1]


@dataclass(eq=False)
class _Section:
    rank: int
    word: str  # what is counted: a list goes on with the same word
    clause: str | None  # its own or the nearest one above
    anchor: str
    heading: str
    label: str  # how it and the items below are named
    rest: str = ""  # what its first line says behind the number
    numbers: tuple[int, ...] = ()
    bodied: bool = False  # an item of a list whose items go on over several paragraphs
    line: Block | None = None  # its first line, until we know whether it is only a heading

    @property
    def is_item(self) -> bool:
        return self.rank >= _RANK_OF_ITEM

    @property
    def is_numbered(self) -> bool:
        return self.rank >= _RANK_OF_MAIN


@dataclass(frozen=True)
class _Unit:
    block: Block
    section: _Section | None
    group: _Section | None  # the section whose short texts may stand together


def document_id(title: str) -> str:
    """
    The same for every version of a title: a new import replaces the old one.

    A title in Latin letters is its own id; of any other, only a part would be left, so it is hashed.
    """
    key = normalize(title)
    if re.search("[a-z]", key) and not re.search(r"[^\W\d_a-z]", key):
        return re.sub("[^a-z0-9]+", "-", key).strip("-")[:_LONGEST_ID].rstrip("-")
    return f"doc-{sha256(key.encode()).hexdigest()[:8]}"


def cut_blocks(blocks: Iterable[Block], title: str) -> Document:
    """Cut a document. Any blocks will do; no passage is longer than `LONGEST`."""
    cutter = _Cutter(document_id(title), title)
    for block in blocks:
        cutter.take(block)
    return cutter.finish()


def is_heading(text: str) -> bool:
    """Whether a text that is styled as a heading reads like one."""
    return len(text) <= LONGEST_HEADING and not _SENTENCE_END.search(text)


def shortened(text: str, longest: int) -> str:
    return text if len(text) <= longest else f"{text[: longest - 1].rstrip()}…"


@dataclass
class _Cutter:
    document: str
    title: str
    way: list[_Section] = field(default_factory=list)  # from the top down to where we are
    structures: list[str] = field(default_factory=list)  # หมวด, ส่วนที่ … as they nest, outermost first
    units: list[_Unit] = field(default_factory=list)  # gathered for the next passage
    gathered: int = 0  # letters in them
    headings: dict[str, str] = field(default_factory=dict)
    items: set[str] = field(default_factory=set)  # anchors of list items
    lead: Block | None = None  # first line of a clause, quoted with the first clause inside it
    place: str | None = None  # anchor of the passage that is gathered outside any section
    passages: list[Passage] = field(default_factory=list)
    taken: Counter[str] = field(default_factory=Counter)  # how often an anchor was wanted again
    unnumbered: Counter[int | None] = field(default_factory=Counter)  # passages outside any section, by page

    def take(self, block: Block) -> None:
        clause = find_clause(block.text)
        if block.kind == "heading" and is_heading(block.text):
            self._enter_heading(block, clause)
        elif block.kind == "row" or clause is None or not _is_plausible(clause):
            self._take_text(block)
        else:
            self._enter_clause(block, clause)

    def finish(self) -> Document:
        self._leave(0)
        self._flush()
        # An item that stands in a passage with its neighbours is cited by the clause above.
        cited = {passage.section for passage in self.passages}
        headings = {
            anchor: heading
            for anchor, heading in self.headings.items()
            if anchor in cited or anchor not in self.items
        }
        return Document(self.document, self.title, headings, tuple(self.passages))

    # ------------------------------------------------------------- sections

    def _enter_heading(self, block: Block, clause: Clause | None) -> None:
        self._leave(block.level)
        text = _heading_of(clause) if clause else block.text
        own = clause.anchor if clause else f"h-{sha256(normalize(text).encode()).hexdigest()[:6]}"
        section = _Section(
            rank=block.level,
            word=clause.word if clause else "",
            clause=clause.label if clause else self._clause(),
            anchor=self._unused(block.anchor or own),
            heading=text,
            label=clause.label if clause else shortened(text, LONGEST_LABEL),
            rest=clause.rest if clause else text,
            line=block,
        )
        self._enter(section)

    def _enter_clause(self, block: Block, clause: Clause) -> None:
        bodied = False
        if clause.kind == "item":
            bodied = self._leave_items(clause.word)
        else:
            self._leave(self._rank(clause))
            self._leave_other_numbers(clause)
        label = self._label(clause)
        is_only_line = clause.kind == "structure" or not clause.rest or _is_title(clause.rest)
        section = _Section(
            rank=self._rank(clause),
            word=clause.word,
            clause=clause.label,
            anchor=self._unused(self._anchor(clause)),
            heading=_heading_of(clause) if clause.kind == "structure" else label,
            label=label,
            numbers=clause.numbers,
            rest=clause.rest,
            bodied=bodied,
            line=block if is_only_line else None,
        )
        self._enter(section)
        if not is_only_line:
            self._add(block)

    def _enter(self, section: _Section) -> None:
        if self.way and (line := self.way[-1].line) is not None:
            self._give_title(self.way[-1])
            if section.is_item and self.way[-1].is_numbered:
                self._add(line)  # the words before a list belong to the list
            elif self.way[-1].is_numbered:
                self.lead = _joined([self.lead, line]) if self.lead else line
            self.way[-1].line = None
        if not section.is_item or self.gathered > LONGEST:
            self._flush()  # before the new heading: headings stand in the order of the document
        self.way.append(section)
        self.headings[section.anchor] = section.heading
        if section.is_item:
            self.items.add(section.anchor)

    def _leave(self, rank: int) -> None:
        """Go up until what is open may hold a section of this rank."""
        while self.way and self.way[-1].rank >= rank:
            self._pop()

    def _leave_other_numbers(self, clause: Clause) -> None:
        """5.2 stands in 5, but not in 4."""
        while (
            self.way
            and self.way[-1].numbers
            and self.way[-1].word == clause.word
            and self.way[-1].numbers != clause.numbers[: len(self.way[-1].numbers)]
        ):
            self._pop()

    def _leave_items(self, word: str) -> bool:
        """
        Close the list that goes on, if one does, and tell whether its items go on over paragraphs.

        Lists nest in any order, (1) in 1) or 1) in (1): only a number of the same kind closes one.
        """
        same = next((section for section in self.way if section.is_item and section.word == word), None)
        while same in self.way:
            self._pop()
        return same is not None and same.bodied

    def _pop(self) -> None:
        if (line := self.way[-1].line) is not None:
            self._add(line)  # nothing came below it, so it is not a heading but all there is to say
        self.way.pop()

    def _give_title(self, section: _Section) -> None:
        """A short line behind a number is its title, now that something follows it."""
        if section.is_numbered and section.rest:
            section.heading = f"{section.label} {section.rest}"
            self.headings[section.anchor] = section.heading

    def _rank(self, clause: Clause) -> int:
        if clause.kind == "structure":
            # Laws put ส่วนที่ under หมวด, plans may do the reverse: the one that came first is the outer one.
            if clause.word not in self.structures:
                self.structures.append(clause.word)
            return _RANK_OF_STRUCTURE + self.structures.index(clause.word)
        depth = max(len(clause.numbers) - 1, 0)
        return {"main": _RANK_OF_MAIN, "number": _RANK_OF_NUMBER, "item": _RANK_OF_ITEM}[clause.kind] + depth

    def _label(self, clause: Clause) -> str:
        """Numbers that begin again in every section say too little alone: "ข้อ 5 (1)", "หมวด 2 · 1."."""
        if not self.way or not _begins_again(clause):
            return clause.label
        return f"{self.way[-1].label}{' ' if clause.kind == 'item' else ' · '}{clause.label}"

    def _anchor(self, clause: Clause) -> str:
        return (
            f"{self.way[-1].anchor}-{clause.anchor}" if self.way and _begins_again(clause) else clause.anchor
        )

    def _unused(self, anchor: str) -> str:
        """Two regulations in one file both have a ข้อ 1: the second is told apart."""
        name = anchor
        while name in self.headings:
            self.taken[anchor] += 1
            name = f"{anchor}-x{self.taken[anchor] + 1}"
        return name

    def _clause(self) -> str | None:
        return self.way[-1].clause if self.way else None

    # ----------------------------------------------------------------- text

    def _take_text(self, block: Block) -> None:
        if block.kind == "paragraph":
            self._leave_a_finished_list()
        top = self.way[-1] if self.way else None
        if top is not None and top.line is not None:
            if self._is_title_on_its_own_line(top, block):
                self._take_title(top, top.line, block)
                return
            self._give_title(top)
            if top.is_numbered:
                block = self._with_its_number(top, top.line, block)
            top.line = None
        self._add(block)

    def _with_its_number(self, section: _Section, line: Block, block: Block) -> Block:
        """A title is quoted with its text, unless the text would be torn apart for it; a bare number always."""
        if section.rest and not section.is_item and len(line.text) + len(block.text) >= LONGEST:
            return block
        if section.rest or block.kind == "row":
            self._add(line)
            return block
        return _joined([line, block])

    def _leave_a_finished_list(self) -> None:
        """A paragraph after (3) belongs to the clause again, unless the items before had paragraphs too."""
        while self.way and (top := self.way[-1]).is_item:
            if top.numbers[-1:] == (1,) or top.bodied or (top.line is not None and not top.rest):
                top.bodied = True
                return
            self._pop()

    def _is_title_on_its_own_line(self, section: _Section, block: Block) -> bool:
        """หมวด ๑, and on the next line บททั่วไป."""
        return (
            section.clause is not None
            and not section.rest
            and not section.is_numbered
            and block.kind == "paragraph"
            and _is_title(block.text)
        )

    def _take_title(self, section: _Section, line: Block, block: Block) -> None:
        section.rest = block.text
        section.heading = f"{section.label} {block.text}"
        self.headings[section.anchor] = section.heading
        section.line = _joined([line, block])

    def _add(self, block: Block) -> None:
        """Gather a text for a passage; short neighbours stand together."""
        if (lead := self.lead) is not None:
            self.lead = None
            if block.kind == "row" or len(lead.text) + len(block.text) >= LONGEST:
                self._add(lead)
            else:
                block = _joined([lead, block])
        section = self.way[-1] if self.way else None
        above = [one for one in self.way if not one.is_item]
        unit = _Unit(block, section, above[-1] if above else None)
        if not self._may_join(unit):
            self._flush()
            if section is None:
                self.place = self._new_place(block.page_at(0))
        self.units.append(unit)
        self.gathered += len(block.text) + 1

    def _may_join(self, unit: _Unit) -> bool:
        if not self.units or self.units[-1].group is not unit.group:
            return False
        if "row" in (unit.block.kind, self.units[-1].block.kind):
            return False
        gathered, new = self.gathered, len(unit.block.text)
        if new > LONGEST:  # will be cut anyway
            return gathered < SHORTEST
        return min(gathered, new) < SHORTEST and gathered + new <= LONGEST

    def _flush(self) -> None:
        if not self.units:
            return
        sections = {id(unit.section) for unit in self.units}
        first = self.units[0]
        section = first.section if len(sections) == 1 else first.group or first.section
        block = _joined([unit.block for unit in self.units])
        self.units, self.gathered = [], 0
        for start, text in pieces(block.text):
            self._write(section, text, block.page_at(start))
        self.place = None

    def _new_place(self, page: int | None) -> str:
        """An anchor for a passage outside any section, taken when it begins: headings keep their order."""
        self.unnumbered[page] += 1
        number = self.unnumbered[page]
        anchor = self._unused(f"s-{number}" if page is None else f"p{page}-{number}")
        self.headings[anchor] = self.title
        return anchor

    def _write(self, section: _Section | None, text: str, page: int | None) -> None:
        if section is None:
            place, self.place = self.place or self._new_place(page), None
            anchor, heading, clause = place, self.title, None
        else:
            anchor, heading, clause = section.anchor, section.heading, section.clause
        self.passages.append(
            Passage(passage_id(self.document, anchor), self.title, anchor, heading, text, clause, page)
        )


def _is_plausible(clause: Clause) -> bool:
    return clause.kind != "structure" or len(clause.rest) <= LONGEST_HEADING


def _is_title(text: str) -> bool:
    return len(text) <= LONGEST_TITLE and "\n" not in text and not _SENTENCE_END.search(text)


def _begins_again(clause: Clause) -> bool:
    return clause.kind == "item" or (clause.kind == "number" and len(clause.numbers) == 1)


def _heading_of(clause: Clause) -> str:
    return f"{clause.label} {clause.rest}".rstrip()


def _joined(blocks: Sequence[Block]) -> Block:
    marks: list[tuple[int, int | None]] = []
    start = 0
    for block in blocks:
        marks += [(start + letter, page) for letter, page in block.marks]
        start += len(block.text) + 1
    return Block("\n".join(block.text for block in blocks), blocks[0].kind, marks=tuple(marks))


# ------------------------------------------------------------------ long texts

# Where to cut, the best places first: lines, sentences, blanks between Thai, which end its phrases; any blank.
_BREAKS = (
    re.compile(r"\n"),
    re.compile(r"(?<=[.!?;])\s"),
    re.compile("(?<=[ก-๎]) (?=[ก-๎])"),
    re.compile(r"\s"),
)
_NOT_BEFORE = re.compile("[ะ-ฺๅ-๎]")
_NOT_AFTER = re.compile("[เ-ไ]")


def pieces(text: str) -> Iterable[tuple[int, str]]:
    """
    A text in pieces of at most `LONGEST` letters of about the same length, each with where it begins.

    Only blanks are lost, those at the cuts.
    """
    start = 0
    while start < len(text):
        end = len(text) if len(text) - start <= LONGEST else _best_end(text, start)
        piece = text[start:end]
        if bare := piece.strip():
            yield start + len(piece) - len(piece.lstrip()), bare
        start = end


def _best_end(text: str, start: int) -> int:
    left = len(text) - start
    aim = start + left // -(-left // LONGEST)
    window = max(start + SHORTEST, aim - SHORTEST), start + LONGEST
    for pattern in _BREAKS:
        ends = [found.end() for found in pattern.finditer(text, *window)]
        if ends:
            return min(ends, key=lambda end: abs(end - aim))
    return _end_inside_a_word(text, start)


def _end_inside_a_word(text: str, start: int) -> int:
    """No blank far and wide: at least no mark is torn off its letter."""
    last = start + LONGEST
    for end in range(last, last - 12, -1):
        if not _NOT_BEFORE.match(text[end]) and not _NOT_AFTER.match(text[end - 1]):
            return end
    return last
