"""Several details typed at once, each after its label: `ผลที่ได้: …`, a line each or more."""

from __future__ import annotations

import re
from collections.abc import Mapping

LABELS: Mapping[str, tuple[str, ...]] = {
    "result": ("ผลที่ได้", "ผลที่ได้รับ", "ผลลัพธ์", "ผลการดำเนินงาน", "ผล", "result"),
    "problems": ("ปัญหา/อุปสรรค", "ปัญหาและอุปสรรค", "ปัญหาอุปสรรค", "ปัญหา", "อุปสรรค", "problems"),
    "suggestions": ("ข้อเสนอแนะ", "ข้อเสนอ", "suggestions"),
    "chair_ours": ("ประธานฝ่ายไทย", "ประธานไทย", "chair, thai side"),
    "chair_theirs": ("ประธานฝ่ายคู่", "ประธานฝ่ายต่างประเทศ", "chair, partner side"),
    "head_ours": ("หัวหน้าคณะฝ่ายไทย", "หัวหน้าคณะไทย", "head of delegation, thai side"),
    "head_theirs": ("หัวหน้าคณะฝ่ายคู่", "หัวหน้าคณะฝ่ายต่างประเทศ", "head of delegation, partner side"),
    "spent_thb": ("ใช้จ่ายจริง", "ค่าใช้จ่ายจริง", "ค่าใช้จ่าย", "ใช้จ่าย", "spent"),
    "spent_source": ("แหล่งงบประมาณ", "แหล่งงบ", "แหล่งเงิน", "source of money"),
    "letter_no": ("เลขที่หนังสือรายงาน", "เลขที่หนังสือ", "หนังสือเลขที่", "หนังสือรายงาน", "report letter no."),
    "letter_on": ("วันที่หนังสือรายงาน", "วันที่หนังสือ", "หนังสือลงวันที่", "date of report letter"),
    "follow_up": ("เรื่องที่จะติดตาม", "เรื่องติดตาม", "ติดตาม", "follow-up"),
    "follow_up_on": ("กำหนดติดตาม", "วันที่ติดตาม", "ติดตามวันที่", "follow-up due"),
}
"""What people write before a detail, by its field."""

_FIELD = {label: field for field, labels in LABELS.items() for label in labels}
_BULLET = r"[\s\-–•*]*(?:\d{1,2}[.)]\s*)?"
_LABEL = re.compile(
    rf"(?m)^{_BULLET}(?P<label>{'|'.join(map(re.escape, sorted(_FIELD, key=len, reverse=True)))})\s*[:：]",
    re.IGNORECASE,
)


def read_labelled(text: str) -> dict[str, str]:
    """
    The text after each label, up to the next one; what stands before the first label is left out.

    A label with nothing after it gives nothing; of one that comes twice both texts are kept, a line each.
    """
    found: dict[str, str] = {}
    labels = list(_LABEL.finditer(text))
    for number, label in enumerate(labels, start=1):
        end = labels[number].start() if number < len(labels) else len(text)
        said = text[label.end() : end].strip()
        field = _FIELD[" ".join(label["label"].lower().split())]
        if said:
            found[field] = f"{found[field]}\n{said}" if field in found else said
    return found
