"""Whether a sentence says that the partner took part."""

from __future__ import annotations

import re
from typing import Literal

TOGETHER = re.compile(
    r"กับ|ร่วมกับ|ต้อนรับ|รับคณะ|มาเยือน|เดินทางเยือน|ไปเยือน|เยือน|คณะจาก|ลงนาม|แลกเปลี่ยน|\bwith\b|\bvisit",
    re.IGNORECASE,
)
WITHOUT = re.compile(
    r"ไม่ได้|ไม่มี|ยกเลิก|งด|เลื่อน|เตรียม|ภายใน|คณะทำงาน|คณะกรรมการ|ทูต|กงสุล|ถวายพระพร|\binternal\b|\bembassy\b",
    re.IGNORECASE,
)
ONLINE = re.compile(r"ออนไลน์|ซูม|zoom|ทางไกล|วิดีโอคอล|video ?call|webex|teams|vcs", re.IGNORECASE)


def read_partner_joined(text: str, activity_type: str | None) -> Literal["yes", "online"] | None:
    """
    `yes` or `online` when the words say that it was held together with the partner; None leaves it open.

    The card shows the reading as assumed. Words of preparation, of what did not take place, of internal meetings or of embassies leave
    the question open, because such an event may have had no partner in it.
    """
    if WITHOUT.search(text) or not TOGETHER.search(text):
        return None
    return "online" if activity_type == "online_meeting" or ONLINE.search(text) else "yes"
