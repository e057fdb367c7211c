"""Whether a whole line asks to be let in: ขอเข้าใช้งาน, สมัครใช้งาน, ขอสิทธิ์เข้าระบบหน่อยครับ."""

from __future__ import annotations

import re

LONGEST = 60

_BEFORE = r"(?:ดิฉัน|ผม|หนู|เรา|ต้องการ|อยาก|จะ|สนใจ|รบกวน|ช่วย|กรุณา|ขอ|ขออนุญาต|ทำเรื่อง)*"
_TO_USE = r"(?:เข้า|ใช้|งาน|ระบบ|สู่|แอป|บอท|แชต|แชท|นี้|การ)"
_AFTER = r"(?:ได้|หน่อย|ด้วย|ที|นะ|ครับ|คับ|ค่ะ|คะ|จ้า|ยังไง|อย่างไร|ทำ|ไหม|มั้ย|ที่ไหน|ต้อง|ของ|จังหวัด|เจ้าหน้าที่)*"
_WANTS = (
    rf"(?:เข้า(?:ใช้|ระบบ|สู่ระบบ){_TO_USE}*"
    rf"|(?:รับ|เปิด|เพิ่ม|ให้)?สิทธิ์?{_TO_USE}*"
    rf"|สมัคร(?:เข้า|ใช้|งาน|ระบบ|สมาชิก|บัญชี|เป็น|การ)*"
    rf"|ลงทะเบียน(?:เข้า|ใช้|งาน|ระบบ|สมาชิก|บัญชี|การ)*"
    r"|เป็นสมาชิก|เปิดบัญชี(?:ผู้ใช้)?|บัญชีผู้ใช้|ใช้งาน(?:ระบบ)?"
    r"|(?:มี|กรอก|ใส่|ใช้|พิมพ์)?รหัสเชิญ(?:เข้าใช้งาน)?|(?:เขียน|ส่ง|ยื่น)คำขอ(?:เข้า)?(?:ใช้งาน|สิทธิ์?)"
    r"|(?:iwantto|pleaseletme|howdoi|howto|canyouletme)?(?:join|signup|register|getaccess|requestaccess|askforaccess|letmein))"
)
_LINE = re.compile(_BEFORE + _WANTS + _AFTER, re.IGNORECASE)
_TOO_SHORT = re.compile(r"(?:ใช้งาน|สิทธิ์?)(?:ระบบ)?", re.IGNORECASE)
"""By themselves these ask nothing."""


def wants_in(text: str) -> bool:
    """Whether the line does nothing but ask to be let in. A sentence that only holds such words does more."""
    if len(text) > LONGEST:
        return False
    line = re.sub(r"[\s.!?,/ๆ]+", "", text)
    return _LINE.fullmatch(line) is not None and _TOO_SHORT.fullmatch(line) is None
