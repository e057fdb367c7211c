"""Which province, country and partner is meant; what is not clear is told, never picked."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.live_registry import read_registry
from bot.registering.faults import Wrong
from bot.registering.matching import (
    Countries,
    FoundPartner,
    Misnamed,
    Named,
    NewPartner,
    Partners,
    Provinces,
)
from bot.registering.ours import Ours
from bot.registering.stored import read_ours
from storage.database import Database
from tests.bot.registering.made import reference
from tests.bot.registering.worlds import add_namesakes_and_merged


@pytest.fixture
def ours(sqlite_database: Database) -> Ours:
    with sqlite_database.write() as session:
        add_namesakes_and_merged(session)
        return read_ours(session)


@pytest.fixture
def provinces(sqlite_database: Database, ours: Ours) -> Provinces:
    with sqlite_database.read() as session:
        return Provinces(ours.provinces, read_registry(session).lexicon)


@pytest.fixture
def countries(ours: Ours) -> Countries:
    return Countries(ours.countries)


@pytest.fixture
def partners(ours: Ours, countries: Countries) -> Partners:
    return Partners(ours, countries)


def told(found: object) -> tuple[str, tuple[str, ...]]:
    wrong = found.wrong if isinstance(found, Misnamed) else found
    assert isinstance(wrong, Wrong), found
    return wrong.kind, wrong.nearest


# ------------------------------------------------------------------ provinces


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("เชียงใหม่", "TH-50"),
        ("จังหวัดเชียงใหม่", "TH-50"),
        ("จ.เชียงใหม่ ", "TH-50"),
        ("1. เชียงใหม่", "TH-50"),
        ("เชียง\u200bใหม่", "TH-50"),
        ("Chiang Mai", "TH-50"),
        ("โคราช", "TH-30"),
        ("กทม.", "TH-10"),
        ("เลย", "TH-42"),
        ("ตาก", "TH-63"),
        ("น่าน (ภาคเหนือ)", "TH-55"),
        ("พระนครศรีอยุธยา", "TH-14"),
    ],
)
def test_a_province_is_known_as_it_is_called(provinces: Provinces, text: str, code: str) -> None:
    assert provinces.read(text) == code


def test_every_province_is_known_by_its_names(provinces: Provinces) -> None:
    for row in reference("provinces.csv"):
        assert provinces.read(row["name_th"]) == provinces.read(row["name_rtgs"]) == row["code"]


@pytest.mark.parametrize(
    ("text", "kind", "meant"),
    [
        ("เชียงไหม่", "province", "เชียงใหม่"),
        ("นครศรีธรรมราด", "province", "นครศรีธรรมราช"),
        ("ปากน้ำ", "province", "สมุทรปราการ"),
        ("หัวหิน", "province", "ประจวบคีรีขันธ์"),
        ("นครศรี", "province", "นครศรีธรรมราช"),
        ("เชียงใหม่และลำพูน", "province", "เชียงใหม่"),
    ],
)
def test_what_is_like_a_province_is_told_with_what_may_be_meant(
    provinces: Provinces, text: str, kind: str, meant: str
) -> None:
    found, nearest = told(provinces.read(text))
    assert found == kind
    assert meant in nearest


@pytest.mark.parametrize(
    "text",
    [
        "เทศบาลนครเชียงใหม่",
        "ทน.เชียงใหม่",
        "ทม. ลำพูน",
        "เมืองเชียงราย",
        "เมืองพัทยา",
        "อบจ.เชียงใหม่",
        "องค์การบริหารส่วนตำบลสันทราย",
        "เชียงใหม่ (เทศบาลนคร)",
        "Chiang Mai City Municipality",
        "อำเภอแม่สาย",
        "อ.แม่สาย จ.เชียงราย",
    ],
)
def test_municipalities_and_districts_are_not_taken_for_the_province(provinces: Provinces, text: str) -> None:
    assert told(provinces.read(text))[0] == "municipal"


def test_a_place_that_is_nowhere_is_unknown(provinces: Provinces) -> None:
    assert told(provinces.read("สิงโตทอง"))[0] == "province"


# ------------------------------------------------------------------ countries


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("จีน", "CN"),
        ("ประเทศจีน", "CN"),
        ("สปป.ลาว", "LA"),
        ("Viet Nam", "VN"),
        ("vn", "VN"),
        ("จีน (มณฑลเสฉวน)", "CN"),
    ],
)
def test_a_country_is_known_by_any_name(countries: Countries, text: str, code: str) -> None:
    assert countries.read(text) == code


def test_an_unknown_country_is_told_with_the_nearest(countries: Countries) -> None:
    assert "เวียดนาม" in told(countries.read("เวียดนามม"))[1]
    assert told(countries.read("วากันดา"))[0] == "country"
    assert told(countries.read("ไทย"))[0] == "country"


# ------------------------------------------------------------------ partners


def test_every_partner_is_found_by_each_of_its_names(partners: Partners, ours: Ours) -> None:
    for one in ours.partners.values():
        if one.id.startswith("suzhou"):
            continue
        for name in one.names:
            found = partners.read(Named(name), one.country)
            assert isinstance(found, FoundPartner), (name, found)
            assert found.id == one.id


@pytest.mark.parametrize(
    "text",
    [
        "เฉิงตู",
        "เมืองเฉิงตู",
        "จังหวัดเฉิงตู",
        "นครเฉิงตู มณฑลเสฉวน",
        "นครเฉิงตู (มณฑลเสฉวน)",
        "นครเฉิงตู สาธารณรัฐประชาชนจีน",
        "3. นครเฉิงตู",
        "นครเฉิงตู Chengdu",
        "นครเฉิงตู (Chengdu)",
        "นครเฉิงตู/成都",
        "Chengdu, China",
        "Chengdu City",
        "เฉินตู",  # an alias
        "成都",
    ],
)
def test_a_partner_is_found_however_it_is_written(partners: Partners, text: str) -> None:
    assert partners.read(Named(text), "CN") == FoundPartner("chengdu")


@pytest.mark.parametrize(
    ("named", "kind"),
    [
        (Named("นครเฉิงดู"), "unmatched"),  # a slip
        (Named("กว่างโจว/ไห่หนาน"), "partner"),
        (Named("กว่างโจว, ไห่หนาน"), "partner"),
        (Named("เฉิงตูและฉงชิ่งใหม่"), "partner"),
        (Named("นครเฉิงตู", "Hainan"), "partner"),
        (Named("เมืองประหลาด", "Hainan"), "unmatched"),
        (Named("เมืองซูโจว", "Suzhou"), "same name"),
        (Named("เทศบาลเมืองใหม่"), "municipal"),
    ],
)
def test_a_partner_that_is_not_clear_is_told(partners: Partners, named: Named, kind: str) -> None:
    assert told(partners.read(named, "CN"))[0] == kind


def test_two_partners_of_one_name_are_both_named(partners: Partners) -> None:
    nearest = told(partners.read(Named("เมืองซูโจว"), "CN"))[1]
    assert nearest == ("เมืองซูโจว (suzhou)", "เมืองซูโจว (suzhou-anhui)")


def test_a_name_in_another_country_is_told_with_it(partners: Partners) -> None:
    kind, nearest = told(partners.read(Named("นครเฉิงตู"), "JP"))
    assert (kind, nearest) == ("unmatched", ("นครเฉิงตู (chengdu) จีน",))
    assert partners.read(Named("นครเฉิงตู"), None) == FoundPartner("chengdu")


def test_the_town_is_not_the_province_around_it(partners: Partners) -> None:
    assert told(partners.read(Named("เมืองหลวงพระบาง"), "LA"))[0] == "municipal"
    assert told(partners.read(Named("Hokkaido City"), "JP"))[0] == "municipal"
    assert told(partners.read(Named("มณฑลเฉิงตู"), "CN"))[0] == "unmatched"
    assert partners.read(Named("แขวงหลวงพระบาง"), "LA") == FoundPartner("luangprabang")


def test_another_place_of_a_known_sound_is_new(partners: Partners) -> None:
    assert partners.read(Named("มณฑลหูหนาน", "Hunan"), "CN") == NewPartner("มณฑลหูหนาน", "Hunan", "")


def test_what_is_nowhere_near_is_new_with_the_names_it_is_given(partners: Partners) -> None:
    assert partners.read(Named("เมืองแอดิเลด (Adelaide)"), "AU") == NewPartner("เมืองแอดิเลด", "Adelaide", "")
    assert partners.read(Named("นครตัวอย่าง Example City", "", "例市"), "CN") == NewPartner(
        "นครตัวอย่าง", "Example City", "例市"
    )


def test_what_a_new_place_lies_in_is_no_part_of_its_name(partners: Partners) -> None:
    for text in ("นครหนานหนิง เขตปกครองตนเองกว่างซีจ้วง", "นครหนานหนิง (เขตปกครองตนเองกว่างซีจ้วง)"):
        assert partners.read(Named(text), "CN") == NewPartner("นครหนานหนิง", "", "", "เขตปกครองตนเองกว่างซีจ้วง")


def test_what_a_row_calls_new_is_new_though_it_is_near(partners: Partners) -> None:
    assert partners.read(Named("นครเฉิงดู"), "CN", certain=True) == NewPartner("นครเฉิงดู", "", "")


def test_a_spelling_that_is_near_beside_a_name_that_is_known_is_remembered(partners: Partners) -> None:
    assert partners.read(Named("นครเฉิงดู", "Chengdu"), "CN") == FoundPartner(
        "chengdu", (("partner", "นครเฉิงดู"),)
    )
    assert partners.read(Named("นครเฉิงตู", "", "蓉城"), "CN") == FoundPartner(
        "chengdu", (("partner_local", "蓉城"),)
    )


def test_a_former_name_finds_the_partner_and_says_so(ours: Ours, countries: Countries) -> None:
    renamed = {**ours.partners, "chengdu": replace(ours.partners["chengdu"], former=("เมืองเก่าแก่",))}
    found = Partners(replace(ours, partners=renamed), countries).read(Named("เมืองเก่าแก่"), "CN")
    assert found == FoundPartner("chengdu", (), former=True)
