"""What a sheet says is stored as facts in one transaction, and taken back as a whole; on both databases."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from bot.registering.applying import Moved, NoSuchImport, Undone, apply, undo
from bot.registering.ours import Ours
from bot.registering.report import Report
from bot.registering.stored import read_ours
from storage import audit, meta, pairings, registry
from storage.database import Database
from storage.models import Activity, Pairing, PairingStage, Partner, RegistryFact, RegistryImport, Reminder
from storage.registry import CONFLICTING, CURRENT, PROPOSED, REPLACED, Value
from tests.bot.registering.made import SHEET, book
from tests.bot.registering.worlds import compared
from tests.storage.together import together
from tests.world import CHENGDU, HOKKAIDO, World

HEADINGS = ["จังหวัด", "ประเทศ", "คู่ความสัมพันธ์", "ชื่อภาษาอังกฤษ", "สถานะ", "วันที่ลงนาม", "ระยะเวลา", "ที่มา", "หมายเหตุ"]
ROWS = (
    ["เชียงใหม่", "จีน", "นครเฉิงตู", "Chengdu", "ลงนามแล้ว", "1 เม.ย. 2558", "5 ปี", "หนังสือ มท 0204/12", ""],
    ["เชียงใหม่", "ญี่ปุ่น", "จังหวัดฮอกไกโด", "Hokkaido", "ลงนามแล้ว", "1 มี.ค. 2556", "", "", ""],
    ["ลำปาง", "จีน", "นครเฉิงตู", "Chengdu", "อยู่ระหว่างดำเนินการ", "", "", "", "รอหนังสือตอบ"],
    ["ลำปาง", "ออสเตรเลีย", "เมืองแอดิเลด", "Adelaide", "ลงนามแล้ว", "มิ.ย. 2560", "", "", ""],
)
"""One changed, one that a person confirmed otherwise (in the tests that say so), two that are new."""
ADELAIDE, NEW_CHENGDU = "52-adelaide", "52-chengdu"


def sheet(folder: Path, rows: Sequence[Sequence[Any]] = ROWS) -> Path:
    return book(folder / "ทะเบียน.xlsx", [HEADINGS, *rows])


def apply_file(database: Database, file: Path, now: datetime) -> int:
    return apply_report(database, compared(database, file), now)


def apply_report(database: Database, report: Report, now: datetime) -> int:
    with database.write() as session:
        return apply(
            session,
            report.found,
            report.ours,
            file_name=report.file,
            sha256=report.sha256,
            columns={},
            counts=report.counts(),
            now=now,
        )


def take_back(database: Database, import_id: int, now: datetime) -> Undone:
    with database.write() as session:
        return undo(session, import_id, now)


def confirm(
    database: Database, said: Value, person_id: int, now: datetime, subject: str = f"pairing:{HOKKAIDO}"
) -> int:
    with database.write() as session:
        fact = registry.add(session, subject, said, PROPOSED, person_id, now)
        registry.make_current(session, fact, person_id, now)
        return fact.id


def holds(database: Database) -> Ours:
    """The registry without what an import and its undo leave in the history."""
    with database.read() as session:
        ours = read_ours(session)
    return replace(
        ours,
        version=0,
        partners={name: replace(one, fields={}) for name, one in ours.partners.items()},
        pairings={
            name: replace(
                one,
                fields={key: replace(held, fact=None) for key, held in one.fields.items() if not held.empty},
            )
            for name, one in ours.pairings.items()
        },
    )


def facts(database: Database, subject: str) -> dict[str, tuple[Any, str, str]]:
    with database.read() as session:
        found = registry.list_of(session, subject, (CURRENT,))
        return {one.field: (one.value, one.source, one.precision or "") for one in found}


@pytest.fixture
def person(world: World) -> int:
    return world.ministry.person.id


def test_new_pairings_and_changed_fields_are_facts_with_their_row_as_source(
    database: Database, tmp_path: Path, now: datetime
) -> None:
    with database.read() as session:
        version = meta.registry_version(session)
    import_id = apply_file(database, sheet(tmp_path, ROWS[:1] + ROWS[2:]), now)

    row_of = f"ทะเบียน.xlsx แผ่น {SHEET} แถว "
    assert facts(database, f"pairing:{CHENGDU}") == {
        "signed_on": ("2015-04-01", f"หนังสือ มท 0204/12 ({row_of}2)", "day"),
        "term": ("5 ปี", f"หนังสือ มท 0204/12 ({row_of}2)", ""),
    }
    assert facts(database, f"pairing:{ADELAIDE}") == {
        "signed_on": ("2017-06-01", f"{row_of}4", "month"),
        "stage": ("signed", f"{row_of}4", "month"),  # of the day on which it was reached
    }
    assert facts(database, "partner:adelaide") == {
        "name_th": ("เมืองแอดิเลด", f"{row_of}4", ""),
        "name_en": ("Adelaide", f"{row_of}4", ""),
    }
    with database.read() as session:
        changed = session.get_one(Pairing, CHENGDU)
        added = session.get_one(Pairing, ADELAIDE)
        asked = session.get_one(Pairing, NEW_CHENGDU)
        assert (changed.signed_on, changed.import_id) == (date(2015, 4, 1), None)
        assert (added.status, added.signed_on, added.signed_precision) == (
            "established",
            date(2017, 6, 1),
            "month",
        )
        assert (added.partner_id, added.level, added.import_id) == ("adelaide", "province", import_id)
        assert (asked.status, asked.partner_id, asked.note) == ("in_progress", "chengdu", "รอหนังสือตอบ")
        assert added.partner.country_code == "AU"
        stages = session.scalars(select(PairingStage).where(PairingStage.pairing_id == ADELAIDE)).all()
        assert [(one.stage, one.reached_on, one.precision) for one in stages] == [
            ("signed", date(2017, 6, 1), "month")
        ]
        assert meta.registry_version(session) > version
        (event,) = audit.list_events(session, subject=f"import:{import_id}")
        assert (event.action, event.detail["new"], event.detail["changed"]) == ("registry.imported", 2, 2)
        assert audit.verify(session).fault is None


def test_a_second_import_of_the_same_file_changes_nothing(
    database: Database, tmp_path: Path, now: datetime, person: int
) -> None:
    confirm(database, Value("signed_on", "2013-02-26", "MOU", None, "day"), person, now)
    file = sheet(tmp_path)
    apply_file(database, file, now)
    again = compared(database, file)
    assert not again.found.says_something_new
    assert [(one.subject, one.known) for one in again.found.conflicting] == [(f"pairing:{HOKKAIDO}", True)]
    assert (again.counts()["new"], again.counts()["changed"]) == (0, 0)


def test_what_a_person_confirmed_is_never_overwritten(
    database: Database, tmp_path: Path, now: datetime, person: int
) -> None:
    confirm(database, Value("signed_on", "2013-02-26", "MOU", None, "day"), person, now)
    apply_file(database, sheet(tmp_path), now)
    with database.read() as session:
        found = registry.list_of(session, f"pairing:{HOKKAIDO}")
        assert [(one.value, one.state) for one in found] == [
            ("2013-03-01", CONFLICTING),
            ("2013-02-26", CURRENT),
        ]
        assert session.get_one(Pairing, HOKKAIDO).signed_on == date(2013, 2, 26)


def test_what_a_province_called_right_is_confirmed_too(
    database: Database, tmp_path: Path, now: datetime
) -> None:
    with database.write() as session:
        pairings.set_verdict(session, CHENGDU, "correct", now)
    report = compared(database, sheet(tmp_path))
    told = {(one.subject, one.field): one.ours.confirmed for one in report.found.conflicting}
    assert told == {(f"pairing:{CHENGDU}", "signed_on"): True}
    assert ("pairing:50-chengdu", "term") in {(one.subject, one.field) for one in report.found.changed}


def test_what_a_province_called_right_after_an_import_is_confirmed_as_imported(
    database: Database, tmp_path: Path, now: datetime
) -> None:
    apply_file(database, sheet(tmp_path, ROWS[:1]), now)
    other = sheet(tmp_path, [[*ROWS[0][:5], "2 พ.ค. 2558", *ROWS[0][6:]]])
    assert [one.field for one in compared(database, other).found.changed] == ["signed_on"]
    with database.write() as session:
        pairings.set_verdict(session, CHENGDU, "correct", now + timedelta(days=1))
    assert [one.field for one in compared(database, other).found.conflicting] == ["signed_on"]


def test_a_new_spelling_is_a_name_of_the_partner_until_it_is_taken_back(
    database: Database, tmp_path: Path, now: datetime
) -> None:
    before = holds(database)
    import_id = apply_file(
        database, sheet(tmp_path, [["เชียงใหม่", "จีน", "นครเฉิงดู", "Chengdu", "", "", "", "", ""]]), now
    )
    assert holds(database).partners["chengdu"].aliases == (*before.partners["chengdu"].aliases, "นครเฉิงดู")
    alone = sheet(tmp_path, [["เชียงใหม่", "จีน", "นครเฉิงดู", "", "", "", "", "", ""]])
    assert compared(database, alone).found.matched == {CHENGDU}
    take_back(database, import_id, now)
    assert holds(database) == before
    assert [one.wrong.kind for one in compared(database, alone).found.faults] == ["unmatched"]


def test_what_the_ministry_refused_is_not_raised_again(
    database: Database, tmp_path: Path, now: datetime, person: int
) -> None:
    confirm(database, Value("signed_on", "2013-02-26", "MOU", None, "day"), person, now)
    file = sheet(tmp_path, ROWS[1:2])
    apply_file(database, file, now)
    with database.write() as session:
        (fact,) = registry.list_of(session, f"pairing:{HOKKAIDO}", (CONFLICTING,))
        registry.refuse(fact, "ผิดแถว", person, now)
    assert not compared(database, file).found.says_something_new


def test_a_value_that_a_person_replaced_is_not_raised_again(
    database: Database, tmp_path: Path, now: datetime, person: int
) -> None:
    file = sheet(tmp_path, ROWS[:1])
    apply_file(database, file, now)
    confirm(database, Value("signed_on", "2015-03-30", "MOU", None, "day"), person, now, f"pairing:{CHENGDU}")
    assert not compared(database, file).found.says_something_new


# ------------------------------------------------------------------ taking back


def test_undo_takes_the_whole_import_back(
    database: Database, tmp_path: Path, now: datetime, person: int
) -> None:
    confirm(database, Value("signed_on", "2013-02-26", "MOU", None, "day"), person, now)
    before = holds(database)
    import_id = apply_file(database, sheet(tmp_path), now)
    assert holds(database) != before

    undone = take_back(database, import_id, now)
    assert undone.removed == [f"pairing:{ADELAIDE}", f"pairing:{NEW_CHENGDU}", "partner:adelaide"]
    assert undone.kept == []
    assert holds(database) == before
    with database.read() as session:
        assert session.get(Partner, "adelaide") is None
        assert session.get_one(RegistryImport, import_id).undone_at == now
        left = session.scalars(select(RegistryFact).where(RegistryFact.import_id == import_id))
        assert {one.state for one in left} == {REPLACED}
        sources = session.scalars(select(PairingStage.source)).all()
        assert not [one for one in sources if "ทะเบียน.xlsx" in one]
        assert [one.action for one in audit.list_events(session, subject=f"import:{import_id}")] == [
            "registry.import_undone",
            "registry.imported",
        ]


def test_an_import_is_taken_back_once(database: Database, tmp_path: Path, now: datetime) -> None:
    import_id = apply_file(database, sheet(tmp_path), now)
    take_back(database, import_id, now)
    for one in (import_id, import_id + 1):
        with pytest.raises(NoSuchImport):
            take_back(database, one, now)


def test_a_file_can_be_applied_again_after_it_was_taken_back(
    database: Database, tmp_path: Path, now: datetime
) -> None:
    file = sheet(tmp_path)
    first = apply_file(database, file, now)
    applied = holds(database)
    take_back(database, first, now)
    second = apply_file(database, file, now)
    assert holds(database) == applied
    assert take_back(database, second, now).kept == []


def test_a_new_pairing_that_is_in_use_is_kept_and_named(
    database: Database, tmp_path: Path, now: datetime, person: int
) -> None:
    import_id = apply_file(database, sheet(tmp_path), now)
    with database.write() as session:
        session.add(
            Reminder(
                recipient="role:officer:TH-52",
                pairing_id=NEW_CHENGDU,
                basis="calendar",
                period="2569",
                step="d30",
                state="planned",
                planned_at=now,
            )
        )
        session.add(
            Activity(
                pairing_id=ADELAIDE,
                type_code="meeting",
                state="held",
                start=now.date(),
                precision="day",
                title="หารือ",
                joint=True,
                created_by=person,
                created_at=now,
                updated_at=now,
            )
        )
    undone = take_back(database, import_id, now)
    assert undone.removed == [f"pairing:{NEW_CHENGDU}"]  # a reminder that was never sent goes with it
    assert [one for one, _ in undone.kept] == [f"pairing:{ADELAIDE}", "partner:adelaide"]
    assert "activity" in dict(undone.kept)[f"pairing:{ADELAIDE}"]
    assert facts(database, f"pairing:{ADELAIDE}")["stage"][0] == "signed"


def test_what_a_person_decided_since_stays_and_goes_back_to_before_the_import(
    database: Database, tmp_path: Path, now: datetime, person: int
) -> None:
    with database.read() as session:
        shipped = session.get_one(Pairing, CHENGDU).signed_on
    import_id = apply_file(database, sheet(tmp_path, ROWS[:1]), now)
    later = confirm(
        database, Value("signed_on", "2015-05-05", "MOU", None, "day"), person, now, f"pairing:{CHENGDU}"
    )
    take_back(database, import_id, now)
    with database.read() as session:
        assert session.get_one(Pairing, CHENGDU).signed_on == date(2015, 5, 5)
    with database.write() as session:
        fact = registry.find(session, later)
        assert fact is not None
        registry.take_back(session, fact, person, now)
    with database.read() as session:
        assert session.get_one(Pairing, CHENGDU).signed_on == shipped


def test_an_imported_value_that_a_person_confirmed_is_kept_and_named(
    database: Database, tmp_path: Path, now: datetime, person: int
) -> None:
    import_id = apply_file(database, sheet(tmp_path, ROWS[:1]), now)
    with database.write() as session:
        fact = registry.find_current(session, f"pairing:{CHENGDU}", "signed_on")
        assert fact is not None
        fact.decided_by = person
    undone = take_back(database, import_id, now)
    assert undone.kept == [(f"pairing:{CHENGDU} signed_on", "a person confirmed it since")]
    assert (undone.facts, "term" in facts(database, f"pairing:{CHENGDU}")) == (1, False)


# ------------------------------------------------------------------ all or nothing


def test_nothing_is_applied_when_the_registry_changed_meanwhile(
    database: Database, tmp_path: Path, now: datetime, person: int
) -> None:
    report = compared(database, sheet(tmp_path))
    confirm(database, Value("signed_on", "2015-05-05", "MOU", None, "day"), person, now, f"pairing:{CHENGDU}")
    before = holds(database)
    with pytest.raises(Moved):
        apply_report(database, report, now)
    # Even if only the one field is seen to have changed, after new pairings were added already.
    with database.read() as session:
        version = meta.registry_version(session)
    with pytest.raises(Moved):
        apply_report(database, replace(report, ours=replace(report.ours, version=version)), now)
    assert holds(database) == before
    with database.read() as session:
        assert session.scalars(select(RegistryImport)).all() == []


def test_of_two_who_apply_at_once_one_is_told_to_compare_again(
    database: Database, tmp_path: Path, now: datetime
) -> None:
    report = compared(database, sheet(tmp_path))

    def attempt(at: datetime) -> int | None:
        try:
            return apply_report(database, report, at)
        except Moved:
            return None

    done = together(*(partial(attempt, now + timedelta(seconds=one)) for one in range(3)))
    assert len([one for one in done if one is not None]) == 1
    assert holds(database).pairings[ADELAIDE].held("stage").value == "signed"
