"""
The fields of a registry sheet: how their columns may be headed, and how they are headed when we write one.

A heading under a group (วันที่ under การลงนาม) is known by both together; alone it would say too little.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import product

from rapidfuzz import fuzz

from knowledge.normalize import squash

IGNORE = "ignore"
"""What a column is mapped to that is none of ours."""

LONGEST_HEADING = 80
NEAR = 88.0
"""RapidFuzz ratio from which a heading is taken for a known one: a slip, not another word."""
UNCLEAR = 70.0
"""From here on it could be one, and has to be said."""


@dataclass(frozen=True)
class Field:
    """One column; `heading` and `width` (in letters) are those of our own sheets."""

    key: str
    heading: str
    english: str
    width: int
    known: tuple[str, ...]
    under: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...] = ()
    """Pairs of group headings and of what stands under them."""


_OURS = ("ฝ่ายไทย", "ไทย", "ประเทศไทย", "จังหวัดของไทย", "จังหวัดไทย", "thai side", "thailand")
_THEIRS = (
    *("ฝ่ายต่างประเทศ", "ต่างประเทศ", "คู่ความสัมพันธ์", "เมืองคู่ความสัมพันธ์", "ฝ่ายคู่ความสัมพันธ์", "คู่สัญญา"),
    *("คู่มิตร", "เมืองคู่มิตร", "เมืองพี่เมืองน้อง", "เมืองของต่างประเทศ", "จังหวัด/เมืองของต่างประเทศ"),
    *("จังหวัด/เมืองต่างประเทศ", "หน่วยการปกครองของต่างประเทศ", "เมืองคู่แฝด", "foreign side", "partner"),
)
_AGREEMENT = (
    *("การลงนาม", "ลงนาม", "ความตกลง", "ข้อตกลง", "บันทึกความเข้าใจ", "บันทึกความเข้าใจ (MOU)", "MOU", "การสถาปนา"),
    *("การสถาปนาความสัมพันธ์", "การลงนามบันทึกความเข้าใจ", "เอกสารความตกลง", "signing", "agreement"),
)
_END = ("สิ้นสุด", "การสิ้นสุด", "วันสิ้นสุด", "หมดอายุ")
_DAY = ("วันที่", "วัน เดือน ปี", "ว/ด/ป", "ว.ด.ป.", "เมื่อ", "เมื่อวันที่", "วันที่ลงนาม", "date")

FIELDS: tuple[Field, ...] = (
    Field("id", "รหัสคู่", "Pairing id", 18, ("รหัสคู่ความสัมพันธ์", "pairing_id", "id")),
    Field(
        "province",
        "จังหวัด",
        "Province",
        18,
        ("ชื่อจังหวัด", "จังหวัดของไทย", "จังหวัดไทย", "จังหวัด (ไทย)", "จังหวัดในประเทศไทย", "thai province"),
        ((_OURS, ("จังหวัด", "ชื่อจังหวัด", "province")),),
    ),
    Field(
        "country",
        "ประเทศ",
        "Country",
        14,
        ("ชื่อประเทศ", "ประเทศคู่ความสัมพันธ์", "ประเทศคู่สัญญา"),
        ((_THEIRS, ("ประเทศ", "ชื่อประเทศ", "country")),),
    ),
    Field(
        "partner",
        "คู่ความสัมพันธ์",
        "Partner",
        30,
        (
            *("เมืองคู่ความสัมพันธ์", "จังหวัด/เมืองคู่ความสัมพันธ์", "เมือง/จังหวัดคู่ความสัมพันธ์", "คู่ความสัมพันธ์ (ไทย)"),
            *("เมือง/จังหวัดของประเทศคู่ความสัมพันธ์", "เมือง/จังหวัดของต่างประเทศ"),
            *("จังหวัด/เมืองของต่างประเทศ", "จังหวัด/เมืองต่างประเทศ", "เมืองต่างประเทศ", "เมืองพี่เมืองน้อง", "เมืองคู่แฝด"),
            *("เมืองคู่มิตร", "ชื่อเมือง", "ชื่อเมือง (ไทย)", "ชื่อเมืองภาษาไทย", "จังหวัด/รัฐ/มณฑล", "เมือง/รัฐ/มณฑล"),
            *("จังหวัด/มณฑล/รัฐ/เมือง", "หน่วยการปกครองของต่างประเทศ", "จังหวัดหรือหน่วยการปกครองของต่างประเทศ"),
            *("partner (thai)", "sister city", "sister province", "คู่ความสัมพันธ์ (ภาษาไทย)"),
        ),
        (
            (
                _THEIRS,
                (
                    *(
                        "จังหวัด",
                        "เมือง",
                        "จังหวัด/เมือง",
                        "เมือง/จังหวัด",
                        "ชื่อ",
                        "ชื่อเมือง",
                        "ภาษาไทย",
                        "ชื่อภาษาไทย",
                        "ชื่อไทย",
                    ),
                    *("ไทย", "ชื่อ (ไทย)", "เมือง/มณฑล/รัฐ", "เมือง/รัฐ/มณฑล", "จังหวัด/มณฑล/รัฐ", "name", "thai"),
                ),
            ),
        ),
    ),
    Field(
        "partner_en",
        "คู่ความสัมพันธ์ (อังกฤษ)",
        "Partner (English)",
        26,
        (
            *("ชื่อเมือง (อังกฤษ)", "ชื่อเมืองภาษาอังกฤษ", "ชื่อภาษาอังกฤษ", "คู่ความสัมพันธ์ (ภาษาอังกฤษ)", "ชื่ออังกฤษ"),
            *("เมืองคู่ความสัมพันธ์ (อังกฤษ)", "partner name", "english name"),
        ),
        ((_THEIRS, ("ภาษาอังกฤษ", "ชื่อภาษาอังกฤษ", "อังกฤษ", "ชื่ออังกฤษ", "ชื่อ (อังกฤษ)", "english")),),
    ),
    Field(
        "partner_local",
        "คู่ความสัมพันธ์ (ภาษาถิ่น)",
        "Partner (local)",
        22,
        ("ชื่อภาษาท้องถิ่น", "ชื่อท้องถิ่น", "ภาษาท้องถิ่น", "ชื่อในภาษาเดิม", "local name"),
        ((_THEIRS, ("ภาษาท้องถิ่น", "ภาษาถิ่น", "ชื่อท้องถิ่น", "ภาษาเดิม", "local", "local name")),),
    ),
    Field(
        "stage",
        "สถานะ",
        "Stage",
        20,
        (
            *(
                "สถานะความสัมพันธ์",
                "สถานะการดำเนินการ",
                "สถานะการดำเนินงาน",
                "ขั้นตอน",
                "ผลการดำเนินการ",
                "การดำเนินการ",
            ),
            *("สถานะปัจจุบัน", "สถานะ MOU", "status"),
        ),
    ),
    Field(
        "signed_on",
        "วันที่ลงนาม",
        "Signed on",
        18,
        (
            *("วันลงนาม", "วัน เดือน ปี ที่ลงนาม", "วันเดือนปีที่ลงนาม", "ลงนามเมื่อ", "ลงนามเมื่อวันที่", "วันที่สถาปนา"),
            *("วันที่ลงนามบันทึกความเข้าใจ", "วันที่ลงนาม MOU", "วันที่สถาปนาความสัมพันธ์", "ปีที่ลงนาม", "ปีที่สถาปนา"),
            *("วันที่ลงนามความตกลง", "date of signing", "signed date", "signature date"),
        ),
        ((_AGREEMENT, (*_DAY, "วันเริ่ม", "วันที่เริ่ม")),),
    ),
    Field(
        "term",
        "ระยะเวลา",
        "Term",
        16,
        ("อายุความตกลง", "อายุบันทึกความเข้าใจ", "อายุ MOU", "ระยะเวลาความตกลง", "อายุข้อตกลง", "มีกำหนด", "duration"),
        ((_AGREEMENT, ("อายุ", "ระยะเวลา", "อายุ (ปี)", "ระยะเวลา (ปี)", "term")),),
    ),
    Field(
        "expires_on",
        "วันสิ้นสุด",
        "Expires on",
        18,
        (
            *(
                "วันหมดอายุ",
                "วันที่สิ้นสุด",
                "วันที่หมดอายุ",
                "หมดอายุ",
                "สิ้นสุด",
                "วันครบกำหนด",
                "ครบกำหนด",
                "วันสิ้นสุดความตกลง",
            ),
            *("สิ้นสุดเมื่อ", "expiry", "expiry date", "expires"),
        ),
        (
            (_AGREEMENT, (*_END, "วันหมดอายุ", "วันที่สิ้นสุด", "ครบกำหนด", "ถึง", "expiry")),
            (_END, _DAY),
        ),
    ),
    Field(
        "areas",
        "สาขาความร่วมมือ",
        "Areas",
        36,
        (
            *("ด้านความร่วมมือ", "ขอบเขตความร่วมมือ", "สาขา", "ประเด็นความร่วมมือ", "กรอบความร่วมมือ", "ความร่วมมือ"),
            *("ด้านที่ร่วมมือ", "areas of cooperation"),
        ),
    ),
    Field(
        "signatories",
        "ผู้ลงนาม",
        "Signatories",
        36,
        ("รายชื่อผู้ลงนาม", "ผู้มีอำนาจลงนาม"),
    ),
    Field(
        "signatory_ours",
        "ผู้ลงนามฝ่ายไทย",
        "Signatory (Thai)",
        30,
        ("ผู้ลงนาม (ฝ่ายไทย)", "ผู้ลงนามไทย"),
        ((("ผู้ลงนาม", *_AGREEMENT), (*_OURS, "ผู้ลงนามฝ่ายไทย")), (_OURS, ("ผู้ลงนาม",))),
    ),
    Field(
        "signatory_theirs",
        "ผู้ลงนามฝ่ายต่างประเทศ",
        "Signatory (partner)",
        30,
        ("ผู้ลงนาม (ฝ่ายต่างประเทศ)", "ผู้ลงนามต่างประเทศ", "ผู้ลงนามฝ่ายคู่ความสัมพันธ์"),
        ((("ผู้ลงนาม", *_AGREEMENT), (*_THEIRS, "ผู้ลงนามฝ่ายต่างประเทศ")), (_THEIRS, ("ผู้ลงนาม",))),
    ),
    Field("source", "ที่มา", "Source", 40, ("แหล่งที่มา", "แหล่งข้อมูล", "อ้างอิง", "เอกสารอ้างอิง", "หนังสืออ้างอิง")),
    Field("note", "หมายเหตุ", "Note", 40, ("หมายเหตุ/ข้อสังเกต", "ข้อสังเกต", "remark", "remarks", "notes")),
)
BY_KEY: Mapping[str, Field] = {field.key: field for field in FIELDS}
NAMES = ("partner", "partner_en", "partner_local")
"""Each names the partner; one of them is enough."""

SOURCES_HEADING = "ที่มาของแต่ละช่อง"
"""Of the column in which our sheets say where each value comes from; it is not read back."""

_NOT_OURS = frozenset(
    squash(heading)
    for heading in (
        *("ที่", "ลำดับ", "ลำดับที่", "no", "no.", "#", "ภาค", "ภูมิภาค", "กลุ่มจังหวัด", "จำนวน", "จำนวนคู่"),
        SOURCES_HEADING,
    )
)


def _spellings(field: Field) -> Iterator[str]:
    yield from (field.heading, field.english, field.key, *field.known)
    for groups, inner in field.under:
        yield from (f"{group} {heading}" for group, heading in product(groups, inner))


_KNOWN: Mapping[str, str] = {
    squash(spelling): field.key
    for field in reversed(FIELDS)
    for spelling in reversed(list(_spellings(field)))
}


@dataclass(frozen=True)
class Likeness:
    """The field that a heading is most like; `score` is 100 where it is a known one."""

    field: str
    score: float
    like: str


def field_of(heading: str) -> str | None:
    """The field that a heading is known for; case, blanks and signs do not matter."""
    return _KNOWN.get(squash(heading)) if len(heading) <= LONGEST_HEADING else None


def is_none_of_ours(heading: str) -> bool:
    """Running numbers, regions and counts: nothing to read, and nothing to tell about."""
    return squash(heading) in _NOT_OURS


@lru_cache(maxsize=2048)
def nearest_field(heading: str) -> Likeness | None:
    """The field whose headings are nearest, if any is near enough to be asked about."""
    key = squash(heading)
    if not 3 <= len(key) <= LONGEST_HEADING:
        return None
    best: Likeness | None = None
    for known, field in _KNOWN.items():
        score = fuzz.ratio(key, known)
        if len(known) >= 5 and known in key:
            score = max(score, UNCLEAR)  # "วันที่ลงนามครั้งล่าสุด" may be it, or something else
        if score >= UNCLEAR and (best is None or score > best.score):
            best = Likeness(field, score, known)
    return best
