"""Reference rows: as in the files, inserted once, and a value that a person changed stays."""

from __future__ import annotations

import csv
from collections import Counter
from datetime import date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, func, select
from sqlalchemy.exc import NoResultFound

from storage import activities, meta, pairings, reference_data, registry
from storage.database import Database
from storage.models import (
    Activity,
    ActivityType,
    Base,
    Country,
    Meta,
    Pairing,
    PairingStage,
    Partner,
    Province,
    RegistryFact,
)
from storage.reference_data import FOLDER, read_partial_date
from tests.conftest import opened


def rows_of(file: str) -> list[dict[str, str]]:
    with (FOLDER / file).open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines))


def count(database: Database, table: type[Base]) -> int:
    with database.read() as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def load(database: Database, now: datetime) -> int:
    with database.write() as session:
        return reference_data.load(session, now)


def registry_version(database: Database) -> int:
    with database.read() as session:
        return meta.registry_version(session)


@pytest.mark.parametrize(
    ("table", "file"),
    [
        (Province, "provinces.csv"),
        (Country, "countries.csv"),
        (Pairing, "pairings.csv"),
        (PairingStage, "pairings.csv"),
        (ActivityType, "activity_types.csv"),
    ],
)
def test_every_row_of_the_file_is_loaded(database: Database, table: type[Base], file: str) -> None:
    assert count(database, table) == len(rows_of(file))


def test_thailand_has_77_provinces(database: Database) -> None:
    """76 and Bangkok."""
    assert count(database, Province) == 77


def test_a_first_load_counts_every_row_and_tells_every_process(empty_url: str, now: datetime) -> None:
    with opened(empty_url) as database:
        database.upgrade()
        added = load(database, now)
        tables = (Province, Country, Partner, Pairing, PairingStage, ActivityType, RegistryFact)
        assert added == sum(count(database, table) for table in tables)
        assert registry_version(database) == 1


def test_loading_again_adds_nothing(database: Database, now: datetime) -> None:
    tables = (Province, Country, Partner, Pairing, PairingStage, ActivityType)
    before = [count(database, table) for table in tables]
    version = registry_version(database)

    assert load(database, now) == 0

    assert [count(database, table) for table in tables] == before
    assert registry_version(database) == version


def test_a_pairing_that_is_new_in_the_files_is_added_and_told(database: Database, now: datetime) -> None:
    """What an upgrade of the program brings; without the new version, running indexes would miss it."""
    version = registry_version(database)
    with database.write() as session:
        session.execute(delete(PairingStage).where(PairingStage.pairing_id == "50-chengdu"))
        session.execute(delete(Pairing).where(Pairing.id == "50-chengdu"))

    assert load(database, now) == 2  # the pairing and its stage; the partner was left

    with database.read() as session:
        assert pairings.find(session, "50-chengdu") is not None
    assert registry_version(database) == version + 1


def test_values_that_people_changed_are_not_overwritten(database: Database, now: datetime) -> None:
    with database.write() as session:
        pairing = session.get_one(Pairing, "50-chengdu")
        pairing.signed_on = date(2015, 4, 1)
        pairings.set_verdict(session, "50-chengdu", "correct", now)
        session.get_one(Province, "TH-50").aliases = ["เวียงพิงค์"]

    load(database, now)

    with database.read() as session:
        pairing = session.get_one(Pairing, "50-chengdu")
        assert (pairing.signed_on, pairing.verdict, pairing.verdict_at) == (date(2015, 4, 1), "correct", now)
        assert session.get_one(Province, "TH-50").aliases == ["เวียงพิงค์"]


def test_a_partner_is_loaded_with_its_local_former_and_other_names(database: Database) -> None:
    with database.read() as session:
        partner = session.get_one(Partner, "astana")
        assert partner.name_local == "Астана"
        assert "Nur-Sultan" in partner.former_names
        assert "อัสตานา" in partner.aliases  # of the pairing's own row


def as_before_names(database: Database) -> None:
    """A database that an older program filled."""
    with database.write() as session:
        session.execute(delete(Meta).where(Meta.key == meta.NAMES_VERSION))
        for partner in session.scalars(select(Partner)):
            partner.name_local, partner.former_names, partner.aliases = None, [], ["ชื่อของจังหวัด"]
        session.get_one(Province, "TH-90").aliases = ["สข"]


def test_further_names_join_an_older_database_once(database: Database, now: datetime) -> None:
    as_before_names(database)
    version = registry_version(database)

    assert load(database, now) == 0  # no new row

    with database.write() as session:
        partner = session.get_one(Partner, "chengdu")
        assert partner.name_local == "成都市"
        assert partner.aliases[0] == "ชื่อของจังหวัด"
        assert "เฉินตู" in partner.aliases
        assert "เมืองสองทะเล" in session.get_one(Province, "TH-90").aliases
        partner.aliases = ["เฉิงตู"]
    assert registry_version(database) == version + 1

    load(database, now)

    with database.read() as session:
        assert session.get_one(Partner, "chengdu").aliases == ["เฉิงตู"]
    assert registry_version(database) == version + 1


