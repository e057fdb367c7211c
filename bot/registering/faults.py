"""
What has to be mended in a sheet, each with its cell: in Thai with English in brackets, and what to write instead.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from knowledge.sheets.cells import quoted

Kind = Literal[
    "cell",  # a value that cannot be read
    "dead",  # a formula without a value
    "province",
    "country",
    "partner",
    "same name",  # of two partners
    "unmatched",  # no partner of that name, but there are near ones
    "merged",  # the partner is a part of another one now
    "municipal",  # a municipality or a district, not the province
    "repeated",  # said differently in two rows
]


class Wrong(NamedTuple):
    """What is wrong, and what to write instead."""

    kind: Kind
    problem: str
    instead: str
    nearest: tuple[str, ...] = ()


@dataclass(frozen=True)
class Fault:
    """Something wrong at a cell; the row is left out as a whole."""

    sheet: str
    row: int  # as people count
    cell: str  # ทะเบียน!E12
    wrong: Wrong

    def __str__(self) -> str:
        return f"{self.cell}: {self.wrong.problem} · {self.wrong.instead}"


@dataclass(frozen=True)
class Notice:
    """Worth knowing, nothing to mend."""

    cell: str
    text: str

    def __str__(self) -> str:
        return f"{self.cell}: {self.text}"


def listed(names: Sequence[str]) -> str:
    return " / ".join(names)


# ------------------------------------------------------------------ values


def not_a_day(text: str) -> Wrong:
    return Wrong(
        "cell", f"{quoted(text)} อ่านเป็นวันที่ไม่ได้ (not a date)", "เขียนเช่น 12 มิ.ย. 2560 หรือ มิ.ย. 2560 หรือ 2560"
    )


def impossible_day(text: str) -> Wrong:
    return Wrong("cell", f"ไม่มีวันที่ {quoted(text)} ในปฏิทิน (no such day)", "ตรวจวัน เดือน และปี แล้วเขียนใหม่")


def open_day(text: str, meant: Sequence[str]) -> Wrong:
    return Wrong(
        "cell",
        f"{quoted(text)} อ่านได้มากกว่าหนึ่งวัน (could be several dates)",
        f"เขียนวันเดียวพร้อมปีสี่หลัก เช่น {listed(meant)}",
    )


def early_day(shown: str, meant: str | None) -> Wrong:
    instead = f"หากหมายถึง พ.ศ. เขียน {meant}" if meant else "ตรวจปี แล้วเขียนใหม่"
    return Wrong("cell", f"ปีของวันที่ {shown} เก่าเกินไป (year too early)", instead)


def future_signature(shown: str) -> Wrong:
    return Wrong("cell", f"วันที่ลงนาม {shown} ยังมาไม่ถึง (signed in the future)", "เว้นว่างจนกว่าจะลงนาม หรือตรวจปี")


def ends_before(shown: str) -> Wrong:
    return Wrong("cell", f"วันสิ้นสุด {shown} อยู่ก่อนวันลงนาม (ends before it was signed)", "ตรวจทั้งสองวันที่")


def unknown_stage(text: str, labels: Sequence[str]) -> Wrong:
    return Wrong("cell", f"ไม่เข้าใจสถานะ {quoted(text)} (unknown stage)", f"เขียนหนึ่งใน: {listed(labels)}")


def not_text(text: str) -> Wrong:
    return Wrong(
        "cell",
        f"ช่องนี้ควรเป็นข้อความ แต่เป็น {quoted(text)} (a number or date where words belong)",
        "ตั้งรูปแบบเซลล์เป็น ข้อความ แล้วพิมพ์ใหม่",
    )


def too_long(most: int) -> Wrong:
    return Wrong("cell", f"ข้อความยาวเกิน {most:,} ตัวอักษร (text too long)", "ย่อข้อความในช่องนี้")


def too_many_items(most: int) -> Wrong:
    return Wrong("cell", f"มีมากกว่า {most} ค่าในช่องเดียว (too many values)", "เขียนเฉพาะที่สำคัญ คั่นด้วยจุลภาค")


def dead_formula() -> Wrong:
    return Wrong(
        "dead", "สูตรในช่องนี้ไม่มีค่า หรือมีค่าเป็นข้อผิดพลาด (formula without a value)", "แทนสูตรด้วยค่า แล้วบันทึกใหม่"
    )


# ------------------------------------------------------------------ provinces, countries


def no_province() -> Wrong:
    return Wrong("province", "ไม่มีชื่อจังหวัด (no province)", "เขียนชื่อจังหวัดของไทยในแถวนี้")


def unknown_province(text: str, nearest: tuple[str, ...]) -> Wrong:
    instead = f"หมายถึง {listed(nearest)} หรือไม่ หากใช่ เขียนชื่อนั้น" if nearest else "เขียนชื่อจังหวัดของไทย เช่น เชียงใหม่"
    return Wrong("province", f"ไม่รู้จักจังหวัด {quoted(text)} (unknown province)", instead, nearest)


def open_province(text: str, nearest: tuple[str, ...]) -> Wrong:
    return Wrong(
        "province",
        f"{quoted(text)} อาจหมายถึงที่อื่น (could be another place)",
        f"เขียนชื่อเต็ม: {listed(nearest)}",
        nearest,
    )


def several_provinces(text: str, nearest: tuple[str, ...]) -> Wrong:
    return Wrong(
        "province", f"{quoted(text)} มีหลายจังหวัดในช่องเดียว (several provinces)", "เขียนจังหวัดละหนึ่งแถว", nearest
    )


def municipal(text: str) -> Wrong:
    return Wrong(
        "municipal",
        f"{quoted(text)} เป็นหน่วยระดับท้องถิ่น ไม่ใช่จังหวัด (a municipality, not the province)",
        "ไม่นำเข้าเป็นคู่ระดับจังหวัด หากเป็นของจังหวัด เขียนเฉพาะชื่อจังหวัด",
    )


def district(text: str) -> Wrong:
    return Wrong(
        "municipal",
        f"{quoted(text)} เป็นอำเภอหรือตำบล ไม่ใช่จังหวัด (a district, not the province)",
        "ไม่นำเข้าเป็นคู่ระดับจังหวัด หากเป็นของจังหวัด เขียนชื่อจังหวัด",
    )


def unknown_country(text: str, nearest: tuple[str, ...]) -> Wrong:
    instead = f"หมายถึง {listed(nearest)} หรือไม่" if nearest else "เขียนชื่อประเทศ เช่น จีน เวียดนาม ญี่ปุ่น"
    return Wrong("country", f"ไม่รู้จักประเทศ {quoted(text)} (unknown country)", instead, nearest)


def home_country(text: str) -> Wrong:
    return Wrong(
        "country",
        f"ประเทศของคู่ความสัมพันธ์เป็น {quoted(text)} (the partner's country is Thailand)",
        "เขียนประเทศของคู่ความสัมพันธ์",
    )


def no_country() -> Wrong:
    return Wrong("country", "คู่ใหม่ต้องมีประเทศ (a new partner needs its country)", "เขียนชื่อประเทศในแถวนี้")


# ------------------------------------------------------------------ partners


def no_partner() -> Wrong:
    return Wrong("partner", "ไม่มีชื่อคู่ความสัมพันธ์ (no partner)", "เขียนชื่อเมืองหรือจังหวัดของต่างประเทศในแถวนี้")


def several_partners(text: str, found: tuple[str, ...]) -> Wrong:
    return Wrong(
        "partner",
        f"{quoted(text)} มีหลายคู่ในช่องเดียว: {listed(found)} (several partners)",
        "เขียนคู่ละหนึ่งแถว",
        found,
    )


def same_name(text: str, found: tuple[str, ...]) -> Wrong:
    return Wrong(
        "same name",
        f"มีมากกว่าหนึ่งแห่งชื่อ {quoted(text)}: {listed(found)} (several partners have this name)",
        "เขียนรหัสคู่ในคอลัมน์ รหัสคู่ หรือชื่อเต็มที่ต่างกัน",
        found,
    )


def names_disagree(one: str, other: str) -> Wrong:
    return Wrong(
        "partner",
        f"ชื่อในแถวนี้เป็นคนละแห่ง: {one} และ {other} (the names are of two partners)",
        "แก้ชื่อให้เป็นแห่งเดียวกัน",
        (one, other),
    )


def name_unlike(text: str, found: str) -> Wrong:
    return Wrong(
        "unmatched",
        f"{quoted(text)} ไม่ใช่ชื่อของ {found} ซึ่งอีกช่องหนึ่งระบุ (the names do not fit)",
        f"เขียน {found} หรือแก้อีกช่องหนึ่ง",
        (found,),
    )


def unmatched(text: str, nearest: tuple[str, ...]) -> Wrong:
    return Wrong(
        "unmatched",
        f"ไม่พบคู่ {quoted(text)} (no partner of this name) ใกล้เคียง: {listed(nearest)}",
        "เขียนชื่อที่ตรง หากเป็นแห่งใหม่ เขียนรหัสใหม่ในคอลัมน์ รหัสคู่ เช่น 50-chengdu",
        nearest,
    )


def merged(old: str, new: str, *, also: bool) -> Wrong:
    instead = f"คู่กับ {new} มีอยู่แล้ว ลบแถวนี้" if also else f"เขียน {new}"
    return Wrong("merged", f"{old} รวมเข้ากับ {new} แล้ว (merged into another partner)", instead, (new,))


def town(text: str, region: str) -> Wrong:
    return Wrong(
        "municipal",
        f"{quoted(text)} อาจเป็นเมืองหรือเทศบาล ไม่ใช่ {region} (perhaps the town, not the province of that name)",
        f"หากเป็นระดับจังหวัด เขียน {region}",
        (region,),
    )


def ours_as_partner(text: str) -> Wrong:
    return Wrong(
        "partner",
        f"{quoted(text)} เป็นจังหวัดของไทย (a province of Thailand as the partner)",
        "เขียนชื่อเมืองหรือจังหวัดของต่างประเทศ",
    )


def id_unknown(text: str, meant: str | None) -> Wrong:
    instead = f"{meant} หรือเว้นว่าง" if meant else "เว้นว่าง หรือเขียนเลขจังหวัด ขีด และชื่ออังกฤษตัวเล็ก เช่น 50-chengdu"
    return Wrong(
        "partner", f"ไม่มีรหัสคู่ {quoted(text)} (unknown pairing id)", instead, (meant,) if meant else ()
    )


def id_of_another(text: str, pair: str) -> Wrong:
    return Wrong(
        "partner",
        f"รหัส {quoted(text)} เป็นของ {pair} ไม่ตรงกับชื่อในแถวนี้ (the id is another pairing's)",
        "แก้รหัส หรือเว้นว่าง",
        (pair,),
    )


def said_twice(field: str, where: str, ours: str) -> Wrong:
    return Wrong(
        "repeated",
        f"คู่นี้มีใน {where} แล้ว และ {field} ต่างกัน: {ours} (said differently in two rows)",
        "รวมเป็นแถวเดียว",
    )
