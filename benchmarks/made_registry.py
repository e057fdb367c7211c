"""
A made-up registry for `benchmarks/registry.py` and `benchmarks/reminders.py`: real provinces, countries and
types, the shipped pairings joined by made-up ones, and for each pairing activities of twenty years with revisions,
evidence, comments and further pairings.

Rows go past the ORM, into tables whose indexes are taken away meanwhile.
"""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from hashlib import sha256
from itertools import islice
from typing import Any, cast

from sqlalchemy import Connection, select, text

from benchmarks.reading import made_name
from storage import activities, meta, people
from storage.database import Database
from storage.models import ActivityType, Country, Identity, Pairing, Partner, Province

ACTIVITIES_A_PAIRING = 100
FIRST_DAY, LAST_DAY = date(2006, 1, 1), date(2026, 11, 20)
BATCH = 20_000

SUBJECTS = (
    "การท่องเที่ยว",
    "การค้าชายแดน",
    "การเกษตร",
    "การศึกษา",
    "วัฒนธรรม",
    "สาธารณสุข",
    "พลังงานสะอาด",
    "โลจิสติกส์",
    "เยาวชน",
    "กีฬา",
    "สิ่งแวดล้อม",
    "เมืองอัจฉริยะ",
    "การลงทุน",
    "อาชีวศึกษา",
    "ผ้าทอพื้นเมือง",
    "ชาและกาแฟ",
)
"""The first are spoken of far more often than the last."""

RESULTS = (
    "ทั้งสองฝ่ายเห็นพ้องให้จัดทำแผนปฏิบัติการร่วมกัน",
    "มีผู้เข้าร่วมจากภาคเอกชนและสถาบันการศึกษา",
    "จะแลกเปลี่ยนคณะผู้แทนอีกครั้งในปีถัดไป",
    "ได้ข้อสรุปเรื่องการเชื่อมโยงเส้นทางท่องเที่ยว",
)

Row = tuple[Any, ...]


@dataclass(frozen=True)
class Made:
    """A table, its columns, and where its rows are gathered until there are enough to write."""

    table: str
    columns: tuple[str, ...]
    rows: list[Row] = field(default_factory=list)


ACTIVITY_COLUMNS = (
    *("id", "draft_id", *activities.FIELDS),
    *("created_by", "created_at", "updated_at", "version", "deleted_at"),
)


def make(database: Database, pairings: int, activities_each: int = ACTIVITIES_A_PAIRING) -> None:
    """Fill an upgraded database that holds the reference files: so many pairings, so many activities of each."""
    chance = random.Random(pairings)  # noqa: S311 - figures, not secrets
    officers = _officers(database)
    with _without_indexes(database), database.engine.begin() as connection:
        write = _writer(connection)
        ids = _make_pairings(connection, write, pairings, chance)
        _make_facts(write, ids, chance)
        _make_activities(connection, write, ids, len(ids) * activities_each, officers, chance)
        _restart_numbers(connection)
    with database.write() as session:
        meta.bump_registry(session)
    with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("ANALYZE" if database.is_sqlite else "VACUUM ANALYZE")


def _officers(database: Database) -> dict[str, int]:
    """An officer of each province: whoever recorded its activities."""
    now, found = datetime(2026, 1, 1, tzinfo=UTC), {}
    with database.write() as session:
        for code in session.scalars(select(Province.code)).all():
            person = people.add_person(session, f"officer {code}", now)
            people.add_membership(session, person.id, "officer", code, now)
            chat = people.get_or_add_chat(session, "web", f"officer-{code}", group=False)
            identity = Identity(
                person_id=person.id, channel="web", external_id=f"officer-{code}", chat_id=chat.id
            )
            session.add(identity)
            found[code] = person.id
    return found


# ------------------------------------------------------------------ the registry


