"""Who went to whom: read from the verbs of travel and from where the names stand."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Literal

from bot.language.text import just_before

Direction = Literal["inbound", "outbound", "online"]

_PARTNER, _PROVINCE = "\x01", "\x02"
_FORM = r"\s*(?:นครหลวง|มหานคร|นคร|จังหวัด|จ\.|เมือง|มณฑล|แขวง|รัฐ|กรุง|ประเทศ|เขตปกครองตนเอง|เกาะ|ฝั่ง){0,3}\s*"
_THERE = rf"{_FORM}{_PARTNER}"
_HERE = rf"(?:{_FORM}{_PROVINCE}|\s*(?:จังหวัดเรา|จังหวัดของเรา|ประเทศไทย|ฝั่งไทย|ไทย(?!-)|บ้านเรา|ทางเรา))"
_OFFICE = r"(?:ผู้ว่าราชการ(?:จังหวัด)?|ผู้ว่าการ|ผู้ว่าฯ?|ผวจ\.?|เจ้าแขวง|นายก(?:เทศมนตรี|ฯ|อบจ\.?)?|รอง|เลขา\w*|ท่าน|คณะ(?:ผู้แทน|ผู้บริหาร)?|ผู้แทน|ผู้บริหาร|จาก|ของ|ฝ่าย|\s){0,6}"
_ACT = (
    r"(?:เยือน|เยี่ยม|ดูงาน|ดูกิจการ|ศึกษา|ทัศนศึกษา|ประชุม|หารือ|พบ|ร่วม|ลงนาม|เข้าร่วม|แข่ง|แสดง|จัด|ออกบูธ|ออกบู๊ธ|อบรม|ฝึก|แลกเปลี่ยน|เจรจา|สำรวจ|มอบ|บริจาค"
    r"|เที่ยว|ทำบุญ|ถวาย|ทอด|เปิด|ขาย|โรดโชว์|สัมมนา|คุย|เรียน|เซ็น|ชม|สอน|ช่วย|ฉลอง|อวยพร|คารวะ|ราชการ|ปฏิบัติ|เข้าค่าย|เข้าพบ|เข้าเยี่ยม|เล่น|วิ่ง|ปั่น|เตะ|ติดตาม)"
)
_NEAR, _CLOSE = r"[^\n]{0,60}?", r"[^\n]{0,24}?"

_ONLINE = re.compile(
    r"(?<!สื่อ)(?<!ขาย)(?<!ข่าว)(?<!ร้านค้า)(?<!ตลาด)(?<!ถ่ายทอดสด)(?<!เผยแพร่)(?<!ลงทะเบียน)(?<!ค้า)ออนไลน์|ซูม|ทางไกล|ว[ิี]ด[ิี]โอคอล|คอนเฟอเร|ผ่านจอ|เว็บบินาร์|ไลน์คอล"
    r"|(?<![a-z])(?:online|zoom|webex|teams|vcs|(?<=ประชุม)\s?vc|(?<=ประชุม )vc|webinar|google\s?meet|skype|line\s?call|virtual(?:ly)?|(?:video|vdo)\s?(?:call|conf\w*))(?![a-z])",
    re.IGNORECASE,
)


def _cues(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(patterns), re.IGNORECASE)


# A welcome is theirs when our province is the guest: "เฉิงตูต้อนรับคณะเชียงใหม่", "ได้รับการต้อนรับ".
_THEY_WELCOMED = rf"(?:ได้รับการ|ได้รับ|ให้การ|{_PARTNER}\s?)?ต้อนรับ{_OFFICE}{_HERE}|ได้รับการต้อนรับ"
_SURE: tuple[tuple[Direction, re.Pattern[str]], ...] = (
    (
        "inbound",
        _cues(
            rf"(?<!ได้รับการ)ต้อนรับ(?!{_OFFICE}{_HERE})",
            rf"(?<!ต้อน)รับคณะ(?!{_OFFICE}{_HERE})|รับรอง(?:คณะ|แขก)|เลี้ยงรับรอง|รับแขก|รับทูต|รับกงสุล",
            rf"(?<!ได้)(?<!ตอบ)(?<!ไป)รับ(?:ผู้แทน|ผู้บริหาร|ผู้ว่า|นายก|นักเรียน|เยาวชน|ทีม|{_THERE})",
            rf"(?<!{_PARTNER})(?<!{_PARTNER} )(?:เป็นเจ้าภาพ|(?<!เป็น)เจ้าภาพ(?!ร่วม|{_FORM}{_PARTNER}))",
            r"(?<!ไป)(?<!ผ่าน)มา(?:เยือน|เยี่ยม)|(?<!กลับ)เดินทางมา(?!ก)|เดินทางเข้ามา|เดินทางถึง" + _HERE,
            rf"(?:เยือน|เยี่ยม|เยี่ยมชม|ดูงาน|ดูงานที่|ไป|มา|มาที่|มายัง|ถึง){_HERE}",
            rf"(?:พา|นำ)(?:คณะ|ผู้แทน)?(?:จาก)?{_THERE}{_CLOSE}(?:ไป|เยี่ยม|ชม|ดูงาน|เที่ยว)",
            rf"{_PARTNER}{_NEAR}(?:เข้าเยี่ยม|เข้าคารวะ|เยี่ยมคารวะ|เข้าพบ)(?:คารวะ)?{_OFFICE}(?!{_THERE})(?:ผู้ว่า|ผวจ|ท่าน|ณ|ที่(?!{_THERE})|$)",
            rf"คณะ{_CLOSE}{_PARTNER}{_NEAR}(?:ที่|ณ){_HERE}",
            r"\b(?:welcom(?:ed|ing|e)|host(?:ed|ing|s)?|receiv(?:ed|ing|e))\b(?!\s+by)|\b(?:came|coming|come)\s+to\b",
            rf"{_PARTNER}(?:'s)?\s+(?:\w+\s+)?(?:delegation|delegates|team|officials?|students?)\s+(?:visit(?:ed|s|ing)|came|arrived|in\s+{_PROVINCE})",
            rf"\b(?:visit(?:ed|s)?|call(?:ed|s)?)\s+(?:by|of|from|on\s+us\s+by)\b{_CLOSE}{_PARTNER}|\b(?:delegation|guests|visitors)\s+from\s+{_PARTNER}",
            rf"{_PARTNER}[^\n]{{0,24}}?\s(?:paid|pays)\s+a\s+courtesy\s+call",
            rf"{_PARTNER}\s+visited\s+(?:us|{_PROVINCE})",
        ),
    ),
    (
        "outbound",
        _cues(
            _THEY_WELCOMED,
            rf"(?<!มา)(?:เดินทาง)?เยือน{_THERE}",
            rf"(?:ที่|(?<![ก-๙])ณ|ณ(?=\s)|สู่|ถึง|ยัง|ไป(?:ที่|ยัง)?|ไป{_ACT}(?:ที่|ณ|งาน|กับ)?|ไป{_ACT}{_CLOSE}(?:ที่|ณ)){_THERE}",
            r"ไป(?:เยือน|เยี่ยมเยือน|ราชการ)|(?<!กลับ)เดินทางไป(?!กลับ)|(?:นำ|พา|ส่ง)(?:คณะ|นักเรียน|ทีม)[^\n]{0,30}?ไป",
            rf"(?:เข้าเยี่ยมคารวะ|เยี่ยมคารวะ|เข้าคารวะ|เข้าพบ)(?:ท่าน)?{_OFFICE}{_THERE}",
            rf"{_PARTNER}[ก-๙\s]{{0,6}}เจ้าภาพ",
            rf"{_PARTNER}{_CLOSE}เชิญ(?:เรา|คณะ|ไป)",
            rf"\b(?:visit(?:ed|ing|s)?|travel(?:l?ed|l?ing|s)?|went|trip|delegation|go(?:ing)?|flew|mission)\s+(?:to\s+)?(?:the\s+)?{_PARTNER}|\b(?:in|at)\s+{_PARTNER}",
            r"\b(?:hosted|welcomed|received)\s+by\b",
        ),
    ),
)
_HINTS: tuple[tuple[Direction, re.Pattern[str]], ...] = (
    (
        "inbound",
        _cues(
            rf"(?:คณะ|{_PARTNER}){_NEAR}(?<!ไป)(?<!กลับ)(?<!ผ่าน)(?<!ต่อ)(?<!นำ)(?<!ออก)(?<!ภา)มา\s?(?:{_ACT}|ที่|ถึง|จาก|เข้า|แล้ว|\x00|$|\s)",
            rf"คณะ(?:จาก)?{_THERE}{_CLOSE}(?:เยือน|เยี่ยม|ดูงาน)(?!{_THERE})",
            rf"(?<!ไป)(?<!ผ่าน)(?<!ผ่น)(?<!ผาน)(?<!กลับ)มา\s?{_ACT}",
        ),
    ),
    (
        "outbound",
        _cues(
            rf"(?<!ต่อ)(?<!ออก)(?<!ทั่ว)(?<!ตก)(?<!กลับ)ไป\s?{_ACT}",
            rf"(?:ทัศนศึกษา|ศึกษาดูงาน|ดูงาน|เยี่ยมชม|เยี่ยม){_THERE}",
        ),
    ),
)
_WENT_AND_CAME_BACK = re.compile(r"(?<!ต่อ)ไป[^\n\x00]{0,60}?มา(?=\s|$|\x00|เมื่อ|แล้ว|\d)")
# What is sent is no journey: "ส่งสิ่งของไปเชียงตุง", "ส่งสารถึงเฉิงตู".
_THINGS_SENT = re.compile(
    r"(?:ส่ง|จัดส่ง|ขน|โอน|มีหนังสือ|โทร)(?!คณะ|นักเรียน|นร|นักศึกษา|ทีม|ผู้|จนท|เจ้าหน้าที่|เด็ก|เยาวชน|ครู|ตัวแทน|นัก|คน|กำลังพล|หมอ|แพทย์|เสริม)[^\n]{0,40}?(?:ไป|ถึง)(?:ที่|ยัง|ให้)?"
    + _FORM
    + f"{_PARTNER}*"
)
_TITLE = re.compile(rf"(?:กงสุลใหญ่|กงสุล|ทูต)(?:ไทย|จีน|ญี่ปุ่น)?\s*ณ{_THERE}+")
_ONLY_PREPARED = re.compile(
    r"(?:ประชุม|หารือ|คุย|ซักซ้อม|ประสาน)[^\n\x00]{0,30}?(?:เตรียม|วางแผน|ความพร้อม|แผน)[^\n\x00]{0,50}?$"
)


def read_direction(
    text: str,
    *,
    partners: Iterable[tuple[int, int]],
    provinces: Iterable[tuple[int, int]],
) -> Direction | None:
    """
    Whether the partner came, we went, or the two met online; None when the words do not say, or say both.

    Args:
        text: A cleaned text in which dates, numbers and the topic are hidden.
        partners: First and last character of the partners' names in it.
        provinces: The same of Thai provinces.
    """
    if _ONLINE.search(text):
        return "online"
    marked = _mark(_mark(text, partners, _PARTNER), provinces, _PROVINCE)
    marked = _TITLE.sub(lambda found: "\x00" * len(found[0]), marked)
    marked = _THINGS_SENT.sub(lambda found: "\x00" * len(found[0]), marked)
    marked = _WENT_AND_CAME_BACK.sub(lambda found: found[0][:-2] + "\x00\x00", marked)
    for cues in (_SURE, _HINTS):
        found = {direction for direction, pattern in cues if _says(pattern, marked)}
        if found:
            return found.pop() if len(found) == 1 else None
    return None


def _says(pattern: re.Pattern[str], text: str) -> bool:
    """Whether a cue stands in the text other than as what a meeting prepares."""
    return any(not just_before(_ONLY_PREPARED, text, found.start()) for found in pattern.finditer(text))


def _mark(text: str, spans: Iterable[tuple[int, int]], sign: str) -> str:
    """Names as one sign each, repeated, so that one pattern fits all of them."""
    for first, last in spans:
        text = text[:first] + sign * (last + 1 - first) + text[last + 1 :]
    return text
