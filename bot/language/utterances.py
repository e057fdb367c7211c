"""
Whether a text reports an activity or asks something.

A report names a pairing with a day or a kind of activity; words that ask make a question. Where both meet, the
kind of question decides: who asks for a part of what happened (who, where, how many) asks about a record, who
asks what follows from it (does it count, whom to tell) may well be reporting it, and is asked which is meant.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Literal

from bot.language.names import Lexicon
from bot.language.quick_log import LogReading, read_log
from bot.language.text import clean, hide

Kind = Literal["log", "question", "unsure"]

_READ_UP_TO = 4_000
"""Longer than any message; what follows is not read."""

# ไหม is silk in ผ้าไหม and สายไหม; กี่เพ้า is a dress.
_ASKS = re.compile(
    r"[?？]|(?<!ผ้า)(?<!เส้น)(?<!หม่อน)(?<!ใย)(?<!ตัว)(?<!สาย)(?<!สาว)(?<!เลี้ยง)(?<!ทอ)(?<!ปลูก)ไหม(?!ไทย|พรม|ดิบ|อีรี่|แพร)"
    r"|มั้ย|มั๊ย|ไม๊|มั้ง(?=\s|$)|หรือไม่|หรือเปล่า|หรือป่าว|รึป่าว|หรือยัง|รึยัง|รึเปล่า"
    r"|ยังไง|อย่างไร|ทำไม|เพราะอะไร|อะไร(?!ๆ| ๆ)|เท่าไหร่|เท่าไร|เท่าใด|เมื่อไหร่|เมื่อไร|เมื่อใด|ที่ไหน|ที่ใด|กี่(?!เพ้า)|ใคร(?!่|ๆ| ๆ)|ไหน(?!ๆ)"
    r"|ใดบ้าง|แบบใด|ประเภทใด|ฉบับใด|ปีใด|หมายถึง|หมายความ|แปลว่า|คือ(?=\s|$)|อยากทราบ|อยากรู้|ขอทราบ|ขอถาม|สอบถาม"
    r"|ช่วยบอก|ช่วยอธิบาย|(?<!สม)ควร|นับรวม|นับเป็น|ต้องทำ|ต้องขอ|ต้องมี|ต้องเสนอ|ต้องรายงาน"
    r"|^(?:please |so |and |hi |hello |but )*(?:what|how|why|who|whom|when|where|which|whether|does|do|did|is|are|was|were|can|could|should|must|may)\b"
    r"|\bhow (?:many|much|long|do|to)\b|\bwhat\b|\bwhether\b|\bmay (?:we|i)\b"
    r"|\b(?:does|do|did|is|are|can|could|should|must) (?:it|this|that|these|we|they|i|the|an?)\b",
    re.IGNORECASE,
)
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
# Who, where, how many, and "is it so?": about what is recorded.
_ASKS_FOR_A_PART = re.compile(
    r"ใคร|อะไร|ที่ไหน|ที่ใด|กี่|เท่าไหร่|เท่าไร|เท่าใด|เมื่อไหร่|เมื่อไร|เมื่อใด|ไหน|ใช่(?:ไหม|มั้ย|หรือไม่|หรือเปล่า|รึเปล่า)|จริง(?:ไหม|หรือ)"
    r"|\b(?:who|where|when|which|how many|how much|what)\b",
    re.IGNORECASE,
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
    r"(?:หารือ|คุย|พิจารณา|ถก|เสวนา|อภิปราย|ซักถาม|ชี้แจง|เสนอ|สรุป|เห็นชอบ|ตกลง)[^\n]{0,40}?(?<!ผู้)ว่า(?!นับ|ต้อง|ถือ|ฯ|ราชการ).*$",
    re.DOTALL,
)
# What is asked about as often as it is discussed: "หารือแนวทางความร่วมมือ" is a report once it has a day.
_ASKED_ABOUT = re.compile(
    r"ขั้นตอน|แนวทาง|วิธี|ระเบียบ|หลักเกณฑ์|เกณฑ์|เงื่อนไข|สถานะ|รายชื่อ|มีคู่|ผลการ|ข้อมูล|เอกสาร|ตัวอย่าง|แบบฟอร์ม"
    r"|ประวัติ|สรุป|ช่วยสรุป|\bstatus\b|\blist\b",
    re.IGNORECASE,
)
# "เรื่องอะไร" names no topic.
_NO_TOPIC = re.compile(r"(?:อะไร|ไหน|ใด|ใคร|กี่)[ก-๙]{0,5}|what", re.IGNORECASE)
_NOUN_FIRST = re.compile(r"(?:กิจกรรม|งบประมาณ|การ|ผู้มีอำนาจ|อำนาจ|กำหนดการ)")


def is_log_like(text: str, lexicon: Lexicon, home: str | None, today: date | None) -> Kind:
    """
    Whether a text typed by an officer of province `home` reports an activity or asks something.

    "unsure" is left to the person: a report beside a question about what follows from it, or a phrase without
    any day, number or amount that only names a subject.
    """
    text = clean(text[:_READ_UP_TO])
    reading = read_log(text, lexicon, home=home, today=today)
    exact = _has_a_day(reading)
    counted = any(_says(reading, name) for name in ("participants", "budget_thb"))
    named, typed = _says(reading, "pairing_id"), _says(reading, "type")
    reports = (named and (exact or counted or typed)) or (exact and typed)
    words = _own_words(text, reading.title, told=reports and exact)
    if asks(words):
        return _beside_a_question(words, exact=exact, counted=counted) if reports else "question"
    if not reports:
        return "question"
    return "log" if exact or counted else _without_numbers(words)


def asks(words: str) -> bool:
    """Whether a cleaned text holds words that ask or that want to be shown something."""
    return _ASKS.search(words) is not None or _WANTS_TO_SEE.search(words) is not None


def _beside_a_question(words: str, *, exact: bool, counted: bool) -> Kind:
    if not (exact or counted) or _SUPPOSES.search(words) or _WANTS_TO_SEE.search(words):
        return "question"
    about_a_record = _ASKS_FOR_A_PART.search(words) and not _ASKS_WHAT_FOLLOWS.search(words)
    return "question" if about_a_record and not counted else "unsure"


def _without_numbers(words: str) -> Kind:
    if _WISHES.search(words):
        return "question"
    asked_about = _ASKED_ABOUT.search(words)
    if asked_about and not asked_about.start():
        return "question"
    return "unsure" if asked_about or _NOUN_FIRST.match(words) else "log"


def _own_words(text: str, topic: str | None, *, told: bool) -> str:
    """The text without its topic, requests to record it, and, where something is `told`, what was said there."""
    words = text
    if topic and topic in text and not _NO_TOPIC.fullmatch(topic):
        first = text.index(topic)
        words = hide(text, [(first, first + len(topic) - 1)])
    words = _ASKS_TO_RECORD.sub(" ", words)
    return _SAID_THERE.sub(" ", words) if told else words


def _says(reading: LogReading, name: str) -> bool:
    return getattr(reading, name) is not None or name in reading.ambiguous


def _has_a_day(reading: LogReading) -> bool:
    """Whether a day is named, be it a doubtful or an impossible one."""
    return (
        reading.start is not None
        or bool(reading.problems)
        or any(span.precision == "day" for span in reading.date_options)
    )