def _make_pairings(
    connection: Connection, write: Callable[[Made], None], size: int, chance: random.Random
) -> dict[str, tuple[str, str]]:
    """Every pairing's province and partner's name."""
    codes = list(connection.scalars(select(Province.code).order_by(Province.code)))
    countries = list(connection.scalars(select(Country.code).order_by(Country.code)))
    known = connection.execute(
        select(Pairing.id, Pairing.province_code, Partner.name_th).join(
            Partner, Partner.id == Pairing.partner_id
        )
    )
    found = {row.id: (row.province_code, row.name_th) for row in known}
    partners = Made(
        "partner",
        (
            *("id", "country_code", "name_th", "name_en", "aliases"),
            *("kind", "parent", "name_local", "former_names", "merged_into"),
        ),
    )
    pairings = Made(
        "pairing",
        (
            *("id", "province_code", "partner_id", "status", "level", "signed_on", "signed_precision"),
            *("source", "confidence", "note"),
        ),
    )
    stages = Made(
        "pairing_stage", ("pairing_id", "stage", "reached_on", "precision", "source", "recorded_at")
    )
    while len(found) < size:
        number = len(partners.rows)
        form, thai, latin = made_name(chance)
        former = [made_name(chance)[1]] if chance.random() < 0.1 else []
        partner = f"made-{number}"
        partners.rows.append(
            (
                *(partner, chance.choice(countries), form + thai, latin, _json([thai])),
                *("city", "", None, _json(former), None),
            )
        )
        # Every third partner has pairings with two provinces.
        for code in chance.sample(codes, 2 if number % 3 == 0 else 1)[: size - len(found)]:
            pairing = f"{code[3:]}-{partner}"
            found[pairing] = (code, form + thai)
            signed = FIRST_DAY - timedelta(days=chance.randrange(6000))
            status = "established" if chance.random() < 0.85 else "in_progress"
            day = signed.isoformat() if status == "established" else None
            pairings.rows.append(
                (pairing, code, partner, status, "province", day, day and "day", "made", "secondary", "")
            )
            stages.rows.append((pairing, status, day, day and "day", "made", _at(signed)))
    for made in (partners, pairings, stages):
        write(made)
    return found


def _make_facts(write: Callable[[Made], None], ids: Iterable[str], chance: random.Random) -> None:
    """What the ministry's sheet says of each pairing, one of it otherwise than another source."""
    facts = Made(
        "registry_fact", ("subject", "field", "value", "precision", "source", "state", "proposed_at")
    )
    for one in ids:
        signed = FIRST_DAY - timedelta(days=chance.randrange(6000))
        expires = LAST_DAY + timedelta(days=chance.randrange(-2000, 2000))
        for name, value, precision in (
            ("stage", "signed", None),
            ("signed_on", signed.isoformat(), "day"),
            ("expires_on", expires.isoformat(), "day"),
            ("term", "5 ปี", None),
            ("areas", chance.sample(SUBJECTS, 3), None),
            ("signatories", ["ผู้ว่าราชการจังหวัด", "นายกเทศมนตรี"], None),
            ("level", "province", None),
            ("note", "ข้อมูลจากแบบสำรวจ", None),
        ):
            state = "conflicting" if name == "term" else "current"
            source, at = "ทะเบียน 2569", _at(LAST_DAY)
            facts.rows.append((f"pairing:{one}", name, _json(value), precision, source, state, at))
    write(facts)


# ------------------------------------------------------------------ the activities


@dataclass(frozen=True)
class _Tables:
    activity: Made
    revision: Made
    owner: Made
    evidence: Made
    flag: Made
    draft: Made


def _tables() -> _Tables:
    return _Tables(
        Made("activity", ACTIVITY_COLUMNS),
        Made(
            "activity_revision",
            ("activity_id", "version", "change", "person_id", "channel", "at", "before", "after"),
        ),
        Made(
            "activity_owner",
            (
                *("activity_id", "province_code", "pairing_id", "state"),
                *("added_by", "added_at", "decided_by", "decided_at"),
            ),
        ),
        Made(
            "evidence",
            (
                *("activity_id", "sha256", "kind", "name", "mime", "size", "look", "added_by", "added_at"),
                "text",
            ),
        ),
        Made("activity_flag", ("activity_id", "comment", "raised_by", "raised_at", "settled_at")),
        Made("draft", ("id", "person_id", "body", "version", "state", "nudges", "created_at", "updated_at")),
    )


