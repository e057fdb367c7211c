"""The real registry, read out of a database, for tests that compare with it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from sqlalchemy.orm import Session

from bot.live_registry import read_registry
from bot.registering.comparing import compare
from bot.registering.headings import Mapped
from bot.registering.opening import digest, open_tables
from bot.registering.report import Report
from bot.registering.stored import read_ours
from storage import imports
from storage.database import Database
from storage.models import Partner

TODAY = date(2026, 11, 22)


def compared(
    database: Database,
    file: Path,
    mapped: Mapped | None = None,
    remembered: Mapping[str, Mapped] | None = None,
) -> Report:
    """A file beside the registry of a database."""
    with database.read() as session:
        return compare(
            open_tables(file),
            read_ours(session),
            read_registry(session).lexicon,
            file_name=file.name,
            sha256=digest(file),
            mapped=mapped or {},
            remembered=imports.list_mappings(session) if remembered is None else remembered,
            today=TODAY,
        )


def add_namesakes_and_merged(session: Session) -> None:
    """Two towns of China that are both Suzhou, and a province that became part of another one."""
    for partner_id, name, english, into in (
        ("suzhou", "เมืองซูโจว", "Suzhou", None),
        ("suzhou-anhui", "เมืองซูโจว", "Suzhou", None),
        ("quangnam", "จังหวัดกว๋างนาม", "Quang Nam", "danang"),
    ):
        found = session.get(Partner, partner_id)
        if found is None:
            country = "VN" if into else "CN"
            found = Partner(
                id=partner_id,
                country_code=country,
                name_th=name,
                name_en=english,
                aliases=[],
                kind="",
                parent="",
            )
            session.add(found)
        found.merged_into = into
    session.flush()
