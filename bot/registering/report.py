"""What an import found, for people and for programs. Keys are stable: see README."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.registering.checking import shown
from bot.registering.faults import Fault
from bot.registering.headings import Column, Header, Unclear
from bot.registering.ours import Ours
from bot.registering.reconciling import Addition, Change, Reconciliation, Tally
from knowledge.sheets.columns import address

PLAN: Mapping[str, Tally] = {"established": Tally(89, 39), "in_progress": Tally(52, 23)}
"""Pairs and provinces that the ministry's plan counts, B.E. 2562."""
_WORDS = {"established": "signed", "in_progress": "in progress"}

UNMATCHED = ("unmatched", "merged")
MUNICIPAL = ("municipal",)
ERRORS = ("cell", "dead", "province", "country", "partner", "same name", "repeated")


@dataclass(frozen=True)
class Sheet:
    """How a sheet was understood; `why` tells why it was not read."""

    name: str
    header: Header | None
    why: str = ""


@dataclass(frozen=True)
class Report:
    file: str
    sha256: str
    sheets: Sequence[Sheet]
    notes: Sequence[str]  # of the file as a whole
    found: Reconciliation
    ours: Ours

    @property
    def unclear(self) -> list[tuple[str, Unclear]]:
        return [(sheet.name, one) for sheet in self.sheets if sheet.header for one in sheet.header.unclear]

    @property
    def missing(self) -> list[str]:
        """Ids of our pairings that the file does not name."""
        return sorted(self.ours.pairings.keys() - self.found.matched)

    @property
    def needs_a_person(self) -> bool:
        return bool(self.found.faults or self.unclear)

    def counts(self) -> dict[str, int]:
        found = self.found
        return {
            "rows": found.rows,
            "new": len(found.new),
            "changed": len(found.changed),
            "conflicting": len(found.conflicting),
            "unchanged": found.unchanged,
            "unmatched": len(found.of_kind(*UNMATCHED)),
            "municipal": len(found.of_kind(*MUNICIPAL)),
            "errors": len(found.of_kind(*ERRORS)),
            "missing": len(self.missing),
        }


# ------------------------------------------------------------------ for programs


def report_json(report: Report, import_id: int | None) -> dict[str, Any]:
    found = report.found
    return {
        "file": report.file,
        "sha256": report.sha256,
        "import": import_id,
        "columns": [_column_json(sheet.name, one) for sheet in report.sheets for one in _columns(sheet)],
        "unclear": [
            {
                "cell": address(name, one.heading.spot),
                "heading": one.heading.text,
                "field": one.field,
                "doubled": one.doubled,
            }
            for name, one in report.unclear
        ],
        "unread": [
            {"cell": address(sheet.name, one.spot), "heading": one.text}
            for sheet in report.sheets
            if sheet.header
            for one in sheet.header.unread
        ],
        "counts": report.counts(),
        "plan": {status: _tally_json(tally) for status, tally in PLAN.items()},
        **{
            name: {status: _tally_json(tally) for status, tally in tallies.items()}
            for name, tallies in found.tallies.items()
        },
        "new": [_addition_json(one) for one in found.new],
        "changed": [_change_json(one) for one in found.changed],
        "conflicting": [_change_json(one) | {"known": one.known} for one in found.conflicting],
        "unmatched": [_fault_json(one) for one in found.of_kind(*UNMATCHED)],
        "municipal": [_fault_json(one) for one in found.of_kind(*MUNICIPAL)],
        "errors": [_fault_json(one) for one in found.of_kind(*ERRORS)],
        "missing": report.missing,
        "notices": [{"cell": one.cell, "text": one.text} for one in found.notices],
        "notes": list(report.notes),
    }


def _columns(sheet: Sheet) -> Sequence[Column]:
    return list(sheet.header.columns.values()) if sheet.header else []


def _column_json(sheet: str, column: Column) -> dict[str, Any]:
    return {
        "field": column.field,
        "cell": address(sheet, column.heading.spot),
        "heading": column.heading.text,
        "how": column.how,
        "score": round(column.score),
    }


def _tally_json(tally: Tally) -> dict[str, int]:
    return {"pairs": tally.pairs, "provinces": tally.provinces}


def _addition_json(one: Addition) -> dict[str, Any]:
    return {
        "pairing": one.id,
        "label": one.label,
        "new_partner": one.partner is not None,
        "values": {
            name: {"value": said.value, "precision": said.precision} for name, said in one.values.items()
        },
        "source": one.source,
        "cell": one.cell,
    }


