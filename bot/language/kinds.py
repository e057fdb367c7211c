"""
Which activity type a sentence speaks of.

The words of each type come from the registry. The rules between them are those of its notes: a signing wins
over an online meeting, that one over a meeting; ลงนามถวายพระพร is a ceremony; an anniversary wins over a
visit; what is only the topic of a meeting (เรื่องท่องเที่ยว) is not what was done. Two equally strong types
are both returned.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.language.slips import SlippedWords
from bot.language.text import DEPENDENT, HIDDEN, beside, clean, just_before
from bot.language.topic import Topic, read_topic


@dataclass(frozen=True)
class TypeWords:
    """An activity type and the words that officers use for it."""

    code: str
    label_th: str
    label_en: str
    counts: str  # yes · ask · no
    synonyms: tuple[str, ...]


@dataclass(frozen=True)
class TypeReading:
    """The codes a sentence can mean, likeliest first; `settled` when there is one and nothing speaks against."""

    codes: tuple[str, ...]
    settled: bool
    assumed: bool = False  # from a word that only hints at the type, or holds a slip of the finger
    intended: str | None = None  # what was only prepared: the type of a plan, not of what is over

    @property
    def code(self) -> str | None:
        return self.codes[0] if self.settled else None


# Words that officers use beside those of the registry.
_MORE_WORDS: dict[str, tuple[str, ...]] = {
    "official_visit": (
        "เยี่ยมเยือน",
        "มาเยี่ยม",
        "ไปเยี่ยม",
        "มาเยือน",
        "นำคณะ",
        "พบปะ",
        "เดินทางไปพบ",
        "ไปพบ",
        "มาพบ",
        "พบผู้ว่า",
        "รับรองคณะ",
        "visited",
    ),
    "study_visit": ("ดูกิจการ", "ศึกษาเรียนรู้งาน"),
    "student_exchange": ("แลกเปลี่ยนนร", "แลกเปลี่ยนนักศึกษา", "ค่ายภาษา", "student exchange", "youth exchange"),
    "meeting": ("พูดคุย", "เจรจา", "ประชุมหารือ", "คุยเรื่อง", "คุยกับ", "คุย", "met with", "met", "talks"),
    "online_meeting": (
        "ผ่านระบบทางไกล",
        "ระบบทางไกล",
        "ทางไกล",
        "ประชุม vc",
        "google meet",
        "line call",
        "ไลน์คอล",
        "skype",
        "วีดีโอคอล",
        "วีดิโอคอล",
        "ผ่านจอภาพ",
        "video conference",
        "vdo conference",
        "คอนเฟอเรนซ์",
        "ประชุมออนไลน์",
        "online",
    ),
    "signing": ("ลงนามความร่วมมือ", "ลงนามข้อตกลง", "เซ็น", "signed", "signing"),
    "trade_fair": ("แสดงสินค้า", "มหกรรม", "งานแฟร์", "จับคู่ทางธุรกิจ"),
    "cultural_show": ("ยี่เป็ง", "แสดงทางวัฒนธรรม", "แสดงดนตรี", "วัฒนธรรม"),
    "sport": (
        "แข่งขันกีฬา",
        "กีฬา",
        "บาสเกตบอล",
        "แข่งบาส",
        "ตะกร้อ",
        "ว่ายน้ำ",
        "ฟุตซอล",
        "แบดมินตัน",
        "วอลเลย์บอล",
        "run",
    ),
    "training": ("สอนทำอาหาร", "ถ่ายทอดความรู้", "ฝึกงาน"),
    "aid": ("มอบสิ่งของ", "ช่วยเหลือ", "มอบหน้ากาก", "donated"),
    "religious": ("บุญบั้งไฟ",),
    "greeting": ("อวยพร", "แสดงความยินดี"),
    "courtesy_call": ("ทูต", "กสญ."),
    "ceremony": ("ลงนามถวาย", "ถวายพระ"),
}

# These only hint: they are what an activity is about as often as what it is.
_HINTS = frozenset(
    {
        *(
            "ท่องเที่ยว",
            "tourism",
            "ศิลปวัฒนธรรม",
            "วัฒนธรรม",
            "culture",
            "otop",
            "odop",
            "โอทอป",
            "ค้าขาย",
            "กีฬา",
            "sport",
            "aid",
            "technical",
        ),
        *(
            "วัคซีน",
            "ข้าวสาร",
            "เวชภัณฑ์",
            "หน้ากากอนามัย",
            "ทุนการศึกษา",
            "อาสาสมัคร",
            "jica",
            "ไจก้า",
            "ครูจีน",
            "พระธาตุ",
            "ทัวร์",
            "เทศกาล",
        ),
        *(
            "สงกรานต์",
            "ลอยกระทง",
            "ยี่เป็ง",
            "ตรุษจีน",
            "นิทรรศการ",
            "ของขวัญปีใหม่",
            "มหกรรม",
            "การแสดง",
            "ฉลอง",
            "festival",
            "กงสุล",
            "ทูต",
            "กสญ.",
            "ช่วยเหลือ",
            "นำคณะ",
            "run",
        ),
        *(
            "เที่ยวบินตรง",
            "เปิดเส้นทาง",
            "เปิดตลาด",
            "ยุวทูต",
            "โฮมสเตย์",
            "คุย",
            "เวที",
            "พิธีเปิด",
            "ค่ายเยาวชน",
            "แสดงความยินดี",
            "อวยพร",
            "อำลา",
        ),
    }
)
# These hint at a signing but are named in meetings, visits and plans as well: alone they have to be asked.
_WEAK = frozenset(
    {
        "mou",
        "loi",
        "moa",
        "เอ็มโอยู",
        "บันทึกความเข้าใจ",
        "บันทึกข้อตกลง",
        "หนังสือแสดงเจตจำนง",
        "สถาปนา",
        "แผนความร่วมมือ",
    }
)

_NOT_AFTER: dict[str, tuple[str, ...]] = {
    "ประชุม": ("ห้อง", "ศูนย์", "หอ", "ที่"),
    "ออนไลน์": ("สื่อ", "ขาย", "ข่าว", "ร้านค้า", "ตลาด"),
    "คุย": ("พูด",),
}
_NOT_BEFORE: dict[str, tuple[str, ...]] = {
    "มอบของ": ("ที่ระลึก", "ขวัญ"),
    "ต้อนรับ": ("เที่ยวบิน", "นักท่องเที่ยว", "ปีใหม่", "เทศกาล"),
    "พบปะ": ("หารือ", "พูดคุย", "ประชุม"),
    "ทัวร์": ("นาเมนต์",),
    "เซ็น": ("เตอร์", "ทรัล", "ต์"),
    "วิ่ง": ("เต้น",),
    "ลงนาม": ("ถวาย",),
    "ถก": ("เถียง",),
    "มวย": ("ผม",),
    "กงสุล": ("กิตติมศักดิ์",),
}
# "แม่ฮ่องสอนเยี่ยมลอยก่อ", where the partner's name is hidden.
_CALLED_ON = re.compile(rf"(?<!ตรวจ)เยี่ยม(?:เมือง|นคร|จังหวัด|แขวง|มณฑล|รัฐ|\s)*{HIDDEN}|พบคณะ")
# A slip in ถวาย does not make a signing of it.
_WISHES = re.compile(r"ลงนาม\s?ถ?[ก-๙]{0,6}ระพร")
_ANNIVERSARY = re.compile(
    r"ครบ(?:รอบ)?\s*(?:ปีที่\s*)?\d{1,4}\s*ปี|(?<!\d)\d{1,3}(?:st|nd|rd|th)\s+anniversary", re.IGNORECASE
)
_STUDENTS = re.compile(r"นักเรียน|นร\.?(?![ก-๙])|นักศึกษา|เยาวชน|เด็ก|student|youth", re.IGNORECASE)
_EXCHANGED = re.compile(r"แลกเปลี่ยน(?!เรียนรู้|ความรู้|ความคิด|ประสบการณ์|ข้อคิดเห็น|ข้อมูล|สินค้า|ของ)")
_SCHOOL_TRIP = ("ทัศนศึกษา", "study trip", "study tour")
_PREPARING = re.compile(r"(?:เตรียม|ความพร้อม|วางแผน|ติดตาม)[ก-๙a-z\s]{0,25}$", re.IGNORECASE)
_NOT_YET_SIGNED = re.compile(
    r"(?:เตรียม|ร่าง|พิจารณา|ยังไม่(?:ได้|มี)?|หารือ|(?<=ประชุม)เพื่อ|(?<=หารือ)เพื่อ|ก่อน|ความพร้อม|ทบทวน|draft)(?:การ|จัด|พิธี|เรื่อง|ใน|\s)*$",
    re.IGNORECASE,
)
_TO_SIGN = re.compile(r"เพื่อ(?:ร่วม|เข้าร่วม|พิธี|การ|\s)*(?:ลงนาม|เซ็น|ต่ออายุ)")
_TALKS = frozenset({"meeting", "online_meeting", "border_meeting"})
_MODES = frozenset({"ออนไลน์", "ซูม", "zoom", "teams", "webex"})
_ASKED_WITH_WEAK = ("signing", "meeting")


@dataclass(frozen=True)
class _Cue:
    code: str
    word: str
    first: int
    hint: bool


class TypeReader:
    """Finds types by their words; built once."""

    def __init__(self, types: Sequence[TypeWords]) -> None:
        self.types = tuple(types)
        self._codes: dict[str, str] = {}
        for kind in types:
            more = _MORE_WORDS.get(kind.code, ())
            for word in (kind.label_th, *kind.label_th.split("/"), kind.label_en, *kind.synonyms, *more):
                self._codes.setdefault(clean(word).lower(), kind.code)
        self.words = tuple(sorted(self._codes, key=len, reverse=True))
        self._word_of = {_without_blanks(word): word for word in reversed(self.words)}
        self._pattern = re.compile("|".join(_word_pattern(word) for word in self.words), re.IGNORECASE)
        self._known = frozenset(kind.code for kind in types)
        self._slips = SlippedWords(word for word in self.words if word not in _WEAK)

    def read(self, text: str) -> TypeReading:
        """The type that a cleaned text speaks of; names of places should be hidden in it."""
        topic = read_topic(text)
        cues = self._cues(text)
        if not cues:
            return self._unclear(text)
        cues = [cue for cue in cues if cue.code != "other"] or cues
        done = [cue for cue in cues if not _in_topic(topic, cue)]
        if not done:
            codes = tuple(dict.fromkeys(cue.code for cue in cues))
            return TypeReading(codes, settled=False)
        sure = [cue for cue in done if not cue.hint and cue.word not in _WEAK]
        if not sure:
            return self._from_hints(done)
        codes = _decide(text, sure, [cue for cue in done if cue.hint])
        return TypeReading(codes, settled=len(codes) == 1)

    def _unclear(self, text: str) -> TypeReading:
        """Without a cue: a signing that is prepared, or a word with a slip in it."""
        if any(_not_yet(text, cue) for cue in self._written(text)):
            return TypeReading(_ASKED_WITH_WEAK, settled=False, intended="signing")
        found = self._slips.find(text)
        codes = tuple(dict.fromkeys(self._codes[one.word] for one in found))
        settled = len(codes) == 1 and not any(one.doubtful or one.word in _HINTS for one in found)
        return TypeReading(codes, settled, assumed=settled)

    def _from_hints(self, cues: list[_Cue]) -> TypeReading:
        codes = tuple(dict.fromkeys(cue.code for cue in cues))
        if any(cue.word in _WEAK for cue in cues):
            asked = (*_ASKED_WITH_WEAK, *codes)
            return TypeReading(
                tuple(code for code in dict.fromkeys(asked) if code in self._known), settled=False
            )
        return TypeReading(codes, settled=len(codes) == 1, assumed=True)

    def _cues(self, text: str) -> list[_Cue]:
        found = self._written(text)
        if _WISHES.search(text) and "ceremony" in self._known:
            return [_Cue("ceremony", "ถวายพระพร", 0, hint=False)]
        known = "anniversary" in self._known
        found += [
            _Cue("anniversary", "ครบรอบ", match.start(), hint=False)
            for match in _ANNIVERSARY.finditer(text)
            if known
        ]
        if not found and "official_visit" in self._known and (called := _CALLED_ON.search(text)):
            found.append(_Cue("official_visit", "เยี่ยม", called.start(), hint=False))
        return sorted(
            _of_students(text, [cue for cue in found if not _not_yet(text, cue)]), key=lambda cue: cue.first
        )

    def _written(self, text: str) -> list[_Cue]:
        """The words of the types as they stand in the text."""
        found = []
        for match in self._pattern.finditer(text):
            word = self._word_of[_without_blanks(match[0].lower())]
            before, after = beside(text, match.start(), match.end() - 1)
            if before.endswith(_NOT_AFTER.get(word, ()) or ("\x01",)) or after.startswith(
                _NOT_BEFORE.get(word, ()) or ("\x01",)
            ):
                continue
            found.append(_Cue(self._codes[word], word, match.start(), word in _HINTS))
        return found


def _without_blanks(word: str) -> str:
    """A word may be found with its blanks left out, or with a line's end in their place."""
    return re.sub(r"\s", "", word)


