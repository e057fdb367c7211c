"""Registry sheets as a ministry makes them, from the reference files, and what is wrong in them on purpose."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import xlsxwriter  # type: ignore[import-untyped]  # ships neither stubs nor py.typed

from bot.language.dates import ERA, FULL_MONTHS, SHORT_MONTHS

REFERENCE = Path(__file__).parents[3] / "storage" / "reference"
SHEET = "ทะเบียนคู่"
FIRST_ROW = 6
"""As people count: two titles, a blank row and two rows of headings stand above."""

LETTERS = {
    "number": "A",
    "province": "B",
    "country": "C",
    "partner": "D",
    "partner_en": "E",
    "stage": "F",
    "signed_on": "G",
    "term": "H",
    "expires_on": "I",
    "areas": "J",
    "signatory_ours": "K",
    "signatory_theirs": "L",
    "source": "M",
    "note": "N",
}
FIELDS = tuple(LETTERS)
_STAGES = {"established": "ลงนามแล้ว", "in_progress": "อยู่ระหว่างดำเนินการ", "unknown": "-"}
_THAI = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")

Row = dict[str, Any]


@dataclass(frozen=True)
class Formula:
    """A cell with a formula; without a value it was never worked out."""

    text: str
    value: Any = ""


@dataclass
class Ministry:
    """The sheet while it is written, and the cells of its planted faults."""

    rows: list[Row] = field(default_factory=list)
    planted: list[tuple[str, str]] = field(default_factory=list)  # cell, kind of the fault

    def plant(self, at: str, kind: str, **values: Any) -> None:
        """One more row in which one cell is wrong."""
        cell = f"{SHEET}!{LETTERS[at]}{FIRST_ROW + len(self.rows)}"
        self.rows.append({**BASE, **values})
        self.planted.append((cell, kind))

    def write(self, file: Path) -> None:
        write_ministry(self.rows, file)


BASE: Row = {
    "province": "ลำปาง",
    "country": "จีน",
    "partner": "นครเฉิงตู",
    "partner_en": "Chengdu",
    "stage": "ลงนามแล้ว",
}
"""No pairing of ours: what a faulty row would be if it were let through."""


def reference(name: str) -> list[dict[str, str]]:
    with (REFERENCE / name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def ministry_rows() -> list[Row]:
    """Every pairing of ours as the ministry would write it, its date of signature each time in another form."""
    countries = {row["code"]: row["name_th"] for row in reference("countries.csv")}
    return [
        {
            "province": row["province_th"],
            "country": countries[row["country_code"]],
            "partner": row["partner_th"],
            "partner_en": row["partner_en"],
            "stage": _STAGES[row["status"]],
            "signed_on": written(row["signed_date"], number),
        }
        for number, row in enumerate(reference("pairings.csv"))
    ]


def written(day: str, form: int) -> Any:
    """A date as people and spreadsheets write it; form by form something else."""
    parts = [int(part) for part in day.split("-")] if day else []
    if not parts:
        return ("-", "", "ไม่ระบุ")[form % 3]
    be = parts[0] + ERA
    if len(parts) == 1:
        return (f"พ.ศ. {be}", be, f"ปี {be}".translate(_THAI), str(be))[form % 4]
    if len(parts) == 2:
        return (
            f"{SHORT_MONTHS[parts[1] - 1]} {be}",
            f"{parts[1]}/{be}",
            f"{FULL_MONTHS[parts[1] - 1]} {be}",
        )[form % 3]
    exact = date(*parts)
    leap = (exact.month, exact.day) == (2, 29)
    short = f"{exact.day} {SHORT_MONTHS[exact.month - 1]}"
    return (
        exact,  # shown as a date
        exact
        if leap
        else date(be, exact.month, exact.day),  # typed in B.E. into a program that counts in C.E.
        (exact - date(1899, 12, 30)).days,  # a bare serial number
        f"{short} {be}",
        f"{exact.day} {FULL_MONTHS[exact.month - 1]} พ.ศ. {be}".translate(_THAI),
        f"{exact.day}/{exact.month}/{be}",
        f"{short}{be % 100}",
        exact.isoformat(),
        f"{short} {be} (ต่ออายุ 1 ม.ค. 2567)",
        f"ลงนามเมื่อวันที่ {short} {be}",
    )[form % 10]


def write_ministry(rows: Sequence[Row], file: Path) -> None:
    """Titles, two rows of headings with groups, provinces that are said once, totals and a note below."""
    with xlsxwriter.Workbook(file, {"default_date_format": "dd/mm/yyyy"}) as book:
        sheet = book.add_worksheet(SHEET)
        sheet.merge_range("A1:N1", "ทะเบียนความสัมพันธ์เมืองพี่เมืองน้อง (Sister City)")
        sheet.merge_range("A2:N2", "ข้อมูล ณ วันที่ ๓๐ กันยายน ๒๕๖๙ กองการต่างประเทศ สป.มท.")
        for area, text in (
            ("A4:A5", "ที่"),
            ("B4:B5", "จังหวัด"),
            ("C4:E4", "คู่ความสัมพันธ์"),
            ("F4:F5", "สถานะ"),
            ("G4:I4", "การลงนาม"),
            ("J4:J5", "สาขาความร่วมมือ"),
            ("K4:L4", "ผู้ลงนาม"),
            ("M4:M5", "เอกสารอ้างอิง"),
            ("N4:N5", "หมายเหตุ"),
        ):
            sheet.merge_range(area, text)
        for cell, text in (
            ("C5", "ประเทศ"),
            ("D5", "ชื่อ (ไทย)"),
            ("E5", "ภาษา\nอังกฤษ"),
            ("G5", "วัน เดือน ปี"),
            ("H5", "อายุ"),
            ("I5", "วันสิ้นสุด"),
            ("K5", "ฝ่ายไทย"),
            ("L5", "ฝ่ายต่างประเทศ"),
        ):
            sheet.write_string(cell, text)
        _write_rows(sheet, rows)
        last = FIRST_ROW + len(rows)
        sheet.write_string(f"A{last}", "รวม")
        sheet.write_formula(f"B{last}", f"=COUNTA(B{FIRST_ROW}:B{last - 1})", None, len(rows))
        sheet.merge_range(f"A{last + 2}:N{last + 2}", "หมายเหตุ: ข้อมูลจากจังหวัด อาจมีการเปลี่ยนแปลง")


def _write_rows(sheet: Any, rows: Sequence[Row]) -> None:
    number = 0
    while number < len(rows):
        end = number
        while end + 1 < len(rows) and rows[end + 1]["province"] == rows[number]["province"] != "":
            end += 1
        if end > number:
            sheet.merge_range(FIRST_ROW - 1 + number, 1, FIRST_ROW - 1 + end, 1, rows[number]["province"])
        for one in range(number, end + 1):
            sheet.write_number(FIRST_ROW - 1 + one, 0, one + 1)
            for column, name in enumerate(FIELDS[1:], start=1):
                if name != "province" or end == number:
                    write_cell(sheet, FIRST_ROW - 1 + one, column, rows[one].get(name, ""))
        number = end + 1


def write_cell(sheet: Any, row: int, column: int, value: Any) -> None:
    """Whatever a cell may hold."""
    if isinstance(value, Formula):
        sheet.write_formula(row, column, value.text, None, value.value)
    elif isinstance(value, date):
        sheet.write_datetime(row, column, value)
    elif isinstance(value, str):
        if value:
            sheet.write_string(row, column, value)
    else:
        sheet.write(row, column, value)


def book(file: Path, cells: Sequence[Sequence[Any]], sheet: str = SHEET, merged: Sequence[str] = ()) -> Path:
    """A plain workbook of these cells; `merged` areas take the value of their first cell."""
    with xlsxwriter.Workbook(file, {"default_date_format": "dd/mm/yyyy"}) as made:
        page = made.add_worksheet(sheet)
        for area in merged:
            page.merge_range(area, "")
        for row, values in enumerate(cells):
            for column, value in enumerate(values):
                write_cell(page, row, column, value)
    return file


def faulty() -> Ministry:
    """
    All pairings of ours, and beside them rows with one fault each.

    The partners of `worlds.add_namesakes_and_merged` have to be there.
    """
    made = Ministry(ministry_rows())
    plant = made.plant
    # provinces
    plant("province", "province", province="สิงโตทอง")  # there is none
    plant("province", "province", province="เชียงไหม่")  # misspelt
    plant("province", "province", province="เชียงใหม่ ลำพูน")  # two, without a sign between
    plant("province", "province", province="เชียงราย/พะเยา")  # two in one cell
    plant("province", "province", province="ปากน้ำ")  # Samut Prakan, or Pak Nam Pho
    plant("province", "province", province="หัวหิน")  # a district that is better known than its province
    plant("province", "province", province="ชม.")  # an hour too
    plant("province", "province", province="")  # forgotten: other provinces are merged cells
    plant("province", "municipal", province="เทศบาลนครเชียงใหม่")
    plant("province", "municipal", province="ทน.อุดรธานี")
    plant("province", "municipal", province="เมืองเชียงราย")
    plant("province", "municipal", province="เชียงใหม่ (เทศบาลตำบลแม่ริม)")
    plant("province", "municipal", province="อำเภอแม่สาย")
    plant("province", "municipal", province="อบจ.ลำพูน")
    # countries
    plant("country", "country", country="วากันดา")
    plant("country", "country", country="ไทย")
    plant(
        "country", "country", country="", partner="นครตัวอย่าง", partner_en="Exampleville"
    )  # new, and nowhere
    # partners
    plant("partner", "partner", partner="", partner_en="")
    plant("partner", "unmatched", partner="นครเฉิงดู", partner_en="")  # a slip
    plant("partner", "unmatched", country="ญี่ปุ่น")  # Chengdu is not there
    plant("partner", "unmatched", partner="เมืองประหลาด", partner_en="Hainan")  # one of both is wrong
    plant("partner_en", "partner", partner="นครเฉิงตู", partner_en="Hainan")  # two places
    plant("partner", "partner", partner="กว่างโจว/ไห่หนาน", partner_en="")  # two in one cell
    plant("partner", "partner", partner="เฉิงตูและฉงชิ่ง", partner_en="")  # two, one of them unknown
    plant("partner", "same name", partner="เมืองซูโจว", partner_en="Suzhou")
    plant("partner", "merged", country="เวียดนาม", partner="จังหวัดกว๋างนาม", partner_en="Quang Nam")
    plant("partner", "municipal", country="ลาว", partner="เมืองหลวงพระบาง", partner_en="")  # the town
    plant("partner", "municipal", country="ญี่ปุ่น", partner="เทศบาลเมืองนาฮะ", partner_en="Naha")
    plant("partner", "partner", partner="เชียงใหม่", partner_en="")  # columns in the wrong order
    # stages and lists
    plant("stage", "cell", stage="ดำเนินการแล้ว")
    plant("areas", "cell", areas=", ".join(f"สาขาที่ {number}" for number in range(60)))
    # dates
    plant("signed_on", "cell", signed_on="31 เม.ย. 2560")
    plant("signed_on", "cell", signed_on="29 ก.พ. 2568")
    plant("signed_on", "cell", signed_on=date(2568, 2, 29))  # a day that only the C.E. year 2568 has
    plant("signed_on", "cell", signed_on="12/6/17")  # 2017, or 2517
    plant("signed_on", "cell", signed_on=date(1960, 6, 12))  # 12/6/60 as a program took it
    plant("signed_on", "cell", signed_on="1 ม.ค. 2599")
    plant("signed_on", "cell", signed_on="12-15 มี.ค. 2560")
    plant("signed_on", "cell", signed_on="12 มิ.ย. 2560 และ 3 ก.ค. 2561")
    plant("signed_on", "cell", signed_on="ปีงบประมาณ 2560")
    plant("expires_on", "cell", signed_on="12 มิ.ย. 2560", expires_on="12 มิ.ย. 2555")
    plant("expires_on", "dead", expires_on=Formula("=#REF!+1", "#REF!"))
    # rows together
    made.rows.append({**BASE, "province": "แพร่", "signed_on": "12 มิ.ย. 2560"})
    plant("signed_on", "repeated", province="แพร่", signed_on="13 มิ.ย. 2560")
    return made
