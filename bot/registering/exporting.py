"""
The registry as a sheet that people can edit and that comes back without a change.

Every cell is text: nothing that stands in one is a formula, whatever it begins with. Each value's source
stands in the row too.
"""

from __future__ import annotations

import csv
import unicodedata
from collections.abc import Iterator, Sequence
from datetime import date
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import xlsxwriter  # type: ignore[import-untyped]  # ships neither stubs nor py.typed

from bot.language.dates import thai_date
from bot.registering.fields import BY_KEY, FIELDS, SOURCES_HEADING
from bot.registering.ours import Held, Ours, Pairing
from bot.registering.values import DATES, STAGE_LABELS
from knowledge.sheets.columns import tidy

SHEET = "ทะเบียน"
FONT = "TH Sarabun New"
FONT_SIZE = 14
NARROWEST, SOURCES_WIDTH = 9, 48
_LEFT_OUT = ("signatory_ours", "signatory_theirs")
"""Are one list here: ผู้ลงนาม."""

_COLUMNS = tuple(field for field in FIELDS if field.key not in _LEFT_OUT)
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def write_registry(ours: Ours, file: Path) -> int:
    """
    Write every pairing as a row into an .xlsx or .csv file; returns their number.

    Raises:
        OSError: If the file cannot be written.
    """
    rows = list(_rows(ours))
    heads = [*(field.heading for field in _COLUMNS), SOURCES_HEADING]
    written = _workbook(heads, rows) if file.suffix.lower() == ".xlsx" else _comma(heads, rows)
    file.write_bytes(written)
    return len(rows)


def _rows(ours: Ours) -> Iterator[list[str]]:
    for pairing in sorted(ours.pairings.values(), key=lambda one: (one.province, one.id)):
        partner = ours.partners[pairing.partner]
        texts = {
            "id": pairing.id,
            "province": ours.provinces[pairing.province].name,
            "country": ours.countries[partner.country].name,
            "partner": partner.name,
            "partner_en": partner.name_en,
            "partner_local": partner.name_local or "",
            "source": pairing.source,
        }
        fields = (field.key for field in _COLUMNS if field.key not in texts)
        texts |= {name: _shown(name, pairing.held(name)) for name in fields}
        sources = _sources(pairing, {**partner.fields, **pairing.fields})
        yield [tidy(text) for text in (*(texts[field.key] for field in _COLUMNS), sources)]


def _shown(name: str, held: Held) -> str:
    value: Any = held.value
    if value in (None, ""):
        return ""
    if name == "stage":
        return STAGE_LABELS.get(value, str(value))
    if name in DATES:
        return thai_date(date.fromisoformat(value), held.precision or "day")
    return "\n".join(map(str, value)) if isinstance(value, list) else str(value)


def _sources(pairing: Pairing, fields: dict[str, Held]) -> str:
    """One line for each value that does not come from where the row does."""
    lines = (
        f"{BY_KEY[name].heading if name in BY_KEY else name}: {held.source}"
        for name, held in sorted(fields.items())
        if held.source and held.source != pairing.source
    )
    return "\n".join(lines)


# ------------------------------------------------------------------ files


def _comma(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> bytes:
    """UTF-8 with its mark, by which spreadsheet programs know it."""
    made = StringIO()
    writer = csv.writer(made)
    writer.writerow(heads)
    writer.writerows([_guarded(text) for text in row] for row in rows)
    return made.getvalue().encode("utf-8-sig")


def _guarded(text: str) -> str:
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text


def _workbook(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> bytes:
    made = BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(made, options) as book:
        cell = {
            "font_name": FONT,
            "font_size": FONT_SIZE,
            "num_format": "@",
            "text_wrap": True,
            "valign": "top",
        }
        plain = book.add_format(cell)
        quoted = book.add_format({**cell, "quote_prefix": True})  # stays text when somebody edits it
        head = book.add_format(
            {
                **cell,
                "bold": True,
                "font_color": "#FFFFFF",
                "bg_color": "#0B5D4B",
                "border": 1,
                "valign": "vcenter",
            }
        )
        sheet = book.add_worksheet(SHEET)
        sheet.freeze_panes(1, 2)
        sheet.set_row(0, 30)
        sheet.set_landscape()
        sheet.set_paper(8)  # A3
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
        for number, heading in enumerate(heads):
            most = _COLUMNS[number].width if number < len(_COLUMNS) else SOURCES_WIDTH
            texts = [heading, *(row[number] for row in rows)]
            sheet.set_column(number, number, _width(texts, most), plain)
            sheet.write_string(0, number, heading, head)
            for row, text in enumerate(texts[1:], start=1):
                if text:
                    sheet.write_string(
                        row, number, text, quoted if text.startswith(_FORMULA_STARTS) else plain
                    )
        sheet.autofilter(0, 0, max(1, len(rows)), len(heads) - 1)
    return made.getvalue()


def _width(texts: Sequence[str], most: int) -> float:
    """Wide enough for the longest line, up to where lines are broken; the heading is bold and has an arrow."""
    longest = max((_columns_of(line) for text in texts for line in text.split("\n")), default=0)
    return max(NARROWEST, _columns_of(texts[0]) + 4, min(most, longest + 2))


def _columns_of(text: str) -> int:
    """How wide a line is: marks above and below take no room, Chinese signs that of two letters."""
    return sum(
        0
        if unicodedata.combining(sign) or unicodedata.category(sign) == "Mn"
        else 2
        if unicodedata.east_asian_width(sign) in "WF"
        else 1
        for sign in text
    )