def _word_pattern(word: str) -> str:
    escaped = re.escape(word).replace(r"\ ", r"\s?")
    if word.isascii():
        return rf"(?<![a-z]){escaped}(?![a-z])"
    return rf"{escaped}(?![{DEPENDENT}])"


def _in_topic(topic: Topic | None, cue: _Cue) -> bool:
    return topic is not None and topic.marked and topic.first_char <= cue.first <= topic.last_char


def _not_yet(text: str, cue: _Cue) -> bool:
    """ "ประชุมพิจารณาร่าง MOU", "เตรียมลงนาม": nothing is signed there."""
    return cue.code == "signing" and just_before(_NOT_YET_SIGNED, text, cue.first) is not None


def _of_students(text: str, cues: list[_Cue]) -> list[_Cue]:
    """A school trip is a student exchange when students make it, and so is what they are exchanged in."""
    if not _STUDENTS.search(text):
        return cues
    exchanged = _EXCHANGED.search(text)
    if exchanged and not cues:
        return [_Cue("student_exchange", "แลกเปลี่ยน", exchanged.start(), hint=False)]
    return [
        _Cue("student_exchange", cue.word, cue.first, cue.hint) if cue.word in _SCHOOL_TRIP else cue
        for cue in cues
    ]


def _decide(text: str, cues: list[_Cue], hints: list[_Cue]) -> tuple[str, ...]:
    codes = list(dict.fromkeys(cue.code for cue in cues))
    first = {code: next(cue.first for cue in cues if cue.code == code) for code in codes}
    if any("ถวาย" in cue.word for cue in cues):
        return ("ceremony",)
    codes = _without_mode(codes, cues)
    if "signing" in codes:
        # "เยือนเฉิงตูเพื่อลงนาม" tells why they went, and leaves open whether it was signed.
        also = "anniversary" if "anniversary" in codes else "official_visit"
        open_ = also in codes and (also == "anniversary" or _TO_SIGN.search(text))
        return ("signing", also) if open_ else ("signing",)
    if codes == ["ceremony"] and any(cue.code == "greeting" for cue in hints):
        return ("greeting", "ceremony")
    talks = [code for code in codes if code in _TALKS]
    if len(talks) > 1:
        talks = [next(code for code in ("border_meeting", "online_meeting") if code in talks)]
        codes = [code for code in codes if code not in _TALKS or code in talks]
    if talks and _prepares(text, cues, hints):
        return tuple(talks)
    if "anniversary" in codes and not talks:
        return ("anniversary",)
    if "courtesy_call" in codes or any(cue.code == "courtesy_call" for cue in hints):
        codes = [
            "courtesy_call",
            *(code for code in codes if code not in {"courtesy_call", "official_visit"}),
        ]
    special = [code for code in codes if code not in _TALKS and code != "official_visit"]
    if not special:
        return _visit_or_talks(codes, talks, first)
    return tuple(dict.fromkeys((*special, *talks)))


def _without_mode(codes: list[str], cues: list[_Cue]) -> list[str]:
    """In "อบรมออนไลน์" the word says how it was held, and no meeting."""
    modes = {cue.word for cue in cues if cue.code == "online_meeting"}
    others = {code for code in codes if code != "online_meeting"}
    if modes <= _MODES and others and not others & (_TALKS | {"official_visit", "courtesy_call"}):
        return [code for code in codes if code != "online_meeting"]
    return codes


def _prepares(text: str, cues: list[_Cue], hints: list[_Cue]) -> bool:
    """ "ประชุมเตรียมงานครบรอบ 11 ปี" is a meeting, whatever it prepares."""
    later = [cue for cue in (*cues, *hints) if cue.code not in _TALKS]
    return bool(later) and all(just_before(_PREPARING, text, cue.first) for cue in later)


def _visit_or_talks(codes: list[str], talks: list[str], first: dict[str, int]) -> tuple[str, ...]:
    """A visit that begins the sentence may hold talks; talks that begin it may be more than a visit."""
    if not talks or "official_visit" not in codes:
        return tuple(codes)
    if first["official_visit"] < first.get(talks[0], 0) and talks[0] == "meeting":
        return ("official_visit",)
    return (*talks, "official_visit")