def _make_activities(
    connection: Connection,
    write: Callable[[Made], None],
    ids: dict[str, tuple[str, str]],
    total: int,
    officers: dict[str, int],
    chance: random.Random,
) -> None:
    kinds = list(connection.execute(select(ActivityType.code, ActivityType.label_th)))
    pairings, tables = list(ids), _tables()
    for number in range(1, total + 1):
        pairing = chance.choice(pairings)
        code, partner = ids[pairing]
        _make_activity(tables, number, total, pairing, partner, kinds, officers[code], chance)
        if chance.random() < 0.02:
            other = chance.choice(pairings)
            if other != pairing:
                by, at = officers[ids[other][0]], _at(LAST_DAY)
                tables.owner.rows.append((number, ids[other][0], other, "accepted", by, at, by, at))
        if number % BATCH == 0 or number == total:
            for made in (tables.draft, tables.activity, tables.revision):
                write(made)
            for made in (tables.owner, tables.evidence, tables.flag):
                write(made)


def _make_activity(
    tables: _Tables,
    number: int,
    total: int,
    pairing: str,
    partner: str,
    kinds: Sequence[Any],
    officer: int,
    chance: random.Random,
) -> None:
    """Recorded about in the order in which they were held, more in later years; one in a hundred is a plan."""
    share = (number / total) ** 0.7 * (LAST_DAY - FIRST_DAY).days
    day = FIRST_DAY + timedelta(days=max(0, int(share) - chance.randrange(60)))
    planned = chance.random() < 0.01
    if planned:
        day = LAST_DAY + timedelta(days=chance.randrange(10, 400))
    end = day + timedelta(days=chance.randrange(1, 6)) if chance.random() < 0.4 else None
    kind = kinds[min(int(chance.expovariate(0.25)), len(kinds) - 1)]
    about = SUBJECTS[min(int(chance.expovariate(0.35)), len(SUBJECTS) - 1)]
    _, name, _ = made_name(chance)
    joint = not planned and chance.random() < 0.7
    values: dict[str, Any] = {
        **dict.fromkeys(activities.FIELDS),
        "pairing_id": pairing,
        "type_code": kind.code,
        "state": "planned" if planned else "held",
        "start": day.isoformat(),
        "end": end.isoformat() if end else None,
        "precision": "day",
        "title": f"{kind.label_th}กับ{partner} เรื่อง{about} โครงการ{name}",
        "participants": chance.randrange(5, 200),
        "budget_thb": f"{chance.randrange(10, 900) * 1000}.00" if chance.random() < 0.5 else None,
        "partner_joined": "yes" if joint else None,
        "joint": joint,
        "place": f"ศาลากลางจังหวัด {made_name(chance)[1]}" if chance.random() < 0.5 else None,
        "result": " ".join(chance.sample(RESULTS, 2)) if chance.random() < 0.3 else None,
    }
    at, version = _at(day), 2 if chance.random() < 0.05 else 1
    row = {**values, "sdgs": "[]", "sectors": "[]"}
    # Not every record is followed to the draft that made it: drafts are a person's own, so one province has them.
    draft = number if pairing.startswith("50-") else None
    if draft is not None:
        tables.draft.rows.append((number, officer, "{}", 2, "saved", 0, at, at))
    deleted = at if chance.random() < 0.005 else None
    tables.activity.rows.append(
        (number, draft, *(row[one] for one in activities.FIELDS), officer, at, at, version, deleted)
    )
    kept = _json({**values, "sdgs": [], "sectors": [], "also": [], "files": []})
    tables.revision.rows.append((number, 1, "created", officer, "web", at, None, kept))
    if version == 2:
        tables.revision.rows.append((number, 2, "edited", officer, "web", at, kept, kept))
    if chance.random() < 0.05:
        digest = sha256(str(number).encode()).hexdigest()
        tables.evidence.rows.append(
            (number, digest, "photo", f"{number}.jpg", "image/jpeg", 90_000, digest[:16], officer, at, None)
        )
    if chance.random() < 0.002:
        settled = at if chance.random() < 0.5 else None
        tables.flag.rows.append((number, "ขอให้ตรวจสอบจำนวนผู้เข้าร่วม", officer, at, settled))


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _at(day: date) -> str:
    """A day's noon in UTC, as both databases read it."""
    return datetime.combine(day, time(5), UTC).strftime("%Y-%m-%d %H:%M:%S.000000")


