"""A question that follows on from the last answer: แล้วใครลงนาม, ถ้าไม่จัดล่ะ, what about online."""

from __future__ import annotations

import re

# Words that only begin alike are none: ส่วนกลาง and ส่วนราชการ, แล้วเสร็จ, "sources", "Andaman".
_BEGINS = re.compile(
    r"^(?:แล้ว(?!เสร็จ)(?:ก็)?|งั้น|ถ้างั้น|"
    r"ส่วน(?!กลาง|ราชการ|ภูมิภาค|ใหญ่|มาก|หนึ่ง|ตัว|แบ่ง|ร่วม|รวม|ลด|เกิน|ต่าง|งาน|ประกอบ|บุคคล)|"
    r"และ|อีกอย่าง|(?:and|then|so|what about|how about)\b)[ ,]*",
    re.IGNORECASE,
)
# Nor are ปีละ, ร้อยละ: "each", "per cent".
_EACH = ("ปี", "เดือน", "วัน", "ครั้ง", "คน", "ร้อย", "แห่ง", "คู่", "จังหวัด")
_ENDS = re.compile(rf"(?:ล่ะ|หล่ะ|{''.join(f'(?<!{word})' for word in _EACH)}ละ)(?:คะ|ค่ะ|ครับ|คับ)?[ ?]*$")

LONGEST = 60
"""Letters: a longer question says itself what it is about."""


def follow_up(text: str) -> str | None:
    """What is asked, without the words that hang it on the last answer; None for a question of its own."""
    text = text.strip()
    if len(text) > LONGEST:
        return None
    rest = _ENDS.sub("", _BEGINS.sub("", text)).strip()
    return rest if rest and rest != text else None