def _change_json(one: Change) -> dict[str, Any]:
    return {
        "subject": one.subject,
        "field": one.field,
        "ours": {"value": one.ours.value, "precision": one.ours.precision, "source": one.ours.source},
        "theirs": {"value": one.theirs.value, "precision": one.theirs.precision, "source": one.source},
        "cell": one.cell,
    }


def _fault_json(one: Fault) -> dict[str, Any]:
    return {
        "cell": one.cell,
        "sheet": one.sheet,
        "row": one.row,
        "kind": one.wrong.kind,
        "problem": one.wrong.problem,
        "instead": one.wrong.instead,
        "nearest": list(one.wrong.nearest),
    }


# ------------------------------------------------------------------ for people


def report_lines(report: Report) -> Iterator[str]:
    found = report.found
    yield from _sheet_lines(report)
    yield from _titled("new", [f"+ {one.id} {one.label}: {_values(one)} · {one.cell}" for one in found.new])
    yield from _titled("changed", [f"~ {_change(one)}" for one in found.changed])
    yield from _titled(
        "conflicting: a person confirmed ours, both are kept",
        [f"! {_change(one)}{' · known' if one.known else ''}" for one in found.conflicting],
    )
    yield from _titled("unmatched: not imported", _fault_lines(report, UNMATCHED))
    yield from _titled("not provincial: not imported", _fault_lines(report, MUNICIPAL))
    yield from _titled("in error: not imported", _fault_lines(report, ERRORS))
    yield from _titled("worth knowing", [f"- {one}" for one in found.notices])
    if report.missing and found.rows:
        yield f"\nours that the file does not name ({len(report.missing)}): {', '.join(report.missing)}"
    yield ""
    yield from _tally_lines(found.tallies)
    yield ", ".join(f"{count} {name}" for name, count in report.counts().items())
    if found.broken_off:
        yield "too much is in error or different for this to be the registry: reading ended here, and nothing is applied"


def _sheet_lines(report: Report) -> Iterator[str]:
    for note in report.notes:
        yield f"{report.file}: {note}"
    for sheet in report.sheets:
        if sheet.why:
            yield f"{report.file}: {sheet.name}: {sheet.why}"
        if sheet.header is None:
            continue
        for column in sheet.header.columns.values():
            how = {"known": "", "near": f" (near {column.like})"}.get(column.how, f" ({column.how})")
            yield f"{address(sheet.name, column.heading.spot)}: {column.field} = “{column.heading.text}”{how}"
        unread = [f"“{one.text}”" for one in sheet.header.unread]
        if unread:
            yield f"{sheet.name}: not read: {', '.join(unread)}"
    for name, one in report.unclear:
        where = address(name, one.heading.spot)
        what = "has the same heading as another column" if one.doubled else f"could be {one.field}"
        yield (
            f"{where}: “{one.heading.text}” {what}: say --map {one.field}={one.heading.letter}"
            f" or --map ignore={one.heading.letter}"
        )


def _titled(title: str, lines: Sequence[str]) -> Iterator[str]:
    if lines:
        yield f"\n{title} ({len(lines)})"
        yield from lines


def _values(one: Addition) -> str:
    return (
        ", ".join(f"{name} {shown(said.value, said.precision)}" for name, said in one.values.items())
        or "no values"
    )


def _change(one: Change) -> str:
    ours, theirs = shown(one.ours.value, one.ours.precision), shown(one.theirs.value, one.theirs.precision)
    return f"{one.subject.partition(':')[2]} {one.field}: {ours} → {theirs} · {one.cell}"


def _fault_lines(report: Report, kinds: Sequence[str]) -> list[str]:
    return [f"{report.file}: {one}" for one in report.found.of_kind(*kinds)]


def _tally_lines(tallies: Mapping[str, Mapping[str, Tally]]) -> Iterator[str]:
    yield f"{'pairs/provinces':<18}{'plan 2562':>12}" + "".join(f"{name:>12}" for name in tallies)
    for status, planned in PLAN.items():
        counted = "".join(f"{_pairs(of[status]):>12}" for of in tallies.values())
        yield f"{_WORDS[status]:<18}{_pairs(planned):>12}{counted}"


def _pairs(tally: Tally) -> str:
    return f"{tally.pairs}/{tally.provinces}"
