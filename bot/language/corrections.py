"""
A line typed while the card of an activity is open, read as what it changes on the card.

Only what the line says is changed. What could be two things is offered, what is denied without a new value is
asked, and a question or a whole report of its own is none of the card's: the reading says which.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, Literal, Protocol

from bot.language.card_days import CardDays, read_days
from bot.language.card_numbers import as_value, read_numbers
from bot.language.dates import DateProblem
from bot.language.joint import ONLINE
from bot.language.names import Lexicon, Mention
from bot.language.text import clean, hide, hide_times_and_ordinals
from bot.language.topic import read_topic
from bot.language.utterances import asks, own_words

_READ_UP_TO = 1_000
"""A longer text is a report, not a correction."""


class Card(Protocol):
    """What the card shows now; days are C.E., `end` is None for one day, amounts are baht."""

    @property
    def pairing_id(self) -> str | None: ...
    @property
    def type(self) -> str | None: ...
    @property
    def state(self) -> Literal["held", "planned"]: ...
    @property
    def start(self) -> date | None: ...
    @property
    def end(self) -> date | None: ...
    @property
    def participants(self) -> int | None: ...
    @property
    def budget_thb(self) -> Decimal | None: ...
    @property
    def partner_joined(self) -> str | None: ...


@dataclass(frozen=True)
class Correction:
    """
    What a line changes.

    `changes` maps a field to its new value, None where the line clears it. `ambiguous` maps a field to what it
    could be: pairing ids, type codes, numbers, days as "2026-11-06" or "2026-11-06/2026-11-08", the text of an
    impossible date; an empty tuple has to be asked openly. Only a correction is true: a line may also be a
    question, a report of its own, or nothing of the kind.
    """

    kind: Literal["correction", "question", "report", "none"]
    changes: dict[str, Any] = field(default_factory=dict)
    ambiguous: dict[str, tuple[Any, ...]] = field(default_factory=dict)
    problems: tuple[DateProblem, ...] = ()

    def __bool__(self) -> bool:
        return self.kind == "correction"


def read_correction(
    text: str, lexicon: Lexicon, *, home: str | None, today: date, current: Card
) -> Correction:
    """Read a line typed by an officer of province `home` on the day `today` while `current` is on the card."""
    if len(text) > _READ_UP_TO:
        return Correction("none")
    text = _DAY_SLIP.sub("วันที่", _POLITE.sub("", clean(text)))
    topic = read_topic(text)
    if asks(own_words(text, topic.words if topic is not None and topic.marked else None)):
        return Correction("question")
    line = _Line(text, lexicon, home, today, current)
    line.read()
    if line.is_a_report():
        return Correction("report")
    if not (line.changes or line.ambiguous or line.problems):
        return Correction("none")
    return Correction("correction", line.changes, line.ambiguous, line.problems)


# ------------------------------------------------------------------ the words

_POLITE = re.compile(r"\s*(?:นะ)?(?:ครับผม|ครับ|คับ|ค่ะ|คะ|จ้า|จ้ะ)+\s*$")
_DAY_SLIP = re.compile(r"วันท[ีิ](?=\s*\d)")
_CORRECTS = re.compile(
    r"ไม่ใช่|มิใช่|เปลี่ยน|แก้|ผิด|ต้องเป็น|ที่ถูก|ที่จริง|จริง ?ๆ|คู่(?!มือ)|\bnot\b|\bchange|\bshould be\b|\bactually\b|\binstead\b|\bcorrect",
    re.IGNORECASE,
)
_AMENDS = re.compile(r"เลื่อน|ขยับ|เพิ่ม|ลด|\bpostpone|\bresched|\bmoved?\b", re.IGNORECASE)
_DENIED = re.compile(
    r"(?:ไม่ใช่|มิใช่|ไม่เอา|\bnot\b)\s*(?:คู่|กับ|จังหวัด|เมือง|นคร|มณฑล|with|the|\s)*$", re.IGNORECASE
)
# What is denied ends at a blank, or where "but" begins.
_DENIED_WORDS = re.compile(
    r"(?:ไม่ใช่|มิใช่|ไม่เอา|ไม่ได้|\bnot\b)\s*(?:an?\s|the\s)?(?P<words>(?:(?!แต่|เป็น|ต้อง)[^\s,\x00])+)",
    re.IGNORECASE,
)
_TOUCHING_NAMES = re.compile(r"คู่(?!มือ)|เพิ่ม(?:ขึ้น)?|ลด(?:ลง)?|เปลี่ยน|แก้|เป็น|คือ|เลื่อน|เหลือ|งบประมาณ|งบ")
_TOOK_PART = re.compile(r"มา|ร่วม|ผู้แทน|จาก|ไป|คณะ|ด้วย|และ|\band\b|\bjoin|\balso\b|\btoo\b", re.IGNORECASE)
_WRONG_PAIRING = re.compile(r"ผิดคู่|คู่(?:ผิด|ไม่ถูก)|\bwrong (?:partner|pairing|pair)\b", re.IGNORECASE)
_WRONG_TYPE = re.compile(r"(?:ผิดประเภท|ประเภท(?:กิจกรรม)?\s*(?:ผิด|ไม่ถูก))|\bwrong type\b", re.IGNORECASE)
_NAMES_THE_TYPE = re.compile(
    r"ประเภท|เป็น(?!เวลา|เงิน|แผน|แค่แผน)|เปลี่ยน|แก้|ไม่ใช่|\bchange|\btype\b|\b(?:it was|is|was) an?\b|\bnot an?\b",
    re.IGNORECASE,
)
_GLUE = re.compile(
    r"ไม่ได้|จัด|ผ่าน|ทาง|แบบ|ระบบ|การ|กิจกรรม|ร่วม|กับ|แทน|งาน|คู่|\b(?:an?|the|with|it|was|is)\b|[\s\W\x00]+",
    re.IGNORECASE,
)

_PARTNER = "\x01"
_ONLINE = rf"(?:{ONLINE.pattern}|online)"
_THEY_EN = rf"(?:\b(?:they|(?:the )?partner)|{_PARTNER}+)"
_THEY = (
    rf"(?:ฝ่าย(?:คู่(?:ความสัมพันธ์|เมือง)?|เขา|โน้น|นั้น|ต่างประเทศ|จีน|ญี่ปุ่น|เกาหลี|ลาว|เวียดนาม|กัมพูชา|เมียนมา|พม่า|มาเลเซีย|อินเดีย)"
    rf"|คู่(?:ความสัมพันธ์|เมือง|สัญญา)?|พวกเขา|ทางเขา|ทางโน้น|คณะเขา|เขา|(?:ฝ่าย|ทาง|คณะ|นคร|เมือง|จังหวัด|มณฑล)*{_PARTNER}+)"
)
_CAME = r"(?:เดินทาง)?(?:มาร่วม|มา|เข้าร่วม|เข้า|ร่วม)"
_NOT_JOINED = re.compile(
    rf"{_THEY}\s*(?:ก็)?(?:ไม่ได้|ไม่)\s*{_CAME}(?:ประชุม|งาน|ด้วย)*|ไม่มี\s*(?:ตัวแทน|ผู้แทน|คณะ|ใคร)?(?:จาก|ของ)?{_THEY}(?:มา|เข้าร่วม|ร่วม|ด้วย)*"
    rf"|(?:จัด|ทำ)(?:กันเอง|ฝ่ายเดียว)"
    rf"|\b(?:no|without (?:the )?) ?partner\b|{_THEY_EN}\s?(?:did not|didn't|was not|were not|wasn't|weren't)\s?(?:join|come|attend|take part|there|present)\b",
    re.IGNORECASE,
)
_JOINED = re.compile(
    rf"{_THEY}\s*(?:ก็|ได้)?\s*{_CAME}(?:ประชุม|งาน|ด้วย|แล้ว|กัน)*(?:\s*(?:ทาง|ผ่าน|แบบ)?\s*{_ONLINE})?"
    rf"|{_THEY_EN}\s(?:also )?(?:joined|came|attended|took part|were there|was there)(?: too| as well)?(?:\s(?:by |via |on )?{_ONLINE})?",
    re.IGNORECASE,
)
_STATES: tuple[tuple[Literal["held", "planned"], re.Pattern[str]], ...] = (
    (
        "planned",
        re.compile(
            r"ยังไม่(?:ได้)?(?:จัด|ทำ|เกิด|ไป|มี|ประชุม)|เป็น(?:แค่|เพียง)?แผน|แค่แผน|\bnot (?:yet )?held(?: yet)?\b|\b(?:still|only) (?:a plan|planned)\b",
            re.IGNORECASE,
        ),
    ),
    (
        "held",
        re.compile(
            r"(?:จัด|ทำ|ประชุม)(?:ไป|เสร็จ|กัน|งาน)*(?:เรียบร้อย)?แล้ว|จัดเรียบร้อย|เกิดขึ้นแล้ว|\balready (?:held|took place|done)\b|\b(?:was held|took place)\b",
            re.IGNORECASE,
        ),
    ),
)

_NO_TITLE = re.compile(
    r"(?:ลบ|ล้าง|เอา|ไม่ระบุ|ไม่มี)\s*(?:ชื่อ)?(?:เรื่อง|กิจกรรม|หัวข้อ)|\b(?:remove|clear) the (?:title|topic)\b",
    re.IGNORECASE,
)
_TITLE_LEAD = re.compile(r"^(?:เป็น|คือ|ว่า|:|\s)+")
_NO_PLACE = re.compile(
    r"(?:ลบ|ล้าง|เอา|ไม่(?:ได้)?(?:ระบุ|ทราบ|มี))\s*สถานที่|\b(?:remove|clear|no) (?:the )?(?:place|venue)\b",
    re.IGNORECASE,
)
_VENUE = (
    r"ศาลากลาง|ศาลาว่าการ|โรงแรม|รร\.|ห้อง|หอ|ศูนย์|อาคาร|มหาวิทยาลัย|วิทยาลัย|โรงเรียน|โรงพยาบาล|สำนัก|สนาม|วัด|จวน|ที่ว่าการ|ท่าอากาศยาน|พิพิธภัณฑ์|ด่าน|สวน"
    r"|ตลาด|เทศบาล|จังหวัด|อำเภอ|นคร|เมือง|มณฑล"
)
_PLACE = re.compile(
    rf"(?:สถานที่(?:จัด(?:งาน)?)?\s*(?:เป็น|คือ|:)?\s*|(?<![ก-๙])ณ\s*|(?<!วัน)(?<!หน้า)(?<!พื้น)(?<!สถาน)(?<!ครั้ง)ที่\s*(?={_VENUE}|{_PARTNER})|\b(?:at|venue:?)\s+(?:the\s+)?"
    r"|^(?=ห้องประชุม|โรงแรม|ศาลากลาง|ศาลาว่าการ|หอประชุม|ศูนย์ประชุม))"
    r"(?P<words>[^\n\x00,;]+)",
    re.IGNORECASE,
)
_PLACE_ENDS = re.compile(
    r"\s(?:กับ|งบ|วัน|เมื่อ|เวลา|มี|และ|จำนวน|คน|ผู้|เรื่อง|with\b|on\b|budget\b).*$", re.IGNORECASE | re.DOTALL
)

# What a plain correction consists of besides the values; more words than these say something else.
_EXPECTED = re.compile(
    r"\([^)]*\)|ขอ(?!ง)(?:ให้)?|ช่วย|รบกวน|แก้ไข|แก้|เปลี่ยน|ปรับ|ให้|หน่อย|ด้วย|เป็น|คือ|ไม่ใช่|มิใช่|ไม่เอา|ไม่ได้|ไม่ถูก|ที่จริง|ที่ถูก|จริง|ต้อง|ต่างหาก|ดีกว่า"
    r"|ผิด|ถูก|พิมพ์|เลือก|ลืม|ใส่|เพิ่มเติม|เพิ่มขึ้น|เพิ่ม|ลดลง|ลด|น้อยลง|หายไป|เหลือ|อีก|บวก|จาก|ทั้งหมด|ทั้งสิ้น|รวม|จำนวน|ประมาณ|ราว|เกือบ|ผู้เข้าร่วม|เข้าร่วม"
    r"|ผู้ร่วม(?:ประชุม|งาน|กิจกรรม)?|คน|ท่าน|คณะ|นักเรียน|นร|เจ้าหน้าที่|จนท|เยาวชน|ผู้แทน|มี|มา|ไป|แล้ว|และ|กับ|แต่|นะ|วันที่|วัน|จัด|งาน|เลื่อน|ขยับ|ออก|เมื่อ|ตั้งแต่"
    r"|เริ่ม|ถึง|สิ้นสุด|สุดท้าย|แรก|จบ|เดียว|งบประมาณ|งบ|ใช้|ค่าใช้จ่าย|เงิน|บาท|คู่|ประเภท|กิจกรรม|การ|ชื่อ|เรื่อง|หัวข้อ|สถานที่|ที่|ณ|เวลา|ก็|ได้|ยัง|แค่|เพียง|ผม|หนู|เรา"
    r"|ร่วม|ผ่าน|ทาง|แบบ|ระบบ|เท่านั้น|อยู่|ว่า|โดย|เอา|ดี|ย้าย|จังหวัด|เมือง|นคร|มณฑล"
    r"|\b(?:the|an?|it|its|was|is|should|be|not|but|to|from|of|on|at|and|with|please|change[ds]?|people|participants|pax|budget|date|day|in|total|we|were|there"
    r"|actually|sorry|type|topic|more|add|wrong|correct|held|postponed?|moved?|until|s)\b",
    re.IGNORECASE,
)
_A_NUMBER = re.compile(r"\s*(?:จำนวน)?\s*\d")
_LETTER = re.compile(r"[^\W\d_]")
_FEW_LETTERS, _SOME_LETTERS = 3, 8
_DAY_WORDS_ONLY = re.compile(r"วันนี้|พรุ่งนี้|เมื่อวาน|มะรืน|\b(?:today|tomorrow|yesterday)\b", re.IGNORECASE)
_ASKED_WHEN_UNSURE = ("pairing_id", "type", "participants", "budget_thb")


# ------------------------------------------------------------------ the line


@dataclass
class _Line:
    """A line while it is being read: what one reader has taken is hidden from the next."""

    text: str
    lexicon: Lexicon
    home: str | None
    today: date
    current: Card
    changes: dict[str, Any] = field(default_factory=dict)
    ambiguous: dict[str, tuple[Any, ...]] = field(default_factory=dict)
    problems: tuple[DateProblem, ...] = ()
    left: str = ""
    mentions: tuple[Mention, ...] = ()
    typed: bool = False
    dated: bool = False

    def read(self) -> None:
        self.left = self.text
        self._take_days()
        self._take_numbers()
        self.mentions = self.lexicon.mentions(_names_apart(self.left))
        self._take_title()
        self._take_place()
        self._take_partner()
        self._take_pairing()
        self._take_state()
        self._take_type()
        if self._holds_more():
            self._leave_open()
        self._take_what_follows()

    def is_a_report(self) -> bool:
        """
        Whether the line is a whole record of its own: another pairing with a day, a number or a kind, or the same
        pairing with a kind and a day or a number, without a word that corrects.
        """
        named = {
            pairing_id
            for one in self.mentions
            if one.kind == "partner" and not one.far
            for pairing_id in one.targets
        }
        if not named or _CORRECTS.search(self.text):
            return False
        counted = any(self._says(name) for name in ("participants", "budget_thb"))
        if self.current.pairing_id is not None and self.current.pairing_id not in named:
            return self.dated or counted or self.typed
        return self.typed and (self.dated or counted) and not _AMENDS.search(self.text)

    def _says(self, name: str) -> bool:
        return name in self.changes or name in self.ambiguous

    def _hide(self, spans: Iterable[tuple[int, int]]) -> None:
        self.left = hide(self.left, spans)

    def _take_days(self) -> None:
        state = next((state for state, said in _STATES if said.search(self.text)), self.current.state)
        days = read_days(self.left, self.today, CardDays(self.current.start, self.current.end, state))
        self.changes |= days.changes
        self.problems = days.problems
        if days.options is not None:
            self.ambiguous["start"] = days.options
        self.dated = bool(days.spans)
        self._hide(days.spans)

    def _take_numbers(self) -> None:
        numbers, spans = read_numbers(
            hide_times_and_ordinals(self.left),
            participants=self.current.participants,
            budget_thb=self.current.budget_thb,
        )
        for unit, change in numbers.items():
            if change.options is None:
                self.changes[unit] = as_value(unit, change.value)
            else:
                self.ambiguous[unit] = tuple(as_value(unit, value) for value in change.options)
        self._hide(spans)

    # ---- words of its own

    def _take_title(self) -> None:
        if cleared := _NO_TITLE.search(self.left):
            self.changes["title"] = None
            self._hide([(cleared.start(), cleared.end() - 1)])
            return
        named = hide(
            self.left, ((one.first_char, one.last_char) for one in self.mentions if one.kind != "country")
        )
        topic = read_topic(named)
        words = _TITLE_LEAD.sub("", topic.words) if topic is not None and topic.marked else ""
        if topic is not None and words:
            self.changes["title"] = words
            self._hide([(topic.first_char, topic.last_char)])

    def _take_place(self) -> None:
        if cleared := _NO_PLACE.search(self.left):
            self.changes["place"] = None
            self._hide([(cleared.start(), cleared.end() - 1)])
            return
        found = _PLACE.search(self._marked(part for part in self.mentions if part.kind == "partner"))
        if found is None:
            return
        end = found.start("words") + len(_PLACE_ENDS.sub("", found["words"]).rstrip())
        words = self.text[found.start("words") : end]
        if len(words) < 2:
            return
        self.changes["place"] = words
        if any(
            found.start("words") <= one.first_char < end for one in self.mentions if one.kind == "partner"
        ):
            self.changes["direction"] = "outbound"
        self._hide([(found.start(), end - 1)])

    def _take_partner(self) -> None:
        own = [
            one for one in self.mentions if one.kind == "partner" and self.current.pairing_id in one.targets
        ]
        marked = self._marked(own)
        if found := _NOT_JOINED.search(marked):
            self.changes["partner_joined"] = "no"
        elif found := _JOINED.search(marked):
            self.changes["partner_joined"] = (
                "online" if re.search(_ONLINE, found[0], re.IGNORECASE) else "yes"
            )
        if found:
            if self.changes["partner_joined"] != "no" and _A_NUMBER.match(self.text[found.end() :]):
                self._ask("participants")  # of the partner alone, or of all
            self._hide([(found.start(), found.end() - 1)])

    def _marked(self, mentions: Iterable[Mention]) -> str:
        """What is left of the line, with these names as one sign each letter."""
        marked = self.left
        for one in mentions:
            if "\x00" not in self.left[one.first_char : one.last_char + 1]:
                length = one.last_char + 1 - one.first_char
                marked = marked[: one.first_char] + _PARTNER * length + marked[one.last_char + 1 :]
        return marked

    # ---- what is not sure

    def _holds_more(self) -> bool:
        """Whether the line has words that no correction needs: "ส่งรายงานวันที่ 10 ธ.ค." is about something else."""
        words = self.left.lower()
        if self._says("type"):
            for word in self.lexicon.types.words:
                words = words.replace(word, " ")
        letters = len(_LETTER.findall(_EXPECTED.sub(" ", words)))
        return letters > (_SOME_LETTERS if _CORRECTS.search(self.text) else _FEW_LETTERS)

    def _leave_open(self) -> None:
        """What was read is offered instead of taken; a mere "พรุ่งนี้" is none of the card's."""
        for name in _ASKED_WHEN_UNSURE:
            self._ask(name)
        if "start" in self.changes:
            start, end = self.changes.pop("start"), self.changes.pop("end", None)
            self.changes.pop("state", None)
            if not _DAY_WORDS_ONLY.search(self.text):
                self.ambiguous["start"] = (f"{start}/{end}" if end else f"{start}",)

    def _ask(self, name: str) -> None:
        if self.changes.get(name) is not None:
            self.ambiguous[name] = (self.changes.pop(name),)

    # ---- which pairing, which kind, held or not

    def _take_pairing(self) -> None:
        left = _names_apart(self.left)
        partners = [one for one in self.lexicon.mentions(left) if one.kind == "partner"]
        denied = [one for one in partners if _DENIED.search(left[: one.first_char])]
        words = hide(left, ((one.first_char, one.last_char) for one in denied))
        pairing = self.lexicon.read_pairing(words, self.home)
        if pairing.settled and self._replaces(pairing.matches[0].pairing_id):
            self.changes["pairing_id"] = pairing.matches[0].pairing_id
        elif pairing.matches:
            self.ambiguous["pairing_id"] = pairing.ids
        elif denied or _WRONG_PAIRING.search(self.left):
            mine = self.current.pairing_id
            self.ambiguous["pairing_id"] = tuple(
                pairing_id for one in denied for pairing_id in one.targets if mine not in one.targets
            )
        self._hide((one.first_char, one.last_char) for one in (*partners, *pairing.mentions))

    def _replaces(self, pairing_id: str) -> bool:
        """Whether a pairing is the card's, not one that took part as well: "มีผู้แทนจากฮอกไกโดมาด้วย"."""
        mine = self.current.pairing_id in {None, pairing_id}
        return mine or _CORRECTS.search(self.text) is not None or not _TOOK_PART.search(self.left)

    def _take_state(self) -> None:
        for state, pattern in _STATES:
            found = pattern.search(self.left)
            if found is None:
                continue
            self._hide([(found.start(), found.end() - 1)])
            start = self.changes.get("start", self.current.start)
            if state == "held" and start is not None and start > self.today:
                # What took place cannot lie ahead: the day is wrong, perhaps only its year.
                self.ambiguous["start"] = tuple(str(day) for day in (start, _a_year_before(start)) if day)
                for name in ("start", "end", "state"):
                    self.changes.pop(name, None)
            else:
                self.changes["state"] = state
            return

    def _take_type(self) -> None:
        denied = [
            (found.start("words"), found.end("words") - 1) for found in _DENIED_WORDS.finditer(self.left)
        ]
        words = hide(self.left, denied)
        reading = self.lexicon.read_type(words)
        self.typed = bool(reading.codes)
        if reading.codes and not self._names_a_type(words):
            return
        if reading.settled:
            self.changes["type"] = reading.code
        elif reading.codes:
            self.ambiguous["type"] = reading.codes
        elif _WRONG_TYPE.search(self.left) or self._denies_the_type(denied):
            self.ambiguous["type"] = ()

    def _names_a_type(self, words: str) -> bool:
        """Whether the type is what is said, and not a word of something else: "เลื่อนประชุมเป็นพรุ่งนี้"."""
        if not _AMENDS.search(self.text) and _NAMES_THE_TYPE.search(self.text):
            return True
        for word in self.lexicon.types.words:
            words = words.lower().replace(word, " ")
        return not _GLUE.sub("", words)

    def _denies_the_type(self, denied: list[tuple[int, int]]) -> bool:
        said = " ".join(self.left[first : last + 1] for first, last in denied)
        return self.current.type is not None and self.current.type in self.lexicon.read_type(said).codes

    def _take_what_follows(self) -> None:
        """A meeting that was online was so for a partner who took part."""
        if self.changes.get("type") == "online_meeting":
            self.changes["direction"] = "online"
            if self.current.partner_joined == "yes":
                self.changes.setdefault("partner_joined", "online")


def _names_apart(text: str) -> str:
    """Blanks for the words that touch names here: a misspelled one is only known when it stands alone."""
    return _TOUCHING_NAMES.sub(lambda found: " " * len(found[0]), text)


def _a_year_before(day: date) -> date | None:
    try:
        return day.replace(year=day.year - 1)
    except ValueError:
        return None
