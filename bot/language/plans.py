"""Whether a sentence speaks of what is to come, of what has happened, or of what was not held."""

from __future__ import annotations

import re

from bot.language.text import just_before

_ACTS = r"จัด|ไป|เดินทาง|ต้อนรับ|รับ|เยือน|ลงนาม|นำ|ส่ง|ประชุม|หารือ|มา|ศึกษาดูงาน|ดูงาน|ออกบูธ|ออกบู๊ธ|แข่ง|อบรม|แลกเปลี่ยน|เปิด|เซ็น|พบ|ร่วม|ฉลอง|เข้าร่วม"
# "จะ" tells a plan unless what follows is a hope or a follow-up: "จะช่วยส่งเสริม", "จะรายงานให้ทราบ".
_WILL = re.compile(
    r"(?<!กะ)(?<!ฉะ)จะ(?!เห็น|นะ|แนะ|เข้|แจ้ง|ช่วย(?!เหลือ)|ทำให้|เกิด|เป็น(?!เจ้าภาพ)|ส่งผล|ส่งเสริม|ส่งรายงาน|เพิ่ม|ร่วมมือ|ร่วมกัน(?!จัด)|พัฒนา|ผลักดัน|สนับสนุน|ขยาย|ต่อยอด|ประสาน"
    r"|ได้รับ|ได้ประโยชน์|ได้ผล|นำผล|นำข้อ|สร้าง|เร่ง|ยกระดับ|กระตุ้น|ลด|รายงาน|สรุป|ติดตาม|พิจารณา|ดำเนินการต่อ|มีประโยชน์|มีผล|ทราบ|ตอบ|ถึง(?:นี้|กัน)?ว)"
    r"|(?<![a-z])will(?![a-z])",
    re.IGNORECASE,
)
# What was agreed on that day lies after it: "ประชุม … ตกลงว่าจะแลกเปลี่ยนนักเรียน".
_AGREED = re.compile(
    r"(?:ตกลง|เห็นพ้อง|เห็นชอบ|เสนอ|แจ้ง|ระบุ|กล่าว|หวัง|เชื่อมั่น|ยืนยัน|สนใจ|รับปาก|มีมติ|มติ|ข้อสรุป|สรุป|เพื่อ|พร้อม|agreed|promised)[^\n\x00]{0,20}$",
    re.IGNORECASE,
)
_STRONG_PLANS = re.compile(
    rf"กำหนด(?!การ)(?:จัด|เดินทาง|ไป|เยือน|ประชุม|ต้อนรับ|ลงนาม)|(?<!ไม่)มีกำหนด|(?<!ประชุม)วางแผน|มีแผน|คาดว่าจะ(?:{_ACTS})|เตรียมจะ"
    r"|(?<![a-z])(?:going\s+to|scheduled|upcoming)(?![a-z])",
    re.IGNORECASE,
)
_PLANS = re.compile(
    rf"(?<!ไม่มี)กำหนด(?!การ)|(?:^|[\s\x00])กำหนดการ|(?:^|[\s\x00])นัด(?:หมาย)?(?={_ACTS}|คุย)|ขออนุมัติ(?:{_ACTS})|(?:^|[\s\x00])รอ(?={_ACTS})|เร็ว\s?ๆ\s?นี้|"
    rf"ตามแผน|เตรียมตัว|เตรียม(?=จะ|{_ACTS})|(?:^|[\s\x00])เตรียม(?!การ|ความพร้อม|งาน|เอกสาร|ข้อมูล|แผน|พร้อม)"
    rf"|(?<![ก-๙])แผน(?!งาน|ความร่วมมือ|ก|ที่|ปฏิบัติ|พัฒนา)|แผน(?=จะ|จัด|ไป|เยือน|รับ|ประชุม|ลงนาม|เดินทาง|ศึกษาดูงาน|ดูงาน)"
    r"|(?<![a-z])plan(?:s|ned|ning)?(?![a-z])",
    re.IGNORECASE,
)
_HAPPENED = re.compile(
    r"เม[ืิ]่?อ(?!ไหร่|ไร|ใด|ง)|แล้ว|เรียบร้อย|เสร็จสิ้น|ที่ผ่านมา|ไป[^\n]{0,40}?มา(?=\s|$|\x00|เม[ืิ]่?อ(?!ง)|แล้ว|\d)|\b(?:held|visited|signed|met|was|were|welcomed|hosted)\b",
    re.IGNORECASE,
)
# เลื่อนตำแหน่ง is a promotion; a partner who "did not join" says nothing of the event.
_NOT_HELD = re.compile(
    r"ยกเลิก(?!ภาษี|วีซ่า|การตรวจลงตรา)|เลื่อน(?!ตำแหน่ง|ชั้น|ยศ|ขั้น|ระดับ|เงิน)"
    r"|(?<!จ้า)งด(?=จัด|การ|เยือน|ประชุม|เดินทาง|ต้อนรับ|กิจกรรม|งาน|ไป|มา|ลงนาม|แข่ง|ส่ง|\s|$)"
    rf"|(?:ไม่|มิ)ได้(?:มีการ|มี|ทำการ)?(?!ร่วม|เข้าร่วม)(?:{_ACTS}|ดำเนินการ|เกิดขึ้น|ทำ)"
    rf"|(?:ไม่|มิ)(?:สามารถ|อาจ)(?:{_ACTS}|ดำเนินการ)|ไม่(?:จัด|ได้จัด|ไปแล้ว|มาแล้ว|มาเยือน|มีการ(?:{_ACTS}))"
    rf"|ยังไม่(?:ได้|มีการ)?(?:{_ACTS})|(?<![ก-๙])ล่ม(?=\s|$|\x00)"
    r"|(?<![a-z])(?:cancel(?:l?ed|s)?|postponed?|called\s+off|(?:did|was|were)(?:\s+not|n't)\s+(?:held|take|meet|happen|sign|visit|go|come)|not\s+held)(?![a-z])",
    re.IGNORECASE,
)
_PUT_OFF = re.compile(r"เลื่อน(?!ตำแหน่ง|ชั้น|ยศ|ขั้น|ระดับ|เงิน)|postponed?|(?<![a-z])moved\s+to", re.IGNORECASE)
_NEW_DAY = re.compile(
    r"(?:ไป(?:เป็น|จัด)?|(?:มา)?เป็น|มาจัด|(?<![a-z])to|(?<![a-z])until)\s*(?:ใน)?(?:วัน|วันที่)?\s*$", re.IGNORECASE
)


def speaks_of_plan(text: str, *, surely: bool = False) -> bool:
    """Whether a cleaned text tells what is to come; `surely` leaves out words that may mean something else."""
    if any(not just_before(_AGREED, text, found.start()) for found in _WILL.finditer(text)):
        return True
    return bool(_STRONG_PLANS.search(text) or (not surely and _PLANS.search(text)))


def has_happened(text: str) -> bool:
    """Whether a cleaned text tells what is over: เมื่อ, แล้ว, ไป…มา."""
    return _HAPPENED.search(text) is not None


def was_not_held(text: str) -> bool:
    """Whether a cleaned text tells that something was cancelled, put off or not held: ยกเลิก, เลื่อน, ไม่ได้จัด."""
    return _NOT_HELD.search(text) is not None


def is_new_day(text: str, position: int) -> bool:
    """Whether the date at `position` is the one to which something was put off: "เลื่อน…เป็น 25 พ.ย."."""
    return (
        _PUT_OFF.search(text, 0, position) is not None and just_before(_NEW_DAY, text, position) is not None
    )
