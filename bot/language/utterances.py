"""
Whether a text reports an activity or asks something.

A report names a pairing with a day or a kind of activity; words that ask make a question. Where both meet, the
kind of question decides: who asks for a part of what happened (who, where, how many) asks about a record, who
asks what follows from it (does it count, whom to tell) may well be reporting it, and is asked which is meant.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Literal

from bot.language.names import Lexicon
from bot.language.quick_log import LogReading, read_log
from bot.language.text import HIDDEN, clean, hide

Kind = Literal["log", "question", "unsure"]

_READ_UP_TO = 4_000
"""Longer than any message; what follows is not read."""

_BEGINS_IN_ENGLISH = (
    r"^(?:please |so |and |hi |hello |but )*"
    r"(?:what|how|why|who|whom|when|where|which|whether|does|do|did|is|are|was|were|can|could|should|must|may)\b"
)
# ไหม is silk in ผ้าไหม and stands in ไฟไหม้, กี่ in กี่เพ้า and เกี่ยวกับ.
_ASKS = re.compile(
    r"[?？]|(?<!ผ้า)(?<!เส้น)(?<!หม่อน)(?<!ใย)(?<!ตัว)(?<!สาย)(?<!สาว)(?<!เลี้ยง)(?<!ทอ)(?<!ปลูก)ไหม(?![่-๋]|ไทย|พรม|ดิบ|อีรี่|แพร)"
    r"|มั้ย|มั๊ย|ไม๊|มั้ง(?=\s|$)|หรือไม่|หรือเปล่า|หรือป่าว|รึป่าว|หรือยัง|รึยัง|(?:แล้ว|ถูก|ครบ|เสร็จ|ทัน|ได้)ยัง(?=$|\s|ครับ|คับ|ค่ะ|คะ|นะ)|รึเปล่า"
    r"|ยังไง|อย่างไร|ทำไม|เพราะอะไร|(?<!ไม่มี)อะไร(?!ๆ| ๆ)|เท่าไหร่|เท่าไร|เท่าใด|เมื่อไหร่|เมื่อไร|เมื่อใด|ที่ไหน|ที่ใด|(?<!ไม่)(?<!เ)กี่(?!เพ้า)|(?<!ไม่มี)ใคร(?!่|ๆ| ๆ|ไปใครมา|มา)|ไหน(?!ๆ)"
    r"|ใดบ้าง|แบบใด|ประเภทใด|ฉบับใด|ปีใด|หมายถึง|หมายความ|แปลว่า|คือ(?=\s|$)|อยากทราบ|อยากรู้|ขอทราบ|ขอถาม|(?<!ที่)สอบถาม|ไม่แน่ใจ|สงสัย"
    r"|ช่วยบอก|ช่วยอธิบาย|(?<!สม)ควร|นับรวม|นับเป็น|ต้องทำ|ต้องขอ|ต้องมี|ต้องเสนอ|ต้องรายงาน"
    rf"|{_BEGINS_IN_ENGLISH}"
    r"|\bhow (?:many|much|long|do|to)\b|\bwhat\b|\bwhether\b|\bmay (?:we|i)\b"
    r"|\b(?:does|do|did|is|are|can|could|should|must) (?:it|this|that|these|we|they|i|the|an?)\b",
    re.IGNORECASE,
)
_BEGINS_ASKING = re.compile(rf"^(?:ทำไม|เพราะอะไร|กี่|เมื่อไ|ที่ไหน|อะไร)|{_BEGINS_IN_ENGLISH}", re.IGNORECASE)
# "ขอไฟล์", "ดูกิจกรรม": wants to be shown something.
_WANTS_TO_SEE = re.compile(
    r"(?:^|\s|อยาก|ต้องการ)(?:ช่วย|รบกวน|ขอ)?(?:ดู(?=กิจกรรม|รายการ|รายชื่อ|สถานะ|ประวัติ|ข้อมูล|ผล|สรุป|เอกสาร|บันทึก)"
    r"|แสดง(?=กิจกรรม|รายการ|รายชื่อ|สถานะ|ประวัติ|ข้อมูล|ผล)|เปิด(?=ดู|สถานะ|รายการ|ข้อมูล)|ค้นหา|ค้น(?=กิจกรรม|เอกสาร)|หา(?=ข้อมูล|เอกสาร|ไฟล์))"
    r"|ขอ(?:ไฟล์|เอกสาร|สำเนา|แบบ|ดู|ข้อมูล|ราย(?!งาน)|ตัวอย่าง|สถานะ|คำแนะนำ|คำปรึกษา|คำอธิบาย|คำตอบ|ลิงก์|ลิงค์|ลิ้ง)"
    r"|^(?:please )?(?:show|list|find|send me|give me)\b",
    re.IGNORECASE,
)
_WISHES = re.compile(
    r"อยาก(?!ทราบ|รู้|ให้บันทึก|บันทึก|ลงบันทึก)|ต้องการ|สนใจ|\b(?:want|would like) to\b", re.IGNORECASE
)
_SUPPOSES = re.compile(r"(?:^|\s|\x00)(?:ถ้า|หาก|สมมติ|สมมุติ|กรณี)|\bif\b|\bsuppose\b", re.IGNORECASE)
# Who, where, how many, and "is it so?": about what is recorded, when they begin or end the text.
_PARTS = (
    r"(?:ใคร|อะไร|ที่ไหน|ที่ใด|(?<!เ)กี่[ก-๙]{0,6}|เท่าไหร่|เท่าไร|เท่าใด|เมื่อไหร่|เมื่อไร|เมื่อใด|ไหน|ใช่(?:ไหม|มั้ย|หรือไม่|หรือเปล่า|รึเปล่า)"
    r"|จริง(?:ไหม|หรือ)(?:เปล่า|ไม่)?|who|where|when|which|how many|how much|what)"
)
_ASKS_FOR_A_PART = re.compile(
    rf"^.{{0,20}}{_PARTS}|{_PARTS}(?:บ้าง|กัน|นะ|ครับ|คับ|ค่ะ|คะ|แล้ว|ๆ|\s|[?？])*$", re.IGNORECASE | re.DOTALL
)
# What follows from an activity that took place: whoever asks this may be reporting it.
_ASKS_WHAT_FOLLOWS = re.compile(
    r"ต้อง|ควร|นับ|ถือ|เบิก|รายงาน|แจ้ง|ส่ง(?=ใคร|ที่ไหน|เอกสาร|รายงาน)|ต่อ(?=\s|$|ไป|ครับ|ค่ะ|คะ|ดี)|ได้(?:ไหม|มั้ย|หรือ)|อย่างไร|ยังไง|แนบ|กรอก"
    r"|\b(?:must|should|count|report|need|have to)\b",
    re.IGNORECASE,
)
# "ช่วยลงให้หน่อยได้ไหม" is politeness: what comes with it is the report.
_ASKS_TO_RECORD = re.compile(
    r"(?:ช่วย|รบกวน|ขอ|ฝาก|อยากให้|อยาก|ต้องการ|please|can you|could you)\s*(?:ช่วย)?\s*"
    r"(?:บันทึก|ลง(?!นาม|พื้นที่|ทุน|มติ)(?:บันทึก|ข้อมูล|ระบบ)?|จด|คีย์|เพิ่ม(?=กิจกรรม|บันทึก)|record\b|log\b|note\b)"
    r"(?:กิจกรรม|ข้อมูล)?\s*(?:ให้|หน่อย|ด้วย|ที|ได้)*(?:\s*(?:ไหม|มั้ย|หรือเปล่า|หรือไม่))?(?:ครับ|คับ|ค่ะ|คะ|นะ|\?)*",
    re.IGNORECASE,
)
# What was talked about in indirect speech: "หารือว่าจะเปิดเที่ยวบินอย่างไร".
_SAID_THERE = re.compile(
    r"(?:(?:หารือ|คุย|พิจารณา|ถก|เสวนา|อภิปราย|ซักถาม|ชี้แจง|เสนอ|สรุป|เห็นชอบ|ตกลง|ดู|ศึกษา|เรียนรู้)[^\n]{0,40}?(?<!ผู้)ว่า(?!นับ|ต้อง|ถือ|ฯ|ราชการ)"
    r"|(?<=[ก-๙])(?<!ขอ)(?<!สอบ)(?<!อยาก)(?<!จะ)ถามว่า).*$",
    re.DOTALL,
)
# "บันทึกแล้วหรือยัง" looks for a record.
_ASKS_FOR_THE_RECORD = re.compile(r"บันทึก(?:ไป|ไว้|แล้ว|เสร็จ|\s)*(?:หรือยัง|รึยัง|แล้วยัง|ยัง|หรือเปล่า|ไหม|มั้ย)|แก้ไข|ลบ")
# What is asked about as often as it is discussed: "หารือแนวทางความร่วมมือ" is a report once it has a day.
_ASKED_ABOUT = re.compile(
    r"ขั้นตอน|แนวทาง|วิธี|ระเบียบ|หลักเกณฑ์|เกณฑ์|เงื่อนไข|สถานะ|รายชื่อ|มีคู่|ผลการ|ข้อมูล|เอกสาร|ตัวอย่าง|แบบฟอร์ม"
    r"|ประวัติ|สรุป|ช่วยสรุป|\bstatus\b|\blist\b"
    r"|^(?:หลักฐาน|คู่มือ|หนังสือ|แบบ|เบอร์|คุณสมบัติ|ข้อ(?!ตกลง)|มารยาท|ธรรมเนียม|ความ(?:แตกต่าง|เป็นมา|หมาย|สำคัญ)|ภูมิหลัง|นโยบาย|ตัวชี้วัด|อัตรา"
    r"|ค่า(?=ใช้จ่าย|รับรอง|เลี้ยง|เดินทาง)|สิทธิ|คำสั่ง|มติ|กฎหมาย|กำหนดส่ง|ที่มา|ประโยชน์|รูปแบบ|ประเภท|ผู้มีสิทธิ|ผู้รับผิดชอบ|template|contact|deadline)",
    re.IGNORECASE,
)
# "เรื่องอะไร" names no topic.
_NO_TOPIC = re.compile(r"(?:อะไร|ไหน|ใด|ใคร|กี่)[ก-๙]{0,5}|what", re.IGNORECASE)
_QUOTED = re.compile('["“«][^"”»\\n]{2,200}["”»]')
_NOUN_FIRST = re.compile(
    r"(?:กิจกรรม|งบ|การ|ผู้มีอำนาจ|อำนาจ|กำหนดการ|รายงาน|แผน|ผล(?=การ|งาน)|วัน(?=ครบรอบ|ลงนาม|สถาปนา|หมดอายุ)|ปีที่|จำนวน|ชื่อ|โครงการ)"
)
_PAPER = re.compile(r"mou|loi|moa|เอ็มโอยู|บันทึกความเข้าใจ|บันทึกข้อตกลง|ข้อตกลง|ความตกลง", re.IGNORECASE)
_DONE = re.compile(
    r"แล้ว|เพิ่ง|พึ่ง|เสร็จ|เรียบร้อย|เมื่อ(?!ไหร่|ไร|ใด)|ที่ผ่านมา|\b(?:\w{2,}ed|met|held|went|sent|gave|had|took)\b",
    re.IGNORECASE,
)
_ACTS = re.compile(
    r"ส่ง|มอบ|รับ(?!ผิด|ทราบ)|จัด(?!การ|ตั้ง|สรร|อันดับ)|ไป|มา(?!ตร)|พบ|เชิญ|ร่วม(?!มือ)|พา(?!ณิช)|นำ(?!เข้า)|เลี้ยง|ทำบุญ|ให้"
    r"|\b(?:\w{2,}ed|met|held|went|sent|gave|had|visits?|arriv\w+|com(?:es|ing))\b",
    re.IGNORECASE,
)
_NOT_DONE = re.compile(r"ยังไม่|ไม่ได้|ไม่มี|ไม่เคย|\bno\b|\bnot\b", re.IGNORECASE)
_MAY_BE_A_RECORD = frozenset({"รายงาน", "แผน", "โครงการ"})
_LATIN = re.compile(r"[^ก-๙]*")


def is_log_like(text: str, lexicon: Lexicon, home: str | None, today: date | None) -> Kind:
    """
    Whether a text typed by an officer of province `home` reports an activity or asks something.

    "unsure" is left to the person: a report beside a question about what follows from it, or a phrase without
    any day, number or amount that only names a subject.
    """
    text = clean(text[:_READ_UP_TO])
    said = _Said.of(read_log(text, lexicon, home=home, today=today))
    words = own_words(text, said.topic, told=said.reports and said.exact)
    if asks(words):
        return _beside_a_question(words, said) if said.reports else "question"
    subject = _NOUN_FIRST.match(text)
    if said.reports and (said.exact or said.counted):
        return "unsure" if subject and not (said.typed or said.counted) else "log"
    if _WISHES.search(words):
        return "question"
    if not said.named:  # "9 ต.ค. 69", "22 คน": a record may begin so
        return "unsure" if said.exact or said.counted else "question"
    return (_done_or_named if said.typed else _without_a_type)(words, said, subject)


def asks(words: str) -> bool:
    """Whether a cleaned text holds words that ask or that want to be shown something."""
    return _ASKS.search(words) is not None or _WANTS_TO_SEE.search(words) is not None


@dataclass(frozen=True)
class _Said:
    """What a text names: a pairing, a kind of activity, a day or less than a day, a number or an amount."""

    named: bool
    typed: bool
    settled: bool  # the kind beyond doubt
    exact: bool
    vague: bool
    counted: bool
    topic: str | None

    @classmethod
    def of(cls, reading: LogReading) -> _Said:
        # An impossible day is a day that somebody wanted to name.
        days = reading.start is not None or bool(reading.problems)
        return cls(
            named=_says(reading, "pairing_id"),
            typed=_says(reading, "type"),
            settled=reading.type is not None,
            exact=days or any(span.precision == "day" for span in reading.date_options),
            vague=any(span.precision != "day" for span in reading.date_options),
            counted=_says(reading, "participants") or _says(reading, "budget_thb"),
            topic=reading.title,
        )

    @property
    def reports(self) -> bool:
        """Whether it is enough for a record to be begun with."""
        return (self.named and (self.exact or self.counted or self.typed)) or (self.exact and self.typed)


def _says(reading: LogReading, name: str) -> bool:
    return getattr(reading, name) is not None or name in reading.ambiguous


def _beside_a_question(words: str, said: _Said) -> Kind:
    """A report and words that ask."""
    whole = (_SUPPOSES, _WANTS_TO_SEE, _ASKS_FOR_THE_RECORD, _BEGINS_ASKING)
    if not (said.exact or said.counted) or any(pattern.search(words) for pattern in whole):
        return "question"
    about_a_record = _ASKS_FOR_A_PART.search(words) and not _ASKS_WHAT_FOLLOWS.search(words)
    return "question" if about_a_record and not said.counted else "unsure"


def _done_or_named(words: str, said: _Said, subject: re.Match[str] | None) -> Kind:
    """A pairing and a kind of activity, without day or number: what was done, or only its name."""
    asked_about = _ASKED_ABOUT.search(words)
    if asked_about and not asked_about.start() and not said.vague:
        return "question"
    only_named = (
        _PAPER.search(words) or not said.settled or (_LATIN.fullmatch(words) and not _ACTS.search(words))
    )
    return "unsure" if asked_about or subject or (only_named and not _DONE.search(words)) else "log"


def _without_a_type(words: str, said: _Said, subject: re.Match[str] | None) -> Kind:
    """A pairing with a month or a year at most: a report when it tells that something was or will be done."""
    may_be_a_record = said.vague or (subject is not None and subject[0] in _MAY_BE_A_RECORD)
    tells = (said.vague or _DONE.search(words)) and _ACTS.search(words) and not _NOT_DONE.search(words)
    if tells and not subject:
        return "log"
    return "unsure" if may_be_a_record else "question"


def own_words(text: str, topic: str | None, *, told: bool = False) -> str:
    """
    The words that report or ask themselves.

    Left out are the topic, what stands in quotes, requests to record it, and, where something is `told`, what was
    said there.
    """
    words = _QUOTED.sub(lambda found: HIDDEN * len(found[0]), text)
    if topic and topic in words and not _NO_TOPIC.fullmatch(topic):
        first = words.index(topic)
        words = hide(words, [(first, first + len(topic) - 1)])
    words = _ASKS_TO_RECORD.sub(" ", words)
    return _SAID_THERE.sub(" ", words) if told else words
