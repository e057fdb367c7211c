"""
The curators' workbook: all entries in a spreadsheet, and what came back from it.

`write_workbook` gives every entry as a row. `read_workbook` takes such a file (or a CSV of it), tells each
fault by its cell, and returns the rows that say something new. What it returns fits: the base with these
entries in it keeps every rule of the curated files, even while other rows still have faults.
"""

from __future__ import annotations

from knowledge.sheets.package import SheetError
from knowledge.sheets.reading import RowFault, WorkbookRead, read_workbook
from knowledge.sheets.writing import write_workbook

__all__ = ["RowFault", "SheetError", "WorkbookRead", "read_workbook", "write_workbook"]
