"""Where an activity took place: the words after ที่, ณ, สถานที่, at; a venue that stands alone."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.language.text import just_before
from bot.language.topic import Topic


@dataclass(frozen=True)
class Place:
    """
    A place as typed, without the word that leads to it; positions are those of the cleaned text, both included.
    """

    words: str
    first_char: int
    last_char: int


LONGEST_PLACE = 120
"""A longer stretch of words is a sentence and no place."""

_FORMS = r"จังหวัด|จ\.|จว\.|อำเภอ|อ\.|ตำบล|ต\.|เมือง|นคร|มหานคร|กรุง|มณฑล|แขวง|รัฐ|ประเทศ|เขต|เทศบาล|เกาะ"
# What can only be a place wherever ที่ or ณ stands before it.
_VENUES = (
    rf"{_FORMS}|ศาลากลาง|ศาลาว่าการ|ศาลา|โรงแรม|รร\.|โรงเรียน|ร\.ร\.|โรงละคร|โรงงาน|โรงพยาบาล|รพ\.|มหาวิทยาลัย|วิทยาลัย|สถาบัน|คณะวิทย"
    r"|ห้อง|หอ|โถง|ศูนย์|อาคาร|ตึก|สำนัก|สนง\.?|ที่ว่าการ|ที่ทำการ|ที่พัก|ที่บ้าน|สนาม|วัด|ตลาด|สวน|ลาน|ด่าน|สะพาน|ท่าเรือ|ท่าอากาศยาน|ท่าแพ|สถานี"
    r"|สถานทูต|สถานเอกอัครราชทูต|สถานกงสุล|จวน|ทำเนียบ|พิพิธภัณฑ์|หมู่บ้าน|บ้าน|ชุมชน|ห้าง|ร้าน|คุ้ม|อุทยาน|เวที|กระทรวง|กรม|อบจ\.?|อบต\.?|ทน\.|ทม\."
    r"|สภา|ค่าย|ริม|หน้า(?!ที่)|ชั้น|บริเวณ|พระธาตุ|ดอย|แม่น้ำ|หาด|อ่าว|ไนท์|เซ็นทรัล|สวนสัตว์|ภัตตาคาร|รีสอร์ท|ไร่|ฟาร์ม|นิคม|สหกรณ์|มูลนิธิ|สมาคม|หอการค้า"
    r"|หลักสี่|ชายแดน|บูธ"
)
_VENUE = re.compile(_VENUES)
_FORM = re.compile(rf"(?:{_FORMS}|นครหลวง)+\s*")
_LATIN_VENUE = re.compile(
    r"\b(?:hotels?|halls?|rooms?|centres?|centers?|city\s+hall|provincial\s+hall|university|school|resort|airport|stadium|museum|office|embassy|consulate)\b",
    re.IGNORECASE,
)

# In these words ที่ leads to no place: วันที่, เจ้าหน้าที่, พื้นที่, คณะที่มา, ตามที่, ทันที่.
_OTHER_WORD_BEFORE = re.compile(
    r"(?:วัน|ครั้ง|ปี|หน้า|พื้น|สถาน|ผู้|คน|ตาม|เพื่อ|ทัน|เต็ม|อัน|ลำดับ|ชุด|รุ่น|ฉบับ|เลข|คำสั่ง|หนังสือ|วาระ|สมัย|รอบ|ระยะ|หน่วย|เดือน|สัปดาห์|อาทิตย์"
    r"|จันทร์|อังคาร|พุธ|พฤหัส|พฤหัสบดี|ศุกร์|เสาร์|ช่วง|ขณะ|ทาง|เรื่อง|สิ่ง|อย่าง|กรณี|หมู่|บ้านเลข)$"
)
_NEVER_A_PLACE_AFTER = re.compile(r"(?:หน้า|พื้น|สถาน|ผู้|คน|ตาม|อัน|ทาง|เรื่อง|สิ่ง|อย่าง|กรณี)$")
# After ที่ these begin a clause that describes, not a place.
_CLAUSE = re.compile(
    r"(?:งาน|จะ|ได้|มี|เป็น|จัด|มา(?!เก๊า|เลเซีย|ริษา)|ไป|เกี่ยว|ผ่าน|แล้ว|ต้อง|เดินทาง|เข้า|ร่วม|ส่ง|ทำ(?!เนียบ)|ให้|ใช้|อยู่|ยัง|เคย|ดี|สำคัญ|ตั้ง|นำ|ประชุม|ปรึกษา"
    r"|สุด|ว่า(?!การ)|เหลือ|กำหนด|วางแผน|ลงนาม|ระลึ|ดิน|นั่ง|นี่|นั่น|นั้น|นี้|ใด|ไหน|ผ่านมา|น่า|ยั่งยืน|เหมาะ|เขา|เรา|คณะ|ผู้|ค้าง|ทาง|เกิด|รับ|ขอ|พบ|ถูก|มอบ|เสนอ"
    r"|สนใจ|พัฒนา|ตกลง|ควร|สาม(?!พราน)|สอง(?!แคว)|หนึ่ง|สี่|ห้า|หก|เจ็ด|แปด|เก้า|สิบ(?!สองปันนา|สองพันนา))"
)
_TIME_OR_PERSON = re.compile(
    r"(?:วัน(?=$|\s|\x00|ที่|นี้|จันทร์|อังคาร|พุธ|พฤหัส|ศุกร์|เสาร์|อาทิตย์|พรุ่งนี้|มะรืน|เดียว|หยุด|ชาติ|เกิด|แรก|สุดท้าย|ก่อน|หลัง)|เวลา|บัดนี้|ขณะ|สิ้น|ช่วง|ปี|เดือน|โอกาส|ท่าน|นาย|นาง|ผู้ว่า(?:ฯ|ราชการ)?(?!การ)|ผวจ|รองผู้ว่า|คุณ|เมื่อ)|\d{1,2}(?:[.:]\d{2})?\s*(?:น\.|โมง|ทุ่ม)"
)
# "กงสุลใหญ่ ณ นครเฉิงตู" is a title.
_TITLE_BEFORE = re.compile(r"(?:กงสุลใหญ่|กงสุล|ทูต|เอกอัครราชทูต)(?:ไทย|จีน|ญี่ปุ่น)?\s*$")
_SURNAME_BEFORE = re.compile(r"(?:นาย|นาง|นางสาว|น\.ส\.|คุณ|ดร\.|ม\.ล\.|ม\.ร\.ว\.)\s*[ก-๙]+\s*$")

_LEAD = re.compile(
    r"(?P<form>สถานที่(?:จัด(?:งาน|ประชุม|กิจกรรม)?)?\s*[:=]\s*|สถานที่(?:จัด(?:งาน|ประชุม|กิจกรรม)?)?\s*(?=(?:"
    + _VENUES
    + r"))"
    r"|(?<![ก-๙])(?:venue|place|location)\s*[:=]\s*|[📍🏢🏛🏨🗺]\s*(?:สถานที่\s*[:=]?\s*)?(?:(?:ณ|ที่)\s*)?)"
    r"|(?P<na>(?<![ก-๙])ณ\s+(?=\S)|(?<=[ก-๙])ณ\s+(?=\S)|(?<![ก-๙])ณ(?=[ก-ฮเแโใไA-Za-z])|(?<!ค)(?<!คุ)(?<!มา)(?<!เว)(?<!รา)(?<!รร)ณ(?!เขต)(?=(?:"
    + _VENUES
    + r")))"
    r"|(?P<thi>(?<![เแโใไ])ที่\s*(?=[ก-๙A-Za-z\"“«]))"
    r"|(?P<at>(?<![a-z])(?:at|in|venue)\s+(?:the\s+)?(?=[A-Za-zก-๙])|(?<!\w)@\s*(?=[A-Za-zก-๙]))",
    re.IGNORECASE,
)
_BARE = re.compile(
    r"(?:^|[\s\x00,(])(?=(?:ณ\s*)?(?:ห้องประชุม|โรงแรม|รร\.|ศาลากลาง|ศาลาว่าการ|หอประชุม|ศูนย์ประชุม|อาคาร|มหาวิทยาลัย|ศูนย์แสดงสินค้า|สนามกีฬา|ที่ว่าการ|ห้องรับรอง|จวนผู้ว่า))"
)

_NEW_THOUGHT = (
    r"กับ|ร่วมกับ|งบ|ใช้|เมื่อ|วัน(?!ทน)|จำนวน|ผู้|โดย|มี|เข้าร่วม|คณะ(?!วิทย|แพทย|มนุษย|สังคม|บริหาร|วิศว|เกษตร|รัฐศาสตร|อักษร|ศิลป|นิติ)|จนท|เจ้าหน้าที่|เวลา"
    r"|รวม(?!พล)|ระหว่าง|ประมาณ|เรื่อง|หัวข้อ|ประเด็น|เกี่ยวกับ|ด้าน(?!หน้า|หลัง)|เพื่อ|และ|พร้อม|นำ|ได้|จะ|แล้ว|ไป|มา(?!ลิน|เก๊า)|ตั้งแต่|ประธาน|ผวจ|รอง(?!เมือง)|นาย|นาง(?!รอง)"
    r"|ท่าน|คน|เจรจา|ประชุม|หารือ|ลงนาม|เยือน|ต้อนรับ|รับ|ศึกษา|ดูงาน|อบรม|แลกเปลี่ยน|สัมมนา|พบ|มอบ|บริจาค|ส่ง|ร่วม|ครบ|ฉลอง|แข่ง|เปิด|ปิด|ออกบูธ|แสดง|ทาง(?!หลวง)"
    r"|ผ่าน|ออนไลน์|ซูม|zoom|ทั้ง|อีก|ค่า|ฝ่าย|เป็น|ใน(?!เมือง)|สรุป|ผล|นักเรียน|เยาวชน|ช่วง|ตาม|ที่(?!ว่าการ|ทำการ|พัก)|ณ\s|ไม่|ยกเลิก|เลื่อน|หรือ"
    r"|(?:with|about|budget|on|at|for|and|to|from|by|from|during|participants?|we|was|were|is)\b"
)
_BLANK_STOP = re.compile(rf"\s+(?:{_NEW_THOUGHT}).*$", re.IGNORECASE | re.DOTALL)
_GLUED_STOP = re.compile(
    r"(?<=[ก-๙\d.)])(?:(?<!กำ)(?<!ระดั)กับ|ร่วมกับ|เรื่อง|หัวข้อ|วันที่|เมื่อ(?!ง)|เวลา|งบประมาณ|งบ|จำนวน|โดย(?!สาร)|เพื่อ|เกี่ยวกับ|มีผู้|ผู้เข้าร่วม|ระหว่าง(?!ประเทศ)"
    r"|แล้ว|และ|พร้อม|ต้อนรับ|คนร่วม|คนเข้า|มีคน|(?<!ห้อง)(?<!หอ)(?<!ศูนย์)(?<!อาคาร)(?<!โถง)(?<!การ)(?<!ที่)ประชุม|หารือ|ลงนาม|เยือน|(?<!ศึกษา)ดูงาน|เจรจา|รับคณะ|จัดโดย|คณะผู้|เมื่อวาน"
    r"|ที่(?=\x00)|ด้าน(?!หน้า|หลัง|ข้าง)|ผ่านระบบ|ใช้งบ|เข้าร่วม).*$",
    re.DOTALL,
)
_TAIL = re.compile(
    r"(?:[\s,;:\-(/]|(?<![ก-ฮ])\.|(?<!หน้า)ที่|ณ|เมื่อ|จำนวน|งบประมาณ|เวลา|(?<=\s)(?:วัน|ใน|และ|กับ|โดย|มี|งบ|รวม|คณะ|the|and|on|with|of))+$",
    re.IGNORECASE,
)
_BODY = re.compile('[^\n\x00;|"”»,\u2190-\u2bff\U0001f000-\U0001faff]*')
# A place that is only a name ends with the name, unless what lies around it is named too.
_AROUND = re.compile(
    r"[\s,(]*(?:มณฑล|รัฐ|ประเทศ|จังหวัด|จ\.|แขวง|เขต|สาธารณรัฐ|อำเภอ|อ\.)[ก-๙]+\)?"
    r"|[\s,(]*(?:สปป\.?\s?ลาว|จีน|ญี่ปุ่น|ลาว|เวียดนาม|เกาหลีใต้|เกาหลี|เมียนมา|กัมพูชา|มาเลเซีย|อินเดีย|อินโดนีเซีย|รัสเซีย|สหรัฐ[ก-๙]*|ฝรั่งเศส)(?![ก-๙])\)?"
    r"|\s*,\s*[A-Z][a-z]+"
)
_LONGER_NAME = re.compile(
    r"(?:แกรนด์|ฮอลล์|แลนด์|ไนท์|ฮิลล์|หิลล์|พลาซ|เซ็นเตอร์|ออร์คิด|ภูคำ|พาเลซ|ปาร์ค|รีสอร์ท|เพลส|เพลซ|ราม|ทาวน์|วิว|ซิตี้|คอนเวน|แมนชั่น|แอร์พอร์ต|โฮเทล|อินน์)[ก-๙]*"
)
_CLAUSE_AFTER_NAME = re.compile(r"\s?(?:ส่ง|เสนอ|ขอ|มอบ|เชิญ|ต้องการ|นำ|เป็น|ได้|จะ|เคย)")
_FILE_NUMBER = re.compile(r"[ก-ฮ]{1,4}\.?\s?[\d.]+/")
_LETTER = re.compile(r"[ก-ฮเแโใไA-Za-zÀ-ɏ⺀-鿿가-힯]")


def read_place(text: str, names: Sequence[tuple[int, int]], topic: Topic | None) -> Place | None:
    """
    The place in a cleaned text in which dates, times, money and people are hidden and names still stand.

    Args:
        text: The cleaned text.
        names: First and last character of each partner, province and country named in it.
        topic: What it was about: ที่ inside it leads only to what is a place beyond doubt.
    """
    ends = dict(names)
    for lead in _LEAD.finditer(text):
        place = _after(text, lead, ends, topic)
        if place is not None:
            return place
    for bare in _BARE.finditer(text):
        if not _within(topic, bare.end()):
            return _place(text, bare.end(), _cut(text, bare.end()))
    return None


def _after(text: str, lead: re.Match[str], ends: dict[int, int], topic: Topic | None) -> Place | None:
    """The place that a leading word leads to, if it does."""
    start = lead.end()
    if topic is not None and topic.quoted and _within(topic, start):
        return None
    if lead["thi"] and just_before(_OTHER_WORD_BEFORE, text, lead.start()):
        # "งานครบรอบที่เฉิงตู": a name goes with many of these words.
        if start not in ends or just_before(_NEVER_A_PLACE_AFTER, text, lead.start()):
            return None
    if lead["na"] and (
        just_before(_SURNAME_BEFORE, text, lead.start()) or just_before(_TITLE_BEFORE, text, lead.start())
    ):
        return None
    form = _FORM.match(text, start)
    name = ends.get(start, ends.get(form.end()) if form else None)
    if name is not None:
        return _named(text, start, name)
    if _TIME_OR_PERSON.match(text, start):
        return None
    sure = bool(lead["form"] or lead["na"]) or _VENUE.match(text, start) is not None
    if (
        lead["at"]
        and not _LATIN_VENUE.search(text[start : start + LONGEST_PLACE])
        and not _VENUE.match(text, start)
    ):
        return None
    if not sure and (_within(topic, start) or _CLAUSE.match(text, start)):
        return None
    return _place(text, start, _cut(text, start))


def _within(topic: Topic | None, position: int) -> bool:
    return topic is not None and topic.first_char <= position <= topic.last_char


def _named(text: str, start: int, last: int) -> Place | None:
    """A place that is a name: นครเฉิงตู, with what it lies in; longer when letters go on (เชียงใหม่แกรนด์วิว)."""
    after = text[last + 1 :]
    if _CLAUSE_AFTER_NAME.match(after):
        return None
    end = last + 1 + after.startswith("ฯ")
    longer = _LONGER_NAME.match(after)
    if longer:
        return _place(text, start, end + longer.end())
    around = _AROUND.match(text, end)
    return _place(text, start, around.end() if around else end)


def _cut(text: str, start: int) -> int:
    """Where a place that begins at `start` ends: before a new thought, a sign or something already read."""
    body = _BODY.match(text, start, start + 2 * LONGEST_PLACE)
    words = body[0] if body else ""
    for stop in (_BLANK_STOP, _GLUED_STOP):
        words = stop.sub("", words)
    return start + len(words)


def _place(text: str, start: int, end: int) -> Place | None:
    words = text[start:end]
    words = words[: len(words) - len(_tail(words))]
    if ")" in words and "(" not in words:
        words = words.partition(")")[0]
    opened = words.strip(" \"“«'(")
    first = start + words.index(opened) if opened else start
    known = _FILE_NUMBER.match(opened) or _FORM.fullmatch(opened)
    if not 1 < len(opened) <= LONGEST_PLACE or not _LETTER.match(opened) or known:
        return None
    return Place(opened, first, first + len(opened) - 1)


def _tail(words: str) -> str:
    found = _TAIL.search(words)
    return found[0] if found else ""