def test_names_about_which_somebody_decided_stay(database: Database, now: datetime) -> None:
    as_before_names(database)
    with database.write() as session:
        said = registry.Value("aliases", ["เฉิงตูของเรา"], "หนังสือจังหวัด")
        fact = registry.add(session, "partner:chengdu", said, registry.PROPOSED, None, now)
        registry.make_current(session, fact, None, now)

    load(database, now)

    with database.read() as session:
        partner = session.get_one(Partner, "chengdu")
        assert partner.aliases == ["เฉิงตูของเรา"]
        assert partner.name_local == "成都市"


def test_a_partner_of_several_provinces_is_one_row(database: Database) -> None:
    """Da Nang is the partner of six provinces."""
    with database.read() as session:
        rows = session.scalars(select(Pairing).where(Pairing.partner_id == "danang")).all()
        assert len({row.province_code for row in rows}) == len(rows) == 6
        assert {row.partner.name_en for row in rows} == {"Da Nang"}


def test_pairings_know_their_province_partner_and_country(database: Database) -> None:
    with database.read() as session:
        pairing = session.get_one(Pairing, "50-chengdu")
        assert pairing.province.name_th == "เชียงใหม่"
        assert pairing.partner.country_code == "CN"
        assert "เฉิงตู" in [pairing.partner.name_th, *pairing.partner.aliases]


@pytest.mark.parametrize(
    ("pairing_id", "signed_on", "precision"),
    [
        ("50-chengdu", date(2015, 3, 30), "day"),
        ("50-yogyakarta", date(2007, 1, 1), "year"),
        ("50-shanghai", None, None),
    ],
)
def test_a_signature_date_has_the_precision_of_its_source(
    database: Database, pairing_id: str, signed_on: date | None, precision: str | None
) -> None:
    with database.read() as session:
        pairing = session.get_one(Pairing, pairing_id)
        assert (pairing.signed_on, pairing.signed_precision) == (signed_on, precision)
        stage = session.scalars(select(PairingStage).where(PairingStage.pairing_id == pairing_id)).one()
        assert (stage.stage, stage.reached_on, stage.precision) == (pairing.status, signed_on, precision)


def test_every_fact_of_the_registry_names_its_source(database: Database) -> None:
    with database.read() as session:
        for column in (c.source for c in (Province, Country, Pairing, PairingStage, ActivityType)):
            assert all(session.scalars(select(column))), column


def test_activity_types_are_listed_in_the_order_of_the_file(database: Database) -> None:
    with database.read() as session:
        listed = pairings.list_types(session)
    assert [row.code for row in listed] == [row["code"] for row in rows_of("activity_types.csv")]
    assert {row.counts for row in listed} == {"yes", "ask", "no"}


def test_registry_lists_are_ordered_by_code(database: Database) -> None:
    with database.read() as session:
        provinces = [row.code for row in pairings.list_provinces(session)]
        countries = [row.code for row in pairings.list_countries(session)]
        of_pairings = [row.province_code for row in pairings.list_all(session)]
        assert pairings.count(session) == len(of_pairings)
    for codes in (provinces, countries, of_pairings):
        assert codes == sorted(codes)


def test_a_verdict_is_given_only_on_a_pairing_that_is_there(database: Database, now: datetime) -> None:
    with pytest.raises(NoResultFound), database.write() as session:
        pairings.set_verdict(session, "50-atlantis", "correct", now)
    with database.read() as session:
        assert pairings.find(session, "50-atlantis") is None


# ------------------------------------------------------------------ the demo's examples


def test_public_examples_are_loaded_once_and_only_with_pairing_and_date(
    database: Database, now: datetime
) -> None:
    known = {row["pairing_id"] for row in rows_of("pairings.csv")}
    usable = [
        row for row in rows_of("activities_public.csv") if row["start_date"] and row["pairing_id"] in known
    ]
    with database.write() as session:
        assert reference_data.load_public_examples(session, now) == len(usable)
    with database.write() as session:
        assert reference_data.load_public_examples(session, now) == 0
    with database.read() as session:
        rows = activities.list_standing(session)
    assert Counter(row.pairing_id for row in rows) == Counter(row["pairing_id"] for row in usable)
    assert all(row.source and row.joint and row.state == "held" for row in rows)


def test_a_real_database_starts_without_activities(database: Database) -> None:
    assert count(database, Activity) == 0


# ------------------------------------------------------------------ partial dates


@given(st.dates())
def test_a_whole_date_is_read_to_the_day(day: date) -> None:
    assert read_partial_date(day.isoformat()) == (day, "day")


@given(st.dates())
@settings(max_examples=50)
def test_a_date_without_its_day_or_month_is_the_first_day_of_the_span(day: date) -> None:
    assert read_partial_date(f"{day.year:04}-{day.month:02}") == (day.replace(day=1), "month")
    assert read_partial_date(f"{day.year:04}") == (day.replace(month=1, day=1), "year")


def test_no_date_is_no_date() -> None:
    assert read_partial_date("") == (None, None)
