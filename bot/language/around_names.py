"""Words that stand around a name in a line that looks something up: courtesies, forms of government, glue."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from bot.language.spelling import ear_of, sound_of

Form = Literal["any", "province", "latin province", "region", "town", "district", "country"]
"""
What a word before or after a name says of it. A region (แขวง, มณฑล, รัฐ) lies abroad and is no capital; nor is
what is called a province in English, where Thai says จังหวัด of anything. A town may bear a province's name.
"""

_BEFORE: tuple[tuple[re.Pattern[str], Form], ...] = (
    (re.compile(r"(?:สำนักงาน|ศาลากลาง)?\s*(?:จังหวัด|จว\.?|จ\.|จ(?=\s))\s*"), "province"),
    (
        re.compile(r"(?:แขวง|ແຂວງ|มณฑล|รัฐ|ดินแดน|แคว้น|ខេត្ត|(?:tỉnh|negeri|state of)\s)\s*", re.IGNORECASE),
        "region",
    ),
    (re.compile(r"(?:กิ่ง)?(?:อำเภอ|อ\.|ตำบล|ต\.|เขต(?!ปกครอง|บริหาร))\s*"), "district"),
    (re.compile(r"(?:ประเทศ|สาธารณรัฐ)\s*"), "country"),
    (
        re.compile(
            r"(?:เมืองหลวง|กรุง|นครหลวง|เกาะ|ด่านพรมแดน|ด่าน|หาด|เขตปกครองตนเอง(?:ชนชาติไท|ชนชาติอี๋)?|เขตปกครองพิเศษ|เขตบริหารพิเศษ"
            r"|ນະຄອນຫຼວງ|ນະຄອນຫລວງ|រាជធានី|the\s|(?:province|prefecture)\s+of\s)\s*",
            re.IGNORECASE,
        ),
        "any",
    ),
    (
        re.compile(
            r"(?:มหานคร|นคร|เมือง|ນະຄອນ|ເມືອງ|ក្រុង|(?:thành phố|tp\.|г\.|город|(?:city|town)\s+of)\s)\s*",
            re.IGNORECASE,
        ),
        "town",
    ),
)
_AFTER: tuple[tuple[re.Pattern[str], Form], ...] = (
    (re.compile(r"\s+(?:district|amphoe)$", re.IGNORECASE), "district"),
    (re.compile(r"\s+(?:province|changwat)$", re.IGNORECASE), "latin province"),
    (
        re.compile(r"(?:\s+|-)(?:prefecture|ken|state|oblast|krai|aimag|khoueng|sheng)$", re.IGNORECASE),
        "region",
    ),
    (re.compile(r"(?:\s+|-)(?:city|town|shi)$", re.IGNORECASE), "town"),
    (re.compile(r"(?:\s+|-)(?:do|capital|islands?)$", re.IGNORECASE), "any"),
    (re.compile(r"(?:特别行政区|特別行政區|自治区|自治州|省|県|縣|府|州)$"), "region"),
    (re.compile(r"[市县]$"), "town"),
    (re.compile(r"(?:특별자치도|도)$"), "region"),
    (re.compile(r"(?:특별자치시|특별시|광역시|시)$"), "town"),
    (re.compile(r"\s*(?:область|край|аймаг|ပြည်နယ်|ခရိုင်)$", re.IGNORECASE), "region"),
    (re.compile(r"\s*(?:хот|မြို့)$"), "town"),
    (re.compile(r"\s*\(?(?:เดิม|เก่า)\)?$"), "any"),
)
_LEADS = re.compile(
    r"(?:อยาก(?:จะ)?|ช่วย|รบกวน|ต้องการ|ขอ|ค้นหา|ค้น|หา|ดู|เปิด|แสดง|ตรวจสอบ|เช็[คก]|ทราบ|รู้|ข้อมูล|รายละเอียด|รายชื่อ|รายการ|ชื่อ|แฟ้ม|การ์ด"
    r"|เรื่อง(?:ของ)?|เกี่ยวกับ|ของ|กับ|คู่(?:ความสัมพันธ์|เมืองพี่เมืองน้อง|สัมพันธ์|แฝด|มิตร|เมือง)?|ความสัมพันธ์|(?:เมือง|บ้าน)พี่เมืองน้อง|เมืองคู่แฝด|ฝั่ง|ฝ่าย|ทาง"
    r"|(?:please|find|search(?: for)?|show(?: me)?|open|look up|tell me about|info(?:rmation)?(?: on| about)?|about|the|(?:our )?pairings?(?: of| with)?"
    r"|sister (?:cit(?:y|ies)|provinces?)(?: of| with)?|twin (?:city|province)(?: of| with)?)\b)\s*",
    re.IGNORECASE,
)
_TAILS = re.compile(r"\s*(?:หน่อย|ด้วย|ที|ให้|บ้าง|\b(?:please|pairings?|info))$", re.IGNORECASE)
_WITHIN = re.compile(r"^(?:อำเภอ|อ\.|ตำบล|ต\.)\s*[ก-๙\s.-]{2,40}?\s*(?=(?:จังหวัด|จ\.)\s*[ก-๙])")
_MUNICIPAL = re.compile(
    r"เทศบาล|เทศมนตรี|เมืองพัทยา|pattaya city|(?<![ก-๙])ท[นมต](?:\.|\s)|municipal|(?<![ก-๙])อบต(?![ก-๙])|องค์การบริหารส่วนตำบล",
    re.IGNORECASE,
)
_GLUE = re.compile(r"กับ|และ|ของ|คู่กับ|คู่|[,/&+()|:;×]|(?:and|with|of|vs|x)(?![a-z])")
_OURS = re.compile(r"(?:ของ)?(?:จังหวัด)?เรา")
_BETWEEN = re.compile(
    r"(?:\s*[-,/&+()|:;×]\s*|\s+)(?:(?:กับ|และ|ของ|คู่กับ|(?:and|with|of|vs|x)\s)\s*)?|(?<=[ก-๙])(?:กับ|และ|ของ)(?=[ก-๙])"
)
_QUARTERS = ("เหนือ", "ใต้", "ตะวันออก", "ตะวันตก", "กลาง")
_BY_EAR = {heard(quarter): quarter for quarter in _QUARTERS for heard in (sound_of, ear_of)}


_FORM_WORDS = re.compile(
    r"(?:จังหวัด|เมือง|นคร|กรุง|มณฑล|แขวง|รัฐ|เกาะ|มหานคร|นครหลวง|เขต|ประเทศ|province|city|state|the)$",
    re.IGNORECASE,
)


def variants(line: str) -> Iterator[str]:
    """The line, then without the words that only ask for it; of "อ.เบตง จ.ยะลา" what the province is."""
    seen = [line]
    for text in seen:
        yield text
        found = [found for pattern in (_LEADS, _WITHIN) if (found := pattern.match(text))]
        shorter = [text[one.end() :] for one in found]
        if tail := _TAILS.search(text):
            shorter.append(text[: tail.start()])
        seen += [one for one in shorter if len(one) > 1 and one not in seen]


def is_form(text: str) -> bool:
    """Whether a text is a word for a form of government and no name."""
    return _FORM_WORDS.match(text) is not None


def without_form(text: str) -> Iterator[tuple[str, Form]]:
    """The text without the form of government before or after the name, and what that says of the name."""
    for pattern, form in _BEFORE:
        if (found := pattern.match(text)) and found.end() < len(text):
            yield text[found.end() :], form
    for pattern, form in _AFTER:
        if (found := pattern.search(text)) and found.start() > 0:
            yield text[: found.start()], form


def form_at(text: str, position: int) -> Iterator[tuple[int, Form]]:
    """Forms of government that stand in a text at a position: where each ends, and which it is."""
    for pattern, form in _BEFORE:
        if (found := pattern.match(text, position)) and found.end() < len(text):
            yield found.end(), form


def glue_at(text: str, position: int) -> int | None:
    """Where a word or sign between names ends that stands in a text at a position."""
    found = _GLUE.match(text, position)
    return found.end() if found else None


def ours_at(text: str, position: int) -> int | None:
    """Where "ของเรา" ends that stands in a text at a position."""
    found = _OURS.match(text, position)
    return found.end() if found else None


def pieces(text: str) -> list[str]:
    """The stretches between blanks, signs and the words that glue names together."""
    return [piece for piece in _BETWEEN.split(text) if piece]


def is_municipal(text: str) -> bool:
    """Whether a municipality is named: เทศบาลนครเชียงใหม่, ทน.หาดใหญ่; เมืองพัทยา is one by its own law."""
    return _MUNICIPAL.search(text) is not None


def quarter_of(heard: str) -> str | None:
    """The quarter that a name ends with, by sound or by ear: ชุงช็องใต้ is another place than ชุงช็องเหนือ."""
    return next((quarter for ending, quarter in _BY_EAR.items() if heard.endswith(ending)), None)
