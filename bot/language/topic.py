"""What an activity was about: the words after เรื่อง, a quoted name, a project's name."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.language.text import HIDDEN


@dataclass(frozen=True)
class Topic:
    words: str
    first_char: int
    last_char: int
    marked: bool  # after เรื่อง and its like: its words say what was discussed, not what was done
    quoted: bool = False


_MARKER = re.compile(
    r"(?:(?:ใน)?(?:เรื่อง|หัวข้อ|ประเด็น)(?:การประชุม)?|เกี่ยวกับ|ว่าด้วย|(?<!ฝ่าย)(?<!ทุก)(?<!หลาย)ด้าน|\b(?:about|topic|re):?(?=\s))"
    r"\s*[:：\-]?\s*(?P<words>[^\n\x00;|]*)",
    re.IGNORECASE,
)
_QUOTED = re.compile('["“«](?P<words>[^"”»\\n]{3,200})["”»]')
_PROJECT = re.compile(r"(?P<words>(?:โครงการ|งานสัปดาห์|มหกรรม)(?!แลกเปลี่ยน\s*$)[^\n\x00;|]{3,})")
# A new thought begins at one of these words when a blank stands before it.
_NEW_THOUGHT = re.compile(
    r"\s(?:กับ|ร่วมกับ|ที่|ณ|งบ|ใช้งบ|ใช้เงิน|ค่าใช้จ่าย|เมื่อ|วันที่|จำนวน|ผู้เข้าร่วม|ผู้ร่วม|โดย|มีผู้|มีคณะ|เข้าร่วม|คณะ|จนท|เวลา|รวม|ระหว่าง|ประมาณ|with\b|at\b|on\b|budget\b).*$",
    re.IGNORECASE | re.DOTALL,
)
# The sentence itself that follows its topic: "เรื่องเที่ยวบินตรง ประชุมกับ…".
_SENTENCE = re.compile(
    r"\s(?:จัด|มี)?(?:การ)?(?:ประชุม|หารือ|พบปะ|พบ|เยือน|ลงนาม|ต้อนรับ|รับคณะ|รับ|ไปเยือน|ไป|มา|เดินทาง|คุย|สัมมนา|อบรม|ซูม|zoom|meeting|met)(?:ออนไลน์|หารือ|ร่วม|กับ|คณะ|ไป|มา|\s|with)*$",
    re.IGNORECASE,
)
_TRAILING = re.compile(
    r"(?:\s|[,.()\[\]:;/\-–·]|ร่วมกับ|กับ|ที่|ณ|จำนวน|ใช้งบประมาณ|งบประมาณ|ใช้งบ|งบ|ใช้เงิน|ค่าใช้จ่าย|วงเงิน|เมื่อวันที่|เมื่อ|วันที่|ในวันที่|ประมาณ|โดยมี|โดย|มีผู้เข้าร่วม|ที่จัดขึ้น|ที่จัด"
    r"|ผู้เข้าร่วม|ผู้ร่วม|เข้าร่วม|ของ|จาก|ใน|และ|ระหว่าง|รวม|คณะ|จนท|มี|เวลา|จังหวัด|มณฑล|เมือง|นคร|with|at|on|from|of|the|and)+$",
    re.IGNORECASE,
)
_NO_TOPIC = ("โครงการ", "งานสัปดาห์", "มหกรรม")
_SYMBOL = re.compile("[\u2190-\u2bff\u3000-\u303f\U0001f000-\U0001faff]+")
_LETTERS = re.compile(r"[^\W\d_].*[^\W\d_]", re.DOTALL)


_APART = re.compile(
    r"(?:^|[^ก-๙A-Za-z\-]|ร่วมกับ|กับ|ที่|ณ|ของ|จาก|ใน|และ|ให้|แก่|ต่อ|ถึง|คณะ|ฝ่าย|ผู้ว่าฯ?|ผู้ว่าราชการ|นายก|เรื่อง|หัวข้อ|ประเด็น|โดย|ระหว่าง|เพื่อ|ด้าน|\bwith|\bat|\bin|\bof|\bfrom|\band)"
    r"(?:จังหวัด|จ\.|เมือง|นคร|มหานคร|กรุง|มณฑล|แขวง|รัฐ|ประเทศ|\s)*$",
    re.IGNORECASE,
)


def is_glued(text: str, position: int) -> bool:
    """Whether a name that begins at `position` goes on a word before it: "เที่ยวบินตรงเซี่ยงไฮ้", "ไทย-จีน"."""
    return _APART.search(text[max(0, position - 40) : position]) is None


def read_topic(text: str) -> Topic | None:
    """The topic in a cleaned text in which dates, money, people and names of places are hidden."""
    for pattern, marked in ((_QUOTED, False), (_MARKER, True), (_PROJECT, False)):
        for found in pattern.finditer(text):
            words = found["words"].strip() if pattern is _QUOTED else _tidy(found["words"])
            if words and words not in _NO_TOPIC:
                first = text.find(words, found.start("words"))
                if first < 0:  # signs inside it were dropped
                    return Topic(words, found.start("words"), found.end("words") - 1, marked)
                return Topic(words, first, first + len(words) - 1, marked, pattern is _QUOTED)
    return None


def _tidy(words: str) -> str:
    words = _NEW_THOUGHT.sub("", _SYMBOL.sub(" ", words.replace(HIDDEN, " ")))
    words = _TRAILING.sub("", re.sub(r"\s+", " ", words).strip())
    words = _SENTENCE.sub("", words).strip(" \"“”'.,:;-()")
    return words if _LETTERS.search(words) else ""