# ------------------------------------------------------------------ the two databases


def _writer(connection: Connection) -> Callable[[Made], None]:
    """Writes what was gathered and empties it."""
    driver = cast(Any, connection.connection.driver_connection)

    def insert(made: Made) -> None:
        marks = ", ".join("?" for _ in made.columns)
        names = ", ".join(f'"{one}"' for one in made.columns)
        driver.executemany(f"INSERT INTO {made.table} ({names}) VALUES ({marks})", made.rows)  # noqa: S608
        made.rows.clear()

    def copy(made: Made) -> None:
        names = ", ".join(f'"{one}"' for one in made.columns)
        with driver.cursor() as cursor, cursor.copy(f"COPY {made.table} ({names}) FROM STDIN") as out:
            for row in made.rows:
                out.write_row(row)
        made.rows.clear()

    return insert if connection.dialect.name == "sqlite" else copy


LARGE = ("activity", "activity_revision", "registry_fact")


@contextmanager
def _without_indexes(database: Database) -> Iterator[None]:
    """Indexes and triggers of the large tables are made when the rows are in: in a fraction of the time."""
    with database.engine.begin() as connection:
        made = _sqlite_parts(connection) if database.is_sqlite else _postgresql_indexes(connection)
        for kind, name, _ in made:
            connection.exec_driver_sql(f'DROP {kind} "{name}"')
    yield
    with database.engine.begin() as connection:
        for _, _, definition in made:
            connection.exec_driver_sql(definition)
        if database.is_sqlite:
            connection.exec_driver_sql(FILL_WORDS)


FILL_WORDS = """
INSERT INTO activity_words (rowid, said)
SELECT (CAST(julianday(start) AS INTEGER) << 32) | id,
       title || char(10) || coalesce(place, '') || char(10) || coalesce(result, '')
FROM activity ORDER BY 1
"""
"""As migration 0004 does, since the triggers were away."""


def _sqlite_parts(connection: Connection) -> list[tuple[str, str, str]]:
    found = connection.execute(
        text("SELECT upper(type), name, sql FROM sqlite_master WHERE type IN ('index', 'trigger')")
    )
    tables = connection.execute(text("SELECT name, tbl_name FROM sqlite_master"))
    of = {name: table for name, table in tables}  # noqa: C416 - rows, not pairs
    return [(kind, name, made) for kind, name, made in found if made and of[name] in LARGE]


def _postgresql_indexes(connection: Connection) -> list[tuple[str, str, str]]:
    found = connection.execute(
        text(
            "SELECT indexname, indexdef, tablename FROM pg_indexes WHERE schemaname = current_schema()"
            " AND NOT EXISTS (SELECT FROM pg_constraint WHERE conname = indexname)"
        )
    )
    return [("INDEX", name, made) for name, made, table in found if table in LARGE]


def _restart_numbers(connection: Connection) -> None:
    """PostgreSQL numbers new rows from a sequence, which rows with a number of their own do not move."""
    if connection.dialect.name == "sqlite":
        return
    for table in ("activity", "draft"):
        connection.exec_driver_sql(
            f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT max(id) FROM {table}))"  # noqa: S608
        )


def is_made(database: Database, pairings: int) -> bool:
    """Whether the database holds such a registry already."""
    with database.read() as session:
        return len(list(islice(session.scalars(select(Pairing.id)), pairings))) == pairings
